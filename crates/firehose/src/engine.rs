//! The domain of the room: delivery streams, and how what they are given becomes objects. No wire types, no HTTP.
//!
//! ```text
//! streams     a stream as such: created, described, listed, changed, deleted     encryption   switched on and off
//! puts        Direct PUT: records appended to the stream's own log               sealing      records at rest
//! secrets     keys, tokens and passwords at rest
//! delivery    a log, a cursor and a sink, for each stream: plain ones into a bucket, others into pipes
//!   intake      records worked on: aggregates, functions, keys   processing   what is asked for      jq   keys of records
//! pipes       the logs between way in and way out
//! outlet      what lies in pipes goes out: buckets, tables, HTTP endpoints, Splunk, search clusters, Redshift
//!   iceberg     tables and the way to them
//!   convert     column files                    envelope     what stands for a failure           tell  metrics and log lines
//!   buffering   when a buffer is full          naming      what an object is called
//! kafka       topics of Kafka as sources
//!   kpl         aggregates taken apart           prefix    … what stands before, with expressions
//!   compression the containers of a body         dates     … Java's date patterns
//! limits      the service's quotas               watches   wakes a delivery when its stream changed
//! ```

pub mod buffering;
pub mod compression;
pub mod convert;
pub mod dates;
pub mod delivery;
pub mod encryption;
pub mod envelope;
pub mod error;
pub mod iceberg;
pub mod intake;
pub mod jq;
pub mod kafka;
pub mod kpl;
pub mod limits;
pub mod naming;
pub mod outlet;
pub mod pipes;
pub mod prefix;
pub mod processing;
pub mod puts;
pub mod sealing;
mod secrets;
pub mod streams;
pub mod tell;
pub mod watches;

use std::sync::Arc;

use base::{Clock, Random};
use ports::{Catalog, Converter, Functions, KeyService, Metrics, ObjectStore, RecordSource};
use service::vault::Vault;
use store::Store;
use tokio::sync::Semaphore;

use self::limits::Throttles;
use self::tell::Teller;
use self::watches::Watches;
use crate::Settings;
use crate::tables::{StreamKey, StreamRow};

/// Objects made at the same time, over all streams. Each holds a read of its source, a packed piece and what S3 holds of an upload: a few
/// mebibytes together.
const DELIVERIES_AT_ONCE: usize = 8;

/// Reads that only count records, at the same time, over all streams: after a restart every stream counts what it holds.
const COUNTS_AT_ONCE: usize = 16;

/// The rooms and engines beside this one.
#[derive(Clone)]
pub struct Neighbours {
    /// S3.
    pub objects: Arc<dyn ObjectStore>,
    /// Kinesis Data Streams.
    pub records: Arc<dyn RecordSource>,
    /// KMS.
    pub keys: Arc<dyn KeyService>,
    /// Lambda.
    pub functions: Option<Arc<dyn Functions>>,
    /// The Glue Data Catalog.
    pub catalog: Option<Arc<dyn Catalog>>,
    /// What writes column files.
    pub converter: Option<Arc<dyn Converter>>,
    /// CloudWatch.
    pub metrics: Arc<dyn Metrics>,
    /// The way out.
    pub outbound: outbound::Client,
}

/// What the engine's verbs work on.
pub struct Engine {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) records: Arc<dyn RecordSource>,
    pub(crate) functions: Option<Arc<dyn Functions>>,
    pub(crate) catalog: Option<Arc<dyn Catalog>>,
    pub(crate) converter: Option<Arc<dyn Converter>>,
    pub(crate) metrics: Arc<dyn Metrics>,
    pub(crate) outbound: outbound::Client,
    pub(crate) vault: Arc<Vault>,
    pub(crate) settings: Settings,
    pub(crate) throttles: Throttles,
    pub(crate) watches: Watches,
    deliveries: Semaphore,
    counts: Semaphore,
}

impl Engine {
    /// Over this store, among these neighbours.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Clock,
        random: Random,
        neighbours: Neighbours,
        settings: Settings,
    ) -> Self {
        let Neighbours { objects, records, keys, functions, catalog, converter, metrics, outbound } =
            neighbours;
        let vault = Self::vault(keys, store.clone(), clock.clone(), random.clone());
        Self {
            store,
            clock,
            random,
            objects,
            records,
            functions,
            catalog,
            converter,
            metrics,
            outbound,
            vault,
            settings,
            throttles: Throttles::default(),
            watches: Watches::default(),
            deliveries: Semaphore::new(DELIVERIES_AT_ONCE),
            counts: Semaphore::new(COUNTS_AT_ONCE),
        }
    }

    /// Tells of a stream.
    pub(crate) fn teller(&self, key: &StreamKey, row: &StreamRow) -> Teller {
        let (metrics, clock, random) = (self.metrics.clone(), self.clock.clone(), self.random.clone());
        Teller::new(metrics, clock, random, key, row.version, &row.destination)
    }
}
