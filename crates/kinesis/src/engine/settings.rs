//! What can be set of a stream: retention, shard-level metrics, tags, capacity mode.

use base::{TagSet, Tags, Timestamp};

use super::draft::Draft;
use super::lifecycle::{RETENTION_HOURS_DEFAULT, TAGS_MAX};
use super::metrics::MetricSet;
use super::reshard::count_for_day;
use super::sealing::By;
use super::stream::retention;
use super::{Error, Kinesis};
use crate::tables::{Distribution, Encryption, Mode, StreamKey};

/// The longest retention, in hours: a year.
const RETENTION_HOURS_MAX: u32 = 8_760;
/// UpdateStreamMode calls of a stream within 24 hours.
const MODE_CHANGES_A_DAY: usize = 2;

/// Calls that switch encryption on or off, of a stream within 24 hours.
const ENCRYPTION_CHANGES_A_DAY: usize = 25;

/// Which of the two retention calls was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// IncreaseStreamRetentionPeriod.
    Increase,
    /// DecreaseStreamRetentionPeriod.
    Decrease,
}

impl Kinesis {
    /// Sets how long records are kept. What is beyond the new retention is hidden at once, and what had expired under the old one stays so.
    pub async fn set_retention(
        &self,
        key: &StreamKey,
        hours: i64,
        direction: Direction,
    ) -> Result<(), Error> {
        self.change(key, |draft| {
            draft.require_active()?;
            if hours < i64::from(RETENTION_HOURS_DEFAULT) {
                return Err(Error::RetentionShort(hours));
            }
            let wanted = u32::try_from(hours).ok().filter(|hours| *hours <= RETENTION_HOURS_MAX);
            let wanted = wanted.ok_or(Error::RetentionLong(hours))?;
            let existing = draft.row.retention_hours;
            let increase = direction == Direction::Increase;
            if if increase { wanted < existing } else { wanted > existing } {
                let (stream, existing) = (key.clone(), i64::from(existing));
                return Err(Error::RetentionDirection { stream, asked: hours, existing, increase });
            }
            let shorter = draft.now.minus(retention(wanted.min(existing)));
            let before = Timestamp::from_micros(draft.row.trimmed_before_micros);
            draft.row.trimmed_before_micros = shorter.max(before).as_micros();
            draft.row.retention_hours = wanted;
            draft.begin_updating();
            Ok(())
        })
        .await
    }

    /// Switches metrics on or off. Returns the sets before and after.
    pub async fn set_metrics(
        &self,
        key: &StreamKey,
        metrics: MetricSet,
        on: bool,
    ) -> Result<(MetricSet, MetricSet), Error> {
        self.change(key, |draft| {
            draft.require_active()?;
            let before = MetricSet(draft.row.metrics);
            let after = if on { before.with(metrics) } else { before.without(metrics) };
            draft.row.metrics = after.0;
            draft.begin_updating();
            Ok((before, after))
        })
        .await
    }

    /// Sets tags of a stream, over those of the same keys.
    pub async fn tag_stream(&self, key: &StreamKey, tags: &Tags) -> Result<(), Error> {
        self.change(key, |draft| add_tags(&mut draft.row.tags, tags, key)).await
    }

    /// Removes tags of a stream; fine if there are none of these keys.
    pub async fn untag_stream(&self, key: &StreamKey, keys: &[String]) -> Result<(), Error> {
        self.change(key, |draft| {
            draft.row.tags.retain(|tag, _| !keys.contains(tag));
            Ok(())
        })
        .await
    }

    /// Sets the largest record a stream takes.
    pub async fn set_record_size(&self, key: &StreamKey, kib: u32) -> Result<(), Error> {
        self.change(key, |draft| {
            draft.require_active()?;
            draft.row.record_kib_max = kib;
            draft.begin_updating();
            Ok(())
        })
        .await
    }

    /// Sets the throughput that is kept ready. Less of it gives shards back to nobody: on-demand streams have as many as they ever needed.
    pub async fn set_warm_throughput(&self, key: &StreamKey, mib: u32) -> Result<(), Error> {
        let mode = self.stream(key).await?.row.mode;
        if mode != Mode::OnDemand {
            return Err(Error::OnDemandOnly("WarmThroughputMiBps"));
        }
        self.check_capacity(key, mode, Distribution::UserPartitionKey, mib).await?;
        self.change(key, |draft| {
            draft.require_active()?;
            warm(draft, mib);
            draft.begin_updating();
            Ok(())
        })
        .await?;
        self.finish_scaling(key).await
    }

