//! Streams come and go: CreateStream, DeleteStream, ListStreams, and the account's quotas.

use base::{AccountId, Page, Tags};
use store::{Snapshot, Version};

use super::draft::Draft;
use super::hash::HashRange;
use super::sequence::Second;
use super::stream::{Status, Stream, status};
use super::streams::Forget;
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::{
    CONSUMERS, Change, Distribution, Mode, STREAMS, StreamId, StreamKey, StreamRow, Transition,
};

/// Shards of a stream whose capacity is on demand, to begin with.
pub const ON_DEMAND_SHARDS: u32 = 4;
/// The largest record, unless the stream's creator says otherwise, in KiB.
pub const RECORD_KIB_DEFAULT: u32 = 1_024;
/// How long records are kept, unless the stream's owner says otherwise, in hours.
pub const RETENTION_HOURS_DEFAULT: u32 = 24;
/// Tags of a resource.
pub const TAGS_MAX: usize = 50;
/// Shards a stream may be created with: as many as UpdateShardCount scales to (Kinesis facts section 6).
const STREAM_SHARDS_MAX: u32 = 10_000;
/// Streams of an account that may be CREATING at once.
const CREATING_MAX: u64 = 5;
/// Rows of one scan of an account's streams.
const STREAMS_PAGE: usize = 1_000;

/// A stream to be created.
#[derive(Clone, Debug)]
pub struct NewStream {
    /// What it shall be called.
    pub key: StreamKey,
    /// How its capacity is provided.
    pub mode: Mode,
    /// With how many shards it begins.
    pub shards: u32,
    /// Its tags.
    pub tags: Tags,
    /// Its largest record, in KiB.
    pub record_kib_max: u32,
    /// What decides which shard a record goes to.
    pub distribution: Distribution,
    /// Throughput to be kept ready, in MiB a second; 0 for none.
    pub warm_mib: u32,
}

/// What an account has in a region.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Holdings {
    /// Open shards of all its streams.
    pub open_shards: u64,
    /// Streams whose capacity is on demand.
    pub on_demand_streams: u64,
    /// Streams that are CREATING.
    pub creating: u64,
    /// Channels of all its streams.
    pub channels: u64,
}

