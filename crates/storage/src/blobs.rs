//! Blobs: the bytes rooms refer to, in files and packs.
//!
//! A blob over 64 KiB is streamed in bounded memory into a file of its own under its final name, so there is neither a rename nor a
//! second copy: it is durable before anything refers to it, and a crash in between leaves a file that no row names, which the sweep
//! removes. A smaller blob travels in its commit's journal frame; the mover puts those of a segment into one pack. Where a blob lies
//! is one row of the store's own, so that moving its bytes changes nothing else: to another of the [`volumes`], deflated or not, in a file
//! with the next number.
//!
//! This module knows bytes, files and checksums; which blobs live is the engine's business. Reads are ranged, verified frame by frame
//! before anything of a frame is handed on, and read ahead a little; the first piece is read before the body is returned, so that a small
//! blob is answered whole or not at all. [`format`] draws the bytes.

pub mod buffers;
mod copy;
mod deflate;
pub mod format;
pub mod packs;
mod read;
#[cfg(test)]
mod tests;
pub mod volumes;
mod write;

use std::collections::HashSet;
use std::io;
use std::ops::Range;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use base::Random;
use body::Body;
use bytes::Bytes;
use store::{BlobError, BlobRef, PlaceError, ReadError, Volume};

use crate::disk::Disk;
use crate::pool::Pool;
use crate::space::Space;
use buffers::Buffers;
use format::STRIDE;
use volumes::Volumes;

/// The directory of blob files.
pub const DIR: &str = "blobs";

/// Frames an upload gathers before it writes them at once: a mebibyte.
const WRITE_FRAMES: u64 = 16;
/// Frames that all uploads together gather: beyond, each gathers fewer. An upload may have as much again under way to the disk.
const GATHERED_FRAMES: u64 = 512;
/// Bytes of a large upload after which what was written is synced, so that neither the last sync nor anybody else's waits for all of it.
const SYNC_BYTES: u64 = 16 << 20;
/// Frames that are read at once: half a mebibyte.
const READ_FRAMES: u64 = 8;
/// Threads that create, write and sync blob files. Each waits for the disk most of the time.
const WRITE_THREADS: usize = 32;
/// Threads that read blobs.
const READ_THREADS: usize = 8;

/// Blob files and packs of one data directory.
pub struct Blobs(Arc<Inner>);

struct Inner {
    disk: Arc<dyn Disk>,
    volumes: Volumes,
    space: Arc<Space>,
    random: Random,
    writers: Arc<Pool>,
    readers: Arc<Pool>,
    write_buffers: Buffers,
    read_buffers: Buffers,
    /// Uploads under way.
    uploads: AtomicU64,
    /// Directories below [`DIR`] that are known to be there.
    dirs: Mutex<HashSet<u8>>,
    packs: packs::OpenPacks,
}

impl Blobs {
    /// Blobs on this disk; `random` names them.
    pub fn new(disk: Arc<dyn Disk>, volumes: Volumes, space: Arc<Space>, random: Random) -> Self {
        Self(Arc::new(Inner {
            packs: packs::OpenPacks::new(disk.clone()),
            disk,
            volumes,
            space,
            random,
            writers: Arc::new(Pool::new("blob-write", WRITE_THREADS)),
            readers: Arc::new(Pool::new("blob-read", READ_THREADS)),
            write_buffers: Buffers::new((format::FILE_HEADER + WRITE_FRAMES * STRIDE) as usize),
            read_buffers: Buffers::new((READ_FRAMES * STRIDE) as usize),
            uploads: AtomicU64::new(0),
            dirs: Mutex::default(),
        }))
    }

    /// A name for a blob that is to be written.
    pub fn name(&self) -> BlobRef {
        BlobRef(self.0.random.u128())
    }

    /// Streams a body into the file of `blob`, a name never used before. Its bytes and its name are durable on return. On an error, and when
    /// the future is dropped half-way, nothing is kept.
    pub async fn put(&self, blob: BlobRef, body: Body) -> Result<u64, BlobError> {
        write::put(&self.0, blob, body).await
    }

    /// The bytes `range` of a blob file. `range` lies within. `NoBlob` when the file is not there.
    pub async fn read_file(&self, file: BlobFile, range: Range<u64>) -> Result<Body, ReadError> {
        read::file(&self.0, file, range).await
    }

    /// Writes the blob of a file anew as `to`; durable on return, nothing is kept on an error. Returns the bytes of the file. Blocks.
    pub fn copy_file(&self, from: BlobFile, to: FileAt, compressed: bool) -> Result<u64, PlaceError> {
        let mut frames = read::Frames::open(&self.0, from)?;
        copy::write(&self.0, to, from.bytes, compressed, |index| frames.next(index))
    }

