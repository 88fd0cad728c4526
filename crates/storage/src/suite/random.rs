//! Random runs: the same commits to a store and to the model, all answers compared.
//!
//! Positions and the names of blobs that were put differ between the two, so both are translated; everything else must be equal.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use base::{Random, Timestamp};
use store::{
    BlobGuard, BlobRef, Check, Commit, CommitError, From, Limit, LogId, ReadError, Scan, Seq, Store, Version,
    Versioned,
};

use super::Fixture;
use super::draw::Drawer;
use crate::model::Model;

/// Blobs that are put, over a bound that makes some of them files.
const BLOB_BYTES_MAX: u64 = 300_000;

/// Runs `steps` steps drawn from `seed`.
///
/// # Panics
/// When the store and the model differ; the seed stands in the message.
pub async fn run(fixture: impl Fixture, seed: u64, steps: usize) {
    let mut run = Run::new(fixture, seed);
    for step in 0..steps {
        run.step = step;
        run.step().await;
    }
    run.compare_all().await;
    run.shake();
    run.compare_all().await;
}

struct Run<F> {
    fixture: F,
    store: Arc<dyn Store>,
    model: Arc<Model>,
    draw: Drawer,
    seed: u64,
    step: usize,
    /// The store's position of a commit, by the model's.
    positions: BTreeMap<Version, Version>,
    /// The store's name of a blob that was put, by the model's.
    blobs: HashMap<BlobRef, BlobRef>,
    guards: Vec<(BlobGuard, BlobGuard)>,
}

impl<F: Fixture> Run<F> {
    fn new(fixture: F, seed: u64) -> Self {
        let model = Model::new(fixture.clock(), Random::seeded(seed ^ 0x5eed));
        Self {
            store: fixture.store(),
            fixture,
            model,
            draw: Drawer::new(seed),
            seed,
            step: 0,
            positions: BTreeMap::new(),
            blobs: HashMap::new(),
            guards: Vec::new(),
        }
    }

    async fn step(&mut self) {
        match self.draw.below(16) {
            0 => self.read().await,
            1 => self.scan().await,
            2 => self.read_blob(self.draw.blob()).await,
            3 => self.put_blob().await,
            4 => self.fixture.clock().pass(Duration::from_millis(self.draw.below(3_000))),
            5 if self.draw.once_in(3) => self.shake(),
            _ => self.commit().await,
        }
    }

    fn shake(&mut self) {
        self.guards.clear();
        self.fixture.shake(self.draw.below(u64::MAX));
        self.store = self.fixture.store();
    }

    fn place(&self) -> String {
        format!("seed {} step {}", self.seed, self.step)
    }

    fn named(&self, blob: BlobRef) -> BlobRef {
        self.blobs.get(&blob).copied().unwrap_or(blob)
    }

    /// The model's commit in the store's words.
    fn translated(&self, commit: &Commit) -> Commit {
        let mut commit = commit.clone();
        for (blob, _) in &mut commit.counts {
            *blob = self.named(*blob);
        }
        for check in &mut commit.checks {
            match check {
                Check::VersionIs(_, version) => {
                    *version = self.positions.get(version).copied().unwrap_or(*version)
                }
                Check::BlobLive(blob) => *blob = self.named(*blob),
                Check::Absent(_) | Check::Present(_) | Check::LogOpen(_) => {}
            }
        }
        commit
    }

    async fn commit(&mut self) {
        let mut commit = self.draw.commit();
        if self.draw.once_in(4) {
            let key = self.draw.key();
            let seen = self.model.snapshot().get(&key).await.expect("the model is readable");
            let version = seen.map_or(Version(0), |row| row.version);
            commit.check(Check::VersionIs(key, version));
        }
        // Mostly put the blob's count into a commit while its guard is held; then let go of all guards.
        if self.draw.once_in(3) {
            self.guards.clear();
        }
        let translated = self.translated(&commit);
        let expected = self.model.commit(commit).await;
        let found = self.store.commit(translated).await;
        match (&expected, &found) {
            (Ok(model), Ok(store)) => {
                assert_eq!(store.appended, model.appended, "{}", self.place());
                let last = self.positions.insert(model.position, store.position);
                assert!(last.is_none_or(|last| last < store.position), "positions rise, {}", self.place());
            }
            (Err(CommitError::Check { index: model }), Err(CommitError::Check { index: store })) => {
                assert_eq!(model, store, "{}", self.place());
            }
            // When both a log and a blob stand against a commit, either may be named.
            (
                Err(CommitError::Log(_) | CommitError::Blob(_)),
                Err(CommitError::Log(_) | CommitError::Blob(_)),
            ) => {}
            _ => panic!("the model answers {expected:?}, the store {found:?}, {}", self.place()),
        }
    }