impl Kinesis {
    /// Creates a stream. Durable when it returns; usable at once unless transitions are asked for.
    pub async fn create_stream(&self, new: NewStream) -> Result<(), Error> {
        if let Some(key) = base::TagSet::reserved_key(&new.tags) {
            return Err(Error::ReservedTag(key.to_owned()));
        }
        if new.tags.len() > TAGS_MAX {
            return Err(Error::TooManyTags(new.key));
        }
        self.check_capacity(&new.key, new.mode, new.distribution, new.warm_mib).await?;
        let _forget = Forget { streams: &self.streams, key: &new.key };
        for _ in 0..ATTEMPTS {
            let now = self.now();
            let snapshot = self.store.snapshot();
            let existing = STREAMS.get(&*snapshot, &new.key).await?;
            if let Some(row) = existing {
                if status(&row.value, now).is_some() {
                    return Err(Error::StreamExists(new.key.clone()));
                }
                // DELETING is over, but the sweep has not been there yet.
                self.bury_stream(&new.key).await?;
                continue;
            }
            self.check_quotas(&*snapshot, &new).await?;
            let row = StreamRow {
                id: self.random.u128(),
                created_micros: now.as_micros(),
                mode: new.mode,
                retention_hours: RETENTION_HOURS_DEFAULT,
                trimmed_before_micros: 0,
                record_kib_max: new.record_kib_max,
                next_shard: 0,
                open_shards: 0,
                transition: self
                    .transition_end(now)
                    .map(|end| Transition { kind: Change::Creating, until_micros: end.as_micros() }),
                metrics: 0,
                tags: new.tags.clone(),
                rescaled_micros: Vec::new(),
                mode_changed_micros: Vec::new(),
                distribution: new.distribution,
                warm_mib: new.warm_mib,
                policy: None,
                encryption: None,
                encryption_changed_micros: Vec::new(),
                queues: 0,
                channels: 0,
                scaling: None,
            };
            let stream = Stream::unborn(new.key.clone(), row);
            let mut draft = Draft::new_stream(&stream, now, &self.random);
            for range in HashRange::even(new.shards) {
                draft.open_shard(range, now.cut_to_millis(), Second::of(now), (None, None));
            }
            if self.settle(draft.into_commit(self.new_commit_id())).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a stream and everything in it. Fails if it has consumers, unless they may go too. A stream that is being deleted stays so.
    pub async fn delete_stream(&self, key: &StreamKey, consumers_too: bool) -> Result<(), Error> {
        if !consumers_too {
            let stream = self.stream(key).await?;
            if self.has_consumers(stream.id()).await? {
                return Err(Error::HasConsumers(key.clone()));
            }
        }
        self.change(key, |draft| {
            draft.require_no_readers()?;
            if draft.stream.status(draft.now) != Some(Status::Deleting) {
                draft.delete_stream();
            }
            Ok(())
        })
        .await?;
        self.deleted.notify_one();
        Ok(())
    }

    async fn has_consumers(&self, stream: StreamId) -> Result<bool, Error> {
        let range = CONSUMERS.prefix(|key| {
            key.u128(stream.0);
        });
        Ok(!CONSUMERS.scan(&*self.store.snapshot(), range, 1).await?.is_empty())
    }

    /// An account's streams in a region, by name, from after `after` on, at most `limit`.
    pub async fn list_streams(
        &self,
        account: AccountId,
        region: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(StreamKey, StreamRow)>, Error> {
        let now = self.now();
        let snapshot = self.store.snapshot();
        let (mut start, end) = STREAMS.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        if let Some(after) = after {
            start = past(&StreamKey { account, region: region.to_owned(), name: after.to_owned() });
        }
        let mut items = Vec::new();
        while items.len() <= limit {
            let rows = STREAMS.scan(&*snapshot, (start, end.clone()), STREAMS_PAGE).await?;
            let Some((last, _)) = rows.last() else { break };
            start = past(last);
            items.extend(
                rows.into_iter()
                    .filter(|(_, row)| status(&row.value, now).is_some())
                    .map(|(key, row)| (key, row.value)),
            );
        }
        Ok(Page::take(items, limit))
    }

    /// What an account has in a region.
    pub async fn holdings(&self, account: AccountId, region: &str) -> Result<Holdings, Error> {
        self.count_holdings(&*self.store.snapshot(), account, region).await
    }

    async fn count_holdings(
        &self,
        snapshot: &dyn Snapshot,
        account: AccountId,
        region: &str,
    ) -> Result<Holdings, Error> {
        let now = self.now();
        let (mut start, end) = STREAMS.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        let mut holdings = Holdings::default();
        loop {
            let rows = STREAMS.scan(snapshot, (start, end.clone()), STREAMS_PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(holdings) };
            start = past(last);
            for (_, row) in rows {
                let Some(status) = status(&row.value, now) else { continue };
                holdings.open_shards += u64::from(row.value.open_shards);
                holdings.on_demand_streams += u64::from(row.value.mode == Mode::OnDemand);
                holdings.channels += u64::from(row.value.channels);
                holdings.creating += u64::from(status == Status::Creating);
            }
        }
    }

    async fn check_quotas(&self, snapshot: &dyn Snapshot, new: &NewStream) -> Result<(), Error> {
        // Whatever the account may have: a stream is created by one commit, and before anything of it is built its size is known.
        if new.shards > STREAM_SHARDS_MAX {
            let (limit, more) = (u64::from(STREAM_SHARDS_MAX), u64::from(new.shards));
            return Err(Error::ShardQuota { stream: new.key.clone(), current: 0, limit, more });
        }
        if !self.strict() {
            return Ok(());
        }
        let holdings = self.count_holdings(snapshot, new.key.account, &new.key.region).await?;
        if holdings.creating >= CREATING_MAX {
            return Err(Error::CreatingQuota(CREATING_MAX));
        }
        let on_demand_quota = u64::from(self.settings.on_demand_quota);
        if new.mode == Mode::OnDemand && holdings.on_demand_streams >= on_demand_quota {
            return Err(Error::OnDemandQuota(on_demand_quota));
        }
        self.shard_quota(&new.key, holdings, u64::from(new.shards))
    }

    /// Refuses to go beyond the account's shards, where limits are kept.
    pub(super) fn shard_quota(&self, stream: &StreamKey, holdings: Holdings, more: u64) -> Result<(), Error> {
        let limit = u64::from(self.settings.shard_quota);
        if self.strict() && holdings.open_shards + more > limit {
            let current = holdings.open_shards;
            return Err(Error::ShardQuota { stream: stream.clone(), current, limit, more });
        }
        Ok(())
    }
}

impl Stream {
    /// One that has not been created yet: no shards, no version.
    fn unborn(key: StreamKey, row: StreamRow) -> Self {
        Self::bare(key, row, Version(0))
    }
}

/// The first key after this stream's.
pub(super) fn past(key: &StreamKey) -> store::Key {
    store::key_after(&STREAMS.key(key))
}
