//! Power cuts: the engine on a simulated disk that forgets what was not synced.
//!
//! A life opens the store, commits waves of drawn commits side by side, and notes at which moment of the disk's record each was acknowledged.
//! Then the power is cut at sync boundaries and at random moments. What is found must be the state after some commit `p`, at or
//! after the last one acknowledged before the cut: exactly the rows, records and blobs that the model has after the commits up to `p`. It must
//! be the same when it is opened again, and after another cut in the middle of recovery. One of the found disks lives on, or the disk as a
//! killed process leaves it, of which a later power cut may still take what was never synced.
//!
//! `MILLRACE_SIM_SEEDS=n` runs `n` seeds; with `MILLRACE_SIM_SEED=m` it is seed `m` so many times. A run on a disk whose syncs lie must fail, or the test has gone blind.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use body::Body;
use bytes::Bytes;
use futures_executor::block_on;
use futures_util::future::join_all;
use storage::suite::draw::Drawer;
use storage::{Disk, Embedded, Model, Parts, Settings, SimDisk};
use store::{
    BlobGuard, BlobRef, Bounds, Commit, CommitError, Committed, Fate, From, Limit, LogId, Place, ReadError,
    Scan, Seq, Store, Version,
};

const NOON: Timestamp = Timestamp::from_secs(1_700_000_000);
const SEEDS: u64 = 100;
/// Lives of one directory.
const LIVES: usize = 3;
/// Waves of commits in a life.
const WAVES: u64 = 14;
/// Cuts tried after each life.
const CUTS: usize = 6;

/// A volume that blobs are placed on.
const VOLUME: &str = "SLOW";

/// What went wrong, for people.
type Broken = String;

/// What is needed to do it all again.
#[derive(Clone, Default)]
struct History {
    /// Commits that were acknowledged, by position.
    done: BTreeMap<u64, Done>,
    /// Blobs that were put before a wave of commits was sent.
    put: BTreeMap<u64, Vec<(BlobRef, Bytes)>>,
}

#[derive(Clone)]
struct Done {
    commit: Commit,
    /// The domain's time when it was sent.
    now: Timestamp,
    wave: u64,
}

impl History {
    fn last(&self) -> u64 {
        self.done.keys().next_back().copied().unwrap_or(0)
    }

    fn forget_after(&mut self, position: u64) {
        self.done.retain(|at, _| *at <= position);
    }
}

/// Small enough that a life passes through several segments, folds and moves.
fn settings() -> Settings {
    Settings {
        segment_bytes: Some(128 << 10),
        fold_rows: 150,
        fold_bytes: 512 << 10,
        fresh_bytes: 32 << 10,
        floor_bytes: Some(0),
        volumes: vec![(VOLUME.to_owned(), "elsewhere".into())],
        ..Settings::new("sim")
    }
}

fn open(disk: &SimDisk, clock: &Clock, seed: u64) -> Result<Arc<Embedded>, Broken> {
    let disk: Arc<dyn Disk> = Arc::new(disk.clone());
    let parts = Parts { clock: clock.clone(), random: Random::seeded(seed), disk: Some(disk) };
    Embedded::open(settings(), parts).map_err(|error| format!("it does not open: {error}"))
}

/// One life of a directory and what came of it.
struct Life {
    history: History,
    /// The moments at which commits were acknowledged, and their positions.
    acknowledged: Vec<(usize, u64)>,
    /// Where it stood at the beginning, and the moment that was.
    before: u64,
    from: usize,
    /// Cuts beyond this moment prove nothing: a commit's outcome is unknown.
    until: usize,
}

