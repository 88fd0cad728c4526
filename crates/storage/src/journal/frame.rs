//! Frames: what one sync makes durable.
//!
//! ```text
//!      0        8       16       24       32    36    40    44    48       60    64
//!      | magic  |identity| place |position|count|body |crc  |flags|reserved|crc  | body … | zeros to 4 KiB
//!                                                      of body             of the 60 bytes before
//! ```
//! All numbers are little-endian. `identity` is the data directory's random number: no client knows it, so no payload can pass for a frame.
//! A frame starts on a 4 KiB boundary, so that a torn write never touches a frame that was acknowledged.
//!
//! The body is `count` commits, whose positions follow one another from `position`:
//! ```text
//!      length u32 | id u128 | sections: kind u8, length u32, bytes
//! ```
//! with sections in the order in which they take effect; [`Section`] lists them.

use bytes::{BufMut, Bytes, BytesMut};
use store::{BlobRef, Commit, LogChange, LogId, Seq};

use super::notes::{Notes, SmallBlob, Stretch};

/// Frames start at multiples of this: what a disk writes whole or not at all is never larger.
pub const PAGE: u64 = 4096;

/// Bytes of a frame's header.
pub const HEADER: usize = 64;

const MAGIC: u64 = u64::from_le_bytes(*b"MRJFRAM1");

/// What a frame says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Where the frame lies.
    pub place: u64,
    /// The position of its first commit.
    pub position: u64,
    /// How many commits it has.
    pub count: u32,
    /// Bytes of its body.
    pub body: u32,
    /// CRC32C of its body.
    pub body_crc: u32,
}

impl Header {
    /// The header's bytes.
    pub fn encode(&self, identity: u64) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        let mut out = &mut bytes[..];
        out.put_u64_le(MAGIC);
        out.put_u64_le(identity);
        out.put_u64_le(self.place);
        out.put_u64_le(self.position);
        out.put_u32_le(self.count);
        out.put_u32_le(self.body);
        out.put_u32_le(self.body_crc);
        let crc = crc32c::crc32c(&bytes[..HEADER - 4]);
        bytes[HEADER - 4..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads a header; `None` if these bytes are not one of this directory.
    pub fn decode(bytes: &[u8], identity: u64) -> Option<Self> {
        let bytes = bytes.get(..HEADER)?;
        let mut input = Input { bytes, at: 0 };
        if input.u64()? != MAGIC || input.u64()? != identity {
            return None;
        }
        let header = Self {
            place: input.u64()?,
            position: input.u64()?,
            count: input.u32()?,
            body: input.u32()?,
            body_crc: input.u32()?,
        };
        let stated = u32::from_le_bytes(*bytes.last_chunk()?);
        (crc32c::crc32c(&bytes[..HEADER - 4]) == stated).then_some(header)
    }

    /// Bytes the frame takes, padding included.
    pub fn span(&self) -> u64 {
        padded(HEADER + self.body as usize)
    }

    /// The position after its last commit.
    pub fn end(&self) -> u64 {
        self.position + u64::from(self.count)
    }
}

/// `bytes` rounded up to whole pages.
pub fn padded(bytes: usize) -> u64 {
    (bytes as u64).next_multiple_of(PAGE)
}

/// A frame under construction: room for the header, then commits.
pub struct Builder {
    bytes: BytesMut,
    position: u64,
    count: u32,
    open: usize,
    notes: Notes,
    /// Parts whose checksums are known, so that the frame's can be put together from theirs.
    summed: Vec<(std::ops::Range<usize>, u32)>,
}

/// A part so large is not read twice for its own checksum and the frame's. To put two together takes as long as to read about half as much.
const SUMMED_MIN: usize = 128 << 10;

/// Bytes summed at once: still near the processor, and enough for it to work on three parts of them at a time.
const SUMMED_AT_ONCE: usize = 32 << 10;

impl Builder {
    /// Starts a frame in a buffer that may have been used before.
    pub fn new(mut buffer: BytesMut, position: u64) -> Self {
        buffer.clear();
        buffer.put_bytes(0, HEADER);
        let (notes, summed) = (Notes::default(), Vec::new());
        Self { bytes: buffer, position, count: 0, open: 0, notes, summed }
    }

    /// How many commits it has.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Bytes so far, header included.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Makes room for a commit of so many bytes, so that the buffer grows once and not by doubling.
    pub fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve(bytes + PAGE as usize);
    }

