//! Athena: SQL over the tables of the Glue Data Catalog, whose files lie in S3.
//!
//! ```text
//! src/shapes/   wire shapes, generated (those of the operations that are built)
//! src/ops.rs    the contents page: one line an operation          src/ops/fault.rs  engine error → fault
//! src/engine/   the domain; no wire types but those it keeps as they came
//! src/tables.rs every persisted key family
//! src/tasks.rs  what runs queries
//! ```
//!
//! A query is a row. It is queued when StartQueryExecution answers, and runs when its turn comes; what it finds becomes an object of the caller's, by
//! the caller's rights, in the same commit as the row that says it has succeeded. The rights it runs under are not kept: a query that has
//! not ended when the process does has failed, and says so.
//!
//! Statements that read are answered by a [`ports::QueryEngine`]; Hive's are understood here (`engine/statement.rs`) and become calls of the catalog,
//! as the caller. Without an engine (the feature `engines` of the binary) statements that read fail by name.
//!
//! Differs from AWS: statements run on this machine, a few at a time; results are not reused; Iceberg tables, federated catalogs, notebooks, sessions and
//! capacity reservations are not built. `.metadata` objects are JSON.

mod engine;
mod ops;
pub mod shapes;
pub mod tables;
mod tasks;

use std::sync::Arc;

use base::Random;
use ports::{CatalogCalls, Converter, ObjectStore, QueryEngine};
use service::{Room, RoomParts, Tasks, Tokens};
use store::Store;

pub use engine::Athena;

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
    /// Where queries run.
    pub tasks: Tasks,
    /// The catalog.
    pub catalog: Arc<dyn CatalogCalls>,
    /// Tables' files and results.
    pub objects: Arc<dyn ObjectStore>,
    /// What writes Parquet and ORC.
    pub converter: Arc<dyn Converter>,
    /// What answers statements that read, if the binary has one.
    pub engine: Option<Arc<dyn QueryEngine>>,
}

/// Opens the room and begins to run queries.
pub fn room(parts: Parts) -> Room<Athena> {
    let Parts { store, room, random, tokens, tasks: runner, catalog, objects, converter, engine } = parts;
    let athena = Arc::new(Athena {
        store,
        clock: room.clock.clone(),
        random,
        tokens,
        catalog,
        objects,
        converter,
        engine,
        jobs: engine::jobs::Jobs::default(),
    });
    tasks::start(&athena, &runner);
    ops::room(athena, room)
}
