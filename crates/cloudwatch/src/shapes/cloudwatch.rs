//! The tables of `cloudwatch`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `cloudwatch`.
pub static CLOUDWATCH: wire::Service = wire::Service {
    name: "cloudwatch",
    signing_name: "monitoring",
    target_prefix: "GraniteServiceVersion20100801",
    version: "2010-08-01",
    protocol: wire::Protocol::RpcV2Cbor,
    xml_namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AssociateDatasetKmsKey" AssociateDatasetKmsKeyInput => AssociateDatasetKmsKeyOutput [result("AssociateDatasetKmsKeyResult")];
    "CreateResourceMetricsConfiguration" CreateResourceMetricsConfigurationInput => CreateResourceMetricsConfigurationOutput [result("CreateResourceMetricsConfigurationResult")];
    "DeleteAlarmMuteRule" DeleteAlarmMuteRuleInput => ();
    "DeleteAlarms" DeleteAlarmsInput => ();
    "DeleteAnomalyDetector" DeleteAnomalyDetectorInput => DeleteAnomalyDetectorOutput [result("DeleteAnomalyDetectorResult")];
    "DeleteDashboards" DeleteDashboardsInput => DeleteDashboardsOutput [result("DeleteDashboardsResult")];
    "DeleteInsightRules" DeleteInsightRulesInput => DeleteInsightRulesOutput [result("DeleteInsightRulesResult")];
    "DeleteMetricDataQueryDefinition" DeleteMetricDataQueryDefinitionInput => DeleteMetricDataQueryDefinitionOutput [result("DeleteMetricDataQueryDefinitionResult")];
    "DeleteMetricStream" DeleteMetricStreamInput => DeleteMetricStreamOutput [result("DeleteMetricStreamResult")];
    "DeleteResourceMetricsConfiguration" DeleteResourceMetricsConfigurationInput => DeleteResourceMetricsConfigurationOutput [result("DeleteResourceMetricsConfigurationResult")];
    "DescribeAlarmContributors" DescribeAlarmContributorsInput => DescribeAlarmContributorsOutput [result("DescribeAlarmContributorsResult")];
    "DescribeAlarmHistory" DescribeAlarmHistoryInput => DescribeAlarmHistoryOutput [result("DescribeAlarmHistoryResult")];
    "DescribeAlarms" DescribeAlarmsInput => DescribeAlarmsOutput [result("DescribeAlarmsResult")];
    "DescribeAlarmsForMetric" DescribeAlarmsForMetricInput => DescribeAlarmsForMetricOutput [result("DescribeAlarmsForMetricResult")];
    "DescribeAnomalyDetectors" DescribeAnomalyDetectorsInput => DescribeAnomalyDetectorsOutput [result("DescribeAnomalyDetectorsResult")];
    "DescribeInsightRules" DescribeInsightRulesInput => DescribeInsightRulesOutput [result("DescribeInsightRulesResult")];
    "DisableAlarmActions" DisableAlarmActionsInput => ();
    "DisableInsightRules" DisableInsightRulesInput => DisableInsightRulesOutput [result("DisableInsightRulesResult")];
    "DisassociateDatasetKmsKey" DisassociateDatasetKmsKeyInput => DisassociateDatasetKmsKeyOutput [result("DisassociateDatasetKmsKeyResult")];
    "EnableAlarmActions" EnableAlarmActionsInput => ();
    "EnableInsightRules" EnableInsightRulesInput => EnableInsightRulesOutput [result("EnableInsightRulesResult")];
    "GetAlarmMuteRule" GetAlarmMuteRuleInput => GetAlarmMuteRuleOutput [result("GetAlarmMuteRuleResult")];
    "GetDashboard" GetDashboardInput => GetDashboardOutput [result("GetDashboardResult")];
    "GetDataset" GetDatasetInput => GetDatasetOutput [result("GetDatasetResult")];
    "GetInsightRuleReport" GetInsightRuleReportInput => GetInsightRuleReportOutput [result("GetInsightRuleReportResult")];
    "GetMetricData" GetMetricDataInput => GetMetricDataOutput [result("GetMetricDataResult")];
    "GetMetricDataQueryDefinition" GetMetricDataQueryDefinitionInput => GetMetricDataQueryDefinitionOutput [result("GetMetricDataQueryDefinitionResult")];
    "GetMetricStatistics" GetMetricStatisticsInput => GetMetricStatisticsOutput [result("GetMetricStatisticsResult")];
    "GetMetricStream" GetMetricStreamInput => GetMetricStreamOutput [result("GetMetricStreamResult")];
    "GetMetricWidgetImage" GetMetricWidgetImageInput => GetMetricWidgetImageOutput [result("GetMetricWidgetImageResult")];
    "GetOTelEnrichment" GetOTelEnrichmentInput => GetOTelEnrichmentOutput [result("GetOTelEnrichmentResult")];
    "GetResourceMetricsConfiguration" GetResourceMetricsConfigurationInput => GetResourceMetricsConfigurationOutput [result("GetResourceMetricsConfigurationResult")];
    "ListAlarmMuteRules" ListAlarmMuteRulesInput => ListAlarmMuteRulesOutput [result("ListAlarmMuteRulesResult")];
    "ListDashboards" ListDashboardsInput => ListDashboardsOutput [result("ListDashboardsResult")];
    "ListManagedInsightRules" ListManagedInsightRulesInput => ListManagedInsightRulesOutput [result("ListManagedInsightRulesResult")];
    "ListMetricDataQueryDefinitions" ListMetricDataQueryDefinitionsInput => ListMetricDataQueryDefinitionsOutput [result("ListMetricDataQueryDefinitionsResult")];
    "ListMetricStreams" ListMetricStreamsInput => ListMetricStreamsOutput [result("ListMetricStreamsResult")];
    "ListMetrics" ListMetricsInput => ListMetricsOutput [result("ListMetricsResult")];
    "ListTagsForResource" ListTagsForResourceInput => ListTagsForResourceOutput [result("ListTagsForResourceResult")];
    "PutAlarmMuteRule" PutAlarmMuteRuleInput => ();
    "PutAnomalyDetector" PutAnomalyDetectorInput => PutAnomalyDetectorOutput [result("PutAnomalyDetectorResult")];
    "PutCompositeAlarm" PutCompositeAlarmInput => ();
    "PutDashboard" PutDashboardInput => PutDashboardOutput [result("PutDashboardResult")];
    "PutInsightRule" PutInsightRuleInput => PutInsightRuleOutput [result("PutInsightRuleResult")];
    "PutLogAlarm" PutLogAlarmInput => ();
    "PutManagedInsightRules" PutManagedInsightRulesInput => PutManagedInsightRulesOutput [result("PutManagedInsightRulesResult")];
    "PutMetricAlarm" PutMetricAlarmInput => ();
    "PutMetricData" PutMetricDataInput => ();
    "PutMetricDataQueryDefinition" PutMetricDataQueryDefinitionInput => PutMetricDataQueryDefinitionOutput [result("PutMetricDataQueryDefinitionResult")];
    "PutMetricStream" PutMetricStreamInput => PutMetricStreamOutput [result("PutMetricStreamResult")];
    "SetAlarmState" SetAlarmStateInput => ();
    "StartMetricStreams" StartMetricStreamsInput => StartMetricStreamsOutput [result("StartMetricStreamsResult")];
    "StartOTelEnrichment" StartOTelEnrichmentInput => StartOTelEnrichmentOutput [result("StartOTelEnrichmentResult")];
    "StopMetricStreams" StopMetricStreamsInput => StopMetricStreamsOutput [result("StopMetricStreamsResult")];
    "StopOTelEnrichment" StopOTelEnrichmentInput => StopOTelEnrichmentOutput [result("StopOTelEnrichmentResult")];
    "TagResource" TagResourceInput => TagResourceOutput [result("TagResourceResult")];
    "UntagResource" UntagResourceInput => UntagResourceOutput [result("UntagResourceResult")];
    "UpdateOTelEnrichment" UpdateOTelEnrichmentInput => UpdateOTelEnrichmentOutput [result("UpdateOTelEnrichmentResult")];
    "UpdateResourceMetricsConfiguration" UpdateResourceMetricsConfigurationInput => UpdateResourceMetricsConfigurationOutput [result("UpdateResourceMetricsConfigurationResult")];
}

