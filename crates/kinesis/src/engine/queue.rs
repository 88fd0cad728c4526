//! Queues: many workers share the records of a stream, each record acknowledged by itself.
//!
//! ```text
//! a shard's log   ─────────────────────────────────────────────────►
//!                  acknowledged │ held, one row each │ not yet received
//!                                                    ▲ the queue's place in the shard
//! ```
//! A queue keeps a place in every shard and a row for each record that was received and not acknowledged: nothing for those before and after.
//! A held record stands a second time under the moment at which it becomes visible, among the dead letters or not, so that receiving begins
//! with one scan. Everything is rows: queues outlive the process, and a receive is durable before its records are handed out.
//!
//! How records come out is in [`receive`], what becomes of them in [`held`], how a receipt looks in [`receipt`]. All that a queue has in memory is
//! whose turn it is to receive: receivers of one queue on one node decide one after the other, since they would all want the same records. What
//! keeps nodes apart are the checks of the commits.
//!
//! Differs from AWS: DELETING is over at once. A stream with queues is neither deleted nor made provisioned; their number is in the stream's row, so
//! that creating one and deleting the stream exclude each other.

pub mod held;
pub mod receipt;
pub mod receive;

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};

use base::{AccountId, Page, Region, Tags, Timestamp};
use store::{Check, Commit, Row, Snapshot, Version, key_after};
use tokio::sync::{Notify, Semaphore};

use super::consumer::consumers_max;
use super::settings::add_tags;
use super::stream::{Status, Stream};
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::queues::{
    OfStream, PLACES, PlaceKey, PlaceRow, Position, QUEUE_NAMES, QUEUES, QueueRow, READER_GRAVES, ReaderId,
    ReaderKey, ReaderKeyRow, ReaderName, STREAM_QUEUES,
};
use crate::tables::{Change, GraveRow, Mode, StreamId, StreamKey, Transition};

/// How long a received record is out of sight, unless the queue says otherwise (CreateQueue, "VisibilityTimeoutSeconds").
pub const VISIBILITY_SECS_DEFAULT: u32 = 30;
/// How often a record is received before it is a dead letter, unless the queue says otherwise.
pub const RECEIVES_MAX_DEFAULT: u32 = 6;
/// Queues of which something is in memory at the most.
const REMEMBERED_MAX: usize = 10_000;
/// Rows of one scan of queues.
const QUEUES_PAGE: usize = 256;

/// What the error texts call it.
pub(super) const QUEUE: &str = "Queue";

/// A queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Queue {
    /// Which.
    pub key: ReaderKey,
    /// What is kept of it.
    pub row: QueueRow,
    /// The commit that wrote the row.
    pub version: Version,
}

/// A queue to be created.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewQueue {
    /// Whose it is, where, and what it shall be called.
    pub name: ReaderName,
    /// The stream.
    pub stream: StreamKey,
    /// Where it begins.
    pub begin: Begin,
    /// How long a received record is out of sight.
    pub visibility_secs: u32,
    /// How often a record is received before it is a dead letter; 0: as often as it takes.
    pub receives_max: u32,
    /// Its tags.
    pub tags: Tags,
}

/// Where a queue begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Begin {
    /// With what comes after its creation.
    Latest,
    /// With the oldest record.
    TrimHorizon,
    /// With the first record of this time or later.
    Time(Timestamp),
}

/// What is changed of a queue; `None` leaves it as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attributes {
    /// How long a received record is out of sight.
    pub visibility_secs: Option<u32>,
    /// How often a record is received before it is a dead letter; 0: as often as it takes.
    pub receives_max: Option<u32>,
}

/// What a queue has in memory.
pub(super) struct Remembered {
    /// Held while one receiver chooses records.
    pub(super) turn: Semaphore,
    /// Told when records may have become visible by what this node did.
    pub(super) changed: Notify,
    /// Which shard the next receiver begins with.
    pub(super) rotor: AtomicUsize,
    /// How many records were out of sight when they were last counted, and how many were handed out since. Not counted yet: as many as can be.
    pub(super) handed_out: AtomicUsize,
}

/// The queues in memory.
#[derive(Default)]
pub(super) struct Queues(Mutex<HashMap<ReaderId, Arc<Remembered>>>);

