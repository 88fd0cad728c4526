//! The ends of logs: their state, the fresh records, and who waits for more.
//!
//! A [`LogEnd`] is in memory while somebody appends to the log, reads its end or watches it. An idle log costs its row and nothing else. What an
//! end shows is durable: the journal's thread updates it after the sync, and wakes the watchers then.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use store::{Batch, From, Limit, LogId, LogState, Record, Seq, TailSource};

use crate::index::rows::LogRow;
use crate::journal::frame::{self, Header, Section};

/// Wakers kept for one log. Watchers that gave up leave theirs behind; beyond this number all are woken to sort that out.
const WAKERS: usize = 1024;

/// The end of one log.
pub struct LogEnd {
    id: LogId,
    inner: Mutex<Inner>,
}

struct Inner {
    row: LogRow,
    /// Frames with the last records, with no gap up to the end.
    fresh: VecDeque<Fresh>,
    wakers: Vec<Waker>,
}

/// A frame in memory that holds records of the log.
#[derive(Clone)]
pub struct Fresh {
    /// The first of its records of this log.
    pub first: u64,
    /// The time of that record in milliseconds.
    pub first_ms: i64,
    /// The frame's header.
    pub header: Header,
    /// The frame.
    pub frame: Bytes,
}

impl LogEnd {
    /// The end of a log that has this row.
    pub fn new(id: LogId, row: LogRow) -> Arc<Self> {
        let inner = Inner { row, fresh: VecDeque::new(), wakers: Vec::new() };
        Arc::new(Self { id, inner: Mutex::new(inner) })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nothing panics while the end of a log is held")
    }

    /// The durable row.
    pub fn row(&self) -> LogRow {
        self.lock().row
    }

    /// Whether readers or watchers need it.
    pub fn is_idle(&self) -> bool {
        let inner = self.lock();
        inner.fresh.is_empty() && inner.wakers.is_empty()
    }

    /// Shows a new durable state and wakes the watchers. `fresh` is the frame with new records, if there are any.
    pub fn publish(&self, row: LogRow, fresh: Option<Fresh>) {
        let mut inner = self.lock();
        let changed = inner.row.state() != row.state();
        inner.row = row;
        inner.fresh.extend(fresh);
        if row.deleted {
            inner.fresh.clear();
        }
        let wakers = if changed { std::mem::take(&mut inner.wakers) } else { Vec::new() };
        drop(inner);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Forgets fresh frames up to the one at `place`.
    pub fn forget(&self, place: u64) {
        let mut inner = self.lock();
        while inner.fresh.front().is_some_and(|fresh| fresh.header.place <= place) {
            inner.fresh.pop_front();
        }
    }

    /// Reads from the fresh frames; `None` when older records are asked for.
    pub fn read_fresh(&self, from: From, limit: Limit) -> Option<Result<Batch, frame::Unreadable>> {
        let inner = self.lock();
        let state = inner.row.state()?;
        let oldest = inner.fresh.front();
        let start = match from {
            From::Seq(seq) => {
                let seq = seq.max(state.horizon);
                if seq < state.next && oldest.is_none_or(|oldest| seq.0 < oldest.first) {
                    return None;
                }
                seq
            }
            From::Time(time) if time > state.last_time => state.next,
            From::Time(time) => {
                let millis = ceil_millis(time);
                let covered = |oldest: &Fresh| oldest.first_ms < millis || oldest.first <= state.horizon.0;
                if !oldest.is_some_and(covered) {
                    return None;
                }
                state.horizon
            }
        };
        let millis = match from {
            From::Seq(_) => i64::MIN,
            From::Time(time) => ceil_millis(time),
        };
        let begin = inner.first_frame(start.0, millis);
        let frames: Vec<Fresh> = inner.fresh.range(begin..).cloned().collect();
        drop(inner);
        let mut taken = Taken::new(self.id, start.0, millis, limit);
        for fresh in &frames {
            match taken.take(&fresh.header, &fresh.frame) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(taken.finish(start, state)))
    }
}

impl Inner {
    /// The index of the frame in which reading starts.
    fn first_frame(&self, seq: u64, millis: i64) -> usize {
        let after = self.fresh.partition_point(|fresh| fresh.first <= seq || fresh.first_ms < millis);
        after.saturating_sub(1)
    }
}

/// The first whole millisecond that is not before a time: records carry whole milliseconds.
pub fn ceil_millis(time: base::Timestamp) -> i64 {
    let millis = time.as_millis();
    if time.cut_to_millis() < time { millis + 1 } else { millis }
}

/// Records collected from frames or blocks, up to a limit.
pub struct Taken {
    log: LogId,
    seq: u64,
    millis: i64,
    limit: Limit,
    bytes: usize,
    records: Vec<Record>,
}

impl Taken {
    /// Collects the records of `log` from `seq` on that are not before `millis`.
    pub fn new(log: LogId, seq: u64, millis: i64, limit: Limit) -> Self {
        Self { log, seq, millis, limit, bytes: 0, records: Vec::new() }
    }

