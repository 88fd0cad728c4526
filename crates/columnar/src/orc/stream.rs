//! Streams: bytes of a column, compressed in blocks, and the places in them at which groups of rows begin.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use ports::OrcCompression;

use super::BLOCK;

/// Kinds of streams, as ORC numbers them.
pub const PRESENT: u64 = 0;
/// Values.
pub const DATA: u64 = 1;
/// Lengths of values.
pub const LENGTH: u64 = 2;
/// The strings of a dictionary.
pub const DICTIONARY_DATA: u64 = 3;
/// Nanoseconds, or scales.
pub const SECONDARY: u64 = 5;
/// The index.
pub const ROW_INDEX: u64 = 6;

/// Where a group of rows begins in a stream.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// Bytes before it.
    pub offset: usize,
    /// Of a stream of bits: how many of the next byte belong to the group before.
    pub bits: Option<u64>,
}

/// A stream before compression.
#[derive(Debug)]
pub struct Stream {
    /// Its kind.
    pub kind: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// One for each group of rows; none for a dictionary.
    pub marks: Vec<Mark>,
    /// How many numbers of a position tell the place in a run: one, or none if there are no runs.
    pub runs: usize,
}

/// A stream after compression.
pub struct Blocks {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where each block begins.
    starts: Vec<usize>,
}

impl Blocks {
    /// Adds the position of a byte that was at `offset` before compression.
    pub fn position(&self, offset: usize, codec: &Codec, positions: &mut Vec<u64>) {
        if codec.number() == 0 {
            positions.push(offset as u64);
            return;
        }
        let start = self.starts.get(offset / BLOCK).copied().unwrap_or(self.bytes.len());
        positions.extend([start as u64, (offset % BLOCK) as u64]);
    }
}

/// How blocks are compressed.
pub struct Codec(OrcCompression);

impl Codec {
    /// That of a file.
    pub fn new(compression: OrcCompression) -> Self {
        Self(compression)
    }

    /// Its number in the postscript.
    pub fn number(&self) -> u64 {
        match self.0 {
            OrcCompression::None => 0,
            OrcCompression::Zlib => 1,
            OrcCompression::Snappy => 2,
        }
    }

    /// Compresses a stream. Each block has a header of three bytes: its length, and whether it stands as it was, since compression did not
    /// make it smaller.
    pub fn compress(&self, bytes: &[u8]) -> Blocks {
        let mut blocks = Blocks { bytes: Vec::with_capacity(bytes.len() / 2), starts: Vec::new() };
        if self.number() == 0 {
            blocks.bytes.extend_from_slice(bytes);
            return blocks;
        }
        for block in bytes.chunks(BLOCK) {
            blocks.starts.push(blocks.bytes.len());
            let small = self.block(block).filter(|small| small.len() < block.len());
            let (bytes, original) = match &small {
                Some(small) => (&small[..], 0),
                None => (block, 1),
            };
            let header = (bytes.len() as u32) << 1 | original;
            blocks.bytes.extend_from_slice(&header.to_le_bytes()[..3]);
            blocks.bytes.extend_from_slice(bytes);
        }
        blocks
    }

    fn block(&self, block: &[u8]) -> Option<Vec<u8>> {
        match self.0 {
            OrcCompression::None => None,
            OrcCompression::Zlib => {
                let mut encoder =
                    DeflateEncoder::new(Vec::with_capacity(block.len() / 2), Compression::fast());
                encoder.write_all(block).and_then(|()| encoder.finish()).ok()
            }
            OrcCompression::Snappy => snap::raw::Encoder::new().compress_vec(block).ok(),
        }
    }
}
