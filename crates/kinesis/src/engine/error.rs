//! What can go wrong in the domain. Codes, statuses and texts are `ops/fault.rs`'s business.

use base::Timestamp;
use store::{CommitError, ReadError, Refusal};

use super::hash::HashRange;
use super::stream::Status;
use crate::tables::StreamKey;

/// Why a verb did not do what it was asked.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Error {
    /// No such stream, or one that is still being created where that counts as none.
    #[error("stream `{}` does not exist", .0.name)]
    NoStream(StreamKey),
    /// The name is taken.
    #[error("stream `{}` exists", .0.name)]
    StreamExists(StreamKey),
    /// The stream is not ACTIVE.
    #[error("stream `{}` is {:?}", .0.name, .1)]
    NotActive(StreamKey, Status),
    /// Not while the stream's capacity is on demand.
    #[error("stream `{}` is on demand", .0.name)]
    OnDemand(StreamKey),
    /// Not without EnforceConsumerDeletion.
    #[error("stream `{}` has consumers", .0.name)]
    HasConsumers(StreamKey),
    /// No such shard.
    #[error("shard `{1}` does not exist")]
    NoShard(StreamKey, u32),
    /// The text names no shard; resharding calls also a shard so that does not exist.
    #[error("shard `{1}` cannot be found")]
    ShardNotFound(StreamKey, String),
    /// The shard is closed.
    #[error("shard `{1}` is closed")]
    ShardClosed(StreamKey, u32),
    /// The two do not touch, or not in this order.
    #[error("shards `{1}` and `{2}` do not touch")]
    NotAdjacent(StreamKey, u32, u32),
    /// The key leaves one half without room.
    #[error("shard `{shard}` cannot be split at `{key}`")]
    SplitKey {
        /// The stream.
        stream: StreamKey,
        /// The shard.
        shard: u32,
        /// The key.
        key: String,
        /// The shard's range.
        range: HashRange,
    },
    /// Records without a partition key, for a stream that needs one: which of the call's, counted from 0; `None` for PutRecord.
    #[error("a record has no partition key")]
    NoPartitionKey(Vec<Option<usize>>),
    /// Not for a stream whose capacity is provisioned.
    #[error("`{0}` is for on-demand streams")]
    OnDemandOnly(&'static str),
    /// Not without the account's commitment to a minimum of throughput.
    #[error("the account has no commitment")]
    NoCommitment,
    /// KMS refuses a key.
    #[error("KMS: {0}")]
    Key(ports::KeyError),
    /// The reader may not use the key that records were encrypted with.
    #[error("`{}` may not decrypt records of stream `{}`", .0, .1.name)]
    MayNotDecrypt(String, StreamKey),
    /// Not a policy.
    #[error("the policy is refused: {0}")]
    Policy(String),
    /// A policy of more bytes than this.
    #[error("a policy has at most `{0}` bytes")]
    PolicyTooLong(usize),
    /// 2^128 or more.
    #[error("explicit hash key `{0}` is out of range")]
    ExplicitHashKey(String),
    /// Data and key together are larger than the stream takes.
    #[error("a record of `{bytes}` bytes is larger than `{max}`")]
    RecordTooLarge {
        /// Which of the call's records, counted from 0; `None` for PutRecord.
        index: Option<usize>,
        /// Its data and key.
        bytes: usize,
        /// The stream's bound.
        max: usize,
    },
    /// All records of the call together.
    #[error("records of `{bytes}` bytes are larger than a call may be")]
    CallTooLarge {
        /// Data and keys.
        bytes: usize,
    },
    /// SequenceNumberForOrdering is no number of this stream, or lies in the future.
    #[error("sequence number `{1}` cannot be used for ordering")]
    Ordering(StreamKey, String),
    /// The shard has given or taken what it may for now.
    #[error("shard `{1}` is throttled")]
    Throttled(StreamKey, u32),
    /// Too many calls of a control operation; of the stream, or of the account.
    #[error("called too often")]
    CalledTooOften(StreamKey),
    /// Not an iterator of ours.
    #[error("the iterator is not ours")]
    Iterator,
    /// Past its five minutes.
    #[error("the iterator has expired")]
    IteratorExpired {
        /// When it was handed out.
        issued: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// The starting sequence number encodes another shard.
    #[error("the sequence number is of shard `{encoded}`, not of `{used}`")]
    SequenceOfShard {
        /// What it says.
        encoded: u32,
        /// Where it was used.
        used: u32,
    },
    /// The starting sequence number is no number of this shard.
    #[error("sequence number `{number}` is not of shard `{shard}`")]
    SequenceForeign {
        /// The stream.
        stream: StreamKey,
        /// The shard.
        shard: u32,
        /// The text.
        number: String,
        /// A well-formed number, but of another stream.
        well_formed: bool,
    },
    /// AT_TIMESTAMP in the future.
    #[error("the timestamp is in the future")]
    Future {
        /// What was asked for.
        asked: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// More shards than the account may have.
    #[error("the account may have `{limit}` shards")]
    ShardQuota {
        /// Whose, and where.
        stream: StreamKey,
        /// Open now.
        current: u64,
        /// The quota.
        limit: u64,
        /// How many more were asked for.
        more: u64,
    },
    /// More on-demand streams than the account may have.
    #[error("the account may have `{0}` on-demand streams")]
    OnDemandQuota(u64),
    /// More streams being created at once than the account may have.
    #[error("the account may create `{0}` streams at once")]
    CreatingQuota(u64),
    /// A target UpdateShardCount does not take.
    #[error("a target of `{target}` shards is refused")]
    Target {
        /// The stream.
        stream: StreamKey,
        /// Shards open now.
        current: u32,
        /// Shards asked for.
        target: u32,
    },
    /// A call that is allowed so many times a rolling day.
    #[error("`{what}` was called `{limit}` times within a day")]
    DayQuota {
        /// The stream.
        stream: StreamKey,
        /// The operation.
        what: &'static str,
        /// How often it may be.
        limit: usize,
    },
    /// Below 24 hours.
    #[error("a retention of `{0}` hours is too short")]
    RetentionShort(i64),
    /// Above 8,760 hours.
    #[error("a retention of `{0}` hours is too long")]
    RetentionLong(i64),
    /// IncreaseStreamRetentionPeriod with less, or DecreaseStreamRetentionPeriod with more, than there is.
    #[error("the retention cannot be changed in this direction")]
    RetentionDirection {
        /// The stream.
        stream: StreamKey,
        /// What was asked for.
        asked: i64,
        /// What there is.
        existing: i64,
        /// Whether IncreaseStreamRetentionPeriod was called.
        increase: bool,
    },
    /// More tags than a resource may have.
    #[error("more tags than a resource may have")]
    TooManyTags(StreamKey),
    /// A tag that only AWS may set.
    #[error("tag key `{0}` is reserved")]
    ReservedTag(String),
    /// Nobody knows the consumer.
    #[error("consumer `{name}` does not exist")]
    NoConsumer {
        /// The stream.
        stream: StreamKey,
        /// The consumer's name or ARN, as asked for.
        name: String,
    },
    /// The consumer's name is taken.
    #[error("consumer `{name}` exists")]
    ConsumerExists {
        /// The stream.
        stream: StreamKey,
        /// The consumer's name.
        name: String,
    },
    /// The consumer is not ACTIVE.
    #[error("consumer `{name}` is not active")]
    ConsumerNotActive {
        /// The stream.
        stream: StreamKey,
        /// The consumer's name.
        name: String,
        /// When it was registered, in seconds.
        created: i64,
    },
    /// More consumers than a stream may have.
    #[error("the stream may have `{1}` consumers")]
    ConsumerQuota(StreamKey, usize),
    /// No such queue or channel.
    #[error("`{arn}` does not exist")]
    NoReader {
        /// Queue or channel.
        what: &'static str,
        /// Its ARN.
        arn: String,
    },
    /// The name of a queue or channel is taken.
    #[error("{what} `{name}` exists")]
    ReaderExists {
        /// Queue or channel.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// The queue or channel is not ACTIVE.
    #[error("`{arn}` is {status:?}")]
    ReaderNotActive {
        /// Queue or channel.
        what: &'static str,
        /// Its ARN.
        arn: String,
        /// Where it stands.
        status: Status,
    },
    /// Not while the stream has queues or channels.
    #[error("stream `{}` has {what}", .stream.name)]
    HasReaders {
        /// The stream.
        stream: StreamKey,
        /// Which of the two.
        what: &'static str,
    },
    /// More records of a queue are out of sight than may be.
    #[error("`{0}` records are out of sight")]
    InFlight(usize),
    /// More channels than a stream may have.
    #[error("the stream may have `{1}` channels")]
    ChannelQuota(StreamKey, usize),
    /// A channel's template for keys.
    #[error("the template is refused: {0}")]
    KeyTemplate(String),
    /// A channel's freshness.
    #[error("a freshness of `{0}` seconds is refused")]
    Freshness(i32),
    /// A channel's destination does not exist.
    #[error("{0}")]
    NoDestination(String),
    /// Another subscription to the same shard is too young to be taken over.
    #[error("another subscription exists")]
    SubscriptionExists,
    /// Everything was checked, and a dry run was asked for.
    #[error("a dry run has no effect")]
    DryRun,
    /// The disk has no room for new data.
    #[error("the disk is full")]
    Full,
    /// Too much for one commit.
    #[error("too much at once: {0}")]
    TooMuch(&'static str),
    /// What others changed meanwhile kept this from being done, several times over.
    #[error("too many conflicting changes")]
    Conflict,
    /// The store failed. For the logs, not for the client.
    #[error("the store failed: {0}")]
    Store(String),
}

/// What whoever met an error can do about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// What was named does not exist.
    Gone,
    /// Try again later.
    Later,
    /// Repeating it cannot help.
    Wrong,
}

impl Error {
    /// What can be done about it.
    pub fn kind(&self) -> Kind {
        match self {
            Error::NoStream(_)
            | Error::NoShard(..)
            | Error::ShardNotFound(..)
            | Error::NoConsumer { .. }
            | Error::NoReader { .. }
            | Error::NoDestination(_) => Kind::Gone,
            Error::Throttled(..)
            | Error::CalledTooOften(_)
            | Error::NotActive(..)
            | Error::ConsumerNotActive { .. }
            | Error::SubscriptionExists
            | Error::ReaderNotActive { .. }
            | Error::InFlight(_)
            | Error::Full
            | Error::Conflict
            | Error::Store(_) => Kind::Later,
            Error::StreamExists(_)
            | Error::OnDemand(_)
            | Error::HasConsumers(_)
            | Error::ShardClosed(..)
            | Error::NotAdjacent(..)
            | Error::SplitKey { .. }
            | Error::NoPartitionKey(_)
            | Error::OnDemandOnly(_)
            | Error::NoCommitment
            | Error::Key(_)
            | Error::MayNotDecrypt(..)
            | Error::Policy(_)
            | Error::PolicyTooLong(_)
            | Error::ExplicitHashKey(_)
            | Error::RecordTooLarge { .. }
            | Error::CallTooLarge { .. }
            | Error::Ordering(..)
            | Error::Iterator
            | Error::IteratorExpired { .. }
            | Error::SequenceOfShard { .. }
            | Error::SequenceForeign { .. }
            | Error::Future { .. }
            | Error::ShardQuota { .. }
            | Error::OnDemandQuota(_)
            | Error::CreatingQuota(_)
            | Error::Target { .. }
            | Error::DayQuota { .. }
            | Error::RetentionShort(_)
            | Error::RetentionLong(_)
            | Error::RetentionDirection { .. }
            | Error::TooManyTags(_)
            | Error::ReservedTag(_)
            | Error::ConsumerExists { .. }
            | Error::ConsumerQuota(..)
            | Error::ReaderExists { .. }
            | Error::HasReaders { .. }
            | Error::ChannelQuota(..)
            | Error::KeyTemplate(_)
            | Error::Freshness(_)
            | Error::TooMuch(_)
            | Error::DryRun => Kind::Wrong,
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Store(error.to_string())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Full => Error::Full,
            Refusal::TooLarge(what) => Error::TooMuch(what),
            Refusal::Closed => Error::Store(refusal.to_string()),
        }
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Full => Error::Full,
            CommitError::TooLarge(what) => Error::TooMuch(what),
            CommitError::Check { .. } | CommitError::Log(_) => Error::Conflict,
            CommitError::Blob(_) | CommitError::Closed | CommitError::Unknown(_) => {
                Error::Store(error.to_string())
            }
        }
    }
}
