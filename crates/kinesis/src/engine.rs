//! The domain: streams, shards, records and places in them. No wire types, no HTTP.
//!
//! ```text
//! stream      a stream as it stands, and what follows from it (pure)        hash, sequence, scaling, record, iterator, shard_id: pure too
//! streams     the streams in memory, by name                                draft      a change of a stream on its way to a commit
//! lifecycle   create, delete, list, quotas                                  reshard    split, merge, scale
//! put · read  records in and out                                            settings   retention, metrics, tags, mode
//! policy      resource policies                                          sealing    encryption of records
//! listing     which shards ListShards shows                                 consumer   fan-out consumers, fanout their subscriptions, audience
//!                                                                                      what subscribers of a shard share
//! account     what an account agrees to                                record     how a record lies in its log
//! queue       records shared among workers, acknowledged one by one            channel    records delivered to objects
//! limits      AWS's rates, where they are asked for                         sweep      what is gone is removed
//! telling     the service's own metrics
//! ```
//!
//! **Records.** One log a shard. A put is one commit with one append for each shard it touches and nothing else: an append needs an open log, so
//! a put that races a reshard is refused whole, reads the shard map again and goes where the records now belong. Never lost, never
//! out of order, no lock.
//!
//! **Changes.** Every change of a stream or its shard map writes the stream's row, and its commit checks that the row is the one it was decided
//! on; a conflict decides again ([`Kinesis::change`]).
//!
//! **Time.** CREATING, UPDATING and DELETING are a row's `transition` with an end; whoever looks after the end sees the state that follows.
//! Nothing has to happen at that moment, so nothing can fail to. Retention likewise: reads cut by time at once, the sweep follows.

pub mod account;
pub mod audience;
pub mod channel;
pub mod consumer;
mod draft;
mod error;
pub mod fanout;
pub mod hash;
pub mod iterator;
pub mod lifecycle;
mod limits;
pub mod listing;
pub mod metrics;
pub mod policy;
pub mod put;
pub mod queue;
pub mod read;
pub mod record;
mod reshard;
pub(crate) mod scaling;
pub mod sealing;
pub mod sequence;
pub mod settings;
pub mod shard_id;
pub mod stream;
mod streams;
pub mod sweep;
mod telling;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use base::{AccountId, Clock, Random, Timestamp};
use ports::{KeyService, Metrics, ObjectStore, Principals};
use service::{Authorizer, Timer, Tokens};
use store::{Commit, CommitId, Settled, Store};
use tokio::sync::{Notify, Semaphore, watch};

use crate::tables::StreamKey;
use audience::Audiences;
pub use error::{Error, Kind};
use fanout::Subscriptions;
use limits::{CallLimits, ShardLimits};
use queue::Queues;
use sealing::Vault;
use streams::Streams;

/// Whether AWS's rates are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Limits {
    /// As on AWS: shards take 1 MiB and 1,000 records a second, and so on (facts section 9).
    Strict,
    /// As fast as the machine goes.
    #[default]
    Off,
}

/// How the room is set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Whether AWS's rates are kept. Default: off.
    pub limits: Limits,
    /// Whether states take AWS's time to settle; otherwise at once. Default: at once.
    pub transitions: bool,
    /// Open shards an account may have in a region. Default: 20,000, AWS's quota in its three largest regions.
    pub shard_quota: u32,
    /// On-demand streams an account may have in a region. Default: 50.
    pub on_demand_quota: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limits: Limits::Off, transitions: false, shard_quota: 20_000, on_demand_quota: 50 }
    }
}

/// How long a state takes to settle where `transitions` is set. AWS takes 10 to 60 seconds; this is enough for a client to see the state.
const TRANSITION: Duration = Duration::from_secs(1);

/// How often a change is decided again before it is given up. A conflict needs another change of the same stream in between.
const ATTEMPTS: u32 = 16;

/// Whom the service asks and tells.
pub struct Others {
    /// Who may do what.
    pub authorizer: Arc<dyn Authorizer>,
    /// Makes and opens the data keys of encrypted streams.
    pub keys: Arc<dyn KeyService>,
    /// Knows whom policies name.
    pub principals: Arc<dyn Principals>,
    /// Takes what channels deliver.
    pub objects: Arc<dyn ObjectStore>,
    /// Is told the service's own metrics.
    pub metrics: Arc<dyn Metrics>,
}

/// The service: all streams of all accounts and regions.
pub struct Kinesis {
    me: Weak<Kinesis>,
    store: Arc<dyn Store>,
    clock: Clock,
    timer: Timer,
    random: Random,
    tokens: Tokens,
    settings: Settings,
    authorizer: Arc<dyn Authorizer>,
    vault: Vault,
    streams: Streams,
    principals: Arc<dyn Principals>,
    subscriptions: Subscriptions,
    audiences: Audiences,
    queues: Queues,
    /// Moves on when a channel was created, changed or deleted.
    channels_changed: watch::Sender<u64>,
    /// How many channels make an object at once.
    channel_makers: Semaphore,
    objects: Arc<dyn ObjectStore>,
    metrics: Arc<dyn Metrics>,
    shard_limits: ShardLimits,
    call_limits: CallLimits<(Calls, AccountId, String, String)>,
    /// Makes each iterator different from the last; where it begins is random.
    nonce: AtomicU64,
    /// Wakes the sweep when something was deleted.
    deleted: Notify,
}

