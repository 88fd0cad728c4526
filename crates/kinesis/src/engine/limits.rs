//! AWS's rate limits, kept only where the settings ask for them (`--limits strict`).
//!
//! Token buckets in memory, by the monotonic clock: a limit is about the machine's time, not the domain's, and nothing of it has to
//! survive. Figures: facts section 9.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;
use std::time::Duration;

use store::LogId;

const MIB: f64 = (1 << 20) as f64;
/// Bytes a second a shard takes; keys count.
const WRITE_BYTES: f64 = MIB;
/// Records a second a shard takes.
const WRITE_RECORDS: f64 = 1_000.0;
/// Bytes a shard may take at once where its stream takes records over 1 MiB.
const WRITE_BURST_LARGE: f64 = 10.0 * MIB;
/// Bytes a second a shard gives to GetRecords.
const READ_BYTES: f64 = 2.0 * MIB;
/// GetRecords calls a second a shard answers.
const READ_CALLS: f64 = 5.0;
/// GetShardIterator calls a second a shard answers.
const ITERATOR_CALLS: f64 = 5.0;
/// At most this many buckets of a kind are kept; full ones are forgotten first.
const BUCKETS_MAX: usize = 100_000;

/// Tokens that come back at a steady rate up to a level.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    level: f64,
    seen: Duration,
}

impl Bucket {
    /// A full one.
    pub fn full(burst: f64, now: Duration) -> Self {
        Self { level: burst, seen: now }
    }

    fn refill(&mut self, rate: f64, burst: f64, now: Duration) {
        let passed = now.saturating_sub(self.seen).as_secs_f64();
        self.level = (self.level + passed * rate).min(burst);
        self.seen = now;
    }

    /// Whether there are as many as asked for.
    pub fn has(&self, tokens: f64) -> bool {
        // A hair of tolerance for what floating point loses.
        self.level + 1e-6 >= tokens
    }

    /// Takes them, into debt if there are fewer.
    pub fn take(&mut self, tokens: f64) {
        self.level -= tokens;
    }
}

#[derive(Debug)]
struct Shard {
    /// When it was last asked anything.
    seen: Duration,
    write_bytes: Bucket,
    write_records: Bucket,
    read_bytes: Bucket,
    read_calls: Bucket,
    iterators: Bucket,
}

impl Shard {
    fn new(now: Duration) -> Self {
        Self {
            seen: now,
            write_bytes: Bucket::full(WRITE_BURST_LARGE, now),
            write_records: Bucket::full(WRITE_RECORDS, now),
            read_bytes: Bucket::full(READ_BYTES, now),
            read_calls: Bucket::full(READ_CALLS, now),
            iterators: Bucket::full(ITERATOR_CALLS, now),
        }
    }
}

/// The limits of shards.
#[derive(Debug, Default)]
pub struct ShardLimits(Mutex<HashMap<LogId, Shard>>);

impl ShardLimits {
    /// Takes a record's share, or says that there is none. `large`: the stream takes records over 1 MiB.
    pub fn write(&self, shard: LogId, bytes: usize, large: bool, now: Duration) -> bool {
        let burst = if large { WRITE_BURST_LARGE } else { WRITE_BYTES };
        self.with(shard, now, |limits| {
            limits.write_bytes.refill(WRITE_BYTES, burst, now);
            limits.write_records.refill(WRITE_RECORDS, WRITE_RECORDS, now);
            let bytes = bytes as f64;
            let fits = limits.write_bytes.has(bytes) && limits.write_records.has(1.0);
            if fits {
                limits.write_bytes.take(bytes);
                limits.write_records.take(1.0);
            }
            fits
        })
    }

    /// Takes a GetRecords call. What it then returns is taken by [`ShardLimits::read_bytes`]: an answer of 10 MiB leaves a debt
    /// that lasts for about five seconds.
    pub fn read_call(&self, shard: LogId, now: Duration) -> bool {
        self.with(shard, now, |limits| {
            limits.read_calls.refill(READ_CALLS, READ_CALLS, now);
            limits.read_bytes.refill(READ_BYTES, READ_BYTES, now);
            let fits = limits.read_calls.has(1.0) && limits.read_bytes.has(1.0);
            if fits {
                limits.read_calls.take(1.0);
            }
            fits
        })
    }

