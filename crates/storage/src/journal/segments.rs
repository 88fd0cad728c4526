//! The journal's files.
//!
//! A segment is a file `journal/<name>` of one fixed size, filled with zeros before it is used, so that a sync changes no metadata. When
//! all it held lies in the index, the archive or a pack it becomes a *spare*, and a later segment is written over it in place. Which segment a
//! file holds is what the first frame in it says; a file that was never used says so itself ([`spare_page`]), so that a start need not look
//! for frames in it. A frame larger than a segment gets a file of its own that spans several numbers and is removed instead of reused.
//!
//! A new file is filled in steps, and written only where it is filled: see [`Segments::fill`]. The first start therefore does not wait for
//! the whole.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::{Bytes, BytesMut};

use super::frame::{HEADER, Header, PAGE};
use crate::disk::{Disk, DiskFile};

/// The directory of the segments.
pub const DIR: &str = "journal";

/// Bytes of zeros written at a time. The first step is what a start from nothing waits for.
const FILL_STEP: u64 = 4 << 20;
const FILL_FIRST: u64 = 1 << 20;

/// Bytes read at a time when looking for frames.
const SCAN_STEP: u64 = 1 << 20;

/// Spares kept while nothing is written; more are removed, so that the space is there for other things.
const SPARES: usize = 3;

/// A spare is made once so much of the segment being written is used: a directory in which little is written does without.
const SPARE_AFTER: u64 = 1 << 20;

/// A file of the journal.
pub struct SegmentFile {
    name: u64,
    file: Arc<dyn DiskFile>,
    /// Bytes filled so far; the owner of `filling` alone raises it.
    filled: AtomicU64,
    filling: Mutex<()>,
    /// The system may hold bytes of it in memory, as they were written in an earlier life.
    cached: AtomicBool,
}

impl SegmentFile {
    fn new(name: u64, file: Arc<dyn DiskFile>, filled: u64, cached: bool) -> Arc<Self> {
        let (filled, cached) = (AtomicU64::new(filled), AtomicBool::new(cached));
        Arc::new(Self { name, file, filled, filling: Mutex::new(()), cached })
    }
}

/// A segment and the file that holds it.
#[derive(Clone)]
pub struct Segment {
    /// Its number: its first place divided by the segment size.
    pub number: u64,
    /// How many numbers it spans; 1 unless it holds one huge frame.
    pub span: u64,
    file: Arc<SegmentFile>,
}

impl Segment {
    /// Its bytes.
    pub fn file(&self) -> &dyn DiskFile {
        &*self.file.file
    }

    /// The number after it.
    pub fn end(&self) -> u64 {
        self.number + self.span
    }
}

/// All files of the journal.
pub struct Segments {
    disk: Arc<dyn Disk>,
    bytes: u64,
    identity: u64,
    files: Mutex<Files>,
}

#[derive(Default)]
struct Files {
    /// By number. The last is the one being written.
    live: BTreeMap<u64, Segment>,
    spare: Vec<Arc<SegmentFile>>,
    /// Names of files that cannot be used again.
    surplus: Vec<u64>,
    next_name: u64,
}

impl Segments {
    /// Finds the files there are. Which of them are live is known only after replay: see [`Segments::keep`].
    pub fn open(disk: Arc<dyn Disk>, bytes: u64, identity: u64) -> io::Result<Self> {
        assert!(bytes >= PAGE && bytes.is_multiple_of(PAGE), "a segment is whole pages");
        disk.create_dir_all(DIR)?;
        // A process that was killed may have made a file, and not yet its name durable.
        disk.sync_dir(DIR)?;
        let mut files = Files::default();
        for name in disk.list(DIR)? {
            let Some(name) = parse_name(&name) else { continue };
            let file = disk.open(&path(name))?;
            let length = file.len()?;
            files.next_name = files.next_name.max(name + 1);
            let mut head = [0; HEADER];
            let is_whole = read_whole(&*file, 0, &mut head)?;
            let first = is_whole.then(|| Header::decode(&head, identity)).flatten();
            let number = match first {
                Some(header) => Some(header.place / bytes),
                None if is_spare(&head, identity, name) => None,
                None => number_within(&*file, length, bytes, identity)?,
            };
            let file = SegmentFile::new(name, file, length / PAGE * PAGE, true);
            match number {
                // Two files of one number: the frame that was torn, and the one that took its place. Neither is lost: replay
                // reads the longer history first.
                Some(number) if !files.live.contains_key(&number) => {
                    let span = length.div_ceil(bytes).max(1);
                    files.live.insert(number, Segment { number, span, file });
                }
                Some(_) | None => files.spare.push(file),
            }
        }
        Ok(Self { disk, bytes, identity, files: Mutex::new(files) })
    }

