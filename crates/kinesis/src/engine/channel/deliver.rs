//! The task behind channels: one for all of them, which lets each wait by itself.
//!
//! ```text
//!   rows ─► oldest record not delivered ─► wait until it is as old as the freshness allows
//!                                             │
//!     records up to what is there now ◄───────┘
//!        │ object, dead letters ─► ObjectStore::prepare_put ─► one commit:  channel and places as they were read
//!        └─ again, until all that was there is delivered                    objects; places moved
//! ```
//! An object is made in memory, of at most [`OBJECT_BYTES_MAX`] bytes and by [`MAKERS_MAX`] channels at once: many channels take turns. A delivery may be
//! dropped at any await and begun again from the rows.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use base::{Arn, ByteSize, Region, Timestamp};
use body::Body;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use ports::{NewObject, PortError, PreparedPut, Principal};
use service::Stop;
use store::{Check, Commit, Limit, Row, Seq};
use tokio::sync::watch;

use super::object::{Draft, content_encoding, extension};
use super::template::{Names, Template};
use super::{Channel, Error, Kinesis};
use crate::engine::sealing::By;
use crate::engine::shard_id::shard_id;
use crate::engine::stream::{Shard, Status, Stream};
use crate::tables::channels::CHANNELS;
use crate::tables::queues::{PLACES, PlaceKey, PlaceRow, ReaderKey};

/// Bytes of records in one object at the most, but for the last record.
const OBJECT_BYTES_MAX: usize = ByteSize::mib(16).as_usize();
/// Objects that are made at once.
pub(in crate::engine) const MAKERS_MAX: usize = 2;
/// Bytes read at once.
const READ_BYTES: usize = ByteSize::mib(1).as_usize();
/// The first pause after a failure, and the longest.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Why a delivery did not come to be.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Engine(#[from] Error),
    #[error("{0}")]
    Object(#[from] PortError),
}

/// One shard, and where the channel stands in it.
struct Lane {
    shard: Shard,
    row: Option<Row<PlaceRow>>,
    place: PlaceRow,
    /// Where to wait for the next record; `None`: the shard is closed, and nothing is left in it.
    waits_at: Option<Seq>,
}

/// What there is to deliver.
enum Due {
    /// Nothing.
    Nothing,
    /// Something, at this time.
    At(Timestamp),
}

impl Kinesis {
    /// Delivers all channels until it is asked to stop.
    pub async fn deliver_channels(&self, stop: &Stop) -> Result<(), Error> {
        let mut changed = self.channels_changed.subscribe();
        let mut running: FuturesUnordered<BoxFuture<'_, ReaderKey>> = FuturesUnordered::new();
        let mut known: HashMap<ReaderKey, ()> = HashMap::new();
        loop {
            changed.mark_unchanged();
            for key in self.all_channels().await? {
                if known.insert(key.clone(), ()).is_none() {
                    running.push(Box::pin(self.deliver_channel(key, self.channels_changed.subscribe())));
                }
            }
            loop {
                tokio::select! {
                    () = stop.asked() => return Ok(()),
                    Ok(()) = changed.changed() => break,
                    Some(gone) = running.next() => drop(known.remove(&gone)),
                }
            }
        }
    }

    /// Delivers one channel until it is deleted.
    async fn deliver_channel(&self, key: ReaderKey, mut changed: watch::Receiver<u64>) -> ReaderKey {
        let mut failures = 0u32;
        loop {
            changed.mark_unchanged();
            let done = tokio::select! {
                done = self.stretch(&key) => done,
                Ok(()) = changed.changed() => continue,
            };
            match done {
                Ok(true) => failures = 0,
                Ok(false) => return key,
                Err(failure) => {
                    failures = failures.saturating_add(1);
                    self.tell_failure(&key, failures, &failure).await;
                    let pause = PAUSE_MIN.saturating_mul(1 << (failures - 1).min(16)).min(PAUSE_MAX);
                    tokio::select! {
                        () = self.timer.sleep(pause) => {}
                        Ok(()) = changed.changed() => {}
                    }
                }
            }
        }
    }

