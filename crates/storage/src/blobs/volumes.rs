//! The volumes blobs may lie on: the data directory itself, and those that were configured besides.
//!
//! Each of the latter belongs to one data directory for good and says so in its own file, written once, before any blob; the data directory
//! remembers its number in a row. So files that no row names may be removed from it, and a disk that is not mounted is not taken for
//! an empty volume.
//!
//! ```text
//! VOLUME          millrace volume
//!                 identity 0123456789abcdef     a random number
//!                 of 0123456789abcdef           that of the data directory
//!                 name SLOW
//!                 crc 89abcdef
//! blobs/<aa>/…    as in the data directory
//! ```

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use store::Volume;

use super::DIR;
use crate::disk::Disk;
use crate::space::Space;

/// The file that says whose a volume is.
pub const FILE: &str = "VOLUME";

/// More than the file ever has.
const BYTES: usize = 4096;

/// Free space below which nothing more is placed on a volume.
const FLOOR: u64 = 16 << 20;

/// Where blobs may lie.
#[derive(Clone)]
pub struct Volumes {
    home: Arc<dyn Disk>,
    others: BTreeMap<Volume, At>,
}

#[derive(Clone)]
struct At {
    disk: Arc<dyn Disk>,
    space: Arc<Space>,
}

impl Volumes {
    /// The data directory alone.
    pub fn new(home: Arc<dyn Disk>) -> Self {
        Self { home, others: BTreeMap::new() }
    }

    /// Adds a volume.
    pub fn add(&mut self, volume: Volume, disk: Arc<dyn Disk>) {
        let space = Space::new(disk.clone(), FLOOR);
        self.others.insert(volume, At { disk, space });
    }

    /// The disk of a volume; `None` is the data directory.
    pub fn disk(&self, volume: Option<Volume>) -> Option<&Arc<dyn Disk>> {
        match volume {
            None => Some(&self.home),
            Some(volume) => self.others.get(&volume).map(|at| &at.disk),
        }
    }

    /// The guard of a volume's space; `None` for the data directory, which has its own.
    pub fn space(&self, volume: Option<Volume>) -> Option<&Arc<Space>> {
        self.others.get(&volume?).map(|at| &at.space)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = (Option<Volume>, &Arc<dyn Disk>)> {
        let others = self.others.iter().map(|(volume, at)| (Some(*volume), &at.disk));
        std::iter::once((None, &self.home)).chain(others)
    }
}

/// Whose a volume is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Owner {
    /// The volume's random number.
    pub identity: u64,
    /// The data directory's.
    pub of: u64,
    /// Its name there.
    pub name: Volume,
}

impl Owner {
    /// Reads the file; `None` if there is none, or only the beginning of one, and no blob.
    pub fn read(disk: &dyn Disk) -> io::Result<Option<Self>> {
        let file = match disk.open(FILE) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut bytes = vec![0; BYTES.min(file.len()? as usize)];
        file.read_exact_at(0, &mut bytes)?;
        match std::str::from_utf8(&bytes).ok().and_then(Self::parse) {
            Some(owner) => Ok(Some(owner)),
            // A crash may have cut off the very first write.
            None if disk.list(DIR)?.is_empty() => Ok(None),
            None => Err(io::Error::new(io::ErrorKind::InvalidData, "its VOLUME file does not parse")),
        }
    }

    /// Writes the file; durable on return.
    pub fn write(&self, disk: &dyn Disk) -> io::Result<()> {
        let file = match disk.create_new(FILE) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => disk.open(FILE)?,
            other => other?,
        };
        file.write_at(0, self.to_text().as_bytes())?;
        file.sync_data()?;
        disk.sync_dir("")
    }

    fn to_text(self) -> String {
        let Owner { identity, of, name } = self;
        let text = format!("millrace volume\nidentity {identity:016x}\nof {of:016x}\nname {name}\n");
        let crc = crc32c::crc32c(text.as_bytes());
        format!("{text}crc {crc:08x}\n")
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut field = |name: &str| lines.next().and_then(|line| line.strip_prefix(name));
        field("millrace volume")?;
        let identity = u64::from_str_radix(field("identity ")?, 16).ok()?;
        let of = u64::from_str_radix(field("of ")?, 16).ok()?;
        let name = field("name ")?.parse().ok()?;
        let owner = Self { identity, of, name };
        (owner.to_text() == text).then_some(owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_read_as_it_was_written_and_not_with_a_letter_changed() {
        let owner = Owner { identity: 0xabc, of: 7, name: "SLOW".parse().unwrap() };
        let text = owner.to_text();
        assert_eq!(Owner::parse(&text), Some(owner));
        assert_eq!(Owner::parse(&text.replace("SLOW", "SLOV")), None);
        assert_eq!(Owner::parse(&text[..20]), None);
    }
}
