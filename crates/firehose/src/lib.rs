//! Amazon Data Firehose: what is put into a delivery stream, or stands in a Kinesis stream, becomes objects in a bucket, exactly once.
//!
//! ```text
//! src/shapes/   wire shapes, generated
//! src/ops.rs    the contents page: one line an operation          src/ops/fault.rs  engine error → fault
//! src/engine/   the domain: streams, puts, deliveries, prefixes, containers; no wire types
//! src/tables.rs every persisted key family
//! src/tasks.rs  one delivery for each stream
//! ```
//!
//! Differs from AWS: a record is delivered exactly once, since the object and the cursor behind it are one commit (AWS promises at least
//! once). Destinations other than S3, format conversion, dynamic partitioning, Lambda and server-side encryption are refused by name until they
//! are built. Errors of delivery go to the server's log instead of CloudWatch Logs. Creation and deletion are done at once unless AWS's
//! delays are asked for.

pub mod engine;
mod ops;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::Random;
use ports::{ObjectStore, RecordSource};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use ops::Firehose;

/// What the room is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What every room is given.
    pub room: RoomParts,
    /// Randomness for ids.
    pub random: Random,
    /// Page tokens. Firehose's listings go on from names, so none are made so far.
    pub tokens: Tokens,
    /// Where background work runs.
    pub tasks: Tasks,
    /// S3.
    pub objects: Arc<dyn ObjectStore>,
    /// Kinesis Data Streams.
    pub records: Arc<dyn RecordSource>,
    /// What can be set.
    pub settings: Settings,
}

/// What can be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Keep AWS's quotas: the number of streams, and the throughput of each. Off by default.
    pub strict_limits: bool,
    /// Take AWS's time to create and to delete a stream. Off by default: both are done at once.
    pub transitions: bool,
}

/// The room of Firehose. Starts the deliveries of all stored streams.
pub fn room(parts: Parts) -> Room<Firehose> {
    ops::room(parts)
}
