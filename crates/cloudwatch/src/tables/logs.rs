//! The tables of CloudWatch Logs. See the table in [`super`].

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::Scope;

/// Groups by name. Owner: `engine/logs/groups.rs`.
pub const GROUPS: Table<GroupKey, GroupRow> = Table::new(TableNumber(0x0710), "cloudwatch.log_groups");
/// Streams of a group by name. Owner: `engine/logs/streams.rs`; every put changes its row.
pub const STREAMS: Table<StreamKey, StreamRow> = Table::new(TableNumber(0x0711), "cloudwatch.log_streams");
/// Records of a stream's log by the time of their first event. Owner: `engine/logs/events.rs`.
pub const BATCHES: Table<BatchKey, BatchRow> = Table::new(TableNumber(0x0712), "cloudwatch.log_batches");
/// Streams and groups that are gone, and whose rows are still to be removed. Owner: `engine/logs/groups.rs`.
pub const GRAVES: Table<GraveKey, u8> = Table::new(TableNumber(0x0713), "cloudwatch.log_graves");

/// Metric filters of a group by name. Owner: `engine/logs/filters.rs`.
pub const METRIC_FILTERS: Table<FilterKey, MetricFilterRow> =
    Table::new(TableNumber(0x0714), "cloudwatch.metric_filters");

/// Subscriptions of a group by name. Owner: `engine/logs/subscriptions.rs`.
pub const SUBSCRIPTIONS: Table<FilterKey, SubscriptionRow> =
    Table::new(TableNumber(0x0715), "cloudwatch.subscriptions");
/// Puts that subscriptions are still to send on. Owner: `engine/logs/couriers.rs`.
pub const DELIVERIES: Table<DeliveryKey, DeliveryRow> =
    Table::new(TableNumber(0x0716), "cloudwatch.log_deliveries");

/// A group's id: drawn at creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GroupId(pub u128);

/// A stream's id, which is that of its log: drawn at creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamId(pub u128);

/// What a group is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct GroupKey {
    /// Whose it is.
    pub scope: Scope,
    /// Its name.
    pub name: String,
}

/// A group.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct GroupRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created, in milliseconds.
    #[n(1)]
    pub created_millis: i64,
    /// How long events are kept; for ever if absent.
    #[n(2)]
    pub retention_days: Option<u32>,
    /// The key it was created with; not used.
    #[n(3)]
    pub kms_key: Option<String>,
    /// `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`.
    #[n(4)]
    pub class: String,
    /// Its tags.
    #[n(5)]
    pub tags: BTreeMap<String, String>,
    /// Whether it is not to be deleted.
    #[n(6)]
    pub protected: bool,
    /// How many metric filters it has.
    #[n(7)]
    pub metric_filters: u32,
    /// How many subscription filters it has.
    #[n(8)]
    pub subscriptions: u32,
}

/// What a stream is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamKey {
    /// Its group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
}

/// A stream.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StreamRow {
    /// Its id, which is that of its log.
    #[n(0)]
    pub id: u128,
    /// When it was created, in milliseconds.
    #[n(1)]
    pub created_millis: i64,
    /// The time of its earliest event.
    #[n(2)]
    pub first_millis: Option<i64>,
    /// The time of its latest event.
    #[n(3)]
    pub last_millis: Option<i64>,
    /// When an event last came.
    #[n(4)]
    pub ingested_millis: Option<i64>,
    /// The longest time between the first and the last event of one record.
    #[n(5)]
    pub span_millis: i64,
    /// The number that the next record will have.
    #[n(6)]
    pub next: u64,
    /// Bytes of events, as they are billed.
    #[n(7)]
    pub bytes: u64,
}

/// A record of a stream's log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BatchKey {
    /// The stream.
    pub stream: StreamId,
    /// The time of its first event.
    pub first_millis: i64,
    /// Its number in the log.
    pub number: u64,
}

