//! What the engine's things look like on the wire.

use base::Timestamp;
use service::Call;

use crate::engine::consumer::Consumer;
use crate::engine::hash::HashRange;
use crate::engine::metrics::MetricSet;
use crate::engine::read::{Child, ReadRecord};
use crate::engine::sealing::By;
use crate::engine::shard_id::shard_id;
use crate::engine::stream::Shard;
use crate::shapes;
use crate::tables::{Distribution, Mode, StreamRow};

/// A shard as DescribeStream and ListShards show it.
pub(crate) fn shard(shard: &Shard) -> shapes::Shard {
    shapes::Shard {
        shard_id: Some(shard_id(shard.number)),
        parent_shard_id: shard.row.parent.map(shard_id),
        adjacent_parent_shard_id: shard.row.adjacent_parent.map(shard_id),
        hash_key_range: Some(range(shard.range())),
        sequence_number_range: Some(shapes::SequenceNumberRange {
            starting_sequence_number: Some(shard.part().starting().to_string()),
            ending_sequence_number: shard.ending().map(|number| number.to_string()),
        }),
    }
}

/// A range of hash keys.
pub(crate) fn range(range: HashRange) -> shapes::HashKeyRange {
    shapes::HashKeyRange {
        starting_hash_key: Some(range.first.to_string()),
        ending_hash_key: Some(range.last.to_string()),
    }
}

/// A shard that follows a closed one.
pub(crate) fn child(child: Child) -> shapes::ChildShard {
    shapes::ChildShard {
        shard_id: Some(shard_id(child.shard)),
        parent_shards: Some(child.parents.into_iter().map(shard_id).collect()),
        hash_key_range: Some(range(child.range)),
    }
}

/// A record.
pub(crate) fn record(record: ReadRecord) -> shapes::Record {
    shapes::Record {
        sequence_number: Some(record.sequence_number),
        approximate_arrival_timestamp: Some(record.arrival),
        data: Some(record.data),
        partition_key: Some(record.partition_key).filter(|key| !key.is_empty()),
        encryption_type: record.encrypted.then(|| "KMS".to_owned()),
    }
}

/// A stream's capacity mode.
pub(crate) fn mode(mode: Mode) -> shapes::StreamModeDetails {
    let name = match mode {
        Mode::Provisioned => "PROVISIONED",
        Mode::OnDemand => "ON_DEMAND",
    };
    shapes::StreamModeDetails { stream_mode: Some(name.to_owned()) }
}

/// The capacity mode that is asked for; the model has checked the name.
pub(crate) fn mode_of(details: &shapes::StreamModeDetails) -> Mode {
    match details.stream_mode.as_deref() {
        Some("ON_DEMAND") => Mode::OnDemand,
        Some(_) | None => Mode::Provisioned,
    }
}

/// Shard-level metrics that are on.
pub(crate) fn metrics(set: u8) -> Vec<shapes::EnhancedMetrics> {
    vec![shapes::EnhancedMetrics { shard_level_metrics: Some(MetricSet(set).names()) }]
}

/// What decides which shard a record goes to: on-demand streams alone have a say in it.
pub(crate) fn distribution(row: &StreamRow) -> Option<String> {
    let name = match row.distribution {
        Distribution::UserPartitionKey => "USER_PARTITION_KEY",
        Distribution::Auto => "AUTO",
    };
    (row.mode == Mode::OnDemand).then(|| name.to_owned())
}

/// The distribution that is asked for; the model has checked the name.
pub(crate) fn distribution_of(name: Option<&str>) -> Distribution {
    match name {
        Some("AUTO") => Distribution::Auto,
        Some(_) | None => Distribution::UserPartitionKey,
    }
}

/// The throughput that is kept ready, if any is. It is there as soon as the stream is ACTIVE.
pub(crate) fn warm_throughput(row: &StreamRow) -> Option<shapes::WarmThroughputObject> {
    (row.warm_mib > 0).then(|| shapes::WarmThroughputObject {
        target_mi_bps: count(row.warm_mib),
        current_mi_bps: count(row.warm_mib),
    })
}

/// A throughput that is asked for, in MiB a second; the model has seen to it that it is not negative.
pub(crate) fn mib_of(asked: Option<i32>) -> u32 {
    asked.and_then(|mib| u32::try_from(mib).ok()).unwrap_or(0)
}

/// How a stream's records are encrypted: the type, and the key as it was named.
pub(crate) fn encryption(row: &StreamRow) -> (Option<String>, Option<String>) {
    match &row.encryption {
        Some(encryption) => (Some("KMS".to_owned()), Some(encryption.key.clone())),
        None => (Some("NONE".to_owned()), None),
    }
}

/// On whose behalf a call seals and opens records.
pub(crate) fn by(call: &Call) -> By<'_> {
    By { principal: &call.caller().principal, region: call.region() }
}

/// A count, as the wire has counts.
pub(crate) fn count(number: impl TryInto<i32>) -> Option<i32> {
    Some(number.try_into().unwrap_or(i32::MAX))
}

/// Tags as the List calls show them.
pub(crate) fn tags<'a>(tags: impl IntoIterator<Item = (&'a String, &'a String)>) -> Vec<shapes::Tag> {
    tags.into_iter()
        .map(|(key, value)| shapes::Tag { key: Some(key.clone()), value: Some(value.clone()) })
        .collect()
}

/// A fan-out consumer.
pub(crate) fn consumer(consumer: &Consumer, now: Timestamp) -> shapes::Consumer {
    let status = if consumer.is_active(now) { "ACTIVE" } else { "CREATING" };
    shapes::Consumer {
        consumer_name: Some(consumer.name.clone()),
        consumer_arn: Some(consumer.arn()),
        consumer_status: Some(status.to_owned()),
        consumer_creation_timestamp: Some(consumer.created()),
    }
}
