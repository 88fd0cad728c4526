//! The tables of `kinesis`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `kinesis`.
pub static KINESIS: wire::Service = wire::Service {
    name: "kinesis",
    signing_name: "kinesis",
    target_prefix: "Kinesis_20131202",
    version: "2013-12-02",
    protocol: wire::Protocol::Json11,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AcknowledgeDeadLetterQueueRecords" AcknowledgeDeadLetterQueueRecordsInput => AcknowledgeDeadLetterQueueRecordsOutput;
    "AcknowledgeQueueRecords" AcknowledgeQueueRecordsInput => AcknowledgeQueueRecordsOutput;
    "AddTagsToStream" AddTagsToStreamInput => ();
    "CreateChannel" CreateChannelInput => CreateChannelOutput;
    "CreateQueue" CreateQueueInput => CreateQueueOutput;
    "CreateStream" CreateStreamInput => ();
    "DecreaseStreamRetentionPeriod" DecreaseStreamRetentionPeriodInput => ();
    "DeleteChannel" DeleteChannelInput => ();
    "DeleteQueue" DeleteQueueInput => ();
    "DeleteResourcePolicy" DeleteResourcePolicyInput => ();
    "DeleteStream" DeleteStreamInput => ();
    "DeregisterStreamConsumer" DeregisterStreamConsumerInput => ();
    "DescribeAccountSettings" DescribeAccountSettingsInput => DescribeAccountSettingsOutput;
    "DescribeChannel" DescribeChannelInput => DescribeChannelOutput;
    "DescribeLimits" DescribeLimitsInput => DescribeLimitsOutput;
    "DescribeQueue" DescribeQueueInput => DescribeQueueOutput;
    "DescribeStream" DescribeStreamInput => DescribeStreamOutput;
    "DescribeStreamConsumer" DescribeStreamConsumerInput => DescribeStreamConsumerOutput;
    "DescribeStreamSummary" DescribeStreamSummaryInput => DescribeStreamSummaryOutput;
    "DisableEnhancedMonitoring" DisableEnhancedMonitoringInput => EnhancedMonitoringOutput;
    "EnableEnhancedMonitoring" EnableEnhancedMonitoringInput => EnhancedMonitoringOutput;
    "GetRecords" GetRecordsInput => GetRecordsOutput;
    "GetResourcePolicy" GetResourcePolicyInput => GetResourcePolicyOutput;
    "GetShardIterator" GetShardIteratorInput => GetShardIteratorOutput;
    "IncreaseStreamRetentionPeriod" IncreaseStreamRetentionPeriodInput => ();
    "ListChannels" ListChannelsInput => ListChannelsOutput;
    "ListQueues" ListQueuesInput => ListQueuesOutput;
    "ListShards" ListShardsInput => ListShardsOutput;
    "ListStreamConsumers" ListStreamConsumersInput => ListStreamConsumersOutput;
    "ListStreams" ListStreamsInput => ListStreamsOutput;
    "ListTagsForResource" ListTagsForResourceInput => ListTagsForResourceOutput;
    "ListTagsForStream" ListTagsForStreamInput => ListTagsForStreamOutput;
    "MergeShards" MergeShardsInput => ();
    "PutRecord" PutRecordInput => PutRecordOutput;
    "PutRecords" PutRecordsInput => PutRecordsOutput;
    "PutResourcePolicy" PutResourcePolicyInput => ();
    "ReceiveDeadLetterQueueRecords" ReceiveDeadLetterQueueRecordsInput => ReceiveDeadLetterQueueRecordsOutput;
    "ReceiveQueueRecords" ReceiveQueueRecordsInput => ReceiveQueueRecordsOutput;
    "RegisterStreamConsumer" RegisterStreamConsumerInput => RegisterStreamConsumerOutput;
    "RemoveTagsFromStream" RemoveTagsFromStreamInput => ();
    "RestoreDeadLetterQueueRecords" RestoreDeadLetterQueueRecordsInput => RestoreDeadLetterQueueRecordsOutput;
    "SplitShard" SplitShardInput => ();
    "StartStreamEncryption" StartStreamEncryptionInput => ();
    "StopStreamEncryption" StopStreamEncryptionInput => ();
    "SubscribeToShard" SubscribeToShardInput => SubscribeToShardOutput;
    "TagResource" TagResourceInput => ();
    "UntagResource" UntagResourceInput => ();
    "UpdateAccountSettings" UpdateAccountSettingsInput => UpdateAccountSettingsOutput;
    "UpdateChannel" UpdateChannelInput => UpdateChannelOutput;
    "UpdateDeadLetterQueueRecordsVisibility" UpdateDeadLetterQueueRecordsVisibilityInput => UpdateDeadLetterQueueRecordsVisibilityOutput;
    "UpdateMaxRecordSize" UpdateMaxRecordSizeInput => ();
    "UpdateQueue" UpdateQueueInput => UpdateQueueOutput;
    "UpdateQueueRecordsVisibility" UpdateQueueRecordsVisibilityInput => UpdateQueueRecordsVisibilityOutput;
    "UpdateShardCount" UpdateShardCountInput => UpdateShardCountOutput;
    "UpdateStreamMode" UpdateStreamModeInput => ();
    "UpdateStreamRecordDistributionStrategy" UpdateStreamRecordDistributionStrategyInput => ();
    "UpdateStreamWarmThroughput" UpdateStreamWarmThroughputInput => UpdateStreamWarmThroughputOutput;
}

wire::errors! {
    "AccessDeniedException" "AccessDeniedException" 400 sender;
    "DryRunOperationException" "DryRunOperationException" 400 sender;
    "ExpiredIteratorException" "ExpiredIteratorException" 400 sender;
    "ExpiredNextTokenException" "ExpiredNextTokenException" 400 sender;
    "InternalFailureException" "InternalFailureException" 500 receiver;
    "InvalidArgumentException" "InvalidArgumentException" 400 sender;
    "KMSAccessDeniedException" "KMSAccessDeniedException" 400 sender;
    "KMSDisabledException" "KMSDisabledException" 400 sender;
    "KMSInvalidStateException" "KMSInvalidStateException" 400 sender;
    "KMSNotFoundException" "KMSNotFoundException" 400 sender;
    "KMSOptInRequired" "KMSOptInRequired" 400 sender;
    "KMSThrottlingException" "KMSThrottlingException" 400 sender;
    "LimitExceededException" "LimitExceededException" 400 sender;
    "ProvisionedThroughputExceededException" "ProvisionedThroughputExceededException" 400 sender;
    "ResourceInUseException" "ResourceInUseException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 400 sender;
    "ThrottlingException" "ThrottlingException" 400 sender;
    "ValidationException" "ValidationException" 400 sender;
}

