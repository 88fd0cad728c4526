//! The index: every row, by key.
//!
//! Three layers, newest first: the memtable (a persistent ordered map, so that a snapshot is a clone), the map that is being folded, if
//! one is, and the [`Base`], which holds all that was folded before. A fold writes one sorted run, tombstones included, together with
//! the row that says up to where the journal is in it; so the base needs no log of its own, and a start replays the journal from there.
//!
//! [`tree`] is the base on a real disk, [`flat`] the one on a simulated disk; [`rows`] lists the store's own rows.

pub mod flat;
pub mod rows;
pub mod state;
#[cfg(test)]
mod tests;
pub mod tree;

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use imbl::OrdMap;
use store::ReadError;

/// A value, or the mark that there is none any more, and the position of the commit that wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The position.
    pub version: u64,
    /// The value; `None` is a tombstone.
    pub value: Option<Bytes>,
}

/// A layer of the index that is in memory.
pub type Map = OrdMap<Bytes, Row>;

/// Why the base could not be opened or folded into.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct BaseError(pub String);

impl From<lsm_tree::Error> for BaseError {
    fn from(error: lsm_tree::Error) -> Self {
        BaseError(error.to_string())
    }
}

impl From<io::Error> for BaseError {
    fn from(error: io::Error) -> Self {
        BaseError(error.to_string())
    }
}

/// The lowest layer.
pub trait Base: Send + Sync {
    /// The rows as the last fold left them. Later folds and compactions do not show in it.
    fn view(&self) -> Arc<dyn View>;

    /// Adds a sorted run. All of it is durable on return, or none of it counts.
    fn fold(&self, rows: &Map) -> Result<(), BaseError>;

    /// Tidies up as far as no view notices; false when there was nothing to do.
    fn compact(&self) -> Result<bool, BaseError>;

    /// Bytes on disk.
    fn disk_bytes(&self) -> u64;

    /// Reads every file as a whole against its checksum: how many bytes that were, and what is damaged.
    fn verify(&self) -> (u64, Vec<String>);
}

/// The base as it was at one moment.
pub trait View: Send + Sync {
    /// The row under a key; tombstones do not show.
    fn get(&self, key: &[u8]) -> Result<Option<Row>, ReadError>;

    /// The rows from `start` (inclusive) to `end` (exclusive), in order, or from the end backwards.
    fn range(&self, start: &[u8], end: &[u8], reverse: bool) -> RowIter;

    /// Whether reading never waits for a disk.
    fn in_memory(&self) -> bool;
}

/// Rows in order.
pub type RowIter = Box<dyn Iterator<Item = Result<(Bytes, Row), ReadError>> + Send>;
