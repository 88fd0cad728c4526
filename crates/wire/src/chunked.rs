//! `aws-chunked`: the framing S3 clients put inside a body, so that each chunk can carry its own signature and the body can end with a
//! checksum (wire facts section 7).
//!
//! ```text
//! body    = chunk* last trailers CRLF
//! chunk   = HEX [";chunk-signature=" 64hex] CRLF data CRLF          HEX > 0
//! last    = "0" [";chunk-signature=" 64hex] CRLF
//! trailers= ( name ":" value CRLF )*                                 only in the -TRAILER modes;
//!           "x-amz-trailer-signature:" 64hex CRLF                    in the signed one it is the last line
//! ```
//!
//! [`Decoder`] is a pure state machine from bytes to [`Event`]s: it copies no data, buffers one line at most, and checks all that needs no key:
//! the grammar, the declared decoded length, the least size of a signed chunk, which trailers were promised. Signatures need a key;
//! whoever drives it hashes each [`Event::Data`] and checks the signature that [`Event::ChunkEnd`] carries. Data is handed out before its chunk's
//! signature is known to be right, so that memory stays bounded: the reader must throw everything away when an error follows.

use body::{BodyError, Refusal};
use bytes::{Buf, Bytes};

/// Which of the STREAMING payload modes the body is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Every chunk carries a signature.
    pub signed: bool,
    /// Trailers may follow the last chunk.
    pub trailer: bool,
}

/// A signature in hexadecimal digits, as sent.
pub type Signature = [u8; 64];

/// What the decoder found next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Bytes of the current chunk's data, never empty.
    Data(Bytes),
    /// The current chunk is complete; in signed modes its signature must now match. The last chunk is empty.
    ChunkEnd {
        /// In signed modes, the signature its line carried.
        signature: Option<Signature>,
        /// It was the last chunk.
        last: bool,
    },
    /// A trailer line; the name in lower case, the value trimmed.
    Trailer {
        /// In lower case.
        name: String,
        /// Without surrounding blanks.
        value: String,
    },
    /// The signature over all trailers before it.
    TrailerSignature(Signature),
    /// The body is complete and keeps what it declared. Nothing follows.
    End,
}

/// A signed chunk that is not the last has at least this many bytes (S3 user guide, "Signature calculations: chunked upload").
pub const SIGNED_CHUNK_BYTES_MIN: u64 = 8_192;
/// The longest chunk or trailer line taken.
const LINE_BYTES_MAX: usize = 1_024;
/// Trailers taken at the most; clients send one checksum.
const TRAILERS_MAX: usize = 16;
/// The most hexadecimal digits of a chunk's size: 5 GiB needs nine.
const SIZE_DIGITS_MAX: usize = 12;

/// Bytes in, events out.
#[derive(Debug)]
pub struct Decoder {
    mode: Mode,
    state: State,
    input: Bytes,
    line: Vec<u8>,
    decoded_left: u64,
    chunk_number: u64,
    /// A chunk below the least size, which is fine if the next one is the last.
    small_chunk: Option<(u64, u64)>,
    promised: Vec<String>,
    trailers_seen: usize,
    trailer_signed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a chunk's line.
    Line,
    /// Within a chunk's data.
    Data { left: u64, signature: Option<Signature> },
    /// Before the CRLF that closes a chunk's data: so many of its bytes were seen.
    DataEnd { seen: usize, signature: Option<Signature> },
    /// After the last chunk's line.
    Trailers,
    /// After the end.
    Done,
}

impl Decoder {
    /// A decoder for a body that declared `decoded_length` bytes and promised the trailers named in `x-amz-trailer`.
    pub fn new(mode: Mode, decoded_length: u64, promised_trailers: &[&str]) -> Self {
        Self {
            mode,
            state: State::Line,
            input: Bytes::new(),
            line: Vec::new(),
            decoded_left: decoded_length,
            chunk_number: 0,
            small_chunk: None,
            promised: promised_trailers.iter().map(|name| name.trim().to_ascii_lowercase()).collect(),
            trailers_seen: 0,
            trailer_signed: false,
        }
    }