impl Queues {
    pub(super) fn of(&self, queue: ReaderId) -> Arc<Remembered> {
        let mut all = self.0.lock().expect("nothing panics while the queues are held");
        if all.len() >= REMEMBERED_MAX {
            // Whoever uses one keeps it; the others come again as they are needed.
            all.retain(|_, remembered| Arc::strong_count(remembered) > 1);
        }
        let fresh = || {
            Arc::new(Remembered {
                turn: Semaphore::new(1),
                changed: Notify::new(),
                rotor: AtomicUsize::new(0),
                handed_out: AtomicUsize::new(receive::IN_FLIGHT_MAX),
            })
        };
        all.entry(queue).or_insert_with(fresh).clone()
    }
}

impl Queue {
    /// Its ARN.
    pub fn arn(&self) -> String {
        reader_arn(&self.key, "queue")
    }

    /// Where it stands in its life.
    pub fn status(&self, now: Timestamp) -> Status {
        reader_status(self.row.transition, now)
    }

    /// The name of its stream.
    pub fn stream(&self) -> StreamKey {
        let account = AccountId::from_u64(self.row.stream_account).unwrap_or(self.key.account);
        StreamKey { account, region: self.row.stream_region.clone(), name: self.row.stream_name.clone() }
    }
}

/// The ARN of a queue or channel.
pub(super) fn reader_arn(key: &ReaderKey, kind: &str) -> String {
    let region = Region::new(&key.region).unwrap_or_else(Region::us_east_1);
    base::Arn::new("kinesis", &region, key.account, &format!("{kind}/{:032x}", key.id.0)).to_string()
}

/// Where a queue or channel stands in its life.
pub(super) fn reader_status(transition: Option<Transition>, now: Timestamp) -> Status {
    match transition {
        Some(transition) if now < Timestamp::from_micros(transition.until_micros) => match transition.kind {
            Change::Creating => Status::Creating,
            Change::Updating => Status::Updating,
            Change::Deleting => Status::Deleting,
        },
        Some(_) | None => Status::Active,
    }
}

impl Kinesis {
    /// Creates a queue.
    pub async fn create_queue(&self, new: &NewQueue) -> Result<Queue, Error> {
        let mut tags = Tags::new();
        add_tags(&mut tags, &new.tags, &new.stream)?;
        for _ in 0..ATTEMPTS {
            if QUEUE_NAMES.get(&*self.store.snapshot(), &new.name).await?.is_some() {
                return Err(Error::ReaderExists { what: QUEUE, name: new.name.name.clone() });
            }
            let stream = self.readable_stream(&new.stream, "Queues").await?;
            self.check_consumer_quota(&stream).await?;
            let id = ReaderId(self.random.u128());
            let places = self.first_places(&stream, id, new.begin).await?;
            let row = self.new_row(new, &stream, tags.clone());
            let key = ReaderKey { account: new.name.account, region: new.name.region.clone(), id };
            let mut drawn = false;
            let created = self
                .change(&new.stream, |draft| {
                    draft.require_active()?;
                    // Decided on another state, or the name was taken meanwhile: begin again.
                    if draft.stream.version != stream.version || std::mem::replace(&mut drawn, true) {
                        return Ok(false);
                    }
                    draft.row.queues += 1;
                    let mut commit = Commit::new(self.new_commit_id());
                    commit.check(Check::Absent(QUEUE_NAMES.key(&new.name)));
                    commit.put(QUEUE_NAMES, &new.name, &id.0).put(QUEUES, &key, &row);
                    let of = OfStream { stream: stream.id(), reader: id };
                    commit.put(STREAM_QUEUES, &of, &key_row(&key));
                    for (key, row) in &places {
                        commit.put(PLACES, key, row);
                    }
                    draft.also(commit);
                    Ok(true)
                })
                .await?;
            if created {
                return self.queue(&key).await;
            }
        }
        Err(Error::Conflict)
    }

