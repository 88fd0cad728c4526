//! The store as rooms see it: one commit point, snapshots, logs and blobs.
//!
//! Everything a room keeps goes through one [`Store`]. A [`Commit`] is plain data: checks, writes to typed tables, appends to logs
//! and references to blobs, applied all together or not at all, and durable when [`Store::commit`] returns. There are no
//! interactive transactions: read a [`Snapshot`], decide, commit with checks, and try again on a conflict.
//!
//! A commit may span rooms: a port returns a fragment (`ObjectStore::prepare_put`), the caller merges its own cursor move with
//! [`Commit::and`] and commits once. That is what makes delivery exactly once.
//!
//! This crate holds the trait and its data; `storage` is the embedded engine, and a later sibling serves a cluster. What any of them
//! must do is fixed by one conformance suite, run over the model, the simulated disk and the real one.

mod commit;
mod log;
mod place;
mod settle;
mod snapshot;
mod table;

use std::ops::Range;

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use futures_util::future::{BoxFuture, ready};

pub use commit::{Append, Bounds, Check, Commit, CommitId, Key, LogChange, NewBlob, Version, Write};
pub use log::{Batch, From, Limit, LogId, LogState, Record, Seq, Tail, TailSource};
pub use place::{BadVolume, Place, PlaceError, Volume};
pub use settle::{Lost, Refusal, Settled, settle};
pub use snapshot::{Scan, Snapshot, Versioned};
pub use table::{KeyReader, KeyWriter, Row, Table, TableKey, TableNumber, TableValue, key_after};

/// Names the bytes of a blob: 128 random bits, chosen before the commit that first refers to it. Says nothing of where they lie.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct BlobRef(pub u128);

/// A blob whose bytes are durable, and which nothing refers to until a commit counts it up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StoredBlob {
    /// Its name.
    pub blob: BlobRef,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What became of a commit that succeeded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Committed {
    /// The commit's place in the order of all commits; strictly rising. It is the [`Version`] of every value the commit wrote.
    pub position: Version,
    /// One entry per element of `Commit::appends`, in that order.
    pub appended: Vec<Appended>,
}

/// Where an append landed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    /// The log.
    pub log: LogId,
    /// The first record's number; the others follow one by one.
    pub first: Seq,
    /// The time given to all records of this append: the clock's, but never before that of an earlier record of the log.
    pub time: Timestamp,
}

/// Why a commit did not succeed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CommitError {
    /// Certainly nothing happened: the check at this index (in `Commit::checks`) failed.
    #[error("check `{index}` failed")]
    Check {
        /// Its place in `Commit::checks`.
        index: usize,
    },
    /// Certainly nothing happened: a log that is appended to or changed is absent, or already there, or sealed.
    #[error("log `{0:?}` is not open")]
    Log(LogId),
    /// Certainly nothing happened: a blob that is counted does not exist.
    #[error("blob `{0:?}` does not exist")]
    Blob(BlobRef),
    /// Certainly nothing happened: too little free space for new data.
    #[error("the disk is full")]
    Full,
    /// Certainly nothing happened: the commit is larger than any engine takes (see [`Bounds`]).
    #[error("the commit is too large: {0}")]
    TooLarge(&'static str),
    /// Certainly nothing happened: the store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// It may have happened: ask [`Store::outcome`] before repeating it, as [`settle`] does.
    #[error("the commit's outcome is unknown: {0}")]
    Unknown(String),
}

/// What [`Store::outcome`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It happened.
    Committed,
    /// It did not, and never will.
    Absent,
    /// Ids are kept for 24 hours; this one is older than that.
    TooOld,
}

/// Why something could not be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// The log does not exist.
    #[error("log `{0:?}` does not exist")]
    NoLog(LogId),
    /// The blob does not exist.
    #[error("blob `{0:?}` does not exist")]
    NoBlob(BlobRef),
    /// The range is not within the blob.
    #[error("range is not within the blob's `{bytes}` bytes")]
    Range {
        /// The blob's size.
        bytes: u64,
    },
    /// The bytes on disk fail their checksum. They are never served.
    #[error("stored bytes fail their checksum: {0}")]
    Corrupt(String),
    /// A stored value does not decode: written by a newer version, or corrupt.
    #[error("stored value does not decode: {0}")]
    Decode(String),
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Disk(String),
}

