//! What the service tells of itself: AWS's own metrics, of every stream, and of its shards where enhanced monitoring is on (facts section 11).
//!
//! A call tells once, whatever number of records it had: CloudWatch's sums are the same. Namespace `AWS/Kinesis`; dimensions `StreamName`, and
//! `ShardId` or `ConsumerName`.

use std::collections::BTreeMap;
use std::time::Duration;

use base::Region;
use ports::Measurement;

use super::metrics::MetricSet;
use super::read::Reading;
use super::shard_id::shard_id;
use super::stream::Stream;
use super::{Error, Kinesis};

const NAMESPACE: &str = "AWS/Kinesis";
const BYTES: &str = "Bytes";
const COUNT: &str = "Count";
const MILLISECONDS: &str = "Milliseconds";

/// What became of one record that was to be put.
#[derive(Clone, Copy, Debug)]
pub(super) struct PutOutcome {
    pub(super) shard: u32,
    pub(super) bytes: usize,
    pub(super) stored: bool,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    bytes: f64,
    records: f64,
    throttled: f64,
}

impl Sum {
    fn add(&mut self, outcome: &PutOutcome) {
        if outcome.stored {
            self.bytes += outcome.bytes as f64;
            self.records += 1.0;
        } else {
            self.throttled += 1.0;
        }
    }
}

/// Tells about one stream, with one set of dimensions.
struct Teller<'a> {
    kinesis: &'a Kinesis,
    stream: &'a Stream,
    region: Region,
    more: Option<(&'static str, &'a str)>,
}

impl<'a> Teller<'a> {
    fn of(kinesis: &'a Kinesis, stream: &'a Stream) -> Self {
        let region = Region::new(&stream.key.region).unwrap_or_else(Region::us_east_1);
        Self { kinesis, stream, region, more: None }
    }

    /// The same with one more dimension.
    fn with(&self, name: &'static str, value: &'a str) -> Self {
        Self {
            kinesis: self.kinesis,
            stream: self.stream,
            region: self.region.clone(),
            more: Some((name, value)),
        }
    }

    fn tell(&self, name: &'static str, unit: &'static str, value: f64) {
        let stream = ("StreamName", self.stream.key.name.as_str());
        let both = [stream, self.more.unwrap_or(stream)];
        let dimensions = if self.more.is_some() { &both[..] } else { &both[..1] };
        let measurement = Measurement { namespace: NAMESPACE, name, dimensions, unit, value };
        self.kinesis.metrics.record(self.stream.key.account, &self.region, measurement);
    }

    fn shard_metric(&self, set: MetricSet, name: &'static str, unit: &'static str, value: f64) {
        if set.contains(name) {
            self.tell(name, unit, value);
        }
    }
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

impl Kinesis {
    /// A call of PutRecord or PutRecords was answered.
    pub(super) fn tell_put(&self, stream: &Stream, single: bool, took: Duration, outcomes: &[PutOutcome]) {
        let mut all = Sum::default();
        outcomes.iter().for_each(|outcome| all.add(outcome));
        let teller = Teller::of(self, stream);
        teller.tell("IncomingBytes", BYTES, all.bytes);
        teller.tell("IncomingRecords", COUNT, all.records);
        teller.tell("WriteProvisionedThroughputExceeded", COUNT, all.throttled);
        let success = f64::from(u8::from(all.records > 0.0));
        if single {
            teller.tell("PutRecord.Bytes", BYTES, all.bytes);
            teller.tell("PutRecord.Latency", MILLISECONDS, millis(took));
            teller.tell("PutRecord.Success", COUNT, success);
        } else {
            teller.tell("PutRecords.Bytes", BYTES, all.bytes);
            teller.tell("PutRecords.Latency", MILLISECONDS, millis(took));
            teller.tell("PutRecords.Records", COUNT, all.records);
            teller.tell("PutRecords.Success", COUNT, success);
            teller.tell("PutRecords.TotalRecords", COUNT, all.records + all.throttled);
            teller.tell("PutRecords.SuccessfulRecords", COUNT, all.records);
            teller.tell("PutRecords.ThrottledRecords", COUNT, all.throttled);
        }
        self.tell_shards_put(&teller, outcomes);
    }

    fn tell_shards_put(&self, teller: &Teller<'_>, outcomes: &[PutOutcome]) {
        let set = MetricSet(teller.stream.row.metrics);
        if set.0 == 0 {
            return;
        }
        let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
        for outcome in outcomes {
            sums.entry(outcome.shard).or_default().add(outcome);
        }
        for (shard, sum) in sums {
            let id = shard_id(shard);
            let shard = teller.with("ShardId", &id);
            shard.shard_metric(set, "IncomingBytes", BYTES, sum.bytes);
            shard.shard_metric(set, "IncomingRecords", COUNT, sum.records);
            shard.shard_metric(set, "WriteProvisionedThroughputExceeded", COUNT, sum.throttled);
        }
    }

