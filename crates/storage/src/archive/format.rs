//! The bytes of an archive file. All numbers are little-endian.
//!
//! ```text
//! file     | header | run | run | … | footer |
//!
//! header   0        8         16        28  32
//!          | magic  | file id |  zero   |crc |
//!
//! run      | block | block | … | index |         blocks of about 64 KiB, whole records each
//! block    | time i64, length u32, payload | …   times in milliseconds; the first record's number is in the index
//!
//! index    one entry a block:
//!          | offset in the run u32 | length u32 | first number u64 | first time i64 | crc u32 |
//!          then 64 bytes:
//!          | log u128 | first u64 | end u64 | first time i64 | last time i64 | blocks u32 | zero u32 | magic u32 | crc u32 |
//!
//! footer   one entry a run:
//!          | log u128 | first u64 | end u64 | first time i64 | last time i64 | offset u64 | bytes u64 |
//!          then 16 bytes:
//!          | runs u32 | zero u32 | magic u32 | crc u32 |
//! ```
//! A block's `crc` is CRC32C over the log, the first number and the block; an index's and the footer's is over all of it before the `crc`. A
//! run's row names its first byte and its size, so a read needs the end of the run and the blocks it wants, and nothing of the footer, which
//! is there so that a file can be understood without any row.

use bytes::{Buf, BufMut};
use store::{LogId, Seq};

/// Payload that closes a block.
pub const BLOCK: usize = 64 << 10;
/// Bytes of a file's header.
pub const HEADER: usize = 32;
/// Bytes before a record's payload.
pub const RECORD_HEAD: usize = 12;
/// Bytes of an index entry.
pub const INDEX_ENTRY: usize = 28;
/// Bytes that end an index.
pub const INDEX_TAIL: usize = 64;
/// Bytes of a footer entry.
pub const FOOTER_ENTRY: usize = 64;
/// Bytes that end the footer.
pub const FOOTER_TAIL: usize = 16;

const FILE_MAGIC: u64 = u64::from_le_bytes(*b"MRARCH01");
const RUN_MAGIC: u32 = u32::from_le_bytes(*b"MRUN");
const FOOTER_MAGIC: u32 = u32::from_le_bytes(*b"MEND");

/// What is wrong with stored bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Flaw(pub &'static str);

/// Which records a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Their log.
    pub log: LogId,
    /// The first one's number.
    pub first: Seq,
    /// The number after the last one's.
    pub end: Seq,
    /// The first one's time in milliseconds.
    pub first_ms: i64,
    /// The last one's time in milliseconds.
    pub last_ms: i64,
}

/// One block of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockEntry {
    /// Where in the run it begins.
    pub offset: u32,
    /// Its bytes.
    pub length: u32,
    /// The first record's number.
    pub first: Seq,
    /// The first record's time in milliseconds.
    pub first_ms: i64,
    /// Its checksum.
    pub crc: u32,
}

/// A run's index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Which records the run has.
    pub extent: Extent,
    /// Its blocks, in order.
    pub blocks: Vec<BlockEntry>,
}

/// Where a run lies and what it has, as the footer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FooterEntry {
    /// Which records it has.
    pub extent: Extent,
    /// Where in the file it begins.
    pub offset: u64,
    /// Its bytes, index included.
    pub bytes: u64,
}

/// A file's header.
pub fn header(file: u64) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    let mut out = &mut header[..];
    out.put_u64_le(FILE_MAGIC);
    out.put_u64_le(file);
    let crc = crc32c::crc32c(&header[..HEADER - 4]);
    header[HEADER - 4..].copy_from_slice(&crc.to_le_bytes());
    header
}

/// The checksum of a block.
pub fn block_crc(log: LogId, first: Seq, block: &[u8]) -> u32 {
    let crc = crc32c::crc32c(&log.0.to_le_bytes());
    let crc = crc32c::crc32c_append(crc, &first.0.to_le_bytes());
    crc32c::crc32c_append(crc, block)
}

fn put_extent(out: &mut Vec<u8>, extent: &Extent) {
    out.put_u128_le(extent.log.0);
    out.put_u64_le(extent.first.0);
    out.put_u64_le(extent.end.0);
    out.put_i64_le(extent.first_ms);
    out.put_i64_le(extent.last_ms);
}

/// Reads an extent from bytes that are known to be long enough.
fn get_extent(input: &mut &[u8]) -> Extent {
    Extent {
        log: LogId(input.get_u128_le()),
        first: Seq(input.get_u64_le()),
        end: Seq(input.get_u64_le()),
        first_ms: input.get_i64_le(),
        last_ms: input.get_i64_le(),
    }
}

fn put_crc(out: &mut Vec<u8>, from: usize) {
    let crc = crc32c::crc32c(&out[from..]);
    out.put_u32_le(crc);
}