    /// As [`Blobs::copy_file`], of a small blob that has no file.
    pub fn copy_bytes(&self, bytes: &Bytes, to: FileAt, compressed: bool) -> Result<u64, PlaceError> {
        copy::write(&self.0, to, bytes.len() as u64, compressed, |index| {
            let start = (index * format::FRAME) as usize;
            Ok(bytes.slice(start..bytes.len().min(start + format::FRAME as usize)))
        })
    }

    /// The whole of a small blob in a pack. Blocks.
    pub fn read_packed(&self, blob: BlobRef, place: packs::Place, bytes: u64) -> Result<Bytes, ReadError> {
        self.0.packs.read_all(blob, place, bytes)
    }

    /// The volumes blobs may lie on.
    pub fn volumes(&self) -> &Volumes {
        &self.0.volumes
    }

    /// The bytes `range` of a blob of `bytes` bytes in a pack. `range` lies within. `NoBlob` when the pack is not there.
    pub async fn read_pack(
        &self,
        blob: BlobRef,
        place: packs::Place,
        bytes: u64,
        range: Range<u64>,
    ) -> Result<Body, ReadError> {
        if let Some(read) = self.0.packs.read_now(blob, place, bytes, range.clone()) {
            return read;
        }
        let inner = self.0.clone();
        self.0.readers.run(move || inner.packs.read(blob, place, bytes, range)).await
    }

    /// Removes a blob's file; fine if it is not there. One on a volume that is not configured now stays. Bodies that are being read go on.
    /// Blocks.
    pub fn remove_file(&self, file: FileAt) -> io::Result<()> {
        self.0.volumes.disk(file.volume).map_or(Ok(()), |disk| ignore_missing(disk.remove(&file.path())))
    }

    /// Removes a pack; fine if it is not there. Blocks.
    pub fn remove_pack(&self, number: u64) -> io::Result<()> {
        self.0.packs.close(number);
        ignore_missing(self.0.disk.remove(&packs::path(number)))
    }

    /// Every file of a blob whose name begins with the byte `part`, on all volumes. Blocks.
    pub fn list_files(&self, part: u8) -> io::Result<Vec<FileAt>> {
        list_files(&self.0.volumes, part)
    }

    /// The pool that writes: for moving blobs.
    pub fn writers(&self) -> Arc<Pool> {
        self.0.writers.clone()
    }

    /// The pool that reads: for other reads that may wait for the disk.
    pub fn readers(&self) -> Arc<Pool> {
        self.0.readers.clone()
    }
}

fn ignore_missing(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Every file of a blob whose name begins with the byte `part`, on all volumes.
pub fn list_files(volumes: &Volumes, part: u8) -> io::Result<Vec<FileAt>> {
    let mut files = Vec::new();
    for (volume, disk) in volumes.all() {
        let names = disk.list(&dir_of(part))?;
        files.extend(names.iter().filter_map(|name| FileAt::named(volume, name)));
    }
    Ok(files)
}

/// Reads a blob's file from its header to its last frame, and that nothing follows.
pub fn check_file(volumes: &Volumes, file: BlobFile) -> Result<(), ReadError> {
    read::check(volumes, file)
}

/// A file that holds a blob.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileAt {
    /// The volume; `None` is the data directory itself.
    pub volume: Option<Volume>,
    /// The blob.
    pub blob: BlobRef,
    /// 0 for the file it was uploaded into; each further one has the next number.
    pub number: u32,
}

impl FileAt {
    /// Where in its volume it lies: the first two of the blob's 32 digits name its directory.
    pub fn path(&self) -> String {
        match self.number {
            0 => file_path(self.blob),
            number => format!("{}.{number}", file_path(self.blob)),
        }
    }

    fn named(volume: Option<Volume>, name: &str) -> Option<Self> {
        let (digits, number) = match name.split_once('.') {
            Some((digits, number)) => (digits, number.parse().ok().filter(|number| *number > 0)?),
            None => (name, 0),
        };
        let blob = BlobRef(u128::from_str_radix(digits, 16).ok()?);
        Some(Self { volume, blob, number })
    }
}

/// A file that holds a blob, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlobFile {
    /// Which.
    pub at: FileAt,
    /// The blob's size.
    pub bytes: u64,
    /// The file's, if its frames are deflated.
    pub deflated: Option<u64>,
}

fn dir_of(part: u8) -> String {
    format!("{DIR}/{part:02x}")
}

fn file_path(blob: BlobRef) -> String {
    format!("{}/{:032x}", dir_of(first_byte(blob)), blob.0)
}

fn first_byte(blob: BlobRef) -> u8 {
    blob.0.to_be_bytes()[0]
}
