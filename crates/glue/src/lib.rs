//! The Glue Data Catalog: databases, tables and partitions that readers and writers of files in buckets agree by.
//!
//! ```text
//! src/shapes/   wire shapes, generated (those of the operations that are built)
//! src/ops.rs    the contents page: one line an operation          src/ops/fault.rs  engine error → fault
//! src/ops/      one file for each kind of thing: the model has more than a hundred operations that do the same to different things
//! src/engine/   the domain; no wire types
//! src/tables.rs every persisted key family
//! src/port.rs   tables for other rooms: ports::Catalog
//! src/crawl.rs  what a crawler does: reads objects, writes tables
//! src/tasks.rs  what is done behind the calls
//! ```
//!
//! Differs from AWS: changes take effect at once; partition indexes only make queries faster, and any expression may be asked without one;
//! expressions on a million partitions look at what the expression leaves of the keys; crawlers look into S3 and
//! the catalog, and know no XML. Jobs, triggers, workflows, federated catalogs, data quality,
//! the studio and machine learning are not built: they are refused by name.

mod crawl;
mod engine;
mod ops;
mod port;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::{Random, Secret};
use crypt::{HmacKey, SealKey};
use ports::{Metrics, ObjectStore, Principals};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;
use tokio::sync::Notify;

pub use engine::Glue;
pub use port::Calls;

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
    /// Knows users and roles, whom resource policies name.
    pub principals: Arc<dyn Principals>,
    /// S3, which crawlers read.
    pub objects: Arc<dyn ObjectStore>,
    /// Where crawlers say what they do.
    pub metrics: Arc<dyn Metrics>,
    /// The key that the data directory derives for Glue alone: passwords of connections are sealed under it.
    pub secrets: Secret,
}

/// Opens the room and starts its background work. `room.state()` is the [`ports::Catalog`].
pub fn room(parts: Parts) -> Room<Glue> {
    let Parts { store, room, random, tokens, tasks: runner, principals, objects, metrics, secrets } = parts;
    let glue = Arc::new(Glue {
        store,
        clock: room.clock.clone(),
        random,
        tokens,
        authorizer: room.authorizer.clone(),
        principals,
        secrets: SealKey::derived(&HmacKey::new(secrets.expose()), b"connections"),
        objects,
        metrics,
        crawls: Notify::new(),
        chores: Notify::new(),
    });
    tasks::start(&glue, &runner);
    ops::room(glue, room)
}
