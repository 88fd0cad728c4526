//! The domain of the room: delivery streams, and how what they are given becomes objects. No wire types, no HTTP.
//!
//! ```text
//! streams     a stream as such: created, described, listed, changed, deleted
//! puts        Direct PUT: records appended to the stream's own log
//! delivery    a log, a cursor and a sink, for each stream
//!   buffering   when a buffer is full          naming      what an object is called
//!   kpl         aggregates taken apart           prefix    … what stands before, with expressions
//!   compression the containers of a body         dates     … Java's date patterns
//! limits      the service's quotas               watches   wakes a delivery when its stream changed
//! ```

pub mod buffering;
pub mod compression;
pub mod dates;
pub mod delivery;
pub mod error;
pub mod kpl;
pub mod limits;
pub mod naming;
pub mod prefix;
pub mod puts;
pub mod streams;
pub mod watches;

use std::sync::Arc;

use base::{Clock, Random};
use ports::{ObjectStore, RecordSource};
use store::Store;
use tokio::sync::Semaphore;

use self::limits::Throttles;
use self::watches::Watches;
use crate::Settings;

/// Objects made at the same time, over all streams. Each holds a read of its source, a packed piece and what S3 holds of an upload: a few
/// mebibytes together.
const DELIVERIES_AT_ONCE: usize = 8;

/// Reads that only count records, at the same time, over all streams: after a restart every stream counts what it holds.
const COUNTS_AT_ONCE: usize = 16;

/// What the engine's verbs work on.
pub struct Engine {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) records: Arc<dyn RecordSource>,
    pub(crate) settings: Settings,
    pub(crate) throttles: Throttles,
    pub(crate) watches: Watches,
    deliveries: Semaphore,
    counts: Semaphore,
}

impl Engine {
    /// Over this store, delivering into these objects and reading these streams.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Clock,
        random: Random,
        objects: Arc<dyn ObjectStore>,
        records: Arc<dyn RecordSource>,
        settings: Settings,
    ) -> Self {
        Self {
            store,
            clock,
            random,
            objects,
            records,
            settings,
            throttles: Throttles::default(),
            watches: Watches::default(),
            deliveries: Semaphore::new(DELIVERIES_AT_ONCE),
            counts: Semaphore::new(COUNTS_AT_ONCE),
        }
    }
}
