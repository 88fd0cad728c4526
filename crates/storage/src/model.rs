//! The model: what any store must do, in the plainest code that does it.
//!
//! Everything is in memory behind one mutex, so that each clause of `store`'s documentation is a line one can check by eye. The
//! conformance suite runs over it as over the real engine, random runs compare the two, and rooms use it in their unit tests, for
//! which it can also be told to be full or to lose an acknowledgement. Nothing here is durable.

mod logs;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use imbl::OrdMap;
use store::{
    Appended, Batch, BlobError, BlobGuard, BlobRef, Bounds, Check, Commit, CommitError, CommitId, Committed,
    Fate, From, Key, Limit, LogChange, LogId, LogState, Place, PlaceError, ReadError, Scan, Snapshot, Store,
    StoredBlob, Tail, Version, Versioned, Volume,
};

use logs::Log;

/// How long commit ids are kept.
const OUTCOMES_KEPT: Duration = Duration::from_secs(24 * 3600);

/// A `Store` in memory. Clones of the `Arc` share it.
pub struct Model {
    clock: Clock,
    random: Random,
    me: Weak<Model>,
    state: Mutex<State>,
}

/// What the next commit of a [`Model`] runs into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mishap {
    /// It happens, but answers [`CommitError::Unknown`].
    AcknowledgementLost,
    /// It does not happen, and answers [`CommitError::Unknown`].
    CommitLost,
}

#[derive(Clone, Default)]
struct State {
    position: u64,
    rows: OrdMap<Key, Versioned>,
    logs: BTreeMap<LogId, Log>,
    logs_used: BTreeSet<LogId>,
    blobs: BTreeMap<BlobRef, Blob>,
    outcomes: HashMap<CommitId, Timestamp>,
    volumes: BTreeSet<Volume>,
    full: bool,
    mishap: Option<Mishap>,
}

/// A blob lives as long as something refers to it or guards it.
#[derive(Clone)]
struct Blob {
    bytes: Bytes,
    references: i64,
    guards: u32,
    place: Place,
}

impl Model {
    /// An empty store. The clock gives records their times; `random` names blobs.
    pub fn new(clock: Clock, random: Random) -> Arc<Self> {
        Arc::new_cyclic(|me| Self { clock, random, me: me.clone(), state: Mutex::default() })
    }

    /// Refuses new data from now on, or takes it again.
    pub fn set_full(&self, full: bool) {
        self.lock().full = full;
    }

    /// Adds a volume.
    pub fn add_volume(&self, volume: Volume) {
        self.lock().volumes.insert(volume);
    }

    /// Where a blob was placed last.
    pub fn place_of(&self, blob: BlobRef) -> Option<Place> {
        self.lock().blobs.get(&blob).map(|blob| blob.place)
    }

    fn place(&self, blob: BlobRef, place: Place) -> Result<(), PlaceError> {
        let mut state = self.lock();
        if let Some(volume) = place.volume.filter(|volume| !state.volumes.contains(volume)) {
            return Err(PlaceError::NoVolume(volume));
        }
        let found = state.blobs.get_mut(&blob).filter(|found| found.references > 0);
        found.ok_or(ReadError::NoBlob(blob))?.place = place;
        Ok(())
    }

    /// Lets the next commit run into a mishap.
    pub fn upset_next(&self, mishap: Mishap) {
        self.lock().mishap = Some(mishap);
    }

    /// Puts a blob of any size under a name that another store gave it, guarded as after [`Store::put_blob`].
    pub fn put_named(&self, blob: BlobRef, bytes: Bytes) -> BlobGuard {
        self.lock().blobs.insert(blob, Blob { bytes, references: 0, guards: 1, place: Place::default() });
        let store = self.me.clone();
        BlobGuard::new(move || {
            if let Some(store) = store.upgrade() {
                store.release(blob);
            }
        })
    }

    /// How many blobs there are, for tests that look for leaks.
    pub fn blob_count(&self) -> usize {
        self.lock().blobs.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the model does not panic while its state is held")
    }

    fn commit_now(&self, commit: &Commit) -> Result<Committed, CommitError> {
        commit.within_bounds().map_err(CommitError::TooLarge)?;
        let now = self.clock.now();
        let mut state = self.lock();
        let mishap = state.mishap.take();
        if mishap == Some(Mishap::CommitLost) {
            return Err(CommitError::Unknown("the commit was lost".to_owned()));
        }
        if state.full && brings_new_data(commit) {
            return Err(CommitError::Full);
        }
        state.check(commit)?;
        // All effects happen to a copy, so that one that is refused half-way leaves nothing behind.
        let mut after = Effects::of(&state, commit)?;
        let committed = after.apply(commit, now)?;
        after.replace(&mut state);
        state.outcomes.insert(commit.id, now);
        match mishap {
            Some(Mishap::AcknowledgementLost) => {
                Err(CommitError::Unknown("the acknowledgement was lost".to_owned()))
            }
            Some(Mishap::CommitLost) | None => Ok(committed),
        }
    }

