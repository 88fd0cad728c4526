//! The settings of buckets: one table, one row a setting.
//!
//! What the room acts on is kept in types of its own. What it only keeps for its owner is a document as `wire` writes it, by the names of the
//! model, so that it reads back exactly as it was put.
//!
//! Whoever changes a setting writes the bucket's row anew in the same commit. So the version of that row, which every request reads,
//! tells whether compiled settings in memory are those of now: no request reads this table but the first after a change.

use base::{AccountId, Timestamp};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::{Id, codec};

/// What was set of buckets.
pub const SETTINGS: Table<SettingKey, Setting> = Table::new(TableNumber(0x0404), "s3.bucket_settings");

/// Key of [`SETTINGS`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SettingKey {
    /// The bucket.
    pub bucket: Id,
    /// Which setting.
    pub kind: SettingKind,
    /// Its id, where a bucket may have several of the kind; else empty.
    pub id: String,
}

/// Which setting. Those below [`SettingKind::COLD`] are compiled and held in memory while the bucket is in use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum SettingKind {
    /// Tags.
    Tags = 0x01,
    /// The policy.
    Policy = 0x02,
    /// The public access block.
    PublicAccess = 0x03,
    /// Who owns objects.
    Ownership = 0x04,
    /// The access control list.
    Acl = 0x05,
    /// Rules for scripts of other origins.
    Cors = 0x06,
    /// The website.
    Website = 0x07,
    /// Where access logs go.
    Logging = 0x08,
    /// Who pays.
    Payment = 0x09,
    /// The lifecycle.
    Lifecycle = 0x0a,
    /// Whether the bucket's tags count in policies.
    Abac = 0x0b,
    /// Transfer acceleration.
    Accelerate = 0x40,
    /// Replication.
    Replication = 0x41,
    /// Notifications.
    Notification = 0x42,
    /// An inventory, by its id.
    Inventory = 0x50,
    /// A metrics configuration, by its id.
    Metrics = 0x51,
    /// An analytics configuration, by its id.
    Analytics = 0x52,
    /// An Intelligent-Tiering configuration, by its id.
    Tiering = 0x53,
}

impl SettingKind {
    /// From here on settings are read when they are asked for.
    pub const COLD: u8 = 0x40;

    const ALL: [Self; 18] = [
        Self::Tags,
        Self::Policy,
        Self::PublicAccess,
        Self::Ownership,
        Self::Acl,
        Self::Cors,
        Self::Website,
        Self::Logging,
        Self::Payment,
        Self::Lifecycle,
        Self::Abac,
        Self::Accelerate,
        Self::Replication,
        Self::Notification,
        Self::Inventory,
        Self::Metrics,
        Self::Analytics,
        Self::Tiering,
    ];

    /// Its number on disk.
    pub const fn number(self) -> u8 {
        self as u8
    }

    fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// What was set.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Setting {
    /// Tags, in the order they were given.
    #[n(0)]
    Tags(#[n(0)] Vec<(String, String)>),
    /// A policy, byte for byte.
    #[n(1)]
    Policy(#[n(0)] String),
    /// A public access block; `None` where it was taken away.
    #[n(2)]
    PublicAccess(#[n(0)] Option<PublicAccess>),
    /// Who owns objects; `None` where the rule was taken away.
    #[n(3)]
    Ownership(#[n(0)] Option<Ownership>),
    /// An access control list.
    #[n(4)]
    Acl(#[n(0)] Acl),
    /// Rules for scripts of other origins.
    #[n(5)]
    Cors(#[n(0)] Vec<CorsRule>),
    /// A website.
    #[n(6)]
    Website(#[n(0)] Website),
    /// Where access logs go.
    #[n(7)]
    Logging(#[n(0)] Logging),
    /// Whether who asks pays.
    #[n(8)]
    RequesterPays(#[n(0)] bool),
    /// A lifecycle.
    #[n(9)]
    Lifecycle(#[n(0)] Lifecycle),
    /// Whether the bucket's tags count in policies.
    #[n(10)]
    Abac(#[n(0)] bool),
    /// A document the room only keeps.
    #[n(11)]
    Kept(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

/// A public access block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct PublicAccess {
    /// Public lists are refused when they are put.
    #[n(0)]
    pub block_acls: bool,
    /// Public lists do not count.
    #[n(1)]
    pub ignore_acls: bool,
    /// Public policies are refused when they are put.
    #[n(2)]
    pub block_policy: bool,
    /// A public policy lets nobody in from other accounts.
    #[n(3)]
    pub restrict_buckets: bool,
}

impl PublicAccess {
    /// As a new bucket has it since April 2023.
    pub const ALL: Self =
        Self { block_acls: true, ignore_acls: true, block_policy: true, restrict_buckets: true };
}

/// Who owns the objects of a bucket.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Ownership {
    /// The bucket's owner; access control lists are off.
    #[n(0)]
    BucketOwnerEnforced,
    /// The bucket's owner, of those put with `bucket-owner-full-control`.
    #[n(1)]
    BucketOwnerPreferred,
    /// Who puts them.
    #[n(2)]
    ObjectWriter,
}

/// An access control list.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Acl {
    /// Whose it is.
    #[cbor(n(0), with = "codec::account")]
    pub owner: AccountId,
    /// What it grants, in order.
    #[n(1)]
    pub grants: Vec<Grant>,
}

/// A line of an access control list.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Grant {
    /// To whom.
    #[n(0)]
    pub grantee: Grantee,
    /// What.
    #[n(1)]
    pub permission: Permission,
}

/// To whom a line grants something.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Grantee {
    /// The account with this canonical id.
    #[n(0)]
    Canonical(#[n(0)] String),
    /// Anybody.
    #[n(1)]
    AllUsers,
    /// Anybody with an account.
    #[n(2)]
    AuthenticatedUsers,
    /// The service that delivers access logs.
    #[n(3)]
    LogDelivery,
}

/// What a line grants.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Permission {
    /// All of the others.
    #[n(0)]
    FullControl,
    /// To write and delete objects of a bucket.
    #[n(1)]
    Write,
    /// To write the list.
    #[n(2)]
    WriteAcp,
    /// To list a bucket, to read an object.
    #[n(3)]
    Read,
    /// To read the list.
    #[n(4)]
    ReadAcp,
}

/// A rule for scripts of other origins.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct CorsRule {
    /// Its name.
    #[n(0)]
    pub id: Option<String>,
    /// What headers may be asked for; one `*` each.
    #[n(1)]
    pub headers: Option<Vec<String>>,
    /// Which methods.
    #[n(2)]
    pub methods: Vec<String>,
    /// Which origins; one `*` each.
    #[n(3)]
    pub origins: Vec<String>,
    /// What a script may see of an answer.
    #[n(4)]
    pub exposed: Option<Vec<String>>,
    /// How long a browser may remember, in seconds.
    #[n(5)]
    pub seconds_max: Option<i32>,
}

/// A website.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Website {
    /// Everything is sent to another host.
    #[n(0)]
    pub redirect_all: Option<RedirectAll>,
    /// What stands for a folder.
    #[n(1)]
    pub index: Option<String>,
    /// What is shown for errors.
    #[n(2)]
    pub error: Option<String>,
    /// What is sent elsewhere.
    #[n(3)]
    pub rules: Option<Vec<RoutingRule>>,
}

/// Where all requests of a website are sent.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct RedirectAll {
    /// The host.
    #[n(0)]
    pub host: String,
    /// `http` or `https`.
    #[n(1)]
    pub protocol: Option<String>,
}

/// What of a website is sent elsewhere.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct RoutingRule {
    /// When; always, where it is absent.
    #[n(0)]
    pub condition: Option<RoutingCondition>,
    /// Where to.
    #[n(1)]
    pub redirect: Redirect,
}

/// When a routing rule applies: all that is named.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct RoutingCondition {
    /// The key begins with this.
    #[n(0)]
    pub prefix: Option<String>,
    /// The answer would have this status.
    #[n(1)]
    pub status: Option<String>,
}

/// Where a routing rule sends.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Redirect {
    /// Another host.
    #[n(0)]
    pub host: Option<String>,
    /// Another protocol.
    #[n(1)]
    pub protocol: Option<String>,
    /// Instead of the condition's prefix.
    #[n(2)]
    pub replace_prefix: Option<String>,
    /// Instead of the whole key.
    #[n(3)]
    pub replace_key: Option<String>,
    /// Another status than 301.
    #[n(4)]
    pub status: Option<String>,
}

/// Where access logs go.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Logging {
    /// The bucket.
    #[n(0)]
    pub bucket: String,
    /// What their keys begin with.
    #[n(1)]
    pub prefix: String,
    /// Who may read them beside the owner, where lists are on.
    #[n(2)]
    pub grants: Option<Vec<Grant>>,
    /// How their keys go on.
    #[n(3)]
    pub keys: Option<LogKeys>,
}

/// How the keys of access logs go on after the prefix.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum LogKeys {
    /// With the time.
    #[n(0)]
    Simple,
    /// With account, region, bucket and day; by which time: `true` the events', `false` the delivery's, where it was said.
    #[n(1)]
    Partitioned(#[n(0)] Option<bool>),
}

/// A lifecycle, as it was put.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Lifecycle {
    /// The rules, in order.
    #[n(0)]
    pub rules: Vec<LifecycleRule>,
    /// Whether small objects go into the archive classes (`varies_by_storage_class`).
    #[n(1)]
    pub archives_take_small: bool,
}

