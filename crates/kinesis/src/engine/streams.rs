//! The streams in memory: what the hot paths ask instead of the store.
//!
//! A put or a read needs the stream's row and shard map; reading them from the store for each would cost more than the rest of the call. The map
//! in memory stays right in three ways. Every change made here forgets the stream when its commit is over ([`Forget`], also if the caller went
//! away meanwhile). An entry is compared with its row's version once a second, which bounds how long a change of another node, or one whose
//! caller was dropped at the worst moment, can stay unseen. And a put cannot be wrong at all: an append to a log that was sealed or deleted is refused,
//! whatever the map says.
//!
//! Who loads a stream while it is being changed must not put the old one back: each change moves `generation` on, and an entry is taken only
//! if no change was noted since before it was read.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use store::Snapshot;

use super::stream::{Shard, Status, Stream};
use super::{Error, Kinesis};
use crate::tables::{SHARDS, STREAMS, ShardKey, StreamId, StreamKey};

/// At most this many streams are kept; beyond it all are dropped and read again as they are needed.
const STREAMS_MAX: usize = 10_000;
/// How long an entry is believed without a look at its row.
const BELIEVED: Duration = Duration::from_secs(1);
/// Rows of one scan of a stream's shards.
const SHARDS_PAGE: usize = 4_000;

#[derive(Default)]
pub(super) struct Streams {
    entries: RwLock<HashMap<StreamKey, Arc<Entry>>>,
    generation: AtomicU64,
}

struct Entry {
    stream: Arc<Stream>,
    /// When it was last compared with its row, in milliseconds of the monotonic clock.
    checked_millis: AtomicU64,
}

impl Streams {
    fn get(&self, key: &StreamKey) -> Option<Arc<Entry>> {
        self.entries.read().expect("nothing panics while the streams are held").get(key).cloned()
    }

    fn insert(&self, stream: Arc<Stream>, generation: u64, now: Duration) {
        let mut entries = self.entries.write().expect("nothing panics while the streams are held");
        if self.generation.load(Ordering::Acquire) != generation {
            return;
        }
        if entries.len() >= STREAMS_MAX && !entries.contains_key(&stream.key) {
            entries.clear();
        }
        let key = stream.key.clone();
        let checked_millis = AtomicU64::new(millis(now));
        entries.insert(key, Arc::new(Entry { stream, checked_millis }));
    }

    pub(super) fn forget(&self, key: &StreamKey) {
        let mut entries = self.entries.write().expect("nothing panics while the streams are held");
        self.generation.fetch_add(1, Ordering::AcqRel);
        entries.remove(key);
    }
}

/// Forgets a stream when dropped: after its change, however that ended.
pub(super) struct Forget<'a> {
    pub(super) streams: &'a Streams,
    pub(super) key: &'a StreamKey,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.streams.forget(self.key);
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Kinesis {
    /// The stream, in whatever state it is.
    pub async fn stream(&self, key: &StreamKey) -> Result<Arc<Stream>, Error> {
        let stream = match self.remembered(key).await? {
            Some(stream) => stream,
            None => self.fresh_stream(key).await?,
        };
        if stream.status(self.now()).is_none() {
            return Err(Error::NoStream(key.clone()));
        }
        Ok(stream)
    }

    /// The stream, if it takes and gives records: one that is still being created does not exist for them.
    pub async fn usable_stream(&self, key: &StreamKey) -> Result<Arc<Stream>, Error> {
        let stream = self.stream(key).await?;
        match stream.status(self.now()) {
            Some(Status::Active | Status::Updating | Status::Deleting) => Ok(stream),
            Some(Status::Creating) | None => Err(Error::NoStream(key.clone())),
        }
    }

    async fn remembered(&self, key: &StreamKey) -> Result<Option<Arc<Stream>>, Error> {
        let Some(entry) = self.streams.get(key) else { return Ok(None) };
        let now = millis(self.clock.monotonic());
        let checked = entry.checked_millis.load(Ordering::Relaxed);
        if now.saturating_sub(checked) <= millis(BELIEVED) {
            return Ok(Some(entry.stream.clone()));
        }
        // One caller looks at the row; the others that came meanwhile go on as before.
        let mine = entry.checked_millis.compare_exchange(checked, now, Ordering::Relaxed, Ordering::Relaxed);
        if mine.is_err() {
            return Ok(Some(entry.stream.clone()));
        }
        let row = self.store.snapshot().get(&STREAMS.key(key)).await?;
        if row.is_some_and(|row| row.version == entry.stream.version) {
            return Ok(Some(entry.stream.clone()));
        }
        self.streams.forget(key);
        Ok(None)
    }

    /// The stream as the store has it, remembered from now on.
    pub(super) async fn fresh_stream(&self, key: &StreamKey) -> Result<Arc<Stream>, Error> {
        let generation = self.streams.generation.load(Ordering::Acquire);
        let snapshot = self.store.snapshot();
        let stream = load(&*snapshot, key).await?.ok_or_else(|| Error::NoStream(key.clone()))?;
        let stream = Arc::new(stream);
        self.streams.insert(stream.clone(), generation, self.clock.monotonic());
        Ok(stream)
    }
}

/// Reads a stream and its shards; `None` if there is no row of it.
pub(super) async fn load(snapshot: &dyn Snapshot, key: &StreamKey) -> Result<Option<Stream>, Error> {
    let Some(row) = STREAMS.get(snapshot, key).await? else { return Ok(None) };
    let shards = load_shards(snapshot, StreamId(row.value.id)).await?;
    Ok(Some(Stream::new(key.clone(), row.value, row.version, shards)))
}

pub(super) async fn load_shards(snapshot: &dyn Snapshot, stream: StreamId) -> Result<Vec<Shard>, Error> {
    let (mut start, end) = SHARDS.prefix(|key| {
        key.u128(stream.0);
    });
    let mut shards = Vec::new();
    loop {
        let page = SHARDS.scan(snapshot, (start, end.clone()), SHARDS_PAGE).await?;
        let full = page.len() == SHARDS_PAGE;
        shards.extend(page.into_iter().map(|(key, row)| Shard { number: key.number, row: row.value }));
        match shards.last() {
            Some(last) if full => start = SHARDS.key(&ShardKey { stream, number: last.number + 1 }),
            Some(_) | None => return Ok(shards),
        }
    }
}
