//! The file `FORMAT`: what wrote a data directory, and what may read it.
//!
//! ```text
//! millrace data
//! format 1
//! identity 0123456789abcdef
//! segment 67108864
//! crc 89abcdef
//! ```
//! Text, so that a person can read it. `crc` is the CRC32C of all lines before. It is written once, before the first frame.

use std::io;

use crate::disk::Disk;
use crate::journal::frame::PAGE;
use crate::journal::segments;

/// The newest format this version reads, which is the one it writes.
pub const NEWEST: u32 = 1;

const FILE: &str = "FORMAT";

/// More than the file ever has.
const BYTES: usize = 4096;

/// What the file says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// The directory's random number, which every frame of its journal carries.
    pub identity: u64,
    /// Bytes of a journal segment.
    pub segment_bytes: u64,
}

/// Why the directory cannot be read.
#[derive(Debug)]
pub enum FormatError {
    /// A newer version wrote it.
    Newer {
        /// Its format.
        found: u32,
        /// The newest that is read.
        newest: u32,
    },
    /// It does not parse.
    Damaged,
    /// The disk failed.
    Disk(io::Error),
}

impl From<io::Error> for FormatError {
    fn from(error: io::Error) -> Self {
        FormatError::Disk(error)
    }
}

impl Format {
    /// Reads the file, or writes a new one where there is no data yet.
    pub fn read_or_create(disk: &dyn Disk, fresh: impl FnOnce() -> Format) -> Result<Format, FormatError> {
        match Self::read(disk) {
            // A process that was killed may have written it, and not yet made it durable.
            Ok(Some(format)) => return Ok(format.keep(disk)?),
            // A crash may have cut off the very first write. With a journal, though, it was whole once.
            Ok(None) | Err(FormatError::Damaged) if disk.list(segments::DIR)?.is_empty() => {}
            Ok(None) => return Err(FormatError::Damaged),
            Err(error) => return Err(error),
        }
        let format = fresh();
        let file = match disk.create_new(FILE) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => disk.open(FILE)?,
            other => other?,
        };
        file.write_at(0, format.to_text().as_bytes())?;
        Ok(format.keep(disk)?)
    }

    fn keep(self, disk: &dyn Disk) -> io::Result<Format> {
        disk.open(FILE)?.sync_data()?;
        disk.sync_dir("")?;
        Ok(self)
    }

    /// Reads the file; `None` if there is none.
    pub fn read(disk: &dyn Disk) -> Result<Option<Format>, FormatError> {
        let file = match disk.open(FILE) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut bytes = vec![0; BYTES.min(file.len()? as usize)];
        file.read_exact_at(0, &mut bytes)?;
        let text = String::from_utf8(bytes).map_err(|_| FormatError::Damaged)?;
        Self::parse(&text).map(Some)
    }

    fn to_text(self) -> String {
        let Format { identity, segment_bytes } = self;
        let text =
            format!("millrace data\nformat {NEWEST}\nidentity {identity:016x}\nsegment {segment_bytes}\n");
        let crc = crc32c::crc32c(text.as_bytes());
        format!("{text}crc {crc:08x}\n")
    }

    fn parse(text: &str) -> Result<Format, FormatError> {
        let mut lines = text.lines();
        let mut field =
            |name: &str| lines.next().and_then(|line| line.strip_prefix(name)).ok_or(FormatError::Damaged);
        field("millrace data")?;
        let found: u32 = field("format ")?.parse().map_err(|_| FormatError::Damaged)?;
        // What follows is the newer version's own business.
        if found > NEWEST {
            return Err(FormatError::Newer { found, newest: NEWEST });
        }
        let identity = u64::from_str_radix(field("identity ")?, 16).map_err(|_| FormatError::Damaged)?;
        let segment_bytes: u64 = field("segment ")?.parse().map_err(|_| FormatError::Damaged)?;
        let format = Format { identity, segment_bytes };
        let sound = segment_bytes >= PAGE && segment_bytes.is_multiple_of(PAGE) && format.to_text() == text;
        if sound { Ok(format) } else { Err(FormatError::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let format = Format { identity: 0xabc, segment_bytes: 8192 };
        assert_eq!(Format::parse(&format.to_text()).unwrap(), format);
    }

    #[test]
    fn a_changed_letter_is_noticed() {
        let text = Format { identity: 0xabc, segment_bytes: 8192 }.to_text().replace("abc", "abd");
        assert!(matches!(Format::parse(&text), Err(FormatError::Damaged)));
    }

    #[test]
    fn a_newer_format_says_so_whatever_else_it_has() {
        let text = "millrace data\nformat 2\nnews\n";
        assert!(matches!(Format::parse(text), Err(FormatError::Newer { found: 2, newest: 1 })));
    }
}