/// Commits waves of drawn commits.
fn live(
    disk: &SimDisk,
    clock: &Clock,
    history: &History,
    draw: &mut Drawer,
    first_wave: u64,
    seed: u64,
) -> Result<Life, Broken> {
    let from = disk.moment();
    let store = open(disk, clock, seed)?;
    let mut life = Life {
        history: history.clone(),
        acknowledged: Vec::new(),
        before: history.last(),
        from,
        until: usize::MAX,
    };
    if draw.once_in(3) {
        disk.fail_sync_after(draw.below(60) + 1, Random::seeded(seed));
    }
    for wave in first_wave..first_wave + WAVES {
        let moment = disk.moment();
        let now = clock.now();
        let size = if draw.once_in(2) { 1 } else { draw.below(8) + 1 };
        let mut sent = Vec::new();
        let mut guards: Vec<BlobGuard> = Vec::new();
        for _ in 0..size {
            let mut commit = draw.commit();
            if draw.once_in(6) {
                let bytes =
                    if draw.once_in(3) { Bytes::from(vec![wave as u8; 150_000]) } else { draw.bytes(90_000) };
                // A sync that fails refuses the blob and nothing else.
                if let Ok((stored, guard)) = block_on(store.put_blob(Body::from(bytes.clone()))) {
                    commit.count_blob(stored.blob, 1);
                    draw.add_blob(stored.blob);
                    life.history.put.entry(wave).or_default().push((stored.blob, bytes));
                    guards.push(guard);
                }
            }
            sent.push(Done { commit, now, wave });
        }
        let results = block_on(join_all(sent.iter().map(|done| {
            let store = &store;
            async move {
                let result: Result<Committed, CommitError> = store.commit(done.commit.clone()).await;
                (result, disk.moment())
            }
        })));
        for (done, (result, moment_after)) in sent.into_iter().zip(results) {
            match result {
                Ok(committed) => {
                    life.acknowledged.push((moment_after, committed.position.0));
                    life.history.done.insert(committed.position.0, done);
                }
                Err(CommitError::Unknown(_)) => life.until = life.until.min(moment),
                Err(_) => {}
            }
        }
        drop(guards);
        if life.until != usize::MAX {
            break;
        }
        clock.pass(Duration::from_millis(draw.below(2_000)));
        if draw.once_in(6) && block_on(store.fold()).is_err() {
            break;
        }
        if draw.once_in(3) {
            block_on(store.settle());
        }
        if draw.once_in(2) {
            let volume = draw.once_in(2).then(|| VOLUME.parse().expect("it is a name"));
            let place = Place { volume, compressed: draw.once_in(2) };
            // It may be gone, or a sync fail: then it is where it was.
            let _ = block_on(store.place_blob(draw.blob(), place));
        }
    }
    store.close();
    Ok(life)
}

/// The model after all commits up to a position, and the store's position of each of the model's.
fn replay(history: &History, until: u64) -> Result<(Arc<Model>, BTreeMap<Version, Version>), Broken> {
    let clock = Clock::manual(NOON);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let mut positions = BTreeMap::new();
    let mut guards: Vec<BlobGuard> = Vec::new();
    let mut wave = u64::MAX;
    for (position, done) in history.done.range(..=until) {
        if done.wave != wave {
            guards.clear();
            wave = done.wave;
            // Blobs are put before any commit of their wave is sent.
            for (blob, bytes) in history.put.get(&wave).into_iter().flatten() {
                guards.push(model.put_named(*blob, bytes.clone()));
            }
        }
        clock.pass(done.now.since(clock.now()));
        match block_on(model.commit(done.commit.clone())) {
            Ok(committed) => positions.insert(committed.position, Version(*position)),
            Err(error) => {
                return Err(format!("the commit at position {position} should have been refused: {error}"));
            }
        };
    }
    drop(guards);
    Ok((model, positions))
}

/// The position of the last commit that is there; all before it must be.
fn stands_at(store: &Embedded, history: &History) -> Result<u64, Broken> {
    let mut last = None;
    for (position, done) in history.done.iter().rev() {
        let fate = block_on(store.outcome(done.commit.id)).map_err(|error| format!("outcomes: {error}"))?;
        match (fate, last) {
            (Fate::Committed, None) => last = Some(*position),
            (Fate::Committed, Some(_)) | (_, None) => {}
            (_, Some(last)) => return Err(format!("position {last} is there and {position} is not")),
        }
    }
    Ok(last.unwrap_or(0))
}