wire::errors! {
    "ConcurrentModificationException" "ConcurrentModificationException" 429 sender;
    "ConflictException" "ConflictException" 409 sender;
    "DashboardInvalidInputError" "InvalidParameterInput" 400 sender;
    "DashboardNotFoundError" "ResourceNotFound" 404 sender;
    "InternalServiceFault" "InternalServiceError" 500 receiver;
    "InvalidFormatFault" "InvalidFormat" 400 sender;
    "InvalidNextToken" "InvalidNextToken" 400 sender;
    "InvalidParameterCombinationException" "InvalidParameterCombination" 400 sender;
    "InvalidParameterValueException" "InvalidParameterValue" 400 sender;
    "KmsAccessDeniedException" "KmsAccessDeniedException" 400 sender;
    "KmsKeyDisabledException" "KmsKeyDisabledException" 400 sender;
    "KmsKeyNotFoundException" "KmsKeyNotFoundException" 400 sender;
    "LimitExceededException" "LimitExceededException" 400 sender;
    "LimitExceededFault" "LimitExceeded" 400 sender;
    "MissingRequiredParameterException" "MissingParameter" 400 sender;
    "ResourceConflict" "ResourceConflict" 409 sender;
    "ResourceNotFound" "ResourceNotFound" 404 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 404 sender;
    "ValidationException" "ValidationError" 400 sender;
}

wire::shape! { ActionConfiguration
    0 "AlarmTagsPropagation" alarm_tags_propagation: AlarmTagsPropagation;
}

wire::shape! { AlarmContributor
    0 "ContributorId" contributor_id: String [required len(1, 16)];
    1 "ContributorAttributes" contributor_attributes: BTreeMap<String, String> [required len_max(150) each(&ITEM.len(1, 1024)) keys(&ITEM.len(1, 255))];
    2 "StateReason" state_reason: String [required len_max(1023)];
    3 "StateTransitionedTimestamp" state_transitioned_timestamp: Timestamp;
}

wire::shape! { AlarmHistoryItem
    0 "AlarmName" alarm_name: String [len(1, 255)];
    1 "AlarmContributorId" alarm_contributor_id: String [len(1, 16)];
    2 "AlarmType" alarm_type: String [one_of(ALARM_TYPE)];
    3 "Timestamp" timestamp: Timestamp;
    4 "HistoryItemType" history_item_type: String [one_of(HISTORY_ITEM_TYPE)];
    5 "HistorySummary" history_summary: String [len(1, 255)];
    6 "HistoryData" history_data: String [len(1, 4095)];
    7 "AlarmContributorAttributes" alarm_contributor_attributes: BTreeMap<String, String> [len_max(150) each(&ITEM.len(1, 1024)) keys(&ITEM.len(1, 255))];
}

wire::shape! { AlarmMuteRuleSummary
    0 "AlarmMuteRuleArn" alarm_mute_rule_arn: String [len(1, 1600)];
    1 "ExpireDate" expire_date: Timestamp;
    2 "Status" status: String [one_of(ALARM_MUTE_RULE_STATUS)];
    3 "MuteType" mute_type: String;
    4 "LastUpdatedTimestamp" last_updated_timestamp: Timestamp;
}

wire::shape! { AlarmPromQLCriteria
    0 "Query" query: String [required len(1, 10000)];
    1 "PendingPeriod" pending_period: i32 [range(0, 86400)];
    2 "RecoveryPeriod" recovery_period: i32 [range(0, 86400)];
}

wire::shape! { AlarmTagsPropagation
    0 "Enabled" enabled: bool [required];
    1 "IncludedTagKeys" included_tag_keys: Vec<String> [len(1, 50) each(&ITEM.len(1, 128))];
    2 "ExcludedTagKeys" excluded_tag_keys: Vec<String> [len(1, 50) each(&ITEM.len(1, 128))];
}

wire::shape! { AnomalyDetector
    0 "AnomalyDetectorId" anomaly_detector_id: String [len(1, 128) like("[A-Za-z0-9_./:%()+-]+")];
    1 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    2 "MetricName" metric_name: String [len(1, 255)];
    3 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    4 "Stat" stat: String [len_max(50) like(r"(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|[ou]\d+(\.\d*)?)(_E|_L|_H)?|(TM|TC|TS|WM)\(((((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?:((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%|((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%:(((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?)\)|(TM|TC|TS|WM|PR)\(((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)):((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?|((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?:(\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))\)")];
    5 "Configuration" configuration: AnomalyDetectorConfiguration;
    6 "StateValue" state_value: String [one_of(ANOMALY_DETECTOR_STATE_VALUE)];
    7 "MetricCharacteristics" metric_characteristics: MetricCharacteristics;
    8 "SingleMetricAnomalyDetector" single_metric_anomaly_detector: SingleMetricAnomalyDetector;
    9 "MetricMathAnomalyDetector" metric_math_anomaly_detector: MetricMathAnomalyDetector;
}

wire::shape! { AnomalyDetectorConfiguration
    0 "ExcludedTimeRanges" excluded_time_ranges: Vec<Range>;
    1 "MetricTimezone" metric_timezone: String [len_max(50) like(".*")];
    2 "AdaptationSpeed" adaptation_speed: String [one_of(ANOMALY_DETECTOR_ADAPTATION_SPEED)];
    3 "OutlierFilteringStrength" outlier_filtering_strength: String [one_of(ANOMALY_DETECTOR_OUTLIER_FILTERING_STRENGTH)];
}

wire::shape! { AssociateDatasetKmsKeyInput
    0 "DatasetIdentifier" dataset_identifier: String [required len(1, 2048) like(r"(default|arn:[a-zA-Z0-9-]+:cloudwatch:[a-zA-Z0-9-]*:\d{12}:dataset/default)")];
    1 "KmsKeyArn" kms_key_arn: String [required len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:kms:[a-zA-Z0-9-]+:\d{12}:key/[a-f0-9-]+")];
}

wire::shape! { AssociateDatasetKmsKeyOutput
}

wire::shape! { CompositeAlarm
    0 "ActionsEnabled" actions_enabled: bool;
    1 "AlarmActions" alarm_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    2 "AlarmArn" alarm_arn: String [len(1, 1600)];
    3 "AlarmConfigurationUpdatedTimestamp" alarm_configuration_updated_timestamp: Timestamp;
    4 "AlarmDescription" alarm_description: String [len_max(1024)];
    5 "AlarmName" alarm_name: String [len(1, 255)];
    6 "AlarmRule" alarm_rule: String [len(1, 10240)];
    7 "InsufficientDataActions" insufficient_data_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    8 "OKActions" ok_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    9 "StateReason" state_reason: String [len_max(1023)];
    10 "StateReasonData" state_reason_data: String [len_max(4000)];
    11 "StateUpdatedTimestamp" state_updated_timestamp: Timestamp;
    12 "StateValue" state_value: String [one_of(STATE_VALUE)];
    13 "StateTransitionedTimestamp" state_transitioned_timestamp: Timestamp;
    14 "ActionsSuppressedBy" actions_suppressed_by: String [one_of(ACTIONS_SUPPRESSED_BY)];
    15 "ActionsSuppressedReason" actions_suppressed_reason: String [len_max(1024)];
    16 "ActionsSuppressor" actions_suppressor: String [len(1, 1600)];
    17 "ActionsSuppressorWaitPeriod" actions_suppressor_wait_period: i32;
    18 "ActionsSuppressorExtensionPeriod" actions_suppressor_extension_period: i32;
    19 "ActionConfiguration" action_configuration: ActionConfiguration;
}

wire::shape! { CreateResourceMetricsConfigurationInput
    0 "ResourceArn" resource_arn: String [required len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\d{12}:.+")];
    1 "MetricSelections" metric_selections: Vec<ResourceMetricSelection> [len(1, 1)];
}

wire::shape! { CreateResourceMetricsConfigurationOutput
    0 "ResourceMetricsConfiguration" resource_metrics_configuration: ResourceMetricsConfiguration [required];
}

wire::shape! { DashboardEntry
    0 "DashboardName" dashboard_name: String;
    1 "DashboardArn" dashboard_arn: String;
    2 "LastModified" last_modified: Timestamp;
    3 "Size" size: i64;
}

wire::shape! { DashboardValidationMessage
    0 "DataPath" data_path: String;
    1 "Message" message: String;
}

wire::shape! { Datapoint
    0 "Timestamp" timestamp: Timestamp;
    1 "SampleCount" sample_count: f64;
    2 "Average" average: f64;
    3 "Sum" sum: f64;
    4 "Minimum" minimum: f64;
    5 "Maximum" maximum: f64;
    6 "Unit" unit: String [one_of(STANDARD_UNIT)];
    7 "ExtendedStatistics" extended_statistics: BTreeMap<String, f64>;
}

wire::shape! { DeleteAlarmMuteRuleInput
    0 "AlarmMuteRuleName" alarm_mute_rule_name: String [required len(1, 255)];
}

wire::shape! { DeleteAlarmsInput
    0 "AlarmNames" alarm_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255))];
}

