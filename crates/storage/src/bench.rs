//! The journal's figures, each beside its baseline from the same run: for `cargo xtask bench` and `examples/journal_bench.rs`.
//!
//! The baseline of a batch is a bare loop that writes the same bytes into zero-filled space and calls `fdatasync`: no engine that makes
//! each batch durable before it answers can be faster.

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
        let times = ["ms"];
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

/// Measures in a fresh directory below `dir`, each part for `time`.
pub fn run(dir: &Path, time: Duration) -> Vec<Figure> {
    let clock = Clock::system(Duration::ZERO);
    let below = tempfile::tempdir_in(dir).expect("the directory for the benchmark can be written");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("a runtime can be started");
    let mut figures = Vec::new();

    let bare = bare_loop(&below.path().join("bare"), &clock, time);
    figures.push(Figure::new("bare loop, 500 KiB a sync", bare, "MB/s", None));
    for writers in [1, 4] {
        let share = (writers == 4).then_some(60.0);
        let rounds: Vec<f64> = (0..ROUNDS)
            .map(|round| {
                let store = open(&below.path().join(format!("batches-{writers}-{round}")), &clock);
                wait_for_segments(&store);
                let rate = runtime.block_on(batches(&store, &clock, writers));
                store.close();
                rate
            })
            .collect();
        let rate = rounds.iter().sum::<f64>() / ROUNDS as f64;
        figures.push(Figure::new(format!("batches of 500 x 1 KiB, {writers} writers"), rate, "MB/s", None));
        figures.push(Figure::new(
            format!("  of the bare loop, {writers} writers"),
            rate / bare * 100.0,
            "%",
            share,
        ));
    }
    for (writers, targets) in [
        (64, [Some(60_000.0), Some(12.0), None, Some(8.0)]),
        (16, [None; 4]),
        (1, [None, None, Some(0.2), None]),
    ] {
        let store = open(&below.path().join(format!("singles-{writers}")), &clock);
        let before = store.stats();
        let mut micros = runtime.block_on(singles(&store, &clock, writers, time));
        let after = store.stats();
        micros.sort_unstable();
        let syncs = (after.syncs - before.syncs).max(1);
        let each = |name: &str| format!("commits of 400 bytes, {writers} writers: {name}");
        let at = |share: f64| {
            let index = ((micros.len() as f64 * share) as usize).min(micros.len().saturating_sub(1));
            micros.get(index).copied().unwrap_or(0) as f64 / 1_000.0
        };
        figures.push(Figure::new(each("rate"), micros.len() as f64 / time.as_secs_f64(), "/s", targets[0]));
        figures.push(Figure::new(each("commits a sync"), micros.len() as f64 / syncs as f64, "", targets[1]));
        figures.push(Figure::new(each("p50"), at(0.50), "ms", targets[2]));
        figures.push(Figure::new(each("p99"), at(0.99), "ms", targets[3]));
        let sync = (after.journal_micros - before.journal_micros) as f64 / syncs as f64 / 1_000.0;
        figures.push(Figure::new(each("write and sync"), sync, "ms", None));
        store.close();
    }
    figures
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
fn bare_loop(dir: &Path, clock: &Clock, time: Duration) -> f64 {
    let disk = RealDisk::new(dir).expect("the directory can be made");
    let file = disk.create_new("file").expect("a file can be made");
    let length = 64 << 20;
    file.allocate_zeroed(length).expect("there is space");
    let batch = vec![0x5a; BATCH_BYTES.next_multiple_of(4096)];
    let (start, mut offset, mut written) = (clock.monotonic(), 0, 0u64);
    while clock.monotonic() - start < time {
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

/// Waits until the journal's first segment is filled with zeros, as the bare loop's file is: a reused one is.
fn wait_for_segments(store: &Embedded) {
    while !store.segments_ready() {
        std::thread::yield_now();
    }
}

/// MB/s of batches of records, each writer to a log of its own.
async fn batches(store: &Arc<Embedded>, clock: &Clock, writers: u64) -> f64 {
    let start = clock.monotonic();
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                batches_to(&store, LogId(u128::from(writer)), BATCHES_BYTES / writers).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("no writer panics");
    }
    BATCHES_BYTES as f64 / (clock.monotonic() - start).as_secs_f64() / 1e6
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
