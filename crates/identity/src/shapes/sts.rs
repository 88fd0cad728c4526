//! The tables of `sts`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `sts`.
pub static STS: wire::Service = wire::Service {
    name: "sts",
    signing_name: "sts",
    target_prefix: "",
    version: "2011-06-15",
    protocol: wire::Protocol::Query,
    xml_namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    global: true,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AssumeRole" AssumeRoleRequest => AssumeRoleResponse [result("AssumeRoleResult")];
    "AssumeRoleWithSAML" AssumeRoleWithSAMLRequest => AssumeRoleWithSAMLResponse [result("AssumeRoleWithSAMLResult") unsigned];
    "AssumeRoleWithWebIdentity" AssumeRoleWithWebIdentityRequest => AssumeRoleWithWebIdentityResponse [result("AssumeRoleWithWebIdentityResult") unsigned];
    "AssumeRoot" AssumeRootRequest => AssumeRootResponse [result("AssumeRootResult")];
    "DecodeAuthorizationMessage" DecodeAuthorizationMessageRequest => DecodeAuthorizationMessageResponse [result("DecodeAuthorizationMessageResult")];
    "GetAccessKeyInfo" GetAccessKeyInfoRequest => GetAccessKeyInfoResponse [result("GetAccessKeyInfoResult")];
    "GetCallerIdentity" GetCallerIdentityRequest => GetCallerIdentityResponse [result("GetCallerIdentityResult")];
    "GetDelegatedAccessToken" GetDelegatedAccessTokenRequest => GetDelegatedAccessTokenResponse [result("GetDelegatedAccessTokenResult")];
    "GetFederationToken" GetFederationTokenRequest => GetFederationTokenResponse [result("GetFederationTokenResult")];
    "GetScopedCredentials" GetScopedCredentialsRequest => GetScopedCredentialsResponse [result("GetScopedCredentialsResult")];
    "GetSessionToken" GetSessionTokenRequest => GetSessionTokenResponse [result("GetSessionTokenResult")];
    "GetWebIdentityToken" GetWebIdentityTokenRequest => GetWebIdentityTokenResponse [result("GetWebIdentityTokenResult")];
}

wire::errors! {
    "ExpiredTokenException" "ExpiredTokenException" 400 sender;
    "ExpiredTradeInTokenException" "ExpiredTradeInTokenException" 400 sender;
    "IDPCommunicationErrorException" "IDPCommunicationError" 400 sender;
    "IDPRejectedClaimException" "IDPRejectedClaim" 403 sender;
    "InsufficientSessionLifetimeException" "InsufficientSessionLifetime" 400 sender;
    "InvalidAuthorizationMessageException" "InvalidAuthorizationMessageException" 400 sender;
    "InvalidContextAssertionException" "InvalidContextAssertion" 400 sender;
    "InvalidIdentityTokenException" "InvalidIdentityToken" 400 sender;
    "InvalidSubjectCredentialsException" "InvalidSubjectCredentials" 400 sender;
    "JWTPayloadSizeExceededException" "JWTPayloadSizeExceededException" 400 sender;
    "MalformedPolicyDocumentException" "MalformedPolicyDocument" 400 sender;
    "OutboundWebIdentityFederationDisabledException" "OutboundWebIdentityFederationDisabledException" 403 sender;
    "PackedPolicyTooLargeException" "PackedPolicyTooLarge" 400 sender;
    "RegionDisabledException" "RegionDisabledException" 403 sender;
    "SessionDurationEscalationException" "SessionDurationEscalationException" 403 sender;
}

