//! Records in: PutRecord and PutRecords.
//!
//! One commit with one append for each shard touched, and nothing else: no row is read or written. All records of a call are encoded into one
//! buffer, shard by shard, and each is a slice of it. If a shard was closed since its stream was read, the store refuses the whole commit; the
//! stream is read again and every record finds its shard anew. Nothing was stored then, so nothing is stored twice.

use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use bytes::{Bytes, BytesMut};
use store::{Append, Appended, Commit, From, Limit, Seq, Settled};

use super::hash::HashKey;
use super::record;
use super::sealing::{By, Sealer};
use super::sequence::{Run, Second, SequenceNumber};
use super::stream::Stream;
use super::telling::PutOutcome;
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::{Distribution, StreamKey};

/// Data and keys of a call, in bytes (PutRecords: 10 MiB since 2025).
pub const CALL_BYTES_MAX: usize = 10 << 20;

/// How much earlier than now a record may be dated that was put after now was read: times come from one clock, so hardly at all.
const CLOCK_SLACK: Duration = Duration::from_secs(1);

/// A record to be put.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its partition key: 1 to 256 characters. Only streams that distribute records themselves (AUTO) take them without.
    pub partition_key: Option<&'a str>,
    /// Overrides the hash of the key.
    pub explicit_hash_key: Option<&'a str>,
    /// Its bytes.
    pub data: &'a Bytes,
}

/// Which call, and whether in earnest.
#[derive(Clone, Copy)]
struct Call {
    single: bool,
    dry_run: bool,
}

/// What became of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Put {
    /// It is stored.
    Stored {
        /// Its sequence number, in decimal.
        sequence_number: String,
        /// The number of its shard.
        shard: u32,
        /// Whether it is encrypted.
        encrypted: bool,
    },
    /// Its shard has taken what it may for now.
    Throttled {
        /// The number of its shard.
        shard: u32,
    },
}

impl Kinesis {
    /// Puts one record.
    /// `ordering` is a sequence number that the record's must be greater than.
    pub async fn put_record(
        &self,
        key: &StreamKey,
        entry: Entry<'_>,
        ordering: Option<&str>,
        dry_run: bool,
        by: By<'_>,
    ) -> Result<Put, Error> {
        if let Some(number) = ordering {
            self.check_ordering(key, number).await?;
        }
        let mut puts = self.put(key, &[entry], Call { single: true, dry_run }, by).await?;
        match puts.pop().expect("one record has one outcome") {
            Put::Throttled { shard } => Err(Error::Throttled(key.clone(), shard)),
            stored @ Put::Stored { .. } => Ok(stored),
        }
    }

