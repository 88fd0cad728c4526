//! The tables of `glue`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `glue`.
pub static GLUE: wire::Service = wire::Service {
    name: "glue",
    signing_name: "glue",
    target_prefix: "AWSGlue",
    version: "2017-03-31",
    protocol: wire::Protocol::Json11,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AssociateGlossaryTerms" () => ();
    "BatchCreatePartition" BatchCreatePartitionRequest => BatchCreatePartitionResponse;
    "BatchDeleteConnection" BatchDeleteConnectionRequest => BatchDeleteConnectionResponse;
    "BatchDeletePartition" BatchDeletePartitionRequest => BatchDeletePartitionResponse;
    "BatchDeleteTable" BatchDeleteTableRequest => BatchDeleteTableResponse;
    "BatchDeleteTableVersion" BatchDeleteTableVersionRequest => BatchDeleteTableVersionResponse;
    "BatchGetBlueprints" () => ();
    "BatchGetCrawlers" BatchGetCrawlersRequest => BatchGetCrawlersResponse;
    "BatchGetCustomEntityTypes" () => ();
    "BatchGetDataQualityResult" () => ();
    "BatchGetDataQualityResultV2" () => ();
    "BatchGetDataQualityRulesetEvaluationRun" () => ();
    "BatchGetDevEndpoints" () => ();
    "BatchGetIterableForms" () => ();
    "BatchGetJobs" () => ();
    "BatchGetPartition" BatchGetPartitionRequest => BatchGetPartitionResponse;
    "BatchGetTableOptimizer" () => ();
    "BatchGetTriggers" () => ();
    "BatchGetWorkflows" () => ();
    "BatchPutDataQualityStatisticAnnotation" () => ();
    "BatchStopJobRun" () => ();
    "BatchUpdatePartition" BatchUpdatePartitionRequest => BatchUpdatePartitionResponse;
    "CancelDataQualityRuleRecommendationRun" () => ();
    "CancelDataQualityRulesetEvaluationRun" () => ();
    "CancelMLTaskRun" () => ();
    "CancelStatement" () => ();
    "CheckSchemaVersionValidity" CheckSchemaVersionValidityInput => CheckSchemaVersionValidityResponse;
    "CreateBlueprint" () => ();
    "CreateCatalog" () => ();
    "CreateClassifier" CreateClassifierRequest => CreateClassifierResponse;
    "CreateColumnStatisticsTaskSettings" () => ();
    "CreateConnection" CreateConnectionRequest => CreateConnectionResponse;
    "CreateCrawler" CreateCrawlerRequest => CreateCrawlerResponse;
    "CreateCustomEntityType" () => ();
    "CreateDataQualityEvaluationConfig" () => ();
    "CreateDataQualityRuleset" () => ();
    "CreateDatabase" CreateDatabaseRequest => CreateDatabaseResponse;
    "CreateDevEndpoint" () => ();
    "CreateGlossary" () => ();
    "CreateGlossaryTerm" () => ();
    "CreateGlueIdentityCenterConfiguration" () => ();
    "CreateIntegration" () => ();
    "CreateIntegrationResourceProperty" () => ();
    "CreateIntegrationTableProperties" () => ();
    "CreateJob" () => ();
    "CreateMLTransform" () => ();
    "CreatePartition" CreatePartitionRequest => CreatePartitionResponse;
    "CreatePartitionIndex" CreatePartitionIndexRequest => CreatePartitionIndexResponse;
    "CreateRegistry" CreateRegistryInput => CreateRegistryResponse;
    "CreateSchema" CreateSchemaInput => CreateSchemaResponse;
    "CreateScript" () => ();
    "CreateSecurityConfiguration" CreateSecurityConfigurationRequest => CreateSecurityConfigurationResponse;
    "CreateSession" () => ();
    "CreateTable" CreateTableRequest => CreateTableResponse;
    "CreateTableOptimizer" () => ();
    "CreateTrigger" () => ();
    "CreateUsageProfile" () => ();
    "CreateUserDefinedFunction" CreateUserDefinedFunctionRequest => CreateUserDefinedFunctionResponse;
    "CreateWorkflow" () => ();
    "DeleteAsset" () => ();
    "DeleteAttachment" () => ();
    "DeleteBlueprint" () => ();
    "DeleteCatalog" () => ();
    "DeleteClassifier" DeleteClassifierRequest => DeleteClassifierResponse;
    "DeleteColumnStatisticsForPartition" DeleteColumnStatisticsForPartitionRequest => DeleteColumnStatisticsForPartitionResponse;
    "DeleteColumnStatisticsForTable" DeleteColumnStatisticsForTableRequest => DeleteColumnStatisticsForTableResponse;
    "DeleteColumnStatisticsTaskSettings" () => ();
    "DeleteConnection" DeleteConnectionRequest => DeleteConnectionResponse;
    "DeleteConnectionType" () => ();
    "DeleteCrawler" DeleteCrawlerRequest => DeleteCrawlerResponse;
    "DeleteCustomEntityType" () => ();
    "DeleteDataQualityEvaluationConfig" () => ();
    "DeleteDataQualityRuleset" () => ();
    "DeleteDatabase" DeleteDatabaseRequest => DeleteDatabaseResponse;
    "DeleteDevEndpoint" () => ();
    "DeleteFormType" () => ();
    "DeleteGlossary" () => ();
    "DeleteGlossaryTerm" () => ();
    "DeleteGlueIdentityCenterConfiguration" () => ();
    "DeleteIntegration" () => ();
    "DeleteIntegrationResourceProperty" () => ();
    "DeleteIntegrationTableProperties" () => ();
    "DeleteJob" () => ();
    "DeleteMLTransform" () => ();
    "DeletePartition" DeletePartitionRequest => DeletePartitionResponse;
    "DeletePartitionIndex" DeletePartitionIndexRequest => DeletePartitionIndexResponse;
    "DeleteRegistry" DeleteRegistryInput => DeleteRegistryResponse;
    "DeleteResourcePolicy" DeleteResourcePolicyRequest => DeleteResourcePolicyResponse;
    "DeleteSchema" DeleteSchemaInput => DeleteSchemaResponse;
    "DeleteSchemaVersions" DeleteSchemaVersionsInput => DeleteSchemaVersionsResponse;
    "DeleteSecurityConfiguration" DeleteSecurityConfigurationRequest => DeleteSecurityConfigurationResponse;
    "DeleteSession" () => ();
    "DeleteTable" DeleteTableRequest => DeleteTableResponse;
    "DeleteTableOptimizer" () => ();
    "DeleteTableVersion" DeleteTableVersionRequest => DeleteTableVersionResponse;
    "DeleteTrigger" () => ();
    "DeleteUsageProfile" () => ();
    "DeleteUserDefinedFunction" DeleteUserDefinedFunctionRequest => DeleteUserDefinedFunctionResponse;
    "DeleteWorkflow" () => ();
    "DescribeConnectionType" () => ();
    "DescribeEntity" () => ();
    "DescribeInboundIntegrations" () => ();
    "DescribeIntegrations" () => ();
    "DisassociateGlossaryTerms" () => ();
    "GetAsset" () => ();
    "GetAssetType" () => ();
    "GetBlueprint" () => ();
    "GetBlueprintRun" () => ();
    "GetBlueprintRuns" () => ();
    "GetCatalog" GetCatalogRequest => GetCatalogResponse;
    "GetCatalogImportStatus" GetCatalogImportStatusRequest => GetCatalogImportStatusResponse;
    "GetCatalogs" GetCatalogsRequest => GetCatalogsResponse;
    "GetClassifier" GetClassifierRequest => GetClassifierResponse;
    "GetClassifiers" GetClassifiersRequest => GetClassifiersResponse;
    "GetColumnStatisticsForPartition" GetColumnStatisticsForPartitionRequest => GetColumnStatisticsForPartitionResponse;
    "GetColumnStatisticsForTable" GetColumnStatisticsForTableRequest => GetColumnStatisticsForTableResponse;
    "GetColumnStatisticsTaskRun" () => ();
    "GetColumnStatisticsTaskRuns" () => ();
    "GetColumnStatisticsTaskSettings" () => ();
    "GetConnection" GetConnectionRequest => GetConnectionResponse;
    "GetConnections" GetConnectionsRequest => GetConnectionsResponse;
    "GetCrawler" GetCrawlerRequest => GetCrawlerResponse;
    "GetCrawlerMetrics" GetCrawlerMetricsRequest => GetCrawlerMetricsResponse;
    "GetCrawlers" GetCrawlersRequest => GetCrawlersResponse;
    "GetCustomEntityType" () => ();
    "GetDashboardUrl" () => ();
    "GetDataCatalogEncryptionSettings" GetDataCatalogEncryptionSettingsRequest => GetDataCatalogEncryptionSettingsResponse;
    "GetDataCatalogExportConfiguration" () => ();
    "GetDataQualityEvaluationConfig" () => ();
    "GetDataQualityModel" () => ();
    "GetDataQualityModelResult" () => ();
    "GetDataQualityResult" () => ();
    "GetDataQualityResultV2" () => ();
    "GetDataQualityRuleRecommendationRun" () => ();
    "GetDataQualityRuleset" () => ();
    "GetDataQualityRulesetEvaluationRun" () => ();
    "GetDatabase" GetDatabaseRequest => GetDatabaseResponse;
    "GetDatabases" GetDatabasesRequest => GetDatabasesResponse;
    "GetDataflowGraph" () => ();
    "GetDevEndpoint" () => ();
    "GetDevEndpoints" () => ();
    "GetEntityRecords" () => ();
    "GetFormType" () => ();
    "GetGlossary" () => ();
    "GetGlossaryTerm" () => ();
    "GetGlueIdentityCenterConfiguration" () => ();
    "GetIntegrationResourceProperty" () => ();
    "GetIntegrationTableProperties" () => ();
    "GetJob" () => ();
    "GetJobBookmark" () => ();
    "GetJobRun" () => ();
    "GetJobRuns" () => ();
    "GetJobUpgradeAnalysis" () => ();
    "GetJobs" () => ();
    "GetMLTaskRun" () => ();
    "GetMLTaskRuns" () => ();
    "GetMLTransform" () => ();
    "GetMLTransforms" () => ();
    "GetMapping" () => ();
    "GetMaterializedViewRefreshTaskRun" () => ();
    "GetPartition" GetPartitionRequest => GetPartitionResponse;
    "GetPartitionIndexes" GetPartitionIndexesRequest => GetPartitionIndexesResponse;
    "GetPartitions" GetPartitionsRequest => GetPartitionsResponse;
    "GetPlan" () => ();
    "GetRegistry" GetRegistryInput => GetRegistryResponse;
    "GetResourcePolicies" GetResourcePoliciesRequest => GetResourcePoliciesResponse;
    "GetResourcePolicy" GetResourcePolicyRequest => GetResourcePolicyResponse;
    "GetSchema" GetSchemaInput => GetSchemaResponse;
    "GetSchemaByDefinition" GetSchemaByDefinitionInput => GetSchemaByDefinitionResponse;
    "GetSchemaVersion" GetSchemaVersionInput => GetSchemaVersionResponse;
    "GetSchemaVersionsDiff" GetSchemaVersionsDiffInput => GetSchemaVersionsDiffResponse;
    "GetSecurityConfiguration" GetSecurityConfigurationRequest => GetSecurityConfigurationResponse;
    "GetSecurityConfigurations" GetSecurityConfigurationsRequest => GetSecurityConfigurationsResponse;
    "GetSession" () => ();
    "GetSessionEndpoint" () => ();
    "GetStatement" () => ();
    "GetSystemLogsForJobRun" () => ();
    "GetSystemLogsForSession" () => ();
    "GetTable" GetTableRequest => GetTableResponse;
    "GetTableOptimizer" () => ();
    "GetTableVersion" GetTableVersionRequest => GetTableVersionResponse;
    "GetTableVersions" GetTableVersionsRequest => GetTableVersionsResponse;
    "GetTables" GetTablesRequest => GetTablesResponse;
    "GetTags" GetTagsRequest => GetTagsResponse;
    "GetTrigger" () => ();
    "GetTriggers" () => ();
    "GetUnfilteredPartitionMetadata" () => ();
    "GetUnfilteredPartitionsMetadata" () => ();
    "GetUnfilteredTableMetadata" () => ();
    "GetUsageProfile" () => ();
    "GetUserDefinedFunction" GetUserDefinedFunctionRequest => GetUserDefinedFunctionResponse;
    "GetUserDefinedFunctions" GetUserDefinedFunctionsRequest => GetUserDefinedFunctionsResponse;
    "GetWorkflow" () => ();
    "GetWorkflowRun" () => ();
    "GetWorkflowRunProperties" () => ();
    "GetWorkflowRuns" () => ();
    "ImportCatalogToGlue" ImportCatalogToGlueRequest => ImportCatalogToGlueResponse;
    "ListAssetTypes" () => ();
    "ListBlueprints" () => ();
    "ListColumnStatisticsTaskRuns" () => ();
    "ListConnectionTypes" () => ();
    "ListCrawlers" ListCrawlersRequest => ListCrawlersResponse;
    "ListCrawls" ListCrawlsRequest => ListCrawlsResponse;
    "ListCustomEntityTypes" () => ();
    "ListDataQualityEvaluationConfigs" () => ();
    "ListDataQualityResults" () => ();
    "ListDataQualityResultsV2" () => ();
    "ListDataQualityRuleRecommendationRuns" () => ();
    "ListDataQualityRulesetEvaluationRuns" () => ();
    "ListDataQualityRulesets" () => ();
    "ListDataQualityStatisticAnnotations" () => ();
    "ListDataQualityStatistics" () => ();
    "ListDevEndpoints" () => ();
    "ListEntities" () => ();
    "ListFormTypes" () => ();
    "ListGlossaries" () => ();
    "ListGlossaryTerms" () => ();
    "ListIntegrationResourceProperties" () => ();
    "ListIntegrationTableProperties" () => ();
    "ListIterableForms" () => ();
    "ListJobs" () => ();
    "ListMLTransforms" () => ();
    "ListMaterializedViewRefreshTaskRuns" () => ();
    "ListRegistries" ListRegistriesInput => ListRegistriesResponse;
    "ListSchemaVersions" ListSchemaVersionsInput => ListSchemaVersionsResponse;
    "ListSchemas" ListSchemasInput => ListSchemasResponse;
    "ListSessions" () => ();
    "ListStatements" () => ();
    "ListTableOptimizerRuns" () => ();
    "ListTriggers" () => ();
    "ListUsageProfiles" () => ();
    "ListWorkflows" () => ();
    "ModifyIntegration" () => ();
    "PublishDataQualityResultV2" () => ();
    "PutAsset" () => ();
    "PutAttachment" () => ();
    "PutDataCatalogEncryptionSettings" PutDataCatalogEncryptionSettingsRequest => PutDataCatalogEncryptionSettingsResponse;
    "PutDataCatalogExportConfiguration" () => ();
    "PutDataQualityProfileAnnotation" () => ();
    "PutFormType" () => ();
    "PutResourcePolicy" PutResourcePolicyRequest => PutResourcePolicyResponse;
    "PutSchemaVersionMetadata" PutSchemaVersionMetadataInput => PutSchemaVersionMetadataResponse;
    "PutWorkflowRunProperties" () => ();
    "QuerySchemaVersionMetadata" QuerySchemaVersionMetadataInput => QuerySchemaVersionMetadataResponse;
    "RegisterConnectionType" () => ();
    "RegisterSchemaVersion" RegisterSchemaVersionInput => RegisterSchemaVersionResponse;
    "RemoveSchemaVersionMetadata" RemoveSchemaVersionMetadataInput => RemoveSchemaVersionMetadataResponse;
    "ResetJobBookmark" () => ();
    "ResumeWorkflowRun" () => ();
    "RunStatement" () => ();
    "SearchAssets" () => ();
    "SearchTables" SearchTablesRequest => SearchTablesResponse;
    "StartBlueprintRun" () => ();
    "StartColumnStatisticsTaskRun" () => ();
    "StartColumnStatisticsTaskRunSchedule" () => ();
    "StartCrawler" StartCrawlerRequest => StartCrawlerResponse;
    "StartCrawlerSchedule" StartCrawlerScheduleRequest => StartCrawlerScheduleResponse;
    "StartDataQualityRuleRecommendationRun" () => ();
    "StartDataQualityRulesetEvaluationRun" () => ();
    "StartExportLabelsTaskRun" () => ();
    "StartImportLabelsTaskRun" () => ();
    "StartJobRun" () => ();
    "StartJobUpgradeAnalysis" () => ();
    "StartMLEvaluationTaskRun" () => ();
    "StartMLLabelingSetGenerationTaskRun" () => ();
    "StartMaterializedViewRefreshTaskRun" () => ();
    "StartTrigger" () => ();
    "StartWorkflowRun" () => ();
    "StopColumnStatisticsTaskRun" () => ();
    "StopColumnStatisticsTaskRunSchedule" () => ();
    "StopCrawler" StopCrawlerRequest => StopCrawlerResponse;
    "StopCrawlerSchedule" StopCrawlerScheduleRequest => StopCrawlerScheduleResponse;
    "StopJobUpgradeAnalysis" () => ();
    "StopMaterializedViewRefreshTaskRun" () => ();
    "StopSession" () => ();
    "StopTrigger" () => ();
    "StopWorkflowRun" () => ();
    "TagResource" TagResourceRequest => TagResourceResponse;
    "TestConnection" () => ();
    "UntagResource" UntagResourceRequest => UntagResourceResponse;
    "UpdateAsset" () => ();
    "UpdateBlueprint" () => ();
    "UpdateCatalog" () => ();
    "UpdateClassifier" UpdateClassifierRequest => UpdateClassifierResponse;
    "UpdateColumnStatisticsForPartition" UpdateColumnStatisticsForPartitionRequest => UpdateColumnStatisticsForPartitionResponse;
    "UpdateColumnStatisticsForTable" UpdateColumnStatisticsForTableRequest => UpdateColumnStatisticsForTableResponse;
    "UpdateColumnStatisticsTaskSettings" () => ();
    "UpdateConnection" UpdateConnectionRequest => UpdateConnectionResponse;
    "UpdateCrawler" UpdateCrawlerRequest => UpdateCrawlerResponse;
    "UpdateCrawlerSchedule" UpdateCrawlerScheduleRequest => UpdateCrawlerScheduleResponse;
    "UpdateDataQualityEvaluationConfig" () => ();
    "UpdateDataQualityRuleset" () => ();
    "UpdateDatabase" UpdateDatabaseRequest => UpdateDatabaseResponse;
    "UpdateDevEndpoint" () => ();
    "UpdateGlossary" () => ();
    "UpdateGlossaryTerm" () => ();
    "UpdateGlueIdentityCenterConfiguration" () => ();
    "UpdateIntegrationResourceProperty" () => ();
    "UpdateIntegrationTableProperties" () => ();
    "UpdateJob" () => ();
    "UpdateJobFromSourceControl" () => ();
    "UpdateMLTransform" () => ();
    "UpdatePartition" UpdatePartitionRequest => UpdatePartitionResponse;
    "UpdateRegistry" UpdateRegistryInput => UpdateRegistryResponse;
    "UpdateSchema" UpdateSchemaInput => UpdateSchemaResponse;
    "UpdateSourceControlFromJob" () => ();
    "UpdateTable" UpdateTableRequest => UpdateTableResponse;
    "UpdateTableOptimizer" () => ();
    "UpdateTrigger" () => ();
    "UpdateUsageProfile" () => ();
    "UpdateUserDefinedFunction" UpdateUserDefinedFunctionRequest => UpdateUserDefinedFunctionResponse;
    "UpdateWorkflow" () => ();
}

