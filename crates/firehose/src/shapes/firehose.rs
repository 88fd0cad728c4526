//! The tables of `firehose`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `firehose`.
pub static FIREHOSE: wire::Service = wire::Service {
    name: "firehose",
    signing_name: "firehose",
    target_prefix: "Firehose_20150804",
    version: "2015-08-04",
    protocol: wire::Protocol::Json11,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "CreateDeliveryStream" CreateDeliveryStreamInput => CreateDeliveryStreamOutput;
    "DeleteDeliveryStream" DeleteDeliveryStreamInput => DeleteDeliveryStreamOutput;
    "DescribeDeliveryStream" DescribeDeliveryStreamInput => DescribeDeliveryStreamOutput;
    "ListDeliveryStreams" ListDeliveryStreamsInput => ListDeliveryStreamsOutput;
    "ListTagsForDeliveryStream" ListTagsForDeliveryStreamInput => ListTagsForDeliveryStreamOutput;
    "PutRecord" PutRecordInput => PutRecordOutput;
    "PutRecordBatch" PutRecordBatchInput => PutRecordBatchOutput;
    "StartDeliveryStreamEncryption" StartDeliveryStreamEncryptionInput => StartDeliveryStreamEncryptionOutput;
    "StopDeliveryStreamEncryption" StopDeliveryStreamEncryptionInput => StopDeliveryStreamEncryptionOutput;
    "TagDeliveryStream" TagDeliveryStreamInput => TagDeliveryStreamOutput;
    "UntagDeliveryStream" UntagDeliveryStreamInput => UntagDeliveryStreamOutput;
    "UpdateDestination" UpdateDestinationInput => UpdateDestinationOutput;
}

wire::errors! {
    "ConcurrentModificationException" "ConcurrentModificationException" 400 sender;
    "InvalidArgumentException" "InvalidArgumentException" 400 sender;
    "InvalidKMSResourceException" "InvalidKMSResourceException" 400 sender;
    "InvalidSourceException" "InvalidSourceException" 400 sender;
    "LimitExceededException" "LimitExceededException" 400 sender;
    "ResourceInUseException" "ResourceInUseException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 400 sender;
    "ServiceUnavailableException" "ServiceUnavailableException" 500 receiver;
}

wire::shape! { AmazonOpenSearchServerlessBufferingHints
    0 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 900)];
    1 "SizeInMBs" size_in_mbs: i32 [range(1, 100)];
}

wire::shape! { AmazonOpenSearchServerlessDestinationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "CollectionEndpoint" collection_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    2 "IndexName" index_name: String [required len(1, 80) like(".*")];
    3 "BufferingHints" buffering_hints: AmazonOpenSearchServerlessBufferingHints;
    4 "RetryOptions" retry_options: AmazonOpenSearchServerlessRetryOptions;
    5 "S3BackupMode" s3_backup_mode: String [one_of(AMAZON_OPEN_SEARCH_SERVERLESS_S3_BACKUP_MODE)];
    6 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    9 "VpcConfiguration" vpc_configuration: VpcConfiguration;
}

wire::shape! { AmazonOpenSearchServerlessDestinationDescription
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "CollectionEndpoint" collection_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    2 "IndexName" index_name: String [len(1, 80) like(".*")];
    3 "BufferingHints" buffering_hints: AmazonOpenSearchServerlessBufferingHints;
    4 "RetryOptions" retry_options: AmazonOpenSearchServerlessRetryOptions;
    5 "S3BackupMode" s3_backup_mode: String [one_of(AMAZON_OPEN_SEARCH_SERVERLESS_S3_BACKUP_MODE)];
    6 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    9 "VpcConfigurationDescription" vpc_configuration_description: VpcConfigurationDescription;
}

wire::shape! { AmazonOpenSearchServerlessDestinationUpdate
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "CollectionEndpoint" collection_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    2 "IndexName" index_name: String [len(1, 80) like(".*")];
    3 "BufferingHints" buffering_hints: AmazonOpenSearchServerlessBufferingHints;
    4 "RetryOptions" retry_options: AmazonOpenSearchServerlessRetryOptions;
    5 "S3Update" s3_update: S3DestinationUpdate;
    6 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
}

wire::shape! { AmazonOpenSearchServerlessRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { AmazonopensearchserviceBufferingHints
    0 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 900)];
    1 "SizeInMBs" size_in_mbs: i32 [range(1, 100)];
}

wire::shape! { AmazonopensearchserviceDestinationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "DomainARN" domain_arn: String [len(1, 512) like(r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}")];
    2 "ClusterEndpoint" cluster_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    3 "IndexName" index_name: String [required len(1, 80) like(".*")];
    4 "TypeName" type_name: String [len_max(100) like(".*")];
    5 "IndexRotationPeriod" index_rotation_period: String [one_of(AMAZONOPENSEARCHSERVICE_INDEX_ROTATION_PERIOD)];
    6 "BufferingHints" buffering_hints: AmazonopensearchserviceBufferingHints;
    7 "RetryOptions" retry_options: AmazonopensearchserviceRetryOptions;
    8 "S3BackupMode" s3_backup_mode: String [one_of(AMAZONOPENSEARCHSERVICE_S3_BACKUP_MODE)];
    9 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    10 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    11 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    12 "VpcConfiguration" vpc_configuration: VpcConfiguration;
    13 "DocumentIdOptions" document_id_options: DocumentIdOptions;
}

wire::shape! { AmazonopensearchserviceDestinationDescription
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "DomainARN" domain_arn: String [len(1, 512) like(r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}")];
    2 "ClusterEndpoint" cluster_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    3 "IndexName" index_name: String [len(1, 80) like(".*")];
    4 "TypeName" type_name: String [len_max(100) like(".*")];
    5 "IndexRotationPeriod" index_rotation_period: String [one_of(AMAZONOPENSEARCHSERVICE_INDEX_ROTATION_PERIOD)];
    6 "BufferingHints" buffering_hints: AmazonopensearchserviceBufferingHints;
    7 "RetryOptions" retry_options: AmazonopensearchserviceRetryOptions;
    8 "S3BackupMode" s3_backup_mode: String [one_of(AMAZONOPENSEARCHSERVICE_S3_BACKUP_MODE)];
    9 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    10 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    11 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    12 "VpcConfigurationDescription" vpc_configuration_description: VpcConfigurationDescription;
    13 "DocumentIdOptions" document_id_options: DocumentIdOptions;
}

wire::shape! { AmazonopensearchserviceDestinationUpdate
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "DomainARN" domain_arn: String [len(1, 512) like(r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}")];
    2 "ClusterEndpoint" cluster_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    3 "IndexName" index_name: String [len(1, 80) like(".*")];
    4 "TypeName" type_name: String [len_max(100) like(".*")];
    5 "IndexRotationPeriod" index_rotation_period: String [one_of(AMAZONOPENSEARCHSERVICE_INDEX_ROTATION_PERIOD)];
    6 "BufferingHints" buffering_hints: AmazonopensearchserviceBufferingHints;
    7 "RetryOptions" retry_options: AmazonopensearchserviceRetryOptions;
    8 "S3Update" s3_update: S3DestinationUpdate;
    9 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    10 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    11 "DocumentIdOptions" document_id_options: DocumentIdOptions;
}

wire::shape! { AmazonopensearchserviceRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { AuthenticationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "Connectivity" connectivity: String [required one_of(CONNECTIVITY)];
}

wire::shape! { BufferingHints
    0 "SizeInMBs" size_in_mbs: i32 [range(1, 128)];
    1 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 900)];
}

wire::shape! { CatalogConfiguration
    0 "CatalogARN" catalog_arn: String [len(1, 512) like(r"arn:.*:glue:.*:\d{12}:catalog(?:(/[a-z0-9_-]+){1,2})?")];
    1 "WarehouseLocation" warehouse_location: String [len(1, 2048) like(r"s3:\/\/.*")];
}

wire::shape! { CloudWatchLoggingOptions
    0 "Enabled" enabled: bool;
    1 "LogGroupName" log_group_name: String [len_max(512) like(r"[\.\-_/#A-Za-z0-9]*")];
    2 "LogStreamName" log_stream_name: String [len_max(512) like("[^:*]*")];
}

wire::shape! { CopyCommand
    0 "DataTableName" data_table_name: String [required len(1, 512) like(".*")];
    1 "DataTableColumns" data_table_columns: String [len_max(10240) like(".*")];
    2 "CopyOptions" copy_options: String [len_max(10240) like(".*")];
}

wire::shape! { CreateDeliveryStreamInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "DeliveryStreamType" delivery_stream_type: String [one_of(DELIVERY_STREAM_TYPE)];
    2 "DirectPutSourceConfiguration" direct_put_source_configuration: DirectPutSourceConfiguration;
    3 "KinesisStreamSourceConfiguration" kinesis_stream_source_configuration: KinesisStreamSourceConfiguration;
    4 "DeliveryStreamEncryptionConfigurationInput" delivery_stream_encryption_configuration_input: DeliveryStreamEncryptionConfigurationInput;
    5 "S3DestinationConfiguration" s3_destination_configuration: S3DestinationConfiguration;
    6 "ExtendedS3DestinationConfiguration" extended_s3_destination_configuration: ExtendedS3DestinationConfiguration;
    7 "RedshiftDestinationConfiguration" redshift_destination_configuration: RedshiftDestinationConfiguration;
    8 "ElasticsearchDestinationConfiguration" elasticsearch_destination_configuration: ElasticsearchDestinationConfiguration;
    9 "AmazonopensearchserviceDestinationConfiguration" amazonopensearchservice_destination_configuration: AmazonopensearchserviceDestinationConfiguration;
    10 "SplunkDestinationConfiguration" splunk_destination_configuration: SplunkDestinationConfiguration;
    11 "HttpEndpointDestinationConfiguration" http_endpoint_destination_configuration: HttpEndpointDestinationConfiguration;
    12 "Tags" tags: Vec<Tag> [len(1, 50)];
    13 "AmazonOpenSearchServerlessDestinationConfiguration" amazon_open_search_serverless_destination_configuration: AmazonOpenSearchServerlessDestinationConfiguration;
    14 "MSKSourceConfiguration" msk_source_configuration: MSKSourceConfiguration;
    15 "SnowflakeDestinationConfiguration" snowflake_destination_configuration: SnowflakeDestinationConfiguration;
    16 "IcebergDestinationConfiguration" iceberg_destination_configuration: IcebergDestinationConfiguration;
    17 "DatabaseSourceConfiguration" database_source_configuration: DatabaseSourceConfiguration;
}

wire::shape! { CreateDeliveryStreamOutput
    0 "DeliveryStreamARN" delivery_stream_arn: String [len(1, 512) like(r"arn:.*:firehose:[a-zA-Z0-9\-]+:\d{12}:deliverystream/[a-zA-Z0-9._-]+")];
}

wire::shape! { DataFormatConversionConfiguration
    0 "SchemaConfiguration" schema_configuration: SchemaConfiguration;
    1 "InputFormatConfiguration" input_format_configuration: InputFormatConfiguration;
    2 "OutputFormatConfiguration" output_format_configuration: OutputFormatConfiguration;
    3 "Enabled" enabled: bool;
}

wire::shape! { DatabaseColumnList
    0 "Include" include: Vec<String> [each(&ITEM.len(1, 194).like(r"[\u0001-\uFFFF]*"))];
    1 "Exclude" exclude: Vec<String> [each(&ITEM.len(1, 194).like(r"[\u0001-\uFFFF]*"))];
}

wire::shape! { DatabaseList
    0 "Include" include: Vec<String> [each(&ITEM.len(1, 64).like(r"[\u0001-\uFFFF]*"))];
    1 "Exclude" exclude: Vec<String> [each(&ITEM.len(1, 64).like(r"[\u0001-\uFFFF]*"))];
}

wire::shape! { DatabaseSnapshotInfo
    0 "Id" id: String [required len(1, 1024) like(r"^\S+$")];
    1 "Table" table: String [required len(1, 129) like(r"[\u0001-\uFFFF]*")];
    2 "RequestTimestamp" request_timestamp: Timestamp [required];
    3 "RequestedBy" requested_by: String [required one_of(SNAPSHOT_REQUESTED_BY)];
    4 "Status" status: String [required one_of(SNAPSHOT_STATUS)];
    5 "FailureDescription" failure_description: FailureDescription;
}

wire::shape! { DatabaseSourceAuthenticationConfiguration
    0 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration [required];
}

wire::shape! { DatabaseSourceConfiguration
    0 "Type" r#type: String [required one_of(DATABASE_TYPE)];
    1 "Endpoint" endpoint: String [required len(1, 255) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")];
    2 "Port" port: i32 [required range(0, 65535)];
    3 "SSLMode" ssl_mode: String [one_of(SSL_MODE)];
    4 "Databases" databases: DatabaseList [required];
    5 "Tables" tables: DatabaseTableList [required];
    6 "Columns" columns: DatabaseColumnList;
    7 "SurrogateKeys" surrogate_keys: Vec<String> [each(&ITEM.len(1, 1024).like(r"^\S+$"))];
    8 "SnapshotWatermarkTable" snapshot_watermark_table: String [required len(1, 129) like(r"[\u0001-\uFFFF]*")];
    9 "DatabaseSourceAuthenticationConfiguration" database_source_authentication_configuration: DatabaseSourceAuthenticationConfiguration [required];
    10 "DatabaseSourceVPCConfiguration" database_source_vpc_configuration: DatabaseSourceVPCConfiguration [required];
}

wire::shape! { DatabaseSourceDescription
    0 "Type" r#type: String [one_of(DATABASE_TYPE)];
    1 "Endpoint" endpoint: String [len(1, 255) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")];
    2 "Port" port: i32 [range(0, 65535)];
    3 "SSLMode" ssl_mode: String [one_of(SSL_MODE)];
    4 "Databases" databases: DatabaseList;
    5 "Tables" tables: DatabaseTableList;
    6 "Columns" columns: DatabaseColumnList;
    7 "SurrogateKeys" surrogate_keys: Vec<String> [each(&ITEM.len(1, 194).like(r"[\u0001-\uFFFF]*"))];
    8 "SnapshotWatermarkTable" snapshot_watermark_table: String [len(1, 129) like(r"[\u0001-\uFFFF]*")];
    9 "SnapshotInfo" snapshot_info: Vec<DatabaseSnapshotInfo>;
    10 "DatabaseSourceAuthenticationConfiguration" database_source_authentication_configuration: DatabaseSourceAuthenticationConfiguration;
    11 "DatabaseSourceVPCConfiguration" database_source_vpc_configuration: DatabaseSourceVPCConfiguration;
}

wire::shape! { DatabaseSourceVPCConfiguration
    0 "VpcEndpointServiceName" vpc_endpoint_service_name: String [required len(47, 255) like(r"([a-zA-Z0-9\-\_]+\.){2,3}vpce\.[a-zA-Z0-9\-]*\.vpce-svc\-[a-zA-Z0-9\-]{17}$")];
}

wire::shape! { DatabaseTableList
    0 "Include" include: Vec<String> [each(&ITEM.len(1, 129).like(r"[\u0001-\uFFFF]*"))];
    1 "Exclude" exclude: Vec<String> [each(&ITEM.len(1, 129).like(r"[\u0001-\uFFFF]*"))];
}

wire::shape! { DeleteDeliveryStreamInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "AllowForceDelete" allow_force_delete: bool;
}

wire::shape! { DeleteDeliveryStreamOutput
}

wire::shape! { DeliveryStreamDescription
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "DeliveryStreamARN" delivery_stream_arn: String [required len(1, 512) like(r"arn:.*:firehose:[a-zA-Z0-9\-]+:\d{12}:deliverystream/[a-zA-Z0-9._-]+")];
    2 "DeliveryStreamStatus" delivery_stream_status: String [required one_of(DELIVERY_STREAM_STATUS)];
    3 "FailureDescription" failure_description: FailureDescription;
    4 "DeliveryStreamEncryptionConfiguration" delivery_stream_encryption_configuration: DeliveryStreamEncryptionConfiguration;
    5 "DeliveryStreamType" delivery_stream_type: String [required one_of(DELIVERY_STREAM_TYPE)];
    6 "VersionId" version_id: String [required len(1, 50) like("[0-9]+")];
    7 "CreateTimestamp" create_timestamp: Timestamp;
    8 "LastUpdateTimestamp" last_update_timestamp: Timestamp;
    9 "Source" source: SourceDescription;
    10 "Destinations" destinations: Vec<DestinationDescription> [required];
    11 "HasMoreDestinations" has_more_destinations: bool [required];
}

wire::shape! { DeliveryStreamEncryptionConfiguration
    0 "KeyARN" key_arn: String [len(1, 512) like(r"arn:.*:kms:[a-zA-Z0-9\-]+:\d{12}:key/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "KeyType" key_type: String [one_of(KEY_TYPE)];
    2 "Status" status: String [one_of(DELIVERY_STREAM_ENCRYPTION_STATUS)];
    3 "FailureDescription" failure_description: FailureDescription;
}

wire::shape! { DeliveryStreamEncryptionConfigurationInput
    0 "KeyARN" key_arn: String [len(1, 512) like(r"arn:.*:kms:[a-zA-Z0-9\-]+:\d{12}:key/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "KeyType" key_type: String [required one_of(KEY_TYPE)];
}

wire::shape! { DescribeDeliveryStreamInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "Limit" limit: i32 [range(1, 10000)];
    2 "ExclusiveStartDestinationId" exclusive_start_destination_id: String [len(1, 100) like("[a-zA-Z0-9-]+")];
}

wire::shape! { DescribeDeliveryStreamOutput
    0 "DeliveryStreamDescription" delivery_stream_description: DeliveryStreamDescription [required];
}

wire::shape! { Deserializer
    0 "OpenXJsonSerDe" openx_json_ser_de: OpenXJsonSerDe;
    1 "HiveJsonSerDe" hive_json_ser_de: HiveJsonSerDe;
}

wire::shape! { DestinationDescription
    0 "DestinationId" destination_id: String [required len(1, 100) like("[a-zA-Z0-9-]+")];
    1 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    2 "ExtendedS3DestinationDescription" extended_s3_destination_description: ExtendedS3DestinationDescription;
    3 "RedshiftDestinationDescription" redshift_destination_description: RedshiftDestinationDescription;
    4 "ElasticsearchDestinationDescription" elasticsearch_destination_description: ElasticsearchDestinationDescription;
    5 "AmazonopensearchserviceDestinationDescription" amazonopensearchservice_destination_description: AmazonopensearchserviceDestinationDescription;
    6 "SplunkDestinationDescription" splunk_destination_description: SplunkDestinationDescription;
    7 "HttpEndpointDestinationDescription" http_endpoint_destination_description: HttpEndpointDestinationDescription;
    8 "SnowflakeDestinationDescription" snowflake_destination_description: SnowflakeDestinationDescription;
    9 "AmazonOpenSearchServerlessDestinationDescription" amazon_open_search_serverless_destination_description: AmazonOpenSearchServerlessDestinationDescription;
    10 "IcebergDestinationDescription" iceberg_destination_description: IcebergDestinationDescription;
}

wire::shape! { DestinationTableConfiguration
    0 "DestinationTableName" destination_table_name: String [required len(1, 255) like(r"[a-zA-Z0-9\.\_]+")];
    1 "DestinationDatabaseName" destination_database_name: String [required len(1, 255) like(r"[a-zA-Z0-9\.\_]+")];
    2 "UniqueKeys" unique_keys: Vec<String> [each(&ITEM.len(1, 1024).like(r"^\S+$"))];
    3 "PartitionSpec" partition_spec: PartitionSpec;
    4 "S3ErrorOutputPrefix" s3_error_output_prefix: String [len_max(1024) like(".*")];
}

wire::shape! { DirectPutSourceConfiguration
    0 "ThroughputHintInMBs" throughput_hint_in_mbs: i32 [required range(1, 100)];
}

wire::shape! { DirectPutSourceDescription
    0 "ThroughputHintInMBs" throughput_hint_in_mbs: i32 [range(1, 100)];
}

wire::shape! { DocumentIdOptions
    0 "DefaultDocumentIdFormat" default_document_id_format: String [required one_of(DEFAULT_DOCUMENT_ID_FORMAT)];
}

wire::shape! { DynamicPartitioningConfiguration
    0 "RetryOptions" retry_options: RetryOptions;
    1 "Enabled" enabled: bool;
}

wire::shape! { ElasticsearchBufferingHints
    0 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 900)];
    1 "SizeInMBs" size_in_mbs: i32 [range(1, 100)];
}

wire::shape! { ElasticsearchDestinationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "DomainARN" domain_arn: String [len(1, 512) like(r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}")];
    2 "ClusterEndpoint" cluster_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    3 "IndexName" index_name: String [required len(1, 80) like(".*")];
    4 "TypeName" type_name: String [len_max(100) like(".*")];
    5 "IndexRotationPeriod" index_rotation_period: String [one_of(ELASTICSEARCH_INDEX_ROTATION_PERIOD)];
    6 "BufferingHints" buffering_hints: ElasticsearchBufferingHints;
    7 "RetryOptions" retry_options: ElasticsearchRetryOptions;
    8 "S3BackupMode" s3_backup_mode: String [one_of(ELASTICSEARCH_S3_BACKUP_MODE)];
    9 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    10 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    11 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    12 "VpcConfiguration" vpc_configuration: VpcConfiguration;
    13 "DocumentIdOptions" document_id_options: DocumentIdOptions;
}

wire::shape! { ElasticsearchDestinationDescription
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "DomainARN" domain_arn: String [len(1, 512) like(r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}")];
    2 "ClusterEndpoint" cluster_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    3 "IndexName" index_name: String [len(1, 80) like(".*")];
    4 "TypeName" type_name: String [len_max(100) like(".*")];
    5 "IndexRotationPeriod" index_rotation_period: String [one_of(ELASTICSEARCH_INDEX_ROTATION_PERIOD)];
    6 "BufferingHints" buffering_hints: ElasticsearchBufferingHints;
    7 "RetryOptions" retry_options: ElasticsearchRetryOptions;
    8 "S3BackupMode" s3_backup_mode: String [one_of(ELASTICSEARCH_S3_BACKUP_MODE)];
    9 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    10 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    11 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    12 "VpcConfigurationDescription" vpc_configuration_description: VpcConfigurationDescription;
    13 "DocumentIdOptions" document_id_options: DocumentIdOptions;
}

wire::shape! { ElasticsearchDestinationUpdate
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "DomainARN" domain_arn: String [len(1, 512) like(r"arn:.*:es:[a-zA-Z0-9\-]+:\d{12}:domain/[a-z][-0-9a-z]{2,27}")];
    2 "ClusterEndpoint" cluster_endpoint: String [len(1, 512) like_as("https:.*", "https?:.*")];
    3 "IndexName" index_name: String [len(1, 80) like(".*")];
    4 "TypeName" type_name: String [len_max(100) like(".*")];
    5 "IndexRotationPeriod" index_rotation_period: String [one_of(ELASTICSEARCH_INDEX_ROTATION_PERIOD)];
    6 "BufferingHints" buffering_hints: ElasticsearchBufferingHints;
    7 "RetryOptions" retry_options: ElasticsearchRetryOptions;
    8 "S3Update" s3_update: S3DestinationUpdate;
    9 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    10 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    11 "DocumentIdOptions" document_id_options: DocumentIdOptions;
}

wire::shape! { ElasticsearchRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { EncryptionConfiguration
    0 "NoEncryptionConfig" no_encryption_config: String [one_of(NO_ENCRYPTION_CONFIG)];
    1 "KMSEncryptionConfig" kms_encryption_config: KMSEncryptionConfig;
}

wire::shape! { ExtendedS3DestinationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "BucketARN" bucket_arn: String [required len(1, 2048) like(r"arn:.*:s3:::[\w\.\-]{1,255}")];
    2 "Prefix" prefix: String [len_max(1024) like(".*")];
    3 "ErrorOutputPrefix" error_output_prefix: String [len_max(1024) like(".*")];
    4 "BufferingHints" buffering_hints: BufferingHints;
    5 "CompressionFormat" compression_format: String [one_of(COMPRESSION_FORMAT)];
    6 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    8 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    9 "S3BackupMode" s3_backup_mode: String [one_of(S3_BACKUP_MODE)];
    10 "S3BackupConfiguration" s3_backup_configuration: S3DestinationConfiguration;
    11 "DataFormatConversionConfiguration" data_format_conversion_configuration: DataFormatConversionConfiguration;
    12 "DynamicPartitioningConfiguration" dynamic_partitioning_configuration: DynamicPartitioningConfiguration;
    13 "FileExtension" file_extension: String [len_max(128) like(r"^$|\.[0-9a-z!\-_.*'()]+")];
    14 "CustomTimeZone" custom_time_zone: String [len_max(50) like("^$|[a-zA-Z/_]+")];
}

wire::shape! { ExtendedS3DestinationDescription
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "BucketARN" bucket_arn: String [required len(1, 2048) like(r"arn:.*:s3:::[\w\.\-]{1,255}")];
    2 "Prefix" prefix: String [len_max(1024) like(".*")];
    3 "ErrorOutputPrefix" error_output_prefix: String [len_max(1024) like(".*")];
    4 "BufferingHints" buffering_hints: BufferingHints [required];
    5 "CompressionFormat" compression_format: String [required one_of(COMPRESSION_FORMAT)];
    6 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration [required];
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    8 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    9 "S3BackupMode" s3_backup_mode: String [one_of(S3_BACKUP_MODE)];
    10 "S3BackupDescription" s3_backup_description: S3DestinationDescription;
    11 "DataFormatConversionConfiguration" data_format_conversion_configuration: DataFormatConversionConfiguration;
    12 "DynamicPartitioningConfiguration" dynamic_partitioning_configuration: DynamicPartitioningConfiguration;
    13 "FileExtension" file_extension: String [len_max(128) like(r"^$|\.[0-9a-z!\-_.*'()]+")];
    14 "CustomTimeZone" custom_time_zone: String [len_max(50) like("^$|[a-zA-Z/_]+")];
}

wire::shape! { ExtendedS3DestinationUpdate
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "BucketARN" bucket_arn: String [len(1, 2048) like(r"arn:.*:s3:::[\w\.\-]{1,255}")];
    2 "Prefix" prefix: String [len_max(1024) like(".*")];
    3 "ErrorOutputPrefix" error_output_prefix: String [len_max(1024) like(".*")];
    4 "BufferingHints" buffering_hints: BufferingHints;
    5 "CompressionFormat" compression_format: String [one_of(COMPRESSION_FORMAT)];
    6 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    8 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    9 "S3BackupMode" s3_backup_mode: String [one_of(S3_BACKUP_MODE)];
    10 "S3BackupUpdate" s3_backup_update: S3DestinationUpdate;
    11 "DataFormatConversionConfiguration" data_format_conversion_configuration: DataFormatConversionConfiguration;
    12 "DynamicPartitioningConfiguration" dynamic_partitioning_configuration: DynamicPartitioningConfiguration;
    13 "FileExtension" file_extension: String [len_max(128) like(r"^$|\.[0-9a-z!\-_.*'()]+")];
    14 "CustomTimeZone" custom_time_zone: String [len_max(50) like("^$|[a-zA-Z/_]+")];
}

wire::shape! { FailureDescription
    0 "Type" r#type: String [required one_of(DELIVERY_STREAM_FAILURE_TYPE)];
    1 "Details" details: String [required len(1, 1024) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")];
}

wire::shape! { HiveJsonSerDe
    0 "TimestampFormats" timestamp_formats: Vec<String> [each(&ITEM.len(1, 1024).like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*"))];
}

wire::shape! { HttpEndpointBufferingHints
    0 "SizeInMBs" size_in_mbs: i32 [range(1, 64)];
    1 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 900)];
}

wire::shape! { HttpEndpointCommonAttribute
    0 "AttributeName" attribute_name: String [required len(1, 256) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*") sensitive];
    1 "AttributeValue" attribute_value: String [required len_max(1024) like(".*") sensitive];
}

wire::shape! { HttpEndpointConfiguration
    0 "Url" url: String [required len(1, 1000) like_as("https://.*", "https?://.*") sensitive];
    1 "Name" name: String [len(1, 256) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")];
    2 "AccessKey" access_key: String [len_max(4096) like(".*") sensitive];
}

wire::shape! { HttpEndpointDescription
    0 "Url" url: String [len(1, 1000) like_as("https://.*", "https?://.*") sensitive];
    1 "Name" name: String [len(1, 256) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")];
}

wire::shape! { HttpEndpointDestinationConfiguration
    0 "EndpointConfiguration" endpoint_configuration: HttpEndpointConfiguration [required];
    1 "BufferingHints" buffering_hints: HttpEndpointBufferingHints;
    2 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    3 "RequestConfiguration" request_configuration: HttpEndpointRequestConfiguration;
    4 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    5 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    6 "RetryOptions" retry_options: HttpEndpointRetryOptions;
    7 "S3BackupMode" s3_backup_mode: String [one_of(HTTP_ENDPOINT_S3_BACKUP_MODE)];
    8 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    9 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { HttpEndpointDestinationDescription
    0 "EndpointConfiguration" endpoint_configuration: HttpEndpointDescription;
    1 "BufferingHints" buffering_hints: HttpEndpointBufferingHints;
    2 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    3 "RequestConfiguration" request_configuration: HttpEndpointRequestConfiguration;
    4 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    5 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    6 "RetryOptions" retry_options: HttpEndpointRetryOptions;
    7 "S3BackupMode" s3_backup_mode: String [one_of(HTTP_ENDPOINT_S3_BACKUP_MODE)];
    8 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    9 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { HttpEndpointDestinationUpdate
    0 "EndpointConfiguration" endpoint_configuration: HttpEndpointConfiguration;
    1 "BufferingHints" buffering_hints: HttpEndpointBufferingHints;
    2 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    3 "RequestConfiguration" request_configuration: HttpEndpointRequestConfiguration;
    4 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    5 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    6 "RetryOptions" retry_options: HttpEndpointRetryOptions;
    7 "S3BackupMode" s3_backup_mode: String [one_of(HTTP_ENDPOINT_S3_BACKUP_MODE)];
    8 "S3Update" s3_update: S3DestinationUpdate;
    9 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { HttpEndpointRequestConfiguration
    0 "ContentEncoding" content_encoding: String [one_of(CONTENT_ENCODING)];
    1 "CommonAttributes" common_attributes: Vec<HttpEndpointCommonAttribute> [len_max(50)];
}

wire::shape! { HttpEndpointRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { IcebergDestinationConfiguration
    0 "DestinationTableConfigurationList" destination_table_configuration_list: Vec<DestinationTableConfiguration>;
    1 "SchemaEvolutionConfiguration" schema_evolution_configuration: SchemaEvolutionConfiguration;
    2 "TableCreationConfiguration" table_creation_configuration: TableCreationConfiguration;
    3 "BufferingHints" buffering_hints: BufferingHints;
    4 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    5 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    6 "S3BackupMode" s3_backup_mode: String [one_of(ICEBERG_S3_BACKUP_MODE)];
    7 "RetryOptions" retry_options: RetryOptions;
    8 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    9 "AppendOnly" append_only: bool;
    10 "CatalogConfiguration" catalog_configuration: CatalogConfiguration [required];
    11 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
}

wire::shape! { IcebergDestinationDescription
    0 "DestinationTableConfigurationList" destination_table_configuration_list: Vec<DestinationTableConfiguration>;
    1 "SchemaEvolutionConfiguration" schema_evolution_configuration: SchemaEvolutionConfiguration;
    2 "TableCreationConfiguration" table_creation_configuration: TableCreationConfiguration;
    3 "BufferingHints" buffering_hints: BufferingHints;
    4 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    5 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    6 "S3BackupMode" s3_backup_mode: String [one_of(ICEBERG_S3_BACKUP_MODE)];
    7 "RetryOptions" retry_options: RetryOptions;
    8 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    9 "AppendOnly" append_only: bool;
    10 "CatalogConfiguration" catalog_configuration: CatalogConfiguration;
    11 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
}

wire::shape! { IcebergDestinationUpdate
    0 "DestinationTableConfigurationList" destination_table_configuration_list: Vec<DestinationTableConfiguration>;
    1 "SchemaEvolutionConfiguration" schema_evolution_configuration: SchemaEvolutionConfiguration;
    2 "TableCreationConfiguration" table_creation_configuration: TableCreationConfiguration;
    3 "BufferingHints" buffering_hints: BufferingHints;
    4 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    5 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    6 "S3BackupMode" s3_backup_mode: String [one_of(ICEBERG_S3_BACKUP_MODE)];
    7 "RetryOptions" retry_options: RetryOptions;
    8 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    9 "AppendOnly" append_only: bool;
    10 "CatalogConfiguration" catalog_configuration: CatalogConfiguration;
    11 "S3Configuration" s3_configuration: S3DestinationConfiguration;
}

wire::shape! { InputFormatConfiguration
    0 "Deserializer" deserializer: Deserializer;
}

wire::shape! { KMSEncryptionConfig
    0 "AWSKMSKeyARN" aws_kms_key_arn: String [required len(1, 512) like(r"arn:.*:kms:[a-zA-Z0-9\-]+:\d{12}:(key|alias)/[a-zA-Z_0-9+=,.@\-_/]+")];
}

wire::shape! { KinesisStreamSourceConfiguration
    0 "KinesisStreamARN" kinesis_stream_arn: String [required len(1, 512) like(r"arn:.*:kinesis:[a-zA-Z0-9\-]+:\d{12}:stream/[a-zA-Z0-9_.-]+")];
    1 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
}

wire::shape! { KinesisStreamSourceDescription
    0 "KinesisStreamARN" kinesis_stream_arn: String [len(1, 512) like(r"arn:.*:kinesis:[a-zA-Z0-9\-]+:\d{12}:stream/[a-zA-Z0-9_.-]+")];
    1 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    2 "DeliveryStartTimestamp" delivery_start_timestamp: Timestamp;
}

wire::shape! { ListDeliveryStreamsInput
    0 "Limit" limit: i32 [range(1, 10000)];
    1 "DeliveryStreamType" delivery_stream_type: String [one_of(DELIVERY_STREAM_TYPE)];
    2 "ExclusiveStartDeliveryStreamName" exclusive_start_delivery_stream_name: String [len(1, 64) like("[a-zA-Z0-9_.-]+")];
}

wire::shape! { ListDeliveryStreamsOutput
    0 "DeliveryStreamNames" delivery_stream_names: Vec<String> [required each(&ITEM.len(1, 64).like("[a-zA-Z0-9_.-]+"))];
    1 "HasMoreDeliveryStreams" has_more_delivery_streams: bool [required];
}

wire::shape! { ListTagsForDeliveryStreamInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "ExclusiveStartTagKey" exclusive_start_tag_key: String [len(1, 128) like_as(r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$", r"!aws:.*![\p{L}\p{Z}\p{N}_.:/=+\-@%]*")];
    2 "Limit" limit: i32 [range(1, 50)];
}

wire::shape! { ListTagsForDeliveryStreamOutput
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "HasMoreTags" has_more_tags: bool [required];
}

wire::shape! { MSKSourceConfiguration
    0 "MSKClusterARN" msk_cluster_arn: String [required len(1, 512) like_as("arn:.*", r"(arn:|[A-Za-z0-9._-]+:\d|\[|(PLAINTEXT|SSL)://).*")];
    1 "TopicName" topic_name: String [required len(1, 255) like(r"[a-zA-Z0-9\\._\\-]+")];
    2 "AuthenticationConfiguration" authentication_configuration: AuthenticationConfiguration [required];
    3 "ReadFromTimestamp" read_from_timestamp: Timestamp;
}

wire::shape! { MSKSourceDescription
    0 "MSKClusterARN" msk_cluster_arn: String [len(1, 512) like_as("arn:.*", r"(arn:|[A-Za-z0-9._-]+:\d|\[|(PLAINTEXT|SSL)://).*")];
    1 "TopicName" topic_name: String [len(1, 255) like(r"[a-zA-Z0-9\\._\\-]+")];
    2 "AuthenticationConfiguration" authentication_configuration: AuthenticationConfiguration;
    3 "DeliveryStartTimestamp" delivery_start_timestamp: Timestamp;
    4 "ReadFromTimestamp" read_from_timestamp: Timestamp;
}

wire::shape! { OpenXJsonSerDe
    0 "ConvertDotsInJsonKeysToUnderscores" convert_dots_in_json_keys_to_underscores: bool;
    1 "CaseInsensitive" case_insensitive: bool;
    2 "ColumnToJsonKeyMappings" column_to_json_key_mappings: BTreeMap<String, String> [each(&ITEM.len(1, 1024).like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")) keys(&ITEM.len(1, 1024).like(r"^\S+$"))];
}

wire::shape! { OrcSerDe
    0 "StripeSizeBytes" stripe_size_bytes: i32 [min(8388608)];
    1 "BlockSizeBytes" block_size_bytes: i32 [min(67108864)];
    2 "RowIndexStride" row_index_stride: i32 [min(1000)];
    3 "EnablePadding" enable_padding: bool;
    4 "PaddingTolerance" padding_tolerance: f64 [range(0, 1)];
    5 "Compression" compression: String [one_of(ORC_COMPRESSION)];
    6 "BloomFilterColumns" bloom_filter_columns: Vec<String> [each(&ITEM.len(1, 1024).like(r"^\S+$"))];
    7 "BloomFilterFalsePositiveProbability" bloom_filter_false_positive_probability: f64 [range(0, 1)];
    8 "DictionaryKeyThreshold" dictionary_key_threshold: f64 [range(0, 1)];
    9 "FormatVersion" format_version: String [one_of(ORC_FORMAT_VERSION)];
}

wire::shape! { OutputFormatConfiguration
    0 "Serializer" serializer: Serializer;
}

wire::shape! { ParquetSerDe
    0 "BlockSizeBytes" block_size_bytes: i32 [min(67108864)];
    1 "PageSizeBytes" page_size_bytes: i32 [min(65536)];
    2 "Compression" compression: String [one_of(PARQUET_COMPRESSION)];
    3 "EnableDictionaryCompression" enable_dictionary_compression: bool;
    4 "MaxPaddingBytes" max_padding_bytes: i32 [min(0)];
    5 "WriterVersion" writer_version: String [one_of(PARQUET_WRITER_VERSION)];
}

wire::shape! { PartitionField
    0 "SourceName" source_name: String [required len(1, 1024) like(r"^\S+$")];
}

wire::shape! { PartitionSpec
    0 "Identity" identity: Vec<PartitionField>;
}

wire::shape! { ProcessingConfiguration
    0 "Enabled" enabled: bool;
    1 "Processors" processors: Vec<Processor>;
}

wire::shape! { Processor
    0 "Type" r#type: String [required one_of(PROCESSOR_TYPE)];
    1 "Parameters" parameters: Vec<ProcessorParameter>;
}

wire::shape! { ProcessorParameter
    0 "ParameterName" parameter_name: String [required one_of(PROCESSOR_PARAMETER_NAME)];
    1 "ParameterValue" parameter_value: String [required len(1, 5120) like_as(r"^(?!\s*$).+", r"[\s]*[^\s].*")];
}

wire::shape! { PutRecordBatchInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "Records" records: Vec<Record> [required len(1, 500)];
}

wire::shape! { PutRecordBatchOutput
    0 "FailedPutCount" failed_put_count: i32 [required min(0)];
    1 "Encrypted" encrypted: bool;
    2 "RequestResponses" request_responses: Vec<PutRecordBatchResponseEntry> [required len(1, 500)];
}

wire::shape! { PutRecordBatchResponseEntry
    0 "RecordId" record_id: String [len_min(1)];
    1 "ErrorCode" error_code: String;
    2 "ErrorMessage" error_message: String;
}

wire::shape! { PutRecordInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "Record" record: Record [required];
}

wire::shape! { PutRecordOutput
    0 "RecordId" record_id: String [required len_min(1)];
    1 "Encrypted" encrypted: bool;
}

wire::shape! { Record
    0 "Data" data: Bytes [required len_max(1024000)];
}

wire::shape! { RedshiftDestinationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "ClusterJDBCURL" cluster_jdbcurl: String [required len(1, 512) like_as(r"jdbc:(redshift|postgresql)://((?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+(redshift(-serverless)?)\.([a-zA-Z0-9\.\-]+):\d{1,5}/[a-zA-Z0-9_$-]+", r"jdbc:(redshift|postgresql)://[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?:\d{1,5}/[a-zA-Z0-9_$-]+")];
    2 "CopyCommand" copy_command: CopyCommand [required];
    3 "Username" username: String [len(1, 512) like(".*") sensitive];
    4 "Password" password: String [len(6, 512) like(".*") sensitive];
    5 "RetryOptions" retry_options: RedshiftRetryOptions;
    6 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "S3BackupMode" s3_backup_mode: String [one_of(REDSHIFT_S3_BACKUP_MODE)];
    9 "S3BackupConfiguration" s3_backup_configuration: S3DestinationConfiguration;
    10 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    11 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { RedshiftDestinationDescription
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "ClusterJDBCURL" cluster_jdbcurl: String [required len(1, 512) like_as(r"jdbc:(redshift|postgresql)://((?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+(redshift(-serverless)?)\.([a-zA-Z0-9\.\-]+):\d{1,5}/[a-zA-Z0-9_$-]+", r"jdbc:(redshift|postgresql)://[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?:\d{1,5}/[a-zA-Z0-9_$-]+")];
    2 "CopyCommand" copy_command: CopyCommand [required];
    3 "Username" username: String [len(1, 512) like(".*") sensitive];
    4 "RetryOptions" retry_options: RedshiftRetryOptions;
    5 "S3DestinationDescription" s3_destination_description: S3DestinationDescription [required];
    6 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    7 "S3BackupMode" s3_backup_mode: String [one_of(REDSHIFT_S3_BACKUP_MODE)];
    8 "S3BackupDescription" s3_backup_description: S3DestinationDescription;
    9 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    10 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { RedshiftDestinationUpdate
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "ClusterJDBCURL" cluster_jdbcurl: String [len(1, 512) like_as(r"jdbc:(redshift|postgresql)://((?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+(redshift(-serverless)?)\.([a-zA-Z0-9\.\-]+):\d{1,5}/[a-zA-Z0-9_$-]+", r"jdbc:(redshift|postgresql)://[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?:\d{1,5}/[a-zA-Z0-9_$-]+")];
    2 "CopyCommand" copy_command: CopyCommand;
    3 "Username" username: String [len(1, 512) like(".*") sensitive];
    4 "Password" password: String [len(6, 512) like(".*") sensitive];
    5 "RetryOptions" retry_options: RedshiftRetryOptions;
    6 "S3Update" s3_update: S3DestinationUpdate;
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "S3BackupMode" s3_backup_mode: String [one_of(REDSHIFT_S3_BACKUP_MODE)];
    9 "S3BackupUpdate" s3_backup_update: S3DestinationUpdate;
    10 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    11 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { RedshiftRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { RetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { S3DestinationConfiguration
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "BucketARN" bucket_arn: String [required len(1, 2048) like(r"arn:.*:s3:::[\w\.\-]{1,255}")];
    2 "Prefix" prefix: String [len_max(1024) like(".*")];
    3 "ErrorOutputPrefix" error_output_prefix: String [len_max(1024) like(".*")];
    4 "BufferingHints" buffering_hints: BufferingHints;
    5 "CompressionFormat" compression_format: String [one_of(COMPRESSION_FORMAT)];
    6 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
}

wire::shape! { S3DestinationDescription
    0 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "BucketARN" bucket_arn: String [required len(1, 2048) like(r"arn:.*:s3:::[\w\.\-]{1,255}")];
    2 "Prefix" prefix: String [len_max(1024) like(".*")];
    3 "ErrorOutputPrefix" error_output_prefix: String [len_max(1024) like(".*")];
    4 "BufferingHints" buffering_hints: BufferingHints [required];
    5 "CompressionFormat" compression_format: String [required one_of(COMPRESSION_FORMAT)];
    6 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration [required];
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
}

wire::shape! { S3DestinationUpdate
    0 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    1 "BucketARN" bucket_arn: String [len(1, 2048) like(r"arn:.*:s3:::[\w\.\-]{1,255}")];
    2 "Prefix" prefix: String [len_max(1024) like(".*")];
    3 "ErrorOutputPrefix" error_output_prefix: String [len_max(1024) like(".*")];
    4 "BufferingHints" buffering_hints: BufferingHints;
    5 "CompressionFormat" compression_format: String [one_of(COMPRESSION_FORMAT)];
    6 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    7 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
}

wire::shape! { SchemaConfiguration
    0 "RoleARN" role_arn: String [len(1, 1024) like(r"^\S+$")];
    1 "CatalogId" catalog_id: String [len(1, 1024) like(r"^\S+$")];
    2 "DatabaseName" database_name: String [len(1, 1024) like(r"^\S+$")];
    3 "TableName" table_name: String [len(1, 1024) like(r"^\S+$")];
    4 "Region" region: String [len(1, 1024) like(r"^\S+$")];
    5 "VersionId" version_id: String [len(1, 1024) like(r"^\S+$")];
}

wire::shape! { SchemaEvolutionConfiguration
    0 "Enabled" enabled: bool [required];
}

wire::shape! { SecretsManagerConfiguration
    0 "SecretARN" secret_arn: String [len(1, 2048) like(r"arn:.*:secretsmanager:[a-zA-Z0-9\-]+:\d{12}:secret:[a-zA-Z0-9\-/_+=.@!]+")];
    1 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    2 "Enabled" enabled: bool [required];
}

wire::shape! { Serializer
    0 "ParquetSerDe" parquet_ser_de: ParquetSerDe;
    1 "OrcSerDe" orc_ser_de: OrcSerDe;
}

wire::shape! { SnowflakeBufferingHints
    0 "SizeInMBs" size_in_mbs: i32 [range(1, 128)];
    1 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 900)];
}

wire::shape! { SnowflakeDestinationConfiguration
    0 "AccountUrl" account_url: String [required len(24, 2048) like(r".+?\.snowflakecomputing\.com") sensitive];
    1 "PrivateKey" private_key: String [len(256, 4096) like(r"^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$") sensitive];
    2 "KeyPassphrase" key_passphrase: String [len(7, 255) sensitive];
    3 "User" user: String [len(1, 255) sensitive];
    4 "Database" database: String [required len(1, 255) sensitive];
    5 "Schema" schema: String [required len(1, 255) sensitive];
    6 "Table" table: String [required len(1, 255) sensitive];
    7 "SnowflakeRoleConfiguration" snowflake_role_configuration: SnowflakeRoleConfiguration;
    8 "DataLoadingOption" data_loading_option: String [one_of(SNOWFLAKE_DATA_LOADING_OPTION)];
    9 "MetaDataColumnName" meta_data_column_name: String [len(1, 255) sensitive];
    10 "ContentColumnName" content_column_name: String [len(1, 255) sensitive];
    11 "SnowflakeVpcConfiguration" snowflake_vpc_configuration: SnowflakeVpcConfiguration;
    12 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    13 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    14 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    15 "RetryOptions" retry_options: SnowflakeRetryOptions;
    16 "S3BackupMode" s3_backup_mode: String [one_of(SNOWFLAKE_S3_BACKUP_MODE)];
    17 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    18 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
    19 "BufferingHints" buffering_hints: SnowflakeBufferingHints;
}

wire::shape! { SnowflakeDestinationDescription
    0 "AccountUrl" account_url: String [len(24, 2048) like(r".+?\.snowflakecomputing\.com") sensitive];
    1 "User" user: String [len(1, 255) sensitive];
    2 "Database" database: String [len(1, 255) sensitive];
    3 "Schema" schema: String [len(1, 255) sensitive];
    4 "Table" table: String [len(1, 255) sensitive];
    5 "SnowflakeRoleConfiguration" snowflake_role_configuration: SnowflakeRoleConfiguration;
    6 "DataLoadingOption" data_loading_option: String [one_of(SNOWFLAKE_DATA_LOADING_OPTION)];
    7 "MetaDataColumnName" meta_data_column_name: String [len(1, 255) sensitive];
    8 "ContentColumnName" content_column_name: String [len(1, 255) sensitive];
    9 "SnowflakeVpcConfiguration" snowflake_vpc_configuration: SnowflakeVpcConfiguration;
    10 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    11 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    12 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    13 "RetryOptions" retry_options: SnowflakeRetryOptions;
    14 "S3BackupMode" s3_backup_mode: String [one_of(SNOWFLAKE_S3_BACKUP_MODE)];
    15 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    16 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
    17 "BufferingHints" buffering_hints: SnowflakeBufferingHints;
}

wire::shape! { SnowflakeDestinationUpdate
    0 "AccountUrl" account_url: String [len(24, 2048) like(r".+?\.snowflakecomputing\.com") sensitive];
    1 "PrivateKey" private_key: String [len(256, 4096) like(r"^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$") sensitive];
    2 "KeyPassphrase" key_passphrase: String [len(7, 255) sensitive];
    3 "User" user: String [len(1, 255) sensitive];
    4 "Database" database: String [len(1, 255) sensitive];
    5 "Schema" schema: String [len(1, 255) sensitive];
    6 "Table" table: String [len(1, 255) sensitive];
    7 "SnowflakeRoleConfiguration" snowflake_role_configuration: SnowflakeRoleConfiguration;
    8 "DataLoadingOption" data_loading_option: String [one_of(SNOWFLAKE_DATA_LOADING_OPTION)];
    9 "MetaDataColumnName" meta_data_column_name: String [len(1, 255) sensitive];
    10 "ContentColumnName" content_column_name: String [len(1, 255) sensitive];
    11 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    12 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    13 "RoleARN" role_arn: String [len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    14 "RetryOptions" retry_options: SnowflakeRetryOptions;
    15 "S3BackupMode" s3_backup_mode: String [one_of(SNOWFLAKE_S3_BACKUP_MODE)];
    16 "S3Update" s3_update: S3DestinationUpdate;
    17 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
    18 "BufferingHints" buffering_hints: SnowflakeBufferingHints;
}

wire::shape! { SnowflakeRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { SnowflakeRoleConfiguration
    0 "Enabled" enabled: bool;
    1 "SnowflakeRole" snowflake_role: String [len(1, 255) sensitive];
}

wire::shape! { SnowflakeVpcConfiguration
    0 "PrivateLinkVpceId" private_link_vpce_id: String [required len(47, 255) like(r"([a-zA-Z0-9\-\_]+\.){2,3}vpce\.[a-zA-Z0-9\-]*\.vpce-svc\-[a-zA-Z0-9\-]{17}$") sensitive];
}

wire::shape! { SourceDescription
    0 "DirectPutSourceDescription" direct_put_source_description: DirectPutSourceDescription;
    1 "KinesisStreamSourceDescription" kinesis_stream_source_description: KinesisStreamSourceDescription;
    2 "MSKSourceDescription" msk_source_description: MSKSourceDescription;
    3 "DatabaseSourceDescription" database_source_description: DatabaseSourceDescription;
}

wire::shape! { SplunkBufferingHints
    0 "IntervalInSeconds" interval_in_seconds: i32 [range(0, 60)];
    1 "SizeInMBs" size_in_mbs: i32 [range(1, 5)];
}

wire::shape! { SplunkDestinationConfiguration
    0 "HECEndpoint" hec_endpoint: String [required len_max(2048) like(".*")];
    1 "HECEndpointType" hec_endpoint_type: String [required one_of(HEC_ENDPOINT_TYPE)];
    2 "HECToken" hec_token: String [len_max(2048) like(".*")];
    3 "HECAcknowledgmentTimeoutInSeconds" hec_acknowledgment_timeout_in_seconds: i32 [range(180, 600)];
    4 "RetryOptions" retry_options: SplunkRetryOptions;
    5 "S3BackupMode" s3_backup_mode: String [one_of(SPLUNK_S3_BACKUP_MODE)];
    6 "S3Configuration" s3_configuration: S3DestinationConfiguration [required];
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    9 "BufferingHints" buffering_hints: SplunkBufferingHints;
    10 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { SplunkDestinationDescription
    0 "HECEndpoint" hec_endpoint: String [len_max(2048) like(".*")];
    1 "HECEndpointType" hec_endpoint_type: String [one_of(HEC_ENDPOINT_TYPE)];
    2 "HECToken" hec_token: String [len_max(2048) like(".*")];
    3 "HECAcknowledgmentTimeoutInSeconds" hec_acknowledgment_timeout_in_seconds: i32 [range(180, 600)];
    4 "RetryOptions" retry_options: SplunkRetryOptions;
    5 "S3BackupMode" s3_backup_mode: String [one_of(SPLUNK_S3_BACKUP_MODE)];
    6 "S3DestinationDescription" s3_destination_description: S3DestinationDescription;
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    9 "BufferingHints" buffering_hints: SplunkBufferingHints;
    10 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { SplunkDestinationUpdate
    0 "HECEndpoint" hec_endpoint: String [len_max(2048) like(".*")];
    1 "HECEndpointType" hec_endpoint_type: String [one_of(HEC_ENDPOINT_TYPE)];
    2 "HECToken" hec_token: String [len_max(2048) like(".*")];
    3 "HECAcknowledgmentTimeoutInSeconds" hec_acknowledgment_timeout_in_seconds: i32 [range(180, 600)];
    4 "RetryOptions" retry_options: SplunkRetryOptions;
    5 "S3BackupMode" s3_backup_mode: String [one_of(SPLUNK_S3_BACKUP_MODE)];
    6 "S3Update" s3_update: S3DestinationUpdate;
    7 "ProcessingConfiguration" processing_configuration: ProcessingConfiguration;
    8 "CloudWatchLoggingOptions" cloud_watch_logging_options: CloudWatchLoggingOptions;
    9 "BufferingHints" buffering_hints: SplunkBufferingHints;
    10 "SecretsManagerConfiguration" secrets_manager_configuration: SecretsManagerConfiguration;
}

wire::shape! { SplunkRetryOptions
    0 "DurationInSeconds" duration_in_seconds: i32 [range(0, 7200)];
}

wire::shape! { StartDeliveryStreamEncryptionInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "DeliveryStreamEncryptionConfigurationInput" delivery_stream_encryption_configuration_input: DeliveryStreamEncryptionConfigurationInput;
}

wire::shape! { StartDeliveryStreamEncryptionOutput
}

wire::shape! { StopDeliveryStreamEncryptionInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
}

wire::shape! { StopDeliveryStreamEncryptionOutput
}

wire::shape! { TableCreationConfiguration
    0 "Enabled" enabled: bool [required];
}

wire::shape! { Tag
    0 "Key" key: String [required len(1, 128) like_as(r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$", r"!aws:.*![\p{L}\p{Z}\p{N}_.:/=+\-@%]*")];
    1 "Value" value: String [len_max(256) like(r"^[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$")];
}

wire::shape! { TagDeliveryStreamInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "Tags" tags: Vec<Tag> [required len(1, 50)];
}

wire::shape! { TagDeliveryStreamOutput
}

wire::shape! { UntagDeliveryStreamInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len(1, 50) each(&ITEM.len(1, 128).like_as(r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$", r"!aws:.*![\p{L}\p{Z}\p{N}_.:/=+\-@%]*"))];
}

wire::shape! { UntagDeliveryStreamOutput
}

wire::shape! { UpdateDestinationInput
    0 "DeliveryStreamName" delivery_stream_name: String [required len(1, 64) like("[a-zA-Z0-9_.-]+")];
    1 "CurrentDeliveryStreamVersionId" current_delivery_stream_version_id: String [required len(1, 50) like("[0-9]+")];
    2 "DestinationId" destination_id: String [required len(1, 100) like("[a-zA-Z0-9-]+")];
    3 "S3DestinationUpdate" s3_destination_update: S3DestinationUpdate;
    4 "ExtendedS3DestinationUpdate" extended_s3_destination_update: ExtendedS3DestinationUpdate;
    5 "RedshiftDestinationUpdate" redshift_destination_update: RedshiftDestinationUpdate;
    6 "ElasticsearchDestinationUpdate" elasticsearch_destination_update: ElasticsearchDestinationUpdate;
    7 "AmazonopensearchserviceDestinationUpdate" amazonopensearchservice_destination_update: AmazonopensearchserviceDestinationUpdate;
    8 "SplunkDestinationUpdate" splunk_destination_update: SplunkDestinationUpdate;
    9 "HttpEndpointDestinationUpdate" http_endpoint_destination_update: HttpEndpointDestinationUpdate;
    10 "AmazonOpenSearchServerlessDestinationUpdate" amazon_open_search_serverless_destination_update: AmazonOpenSearchServerlessDestinationUpdate;
    11 "SnowflakeDestinationUpdate" snowflake_destination_update: SnowflakeDestinationUpdate;
    12 "IcebergDestinationUpdate" iceberg_destination_update: IcebergDestinationUpdate;
}

wire::shape! { UpdateDestinationOutput
}

wire::shape! { VpcConfiguration
    0 "SubnetIds" subnet_ids: Vec<String> [required len(1, 16) each(&ITEM.len(1, 1024).like(r"^\S+$"))];
    1 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    2 "SecurityGroupIds" security_group_ids: Vec<String> [required len(1, 5) each(&ITEM.len(1, 1024).like(r"^\S+$"))];
}

wire::shape! { VpcConfigurationDescription
    0 "SubnetIds" subnet_ids: Vec<String> [required len(1, 16) each(&ITEM.len(1, 1024).like(r"^\S+$"))];
    1 "RoleARN" role_arn: String [required len(1, 512) like(r"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+")];
    2 "SecurityGroupIds" security_group_ids: Vec<String> [required len(1, 5) each(&ITEM.len(1, 1024).like(r"^\S+$"))];
    3 "VpcId" vpc_id: String [required len(1, 1024) like(r"^\S+$")];
}

/// The values of `AmazonOpenSearchServerlessS3BackupMode`.
pub const AMAZON_OPEN_SEARCH_SERVERLESS_S3_BACKUP_MODE: &[&str] = &["FailedDocumentsOnly", "AllDocuments"];
/// The values of `AmazonopensearchserviceIndexRotationPeriod`.
pub const AMAZONOPENSEARCHSERVICE_INDEX_ROTATION_PERIOD: &[&str] =
    &["NoRotation", "OneHour", "OneDay", "OneWeek", "OneMonth"];
/// The values of `AmazonopensearchserviceS3BackupMode`.
pub const AMAZONOPENSEARCHSERVICE_S3_BACKUP_MODE: &[&str] = &["FailedDocumentsOnly", "AllDocuments"];
/// The values of `CompressionFormat`.
pub const COMPRESSION_FORMAT: &[&str] = &["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"];
/// The values of `Connectivity`.
pub const CONNECTIVITY: &[&str] = &["PUBLIC", "PRIVATE"];
/// The values of `ContentEncoding`.
pub const CONTENT_ENCODING: &[&str] = &["NONE", "GZIP"];
/// The values of `DatabaseType`.
pub const DATABASE_TYPE: &[&str] = &["MySQL", "PostgreSQL"];
/// The values of `DefaultDocumentIdFormat`.
pub const DEFAULT_DOCUMENT_ID_FORMAT: &[&str] = &["FIREHOSE_DEFAULT", "NO_DOCUMENT_ID"];
/// The values of `DeliveryStreamEncryptionStatus`.
pub const DELIVERY_STREAM_ENCRYPTION_STATUS: &[&str] =
    &["ENABLED", "ENABLING", "ENABLING_FAILED", "DISABLED", "DISABLING", "DISABLING_FAILED"];
/// The values of `DeliveryStreamFailureType`.
pub const DELIVERY_STREAM_FAILURE_TYPE: &[&str] = &[
    "VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND",
    "VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED",
    "RETIRE_KMS_GRANT_FAILED",
    "CREATE_KMS_GRANT_FAILED",
    "KMS_ACCESS_DENIED",
    "DISABLED_KMS_KEY",
    "INVALID_KMS_KEY",
    "KMS_KEY_NOT_FOUND",
    "KMS_OPT_IN_REQUIRED",
    "CREATE_ENI_FAILED",
    "DELETE_ENI_FAILED",
    "SUBNET_NOT_FOUND",
    "SECURITY_GROUP_NOT_FOUND",
    "ENI_ACCESS_DENIED",
    "SUBNET_ACCESS_DENIED",
    "SECURITY_GROUP_ACCESS_DENIED",
    "UNKNOWN_ERROR",
];
/// The values of `DeliveryStreamStatus`.
pub const DELIVERY_STREAM_STATUS: &[&str] =
    &["CREATING", "CREATING_FAILED", "DELETING", "DELETING_FAILED", "ACTIVE"];
/// The values of `DeliveryStreamType`.
pub const DELIVERY_STREAM_TYPE: &[&str] =
    &["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"];
/// The values of `ElasticsearchIndexRotationPeriod`.
pub const ELASTICSEARCH_INDEX_ROTATION_PERIOD: &[&str] =
    &["NoRotation", "OneHour", "OneDay", "OneWeek", "OneMonth"];
/// The values of `ElasticsearchS3BackupMode`.
pub const ELASTICSEARCH_S3_BACKUP_MODE: &[&str] = &["FailedDocumentsOnly", "AllDocuments"];
/// The values of `HECEndpointType`.
pub const HEC_ENDPOINT_TYPE: &[&str] = &["Raw", "Event"];
/// The values of `HttpEndpointS3BackupMode`.
pub const HTTP_ENDPOINT_S3_BACKUP_MODE: &[&str] = &["FailedDataOnly", "AllData"];
/// The values of `IcebergS3BackupMode`.
pub const ICEBERG_S3_BACKUP_MODE: &[&str] = &["FailedDataOnly", "AllData"];
/// The values of `KeyType`.
pub const KEY_TYPE: &[&str] = &["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"];
/// The values of `NoEncryptionConfig`.
pub const NO_ENCRYPTION_CONFIG: &[&str] = &["NoEncryption"];
/// The values of `OrcCompression`.
pub const ORC_COMPRESSION: &[&str] = &["NONE", "ZLIB", "SNAPPY"];
/// The values of `OrcFormatVersion`.
pub const ORC_FORMAT_VERSION: &[&str] = &["V0_11", "V0_12"];
/// The values of `ParquetCompression`.
pub const PARQUET_COMPRESSION: &[&str] = &["UNCOMPRESSED", "GZIP", "SNAPPY"];
/// The values of `ParquetWriterVersion`.
pub const PARQUET_WRITER_VERSION: &[&str] = &["V1", "V2"];
/// The values of `ProcessorParameterName`.
pub const PROCESSOR_PARAMETER_NAME: &[&str] = &[
    "LambdaArn",
    "NumberOfRetries",
    "MetadataExtractionQuery",
    "JsonParsingEngine",
    "RoleArn",
    "BufferSizeInMBs",
    "BufferIntervalInSeconds",
    "SubRecordType",
    "Delimiter",
    "CompressionFormat",
    "DataMessageExtraction",
];
/// The values of `ProcessorType`.
pub const PROCESSOR_TYPE: &[&str] = &[
    "RecordDeAggregation",
    "Decompression",
    "CloudWatchLogProcessing",
    "Lambda",
    "MetadataExtraction",
    "AppendDelimiterToRecord",
];
/// The values of `RedshiftS3BackupMode`.
pub const REDSHIFT_S3_BACKUP_MODE: &[&str] = &["Disabled", "Enabled"];
/// The values of `S3BackupMode`.
pub const S3_BACKUP_MODE: &[&str] = &["Disabled", "Enabled"];
/// The values of `SSLMode`.
pub const SSL_MODE: &[&str] = &["Disabled", "Enabled"];
/// The values of `SnapshotRequestedBy`.
pub const SNAPSHOT_REQUESTED_BY: &[&str] = &["USER", "FIREHOSE"];
/// The values of `SnapshotStatus`.
pub const SNAPSHOT_STATUS: &[&str] = &["IN_PROGRESS", "COMPLETE", "SUSPENDED"];
/// The values of `SnowflakeDataLoadingOption`.
pub const SNOWFLAKE_DATA_LOADING_OPTION: &[&str] =
    &["JSON_MAPPING", "VARIANT_CONTENT_MAPPING", "VARIANT_CONTENT_AND_METADATA_MAPPING"];
/// The values of `SnowflakeS3BackupMode`.
pub const SNOWFLAKE_S3_BACKUP_MODE: &[&str] = &["FailedDataOnly", "AllData"];
/// The values of `SplunkS3BackupMode`.
pub const SPLUNK_S3_BACKUP_MODE: &[&str] = &["FailedEventsOnly", "AllEvents"];