    /// A call of PutRecord or PutRecords failed, through no fault of its own making.
    pub(super) fn tell_put_failed(&self, stream: &Stream, single: bool, error: &Error) {
        if is_own_fault(error) {
            let name = if single { "PutRecord.Success" } else { "PutRecords.Success" };
            Teller::of(self, stream).tell(name, COUNT, 0.0);
        }
    }

    /// GetRecords was answered.
    pub(super) fn tell_get(&self, stream: &Stream, shard: u32, took: Duration, reading: &Reading) {
        let (bytes, records) = size(reading);
        let age = reading.behind_millis as f64;
        let teller = Teller::of(self, stream);
        teller.tell("GetRecords.Bytes", BYTES, bytes);
        teller.tell("GetRecords.IteratorAgeMilliseconds", MILLISECONDS, age);
        teller.tell("GetRecords.Latency", MILLISECONDS, millis(took));
        teller.tell("GetRecords.Records", COUNT, records);
        teller.tell("GetRecords.Success", COUNT, 1.0);
        teller.tell("ReadProvisionedThroughputExceeded", COUNT, 0.0);
        self.tell_shard_read(&teller, shard, reading);
    }

    fn tell_shard_read(&self, teller: &Teller<'_>, shard: u32, reading: &Reading) {
        let set = MetricSet(teller.stream.row.metrics);
        if set.0 == 0 {
            return;
        }
        let (bytes, records) = size(reading);
        let id = shard_id(shard);
        let shard = teller.with("ShardId", &id);
        shard.shard_metric(set, "OutgoingBytes", BYTES, bytes);
        shard.shard_metric(set, "OutgoingRecords", COUNT, records);
        shard.shard_metric(set, "IteratorAgeMilliseconds", MILLISECONDS, reading.behind_millis as f64);
        shard.shard_metric(set, "ReadProvisionedThroughputExceeded", COUNT, 0.0);
    }

    /// GetRecords failed.
    pub(super) fn tell_get_failed(&self, stream: &Stream, shard: u32, error: &Error) {
        let teller = Teller::of(self, stream);
        if let Error::Throttled(..) = error {
            teller.tell("ReadProvisionedThroughputExceeded", COUNT, 1.0);
            let id = shard_id(shard);
            let set = MetricSet(stream.row.metrics);
            teller.with("ShardId", &id).shard_metric(set, "ReadProvisionedThroughputExceeded", COUNT, 1.0);
        }
        if is_own_fault(error) {
            teller.tell("GetRecords.Success", COUNT, 0.0);
        }
    }

    /// A subscription began, or another stood in its way.
    pub(super) fn tell_subscribe(&self, stream: &Stream, consumer: &str, began: bool) {
        let teller = Teller::of(self, stream);
        let teller = teller.with("ConsumerName", consumer);
        teller.tell("SubscribeToShard.Success", COUNT, f64::from(u8::from(began)));
        teller.tell("SubscribeToShard.RateExceeded", COUNT, f64::from(u8::from(!began)));
    }

    /// A subscription pushed an event.
    pub(super) fn tell_event(&self, stream: &Stream, (consumer, shard): (&str, u32), reading: &Reading) {
        let (bytes, records) = size(reading);
        let stream = Teller::of(self, stream);
        let teller = stream.with("ConsumerName", consumer);
        teller.tell("SubscribeToShardEvent.Bytes", BYTES, bytes);
        teller.tell("SubscribeToShardEvent.MillisBehindLatest", MILLISECONDS, reading.behind_millis as f64);
        teller.tell("SubscribeToShardEvent.Records", COUNT, records);
        teller.tell("SubscribeToShardEvent.Success", COUNT, 1.0);
        self.tell_shard_read(&stream, shard, reading);
    }
}

fn size(reading: &Reading) -> (f64, f64) {
    let bytes: usize =
        reading.records.iter().map(|record| record.data.len() + record.partition_key.len()).sum();
    (bytes as f64, reading.records.len() as f64)
}

/// Whether a call that failed was one the service should have answered.
fn is_own_fault(error: &Error) -> bool {
    matches!(
        error,
        Error::Throttled(..)
            | Error::Store(_)
            | Error::Conflict
            | Error::Full
            | Error::Key(_)
            | Error::MayNotDecrypt(..)
    )
}
