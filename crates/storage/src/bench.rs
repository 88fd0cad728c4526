//! The journal's figures, each beside its baseline from the same run: for `cargo xtask bench` and `examples/journal_bench.rs`.
//!
//! The baseline of a batch is a bare loop that writes the same bytes into zero-filled space and calls `fdatasync`: no engine that makes
//! each batch durable before it answers can be faster.
//!
//! # Where the time goes
//! On two virtual cores of the kind this is built on; what a loaded machine changes least is processor time and bytes written, so these are
//! figures too.
//!
//! * **Batches.** About 480 us of the journal's thread a batch. 210 of them are the kernel's write and sync, as in the bare loop; 90 are page faults
//!   while the cache of fresh records fills for the first time (a server that has run for 32 MiB has no more of them), 70 the copy into the frame, 60
//!   its checksum. What mattered more than all that were bytes nobody asked for: the next segment was filled with zeros while this one was written,
//!   which is why it is made ready early now, and comes back in place.
//! * **Sustained.** Every record is written a second time, into the archive: the disk has twice the bytes, and the mover takes about 200 us a batch,
//!   half of it to read the records back.
//! * **Small commits.** Six to eight us of the journal's thread each at 64 writers, 65 to 85 alone. Of the former some 38 % are the memtable (a snapshot
//!   is a clone of it, so each frame copies the nodes that it changes: comparisons, counts of keys and values, nodes made and dropped), 30 % the
//!   kernel's write and sync, the rest wake-ups of whoever waits, and what commits carry. Folds and compactions are what the slowest one in a
//!   hundred waits for: both cores are busy without them. Alone, a commit waits for the disk and for two wake-ups.
//! * **Writing small frames** costs the kernel by the piece in which it holds the file: after a fill in pieces of a mebibyte each page written went
//!   through 256 others (and `/proc/self/io` counted them all as written, 1 MiB a commit; the device saw 4 to 8 KiB). Hence
//!   [`crate::DiskFile::forget_cached`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use bytes::Bytes;
use store::{Commit, CommitId, LogChange, LogId, Seq, Store, Write};

use crate::disk::{Disk, RealDisk};
use crate::{Embedded, Parts, Settings};

/// One measured figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What was promised, if anything was: at least this, or at most if the unit is a time.
    pub target: Option<f64>,
}

impl Figure {
    fn new(name: impl Into<String>, value: f64, unit: &'static str, target: Option<f64>) -> Self {
        Self { name: name.into(), value, unit, target }
    }

    /// Whether it is what was promised.
    pub fn holds(&self) -> bool {
        let times = ["ms", "us each"];
        self.target.is_none_or(|target| {
            if times.contains(&self.unit) { self.value <= target } else { self.value >= target }
        })
    }
}

const RECORDS: usize = 500;
const RECORD_BYTES: usize = 1024;
const BATCH_BYTES: usize = RECORDS * RECORD_BYTES;
/// Rounds of batches, each in a new directory, and bytes of one: less than the first segment has.
const ROUNDS: usize = 5;
const BATCHES_BYTES: u64 = 56 << 20;
/// Bytes of one commit: a key of 100 and a value of 300.
const KEY_BYTES: usize = 100;
const VALUE_BYTES: usize = 300;

/// What can be measured alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Batches of records, as many as a journal segment has room for.
    Batches,
    /// Batches of records for as long as asked: with all that has to be done behind the journal.
    Sustained,
    /// Small commits.
    Singles,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 3] = [Part::Batches, Part::Sustained, Part::Singles];

    /// The part of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "batches" => Some(Part::Batches),
            "sustained" => Some(Part::Sustained),
            "singles" => Some(Part::Singles),
            _ => None,
        }
    }
}

/// Measures in a fresh directory below `dir`, each figure for `time`.
pub fn run(dir: &Path, time: Duration, parts: &[Part]) -> Vec<Figure> {
    let clock = Clock::system(Duration::ZERO);
    let below = tempfile::tempdir_in(dir).expect("the directory for the benchmark can be written");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("a runtime can be started");
    let bench = Bench { dir: below.path(), clock, runtime, time };
    let measure = |part: &Part| match part {
        Part::Batches => bench.batches(),
        Part::Sustained => bench.sustained(),
        Part::Singles => bench.singles(),
    };
    parts.iter().flat_map(measure).collect()
}

