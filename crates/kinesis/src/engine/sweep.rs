//! What is gone is removed: deleted streams, expired shards, records past their retention.
//!
//! Nobody waits for it and nothing looks different when it is late: reads hide by time what it has not removed yet. So it runs now and then, in
//! slices, each its own commit, and may be stopped anywhere and begin again.

use std::collections::{HashMap, HashSet};

use base::Timestamp;
use store::{Check, Commit, CommitError, From, Limit, LogChange, LogId, ReadError, Seq, Snapshot};

use super::draft::Draft;
use super::lifecycle::past;
use super::stream::{Stream, status};
use super::streams::{Forget, load, load_shards};
use super::{Error, Kinesis};
use crate::tables::channels::STREAM_CHANNELS;
use crate::tables::queues::{DUE, HELD, HeldKey, PLACES, PlaceKey, READER_GRAVES, ReaderId, STREAM_QUEUES};
use crate::tables::{
    CONSUMERS, ConsumerKey, DATA_KEYS, GRAVES, GraveRow, SHARDS, STREAMS, ShardKey, StreamId, StreamKey,
};

/// Rows of one scan of the streams.
const STREAMS_PAGE: usize = 256;
/// Deleted streams looked at in one pass.
const GRAVES_PAGE: usize = 256;
/// Shards and consumers removed by one commit.
const SLICE: usize = 1_000;
/// Horizons raised by one commit.
const HORIZONS: usize = 1_000;

/// What the sweep remembers from pass to pass: a time that no record of the log is older than. Horizons only rise and times never fall, so it stays
/// true, and a log with nothing to cut is not looked at again before that time is past the retention.
#[derive(Debug, Default)]
pub struct Memory {
    oldest: HashMap<LogId, Timestamp>,
}

impl Kinesis {
    /// Returns when something was deleted since it last returned.
    pub async fn something_deleted(&self) {
        self.deleted.notified().await;
    }

    /// One pass over everything. A stream that cannot be swept does not keep the others from it; the first error is returned at the end.
    pub async fn sweep(&self, memory: &mut Memory) -> Result<(), Error> {
        let mut seen = HashSet::new();
        let mut first_error = None;
        let (mut start, end) = STREAMS.prefix(|_| {});
        loop {
            let rows = STREAMS.scan(&*self.store.snapshot(), (start, end.clone()), STREAMS_PAGE).await?;
            let Some((last, _)) = rows.last() else { break };
            start = past(last);
            for (key, row) in rows {
                let swept = if status(&row.value, self.now()).is_none() {
                    self.bury_stream(&key).await
                } else {
                    self.sweep_stream(&key, memory, &mut seen).await
                };
                if let Err(error) = swept {
                    first_error.get_or_insert(error);
                }
            }
        }
        memory.oldest.retain(|log, _| seen.contains(log));
        self.sweep_graves().await?;
        self.sweep_readers().await?;
        first_error.map_or(Ok(()), Err)
    }

