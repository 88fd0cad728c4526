//! The tables of `athena`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `athena`.
pub static ATHENA: wire::Service = wire::Service {
    name: "athena",
    signing_name: "athena",
    target_prefix: "AmazonAthena",
    version: "2017-05-18",
    protocol: wire::Protocol::Json11,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "BatchGetNamedQuery" BatchGetNamedQueryInput => BatchGetNamedQueryOutput;
    "BatchGetPreparedStatement" BatchGetPreparedStatementInput => BatchGetPreparedStatementOutput;
    "BatchGetQueryExecution" BatchGetQueryExecutionInput => BatchGetQueryExecutionOutput;
    "CancelCapacityReservation" () => ();
    "CreateCapacityReservation" () => ();
    "CreateDataCatalog" () => ();
    "CreateNamedQuery" CreateNamedQueryInput => CreateNamedQueryOutput;
    "CreateNotebook" () => ();
    "CreatePreparedStatement" CreatePreparedStatementInput => CreatePreparedStatementOutput;
    "CreatePresignedNotebookUrl" () => ();
    "CreateSystemTableConfiguration" () => ();
    "CreateWorkGroup" CreateWorkGroupInput => CreateWorkGroupOutput;
    "DeleteCapacityReservation" () => ();
    "DeleteDataCatalog" () => ();
    "DeleteNamedQuery" DeleteNamedQueryInput => DeleteNamedQueryOutput;
    "DeleteNotebook" () => ();
    "DeletePreparedStatement" DeletePreparedStatementInput => DeletePreparedStatementOutput;
    "DeleteSystemTableConfiguration" () => ();
    "DeleteWorkGroup" DeleteWorkGroupInput => DeleteWorkGroupOutput;
    "ExportNotebook" () => ();
    "GetCalculationExecution" () => ();
    "GetCalculationExecutionCode" () => ();
    "GetCalculationExecutionStatus" () => ();
    "GetCapacityAssignmentConfiguration" () => ();
    "GetCapacityReservation" () => ();
    "GetDataCatalog" GetDataCatalogInput => GetDataCatalogOutput;
    "GetDatabase" GetDatabaseInput => GetDatabaseOutput;
    "GetNamedQuery" GetNamedQueryInput => GetNamedQueryOutput;
    "GetNotebookMetadata" () => ();
    "GetPreparedStatement" GetPreparedStatementInput => GetPreparedStatementOutput;
    "GetQueryExecution" GetQueryExecutionInput => GetQueryExecutionOutput;
    "GetQueryResults" GetQueryResultsInput => GetQueryResultsOutput;
    "GetQueryRuntimeStatistics" GetQueryRuntimeStatisticsInput => GetQueryRuntimeStatisticsOutput;
    "GetResourceDashboard" () => ();
    "GetSession" () => ();
    "GetSessionEndpoint" () => ();
    "GetSessionStatus" () => ();
    "GetSystemTableConfiguration" () => ();
    "GetTableMetadata" GetTableMetadataInput => GetTableMetadataOutput;
    "GetWorkGroup" GetWorkGroupInput => GetWorkGroupOutput;
    "ImportNotebook" () => ();
    "ListApplicationDPUSizes" () => ();
    "ListCalculationExecutions" () => ();
    "ListCapacityReservations" () => ();
    "ListDataCatalogs" ListDataCatalogsInput => ListDataCatalogsOutput;
    "ListDatabases" ListDatabasesInput => ListDatabasesOutput;
    "ListEngineVersions" ListEngineVersionsInput => ListEngineVersionsOutput;
    "ListExecutors" () => ();
    "ListNamedQueries" ListNamedQueriesInput => ListNamedQueriesOutput;
    "ListNotebookMetadata" () => ();
    "ListNotebookSessions" () => ();
    "ListPreparedStatements" ListPreparedStatementsInput => ListPreparedStatementsOutput;
    "ListQueryExecutions" ListQueryExecutionsInput => ListQueryExecutionsOutput;
    "ListSessions" () => ();
    "ListSystemTableStatuses" () => ();
    "ListTableMetadata" ListTableMetadataInput => ListTableMetadataOutput;
    "ListTagsForResource" ListTagsForResourceInput => ListTagsForResourceOutput;
    "ListWorkGroups" ListWorkGroupsInput => ListWorkGroupsOutput;
    "PutCapacityAssignmentConfiguration" () => ();
    "StartCalculationExecution" () => ();
    "StartQueryExecution" StartQueryExecutionInput => StartQueryExecutionOutput;
    "StartSession" () => ();
    "StopCalculationExecution" () => ();
    "StopQueryExecution" StopQueryExecutionInput => StopQueryExecutionOutput;
    "TagResource" TagResourceInput => TagResourceOutput;
    "TerminateSession" () => ();
    "UntagResource" UntagResourceInput => UntagResourceOutput;
    "UpdateCapacityReservation" () => ();
    "UpdateDataCatalog" () => ();
    "UpdateNamedQuery" UpdateNamedQueryInput => UpdateNamedQueryOutput;
    "UpdateNotebook" () => ();
    "UpdateNotebookMetadata" () => ();
    "UpdatePreparedStatement" UpdatePreparedStatementInput => UpdatePreparedStatementOutput;
    "UpdateSystemTableConfiguration" () => ();
    "UpdateWorkGroup" UpdateWorkGroupInput => UpdateWorkGroupOutput;
}

