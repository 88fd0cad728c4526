//! The store's own rows: table numbers `0x00..` belong to it.
//!
//! | key | value | who writes it |
//! |---|---|---|
//! | `00 01` | [`Checkpoint`] | each fold |
//! | `00 02` log | [`LogRow`] | each frame that touches the log |
//! | `00 03` log, first seq | [`RunRow`] | when a stretch of a log is closed; the mover |
//! | `00 04` blob | [`BlobRow`] | each commit that counts the blob; the mover |
//! | `00 05` position, first id | ids, sorted, 16 bytes each | each fold |
//! | `00 06` log | nothing | a raised horizon or a deletion, until the runs it cut off are gone |
//! | `00 07` blob | [`BlobPlace`] | the last reference to a file or a place in a pack dropped, until it is swept |
//! | `00 07` blob, copy | [`BlobPlace`] | the blob moved to a new copy of this number and left this place, until it is swept |
//! | `00 08` | [`Moved`] | the mover |
//! | `00 09` archive file | [`FileRow`] | the mover |
//! | `00 0a` pack | [`FileRow`] | the mover |
//! | `00 0b` volume's name | [`VolumeRow`] | the first start with the volume |
//!
//! Numbers in keys are big-endian, so that keys sort as they do.

use bytes::{BufMut, Bytes, BytesMut};
use minicbor::{Decode, Encode};
use store::{BlobRef, LogId, LogState, Place, ReadError, Seq, Volume};

use crate::blobs::{BlobFile, FileAt};

/// Up to where the journal is in the base.
pub const CHECKPOINT: [u8; 2] = [0, 1];
/// Up to where the journal's records and small blobs have been moved out of it.
pub const MOVED: [u8; 2] = [0, 8];

const LOG: [u8; 2] = [0, 2];
const RUN: [u8; 2] = [0, 3];
const BLOB: [u8; 2] = [0, 4];
const IDS: [u8; 2] = [0, 5];
const TRIM: [u8; 2] = [0, 6];
const DEAD_BLOB: [u8; 2] = [0, 7];
const ARCHIVE: [u8; 2] = [0, 9];
const PACK: [u8; 2] = [0, 10];
const VOLUME: [u8; 2] = [0, 11];

/// Where replay starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Checkpoint {
    /// The place of the first frame that is not in the base.
    #[n(0)]
    pub place: u64,
    /// The position of its first commit.
    #[n(1)]
    pub position: u64,
}

/// Up to where the mover has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Moved {
    /// All below this place has been moved or is needed no more.
    #[n(0)]
    pub place: u64,
    /// Stretches that were open below this place have got their rows from the mover: whoever closes them writes none.
    #[n(1)]
    pub taken: u64,
}

/// An archive file or a pack.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct FileRow {
    /// Bytes of its runs or blobs.
    #[n(0)]
    pub bytes: u64,
    /// Those of them that are needed no more.
    #[n(1)]
    pub dead: u64,
}

/// What is known of a log. It stays when the log is deleted, since ids are never used twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct LogRow {
    /// Records below are gone.
    #[n(0)]
    pub horizon: u64,
    /// The number of the next record.
    #[n(1)]
    pub next: u64,
    /// The time of the last record in milliseconds; 0 if there was none.
    #[n(2)]
    pub last_ms: i64,
    /// No more records will come.
    #[n(3)]
    pub sealed: bool,
    /// The log was deleted.
    #[n(4)]
    pub deleted: bool,
    /// The stretch of records at the end that has no [`RunRow`] yet.
    #[n(5)]
    pub open: Option<OpenRun>,
}

/// The records from here to the end of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct OpenRun {
    /// The first record's number.
    #[n(0)]
    pub first: u64,
    /// The first record's time in milliseconds.
    #[n(1)]
    pub first_ms: i64,
    /// The place of the frame that holds it.
    #[n(2)]
    pub place: u64,
}

impl LogRow {
    /// A new log.
    pub fn new(first: Seq) -> Self {
        Self { horizon: first.0, next: first.0, last_ms: 0, sealed: false, deleted: false, open: None }
    }

    /// What rooms see of it; `None` once it is deleted.
    pub fn state(&self) -> Option<LogState> {
        (!self.deleted).then_some(LogState {
            horizon: Seq(self.horizon),
            next: Seq(self.next),
            last_time: base::Timestamp::from_millis(self.last_ms),
            sealed: self.sealed,
        })
    }
}

