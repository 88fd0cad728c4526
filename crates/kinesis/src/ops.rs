//! The contents page: one line an operation. What is not here answers "not implemented" by itself.
//!
//! Helpers beside the operations: `fault` words refusals, `target` finds out which stream a call is about, `shown` makes wire shapes of
//! the engine's things, `pages` makes page tokens.

mod account_settings;
mod add_tags_to_stream;
mod channel;
mod create_stream;
mod decrease_stream_retention_period;
mod delete_resource_policy;
mod delete_stream;
mod deregister_stream_consumer;
mod describe_account_settings;
mod describe_limits;
mod describe_stream;
mod describe_stream_consumer;
mod describe_stream_summary;
mod disable_enhanced_monitoring;
mod enable_enhanced_monitoring;
pub(crate) mod fault;
mod get_records;
mod get_resource_policy;
mod get_shard_iterator;
mod increase_stream_retention_period;
mod list_shards;
mod list_stream_consumers;
mod list_streams;
mod list_tags_for_resource;
mod list_tags_for_stream;
mod merge_shards;
mod pages;
mod put_record;
mod put_records;
mod put_resource_policy;
mod queue;
mod register_stream_consumer;
mod remove_tags_from_stream;
mod shown;
mod split_shard;
mod start_stream_encryption;
mod stop_stream_encryption;
mod subscribe_to_shard;
mod tag_resource;
pub(crate) mod target;
mod untag_resource;
mod update_account_settings;
mod update_max_record_size;
mod update_shard_count;
mod update_stream_mode;
mod update_stream_record_distribution_strategy;
mod update_stream_warm_throughput;

use std::sync::Arc;

use service::{Room, RoomParts};

use crate::engine::Kinesis;
use crate::shapes::KINESIS;

/// A body of PutRecord or PutRecords: 10 MiB of records are 13.4 MiB in base64.
const PUT_BYTES_MAX: u64 = 15 << 20;
/// Any other body.
const BODY_BYTES_MAX: u64 = 1 << 20;

/// The room over its state.
pub(crate) fn room(state: Arc<Kinesis>, parts: RoomParts) -> Room<Kinesis> {
    Room::new(&KINESIS, fault::STYLE, state, parts, body_bytes_max)
        .op::<add_tags_to_stream::AddTagsToStream>()
        .op::<create_stream::CreateStream>()
        .op::<decrease_stream_retention_period::DecreaseStreamRetentionPeriod>()
        .op::<delete_resource_policy::DeleteResourcePolicy>()
        .op::<delete_stream::DeleteStream>()
        .op::<deregister_stream_consumer::DeregisterStreamConsumer>()
        .op::<describe_account_settings::DescribeAccountSettings>()
        .op::<describe_limits::DescribeLimits>()
        .op::<describe_stream::DescribeStream>()
        .op::<describe_stream_consumer::DescribeStreamConsumer>()
        .op::<describe_stream_summary::DescribeStreamSummary>()
        .op::<disable_enhanced_monitoring::DisableEnhancedMonitoring>()
        .op::<enable_enhanced_monitoring::EnableEnhancedMonitoring>()
        .op::<get_records::GetRecords>()
        .op::<get_resource_policy::GetResourcePolicy>()
        .op::<get_shard_iterator::GetShardIterator>()
        .op::<increase_stream_retention_period::IncreaseStreamRetentionPeriod>()
        .op::<list_shards::ListShards>()
        .op::<list_stream_consumers::ListStreamConsumers>()
        .op::<list_streams::ListStreams>()
        .op::<list_tags_for_resource::ListTagsForResource>()
        .op::<list_tags_for_stream::ListTagsForStream>()
        .op::<merge_shards::MergeShards>()
        .op::<put_record::PutRecord>()
        .op::<put_records::PutRecords>()
        .op::<put_resource_policy::PutResourcePolicy>()
        .op::<register_stream_consumer::RegisterStreamConsumer>()
        .op::<remove_tags_from_stream::RemoveTagsFromStream>()
        .op::<split_shard::SplitShard>()
        .op::<start_stream_encryption::StartStreamEncryption>()
        .op::<stop_stream_encryption::StopStreamEncryption>()
        .op::<subscribe_to_shard::SubscribeToShard>()
        .op::<tag_resource::TagResource>()
        .op::<untag_resource::UntagResource>()
        .op::<update_account_settings::UpdateAccountSettings>()
        .op::<update_max_record_size::UpdateMaxRecordSize>()
        .op::<update_shard_count::UpdateShardCount>()
        .op::<update_stream_mode::UpdateStreamMode>()
        .op::<update_stream_record_distribution_strategy::UpdateStreamRecordDistributionStrategy>()
        .op::<update_stream_warm_throughput::UpdateStreamWarmThroughput>()
        .op::<channel::UpdateChannel>()
        .op::<channel::ListChannels>()
        .op::<channel::DescribeChannel>()
        .op::<channel::DeleteChannel>()
        .op::<channel::CreateChannel>()
        .op::<queue::UpdateDeadLetterQueueRecordsVisibility>()
        .op::<queue::UpdateQueueRecordsVisibility>()
        .op::<queue::UpdateQueue>()
        .op::<queue::RestoreDeadLetterQueueRecords>()
        .op::<queue::ReceiveDeadLetterQueueRecords>()
        .op::<queue::ReceiveQueueRecords>()
        .op::<queue::ListQueues>()
        .op::<queue::DescribeQueue>()
        .op::<queue::DeleteQueue>()
        .op::<queue::CreateQueue>()
        .op::<queue::AcknowledgeDeadLetterQueueRecords>()
        .op::<queue::AcknowledgeQueueRecords>()
}

fn body_bytes_max(operation: &'static wire::Operation) -> u64 {
    match operation.name {
        "PutRecord" | "PutRecords" => PUT_BYTES_MAX,
        _ => BODY_BYTES_MAX,
    }
}
