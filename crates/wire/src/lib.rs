//! Pure bytes to values and back: the protocols of AWS, once, for every room.

pub mod chunked;
mod error;
pub mod prelude;
mod schema;
mod shape;
mod show;

pub use error::DecodeError;
pub use schema::{
    At, ErrorKind, Field, ITEM, Kind, Operation, Protocol, Rules, Service, Structure, TimeFormat, schema,
};
pub use shape::{
    Document, Entries, Fields, Items, Member, Need, Shape, Sink, Slot, Source, Value, Width, no_slot,
};
pub use show::show;

/// The text of ValidationException, if the input breaks constraints of its table.
pub fn violations<I: Shape>(_input: &I) -> Option<String> {
    None
}
