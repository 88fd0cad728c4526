//! Enhanced fan-out: a subscription pushes a shard's records to one consumer for five minutes.
//!
//! ```text
//! subscribe ─► [ read ─► event ]* ─► the shard's end, five minutes, another subscription, or the consumer's or the stream's end
//!                 ▲        │
//!                 └ a record came, or five seconds without one
//! ```
//! What one subscriber has just read, the others of its shard say again without reading it ([`super::audience`]).
//! A subscription is pulled by its reader: nothing is read from the log before the last event was taken, so a slow client holds one event. Of a
//! consumer and a shard there is one subscription: a second one within five seconds is refused, a later one ends the first (facts section 8).
//! Which ones there are is kept in memory: they are connections, and end with the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{ByteSize, Timestamp};
use store::{Limit, Seq};
use tokio::sync::oneshot;

use super::audience::{Audience, Page};
use super::consumer::ConsumerRef;
use super::read::{Reading, Start};
use super::sealing::By;
use super::shard_id::parse_shard_id;
use super::stream::{Shard, Stream};
use super::{Error, Kinesis};
use crate::tables::StreamId;

/// How long a subscription lasts.
const LIFE: Duration = Duration::from_secs(300);
/// How soon after a subscription another one may take its place.
const TAKEOVER_AFTER: Duration = Duration::from_secs(5);
/// The longest silence.
const SILENCE_MAX: Duration = Duration::from_secs(5);
/// Bytes of records of one event; one larger record makes an event by itself.
const EVENT_BYTES_MAX: usize = ByteSize::mib(1).as_usize();
/// Records of one event.
const EVENT_RECORDS_MAX: usize = 5_000;
/// Bytes a second that a consumer gets of a shard, where limits are strict.
const BYTES_PER_SECOND: u64 = ByteSize::mib(2).0;
/// At most this many are remembered; old ones are forgotten first.
const SUBSCRIPTIONS_MAX: usize = 20_000;

/// Of whom, and of which shard.
type Key = (StreamId, String, u32);

/// The subscriptions there are.
#[derive(Default)]
pub(super) struct Subscriptions(Mutex<HashMap<Key, Active>>);

struct Active {
    since: Duration,
    /// Dropped when the subscription is to end.
    _alive: oneshot::Sender<()>,
}

impl Subscriptions {
    /// Takes the place, if it may be taken.
    fn take(&self, key: Key, now: Duration) -> Result<oneshot::Receiver<()>, Error> {
        let mut all = self.0.lock().expect("nothing panics while the subscriptions are held");
        if all.get(&key).is_some_and(|active| now.saturating_sub(active.since) < TAKEOVER_AFTER) {
            return Err(Error::SubscriptionExists);
        }
        if all.len() >= SUBSCRIPTIONS_MAX {
            all.retain(|_, active| now.saturating_sub(active.since) < LIFE);
        }
        let (alive, ended) = oneshot::channel();
        all.insert(key, Active { since: now, _alive: alive });
        Ok(ended)
    }

    /// Ends all subscriptions of a consumer.
    pub(super) fn end(&self, stream: StreamId, consumer: &str) {
        let mut all = self.0.lock().expect("nothing panics while the subscriptions are held");
        all.retain(|(of, name, _), _| (*of, name.as_str()) != (stream, consumer));
    }
}

/// What a subscription says.
#[derive(Debug)]
pub enum Event {
    /// Records, or none for a while; or the shard's end.
    Read(Arc<Page>),
    /// It cannot go on. The last event.
    Failed(Error),
}

/// On whose behalf records are pushed.
#[derive(Clone, Debug)]
pub struct Subscriber {
    /// The caller.
    pub principal: ports::Principal,
    /// Where it called.
    pub region: base::Region,
}

impl Subscriber {
    fn by(&self) -> By<'_> {
        By { principal: &self.principal, region: &self.region }
    }
}

/// A subscription under way.
pub struct Subscription {
    kinesis: Arc<Kinesis>,
    who: ConsumerRef,
    by: Subscriber,
    stream: StreamId,
    shard: u32,
    at: Seq,
    ends: Timestamp,
    ended: oneshot::Receiver<()>,
    audience: Arc<Audience>,
    /// What was said last, as a number; and whether anything was said yet.
    spoke: bool,
    over: bool,
    pause: Duration,
}

