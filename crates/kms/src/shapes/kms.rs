//! The tables of `kms`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `kms`.
pub static KMS: wire::Service = wire::Service {
    name: "kms",
    signing_name: "kms",
    target_prefix: "TrentService",
    version: "2014-11-01",
    protocol: wire::Protocol::Json11,
    xml_namespace: "",
    global: false,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "CancelKeyDeletion" CancelKeyDeletionRequest => CancelKeyDeletionResponse;
    "ConnectCustomKeyStore" ConnectCustomKeyStoreRequest => ConnectCustomKeyStoreResponse;
    "CreateAlias" CreateAliasRequest => ();
    "CreateCustomKeyStore" CreateCustomKeyStoreRequest => CreateCustomKeyStoreResponse;
    "CreateGrant" CreateGrantRequest => CreateGrantResponse;
    "CreateKey" CreateKeyRequest => CreateKeyResponse;
    "Decapsulate" DecapsulateRequest => DecapsulateResponse;
    "Decrypt" DecryptRequest => DecryptResponse;
    "DeleteAlias" DeleteAliasRequest => ();
    "DeleteCustomKeyStore" DeleteCustomKeyStoreRequest => DeleteCustomKeyStoreResponse;
    "DeleteImportedKeyMaterial" DeleteImportedKeyMaterialRequest => DeleteImportedKeyMaterialResponse;
    "DeriveSharedSecret" DeriveSharedSecretRequest => DeriveSharedSecretResponse;
    "DescribeCustomKeyStores" DescribeCustomKeyStoresRequest => DescribeCustomKeyStoresResponse;
    "DescribeKey" DescribeKeyRequest => DescribeKeyResponse;
    "DisableKey" DisableKeyRequest => ();
    "DisableKeyRotation" DisableKeyRotationRequest => ();
    "DisconnectCustomKeyStore" DisconnectCustomKeyStoreRequest => DisconnectCustomKeyStoreResponse;
    "EnableKey" EnableKeyRequest => ();
    "EnableKeyRotation" EnableKeyRotationRequest => ();
    "Encapsulate" EncapsulateRequest => EncapsulateResponse;
    "Encrypt" EncryptRequest => EncryptResponse;
    "GenerateDataKey" GenerateDataKeyRequest => GenerateDataKeyResponse;
    "GenerateDataKeyPair" GenerateDataKeyPairRequest => GenerateDataKeyPairResponse;
    "GenerateDataKeyPairWithoutPlaintext" GenerateDataKeyPairWithoutPlaintextRequest => GenerateDataKeyPairWithoutPlaintextResponse;
    "GenerateDataKeyWithoutPlaintext" GenerateDataKeyWithoutPlaintextRequest => GenerateDataKeyWithoutPlaintextResponse;
    "GenerateMac" GenerateMacRequest => GenerateMacResponse;
    "GenerateRandom" GenerateRandomRequest => GenerateRandomResponse;
    "GetKeyLastUsage" GetKeyLastUsageRequest => GetKeyLastUsageResponse;
    "GetKeyPolicy" GetKeyPolicyRequest => GetKeyPolicyResponse;
    "GetKeyRotationStatus" GetKeyRotationStatusRequest => GetKeyRotationStatusResponse;
    "GetParametersForImport" GetParametersForImportRequest => GetParametersForImportResponse;
    "GetPublicKey" GetPublicKeyRequest => GetPublicKeyResponse;
    "ImportKeyMaterial" ImportKeyMaterialRequest => ImportKeyMaterialResponse;
    "ListAliases" ListAliasesRequest => ListAliasesResponse;
    "ListGrants" ListGrantsRequest => ListGrantsResponse;
    "ListKeyPolicies" ListKeyPoliciesRequest => ListKeyPoliciesResponse;
    "ListKeyRotations" ListKeyRotationsRequest => ListKeyRotationsResponse;
    "ListKeys" ListKeysRequest => ListKeysResponse;
    "ListResourceTags" ListResourceTagsRequest => ListResourceTagsResponse;
    "ListRetirableGrants" ListRetirableGrantsRequest => ListGrantsResponse;
    "PutKeyPolicy" PutKeyPolicyRequest => ();
    "ReEncrypt" ReEncryptRequest => ReEncryptResponse;
    "ReplicateKey" ReplicateKeyRequest => ReplicateKeyResponse;
    "RetireGrant" RetireGrantRequest => ();
    "RevokeGrant" RevokeGrantRequest => ();
    "RotateKeyOnDemand" RotateKeyOnDemandRequest => RotateKeyOnDemandResponse;
    "ScheduleKeyDeletion" ScheduleKeyDeletionRequest => ScheduleKeyDeletionResponse;
    "Sign" SignRequest => SignResponse;
    "TagResource" TagResourceRequest => ();
    "UntagResource" UntagResourceRequest => ();
    "UpdateAlias" UpdateAliasRequest => ();
    "UpdateCustomKeyStore" UpdateCustomKeyStoreRequest => UpdateCustomKeyStoreResponse;
    "UpdateKeyDescription" UpdateKeyDescriptionRequest => ();
    "UpdatePrimaryRegion" UpdatePrimaryRegionRequest => ();
    "Verify" VerifyRequest => VerifyResponse;
    "VerifyMac" VerifyMacRequest => VerifyMacResponse;
}

