//! The domain of the room: functions, their versions and what belongs to them, and how they are invoked. No wire types, no HTTP.
//!
//! ```text
//! functions    created, changed, listed, deleted           names    how they are named
//! versions, aliases   what a qualifier stands for           code     archives, stored and unpacked      zip   … read
//! layers       content that functions share                permissions   resource policies
//! invoke       an event, an answer                          events   the durable queue behind Event      destinations
//! settings     concurrency, event invoke configs            urls     URLs of functions
//! mappings, poller, filters   streams that invoke
//! ```

pub mod aliases;
pub mod code;
mod destinations;
pub mod error;
pub mod events;
pub mod filters;
pub mod functions;
pub mod invoke;
pub mod layers;
pub mod mappings;
pub mod names;
pub mod permissions;
mod poller;
pub mod settings;
pub mod urls;
pub mod versions;
pub mod zip;

use std::sync::Arc;

use base::{Clock, Random};
use ports::{Metrics, ObjectStore, Principals, RecordSource};
use service::{Authorizer, Tasks};
use store::{Commit, CommitId, Store};

use self::code::Folders;
use self::events::Lanes;
use self::invoke::{Plans, Running};
use self::mappings::Pollers;
use crate::Settings;
use crate::runtimes::Pool;

/// How often a change is tried again when somebody else changed the same row.
pub(crate) const TRIES: usize = 10;

/// What the engine's verbs work on.
pub struct Engine {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) authorizer: Arc<dyn Authorizer>,
    pub(crate) principals: Arc<dyn Principals>,
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) records: Arc<dyn RecordSource>,
    pub(crate) metrics: Arc<dyn Metrics>,
    pub(crate) settings: Settings,
    pub(crate) tasks: Tasks,
    pub(crate) pool: Arc<Pool>,
    folders: Folders,
    plans: Plans,
    running: Running,
    lanes: Lanes,
    pollers: Pollers,
}

/// What an engine is made of.
pub struct EngineParts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The clock the domain lives by.
    pub clock: Clock,
    /// Randomness for ids.
    pub random: Random,
    /// Who may do what.
    pub authorizer: Arc<dyn Authorizer>,
    /// Who there is.
    pub principals: Arc<dyn Principals>,
    /// S3.
    pub objects: Arc<dyn ObjectStore>,
    /// Kinesis Data Streams.
    pub records: Arc<dyn RecordSource>,
    /// CloudWatch.
    pub metrics: Arc<dyn Metrics>,
    /// What can be set.
    pub settings: Settings,
    /// Where background work runs.
    pub tasks: Tasks,
}

impl Engine {
    /// Over these parts, running functions in this pool.
    pub fn new(parts: EngineParts, pool: Arc<Pool>) -> Self {
        let EngineParts {
            store,
            clock,
            random,
            authorizer,
            principals,
            objects,
            records,
            metrics,
            settings,
            tasks,
        } = parts;
        Self {
            store,
            clock,
            random,
            authorizer,
            principals,
            objects,
            records,
            metrics,
            settings,
            tasks,
            pool,
            folders: Folders::default(),
            plans: Plans::default(),
            running: Running::default(),
            lanes: Lanes::default(),
            pollers: Pollers::default(),
        }
    }

    fn commit(&self) -> Commit {
        Commit::new(CommitId(self.random.u128()))
    }
}
