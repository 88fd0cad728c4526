//! The bytes of blob files and packs.
//!
//! Both begin with a header of 32 bytes and go on in frames of up to 64 KiB, each with a checksum of its own, so that a range is
//! verified without reading the rest. All numbers are little-endian.
//!
//! ```text
//! blob file   0        8        24   28  32
//!             | magic  | blob id |zero|crc | frame | frame | …     all frames but the last hold 64 KiB
//!
//! pack        0        8        16        28  32
//!             | magic  | number |  zero   |crc | blob id, frame | blob id, frame | …
//!
//! frame       0    1     2    4      8     12  16
//!             |kind|flags|zero|length|index|crc | payload … |
//! ```
//! `kind` 1 is a plain payload whose `crc` is CRC32C over the blob's id, the first twelve bytes of the frame's header and the payload:
//! a frame in the wrong place or file fails it. A sealed payload with an AEAD tag will be another kind. `flags` bit 0 marks a blob's
//! last frame. An empty blob has one frame of length 0.

use store::BlobRef;

/// Payload bytes of every frame of a blob but the last.
pub const FRAME: u64 = 64 << 10;
/// Bytes before a frame's payload.
pub const FRAME_HEADER: u64 = 16;
/// From one frame of a blob file to the next.
pub const STRIDE: u64 = FRAME + FRAME_HEADER;
/// Bytes before the first frame of a file.
pub const FILE_HEADER: u64 = 32;
/// Bytes before an entry's frame in a pack.
pub const PACK_ENTRY: u64 = 16;

const BLOB_MAGIC: [u8; 8] = *b"MRBLOB01";
const PACK_MAGIC: [u8; 8] = *b"MRPACK01";
/// A frame whose payload is what it holds.
pub const KIND_PLAIN: u8 = 1;
/// A frame whose payload inflates to what it holds; only in files of deflated frames.
pub const KIND_DEFLATED: u8 = 2;
const FLAG_LAST: u8 = 1;

/// What is wrong with stored bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Flaw(pub &'static str);

/// What a frame's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHeader {
    /// Bytes of the payload.
    pub length: u32,
    /// Which frame of the blob it is.
    pub index: u32,
    /// Whether it is the blob's last.
    pub last: bool,
}

/// How many frames a blob has.
pub fn frame_count(bytes: u64) -> u64 {
    bytes.div_ceil(FRAME).max(1)
}

/// How many bytes a blob's file has.
pub fn file_bytes(bytes: u64) -> u64 {
    FILE_HEADER + bytes + frame_count(bytes) * FRAME_HEADER
}

/// Where a frame lies in a blob's file.
pub fn frame_offset(index: u64) -> u64 {
    FILE_HEADER + index * STRIDE
}

/// The header of a blob's file.
pub fn blob_file_header(blob: BlobRef) -> [u8; FILE_HEADER as usize] {
    header_of(BLOB_MAGIC, blob)
}

/// The header of a file that holds one blob.
pub(super) fn header_of(magic: [u8; 8], blob: BlobRef) -> [u8; FILE_HEADER as usize] {
    let mut header = [0; FILE_HEADER as usize];
    header[..8].copy_from_slice(&magic);
    header[8..24].copy_from_slice(&blob.0.to_le_bytes());
    with_crc(header)
}

/// The header of a pack.
pub fn pack_header(number: u64) -> [u8; FILE_HEADER as usize] {
    let mut header = [0; FILE_HEADER as usize];
    header[..8].copy_from_slice(&PACK_MAGIC);
    header[8..16].copy_from_slice(&number.to_le_bytes());
    with_crc(header)
}

fn with_crc(mut header: [u8; FILE_HEADER as usize]) -> [u8; FILE_HEADER as usize] {
    let crc = crc32c::crc32c(&header[..28]);
    header[28..].copy_from_slice(&crc.to_le_bytes());
    header
}

/// Seals a frame in place: `frame` is room for the header, then the payload.
pub fn seal_frame(blob: BlobRef, index: u32, last: bool, frame: &mut [u8]) {
    seal_kind(KIND_PLAIN, blob, index, last, frame);
}

/// As [`seal_frame`], for a payload of this kind.
pub(super) fn seal_kind(kind: u8, blob: BlobRef, index: u32, last: bool, frame: &mut [u8]) {
    let length = (frame.len() - FRAME_HEADER as usize) as u32;
    frame[0] = kind;
    frame[1] = if last { FLAG_LAST } else { 0 };
    frame[2..4].fill(0);
    frame[4..8].copy_from_slice(&length.to_le_bytes());
    frame[8..12].copy_from_slice(&index.to_le_bytes());
    let crc = checksum(blob, frame);
    frame[12..16].copy_from_slice(&crc.to_le_bytes());
}

