//! Records out: places in a shard, and what follows them.
//!
//! A place is the `Seq` of the next record. Sequence numbers and times become places when an iterator is made; an iterator is a place
//! with a date. Records past their retention are hidden by time at every read, whether or not the sweep has cut them off.

use base::{ByteSize, Timestamp};
use bytes::Bytes;
use store::{Batch, From, Limit, ReadError, Seq, Tail};

use super::hash::HashRange;
use super::iterator::ShardIterator;
use super::record::{self, Stored};
use super::sealing::By;
use super::sequence::{Foreign, SequenceNumber, Texts};
use super::shard_id::parse_shard_id;
use super::stream::{Shard, Stream};
use super::{Error, Kinesis};
use crate::tables::StreamKey;

/// Bytes of data that one GetRecords answer holds at the most.
pub const READ_BYTES_MAX: usize = ByteSize::mib(10).as_usize();
/// Records that one GetRecords answer holds at the most.
pub const READ_RECORDS_MAX: usize = 10_000;

/// Where to begin in a shard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Start {
    /// At the oldest record kept.
    TrimHorizon,
    /// After the newest.
    Latest,
    /// At the record of this number.
    At(String),
    /// After the record of this number.
    After(String),
    /// At the first record of this time or later.
    Time(Timestamp),
}

/// A record that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadRecord {
    /// Its number in the shard's log.
    pub seq: Seq,
    /// Its sequence number, in decimal.
    pub sequence_number: String,
    /// Its partition key.
    pub partition_key: String,
    /// Its bytes.
    pub data: Bytes,
    /// When it arrived.
    pub arrival: Timestamp,
    /// Whether it was encrypted when it was put.
    pub encrypted: bool,
}

/// A shard that follows a closed one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Child {
    /// Its number.
    pub shard: u32,
    /// All its parents.
    pub parents: Vec<u32>,
    /// Its hash keys.
    pub range: HashRange,
}

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The records, in order.
    pub records: Vec<ReadRecord>,
    /// Where to go on.
    pub next: Seq,
    /// The shard is closed and read to its end: these shards go on. At least one.
    pub ended: Option<Vec<Child>>,
    /// How long before now the last record read arrived, in milliseconds; 0 at the shard's tip.
    pub behind_millis: i64,
}

impl Kinesis {
    /// An iterator for a place in a shard.
    pub async fn shard_iterator(
        &self,
        key: &StreamKey,
        shard_id: &str,
        start: &Start,
    ) -> Result<String, Error> {
        let number =
            parse_shard_id(shard_id).ok_or_else(|| Error::ShardNotFound(key.clone(), shard_id.to_owned()))?;
        let stream = match self.usable_stream(key).await {
            Err(Error::NoStream(key)) => return Err(Error::NoShard(key, number)),
            other => other?,
        };
        let shard = stream.shard(number, self.now())?;
        if self.strict() && !self.shard_limits.iterator_call(shard.row.log_id(), self.clock.monotonic()) {
            return Err(Error::Throttled(key.clone(), number));
        }
        let at = self.locate(&stream, shard, start).await?;
        Ok(self.new_iterator(&stream, number, at))
    }

    /// An iterator for this place, as the client sees it.
    fn new_iterator(&self, stream: &Stream, shard: u32, at: Seq) -> String {
        let iterator = ShardIterator {
            key: stream.key.clone(),
            stream: stream.id(),
            shard,
            at,
            issued: self.now(),
            nonce: self.next_nonce(),
        };
        iterator.seal(&self.tokens)
    }

    /// Reads what a client sent as an iterator.
    pub fn open_iterator(&self, text: &str) -> Result<ShardIterator, Error> {
        ShardIterator::open(text, &self.tokens).ok_or(Error::Iterator)
    }

    /// The records from an iterator's place on, and the next iterator; `None` at the end of a closed shard.
    pub async fn get_records(
        &self,
        iterator: &ShardIterator,
        records_max: usize,
        dry_run: bool,
        by: By<'_>,
    ) -> Result<(Reading, Option<String>), Error> {
        let now = self.now();
        if iterator.expired(now) {
            return Err(Error::IteratorExpired { issued: iterator.issued, now });
        }
        let gone = || Error::NoShard(iterator.key.clone(), iterator.shard);
        let stream = match self.usable_stream(&iterator.key).await {
            Err(Error::NoStream(_)) => return Err(gone()),
            other => other?,
        };
        if stream.id() != iterator.stream {
            return Err(gone());
        }
        let began = self.clock.monotonic();
        let done = self.get_from(&stream, iterator, records_max, dry_run, by).await;
        let reading = match done {
            Ok(reading) => {
                let took = self.clock.monotonic().saturating_sub(began);
                self.tell_get(&stream, iterator.shard, took, &reading);
                reading
            }
            Err(error) => {
                self.tell_get_failed(&stream, iterator.shard, &error);
                return Err(error);
            }
        };
        let goes_on = reading.ended.is_none();
        let next = goes_on.then(|| self.new_iterator(&stream, iterator.shard, reading.next));
        Ok((reading, next))
    }

    async fn get_from(
        &self,
        stream: &Stream,
        iterator: &ShardIterator,
        records_max: usize,
        dry_run: bool,
        by: By<'_>,
    ) -> Result<Reading, Error> {
        let shard = stream.shard(iterator.shard, self.now())?;
        let log = shard.row.log_id();
        if self.strict() && !self.shard_limits.read_call(log, self.clock.monotonic()) {
            return Err(Error::Throttled(iterator.key.clone(), iterator.shard));
        }
        if dry_run {
            return Err(Error::DryRun);
        }
        let limit = Limit { records: records_max.min(READ_RECORDS_MAX), bytes: READ_BYTES_MAX };
        let reading = self.read_shard(stream, shard, iterator.at, limit, by).await?;
        if self.strict() {
            let bytes = reading.records.iter().map(|record| record.data.len()).sum();
            self.shard_limits.read_bytes(log, bytes, self.clock.monotonic());
        }
        Ok(reading)
    }