/// Why a blob could not be stored.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BlobError {
    /// The body broke off or was refused; nothing is kept.
    #[error(transparent)]
    Body(#[from] body::BodyError),
    /// Too little free space for new data.
    #[error("the disk is full")]
    Full,
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Disk(String),
}

/// One commit point and what derives from it.
pub trait Store: Send + Sync + 'static {
    /// Applies the commit, all or nothing. Durable when it returns `Ok`; see [`CommitError`] for what each error leaves behind.
    /// Checks run in their order against the state after all earlier commits.
    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<Committed, CommitError>>;

    /// What became of a commit whose outcome was unknown. Final once answered.
    fn outcome(&self, id: CommitId) -> BoxFuture<'_, Result<Fate, ReadError>>;

    /// The state after some commit at or after all that were acknowledged before this call. Durable state only. Cheap.
    fn snapshot(&self) -> Box<dyn Snapshot>;

    /// Records of a log from a place on, in order, as many as there are within the limit (at least one if there is one, whatever
    /// its size). Empty when none follow. Records below the horizon are gone: reading starts at the horizon.
    fn read(&self, log: LogId, from: From, limit: Limit) -> BoxFuture<'_, Result<Batch, ReadError>>;

    /// A watch on the end of a log: wakes when it grew, was sealed or deleted. Nobody polls. May wait for the disk once, if nobody has used
    /// the log for long.
    fn tail(&self, log: LogId) -> BoxFuture<'_, Result<Tail, ReadError>>;

    /// What is known of a log: its horizon, its end, whether it is sealed.
    fn log_state(&self, log: LogId) -> BoxFuture<'_, Result<LogState, ReadError>>;

    /// Stores the bytes in bounded memory and makes them durable. They are referenced by nothing until a commit counts them
    /// (`Commit::count_blob`); what stays unreferenced is swept, but not while the store runs and the returned [`BlobGuard`] lives.
    /// For bytes of [`Bounds::INLINE_BLOB`] and less, `Commit::new_blob` saves a sync.
    fn put_blob(&self, body: Body) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>>;

    /// As [`Store::put_blob`], under a name the caller drew: for who must know it before the first byte is written, as who seals the bytes
    /// under it. It has 128 random bits and was never used.
    fn put_named_blob(
        &self,
        blob: BlobRef,
        body: Body,
    ) -> BoxFuture<'_, Result<(StoredBlob, BlobGuard), BlobError>>;

    /// Bytes `range` of a blob, verified piece by piece as they are read. The blob stays readable until the body is dropped.
    fn get_blob(&self, blob: BlobRef, range: Range<u64>) -> BoxFuture<'_, Result<Body, ReadError>>;

    /// Moves the bytes of a referenced blob to another place; nothing to do if they are there. Durable on return, and a crash at any moment
    /// leaves it in either place, whole. It is read as before meanwhile, whatever place it is in. Takes as long as its bytes take to read
    /// and to write. An engine without volumes answers that it has none.
    fn place_blob(&self, _blob: BlobRef, place: Place) -> BoxFuture<'_, Result<(), PlaceError>> {
        Box::pin(ready(place::without_volumes(place)))
    }

    /// Whether there is a volume of this name.
    fn has_volume(&self, _volume: Volume) -> bool {
        false
    }

    /// Whether new data is refused for want of space.
    fn full(&self) -> bool;
}

/// Keeps a fresh, unreferenced blob from the sweep.
pub struct BlobGuard(Option<Box<dyn FnOnce() + Send + Sync>>);

impl BlobGuard {
    /// Calls `release` when the guard is dropped.
    pub fn new(release: impl FnOnce() + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(release)))
    }
}

impl Drop for BlobGuard {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            release();
        }
    }
}

impl std::fmt::Debug for BlobGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BlobGuard")
    }
}

/// A shared slice of bytes, for keys and values.
pub type Value = Bytes;
