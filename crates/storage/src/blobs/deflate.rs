//! Blob files whose frames are deflated, each on its own, so that a range is read and verified without the rest.
//!
//! ```text
//!     0        8        24   28  32
//!     | magic  | blob id |zero|crc | frame | frame | … | where each frame begins: u64 … |       magic "MRBLOBZ1"
//!
//!     frame    |kind|flags|zero|length|index|crc | payload … |      as in other blob files; `length` is that of the payload here
//! ```
//! `kind` 2 is a payload that inflates to what the frame holds, 64 KiB or, in the last, what is left; `kind` 1 one that would not have
//! become smaller. The list at the end has no checksum of its own: a frame that is not where it says is not the one that is looked for.

use bytes::Bytes;
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use store::BlobRef;

use super::format::{self, FILE_HEADER, FRAME, FRAME_HEADER, Flaw, FrameHeader};

const MAGIC: [u8; 8] = *b"MRBLOBZ1";

/// Bytes of one entry of the list.
pub const ENTRY: u64 = 8;

/// zlib's own middle way between speed and size.
const LEVEL: u32 = 6;

/// The header of a file.
pub fn file_header(blob: BlobRef) -> [u8; FILE_HEADER as usize] {
    format::header_of(MAGIC, blob)
}

/// Where the list begins in a file of `file_bytes` bytes that holds a blob of `bytes` bytes.
pub fn list_offset(bytes: u64, file_bytes: u64) -> Option<u64> {
    file_bytes.checked_sub(format::frame_count(bytes) * ENTRY)
}

/// Deflates frames one after the other.
pub struct Deflater {
    state: Compress,
    buffer: Vec<u8>,
}

impl Deflater {
    /// A new one.
    pub fn new() -> Self {
        Self { state: Compress::new(Compression::new(LEVEL), false), buffer: vec![0; FRAME as usize] }
    }

    /// Adds a frame with this payload.
    pub fn frame(&mut self, blob: BlobRef, index: u32, last: bool, payload: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&[0; FRAME_HEADER as usize]);
        let (kind, bytes) = match self.deflate(payload) {
            Some(smaller) => (format::KIND_DEFLATED, smaller),
            None => (format::KIND_PLAIN, payload),
        };
        out.extend_from_slice(bytes);
        format::seal_kind(kind, blob, index, last, &mut out[start..]);
    }

    /// The payload deflated, if that makes it smaller.
    fn deflate(&mut self, payload: &[u8]) -> Option<&[u8]> {
        self.state.reset();
        let room = &mut self.buffer[..payload.len().saturating_sub(1)];
        let status = self.state.compress(payload, room, FlushCompress::Finish).ok()?;
        let bytes = self.state.total_out() as usize;
        (status == Status::StreamEnd).then(|| &self.buffer[..bytes])
    }
}

/// Verifies a whole frame and returns what it holds, which must be what is expected.
pub fn inflate(blob: BlobRef, expected: FrameHeader, frame: Bytes) -> Result<Bytes, Flaw> {
    let header = format::verify_any(blob, &frame)?;
    let payload = frame.slice(FRAME_HEADER as usize..);
    let plain = match frame[0] {
        format::KIND_DEFLATED => {
            let mut plain = vec![0; expected.length as usize];
            let mut state = Decompress::new(false);
            let status = state.decompress(&payload, &mut plain, FlushDecompress::Finish);
            let is_end = matches!(status, Ok(Status::StreamEnd));
            let is_whole = is_end && state.total_out() == u64::from(expected.length);
            if !is_whole {
                return Err(Flaw("a frame does not inflate to what it held"));
            }
            Bytes::from(plain)
        }
        _ => payload,
    };
    let found = FrameHeader { length: plain.len() as u32, ..header };
    if found == expected { Ok(plain) } else { Err(Flaw("a frame is not where it belongs")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame_of(blob: BlobRef, index: u32, last: bool, payload: &[u8]) -> Vec<u8> {
        let mut frame = Vec::new();
        Deflater::new().frame(blob, index, last, payload, &mut frame);
        frame
    }

    proptest! {
        #[test]
        fn a_frame_comes_back_as_it_was_and_not_with_any_bit_changed(
            words in proptest::collection::vec(0_u8..4, 0..3_000), noise in proptest::collection::vec(any::<u8>(), 0..300),
            id: u128, index: u32, last: bool, flip: prop::sample::Index,
        ) {
            let payload = [&words[..], &noise[..]].concat();
            let blob = BlobRef(id);
            let expected = FrameHeader { length: payload.len() as u32, index, last };
            let mut frame = frame_of(blob, index, last, &payload);
            prop_assert!(frame.len() <= payload.len() + FRAME_HEADER as usize);
            prop_assert_eq!(inflate(blob, expected, frame.clone().into()), Ok(Bytes::from(payload)));
            let bit = flip.index(frame.len() * 8);
            frame[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(inflate(blob, expected, frame.into()).is_err());
        }
    }

    #[test]
    fn a_frame_of_another_place_or_blob_is_refused() {
        let frame = Bytes::from(frame_of(BlobRef(1), 3, false, &[7; 1_000]));
        let expected = FrameHeader { length: 1_000, index: 3, last: false };
        assert!(inflate(BlobRef(1), expected, frame.clone()).is_ok());
        assert!(inflate(BlobRef(2), expected, frame.clone()).is_err());
        assert!(inflate(BlobRef(1), FrameHeader { index: 4, ..expected }, frame.clone()).is_err());
        assert!(inflate(BlobRef(1), FrameHeader { length: 999, ..expected }, frame.clone()).is_err());
        assert!(inflate(BlobRef(1), FrameHeader { length: 1_001, ..expected }, frame).is_err());
    }
}