    /// A stream that queues or channels may read: its capacity is on demand.
    pub(super) async fn readable_stream(
        &self,
        key: &StreamKey,
        what: &'static str,
    ) -> Result<Arc<Stream>, Error> {
        let stream = self.fresh_stream(key).await?;
        match stream.status(self.now()) {
            Some(Status::Active) => {}
            Some(status) => return Err(Error::NotActive(key.clone(), status)),
            None => return Err(Error::NoStream(key.clone())),
        }
        if stream.row.mode == Mode::OnDemand { Ok(stream) } else { Err(Error::OnDemandOnly(what)) }
    }

    /// Consumers and queues of a stream have one quota.
    async fn check_consumer_quota(&self, stream: &Stream) -> Result<(), Error> {
        let max = consumers_max(self, stream).await?;
        let consumers = self.count_consumers(&stream.key).await?;
        if consumers + stream.row.queues as usize >= max {
            return Err(Error::ConsumerQuota(stream.key.clone(), max));
        }
        Ok(())
    }

    fn new_row(&self, new: &NewQueue, stream: &Stream, tags: Tags) -> QueueRow {
        let now = self.now();
        let earliest = stream.horizon(now).max(stream.created());
        let (position, asked, begins) = match new.begin {
            Begin::Latest => (Position::Latest, None, now),
            Begin::TrimHorizon => (Position::TrimHorizon, None, earliest),
            Begin::Time(time) => (Position::AtTime, Some(time), time.max(earliest)),
        };
        QueueRow {
            name: new.name.name.clone(),
            created_micros: now.as_micros(),
            stream: stream.row.id,
            stream_account: stream.key.account.as_u64(),
            stream_region: stream.key.region.clone(),
            stream_name: stream.key.name.clone(),
            stream_created_micros: stream.row.created_micros,
            position,
            asked_micros: asked.map(Timestamp::as_micros),
            begins_micros: begins.as_micros(),
            visibility_secs: new.visibility_secs,
            receives_max: new.receives_max,
            tags,
            policy: None,
            transition: self.transition(Change::Creating),
        }
    }

    /// A transition that begins now, where transitions are asked for.
    pub(super) fn transition(&self, kind: Change) -> Option<Transition> {
        let end = self.transition_end(self.now());
        end.map(|end| Transition { kind, until_micros: end.as_micros() })
    }

    /// Where a reader that begins there stands in each shard; shards it reads from their beginning have none.
    pub(super) async fn first_places(
        &self,
        stream: &Stream,
        reader: ReaderId,
        begin: Begin,
    ) -> Result<Vec<(PlaceKey, PlaceRow)>, Error> {
        let mut places = Vec::new();
        for shard in stream.listed(self.now()) {
            let start = match begin {
                Begin::TrimHorizon => return Ok(places),
                Begin::Latest => super::read::Start::Latest,
                Begin::Time(time) => super::read::Start::Time(time),
            };
            let next = self.locate(stream, shard, &start).await?.0;
            places.push((PlaceKey { reader, shard: shard.number }, PlaceRow { next, ended: false }));
        }
        Ok(places)
    }

    /// A queue that exists.
    pub async fn queue(&self, key: &ReaderKey) -> Result<Queue, Error> {
        let row = self.queue_row(&*self.store.snapshot(), key).await?;
        Ok(Queue { key: key.clone(), row: row.value, version: row.version })
    }

    pub(super) async fn queue_row(
        &self,
        snapshot: &dyn Snapshot,
        key: &ReaderKey,
    ) -> Result<Row<QueueRow>, Error> {
        QUEUES.get(snapshot, key).await?.ok_or_else(|| no_queue(key))
    }

    /// Changes what can be set of a queue.
    pub async fn update_queue(&self, key: &ReaderKey, attributes: Attributes) -> Result<Queue, Error> {
        self.change_queue(key, |queue| {
            let status = queue.status(self.now());
            if status != Status::Active {
                return Err(Error::ReaderNotActive { what: QUEUE, arn: queue.arn(), status });
            }
            let row = &mut queue.row;
            row.visibility_secs = attributes.visibility_secs.unwrap_or(row.visibility_secs);
            row.receives_max = attributes.receives_max.unwrap_or(row.receives_max);
            row.transition = self.transition(Change::Updating);
            Ok(())
        })
        .await
    }

