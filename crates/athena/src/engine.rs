//! The domain: queries and what they are begun with.
//!
//! ```text
//! lexer · statement   what a text says                    groups · saved   work groups; named queries and prepared statements
//! queries             rows of queries                     jobs             those that run in this process
//! run                 one query from its turn to its end  answer           what a statement comes to: rows, lines, files
//! ddl · show          Hive's statements, by the catalog   write            tables and files out of rows
//! catalog             the catalog, as whoever asks        sources          tables for the engine
//! results             the objects that answers become     error            why not, in AWS's words
//! tags                of work groups and the catalog
//! ```

pub mod answer;
pub mod catalog;
pub mod ddl;
pub mod error;
pub mod groups;
pub mod jobs;
pub mod lexer;
pub mod queries;
pub mod results;
pub mod run;
pub mod saved;
pub mod show;
pub mod sources;
pub mod statement;
pub mod tags;
pub mod write;

use std::sync::Arc;

use base::{Clock, Random, Timestamp};
use ports::{CatalogCalls, Converter, ObjectStore, QueryEngine};
use service::Tokens;
use store::{Commit, CommitId, Refusal, Settled, Snapshot, Store};

pub use error::Error;

/// How often a change is decided again before it is given up.
const ATTEMPTS: u32 = 64;

/// The service, for all accounts and regions.
pub struct Athena {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) tokens: Tokens,
    pub(crate) catalog: Arc<dyn CatalogCalls>,
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) converter: Arc<dyn Converter>,
    pub(crate) engine: Option<Arc<dyn QueryEngine>>,
    pub(crate) jobs: jobs::Jobs,
}

impl Athena {
    /// Now, by the clock the domain lives by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn snapshot(&self) -> Box<dyn Snapshot> {
        self.store.snapshot()
    }

    pub(crate) fn begin(&self) -> Commit {
        Commit::new(CommitId(self.random.u128()))
    }

    /// Commits. True if it happened; false if what it was decided on has changed, so that it must be decided again.
    pub(crate) async fn done(&self, commit: Commit) -> Result<bool, Error> {
        match store::settle(&*self.store, commit).await {
            Settled::Done(_) | Settled::Happened => Ok(true),
            Settled::Lost(_) | Settled::Absent(_) => Ok(false),
            Settled::Refused(Refusal::Full) => Err(Error::Full),
            Settled::Refused(Refusal::TooLarge(_)) => {
                Err(Error::invalid("The request is larger than can be kept."))
            }
            Settled::Refused(Refusal::Closed) => Err(Error::Store("the store is closed".to_owned())),
            Settled::Unknown(why) => Err(Error::Store(why)),
        }
    }
}