    /// Gives it more bytes. Call it only when [`Decoder::next_event`] has returned `None`.
    pub fn push(&mut self, input: Bytes) {
        debug_assert!(self.input.is_empty(), "all events are taken before more bytes are given");
        self.input = input;
    }

    /// The next event; `None` when more bytes are needed.
    pub fn next_event(&mut self) -> Result<Option<Event>, BodyError> {
        loop {
            match self.state {
                State::Line => {
                    let Some(line) = self.take_line()? else { return Ok(None) };
                    if let Some(event) = self.chunk_line(&line)? {
                        return Ok(Some(event));
                    }
                }
                State::Data { left, signature } => {
                    if self.input.is_empty() {
                        return Ok(None);
                    }
                    let take = left.min(self.input.len() as u64);
                    let data = self.input.split_to(take as usize);
                    self.state = if take == left {
                        State::DataEnd { seen: 0, signature }
                    } else {
                        State::Data { left: left - take, signature }
                    };
                    return Ok(Some(Event::Data(data)));
                }
                State::DataEnd { seen, signature } => {
                    if self.input.is_empty() {
                        return Ok(None);
                    }
                    if self.input.get_u8() != b"\r\n"[seen] {
                        return Err(BodyError::Refused(Refusal::Malformed));
                    }
                    if seen == 0 {
                        self.state = State::DataEnd { seen: 1, signature };
                    } else {
                        self.state = State::Line;
                        return Ok(Some(Event::ChunkEnd { signature, last: false }));
                    }
                }
                State::Trailers => {
                    let Some(line) = self.take_line()? else { return Ok(None) };
                    return self.trailer_line(&line).map(Some);
                }
                State::Done if self.input.is_empty() => return Ok(None),
                State::Done => return Err(BodyError::Refused(Refusal::Malformed)),
            }
        }
    }

    /// Call this when the body has ended: it is an error unless [`Event::End`] was seen. Some clients leave out the CRLF after the
    /// last chunk; that is taken when nothing else is missing.
    pub fn finish(&mut self) -> Result<Option<Event>, BodyError> {
        match self.state {
            State::Done => Ok(None),
            State::Trailers if self.line.is_empty() => self.trailer_line(b"").map(Some),
            State::Trailers | State::Line | State::Data { .. } | State::DataEnd { .. } => {
                Err(BodyError::Incomplete)
            }
        }
    }