    /// Takes the bytes a GetRecords call returned.
    pub fn read_bytes(&self, shard: LogId, bytes: usize, now: Duration) {
        self.with(shard, now, |limits| limits.read_bytes.take(bytes as f64));
    }

    /// Takes a GetShardIterator call.
    pub fn iterator_call(&self, shard: LogId, now: Duration) -> bool {
        self.with(shard, now, |limits| {
            limits.iterators.refill(ITERATOR_CALLS, ITERATOR_CALLS, now);
            let fits = limits.iterators.has(1.0);
            if fits {
                limits.iterators.take(1.0);
            }
            fits
        })
    }

    fn with<T>(&self, shard: LogId, now: Duration, act: impl FnOnce(&mut Shard) -> T) -> T {
        let mut shards = self.0.lock().expect("nothing panics while the limits are held");
        if shards.len() >= BUCKETS_MAX && !shards.contains_key(&shard) {
            // A second later every bucket that is not in debt is full again.
            shards.retain(|_, limits| now.saturating_sub(limits.seen) < Duration::from_secs(10));
        }
        let limits = shards.entry(shard).or_insert_with(|| Shard::new(now));
        limits.seen = now;
        act(limits)
    }
}

/// Limits on how often something is called: one bucket a key, each with a second's worth of calls.
#[derive(Debug)]
pub struct CallLimits<K>(Mutex<HashMap<K, Bucket>>);

impl<K: Eq + Hash> Default for CallLimits<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> CallLimits<K> {
    /// Takes a call, or says that there are too many.
    pub fn call(&self, key: K, per_second: u32, now: Duration) -> bool {
        let rate = f64::from(per_second);
        let mut buckets = self.0.lock().expect("nothing panics while the limits are held");
        if buckets.len() >= BUCKETS_MAX && !buckets.contains_key(&key) {
            buckets.retain(|_, bucket| now.saturating_sub(bucket.seen) < Duration::from_secs(1));
        }
        let bucket = buckets.entry(key).or_insert_with(|| Bucket::full(rate, now));
        bucket.refill(rate, rate, now);
        let fits = bucket.has(1.0);
        if fits {
            bucket.take(1.0);
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARD: LogId = LogId(1);

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_shard_takes_a_thousand_records_a_second() {
        let limits = ShardLimits::default();
        let taken = (0..1_500).filter(|_| limits.write(SHARD, 10, false, at(0))).count();
        assert_eq!(taken, 1_000);
        assert!(limits.write(SHARD, 10, false, at(1)));
        assert!(!limits.write(SHARD, 10, false, at(1)));
    }

    #[test]
    fn a_shard_takes_a_mebibyte_a_second() {
        let limits = ShardLimits::default();
        let half = 1 << 19;
        assert!(limits.write(SHARD, half, false, at(0)) && limits.write(SHARD, half, false, at(0)));
        assert!(!limits.write(SHARD, half, false, at(499)));
        assert!(limits.write(SHARD, half, false, at(1_000)));
    }

    #[test]
    fn large_records_have_a_burst_of_ten_mebibytes() {
        let limits = ShardLimits::default();
        assert!(limits.write(SHARD, 10 << 20, true, at(0)));
        assert!(!limits.write(SHARD, 2 << 20, true, at(1_000)));
        assert!(limits.write(SHARD, 2 << 20, true, at(2_000)));
    }

    #[test]
    fn five_reads_a_second_and_none_for_five_seconds_after_ten_mebibytes() {
        let limits = ShardLimits::default();
        assert_eq!((0..7).filter(|_| limits.read_call(SHARD, at(0))).count(), 5);
        assert!(limits.read_call(SHARD, at(1_000)));
        limits.read_bytes(SHARD, 10 << 20, at(1_000));
        assert!(!limits.read_call(SHARD, at(4_900)));
        assert!(limits.read_call(SHARD, at(5_100)));
    }

    #[test]
    fn calls_are_counted_by_key() {
        let limits = CallLimits::default();
        assert_eq!((0..9).filter(|_| limits.call("a", 5, at(0))).count(), 5);
        assert!(limits.call("b", 5, at(0)));
        assert!(limits.call("a", 5, at(200)));
        assert!(!limits.call("a", 5, at(200)));
    }
}
