//! Records out of a queue: first those that became visible again, then new ones, shard by shard.
//!
//! One commit moves the places in the shards and writes a row for each record; only then are they handed out. So a crash between leaves records out
//! of sight until their time-out, and loses none. Records past the stream's retention are dropped as they are met.
//!
//! Whoever finds nothing waits: for the end of any shard to move, for the next moment at which a record becomes visible, or for what others do to the
//! queue. Nobody polls.

use std::sync::atomic::Ordering;
use std::time::Duration;

use base::{ByteSize, Timestamp};
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use store::{Check, Commit, Limit, Row, Seq, Snapshot};

use super::held::hidden_until;
use super::receipt::Receipt;
use super::{ATTEMPTS, Error, Kinesis, Queue, no_queue};
use crate::engine::read::ReadRecord;
use crate::engine::sealing::By;
use crate::engine::stream::{Shard, Status, Stream};
use crate::tables::queues::{
    DUE, DueKey, HELD, HeldKey, HeldRow, PLACES, PlaceKey, PlaceRow, QUEUES, ReaderKey,
};

/// Bytes of data one answer holds at the most; a single larger record comes alone.
const BYTES_MAX: usize = ByteSize::mib(10).as_usize();
/// Records of a queue that may be out of sight at once (Developer Guide, "Quotas and limits for queues").
pub const IN_FLIGHT_MAX: usize = 120_000;
/// Rows of one scan of places.
const PLACES_PAGE: usize = 4_000;
/// Expired records that are dropped on the way to one answer.
const EXPIRED_MAX: usize = 1_000;

/// What a receiver asks for.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Dead letters, or the others.
    pub dead: bool,
    /// Records at the most.
    pub limit: usize,
    /// How long to wait for the first.
    pub wait: Duration,
    /// For how long they are out of sight, if not as the queue says.
    pub visibility_secs: Option<u32>,
}

/// A record that was received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// What it is acknowledged by.
    pub receipt: Receipt,
    /// Its sequence number: the same for whoever receives it, and however often.
    pub id: String,
    /// Its partition key.
    pub partition_key: String,
    /// Its bytes.
    pub data: Bytes,
    /// When it arrived in the stream.
    pub arrival: Timestamp,
    /// When it was first received from this queue.
    pub first: Timestamp,
    /// How often it was received.
    pub receives: u32,
}

/// What one look at a queue found.
enum Look {
    /// Records, or none because the commit has to be drawn up anew.
    Took(Vec<Received>),
    /// Nothing that is visible; the next record is, at this time.
    Nothing { next: Option<Timestamp>, waits: Vec<(Shard, Seq)> },
    /// Somebody else was faster.
    Again,
}

/// A choice of records on its way to a commit.
struct Choice {
    commit: Commit,
    records: Vec<Received>,
    bytes: usize,
    expired: usize,
}

impl Kinesis {
    /// Receives records; none if none became visible in time.
    pub async fn receive(&self, key: &ReaderKey, ask: Ask, by: By<'_>) -> Result<Vec<Received>, Error> {
        let remembered = self.queues.of(key.id);
        let end = self.now().plus(ask.wait);
        let mut conflicts = 0;
        loop {
            let mut changed = std::pin::pin!(remembered.changed.notified());
            changed.as_mut().enable();
            let look = {
                let _turn = remembered.turn.acquire().await.expect("the semaphore is never closed");
                let first = remembered.rotor.fetch_add(1, Ordering::Relaxed);
                self.look(key, ask, first, by).await?
            };
            match look {
                Look::Took(records) => return Ok(records),
                Look::Again => {
                    conflicts += 1;
                    if conflicts >= ATTEMPTS {
                        return Err(Error::Conflict);
                    }
                }
                Look::Nothing { next, waits } => {
                    if self.now() >= end {
                        return Ok(Vec::new());
                    }
                    let until = next.map_or(end, |next| next.min(end));
                    tokio::select! {
                        () = changed => {}
                        () = self.timer.sleep_until(until) => {}
                        grown = self.any_grows(waits) => grown?,
                    }
                }
            }
        }
    }

    /// Returns when one of these shards has a record at its place, or is closed.
    async fn any_grows(&self, shards: Vec<(Shard, Seq)>) -> Result<(), Error> {
        let mut waits = FuturesUnordered::new();
        for (shard, at) in &shards {
            if let Some(tail) = self.tail(shard).await? {
                waits.push(async move { tail.reaches(*at).await });
            }
        }
        match waits.next().await {
            Some(_) => Ok(()),
            None => std::future::pending().await,
        }
    }