/// A stretch of records of one log.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RunRow {
    /// The number after the last record.
    #[n(0)]
    pub end: u64,
    /// The first record's time in milliseconds.
    #[n(1)]
    pub first_ms: i64,
    /// The last record's time in milliseconds.
    #[n(2)]
    pub last_ms: i64,
    /// Where the records lie.
    #[n(3)]
    pub place: RunPlace,
}

/// Where a stretch of records lies.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum RunPlace {
    /// In the journal's frames from `start` on, the last of which begins before `end`.
    #[n(0)]
    Journal {
        /// The first frame's place.
        #[n(0)]
        start: u64,
        /// A place after the last frame.
        #[n(1)]
        end: u64,
    },
    /// In an archive file.
    #[n(1)]
    Archive {
        /// The file: its hour and number.
        #[n(0)]
        file: u64,
        /// Where in the file the run begins.
        #[n(1)]
        offset: u64,
        /// Its bytes there.
        #[n(2)]
        bytes: u64,
    },
}

/// A blob's references and whereabouts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct BlobRow {
    /// References. Never zero: the row goes with the last of them.
    #[n(0)]
    pub references: u32,
    /// Where the bytes are.
    #[n(1)]
    pub place: BlobPlace,
}

/// Where the bytes of a blob are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum BlobPlace {
    /// In the journal.
    #[n(0)]
    Journal {
        /// The place of the first byte.
        #[n(0)]
        at: u64,
        /// Size.
        #[n(1)]
        bytes: u32,
        /// CRC32C.
        #[n(2)]
        crc: u32,
    },
    /// In a pack.
    #[n(1)]
    Pack {
        /// The pack's number.
        #[n(0)]
        pack: u64,
        /// Where in it the first byte is.
        #[n(1)]
        at: u64,
        /// Size.
        #[n(2)]
        bytes: u32,
        /// CRC32C.
        #[n(3)]
        crc: u32,
    },
    /// In a file of its own, which is named by the blob.
    #[n(2)]
    File {
        /// Size.
        #[n(0)]
        bytes: u64,
    },
    /// In a file of its own to which it was moved, which is named by the blob and a number.
    #[n(3)]
    Copy {
        /// The volume; `None` is the data directory itself.
        #[n(0)]
        volume: Option<Volume>,
        /// The number: one more than that of the copy before.
        #[n(1)]
        number: u32,
        /// Size.
        #[n(2)]
        bytes: u64,
        /// Bytes of the file, if it is deflated.
        #[n(3)]
        deflated: Option<u64>,
    },
}

/// A volume that blobs may lie on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct VolumeRow {
    /// The random number in the volume's own file.
    #[n(0)]
    pub identity: u64,
}

impl BlobPlace {
    /// The blob's size.
    pub fn bytes(&self) -> u64 {
        match *self {
            BlobPlace::Journal { bytes, .. } | BlobPlace::Pack { bytes, .. } => u64::from(bytes),
            BlobPlace::File { bytes } | BlobPlace::Copy { bytes, .. } => bytes,
        }
    }

    /// The file that holds the blob and nothing else, if one does.
    pub fn file(&self, blob: BlobRef) -> Option<BlobFile> {
        match *self {
            BlobPlace::Journal { .. } | BlobPlace::Pack { .. } => None,
            BlobPlace::File { bytes } => {
                Some(BlobFile { at: FileAt { volume: None, blob, number: 0 }, bytes, deflated: None })
            }
            BlobPlace::Copy { volume, number, bytes, deflated } => {
                Some(BlobFile { at: FileAt { volume, blob, number }, bytes, deflated })
            }
        }
    }

    /// The number of a file that it is moved to.
    pub fn next_number(&self) -> u32 {
        match *self {
            BlobPlace::Journal { .. } | BlobPlace::Pack { .. } | BlobPlace::File { .. } => 1,
            BlobPlace::Copy { number, .. } => number + 1,
        }
    }

    /// Whether this is what is meant by a place.
    pub fn is_at(&self, place: Place) -> bool {
        match *self {
            BlobPlace::Journal { .. } | BlobPlace::Pack { .. } | BlobPlace::File { .. } => {
                place == Place::default()
            }
            BlobPlace::Copy { volume, deflated, .. } => {
                place == Place { volume, compressed: deflated.is_some() }
            }
        }
    }
}

