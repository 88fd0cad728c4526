//! The disk, behind a trait: what the engine may ask of a file system, and nothing more.
//!
//! Paths are relative to the data directory and use `/`. There is no rename and no truncation: a file is created under its
//! final name, written, synced, and its directory synced; later it is removed. That keeps the simulated disk honest with few
//! rules. Bytes and sizes count as durable after `sync_data` of the file, names after `sync_dir` of their directory.

mod below;
mod real;
mod sim;

use std::io;
use std::path::Path;
use std::sync::Arc;

pub use below::Below;
pub use real::RealDisk;
pub use sim::{PowerCuts, SimDisk};

/// A directory tree on a disk.
pub trait Disk: Send + Sync + 'static {
    /// Opens an existing file for reading and writing.
    fn open(&self, path: &str) -> io::Result<Arc<dyn DiskFile>>;

    /// Creates a file that must not exist yet. Its name is durable after [`Disk::sync_dir`] of its directory.
    fn create_new(&self, path: &str) -> io::Result<Arc<dyn DiskFile>>;

    /// Removes a file. Durable after [`Disk::sync_dir`] of its directory. Open handles stay readable.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// The names (not paths) of the files and directories in a directory, sorted. Empty if there is no such directory.
    fn list(&self, dir: &str) -> io::Result<Vec<String>>;

    /// Creates a directory and those above it, synced each in its parent: durable on return. Fine if it exists.
    fn create_dir_all(&self, dir: &str) -> io::Result<()>;

    /// Makes creations and removals in a directory durable. The root is `""`.
    fn sync_dir(&self, dir: &str) -> io::Result<()>;

    /// Bytes that can still be written.
    fn free_bytes(&self) -> io::Result<u64>;

    /// Bytes the disk has in all.
    fn total_bytes(&self) -> io::Result<u64>;

    /// Takes the exclusive lock on a file, creating it if need be; held until the value is dropped. `WouldBlock` when
    /// another holds it.
    fn lock(&self, path: &str) -> io::Result<Box<dyn Send + Sync>>;

    /// Where the tree lies on the machine, for the index, which does its own I/O. `None` on a simulated disk: there the index is
    /// the memtable alone.
    fn real_root(&self) -> Option<&Path>;
}

/// An open file. Reads and writes may run side by side.
pub trait DiskFile: Send + Sync {
    /// Reads up to `bytes.len()` bytes at `offset`; 0 at the end of the file.
    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> io::Result<usize>;

    /// Reads exactly `bytes.len()` bytes if that is possible without waiting for the disk, because the system has them in memory. False
    /// otherwise, also on an error: then [`DiskFile::read_at`], where waiting is allowed, tells.
    fn read_now(&self, _offset: u64, _bytes: &mut [u8]) -> bool {
        false
    }

    /// Writes all bytes at `offset`; the file grows if need be. Not durable before [`DiskFile::sync_data`].
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Makes all bytes written before this call durable, and the size. After an error nothing may be assumed of them.
    fn sync_data(&self) -> io::Result<()>;

    /// The size in bytes.
    fn len(&self) -> io::Result<u64>;

    /// Whether the file has no bytes.
    fn is_empty(&self) -> io::Result<bool> {
        self.len().map(|len| len == 0)
    }

    /// Writes zeros from the end of the file up to `len` and syncs, so that later writes there change no metadata: a sync then
    /// costs half and does not commit the file system's own journal.
    fn allocate_zeroed(&self, len: u64) -> io::Result<()>;

    /// Lets the system forget the bytes that it holds in memory and that are durable. They stay readable. Writes over them then cost less:
    /// the system keeps a file in pieces of the size in which it was written, and goes through all of a piece for each page that changes.
    fn forget_cached(&self) {}

    /// Reads exactly `bytes.len()` bytes, or `UnexpectedEof`.
    fn read_exact_at(&self, mut offset: u64, mut bytes: &mut [u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.read_at(offset, bytes)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => {
                    offset += read as u64;
                    bytes = &mut bytes[read..];
                }
            }
        }
        Ok(())
    }
}