    /// Changes a queue's tags.
    pub async fn tag_queue(&self, key: &ReaderKey, more: &Tags, remove: &[String]) -> Result<(), Error> {
        self.change_queue(key, |queue| {
            queue.row.tags.retain(|tag, _| !remove.contains(tag));
            let stream = queue.stream();
            add_tags(&mut queue.row.tags, more, &stream)
        })
        .await
        .map(drop)
    }

    /// Sets or takes away a queue's policy. Whether there was one.
    pub(super) async fn set_queue_policy(
        &self,
        key: &ReaderKey,
        text: Option<String>,
    ) -> Result<bool, Error> {
        let mut had = false;
        self.change_queue(key, |queue| {
            had = std::mem::replace(&mut queue.row.policy, text.clone()).is_some();
            Ok(())
        })
        .await?;
        Ok(had)
    }

    async fn change_queue(
        &self,
        key: &ReaderKey,
        mut change: impl FnMut(&mut Queue) -> Result<(), Error> + Send,
    ) -> Result<Queue, Error> {
        for _ in 0..ATTEMPTS {
            let mut queue = self.queue(key).await?;
            change(&mut queue)?;
            let mut commit = Commit::new(self.new_commit_id());
            commit.check(Check::VersionIs(QUEUES.key(key), queue.version)).put(QUEUES, key, &queue.row);
            if self.settle(commit).await? {
                return Ok(queue);
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a queue. The sweep removes what it held.
    pub async fn delete_queue(&self, key: &ReaderKey) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let queue = self.queue(key).await?;
            let name =
                ReaderName { account: key.account, region: key.region.clone(), name: queue.row.name.clone() };
            let of = OfStream { stream: StreamId(queue.row.stream), reader: key.id };
            let mut drawn = false;
            let gone = self
                .change(&queue.stream(), |draft| {
                    if std::mem::replace(&mut drawn, true) {
                        return Ok(false);
                    }
                    draft.row.queues = draft.row.queues.saturating_sub(1);
                    let mut commit = Commit::new(self.new_commit_id());
                    commit.check(Check::VersionIs(QUEUES.key(key), queue.version));
                    commit.delete(QUEUES, key).delete(QUEUE_NAMES, &name).delete(STREAM_QUEUES, &of);
                    let grave = GraveRow { deleted_micros: draft.now.as_micros() };
                    commit.put(READER_GRAVES, &key.id, &grave);
                    draft.also(commit);
                    Ok(true)
                })
                .await?;
            if gone {
                self.queues.of(key.id).changed.notify_waiters();
                self.deleted.notify_one();
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// An account's queues in a region that are wanted, by name, from after `after` on.
    pub async fn list_queues(
        &self,
        of: (AccountId, &str),
        wanted: impl Fn(&Queue) -> bool + Send,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Queue>, Error> {
        let (account, region) = of;
        let snapshot = self.store.snapshot();
        let (mut start, end) = QUEUE_NAMES.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        let past = |name: &str| {
            let name = ReaderName { account, region: region.to_owned(), name: name.to_owned() };
            key_after(&QUEUE_NAMES.key(&name))
        };
        if let Some(after) = after {
            start = past(after);
        }
        let mut found = Vec::new();
        while found.len() <= limit {
            let names = QUEUE_NAMES.scan(&*snapshot, (start, end.clone()), QUEUES_PAGE).await?;
            let Some((last, _)) = names.last() else { break };
            start = past(&last.name);
            for (_, id) in &names {
                let key = ReaderKey { account, region: region.to_owned(), id: ReaderId(id.value) };
                let row = self.queue_row(&*snapshot, &key).await?;
                let queue = Queue { key, row: row.value, version: row.version };
                if wanted(&queue) {
                    found.push(queue);
                }
            }
        }
        Ok(Page::take(found, limit))
    }
}

/// The key's parts that are not in the row's own key.
pub(super) fn key_row(key: &ReaderKey) -> ReaderKeyRow {
    ReaderKeyRow { account: key.account.as_u64(), region: key.region.clone() }
}

pub(super) fn no_queue(key: &ReaderKey) -> Error {
    Error::NoReader { what: QUEUE, arn: reader_arn(key, "queue") }
}
