//! A commit: plain data that says what must be true, and what then becomes true, all at once.

use bytes::Bytes;

use crate::log::{LogId, Seq};
use crate::table::{Row, Table, TableKey, TableValue};
use crate::{BlobRef, ReadError};

/// Names a commit, so that its outcome can be asked for. 128 random bits; kept for 24 hours.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CommitId(pub u128);

/// The position of the commit that wrote a value. Strictly rising over all commits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Version(pub u64);

/// An encoded key: two bytes of table number, then order-preserving bytes.
pub type Key = Bytes;

/// What every engine can keep. A commit beyond these is refused whole.
pub struct Bounds;

impl Bounds {
    /// Bytes of a key. Longer names are cut to a prefix and a hash by the table that has them.
    pub const KEY: usize = 2_500;
    /// Bytes of a value.
    pub const VALUE: usize = 1 << 20;
    /// Bytes of all keys and values of a commit.
    pub const ROWS: usize = 4 << 20;
    /// Bytes of all records and small blobs of a commit.
    pub const PAYLOAD: usize = 16 << 20;
    /// Writes, checks, appends, log changes and blob counts of a commit, each.
    pub const ENTRIES: usize = 20_000;
    /// Bytes of a blob that may travel in the commit itself.
    pub const INLINE_BLOB: usize = 64 << 10;
}

/// Something that must hold for the commit to happen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Check {
    /// No value is stored under the key.
    Absent(Key),
    /// Some value is stored under the key.
    Present(Key),
    /// The value under the key was written by the commit at this position.
    VersionIs(Key, Version),
    /// The log exists and is not sealed.
    LogOpen(LogId),
    /// The blob exists and is referenced or guarded.
    BlobLive(BlobRef),
}

/// One change of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Write {
    /// The key.
    pub key: Key,
    /// Its new value; `None` deletes it.
    pub value: Option<Bytes>,
}

/// Records added to the end of one log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Append {
    /// The log. It must be open.
    pub log: LogId,
    /// The records' payloads, opaque to the store, in order.
    pub records: Vec<Bytes>,
}

/// A change to a log as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogChange {
    /// Creates it, empty. Its first record will have number `first`. Fails if the id was ever used.
    Create {
        /// The new log.
        log: LogId,
        /// The number of its first record.
        first: Seq,
    },
    /// Refuses all further appends, for good. Sealing twice is fine.
    Seal(LogId),
    /// Records below this number are gone. The horizon only rises: a lower value changes nothing.
    Horizon(LogId, Seq),
    /// Removes the log and all its records.
    Delete(LogId),
}

/// A small blob that travels in the commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBlob {
    /// Its name; the same commit counts it.
    pub blob: BlobRef,
    /// Its bytes, at most [`Bounds::INLINE_BLOB`].
    pub bytes: Bytes,
}

/// Checks and effects, applied together or not at all. Checks see the state before any effect of this commit. Of the log changes,
/// creations come before the appends and all others after them, so that one commit may create a log and write to it, or write
/// a log's last record and seal it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Names the commit.
    pub id: CommitId,
    /// What must hold, in order; the first that fails names itself.
    pub checks: Vec<Check>,
    /// Changes of keys. Later ones win over earlier ones of the same key.
    pub writes: Vec<Write>,
    /// Log creations, horizons, seals and deletions. Creations take effect before appends, all others after them.
    pub logs: Vec<LogChange>,
    /// Records for logs, in order.
    pub appends: Vec<Append>,
    /// Small blobs.
    pub new_blobs: Vec<NewBlob>,
    /// Reference counts: +1 for each new reference, -1 for each dropped one. At zero the blob goes to the sweep.
    pub counts: Vec<(BlobRef, i32)>,
}

