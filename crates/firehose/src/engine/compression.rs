//! The containers a delivered object may have, written piece by piece (Firehose facts section 4, probed on the service).
//!
//! ```text
//! GZIP           one gzip member
//! ZIP            one deflated entry, named by a uuid, sizes after the data (bit 3), central directory
//! Snappy         snappy-java's stream (xerial), not the framing format:
//!                82 'S' 'N' 'A' 'P' 'P' 'Y' 00 | version u32 = 1 | compatible u32 = 1 | ( length u32 | raw block )*
//! HADOOP_SNAPPY  Hadoop's BlockCompressorStream: ( uncompressed u32 | ( length u32 | raw block )+ )*
//! ```
//! Numbers of the Snappy forms are big-endian. Nothing is held but one block, so an object of any size needs the same memory.

use std::io::{self, Write};

use flate2::write::{DeflateEncoder, GzEncoder};
use minicbor::{Decode, Encode};

/// How an object's body is packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum Compression {
    /// As it is: `UNCOMPRESSED`.
    #[default]
    #[n(0)]
    None,
    /// `GZIP`.
    #[n(1)]
    Gzip,
    /// `ZIP`.
    #[n(2)]
    Zip,
    /// `Snappy`: snappy-java's stream.
    #[n(3)]
    Snappy,
    /// `HADOOP_SNAPPY`.
    #[n(4)]
    HadoopSnappy,
}

impl Compression {
    /// Every container.
    pub const ALL: [Compression; 5] = [
        Compression::None,
        Compression::Gzip,
        Compression::Zip,
        Compression::Snappy,
        Compression::HadoopSnappy,
    ];

    /// `CompressionFormat`, case and all.
    pub const fn name(self) -> &'static str {
        match self {
            Compression::None => "UNCOMPRESSED",
            Compression::Gzip => "GZIP",
            Compression::Zip => "ZIP",
            Compression::Snappy => "Snappy",
            Compression::HadoopSnappy => "HADOOP_SNAPPY",
        }
    }

    /// The container of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|compression| compression.name() == name)
    }

    /// What the object's name ends with. The guide says `.hsnappy` for Hadoop's form; the service writes `.snappy`.
    pub const fn extension(self) -> &'static str {
        match self {
            Compression::None => "",
            Compression::Gzip => ".gz",
            Compression::Zip => ".zip",
            Compression::Snappy | Compression::HadoopSnappy => ".snappy",
        }
    }

    /// The object's `Content-Encoding`.
    pub const fn content_encoding(self) -> Option<&'static str> {
        match self {
            Compression::None => None,
            Compression::Gzip => Some("gzip"),
            Compression::Zip => Some("zip"),
            Compression::Snappy => Some("snappy-java"),
            Compression::HadoopSnappy => Some("hadoop-snappy"),
        }
    }
}

/// Deflate's level. AWS's is not known; on JSON lines level 4 of zlib-rs is twice as fast as level 6, for a body 9 % larger.
const DEFLATE_LEVEL: u32 = 4;
/// snappy-java's block size.
const XERIAL_BLOCK: usize = 32 << 10;
/// What Hadoop's codec takes in one block: its buffer of 256 KiB less what Snappy may add (one sixth and 32 bytes).
const HADOOP_BLOCK: usize = (256 << 10) - (256 << 10) / 6 - 32;
const XERIAL_HEADER: [u8; 16] = *b"\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01";

/// Packs one object's body. Compression is computation: call it off the asynchronous threads.
pub struct Packer(Form);

enum Form {
    None(Vec<u8>),
    Gzip(GzEncoder<Vec<u8>>),
    Zip(Box<Zip>),
    Snappy(Box<Blocks>),
}

impl Packer {
    /// Begins a body. `entry` names the entry of a ZIP.
    pub fn new(compression: Compression, entry: &str) -> Self {
        let level = flate2::Compression::new(DEFLATE_LEVEL);
        Self(match compression {
            Compression::None => Form::None(Vec::new()),
            Compression::Gzip => Form::Gzip(GzEncoder::new(Vec::new(), level)),
            Compression::Zip => Form::Zip(Box::new(Zip::new(entry, level))),
            Compression::Snappy => Form::Snappy(Box::new(Blocks::xerial())),
            Compression::HadoopSnappy => Form::Snappy(Box::new(Blocks::hadoop())),
        })
    }

    /// Takes the next bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        const IN_MEMORY: &str = "writing into memory cannot fail";
        match &mut self.0 {
            Form::None(out) => out.extend_from_slice(bytes),
            Form::Gzip(encoder) => encoder.write_all(bytes).expect(IN_MEMORY),
            Form::Zip(zip) => zip.write(bytes).expect(IN_MEMORY),
            Form::Snappy(blocks) => blocks.write(bytes),
        }
    }

    /// What is packed so far and was not taken yet; empty when nothing is.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(match &mut self.0 {
            Form::None(out) => out,
            Form::Gzip(encoder) => encoder.get_mut(),
            Form::Zip(zip) => zip.encoder.get_mut(),
            Form::Snappy(blocks) => &mut blocks.out,
        })
    }

    /// The rest of the body.
    pub fn finish(self) -> Vec<u8> {
        const IN_MEMORY: &str = "writing into memory cannot fail";
        match self.0 {
            Form::None(out) => out,
            Form::Gzip(encoder) => encoder.finish().expect(IN_MEMORY),
            Form::Zip(zip) => zip.finish().expect(IN_MEMORY),
            Form::Snappy(blocks) => blocks.finish(),
        }
    }
}

