//! Events in the order of their times, over one stream or many, forwards or backwards, a page at a time.
//!
//! Records are read in the order of their first events. An event that was read may be handed out once no record still to be read can hold an earlier one:
//! forwards, once the next record begins at or after it; backwards, once even the longest record of its stream, beginning where the next one does,
//! ends before it. Which events are waited for lies in memory, and is little as long as records come more or less in order.
//!
//! A place is that of an event; a page goes on behind it. Events have an order of their own: time, stream, record, place in the record.

use std::collections::{BTreeMap, VecDeque};

use store::{From, Key, LogId, Seq, Snapshot, TableValue, key_after};

use super::pattern::Pattern;
use crate::engine::CloudWatch;
use crate::engine::error::{Error, Why};
use crate::tables::logs::{BATCHES, Batch, BatchKey, BatchRow, StreamId, StreamRow};

/// Events of a page (CloudWatch Logs, API reference, GetLogEvents).
pub const PAGE: usize = 10_000;
/// Bytes of a page.
const PAGE_BYTES: usize = 1 << 20;
/// Bytes of records that a search reads for a page; beyond that the page stays short.
const SEARCHED_BYTES: usize = 16 << 20;
/// Rows of records read at once.
const READ_AT_ONCE: usize = 256;
/// Records read at once.
const RECORDS_AT_ONCE: usize = 64;
/// Bytes of them.
const RECORDS_BYTES_AT_ONCE: usize = 1 << 20;

/// The place of an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Its time.
    pub at_millis: i64,
    /// Its stream.
    pub stream: u128,
    /// The number of its record.
    pub number: u64,
    /// Its place in the record.
    pub index: u32,
}

impl Place {
    /// Before all events of a time.
    pub const fn before(at_millis: i64) -> Self {
        Self { at_millis, stream: 0, number: 0, index: 0 }
    }

    /// As bytes, for tokens.
    pub fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(36);
        bytes.extend_from_slice(&self.at_millis.to_be_bytes());
        bytes.extend_from_slice(&self.stream.to_be_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(&self.index.to_be_bytes());
        bytes
    }

    /// What [`Place::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (at, rest) = bytes.split_first_chunk()?;
        let (stream, rest) = rest.split_first_chunk()?;
        let (number, rest) = rest.split_first_chunk()?;
        Some(Self {
            at_millis: i64::from_be_bytes(*at),
            stream: u128::from_be_bytes(*stream),
            number: u64::from_be_bytes(*number),
            index: u32::from_be_bytes(rest.try_into().ok()?),
        })
    }

    /// An id in AWS's form: 56 digits, that of no other event of the group.
    pub fn id(&self) -> String {
        let stream = self.stream % 1_000_000_000_000;
        format!("3{:013}{stream:012}{:016}{:014}", self.at_millis.max(0), self.number, self.index)
    }
}

/// An event that was kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// When it happened.
    pub at_millis: i64,
    /// When it came.
    pub ingested_millis: i64,
    /// What it says.
    pub message: String,
    /// Which of the streams asked for it is of.
    pub lane: usize,
}

/// Which events.
#[derive(Clone, Copy, Debug)]
pub struct Window<'p> {
    /// Not before this time.
    pub start_millis: i64,
    /// Before this time.
    pub end_millis: i64,
    /// Behind this place (before it, backwards).
    pub beyond: Option<Place>,
    /// At most so many.
    pub limit: usize,
    /// That it matches.
    pub pattern: Option<&'p Pattern>,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Events in the order they were read.
    pub events: Vec<(Place, Event)>,
    /// Where to go on, if there may be more.
    pub more: Option<Place>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

/// A stream on its way.
struct Lane {
    stream: StreamId,
    span_millis: i64,
    /// Rows of records to come.
    ahead: VecDeque<(BatchKey, BatchRow)>,
    /// What is left to be read of the rows.
    range: (Key, Key),
    exhausted: bool,
    /// Records read before their time.
    decoded: BTreeMap<u64, Batch>,
}