/// Control operations that AWS counts (facts section 9): together by account, or by stream.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Calls {
    /// CreateStream, 5 a second an account.
    Create,
    /// DeleteStream, 5 a second an account.
    Delete,
    /// ListStreams, 5 a second an account.
    List,
    /// SplitShard, 5 a second an account.
    Split,
    /// MergeShards, 5 a second an account.
    Merge,
    /// The tag calls, 5 a second an account.
    Tags,
    /// RegisterStreamConsumer and DeregisterStreamConsumer, 5 a second an account.
    Consumers,
    /// DescribeStream, 10 a second an account.
    Describe,
    /// DescribeStreamSummary, 20 a second an account.
    DescribeSummary,
    /// DescribeStreamConsumer, 20 a second a stream.
    DescribeConsumer,
    /// ListStreamConsumers, 5 a second a stream.
    ListConsumers,
    /// ListShards, 1,000 a second a stream.
    ListShards,
    /// DescribeLimits, once a second an account.
    DescribeLimits,
    /// UpdateShardCount, 10 a second an account.
    Scale,
    /// The control calls of queues and channels, 5 a second an account.
    Readers,
}

impl Calls {
    const fn per_second(self) -> u32 {
        match self {
            Calls::Create
            | Calls::Delete
            | Calls::List
            | Calls::Split
            | Calls::Merge
            | Calls::Tags
            | Calls::Consumers
            | Calls::Readers => 5,
            Calls::Describe | Calls::Scale => 10,
            Calls::DescribeSummary | Calls::DescribeConsumer => 20,
            Calls::ListConsumers => 5,
            Calls::ListShards => 1_000,
            Calls::DescribeLimits => 1,
        }
    }

    const fn by_stream(self) -> bool {
        match self {
            Calls::DescribeConsumer | Calls::ListConsumers | Calls::ListShards => true,
            Calls::Create
            | Calls::Delete
            | Calls::List
            | Calls::Split
            | Calls::Merge
            | Calls::Tags
            | Calls::Consumers
            | Calls::Describe
            | Calls::DescribeSummary
            | Calls::DescribeLimits
            | Calls::Scale
            | Calls::Readers => false,
        }
    }
}

impl Kinesis {
    /// Over this store. Reads and writes nothing yet.
    pub fn new(
        store: Arc<dyn Store>,
        timer: Timer,
        random: Random,
        tokens: Tokens,
        settings: Settings,
        others: Others,
    ) -> Arc<Self> {
        let nonce = AtomicU64::new(random.u64());
        Arc::new_cyclic(|me| Self {
            me: me.clone(),
            store,
            clock: timer.clock().clone(),
            timer,
            random,
            tokens,
            settings,
            authorizer: others.authorizer,
            vault: Vault::new(others.keys),
            principals: others.principals,
            streams: Streams::default(),
            subscriptions: Subscriptions::default(),
            audiences: Audiences::default(),
            queues: Queues::default(),
            channels_changed: watch::Sender::new(0),
            channel_makers: Semaphore::new(channel::deliver::MAKERS_MAX),
            objects: others.objects,
            metrics: others.metrics,
            shard_limits: ShardLimits::default(),
            call_limits: CallLimits::default(),
            nonce,
            deleted: Notify::new(),
        })
    }

    /// How the room is set.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Takes one call of a control operation on a stream, or on an account (then the stream's name may be empty). Refused only where limits are strict.
    pub fn take_call(&self, calls: Calls, stream: &StreamKey) -> Result<(), Error> {
        if self.settings.limits == Limits::Off {
            return Ok(());
        }
        let name = if calls.by_stream() { stream.name.clone() } else { String::new() };
        let key = (calls, stream.account, stream.region.clone(), name);
        if self.call_limits.call(key, calls.per_second(), self.clock.monotonic()) {
            Ok(())
        } else {
            Err(Error::CalledTooOften(stream.clone()))
        }
    }

    /// What page tokens are sealed with.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Now, by the clock the domain lives by.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Who may do what, for calls that do not come over the wire.
    pub(crate) fn authorizer(&self) -> &dyn Authorizer {
        &*self.authorizer
    }

    fn strict(&self) -> bool {
        self.settings.limits == Limits::Strict
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

    fn next_nonce(&self) -> u64 {
        self.nonce.fetch_add(1, Ordering::Relaxed)
    }

    /// When a transition that begins now ends; `None` if states settle at once.
    fn transition_end(&self, now: Timestamp) -> Option<Timestamp> {
        self.settings.transitions.then(|| now.plus(TRANSITION))
    }
}