    /// Gives the buffer back, without a frame.
    pub fn into_buffer(self) -> BytesMut {
        self.bytes
    }

    /// Starts a commit.
    pub fn begin(&mut self, id: u128) {
        self.open = self.bytes.len();
        self.bytes.put_u32_le(0);
        self.bytes.put_u128_le(id);
    }

    /// Ends the commit that was begun.
    pub fn end(&mut self) {
        let length = (self.bytes.len() - self.open - 4) as u32;
        self.bytes[self.open..self.open + 4].copy_from_slice(&length.to_le_bytes());
        self.count += 1;
    }

    fn section(&mut self, kind: u8, write: impl FnOnce(&mut BytesMut)) {
        let start = self.bytes.len();
        self.bytes.put_u8(kind);
        self.bytes.put_u32_le(0);
        write(&mut self.bytes);
        let length = (self.bytes.len() - start - SECTION_HEAD) as u32;
        self.bytes[start + 1..start + SECTION_HEAD].copy_from_slice(&length.to_le_bytes());
    }

    /// A section of rows.
    pub fn rows<'r>(&mut self, rows: impl Iterator<Item = (&'r [u8], Option<&'r [u8]>)>) {
        self.section(KIND_ROWS, |out| {
            for (key, value) in rows {
                out.put_u16_le(key.len() as u16);
                out.put_u32_le(value.map_or(DELETED, |value| value.len() as u32));
                out.put_slice(key);
                out.put_slice(value.unwrap_or_default());
            }
        });
    }

    /// A section of one log change.
    pub fn log(&mut self, change: &LogChange) {
        let (kind, log, seq) = match *change {
            LogChange::Create { log, first } => (0, log, first),
            LogChange::Seal(log) => (1, log, Seq(0)),
            LogChange::Horizon(log, seq) => (2, log, seq),
            LogChange::Delete(log) => (3, log, Seq(0)),
        };
        self.section(KIND_LOG, |out| {
            out.put_u8(kind);
            out.put_u128_le(log.0);
            out.put_u64_le(seq.0);
        });
    }

    /// A section of records of one log.
    pub fn append(&mut self, log: LogId, first: Seq, time_ms: i64, records: &[Bytes]) {
        let (mut start, mut crc) = (0, 0);
        self.section(KIND_APPEND, |out| {
            out.put_u128_le(log.0);
            out.put_u64_le(first.0);
            out.put_i64_le(time_ms);
            out.put_u32_le(records.len() as u32);
            start = out.len();
            for record in records {
                out.put_u32_le(record.len() as u32);
            }
            let mut summed = start;
            for record in records {
                out.put_slice(record);
                if out.len() - summed >= SUMMED_AT_ONCE {
                    crc = crc32c::crc32c_append(crc, &out[summed..]);
                    summed = out.len();
                }
            }
            crc = crc32c::crc32c_append(crc, &out[summed..]);
        });
        let (count, bytes) = (records.len() as u32, (self.bytes.len() - start) as u32);
        let at = start as u64;
        if count > 0 {
            self.notes.stretches.push(Stretch { log, first: first.0, count, time_ms, at, bytes, crc });
        }
        self.know_sum(start, crc);
    }

    /// A section of one small blob; returns where in the frame its bytes begin, and their CRC32C.
    pub fn blob(&mut self, blob: BlobRef, bytes: &[u8]) -> (usize, u32) {
        self.section(KIND_BLOB, |out| {
            out.put_u128_le(blob.0);
            out.put_slice(bytes);
        });
        let (at, crc) = (self.bytes.len() - bytes.len(), crc32c::crc32c(bytes));
        self.notes.blobs.push(SmallBlob { blob, at: at as u64, bytes: bytes.len() as u32, crc });
        (at, crc)
    }

    /// The checksum of all from `start` on is this.
    fn know_sum(&mut self, start: usize, crc: u32) {
        let end = self.bytes.len();
        if end - start >= SUMMED_MIN {
            self.summed.push((start..end, crc));
        }
    }

    /// The checksum of the body.
    fn body_crc(&self) -> u32 {
        let (mut at, mut crc) = (HEADER, 0);
        for (part, part_crc) in &self.summed {
            crc = crc32c::crc32c_append(crc, &self.bytes[at..part.start]);
            crc = crc32c::crc32c_combine(crc, *part_crc, part.len());
            at = part.end;
        }
        crc32c::crc32c_append(crc, &self.bytes[at..])
    }

    /// A section of one blob's count: how many references it has after the commit, and, when it is referenced for the first
    /// time, the size of the file that holds it.
    pub fn count_blob(&mut self, blob: BlobRef, references: u32, file: Option<u64>) {
        self.section(KIND_COUNT, |out| {
            out.put_u128_le(blob.0);
            out.put_u32_le(references);
            out.put_u64_le(file.unwrap_or(NO_FILE));
        });
    }

    /// Closes the frame for the place it will lie at. The notes' places count from the frame's beginning.
    pub fn finish(mut self, place: u64, identity: u64) -> (Header, BytesMut, Notes) {
        let body = self.bytes.len() - HEADER;
        let header = Header {
            place,
            position: self.position,
            count: self.count,
            body: body as u32,
            body_crc: self.body_crc(),
        };
        self.bytes[..HEADER].copy_from_slice(&header.encode(identity));
        let padding = header.span() as usize - self.bytes.len();
        self.bytes.put_bytes(0, padding);
        (header, self.bytes, self.notes)
    }
}

