//! What an operation is, and the one way in which every room answers one.
//!
//! A room is a table of [`Operation`]s over some state. The [`Room`] decodes the request by the operation's schema, asks the
//! [`Authorizer`] about everything the operation says it touches, checks the model's constraints, runs it, encodes the answer and
//! records one metering event. No operation can be reached without the [`Caller`] that the door's gate yields, and none decides for
//! itself how an error looks on the wire: it returns a [`Fault`].
//!
//! The order that clients can see (house page, "A request"):
//!
//! ```text
//! JSON, CBOR, Query, REST-JSON:  read body → decode types → access → authorize → constraints → run
//! S3 (REST-XML):                 decode head → access → authorize → read body → decode body → constraints → run
//! ```
//!
//! Here too: the one shape of background work ([`tasks`]), page tokens nobody can forge ([`Tokens`]), and metering ([`metering`]).

mod access;
mod call;
mod fault;
pub mod json;
pub mod metering;
pub mod names;
mod operation;
mod room;
pub mod tasks;
mod tokens;
pub mod vault;

pub use access::{Access, Authorizer, Denied, ResourceRule, ResourceSide, RootOnly};
pub use call::{AuthSource, Call, Caller, Incoming};
pub use fault::{Fault, HINT, Member};
pub use operation::Operation;
pub use room::{AnyRoom, Room, RoomParts, Style};
pub use tasks::{Stop, Tasks, Timer};
pub use tokens::{InvalidToken, Tokens};
