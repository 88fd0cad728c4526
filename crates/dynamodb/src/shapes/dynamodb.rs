//! The tables of `dynamodb`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `dynamodb`.
pub static DYNAMODB: wire::Service = wire::Service {
    name: "dynamodb",
    signing_name: "dynamodb",
    target_prefix: "DynamoDB_20120810",
    version: "2012-08-10",
    protocol: wire::Protocol::Json10,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "BatchExecuteStatement" () => ();
    "BatchGetItem" BatchGetItemInput => BatchGetItemOutput;
    "BatchWriteItem" BatchWriteItemInput => BatchWriteItemOutput;
    "CancelBulkOperation" () => ();
    "CreateBackup" () => ();
    "CreateGlobalTable" () => ();
    "CreateTable" CreateTableInput => CreateTableOutput;
    "DeleteBackup" () => ();
    "DeleteItem" DeleteItemInput => DeleteItemOutput;
    "DeleteResourcePolicy" () => ();
    "DeleteTable" DeleteTableInput => DeleteTableOutput;
    "DescribeBackup" () => ();
    "DescribeBulkOperation" () => ();
    "DescribeContinuousBackups" DescribeContinuousBackupsInput => DescribeContinuousBackupsOutput;
    "DescribeContributorInsights" () => ();
    "DescribeEndpoints" DescribeEndpointsRequest => DescribeEndpointsResponse;
    "DescribeExport" () => ();
    "DescribeGlobalTable" () => ();
    "DescribeGlobalTableSettings" () => ();
    "DescribeImport" () => ();
    "DescribeKinesisStreamingDestination" () => ();
    "DescribeLimits" DescribeLimitsInput => DescribeLimitsOutput;
    "DescribeTable" DescribeTableInput => DescribeTableOutput;
    "DescribeTableReplicaAutoScaling" () => ();
    "DescribeTimeToLive" DescribeTimeToLiveInput => DescribeTimeToLiveOutput;
    "DisableKinesisStreamingDestination" () => ();
    "EnableKinesisStreamingDestination" () => ();
    "ExecuteStatement" () => ();
    "ExecuteTransaction" () => ();
    "ExportTableToPointInTime" () => ();
    "GetItem" GetItemInput => GetItemOutput;
    "GetResourcePolicy" () => ();
    "ImportTable" () => ();
    "ListBackups" () => ();
    "ListBulkOperations" () => ();
    "ListContributorInsights" () => ();
    "ListExports" () => ();
    "ListGlobalTables" () => ();
    "ListImports" () => ();
    "ListTables" ListTablesInput => ListTablesOutput;
    "ListTagsOfResource" ListTagsOfResourceInput => ListTagsOfResourceOutput;
    "PutItem" PutItemInput => PutItemOutput;
    "PutResourcePolicy" () => ();
    "Query" QueryInput => QueryOutput;
    "RestoreTableFromBackup" () => ();
    "RestoreTableToPointInTime" () => ();
    "Scan" ScanInput => ScanOutput;
    "SearchVectors" () => ();
    "StartBulkPutItems" () => ();
    "TagResource" TagResourceInput => ();
    "TransactGetItems" TransactGetItemsInput => TransactGetItemsOutput;
    "TransactWriteItems" TransactWriteItemsInput => TransactWriteItemsOutput;
    "UntagResource" UntagResourceInput => ();
    "UpdateContinuousBackups" UpdateContinuousBackupsInput => UpdateContinuousBackupsOutput;
    "UpdateContributorInsights" () => ();
    "UpdateGlobalTable" () => ();
    "UpdateGlobalTableSettings" () => ();
    "UpdateItem" UpdateItemInput => UpdateItemOutput;
    "UpdateKinesisStreamingDestination" () => ();
    "UpdateTable" UpdateTableInput => UpdateTableOutput;
    "UpdateTableReplicaAutoScaling" () => ();
    "UpdateTimeToLive" UpdateTimeToLiveInput => UpdateTimeToLiveOutput;
}

wire::errors! {
    "BackupInUseException" "BackupInUseException" 400 sender;
    "BackupNotFoundException" "BackupNotFoundException" 400 sender;
    "ConditionalCheckFailedException" "ConditionalCheckFailedException" 400 sender;
    "ContinuousBackupsUnavailableException" "ContinuousBackupsUnavailableException" 400 sender;
    "DuplicateItemException" "DuplicateItemException" 400 sender;
    "ExportConflictException" "ExportConflictException" 400 sender;
    "ExportNotFoundException" "ExportNotFoundException" 400 sender;
    "GlobalTableAlreadyExistsException" "GlobalTableAlreadyExistsException" 400 sender;
    "GlobalTableNotFoundException" "GlobalTableNotFoundException" 400 sender;
    "IdempotentParameterMismatchException" "IdempotentParameterMismatchException" 400 sender;
    "ImportConflictException" "ImportConflictException" 400 sender;
    "ImportNotFoundException" "ImportNotFoundException" 400 sender;
    "IndexNotFoundException" "IndexNotFoundException" 400 sender;
    "InternalServerError" "InternalServerError" 500 receiver;
    "InvalidExportTimeException" "InvalidExportTimeException" 400 sender;
    "InvalidRestoreTimeException" "InvalidRestoreTimeException" 400 sender;
    "ItemCollectionSizeLimitExceededException" "ItemCollectionSizeLimitExceededException" 400 sender;
    "LimitExceededException" "LimitExceededException" 400 sender;
    "PointInTimeRecoveryUnavailableException" "PointInTimeRecoveryUnavailableException" 400 sender;
    "PolicyNotFoundException" "PolicyNotFoundException" 400 sender;
    "ProvisionedThroughputExceededException" "ProvisionedThroughputExceededException" 400 sender;
    "ReplicaAlreadyExistsException" "ReplicaAlreadyExistsException" 400 sender;
    "ReplicaNotFoundException" "ReplicaNotFoundException" 400 sender;
    "ReplicatedWriteConflictException" "ReplicatedWriteConflictException" 400 sender;
    "RequestLimitExceeded" "RequestLimitExceeded" 400 sender;
    "ResourceInUseException" "ResourceInUseException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 400 sender;
    "TableAlreadyExistsException" "TableAlreadyExistsException" 400 sender;
    "TableInUseException" "TableInUseException" 400 sender;
    "TableNotFoundException" "TableNotFoundException" 400 sender;
    "ThrottlingException" "ThrottlingException" 400 sender;
    "TransactionCanceledException" "TransactionCanceledException" 400 sender;
    "TransactionConflictException" "TransactionConflictException" 400 sender;
    "TransactionInProgressException" "TransactionInProgressException" 400 sender;
}

