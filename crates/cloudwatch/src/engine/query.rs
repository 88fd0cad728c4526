//! Periods and ranges of time, as requests for data give them.

use std::time::Duration;

use base::Timestamp;

use super::error::Error;
use super::points::{TIERS, aligned};

/// A range of time cut into periods. It begins where the first period begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// Its beginning, inclusive.
    pub start_secs: i64,
    /// Its end, exclusive.
    pub end_secs: i64,
    /// The length of a period.
    pub period_secs: u32,
}

impl Range {
    /// The range that a request asks for: its start is rounded down by its age, and to the period where that is shorter than a minute.
    pub fn new(start: Timestamp, end: Timestamp, period_secs: u32, now: Timestamp) -> Result<Self, Error> {
        if start == end {
            return Err(Error::invalid("The parameter StartTime must not equal parameter EndTime."));
        }
        if start > end {
            return Err(Error::invalid("The parameter StartTime must be less than the parameter EndTime."));
        }
        let step = match now.since(start) {
            age if age > TIERS[2].1 => 3_600,
            age if age > TIERS[1].1 => 300,
            _ if period_secs < 60 => period_secs,
            _ => 60,
        };
        let whole = end.as_secs() + i64::from(end.as_micros() % 1_000_000 != 0);
        Ok(Self { start_secs: aligned(start.as_secs(), step), end_secs: whole, period_secs })
    }

    /// How many periods there are.
    pub fn buckets(&self) -> i64 {
        let (length, period) = (self.end_secs - self.start_secs, i64::from(self.period_secs));
        length.div_euclid(period) + i64::from(length.rem_euclid(period) != 0)
    }

    /// The beginning of the period that a time lies in.
    pub fn bucket(&self, secs: i64) -> i64 {
        self.start_secs + aligned(secs - self.start_secs, self.period_secs)
    }
}

/// The longest period: a day is AWS's own maximum for most; a year is beyond what is kept at once.
const PERIOD_MAX: Duration = Duration::from_secs(365 * 86_400);

/// A period: 1, 5, 10, 20, 30 or a multiple of 60 seconds.
pub fn period(parameter: &str, secs: i32) -> Result<u32, Error> {
    let given = u32::try_from(secs).unwrap_or(0);
    let short = [1, 5, 10, 20, 30].contains(&given);
    if short || (given > 0 && given.is_multiple_of(60) && u64::from(given) <= PERIOD_MAX.as_secs()) {
        return Ok(given);
    }
    Err(Error::invalid(format!(
        "The parameter {parameter} must be a value in the set [ 1, 5, 10, 20, 30 ], or must be a multiple of 60."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_start_is_rounded_down_by_its_age() {
        let now = Timestamp::from_secs(1_800_000_000);
        let start = |age: i64, period| {
            let at = Timestamp::from_secs(now.as_secs() - age);
            Range::new(at, now, period, now).unwrap().start_secs
        };
        assert_eq!(start(61, 60), now.as_secs() - 120);
        assert_eq!(start(61, 5), now.as_secs() - 65);
        assert_eq!(start(20 * 86_400 + 1, 300), now.as_secs() - 20 * 86_400 - 300);
        assert_eq!(start(70 * 86_400 + 1, 3_600), now.as_secs() - 70 * 86_400 - 3_600);
    }

    #[test]
    fn a_range_needs_an_end_after_its_start() {
        let at = Timestamp::from_secs(100);
        assert!(Range::new(at, at, 60, at).unwrap_err().text.contains("must not equal"));
        assert!(
            Range::new(at, Timestamp::from_secs(99), 60, at).unwrap_err().text.contains("must be less than")
        );
    }

    proptest! {
        #[test]
        fn every_time_of_a_range_lies_in_one_of_its_periods(length in 1i64..100_000, at in 0i64..100_000, period in 1u32..100) {
            let period_secs = period * 60;
            let range = Range { start_secs: 1_000, end_secs: 1_000 + length, period_secs };
            let time = 1_000 + at % length;
            let bucket = range.bucket(time);
            prop_assert!(bucket <= time && time < bucket + i64::from(period_secs));
            prop_assert!((bucket - 1_000) / i64::from(period_secs) < range.buckets());
        }
    }
}
