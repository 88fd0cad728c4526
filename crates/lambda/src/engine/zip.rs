//! ZIP archives, as far as code comes in them: files and folders, stored or deflated.
//!
//! ```text
//! local header, data │ local header, data │ … │ directory: an entry each, with sizes and place │ end: where the directory is
//! ```
//! The directory at the end counts; of local headers only their length is of interest. Names are paths with `/`; a `\` is a letter like any other;
//! `..` and absolute paths are refused, links too that lead out of the archive. Modes are kept, so that a `bootstrap` stays executable. What is
//! unpacked is bounded by what the directory says, and checked against its checksum.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Component, Path, PathBuf};

/// Files and folders of one archive.
const ENTRIES_MAX: usize = 100_000;

const END: u32 = 0x0605_4b50;
const END_BYTES: usize = 22;
const ENTRY: u32 = 0x0201_4b50;
const ENTRY_BYTES: usize = 46;
const LOCAL: u32 = 0x0403_4b50;
const LOCAL_BYTES: usize = 30;
/// A comment behind the end has two bytes of length.
const COMMENT_BYTES_MAX: usize = 65_535;

/// It is not an archive, or not one that is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a sound archive: {0}")]
pub struct Malformed(pub &'static str);

/// Why an archive was not unpacked.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// The archive is to blame.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The disk is.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// An archive whose directory has been read.
#[derive(Debug)]
pub struct Archive<'b> {
    bytes: &'b [u8],
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    path: PathBuf,
    kind: Kind,
    mode: u32,
    method: u16,
    crc: u32,
    packed: usize,
    unpacked: u64,
    offset: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    File,
    Folder,
    Link,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

const CUT: Malformed = Malformed("it is cut off");

impl<'b> Archive<'b> {
    /// Reads the directory.
    pub fn read(bytes: &'b [u8]) -> Result<Self, Malformed> {
        let from = bytes.len().saturating_sub(END_BYTES + COMMENT_BYTES_MAX);
        let last = bytes.len().checked_sub(END_BYTES).ok_or(CUT)?;
        let end = (from..=last).rev().find(|at| u32_at(bytes, *at) == Some(END));
        let end = end.ok_or(Malformed("it has no end record"))?;
        let count = usize::from(u16_at(bytes, end + 10).ok_or(CUT)?);
        let size = u32_at(bytes, end + 12).ok_or(CUT)? as usize;
        // What stands before the archive (a program that unpacks itself) moves all its offsets.
        let start = end.checked_sub(size).ok_or(CUT)?;
        let written = u32_at(bytes, end + 16).ok_or(CUT)? as usize;
        let shift = start.checked_sub(written).ok_or(Malformed("its directory lies elsewhere"))?;
        if count == 0xffff || count > ENTRIES_MAX {
            return Err(Malformed("it has too many entries"));
        }
        let mut entries = Vec::with_capacity(count.min(1_024));
        let mut at = start;
        for _ in 0..count {
            let (entry, next) = Entry::read(bytes, at, shift)?;
            at = next;
            entries.push(entry);
        }
        Ok(Self { bytes, entries })
    }

    /// Bytes of all files.
    pub fn unpacked_bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.unpacked).fold(0, u64::saturating_add)
    }

    /// How many files it has.
    pub fn files(&self) -> usize {
        self.entries.iter().filter(|entry| entry.kind == Kind::File).count()
    }

    /// Writes everything into a folder. What is there already is written over: layers lie over each other.
    pub fn unpack(&self, into: &Path) -> Result<(), UnpackError> {
        for entry in &self.entries {
            let at = into.join(&entry.path);
            if entry.kind == Kind::Folder {
                fs::create_dir_all(&at)?;
                continue;
            }
            if let Some(folder) = at.parent() {
                fs::create_dir_all(folder)?;
            }
            // Also of a link, which must not be written through.
            if at.symlink_metadata().is_ok() {
                fs::remove_file(&at)?;
            }
            match entry.kind {
                Kind::File => self.unpack_file(entry, &at)?,
                Kind::Link => self.unpack_link(entry, &at)?,
                Kind::Folder => {}
            }
        }
        Ok(())
    }

    fn unpack_file(&self, entry: &Entry, at: &Path) -> Result<(), UnpackError> {
        // Readable for the function's user, whoever that is; executable as it was.
        let mode = 0o644 | (entry.mode & 0o111);
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(at)?;
        self.copy(entry, &mut file)?;
        Ok(fs::set_permissions(at, fs::Permissions::from_mode(mode))?)
    }

    fn unpack_link(&self, entry: &Entry, at: &Path) -> Result<(), UnpackError> {
        let mut target = Vec::new();
        self.copy(entry, &mut target)?;
        let target = String::from_utf8(target).map_err(|_| Malformed("a link leads nowhere"))?;
        let depth = entry.path.components().count().saturating_sub(1);
        if !stays_within(Path::new(&target), depth) {
            return Err(Malformed("a link leads out of it").into());
        }
        Ok(std::os::unix::fs::symlink(target, at)?)
    }

    fn copy(&self, entry: &Entry, into: &mut impl Write) -> Result<(), UnpackError> {
        let data = self.data(entry)?;
        let mut reader: Box<dyn Read> = match entry.method {
            0 => Box::new(data),
            8 => Box::new(flate2::read::DeflateDecoder::new(data)),
            _ => return Err(Malformed("it is compressed in a way that is not known").into()),
        };
        let mut piece = [0; 64 << 10];
        let mut crc = flate2::Crc::new();
        let mut left = entry.unpacked;
        loop {
            let count = reader.read(&mut piece).map_err(|_| Malformed("its data does not unpack"))?;
            if count == 0 {
                break;
            }
            left = left.checked_sub(count as u64).ok_or(Malformed("a file is longer than it says"))?;
            crc.update(&piece[..count]);
            into.write_all(&piece[..count])?;
        }
        if left > 0 || crc.sum() != entry.crc {
            return Err(Malformed("a file's checksum is wrong").into());
        }
        Ok(())
    }

    fn data(&self, entry: &Entry) -> Result<&'b [u8], Malformed> {
        let at = entry.offset;
        if u32_at(self.bytes, at) != Some(LOCAL) {
            return Err(Malformed("a file is not where it should be"));
        }
        let name = usize::from(u16_at(self.bytes, at + 26).ok_or(CUT)?);
        let extra = usize::from(u16_at(self.bytes, at + 28).ok_or(CUT)?);
        let start = at + LOCAL_BYTES + name + extra;
        self.bytes.get(start..start.saturating_add(entry.packed)).ok_or(CUT)
    }
}