wire::shape! { ArchivalSummary
    0 "ArchivalDateTime" archival_date_time: Timestamp;
    1 "ArchivalReason" archival_reason: String;
    2 "ArchivalBackupArn" archival_backup_arn: String [len(37, 1024)];
}

wire::shape! { AttributeDefinition
    0 "AttributeName" attribute_name: String [required len(1, 255)];
    1 "AttributeType" attribute_type: String [required one_of(SCALAR_ATTRIBUTE_TYPE)];
}

wire::shape! { AttributeValue
    0 "S" s: String;
    1 "N" n: String;
    2 "B" b: Bytes;
    3 "SS" ss: Vec<String>;
    4 "NS" ns: Vec<String>;
    5 "BS" bs: Vec<Bytes>;
    6 "M" m: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    7 "L" l: Vec<AttributeValue>;
    8 "NULL" null: bool;
    9 "BOOL" bool: bool;
}

wire::shape! { AttributeValueUpdate
    0 "Value" value: AttributeValue;
    1 "Action" action: String [one_of(ATTRIBUTE_ACTION)];
}

wire::shape! { BatchGetItemInput
    0 "RequestItems" request_items: BTreeMap<String, KeysAndAttributes> [required len(1, 100) keys(&ITEM.len(1, 1024))];
    1 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
}

wire::shape! { BatchGetItemOutput
    0 "Responses" responses: BTreeMap<String, Vec<BTreeMap<String, AttributeValue>>> [each(&ITEM.each(&ITEM.keys(&ITEM.len_max(65535)))) keys(&ITEM.len(1, 1024))];
    1 "UnprocessedKeys" unprocessed_keys: BTreeMap<String, KeysAndAttributes> [len(1, 100) keys(&ITEM.len(1, 1024))];
    2 "ConsumedCapacity" consumed_capacity: Vec<ConsumedCapacity>;
}

wire::shape! { BatchWriteItemInput
    0 "RequestItems" request_items: BTreeMap<String, Vec<WriteRequest>> [required len(1, 25) each(&ITEM.len(1, 25)) keys(&ITEM.len(1, 1024))];
    1 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    2 "ReturnItemCollectionMetrics" return_item_collection_metrics: String [one_of(RETURN_ITEM_COLLECTION_METRICS)];
}

wire::shape! { BatchWriteItemOutput
    0 "UnprocessedItems" unprocessed_items: BTreeMap<String, Vec<WriteRequest>> [len(1, 25) each(&ITEM.len(1, 25)) keys(&ITEM.len(1, 1024))];
    1 "ItemCollectionMetrics" item_collection_metrics: BTreeMap<String, Vec<ItemCollectionMetrics>> [keys(&ITEM.len(1, 1024))];
    2 "ConsumedCapacity" consumed_capacity: Vec<ConsumedCapacity>;
}

wire::shape! { BillingModeSummary
    0 "BillingMode" billing_mode: String [one_of(BILLING_MODE)];
    1 "LastUpdateToPayPerRequestDateTime" last_update_to_pay_per_request_date_time: Timestamp;
}

wire::shape! { Capacity
    0 "ReadCapacityUnits" read_capacity_units: f64;
    1 "WriteCapacityUnits" write_capacity_units: f64;
    2 "CapacityUnits" capacity_units: f64;
}

wire::shape! { Condition
    0 "AttributeValueList" attribute_value_list: Vec<AttributeValue>;
    1 "ComparisonOperator" comparison_operator: String [required one_of(COMPARISON_OPERATOR)];
}

