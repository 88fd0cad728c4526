//! A directory of another disk, as a disk of its own: where the volumes of a simulated or an ephemeral store lie.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Disk, DiskFile};

/// A directory of a disk.
pub struct Below {
    disk: Arc<dyn Disk>,
    dir: String,
}

impl Below {
    /// The directory `dir`, which is created if need be.
    pub fn new(disk: Arc<dyn Disk>, dir: String) -> io::Result<Self> {
        disk.create_dir_all(&dir)?;
        Ok(Self { disk, dir })
    }

    fn at(&self, path: &str) -> String {
        if path.is_empty() { self.dir.clone() } else { format!("{}/{path}", self.dir) }
    }
}

impl Disk for Below {
    fn open(&self, path: &str) -> io::Result<Arc<dyn DiskFile>> {
        self.disk.open(&self.at(path))
    }

    fn create_new(&self, path: &str) -> io::Result<Arc<dyn DiskFile>> {
        self.disk.create_new(&self.at(path))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.disk.remove(&self.at(path))
    }

    fn list(&self, dir: &str) -> io::Result<Vec<String>> {
        self.disk.list(&self.at(dir))
    }

    fn create_dir_all(&self, dir: &str) -> io::Result<()> {
        self.disk.create_dir_all(&self.at(dir))
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        self.disk.sync_dir(&self.at(dir))
    }

    fn free_bytes(&self) -> io::Result<u64> {
        self.disk.free_bytes()
    }

    fn total_bytes(&self) -> io::Result<u64> {
        self.disk.total_bytes()
    }

    fn lock(&self, path: &str) -> io::Result<Box<dyn Send + Sync>> {
        self.disk.lock(&self.at(path))
    }

    fn real_root(&self) -> Option<&Path> {
        None
    }
}
