//! The logs between what comes in and what goes out.
//!
//! A plain stream into a bucket needs none: its objects are made from where its records lie. All others are delivered in two steps, each a log, a cursor and an
//! effect in the same commit as the cursor's move:
//!
//! ```text
//!   source ─► intake ─────────────────────────────────────► pipes ─► outlet ─► bucket or destination
//!             aggregates, functions, partition keys          records, one pipe for each partition
//!             (engine/intake)                                errors, one pipe for each type of failure
//!                                                            backup, if records are also kept as they came
//! ```
//!
//! So a function is asked once for what has been committed, a slow destination holds up neither the intake nor the backup, and five hundred
//! partitions of 128 MiB each lie on disk and not in memory.
//!
//! A record in a pipe stands in a frame (`engine/sealing.rs`):
//!
//! ```text
//! arrival, microseconds (i64 BE) | length of the note (u16 BE) | note (minicbor) | data
//! ```
//!
//! The intake alone makes and removes pipes of records; the outlet alone moves their positions. Both say in their commits which row they saw.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use base::Timestamp;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use minicbor::{Decode, Encode};
use store::{Commit, LogChange, LogId, ReadError, Row, Seq, Snapshot};
use tokio::sync::Notify;

use crate::tables::{PIPES, PipeKey, PipeKind, PipeRow, StreamId};

/// Rows read at a time.
const PAGE: usize = 1_000;

/// A record in a pipe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Staged {
    /// When it arrived at the stream.
    pub arrival: Timestamp,
    /// What else is known of it.
    pub note: Note,
    /// Its bytes.
    pub data: Bytes,
}

/// What else is known of a record in a pipe.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Note {
    /// Its sequence number in a Kinesis stream.
    #[n(0)]
    pub sequence_number: Option<String>,
    /// Which part of an aggregate it was.
    #[n(1)]
    pub sub_sequence: Option<u64>,
    /// What is done with it in a table; absent: it is added.
    #[n(2)]
    pub operation: Option<Operation>,
}

/// What is done with a record in a table, other than adding it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Operation {
    /// It takes the place of the row with its keys.
    #[n(0)]
    Update,
    /// The row with its keys goes.
    #[n(1)]
    Delete,
}

impl Staged {
    /// Its bytes in the pipe.
    pub fn to_bytes(&self) -> Bytes {
        let note = if self.note == Note::default() {
            Vec::new()
        } else {
            minicbor::to_vec(&self.note).unwrap_or_default()
        };
        let mut bytes = BytesMut::with_capacity(10 + note.len() + self.data.len());
        bytes.put_i64(self.arrival.as_micros());
        // A note is two short texts; what is longer says nothing.
        let note = if note.len() > usize::from(u16::MAX) { &[] } else { &note[..] };
        bytes.put_u16(note.len() as u16);
        bytes.put_slice(note);
        bytes.put_slice(&self.data);
        bytes.freeze()
    }

    /// From its bytes in the pipe.
    pub fn from_bytes(mut bytes: Bytes) -> Result<Self, ReadError> {
        let short = || ReadError::Decode("a record in a pipe is cut".to_owned());
        if bytes.len() < 10 {
            return Err(short());
        }
        let arrival = Timestamp::from_micros(bytes.get_i64());
        let length = usize::from(bytes.get_u16());
        if bytes.len() < length {
            return Err(short());
        }
        let note = bytes.split_to(length);
        let note = if note.is_empty() {
            Note::default()
        } else {
            minicbor::decode(&note).map_err(|error| ReadError::Decode(error.to_string()))?
        };
        Ok(Self { arrival, note, data: bytes })
    }
}

/// The name of a partition's pipe: its keys and values, as a digest.
pub fn partition_name(keys: &BTreeMap<String, String>) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let bytes = minicbor::to_vec(keys).unwrap_or_default();
    crypt::sha256_hex(&bytes)[..32].to_owned()
}

