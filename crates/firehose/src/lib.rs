//! Amazon Data Firehose: what is put into a delivery stream, or stands in a Kinesis stream or a topic of Kafka, becomes objects in a bucket or rows of
//! an Iceberg table, exactly once, or goes to HTTP endpoints, Splunk, search clusters and Redshift, at least once; on the way transformed, partitioned, converted.
//!
//! ```text
//! src/shapes/   wire shapes, generated
//! src/ops.rs    the contents page: one line an operation          src/ops/fault.rs  engine error → fault
//! src/engine/   the domain: streams, puts, deliveries, prefixes, containers; no wire types
//! src/tables.rs every persisted key family
//! src/tasks.rs  one delivery for each stream
//! ```
//!
//! Differs from AWS: into buckets a record is delivered exactly once, since the object and the cursor behind it are one commit (AWS promises at least
//! once). Destinations may be without TLS. Creation and deletion are done at once unless AWS's delays are asked for. What is not built
//! (Snowflake, databases as sources, Secrets Manager, creation and evolution of Iceberg tables) is refused by name. Kafka is named by its brokers' addresses
//! in place of a cluster of MSK.

pub mod engine;
mod ops;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::Random;
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use engine::Neighbours;
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
    /// The rooms and engines beside this one.
    pub neighbours: Neighbours,
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
