//! What is persisted, and how: every key family of both services.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0701 | metrics | account, region, namespace, name, series | [`MetricRow`] | the first datum of a metric; then, now and then, the time it was last seen |
//! | 0x0702 | points | series, start, resolution, unit | [`PointRow`] | every datum; the roll-up, which moves points to a coarser resolution |
//! | 0x0703 | alarms | account, region, name | [`alarms::AlarmRow`] | every change of an alarm, and every evaluation that finds something new |
//! | 0x0704 | alarm history | account, region, name, time, number | [`alarms::HistoryRow`] | the same commits; removed after thirty days |
//! | 0x0705 | dashboards | account, name | [`alarms::DashboardRow`] | every change of a dashboard |
//! | 0x0710 | log groups | account, region, name | [`logs::GroupRow`] | every change of a group |
//! | 0x0711 | log streams | group id, name | [`logs::StreamRow`] | creation, and every put of events |
//! | 0x0712 | log batches | stream id, time of the first event, number | [`logs::BatchRow`] | a put; its removal when its events are kept no longer |
//! | 0x0713 | log graves | kind, id | 0 | deletion, until everything is removed |
//! | 0x0714 | metric filters | group id, name | [`logs::MetricFilterRow`] | every change of a filter |
//! | 0x0715 | subscriptions | group id, name | [`logs::SubscriptionRow`] | every change of a subscription |
//! | 0x0716 | log deliveries | subscription id, time, stream id, number | [`logs::DeliveryRow`] | a put, until it has been sent on |
//!
//! A stream's events lie in a log under the stream's id: a record is a [`logs::Batch`], what one call put.
//!
//! A series is a metric's identity in 128 bits: a digest of account, region, namespace, name and dimensions. Times are seconds since the epoch
//! where they begin a point, and microseconds elsewhere.

pub mod alarms;
pub mod logs;

use base::{AccountId, Region, Timestamp};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

/// Metrics by namespace and name. Owner: `engine/metrics.rs`.
pub const METRICS: Table<MetricKey, MetricRow> = Table::new(TableNumber(0x0701), "cloudwatch.metrics");
/// What was measured, by time. Owner: `engine/points.rs`.
pub const POINTS: Table<PointKey, PointRow> = Table::new(TableNumber(0x0702), "cloudwatch.points");

/// An account in a region: whose everything here is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Scope {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
}

impl Scope {
    /// Writes both parts of a key.
    pub(crate) fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(self.region.as_str());
    }

    /// Reads both parts of a key.
    pub(crate) fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            account: AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))?,
            region: Region::new(&key.text()?).ok_or_else(|| ReadError::Decode("region".to_owned()))?,
        })
    }
}

/// A metric's identity in short.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Series(pub u128);

/// What a metric is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct MetricKey {
    /// Whose it is.
    pub scope: Scope,
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Stands for its dimensions.
    pub series: Series,
}

/// What else is known of a metric.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct MetricRow {
    /// Names and values, sorted by name.
    #[n(0)]
    pub dimensions: Vec<(String, String)>,
    /// When a datum last came, to within some minutes.
    #[n(1)]
    pub seen_micros: i64,
}

impl MetricRow {
    /// When a datum last came, to within some minutes.
    pub fn seen(&self) -> Timestamp {
        Timestamp::from_micros(self.seen_micros)
    }
}

/// A stretch of time of a series.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PointKey {
    /// The series.
    pub series: Series,
    /// When it begins: a multiple of the resolution.
    pub start_secs: i64,
    /// How long it is.
    pub resolution_secs: u32,
    /// The unit it was measured in: an index of `engine::units`.
    pub unit: u8,
}

/// Everything measured in a stretch of time.
#[derive(Clone, PartialEq, Debug, Default, Encode, Decode)]
pub struct PointRow {
    /// How many samples.
    #[n(0)]
    pub count: f64,
    /// Their sum.
    #[n(1)]
    pub sum: f64,
    /// The least.
    #[n(2)]
    pub min: f64,
    /// The greatest.
    #[n(3)]
    pub max: f64,
    /// The samples and how often each came, sorted; empty if somebody told statistics alone, which say nothing of percentiles.
    #[n(4)]
    pub values: Vec<(f64, f64)>,
}

impl TableKey for MetricKey {
    fn write(&self, key: &mut KeyWriter) {
        self.scope.write(key);
        key.text(&self.namespace).text(&self.name).u128(self.series.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            scope: Scope::read(key)?,
            namespace: key.text()?,
            name: key.text()?,
            series: Series(key.u128()?),
        })
    }
}

impl TableKey for PointKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.series.0).i64(self.start_secs).u32(self.resolution_secs).u8(self.unit);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            series: Series(key.u128()?),
            start_secs: key.i64()?,
            resolution_secs: key.u32()?,
            unit: key.u8()?,
        })
    }
}

#[cfg(test)]
mod tests;
