//! The machine's own file system.

use std::fs::{File, OpenOptions};
use std::io;
use std::num::NonZeroU64;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Disk, DiskFile};

/// Bytes written at once when a file is filled with zeros.
const ZEROS: usize = 1 << 20;

/// What is stored is nobody else's to read.
const FILE_MODE: u32 = 0o600;
const DIR_MODE: u32 = 0o700;

/// A directory of the real file system.
pub struct RealDisk {
    root: PathBuf,
}

impl RealDisk {
    /// Uses `root`, which is created if need be.
    pub fn new(root: impl Into<PathBuf>) -> io::Result<Self> {
        let root = root.into();
        make_dirs(&root)?;
        Ok(Self { root: root.canonicalize()? })
    }

    fn at(&self, path: &str) -> PathBuf {
        debug_assert!(
            path.split('/').all(|part| part != "..") && !path.starts_with('/'),
            "paths stay in the data directory"
        );
        self.root.join(path)
    }
}

/// Creates missing directories from the top down, each synced in its parent.
fn make_dirs(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let parent = match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    make_dirs(parent)?;
    match std::fs::DirBuilder::new().mode(DIR_MODE).create(dir) {
        Ok(()) => File::open(parent)?.sync_all(),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

impl Disk for RealDisk {
    fn open(&self, path: &str) -> io::Result<Arc<dyn DiskFile>> {
        let file = OpenOptions::new().read(true).write(true).open(self.at(path))?;
        Ok(Arc::new(RealFile(file)))
    }

    fn create_new(&self, path: &str) -> io::Result<Arc<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true).mode(FILE_MODE);
        Ok(Arc::new(RealFile(options.open(self.at(path))?)))
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        std::fs::remove_file(self.at(path))
    }

    fn list(&self, dir: &str) -> io::Result<Vec<String>> {
        let entries = match std::fs::read_dir(self.at(dir)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            // A name that is not UTF-8 is none of ours.
            names.extend(entry?.file_name().into_string());
        }
        names.sort();
        Ok(names)
    }

    fn create_dir_all(&self, dir: &str) -> io::Result<()> {
        make_dirs(&self.at(dir))
    }

    fn sync_dir(&self, dir: &str) -> io::Result<()> {
        File::open(self.at(dir))?.sync_all()
    }

    fn free_bytes(&self) -> io::Result<u64> {
        let stat = rustix::fs::statvfs(&self.root)?;
        Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
    }

    fn total_bytes(&self) -> io::Result<u64> {
        let stat = rustix::fs::statvfs(&self.root)?;
        Ok(stat.f_blocks.saturating_mul(stat.f_frsize))
    }

    fn lock(&self, path: &str) -> io::Result<Box<dyn Send + Sync>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(FILE_MODE);
        let file = options.open(self.at(path))?;
        // The lock belongs to the open file, not to the process: it goes when the process ends in any way, and two stores in
        // one process exclude each other.
        match file.try_lock() {
            Ok(()) => Ok(Box::new(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(std::fs::TryLockError::Error(error)) => Err(error),
        }
    }

    fn real_root(&self) -> Option<&Path> {
        Some(&self.root)
    }
}

struct RealFile(File);

impl DiskFile for RealFile {
    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read_at(bytes, offset) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    fn read_now(&self, offset: u64, bytes: &mut [u8]) -> bool {
        let wanted = bytes.len();
        let buffer = &mut [io::IoSliceMut::new(bytes)];
        rustix::io::preadv2(&self.0, buffer, offset, rustix::io::ReadWriteFlags::NOWAIT) == Ok(wanted)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all_at(bytes, offset)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn allocate_zeroed(&self, len: u64) -> io::Result<()> {
        let zeros = vec![0; ZEROS];
        let start = DiskFile::len(self)?;
        let mut end = start;
        while end < len {
            let piece = usize::try_from(len - end).unwrap_or(ZEROS).min(ZEROS);
            self.0.write_all_at(&zeros[..piece], end)?;
            end += piece as u64;
        }
        self.0.sync_all()?;
        self.forget(start, NonZeroU64::new(len.saturating_sub(start)));
        Ok(())
    }

    fn forget_cached(&self) {
        self.forget(0, None);
    }
}

impl RealFile {
    fn forget(&self, offset: u64, len: Option<NonZeroU64>) {
        // An advice: where it is not taken nothing is lost but speed.
        let _ = rustix::fs::fadvise(&self.0, offset, len, rustix::fs::Advice::DontNeed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_just_written_is_read_without_waiting_and_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let disk = RealDisk::new(dir.path()).unwrap();
        let file = disk.create_new("file").unwrap();
        file.write_at(0, b"some bytes").unwrap();
        let mut bytes = [0; 5];
        // Not every file system can say whether it would wait.
        if file.read_now(5, &mut bytes) {
            assert_eq!(&bytes, b"bytes");
        }
        assert!(!file.read_now(6, &mut bytes), "the file ends before");
    }
}