struct Bench<'d> {
    dir: &'d Path,
    clock: Clock,
    runtime: tokio::runtime::Runtime,
    time: Duration,
}

impl Bench<'_> {
    /// Rounds, each beside the bare loop: what else the machine does then changes both. The middle one counts.
    fn batches(&self) -> Vec<Figure> {
        let mut bare = Vec::new();
        let mut rounds = [1, 4].map(|writers| (writers, Vec::new(), Vec::new(), Used::default()));
        for round in 0..ROUNDS {
            let rate = bare_loop(&self.dir.join(format!("bare-{round}")), &self.clock, BATCHES_BYTES);
            bare.push(rate);
            for (writers, rates, shares, used) in &mut rounds {
                let store = open(&self.dir.join(format!("batches-{writers}-{round}")), &self.clock);
                self.runtime.block_on(warm_up(&store));
                let before = Used::now();
                let reached = self.runtime.block_on(batches(&store, &self.clock, *writers));
                used.add(&before);
                store.close();
                rates.push(reached);
                shares.push(reached / rate * 100.0);
            }
        }
        let mut figures = vec![Figure::new("bare loop, 500 KiB a sync", middle(bare), "MB/s", None)];
        for (writers, rates, shares, used) in rounds {
            let target = (writers == 4).then_some(60.0);
            let name = format!("batches of 500 x 1 KiB, {writers} writers");
            figures.push(Figure::new(format!("{name}: rate"), middle(rates), "MB/s", None));
            figures.push(Figure::new(format!("{name}: of the bare loop"), middle(shares), "%", target));
            figures.extend(used.figures(&name, ROUNDS as f64 * BATCHES_BYTES as f64 / BATCH_BYTES as f64));
        }
        figures
    }

    /// As many batches as go into the time: segments are taken apart and used again, each record is written a second time.
    fn sustained(&self) -> Vec<Figure> {
        let store = open(&self.dir.join("sustained"), &self.clock);
        self.runtime.block_on(warm_up(&store));
        let (start, before, mut written) = (self.clock.monotonic(), Used::now(), 0);
        while self.clock.monotonic() - start < self.time {
            self.runtime.block_on(batches_of_round(&store, written, 4));
            written += BATCHES_BYTES;
        }
        let rate = written as f64 / (self.clock.monotonic() - start).as_secs_f64() / 1e6;
        let mut used = Used::default();
        used.add(&before);
        store.close();
        let bare = bare_loop(&self.dir.join("bare-sustained"), &self.clock, written);
        let name = "batches of 500 x 1 KiB, sustained";
        let mut figures = vec![
            Figure::new(format!("{name}: rate"), rate, "MB/s", None),
            Figure::new(format!("{name}: of the bare loop"), rate / bare * 100.0, "%", None),
        ];
        figures.extend(used.figures(name, written as f64 / BATCH_BYTES as f64));
        figures
    }

    fn singles(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (writers, targets) in [
            (64, [Some(60_000.0), Some(12.0), None, Some(8.0)]),
            (16, [None; 4]),
            (1, [None, None, Some(0.2), None]),
        ] {
            let store = open(&self.dir.join(format!("singles-{writers}")), &self.clock);
            self.runtime.block_on(warm_up(&store));
            let (before, used_before) = (store.stats(), Used::now());
            let mut micros = self.runtime.block_on(singles(&store, &self.clock, writers, self.time));
            let mut used = Used::default();
            used.add(&used_before);
            let after = store.stats();
            micros.sort_unstable();
            let syncs = (after.syncs - before.syncs).max(1);
            let name = format!("commits of 400 bytes, {writers} writers");
            let each = |what: &str| format!("{name}: {what}");
            let at = |share: f64| {
                let index = ((micros.len() as f64 * share) as usize).min(micros.len().saturating_sub(1));
                micros.get(index).copied().unwrap_or(0) as f64 / 1_000.0
            };
            let rate = micros.len() as f64 / self.time.as_secs_f64();
            figures.push(Figure::new(each("rate"), rate, "/s", targets[0]));
            let commits = micros.len() as f64 / syncs as f64;
            figures.push(Figure::new(each("commits a sync"), commits, "", targets[1]));
            figures.push(Figure::new(each("p50"), at(0.50), "ms", targets[2]));
            figures.push(Figure::new(each("p99"), at(0.99), "ms", targets[3]));
            let sync = (after.journal_micros - before.journal_micros) as f64 / syncs as f64 / 1_000.0;
            figures.push(Figure::new(each("write and sync"), sync, "ms", None));
            figures.extend(used.figures(&name, micros.len() as f64));
            store.close();
        }
        figures
    }
}