    async fn store_blob(&self, blob: BlobRef, mut body: Body) -> Result<(StoredBlob, BlobGuard), BlobError> {
        if self.full() {
            return Err(BlobError::Full);
        }
        let mut bytes = BytesMut::new();
        while let Some(piece) = body.next().await {
            bytes.extend_from_slice(&piece?);
        }
        let stored = StoredBlob { blob, bytes: bytes.len() as u64 };
        let guard = self.put_named(stored.blob, bytes.freeze());
        Ok((stored, guard))
    }

    fn release(&self, blob: BlobRef) {
        let mut state = self.lock();
        if let Some(found) = state.blobs.get_mut(&blob) {
            found.guards -= 1;
            if found.guards == 0 && found.references == 0 {
                state.blobs.remove(&blob);
            }
        }
    }

    fn read_blob(&self, blob: BlobRef, range: Range<u64>) -> Result<Body, ReadError> {
        let state = self.lock();
        let found = state.blobs.get(&blob).ok_or(ReadError::NoBlob(blob))?;
        let bytes = found.bytes.len() as u64;
        if range.start > range.end || range.end > bytes {
            return Err(ReadError::Range { bytes });
        }
        let (start, end) = (range.start as usize, range.end as usize);
        if start == end { Ok(Body::empty()) } else { Ok(found.bytes.slice(start..end).into()) }
    }
}

/// Whether a full disk refuses it. Deletes, seals, horizons and counts go on.
fn brings_new_data(commit: &Commit) -> bool {
    commit.payload_bytes() > 0 || commit.writes.iter().any(|write| write.value.is_some())
}

impl State {
    fn check(&self, commit: &Commit) -> Result<(), CommitError> {
        let failed = commit.checks.iter().position(|check| !self.holds(check));
        failed.map_or(Ok(()), |index| Err(CommitError::Check { index }))
    }

    fn holds(&self, check: &Check) -> bool {
        match check {
            Check::Absent(key) => !self.rows.contains_key(key),
            Check::Present(key) => self.rows.contains_key(key),
            Check::VersionIs(key, version) => self.rows.get(key).is_some_and(|row| row.version == *version),
            Check::LogOpen(log) => self.logs.get(log).is_some_and(|log| !log.state.sealed),
            Check::BlobLive(blob) => self.blobs.contains_key(blob),
        }
    }
}

/// The parts of the state a commit touches, as they will be.
struct Effects {
    rows: OrdMap<Key, Versioned>,
    /// `None`: deleted.
    logs: BTreeMap<LogId, Option<Log>>,
    created: Vec<LogId>,
    blobs: BTreeMap<BlobRef, Blob>,
    position: u64,
}

impl Effects {
    fn of(state: &State, commit: &Commit) -> Result<Self, CommitError> {
        let mut effects = Self {
            rows: state.rows.clone(),
            logs: BTreeMap::new(),
            created: Vec::new(),
            blobs: BTreeMap::new(),
            position: state.position + 1,
        };
        let appended = commit.appends.iter().map(|append| append.log);
        for log in commit.logs.iter().map(log_of).chain(appended) {
            if let Some(found) = state.logs.get(&log) {
                effects.logs.insert(log, Some(found.clone()));
            }
        }
        for change in &commit.logs {
            if let LogChange::Create { log, first } = *change {
                if state.logs_used.contains(&log) || effects.created.contains(&log) {
                    return Err(CommitError::Log(log));
                }
                effects.created.push(log);
                effects.logs.insert(log, Some(Log::new(first)));
            }
        }
        for new in &commit.new_blobs {
            let fresh = Blob { bytes: new.bytes.clone(), references: 0, guards: 0, place: Place::default() };
            let twice = effects.blobs.insert(new.blob, fresh).is_some();
            if twice || state.blobs.contains_key(&new.blob) {
                return Err(CommitError::Blob(new.blob));
            }
        }
        for (blob, _) in &commit.counts {
            if !effects.blobs.contains_key(blob) {
                let found = state.blobs.get(blob).ok_or(CommitError::Blob(*blob))?;
                effects.blobs.insert(*blob, found.clone());
            }
        }
        Ok(effects)
    }

    fn apply(&mut self, commit: &Commit, now: Timestamp) -> Result<Committed, CommitError> {
        let version = Version(self.position);
        for write in &commit.writes {
            match &write.value {
                Some(value) => {
                    self.rows.insert(write.key.clone(), Versioned { version, value: value.clone() });
                }
                None => {
                    self.rows.remove(&write.key);
                }
            }
        }
        let mut appended = Vec::with_capacity(commit.appends.len());
        for append in &commit.appends {
            let log = self.logs.get_mut(&append.log).and_then(Option::as_mut);
            let open = log.filter(|log| !log.state.sealed).ok_or(CommitError::Log(append.log))?;
            let (first, time) = open.append(&append.records, now);
            appended.push(Appended { log: append.log, first, time });
        }
        for change in &commit.logs {
            self.change(change)?;
        }
        for (blob, by) in &commit.counts {
            let found = self.blobs.get_mut(blob).expect("`Effects::of` fetched every blob that is counted");
            found.references += i64::from(*by);
        }
        // Only the sum of a commit's counts matters: a merged commit may drop a reference before it adds one.
        if let Some((blob, _)) = self.blobs.iter().find(|(_, blob)| blob.references < 0) {
            return Err(CommitError::Blob(*blob));
        }
        Ok(Committed { position: version, appended })
    }