wire::shape! { DeleteAnomalyDetectorInput
    0 "AnomalyDetectorId" anomaly_detector_id: String [len(1, 128) like("[A-Za-z0-9_./:%()+-]+")];
    1 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    2 "MetricName" metric_name: String [len(1, 255)];
    3 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    4 "Stat" stat: String [len_max(50) like(r"(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|[ou]\d+(\.\d*)?)(_E|_L|_H)?|(TM|TC|TS|WM)\(((((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?:((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%|((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%:(((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?)\)|(TM|TC|TS|WM|PR)\(((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)):((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?|((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?:(\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))\)")];
    5 "SingleMetricAnomalyDetector" single_metric_anomaly_detector: SingleMetricAnomalyDetector;
    6 "MetricMathAnomalyDetector" metric_math_anomaly_detector: MetricMathAnomalyDetector;
}

wire::shape! { DeleteAnomalyDetectorOutput
}

wire::shape! { DeleteDashboardsInput
    0 "DashboardNames" dashboard_names: Vec<String> [required];
}

wire::shape! { DeleteDashboardsOutput
}

wire::shape! { DeleteInsightRulesInput
    0 "RuleNames" rule_names: Vec<String> [required each(&ITEM.len(1, 128).like(r"[\x20-\x7E]+"))];
}

wire::shape! { DeleteInsightRulesOutput
    0 "Failures" failures: Vec<PartialFailure>;
}

wire::shape! { DeleteMetricDataQueryDefinitionInput
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-]{1,64}")];
}

wire::shape! { DeleteMetricDataQueryDefinitionOutput
}

wire::shape! { DeleteMetricStreamInput
    0 "Name" name: String [required len(1, 255)];
}

wire::shape! { DeleteMetricStreamOutput
}

wire::shape! { DeleteResourceMetricsConfigurationInput
    0 "ResourceArn" resource_arn: String [required len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\d{12}:.+")];
}

wire::shape! { DeleteResourceMetricsConfigurationOutput
}

wire::shape! { DescribeAlarmContributorsInput
    0 "AlarmName" alarm_name: String [required len(1, 255)];
    1 "NextToken" next_token: String;
}

wire::shape! { DescribeAlarmContributorsOutput
    0 "AlarmContributors" alarm_contributors: Vec<AlarmContributor> [required];
    1 "NextToken" next_token: String;
}

wire::shape! { DescribeAlarmHistoryInput
    0 "AlarmName" alarm_name: String [len(1, 255)];
    1 "AlarmContributorId" alarm_contributor_id: String [len(1, 16)];
    2 "AlarmTypes" alarm_types: Vec<String> [each(&ITEM.one_of(ALARM_TYPE))];
    3 "HistoryItemType" history_item_type: String [one_of(HISTORY_ITEM_TYPE)];
    4 "StartDate" start_date: Timestamp;
    5 "EndDate" end_date: Timestamp;
    6 "MaxRecords" max_records: i32 [range(1, 100)];
    7 "NextToken" next_token: String;
    8 "ScanBy" scan_by: String [one_of(SCAN_BY)];
}

wire::shape! { DescribeAlarmHistoryOutput
    0 "AlarmHistoryItems" alarm_history_items: Vec<AlarmHistoryItem>;
    1 "NextToken" next_token: String;
}

wire::shape! { DescribeAlarmsForMetricInput
    0 "MetricName" metric_name: String [required len(1, 255)];
    1 "Namespace" namespace: String [required len(1, 255) like("[^:].*")];
    2 "Statistic" statistic: String [one_of(STATISTIC)];
    3 "ExtendedStatistic" extended_statistic: String;
    4 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    5 "Period" period: i32 [min(1)];
    6 "Unit" unit: String [one_of(STANDARD_UNIT)];
}

wire::shape! { DescribeAlarmsForMetricOutput
    0 "MetricAlarms" metric_alarms: Vec<MetricAlarm>;
}

wire::shape! { DescribeAlarmsInput
    0 "AlarmNames" alarm_names: Vec<String> [len_max(100) each(&ITEM.len(1, 255))];
    1 "AlarmNamePrefix" alarm_name_prefix: String [len(1, 255)];
    2 "AlarmTypes" alarm_types: Vec<String> [each(&ITEM.one_of(ALARM_TYPE))];
    3 "ChildrenOfAlarmName" children_of_alarm_name: String [len(1, 255)];
    4 "ParentsOfAlarmName" parents_of_alarm_name: String [len(1, 255)];
    5 "StateValue" state_value: String [one_of(STATE_VALUE)];
    6 "ActionPrefix" action_prefix: String [len(1, 1024)];
    7 "MaxRecords" max_records: i32 [range(1, 100)];
    8 "NextToken" next_token: String;
}

wire::shape! { DescribeAlarmsOutput
    0 "CompositeAlarms" composite_alarms: Vec<CompositeAlarm>;
    1 "MetricAlarms" metric_alarms: Vec<MetricAlarm>;
    2 "LogAlarms" log_alarms: Vec<LogAlarm>;
    3 "NextToken" next_token: String;
}

wire::shape! { DescribeAnomalyDetectorsInput
    0 "AnomalyDetectorIds" anomaly_detector_ids: Vec<String> [len_max(50) each(&ITEM.len(1, 128).like("[A-Za-z0-9_./:%()+-]+"))];
    1 "NextToken" next_token: String;
    2 "MaxResults" max_results: i32 [min(1)];
    3 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    4 "MetricName" metric_name: String [len(1, 255)];
    5 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    6 "AnomalyDetectorTypes" anomaly_detector_types: Vec<String> [len_max(2) each(&ITEM.one_of(ANOMALY_DETECTOR_TYPE))];
}

wire::shape! { DescribeAnomalyDetectorsOutput
    0 "AnomalyDetectors" anomaly_detectors: Vec<AnomalyDetector>;
    1 "NextToken" next_token: String;
}

wire::shape! { DescribeInsightRulesInput
    0 "NextToken" next_token: String;
    1 "MaxResults" max_results: i32 [range(1, 500)];
}

wire::shape! { DescribeInsightRulesOutput
    0 "NextToken" next_token: String;
    1 "InsightRules" insight_rules: Vec<InsightRule>;
}

wire::shape! { Dimension
    0 "Name" name: String [required len(1, 255)];
    1 "Value" value: String [required len(1, 1024)];
}

wire::shape! { DimensionFilter
    0 "Name" name: String [required len(1, 255)];
    1 "Value" value: String [len(1, 1024)];
}

wire::shape! { DisableAlarmActionsInput
    0 "AlarmNames" alarm_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255))];
}

wire::shape! { DisableInsightRulesInput
    0 "RuleNames" rule_names: Vec<String> [required each(&ITEM.len(1, 128).like(r"[\x20-\x7E]+"))];
}

wire::shape! { DisableInsightRulesOutput
    0 "Failures" failures: Vec<PartialFailure>;
}