wire::shape! { ConditionCheck
    0 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    1 "TableName" table_name: String [required len(1, 1024)];
    2 "ConditionExpression" condition_expression: String [required];
    3 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    4 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    5 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { ConsumedCapacity
    0 "TableName" table_name: String [len(1, 1024)];
    1 "CapacityUnits" capacity_units: f64;
    2 "ReadCapacityUnits" read_capacity_units: f64;
    3 "WriteCapacityUnits" write_capacity_units: f64;
    4 "Table" table: Capacity;
    5 "LocalSecondaryIndexes" local_secondary_indexes: BTreeMap<String, Capacity> [keys(&ITEM.len(3, 255).like("[a-zA-Z0-9_.-]+"))];
    6 "GlobalSecondaryIndexes" global_secondary_indexes: BTreeMap<String, Capacity> [keys(&ITEM.len(3, 255).like("[a-zA-Z0-9_.-]+"))];
    7 "VectorIndexes" vector_indexes: BTreeMap<String, VectorCapacity> [keys(&ITEM.len(3, 255).like("[a-zA-Z0-9_.-]+"))];
}

wire::shape! { ContinuousBackupsDescription
    0 "ContinuousBackupsStatus" continuous_backups_status: String [required one_of(CONTINUOUS_BACKUPS_STATUS)];
    1 "PointInTimeRecoveryDescription" point_in_time_recovery_description: PointInTimeRecoveryDescription;
}

wire::shape! { CreateGlobalSecondaryIndexAction
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "KeySchema" key_schema: Vec<KeySchemaElement> [required len_min(1)];
    2 "Projection" projection: Projection [required];
    3 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughput;
    4 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    5 "WarmThroughput" warm_throughput: WarmThroughput;
}

wire::shape! { CreateGlobalTableWitnessGroupMemberAction
    0 "RegionName" region_name: String [required];
}

wire::shape! { CreateReplicationGroupMemberAction
    0 "RegionName" region_name: String [required];
    1 "KMSMasterKeyId" kms_master_key_id: String;
    2 "ProvisionedThroughputOverride" provisioned_throughput_override: ProvisionedThroughputOverride;
    3 "OnDemandThroughputOverride" on_demand_throughput_override: OnDemandThroughputOverride;
    4 "GlobalSecondaryIndexes" global_secondary_indexes: Vec<ReplicaGlobalSecondaryIndex> [len_min(1)];
    5 "TableClassOverride" table_class_override: String [one_of(TABLE_CLASS)];
}

wire::shape! { CreateTableInput
    0 "AttributeDefinitions" attribute_definitions: Vec<AttributeDefinition>;
    1 "TableName" table_name: String [required len(1, 1024)];
    2 "KeySchema" key_schema: Vec<KeySchemaElement> [len_min(1)];
    3 "LocalSecondaryIndexes" local_secondary_indexes: Vec<LocalSecondaryIndex>;
    4 "GlobalSecondaryIndexes" global_secondary_indexes: Vec<GlobalSecondaryIndex>;
    5 "BillingMode" billing_mode: String [one_of(BILLING_MODE)];
    6 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughput;
    7 "StreamSpecification" stream_specification: StreamSpecification;
    8 "SSESpecification" sse_specification: SSESpecification;
    9 "Tags" tags: Vec<Tag>;
    10 "TableClass" table_class: String [one_of(TABLE_CLASS)];
    11 "DeletionProtectionEnabled" deletion_protection_enabled: bool;
    12 "WarmThroughput" warm_throughput: WarmThroughput;
    13 "ResourcePolicy" resource_policy: String;
    14 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    15 "GlobalTableSourceArn" global_table_source_arn: String [len(1, 1024)];
    16 "GlobalTableSettingsReplicationMode" global_table_settings_replication_mode: String [one_of(GLOBAL_TABLE_SETTINGS_REPLICATION_MODE)];
    17 "VectorIndexes" vector_indexes: Vec<VectorIndex>;
}

wire::shape! { CreateTableOutput
    0 "TableDescription" table_description: TableDescription;
}

wire::shape! { CreateVectorIndexAction
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "VectorAttribute" vector_attribute: VectorAttributeDefinition [required];
    2 "SearchSchema" search_schema: Vec<SearchSchemaElement> [len_min(1)];
    3 "Projection" projection: Projection [required];
    4 "Dimensions" dimensions: i64 [required min(1)];
    5 "DistanceFunction" distance_function: String [required one_of(VECTOR_DISTANCE_FUNCTION)];
}

wire::shape! { Delete
    0 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    1 "TableName" table_name: String [required len(1, 1024)];
    2 "ConditionExpression" condition_expression: String;
    3 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    4 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    5 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { DeleteGlobalSecondaryIndexAction
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
}

wire::shape! { DeleteGlobalTableWitnessGroupMemberAction
    0 "RegionName" region_name: String [required];
}

wire::shape! { DeleteItemInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    2 "Expected" expected: BTreeMap<String, ExpectedAttributeValue> [keys(&ITEM.len_max(65535))];
    3 "ConditionalOperator" conditional_operator: String [one_of(CONDITIONAL_OPERATOR)];
    4 "ReturnValues" return_values: String [one_of(RETURN_VALUE)];
    5 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    6 "ReturnItemCollectionMetrics" return_item_collection_metrics: String [one_of(RETURN_ITEM_COLLECTION_METRICS)];
    7 "ConditionExpression" condition_expression: String;
    8 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    9 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    10 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { DeleteItemOutput
    0 "Attributes" attributes: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    1 "ConsumedCapacity" consumed_capacity: ConsumedCapacity;
    2 "ItemCollectionMetrics" item_collection_metrics: ItemCollectionMetrics;
}

wire::shape! { DeleteReplicationGroupMemberAction
    0 "RegionName" region_name: String [required];
}

wire::shape! { DeleteRequest
    0 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
}

wire::shape! { DeleteTableInput
    0 "TableName" table_name: String [required len(1, 1024)];
}

wire::shape! { DeleteTableOutput
    0 "TableDescription" table_description: TableDescription;
}

wire::shape! { DeleteVectorIndexAction
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
}

wire::shape! { DescribeContinuousBackupsInput
    0 "TableName" table_name: String [required len(1, 1024)];
}

wire::shape! { DescribeContinuousBackupsOutput
    0 "ContinuousBackupsDescription" continuous_backups_description: ContinuousBackupsDescription;
}

wire::shape! { DescribeEndpointsRequest
}

wire::shape! { DescribeEndpointsResponse
    0 "Endpoints" endpoints: Vec<Endpoint> [required];
}

wire::shape! { DescribeLimitsInput
}

wire::shape! { DescribeLimitsOutput
    0 "AccountMaxReadCapacityUnits" account_max_read_capacity_units: i64 [min(1)];
    1 "AccountMaxWriteCapacityUnits" account_max_write_capacity_units: i64 [min(1)];
    2 "TableMaxReadCapacityUnits" table_max_read_capacity_units: i64 [min(1)];
    3 "TableMaxWriteCapacityUnits" table_max_write_capacity_units: i64 [min(1)];
}

wire::shape! { DescribeTableInput
    0 "TableName" table_name: String [required len(1, 1024)];
}

wire::shape! { DescribeTableOutput
    0 "Table" table: TableDescription;
}

wire::shape! { DescribeTimeToLiveInput
    0 "TableName" table_name: String [required len(1, 1024)];
}

wire::shape! { DescribeTimeToLiveOutput
    0 "TimeToLiveDescription" time_to_live_description: TimeToLiveDescription;
}

wire::shape! { DisassociateReplicationGroupMemberAction
    0 "RegionName" region_name: String [required];
    1 "DisassociationMode" disassociation_mode: String [required one_of(DISASSOCIATION_MODE)];
}

wire::shape! { Endpoint
    0 "Address" address: String [required];
    1 "CachePeriodInMinutes" cache_period_in_minutes: i64 [required];
}

wire::shape! { ExpectedAttributeValue
    0 "Value" value: AttributeValue;
    1 "Exists" exists: bool;
    2 "ComparisonOperator" comparison_operator: String [one_of(COMPARISON_OPERATOR)];
    3 "AttributeValueList" attribute_value_list: Vec<AttributeValue>;
}

wire::shape! { Get
    0 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    1 "TableName" table_name: String [required len(1, 1024)];
    2 "ProjectionExpression" projection_expression: String;
    3 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
}

wire::shape! { GetItemInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    2 "AttributesToGet" attributes_to_get: Vec<String> [len_min(1) each(&ITEM.len_max(65535))];
    3 "ConsistentRead" consistent_read: bool;
    4 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    5 "ProjectionExpression" projection_expression: String;
    6 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
}

wire::shape! { GetItemOutput
    0 "Item" item: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    1 "ConsumedCapacity" consumed_capacity: ConsumedCapacity;
}

wire::shape! { GlobalSecondaryIndex
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "KeySchema" key_schema: Vec<KeySchemaElement> [required len_min(1)];
    2 "Projection" projection: Projection [required];
    3 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughput;
    4 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    5 "WarmThroughput" warm_throughput: WarmThroughput;
}

wire::shape! { GlobalSecondaryIndexDescription
    0 "IndexName" index_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "KeySchema" key_schema: Vec<KeySchemaElement> [len_min(1)];
    2 "Projection" projection: Projection;
    3 "IndexStatus" index_status: String [one_of(INDEX_STATUS)];
    4 "Backfilling" backfilling: bool;
    5 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughputDescription;
    6 "IndexSizeBytes" index_size_bytes: i64;
    7 "ItemCount" item_count: i64;
    8 "IndexArn" index_arn: String;
    9 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    10 "WarmThroughput" warm_throughput: GlobalSecondaryIndexWarmThroughputDescription;
}

wire::shape! { GlobalSecondaryIndexUpdate
    0 "Update" update: UpdateGlobalSecondaryIndexAction;
    1 "Create" create: CreateGlobalSecondaryIndexAction;
    2 "Delete" delete: DeleteGlobalSecondaryIndexAction;
}

wire::shape! { GlobalSecondaryIndexWarmThroughputDescription
    0 "ReadUnitsPerSecond" read_units_per_second: i64 [min(1)];
    1 "WriteUnitsPerSecond" write_units_per_second: i64 [min(1)];
    2 "Status" status: String [one_of(INDEX_STATUS)];
}

wire::shape! { GlobalTableWitnessDescription
    0 "RegionName" region_name: String;
    1 "WitnessStatus" witness_status: String [one_of(WITNESS_STATUS)];
}

wire::shape! { GlobalTableWitnessGroupUpdate
    0 "Create" create: CreateGlobalTableWitnessGroupMemberAction;
    1 "Delete" delete: DeleteGlobalTableWitnessGroupMemberAction;
}

wire::shape! { ItemCollectionMetrics
    0 "ItemCollectionKey" item_collection_key: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    1 "SizeEstimateRangeGB" size_estimate_range_gb: Vec<f64>;
}

wire::shape! { ItemResponse
    0 "Item" item: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
}

wire::shape! { KeySchemaElement
    0 "AttributeName" attribute_name: String [required len(1, 255)];
    1 "KeyType" key_type: String [required one_of(KEY_TYPE)];
}

wire::shape! { KeysAndAttributes
    0 "Keys" keys: Vec<BTreeMap<String, AttributeValue>> [required len(1, 100) each(&ITEM.keys(&ITEM.len_max(65535)))];
    1 "AttributesToGet" attributes_to_get: Vec<String> [len_min(1) each(&ITEM.len_max(65535))];
    2 "ConsistentRead" consistent_read: bool;
    3 "ProjectionExpression" projection_expression: String;
    4 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
}

wire::shape! { ListTablesInput
    0 "ExclusiveStartTableName" exclusive_start_table_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "Limit" limit: i32 [range(1, 100)];
}

wire::shape! { ListTablesOutput
    0 "TableNames" table_names: Vec<String> [each(&ITEM.len(3, 255).like("[a-zA-Z0-9_.-]+"))];
    1 "LastEvaluatedTableName" last_evaluated_table_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
}

wire::shape! { ListTagsOfResourceInput
    0 "ResourceArn" resource_arn: String [required len(1, 1283)];
    1 "NextToken" next_token: String;
}

wire::shape! { ListTagsOfResourceOutput
    0 "Tags" tags: Vec<Tag>;
    1 "NextToken" next_token: String;
}

wire::shape! { LocalSecondaryIndex
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "KeySchema" key_schema: Vec<KeySchemaElement> [required len_min(1)];
    2 "Projection" projection: Projection [required];
}

wire::shape! { LocalSecondaryIndexDescription
    0 "IndexName" index_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "KeySchema" key_schema: Vec<KeySchemaElement> [len_min(1)];
    2 "Projection" projection: Projection;
    3 "IndexSizeBytes" index_size_bytes: i64;
    4 "ItemCount" item_count: i64;
    5 "IndexArn" index_arn: String;
}

wire::shape! { OnDemandThroughput
    0 "MaxReadRequestUnits" max_read_request_units: i64;
    1 "MaxWriteRequestUnits" max_write_request_units: i64;
}

wire::shape! { OnDemandThroughputOverride
    0 "MaxReadRequestUnits" max_read_request_units: i64;
}

wire::shape! { PointInTimeRecoveryDescription
    0 "PointInTimeRecoveryStatus" point_in_time_recovery_status: String [one_of(POINT_IN_TIME_RECOVERY_STATUS)];
    1 "RecoveryPeriodInDays" recovery_period_in_days: i32 [range(1, 35)];
    2 "EarliestRestorableDateTime" earliest_restorable_date_time: Timestamp;
    3 "LatestRestorableDateTime" latest_restorable_date_time: Timestamp;
}

wire::shape! { PointInTimeRecoverySpecification
    0 "PointInTimeRecoveryEnabled" point_in_time_recovery_enabled: bool [required];
    1 "RecoveryPeriodInDays" recovery_period_in_days: i32 [range(1, 35)];
}

wire::shape! { Projection
    0 "ProjectionType" projection_type: String [one_of(PROJECTION_TYPE)];
    1 "NonKeyAttributes" non_key_attributes: Vec<String> [len(1, 20) each(&ITEM.len(1, 255))];
}

wire::shape! { ProvisionedThroughput
    0 "ReadCapacityUnits" read_capacity_units: i64 [required min(1)];
    1 "WriteCapacityUnits" write_capacity_units: i64 [required min(1)];
}

wire::shape! { ProvisionedThroughputDescription
    0 "LastIncreaseDateTime" last_increase_date_time: Timestamp;
    1 "LastDecreaseDateTime" last_decrease_date_time: Timestamp;
    2 "NumberOfDecreasesToday" number_of_decreases_today: i64 [min(1)];
    3 "ReadCapacityUnits" read_capacity_units: i64 [min(0)];
    4 "WriteCapacityUnits" write_capacity_units: i64 [min(0)];
}

wire::shape! { ProvisionedThroughputOverride
    0 "ReadCapacityUnits" read_capacity_units: i64 [min(1)];
}

wire::shape! { Put
    0 "Item" item: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    1 "TableName" table_name: String [required len(1, 1024)];
    2 "ConditionExpression" condition_expression: String;
    3 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    4 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    5 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { PutItemInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "Item" item: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    2 "Expected" expected: BTreeMap<String, ExpectedAttributeValue> [keys(&ITEM.len_max(65535))];
    3 "ReturnValues" return_values: String [one_of(RETURN_VALUE)];
    4 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    5 "ReturnItemCollectionMetrics" return_item_collection_metrics: String [one_of(RETURN_ITEM_COLLECTION_METRICS)];
    6 "ConditionalOperator" conditional_operator: String [one_of(CONDITIONAL_OPERATOR)];
    7 "ConditionExpression" condition_expression: String;
    8 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    9 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    10 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { PutItemOutput
    0 "Attributes" attributes: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    1 "ConsumedCapacity" consumed_capacity: ConsumedCapacity;
    2 "ItemCollectionMetrics" item_collection_metrics: ItemCollectionMetrics;
}

wire::shape! { PutRequest
    0 "Item" item: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
}

wire::shape! { QueryInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "IndexName" index_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    2 "Select" select: String [one_of(SELECT)];
    3 "AttributesToGet" attributes_to_get: Vec<String> [len_min(1) each(&ITEM.len_max(65535))];
    4 "Limit" limit: i32 [min(1)];
    5 "ConsistentRead" consistent_read: bool;
    6 "KeyConditions" key_conditions: BTreeMap<String, Condition> [keys(&ITEM.len_max(65535))];
    7 "QueryFilter" query_filter: BTreeMap<String, Condition> [keys(&ITEM.len_max(65535))];
    8 "ConditionalOperator" conditional_operator: String [one_of(CONDITIONAL_OPERATOR)];
    9 "ScanIndexForward" scan_index_forward: bool;
    10 "ExclusiveStartKey" exclusive_start_key: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    11 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    12 "ProjectionExpression" projection_expression: String;
    13 "FilterExpression" filter_expression: String;
    14 "KeyConditionExpression" key_condition_expression: String;
    15 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    16 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
}

wire::shape! { QueryOutput
    0 "Items" items: Vec<BTreeMap<String, AttributeValue>> [each(&ITEM.keys(&ITEM.len_max(65535)))];
    1 "Count" count: i32;
    2 "ScannedCount" scanned_count: i32;
    3 "LastEvaluatedKey" last_evaluated_key: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    4 "ConsumedCapacity" consumed_capacity: ConsumedCapacity;
}

wire::shape! { ReplicaDescription
    0 "RegionName" region_name: String;
    1 "ReplicaStatus" replica_status: String [one_of(REPLICA_STATUS)];
    2 "ReplicaArn" replica_arn: String;
    3 "ReplicaStatusDescription" replica_status_description: String;
    4 "ReplicaStatusPercentProgress" replica_status_percent_progress: String;
    5 "KMSMasterKeyId" kms_master_key_id: String;
    6 "ProvisionedThroughputOverride" provisioned_throughput_override: ProvisionedThroughputOverride;
    7 "OnDemandThroughputOverride" on_demand_throughput_override: OnDemandThroughputOverride;
    8 "WarmThroughput" warm_throughput: TableWarmThroughputDescription;
    9 "GlobalSecondaryIndexes" global_secondary_indexes: Vec<ReplicaGlobalSecondaryIndexDescription>;
    10 "ReplicaInaccessibleDateTime" replica_inaccessible_date_time: Timestamp;
    11 "ReplicaTableClassSummary" replica_table_class_summary: TableClassSummary;
    12 "GlobalTableSettingsReplicationMode" global_table_settings_replication_mode: String [one_of(GLOBAL_TABLE_SETTINGS_REPLICATION_MODE)];
}

wire::shape! { ReplicaGlobalSecondaryIndex
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "ProvisionedThroughputOverride" provisioned_throughput_override: ProvisionedThroughputOverride;
    2 "OnDemandThroughputOverride" on_demand_throughput_override: OnDemandThroughputOverride;
}

wire::shape! { ReplicaGlobalSecondaryIndexDescription
    0 "IndexName" index_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "ProvisionedThroughputOverride" provisioned_throughput_override: ProvisionedThroughputOverride;
    2 "OnDemandThroughputOverride" on_demand_throughput_override: OnDemandThroughputOverride;
    3 "WarmThroughput" warm_throughput: GlobalSecondaryIndexWarmThroughputDescription;
}

wire::shape! { ReplicationGroupUpdate
    0 "Create" create: CreateReplicationGroupMemberAction;
    1 "Update" update: UpdateReplicationGroupMemberAction;
    2 "Delete" delete: DeleteReplicationGroupMemberAction;
    3 "Disassociate" disassociate: DisassociateReplicationGroupMemberAction;
}

wire::shape! { RestoreSummary
    0 "SourceBackupArn" source_backup_arn: String [len(37, 1024)];
    1 "SourceTableArn" source_table_arn: String [len(1, 1024)];
    2 "RestoreDateTime" restore_date_time: Timestamp [required];
    3 "RestoreInProgress" restore_in_progress: bool [required];
}

wire::shape! { SSEDescription
    0 "Status" status: String [one_of(SSE_STATUS)];
    1 "SSEType" sse_type: String [one_of(SSE_TYPE)];
    2 "KMSMasterKeyArn" kms_master_key_arn: String;
    3 "InaccessibleEncryptionDateTime" inaccessible_encryption_date_time: Timestamp;
}

wire::shape! { SSESpecification
    0 "Enabled" enabled: bool;
    1 "SSEType" sse_type: String [one_of(SSE_TYPE)];
    2 "KMSMasterKeyId" kms_master_key_id: String;
}

wire::shape! { ScanInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "IndexName" index_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    2 "AttributesToGet" attributes_to_get: Vec<String> [len_min(1) each(&ITEM.len_max(65535))];
    3 "Limit" limit: i32 [min(1)];
    4 "Select" select: String [one_of(SELECT)];
    5 "ScanFilter" scan_filter: BTreeMap<String, Condition> [keys(&ITEM.len_max(65535))];
    6 "ConditionalOperator" conditional_operator: String [one_of(CONDITIONAL_OPERATOR)];
    7 "ExclusiveStartKey" exclusive_start_key: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    8 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    9 "TotalSegments" total_segments: i32 [range(1, 1000000)];
    10 "Segment" segment: i32 [range(0, 999999)];
    11 "ProjectionExpression" projection_expression: String;
    12 "FilterExpression" filter_expression: String;
    13 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    14 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    15 "ConsistentRead" consistent_read: bool;
}

wire::shape! { ScanOutput
    0 "Items" items: Vec<BTreeMap<String, AttributeValue>> [each(&ITEM.keys(&ITEM.len_max(65535)))];
    1 "Count" count: i32;
    2 "ScannedCount" scanned_count: i32;
    3 "LastEvaluatedKey" last_evaluated_key: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    4 "ConsumedCapacity" consumed_capacity: ConsumedCapacity;
}

wire::shape! { SearchSchemaElement
    0 "AttributeName" attribute_name: String [required len_max(65535)];
    1 "SearchSchemaElementType" search_schema_element_type: String [required one_of(SEARCH_SCHEMA_ELEMENT_TYPE)];
}

wire::shape! { StreamSpecification
    0 "StreamEnabled" stream_enabled: bool [required];
    1 "StreamViewType" stream_view_type: String [one_of(STREAM_VIEW_TYPE)];
}

wire::shape! { TableClassSummary
    0 "TableClass" table_class: String [one_of(TABLE_CLASS)];
    1 "LastUpdateDateTime" last_update_date_time: Timestamp;
}

wire::shape! { TableDescription
    0 "AttributeDefinitions" attribute_definitions: Vec<AttributeDefinition>;
    1 "TableName" table_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    2 "KeySchema" key_schema: Vec<KeySchemaElement> [len_min(1)];
    3 "TableStatus" table_status: String [one_of(TABLE_STATUS)];
    4 "CreationDateTime" creation_date_time: Timestamp;
    5 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughputDescription;
    6 "TableSizeBytes" table_size_bytes: i64;
    7 "ItemCount" item_count: i64;
    8 "TableArn" table_arn: String;
    9 "TableId" table_id: String [like("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")];
    10 "BillingModeSummary" billing_mode_summary: BillingModeSummary;
    11 "LocalSecondaryIndexes" local_secondary_indexes: Vec<LocalSecondaryIndexDescription>;
    12 "GlobalSecondaryIndexes" global_secondary_indexes: Vec<GlobalSecondaryIndexDescription>;
    13 "StreamSpecification" stream_specification: StreamSpecification;
    14 "LatestStreamLabel" latest_stream_label: String;
    15 "LatestStreamArn" latest_stream_arn: String [len(37, 1024)];
    16 "GlobalTableVersion" global_table_version: String;
    17 "Replicas" replicas: Vec<ReplicaDescription>;
    18 "GlobalTableWitnesses" global_table_witnesses: Vec<GlobalTableWitnessDescription>;
    19 "GlobalTableSettingsReplicationMode" global_table_settings_replication_mode: String [one_of(GLOBAL_TABLE_SETTINGS_REPLICATION_MODE)];
    20 "RestoreSummary" restore_summary: RestoreSummary;
    21 "SSEDescription" sse_description: SSEDescription;
    22 "ArchivalSummary" archival_summary: ArchivalSummary;
    23 "TableClassSummary" table_class_summary: TableClassSummary;
    24 "DeletionProtectionEnabled" deletion_protection_enabled: bool;
    25 "DisassociationProtectionEnabled" disassociation_protection_enabled: bool;
    26 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    27 "WarmThroughput" warm_throughput: TableWarmThroughputDescription;
    28 "MultiRegionConsistency" multi_region_consistency: String [one_of(MULTI_REGION_CONSISTENCY)];
    29 "VectorIndexes" vector_indexes: Vec<VectorIndexDescription>;
}

wire::shape! { TableWarmThroughputDescription
    0 "ReadUnitsPerSecond" read_units_per_second: i64 [min(1)];
    1 "WriteUnitsPerSecond" write_units_per_second: i64 [min(1)];
    2 "Status" status: String [one_of(TABLE_STATUS)];
}

wire::shape! { Tag
    0 "Key" key: String [required len(1, 128)];
    1 "Value" value: String [required len_max(256)];
}

wire::shape! { TagResourceInput
    0 "ResourceArn" resource_arn: String [required len(1, 1283)];
    1 "Tags" tags: Vec<Tag> [required];
}

wire::shape! { TimeToLiveDescription
    0 "TimeToLiveStatus" time_to_live_status: String [one_of(TIME_TO_LIVE_STATUS)];
    1 "AttributeName" attribute_name: String [len(1, 255)];
}

wire::shape! { TimeToLiveSpecification
    0 "Enabled" enabled: bool [required];
    1 "AttributeName" attribute_name: String [required len(1, 255)];
}

wire::shape! { TransactGetItem
    0 "Get" get: Get [required];
}

wire::shape! { TransactGetItemsInput
    0 "TransactItems" transact_items: Vec<TransactGetItem> [required len(1, 100)];
    1 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
}

wire::shape! { TransactGetItemsOutput
    0 "ConsumedCapacity" consumed_capacity: Vec<ConsumedCapacity>;
    1 "Responses" responses: Vec<ItemResponse> [len(1, 100)];
}

wire::shape! { TransactWriteItem
    0 "ConditionCheck" condition_check: ConditionCheck;
    1 "Put" put: Put;
    2 "Delete" delete: Delete;
    3 "Update" update: Update;
}

wire::shape! { TransactWriteItemsInput
    0 "TransactItems" transact_items: Vec<TransactWriteItem> [required len(1, 100)];
    1 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    2 "ReturnItemCollectionMetrics" return_item_collection_metrics: String [one_of(RETURN_ITEM_COLLECTION_METRICS)];
    3 "ClientRequestToken" client_request_token: String [token len(1, 36)];
}

wire::shape! { TransactWriteItemsOutput
    0 "ConsumedCapacity" consumed_capacity: Vec<ConsumedCapacity>;
    1 "ItemCollectionMetrics" item_collection_metrics: BTreeMap<String, Vec<ItemCollectionMetrics>> [keys(&ITEM.len(1, 1024))];
}

wire::shape! { UntagResourceInput
    0 "ResourceArn" resource_arn: String [required len(1, 1283)];
    1 "TagKeys" tag_keys: Vec<String> [required each(&ITEM.len(1, 128))];
}

wire::shape! { Update
    0 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    1 "UpdateExpression" update_expression: String [required];
    2 "TableName" table_name: String [required len(1, 1024)];
    3 "ConditionExpression" condition_expression: String;
    4 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    5 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    6 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { UpdateContinuousBackupsInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "PointInTimeRecoverySpecification" point_in_time_recovery_specification: PointInTimeRecoverySpecification [required];
}

wire::shape! { UpdateContinuousBackupsOutput
    0 "ContinuousBackupsDescription" continuous_backups_description: ContinuousBackupsDescription;
}

wire::shape! { UpdateGlobalSecondaryIndexAction
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughput;
    2 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    3 "WarmThroughput" warm_throughput: WarmThroughput;
}

wire::shape! { UpdateItemInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "Key" key: BTreeMap<String, AttributeValue> [required keys(&ITEM.len_max(65535))];
    2 "AttributeUpdates" attribute_updates: BTreeMap<String, AttributeValueUpdate> [keys(&ITEM.len_max(65535))];
    3 "Expected" expected: BTreeMap<String, ExpectedAttributeValue> [keys(&ITEM.len_max(65535))];
    4 "ConditionalOperator" conditional_operator: String [one_of(CONDITIONAL_OPERATOR)];
    5 "ReturnValues" return_values: String [one_of(RETURN_VALUE)];
    6 "ReturnConsumedCapacity" return_consumed_capacity: String [one_of(RETURN_CONSUMED_CAPACITY)];
    7 "ReturnItemCollectionMetrics" return_item_collection_metrics: String [one_of(RETURN_ITEM_COLLECTION_METRICS)];
    8 "UpdateExpression" update_expression: String;
    9 "ConditionExpression" condition_expression: String;
    10 "ExpressionAttributeNames" expression_attribute_names: BTreeMap<String, String> [each(&ITEM.len_max(65535))];
    11 "ExpressionAttributeValues" expression_attribute_values: BTreeMap<String, AttributeValue>;
    12 "ReturnValuesOnConditionCheckFailure" return_values_on_condition_check_failure: String [one_of(RETURN_VALUES_ON_CONDITION_CHECK_FAILURE)];
}

wire::shape! { UpdateItemOutput
    0 "Attributes" attributes: BTreeMap<String, AttributeValue> [keys(&ITEM.len_max(65535))];
    1 "ConsumedCapacity" consumed_capacity: ConsumedCapacity;
    2 "ItemCollectionMetrics" item_collection_metrics: ItemCollectionMetrics;
}

wire::shape! { UpdateReplicationGroupMemberAction
    0 "RegionName" region_name: String [required];
    1 "KMSMasterKeyId" kms_master_key_id: String;
    2 "ProvisionedThroughputOverride" provisioned_throughput_override: ProvisionedThroughputOverride;
    3 "OnDemandThroughputOverride" on_demand_throughput_override: OnDemandThroughputOverride;
    4 "GlobalSecondaryIndexes" global_secondary_indexes: Vec<ReplicaGlobalSecondaryIndex> [len_min(1)];
    5 "TableClassOverride" table_class_override: String [one_of(TABLE_CLASS)];
}

wire::shape! { UpdateTableInput
    0 "AttributeDefinitions" attribute_definitions: Vec<AttributeDefinition>;
    1 "TableName" table_name: String [required len(1, 1024)];
    2 "BillingMode" billing_mode: String [one_of(BILLING_MODE)];
    3 "ProvisionedThroughput" provisioned_throughput: ProvisionedThroughput;
    4 "GlobalSecondaryIndexUpdates" global_secondary_index_updates: Vec<GlobalSecondaryIndexUpdate>;
    5 "StreamSpecification" stream_specification: StreamSpecification;
    6 "SSESpecification" sse_specification: SSESpecification;
    7 "ReplicaUpdates" replica_updates: Vec<ReplicationGroupUpdate> [len_min(1)];
    8 "TableClass" table_class: String [one_of(TABLE_CLASS)];
    9 "DeletionProtectionEnabled" deletion_protection_enabled: bool;
    10 "MultiRegionConsistency" multi_region_consistency: String [one_of(MULTI_REGION_CONSISTENCY)];
    11 "GlobalTableWitnessUpdates" global_table_witness_updates: Vec<GlobalTableWitnessGroupUpdate> [len(1, 1)];
    12 "OnDemandThroughput" on_demand_throughput: OnDemandThroughput;
    13 "WarmThroughput" warm_throughput: WarmThroughput;
    14 "GlobalTableSettingsReplicationMode" global_table_settings_replication_mode: String [one_of(GLOBAL_TABLE_SETTINGS_REPLICATION_MODE)];
    15 "DisassociationProtectionEnabled" disassociation_protection_enabled: bool;
    16 "VectorIndexUpdates" vector_index_updates: Vec<VectorIndexUpdate>;
}

wire::shape! { UpdateTableOutput
    0 "TableDescription" table_description: TableDescription;
}

wire::shape! { UpdateTimeToLiveInput
    0 "TableName" table_name: String [required len(1, 1024)];
    1 "TimeToLiveSpecification" time_to_live_specification: TimeToLiveSpecification [required];
}

wire::shape! { UpdateTimeToLiveOutput
    0 "TimeToLiveSpecification" time_to_live_specification: TimeToLiveSpecification;
}

wire::shape! { VectorAttributeDefinition
    0 "AttributeName" attribute_name: String [required len(1, 255)];
}

wire::shape! { VectorCapacity
    0 "VectorSearchRequestBytes" vector_search_request_bytes: f64;
    1 "VectorWriteRequestBytes" vector_write_request_bytes: f64;
}

wire::shape! { VectorIndex
    0 "IndexName" index_name: String [required len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "VectorAttribute" vector_attribute: VectorAttributeDefinition [required];
    2 "SearchSchema" search_schema: Vec<SearchSchemaElement> [len_min(1)];
    3 "Projection" projection: Projection [required];
    4 "Dimensions" dimensions: i64 [required min(1)];
    5 "DistanceFunction" distance_function: String [required one_of(VECTOR_DISTANCE_FUNCTION)];
}

wire::shape! { VectorIndexDescription
    0 "IndexName" index_name: String [len(3, 255) like("[a-zA-Z0-9_.-]+")];
    1 "SearchSchema" search_schema: Vec<SearchSchemaElement> [len_min(1)];
    2 "Projection" projection: Projection;
    3 "VectorAttribute" vector_attribute: VectorAttributeDefinition;
    4 "Dimensions" dimensions: i64 [min(1)];
    5 "DistanceFunction" distance_function: String [one_of(VECTOR_DISTANCE_FUNCTION)];
    6 "IndexStatus" index_status: String [one_of(INDEX_STATUS)];
    7 "Backfilling" backfilling: bool;
    8 "IndexSizeBytes" index_size_bytes: i64;
    9 "ItemCount" item_count: i64;
    10 "IndexArn" index_arn: String;
}

wire::shape! { VectorIndexUpdate
    0 "Create" create: CreateVectorIndexAction;
    1 "Delete" delete: DeleteVectorIndexAction;
}

wire::shape! { WarmThroughput
    0 "ReadUnitsPerSecond" read_units_per_second: i64;
    1 "WriteUnitsPerSecond" write_units_per_second: i64;
}

wire::shape! { WriteRequest
    0 "PutRequest" put_request: PutRequest;
    1 "DeleteRequest" delete_request: DeleteRequest;
}

/// The values of `AttributeAction`.
pub const ATTRIBUTE_ACTION: &[&str] = &["ADD", "PUT", "DELETE"];
/// The values of `BillingMode`.
pub const BILLING_MODE: &[&str] = &["PROVISIONED", "PAY_PER_REQUEST"];
/// The values of `ComparisonOperator`.
pub const COMPARISON_OPERATOR: &[&str] = &[
    "EQ",
    "NE",
    "IN",
    "LE",
    "LT",
    "GE",
    "GT",
    "BETWEEN",
    "NOT_NULL",
    "NULL",
    "CONTAINS",
    "NOT_CONTAINS",
    "BEGINS_WITH",
];
/// The values of `ConditionalOperator`.
pub const CONDITIONAL_OPERATOR: &[&str] = &["AND", "OR"];
/// The values of `ContinuousBackupsStatus`.
pub const CONTINUOUS_BACKUPS_STATUS: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `DisassociationMode`.
pub const DISASSOCIATION_MODE: &[&str] = &["WAIT_FOR_REPLICATION"];
/// The values of `GlobalTableSettingsReplicationMode`.
pub const GLOBAL_TABLE_SETTINGS_REPLICATION_MODE: &[&str] =
    &["ENABLED", "DISABLED", "ENABLED_WITH_OVERRIDES"];
/// The values of `IndexStatus`.
pub const INDEX_STATUS: &[&str] = &["CREATING", "UPDATING", "DELETING", "ACTIVE"];
/// The values of `KeyType`.
pub const KEY_TYPE: &[&str] = &["HASH", "RANGE"];
/// The values of `MultiRegionConsistency`.
pub const MULTI_REGION_CONSISTENCY: &[&str] = &["EVENTUAL", "STRONG"];
/// The values of `PointInTimeRecoveryStatus`.
pub const POINT_IN_TIME_RECOVERY_STATUS: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `ProjectionType`.
pub const PROJECTION_TYPE: &[&str] = &["ALL", "KEYS_ONLY", "INCLUDE"];
/// The values of `ReplicaStatus`.
pub const REPLICA_STATUS: &[&str] = &[
    "CREATING",
    "CREATION_FAILED",
    "UPDATING",
    "DELETING",
    "ACTIVE",
    "REGION_DISABLED",
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    "ARCHIVING",
    "ARCHIVED",
    "REPLICATION_NOT_AUTHORIZED",
];
/// The values of `ReturnConsumedCapacity`.
pub const RETURN_CONSUMED_CAPACITY: &[&str] = &["INDEXES", "TOTAL", "NONE"];
/// The values of `ReturnItemCollectionMetrics`.
pub const RETURN_ITEM_COLLECTION_METRICS: &[&str] = &["SIZE", "NONE"];
/// The values of `ReturnValue`.
pub const RETURN_VALUE: &[&str] = &["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"];
/// The values of `ReturnValuesOnConditionCheckFailure`.
pub const RETURN_VALUES_ON_CONDITION_CHECK_FAILURE: &[&str] = &["ALL_OLD", "NONE"];
/// The values of `SSEStatus`.
pub const SSE_STATUS: &[&str] = &["ENABLING", "ENABLED", "DISABLING", "DISABLED", "UPDATING"];
/// The values of `SSEType`.
pub const SSE_TYPE: &[&str] = &["AES256", "KMS"];
/// The values of `ScalarAttributeType`.
pub const SCALAR_ATTRIBUTE_TYPE: &[&str] = &["S", "N", "B"];
/// The values of `SearchSchemaElementType`.
pub const SEARCH_SCHEMA_ELEMENT_TYPE: &[&str] = &["HASH", "INLINE_FILTER"];
/// The values of `Select`.
pub const SELECT: &[&str] = &["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"];
/// The values of `StreamViewType`.
pub const STREAM_VIEW_TYPE: &[&str] = &["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"];
/// The values of `TableClass`.
pub const TABLE_CLASS: &[&str] = &["STANDARD", "STANDARD_INFREQUENT_ACCESS"];
/// The values of `TableStatus`.
pub const TABLE_STATUS: &[&str] = &[
    "CREATING",
    "UPDATING",
    "DELETING",
    "ACTIVE",
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    "ARCHIVING",
    "ARCHIVED",
    "REPLICATION_NOT_AUTHORIZED",
];
/// The values of `TimeToLiveStatus`.
pub const TIME_TO_LIVE_STATUS: &[&str] = &["ENABLING", "DISABLING", "ENABLED", "DISABLED"];
/// The values of `VectorDistanceFunction`.
pub const VECTOR_DISTANCE_FUNCTION: &[&str] = &["COSINE", "DOT_PRODUCT", "EUCLIDEAN"];
/// The values of `WitnessStatus`.
pub const WITNESS_STATUS: &[&str] = &["CREATING", "DELETING", "ACTIVE"];
