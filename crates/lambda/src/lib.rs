//! AWS Lambda: functions as child processes of this machine, in sandboxes.
//!
//! ```text
//! src/shapes/    wire shapes, generated
//! src/ops.rs     the contents page: one line an operation          src/ops/fault.rs  engine error → fault
//! src/engine/    the domain: functions, versions, events, mappings; no wire types
//! src/runtimes/  processes: sandboxes, the Runtime API, warm environments; knows no API of AWS but that one
//! src/tables.rs  every persisted key family
//! src/port.rs    ports::Functions, for Firehose and S3              src/url.rs  ports::FunctionUrls: functions at URLs of their own
//! src/tasks.rs   background work
//! ```
//!
//! Why the engine of processes is a module and no crate of its own is in docs/decisions.
//!
//! Differs from AWS: `python3.*` and `nodejs*` run on whatever version of the interpreter the machine has, and `provided.*` on the machine's own
//! libraries; other runtimes are stored and refused when they are invoked. Functions reach the machine's network. The number of events that run at the
//! same time is the machine's, not an account's. Destinations are functions and buckets. Images, file systems, capacity providers and durable
//! executions are refused.

pub mod engine;
mod ops;
mod port;
pub mod runtimes;
pub mod shapes;
pub mod tables;
mod tasks;
mod url;

use std::sync::Arc;

use base::Random;
use ports::{Metrics, ObjectStore, Principals, RecordSource};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use ops::Lambda;
pub use runtimes::helper::helper;

/// What the room is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What every room is given.
    pub room: RoomParts,
    /// Randomness for ids.
    pub random: Random,
    /// Page tokens.
    pub tokens: Tokens,
    /// Where background work runs.
    pub tasks: Tasks,
    /// IAM: functions' roles.
    pub principals: Arc<dyn Principals>,
    /// S3: code, and destinations.
    pub objects: Arc<dyn ObjectStore>,
    /// Kinesis Data Streams: event sources.
    pub records: Arc<dyn RecordSource>,
    /// CloudWatch: metrics and logs.
    pub metrics: Arc<dyn Metrics>,
    /// What can be set.
    pub settings: Settings,
}

/// What can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How functions are run.
    pub runtimes: runtimes::Settings,
    /// Where this server is reached from this machine: `AWS_ENDPOINT_URL` of functions.
    pub endpoint: Option<String>,
    /// Take AWS's time in Pending and InProgress. Off by default: both are over at once.
    pub transitions: bool,
}

/// The room of Lambda. Starts its background work.
pub fn room(parts: Parts) -> Room<Lambda> {
    ops::room(parts)
}