/// A rule of a lifecycle. What was absent is absent, so that it reads back as it was put.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct LifecycleRule {
    /// Its name; made where none was given.
    #[n(0)]
    pub id: String,
    /// The prefix of the old form, beside no filter.
    #[n(1)]
    pub prefix: Option<String>,
    /// Which objects.
    #[n(2)]
    pub filter: Option<LifecycleFilter>,
    /// Whether it counts.
    #[n(3)]
    pub enabled: bool,
    /// Moves of current versions.
    #[n(4)]
    #[cbor(default)]
    pub transitions: Vec<Transition>,
    /// The end of current versions.
    #[n(5)]
    pub expiration: Option<Expiration>,
    /// Moves of older versions.
    #[n(6)]
    #[cbor(default)]
    pub noncurrent_transitions: Vec<NoncurrentTransition>,
    /// The end of older versions.
    #[n(7)]
    pub noncurrent_expiration: Option<NoncurrentExpiration>,
    /// Days after which uploads end that were not completed.
    #[n(8)]
    pub abort_uploads_days: Option<u32>,
}

/// Which objects a rule is about: all that is named.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct LifecycleFilter {
    /// Whether the predicates stood in an `And`.
    #[n(0)]
    pub and: bool,
    /// The key begins with this.
    #[n(1)]
    pub prefix: Option<String>,
    /// The object has these tags, among others.
    #[n(2)]
    #[cbor(default)]
    pub tags: Vec<(String, String)>,
    /// It has more bytes.
    #[n(3)]
    pub larger_than: Option<u64>,
    /// It has fewer bytes.
    #[n(4)]
    pub smaller_than: Option<u64>,
}

/// When: after days, or from a day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Due {
    /// Days after the object's Last-Modified.
    #[n(0)]
    Days(#[n(0)] u32),
    /// A midnight.
    #[n(1)]
    Date(#[cbor(n(0), with = "codec::time")] Timestamp),
}

/// A move of current versions.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Transition {
    /// When; on the day it is put, where it is absent.
    #[n(0)]
    pub due: Option<Due>,
    /// The storage class, by AWS's name.
    #[n(1)]
    pub class: String,
}

/// The end of current versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Expiration {
    /// When.
    #[n(0)]
    pub due: Option<Due>,
    /// `ExpiredObjectDeleteMarker`.
    #[n(1)]
    pub lone_markers: Option<bool>,
}

/// A move of older versions.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct NoncurrentTransition {
    /// Days since they were replaced.
    #[n(0)]
    pub days: u32,
    /// The storage class, by AWS's name.
    #[n(1)]
    pub class: String,
    /// So many newer ones stay.
    #[n(2)]
    pub newer_kept: Option<u32>,
}

/// The end of older versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct NoncurrentExpiration {
    /// Days since they were replaced.
    #[n(0)]
    pub days: u32,
    /// So many newer ones stay.
    #[n(1)]
    pub newer_kept: Option<u32>,
}

impl TableKey for SettingKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.bucket.0).u8(self.kind.number()).text(&self.id);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let bucket = Id(key.u128()?);
        let kind = SettingKind::of(key.u8()?)
            .ok_or_else(|| ReadError::Decode("a setting of an unknown kind".to_owned()))?;
        Ok(Self { bucket, kind, id: key.text()? })
    }
}
