//! DynamoDB, as far as consumers of streams keep their leases, checkpoints and locks in it.
//!
//! ```text
//! shapes      the tables of the wire, generated
//! ops         the contents page; one file an operation; ops/fault.rs words refusals
//! engine      the domain
//! tables      what is persisted
//! tasks       indexes are filled, what is gone is removed
//! ```
//!
//! There are tables with global and local indexes, items with conditions and expressions in both dialects, Query, Scan in segments, batches and
//! transactions. Not here, and refused by name: streams, backups and restoring, PartiQL, global tables, exports and imports, vector
//! indexes, resource policies.
//!
//! Differs from AWS: states settle at once unless `transitions` are asked for; every read is consistent, also those of indexes; capacity is
//! told, never limited; items are counted when asked for.

pub mod engine;
mod ops;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::Random;
use service::{Room, RoomParts, Tasks};
use store::Store;

pub use engine::{DynamoDb, Settings};

/// What the room is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What every room is given.
    pub room: RoomParts,
    /// Makes ids.
    pub random: Random,
    /// Runs the background work.
    pub tasks: Tasks,
    /// How the room is set.
    pub settings: Settings,
}

/// Opens the room and starts its background work.
pub fn room(parts: Parts) -> Room<DynamoDb> {
    let Parts { store, room, random, tasks: runner, settings } = parts;
    let db = DynamoDb::new(store, room.clock.clone(), random, settings);
    tasks::start(&db, &runner);
    ops::room(db, room)
}
