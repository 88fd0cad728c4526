//! The domain: databases, tables and their versions, partitions. No wire types, no HTTP.
//!
//! ```text
//! names       how things are called                      error       why not, in AWS's words
//! databases · tables · versions · functions · named      things with names       tags · policy · statistics
//! partitions  come, change and go, alone and in batches   keys        the bytes they are found by
//! expression  conditions on them                          walk        those that meet one, by seeks
//! indexes     other orders to find them by                sweep       what deletions leave
//! registry    the Schema Registry: registries, schemas, versions      crawler     when crawlers run, what files are
//! ```
//!
//! **Changes.** Read a snapshot, decide, commit under checks that what was decided on is still so; a conflict decides again. A change of a
//! partition checks its table's row, so that an index that is made, or a table that is dropped, never misses one. An update of a table checks
//! the row it replaces: two Iceberg commits over one version cannot both succeed.
//!
//! **Speed.** A million partitions are never looked at to find a thousand: [`walk`] goes from one range of keys to the next.

pub mod crawler;
pub mod databases;
pub mod error;
pub mod expression;
pub mod functions;
pub mod indexes;
pub mod keys;
pub mod named;
pub mod names;
pub mod partitions;
pub mod policy;
pub mod registry;
pub mod statistics;
pub mod sweep;
pub mod tables;
pub mod tags;
pub mod versions;
pub mod walk;

use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use crypt::SealKey;
use ports::{Metrics, ObjectStore, Principals};
use service::{Authorizer, Tokens};
use store::{Commit, CommitId, Refusal, Settled, Snapshot, Store};
use tokio::sync::Notify;

pub use error::Error;

/// How often a change is decided again before it is given up. A conflict needs another change of the same thing in between.
const ATTEMPTS: u32 = 64;

/// The service: the catalogs of all accounts and regions.
pub struct Glue {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) tokens: Tokens,
    pub(crate) authorizer: Arc<dyn Authorizer>,
    pub(crate) principals: Arc<dyn Principals>,
    /// Seals what is secret in connections.
    pub(crate) secrets: SealKey,
    /// S3, which crawlers read.
    pub(crate) objects: Arc<dyn ObjectStore>,
    /// Where crawlers say what they do.
    pub(crate) metrics: Arc<dyn Metrics>,
    /// Wakes the crawlers: one was started or stopped, or its schedule was changed.
    pub(crate) crawls: Notify,
    /// Wakes the sweep: something was deleted, or an index is to be filled or emptied.
    pub(crate) chores: Notify,
}

impl Glue {
    /// Now, by the clock the domain lives by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What page tokens are sealed with.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Returns when there may be a crawler to run.
    pub async fn crawl_wanted(&self) {
        self.crawls.notified().await;
    }

    pub(crate) fn snapshot(&self) -> Box<dyn Snapshot> {
        self.store.snapshot()
    }

    pub(crate) fn begin(&self) -> Commit {
        Commit::new(CommitId(self.random.u128()))
    }

    /// Commits. True if it happened; false if what it was decided on has changed, so that it must be decided again. A failure that is not
    /// certain is never reported as one that is: Iceberg would write over a commit it takes for lost.
    pub(crate) async fn done(&self, commit: Commit) -> Result<bool, Error> {
        match store::settle(&*self.store, commit).await {
            Settled::Done(_) | Settled::Happened => Ok(true),
            Settled::Lost(_) | Settled::Absent(_) => Ok(false),
            Settled::Refused(Refusal::Full) => Err(Error::Full),
            Settled::Refused(Refusal::TooLarge(_)) => {
                Err(Error::invalid("The request is larger than the catalog can keep."))
            }
            Settled::Refused(Refusal::Closed) => Err(Error::Store("the store is closed".to_owned())),
            Settled::Unknown(why) => Err(Error::Store(why)),
        }
    }
}