    /// Bytes of a segment.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The data directory's random number, which every frame carries.
    pub fn identity(&self) -> u64 {
        self.identity
    }

    /// The segment a place lies in, and where in it.
    pub fn at(&self, place: u64) -> Option<(Segment, u64)> {
        let number = place / self.bytes;
        let files = self.lock();
        let (_, segment) = files.live.range(..=number).next_back()?;
        (number < segment.end()).then(|| (segment.clone(), place - segment.number * self.bytes))
    }

    /// The first segment with this number or a higher one.
    pub fn next_from(&self, number: u64) -> Option<Segment> {
        self.lock().live.range(number..).next().map(|(_, segment)| segment.clone())
    }

    /// The first frame of the first segment from `number` on that begins with a whole one. A segment in which nothing could be synced may
    /// lie between.
    pub fn first_frame_from(&self, number: u64) -> io::Result<Option<(Header, Bytes)>> {
        let mut next = number;
        while let Some(segment) = self.next_from(next) {
            let found = self.read_frame_in(&segment, segment.number * self.bytes)?;
            if found.is_some() {
                return Ok(found);
            }
            next = segment.end();
        }
        Ok(None)
    }

    /// All segments, lowest number first.
    pub fn live(&self) -> Vec<Segment> {
        self.lock().live.values().cloned().collect()
    }

    /// How many files are in use and how many lie ready.
    pub fn counts(&self) -> (usize, usize) {
        let files = self.lock();
        (files.live.len(), files.spare.len())
    }

    /// The header at a place, whatever follows it; `None` if none lies there that says so.
    pub fn header_at(&self, place: u64) -> io::Result<Option<Header>> {
        let Some((segment, offset)) = self.at(place) else { return Ok(None) };
        let mut head = [0; HEADER];
        if !read_whole(segment.file(), offset, &mut head)? {
            return Ok(None);
        }
        Ok(Header::decode(&head, self.identity).filter(|header| header.place == place))
    }

    /// Reads and checks the frame at a place; `None` if there is none, or not that one.
    pub fn read_frame(&self, place: u64) -> io::Result<Option<(Header, Bytes)>> {
        match self.at(place) {
            Some((segment, _)) => self.read_frame_in(&segment, place),
            None => Ok(None),
        }
    }

    /// As [`Segments::read_frame`], in a segment that is known.
    pub fn read_frame_in(&self, segment: &Segment, place: u64) -> io::Result<Option<(Header, Bytes)>> {
        let offset = place - segment.number * self.bytes;
        let room = (segment.span * self.bytes).saturating_sub(offset);
        if room < PAGE {
            return Ok(None);
        }
        let mut bytes = BytesMut::zeroed(PAGE as usize);
        if !read_whole(segment.file(), offset, &mut bytes)? {
            return Ok(None);
        }
        let Some(header) = Header::decode(&bytes, self.identity) else { return Ok(None) };
        if header.place != place || header.span() > room {
            return Ok(None);
        }
        bytes.resize(header.span() as usize, 0);
        let rest = &mut bytes[PAGE as usize..];
        if !rest.is_empty() && !read_whole(segment.file(), offset + PAGE, rest)? {
            return Ok(None);
        }
        let body = &bytes[HEADER..HEADER + header.body as usize];
        Ok((crc32c::crc32c(body) == header.body_crc).then(|| (header, bytes.freeze())))
    }

    /// Looks for frames of a segment from `place` on, and returns the first that `wanted` wants and whose checksums hold.
    pub fn find_from(
        &self,
        segment: &Segment,
        place: u64,
        wanted: impl Fn(&Header) -> bool,
    ) -> io::Result<Option<Header>> {
        let first = segment.number * self.bytes;
        let length = segment.file().len()?.min(segment.span * self.bytes);
        let mut found = None;
        each_header(segment.file(), place - first, length, self.identity, |offset, header| {
            let is_wanted = header.place == first + offset && wanted(&header);
            if is_wanted && self.read_frame_in(segment, header.place)?.is_some() {
                found = Some(header);
            }
            Ok(found.is_none())
        })?;
        Ok(found)
    }