/// What the process has used: processor time of the engine's threads by their names and of all others, and bytes sent to the disk. A
/// loaded machine changes these less than it does times.
#[derive(Default)]
struct Used {
    nanos: BTreeMap<String, u64>,
    written: u64,
}

/// Threads that get a line of their own.
const THREADS: [&str; 5] = ["journal", "keeper", "mover", "index-fold", "index-compact"];

impl Used {
    /// Since the start of the process. Threads that have ended do not count.
    fn now() -> Self {
        let mut used = Self::default();
        let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        for task in tasks {
            let read = |name: &str| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let name = read("comm").trim().to_owned();
            let name = if THREADS.contains(&name.as_str()) { name } else { "others".to_owned() };
            let nanos = read("schedstat").split(' ').next().and_then(|text| text.parse::<u64>().ok());
            *used.nanos.entry(name).or_default() += nanos.unwrap_or(0);
        }
        let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
        let written = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
        used.written = written.and_then(|text| text.parse().ok()).unwrap_or(0);
        used
    }

    /// Adds what was used since `before`.
    fn add(&mut self, before: &Used) {
        let now = Self::now();
        for (name, nanos) in now.nanos {
            let earlier = before.nanos.get(&name).copied().unwrap_or(0);
            *self.nanos.entry(name).or_default() += nanos.saturating_sub(earlier);
        }
        self.written += now.written - before.written;
    }

