//! CloudWatch: metrics, and CloudWatch Logs. Two services over one state.
//!
//! ```text
//! src/shapes/   wire shapes of both, generated
//! src/ops.rs    the contents pages: one line an operation       src/ops/fault.rs  engine error → fault
//! src/engine/   the domain: points, metrics, alarms, dashboards; groups, streams, events; no wire types
//! src/tables.rs every persisted key family
//! src/tasks.rs  what happens by itself
//! ```
//! Metrics are served by all protocols that clients speak: rpc-v2-cbor, JSON and Query, with one set of operations.
//!
//! The state is also the other services' `ports::Metrics`: what they tell of themselves is gathered in memory and written down by the minute.
//!
//! Differs from AWS: what was put can be read at once (AWS takes up to some minutes).

pub mod engine;
mod ops;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::{Clock, Random};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use engine::{CloudWatch, Sinks};

/// What the rooms are made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The clock the domain lives by.
    pub clock: Clock,
    /// Randomness for ids.
    pub random: Random,
    /// Page tokens.
    pub tokens: Tokens,
}

/// The state behind both rooms.
pub fn open(parts: Parts) -> Arc<CloudWatch> {
    let Parts { store, clock, random, tokens } = parts;
    Arc::new(CloudWatch::new(store, clock, random, tokens))
}

/// The room of metrics.
pub fn monitoring(state: Arc<CloudWatch>, parts: RoomParts) -> Room<CloudWatch> {
    ops::monitoring::room(state, parts)
}

/// The room of logs.
pub fn logs(state: Arc<CloudWatch>, parts: RoomParts) -> Room<CloudWatch> {
    ops::logs::room(state, parts)
}

/// Starts what runs behind the rooms.
pub fn start(state: &Arc<CloudWatch>, tasks: &Tasks) {
    tasks::start(state, tasks);
}
