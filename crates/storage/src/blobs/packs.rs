//! Packs: small blobs that the mover took out of a journal segment, one after the other in one file.
//!
//! A pack is written once and never changed. A blob's row names the pack and the place in it. When more than half of a pack is
//! dead, the mover writes what lives into another.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use body::Body;
use bytes::Bytes;
use store::{BlobRef, ReadError};

use super::format::{self, FILE_HEADER, FRAME_HEADER, Flaw, PACK_ENTRY};
use crate::disk::{Disk, DiskFile};
use crate::recent::Recent;

/// The directory of packs.
pub const DIR: &str = "packs";

/// Packs kept open for reading; the one used longest ago is closed first.
const OPEN_MAX: usize = 64;
/// Bytes gathered before they are written at once.
const WRITE_BYTES: usize = 1 << 20;
/// Bytes after which they are synced: the journal's own syncs never wait behind more.
const SYNC_BYTES: usize = 4 << 20;

/// Where in which pack a blob's entry begins.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The pack's number.
    pub pack: u64,
    /// Bytes from its beginning.
    pub offset: u64,
}

/// Where a pack lies.
pub fn path(number: u64) -> String {
    format!("{DIR}/{number:016x}")
}

/// How many bytes a blob takes in a pack.
pub fn entry_bytes(bytes: u64) -> u64 {
    PACK_ENTRY + FRAME_HEADER + bytes
}

/// A pack that is being written. Nothing of it counts before [`PackWriter::finish`]; dropped before, it is removed.
pub struct PackWriter {
    disk: Arc<dyn Disk>,
    file: Arc<dyn DiskFile>,
    number: u64,
    gathered: Vec<u8>,
    written: u64,
    unsynced: usize,
    finished: bool,
}

impl PackWriter {
    /// Creates the pack's file.
    pub fn create(disk: Arc<dyn Disk>, number: u64) -> io::Result<Self> {
        disk.create_dir_all(DIR)?;
        let file = disk.create_new(&path(number))?;
        let gathered = format::pack_header(number).to_vec();
        Ok(Self { disk, file, number, gathered, written: 0, unsynced: 0, finished: false })
    }

    /// Adds a blob of at most 64 KiB.
    pub fn add(&mut self, blob: BlobRef, bytes: &[u8]) -> io::Result<Place> {
        let place = Place { pack: self.number, offset: self.len() };
        self.gathered.extend_from_slice(&blob.0.to_le_bytes());
        let frame = self.gathered.len();
        self.gathered.extend_from_slice(&[0; FRAME_HEADER as usize]);
        self.gathered.extend_from_slice(bytes);
        format::seal_frame(blob, 0, true, &mut self.gathered[frame..]);
        if self.gathered.len() >= WRITE_BYTES {
            self.flush()?;
        }
        Ok(place)
    }

    /// The pack's number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Bytes so far.
    pub fn len(&self) -> u64 {
        self.written + self.gathered.len() as u64
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_at(self.written, &self.gathered)?;
        self.written += self.gathered.len() as u64;
        self.unsynced += self.gathered.len();
        self.gathered.clear();
        if self.unsynced >= SYNC_BYTES {
            self.file.sync_data()?;
            self.unsynced = 0;
        }
        Ok(())
    }

    /// Makes the pack durable; returns its size.
    pub fn finish(mut self) -> io::Result<u64> {
        self.flush()?;
        self.file.sync_data()?;
        self.disk.sync_dir(DIR)?;
        self.finished = true;
        Ok(self.written)
    }
}

impl Drop for PackWriter {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = self.disk.remove(&path(self.number))
        {
            tracing::warn!(%error, pack = self.number, "an unfinished pack stays until the next start");
        }
    }
}

/// Packs that are open for reading.
pub(super) struct OpenPacks {
    disk: Arc<dyn Disk>,
    open: Recent<u64, Arc<dyn DiskFile>>,
}

impl OpenPacks {
    pub(super) fn new(disk: Arc<dyn Disk>) -> Self {
        Self { disk, open: Recent::new(OPEN_MAX) }
    }

    fn get(&self, number: u64) -> io::Result<Arc<dyn DiskFile>> {
        self.open.get_or(number, || self.disk.open(&path(number)))
    }

    pub(super) fn close(&self, number: u64) {
        self.open.retain(|open| *open != number);
    }

    pub(super) fn read(
        &self,
        blob: BlobRef,
        place: Place,
        bytes: u64,
        range: Range<u64>,
    ) -> Result<Body, ReadError> {
        self.read_all(blob, place, bytes).map(|payload| part(payload, range))
    }

