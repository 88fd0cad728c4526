//! Pure bytes to values and back: the protocols of AWS, once, for every room.
//!
//! ```text
//! schema.rs   what a service, operation and structure look like; tables are constants, generated
//! shape.rs    the shape! macro, and the two visitors by which codecs read and write a typed structure
//! checks.rs   constraints, in AWS's exact words
//! pattern.rs  the patterns among them, which are Java's
//! message.rs  a request's head and payload, an answer; the one place that chooses the codec
//! errors.rs   errors, one form for each family of protocols
//! json/ cbor/ xml/ query.rs rest/     the codecs
//! eventstream.rs chunked.rs           the framings
//! ```
//!
//! Nothing here waits, reads a clock or knows a key. Every parser is bounded: depth, lengths against the bytes that are left, no
//! document types, no references to elsewhere. Each has its property tests beside it and a fuzz target under `fuzz/`.

mod cbor;
mod checks;
pub mod chunked;
mod error;
mod errors;
pub mod eventstream;
mod json;
mod message;
mod pattern;
pub mod prelude;
pub mod query;
pub mod rest;
mod schema;
mod shape;
mod show;
pub mod time;
mod words;
mod xml;

pub use checks::{missing, violations};
pub use error::DecodeError;
pub use errors::encode_error;
pub use message::{
    Answer, ErrorValue, Head, MemberValue, Payload, decode, decode_body, decode_head, encode, json_of, keep,
    kept, reads_whole_body,
};
pub use pattern::Pattern;
pub use schema::{
    At, ErrorKind, Field, ITEM, Kind, Operation, Protocol, Rules, Service, Structure, TimeFormat, schema,
};
pub use shape::{
    Document, Entries, Fields, Items, Member, Need, Shape, Sink, Slot, Source, Value, Width, no_slot,
};
pub use show::show;

// The generated tables, which tests include, name this crate from outside.
#[cfg(test)]
extern crate self as wire;
// Public so that the included tables count as used.
#[cfg(test)]
pub mod tests;
