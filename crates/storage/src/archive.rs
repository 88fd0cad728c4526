//! The archive: records that were moved out of the journal, sorted by log.
//!
//! One file takes the live records of one journal segment (or what lives of older files that are over half dead). It is written once,
//! synced, and then named by rows: one for the file and one for each *run*, the records of one log in it. A run can be read on
//! its own: its row says where it lies, and its last bytes say where in it each block begins, by number and by time. An idle
//! log costs its rows and nothing else. [`format`] draws the bytes.
//!
//! The archive knows nothing of horizons and never forgets by itself: which files may go is the mover's business.

pub mod format;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::io;

use crate::disk::Disk;

pub use read::{Archives, RunAt, Scan};
pub use write::{ArchiveWriter, Run};

/// The directory of the archive.
pub const DIR: &str = "archive";

/// Bits of a file's id that count the files of one hour.
const NUMBER_BITS: u32 = 24;

/// Names an archive file: its hour since the epoch, and its number in that hour.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u64);

impl FileId {
    /// The `number`th file of an hour.
    pub fn new(hour: u64, number: u64) -> Self {
        assert!(number < 1 << NUMBER_BITS, "an hour has no more than 16 million files");
        Self(hour << NUMBER_BITS | number)
    }

    /// Hours since the epoch.
    pub fn hour(self) -> u64 {
        self.0 >> NUMBER_BITS
    }

    fn number(self) -> u64 {
        self.0 & ((1 << NUMBER_BITS) - 1)
    }

    /// The directory of its hour.
    pub fn dir(self) -> String {
        format!("{DIR}/{}", self.hour())
    }

    /// Where the file lies.
    pub fn path(self) -> String {
        format!("{}/{:06}", self.dir(), self.number())
    }
}

/// Every archive file there is, in order.
pub fn list(disk: &dyn Disk) -> io::Result<Vec<FileId>> {
    let mut files = Vec::new();
    for hour in disk.list(DIR)?.iter().filter_map(|name| name.parse::<u64>().ok()) {
        files.extend(list_hour(disk, hour)?);
    }
    files.sort_unstable();
    Ok(files)
}

fn list_hour(disk: &dyn Disk, hour: u64) -> io::Result<Vec<FileId>> {
    let names = disk.list(&format!("{DIR}/{hour}"))?;
    let numbers = names.iter().filter_map(|name| name.parse::<u64>().ok());
    Ok(numbers.filter(|number| *number < 1 << NUMBER_BITS).map(|number| FileId::new(hour, number)).collect())
}

/// A file of this hour that is not there yet.
pub fn unused(disk: &dyn Disk, hour: u64) -> io::Result<FileId> {
    let last = list_hour(disk, hour)?.into_iter().max();
    Ok(last.map_or(FileId::new(hour, 0), |last| FileId::new(hour, last.number() + 1)))
}

/// Removes a file; fine if it is not there. Reads under way go on. Blocks.
pub fn remove(disk: &dyn Disk, file: FileId) -> io::Result<()> {
    match disk.remove(&file.path()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