    /// Sets what decides which shard a record goes to.
    pub async fn set_distribution(&self, key: &StreamKey, distribution: Distribution) -> Result<(), Error> {
        self.change(key, |draft| {
            draft.require_active()?;
            if draft.row.mode != Mode::OnDemand {
                return Err(Error::OnDemandOnly("RecordDistributionStrategy"));
            }
            draft.row.distribution = distribution;
            draft.begin_updating();
            Ok(())
        })
        .await
    }

    /// Sets how a stream's capacity is provided. Its shards stay as they are, but for those that `warm_mib` needs. A provisioned stream's
    /// records go by their partition keys.
    pub async fn set_mode(&self, key: &StreamKey, mode: Mode, warm_mib: u32) -> Result<(), Error> {
        self.check_capacity(key, mode, Distribution::UserPartitionKey, warm_mib).await?;
        let stream = self.stream(key).await?;
        if mode == Mode::OnDemand && stream.row.mode != Mode::OnDemand && self.strict() {
            let quota = u64::from(self.settings.on_demand_quota);
            if self.holdings(key.account, &key.region).await?.on_demand_streams >= quota {
                return Err(Error::OnDemandQuota(quota));
            }
        }
        let strict = self.strict();
        self.change(key, |draft| {
            draft.require_active()?;
            if draft.row.mode == mode {
                return Ok(());
            }
            draft.require_no_readers()?;
            let changes = &mut draft.row.mode_changed_micros;
            if strict && count_for_day(changes, draft.now, MODE_CHANGES_A_DAY).is_none() {
                let (what, limit) = ("UpdateStreamMode", MODE_CHANGES_A_DAY);
                return Err(Error::DayQuota { stream: key.clone(), what, limit });
            }
            draft.row.mode = mode;
            draft.row.distribution = Distribution::UserPartitionKey;
            warm(draft, warm_mib);
            draft.begin_updating();
            Ok(())
        })
        .await?;
        self.finish_scaling(key).await
    }
}

impl Kinesis {
    /// Encrypts what is put from now on, under this key of KMS. What is there stays as it is.
    pub async fn start_encryption(&self, key: &StreamKey, kms_key: &str, by: By<'_>) -> Result<(), Error> {
        let stream = self.stream(key).await?;
        let arn = self.usable_key(&stream.key, kms_key, by).await?;
        let encryption = Encryption { key: kms_key.to_owned(), arn };
        self.set_encryption(key, Some(&encryption)).await
    }

    /// Encrypts no more. What is there stays as it is.
    pub async fn stop_encryption(&self, key: &StreamKey) -> Result<(), Error> {
        self.set_encryption(key, None).await
    }

    async fn set_encryption(&self, key: &StreamKey, encryption: Option<&Encryption>) -> Result<(), Error> {
        let strict = self.strict();
        self.change(key, |draft| {
            draft.require_active()?;
            let changes = &mut draft.row.encryption_changed_micros;
            if strict && count_for_day(changes, draft.now, ENCRYPTION_CHANGES_A_DAY).is_none() {
                let (what, limit) =
                    ("StartStreamEncryption and StopStreamEncryption", ENCRYPTION_CHANGES_A_DAY);
                return Err(Error::DayQuota { stream: key.clone(), what, limit });
            }
            draft.row.encryption = encryption.cloned();
            draft.begin_updating();
            Ok(())
        })
        .await
    }
}

/// Keeps throughput ready: a shard takes a MiB a second, so there are as many as that.
fn warm(draft: &mut Draft<'_>, mib: u32) {
    draft.row.warm_mib = mib;
    if mib > draft.row.open_shards {
        draft.scale_to(mib);
    }
}

/// Adds tags to those of a resource, within AWS's limits.
pub(super) fn add_tags(existing: &mut Tags, more: &Tags, stream: &StreamKey) -> Result<(), Error> {
    if let Some(key) = more.reserved_key() {
        return Err(Error::ReservedTag(key.to_owned()));
    }
    existing.extend(more.clone());
    if existing.len() > TAGS_MAX { Err(Error::TooManyTags(stream.clone())) } else { Ok(()) }
}
