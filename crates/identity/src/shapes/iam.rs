//! The tables of `iam`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `iam`.
pub static IAM: wire::Service = wire::Service {
    name: "iam",
    signing_name: "iam",
    target_prefix: "",
    version: "2010-05-08",
    protocol: wire::Protocol::Query,
    xml_namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    global: true,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AcceptDelegationRequest" AcceptDelegationRequestRequest => ();
    "AcquireRole" AcquireRoleRequest => AcquireRoleResponse [result("AcquireRoleResult")];
    "AddClientIDToOpenIDConnectProvider" AddClientIDToOpenIDConnectProviderRequest => ();
    "AddRoleToInstanceProfile" AddRoleToInstanceProfileRequest => ();
    "AddUserToGroup" AddUserToGroupRequest => ();
    "AssociateDelegationRequest" AssociateDelegationRequestRequest => ();
    "AttachGroupPolicy" AttachGroupPolicyRequest => ();
    "AttachRolePolicy" AttachRolePolicyRequest => ();
    "AttachUserPolicy" AttachUserPolicyRequest => ();
    "ChangePassword" ChangePasswordRequest => ();
    "CreateAccessKey" CreateAccessKeyRequest => CreateAccessKeyResponse [result("CreateAccessKeyResult")];
    "CreateAccountAlias" CreateAccountAliasRequest => ();
    "CreateDelegationRequest" CreateDelegationRequestRequest => CreateDelegationRequestResponse [result("CreateDelegationRequestResult")];
    "CreateGroup" CreateGroupRequest => CreateGroupResponse [result("CreateGroupResult")];
    "CreateInstanceProfile" CreateInstanceProfileRequest => CreateInstanceProfileResponse [result("CreateInstanceProfileResult")];
    "CreateLoginProfile" CreateLoginProfileRequest => CreateLoginProfileResponse [result("CreateLoginProfileResult")];
    "CreateOpenIDConnectProvider" CreateOpenIDConnectProviderRequest => CreateOpenIDConnectProviderResponse [result("CreateOpenIDConnectProviderResult")];
    "CreatePolicy" CreatePolicyRequest => CreatePolicyResponse [result("CreatePolicyResult")];
    "CreatePolicyVersion" CreatePolicyVersionRequest => CreatePolicyVersionResponse [result("CreatePolicyVersionResult")];
    "CreateRole" CreateRoleRequest => CreateRoleResponse [result("CreateRoleResult")];
    "CreateSAMLProvider" CreateSAMLProviderRequest => CreateSAMLProviderResponse [result("CreateSAMLProviderResult")];
    "CreateServiceLinkedRole" CreateServiceLinkedRoleRequest => CreateServiceLinkedRoleResponse [result("CreateServiceLinkedRoleResult")];
    "CreateServiceSpecificCredential" CreateServiceSpecificCredentialRequest => CreateServiceSpecificCredentialResponse [result("CreateServiceSpecificCredentialResult")];
    "CreateUser" CreateUserRequest => CreateUserResponse [result("CreateUserResult")];
    "CreateVirtualMFADevice" CreateVirtualMFADeviceRequest => CreateVirtualMFADeviceResponse [result("CreateVirtualMFADeviceResult")];
    "DeactivateMFADevice" DeactivateMFADeviceRequest => ();
    "DeleteAccessKey" DeleteAccessKeyRequest => ();
    "DeleteAccountAlias" DeleteAccountAliasRequest => ();
    "DeleteAccountPasswordPolicy" () => ();
    "DeleteGroup" DeleteGroupRequest => ();
    "DeleteGroupPolicy" DeleteGroupPolicyRequest => ();
    "DeleteInstanceProfile" DeleteInstanceProfileRequest => ();
    "DeleteLoginProfile" DeleteLoginProfileRequest => ();
    "DeleteOpenIDConnectProvider" DeleteOpenIDConnectProviderRequest => ();
    "DeletePolicy" DeletePolicyRequest => ();
    "DeletePolicyVersion" DeletePolicyVersionRequest => ();
    "DeleteRole" DeleteRoleRequest => ();
    "DeleteRolePermissionsBoundary" DeleteRolePermissionsBoundaryRequest => ();
    "DeleteRolePolicy" DeleteRolePolicyRequest => ();
    "DeleteSAMLProvider" DeleteSAMLProviderRequest => ();
    "DeleteSSHPublicKey" DeleteSSHPublicKeyRequest => ();
    "DeleteServerCertificate" DeleteServerCertificateRequest => ();
    "DeleteServiceLinkedRole" DeleteServiceLinkedRoleRequest => DeleteServiceLinkedRoleResponse [result("DeleteServiceLinkedRoleResult")];
    "DeleteServiceSpecificCredential" DeleteServiceSpecificCredentialRequest => ();
    "DeleteSigningCertificate" DeleteSigningCertificateRequest => ();
    "DeleteUser" DeleteUserRequest => ();
    "DeleteUserPermissionsBoundary" DeleteUserPermissionsBoundaryRequest => ();
    "DeleteUserPolicy" DeleteUserPolicyRequest => ();
    "DeleteVirtualMFADevice" DeleteVirtualMFADeviceRequest => ();
    "DetachGroupPolicy" DetachGroupPolicyRequest => ();
    "DetachRolePolicy" DetachRolePolicyRequest => ();
    "DetachUserPolicy" DetachUserPolicyRequest => ();
    "DisableOrganizationsRootCredentialsManagement" DisableOrganizationsRootCredentialsManagementRequest => DisableOrganizationsRootCredentialsManagementResponse [result("DisableOrganizationsRootCredentialsManagementResult")];
    "DisableOrganizationsRootSessions" DisableOrganizationsRootSessionsRequest => DisableOrganizationsRootSessionsResponse [result("DisableOrganizationsRootSessionsResult")];
    "DisableOutboundWebIdentityFederation" () => ();
    "EnableMFADevice" EnableMFADeviceRequest => ();
    "EnableOrganizationsRootCredentialsManagement" EnableOrganizationsRootCredentialsManagementRequest => EnableOrganizationsRootCredentialsManagementResponse [result("EnableOrganizationsRootCredentialsManagementResult")];
    "EnableOrganizationsRootSessions" EnableOrganizationsRootSessionsRequest => EnableOrganizationsRootSessionsResponse [result("EnableOrganizationsRootSessionsResult")];
    "EnableOutboundWebIdentityFederation" () => EnableOutboundWebIdentityFederationResponse [result("EnableOutboundWebIdentityFederationResult")];
    "GenerateCredentialReport" () => GenerateCredentialReportResponse [result("GenerateCredentialReportResult")];
    "GenerateOrganizationsAccessReport" GenerateOrganizationsAccessReportRequest => GenerateOrganizationsAccessReportResponse [result("GenerateOrganizationsAccessReportResult")];
    "GenerateServiceLastAccessedDetails" GenerateServiceLastAccessedDetailsRequest => GenerateServiceLastAccessedDetailsResponse [result("GenerateServiceLastAccessedDetailsResult")];
    "GetAccessKeyLastUsed" GetAccessKeyLastUsedRequest => GetAccessKeyLastUsedResponse [result("GetAccessKeyLastUsedResult")];
    "GetAccountAuthorizationDetails" GetAccountAuthorizationDetailsRequest => GetAccountAuthorizationDetailsResponse [result("GetAccountAuthorizationDetailsResult")];
    "GetAccountPasswordPolicy" () => GetAccountPasswordPolicyResponse [result("GetAccountPasswordPolicyResult")];
    "GetAccountProperties" GetAccountPropertiesRequest => GetAccountPropertiesResponse [result("GetAccountPropertiesResult")];
    "GetAccountSummary" () => GetAccountSummaryResponse [result("GetAccountSummaryResult")];
    "GetContextKeysForCustomPolicy" GetContextKeysForCustomPolicyRequest => GetContextKeysForPolicyResponse [result("GetContextKeysForCustomPolicyResult")];
    "GetContextKeysForPrincipalPolicy" GetContextKeysForPrincipalPolicyRequest => GetContextKeysForPolicyResponse [result("GetContextKeysForPrincipalPolicyResult")];
    "GetCredentialReport" () => GetCredentialReportResponse [result("GetCredentialReportResult")];
    "GetDelegationRequest" GetDelegationRequestRequest => GetDelegationRequestResponse [result("GetDelegationRequestResult")];
    "GetGroup" GetGroupRequest => GetGroupResponse [result("GetGroupResult")];
    "GetGroupPolicy" GetGroupPolicyRequest => GetGroupPolicyResponse [result("GetGroupPolicyResult")];
    "GetHumanReadableSummary" GetHumanReadableSummaryRequest => GetHumanReadableSummaryResponse [result("GetHumanReadableSummaryResult")];
    "GetInstanceProfile" GetInstanceProfileRequest => GetInstanceProfileResponse [result("GetInstanceProfileResult")];
    "GetLoginProfile" GetLoginProfileRequest => GetLoginProfileResponse [result("GetLoginProfileResult")];
    "GetMFADevice" GetMFADeviceRequest => GetMFADeviceResponse [result("GetMFADeviceResult")];
    "GetOpenIDConnectProvider" GetOpenIDConnectProviderRequest => GetOpenIDConnectProviderResponse [result("GetOpenIDConnectProviderResult")];
    "GetOrganizationsAccessReport" GetOrganizationsAccessReportRequest => GetOrganizationsAccessReportResponse [result("GetOrganizationsAccessReportResult")];
    "GetOutboundWebIdentityFederationInfo" () => GetOutboundWebIdentityFederationInfoResponse [result("GetOutboundWebIdentityFederationInfoResult")];
    "GetPolicy" GetPolicyRequest => GetPolicyResponse [result("GetPolicyResult")];
    "GetPolicyVersion" GetPolicyVersionRequest => GetPolicyVersionResponse [result("GetPolicyVersionResult")];
    "GetRole" GetRoleRequest => GetRoleResponse [result("GetRoleResult")];
    "GetRolePolicy" GetRolePolicyRequest => GetRolePolicyResponse [result("GetRolePolicyResult")];
    "GetRoleTemplateVersion" GetRoleTemplateVersionRequest => GetRoleTemplateVersionResponse [result("GetRoleTemplateVersionResult")];
    "GetSAMLProvider" GetSAMLProviderRequest => GetSAMLProviderResponse [result("GetSAMLProviderResult")];
    "GetSSHPublicKey" GetSSHPublicKeyRequest => GetSSHPublicKeyResponse [result("GetSSHPublicKeyResult")];
    "GetServerCertificate" GetServerCertificateRequest => GetServerCertificateResponse [result("GetServerCertificateResult")];
    "GetServiceLastAccessedDetails" GetServiceLastAccessedDetailsRequest => GetServiceLastAccessedDetailsResponse [result("GetServiceLastAccessedDetailsResult")];
    "GetServiceLastAccessedDetailsWithEntities" GetServiceLastAccessedDetailsWithEntitiesRequest => GetServiceLastAccessedDetailsWithEntitiesResponse [result("GetServiceLastAccessedDetailsWithEntitiesResult")];
    "GetServiceLinkedRoleDeletionStatus" GetServiceLinkedRoleDeletionStatusRequest => GetServiceLinkedRoleDeletionStatusResponse [result("GetServiceLinkedRoleDeletionStatusResult")];
    "GetUser" GetUserRequest => GetUserResponse [result("GetUserResult")];
    "GetUserPolicy" GetUserPolicyRequest => GetUserPolicyResponse [result("GetUserPolicyResult")];
    "ListAccessKeys" ListAccessKeysRequest => ListAccessKeysResponse [result("ListAccessKeysResult")];
    "ListAccountAliases" ListAccountAliasesRequest => ListAccountAliasesResponse [result("ListAccountAliasesResult")];
    "ListAttachedGroupPolicies" ListAttachedGroupPoliciesRequest => ListAttachedGroupPoliciesResponse [result("ListAttachedGroupPoliciesResult")];
    "ListAttachedRolePolicies" ListAttachedRolePoliciesRequest => ListAttachedRolePoliciesResponse [result("ListAttachedRolePoliciesResult")];
    "ListAttachedUserPolicies" ListAttachedUserPoliciesRequest => ListAttachedUserPoliciesResponse [result("ListAttachedUserPoliciesResult")];
    "ListDelegationRequests" ListDelegationRequestsRequest => ListDelegationRequestsResponse [result("ListDelegationRequestsResult")];
    "ListEntitiesForPolicy" ListEntitiesForPolicyRequest => ListEntitiesForPolicyResponse [result("ListEntitiesForPolicyResult")];
    "ListGroupPolicies" ListGroupPoliciesRequest => ListGroupPoliciesResponse [result("ListGroupPoliciesResult")];
    "ListGroups" ListGroupsRequest => ListGroupsResponse [result("ListGroupsResult")];
    "ListGroupsForUser" ListGroupsForUserRequest => ListGroupsForUserResponse [result("ListGroupsForUserResult")];
    "ListInstanceProfileTags" ListInstanceProfileTagsRequest => ListInstanceProfileTagsResponse [result("ListInstanceProfileTagsResult")];
    "ListInstanceProfiles" ListInstanceProfilesRequest => ListInstanceProfilesResponse [result("ListInstanceProfilesResult")];
    "ListInstanceProfilesForRole" ListInstanceProfilesForRoleRequest => ListInstanceProfilesForRoleResponse [result("ListInstanceProfilesForRoleResult")];
    "ListMFADeviceTags" ListMFADeviceTagsRequest => ListMFADeviceTagsResponse [result("ListMFADeviceTagsResult")];
    "ListMFADevices" ListMFADevicesRequest => ListMFADevicesResponse [result("ListMFADevicesResult")];
    "ListOpenIDConnectProviderTags" ListOpenIDConnectProviderTagsRequest => ListOpenIDConnectProviderTagsResponse [result("ListOpenIDConnectProviderTagsResult")];
    "ListOpenIDConnectProviders" ListOpenIDConnectProvidersRequest => ListOpenIDConnectProvidersResponse [result("ListOpenIDConnectProvidersResult")];
    "ListOrganizationsFeatures" ListOrganizationsFeaturesRequest => ListOrganizationsFeaturesResponse [result("ListOrganizationsFeaturesResult")];
    "ListPolicies" ListPoliciesRequest => ListPoliciesResponse [result("ListPoliciesResult")];
    "ListPoliciesGrantingServiceAccess" ListPoliciesGrantingServiceAccessRequest => ListPoliciesGrantingServiceAccessResponse [result("ListPoliciesGrantingServiceAccessResult")];
    "ListPolicyTags" ListPolicyTagsRequest => ListPolicyTagsResponse [result("ListPolicyTagsResult")];
    "ListPolicyVersions" ListPolicyVersionsRequest => ListPolicyVersionsResponse [result("ListPolicyVersionsResult")];
    "ListRolePolicies" ListRolePoliciesRequest => ListRolePoliciesResponse [result("ListRolePoliciesResult")];
    "ListRoleTags" ListRoleTagsRequest => ListRoleTagsResponse [result("ListRoleTagsResult")];
    "ListRoles" ListRolesRequest => ListRolesResponse [result("ListRolesResult")];
    "ListSAMLProviderTags" ListSAMLProviderTagsRequest => ListSAMLProviderTagsResponse [result("ListSAMLProviderTagsResult")];
    "ListSAMLProviders" ListSAMLProvidersRequest => ListSAMLProvidersResponse [result("ListSAMLProvidersResult")];
    "ListSSHPublicKeys" ListSSHPublicKeysRequest => ListSSHPublicKeysResponse [result("ListSSHPublicKeysResult")];
    "ListServerCertificateTags" ListServerCertificateTagsRequest => ListServerCertificateTagsResponse [result("ListServerCertificateTagsResult")];
    "ListServerCertificates" ListServerCertificatesRequest => ListServerCertificatesResponse [result("ListServerCertificatesResult")];
    "ListServiceSpecificCredentials" ListServiceSpecificCredentialsRequest => ListServiceSpecificCredentialsResponse [result("ListServiceSpecificCredentialsResult")];
    "ListSigningCertificates" ListSigningCertificatesRequest => ListSigningCertificatesResponse [result("ListSigningCertificatesResult")];
    "ListUserPolicies" ListUserPoliciesRequest => ListUserPoliciesResponse [result("ListUserPoliciesResult")];
    "ListUserTags" ListUserTagsRequest => ListUserTagsResponse [result("ListUserTagsResult")];
    "ListUsers" ListUsersRequest => ListUsersResponse [result("ListUsersResult")];
    "ListVirtualMFADevices" ListVirtualMFADevicesRequest => ListVirtualMFADevicesResponse [result("ListVirtualMFADevicesResult")];
    "PutAccountProperties" PutAccountPropertiesRequest => PutAccountPropertiesResponse [result("PutAccountPropertiesResult")];
    "PutGroupPolicy" PutGroupPolicyRequest => ();
    "PutRolePermissionsBoundary" PutRolePermissionsBoundaryRequest => ();
    "PutRolePolicy" PutRolePolicyRequest => ();
    "PutUserPermissionsBoundary" PutUserPermissionsBoundaryRequest => ();
    "PutUserPolicy" PutUserPolicyRequest => ();
    "RejectDelegationRequest" RejectDelegationRequestRequest => ();
    "RemoveClientIDFromOpenIDConnectProvider" RemoveClientIDFromOpenIDConnectProviderRequest => ();
    "RemoveRoleFromInstanceProfile" RemoveRoleFromInstanceProfileRequest => ();
    "RemoveUserFromGroup" RemoveUserFromGroupRequest => ();
    "ResetServiceSpecificCredential" ResetServiceSpecificCredentialRequest => ResetServiceSpecificCredentialResponse [result("ResetServiceSpecificCredentialResult")];
    "ResyncMFADevice" ResyncMFADeviceRequest => ();
    "SendDelegationToken" SendDelegationTokenRequest => ();
    "SetDefaultPolicyVersion" SetDefaultPolicyVersionRequest => ();
    "SetSecurityTokenServicePreferences" SetSecurityTokenServicePreferencesRequest => ();
    "SimulateCustomPolicy" SimulateCustomPolicyRequest => SimulatePolicyResponse [result("SimulateCustomPolicyResult")];
    "SimulatePrincipalPolicy" SimulatePrincipalPolicyRequest => SimulatePolicyResponse [result("SimulatePrincipalPolicyResult")];
    "TagInstanceProfile" TagInstanceProfileRequest => ();
    "TagMFADevice" TagMFADeviceRequest => ();
    "TagOpenIDConnectProvider" TagOpenIDConnectProviderRequest => ();
    "TagPolicy" TagPolicyRequest => ();
    "TagRole" TagRoleRequest => ();
    "TagSAMLProvider" TagSAMLProviderRequest => ();
    "TagServerCertificate" TagServerCertificateRequest => ();
    "TagUser" TagUserRequest => ();
    "UntagInstanceProfile" UntagInstanceProfileRequest => ();
    "UntagMFADevice" UntagMFADeviceRequest => ();
    "UntagOpenIDConnectProvider" UntagOpenIDConnectProviderRequest => ();
    "UntagPolicy" UntagPolicyRequest => ();
    "UntagRole" UntagRoleRequest => ();
    "UntagSAMLProvider" UntagSAMLProviderRequest => ();
    "UntagServerCertificate" UntagServerCertificateRequest => ();
    "UntagUser" UntagUserRequest => ();
    "UpdateAccessKey" UpdateAccessKeyRequest => ();
    "UpdateAccountPasswordPolicy" UpdateAccountPasswordPolicyRequest => ();
    "UpdateAssumeRolePolicy" UpdateAssumeRolePolicyRequest => ();
    "UpdateDelegationRequest" UpdateDelegationRequestRequest => ();
    "UpdateGroup" UpdateGroupRequest => ();
    "UpdateLoginProfile" UpdateLoginProfileRequest => ();
    "UpdateOpenIDConnectProvider" UpdateOpenIDConnectProviderRequest => ();
    "UpdateOpenIDConnectProviderThumbprint" UpdateOpenIDConnectProviderThumbprintRequest => ();
    "UpdateRole" UpdateRoleRequest => UpdateRoleResponse [result("UpdateRoleResult")];
    "UpdateRoleDescription" UpdateRoleDescriptionRequest => UpdateRoleDescriptionResponse [result("UpdateRoleDescriptionResult")];
    "UpdateSAMLProvider" UpdateSAMLProviderRequest => UpdateSAMLProviderResponse [result("UpdateSAMLProviderResult")];
    "UpdateSSHPublicKey" UpdateSSHPublicKeyRequest => ();
    "UpdateServerCertificate" UpdateServerCertificateRequest => ();
    "UpdateServiceSpecificCredential" UpdateServiceSpecificCredentialRequest => ();
    "UpdateSigningCertificate" UpdateSigningCertificateRequest => ();
    "UpdateUser" UpdateUserRequest => ();
    "UploadSSHPublicKey" UploadSSHPublicKeyRequest => UploadSSHPublicKeyResponse [result("UploadSSHPublicKeyResult")];
    "UploadServerCertificate" UploadServerCertificateRequest => UploadServerCertificateResponse [result("UploadServerCertificateResult")];
    "UploadSigningCertificate" UploadSigningCertificateRequest => UploadSigningCertificateResponse [result("UploadSigningCertificateResult")];
}