    pub(super) fn read_all(&self, blob: BlobRef, place: Place, bytes: u64) -> Result<Bytes, ReadError> {
        let file = match self.get(place.pack) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ReadError::NoBlob(blob)),
            Err(error) => return Err(ReadError::Disk(error.to_string())),
        };
        read_entry(&*file, blob, place, bytes)
    }

    /// As [`OpenPacks::read`], if the pack is open and the system has its bytes in memory.
    pub(super) fn read_now(
        &self,
        blob: BlobRef,
        place: Place,
        bytes: u64,
        range: Range<u64>,
    ) -> Option<Result<Body, ReadError>> {
        let file = self.open.get(&place.pack)?;
        let mut entry = vec![0; entry_bytes(bytes) as usize];
        let read = file.read_now(place.offset, &mut entry);
        read.then(|| verify_entry(entry, blob, place, bytes).map(|payload| part(payload, range)))
    }
}

fn part(payload: Bytes, range: Range<u64>) -> Body {
    if range.is_empty() {
        Body::empty()
    } else {
        payload.slice(range.start as usize..range.end as usize).into()
    }
}

/// Reads one blob out of an open pack and verifies it.
pub fn read_entry(file: &dyn DiskFile, blob: BlobRef, place: Place, bytes: u64) -> Result<Bytes, ReadError> {
    let mut entry = vec![0; entry_bytes(bytes) as usize];
    file.read_exact_at(place.offset, &mut entry).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => corrupt(blob, place, Flaw("the pack ends early")),
        _ => ReadError::Disk(error.to_string()),
    })?;
    verify_entry(entry, blob, place, bytes)
}

fn corrupt(blob: BlobRef, place: Place, flaw: Flaw) -> ReadError {
    ReadError::Corrupt(format!("blob `{:032x}` in pack `{:016x}`: {flaw}", blob.0, place.pack))
}

fn verify_entry(entry: Vec<u8>, blob: BlobRef, place: Place, bytes: u64) -> Result<Bytes, ReadError> {
    let corrupt = |flaw| corrupt(blob, place, flaw);
    let (id, frame) = entry.split_at(PACK_ENTRY as usize);
    if id != blob.0.to_le_bytes() {
        return Err(corrupt(Flaw("another blob lies there")));
    }
    format::verify_frame(blob, format::expected_frame(0, bytes), frame).map_err(corrupt)?;
    Ok(Bytes::from(entry).slice((PACK_ENTRY + FRAME_HEADER) as usize..))
}

/// One entry of a pack that is read from end to end.
pub struct PackEntry {
    /// The blob.
    pub blob: BlobRef,
    /// Where it lies.
    pub place: Place,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Reads a pack from its beginning to its end, verifying everything. After an error there is nothing more to say of the pack.
pub struct PackScan {
    file: Arc<dyn DiskFile>,
    number: u64,
    offset: u64,
    len: u64,
}

impl PackScan {
    /// Opens a pack and checks its header.
    pub fn open(disk: &dyn Disk, number: u64) -> Result<Self, ReadError> {
        let disk_error = |error: io::Error| ReadError::Disk(error.to_string());
        let file = disk.open(&path(number)).map_err(disk_error)?;
        let len = file.len().map_err(disk_error)?;
        let mut header = [0; FILE_HEADER as usize];
        let complete = file.read_exact_at(0, &mut header).is_ok();
        if !complete || header != format::pack_header(number) {
            return Err(ReadError::Corrupt(format!("pack `{number:016x}`: the header is damaged")));
        }
        Ok(Self { file, number, offset: FILE_HEADER, len })
    }

    /// The next entry; `None` at the end.
    pub fn next_entry(&mut self) -> Result<Option<PackEntry>, ReadError> {
        if self.offset == self.len {
            return Ok(None);
        }
        let place = Place { pack: self.number, offset: self.offset };
        let corrupt = |flaw: Flaw| {
            ReadError::Corrupt(format!("pack `{:016x}` at `{}`: {flaw}", place.pack, place.offset))
        };
        let mut head = [0; (PACK_ENTRY + FRAME_HEADER) as usize];
        self.file.read_exact_at(self.offset, &mut head).map_err(|_| corrupt(Flaw("the pack ends early")))?;
        let (id, frame) = head.split_first_chunk::<16>().expect("the head is longer than an id");
        let blob = BlobRef(u128::from_le_bytes(*id));
        let length = u64::from(format::parse_frame_header(frame).map_err(corrupt)?.length);
        let bytes = read_entry(&*self.file, blob, place, length)?;
        self.offset += entry_bytes(length);
        Ok(Some(PackEntry { blob, place, bytes }))
    }
}

/// The numbers of all packs there are.
pub fn list(disk: &dyn Disk) -> io::Result<Vec<u64>> {
    Ok(disk.list(DIR)?.iter().filter_map(|name| u64::from_str_radix(name, 16).ok()).collect())
}
