//! The engine held to the conformance suite, on the real disk and on the simulated one, folded and reopened at random; and what the
//! suite cannot see.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use bytes::Bytes;
use futures_executor::block_on;
use store::{Check, Commit, CommitError, CommitId, Fate, From, Limit, LogChange, LogId, Seq, Store, Write};

use super::{Embedded, OpenError, Parts, Settings};
use crate::disk::{Disk, DiskFile, RealDisk, SimDisk};
use crate::suite::{self, Fixture};

const NOON: Timestamp = Timestamp::from_secs(1_700_000_000);

/// Small enough that every run passes through many segments and folds.
fn small(dir: impl Into<std::path::PathBuf>) -> Settings {
    Settings {
        segment_bytes: Some(256 << 10),
        fold_rows: 200,
        fold_bytes: 1 << 20,
        fresh_bytes: 64 << 10,
        cache_bytes: 1 << 20,
        floor_bytes: Some(0),
        ..Settings::new(dir)
    }
}

struct Opened {
    store: Arc<Embedded>,
    settings: Settings,
    disk: Option<Arc<dyn Disk>>,
    clock: Clock,
    opens: u64,
    _dir: Option<tempfile::TempDir>,
}

impl Opened {
    fn open(settings: &Settings, disk: Option<Arc<dyn Disk>>, clock: &Clock, opens: u64) -> Arc<Embedded> {
        let parts = Parts { clock: clock.clone(), random: Random::seeded(opens), disk };
        Embedded::open(settings.clone(), parts).unwrap()
    }

    fn on_sim() -> Self {
        Self::with(small("sim"), Some(Arc::new(SimDisk::new())), None)
    }

    fn on_real() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self::with(small(dir.path()), None, Some(dir))
    }

    fn with(settings: Settings, disk: Option<Arc<dyn Disk>>, dir: Option<tempfile::TempDir>) -> Self {
        let clock = Clock::manual(NOON);
        let store = Self::open(&settings, disk.clone(), &clock, 0);
        Self { store, settings, disk, clock, opens: 0, _dir: dir }
    }

    fn reopen(&mut self) {
        self.store.close();
        self.opens += 1;
        self.store = Self::open(&self.settings, self.disk.clone(), &self.clock, self.opens);
    }

    fn put(&self, key: &str, value: &str) -> Result<store::Committed, CommitError> {
        let mut commit = self.commit();
        commit.writes.push(Write { key: row(key), value: Some(value.to_owned().into()) });
        block_on(self.store.commit(commit))
    }

    fn get(&self, key: &str) -> Option<Bytes> {
        block_on(self.store.snapshot().get(&row(key))).unwrap().map(|found| found.value)
    }

    fn commit(&self) -> Commit {
        Commit::new(CommitId(self.store.shared.own_id()))
    }

    fn create_log(&self, log: LogId) {
        let mut commit = self.commit();
        commit.log(LogChange::Create { log, first: Seq(0) });
        block_on(self.store.commit(commit)).unwrap();
    }

    fn append(&self, log: LogId, records: Vec<Bytes>) -> store::Appended {
        let mut commit = self.commit();
        commit.append(log, records);
        block_on(self.store.commit(commit)).unwrap().appended[0]
    }

    /// All records of a log, read in small pieces.
    fn read_all(&self, log: LogId, from: From) -> Vec<(u64, Bytes)> {
        let mut records = Vec::new();
        let mut from = from;
        loop {
            let batch = block_on(self.store.read(log, from, Limit { records: 7, bytes: 20_000 })).unwrap();
            if batch.records.is_empty() {
                return records;
            }
            from = From::Seq(batch.next);
            records.extend(batch.records.into_iter().map(|record| (record.seq.0, record.payload)));
        }
    }
}

fn row(key: &str) -> Bytes {
    format!("\x7f\x01{key}").into()
}

fn payload(index: u64, bytes: usize) -> Bytes {
    Bytes::from(vec![index as u8; bytes])
}

impl Fixture for Opened {
    fn store(&self) -> Arc<dyn Store> {
        self.store.clone()
    }

    fn clock(&self) -> Clock {
        self.clock.clone()
    }

    fn shake(&mut self, draw: u64) {
        match draw % 4 {
            0 => self.reopen(),
            1 | 2 => block_on(self.store.fold()).unwrap(),
            _ => {}
        }
    }
}

/// Runs a future that blocks within: `block_on` does not nest.
fn on_tokio(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future);
}

#[test]
fn conforms_on_the_simulated_disk() {
    on_tokio(suite::run(Opened::on_sim));
}

#[test]
fn conforms_on_the_real_disk() {
    on_tokio(suite::run(Opened::on_real));
}