    /// Puts up to 500 records. Those that are not throttled are stored together or not at all.
    pub async fn put_records(
        &self,
        key: &StreamKey,
        entries: &[Entry<'_>],
        dry_run: bool,
        by: By<'_>,
    ) -> Result<Vec<Put>, Error> {
        self.put(key, entries, Call { single: false, dry_run }, by).await
    }

    async fn put(
        &self,
        key: &StreamKey,
        entries: &[Entry<'_>],
        call: Call,
        by: By<'_>,
    ) -> Result<Vec<Put>, Error> {
        let began = self.clock.monotonic();
        let stream = self.usable_stream(key).await?;
        let done = self.put_into(stream.clone(), entries, call, by).await;
        match &done {
            Ok(puts) => {
                let outcomes: Vec<PutOutcome> = puts.iter().zip(entries).map(outcome).collect();
                let took = self.clock.monotonic().saturating_sub(began);
                self.tell_put(&stream, call.single, took, &outcomes);
            }
            Err(error) => self.tell_put_failed(&stream, call.single, error),
        }
        done
    }

    async fn put_into(
        &self,
        mut stream: Arc<Stream>,
        entries: &[Entry<'_>],
        call: Call,
        by: By<'_>,
    ) -> Result<Vec<Put>, Error> {
        let key = &stream.key.clone();
        check_keys(&stream, entries, call.single)?;
        check_sizes(&stream, entries, call.single)?;
        let hashes = entries.iter().map(|entry| self.hash_key(entry)).collect::<Result<Vec<_>, Error>>()?;
        if call.dry_run {
            return Err(Error::DryRun);
        }
        let mut places: Vec<usize> = hashes.iter().map(|hash| stream.route(*hash)).collect();
        let throttled = self.throttled(&stream, &places, entries);
        for _ in 0..ATTEMPTS {
            let sealer = self.sealer(&stream, by).await?;
            let mut batch = Batch::of(&stream, &places, &throttled, entries);
            if batch.commit_is_empty() {
                return Ok(batch.outcomes(&stream, &[]));
            }
            batch.encode(entries, sealer.as_ref(), &self.random);
            let mut commit = batch.commit(&stream, self.new_commit_id());
            let (appends, since) = (commit.appends.clone(), self.now());
            if let Some(sealer) = &sealer {
                sealer.join(&mut commit);
            }
            match store::settle(&*self.store, commit).await {
                Settled::Done(done) => {
                    if let Some(sealer) = &sealer {
                        self.sealed_and_stored(sealer);
                    }
                    return Ok(batch.outcomes(&stream, &done.appended));
                }
                Settled::Lost(_) | Settled::Absent(_) => {
                    stream = self.renewed(key).await?;
                    places = hashes.iter().map(|hash| stream.route(*hash)).collect();
                }
                // The numbers are lost with the answer, but not with the records.
                Settled::Happened => {
                    let mut found = Vec::with_capacity(appends.len());
                    for append in &appends {
                        found.push(self.find_appended(append, since).await?);
                    }
                    return Ok(batch.outcomes(&stream, &found));
                }
                Settled::Refused(refusal) => return Err(refusal.into()),
                Settled::Unknown(why) => return Err(Error::Store(why)),
            }
        }
        Err(Error::Conflict)
    }

    /// Where records landed of which it is known only that they did: they are read back from about when they were put. A client that puts the very
    /// same records at the same time may be told the other's numbers, which name records like its own.
    async fn find_appended(&self, append: &Append, since: Timestamp) -> Result<Appended, Error> {
        let limit = Limit { records: usize::MAX, bytes: CALL_BYTES_MAX };
        let mut from = From::Time(since.minus(CLOCK_SLACK));
        let mut tail: Vec<store::Record> = Vec::new();
        loop {
            let read = self.store.read(append.log, from, limit).await?;
            let next = From::Seq(read.next);
            let ended = read.records.is_empty();
            tail.extend(read.records);
            let same = |window: &[store::Record]| {
                window.iter().zip(&append.records).all(|(record, payload)| record.payload == *payload)
            };
            if let Some(at) = tail.windows(append.records.len()).position(same) {
                return Ok(Appended { log: append.log, first: tail[at].seq, time: tail[at].time });
            }
            if ended || from == next {
                return Err(Error::Store("the numbers of stored records are lost".to_owned()));
            }
            // A run may begin in one page and end in the next.
            tail.drain(..tail.len().saturating_sub(append.records.len() - 1));
            from = next;
        }
    }

    fn hash_key(&self, entry: &Entry<'_>) -> Result<HashKey, Error> {
        match (entry.explicit_hash_key, entry.partition_key) {
            (Some(text), _) => HashKey::parse_explicit(text),
            (None, Some(partition_key)) => Ok(HashKey::of(partition_key)),
            (None, None) => Ok(HashKey(self.random.u128())),
        }
    }

    /// The stream as it is now that one of its logs was found closed.
    async fn renewed(&self, key: &StreamKey) -> Result<Arc<Stream>, Error> {
        self.streams.forget(key);
        self.usable_stream(key).await
    }

    /// Which records their shards do not take, where limits are kept; empty if all are taken.
    fn throttled(&self, stream: &Stream, places: &[usize], entries: &[Entry<'_>]) -> Vec<bool> {
        if !self.strict() {
            return Vec::new();
        }
        let now = self.clock.monotonic();
        let large = stream.row.record_kib_max > super::lifecycle::RECORD_KIB_DEFAULT;
        let takes = |(place, entry): (&usize, &Entry<'_>)| {
            let log = stream.open_shard(*place).row.log_id();
            self.shard_limits.write(log, entry.bytes(), large, now)
        };
        places.iter().zip(entries).map(|pair| !takes(pair)).collect()
    }

    /// A number that was given for ordering is one of this stream, and not of the future. Records of one partition key then have rising
    /// numbers by themselves: within a shard the counter rises, and a shard's numbers are greater than its parents'.
    async fn check_ordering(&self, key: &StreamKey, number: &str) -> Result<(), Error> {
        let stream = self.usable_stream(key).await?;
        let refused = || Error::Ordering(key.clone(), number.to_owned());
        let given = SequenceNumber::parse(number).map_err(|_| refused())?;
        let youngest = stream.open_shards().map(|shard| shard.part().creation).max().unwrap_or_default();
        if given.time > Second::of(self.now()).max(youngest) {
            return Err(refused());
        }
        Ok(())
    }
}

fn outcome((put, entry): (&Put, &Entry<'_>)) -> PutOutcome {
    let bytes = entry.bytes();
    match put {
        Put::Stored { shard, .. } => PutOutcome { shard: *shard, bytes, stored: true },
        Put::Throttled { shard } => PutOutcome { shard: *shard, bytes, stored: false },
    }
}

impl Entry<'_> {
    /// The partition key; empty for none.
    fn key(&self) -> &str {
        self.partition_key.unwrap_or_default()
    }

    /// What counts: the data and the key.
    fn bytes(&self) -> usize {
        self.data.len() + self.key().len()
    }
}

/// The model leaves the key out of what it requires: it is the stream that says whether a record needs one.
fn check_keys(stream: &Stream, entries: &[Entry<'_>], single: bool) -> Result<(), Error> {
    if stream.row.distribution == Distribution::Auto {
        return Ok(());
    }
    let missing = entries.iter().enumerate().filter(|(_, entry)| entry.partition_key.is_none());
    let missing: Vec<_> = missing.map(|(index, _)| (!single).then_some(index)).collect();
    if missing.is_empty() { Ok(()) } else { Err(Error::NoPartitionKey(missing)) }
}

fn check_sizes(stream: &Stream, entries: &[Entry<'_>], single: bool) -> Result<(), Error> {
    let max = stream.row.record_kib_max as usize * 1_024;
    for (index, entry) in entries.iter().enumerate() {
        let bytes = entry.bytes();
        if bytes > max {
            return Err(Error::RecordTooLarge { index: (!single).then_some(index), bytes, max });
        }
    }
    let bytes: usize = entries.iter().map(Entry::bytes).sum();
    // A single record may be as large as its stream takes, key included: up to the same 10 MiB.
    if bytes > CALL_BYTES_MAX { Err(Error::CallTooLarge { bytes }) } else { Ok(()) }
}

/// Records sorted by shard, encoded.
struct Batch<'a> {
    places: &'a [usize],
    throttled: &'a [bool],
    /// Indexes of the records that are put: by shard, and in the call's order within each.
    order: Vec<usize>,
    /// Their bytes, in that order.
    payloads: Vec<Bytes>,
    encrypted: bool,
}

impl<'a> Batch<'a> {
    fn of(stream: &Stream, places: &'a [usize], throttled: &'a [bool], entries: &[Entry<'_>]) -> Self {
        debug_assert!(
            places.iter().all(|place| *place < stream.open_shards().len()),
            "every hash key has a shard"
        );
        let taken = |index: &usize| !throttled.get(*index).copied().unwrap_or(false);
        let mut order: Vec<usize> = (0..entries.len()).filter(taken).collect();
        order.sort_by_key(|&index| places[index]);
        Self { places, throttled, order, payloads: Vec::new(), encrypted: false }
    }

    /// Encodes the records: into one buffer of which each is a slice, or each sealed by itself.
    fn encode(&mut self, entries: &[Entry<'_>], sealer: Option<&Sealer>, random: &base::Random) {
        let order = &self.order;
        if let Some(sealer) = sealer {
            let mut plain = BytesMut::new();
            let seal = |&index: &usize| {
                plain.clear();
                record::encode_plain(entries[index].key(), entries[index].data, &mut plain);
                record::encode_sealed(&sealer.seal(random, &plain))
            };
            self.payloads = order.iter().map(seal).collect();
            self.encrypted = true;
            return;
        }
        let length = |index: &usize| record::encoded_len(entries[*index].key(), entries[*index].data);
        let mut buffer = BytesMut::with_capacity(order.iter().map(length).sum());
        self.payloads = order
            .iter()
            .map(|&index| {
                record::encode(entries[index].key(), entries[index].data, &mut buffer);
                buffer.split().freeze()
            })
            .collect();
    }

    fn commit_is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The records of each shard, as ranges of `order`.
    fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.order.chunk_by(|a, b| self.places[*a] == self.places[*b])
    }

    /// The commit that stores them. Takes the payloads along.
    fn commit(&mut self, stream: &Stream, id: store::CommitId) -> Commit {
        let mut commit = Commit::new(id);
        let mut payloads = std::mem::take(&mut self.payloads).into_iter();
        for group in self.groups() {
            let shard = stream.open_shard(self.places[group[0]]);
            let records = payloads.by_ref().take(group.len()).collect();
            commit.append(shard.row.log_id(), records);
        }
        commit
    }

    fn outcomes(&self, stream: &Stream, appended: &[store::Appended]) -> Vec<Put> {
        let throttled = |place: &usize| Put::Throttled { shard: stream.open_shard(*place).number };
        let mut puts: Vec<Put> = if self.throttled.is_empty() {
            // Every one of these is replaced below.
            vec![Put::Throttled { shard: 0 }; self.places.len()]
        } else {
            self.places.iter().map(throttled).collect()
        };
        let encrypted = self.encrypted;
        for (group, landed) in self.groups().zip(appended) {
            let shard = stream.open_shard(self.places[group[0]]);
            let mut run = Run::from(shard.part().record(Seq(landed.first.0), landed.time));
            for &index in group {
                let sequence_number = run.next_text();
                puts[index] = Put::Stored { sequence_number, shard: shard.number, encrypted };
            }
        }
        puts
    }
}
