//! What rooms tell about themselves: metrics and log lines, as AWS's services send them to CloudWatch. Served by CloudWatch.
//!
//! Telling never waits and never fails the teller: what cannot be kept is dropped and counted.

use base::{AccountId, Region, Timestamp};

/// One measurement of a service's own metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement<'a> {
    /// `AWS/Kinesis`, `AWS/Firehose`, …
    pub namespace: &'static str,
    /// E.g. `IncomingBytes`.
    pub name: &'static str,
    /// Names and values, e.g. `StreamName`.
    pub dimensions: &'a [(&'static str, &'a str)],
    /// CloudWatch's unit, e.g. `Bytes`, `Count`, `Milliseconds`.
    pub unit: &'static str,
    /// The value.
    pub value: f64,
}

/// Takes what rooms tell.
pub trait Metrics: Send + Sync + 'static {
    /// Adds one measurement to the current minute. Cheap: no lock is held across an await, nothing is written before the minute ends.
    fn record(&self, account: AccountId, region: &Region, measurement: Measurement<'_>);

    /// Adds a line to a log stream. The group and the stream are made when they are not there.
    fn log(
        &self,
        account: AccountId,
        region: &Region,
        group: &str,
        stream: &str,
        at: Timestamp,
        message: String,
    );
}

/// For rooms that are opened without anyone to tell.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMetrics;

impl Metrics for NoMetrics {
    fn record(&self, _account: AccountId, _region: &Region, _measurement: Measurement<'_>) {}

    fn log(
        &self,
        _account: AccountId,
        _region: &Region,
        _group: &str,
        _stream: &str,
        _at: Timestamp,
        _message: String,
    ) {
    }
}