wire::shape! { DisassociateDatasetKmsKeyInput
    0 "DatasetIdentifier" dataset_identifier: String [required len(1, 2048) like(r"(default|arn:[a-zA-Z0-9-]+:cloudwatch:[a-zA-Z0-9-]*:\d{12}:dataset/default)")];
}

wire::shape! { DisassociateDatasetKmsKeyOutput
}

wire::shape! { EnableAlarmActionsInput
    0 "AlarmNames" alarm_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255))];
}

wire::shape! { EnableInsightRulesInput
    0 "RuleNames" rule_names: Vec<String> [required each(&ITEM.len(1, 128).like(r"[\x20-\x7E]+"))];
}

wire::shape! { EnableInsightRulesOutput
    0 "Failures" failures: Vec<PartialFailure>;
}

wire::shape! { Entity
    0 "KeyAttributes" key_attributes: BTreeMap<String, String> [len(2, 4) each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 32))];
    1 "Attributes" attributes: BTreeMap<String, String> [len_max(10) each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 256))];
}

wire::shape! { EntityMetricData
    0 "Entity" entity: Entity;
    1 "MetricData" metric_data: Vec<MetricDatum>;
}

wire::shape! { EvaluationCriteria [union]
    0 "PromQLCriteria" prom_ql_criteria: AlarmPromQLCriteria;
}

wire::shape! { EvaluationWindow [union]
    0 "WallClockWindow" wall_clock_window: WallClockWindow;
    1 "SlidingWindow" sliding_window: SlidingWindow;
}

wire::shape! { GetAlarmMuteRuleInput
    0 "AlarmMuteRuleName" alarm_mute_rule_name: String [required len(1, 255)];
}

wire::shape! { GetAlarmMuteRuleOutput
    0 "Name" name: String [len(1, 255)];
    1 "AlarmMuteRuleArn" alarm_mute_rule_arn: String [len(1, 1600)];
    2 "Description" description: String [len_max(1024)];
    3 "Rule" rule: Rule;
    4 "MuteTargets" mute_targets: MuteTargets;
    5 "StartDate" start_date: Timestamp;
    6 "ExpireDate" expire_date: Timestamp;
    7 "Status" status: String [one_of(ALARM_MUTE_RULE_STATUS)];
    8 "LastUpdatedTimestamp" last_updated_timestamp: Timestamp;
    9 "MuteType" mute_type: String;
}

wire::shape! { GetDashboardInput
    0 "DashboardName" dashboard_name: String [required];
}

wire::shape! { GetDashboardOutput
    0 "DashboardArn" dashboard_arn: String;
    1 "DashboardBody" dashboard_body: String;
    2 "DashboardName" dashboard_name: String;
}

wire::shape! { GetDatasetInput
    0 "DatasetIdentifier" dataset_identifier: String [required len(1, 2048) like(r"(default|arn:[a-zA-Z0-9-]+:cloudwatch:[a-zA-Z0-9-]*:\d{12}:dataset/default)")];
}

wire::shape! { GetDatasetOutput
    0 "DatasetId" dataset_id: String [required len(7, 7) like("default")];
    1 "Arn" arn: String [required len(1, 2048) like(r"arn:[a-zA-Z0-9-]+:cloudwatch:[a-zA-Z0-9-]*:\d{12}:dataset/default")];
    2 "KmsKeyArn" kms_key_arn: String [len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:kms:[a-zA-Z0-9-]+:\d{12}:key/[a-f0-9-]+")];
}

wire::shape! { GetInsightRuleReportInput
    0 "RuleName" rule_name: String [required len(1, 128) like(r"[\x20-\x7E]+")];
    1 "StartTime" start_time: Timestamp [required];
    2 "EndTime" end_time: Timestamp [required];
    3 "Period" period: i32 [required min(1)];
    4 "MaxContributorCount" max_contributor_count: i32;
    5 "Metrics" metrics: Vec<String> [each(&ITEM.len(1, 32).like(r"[\x20-\x7E]+"))];
    6 "OrderBy" order_by: String [len(1, 32) like(r"[\x20-\x7E]+")];
}

wire::shape! { GetInsightRuleReportOutput
    0 "KeyLabels" key_labels: Vec<String>;
    1 "AggregationStatistic" aggregation_statistic: String;
    2 "AggregateValue" aggregate_value: f64;
    3 "ApproximateUniqueCount" approximate_unique_count: i64;
    4 "Contributors" contributors: Vec<InsightRuleContributor>;
    5 "MetricDatapoints" metric_datapoints: Vec<InsightRuleMetricDatapoint>;
}

wire::shape! { GetMetricDataInput
    0 "MetricDataQueries" metric_data_queries: Vec<MetricDataQuery> [required];
    1 "StartTime" start_time: Timestamp [required];
    2 "EndTime" end_time: Timestamp [required];
    3 "NextToken" next_token: String;
    4 "ScanBy" scan_by: String [one_of(SCAN_BY)];
    5 "MaxDatapoints" max_datapoints: i32;
    6 "LabelOptions" label_options: LabelOptions;
}

wire::shape! { GetMetricDataOutput
    0 "MetricDataResults" metric_data_results: Vec<MetricDataResult>;
    1 "NextToken" next_token: String;
    2 "Messages" messages: Vec<MessageData>;
}

wire::shape! { GetMetricDataQueryDefinitionInput
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-]{1,64}")];
}

wire::shape! { GetMetricDataQueryDefinitionOutput
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-]{1,64}")];
    1 "Arn" arn: String [required len(1, 1024)];
    2 "Path" path: String [required len(1, 1024) like(r"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+")];
    3 "Expression" expression: String [required len(1, 65536) sensitive];
    4 "Type" r#type: String [required one_of(QUERY_TYPE)];
    5 "CreatedAt" created_at: Timestamp [required];
    6 "UpdatedAt" updated_at: Timestamp [required];
}

wire::shape! { GetMetricStatisticsInput
    0 "Namespace" namespace: String [required len(1, 255) like("[^:].*")];
    1 "MetricName" metric_name: String [required len(1, 255)];
    2 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    3 "StartTime" start_time: Timestamp [required];
    4 "EndTime" end_time: Timestamp [required];
    5 "Period" period: i32 [required min(1)];
    6 "Statistics" statistics: Vec<String> [len(1, 5) each(&ITEM.one_of(STATISTIC))];
    7 "ExtendedStatistics" extended_statistics: Vec<String> [len(1, 10)];
    8 "Unit" unit: String [one_of(STANDARD_UNIT)];
}

wire::shape! { GetMetricStatisticsOutput
    0 "Label" label: String;
    1 "Datapoints" datapoints: Vec<Datapoint>;
}

wire::shape! { GetMetricStreamInput
    0 "Name" name: String [required len(1, 255)];
}

wire::shape! { GetMetricStreamOutput
    0 "Arn" arn: String [len(1, 1024)];
    1 "Name" name: String [len(1, 255)];
    2 "IncludeFilters" include_filters: Vec<MetricStreamFilter>;
    3 "ExcludeFilters" exclude_filters: Vec<MetricStreamFilter>;
    4 "FirehoseArn" firehose_arn: String [len(1, 1024)];
    5 "RoleArn" role_arn: String [len(1, 1024)];
    6 "State" state: String;
    7 "CreationDate" creation_date: Timestamp;
    8 "LastUpdateDate" last_update_date: Timestamp;
    9 "OutputFormat" output_format: String [len(1, 255) one_of(METRIC_STREAM_OUTPUT_FORMAT)];
    10 "StatisticsConfigurations" statistics_configurations: Vec<MetricStreamStatisticsConfiguration>;
    11 "IncludeLinkedAccountsMetrics" include_linked_accounts_metrics: bool;
}

wire::shape! { GetMetricWidgetImageInput
    0 "MetricWidget" metric_widget: String [required];
    1 "OutputFormat" output_format: String;
}

wire::shape! { GetMetricWidgetImageOutput
    0 "MetricWidgetImage" metric_widget_image: Bytes;
}

wire::shape! { GetOTelEnrichmentInput
}