    /// The next line without its end (CRLF, or LF alone, which some clients send before the last CRLF).
    fn take_line(&mut self) -> Result<Option<Vec<u8>>, BodyError> {
        let end = memchr::memchr(b'\n', &self.input);
        let taken = self.input.split_to(end.map_or(self.input.len(), |at| at + 1));
        if self.line.len() + taken.len() > LINE_BYTES_MAX {
            return Err(BodyError::Refused(Refusal::Malformed));
        }
        self.line.extend_from_slice(&taken);
        if end.is_none() {
            return Ok(None);
        }
        let mut line = std::mem::take(&mut self.line);
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(line))
    }

    fn chunk_line(&mut self, line: &[u8]) -> Result<Option<Event>, BodyError> {
        let malformed = BodyError::Refused(Refusal::Malformed);
        let (digits, extension) = match memchr::memchr(b';', line) {
            Some(at) => (&line[..at], Some(&line[at + 1..])),
            None => (line, None),
        };
        let size = hex_size(digits).ok_or(malformed.clone())?;
        let signature = match (self.mode.signed, extension) {
            (true, Some(extension)) => {
                let value = extension.strip_prefix(b"chunk-signature=").ok_or(malformed.clone())?;
                Some(read_signature(value).ok_or(BodyError::Refused(Refusal::Signature))?)
            }
            (true, None) => return Err(malformed),
            // Unsigned chunks may carry extensions, which mean nothing.
            (false, _) => None,
        };
        self.chunk_number += 1;
        if size == 0 {
            if self.decoded_left > 0 {
                return Err(BodyError::Incomplete);
            }
            self.state = State::Trailers;
            return Ok(Some(Event::ChunkEnd { signature, last: true }));
        }
        if let Some((chunk, bytes)) = self.small_chunk {
            return Err(BodyError::Refused(Refusal::ChunkTooSmall { chunk, bytes }));
        }
        if self.mode.signed && size < SIGNED_CHUNK_BYTES_MIN {
            self.small_chunk = Some((self.chunk_number, size));
        }
        self.decoded_left = self.decoded_left.checked_sub(size).ok_or(BodyError::Incomplete)?;
        self.state = State::Data { left: size, signature };
        Ok(None)
    }

    fn trailer_line(&mut self, line: &[u8]) -> Result<Event, BodyError> {
        let malformed = BodyError::Refused(Refusal::Trailer);
        if line.is_empty() {
            let kept =
                self.promised.is_empty() && (!self.mode.signed || !self.mode.trailer || self.trailer_signed);
            // A body whose mode promises trailers but which names none ends here, too; it is the promise by name that counts.
            let nothing_promised = self.trailers_seen == 0 && self.promised.is_empty();
            if !(kept || nothing_promised) {
                return Err(malformed);
            }
            self.state = State::Done;
            return Ok(Event::End);
        }
        self.trailers_seen += 1;
        if !self.mode.trailer || self.trailer_signed || self.trailers_seen > TRAILERS_MAX {
            return Err(malformed);
        }
        let text = std::str::from_utf8(line).map_err(|_| malformed.clone())?;
        let (name, value) = text.split_once(':').ok_or(malformed.clone())?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if name == "x-amz-trailer-signature" && self.mode.signed {
            self.trailer_signed = true;
            let signature = read_signature(value.as_bytes()).ok_or(BodyError::Refused(Refusal::Signature))?;
            return Ok(Event::TrailerSignature(signature));
        }
        let promised = self.promised.iter().position(|promised| *promised == name).ok_or(malformed)?;
        self.promised.swap_remove(promised);
        Ok(Event::Trailer { name, value: value.to_owned() })
    }
}

fn hex_size(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > SIZE_DIGITS_MAX {
        return None;
    }
    digits.iter().try_fold(0_u64, |size, &digit| Some(size << 4 | u64::from(char::from(digit).to_digit(16)?)))
}

