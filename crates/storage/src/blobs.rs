//! Blobs: the bytes rooms refer to, in files and packs.
//!
//! A blob over 64 KiB is streamed in bounded memory into a file of its own under its final name, so there is neither a rename nor a
//! second copy: it is durable before anything refers to it, and a crash in between leaves a file that no row names, which the sweep
//! removes. A smaller blob travels in its commit's journal frame; the mover puts those of a segment into one pack. Where a blob lies
//! is one row of the store's own, so that moving its bytes changes nothing else.
//!
//! This module knows bytes, files and checksums; which blobs live is the engine's business. Reads are ranged, verified frame by frame
//! before anything of a frame is handed on, and read ahead a little; the first piece is read before the body is returned, so that a small
//! blob is answered whole or not at all. [`format`] draws the bytes.

pub mod buffers;
pub mod format;
pub mod packs;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashSet;
use std::io;
use std::ops::Range;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use base::Random;
use body::Body;
use store::{BlobError, BlobRef, ReadError};

use crate::disk::Disk;
use crate::pool::Pool;
use crate::space::Space;
use buffers::Buffers;
use format::STRIDE;

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
    space: Arc<Space>,
    random: Random,
    writers: Pool,
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
    pub fn new(disk: Arc<dyn Disk>, space: Arc<Space>, random: Random) -> Self {
        Self(Arc::new(Inner {
            packs: packs::OpenPacks::new(disk.clone()),
            disk,
            space,
            random,
            writers: Pool::new("blob-write", WRITE_THREADS),
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

    /// The bytes `range` of a blob file of `bytes` bytes. `range` lies within. `NoBlob` when the file is not there.
    pub async fn read_file(&self, blob: BlobRef, bytes: u64, range: Range<u64>) -> Result<Body, ReadError> {
        read::file(&self.0, blob, bytes, range).await
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

    /// Removes a blob's file; fine if it is not there. Bodies that are being read go on. Blocks.
    pub fn remove_file(&self, blob: BlobRef) -> io::Result<()> {
        ignore_missing(self.0.disk.remove(&file_path(blob)))
    }

    /// Removes a pack; fine if it is not there. Blocks.
    pub fn remove_pack(&self, number: u64) -> io::Result<()> {
        self.0.packs.close(number);
        ignore_missing(self.0.disk.remove(&packs::path(number)))
    }

    /// Every blob that has a file whose name begins with the byte `part`. Blocks.
    pub fn list_files(&self, part: u8) -> io::Result<Vec<BlobRef>> {
        list_files(&*self.0.disk, part)
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

/// Every blob on a disk that has a file whose name begins with the byte `part`.
pub fn list_files(disk: &dyn Disk, part: u8) -> io::Result<Vec<BlobRef>> {
    let names = disk.list(&dir_of(part))?;
    Ok(names.iter().filter_map(|name| u128::from_str_radix(name, 16).ok()).map(BlobRef).collect())
}

fn dir_of(part: u8) -> String {
    format!("{DIR}/{part:02x}")
}

/// Where a blob's file lies: the first two of its 32 digits name its directory.
pub fn file_path(blob: BlobRef) -> String {
    format!("{}/{:032x}", dir_of(first_byte(blob)), blob.0)
}

fn first_byte(blob: BlobRef) -> u8 {
    blob.0.to_be_bytes()[0]
}