    /// Waits for one delivery and makes it. `false`: the channel is gone.
    async fn stretch(&self, key: &ReaderKey) -> Result<bool, Failure> {
        let channel = match self.channel(key).await {
            Ok(channel) => channel,
            Err(Error::NoReader { .. }) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let now = self.now();
        if let (Status::Creating, Some(transition)) = (channel.status(now), channel.row.transition) {
            self.timer.sleep_until(Timestamp::from_micros(transition.until_micros)).await;
        }
        let (stream, mut lanes) = self.lanes(&channel).await?;
        match self.due(&channel, &stream, &mut lanes).await? {
            Due::Nothing if lanes.iter().any(|lane| lane.waits_at.is_none()) => {
                self.end_lanes(&channel, &lanes).await?;
            }
            Due::Nothing => self.wait_for_records(&lanes).await?,
            Due::At(when) => {
                self.timer.sleep_until(when).await;
                self.deliver_what_is_there(key).await?;
            }
        }
        Ok(true)
    }

    async fn lanes(&self, channel: &Channel) -> Result<(Arc<Stream>, Vec<Lane>), Error> {
        let stream = self.usable_stream(&channel.stream()).await?;
        let places = self.places(&*self.store.snapshot(), channel.key.id).await?;
        let lane = |shard: &Shard| {
            let found = places.binary_search_by_key(&shard.number, |(number, _)| *number);
            let row = found.ok().map(|index| places[index].1.clone());
            let place = row.as_ref().map_or_else(PlaceRow::default, |row| row.value);
            Lane { shard: shard.clone(), row, place, waits_at: Some(Seq(place.next)) }
        };
        let lanes = stream.listed(self.now()).map(lane).filter(|lane| !lane.place.ended).collect();
        Ok((stream, lanes))
    }

    /// When the oldest record that is not delivered has waited long enough.
    async fn due(&self, channel: &Channel, stream: &Stream, lanes: &mut [Lane]) -> Result<Due, Error> {
        let mut oldest: Option<Timestamp> = None;
        for lane in lanes {
            let one = Limit { records: 1, bytes: 1 };
            match self.read_log(stream, &lane.shard, Seq(lane.place.next), one, self.now()).await {
                Ok(batch) => {
                    let time = batch.records.first().map(|record| record.time);
                    let over = batch.state.sealed && time.is_none();
                    lane.waits_at = (!over).then_some(batch.next);
                    oldest = oldest.into_iter().chain(time).min();
                }
                Err(Error::NoShard(..)) => {}
                Err(error) => return Err(error),
            }
        }
        let freshness = Duration::from_secs(u64::from(channel.row.freshness_secs));
        Ok(oldest.map_or(Due::Nothing, |oldest| Due::At(oldest.plus(freshness))))
    }

    /// Notes that closed shards are delivered to their ends, so that nobody looks at them again.
    async fn end_lanes(&self, channel: &Channel, lanes: &[Lane]) -> Result<(), Error> {
        let mut commit = Commit::new(self.new_commit_id());
        commit.check(Check::Present(CHANNELS.key(&channel.key)));
        for lane in lanes.iter().filter(|lane| lane.waits_at.is_none()) {
            let key = PlaceKey { reader: channel.key.id, shard: lane.shard.number };
            let row = PlaceRow { ended: true, ..lane.place };
            commit.unchanged(PLACES, &key, lane.row.as_ref()).put(PLACES, &key, &row);
        }
        self.settle(commit).await.map(drop)
    }

    async fn wait_for_records(&self, lanes: &[Lane]) -> Result<(), Error> {
        let mut waits = FuturesUnordered::new();
        for lane in lanes {
            if let (Some(at), Some(tail)) = (lane.waits_at, self.tail(&lane.shard).await?) {
                waits.push(async move { tail.reaches(at).await });
            }
        }
        match waits.next().await {
            Some(_) => Ok(()),
            None => std::future::pending().await,
        }
    }

    /// Delivers what is there now, in as many objects as it takes.
    async fn deliver_what_is_there(&self, key: &ReaderKey) -> Result<(), Failure> {
        let ends: HashMap<u32, Seq> = {
            let channel = self.channel(key).await?;
            let (_, lanes) = self.lanes(&channel).await?;
            let mut ends = HashMap::new();
            for lane in &lanes {
                if let Ok(state) = self.store.log_state(lane.shard.row.log_id()).await {
                    ends.insert(lane.shard.number, state.next);
                }
            }
            ends
        };
        while self.deliver_object(key, &ends).await? {}
        Ok(())
    }

    /// Delivers one object, up to these places. Whether there is more.
    async fn deliver_object(&self, key: &ReaderKey, ends: &HashMap<u32, Seq>) -> Result<bool, Failure> {
        let _permit = self.channel_makers.acquire().await.expect("the semaphore is never closed");
        let channel = self.channel(key).await?;
        let (stream, mut lanes) = self.lanes(&channel).await?;
        let role = self.role_of(&channel)?;
        let region = Region::new(&channel.key.region).unwrap_or_else(Region::us_east_1);
        let by = By { principal: &role, region: &region };
        let mut draft = Draft::new(channel.row.format);
        let mut more = false;
        for lane in &mut lanes {
            let Some(end) = ends.get(&lane.shard.number) else { continue };
            more |= self.fill(&stream, lane, *end, &mut draft, by).await?;
        }
        let mut commit = Commit::new(self.new_commit_id());
        commit.check(Check::VersionIs(CHANNELS.key(key), channel.version));
        for lane in &lanes {
            if lane.row.as_ref().map(|row| row.value).unwrap_or_default() != lane.place {
                let key = PlaceKey { reader: channel.key.id, shard: lane.shard.number };
                commit.unchanged(PLACES, &key, lane.row.as_ref()).put(PLACES, &key, &lane.place);
            }
        }
        if commit.writes.is_empty() {
            return Ok(false);
        }
        let (records, failed) = (draft.records, draft.failed);
        let prepared = self.prepare(&channel, draft, by).await?;
        let mut guards = Vec::new();
        for put in prepared {
            commit = commit.and(put.commit);
            guards.push(put.guard);
        }
        // Not settled: the channel, a place or a key is otherwise than it was. Everything is read anew.
        let delivered = self.settle(commit).await?;
        if delivered {
            tracing::debug!(channel = channel.row.name, records, failed, "delivered");
            if failed > 0 {
                self.tell(&channel, format!("{failed} records could not be delivered and are dead letters."));
            }
        }
        Ok(more || !delivered)
    }

    /// Reads from a lane up to `end`. Whether there is more.
    async fn fill(
        &self,
        stream: &Stream,
        lane: &mut Lane,
        end: Seq,
        draft: &mut Draft,
        by: By<'_>,
    ) -> Result<bool, Error> {
        let shard = shard_id(lane.shard.number);
        while !lane.place.ended {
            if draft.bytes() >= OBJECT_BYTES_MAX {
                return Ok(Seq(lane.place.next) < end);
            }
            let limit = Limit { records: usize::MAX, bytes: READ_BYTES };
            let reading = match self.read_shard(stream, &lane.shard, Seq(lane.place.next), limit, by).await {
                Ok(reading) => reading,
                // Past its retention: nothing is left of it.
                Err(Error::NoShard(..)) => return Ok(false),
                Err(error) => return Err(error),
            };
            reading.records.iter().for_each(|record| draft.add(record, &shard));
            lane.place = PlaceRow { next: reading.next.0, ended: reading.ended.is_some() };
            if reading.records.is_empty() || reading.next >= end && reading.ended.is_none() {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// Stores the bytes of what is to be delivered; nothing is visible yet.
    async fn prepare(
        &self,
        channel: &Channel,
        draft: Draft,
        by: By<'_>,
    ) -> Result<Vec<PreparedPut>, Failure> {
        let row = &channel.row;
        let (has_records, has_failed) = (draft.records > 0, draft.failed > 0);
        let oldest = draft.oldest.unwrap_or_else(|| self.now());
        let compression = row.compression;
        let (body, dead) = tokio::task::spawn_blocking(move || draft.finish(compression))
            .await
            .map_err(|error| Error::Store(error.to_string()))?;
        let suffix = format!("{:016x}-{:012x}", self.now().as_micros(), self.random.u64() >> 16);
        let id = channel.id();
        let mut puts = Vec::new();
        if has_records {
            let template = match &row.key_template {
                Some(text) => Template::parse(text).map_err(Error::KeyTemplate)?,
                None => Template::default_template(),
            };
            let extension = extension(row.format, compression);
            let names = Names {
                channel: &row.name,
                id: &id,
                stream: &row.stream_name,
                time: oldest,
                extension: &extension,
                suffix: &suffix,
            };
            let mut object = object(&row.bucket, template.key(names), body);
            object.content_encoding = content_encoding(compression);
            object.kms_key = row.kms_key.clone();
            puts.push(self.objects.prepare_put(by.principal, by.region, object).await?);
        }
        if has_failed {
            let letters = channel.dead_letters();
            let key = format!("{}{suffix}.json", letters.prefix.unwrap_or_default());
            let mut object = object(&letters.bucket, key, dead);
            object.kms_key = row.kms_key.clone();
            puts.push(self.objects.prepare_put(by.principal, by.region, object).await?);
        }
        Ok(puts)
    }

    fn role_of(&self, channel: &Channel) -> Result<Principal, Error> {
        let role: Arn = channel
            .row
            .role
            .parse()
            .map_err(|_| Error::Store(format!("`{}` is no ARN", channel.row.role)))?;
        Ok(Principal::role(channel.key.account, role, &*channel.row.name))
    }

    async fn tell_failure(&self, key: &ReaderKey, failures: u32, failure: &Failure) {
        // Told ever more rarely.
        if !failures.is_power_of_two() {
            return;
        }
        tracing::warn!(channel = key.id.0, failures, %failure, "a channel cannot deliver; it will try again");
        if let Ok(channel) = self.channel(key).await {
            self.tell(&channel, failure.to_string());
        }
    }

    /// Tells CloudWatch Logs, where the channel does.
    fn tell(&self, channel: &Channel, message: String) {
        if channel.row.logs {
            let region = Region::new(&channel.key.region).unwrap_or_else(Region::us_east_1);
            let (group, stream) = (channel.log_group(), channel.log_stream());
            self.metrics.log(channel.key.account, &region, &group, &stream, self.now(), message);
        }
    }
}

fn object(bucket_arn: &str, key: String, body: bytes::Bytes) -> NewObject {
    NewObject {
        bucket: bucket_arn.rsplit(':').next().unwrap_or_default().to_owned(),
        key,
        body: Body::from(body),
        content_type: Some("application/octet-stream".to_owned()),
        content_encoding: None,
        metadata: Vec::new(),
        kms_key: None,
    }
}