/// The key of a log's row.
pub fn log_key(log: LogId) -> Bytes {
    key(LOG, |key| key.put_u128(log.0))
}

/// The key of the run that begins with this record.
pub fn run_key(log: LogId, first: u64) -> Bytes {
    key(RUN, |key| {
        key.put_u128(log.0);
        key.put_u64(first);
    })
}

/// The first record's number from the key of a run.
pub fn run_first(key: &[u8]) -> Option<u64> {
    key.last_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

/// All runs of a log whose first record has at most this number: an exclusive end.
pub fn run_key_after(log: LogId, first: u64) -> Bytes {
    key(RUN, |key| {
        key.put_u128(log.0);
        key.put_u64(first);
        key.put_u8(0);
    })
}

/// The key of a blob's row.
pub fn blob_key(blob: BlobRef) -> Bytes {
    key(BLOB, |key| key.put_u128(blob.0))
}

/// The key of some ids of one fold.
pub fn ids_key(position: u64, first: u128) -> Bytes {
    key(IDS, |key| {
        key.put_u64(position);
        key.put_u128(first);
    })
}

/// All ids.
pub fn ids_range() -> (Bytes, Bytes) {
    (Bytes::from_static(&IDS), Bytes::from_static(&[IDS[0], IDS[1] + 1]))
}

/// The key that says that some of a log's runs are to be removed.
pub fn trim_key(log: LogId) -> Bytes {
    key(TRIM, |key| key.put_u128(log.0))
}

/// All logs some of whose runs are to be removed.
pub fn trims() -> (Bytes, Bytes) {
    (Bytes::from_static(&TRIM), Bytes::from_static(&[TRIM[0], TRIM[1] + 1]))
}

/// The key that says that a blob's file is to be removed.
pub fn dead_blob_key(blob: BlobRef) -> Bytes {
    key(DEAD_BLOB, |key| key.put_u128(blob.0))
}

/// The key that says that what a blob left when it moved to the copy of this number is to be removed.
pub fn left_blob_key(blob: BlobRef, number: u32) -> Bytes {
    key(DEAD_BLOB, |key| {
        key.put_u128(blob.0);
        key.put_u32(number);
    })
}

/// The blob from a key that says that something of it is to be removed.
pub fn dead_blob(key: &[u8]) -> Option<BlobRef> {
    let parts = key.get(DEAD_BLOB.len()..)?;
    parts.first_chunk().map(|bytes| BlobRef(u128::from_be_bytes(*bytes)))
}

/// The key of a volume's row.
pub fn volume_key(volume: Volume) -> Bytes {
    key(VOLUME, |key| key.put_slice(volume.name().as_bytes()))
}

/// All volumes' rows.
pub fn volumes() -> (Bytes, Bytes) {
    (Bytes::from_static(&VOLUME), Bytes::from_static(&[VOLUME[0], VOLUME[1] + 1]))
}

/// The volume from a row's key.
pub fn volume_of(key: &[u8]) -> Option<Volume> {
    std::str::from_utf8(key.get(VOLUME.len()..)?).ok()?.parse().ok()
}

/// All blobs whose files are to be removed.
pub fn dead_blobs() -> (Bytes, Bytes) {
    (Bytes::from_static(&DEAD_BLOB), Bytes::from_static(&[DEAD_BLOB[0], DEAD_BLOB[1] + 1]))
}

/// The key of an archive file's row.
pub fn archive_key(file: u64) -> Bytes {
    key(ARCHIVE, |key| key.put_u64(file))
}

/// All archive files.
pub fn archives() -> (Bytes, Bytes) {
    (Bytes::from_static(&ARCHIVE), Bytes::from_static(&[ARCHIVE[0], ARCHIVE[1] + 1]))
}

/// The key of a pack's row.
pub fn pack_key(pack: u64) -> Bytes {
    key(PACK, |key| key.put_u64(pack))
}

/// All packs.
pub fn packs() -> (Bytes, Bytes) {
    (Bytes::from_static(&PACK), Bytes::from_static(&[PACK[0], PACK[1] + 1]))
}

/// Which of the store's own tables a key is of, as far as its rows name bytes elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A stretch of a log.
    Run,
    /// A blob.
    Blob,
    /// A blob without references.
    DeadBlob,
    /// An archive file.
    Archive,
    /// A pack.
    Pack,
    /// Something else.
    Other,
}

