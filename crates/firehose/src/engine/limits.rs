//! The service's default quotas (Firehose facts section 2), kept when the server is told to be strict, and how much one stream may take.
//!
//! A stream's throughput is counted by the machine's own clock, which clients share, and lives in memory only: after a restart every
//! stream starts with a full second's worth.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Clock, Region};

use crate::tables::StreamId;

/// Delivery streams of an account in a region.
pub const STREAMS_MAX: usize = 5_000;
/// Tags of a stream. Kept whatever the settings say: the model's own bound on a request.
pub const TAGS_MAX: usize = 50;
/// Bytes of a batch, all records together. Kept whatever the settings say.
pub const BATCH_BYTES_MAX: usize = 4 << 20;
/// How long records that cannot be delivered are kept.
pub const RETENTION: Duration = Duration::from_secs(24 * 3_600);

/// What Direct PUT takes in a second.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Throughput {
    bytes: f64,
    records: f64,
    requests: f64,
}

impl Throughput {
    const LARGE: Throughput = Throughput { bytes: 5.0 * 1_048_576.0, records: 500_000.0, requests: 2_000.0 };
    const SMALL: Throughput = Throughput { bytes: 1_048_576.0, records: 100_000.0, requests: 1_000.0 };

    /// The quota of a region.
    pub fn of(region: &Region) -> Self {
        match region.as_str() {
            "us-east-1" | "us-west-2" | "eu-west-1" => Self::LARGE,
            _ => Self::SMALL,
        }
    }
}

/// What each stream has left of its second.
#[derive(Default)]
pub struct Throttles(Mutex<HashMap<StreamId, Arc<Mutex<Bucket>>>>);

struct Bucket {
    left: Throughput,
    filled: Duration,
}

impl Throttles {
    /// Takes one request with records of these sizes; returns how many of them, from the first on, are within the quota.
    pub fn admit(&self, stream: StreamId, region: &Region, clock: &Clock, sizes: &[usize]) -> usize {
        let quota = Throughput::of(region);
        let now = clock.monotonic();
        let bucket = {
            let mut buckets = self.0.lock().expect("nothing panics while the buckets are held");
            let full = || Arc::new(Mutex::new(Bucket { left: quota, filled: now }));
            buckets.entry(stream).or_insert_with(full).clone()
        };
        let mut bucket = bucket.lock().expect("nothing panics while a bucket is held");
        bucket.fill(quota, now);
        bucket.take(sizes)
    }

    /// Forgets a stream that was deleted.
    pub fn forget(&self, stream: StreamId) {
        self.0.lock().expect("nothing panics while the buckets are held").remove(&stream);
    }
}

impl Bucket {
    fn fill(&mut self, quota: Throughput, now: Duration) {
        let passed = now.saturating_sub(self.filled).as_secs_f64();
        self.filled = now;
        self.left = Throughput {
            bytes: (self.left.bytes + quota.bytes * passed).min(quota.bytes),
            records: (self.left.records + quota.records * passed).min(quota.records),
            requests: (self.left.requests + quota.requests * passed).min(quota.requests),
        };
    }

    fn take(&mut self, sizes: &[usize]) -> usize {
        if self.left.requests < 1.0 {
            return 0;
        }
        self.left.requests -= 1.0;
        let mut taken = 0;
        for &size in sizes {
            if self.left.records < 1.0 || self.left.bytes < size as f64 {
                break;
            }
            self.left.records -= 1.0;
            self.left.bytes -= size as f64;
            taken += 1;
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use base::Timestamp;

    use super::*;

    #[test]
    fn a_second_brings_back_a_seconds_worth() {
        let clock = Clock::manual(Timestamp::EPOCH);
        let throttles = Throttles::default();
        let region = Region::us_east_1();
        let stream = StreamId(1);
        let mib = [1 << 20; 6];
        assert_eq!(throttles.admit(stream, &region, &clock, &mib), 5);
        assert_eq!(throttles.admit(stream, &region, &clock, &mib), 0);
        assert_eq!(throttles.admit(StreamId(2), &region, &clock, &mib), 5);
        clock.pass(Duration::from_millis(400));
        assert_eq!(throttles.admit(stream, &region, &clock, &mib), 2);
        clock.pass(Duration::from_secs(60));
        assert_eq!(throttles.admit(stream, &region, &clock, &mib), 5);
    }

    #[test]
    fn requests_and_records_count_too() {
        let clock = Clock::manual(Timestamp::EPOCH);
        let throttles = Throttles::default();
        let region = Region::new("eu-central-1").unwrap();
        let admitted =
            (0..1_500).filter(|_| throttles.admit(StreamId(1), &region, &clock, &[1]) == 1).count();
        assert_eq!(admitted, 1_000);
    }
}