wire::errors! {
    "AccessDeniedException" "AccessDeniedException" 400 sender;
    "AlreadyExistsException" "AlreadyExistsException" 400 sender;
    "ColumnStatisticsTaskNotRunningException" "ColumnStatisticsTaskNotRunningException" 400 sender;
    "ColumnStatisticsTaskRunningException" "ColumnStatisticsTaskRunningException" 400 sender;
    "ColumnStatisticsTaskStoppingException" "ColumnStatisticsTaskStoppingException" 400 sender;
    "ConcurrentModificationException" "ConcurrentModificationException" 400 sender;
    "ConcurrentRunsExceededException" "ConcurrentRunsExceededException" 400 sender;
    "ConditionCheckFailureException" "ConditionCheckFailureException" 400 sender;
    "ConflictException" "ConflictException" 400 sender;
    "CrawlerNotRunningException" "CrawlerNotRunningException" 400 sender;
    "CrawlerRunningException" "CrawlerRunningException" 400 sender;
    "CrawlerStoppingException" "CrawlerStoppingException" 400 sender;
    "EntityNotFoundException" "EntityNotFoundException" 400 sender;
    "FederatedResourceAlreadyExistsException" "FederatedResourceAlreadyExistsException" 400 sender;
    "FederationSourceException" "FederationSourceException" 400 sender;
    "FederationSourceRetryableException" "FederationSourceRetryableException" 400 sender;
    "GlueEncryptionException" "GlueEncryptionException" 400 sender;
    "IdempotentParameterMismatchException" "IdempotentParameterMismatchException" 400 sender;
    "IllegalBlueprintStateException" "IllegalBlueprintStateException" 400 sender;
    "IllegalSessionStateException" "IllegalSessionStateException" 400 sender;
    "IllegalWorkflowStateException" "IllegalWorkflowStateException" 400 sender;
    "IntegrationConflictOperationFault" "IntegrationConflictOperationFault" 400 sender;
    "IntegrationNotFoundFault" "IntegrationNotFoundFault" 400 sender;
    "IntegrationQuotaExceededFault" "IntegrationQuotaExceededFault" 400 sender;
    "InternalServerException" "InternalServerException" 400 sender;
    "InternalServiceException" "InternalServiceException" 500 receiver;
    "InvalidInputException" "InvalidInputException" 400 sender;
    "InvalidIntegrationStateFault" "InvalidIntegrationStateFault" 400 sender;
    "InvalidStateException" "InvalidStateException" 400 sender;
    "KMSKeyNotAccessibleFault" "KMSKeyNotAccessibleFault" 400 sender;
    "MLTransformNotReadyException" "MLTransformNotReadyException" 400 sender;
    "MaterializedViewRefreshTaskNotRunningException" "MaterializedViewRefreshTaskNotRunningException" 400 sender;
    "MaterializedViewRefreshTaskRunningException" "MaterializedViewRefreshTaskRunningException" 400 sender;
    "MaterializedViewRefreshTaskStoppingException" "MaterializedViewRefreshTaskStoppingException" 400 sender;
    "NoScheduleException" "NoScheduleException" 400 sender;
    "OperationNotSupportedException" "OperationNotSupportedException" 400 sender;
    "OperationTimeoutException" "OperationTimeoutException" 400 sender;
    "PermissionTypeMismatchException" "PermissionTypeMismatchException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 400 sender;
    "ResourceNotReadyException" "ResourceNotReadyException" 400 sender;
    "ResourceNumberLimitExceededException" "ResourceNumberLimitExceededException" 400 sender;
    "SchedulerNotRunningException" "SchedulerNotRunningException" 400 sender;
    "SchedulerRunningException" "SchedulerRunningException" 400 sender;
    "SchedulerTransitioningException" "SchedulerTransitioningException" 400 sender;
    "SessionBusyException" "SessionBusyException" 400 sender;
    "TargetResourceNotFound" "TargetResourceNotFound" 400 sender;
    "ThrottlingException" "ThrottlingException" 400 sender;
    "ValidationException" "ValidationException" 400 sender;
    "VersionMismatchException" "VersionMismatchException" 400 sender;
}

