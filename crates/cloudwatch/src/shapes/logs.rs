//! The tables of `logs`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `logs`.
pub static LOGS: wire::Service = wire::Service {
    name: "logs",
    signing_name: "logs",
    target_prefix: "Logs_20140328",
    version: "2014-03-28",
    protocol: wire::Protocol::Json11,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AssociateKmsKey" AssociateKmsKeyRequest => ();
    "AssociateSourceToS3TableIntegration" AssociateSourceToS3TableIntegrationRequest => AssociateSourceToS3TableIntegrationResponse;
    "CancelExportTask" CancelExportTaskRequest => ();
    "CancelImportTask" CancelImportTaskRequest => CancelImportTaskResponse;
    "CreateDelivery" CreateDeliveryRequest => CreateDeliveryResponse;
    "CreateExportTask" CreateExportTaskRequest => CreateExportTaskResponse;
    "CreateImportTask" CreateImportTaskRequest => CreateImportTaskResponse;
    "CreateLogAnomalyDetector" CreateLogAnomalyDetectorRequest => CreateLogAnomalyDetectorResponse;
    "CreateLogGroup" CreateLogGroupRequest => ();
    "CreateLogStream" CreateLogStreamRequest => ();
    "CreateLookupTable" CreateLookupTableRequest => CreateLookupTableResponse;
    "CreateScheduledQuery" CreateScheduledQueryRequest => CreateScheduledQueryResponse;
    "DeleteAccountPolicy" DeleteAccountPolicyRequest => DeleteAccountPolicyResponse;
    "DeleteDataProtectionPolicy" DeleteDataProtectionPolicyRequest => ();
    "DeleteDelivery" DeleteDeliveryRequest => ();
    "DeleteDeliveryDestination" DeleteDeliveryDestinationRequest => ();
    "DeleteDeliveryDestinationPolicy" DeleteDeliveryDestinationPolicyRequest => ();
    "DeleteDeliverySource" DeleteDeliverySourceRequest => ();
    "DeleteDestination" DeleteDestinationRequest => ();
    "DeleteIndexPolicy" DeleteIndexPolicyRequest => DeleteIndexPolicyResponse;
    "DeleteIntegration" DeleteIntegrationRequest => DeleteIntegrationResponse;
    "DeleteLogAnomalyDetector" DeleteLogAnomalyDetectorRequest => ();
    "DeleteLogGroup" DeleteLogGroupRequest => ();
    "DeleteLogStream" DeleteLogStreamRequest => ();
    "DeleteLookupTable" DeleteLookupTableRequest => ();
    "DeleteMetricFilter" DeleteMetricFilterRequest => ();
    "DeleteQueryDefinition" DeleteQueryDefinitionRequest => DeleteQueryDefinitionResponse;
    "DeleteResourcePolicy" DeleteResourcePolicyRequest => ();
    "DeleteRetentionPolicy" DeleteRetentionPolicyRequest => ();
    "DeleteScheduledQuery" DeleteScheduledQueryRequest => DeleteScheduledQueryResponse;
    "DeleteSubscriptionFilter" DeleteSubscriptionFilterRequest => ();
    "DeleteSyslogConfiguration" DeleteSyslogConfigurationRequest => ();
    "DeleteTransformer" DeleteTransformerRequest => ();
    "DescribeAccountPolicies" DescribeAccountPoliciesRequest => DescribeAccountPoliciesResponse;
    "DescribeConfigurationTemplates" DescribeConfigurationTemplatesRequest => DescribeConfigurationTemplatesResponse;
    "DescribeDeliveries" DescribeDeliveriesRequest => DescribeDeliveriesResponse;
    "DescribeDeliveryDestinations" DescribeDeliveryDestinationsRequest => DescribeDeliveryDestinationsResponse;
    "DescribeDeliverySources" DescribeDeliverySourcesRequest => DescribeDeliverySourcesResponse;
    "DescribeDestinations" DescribeDestinationsRequest => DescribeDestinationsResponse;
    "DescribeExportTasks" DescribeExportTasksRequest => DescribeExportTasksResponse;
    "DescribeFieldIndexes" DescribeFieldIndexesRequest => DescribeFieldIndexesResponse;
    "DescribeImportTaskBatches" DescribeImportTaskBatchesRequest => DescribeImportTaskBatchesResponse;
    "DescribeImportTasks" DescribeImportTasksRequest => DescribeImportTasksResponse;
    "DescribeIndexPolicies" DescribeIndexPoliciesRequest => DescribeIndexPoliciesResponse;
    "DescribeLogGroups" DescribeLogGroupsRequest => DescribeLogGroupsResponse;
    "DescribeLogStreams" DescribeLogStreamsRequest => DescribeLogStreamsResponse;
    "DescribeLookupTables" DescribeLookupTablesRequest => DescribeLookupTablesResponse;
    "DescribeMetricFilters" DescribeMetricFiltersRequest => DescribeMetricFiltersResponse;
    "DescribeQueries" DescribeQueriesRequest => DescribeQueriesResponse;
    "DescribeQueryDefinitions" DescribeQueryDefinitionsRequest => DescribeQueryDefinitionsResponse;
    "DescribeResourcePolicies" DescribeResourcePoliciesRequest => DescribeResourcePoliciesResponse;
    "DescribeSubscriptionFilters" DescribeSubscriptionFiltersRequest => DescribeSubscriptionFiltersResponse;
    "DisassociateKmsKey" DisassociateKmsKeyRequest => ();
    "DisassociateSourceFromS3TableIntegration" DisassociateSourceFromS3TableIntegrationRequest => DisassociateSourceFromS3TableIntegrationResponse;
    "FilterLogEvents" FilterLogEventsRequest => FilterLogEventsResponse;
    "GetDataProtectionPolicy" GetDataProtectionPolicyRequest => GetDataProtectionPolicyResponse;
    "GetDelivery" GetDeliveryRequest => GetDeliveryResponse;
    "GetDeliveryDestination" GetDeliveryDestinationRequest => GetDeliveryDestinationResponse;
    "GetDeliveryDestinationPolicy" GetDeliveryDestinationPolicyRequest => GetDeliveryDestinationPolicyResponse;
    "GetDeliverySource" GetDeliverySourceRequest => GetDeliverySourceResponse;
    "GetIntegration" GetIntegrationRequest => GetIntegrationResponse;
    "GetLogAnomalyDetector" GetLogAnomalyDetectorRequest => GetLogAnomalyDetectorResponse;
    "GetLogEvents" GetLogEventsRequest => GetLogEventsResponse;
    "GetLogFields" GetLogFieldsRequest => GetLogFieldsResponse;
    "GetLogGroupFields" GetLogGroupFieldsRequest => GetLogGroupFieldsResponse;
    "GetLogObject" GetLogObjectRequest => GetLogObjectResponse;
    "GetLogRecord" GetLogRecordRequest => GetLogRecordResponse;
    "GetLookupTable" GetLookupTableRequest => GetLookupTableResponse;
    "GetQueryResults" GetQueryResultsRequest => GetQueryResultsResponse;
    "GetScheduledQuery" GetScheduledQueryRequest => GetScheduledQueryResponse;
    "GetScheduledQueryHistory" GetScheduledQueryHistoryRequest => GetScheduledQueryHistoryResponse;
    "GetStorageTierPolicy" GetStorageTierPolicyRequest => GetStorageTierPolicyResponse;
    "GetTransformer" GetTransformerRequest => GetTransformerResponse;
    "ListAggregateLogGroupSummaries" ListAggregateLogGroupSummariesRequest => ListAggregateLogGroupSummariesResponse;
    "ListAnomalies" ListAnomaliesRequest => ListAnomaliesResponse;
    "ListIntegrations" ListIntegrationsRequest => ListIntegrationsResponse;
    "ListLogAnomalyDetectors" ListLogAnomalyDetectorsRequest => ListLogAnomalyDetectorsResponse;
    "ListLogGroups" ListLogGroupsRequest => ListLogGroupsResponse;
    "ListLogGroupsForQuery" ListLogGroupsForQueryRequest => ListLogGroupsForQueryResponse;
    "ListScheduledQueries" ListScheduledQueriesRequest => ListScheduledQueriesResponse;
    "ListSourcesForS3TableIntegration" ListSourcesForS3TableIntegrationRequest => ListSourcesForS3TableIntegrationResponse;
    "ListSyslogConfigurations" ListSyslogConfigurationsRequest => ListSyslogConfigurationsResponse;
    "ListTagsForResource" ListTagsForResourceRequest => ListTagsForResourceResponse;
    "ListTagsLogGroup" ListTagsLogGroupRequest => ListTagsLogGroupResponse;
    "PutAccountPolicy" PutAccountPolicyRequest => PutAccountPolicyResponse;
    "PutBearerTokenAuthentication" PutBearerTokenAuthenticationRequest => ();
    "PutDataProtectionPolicy" PutDataProtectionPolicyRequest => PutDataProtectionPolicyResponse;
    "PutDeliveryDestination" PutDeliveryDestinationRequest => PutDeliveryDestinationResponse;
    "PutDeliveryDestinationPolicy" PutDeliveryDestinationPolicyRequest => PutDeliveryDestinationPolicyResponse;
    "PutDeliverySource" PutDeliverySourceRequest => PutDeliverySourceResponse;
    "PutDestination" PutDestinationRequest => PutDestinationResponse;
    "PutDestinationPolicy" PutDestinationPolicyRequest => ();
    "PutIndexPolicy" PutIndexPolicyRequest => PutIndexPolicyResponse;
    "PutIntegration" PutIntegrationRequest => PutIntegrationResponse;
    "PutLogEvents" PutLogEventsRequest => PutLogEventsResponse;
    "PutLogGroupDeletionProtection" PutLogGroupDeletionProtectionRequest => ();
    "PutMetricFilter" PutMetricFilterRequest => ();
    "PutQueryDefinition" PutQueryDefinitionRequest => PutQueryDefinitionResponse;
    "PutResourcePolicy" PutResourcePolicyRequest => PutResourcePolicyResponse;
    "PutRetentionPolicy" PutRetentionPolicyRequest => ();
    "PutStorageTierPolicy" PutStorageTierPolicyRequest => PutStorageTierPolicyResponse;
    "PutSubscriptionFilter" PutSubscriptionFilterRequest => ();
    "PutSyslogConfiguration" PutSyslogConfigurationRequest => ();
    "PutTransformer" PutTransformerRequest => ();
    "StartLiveTail" StartLiveTailRequest => StartLiveTailResponse;
    "StartQuery" StartQueryRequest => StartQueryResponse;
    "StopQuery" StopQueryRequest => StopQueryResponse;
    "TagLogGroup" TagLogGroupRequest => ();
    "TagResource" TagResourceRequest => ();
    "TestMetricFilter" TestMetricFilterRequest => TestMetricFilterResponse;
    "TestTransformer" TestTransformerRequest => TestTransformerResponse;
    "UntagLogGroup" UntagLogGroupRequest => ();
    "UntagResource" UntagResourceRequest => ();
    "UpdateAnomaly" UpdateAnomalyRequest => ();
    "UpdateDeliveryConfiguration" UpdateDeliveryConfigurationRequest => UpdateDeliveryConfigurationResponse;
    "UpdateLogAnomalyDetector" UpdateLogAnomalyDetectorRequest => ();
    "UpdateLookupTable" UpdateLookupTableRequest => UpdateLookupTableResponse;
    "UpdateScheduledQuery" UpdateScheduledQueryRequest => UpdateScheduledQueryResponse;
}

wire::errors! {
    "AccessDeniedException" "AccessDeniedException" 400 sender;
    "ConflictException" "ConflictException" 400 sender;
    "DataAlreadyAcceptedException" "DataAlreadyAcceptedException" 400 sender;
    "InternalServerException" "InternalServerException" 500 receiver;
    "InternalStreamingException" "InternalStreamingException" 400 sender;
    "InvalidOperationException" "InvalidOperationException" 400 sender;
    "InvalidParameterException" "InvalidParameterException" 400 sender;
    "InvalidSequenceTokenException" "InvalidSequenceTokenException" 400 sender;
    "LimitExceededException" "LimitExceededException" 400 sender;
    "MalformedQueryException" "MalformedQueryException" 400 sender;
    "OperationAbortedException" "OperationAbortedException" 400 sender;
    "ResourceAlreadyExistsException" "ResourceAlreadyExistsException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 400 sender;
    "ServiceQuotaExceededException" "ServiceQuotaExceededException" 400 sender;
    "ServiceUnavailableException" "ServiceUnavailableException" 500 receiver;
    "SessionStreamingException" "SessionStreamingException" 400 sender;
    "SessionTimeoutException" "SessionTimeoutException" 400 sender;
    "ThrottlingException" "ThrottlingException" 400 sender;
    "TooManyTagsException" "TooManyTagsException" 400 sender;
    "UnrecognizedClientException" "UnrecognizedClientException" 400 sender;
    "ValidationException" "ValidationException" 400 sender;
}