wire::shape! { GetOTelEnrichmentOutput
    0 "Status" status: String [required one_of(O_TEL_ENRICHMENT_STATUS)];
    1 "IncludeFilters" include_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    2 "ExcludeFilters" exclude_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    3 "CreatedAt" created_at: Timestamp;
    4 "UpdatedAt" updated_at: Timestamp;
}

wire::shape! { GetResourceMetricsConfigurationInput
    0 "ResourceArn" resource_arn: String [required len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\d{12}:.+")];
}

wire::shape! { GetResourceMetricsConfigurationOutput
    0 "ResourceMetricsConfiguration" resource_metrics_configuration: ResourceMetricsConfiguration [required];
}

wire::shape! { InsightRule
    0 "Name" name: String [required len(1, 128) like(r"[\x20-\x7E]+")];
    1 "State" state: String [required len(1, 32) like(r"[\x20-\x7E]+")];
    2 "Schema" schema: String [required];
    3 "Definition" definition: String [required len(1, 8192) like(r"[\x00-\x7F]+")];
    4 "ManagedRule" managed_rule: bool;
    5 "ApplyOnTransformedLogs" apply_on_transformed_logs: bool;
}

wire::shape! { InsightRuleContributor
    0 "Keys" keys: Vec<String> [required];
    1 "ApproximateAggregateValue" approximate_aggregate_value: f64 [required];
    2 "Datapoints" datapoints: Vec<InsightRuleContributorDatapoint> [required];
}

wire::shape! { InsightRuleContributorDatapoint
    0 "Timestamp" timestamp: Timestamp [required];
    1 "ApproximateValue" approximate_value: f64 [required];
}

wire::shape! { InsightRuleMetricDatapoint
    0 "Timestamp" timestamp: Timestamp [required];
    1 "UniqueContributors" unique_contributors: f64;
    2 "MaxContributorValue" max_contributor_value: f64;
    3 "SampleCount" sample_count: f64;
    4 "Average" average: f64;
    5 "Sum" sum: f64;
    6 "Minimum" minimum: f64;
    7 "Maximum" maximum: f64;
}

wire::shape! { LabelOptions
    0 "Timezone" timezone: String;
}

wire::shape! { ListAlarmMuteRulesInput
    0 "AlarmName" alarm_name: String [len(1, 255)];
    1 "Statuses" statuses: Vec<String> [each(&ITEM.one_of(ALARM_MUTE_RULE_STATUS))];
    2 "MaxRecords" max_records: i32 [range(1, 100)];
    3 "NextToken" next_token: String;
}

wire::shape! { ListAlarmMuteRulesOutput
    0 "AlarmMuteRuleSummaries" alarm_mute_rule_summaries: Vec<AlarmMuteRuleSummary>;
    1 "NextToken" next_token: String;
}

wire::shape! { ListDashboardsInput
    0 "DashboardNamePrefix" dashboard_name_prefix: String;
    1 "NextToken" next_token: String;
}

wire::shape! { ListDashboardsOutput
    0 "DashboardEntries" dashboard_entries: Vec<DashboardEntry>;
    1 "NextToken" next_token: String;
}

wire::shape! { ListManagedInsightRulesInput
    0 "ResourceARN" resource_arn: String [required len(1, 1024)];
    1 "NextToken" next_token: String;
    2 "MaxResults" max_results: i32 [range(1, 500)];
}

wire::shape! { ListManagedInsightRulesOutput
    0 "ManagedRules" managed_rules: Vec<ManagedRuleDescription>;
    1 "NextToken" next_token: String;
}

wire::shape! { ListMetricDataQueryDefinitionsInput
    0 "MaxResults" max_results: i32 [range(1, 100)];
    1 "NextToken" next_token: String [len(1, 256) like("[A-Za-z0-9_-]+")];
}

wire::shape! { ListMetricDataQueryDefinitionsOutput
    0 "Items" items: Vec<MetricDataQueryDefinitionSummary> [required];
    1 "NextToken" next_token: String [len(1, 256) like("[A-Za-z0-9_-]+")];
}

wire::shape! { ListMetricStreamsInput
    0 "NextToken" next_token: String;
    1 "MaxResults" max_results: i32 [range(1, 500)];
}

wire::shape! { ListMetricStreamsOutput
    0 "NextToken" next_token: String;
    1 "Entries" entries: Vec<MetricStreamEntry>;
}

wire::shape! { ListMetricsInput
    0 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    1 "MetricName" metric_name: String [len(1, 255)];
    2 "Dimensions" dimensions: Vec<DimensionFilter> [len_max(10)];
    3 "NextToken" next_token: String;
    4 "RecentlyActive" recently_active: String [one_of(RECENTLY_ACTIVE)];
    5 "IncludeLinkedAccounts" include_linked_accounts: bool;
    6 "OwningAccount" owning_account: String [len(1, 255)];
}

wire::shape! { ListMetricsOutput
    0 "Metrics" metrics: Vec<Metric>;
    1 "NextToken" next_token: String;
    2 "OwningAccounts" owning_accounts: Vec<String> [each(&ITEM.len(1, 255))];
}

wire::shape! { ListTagsForResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 1024)];
}

wire::shape! { ListTagsForResourceOutput
    0 "Tags" tags: Vec<Tag>;
}

wire::shape! { LogAlarm
    0 "AlarmName" alarm_name: String [len(1, 255)];
    1 "AlarmArn" alarm_arn: String [len(1, 1600)];
    2 "AlarmDescription" alarm_description: String [len_max(1024)];
    3 "AlarmConfigurationUpdatedTimestamp" alarm_configuration_updated_timestamp: Timestamp;
    4 "ActionsEnabled" actions_enabled: bool;
    5 "OKActions" ok_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    6 "AlarmActions" alarm_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    7 "InsufficientDataActions" insufficient_data_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    8 "StateValue" state_value: String [one_of(STATE_VALUE)];
    9 "StateReason" state_reason: String [len_max(1023)];
    10 "StateReasonData" state_reason_data: String [len_max(4000)];
    11 "StateUpdatedTimestamp" state_updated_timestamp: Timestamp;
    12 "ScheduledQueryConfiguration" scheduled_query_configuration: ScheduledQueryConfiguration;
    13 "QueryResultsToEvaluate" query_results_to_evaluate: i32 [min(1)];
    14 "QueryResultsToAlarm" query_results_to_alarm: i32 [min(1)];
    15 "Threshold" threshold: f64;
    16 "ComparisonOperator" comparison_operator: String [one_of(COMPARISON_OPERATOR)];
    17 "TreatMissingData" treat_missing_data: String [len(1, 255)];
    18 "StateTransitionedTimestamp" state_transitioned_timestamp: Timestamp;
    19 "EvaluationState" evaluation_state: String [one_of(EVALUATION_STATE)];
    20 "ActionLogLineCount" action_log_line_count: i32;
    21 "ActionLogLineRoleArn" action_log_line_role_arn: String;
    22 "WarmUpConfiguration" warm_up_configuration: WarmUpConfiguration;
    23 "ActionConfiguration" action_configuration: ActionConfiguration;
}

wire::shape! { ManagedRule
    0 "TemplateName" template_name: String [required len(1, 128) like(r"[0-9A-Za-z][\-\.\_0-9A-Za-z]{0,126}[0-9A-Za-z]")];
    1 "ResourceARN" resource_arn: String [required len(1, 1024)];
    2 "Tags" tags: Vec<Tag>;
}

wire::shape! { ManagedRuleDescription
    0 "TemplateName" template_name: String [len(1, 128) like(r"[0-9A-Za-z][\-\.\_0-9A-Za-z]{0,126}[0-9A-Za-z]")];
    1 "ResourceARN" resource_arn: String [len(1, 1024)];
    2 "RuleState" rule_state: ManagedRuleState;
}

wire::shape! { ManagedRuleState
    0 "RuleName" rule_name: String [required len(1, 128) like(r"[\x20-\x7E]+")];
    1 "State" state: String [required len(1, 32) like(r"[\x20-\x7E]+")];
}

wire::shape! { MessageData
    0 "Code" code: String;
    1 "Value" value: String;
}

wire::shape! { Metric
    0 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    1 "MetricName" metric_name: String [len(1, 255)];
    2 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
}