wire::shape! { AuditContext
    0 "AdditionalAuditContext" additional_audit_context: String [len_max(2048)];
    1 "RequestedColumns" requested_columns: Vec<String> [each(&ITEM.len(1, 1024).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    2 "AllColumnsRequested" all_columns_requested: bool;
}

wire::shape! { AuthenticationConfiguration
    0 "AuthenticationType" authentication_type: String [one_of(AUTHENTICATION_TYPE)];
    1 "SecretArn" secret_arn: String [like("^arn:aws(-(cn|us-gov|iso(-[bef])?))?:secretsmanager:.*$")];
    2 "KmsKeyArn" kms_key_arn: String [like("^$|arn:aws[a-z0-9-]*:kms:.*")];
    3 "OAuth2Properties" o_auth2_properties: OAuth2Properties;
}

wire::shape! { AuthenticationConfigurationInput
    0 "AuthenticationType" authentication_type: String [one_of(AUTHENTICATION_TYPE)];
    1 "OAuth2Properties" o_auth2_properties: OAuth2PropertiesInput;
    2 "SecretArn" secret_arn: String [like("^arn:aws(-(cn|us-gov|iso(-[bef])?))?:secretsmanager:.*$")];
    3 "KmsKeyArn" kms_key_arn: String [like("^$|arn:aws[a-z0-9-]*:kms:.*")];
    4 "BasicAuthenticationCredentials" basic_authentication_credentials: BasicAuthenticationCredentials;
    5 "CustomAuthenticationCredentials" custom_authentication_credentials: BTreeMap<String, String> [sensitive each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
}

wire::shape! { AuthorizationCodeProperties
    0 "AuthorizationCode" authorization_code: String [len(1, 4096) like(r"\S+") sensitive];
    1 "RedirectUri" redirect_uri: String [len_max(512) like(r"^(https?):\/\/[^\s/$.?#].[^\s]*$")];
}

wire::shape! { BackfillError
    0 "Code" code: String [one_of(BACKFILL_ERROR_CODE)];
    1 "Partitions" partitions: Vec<PartitionValueList>;
}

wire::shape! { BasicAuthenticationCredentials
    0 "Username" username: String [len_max(512) like(r"\S+")];
    1 "Password" password: String [len_max(512) like(".*") sensitive];
}

wire::shape! { BatchCreatePartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionInputList" partition_input_list: Vec<PartitionInput> [required len_max(100)];
}

wire::shape! { BatchCreatePartitionResponse
    0 "Errors" errors: Vec<PartitionError>;
}

wire::shape! { BatchDeleteConnectionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ConnectionNameList" connection_name_list: Vec<String> [required len_max(25) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { BatchDeleteConnectionResponse
    0 "Succeeded" succeeded: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    1 "Errors" errors: BTreeMap<String, ErrorDetail> [keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { BatchDeletePartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionsToDelete" partitions_to_delete: Vec<PartitionValueList> [required len_max(25)];
}

wire::shape! { BatchDeletePartitionResponse
    0 "Errors" errors: Vec<PartitionError>;
}

wire::shape! { BatchDeleteTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TablesToDelete" tables_to_delete: Vec<String> [required len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    3 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
}

wire::shape! { BatchDeleteTableResponse
    0 "Errors" errors: Vec<TableError>;
}

wire::shape! { BatchDeleteTableVersionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "VersionIds" version_ids: Vec<String> [required len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { BatchDeleteTableVersionResponse
    0 "Errors" errors: Vec<TableVersionError>;
}

wire::shape! { BatchGetCrawlersRequest
    0 "CrawlerNames" crawler_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { BatchGetCrawlersResponse
    0 "Crawlers" crawlers: Vec<Crawler>;
    1 "CrawlersNotFound" crawlers_not_found: Vec<String> [len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { BatchGetPartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionsToGet" partitions_to_get: Vec<PartitionValueList> [required len_max(1000)];
    4 "AuditContext" audit_context: AuditContext;
    5 "QuerySessionContext" query_session_context: QuerySessionContext;
}

wire::shape! { BatchGetPartitionResponse
    0 "Partitions" partitions: Vec<Partition>;
    1 "UnprocessedKeys" unprocessed_keys: Vec<PartitionValueList> [len_max(1000)];
}

wire::shape! { BatchUpdatePartitionFailureEntry
    0 "PartitionValueList" partition_value_list: Vec<String> [len_max(100) each(&ITEM.len(1, 1024))];
    1 "ErrorDetail" error_detail: ErrorDetail;
}

wire::shape! { BatchUpdatePartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "Entries" entries: Vec<BatchUpdatePartitionRequestEntry> [required len(1, 100)];
}

wire::shape! { BatchUpdatePartitionRequestEntry
    0 "PartitionValueList" partition_value_list: Vec<String> [required len_max(100) each(&ITEM.len(1, 1024))];
    1 "PartitionInput" partition_input: PartitionInput [required];
}

wire::shape! { BatchUpdatePartitionResponse
    0 "Errors" errors: Vec<BatchUpdatePartitionFailureEntry>;
}

wire::shape! { BinaryColumnStatisticsData
    0 "MaximumLength" maximum_length: i64 [required min(0)];
    1 "AverageLength" average_length: f64 [required min(0)];
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
}

wire::shape! { BooleanColumnStatisticsData
    0 "NumberOfTrues" number_of_trues: i64 [required min(0)];
    1 "NumberOfFalses" number_of_falses: i64 [required min(0)];
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
}

wire::shape! { Catalog
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Name" name: String [required len(1, 64) like_as(r"^(?!(.*[.\/\\]|aws:)).*$", r"!(.*[./\\].*|aws:.*)!.*")];
    2 "ResourceArn" resource_arn: String;
    3 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    4 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    5 "CreateTime" create_time: Timestamp;
    6 "UpdateTime" update_time: Timestamp;
    7 "TargetRedshiftCatalog" target_redshift_catalog: TargetRedshiftCatalog;
    8 "FederatedCatalog" federated_catalog: FederatedCatalog;
    9 "CatalogProperties" catalog_properties: CatalogPropertiesOutput;
    10 "CreateTableDefaultPermissions" create_table_default_permissions: Vec<PrincipalPermissions>;
    11 "CreateDatabaseDefaultPermissions" create_database_default_permissions: Vec<PrincipalPermissions>;
    12 "AllowFullTableExternalDataAccess" allow_full_table_external_data_access: String [one_of(ALLOW_FULL_TABLE_EXTERNAL_DATA_ACCESS_ENUM)];
}

wire::shape! { CatalogImportStatus
    0 "ImportCompleted" import_completed: bool;
    1 "ImportTime" import_time: Timestamp;
    2 "ImportedBy" imported_by: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { CatalogPropertiesOutput
    0 "DataLakeAccessProperties" data_lake_access_properties: DataLakeAccessPropertiesOutput;
    1 "IcebergOptimizationProperties" iceberg_optimization_properties: IcebergOptimizationPropertiesOutput;
    2 "CustomProperties" custom_properties: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { CatalogTarget
    0 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Tables" tables: Vec<String> [required len_min(1) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    2 "ConnectionName" connection_name: String;
    3 "EventQueueArn" event_queue_arn: String;
    4 "DlqEventQueueArn" dlq_event_queue_arn: String;
}

wire::shape! { CheckSchemaVersionValidityInput
    0 "DataFormat" data_format: String [required one_of(DATA_FORMAT)];
    1 "SchemaDefinition" schema_definition: String [required len(1, 170000) like(r".*\S.*")];
}

wire::shape! { CheckSchemaVersionValidityResponse
    0 "Valid" valid: bool;
    1 "Error" error: String [len(1, 5000)];
}

wire::shape! { Classifier
    0 "GrokClassifier" grok_classifier: GrokClassifier;
    1 "XMLClassifier" xml_classifier: XMLClassifier;
    2 "JsonClassifier" json_classifier: JsonClassifier;
    3 "CsvClassifier" csv_classifier: CsvClassifier;
}

wire::shape! { CloudWatchEncryption
    0 "CloudWatchEncryptionMode" cloud_watch_encryption_mode: String [one_of(CLOUD_WATCH_ENCRYPTION_MODE)];
    1 "KmsKeyArn" kms_key_arn: String [like("^$|arn:aws[a-z0-9-]*:kms:.*")];
}

wire::shape! { Column
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Type" r#type: String [len_max(131072) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Comment" comment: String [len_max(255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { ColumnError
    0 "ColumnName" column_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Error" error: ErrorDetail;
}

wire::shape! { ColumnStatistics
    0 "ColumnName" column_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ColumnType" column_type: String [required len_max(20000) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "AnalyzedTime" analyzed_time: Timestamp [required];
    3 "StatisticsData" statistics_data: ColumnStatisticsData [required];
}

wire::shape! { ColumnStatisticsData
    0 "Type" r#type: String [required one_of(COLUMN_STATISTICS_TYPE)];
    1 "BooleanColumnStatisticsData" boolean_column_statistics_data: BooleanColumnStatisticsData;
    2 "DateColumnStatisticsData" date_column_statistics_data: DateColumnStatisticsData;
    3 "DecimalColumnStatisticsData" decimal_column_statistics_data: DecimalColumnStatisticsData;
    4 "DoubleColumnStatisticsData" double_column_statistics_data: DoubleColumnStatisticsData;
    5 "LongColumnStatisticsData" long_column_statistics_data: LongColumnStatisticsData;
    6 "StringColumnStatisticsData" string_column_statistics_data: StringColumnStatisticsData;
    7 "BinaryColumnStatisticsData" binary_column_statistics_data: BinaryColumnStatisticsData;
}

wire::shape! { ColumnStatisticsError
    0 "ColumnStatistics" column_statistics: ColumnStatistics;
    1 "Error" error: ErrorDetail;
}

wire::shape! { Connection
    0 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "ConnectionType" connection_type: String [one_of(CONNECTION_TYPE)];
    3 "MatchCriteria" match_criteria: Vec<String> [len_max(10) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "ConnectionProperties" connection_properties: BTreeMap<String, String> [len_max(100) each(&ITEM.len(1, 1024)) keys(&ITEM.one_of(CONNECTION_PROPERTY_KEY))];
    5 "SparkProperties" spark_properties: BTreeMap<String, String> [each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
    6 "AthenaProperties" athena_properties: BTreeMap<String, String> [each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
    7 "PythonProperties" python_properties: BTreeMap<String, String> [each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
    8 "PhysicalConnectionRequirements" physical_connection_requirements: PhysicalConnectionRequirements;
    9 "CreationTime" creation_time: Timestamp;
    10 "LastUpdatedTime" last_updated_time: Timestamp;
    11 "LastUpdatedBy" last_updated_by: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    12 "Status" status: String [one_of(CONNECTION_STATUS)];
    13 "StatusReason" status_reason: String [len(1, 16384)];
    14 "LastConnectionValidationTime" last_connection_validation_time: Timestamp;
    15 "AuthenticationConfiguration" authentication_configuration: AuthenticationConfiguration;
    16 "ConnectionSchemaVersion" connection_schema_version: i32 [range(1, 2)];
    17 "CompatibleComputeEnvironments" compatible_compute_environments: Vec<String> [each(&ITEM.one_of(COMPUTE_ENVIRONMENT))];
}

wire::shape! { ConnectionInput
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "ConnectionType" connection_type: String [required one_of(CONNECTION_TYPE)];
    3 "MatchCriteria" match_criteria: Vec<String> [len_max(10) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "ConnectionProperties" connection_properties: BTreeMap<String, String> [required len_max(100) each(&ITEM.len(1, 1024)) keys(&ITEM.one_of(CONNECTION_PROPERTY_KEY))];
    5 "SparkProperties" spark_properties: BTreeMap<String, String> [each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
    6 "AthenaProperties" athena_properties: BTreeMap<String, String> [each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
    7 "PythonProperties" python_properties: BTreeMap<String, String> [each(&ITEM.len(1, 2048)) keys(&ITEM.len(1, 128))];
    8 "PhysicalConnectionRequirements" physical_connection_requirements: PhysicalConnectionRequirements;
    9 "AuthenticationConfiguration" authentication_configuration: AuthenticationConfigurationInput;
    10 "ValidateCredentials" validate_credentials: bool;
    11 "ValidateForComputeEnvironments" validate_for_compute_environments: Vec<String> [each(&ITEM.one_of(COMPUTE_ENVIRONMENT))];
}

wire::shape! { ConnectionPasswordEncryption
    0 "ReturnConnectionPasswordEncrypted" return_connection_password_encrypted: bool [required];
    1 "AwsKmsKeyId" aws_kms_key_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { Crawler
    0 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Role" role: String;
    2 "Targets" targets: CrawlerTargets;
    3 "DatabaseName" database_name: String;
    4 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    5 "Classifiers" classifiers: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    6 "RecrawlPolicy" recrawl_policy: RecrawlPolicy;
    7 "SchemaChangePolicy" schema_change_policy: SchemaChangePolicy;
    8 "LineageConfiguration" lineage_configuration: LineageConfiguration;
    9 "State" state: String [one_of(CRAWLER_STATE)];
    10 "TablePrefix" table_prefix: String [len_max(128)];
    11 "Schedule" schedule: Schedule;
    12 "CrawlElapsedTime" crawl_elapsed_time: i64;
    13 "CreationTime" creation_time: Timestamp;
    14 "LastUpdated" last_updated: Timestamp;
    15 "LastCrawl" last_crawl: LastCrawlInfo;
    16 "Version" version: i64;
    17 "Configuration" configuration: String;
    18 "CrawlerSecurityConfiguration" crawler_security_configuration: String [len_max(128)];
    19 "LakeFormationConfiguration" lake_formation_configuration: LakeFormationConfiguration;
    20 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { CrawlerHistory
    0 "CrawlId" crawl_id: String;
    1 "State" state: String [one_of(CRAWLER_HISTORY_STATE)];
    2 "StartTime" start_time: Timestamp;
    3 "EndTime" end_time: Timestamp;
    4 "Summary" summary: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "ErrorMessage" error_message: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    6 "LogGroup" log_group: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    7 "LogStream" log_stream: String [len(1, 512) like("[^:*]*")];
    8 "MessagePrefix" message_prefix: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    9 "DPUHour" dpu_hour: f64 [min(0)];
}

wire::shape! { CrawlerMetrics
    0 "CrawlerName" crawler_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "TimeLeftSeconds" time_left_seconds: f64 [min(0)];
    2 "StillEstimating" still_estimating: bool;
    3 "LastRuntimeSeconds" last_runtime_seconds: f64 [min(0)];
    4 "MedianRuntimeSeconds" median_runtime_seconds: f64 [min(0)];
    5 "TablesCreated" tables_created: i32 [min(0)];
    6 "TablesUpdated" tables_updated: i32 [min(0)];
    7 "TablesDeleted" tables_deleted: i32 [min(0)];
}

wire::shape! { CrawlerTargets
    0 "S3Targets" s3_targets: Vec<S3Target>;
    1 "JdbcTargets" jdbc_targets: Vec<JdbcTarget>;
    2 "MongoDBTargets" mongo_db_targets: Vec<MongoDBTarget>;
    3 "DynamoDBTargets" dynamo_db_targets: Vec<DynamoDBTarget>;
    4 "CatalogTargets" catalog_targets: Vec<CatalogTarget>;
    5 "DeltaTargets" delta_targets: Vec<DeltaTarget>;
    6 "IcebergTargets" iceberg_targets: Vec<IcebergTarget>;
    7 "HudiTargets" hudi_targets: Vec<HudiTarget>;
}

wire::shape! { CrawlsFilter
    0 "FieldName" field_name: String [one_of(FIELD_NAME)];
    1 "FilterOperator" filter_operator: String [one_of(FILTER_OPERATOR)];
    2 "FieldValue" field_value: String;
}

wire::shape! { CreateClassifierRequest
    0 "GrokClassifier" grok_classifier: CreateGrokClassifierRequest;
    1 "XMLClassifier" xml_classifier: CreateXMLClassifierRequest;
    2 "JsonClassifier" json_classifier: CreateJsonClassifierRequest;
    3 "CsvClassifier" csv_classifier: CreateCsvClassifierRequest;
}

wire::shape! { CreateClassifierResponse
}

wire::shape! { CreateConnectionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ConnectionInput" connection_input: ConnectionInput [required];
    2 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { CreateConnectionResponse
    0 "CreateConnectionStatus" create_connection_status: String [one_of(CONNECTION_STATUS)];
}

wire::shape! { CreateCrawlerRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Role" role: String [required];
    2 "DatabaseName" database_name: String;
    3 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    4 "Targets" targets: CrawlerTargets [required];
    5 "Schedule" schedule: String;
    6 "Classifiers" classifiers: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    7 "TablePrefix" table_prefix: String [len_max(128)];
    8 "SchemaChangePolicy" schema_change_policy: SchemaChangePolicy;
    9 "RecrawlPolicy" recrawl_policy: RecrawlPolicy;
    10 "LineageConfiguration" lineage_configuration: LineageConfiguration;
    11 "LakeFormationConfiguration" lake_formation_configuration: LakeFormationConfiguration;
    12 "Configuration" configuration: String;
    13 "CrawlerSecurityConfiguration" crawler_security_configuration: String [len_max(128)];
    14 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    15 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { CreateCrawlerResponse
}

wire::shape! { CreateCsvClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Delimiter" delimiter: String [len(1, 1) like(r"[^\r\n]")];
    2 "QuoteSymbol" quote_symbol: String [len(1, 1) like(r"[^\r\n]")];
    3 "ContainsHeader" contains_header: String [one_of(CSV_HEADER_OPTION)];
    4 "Header" header: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    5 "DisableValueTrimming" disable_value_trimming: bool;
    6 "AllowSingleColumn" allow_single_column: bool;
    7 "CustomDatatypeConfigured" custom_datatype_configured: bool;
    8 "CustomDatatypes" custom_datatypes: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    9 "Serde" serde: String [one_of(CSV_SERDE_OPTION)];
}

wire::shape! { CreateDatabaseRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseInput" database_input: DatabaseInput [required];
    2 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { CreateDatabaseResponse
}

wire::shape! { CreateGrokClassifierRequest
    0 "Classification" classification: String [required];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "GrokPattern" grok_pattern: String [required len(1, 2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\t]*")];
    3 "CustomPatterns" custom_patterns: String [len_max(16000) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { CreateIcebergTableInput
    0 "Location" location: String [required len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    1 "Schema" schema: IcebergSchema [required];
    2 "PartitionSpec" partition_spec: IcebergPartitionSpec;
    3 "WriteOrder" write_order: IcebergSortOrder;
    4 "Properties" properties: BTreeMap<String, String>;
}

wire::shape! { CreateJsonClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "JsonPath" json_path: String [required];
}

wire::shape! { CreatePartitionIndexRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionIndex" partition_index: PartitionIndex [required];
}

wire::shape! { CreatePartitionIndexResponse
}

wire::shape! { CreatePartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionInput" partition_input: PartitionInput [required];
}

wire::shape! { CreatePartitionResponse
}

wire::shape! { CreateRegistryInput
    0 "RegistryName" registry_name: String [required len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { CreateRegistryResponse
    0 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { CreateSchemaInput
    0 "RegistryId" registry_id: RegistryId;
    1 "SchemaName" schema_name: String [required len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "DataFormat" data_format: String [required one_of(DATA_FORMAT)];
    3 "Compatibility" compatibility: String [one_of(COMPATIBILITY)];
    4 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    5 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    6 "SchemaDefinition" schema_definition: String [len(1, 170000) like(r".*\S.*")];
}

wire::shape! { CreateSchemaResponse
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    3 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    4 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    5 "DataFormat" data_format: String [one_of(DATA_FORMAT)];
    6 "Compatibility" compatibility: String [one_of(COMPATIBILITY)];
    7 "SchemaCheckpoint" schema_checkpoint: i64 [range(1, 100000)];
    8 "LatestSchemaVersion" latest_schema_version: i64 [range(1, 100000)];
    9 "NextSchemaVersion" next_schema_version: i64 [range(1, 100000)];
    10 "SchemaStatus" schema_status: String [one_of(SCHEMA_STATUS)];
    11 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
    12 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    13 "SchemaVersionStatus" schema_version_status: String [one_of(SCHEMA_VERSION_STATUS)];
}

wire::shape! { CreateSecurityConfigurationRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration [required];
}

wire::shape! { CreateSecurityConfigurationResponse
    0 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "CreatedTimestamp" created_timestamp: Timestamp;
}

wire::shape! { CreateTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "TableInput" table_input: TableInput;
    4 "PartitionIndexes" partition_indexes: Vec<PartitionIndex>;
    5 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
    6 "OpenTableFormatInput" open_table_format_input: OpenTableFormatInput;
}

wire::shape! { CreateTableResponse
}

wire::shape! { CreateUserDefinedFunctionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "FunctionInput" function_input: UserDefinedFunctionInput [required];
}

wire::shape! { CreateUserDefinedFunctionResponse
}

wire::shape! { CreateXMLClassifierRequest
    0 "Classification" classification: String [required];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "RowTag" row_tag: String;
}

wire::shape! { CsvClassifier
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "CreationTime" creation_time: Timestamp;
    2 "LastUpdated" last_updated: Timestamp;
    3 "Version" version: i64;
    4 "Delimiter" delimiter: String [len(1, 1) like(r"[^\r\n]")];
    5 "QuoteSymbol" quote_symbol: String [len(1, 1) like(r"[^\r\n]")];
    6 "ContainsHeader" contains_header: String [one_of(CSV_HEADER_OPTION)];
    7 "Header" header: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    8 "DisableValueTrimming" disable_value_trimming: bool;
    9 "AllowSingleColumn" allow_single_column: bool;
    10 "CustomDatatypeConfigured" custom_datatype_configured: bool;
    11 "CustomDatatypes" custom_datatypes: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    12 "Serde" serde: String [one_of(CSV_SERDE_OPTION)];
}

wire::shape! { DataCatalogEncryptionSettings
    0 "EncryptionAtRest" encryption_at_rest: EncryptionAtRest;
    1 "ConnectionPasswordEncryption" connection_password_encryption: ConnectionPasswordEncryption;
}

wire::shape! { DataLakeAccessPropertiesOutput
    0 "DataLakeAccess" data_lake_access: bool;
    1 "DataTransferRole" data_transfer_role: String [like("^arn:aws(-(cn|us-gov|iso(-[bef])?))?:iam::[0-9]{12}:role/.+")];
    2 "KmsKey" kms_key: String;
    3 "ManagedWorkgroupName" managed_workgroup_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "ManagedWorkgroupStatus" managed_workgroup_status: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "RedshiftDatabaseName" redshift_database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    6 "StatusMessage" status_message: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    7 "CatalogType" catalog_type: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DataLakePrincipal
    0 "DataLakePrincipalIdentifier" data_lake_principal_identifier: String [len(1, 255)];
}

wire::shape! { DataQualityEncryption
    0 "DataQualityEncryptionMode" data_quality_encryption_mode: String [one_of(DATA_QUALITY_ENCRYPTION_MODE)];
    1 "KmsKeyArn" kms_key_arn: String [like("^$|arn:aws[a-z0-9-]*:kms:.*")];
}

wire::shape! { Database
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "LocationUri" location_uri: String [len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "CreateTime" create_time: Timestamp;
    5 "CreateTableDefaultPermissions" create_table_default_permissions: Vec<PrincipalPermissions>;
    6 "TargetDatabase" target_database: DatabaseIdentifier;
    7 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    8 "FederatedDatabase" federated_database: FederatedDatabase;
}

wire::shape! { DatabaseIdentifier
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Region" region: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DatabaseInput
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "LocationUri" location_uri: String [len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "CreateTableDefaultPermissions" create_table_default_permissions: Vec<PrincipalPermissions>;
    5 "TargetDatabase" target_database: DatabaseIdentifier;
    6 "FederatedDatabase" federated_database: FederatedDatabase;
}

wire::shape! { DateColumnStatisticsData
    0 "MinimumValue" minimum_value: Timestamp;
    1 "MaximumValue" maximum_value: Timestamp;
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
    3 "NumberOfDistinctValues" number_of_distinct_values: i64 [required min(0)];
}

wire::shape! { DecimalColumnStatisticsData
    0 "MinimumValue" minimum_value: DecimalNumber;
    1 "MaximumValue" maximum_value: DecimalNumber;
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
    3 "NumberOfDistinctValues" number_of_distinct_values: i64 [required min(0)];
}

wire::shape! { DecimalNumber
    0 "UnscaledValue" unscaled_value: Bytes [required];
    1 "Scale" scale: i32 [required];
}

wire::shape! { DeleteClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteClassifierResponse
}

wire::shape! { DeleteColumnStatisticsForPartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionValues" partition_values: Vec<String> [required each(&ITEM.len(1, 1024))];
    4 "ColumnName" column_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteColumnStatisticsForPartitionResponse
}

wire::shape! { DeleteColumnStatisticsForTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "ColumnName" column_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteColumnStatisticsForTableResponse
}

wire::shape! { DeleteConnectionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ConnectionName" connection_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteConnectionResponse
}

wire::shape! { DeleteCrawlerRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteCrawlerResponse
}

wire::shape! { DeleteDatabaseRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteDatabaseResponse
}

wire::shape! { DeletePartitionIndexRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "IndexName" index_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeletePartitionIndexResponse
}

wire::shape! { DeletePartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionValues" partition_values: Vec<String> [required each(&ITEM.len(1, 1024))];
}

wire::shape! { DeletePartitionResponse
}

wire::shape! { DeleteRegistryInput
    0 "RegistryId" registry_id: RegistryId [required];
}

wire::shape! { DeleteRegistryResponse
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "Status" status: String [one_of(REGISTRY_STATUS)];
}

wire::shape! { DeleteResourcePolicyRequest
    0 "PolicyHashCondition" policy_hash_condition: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ResourceArn" resource_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
}

wire::shape! { DeleteResourcePolicyResponse
}

wire::shape! { DeleteSchemaInput
    0 "SchemaId" schema_id: SchemaId [required];
}

wire::shape! { DeleteSchemaResponse
    0 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "Status" status: String [one_of(SCHEMA_STATUS)];
}

wire::shape! { DeleteSchemaVersionsInput
    0 "SchemaId" schema_id: SchemaId [required];
    1 "Versions" versions: String [required len(1, 100000) like("[1-9][0-9]*|[1-9][0-9]*-[1-9][0-9]*")];
}

wire::shape! { DeleteSchemaVersionsResponse
    0 "SchemaVersionErrors" schema_version_errors: Vec<SchemaVersionErrorItem>;
}

wire::shape! { DeleteSecurityConfigurationRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteSecurityConfigurationResponse
}

wire::shape! { DeleteTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
}

wire::shape! { DeleteTableResponse
}

wire::shape! { DeleteTableVersionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "VersionId" version_id: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteTableVersionResponse
}

wire::shape! { DeleteUserDefinedFunctionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "FunctionName" function_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { DeleteUserDefinedFunctionResponse
}

wire::shape! { DeltaTarget
    0 "DeltaTables" delta_tables: Vec<String>;
    1 "ConnectionName" connection_name: String;
    2 "WriteManifest" write_manifest: bool;
    3 "CreateNativeDeltaTable" create_native_delta_table: bool;
}

wire::shape! { DoubleColumnStatisticsData
    0 "MinimumValue" minimum_value: f64;
    1 "MaximumValue" maximum_value: f64;
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
    3 "NumberOfDistinctValues" number_of_distinct_values: i64 [required min(0)];
}

wire::shape! { DynamoDBTarget
    0 "Path" path: String;
    1 "scanAll" scan_all: bool;
    2 "scanRate" scan_rate: f64;
}

wire::shape! { EncryptionAtRest
    0 "CatalogEncryptionMode" catalog_encryption_mode: String [required one_of(CATALOG_ENCRYPTION_MODE)];
    1 "SseAwsKmsKeyId" sse_aws_kms_key_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "CatalogEncryptionServiceRole" catalog_encryption_service_role: String [like("^arn:aws(-(cn|us-gov|iso(-[bef])?))?:iam::[0-9]{12}:role/.+")];
}

wire::shape! { EncryptionConfiguration
    0 "S3Encryption" s3_encryption: Vec<S3Encryption>;
    1 "CloudWatchEncryption" cloud_watch_encryption: CloudWatchEncryption;
    2 "JobBookmarksEncryption" job_bookmarks_encryption: JobBookmarksEncryption;
    3 "DataQualityEncryption" data_quality_encryption: DataQualityEncryption;
}

wire::shape! { ErrorDetail
    0 "ErrorCode" error_code: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ErrorMessage" error_message: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { ErrorDetails
    0 "ErrorCode" error_code: String;
    1 "ErrorMessage" error_message: String;
}

wire::shape! { FederatedCatalog
    0 "Identifier" identifier: String [len(1, 512) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ConnectionName" connection_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "ConnectionType" connection_type: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { FederatedDatabase
    0 "Identifier" identifier: String [len(1, 512) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ConnectionName" connection_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "ConnectionType" connection_type: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { FederatedTable
    0 "Identifier" identifier: String [len(1, 512) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseIdentifier" database_identifier: String [len(1, 512) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "ConnectionName" connection_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "ConnectionType" connection_type: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetCatalogImportStatusRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetCatalogImportStatusResponse
    0 "ImportStatus" import_status: CatalogImportStatus;
}

wire::shape! { GetCatalogRequest
    0 "CatalogId" catalog_id: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetCatalogResponse
    0 "Catalog" catalog: Catalog;
}

wire::shape! { GetCatalogsRequest
    0 "ParentCatalogId" parent_catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "NextToken" next_token: String;
    2 "MaxResults" max_results: i32 [range(1, 1000)];
    3 "Recursive" recursive: bool;
    4 "IncludeRoot" include_root: bool;
    5 "HasDatabases" has_databases: bool;
}

wire::shape! { GetCatalogsResponse
    0 "CatalogList" catalog_list: Vec<Catalog> [required];
    1 "NextToken" next_token: String;
}

wire::shape! { GetClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetClassifierResponse
    0 "Classifier" classifier: Classifier;
}

wire::shape! { GetClassifiersRequest
    0 "MaxResults" max_results: i32 [range(1, 1000)];
    1 "NextToken" next_token: String;
}

wire::shape! { GetClassifiersResponse
    0 "Classifiers" classifiers: Vec<Classifier>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetColumnStatisticsForPartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionValues" partition_values: Vec<String> [required each(&ITEM.len(1, 1024))];
    4 "ColumnNames" column_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { GetColumnStatisticsForPartitionResponse
    0 "ColumnStatisticsList" column_statistics_list: Vec<ColumnStatistics>;
    1 "Errors" errors: Vec<ColumnError>;
}

wire::shape! { GetColumnStatisticsForTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "ColumnNames" column_names: Vec<String> [required len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { GetColumnStatisticsForTableResponse
    0 "ColumnStatisticsList" column_statistics_list: Vec<ColumnStatistics>;
    1 "Errors" errors: Vec<ColumnError>;
}

wire::shape! { GetConnectionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "HidePassword" hide_password: bool;
    3 "ApplyOverrideForComputeEnvironment" apply_override_for_compute_environment: String [one_of(COMPUTE_ENVIRONMENT)];
}

wire::shape! { GetConnectionResponse
    0 "Connection" connection: Connection;
}

wire::shape! { GetConnectionsFilter
    0 "MatchCriteria" match_criteria: Vec<String> [len_max(10) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    1 "ConnectionType" connection_type: String [one_of(CONNECTION_TYPE)];
    2 "ConnectionSchemaVersion" connection_schema_version: i32 [range(1, 2)];
}

wire::shape! { GetConnectionsRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Filter" filter: GetConnectionsFilter;
    2 "HidePassword" hide_password: bool;
    3 "NextToken" next_token: String;
    4 "MaxResults" max_results: i32 [range(1, 1000)];
}

wire::shape! { GetConnectionsResponse
    0 "ConnectionList" connection_list: Vec<Connection>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetCrawlerMetricsRequest
    0 "CrawlerNameList" crawler_name_list: Vec<String> [len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    1 "MaxResults" max_results: i32 [range(1, 1000)];
    2 "NextToken" next_token: String;
}

wire::shape! { GetCrawlerMetricsResponse
    0 "CrawlerMetricsList" crawler_metrics_list: Vec<CrawlerMetrics>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetCrawlerRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetCrawlerResponse
    0 "Crawler" crawler: Crawler;
}

wire::shape! { GetCrawlersRequest
    0 "MaxResults" max_results: i32 [range(1, 1000)];
    1 "NextToken" next_token: String;
}

wire::shape! { GetCrawlersResponse
    0 "Crawlers" crawlers: Vec<Crawler>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetDataCatalogEncryptionSettingsRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetDataCatalogEncryptionSettingsResponse
    0 "DataCatalogEncryptionSettings" data_catalog_encryption_settings: DataCatalogEncryptionSettings;
}

wire::shape! { GetDatabaseRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetDatabaseResponse
    0 "Database" database: Database;
}

wire::shape! { GetDatabasesRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "NextToken" next_token: String;
    2 "MaxResults" max_results: i32 [range(1, 100)];
    3 "ResourceShareType" resource_share_type: String [one_of(RESOURCE_SHARE_TYPE)];
    4 "AttributesToGet" attributes_to_get: Vec<String> [each(&ITEM.one_of(DATABASE_ATTRIBUTES))];
}

wire::shape! { GetDatabasesResponse
    0 "DatabaseList" database_list: Vec<Database> [required];
    1 "NextToken" next_token: String;
}

wire::shape! { GetPartitionIndexesRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "NextToken" next_token: String;
}

wire::shape! { GetPartitionIndexesResponse
    0 "PartitionIndexDescriptorList" partition_index_descriptor_list: Vec<PartitionIndexDescriptor>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetPartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionValues" partition_values: Vec<String> [required each(&ITEM.len(1, 1024))];
    4 "AuditContext" audit_context: AuditContext;
}

wire::shape! { GetPartitionResponse
    0 "Partition" partition: Partition;
}

wire::shape! { GetPartitionsRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "Expression" expression: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    4 "NextToken" next_token: String;
    5 "Segment" segment: Segment;
    6 "MaxResults" max_results: i32 [range(1, 1000)];
    7 "ExcludeColumnSchema" exclude_column_schema: bool;
    8 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
    9 "QueryAsOfTime" query_as_of_time: Timestamp;
    10 "AuditContext" audit_context: AuditContext;
}

wire::shape! { GetPartitionsResponse
    0 "Partitions" partitions: Vec<Partition>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetRegistryInput
    0 "RegistryId" registry_id: RegistryId [required];
}

wire::shape! { GetRegistryResponse
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Status" status: String [one_of(REGISTRY_STATUS)];
    4 "CreatedTime" created_time: String;
    5 "UpdatedTime" updated_time: String;
}

wire::shape! { GetResourcePoliciesRequest
    0 "NextToken" next_token: String;
    1 "MaxResults" max_results: i32 [range(1, 1000)];
}

wire::shape! { GetResourcePoliciesResponse
    0 "GetResourcePoliciesResponseList" get_resource_policies_response_list: Vec<GluePolicy>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetResourcePolicyRequest
    0 "ResourceArn" resource_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
}

wire::shape! { GetResourcePolicyResponse
    0 "PolicyInJson" policy_in_json: String [len_min(2)];
    1 "PolicyHash" policy_hash: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "CreateTime" create_time: Timestamp;
    3 "UpdateTime" update_time: Timestamp;
}

wire::shape! { GetSchemaByDefinitionInput
    0 "SchemaId" schema_id: SchemaId [required];
    1 "SchemaDefinition" schema_definition: String [required len(1, 170000) like(r".*\S.*")];
}

wire::shape! { GetSchemaByDefinitionResponse
    0 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    1 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "DataFormat" data_format: String [one_of(DATA_FORMAT)];
    3 "Status" status: String [one_of(SCHEMA_VERSION_STATUS)];
    4 "CreatedTime" created_time: String;
}

wire::shape! { GetSchemaInput
    0 "SchemaId" schema_id: SchemaId [required];
}

wire::shape! { GetSchemaResponse
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    3 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    4 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    5 "DataFormat" data_format: String [one_of(DATA_FORMAT)];
    6 "Compatibility" compatibility: String [one_of(COMPATIBILITY)];
    7 "SchemaCheckpoint" schema_checkpoint: i64 [range(1, 100000)];
    8 "LatestSchemaVersion" latest_schema_version: i64 [range(1, 100000)];
    9 "NextSchemaVersion" next_schema_version: i64 [range(1, 100000)];
    10 "SchemaStatus" schema_status: String [one_of(SCHEMA_STATUS)];
    11 "CreatedTime" created_time: String;
    12 "UpdatedTime" updated_time: String;
}

wire::shape! { GetSchemaVersionInput
    0 "SchemaId" schema_id: SchemaId;
    1 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    2 "SchemaVersionNumber" schema_version_number: SchemaVersionNumber;
}

wire::shape! { GetSchemaVersionResponse
    0 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    1 "SchemaDefinition" schema_definition: String [len(1, 170000) like(r".*\S.*")];
    2 "DataFormat" data_format: String [one_of(DATA_FORMAT)];
    3 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    4 "VersionNumber" version_number: i64 [range(1, 100000)];
    5 "Status" status: String [one_of(SCHEMA_VERSION_STATUS)];
    6 "CreatedTime" created_time: String;
}

wire::shape! { GetSchemaVersionsDiffInput
    0 "SchemaId" schema_id: SchemaId [required];
    1 "FirstSchemaVersionNumber" first_schema_version_number: SchemaVersionNumber [required];
    2 "SecondSchemaVersionNumber" second_schema_version_number: SchemaVersionNumber [required];
    3 "SchemaDiffType" schema_diff_type: String [required one_of(SCHEMA_DIFF_TYPE)];
}

wire::shape! { GetSchemaVersionsDiffResponse
    0 "Diff" diff: String [len(1, 340000) like(r".*\S.*")];
}

wire::shape! { GetSecurityConfigurationRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetSecurityConfigurationResponse
    0 "SecurityConfiguration" security_configuration: SecurityConfiguration;
}

wire::shape! { GetSecurityConfigurationsRequest
    0 "MaxResults" max_results: i32 [range(1, 1000)];
    1 "NextToken" next_token: String;
}

wire::shape! { GetSecurityConfigurationsResponse
    0 "SecurityConfigurations" security_configurations: Vec<SecurityConfiguration>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
    4 "QueryAsOfTime" query_as_of_time: Timestamp;
    5 "AuditContext" audit_context: AuditContext;
    6 "IncludeStatusDetails" include_status_details: bool;
    7 "AttributesToGet" attributes_to_get: Vec<String> [each(&ITEM.one_of(TABLE_ATTRIBUTES))];
}

wire::shape! { GetTableResponse
    0 "Table" table: Table;
}

wire::shape! { GetTableVersionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "VersionId" version_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "AuditContext" audit_context: AuditContext;
}

wire::shape! { GetTableVersionResponse
    0 "TableVersion" table_version: TableVersion;
}

wire::shape! { GetTableVersionsRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "NextToken" next_token: String;
    4 "MaxResults" max_results: i32 [range(1, 100)];
    5 "AuditContext" audit_context: AuditContext;
}

wire::shape! { GetTableVersionsResponse
    0 "TableVersions" table_versions: Vec<TableVersion>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetTablesRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Expression" expression: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "NextToken" next_token: String;
    4 "MaxResults" max_results: i32 [range(1, 100)];
    5 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
    6 "QueryAsOfTime" query_as_of_time: Timestamp;
    7 "AuditContext" audit_context: AuditContext;
    8 "ResourceShareType" resource_share_type: String [one_of(TABLE_RESOURCE_SHARE_TYPE)];
    9 "IncludeStatusDetails" include_status_details: bool;
    10 "AttributesToGet" attributes_to_get: Vec<String> [each(&ITEM.one_of(TABLE_ATTRIBUTES))];
}

wire::shape! { GetTablesResponse
    0 "TableList" table_list: Vec<Table>;
    1 "NextToken" next_token: String;
}

wire::shape! { GetTagsRequest
    0 "ResourceArn" resource_arn: String [required len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
}

wire::shape! { GetTagsResponse
    0 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { GetUserDefinedFunctionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "FunctionName" function_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { GetUserDefinedFunctionResponse
    0 "UserDefinedFunction" user_defined_function: UserDefinedFunction;
}

wire::shape! { GetUserDefinedFunctionsRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Pattern" pattern: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "FunctionType" function_type: String [one_of(FUNCTION_TYPE)];
    4 "NextToken" next_token: String;
    5 "MaxResults" max_results: i32 [range(1, 100)];
}

wire::shape! { GetUserDefinedFunctionsResponse
    0 "UserDefinedFunctions" user_defined_functions: Vec<UserDefinedFunction>;
    1 "NextToken" next_token: String;
}

wire::shape! { GluePolicy
    0 "PolicyInJson" policy_in_json: String [len_min(2)];
    1 "PolicyHash" policy_hash: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "CreateTime" create_time: Timestamp;
    3 "UpdateTime" update_time: Timestamp;
}

wire::shape! { GrokClassifier
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Classification" classification: String [required];
    2 "CreationTime" creation_time: Timestamp;
    3 "LastUpdated" last_updated: Timestamp;
    4 "Version" version: i64;
    5 "GrokPattern" grok_pattern: String [required len(1, 2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\t]*")];
    6 "CustomPatterns" custom_patterns: String [len_max(16000) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { HudiTarget
    0 "Paths" paths: Vec<String>;
    1 "ConnectionName" connection_name: String;
    2 "Exclusions" exclusions: Vec<String>;
    3 "MaximumTraversalDepth" maximum_traversal_depth: i32;
}

wire::shape! { IcebergDocument
}

wire::shape! { IcebergEncryptedKey
    0 "KeyId" key_id: String [required len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    1 "EncryptedKeyMetadata" encrypted_key_metadata: String [required len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "EncryptedById" encrypted_by_id: String [len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Properties" properties: BTreeMap<String, String>;
}

wire::shape! { IcebergInput
    0 "MetadataOperation" metadata_operation: String [required one_of(METADATA_OPERATION)];
    1 "Version" version: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "CreateIcebergTableInput" create_iceberg_table_input: CreateIcebergTableInput;
}

wire::shape! { IcebergOptimizationPropertiesOutput
    0 "RoleArn" role_arn: String [like("^arn:aws(-(cn|us-gov|iso(-[bef])?))?:iam::[0-9]{12}:role/.+")];
    1 "Compaction" compaction: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    2 "Retention" retention: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    3 "OrphanFileDeletion" orphan_file_deletion: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "LastUpdatedTime" last_updated_time: Timestamp;
}

wire::shape! { IcebergPartitionField
    0 "SourceId" source_id: i32 [required];
    1 "Transform" transform: String [required];
    2 "Name" name: String [required len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "FieldId" field_id: i32;
}

wire::shape! { IcebergPartitionSpec
    0 "Fields" fields: Vec<IcebergPartitionField> [required];
    1 "SpecId" spec_id: i32;
}

wire::shape! { IcebergSchema
    0 "SchemaId" schema_id: i32;
    1 "IdentifierFieldIds" identifier_field_ids: Vec<i32>;
    2 "Type" r#type: String [one_of(ICEBERG_STRUCT_TYPE_ENUM)];
    3 "Fields" fields: Vec<IcebergStructField> [required];
}

wire::shape! { IcebergSortField
    0 "SourceId" source_id: i32 [required];
    1 "Transform" transform: String [required];
    2 "Direction" direction: String [required one_of(ICEBERG_SORT_DIRECTION)];
    3 "NullOrder" null_order: String [required one_of(ICEBERG_NULL_ORDER)];
}

wire::shape! { IcebergSortOrder
    0 "OrderId" order_id: i32 [required];
    1 "Fields" fields: Vec<IcebergSortField> [required];
}

wire::shape! { IcebergStructField
    0 "Id" id: i32 [required];
    1 "Name" name: String [required len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Type" r#type: Document [required];
    3 "Required" required: bool [required];
    4 "Doc" doc: String [len_max(255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "InitialDefault" initial_default: Document;
    6 "WriteDefault" write_default: Document;
}

wire::shape! { IcebergTableMetadata
    0 "FormatVersion" format_version: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "TableUuid" table_uuid: String [len_max(100) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Location" location: String [len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Properties" properties: BTreeMap<String, String>;
    4 "Schemas" schemas: Vec<IcebergSchema>;
    5 "CurrentSchemaId" current_schema_id: i32;
    6 "LastColumnId" last_column_id: i32;
    7 "PartitionSpecs" partition_specs: Vec<IcebergPartitionSpec>;
    8 "DefaultSpecId" default_spec_id: i32;
    9 "LastPartitionId" last_partition_id: i32;
    10 "SortOrders" sort_orders: Vec<IcebergSortOrder>;
    11 "DefaultSortOrderId" default_sort_order_id: i32;
}

wire::shape! { IcebergTableUpdate
    0 "Schema" schema: IcebergSchema [required];
    1 "PartitionSpec" partition_spec: IcebergPartitionSpec;
    2 "SortOrder" sort_order: IcebergSortOrder;
    3 "Location" location: String [required len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    4 "Properties" properties: BTreeMap<String, String>;
    5 "Action" action: String [one_of(ICEBERG_UPDATE_ACTION)];
    6 "EncryptionKey" encryption_key: IcebergEncryptedKey;
    7 "KeyId" key_id: String [len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { IcebergTarget
    0 "Paths" paths: Vec<String>;
    1 "ConnectionName" connection_name: String;
    2 "Exclusions" exclusions: Vec<String>;
    3 "MaximumTraversalDepth" maximum_traversal_depth: i32;
}

wire::shape! { ImportCatalogToGlueRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { ImportCatalogToGlueResponse
}

wire::shape! { JdbcTarget
    0 "ConnectionName" connection_name: String;
    1 "Path" path: String;
    2 "Exclusions" exclusions: Vec<String>;
    3 "EnableAdditionalMetadata" enable_additional_metadata: Vec<String> [each(&ITEM.one_of(JDBC_METADATA_ENTRY))];
}

wire::shape! { JobBookmarksEncryption
    0 "JobBookmarksEncryptionMode" job_bookmarks_encryption_mode: String [one_of(JOB_BOOKMARKS_ENCRYPTION_MODE)];
    1 "KmsKeyArn" kms_key_arn: String [like("^$|arn:aws[a-z0-9-]*:kms:.*")];
}

wire::shape! { JsonClassifier
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "CreationTime" creation_time: Timestamp;
    2 "LastUpdated" last_updated: Timestamp;
    3 "Version" version: i64;
    4 "JsonPath" json_path: String [required];
}

wire::shape! { KeySchemaElement
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Type" r#type: String [required len_max(131072) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { LakeFormationConfiguration
    0 "UseLakeFormationCredentials" use_lake_formation_credentials: bool;
    1 "AccountId" account_id: String [len_max(12)];
}

wire::shape! { LastCrawlInfo
    0 "Status" status: String [one_of(LAST_CRAWL_STATUS)];
    1 "ErrorMessage" error_message: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "LogGroup" log_group: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
    3 "LogStream" log_stream: String [len(1, 512) like("[^:*]*")];
    4 "MessagePrefix" message_prefix: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "StartTime" start_time: Timestamp;
}

wire::shape! { LineageConfiguration
    0 "CrawlerLineageSettings" crawler_lineage_settings: String [one_of(CRAWLER_LINEAGE_SETTINGS)];
}

wire::shape! { ListCrawlersRequest
    0 "MaxResults" max_results: i32 [range(1, 1000)];
    1 "NextToken" next_token: String;
    2 "Tags" tags: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { ListCrawlersResponse
    0 "CrawlerNames" crawler_names: Vec<String> [len_max(100) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    1 "NextToken" next_token: String;
}

wire::shape! { ListCrawlsRequest
    0 "CrawlerName" crawler_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "MaxResults" max_results: i32 [range(1, 1000)];
    2 "Filters" filters: Vec<CrawlsFilter>;
    3 "NextToken" next_token: String;
}

wire::shape! { ListCrawlsResponse
    0 "Crawls" crawls: Vec<CrawlerHistory>;
    1 "NextToken" next_token: String;
}

wire::shape! { ListRegistriesInput
    0 "MaxResults" max_results: i32 [range(1, 100)];
    1 "NextToken" next_token: String;
}

wire::shape! { ListRegistriesResponse
    0 "Registries" registries: Vec<RegistryListItem>;
    1 "NextToken" next_token: String;
}

wire::shape! { ListSchemaVersionsInput
    0 "SchemaId" schema_id: SchemaId [required];
    1 "MaxResults" max_results: i32 [range(1, 100)];
    2 "NextToken" next_token: String;
}

wire::shape! { ListSchemaVersionsResponse
    0 "Schemas" schemas: Vec<SchemaVersionListItem>;
    1 "NextToken" next_token: String;
}

wire::shape! { ListSchemasInput
    0 "RegistryId" registry_id: RegistryId;
    1 "MaxResults" max_results: i32 [range(1, 100)];
    2 "NextToken" next_token: String;
}

wire::shape! { ListSchemasResponse
    0 "Schemas" schemas: Vec<SchemaListItem>;
    1 "NextToken" next_token: String;
}

wire::shape! { LongColumnStatisticsData
    0 "MinimumValue" minimum_value: i64;
    1 "MaximumValue" maximum_value: i64;
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
    3 "NumberOfDistinctValues" number_of_distinct_values: i64 [required min(0)];
}

wire::shape! { MetadataInfo
    0 "MetadataValue" metadata_value: String [len(1, 256) like("[a-zA-Z0-9+-=._./@]+")];
    1 "CreatedTime" created_time: String;
    2 "OtherMetadataValueList" other_metadata_value_list: Vec<OtherMetadataValueListItem>;
}

wire::shape! { MetadataKeyValuePair
    0 "MetadataKey" metadata_key: String [len(1, 128) like("[a-zA-Z0-9+-=._./@]+")];
    1 "MetadataValue" metadata_value: String [len(1, 256) like("[a-zA-Z0-9+-=._./@]+")];
}

wire::shape! { MongoDBTarget
    0 "ConnectionName" connection_name: String;
    1 "Path" path: String;
    2 "ScanAll" scan_all: bool;
}

wire::shape! { OAuth2ClientApplication
    0 "UserManagedClientApplicationClientId" user_managed_client_application_client_id: String [len_max(2048) like(r"\S+")];
    1 "AWSManagedClientApplicationReference" aws_managed_client_application_reference: String [len_max(2048) like(r"\S+")];
}

wire::shape! { OAuth2Credentials
    0 "UserManagedClientApplicationClientSecret" user_managed_client_application_client_secret: String [len_max(512) like(r"^[\x20-\x7E]*$") sensitive];
    1 "AccessToken" access_token: String [len_max(4096) like(r"^[\x20-\x7E]*$") sensitive];
    2 "RefreshToken" refresh_token: String [len_max(4096) like(r"^[\x20-\x7E]*$") sensitive];
    3 "JwtToken" jwt_token: String [len_max(8000) like(r"^([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_\-\+\/=]*)") sensitive];
}

wire::shape! { OAuth2Properties
    0 "OAuth2GrantType" o_auth2_grant_type: String [one_of(O_AUTH2_GRANT_TYPE)];
    1 "OAuth2ClientApplication" o_auth2_client_application: OAuth2ClientApplication;
    2 "TokenUrl" token_url: String [len_max(256) like("^(https?)://[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]")];
    3 "TokenUrlParametersMap" token_url_parameters_map: BTreeMap<String, String> [each(&ITEM.len(1, 512)) keys(&ITEM.len(1, 128))];
}

wire::shape! { OAuth2PropertiesInput
    0 "OAuth2GrantType" o_auth2_grant_type: String [one_of(O_AUTH2_GRANT_TYPE)];
    1 "OAuth2ClientApplication" o_auth2_client_application: OAuth2ClientApplication;
    2 "TokenUrl" token_url: String [len_max(256) like("^(https?)://[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]")];
    3 "TokenUrlParametersMap" token_url_parameters_map: BTreeMap<String, String> [each(&ITEM.len(1, 512)) keys(&ITEM.len(1, 128))];
    4 "AuthorizationCodeProperties" authorization_code_properties: AuthorizationCodeProperties;
    5 "OAuth2Credentials" o_auth2_credentials: OAuth2Credentials;
}

wire::shape! { OpenTableFormatInput
    0 "IcebergInput" iceberg_input: IcebergInput;
}

wire::shape! { Order
    0 "Column" column: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "SortOrder" sort_order: i32 [required range(0, 1)];
}

wire::shape! { OtherMetadataValueListItem
    0 "MetadataValue" metadata_value: String [len(1, 256) like("[a-zA-Z0-9+-=._./@]+")];
    1 "CreatedTime" created_time: String;
}

wire::shape! { Partition
    0 "Values" values: Vec<String> [each(&ITEM.len(1, 1024))];
    1 "DatabaseName" database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "CreationTime" creation_time: Timestamp;
    4 "LastAccessTime" last_access_time: Timestamp;
    5 "StorageDescriptor" storage_descriptor: StorageDescriptor;
    6 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    7 "LastAnalyzedTime" last_analyzed_time: Timestamp;
    8 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { PartitionError
    0 "PartitionValues" partition_values: Vec<String> [each(&ITEM.len(1, 1024))];
    1 "ErrorDetail" error_detail: ErrorDetail;
}

wire::shape! { PartitionIndex
    0 "Keys" keys: Vec<String> [required len_min(1) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    1 "IndexName" index_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { PartitionIndexDescriptor
    0 "IndexName" index_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Keys" keys: Vec<KeySchemaElement> [required len_min(1)];
    2 "IndexStatus" index_status: String [required one_of(PARTITION_INDEX_STATUS)];
    3 "BackfillErrors" backfill_errors: Vec<BackfillError>;
}

wire::shape! { PartitionInput
    0 "Values" values: Vec<String> [each(&ITEM.len(1, 1024))];
    1 "LastAccessTime" last_access_time: Timestamp;
    2 "StorageDescriptor" storage_descriptor: StorageDescriptor;
    3 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    4 "LastAnalyzedTime" last_analyzed_time: Timestamp;
}

wire::shape! { PartitionValueList
    0 "Values" values: Vec<String> [required each(&ITEM.len(1, 1024))];
}

wire::shape! { PhysicalConnectionRequirements
    0 "SubnetId" subnet_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "SecurityGroupIdList" security_group_id_list: Vec<String> [len_max(50) each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    2 "AvailabilityZone" availability_zone: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { PrincipalPermissions
    0 "Principal" principal: DataLakePrincipal;
    1 "Permissions" permissions: Vec<String> [each(&ITEM.one_of(PERMISSION))];
}

wire::shape! { PropertyPredicate
    0 "Key" key: String [len(1, 1024)];
    1 "Value" value: String [len(1, 1024)];
    2 "Comparator" comparator: String [one_of(COMPARATOR)];
}

wire::shape! { PutDataCatalogEncryptionSettingsRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DataCatalogEncryptionSettings" data_catalog_encryption_settings: DataCatalogEncryptionSettings [required];
}

wire::shape! { PutDataCatalogEncryptionSettingsResponse
}

wire::shape! { PutResourcePolicyRequest
    0 "PolicyInJson" policy_in_json: String [required len_min(2)];
    1 "ResourceArn" resource_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "PolicyHashCondition" policy_hash_condition: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PolicyExistsCondition" policy_exists_condition: String [one_of(EXIST_CONDITION)];
    4 "EnableHybrid" enable_hybrid: String [one_of(ENABLE_HYBRID_VALUES)];
}

wire::shape! { PutResourcePolicyResponse
    0 "PolicyHash" policy_hash: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { PutSchemaVersionMetadataInput
    0 "SchemaId" schema_id: SchemaId;
    1 "SchemaVersionNumber" schema_version_number: SchemaVersionNumber;
    2 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    3 "MetadataKeyValue" metadata_key_value: MetadataKeyValuePair [required];
}

wire::shape! { PutSchemaVersionMetadataResponse
    0 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    3 "LatestVersion" latest_version: bool;
    4 "VersionNumber" version_number: i64 [range(1, 100000)];
    5 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    6 "MetadataKey" metadata_key: String [len(1, 128) like("[a-zA-Z0-9+-=._./@]+")];
    7 "MetadataValue" metadata_value: String [len(1, 256) like("[a-zA-Z0-9+-=._./@]+")];
}

wire::shape! { QuerySchemaVersionMetadataInput
    0 "SchemaId" schema_id: SchemaId;
    1 "SchemaVersionNumber" schema_version_number: SchemaVersionNumber;
    2 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    3 "MetadataList" metadata_list: Vec<MetadataKeyValuePair>;
    4 "MaxResults" max_results: i32 [range(1, 50)];
    5 "NextToken" next_token: String;
}

wire::shape! { QuerySchemaVersionMetadataResponse
    0 "MetadataInfoMap" metadata_info_map: BTreeMap<String, MetadataInfo> [keys(&ITEM.len(1, 128).like("[a-zA-Z0-9+-=._./@]+"))];
    1 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    2 "NextToken" next_token: String;
}

wire::shape! { QuerySessionContext
    0 "QueryId" query_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "QueryStartTime" query_start_time: Timestamp;
    2 "ClusterId" cluster_id: String;
    3 "QueryAuthorizationId" query_authorization_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "AdditionalContext" additional_context: BTreeMap<String, String> [each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { RLSProperties
    0 "DefaultRLSPolicy" default_rls_policy: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { RecrawlPolicy
    0 "RecrawlBehavior" recrawl_behavior: String [one_of(RECRAWL_BEHAVIOR)];
}

wire::shape! { RegisterSchemaVersionInput
    0 "SchemaId" schema_id: SchemaId [required];
    1 "SchemaDefinition" schema_definition: String [required len(1, 170000) like(r".*\S.*")];
}

wire::shape! { RegisterSchemaVersionResponse
    0 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    1 "VersionNumber" version_number: i64 [range(1, 100000)];
    2 "Status" status: String [one_of(SCHEMA_VERSION_STATUS)];
}

wire::shape! { RegistryId
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
}

wire::shape! { RegistryListItem
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    2 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Status" status: String [one_of(REGISTRY_STATUS)];
    4 "CreatedTime" created_time: String;
    5 "UpdatedTime" updated_time: String;
}

wire::shape! { RemoveSchemaVersionMetadataInput
    0 "SchemaId" schema_id: SchemaId;
    1 "SchemaVersionNumber" schema_version_number: SchemaVersionNumber;
    2 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    3 "MetadataKeyValue" metadata_key_value: MetadataKeyValuePair [required];
}

wire::shape! { RemoveSchemaVersionMetadataResponse
    0 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    3 "LatestVersion" latest_version: bool;
    4 "VersionNumber" version_number: i64 [range(1, 100000)];
    5 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    6 "MetadataKey" metadata_key: String [len(1, 128) like("[a-zA-Z0-9+-=._./@]+")];
    7 "MetadataValue" metadata_value: String [len(1, 256) like("[a-zA-Z0-9+-=._./@]+")];
}

wire::shape! { ResourceUri
    0 "ResourceType" resource_type: String [one_of(RESOURCE_TYPE)];
    1 "Uri" uri: String [len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "LastModified" last_modified: Timestamp;
}

wire::shape! { S3Encryption
    0 "S3EncryptionMode" s3_encryption_mode: String [one_of(S3_ENCRYPTION_MODE)];
    1 "KmsKeyArn" kms_key_arn: String [like("^$|arn:aws[a-z0-9-]*:kms:.*")];
}

wire::shape! { S3Target
    0 "Path" path: String;
    1 "Exclusions" exclusions: Vec<String>;
    2 "ConnectionName" connection_name: String;
    3 "SampleSize" sample_size: i32;
    4 "EventQueueArn" event_queue_arn: String;
    5 "DlqEventQueueArn" dlq_event_queue_arn: String;
}

wire::shape! { Schedule
    0 "ScheduleExpression" schedule_expression: String;
    1 "State" state: String [one_of(SCHEDULE_STATE)];
}

wire::shape! { SchemaChangePolicy
    0 "UpdateBehavior" update_behavior: String [one_of(UPDATE_BEHAVIOR)];
    1 "DeleteBehavior" delete_behavior: String [one_of(DELETE_BEHAVIOR)];
}

wire::shape! { SchemaId
    0 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
}

wire::shape! { SchemaListItem
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    3 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    4 "SchemaStatus" schema_status: String [one_of(SCHEMA_STATUS)];
    5 "CreatedTime" created_time: String;
    6 "UpdatedTime" updated_time: String;
}

wire::shape! { SchemaReference
    0 "SchemaId" schema_id: SchemaId;
    1 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    2 "SchemaVersionNumber" schema_version_number: i64 [range(1, 100000)];
}

wire::shape! { SchemaVersionErrorItem
    0 "VersionNumber" version_number: i64 [range(1, 100000)];
    1 "ErrorDetails" error_details: ErrorDetails;
}

wire::shape! { SchemaVersionListItem
    0 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "SchemaVersionId" schema_version_id: String [len(36, 36) like("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")];
    2 "VersionNumber" version_number: i64 [range(1, 100000)];
    3 "Status" status: String [one_of(SCHEMA_VERSION_STATUS)];
    4 "CreatedTime" created_time: String;
}

wire::shape! { SchemaVersionNumber
    0 "LatestVersion" latest_version: bool;
    1 "VersionNumber" version_number: i64 [range(1, 100000)];
}

wire::shape! { SearchTablesRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "NextToken" next_token: String;
    2 "Filters" filters: Vec<PropertyPredicate>;
    3 "SearchText" search_text: String [len(1, 1024)];
    4 "SortCriteria" sort_criteria: Vec<SortCriterion> [len_max(1)];
    5 "MaxResults" max_results: i32 [range(1, 1000)];
    6 "ResourceShareType" resource_share_type: String [one_of(RESOURCE_SHARE_TYPE)];
    7 "IncludeStatusDetails" include_status_details: bool;
}

wire::shape! { SearchTablesResponse
    0 "NextToken" next_token: String;
    1 "TableList" table_list: Vec<Table>;
}

wire::shape! { SecurityConfiguration
    0 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "CreatedTimeStamp" created_time_stamp: Timestamp;
    2 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
}

wire::shape! { Segment
    0 "SegmentNumber" segment_number: i32 [required min(0)];
    1 "TotalSegments" total_segments: i32 [required range(1, 10)];
}

wire::shape! { SerDeInfo
    0 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "SerializationLibrary" serialization_library: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
}

wire::shape! { SkewedInfo
    0 "SkewedColumnNames" skewed_column_names: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    1 "SkewedColumnValues" skewed_column_values: Vec<String>;
    2 "SkewedColumnValueLocationMaps" skewed_column_value_location_maps: BTreeMap<String, String>;
}

wire::shape! { SortCriterion
    0 "FieldName" field_name: String [len(1, 1024)];
    1 "Sort" sort: String [one_of(SORT)];
}

wire::shape! { StartCrawlerRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { StartCrawlerResponse
}

wire::shape! { StartCrawlerScheduleRequest
    0 "CrawlerName" crawler_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { StartCrawlerScheduleResponse
}

wire::shape! { StatusDetails
    0 "RequestedChange" requested_change: Box<Table>;
    1 "ViewValidations" view_validations: Vec<ViewValidation>;
}

wire::shape! { StopCrawlerRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { StopCrawlerResponse
}

wire::shape! { StopCrawlerScheduleRequest
    0 "CrawlerName" crawler_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { StopCrawlerScheduleResponse
}

wire::shape! { StorageDescriptor
    0 "Columns" columns: Vec<Column>;
    1 "Location" location: String [len_max(2056) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "AdditionalLocations" additional_locations: Vec<String> [each(&ITEM.len_max(2056).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*"))];
    3 "InputFormat" input_format: String [len_max(128) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "OutputFormat" output_format: String [len_max(128) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "Compressed" compressed: bool;
    6 "NumberOfBuckets" number_of_buckets: i32;
    7 "SerdeInfo" serde_info: SerDeInfo;
    8 "BucketColumns" bucket_columns: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    9 "SortColumns" sort_columns: Vec<Order>;
    10 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    11 "SkewedInfo" skewed_info: SkewedInfo;
    12 "StoredAsSubDirectories" stored_as_sub_directories: bool;
    13 "SchemaReference" schema_reference: SchemaReference;
}

wire::shape! { StringColumnStatisticsData
    0 "MaximumLength" maximum_length: i64 [required min(0)];
    1 "AverageLength" average_length: f64 [required min(0)];
    2 "NumberOfNulls" number_of_nulls: i64 [required min(0)];
    3 "NumberOfDistinctValues" number_of_distinct_values: i64 [required min(0)];
}

wire::shape! { SubObjectStatistics
    0 "SourceType" source_type: String [one_of(SUB_OBJECT_SOURCE_TYPE)];
    1 "GlueVersionId" glue_version_id: String;
    2 "PartitionCount" partition_count: i64;
    3 "FileCount" file_count: i64;
    4 "TotalFileBytes" total_file_bytes: i64;
}

wire::shape! { Table
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    3 "Owner" owner: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "CreateTime" create_time: Timestamp;
    5 "UpdateTime" update_time: Timestamp;
    6 "LastAccessTime" last_access_time: Timestamp;
    7 "LastAnalyzedTime" last_analyzed_time: Timestamp;
    8 "Retention" retention: i32 [min(0)];
    9 "StorageDescriptor" storage_descriptor: StorageDescriptor;
    10 "PartitionKeys" partition_keys: Vec<Column>;
    11 "ViewOriginalText" view_original_text: String [len_max(409600)];
    12 "ViewExpandedText" view_expanded_text: String [len_max(409600)];
    13 "TableType" table_type: String [len_max(255)];
    14 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    15 "CreatedBy" created_by: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    16 "IsRegisteredWithLakeFormation" is_registered_with_lake_formation: bool;
    17 "TargetTable" target_table: TableIdentifier;
    18 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    19 "VersionId" version_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    20 "FederatedTable" federated_table: FederatedTable;
    21 "ViewDefinition" view_definition: ViewDefinition;
    22 "IsMultiDialectView" is_multi_dialect_view: bool;
    23 "IsMaterializedView" is_materialized_view: bool;
    24 "IcebergTableMetadata" iceberg_table_metadata: IcebergTableMetadata;
    25 "Status" status: Box<TableStatus>;
    26 "RLSProperties" rls_properties: RLSProperties;
}

wire::shape! { TableError
    0 "TableName" table_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ErrorDetail" error_detail: ErrorDetail;
}

wire::shape! { TableIdentifier
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "Region" region: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { TableInput
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    2 "Owner" owner: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "LastAccessTime" last_access_time: Timestamp;
    4 "LastAnalyzedTime" last_analyzed_time: Timestamp;
    5 "Retention" retention: i32 [min(0)];
    6 "StorageDescriptor" storage_descriptor: StorageDescriptor;
    7 "PartitionKeys" partition_keys: Vec<Column>;
    8 "ViewOriginalText" view_original_text: String [len_max(409600)];
    9 "ViewExpandedText" view_expanded_text: String [len_max(409600)];
    10 "TableType" table_type: String [len_max(255)];
    11 "Parameters" parameters: BTreeMap<String, String> [each(&ITEM.len_max(512000)) keys(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    12 "TargetTable" target_table: TableIdentifier;
    13 "FederatedTable" federated_table: FederatedTable;
    14 "ViewDefinition" view_definition: ViewDefinitionInput;
}

wire::shape! { TableStatus
    0 "RequestedBy" requested_by: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "UpdatedBy" updated_by: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "RequestTime" request_time: Timestamp;
    3 "UpdateTime" update_time: Timestamp;
    4 "Action" action: String [one_of(RESOURCE_ACTION)];
    5 "State" state: String [one_of(RESOURCE_STATE)];
    6 "Error" error: ErrorDetail;
    7 "Details" details: Box<StatusDetails>;
}

wire::shape! { TableVersion
    0 "Table" table: Table;
    1 "VersionId" version_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { TableVersionError
    0 "TableName" table_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "VersionId" version_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "ErrorDetail" error_detail: ErrorDetail;
}

wire::shape! { TagResourceRequest
    0 "ResourceArn" resource_arn: String [required len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "TagsToAdd" tags_to_add: BTreeMap<String, String> [required len_max(50) each(&ITEM.len_max(256)) keys(&ITEM.len(1, 128))];
}

wire::shape! { TagResourceResponse
}

wire::shape! { TargetRedshiftCatalog
    0 "CatalogArn" catalog_arn: String [required];
}

wire::shape! { UntagResourceRequest
    0 "ResourceArn" resource_arn: String [required len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "TagsToRemove" tags_to_remove: Vec<String> [required len_max(50) each(&ITEM.len(1, 128))];
}

wire::shape! { UntagResourceResponse
}

wire::shape! { UpdateClassifierRequest
    0 "GrokClassifier" grok_classifier: UpdateGrokClassifierRequest;
    1 "XMLClassifier" xml_classifier: UpdateXMLClassifierRequest;
    2 "JsonClassifier" json_classifier: UpdateJsonClassifierRequest;
    3 "CsvClassifier" csv_classifier: UpdateCsvClassifierRequest;
}

wire::shape! { UpdateClassifierResponse
}

wire::shape! { UpdateColumnStatisticsForPartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionValues" partition_values: Vec<String> [required each(&ITEM.len(1, 1024))];
    4 "ColumnStatisticsList" column_statistics_list: Vec<ColumnStatistics> [required len_max(25)];
}

wire::shape! { UpdateColumnStatisticsForPartitionResponse
    0 "Errors" errors: Vec<ColumnStatisticsError>;
}

wire::shape! { UpdateColumnStatisticsForTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "ColumnStatisticsList" column_statistics_list: Vec<ColumnStatistics> [required len_max(25)];
}

wire::shape! { UpdateColumnStatisticsForTableResponse
    0 "Errors" errors: Vec<ColumnStatisticsError>;
}

wire::shape! { UpdateConnectionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "ConnectionInput" connection_input: ConnectionInput [required];
}

wire::shape! { UpdateConnectionResponse
}

wire::shape! { UpdateCrawlerRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Role" role: String;
    2 "DatabaseName" database_name: String;
    3 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    4 "Targets" targets: CrawlerTargets;
    5 "Schedule" schedule: String;
    6 "Classifiers" classifiers: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    7 "TablePrefix" table_prefix: String [len_max(128)];
    8 "SchemaChangePolicy" schema_change_policy: SchemaChangePolicy;
    9 "RecrawlPolicy" recrawl_policy: RecrawlPolicy;
    10 "LineageConfiguration" lineage_configuration: LineageConfiguration;
    11 "LakeFormationConfiguration" lake_formation_configuration: LakeFormationConfiguration;
    12 "Configuration" configuration: String;
    13 "CrawlerSecurityConfiguration" crawler_security_configuration: String [len_max(128)];
    14 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { UpdateCrawlerResponse
}

wire::shape! { UpdateCrawlerScheduleRequest
    0 "CrawlerName" crawler_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Schedule" schedule: String;
}

wire::shape! { UpdateCrawlerScheduleResponse
}

wire::shape! { UpdateCsvClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Delimiter" delimiter: String [len(1, 1) like(r"[^\r\n]")];
    2 "QuoteSymbol" quote_symbol: String [len(1, 1) like(r"[^\r\n]")];
    3 "ContainsHeader" contains_header: String [one_of(CSV_HEADER_OPTION)];
    4 "Header" header: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    5 "DisableValueTrimming" disable_value_trimming: bool;
    6 "AllowSingleColumn" allow_single_column: bool;
    7 "CustomDatatypeConfigured" custom_datatype_configured: bool;
    8 "CustomDatatypes" custom_datatypes: Vec<String> [each(&ITEM.len(1, 255).like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*"))];
    9 "Serde" serde: String [one_of(CSV_SERDE_OPTION)];
}

wire::shape! { UpdateDatabaseRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "DatabaseInput" database_input: DatabaseInput [required];
}

wire::shape! { UpdateDatabaseResponse
}

wire::shape! { UpdateGrokClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Classification" classification: String;
    2 "GrokPattern" grok_pattern: String [len(1, 2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\t]*")];
    3 "CustomPatterns" custom_patterns: String [len_max(16000) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { UpdateIcebergInput
    0 "UpdateIcebergTableInput" update_iceberg_table_input: UpdateIcebergTableInput [required];
}

wire::shape! { UpdateIcebergTableInput
    0 "Updates" updates: Vec<IcebergTableUpdate> [required];
}

wire::shape! { UpdateJsonClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "JsonPath" json_path: String;
}

wire::shape! { UpdateOpenTableFormatInput
    0 "UpdateIcebergInput" update_iceberg_input: UpdateIcebergInput;
}

wire::shape! { UpdatePartitionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "TableName" table_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "PartitionValueList" partition_value_list: Vec<String> [required len_max(100) each(&ITEM.len(1, 1024))];
    4 "PartitionInput" partition_input: PartitionInput [required];
}

wire::shape! { UpdatePartitionResponse
}

wire::shape! { UpdateRegistryInput
    0 "RegistryId" registry_id: RegistryId [required];
    1 "Description" description: String [required len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { UpdateRegistryResponse
    0 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    1 "RegistryArn" registry_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
}

wire::shape! { UpdateSchemaInput
    0 "SchemaId" schema_id: SchemaId [required];
    1 "SchemaVersionNumber" schema_version_number: SchemaVersionNumber;
    2 "Compatibility" compatibility: String [one_of(COMPATIBILITY)];
    3 "Description" description: String [len_max(2048) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
}

wire::shape! { UpdateSchemaResponse
    0 "SchemaArn" schema_arn: String [len(1, 10240) like("arn:aws(-(cn|us-gov|iso(-[bef])?))?:glue:.*")];
    1 "SchemaName" schema_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
    2 "RegistryName" registry_name: String [len(1, 255) like("[a-zA-Z0-9-_$#.]+")];
}

wire::shape! { UpdateTableRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "Name" name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "TableInput" table_input: TableInput;
    4 "SkipArchive" skip_archive: bool;
    5 "TransactionId" transaction_id: String [len(1, 255) like(r"[\p{L}\p{N}\p{P}]*")];
    6 "VersionId" version_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    7 "ViewUpdateAction" view_update_action: String [one_of(VIEW_UPDATE_ACTION)];
    8 "Force" force: bool;
    9 "UpdateOpenTableFormatInput" update_open_table_format_input: UpdateOpenTableFormatInput;
}

wire::shape! { UpdateTableResponse
}

wire::shape! { UpdateUserDefinedFunctionRequest
    0 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "FunctionName" function_name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "FunctionInput" function_input: UserDefinedFunctionInput [required];
}

wire::shape! { UpdateUserDefinedFunctionResponse
}

wire::shape! { UpdateXMLClassifierRequest
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Classification" classification: String;
    2 "RowTag" row_tag: String;
}

wire::shape! { UserDefinedFunction
    0 "FunctionName" function_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "DatabaseName" database_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "ClassName" class_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "OwnerName" owner_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "FunctionType" function_type: String [one_of(FUNCTION_TYPE)];
    5 "OwnerType" owner_type: String [one_of(PRINCIPAL_TYPE)];
    6 "CreateTime" create_time: Timestamp;
    7 "ResourceUris" resource_uris: Vec<ResourceUri> [len_max(1000)];
    8 "ArtifactLocation" artifact_location: String [len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    9 "GovernanceMode" governance_mode: String [one_of(GOVERNANCE_MODE)];
    10 "CatalogId" catalog_id: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
}

wire::shape! { UserDefinedFunctionInput
    0 "FunctionName" function_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "ClassName" class_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    2 "OwnerName" owner_name: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    3 "FunctionType" function_type: String [one_of(FUNCTION_TYPE)];
    4 "OwnerType" owner_type: String [one_of(PRINCIPAL_TYPE)];
    5 "ResourceUris" resource_uris: Vec<ResourceUri> [len_max(1000)];
    6 "ArtifactLocation" artifact_location: String [len(1, 1024) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*")];
    7 "GovernanceMode" governance_mode: String [one_of(GOVERNANCE_MODE)];
}

wire::shape! { ViewDefinition
    0 "IsProtected" is_protected: bool;
    1 "IsManaged" is_managed: bool;
    2 "Definer" definer: String [len(20, 2048)];
    3 "ViewVersionId" view_version_id: i64 [min(-1)];
    4 "ViewVersionToken" view_version_token: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "RefreshSeconds" refresh_seconds: i64;
    6 "LastRefreshType" last_refresh_type: String [one_of(LAST_REFRESH_TYPE)];
    7 "SubObjects" sub_objects: Vec<String> [len_max(10) each(&ITEM.len(20, 2048))];
    8 "SubObjectVersionIds" sub_object_version_ids: Vec<i64> [len_max(250) each(&ITEM.min(-1))];
    9 "SubObjectsStatistics" sub_objects_statistics: Vec<SubObjectStatistics> [len_max(250)];
    10 "Representations" representations: Vec<ViewRepresentation> [len(1, 1000)];
    11 "SparkPipelineInfo" spark_pipeline_info: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(2048)) keys(&ITEM.len(1, 128))];
}

wire::shape! { ViewDefinitionInput
    0 "IsProtected" is_protected: bool;
    1 "IsManaged" is_managed: bool;
    2 "Definer" definer: String [len(20, 2048)];
    3 "Representations" representations: Vec<ViewRepresentationInput> [len(1, 10)];
    4 "ViewVersionId" view_version_id: i64 [min(-1)];
    5 "ViewVersionToken" view_version_token: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    6 "RefreshSeconds" refresh_seconds: i64;
    7 "LastRefreshType" last_refresh_type: String [one_of(LAST_REFRESH_TYPE)];
    8 "SubObjects" sub_objects: Vec<String> [len_max(10) each(&ITEM.len(20, 2048))];
    9 "SubObjectVersionIds" sub_object_version_ids: Vec<i64> [len_max(250) each(&ITEM.min(-1))];
    10 "SubObjectsStatistics" sub_objects_statistics: Vec<SubObjectStatistics> [len_max(250)];
    11 "SparkPipelineInfo" spark_pipeline_info: BTreeMap<String, String> [len_max(50) each(&ITEM.len_max(2048)) keys(&ITEM.len(1, 128))];
}

wire::shape! { ViewRepresentation
    0 "Dialect" dialect: String [one_of(VIEW_DIALECT)];
    1 "DialectVersion" dialect_version: String [len(1, 255)];
    2 "ViewOriginalText" view_original_text: String [len_max(409600)];
    3 "ViewExpandedText" view_expanded_text: String [len_max(409600)];
    4 "ValidationConnection" validation_connection: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    5 "IsStale" is_stale: bool;
}

wire::shape! { ViewRepresentationInput
    0 "Dialect" dialect: String [one_of(VIEW_DIALECT)];
    1 "DialectVersion" dialect_version: String [len(1, 255)];
    2 "ViewOriginalText" view_original_text: String [len_max(409600)];
    3 "ValidationConnection" validation_connection: String [len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    4 "ViewExpandedText" view_expanded_text: String [len_max(409600)];
}

wire::shape! { ViewValidation
    0 "Dialect" dialect: String [one_of(VIEW_DIALECT)];
    1 "DialectVersion" dialect_version: String [len(1, 255)];
    2 "ViewValidationText" view_validation_text: String [len_max(409600)];
    3 "UpdateTime" update_time: Timestamp;
    4 "State" state: String [one_of(RESOURCE_STATE)];
    5 "Error" error: ErrorDetail;
}

wire::shape! { XMLClassifier
    0 "Name" name: String [required len(1, 255) like(r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*")];
    1 "Classification" classification: String [required];
    2 "CreationTime" creation_time: Timestamp;
    3 "LastUpdated" last_updated: Timestamp;
    4 "Version" version: i64;
    5 "RowTag" row_tag: String;
}

/// The values of `AllowFullTableExternalDataAccessEnum`.
pub const ALLOW_FULL_TABLE_EXTERNAL_DATA_ACCESS_ENUM: &[&str] = &["True", "False"];
/// The values of `AuthenticationType`.
pub const AUTHENTICATION_TYPE: &[&str] = &["BASIC", "OAUTH2", "CUSTOM", "IAM"];
/// The values of `BackfillErrorCode`.
pub const BACKFILL_ERROR_CODE: &[&str] = &[
    "ENCRYPTED_PARTITION_ERROR",
    "INTERNAL_ERROR",
    "INVALID_PARTITION_TYPE_DATA_ERROR",
    "MISSING_PARTITION_VALUE_ERROR",
    "UNSUPPORTED_PARTITION_CHARACTER_ERROR",
];
/// The values of `CatalogEncryptionMode`.
pub const CATALOG_ENCRYPTION_MODE: &[&str] = &["DISABLED", "SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"];
/// The values of `CloudWatchEncryptionMode`.
pub const CLOUD_WATCH_ENCRYPTION_MODE: &[&str] = &["DISABLED", "SSE-KMS"];
/// The values of `ColumnStatisticsType`.
pub const COLUMN_STATISTICS_TYPE: &[&str] =
    &["BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "LONG", "STRING", "BINARY"];
/// The values of `Comparator`.
pub const COMPARATOR: &[&str] =
    &["EQUALS", "GREATER_THAN", "LESS_THAN", "GREATER_THAN_EQUALS", "LESS_THAN_EQUALS"];
/// The values of `Compatibility`.
pub const COMPATIBILITY: &[&str] =
    &["NONE", "DISABLED", "BACKWARD", "BACKWARD_ALL", "FORWARD", "FORWARD_ALL", "FULL", "FULL_ALL"];
/// The values of `ComputeEnvironment`.
pub const COMPUTE_ENVIRONMENT: &[&str] = &["SPARK", "ATHENA", "PYTHON"];
/// The values of `ConnectionPropertyKey`.
pub const CONNECTION_PROPERTY_KEY: &[&str] = &[
    "HOST",
    "PORT",
    "USERNAME",
    "PASSWORD",
    "ENCRYPTED_PASSWORD",
    "JDBC_DRIVER_JAR_URI",
    "JDBC_DRIVER_CLASS_NAME",
    "JDBC_ENGINE",
    "JDBC_ENGINE_VERSION",
    "CONFIG_FILES",
    "INSTANCE_ID",
    "JDBC_CONNECTION_URL",
    "JDBC_ENFORCE_SSL",
    "CUSTOM_JDBC_CERT",
    "SKIP_CUSTOM_JDBC_CERT_VALIDATION",
    "CUSTOM_JDBC_CERT_STRING",
    "CONNECTION_URL",
    "KAFKA_BOOTSTRAP_SERVERS",
    "KAFKA_SSL_ENABLED",
    "KAFKA_CUSTOM_CERT",
    "KAFKA_SKIP_CUSTOM_CERT_VALIDATION",
    "KAFKA_CLIENT_KEYSTORE",
    "KAFKA_CLIENT_KEYSTORE_PASSWORD",
    "KAFKA_CLIENT_KEY_PASSWORD",
    "ENCRYPTED_KAFKA_CLIENT_KEYSTORE_PASSWORD",
    "ENCRYPTED_KAFKA_CLIENT_KEY_PASSWORD",
    "KAFKA_SASL_MECHANISM",
    "KAFKA_SASL_PLAIN_USERNAME",
    "KAFKA_SASL_PLAIN_PASSWORD",
    "ENCRYPTED_KAFKA_SASL_PLAIN_PASSWORD",
    "KAFKA_SASL_SCRAM_USERNAME",
    "KAFKA_SASL_SCRAM_PASSWORD",
    "KAFKA_SASL_SCRAM_SECRETS_ARN",
    "ENCRYPTED_KAFKA_SASL_SCRAM_PASSWORD",
    "KAFKA_SASL_GSSAPI_KEYTAB",
    "KAFKA_SASL_GSSAPI_KRB5_CONF",
    "KAFKA_SASL_GSSAPI_SERVICE",
    "KAFKA_SASL_GSSAPI_PRINCIPAL",
    "SECRET_ID",
    "CONNECTOR_URL",
    "CONNECTOR_TYPE",
    "CONNECTOR_CLASS_NAME",
    "ENDPOINT",
    "ENDPOINT_TYPE",
    "ROLE_ARN",
    "REGION",
    "WORKGROUP_NAME",
    "CLUSTER_IDENTIFIER",
    "DATABASE",
];
/// The values of `ConnectionStatus`.
pub const CONNECTION_STATUS: &[&str] = &["READY", "IN_PROGRESS", "FAILED"];
/// The values of `ConnectionType`.
pub const CONNECTION_TYPE: &[&str] = &[
    "JDBC",
    "SFTP",
    "MONGODB",
    "KAFKA",
    "NETWORK",
    "MARKETPLACE",
    "CUSTOM",
    "SALESFORCE",
    "VIEW_VALIDATION_REDSHIFT",
    "VIEW_VALIDATION_ATHENA",
    "GOOGLEADS",
    "GOOGLESHEETS",
    "GOOGLEANALYTICS4",
    "SERVICENOW",
    "MARKETO",
    "SAPODATA",
    "ZENDESK",
    "JIRACLOUD",
    "NETSUITEERP",
    "HUBSPOT",
    "FACEBOOKADS",
    "INSTAGRAMADS",
    "ZOHOCRM",
    "SALESFORCEPARDOT",
    "SALESFORCEMARKETINGCLOUD",
    "ADOBEANALYTICS",
    "SLACK",
    "LINKEDIN",
    "MIXPANEL",
    "ASANA",
    "STRIPE",
    "SMARTSHEET",
    "DATADOG",
    "WOOCOMMERCE",
    "INTERCOM",
    "SNAPCHATADS",
    "PAYPAL",
    "QUICKBOOKS",
    "FACEBOOKPAGEINSIGHTS",
    "FRESHDESK",
    "TWILIO",
    "DOCUSIGNMONITOR",
    "FRESHSALES",
    "ZOOM",
    "GOOGLESEARCHCONSOLE",
    "SALESFORCECOMMERCECLOUD",
    "SAPCONCUR",
    "DYNATRACE",
    "MICROSOFTDYNAMIC365FINANCEANDOPS",
    "MICROSOFTTEAMS",
    "BLACKBAUDRAISEREDGENXT",
    "MAILCHIMP",
    "GITLAB",
    "PENDO",
    "PRODUCTBOARD",
    "CIRCLECI",
    "PIPEDIVE",
    "SENDGRID",
    "AZURECOSMOS",
    "AZURESQL",
    "BIGQUERY",
    "BLACKBAUD",
    "CLOUDERAHIVE",
    "CLOUDERAIMPALA",
    "CLOUDWATCH",
    "CLOUDWATCHMETRICS",
    "CMDB",
    "DATALAKEGEN2",
    "DB2",
    "DB2AS400",
    "DOCUMENTDB",
    "DOMO",
    "DYNAMODB",
    "GOOGLECLOUDSTORAGE",
    "HBASE",
    "KUSTOMER",
    "MICROSOFTDYNAMICS365CRM",
    "MONDAY",
    "MYSQL",
    "OKTA",
    "OPENSEARCH",
    "ORACLE",
    "PIPEDRIVE",
    "POSTGRESQL",
    "SAPHANA",
    "SQLSERVER",
    "SYNAPSE",
    "TERADATA",
    "TERADATANOS",
    "TIMESTREAM",
    "TPCDS",
    "VERTICA",
];
/// The values of `CrawlerHistoryState`.
pub const CRAWLER_HISTORY_STATE: &[&str] = &["RUNNING", "COMPLETED", "FAILED", "STOPPED"];
/// The values of `CrawlerLineageSettings`.
pub const CRAWLER_LINEAGE_SETTINGS: &[&str] = &["ENABLE", "DISABLE"];
/// The values of `CrawlerState`.
pub const CRAWLER_STATE: &[&str] = &["READY", "RUNNING", "STOPPING"];
/// The values of `CsvHeaderOption`.
pub const CSV_HEADER_OPTION: &[&str] = &["UNKNOWN", "PRESENT", "ABSENT"];
/// The values of `CsvSerdeOption`.
pub const CSV_SERDE_OPTION: &[&str] = &["OpenCSVSerDe", "LazySimpleSerDe", "None"];
/// The values of `DataFormat`.
pub const DATA_FORMAT: &[&str] = &["AVRO", "JSON", "PROTOBUF"];
/// The values of `DataQualityEncryptionMode`.
pub const DATA_QUALITY_ENCRYPTION_MODE: &[&str] = &["DISABLED", "SSE-KMS"];
/// The values of `DatabaseAttributes`.
pub const DATABASE_ATTRIBUTES: &[&str] = &["NAME", "TARGET_DATABASE"];
/// The values of `DeleteBehavior`.
pub const DELETE_BEHAVIOR: &[&str] = &["LOG", "DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE"];
/// The values of `EnableHybridValues`.
pub const ENABLE_HYBRID_VALUES: &[&str] = &["TRUE", "FALSE"];
/// The values of `ExistCondition`.
pub const EXIST_CONDITION: &[&str] = &["MUST_EXIST", "NOT_EXIST", "NONE"];
/// The values of `FieldName`.
pub const FIELD_NAME: &[&str] = &["CRAWL_ID", "STATE", "START_TIME", "END_TIME", "DPU_HOUR"];
/// The values of `FilterOperator`.
pub const FILTER_OPERATOR: &[&str] = &["GT", "GE", "LT", "LE", "EQ", "NE"];
/// The values of `FunctionType`.
pub const FUNCTION_TYPE: &[&str] = &["REGULAR_FUNCTION", "AGGREGATE_FUNCTION", "STORED_PROCEDURE"];
/// The values of `GovernanceMode`.
pub const GOVERNANCE_MODE: &[&str] = &["IAM_ONLY", "LAKE_FORMATION"];
/// The values of `IcebergNullOrder`.
pub const ICEBERG_NULL_ORDER: &[&str] = &["nulls-first", "nulls-last"];
/// The values of `IcebergSortDirection`.
pub const ICEBERG_SORT_DIRECTION: &[&str] = &["asc", "desc"];
/// The values of `IcebergStructTypeEnum`.
pub const ICEBERG_STRUCT_TYPE_ENUM: &[&str] = &["struct"];
/// The values of `IcebergUpdateAction`.
pub const ICEBERG_UPDATE_ACTION: &[&str] = &[
    "add-schema",
    "set-current-schema",
    "add-spec",
    "set-default-spec",
    "add-sort-order",
    "set-default-sort-order",
    "set-location",
    "set-properties",
    "remove-properties",
    "add-encryption-key",
    "remove-encryption-key",
];
/// The values of `JdbcMetadataEntry`.
pub const JDBC_METADATA_ENTRY: &[&str] = &["COMMENTS", "RAWTYPES"];
/// The values of `JobBookmarksEncryptionMode`.
pub const JOB_BOOKMARKS_ENCRYPTION_MODE: &[&str] = &["DISABLED", "CSE-KMS"];
/// The values of `LastCrawlStatus`.
pub const LAST_CRAWL_STATUS: &[&str] = &["SUCCEEDED", "CANCELLED", "FAILED"];
/// The values of `LastRefreshType`.
pub const LAST_REFRESH_TYPE: &[&str] = &["FULL", "INCREMENTAL"];
/// The values of `MetadataOperation`.
pub const METADATA_OPERATION: &[&str] = &["CREATE"];
/// The values of `OAuth2GrantType`.
pub const O_AUTH2_GRANT_TYPE: &[&str] =
    &["AUTHORIZATION_CODE", "CLIENT_CREDENTIALS", "JWT_BEARER", "REFRESH_TOKEN"];
/// The values of `PartitionIndexStatus`.
pub const PARTITION_INDEX_STATUS: &[&str] = &["CREATING", "ACTIVE", "DELETING", "FAILED"];
/// The values of `Permission`.
pub const PERMISSION: &[&str] = &[
    "ALL",
    "SELECT",
    "ALTER",
    "DROP",
    "DELETE",
    "INSERT",
    "CREATE_DATABASE",
    "CREATE_TABLE",
    "DATA_LOCATION_ACCESS",
];
/// The values of `PrincipalType`.
pub const PRINCIPAL_TYPE: &[&str] = &["USER", "ROLE", "GROUP"];
/// The values of `RecrawlBehavior`.
pub const RECRAWL_BEHAVIOR: &[&str] = &["CRAWL_EVERYTHING", "CRAWL_NEW_FOLDERS_ONLY", "CRAWL_EVENT_MODE"];
/// The values of `RegistryStatus`.
pub const REGISTRY_STATUS: &[&str] = &["AVAILABLE", "DELETING"];
/// The values of `ResourceAction`.
pub const RESOURCE_ACTION: &[&str] = &["UPDATE", "CREATE"];
/// The values of `ResourceShareType`.
pub const RESOURCE_SHARE_TYPE: &[&str] = &["FOREIGN", "ALL", "FEDERATED"];
/// The values of `ResourceState`.
pub const RESOURCE_STATE: &[&str] = &["QUEUED", "IN_PROGRESS", "SUCCESS", "STOPPED", "FAILED"];
/// The values of `ResourceType`.
pub const RESOURCE_TYPE: &[&str] = &["JAR", "FILE", "ARCHIVE"];
/// The values of `S3EncryptionMode`.
pub const S3_ENCRYPTION_MODE: &[&str] = &["DISABLED", "SSE-KMS", "SSE-S3"];
/// The values of `ScheduleState`.
pub const SCHEDULE_STATE: &[&str] = &["SCHEDULED", "NOT_SCHEDULED", "TRANSITIONING"];
/// The values of `SchemaDiffType`.
pub const SCHEMA_DIFF_TYPE: &[&str] = &["SYNTAX_DIFF"];
/// The values of `SchemaStatus`.
pub const SCHEMA_STATUS: &[&str] = &["AVAILABLE", "PENDING", "DELETING"];
/// The values of `SchemaVersionStatus`.
pub const SCHEMA_VERSION_STATUS: &[&str] = &["AVAILABLE", "PENDING", "FAILURE", "DELETING"];
/// The values of `Sort`.
pub const SORT: &[&str] = &["ASC", "DESC"];
/// The values of `SubObjectSourceType`.
pub const SUB_OBJECT_SOURCE_TYPE: &[&str] =
    &["HIVE_PARQUET", "HIVE_ORC", "HIVE_CSV", "HIVE_JSON", "PLAIN_PARQUET", "ICEBERG"];
/// The values of `TableAttributes`.
pub const TABLE_ATTRIBUTES: &[&str] = &["NAME", "TABLE_TYPE", "DEFAULT", "LATEST_ICEBERG_METADATA"];
/// The values of `TableResourceShareType`.
pub const TABLE_RESOURCE_SHARE_TYPE: &[&str] = &["FEDERATED", "ALL"];
/// The values of `UpdateBehavior`.
pub const UPDATE_BEHAVIOR: &[&str] = &["LOG", "UPDATE_IN_DATABASE"];
/// The values of `ViewDialect`.
pub const VIEW_DIALECT: &[&str] = &["REDSHIFT", "ATHENA", "SPARK"];
/// The values of `ViewUpdateAction`.
pub const VIEW_UPDATE_ACTION: &[&str] = &["ADD", "REPLACE", "ADD_OR_REPLACE", "DROP"];