/// Holds a store to the model after the commits up to where it stands, which must be `least` at the least.
fn compare(store: &Embedded, history: &History, least: u64, draw: &Drawer) -> Result<u64, Broken> {
    let position = stands_at(store, history)?;
    let snapshot = store.snapshot();
    if position < least {
        return Err(format!("position {least} was acknowledged, but the store stands at {position}"));
    }
    let (model, positions) = replay(history, position)?;
    let all = || Scan {
        start: Bytes::from_static(&[1]),
        end: Bytes::from_static(&[0xff]),
        reverse: false,
        limit: usize::MAX,
    };
    let found = block_on(snapshot.scan(all())).map_err(|error| format!("rows: {error}"))?;
    let mut expected = block_on(model.snapshot().scan(all())).expect("the model is readable");
    for (_, row) in &mut expected {
        row.version = positions[&row.version];
    }
    if found != expected {
        return Err(format!("rows differ at position {position}: {} of {}", found.len(), expected.len()));
    }
    for &log in draw.logs() {
        compare_log(store, &model, log).map_err(|what| format!("{what}, at position {position}"))?;
    }
    for &blob in draw.blobs() {
        compare_blob(store, &model, blob).map_err(|what| format!("{what}, at position {position}"))?;
    }
    Ok(position)
}

fn compare_log(store: &Embedded, model: &Model, log: LogId) -> Result<(), Broken> {
    let limit = Limit { records: usize::MAX, bytes: usize::MAX };
    for from in [From::Seq(Seq(0)), From::Time(Timestamp::EPOCH)] {
        let found = block_on(store.read(log, from, limit));
        let expected = block_on(model.read(log, from, limit));
        if found != expected {
            let short = |batch: &Result<store::Batch, ReadError>| match batch {
                Ok(batch) => {
                    format!("{} records, next {:?}, {:?}", batch.records.len(), batch.next, batch.state)
                }
                Err(error) => error.to_string(),
            };
            return Err(format!("{log:?} differs: {} instead of {}", short(&found), short(&expected)));
        }
    }
    Ok(())
}

fn compare_blob(store: &Embedded, model: &Model, blob: BlobRef) -> Result<(), Broken> {
    let whole = |store: &dyn Store| -> Result<Bytes, ReadError> {
        let bytes = match block_on(store.get_blob(blob, u64::MAX..u64::MAX)) {
            Err(ReadError::Range { bytes }) => bytes,
            Err(error) => return Err(error),
            Ok(_) => 0,
        };
        let body = block_on(store.get_blob(blob, 0..bytes))?;
        block_on(body.collect(u64::MAX)).map_err(|error| ReadError::Corrupt(error.to_string()))
    };
    let (found, expected) = (whole(store), whole(model));
    if found == expected {
        return Ok(());
    }
    let short = |result: &Result<Bytes, ReadError>| match result {
        Ok(bytes) => format!("{} bytes", bytes.len()),
        Err(error) => error.to_string(),
    };
    Err(format!("{blob:?} differs: {} instead of {}", short(&found), short(&expected)))
}

/// Cuts the power at several moments of a life, and returns one of the disks found, with where it stands.
fn cut(
    disk: &SimDisk,
    life: &Life,
    clock: &Clock,
    draw: &Drawer,
    seed: u64,
) -> Result<(SimDisk, u64), Broken> {
    let mut cuts = disk.power_cuts();
    let mut moments: Vec<usize> = Vec::new();
    let boundaries: Vec<usize> =
        cuts.sync_moments().into_iter().filter(|at| (life.from..=life.until).contains(at)).collect();
    let last = disk.moment().min(life.until);
    let span = (last - life.from) as u64 + 1;
    for _ in 0..CUTS {
        moments.push(life.from + draw.below(span) as usize);
        if !boundaries.is_empty() {
            moments.push(boundaries[draw.below(boundaries.len() as u64) as usize]);
        }
    }
    moments.push(last);
    moments.sort_unstable();
    let chosen = draw.below(moments.len() as u64) as usize;
    let mut goes_on = None;
    for (index, moment) in moments.into_iter().enumerate() {
        let random = Random::seeded(seed.wrapping_mul(1_000).wrapping_add(index as u64));
        let found = cuts.cut_at(moment, &random);
        let acknowledged =
            life.acknowledged.iter().filter(|(at, _)| *at <= moment).map(|(_, position)| *position);
        let least = acknowledged.max().unwrap_or(life.before);
        let at = |what: Broken| format!("{what} (cut {index} at moment {moment})");
        let position = recover(&found, clock, &life.history, least, draw, seed).map_err(at)?;
        if index == chosen {
            goes_on = Some((found, position));
        }
        if index == chosen && draw.once_in(3) {
            let killed = cuts.kill_at(moment);
            let store = open(&killed, clock, seed).map_err(at)?;
            let position = compare(&store, &life.history, least, draw).map_err(at)?;
            store.close();
            goes_on = Some((killed, position));
        }
    }
    Ok(goes_on.expect("one of the moments was chosen"))
}

