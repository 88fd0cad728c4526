//! JSON: 1.0 and 1.1 RPC, the bodies of REST-JSON, and the payloads of events.
//!
//! The reader goes once over the bytes and fills the structure as it goes: there is no tree in between. A string without escapes is copied
//! once, a blob is decoded straight from the body, unknown members are checked and skipped. The writer fills one buffer whose
//! size it has reckoned first.

mod read;
mod write;

pub(crate) use read::{find, read_document, read_value};
pub(crate) use write::{write_document, write_text, write_value};

/// Nesting beyond this is refused (product bounds).
pub(crate) const DEPTH_MAX: usize = 64;
