//! Resharding: SplitShard, MergeShards, UpdateShardCount.
//!
//! Parents are sealed and closed, their children opened, in one commit: at any moment the open shards cover all hash keys once, and a
//! put lands either in the parent before the seal or in a child. Records stay where they are. Child numbers are greater than parent
//! numbers, since the creation second of a child is past its parents' closing second.

use base::Timestamp;
use std::time::Duration;

use super::draft::Draft;
use super::scaling::{Scaling, Step};
use super::shard_id::parse_shard_id;
use super::stream::Shard;
use super::{Error, Kinesis};
use crate::tables::{Mode, StreamKey};

/// UpdateShardCount calls of a stream within 24 hours.
const SCALINGS_A_DAY: usize = 10;
/// Shards UpdateShardCount goes up to.
const SCALING_TARGET_MAX: u32 = 10_000;
/// Splits and merges of one commit: three rows and three logs each.
const SCALING_SLICE: usize = 2_000;
/// A rolling day.
pub(super) const DAY: Duration = Duration::from_secs(86_400);

impl Kinesis {
    /// Splits an open shard in two; the upper one begins with `at`.
    pub async fn split_shard(&self, key: &StreamKey, shard_id: &str, at: &str) -> Result<(), Error> {
        let more = |stream: &super::stream::Stream| (stream.row.mode == Mode::Provisioned).then_some(1);
        self.check_shard_quota(key, more).await?;
        self.change(key, |draft| {
            provisioned(draft)?;
            let shard = open_shard(draft, shard_id)?;
            let refused = || Error::SplitKey {
                stream: key.clone(),
                shard: shard.number,
                key: at.to_owned(),
                range: shard.range(),
            };
            let at: u128 = at.parse().map_err(|_| refused())?;
            if !shard.range().splits_at(at) {
                return Err(refused());
            }
            let number = shard.number;
            draft.split(number, at);
            draft.begin_updating();
            Ok(())
        })
        .await
    }

    /// Merges two open shards, of which the second begins where the first ends.
    pub async fn merge_shards(&self, key: &StreamKey, lower: &str, upper: &str) -> Result<(), Error> {
        self.change(key, |draft| {
            provisioned(draft)?;
            let first = open_shard(draft, lower)?;
            let second = open_shard(draft, upper)?;
            if first.range().join(&second.range()).is_none() {
                return Err(Error::NotAdjacent(key.clone(), first.number, second.number));
            }
            let (lower, upper) = (first.number, second.number);
            draft.merge(lower, upper);
            draft.begin_updating();
            Ok(())
        })
        .await
    }

    /// Brings the number of open shards to `target` by uniform scaling. Returns how many there were before.
    pub async fn update_shard_count(&self, key: &StreamKey, target: i32) -> Result<u32, Error> {
        let wanted = u32::try_from(target).unwrap_or(0);
        self.check_shard_quota(key, |stream| wanted.checked_sub(stream.row.open_shards)).await?;
        let strict = self.strict();
        let current = self
            .change(key, |draft| {
                provisioned(draft)?;
                let current = draft.row.open_shards;
                let in_range =
                    wanted >= current.div_ceil(2) && wanted <= current * 2 && wanted <= SCALING_TARGET_MAX;
                if wanted == 0 || !in_range {
                    return Err(Error::Target { stream: key.clone(), current, target: wanted });
                }
                let scalings = &mut draft.row.rescaled_micros;
                if strict && count_for_day(scalings, draft.now, SCALINGS_A_DAY).is_none() {
                    let (what, limit) = ("UpdateShardCount", SCALINGS_A_DAY);
                    return Err(Error::DayQuota { stream: key.clone(), what, limit });
                }
                draft.scale_to(wanted);
                draft.begin_updating();
                Ok(current)
            })
            .await?;
        self.finish_scaling(key).await?;
        Ok(current)
    }

    /// Does what is left of a scaling, slice by slice. One that breaks off is gone on with by the sweep; the stream is UPDATING until then.
    pub(super) async fn finish_scaling(&self, key: &StreamKey) -> Result<(), Error> {
        while self.stream(key).await?.row.scaling.is_some() {
            self.change(key, |draft| {
                if let Some(scaling) = draft.row.scaling {
                    draft.go_on_scaling(scaling);
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }

    /// Refuses what would take the account beyond its shards. `more` says how many are added; `None`: the call will be refused anyway.
    async fn check_shard_quota(
        &self,
        key: &StreamKey,
        more: impl Fn(&super::stream::Stream) -> Option<u32>,
    ) -> Result<(), Error> {
        let stream = self.stream(key).await?;
        match more(&stream) {
            Some(more) if more > 0 => {
                let holdings = self.holdings(key.account, &key.region).await?;
                self.shard_quota(key, holdings, u64::from(more))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Draft<'_> {
    /// Begins to scale to so many open shards: as far as one commit goes.
    pub(super) fn scale_to(&mut self, target: u32) {
        self.go_on_scaling(Scaling::towards(target, self.row.next_shard));
    }

    /// Scales further, as far as one commit goes.
    pub(super) fn go_on_scaling(&mut self, scaling: Scaling) {
        let open: Vec<_> = self.stream.open_shards().map(|shard| (shard.number, shard.range())).collect();
        let (steps, left) = scaling.slice(&open, self.row.next_shard, SCALING_SLICE);
        for step in steps {
            match step {
                Step::Split { shard, at } => drop(self.split(shard, at)),
                Step::Merge { lower, upper } => drop(self.merge(lower, upper)),
            }
        }
        self.row.scaling = left;
    }
}

/// Refuses unless the stream's shards are its owner's business, and it is ACTIVE.
fn provisioned(draft: &Draft<'_>) -> Result<(), Error> {
    if draft.row.mode == Mode::OnDemand {
        return Err(Error::OnDemand(draft.stream.key.clone()));
    }
    draft.require_active()
}

fn open_shard<'a>(draft: &Draft<'a>, shard_id: &str) -> Result<&'a Shard, Error> {
    let stream = draft.stream;
    let unknown = || Error::ShardNotFound(stream.key.clone(), shard_id.to_owned());
    let number = parse_shard_id(shard_id).ok_or_else(unknown)?;
    let shard = stream
        .shard(number, draft.now)
        .map_err(|_| Error::ShardNotFound(stream.key.clone(), super::shard_id::shard_id(number)))?;
    if shard.is_open() { Ok(shard) } else { Err(Error::ShardClosed(stream.key.clone(), number)) }
}

/// Notes a call among those of the last 24 hours; `None` if it would be one too many.
pub(super) fn count_for_day(calls_micros: &mut Vec<i64>, now: Timestamp, limit: usize) -> Option<()> {
    let day_ago = now.minus(DAY).as_micros();
    calls_micros.retain(|call| *call > day_ago);
    if calls_micros.len() >= limit {
        return None;
    }
    calls_micros.push(now.as_micros());
    Some(())
}
