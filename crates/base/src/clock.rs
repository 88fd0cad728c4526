//! The one clock, and the point in time it tells.
//!
//! Lifecycle days, retention hours, expiries, buffering and windows all read [`Clock::now`], which an admin call can move
//! forward. Signatures, the `Date` header, TLS and rate limits read [`Clock::wall`], which clients share. Durations are
//! measured by [`Clock::monotonic`]. The crate has no async, so whoever waits registers a [`Listener`] and is told when the clock
//! was moved.

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A point in time: microseconds since 1970-01-01T00:00:00Z. What clients see is cut to milliseconds or seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Timestamp = Timestamp(0);

    /// From microseconds since the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From milliseconds since the epoch; saturates at the ends of the range.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// From whole seconds since the epoch; saturates at the ends of the range.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// Microseconds since the epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole milliseconds since the epoch, rounded down.
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn as_secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This time cut to whole milliseconds.
    pub const fn cut_to_millis(self) -> Self {
        Self::from_millis(self.as_millis())
    }

    /// This time cut to whole seconds.
    pub const fn cut_to_secs(self) -> Self {
        Self::from_secs(self.as_secs())
    }

    /// Later by `by`; saturates.
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }

    /// Earlier by `by`; saturates.
    pub fn minus(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }

    /// The time passed since `earlier`; zero if `earlier` is later.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}s", self.0.div_euclid(1_000_000), self.0.rem_euclid(1_000_000))
    }
}

/// Called with the new time whenever the clock was moved.
pub type Listener = Box<dyn Fn(Timestamp) + Send + Sync>;

/// A handle to the clock. Clones share it.
#[derive(Clone)]
pub struct Clock(Arc<Inner>);

struct Inner {
    source: Source,
    offset_micros: AtomicI64,
    listeners: Mutex<Vec<Listener>>,
}

enum Source {
    System { start: std::time::Instant },
    Manual { wall_micros: AtomicI64, monotonic_micros: AtomicU64 },
}

impl Clock {
    /// The machine's clock, moved by `offset` (what an earlier run of this data directory was moved by).
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes the handle")]
    pub fn system(offset: Duration) -> Self {
        let offset_micros = i64::try_from(offset.as_micros()).unwrap_or(i64::MAX);
        Self(Arc::new(Inner {
            source: Source::System { start: std::time::Instant::now() },
            offset_micros: AtomicI64::new(offset_micros),
            listeners: Mutex::default(),
        }))
    }

    /// A clock for tests that stands at `wall` until it is told otherwise.
    pub fn manual(wall: Timestamp) -> Self {
        Self(Arc::new(Inner {
            source: Source::Manual {
                wall_micros: AtomicI64::new(wall.0),
                monotonic_micros: AtomicU64::new(0),
            },
            offset_micros: AtomicI64::new(0),
            listeners: Mutex::default(),
        }))
    }

    /// The time by which the domain lives: the wall clock plus what it was moved by.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.wall().0.saturating_add(self.0.offset_micros.load(Ordering::Acquire)))
    }

    /// The time clients share: for signatures, `Date` headers, TLS and rate limits alone.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes the handle")]
    pub fn wall(&self) -> Timestamp {
        match &self.0.source {
            Source::System { .. } => {
                let now = std::time::SystemTime::now();
                match now.duration_since(std::time::UNIX_EPOCH) {
                    Ok(since) => Timestamp::EPOCH.plus(since),
                    Err(before) => Timestamp::EPOCH.minus(before.duration()),
                }
            }
            Source::Manual { wall_micros, .. } => Timestamp(wall_micros.load(Ordering::Acquire)),
        }
    }

    /// Time since this clock was made; never moved, never falls.
    pub fn monotonic(&self) -> Duration {
        match &self.0.source {
            Source::System { start } => start.elapsed(),
            Source::Manual { monotonic_micros, .. } => {
                Duration::from_micros(monotonic_micros.load(Ordering::Acquire))
            }
        }
    }

    /// What the clock was moved by so far.
    pub fn offset(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.offset_micros.load(Ordering::Acquire)).unwrap_or(0))
    }

    /// Moves `now` forward and tells every listener. The caller has made the new offset durable first.
    pub fn advance(&self, by: Duration) {
        let by_micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        let later = |offset: i64| Some(offset.saturating_add(by_micros));
        let moved = self.0.offset_micros.fetch_update(Ordering::AcqRel, Ordering::Acquire, later);
        moved.expect("a later time is always given");
        self.tell();
    }

    /// Moves `now` forward until all moves together are `offset`, unless they are already, and tells every listener. For whoever keeps the sum:
    /// calls may overlap or be lost, and the next makes up for it.
    pub fn advance_to(&self, offset: Duration) {
        let micros = i64::try_from(offset.as_micros()).unwrap_or(i64::MAX);
        self.0.offset_micros.fetch_max(micros, Ordering::AcqRel);
        self.tell();
    }

    /// Lets time pass on a manual clock: wall, monotonic and domain time alike. Does nothing to the system's clock.
    pub fn pass(&self, by: Duration) {
        if let Source::Manual { wall_micros, monotonic_micros } = &self.0.source {
            let micros = u64::try_from(by.as_micros()).unwrap_or(u64::MAX);
            wall_micros.fetch_add(i64::try_from(micros).unwrap_or(i64::MAX), Ordering::AcqRel);
            monotonic_micros.fetch_add(micros, Ordering::AcqRel);
            self.tell();
        }
    }

    /// Registers a listener for the life of the clock.
    pub fn on_move(&self, listener: Listener) {
        self.0.listeners.lock().expect("no listener panics while the list is held").push(listener);
    }

    fn tell(&self) {
        let now = self.now();
        for listener in self.0.listeners.lock().expect("no listener panics while the list is held").iter() {
            listener(now);
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock(now {:?}, moved by {:?})", self.now(), self.offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_the_clock_leaves_the_wall_alone() {
        let clock = Clock::manual(Timestamp::from_secs(1_000));
        clock.advance(Duration::from_secs(86_400));
        assert_eq!(clock.now(), Timestamp::from_secs(87_400));
        assert_eq!(clock.wall(), Timestamp::from_secs(1_000));
    }

    #[test]
    fn moves_that_overlap_end_at_the_farthest() {
        // A move that was durable but not carried out was once lost for good: the next one added only itself.
        let clock = Clock::manual(Timestamp::EPOCH);
        clock.advance_to(Duration::from_secs(3));
        clock.advance_to(Duration::from_secs(1));
        assert_eq!(clock.offset(), Duration::from_secs(3));
    }

    #[test]
    fn listeners_hear_the_new_time() {
        let clock = Clock::manual(Timestamp::EPOCH);
        let heard = Arc::new(AtomicI64::new(0));
        let ear = heard.clone();
        clock.on_move(Box::new(move |now| ear.store(now.as_secs(), Ordering::SeqCst)));
        clock.advance(Duration::from_secs(5));
        clock.pass(Duration::from_secs(2));
        assert_eq!(heard.load(Ordering::SeqCst), 7);
    }

    #[test]
    fn times_before_the_epoch_round_down() {
        assert_eq!(Timestamp::from_micros(-1).as_millis(), -1);
        assert_eq!(Timestamp::from_micros(-1).as_secs(), -1);
    }
}