wire::shape! { AssumeRoleRequest
    0 "RoleArn" role_arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
    1 "RoleSessionName" role_session_name: String [required len(2, 64) like(r"[\w+=,.@-]*")];
    2 "PolicyArns" policy_arns: Vec<PolicyDescriptorType>;
    3 "Policy" policy: String [len_min(1) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    4 "DurationSeconds" duration_seconds: i32 [range(900, 43200)];
    5 "Tags" tags: Vec<Tag> [len_max(50)];
    6 "TransitiveTagKeys" transitive_tag_keys: Vec<String> [len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
    7 "ExternalId" external_id: String [len(2, 1224) like(r"[\w+=,.@:\/-]*")];
    8 "SerialNumber" serial_number: String [len(9, 256) like(r"[\w+=/:,.@-]*")];
    9 "TokenCode" token_code: String [len(6, 6) like(r"[\d]*")];
    10 "SourceIdentity" source_identity: String [len(2, 256) like(r"[\w+=,.@-]*")];
    11 "ProvidedContexts" provided_contexts: Vec<ProvidedContext> [len(1, 5)];
    12 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
}

wire::shape! { AssumeRoleResponse
    0 "Credentials" credentials: Credentials;
    1 "AssumedRoleUser" assumed_role_user: AssumedRoleUser;
    2 "PackedPolicySize" packed_policy_size: i32 [min(0)];
    3 "SourceIdentity" source_identity: String [len(2, 256) like(r"[\w+=,.@-]*")];
    4 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    5 "SessionTokenSize" session_token_size: i32 [min(0)];
}

wire::shape! { AssumeRoleWithSAMLRequest
    0 "RoleArn" role_arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
    1 "PrincipalArn" principal_arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
    2 "SAMLAssertion" saml_assertion: String [required len(4, 100000) sensitive];
    3 "PolicyArns" policy_arns: Vec<PolicyDescriptorType>;
    4 "Policy" policy: String [len(1, 2048) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    5 "DurationSeconds" duration_seconds: i32 [range(900, 43200)];
    6 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
}

wire::shape! { AssumeRoleWithSAMLResponse
    0 "Credentials" credentials: Credentials;
    1 "AssumedRoleUser" assumed_role_user: AssumedRoleUser;
    2 "PackedPolicySize" packed_policy_size: i32 [min(0)];
    3 "Subject" subject: String;
    4 "SubjectType" subject_type: String;
    5 "Issuer" issuer: String;
    6 "Audience" audience: String;
    7 "NameQualifier" name_qualifier: String;
    8 "SourceIdentity" source_identity: String [len(2, 256) like(r"[\w+=,.@-]*")];
    9 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    10 "SessionTokenSize" session_token_size: i32 [min(0)];
    11 "TrustedIdentityPropagationContext" trusted_identity_propagation_context: TrustedIdentityPropagationContext [sensitive];
}

wire::shape! { AssumeRoleWithWebIdentityRequest
    0 "RoleArn" role_arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
    1 "RoleSessionName" role_session_name: String [required len(2, 64) like(r"[\w+=,.@-]*")];
    2 "WebIdentityToken" web_identity_token: String [required len(4, 20000) sensitive];
    3 "ProviderId" provider_id: String [len(4, 2048)];
    4 "PolicyArns" policy_arns: Vec<PolicyDescriptorType>;
    5 "Policy" policy: String [len(1, 2048) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    6 "DurationSeconds" duration_seconds: i32 [range(900, 43200)];
    7 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
}

wire::shape! { AssumeRoleWithWebIdentityResponse
    0 "Credentials" credentials: Credentials;
    1 "SubjectFromWebIdentityToken" subject_from_web_identity_token: String [len(6, 255)];
    2 "AssumedRoleUser" assumed_role_user: AssumedRoleUser;
    3 "PackedPolicySize" packed_policy_size: i32 [min(0)];
    4 "Provider" provider: String;
    5 "Audience" audience: String;
    6 "SourceIdentity" source_identity: String [len(2, 256) like(r"[\w+=,.@-]*")];
    7 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    8 "SessionTokenSize" session_token_size: i32 [min(0)];
    9 "TrustedIdentityPropagationContext" trusted_identity_propagation_context: TrustedIdentityPropagationContext [sensitive];
}

wire::shape! { AssumeRootRequest
    0 "TargetPrincipal" target_principal: String [required len(12, 2048)];
    1 "TaskPolicyArn" task_policy_arn: PolicyDescriptorType [required];
    2 "DurationSeconds" duration_seconds: i32 [range(0, 900)];
    3 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
}

wire::shape! { AssumeRootResponse
    0 "Credentials" credentials: Credentials;
    1 "SourceIdentity" source_identity: String [len(2, 256) like(r"[\w+=,.@-]*")];
    2 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    3 "SessionTokenSize" session_token_size: i32 [min(0)];
}

wire::shape! { AssumedRoleUser
    0 "AssumedRoleId" assumed_role_id: String [required len(2, 193) like(r"[\w+=,.@:-]*")];
    1 "Arn" arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { Credentials
    0 "AccessKeyId" access_key_id: String [required len(16, 128) like(r"[\w]*")];
    1 "SecretAccessKey" secret_access_key: String [required sensitive];
    2 "SessionToken" session_token: String [required];
    3 "Expiration" expiration: Timestamp [required];
}

wire::shape! { DecodeAuthorizationMessageRequest
    0 "EncodedMessage" encoded_message: String [required len(1, 10240)];
}

wire::shape! { DecodeAuthorizationMessageResponse
    0 "DecodedMessage" decoded_message: String;
}

wire::shape! { FederatedUser
    0 "FederatedUserId" federated_user_id: String [required len(2, 193) like(r"[\w+=,.@\:-]*")];
    1 "Arn" arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { GetAccessKeyInfoRequest
    0 "AccessKeyId" access_key_id: String [required len(16, 128) like(r"[\w]*")];
}

wire::shape! { GetAccessKeyInfoResponse
    0 "Account" account: String;
}

wire::shape! { GetCallerIdentityRequest
}

wire::shape! { GetCallerIdentityResponse
    0 "UserId" user_id: String;
    1 "Account" account: String;
    2 "Arn" arn: String [len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { GetDelegatedAccessTokenRequest
    0 "TradeInToken" trade_in_token: String [required sensitive];
}

wire::shape! { GetDelegatedAccessTokenResponse
    0 "Credentials" credentials: Credentials;
    1 "PackedPolicySize" packed_policy_size: i32 [min(0)];
    2 "AssumedPrincipal" assumed_principal: String [len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { GetFederationTokenRequest
    0 "Name" name: String [required len(2, 32) like(r"[\w+=,.@-]*")];
    1 "Policy" policy: String [len(1, 2048) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    2 "PolicyArns" policy_arns: Vec<PolicyDescriptorType>;
    3 "DurationSeconds" duration_seconds: i32 [range(900, 129600)];
    4 "Tags" tags: Vec<Tag> [len_max(50)];
    5 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
}

wire::shape! { GetFederationTokenResponse
    0 "Credentials" credentials: Credentials;
    1 "FederatedUser" federated_user: FederatedUser;
    2 "PackedPolicySize" packed_policy_size: i32 [min(0)];
    3 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    4 "SessionTokenSize" session_token_size: i32 [min(0)];
}

wire::shape! { GetScopedCredentialsRequest
    0 "Policy" policy: String [len(1, 2048) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    1 "DurationSeconds" duration_seconds: i32 [range(1, 129600)];
    2 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
    3 "ScopedSessionDescription" scoped_session_description: String [len(2, 256) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
}

wire::shape! { GetScopedCredentialsResponse
    0 "Credentials" credentials: Credentials;
    1 "SessionInfo" session_info: ScopedSession;
    2 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    3 "SessionTokenSize" session_token_size: i32 [min(0)];
    4 "ScopedPoliciesCount" scoped_policies_count: i32 [min(0)];
    5 "SourceIdentity" source_identity: String [len(2, 256) like(r"[\w+=,.@-]*")];
}

wire::shape! { GetSessionTokenRequest
    0 "DurationSeconds" duration_seconds: i32 [range(900, 129600)];
    1 "SerialNumber" serial_number: String [len(9, 256) like(r"[\w+=/:,.@-]*")];
    2 "TokenCode" token_code: String [len(6, 6) like(r"[\d]*")];
    3 "MinimumSessionTokenSize" minimum_session_token_size: i32 [range(0, 4096)];
}

wire::shape! { GetSessionTokenResponse
    0 "Credentials" credentials: Credentials;
    1 "SessionTokenUtilization" session_token_utilization: i32 [min(0)];
    2 "SessionTokenSize" session_token_size: i32 [min(0)];
}

wire::shape! { GetWebIdentityTokenRequest
    0 "Audience" audience: Vec<String> [required len(1, 10) each(&ITEM.len(1, 1000))];
    1 "DurationSeconds" duration_seconds: i32 [range(60, 3600)];
    2 "SigningAlgorithm" signing_algorithm: String [required len(5, 5)];
    3 "Scope" scope: String [len(1, 256) like(r"[\x21\x23-\x2B\x2D-\x5B\x5D-\x7E]+( [\x21\x23-\x2B\x2D-\x5B\x5D-\x7E]+)*")];
    4 "SubjectMode" subject_mode: String [one_of(WEB_IDENTITY_TOKEN_SUBJECT_MODE_TYPE)];
    5 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { GetWebIdentityTokenResponse
    0 "WebIdentityToken" web_identity_token: String [sensitive];
    1 "Expiration" expiration: Timestamp;
}

wire::shape! { OriginIdentity
    0 "Subject" subject: String [sensitive];
    1 "SubjectType" subject_type: String [sensitive];
    2 "Issuer" issuer: String [sensitive];
    3 "FederatedProviderArn" federated_provider_arn: String [len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { PolicyDescriptorType
    0 "arn" arn: String [len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { ProvidedContext
    0 "ProviderArn" provider_arn: String [len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
    1 "ContextAssertion" context_assertion: String [len(4, 3072)];
}

wire::shape! { ScopedSession
    0 "ScopedSessionId" scoped_session_id: String [required len(2, 193) like(r"[\w+=,.@:-]*")];
    1 "Arn" arn: String [required len(20, 2048) like(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")];
}

wire::shape! { Tag
    0 "Key" key: String [required len(1, 128) like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")];
    1 "Value" value: String [required len_max(256) like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")];
}

wire::shape! { TransactionContext
    0 "IdentityProvider" identity_provider: BTreeMap<String, String> [each(&ITEM.len_max(128).sensitive())];
}

wire::shape! { TrustedIdentityPropagationContext
    0 "OriginIdentity" origin_identity: OriginIdentity;
    1 "TransactionContext" transaction_context: TransactionContext;
}

/// The values of `webIdentityTokenSubjectModeType`.
pub const WEB_IDENTITY_TOKEN_SUBJECT_MODE_TYPE: &[&str] = &["AWSIdentity", "OriginIdentity"];