/// A bound on the bytes a commit takes in a frame.
pub fn size_of(commit: &Commit) -> usize {
    const COMMIT: usize = 4 + 16 + SECTION_HEAD;
    let rows: usize = commit
        .writes
        .iter()
        .map(|write| 6 + write.key.len() + write.value.as_ref().map_or(0, Bytes::len))
        .sum();
    let appends: usize = commit
        .appends
        .iter()
        .map(|append| SECTION_HEAD + 36 + append.records.iter().map(|record| 4 + record.len()).sum::<usize>())
        .sum();
    let blobs: usize = commit.new_blobs.iter().map(|new| SECTION_HEAD + 16 + new.bytes.len()).sum();
    COMMIT
        + rows
        + appends
        + blobs
        + commit.logs.len() * (SECTION_HEAD + 25)
        + commit.counts.len() * (SECTION_HEAD + 28)
}

const SECTION_HEAD: usize = 5;
const KIND_ROWS: u8 = 1;
const KIND_LOG: u8 = 2;
const KIND_APPEND: u8 = 3;
const KIND_BLOB: u8 = 4;
const KIND_COUNT: u8 = 5;
/// Length of a value that is not there.
const DELETED: u32 = u32::MAX;
/// Size of a file that is not there.
const NO_FILE: u64 = u64::MAX;

/// Why bytes with a good checksum could not be understood: a newer version wrote them, or a bug did.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("frame at place `{place}` does not parse")]
pub struct Unreadable {
    /// Where the frame lies.
    pub place: u64,
}

/// One commit of a frame.
pub struct Entry<'f> {
    /// Its position.
    pub position: u64,
    /// Its id.
    pub id: u128,
    sections: Input<'f>,
}

/// One part of a commit.
pub enum Section<'f> {
    /// Changes of rows: key, and value unless it is deleted.
    Rows(Rows<'f>),
    /// A change to a log.
    Log(LogChange),
    /// Records of a log.
    Append(Append<'f>),
    /// A small blob: its bytes lie in the frame at `at`.
    Blob {
        /// Its name.
        blob: BlobRef,
        /// Where in the frame its bytes begin.
        at: usize,
        /// The bytes.
        bytes: &'f [u8],
    },
    /// How many references a blob has now; and the size of its file, if this is the first.
    Count {
        /// Its name.
        blob: BlobRef,
        /// References after the commit.
        references: u32,
        /// Bytes of its file.
        file: Option<u64>,
    },
}

/// Records appended to one log by one commit.
#[derive(Clone, Copy)]
pub struct Append<'f> {
    /// The log.
    pub log: LogId,
    /// The first record's number.
    pub first: Seq,
    /// The records' time, in milliseconds.
    pub time_ms: i64,
    /// How many records there are.
    pub count: u32,
    lengths: &'f [u8],
    /// Where in the frame the first payload begins.
    at: usize,
}

impl Append<'_> {
    /// The ranges of the payloads in the frame, from the `skip`th record on.
    pub fn payloads(&self, skip: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
        let lengths = self
            .lengths
            .chunks_exact(4)
            .map(|bytes| u32::from_le_bytes(bytes.try_into().expect("chunks have four bytes")) as usize);
        let mut at = self.at;
        lengths
            .map(move |length| {
                let start = at;
                at += length;
                start..at
            })
            .skip(skip)
    }
}