impl Entry {
    fn read(bytes: &[u8], at: usize, shift: usize) -> Result<(Self, usize), Malformed> {
        if u32_at(bytes, at) != Some(ENTRY) {
            return Err(Malformed("its directory is damaged"));
        }
        let u16_of = |offset: usize| u16_at(bytes, at + offset).ok_or(CUT);
        let u32_of = |offset: usize| u32_at(bytes, at + offset).ok_or(CUT);
        let (made_by, flags, method) = (u16_of(4)?, u16_of(8)?, u16_of(10)?);
        let (crc, packed, unpacked) = (u32_of(16)?, u32_of(20)?, u32_of(24)?);
        let (name, extra, comment) = (u16_of(28)?, u16_of(30)?, u16_of(32)?);
        let (attributes, offset) = (u32_of(38)?, u32_of(42)?);
        if flags & 1 != 0 {
            return Err(Malformed("it is encrypted"));
        }
        if packed == u32::MAX || unpacked == u32::MAX || offset == u32::MAX {
            return Err(Malformed("it is larger than code may be"));
        }
        let start = at + ENTRY_BYTES;
        let raw = bytes.get(start..start + usize::from(name)).ok_or(CUT)?;
        let name_text = std::str::from_utf8(raw).map_err(|_| Malformed("a name is not UTF-8"))?;
        let path = safe_path(name_text)?;
        // Unix says the kind in the mode; others only by the slash at the end of a folder's name.
        let mode = if made_by >> 8 == 3 { attributes >> 16 } else { 0o644 };
        let kind = match mode & 0o170_000 {
            _ if name_text.ends_with('/') => Kind::Folder,
            0o120_000 => Kind::Link,
            0o040_000 => Kind::Folder,
            _ => Kind::File,
        };
        let unpacked = if kind == Kind::Folder { 0 } else { u64::from(unpacked) };
        let offset = (offset as usize).saturating_add(shift);
        let entry = Self { path, kind, mode, method, crc, packed: packed as usize, unpacked, offset };
        Ok((entry, start + usize::from(name) + usize::from(extra) + usize::from(comment)))
    }
}