impl CloudWatch {
    /// The next page in the order of time.
    pub async fn events_forward(&self, streams: &[StreamRow], window: Window<'_>) -> Result<Page, Error> {
        self.merge(streams, window, Direction::Forward).await
    }

    /// The page before, latest event first.
    pub async fn events_backward(&self, streams: &[StreamRow], window: Window<'_>) -> Result<Page, Error> {
        self.merge(streams, window, Direction::Backward).await
    }

    async fn merge(
        &self,
        streams: &[StreamRow],
        window: Window<'_>,
        direction: Direction,
    ) -> Result<Page, Error> {
        let snapshot = self.store.snapshot();
        let mut lanes: Vec<Lane> = streams.iter().map(|row| Lane::new(row, &window, direction)).collect();
        let mut waiting: BTreeMap<Place, Event> = BTreeMap::new();
        let mut page = Page::default();
        let (mut page_bytes, mut searched) = (0, 0);
        loop {
            let mut next: Option<(i64, usize)> = None;
            for (index, lane) in lanes.iter_mut().enumerate() {
                lane.fill(&*snapshot, direction).await?;
                let Some((key, _)) = lane.ahead.front() else { continue };
                let at = match direction {
                    Direction::Forward => key.first_millis,
                    Direction::Backward => key.first_millis.saturating_add(lane.span_millis),
                };
                let sooner = |(best, _): (i64, usize)| match direction {
                    Direction::Forward => at < best,
                    Direction::Backward => at > best,
                };
                if next.is_none_or(sooner) {
                    next = Some((at, index));
                }
            }
            loop {
                let first = match direction {
                    Direction::Forward => waiting.first_key_value(),
                    Direction::Backward => waiting.last_key_value(),
                };
                let Some((&place, _)) = first else { break };
                let may_come = |(at, _): (i64, usize)| match direction {
                    Direction::Forward => place.at_millis >= at,
                    Direction::Backward => place.at_millis <= at,
                };
                if next.is_some_and(may_come) {
                    break;
                }
                let event = waiting.remove(&place).expect("it was there just now");
                page_bytes += event.message.len() + super::events::EVENT_BYTES;
                if page.events.len() == window.limit || (page_bytes > PAGE_BYTES && !page.events.is_empty()) {
                    page.more = page.events.last().map(|(place, _)| *place);
                    return Ok(page);
                }
                page.events.push((place, event));
            }
            let Some((at, index)) = next else { return Ok(page) };
            let from = window.beyond.map_or(window.start_millis, |place| place.at_millis);
            if searched > SEARCHED_BYTES && direction == Direction::Forward && at > from {
                page.more = Some(Place::before(at));
                return Ok(page);
            }
            let lane = &mut lanes[index];
            let (key, _) = lane.ahead.pop_front().expect("the next record was seen there");
            let batch = self.batch(lane, &key).await?;
            let Some(batch) = batch else { continue };
            for (place_in, (at_millis, message)) in batch.events.into_iter().enumerate() {
                searched += message.len() + super::events::EVENT_BYTES;
                let place = Place {
                    at_millis,
                    stream: lane.stream.0,
                    number: key.number,
                    index: u32::try_from(place_in).unwrap_or(u32::MAX),
                };
                if window.takes(place, direction)
                    && window.pattern.is_none_or(|pattern| pattern.matches(&message))
                {
                    let event =
                        Event { at_millis, ingested_millis: batch.ingested_millis, message, lane: index };
                    waiting.insert(place, event);
                }
            }
            // What cannot get onto this page any more need not wait.
            while waiting.len() > window.limit + 1 {
                match direction {
                    Direction::Forward => waiting.pop_last(),
                    Direction::Backward => waiting.pop_first(),
                };
            }
        }
    }