    /// By unit of work.
    fn figures(&self, name: &str, units: f64) -> Vec<Figure> {
        let mut figures: Vec<Figure> = self
            .nanos
            .iter()
            .map(|(thread, nanos)| {
                let micros = *nanos as f64 / 1_000.0 / units;
                Figure::new(format!("{name}: processor, {thread}"), micros, "us each", None)
            })
            .collect();
        let written = self.written as f64 / 1024.0 / units;
        figures.push(Figure::new(format!("{name}: written"), written, "KiB each", None));
        figures
    }
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// How long a directory with `bytes` of records and as many rows as fit takes to open, closed cleanly and copied as a crash leaves it.
pub fn opening(dir: &Path, bytes: u64) -> Vec<Figure> {
    let clock = Clock::system(Duration::ZERO);
    let below = tempfile::tempdir_in(dir).expect("the directory for the benchmark can be written");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("a runtime can be started");
    let mut figures = Vec::new();
    let started = clock.monotonic();
    let store = open(below.path(), &clock);
    let took = |since: Duration| (clock.monotonic() - since).as_secs_f64() * 1_000.0;
    figures.push(Figure::new("open, nothing there", took(started), "ms", Some(300.0)));
    runtime.block_on(async {
        let mut written = 0;
        while written < bytes {
            let log = LogId(u128::from(written));
            batches_to(&store, log, BATCHES_BYTES).await;
            singles(&store, &clock, 16, Duration::from_millis(100)).await;
            written += BATCHES_BYTES;
        }
        // Just under what makes a fold: the longest replay there can be.
        store.fold().await.expect("the index can be written");
        batches_to(&store, LogId(u128::MAX), BATCHES_BYTES).await;
        singles(&store, &clock, 16, Duration::from_millis(100)).await;
    });
    let stats = store.stats();
    let copy = tempfile::tempdir_in(dir).expect("the directory for the benchmark can be written");
    copy_all(below.path(), copy.path());
    store.close();
    let started = clock.monotonic();
    open(below.path(), &clock).close();
    figures.push(Figure::new("open and close again, closed cleanly", took(started), "ms", Some(300.0)));
    let started = clock.monotonic();
    let store = open(copy.path(), &clock);
    figures.push(Figure::new("open after a crash", took(started), "ms", Some(1_000.0)));
    assert!(store.stats().position >= stats.position, "nothing is missing");
    store.close();
    figures
}

fn copy_all(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the directory can be read") {
        let entry = entry.expect("the directory can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a directory can be made");
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

fn open(dir: &Path, clock: &Clock) -> Arc<Embedded> {
    let parts = Parts { clock: clock.clone(), random: Random::seeded(1), disk: None };
    Embedded::open(Settings::new(dir), parts).expect("a fresh directory opens")
}

/// MB/s of a loop that does nothing but write and sync.
fn bare_loop(dir: &Path, clock: &Clock, bytes: u64) -> f64 {
    let disk = RealDisk::new(dir).expect("the directory can be made");
    let file = disk.create_new("file").expect("a file can be made");
    let length = 64 << 20;
    file.allocate_zeroed(length).expect("there is space");
    let batch = vec![0x5a; BATCH_BYTES.next_multiple_of(4096)];
    let (start, mut offset, mut written) = (clock.monotonic(), 0, 0u64);
    while written < bytes {
        if offset + batch.len() as u64 > length {
            offset = 0;
        }
        file.write_at(offset, &batch).expect("the file can be written");
        file.sync_data().expect("the file can be synced");
        offset += batch.len() as u64;
        written += BATCH_BYTES as u64;
    }
    written as f64 / (clock.monotonic() - start).as_secs_f64() / 1e6
}

/// Bytes written before measuring, so that the next segment is made ready.
const WARM_UP_BYTES: u64 = 2 << 20;

/// Waits until the journal's segments are filled with zeros, as the bare loop's file is: a reused one is.
async fn warm_up(store: &Arc<Embedded>) {
    batches_to(store, LogId(u128::MAX - 1), WARM_UP_BYTES).await;
    while !store.segments_ready() {
        tokio::task::yield_now().await;
    }
}

/// MB/s of batches of records, each writer to a log of its own.
async fn batches(store: &Arc<Embedded>, clock: &Clock, writers: u64) -> f64 {
    let start = clock.monotonic();
    batches_of_round(store, 0, writers).await;
    BATCHES_BYTES as f64 / (clock.monotonic() - start).as_secs_f64() / 1e6
}

/// Writes [`BATCHES_BYTES`], each writer to a log of its own. `round` names the logs.
async fn batches_of_round(store: &Arc<Embedded>, round: u64, writers: u64) {
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                batches_to(&store, LogId(u128::from(round + writer)), BATCHES_BYTES / writers).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no writer panics");
    }
}

/// Creates a log and writes batches to it.
async fn batches_to(store: &Embedded, log: LogId, bytes: u64) {
    let random = Random::seeded(log.0 as u64);
    let mut create = Commit::new(CommitId(random.u128()));
    create.log(LogChange::Create { log, first: Seq(0) });
    store.commit(create).await.expect("the log is new");
    let record = Bytes::from(vec![0x5a; RECORD_BYTES]);
    let mut written = 0u64;
    while written < bytes {
        let mut commit = Commit::new(CommitId(random.u128()));
        commit.append(log, vec![record.clone(); RECORDS]);
        store.commit(commit).await.expect("the log is open");
        written += BATCH_BYTES as u64;
    }
}

/// Microseconds of each single commit.
async fn singles(store: &Arc<Embedded>, clock: &Clock, writers: u64, time: Duration) -> Vec<u32> {
    let start = clock.monotonic();
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let (store, clock) = (store.clone(), clock.clone());
            tokio::spawn(async move {
                let random = Random::seeded(writer);
                let value = Bytes::from(vec![writer as u8; VALUE_BYTES]);
                let mut micros = Vec::new();
                loop {
                    let before = clock.monotonic();
                    if before - start >= time {
                        return micros;
                    }
                    let mut commit = Commit::new(CommitId(random.u128()));
                    let mut key = vec![0x7f; KEY_BYTES];
                    key[84..].copy_from_slice(&random.u128().to_le_bytes());
                    commit.writes.push(Write { key: key.into(), value: Some(value.clone()) });
                    store.commit(commit).await.expect("nothing refuses it");
                    micros.push((clock.monotonic() - before).as_micros() as u32);
                }
            })
        })
        .collect();
    let mut micros = Vec::new();
    for task in tasks {
        micros.extend(task.await.expect("no writer panics"));
    }
    micros
}
