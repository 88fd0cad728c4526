//! The domain of both services: what was measured, what was logged, and what follows from either. No wire types, no HTTP.
//!
//! ```text
//! units · statistics    units by number; samples put together and what is asked of them (pure)
//! points                what was measured, by time: put, read, rolled up
//! metrics               which metrics there are
//! query                 periods and ranges of time
//! data · math           several series at once, and expressions over them
//! alarms · dashboards   what watches, and what shows
//! logs                  CloudWatch Logs
//! reporter              what the other services tell of themselves
//! ```
//!
//! **Time.** A datum belongs to the stretch of time its stamp lies in: a second's or a minute's. It lies in exactly one row; as it ages, the row
//! is merged into a coarser one. Reading judges a row by its age, not by whether the roll-up came by already, so what is seen depends on the clock
//! alone.
//!
//! **Changes.** Rows that hold sums are read, added to and written under a check that they are the ones that were read; who loses decides again.

pub mod alarms;
pub mod dashboards;
pub mod data;
pub mod error;
pub mod logs;
pub mod math;
pub mod metrics;
pub mod points;
pub mod query;
mod reporter;
pub mod statistics;
pub mod units;

use std::sync::{Arc, OnceLock};

use base::{Clock, Random};
use ports::{Functions, RecordSink};
use service::Tokens;
use store::{Commit, CommitId, Settled, Store, settle};
use tokio::sync::Notify;

use self::error::Error;
use self::logs::couriers::Couriers;
use self::metrics::Known;
use self::points::Stripes;
use self::reporter::Reporter;

/// How often a change is decided again before it is given up. A conflict needs another change of the same row in between.
const TRIES: u32 = 16;

/// The services that alarms act on and logs are sent to. They tell of themselves here, so they are opened later.
#[derive(Clone, Default)]
pub struct Sinks {
    /// Lambda.
    pub functions: Option<Arc<dyn Functions>>,
    /// Kinesis Data Streams.
    pub streams: Option<Arc<dyn RecordSink>>,
    /// Firehose.
    pub delivery_streams: Option<Arc<dyn RecordSink>>,
}

/// The state behind both rooms.
pub struct CloudWatch {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) tokens: Tokens,
    known: Known,
    stripes: Stripes,
    log_stripes: Stripes,
    reporter: Reporter,
    pub(crate) couriers: Couriers,
    /// The services that alarms act on and logs are sent to, once they are open.
    pub(crate) sinks: OnceLock<Sinks>,
    /// Wakes the task that removes what was deleted.
    pub(crate) buried: Notify,
}

impl CloudWatch {
    /// Over this store. Reads and writes nothing yet.
    pub fn new(store: Arc<dyn Store>, clock: Clock, random: Random, tokens: Tokens) -> Self {
        Self {
            store,
            clock,
            random,
            tokens,
            known: Known::default(),
            stripes: Stripes::default(),
            log_stripes: Stripes::default(),
            reporter: Reporter::default(),
            couriers: Couriers::default(),
            sinks: OnceLock::new(),
            buried: Notify::new(),
        }
    }

    /// Tells it the services that are opened after it. Once.
    pub fn connect(&self, sinks: Sinks) {
        let _ = self.sinks.set(sinks);
    }

    pub(crate) fn commit(&self) -> Commit {
        Commit::new(CommitId(self.random.u128()))
    }

    /// Commits. `Ok(false)` when nothing happened because something is otherwise than it was read: decide again.
    pub(crate) async fn settle(&self, commit: Commit) -> Result<bool, Error> {
        match settle(&*self.store, commit).await {
            Settled::Done(_) | Settled::Happened => Ok(true),
            Settled::Lost(_) | Settled::Absent(_) => Ok(false),
            Settled::Refused(refusal) => Err(Error::unavailable(refusal.to_string())),
            Settled::Unknown(why) => Err(Error::unavailable(why)),
        }
    }
}
