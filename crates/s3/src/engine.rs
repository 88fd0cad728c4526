//! The domain: buckets, objects, uploads. Knows no wire types, no HTTP and no XML.
//!
//! Every verb reads a snapshot, decides, and commits with checks on what it read; when a check fails, somebody else was faster, and the
//! verb begins again from a fresh snapshot. What a refused request had stored is never referenced, and the store sweeps it.
//!
//! | module | what it knows |
//! |---|---|
//! | [`names`] | what buckets and keys may be called |
//! | [`buckets`] | making, finding, listing and deleting buckets |
//! | [`settings`] | what was set of a bucket, compiled and held in memory |
//! | [`acl`] | what access control lists grant |
//! | [`policy`] | bucket policies, compiled |
//! | [`cors`] | rules for scripts of other origins |
//! | [`objects`] | putting, finding, deleting objects |
//! | [`versions`] | versions of a key, and delete markers |
//! | [`lock`], [`mfa`] | what keeps versions from being deleted |
//! | [`contents`] | where an object's bytes lie; reading them; letting go of them |
//! | [`copy`] | objects and parts made from other objects, by reference |
//! | [`multipart`] | uploads in parts |
//! | [`classes`] | storage classes and their ladder |
//! | [`events`] | what buckets want told, and telling it |
//! | [`logs`], [`inventory`] | access logs; lists of what buckets hold |
//! | [`replication`] | versions put into other buckets as they are |
//! | [`homes`] | where bytes belong: archives, volumes, readable copies |
//! | [`packing`] | compressed bytes |
//! | [`lifecycle`] | what happens to objects by themselves, and when |
//! | [`listing`] | pages of keys and common prefixes |
//! | [`sealing`] | encryption |
//! | `stocktaking` | what buckets hold, told once a day |
//! | [`measure`] | size, MD5 and checksum of a body on its way |
//! | [`restore`] | what archives refuse, and bringing it back |
//! | [`checksum`], [`etag`], [`range`], [`conditions`], [`metadata`], [`tags`] | rules of one thing each |

pub mod acl;
pub mod buckets;
pub mod checksum;
pub mod classes;
pub mod conditions;
pub mod contents;
pub mod copy;
pub mod cors;
mod error;
pub mod etag;
pub mod events;
pub mod homes;
pub mod inventory;
pub mod lifecycle;
pub mod listing;
pub mod lock;
pub mod logs;
pub mod measure;
pub mod metadata;
pub mod mfa;
pub mod multipart;
pub mod names;
pub mod objects;
mod packing;
mod pins;
pub mod policy;
pub mod range;
pub mod replication;
pub mod restore;
pub mod sealing;
pub mod settings;
mod stocktaking;
mod sweep;
pub mod tags;
pub mod versions;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use base::{Clock, Random, Timestamp};
use service::{Authorizer, RootOnly, Tokens};
use store::{BlobGuard, Commit, CommitId, Lost, Refusal, Settled, Snapshot, Store};
use tokio::sync::Notify;

pub use error::Error;
use lifecycle::rules::TieringRule;
use pins::{Dropping, Pins};

use crate::Settings;
use crate::tables::Id;
use sealing::{BucketKeys, Masters};

/// How often a verb begins again after losing to others before it gives up with "slow down". Each round one of the contenders wins.
const ATTEMPTS_MAX: usize = 200;

/// The room's state.
pub struct S3 {
    store: Arc<dyn Store>,
    clock: Clock,
    random: Random,
    tokens: Tokens,
    settings: Settings,
    masters: Masters,
    kms: Option<Arc<dyn ports::KeyService>>,
    bucket_keys: BucketKeys,
    pins: Arc<Pins>,
    sweep: Arc<Notify>,
    held: settings::Held,
    authorizer: Arc<dyn Authorizer>,
    principals: Option<Arc<dyn ports::Principals>>,
    held_rules: lifecycle::due::HeldRules,
    run: lifecycle::tally::Run,
    accesses: lifecycle::access::Accesses,
    due: Notify,
    homes: homes::Homes,
    moves: Notify,
    lines: logs::HeldLines,
    functions: OnceLock<Arc<dyn ports::Functions>>,
    told: Notify,
    events_noted: AtomicU32,
    inventories: Notify,
    replications: Notify,
    fresh: replication::Fresh,
    converter: OnceLock<Arc<dyn ports::Converter>>,
    metrics: OnceLock<Arc<dyn ports::Metrics>>,
    me: OnceLock<Weak<S3>>,
    read_tiering: ReadTiering,
    read_notifications: ReadNotifications,
    read_replication: ReadReplication,
}