wire::errors! {
    "AlreadyExistsException" "AlreadyExistsException" 400 sender;
    "CloudHsmClusterInUseException" "CloudHsmClusterInUseException" 400 sender;
    "CloudHsmClusterInvalidConfigurationException" "CloudHsmClusterInvalidConfigurationException" 400 sender;
    "CloudHsmClusterNotActiveException" "CloudHsmClusterNotActiveException" 400 sender;
    "CloudHsmClusterNotFoundException" "CloudHsmClusterNotFoundException" 400 sender;
    "CloudHsmClusterNotRelatedException" "CloudHsmClusterNotRelatedException" 400 sender;
    "ConflictException" "ConflictException" 400 sender;
    "CustomKeyStoreHasCMKsException" "CustomKeyStoreHasCMKsException" 400 sender;
    "CustomKeyStoreInvalidStateException" "CustomKeyStoreInvalidStateException" 400 sender;
    "CustomKeyStoreNameInUseException" "CustomKeyStoreNameInUseException" 400 sender;
    "CustomKeyStoreNotFoundException" "CustomKeyStoreNotFoundException" 400 sender;
    "DependencyTimeoutException" "DependencyTimeoutException" 500 receiver;
    "DisabledException" "DisabledException" 400 sender;
    "DryRunOperationException" "DryRunOperationException" 400 sender;
    "ExpiredImportTokenException" "ExpiredImportTokenException" 400 sender;
    "IncorrectKeyException" "IncorrectKeyException" 400 sender;
    "IncorrectKeyMaterialException" "IncorrectKeyMaterialException" 400 sender;
    "IncorrectTrustAnchorException" "IncorrectTrustAnchorException" 400 sender;
    "InvalidAliasNameException" "InvalidAliasNameException" 400 sender;
    "InvalidArnException" "InvalidArnException" 400 sender;
    "InvalidCiphertextException" "InvalidCiphertextException" 400 sender;
    "InvalidGrantIdException" "InvalidGrantIdException" 400 sender;
    "InvalidGrantTokenException" "InvalidGrantTokenException" 400 sender;
    "InvalidImportTokenException" "InvalidImportTokenException" 400 sender;
    "InvalidKeyUsageException" "InvalidKeyUsageException" 400 sender;
    "InvalidMarkerException" "InvalidMarkerException" 400 sender;
    "KMSInternalException" "KMSInternalException" 500 receiver;
    "KMSInvalidMacException" "KMSInvalidMacException" 400 sender;
    "KMSInvalidSignatureException" "KMSInvalidSignatureException" 400 sender;
    "KMSInvalidStateException" "KMSInvalidStateException" 400 sender;
    "KeyUnavailableException" "KeyUnavailableException" 500 receiver;
    "LimitExceededException" "LimitExceededException" 400 sender;
    "MalformedPolicyDocumentException" "MalformedPolicyDocumentException" 400 sender;
    "NotFoundException" "NotFoundException" 400 sender;
    "TagException" "TagException" 400 sender;
    "UnsupportedOperationException" "UnsupportedOperationException" 400 sender;
    "XksKeyAlreadyInUseException" "XksKeyAlreadyInUseException" 400 sender;
    "XksKeyInvalidConfigurationException" "XksKeyInvalidConfigurationException" 400 sender;
    "XksKeyNotFoundException" "XksKeyNotFoundException" 400 sender;
    "XksProxyIncorrectAuthenticationCredentialException" "XksProxyIncorrectAuthenticationCredentialException" 400 sender;
    "XksProxyInvalidConfigurationException" "XksProxyInvalidConfigurationException" 400 sender;
    "XksProxyInvalidResponseException" "XksProxyInvalidResponseException" 400 sender;
    "XksProxyUriEndpointInUseException" "XksProxyUriEndpointInUseException" 400 sender;
    "XksProxyUriInUseException" "XksProxyUriInUseException" 400 sender;
    "XksProxyUriUnreachableException" "XksProxyUriUnreachableException" 400 sender;
    "XksProxyVpcEndpointServiceInUseException" "XksProxyVpcEndpointServiceInUseException" 400 sender;
    "XksProxyVpcEndpointServiceInvalidConfigurationException" "XksProxyVpcEndpointServiceInvalidConfigurationException" 400 sender;
    "XksProxyVpcEndpointServiceNotFoundException" "XksProxyVpcEndpointServiceNotFoundException" 400 sender;
}

wire::shape! { AliasListEntry
    0 "AliasName" alias_name: String [len(1, 256) like("^[a-zA-Z0-9:/_-]+$")];
    1 "AliasArn" alias_arn: String [len(20, 2048)];
    2 "TargetKeyId" target_key_id: String [len(1, 2048)];
    3 "CreationDate" creation_date: Timestamp;
    4 "LastUpdatedDate" last_updated_date: Timestamp;
}

wire::shape! { CancelKeyDeletionRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { CancelKeyDeletionResponse
    0 "KeyId" key_id: String [len(1, 2048)];
}

wire::shape! { ConnectCustomKeyStoreRequest
    0 "CustomKeyStoreId" custom_key_store_id: String [required len(1, 64)];
}

wire::shape! { ConnectCustomKeyStoreResponse
}

wire::shape! { CreateAliasRequest
    0 "AliasName" alias_name: String [required len(1, 256) like("^[a-zA-Z0-9:/_-]+$")];
    1 "TargetKeyId" target_key_id: String [required len(1, 2048)];
}

wire::shape! { CreateCustomKeyStoreRequest
    0 "CustomKeyStoreName" custom_key_store_name: String [required len(1, 256)];
    1 "CloudHsmClusterId" cloud_hsm_cluster_id: String [len(19, 24) like("cluster-[2-7a-zA-Z]{11,16}")];
    2 "TrustAnchorCertificate" trust_anchor_certificate: String [len(1, 5000)];
    3 "KeyStorePassword" key_store_password: String [len(7, 32) sensitive];
    4 "CustomKeyStoreType" custom_key_store_type: String [one_of(CUSTOM_KEY_STORE_TYPE)];
    5 "XksProxyUriEndpoint" xks_proxy_uri_endpoint: String [len(10, 128) like("^https://[a-zA-Z0-9.-]+$")];
    6 "XksProxyUriPath" xks_proxy_uri_path: String [len(10, 128) like(r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$")];
    7 "XksProxyVpcEndpointServiceName" xks_proxy_vpc_endpoint_service_name: String [len(20, 64) like(r"^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$")];
    8 "XksProxyVpcEndpointServiceOwner" xks_proxy_vpc_endpoint_service_owner: String [len(12, 12) like("[0-9]{12}")];
    9 "XksProxyAuthenticationCredential" xks_proxy_authentication_credential: XksProxyAuthenticationCredentialType;
    10 "XksProxyConnectivity" xks_proxy_connectivity: String [one_of(XKS_PROXY_CONNECTIVITY_TYPE)];
}

wire::shape! { CreateCustomKeyStoreResponse
    0 "CustomKeyStoreId" custom_key_store_id: String [len(1, 64)];
}

wire::shape! { CreateGrantRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "GranteePrincipal" grantee_principal: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    2 "RetiringPrincipal" retiring_principal: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    3 "Operations" operations: Vec<String> [required each(&ITEM.one_of(GRANT_OPERATION))];
    4 "Constraints" constraints: GrantConstraints;
    5 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    6 "Name" name: String [len(1, 256) like("^[a-zA-Z0-9:/_-]+$")];
    7 "DryRun" dry_run: bool;
    8 "GranteeServicePrincipal" grantee_service_principal: String [len(1, 128) like(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$")];
    9 "RetiringServicePrincipal" retiring_service_principal: String [len(1, 128) like(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$")];
}

wire::shape! { CreateGrantResponse
    0 "GrantToken" grant_token: String [len(1, 8192)];
    1 "GrantId" grant_id: String [len(1, 128)];
}

wire::shape! { CreateKeyRequest
    0 "Policy" policy: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    1 "Description" description: String [len_max(8192)];
    2 "KeyUsage" key_usage: String [one_of(KEY_USAGE_TYPE)];
    3 "CustomerMasterKeySpec" customer_master_key_spec: String [one_of(CUSTOMER_MASTER_KEY_SPEC)];
    4 "KeySpec" key_spec: String [one_of(KEY_SPEC)];
    5 "Origin" origin: String [one_of(ORIGIN_TYPE)];
    6 "CustomKeyStoreId" custom_key_store_id: String [len(1, 64)];
    7 "BypassPolicyLockoutSafetyCheck" bypass_policy_lockout_safety_check: bool;
    8 "Tags" tags: Vec<Tag>;
    9 "MultiRegion" multi_region: bool;
    10 "XksKeyId" xks_key_id: String [len(1, 128) like("^[a-zA-Z0-9-_.]+$")];
}

wire::shape! { CreateKeyResponse
    0 "KeyMetadata" key_metadata: KeyMetadata;
}

wire::shape! { CustomKeyStoresListEntry
    0 "CustomKeyStoreId" custom_key_store_id: String [len(1, 64)];
    1 "CustomKeyStoreName" custom_key_store_name: String [len(1, 256)];
    2 "CloudHsmClusterId" cloud_hsm_cluster_id: String [len(19, 24) like("cluster-[2-7a-zA-Z]{11,16}")];
    3 "TrustAnchorCertificate" trust_anchor_certificate: String [len(1, 5000)];
    4 "ConnectionState" connection_state: String [one_of(CONNECTION_STATE_TYPE)];
    5 "ConnectionErrorCode" connection_error_code: String [one_of(CONNECTION_ERROR_CODE_TYPE)];
    6 "CreationDate" creation_date: Timestamp;
    7 "CustomKeyStoreType" custom_key_store_type: String [one_of(CUSTOM_KEY_STORE_TYPE)];
    8 "XksProxyConfiguration" xks_proxy_configuration: XksProxyConfigurationType;
}

wire::shape! { DecapsulateRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "SharedSecretCiphertextBlob" shared_secret_ciphertext_blob: Bytes [required len(1, 6144)];
    2 "EncapsulationAlgorithm" encapsulation_algorithm: String [required one_of(ENCAPSULATION_ALGORITHM_SPEC)];
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "DryRun" dry_run: bool;
}

wire::shape! { DecapsulateResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "SharedSecret" shared_secret: Bytes [len(1, 4096) sensitive];
    2 "EncapsulationAlgorithm" encapsulation_algorithm: String [one_of(ENCAPSULATION_ALGORITHM_SPEC)];
}

wire::shape! { DecryptRequest
    0 "CiphertextBlob" ciphertext_blob: Bytes [len(1, 6144)];
    1 "EncryptionContext" encryption_context: BTreeMap<String, String>;
    2 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    3 "KeyId" key_id: String [len(1, 2048)];
    4 "EncryptionAlgorithm" encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    5 "Recipient" recipient: RecipientInfo;
    6 "DryRun" dry_run: bool;
    7 "DryRunModifiers" dry_run_modifiers: Vec<String> [each(&ITEM.one_of(DRY_RUN_MODIFIER_TYPE))];
}

wire::shape! { DecryptResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "Plaintext" plaintext: Bytes [len(1, 4096) sensitive];
    2 "EncryptionAlgorithm" encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    3 "CiphertextForRecipient" ciphertext_for_recipient: Bytes [len(1, 6144)];
    4 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { DeleteAliasRequest
    0 "AliasName" alias_name: String [required len(1, 256) like("^[a-zA-Z0-9:/_-]+$")];
}

wire::shape! { DeleteCustomKeyStoreRequest
    0 "CustomKeyStoreId" custom_key_store_id: String [required len(1, 64)];
}

wire::shape! { DeleteCustomKeyStoreResponse
}

wire::shape! { DeleteImportedKeyMaterialRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { DeleteImportedKeyMaterialResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "KeyMaterialId" key_material_id: String [len_max(64) like("^[a-f0-9]+$")];
}

wire::shape! { DeriveSharedSecretRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "KeyAgreementAlgorithm" key_agreement_algorithm: String [required one_of(KEY_AGREEMENT_ALGORITHM_SPEC)];
    2 "PublicKey" public_key: Bytes [required len(1, 8192)];
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "DryRun" dry_run: bool;
    5 "Recipient" recipient: RecipientInfo;
}

wire::shape! { DeriveSharedSecretResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "SharedSecret" shared_secret: Bytes [len(1, 4096) sensitive];
    2 "CiphertextForRecipient" ciphertext_for_recipient: Bytes [len(1, 6144)];
    3 "KeyAgreementAlgorithm" key_agreement_algorithm: String [one_of(KEY_AGREEMENT_ALGORITHM_SPEC)];
    4 "KeyOrigin" key_origin: String [one_of(ORIGIN_TYPE)];
}

wire::shape! { DescribeCustomKeyStoresRequest
    0 "CustomKeyStoreId" custom_key_store_id: String [len(1, 64)];
    1 "CustomKeyStoreName" custom_key_store_name: String [len(1, 256)];
    2 "Limit" limit: i32 [range(1, 1000)];
    3 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
}

wire::shape! { DescribeCustomKeyStoresResponse
    0 "CustomKeyStores" custom_key_stores: Vec<CustomKeyStoresListEntry>;
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { DescribeKeyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
}

wire::shape! { DescribeKeyResponse
    0 "KeyMetadata" key_metadata: KeyMetadata;
}

wire::shape! { DisableKeyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { DisableKeyRotationRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { DisconnectCustomKeyStoreRequest
    0 "CustomKeyStoreId" custom_key_store_id: String [required len(1, 64)];
}

wire::shape! { DisconnectCustomKeyStoreResponse
}

wire::shape! { EnableKeyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { EnableKeyRotationRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "RotationPeriodInDays" rotation_period_in_days: i32 [range(90, 2560)];
}

wire::shape! { EncapsulateRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "EncapsulationAlgorithm" encapsulation_algorithm: String [required one_of(ENCAPSULATION_ALGORITHM_SPEC)];
    2 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    3 "DryRun" dry_run: bool;
}

wire::shape! { EncapsulateResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "SharedSecret" shared_secret: Bytes [len(1, 4096) sensitive];
    2 "SharedSecretCiphertextBlob" shared_secret_ciphertext_blob: Bytes [len(1, 6144)];
    3 "EncapsulationAlgorithm" encapsulation_algorithm: String [one_of(ENCAPSULATION_ALGORITHM_SPEC)];
}

wire::shape! { EncryptRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Plaintext" plaintext: Bytes [required len(1, 4096) sensitive];
    2 "EncryptionContext" encryption_context: BTreeMap<String, String>;
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "EncryptionAlgorithm" encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    5 "DryRun" dry_run: bool;
}

wire::shape! { EncryptResponse
    0 "CiphertextBlob" ciphertext_blob: Bytes [len(1, 6144)];
    1 "KeyId" key_id: String [len(1, 2048)];
    2 "EncryptionAlgorithm" encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
}

wire::shape! { GenerateDataKeyPairRequest
    0 "EncryptionContext" encryption_context: BTreeMap<String, String>;
    1 "KeyId" key_id: String [required len(1, 2048)];
    2 "KeyPairSpec" key_pair_spec: String [required one_of(DATA_KEY_PAIR_SPEC)];
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "Recipient" recipient: RecipientInfo;
    5 "DryRun" dry_run: bool;
}

wire::shape! { GenerateDataKeyPairResponse
    0 "PrivateKeyCiphertextBlob" private_key_ciphertext_blob: Bytes [len(1, 6144)];
    1 "PrivateKeyPlaintext" private_key_plaintext: Bytes [len(1, 4096) sensitive];
    2 "PublicKey" public_key: Bytes [len(1, 8192)];
    3 "KeyId" key_id: String [len(1, 2048)];
    4 "KeyPairSpec" key_pair_spec: String [one_of(DATA_KEY_PAIR_SPEC)];
    5 "CiphertextForRecipient" ciphertext_for_recipient: Bytes [len(1, 6144)];
    6 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { GenerateDataKeyPairWithoutPlaintextRequest
    0 "EncryptionContext" encryption_context: BTreeMap<String, String>;
    1 "KeyId" key_id: String [required len(1, 2048)];
    2 "KeyPairSpec" key_pair_spec: String [required one_of(DATA_KEY_PAIR_SPEC)];
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "DryRun" dry_run: bool;
}

wire::shape! { GenerateDataKeyPairWithoutPlaintextResponse
    0 "PrivateKeyCiphertextBlob" private_key_ciphertext_blob: Bytes [len(1, 6144)];
    1 "PublicKey" public_key: Bytes [len(1, 8192)];
    2 "KeyId" key_id: String [len(1, 2048)];
    3 "KeyPairSpec" key_pair_spec: String [one_of(DATA_KEY_PAIR_SPEC)];
    4 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { GenerateDataKeyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "EncryptionContext" encryption_context: BTreeMap<String, String>;
    2 "NumberOfBytes" number_of_bytes: i32 [range(1, 1024)];
    3 "KeySpec" key_spec: String [one_of(DATA_KEY_SPEC)];
    4 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    5 "Recipient" recipient: RecipientInfo;
    6 "DryRun" dry_run: bool;
}

wire::shape! { GenerateDataKeyResponse
    0 "CiphertextBlob" ciphertext_blob: Bytes [len(1, 6144)];
    1 "Plaintext" plaintext: Bytes [len(1, 4096) sensitive];
    2 "KeyId" key_id: String [len(1, 2048)];
    3 "CiphertextForRecipient" ciphertext_for_recipient: Bytes [len(1, 6144)];
    4 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { GenerateDataKeyWithoutPlaintextRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "EncryptionContext" encryption_context: BTreeMap<String, String>;
    2 "KeySpec" key_spec: String [one_of(DATA_KEY_SPEC)];
    3 "NumberOfBytes" number_of_bytes: i32 [range(1, 1024)];
    4 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    5 "DryRun" dry_run: bool;
}

wire::shape! { GenerateDataKeyWithoutPlaintextResponse
    0 "CiphertextBlob" ciphertext_blob: Bytes [len(1, 6144)];
    1 "KeyId" key_id: String [len(1, 2048)];
    2 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { GenerateMacRequest
    0 "Message" message: Bytes [required len(1, 4096) sensitive];
    1 "KeyId" key_id: String [required len(1, 2048)];
    2 "MacAlgorithm" mac_algorithm: String [required one_of(MAC_ALGORITHM_SPEC)];
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "DryRun" dry_run: bool;
}

wire::shape! { GenerateMacResponse
    0 "Mac" mac: Bytes [len(1, 6144)];
    1 "MacAlgorithm" mac_algorithm: String [one_of(MAC_ALGORITHM_SPEC)];
    2 "KeyId" key_id: String [len(1, 2048)];
}

wire::shape! { GenerateRandomRequest
    0 "NumberOfBytes" number_of_bytes: i32 [range(1, 1024)];
    1 "CustomKeyStoreId" custom_key_store_id: String [len(1, 64)];
    2 "Recipient" recipient: RecipientInfo;
}

wire::shape! { GenerateRandomResponse
    0 "Plaintext" plaintext: Bytes [len(1, 4096) sensitive];
    1 "CiphertextForRecipient" ciphertext_for_recipient: Bytes [len(1, 6144)];
}

wire::shape! { GetKeyLastUsageRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { GetKeyLastUsageResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "KeyLastUsage" key_last_usage: KeyLastUsageData;
    2 "TrackingStartDate" tracking_start_date: Timestamp;
    3 "KeyCreationDate" key_creation_date: Timestamp;
}

wire::shape! { GetKeyPolicyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "PolicyName" policy_name: String [len(1, 128) like(r"[\w]+")];
}

wire::shape! { GetKeyPolicyResponse
    0 "Policy" policy: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    1 "PolicyName" policy_name: String [len(1, 128) like(r"[\w]+")];
}

wire::shape! { GetKeyRotationStatusRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { GetKeyRotationStatusResponse
    0 "KeyRotationEnabled" key_rotation_enabled: bool;
    1 "KeyId" key_id: String [len(1, 2048)];
    2 "RotationPeriodInDays" rotation_period_in_days: i32 [range(90, 2560)];
    3 "NextRotationDate" next_rotation_date: Timestamp;
    4 "OnDemandRotationStartDate" on_demand_rotation_start_date: Timestamp;
}

wire::shape! { GetParametersForImportRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "WrappingAlgorithm" wrapping_algorithm: String [required one_of(ALGORITHM_SPEC)];
    2 "WrappingKeySpec" wrapping_key_spec: String [required one_of(WRAPPING_KEY_SPEC)];
}

wire::shape! { GetParametersForImportResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "ImportToken" import_token: Bytes [len(1, 6144)];
    2 "PublicKey" public_key: Bytes [len(1, 4096) sensitive];
    3 "ParametersValidTo" parameters_valid_to: Timestamp;
}

wire::shape! { GetPublicKeyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
}

wire::shape! { GetPublicKeyResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "PublicKey" public_key: Bytes [len(1, 8192)];
    2 "CustomerMasterKeySpec" customer_master_key_spec: String [one_of(CUSTOMER_MASTER_KEY_SPEC)];
    3 "KeySpec" key_spec: String [one_of(KEY_SPEC)];
    4 "KeyUsage" key_usage: String [one_of(KEY_USAGE_TYPE)];
    5 "EncryptionAlgorithms" encryption_algorithms: Vec<String> [each(&ITEM.one_of(ENCRYPTION_ALGORITHM_SPEC))];
    6 "SigningAlgorithms" signing_algorithms: Vec<String> [each(&ITEM.one_of(SIGNING_ALGORITHM_SPEC))];
    7 "KeyAgreementAlgorithms" key_agreement_algorithms: Vec<String> [each(&ITEM.one_of(KEY_AGREEMENT_ALGORITHM_SPEC))];
    8 "EncapsulationAlgorithms" encapsulation_algorithms: Vec<String> [each(&ITEM.one_of(ENCAPSULATION_ALGORITHM_SPEC))];
}

wire::shape! { GrantConstraints
    0 "EncryptionContextSubset" encryption_context_subset: BTreeMap<String, String>;
    1 "EncryptionContextEquals" encryption_context_equals: BTreeMap<String, String>;
    2 "SourceArn" source_arn: String [len(20, 512) like("^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$")];
}

wire::shape! { GrantListEntry
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "GrantId" grant_id: String [len(1, 128)];
    2 "Name" name: String [len(1, 256) like("^[a-zA-Z0-9:/_-]+$")];
    3 "CreationDate" creation_date: Timestamp;
    4 "GranteePrincipal" grantee_principal: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    5 "RetiringPrincipal" retiring_principal: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    6 "IssuingAccount" issuing_account: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    7 "Operations" operations: Vec<String> [each(&ITEM.one_of(GRANT_OPERATION))];
    8 "Constraints" constraints: GrantConstraints;
    9 "GranteeServicePrincipal" grantee_service_principal: String [len(1, 128) like(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$")];
    10 "RetiringServicePrincipal" retiring_service_principal: String [len(1, 128) like(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$")];
}

wire::shape! { ImportKeyMaterialRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "ImportToken" import_token: Bytes [required len(1, 6144)];
    2 "EncryptedKeyMaterial" encrypted_key_material: Bytes [required len(1, 6144)];
    3 "ValidTo" valid_to: Timestamp;
    4 "ExpirationModel" expiration_model: String [one_of(EXPIRATION_MODEL_TYPE)];
    5 "ImportType" import_type: String [one_of(IMPORT_TYPE)];
    6 "KeyMaterialDescription" key_material_description: String [len_max(256) like(r"^[a-zA-Z0-9:/_\s.-]+$")];
    7 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { ImportKeyMaterialResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { KeyLastUsageData
    0 "Operation" operation: String [one_of(KEY_LAST_USAGE_TRACKING_OPERATION)];
    1 "Timestamp" timestamp: Timestamp;
    2 "CloudTrailEventId" cloud_trail_event_id: String;
    3 "KmsRequestId" kms_request_id: String;
}

wire::shape! { KeyListEntry
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "KeyArn" key_arn: String [len(20, 2048)];
}

wire::shape! { KeyMetadata
    0 "AWSAccountId" aws_account_id: String;
    1 "KeyId" key_id: String [required len(1, 2048)];
    2 "Arn" arn: String [len(20, 2048)];
    3 "CreationDate" creation_date: Timestamp;
    4 "Enabled" enabled: bool;
    5 "Description" description: String [len_max(8192)];
    6 "KeyUsage" key_usage: String [one_of(KEY_USAGE_TYPE)];
    7 "KeyState" key_state: String [one_of(KEY_STATE)];
    8 "DeletionDate" deletion_date: Timestamp;
    9 "ValidTo" valid_to: Timestamp;
    10 "Origin" origin: String [one_of(ORIGIN_TYPE)];
    11 "CustomKeyStoreId" custom_key_store_id: String [len(1, 64)];
    12 "CloudHsmClusterId" cloud_hsm_cluster_id: String [len(19, 24) like("cluster-[2-7a-zA-Z]{11,16}")];
    13 "ExpirationModel" expiration_model: String [one_of(EXPIRATION_MODEL_TYPE)];
    14 "KeyManager" key_manager: String [one_of(KEY_MANAGER_TYPE)];
    15 "CustomerMasterKeySpec" customer_master_key_spec: String [one_of(CUSTOMER_MASTER_KEY_SPEC)];
    16 "KeySpec" key_spec: String [one_of(KEY_SPEC)];
    17 "EncryptionAlgorithms" encryption_algorithms: Vec<String> [each(&ITEM.one_of(ENCRYPTION_ALGORITHM_SPEC))];
    18 "SigningAlgorithms" signing_algorithms: Vec<String> [each(&ITEM.one_of(SIGNING_ALGORITHM_SPEC))];
    19 "KeyAgreementAlgorithms" key_agreement_algorithms: Vec<String> [each(&ITEM.one_of(KEY_AGREEMENT_ALGORITHM_SPEC))];
    20 "EncapsulationAlgorithms" encapsulation_algorithms: Vec<String> [each(&ITEM.one_of(ENCAPSULATION_ALGORITHM_SPEC))];
    21 "MultiRegion" multi_region: bool;
    22 "MultiRegionConfiguration" multi_region_configuration: MultiRegionConfiguration;
    23 "PendingDeletionWindowInDays" pending_deletion_window_in_days: i32 [range(1, 365)];
    24 "MacAlgorithms" mac_algorithms: Vec<String> [each(&ITEM.one_of(MAC_ALGORITHM_SPEC))];
    25 "XksKeyConfiguration" xks_key_configuration: XksKeyConfigurationType;
    26 "CurrentKeyMaterialId" current_key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { ListAliasesRequest
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "Limit" limit: i32 [range(1, 1000)];
    2 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
}

wire::shape! { ListAliasesResponse
    0 "Aliases" aliases: Vec<AliasListEntry>;
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { ListGrantsRequest
    0 "Limit" limit: i32 [range(1, 1000)];
    1 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "KeyId" key_id: String [required len(1, 2048)];
    3 "GrantId" grant_id: String [len(1, 128)];
    4 "GranteePrincipal" grantee_principal: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    5 "GranteeServicePrincipal" grantee_service_principal: String [len(1, 128) like(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$")];
}

wire::shape! { ListGrantsResponse
    0 "Grants" grants: Vec<GrantListEntry>;
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { ListKeyPoliciesRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Limit" limit: i32 [range(1, 1000)];
    2 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
}

wire::shape! { ListKeyPoliciesResponse
    0 "PolicyNames" policy_names: Vec<String> [each(&ITEM.len(1, 128).like(r"[\w]+"))];
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { ListKeyRotationsRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "IncludeKeyMaterial" include_key_material: String [one_of(INCLUDE_KEY_MATERIAL)];
    2 "Limit" limit: i32 [range(1, 1000)];
    3 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
}

wire::shape! { ListKeyRotationsResponse
    0 "Rotations" rotations: Vec<RotationsListEntry>;
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { ListKeysRequest
    0 "Limit" limit: i32 [range(1, 1000)];
    1 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "ResourceOwners" resource_owners: Vec<String> [len(1, 2) each(&ITEM.one_of(RESOURCE_OWNER_TYPE))];
}

wire::shape! { ListKeysResponse
    0 "Keys" keys: Vec<KeyListEntry>;
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { ListResourceTagsRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Limit" limit: i32 [range(1, 1000)];
    2 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
}

wire::shape! { ListResourceTagsResponse
    0 "Tags" tags: Vec<Tag>;
    1 "NextMarker" next_marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "Truncated" truncated: bool;
}

wire::shape! { ListRetirableGrantsRequest
    0 "Limit" limit: i32 [range(1, 1000)];
    1 "Marker" marker: String [len(1, 1024) like(r"[\u0020-\u00FF]*")];
    2 "RetiringPrincipal" retiring_principal: String [len(1, 256) like(r"^[\w+=,.@:/-]+$")];
    3 "RetiringServicePrincipal" retiring_service_principal: String [len(1, 128) like(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$")];
}

wire::shape! { MultiRegionConfiguration
    0 "MultiRegionKeyType" multi_region_key_type: String [one_of(MULTI_REGION_KEY_TYPE)];
    1 "PrimaryKey" primary_key: MultiRegionKey;
    2 "ReplicaKeys" replica_keys: Vec<MultiRegionKey>;
}

wire::shape! { MultiRegionKey
    0 "Arn" arn: String [len(20, 2048)];
    1 "Region" region: String [len(1, 32) like(r"^([a-z]+-){2,3}\d+$")];
}

wire::shape! { PutKeyPolicyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "PolicyName" policy_name: String [len(1, 128) like(r"[\w]+")];
    2 "Policy" policy: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "BypassPolicyLockoutSafetyCheck" bypass_policy_lockout_safety_check: bool;
}

wire::shape! { ReEncryptRequest
    0 "CiphertextBlob" ciphertext_blob: Bytes [len(1, 6144)];
    1 "SourceEncryptionContext" source_encryption_context: BTreeMap<String, String>;
    2 "SourceKeyId" source_key_id: String [len(1, 2048)];
    3 "DestinationKeyId" destination_key_id: String [required len(1, 2048)];
    4 "DestinationEncryptionContext" destination_encryption_context: BTreeMap<String, String>;
    5 "SourceEncryptionAlgorithm" source_encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    6 "DestinationEncryptionAlgorithm" destination_encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    7 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    8 "DryRun" dry_run: bool;
    9 "DryRunModifiers" dry_run_modifiers: Vec<String> [each(&ITEM.one_of(DRY_RUN_MODIFIER_TYPE))];
}

wire::shape! { ReEncryptResponse
    0 "CiphertextBlob" ciphertext_blob: Bytes [len(1, 6144)];
    1 "SourceKeyId" source_key_id: String [len(1, 2048)];
    2 "KeyId" key_id: String [len(1, 2048)];
    3 "SourceEncryptionAlgorithm" source_encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    4 "DestinationEncryptionAlgorithm" destination_encryption_algorithm: String [one_of(ENCRYPTION_ALGORITHM_SPEC)];
    5 "SourceKeyMaterialId" source_key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
    6 "DestinationKeyMaterialId" destination_key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
}

wire::shape! { RecipientInfo
    0 "KeyEncryptionAlgorithm" key_encryption_algorithm: String [one_of(KEY_ENCRYPTION_MECHANISM)];
    1 "AttestationDocument" attestation_document: Bytes [len(1, 262144)];
}

wire::shape! { ReplicateKeyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "ReplicaRegion" replica_region: String [required len(1, 32) like(r"^([a-z]+-){2,3}\d+$")];
    2 "Policy" policy: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "BypassPolicyLockoutSafetyCheck" bypass_policy_lockout_safety_check: bool;
    4 "Description" description: String [len_max(8192)];
    5 "Tags" tags: Vec<Tag>;
}

wire::shape! { ReplicateKeyResponse
    0 "ReplicaKeyMetadata" replica_key_metadata: KeyMetadata;
    1 "ReplicaPolicy" replica_policy: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    2 "ReplicaTags" replica_tags: Vec<Tag>;
}

wire::shape! { RetireGrantRequest
    0 "GrantToken" grant_token: String [len(1, 8192)];
    1 "KeyId" key_id: String [len(1, 2048)];
    2 "GrantId" grant_id: String [len(1, 128)];
    3 "DryRun" dry_run: bool;
}

wire::shape! { RevokeGrantRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "GrantId" grant_id: String [required len(1, 128)];
    2 "DryRun" dry_run: bool;
}

wire::shape! { RotateKeyOnDemandRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
}

wire::shape! { RotateKeyOnDemandResponse
    0 "KeyId" key_id: String [len(1, 2048)];
}

wire::shape! { RotationsListEntry
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "KeyMaterialId" key_material_id: String [len(64, 64) like("^[a-f0-9]+$")];
    2 "KeyMaterialDescription" key_material_description: String [len_max(256) like(r"^[a-zA-Z0-9:/_\s.-]+$")];
    3 "ImportState" import_state: String [one_of(IMPORT_STATE)];
    4 "KeyMaterialState" key_material_state: String [one_of(KEY_MATERIAL_STATE)];
    5 "ExpirationModel" expiration_model: String [one_of(EXPIRATION_MODEL_TYPE)];
    6 "ValidTo" valid_to: Timestamp;
    7 "RotationDate" rotation_date: Timestamp;
    8 "RotationType" rotation_type: String [one_of(ROTATION_TYPE)];
}

wire::shape! { ScheduleKeyDeletionRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "PendingWindowInDays" pending_window_in_days: i32 [range(1, 365)];
}

wire::shape! { ScheduleKeyDeletionResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "DeletionDate" deletion_date: Timestamp;
    2 "KeyState" key_state: String [one_of(KEY_STATE)];
    3 "PendingWindowInDays" pending_window_in_days: i32 [range(1, 365)];
}

wire::shape! { SignRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Message" message: Bytes [required len(1, 4096) sensitive];
    2 "MessageType" message_type: String [one_of(MESSAGE_TYPE)];
    3 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    4 "SigningAlgorithm" signing_algorithm: String [required one_of(SIGNING_ALGORITHM_SPEC)];
    5 "DryRun" dry_run: bool;
}

wire::shape! { SignResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "Signature" signature: Bytes [len(1, 6144)];
    2 "SigningAlgorithm" signing_algorithm: String [one_of(SIGNING_ALGORITHM_SPEC)];
}

wire::shape! { Tag
    0 "TagKey" tag_key: String [required len(1, 128)];
    1 "TagValue" tag_value: String [required len_max(256)];
}

wire::shape! { TagResourceRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Tags" tags: Vec<Tag> [required];
}

wire::shape! { UntagResourceRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "TagKeys" tag_keys: Vec<String> [required each(&ITEM.len(1, 128))];
}

wire::shape! { UpdateAliasRequest
    0 "AliasName" alias_name: String [required len(1, 256) like("^[a-zA-Z0-9:/_-]+$")];
    1 "TargetKeyId" target_key_id: String [required len(1, 2048)];
}

wire::shape! { UpdateCustomKeyStoreRequest
    0 "CustomKeyStoreId" custom_key_store_id: String [required len(1, 64)];
    1 "NewCustomKeyStoreName" new_custom_key_store_name: String [len(1, 256)];
    2 "KeyStorePassword" key_store_password: String [len(7, 32) sensitive];
    3 "CloudHsmClusterId" cloud_hsm_cluster_id: String [len(19, 24) like("cluster-[2-7a-zA-Z]{11,16}")];
    4 "XksProxyUriEndpoint" xks_proxy_uri_endpoint: String [len(10, 128) like("^https://[a-zA-Z0-9.-]+$")];
    5 "XksProxyUriPath" xks_proxy_uri_path: String [len(10, 128) like(r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$")];
    6 "XksProxyVpcEndpointServiceName" xks_proxy_vpc_endpoint_service_name: String [len(20, 64) like(r"^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$")];
    7 "XksProxyVpcEndpointServiceOwner" xks_proxy_vpc_endpoint_service_owner: String [len(12, 12) like("[0-9]{12}")];
    8 "XksProxyAuthenticationCredential" xks_proxy_authentication_credential: XksProxyAuthenticationCredentialType;
    9 "XksProxyConnectivity" xks_proxy_connectivity: String [one_of(XKS_PROXY_CONNECTIVITY_TYPE)];
}

wire::shape! { UpdateCustomKeyStoreResponse
}

wire::shape! { UpdateKeyDescriptionRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Description" description: String [required len_max(8192)];
}

wire::shape! { UpdatePrimaryRegionRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "PrimaryRegion" primary_region: String [required len(1, 32) like(r"^([a-z]+-){2,3}\d+$")];
}

wire::shape! { VerifyMacRequest
    0 "Message" message: Bytes [required len(1, 4096) sensitive];
    1 "KeyId" key_id: String [required len(1, 2048)];
    2 "MacAlgorithm" mac_algorithm: String [required one_of(MAC_ALGORITHM_SPEC)];
    3 "Mac" mac: Bytes [required len(1, 6144)];
    4 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    5 "DryRun" dry_run: bool;
}

wire::shape! { VerifyMacResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "MacValid" mac_valid: bool;
    2 "MacAlgorithm" mac_algorithm: String [one_of(MAC_ALGORITHM_SPEC)];
}

wire::shape! { VerifyRequest
    0 "KeyId" key_id: String [required len(1, 2048)];
    1 "Message" message: Bytes [required len(1, 4096) sensitive];
    2 "MessageType" message_type: String [one_of(MESSAGE_TYPE)];
    3 "Signature" signature: Bytes [required len(1, 6144)];
    4 "SigningAlgorithm" signing_algorithm: String [required one_of(SIGNING_ALGORITHM_SPEC)];
    5 "GrantTokens" grant_tokens: Vec<String> [len_max(10) each(&ITEM.len(1, 8192))];
    6 "DryRun" dry_run: bool;
}

wire::shape! { VerifyResponse
    0 "KeyId" key_id: String [len(1, 2048)];
    1 "SignatureValid" signature_valid: bool;
    2 "SigningAlgorithm" signing_algorithm: String [one_of(SIGNING_ALGORITHM_SPEC)];
}

wire::shape! { XksKeyConfigurationType
    0 "Id" id: String [len(1, 128) like("^[a-zA-Z0-9-_.]+$")];
}

wire::shape! { XksProxyAuthenticationCredentialType
    0 "AccessKeyId" access_key_id: String [required len(20, 30) like("^[A-Z2-7]+$") sensitive];
    1 "RawSecretAccessKey" raw_secret_access_key: String [required len(43, 64) like(r"^[a-zA-Z0-9\/+=]+$") sensitive];
}

wire::shape! { XksProxyConfigurationType
    0 "Connectivity" connectivity: String [one_of(XKS_PROXY_CONNECTIVITY_TYPE)];
    1 "AccessKeyId" access_key_id: String [len(20, 30) like("^[A-Z2-7]+$") sensitive];
    2 "UriEndpoint" uri_endpoint: String [len(10, 128) like("^https://[a-zA-Z0-9.-]+$")];
    3 "UriPath" uri_path: String [len(10, 128) like(r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$")];
    4 "VpcEndpointServiceName" vpc_endpoint_service_name: String [len(20, 64) like(r"^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$")];
    5 "VpcEndpointServiceOwner" vpc_endpoint_service_owner: String [len(12, 12) like("[0-9]{12}")];
}

/// The values of `AlgorithmSpec`.
pub const ALGORITHM_SPEC: &[&str] = &[
    "RSAES_PKCS1_V1_5",
    "RSAES_OAEP_SHA_1",
    "RSAES_OAEP_SHA_256",
    "RSA_AES_KEY_WRAP_SHA_1",
    "RSA_AES_KEY_WRAP_SHA_256",
    "SM2PKE",
];
/// The values of `ConnectionErrorCodeType`.
pub const CONNECTION_ERROR_CODE_TYPE: &[&str] = &[
    "INVALID_CREDENTIALS",
    "CLUSTER_NOT_FOUND",
    "NETWORK_ERRORS",
    "INTERNAL_ERROR",
    "INSUFFICIENT_CLOUDHSM_HSMS",
    "USER_LOCKED_OUT",
    "USER_NOT_FOUND",
    "USER_LOGGED_IN",
    "SUBNET_NOT_FOUND",
    "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
    "XKS_PROXY_ACCESS_DENIED",
    "XKS_PROXY_NOT_REACHABLE",
    "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
    "XKS_PROXY_INVALID_RESPONSE",
    "XKS_PROXY_INVALID_CONFIGURATION",
    "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
    "XKS_PROXY_TIMED_OUT",
    "XKS_PROXY_INVALID_TLS_CONFIGURATION",
];
/// The values of `ConnectionStateType`.
pub const CONNECTION_STATE_TYPE: &[&str] =
    &["CONNECTED", "CONNECTING", "FAILED", "DISCONNECTED", "DISCONNECTING"];
/// The values of `CustomKeyStoreType`.
pub const CUSTOM_KEY_STORE_TYPE: &[&str] = &["AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"];
/// The values of `CustomerMasterKeySpec`.
pub const CUSTOMER_MASTER_KEY_SPEC: &[&str] = &[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
];
/// The values of `DataKeyPairSpec`.
pub const DATA_KEY_PAIR_SPEC: &[&str] = &[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SM2",
    "ECC_NIST_EDWARDS25519",
    "ML_KEM_512",
    "ML_KEM_768",
    "ML_KEM_1024",
];
/// The values of `DataKeySpec`.
pub const DATA_KEY_SPEC: &[&str] = &["AES_256", "AES_128"];
/// The values of `DryRunModifierType`.
pub const DRY_RUN_MODIFIER_TYPE: &[&str] = &["IGNORE_CIPHERTEXT"];
/// The values of `EncapsulationAlgorithmSpec`.
pub const ENCAPSULATION_ALGORITHM_SPEC: &[&str] = &["ML_KEM"];
/// The values of `EncryptionAlgorithmSpec`.
pub const ENCRYPTION_ALGORITHM_SPEC: &[&str] =
    &["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"];
/// The values of `ExpirationModelType`.
pub const EXPIRATION_MODEL_TYPE: &[&str] = &["KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE"];
/// The values of `GrantOperation`.
pub const GRANT_OPERATION: &[&str] = &[
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "Sign",
    "Verify",
    "GetPublicKey",
    "CreateGrant",
    "RetireGrant",
    "DescribeKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateMac",
    "VerifyMac",
    "DeriveSharedSecret",
    "Encapsulate",
    "Decapsulate",
];
/// The values of `ImportState`.
pub const IMPORT_STATE: &[&str] = &["IMPORTED", "PENDING_IMPORT"];
/// The values of `ImportType`.
pub const IMPORT_TYPE: &[&str] = &["NEW_KEY_MATERIAL", "EXISTING_KEY_MATERIAL"];
/// The values of `IncludeKeyMaterial`.
pub const INCLUDE_KEY_MATERIAL: &[&str] = &["ALL_KEY_MATERIAL", "ROTATIONS_ONLY"];
/// The values of `KeyAgreementAlgorithmSpec`.
pub const KEY_AGREEMENT_ALGORITHM_SPEC: &[&str] = &["ECDH"];
/// The values of `KeyEncryptionMechanism`.
pub const KEY_ENCRYPTION_MECHANISM: &[&str] = &["RSAES_OAEP_SHA_256"];
/// The values of `KeyLastUsageTrackingOperation`.
pub const KEY_LAST_USAGE_TRACKING_OPERATION: &[&str] = &[
    "Decrypt",
    "DeriveSharedSecret",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "ReEncrypt",
    "Sign",
    "Verify",
    "VerifyMac",
    "Encapsulate",
    "Decapsulate",
];
/// The values of `KeyManagerType`.
pub const KEY_MANAGER_TYPE: &[&str] = &["AWS", "CUSTOMER"];
/// The values of `KeyMaterialState`.
pub const KEY_MATERIAL_STATE: &[&str] =
    &["NON_CURRENT", "CURRENT", "PENDING_ROTATION", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"];
/// The values of `KeySpec`.
pub const KEY_SPEC: &[&str] = &[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "ECC_NIST_EDWARDS25519",
    "ML_KEM_512",
    "ML_KEM_768",
    "ML_KEM_1024",
];
/// The values of `KeyState`.
pub const KEY_STATE: &[&str] = &[
    "Creating",
    "Enabled",
    "Disabled",
    "PendingDeletion",
    "PendingImport",
    "PendingReplicaDeletion",
    "Unavailable",
    "Updating",
];
/// The values of `KeyUsageType`.
pub const KEY_USAGE_TYPE: &[&str] =
    &["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT", "ENCAPSULATE_DECAPSULATE"];
/// The values of `MacAlgorithmSpec`.
pub const MAC_ALGORITHM_SPEC: &[&str] = &["HMAC_SHA_224", "HMAC_SHA_256", "HMAC_SHA_384", "HMAC_SHA_512"];
/// The values of `MessageType`.
pub const MESSAGE_TYPE: &[&str] = &["RAW", "DIGEST", "EXTERNAL_MU"];
/// The values of `MultiRegionKeyType`.
pub const MULTI_REGION_KEY_TYPE: &[&str] = &["PRIMARY", "REPLICA"];
/// The values of `OriginType`.
pub const ORIGIN_TYPE: &[&str] = &["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"];
/// The values of `ResourceOwnerType`.
pub const RESOURCE_OWNER_TYPE: &[&str] = &["SELF", "OTHER_ACCOUNTS_VIA_RAM"];
/// The values of `RotationType`.
pub const ROTATION_TYPE: &[&str] = &["AUTOMATIC", "ON_DEMAND"];
/// The values of `SigningAlgorithmSpec`.
pub const SIGNING_ALGORITHM_SPEC: &[&str] = &[
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "ECDSA_SHA_256",
    "ECDSA_SHA_384",
    "ECDSA_SHA_512",
    "SM2DSA",
    "ML_DSA_SHAKE_256",
    "ED25519_SHA_512",
    "ED25519_PH_SHA_512",
];
/// The values of `WrappingKeySpec`.
pub const WRAPPING_KEY_SPEC: &[&str] = &["RSA_2048", "RSA_3072", "RSA_4096", "SM2"];
/// The values of `XksProxyConnectivityType`.
pub const XKS_PROXY_CONNECTIVITY_TYPE: &[&str] = &["PUBLIC_ENDPOINT", "VPC_ENDPOINT_SERVICE"];
