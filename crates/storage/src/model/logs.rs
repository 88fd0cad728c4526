//! A log of the model: its records in a persistent vector, so that a commit may work on a copy.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use base::Timestamp;
use bytes::Bytes;
use imbl::Vector;
use store::{Batch, From, Limit, LogState, Record, Seq, Tail, TailSource};

#[derive(Clone)]
pub(super) struct Log {
    pub(super) state: LogState,
    /// The records from the horizon on.
    records: Vector<Record>,
    watch: Arc<Watch>,
}

impl Log {
    pub(super) fn new(first: Seq) -> Self {
        let state = LogState { horizon: first, next: first, last_time: Timestamp::EPOCH, sealed: false };
        let watch = Watch { seen: Mutex::new(Watched { state: Some(state), wakers: Vec::new() }) };
        Self { state, records: Vector::new(), watch: Arc::new(watch) }
    }

    /// Gives the records their numbers and their common time.
    pub(super) fn append(&mut self, payloads: &[Bytes], now: Timestamp) -> (Seq, Timestamp) {
        let first = self.state.next;
        let time = now.cut_to_millis().max(self.state.last_time);
        for payload in payloads {
            self.records.push_back(Record { seq: self.state.next, time, payload: payload.clone() });
            self.state.next = self.state.next.next();
            self.state.last_time = time;
        }
        (first, time)
    }

    /// A horizon beyond the end stops at the end: numbers not yet given cannot be gone.
    pub(super) fn raise_horizon(&mut self, to: Seq) {
        self.state.horizon = self.state.horizon.max(to.min(self.state.next));
        while self.records.front().is_some_and(|record| record.seq < self.state.horizon) {
            self.records.pop_front();
        }
    }

    pub(super) fn read(&self, from: From, limit: Limit) -> Batch {
        let place = match from {
            From::Seq(seq) => seq.max(self.state.horizon),
            From::Time(time) => {
                let index = self.first_at_or_after(time);
                self.records.get(index).map_or(self.state.next, |record| record.seq)
            }
        };
        let skipped = usize::try_from(place.0 - self.state.horizon.0).unwrap_or(usize::MAX);
        let mut records: Vec<Record> = Vec::new();
        let mut bytes = 0;
        let end = skipped.saturating_add(limit.records.max(1));
        for record in (skipped..end).map_while(|index| self.records.get(index)) {
            bytes += record.payload.len();
            if bytes > limit.bytes && !records.is_empty() {
                break;
            }
            records.push(record.clone());
        }
        let next = records.last().map_or(place, |record| record.seq.next());
        Batch { records, next, state: self.state }
    }

    fn first_at_or_after(&self, time: Timestamp) -> usize {
        match self.records.binary_search_by(|record| {
            // Never equal, so that the search ends at the first of several records of one time.
            if record.time < time { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater }
        }) {
            Ok(index) | Err(index) => index,
        }
    }

    pub(super) fn tail(&self) -> Tail {
        Tail::new(self.watch.clone())
    }

    /// Wakes the tails if the state is another than they saw.
    pub(super) fn tell(&self) {
        self.watch.set(Some(self.state));
    }

    pub(super) fn tell_gone(&self) {
        self.watch.set(None);
    }
}

struct Watch {
    seen: Mutex<Watched>,
}

struct Watched {
    state: Option<LogState>,
    wakers: Vec<Waker>,
}

impl Watch {
    fn set(&self, state: Option<LogState>) {
        let mut watched = self.seen.lock().expect("nothing panics while a watch is held");
        if watched.state != state {
            watched.state = state;
            let wakers = std::mem::take(&mut watched.wakers);
            drop(watched);
            wakers.into_iter().for_each(Waker::wake);
        }
    }
}

impl TailSource for Watch {
    fn state(&self) -> Option<LogState> {
        self.seen.lock().expect("nothing panics while a watch is held").state
    }

    fn poll_changed(&self, seen: Option<LogState>, context: &mut Context<'_>) -> Poll<Option<LogState>> {
        let mut watched = self.seen.lock().expect("nothing panics while a watch is held");
        if watched.state != seen || watched.state.is_none() {
            return Poll::Ready(watched.state);
        }
        if !watched.wakers.iter().any(|waker| waker.will_wake(context.waker())) {
            watched.wakers.push(context.waker().clone());
        }
        Poll::Pending
    }
}