/// All pipes of a stream.
pub async fn all(
    snapshot: &dyn Snapshot,
    stream: StreamId,
) -> Result<Vec<(PipeKey, Row<PipeRow>)>, ReadError> {
    let (mut start, end) = PIPES.prefix(|key| {
        key.u128(stream.0);
    });
    let mut all = Vec::new();
    loop {
        let page = PIPES.scan(snapshot, (start, end.clone()), PAGE).await?;
        let last = page.len() < PAGE;
        all.extend(page);
        match all.last() {
            Some((key, _)) if !last => start = store::key_after(&PIPES.key(key)),
            Some(_) | None => return Ok(all),
        }
    }
}

/// Has a commit make a pipe that is not there, and returns its log.
pub fn create(commit: &mut Commit, key: &PipeKey, keys: BTreeMap<String, String>, log: LogId) -> LogId {
    commit.unchanged(PIPES, key, None);
    commit.put(PIPES, key, &PipeRow { log: log.0, keys, position: 0, batch: None });
    commit.log(LogChange::Create { log, first: Seq(0) });
    log
}

/// Has a commit remove a pipe as it was seen.
pub fn remove(commit: &mut Commit, key: &PipeKey, row: &Row<PipeRow>) {
    commit.unchanged(PIPES, key, Some(row));
    commit.delete(PIPES, key);
    commit.log(LogChange::Delete(LogId(row.value.log)));
}

/// Has a commit move a pipe's position.
pub fn advance(commit: &mut Commit, key: &PipeKey, row: &Row<PipeRow>, to: u64) {
    commit.unchanged(PIPES, key, Some(row));
    commit.put(PIPES, key, &PipeRow { position: to, batch: None, ..row.value.clone() });
    commit.log(LogChange::Horizon(LogId(row.value.log), Seq(to)));
}

/// How intake and outlet of one stream call each other. A hint, not a truth: both look at the rows.
#[derive(Default, Debug)]
pub struct Board {
    written: Mutex<BTreeSet<PipeKey>>,
    drained: Mutex<BTreeSet<PipeKey>>,
    wake: Notify,
}

impl Board {
    /// Something was written into these pipes.
    pub fn wrote(&self, pipes: impl IntoIterator<Item = PipeKey>) {
        self.written.lock().expect("nothing panics while the board is held").extend(pipes);
        self.wake.notify_one();
    }

    /// Returns once something was written.
    pub async fn written(&self) {
        self.wake.notified().await;
    }

    /// The pipes that were written into since.
    pub fn take_written(&self) -> BTreeSet<PipeKey> {
        std::mem::take(&mut *self.written.lock().expect("nothing panics while the board is held"))
    }

    /// A partition's pipe is empty.
    pub fn is_drained(&self, pipe: PipeKey) {
        debug_assert!(pipe.kind == PipeKind::Records, "only partitions come and go");
        self.drained.lock().expect("nothing panics while the board is held").insert(pipe);
    }

    /// The pipes that were told to be empty since.
    pub fn take_drained(&self) -> BTreeSet<PipeKey> {
        std::mem::take(&mut *self.drained.lock().expect("nothing panics while the board is held"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn records_in_a_pipe_round_trip(
            micros: i64, sequence_number in of("[0-9]{1,56}"), sub_sequence: Option<u64>, data: Vec<u8>,
        ) {
            let operation = sub_sequence.and_then(|number| match number % 3 {
                0 => None,
                1 => Some(Operation::Update),
                _ => Some(Operation::Delete),
            });
            let note = Note { sequence_number, sub_sequence, operation };
            let staged = Staged { arrival: Timestamp::from_micros(micros), note, data: data.into() };
            prop_assert_eq!(Staged::from_bytes(staged.to_bytes()).unwrap(), staged);
        }

        #[test]
        fn no_bytes_make_reading_panic(bytes: Vec<u8>) {
            let _ = Staged::from_bytes(bytes.into());
        }
    }

    #[test]
    fn partitions_are_told_apart() {
        let keys = |value: &str| BTreeMap::from([("partitionKeyFromQuery:k".to_owned(), value.to_owned())]);
        assert_eq!(partition_name(&BTreeMap::new()), "");
        assert_eq!(partition_name(&keys("a")), partition_name(&keys("a")));
        assert_ne!(partition_name(&keys("a")), partition_name(&keys("b")));
    }
}