impl Commit {
    /// A commit of nothing.
    pub fn new(id: CommitId) -> Self {
        Self {
            id,
            checks: Vec::new(),
            writes: Vec::new(),
            logs: Vec::new(),
            appends: Vec::new(),
            new_blobs: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Merges another commit (a fragment that a port prepared) into this one, whose id it keeps. The other's checks follow ours.
    pub fn and(mut self, other: Commit) -> Self {
        self.checks.extend(other.checks);
        self.writes.extend(other.writes);
        self.logs.extend(other.logs);
        self.appends.extend(other.appends);
        self.new_blobs.extend(other.new_blobs);
        self.counts.extend(other.counts);
        self
    }

    /// Adds a check.
    pub fn check(&mut self, check: Check) -> &mut Self {
        self.checks.push(check);
        self
    }

    /// Requires that the row read before is still the one stored, or still absent.
    pub fn unchanged<K: TableKey, V: TableValue>(
        &mut self,
        table: Table<K, V>,
        key: &K,
        seen: Option<&Row<V>>,
    ) -> &mut Self {
        let key = table.key(key);
        self.check(match seen {
            Some(row) => Check::VersionIs(key, row.version),
            None => Check::Absent(key),
        })
    }

    /// Writes a row.
    pub fn put<K: TableKey, V: TableValue>(&mut self, table: Table<K, V>, key: &K, value: &V) -> &mut Self {
        self.writes.push(Write { key: table.key(key), value: Some(value.to_bytes()) });
        self
    }

    /// Deletes a row; fine if there is none.
    pub fn delete<K: TableKey, V: TableValue>(&mut self, table: Table<K, V>, key: &K) -> &mut Self {
        self.writes.push(Write { key: table.key(key), value: None });
        self
    }

    /// Appends records to a log.
    pub fn append(&mut self, log: LogId, records: Vec<Bytes>) -> &mut Self {
        self.appends.push(Append { log, records });
        self
    }

    /// Changes a log.
    pub fn log(&mut self, change: LogChange) -> &mut Self {
        self.logs.push(change);
        self
    }

    /// Brings a small blob along and counts one reference to it.
    pub fn new_blob(&mut self, blob: BlobRef, bytes: Bytes) -> &mut Self {
        self.new_blobs.push(NewBlob { blob, bytes });
        self.count_blob(blob, 1)
    }

    /// Counts references to a blob up or down.
    pub fn count_blob(&mut self, blob: BlobRef, by: i32) -> &mut Self {
        self.counts.push((blob, by));
        self
    }

    /// Bytes of records and small blobs.
    pub fn payload_bytes(&self) -> usize {
        let records: usize = self.appends.iter().flat_map(|append| &append.records).map(Bytes::len).sum();
        let blobs: usize = self.new_blobs.iter().map(|blob| blob.bytes.len()).sum();
        records + blobs
    }

    /// Bytes of keys and values.
    pub fn row_bytes(&self) -> usize {
        self.writes.iter().map(|write| write.key.len() + write.value.as_ref().map_or(0, Bytes::len)).sum()
    }

    /// Refuses what no engine has to take. Every engine calls this first.
    pub fn within_bounds(&self) -> Result<(), &'static str> {
        let entries = [
            self.checks.len(),
            self.writes.len(),
            self.logs.len(),
            self.appends.len(),
            self.new_blobs.len(),
            self.counts.len(),
        ];
        if entries.iter().any(|&count| count > Bounds::ENTRIES) {
            return Err("too many entries");
        }
        if self.writes.iter().any(|write| write.key.len() > Bounds::KEY) {
            return Err("a key is too long");
        }
        if self
            .writes
            .iter()
            .any(|write| write.value.as_ref().is_some_and(|value| value.len() > Bounds::VALUE))
        {
            return Err("a value is too long");
        }
        if self.new_blobs.iter().any(|blob| blob.bytes.len() > Bounds::INLINE_BLOB) {
            return Err("a blob is too long to travel inline");
        }
        if self.row_bytes() > Bounds::ROWS {
            return Err("too many bytes of rows");
        }
        if self.payload_bytes() > Bounds::PAYLOAD {
            return Err("too many bytes of payload");
        }
        Ok(())
    }
}

impl std::convert::From<minicbor::decode::Error> for ReadError {
    fn from(error: minicbor::decode::Error) -> Self {
        ReadError::Decode(error.to_string())
    }
}