    async fn look(&self, key: &ReaderKey, ask: Ask, first: usize, by: By<'_>) -> Result<Look, Error> {
        let now = self.now();
        let snapshot = self.store.snapshot();
        let row = self.queue_row(&*snapshot, key).await?;
        let queue = Queue { key: key.clone(), row: row.value, version: row.version };
        if queue.status(now) == Status::Creating {
            return Err(no_queue(key));
        }
        let stream = self.usable_stream(&queue.stream()).await?;
        if stream.row.id != queue.row.stream {
            return Err(no_queue(key));
        }
        self.check_in_flight(&*snapshot, &queue, (now, ask.limit)).await?;
        let mut commit = Commit::new(self.new_commit_id());
        // The queue is there; what was set of it may change meanwhile.
        commit.check(Check::Present(QUEUES.key(key)));
        let mut choice = Choice { commit, records: Vec::new(), bytes: 0, expired: 0 };
        let next = self.choose_visible(&*snapshot, (&queue, &stream), ask, &mut choice, (now, by)).await?;
        let mut waits = Vec::new();
        if !ask.dead && choice.has_room(ask.limit) {
            waits =
                self.choose_new(&*snapshot, (&queue, &stream), (ask, first), &mut choice, (now, by)).await?;
        }
        if choice.commit.writes.is_empty() {
            return Ok(Look::Nothing { next, waits });
        }
        let records = choice.records;
        if !self.settle(choice.commit).await? {
            return Ok(Look::Again);
        }
        self.queues.of(key.id).handed_out.fetch_add(records.len(), Ordering::Relaxed);
        // Only places moved, or expired records went: look on.
        if records.is_empty() {
            Ok(Look::Nothing { next: Some(now), waits: Vec::new() })
        } else {
            Ok(Look::Took(records))
        }
    }

