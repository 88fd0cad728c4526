//! Streams of a group.

use store::{LogChange, LogId, Row, Seq, key_after};

use super::groups::bury;
use crate::engine::error::{Error, Why};
use crate::engine::{CloudWatch, TRIES};
use crate::tables::logs::{GROUPS, GroupId, GroupKey, STREAMS, StreamKey, StreamRow};

/// Rows read at once.
const READ_AT_ONCE: usize = 1_000;

pub(crate) fn no_stream() -> Error {
    Error::new(Why::NotFound, "The specified log stream does not exist.")
}

/// Where a listing goes on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct StreamPlace {
    /// The time of the last event, when that is the order.
    pub last_millis: i64,
    /// The name.
    pub name: String,
}

impl CloudWatch {
    /// Creates a stream.
    pub async fn create_stream(&self, group: &GroupKey, name: &str) -> Result<(), Error> {
        for _ in 0..TRIES {
            let seen = self.group(group).await?;
            let key = StreamKey { group: GroupId(seen.value.id), name: name.to_owned() };
            if STREAMS.get(&*self.store.snapshot(), &key).await?.is_some() {
                return Err(Error::new(Why::Exists, "The specified log stream already exists"));
            }
            let id = self.random.u128();
            let row = StreamRow {
                id,
                created_millis: self.clock.now().as_millis(),
                first_millis: None,
                last_millis: None,
                ingested_millis: None,
                span_millis: 0,
                next: 0,
                bytes: 0,
            };
            let mut commit = self.commit();
            commit
                .unchanged(GROUPS, group, Some(&seen))
                .unchanged(STREAMS, &key, None)
                .put(STREAMS, &key, &row)
                .log(LogChange::Create { log: LogId(id), first: Seq(0) });
            if self.settle(commit).await? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// A stream of a group.
    pub async fn stream(&self, group: &GroupKey, name: &str) -> Result<(StreamKey, Row<StreamRow>), Error> {
        let snapshot = self.store.snapshot();
        let group = self.group_in(&*snapshot, group).await?;
        let key = StreamKey { group: GroupId(group.id), name: name.to_owned() };
        let row = STREAMS.get(&*snapshot, &key).await?.ok_or_else(no_stream)?;
        Ok((key, row))
    }

    /// Deletes a stream and its events.
    pub async fn delete_stream(&self, group: &GroupKey, name: &str) -> Result<(), Error> {
        for _ in 0..TRIES {
            let (key, row) = self.stream(group, name).await?;
            let mut commit = self.commit();
            bury(&mut commit, &key, &row);
            if self.settle(commit).await? {
                self.buried.notify_one();
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// Streams whose names begin so, after a name, at most `limit`, and whether more follow.
    pub async fn list_streams(
        &self,
        group: GroupId,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(String, StreamRow)>, bool), Error> {
        let (mut start, end) = STREAMS.prefix(|key| {
            key.u128(group.0).text_start(prefix);
        });
        if let Some(after) = after {
            start = key_after(&STREAMS.key(&StreamKey { group, name: after.to_owned() })).max(start);
        }
        let mut rows = STREAMS.scan(&*self.store.snapshot(), (start, end), limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows.into_iter().map(|(key, row)| (key.name, row.value)).collect(), more))
    }

    /// All streams whose names begin so, in the order of their names.
    pub async fn every_stream(
        &self,
        group: GroupId,
        prefix: &str,
    ) -> Result<Vec<(String, StreamRow)>, Error> {
        let mut all: Vec<(String, StreamRow)> = Vec::new();
        loop {
            let after = all.last().map(|(name, _)| name.clone());
            let (page, more) = self.list_streams(group, prefix, after.as_deref(), READ_AT_ONCE).await?;
            all.extend(page);
            if !more {
                return Ok(all);
            }
        }
    }

    /// Streams in the order of their last events, or backwards; `after` a place, at most `limit`, and whether more follow.
    pub async fn list_streams_by_time(
        &self,
        group: GroupId,
        descending: bool,
        after: Option<&StreamPlace>,
        limit: usize,
    ) -> Result<(Vec<(String, StreamRow)>, bool), Error> {
        let place = |name: &str, row: &StreamRow| StreamPlace {
            last_millis: row.last_millis.unwrap_or(i64::MIN),
            name: name.to_owned(),
        };
        let mut placed: Vec<(StreamPlace, StreamRow)> = self
            .every_stream(group, "")
            .await?
            .into_iter()
            .map(|(name, row)| (place(&name, &row), row))
            .filter(|(place, _)| {
                after.is_none_or(|after| if descending { place < after } else { place > after })
            })
            .collect();
        placed.sort_by(|(a, _), (b, _)| if descending { b.cmp(a) } else { a.cmp(b) });
        let more = placed.len() > limit;
        placed.truncate(limit);
        Ok((placed.into_iter().map(|(place, row)| (place.name, row)).collect(), more))
    }

    /// Bytes of a group's events, over its first thousand streams.
    pub async fn stored_bytes(&self, group: GroupId) -> Result<u64, Error> {
        let (streams, _) = self.list_streams(group, "", None, READ_AT_ONCE).await?;
        Ok(streams.iter().map(|(_, row)| row.bytes).sum())
    }
}
