//! The domain: tables, items, expressions and indexes. No wire types, no HTTP.
//!
//! ```text
//! number, value   what an attribute may be (pure)                  key          which attributes say where an item is (pure)
//! expression      the language of conditions and updates (pure)    legacy       the older parameters, turned into the same (pure)
//! table           tables: what one is, create, change, delete      index        entries of secondary indexes, and their backfill
//! write           one item changed, under a condition              transact     several, all or none
//! read            items found: by key, by query, by scan           sweep        what is gone is removed; what has expired goes
//! capacity        what a call costs (pure)                         measure      how many items a table has
//! ```
//!
//! **Writes.** Read the item, decide, commit with the check that item and table are what was read; when another was faster, decide again. The
//! commit writes the item and every index entry that changes with it, so that no index ever shows another state than its table. No lock.
//!
//! **Reads.** One snapshot a call, whatever it is asked for: every read is as a strongly consistent one of AWS's.

pub mod capacity;
mod error;
pub mod expression;
pub mod index;
pub mod key;
pub mod legacy;
pub mod measure;
pub mod number;
pub mod read;
pub mod sweep;
pub mod table;
pub mod transact;
pub mod value;
pub mod write;

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random, Timestamp};
use store::{Commit, CommitId, Settled, Store};
use tokio::sync::Notify;

use crate::tables::{Change, Transition};
pub use error::{Error, Invalid, Reason};
use measure::Measures;

/// How the room is set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Whether states take AWS's time to settle; otherwise at once. Default: at once.
    pub transitions: bool,
}

/// How long a state takes to settle where `transitions` is set: enough for a client to see it.
const TRANSITION: Duration = Duration::from_secs(1);
/// How often a change is decided again before it is given up. Each time, somebody else's change of the same item has succeeded.
const ATTEMPTS: u32 = 512;

/// The service: all tables of all accounts and regions.
pub struct DynamoDb {
    store: Arc<dyn Store>,
    clock: Clock,
    random: Random,
    settings: Settings,
    measures: Measures,
    /// Wakes the background work: something was deleted, or an index is to be filled.
    work: Notify,
}

impl DynamoDb {
    /// Over this store. Reads and writes nothing yet.
    pub fn new(store: Arc<dyn Store>, clock: Clock, random: Random, settings: Settings) -> Arc<Self> {
        Arc::new(Self { store, clock, random, settings, measures: Measures::default(), work: Notify::new() })
    }

    /// Now, by the clock the domain lives by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns when there is background work that was not there when it last returned.
    pub async fn work_to_do(&self) {
        self.work.notified().await;
    }

    /// Commits. `false`: certainly nothing happened; read anew and begin again.
    async fn settle(&self, commit: Commit) -> Result<bool, Error> {
        match store::settle(&*self.store, commit).await {
            Settled::Done(_) | Settled::Happened => Ok(true),
            Settled::Lost(_) | Settled::Absent(_) => Ok(false),
            Settled::Refused(refusal) => Err(refusal.into()),
            Settled::Unknown(why) => Err(Error::Store(why)),
        }
    }

    fn new_commit_id(&self) -> CommitId {
        CommitId(self.random.u128())
    }

    /// A change that begins now; `None` if states settle at once.
    fn transition(&self, kind: Change, now: Timestamp) -> Option<Transition> {
        let until = now.plus(TRANSITION).as_micros();
        self.settings.transitions.then_some(Transition { kind, until_micros: until })
    }
}