/// Opens a found disk, twice, and once more after a cut in the middle of recovery.
fn recover(
    found: &SimDisk,
    clock: &Clock,
    history: &History,
    least: u64,
    draw: &Drawer,
    seed: u64,
) -> Result<u64, Broken> {
    let store = open(found, clock, seed)?;
    let position = compare(&store, history, least, draw)?;
    store.close();
    let mut history = history.clone();
    history.forget_after(position);
    let random = Random::seeded(seed);
    let moment = draw.below(found.moment() as u64 + 1) as usize;
    let again = found.power_cuts().cut_at(moment, &random);
    for (disk, name) in [(found, "opened again"), (&again, "cut again during recovery")] {
        let store = open(disk, clock, seed).map_err(|what| format!("{what} ({name})"))?;
        let second = compare(&store, &history, position, draw).map_err(|what| format!("{what} ({name})"))?;
        store.close();
        if second != position {
            return Err(format!("it stood at position {position} and stands at {second} ({name})"));
        }
    }
    Ok(position)
}

fn run_seed(seed: u64, disk: SimDisk) -> Result<(), Broken> {
    let clock = Clock::manual(NOON);
    let mut draw = Drawer::new(seed);
    let mut history = History::default();
    let mut disk = disk;
    for lifetime in 0..LIVES {
        let seed = seed * 10 + lifetime as u64;
        let in_life = |what: Broken| format!("seed {seed}: {what}");
        let first_wave = lifetime as u64 * WAVES;
        let life = live(&disk, &clock, &history, &mut draw, first_wave, seed).map_err(in_life)?;
        let (found, position) = cut(&disk, &life, &clock, &draw, seed).map_err(in_life)?;
        history = life.history;
        history.forget_after(position);
        disk = found;
    }
    Ok(())
}

/// Runs seeds on all cores; what the first that broke says.
fn run_seeds(seeds: u64, disk: impl Fn() -> SimDisk + Sync) -> Result<(), Broken> {
    let next = AtomicU64::new(0);
    let broken = std::sync::Mutex::new(None);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds || broken.lock().unwrap().is_some() {
                        return;
                    }
                    if let Err(what) = run_seed(only().unwrap_or(seed), disk()) {
                        broken.lock().unwrap().get_or_insert(what);
                    }
                }
            });
        }
    });
    broken.into_inner().unwrap().map_or(Ok(()), Err)
}

fn seeds() -> u64 {
    number("MILLRACE_SIM_SEEDS").unwrap_or(SEEDS)
}

/// The one seed to run all the time: threads run otherwise each time.
fn only() -> Option<u64> {
    number("MILLRACE_SIM_SEED")
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

#[test]
fn what_was_acknowledged_survives_any_power_cut_and_nothing_is_invented() {
    const { assert!(Bounds::INLINE_BLOB < 90_000, "some of the blobs are files of several frames") };
    if let Err(what) = run_seeds(seeds(), SimDisk::new) {
        panic!("{what}");
    }
}

#[test]
fn a_disk_whose_syncs_lie_is_caught() {
    assert!(run_seeds(20, SimDisk::liar).is_err(), "the test has gone blind");
}