fn read_signature(value: &[u8]) -> Option<Signature> {
    let signature: Signature = value.try_into().ok()?;
    signature.iter().all(u8::is_ascii_hexdigit).then_some(signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNSIGNED: Mode = Mode { signed: false, trailer: true };
    const SIGNED: Mode = Mode { signed: true, trailer: false };

    /// Drives a decoder over `wire` in pieces of `step` bytes; the data it gave, the trailers, and how it ended.
    fn run(
        mode: Mode,
        length: u64,
        promised: &[&str],
        wire: &[u8],
        step: usize,
    ) -> (Vec<u8>, usize, Result<(), BodyError>) {
        let mut decoder = Decoder::new(mode, length, promised);
        let (mut data, mut trailers) = (Vec::new(), 0);
        let mut drive = || {
            for piece in wire.chunks(step) {
                decoder.push(Bytes::copy_from_slice(piece));
                while let Some(event) = decoder.next_event()? {
                    match event {
                        Event::Data(bytes) => data.extend_from_slice(&bytes),
                        Event::Trailer { .. } | Event::TrailerSignature(_) => trailers += 1,
                        Event::ChunkEnd { .. } | Event::End => {}
                    }
                }
            }
            decoder.finish().map(|_| ())
        };
        let end = drive();
        (data, trailers, end)
    }

    #[test]
    fn boto3s_form_decodes_at_every_cut() {
        let wire = b"5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
        for step in 1..=wire.len() {
            let (data, trailers, end) = run(UNSIGNED, 11, &["x-amz-checksum-crc32"], wire, step);
            assert_eq!(
                (data.as_slice(), trailers, end),
                (b"hello world".as_slice(), 1, Ok(())),
                "step {step}"
            );
        }
    }

    #[test]
    fn a_body_that_ends_early_or_lies_about_its_length_is_incomplete() {
        let whole = b"5\r\nhello\r\n0\r\n\r\n";
        for cut in 0..whole.len() - 2 {
            assert_eq!(run(UNSIGNED, 5, &[], &whole[..cut], 3).2, Err(BodyError::Incomplete), "cut at {cut}");
        }
        assert_eq!(run(UNSIGNED, 6, &[], whole, 64).2, Err(BodyError::Incomplete));
        assert_eq!(run(UNSIGNED, 4, &[], whole, 64).2, Err(BodyError::Incomplete));
    }

    #[test]
    fn a_trailer_must_be_promised_and_a_promise_kept() {
        let none = b"1\r\na\r\n0\r\n\r\n";
        let other = b"1\r\na\r\n0\r\nx-amz-checksum-sha1:x\r\n\r\n";
        let refused = Err(BodyError::Refused(Refusal::Trailer));
        assert_eq!(run(UNSIGNED, 1, &["x-amz-checksum-crc32"], none, 64).2, refused);
        assert_eq!(run(UNSIGNED, 1, &["x-amz-checksum-crc32"], other, 64).2, refused);
        assert_eq!(run(Mode { trailer: false, ..UNSIGNED }, 1, &[], other, 64).2, refused);
    }

    #[test]
    fn a_small_signed_chunk_must_be_the_last() {
        let signature = "0".repeat(64);
        let one = format!("1;chunk-signature={signature}\r\na\r\n");
        let last = format!("0;chunk-signature={signature}\r\n\r\n");
        assert_eq!(run(SIGNED, 1, &[], format!("{one}{last}").as_bytes(), 7).2, Ok(()));
        let refused = Err(BodyError::Refused(Refusal::ChunkTooSmall { chunk: 1, bytes: 1 }));
        assert_eq!(run(SIGNED, 2, &[], format!("{one}{one}{last}").as_bytes(), 7).2, refused);
    }

    #[test]
    fn a_signed_body_needs_its_signatures() {
        assert_eq!(
            run(SIGNED, 1, &[], b"1\r\na\r\n0\r\n\r\n", 64).2,
            Err(BodyError::Refused(Refusal::Malformed))
        );
        let short = b"1;chunk-signature=abc\r\na\r\n";
        assert_eq!(run(SIGNED, 1, &[], short, 64).2, Err(BodyError::Refused(Refusal::Signature)));
    }

    #[test]
    fn bytes_after_the_end_and_endless_lines_are_refused() {
        let malformed = Err(BodyError::Refused(Refusal::Malformed));
        assert_eq!(run(UNSIGNED, 1, &[], b"1\r\na\r\n0\r\n\r\nmore", 64).2, malformed);
        assert_eq!(run(UNSIGNED, 1, &[], &[b'0'; 2_000], 64).2, malformed);
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_an_error_or_an_end(wire in proptest::collection::vec(any::<u8>(), 0..400), step in 1_usize..50) {
            let _ = run(UNSIGNED, 10, &[], &wire, step);
            let _ = run(SIGNED, 10, &[], &wire, step);
        }

        #[test]
        fn what_was_framed_comes_back(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..300), 0..5), step in 1_usize..50) {
            let mut wire = Vec::new();
            for part in &parts {
                wire.extend_from_slice(format!("{:x}\r\n", part.len()).as_bytes());
                wire.extend_from_slice(part);
                wire.extend_from_slice(b"\r\n");
            }
            wire.extend_from_slice(b"0\r\n\r\n");
            let all = parts.concat();
            let (data, _, end) = run(UNSIGNED, all.len() as u64, &[], &wire, step);
            prop_assert_eq!(end, Ok(()));
            prop_assert_eq!(data, all);
        }
    }
}