    fn change(&mut self, change: &LogChange) -> Result<(), CommitError> {
        let id = log_of(change);
        let slot = self.logs.get_mut(&id).ok_or(CommitError::Log(id))?;
        let log = slot.as_mut().ok_or(CommitError::Log(id))?;
        match change {
            LogChange::Create { .. } => {}
            LogChange::Seal(_) => log.state.sealed = true,
            LogChange::Horizon(_, seq) => log.raise_horizon(*seq),
            LogChange::Delete(_) => *slot = None,
        }
        Ok(())
    }

    fn replace(self, state: &mut State) {
        state.rows = self.rows;
        state.position = self.position;
        state.logs_used.extend(self.created);
        for (id, log) in self.logs {
            match log {
                Some(log) => {
                    log.tell();
                    state.logs.insert(id, log);
                }
                None => {
                    if let Some(gone) = state.logs.remove(&id) {
                        gone.tell_gone();
                    }
                }
            }
        }
        for (id, blob) in self.blobs {
            if blob.references == 0 && blob.guards == 0 {
                state.blobs.remove(&id);
            } else {
                state.blobs.insert(id, blob);
            }
        }
    }
}

fn log_of(change: &LogChange) -> LogId {
    match change {
        LogChange::Create { log, .. }
        | LogChange::Seal(log)
        | LogChange::Horizon(log, _)
        | LogChange::Delete(log) => *log,
    }
}

impl Store for Model {
    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<Committed, CommitError>> {
        ready(self.commit_now(&commit)).boxed()
    }

    fn outcome(&self, id: CommitId) -> BoxFuture<'_, Result<Fate, ReadError>> {
        let fate = match self.lock().outcomes.get(&id) {
            Some(time) if self.clock.now().since(*time) > OUTCOMES_KEPT => Fate::TooOld,
            Some(_) => Fate::Committed,
            None => Fate::Absent,
        };
        ready(Ok(fate)).boxed()
    }

    fn snapshot(&self) -> Box<dyn Snapshot> {
        let state = self.lock();
        Box::new(ModelSnapshot { position: Version(state.position), rows: state.rows.clone() })
    }

    fn read(&self, log: LogId, from: From, limit: Limit) -> BoxFuture<'_, Result<Batch, ReadError>> {
        let state = self.lock();
        let batch = state.logs.get(&log).map(|log| log.read(from, limit)).ok_or(ReadError::NoLog(log));
        ready(batch).boxed()
    }

    fn tail(&self, log: LogId) -> BoxFuture<'_, Result<Tail, ReadError>> {
        ready(self.lock().logs.get(&log).map(Log::tail).ok_or(ReadError::NoLog(log))).boxed()
    }

    fn log_state(&self, log: LogId) -> BoxFuture<'_, Result<LogState, ReadError>> {
        ready(self.lock().logs.get(&log).map(|log| log.state).ok_or(ReadError::NoLog(log))).boxed()
    }

    fn put_blob(&self, body: Body) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.store_blob(BlobRef(self.random.u128()), body).boxed()
    }

    fn put_named_blob(
        &self,
        blob: BlobRef,
        body: Body,
    ) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>> {
        self.store_blob(blob, body).boxed()
    }

    fn get_blob(&self, blob: BlobRef, range: Range<u64>) -> BoxFuture<'_, Result<Body, ReadError>> {
        ready(self.read_blob(blob, range)).boxed()
    }

    fn full(&self) -> bool {
        self.lock().full
    }

    fn place_blob(&self, blob: BlobRef, place: Place) -> BoxFuture<'_, Result<(), PlaceError>> {
        ready(self.place(blob, place)).boxed()
    }

    fn has_volume(&self, volume: Volume) -> bool {
        self.lock().volumes.contains(&volume)
    }
}

struct ModelSnapshot {
    position: Version,
    rows: OrdMap<Key, Versioned>,
}

impl Snapshot for ModelSnapshot {
    fn position(&self) -> Version {
        self.position
    }

    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Versioned>, ReadError>> {
        debug_assert!(key.len() <= Bounds::KEY, "no key is longer than the bound");
        ready(Ok(self.rows.get(key).cloned())).boxed()
    }

    fn scan<'a>(&'a self, scan: Scan) -> BoxFuture<'a, Result<Vec<(Key, Versioned)>, ReadError>> {
        if scan.start >= scan.end {
            return ready(Ok(Vec::new())).boxed();
        }
        let range = self.rows.range(scan.start..scan.end).map(|(key, row)| (key.clone(), row.clone()));
        let found = if scan.reverse {
            range.rev().take(scan.limit).collect()
        } else {
            range.take(scan.limit).collect()
        };
        ready(Ok(found)).boxed()
    }
}