wire::errors! {
    "InternalServerException" "InternalServerException" 500 receiver;
    "InvalidRequestException" "InvalidRequestException" 400 sender;
    "MetadataException" "MetadataException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 400 sender;
    "SessionAlreadyExistsException" "SessionAlreadyExistsException" 400 sender;
    "TooManyRequestsException" "TooManyRequestsException" 400 sender;
}

wire::shape! { AclConfiguration
    0 "S3AclOption" s3_acl_option: String [required one_of(S3_ACL_OPTION)];
}

wire::shape! { AthenaError
    0 "ErrorCategory" error_category: i32 [range(1, 3)];
    1 "ErrorType" error_type: i32 [range(0, 9999)];
    2 "Retryable" retryable: bool;
    3 "ErrorMessage" error_message: String;
}

wire::shape! { BatchGetNamedQueryInput
    0 "NamedQueryIds" named_query_ids: Vec<String> [required len(1, 50) each(&ITEM.len(1, 128).like(r"\S+"))];
}

wire::shape! { BatchGetNamedQueryOutput
    0 "NamedQueries" named_queries: Vec<NamedQuery>;
    1 "UnprocessedNamedQueryIds" unprocessed_named_query_ids: Vec<UnprocessedNamedQueryId>;
}

wire::shape! { BatchGetPreparedStatementInput
    0 "PreparedStatementNames" prepared_statement_names: Vec<String> [required each(&ITEM.len(1, 256).like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}"))];
    1 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { BatchGetPreparedStatementOutput
    0 "PreparedStatements" prepared_statements: Vec<PreparedStatement>;
    1 "UnprocessedPreparedStatementNames" unprocessed_prepared_statement_names: Vec<UnprocessedPreparedStatementName>;
}

wire::shape! { BatchGetQueryExecutionInput
    0 "QueryExecutionIds" query_execution_ids: Vec<String> [required len(1, 50) each(&ITEM.len(1, 128).like(r"\S+"))];
}

wire::shape! { BatchGetQueryExecutionOutput
    0 "QueryExecutions" query_executions: Vec<QueryExecution>;
    1 "UnprocessedQueryExecutionIds" unprocessed_query_execution_ids: Vec<UnprocessedQueryExecutionId>;
}

wire::shape! { Classification
    0 "Name" name: String [len(1, 128)];
    1 "Properties" properties: BTreeMap<String, String> [each(&ITEM.len_max(51200)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { CloudWatchLoggingConfiguration
    0 "Enabled" enabled: bool [required];
    1 "LogGroup" log_group: String [len(1, 512) like("^[a-zA-Z0-9._/-]+$")];
    2 "LogStreamNamePrefix" log_stream_name_prefix: String [len(1, 512) like("^[^:*]*$")];
    3 "LogTypes" log_types: BTreeMap<String, Vec<String>>;
}

wire::shape! { Column
    0 "Name" name: String [required len(1, 128)];
    1 "Type" r#type: String [len_max(4096) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Comment" comment: String [len_max(255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { ColumnInfo
    0 "CatalogName" catalog_name: String;
    1 "SchemaName" schema_name: String;
    2 "TableName" table_name: String;
    3 "Name" name: String [required];
    4 "Label" label: String;
    5 "Type" r#type: String [required];
    6 "Precision" precision: i32;
    7 "Scale" scale: i32;
    8 "Nullable" nullable: String [one_of(COLUMN_NULLABLE)];
    9 "CaseSensitive" case_sensitive: bool;
}

wire::shape! { CreateNamedQueryInput
    0 "Name" name: String [required len(1, 128)];
    1 "Description" description: String [len(1, 1024)];
    2 "Database" database: String [required len(1, 255)];
    3 "QueryString" query_string: String [required len(1, 262144)];
    4 "ClientRequestToken" client_request_token: String [token len(32, 128)];
    5 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { CreateNamedQueryOutput
    0 "NamedQueryId" named_query_id: String [len(1, 128) like(r"\S+")];
}

wire::shape! { CreatePreparedStatementInput
    0 "StatementName" statement_name: String [required len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
    2 "QueryStatement" query_statement: String [required len(1, 262144)];
    3 "Description" description: String [len(1, 1024)];
}

wire::shape! { CreatePreparedStatementOutput
}

wire::shape! { CreateWorkGroupInput
    0 "Name" name: String [required like("[a-zA-Z0-9._-]{1,128}")];
    1 "Configuration" configuration: WorkGroupConfiguration;
    2 "Description" description: String [len_max(1024)];
    3 "Tags" tags: Vec<Tag>;
}

wire::shape! { CreateWorkGroupOutput
}

wire::shape! { CustomerContentEncryptionConfiguration
    0 "KmsKey" kms_key: String [required len(1, 2048) like(r"^(arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:key/?[a-zA-Z_0-9+=,.@\-_/]+|arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:alias/?[a-zA-Z_0-9+=,.@\-_/]+|alias/[a-zA-Z0-9/_-]+|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})$")];
}

wire::shape! { DataCatalog
    0 "Name" name: String [required len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Description" description: String [len(1, 1024)];
    2 "Type" r#type: String [required one_of(DATA_CATALOG_TYPE)];
    3 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(51200)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "Status" status: String [one_of(DATA_CATALOG_STATUS)];
    5 "ConnectionType" connection_type: String [one_of(CONNECTION_TYPE)];
    6 "Error" error: String;
}

wire::shape! { DataCatalogSummary
    0 "CatalogName" catalog_name: String [len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Type" r#type: String [one_of(DATA_CATALOG_TYPE)];
    2 "Status" status: String [one_of(DATA_CATALOG_STATUS)];
    3 "ConnectionType" connection_type: String [one_of(CONNECTION_TYPE)];
    4 "Error" error: String;
}

wire::shape! { Database
    0 "Name" name: String [required len(1, 128)];
    1 "Description" description: String [len(1, 1024)];
    2 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(51200)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { Datum
    0 "VarCharValue" var_char_value: String;
}

wire::shape! { DeleteNamedQueryInput
    0 "NamedQueryId" named_query_id: String [required token len(1, 128) like(r"\S+")];
}

wire::shape! { DeleteNamedQueryOutput
}

wire::shape! { DeletePreparedStatementInput
    0 "StatementName" statement_name: String [required len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { DeletePreparedStatementOutput
}

wire::shape! { DeleteWorkGroupInput
    0 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
    1 "RecursiveDeleteOption" recursive_delete_option: bool;
}

wire::shape! { DeleteWorkGroupOutput
}

wire::shape! { EncryptionConfiguration
    0 "EncryptionOption" encryption_option: String [required one_of(ENCRYPTION_OPTION)];
    1 "KmsKey" kms_key: String;
}

wire::shape! { EngineConfiguration
    0 "CoordinatorDpuSize" coordinator_dpu_size: i32 [range(1, 1)];
    1 "MaxConcurrentDpus" max_concurrent_dpus: i32 [range(2, 5000)];
    2 "DefaultExecutorDpuSize" default_executor_dpu_size: i32 [range(1, 1)];
    3 "AdditionalConfigs" additional_configs: BTreeMap<String, String> [each(&ITEM.len_max(51200)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "SparkProperties" spark_properties: BTreeMap<String, String> [each(&ITEM.len_max(51200)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    5 "Classifications" classifications: Vec<Classification>;
}

wire::shape! { EngineVersion
    0 "SelectedEngineVersion" selected_engine_version: String [len(1, 128)];
    1 "EffectiveEngineVersion" effective_engine_version: String [len(1, 128)];
}

wire::shape! { GetDataCatalogInput
    0 "Name" name: String [required len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { GetDataCatalogOutput
    0 "DataCatalog" data_catalog: DataCatalog;
}

wire::shape! { GetDatabaseInput
    0 "CatalogName" catalog_name: String [required len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 128)];
    2 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { GetDatabaseOutput
    0 "Database" database: Database;
}

wire::shape! { GetNamedQueryInput
    0 "NamedQueryId" named_query_id: String [required len(1, 128) like(r"\S+")];
}

wire::shape! { GetNamedQueryOutput
    0 "NamedQuery" named_query: NamedQuery;
}

wire::shape! { GetPreparedStatementInput
    0 "StatementName" statement_name: String [required len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { GetPreparedStatementOutput
    0 "PreparedStatement" prepared_statement: PreparedStatement;
}

wire::shape! { GetQueryExecutionInput
    0 "QueryExecutionId" query_execution_id: String [required len(1, 128) like(r"\S+")];
}

wire::shape! { GetQueryExecutionOutput
    0 "QueryExecution" query_execution: QueryExecution;
}

wire::shape! { GetQueryResultsInput
    0 "QueryExecutionId" query_execution_id: String [required len(1, 128) like(r"\S+")];
    1 "NextToken" next_token: String [len(1, 1024)];
    2 "MaxResults" max_results: i32 [range(1, 1000)];
    3 "QueryResultType" query_result_type: String [one_of(QUERY_RESULT_TYPE)];
}

wire::shape! { GetQueryResultsOutput
    0 "UpdateCount" update_count: i64;
    1 "ResultSet" result_set: ResultSet;
    2 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { GetQueryRuntimeStatisticsInput
    0 "QueryExecutionId" query_execution_id: String [required len(1, 128) like(r"\S+")];
}

wire::shape! { GetQueryRuntimeStatisticsOutput
    0 "QueryRuntimeStatistics" query_runtime_statistics: QueryRuntimeStatistics;
}

wire::shape! { GetTableMetadataInput
    0 "CatalogName" catalog_name: String [required len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 128)];
    2 "TableName" table_name: String [required len(1, 128)];
    3 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { GetTableMetadataOutput
    0 "TableMetadata" table_metadata: TableMetadata;
}

wire::shape! { GetWorkGroupInput
    0 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { GetWorkGroupOutput
    0 "WorkGroup" work_group: WorkGroup;
}

wire::shape! { IdentityCenterConfiguration
    0 "EnableIdentityCenter" enable_identity_center: bool;
    1 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len_max(255) like("^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}$")];
}

wire::shape! { ListDataCatalogsInput
    0 "NextToken" next_token: String [len(1, 1024)];
    1 "MaxResults" max_results: i32 [range(2, 50)];
    2 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { ListDataCatalogsOutput
    0 "DataCatalogsSummary" data_catalogs_summary: Vec<DataCatalogSummary>;
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListDatabasesInput
    0 "CatalogName" catalog_name: String [required len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "NextToken" next_token: String [len(1, 1024)];
    2 "MaxResults" max_results: i32 [range(1, 50)];
    3 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
    4 "AttributesToGet" attributes_to_get: Vec<String> [len_max(1) each(&ITEM.one_of(DATABASE_ATTRIBUTES))];
}

wire::shape! { ListDatabasesOutput
    0 "DatabaseList" database_list: Vec<Database>;
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListEngineVersionsInput
    0 "NextToken" next_token: String [len(1, 1024)];
    1 "MaxResults" max_results: i32 [range(1, 10)];
}

wire::shape! { ListEngineVersionsOutput
    0 "EngineVersions" engine_versions: Vec<EngineVersion> [len_max(10)];
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListNamedQueriesInput
    0 "NextToken" next_token: String [len(1, 1024)];
    1 "MaxResults" max_results: i32 [range(0, 50)];
    2 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { ListNamedQueriesOutput
    0 "NamedQueryIds" named_query_ids: Vec<String> [len(1, 50) each(&ITEM.len(1, 128).like(r"\S+"))];
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListPreparedStatementsInput
    0 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
    1 "NextToken" next_token: String [len(1, 1024)];
    2 "MaxResults" max_results: i32 [range(1, 50)];
}

wire::shape! { ListPreparedStatementsOutput
    0 "PreparedStatements" prepared_statements: Vec<PreparedStatementSummary> [len_max(50)];
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListQueryExecutionsInput
    0 "NextToken" next_token: String [len(1, 1024)];
    1 "MaxResults" max_results: i32 [range(0, 50)];
    2 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { ListQueryExecutionsOutput
    0 "QueryExecutionIds" query_execution_ids: Vec<String> [len(1, 50) each(&ITEM.len(1, 128).like(r"\S+"))];
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListTableMetadataInput
    0 "CatalogName" catalog_name: String [required len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 128)];
    2 "Expression" expression: String [len_max(256)];
    3 "NextToken" next_token: String [len(1, 1024)];
    4 "MaxResults" max_results: i32 [range(1, 50)];
    5 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
    6 "AttributesToGet" attributes_to_get: Vec<String> [len(1, 2) each(&ITEM.one_of(TABLE_ATTRIBUTES))];
}

wire::shape! { ListTableMetadataOutput
    0 "TableMetadataList" table_metadata_list: Vec<TableMetadata>;
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListTagsForResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 1011)];
    1 "NextToken" next_token: String [len(1, 1024)];
    2 "MaxResults" max_results: i32 [min(75)];
}

wire::shape! { ListTagsForResourceOutput
    0 "Tags" tags: Vec<Tag>;
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ListWorkGroupsInput
    0 "NextToken" next_token: String [len(1, 1024)];
    1 "MaxResults" max_results: i32 [range(1, 50)];
}

wire::shape! { ListWorkGroupsOutput
    0 "WorkGroups" work_groups: Vec<WorkGroupSummary> [len_max(50)];
    1 "NextToken" next_token: String [len(1, 1024)];
}

wire::shape! { ManagedLoggingConfiguration
    0 "Enabled" enabled: bool [required];
    1 "KmsKey" kms_key: String [len(1, 2048) like(r"^(arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:key/?[a-zA-Z_0-9+=,.@\-_/]+|arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:alias/?[a-zA-Z_0-9+=,.@\-_/]+|alias/[a-zA-Z0-9/_-]+|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})$")];
}

wire::shape! { ManagedQueryResultsConfiguration
    0 "Enabled" enabled: bool [required];
    1 "EncryptionConfiguration" encryption_configuration: ManagedQueryResultsEncryptionConfiguration;
}

wire::shape! { ManagedQueryResultsConfigurationUpdates
    0 "Enabled" enabled: bool;
    1 "EncryptionConfiguration" encryption_configuration: ManagedQueryResultsEncryptionConfiguration;
    2 "RemoveEncryptionConfiguration" remove_encryption_configuration: bool;
}

wire::shape! { ManagedQueryResultsEncryptionConfiguration
    0 "KmsKey" kms_key: String [required len(1, 2048) like(r"^(arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:key/?[a-zA-Z_0-9+=,.@\-_/]+|arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:alias/?[a-zA-Z_0-9+=,.@\-_/]+|alias/[a-zA-Z0-9/_-]+|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})$")];
}

wire::shape! { MonitoringConfiguration
    0 "CloudWatchLoggingConfiguration" cloud_watch_logging_configuration: CloudWatchLoggingConfiguration;
    1 "ManagedLoggingConfiguration" managed_logging_configuration: ManagedLoggingConfiguration;
    2 "S3LoggingConfiguration" s3_logging_configuration: S3LoggingConfiguration;
}

wire::shape! { NamedQuery
    0 "Name" name: String [required len(1, 128)];
    1 "Description" description: String [len(1, 1024)];
    2 "Database" database: String [required len(1, 255)];
    3 "QueryString" query_string: String [required len(1, 262144)];
    4 "NamedQueryId" named_query_id: String [len(1, 128) like(r"\S+")];
    5 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
}

wire::shape! { PreparedStatement
    0 "StatementName" statement_name: String [len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "QueryStatement" query_statement: String [len(1, 262144)];
    2 "WorkGroupName" work_group_name: String [like("[a-zA-Z0-9._-]{1,128}")];
    3 "Description" description: String [len(1, 1024)];
    4 "LastModifiedTime" last_modified_time: Timestamp;
}

wire::shape! { PreparedStatementSummary
    0 "StatementName" statement_name: String [len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "LastModifiedTime" last_modified_time: Timestamp;
}

wire::shape! { QueryExecution
    0 "QueryExecutionId" query_execution_id: String [len(1, 128) like(r"\S+")];
    1 "Query" query: String [len(1, 262144)];
    2 "StatementType" statement_type: String [one_of(STATEMENT_TYPE)];
    3 "ManagedQueryResultsConfiguration" managed_query_results_configuration: ManagedQueryResultsConfiguration;
    4 "ResultConfiguration" result_configuration: ResultConfiguration;
    5 "ResultReuseConfiguration" result_reuse_configuration: ResultReuseConfiguration;
    6 "QueryExecutionContext" query_execution_context: QueryExecutionContext;
    7 "Status" status: QueryExecutionStatus;
    8 "Statistics" statistics: QueryExecutionStatistics;
    9 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
    10 "EngineVersion" engine_version: EngineVersion;
    11 "ExecutionParameters" execution_parameters: Vec<String> [len_min(1) each(&ITEM.len(1, 1024))];
    12 "SubstatementType" substatement_type: String;
    13 "QueryResultsS3AccessGrantsConfiguration" query_results_s3_access_grants_configuration: QueryResultsS3AccessGrantsConfiguration;
}

wire::shape! { QueryExecutionContext
    0 "Database" database: String [len(1, 255)];
    1 "Catalog" catalog: String [len(1, 256) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { QueryExecutionStatistics
    0 "EngineExecutionTimeInMillis" engine_execution_time_in_millis: i64;
    1 "DataScannedInBytes" data_scanned_in_bytes: i64;
    2 "DataManifestLocation" data_manifest_location: String;
    3 "TotalExecutionTimeInMillis" total_execution_time_in_millis: i64;
    4 "QueryQueueTimeInMillis" query_queue_time_in_millis: i64;
    5 "ServicePreProcessingTimeInMillis" service_pre_processing_time_in_millis: i64;
    6 "QueryPlanningTimeInMillis" query_planning_time_in_millis: i64;
    7 "ServiceProcessingTimeInMillis" service_processing_time_in_millis: i64;
    8 "ResultReuseInformation" result_reuse_information: ResultReuseInformation;
    9 "DpuCount" dpu_count: f64;
}

wire::shape! { QueryExecutionStatus
    0 "State" state: String [one_of(QUERY_EXECUTION_STATE)];
    1 "StateChangeReason" state_change_reason: String;
    2 "SubmissionDateTime" submission_date_time: Timestamp;
    3 "CompletionDateTime" completion_date_time: Timestamp;
    4 "AthenaError" athena_error: AthenaError;
}

wire::shape! { QueryResultsS3AccessGrantsConfiguration
    0 "EnableS3AccessGrants" enable_s3_access_grants: bool [required];
    1 "CreateUserLevelPrefix" create_user_level_prefix: bool;
    2 "AuthenticationType" authentication_type: String [required one_of(AUTHENTICATION_TYPE)];
}

wire::shape! { QueryRuntimeStatistics
    0 "Timeline" timeline: QueryRuntimeStatisticsTimeline;
    1 "Rows" rows: QueryRuntimeStatisticsRows;
    2 "OutputStage" output_stage: QueryStage;
}

wire::shape! { QueryRuntimeStatisticsRows
    0 "InputRows" input_rows: i64;
    1 "InputBytes" input_bytes: i64;
    2 "OutputBytes" output_bytes: i64;
    3 "OutputRows" output_rows: i64;
}

wire::shape! { QueryRuntimeStatisticsTimeline
    0 "QueryQueueTimeInMillis" query_queue_time_in_millis: i64;
    1 "ServicePreProcessingTimeInMillis" service_pre_processing_time_in_millis: i64;
    2 "QueryPlanningTimeInMillis" query_planning_time_in_millis: i64;
    3 "EngineExecutionTimeInMillis" engine_execution_time_in_millis: i64;
    4 "ServiceProcessingTimeInMillis" service_processing_time_in_millis: i64;
    5 "TotalExecutionTimeInMillis" total_execution_time_in_millis: i64;
}

wire::shape! { QueryStage
    0 "StageId" stage_id: i64;
    1 "State" state: String;
    2 "OutputBytes" output_bytes: i64;
    3 "OutputRows" output_rows: i64;
    4 "InputBytes" input_bytes: i64;
    5 "InputRows" input_rows: i64;
    6 "ExecutionTime" execution_time: i64;
    7 "QueryStagePlan" query_stage_plan: QueryStagePlanNode;
    8 "SubStages" sub_stages: Vec<QueryStage>;
}

wire::shape! { QueryStagePlanNode
    0 "Name" name: String;
    1 "Identifier" identifier: String;
    2 "Children" children: Vec<QueryStagePlanNode>;
    3 "RemoteSources" remote_sources: Vec<String>;
}

wire::shape! { ResultConfiguration
    0 "OutputLocation" output_location: String;
    1 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    2 "ExpectedBucketOwner" expected_bucket_owner: String [len(12, 12) like("^[0-9]+$")];
    3 "AclConfiguration" acl_configuration: AclConfiguration;
}

wire::shape! { ResultConfigurationUpdates
    0 "OutputLocation" output_location: String;
    1 "RemoveOutputLocation" remove_output_location: bool;
    2 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    3 "RemoveEncryptionConfiguration" remove_encryption_configuration: bool;
    4 "ExpectedBucketOwner" expected_bucket_owner: String [len(12, 12) like("^[0-9]+$")];
    5 "RemoveExpectedBucketOwner" remove_expected_bucket_owner: bool;
    6 "AclConfiguration" acl_configuration: AclConfiguration;
    7 "RemoveAclConfiguration" remove_acl_configuration: bool;
}

wire::shape! { ResultReuseByAgeConfiguration
    0 "Enabled" enabled: bool [required];
    1 "MaxAgeInMinutes" max_age_in_minutes: i32 [range(0, 10080)];
}

wire::shape! { ResultReuseConfiguration
    0 "ResultReuseByAgeConfiguration" result_reuse_by_age_configuration: ResultReuseByAgeConfiguration;
}

wire::shape! { ResultReuseInformation
    0 "ReusedPreviousResult" reused_previous_result: bool [required];
}

wire::shape! { ResultSet
    0 "Rows" rows: Vec<Row>;
    1 "ResultSetMetadata" result_set_metadata: ResultSetMetadata;
}

wire::shape! { ResultSetMetadata
    0 "ColumnInfo" column_info: Vec<ColumnInfo>;
}

wire::shape! { Row
    0 "Data" data: Vec<Datum>;
}

wire::shape! { S3LoggingConfiguration
    0 "Enabled" enabled: bool [required];
    1 "KmsKey" kms_key: String [len(1, 2048) like(r"^(arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:key/?[a-zA-Z_0-9+=,.@\-_/]+|arn:aws[a-z\-]*:kms:([a-z0-9\-]+):\d{12}:alias/?[a-zA-Z_0-9+=,.@\-_/]+|alias/[a-zA-Z0-9/_-]+|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})$")];
    2 "LogLocation" log_location: String [len_max(1024) like(r"^s3://[a-z0-9][a-z0-9\-]*[a-z0-9](/.*)?$")];
}

wire::shape! { StartQueryExecutionInput
    0 "QueryString" query_string: String [required len(1, 262144)];
    1 "ClientRequestToken" client_request_token: String [token len(32, 128)];
    2 "QueryExecutionContext" query_execution_context: QueryExecutionContext;
    3 "ResultConfiguration" result_configuration: ResultConfiguration;
    4 "WorkGroup" work_group: String [like("[a-zA-Z0-9._-]{1,128}")];
    5 "ExecutionParameters" execution_parameters: Vec<String> [len_min(1) each(&ITEM.len(1, 1024))];
    6 "ResultReuseConfiguration" result_reuse_configuration: ResultReuseConfiguration;
    7 "EngineConfiguration" engine_configuration: EngineConfiguration;
}

wire::shape! { StartQueryExecutionOutput
    0 "QueryExecutionId" query_execution_id: String [len(1, 128) like(r"\S+")];
}

wire::shape! { StopQueryExecutionInput
    0 "QueryExecutionId" query_execution_id: String [required token len(1, 128) like(r"\S+")];
}

wire::shape! { StopQueryExecutionOutput
}

wire::shape! { SystemTableStatus
    0 "TableName" table_name: String [required one_of(SYSTEM_TABLE_TYPE)];
    1 "Enabled" enabled: bool [required];
}

wire::shape! { TableMetadata
    0 "Name" name: String [required len(1, 128)];
    1 "CreateTime" create_time: Timestamp;
    2 "LastAccessTime" last_access_time: Timestamp;
    3 "TableType" table_type: String [len_max(255)];
    4 "Columns" columns: Vec<Column>;
    5 "PartitionKeys" partition_keys: Vec<Column>;
    6 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(51200)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { Tag
    0 "Key" key: String [len(1, 128)];
    1 "Value" value: String [len_max(256)];
}

wire::shape! { TagResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 1011)];
    1 "Tags" tags: Vec<Tag> [required];
}

wire::shape! { TagResourceOutput
}

wire::shape! { UnprocessedNamedQueryId
    0 "NamedQueryId" named_query_id: String [len(1, 128) like(r"\S+")];
    1 "ErrorCode" error_code: String [len(1, 256)];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { UnprocessedPreparedStatementName
    0 "StatementName" statement_name: String [len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "ErrorCode" error_code: String [len(1, 256)];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { UnprocessedQueryExecutionId
    0 "QueryExecutionId" query_execution_id: String [len(1, 128) like(r"\S+")];
    1 "ErrorCode" error_code: String [len(1, 256)];
    2 "ErrorMessage" error_message: String;
}

wire::shape! { UntagResourceInput
    0 "ResourceARN" resource_arn: String [required len(1, 1011)];
    1 "TagKeys" tag_keys: Vec<String> [required each(&ITEM.len(1, 128))];
}

wire::shape! { UntagResourceOutput
}

wire::shape! { UpdateNamedQueryInput
    0 "NamedQueryId" named_query_id: String [required len(1, 128) like(r"\S+")];
    1 "Name" name: String [required len(1, 128)];
    2 "Description" description: String [len_max(1024)];
    3 "QueryString" query_string: String [required len(1, 262144)];
}

wire::shape! { UpdateNamedQueryOutput
}

wire::shape! { UpdatePreparedStatementInput
    0 "StatementName" statement_name: String [required len(1, 256) like("[a-zA-Z_][a-zA-Z0-9_@:]{1,256}")];
    1 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
    2 "QueryStatement" query_statement: String [required len(1, 262144)];
    3 "Description" description: String [len(1, 1024)];
}

wire::shape! { UpdatePreparedStatementOutput
}

wire::shape! { UpdateWorkGroupInput
    0 "WorkGroup" work_group: String [required like("[a-zA-Z0-9._-]{1,128}")];
    1 "Description" description: String [len_max(1024)];
    2 "ConfigurationUpdates" configuration_updates: WorkGroupConfigurationUpdates;
    3 "State" state: String [one_of(WORK_GROUP_STATE)];
}

wire::shape! { UpdateWorkGroupOutput
}

wire::shape! { WorkGroup
    0 "Name" name: String [required like("[a-zA-Z0-9._-]{1,128}")];
    1 "State" state: String [one_of(WORK_GROUP_STATE)];
    2 "Configuration" configuration: WorkGroupConfiguration;
    3 "Description" description: String [len_max(1024)];
    4 "CreationTime" creation_time: Timestamp;
    5 "IdentityCenterApplicationArn" identity_center_application_arn: String [len_max(255) like(r"^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso::\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}$")];
}

wire::shape! { WorkGroupConfiguration
    0 "ResultConfiguration" result_configuration: ResultConfiguration;
    1 "ManagedQueryResultsConfiguration" managed_query_results_configuration: ManagedQueryResultsConfiguration;
    2 "EnforceWorkGroupConfiguration" enforce_work_group_configuration: bool;
    3 "PublishCloudWatchMetricsEnabled" publish_cloud_watch_metrics_enabled: bool;
    4 "BytesScannedCutoffPerQuery" bytes_scanned_cutoff_per_query: i64 [min(10000000)];
    5 "RequesterPaysEnabled" requester_pays_enabled: bool;
    6 "EngineVersion" engine_version: EngineVersion;
    7 "AdditionalConfiguration" additional_configuration: String [len(1, 128)];
    8 "ExecutionRole" execution_role: String [len(20, 2048) like(r"^arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+$")];
    9 "MonitoringConfiguration" monitoring_configuration: MonitoringConfiguration;
    10 "EngineConfiguration" engine_configuration: EngineConfiguration;
    11 "CustomerContentEncryptionConfiguration" customer_content_encryption_configuration: CustomerContentEncryptionConfiguration;
    12 "EnableMinimumEncryptionConfiguration" enable_minimum_encryption_configuration: bool;
    13 "IdentityCenterConfiguration" identity_center_configuration: IdentityCenterConfiguration;
    14 "QueryResultsS3AccessGrantsConfiguration" query_results_s3_access_grants_configuration: QueryResultsS3AccessGrantsConfiguration;
    15 "SystemTableStatuses" system_table_statuses: Vec<SystemTableStatus> [len_max(50)];
}

wire::shape! { WorkGroupConfigurationUpdates
    0 "EnforceWorkGroupConfiguration" enforce_work_group_configuration: bool;
    1 "ResultConfigurationUpdates" result_configuration_updates: ResultConfigurationUpdates;
    2 "ManagedQueryResultsConfigurationUpdates" managed_query_results_configuration_updates: ManagedQueryResultsConfigurationUpdates;
    3 "PublishCloudWatchMetricsEnabled" publish_cloud_watch_metrics_enabled: bool;
    4 "BytesScannedCutoffPerQuery" bytes_scanned_cutoff_per_query: i64 [min(10000000)];
    5 "RemoveBytesScannedCutoffPerQuery" remove_bytes_scanned_cutoff_per_query: bool;
    6 "RequesterPaysEnabled" requester_pays_enabled: bool;
    7 "EngineVersion" engine_version: EngineVersion;
    8 "RemoveCustomerContentEncryptionConfiguration" remove_customer_content_encryption_configuration: bool;
    9 "AdditionalConfiguration" additional_configuration: String [len(1, 128)];
    10 "ExecutionRole" execution_role: String [len(20, 2048) like(r"^arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+$")];
    11 "CustomerContentEncryptionConfiguration" customer_content_encryption_configuration: CustomerContentEncryptionConfiguration;
    12 "EnableMinimumEncryptionConfiguration" enable_minimum_encryption_configuration: bool;
    13 "QueryResultsS3AccessGrantsConfiguration" query_results_s3_access_grants_configuration: QueryResultsS3AccessGrantsConfiguration;
    14 "MonitoringConfiguration" monitoring_configuration: MonitoringConfiguration;
    15 "EngineConfiguration" engine_configuration: EngineConfiguration;
}

wire::shape! { WorkGroupSummary
    0 "Name" name: String [like("[a-zA-Z0-9._-]{1,128}")];
    1 "State" state: String [one_of(WORK_GROUP_STATE)];
    2 "Description" description: String [len_max(1024)];
    3 "CreationTime" creation_time: Timestamp;
    4 "EngineVersion" engine_version: EngineVersion;
    5 "IdentityCenterApplicationArn" identity_center_application_arn: String [len_max(255) like(r"^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso::\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}$")];
}

/// The values of `AuthenticationType`.
pub const AUTHENTICATION_TYPE: &[&str] = &["DIRECTORY_IDENTITY"];
/// The values of `ColumnNullable`.
pub const COLUMN_NULLABLE: &[&str] = &["NOT_NULL", "NULLABLE", "UNKNOWN"];
/// The values of `ConnectionType`.
pub const CONNECTION_TYPE: &[&str] = &[
    "DYNAMODB",
    "MYSQL",
    "POSTGRESQL",
    "REDSHIFT",
    "ORACLE",
    "SYNAPSE",
    "SQLSERVER",
    "DB2",
    "OPENSEARCH",
    "BIGQUERY",
    "GOOGLECLOUDSTORAGE",
    "HBASE",
    "DOCUMENTDB",
    "CMDB",
    "TPCDS",
    "TIMESTREAM",
    "SAPHANA",
    "SNOWFLAKE",
    "DATALAKEGEN2",
    "DB2AS400",
];
/// The values of `DataCatalogStatus`.
pub const DATA_CATALOG_STATUS: &[&str] = &[
    "CREATE_IN_PROGRESS",
    "CREATE_COMPLETE",
    "CREATE_FAILED",
    "CREATE_FAILED_CLEANUP_IN_PROGRESS",
    "CREATE_FAILED_CLEANUP_COMPLETE",
    "CREATE_FAILED_CLEANUP_FAILED",
    "DELETE_IN_PROGRESS",
    "DELETE_COMPLETE",
    "DELETE_FAILED",
];
/// The values of `DataCatalogType`.
pub const DATA_CATALOG_TYPE: &[&str] = &["LAMBDA", "GLUE", "HIVE", "FEDERATED"];
/// The values of `DatabaseAttributes`.
pub const DATABASE_ATTRIBUTES: &[&str] = &["NAME"];
/// The values of `EncryptionOption`.
pub const ENCRYPTION_OPTION: &[&str] = &["SSE_S3", "SSE_KMS", "CSE_KMS"];
/// The values of `QueryExecutionState`.
pub const QUERY_EXECUTION_STATE: &[&str] = &["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"];
/// The values of `QueryResultType`.
pub const QUERY_RESULT_TYPE: &[&str] = &["DATA_MANIFEST", "DATA_ROWS"];
/// The values of `S3AclOption`.
pub const S3_ACL_OPTION: &[&str] = &["BUCKET_OWNER_FULL_CONTROL"];
/// The values of `StatementType`.
pub const STATEMENT_TYPE: &[&str] = &["DDL", "DML", "UTILITY"];
/// The values of `SystemTableType`.
pub const SYSTEM_TABLE_TYPE: &[&str] = &["QUERY_EXECUTIONS"];
/// The values of `TableAttributes`.
pub const TABLE_ATTRIBUTES: &[&str] = &["NAME", "TABLE_TYPE"];
/// The values of `WorkGroupState`.
pub const WORK_GROUP_STATE: &[&str] = &["ENABLED", "DISABLED"];