fn checksum(blob: BlobRef, frame: &[u8]) -> u32 {
    let crc = crc32c::crc32c(&blob.0.to_le_bytes());
    let crc = crc32c::crc32c_append(crc, &frame[..12]);
    crc32c::crc32c_append(crc, &frame[FRAME_HEADER as usize..])
}

/// Reads what a frame's header says, before anything is known to be true.
pub fn parse_frame_header(header: &[u8]) -> Result<FrameHeader, Flaw> {
    parse_kinds(header, &[KIND_PLAIN])
}

fn parse_kinds(header: &[u8], kinds: &[u8]) -> Result<FrameHeader, Flaw> {
    let header: &[u8; FRAME_HEADER as usize] = header.first_chunk().ok_or(Flaw("a frame ends early"))?;
    if !kinds.contains(&header[0]) {
        return Err(Flaw("a frame is of no known kind"));
    }
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let length = word(4);
    if u64::from(length) > FRAME {
        return Err(Flaw("a frame is longer than frames are"));
    }
    Ok(FrameHeader { length, index: word(8), last: header[1] & FLAG_LAST != 0 })
}

/// Verifies a whole frame, header and payload, against its checksum and against what is expected of it.
pub fn verify_frame(blob: BlobRef, expected: FrameHeader, frame: &[u8]) -> Result<(), Flaw> {
    let header = verify_kinds(blob, frame, &[KIND_PLAIN])?;
    if header != expected { Err(Flaw("a frame is not where it belongs")) } else { Ok(()) }
}

/// Verifies a whole frame of a file of deflated frames against its checksum, and returns what it says.
pub(super) fn verify_any(blob: BlobRef, frame: &[u8]) -> Result<FrameHeader, Flaw> {
    verify_kinds(blob, frame, &[KIND_PLAIN, KIND_DEFLATED])
}

fn verify_kinds(blob: BlobRef, frame: &[u8], kinds: &[u8]) -> Result<FrameHeader, Flaw> {
    let header = parse_kinds(frame, kinds)?;
    if frame.len() as u64 != FRAME_HEADER + u64::from(header.length) {
        return Err(Flaw("a frame is not as long as it says"));
    }
    let stated = u32::from_le_bytes([frame[12], frame[13], frame[14], frame[15]]);
    if checksum(blob, frame) != stated {
        return Err(Flaw("a frame fails its checksum"));
    }
    Ok(header)
}

/// What the frame at `index` of a blob of `bytes` bytes must say.
pub fn expected_frame(index: u64, bytes: u64) -> FrameHeader {
    let count = frame_count(bytes);
    let last = index + 1 == count;
    let length = if last { bytes - index * FRAME } else { FRAME };
    FrameHeader { length: length as u32, index: index as u32, last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sealed(blob: BlobRef, index: u32, last: bool, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![0; FRAME_HEADER as usize];
        frame.extend_from_slice(payload);
        seal_frame(blob, index, last, &mut frame);
        frame
    }

    proptest! {
        #[test]
        fn a_frame_is_taken_as_it_was_and_not_with_any_bit_changed(
            payload in proptest::collection::vec(any::<u8>(), 0..200),
            id: u128, index: u32, last: bool, flip: prop::sample::Index,
        ) {
            let blob = BlobRef(id);
            let expected = FrameHeader { length: payload.len() as u32, index, last };
            let mut frame = sealed(blob, index, last, &payload);
            prop_assert_eq!(verify_frame(blob, expected, &frame), Ok(()));
            let bit = flip.index(frame.len() * 8);
            frame[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(verify_frame(blob, expected, &frame).is_err());
        }
    }

    #[test]
    fn a_frame_of_another_place_or_blob_is_refused() {
        let frame = sealed(BlobRef(1), 3, false, b"abc");
        let expected = FrameHeader { length: 3, index: 3, last: false };
        assert_eq!(verify_frame(BlobRef(1), expected, &frame), Ok(()));
        assert!(verify_frame(BlobRef(2), expected, &frame).is_err());
        assert!(verify_frame(BlobRef(1), FrameHeader { index: 4, ..expected }, &frame).is_err());
        assert!(verify_frame(BlobRef(1), FrameHeader { last: true, ..expected }, &frame).is_err());
    }

    #[test]
    fn frames_cover_a_blob_exactly() {
        for bytes in [0, 1, FRAME - 1, FRAME, FRAME + 1, 5 * FRAME] {
            let frames: Vec<_> = (0..frame_count(bytes)).map(|index| expected_frame(index, bytes)).collect();
            assert_eq!(frames.iter().map(|frame| u64::from(frame.length)).sum::<u64>(), bytes);
            assert_eq!(frames.iter().filter(|frame| frame.last).count(), 1);
            let end = frame_offset(frames.len() as u64 - 1)
                + FRAME_HEADER
                + u64::from(frames[frames.len() - 1].length);
            assert_eq!(end, file_bytes(bytes));
        }
    }
}