    async fn put_blob(&mut self) {
        let bytes =
            if self.draw.once_in(2) { self.draw.bytes(BLOB_BYTES_MAX) } else { vec![7; 70_000].into() };
        let (model, model_guard) =
            self.model.put_blob(bytes.clone().into()).await.expect("the model is never full");
        let (store, store_guard) = match self.store.put_blob(bytes.into()).await {
            Ok(put) => put,
            Err(error) => panic!("a blob was not stored: {error}, {}", self.place()),
        };
        assert_eq!(store.bytes, model.bytes, "{}", self.place());
        self.blobs.insert(model.blob, store.blob);
        self.draw.add_blob(model.blob);
        self.guards.push((model_guard, store_guard));
        let mut commit = self.draw.commit();
        if !self.draw.once_in(4) {
            commit.count_blob(model.blob, 1);
        }
        let translated = self.translated(&commit);
        let expected = self.model.commit(commit).await;
        let found = self.store.commit(translated).await;
        assert_eq!(found.is_ok(), expected.is_ok(), "{found:?} against {expected:?}, {}", self.place());
        if let (Ok(model), Ok(store)) = (expected, found) {
            self.positions.insert(model.position, store.position);
        }
    }

    async fn read(&self) {
        let from = if self.draw.once_in(2) {
            From::Seq(Seq(self.draw.below(300)))
        } else {
            let back = Duration::from_millis(self.draw.below(60_000));
            From::Time(self.fixture.clock().now().minus(back))
        };
        let limit =
            Limit { records: self.draw.below(30) as usize + 1, bytes: self.draw.below(20_000) as usize };
        self.compare_read(self.draw.log(), from, limit).await;
    }

    async fn compare_read(&self, log: LogId, from: From, limit: Limit) {
        let expected = self.model.read(log, from, limit).await;
        let found = self.store.read(log, from, limit).await;
        assert_eq!(found, expected, "{log:?} {from:?} {limit:?}, {}", self.place());
    }

    async fn scan(&self) {
        let (start, end) = (self.draw.key(), self.draw.key());
        let scan = Scan { start, end, reverse: self.draw.once_in(2), limit: self.draw.below(30) as usize };
        self.compare_scan(scan).await;
        let key = self.draw.key();
        let expected = self.model.snapshot().get(&key).await.expect("the model is readable");
        let found = self.store.snapshot().get(&key).await.expect("the store is readable");
        assert_eq!(found, expected.map(|row| self.in_store(row)), "{}", self.place());
    }

    fn in_store(&self, row: Versioned) -> Versioned {
        Versioned { version: self.positions[&row.version], value: row.value }
    }

    async fn compare_scan(&self, scan: Scan) {
        let expected = self.model.snapshot().scan(scan.clone()).await.expect("the model is readable");
        let expected: Vec<_> = expected.into_iter().map(|(key, row)| (key, self.in_store(row))).collect();
        let found = self.store.snapshot().scan(scan.clone()).await.expect("the store is readable");
        assert_eq!(found, expected, "{scan:?}, {}", self.place());
    }

    async fn read_blob(&self, blob: BlobRef) {
        let named = self.named(blob);
        let (start, end) = (self.draw.below(100_000), self.draw.below(100_000));
        let whole = match self.model.get_blob(blob, u64::MAX..u64::MAX).await {
            Err(ReadError::Range { bytes }) => 0..bytes,
            Ok(_) | Err(_) => 0..0,
        };
        for range in [start..end, whole] {
            let expected = match self.model.get_blob(blob, range.clone()).await {
                Ok(body) => Ok(body.collect(u64::MAX).await.expect("the model is readable")),
                Err(error) => Err(error),
            };
            let found = match self.store.get_blob(named, range.clone()).await {
                Ok(body) => Ok(body.collect(u64::MAX).await.expect("the store is readable")),
                Err(ReadError::NoBlob(_)) => Err(ReadError::NoBlob(blob)),
                Err(error) => Err(error),
            };
            assert!(found == expected, "{blob:?} {range:?}, {}", self.place());
        }
    }

    async fn compare_all(&self) {
        for reverse in [false, true] {
            let (start, end) = (super::key(""), super::key("\u{7f}"));
            self.compare_scan(Scan { start, end, reverse, limit: usize::MAX }).await;
        }
        for &log in self.draw.logs() {
            for from in [From::Seq(Seq(0)), From::Time(Timestamp::EPOCH)] {
                self.compare_read(log, from, Limit { records: usize::MAX, bytes: usize::MAX }).await;
            }
            assert_eq!(self.store.log_state(log).await, self.model.log_state(log).await, "{}", self.place());
        }
        for &blob in self.draw.blobs() {
            self.read_blob(blob).await;
        }
    }
}