wire::shape! { MetricAlarm
    0 "AlarmName" alarm_name: String [len(1, 255)];
    1 "AlarmArn" alarm_arn: String [len(1, 1600)];
    2 "AlarmDescription" alarm_description: String [len_max(1024)];
    3 "AlarmConfigurationUpdatedTimestamp" alarm_configuration_updated_timestamp: Timestamp;
    4 "ActionsEnabled" actions_enabled: bool;
    5 "OKActions" ok_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    6 "AlarmActions" alarm_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    7 "InsufficientDataActions" insufficient_data_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    8 "StateValue" state_value: String [one_of(STATE_VALUE)];
    9 "StateReason" state_reason: String [len_max(1023)];
    10 "StateReasonData" state_reason_data: String [len_max(4000)];
    11 "StateUpdatedTimestamp" state_updated_timestamp: Timestamp;
    12 "MetricName" metric_name: String [len(1, 255)];
    13 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    14 "Statistic" statistic: String [one_of(STATISTIC)];
    15 "ExtendedStatistic" extended_statistic: String;
    16 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    17 "Period" period: i32 [min(1)];
    18 "Unit" unit: String [one_of(STANDARD_UNIT)];
    19 "EvaluationPeriods" evaluation_periods: i32 [min(1)];
    20 "DatapointsToAlarm" datapoints_to_alarm: i32 [min(1)];
    21 "Threshold" threshold: f64;
    22 "ComparisonOperator" comparison_operator: String [one_of(COMPARISON_OPERATOR)];
    23 "TreatMissingData" treat_missing_data: String [len(1, 255)];
    24 "EvaluateLowSampleCountPercentile" evaluate_low_sample_count_percentile: String [len(1, 255)];
    25 "Metrics" metrics: Vec<MetricDataQuery>;
    26 "ThresholdMetricId" threshold_metric_id: String [len(1, 255)];
    27 "EvaluationState" evaluation_state: String [one_of(EVALUATION_STATE)];
    28 "StateTransitionedTimestamp" state_transitioned_timestamp: Timestamp;
    29 "EvaluationWindow" evaluation_window: EvaluationWindow;
    30 "WarmUpConfiguration" warm_up_configuration: WarmUpConfiguration;
    31 "EvaluationCriteria" evaluation_criteria: EvaluationCriteria;
    32 "EvaluationInterval" evaluation_interval: i32 [range(10, 3600)];
    33 "ActionConfiguration" action_configuration: ActionConfiguration;
}

wire::shape! { MetricCharacteristics
    0 "PeriodicSpikes" periodic_spikes: bool;
}

wire::shape! { MetricDataQuery
    0 "Id" id: String [required len(1, 255)];
    1 "MetricStat" metric_stat: MetricStat;
    2 "Expression" expression: String [len(1, 2048)];
    3 "Label" label: String;
    4 "ReturnData" return_data: bool;
    5 "Period" period: i32 [min(1)];
    6 "AccountId" account_id: String [len(1, 255)];
}

wire::shape! { MetricDataQueryDefinitionSummary
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-]{1,64}")];
    1 "Path" path: String [required len(1, 1024) like(r"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+")];
    2 "Type" r#type: String [required one_of(QUERY_TYPE)];
    3 "UpdatedAt" updated_at: Timestamp;
}

wire::shape! { MetricDataResult
    0 "Id" id: String [len(1, 255)];
    1 "Label" label: String;
    2 "Timestamps" timestamps: Vec<Timestamp>;
    3 "Values" values: Vec<f64>;
    4 "StatusCode" status_code: String [one_of(STATUS_CODE)];
    5 "Messages" messages: Vec<MessageData>;
}

wire::shape! { MetricDatum
    0 "MetricName" metric_name: String [required len(1, 255)];
    1 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    2 "Timestamp" timestamp: Timestamp;
    3 "Value" value: f64;
    4 "StatisticValues" statistic_values: StatisticSet;
    5 "Values" values: Vec<f64>;
    6 "Counts" counts: Vec<f64>;
    7 "Unit" unit: String [one_of(STANDARD_UNIT)];
    8 "StorageResolution" storage_resolution: i32 [min(1)];
}

wire::shape! { MetricMathAnomalyDetector
    0 "MetricDataQueries" metric_data_queries: Vec<MetricDataQuery>;
}

wire::shape! { MetricStat
    0 "Metric" metric: Metric [required];
    1 "Period" period: i32 [required min(1)];
    2 "Stat" stat: String [required];
    3 "Unit" unit: String [one_of(STANDARD_UNIT)];
}

wire::shape! { MetricStreamEntry
    0 "Arn" arn: String [len(1, 1024)];
    1 "CreationDate" creation_date: Timestamp;
    2 "LastUpdateDate" last_update_date: Timestamp;
    3 "Name" name: String [len(1, 255)];
    4 "FirehoseArn" firehose_arn: String [len(1, 1024)];
    5 "State" state: String;
    6 "OutputFormat" output_format: String [len(1, 255) one_of(METRIC_STREAM_OUTPUT_FORMAT)];
}

wire::shape! { MetricStreamFilter
    0 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    1 "MetricNames" metric_names: Vec<String> [each(&ITEM.len(1, 255))];
}

wire::shape! { MetricStreamStatisticsConfiguration
    0 "IncludeMetrics" include_metrics: Vec<MetricStreamStatisticsMetric> [required];
    1 "AdditionalStatistics" additional_statistics: Vec<String> [required];
}

wire::shape! { MetricStreamStatisticsMetric
    0 "Namespace" namespace: String [required len(1, 255) like("[^:].*")];
    1 "MetricName" metric_name: String [required len(1, 255)];
}

wire::shape! { MuteTargets
    0 "AlarmNames" alarm_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255))];
}

wire::shape! { OTelEnrichmentMetricSelector
    0 "Namespace" namespace: String [required len(1, 255) like("[^:].*")];
    1 "MetricNames" metric_names: Vec<String> [len_max(100) each(&ITEM.len(1, 255))];
}

wire::shape! { PartialFailure
    0 "FailureResource" failure_resource: String;
    1 "ExceptionType" exception_type: String;
    2 "FailureCode" failure_code: String;
    3 "FailureDescription" failure_description: String;
}

wire::shape! { PutAlarmMuteRuleInput
    0 "Name" name: String [required len(1, 255)];
    1 "Description" description: String [len_max(1024)];
    2 "Rule" rule: Rule [required];
    3 "MuteTargets" mute_targets: MuteTargets;
    4 "Tags" tags: Vec<Tag>;
    5 "StartDate" start_date: Timestamp;
    6 "ExpireDate" expire_date: Timestamp;
}

wire::shape! { PutAnomalyDetectorInput
    0 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    1 "MetricName" metric_name: String [len(1, 255)];
    2 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    3 "Stat" stat: String [len_max(50) like(r"(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|[ou]\d+(\.\d*)?)(_E|_L|_H)?|(TM|TC|TS|WM)\(((((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?:((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%|((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%:(((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?)\)|(TM|TC|TS|WM|PR)\(((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)):((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?|((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?:(\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))\)")];
    4 "Configuration" configuration: AnomalyDetectorConfiguration;
    5 "MetricCharacteristics" metric_characteristics: MetricCharacteristics;
    6 "SingleMetricAnomalyDetector" single_metric_anomaly_detector: SingleMetricAnomalyDetector;
    7 "MetricMathAnomalyDetector" metric_math_anomaly_detector: MetricMathAnomalyDetector;
}

wire::shape! { PutAnomalyDetectorOutput
    0 "AnomalyDetectorId" anomaly_detector_id: String [len(1, 128) like("[A-Za-z0-9_./:%()+-]+")];
}