/// Reads an Intelligent-Tiering configuration as it is kept, which the engine does not know to do; `None` where it is disabled.
pub(crate) type ReadTiering = fn(&[u8]) -> Result<Option<TieringRule>, Error>;
/// As [`ReadTiering`], for notifications.
pub(crate) type ReadNotifications = fn(&[u8]) -> Result<Vec<events::NotificationRule>, Error>;
/// As [`ReadTiering`], for replication.
pub(crate) type ReadReplication = fn(&[u8]) -> Result<Option<replication::ReplicationRules>, Error>;

impl S3 {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        clock: Clock,
        random: Random,
        tokens: Tokens,
        settings: Settings,
        masters: Masters,
        kms: Option<Arc<dyn ports::KeyService>>,
    ) -> Self {
        let sweep = Arc::new(Notify::new());
        let pins = Arc::new(Pins::new(sweep.clone()));
        let (held, held_rules, run, accesses, due, moves) = Default::default();
        let (lines, functions, told, events_noted, inventories) = Default::default();
        let (replications, fresh, converter, metrics, me) = Default::default();
        let homes = homes::Homes::of(&*store);
        Self {
            store,
            clock,
            random,
            tokens,
            settings,
            masters,
            kms,
            bucket_keys: BucketKeys::default(),
            pins,
            sweep,
            held,
            authorizer: Arc::new(RootOnly),
            principals: None,
            held_rules,
            run,
            accesses,
            due,
            homes,
            moves,
            lines,
            functions,
            told,
            events_noted,
            inventories,
            replications,
            fresh,
            converter,
            metrics,
            me,
            read_tiering: |_| Ok(None),
            read_notifications: |_| Ok(Vec::new()),
            read_replication: |_| Ok(None),
        }
    }

    /// With Intelligent-Tiering configurations read by this.
    pub(crate) fn reading_tiering_by(self, read_tiering: ReadTiering) -> Self {
        Self { read_tiering, ..self }
    }

    /// Shared: so that what outlives a call may hold on to it.
    pub(crate) fn shared(self) -> Arc<Self> {
        let shared = Arc::new(self);
        let _ = shared.me.set(Arc::downgrade(&shared));
        shared
    }

    fn me(&self) -> Arc<Self> {
        self.me.get().and_then(Weak::upgrade).expect("the room that runs tasks is shared")
    }

    /// With notification configurations read by this.
    pub(crate) fn reading_notifications_by(self, read_notifications: ReadNotifications) -> Self {
        Self { read_notifications, ..self }
    }

    /// With replication configurations read by this.
    pub(crate) fn reading_replication_by(self, read_replication: ReadReplication) -> Self {
        Self { read_replication, ..self }
    }

    /// What other rooms want done here is asked of this authorizer; these are the users and roles that policies may name.
    pub(crate) fn under(
        self,
        authorizer: Arc<dyn Authorizer>,
        principals: Option<Arc<dyn ports::Principals>>,
    ) -> Self {
        Self { authorizer, principals, ..self }
    }

    pub(crate) fn authorizer(&self) -> &Arc<dyn Authorizer> {
        &self.authorizer
    }

    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn snapshot(&self) -> Box<dyn Snapshot> {
        self.store.snapshot()
    }

    /// Woken when something was left to the sweep.
    pub(crate) fn sweep_wanted(&self) -> &Notify {
        &self.sweep
    }

    /// Woken when something is due at once.
    pub(crate) fn due_wanted(&self) -> &Notify {
        &self.due
    }

    /// Woken when something is not kept where it belongs.
    pub(crate) fn moves_wanted(&self) -> &Notify {
        &self.moves
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A name for what its owner gave none: the text of a UUID.
    pub(crate) fn new_name(&self) -> String {
        self.random.uuid()
    }

    fn new_id(&self) -> Id {
        Id(self.random.u128())
    }

    /// An id whose order is that of time: microseconds in the upper half.
    fn new_timed_id(&self, time: Timestamp) -> Id {
        let micros = u64::try_from(time.as_micros()).unwrap_or(0);
        Id(u128::from(micros) << 64 | u128::from(self.random.u64()))
    }

    /// As [`S3::new_timed_id`]; of those of one time the later is the greater.
    fn new_ordered_id(&self, time: Timestamp) -> Id {
        let order = self.events_noted.fetch_add(1, Ordering::Relaxed);
        let Id(id) = self.new_timed_id(time);
        let random = id & u128::from(u32::MAX);
        Id(id >> 64 << 64 | u128::from(order) << 32 | random)
    }

    fn draft(&self) -> Draft {
        Draft {
            commit: Commit::new(CommitId(self.random.u128())),
            held: Vec::new(),
            guards: Vec::new(),
            sweep: false,
            ruled: None,
            due: false,
            headless: Vec::new(),
            homes: self.homes,
            name: None,
            moves: false,
            told: None,
            tells: false,
            inventories: false,
            replicated: None,
            replicates: Vec::new(),
            tally: lifecycle::tally::Tally::default(),
        }
    }

    /// Commits. `false`: certainly nothing happened, because something it had read was changed meanwhile; begin again.
    async fn settle(&self, mut draft: Draft) -> Result<bool, Error> {
        draft.write_looks(self.now());
        let Draft { commit, held, guards, sweep, due, moves, tells, inventories, replicates, tally, .. } =
            draft;
        let settled = store::settle(&*self.store, commit).await;
        drop((held, guards));
        match settled {
            Settled::Done(_) | Settled::Happened => {}
            Settled::Lost(Lost::Check(_) | Lost::Blob(_)) | Settled::Absent(_) => return Ok(false),
            Settled::Lost(Lost::Log(log)) => {
                return Err(Error::Internal(format!("log `{log:?}` is not open")));
            }
            Settled::Refused(Refusal::Full) => return Err(Error::Full),
            Settled::Refused(refusal @ Refusal::TooLarge(_)) => {
                return Err(Error::Internal(refusal.to_string()));
            }
            Settled::Refused(refusal @ Refusal::Closed) => {
                return Err(Error::Unavailable(refusal.to_string()));
            }
            Settled::Unknown(why) => return Err(Error::Unavailable(why)),
        }
        if tally != lifecycle::tally::Tally::default() {
            self.run.add(tally);
        }
        let wakes = [
            (sweep, &*self.sweep),
            (due, &self.due),
            (moves, &self.moves),
            (tells, &self.told),
            (inventories, &self.inventories),
        ];
        for (wanted, wake) in wakes {
            if wanted {
                wake.notify_one();
            }
        }
        if !replicates.is_empty() {
            self.replicate_soon(replicates);
        }
        Ok(true)
    }

    fn too_contended() -> Error {
        Error::Unavailable("too many writers at one key".to_owned())
    }
}

impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("S3")
    }
}

/// A commit being put together, and what must be held until it is over.
struct Draft {
    commit: Commit,
    held: Vec<Dropping>,
    guards: Vec<BlobGuard>,
    sweep: bool,
    /// The rules of the bucket it writes into, if it has any.
    ruled: Option<lifecycle::due::Ruled>,
    /// It makes something due at once.
    due: bool,
    /// Keys whose head goes: see `versions`.
    headless: Vec<versions::Headless>,
    /// Which homes have volumes.
    homes: homes::Homes,
    /// The bucket's name, once it is known.
    name: Option<String>,
    /// Something in it is not kept where it belongs.
    moves: bool,
    /// The bucket, if it wants events told.
    told: Option<events::Told>,
    /// There is an event in it.
    tells: bool,
    /// There is a new inventory in it.
    inventories: bool,
    /// The bucket, if it is replicated.
    replicated: Option<replication::Replicated>,
    /// What in it is to be replicated.
    replicates: Vec<crate::tables::MoveKey>,
    /// What of the lifecycle it does.
    tally: lifecycle::tally::Tally,
}

#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod testing;