    /// Chooses among held records that are visible. Returns when the next one will be.
    async fn choose_visible(
        &self,
        snapshot: &dyn Snapshot,
        (queue, stream): (&Queue, &Stream),
        ask: Ask,
        choice: &mut Choice,
        (now, by): (Timestamp, By<'_>),
    ) -> Result<Option<Timestamp>, Error> {
        let (mut start, end) = DUE.prefix(|key| {
            key.u128(queue.key.id.0).u8(u8::from(ask.dead));
        });
        while choice.has_room(ask.limit) && choice.expired < EXPIRED_MAX {
            let rows = DUE.scan(snapshot, (start, end.clone()), ask.limit).await?;
            let Some((last, _)) = rows.last() else { return Ok(None) };
            start = store::key_after(&DUE.key(last));
            for (due, _) in rows {
                if due.visible_micros > now.as_micros() {
                    return Ok(Some(Timestamp::from_micros(due.visible_micros)));
                }
                if !choice.has_room(ask.limit) {
                    return Ok(Some(now));
                }
                self.choose_held(snapshot, (queue, stream), ask, (choice, due), (now, by)).await?;
            }
        }
        Ok(Some(now))
    }

    async fn choose_held(
        &self,
        snapshot: &dyn Snapshot,
        (queue, stream): (&Queue, &Stream),
        ask: Ask,
        (choice, due): (&mut Choice, DueKey),
        (now, by): (Timestamp, By<'_>),
    ) -> Result<(), Error> {
        let key = HeldKey { queue: due.queue, shard: due.shard, seq: due.seq };
        let Some(held) = HELD.get(snapshot, &key).await? else {
            choice.commit.delete(DUE, &due);
            return Ok(());
        };
        choice.commit.unchanged(HELD, &key, Some(&held)).delete(DUE, &due);
        match self.held_record(stream, &key, (now, by)).await? {
            Some(record) => {
                let row = self.delivered(queue, ask, Some(&held), now);
                choice.add(&key, row, record);
            }
            None => {
                choice.commit.delete(HELD, &key);
                choice.expired += 1;
            }
        }
        Ok(())
    }

    /// The record, unless it is past the stream's retention.
    async fn held_record(
        &self,
        stream: &Stream,
        key: &HeldKey,
        (now, by): (Timestamp, By<'_>),
    ) -> Result<Option<ReadRecord>, Error> {
        let Ok(shard) = stream.shard(key.shard, now) else { return Ok(None) };
        let one = Limit { records: 1, bytes: 1 };
        match self.read_shard(stream, shard, Seq(key.seq), one, by).await {
            Ok(reading) => Ok(reading.records.into_iter().find(|record| record.seq == Seq(key.seq))),
            Err(Error::NoShard(..)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What is kept of a record that is delivered now.
    fn delivered(&self, queue: &Queue, ask: Ask, before: Option<&Row<HeldRow>>, now: Timestamp) -> HeldRow {
        let receives = before.map_or(0, |held| held.value.receives) + 1;
        let max = queue.row.receives_max;
        HeldRow {
            receives,
            first_micros: before.map_or(now.as_micros(), |held| held.value.first_micros),
            visible_micros: hidden_until(now, ask.visibility_secs.unwrap_or(queue.row.visibility_secs)),
            dead: ask.dead || (max > 0 && receives >= max),
            receipt: self.random.u64(),
            receipt_of_dead: ask.dead,
        }
    }

    /// Chooses new records, beginning with the `first` of the shards. Returns where to wait for more.
    async fn choose_new(
        &self,
        snapshot: &dyn Snapshot,
        (queue, stream): (&Queue, &Stream),
        (ask, first): (Ask, usize),
        choice: &mut Choice,
        (now, by): (Timestamp, By<'_>),
    ) -> Result<Vec<(Shard, Seq)>, Error> {
        let places = self.places(snapshot, queue.key.id).await?;
        let mut shards: Vec<&Shard> = stream.listed(now).collect();
        let count = shards.len().max(1);
        shards.rotate_left(first % count);
        let mut waits = Vec::new();
        for shard in shards {
            let found = places.binary_search_by_key(&shard.number, |(number, _)| *number);
            let row = found.ok().map(|index| &places[index].1);
            let place = row.map_or_else(PlaceRow::default, |row| row.value);
            if place.ended {
                continue;
            }
            if !choice.has_room(ask.limit) {
                break;
            }
            let limit = Limit { records: ask.limit - choice.records.len(), bytes: BYTES_MAX - choice.bytes };
            let reading = match self.read_shard(stream, shard, Seq(place.next), limit, by).await {
                Ok(reading) => reading,
                Err(Error::NoShard(..)) => continue,
                Err(error) => return Err(error),
            };
            let after = PlaceRow { next: reading.next.0, ended: reading.ended.is_some() };
            if reading.records.is_empty() && !after.ended {
                waits.push((shard.clone(), reading.next));
                continue;
            }
            let key = PlaceKey { reader: queue.key.id, shard: shard.number };
            choice.commit.unchanged(PLACES, &key, row).put(PLACES, &key, &after);
            for record in reading.records {
                let key = HeldKey { queue: queue.key.id, shard: shard.number, seq: record.seq.0 };
                let row = self.delivered(queue, ask, None, now);
                choice.add(&key, row, record);
            }
        }
        Ok(waits)
    }

    /// A reader's places in shards, by shard.
    pub(in crate::engine) async fn places(
        &self,
        snapshot: &dyn Snapshot,
        reader: crate::tables::queues::ReaderId,
    ) -> Result<Vec<(u32, Row<PlaceRow>)>, Error> {
        let (mut start, end) = PLACES.prefix(|key| {
            key.u128(reader.0);
        });
        let mut places = Vec::new();
        loop {
            let rows = PLACES.scan(snapshot, (start, end.clone()), PLACES_PAGE).await?;
            let full = rows.len() == PLACES_PAGE;
            places.extend(rows.into_iter().map(|(key, row)| (key.shard, row)));
            match places.last() {
                Some((last, _)) if full => start = PLACES.key(&PlaceKey { reader, shard: last + 1 }),
                Some(_) | None => return Ok(places),
            }
        }
    }

    /// Refuses to hand out more than may be out of sight at once.
    ///
    /// Counting is dear. So it is done once, and again only when all that was handed out since would be too much were none of it acknowledged.
    async fn check_in_flight(
        &self,
        snapshot: &dyn Snapshot,
        queue: &Queue,
        (now, limit): (Timestamp, usize),
    ) -> Result<(), Error> {
        let remembered = self.queues.of(queue.key.id);
        if remembered.handed_out.load(Ordering::Relaxed) < IN_FLIGHT_MAX - limit {
            return Ok(());
        }
        let mut hidden = 0;
        for dead in [false, true] {
            let (_, end) = DUE.prefix(|key| {
                key.u128(queue.key.id.0).u8(u8::from(dead));
            });
            let visible_micros = now.as_micros() + 1;
            let first = DueKey { queue: queue.key.id, dead, visible_micros, shard: 0, seq: 0 };
            hidden += DUE.scan(snapshot, (DUE.key(&first), end), IN_FLIGHT_MAX).await?.len();
        }
        remembered.handed_out.store(hidden, Ordering::Relaxed);
        if hidden >= IN_FLIGHT_MAX { Err(Error::InFlight(IN_FLIGHT_MAX)) } else { Ok(()) }
    }
}

impl Choice {
    fn has_room(&self, limit: usize) -> bool {
        self.records.len() < limit && self.bytes < BYTES_MAX
    }

    fn add(&mut self, key: &HeldKey, row: HeldRow, record: ReadRecord) {
        self.commit.put(HELD, key, &row).put(DUE, &row.due(key), &());
        self.bytes += record.data.len();
        self.records.push(Received {
            receipt: Receipt { record: *key, number: row.receipt, dead: row.receipt_of_dead },
            id: record.sequence_number,
            partition_key: record.partition_key,
            data: record.data,
            arrival: record.arrival,
            first: Timestamp::from_micros(row.first_micros),
            receives: row.receives,
        });
    }
}