    /// Removes the row of a stream whose DELETING is over. Fine if there is none.
    pub(super) async fn bury_stream(&self, key: &StreamKey) -> Result<(), Error> {
        let _forget = Forget { streams: &self.streams, key };
        let Some(row) = STREAMS.get(&*self.store.snapshot(), key).await? else { return Ok(()) };
        let now = self.now();
        if status(&row.value, now).is_some() {
            return Ok(());
        }
        let stream = Stream::bare(key.clone(), row.value, row.version);
        let mut draft = Draft::new_stream(&stream, now, &self.random);
        draft.bury();
        match self.store.commit(draft.into_commit(self.new_commit_id())).await {
            // A failed check: somebody else was faster.
            Ok(_) | Err(CommitError::Check { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn sweep_stream(
        &self,
        key: &StreamKey,
        memory: &mut Memory,
        seen: &mut HashSet<LogId>,
    ) -> Result<(), Error> {
        let Some(stream) = load(&*self.store.snapshot(), key).await? else { return Ok(()) };
        if stream.row.scaling.is_some() {
            self.finish_scaling(key).await?;
        }
        let now = self.now();
        if stream.all_shards().iter().any(|shard| stream.is_expired(shard, now)) {
            self.remove_expired(key).await?;
        }
        self.sweep_queues(&stream).await?;
        let horizon = stream.horizon(now);
        self.sweep_data_keys(stream.id(), horizon).await?;
        let mut commit = Commit::new(self.new_commit_id());
        for shard in stream.listed(now) {
            let log = shard.row.log_id();
            // No record is older than its shard. So of a stream younger than its retention nothing is looked at, however many shards it has.
            if shard.row.opened() >= horizon {
                continue;
            }
            seen.insert(log);
            if let Some(seq) = self.new_horizon(log, horizon, memory).await? {
                commit.log(LogChange::Horizon(log, seq));
            }
            if commit.logs.len() >= HORIZONS {
                let full = std::mem::replace(&mut commit, Commit::new(self.new_commit_id()));
                self.commit_cut(full).await?;
            }
        }
        self.commit_cut(commit).await
    }

    async fn remove_expired(&self, key: &StreamKey) -> Result<(), Error> {
        let removed = self
            .change(key, |draft| {
                let stream = draft.stream;
                let expired = stream.all_shards().iter().filter(|shard| stream.is_expired(shard, draft.now));
                let expired: Vec<u32> = expired.map(|shard| shard.number).take(SLICE).collect();
                expired.into_iter().for_each(|number| draft.remove_shard(number));
                Ok(())
            })
            .await;
        match removed {
            // Deleted meanwhile.
            Err(Error::NoStream(_)) => Ok(()),
            other => other,
        }
    }

    /// The number of the first record of `horizon` or later, if there are older ones in the log.
    async fn new_horizon(
        &self,
        log: LogId,
        horizon: Timestamp,
        memory: &mut Memory,
    ) -> Result<Option<Seq>, Error> {
        if memory.oldest.get(&log).is_some_and(|oldest| *oldest >= horizon) {
            return Ok(None);
        }
        let now = self.now();
        let first = Limit { records: 1, bytes: 1 };
        let state = match self.store.log_state(log).await {
            Ok(state) => state,
            Err(ReadError::NoLog(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let oldest = self.store.read(log, From::Seq(state.horizon), first).await?;
        // Without records: whatever comes is of now or later.
        let oldest = oldest.records.first().map_or(now, |record| record.time);
        memory.oldest.insert(log, oldest);
        if oldest >= horizon {
            return Ok(None);
        }
        let kept = self.store.read(log, From::Time(horizon), first).await?;
        Ok(Some(kept.records.first().map_or(kept.next, |record| record.seq)))
    }

    async fn commit_cut(&self, commit: Commit) -> Result<(), Error> {
        if commit.logs.is_empty() {
            return Ok(());
        }
        match self.store.commit(commit).await {
            // A failed log: deleted meanwhile; the next pass sees the rest.
            Ok(_) | Err(CommitError::Log(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes what queues hold of records past the retention, and the places of queues and channels in shards that are gone.
    async fn sweep_queues(&self, stream: &Stream) -> Result<(), Error> {
        if stream.row.queues == 0 && stream.row.channels == 0 {
            return Ok(());
        }
        let snapshot = self.store.snapshot();
        let mut readers = Vec::new();
        for table in [STREAM_QUEUES, STREAM_CHANNELS] {
            let range = table.prefix(|key| {
                key.u128(stream.id().0);
            });
            readers
                .extend(table.scan(&*snapshot, range, SLICE).await?.into_iter().map(|(key, _)| key.reader));
        }
        for reader in readers {
            for (shard, _) in self.places(&*snapshot, reader).await? {
                let kept = match stream.shard(shard, self.now()) {
                    Ok(shard) => match self.store.log_state(shard.row.log_id()).await {
                        Ok(state) => Some(state.horizon),
                        Err(ReadError::NoLog(_)) => None,
                        Err(error) => return Err(error.into()),
                    },
                    Err(_) => None,
                };
                self.drop_held(&*snapshot, reader, shard, kept).await?;
            }
        }
        Ok(())
    }

    /// Drops what a queue holds of a shard below a number; all of it, and the place itself, if the shard is gone.
    async fn drop_held(
        &self,
        snapshot: &dyn Snapshot,
        reader: ReaderId,
        shard: u32,
        kept: Option<Seq>,
    ) -> Result<(), Error> {
        let (start, end) = HELD.prefix(|key| {
            key.u128(reader.0).u32(shard);
        });
        let end = kept.map_or(end, |seq| HELD.key(&HeldKey { queue: reader, shard, seq: seq.0 }));
        if start >= end {
            return Ok(());
        }
        let rows = HELD.scan(snapshot, (start, end), SLICE).await?;
        let mut commit = Commit::new(self.new_commit_id());
        for (key, row) in &rows {
            commit.unchanged(HELD, key, Some(row)).delete(HELD, key).delete(DUE, &row.value.due(key));
        }
        if kept.is_none() && rows.len() < SLICE {
            commit.delete(PLACES, &PlaceKey { reader, shard });
        }
        // A row that was changed meanwhile: the next pass sees it.
        if commit.writes.is_empty() { Ok(()) } else { self.settle(commit).await.map(drop) }
    }

    /// Removes what deleted queues and channels left.
    async fn sweep_readers(&self) -> Result<(), Error> {
        let all = READER_GRAVES.prefix(|_| {});
        let graves = READER_GRAVES.scan(&*self.store.snapshot(), all, GRAVES_PAGE).await?;
        for (reader, grave) in graves {
            while !self.sweep_reader(reader, &grave).await? {}
        }
        Ok(())
    }

    /// Removes a slice of it. True when nothing is left.
    async fn sweep_reader(&self, reader: ReaderId, grave: &store::Row<GraveRow>) -> Result<bool, Error> {
        let snapshot = self.store.snapshot();
        let mut commit = Commit::new(self.new_commit_id());
        commit.check(Check::VersionIs(READER_GRAVES.key(&reader), grave.version));
        let of_reader = |key: &mut store::KeyWriter| {
            key.u128(reader.0);
        };
        let places = PLACES.scan(&*snapshot, PLACES.prefix(of_reader), SLICE).await?;
        let held = HELD.scan(&*snapshot, HELD.prefix(of_reader), SLICE).await?;
        let due = DUE.scan(&*snapshot, DUE.prefix(of_reader), SLICE).await?;
        for (key, _) in &places {
            commit.delete(PLACES, key);
        }
        for (key, _) in &held {
            commit.delete(HELD, key);
        }
        for (key, _) in &due {
            commit.delete(DUE, key);
        }
        let done = [places.len(), held.len(), due.len()].iter().all(|rows| *rows < SLICE);
        if done {
            commit.delete(READER_GRAVES, &reader);
        }
        // Not settled: somebody else is at it.
        Ok(!self.settle(commit).await? || done)
    }

    async fn sweep_graves(&self) -> Result<(), Error> {
        let all = GRAVES.prefix(|_| {});
        let graves = GRAVES.scan(&*self.store.snapshot(), all, GRAVES_PAGE).await?;
        for (stream, grave) in graves {
            while !self.sweep_grave(stream, &grave).await? {}
        }
        Ok(())
    }

    /// Removes a slice of what a deleted stream left. True when nothing is left.
    async fn sweep_grave(&self, stream: StreamId, grave: &store::Row<GraveRow>) -> Result<bool, Error> {
        let snapshot = self.store.snapshot();
        let mut commit = Commit::new(self.new_commit_id());
        commit.check(Check::VersionIs(GRAVES.key(&stream), grave.version));
        let shards = load_shards(&*snapshot, stream).await?;
        for shard in shards.iter().take(SLICE) {
            commit.delete(SHARDS, &ShardKey { stream, number: shard.number });
            commit.log(LogChange::Delete(shard.row.log_id()));
        }
        let consumers = CONSUMERS.prefix(|key| {
            key.u128(stream.0);
        });
        let consumers = CONSUMERS.scan(&*snapshot, consumers, SLICE).await?;
        for (key, _) in &consumers {
            commit.delete(CONSUMERS, &ConsumerKey { stream, name: key.name.clone() });
        }
        let data_keys = DATA_KEYS.prefix(|key| {
            key.u128(stream.0);
        });
        let data_keys = DATA_KEYS.scan(&*snapshot, data_keys, SLICE).await?;
        for (id, _) in &data_keys {
            commit.delete(DATA_KEYS, id);
        }
        let done = shards.len() <= SLICE && consumers.len() < SLICE && data_keys.len() < SLICE;
        if done {
            commit.delete(GRAVES, &stream);
        }
        match self.store.commit(commit).await {
            Ok(_) => Ok(done),
            // Somebody else is at it.
            Err(CommitError::Check { .. } | CommitError::Log(_)) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }
}
