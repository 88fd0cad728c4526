//! Logs: ordered records with numbers and times, and a watch on their end.

use std::sync::Arc;
use std::task::{Context, Poll};

use base::Timestamp;
use bytes::Bytes;

/// Names a log: 128 bits chosen by the room that owns it, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LogId(pub u128);

/// A record's number: rises by one from record to record of a log, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Seq(pub u64);

impl Seq {
    /// The number after this one.
    pub const fn next(self) -> Seq {
        Seq(self.0 + 1)
    }
}

/// One record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its number.
    pub seq: Seq,
    /// When it was appended; never falls within a log. Cut to milliseconds.
    pub time: Timestamp,
    /// What was appended.
    pub payload: Bytes,
}

/// Where reading starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From {
    /// At the first record whose number is this or higher.
    Seq(Seq),
    /// At the first record whose time is this or later.
    Time(Timestamp),
}

/// How much one read returns at the most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Records.
    pub records: usize,
    /// Bytes of payload; the first record is returned even if it is larger.
    pub bytes: usize,
}

/// What one read returned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// The records, in order, with no gap but those cut by the horizon.
    pub records: Vec<Record>,
    /// Where to go on: after the last record returned, or, if none was, where reading stands: the place asked for,
    /// but at least the horizon. (For `From::Time`, the end of the log.)
    pub next: Seq,
    /// The log as it was when it was read.
    pub state: LogState,
}

/// What is known of a log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogState {
    /// Records below this number are gone.
    pub horizon: Seq,
    /// The number the next record will have. `horizon == next` means: no records.
    pub next: Seq,
    /// The time of the last record ever appended; the epoch if there was none.
    pub last_time: Timestamp,
    /// No more records will come.
    pub sealed: bool,
}

/// What an engine gives to make a [`Tail`].
pub trait TailSource: Send + Sync {
    /// The state now. `None` when the log was deleted.
    fn state(&self) -> Option<LogState>;

    /// Ready once the state differs from `seen` (or the log is gone); otherwise the waker is kept.
    fn poll_changed(&self, seen: Option<LogState>, context: &mut Context<'_>) -> Poll<Option<LogState>>;
}

/// A watch on the end of a log.
#[derive(Clone)]
pub struct Tail(Arc<dyn TailSource>);

impl Tail {
    /// Wraps an engine's source.
    pub fn new(source: Arc<dyn TailSource>) -> Self {
        Self(source)
    }

    /// The state now. `None` when the log was deleted.
    pub fn state(&self) -> Option<LogState> {
        self.0.state()
    }

    /// Waits until the state is another than `seen`, and returns it; `None` when the log was deleted.
    pub async fn changed(&self, seen: LogState) -> Option<LogState> {
        std::future::poll_fn(|context| self.0.poll_changed(Some(seen), context)).await
    }

    /// Waits until a record with number `seq` exists, or no more will come. `None` when the log was deleted.
    pub async fn reaches(&self, seq: Seq) -> Option<LogState> {
        let mut state = self.state()?;
        while state.next <= seq && !state.sealed {
            state = self.changed(state).await?;
        }
        Some(state)
    }
}