wire::shape! { AccountPolicy
    0 "policyName" policy_name: String;
    1 "policyDocument" policy_document: String;
    2 "lastUpdatedTime" last_updated_time: i64 [min(0)];
    3 "policyType" policy_type: String [one_of(POLICY_TYPE)];
    4 "scope" scope: String [one_of(SCOPE)];
    5 "selectionCriteria" selection_criteria: String;
    6 "accountId" account_id: String [len(12, 12) like(r"^\d{12}$")];
}

wire::shape! { AddKeyEntry
    0 "key" key: String [required len(1, 128)];
    1 "value" value: String [required len(1, 256)];
    2 "overwriteIfExists" overwrite_if_exists: bool;
}

wire::shape! { AddKeys
    0 "entries" entries: Vec<AddKeyEntry> [required len(1, 5)];
}

wire::shape! { AggregateLogGroupSummary
    0 "logGroupCount" log_group_count: i32;
    1 "groupingIdentifiers" grouping_identifiers: Vec<GroupingIdentifier>;
}

wire::shape! { Anomaly
    0 "anomalyId" anomaly_id: String [required len(36, 36)];
    1 "patternId" pattern_id: String [required len(32, 32)];
    2 "anomalyDetectorArn" anomaly_detector_arn: String [required len_min(1) like(r"[\w#+=/:,.@-]*")];
    3 "patternString" pattern_string: String [required len_min(1)];
    4 "patternRegex" pattern_regex: String [len_min(1)];
    5 "priority" priority: String [len_min(1)];
    6 "firstSeen" first_seen: i64 [required min(0)];
    7 "lastSeen" last_seen: i64 [required min(0)];
    8 "description" description: String [required len_min(1)];
    9 "active" active: bool [required];
    10 "state" state: String [required one_of(STATE)];
    11 "histogram" histogram: BTreeMap<String, i64> [required keys(&ITEM.len_min(1))];
    12 "logSamples" log_samples: Vec<LogEvent> [required];
    13 "patternTokens" pattern_tokens: Vec<PatternToken> [required];
    14 "logGroupArnList" log_group_arn_list: Vec<String> [required each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    15 "suppressed" suppressed: bool;
    16 "suppressedDate" suppressed_date: i64 [min(0)];
    17 "suppressedUntil" suppressed_until: i64 [min(0)];
    18 "isPatternLevelSuppression" is_pattern_level_suppression: bool;
}

wire::shape! { AnomalyDetector
    0 "anomalyDetectorArn" anomaly_detector_arn: String [len_min(1) like(r"[\w#+=/:,.@-]*")];
    1 "detectorName" detector_name: String [len_min(1)];
    2 "logGroupArnList" log_group_arn_list: Vec<String> [each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    3 "evaluationFrequency" evaluation_frequency: String [one_of(EVALUATION_FREQUENCY)];
    4 "filterPattern" filter_pattern: String [len_max(1024)];
    5 "anomalyDetectorStatus" anomaly_detector_status: String [one_of(ANOMALY_DETECTOR_STATUS)];
    6 "kmsKeyId" kms_key_id: String [len_max(256)];
    7 "creationTimeStamp" creation_time_stamp: i64 [min(0)];
    8 "lastModifiedTimeStamp" last_modified_time_stamp: i64 [min(0)];
    9 "anomalyVisibilityTime" anomaly_visibility_time: i64 [range(7, 90)];
}

wire::shape! { AssociateKmsKeyRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "kmsKeyId" kms_key_id: String [required len_max(256)];
    2 "resourceIdentifier" resource_identifier: String [len(1, 2048) like(r"[\w+=/:,.@\-\*]*")];
}

wire::shape! { AssociateSourceToS3TableIntegrationRequest
    0 "integrationArn" integration_arn: String [required];
    1 "dataSource" data_source: DataSource [required];
}

wire::shape! { AssociateSourceToS3TableIntegrationResponse
    0 "identifier" identifier: String [len(1, 2048)];
}

wire::shape! { CSV
    0 "quoteCharacter" quote_character: String [len(1, 1)];
    1 "delimiter" delimiter: String [len(1, 2)];
    2 "columns" columns: Vec<String> [len_max(100) each(&ITEM.len(1, 128))];
    3 "source" source: String [len(1, 128)];
    4 "destination" destination: String [len(1, 128)];
}

wire::shape! { CancelExportTaskRequest
    0 "taskId" task_id: String [required len(1, 512)];
}

wire::shape! { CancelImportTaskRequest
    0 "importId" import_id: String [required len(1, 256) like(r"[\-a-zA-Z0-9]+")];
}

wire::shape! { CancelImportTaskResponse
    0 "importId" import_id: String [len(1, 256) like(r"[\-a-zA-Z0-9]+")];
    1 "importStatistics" import_statistics: ImportStatistics;
    2 "importStatus" import_status: String [one_of(IMPORT_STATUS)];
    3 "creationTime" creation_time: i64 [min(0)];
    4 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { ConfigurationTemplate
    0 "service" service: String [len(1, 255) like(r"[\w_-]*")];
    1 "logType" log_type: String [len(1, 255) like(r"[\w]*")];
    2 "resourceType" resource_type: String [len(1, 255) like(r"[\w-_]*")];
    3 "deliveryDestinationType" delivery_destination_type: String [one_of(DELIVERY_DESTINATION_TYPE)];
    4 "defaultDeliveryConfigValues" default_delivery_config_values: ConfigurationTemplateDeliveryConfigValues;
    5 "allowedFields" allowed_fields: Vec<RecordField>;
    6 "allowedOutputFormats" allowed_output_formats: Vec<String> [each(&ITEM.one_of(OUTPUT_FORMAT))];
    7 "allowedActionForAllowVendedLogsDeliveryForResource" allowed_action_for_allow_vended_logs_delivery_for_resource: String;
    8 "allowedFieldDelimiters" allowed_field_delimiters: Vec<String> [each(&ITEM.len_max(5))];
    9 "allowedSuffixPathFields" allowed_suffix_path_fields: Vec<String> [len_max(128) each(&ITEM.len(1, 64))];
    10 "deliverySourceConfiguration" delivery_source_configuration: Vec<DeliverySourceConfigurationSchema>;
    11 "s3TablesIntegration" s3_tables_integration: S3TablesIntegration;
}

wire::shape! { ConfigurationTemplateDeliveryConfigValues
    0 "recordFields" record_fields: Vec<String> [len_max(128) each(&ITEM.len(1, 64))];
    1 "fieldDelimiter" field_delimiter: String [len_max(5)];
    2 "s3DeliveryConfiguration" s3_delivery_configuration: S3DeliveryConfiguration;
}

wire::shape! { CopyValue
    0 "entries" entries: Vec<CopyValueEntry> [required len(1, 5)];
}

wire::shape! { CopyValueEntry
    0 "source" source: String [required len(1, 128)];
    1 "target" target: String [required len(1, 128)];
    2 "overwriteIfExists" overwrite_if_exists: bool;
}

wire::shape! { CreateDeliveryRequest
    0 "deliverySourceName" delivery_source_name: String [required len(1, 60) like(r"[\w-]*")];
    1 "deliveryDestinationArn" delivery_destination_arn: String [required];
    2 "recordFields" record_fields: Vec<String> [len_max(128) each(&ITEM.len(1, 64))];
    3 "fieldDelimiter" field_delimiter: String [len_max(5)];
    4 "s3DeliveryConfiguration" s3_delivery_configuration: S3DeliveryConfiguration;
    5 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { CreateDeliveryResponse
    0 "delivery" delivery: Delivery;
}

wire::shape! { CreateExportTaskRequest
    0 "taskName" task_name: String [len(1, 512)];
    1 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "logStreamNamePrefix" log_stream_name_prefix: String [len(1, 512) like("[^:*]*")];
    3 "from" from: i64 [required min(0)];
    4 "to" to: i64 [required min(0)];
    5 "destination" destination: String [required len(1, 512)];
    6 "destinationPrefix" destination_prefix: String;
}

wire::shape! { CreateExportTaskResponse
    0 "taskId" task_id: String [len(1, 512)];
}

wire::shape! { CreateImportTaskRequest
    0 "importSourceArn" import_source_arn: String [required];
    1 "importRoleArn" import_role_arn: String [required len_min(1)];
    2 "importFilter" import_filter: ImportFilter;
}

wire::shape! { CreateImportTaskResponse
    0 "importId" import_id: String [len(1, 256) like(r"[\-a-zA-Z0-9]+")];
    1 "importDestinationArn" import_destination_arn: String;
    2 "creationTime" creation_time: i64 [min(0)];
}

wire::shape! { CreateLogAnomalyDetectorRequest
    0 "logGroupArnList" log_group_arn_list: Vec<String> [required each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    1 "detectorName" detector_name: String [len_min(1)];
    2 "evaluationFrequency" evaluation_frequency: String [one_of(EVALUATION_FREQUENCY)];
    3 "filterPattern" filter_pattern: String [len_max(1024)];
    4 "kmsKeyId" kms_key_id: String [len_max(256) like(r"^arn:aws[a-z\-]*:kms:[-a-z0-9]*:[0-9]*:key/[-a-z0-9]*$")];
    5 "anomalyVisibilityTime" anomaly_visibility_time: i64 [range(7, 90)];
    6 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { CreateLogAnomalyDetectorResponse
    0 "anomalyDetectorArn" anomaly_detector_arn: String [len_min(1) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { CreateLogGroupRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "kmsKeyId" kms_key_id: String [len_max(256)];
    2 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
    3 "logGroupClass" log_group_class: String [one_of(LOG_GROUP_CLASS)];
    4 "deletionProtectionEnabled" deletion_protection_enabled: bool;
}

wire::shape! { CreateLogStreamRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logStreamName" log_stream_name: String [required len(1, 512) like("[^:*]*")];
}

wire::shape! { CreateLookupTableRequest
    0 "lookupTableName" lookup_table_name: String [required len(1, 256) like("^[a-zA-Z0-9_]+$")];
    1 "description" description: String [len_max(1024)];
    2 "tableBody" table_body: String [len(1, 10485760)];
    3 "queryId" query_id: String [len(1, 256)];
    4 "kmsKeyId" kms_key_id: String [len_max(256)];
    5 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { CreateLookupTableResponse
    0 "lookupTableArn" lookup_table_arn: String;
    1 "createdAt" created_at: i64 [min(0)];
}

wire::shape! { CreateScheduledQueryRequest
    0 "name" name: String [required len(1, 300)];
    1 "description" description: String [len_max(1024)];
    2 "queryLanguage" query_language: String [required one_of(QUERY_LANGUAGE)];
    3 "queryString" query_string: String [required len_max(10000)];
    4 "logGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 50) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    5 "scheduleExpression" schedule_expression: String [required len_max(256)];
    6 "timezone" timezone: String [len_min(1)];
    7 "startTimeOffset" start_time_offset: i64;
    8 "endTimeOffset" end_time_offset: i64;
    9 "destinationConfiguration" destination_configuration: DestinationConfiguration;
    10 "scheduleStartTime" schedule_start_time: i64 [min(0)];
    11 "scheduleEndTime" schedule_end_time: i64 [min(0)];
    12 "executionRoleArn" execution_role_arn: String [required len_min(1)];
    13 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
    14 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { CreateScheduledQueryResponse
    0 "scheduledQueryArn" scheduled_query_arn: String;
    1 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
}

wire::shape! { DataSource
    0 "name" name: String [required];
    1 "type" r#type: String;
}

wire::shape! { DataSourceFilter
    0 "name" name: String [required];
    1 "type" r#type: String;
}

wire::shape! { DateTimeConverter
    0 "source" source: String [required len(1, 128)];
    1 "target" target: String [required len(1, 128)];
    2 "targetFormat" target_format: String [len(1, 64)];
    3 "matchPatterns" match_patterns: Vec<String> [required len(1, 5) each(&ITEM.len_min(1))];
    4 "sourceTimezone" source_timezone: String [len_min(1)];
    5 "targetTimezone" target_timezone: String [len_min(1)];
    6 "locale" locale: String [len_min(1)];
}

wire::shape! { DeleteAccountPolicyRequest
    0 "policyName" policy_name: String [required];
    1 "policyType" policy_type: String [required one_of(POLICY_TYPE)];
    2 "dryRun" dry_run: bool;
}

wire::shape! { DeleteAccountPolicyResponse
    0 "dryRunResult" dry_run_result: DryRunResult;
}

wire::shape! { DeleteDataProtectionPolicyRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { DeleteDeliveryDestinationPolicyRequest
    0 "deliveryDestinationName" delivery_destination_name: String [required len(1, 60) like(r"[\w-]*")];
}

wire::shape! { DeleteDeliveryDestinationRequest
    0 "name" name: String [required len(1, 60) like(r"[\w-]*")];
}

wire::shape! { DeleteDeliveryRequest
    0 "id" id: String [required len(1, 64) like("^[0-9A-Za-z]+$")];
}

wire::shape! { DeleteDeliverySourceRequest
    0 "name" name: String [required len(1, 60) like(r"[\w-]*")];
}

wire::shape! { DeleteDestinationRequest
    0 "destinationName" destination_name: String [required len(1, 512) like("[^:*]*")];
}

wire::shape! { DeleteIndexPolicyRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { DeleteIndexPolicyResponse
}

wire::shape! { DeleteIntegrationRequest
    0 "integrationName" integration_name: String [required len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "force" force: bool;
}

wire::shape! { DeleteIntegrationResponse
}

wire::shape! { DeleteKeys
    0 "withKeys" with_keys: Vec<String> [required len(1, 5) each(&ITEM.len_min(1))];
}

wire::shape! { DeleteLogAnomalyDetectorRequest
    0 "anomalyDetectorArn" anomaly_detector_arn: String [required len_min(1) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { DeleteLogGroupRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
}

wire::shape! { DeleteLogStreamRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logStreamName" log_stream_name: String [required len(1, 512) like("[^:*]*")];
}

wire::shape! { DeleteLookupTableRequest
    0 "lookupTableArn" lookup_table_arn: String [required];
}

wire::shape! { DeleteMetricFilterRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "filterName" filter_name: String [required len(1, 512) like("[^:*]*")];
}

wire::shape! { DeleteQueryDefinitionRequest
    0 "queryDefinitionId" query_definition_id: String [required len(1, 256)];
}

wire::shape! { DeleteQueryDefinitionResponse
    0 "success" success: bool;
}

wire::shape! { DeleteResourcePolicyRequest
    0 "policyName" policy_name: String;
    1 "resourceArn" resource_arn: String;
    2 "expectedRevisionId" expected_revision_id: String [len_min(1)];
}

wire::shape! { DeleteRetentionPolicyRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
}

wire::shape! { DeleteScheduledQueryRequest
    0 "identifier" identifier: String [required len(1, 300)];
}

wire::shape! { DeleteScheduledQueryResponse
}

wire::shape! { DeleteSubscriptionFilterRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "filterName" filter_name: String [required len(1, 512) like("[^:*]*")];
}

wire::shape! { DeleteSyslogConfigurationRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "vpcEndpointId" vpc_endpoint_id: String [like("^vpce-[0-9a-f]{1,64}$")];
}

wire::shape! { DeleteTransformerRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { Delivery
    0 "id" id: String [len(1, 64) like("^[0-9A-Za-z]+$")];
    1 "arn" arn: String;
    2 "deliverySourceName" delivery_source_name: String [len(1, 60) like(r"[\w-]*")];
    3 "deliveryDestinationArn" delivery_destination_arn: String;
    4 "deliveryDestinationType" delivery_destination_type: String [one_of(DELIVERY_DESTINATION_TYPE)];
    5 "recordFields" record_fields: Vec<String> [len_max(128) each(&ITEM.len(1, 64))];
    6 "fieldDelimiter" field_delimiter: String [len_max(5)];
    7 "s3DeliveryConfiguration" s3_delivery_configuration: S3DeliveryConfiguration;
    8 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { DeliveryDestination
    0 "name" name: String [len(1, 60) like(r"[\w-]*")];
    1 "arn" arn: String;
    2 "deliveryDestinationType" delivery_destination_type: String [one_of(DELIVERY_DESTINATION_TYPE)];
    3 "outputFormat" output_format: String [one_of(OUTPUT_FORMAT)];
    4 "deliveryDestinationConfiguration" delivery_destination_configuration: DeliveryDestinationConfiguration;
    5 "roleArn" role_arn: String;
    6 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { DeliveryDestinationConfiguration
    0 "destinationResourceArn" destination_resource_arn: String [required];
}

wire::shape! { DeliverySource
    0 "name" name: String [len(1, 60) like(r"[\w-]*")];
    1 "arn" arn: String;
    2 "resourceArns" resource_arns: Vec<String>;
    3 "service" service: String [len(1, 255) like(r"[\w_-]*")];
    4 "logType" log_type: String [len(1, 255) like(r"[\w]*")];
    5 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
    6 "deliverySourceConfiguration" delivery_source_configuration: BTreeMap<String, String> [each(&ITEM.len(1, 255)) keys(&ITEM.len(1, 255))];
    7 "status" status: String [one_of(DELIVERY_SOURCE_STATUS)];
    8 "statusReason" status_reason: String [one_of(DELIVERY_SOURCE_STATUS_REASON)];
}

wire::shape! { DeliverySourceConfigurationSchema
    0 "keyName" key_name: String [required len(1, 256)];
    1 "valueType" value_type: String [required one_of(DELIVERY_SOURCE_CONFIGURATION_SCHEMA_VALUE_TYPE)];
    2 "defaultValue" default_value: String [required len(1, 256)];
    3 "supportedValues" supported_values: Vec<String> [each(&ITEM.len(1, 256))];
    4 "minValue" min_value: f64;
    5 "maxValue" max_value: f64;
}

wire::shape! { DescribeAccountPoliciesRequest
    0 "policyType" policy_type: String [required one_of(POLICY_TYPE)];
    1 "policyName" policy_name: String;
    2 "accountIdentifiers" account_identifiers: Vec<String> [len_max(20) each(&ITEM.len(12, 12).like(r"^\d{12}$"))];
    3 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeAccountPoliciesResponse
    0 "accountPolicies" account_policies: Vec<AccountPolicy>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeConfigurationTemplatesRequest
    0 "service" service: String [len(1, 255) like(r"[\w_-]*")];
    1 "logTypes" log_types: Vec<String> [len(1, 10) each(&ITEM.len(1, 255).like(r"[\w]*"))];
    2 "resourceTypes" resource_types: Vec<String> [len(1, 10) each(&ITEM.len(1, 255).like(r"[\w-_]*"))];
    3 "deliveryDestinationTypes" delivery_destination_types: Vec<String> [len(1, 4) each(&ITEM.one_of(DELIVERY_DESTINATION_TYPE))];
    4 "nextToken" next_token: String [len_min(1)];
    5 "limit" limit: i32 [range(1, 50)];
}

wire::shape! { DescribeConfigurationTemplatesResponse
    0 "configurationTemplates" configuration_templates: Vec<ConfigurationTemplate>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeDeliveriesRequest
    0 "nextToken" next_token: String [len_min(1)];
    1 "limit" limit: i32 [range(1, 50)];
    2 "deliverySourceNames" delivery_source_names: Vec<String> [len(1, 20) each(&ITEM.len(1, 60).like(r"[\w-]*"))];
}

wire::shape! { DescribeDeliveriesResponse
    0 "deliveries" deliveries: Vec<Delivery>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeDeliveryDestinationsRequest
    0 "nextToken" next_token: String [len_min(1)];
    1 "limit" limit: i32 [range(1, 50)];
    2 "names" names: Vec<String> [len(1, 20) each(&ITEM.len(1, 60).like(r"[\w-]*"))];
}

wire::shape! { DescribeDeliveryDestinationsResponse
    0 "deliveryDestinations" delivery_destinations: Vec<DeliveryDestination>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeDeliverySourcesRequest
    0 "nextToken" next_token: String [len_min(1)];
    1 "limit" limit: i32 [range(1, 50)];
    2 "resourceArns" resource_arns: Vec<String> [len(1, 20)];
}

wire::shape! { DescribeDeliverySourcesResponse
    0 "deliverySources" delivery_sources: Vec<DeliverySource>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeDestinationsRequest
    0 "DestinationNamePrefix" destination_name_prefix: String [len(1, 512) like("[^:*]*")];
    1 "nextToken" next_token: String [len_min(1)];
    2 "limit" limit: i32 [range(1, 50)];
}

wire::shape! { DescribeDestinationsResponse
    0 "destinations" destinations: Vec<Destination>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeExportTasksRequest
    0 "taskId" task_id: String [len(1, 512)];
    1 "statusCode" status_code: String [one_of(EXPORT_TASK_STATUS_CODE)];
    2 "nextToken" next_token: String [len_min(1)];
    3 "limit" limit: i32 [range(1, 50)];
}

wire::shape! { DescribeExportTasksResponse
    0 "exportTasks" export_tasks: Vec<ExportTask>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeFieldIndexesRequest
    0 "logGroupIdentifiers" log_group_identifiers: Vec<String> [required len(1, 100) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    1 "indexCategories" index_categories: Vec<String> [len_max(4) each(&ITEM.one_of(INDEX_CATEGORY))];
    2 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeFieldIndexesResponse
    0 "fieldIndexes" field_indexes: Vec<FieldIndex>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeImportTaskBatchesRequest
    0 "importId" import_id: String [required len(1, 256) like(r"[\-a-zA-Z0-9]+")];
    1 "batchImportStatus" batch_import_status: Vec<String> [each(&ITEM.one_of(IMPORT_STATUS))];
    2 "limit" limit: i32 [range(1, 50)];
    3 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeImportTaskBatchesResponse
    0 "importSourceArn" import_source_arn: String;
    1 "importId" import_id: String [len(1, 256) like(r"[\-a-zA-Z0-9]+")];
    2 "importBatches" import_batches: Vec<ImportBatch>;
    3 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeImportTasksRequest
    0 "importId" import_id: String [len(1, 256) like(r"[\-a-zA-Z0-9]+")];
    1 "importStatus" import_status: String [one_of(IMPORT_STATUS)];
    2 "importSourceArn" import_source_arn: String;
    3 "limit" limit: i32 [range(1, 50)];
    4 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeImportTasksResponse
    0 "imports" imports: Vec<Import>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeIndexPoliciesRequest
    0 "logGroupIdentifiers" log_group_identifiers: Vec<String> [required len(1, 1) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeIndexPoliciesResponse
    0 "indexPolicies" index_policies: Vec<IndexPolicy>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeLogGroupsRequest
    0 "accountIdentifiers" account_identifiers: Vec<String> [len_max(20) each(&ITEM.len(12, 12).like(r"^\d{12}$"))];
    1 "logGroupNamePrefix" log_group_name_prefix: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "logGroupNamePattern" log_group_name_pattern: String [len_max(512) like(r"[\.\-_/#A-Za-z0-9]*")];
    3 "nextToken" next_token: String [len_min(1)];
    4 "limit" limit: i32 [range(1, 50)];
    5 "includeLinkedAccounts" include_linked_accounts: bool;
    6 "logGroupClass" log_group_class: String [one_of(LOG_GROUP_CLASS)];
    7 "logGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 50) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
}

wire::shape! { DescribeLogGroupsResponse
    0 "logGroups" log_groups: Vec<LogGroup>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeLogStreamsRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    2 "logStreamNamePrefix" log_stream_name_prefix: String [len(1, 512) like("[^:*]*")];
    3 "orderBy" order_by: String [one_of(ORDER_BY)];
    4 "descending" descending: bool;
    5 "nextToken" next_token: String [len_min(1)];
    6 "limit" limit: i32 [range(1, 50)];
}

wire::shape! { DescribeLogStreamsResponse
    0 "logStreams" log_streams: Vec<LogStream>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeLookupTablesRequest
    0 "lookupTableNamePrefix" lookup_table_name_prefix: String [len(1, 256) like("^[a-zA-Z0-9_]+$")];
    1 "maxResults" max_results: i32 [max(100)];
    2 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeLookupTablesResponse
    0 "lookupTables" lookup_tables: Vec<LookupTable>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeMetricFiltersRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "filterNamePrefix" filter_name_prefix: String [len(1, 512) like("[^:*]*")];
    2 "nextToken" next_token: String [len_min(1)];
    3 "limit" limit: i32 [range(1, 50)];
    4 "metricName" metric_name: String [len_max(255) like("[^:*$]*")];
    5 "metricNamespace" metric_namespace: String [len_max(255) like("[^:*$]*")];
}

wire::shape! { DescribeMetricFiltersResponse
    0 "metricFilters" metric_filters: Vec<MetricFilter>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeQueriesRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: String [one_of(QUERY_STATUS)];
    2 "maxResults" max_results: i32 [range(1, 1000)];
    3 "nextToken" next_token: String [len_min(1)];
    4 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
}

wire::shape! { DescribeQueriesResponse
    0 "queries" queries: Vec<QueryInfo>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeQueryDefinitionsRequest
    0 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    1 "queryDefinitionNamePrefix" query_definition_name_prefix: String [len(1, 255)];
    2 "maxResults" max_results: i32 [range(1, 1000)];
    3 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeQueryDefinitionsResponse
    0 "queryDefinitions" query_definitions: Vec<QueryDefinition>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeResourcePoliciesRequest
    0 "nextToken" next_token: String [len_min(1)];
    1 "limit" limit: i32 [range(1, 50)];
    2 "resourceArn" resource_arn: String;
    3 "policyScope" policy_scope: String [one_of(POLICY_SCOPE)];
}

wire::shape! { DescribeResourcePoliciesResponse
    0 "resourcePolicies" resource_policies: Vec<ResourcePolicy>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { DescribeSubscriptionFiltersRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "filterNamePrefix" filter_name_prefix: String [len(1, 512) like("[^:*]*")];
    2 "nextToken" next_token: String [len_min(1)];
    3 "limit" limit: i32 [range(1, 50)];
}

wire::shape! { DescribeSubscriptionFiltersResponse
    0 "subscriptionFilters" subscription_filters: Vec<SubscriptionFilter>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { Destination
    0 "destinationName" destination_name: String [len(1, 512) like("[^:*]*")];
    1 "targetArn" target_arn: String [len_min(1)];
    2 "roleArn" role_arn: String [len_min(1)];
    3 "accessPolicy" access_policy: String [len_min(1)];
    4 "arn" arn: String;
    5 "creationTime" creation_time: i64 [min(0)];
}

wire::shape! { DestinationConfiguration
    0 "s3Configuration" s3_configuration: S3Configuration;
    1 "lookupTableConfiguration" lookup_table_configuration: LookupTableConfiguration;
}

wire::shape! { DisassociateKmsKeyRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "resourceIdentifier" resource_identifier: String [len(1, 2048) like(r"[\w+=/:,.@\-\*]*")];
}

wire::shape! { DisassociateSourceFromS3TableIntegrationRequest
    0 "identifier" identifier: String [required len(1, 2048)];
}

wire::shape! { DisassociateSourceFromS3TableIntegrationResponse
    0 "identifier" identifier: String [len(1, 2048)];
}

wire::shape! { DryRunResult
    0 "totalMatchedLogGroups" total_matched_log_groups: i32 [min(0)];
    1 "increasedRetentionLogGroupCount" increased_retention_log_group_count: i32 [min(0)];
    2 "decreasedRetentionLogGroupCount" decreased_retention_log_group_count: i32 [min(0)];
    3 "unchangedRetentionLogGroupCount" unchanged_retention_log_group_count: i32 [min(0)];
    4 "failedAnalysisCount" failed_analysis_count: i32 [min(0)];
    5 "topLogGroupsImpacted" top_log_groups_impacted: Vec<LogGroupImpact>;
}

wire::shape! { Entity
    0 "keyAttributes" key_attributes: BTreeMap<String, String> [len(2, 4) each(&ITEM.len(1, 512)) keys(&ITEM.len(1, 32))];
    1 "attributes" attributes: BTreeMap<String, String> [len_max(10) each(&ITEM.len(1, 512)) keys(&ITEM.len(1, 256))];
}

wire::shape! { ExportTask
    0 "taskId" task_id: String [len(1, 512)];
    1 "taskName" task_name: String [len(1, 512)];
    2 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    3 "from" from: i64 [min(0)];
    4 "to" to: i64 [min(0)];
    5 "destination" destination: String [len(1, 512)];
    6 "destinationPrefix" destination_prefix: String;
    7 "status" status: ExportTaskStatus;
    8 "executionInfo" execution_info: ExportTaskExecutionInfo;
}

wire::shape! { ExportTaskExecutionInfo
    0 "creationTime" creation_time: i64 [min(0)];
    1 "completionTime" completion_time: i64 [min(0)];
}

wire::shape! { ExportTaskStatus
    0 "code" code: String [one_of(EXPORT_TASK_STATUS_CODE)];
    1 "message" message: String;
}

wire::shape! { FieldIndex
    0 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "fieldIndexName" field_index_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "lastScanTime" last_scan_time: i64 [min(0)];
    3 "firstEventTime" first_event_time: i64 [min(0)];
    4 "lastEventTime" last_event_time: i64 [min(0)];
    5 "type" r#type: String [one_of(INDEX_TYPE)];
    6 "indexCategory" index_category: String [one_of(INDEX_CATEGORY)];
}

wire::shape! { FieldsData
    0 "data" data: Bytes;
}

wire::shape! { FilterLogEventsRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    2 "logStreamNames" log_stream_names: Vec<String> [len(1, 100) each(&ITEM.len(1, 512).like("[^:*]*"))];
    3 "logStreamNamePrefix" log_stream_name_prefix: String [len(1, 512) like("[^:*]*")];
    4 "startTime" start_time: i64 [min(0)];
    5 "endTime" end_time: i64 [min(0)];
    6 "filterPattern" filter_pattern: String [len_max(1024)];
    7 "nextToken" next_token: String [len_min(1)];
    8 "limit" limit: i32 [range(1, 10000)];
    9 "startFromHead" start_from_head: bool;
    10 "interleaved" interleaved: bool;
    11 "unmask" unmask: bool;
}

wire::shape! { FilterLogEventsResponse
    0 "events" events: Vec<FilteredLogEvent>;
    1 "searchedLogStreams" searched_log_streams: Vec<SearchedLogStream>;
    2 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { FilteredLogEvent
    0 "logStreamName" log_stream_name: String [len(1, 512) like("[^:*]*")];
    1 "timestamp" timestamp: i64 [min(0)];
    2 "message" message: String [len_min(1)];
    3 "ingestionTime" ingestion_time: i64 [min(0)];
    4 "eventId" event_id: String;
}

wire::shape! { GetDataProtectionPolicyRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { GetDataProtectionPolicyResponse
    0 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "policyDocument" policy_document: String;
    2 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { GetDeliveryDestinationPolicyRequest
    0 "deliveryDestinationName" delivery_destination_name: String [required len(1, 60) like(r"[\w-]*")];
}

wire::shape! { GetDeliveryDestinationPolicyResponse
    0 "policy" policy: Policy;
}

wire::shape! { GetDeliveryDestinationRequest
    0 "name" name: String [required len(1, 60) like(r"[\w-]*")];
}

wire::shape! { GetDeliveryDestinationResponse
    0 "deliveryDestination" delivery_destination: DeliveryDestination;
}

wire::shape! { GetDeliveryRequest
    0 "id" id: String [required len(1, 64) like("^[0-9A-Za-z]+$")];
}

wire::shape! { GetDeliveryResponse
    0 "delivery" delivery: Delivery;
}

wire::shape! { GetDeliverySourceRequest
    0 "name" name: String [required len(1, 60) like(r"[\w-]*")];
}

wire::shape! { GetDeliverySourceResponse
    0 "deliverySource" delivery_source: DeliverySource;
}

wire::shape! { GetIntegrationRequest
    0 "integrationName" integration_name: String [required len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
}

wire::shape! { GetIntegrationResponse
    0 "integrationName" integration_name: String [len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "integrationType" integration_type: String [one_of(INTEGRATION_TYPE)];
    2 "integrationStatus" integration_status: String [one_of(INTEGRATION_STATUS)];
    3 "integrationDetails" integration_details: IntegrationDetails;
}

wire::shape! { GetLogAnomalyDetectorRequest
    0 "anomalyDetectorArn" anomaly_detector_arn: String [required len_min(1) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { GetLogAnomalyDetectorResponse
    0 "detectorName" detector_name: String [len_min(1)];
    1 "logGroupArnList" log_group_arn_list: Vec<String> [each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    2 "evaluationFrequency" evaluation_frequency: String [one_of(EVALUATION_FREQUENCY)];
    3 "filterPattern" filter_pattern: String [len_max(1024)];
    4 "anomalyDetectorStatus" anomaly_detector_status: String [one_of(ANOMALY_DETECTOR_STATUS)];
    5 "kmsKeyId" kms_key_id: String [len_max(256)];
    6 "creationTimeStamp" creation_time_stamp: i64 [min(0)];
    7 "lastModifiedTimeStamp" last_modified_time_stamp: i64 [min(0)];
    8 "anomalyVisibilityTime" anomaly_visibility_time: i64 [range(7, 90)];
}

wire::shape! { GetLogEventsRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    2 "logStreamName" log_stream_name: String [required len(1, 512) like("[^:*]*")];
    3 "startTime" start_time: i64 [min(0)];
    4 "endTime" end_time: i64 [min(0)];
    5 "nextToken" next_token: String [len_min(1)];
    6 "limit" limit: i32 [range(1, 10000)];
    7 "startFromHead" start_from_head: bool;
    8 "unmask" unmask: bool;
}

wire::shape! { GetLogEventsResponse
    0 "events" events: Vec<OutputLogEvent>;
    1 "nextForwardToken" next_forward_token: String [len_min(1)];
    2 "nextBackwardToken" next_backward_token: String [len_min(1)];
}

wire::shape! { GetLogFieldsRequest
    0 "dataSourceName" data_source_name: String [required];
    1 "dataSourceType" data_source_type: String [required];
}

wire::shape! { GetLogFieldsResponse
    0 "logFields" log_fields: Vec<LogFieldsListItem>;
}

wire::shape! { GetLogGroupFieldsRequest
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "time" time: i64 [min(0)];
    2 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { GetLogGroupFieldsResponse
    0 "logGroupFields" log_group_fields: Vec<LogGroupField>;
}

wire::shape! { GetLogObjectRequest
    0 "unmask" unmask: bool;
    1 "logObjectPointer" log_object_pointer: String [required len(1, 512)];
}

wire::shape! { GetLogObjectResponse
    0 "fieldStream" field_stream: Events;
}

wire::shape! { GetLogObjectResponseStream [event_stream]
    0 "fields" fields: FieldsData;
    1 "InternalStreamingException" internal_streaming_exception: InternalStreamingException;
}

wire::shape! { GetLogRecordRequest
    0 "logRecordPointer" log_record_pointer: String [required];
    1 "unmask" unmask: bool;
}

wire::shape! { GetLogRecordResponse
    0 "logRecord" log_record: BTreeMap<String, String>;
}

wire::shape! { GetLookupTableRequest
    0 "lookupTableArn" lookup_table_arn: String [required];
}

wire::shape! { GetLookupTableResponse
    0 "lookupTableArn" lookup_table_arn: String;
    1 "lookupTableName" lookup_table_name: String [len(1, 256) like("^[a-zA-Z0-9_]+$")];
    2 "description" description: String [len_max(1024)];
    3 "tableBody" table_body: String [len(1, 10485760)];
    4 "sizeBytes" size_bytes: i64 [min(0)];
    5 "lastUpdatedTime" last_updated_time: i64 [min(0)];
    6 "kmsKeyId" kms_key_id: String [len_max(256)];
}

wire::shape! { GetQueryResultsRequest
    0 "queryId" query_id: String [required len(1, 256)];
    1 "nextToken" next_token: String [len_max(1024)];
    2 "maxItems" max_items: i32 [range(0, 10000)];
}

wire::shape! { GetQueryResultsResponse
    0 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    1 "results" results: Vec<Vec<ResultField>>;
    2 "statistics" statistics: QueryStatistics;
    3 "status" status: String [one_of(QUERY_STATUS)];
    4 "encryptionKey" encryption_key: String [len_max(256)];
    5 "nextToken" next_token: String [len_max(1024)];
}

wire::shape! { GetScheduledQueryHistoryRequest
    0 "identifier" identifier: String [required len(1, 300)];
    1 "startTime" start_time: i64 [required min(0)];
    2 "endTime" end_time: i64 [required min(0)];
    3 "executionStatuses" execution_statuses: Vec<String> [each(&ITEM.one_of(EXECUTION_STATUS))];
    4 "maxResults" max_results: i32 [range(1, 1000)];
    5 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { GetScheduledQueryHistoryResponse
    0 "name" name: String [len(1, 300)];
    1 "scheduledQueryArn" scheduled_query_arn: String;
    2 "triggerHistory" trigger_history: Vec<TriggerHistoryRecord>;
    3 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { GetScheduledQueryRequest
    0 "identifier" identifier: String [required len(1, 300)];
}

wire::shape! { GetScheduledQueryResponse
    0 "scheduledQueryArn" scheduled_query_arn: String;
    1 "name" name: String [len(1, 300)];
    2 "description" description: String [len_max(1024)];
    3 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    4 "queryString" query_string: String [len_max(10000)];
    5 "logGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 50) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    6 "scheduleExpression" schedule_expression: String [len_max(256)];
    7 "timezone" timezone: String [len_min(1)];
    8 "startTimeOffset" start_time_offset: i64;
    9 "endTimeOffset" end_time_offset: i64;
    10 "destinationConfiguration" destination_configuration: DestinationConfiguration;
    11 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
    12 "scheduleType" schedule_type: String [one_of(SCHEDULE_TYPE)];
    13 "lastTriggeredTime" last_triggered_time: i64 [min(0)];
    14 "lastExecutionStatus" last_execution_status: String [one_of(EXECUTION_STATUS)];
    15 "scheduleStartTime" schedule_start_time: i64 [min(0)];
    16 "scheduleEndTime" schedule_end_time: i64 [min(0)];
    17 "executionRoleArn" execution_role_arn: String [len_min(1)];
    18 "creationTime" creation_time: i64 [min(0)];
    19 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { GetStorageTierPolicyRequest
}

wire::shape! { GetStorageTierPolicyResponse
    0 "storageTier" storage_tier: String [one_of(STORAGE_TIER)];
    1 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { GetTransformerRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
}

wire::shape! { GetTransformerResponse
    0 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "creationTime" creation_time: i64 [min(0)];
    2 "lastModifiedTime" last_modified_time: i64 [min(0)];
    3 "transformerConfig" transformer_config: Vec<Processor> [len(1, 20)];
}

wire::shape! { Grok
    0 "source" source: String [len(1, 128)];
    1 "match" r#match: String [required len(1, 512)];
}

wire::shape! { GroupingIdentifier
    0 "key" key: String;
    1 "value" value: String;
}

wire::shape! { Import
    0 "importId" import_id: String [len(1, 256) like(r"[\-a-zA-Z0-9]+")];
    1 "importSourceArn" import_source_arn: String;
    2 "importStatus" import_status: String [one_of(IMPORT_STATUS)];
    3 "importDestinationArn" import_destination_arn: String;
    4 "importStatistics" import_statistics: ImportStatistics;
    5 "importFilter" import_filter: ImportFilter;
    6 "creationTime" creation_time: i64 [min(0)];
    7 "lastUpdatedTime" last_updated_time: i64 [min(0)];
    8 "errorMessage" error_message: String;
}

wire::shape! { ImportBatch
    0 "batchId" batch_id: String [required len(1, 256)];
    1 "status" status: String [required one_of(IMPORT_STATUS)];
    2 "errorMessage" error_message: String;
}

wire::shape! { ImportFilter
    0 "startEventTime" start_event_time: i64 [min(0)];
    1 "endEventTime" end_event_time: i64 [min(0)];
}

wire::shape! { ImportStatistics
    0 "bytesImported" bytes_imported: i64 [min(0)];
}

wire::shape! { IndexPolicy
    0 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "lastUpdateTime" last_update_time: i64 [min(0)];
    2 "policyDocument" policy_document: String [len(1, 51200)];
    3 "policyName" policy_name: String;
    4 "source" source: String [one_of(INDEX_SOURCE)];
}

wire::shape! { InputLogEvent
    0 "timestamp" timestamp: i64 [required min(0)];
    1 "message" message: String [required len_min(1)];
}

wire::shape! { IntegrationDetails [union]
    0 "openSearchIntegrationDetails" open_search_integration_details: OpenSearchIntegrationDetails;
}

wire::shape! { IntegrationSummary
    0 "integrationName" integration_name: String [len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "integrationType" integration_type: String [one_of(INTEGRATION_TYPE)];
    2 "integrationStatus" integration_status: String [one_of(INTEGRATION_STATUS)];
}

wire::shape! { InternalStreamingException
    0 "message" message: String;
}

wire::shape! { ListAggregateLogGroupSummariesRequest
    0 "accountIdentifiers" account_identifiers: Vec<String> [len_max(20) each(&ITEM.len(12, 12).like(r"^\d{12}$"))];
    1 "includeLinkedAccounts" include_linked_accounts: bool;
    2 "logGroupClass" log_group_class: String [one_of(LOG_GROUP_CLASS)];
    3 "logGroupNamePattern" log_group_name_pattern: String [len(3, 129) like(r"(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}")];
    4 "dataSources" data_sources: Vec<DataSourceFilter> [len(1, 5)];
    5 "groupBy" group_by: String [required one_of(LIST_AGGREGATE_LOG_GROUP_SUMMARIES_GROUP_BY)];
    6 "nextToken" next_token: String [len_min(1)];
    7 "limit" limit: i32 [range(1, 50)];
}

wire::shape! { ListAggregateLogGroupSummariesResponse
    0 "aggregateLogGroupSummaries" aggregate_log_group_summaries: Vec<AggregateLogGroupSummary>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListAnomaliesRequest
    0 "anomalyDetectorArn" anomaly_detector_arn: String [len_min(1) like(r"[\w#+=/:,.@-]*")];
    1 "suppressionState" suppression_state: String [one_of(SUPPRESSION_STATE)];
    2 "limit" limit: i32 [range(1, 50)];
    3 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListAnomaliesResponse
    0 "anomalies" anomalies: Vec<Anomaly>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListIntegrationsRequest
    0 "integrationNamePrefix" integration_name_prefix: String [len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "integrationType" integration_type: String [one_of(INTEGRATION_TYPE)];
    2 "integrationStatus" integration_status: String [one_of(INTEGRATION_STATUS)];
}

wire::shape! { ListIntegrationsResponse
    0 "integrationSummaries" integration_summaries: Vec<IntegrationSummary>;
}

wire::shape! { ListLogAnomalyDetectorsRequest
    0 "filterLogGroupArn" filter_log_group_arn: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "limit" limit: i32 [range(1, 50)];
    2 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListLogAnomalyDetectorsResponse
    0 "anomalyDetectors" anomaly_detectors: Vec<AnomalyDetector>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListLogGroupsForQueryRequest
    0 "queryId" query_id: String [required len(1, 256)];
    1 "nextToken" next_token: String [len_min(1)];
    2 "maxResults" max_results: i32 [range(50, 500)];
}

wire::shape! { ListLogGroupsForQueryResponse
    0 "logGroupIdentifiers" log_group_identifiers: Vec<String> [each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListLogGroupsRequest
    0 "logGroupNamePattern" log_group_name_pattern: String [len(3, 129) like(r"(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}")];
    1 "logGroupClass" log_group_class: String [one_of(LOG_GROUP_CLASS)];
    2 "includeLinkedAccounts" include_linked_accounts: bool;
    3 "accountIdentifiers" account_identifiers: Vec<String> [len_max(20) each(&ITEM.len(12, 12).like(r"^\d{12}$"))];
    4 "nextToken" next_token: String [len_min(1)];
    5 "limit" limit: i32 [range(1, 1000)];
    6 "dataSources" data_sources: Vec<DataSourceFilter> [len(1, 5)];
    7 "fieldIndexNames" field_index_names: Vec<String> [len(1, 20) each(&ITEM.len(1, 512).like(r"[\.\-_/#A-Za-z0-9]+"))];
    8 "logGroupTags" log_group_tags: Vec<TagFilter> [len(1, 5)];
}

wire::shape! { ListLogGroupsResponse
    0 "logGroups" log_groups: Vec<LogGroupSummary>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListScheduledQueriesRequest
    0 "maxResults" max_results: i32 [range(1, 1000)];
    1 "nextToken" next_token: String [len_min(1)];
    2 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
    3 "scheduleType" schedule_type: String [one_of(SCHEDULE_TYPE)];
}

wire::shape! { ListScheduledQueriesResponse
    0 "nextToken" next_token: String [len_min(1)];
    1 "scheduledQueries" scheduled_queries: Vec<ScheduledQuerySummary>;
}

wire::shape! { ListSourcesForS3TableIntegrationRequest
    0 "integrationArn" integration_arn: String [required];
    1 "maxResults" max_results: i32 [range(1, 100)];
    2 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListSourcesForS3TableIntegrationResponse
    0 "sources" sources: Vec<S3TableIntegrationSource>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListSyslogConfigurationsRequest
    0 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "vpcEndpointId" vpc_endpoint_id: String [like("^vpce-[0-9a-f]{1,64}$")];
    2 "nextToken" next_token: String [len_min(1)];
    3 "maxResults" max_results: i32 [range(0, 50)];
}

wire::shape! { ListSyslogConfigurationsResponse
    0 "syslogConfigurations" syslog_configurations: Vec<SyslogConfiguration>;
    1 "nextToken" next_token: String [len_min(1)];
}

wire::shape! { ListTagsForResourceRequest
    0 "resourceArn" resource_arn: String [required len(1, 1011) like(r"[\w+=/:,.@-]*")];
}

wire::shape! { ListTagsForResourceResponse
    0 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { ListTagsLogGroupRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
}

wire::shape! { ListTagsLogGroupResponse
    0 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { ListToMap
    0 "source" source: String [required len(1, 128)];
    1 "key" key: String [required len(1, 128)];
    2 "valueKey" value_key: String [len(1, 128)];
    3 "target" target: String [len(1, 128)];
    4 "flatten" flatten: bool;
    5 "flattenedElement" flattened_element: String [one_of(FLATTENED_ELEMENT)];
}

wire::shape! { LiveTailSessionLogEvent
    0 "logStreamName" log_stream_name: String [len(1, 512) like("[^:*]*")];
    1 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    2 "message" message: String [len_min(1)];
    3 "timestamp" timestamp: i64 [min(0)];
    4 "ingestionTime" ingestion_time: i64 [min(0)];
}

wire::shape! { LiveTailSessionMetadata
    0 "sampled" sampled: bool;
}

wire::shape! { LiveTailSessionStart
    0 "requestId" request_id: String [len_max(256)];
    1 "sessionId" session_id: String [len_max(256)];
    2 "logGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 10) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    3 "logStreamNames" log_stream_names: Vec<String> [len(1, 100) each(&ITEM.len(1, 512).like("[^:*]*"))];
    4 "logStreamNamePrefixes" log_stream_name_prefixes: Vec<String> [len(1, 100) each(&ITEM.len(1, 512).like("[^:*]*"))];
    5 "logEventFilterPattern" log_event_filter_pattern: String [len_max(1024)];
}

wire::shape! { LiveTailSessionUpdate
    0 "sessionMetadata" session_metadata: LiveTailSessionMetadata;
    1 "sessionResults" session_results: Vec<LiveTailSessionLogEvent>;
}

wire::shape! { LogEvent
    0 "timestamp" timestamp: i64 [min(0)];
    1 "message" message: String [len_min(1)];
}

wire::shape! { LogFieldType
    0 "type" r#type: String;
    1 "element" element: Box<LogFieldType>;
    2 "fields" fields: Vec<LogFieldsListItem>;
}

wire::shape! { LogFieldsListItem
    0 "logFieldName" log_field_name: String [len(1, 256)];
    1 "logFieldType" log_field_type: LogFieldType;
}

wire::shape! { LogGroup
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "creationTime" creation_time: i64 [min(0)];
    2 "retentionInDays" retention_in_days: i32;
    3 "metricFilterCount" metric_filter_count: i32;
    4 "arn" arn: String;
    5 "storedBytes" stored_bytes: i64 [min(0)];
    6 "kmsKeyId" kms_key_id: String [len_max(256)];
    7 "dataProtectionStatus" data_protection_status: String [one_of(DATA_PROTECTION_STATUS)];
    8 "inheritedProperties" inherited_properties: Vec<String> [each(&ITEM.one_of(INHERITED_PROPERTY))];
    9 "logGroupClass" log_group_class: String [one_of(LOG_GROUP_CLASS)];
    10 "logGroupArn" log_group_arn: String;
    11 "deletionProtectionEnabled" deletion_protection_enabled: bool;
    12 "bearerTokenAuthenticationEnabled" bearer_token_authentication_enabled: bool;
    13 "retentionPolicyName" retention_policy_name: String;
}

wire::shape! { LogGroupField
    0 "name" name: String;
    1 "percent" percent: i32 [range(0, 100)];
}

wire::shape! { LogGroupImpact
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "currentRetention" current_retention: String [len(1, 12)];
    2 "proposedRetention" proposed_retention: String [len(1, 12)];
    3 "storedBytes" stored_bytes: i64 [min(0)];
}

wire::shape! { LogGroupSummary
    0 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logGroupArn" log_group_arn: String;
    2 "logGroupClass" log_group_class: String [one_of(LOG_GROUP_CLASS)];
}

wire::shape! { LogStream
    0 "logStreamName" log_stream_name: String [len(1, 512) like("[^:*]*")];
    1 "creationTime" creation_time: i64 [min(0)];
    2 "firstEventTimestamp" first_event_timestamp: i64 [min(0)];
    3 "lastEventTimestamp" last_event_timestamp: i64 [min(0)];
    4 "lastIngestionTime" last_ingestion_time: i64 [min(0)];
    5 "uploadSequenceToken" upload_sequence_token: String [len_min(1)];
    6 "arn" arn: String;
    7 "storedBytes" stored_bytes: i64 [min(0)];
}

wire::shape! { LookupTable
    0 "lookupTableArn" lookup_table_arn: String;
    1 "lookupTableName" lookup_table_name: String [len(1, 256) like("^[a-zA-Z0-9_]+$")];
    2 "description" description: String [len_max(1024)];
    3 "tableFields" table_fields: Vec<String>;
    4 "recordsCount" records_count: i64 [min(0)];
    5 "sizeBytes" size_bytes: i64 [min(0)];
    6 "lastUpdatedTime" last_updated_time: i64 [min(0)];
    7 "kmsKeyId" kms_key_id: String [len_max(256)];
}

wire::shape! { LookupTableConfiguration
    0 "tableName" table_name: String [required len(1, 256) like("^[a-zA-Z0-9_]+$")];
    1 "roleArn" role_arn: String [required len_min(1)];
    2 "description" description: String [len_max(1024)];
    3 "kmsKeyId" kms_key_id: String [len_max(256)];
    4 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { LowerCaseString
    0 "withKeys" with_keys: Vec<String> [required len(1, 10) each(&ITEM.len_min(1))];
}

wire::shape! { MetricFilter
    0 "filterName" filter_name: String [len(1, 512) like("[^:*]*")];
    1 "filterPattern" filter_pattern: String [len_max(1024)];
    2 "metricTransformations" metric_transformations: Vec<MetricTransformation> [len(1, 1)];
    3 "creationTime" creation_time: i64 [min(0)];
    4 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    5 "applyOnTransformedLogs" apply_on_transformed_logs: bool;
    6 "fieldSelectionCriteria" field_selection_criteria: String [len_max(2000)];
    7 "emitSystemFieldDimensions" emit_system_field_dimensions: Vec<String>;
}

wire::shape! { MetricFilterMatchRecord
    0 "eventNumber" event_number: i64;
    1 "eventMessage" event_message: String [len_min(1)];
    2 "extractedValues" extracted_values: BTreeMap<String, String>;
}

wire::shape! { MetricTransformation
    0 "metricName" metric_name: String [required len_max(255) like("[^:*$]*")];
    1 "metricNamespace" metric_namespace: String [required len_max(255) like("[^:*$]*")];
    2 "metricValue" metric_value: String [required len_max(100)];
    3 "defaultValue" default_value: f64;
    4 "dimensions" dimensions: BTreeMap<String, String> [each(&ITEM.len_max(255)) keys(&ITEM.len_max(255))];
    5 "unit" unit: String [one_of(STANDARD_UNIT)];
}

wire::shape! { MoveKeyEntry
    0 "source" source: String [required len(1, 128)];
    1 "target" target: String [required len(1, 128)];
    2 "overwriteIfExists" overwrite_if_exists: bool;
}

wire::shape! { MoveKeys
    0 "entries" entries: Vec<MoveKeyEntry> [required len(1, 5)];
}

wire::shape! { OpenSearchApplication
    0 "applicationEndpoint" application_endpoint: String [len(1, 1024) like(r"^https://[\.\-_/#:A-Za-z0-9]+\.com$")];
    1 "applicationArn" application_arn: String;
    2 "applicationId" application_id: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    3 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchCollection
    0 "collectionEndpoint" collection_endpoint: String [len(1, 1024) like(r"^https://[\.\-_/#:A-Za-z0-9]+\.com$")];
    1 "collectionArn" collection_arn: String;
    2 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchDataAccessPolicy
    0 "policyName" policy_name: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchDataSource
    0 "dataSourceName" data_source_name: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchEncryptionPolicy
    0 "policyName" policy_name: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchIntegrationDetails
    0 "dataSource" data_source: OpenSearchDataSource;
    1 "application" application: OpenSearchApplication;
    2 "collection" collection: OpenSearchCollection;
    3 "workspace" workspace: OpenSearchWorkspace;
    4 "encryptionPolicy" encryption_policy: OpenSearchEncryptionPolicy;
    5 "networkPolicy" network_policy: OpenSearchNetworkPolicy;
    6 "accessPolicy" access_policy: OpenSearchDataAccessPolicy;
    7 "lifecyclePolicy" lifecycle_policy: OpenSearchLifecyclePolicy;
}

wire::shape! { OpenSearchLifecyclePolicy
    0 "policyName" policy_name: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchNetworkPolicy
    0 "policyName" policy_name: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OpenSearchResourceConfig
    0 "kmsKeyArn" kms_key_arn: String;
    1 "dataSourceRoleArn" data_source_role_arn: String [required];
    2 "dashboardViewerPrincipals" dashboard_viewer_principals: Vec<String> [required];
    3 "applicationArn" application_arn: String;
    4 "retentionDays" retention_days: i32 [required range(1, 30)];
}

wire::shape! { OpenSearchResourceStatus
    0 "status" status: String [one_of(OPEN_SEARCH_RESOURCE_STATUS_TYPE)];
    1 "statusMessage" status_message: String [len_min(1)];
}

wire::shape! { OpenSearchWorkspace
    0 "workspaceId" workspace_id: String [len(1, 256) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "status" status: OpenSearchResourceStatus;
}

wire::shape! { OutputLogEvent
    0 "timestamp" timestamp: i64 [min(0)];
    1 "message" message: String [len_min(1)];
    2 "ingestionTime" ingestion_time: i64 [min(0)];
}

wire::shape! { ParseCloudfront
    0 "source" source: String [len(1, 128)];
}

wire::shape! { ParseJSON
    0 "source" source: String [len(1, 128)];
    1 "destination" destination: String [len(1, 128)];
}

wire::shape! { ParseKeyValue
    0 "source" source: String [len(1, 128)];
    1 "destination" destination: String [len(1, 128)];
    2 "fieldDelimiter" field_delimiter: String [len(1, 128)];
    3 "keyValueDelimiter" key_value_delimiter: String [len(1, 128)];
    4 "keyPrefix" key_prefix: String [len(1, 128)];
    5 "nonMatchValue" non_match_value: String [len(1, 128)];
    6 "overwriteIfExists" overwrite_if_exists: bool;
}

wire::shape! { ParsePostgres
    0 "source" source: String [len(1, 128)];
}

wire::shape! { ParseRoute53
    0 "source" source: String [len(1, 128)];
}

wire::shape! { ParseToOCSF
    0 "source" source: String [len(1, 128)];
    1 "eventSource" event_source: String [required one_of(EVENT_SOURCE)];
    2 "ocsfVersion" ocsf_version: String [required one_of(OCSF_VERSION)];
    3 "mappingVersion" mapping_version: String [len(1, 10) like(r"^\d+\.\d+(\.\d+)?$")];
}

wire::shape! { ParseVPC
    0 "source" source: String [len(1, 128)];
}

wire::shape! { ParseWAF
    0 "source" source: String [len(1, 128)];
}

wire::shape! { PatternToken
    0 "dynamicTokenPosition" dynamic_token_position: i32;
    1 "isDynamic" is_dynamic: bool;
    2 "tokenString" token_string: String [len_min(1)];
    3 "enumerations" enumerations: BTreeMap<String, i64> [keys(&ITEM.len_min(1))];
    4 "inferredTokenName" inferred_token_name: String [len_min(1)];
}

wire::shape! { Policy
    0 "deliveryDestinationPolicy" delivery_destination_policy: String [len(1, 51200)];
}

wire::shape! { Processor
    0 "addKeys" add_keys: AddKeys;
    1 "copyValue" copy_value: CopyValue;
    2 "csv" csv: CSV;
    3 "dateTimeConverter" date_time_converter: DateTimeConverter;
    4 "deleteKeys" delete_keys: DeleteKeys;
    5 "grok" grok: Grok;
    6 "listToMap" list_to_map: ListToMap;
    7 "lowerCaseString" lower_case_string: LowerCaseString;
    8 "moveKeys" move_keys: MoveKeys;
    9 "parseCloudfront" parse_cloudfront: ParseCloudfront;
    10 "parseJSON" parse_json: ParseJSON;
    11 "parseKeyValue" parse_key_value: ParseKeyValue;
    12 "parseRoute53" parse_route53: ParseRoute53;
    13 "parseToOCSF" parse_to_ocsf: ParseToOCSF;
    14 "parsePostgres" parse_postgres: ParsePostgres;
    15 "parseVPC" parse_vpc: ParseVPC;
    16 "parseWAF" parse_waf: ParseWAF;
    17 "renameKeys" rename_keys: RenameKeys;
    18 "splitString" split_string: SplitString;
    19 "substituteString" substitute_string: SubstituteString;
    20 "trimString" trim_string: TrimString;
    21 "typeConverter" type_converter: TypeConverter;
    22 "upperCaseString" upper_case_string: UpperCaseString;
}

wire::shape! { PutAccountPolicyRequest
    0 "policyName" policy_name: String [required];
    1 "policyDocument" policy_document: String [required];
    2 "policyType" policy_type: String [required one_of(POLICY_TYPE)];
    3 "scope" scope: String [one_of(SCOPE)];
    4 "selectionCriteria" selection_criteria: String;
    5 "dryRun" dry_run: bool;
}

wire::shape! { PutAccountPolicyResponse
    0 "accountPolicy" account_policy: AccountPolicy;
    1 "dryRunResult" dry_run_result: DryRunResult;
}

wire::shape! { PutBearerTokenAuthenticationRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "bearerTokenAuthenticationEnabled" bearer_token_authentication_enabled: bool [required];
}

wire::shape! { PutDataProtectionPolicyRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "policyDocument" policy_document: String [required];
}

wire::shape! { PutDataProtectionPolicyResponse
    0 "logGroupIdentifier" log_group_identifier: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "policyDocument" policy_document: String;
    2 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { PutDeliveryDestinationPolicyRequest
    0 "deliveryDestinationName" delivery_destination_name: String [required len(1, 60) like(r"[\w-]*")];
    1 "deliveryDestinationPolicy" delivery_destination_policy: String [required len(1, 51200)];
}

wire::shape! { PutDeliveryDestinationPolicyResponse
    0 "policy" policy: Policy;
}

wire::shape! { PutDeliveryDestinationRequest
    0 "name" name: String [required len(1, 60) like(r"[\w-]*")];
    1 "outputFormat" output_format: String [one_of(OUTPUT_FORMAT)];
    2 "deliveryDestinationConfiguration" delivery_destination_configuration: DeliveryDestinationConfiguration;
    3 "deliveryDestinationType" delivery_destination_type: String [one_of(DELIVERY_DESTINATION_TYPE)];
    4 "roleArn" role_arn: String;
    5 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { PutDeliveryDestinationResponse
    0 "deliveryDestination" delivery_destination: DeliveryDestination;
}

wire::shape! { PutDeliverySourceRequest
    0 "name" name: String [required len(1, 60) like(r"[\w-]*")];
    1 "resourceArn" resource_arn: String [required];
    2 "logType" log_type: String [required len(1, 255) like(r"[\w]*")];
    3 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
    4 "deliverySourceConfiguration" delivery_source_configuration: BTreeMap<String, String> [each(&ITEM.len(1, 255)) keys(&ITEM.len(1, 255))];
}

wire::shape! { PutDeliverySourceResponse
    0 "deliverySource" delivery_source: DeliverySource;
}

wire::shape! { PutDestinationPolicyRequest
    0 "destinationName" destination_name: String [required len(1, 512) like("[^:*]*")];
    1 "accessPolicy" access_policy: String [required len_min(1)];
    2 "forceUpdate" force_update: bool;
}

wire::shape! { PutDestinationRequest
    0 "destinationName" destination_name: String [required len(1, 512) like("[^:*]*")];
    1 "targetArn" target_arn: String [required len_min(1)];
    2 "roleArn" role_arn: String [required len_min(1)];
    3 "tags" tags: BTreeMap<String, String> [len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { PutDestinationResponse
    0 "destination" destination: Destination;
}

wire::shape! { PutIndexPolicyRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "policyDocument" policy_document: String [required len(1, 51200)];
}

wire::shape! { PutIndexPolicyResponse
    0 "indexPolicy" index_policy: IndexPolicy;
}

wire::shape! { PutIntegrationRequest
    0 "integrationName" integration_name: String [required len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "resourceConfig" resource_config: ResourceConfig [required];
    2 "integrationType" integration_type: String [required one_of(INTEGRATION_TYPE)];
}

wire::shape! { PutIntegrationResponse
    0 "integrationName" integration_name: String [len(1, 50) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "integrationStatus" integration_status: String [one_of(INTEGRATION_STATUS)];
}

wire::shape! { PutLogEventsRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "logStreamName" log_stream_name: String [required len(1, 512) like("[^:*]*")];
    2 "logEvents" log_events: Vec<InputLogEvent> [required len(1, 10000)];
    3 "sequenceToken" sequence_token: String [len_min(1)];
    4 "entity" entity: Entity;
}

wire::shape! { PutLogEventsResponse
    0 "nextSequenceToken" next_sequence_token: String [len_min(1)];
    1 "rejectedLogEventsInfo" rejected_log_events_info: RejectedLogEventsInfo;
    2 "rejectedEntityInfo" rejected_entity_info: RejectedEntityInfo;
}

wire::shape! { PutLogGroupDeletionProtectionRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "deletionProtectionEnabled" deletion_protection_enabled: bool [required];
}

wire::shape! { PutMetricFilterRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "filterName" filter_name: String [required len(1, 512) like("[^:*]*")];
    2 "filterPattern" filter_pattern: String [required len_max(1024)];
    3 "metricTransformations" metric_transformations: Vec<MetricTransformation> [required len(1, 1)];
    4 "applyOnTransformedLogs" apply_on_transformed_logs: bool;
    5 "fieldSelectionCriteria" field_selection_criteria: String [len_max(2000)];
    6 "emitSystemFieldDimensions" emit_system_field_dimensions: Vec<String>;
}

wire::shape! { PutQueryDefinitionRequest
    0 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    1 "name" name: String [required len(1, 255)];
    2 "queryDefinitionId" query_definition_id: String [len(1, 256)];
    3 "logGroupNames" log_group_names: Vec<String> [each(&ITEM.len(1, 512).like(r"[\.\-_/#A-Za-z0-9]+"))];
    4 "queryString" query_string: String [required len(1, 10000)];
    5 "clientToken" client_token: String [token len(36, 128) like(r"\S{36,128}")];
    6 "parameters" parameters: Vec<QueryParameter> [len_max(20)];
}

wire::shape! { PutQueryDefinitionResponse
    0 "queryDefinitionId" query_definition_id: String [len(1, 256)];
}

wire::shape! { PutResourcePolicyRequest
    0 "policyName" policy_name: String;
    1 "policyDocument" policy_document: String [len(1, 51200)];
    2 "resourceArn" resource_arn: String;
    3 "expectedRevisionId" expected_revision_id: String [len_min(1)];
}

wire::shape! { PutResourcePolicyResponse
    0 "resourcePolicy" resource_policy: ResourcePolicy;
    1 "revisionId" revision_id: String [len_min(1)];
}

wire::shape! { PutRetentionPolicyRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "retentionInDays" retention_in_days: i32 [required];
}

wire::shape! { PutStorageTierPolicyRequest
    0 "storageTier" storage_tier: String [required one_of(STORAGE_TIER)];
}

wire::shape! { PutStorageTierPolicyResponse
    0 "storageTier" storage_tier: String [one_of(STORAGE_TIER)];
    1 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { PutSubscriptionFilterRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "filterName" filter_name: String [required len(1, 512) like("[^:*]*")];
    2 "filterPattern" filter_pattern: String [required len_max(1024)];
    3 "destinationArn" destination_arn: String [required len_min(1)];
    4 "roleArn" role_arn: String [len_min(1)];
    5 "distribution" distribution: String [one_of(DISTRIBUTION)];
    6 "applyOnTransformedLogs" apply_on_transformed_logs: bool;
    7 "fieldSelectionCriteria" field_selection_criteria: String [len_max(2000)];
    8 "emitSystemFields" emit_system_fields: Vec<String>;
}

wire::shape! { PutSyslogConfigurationRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "vpcEndpointId" vpc_endpoint_id: String [like("^vpce-[0-9a-f]{1,64}$")];
}

wire::shape! { PutTransformerRequest
    0 "logGroupIdentifier" log_group_identifier: String [required len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "transformerConfig" transformer_config: Vec<Processor> [required len(1, 20)];
}

wire::shape! { QueryDefinition
    0 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    1 "queryDefinitionId" query_definition_id: String [len(1, 256)];
    2 "name" name: String [len(1, 255)];
    3 "queryString" query_string: String [len(1, 10000)];
    4 "lastModified" last_modified: i64 [min(0)];
    5 "logGroupNames" log_group_names: Vec<String> [each(&ITEM.len(1, 512).like(r"[\.\-_/#A-Za-z0-9]+"))];
    6 "parameters" parameters: Vec<QueryParameter> [len_max(20)];
}

wire::shape! { QueryInfo
    0 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    1 "queryId" query_id: String [len(1, 256)];
    2 "queryString" query_string: String [len_max(10000)];
    3 "status" status: String [one_of(QUERY_STATUS)];
    4 "createTime" create_time: i64 [min(0)];
    5 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    6 "queryDuration" query_duration: i64;
    7 "bytesScanned" bytes_scanned: f64;
    8 "userIdentity" user_identity: String [len(1, 2048)];
}

wire::shape! { QueryParameter
    0 "name" name: String [required len(1, 128) like("^[a-zA-Z_][a-zA-Z0-9_]*")];
    1 "defaultValue" default_value: String [len_max(1024)];
    2 "description" description: String [len_max(512)];
}

wire::shape! { QueryStatistics
    0 "recordsMatched" records_matched: f64;
    1 "recordsScanned" records_scanned: f64;
    2 "estimatedRecordsSkipped" estimated_records_skipped: f64;
    3 "bytesScanned" bytes_scanned: f64;
    4 "estimatedBytesSkipped" estimated_bytes_skipped: f64;
    5 "logGroupsScanned" log_groups_scanned: f64;
    6 "resultCount" result_count: f64;
}

wire::shape! { RecordField
    0 "name" name: String [len(1, 64)];
    1 "mandatory" mandatory: bool;
}

wire::shape! { RejectedEntityInfo
    0 "errorType" error_type: String [required one_of(ENTITY_REJECTION_ERROR_TYPE)];
}

wire::shape! { RejectedLogEventsInfo
    0 "tooNewLogEventStartIndex" too_new_log_event_start_index: i32;
    1 "tooOldLogEventEndIndex" too_old_log_event_end_index: i32;
    2 "expiredLogEventEndIndex" expired_log_event_end_index: i32;
}

wire::shape! { RenameKeyEntry
    0 "key" key: String [required len(1, 128)];
    1 "renameTo" rename_to: String [required len(1, 128)];
    2 "overwriteIfExists" overwrite_if_exists: bool;
}

wire::shape! { RenameKeys
    0 "entries" entries: Vec<RenameKeyEntry> [required len(1, 5)];
}

wire::shape! { ResourceConfig [union]
    0 "openSearchResourceConfig" open_search_resource_config: OpenSearchResourceConfig;
}

wire::shape! { ResourcePolicy
    0 "policyName" policy_name: String;
    1 "policyDocument" policy_document: String [len(1, 51200)];
    2 "lastUpdatedTime" last_updated_time: i64 [min(0)];
    3 "policyScope" policy_scope: String [one_of(POLICY_SCOPE)];
    4 "resourceArn" resource_arn: String;
    5 "revisionId" revision_id: String [len_min(1)];
}

wire::shape! { ResultField
    0 "field" field: String;
    1 "value" value: String;
}

wire::shape! { S3Configuration
    0 "destinationIdentifier" destination_identifier: String [required len_max(1024) like(r"s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?")];
    1 "roleArn" role_arn: String [required len_min(1)];
    2 "ownerAccountId" owner_account_id: String [len(12, 12) like(r"^\d{12}$")];
    3 "kmsKeyId" kms_key_id: String [len_max(256)];
}

wire::shape! { S3DeliveryConfiguration
    0 "suffixPath" suffix_path: String [len(1, 256)];
    1 "enableHiveCompatiblePath" enable_hive_compatible_path: bool;
}

wire::shape! { S3TableIntegrationSource
    0 "identifier" identifier: String [len(1, 2048)];
    1 "dataSource" data_source: DataSource;
    2 "status" status: String [one_of(S3_TABLE_INTEGRATION_SOURCE_STATUS)];
    3 "statusReason" status_reason: String [len_min(1)];
    4 "createdTimeStamp" created_time_stamp: i64 [min(0)];
    5 "parentSourceIdentifier" parent_source_identifier: String [len(1, 2048)];
}

wire::shape! { S3TablesIntegration
    0 "datasourceName" datasource_name: String [len(1, 256)];
    1 "datasourceType" datasource_type: String [len(1, 256)];
}

wire::shape! { ScheduledQueryDestination
    0 "destinationType" destination_type: String [one_of(SCHEDULED_QUERY_DESTINATION_TYPE)];
    1 "destinationIdentifier" destination_identifier: String;
    2 "status" status: String [one_of(ACTION_STATUS)];
    3 "processedIdentifier" processed_identifier: String;
    4 "errorMessage" error_message: String;
}

wire::shape! { ScheduledQuerySummary
    0 "scheduledQueryArn" scheduled_query_arn: String;
    1 "name" name: String [len(1, 300)];
    2 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
    3 "scheduleType" schedule_type: String [one_of(SCHEDULE_TYPE)];
    4 "lastTriggeredTime" last_triggered_time: i64 [min(0)];
    5 "lastExecutionStatus" last_execution_status: String [one_of(EXECUTION_STATUS)];
    6 "scheduleExpression" schedule_expression: String [len_max(256)];
    7 "timezone" timezone: String [len_min(1)];
    8 "destinationConfiguration" destination_configuration: DestinationConfiguration;
    9 "creationTime" creation_time: i64 [min(0)];
    10 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { SearchedLogStream
    0 "logStreamName" log_stream_name: String [len(1, 512) like("[^:*]*")];
    1 "searchedCompletely" searched_completely: bool;
}

wire::shape! { SessionStreamingException
    0 "message" message: String;
}

wire::shape! { SessionTimeoutException
    0 "message" message: String;
}

wire::shape! { SplitString
    0 "entries" entries: Vec<SplitStringEntry> [required len(1, 10)];
}

wire::shape! { SplitStringEntry
    0 "source" source: String [required len(1, 128)];
    1 "delimiter" delimiter: String [required len(1, 128)];
}

wire::shape! { StartLiveTailRequest
    0 "logGroupIdentifiers" log_group_identifiers: Vec<String> [required len(1, 10) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    1 "logStreamNames" log_stream_names: Vec<String> [len(1, 100) each(&ITEM.len(1, 512).like("[^:*]*"))];
    2 "logStreamNamePrefixes" log_stream_name_prefixes: Vec<String> [len(1, 100) each(&ITEM.len(1, 512).like("[^:*]*"))];
    3 "logEventFilterPattern" log_event_filter_pattern: String [len_max(1024)];
}

wire::shape! { StartLiveTailResponse
    0 "responseStream" response_stream: Events;
}

wire::shape! { StartLiveTailResponseStream [event_stream]
    0 "sessionStart" session_start: LiveTailSessionStart;
    1 "sessionUpdate" session_update: LiveTailSessionUpdate;
    2 "SessionTimeoutException" session_timeout_exception: SessionTimeoutException;
    3 "SessionStreamingException" session_streaming_exception: SessionStreamingException;
}

wire::shape! { StartQueryRequest
    0 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    1 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "logGroupNames" log_group_names: Vec<String> [each(&ITEM.len(1, 512).like(r"[\.\-_/#A-Za-z0-9]+"))];
    3 "logGroupIdentifiers" log_group_identifiers: Vec<String> [each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    4 "startTime" start_time: i64 [required min(0)];
    5 "endTime" end_time: i64 [required min(0)];
    6 "queryString" query_string: String [required len_max(10000)];
    7 "limit" limit: i32 [range(1, 100000)];
}

wire::shape! { StartQueryResponse
    0 "queryId" query_id: String [len(1, 256)];
}

wire::shape! { StopQueryRequest
    0 "queryId" query_id: String [required len(1, 256)];
}

wire::shape! { StopQueryResponse
    0 "success" success: bool;
}

wire::shape! { SubscriptionFilter
    0 "filterName" filter_name: String [len(1, 512) like("[^:*]*")];
    1 "logGroupName" log_group_name: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    2 "filterPattern" filter_pattern: String [len_max(1024)];
    3 "destinationArn" destination_arn: String [len_min(1)];
    4 "roleArn" role_arn: String [len_min(1)];
    5 "distribution" distribution: String [one_of(DISTRIBUTION)];
    6 "applyOnTransformedLogs" apply_on_transformed_logs: bool;
    7 "creationTime" creation_time: i64 [min(0)];
    8 "fieldSelectionCriteria" field_selection_criteria: String [len_max(2000)];
    9 "emitSystemFields" emit_system_fields: Vec<String>;
}

wire::shape! { SubstituteString
    0 "entries" entries: Vec<SubstituteStringEntry> [required len(1, 10)];
}

wire::shape! { SubstituteStringEntry
    0 "source" source: String [required len(1, 128)];
    1 "from" from: String [required len(1, 128)];
    2 "to" to: String [required len(1, 128)];
}

wire::shape! { SuppressionPeriod
    0 "value" value: i32;
    1 "suppressionUnit" suppression_unit: String [one_of(SUPPRESSION_UNIT)];
}

wire::shape! { SyslogConfiguration
    0 "logGroupArn" log_group_arn: String [len(1, 2048) like(r"[\w#+=/:,.@-]*")];
    1 "sourceType" source_type: String [one_of(SYSLOG_SOURCE_TYPE)];
    2 "vpcEndpointId" vpc_endpoint_id: String [like("^vpce-[0-9a-f]{1,64}$")];
    3 "createdAt" created_at: i64 [min(0)];
}

wire::shape! { TagFilter
    0 "key" key: String [required len(1, 128) like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$")];
    1 "values" values: Vec<String> [len_max(5) each(&ITEM.len_max(259).like(r"^!?\*?([\p{L}\p{Z}\p{N}_.:/=+\-@]*)\*?$"))];
}

wire::shape! { TagLogGroupRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "tags" tags: BTreeMap<String, String> [required len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { TagResourceRequest
    0 "resourceArn" resource_arn: String [required len(1, 1011) like(r"[\w+=/:,.@-]*")];
    1 "tags" tags: BTreeMap<String, String> [required len(1, 50) each(&ITEM.len_max(256).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$")) keys(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { TestMetricFilterRequest
    0 "filterPattern" filter_pattern: String [required len_max(1024)];
    1 "logEventMessages" log_event_messages: Vec<String> [required len(1, 50) each(&ITEM.len_min(1))];
}

wire::shape! { TestMetricFilterResponse
    0 "matches" matches: Vec<MetricFilterMatchRecord>;
}

wire::shape! { TestTransformerRequest
    0 "transformerConfig" transformer_config: Vec<Processor> [required len(1, 20)];
    1 "logEventMessages" log_event_messages: Vec<String> [required len(1, 50) each(&ITEM.len_min(1))];
}

wire::shape! { TestTransformerResponse
    0 "transformedLogs" transformed_logs: Vec<TransformedLogRecord>;
}

wire::shape! { TransformedLogRecord
    0 "eventNumber" event_number: i64;
    1 "eventMessage" event_message: String [len_min(1)];
    2 "transformedEventMessage" transformed_event_message: String [len_min(1)];
}

wire::shape! { TriggerHistoryRecord
    0 "queryId" query_id: String [len(1, 256)];
    1 "executionStatus" execution_status: String [one_of(EXECUTION_STATUS)];
    2 "triggeredTimestamp" triggered_timestamp: i64 [min(0)];
    3 "errorMessage" error_message: String;
    4 "destinations" destinations: Vec<ScheduledQueryDestination>;
}

wire::shape! { TrimString
    0 "withKeys" with_keys: Vec<String> [required len(1, 10) each(&ITEM.len_min(1))];
}

wire::shape! { TypeConverter
    0 "entries" entries: Vec<TypeConverterEntry> [required len(1, 5)];
}

wire::shape! { TypeConverterEntry
    0 "key" key: String [required len(1, 128)];
    1 "type" r#type: String [required one_of(TYPE)];
}

wire::shape! { UntagLogGroupRequest
    0 "logGroupName" log_group_name: String [required len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    1 "tags" tags: Vec<String> [required len_min(1) each(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { UntagResourceRequest
    0 "resourceArn" resource_arn: String [required len(1, 1011) like(r"[\w+=/:,.@-]*")];
    1 "tagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"))];
}

wire::shape! { UpdateAnomalyRequest
    0 "anomalyId" anomaly_id: String [len(36, 36)];
    1 "patternId" pattern_id: String [len(32, 32)];
    2 "anomalyDetectorArn" anomaly_detector_arn: String [required len_min(1) like(r"[\w#+=/:,.@-]*")];
    3 "suppressionType" suppression_type: String [one_of(SUPPRESSION_TYPE)];
    4 "suppressionPeriod" suppression_period: SuppressionPeriod;
    5 "baseline" baseline: bool;
}

wire::shape! { UpdateDeliveryConfigurationRequest
    0 "id" id: String [required len(1, 64) like("^[0-9A-Za-z]+$")];
    1 "recordFields" record_fields: Vec<String> [len_max(128) each(&ITEM.len(1, 64))];
    2 "fieldDelimiter" field_delimiter: String [len_max(5)];
    3 "s3DeliveryConfiguration" s3_delivery_configuration: S3DeliveryConfiguration;
}

wire::shape! { UpdateDeliveryConfigurationResponse
}

wire::shape! { UpdateLogAnomalyDetectorRequest
    0 "anomalyDetectorArn" anomaly_detector_arn: String [required len_min(1) like(r"[\w#+=/:,.@-]*")];
    1 "evaluationFrequency" evaluation_frequency: String [one_of(EVALUATION_FREQUENCY)];
    2 "filterPattern" filter_pattern: String [len_max(1024)];
    3 "anomalyVisibilityTime" anomaly_visibility_time: i64 [range(7, 90)];
    4 "enabled" enabled: bool [required];
}

wire::shape! { UpdateLookupTableRequest
    0 "lookupTableArn" lookup_table_arn: String [required];
    1 "description" description: String [len_max(1024)];
    2 "tableBody" table_body: String [len(1, 10485760)];
    3 "queryId" query_id: String [len(1, 256)];
    4 "kmsKeyId" kms_key_id: String [len_max(256)];
}

wire::shape! { UpdateLookupTableResponse
    0 "lookupTableArn" lookup_table_arn: String;
    1 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { UpdateScheduledQueryRequest
    0 "identifier" identifier: String [required len(1, 300)];
    1 "description" description: String [len_max(1024)];
    2 "queryLanguage" query_language: String [required one_of(QUERY_LANGUAGE)];
    3 "queryString" query_string: String [required len_max(10000)];
    4 "logGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 50) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    5 "scheduleExpression" schedule_expression: String [required len_max(256)];
    6 "timezone" timezone: String [len_min(1)];
    7 "startTimeOffset" start_time_offset: i64;
    8 "endTimeOffset" end_time_offset: i64;
    9 "destinationConfiguration" destination_configuration: DestinationConfiguration;
    10 "scheduleStartTime" schedule_start_time: i64 [min(0)];
    11 "scheduleEndTime" schedule_end_time: i64 [min(0)];
    12 "executionRoleArn" execution_role_arn: String [required len_min(1)];
    13 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
}

wire::shape! { UpdateScheduledQueryResponse
    0 "scheduledQueryArn" scheduled_query_arn: String;
    1 "name" name: String [len(1, 300)];
    2 "description" description: String [len_max(1024)];
    3 "queryLanguage" query_language: String [one_of(QUERY_LANGUAGE)];
    4 "queryString" query_string: String [len_max(10000)];
    5 "logGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 50) each(&ITEM.len(1, 2048).like(r"[\w#+=/:,.@-]*"))];
    6 "scheduleExpression" schedule_expression: String [len_max(256)];
    7 "timezone" timezone: String [len_min(1)];
    8 "startTimeOffset" start_time_offset: i64;
    9 "endTimeOffset" end_time_offset: i64;
    10 "destinationConfiguration" destination_configuration: DestinationConfiguration;
    11 "state" state: String [one_of(SCHEDULED_QUERY_STATE)];
    12 "scheduleType" schedule_type: String [one_of(SCHEDULE_TYPE)];
    13 "lastTriggeredTime" last_triggered_time: i64 [min(0)];
    14 "lastExecutionStatus" last_execution_status: String [one_of(EXECUTION_STATUS)];
    15 "scheduleStartTime" schedule_start_time: i64 [min(0)];
    16 "scheduleEndTime" schedule_end_time: i64 [min(0)];
    17 "executionRoleArn" execution_role_arn: String [len_min(1)];
    18 "creationTime" creation_time: i64 [min(0)];
    19 "lastUpdatedTime" last_updated_time: i64 [min(0)];
}

wire::shape! { UpperCaseString
    0 "withKeys" with_keys: Vec<String> [required len(1, 10) each(&ITEM.len_min(1))];
}

/// The values of `ActionStatus`.
pub const ACTION_STATUS: &[&str] = &["IN_PROGRESS", "CLIENT_ERROR", "FAILED", "COMPLETE"];
/// The values of `AnomalyDetectorStatus`.
pub const ANOMALY_DETECTOR_STATUS: &[&str] =
    &["INITIALIZING", "TRAINING", "ANALYZING", "FAILED", "DELETED", "PAUSED"];
/// The values of `DataProtectionStatus`.
pub const DATA_PROTECTION_STATUS: &[&str] = &["ACTIVATED", "DELETED", "ARCHIVED", "DISABLED"];
/// The values of `DeliveryDestinationType`.
pub const DELIVERY_DESTINATION_TYPE: &[&str] = &["S3", "CWL", "FH", "XRAY"];
/// The values of `DeliverySourceConfigurationSchemaValueType`.
pub const DELIVERY_SOURCE_CONFIGURATION_SCHEMA_VALUE_TYPE: &[&str] =
    &["string", "boolean", "int", "double", "long"];
/// The values of `DeliverySourceStatus`.
pub const DELIVERY_SOURCE_STATUS: &[&str] = &["ACTIVE", "INACTIVE"];
/// The values of `DeliverySourceStatusReason`.
pub const DELIVERY_SOURCE_STATUS_REASON: &[&str] = &["RESOURCE_DELETED"];
/// The values of `Distribution`.
pub const DISTRIBUTION: &[&str] = &["Random", "ByLogStream"];
/// The values of `EntityRejectionErrorType`.
pub const ENTITY_REJECTION_ERROR_TYPE: &[&str] = &[
    "InvalidEntity",
    "InvalidTypeValue",
    "InvalidKeyAttributes",
    "InvalidAttributes",
    "EntitySizeTooLarge",
    "UnsupportedLogGroupType",
    "MissingRequiredFields",
];
/// The values of `EvaluationFrequency`.
pub const EVALUATION_FREQUENCY: &[&str] =
    &["ONE_MIN", "FIVE_MIN", "TEN_MIN", "FIFTEEN_MIN", "THIRTY_MIN", "ONE_HOUR"];
/// The values of `EventSource`.
pub const EVENT_SOURCE: &[&str] = &["CloudTrail", "Route53Resolver", "VPCFlow", "EKSAudit", "AWSWAF"];
/// The values of `ExecutionStatus`.
pub const EXECUTION_STATUS: &[&str] = &["Running", "InvalidQuery", "Complete", "Failed", "Timeout"];
/// The values of `ExportTaskStatusCode`.
pub const EXPORT_TASK_STATUS_CODE: &[&str] =
    &["CANCELLED", "COMPLETED", "FAILED", "PENDING", "PENDING_CANCEL", "RUNNING"];
/// The values of `FlattenedElement`.
pub const FLATTENED_ELEMENT: &[&str] = &["first", "last"];
/// The values of `ImportStatus`.
pub const IMPORT_STATUS: &[&str] = &["IN_PROGRESS", "CANCELLED", "COMPLETED", "FAILED"];
/// The values of `IndexCategory`.
pub const INDEX_CATEGORY: &[&str] = &["DEFAULT", "CUSTOM", "AUTO", "INACTIVE"];
/// The values of `IndexSource`.
pub const INDEX_SOURCE: &[&str] = &["ACCOUNT", "LOG_GROUP"];
/// The values of `IndexType`.
pub const INDEX_TYPE: &[&str] = &["FACET", "FIELD_INDEX"];
/// The values of `InheritedProperty`.
pub const INHERITED_PROPERTY: &[&str] = &["ACCOUNT_DATA_PROTECTION"];
/// The values of `IntegrationStatus`.
pub const INTEGRATION_STATUS: &[&str] = &["PROVISIONING", "ACTIVE", "FAILED"];
/// The values of `IntegrationType`.
pub const INTEGRATION_TYPE: &[&str] = &["OPENSEARCH"];
/// The values of `ListAggregateLogGroupSummariesGroupBy`.
pub const LIST_AGGREGATE_LOG_GROUP_SUMMARIES_GROUP_BY: &[&str] =
    &["DATA_SOURCE_NAME_TYPE_AND_FORMAT", "DATA_SOURCE_NAME_AND_TYPE"];
/// The values of `LogGroupClass`.
pub const LOG_GROUP_CLASS: &[&str] = &["STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS"];
/// The values of `OCSFVersion`.
pub const OCSF_VERSION: &[&str] = &["V1.1", "V1.5"];
/// The values of `OpenSearchResourceStatusType`.
pub const OPEN_SEARCH_RESOURCE_STATUS_TYPE: &[&str] = &["ACTIVE", "NOT_FOUND", "ERROR"];
/// The values of `OrderBy`.
pub const ORDER_BY: &[&str] = &["LogStreamName", "LastEventTime"];
/// The values of `OutputFormat`.
pub const OUTPUT_FORMAT: &[&str] = &["json", "plain", "w3c", "raw", "parquet"];
/// The values of `PolicyScope`.
pub const POLICY_SCOPE: &[&str] = &["ACCOUNT", "RESOURCE"];
/// The values of `PolicyType`.
pub const POLICY_TYPE: &[&str] = &[
    "DATA_PROTECTION_POLICY",
    "SUBSCRIPTION_FILTER_POLICY",
    "FIELD_INDEX_POLICY",
    "TRANSFORMER_POLICY",
    "METRIC_EXTRACTION_POLICY",
    "RETENTION_POLICY",
];
/// The values of `QueryLanguage`.
pub const QUERY_LANGUAGE: &[&str] = &["CWLI", "SQL", "PPL"];
/// The values of `QueryStatus`.
pub const QUERY_STATUS: &[&str] =
    &["Scheduled", "Running", "Complete", "Failed", "Cancelled", "Timeout", "Unknown"];
/// The values of `S3TableIntegrationSourceStatus`.
pub const S3_TABLE_INTEGRATION_SOURCE_STATUS: &[&str] =
    &["ACTIVE", "UNHEALTHY", "FAILED", "DATA_SOURCE_DELETE_IN_PROGRESS"];
/// The values of `ScheduleType`.
pub const SCHEDULE_TYPE: &[&str] = &["CUSTOMER_MANAGED", "AWS_MANAGED"];
/// The values of `ScheduledQueryDestinationType`.
pub const SCHEDULED_QUERY_DESTINATION_TYPE: &[&str] = &["S3", "LOOKUP_TABLE"];
/// The values of `ScheduledQueryState`.
pub const SCHEDULED_QUERY_STATE: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `Scope`.
pub const SCOPE: &[&str] = &["ALL"];
/// The values of `StandardUnit`.
pub const STANDARD_UNIT: &[&str] = &[
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
];
/// The values of `State`.
pub const STATE: &[&str] = &["Active", "Suppressed", "Baseline"];
/// The values of `StorageTier`.
pub const STORAGE_TIER: &[&str] = &["STANDARD", "INTELLIGENT_TIERING"];
/// The values of `SuppressionState`.
pub const SUPPRESSION_STATE: &[&str] = &["SUPPRESSED", "UNSUPPRESSED"];
/// The values of `SuppressionType`.
pub const SUPPRESSION_TYPE: &[&str] = &["LIMITED", "INFINITE"];
/// The values of `SuppressionUnit`.
pub const SUPPRESSION_UNIT: &[&str] = &["SECONDS", "MINUTES", "HOURS"];
/// The values of `SyslogSourceType`.
pub const SYSLOG_SOURCE_TYPE: &[&str] = &["VPCE"];
/// The values of `Type`.
pub const TYPE: &[&str] = &["boolean", "integer", "double", "string"];