/// A ZIP of one entry (PKWARE APPNOTE 6.3.3). A body stays far below the 4 GiB that would need the 64-bit form: buffers end at 128 MiB.
struct Zip {
    name: String,
    encoder: DeflateEncoder<Vec<u8>>,
    crc: flate2::Crc,
}

const ZIP_VERSION: u16 = 20;
/// Bit 3: sizes and CRC follow the data.
const ZIP_FLAGS: u16 = 1 << 3;
const ZIP_DEFLATED: u16 = 8;
/// 1 January 1980, midnight: the form's own epoch.
const ZIP_DATE: u16 = 0x0021;

impl Zip {
    fn new(entry: &str, level: flate2::Compression) -> Self {
        let mut header = Vec::with_capacity(30 + entry.len());
        header.extend_from_slice(b"PK\x03\x04");
        push_zip_fields(&mut header, &[ZIP_VERSION, ZIP_FLAGS, ZIP_DEFLATED, 0, ZIP_DATE]);
        header.extend_from_slice(&[0; 12]);
        push_zip_fields(&mut header, &[entry.len() as u16, 0]);
        header.extend_from_slice(entry.as_bytes());
        Self { name: entry.to_owned(), encoder: DeflateEncoder::new(header, level), crc: flate2::Crc::new() }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.crc.update(bytes);
        self.encoder.write_all(bytes)
    }

    fn finish(mut self) -> io::Result<Vec<u8>> {
        self.encoder.try_finish()?;
        let sums = [self.crc.sum(), self.encoder.total_out() as u32, self.encoder.total_in() as u32];
        let header_bytes = 30 + self.name.len() as u32;
        let mut out = self.encoder.finish()?;
        let descriptor_bytes = 16;
        out.extend_from_slice(b"PK\x07\x08");
        sums.iter().for_each(|sum| out.extend_from_slice(&sum.to_le_bytes()));

        let directory_at = header_bytes + sums[1] + descriptor_bytes;
        out.extend_from_slice(b"PK\x01\x02");
        push_zip_fields(&mut out, &[ZIP_VERSION, ZIP_VERSION, ZIP_FLAGS, ZIP_DEFLATED, 0, ZIP_DATE]);
        sums.iter().for_each(|sum| out.extend_from_slice(&sum.to_le_bytes()));
        push_zip_fields(&mut out, &[self.name.len() as u16, 0, 0, 0, 0]);
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(self.name.as_bytes());

        let directory_bytes = 46 + self.name.len() as u32;
        out.extend_from_slice(b"PK\x05\x06");
        push_zip_fields(&mut out, &[0, 0, 1, 1]);
        out.extend_from_slice(&directory_bytes.to_le_bytes());
        out.extend_from_slice(&directory_at.to_le_bytes());
        push_zip_fields(&mut out, &[0]);
        Ok(out)
    }
}

fn push_zip_fields(out: &mut Vec<u8>, fields: &[u16]) {
    fields.iter().for_each(|field| out.extend_from_slice(&field.to_le_bytes()));
}

/// Raw Snappy blocks, each behind its length; in Hadoop's form behind the length of what it unpacks to, too.
struct Blocks {
    encoder: snap::raw::Encoder,
    block: Vec<u8>,
    block_bytes: usize,
    tells_unpacked: bool,
    out: Vec<u8>,
}

impl Blocks {
    fn xerial() -> Self {
        Self::new(XERIAL_BLOCK, false, XERIAL_HEADER.to_vec())
    }

    fn hadoop() -> Self {
        Self::new(HADOOP_BLOCK, true, Vec::new())
    }

    fn new(block_bytes: usize, tells_unpacked: bool, out: Vec<u8>) -> Self {
        let encoder = snap::raw::Encoder::new();
        Self { encoder, block: Vec::with_capacity(block_bytes), block_bytes, tells_unpacked, out }
    }