/// What else is known of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct BatchRow {
    /// The time of its last event.
    #[n(0)]
    pub last_millis: i64,
    /// How many events.
    #[n(1)]
    pub count: u32,
}

/// A record: what one call put.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Batch {
    /// When it came.
    #[n(0)]
    pub ingested_millis: i64,
    /// Times and messages, in the order of times.
    #[n(1)]
    pub events: Vec<(i64, String)>,
}

/// What a filter is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FilterKey {
    /// Its group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
}

/// A metric filter.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub struct MetricFilterRow {
    /// Which events.
    #[n(0)]
    pub pattern: String,
    /// The metric's namespace.
    #[n(1)]
    pub namespace: String,
    /// The metric.
    #[n(2)]
    pub metric: String,
    /// A number, or what of an event is one.
    #[n(3)]
    pub value: String,
    /// What is told when events came and none matched.
    #[n(4)]
    pub default: Option<f64>,
    /// The unit.
    #[n(5)]
    pub unit: Option<String>,
    /// Names of dimensions, and what of an event is their value.
    #[n(6)]
    pub dimensions: BTreeMap<String, String>,
    /// When it was created, in milliseconds.
    #[n(7)]
    pub created_millis: i64,
}

/// A subscription.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct SubscriptionRow {
    /// Its id: drawn at creation, kept when it is replaced.
    #[n(0)]
    pub id: u128,
    /// Which events.
    #[n(1)]
    pub pattern: String,
    /// Where they go: an ARN.
    #[n(2)]
    pub destination: String,
    /// Under which role; none where functions let the service in themselves.
    #[n(3)]
    pub role: Option<String>,
    /// `ByLogStream` or `Random`.
    #[n(4)]
    pub distribution: Option<String>,
    /// When it was created, in milliseconds.
    #[n(5)]
    pub created_millis: i64,
}

/// A put that a subscription is to send on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DeliveryKey {
    /// The subscription's id.
    pub filter: u128,
    /// When it came.
    pub at_micros: i64,
    /// The stream.
    pub stream: StreamId,
    /// The number of the put's record in the stream's log.
    pub number: u64,
}

/// What else is needed to send it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DeliveryRow {
    /// The account and the region.
    #[n(0)]
    pub scope: (u64, String),
    /// The group's id and name.
    #[n(1)]
    pub group: (u128, String),
    /// The subscription's name.
    #[n(2)]
    pub filter: String,
    /// The stream's name.
    #[n(3)]
    pub stream: String,
}

/// What is gone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GraveKey {
    /// A group, with its streams.
    Group(GroupId),
    /// A stream.
    Stream(StreamId),
}

impl TableKey for GroupKey {
    fn write(&self, key: &mut KeyWriter) {
        self.scope.write(key);
        key.text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { scope: Scope::read(key)?, name: key.text()? })
    }
}

impl TableKey for StreamKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.group.0).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { group: GroupId(key.u128()?), name: key.text()? })
    }
}

impl TableKey for BatchKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).i64(self.first_millis).u64(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), first_millis: key.i64()?, number: key.u64()? })
    }
}

impl TableKey for FilterKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.group.0).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { group: GroupId(key.u128()?), name: key.text()? })
    }
}

impl TableKey for DeliveryKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.filter).i64(self.at_micros).u128(self.stream.0).u64(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            filter: key.u128()?,
            at_micros: key.i64()?,
            stream: StreamId(key.u128()?),
            number: key.u64()?,
        })
    }
}

impl TableKey for GraveKey {
    fn write(&self, key: &mut KeyWriter) {
        match self {
            GraveKey::Group(GroupId(id)) => key.u8(0).u128(*id),
            GraveKey::Stream(StreamId(id)) => key.u8(1).u128(*id),
        };
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        match key.u8()? {
            0 => Ok(GraveKey::Group(GroupId(key.u128()?))),
            1 => Ok(GraveKey::Stream(StreamId(key.u128()?))),
            other => Err(ReadError::Decode(format!("a grave of kind {other}"))),
        }
    }
}