wire::shape! { AcknowledgeDeadLetterQueueRecordsErrorEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "ErrorCode" error_code: String [required];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { AcknowledgeDeadLetterQueueRecordsInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Entries" entries: Vec<AcknowledgeDeadLetterQueueRecordsRequestEntry> [required len(1, 10)];
}

wire::shape! { AcknowledgeDeadLetterQueueRecordsOutput
    0 "Successful" successful: Vec<AcknowledgeDeadLetterQueueRecordsResultEntry> [required];
    1 "Failed" failed: Vec<AcknowledgeDeadLetterQueueRecordsErrorEntry> [required];
}

wire::shape! { AcknowledgeDeadLetterQueueRecordsRequestEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { AcknowledgeDeadLetterQueueRecordsResultEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { AcknowledgeQueueRecordsErrorEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "ErrorCode" error_code: String [required];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { AcknowledgeQueueRecordsInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Entries" entries: Vec<AcknowledgeQueueRecordsRequestEntry> [required len(1, 10)];
}

wire::shape! { AcknowledgeQueueRecordsOutput
    0 "Successful" successful: Vec<AcknowledgeQueueRecordsResultEntry> [required];
    1 "Failed" failed: Vec<AcknowledgeQueueRecordsErrorEntry> [required];
}

wire::shape! { AcknowledgeQueueRecordsRequestEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { AcknowledgeQueueRecordsResultEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { AddTagsToStreamInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "Tags" tags: BTreeMap<String, String> [required len(1, 200) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { ChannelDescription
    0 "ChannelName" channel_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ChannelARN" channel_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:channel/\S+")];
    2 "ChannelId" channel_id: String [required len(1, 64)];
    3 "ChannelStatus" channel_status: String [required one_of(CHANNEL_STATUS)];
    4 "ChannelStatusReason" channel_status_reason: String [len(1, 2048)];
    5 "ChannelCreationTimestamp" channel_creation_timestamp: Timestamp [required];
    6 "ServiceExecutionRoleARN" service_execution_role_arn: String [required len(1, 512) like(r"arn:aws[-a-z0-9]*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    7 "StreamConfigurationList" stream_configuration_list: Vec<ChannelStreamDescription> [required len(1, 10000)];
    8 "S3DestinationConfiguration" s3_destination_configuration: S3DestinationDescription;
    9 "S3TablesDestinationConfiguration" s3_tables_destination_configuration: S3TablesDestinationDescription;
    10 "EncryptionConfiguration" encryption_configuration: ChannelEncryptionConfiguration;
    11 "LoggingConfiguration" logging_configuration: ChannelLoggingConfiguration [required];
}

wire::shape! { ChannelEncryptionConfiguration
    0 "EncryptionType" encryption_type: String [required one_of(CHANNEL_ENCRYPTION_TYPE)];
    1 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { ChannelLoggingConfiguration
    0 "CloudWatchLogs" cloud_watch_logs: CloudWatchLogs [required];
}

wire::shape! { ChannelLoggingUpdateInput
    0 "CloudWatchLogs" cloud_watch_logs: CloudWatchLogsUpdateInput [required];
}

wire::shape! { ChannelStreamConfiguration
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "RecordConfiguration" record_configuration: RecordConfiguration [required];
}

wire::shape! { ChannelStreamDescription
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp [required];
    2 "RecordConfiguration" record_configuration: RecordConfiguration [required];
}

wire::shape! { ChannelStreamIdentifier
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp [required];
}

wire::shape! { ChannelSummary
    0 "ChannelName" channel_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ChannelARN" channel_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:channel/\S+")];
    2 "ChannelId" channel_id: String [required len(1, 64)];
    3 "ChannelStatus" channel_status: String [required one_of(CHANNEL_STATUS)];
    4 "ChannelStatusReason" channel_status_reason: String [len(1, 2048)];
    5 "ChannelCreationTimestamp" channel_creation_timestamp: Timestamp [required];
    6 "ChannelDestinationType" channel_destination_type: String [required one_of(CHANNEL_DESTINATION_TYPE)];
    7 "Streams" streams: Vec<ChannelStreamIdentifier> [required len(1, 10000)];
}

wire::shape! { ChildShard
    0 "ShardId" shard_id: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ParentShards" parent_shards: Vec<String> [required each(&ITEM.len(1, 128).like("[a-zA-Z0-9_.-]+"))];
    2 "HashKeyRange" hash_key_range: HashKeyRange [required];
}

wire::shape! { CloudWatchLogs
    0 "Enabled" enabled: bool [required];
    1 "LogGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "LogStreamName" log_stream_name: String [len(1, 512) like("[^:*]*")];
}

wire::shape! { CloudWatchLogsUpdateInput
    0 "Enabled" enabled: bool [required];
    1 "LogGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "LogStreamName" log_stream_name: String [len(1, 512) like("[^:*]*")];
}

wire::shape! { Consumer
    0 "ConsumerName" consumer_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ConsumerARN" consumer_arn: String [required len(1, 2048) like(r"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+")];
    2 "ConsumerStatus" consumer_status: String [required one_of(CONSUMER_STATUS)];
    3 "ConsumerCreationTimestamp" consumer_creation_timestamp: Timestamp [required];
}

wire::shape! { ConsumerDescription
    0 "ConsumerName" consumer_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ConsumerARN" consumer_arn: String [required len(1, 2048) like(r"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+")];
    2 "ConsumerStatus" consumer_status: String [required one_of(CONSUMER_STATUS)];
    3 "ConsumerCreationTimestamp" consumer_creation_timestamp: Timestamp [required];
    4 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
}

wire::shape! { CreateChannelInput
    0 "ChannelName" channel_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ServiceExecutionRoleARN" service_execution_role_arn: String [required len(1, 512) like(r"arn:aws[-a-z0-9]*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    2 "StreamConfigurationList" stream_configuration_list: Vec<ChannelStreamConfiguration> [required len(1, 10000)];
    3 "S3DestinationConfiguration" s3_destination_configuration: S3DestinationConfiguration;
    4 "S3TablesDestinationConfiguration" s3_tables_destination_configuration: S3TablesDestinationConfiguration;
    5 "EncryptionConfiguration" encryption_configuration: ChannelEncryptionConfiguration;
    6 "Tags" tags: BTreeMap<String, String> [len(1, 200) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    7 "LoggingConfiguration" logging_configuration: ChannelLoggingConfiguration;
}

wire::shape! { CreateChannelOutput
    0 "ChannelDescription" channel_description: ChannelDescription [required];
}

wire::shape! { CreateQueueInput
    0 "QueueName" queue_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "StreamConfigurationList" stream_configuration_list: Vec<QueueStreamConfiguration> [required len(1, 10000)];
    2 "QueueAttributes" queue_attributes: QueueAttributes;
    3 "Tags" tags: BTreeMap<String, String> [len(1, 200) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { CreateQueueOutput
    0 "QueueDescription" queue_description: QueueDescription [required];
}

wire::shape! { CreateStreamInput
    0 "StreamName" stream_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ShardCount" shard_count: i32 [min(1)];
    2 "StreamModeDetails" stream_mode_details: StreamModeDetails;
    3 "Tags" tags: BTreeMap<String, String> [len(1, 200) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    4 "WarmThroughputMiBps" warm_throughput_mi_bps: i32 [min(0)];
    5 "MaxRecordSizeInKiB" max_record_size_in_kib: i32 [range(1024, 10240)];
    6 "RecordDistributionStrategy" record_distribution_strategy: String [one_of(RECORD_DISTRIBUTION_STRATEGY)];
}

wire::shape! { DeadLetterConfiguration
    0 "TargetType" target_type: String [required one_of(TARGET_TYPE)];
    1 "MaxReceiveCount" max_receive_count: i32 [range(1, 1000)];
}

wire::shape! { DeadLetterQueueS3Configuration
    0 "BucketARN" bucket_arn: String [required len(1, 2048) like("arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63}")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [required len(12, 12) like(r"\d{12}")];
    2 "ErrorOutputPrefix" error_output_prefix: String [len(1, 512) like(r"[0-9A-Za-z!\-_'.*()\/]+")];
}

wire::shape! { DecreaseStreamRetentionPeriodInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "RetentionPeriodHours" retention_period_hours: i32 [required];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DeleteChannelInput
    0 "ChannelARN" channel_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:channel/\S+")];
}

wire::shape! { DeleteQueueInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
}

wire::shape! { DeleteResourcePolicyInput
    0 "ResourceARN" resource_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DeleteStreamInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "EnforceConsumerDeletion" enforce_consumer_deletion: bool;
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DeregisterStreamConsumerInput
    0 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "ConsumerName" consumer_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "ConsumerARN" consumer_arn: String [len(1, 2048) like(r"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DescribeAccountSettingsInput
}

wire::shape! { DescribeAccountSettingsOutput
    0 "MinimumThroughputBillingCommitment" minimum_throughput_billing_commitment: MinimumThroughputBillingCommitmentOutput;
}

wire::shape! { DescribeChannelInput
    0 "ChannelARN" channel_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:channel/\S+")];
}

wire::shape! { DescribeChannelOutput
    0 "ChannelDescription" channel_description: ChannelDescription [required];
}

wire::shape! { DescribeLimitsInput
}

wire::shape! { DescribeLimitsOutput
    0 "ShardLimit" shard_limit: i32 [required range(0, 1000000)];
    1 "OpenShardCount" open_shard_count: i32 [required range(0, 1000000)];
    2 "OnDemandStreamCount" on_demand_stream_count: i32 [required range(0, 1000000)];
    3 "OnDemandStreamCountLimit" on_demand_stream_count_limit: i32 [required range(0, 1000000)];
    4 "ChannelCount" channel_count: i32 [range(0, 1000000)];
    5 "ChannelCountLimit" channel_count_limit: i32 [range(0, 1000000)];
}

wire::shape! { DescribeQueueInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
}

wire::shape! { DescribeQueueOutput
    0 "QueueDescription" queue_description: QueueDescription [required];
}

wire::shape! { DescribeStreamConsumerInput
    0 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "ConsumerName" consumer_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "ConsumerARN" consumer_arn: String [len(1, 2048) like(r"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DescribeStreamConsumerOutput
    0 "ConsumerDescription" consumer_description: ConsumerDescription [required];
}

wire::shape! { DescribeStreamInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "Limit" limit: i32 [range(1, 10000)];
    2 "ExclusiveStartShardId" exclusive_start_shard_id: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DescribeStreamOutput
    0 "StreamDescription" stream_description: StreamDescription [required];
}

wire::shape! { DescribeStreamSummaryInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    2 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { DescribeStreamSummaryOutput
    0 "StreamDescriptionSummary" stream_description_summary: StreamDescriptionSummary [required];
}

wire::shape! { DisableEnhancedMonitoringInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ShardLevelMetrics" shard_level_metrics: Vec<String> [required len(1, 7) each(&ITEM.one_of(METRICS_NAME))];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { EnableEnhancedMonitoringInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ShardLevelMetrics" shard_level_metrics: Vec<String> [required len(1, 7) each(&ITEM.one_of(METRICS_NAME))];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { EnhancedMetrics
    0 "ShardLevelMetrics" shard_level_metrics: Vec<String> [len(1, 7) each(&ITEM.one_of(METRICS_NAME))];
}

wire::shape! { EnhancedMonitoringOutput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "CurrentShardLevelMetrics" current_shard_level_metrics: Vec<String> [len(1, 7) each(&ITEM.one_of(METRICS_NAME))];
    2 "DesiredShardLevelMetrics" desired_shard_level_metrics: Vec<String> [len(1, 7) each(&ITEM.one_of(METRICS_NAME))];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
}

wire::shape! { GetRecordsInput
    0 "ShardIterator" shard_iterator: String [required len(1, 512)];
    1 "Limit" limit: i32 [range(1, 10000)];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    4 "DryRun" dry_run: bool;
}

wire::shape! { GetRecordsOutput
    0 "Records" records: Vec<Record> [required];
    1 "NextShardIterator" next_shard_iterator: String [len(1, 512)];
    2 "MillisBehindLatest" millis_behind_latest: i64 [min(0)];
    3 "ChildShards" child_shards: Vec<ChildShard>;
}

wire::shape! { GetResourcePolicyInput
    0 "ResourceARN" resource_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { GetResourcePolicyOutput
    0 "Policy" policy: String [required];
}

wire::shape! { GetShardIteratorInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ShardId" shard_id: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "ShardIteratorType" shard_iterator_type: String [required one_of(SHARD_ITERATOR_TYPE)];
    3 "StartingSequenceNumber" starting_sequence_number: String [like(r"^(0|([1-9]\d{0,128}))$")];
    4 "Timestamp" timestamp: Timestamp;
    5 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    6 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    7 "DryRun" dry_run: bool;
}

wire::shape! { GetShardIteratorOutput
    0 "ShardIterator" shard_iterator: String [len(1, 512)];
}

wire::shape! { HashKeyRange
    0 "StartingHashKey" starting_hash_key: String [required like(r"^(0|([1-9]\d{0,38}))$")];
    1 "EndingHashKey" ending_hash_key: String [required like(r"^(0|([1-9]\d{0,38}))$")];
}

wire::shape! { IncreaseStreamRetentionPeriodInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "RetentionPeriodHours" retention_period_hours: i32 [required];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { InternalFailureException
    0 "message" message: String;
}

wire::shape! { KMSAccessDeniedException
    0 "message" message: String;
}

wire::shape! { KMSDisabledException
    0 "message" message: String;
}

wire::shape! { KMSInvalidStateException
    0 "message" message: String;
}

wire::shape! { KMSNotFoundException
    0 "message" message: String;
}

wire::shape! { KMSOptInRequired
    0 "message" message: String;
}

wire::shape! { KMSThrottlingException
    0 "message" message: String;
}

wire::shape! { ListChannelsInput
    0 "StreamFilter" stream_filter: Vec<StreamFilter> [len(1, 10000)];
    1 "MaxResults" max_results: i32 [range(1, 10000)];
    2 "NextToken" next_token: String [len(1, 1048576)];
}

wire::shape! { ListChannelsOutput
    0 "ChannelSummaries" channel_summaries: Vec<ChannelSummary> [required];
    1 "NextToken" next_token: String [len(1, 1048576)];
}

wire::shape! { ListQueuesInput
    0 "MaxResults" max_results: i32 [range(1, 10000)];
    1 "NextToken" next_token: String [len(1, 1048576)];
    2 "StreamFilter" stream_filter: Vec<QueueStreamFilter> [len(1, 10000)];
}

wire::shape! { ListQueuesOutput
    0 "QueueSummaries" queue_summaries: Vec<QueueSummary> [required];
    1 "NextToken" next_token: String [len(1, 1048576)];
}

wire::shape! { ListShardsInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "NextToken" next_token: String [len(1, 1048576)];
    2 "ExclusiveStartShardId" exclusive_start_shard_id: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    3 "MaxResults" max_results: i32 [range(1, 10000)];
    4 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp;
    5 "ShardFilter" shard_filter: ShardFilter;
    6 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    7 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { ListShardsOutput
    0 "Shards" shards: Vec<Shard>;
    1 "NextToken" next_token: String [len(1, 1048576)];
}

wire::shape! { ListStreamConsumersInput
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "NextToken" next_token: String [len(1, 1048576)];
    2 "MaxResults" max_results: i32 [range(1, 10000)];
    3 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp;
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { ListStreamConsumersOutput
    0 "Consumers" consumers: Vec<Consumer>;
    1 "NextToken" next_token: String [len(1, 1048576)];
}

wire::shape! { ListStreamsInput
    0 "Limit" limit: i32 [range(1, 10000)];
    1 "ExclusiveStartStreamName" exclusive_start_stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "NextToken" next_token: String [len(1, 1048576)];
}

wire::shape! { ListStreamsOutput
    0 "StreamNames" stream_names: Vec<String> [required each(&ITEM.len(1, 128).like("[a-zA-Z0-9_.-]+"))];
    1 "HasMoreStreams" has_more_streams: bool [required];
    2 "NextToken" next_token: String [len(1, 1048576)];
    3 "StreamSummaries" stream_summaries: Vec<StreamSummary>;
}

wire::shape! { ListTagsForResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { ListTagsForResourceOutput
    0 "Tags" tags: Vec<Tag> [len_max(200)];
}

wire::shape! { ListTagsForStreamInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ExclusiveStartTagKey" exclusive_start_tag_key: String [len(1, 128)];
    2 "Limit" limit: i32 [range(1, 50)];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { ListTagsForStreamOutput
    0 "Tags" tags: Vec<Tag> [required len_max(200)];
    1 "HasMoreTags" has_more_tags: bool [required];
}

wire::shape! { MergeShardsInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ShardToMerge" shard_to_merge: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "AdjacentShardToMerge" adjacent_shard_to_merge: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { MinimumThroughputBillingCommitmentInput
    0 "Status" status: String [required one_of(MINIMUM_THROUGHPUT_BILLING_COMMITMENT_INPUT_STATUS)];
}

wire::shape! { MinimumThroughputBillingCommitmentOutput
    0 "Status" status: String [required one_of(MINIMUM_THROUGHPUT_BILLING_COMMITMENT_OUTPUT_STATUS)];
    1 "StartedAt" started_at: Timestamp;
    2 "EndedAt" ended_at: Timestamp;
    3 "EarliestAllowedEndAt" earliest_allowed_end_at: Timestamp;
}

wire::shape! { PartitionField
    0 "Transform" transform: String [required one_of(PARTITION_TRANSFORM)];
    1 "SourceName" source_name: String [required len(1, 255) like(r"[a-zA-Z0-9\.\_]+")];
}

wire::shape! { PartitionSpec
    0 "PartitionFields" partition_fields: Vec<PartitionField> [required len(1, 10)];
}

wire::shape! { PutRecordInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "Data" data: Bytes [required len_max(10485760)];
    2 "PartitionKey" partition_key: String [len(1, 256)];
    3 "ExplicitHashKey" explicit_hash_key: String [like(r"^(0|([1-9]\d{0,38}))$")];
    4 "SequenceNumberForOrdering" sequence_number_for_ordering: String [like(r"^(0|([1-9]\d{0,128}))$")];
    5 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    6 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    7 "DryRun" dry_run: bool;
}

wire::shape! { PutRecordOutput
    0 "ShardId" shard_id: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "SequenceNumber" sequence_number: String [required like(r"^(0|([1-9]\d{0,128}))$")];
    2 "EncryptionType" encryption_type: String [one_of(ENCRYPTION_TYPE)];
}

wire::shape! { PutRecordsInput
    0 "Records" records: Vec<PutRecordsRequestEntry> [required len(1, 500)];
    1 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    4 "DryRun" dry_run: bool;
}

wire::shape! { PutRecordsOutput
    0 "FailedRecordCount" failed_record_count: i32 [min(1)];
    1 "Records" records: Vec<PutRecordsResultEntry> [required len(1, 500)];
    2 "EncryptionType" encryption_type: String [one_of(ENCRYPTION_TYPE)];
}

wire::shape! { PutRecordsRequestEntry
    0 "Data" data: Bytes [required len_max(10485760)];
    1 "ExplicitHashKey" explicit_hash_key: String [like(r"^(0|([1-9]\d{0,38}))$")];
    2 "PartitionKey" partition_key: String [len(1, 256)];
}

wire::shape! { PutRecordsResultEntry
    0 "SequenceNumber" sequence_number: String [like(r"^(0|([1-9]\d{0,128}))$")];
    1 "ShardId" shard_id: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "ErrorCode" error_code: String;
    3 "ErrorMessage" error_message: String;
}

wire::shape! { PutResourcePolicyInput
    0 "ResourceARN" resource_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    2 "Policy" policy: String [required];
}

wire::shape! { QueueAttributes
    0 "VisibilityTimeoutSeconds" visibility_timeout_seconds: i32 [range(0, 43200)];
    1 "DeadLetterConfiguration" dead_letter_configuration: DeadLetterConfiguration;
}

wire::shape! { QueueDescription
    0 "QueueName" queue_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    2 "QueueStatus" queue_status: String [required one_of(QUEUE_STATUS)];
    3 "QueueCreationTimestamp" queue_creation_timestamp: Timestamp [required];
    4 "StreamConfigurationList" stream_configuration_list: Vec<QueueStreamConfiguration> [required len(1, 10000)];
    5 "QueueAttributes" queue_attributes: QueueAttributes;
}

wire::shape! { QueueRecord
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "RecordId" record_id: String [required len(1, 64) like("^[a-z0-9]+$")];
    2 "PartitionKey" partition_key: String [len(1, 256)];
    3 "Data" data: Bytes [required len_max(10485760)];
    4 "ApproximateArrivalTimestamp" approximate_arrival_timestamp: Timestamp [required];
    5 "FirstReceiveTimestamp" first_receive_timestamp: Timestamp [required];
    6 "ReceiveCount" receive_count: i32 [required min(0)];
}

wire::shape! { QueueStartingPosition
    0 "Type" r#type: String [required one_of(QUEUE_STARTING_POSITION_TYPE)];
    1 "Timestamp" timestamp: Timestamp;
}

wire::shape! { QueueStreamConfiguration
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StartingPosition" starting_position: QueueStartingPosition;
}

wire::shape! { QueueStreamFilter
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp;
}

wire::shape! { QueueStreamIdentifier
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp [required];
}

wire::shape! { QueueSummary
    0 "QueueName" queue_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    2 "QueueStatus" queue_status: String [required one_of(QUEUE_STATUS)];
    3 "QueueCreationTimestamp" queue_creation_timestamp: Timestamp [required];
    4 "Streams" streams: Vec<QueueStreamIdentifier> [required len(1, 10000)];
}

wire::shape! { ReceiveDeadLetterQueueRecordsInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Limit" limit: i32 [range(1, 10)];
    2 "WaitTimeSeconds" wait_time_seconds: i32 [range(1, 20)];
    3 "VisibilityTimeoutSeconds" visibility_timeout_seconds: i32 [range(0, 43200)];
}

wire::shape! { ReceiveDeadLetterQueueRecordsOutput
    0 "QueueRecords" queue_records: Vec<QueueRecord> [required];
}

wire::shape! { ReceiveQueueRecordsInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Limit" limit: i32 [range(1, 10)];
    2 "WaitTimeSeconds" wait_time_seconds: i32 [range(1, 20)];
    3 "VisibilityTimeoutSeconds" visibility_timeout_seconds: i32 [range(0, 43200)];
}

wire::shape! { ReceiveQueueRecordsOutput
    0 "QueueRecords" queue_records: Vec<QueueRecord> [required];
}

wire::shape! { Record
    0 "SequenceNumber" sequence_number: String [required like(r"^(0|([1-9]\d{0,128}))$")];
    1 "ApproximateArrivalTimestamp" approximate_arrival_timestamp: Timestamp;
    2 "Data" data: Bytes [required len_max(10485760)];
    3 "PartitionKey" partition_key: String [len(1, 256)];
    4 "EncryptionType" encryption_type: String [one_of(ENCRYPTION_TYPE)];
}

wire::shape! { RecordConfiguration
    0 "RecordFormatType" record_format_type: String [required one_of(RECORD_FORMAT_TYPE)];
    1 "GSRSchemaARN" gsr_schema_arn: String [len(1, 512) like(r"arn:aws[-a-z0-9]*:glue:[-a-z0-9]+:\d{12}:schema/[-a-zA-Z0-9_$#.]+/[-a-zA-Z0-9_$#.]+")];
}

wire::shape! { RegisterStreamConsumerInput
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "ConsumerName" consumer_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    3 "Tags" tags: BTreeMap<String, String> [len(1, 200) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { RegisterStreamConsumerOutput
    0 "Consumer" consumer: Consumer [required];
}

wire::shape! { RemoveTagsFromStreamInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len(1, 50) each(&ITEM.len(1, 128))];
    2 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    3 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { ResourceInUseException
    0 "message" message: String;
}

wire::shape! { ResourceNotFoundException
    0 "message" message: String;
}

wire::shape! { RestoreDeadLetterQueueRecordsErrorEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "ErrorCode" error_code: String [required];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { RestoreDeadLetterQueueRecordsInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Entries" entries: Vec<RestoreDeadLetterQueueRecordsRequestEntry> [required len(1, 10)];
}

wire::shape! { RestoreDeadLetterQueueRecordsOutput
    0 "Successful" successful: Vec<RestoreDeadLetterQueueRecordsResultEntry> [required];
    1 "Failed" failed: Vec<RestoreDeadLetterQueueRecordsErrorEntry> [required];
}

wire::shape! { RestoreDeadLetterQueueRecordsRequestEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { RestoreDeadLetterQueueRecordsResultEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { S3DestinationConfiguration
    0 "DataFreshnessInSeconds" data_freshness_in_seconds: i32;
    1 "DeadLetterQueueS3Configuration" dead_letter_queue_s3_configuration: DeadLetterQueueS3Configuration;
    2 "StorageConfiguration" storage_configuration: S3StorageConfiguration [required];
}

wire::shape! { S3DestinationDescription
    0 "DataFreshnessInSeconds" data_freshness_in_seconds: i32 [required];
    1 "DeadLetterQueueS3Configuration" dead_letter_queue_s3_configuration: DeadLetterQueueS3Configuration [required];
    2 "StorageConfiguration" storage_configuration: S3StorageConfiguration [required];
}

wire::shape! { S3DestinationUpdateInput
    0 "DataFreshnessInSeconds" data_freshness_in_seconds: i32 [required];
}

wire::shape! { S3StorageConfiguration
    0 "BucketARN" bucket_arn: String [required len(1, 2048) like("arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63}")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [required len(12, 12) like(r"\d{12}")];
    2 "OutputKeyTemplate" output_key_template: String [len(1, 1024) like(r"[0-9A-Za-z!\-_'.*()\/=:{}]+")];
    3 "StorageClass" storage_class: String [one_of(S3_STORAGE_CLASS)];
    4 "CompressionType" compression_type: String [required one_of(S3_COMPRESSION_TYPE)];
}

wire::shape! { S3TablesConfiguration
    0 "TableBucketARN" table_bucket_arn: String [required len(1, 2048) like(r"arn:aws[-a-z0-9]*:s3tables:[-a-z0-9]+:\d{12}:bucket/[a-z0-9_-]{3,63}")];
    1 "Namespace" namespace: String [required len(1, 255) like("[0-9a-z_]+")];
    2 "TableName" table_name: String [required len(1, 255) like("[0-9a-z_]+")];
    3 "CompressionType" compression_type: String [required one_of(S3_TABLES_COMPRESSION_TYPE)];
    4 "PartitionSpec" partition_spec: PartitionSpec;
}

wire::shape! { S3TablesDestinationConfiguration
    0 "DataFreshnessInSeconds" data_freshness_in_seconds: i32;
    1 "DeadLetterQueueS3Configuration" dead_letter_queue_s3_configuration: DeadLetterQueueS3Configuration [required];
    2 "S3TablesConfigurationList" s3_tables_configuration_list: Vec<S3TablesConfiguration> [required len(1, 10000)];
}

wire::shape! { S3TablesDestinationDescription
    0 "DataFreshnessInSeconds" data_freshness_in_seconds: i32 [required];
    1 "DeadLetterQueueS3Configuration" dead_letter_queue_s3_configuration: DeadLetterQueueS3Configuration [required];
    2 "S3TablesConfigurationList" s3_tables_configuration_list: Vec<S3TablesConfiguration> [required len(1, 10000)];
}

wire::shape! { S3TablesDestinationUpdateInput
    0 "DataFreshnessInSeconds" data_freshness_in_seconds: i32 [required];
}

wire::shape! { SequenceNumberRange
    0 "StartingSequenceNumber" starting_sequence_number: String [required like(r"^(0|([1-9]\d{0,128}))$")];
    1 "EndingSequenceNumber" ending_sequence_number: String [like(r"^(0|([1-9]\d{0,128}))$")];
}

wire::shape! { Shard
    0 "ShardId" shard_id: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ParentShardId" parent_shard_id: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "AdjacentParentShardId" adjacent_parent_shard_id: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    3 "HashKeyRange" hash_key_range: HashKeyRange [required];
    4 "SequenceNumberRange" sequence_number_range: SequenceNumberRange [required];
}

wire::shape! { ShardFilter
    0 "Type" r#type: String [required one_of(SHARD_FILTER_TYPE)];
    1 "ShardId" shard_id: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "Timestamp" timestamp: Timestamp;
}

wire::shape! { SplitShardInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "ShardToSplit" shard_to_split: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "NewStartingHashKey" new_starting_hash_key: String [required like(r"^(0|([1-9]\d{0,38}))$")];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { StartStreamEncryptionInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "EncryptionType" encryption_type: String [required one_of(ENCRYPTION_TYPE)];
    2 "KeyId" key_id: String [required len(1, 2048)];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { StartingPosition
    0 "Type" r#type: String [required one_of(SHARD_ITERATOR_TYPE)];
    1 "SequenceNumber" sequence_number: String [like(r"^(0|([1-9]\d{0,128}))$")];
    2 "Timestamp" timestamp: Timestamp;
}

wire::shape! { StopStreamEncryptionInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "EncryptionType" encryption_type: String [required one_of(ENCRYPTION_TYPE)];
    2 "KeyId" key_id: String [required len(1, 2048)];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { StreamDescription
    0 "StreamName" stream_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    2 "StreamStatus" stream_status: String [required one_of(STREAM_STATUS)];
    3 "StreamModeDetails" stream_mode_details: StreamModeDetails;
    4 "Shards" shards: Vec<Shard> [required];
    5 "HasMoreShards" has_more_shards: bool [required];
    6 "RetentionPeriodHours" retention_period_hours: i32 [required];
    7 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp [required];
    8 "EnhancedMonitoring" enhanced_monitoring: Vec<EnhancedMetrics> [required];
    9 "EncryptionType" encryption_type: String [one_of(ENCRYPTION_TYPE)];
    10 "KeyId" key_id: String [len(1, 2048)];
}

wire::shape! { StreamDescriptionSummary
    0 "StreamName" stream_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    2 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    3 "StreamStatus" stream_status: String [required one_of(STREAM_STATUS)];
    4 "StreamModeDetails" stream_mode_details: StreamModeDetails;
    5 "RetentionPeriodHours" retention_period_hours: i32 [required];
    6 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp [required];
    7 "EnhancedMonitoring" enhanced_monitoring: Vec<EnhancedMetrics> [required];
    8 "EncryptionType" encryption_type: String [one_of(ENCRYPTION_TYPE)];
    9 "KeyId" key_id: String [len(1, 2048)];
    10 "OpenShardCount" open_shard_count: i32 [required range(0, 1000000)];
    11 "ConsumerCount" consumer_count: i32 [range(0, 1000000)];
    12 "WarmThroughput" warm_throughput: WarmThroughputObject;
    13 "MaxRecordSizeInKiB" max_record_size_in_kib: i32 [range(1024, 10240)];
    14 "ChannelCount" channel_count: i32 [range(0, 1000000)];
    15 "RecordDistributionStrategy" record_distribution_strategy: String [one_of(RECORD_DISTRIBUTION_STRATEGY)];
    16 "QueueCount" queue_count: i32 [range(0, 1000000)];
}

wire::shape! { StreamFilter
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp;
}

wire::shape! { StreamModeDetails
    0 "StreamMode" stream_mode: String [required one_of(STREAM_MODE)];
}

wire::shape! { StreamSummary
    0 "StreamName" stream_name: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    2 "StreamStatus" stream_status: String [required one_of(STREAM_STATUS)];
    3 "StreamModeDetails" stream_mode_details: StreamModeDetails;
    4 "StreamCreationTimestamp" stream_creation_timestamp: Timestamp;
}

wire::shape! { SubscribeToShardEvent
    0 "Records" records: Vec<Record> [required];
    1 "ContinuationSequenceNumber" continuation_sequence_number: String [required like(r"^(0|([1-9]\d{0,128}))$")];
    2 "MillisBehindLatest" millis_behind_latest: i64 [required min(0)];
    3 "ChildShards" child_shards: Vec<ChildShard>;
}

wire::shape! { SubscribeToShardEventStream [event_stream]
    0 "SubscribeToShardEvent" subscribe_to_shard_event: SubscribeToShardEvent [required];
    1 "ResourceNotFoundException" resource_not_found_exception: ResourceNotFoundException;
    2 "ResourceInUseException" resource_in_use_exception: ResourceInUseException;
    3 "KMSDisabledException" kms_disabled_exception: KMSDisabledException;
    4 "KMSInvalidStateException" kms_invalid_state_exception: KMSInvalidStateException;
    5 "KMSAccessDeniedException" kms_access_denied_exception: KMSAccessDeniedException;
    6 "KMSNotFoundException" kms_not_found_exception: KMSNotFoundException;
    7 "KMSOptInRequired" kms_opt_in_required: KMSOptInRequired;
    8 "KMSThrottlingException" kms_throttling_exception: KMSThrottlingException;
    9 "InternalFailureException" internal_failure_exception: InternalFailureException;
}

wire::shape! { SubscribeToShardInput
    0 "ConsumerARN" consumer_arn: String [required len(1, 2048) like(r"^(arn):aws.*:kinesis:.*:\d{12}:.*stream\/[a-zA-Z0-9_.-]+\/consumer\/[a-zA-Z0-9_.-]+:[0-9]+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    2 "ShardId" shard_id: String [required len(1, 128) like("[a-zA-Z0-9_.-]+")];
    3 "StartingPosition" starting_position: StartingPosition [required];
    4 "DryRun" dry_run: bool;
}

wire::shape! { SubscribeToShardOutput
    0 "EventStream" event_stream: Events [required];
}

wire::shape! { Tag
    0 "Key" key: String [required len(1, 128)];
    1 "Value" value: String [len_max(256)];
}

wire::shape! { TagResourceInput
    0 "Tags" tags: BTreeMap<String, String> [required len(1, 200) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    1 "ResourceARN" resource_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+")];
    2 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { UntagResourceInput
    0 "TagKeys" tag_keys: Vec<String> [required len(1, 50) each(&ITEM.len(1, 128))];
    1 "ResourceARN" resource_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:.*(stream|channel|queue)/\S+")];
    2 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { UpdateAccountSettingsInput
    0 "MinimumThroughputBillingCommitment" minimum_throughput_billing_commitment: MinimumThroughputBillingCommitmentInput [required];
}

wire::shape! { UpdateAccountSettingsOutput
    0 "MinimumThroughputBillingCommitment" minimum_throughput_billing_commitment: MinimumThroughputBillingCommitmentOutput;
}

wire::shape! { UpdateChannelInput
    0 "ChannelARN" channel_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:channel/\S+")];
    1 "S3DestinationConfiguration" s3_destination_configuration: S3DestinationUpdateInput;
    2 "S3TablesDestinationConfiguration" s3_tables_destination_configuration: S3TablesDestinationUpdateInput;
    3 "LoggingConfiguration" logging_configuration: ChannelLoggingUpdateInput;
}

wire::shape! { UpdateChannelOutput
    0 "ChannelDescription" channel_description: ChannelDescription [required];
}

wire::shape! { UpdateDeadLetterQueueRecordsVisibilityErrorEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "ErrorCode" error_code: String [required];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { UpdateDeadLetterQueueRecordsVisibilityInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Entries" entries: Vec<UpdateDeadLetterQueueRecordsVisibilityRequestEntry> [required len(1, 10)];
}

wire::shape! { UpdateDeadLetterQueueRecordsVisibilityOutput
    0 "Successful" successful: Vec<UpdateDeadLetterQueueRecordsVisibilityResultEntry> [required];
    1 "Failed" failed: Vec<UpdateDeadLetterQueueRecordsVisibilityErrorEntry> [required];
}

wire::shape! { UpdateDeadLetterQueueRecordsVisibilityRequestEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "VisibilityTimeoutSeconds" visibility_timeout_seconds: i32 [required range(0, 43200)];
}

wire::shape! { UpdateDeadLetterQueueRecordsVisibilityResultEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { UpdateMaxRecordSizeInput
    0 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    2 "MaxRecordSizeInKiB" max_record_size_in_kib: i32 [required range(1024, 10240)];
}

wire::shape! { UpdateQueueInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "QueueAttributes" queue_attributes: QueueAttributes [required];
}

wire::shape! { UpdateQueueOutput
    0 "QueueDescription" queue_description: QueueDescription [required];
}

wire::shape! { UpdateQueueRecordsVisibilityErrorEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "ErrorCode" error_code: String [required];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { UpdateQueueRecordsVisibilityInput
    0 "QueueARN" queue_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:queue/\S+")];
    1 "Entries" entries: Vec<UpdateQueueRecordsVisibilityRequestEntry> [required len(1, 10)];
}

wire::shape! { UpdateQueueRecordsVisibilityOutput
    0 "Successful" successful: Vec<UpdateQueueRecordsVisibilityResultEntry> [required];
    1 "Failed" failed: Vec<UpdateQueueRecordsVisibilityErrorEntry> [required];
}

wire::shape! { UpdateQueueRecordsVisibilityRequestEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
    1 "VisibilityTimeoutSeconds" visibility_timeout_seconds: i32 [required range(0, 43200)];
}

wire::shape! { UpdateQueueRecordsVisibilityResultEntry
    0 "ReceiptHandle" receipt_handle: String [required len(1, 1024)];
}

wire::shape! { UpdateShardCountInput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "TargetShardCount" target_shard_count: i32 [required min(1)];
    2 "ScalingType" scaling_type: String [required one_of(SCALING_TYPE)];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    4 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
}

wire::shape! { UpdateShardCountOutput
    0 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    1 "CurrentShardCount" current_shard_count: i32 [min(1)];
    2 "TargetShardCount" target_shard_count: i32 [min(1)];
    3 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
}

wire::shape! { UpdateStreamModeInput
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    2 "StreamModeDetails" stream_mode_details: StreamModeDetails [required];
    3 "WarmThroughputMiBps" warm_throughput_mi_bps: i32 [min(0)];
}

wire::shape! { UpdateStreamRecordDistributionStrategyInput
    0 "StreamARN" stream_arn: String [required len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    2 "RecordDistributionStrategy" record_distribution_strategy: String [required one_of(RECORD_DISTRIBUTION_STRATEGY)];
}

wire::shape! { UpdateStreamWarmThroughputInput
    0 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "StreamId" stream_id: String [len(1, 24) like("[a-z0-9]{20}-[a-z0-9]{3}")];
    3 "WarmThroughputMiBps" warm_throughput_mi_bps: i32 [required min(0)];
}

wire::shape! { UpdateStreamWarmThroughputOutput
    0 "StreamARN" stream_arn: String [len(1, 2048) like(r"arn:aws.*:kinesis:.*:\d{12}:stream/\S+")];
    1 "StreamName" stream_name: String [len(1, 128) like("[a-zA-Z0-9_.-]+")];
    2 "WarmThroughput" warm_throughput: WarmThroughputObject;
}

wire::shape! { WarmThroughputObject
    0 "TargetMiBps" target_mi_bps: i32 [min(0)];
    1 "CurrentMiBps" current_mi_bps: i32 [min(0)];
}

/// The values of `ChannelDestinationType`.
pub const CHANNEL_DESTINATION_TYPE: &[&str] = &["S3", "S3_TABLES"];
/// The values of `ChannelEncryptionType`.
pub const CHANNEL_ENCRYPTION_TYPE: &[&str] = &["KMS"];
/// The values of `ChannelStatus`.
pub const CHANNEL_STATUS: &[&str] = &["CREATING", "ACTIVE", "UPDATING", "DELETING", "FAILED"];
/// The values of `ConsumerStatus`.
pub const CONSUMER_STATUS: &[&str] = &["CREATING", "DELETING", "ACTIVE"];
/// The values of `EncryptionType`.
pub const ENCRYPTION_TYPE: &[&str] = &["NONE", "KMS"];
/// The values of `MetricsName`.
pub const METRICS_NAME: &[&str] = &[
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
    "ALL",
];
/// The values of `MinimumThroughputBillingCommitmentInputStatus`.
pub const MINIMUM_THROUGHPUT_BILLING_COMMITMENT_INPUT_STATUS: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `MinimumThroughputBillingCommitmentOutputStatus`.
pub const MINIMUM_THROUGHPUT_BILLING_COMMITMENT_OUTPUT_STATUS: &[&str] =
    &["ENABLED", "DISABLED", "ENABLED_UNTIL_EARLIEST_ALLOWED_END"];
/// The values of `PartitionTransform`.
pub const PARTITION_TRANSFORM: &[&str] = &["TIME_HOUR"];
/// The values of `QueueStartingPositionType`.
pub const QUEUE_STARTING_POSITION_TYPE: &[&str] = &["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"];
/// The values of `QueueStatus`.
pub const QUEUE_STATUS: &[&str] = &["CREATING", "ACTIVE", "UPDATING", "DELETING"];
/// The values of `RecordDistributionStrategy`.
pub const RECORD_DISTRIBUTION_STRATEGY: &[&str] = &["AUTO", "USER_PARTITION_KEY"];
/// The values of `RecordFormatType`.
pub const RECORD_FORMAT_TYPE: &[&str] = &["GSR_JSON", "JSON", "STRING", "BYTE_ARRAY"];
/// The values of `S3CompressionType`.
pub const S3_COMPRESSION_TYPE: &[&str] = &["NONE", "GZIP", "ZSTD"];
/// The values of `S3StorageClass`.
pub const S3_STORAGE_CLASS: &[&str] = &["STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR"];
/// The values of `S3TablesCompressionType`.
pub const S3_TABLES_COMPRESSION_TYPE: &[&str] = &["NONE", "ZSTD", "SNAPPY"];
/// The values of `ScalingType`.
pub const SCALING_TYPE: &[&str] = &["UNIFORM_SCALING"];
/// The values of `ShardFilterType`.
pub const SHARD_FILTER_TYPE: &[&str] = &[
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
];
/// The values of `ShardIteratorType`.
pub const SHARD_ITERATOR_TYPE: &[&str] =
    &["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"];
/// The values of `StreamMode`.
pub const STREAM_MODE: &[&str] = &["PROVISIONED", "ON_DEMAND"];
/// The values of `StreamStatus`.
pub const STREAM_STATUS: &[&str] = &["CREATING", "DELETING", "ACTIVE", "UPDATING"];
/// The values of `TargetType`.
pub const TARGET_TYPE: &[&str] = &["BUILT_IN", "NONE"];
