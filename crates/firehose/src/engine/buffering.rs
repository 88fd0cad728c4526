//! When a buffer is full: by size or by time, whichever is met first (Firehose facts section 3).
//!
//! A buffer is not a place where records lie: they stay in their log until the object stands. It is what is known of the records
//! between a cursor and the place up to which they were counted.

use std::time::Duration;

use base::{ByteSize, Timestamp};

/// An interval of 0 means "within a few seconds": waiting one second lets what comes at the same time share an object.
const ZERO_BUFFERING: Duration = Duration::from_secs(1);

/// A destination's buffering hints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hints {
    /// Bytes, before compression.
    pub size: ByteSize,
    /// Time since the oldest record arrived.
    pub interval: Duration,
}

impl Hints {
    /// What S3 buffers unless told otherwise.
    pub const S3_DEFAULT_MB: u32 = 5;
    /// What S3 waits unless told otherwise.
    pub const S3_DEFAULT_SECS: u32 = 300;

    /// From the members as they are on the wire.
    pub fn new(size_mb: u32, interval_secs: u32) -> Self {
        let interval = Duration::from_secs(u64::from(interval_secs));
        Self { size: ByteSize::mib(u64::from(size_mb)), interval: interval.max(ZERO_BUFFERING) }
    }

    /// What is to be done with a buffer now.
    pub fn judge(&self, buffered: Buffered, now: Timestamp) -> Verdict {
        let Some(oldest) = buffered.oldest else { return Verdict::Empty };
        let due = oldest.plus(self.interval);
        if buffered.bytes >= self.size.0 || due <= now { Verdict::Deliver } else { Verdict::WaitUntil(due) }
    }

    /// How many bytes still fit.
    pub fn room(&self, buffered: Buffered) -> u64 {
        self.size.0.saturating_sub(buffered.bytes)
    }
}

/// What is known of buffered records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Buffered {
    /// How many.
    pub records: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When the oldest of them arrived.
    pub oldest: Option<Timestamp>,
}

impl Buffered {
    /// Counts one more.
    pub fn add(&mut self, bytes: usize, arrival: Timestamp) {
        self.records += 1;
        self.bytes += bytes as u64;
        self.oldest = Some(self.oldest.map_or(arrival, |oldest| oldest.min(arrival)));
    }

    /// This and another together.
    pub fn and(self, other: Buffered) -> Buffered {
        Buffered {
            records: self.records + other.records,
            bytes: self.bytes + other.bytes,
            oldest: match (self.oldest, other.oldest) {
                (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
                (ours, theirs) => ours.or(theirs),
            },
        }
    }
}

/// What is to be done with a buffer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Nothing: it holds no records.
    Empty,
    /// Wait, for more records or for that time.
    WaitUntil(Timestamp),
    /// Make an object of it.
    Deliver,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    #[test]
    fn the_first_condition_met_wins() {
        let hints = Hints::new(1, 60);
        let mut buffered = Buffered::default();
        assert_eq!(hints.judge(buffered, at(1_000_000)), Verdict::Empty);
        buffered.add(10, at(100));
        buffered.add(10, at(130));
        assert_eq!(hints.judge(buffered, at(159)), Verdict::WaitUntil(at(160)));
        assert_eq!(hints.judge(buffered, at(160)), Verdict::Deliver);
        buffered.add((1 << 20) - 21, at(131));
        assert_eq!(hints.judge(buffered, at(131)), Verdict::WaitUntil(at(160)));
        buffered.add(1, at(131));
        assert_eq!(hints.judge(buffered, at(131)), Verdict::Deliver);
    }

    #[test]
    fn zero_buffering_waits_a_second() {
        let hints = Hints::new(128, 0);
        let mut buffered = Buffered::default();
        buffered.add(0, at(7));
        assert_eq!(hints.judge(buffered, at(7)), Verdict::WaitUntil(at(8)));
        assert_eq!(hints.judge(buffered, at(8)), Verdict::Deliver);
    }

    proptest! {
        #[test]
        fn no_record_waits_longer_than_the_interval(
            secs in 1u32..=900, arrivals in proptest::collection::vec(0i64..10_000, 1..20),
        ) {
            let hints = Hints::new(128, secs);
            let mut buffered = Buffered::default();
            arrivals.iter().for_each(|&arrival| buffered.add(1, at(arrival)));
            let oldest = *arrivals.iter().min().unwrap();
            prop_assert_eq!(hints.judge(buffered, at(oldest + i64::from(secs))), Verdict::Deliver);
            prop_assert_eq!(
                hints.judge(buffered, at(oldest)), Verdict::WaitUntil(at(oldest + i64::from(secs)))
            );
        }

        #[test]
        fn two_buffers_count_as_one(split in 0usize..10, sizes in proptest::collection::vec((0usize..100, 0i64..50), 10)) {
            let count = |part: &[(usize, i64)]| {
                let mut buffered = Buffered::default();
                part.iter().for_each(|&(bytes, arrival)| buffered.add(bytes, at(arrival)));
                buffered
            };
            prop_assert_eq!(count(&sizes[..split]).and(count(&sizes[split..])), count(&sizes));
        }
    }
}