impl Index {
    /// Its bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.encoded_len());
        for block in &self.blocks {
            out.put_u32_le(block.offset);
            out.put_u32_le(block.length);
            out.put_u64_le(block.first.0);
            out.put_i64_le(block.first_ms);
            out.put_u32_le(block.crc);
        }
        put_extent(&mut out, &self.extent);
        out.put_u32_le(self.blocks.len() as u32);
        out.put_u32_le(0);
        out.put_u32_le(RUN_MAGIC);
        put_crc(&mut out, 0);
        out
    }

    fn encoded_len(&self) -> usize {
        Self::len_for(self.blocks.len())
    }

    fn len_for(blocks: usize) -> usize {
        blocks * INDEX_ENTRY + INDEX_TAIL
    }

    /// How many bytes the index has that ends with these, which are not verified yet.
    pub fn len_from_tail(end: &[u8]) -> Result<usize, Flaw> {
        let tail = end.last_chunk::<INDEX_TAIL>().ok_or(Flaw("a run is too short for its index"))?;
        let mut input = &tail[48..];
        let blocks = input.get_u32_le() as usize;
        input.get_u32_le();
        if input.get_u32_le() != RUN_MAGIC {
            return Err(Flaw("a run has no index at its end"));
        }
        Ok(Self::len_for(blocks))
    }

    /// Verifies and reads an index: all of it, and nothing more.
    pub fn decode(bytes: &[u8]) -> Result<Self, Flaw> {
        if Self::len_from_tail(bytes)? != bytes.len() {
            return Err(Flaw("a run's index is not as long as it says"));
        }
        let (mut input, crc) = bytes.split_last_chunk::<4>().ok_or(Flaw("a run's index ends early"))?;
        if crc32c::crc32c(input) != u32::from_le_bytes(*crc) {
            return Err(Flaw("a run's index fails its checksum"));
        }
        let mut blocks = Vec::with_capacity((bytes.len() - INDEX_TAIL) / INDEX_ENTRY);
        while input.len() >= INDEX_TAIL {
            blocks.push(BlockEntry {
                offset: input.get_u32_le(),
                length: input.get_u32_le(),
                first: Seq(input.get_u64_le()),
                first_ms: input.get_i64_le(),
                crc: input.get_u32_le(),
            });
        }
        Ok(Self { extent: get_extent(&mut input), blocks })
    }
}

/// The footer's bytes.
pub fn encode_footer(runs: &[FooterEntry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(runs.len() * FOOTER_ENTRY + FOOTER_TAIL);
    for run in runs {
        put_extent(&mut out, &run.extent);
        out.put_u64_le(run.offset);
        out.put_u64_le(run.bytes);
    }
    out.put_u32_le(runs.len() as u32);
    out.put_u32_le(0);
    out.put_u32_le(FOOTER_MAGIC);
    put_crc(&mut out, 0);
    out
}

/// How many bytes the footer has that ends with these, which are not verified yet.
pub fn footer_len(end: &[u8]) -> Result<usize, Flaw> {
    let tail = end.last_chunk::<FOOTER_TAIL>().ok_or(Flaw("the file is too short for a footer"))?;
    let mut input = &tail[..];
    let runs = input.get_u32_le() as usize;
    input.get_u32_le();
    if input.get_u32_le() != FOOTER_MAGIC {
        return Err(Flaw("the file has no footer"));
    }
    Ok(runs * FOOTER_ENTRY + FOOTER_TAIL)
}

/// Verifies and reads a footer: all of it, and nothing more.
pub fn decode_footer(bytes: &[u8]) -> Result<Vec<FooterEntry>, Flaw> {
    if footer_len(bytes)? != bytes.len() {
        return Err(Flaw("the footer is not as long as it says"));
    }
    let (mut input, crc) = bytes.split_last_chunk::<4>().ok_or(Flaw("the footer ends early"))?;
    if crc32c::crc32c(input) != u32::from_le_bytes(*crc) {
        return Err(Flaw("the footer fails its checksum"));
    }
    let mut runs = Vec::with_capacity(bytes.len() / FOOTER_ENTRY);
    while input.len() >= FOOTER_ENTRY {
        let extent = get_extent(&mut input);
        runs.push(FooterEntry { extent, offset: input.get_u64_le(), bytes: input.get_u64_le() });
    }
    Ok(runs)
}

/// Adds a record to a block.
pub fn put_record(block: &mut Vec<u8>, time_ms: i64, payload: &[u8]) {
    block.put_i64_le(time_ms);
    block.put_u32_le(payload.len() as u32);
    block.put_slice(payload);
}

/// The records of a verified block: time and where the payload lies.
pub fn records(block: &[u8]) -> impl Iterator<Item = Result<(i64, std::ops::Range<usize>), Flaw>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at == block.len() {
            return None;
        }
        let record = record_at(block, at);
        at = record.as_ref().map_or(block.len(), |(_, payload)| payload.end);
        Some(record)
    })
}

fn record_at(block: &[u8], at: usize) -> Result<(i64, std::ops::Range<usize>), Flaw> {
    let mut head = block.get(at..at + RECORD_HEAD).ok_or(Flaw("a record ends early"))?;
    let time = head.get_i64_le();
    let start = at + RECORD_HEAD;
    let end = start + head.get_u32_le() as usize;
    if end > block.len() { Err(Flaw("a record ends early")) } else { Ok((time, start..end)) }
}