fn safe_path(name: &str) -> Result<PathBuf, Malformed> {
    let path = Path::new(name);
    let mut safe = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => safe.push(part),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                return Err(Malformed("a name leads out of it"));
            }
        }
    }
    if name.contains('\0') {
        return Err(Malformed("a name holds a zero byte"));
    }
    Ok(safe)
}

/// Whether a relative path from a folder this deep never goes above the root.
fn stays_within(path: &Path, depth: usize) -> bool {
    let mut depth = depth;
    for component in path.components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return false,
        }
    }
    true
}

/// Writes an archive of stored files: for tests, here and beyond.
#[doc(hidden)]
pub fn archive_of(files: &[(&str, &[u8], u32)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data, mode) in files {
        let offset = u32::try_from(out.len()).expect("tests are small");
        let size = u32::try_from(data.len()).expect("tests are small");
        let name_bytes = u16::try_from(name.len()).expect("tests are small").to_le_bytes();
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let sums = [crc.sum().to_le_bytes(), size.to_le_bytes(), size.to_le_bytes()].concat();
        out.extend_from_slice(&LOCAL.to_le_bytes());
        out.extend_from_slice(&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        out.extend_from_slice(&sums);
        out.extend_from_slice(&name_bytes);
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(data);
        directory.extend_from_slice(&ENTRY.to_le_bytes());
        directory.extend_from_slice(&[20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        directory.extend_from_slice(&sums);
        directory.extend_from_slice(&name_bytes);
        directory.extend_from_slice(&[0; 8]);
        directory.extend_from_slice(&(mode << 16).to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, size) = (out.len(), directory.len());
    out.extend_from_slice(&directory);
    out.extend_from_slice(&END.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    let count = u16::try_from(files.len()).expect("tests are small").to_le_bytes();
    out.extend_from_slice(&[count, count].concat());
    for number in [size, start] {
        out.extend_from_slice(&u32::try_from(number).expect("tests are small").to_le_bytes());
    }
    out.extend_from_slice(&[0, 0]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn files_come_out_with_their_modes() {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive_of(&[
            ("bootstrap", b"#!/bin/sh", 0o100_755),
            ("a/b.py", b"x = 1", 0o100_600),
            ("c/", b"", 0),
        ]);
        Archive::read(&archive).unwrap().unpack(folder.path()).unwrap();
        let mode = |name: &str| folder.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("bootstrap"), mode("a/b.py")), (0o755, 0o644));
        assert!(folder.path().join("c").is_dir());
    }

    #[test]
    fn what_leads_out_is_refused() {
        for name in ["../x", "/x", "a/../../x"] {
            assert!(Archive::read(&archive_of(&[(name, b"", 0)])).is_err(), "{name}");
        }
        let folder = tempfile::tempdir().unwrap();
        for target in [&b"/etc/passwd"[..], b"../../x", b"a/../../../x"] {
            let archive = archive_of(&[("d/link", target, 0o120_777)]);
            assert!(Archive::read(&archive).unwrap().unpack(folder.path()).is_err());
        }
        let archive = archive_of(&[("d/link", b"../x", 0o120_777)]);
        Archive::read(&archive).unwrap().unpack(folder.path()).unwrap();
    }

    #[test]
    fn a_file_is_never_written_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let archive =
            archive_of(&[("a", b"b", 0o120_777), ("b", b"kept", 0o100_644), ("a", b"new", 0o100_644)]);
        Archive::read(&archive).unwrap().unpack(folder.path()).unwrap();
        assert_eq!(fs::read(folder.path().join("b")).unwrap(), b"kept");
    }

    #[test]
    fn damage_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = archive_of(&[("a", b"abcdef", 0o100_644)]);
        let at = archive.windows(6).position(|six| six == b"abcdef").unwrap();
        archive[at] = b'X';
        assert!(Archive::read(&archive).unwrap().unpack(folder.path()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..200) {
            let _ = Archive::read(&bytes);
            let mut archive = archive_of(&[("a", b"abc", 0o100_644), ("b/c", b"d", 0o100_644)]);
            let at = cut % archive.len();
            archive[at] = bytes.first().copied().unwrap_or(0);
            if let Ok(read) = Archive::read(&archive) {
                let folder = tempfile::tempdir().unwrap();
                let _ = read.unpack(folder.path());
            }
        }
    }
}