/// The table of a key.
pub fn kind_of(key: &[u8]) -> Kind {
    let kinds = [
        (RUN, Kind::Run),
        (BLOB, Kind::Blob),
        (DEAD_BLOB, Kind::DeadBlob),
        (ARCHIVE, Kind::Archive),
        (PACK, Kind::Pack),
    ];
    let found = kinds.iter().find(|(table, _)| key.starts_with(table));
    found.map_or(Kind::Other, |(_, kind)| *kind)
}

/// The log from the key of a run.
pub fn run_log(key: &[u8]) -> Option<LogId> {
    let parts = key.get(RUN.len()..)?;
    parts.first_chunk().map(|bytes| LogId(u128::from_be_bytes(*bytes)))
}

/// The 64-bit number that is the last part of a key.
pub fn number_of(key: &[u8]) -> Option<u64> {
    key.last_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

/// The 128-bit number that is the last part of a key.
pub fn id_of(key: &[u8]) -> Option<u128> {
    key.last_chunk().map(|bytes| u128::from_be_bytes(*bytes))
}

fn key(table: [u8; 2], parts: impl FnOnce(&mut BytesMut)) -> Bytes {
    let mut key = BytesMut::with_capacity(32);
    key.put_slice(&table);
    parts(&mut key);
    key.freeze()
}

/// Encodes a value.
pub fn encode<V: Encode<()>>(value: &V) -> Bytes {
    minicbor::to_vec(value).expect("encoding into memory cannot fail").into()
}

/// Decodes a value.
pub fn decode<V: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<V, ReadError> {
    Ok(minicbor::decode(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn log_rows_round_trip(horizon: u64, next: u64, last_ms: i64, sealed: bool, deleted: bool, first: u64, open: bool) {
            let open = open.then_some(OpenRun { first, first_ms: last_ms, place: next });
            let row = LogRow { horizon, next, last_ms, sealed, deleted, open };
            prop_assert_eq!(decode::<LogRow>(&encode(&row)).unwrap(), row);
        }

        #[test]
        fn run_rows_round_trip(end: u64, first_ms: i64, last_ms: i64, a: u64, b: u64, c: u64, archive: bool) {
            let place = if archive {
                RunPlace::Archive { file: a, offset: b, bytes: c }
            } else {
                RunPlace::Journal { start: a, end: b }
            };
            let row = RunRow { end, first_ms, last_ms, place };
            prop_assert_eq!(decode::<RunRow>(&encode(&row)).unwrap(), row);
        }

        #[test]
        fn blob_rows_round_trip(references: u32, a: u64, b: u64, bytes: u32, crc: u32, kind in 0..5) {
            let place = match kind {
                0 => BlobPlace::Journal { at: a, bytes, crc },
                1 => BlobPlace::Pack { pack: a, at: b, bytes, crc },
                2 => BlobPlace::File { bytes: a },
                3 => BlobPlace::Copy { volume: None, number: crc, bytes: a, deflated: Some(b) },
                _ => BlobPlace::Copy { volume: "SLOW".parse().ok(), number: crc, bytes: a, deflated: None },
            };
            let row = BlobRow { references, place };
            prop_assert_eq!(decode::<BlobRow>(&encode(&row)).unwrap(), row);
        }

        #[test]
        fn what_is_left_of_a_blob_is_known_by_its_key(id: u128, number: u32) {
            prop_assert_eq!(dead_blob(&dead_blob_key(BlobRef(id))), Some(BlobRef(id)));
            prop_assert_eq!(dead_blob(&left_blob_key(BlobRef(id), number)), Some(BlobRef(id)));
            prop_assert!(dead_blobs().0 <= left_blob_key(BlobRef(id), number) && left_blob_key(BlobRef(id), number) < dead_blobs().1);
        }

        #[test]
        fn volume_rows_round_trip(identity: u64) {
            let row = VolumeRow { identity };
            prop_assert_eq!(decode::<VolumeRow>(&encode(&row)).unwrap(), row);
        }

        #[test]
        fn run_keys_sort_as_their_parts(a: (u128, u64), b: (u128, u64)) {
            prop_assert_eq!(run_key(LogId(a.0), a.1).cmp(&run_key(LogId(b.0), b.1)), a.cmp(&b));
            prop_assert_eq!(run_first(&run_key(LogId(a.0), a.1)), Some(a.1));
        }
    }
}
