//! Draws commits that are likely to hit something: few keys, few logs, few blobs, checks that hold more often than not.

use base::Random;
use bytes::Bytes;
use store::{BlobRef, Bounds, Check, Commit, CommitId, LogChange, LogId, Seq, Write};

/// Keys that commits draw from.
const KEYS: u64 = 40;
/// Logs that are in use at any time, roughly.
const LOGS_OPEN: usize = 6;

/// A source of commits. It remembers which logs and blobs its commits named, not whether those commits happened.
pub struct Drawer {
    random: Random,
    logs: Vec<LogId>,
    logs_made: u128,
    blobs: Vec<BlobRef>,
}

impl Drawer {
    /// The same seed draws the same commits, as long as it is asked in the same order.
    pub fn new(seed: u64) -> Self {
        Self { random: Random::seeded(seed), logs: Vec::new(), logs_made: 0, blobs: Vec::new() }
    }

    /// A number below `bound`.
    pub fn below(&self, bound: u64) -> u64 {
        self.random.u64() % bound
    }

    /// True once in `n` times.
    pub fn once_in(&self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// Bytes of a length below `bound`, mostly short.
    pub fn bytes(&self, bound: u64) -> Bytes {
        let bound = if self.once_in(4) { bound } else { bound.min(64) };
        let mut bytes = vec![0; self.below(bound) as usize];
        self.random.fill(&mut bytes);
        bytes.into()
    }

    /// One of few keys.
    pub fn key(&self) -> Bytes {
        super::key(&format!("key {:02}", self.below(KEYS)))
    }

    /// A log that a commit named, or one that never was.
    pub fn log(&self) -> LogId {
        if self.logs.is_empty() || self.once_in(40) {
            return LogId(u128::MAX);
        }
        self.logs[self.below(self.logs.len() as u64) as usize]
    }

    /// A blob that a commit or [`Drawer::add_blob`] named, or one that never was.
    pub fn blob(&self) -> BlobRef {
        if self.blobs.is_empty() || self.once_in(40) {
            return BlobRef(u128::MAX);
        }
        self.blobs[self.below(self.blobs.len() as u64) as usize]
    }

    /// All logs that commits named.
    pub fn logs(&self) -> &[LogId] {
        &self.logs
    }

    /// All blobs that commits or [`Drawer::add_blob`] named.
    pub fn blobs(&self) -> &[BlobRef] {
        &self.blobs
    }

    /// Lets further commits count this blob.
    pub fn add_blob(&mut self, blob: BlobRef) {
        self.blobs.push(blob);
    }

    /// A commit of some writes, appends, log changes and blobs, and of checks other than of versions.
    pub fn commit(&mut self) -> Commit {
        let mut commit = Commit::new(CommitId(self.random.u128()));
        for _ in 0..self.below(4) {
            let value = if self.once_in(4) { None } else { Some(self.bytes(3_000)) };
            commit.writes.push(Write { key: self.key(), value });
        }
        if self.logs.len() < LOGS_OPEN || self.once_in(30) {
            self.logs_made += 1;
            let log = LogId(self.logs_made);
            self.logs.push(log);
            commit.log(LogChange::Create { log, first: Seq(self.below(100)) });
        }
        for _ in 0..self.below(4) {
            let records = (0..self.below(6)).map(|_| self.bytes(5_000)).collect();
            commit.append(self.log(), records);
        }
        if self.once_in(8) {
            let change = self.log_change();
            commit.log(change);
        }
        if self.once_in(5) {
            let blob = BlobRef(self.random.u128());
            self.blobs.push(blob);
            commit.new_blob(blob, self.bytes(Bounds::INLINE_BLOB as u64));
        }
        if self.once_in(5) {
            commit.count_blob(self.blob(), if self.once_in(2) { 1 } else { -1 });
        }
        if self.once_in(6) {
            let check = self.check();
            commit.check(check);
        }
        commit
    }

    fn log_change(&self) -> LogChange {
        match self.below(8) {
            0 => LogChange::Seal(self.log()),
            1 => LogChange::Delete(self.log()),
            _ => LogChange::Horizon(self.log(), Seq(self.below(300))),
        }
    }

    fn check(&self) -> Check {
        match self.below(4) {
            0 => Check::Absent(self.key()),
            1 => Check::Present(self.key()),
            2 => Check::LogOpen(self.log()),
            _ => Check::BlobLive(self.blob()),
        }
    }
}