wire::shape! { PutCompositeAlarmInput
    0 "ActionsEnabled" actions_enabled: bool;
    1 "AlarmActions" alarm_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    2 "AlarmDescription" alarm_description: String [len_max(1024)];
    3 "AlarmName" alarm_name: String [required len(1, 255)];
    4 "AlarmRule" alarm_rule: String [required len(1, 10240)];
    5 "InsufficientDataActions" insufficient_data_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    6 "OKActions" ok_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    7 "Tags" tags: Vec<Tag>;
    8 "ActionsSuppressor" actions_suppressor: String [len(1, 1600)];
    9 "ActionsSuppressorWaitPeriod" actions_suppressor_wait_period: i32;
    10 "ActionsSuppressorExtensionPeriod" actions_suppressor_extension_period: i32;
    11 "ActionConfiguration" action_configuration: ActionConfiguration;
}

wire::shape! { PutDashboardInput
    0 "DashboardName" dashboard_name: String [required];
    1 "DashboardBody" dashboard_body: String [required];
    2 "Tags" tags: Vec<Tag>;
}

wire::shape! { PutDashboardOutput
    0 "DashboardValidationMessages" dashboard_validation_messages: Vec<DashboardValidationMessage>;
}

wire::shape! { PutInsightRuleInput
    0 "RuleName" rule_name: String [required len(1, 128) like(r"[\x20-\x7E]+")];
    1 "RuleState" rule_state: String [len(1, 32) like(r"[\x20-\x7E]+")];
    2 "RuleDefinition" rule_definition: String [required len(1, 8192) like(r"[\x00-\x7F]+")];
    3 "Tags" tags: Vec<Tag>;
    4 "ApplyOnTransformedLogs" apply_on_transformed_logs: bool;
}

wire::shape! { PutInsightRuleOutput
}

wire::shape! { PutLogAlarmInput
    0 "AlarmName" alarm_name: String [required len(1, 255)];
    1 "AlarmDescription" alarm_description: String [len_max(1024)];
    2 "ScheduledQueryConfiguration" scheduled_query_configuration: ScheduledQueryConfiguration [required];
    3 "ActionLogLineCount" action_log_line_count: i32;
    4 "ActionLogLineRoleArn" action_log_line_role_arn: String;
    5 "ActionsEnabled" actions_enabled: bool;
    6 "OKActions" ok_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    7 "AlarmActions" alarm_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    8 "InsufficientDataActions" insufficient_data_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    9 "QueryResultsToEvaluate" query_results_to_evaluate: i32 [required min(1)];
    10 "QueryResultsToAlarm" query_results_to_alarm: i32 [required min(1)];
    11 "Threshold" threshold: f64 [required];
    12 "ComparisonOperator" comparison_operator: String [required one_of(COMPARISON_OPERATOR)];
    13 "TreatMissingData" treat_missing_data: String [len(1, 255)];
    14 "Tags" tags: Vec<Tag>;
    15 "WarmUpConfiguration" warm_up_configuration: WarmUpConfiguration;
    16 "ActionConfiguration" action_configuration: ActionConfiguration;
}

wire::shape! { PutManagedInsightRulesInput
    0 "ManagedRules" managed_rules: Vec<ManagedRule> [required];
}

wire::shape! { PutManagedInsightRulesOutput
    0 "Failures" failures: Vec<PartialFailure>;
}

wire::shape! { PutMetricAlarmInput
    0 "AlarmName" alarm_name: String [required len(1, 255)];
    1 "AlarmDescription" alarm_description: String [len_max(1024)];
    2 "ActionsEnabled" actions_enabled: bool;
    3 "OKActions" ok_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    4 "AlarmActions" alarm_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    5 "InsufficientDataActions" insufficient_data_actions: Vec<String> [len_max(5) each(&ITEM.len(1, 1024))];
    6 "MetricName" metric_name: String [len(1, 255)];
    7 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    8 "Statistic" statistic: String [one_of(STATISTIC)];
    9 "ExtendedStatistic" extended_statistic: String;
    10 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    11 "Period" period: i32 [min(1)];
    12 "Unit" unit: String [one_of(STANDARD_UNIT)];
    13 "EvaluationPeriods" evaluation_periods: i32 [min(1)];
    14 "DatapointsToAlarm" datapoints_to_alarm: i32 [min(1)];
    15 "Threshold" threshold: f64;
    16 "ComparisonOperator" comparison_operator: String [one_of(COMPARISON_OPERATOR)];
    17 "TreatMissingData" treat_missing_data: String [len(1, 255)];
    18 "EvaluateLowSampleCountPercentile" evaluate_low_sample_count_percentile: String [len(1, 255)];
    19 "Metrics" metrics: Vec<MetricDataQuery>;
    20 "Tags" tags: Vec<Tag>;
    21 "ThresholdMetricId" threshold_metric_id: String [len(1, 255)];
    22 "EvaluationWindow" evaluation_window: EvaluationWindow;
    23 "WarmUpConfiguration" warm_up_configuration: WarmUpConfiguration;
    24 "EvaluationCriteria" evaluation_criteria: EvaluationCriteria;
    25 "EvaluationInterval" evaluation_interval: i32 [range(10, 3600)];
    26 "ActionConfiguration" action_configuration: ActionConfiguration;
}

wire::shape! { PutMetricDataInput
    0 "Namespace" namespace: String [required len(1, 255) like("[^:].*")];
    1 "MetricData" metric_data: Vec<MetricDatum>;
    2 "EntityMetricData" entity_metric_data: Vec<EntityMetricData>;
    3 "StrictEntityValidation" strict_entity_validation: bool;
}

wire::shape! { PutMetricDataQueryDefinitionInput
    0 "Id" id: String [len(1, 64) like("[a-zA-Z0-9-]{1,64}")];
    1 "Path" path: String [required len(1, 1024) like(r"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+")];
    2 "Expression" expression: String [required len(1, 65536) sensitive];
    3 "Type" r#type: String [required one_of(QUERY_TYPE)];
    4 "Tags" tags: Vec<Tag>;
}

wire::shape! { PutMetricDataQueryDefinitionOutput
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-]{1,64}")];
    1 "Arn" arn: String [required len(1, 1024)];
    2 "Path" path: String [required len(1, 1024) like(r"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+")];
    3 "Expression" expression: String [required len(1, 65536) sensitive];
    4 "Type" r#type: String [required one_of(QUERY_TYPE)];
    5 "CreatedAt" created_at: Timestamp [required];
    6 "UpdatedAt" updated_at: Timestamp [required];
}

wire::shape! { PutMetricStreamInput
    0 "Name" name: String [required len(1, 255)];
    1 "IncludeFilters" include_filters: Vec<MetricStreamFilter>;
    2 "ExcludeFilters" exclude_filters: Vec<MetricStreamFilter>;
    3 "FirehoseArn" firehose_arn: String [required len(1, 1024)];
    4 "RoleArn" role_arn: String [required len(1, 1024)];
    5 "OutputFormat" output_format: String [required len(1, 255) one_of(METRIC_STREAM_OUTPUT_FORMAT)];
    6 "Tags" tags: Vec<Tag>;
    7 "StatisticsConfigurations" statistics_configurations: Vec<MetricStreamStatisticsConfiguration>;
    8 "IncludeLinkedAccountsMetrics" include_linked_accounts_metrics: bool;
}

wire::shape! { PutMetricStreamOutput
    0 "Arn" arn: String [len(1, 1024)];
}

wire::shape! { Range
    0 "StartTime" start_time: Timestamp [required];
    1 "EndTime" end_time: Timestamp [required];
}

wire::shape! { ResourceMetricSelection
    0 "IncludeMetrics" include_metrics: Vec<String> [required len(1, 500) each(&ITEM.len(1, 255))];
}