impl Kinesis {
    /// Subscribes a consumer to a shard.
    pub async fn subscribe(
        &self,
        who: ConsumerRef,
        shard_id: &str,
        start: &Start,
        dry_run: bool,
        by: Subscriber,
    ) -> Result<Subscription, Error> {
        let number = parse_shard_id(shard_id)
            .ok_or_else(|| Error::ShardNotFound(who.stream.clone(), shard_id.to_owned()))?;
        let now = self.now();
        let consumer = self.consumer(&who).await?;
        if !consumer.is_active(now) {
            let created = consumer.created().as_secs();
            return Err(Error::ConsumerNotActive { stream: who.stream, name: who.name, created });
        }
        let stream = self.usable_stream(&who.stream).await?;
        let shard = stream.shard(number, now)?;
        let at = self.locate(&stream, shard, start).await?;
        if dry_run {
            return Err(Error::DryRun);
        }
        let key = (stream.id(), who.name.clone(), number);
        let taken = self.subscriptions.take(key, self.clock.monotonic());
        self.tell_subscribe(&stream, &who.name, taken.is_ok());
        let ended = taken?;
        Ok(Subscription {
            kinesis: self.me.upgrade().expect("who is called lives"),
            who,
            by,
            stream: stream.id(),
            shard: number,
            at,
            ends: now.plus(LIFE),
            ended,
            audience: self.audiences.of(stream.id(), number),
            spoke: false,
            over: false,
            pause: Duration::ZERO,
        })
    }
}

impl Subscription {
    /// The next event; `None` when it is over.
    pub async fn next(&mut self) -> Option<Event> {
        if self.over {
            return None;
        }
        match self.next_reading().await {
            Ok(Some(event)) => Some(event),
            Ok(None) => {
                self.over = true;
                None
            }
            Err(error) => {
                self.over = true;
                Some(Event::Failed(error))
            }
        }
    }

    async fn next_reading(&mut self) -> Result<Option<Event>, Error> {
        let kinesis = self.kinesis.clone();
        if !self.pause.is_zero() && !self.rest(self.pause).await {
            return Ok(None);
        }
        let mut waited = !self.spoke;
        loop {
            if self.is_over() {
                return Ok(None);
            }
            let stream = kinesis.usable_stream(&self.who.stream).await?;
            if stream.id() != self.stream {
                return Err(Error::NoStream(self.who.stream.clone()));
            }
            let shard = stream.shard(self.shard, kinesis.now())?;
            let page = self.page(&stream, shard).await?;
            let reading = &page.reading;
            self.at = reading.next;
            if waited || !reading.records.is_empty() || reading.ended.is_some() {
                kinesis.tell_event(&stream, (&self.who.name, self.shard), reading);
                return Ok(Some(self.say(page)));
            }
            match self.wait(shard).await? {
                Woken::Grown => {}
                Woken::Silence => {
                    self.audience.rest();
                    waited = true;
                }
                Woken::Over => return Ok(None),
            }
        }
    }

    /// The page from where the subscription stands: another subscriber's, if one has just read it.
    async fn page(&self, stream: &Stream, shard: &Shard) -> Result<Arc<Page>, Error> {
        let kinesis = &self.kinesis;
        let now = kinesis.clock.monotonic();
        if let Some(page) = self.audience.page(self.at, now, stream.horizon(kinesis.now())) {
            return Ok(page);
        }
        let limit = Limit { records: EVENT_RECORDS_MAX, bytes: EVENT_BYTES_MAX };
        let reading = kinesis.read_shard(stream, shard, self.at, limit, self.by.by()).await?;
        let continuation = reading.ended.is_none().then(|| last_number(shard, &reading));
        let page = Arc::new(Page::new(reading, continuation));
        self.audience.keep(self.at, now, &page);
        Ok(page)
    }

    fn say(&mut self, page: Arc<Page>) -> Event {
        self.spoke = true;
        self.over = page.reading.ended.is_some();
        if self.kinesis.strict() {
            let bytes: usize = page.reading.records.iter().map(|record| record.data.len()).sum();
            self.pause = Duration::from_micros(bytes as u64 * 1_000_000 / BYTES_PER_SECOND);
        }
        Event::Read(page)
    }

    /// Waits for a record, or the end of the silence.
    async fn wait(&mut self, shard: &Shard) -> Result<Woken, Error> {
        let Some(tail) = self.kinesis.tail(shard).await? else { return Ok(Woken::Grown) };
        let timer = self.kinesis.timer.clone();
        Ok(tokio::select! {
            _ = tail.reaches(self.at) => Woken::Grown,
            () = timer.sleep(SILENCE_MAX) => Woken::Silence,
            _ = &mut self.ended => Woken::Over,
        })
    }

    /// Pauses; false if the subscription ended meanwhile.
    async fn rest(&mut self, pause: Duration) -> bool {
        let timer = self.kinesis.timer.clone();
        tokio::select! {
            () = timer.sleep(pause) => true,
            _ = &mut self.ended => false,
        }
    }

    fn is_over(&mut self) -> bool {
        let replaced = !matches!(self.ended.try_recv(), Err(oneshot::error::TryRecvError::Empty));
        replaced || self.kinesis.now() >= self.ends
    }
}

/// The last record's number; before any record, a number that no record has.
fn last_number(shard: &Shard, reading: &Reading) -> String {
    match reading.records.last() {
        Some(record) => record.sequence_number.clone(),
        None => shard.part().record(Seq(reading.next.0.saturating_sub(1)), Timestamp::EPOCH).to_string(),
    }
}

enum Woken {
    Grown,
    Silence,
    Over,
}
