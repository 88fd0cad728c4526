//! The tables of `lambda`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `lambda`.
pub static LAMBDA: wire::Service = wire::Service {
    name: "lambda",
    signing_name: "lambda",
    target_prefix: "",
    version: "2015-03-31",
    protocol: wire::Protocol::RestJson,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AddLayerVersionPermission" AddLayerVersionPermissionRequest => AddLayerVersionPermissionResponse [http("POST", "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy", 201)];
    "AddPermission" AddPermissionRequest => AddPermissionResponse [http("POST", "/2015-03-31/functions/{FunctionName}/policy", 201)];
    "CheckpointDurableExecution" CheckpointDurableExecutionRequest => CheckpointDurableExecutionResponse [http("POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint", 200)];
    "CreateAlias" CreateAliasRequest => AliasConfiguration [http("POST", "/2015-03-31/functions/{FunctionName}/aliases", 201)];
    "CreateCapacityProvider" CreateCapacityProviderRequest => CreateCapacityProviderResponse [http("POST", "/2025-11-30/capacity-providers", 202)];
    "CreateCodeSigningConfig" CreateCodeSigningConfigRequest => CreateCodeSigningConfigResponse [http("POST", "/2020-04-22/code-signing-configs", 201)];
    "CreateEventSourceMapping" CreateEventSourceMappingRequest => EventSourceMappingConfiguration [http("POST", "/2015-03-31/event-source-mappings", 202)];
    "CreateFunction" CreateFunctionRequest => FunctionConfiguration [http("POST", "/2015-03-31/functions", 201)];
    "CreateFunctionUrlConfig" CreateFunctionUrlConfigRequest => CreateFunctionUrlConfigResponse [http("POST", "/2021-10-31/functions/{FunctionName}/url", 201)];
    "DeleteAlias" DeleteAliasRequest => () [http("DELETE", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", 204)];
    "DeleteCapacityProvider" DeleteCapacityProviderRequest => DeleteCapacityProviderResponse [http("DELETE", "/2025-11-30/capacity-providers/{CapacityProviderName}", 202)];
    "DeleteCodeSigningConfig" DeleteCodeSigningConfigRequest => DeleteCodeSigningConfigResponse [http("DELETE", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", 204)];
    "DeleteDurableExecution" DeleteDurableExecutionRequest => DeleteDurableExecutionResponse [http("DELETE", "/2025-12-01/durable-executions/{DurableExecutionArn}", 202)];
    "DeleteEventSourceMapping" DeleteEventSourceMappingRequest => EventSourceMappingConfiguration [http("DELETE", "/2015-03-31/event-source-mappings/{UUID}", 202)];
    "DeleteFunction" DeleteFunctionRequest => DeleteFunctionResponse [http("DELETE", "/2015-03-31/functions/{FunctionName}", 200)];
    "DeleteFunctionCodeSigningConfig" DeleteFunctionCodeSigningConfigRequest => () [http("DELETE", "/2020-06-30/functions/{FunctionName}/code-signing-config", 204)];
    "DeleteFunctionConcurrency" DeleteFunctionConcurrencyRequest => () [http("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency", 204)];
    "DeleteFunctionEventInvokeConfig" DeleteFunctionEventInvokeConfigRequest => () [http("DELETE", "/2019-09-25/functions/{FunctionName}/event-invoke-config", 204)];
    "DeleteFunctionUrlConfig" DeleteFunctionUrlConfigRequest => () [http("DELETE", "/2021-10-31/functions/{FunctionName}/url", 204)];
    "DeleteLayerVersion" DeleteLayerVersionRequest => () [http("DELETE", "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}", 204)];
    "DeleteProvisionedConcurrencyConfig" DeleteProvisionedConcurrencyConfigRequest => () [http("DELETE", "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", 204)];
    "DeleteResourcePolicy" DeleteResourcePolicyRequest => () [http("DELETE", "/2026-07-09/resource-policy/{ResourceArn}", 204)];
    "GetAccountSettings" GetAccountSettingsRequest => GetAccountSettingsResponse [http("GET", "/2016-08-19/account-settings", 200)];
    "GetAlias" GetAliasRequest => AliasConfiguration [http("GET", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", 200)];
    "GetCapacityProvider" GetCapacityProviderRequest => GetCapacityProviderResponse [http("GET", "/2025-11-30/capacity-providers/{CapacityProviderName}", 200)];
    "GetCodeSigningConfig" GetCodeSigningConfigRequest => GetCodeSigningConfigResponse [http("GET", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", 200)];
    "GetDurableExecution" GetDurableExecutionRequest => GetDurableExecutionResponse [http("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}", 200)];
    "GetDurableExecutionHistory" GetDurableExecutionHistoryRequest => GetDurableExecutionHistoryResponse [http("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/history", 200)];
    "GetDurableExecutionState" GetDurableExecutionStateRequest => GetDurableExecutionStateResponse [http("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/state", 200)];
    "GetEventSourceMapping" GetEventSourceMappingRequest => EventSourceMappingConfiguration [http("GET", "/2015-03-31/event-source-mappings/{UUID}", 200)];
    "GetFunction" GetFunctionRequest => GetFunctionResponse [http("GET", "/2015-03-31/functions/{FunctionName}", 200)];
    "GetFunctionCodeSigningConfig" GetFunctionCodeSigningConfigRequest => GetFunctionCodeSigningConfigResponse [http("GET", "/2020-06-30/functions/{FunctionName}/code-signing-config", 200)];
    "GetFunctionConcurrency" GetFunctionConcurrencyRequest => GetFunctionConcurrencyResponse [http("GET", "/2019-09-30/functions/{FunctionName}/concurrency", 200)];
    "GetFunctionConfiguration" GetFunctionConfigurationRequest => FunctionConfiguration [http("GET", "/2015-03-31/functions/{FunctionName}/configuration", 200)];
    "GetFunctionEventInvokeConfig" GetFunctionEventInvokeConfigRequest => FunctionEventInvokeConfig [http("GET", "/2019-09-25/functions/{FunctionName}/event-invoke-config", 200)];
    "GetFunctionRecursionConfig" GetFunctionRecursionConfigRequest => GetFunctionRecursionConfigResponse [http("GET", "/2024-08-31/functions/{FunctionName}/recursion-config", 200)];
    "GetFunctionScalingConfig" GetFunctionScalingConfigRequest => GetFunctionScalingConfigResponse [http("GET", "/2025-11-30/functions/{FunctionName}/function-scaling-config", 200)];
    "GetFunctionUrlConfig" GetFunctionUrlConfigRequest => GetFunctionUrlConfigResponse [http("GET", "/2021-10-31/functions/{FunctionName}/url", 200)];
    "GetLayerVersion" GetLayerVersionRequest => GetLayerVersionResponse [http("GET", "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}", 200)];
    "GetLayerVersionByArn" GetLayerVersionByArnRequest => GetLayerVersionResponse [http("GET", "/2018-10-31/layers?find=LayerVersion", 200)];
    "GetLayerVersionPolicy" GetLayerVersionPolicyRequest => GetLayerVersionPolicyResponse [http("GET", "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy", 200)];
    "GetPolicy" GetPolicyRequest => GetPolicyResponse [http("GET", "/2015-03-31/functions/{FunctionName}/policy", 200)];
    "GetProvisionedConcurrencyConfig" GetProvisionedConcurrencyConfigRequest => GetProvisionedConcurrencyConfigResponse [http("GET", "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", 200)];
    "GetResourcePolicy" GetResourcePolicyRequest => GetResourcePolicyResponse [http("GET", "/2026-07-09/resource-policy/{ResourceArn}", 200)];
    "GetRuntimeManagementConfig" GetRuntimeManagementConfigRequest => GetRuntimeManagementConfigResponse [http("GET", "/2021-07-20/functions/{FunctionName}/runtime-management-config", 200)];
    "Invoke" InvocationRequest => InvocationResponse [http("POST", "/2015-03-31/functions/{FunctionName}/invocations", 200)];
    "InvokeAsync" InvokeAsyncRequest => InvokeAsyncResponse [http("POST", "/2014-11-13/functions/{FunctionName}/invoke-async", 202)];
    "InvokeWithResponseStream" InvokeWithResponseStreamRequest => InvokeWithResponseStreamResponse [http("POST", "/2021-11-15/functions/{FunctionName}/response-streaming-invocations", 200)];
    "ListAliases" ListAliasesRequest => ListAliasesResponse [http("GET", "/2015-03-31/functions/{FunctionName}/aliases", 200)];
    "ListCapacityProviders" ListCapacityProvidersRequest => ListCapacityProvidersResponse [http("GET", "/2025-11-30/capacity-providers", 200)];
    "ListCodeSigningConfigs" ListCodeSigningConfigsRequest => ListCodeSigningConfigsResponse [http("GET", "/2020-04-22/code-signing-configs", 200)];
    "ListDurableExecutionsByFunction" ListDurableExecutionsByFunctionRequest => ListDurableExecutionsByFunctionResponse [http("GET", "/2025-12-01/functions/{FunctionName}/durable-executions", 200)];
    "ListEventSourceMappings" ListEventSourceMappingsRequest => ListEventSourceMappingsResponse [http("GET", "/2015-03-31/event-source-mappings", 200)];
    "ListFunctionEventInvokeConfigs" ListFunctionEventInvokeConfigsRequest => ListFunctionEventInvokeConfigsResponse [http("GET", "/2019-09-25/functions/{FunctionName}/event-invoke-config/list", 200)];
    "ListFunctionUrlConfigs" ListFunctionUrlConfigsRequest => ListFunctionUrlConfigsResponse [http("GET", "/2021-10-31/functions/{FunctionName}/urls", 200)];
    "ListFunctionVersionsByCapacityProvider" ListFunctionVersionsByCapacityProviderRequest => ListFunctionVersionsByCapacityProviderResponse [http("GET", "/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions", 200)];
    "ListFunctions" ListFunctionsRequest => ListFunctionsResponse [http("GET", "/2015-03-31/functions", 200)];
    "ListFunctionsByCodeSigningConfig" ListFunctionsByCodeSigningConfigRequest => ListFunctionsByCodeSigningConfigResponse [http("GET", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions", 200)];
    "ListLayerVersions" ListLayerVersionsRequest => ListLayerVersionsResponse [http("GET", "/2018-10-31/layers/{LayerName}/versions", 200)];
    "ListLayers" ListLayersRequest => ListLayersResponse [http("GET", "/2018-10-31/layers", 200)];
    "ListProvisionedConcurrencyConfigs" ListProvisionedConcurrencyConfigsRequest => ListProvisionedConcurrencyConfigsResponse [http("GET", "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL", 200)];
    "ListTags" ListTagsRequest => ListTagsResponse [http("GET", "/2017-03-31/tags/{Resource}", 200)];
    "ListVersionsByFunction" ListVersionsByFunctionRequest => ListVersionsByFunctionResponse [http("GET", "/2015-03-31/functions/{FunctionName}/versions", 200)];
    "PauseDurableExecution" PauseDurableExecutionRequest => PauseDurableExecutionResponse [http("POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/pause", 202)];
    "PublishLayerVersion" PublishLayerVersionRequest => PublishLayerVersionResponse [http("POST", "/2018-10-31/layers/{LayerName}/versions", 201)];
    "PublishVersion" PublishVersionRequest => FunctionConfiguration [http("POST", "/2015-03-31/functions/{FunctionName}/versions", 201)];
    "PutFunctionCodeSigningConfig" PutFunctionCodeSigningConfigRequest => PutFunctionCodeSigningConfigResponse [http("PUT", "/2020-06-30/functions/{FunctionName}/code-signing-config", 200)];
    "PutFunctionConcurrency" PutFunctionConcurrencyRequest => Concurrency [http("PUT", "/2017-10-31/functions/{FunctionName}/concurrency", 200)];
    "PutFunctionEventInvokeConfig" PutFunctionEventInvokeConfigRequest => FunctionEventInvokeConfig [http("PUT", "/2019-09-25/functions/{FunctionName}/event-invoke-config", 200)];
    "PutFunctionRecursionConfig" PutFunctionRecursionConfigRequest => PutFunctionRecursionConfigResponse [http("PUT", "/2024-08-31/functions/{FunctionName}/recursion-config", 200)];
    "PutFunctionScalingConfig" PutFunctionScalingConfigRequest => PutFunctionScalingConfigResponse [http("PUT", "/2025-11-30/functions/{FunctionName}/function-scaling-config", 202)];
    "PutProvisionedConcurrencyConfig" PutProvisionedConcurrencyConfigRequest => PutProvisionedConcurrencyConfigResponse [http("PUT", "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", 202)];
    "PutResourcePolicy" PutResourcePolicyRequest => PutResourcePolicyResponse [http("PUT", "/2026-07-09/resource-policy/{ResourceArn}", 200)];
    "PutRuntimeManagementConfig" PutRuntimeManagementConfigRequest => PutRuntimeManagementConfigResponse [http("PUT", "/2021-07-20/functions/{FunctionName}/runtime-management-config", 200)];
    "RemoveLayerVersionPermission" RemoveLayerVersionPermissionRequest => () [http("DELETE", "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}", 204)];
    "RemovePermission" RemovePermissionRequest => () [http("DELETE", "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", 204)];
    "ResumeDurableExecution" ResumeDurableExecutionRequest => ResumeDurableExecutionResponse [http("POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/resume", 202)];
    "SendDurableExecutionCallbackFailure" SendDurableExecutionCallbackFailureRequest => SendDurableExecutionCallbackFailureResponse [http("POST", "/2025-12-01/durable-execution-callbacks/{CallbackId}/fail", 200)];
    "SendDurableExecutionCallbackHeartbeat" SendDurableExecutionCallbackHeartbeatRequest => SendDurableExecutionCallbackHeartbeatResponse [http("POST", "/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat", 200)];
    "SendDurableExecutionCallbackSuccess" SendDurableExecutionCallbackSuccessRequest => SendDurableExecutionCallbackSuccessResponse [http("POST", "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed", 200)];
    "StopDurableExecution" StopDurableExecutionRequest => StopDurableExecutionResponse [http("POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/stop", 200)];
    "TagResource" TagResourceRequest => () [http("POST", "/2017-03-31/tags/{Resource}", 204)];
    "UntagResource" UntagResourceRequest => () [http("DELETE", "/2017-03-31/tags/{Resource}", 204)];
    "UpdateAlias" UpdateAliasRequest => AliasConfiguration [http("PUT", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", 200)];
    "UpdateCapacityProvider" UpdateCapacityProviderRequest => UpdateCapacityProviderResponse [http("PUT", "/2025-11-30/capacity-providers/{CapacityProviderName}", 202)];
    "UpdateCodeSigningConfig" UpdateCodeSigningConfigRequest => UpdateCodeSigningConfigResponse [http("PUT", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", 200)];
    "UpdateEventSourceMapping" UpdateEventSourceMappingRequest => EventSourceMappingConfiguration [http("PUT", "/2015-03-31/event-source-mappings/{UUID}", 202)];
    "UpdateFunctionCode" UpdateFunctionCodeRequest => FunctionConfiguration [http("PUT", "/2015-03-31/functions/{FunctionName}/code", 200)];
    "UpdateFunctionConfiguration" UpdateFunctionConfigurationRequest => FunctionConfiguration [http("PUT", "/2015-03-31/functions/{FunctionName}/configuration", 200)];
    "UpdateFunctionEventInvokeConfig" UpdateFunctionEventInvokeConfigRequest => FunctionEventInvokeConfig [http("POST", "/2019-09-25/functions/{FunctionName}/event-invoke-config", 200)];
    "UpdateFunctionUrlConfig" UpdateFunctionUrlConfigRequest => UpdateFunctionUrlConfigResponse [http("PUT", "/2021-10-31/functions/{FunctionName}/url", 200)];
}

wire::errors! {
    "AliasLimitExceededException" "AliasLimitExceededException" 400 sender;
    "CallbackTimeoutException" "CallbackTimeoutException" 400 sender;
    "CapacityProviderLimitExceededException" "CapacityProviderLimitExceededException" 400 sender;
    "CodeArtifactUserDeletedException" "CodeArtifactUserDeletedException" 409 sender;
    "CodeArtifactUserFailedException" "CodeArtifactUserFailedException" 409 sender;
    "CodeArtifactUserPendingException" "CodeArtifactUserPendingException" 409 sender;
    "CodeSigningConfigNotFoundException" "CodeSigningConfigNotFoundException" 404 sender;
    "CodeStorageExceededException" "CodeStorageExceededException" 400 sender;
    "CodeVerificationFailedException" "CodeVerificationFailedException" 400 sender;
    "DurableExecutionAlreadyStartedException" "DurableExecutionAlreadyStartedException" 409 sender;
    "EC2AccessDeniedException" "EC2AccessDeniedException" 502 receiver;
    "EC2ThrottledException" "EC2ThrottledException" 502 receiver;
    "EC2UnexpectedException" "EC2UnexpectedException" 502 receiver;
    "EFSIOException" "EFSIOException" 410 sender;
    "EFSMountConnectivityException" "EFSMountConnectivityException" 408 sender;
    "EFSMountFailureException" "EFSMountFailureException" 403 sender;
    "EFSMountTimeoutException" "EFSMountTimeoutException" 408 sender;
    "ENILimitReachedException" "ENILimitReachedException" 502 receiver;
    "ENINotReadyException" "ENINotReadyException" 502 receiver;
    "FunctionVersionsPerCapacityProviderLimitExceededException" "FunctionVersionsPerCapacityProviderLimitExceededException" 400 sender;
    "InvalidCodeSignatureException" "InvalidCodeSignatureException" 400 sender;
    "InvalidParameterValueException" "InvalidParameterValueException" 400 sender;
    "InvalidRequestContentException" "InvalidRequestContentException" 400 sender;
    "InvalidRuntimeException" "InvalidRuntimeException" 502 receiver;
    "InvalidSecurityGroupIDException" "InvalidSecurityGroupIDException" 502 receiver;
    "InvalidSubnetIDException" "InvalidSubnetIDException" 502 receiver;
    "InvalidZipFileException" "InvalidZipFileException" 502 receiver;
    "KMSAccessDeniedException" "KMSAccessDeniedException" 502 receiver;
    "KMSDisabledException" "KMSDisabledException" 502 receiver;
    "KMSInvalidStateException" "KMSInvalidStateException" 502 receiver;
    "KMSNotFoundException" "KMSNotFoundException" 502 receiver;
    "ModeNotSupportedException" "ModeNotSupportedException" 400 sender;
    "NoPublishedVersionException" "NoPublishedVersionException" 400 sender;
    "PolicyLengthExceededException" "PolicyLengthExceededException" 400 sender;
    "PreconditionFailedException" "PreconditionFailedException" 412 sender;
    "ProvisionedConcurrencyConfigNotFoundException" "ProvisionedConcurrencyConfigNotFoundException" 404 sender;
    "PublicPolicyException" "PublicPolicyException" 400 sender;
    "RecursiveInvocationException" "RecursiveInvocationException" 400 sender;
    "RequestTooLargeException" "RequestTooLargeException" 413 sender;
    "ResourceConflictException" "ResourceConflictException" 409 sender;
    "ResourceInUseException" "ResourceInUseException" 400 sender;
    "ResourceNotFoundException" "ResourceNotFoundException" 404 sender;
    "ResourceNotReadyException" "ResourceNotReadyException" 502 receiver;
    "RuntimeAliasDeletedException" "RuntimeAliasDeletedException" 409 sender;
    "RuntimeVersionDeletedException" "RuntimeVersionDeletedException" 409 sender;
    "S3FilesMountConnectivityException" "S3FilesMountConnectivityException" 408 sender;
    "S3FilesMountFailureException" "S3FilesMountFailureException" 403 sender;
    "S3FilesMountTimeoutException" "S3FilesMountTimeoutException" 408 sender;
    "SerializedRequestEntityTooLargeException" "SerializedRequestEntityTooLargeException" 413 sender;
    "ServiceException" "ServiceException" 500 receiver;
    "ServiceQuotaExceededException" "ServiceQuotaExceededException" 402 sender;
    "SnapStartException" "SnapStartException" 400 sender;
    "SnapStartNotReadyException" "SnapStartNotReadyException" 409 sender;
    "SnapStartRegenerationFailureException" "SnapStartRegenerationFailureException" 409 sender;
    "SnapStartTimeoutException" "SnapStartTimeoutException" 408 sender;
    "SubnetIPAddressLimitReachedException" "SubnetIPAddressLimitReachedException" 502 receiver;
    "TooManyRequestsException" "TooManyRequestsException" 429 sender;
    "UnsupportedMediaTypeException" "UnsupportedMediaTypeException" 415 sender;
}

wire::shape! { AcceleratorConfig
    0 "AcceleratorMemorySize" accelerator_memory_size: i32 [required];
}

wire::shape! { AccountLimit
    0 "TotalCodeSize" total_code_size: i64;
    1 "CodeSizeUnzipped" code_size_unzipped: i64;
    2 "CodeSizeZipped" code_size_zipped: i64;
    3 "ConcurrentExecutions" concurrent_executions: i32;
    4 "UnreservedConcurrentExecutions" unreserved_concurrent_executions: i32 [min(0)];
}

wire::shape! { AccountUsage
    0 "TotalCodeSize" total_code_size: i64;
    1 "FunctionCount" function_count: i64;
}

wire::shape! { AddLayerVersionPermissionRequest
    0 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    1 "VersionNumber" version_number: i64 [required label("VersionNumber")];
    2 "StatementId" statement_id: String [required len(1, 100) like("([a-zA-Z0-9-_]+)")];
    3 "Action" action: String [required len_max(22) like("lambda:GetLayerVersion")];
    4 "Principal" principal: String [required len_max(10000) like(r"\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root")];
    5 "OrganizationId" organization_id: String [len_max(34) like("o-[a-z0-9]{10,32}")];
    6 "RevisionId" revision_id: String [query("RevisionId")];
}

wire::shape! { AddLayerVersionPermissionResponse
    0 "Statement" statement: String;
    1 "RevisionId" revision_id: String;
}

wire::shape! { AddPermissionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "StatementId" statement_id: String [required len(1, 100) like("([a-zA-Z0-9-_]+)")];
    2 "Action" action: String [required len_max(10000) like("(lambda:[*]|lambda:[a-zA-Z]+|[*])")];
    3 "Principal" principal: String [required len_max(2048) like(r"[^\s]+")];
    4 "SourceArn" source_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    5 "FunctionUrlAuthType" function_url_auth_type: String [one_of(FUNCTION_URL_AUTH_TYPE)];
    6 "InvokedViaFunctionUrl" invoked_via_function_url: bool;
    7 "SourceAccount" source_account: String [len_max(12) like(r"\d{12}")];
    8 "EventSourceToken" event_source_token: String [len_max(256) like(r"[a-zA-Z0-9._\-]+")];
    9 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    10 "RevisionId" revision_id: String;
    11 "PrincipalOrgID" principal_org_id: String [len(12, 34) like("o-[a-z0-9]{10,32}")];
}

wire::shape! { AddPermissionResponse
    0 "Statement" statement: String;
}

wire::shape! { AliasConfiguration
    0 "AliasArn" alias_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Name" name: String [len(1, 128) like_as("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"![0-9]+![a-zA-Z0-9\-_]+")];
    2 "FunctionVersion" function_version: String [len(1, 1024) like(r"(\$LATEST|[0-9]+)")];
    3 "Description" description: String [len_max(256)];
    4 "RoutingConfig" routing_config: AliasRoutingConfiguration;
    5 "RevisionId" revision_id: String;
}

wire::shape! { AliasRoutingConfiguration
    0 "AdditionalVersionWeights" additional_version_weights: BTreeMap<String, f64> [each(&ITEM.range(0, 1)) keys(&ITEM.len(1, 1024).like("[0-9]+"))];
}

wire::shape! { AllowedPublishers
    0 "SigningProfileVersionArns" signing_profile_version_arns: Vec<String> [required len(1, 20) each(&ITEM.len_max(10000).like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)"))];
}

wire::shape! { AmazonManagedKafkaEventSourceConfig
    0 "ConsumerGroupId" consumer_group_id: String [len(1, 200) like(r"[ a-zA-Z0-9-\/*:_+=.@-]*")];
    1 "SchemaRegistryConfig" schema_registry_config: KafkaSchemaRegistryConfig;
}

wire::shape! { CallbackDetails
    0 "CallbackId" callback_id: String [len(1, 1024) like("[A-Za-z0-9+/]+={0,2}")];
    1 "Result" result: String [len_max(6291456) sensitive];
    2 "Error" error: ErrorObject;
}

wire::shape! { CallbackFailedDetails
    0 "Error" error: EventError [required];
}

wire::shape! { CallbackOptions
    0 "TimeoutSeconds" timeout_seconds: i32 [range(0, 99999999)];
    1 "HeartbeatTimeoutSeconds" heartbeat_timeout_seconds: i32 [range(0, 99999999)];
}

wire::shape! { CallbackStartedDetails
    0 "CallbackId" callback_id: String [required len(1, 1024) like("[A-Za-z0-9+/]+={0,2}")];
    1 "HeartbeatTimeout" heartbeat_timeout: i32 [min(0)];
    2 "Timeout" timeout: i32 [min(0)];
}

wire::shape! { CallbackSucceededDetails
    0 "Result" result: EventResult [required];
}

wire::shape! { CallbackTimedOutDetails
    0 "Error" error: EventError [required];
}

wire::shape! { CapacityProvider
    0 "CapacityProviderArn" capacity_provider_arn: String [required len(1, 140) like(r"arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+")];
    1 "State" state: String [required one_of(CAPACITY_PROVIDER_STATE)];
    2 "VpcConfig" vpc_config: CapacityProviderVpcConfig [required];
    3 "PermissionsConfig" permissions_config: CapacityProviderPermissionsConfig [required];
    4 "InstanceRequirements" instance_requirements: InstanceRequirements;
    5 "CapacityProviderScalingConfig" capacity_provider_scaling_config: CapacityProviderScalingConfig;
    6 "KmsKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    7 "LastModified" last_modified: String [len_max(100) like(".*")];
    8 "PropagateTags" propagate_tags: PropagateTags;
    9 "TelemetryConfig" telemetry_config: CapacityProviderTelemetryConfig;
}

wire::shape! { CapacityProviderConfig
    0 "LambdaManagedInstancesCapacityProviderConfig" lambda_managed_instances_capacity_provider_config: LambdaManagedInstancesCapacityProviderConfig [required];
}

wire::shape! { CapacityProviderLoggingConfig
    0 "SystemLogLevel" system_log_level: String [one_of(SYSTEM_LOG_LEVEL)];
    1 "LogGroup" log_group: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
}

wire::shape! { CapacityProviderPermissionsConfig
    0 "CapacityProviderOperatorRoleArn" capacity_provider_operator_role_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+")];
}

wire::shape! { CapacityProviderScalingConfig
    0 "MaxVCpuCount" max_v_cpu_count: i32 [range(2, 15000)];
    1 "ScalingMode" scaling_mode: String [one_of(CAPACITY_PROVIDER_SCALING_MODE)];
    2 "ScalingPolicies" scaling_policies: Vec<TargetTrackingScalingPolicy> [len(1, 10)];
}

wire::shape! { CapacityProviderTelemetryConfig
    0 "LoggingConfig" logging_config: CapacityProviderLoggingConfig;
}

wire::shape! { CapacityProviderVpcConfig
    0 "SubnetIds" subnet_ids: Vec<String> [required len(1, 16) each(&ITEM.len_max(1024).like("subnet-[0-9a-z]*"))];
    1 "SecurityGroupIds" security_group_ids: Vec<String> [required len_max(5) each(&ITEM.len_max(1024).like("sg-[0-9a-zA-Z]*"))];
}

wire::shape! { ChainedInvokeDetails
    0 "Result" result: String [len_max(6291456) sensitive];
    1 "Error" error: ErrorObject;
}

wire::shape! { ChainedInvokeFailedDetails
    0 "Error" error: EventError [required];
}

wire::shape! { ChainedInvokeOptions
    0 "FunctionName" function_name: String [required len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "TenantId" tenant_id: String [len(1, 256) like(r"[a-zA-Z0-9\._:\/=+\-@ ]+")];
    2 "XAmznTraceId" x_amzn_trace_id: String [len_max(8192)];
}

wire::shape! { ChainedInvokeStartedDetails
    0 "FunctionName" function_name: String [required len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "TenantId" tenant_id: String [len(1, 256) like(r"[a-zA-Z0-9\._:\/=+\-@ ]+")];
    2 "Input" input: EventInput;
    3 "ExecutedVersion" executed_version: String [len(1, 1024) like(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)")];
    4 "DurableExecutionArn" durable_execution_arn: String [len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
}

wire::shape! { ChainedInvokeStoppedDetails
    0 "Error" error: EventError [required];
}

wire::shape! { ChainedInvokeSucceededDetails
    0 "Result" result: EventResult [required];
}

wire::shape! { ChainedInvokeTimedOutDetails
    0 "Error" error: EventError [required];
}

wire::shape! { CheckpointDurableExecutionRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "CheckpointToken" checkpoint_token: String [required len(1, 2048) like("[A-Za-z0-9+/]+={0,2}")];
    2 "Updates" updates: Vec<OperationUpdate>;
    3 "ClientToken" client_token: String [token len(1, 64) like(r"[\x21-\x7E]+")];
}

wire::shape! { CheckpointDurableExecutionResponse
    0 "CheckpointToken" checkpoint_token: String [len(1, 2048) like("[A-Za-z0-9+/]+={0,2}")];
    1 "NewExecutionState" new_execution_state: CheckpointUpdatedExecutionState [required];
}

wire::shape! { CheckpointUpdatedExecutionState
    0 "Operations" operations: Vec<Operation>;
    1 "NextMarker" next_marker: String;
}

wire::shape! { CodeSigningConfig
    0 "CodeSigningConfigId" code_signing_config_id: String [required like(r"csc-[a-zA-Z0-9-_\.]{17}")];
    1 "CodeSigningConfigArn" code_signing_config_arn: String [required len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    2 "Description" description: String [len_max(256)];
    3 "AllowedPublishers" allowed_publishers: AllowedPublishers [required];
    4 "CodeSigningPolicies" code_signing_policies: CodeSigningPolicies [required];
    5 "LastModified" last_modified: String [required len_max(100) like(".*")];
}

wire::shape! { CodeSigningPolicies
    0 "UntrustedArtifactOnDeployment" untrusted_artifact_on_deployment: String [one_of(CODE_SIGNING_POLICY)];
}

wire::shape! { Concurrency
    0 "ReservedConcurrentExecutions" reserved_concurrent_executions: i32 [min(0)];
}

wire::shape! { ContextDetails
    0 "ReplayChildren" replay_children: bool;
    1 "Result" result: String [len_max(6291456) sensitive];
    2 "Error" error: ErrorObject;
}

wire::shape! { ContextFailedDetails
    0 "Error" error: EventError [required];
}

wire::shape! { ContextOptions
    0 "ReplayChildren" replay_children: bool;
}

wire::shape! { ContextStartedDetails
}

wire::shape! { ContextSucceededDetails
    0 "Result" result: EventResult [required];
}

wire::shape! { Cors
    0 "AllowCredentials" allow_credentials: bool;
    1 "AllowHeaders" allow_headers: Vec<String> [len_max(100) each(&ITEM.len_max(1024).like(".*"))];
    2 "AllowMethods" allow_methods: Vec<String> [len_max(6) each(&ITEM.len_max(6).like(".*"))];
    3 "AllowOrigins" allow_origins: Vec<String> [len_max(100) each(&ITEM.len(1, 253).like(".*"))];
    4 "ExposeHeaders" expose_headers: Vec<String> [len_max(100) each(&ITEM.len_max(1024).like(".*"))];
    5 "MaxAge" max_age: i32 [range(0, 86400)];
}

wire::shape! { CreateAliasRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Name" name: String [required len(1, 128) like_as("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"![0-9]+![a-zA-Z0-9\-_]+")];
    2 "FunctionVersion" function_version: String [required len(1, 1024) like(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)")];
    3 "Description" description: String [len_max(256)];
    4 "RoutingConfig" routing_config: AliasRoutingConfiguration;
}

wire::shape! { CreateCapacityProviderRequest
    0 "CapacityProviderName" capacity_provider_name: String [required len(1, 140) like(r"(arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")];
    1 "VpcConfig" vpc_config: CapacityProviderVpcConfig [required];
    2 "PermissionsConfig" permissions_config: CapacityProviderPermissionsConfig [required];
    3 "InstanceRequirements" instance_requirements: InstanceRequirements;
    4 "CapacityProviderScalingConfig" capacity_provider_scaling_config: CapacityProviderScalingConfig;
    5 "KmsKeyArn" kms_key_arn: String [len_max(10000) like("arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*")];
    6 "Tags" tags: BTreeMap<String, String> [each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
    7 "PropagateTags" propagate_tags: PropagateTags;
    8 "TelemetryConfig" telemetry_config: CapacityProviderTelemetryConfig;
}

wire::shape! { CreateCapacityProviderResponse
    0 "CapacityProvider" capacity_provider: CapacityProvider [required];
}

wire::shape! { CreateCodeSigningConfigRequest
    0 "Description" description: String [len_max(256)];
    1 "AllowedPublishers" allowed_publishers: AllowedPublishers [required];
    2 "CodeSigningPolicies" code_signing_policies: CodeSigningPolicies;
    3 "Tags" tags: BTreeMap<String, String> [each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
}

wire::shape! { CreateCodeSigningConfigResponse
    0 "CodeSigningConfig" code_signing_config: CodeSigningConfig [required];
}

wire::shape! { CreateEventSourceMappingRequest
    0 "EventSourceArn" event_source_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    1 "FunctionName" function_name: String [required len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    2 "Enabled" enabled: bool;
    3 "BatchSize" batch_size: i32 [range(1, 10000)];
    4 "FilterCriteria" filter_criteria: FilterCriteria;
    5 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    6 "MetricsConfig" metrics_config: EventSourceMappingMetricsConfig;
    7 "LoggingConfig" logging_config: EventSourceMappingLoggingConfig;
    8 "ScalingConfig" scaling_config: ScalingConfig;
    9 "MaximumBatchingWindowInSeconds" maximum_batching_window_in_seconds: i32 [range(0, 300)];
    10 "ParallelizationFactor" parallelization_factor: i32 [range(1, 10)];
    11 "StartingPosition" starting_position: String [one_of(EVENT_SOURCE_POSITION)];
    12 "StartingPositionTimestamp" starting_position_timestamp: Timestamp;
    13 "DestinationConfig" destination_config: DestinationConfig;
    14 "MaximumRecordAgeInSeconds" maximum_record_age_in_seconds: i32 [range(-1, 604800)];
    15 "BisectBatchOnFunctionError" bisect_batch_on_function_error: bool;
    16 "MaximumRetryAttempts" maximum_retry_attempts: i32 [range(-1, 10000)];
    17 "Tags" tags: BTreeMap<String, String> [each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
    18 "TumblingWindowInSeconds" tumbling_window_in_seconds: i32 [range(0, 900)];
    19 "Topics" topics: Vec<String> [len(1, 1) each(&ITEM.len(1, 249).like(r"[^.]([a-zA-Z0-9\-_.]+)"))];
    20 "Queues" queues: Vec<String> [len(1, 1) each(&ITEM.len(1, 1000).like(r"[\s\S]*"))];
    21 "SourceAccessConfigurations" source_access_configurations: Vec<SourceAccessConfiguration> [len_max(23)];
    22 "SelfManagedEventSource" self_managed_event_source: SelfManagedEventSource;
    23 "FunctionResponseTypes" function_response_types: Vec<String> [len_max(1) each(&ITEM.one_of(FUNCTION_RESPONSE_TYPE))];
    24 "AmazonManagedKafkaEventSourceConfig" amazon_managed_kafka_event_source_config: AmazonManagedKafkaEventSourceConfig;
    25 "SelfManagedKafkaEventSourceConfig" self_managed_kafka_event_source_config: SelfManagedKafkaEventSourceConfig;
    26 "DocumentDBEventSourceConfig" document_db_event_source_config: DocumentDBEventSourceConfig;
    27 "ProvisionedPollerConfig" provisioned_poller_config: ProvisionedPollerConfig;
}

wire::shape! { CreateFunctionRequest
    0 "FunctionName" function_name: String [required len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Runtime" runtime: String [one_of(RUNTIME)];
    2 "Role" role: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+")];
    3 "Handler" handler: String [len_max(128) like(r"[^\s]+")];
    4 "Code" code: FunctionCode [required];
    5 "Description" description: String [len_max(256)];
    6 "Timeout" timeout: i32 [range(1, 5400)];
    7 "MemorySize" memory_size: i32 [range(128, 32768)];
    8 "Publish" publish: bool;
    9 "PublishTo" publish_to: String [one_of(FUNCTION_VERSION_LATEST_PUBLISHED)];
    10 "VpcConfig" vpc_config: VpcConfig;
    11 "PackageType" package_type: String [one_of(PACKAGE_TYPE)];
    12 "DeadLetterConfig" dead_letter_config: DeadLetterConfig;
    13 "Environment" environment: Environment;
    14 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    15 "TracingConfig" tracing_config: TracingConfig;
    16 "Tags" tags: BTreeMap<String, String> [each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
    17 "Layers" layers: Vec<String> [each(&ITEM.len(1, 2048).like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))"))];
    18 "FileSystemConfigs" file_system_configs: Vec<FileSystemConfig> [len_max(1)];
    19 "CodeSigningConfigArn" code_signing_config_arn: String [len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    20 "ImageConfig" image_config: ImageConfig;
    21 "Architectures" architectures: Vec<String> [len(1, 1) each(&ITEM.one_of(ARCHITECTURE))];
    22 "EphemeralStorage" ephemeral_storage: EphemeralStorage;
    23 "SnapStart" snap_start: SnapStart;
    24 "LoggingConfig" logging_config: LoggingConfig;
    25 "TenancyConfig" tenancy_config: TenancyConfig;
    26 "CapacityProviderConfig" capacity_provider_config: CapacityProviderConfig;
    27 "DurableConfig" durable_config: DurableConfig;
    28 "RuntimeConfig" runtime_config: FunctionRuntimeConfig;
    29 "AcceleratorConfig" accelerator_config: AcceleratorConfig;
}

wire::shape! { CreateFunctionUrlConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like_as(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?", r"(arn:(aws[a-zA-Z\-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9\-_]{1,64})(:([0-9]*[a-zA-Z\-_][0-9a-zA-Z\-_]*))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like_as(r"((?!^\d+$)^[0-9a-zA-Z-_]+$)", r"!\d+![0-9a-zA-Z\-_]+")];
    2 "AuthType" auth_type: String [required one_of(FUNCTION_URL_AUTH_TYPE)];
    3 "Cors" cors: Cors;
    4 "InvokeMode" invoke_mode: String [one_of(INVOKE_MODE)];
}

wire::shape! { CreateFunctionUrlConfigResponse
    0 "FunctionUrl" function_url: String [required len(40, 100)];
    1 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    2 "AuthType" auth_type: String [required one_of(FUNCTION_URL_AUTH_TYPE)];
    3 "Cors" cors: Cors;
    4 "CreationTime" creation_time: String [required len_max(100) like(".*")];
    5 "InvokeMode" invoke_mode: String [one_of(INVOKE_MODE)];
}

wire::shape! { DeadLetterConfig
    0 "TargetArn" target_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
}

wire::shape! { DeleteAliasRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Name" name: String [required label("Name") len(1, 128) like_as("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"![0-9]+![a-zA-Z0-9\-_]+")];
}

wire::shape! { DeleteCapacityProviderRequest
    0 "CapacityProviderName" capacity_provider_name: String [required label("CapacityProviderName") len(1, 140) like(r"(arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")];
}

wire::shape! { DeleteCapacityProviderResponse
    0 "CapacityProvider" capacity_provider: CapacityProvider [required];
}

wire::shape! { DeleteCodeSigningConfigRequest
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required label("CodeSigningConfigArn") len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
}

wire::shape! { DeleteCodeSigningConfigResponse
}

wire::shape! { DeleteDurableExecutionRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
}

wire::shape! { DeleteDurableExecutionResponse
    0 "DeletionRequestTimestamp" deletion_request_timestamp: Timestamp [required];
}

wire::shape! { DeleteEventSourceMappingRequest
    0 "UUID" uuid: String [required label("UUID") len(36, 36)];
}

wire::shape! { DeleteFunctionCodeSigningConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { DeleteFunctionConcurrencyRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { DeleteFunctionEventInvokeConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { DeleteFunctionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { DeleteFunctionResponse
    0 "StatusCode" status_code: i32 [status];
}

wire::shape! { DeleteFunctionUrlConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like_as(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?", r"(arn:(aws[a-zA-Z\-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9\-_]{1,64})(:([0-9]*[a-zA-Z\-_][0-9a-zA-Z\-_]*))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like_as(r"((?!^\d+$)^[0-9a-zA-Z-_]+$)", r"!\d+![0-9a-zA-Z\-_]+")];
}

wire::shape! { DeleteLayerVersionRequest
    0 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    1 "VersionNumber" version_number: i64 [required label("VersionNumber")];
}

wire::shape! { DeleteProvisionedConcurrencyConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [required query("Qualifier") len(1, 128) like("(|[a-zA-Z0-9$_-]+)")];
}

wire::shape! { DeleteResourcePolicyRequest
    0 "ResourceArn" resource_arn: String [required label("ResourceArn") len_max(512) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_])+)?|runtime/[a-zA-Z0-9-_./]+)")];
    1 "RevisionId" revision_id: String [query("RevisionId") len(36, 36) like("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")];
}

wire::shape! { DestinationConfig
    0 "OnSuccess" on_success: OnSuccess;
    1 "OnFailure" on_failure: OnFailure;
}

wire::shape! { DocumentDBEventSourceConfig
    0 "DatabaseName" database_name: String [len(1, 63) like(r"[^ /\.$\x22]*")];
    1 "CollectionName" collection_name: String [len(1, 57) like_as(r"(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)", r"!system\..*![_a-zA-Z0-9][^$]*")];
    2 "FullDocument" full_document: String [one_of(FULL_DOCUMENT)];
}

wire::shape! { DurableConfig
    0 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    1 "RetentionPeriodInDays" retention_period_in_days: i32 [range(1, 90)];
    2 "ExecutionTimeout" execution_timeout: i32 [range(1, 31622400)];
}

wire::shape! { Environment
    0 "Variables" variables: BTreeMap<String, String> [sensitive each(&ITEM.sensitive()) keys(&ITEM.like("[a-zA-Z]([a-zA-Z0-9_])+").sensitive())];
}

wire::shape! { EnvironmentError
    0 "ErrorCode" error_code: String;
    1 "Message" message: String [sensitive];
}

wire::shape! { EnvironmentResponse
    0 "Variables" variables: BTreeMap<String, String> [sensitive each(&ITEM.sensitive()) keys(&ITEM.like("[a-zA-Z]([a-zA-Z0-9_])+").sensitive())];
    1 "Error" error: EnvironmentError;
}

wire::shape! { EphemeralStorage
    0 "Size" size: i32 [required range(512, 32768)];
}

wire::shape! { ErrorObject
    0 "ErrorMessage" error_message: String [sensitive];
    1 "ErrorType" error_type: String [sensitive];
    2 "ErrorData" error_data: String [sensitive];
    3 "StackTrace" stack_trace: Vec<String> [each(&ITEM.sensitive())];
}

wire::shape! { Event
    0 "EventType" event_type: String [one_of(EVENT_TYPE)];
    1 "SubType" sub_type: String [len(1, 32) like("[a-zA-Z0-9-_]+")];
    2 "EventId" event_id: i32 [min(1)];
    3 "Id" id: String [len(1, 64) like("[a-zA-Z0-9-_]+")];
    4 "Name" name: String [len(1, 256) like(r"[\x20-\x7E]+")];
    5 "EventTimestamp" event_timestamp: Timestamp;
    6 "ParentId" parent_id: String [len(1, 64) like("[a-zA-Z0-9-_]+")];
    7 "ExecutionStartedDetails" execution_started_details: ExecutionStartedDetails;
    8 "ExecutionSucceededDetails" execution_succeeded_details: ExecutionSucceededDetails;
    9 "ExecutionFailedDetails" execution_failed_details: ExecutionFailedDetails;
    10 "ExecutionTimedOutDetails" execution_timed_out_details: ExecutionTimedOutDetails;
    11 "ExecutionStoppedDetails" execution_stopped_details: ExecutionStoppedDetails;
    12 "ContextStartedDetails" context_started_details: ContextStartedDetails;
    13 "ContextSucceededDetails" context_succeeded_details: ContextSucceededDetails;
    14 "ContextFailedDetails" context_failed_details: ContextFailedDetails;
    15 "WaitStartedDetails" wait_started_details: WaitStartedDetails;
    16 "WaitSucceededDetails" wait_succeeded_details: WaitSucceededDetails;
    17 "WaitCancelledDetails" wait_cancelled_details: WaitCancelledDetails;
    18 "StepStartedDetails" step_started_details: StepStartedDetails;
    19 "StepSucceededDetails" step_succeeded_details: StepSucceededDetails;
    20 "StepFailedDetails" step_failed_details: StepFailedDetails;
    21 "ChainedInvokeStartedDetails" chained_invoke_started_details: ChainedInvokeStartedDetails;
    22 "ChainedInvokeSucceededDetails" chained_invoke_succeeded_details: ChainedInvokeSucceededDetails;
    23 "ChainedInvokeFailedDetails" chained_invoke_failed_details: ChainedInvokeFailedDetails;
    24 "ChainedInvokeTimedOutDetails" chained_invoke_timed_out_details: ChainedInvokeTimedOutDetails;
    25 "ChainedInvokeStoppedDetails" chained_invoke_stopped_details: ChainedInvokeStoppedDetails;
    26 "CallbackStartedDetails" callback_started_details: CallbackStartedDetails;
    27 "CallbackSucceededDetails" callback_succeeded_details: CallbackSucceededDetails;
    28 "CallbackFailedDetails" callback_failed_details: CallbackFailedDetails;
    29 "CallbackTimedOutDetails" callback_timed_out_details: CallbackTimedOutDetails;
    30 "InvocationCompletedDetails" invocation_completed_details: InvocationCompletedDetails;
    31 "ExecutionPausedDetails" execution_paused_details: ExecutionPausedDetails;
    32 "ExecutionResumedDetails" execution_resumed_details: ExecutionResumedDetails;
}

wire::shape! { EventError
    0 "Payload" payload: ErrorObject;
    1 "Truncated" truncated: bool;
}

wire::shape! { EventInput
    0 "Payload" payload: String [len_max(6291456) sensitive];
    1 "Truncated" truncated: bool;
}

wire::shape! { EventPauseReason
    0 "Payload" payload: String [len_max(1024) sensitive];
    1 "Truncated" truncated: bool;
}

wire::shape! { EventResult
    0 "Payload" payload: String [len_max(6291456) sensitive];
    1 "Truncated" truncated: bool;
}

wire::shape! { EventResumeReason
    0 "Payload" payload: String [len_max(1024) sensitive];
    1 "Truncated" truncated: bool;
}

wire::shape! { EventSourceMappingConfiguration
    0 "UUID" uuid: String [len(36, 36)];
    1 "StartingPosition" starting_position: String [one_of(EVENT_SOURCE_POSITION)];
    2 "StartingPositionTimestamp" starting_position_timestamp: Timestamp;
    3 "BatchSize" batch_size: i32 [range(1, 10000)];
    4 "MaximumBatchingWindowInSeconds" maximum_batching_window_in_seconds: i32 [range(0, 300)];
    5 "ParallelizationFactor" parallelization_factor: i32 [range(1, 10)];
    6 "EventSourceArn" event_source_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    7 "FilterCriteria" filter_criteria: FilterCriteria;
    8 "FilterCriteriaError" filter_criteria_error: FilterCriteriaError;
    9 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    10 "MetricsConfig" metrics_config: EventSourceMappingMetricsConfig;
    11 "LoggingConfig" logging_config: EventSourceMappingLoggingConfig;
    12 "ScalingConfig" scaling_config: ScalingConfig;
    13 "FunctionArn" function_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    14 "LastModified" last_modified: Timestamp;
    15 "LastProcessingResult" last_processing_result: String;
    16 "State" state: String;
    17 "StateTransitionReason" state_transition_reason: String;
    18 "DestinationConfig" destination_config: DestinationConfig;
    19 "Topics" topics: Vec<String> [len(1, 1) each(&ITEM.len(1, 249).like(r"[^.]([a-zA-Z0-9\-_.]+)"))];
    20 "Queues" queues: Vec<String> [len(1, 1) each(&ITEM.len(1, 1000).like(r"[\s\S]*"))];
    21 "SourceAccessConfigurations" source_access_configurations: Vec<SourceAccessConfiguration> [len_max(23)];
    22 "SelfManagedEventSource" self_managed_event_source: SelfManagedEventSource;
    23 "MaximumRecordAgeInSeconds" maximum_record_age_in_seconds: i32 [range(-1, 604800)];
    24 "BisectBatchOnFunctionError" bisect_batch_on_function_error: bool;
    25 "MaximumRetryAttempts" maximum_retry_attempts: i32 [range(-1, 10000)];
    26 "TumblingWindowInSeconds" tumbling_window_in_seconds: i32 [range(0, 900)];
    27 "FunctionResponseTypes" function_response_types: Vec<String> [len_max(1) each(&ITEM.one_of(FUNCTION_RESPONSE_TYPE))];
    28 "AmazonManagedKafkaEventSourceConfig" amazon_managed_kafka_event_source_config: AmazonManagedKafkaEventSourceConfig;
    29 "SelfManagedKafkaEventSourceConfig" self_managed_kafka_event_source_config: SelfManagedKafkaEventSourceConfig;
    30 "DocumentDBEventSourceConfig" document_db_event_source_config: DocumentDBEventSourceConfig;
    31 "EventSourceMappingArn" event_source_mapping_arn: String [len(85, 120) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")];
    32 "ProvisionedPollerConfig" provisioned_poller_config: ProvisionedPollerConfig;
}

wire::shape! { EventSourceMappingLoggingConfig
    0 "SystemLogLevel" system_log_level: String [one_of(EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL)];
}

wire::shape! { EventSourceMappingMetricsConfig
    0 "Metrics" metrics: Vec<String> [len_max(3) each(&ITEM.one_of(EVENT_SOURCE_MAPPING_METRIC))];
}

wire::shape! { Execution
    0 "DurableExecutionArn" durable_execution_arn: String [required len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "DurableExecutionName" durable_execution_name: String [required len(1, 64) like("[a-zA-Z0-9-_]+")];
    2 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    3 "Status" status: String [required one_of(EXECUTION_STATUS)];
    4 "StartTimestamp" start_timestamp: Timestamp [required];
    5 "EndTimestamp" end_timestamp: Timestamp;
    6 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
}

wire::shape! { ExecutionDetails
    0 "InputPayload" input_payload: String [len_max(6291456) sensitive];
}

wire::shape! { ExecutionFailedDetails
    0 "Error" error: EventError [required];
}

wire::shape! { ExecutionPausedDetails
    0 "PauseRequestTimestamp" pause_request_timestamp: Timestamp [required];
    1 "Reason" reason: EventPauseReason;
    2 "ExecutionTimeoutPaused" execution_timeout_paused: bool [required];
}

wire::shape! { ExecutionResumedDetails
    0 "ResumeRequestTimestamp" resume_request_timestamp: Timestamp [required];
    1 "Reason" reason: EventResumeReason;
}

wire::shape! { ExecutionStartedDetails
    0 "Input" input: EventInput [required];
    1 "ExecutionTimeout" execution_timeout: i32 [required min(0)];
}

wire::shape! { ExecutionStoppedDetails
    0 "Error" error: EventError [required];
}

wire::shape! { ExecutionSucceededDetails
    0 "Result" result: EventResult [required];
}

wire::shape! { ExecutionTimedOutDetails
    0 "Error" error: EventError;
}

wire::shape! { FileSystemConfig
    0 "Arn" arn: String [required len_max(256) like(r"arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}")];
    1 "LocalMountPath" local_mount_path: String [required len_max(160) like("/mnt/[a-zA-Z0-9-_.]+")];
    2 "S3FilesConfig" s3_files_config: S3FilesConfig;
}

wire::shape! { Filter
    0 "Pattern" pattern: String [len_max(4096) like(r"[\s\S]*")];
}

wire::shape! { FilterCriteria
    0 "Filters" filters: Vec<Filter>;
}

wire::shape! { FilterCriteriaError
    0 "ErrorCode" error_code: String [len(10, 50) like("[A-Za-z]+Exception")];
    1 "Message" message: String [len(10, 2048) like(".*")];
}

wire::shape! { FunctionCode
    0 "ZipFile" zip_file: Bytes [sensitive];
    1 "S3Bucket" s3_bucket: String [len(3, 63) like_as(r"[0-9A-Za-z\.\-_]*(?<!\.)", r"([0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")];
    2 "S3Key" s3_key: String [len(1, 1024) like(".*")];
    3 "S3ObjectVersion" s3_object_version: String [len(1, 1024) like(".*")];
    4 "S3ObjectStorageMode" s3_object_storage_mode: String [one_of(S3_OBJECT_STORAGE_MODE)];
    5 "ImageUri" image_uri: String;
    6 "SourceKMSKeyArn" source_kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
}

wire::shape! { FunctionCodeLocation
    0 "RepositoryType" repository_type: String;
    1 "Location" location: String [len_max(10000)];
    2 "ImageUri" image_uri: String;
    3 "ResolvedImageUri" resolved_image_uri: String;
    4 "ResolvedS3Object" resolved_s3_object: ResolvedS3Object;
    5 "SourceKMSKeyArn" source_kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    6 "Error" error: FunctionCodeLocationError;
}

wire::shape! { FunctionCodeLocationError
    0 "ErrorCode" error_code: String;
    1 "Message" message: String [sensitive];
}

wire::shape! { FunctionConfiguration
    0 "FunctionName" function_name: String [len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "FunctionArn" function_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    2 "Runtime" runtime: String [one_of(RUNTIME)];
    3 "Role" role: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+")];
    4 "Handler" handler: String [len_max(128) like(r"[^\s]+")];
    5 "CodeSize" code_size: i64;
    6 "Description" description: String [len_max(256)];
    7 "Timeout" timeout: i32 [range(1, 5400)];
    8 "MemorySize" memory_size: i32 [range(128, 32768)];
    9 "LastModified" last_modified: String [len_max(100) like(".*")];
    10 "CodeSha256" code_sha256: String;
    11 "Version" version: String [len(1, 1024) like(r"(\$LATEST|[0-9]+)")];
    12 "VpcConfig" vpc_config: VpcConfigResponse;
    13 "DeadLetterConfig" dead_letter_config: DeadLetterConfig;
    14 "Environment" environment: EnvironmentResponse;
    15 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    16 "TracingConfig" tracing_config: TracingConfigResponse;
    17 "MasterArn" master_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    18 "RevisionId" revision_id: String;
    19 "Layers" layers: Vec<Layer>;
    20 "State" state: String [one_of(STATE)];
    21 "StateReason" state_reason: String;
    22 "StateReasonCode" state_reason_code: String [one_of(STATE_REASON_CODE)];
    23 "LastUpdateStatus" last_update_status: String [one_of(LAST_UPDATE_STATUS)];
    24 "LastUpdateStatusReason" last_update_status_reason: String;
    25 "LastUpdateStatusReasonCode" last_update_status_reason_code: String [one_of(LAST_UPDATE_STATUS_REASON_CODE)];
    26 "FileSystemConfigs" file_system_configs: Vec<FileSystemConfig> [len_max(1)];
    27 "SigningProfileVersionArn" signing_profile_version_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    28 "SigningJobArn" signing_job_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    29 "PackageType" package_type: String [one_of(PACKAGE_TYPE)];
    30 "ImageConfigResponse" image_config_response: ImageConfigResponse;
    31 "Architectures" architectures: Vec<String> [len(1, 1) each(&ITEM.one_of(ARCHITECTURE))];
    32 "EphemeralStorage" ephemeral_storage: EphemeralStorage;
    33 "SnapStart" snap_start: SnapStartResponse;
    34 "RuntimeVersionConfig" runtime_version_config: RuntimeVersionConfig;
    35 "LoggingConfig" logging_config: LoggingConfig;
    36 "TenancyConfig" tenancy_config: TenancyConfig;
    37 "CapacityProviderConfig" capacity_provider_config: CapacityProviderConfig;
    38 "ConfigSha256" config_sha256: String;
    39 "DurableConfig" durable_config: DurableConfig;
    40 "RuntimeConfig" runtime_config: FunctionRuntimeConfig;
    41 "AcceleratorConfig" accelerator_config: AcceleratorConfig;
}

wire::shape! { FunctionEventInvokeConfig
    0 "LastModified" last_modified: Timestamp;
    1 "FunctionArn" function_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    2 "MaximumRetryAttempts" maximum_retry_attempts: i32 [range(0, 2)];
    3 "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: i32 [range(60, 21600)];
    4 "DestinationConfig" destination_config: DestinationConfig;
}

wire::shape! { FunctionRuntimeConfig
    0 "RuntimeArn" runtime_arn: String [required len(48, 2048) like(r"arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:runtime/.+")];
    1 "RuntimeAlias" runtime_alias: String [required len(1, 128)];
}

wire::shape! { FunctionScalingConfig
    0 "MinExecutionEnvironments" min_execution_environments: i32 [range(0, 15000)];
    1 "MaxExecutionEnvironments" max_execution_environments: i32 [range(0, 15000)];
}

wire::shape! { FunctionUrlConfig
    0 "FunctionUrl" function_url: String [required len(40, 100)];
    1 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    2 "CreationTime" creation_time: String [required len_max(100) like(".*")];
    3 "LastModifiedTime" last_modified_time: String [required len_max(100) like(".*")];
    4 "Cors" cors: Cors;
    5 "AuthType" auth_type: String [required one_of(FUNCTION_URL_AUTH_TYPE)];
    6 "InvokeMode" invoke_mode: String [one_of(INVOKE_MODE)];
}

wire::shape! { FunctionVersionsByCapacityProviderListItem
    0 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "State" state: String [required one_of(STATE)];
}

wire::shape! { GetAccountSettingsRequest
}

wire::shape! { GetAccountSettingsResponse
    0 "AccountLimit" account_limit: AccountLimit;
    1 "AccountUsage" account_usage: AccountUsage;
}

wire::shape! { GetAliasRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Name" name: String [required label("Name") len(1, 128) like_as("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"![0-9]+![a-zA-Z0-9\-_]+")];
}

wire::shape! { GetCapacityProviderRequest
    0 "CapacityProviderName" capacity_provider_name: String [required label("CapacityProviderName") len(1, 140) like(r"(arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")];
}

wire::shape! { GetCapacityProviderResponse
    0 "CapacityProvider" capacity_provider: CapacityProvider [required];
}

wire::shape! { GetCodeSigningConfigRequest
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required label("CodeSigningConfigArn") len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
}

wire::shape! { GetCodeSigningConfigResponse
    0 "CodeSigningConfig" code_signing_config: CodeSigningConfig [required];
}

wire::shape! { GetDurableExecutionHistoryRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "IncludeExecutionData" include_execution_data: bool [query("IncludeExecutionData")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(0, 1000)];
    3 "Marker" marker: String [query("Marker")];
    4 "ReverseOrder" reverse_order: bool [query("ReverseOrder")];
}

wire::shape! { GetDurableExecutionHistoryResponse
    0 "Events" events: Vec<Event> [required];
    1 "NextMarker" next_marker: String;
}

wire::shape! { GetDurableExecutionRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "IncludeExecutionData" include_execution_data: bool [query("IncludeExecutionData")];
}

wire::shape! { GetDurableExecutionResponse
    0 "DurableExecutionArn" durable_execution_arn: String [required len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "DurableExecutionName" durable_execution_name: String [required len(1, 64) like("[a-zA-Z0-9-_]+")];
    2 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    3 "InputPayload" input_payload: String [len_max(6291456) sensitive];
    4 "Result" result: String [len_max(6291456) sensitive];
    5 "Error" error: ErrorObject;
    6 "StartTimestamp" start_timestamp: Timestamp [required];
    7 "Status" status: String [required one_of(EXECUTION_STATUS)];
    8 "EndTimestamp" end_timestamp: Timestamp;
    9 "Version" version: String [len(1, 1024) like(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)")];
    10 "TraceHeader" trace_header: TraceHeader;
    11 "ExecutionDataIncluded" execution_data_included: bool;
    12 "DurableConfig" durable_config: DurableConfig;
    13 "PauseDetails" pause_details: PauseDetails;
    14 "ExpectedExecutionTimeoutTimestamp" expected_execution_timeout_timestamp: Timestamp;
}

wire::shape! { GetDurableExecutionStateRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "CheckpointToken" checkpoint_token: String [required query("CheckpointToken") len(1, 2048) like("[A-Za-z0-9+/]+={0,2}")];
    2 "Marker" marker: String [query("Marker")];
    3 "MaxItems" max_items: i32 [query("MaxItems") range(0, 1000)];
}

wire::shape! { GetDurableExecutionStateResponse
    0 "Operations" operations: Vec<Operation> [required];
    1 "NextMarker" next_marker: String;
}

wire::shape! { GetEventSourceMappingRequest
    0 "UUID" uuid: String [required label("UUID") len(36, 36)];
}

wire::shape! { GetFunctionCodeSigningConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { GetFunctionCodeSigningConfigResponse
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    1 "FunctionName" function_name: String [required len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { GetFunctionConcurrencyRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { GetFunctionConcurrencyResponse
    0 "ReservedConcurrentExecutions" reserved_concurrent_executions: i32 [min(0)];
}

wire::shape! { GetFunctionConfigurationRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { GetFunctionEventInvokeConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { GetFunctionRecursionConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)")];
}

wire::shape! { GetFunctionRecursionConfigResponse
    0 "RecursiveLoop" recursive_loop: String [one_of(RECURSIVE_LOOP)];
}

wire::shape! { GetFunctionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { GetFunctionResponse
    0 "Configuration" configuration: FunctionConfiguration;
    1 "Code" code: FunctionCodeLocation;
    2 "Tags" tags: BTreeMap<String, String> [each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
    3 "TagsError" tags_error: TagsError;
    4 "Concurrency" concurrency: Concurrency;
}

wire::shape! { GetFunctionScalingConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)")];
    1 "Qualifier" qualifier: String [required query("Qualifier") len(1, 128) like(r"(\$LATEST\.PUBLISHED|[0-9]+)")];
}

wire::shape! { GetFunctionScalingConfigResponse
    0 "FunctionArn" function_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "AppliedFunctionScalingConfig" applied_function_scaling_config: FunctionScalingConfig;
    2 "RequestedFunctionScalingConfig" requested_function_scaling_config: FunctionScalingConfig;
}

wire::shape! { GetFunctionUrlConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like_as(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?", r"(arn:(aws[a-zA-Z\-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9\-_]{1,64})(:([0-9]*[a-zA-Z\-_][0-9a-zA-Z\-_]*))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like_as(r"((?!^\d+$)^[0-9a-zA-Z-_]+$)", r"!\d+![0-9a-zA-Z\-_]+")];
}

wire::shape! { GetFunctionUrlConfigResponse
    0 "FunctionUrl" function_url: String [required len(40, 100)];
    1 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    2 "AuthType" auth_type: String [required one_of(FUNCTION_URL_AUTH_TYPE)];
    3 "Cors" cors: Cors;
    4 "CreationTime" creation_time: String [required len_max(100) like(".*")];
    5 "LastModifiedTime" last_modified_time: String [required len_max(100) like(".*")];
    6 "InvokeMode" invoke_mode: String [one_of(INVOKE_MODE)];
}

wire::shape! { GetLayerVersionByArnRequest
    0 "Arn" arn: String [required query("Arn") len(1, 2048) like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))")];
}

wire::shape! { GetLayerVersionPolicyRequest
    0 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    1 "VersionNumber" version_number: i64 [required label("VersionNumber")];
}

wire::shape! { GetLayerVersionPolicyResponse
    0 "Policy" policy: String;
    1 "RevisionId" revision_id: String;
}

wire::shape! { GetLayerVersionRequest
    0 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    1 "VersionNumber" version_number: i64 [required label("VersionNumber")];
}

wire::shape! { GetLayerVersionResponse
    0 "Content" content: LayerVersionContentOutput;
    1 "LayerArn" layer_arn: String [len(1, 2048) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+")];
    2 "LayerVersionArn" layer_version_arn: String [len(1, 2048) like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))")];
    3 "Description" description: String [len_max(256)];
    4 "CreatedDate" created_date: String [len_max(100) like(".*")];
    5 "Version" version: i64;
    6 "CompatibleArchitectures" compatible_architectures: Vec<String> [len_max(2) each(&ITEM.one_of(ARCHITECTURE))];
    7 "CompatibleRuntimes" compatible_runtimes: Vec<String> [len_max(15) each(&ITEM.one_of(RUNTIME))];
    8 "LicenseInfo" license_info: String [len_max(512) like(".*")];
}

wire::shape! { GetPolicyRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { GetPolicyResponse
    0 "Policy" policy: String;
    1 "RevisionId" revision_id: String;
}

wire::shape! { GetProvisionedConcurrencyConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [required query("Qualifier") len(1, 128) like("(|[a-zA-Z0-9$_-]+)")];
}

wire::shape! { GetProvisionedConcurrencyConfigResponse
    0 "RequestedProvisionedConcurrentExecutions" requested_provisioned_concurrent_executions: i32 [min(1)];
    1 "AvailableProvisionedConcurrentExecutions" available_provisioned_concurrent_executions: i32 [min(0)];
    2 "AllocatedProvisionedConcurrentExecutions" allocated_provisioned_concurrent_executions: i32 [min(0)];
    3 "Status" status: String [one_of(PROVISIONED_CONCURRENCY_STATUS_ENUM)];
    4 "StatusReason" status_reason: String;
    5 "LastModified" last_modified: String [len_max(100) like(".*")];
}

wire::shape! { GetResourcePolicyRequest
    0 "ResourceArn" resource_arn: String [required label("ResourceArn") len_max(512) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_])+)?|runtime/[a-zA-Z0-9-_./]+)")];
}

wire::shape! { GetResourcePolicyResponse
    0 "Policy" policy: String [len(1, 20480) like(r"[\s\S]+")];
    1 "RevisionId" revision_id: String [len(36, 36) like("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")];
}

wire::shape! { GetRuntimeManagementConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
}

wire::shape! { GetRuntimeManagementConfigResponse
    0 "UpdateRuntimeOn" update_runtime_on: String [one_of(UPDATE_RUNTIME_ON)];
    1 "FunctionArn" function_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    2 "RuntimeVersionArn" runtime_version_arn: String [len(26, 2048) like(r"((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)|(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))")];
}

wire::shape! { ImageConfig
    0 "EntryPoint" entry_point: Vec<String> [len_max(1500)];
    1 "Command" command: Vec<String> [len_max(1500)];
    2 "WorkingDirectory" working_directory: String [len_max(1000)];
}

wire::shape! { ImageConfigError
    0 "ErrorCode" error_code: String;
    1 "Message" message: String [sensitive];
}

wire::shape! { ImageConfigResponse
    0 "ImageConfig" image_config: ImageConfig;
    1 "Error" error: ImageConfigError;
}

wire::shape! { InstanceRequirements
    0 "Architectures" architectures: Vec<String> [len(1, 1) each(&ITEM.one_of(ARCHITECTURE))];
    1 "AllowedInstanceTypes" allowed_instance_types: Vec<String> [len_max(400) each(&ITEM.len(1, 30).like(r"[a-zA-Z0-9\.\*\-]+"))];
    2 "ExcludedInstanceTypes" excluded_instance_types: Vec<String> [len_max(400) each(&ITEM.len(1, 30).like(r"[a-zA-Z0-9\.\*\-]+"))];
}

wire::shape! { InvocationCompletedDetails
    0 "StartTimestamp" start_timestamp: Timestamp [required];
    1 "EndTimestamp" end_timestamp: Timestamp [required];
    2 "RequestId" request_id: String [required];
    3 "Error" error: EventError;
}

wire::shape! { InvocationRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "InvocationType" invocation_type: String [header("X-Amz-Invocation-Type") one_of(INVOCATION_TYPE)];
    2 "LogType" log_type: String [header("X-Amz-Log-Type") one_of(LOG_TYPE)];
    3 "ClientContext" client_context: String [header("X-Amz-Client-Context")];
    4 "DurableExecutionName" durable_execution_name: String [header("X-Amz-Durable-Execution-Name") len(1, 64) like("[a-zA-Z0-9-_]+")];
    5 "Payload" payload: Bytes [payload sensitive];
    6 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    7 "TenantId" tenant_id: String [header("X-Amz-Tenant-Id") len(1, 256) like(r"[a-zA-Z0-9\._:\/=+\-@ ]+")];
}

wire::shape! { InvocationResponse
    0 "StatusCode" status_code: i32 [status];
    1 "FunctionError" function_error: String [header("X-Amz-Function-Error")];
    2 "LogResult" log_result: String [header("X-Amz-Log-Result")];
    3 "Payload" payload: Bytes [payload sensitive];
    4 "ExecutedVersion" executed_version: String [header("X-Amz-Executed-Version") len(1, 1024) like(r"(\$LATEST|[0-9]+)")];
    5 "DurableExecutionArn" durable_execution_arn: String [header("X-Amz-Durable-Execution-Arn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
}

wire::shape! { InvokeAsyncRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "InvokeArgs" invoke_args: Body [required payload];
}

wire::shape! { InvokeAsyncResponse
    0 "Status" status: i32 [status];
}

wire::shape! { InvokeResponseStreamUpdate
    0 "Payload" payload: Bytes [event_payload sensitive];
}

wire::shape! { InvokeWithResponseStreamCompleteEvent
    0 "ErrorCode" error_code: String;
    1 "ErrorDetails" error_details: String;
    2 "LogResult" log_result: String;
}

wire::shape! { InvokeWithResponseStreamRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "LogType" log_type: String [header("X-Amz-Log-Type") one_of(LOG_TYPE)];
    2 "ClientContext" client_context: String [header("X-Amz-Client-Context")];
    3 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    4 "Payload" payload: Bytes [payload sensitive];
    5 "TenantId" tenant_id: String [header("X-Amz-Tenant-Id") len(1, 256) like(r"[a-zA-Z0-9\._:\/=+\-@ ]+")];
    6 "InvocationType" invocation_type: String [header("X-Amz-Invocation-Type") one_of(RESPONSE_STREAMING_INVOCATION_TYPE)];
}

wire::shape! { InvokeWithResponseStreamResponse
    0 "StatusCode" status_code: i32 [status];
    1 "ExecutedVersion" executed_version: String [header("X-Amz-Executed-Version") len(1, 1024) like(r"(\$LATEST|[0-9]+)")];
    2 "EventStream" event_stream: Events [payload];
    3 "ResponseStreamContentType" response_stream_content_type: String [header("Content-Type")];
}

wire::shape! { InvokeWithResponseStreamResponseEvent [event_stream]
    0 "PayloadChunk" payload_chunk: InvokeResponseStreamUpdate;
    1 "InvokeComplete" invoke_complete: InvokeWithResponseStreamCompleteEvent;
}

wire::shape! { KafkaSchemaRegistryAccessConfig
    0 "Type" r#type: String [one_of(KAFKA_SCHEMA_REGISTRY_AUTH_TYPE)];
    1 "URI" uri: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
}

wire::shape! { KafkaSchemaRegistryConfig
    0 "SchemaRegistryURI" schema_registry_uri: String [len(1, 10000) like(r"[a-zA-Z0-9-\/*:_+=.@-]*")];
    1 "EventRecordFormat" event_record_format: String [one_of(SCHEMA_REGISTRY_EVENT_RECORD_FORMAT)];
    2 "AccessConfigs" access_configs: Vec<KafkaSchemaRegistryAccessConfig>;
    3 "SchemaValidationConfigs" schema_validation_configs: Vec<KafkaSchemaValidationConfig>;
}

wire::shape! { KafkaSchemaValidationConfig
    0 "Attribute" attribute: String [one_of(KAFKA_SCHEMA_VALIDATION_ATTRIBUTE)];
}

wire::shape! { LambdaManagedInstancesCapacityProviderConfig
    0 "CapacityProviderArn" capacity_provider_arn: String [required len(1, 140) like(r"arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+")];
    1 "PerExecutionEnvironmentMaxConcurrency" per_execution_environment_max_concurrency: i32 [range(1, 1600)];
    2 "ExecutionEnvironmentMemoryGiBPerVCpu" execution_environment_memory_gi_b_per_v_cpu: f64 [range(2, 8)];
}

wire::shape! { Layer
    0 "Arn" arn: String [len(1, 2048) like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))")];
    1 "CodeSize" code_size: i64;
    2 "SigningProfileVersionArn" signing_profile_version_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    3 "SigningJobArn" signing_job_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
}

wire::shape! { LayerVersionContentInput
    0 "S3Bucket" s3_bucket: String [len(3, 63) like_as(r"[0-9A-Za-z\.\-_]*(?<!\.)", r"([0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")];
    1 "S3Key" s3_key: String [len(1, 1024) like(".*")];
    2 "S3ObjectVersion" s3_object_version: String [len(1, 1024) like(".*")];
    3 "S3ObjectStorageMode" s3_object_storage_mode: String [one_of(S3_OBJECT_STORAGE_MODE)];
    4 "ZipFile" zip_file: Bytes [sensitive];
}

wire::shape! { LayerVersionContentOutput
    0 "Location" location: String [len_max(10000)];
    1 "CodeSha256" code_sha256: String;
    2 "CodeSize" code_size: i64;
    3 "SigningProfileVersionArn" signing_profile_version_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    4 "SigningJobArn" signing_job_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    5 "ResolvedS3Object" resolved_s3_object: ResolvedS3Object;
}

wire::shape! { LayerVersionsListItem
    0 "LayerVersionArn" layer_version_arn: String [len(1, 2048) like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))")];
    1 "Version" version: i64;
    2 "Description" description: String [len_max(256)];
    3 "CreatedDate" created_date: String [len_max(100) like(".*")];
    4 "CompatibleArchitectures" compatible_architectures: Vec<String> [len_max(2) each(&ITEM.one_of(ARCHITECTURE))];
    5 "CompatibleRuntimes" compatible_runtimes: Vec<String> [len_max(15) each(&ITEM.one_of(RUNTIME))];
    6 "LicenseInfo" license_info: String [len_max(512) like(".*")];
}

wire::shape! { LayersListItem
    0 "LayerName" layer_name: String [len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")];
    1 "LayerArn" layer_arn: String [len(1, 2048) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+")];
    2 "LatestMatchingVersion" latest_matching_version: LayerVersionsListItem;
}

wire::shape! { ListAliasesRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "FunctionVersion" function_version: String [query("FunctionVersion") len(1, 1024) like(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)")];
    2 "Marker" marker: String [query("Marker")];
    3 "MaxItems" max_items: i32 [query("MaxItems") range(1, 10000)];
}

wire::shape! { ListAliasesResponse
    0 "NextMarker" next_marker: String;
    1 "Aliases" aliases: Vec<AliasConfiguration>;
}

wire::shape! { ListCapacityProvidersRequest
    0 "State" state: String [query("State") one_of(CAPACITY_PROVIDER_STATE)];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListCapacityProvidersResponse
    0 "CapacityProviders" capacity_providers: Vec<CapacityProvider> [required len_max(50)];
    1 "NextMarker" next_marker: String;
}

wire::shape! { ListCodeSigningConfigsRequest
    0 "Marker" marker: String [query("Marker")];
    1 "MaxItems" max_items: i32 [query("MaxItems") range(1, 10000)];
}

wire::shape! { ListCodeSigningConfigsResponse
    0 "NextMarker" next_marker: String;
    1 "CodeSigningConfigs" code_signing_configs: Vec<CodeSigningConfig>;
}

wire::shape! { ListDurableExecutionsByFunctionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    2 "DurableExecutionName" durable_execution_name: String [query("DurableExecutionName") len(1, 64) like("[a-zA-Z0-9-_]+")];
    3 "Statuses" statuses: Vec<String> [query("Statuses") len(1, 10) each(&ITEM.one_of(EXECUTION_STATUS))];
    4 "StartedAfter" started_after: Timestamp [query("StartedAfter")];
    5 "StartedBefore" started_before: Timestamp [query("StartedBefore")];
    6 "ReverseOrder" reverse_order: bool [query("ReverseOrder")];
    7 "Marker" marker: String [query("Marker")];
    8 "MaxItems" max_items: i32 [query("MaxItems") range(0, 1000)];
}

wire::shape! { ListDurableExecutionsByFunctionResponse
    0 "DurableExecutions" durable_executions: Vec<Execution>;
    1 "NextMarker" next_marker: String;
}

wire::shape! { ListEventSourceMappingsRequest
    0 "EventSourceArn" event_source_arn: String [query("EventSourceArn") len_max(10000) like(r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
    1 "FunctionName" function_name: String [query("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    2 "Marker" marker: String [query("Marker")];
    3 "MaxItems" max_items: i32 [query("MaxItems") range(1, 10000)];
}

wire::shape! { ListEventSourceMappingsResponse
    0 "NextMarker" next_marker: String;
    1 "EventSourceMappings" event_source_mappings: Vec<EventSourceMappingConfiguration>;
}

wire::shape! { ListFunctionEventInvokeConfigsRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListFunctionEventInvokeConfigsResponse
    0 "FunctionEventInvokeConfigs" function_event_invoke_configs: Vec<FunctionEventInvokeConfig>;
    1 "NextMarker" next_marker: String;
}

wire::shape! { ListFunctionUrlConfigsRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like_as(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?", r"(arn:(aws[a-zA-Z\-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9\-_]{1,64})(:([0-9]*[a-zA-Z\-_][0-9a-zA-Z\-_]*))?")];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListFunctionUrlConfigsResponse
    0 "FunctionUrlConfigs" function_url_configs: Vec<FunctionUrlConfig> [required];
    1 "NextMarker" next_marker: String;
}

wire::shape! { ListFunctionVersionsByCapacityProviderRequest
    0 "CapacityProviderName" capacity_provider_name: String [required label("CapacityProviderName") len(1, 140) like(r"(arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListFunctionVersionsByCapacityProviderResponse
    0 "CapacityProviderArn" capacity_provider_arn: String [required len(1, 140) like(r"arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+")];
    1 "FunctionVersions" function_versions: Vec<FunctionVersionsByCapacityProviderListItem> [required len_max(50)];
    2 "NextMarker" next_marker: String;
}

wire::shape! { ListFunctionsByCodeSigningConfigRequest
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required label("CodeSigningConfigArn") len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 10000)];
}

wire::shape! { ListFunctionsByCodeSigningConfigResponse
    0 "NextMarker" next_marker: String;
    1 "FunctionArns" function_arns: Vec<String> [each(&ITEM.len_max(10000).like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?"))];
}

wire::shape! { ListFunctionsRequest
    0 "MasterRegion" master_region: String [query("MasterRegion") len(1, 50) like(r"ALL|(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}")];
    1 "FunctionVersion" function_version: String [query("FunctionVersion") one_of(FUNCTION_VERSION)];
    2 "Marker" marker: String [query("Marker")];
    3 "MaxItems" max_items: i32 [query("MaxItems") range(1, 10000)];
}

wire::shape! { ListFunctionsResponse
    0 "NextMarker" next_marker: String;
    1 "Functions" functions: Vec<FunctionConfiguration>;
}

wire::shape! { ListLayerVersionsRequest
    0 "CompatibleArchitecture" compatible_architecture: String [query("CompatibleArchitecture") one_of(ARCHITECTURE)];
    1 "CompatibleRuntime" compatible_runtime: String [query("CompatibleRuntime") one_of(RUNTIME)];
    2 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    3 "Marker" marker: String [query("Marker")];
    4 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListLayerVersionsResponse
    0 "NextMarker" next_marker: String;
    1 "LayerVersions" layer_versions: Vec<LayerVersionsListItem>;
}

wire::shape! { ListLayersRequest
    0 "CompatibleArchitecture" compatible_architecture: String [query("CompatibleArchitecture") one_of(ARCHITECTURE)];
    1 "CompatibleRuntime" compatible_runtime: String [query("CompatibleRuntime") one_of(RUNTIME)];
    2 "Marker" marker: String [query("Marker")];
    3 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListLayersResponse
    0 "NextMarker" next_marker: String;
    1 "Layers" layers: Vec<LayersListItem>;
}

wire::shape! { ListProvisionedConcurrencyConfigsRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 50)];
}

wire::shape! { ListProvisionedConcurrencyConfigsResponse
    0 "ProvisionedConcurrencyConfigs" provisioned_concurrency_configs: Vec<ProvisionedConcurrencyConfigListItem>;
    1 "NextMarker" next_marker: String;
}

wire::shape! { ListTagsRequest
    0 "Resource" resource: String [required label("Resource") len(1, 10000) like(r"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})")];
}

wire::shape! { ListTagsResponse
    0 "Tags" tags: BTreeMap<String, String> [each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
}

wire::shape! { ListVersionsByFunctionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Marker" marker: String [query("Marker")];
    2 "MaxItems" max_items: i32 [query("MaxItems") range(1, 10000)];
}

wire::shape! { ListVersionsByFunctionResponse
    0 "NextMarker" next_marker: String;
    1 "Versions" versions: Vec<FunctionConfiguration>;
}

wire::shape! { LoggingConfig
    0 "LogFormat" log_format: String [one_of(LOG_FORMAT)];
    1 "ApplicationLogLevel" application_log_level: String [one_of(APPLICATION_LOG_LEVEL)];
    2 "SystemLogLevel" system_log_level: String [one_of(SYSTEM_LOG_LEVEL)];
    3 "LogGroup" log_group: String [len(1, 512) like(r"[\.\-_/#A-Za-z0-9]+")];
}

wire::shape! { OnFailure
    0 "Destination" destination: String [len_max(350) like(r"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
}

wire::shape! { OnSuccess
    0 "Destination" destination: String [len_max(350) like(r"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)")];
}

wire::shape! { Operation
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-_]+")];
    1 "ParentId" parent_id: String [len(1, 64) like("[a-zA-Z0-9-_]+")];
    2 "Name" name: String [len(1, 256) like(r"[\x20-\x7E]+")];
    3 "Type" r#type: String [required one_of(OPERATION_TYPE)];
    4 "SubType" sub_type: String [len(1, 32) like("[a-zA-Z0-9-_]+")];
    5 "StartTimestamp" start_timestamp: Timestamp [required];
    6 "EndTimestamp" end_timestamp: Timestamp;
    7 "Status" status: String [required one_of(OPERATION_STATUS)];
    8 "ExecutionDetails" execution_details: ExecutionDetails;
    9 "ContextDetails" context_details: ContextDetails;
    10 "StepDetails" step_details: StepDetails;
    11 "WaitDetails" wait_details: WaitDetails;
    12 "CallbackDetails" callback_details: CallbackDetails;
    13 "ChainedInvokeDetails" chained_invoke_details: ChainedInvokeDetails;
}

wire::shape! { OperationUpdate
    0 "Id" id: String [required len(1, 64) like("[a-zA-Z0-9-_]+")];
    1 "ParentId" parent_id: String [len(1, 64) like("[a-zA-Z0-9-_]+")];
    2 "Name" name: String [len(1, 256) like(r"[\x20-\x7E]+")];
    3 "Type" r#type: String [required one_of(OPERATION_TYPE)];
    4 "SubType" sub_type: String [len(1, 32) like("[a-zA-Z0-9-_]+")];
    5 "Action" action: String [required one_of(OPERATION_ACTION)];
    6 "Payload" payload: String [len_max(6291456) sensitive];
    7 "Error" error: ErrorObject;
    8 "ContextOptions" context_options: ContextOptions;
    9 "StepOptions" step_options: StepOptions;
    10 "WaitOptions" wait_options: WaitOptions;
    11 "CallbackOptions" callback_options: CallbackOptions;
    12 "ChainedInvokeOptions" chained_invoke_options: ChainedInvokeOptions;
}

wire::shape! { PauseDetails
    0 "PauseRequestTimestamp" pause_request_timestamp: Timestamp [required];
    1 "Reason" reason: String [len_max(1024) sensitive];
    2 "ExecutionTimeoutPaused" execution_timeout_paused: bool [required];
}

wire::shape! { PauseDurableExecutionRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "ClientToken" client_token: String [token len(1, 64) like(r"[\x21-\x7E]+")];
    2 "Reason" reason: String [len_max(1024) sensitive];
    3 "ExecutionTimeoutPaused" execution_timeout_paused: bool;
}

wire::shape! { PauseDurableExecutionResponse
}

wire::shape! { PropagateTags
    0 "Mode" mode: String [one_of(PROPAGATE_TAGS_MODE)];
    1 "ExplicitTags" explicit_tags: BTreeMap<String, String> [len_max(40) each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
}

wire::shape! { ProvisionedConcurrencyConfigListItem
    0 "FunctionArn" function_arn: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "RequestedProvisionedConcurrentExecutions" requested_provisioned_concurrent_executions: i32 [min(1)];
    2 "AvailableProvisionedConcurrentExecutions" available_provisioned_concurrent_executions: i32 [min(0)];
    3 "AllocatedProvisionedConcurrentExecutions" allocated_provisioned_concurrent_executions: i32 [min(0)];
    4 "Status" status: String [one_of(PROVISIONED_CONCURRENCY_STATUS_ENUM)];
    5 "StatusReason" status_reason: String;
    6 "LastModified" last_modified: String [len_max(100) like(".*")];
}

wire::shape! { ProvisionedPollerConfig
    0 "MinimumPollers" minimum_pollers: i32 [range(1, 200)];
    1 "MaximumPollers" maximum_pollers: i32 [range(1, 10000)];
    2 "PollerGroupName" poller_group_name: String [len_max(128) like("[a-zA-Z0-9-_]*")];
}

wire::shape! { PublishLayerVersionRequest
    0 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    1 "Description" description: String [len_max(256)];
    2 "Content" content: LayerVersionContentInput [required];
    3 "CompatibleArchitectures" compatible_architectures: Vec<String> [len_max(2) each(&ITEM.one_of(ARCHITECTURE))];
    4 "CompatibleRuntimes" compatible_runtimes: Vec<String> [len_max(15) each(&ITEM.one_of(RUNTIME))];
    5 "LicenseInfo" license_info: String [len_max(512) like(".*")];
}

wire::shape! { PublishLayerVersionResponse
    0 "Content" content: LayerVersionContentOutput;
    1 "LayerArn" layer_arn: String [len(1, 2048) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+")];
    2 "LayerVersionArn" layer_version_arn: String [len(1, 2048) like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))")];
    3 "Description" description: String [len_max(256)];
    4 "CreatedDate" created_date: String [len_max(100) like(".*")];
    5 "Version" version: i64;
    6 "CompatibleArchitectures" compatible_architectures: Vec<String> [len_max(2) each(&ITEM.one_of(ARCHITECTURE))];
    7 "CompatibleRuntimes" compatible_runtimes: Vec<String> [len_max(15) each(&ITEM.one_of(RUNTIME))];
    8 "LicenseInfo" license_info: String [len_max(512) like(".*")];
}

wire::shape! { PublishVersionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "CodeSha256" code_sha256: String;
    2 "Description" description: String [len_max(256)];
    3 "RevisionId" revision_id: String;
    4 "PublishTo" publish_to: String [one_of(FUNCTION_VERSION_LATEST_PUBLISHED)];
}

wire::shape! { PutFunctionCodeSigningConfigRequest
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    1 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { PutFunctionCodeSigningConfigResponse
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    1 "FunctionName" function_name: String [required len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
}

wire::shape! { PutFunctionConcurrencyRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "ReservedConcurrentExecutions" reserved_concurrent_executions: i32 [required min(0)];
}

wire::shape! { PutFunctionEventInvokeConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    2 "MaximumRetryAttempts" maximum_retry_attempts: i32 [range(0, 2)];
    3 "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: i32 [range(60, 21600)];
    4 "DestinationConfig" destination_config: DestinationConfig;
}

wire::shape! { PutFunctionRecursionConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)")];
    1 "RecursiveLoop" recursive_loop: String [required one_of(RECURSIVE_LOOP)];
}

wire::shape! { PutFunctionRecursionConfigResponse
    0 "RecursiveLoop" recursive_loop: String [one_of(RECURSIVE_LOOP)];
}

wire::shape! { PutFunctionScalingConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)")];
    1 "Qualifier" qualifier: String [required query("Qualifier") len(1, 128) like(r"(\$LATEST\.PUBLISHED|[0-9]+)")];
    2 "FunctionScalingConfig" function_scaling_config: FunctionScalingConfig;
}

wire::shape! { PutFunctionScalingConfigResponse
    0 "FunctionState" function_state: String [one_of(STATE)];
}

wire::shape! { PutProvisionedConcurrencyConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [required query("Qualifier") len(1, 128) like("(|[a-zA-Z0-9$_-]+)")];
    2 "ProvisionedConcurrentExecutions" provisioned_concurrent_executions: i32 [required min(1)];
}

wire::shape! { PutProvisionedConcurrencyConfigResponse
    0 "RequestedProvisionedConcurrentExecutions" requested_provisioned_concurrent_executions: i32 [min(1)];
    1 "AllocatedProvisionedConcurrentExecutions" allocated_provisioned_concurrent_executions: i32 [min(0)];
    2 "AvailableProvisionedConcurrentExecutions" available_provisioned_concurrent_executions: i32 [min(0)];
    3 "Status" status: String [one_of(PROVISIONED_CONCURRENCY_STATUS_ENUM)];
    4 "StatusReason" status_reason: String;
    5 "LastModified" last_modified: String [len_max(100) like(".*")];
}

wire::shape! { PutResourcePolicyRequest
    0 "ResourceArn" resource_arn: String [required label("ResourceArn") len_max(512) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_])+)?|runtime/[a-zA-Z0-9-_./]+)")];
    1 "Policy" policy: String [required len(1, 20480) like(r"[\s\S]+")];
    2 "RevisionId" revision_id: String [len(36, 36) like("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")];
}

wire::shape! { PutResourcePolicyResponse
    0 "Policy" policy: String [len(1, 20480) like(r"[\s\S]+")];
    1 "RevisionId" revision_id: String [len(36, 36) like("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")];
}

wire::shape! { PutRuntimeManagementConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    2 "UpdateRuntimeOn" update_runtime_on: String [required one_of(UPDATE_RUNTIME_ON)];
    3 "RuntimeVersionArn" runtime_version_arn: String [len(26, 2048) like(r"((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)|(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))")];
}

wire::shape! { PutRuntimeManagementConfigResponse
    0 "UpdateRuntimeOn" update_runtime_on: String [required one_of(UPDATE_RUNTIME_ON)];
    1 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    2 "RuntimeVersionArn" runtime_version_arn: String [len(26, 2048) like(r"((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)|(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))")];
}

wire::shape! { RemoveLayerVersionPermissionRequest
    0 "LayerName" layer_name: String [required label("LayerName") len(1, 2048) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})")];
    1 "VersionNumber" version_number: i64 [required label("VersionNumber")];
    2 "StatementId" statement_id: String [required label("StatementId") len(1, 100) like("([a-zA-Z0-9-_]+)")];
    3 "RevisionId" revision_id: String [query("RevisionId")];
}

wire::shape! { RemovePermissionRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "StatementId" statement_id: String [required label("StatementId") len(1, 100) like("([a-zA-Z0-9-_.]+)")];
    2 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    3 "RevisionId" revision_id: String [query("RevisionId")];
}

wire::shape! { ResolvedS3Object
    0 "S3Bucket" s3_bucket: String [len(3, 63) like_as(r"[0-9A-Za-z\.\-_]*(?<!\.)", r"([0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")];
    1 "S3Key" s3_key: String [len(1, 1024) like(".*")];
    2 "S3ObjectVersion" s3_object_version: String [len(1, 1024) like(".*")];
}

wire::shape! { ResumeDurableExecutionRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "ClientToken" client_token: String [token len(1, 64) like(r"[\x21-\x7E]+")];
    2 "Reason" reason: String [len_max(1024) sensitive];
}

wire::shape! { ResumeDurableExecutionResponse
}

wire::shape! { RetryDetails
    0 "CurrentAttempt" current_attempt: i32 [min(0)];
    1 "NextAttemptDelaySeconds" next_attempt_delay_seconds: i32 [min(0)];
}

wire::shape! { RuntimeVersionConfig
    0 "RuntimeVersionArn" runtime_version_arn: String [len(26, 2048) like(r"((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)|(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))")];
    1 "Error" error: RuntimeVersionError;
}

wire::shape! { RuntimeVersionError
    0 "ErrorCode" error_code: String;
    1 "Message" message: String [sensitive];
}

wire::shape! { S3FilesConfig
    0 "DirectS3Read" direct_s3_read: String [one_of(DIRECT_S3_READ)];
}

wire::shape! { ScalingConfig
    0 "MaximumConcurrency" maximum_concurrency: i32 [range(2, 1000)];
}

wire::shape! { SelfManagedEventSource
    0 "Endpoints" endpoints: BTreeMap<String, Vec<String>> [len(1, 2) each(&ITEM.len(1, 10).each(&ITEM.len(1, 300).like(r"(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\-]*[A-Za-z0-9]):[0-9]{1,5}"))) keys(&ITEM.one_of(END_POINT_TYPE))];
}

wire::shape! { SelfManagedKafkaEventSourceConfig
    0 "ConsumerGroupId" consumer_group_id: String [len(1, 200) like(r"[ a-zA-Z0-9-\/*:_+=.@-]*")];
    1 "SchemaRegistryConfig" schema_registry_config: KafkaSchemaRegistryConfig;
    2 "ConsumptionMode" consumption_mode: String [one_of(KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE)];
}

wire::shape! { SendDurableExecutionCallbackFailureRequest
    0 "CallbackId" callback_id: String [required label("CallbackId") len(1, 1024) like("[A-Za-z0-9+/]+={0,2}")];
    1 "Error" error: ErrorObject [payload];
}

wire::shape! { SendDurableExecutionCallbackFailureResponse
}

wire::shape! { SendDurableExecutionCallbackHeartbeatRequest
    0 "CallbackId" callback_id: String [required label("CallbackId") len(1, 1024) like("[A-Za-z0-9+/]+={0,2}")];
}

wire::shape! { SendDurableExecutionCallbackHeartbeatResponse
}

wire::shape! { SendDurableExecutionCallbackSuccessRequest
    0 "CallbackId" callback_id: String [required label("CallbackId") len(1, 1024) like("[A-Za-z0-9+/]+={0,2}")];
    1 "Result" result: Bytes [payload len_max(1048576) sensitive];
}

wire::shape! { SendDurableExecutionCallbackSuccessResponse
}

wire::shape! { SnapStart
    0 "ApplyOn" apply_on: String [one_of(SNAP_START_APPLY_ON)];
}

wire::shape! { SnapStartResponse
    0 "ApplyOn" apply_on: String [one_of(SNAP_START_APPLY_ON)];
    1 "OptimizationStatus" optimization_status: String [one_of(SNAP_START_OPTIMIZATION_STATUS)];
}

wire::shape! { SourceAccessConfiguration
    0 "Type" r#type: String [one_of(SOURCE_ACCESS_TYPE)];
    1 "URI" uri: String [len(1, 200) like(r"[ a-zA-Z0-9-\/*:_+=.@-]*")];
}

wire::shape! { StepDetails
    0 "Attempt" attempt: i32 [min(0)];
    1 "NextAttemptTimestamp" next_attempt_timestamp: Timestamp;
    2 "Result" result: String [len_max(6291456) sensitive];
    3 "Error" error: ErrorObject;
}

wire::shape! { StepFailedDetails
    0 "Error" error: EventError [required];
    1 "RetryDetails" retry_details: RetryDetails [required];
}

wire::shape! { StepOptions
    0 "NextAttemptDelaySeconds" next_attempt_delay_seconds: i32 [range(1, 31622400)];
}

wire::shape! { StepStartedDetails
}

wire::shape! { StepSucceededDetails
    0 "Result" result: EventResult [required];
    1 "RetryDetails" retry_details: RetryDetails [required];
}

wire::shape! { StopDurableExecutionRequest
    0 "DurableExecutionArn" durable_execution_arn: String [required label("DurableExecutionArn") len(1, 1024) like(r"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)")];
    1 "Error" error: ErrorObject [payload];
}

wire::shape! { StopDurableExecutionResponse
    0 "StopTimestamp" stop_timestamp: Timestamp [required];
}

wire::shape! { TagResourceRequest
    0 "Resource" resource: String [required label("Resource") len(1, 10000) like(r"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})")];
    1 "Tags" tags: BTreeMap<String, String> [required each(&ITEM.len_max(256).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)")) keys(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
}

wire::shape! { TagsError
    0 "ErrorCode" error_code: String [required len(10, 21) like("[A-Za-z]+Exception")];
    1 "Message" message: String [required len(84, 1000) like(".*")];
}

wire::shape! { TargetTrackingScalingPolicy
    0 "PredefinedMetricType" predefined_metric_type: String [required one_of(CAPACITY_PROVIDER_PREDEFINED_METRIC_TYPE)];
    1 "TargetValue" target_value: f64 [required range(0, 100)];
}

wire::shape! { TenancyConfig
    0 "TenantIsolationMode" tenant_isolation_mode: String [required one_of(TENANT_ISOLATION_MODE)];
}

wire::shape! { TraceHeader
    0 "XAmznTraceId" x_amzn_trace_id: String [len_max(8192)];
}

wire::shape! { TracingConfig
    0 "Mode" mode: String [one_of(TRACING_MODE)];
}

wire::shape! { TracingConfigResponse
    0 "Mode" mode: String [one_of(TRACING_MODE)];
}

wire::shape! { UntagResourceRequest
    0 "Resource" resource: String [required label("Resource") len(1, 10000) like(r"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})")];
    1 "TagKeys" tag_keys: Vec<String> [required query("tagKeys") each(&ITEM.len(1, 128).like(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))];
}

wire::shape! { UpdateAliasRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Name" name: String [required label("Name") len(1, 128) like_as("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", r"![0-9]+![a-zA-Z0-9\-_]+")];
    2 "FunctionVersion" function_version: String [len(1, 1024) like(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)")];
    3 "Description" description: String [len_max(256)];
    4 "RoutingConfig" routing_config: AliasRoutingConfiguration;
    5 "RevisionId" revision_id: String;
}

wire::shape! { UpdateCapacityProviderRequest
    0 "CapacityProviderName" capacity_provider_name: String [required label("CapacityProviderName") len(1, 140) like(r"(arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+")];
    1 "CapacityProviderScalingConfig" capacity_provider_scaling_config: CapacityProviderScalingConfig;
    2 "PropagateTags" propagate_tags: PropagateTags;
    3 "TelemetryConfig" telemetry_config: CapacityProviderTelemetryConfig;
}

wire::shape! { UpdateCapacityProviderResponse
    0 "CapacityProvider" capacity_provider: CapacityProvider [required];
}

wire::shape! { UpdateCodeSigningConfigRequest
    0 "CodeSigningConfigArn" code_signing_config_arn: String [required label("CodeSigningConfigArn") len_max(200) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}")];
    1 "Description" description: String [len_max(256)];
    2 "AllowedPublishers" allowed_publishers: AllowedPublishers;
    3 "CodeSigningPolicies" code_signing_policies: CodeSigningPolicies;
}

wire::shape! { UpdateCodeSigningConfigResponse
    0 "CodeSigningConfig" code_signing_config: CodeSigningConfig [required];
}

wire::shape! { UpdateEventSourceMappingRequest
    0 "UUID" uuid: String [required label("UUID") len(36, 36)];
    1 "FunctionName" function_name: String [len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    2 "Enabled" enabled: bool;
    3 "BatchSize" batch_size: i32 [range(1, 10000)];
    4 "FilterCriteria" filter_criteria: FilterCriteria;
    5 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    6 "MetricsConfig" metrics_config: EventSourceMappingMetricsConfig;
    7 "LoggingConfig" logging_config: EventSourceMappingLoggingConfig;
    8 "ScalingConfig" scaling_config: ScalingConfig;
    9 "MaximumBatchingWindowInSeconds" maximum_batching_window_in_seconds: i32 [range(0, 300)];
    10 "ParallelizationFactor" parallelization_factor: i32 [range(1, 10)];
    11 "DestinationConfig" destination_config: DestinationConfig;
    12 "MaximumRecordAgeInSeconds" maximum_record_age_in_seconds: i32 [range(-1, 604800)];
    13 "BisectBatchOnFunctionError" bisect_batch_on_function_error: bool;
    14 "MaximumRetryAttempts" maximum_retry_attempts: i32 [range(-1, 10000)];
    15 "TumblingWindowInSeconds" tumbling_window_in_seconds: i32 [range(0, 900)];
    16 "SourceAccessConfigurations" source_access_configurations: Vec<SourceAccessConfiguration> [len_max(23)];
    17 "FunctionResponseTypes" function_response_types: Vec<String> [len_max(1) each(&ITEM.one_of(FUNCTION_RESPONSE_TYPE))];
    18 "AmazonManagedKafkaEventSourceConfig" amazon_managed_kafka_event_source_config: AmazonManagedKafkaEventSourceConfig;
    19 "SelfManagedKafkaEventSourceConfig" self_managed_kafka_event_source_config: SelfManagedKafkaEventSourceConfig;
    20 "DocumentDBEventSourceConfig" document_db_event_source_config: DocumentDBEventSourceConfig;
    21 "ProvisionedPollerConfig" provisioned_poller_config: ProvisionedPollerConfig;
}

wire::shape! { UpdateFunctionCodeRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "ZipFile" zip_file: Bytes [sensitive];
    2 "S3Bucket" s3_bucket: String [len(3, 63) like_as(r"[0-9A-Za-z\.\-_]*(?<!\.)", r"([0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")];
    3 "S3Key" s3_key: String [len(1, 1024) like(".*")];
    4 "S3ObjectVersion" s3_object_version: String [len(1, 1024) like(".*")];
    5 "S3ObjectStorageMode" s3_object_storage_mode: String [one_of(S3_OBJECT_STORAGE_MODE)];
    6 "ImageUri" image_uri: String;
    7 "Architectures" architectures: Vec<String> [len(1, 1) each(&ITEM.one_of(ARCHITECTURE))];
    8 "Publish" publish: bool;
    9 "PublishTo" publish_to: String [one_of(FUNCTION_VERSION_LATEST_PUBLISHED)];
    10 "DryRun" dry_run: bool;
    11 "RevisionId" revision_id: String;
    12 "SourceKMSKeyArn" source_kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
}

wire::shape! { UpdateFunctionConfigurationRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    1 "Role" role: String [len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+")];
    2 "Handler" handler: String [len_max(128) like(r"[^\s]+")];
    3 "Description" description: String [len_max(256)];
    4 "Timeout" timeout: i32 [range(1, 5400)];
    5 "MemorySize" memory_size: i32 [range(128, 32768)];
    6 "VpcConfig" vpc_config: VpcConfig;
    7 "Environment" environment: Environment;
    8 "Runtime" runtime: String [one_of(RUNTIME)];
    9 "DeadLetterConfig" dead_letter_config: DeadLetterConfig;
    10 "KMSKeyArn" kms_key_arn: String [len_max(10000) like("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")];
    11 "TracingConfig" tracing_config: TracingConfig;
    12 "RevisionId" revision_id: String;
    13 "Layers" layers: Vec<String> [each(&ITEM.len(1, 2048).like(r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))"))];
    14 "FileSystemConfigs" file_system_configs: Vec<FileSystemConfig> [len_max(1)];
    15 "ImageConfig" image_config: ImageConfig;
    16 "EphemeralStorage" ephemeral_storage: EphemeralStorage;
    17 "SnapStart" snap_start: SnapStart;
    18 "LoggingConfig" logging_config: LoggingConfig;
    19 "CapacityProviderConfig" capacity_provider_config: CapacityProviderConfig;
    20 "DurableConfig" durable_config: DurableConfig;
    21 "RuntimeConfig" runtime_config: FunctionRuntimeConfig;
    22 "AcceleratorConfig" accelerator_config: AcceleratorConfig;
}

wire::shape! { UpdateFunctionEventInvokeConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 256) like(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+")];
    2 "MaximumRetryAttempts" maximum_retry_attempts: i32 [range(0, 2)];
    3 "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: i32 [range(60, 21600)];
    4 "DestinationConfig" destination_config: DestinationConfig;
}

wire::shape! { UpdateFunctionUrlConfigRequest
    0 "FunctionName" function_name: String [required label("FunctionName") len(1, 140) like_as(r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?", r"(arn:(aws[a-zA-Z\-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9\-_]{1,64})(:([0-9]*[a-zA-Z\-_][0-9a-zA-Z\-_]*))?")];
    1 "Qualifier" qualifier: String [query("Qualifier") len(1, 128) like_as(r"((?!^\d+$)^[0-9a-zA-Z-_]+$)", r"!\d+![0-9a-zA-Z\-_]+")];
    2 "AuthType" auth_type: String [one_of(FUNCTION_URL_AUTH_TYPE)];
    3 "Cors" cors: Cors;
    4 "InvokeMode" invoke_mode: String [one_of(INVOKE_MODE)];
}

wire::shape! { UpdateFunctionUrlConfigResponse
    0 "FunctionUrl" function_url: String [required len(40, 100)];
    1 "FunctionArn" function_arn: String [required len_max(10000) like(r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?")];
    2 "AuthType" auth_type: String [required one_of(FUNCTION_URL_AUTH_TYPE)];
    3 "Cors" cors: Cors;
    4 "CreationTime" creation_time: String [required len_max(100) like(".*")];
    5 "LastModifiedTime" last_modified_time: String [required len_max(100) like(".*")];
    6 "InvokeMode" invoke_mode: String [one_of(INVOKE_MODE)];
}

wire::shape! { VpcConfig
    0 "SubnetIds" subnet_ids: Vec<String> [len_max(16) each(&ITEM.len_max(1024).like("subnet-[0-9a-z]*"))];
    1 "SecurityGroupIds" security_group_ids: Vec<String> [len_max(5) each(&ITEM.len_max(1024).like("sg-[0-9a-zA-Z]*"))];
    2 "Ipv6AllowedForDualStack" ipv6_allowed_for_dual_stack: bool;
}

wire::shape! { VpcConfigResponse
    0 "SubnetIds" subnet_ids: Vec<String> [len_max(16) each(&ITEM.len_max(1024).like("subnet-[0-9a-z]*"))];
    1 "SecurityGroupIds" security_group_ids: Vec<String> [len_max(5) each(&ITEM.len_max(1024).like("sg-[0-9a-zA-Z]*"))];
    2 "VpcId" vpc_id: String;
    3 "Ipv6AllowedForDualStack" ipv6_allowed_for_dual_stack: bool;
}

wire::shape! { WaitCancelledDetails
    0 "Error" error: EventError;
}

wire::shape! { WaitDetails
    0 "ScheduledEndTimestamp" scheduled_end_timestamp: Timestamp;
}

wire::shape! { WaitOptions
    0 "WaitSeconds" wait_seconds: i32 [range(1, 31622400)];
}

wire::shape! { WaitStartedDetails
    0 "Duration" duration: i32 [required min(0)];
    1 "ScheduledEndTimestamp" scheduled_end_timestamp: Timestamp [required];
}

wire::shape! { WaitSucceededDetails
    0 "Duration" duration: i32 [min(0)];
}

/// The values of `ApplicationLogLevel`.
pub const APPLICATION_LOG_LEVEL: &[&str] = &["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
/// The values of `Architecture`.
pub const ARCHITECTURE: &[&str] = &["x86_64", "arm64"];
/// The values of `CapacityProviderPredefinedMetricType`.
pub const CAPACITY_PROVIDER_PREDEFINED_METRIC_TYPE: &[&str] =
    &["LambdaCapacityProviderAverageCPUUtilization", "LambdaCapacityProviderAverageGPUUtilization"];
/// The values of `CapacityProviderScalingMode`.
pub const CAPACITY_PROVIDER_SCALING_MODE: &[&str] = &["Auto", "Manual"];
/// The values of `CapacityProviderState`.
pub const CAPACITY_PROVIDER_STATE: &[&str] = &["Pending", "Active", "Failed", "Deleting"];
/// The values of `CodeSigningPolicy`.
pub const CODE_SIGNING_POLICY: &[&str] = &["Warn", "Enforce"];
/// The values of `DirectS3Read`.
pub const DIRECT_S3_READ: &[&str] = &["ENABLED", "DISABLED", "AUTO"];
/// The values of `EndPointType`.
pub const END_POINT_TYPE: &[&str] = &["KAFKA_BOOTSTRAP_SERVERS"];
/// The values of `EventSourceMappingMetric`.
pub const EVENT_SOURCE_MAPPING_METRIC: &[&str] = &["EventCount", "ErrorCount", "KafkaMetrics"];
/// The values of `EventSourceMappingSystemLogLevel`.
pub const EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL: &[&str] = &["DEBUG", "INFO", "WARN"];
/// The values of `EventSourcePosition`.
pub const EVENT_SOURCE_POSITION: &[&str] = &["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"];
/// The values of `EventType`.
pub const EVENT_TYPE: &[&str] = &[
    "ExecutionStarted",
    "ExecutionSucceeded",
    "ExecutionFailed",
    "ExecutionTimedOut",
    "ExecutionStopped",
    "ContextStarted",
    "ContextSucceeded",
    "ContextFailed",
    "WaitStarted",
    "WaitSucceeded",
    "WaitCancelled",
    "StepStarted",
    "StepSucceeded",
    "StepFailed",
    "ChainedInvokeStarted",
    "ChainedInvokeSucceeded",
    "ChainedInvokeFailed",
    "ChainedInvokeTimedOut",
    "ChainedInvokeStopped",
    "CallbackStarted",
    "CallbackSucceeded",
    "CallbackFailed",
    "CallbackTimedOut",
    "InvocationCompleted",
    "ExecutionPaused",
    "ExecutionResumed",
];
/// The values of `ExecutionStatus`.
pub const EXECUTION_STATUS: &[&str] =
    &["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "STOPPED", "DELETING", "PAUSING", "PAUSED"];
/// The values of `FullDocument`.
pub const FULL_DOCUMENT: &[&str] = &["UpdateLookup", "Default"];
/// The values of `FunctionResponseType`.
pub const FUNCTION_RESPONSE_TYPE: &[&str] = &["ReportBatchItemFailures"];
/// The values of `FunctionUrlAuthType`.
pub const FUNCTION_URL_AUTH_TYPE: &[&str] = &["NONE", "AWS_IAM"];
/// The values of `FunctionVersion`.
pub const FUNCTION_VERSION: &[&str] = &["ALL"];
/// The values of `FunctionVersionLatestPublished`.
pub const FUNCTION_VERSION_LATEST_PUBLISHED: &[&str] = &["LATEST_PUBLISHED"];
/// The values of `InvocationType`.
pub const INVOCATION_TYPE: &[&str] = &["Event", "RequestResponse", "DryRun"];
/// The values of `InvokeMode`.
pub const INVOKE_MODE: &[&str] = &["BUFFERED", "RESPONSE_STREAM"];
/// The values of `KafkaEventSourceMappingConsumptionMode`.
pub const KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE: &[&str] = &["Stream", "Queue"];
/// The values of `KafkaSchemaRegistryAuthType`.
pub const KAFKA_SCHEMA_REGISTRY_AUTH_TYPE: &[&str] =
    &["BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH"];
/// The values of `KafkaSchemaValidationAttribute`.
pub const KAFKA_SCHEMA_VALIDATION_ATTRIBUTE: &[&str] = &["KEY", "VALUE"];
/// The values of `LastUpdateStatus`.
pub const LAST_UPDATE_STATUS: &[&str] = &["Successful", "Failed", "InProgress"];
/// The values of `LastUpdateStatusReasonCode`.
pub const LAST_UPDATE_STATUS_REASON_CODE: &[&str] = &[
    "EniLimitExceeded",
    "InsufficientRolePermissions",
    "InvalidConfiguration",
    "InternalError",
    "SubnetOutOfIPAddresses",
    "InvalidSubnet",
    "InvalidSecurityGroup",
    "ImageDeleted",
    "ImageAccessDenied",
    "InvalidImage",
    "KMSKeyAccessDenied",
    "KMSKeyNotFound",
    "InvalidStateKMSKey",
    "DisabledKMSKey",
    "EFSIOError",
    "EFSMountConnectivityError",
    "EFSMountFailure",
    "EFSMountTimeout",
    "InvalidRuntime",
    "InvalidZipFileException",
    "FunctionError",
    "ServiceQuotaExceededException",
    "VcpuLimitExceeded",
    "CapacityProviderScalingLimitExceeded",
    "InsufficientCapacity",
    "EC2RequestLimitExceeded",
    "FunctionError.InitTimeout",
    "FunctionError.RuntimeInitError",
    "FunctionError.ExtensionInitError",
    "FunctionError.InvalidEntryPoint",
    "FunctionError.InvalidWorkingDirectory",
    "FunctionError.PermissionDenied",
    "FunctionError.TooManyExtensions",
    "FunctionError.InitResourceExhausted",
    "DisallowedByVpcEncryptionControl",
    "IncompatibleAcceleratorInstanceTypes",
    "DependencyError",
];
/// The values of `LogFormat`.
pub const LOG_FORMAT: &[&str] = &["JSON", "Text"];
/// The values of `LogType`.
pub const LOG_TYPE: &[&str] = &["None", "Tail"];
/// The values of `OperationAction`.
pub const OPERATION_ACTION: &[&str] = &["START", "SUCCEED", "FAIL", "RETRY", "CANCEL"];
/// The values of `OperationStatus`.
pub const OPERATION_STATUS: &[&str] =
    &["STARTED", "PENDING", "READY", "SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT", "STOPPED"];
/// The values of `OperationType`.
pub const OPERATION_TYPE: &[&str] = &["EXECUTION", "CONTEXT", "STEP", "WAIT", "CALLBACK", "CHAINED_INVOKE"];
/// The values of `PackageType`.
pub const PACKAGE_TYPE: &[&str] = &["Zip", "Image"];
/// The values of `PropagateTagsMode`.
pub const PROPAGATE_TAGS_MODE: &[&str] = &["None", "Explicit"];
/// The values of `ProvisionedConcurrencyStatusEnum`.
pub const PROVISIONED_CONCURRENCY_STATUS_ENUM: &[&str] = &["IN_PROGRESS", "READY", "FAILED"];
/// The values of `RecursiveLoop`.
pub const RECURSIVE_LOOP: &[&str] = &["Allow", "Terminate"];
/// The values of `ResponseStreamingInvocationType`.
pub const RESPONSE_STREAMING_INVOCATION_TYPE: &[&str] = &["RequestResponse", "DryRun"];
/// The values of `Runtime`.
pub const RUNTIME: &[&str] = &[
    "nodejs",
    "nodejs4.3",
    "nodejs6.10",
    "nodejs8.10",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "nodejs16.x",
    "nodejs18.x",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "java8",
    "java8.al2",
    "java11",
    "java17",
    "java21",
    "java25",
    "python2.7",
    "python3.6",
    "python3.7",
    "python3.8",
    "python3.9",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "dotnet6",
    "dotnet8",
    "dotnet10",
    "nodejs4.3-edge",
    "go1.x",
    "ruby2.5",
    "ruby2.7",
    "ruby3.2",
    "ruby3.3",
    "ruby3.4",
    "ruby4.0",
    "provided",
    "provided.al2",
    "provided.al2023",
    "nodejs26.x",
    "python3.15",
    "java8.al2023",
    "java11.al2023",
    "java17.al2023",
    "custom",
];
/// The values of `S3ObjectStorageMode`.
pub const S3_OBJECT_STORAGE_MODE: &[&str] = &["COPY", "REFERENCE"];
/// The values of `SchemaRegistryEventRecordFormat`.
pub const SCHEMA_REGISTRY_EVENT_RECORD_FORMAT: &[&str] = &["JSON", "SOURCE"];
/// The values of `SnapStartApplyOn`.
pub const SNAP_START_APPLY_ON: &[&str] = &["PublishedVersions", "None"];
/// The values of `SnapStartOptimizationStatus`.
pub const SNAP_START_OPTIMIZATION_STATUS: &[&str] = &["On", "Off"];
/// The values of `SourceAccessType`.
pub const SOURCE_ACCESS_TYPE: &[&str] = &[
    "BASIC_AUTH",
    "VPC_SUBNET",
    "VPC_SECURITY_GROUP",
    "SASL_SCRAM_512_AUTH",
    "SASL_SCRAM_256_AUTH",
    "VIRTUAL_HOST",
    "CLIENT_CERTIFICATE_TLS_AUTH",
    "SERVER_ROOT_CA_CERTIFICATE",
    "OAUTHBEARER_AUTH",
    "OAUTHBEARER_SCOPE",
    "OAUTHBEARER_AUDIENCE",
    "OAUTHBEARER_LOGICAL_CLUSTER",
    "OAUTHBEARER_IDENTITY_POOL",
    "IAM_AUTH",
    "IAM_OAUTHBEARER_AUTH",
];
/// The values of `State`.
pub const STATE: &[&str] = &[
    "Pending",
    "Active",
    "Inactive",
    "Failed",
    "Deactivating",
    "Deactivated",
    "ActiveNonInvocable",
    "Deleting",
];
/// The values of `StateReasonCode`.
pub const STATE_REASON_CODE: &[&str] = &[
    "Idle",
    "Creating",
    "Restoring",
    "EniLimitExceeded",
    "InsufficientRolePermissions",
    "InvalidConfiguration",
    "InternalError",
    "SubnetOutOfIPAddresses",
    "InvalidSubnet",
    "InvalidSecurityGroup",
    "ImageDeleted",
    "ImageAccessDenied",
    "InvalidImage",
    "KMSKeyAccessDenied",
    "KMSKeyNotFound",
    "InvalidStateKMSKey",
    "DisabledKMSKey",
    "EFSIOError",
    "EFSMountConnectivityError",
    "EFSMountFailure",
    "EFSMountTimeout",
    "InvalidRuntime",
    "InvalidZipFileException",
    "FunctionError",
    "ServiceQuotaExceededException",
    "VcpuLimitExceeded",
    "CapacityProviderScalingLimitExceeded",
    "InsufficientCapacity",
    "EC2RequestLimitExceeded",
    "FunctionError.InitTimeout",
    "FunctionError.RuntimeInitError",
    "FunctionError.ExtensionInitError",
    "FunctionError.InvalidEntryPoint",
    "FunctionError.InvalidWorkingDirectory",
    "FunctionError.PermissionDenied",
    "FunctionError.TooManyExtensions",
    "FunctionError.InitResourceExhausted",
    "DisallowedByVpcEncryptionControl",
    "DrainingDurableExecutions",
    "IncompatibleAcceleratorInstanceTypes",
    "DependencyError",
];
/// The values of `SystemLogLevel`.
pub const SYSTEM_LOG_LEVEL: &[&str] = &["DEBUG", "INFO", "WARN"];
/// The values of `TenantIsolationMode`.
pub const TENANT_ISOLATION_MODE: &[&str] = &["PER_TENANT"];
/// The values of `TracingMode`.
pub const TRACING_MODE: &[&str] = &["Active", "PassThrough"];
/// The values of `UpdateRuntimeOn`.
pub const UPDATE_RUNTIME_ON: &[&str] = &["Auto", "Manual", "FunctionUpdate"];