wire::shape! { ResourceMetricsConfiguration
    0 "ResourceArn" resource_arn: String [required len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\d{12}:.+")];
    1 "CreatedAt" created_at: Timestamp [required];
    2 "UpdatedAt" updated_at: Timestamp [required];
    3 "MetricSelections" metric_selections: Vec<ResourceMetricSelection> [len(1, 1)];
}

wire::shape! { Rule
    0 "Schedule" schedule: Schedule [required];
}

wire::shape! { Schedule
    0 "Expression" expression: String [required len(1, 256)];
    1 "Duration" duration: String [required len(1, 50)];
    2 "Timezone" timezone: String [len(1, 50)];
}

wire::shape! { ScheduleConfiguration
    0 "ScheduleExpression" schedule_expression: String [required len(1, 256)];
    1 "StartTimeOffset" start_time_offset: i64 [required range(1, 2592000)];
    2 "EndTimeOffset" end_time_offset: i64 [range(0, 2592000)];
}

wire::shape! { ScheduledQueryConfiguration
    0 "QueryString" query_string: String [required len_max(10000)];
    1 "LogGroupIdentifiers" log_group_identifiers: Vec<String> [len(1, 50) each(&ITEM.len(1, 1024))];
    2 "QueryARN" query_arn: String [len(1, 1024)];
    3 "ScheduledQueryRoleARN" scheduled_query_role_arn: String [required len(1, 1024)];
    4 "ScheduleConfiguration" schedule_configuration: ScheduleConfiguration [required];
    5 "AggregationExpression" aggregation_expression: String [required len(1, 2048)];
    6 "Tags" tags: Vec<Tag>;
}

wire::shape! { SetAlarmStateInput
    0 "AlarmName" alarm_name: String [required len(1, 255)];
    1 "StateValue" state_value: String [required one_of(STATE_VALUE)];
    2 "StateReason" state_reason: String [required len_max(1023)];
    3 "StateReasonData" state_reason_data: String [len_max(4000)];
}

wire::shape! { SingleMetricAnomalyDetector
    0 "AccountId" account_id: String [len(1, 255)];
    1 "Namespace" namespace: String [len(1, 255) like("[^:].*")];
    2 "MetricName" metric_name: String [len(1, 255)];
    3 "Dimensions" dimensions: Vec<Dimension> [len_max(30)];
    4 "Stat" stat: String [len_max(50) like(r"(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|[ou]\d+(\.\d*)?)(_E|_L|_H)?|(TM|TC|TS|WM)\(((((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?:((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%|((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%:(((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)%)?)\)|(TM|TC|TS|WM|PR)\(((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)):((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?|((\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))?:(\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+)))\)")];
}

wire::shape! { SlidingWindow
}

wire::shape! { StartMetricStreamsInput
    0 "Names" names: Vec<String> [required each(&ITEM.len(1, 255))];
}

wire::shape! { StartMetricStreamsOutput
}

wire::shape! { StartOTelEnrichmentInput
    0 "IncludeFilters" include_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    1 "ExcludeFilters" exclude_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
}

wire::shape! { StartOTelEnrichmentOutput
    0 "IncludeFilters" include_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    1 "ExcludeFilters" exclude_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    2 "CreatedAt" created_at: Timestamp;
    3 "UpdatedAt" updated_at: Timestamp;
}

wire::shape! { StatisticSet
    0 "SampleCount" sample_count: f64 [required];
    1 "Sum" sum: f64 [required];
    2 "Minimum" minimum: f64 [required];
    3 "Maximum" maximum: f64 [required];
}

wire::shape! { StopMetricStreamsInput
    0 "Names" names: Vec<String> [required each(&ITEM.len(1, 255))];
}

wire::shape! { StopMetricStreamsOutput
}

wire::shape! { StopOTelEnrichmentInput
}

wire::shape! { StopOTelEnrichmentOutput
}

wire::shape! { Tag
    0 "Key" key: String [required len(1, 128)];
    1 "Value" value: String [required len_max(256)];
}

wire::shape! { TagResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 1024)];
    1 "Tags" tags: Vec<Tag> [required];
}

wire::shape! { TagResourceOutput
}

wire::shape! { UntagResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 1024)];
    1 "TagKeys" tag_keys: Vec<String> [required each(&ITEM.len(1, 128))];
}

wire::shape! { UntagResourceOutput
}

wire::shape! { UpdateOTelEnrichmentInput
    0 "IncludeFilters" include_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    1 "ExcludeFilters" exclude_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
}

wire::shape! { UpdateOTelEnrichmentOutput
    0 "IncludeFilters" include_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    1 "ExcludeFilters" exclude_filters: Vec<OTelEnrichmentMetricSelector> [len_max(100)];
    2 "CreatedAt" created_at: Timestamp;
    3 "UpdatedAt" updated_at: Timestamp;
}

wire::shape! { UpdateResourceMetricsConfigurationInput
    0 "ResourceArn" resource_arn: String [required len(20, 2048) like(r"arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:\d{12}:.+")];
    1 "MetricSelections" metric_selections: Vec<ResourceMetricSelection> [len(1, 1)];
}

wire::shape! { UpdateResourceMetricsConfigurationOutput
    0 "ResourceMetricsConfiguration" resource_metrics_configuration: ResourceMetricsConfiguration [required];
}

wire::shape! { WallClockWindow
    0 "Timezone" timezone: String [len(1, 50)];
}

wire::shape! { WarmUpConfiguration
    0 "WarmUpPeriodDurationInMinutes" warm_up_period_duration_in_minutes: i32 [required range(1, 2880)];
    1 "OnlyStartEvaluatingAfterWarmUpPeriodEnds" only_start_evaluating_after_warm_up_period_ends: bool;
}

/// The values of `ActionsSuppressedBy`.
pub const ACTIONS_SUPPRESSED_BY: &[&str] = &["WaitPeriod", "ExtensionPeriod", "Alarm"];
/// The values of `AlarmMuteRuleStatus`.
pub const ALARM_MUTE_RULE_STATUS: &[&str] = &["SCHEDULED", "ACTIVE", "EXPIRED"];
/// The values of `AlarmType`.
pub const ALARM_TYPE: &[&str] = &["CompositeAlarm", "MetricAlarm", "LogAlarm"];
/// The values of `AnomalyDetectorAdaptationSpeed`.
pub const ANOMALY_DETECTOR_ADAPTATION_SPEED: &[&str] = &["FAST", "NORMAL", "SLOW"];
/// The values of `AnomalyDetectorOutlierFilteringStrength`.
pub const ANOMALY_DETECTOR_OUTLIER_FILTERING_STRENGTH: &[&str] = &["MINIMAL", "MODERATE", "STRICT"];
/// The values of `AnomalyDetectorStateValue`.
pub const ANOMALY_DETECTOR_STATE_VALUE: &[&str] =
    &["PENDING_TRAINING", "TRAINED_INSUFFICIENT_DATA", "TRAINED"];
/// The values of `AnomalyDetectorType`.
pub const ANOMALY_DETECTOR_TYPE: &[&str] = &["SINGLE_METRIC", "METRIC_MATH"];
/// The values of `ComparisonOperator`.
pub const COMPARISON_OPERATOR: &[&str] = &[
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
];
/// The values of `EvaluationState`.
pub const EVALUATION_STATE: &[&str] = &["PARTIAL_DATA", "EVALUATION_FAILURE", "EVALUATION_ERROR"];
/// The values of `HistoryItemType`.
pub const HISTORY_ITEM_TYPE: &[&str] = &[
    "ConfigurationUpdate",
    "StateUpdate",
    "Action",
    "AlarmContributorStateUpdate",
    "AlarmContributorAction",
];
/// The values of `MetricStreamOutputFormat`.
pub const METRIC_STREAM_OUTPUT_FORMAT: &[&str] = &["json", "opentelemetry0.7", "opentelemetry1.0"];
/// The values of `OTelEnrichmentStatus`.
pub const O_TEL_ENRICHMENT_STATUS: &[&str] = &["Running", "Stopped"];
/// The values of `QueryType`.
pub const QUERY_TYPE: &[&str] = &["PROMQL", "SQL", "METRIC_MATH"];
/// The values of `RecentlyActive`.
pub const RECENTLY_ACTIVE: &[&str] = &["PT3H"];
/// The values of `ScanBy`.
pub const SCAN_BY: &[&str] = &["TimestampDescending", "TimestampAscending"];
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
/// The values of `StateValue`.
pub const STATE_VALUE: &[&str] = &["OK", "ALARM", "INSUFFICIENT_DATA"];
/// The values of `Statistic`.
pub const STATISTIC: &[&str] = &["SampleCount", "Average", "Sum", "Minimum", "Maximum"];
/// The values of `StatusCode`.
pub const STATUS_CODE: &[&str] = &["Complete", "InternalError", "PartialData", "Forbidden"];