    /// A record, read together with those that follow it in the log if they are next anyway. `None` if it is gone.
    async fn batch(&self, lane: &mut Lane, key: &BatchKey) -> Result<Option<Batch>, Error> {
        if let Some(batch) = lane.decoded.remove(&key.number) {
            return Ok(Some(batch));
        }
        let following = lane.ahead.iter().zip(key.number + 1..);
        let run = 1 + following.take_while(|((ahead, _), number)| ahead.number == *number).count();
        let limit = store::Limit { records: run.min(RECORDS_AT_ONCE), bytes: RECORDS_BYTES_AT_ONCE };
        let read = match self.store.read(LogId(lane.stream.0), From::Seq(Seq(key.number)), limit).await {
            Ok(read) => read,
            Err(store::ReadError::NoLog(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        for record in read.records {
            lane.decoded.insert(record.seq.0, Batch::from_bytes(&record.payload)?);
        }
        Ok(lane.decoded.remove(&key.number))
    }

    /// Opens a token of a place.
    pub fn place_of(&self, purpose: &str, token: &str) -> Result<Place, Error> {
        let bytes = self.tokens.open(purpose, token).ok();
        let place = bytes.and_then(|bytes| Place::from_bytes(&bytes));
        place.ok_or_else(|| Error::new(Why::InvalidToken, "The specified nextToken is invalid."))
    }
}

impl Window<'_> {
    fn takes(&self, place: Place, direction: Direction) -> bool {
        let beyond = |there: Place| match direction {
            Direction::Forward => place > there,
            Direction::Backward => place < there,
        };
        place.at_millis >= self.start_millis
            && place.at_millis < self.end_millis
            && self.beyond.is_none_or(beyond)
    }
}

impl Lane {
    fn new(row: &StreamRow, window: &Window<'_>, direction: Direction) -> Self {
        let stream = StreamId(row.id);
        let key = |first_millis: i64, number| BATCHES.key(&BatchKey { stream, first_millis, number });
        let (mut start, mut end) = (window.start_millis, window.end_millis);
        match (direction, window.beyond) {
            (Direction::Forward, Some(place)) => start = start.max(place.at_millis),
            (Direction::Backward, Some(place)) => end = end.min(place.at_millis.saturating_add(1)),
            (Direction::Forward | Direction::Backward, None) => {}
        }
        let range = (key(start.saturating_sub(row.span_millis), 0), key(end, 0));
        Self {
            stream,
            span_millis: row.span_millis,
            ahead: VecDeque::new(),
            exhausted: range.0 >= range.1,
            range,
            decoded: BTreeMap::new(),
        }
    }

    async fn fill(&mut self, snapshot: &dyn Snapshot, direction: Direction) -> Result<(), Error> {
        if self.exhausted || !self.ahead.is_empty() {
            return Ok(());
        }
        let range = self.range.clone();
        let rows = match direction {
            Direction::Forward => BATCHES.scan(snapshot, range, READ_AT_ONCE).await?,
            Direction::Backward => BATCHES.scan_back(snapshot, range, READ_AT_ONCE).await?,
        };
        self.exhausted = rows.len() < READ_AT_ONCE;
        if let Some((last, _)) = rows.last() {
            match direction {
                Direction::Forward => self.range.0 = key_after(&BATCHES.key(last)),
                Direction::Backward => self.range.1 = BATCHES.key(last),
            }
        }
        self.ahead = rows.into_iter().map(|(key, row)| (key, row.value)).collect();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_round_trip(at_millis: i64, stream: u128, number: u64, index: u32) {
            let place = Place { at_millis, stream, number, index };
            prop_assert_eq!(Place::from_bytes(&place.to_bytes()), Some(place));
        }

        #[test]
        fn any_bytes_are_a_place_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..50)) {
            let _ = Place::from_bytes(&bytes);
        }
    }

    #[test]
    fn an_id_has_56_digits() {
        let place = Place { at_millis: 1_800_000_000_000, stream: u128::MAX, number: 7, index: 9_999 };
        assert_eq!(place.id().len(), 56);
    }
}