    /// Takes a file for the segment `number`, with room for a frame of `need` bytes. `StorageFull` if there is no space for one.
    pub fn take(&self, number: u64, need: u64) -> io::Result<Segment> {
        let spare = if need <= self.bytes { self.lock().spare.pop() } else { None };
        let file = match spare {
            Some(file) => file,
            None => self.create(need)?,
        };
        let span = need.div_ceil(self.bytes).max(1);
        let segment = Segment { number, span, file };
        self.lock().live.insert(number, segment.clone());
        Ok(segment)
    }

    fn create(&self, need: u64) -> io::Result<Arc<SegmentFile>> {
        let name = {
            let mut files = self.lock();
            files.next_name += 1;
            files.next_name - 1
        };
        let path = path(name);
        let file = self.disk.create_new(&path)?;
        let first = if need <= self.bytes { FILL_FIRST.min(self.bytes) } else { need };
        let filled = file
            .write_at(0, &spare_page(self.identity, name))
            .and_then(|()| file.allocate_zeroed(first))
            .and_then(|()| self.disk.sync_dir(DIR));
        if let Err(error) = filled {
            // Best effort: what cannot be used should at least not take space.
            let _ = self.disk.remove(&path);
            return Err(error);
        }
        Ok(SegmentFile::new(name, file, first, false))
    }

    /// Sees to it that the first `upto` bytes of a segment may be written.
    pub fn fill(&self, segment: &Segment, upto: u64) -> io::Result<()> {
        self.fill_file(&segment.file, upto, self.bytes * segment.span)
    }

    fn fill_file(&self, file: &SegmentFile, upto: u64, whole: u64) -> io::Result<()> {
        if file.filled.load(Ordering::Acquire) >= upto {
            return Ok(());
        }
        let _filling = file.filling.lock().expect("filling does not panic");
        let filled = file.filled.load(Ordering::Acquire);
        if filled < upto {
            let step = upto.max(filled + FILL_STEP).min(whole);
            file.file.allocate_zeroed(step)?;
            file.filled.store(step, Ordering::Release);
        }
        Ok(())
    }

    /// Fills the segment being written one step further, then makes a spare for the next, and fills it; false when there is nothing left to
    /// do. `used` is how far the segment is written: the spare is made early, since a writer that is faster than the filling waits for it
    /// and the disk has twice as much to write then.
    pub fn prepare(&self, used: u64) -> io::Result<bool> {
        let (current, spare) = {
            let files = self.lock();
            (files.live.values().next_back().cloned(), files.spare.clone())
        };
        let Some(current) = current else { return Ok(false) };
        for file in std::iter::once(&current.file).chain(&spare) {
            let filled = file.filled.load(Ordering::Acquire);
            if filled < self.bytes {
                self.fill_file(file, filled + 1, self.bytes)?;
                return Ok(true);
            }
        }
        if let Some(spare) = spare.iter().find(|spare| spare.cached.swap(false, Ordering::AcqRel)) {
            spare.file.forget_cached();
            return Ok(true);
        }
        if !spare.is_empty() || used < SPARE_AFTER.min(self.bytes / 4) {
            return Ok(false);
        }
        let file = self.create(self.bytes)?;
        self.lock().spare.push(file);
        Ok(true)
    }

    /// Whether the segment being written and one that follows it are filled to their ends.
    pub fn are_ready(&self) -> bool {
        let files = self.lock();
        let is_filled = |file: &SegmentFile| file.filled.load(Ordering::Acquire) >= self.bytes;
        let current = files.live.values().next_back();
        current.is_some_and(|segment| is_filled(&segment.file))
            && files.spare.iter().any(|file| is_filled(file))
    }

    /// Gives back the segments wholly below `number`: their bytes are needed no more. Returns how many.
    pub fn recycle_below(&self, number: u64) -> usize {
        let mut files = self.lock();
        let mut count = 0;
        while let Some(first) = files.live.first_entry() {
            if first.get().end() > number {
                break;
            }
            let segment = first.remove();
            count += 1;
            if segment.span == 1 {
                segment.file.cached.store(true, Ordering::Release);
                files.spare.insert(0, segment.file);
            } else {
                files.surplus.push(segment.file.name);
            }
        }
        count
    }

