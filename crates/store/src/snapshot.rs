//! A snapshot: the durable state after one commit, read lazily.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::ReadError;
use crate::commit::{Key, Version};

/// A stored value and the commit that wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Versioned {
    /// The position of the commit that wrote it.
    pub version: Version,
    /// The value.
    pub value: Bytes,
}

/// A range of keys to read, and how much of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan {
    /// The first key, inclusive.
    pub start: Key,
    /// The end, exclusive.
    pub end: Key,
    /// From the end backwards.
    pub reverse: bool,
    /// At most this many entries.
    pub limit: usize,
}

/// The state after one commit. Later commits do not show in it.
pub trait Snapshot: Send + Sync {
    /// The position of the last commit in it.
    fn position(&self) -> Version;

    /// The value under a key. Ready at once when it need not touch the disk.
    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Versioned>, ReadError>>;

    /// The entries of a range, in order, up to the limit. Ask again from past the last one for more.
    fn scan<'a>(&'a self, scan: Scan) -> BoxFuture<'a, Result<Vec<(Key, Versioned)>, ReadError>>;
}
