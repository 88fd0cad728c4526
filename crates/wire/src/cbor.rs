//! CBOR: Kinesis' own and Smithy's rpc-v2.
//!
//! They differ in timestamps: tag 1 holds milliseconds in Kinesis, seconds in rpc-v2. The reader takes definite and indefinite lengths, all
//! widths, half floats, null and undefined as absent, and checks every length against the bytes that are left. Byte strings are slices of
//! the body, not copies. The writer uses definite lengths and the smallest width.

mod read;
mod write;

pub(crate) use read::read_document;
pub(crate) use write::{Writer, write_document};

/// What the number in tag 1 counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    /// Kinesis, both ways an integer.
    Millis,
    /// rpc-v2 and RFC 8949, an integer or a float.
    Seconds,
}

/// Nesting beyond this is refused (product bounds).
const DEPTH_MAX: usize = 64;
/// The tag of a timestamp.
const TAG_TIME: u64 = 1;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