/// The commits of a frame whose checksums hold.
pub fn entries<'f>(
    frame: &'f [u8],
    header: &Header,
) -> impl Iterator<Item = Result<Entry<'f>, Unreadable>> + use<'f> {
    let place = header.place;
    let end = (HEADER + header.body as usize).min(frame.len());
    let mut input = Input { bytes: &frame[..end], at: HEADER };
    let mut position = header.position;
    let last = header.end();
    std::iter::from_fn(move || {
        if position == last {
            return None;
        }
        let entry = entry(&mut input, position);
        position = if entry.is_some() { position + 1 } else { last };
        Some(entry.ok_or(Unreadable { place }))
    })
}

fn entry<'f>(input: &mut Input<'f>, position: u64) -> Option<Entry<'f>> {
    let length = input.u32()? as usize;
    let mut sections = input.part(length)?;
    let id = sections.u128()?;
    Some(Entry { position, id, sections })
}

impl<'f> Entry<'f> {
    /// Its sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = Option<Section<'f>>> + use<'f> {
        let mut input = self.sections.clone();
        std::iter::from_fn(move || {
            if input.is_empty() {
                return None;
            }
            let section = section(&mut input);
            if section.is_none() {
                input.at = input.bytes.len();
            }
            Some(section)
        })
    }
}

fn section<'f>(input: &mut Input<'f>) -> Option<Section<'f>> {
    let kind = input.u8()?;
    let length = input.u32()? as usize;
    let mut part = input.part(length)?;
    match kind {
        KIND_ROWS => Some(Section::Rows(Rows(part))),
        KIND_LOG => {
            let kind = part.u8()?;
            let log = LogId(part.u128()?);
            let seq = Seq(part.u64()?);
            Some(Section::Log(match kind {
                0 => LogChange::Create { log, first: seq },
                1 => LogChange::Seal(log),
                2 => LogChange::Horizon(log, seq),
                3 => LogChange::Delete(log),
                _ => return None,
            }))
        }
        KIND_APPEND => {
            let log = LogId(part.u128()?);
            let first = Seq(part.u64()?);
            let time_ms = part.u64()? as i64;
            let count = part.u32()?;
            let lengths = part.take((count as usize).checked_mul(4)?)?;
            let total = lengths
                .chunks_exact(4)
                .map(|bytes| u64::from(u32::from_le_bytes(bytes.try_into().expect("chunks have four bytes"))))
                .sum::<u64>();
            let rest = (part.bytes.len() - part.at) as u64;
            (total == rest).then_some(Section::Append(Append {
                log,
                first,
                time_ms,
                count,
                lengths,
                at: part.at,
            }))
        }
        KIND_BLOB => {
            let blob = BlobRef(part.u128()?);
            Some(Section::Blob { blob, at: part.at, bytes: &part.bytes[part.at..] })
        }
        KIND_COUNT => {
            let blob = BlobRef(part.u128()?);
            let references = part.u32()?;
            let file = part.u64()?;
            Some(Section::Count { blob, references, file: (file != NO_FILE).then_some(file) })
        }
        _ => None,
    }
}

/// The rows of a section.
pub struct Rows<'f>(Input<'f>);

impl<'f> Iterator for Rows<'f> {
    type Item = Option<(&'f [u8], Option<&'f [u8]>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let row = self.row();
        if row.is_none() {
            self.0.at = self.0.bytes.len();
        }
        Some(row)
    }
}

impl<'f> Rows<'f> {
    fn row(&mut self) -> Option<(&'f [u8], Option<&'f [u8]>)> {
        let key = self.0.u16()? as usize;
        let value = self.0.u32()?;
        let key = self.0.take(key)?;
        let value = if value == DELETED { None } else { Some(self.0.take(value as usize)?) };
        Some((key, value))
    }
}

/// The frame's bytes up to where the part being read ends, and how far reading is.
#[derive(Clone)]
struct Input<'f> {
    bytes: &'f [u8],
    at: usize,
}

impl<'f> Input<'f> {
    fn is_empty(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn take(&mut self, count: usize) -> Option<&'f [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn part(&mut self, count: usize) -> Option<Input<'f>> {
        let start = self.at;
        self.take(count)?;
        Some(Input { bytes: &self.bytes[..self.at], at: start })
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn u128(&mut self) -> Option<u128> {
        self.array().map(u128::from_le_bytes)
    }
}

#[cfg(test)]
mod tests;
