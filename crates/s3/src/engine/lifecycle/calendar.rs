//! Days and midnights.
//!
//! Lifecycle work is due at midnight UTC: a time, so many days on, and then up to the next midnight (15 January 10:30 and 3 days are
//! 19 January 00:00). A test installation may have shorter days; then midnights are the multiples of that length since 1970. What headers tell
//! is always in days of 24 hours.

use std::time::Duration;

use base::Timestamp;

/// How long a day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calendar {
    day_micros: i64,
}

/// The shortest day: times of objects count in whole seconds.
const DAY_MIN: Duration = Duration::from_secs(1);
/// 24 hours.
pub const DAY: Duration = Duration::from_secs(86_400);

impl Calendar {
    /// Days of 24 hours.
    pub const AWS: Self = Self { day_micros: 86_400_000_000 };

    /// Days of this length, at least a second.
    pub fn new(day: Duration) -> Self {
        let micros = i64::try_from(day.max(DAY_MIN).as_micros()).unwrap_or(Self::AWS.day_micros);
        Self { day_micros: micros }
    }

    /// The first midnight at or after a time, told in whole seconds as clients see it.
    pub fn midnight_from(self, time: Timestamp) -> Timestamp {
        let micros = time.cut_to_secs().as_micros();
        let days = micros.div_euclid(self.day_micros) + i64::from(micros.rem_euclid(self.day_micros) != 0);
        Timestamp::from_micros(days.saturating_mul(self.day_micros))
    }

    /// The first midnight at or after so many days later.
    pub fn due(self, from: Timestamp, days: u32) -> Timestamp {
        let later = self.day_micros.saturating_mul(i64::from(days));
        self.midnight_from(Timestamp::from_micros(from.as_micros().saturating_add(later)))
    }

    /// The midnight at or before a time.
    pub fn day_of(self, time: Timestamp) -> Timestamp {
        let micros = time.as_micros();
        Timestamp::from_micros(micros - micros.rem_euclid(self.day_micros))
    }

    /// The first midnight after a time.
    pub fn midnight_after(self, time: Timestamp) -> Timestamp {
        Timestamp::from_micros(self.day_of(time).as_micros().saturating_add(self.day_micros))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_end_at_the_next_midnight() {
        // 2026-01-15T10:30:00Z and three days; 2026-01-19T00:00:00Z.
        let put = Timestamp::from_secs(1_768_473_000);
        assert_eq!(Calendar::AWS.due(put, 3), Timestamp::from_secs(1_768_780_800));
        let midnight = Timestamp::from_secs(1_768_435_200);
        assert_eq!(Calendar::AWS.due(midnight, 3), midnight.plus(DAY * 3));
        assert_eq!(Calendar::AWS.due(put, 0), midnight.plus(DAY));
        // A fraction of a second that no client sees does not cost a day.
        assert_eq!(Calendar::AWS.due(midnight.plus(Duration::from_millis(900)), 0), midnight);
    }

    proptest! {
        #[test]
        fn a_due_time_is_less_than_a_day_late(secs in 0i64..4_000_000_000, days in 0u32..5_000, day in 1u64..100_000) {
            let (from, day) = (Timestamp::from_secs(secs), Duration::from_secs(day));
            let due = Calendar::new(day).due(from, days);
            let early = from.plus(day * days);
            prop_assert!(due >= early && due.since(early) < day);
            prop_assert_eq!(Calendar::new(day).midnight_from(due), due);
            prop_assert_eq!(Calendar::new(day).day_of(due), due);
        }
    }
}