    /// The number of the next record that is wanted.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Where reading goes on in a run that begins with `first`.
    pub fn wanted(&self, first: u64) -> From {
        if self.millis > i64::MIN && self.records.is_empty() && first >= self.seq {
            From::Time(base::Timestamp::from_millis(self.millis))
        } else {
            From::Seq(Seq(self.seq))
        }
    }

    /// What is left of the limit. The first record is taken whatever its size.
    pub fn limit(&self) -> Limit {
        Limit {
            records: self.limit.records.max(1) - self.records.len().min(self.limit.records),
            bytes: self.limit.bytes.saturating_sub(self.bytes),
        }
    }

    /// Takes what a frame has of the log; false when the limit is reached.
    pub fn take(&mut self, header: &Header, bytes: &Bytes) -> Result<bool, frame::Unreadable> {
        for entry in frame::entries(bytes, header) {
            for section in entry?.sections() {
                let Some(section) = section else { return Err(frame::Unreadable { place: header.place }) };
                let Section::Append(append) = section else { continue };
                let end = append.first.0 + u64::from(append.count);
                if append.log != self.log || end <= self.seq {
                    continue;
                }
                if append.time_ms < self.millis {
                    self.seq = end;
                    continue;
                }
                let skip = self.seq.saturating_sub(append.first.0);
                let first = append.first.0 + skip;
                for (seq, range) in (first..).zip(append.payloads(skip as usize)) {
                    if !self.push(seq, append.time_ms, bytes.slice(range)) {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// Takes a record if it is wanted; false when the limit is reached and it was not taken.
    pub fn offer(&mut self, record: Record) -> bool {
        let time_ms = record.time.as_millis();
        if record.seq.0 < self.seq {
            return true;
        }
        if time_ms < self.millis {
            self.seq = record.seq.0 + 1;
            return true;
        }
        self.push(record.seq.0, time_ms, record.payload)
    }

    fn push(&mut self, seq: u64, time_ms: i64, payload: Bytes) -> bool {
        let bytes = self.bytes + payload.len();
        let full = self.records.len() >= self.limit.records || bytes > self.limit.bytes;
        if full && !self.records.is_empty() {
            return false;
        }
        self.bytes = bytes;
        self.seq = seq + 1;
        let time = base::Timestamp::from_millis(time_ms);
        self.records.push(Record { seq: Seq(seq), time, payload });
        true
    }

    /// What was collected. `start` is where reading stood.
    pub fn finish(self, start: Seq, state: LogState) -> Batch {
        let next = self.records.last().map_or(start, |record| record.seq.next());
        Batch { records: self.records, next, state }
    }
}

impl TailSource for LogEnd {
    fn state(&self) -> Option<LogState> {
        self.lock().row.state()
    }

    fn poll_changed(&self, seen: Option<LogState>, context: &mut Context<'_>) -> Poll<Option<LogState>> {
        let mut inner = self.lock();
        let state = inner.row.state();
        if state != seen || state.is_none() {
            return Poll::Ready(state);
        }
        if !inner.wakers.iter().any(|waker| waker.will_wake(context.waker())) {
            inner.wakers.push(context.waker().clone());
        }
        let surplus =
            if inner.wakers.len() > WAKERS { std::mem::take(&mut inner.wakers) } else { Vec::new() };
        drop(inner);
        surplus.into_iter().for_each(Waker::wake);
        Poll::Pending
    }
}

/// The ends that are in memory.
#[derive(Default)]
pub struct LogEnds(Mutex<HashMap<LogId, Arc<LogEnd>>>);

impl LogEnds {
    fn lock(&self) -> MutexGuard<'_, HashMap<LogId, Arc<LogEnd>>> {
        self.0.lock().expect("nothing panics while the list of logs is held")
    }

    /// The end of a log, if it is in memory.
    pub fn get(&self, log: LogId) -> Option<Arc<LogEnd>> {
        self.lock().get(&log).cloned()
    }

    /// Adds an end made of `row` unless one is there, and returns the one that is there. `current` is asked while nobody can
    /// forget ends, and says whether the row is still the newest.
    pub fn add(&self, log: LogId, row: LogRow, current: impl FnOnce() -> bool) -> Option<Arc<LogEnd>> {
        let mut ends = self.lock();
        if let Some(end) = ends.get(&log) {
            return Some(end.clone());
        }
        if !current() {
            return None;
        }
        let end = LogEnd::new(log, row);
        ends.insert(log, end.clone());
        Some(end)
    }

    /// Forgets ends that nobody but the list, and `owner` others, hold.
    pub fn forget_idle(&self, mut held_by_owner: impl FnMut(LogId) -> Forget) {
        self.lock().retain(|log, end| {
            let others = match held_by_owner(*log) {
                Forget::Never => return true,
                Forget::IfHeldBy(owners) => owners,
            };
            Arc::strong_count(end) > 1 + others || !end.is_idle()
        });
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lock().len()
    }
}

/// Whether an end may be forgotten.
pub enum Forget {
    /// It is in use.
    Never,
    /// If only so many others hold it.
    IfHeldBy(usize),
}