wire::errors! {
    "AccountNotManagementOrDelegatedAdministratorException" "AccountNotManagementOrDelegatedAdministratorException" 400 sender;
    "CallerIsNotManagementAccountException" "CallerIsNotManagementAccountException" 400 sender;
    "ConcurrentModificationException" "ConcurrentModification" 409 sender;
    "CredentialReportExpiredException" "ReportExpired" 410 sender;
    "CredentialReportNotPresentException" "ReportNotPresent" 410 sender;
    "CredentialReportNotReadyException" "ReportInProgress" 404 sender;
    "DeleteConflictException" "DeleteConflict" 409 sender;
    "DuplicateCertificateException" "DuplicateCertificate" 409 sender;
    "DuplicateSSHPublicKeyException" "DuplicateSSHPublicKey" 400 sender;
    "EntityAlreadyExistsException" "EntityAlreadyExists" 409 sender;
    "EntityTemporarilyUnmodifiableException" "EntityTemporarilyUnmodifiable" 409 sender;
    "FeatureDisabledException" "FeatureDisabled" 404 sender;
    "FeatureEnabledException" "FeatureEnabled" 409 sender;
    "InvalidAuthenticationCodeException" "InvalidAuthenticationCode" 403 sender;
    "InvalidCertificateException" "InvalidCertificate" 400 sender;
    "InvalidInputException" "InvalidInput" 400 sender;
    "InvalidPublicKeyException" "InvalidPublicKey" 400 sender;
    "InvalidUserTypeException" "InvalidUserType" 400 sender;
    "KeyPairMismatchException" "KeyPairMismatch" 400 sender;
    "LimitExceededException" "LimitExceeded" 409 sender;
    "MalformedCertificateException" "MalformedCertificate" 400 sender;
    "MalformedPolicyDocumentException" "MalformedPolicyDocument" 400 sender;
    "NameConflictException" "NameConflict" 409 sender;
    "NoSuchEntityException" "NoSuchEntity" 404 sender;
    "OpenIdIdpCommunicationErrorException" "OpenIdIdpCommunicationError" 400 sender;
    "OrganizationNotFoundException" "OrganizationNotFoundException" 400 sender;
    "OrganizationNotInAllFeaturesModeException" "OrganizationNotInAllFeaturesModeException" 400 sender;
    "PasswordPolicyViolationException" "PasswordPolicyViolation" 400 sender;
    "PolicyEvaluationException" "PolicyEvaluation" 500 receiver;
    "PolicyNotAttachableException" "PolicyNotAttachable" 400 sender;
    "ReportGenerationLimitExceededException" "ReportGenerationLimitExceeded" 409 sender;
    "RoleModifiedException" "RoleModified" 409 sender;
    "RoleTemplateDisabledException" "RoleTemplateDisabled" 400 sender;
    "ServiceAccessNotEnabledException" "ServiceAccessNotEnabledException" 400 sender;
    "ServiceFailureException" "ServiceFailure" 500 receiver;
    "ServiceNotSupportedException" "NotSupportedService" 404 sender;
    "UnmodifiableEntityException" "UnmodifiableEntity" 400 sender;
    "UnrecognizedPublicKeyEncodingException" "UnrecognizedPublicKeyEncoding" 400 sender;
}