    /// Removes files that cannot be used again, and, when `quiet`, spares that are more than are kept while nothing is written. Beside the
    /// journal's thread: removing a large file takes its time.
    pub fn trim(&self, quiet: bool) -> io::Result<()> {
        let names = {
            let mut files = self.lock();
            let mut names = std::mem::take(&mut files.surplus);
            if quiet && files.spare.len() > SPARES {
                // The oldest of them were given back last.
                let keep_from = files.spare.len() - SPARES;
                names.extend(files.spare.drain(..keep_from).map(|spare| spare.name));
            }
            names
        };
        for name in &names {
            self.disk.remove(&path(*name))?;
        }
        if names.is_empty() { Ok(()) } else { self.disk.sync_dir(DIR) }
    }

    /// After replay: segments above `last` hold only a torn frame. Their first page is replaced, so that they never claim a number again, and
    /// they become spares.
    pub fn wipe_above(&self, last: Option<u64>) -> io::Result<()> {
        let torn: Vec<Segment> = {
            let mut files = self.lock();
            let above: Vec<u64> =
                files.live.keys().copied().filter(|number| last.is_none_or(|last| *number > last)).collect();
            above.iter().filter_map(|number| files.live.remove(number)).collect()
        };
        for segment in torn {
            segment.file().write_at(0, &spare_page(self.identity, segment.file.name))?;
            segment.file().sync_data()?;
            if segment.span == 1 {
                self.lock().spare.push(segment.file);
            } else {
                self.disk.remove(&path(segment.file.name))?;
                self.disk.sync_dir(DIR)?;
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Files> {
        self.files.lock().expect("nothing panics while the list of files is held")
    }
}

const SPARE_MAGIC: u64 = u64::from_le_bytes(*b"MRSPARE1");

/// The first page of a file that holds no frame: without it a start would look through all of the file for one.
fn spare_page(identity: u64, name: u64) -> [u8; PAGE as usize] {
    let mut page = [0; PAGE as usize];
    page[..SPARE_HEAD].copy_from_slice(&spare_head(identity, name));
    page
}

const SPARE_HEAD: usize = 28;

fn spare_head(identity: u64, name: u64) -> [u8; SPARE_HEAD] {
    let mut head = [0; SPARE_HEAD];
    head[..8].copy_from_slice(&SPARE_MAGIC.to_le_bytes());
    head[8..16].copy_from_slice(&identity.to_le_bytes());
    head[16..24].copy_from_slice(&name.to_le_bytes());
    let crc = crc32c::crc32c(&head[..24]);
    head[24..].copy_from_slice(&crc.to_le_bytes());
    head
}

fn is_spare(head: &[u8], identity: u64, name: u64) -> bool {
    head.starts_with(&spare_head(identity, name))
}

/// The number of a segment whose first frame is damaged, from the latest of the frames behind it.
fn number_within(file: &dyn DiskFile, length: u64, bytes: u64, identity: u64) -> io::Result<Option<u64>> {
    let mut latest = None;
    each_header(file, 0, length, identity, |offset, header| {
        if header.place % bytes == offset {
            latest = latest.max(Some(header.place / bytes));
        }
        Ok(true)
    })?;
    Ok(latest)
}

/// Shows all headers on page boundaries to `visit`, with their offsets, until it returns false.
fn each_header(
    file: &dyn DiskFile,
    from: u64,
    length: u64,
    identity: u64,
    mut visit: impl FnMut(u64, Header) -> io::Result<bool>,
) -> io::Result<()> {
    let mut buffer = vec![0; SCAN_STEP as usize];
    let mut offset = from;
    while offset + PAGE <= length {
        let step = SCAN_STEP.min(length - offset) / PAGE * PAGE;
        let bytes = &mut buffer[..step as usize];
        file.read_exact_at(offset, bytes)?;
        for (index, page) in bytes.chunks_exact(PAGE as usize).enumerate() {
            if let Some(header) = Header::decode(page, identity)
                && !visit(offset + index as u64 * PAGE, header)?
            {
                return Ok(());
            }
        }
        offset += step;
    }
    Ok(())
}

/// Reads all of `bytes`, or false if the file ends before.
fn read_whole(file: &dyn DiskFile, offset: u64, bytes: &mut [u8]) -> io::Result<bool> {
    match file.read_exact_at(offset, bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn path(name: u64) -> String {
    format!("{DIR}/{name:08}")
}

fn parse_name(name: &str) -> Option<u64> {
    (name.len() == 8).then(|| name.parse().ok()).flatten()
}