    /// The place a start stands for.
    pub async fn locate(&self, stream: &Stream, shard: &Shard, start: &Start) -> Result<Seq, Error> {
        match start {
            Start::TrimHorizon => Ok(Seq(0)),
            Start::Latest => match self.store.log_state(shard.row.log_id()).await {
                Ok(state) => Ok(state.next),
                Err(error) => Err(read_error(error, stream, shard)),
            },
            Start::At(text) => Ok(parse_start(stream, shard, text)?.seq()),
            Start::After(text) => Ok(parse_start(stream, shard, text)?.seq().next()),
            Start::Time(time) => self.locate_time(stream, shard, *time).await,
        }
    }

    async fn locate_time(&self, stream: &Stream, shard: &Shard, time: Timestamp) -> Result<Seq, Error> {
        let now = self.now();
        if time.as_millis() > now.as_millis() {
            return Err(Error::Future { asked: time, now });
        }
        let first = Limit { records: 1, bytes: 1 };
        let found = self.store.read(shard.row.log_id(), From::Time(time.cut_to_millis()), first).await;
        let batch = found.map_err(|error| read_error(error, stream, shard))?;
        Ok(batch.records.first().map_or(batch.next, |record| record.seq))
    }

    /// The records from a place on.
    pub async fn read_shard(
        &self,
        stream: &Stream,
        shard: &Shard,
        from: Seq,
        limit: Limit,
        by: By<'_>,
    ) -> Result<Reading, Error> {
        let now = self.now();
        let batch = self.read_log(stream, shard, from, limit, now).await?;
        let mut texts = Texts::of(shard.part());
        let mut records = Vec::with_capacity(batch.records.len());
        for stored in &batch.records {
            let (content, encrypted) = match record::decode(&stored.payload)? {
                Stored::Plain(content) => (content, false),
                Stored::Sealed(sealed) => {
                    (record::decode_plain(&self.open_record(stream, &sealed, by).await?)?, true)
                }
            };
            records.push(ReadRecord {
                seq: stored.seq,
                sequence_number: texts.record(stored.seq, stored.time),
                partition_key: content.partition_key,
                data: content.data,
                arrival: stored.time,
                encrypted,
            });
        }
        let at_tip = batch.next >= batch.state.next;
        let last = batch.records.last().filter(|_| !at_tip);
        let behind_millis = last.map_or(0, |record| (now.as_millis() - record.time.as_millis()).max(0));
        let ended = match at_tip && batch.state.sealed {
            true => Some(self.children(stream, shard).await?),
            false => None,
        };
        Ok(Reading { records, next: batch.next, ended, behind_millis })
    }

    /// A watch on a shard's end; `None` if its log is gone.
    pub async fn tail(&self, shard: &Shard) -> Result<Option<Tail>, Error> {
        match self.store.tail(shard.row.log_id()).await {
            Ok(tail) => Ok(Some(tail)),
            Err(ReadError::NoLog(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn read_log(
        &self,
        stream: &Stream,
        shard: &Shard,
        from: Seq,
        limit: Limit,
        now: Timestamp,
    ) -> Result<Batch, Error> {
        let log = shard.row.log_id();
        let horizon = stream.horizon(now);
        let batch = self.store.read(log, From::Seq(from), limit).await;
        let batch = batch.map_err(|error| read_error(error, stream, shard))?;
        if batch.records.first().is_none_or(|record| record.time >= horizon) {
            return Ok(batch);
        }
        let batch = self.store.read(log, From::Time(horizon), limit).await;
        batch.map_err(|error| read_error(error, stream, shard))
    }

    /// The shards that follow a closed one: at least one, always.
    async fn children(&self, stream: &Stream, shard: &Shard) -> Result<Vec<Child>, Error> {
        if let Some(closing) = &shard.row.closed {
            return Ok(children_in(stream, &closing.children));
        }
        // Its log is sealed, so it was closed after this stream was read.
        let fresh = self.fresh_stream(&stream.key).await?;
        let shard = fresh.shard(shard.number, self.now())?;
        let closing = shard.row.closed.as_ref().ok_or(Error::Conflict)?;
        Ok(children_in(&fresh, &closing.children))
    }
}

fn children_in(stream: &Stream, numbers: &[u32]) -> Vec<Child> {
    let found = stream.all_shards().iter().filter(|shard| numbers.contains(&shard.number));
    found
        .map(|child| Child { shard: child.number, parents: child.parents().collect(), range: child.range() })
        .collect()
}

/// A starting sequence number is one of this very shard.
fn parse_start(stream: &Stream, shard: &Shard, text: &str) -> Result<SequenceNumber, Error> {
    let foreign = |well_formed| Error::SequenceForeign {
        stream: stream.key.clone(),
        shard: shard.number,
        number: text.to_owned(),
        well_formed,
    };
    let number = SequenceNumber::parse(text).map_err(|why| foreign(why == Foreign::Version))?;
    if number.shard.number != shard.number {
        return Err(Error::SequenceOfShard { encoded: number.shard.number, used: shard.number });
    }
    if number.shard.creation != shard.part().creation {
        return Err(foreign(true));
    }
    Ok(number)
}

pub(super) fn read_error(error: ReadError, stream: &Stream, shard: &Shard) -> Error {
    match error {
        // Deleted, or expired and swept, since the stream was read.
        ReadError::NoLog(_) => Error::NoShard(stream.key.clone(), shard.number),
        other => other.into(),
    }
}