    fn write(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = self.block_bytes - self.block.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.block.extend_from_slice(now);
            bytes = later;
            if self.block.len() == self.block_bytes {
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        let packed =
            self.encoder.compress_vec(&self.block).expect("a block is far below Snappy's bound of 4 GiB");
        if self.tells_unpacked {
            self.out.extend_from_slice(&(self.block.len() as u32).to_be_bytes());
        }
        self.out.extend_from_slice(&(packed.len() as u32).to_be_bytes());
        self.out.extend_from_slice(&packed);
        self.block.clear();
    }

    fn finish(mut self) -> Vec<u8> {
        if !self.block.is_empty() {
            self.flush();
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    const ENTRY: &str = "0b7c2f64-5d0c-4f0e-9c3a-7f7d3b1f2a10";

    fn pack(compression: Compression, pieces: &[Vec<u8>]) -> Vec<u8> {
        let mut packer = Packer::new(compression, ENTRY);
        let mut packed = Vec::new();
        for piece in pieces {
            packer.write(piece);
            packed.extend_from_slice(&packer.take());
        }
        packed.extend_from_slice(&packer.finish());
        packed
    }

    fn u32_be(bytes: &mut &[u8]) -> usize {
        let (number, rest) = bytes.split_first_chunk::<4>().unwrap();
        *bytes = rest;
        u32::from_be_bytes(*number) as usize
    }

    fn take<'b>(bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
        let (taken, rest) = bytes.split_at(count);
        *bytes = rest;
        taken
    }

    fn unsnap(packed: &[u8]) -> Vec<u8> {
        snap::raw::Decoder::new().decompress_vec(packed).unwrap()
    }

    /// Readers written from the forms' descriptions, on purpose not sharing a line with the writers.
    fn unpack(compression: Compression, mut packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        match compression {
            Compression::None => bytes.extend_from_slice(packed),
            Compression::Gzip => {
                flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
            }
            Compression::Zip => bytes = unzip(packed),
            Compression::Snappy => {
                assert_eq!(take(&mut packed, 8), b"\x82SNAPPY\x00");
                assert_eq!((u32_be(&mut packed), u32_be(&mut packed)), (1, 1));
                while !packed.is_empty() {
                    let length = u32_be(&mut packed);
                    bytes.extend_from_slice(&unsnap(take(&mut packed, length)));
                }
            }
            Compression::HadoopSnappy => {
                while !packed.is_empty() {
                    let mut left = u32_be(&mut packed);
                    while left > 0 {
                        let length = u32_be(&mut packed);
                        let block = unsnap(take(&mut packed, length));
                        left -= block.len();
                        bytes.extend_from_slice(&block);
                    }
                }
            }
        }
        bytes
    }

    /// Starts at the end, as unzip does.
    fn unzip(packed: &[u8]) -> Vec<u8> {
        let u16_at = |at: usize| usize::from(u16::from_le_bytes([packed[at], packed[at + 1]]));
        let u32_at = |at: usize| u32::from_le_bytes(packed[at..at + 4].try_into().unwrap());
        let end = packed.len() - 22;
        assert_eq!(&packed[end..end + 4], b"PK\x05\x06");
        assert_eq!((u16_at(end + 8), u16_at(end + 10)), (1, 1));
        let directory = u32_at(end + 16) as usize;
        assert_eq!(directory + u32_at(end + 12) as usize, end);
        assert_eq!(&packed[directory..directory + 4], b"PK\x01\x02");
        assert_eq!(&packed[directory + 46..end], ENTRY.as_bytes());
        let (crc, size_packed, size) =
            (u32_at(directory + 16), u32_at(directory + 20) as usize, u32_at(directory + 24) as usize);
        let local = u32_at(directory + 42) as usize;
        assert_eq!(&packed[local..local + 4], b"PK\x03\x04");
        let data = local + 30 + u16_at(local + 26) + u16_at(local + 28);
        let mut bytes = Vec::new();
        flate2::read::DeflateDecoder::new(&packed[data..data + size_packed]).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes.len(), size);
        let mut sum = flate2::Crc::new();
        sum.update(&bytes);
        assert_eq!(sum.sum(), crc);
        let descriptor = data + size_packed;
        assert_eq!(&packed[descriptor..descriptor + 4], b"PK\x07\x08");
        assert_eq!(descriptor + 16, directory);
        bytes
    }

    fn compression() -> impl Strategy<Value = Compression> {
        proptest::sample::select(Compression::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn what_is_packed_in_pieces_unpacks_whole(
            compression in compression(),
            pieces in proptest::collection::vec(proptest::collection::vec(0u8..4, 0..60_000), 0..12),
        ) {
            prop_assert_eq!(unpack(compression, &pack(compression, &pieces)), pieces.concat());
        }
    }

    #[test]
    fn blocks_longer_than_any_buffer_come_back() {
        let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for compression in Compression::ALL {
            assert_eq!(
                unpack(compression, &pack(compression, std::slice::from_ref(&bytes))),
                bytes,
                "{compression:?}"
            );
        }
    }

    #[test]
    fn names_are_exact_in_case() {
        assert_eq!(Compression::of_name("Snappy"), Some(Compression::Snappy));
        assert_eq!(Compression::of_name("SNAPPY"), None);
        assert_eq!(Compression::of_name("gzip"), None);
    }

    #[test]
    fn an_empty_gzip_is_still_a_gzip() {
        assert_eq!(unpack(Compression::Gzip, &pack(Compression::Gzip, &[])), b"");
    }
}