wire::shape! { AcceptDelegationRequestRequest
    0 "DelegationRequestId" delegation_request_id: String [required len(16, 128) like(r"[\w-]+")];
}

wire::shape! { AccessDetail
    0 "ServiceName" service_name: String [required];
    1 "ServiceNamespace" service_namespace: String [required len(1, 64) like(r"[\w-]*")];
    2 "Region" region: String;
    3 "EntityPath" entity_path: String [len(19, 427) like(r"^o-[0-9a-z]{10,32}\/r-[0-9a-z]{4,32}[0-9a-z-\/]*")];
    4 "LastAuthenticatedTime" last_authenticated_time: Timestamp;
    5 "TotalAuthenticatedEntities" total_authenticated_entities: i32;
}

wire::shape! { AccessKey
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "AccessKeyId" access_key_id: String [required len(16, 128) like(r"[\w]+")];
    2 "Status" status: String [required one_of(STATUS_TYPE)];
    3 "SecretAccessKey" secret_access_key: String [required sensitive];
    4 "CreateDate" create_date: Timestamp;
}

wire::shape! { AccessKeyLastUsed
    0 "LastUsedDate" last_used_date: Timestamp;
    1 "ServiceName" service_name: String [required];
    2 "Region" region: String [required];
}

wire::shape! { AccessKeyMetadata
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "AccessKeyId" access_key_id: String [len(16, 128) like(r"[\w]+")];
    2 "Status" status: String [one_of(STATUS_TYPE)];
    3 "CreateDate" create_date: Timestamp;
}

wire::shape! { AcquireRoleRequest
    0 "TemplateArn" template_arn: String [required len(20, 2048)];
    1 "TemplateMinorVersion" template_minor_version: i32;
    2 "ReplacementValues" replacement_values: BTreeMap<String, ReplacementValueEntry> [len_max(30)];
}

wire::shape! { AcquireRoleResponse
    0 "Role" role: Role [required];
}

wire::shape! { AddClientIDToOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "ClientID" client_id: String [required len(1, 255)];
}

wire::shape! { AddRoleToInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { AddUserToGroupRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { AssociateDelegationRequestRequest
    0 "DelegationRequestId" delegation_request_id: String [required len(16, 128) like(r"[\w-]+")];
}

wire::shape! { AttachGroupPolicyRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { AttachRolePolicyRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { AttachUserPolicyRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { AttachedPermissionsBoundary
    0 "PermissionsBoundaryType" permissions_boundary_type: String [one_of(PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE)];
    1 "PermissionsBoundaryArn" permissions_boundary_arn: String [len(20, 2048)];
}

wire::shape! { AttachedPolicy
    0 "PolicyName" policy_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [len(20, 2048)];
}

wire::shape! { ChangePasswordRequest
    0 "OldPassword" old_password: String [required len(1, 128) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
    1 "NewPassword" new_password: String [required len(1, 128) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
}

wire::shape! { ContextEntry
    0 "ContextKeyName" context_key_name: String [len(5, 256)];
    1 "ContextKeyValues" context_key_values: Vec<String>;
    2 "ContextKeyType" context_key_type: String [one_of(CONTEXT_KEY_TYPE_ENUM)];
}

wire::shape! { ContextProvider
    0 "KeyDefinitionList" key_definition_list: Vec<ContextProviderKeyDefinition> [len_max(10)];
    1 "SubjectSourceKey" subject_source_key: String [required len(1, 128)];
    2 "SubjectTypeValue" subject_type_value: String [len_max(128)];
    3 "SubjectTypeSourceKey" subject_type_source_key: String [len(1, 128)];
}

wire::shape! { ContextProviderKeyDefinition
    0 "SourceKey" source_key: String [required len(1, 128)];
    1 "TargetKey" target_key: String [len(1, 128)];
}

wire::shape! { CreateAccessKeyRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { CreateAccessKeyResponse
    0 "AccessKey" access_key: AccessKey [required];
}

wire::shape! { CreateAccountAliasRequest
    0 "AccountAlias" account_alias: String [required len(3, 63) like_as("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", r"!.*--.*![a-z0-9][a-z0-9\-]{1,61}[a-z0-9]")];
}

wire::shape! { CreateDelegationRequestRequest
    0 "OwnerAccountId" owner_account_id: String [like(r"\d{12}")];
    1 "Description" description: String [required len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    2 "Permissions" permissions: DelegationPermission [required];
    3 "RequestMessage" request_message: String [len_max(200) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    4 "RequestorWorkflowId" requestor_workflow_id: String [required len(5, 400) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+")];
    5 "RedirectUrl" redirect_url: String [len(1, 255) like(r"^http(s?)://[a-zA-Z0-9._/-]*(\?[a-zA-Z0-9._=&-]*)?(#[a-zA-Z0-9._/-]*)?$")];
    6 "NotificationChannel" notification_channel: String [required len(2, 400) like("^[a-zA-Z0-9:_.-]+$")];
    7 "SessionDuration" session_duration: i32 [required range(300, 43200)];
    8 "OnlySendByOwner" only_send_by_owner: bool;
}

wire::shape! { CreateDelegationRequestResponse
    0 "ConsoleDeepLink" console_deep_link: String [len(1, 255)];
    1 "DelegationRequestId" delegation_request_id: String [len(16, 128) like(r"[\w-]+")];
}

wire::shape! { CreateGroupRequest
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { CreateGroupResponse
    0 "Group" group: Group [required];
}

wire::shape! { CreateInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    2 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreateInstanceProfileResponse
    0 "InstanceProfile" instance_profile: InstanceProfile [required];
}

wire::shape! { CreateLoginProfileRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Password" password: String [len(1, 128) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
    2 "PasswordResetRequired" password_reset_required: bool;
    3 "MaxSigninSessionDuration" max_signin_session_duration: i32 [range(3600, 7776000)];
}

wire::shape! { CreateLoginProfileResponse
    0 "LoginProfile" login_profile: LoginProfile [required];
}

wire::shape! { CreateOpenIDConnectProviderRequest
    0 "Url" url: String [required len(1, 255)];
    1 "ClientIDList" client_id_list: Vec<String> [each(&ITEM.len(1, 255))];
    2 "ThumbprintList" thumbprint_list: Vec<String> [each(&ITEM.len(40, 40))];
    3 "Tags" tags: Vec<Tag> [len_max(50)];
    4 "ContextProvider" context_provider: ContextProvider;
    5 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len(1, 1224)];
}

wire::shape! { CreateOpenIDConnectProviderResponse
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [len(20, 2048)];
    1 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreatePolicyRequest
    0 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Path" path: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "Description" description: String [len_max(1000)];
    4 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreatePolicyResponse
    0 "Policy" policy: Policy;
}

wire::shape! { CreatePolicyVersionRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    2 "SetAsDefault" set_as_default: bool;
}

wire::shape! { CreatePolicyVersionResponse
    0 "PolicyVersion" policy_version: PolicyVersion;
}

wire::shape! { CreateRoleRequest
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    2 "AssumeRolePolicyDocument" assume_role_policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "Description" description: String [len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    4 "MaxSessionDuration" max_session_duration: i32 [range(3600, 43200)];
    5 "MaxSigninSessionDuration" max_signin_session_duration: i32 [range(3600, 7776000)];
    6 "PermissionsBoundary" permissions_boundary: String [len(20, 2048)];
    7 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreateRoleResponse
    0 "Role" role: Role [required];
}

wire::shape! { CreateSAMLProviderRequest
    0 "SAMLMetadataDocument" saml_metadata_document: String [required len(1000, 10000000)];
    1 "Name" name: String [required len(1, 128) like(r"[\w._-]+")];
    2 "Tags" tags: Vec<Tag> [len_max(50)];
    3 "AssertionEncryptionMode" assertion_encryption_mode: String [one_of(ASSERTION_ENCRYPTION_MODE_TYPE)];
    4 "AddPrivateKey" add_private_key: String [len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
    5 "ContextProvider" context_provider: ContextProvider;
    6 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len(1, 1224)];
}

wire::shape! { CreateSAMLProviderResponse
    0 "SAMLProviderArn" saml_provider_arn: String [len(20, 2048)];
    1 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreateServiceLinkedRoleRequest
    0 "AWSServiceName" aws_service_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Description" description: String [len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    2 "CustomSuffix" custom_suffix: String [len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { CreateServiceLinkedRoleResponse
    0 "Role" role: Role;
}

wire::shape! { CreateServiceSpecificCredentialRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "ServiceName" service_name: String [required];
    2 "CredentialAgeDays" credential_age_days: i32 [range(1, 36600)];
}

wire::shape! { CreateServiceSpecificCredentialResponse
    0 "ServiceSpecificCredential" service_specific_credential: ServiceSpecificCredential;
}

wire::shape! { CreateUserRequest
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    2 "PermissionsBoundary" permissions_boundary: String [len(20, 2048)];
    3 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreateUserResponse
    0 "User" user: User;
}

wire::shape! { CreateVirtualMFADeviceRequest
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "VirtualMFADeviceName" virtual_mfa_device_name: String [required len_min(1) like(r"[\w+=,.@-]+")];
    2 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { CreateVirtualMFADeviceResponse
    0 "VirtualMFADevice" virtual_mfa_device: VirtualMFADevice [required];
}

wire::shape! { DeactivateMFADeviceRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
}

wire::shape! { DelegationPermission
    0 "PolicyTemplateArn" policy_template_arn: String [len(20, 2048)];
    1 "Parameters" parameters: Vec<PolicyParameter> [len_max(50)];
}

wire::shape! { DelegationRequest
    0 "DelegationRequestId" delegation_request_id: String [len(16, 128) like(r"[\w-]+")];
    1 "OwnerAccountId" owner_account_id: String [like(r"\d{12}")];
    2 "Description" description: String [len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    3 "RequestMessage" request_message: String [len_max(200) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    4 "Permissions" permissions: DelegationPermission;
    5 "PermissionPolicy" permission_policy: String;
    6 "RolePermissionRestrictionArns" role_permission_restriction_arns: Vec<String> [each(&ITEM.len(20, 2048))];
    7 "OwnerId" owner_id: String [len(20, 2048) like("^[a-zA-Z0-9:/+=,.@_-]+$")];
    8 "ApproverId" approver_id: String [len(20, 2048)];
    9 "State" state: String [one_of(STATE_TYPE)];
    10 "ExpirationTime" expiration_time: Timestamp;
    11 "RequestorId" requestor_id: String [like(r"\d{12}")];
    12 "RequestorName" requestor_name: String [len_max(30) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    13 "CreateDate" create_date: Timestamp;
    14 "SessionDuration" session_duration: i32 [range(300, 43200)];
    15 "RedirectUrl" redirect_url: String [len(1, 255) like(r"^http(s?)://[a-zA-Z0-9._/-]*(\?[a-zA-Z0-9._=&-]*)?(#[a-zA-Z0-9._/-]*)?$")];
    16 "Notes" notes: String [len_max(500) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    17 "RejectionReason" rejection_reason: String [len_max(500) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    18 "OnlySendByOwner" only_send_by_owner: bool;
    19 "UpdatedTime" updated_time: Timestamp;
}

wire::shape! { DeleteAccessKeyRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "AccessKeyId" access_key_id: String [required len(16, 128) like(r"[\w]+")];
}

wire::shape! { DeleteAccountAliasRequest
    0 "AccountAlias" account_alias: String [required len(3, 63) like_as("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", r"!.*--.*![a-z0-9][a-z0-9\-]{1,61}[a-z0-9]")];
}

wire::shape! { DeleteGroupPolicyRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteGroupRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteLoginProfileRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
}

wire::shape! { DeletePolicyRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { DeletePolicyVersionRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "VersionId" version_id: String [required like(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")];
}

wire::shape! { DeleteRolePermissionsBoundaryRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteRolePolicyRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteSAMLProviderRequest
    0 "SAMLProviderArn" saml_provider_arn: String [required len(20, 2048)];
}

wire::shape! { DeleteSSHPublicKeyRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SSHPublicKeyId" ssh_public_key_id: String [required len(20, 128) like(r"[\w]+")];
}

wire::shape! { DeleteServerCertificateRequest
    0 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteServiceLinkedRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteServiceLinkedRoleResponse
    0 "DeletionTaskId" deletion_task_id: String [required len(1, 1000)];
}

wire::shape! { DeleteServiceSpecificCredentialRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "ServiceSpecificCredentialId" service_specific_credential_id: String [required len(20, 128) like(r"[\w]+")];
}

wire::shape! { DeleteSigningCertificateRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "CertificateId" certificate_id: String [required len(24, 128) like(r"[\w]+")];
}

wire::shape! { DeleteUserPermissionsBoundaryRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteUserPolicyRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteUserRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { DeleteVirtualMFADeviceRequest
    0 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
}

wire::shape! { DeletionTaskFailureReasonType
    0 "Reason" reason: String [len_max(1000)];
    1 "RoleUsageList" role_usage_list: Vec<RoleUsageType>;
}

wire::shape! { DetachGroupPolicyRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { DetachRolePolicyRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { DetachUserPolicyRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { DisableOrganizationsRootCredentialsManagementRequest
}

wire::shape! { DisableOrganizationsRootCredentialsManagementResponse
    0 "OrganizationId" organization_id: String [len_max(34) like("^o-[a-z0-9]{10,32}$")];
    1 "EnabledFeatures" enabled_features: Vec<String> [each(&ITEM.one_of(FEATURE_TYPE))];
}

wire::shape! { DisableOrganizationsRootSessionsRequest
}

wire::shape! { DisableOrganizationsRootSessionsResponse
    0 "OrganizationId" organization_id: String [len_max(34) like("^o-[a-z0-9]{10,32}$")];
    1 "EnabledFeatures" enabled_features: Vec<String> [each(&ITEM.one_of(FEATURE_TYPE))];
}

wire::shape! { EnableMFADeviceRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    2 "AuthenticationCode1" authentication_code1: String [required len(6, 6) like(r"[\d]+")];
    3 "AuthenticationCode2" authentication_code2: String [required len(6, 6) like(r"[\d]+")];
}

wire::shape! { EnableOrganizationsRootCredentialsManagementRequest
}

wire::shape! { EnableOrganizationsRootCredentialsManagementResponse
    0 "OrganizationId" organization_id: String [len_max(34) like("^o-[a-z0-9]{10,32}$")];
    1 "EnabledFeatures" enabled_features: Vec<String> [each(&ITEM.one_of(FEATURE_TYPE))];
}

wire::shape! { EnableOrganizationsRootSessionsRequest
}

wire::shape! { EnableOrganizationsRootSessionsResponse
    0 "OrganizationId" organization_id: String [len_max(34) like("^o-[a-z0-9]{10,32}$")];
    1 "EnabledFeatures" enabled_features: Vec<String> [each(&ITEM.one_of(FEATURE_TYPE))];
}

wire::shape! { EnableOutboundWebIdentityFederationResponse
    0 "IssuerIdentifier" issuer_identifier: String;
}

wire::shape! { EntityDetails
    0 "EntityInfo" entity_info: EntityInfo [required];
    1 "LastAuthenticated" last_authenticated: Timestamp;
}

wire::shape! { EntityInfo
    0 "Arn" arn: String [required len(20, 2048)];
    1 "Name" name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    2 "Type" r#type: String [required one_of(POLICY_OWNER_ENTITY_TYPE)];
    3 "Id" id: String [required len(16, 128) like(r"[\w]+")];
    4 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
}

wire::shape! { ErrorDetails
    0 "Message" message: String [required];
    1 "Code" code: String [required];
}

wire::shape! { EvaluationResult
    0 "EvalActionName" eval_action_name: String [required len(3, 128)];
    1 "EvalResourceName" eval_resource_name: String [len(1, 2048)];
    2 "EvalDecision" eval_decision: String [required one_of(POLICY_EVALUATION_DECISION_TYPE)];
    3 "MatchedStatements" matched_statements: Vec<Statement>;
    4 "MissingContextValues" missing_context_values: Vec<String> [each(&ITEM.len(5, 256))];
    5 "OrganizationsDecisionDetail" organizations_decision_detail: OrganizationsDecisionDetail;
    6 "PermissionsBoundaryDecisionDetail" permissions_boundary_decision_detail: PermissionsBoundaryDecisionDetail;
    7 "EvalDecisionDetails" eval_decision_details: BTreeMap<String, String> [each(&ITEM.one_of(POLICY_EVALUATION_DECISION_TYPE)) keys(&ITEM.len(3, 256))];
    8 "ResourceSpecificResults" resource_specific_results: Vec<ResourceSpecificResult>;
}

wire::shape! { GenerateCredentialReportResponse
    0 "State" state: String [one_of(REPORT_STATE_TYPE)];
    1 "Description" description: String;
}

wire::shape! { GenerateOrganizationsAccessReportRequest
    0 "EntityPath" entity_path: String [required len(19, 427) like(r"^o-[0-9a-z]{10,32}\/r-[0-9a-z]{4,32}[0-9a-z-\/]*")];
    1 "OrganizationsPolicyId" organizations_policy_id: String [like("^p-[0-9a-zA-Z_]{8,128}$")];
}

wire::shape! { GenerateOrganizationsAccessReportResponse
    0 "JobId" job_id: String [len(36, 36)];
}

wire::shape! { GenerateServiceLastAccessedDetailsRequest
    0 "Arn" arn: String [required len(20, 2048)];
    1 "Granularity" granularity: String [one_of(ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE)];
}

wire::shape! { GenerateServiceLastAccessedDetailsResponse
    0 "JobId" job_id: String [len(36, 36)];
}

wire::shape! { GetAccessKeyLastUsedRequest
    0 "AccessKeyId" access_key_id: String [required len(16, 128) like(r"[\w]+")];
}

wire::shape! { GetAccessKeyLastUsedResponse
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "AccessKeyLastUsed" access_key_last_used: AccessKeyLastUsed;
}

wire::shape! { GetAccountAuthorizationDetailsRequest
    0 "Filter" filter: Vec<String> [each(&ITEM.one_of(ENTITY_TYPE))];
    1 "MaxItems" max_items: i32 [range(1, 1000)];
    2 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
}

wire::shape! { GetAccountAuthorizationDetailsResponse
    0 "UserDetailList" user_detail_list: Vec<UserDetail>;
    1 "GroupDetailList" group_detail_list: Vec<GroupDetail>;
    2 "RoleDetailList" role_detail_list: Vec<RoleDetail>;
    3 "Policies" policies: Vec<ManagedPolicyDetail>;
    4 "IsTruncated" is_truncated: bool;
    5 "Marker" marker: String;
}

wire::shape! { GetAccountPasswordPolicyResponse
    0 "PasswordPolicy" password_policy: PasswordPolicy [required];
}

wire::shape! { GetAccountPropertiesRequest
}

wire::shape! { GetAccountPropertiesResponse
    0 "Properties" properties: BTreeMap<String, String> [each(&ITEM.len(1, 1024)) keys(&ITEM.len(1, 50).like("^[A-Za-z][A-Za-z0-9/_-]*$"))];
}

wire::shape! { GetAccountSummaryResponse
    0 "SummaryMap" summary_map: BTreeMap<String, i32> [keys(&ITEM.one_of(SUMMARY_KEY_TYPE))];
}

wire::shape! { GetContextKeysForCustomPolicyRequest
    0 "PolicyInputList" policy_input_list: Vec<String> [required each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
}

wire::shape! { GetContextKeysForPolicyResponse
    0 "ContextKeyNames" context_key_names: Vec<String> [each(&ITEM.len(5, 256))];
}

wire::shape! { GetContextKeysForPrincipalPolicyRequest
    0 "PolicySourceArn" policy_source_arn: String [required len(20, 2048)];
    1 "PolicyInputList" policy_input_list: Vec<String> [each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
}

wire::shape! { GetCredentialReportResponse
    0 "Content" content: Bytes;
    1 "ReportFormat" report_format: String [one_of(REPORT_FORMAT_TYPE)];
    2 "GeneratedTime" generated_time: Timestamp;
}

wire::shape! { GetDelegationRequestRequest
    0 "DelegationRequestId" delegation_request_id: String [required len(16, 128) like(r"[\w-]+")];
    1 "DelegationPermissionCheck" delegation_permission_check: bool;
}

wire::shape! { GetDelegationRequestResponse
    0 "DelegationRequest" delegation_request: DelegationRequest;
    1 "PermissionCheckStatus" permission_check_status: String [one_of(PERMISSION_CHECK_STATUS_TYPE)];
    2 "PermissionCheckResult" permission_check_result: String [one_of(PERMISSION_CHECK_RESULT_TYPE)];
}

wire::shape! { GetGroupPolicyRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetGroupPolicyResponse
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { GetGroupRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { GetGroupResponse
    0 "Group" group: Group [required];
    1 "Users" users: Vec<User> [required];
    2 "IsTruncated" is_truncated: bool;
    3 "Marker" marker: String;
}

wire::shape! { GetHumanReadableSummaryRequest
    0 "EntityArn" entity_arn: String [required len(20, 2048)];
    1 "Locale" locale: String [len(2, 12)];
}

wire::shape! { GetHumanReadableSummaryResponse
    0 "SummaryContent" summary_content: String [len_max(10000)];
    1 "Locale" locale: String [len(2, 12)];
    2 "SummaryState" summary_state: String [one_of(SUMMARY_STATE_TYPE)];
}

wire::shape! { GetInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetInstanceProfileResponse
    0 "InstanceProfile" instance_profile: InstanceProfile [required];
}

wire::shape! { GetLoginProfileRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetLoginProfileResponse
    0 "LoginProfile" login_profile: LoginProfile [required];
}

wire::shape! { GetMFADeviceRequest
    0 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    1 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetMFADeviceResponse
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    2 "EnableDate" enable_date: Timestamp;
    3 "Certifications" certifications: BTreeMap<String, String> [each(&ITEM.len(1, 32).like(r"[\u0020-\u00FF]+")) keys(&ITEM.len(1, 128).like(r"[\u0020-\u00FF]+"))];
}

wire::shape! { GetOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
}

wire::shape! { GetOpenIDConnectProviderResponse
    0 "Url" url: String [len(1, 255)];
    1 "ClientIDList" client_id_list: Vec<String> [each(&ITEM.len(1, 255))];
    2 "ThumbprintList" thumbprint_list: Vec<String> [each(&ITEM.len(40, 40))];
    3 "CreateDate" create_date: Timestamp;
    4 "Tags" tags: Vec<Tag> [len_max(50)];
    5 "ContextProvider" context_provider: ContextProvider;
    6 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len(1, 1224)];
    7 "IdentityStoreArn" identity_store_arn: String [len(20, 2048)];
}

wire::shape! { GetOrganizationsAccessReportRequest
    0 "JobId" job_id: String [required len(36, 36)];
    1 "MaxItems" max_items: i32 [range(1, 1000)];
    2 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    3 "SortKey" sort_key: String [one_of(SORT_KEY_TYPE)];
}

wire::shape! { GetOrganizationsAccessReportResponse
    0 "JobStatus" job_status: String [required one_of(JOB_STATUS_TYPE)];
    1 "JobCreationDate" job_creation_date: Timestamp [required];
    2 "JobCompletionDate" job_completion_date: Timestamp;
    3 "NumberOfServicesAccessible" number_of_services_accessible: i32;
    4 "NumberOfServicesNotAccessed" number_of_services_not_accessed: i32;
    5 "AccessDetails" access_details: Vec<AccessDetail>;
    6 "IsTruncated" is_truncated: bool;
    7 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    8 "ErrorDetails" error_details: ErrorDetails;
}

wire::shape! { GetOutboundWebIdentityFederationInfoResponse
    0 "IssuerIdentifier" issuer_identifier: String;
    1 "JwtVendingEnabled" jwt_vending_enabled: bool;
}

wire::shape! { GetPolicyRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
}

wire::shape! { GetPolicyResponse
    0 "Policy" policy: Policy;
}

wire::shape! { GetPolicyVersionRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "VersionId" version_id: String [required like(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")];
}

wire::shape! { GetPolicyVersionResponse
    0 "PolicyVersion" policy_version: PolicyVersion;
}

wire::shape! { GetRolePolicyRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetRolePolicyResponse
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { GetRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetRoleResponse
    0 "Role" role: Role [required];
}

wire::shape! { GetRoleTemplateVersionRequest
    0 "TemplateArn" template_arn: String [required len(20, 2048)];
    1 "MinorVersion" minor_version: i32;
}

wire::shape! { GetRoleTemplateVersionResponse
    0 "RoleTemplateVersion" role_template_version: RoleTemplateVersion [required];
}

wire::shape! { GetSAMLProviderRequest
    0 "SAMLProviderArn" saml_provider_arn: String [required len(20, 2048)];
}

wire::shape! { GetSAMLProviderResponse
    0 "SAMLProviderUUID" saml_provider_uuid: String [len(22, 64) like("[A-Z0-9]+")];
    1 "SAMLMetadataDocument" saml_metadata_document: String [len(1000, 10000000)];
    2 "ContextProvider" context_provider: ContextProvider;
    3 "SAMLKeyHashes" saml_key_hashes: Vec<SAMLKeyHashEntry>;
    4 "CreateDate" create_date: Timestamp;
    5 "ValidUntil" valid_until: Timestamp;
    6 "Tags" tags: Vec<Tag> [len_max(50)];
    7 "AssertionEncryptionMode" assertion_encryption_mode: String [one_of(ASSERTION_ENCRYPTION_MODE_TYPE)];
    8 "PrivateKeyList" private_key_list: Vec<SAMLPrivateKey> [len_max(2)];
    9 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len(1, 1224)];
    10 "IdentityStoreArn" identity_store_arn: String [len(20, 2048)];
}

wire::shape! { GetSSHPublicKeyRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SSHPublicKeyId" ssh_public_key_id: String [required len(20, 128) like(r"[\w]+")];
    2 "Encoding" encoding: String [required one_of(ENCODING_TYPE)];
}

wire::shape! { GetSSHPublicKeyResponse
    0 "SSHPublicKey" ssh_public_key: SSHPublicKey;
}

wire::shape! { GetServerCertificateRequest
    0 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetServerCertificateResponse
    0 "ServerCertificate" server_certificate: ServerCertificate [required];
}

wire::shape! { GetServiceLastAccessedDetailsRequest
    0 "JobId" job_id: String [required len(36, 36)];
    1 "MaxItems" max_items: i32 [range(1, 1000)];
    2 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
}

wire::shape! { GetServiceLastAccessedDetailsResponse
    0 "JobStatus" job_status: String [required one_of(JOB_STATUS_TYPE)];
    1 "JobType" job_type: String [one_of(ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE)];
    2 "JobCreationDate" job_creation_date: Timestamp [required];
    3 "ServicesLastAccessed" services_last_accessed: Vec<ServiceLastAccessed> [required];
    4 "JobCompletionDate" job_completion_date: Timestamp [required];
    5 "IsTruncated" is_truncated: bool;
    6 "Marker" marker: String;
    7 "Error" error: ErrorDetails;
}

wire::shape! { GetServiceLastAccessedDetailsWithEntitiesRequest
    0 "JobId" job_id: String [required len(36, 36)];
    1 "ServiceNamespace" service_namespace: String [required len(1, 64) like(r"[\w-]*")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
    3 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
}

wire::shape! { GetServiceLastAccessedDetailsWithEntitiesResponse
    0 "JobStatus" job_status: String [required one_of(JOB_STATUS_TYPE)];
    1 "JobCreationDate" job_creation_date: Timestamp [required];
    2 "JobCompletionDate" job_completion_date: Timestamp [required];
    3 "EntityDetailsList" entity_details_list: Vec<EntityDetails> [required];
    4 "IsTruncated" is_truncated: bool;
    5 "Marker" marker: String;
    6 "Error" error: ErrorDetails;
}

wire::shape! { GetServiceLinkedRoleDeletionStatusRequest
    0 "DeletionTaskId" deletion_task_id: String [required len(1, 1000)];
}

wire::shape! { GetServiceLinkedRoleDeletionStatusResponse
    0 "Status" status: String [required one_of(DELETION_TASK_STATUS_TYPE)];
    1 "Reason" reason: DeletionTaskFailureReasonType;
}

wire::shape! { GetUserPolicyRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetUserPolicyResponse
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { GetUserRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { GetUserResponse
    0 "User" user: User [required];
}

wire::shape! { Group
    0 "Path" path: String [required len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "GroupId" group_id: String [required len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [required len(20, 2048)];
    4 "CreateDate" create_date: Timestamp [required];
}

wire::shape! { GroupDetail
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "GroupName" group_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    2 "GroupId" group_id: String [len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [len(20, 2048)];
    4 "CreateDate" create_date: Timestamp;
    5 "GroupPolicyList" group_policy_list: Vec<PolicyDetail>;
    6 "AttachedManagedPolicies" attached_managed_policies: Vec<AttachedPolicy>;
}

wire::shape! { InlinePolicy
    0 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { InlinePolicyIdentifierType
    0 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "AttachmentType" attachment_type: String [required one_of(ATTACHMENT_TYPE)];
    2 "AttachmentName" attachment_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { InstanceProfile
    0 "Path" path: String [required len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "InstanceProfileId" instance_profile_id: String [required len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [required len(20, 2048)];
    4 "CreateDate" create_date: Timestamp [required];
    5 "Roles" roles: Vec<Role> [required];
    6 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { ListAccessKeysRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListAccessKeysResponse
    0 "AccessKeyMetadata" access_key_metadata: Vec<AccessKeyMetadata> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListAccountAliasesRequest
    0 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    1 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListAccountAliasesResponse
    0 "AccountAliases" account_aliases: Vec<String> [required each(&ITEM.len(3, 63).like_as("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", r"!.*--.*![a-z0-9][a-z0-9\-]{1,61}[a-z0-9]"))];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListAttachedGroupPoliciesRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PathPrefix" path_prefix: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    2 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    3 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListAttachedGroupPoliciesResponse
    0 "AttachedPolicies" attached_policies: Vec<AttachedPolicy>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListAttachedRolePoliciesRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PathPrefix" path_prefix: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    2 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    3 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListAttachedRolePoliciesResponse
    0 "AttachedPolicies" attached_policies: Vec<AttachedPolicy>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListAttachedUserPoliciesRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PathPrefix" path_prefix: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    2 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    3 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListAttachedUserPoliciesResponse
    0 "AttachedPolicies" attached_policies: Vec<AttachedPolicy>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListDelegationRequestsRequest
    0 "OwnerId" owner_id: String [len(20, 2048) like("^[a-zA-Z0-9:/+=,.@_-]+$")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListDelegationRequestsResponse
    0 "DelegationRequests" delegation_requests: Vec<DelegationRequest>;
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "isTruncated" is_truncated: bool;
}

wire::shape! { ListEntitiesForPolicyRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "EntityFilter" entity_filter: String [one_of(ENTITY_TYPE)];
    2 "PathPrefix" path_prefix: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    3 "PolicyUsageFilter" policy_usage_filter: String [one_of(POLICY_USAGE_TYPE)];
    4 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    5 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListEntitiesForPolicyResponse
    0 "PolicyGroups" policy_groups: Vec<PolicyGroup>;
    1 "PolicyUsers" policy_users: Vec<PolicyUser>;
    2 "PolicyRoles" policy_roles: Vec<PolicyRole>;
    3 "IsTruncated" is_truncated: bool;
    4 "Marker" marker: String;
}

wire::shape! { ListGroupPoliciesRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListGroupPoliciesResponse
    0 "PolicyNames" policy_names: Vec<String> [required each(&ITEM.len(1, 128).like(r"[\w+=,.@-]+"))];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListGroupsForUserRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListGroupsForUserResponse
    0 "Groups" groups: Vec<Group> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListGroupsRequest
    0 "PathPrefix" path_prefix: String [len(1, 512) like(r"\u002F[\u0021-\u007F]*")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListGroupsResponse
    0 "Groups" groups: Vec<Group> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListInstanceProfileTagsRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListInstanceProfileTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListInstanceProfilesForRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListInstanceProfilesForRoleResponse
    0 "InstanceProfiles" instance_profiles: Vec<InstanceProfile> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListInstanceProfilesRequest
    0 "PathPrefix" path_prefix: String [len(1, 512) like(r"\u002F[\u0021-\u007F]*")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListInstanceProfilesResponse
    0 "InstanceProfiles" instance_profiles: Vec<InstanceProfile> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListMFADeviceTagsRequest
    0 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListMFADeviceTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListMFADevicesRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListMFADevicesResponse
    0 "MFADevices" mfa_devices: Vec<MFADevice> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListOpenIDConnectProviderTagsRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListOpenIDConnectProviderTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListOpenIDConnectProvidersRequest
}

wire::shape! { ListOpenIDConnectProvidersResponse
    0 "OpenIDConnectProviderList" open_id_connect_provider_list: Vec<OpenIDConnectProviderListEntry>;
}

wire::shape! { ListOrganizationsFeaturesRequest
}

wire::shape! { ListOrganizationsFeaturesResponse
    0 "OrganizationId" organization_id: String [len_max(34) like("^o-[a-z0-9]{10,32}$")];
    1 "EnabledFeatures" enabled_features: Vec<String> [each(&ITEM.one_of(FEATURE_TYPE))];
}

wire::shape! { ListPoliciesGrantingServiceAccessEntry
    0 "ServiceNamespace" service_namespace: String [len(1, 64) like(r"[\w-]*")];
    1 "Policies" policies: Vec<PolicyGrantingServiceAccess>;
}

wire::shape! { ListPoliciesGrantingServiceAccessRequest
    0 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    1 "Arn" arn: String [required len(20, 2048)];
    2 "ServiceNamespaces" service_namespaces: Vec<String> [required len(1, 200) each(&ITEM.len(1, 64).like(r"[\w-]*"))];
}

wire::shape! { ListPoliciesGrantingServiceAccessResponse
    0 "PoliciesGrantingServiceAccess" policies_granting_service_access: Vec<ListPoliciesGrantingServiceAccessEntry> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListPoliciesRequest
    0 "Scope" scope: String [one_of(POLICY_SCOPE_TYPE)];
    1 "OnlyAttached" only_attached: bool;
    2 "PathPrefix" path_prefix: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    3 "PolicyUsageFilter" policy_usage_filter: String [one_of(POLICY_USAGE_TYPE)];
    4 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    5 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListPoliciesResponse
    0 "Policies" policies: Vec<Policy>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListPolicyTagsRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListPolicyTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListPolicyVersionsRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListPolicyVersionsResponse
    0 "Versions" versions: Vec<PolicyVersion>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListRolePoliciesRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListRolePoliciesResponse
    0 "PolicyNames" policy_names: Vec<String> [required each(&ITEM.len(1, 128).like(r"[\w+=,.@-]+"))];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListRoleTagsRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListRoleTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListRolesRequest
    0 "PathPrefix" path_prefix: String [len(1, 512) like(r"\u002F[\u0021-\u007F]*")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListRolesResponse
    0 "Roles" roles: Vec<Role> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListSAMLProviderTagsRequest
    0 "SAMLProviderArn" saml_provider_arn: String [required len(20, 2048)];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListSAMLProviderTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListSAMLProvidersRequest
}

wire::shape! { ListSAMLProvidersResponse
    0 "SAMLProviderList" saml_provider_list: Vec<SAMLProviderListEntry>;
}

wire::shape! { ListSSHPublicKeysRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListSSHPublicKeysResponse
    0 "SSHPublicKeys" ssh_public_keys: Vec<SSHPublicKeyMetadata>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListServerCertificateTagsRequest
    0 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListServerCertificateTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListServerCertificatesRequest
    0 "PathPrefix" path_prefix: String [len(1, 512) like(r"\u002F[\u0021-\u007F]*")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListServerCertificatesResponse
    0 "ServerCertificateMetadataList" server_certificate_metadata_list: Vec<ServerCertificateMetadata> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListServiceSpecificCredentialsRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "ServiceName" service_name: String;
    2 "AllUsers" all_users: bool;
    3 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    4 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListServiceSpecificCredentialsResponse
    0 "ServiceSpecificCredentials" service_specific_credentials: Vec<ServiceSpecificCredentialMetadata>;
    1 "Marker" marker: String;
    2 "IsTruncated" is_truncated: bool;
}

wire::shape! { ListSigningCertificatesRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListSigningCertificatesResponse
    0 "Certificates" certificates: Vec<SigningCertificate> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListUserPoliciesRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListUserPoliciesResponse
    0 "PolicyNames" policy_names: Vec<String> [required each(&ITEM.len(1, 128).like(r"[\w+=,.@-]+"))];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListUserTagsRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListUserTagsResponse
    0 "Tags" tags: Vec<Tag> [required len_max(50)];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListUsersRequest
    0 "PathPrefix" path_prefix: String [len(1, 512) like(r"\u002F[\u0021-\u007F]*")];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListUsersResponse
    0 "Users" users: Vec<User> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { ListVirtualMFADevicesRequest
    0 "AssignmentStatus" assignment_status: String [one_of(ASSIGNMENT_STATUS_TYPE)];
    1 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
    2 "MaxItems" max_items: i32 [range(1, 1000)];
}

wire::shape! { ListVirtualMFADevicesResponse
    0 "VirtualMFADevices" virtual_mfa_devices: Vec<VirtualMFADevice> [required];
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { LoginProfile
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "CreateDate" create_date: Timestamp [required];
    2 "PasswordResetRequired" password_reset_required: bool;
    3 "MaxSigninSessionDuration" max_signin_session_duration: i32 [range(3600, 7776000)];
}

wire::shape! { MFADevice
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    2 "EnableDate" enable_date: Timestamp [required];
}

wire::shape! { ManagedPolicyDetail
    0 "PolicyName" policy_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyId" policy_id: String [len(16, 128) like(r"[\w]+")];
    2 "Arn" arn: String [len(20, 2048)];
    3 "Path" path: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    4 "DefaultVersionId" default_version_id: String [like(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")];
    5 "AttachmentCount" attachment_count: i32;
    6 "PermissionsBoundaryUsageCount" permissions_boundary_usage_count: i32;
    7 "IsAttachable" is_attachable: bool;
    8 "Description" description: String [len_max(1000)];
    9 "CreateDate" create_date: Timestamp;
    10 "UpdateDate" update_date: Timestamp;
    11 "PolicyVersionList" policy_version_list: Vec<PolicyVersion>;
}

wire::shape! { OpenIDConnectProviderListEntry
    0 "Arn" arn: String [len(20, 2048)];
    1 "IsTrustedIdentityPropagationEnabled" is_trusted_identity_propagation_enabled: bool;
}

wire::shape! { OrderedOrganizationPolicyType
    0 "ServiceControlPolicyInputList" service_control_policy_input_list: Vec<String> [each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
}

wire::shape! { OrganizationsDecisionDetail
    0 "AllowedByOrganizations" allowed_by_organizations: bool;
}

wire::shape! { ParameterDefinition
    0 "Name" name: String [required len(1, 128)];
    1 "Type" r#type: String [required one_of(PARAMETER_TYPE_TYPE)];
    2 "SubType" sub_type: String [len_max(256)];
    3 "Description" description: String [len_max(1000)];
    4 "IsRequired" is_required: bool;
    5 "DefaultValue" default_value: String [len_max(1024)];
    6 "Immutable" immutable: bool;
}

wire::shape! { PasswordPolicy
    0 "MinimumPasswordLength" minimum_password_length: i32 [range(6, 128)];
    1 "RequireSymbols" require_symbols: bool;
    2 "RequireNumbers" require_numbers: bool;
    3 "RequireUppercaseCharacters" require_uppercase_characters: bool;
    4 "RequireLowercaseCharacters" require_lowercase_characters: bool;
    5 "AllowUsersToChangePassword" allow_users_to_change_password: bool;
    6 "ExpirePasswords" expire_passwords: bool;
    7 "MaxPasswordAge" max_password_age: i32 [range(1, 1095)];
    8 "PasswordReusePrevention" password_reuse_prevention: i32 [range(1, 24)];
    9 "HardExpiry" hard_expiry: bool;
}

wire::shape! { PermissionsBoundaryDecisionDetail
    0 "AllowedByPermissionsBoundary" allowed_by_permissions_boundary: bool;
}

wire::shape! { Policy
    0 "PolicyName" policy_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyId" policy_id: String [len(16, 128) like(r"[\w]+")];
    2 "Arn" arn: String [len(20, 2048)];
    3 "Path" path: String [len(1, 512) like(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/")];
    4 "DefaultVersionId" default_version_id: String [like(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")];
    5 "AttachmentCount" attachment_count: i32;
    6 "PermissionsBoundaryUsageCount" permissions_boundary_usage_count: i32;
    7 "IsAttachable" is_attachable: bool;
    8 "Description" description: String [len_max(1000)];
    9 "CreateDate" create_date: Timestamp;
    10 "UpdateDate" update_date: Timestamp;
    11 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { PolicyDetail
    0 "PolicyName" policy_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyDocument" policy_document: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { PolicyGrantingServiceAccess
    0 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyType" policy_type: String [required one_of(POLICY_TYPE)];
    2 "PolicyArn" policy_arn: String [len(20, 2048)];
    3 "EntityType" entity_type: String [one_of(POLICY_OWNER_ENTITY_TYPE)];
    4 "EntityName" entity_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { PolicyGroup
    0 "GroupName" group_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "GroupId" group_id: String [len(16, 128) like(r"[\w]+")];
}

wire::shape! { PolicyIdentifier [union]
    0 "PolicyType" policy_type: String [one_of(POLICY_IDENTIFIER_POLICY_TYPE)];
    1 "PolicyArn" policy_arn: String [len(20, 2048)];
    2 "InlinePolicyIdentifier" inline_policy_identifier: InlinePolicyIdentifierType;
}

wire::shape! { PolicyParameter
    0 "Name" name: String [len(5, 256) like("[ -~]+")];
    1 "Values" values: Vec<String> [each(&ITEM.like("[ -~]+"))];
    2 "Type" r#type: String [one_of(POLICY_PARAMETER_TYPE_ENUM)];
}

wire::shape! { PolicyRole
    0 "RoleName" role_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "RoleId" role_id: String [len(16, 128) like(r"[\w]+")];
}

wire::shape! { PolicyUser
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "UserId" user_id: String [len(16, 128) like(r"[\w]+")];
}

wire::shape! { PolicyVersion
    0 "Document" document: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    1 "VersionId" version_id: String [like(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")];
    2 "IsDefaultVersion" is_default_version: bool;
    3 "CreateDate" create_date: Timestamp;
}

wire::shape! { Position
    0 "Line" line: i32;
    1 "Column" column: i32;
}

wire::shape! { PutAccountPropertiesRequest
    0 "Properties" properties: BTreeMap<String, String> [required each(&ITEM.len(1, 1024)) keys(&ITEM.len(1, 50).like("^[A-Za-z][A-Za-z0-9/_-]*$"))];
}

wire::shape! { PutAccountPropertiesResponse
}

wire::shape! { PutGroupPolicyRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { PutRolePermissionsBoundaryRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PermissionsBoundary" permissions_boundary: String [required len(20, 2048)];
}

wire::shape! { PutRolePolicyRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { PutUserPermissionsBoundaryRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PermissionsBoundary" permissions_boundary: String [required len(20, 2048)];
}

wire::shape! { PutUserPolicyRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "PolicyName" policy_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { RejectDelegationRequestRequest
    0 "DelegationRequestId" delegation_request_id: String [required len(16, 128) like(r"[\w-]+")];
    1 "Notes" notes: String [len_max(500) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
}

wire::shape! { RemoveClientIDFromOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "ClientID" client_id: String [required len(1, 255)];
}

wire::shape! { RemoveRoleFromInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { RemoveUserFromGroupRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { ReplacementValueEntry
    0 "Values" values: Vec<String> [required len(1, 20)];
}

wire::shape! { ResetServiceSpecificCredentialRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "ServiceSpecificCredentialId" service_specific_credential_id: String [required len(20, 128) like(r"[\w]+")];
}

wire::shape! { ResetServiceSpecificCredentialResponse
    0 "ServiceSpecificCredential" service_specific_credential: ServiceSpecificCredential;
}

wire::shape! { ResourceSpecificResult
    0 "EvalResourceName" eval_resource_name: String [required len(1, 2048)];
    1 "EvalResourceDecision" eval_resource_decision: String [required one_of(POLICY_EVALUATION_DECISION_TYPE)];
    2 "MatchedStatements" matched_statements: Vec<Statement>;
    3 "MissingContextValues" missing_context_values: Vec<String> [each(&ITEM.len(5, 256))];
    4 "EvalDecisionDetails" eval_decision_details: BTreeMap<String, String> [each(&ITEM.one_of(POLICY_EVALUATION_DECISION_TYPE)) keys(&ITEM.len(3, 256))];
    5 "PermissionsBoundaryDecisionDetail" permissions_boundary_decision_detail: PermissionsBoundaryDecisionDetail;
}

wire::shape! { ResyncMFADeviceRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    2 "AuthenticationCode1" authentication_code1: String [required len(6, 6) like(r"[\d]+")];
    3 "AuthenticationCode2" authentication_code2: String [required len(6, 6) like(r"[\d]+")];
}

wire::shape! { Role
    0 "Path" path: String [required len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    2 "RoleId" role_id: String [required len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [required len(20, 2048)];
    4 "CreateDate" create_date: Timestamp [required];
    5 "AssumeRolePolicyDocument" assume_role_policy_document: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    6 "Description" description: String [len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    7 "MaxSessionDuration" max_session_duration: i32 [range(3600, 43200)];
    8 "MaxSigninSessionDuration" max_signin_session_duration: i32 [range(3600, 7776000)];
    9 "PermissionsBoundary" permissions_boundary: AttachedPermissionsBoundary;
    10 "Tags" tags: Vec<Tag> [len_max(50)];
    11 "RoleLastUsed" role_last_used: RoleLastUsed;
    12 "SourceRoleTemplate" source_role_template: SourceRoleTemplate;
}

wire::shape! { RoleDetail
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "RoleName" role_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    2 "RoleId" role_id: String [len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [len(20, 2048)];
    4 "CreateDate" create_date: Timestamp;
    5 "AssumeRolePolicyDocument" assume_role_policy_document: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    6 "InstanceProfileList" instance_profile_list: Vec<InstanceProfile>;
    7 "RolePolicyList" role_policy_list: Vec<PolicyDetail>;
    8 "AttachedManagedPolicies" attached_managed_policies: Vec<AttachedPolicy>;
    9 "PermissionsBoundary" permissions_boundary: AttachedPermissionsBoundary;
    10 "Tags" tags: Vec<Tag> [len_max(50)];
    11 "RoleLastUsed" role_last_used: RoleLastUsed;
}

wire::shape! { RoleLastUsed
    0 "LastUsedDate" last_used_date: Timestamp;
    1 "Region" region: String;
}

wire::shape! { RoleTemplateVersion
    0 "TemplateArn" template_arn: String [len(20, 2048)];
    1 "TemplateName" template_name: String [len(1, 128) like(r"[\w+=,.\-]+")];
    2 "TemplateVersionId" template_version_id: String [len(16, 128) like(r"[\w]+")];
    3 "Description" description: String [len_max(512) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    4 "MajorVersion" major_version: i32;
    5 "DefaultMinorVersion" default_minor_version: i32;
    6 "ManagedByType" managed_by_type: String [one_of(MANAGED_BY_TYPE_TYPE)];
    7 "ManagedByValue" managed_by_value: String [len(1, 128)];
    8 "Enabled" enabled: bool;
    9 "MinorVersion" minor_version: i32;
    10 "RoleNamePattern" role_name_pattern: String [len(1, 256)];
    11 "RolePathPattern" role_path_pattern: String [len(1, 256) like(r"/[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*/")];
    12 "RoleDescriptionPattern" role_description_pattern: String [len(1, 512)];
    13 "AssumeRolePolicyDocumentTemplate" assume_role_policy_document_template: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    14 "InlinePolicyTemplates" inline_policy_templates: Vec<InlinePolicy>;
    15 "ManagedPolicyArns" managed_policy_arns: Vec<String> [each(&ITEM.len(20, 2048))];
    16 "PermissionBoundaryArn" permission_boundary_arn: String [len(20, 2048)];
    17 "ParametersDefinition" parameters_definition: Vec<ParameterDefinition>;
    18 "RoleTagsTemplate" role_tags_template: Vec<TagTemplate> [len_max(50)];
    19 "MaxSessionDuration" max_session_duration: i32 [range(3600, 43200)];
    20 "VersionEnabled" version_enabled: bool;
    21 "CreateTimestamp" create_timestamp: Timestamp;
    22 "UpdateTimestamp" update_timestamp: Timestamp;
}

wire::shape! { RoleUsageType
    0 "Region" region: String [len(1, 100)];
    1 "Resources" resources: Vec<String> [each(&ITEM.len(20, 2048))];
}

wire::shape! { SAMLKeyHashEntry
    0 "IssuerURL" issuer_url: String [len(1, 1024)];
    1 "KeyHashes" key_hashes: Vec<String>;
}

wire::shape! { SAMLPrivateKey
    0 "KeyId" key_id: String [len(22, 64) like("[A-Z0-9]+")];
    1 "Timestamp" timestamp: Timestamp;
}

wire::shape! { SAMLProviderListEntry
    0 "Arn" arn: String [len(20, 2048)];
    1 "ValidUntil" valid_until: Timestamp;
    2 "CreateDate" create_date: Timestamp;
    3 "IsTrustedIdentityPropagationEnabled" is_trusted_identity_propagation_enabled: bool;
}

wire::shape! { SSHPublicKey
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SSHPublicKeyId" ssh_public_key_id: String [required len(20, 128) like(r"[\w]+")];
    2 "Fingerprint" fingerprint: String [required len(48, 48) like(r"[:\w]+")];
    3 "SSHPublicKeyBody" ssh_public_key_body: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    4 "Status" status: String [required one_of(STATUS_TYPE)];
    5 "UploadDate" upload_date: Timestamp;
}

wire::shape! { SSHPublicKeyMetadata
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SSHPublicKeyId" ssh_public_key_id: String [required len(20, 128) like(r"[\w]+")];
    2 "Status" status: String [required one_of(STATUS_TYPE)];
    3 "UploadDate" upload_date: Timestamp [required];
}

wire::shape! { SendDelegationTokenRequest
    0 "DelegationRequestId" delegation_request_id: String [required len(16, 128) like(r"[\w-]+")];
}

wire::shape! { ServerCertificate
    0 "ServerCertificateMetadata" server_certificate_metadata: ServerCertificateMetadata [required];
    1 "CertificateBody" certificate_body: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    2 "CertificateChain" certificate_chain: String [len(1, 2097152) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { ServerCertificateMetadata
    0 "Path" path: String [required len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "ServerCertificateId" server_certificate_id: String [required len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [required len(20, 2048)];
    4 "UploadDate" upload_date: Timestamp;
    5 "Expiration" expiration: Timestamp;
}

wire::shape! { ServiceLastAccessed
    0 "ServiceName" service_name: String [required];
    1 "LastAuthenticated" last_authenticated: Timestamp;
    2 "ServiceNamespace" service_namespace: String [required len(1, 64) like(r"[\w-]*")];
    3 "LastAuthenticatedEntity" last_authenticated_entity: String [len(20, 2048)];
    4 "LastAuthenticatedRegion" last_authenticated_region: String;
    5 "TotalAuthenticatedEntities" total_authenticated_entities: i32;
    6 "TrackedActionsLastAccessed" tracked_actions_last_accessed: Vec<TrackedActionLastAccessed>;
}

wire::shape! { ServiceSpecificCredential
    0 "CreateDate" create_date: Timestamp [required];
    1 "ExpirationDate" expiration_date: Timestamp;
    2 "ServiceName" service_name: String [required];
    3 "ServiceUserName" service_user_name: String [len_max(200) like(r"[\w+=,.@-]*")];
    4 "ServicePassword" service_password: String [sensitive];
    5 "ServiceCredentialAlias" service_credential_alias: String [len_max(200) like(r"[\w+=,.@-]+")];
    6 "ServiceCredentialSecret" service_credential_secret: String [sensitive];
    7 "ServiceSpecificCredentialId" service_specific_credential_id: String [required len(20, 128) like(r"[\w]+")];
    8 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    9 "Status" status: String [required one_of(STATUS_TYPE)];
}

wire::shape! { ServiceSpecificCredentialMetadata
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Status" status: String [required one_of(STATUS_TYPE)];
    2 "ServiceUserName" service_user_name: String [len_max(200) like(r"[\w+=,.@-]*")];
    3 "ServiceCredentialAlias" service_credential_alias: String [len_max(200) like(r"[\w+=,.@-]+")];
    4 "CreateDate" create_date: Timestamp [required];
    5 "ExpirationDate" expiration_date: Timestamp;
    6 "ServiceSpecificCredentialId" service_specific_credential_id: String [required len(20, 128) like(r"[\w]+")];
    7 "ServiceName" service_name: String [required];
}

wire::shape! { SetDefaultPolicyVersionRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "VersionId" version_id: String [required like(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")];
}

wire::shape! { SetSecurityTokenServicePreferencesRequest
    0 "GlobalEndpointTokenVersion" global_endpoint_token_version: String [required one_of(GLOBAL_ENDPOINT_TOKEN_VERSION)];
}

wire::shape! { SigningCertificate
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "CertificateId" certificate_id: String [required len(24, 128) like(r"[\w]+")];
    2 "CertificateBody" certificate_body: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "Status" status: String [required one_of(STATUS_TYPE)];
    4 "UploadDate" upload_date: Timestamp;
}

wire::shape! { SimulateCustomPolicyRequest
    0 "PolicyInputList" policy_input_list: Vec<String> [required each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
    1 "PermissionsBoundaryPolicyInputList" permissions_boundary_policy_input_list: Vec<String> [each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
    2 "OrderedOrganizationPolicyInputList" ordered_organization_policy_input_list: Vec<OrderedOrganizationPolicyType> [len_max(7)];
    3 "ActionNames" action_names: Vec<String> [required each(&ITEM.len(3, 128))];
    4 "ResourceArns" resource_arns: Vec<String> [each(&ITEM.len(1, 2048))];
    5 "ResourcePolicy" resource_policy: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    6 "ResourceOwner" resource_owner: String [len(1, 2048)];
    7 "CallerArn" caller_arn: String [len(1, 2048)];
    8 "ContextEntries" context_entries: Vec<ContextEntry>;
    9 "ResourceHandlingOption" resource_handling_option: String [len(1, 64)];
    10 "MaxItems" max_items: i32 [range(1, 1000)];
    11 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
}

wire::shape! { SimulatePolicyResponse
    0 "EvaluationResults" evaluation_results: Vec<EvaluationResult>;
    1 "IsTruncated" is_truncated: bool;
    2 "Marker" marker: String;
}

wire::shape! { SimulatePrincipalPolicyRequest
    0 "PolicySourceArn" policy_source_arn: String [required len(20, 2048)];
    1 "PolicyInputList" policy_input_list: Vec<String> [each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
    2 "PermissionsBoundaryPolicyInputList" permissions_boundary_policy_input_list: Vec<String> [each(&ITEM.len(1, 131072).like(r"[\u0009\u000A\u000D\u0020-\u00FF]+"))];
    3 "PolicyExclusionList" policy_exclusion_list: Vec<PolicyIdentifier> [len_max(256)];
    4 "ActionNames" action_names: Vec<String> [required each(&ITEM.len(3, 128))];
    5 "ResourceArns" resource_arns: Vec<String> [each(&ITEM.len(1, 2048))];
    6 "ResourcePolicy" resource_policy: String [len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    7 "ResourceOwner" resource_owner: String [len(1, 2048)];
    8 "CallerArn" caller_arn: String [len(1, 2048)];
    9 "ContextEntries" context_entries: Vec<ContextEntry>;
    10 "ResourceHandlingOption" resource_handling_option: String [len(1, 64)];
    11 "MaxItems" max_items: i32 [range(1, 1000)];
    12 "Marker" marker: String [len(1, 320) like(r"[\u0020-\u00FF]+")];
}

wire::shape! { SourceRoleTemplate
    0 "TemplateArn" template_arn: String [required len(20, 2048)];
    1 "TemplateMinorVersion" template_minor_version: i32 [required];
}

wire::shape! { Statement
    0 "SourcePolicyId" source_policy_id: String;
    1 "SourcePolicyType" source_policy_type: String [one_of(POLICY_SOURCE_TYPE)];
    2 "StartPosition" start_position: Position;
    3 "EndPosition" end_position: Position;
}

wire::shape! { Tag
    0 "Key" key: String [required len(1, 128) like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")];
    1 "Value" value: String [required len_max(256) like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")];
}

wire::shape! { TagInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagMFADeviceRequest
    0 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagPolicyRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagSAMLProviderRequest
    0 "SAMLProviderArn" saml_provider_arn: String [required len(20, 2048)];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagServerCertificateRequest
    0 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TagTemplate
    0 "Key" key: String [required len(1, 128) like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@{}]+")];
    1 "Value" value: String [required len_max(256) like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@{}]*")];
}

wire::shape! { TagUserRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "Tags" tags: Vec<Tag> [required len_max(50)];
}

wire::shape! { TrackedActionLastAccessed
    0 "ActionName" action_name: String;
    1 "LastAccessedEntity" last_accessed_entity: String [len(20, 2048)];
    2 "LastAccessedTime" last_accessed_time: Timestamp;
    3 "LastAccessedRegion" last_accessed_region: String;
}

wire::shape! { UntagInstanceProfileRequest
    0 "InstanceProfileName" instance_profile_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagMFADeviceRequest
    0 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagPolicyRequest
    0 "PolicyArn" policy_arn: String [required len(20, 2048)];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagSAMLProviderRequest
    0 "SAMLProviderArn" saml_provider_arn: String [required len(20, 2048)];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagServerCertificateRequest
    0 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UntagUserRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "TagKeys" tag_keys: Vec<String> [required len_max(50) each(&ITEM.len(1, 128).like(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"))];
}

wire::shape! { UpdateAccessKeyRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "AccessKeyId" access_key_id: String [required len(16, 128) like(r"[\w]+")];
    2 "Status" status: String [required one_of(STATUS_TYPE)];
}

wire::shape! { UpdateAccountPasswordPolicyRequest
    0 "MinimumPasswordLength" minimum_password_length: i32 [range(6, 128)];
    1 "RequireSymbols" require_symbols: bool;
    2 "RequireNumbers" require_numbers: bool;
    3 "RequireUppercaseCharacters" require_uppercase_characters: bool;
    4 "RequireLowercaseCharacters" require_lowercase_characters: bool;
    5 "AllowUsersToChangePassword" allow_users_to_change_password: bool;
    6 "MaxPasswordAge" max_password_age: i32 [range(1, 1095)];
    7 "PasswordReusePrevention" password_reuse_prevention: i32 [range(1, 24)];
    8 "HardExpiry" hard_expiry: bool;
}

wire::shape! { UpdateAssumeRolePolicyRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "PolicyDocument" policy_document: String [required len(1, 131072) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { UpdateDelegationRequestRequest
    0 "DelegationRequestId" delegation_request_id: String [required len(16, 128) like(r"[\w-]+")];
    1 "Notes" notes: String [len_max(500) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
}

wire::shape! { UpdateGroupRequest
    0 "GroupName" group_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "NewPath" new_path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    2 "NewGroupName" new_group_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { UpdateLoginProfileRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Password" password: String [len(1, 128) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
    2 "PasswordResetRequired" password_reset_required: bool;
    3 "MaxSigninSessionDuration" max_signin_session_duration: i32 [range(3600, 7776000)];
    4 "ResetMaxSigninSessionDuration" reset_max_signin_session_duration: bool;
}

wire::shape! { UpdateOpenIDConnectProviderRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "ContextProvider" context_provider: ContextProvider;
    2 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len(1, 1224)];
    3 "RemoveContextProvider" remove_context_provider: bool;
    4 "RemoveIdentityCenterInstance" remove_identity_center_instance: bool;
}

wire::shape! { UpdateOpenIDConnectProviderThumbprintRequest
    0 "OpenIDConnectProviderArn" open_id_connect_provider_arn: String [required len(20, 2048)];
    1 "ThumbprintList" thumbprint_list: Vec<String> [required each(&ITEM.len(40, 40))];
}

wire::shape! { UpdateRoleDescriptionRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Description" description: String [required len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
}

wire::shape! { UpdateRoleDescriptionResponse
    0 "Role" role: Role;
}

wire::shape! { UpdateRoleRequest
    0 "RoleName" role_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "Description" description: String [len_max(1000) like(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*")];
    2 "MaxSessionDuration" max_session_duration: i32 [range(3600, 43200)];
    3 "MaxSigninSessionDuration" max_signin_session_duration: i32 [range(3600, 7776000)];
    4 "ResetMaxSigninSessionDuration" reset_max_signin_session_duration: bool;
}

wire::shape! { UpdateRoleResponse
}

wire::shape! { UpdateSAMLProviderRequest
    0 "SAMLMetadataDocument" saml_metadata_document: String [len(1000, 10000000)];
    1 "SAMLProviderArn" saml_provider_arn: String [required len(20, 2048)];
    2 "AssertionEncryptionMode" assertion_encryption_mode: String [one_of(ASSERTION_ENCRYPTION_MODE_TYPE)];
    3 "AddPrivateKey" add_private_key: String [len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
    4 "RemovePrivateKey" remove_private_key: String [len(22, 64) like("[A-Z0-9]+")];
    5 "ContextProvider" context_provider: ContextProvider;
    6 "IdentityCenterInstanceArn" identity_center_instance_arn: String [len(1, 1224)];
    7 "RemoveContextProvider" remove_context_provider: bool;
    8 "RemoveIdentityCenterInstance" remove_identity_center_instance: bool;
}

wire::shape! { UpdateSAMLProviderResponse
    0 "SAMLProviderArn" saml_provider_arn: String [len(20, 2048)];
}

wire::shape! { UpdateSSHPublicKeyRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SSHPublicKeyId" ssh_public_key_id: String [required len(20, 128) like(r"[\w]+")];
    2 "Status" status: String [required one_of(STATUS_TYPE)];
}

wire::shape! { UpdateServerCertificateRequest
    0 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "NewPath" new_path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    2 "NewServerCertificateName" new_server_certificate_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
}

wire::shape! { UpdateServiceSpecificCredentialRequest
    0 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    1 "ServiceSpecificCredentialId" service_specific_credential_id: String [required len(20, 128) like(r"[\w]+")];
    2 "Status" status: String [required one_of(STATUS_TYPE)];
}

wire::shape! { UpdateSigningCertificateRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "CertificateId" certificate_id: String [required len(24, 128) like(r"[\w]+")];
    2 "Status" status: String [required one_of(STATUS_TYPE)];
}

wire::shape! { UpdateUserRequest
    0 "UserName" user_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    1 "NewPath" new_path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    2 "NewUserName" new_user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
}

wire::shape! { UploadSSHPublicKeyRequest
    0 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    1 "SSHPublicKeyBody" ssh_public_key_body: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { UploadSSHPublicKeyResponse
    0 "SSHPublicKey" ssh_public_key: SSHPublicKey;
}

wire::shape! { UploadServerCertificateRequest
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "ServerCertificateName" server_certificate_name: String [required len(1, 128) like(r"[\w+=,.@-]+")];
    2 "CertificateBody" certificate_body: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    3 "PrivateKey" private_key: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+") sensitive];
    4 "CertificateChain" certificate_chain: String [len(1, 2097152) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
    5 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { UploadServerCertificateResponse
    0 "ServerCertificateMetadata" server_certificate_metadata: ServerCertificateMetadata;
    1 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { UploadSigningCertificateRequest
    0 "UserName" user_name: String [len(1, 128) like(r"[\w+=,.@-]+")];
    1 "CertificateBody" certificate_body: String [required len(1, 16384) like(r"[\u0009\u000A\u000D\u0020-\u00FF]+")];
}

wire::shape! { UploadSigningCertificateResponse
    0 "Certificate" certificate: SigningCertificate [required];
}

wire::shape! { User
    0 "Path" path: String [required len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "UserName" user_name: String [required len(1, 64) like(r"[\w+=,.@-]+")];
    2 "UserId" user_id: String [required len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [required len(20, 2048)];
    4 "CreateDate" create_date: Timestamp [required];
    5 "PasswordLastUsed" password_last_used: Timestamp;
    6 "PermissionsBoundary" permissions_boundary: AttachedPermissionsBoundary;
    7 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { UserDetail
    0 "Path" path: String [len(1, 512) like(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")];
    1 "UserName" user_name: String [len(1, 64) like(r"[\w+=,.@-]+")];
    2 "UserId" user_id: String [len(16, 128) like(r"[\w]+")];
    3 "Arn" arn: String [len(20, 2048)];
    4 "CreateDate" create_date: Timestamp;
    5 "UserPolicyList" user_policy_list: Vec<PolicyDetail>;
    6 "GroupList" group_list: Vec<String> [each(&ITEM.len(1, 128).like(r"[\w+=,.@-]+"))];
    7 "AttachedManagedPolicies" attached_managed_policies: Vec<AttachedPolicy>;
    8 "PermissionsBoundary" permissions_boundary: AttachedPermissionsBoundary;
    9 "Tags" tags: Vec<Tag> [len_max(50)];
}

wire::shape! { VirtualMFADevice
    0 "SerialNumber" serial_number: String [required len(9, 256) like(r"[\w+=/:,.@-]+")];
    1 "Base32StringSeed" base32_string_seed: Bytes [sensitive];
    2 "QRCodePNG" qr_code_png: Bytes [sensitive];
    3 "User" user: User;
    4 "EnableDate" enable_date: Timestamp;
    5 "Tags" tags: Vec<Tag> [len_max(50)];
}

/// The values of `AccessAdvisorUsageGranularityType`.
pub const ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE: &[&str] = &["SERVICE_LEVEL", "ACTION_LEVEL"];
/// The values of `AttachmentType`.
pub const ATTACHMENT_TYPE: &[&str] = &["user", "group", "role"];
/// The values of `ContextKeyTypeEnum`.
pub const CONTEXT_KEY_TYPE_ENUM: &[&str] = &[
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList",
];
/// The values of `DeletionTaskStatusType`.
pub const DELETION_TASK_STATUS_TYPE: &[&str] = &["SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED"];
/// The values of `EntityType`.
pub const ENTITY_TYPE: &[&str] = &["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];
/// The values of `FeatureType`.
pub const FEATURE_TYPE: &[&str] = &["RootCredentialsManagement", "RootSessions"];
/// The values of `PermissionsBoundaryAttachmentType`.
pub const PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: &[&str] = &["PermissionsBoundaryPolicy"];
/// The values of `PolicyEvaluationDecisionType`.
pub const POLICY_EVALUATION_DECISION_TYPE: &[&str] = &["allowed", "explicitDeny", "implicitDeny"];
/// The values of `PolicyIdentifierPolicyType`.
pub const POLICY_IDENTIFIER_POLICY_TYPE: &[&str] =
    &["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"];
/// The values of `PolicyParameterTypeEnum`.
pub const POLICY_PARAMETER_TYPE_ENUM: &[&str] = &["string", "stringList"];
/// The values of `PolicySourceType`.
pub const POLICY_SOURCE_TYPE: &[&str] =
    &["user", "group", "role", "aws-managed", "user-managed", "resource", "none"];
/// The values of `PolicyUsageType`.
pub const POLICY_USAGE_TYPE: &[&str] = &["PermissionsPolicy", "PermissionsBoundary"];
/// The values of `ReportFormatType`.
pub const REPORT_FORMAT_TYPE: &[&str] = &["text/csv"];
/// The values of `ReportStateType`.
pub const REPORT_STATE_TYPE: &[&str] = &["STARTED", "INPROGRESS", "COMPLETE"];
/// The values of `assertionEncryptionModeType`.
pub const ASSERTION_ENCRYPTION_MODE_TYPE: &[&str] = &["Required", "Allowed"];
/// The values of `assignmentStatusType`.
pub const ASSIGNMENT_STATUS_TYPE: &[&str] = &["Assigned", "Unassigned", "Any"];
/// The values of `encodingType`.
pub const ENCODING_TYPE: &[&str] = &["SSH", "PEM"];
/// The values of `globalEndpointTokenVersion`.
pub const GLOBAL_ENDPOINT_TOKEN_VERSION: &[&str] = &["v1Token", "v2Token"];
/// The values of `jobStatusType`.
pub const JOB_STATUS_TYPE: &[&str] = &["IN_PROGRESS", "COMPLETED", "FAILED"];
/// The values of `managedByTypeType`.
pub const MANAGED_BY_TYPE_TYPE: &[&str] = &["Service"];
/// The values of `parameterTypeType`.
pub const PARAMETER_TYPE_TYPE: &[&str] = &["String", "StringList", "Number", "NumberList", "Arn", "ArnList"];
/// The values of `permissionCheckResultType`.
pub const PERMISSION_CHECK_RESULT_TYPE: &[&str] = &["ALLOWED", "DENIED", "UNSURE"];
/// The values of `permissionCheckStatusType`.
pub const PERMISSION_CHECK_STATUS_TYPE: &[&str] = &["COMPLETE", "IN_PROGRESS", "FAILED"];
/// The values of `policyOwnerEntityType`.
pub const POLICY_OWNER_ENTITY_TYPE: &[&str] = &["USER", "ROLE", "GROUP"];
/// The values of `policyScopeType`.
pub const POLICY_SCOPE_TYPE: &[&str] = &["All", "AWS", "Local"];
/// The values of `policyType`.
pub const POLICY_TYPE: &[&str] = &["INLINE", "MANAGED"];
/// The values of `sortKeyType`.
pub const SORT_KEY_TYPE: &[&str] = &[
    "SERVICE_NAMESPACE_ASCENDING",
    "SERVICE_NAMESPACE_DESCENDING",
    "LAST_AUTHENTICATED_TIME_ASCENDING",
    "LAST_AUTHENTICATED_TIME_DESCENDING",
];
/// The values of `stateType`.
pub const STATE_TYPE: &[&str] =
    &["UNASSIGNED", "ASSIGNED", "PENDING_APPROVAL", "FINALIZED", "ACCEPTED", "REJECTED", "EXPIRED"];
/// The values of `statusType`.
pub const STATUS_TYPE: &[&str] = &["Active", "Inactive", "Expired"];
/// The values of `summaryKeyType`.
pub const SUMMARY_KEY_TYPE: &[&str] = &[
    "Users",
    "UsersQuota",
    "Groups",
    "GroupsQuota",
    "ServerCertificates",
    "ServerCertificatesQuota",
    "UserPolicySizeQuota",
    "GroupPolicySizeQuota",
    "GroupsPerUserQuota",
    "SigningCertificatesPerUserQuota",
    "AccessKeysPerUserQuota",
    "MFADevices",
    "MFADevicesInUse",
    "AccountMFAEnabled",
    "AccountAccessKeysPresent",
    "AccountPasswordPresent",
    "AccountSigningCertificatesPresent",
    "AttachedPoliciesPerGroupQuota",
    "AttachedPoliciesPerRoleQuota",
    "AttachedPoliciesPerUserQuota",
    "Policies",
    "PoliciesQuota",
    "PolicySizeQuota",
    "PolicyVersionsInUse",
    "PolicyVersionsInUseQuota",
    "VersionsPerPolicyQuota",
    "GlobalEndpointTokenVersion",
    "AssumeRolePolicySizeQuota",
    "InstanceProfiles",
    "InstanceProfilesQuota",
    "Providers",
    "RolePolicySizeQuota",
    "Roles",
    "RolesQuota",
];
/// The values of `summaryStateType`.
pub const SUMMARY_STATE_TYPE: &[&str] = &["AVAILABLE", "NOT_AVAILABLE", "NOT_SUPPORTED", "FAILED"];
