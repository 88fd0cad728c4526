//! The tables of `s3`, written by `cargo xtask shapes` from botocore 1.44.8; never edited.

use wire::prelude::*;

/// The service `s3`.
pub static S3: wire::Service = wire::Service {
    name: "s3",
    signing_name: "s3",
    target_prefix: "",
    version: "2006-03-01",
    protocol: wire::Protocol::RestXml,
    xml_namespace: "http://s3.amazonaws.com/doc/2006-03-01/",
    global: true,
    operations: OPERATIONS,
    errors: ERRORS,
};

wire::operations! {
    "AbortMultipartUpload" AbortMultipartUploadRequest => AbortMultipartUploadOutput [http("DELETE", "/{Bucket}/{Key+}", 204)];
    "CompleteMultipartUpload" CompleteMultipartUploadRequest => CompleteMultipartUploadOutput [http("POST", "/{Bucket}/{Key+}", 200) root("CompleteMultipartUploadResult")];
    "CopyObject" CopyObjectRequest => CopyObjectOutput [http("PUT", "/{Bucket}/{Key+}", 200)];
    "CreateBucket" CreateBucketRequest => CreateBucketOutput [http("PUT", "/{Bucket}", 200)];
    "CreateBucketMetadataConfiguration" CreateBucketMetadataConfigurationRequest => () [http("POST", "/{Bucket}?metadataConfiguration", 200) checksum("ChecksumAlgorithm") checksum_required];
    "CreateBucketMetadataTableConfiguration" CreateBucketMetadataTableConfigurationRequest => () [http("POST", "/{Bucket}?metadataTable", 200) checksum("ChecksumAlgorithm") checksum_required];
    "CreateMultipartUpload" CreateMultipartUploadRequest => CreateMultipartUploadOutput [http("POST", "/{Bucket}/{Key+}?uploads", 200) root("InitiateMultipartUploadResult")];
    "CreateSession" CreateSessionRequest => CreateSessionOutput [http("GET", "/{Bucket}?session", 200) root("CreateSessionResult")];
    "DeleteBucket" DeleteBucketRequest => () [http("DELETE", "/{Bucket}", 204)];
    "DeleteBucketAnalyticsConfiguration" DeleteBucketAnalyticsConfigurationRequest => () [http("DELETE", "/{Bucket}?analytics", 204)];
    "DeleteBucketCors" DeleteBucketCorsRequest => () [http("DELETE", "/{Bucket}?cors", 204)];
    "DeleteBucketEncryption" DeleteBucketEncryptionRequest => () [http("DELETE", "/{Bucket}?encryption", 204)];
    "DeleteBucketIntelligentTieringConfiguration" DeleteBucketIntelligentTieringConfigurationRequest => () [http("DELETE", "/{Bucket}?intelligent-tiering", 204)];
    "DeleteBucketInventoryConfiguration" DeleteBucketInventoryConfigurationRequest => () [http("DELETE", "/{Bucket}?inventory", 204)];
    "DeleteBucketLifecycle" DeleteBucketLifecycleRequest => () [http("DELETE", "/{Bucket}?lifecycle", 204)];
    "DeleteBucketMetadataConfiguration" DeleteBucketMetadataConfigurationRequest => () [http("DELETE", "/{Bucket}?metadataConfiguration", 204)];
    "DeleteBucketMetadataTableConfiguration" DeleteBucketMetadataTableConfigurationRequest => () [http("DELETE", "/{Bucket}?metadataTable", 204)];
    "DeleteBucketMetricsConfiguration" DeleteBucketMetricsConfigurationRequest => () [http("DELETE", "/{Bucket}?metrics", 204)];
    "DeleteBucketOwnershipControls" DeleteBucketOwnershipControlsRequest => () [http("DELETE", "/{Bucket}?ownershipControls", 204)];
    "DeleteBucketPolicy" DeleteBucketPolicyRequest => () [http("DELETE", "/{Bucket}?policy", 204)];
    "DeleteBucketReplication" DeleteBucketReplicationRequest => () [http("DELETE", "/{Bucket}?replication", 204)];
    "DeleteBucketTagging" DeleteBucketTaggingRequest => () [http("DELETE", "/{Bucket}?tagging", 204)];
    "DeleteBucketWebsite" DeleteBucketWebsiteRequest => () [http("DELETE", "/{Bucket}?website", 204)];
    "DeleteObject" DeleteObjectRequest => DeleteObjectOutput [http("DELETE", "/{Bucket}/{Key+}", 204)];
    "DeleteObjectAnnotation" DeleteObjectAnnotationRequest => DeleteObjectAnnotationOutput [http("DELETE", "/{Bucket}/{Key+}?annotation", 204)];
    "DeleteObjectTagging" DeleteObjectTaggingRequest => DeleteObjectTaggingOutput [http("DELETE", "/{Bucket}/{Key+}?tagging", 204)];
    "DeleteObjects" DeleteObjectsRequest => DeleteObjectsOutput [http("POST", "/{Bucket}?delete", 200) root("DeleteResult") checksum("ChecksumAlgorithm") checksum_required];
    "DeletePublicAccessBlock" DeletePublicAccessBlockRequest => () [http("DELETE", "/{Bucket}?publicAccessBlock", 204)];
    "GetBucketAbac" GetBucketAbacRequest => GetBucketAbacOutput [http("GET", "/{Bucket}?abac", 200)];
    "GetBucketAccelerateConfiguration" GetBucketAccelerateConfigurationRequest => GetBucketAccelerateConfigurationOutput [http("GET", "/{Bucket}?accelerate", 200) root("AccelerateConfiguration")];
    "GetBucketAcl" GetBucketAclRequest => GetBucketAclOutput [http("GET", "/{Bucket}?acl", 200) root("AccessControlPolicy")];
    "GetBucketAnalyticsConfiguration" GetBucketAnalyticsConfigurationRequest => GetBucketAnalyticsConfigurationOutput [http("GET", "/{Bucket}?analytics", 200)];
    "GetBucketCors" GetBucketCorsRequest => GetBucketCorsOutput [http("GET", "/{Bucket}?cors", 200) root("CORSConfiguration")];
    "GetBucketEncryption" GetBucketEncryptionRequest => GetBucketEncryptionOutput [http("GET", "/{Bucket}?encryption", 200)];
    "GetBucketIntelligentTieringConfiguration" GetBucketIntelligentTieringConfigurationRequest => GetBucketIntelligentTieringConfigurationOutput [http("GET", "/{Bucket}?intelligent-tiering", 200)];
    "GetBucketInventoryConfiguration" GetBucketInventoryConfigurationRequest => GetBucketInventoryConfigurationOutput [http("GET", "/{Bucket}?inventory", 200)];
    "GetBucketLifecycle" GetBucketLifecycleRequest => GetBucketLifecycleOutput [http("GET", "/{Bucket}?lifecycle", 200) root("LifecycleConfiguration") retired];
    "GetBucketLifecycleConfiguration" GetBucketLifecycleConfigurationRequest => GetBucketLifecycleConfigurationOutput [http("GET", "/{Bucket}?lifecycle", 200) root("LifecycleConfiguration")];
    "GetBucketLocation" GetBucketLocationRequest => GetBucketLocationOutput [http("GET", "/{Bucket}?location", 200) root("LocationConstraint") bare];
    "GetBucketLogging" GetBucketLoggingRequest => GetBucketLoggingOutput [http("GET", "/{Bucket}?logging", 200) root("BucketLoggingStatus")];
    "GetBucketMetadataConfiguration" GetBucketMetadataConfigurationRequest => GetBucketMetadataConfigurationOutput [http("GET", "/{Bucket}?metadataConfiguration", 200)];
    "GetBucketMetadataTableConfiguration" GetBucketMetadataTableConfigurationRequest => GetBucketMetadataTableConfigurationOutput [http("GET", "/{Bucket}?metadataTable", 200)];
    "GetBucketMetricsConfiguration" GetBucketMetricsConfigurationRequest => GetBucketMetricsConfigurationOutput [http("GET", "/{Bucket}?metrics", 200)];
    "GetBucketNotification" GetBucketNotificationConfigurationRequest => NotificationConfigurationDeprecated [http("GET", "/{Bucket}?notification", 200) root("NotificationConfiguration") retired];
    "GetBucketNotificationConfiguration" GetBucketNotificationConfigurationRequest => NotificationConfiguration [http("GET", "/{Bucket}?notification", 200) root("NotificationConfiguration")];
    "GetBucketOwnershipControls" GetBucketOwnershipControlsRequest => GetBucketOwnershipControlsOutput [http("GET", "/{Bucket}?ownershipControls", 200)];
    "GetBucketPolicy" GetBucketPolicyRequest => GetBucketPolicyOutput [http("GET", "/{Bucket}?policy", 200)];
    "GetBucketPolicyStatus" GetBucketPolicyStatusRequest => GetBucketPolicyStatusOutput [http("GET", "/{Bucket}?policyStatus", 200)];
    "GetBucketReplication" GetBucketReplicationRequest => GetBucketReplicationOutput [http("GET", "/{Bucket}?replication", 200)];
    "GetBucketRequestPayment" GetBucketRequestPaymentRequest => GetBucketRequestPaymentOutput [http("GET", "/{Bucket}?requestPayment", 200) root("RequestPaymentConfiguration")];
    "GetBucketTagging" GetBucketTaggingRequest => GetBucketTaggingOutput [http("GET", "/{Bucket}?tagging", 200) root("Tagging")];
    "GetBucketVersioning" GetBucketVersioningRequest => GetBucketVersioningOutput [http("GET", "/{Bucket}?versioning", 200) root("VersioningConfiguration")];
    "GetBucketWebsite" GetBucketWebsiteRequest => GetBucketWebsiteOutput [http("GET", "/{Bucket}?website", 200) root("WebsiteConfiguration")];
    "GetObject" GetObjectRequest => GetObjectOutput [http("GET", "/{Bucket}/{Key+}", 200)];
    "GetObjectAcl" GetObjectAclRequest => GetObjectAclOutput [http("GET", "/{Bucket}/{Key+}?acl", 200) root("AccessControlPolicy")];
    "GetObjectAnnotation" GetObjectAnnotationRequest => GetObjectAnnotationOutput [http("GET", "/{Bucket}/{Key+}?annotation", 200)];
    "GetObjectAttributes" GetObjectAttributesRequest => GetObjectAttributesOutput [http("GET", "/{Bucket}/{Key+}?attributes", 200) root("GetObjectAttributesResponse")];
    "GetObjectLegalHold" GetObjectLegalHoldRequest => GetObjectLegalHoldOutput [http("GET", "/{Bucket}/{Key+}?legal-hold", 200)];
    "GetObjectLockConfiguration" GetObjectLockConfigurationRequest => GetObjectLockConfigurationOutput [http("GET", "/{Bucket}?object-lock", 200)];
    "GetObjectRetention" GetObjectRetentionRequest => GetObjectRetentionOutput [http("GET", "/{Bucket}/{Key+}?retention", 200)];
    "GetObjectTagging" GetObjectTaggingRequest => GetObjectTaggingOutput [http("GET", "/{Bucket}/{Key+}?tagging", 200) root("Tagging")];
    "GetObjectTorrent" GetObjectTorrentRequest => GetObjectTorrentOutput [http("GET", "/{Bucket}/{Key+}?torrent", 200)];
    "GetPublicAccessBlock" GetPublicAccessBlockRequest => GetPublicAccessBlockOutput [http("GET", "/{Bucket}?publicAccessBlock", 200)];
    "HeadBucket" HeadBucketRequest => HeadBucketOutput [http("HEAD", "/{Bucket}", 200)];
    "HeadObject" HeadObjectRequest => HeadObjectOutput [http("HEAD", "/{Bucket}/{Key+}", 200)];
    "ListBucketAnalyticsConfigurations" ListBucketAnalyticsConfigurationsRequest => ListBucketAnalyticsConfigurationsOutput [http("GET", "/{Bucket}?analytics", 200) root("ListBucketAnalyticsConfigurationResult")];
    "ListBucketIntelligentTieringConfigurations" ListBucketIntelligentTieringConfigurationsRequest => ListBucketIntelligentTieringConfigurationsOutput [http("GET", "/{Bucket}?intelligent-tiering", 200) root("ListBucketIntelligentTieringConfigurationsOutput")];
    "ListBucketInventoryConfigurations" ListBucketInventoryConfigurationsRequest => ListBucketInventoryConfigurationsOutput [http("GET", "/{Bucket}?inventory", 200) root("ListInventoryConfigurationsResult")];
    "ListBucketMetricsConfigurations" ListBucketMetricsConfigurationsRequest => ListBucketMetricsConfigurationsOutput [http("GET", "/{Bucket}?metrics", 200) root("ListMetricsConfigurationsResult")];
    "ListBuckets" ListBucketsRequest => ListBucketsOutput [http("GET", "/", 200) root("ListAllMyBucketsResult")];
    "ListDirectoryBuckets" ListDirectoryBucketsRequest => ListDirectoryBucketsOutput [http("GET", "/", 200) root("ListAllMyDirectoryBucketsResult") retired];
    "ListMultipartUploads" ListMultipartUploadsRequest => ListMultipartUploadsOutput [http("GET", "/{Bucket}?uploads", 200) root("ListMultipartUploadsResult")];
    "ListObjectAnnotations" ListObjectAnnotationsRequest => ListObjectAnnotationsOutput [http("GET", "/{Bucket}/{Key+}?annotation", 200) root("ListObjectAnnotationsResult")];
    "ListObjectVersions" ListObjectVersionsRequest => ListObjectVersionsOutput [http("GET", "/{Bucket}?versions", 200) root("ListVersionsResult")];
    "ListObjects" ListObjectsRequest => ListObjectsOutput [http("GET", "/{Bucket}", 200) root("ListBucketResult")];
    "ListObjectsV2" ListObjectsV2Request => ListObjectsV2Output [http("GET", "/{Bucket}?list-type=2", 200) root("ListBucketResult")];
    "ListParts" ListPartsRequest => ListPartsOutput [http("GET", "/{Bucket}/{Key+}", 200) root("ListPartsResult")];
    "PostObject" PostObjectRequest => PostObjectOutput [http("POST", "/{Bucket}", 200) root("PostResponse")];
    "PutBucketAbac" PutBucketAbacRequest => () [http("PUT", "/{Bucket}?abac", 200) checksum("ChecksumAlgorithm")];
    "PutBucketAccelerateConfiguration" PutBucketAccelerateConfigurationRequest => () [http("PUT", "/{Bucket}?accelerate", 200) checksum("ChecksumAlgorithm")];
    "PutBucketAcl" PutBucketAclRequest => () [http("PUT", "/{Bucket}?acl", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketAnalyticsConfiguration" PutBucketAnalyticsConfigurationRequest => () [http("PUT", "/{Bucket}?analytics", 200)];
    "PutBucketCors" PutBucketCorsRequest => () [http("PUT", "/{Bucket}?cors", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketEncryption" PutBucketEncryptionRequest => () [http("PUT", "/{Bucket}?encryption", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketIntelligentTieringConfiguration" PutBucketIntelligentTieringConfigurationRequest => () [http("PUT", "/{Bucket}?intelligent-tiering", 200)];
    "PutBucketInventoryConfiguration" PutBucketInventoryConfigurationRequest => () [http("PUT", "/{Bucket}?inventory", 200)];
    "PutBucketLifecycle" PutBucketLifecycleRequest => () [http("PUT", "/{Bucket}?lifecycle", 200) checksum("ChecksumAlgorithm") retired checksum_required];
    "PutBucketLifecycleConfiguration" PutBucketLifecycleConfigurationRequest => PutBucketLifecycleConfigurationOutput [http("PUT", "/{Bucket}?lifecycle", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketLogging" PutBucketLoggingRequest => () [http("PUT", "/{Bucket}?logging", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketMetricsConfiguration" PutBucketMetricsConfigurationRequest => () [http("PUT", "/{Bucket}?metrics", 200)];
    "PutBucketNotification" PutBucketNotificationRequest => () [http("PUT", "/{Bucket}?notification", 200) checksum("ChecksumAlgorithm") retired checksum_required];
    "PutBucketNotificationConfiguration" PutBucketNotificationConfigurationRequest => () [http("PUT", "/{Bucket}?notification", 200)];
    "PutBucketOwnershipControls" PutBucketOwnershipControlsRequest => () [http("PUT", "/{Bucket}?ownershipControls", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketPolicy" PutBucketPolicyRequest => () [http("PUT", "/{Bucket}?policy", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketReplication" PutBucketReplicationRequest => () [http("PUT", "/{Bucket}?replication", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketRequestPayment" PutBucketRequestPaymentRequest => () [http("PUT", "/{Bucket}?requestPayment", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketTagging" PutBucketTaggingRequest => () [http("PUT", "/{Bucket}?tagging", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketVersioning" PutBucketVersioningRequest => () [http("PUT", "/{Bucket}?versioning", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutBucketWebsite" PutBucketWebsiteRequest => () [http("PUT", "/{Bucket}?website", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutObject" PutObjectRequest => PutObjectOutput [http("PUT", "/{Bucket}/{Key+}", 200) checksum("ChecksumAlgorithm")];
    "PutObjectAcl" PutObjectAclRequest => PutObjectAclOutput [http("PUT", "/{Bucket}/{Key+}?acl", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutObjectAnnotation" PutObjectAnnotationRequest => PutObjectAnnotationOutput [http("PUT", "/{Bucket}/{Key+}?annotation", 200) checksum("ChecksumAlgorithm")];
    "PutObjectLegalHold" PutObjectLegalHoldRequest => PutObjectLegalHoldOutput [http("PUT", "/{Bucket}/{Key+}?legal-hold", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutObjectLockConfiguration" PutObjectLockConfigurationRequest => PutObjectLockConfigurationOutput [http("PUT", "/{Bucket}?object-lock", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutObjectRetention" PutObjectRetentionRequest => PutObjectRetentionOutput [http("PUT", "/{Bucket}/{Key+}?retention", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutObjectTagging" PutObjectTaggingRequest => PutObjectTaggingOutput [http("PUT", "/{Bucket}/{Key+}?tagging", 200) checksum("ChecksumAlgorithm") checksum_required];
    "PutPublicAccessBlock" PutPublicAccessBlockRequest => () [http("PUT", "/{Bucket}?publicAccessBlock", 200) checksum("ChecksumAlgorithm") checksum_required];
    "RenameObject" RenameObjectRequest => RenameObjectOutput [http("PUT", "/{Bucket}/{Key+}?renameObject", 200)];
    "RestoreObject" RestoreObjectRequest => RestoreObjectOutput [http("POST", "/{Bucket}/{Key+}?restore", 200) checksum("ChecksumAlgorithm")];
    "SelectObjectContent" SelectObjectContentRequest => SelectObjectContentOutput [http("POST", "/{Bucket}/{Key+}?select&select-type=2", 200)];
    "UpdateBucketMetadataAnnotationTableConfiguration" UpdateBucketMetadataAnnotationTableConfigurationRequest => () [http("PUT", "/{Bucket}?metadataAnnotationTable", 200) checksum("ChecksumAlgorithm") checksum_required];
    "UpdateBucketMetadataInventoryTableConfiguration" UpdateBucketMetadataInventoryTableConfigurationRequest => () [http("PUT", "/{Bucket}?metadataInventoryTable", 200) checksum("ChecksumAlgorithm") checksum_required];
    "UpdateBucketMetadataJournalTableConfiguration" UpdateBucketMetadataJournalTableConfigurationRequest => () [http("PUT", "/{Bucket}?metadataJournalTable", 200) checksum("ChecksumAlgorithm") checksum_required];
    "UpdateObjectEncryption" UpdateObjectEncryptionRequest => UpdateObjectEncryptionResponse [http("PUT", "/{Bucket}/{Key+}?encryption", 200) checksum("ChecksumAlgorithm") checksum_required];
    "UploadPart" UploadPartRequest => UploadPartOutput [http("PUT", "/{Bucket}/{Key+}", 200) checksum("ChecksumAlgorithm")];
    "UploadPartCopy" UploadPartCopyRequest => UploadPartCopyOutput [http("PUT", "/{Bucket}/{Key+}", 200)];
    "WriteGetObjectResponse" WriteGetObjectResponseRequest => () [http("POST", "/WriteGetObjectResponse", 200)];
}

wire::errors! {
    "AccessDenied" "AccessDenied" 403 sender;
    "AnnotationLimitExceeded" "AnnotationLimitExceeded" 400 sender;
    "AnnotationNameTooLong" "AnnotationNameTooLong" 400 sender;
    "BucketAlreadyExists" "BucketAlreadyExists" 409 sender;
    "BucketAlreadyOwnedByYou" "BucketAlreadyOwnedByYou" 409 sender;
    "EncryptionTypeMismatch" "EncryptionTypeMismatch" 400 sender;
    "IdempotencyParameterMismatch" "IdempotencyParameterMismatch" 400 sender;
    "InvalidAnnotationName" "InvalidAnnotationName" 400 sender;
    "InvalidObjectState" "InvalidObjectState" 403 sender;
    "InvalidPrefix" "InvalidPrefix" 400 sender;
    "InvalidRequest" "InvalidRequest" 400 sender;
    "InvalidWriteOffset" "InvalidWriteOffset" 400 sender;
    "NoSuchAnnotation" "NoSuchAnnotation" 404 sender;
    "NoSuchBucket" "NoSuchBucket" 404 sender;
    "NoSuchKey" "NoSuchKey" 404 sender;
    "NoSuchUpload" "NoSuchUpload" 404 sender;
    "ObjectAlreadyInActiveTierError" "ObjectAlreadyInActiveTierError" 403 sender;
    "ObjectNotInActiveTierError" "ObjectNotInActiveTierError" 403 sender;
    "TooManyParts" "TooManyParts" 400 sender;
    "UnsupportedMediaType" "UnsupportedMediaType" 415 sender;
}

wire::shape! { AbacStatus
    0 "Status" status: String [one_of(BUCKET_ABAC_STATUS)];
}

wire::shape! { AbortIncompleteMultipartUpload
    0 "DaysAfterInitiation" days_after_initiation: i32;
}

wire::shape! { AbortMultipartUploadOutput
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    1 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { AbortMultipartUploadRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "UploadId" upload_id: String [required query("uploadId")];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    5 "IfMatchInitiatedTime" if_match_initiated_time: Timestamp [header("x-amz-if-match-initiated-time") http_date];
}

wire::shape! { AccelerateConfiguration
    0 "Status" status: String [one_of(BUCKET_ACCELERATE_STATUS)];
}

wire::shape! { AccessControlPolicy
    0 "Grants" grants: Vec<Grant> [name("AccessControlList") each(&ITEM.called("Grant"))];
    1 "Owner" owner: Owner;
}

wire::shape! { AccessControlTranslation
    0 "Owner" owner: String [required one_of(OWNER_OVERRIDE)];
}

wire::shape! { AnalyticsAndOperator
    0 "Prefix" prefix: String;
    1 "Tags" tags: Vec<Tag> [name("Tag") flat each(&ITEM.called("Tag"))];
}

wire::shape! { AnalyticsConfiguration
    0 "Id" id: String [required];
    1 "Filter" filter: AnalyticsFilter;
    2 "StorageClassAnalysis" storage_class_analysis: StorageClassAnalysis [required];
}

wire::shape! { AnalyticsExportDestination
    0 "S3BucketDestination" s3_bucket_destination: AnalyticsS3BucketDestination [required];
}

wire::shape! { AnalyticsFilter
    0 "Prefix" prefix: String;
    1 "Tag" tag: Tag;
    2 "And" and: AnalyticsAndOperator;
}

wire::shape! { AnalyticsS3BucketDestination
    0 "Format" format: String [required one_of(ANALYTICS_S3_EXPORT_FILE_FORMAT)];
    1 "BucketAccountId" bucket_account_id: String;
    2 "Bucket" bucket: String [required];
    3 "Prefix" prefix: String;
}

wire::shape! { AnnotationEntry
    0 "AnnotationName" annotation_name: String [required];
    1 "LastModified" last_modified: Timestamp [required];
    2 "ETag" etag: String;
    3 "ChecksumAlgorithm" checksum_algorithm: Vec<String> [flat each(&ITEM.one_of(CHECKSUM_ALGORITHM))];
    4 "Size" size: i64 [required];
    5 "ReplicationStatus" replication_status: String [one_of(REPLICATION_STATUS)];
}

wire::shape! { AnnotationTableConfiguration
    0 "ConfigurationState" configuration_state: String [required one_of(ANNOTATION_CONFIGURATION_STATE)];
    1 "EncryptionConfiguration" encryption_configuration: MetadataTableEncryptionConfiguration;
    2 "Role" role: String;
}

wire::shape! { AnnotationTableConfigurationResult
    0 "ConfigurationState" configuration_state: String [required one_of(ANNOTATION_CONFIGURATION_STATE)];
    1 "TableStatus" table_status: String;
    2 "Error" error: ErrorDetails;
    3 "TableName" table_name: String;
    4 "TableArn" table_arn: String;
    5 "Role" role: String;
}

wire::shape! { AnnotationTableConfigurationUpdates
    0 "ConfigurationState" configuration_state: String [required one_of(ANNOTATION_CONFIGURATION_STATE)];
    1 "EncryptionConfiguration" encryption_configuration: MetadataTableEncryptionConfiguration;
    2 "Role" role: String;
}

wire::shape! { BlockedEncryptionTypes
    0 "EncryptionType" encryption_type: Vec<String> [flat each(&ITEM.called("EncryptionType").one_of(ENCRYPTION_TYPE))];
}

wire::shape! { Bucket
    0 "Name" name: String;
    1 "CreationDate" creation_date: Timestamp;
    2 "BucketRegion" bucket_region: String;
    3 "BucketArn" bucket_arn: String [len(1, 128) like("arn:[^:]+:(s3|s3express):.*")];
}

wire::shape! { BucketInfo
    0 "DataRedundancy" data_redundancy: String [one_of(DATA_REDUNDANCY)];
    1 "Type" r#type: String [one_of(BUCKET_TYPE)];
}

wire::shape! { BucketLifecycleConfiguration
    0 "Rules" rules: Vec<LifecycleRule> [required name("Rule") flat];
}

wire::shape! { BucketLoggingStatus
    0 "LoggingEnabled" logging_enabled: LoggingEnabled;
}

wire::shape! { CORSConfiguration
    0 "CORSRules" cors_rules: Vec<CORSRule> [required name("CORSRule") flat];
}

wire::shape! { CORSRule
    0 "ID" id: String;
    1 "AllowedHeaders" allowed_headers: Vec<String> [name("AllowedHeader") flat];
    2 "AllowedMethods" allowed_methods: Vec<String> [required name("AllowedMethod") flat];
    3 "AllowedOrigins" allowed_origins: Vec<String> [required name("AllowedOrigin") flat];
    4 "ExposeHeaders" expose_headers: Vec<String> [name("ExposeHeader") flat];
    5 "MaxAgeSeconds" max_age_seconds: i32;
}

wire::shape! { CSVInput
    0 "FileHeaderInfo" file_header_info: String [one_of(FILE_HEADER_INFO)];
    1 "Comments" comments: String;
    2 "QuoteEscapeCharacter" quote_escape_character: String;
    3 "RecordDelimiter" record_delimiter: String;
    4 "FieldDelimiter" field_delimiter: String;
    5 "QuoteCharacter" quote_character: String;
    6 "AllowQuotedRecordDelimiter" allow_quoted_record_delimiter: bool;
}

wire::shape! { CSVOutput
    0 "QuoteFields" quote_fields: String [one_of(QUOTE_FIELDS)];
    1 "QuoteEscapeCharacter" quote_escape_character: String;
    2 "RecordDelimiter" record_delimiter: String;
    3 "FieldDelimiter" field_delimiter: String;
    4 "QuoteCharacter" quote_character: String;
}

wire::shape! { Checksum
    0 "ChecksumCRC32" checksum_crc32: String;
    1 "ChecksumCRC32C" checksum_crc32c: String;
    2 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    3 "ChecksumSHA1" checksum_sha1: String;
    4 "ChecksumSHA256" checksum_sha256: String;
    5 "ChecksumSHA512" checksum_sha512: String;
    6 "ChecksumMD5" checksum_md5: String;
    7 "ChecksumXXHASH64" checksum_xxhash64: String;
    8 "ChecksumXXHASH3" checksum_xxhash3: String;
    9 "ChecksumXXHASH128" checksum_xxhash128: String;
    10 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
}

wire::shape! { CloudFunctionConfiguration
    0 "Id" id: String;
    1 "Events" events: Vec<String> [name("Event") flat each(&ITEM.one_of(EVENT))];
    2 "CloudFunction" cloud_function: String;
    3 "InvocationRole" invocation_role: String;
}

wire::shape! { CommonPrefix
    0 "Prefix" prefix: String;
}

wire::shape! { CompleteMultipartUploadOutput
    0 "Location" location: String;
    1 "Bucket" bucket: String;
    2 "Key" key: String [len_min(1)];
    3 "Expiration" expiration: String [header("x-amz-expiration")];
    4 "ETag" etag: String;
    5 "ChecksumCRC32" checksum_crc32: String;
    6 "ChecksumCRC32C" checksum_crc32c: String;
    7 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    8 "ChecksumSHA1" checksum_sha1: String;
    9 "ChecksumSHA256" checksum_sha256: String;
    10 "ChecksumSHA512" checksum_sha512: String;
    11 "ChecksumMD5" checksum_md5: String;
    12 "ChecksumXXHASH64" checksum_xxhash64: String;
    13 "ChecksumXXHASH3" checksum_xxhash3: String;
    14 "ChecksumXXHASH128" checksum_xxhash128: String;
    15 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
    16 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    17 "VersionId" version_id: String [header("x-amz-version-id")];
    18 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    19 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    20 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { CompleteMultipartUploadRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "MultipartUpload" multipart_upload: CompletedMultipartUpload [name("CompleteMultipartUpload") payload];
    3 "UploadId" upload_id: String [required query("uploadId")];
    4 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    5 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    6 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    7 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    8 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    9 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    10 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    11 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    12 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    13 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    14 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    15 "MpuObjectSize" mpu_object_size: i64 [header("x-amz-mp-object-size")];
    16 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    17 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    18 "IfMatch" if_match: String [header("If-Match")];
    19 "IfNoneMatch" if_none_match: String [header("If-None-Match")];
    20 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    21 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    22 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
}

wire::shape! { CompletedMultipartUpload
    0 "Parts" parts: Vec<CompletedPart> [name("Part") flat];
}

wire::shape! { CompletedPart
    0 "ETag" etag: String;
    1 "ChecksumCRC32" checksum_crc32: String;
    2 "ChecksumCRC32C" checksum_crc32c: String;
    3 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    4 "ChecksumSHA1" checksum_sha1: String;
    5 "ChecksumSHA256" checksum_sha256: String;
    6 "ChecksumSHA512" checksum_sha512: String;
    7 "ChecksumMD5" checksum_md5: String;
    8 "ChecksumXXHASH64" checksum_xxhash64: String;
    9 "ChecksumXXHASH3" checksum_xxhash3: String;
    10 "ChecksumXXHASH128" checksum_xxhash128: String;
    11 "PartNumber" part_number: i32;
}

wire::shape! { Condition
    0 "HttpErrorCodeReturnedEquals" http_error_code_returned_equals: String;
    1 "KeyPrefixEquals" key_prefix_equals: String;
}

wire::shape! { ContinuationEvent
}

wire::shape! { CopyObjectOutput
    0 "CopyObjectResult" copy_object_result: CopyObjectResult [payload];
    1 "Expiration" expiration: String [header("x-amz-expiration")];
    2 "CopySourceVersionId" copy_source_version_id: String [header("x-amz-copy-source-version-id")];
    3 "VersionId" version_id: String [header("x-amz-version-id")];
    4 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    5 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    6 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    7 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    8 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    9 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    10 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { CopyObjectRequest
    0 "ACL" acl: String [header("x-amz-acl") one_of(OBJECT_CANNED_ACL)];
    1 "Bucket" bucket: String [required label("Bucket")];
    2 "CacheControl" cache_control: String [header("Cache-Control")];
    3 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    4 "ContentDisposition" content_disposition: String [header("Content-Disposition")];
    5 "ContentEncoding" content_encoding: String [header("Content-Encoding")];
    6 "ContentLanguage" content_language: String [header("Content-Language")];
    7 "ContentType" content_type: String [header("Content-Type")];
    8 "CopySource" copy_source: String [required header("x-amz-copy-source") like(r"\/?.+\/.+")];
    9 "CopySourceIfMatch" copy_source_if_match: String [header("x-amz-copy-source-if-match")];
    10 "CopySourceIfModifiedSince" copy_source_if_modified_since: Timestamp [header("x-amz-copy-source-if-modified-since")];
    11 "CopySourceIfNoneMatch" copy_source_if_none_match: String [header("x-amz-copy-source-if-none-match")];
    12 "CopySourceIfUnmodifiedSince" copy_source_if_unmodified_since: Timestamp [header("x-amz-copy-source-if-unmodified-since")];
    13 "Expires" expires: String [header("Expires")];
    14 "GrantFullControl" grant_full_control: String [header("x-amz-grant-full-control")];
    15 "GrantRead" grant_read: String [header("x-amz-grant-read")];
    16 "GrantReadACP" grant_read_acp: String [header("x-amz-grant-read-acp")];
    17 "GrantWriteACP" grant_write_acp: String [header("x-amz-grant-write-acp")];
    18 "IfMatch" if_match: String [header("If-Match")];
    19 "IfNoneMatch" if_none_match: String [header("If-None-Match")];
    20 "Key" key: String [required label("Key") len_min(1)];
    21 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    22 "MetadataDirective" metadata_directive: String [header("x-amz-metadata-directive") one_of(METADATA_DIRECTIVE)];
    23 "TaggingDirective" tagging_directive: String [header("x-amz-tagging-directive") one_of(TAGGING_DIRECTIVE)];
    24 "AnnotationDirective" annotation_directive: String [header("x-amz-object-annotation-directive") one_of(ANNOTATION_DIRECTIVE)];
    25 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    26 "StorageClass" storage_class: String [header("x-amz-storage-class") one_of(STORAGE_CLASS)];
    27 "WebsiteRedirectLocation" website_redirect_location: String [header("x-amz-website-redirect-location")];
    28 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    29 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    30 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    31 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    32 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    33 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    34 "CopySourceSSECustomerAlgorithm" copy_source_sse_customer_algorithm: String [header("x-amz-copy-source-server-side-encryption-customer-algorithm")];
    35 "CopySourceSSECustomerKey" copy_source_sse_customer_key: String [header("x-amz-copy-source-server-side-encryption-customer-key") sensitive];
    36 "CopySourceSSECustomerKeyMD5" copy_source_sse_customer_key_md5: String [header("x-amz-copy-source-server-side-encryption-customer-key-MD5")];
    37 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    38 "Tagging" tagging: String [header("x-amz-tagging")];
    39 "ObjectLockMode" object_lock_mode: String [header("x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    40 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-object-lock-retain-until-date") iso];
    41 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    42 "ObjectLockEventHold" object_lock_event_hold: String [header("x-amz-object-lock-event-hold") one_of(OBJECT_LOCK_EVENT_HOLD)];
    43 "ObjectLockEventHoldDurationDays" object_lock_event_hold_duration_days: i32 [header("x-amz-object-lock-event-hold-duration-days")];
    44 "ObjectLockEventHoldDurationYears" object_lock_event_hold_duration_years: i32 [header("x-amz-object-lock-event-hold-duration-years")];
    45 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    46 "ExpectedSourceBucketOwner" expected_source_bucket_owner: String [header("x-amz-source-expected-bucket-owner")];
}

wire::shape! { CopyObjectResult
    0 "ETag" etag: String;
    1 "LastModified" last_modified: Timestamp;
    2 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
    3 "ChecksumCRC32" checksum_crc32: String;
    4 "ChecksumCRC32C" checksum_crc32c: String;
    5 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    6 "ChecksumSHA1" checksum_sha1: String;
    7 "ChecksumSHA256" checksum_sha256: String;
    8 "ChecksumSHA512" checksum_sha512: String;
    9 "ChecksumMD5" checksum_md5: String;
    10 "ChecksumXXHASH64" checksum_xxhash64: String;
    11 "ChecksumXXHASH3" checksum_xxhash3: String;
    12 "ChecksumXXHASH128" checksum_xxhash128: String;
}

wire::shape! { CopyPartResult
    0 "ETag" etag: String;
    1 "LastModified" last_modified: Timestamp;
    2 "ChecksumCRC32" checksum_crc32: String;
    3 "ChecksumCRC32C" checksum_crc32c: String;
    4 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    5 "ChecksumSHA1" checksum_sha1: String;
    6 "ChecksumSHA256" checksum_sha256: String;
    7 "ChecksumSHA512" checksum_sha512: String;
    8 "ChecksumMD5" checksum_md5: String;
    9 "ChecksumXXHASH64" checksum_xxhash64: String;
    10 "ChecksumXXHASH3" checksum_xxhash3: String;
    11 "ChecksumXXHASH128" checksum_xxhash128: String;
}

wire::shape! { CreateBucketConfiguration
    0 "LocationConstraint" location_constraint: String [one_of(BUCKET_LOCATION_CONSTRAINT)];
    1 "Location" location: LocationInfo;
    2 "Bucket" bucket: BucketInfo;
    3 "Tags" tags: Vec<Tag> [each(&ITEM.called("Tag"))];
}

wire::shape! { CreateBucketMetadataConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "MetadataConfiguration" metadata_configuration: MetadataConfiguration [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { CreateBucketMetadataTableConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "MetadataTableConfiguration" metadata_table_configuration: MetadataTableConfiguration [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { CreateBucketOutput
    0 "Location" location: String [header("Location")];
    1 "BucketArn" bucket_arn: String [header("x-amz-bucket-arn") len(1, 128) like("arn:[^:]+:(s3|s3express):.*")];
}

wire::shape! { CreateBucketRequest
    0 "ACL" acl: String [header("x-amz-acl") one_of(BUCKET_CANNED_ACL)];
    1 "Bucket" bucket: String [required label("Bucket")];
    2 "CreateBucketConfiguration" create_bucket_configuration: CreateBucketConfiguration [payload];
    3 "GrantFullControl" grant_full_control: String [header("x-amz-grant-full-control")];
    4 "GrantRead" grant_read: String [header("x-amz-grant-read")];
    5 "GrantReadACP" grant_read_acp: String [header("x-amz-grant-read-acp")];
    6 "GrantWrite" grant_write: String [header("x-amz-grant-write")];
    7 "GrantWriteACP" grant_write_acp: String [header("x-amz-grant-write-acp")];
    8 "ObjectLockEnabledForBucket" object_lock_enabled_for_bucket: bool [header("x-amz-bucket-object-lock-enabled")];
    9 "ObjectOwnership" object_ownership: String [header("x-amz-object-ownership") one_of(OBJECT_OWNERSHIP)];
    10 "BucketNamespace" bucket_namespace: String [header("x-amz-bucket-namespace") one_of(BUCKET_NAMESPACE)];
}

wire::shape! { CreateMultipartUploadOutput
    0 "AbortDate" abort_date: Timestamp [header("x-amz-abort-date")];
    1 "AbortRuleId" abort_rule_id: String [header("x-amz-abort-rule-id")];
    2 "Bucket" bucket: String;
    3 "Key" key: String [len_min(1)];
    4 "UploadId" upload_id: String;
    5 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    6 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    7 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    8 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    9 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    10 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    11 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    12 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    13 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    14 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { CreateMultipartUploadRequest
    0 "ACL" acl: String [header("x-amz-acl") one_of(OBJECT_CANNED_ACL)];
    1 "Bucket" bucket: String [required label("Bucket")];
    2 "CacheControl" cache_control: String [header("Cache-Control")];
    3 "ContentDisposition" content_disposition: String [header("Content-Disposition")];
    4 "ContentEncoding" content_encoding: String [header("Content-Encoding")];
    5 "ContentLanguage" content_language: String [header("Content-Language")];
    6 "ContentType" content_type: String [header("Content-Type")];
    7 "Expires" expires: String [header("Expires")];
    8 "GrantFullControl" grant_full_control: String [header("x-amz-grant-full-control")];
    9 "GrantRead" grant_read: String [header("x-amz-grant-read")];
    10 "GrantReadACP" grant_read_acp: String [header("x-amz-grant-read-acp")];
    11 "GrantWriteACP" grant_write_acp: String [header("x-amz-grant-write-acp")];
    12 "Key" key: String [required label("Key") len_min(1)];
    13 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    14 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    15 "StorageClass" storage_class: String [header("x-amz-storage-class") one_of(STORAGE_CLASS)];
    16 "WebsiteRedirectLocation" website_redirect_location: String [header("x-amz-website-redirect-location")];
    17 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    18 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    19 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    20 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    21 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    22 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    23 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    24 "Tagging" tagging: String [header("x-amz-tagging")];
    25 "ObjectLockMode" object_lock_mode: String [header("x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    26 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-object-lock-retain-until-date") iso];
    27 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    28 "ObjectLockEventHold" object_lock_event_hold: String [header("x-amz-object-lock-event-hold") one_of(OBJECT_LOCK_EVENT_HOLD)];
    29 "ObjectLockEventHoldDurationDays" object_lock_event_hold_duration_days: i32 [header("x-amz-object-lock-event-hold-duration-days")];
    30 "ObjectLockEventHoldDurationYears" object_lock_event_hold_duration_years: i32 [header("x-amz-object-lock-event-hold-duration-years")];
    31 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    32 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    33 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
}

wire::shape! { CreateSessionOutput
    0 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    1 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    2 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    3 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    4 "Credentials" credentials: SessionCredentials [required];
}

wire::shape! { CreateSessionRequest
    0 "SessionMode" session_mode: String [header("x-amz-create-session-mode") one_of(SESSION_MODE)];
    1 "Bucket" bucket: String [required label("Bucket")];
    2 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    3 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    4 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    5 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
}

wire::shape! { DefaultRetention
    0 "Mode" mode: String [one_of(OBJECT_LOCK_RETENTION_MODE)];
    1 "Days" days: i32;
    2 "Years" years: i32;
    3 "DefaultEventHold" default_event_hold: EventHoldDuration;
}

wire::shape! { Delete
    0 "Objects" objects: Vec<ObjectIdentifier> [required name("Object") flat];
    1 "Quiet" quiet: bool;
}

wire::shape! { DeleteBucketAnalyticsConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketCorsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketEncryptionRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketIntelligentTieringConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketInventoryConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketLifecycleRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketMetadataConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketMetadataTableConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketMetricsConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketOwnershipControlsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketPolicyRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketReplicationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketTaggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteBucketWebsiteRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteMarkerEntry
    0 "Owner" owner: Owner;
    1 "Key" key: String [len_min(1)];
    2 "VersionId" version_id: String;
    3 "IsLatest" is_latest: bool;
    4 "LastModified" last_modified: Timestamp;
}

wire::shape! { DeleteMarkerReplication
    0 "Status" status: String [one_of(DELETE_MARKER_REPLICATION_STATUS)];
}

wire::shape! { DeleteObjectAnnotationOutput
    0 "ObjectVersionId" object_version_id: String [header("x-amz-object-version-id")];
    1 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { DeleteObjectAnnotationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "AnnotationName" annotation_name: String [required query("annotationName")];
    3 "VersionId" version_id: String [query("versionId")];
    4 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    6 "ObjectIfMatch" object_if_match: String [header("x-amz-object-if-match")];
}

wire::shape! { DeleteObjectOutput
    0 "DeleteMarker" delete_marker: bool [header("x-amz-delete-marker")];
    1 "VersionId" version_id: String [header("x-amz-version-id")];
    2 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { DeleteObjectRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "MFA" mfa: String [header("x-amz-mfa")];
    3 "VersionId" version_id: String [query("versionId")];
    4 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    5 "BypassGovernanceRetention" bypass_governance_retention: bool [header("x-amz-bypass-governance-retention")];
    6 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    7 "IfMatch" if_match: String [header("If-Match")];
    8 "IfMatchLastModifiedTime" if_match_last_modified_time: Timestamp [header("x-amz-if-match-last-modified-time") http_date];
    9 "IfMatchSize" if_match_size: i64 [header("x-amz-if-match-size")];
}

wire::shape! { DeleteObjectTaggingOutput
    0 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { DeleteObjectTaggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeleteObjectsOutput
    0 "Deleted" deleted: Vec<DeletedObject> [flat];
    1 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    2 "Errors" errors: Vec<Error> [name("Error") flat];
}

wire::shape! { DeleteObjectsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Delete" delete: Delete [required payload];
    2 "MFA" mfa: String [header("x-amz-mfa")];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "BypassGovernanceRetention" bypass_governance_retention: bool [header("x-amz-bypass-governance-retention")];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    6 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
}

wire::shape! { DeletePublicAccessBlockRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { DeletedObject
    0 "Key" key: String [len_min(1)];
    1 "VersionId" version_id: String;
    2 "DeleteMarker" delete_marker: bool;
    3 "DeleteMarkerVersionId" delete_marker_version_id: String;
}

wire::shape! { Destination
    0 "Bucket" bucket: String [required];
    1 "Account" account: String;
    2 "StorageClass" storage_class: String [one_of(STORAGE_CLASS)];
    3 "AccessControlTranslation" access_control_translation: AccessControlTranslation;
    4 "EncryptionConfiguration" encryption_configuration: EncryptionConfiguration;
    5 "ReplicationTime" replication_time: ReplicationTime;
    6 "Metrics" metrics: Metrics;
}

wire::shape! { DestinationResult
    0 "TableBucketType" table_bucket_type: String [one_of(S3_TABLES_BUCKET_TYPE)];
    1 "TableBucketArn" table_bucket_arn: String;
    2 "TableNamespace" table_namespace: String;
}

wire::shape! { Encryption
    0 "EncryptionType" encryption_type: String [required one_of(SERVER_SIDE_ENCRYPTION)];
    1 "KMSKeyId" kms_key_id: String [sensitive];
    2 "KMSContext" kms_context: String;
}

wire::shape! { EncryptionConfiguration
    0 "ReplicaKmsKeyID" replica_kms_key_id: String;
    1 "UseSourceMultiRegionKey" use_source_multi_region_key: UseSourceMultiRegionKey;
}

wire::shape! { EndEvent
}

wire::shape! { Error
    0 "Key" key: String [len_min(1)];
    1 "VersionId" version_id: String;
    2 "Code" code: String;
    3 "Message" message: String;
}

wire::shape! { ErrorDetails
    0 "ErrorCode" error_code: String;
    1 "ErrorMessage" error_message: String;
}

wire::shape! { ErrorDocument
    0 "Key" key: String [required len_min(1)];
}

wire::shape! { EventBridgeConfiguration
}

wire::shape! { EventHoldDuration
    0 "Days" days: i32;
    1 "Years" years: i32;
}

wire::shape! { ExistingObjectReplication
    0 "Status" status: String [required one_of(EXISTING_OBJECT_REPLICATION_STATUS)];
}

wire::shape! { FilterRule
    0 "Name" name: String [one_of(FILTER_RULE_NAME)];
    1 "Value" value: String;
}

wire::shape! { GetBucketAbacOutput
    0 "AbacStatus" abac_status: AbacStatus [payload];
}

wire::shape! { GetBucketAbacRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketAccelerateConfigurationOutput
    0 "Status" status: String [one_of(BUCKET_ACCELERATE_STATUS)];
    1 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { GetBucketAccelerateConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    2 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
}

wire::shape! { GetBucketAclOutput
    0 "Owner" owner: Owner;
    1 "Grants" grants: Vec<Grant> [name("AccessControlList") each(&ITEM.called("Grant"))];
}

wire::shape! { GetBucketAclRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketAnalyticsConfigurationOutput
    0 "AnalyticsConfiguration" analytics_configuration: AnalyticsConfiguration [payload];
}

wire::shape! { GetBucketAnalyticsConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketCorsOutput
    0 "CORSRules" cors_rules: Vec<CORSRule> [name("CORSRule") flat];
}

wire::shape! { GetBucketCorsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketEncryptionOutput
    0 "ServerSideEncryptionConfiguration" server_side_encryption_configuration: ServerSideEncryptionConfiguration [payload];
}

wire::shape! { GetBucketEncryptionRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketIntelligentTieringConfigurationOutput
    0 "IntelligentTieringConfiguration" intelligent_tiering_configuration: IntelligentTieringConfiguration [payload];
}

wire::shape! { GetBucketIntelligentTieringConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketInventoryConfigurationOutput
    0 "InventoryConfiguration" inventory_configuration: InventoryConfiguration [payload];
}

wire::shape! { GetBucketInventoryConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketLifecycleConfigurationOutput
    0 "Rules" rules: Vec<LifecycleRule> [name("Rule") flat];
    1 "TransitionDefaultMinimumObjectSize" transition_default_minimum_object_size: String [header("x-amz-transition-default-minimum-object-size") one_of(TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE)];
}

wire::shape! { GetBucketLifecycleConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketLifecycleOutput
    0 "Rules" rules: Vec<Rule> [name("Rule") flat];
}

wire::shape! { GetBucketLifecycleRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketLocationOutput
    0 "LocationConstraint" location_constraint: String [one_of(BUCKET_LOCATION_CONSTRAINT)];
}

wire::shape! { GetBucketLocationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketLoggingOutput
    0 "LoggingEnabled" logging_enabled: LoggingEnabled;
}

wire::shape! { GetBucketLoggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketMetadataConfigurationOutput
    0 "GetBucketMetadataConfigurationResult" get_bucket_metadata_configuration_result: GetBucketMetadataConfigurationResult [payload];
}

wire::shape! { GetBucketMetadataConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketMetadataConfigurationResult
    0 "MetadataConfigurationResult" metadata_configuration_result: MetadataConfigurationResult [required];
}

wire::shape! { GetBucketMetadataTableConfigurationOutput
    0 "GetBucketMetadataTableConfigurationResult" get_bucket_metadata_table_configuration_result: GetBucketMetadataTableConfigurationResult [payload];
}

wire::shape! { GetBucketMetadataTableConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketMetadataTableConfigurationResult
    0 "MetadataTableConfigurationResult" metadata_table_configuration_result: MetadataTableConfigurationResult [required];
    1 "Status" status: String [required];
    2 "Error" error: ErrorDetails;
}

wire::shape! { GetBucketMetricsConfigurationOutput
    0 "MetricsConfiguration" metrics_configuration: MetricsConfiguration [payload];
}

wire::shape! { GetBucketMetricsConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketNotificationConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketOwnershipControlsOutput
    0 "OwnershipControls" ownership_controls: OwnershipControls [payload];
}

wire::shape! { GetBucketOwnershipControlsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketPolicyOutput
    0 "Policy" policy: String [payload];
}

wire::shape! { GetBucketPolicyRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketPolicyStatusOutput
    0 "PolicyStatus" policy_status: PolicyStatus [payload];
}

wire::shape! { GetBucketPolicyStatusRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketReplicationOutput
    0 "ReplicationConfiguration" replication_configuration: ReplicationConfiguration [payload];
}

wire::shape! { GetBucketReplicationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketRequestPaymentOutput
    0 "Payer" payer: String [one_of(PAYER)];
}

wire::shape! { GetBucketRequestPaymentRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketTaggingOutput
    0 "TagSet" tag_set: Vec<Tag> [required each(&ITEM.called("Tag"))];
}

wire::shape! { GetBucketTaggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketVersioningOutput
    0 "Status" status: String [one_of(BUCKET_VERSIONING_STATUS)];
    1 "MFADelete" mfa_delete: String [name("MfaDelete") one_of(MFA_DELETE_STATUS)];
}

wire::shape! { GetBucketVersioningRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetBucketWebsiteOutput
    0 "RedirectAllRequestsTo" redirect_all_requests_to: RedirectAllRequestsTo;
    1 "IndexDocument" index_document: IndexDocument;
    2 "ErrorDocument" error_document: ErrorDocument;
    3 "RoutingRules" routing_rules: Vec<RoutingRule> [each(&ITEM.called("RoutingRule"))];
}

wire::shape! { GetBucketWebsiteRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetObjectAclOutput
    0 "Owner" owner: Owner;
    1 "Grants" grants: Vec<Grant> [name("AccessControlList") each(&ITEM.called("Grant"))];
    2 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { GetObjectAclRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetObjectAnnotationOutput
    0 "AnnotationPayload" annotation_payload: Body [payload];
    1 "ObjectVersionId" object_version_id: String [header("x-amz-object-version-id")];
    2 "LastModified" last_modified: Timestamp [header("Last-Modified")];
    3 "ContentLength" content_length: i64 [header("Content-Length")];
    4 "ETag" etag: String [header("ETag")];
    5 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    6 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    7 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    8 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    9 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    10 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    11 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    12 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    13 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    14 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    15 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    16 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    17 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    18 "ReplicationStatus" replication_status: String [header("x-amz-replication-status") one_of(REPLICATION_STATUS)];
}

wire::shape! { GetObjectAnnotationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "AnnotationName" annotation_name: String [required query("annotationName")];
    3 "VersionId" version_id: String [query("versionId")];
    4 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    6 "ChecksumMode" checksum_mode: String [header("x-amz-checksum-mode") one_of(CHECKSUM_MODE)];
}

wire::shape! { GetObjectAttributesOutput
    0 "DeleteMarker" delete_marker: bool [header("x-amz-delete-marker")];
    1 "LastModified" last_modified: Timestamp [header("Last-Modified")];
    2 "VersionId" version_id: String [header("x-amz-version-id")];
    3 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    4 "ETag" etag: String;
    5 "Checksum" checksum: Checksum;
    6 "ObjectParts" object_parts: GetObjectAttributesParts;
    7 "StorageClass" storage_class: String [one_of(STORAGE_CLASS)];
    8 "ObjectSize" object_size: i64;
}

wire::shape! { GetObjectAttributesParts
    0 "TotalPartsCount" total_parts_count: i32 [name("PartsCount")];
    1 "PartNumberMarker" part_number_marker: i32;
    2 "NextPartNumberMarker" next_part_number_marker: i32;
    3 "MaxParts" max_parts: i32;
    4 "IsTruncated" is_truncated: bool;
    5 "Parts" parts: Vec<ObjectPart> [name("Part") flat];
}

wire::shape! { GetObjectAttributesRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "MaxParts" max_parts: i32 [header("x-amz-max-parts")];
    4 "PartNumberMarker" part_number_marker: i32 [header("x-amz-part-number-marker")];
    5 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    6 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    7 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    8 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    9 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    10 "ObjectAttributes" object_attributes: Vec<String> [required header("x-amz-object-attributes") each(&ITEM.one_of(OBJECT_ATTRIBUTES))];
}

wire::shape! { GetObjectLegalHoldOutput
    0 "LegalHold" legal_hold: ObjectLockLegalHold [payload];
}

wire::shape! { GetObjectLegalHoldRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetObjectLockConfigurationOutput
    0 "ObjectLockConfiguration" object_lock_configuration: ObjectLockConfiguration [payload];
}

wire::shape! { GetObjectLockConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetObjectOutput
    0 "Body" body: Body [payload];
    1 "DeleteMarker" delete_marker: bool [header("x-amz-delete-marker")];
    2 "AcceptRanges" accept_ranges: String [header("accept-ranges")];
    3 "Expiration" expiration: String [header("x-amz-expiration")];
    4 "Restore" restore: String [header("x-amz-restore")];
    5 "LastModified" last_modified: Timestamp [header("Last-Modified")];
    6 "ContentLength" content_length: i64 [header("Content-Length")];
    7 "ETag" etag: String [header("ETag")];
    8 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    9 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    10 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    11 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    12 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    13 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    14 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    15 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    16 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    17 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    18 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    19 "MissingMeta" missing_meta: i32 [header("x-amz-missing-meta")];
    20 "VersionId" version_id: String [header("x-amz-version-id")];
    21 "CacheControl" cache_control: String [header("Cache-Control")];
    22 "ContentDisposition" content_disposition: String [header("Content-Disposition")];
    23 "ContentEncoding" content_encoding: String [header("Content-Encoding")];
    24 "ContentLanguage" content_language: String [header("Content-Language")];
    25 "ContentRange" content_range: String [header("Content-Range")];
    26 "ContentType" content_type: String [header("Content-Type")];
    27 "Expires" expires: String [header("Expires")];
    28 "WebsiteRedirectLocation" website_redirect_location: String [header("x-amz-website-redirect-location")];
    29 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    30 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    31 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    32 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    33 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    34 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    35 "StorageClass" storage_class: String [header("x-amz-storage-class") one_of(STORAGE_CLASS)];
    36 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    37 "ReplicationStatus" replication_status: String [header("x-amz-replication-status") one_of(REPLICATION_STATUS)];
    38 "PartsCount" parts_count: i32 [header("x-amz-mp-parts-count")];
    39 "TagCount" tag_count: i32 [header("x-amz-tagging-count")];
    40 "ObjectLockMode" object_lock_mode: String [header("x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    41 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-object-lock-retain-until-date") iso];
    42 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    43 "ObjectLockEventHold" object_lock_event_hold: String [header("x-amz-object-lock-event-hold") one_of(OBJECT_LOCK_EVENT_HOLD)];
    44 "ObjectLockEventHoldDurationDays" object_lock_event_hold_duration_days: i32 [header("x-amz-object-lock-event-hold-duration-days")];
    45 "ObjectLockEventHoldDurationYears" object_lock_event_hold_duration_years: i32 [header("x-amz-object-lock-event-hold-duration-years")];
}

wire::shape! { GetObjectRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "IfMatch" if_match: String [header("If-Match")];
    2 "IfModifiedSince" if_modified_since: Timestamp [header("If-Modified-Since")];
    3 "IfNoneMatch" if_none_match: String [header("If-None-Match")];
    4 "IfUnmodifiedSince" if_unmodified_since: Timestamp [header("If-Unmodified-Since")];
    5 "Key" key: String [required label("Key") len_min(1)];
    6 "Range" range: String [header("Range")];
    7 "ResponseCacheControl" response_cache_control: String [query("response-cache-control")];
    8 "ResponseContentDisposition" response_content_disposition: String [query("response-content-disposition")];
    9 "ResponseContentEncoding" response_content_encoding: String [query("response-content-encoding")];
    10 "ResponseContentLanguage" response_content_language: String [query("response-content-language")];
    11 "ResponseContentType" response_content_type: String [query("response-content-type")];
    12 "ResponseExpires" response_expires: Timestamp [query("response-expires") http_date];
    13 "VersionId" version_id: String [query("versionId")];
    14 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    15 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    16 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    17 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    18 "PartNumber" part_number: i32 [query("partNumber")];
    19 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    20 "ChecksumMode" checksum_mode: String [header("x-amz-checksum-mode") one_of(CHECKSUM_MODE)];
}

wire::shape! { GetObjectRetentionOutput
    0 "Retention" retention: ObjectLockRetention [payload];
}

wire::shape! { GetObjectRetentionRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetObjectTaggingOutput
    0 "VersionId" version_id: String [header("x-amz-version-id")];
    1 "TagSet" tag_set: Vec<Tag> [required each(&ITEM.called("Tag"))];
}

wire::shape! { GetObjectTaggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    4 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
}

wire::shape! { GetObjectTorrentOutput
    0 "Body" body: Body [payload];
    1 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { GetObjectTorrentRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GetPublicAccessBlockOutput
    0 "PublicAccessBlockConfiguration" public_access_block_configuration: PublicAccessBlockConfiguration [payload];
}

wire::shape! { GetPublicAccessBlockRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { GlacierJobParameters
    0 "Tier" tier: String [required one_of(TIER)];
}

wire::shape! { Grant
    0 "Grantee" grantee: Grantee;
    1 "Permission" permission: String [one_of(PERMISSION)];
}

wire::shape! { Grantee
    0 "DisplayName" display_name: String;
    1 "EmailAddress" email_address: String;
    2 "ID" id: String;
    3 "Type" r#type: String [required name("xsi:type") attr one_of(TYPE)];
    4 "URI" uri: String;
}

wire::shape! { HeadBucketOutput
    0 "BucketArn" bucket_arn: String [header("x-amz-bucket-arn") len(1, 128) like("arn:[^:]+:(s3|s3express):.*")];
    1 "BucketLocationType" bucket_location_type: String [header("x-amz-bucket-location-type") one_of(LOCATION_TYPE)];
    2 "BucketLocationName" bucket_location_name: String [header("x-amz-bucket-location-name")];
    3 "BucketRegion" bucket_region: String [header("x-amz-bucket-region") len_max(20)];
    4 "AccessPointAlias" access_point_alias: bool [header("x-amz-access-point-alias")];
}

wire::shape! { HeadBucketRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { HeadObjectOutput
    0 "DeleteMarker" delete_marker: bool [header("x-amz-delete-marker")];
    1 "AcceptRanges" accept_ranges: String [header("accept-ranges")];
    2 "Expiration" expiration: String [header("x-amz-expiration")];
    3 "Restore" restore: String [header("x-amz-restore")];
    4 "ArchiveStatus" archive_status: String [header("x-amz-archive-status") one_of(ARCHIVE_STATUS)];
    5 "LastModified" last_modified: Timestamp [header("Last-Modified")];
    6 "ContentLength" content_length: i64 [header("Content-Length")];
    7 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    8 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    9 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    10 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    11 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    12 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    13 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    14 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    15 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    16 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    17 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    18 "ETag" etag: String [header("ETag")];
    19 "MissingMeta" missing_meta: i32 [header("x-amz-missing-meta")];
    20 "VersionId" version_id: String [header("x-amz-version-id")];
    21 "CacheControl" cache_control: String [header("Cache-Control")];
    22 "ContentDisposition" content_disposition: String [header("Content-Disposition")];
    23 "ContentEncoding" content_encoding: String [header("Content-Encoding")];
    24 "ContentLanguage" content_language: String [header("Content-Language")];
    25 "ContentType" content_type: String [header("Content-Type")];
    26 "ContentRange" content_range: String [header("Content-Range")];
    27 "Expires" expires: String [header("Expires")];
    28 "WebsiteRedirectLocation" website_redirect_location: String [header("x-amz-website-redirect-location")];
    29 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    30 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    31 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    32 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    33 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    34 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    35 "StorageClass" storage_class: String [header("x-amz-storage-class") one_of(STORAGE_CLASS)];
    36 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    37 "ReplicationStatus" replication_status: String [header("x-amz-replication-status") one_of(REPLICATION_STATUS)];
    38 "PartsCount" parts_count: i32 [header("x-amz-mp-parts-count")];
    39 "TagCount" tag_count: i32 [header("x-amz-tagging-count")];
    40 "ObjectLockMode" object_lock_mode: String [header("x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    41 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-object-lock-retain-until-date") iso];
    42 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    43 "ObjectLockEventHold" object_lock_event_hold: String [header("x-amz-object-lock-event-hold") one_of(OBJECT_LOCK_EVENT_HOLD)];
    44 "ObjectLockEventHoldDurationDays" object_lock_event_hold_duration_days: i32 [header("x-amz-object-lock-event-hold-duration-days")];
    45 "ObjectLockEventHoldDurationYears" object_lock_event_hold_duration_years: i32 [header("x-amz-object-lock-event-hold-duration-years")];
}

wire::shape! { HeadObjectRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "IfMatch" if_match: String [header("If-Match")];
    2 "IfModifiedSince" if_modified_since: Timestamp [header("If-Modified-Since")];
    3 "IfNoneMatch" if_none_match: String [header("If-None-Match")];
    4 "IfUnmodifiedSince" if_unmodified_since: Timestamp [header("If-Unmodified-Since")];
    5 "Key" key: String [required label("Key") len_min(1)];
    6 "Range" range: String [header("Range")];
    7 "ResponseCacheControl" response_cache_control: String [query("response-cache-control")];
    8 "ResponseContentDisposition" response_content_disposition: String [query("response-content-disposition")];
    9 "ResponseContentEncoding" response_content_encoding: String [query("response-content-encoding")];
    10 "ResponseContentLanguage" response_content_language: String [query("response-content-language")];
    11 "ResponseContentType" response_content_type: String [query("response-content-type")];
    12 "ResponseExpires" response_expires: Timestamp [query("response-expires") http_date];
    13 "VersionId" version_id: String [query("versionId")];
    14 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    15 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    16 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    17 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    18 "PartNumber" part_number: i32 [query("partNumber")];
    19 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    20 "ChecksumMode" checksum_mode: String [header("x-amz-checksum-mode") one_of(CHECKSUM_MODE)];
}

wire::shape! { IndexDocument
    0 "Suffix" suffix: String [required];
}

wire::shape! { Initiator
    0 "ID" id: String;
    1 "DisplayName" display_name: String;
}

wire::shape! { InputSerialization
    0 "CSV" csv: CSVInput;
    1 "CompressionType" compression_type: String [one_of(COMPRESSION_TYPE)];
    2 "JSON" json: JSONInput;
    3 "Parquet" parquet: ParquetInput;
}

wire::shape! { IntelligentTieringAndOperator
    0 "Prefix" prefix: String;
    1 "Tags" tags: Vec<Tag> [name("Tag") flat each(&ITEM.called("Tag"))];
}

wire::shape! { IntelligentTieringConfiguration
    0 "Id" id: String [required];
    1 "Filter" filter: IntelligentTieringFilter;
    2 "Status" status: String [required one_of(INTELLIGENT_TIERING_STATUS)];
    3 "Tierings" tierings: Vec<Tiering> [required name("Tiering") flat];
}

wire::shape! { IntelligentTieringFilter
    0 "Prefix" prefix: String;
    1 "Tag" tag: Tag;
    2 "And" and: IntelligentTieringAndOperator;
}

wire::shape! { InventoryConfiguration
    0 "Destination" destination: InventoryDestination [required];
    1 "IsEnabled" is_enabled: bool [required];
    2 "Filter" filter: InventoryFilter;
    3 "Id" id: String [required];
    4 "IncludedObjectVersions" included_object_versions: String [required one_of(INVENTORY_INCLUDED_OBJECT_VERSIONS)];
    5 "OptionalFields" optional_fields: Vec<String> [each(&ITEM.called("Field").one_of(INVENTORY_OPTIONAL_FIELD))];
    6 "Schedule" schedule: InventorySchedule [required];
}

wire::shape! { InventoryDestination
    0 "S3BucketDestination" s3_bucket_destination: InventoryS3BucketDestination [required];
}

wire::shape! { InventoryEncryption
    0 "SSES3" sses3: SSES3 [name("SSE-S3")];
    1 "SSEKMS" sse_kms: SSEKMS [name("SSE-KMS")];
}

wire::shape! { InventoryFilter
    0 "Prefix" prefix: String [required];
}

wire::shape! { InventoryS3BucketDestination
    0 "AccountId" account_id: String;
    1 "Bucket" bucket: String [required];
    2 "Format" format: String [required one_of(INVENTORY_FORMAT)];
    3 "Prefix" prefix: String;
    4 "Encryption" encryption: InventoryEncryption;
}

wire::shape! { InventorySchedule
    0 "Frequency" frequency: String [required one_of(INVENTORY_FREQUENCY)];
}

wire::shape! { InventoryTableConfiguration
    0 "ConfigurationState" configuration_state: String [required one_of(INVENTORY_CONFIGURATION_STATE)];
    1 "EncryptionConfiguration" encryption_configuration: MetadataTableEncryptionConfiguration;
}

wire::shape! { InventoryTableConfigurationResult
    0 "ConfigurationState" configuration_state: String [required one_of(INVENTORY_CONFIGURATION_STATE)];
    1 "TableStatus" table_status: String;
    2 "Error" error: ErrorDetails;
    3 "TableName" table_name: String;
    4 "TableArn" table_arn: String;
}

wire::shape! { InventoryTableConfigurationUpdates
    0 "ConfigurationState" configuration_state: String [required one_of(INVENTORY_CONFIGURATION_STATE)];
    1 "EncryptionConfiguration" encryption_configuration: MetadataTableEncryptionConfiguration;
}

wire::shape! { JSONInput
    0 "Type" r#type: String [one_of(JSON_TYPE)];
}

wire::shape! { JSONOutput
    0 "RecordDelimiter" record_delimiter: String;
}

wire::shape! { JournalTableConfiguration
    0 "RecordExpiration" record_expiration: RecordExpiration [required];
    1 "EncryptionConfiguration" encryption_configuration: MetadataTableEncryptionConfiguration;
}

wire::shape! { JournalTableConfigurationResult
    0 "TableStatus" table_status: String [required];
    1 "Error" error: ErrorDetails;
    2 "TableName" table_name: String [required];
    3 "TableArn" table_arn: String;
    4 "RecordExpiration" record_expiration: RecordExpiration [required];
}

wire::shape! { JournalTableConfigurationUpdates
    0 "RecordExpiration" record_expiration: RecordExpiration [required];
}

wire::shape! { LambdaFunctionConfiguration
    0 "Id" id: String;
    1 "LambdaFunctionArn" lambda_function_arn: String [required name("CloudFunction")];
    2 "Events" events: Vec<String> [required name("Event") flat each(&ITEM.one_of(EVENT))];
    3 "Filter" filter: NotificationConfigurationFilter;
}

wire::shape! { LifecycleConfiguration
    0 "Rules" rules: Vec<Rule> [required name("Rule") flat];
}

wire::shape! { LifecycleExpiration
    0 "Date" date: Timestamp [iso];
    1 "Days" days: i32;
    2 "ExpiredObjectDeleteMarker" expired_object_delete_marker: bool;
}

wire::shape! { LifecycleRule
    0 "Expiration" expiration: LifecycleExpiration;
    1 "ID" id: String;
    2 "Prefix" prefix: String;
    3 "Filter" filter: LifecycleRuleFilter;
    4 "Status" status: String [required one_of(EXPIRATION_STATUS)];
    5 "Transitions" transitions: Vec<Transition> [name("Transition") flat];
    6 "NoncurrentVersionTransitions" noncurrent_version_transitions: Vec<NoncurrentVersionTransition> [name("NoncurrentVersionTransition") flat];
    7 "NoncurrentVersionExpiration" noncurrent_version_expiration: NoncurrentVersionExpiration;
    8 "AbortIncompleteMultipartUpload" abort_incomplete_multipart_upload: AbortIncompleteMultipartUpload;
}

wire::shape! { LifecycleRuleAndOperator
    0 "Prefix" prefix: String;
    1 "Tags" tags: Vec<Tag> [name("Tag") flat each(&ITEM.called("Tag"))];
    2 "ObjectSizeGreaterThan" object_size_greater_than: i64;
    3 "ObjectSizeLessThan" object_size_less_than: i64;
}

wire::shape! { LifecycleRuleFilter
    0 "Prefix" prefix: String;
    1 "Tag" tag: Tag;
    2 "ObjectSizeGreaterThan" object_size_greater_than: i64;
    3 "ObjectSizeLessThan" object_size_less_than: i64;
    4 "And" and: LifecycleRuleAndOperator;
}

wire::shape! { ListBucketAnalyticsConfigurationsOutput
    0 "IsTruncated" is_truncated: bool;
    1 "ContinuationToken" continuation_token: String;
    2 "NextContinuationToken" next_continuation_token: String;
    3 "AnalyticsConfigurationList" analytics_configuration_list: Vec<AnalyticsConfiguration> [name("AnalyticsConfiguration") flat];
}

wire::shape! { ListBucketAnalyticsConfigurationsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContinuationToken" continuation_token: String [query("continuation-token")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { ListBucketIntelligentTieringConfigurationsOutput
    0 "IsTruncated" is_truncated: bool;
    1 "ContinuationToken" continuation_token: String;
    2 "NextContinuationToken" next_continuation_token: String;
    3 "IntelligentTieringConfigurationList" intelligent_tiering_configuration_list: Vec<IntelligentTieringConfiguration> [name("IntelligentTieringConfiguration") flat];
}

wire::shape! { ListBucketIntelligentTieringConfigurationsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContinuationToken" continuation_token: String [query("continuation-token")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { ListBucketInventoryConfigurationsOutput
    0 "ContinuationToken" continuation_token: String;
    1 "InventoryConfigurationList" inventory_configuration_list: Vec<InventoryConfiguration> [name("InventoryConfiguration") flat];
    2 "IsTruncated" is_truncated: bool;
    3 "NextContinuationToken" next_continuation_token: String;
}

wire::shape! { ListBucketInventoryConfigurationsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContinuationToken" continuation_token: String [query("continuation-token")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { ListBucketMetricsConfigurationsOutput
    0 "IsTruncated" is_truncated: bool;
    1 "ContinuationToken" continuation_token: String;
    2 "NextContinuationToken" next_continuation_token: String;
    3 "MetricsConfigurationList" metrics_configuration_list: Vec<MetricsConfiguration> [name("MetricsConfiguration") flat];
}

wire::shape! { ListBucketMetricsConfigurationsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContinuationToken" continuation_token: String [query("continuation-token")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { ListBucketsOutput
    0 "Buckets" buckets: Vec<Bucket> [each(&ITEM.called("Bucket"))];
    1 "Owner" owner: Owner;
    2 "ContinuationToken" continuation_token: String;
    3 "Prefix" prefix: String;
}

wire::shape! { ListBucketsRequest
    0 "MaxBuckets" max_buckets: i32 [query("max-buckets") range(1, 10000)];
    1 "ContinuationToken" continuation_token: String [query("continuation-token")];
    2 "Prefix" prefix: String [query("prefix")];
    3 "BucketRegion" bucket_region: String [query("bucket-region")];
}

wire::shape! { ListDirectoryBucketsOutput
    0 "Buckets" buckets: Vec<Bucket> [each(&ITEM.called("Bucket"))];
    1 "ContinuationToken" continuation_token: String [len_max(1024)];
}

wire::shape! { ListDirectoryBucketsRequest
    0 "ContinuationToken" continuation_token: String [query("continuation-token") len_max(1024)];
    1 "MaxDirectoryBuckets" max_directory_buckets: i32 [query("max-directory-buckets") range(0, 1000)];
}

wire::shape! { ListMultipartUploadsOutput
    0 "Bucket" bucket: String;
    1 "KeyMarker" key_marker: String;
    2 "UploadIdMarker" upload_id_marker: String;
    3 "NextKeyMarker" next_key_marker: String;
    4 "Prefix" prefix: String;
    5 "Delimiter" delimiter: String;
    6 "NextUploadIdMarker" next_upload_id_marker: String;
    7 "MaxUploads" max_uploads: i32;
    8 "IsTruncated" is_truncated: bool;
    9 "Uploads" uploads: Vec<MultipartUpload> [name("Upload") flat];
    10 "CommonPrefixes" common_prefixes: Vec<CommonPrefix> [flat];
    11 "EncodingType" encoding_type: String [one_of(ENCODING_TYPE)];
    12 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { ListMultipartUploadsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Delimiter" delimiter: String [query("delimiter")];
    2 "EncodingType" encoding_type: String [query("encoding-type") one_of(ENCODING_TYPE)];
    3 "KeyMarker" key_marker: String [query("key-marker")];
    4 "MaxUploads" max_uploads: i32 [query("max-uploads")];
    5 "Prefix" prefix: String [query("prefix")];
    6 "UploadIdMarker" upload_id_marker: String [query("upload-id-marker")];
    7 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    8 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
}

wire::shape! { ListObjectAnnotationsOutput
    0 "Annotations" annotations: Vec<AnnotationEntry> [each(&ITEM.called("AnnotationEntry"))];
    1 "Bucket" bucket: String;
    2 "Key" key: String [len_min(1)];
    3 "ObjectVersionId" object_version_id: String [header("x-amz-object-version-id")];
    4 "AnnotationPrefix" annotation_prefix: String;
    5 "MaxAnnotationResults" max_annotation_results: i32 [range(1, 1000)];
    6 "AnnotationCount" annotation_count: i32;
    7 "ContinuationToken" continuation_token: String;
    8 "NextContinuationToken" next_continuation_token: String;
    9 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { ListObjectAnnotationsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "MaxAnnotationResults" max_annotation_results: i32 [query("max-annotation-results") range(1, 1000)];
    4 "AnnotationPrefix" annotation_prefix: String [query("annotation-prefix")];
    5 "ContinuationToken" continuation_token: String [query("continuation-token")];
    6 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    7 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { ListObjectVersionsOutput
    0 "IsTruncated" is_truncated: bool;
    1 "KeyMarker" key_marker: String;
    2 "VersionIdMarker" version_id_marker: String;
    3 "NextKeyMarker" next_key_marker: String;
    4 "NextVersionIdMarker" next_version_id_marker: String;
    5 "Versions" versions: Vec<ObjectVersion> [name("Version") flat];
    6 "DeleteMarkers" delete_markers: Vec<DeleteMarkerEntry> [name("DeleteMarker") flat];
    7 "Name" name: String;
    8 "Prefix" prefix: String;
    9 "Delimiter" delimiter: String;
    10 "MaxKeys" max_keys: i32;
    11 "CommonPrefixes" common_prefixes: Vec<CommonPrefix> [flat];
    12 "EncodingType" encoding_type: String [one_of(ENCODING_TYPE)];
    13 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { ListObjectVersionsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Delimiter" delimiter: String [query("delimiter")];
    2 "EncodingType" encoding_type: String [query("encoding-type") one_of(ENCODING_TYPE)];
    3 "KeyMarker" key_marker: String [query("key-marker")];
    4 "MaxKeys" max_keys: i32 [query("max-keys")];
    5 "Prefix" prefix: String [query("prefix")];
    6 "VersionIdMarker" version_id_marker: String [query("version-id-marker")];
    7 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    8 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    9 "OptionalObjectAttributes" optional_object_attributes: Vec<String> [header("x-amz-optional-object-attributes") each(&ITEM.one_of(OPTIONAL_OBJECT_ATTRIBUTES))];
}

wire::shape! { ListObjectsOutput
    0 "IsTruncated" is_truncated: bool;
    1 "Marker" marker: String;
    2 "NextMarker" next_marker: String;
    3 "Contents" contents: Vec<Object> [flat];
    4 "Name" name: String;
    5 "Prefix" prefix: String;
    6 "Delimiter" delimiter: String;
    7 "MaxKeys" max_keys: i32;
    8 "CommonPrefixes" common_prefixes: Vec<CommonPrefix> [flat];
    9 "EncodingType" encoding_type: String [one_of(ENCODING_TYPE)];
    10 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { ListObjectsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Delimiter" delimiter: String [query("delimiter")];
    2 "EncodingType" encoding_type: String [query("encoding-type") one_of(ENCODING_TYPE)];
    3 "Marker" marker: String [query("marker")];
    4 "MaxKeys" max_keys: i32 [query("max-keys")];
    5 "Prefix" prefix: String [query("prefix")];
    6 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    7 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    8 "OptionalObjectAttributes" optional_object_attributes: Vec<String> [header("x-amz-optional-object-attributes") each(&ITEM.one_of(OPTIONAL_OBJECT_ATTRIBUTES))];
}

wire::shape! { ListObjectsV2Output
    0 "IsTruncated" is_truncated: bool;
    1 "Contents" contents: Vec<Object> [flat];
    2 "Name" name: String;
    3 "Prefix" prefix: String;
    4 "Delimiter" delimiter: String;
    5 "MaxKeys" max_keys: i32;
    6 "CommonPrefixes" common_prefixes: Vec<CommonPrefix> [flat];
    7 "EncodingType" encoding_type: String [one_of(ENCODING_TYPE)];
    8 "KeyCount" key_count: i32;
    9 "ContinuationToken" continuation_token: String;
    10 "NextContinuationToken" next_continuation_token: String;
    11 "StartAfter" start_after: String;
    12 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { ListObjectsV2Request
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Delimiter" delimiter: String [query("delimiter")];
    2 "EncodingType" encoding_type: String [query("encoding-type") one_of(ENCODING_TYPE)];
    3 "MaxKeys" max_keys: i32 [query("max-keys")];
    4 "Prefix" prefix: String [query("prefix")];
    5 "ContinuationToken" continuation_token: String [query("continuation-token")];
    6 "FetchOwner" fetch_owner: bool [query("fetch-owner")];
    7 "StartAfter" start_after: String [query("start-after")];
    8 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    9 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    10 "OptionalObjectAttributes" optional_object_attributes: Vec<String> [header("x-amz-optional-object-attributes") each(&ITEM.one_of(OPTIONAL_OBJECT_ATTRIBUTES))];
}

wire::shape! { ListPartsOutput
    0 "AbortDate" abort_date: Timestamp [header("x-amz-abort-date")];
    1 "AbortRuleId" abort_rule_id: String [header("x-amz-abort-rule-id")];
    2 "Bucket" bucket: String;
    3 "Key" key: String [len_min(1)];
    4 "UploadId" upload_id: String;
    5 "PartNumberMarker" part_number_marker: i32;
    6 "NextPartNumberMarker" next_part_number_marker: i32;
    7 "MaxParts" max_parts: i32;
    8 "IsTruncated" is_truncated: bool;
    9 "Parts" parts: Vec<Part> [name("Part") flat];
    10 "Initiator" initiator: Initiator;
    11 "Owner" owner: Owner;
    12 "StorageClass" storage_class: String [one_of(STORAGE_CLASS)];
    13 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    14 "ChecksumAlgorithm" checksum_algorithm: String [one_of(CHECKSUM_ALGORITHM)];
    15 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
    16 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { ListPartsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "MaxParts" max_parts: i32 [query("max-parts")];
    3 "PartNumberMarker" part_number_marker: i32 [query("part-number-marker")];
    4 "UploadId" upload_id: String [required query("uploadId")];
    5 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    6 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    7 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    8 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    9 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
}

wire::shape! { LocationInfo
    0 "Type" r#type: String [one_of(LOCATION_TYPE)];
    1 "Name" name: String;
}

wire::shape! { LoggingEnabled
    0 "TargetBucket" target_bucket: String [required];
    1 "TargetGrants" target_grants: Vec<TargetGrant> [each(&ITEM.called("Grant"))];
    2 "TargetPrefix" target_prefix: String [required];
    3 "TargetObjectKeyFormat" target_object_key_format: TargetObjectKeyFormat;
}

wire::shape! { MetadataConfiguration
    0 "JournalTableConfiguration" journal_table_configuration: JournalTableConfiguration [required];
    1 "InventoryTableConfiguration" inventory_table_configuration: InventoryTableConfiguration;
    2 "AnnotationTableConfiguration" annotation_table_configuration: AnnotationTableConfiguration;
}

wire::shape! { MetadataConfigurationResult
    0 "DestinationResult" destination_result: DestinationResult [required];
    1 "JournalTableConfigurationResult" journal_table_configuration_result: JournalTableConfigurationResult;
    2 "InventoryTableConfigurationResult" inventory_table_configuration_result: InventoryTableConfigurationResult;
    3 "AnnotationTableConfigurationResult" annotation_table_configuration_result: AnnotationTableConfigurationResult;
}

wire::shape! { MetadataEntry
    0 "Name" name: String;
    1 "Value" value: String;
}

wire::shape! { MetadataTableConfiguration
    0 "S3TablesDestination" s3_tables_destination: S3TablesDestination [required];
}

wire::shape! { MetadataTableConfigurationResult
    0 "S3TablesDestinationResult" s3_tables_destination_result: S3TablesDestinationResult [required];
}

wire::shape! { MetadataTableEncryptionConfiguration
    0 "SseAlgorithm" sse_algorithm: String [required one_of(TABLE_SSE_ALGORITHM)];
    1 "KmsKeyArn" kms_key_arn: String;
}

wire::shape! { Metrics
    0 "Status" status: String [required one_of(METRICS_STATUS)];
    1 "EventThreshold" event_threshold: ReplicationTimeValue;
}

wire::shape! { MetricsAndOperator
    0 "Prefix" prefix: String;
    1 "Tags" tags: Vec<Tag> [name("Tag") flat each(&ITEM.called("Tag"))];
    2 "AccessPointArn" access_point_arn: String;
}

wire::shape! { MetricsConfiguration
    0 "Id" id: String [required];
    1 "Filter" filter: MetricsFilter;
}

wire::shape! { MetricsFilter
    0 "Prefix" prefix: String;
    1 "Tag" tag: Tag;
    2 "AccessPointArn" access_point_arn: String;
    3 "And" and: MetricsAndOperator;
}

wire::shape! { MultipartUpload
    0 "UploadId" upload_id: String;
    1 "Key" key: String [len_min(1)];
    2 "Initiated" initiated: Timestamp;
    3 "StorageClass" storage_class: String [one_of(STORAGE_CLASS)];
    4 "Owner" owner: Owner;
    5 "Initiator" initiator: Initiator;
    6 "ChecksumAlgorithm" checksum_algorithm: String [one_of(CHECKSUM_ALGORITHM)];
    7 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
    8 "VersionId" version_id: String;
}

wire::shape! { NoncurrentVersionExpiration
    0 "NoncurrentDays" noncurrent_days: i32;
    1 "NewerNoncurrentVersions" newer_noncurrent_versions: i32;
}

wire::shape! { NoncurrentVersionTransition
    0 "NoncurrentDays" noncurrent_days: i32;
    1 "StorageClass" storage_class: String [one_of(TRANSITION_STORAGE_CLASS)];
    2 "NewerNoncurrentVersions" newer_noncurrent_versions: i32;
}

wire::shape! { NotificationConfiguration
    0 "TopicConfigurations" topic_configurations: Vec<TopicConfiguration> [name("TopicConfiguration") flat];
    1 "QueueConfigurations" queue_configurations: Vec<QueueConfiguration> [name("QueueConfiguration") flat];
    2 "LambdaFunctionConfigurations" lambda_function_configurations: Vec<LambdaFunctionConfiguration> [name("CloudFunctionConfiguration") flat];
    3 "EventBridgeConfiguration" event_bridge_configuration: EventBridgeConfiguration;
}

wire::shape! { NotificationConfigurationDeprecated
    0 "TopicConfiguration" topic_configuration: TopicConfigurationDeprecated;
    1 "QueueConfiguration" queue_configuration: QueueConfigurationDeprecated;
    2 "CloudFunctionConfiguration" cloud_function_configuration: CloudFunctionConfiguration;
}

wire::shape! { NotificationConfigurationFilter
    0 "Key" key: S3KeyFilter [name("S3Key")];
}

wire::shape! { Object
    0 "Key" key: String [len_min(1)];
    1 "LastModified" last_modified: Timestamp;
    2 "ETag" etag: String;
    3 "ChecksumAlgorithm" checksum_algorithm: Vec<String> [flat each(&ITEM.one_of(CHECKSUM_ALGORITHM))];
    4 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
    5 "Size" size: i64;
    6 "StorageClass" storage_class: String [one_of(OBJECT_STORAGE_CLASS)];
    7 "Owner" owner: Owner;
    8 "RestoreStatus" restore_status: RestoreStatus;
}

wire::shape! { ObjectEncryption [union]
    0 "SSEKMS" sse_kms: SSEKMSEncryption [name("SSE-KMS")];
}

wire::shape! { ObjectIdentifier
    0 "Key" key: String [required len_min(1)];
    1 "VersionId" version_id: String;
    2 "ETag" etag: String;
    3 "LastModifiedTime" last_modified_time: Timestamp [http_date];
    4 "Size" size: i64;
}

wire::shape! { ObjectLockConfiguration
    0 "ObjectLockEnabled" object_lock_enabled: String [one_of(OBJECT_LOCK_ENABLED)];
    1 "Rule" rule: ObjectLockRule;
}

wire::shape! { ObjectLockLegalHold
    0 "Status" status: String [one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
}

wire::shape! { ObjectLockRetention
    0 "Mode" mode: String [one_of(OBJECT_LOCK_RETENTION_MODE)];
    1 "RetainUntilDate" retain_until_date: Timestamp [iso];
    2 "EventHold" event_hold: String [one_of(OBJECT_LOCK_EVENT_HOLD)];
    3 "EventHoldDuration" event_hold_duration: EventHoldDuration;
}

wire::shape! { ObjectLockRule
    0 "DefaultRetention" default_retention: DefaultRetention;
}

wire::shape! { ObjectPart
    0 "PartNumber" part_number: i32;
    1 "Size" size: i64;
    2 "ChecksumCRC32" checksum_crc32: String;
    3 "ChecksumCRC32C" checksum_crc32c: String;
    4 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    5 "ChecksumSHA1" checksum_sha1: String;
    6 "ChecksumSHA256" checksum_sha256: String;
    7 "ChecksumSHA512" checksum_sha512: String;
    8 "ChecksumMD5" checksum_md5: String;
    9 "ChecksumXXHASH64" checksum_xxhash64: String;
    10 "ChecksumXXHASH3" checksum_xxhash3: String;
    11 "ChecksumXXHASH128" checksum_xxhash128: String;
}

wire::shape! { ObjectVersion
    0 "ETag" etag: String;
    1 "ChecksumAlgorithm" checksum_algorithm: Vec<String> [flat each(&ITEM.one_of(CHECKSUM_ALGORITHM))];
    2 "ChecksumType" checksum_type: String [one_of(CHECKSUM_TYPE)];
    3 "Size" size: i64;
    4 "StorageClass" storage_class: String [one_of(OBJECT_VERSION_STORAGE_CLASS)];
    5 "Key" key: String [len_min(1)];
    6 "VersionId" version_id: String;
    7 "IsLatest" is_latest: bool;
    8 "LastModified" last_modified: Timestamp;
    9 "Owner" owner: Owner;
    10 "RestoreStatus" restore_status: RestoreStatus;
}

wire::shape! { OutputLocation
    0 "S3" s3: S3Location;
}

wire::shape! { OutputSerialization
    0 "CSV" csv: CSVOutput;
    1 "JSON" json: JSONOutput;
}

wire::shape! { Owner
    0 "DisplayName" display_name: String;
    1 "ID" id: String;
}

wire::shape! { OwnershipControls
    0 "Rules" rules: Vec<OwnershipControlsRule> [required name("Rule") flat];
}

wire::shape! { OwnershipControlsRule
    0 "ObjectOwnership" object_ownership: String [required one_of(OBJECT_OWNERSHIP)];
}

wire::shape! { ParquetInput
}

wire::shape! { Part
    0 "PartNumber" part_number: i32;
    1 "LastModified" last_modified: Timestamp;
    2 "ETag" etag: String;
    3 "Size" size: i64;
    4 "ChecksumCRC32" checksum_crc32: String;
    5 "ChecksumCRC32C" checksum_crc32c: String;
    6 "ChecksumCRC64NVME" checksum_crc64nvme: String;
    7 "ChecksumSHA1" checksum_sha1: String;
    8 "ChecksumSHA256" checksum_sha256: String;
    9 "ChecksumSHA512" checksum_sha512: String;
    10 "ChecksumMD5" checksum_md5: String;
    11 "ChecksumXXHASH64" checksum_xxhash64: String;
    12 "ChecksumXXHASH3" checksum_xxhash3: String;
    13 "ChecksumXXHASH128" checksum_xxhash128: String;
}

wire::shape! { PartitionedPrefix
    0 "PartitionDateSource" partition_date_source: String [one_of(PARTITION_DATE_SOURCE)];
}

wire::shape! { PolicyStatus
    0 "IsPublic" is_public: bool;
}

wire::shape! { PostObjectOutput
    0 "Location" location: String;
    1 "Bucket" bucket: String;
    2 "Key" key: String [len_min(1)];
    3 "ETag" etag: String;
    4 "StatusCode" status_code: i32 [status];
    5 "LocationHeader" location_header: String [header("Location")];
    6 "ETagHeader" etag_header: String [header("ETag")];
    7 "Expiration" expiration: String [header("x-amz-expiration")];
    8 "VersionId" version_id: String [header("x-amz-version-id")];
    9 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    10 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    11 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    12 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    13 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    14 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    15 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    16 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    17 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    18 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    19 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    20 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
}

wire::shape! { PostObjectRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Body" body: Body [payload];
    2 "Key" key: String [header("key") len_min(1)];
    3 "ACL" acl: String [header("acl") one_of(OBJECT_CANNED_ACL)];
    4 "SuccessActionRedirect" success_action_redirect: String [header("success_action_redirect")];
    5 "Redirect" redirect: String [header("redirect")];
    6 "SuccessActionStatus" success_action_status: String [header("success_action_status")];
    7 "Tagging" tagging: String [header("tagging")];
    8 "CacheControl" cache_control: String [header("Cache-Control")];
    9 "ContentDisposition" content_disposition: String [header("Content-Disposition")];
    10 "ContentEncoding" content_encoding: String [header("Content-Encoding")];
    11 "ContentLanguage" content_language: String [header("Content-Language")];
    12 "ContentMD5" content_md5: String [header("Content-MD5")];
    13 "ContentType" content_type: String [header("Content-Type")];
    14 "Expires" expires: String [header("Expires")];
    15 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    16 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    17 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    18 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    19 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    20 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    21 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    22 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    23 "StorageClass" storage_class: String [header("x-amz-storage-class") one_of(STORAGE_CLASS)];
    24 "WebsiteRedirectLocation" website_redirect_location: String [header("x-amz-website-redirect-location")];
    25 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    26 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    27 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    28 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    29 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    30 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    31 "ObjectLockMode" object_lock_mode: String [header("x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    32 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-object-lock-retain-until-date") iso];
    33 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    34 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { Progress
    0 "BytesScanned" bytes_scanned: i64;
    1 "BytesProcessed" bytes_processed: i64;
    2 "BytesReturned" bytes_returned: i64;
}

wire::shape! { ProgressEvent
    0 "Details" details: Progress [event_payload];
}

wire::shape! { PublicAccessBlockConfiguration
    0 "BlockPublicAcls" block_public_acls: bool;
    1 "IgnorePublicAcls" ignore_public_acls: bool;
    2 "BlockPublicPolicy" block_public_policy: bool;
    3 "RestrictPublicBuckets" restrict_public_buckets: bool;
}

wire::shape! { PutBucketAbacRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    4 "AbacStatus" abac_status: AbacStatus [required payload];
}

wire::shape! { PutBucketAccelerateConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "AccelerateConfiguration" accelerate_configuration: AccelerateConfiguration [required payload];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    3 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
}

wire::shape! { PutBucketAclRequest
    0 "ACL" acl: String [header("x-amz-acl") one_of(BUCKET_CANNED_ACL)];
    1 "AccessControlPolicy" access_control_policy: AccessControlPolicy [payload];
    2 "Bucket" bucket: String [required label("Bucket")];
    3 "ContentMD5" content_md5: String [header("Content-MD5")];
    4 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    5 "GrantFullControl" grant_full_control: String [header("x-amz-grant-full-control")];
    6 "GrantRead" grant_read: String [header("x-amz-grant-read")];
    7 "GrantReadACP" grant_read_acp: String [header("x-amz-grant-read-acp")];
    8 "GrantWrite" grant_write: String [header("x-amz-grant-write")];
    9 "GrantWriteACP" grant_write_acp: String [header("x-amz-grant-write-acp")];
    10 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketAnalyticsConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "AnalyticsConfiguration" analytics_configuration: AnalyticsConfiguration [required payload];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketCorsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "CORSConfiguration" cors_configuration: CORSConfiguration [required payload];
    2 "ContentMD5" content_md5: String [header("Content-MD5")];
    3 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketEncryptionRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "ServerSideEncryptionConfiguration" server_side_encryption_configuration: ServerSideEncryptionConfiguration [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketIntelligentTieringConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    3 "IntelligentTieringConfiguration" intelligent_tiering_configuration: IntelligentTieringConfiguration [required payload];
}

wire::shape! { PutBucketInventoryConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "InventoryConfiguration" inventory_configuration: InventoryConfiguration [required payload];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketLifecycleConfigurationOutput
    0 "TransitionDefaultMinimumObjectSize" transition_default_minimum_object_size: String [header("x-amz-transition-default-minimum-object-size") one_of(TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE)];
}

wire::shape! { PutBucketLifecycleConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    2 "LifecycleConfiguration" lifecycle_configuration: BucketLifecycleConfiguration [payload];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    4 "TransitionDefaultMinimumObjectSize" transition_default_minimum_object_size: String [header("x-amz-transition-default-minimum-object-size") one_of(TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE)];
}

wire::shape! { PutBucketLifecycleRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "LifecycleConfiguration" lifecycle_configuration: LifecycleConfiguration [payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketLoggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "BucketLoggingStatus" bucket_logging_status: BucketLoggingStatus [required payload];
    2 "ContentMD5" content_md5: String [header("Content-MD5")];
    3 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketMetricsConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Id" id: String [required query("id")];
    2 "MetricsConfiguration" metrics_configuration: MetricsConfiguration [required payload];
    3 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketNotificationConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "NotificationConfiguration" notification_configuration: NotificationConfiguration [required payload];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    3 "SkipDestinationValidation" skip_destination_validation: bool [header("x-amz-skip-destination-validation")];
}

wire::shape! { PutBucketNotificationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "NotificationConfiguration" notification_configuration: NotificationConfigurationDeprecated [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketOwnershipControlsRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    3 "OwnershipControls" ownership_controls: OwnershipControls [required payload];
    4 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
}

wire::shape! { PutBucketPolicyRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "ConfirmRemoveSelfBucketAccess" confirm_remove_self_bucket_access: bool [header("x-amz-confirm-remove-self-bucket-access")];
    4 "Policy" policy: String [required payload];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketReplicationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "ReplicationConfiguration" replication_configuration: ReplicationConfiguration [required payload];
    4 "Token" token: String [header("x-amz-bucket-object-lock-token")];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketRequestPaymentRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "RequestPaymentConfiguration" request_payment_configuration: RequestPaymentConfiguration [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketTaggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "Tagging" tagging: Tagging [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketVersioningRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "MFA" mfa: String [header("x-amz-mfa")];
    4 "VersioningConfiguration" versioning_configuration: VersioningConfiguration [required payload];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutBucketWebsiteRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "WebsiteConfiguration" website_configuration: WebsiteConfiguration [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectAclOutput
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { PutObjectAclRequest
    0 "ACL" acl: String [header("x-amz-acl") one_of(OBJECT_CANNED_ACL)];
    1 "AccessControlPolicy" access_control_policy: AccessControlPolicy [payload];
    2 "Bucket" bucket: String [required label("Bucket")];
    3 "ContentMD5" content_md5: String [header("Content-MD5")];
    4 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    5 "GrantFullControl" grant_full_control: String [header("x-amz-grant-full-control")];
    6 "GrantRead" grant_read: String [header("x-amz-grant-read")];
    7 "GrantReadACP" grant_read_acp: String [header("x-amz-grant-read-acp")];
    8 "GrantWrite" grant_write: String [header("x-amz-grant-write")];
    9 "GrantWriteACP" grant_write_acp: String [header("x-amz-grant-write-acp")];
    10 "Key" key: String [required label("Key") len_min(1)];
    11 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    12 "VersionId" version_id: String [query("versionId")];
    13 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectAnnotationOutput
    0 "Key" key: String [len_min(1)];
    1 "AnnotationName" annotation_name: String;
    2 "ObjectVersionId" object_version_id: String [header("x-amz-object-version-id")];
    3 "ETag" etag: String [header("ETag")];
    4 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    5 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    6 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    7 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    8 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    9 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    10 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    11 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    12 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    13 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    14 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    15 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    16 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { PutObjectAnnotationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "AnnotationName" annotation_name: String [required query("annotationName")];
    4 "AnnotationPayload" annotation_payload: Body [required payload];
    5 "ObjectIfMatch" object_if_match: String [header("x-amz-object-if-match")];
    6 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    7 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    8 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    9 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    10 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    11 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    12 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    13 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    14 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    15 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    16 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    17 "ContentMD5" content_md5: String [header("Content-MD5")];
    18 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    19 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectLegalHoldOutput
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { PutObjectLegalHoldRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "LegalHold" legal_hold: ObjectLockLegalHold [payload];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "VersionId" version_id: String [query("versionId")];
    5 "ContentMD5" content_md5: String [header("Content-MD5")];
    6 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    7 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectLockConfigurationOutput
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { PutObjectLockConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ObjectLockConfiguration" object_lock_configuration: ObjectLockConfiguration [payload];
    2 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    3 "Token" token: String [header("x-amz-bucket-object-lock-token")];
    4 "ContentMD5" content_md5: String [header("Content-MD5")];
    5 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    6 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectOutput
    0 "Expiration" expiration: String [header("x-amz-expiration")];
    1 "ETag" etag: String [header("ETag")];
    2 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    3 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    4 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    5 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    6 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    7 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    8 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    9 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    10 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    11 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    12 "ChecksumType" checksum_type: String [header("x-amz-checksum-type") one_of(CHECKSUM_TYPE)];
    13 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    14 "VersionId" version_id: String [header("x-amz-version-id")];
    15 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    16 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    17 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    18 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    19 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    20 "Size" size: i64 [header("x-amz-object-size")];
    21 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { PutObjectRequest
    0 "ACL" acl: String [header("x-amz-acl") one_of(OBJECT_CANNED_ACL)];
    1 "Body" body: Body [payload];
    2 "Bucket" bucket: String [required label("Bucket")];
    3 "CacheControl" cache_control: String [header("Cache-Control")];
    4 "ContentDisposition" content_disposition: String [header("Content-Disposition")];
    5 "ContentEncoding" content_encoding: String [header("Content-Encoding")];
    6 "ContentLanguage" content_language: String [header("Content-Language")];
    7 "ContentLength" content_length: i64 [header("Content-Length")];
    8 "ContentMD5" content_md5: String [header("Content-MD5")];
    9 "ContentType" content_type: String [header("Content-Type")];
    10 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    11 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    12 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    13 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    14 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    15 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    16 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    17 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    18 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    19 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    20 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    21 "Expires" expires: String [header("Expires")];
    22 "IfMatch" if_match: String [header("If-Match")];
    23 "IfNoneMatch" if_none_match: String [header("If-None-Match")];
    24 "GrantFullControl" grant_full_control: String [header("x-amz-grant-full-control")];
    25 "GrantRead" grant_read: String [header("x-amz-grant-read")];
    26 "GrantReadACP" grant_read_acp: String [header("x-amz-grant-read-acp")];
    27 "GrantWriteACP" grant_write_acp: String [header("x-amz-grant-write-acp")];
    28 "Key" key: String [required label("Key") len_min(1)];
    29 "WriteOffsetBytes" write_offset_bytes: i64 [header("x-amz-write-offset-bytes")];
    30 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    31 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    32 "StorageClass" storage_class: String [header("x-amz-storage-class") one_of(STORAGE_CLASS)];
    33 "WebsiteRedirectLocation" website_redirect_location: String [header("x-amz-website-redirect-location")];
    34 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    35 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    36 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    37 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    38 "SSEKMSEncryptionContext" sse_kms_encryption_context: String [header("x-amz-server-side-encryption-context") sensitive];
    39 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    40 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    41 "Tagging" tagging: String [header("x-amz-tagging")];
    42 "ObjectLockMode" object_lock_mode: String [header("x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    43 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-object-lock-retain-until-date") iso];
    44 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    45 "ObjectLockEventHold" object_lock_event_hold: String [header("x-amz-object-lock-event-hold") one_of(OBJECT_LOCK_EVENT_HOLD)];
    46 "ObjectLockEventHoldDurationDays" object_lock_event_hold_duration_days: i32 [header("x-amz-object-lock-event-hold-duration-days")];
    47 "ObjectLockEventHoldDurationYears" object_lock_event_hold_duration_years: i32 [header("x-amz-object-lock-event-hold-duration-years")];
    48 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectRetentionOutput
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { PutObjectRetentionRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "Retention" retention: ObjectLockRetention [payload];
    3 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    4 "VersionId" version_id: String [query("versionId")];
    5 "BypassGovernanceRetention" bypass_governance_retention: bool [header("x-amz-bypass-governance-retention")];
    6 "ContentMD5" content_md5: String [header("Content-MD5")];
    7 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    8 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { PutObjectTaggingOutput
    0 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { PutObjectTaggingRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "ContentMD5" content_md5: String [header("Content-MD5")];
    4 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    5 "Tagging" tagging: Tagging [required payload];
    6 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    7 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
}

wire::shape! { PutPublicAccessBlockRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "PublicAccessBlockConfiguration" public_access_block_configuration: PublicAccessBlockConfiguration [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { QueueConfiguration
    0 "Id" id: String;
    1 "QueueArn" queue_arn: String [required name("Queue")];
    2 "Events" events: Vec<String> [required name("Event") flat each(&ITEM.one_of(EVENT))];
    3 "Filter" filter: NotificationConfigurationFilter;
}

wire::shape! { QueueConfigurationDeprecated
    0 "Id" id: String;
    1 "Events" events: Vec<String> [name("Event") flat each(&ITEM.one_of(EVENT))];
    2 "Queue" queue: String;
}

wire::shape! { RecordExpiration
    0 "Expiration" expiration: String [required one_of(EXPIRATION_STATE)];
    1 "Days" days: i32;
}

wire::shape! { RecordsEvent
    0 "Payload" payload: Bytes [event_payload];
}

wire::shape! { Redirect
    0 "HostName" host_name: String;
    1 "HttpRedirectCode" http_redirect_code: String;
    2 "Protocol" protocol: String [one_of(PROTOCOL)];
    3 "ReplaceKeyPrefixWith" replace_key_prefix_with: String;
    4 "ReplaceKeyWith" replace_key_with: String;
}

wire::shape! { RedirectAllRequestsTo
    0 "HostName" host_name: String [required];
    1 "Protocol" protocol: String [one_of(PROTOCOL)];
}

wire::shape! { RenameObjectOutput
}

wire::shape! { RenameObjectRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "RenameSource" rename_source: String [required header("x-amz-rename-source") like(r"\/?.+\/.+")];
    3 "DestinationIfMatch" destination_if_match: String [header("If-Match")];
    4 "DestinationIfNoneMatch" destination_if_none_match: String [header("If-None-Match")];
    5 "DestinationIfModifiedSince" destination_if_modified_since: Timestamp [header("If-Modified-Since")];
    6 "DestinationIfUnmodifiedSince" destination_if_unmodified_since: Timestamp [header("If-Unmodified-Since")];
    7 "SourceIfMatch" source_if_match: String [header("x-amz-rename-source-if-match")];
    8 "SourceIfNoneMatch" source_if_none_match: String [header("x-amz-rename-source-if-none-match")];
    9 "SourceIfModifiedSince" source_if_modified_since: Timestamp [header("x-amz-rename-source-if-modified-since") http_date];
    10 "SourceIfUnmodifiedSince" source_if_unmodified_since: Timestamp [header("x-amz-rename-source-if-unmodified-since") http_date];
    11 "ClientToken" client_token: String [header("x-amz-client-token") token];
}

wire::shape! { ReplicaModifications
    0 "Status" status: String [required one_of(REPLICA_MODIFICATIONS_STATUS)];
}

wire::shape! { ReplicationConfiguration
    0 "Role" role: String [required];
    1 "Rules" rules: Vec<ReplicationRule> [required name("Rule") flat];
}

wire::shape! { ReplicationRule
    0 "ID" id: String;
    1 "Priority" priority: i32;
    2 "Prefix" prefix: String;
    3 "Filter" filter: ReplicationRuleFilter;
    4 "Status" status: String [required one_of(REPLICATION_RULE_STATUS)];
    5 "SourceSelectionCriteria" source_selection_criteria: SourceSelectionCriteria;
    6 "ExistingObjectReplication" existing_object_replication: ExistingObjectReplication;
    7 "Destination" destination: Destination [required];
    8 "DeleteMarkerReplication" delete_marker_replication: DeleteMarkerReplication;
}

wire::shape! { ReplicationRuleAndOperator
    0 "Prefix" prefix: String;
    1 "Tags" tags: Vec<Tag> [name("Tag") flat each(&ITEM.called("Tag"))];
    2 "Not" not: ReplicationRuleNotOperator;
}

wire::shape! { ReplicationRuleFilter
    0 "Prefix" prefix: String;
    1 "Tag" tag: Tag;
    2 "And" and: ReplicationRuleAndOperator;
    3 "Not" not: ReplicationRuleNotOperator;
}

wire::shape! { ReplicationRuleNotOperator
    0 "Prefix" prefix: String;
    1 "Tag" tag: Tag;
    2 "Or" or: ReplicationRuleOrOperator;
}

wire::shape! { ReplicationRuleOrOperator
    0 "Prefixes" prefixes: Vec<String> [name("Prefix") flat each(&ITEM.called("Prefix"))];
    1 "Tags" tags: Vec<Tag> [name("Tag") flat each(&ITEM.called("Tag"))];
}

wire::shape! { ReplicationTime
    0 "Status" status: String [required one_of(REPLICATION_TIME_STATUS)];
    1 "Time" time: ReplicationTimeValue [required];
}

wire::shape! { ReplicationTimeValue
    0 "Minutes" minutes: i32;
}

wire::shape! { RequestPaymentConfiguration
    0 "Payer" payer: String [required one_of(PAYER)];
}

wire::shape! { RequestProgress
    0 "Enabled" enabled: bool;
}

wire::shape! { RestoreObjectOutput
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    1 "RestoreOutputPath" restore_output_path: String [header("x-amz-restore-output-path")];
}

wire::shape! { RestoreObjectRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "RestoreRequest" restore_request: RestoreRequest [payload];
    4 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    5 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    6 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { RestoreRequest
    0 "Days" days: i32;
    1 "GlacierJobParameters" glacier_job_parameters: GlacierJobParameters;
    2 "Type" r#type: String [one_of(RESTORE_REQUEST_TYPE)];
    3 "Tier" tier: String [one_of(TIER)];
    4 "Description" description: String;
    5 "SelectParameters" select_parameters: SelectParameters;
    6 "OutputLocation" output_location: OutputLocation;
}

wire::shape! { RestoreStatus
    0 "IsRestoreInProgress" is_restore_in_progress: bool;
    1 "RestoreExpiryDate" restore_expiry_date: Timestamp;
}

wire::shape! { RoutingRule
    0 "Condition" condition: Condition;
    1 "Redirect" redirect: Redirect [required];
}

wire::shape! { Rule
    0 "Expiration" expiration: LifecycleExpiration;
    1 "ID" id: String;
    2 "Prefix" prefix: String [required];
    3 "Status" status: String [required one_of(EXPIRATION_STATUS)];
    4 "Transition" transition: Transition;
    5 "NoncurrentVersionTransition" noncurrent_version_transition: NoncurrentVersionTransition;
    6 "NoncurrentVersionExpiration" noncurrent_version_expiration: NoncurrentVersionExpiration;
    7 "AbortIncompleteMultipartUpload" abort_incomplete_multipart_upload: AbortIncompleteMultipartUpload;
}

wire::shape! { S3KeyFilter
    0 "FilterRules" filter_rules: Vec<FilterRule> [name("FilterRule") flat];
}

wire::shape! { S3Location
    0 "BucketName" bucket_name: String [required];
    1 "Prefix" prefix: String [required];
    2 "Encryption" encryption: Encryption;
    3 "CannedACL" canned_acl: String [one_of(OBJECT_CANNED_ACL)];
    4 "AccessControlList" access_control_list: Vec<Grant> [each(&ITEM.called("Grant"))];
    5 "Tagging" tagging: Tagging;
    6 "UserMetadata" user_metadata: Vec<MetadataEntry> [each(&ITEM.called("MetadataEntry"))];
    7 "StorageClass" storage_class: String [one_of(STORAGE_CLASS)];
}

wire::shape! { S3TablesDestination
    0 "TableBucketArn" table_bucket_arn: String [required];
    1 "TableName" table_name: String [required];
}

wire::shape! { S3TablesDestinationResult
    0 "TableBucketArn" table_bucket_arn: String [required];
    1 "TableName" table_name: String [required];
    2 "TableArn" table_arn: String [required];
    3 "TableNamespace" table_namespace: String [required];
}

wire::shape! { SSEKMS
    0 "KeyId" key_id: String [required sensitive];
}

wire::shape! { SSEKMSEncryption
    0 "KMSKeyArn" kms_key_arn: String [required len(20, 2048) like("arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+") sensitive];
    1 "BucketKeyEnabled" bucket_key_enabled: bool;
}

wire::shape! { SSES3
}

wire::shape! { ScanRange
    0 "Start" start: i64;
    1 "End" end: i64;
}

wire::shape! { SelectObjectContentEventStream [event_stream]
    0 "Records" records: RecordsEvent;
    1 "Stats" stats: StatsEvent;
    2 "Progress" progress: ProgressEvent;
    3 "Cont" cont: ContinuationEvent;
    4 "End" end: EndEvent;
}

wire::shape! { SelectObjectContentOutput
    0 "Payload" payload: Events [payload];
}

wire::shape! { SelectObjectContentRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    3 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    4 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    5 "Expression" expression: String [required];
    6 "ExpressionType" expression_type: String [required one_of(EXPRESSION_TYPE)];
    7 "RequestProgress" request_progress: RequestProgress;
    8 "InputSerialization" input_serialization: InputSerialization [required];
    9 "OutputSerialization" output_serialization: OutputSerialization [required];
    10 "ScanRange" scan_range: ScanRange;
    11 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { SelectParameters
    0 "InputSerialization" input_serialization: InputSerialization [required];
    1 "ExpressionType" expression_type: String [required one_of(EXPRESSION_TYPE)];
    2 "Expression" expression: String [required];
    3 "OutputSerialization" output_serialization: OutputSerialization [required];
}

wire::shape! { ServerSideEncryptionByDefault
    0 "SSEAlgorithm" sse_algorithm: String [required one_of(SERVER_SIDE_ENCRYPTION)];
    1 "KMSMasterKeyID" kms_master_key_id: String [sensitive];
}

wire::shape! { ServerSideEncryptionConfiguration
    0 "Rules" rules: Vec<ServerSideEncryptionRule> [required name("Rule") flat];
}

wire::shape! { ServerSideEncryptionRule
    0 "ApplyServerSideEncryptionByDefault" apply_server_side_encryption_by_default: ServerSideEncryptionByDefault;
    1 "BucketKeyEnabled" bucket_key_enabled: bool;
    2 "BlockedEncryptionTypes" blocked_encryption_types: BlockedEncryptionTypes;
}

wire::shape! { SessionCredentials
    0 "AccessKeyId" access_key_id: String [required];
    1 "SecretAccessKey" secret_access_key: String [required sensitive];
    2 "SessionToken" session_token: String [required sensitive];
    3 "Expiration" expiration: Timestamp [required];
}

wire::shape! { SimplePrefix
}

wire::shape! { SourceSelectionCriteria
    0 "SseKmsEncryptedObjects" sse_kms_encrypted_objects: SseKmsEncryptedObjects;
    1 "ReplicaModifications" replica_modifications: ReplicaModifications;
}

wire::shape! { SseKmsEncryptedObjects
    0 "Status" status: String [required one_of(SSE_KMS_ENCRYPTED_OBJECTS_STATUS)];
}

wire::shape! { Stats
    0 "BytesScanned" bytes_scanned: i64;
    1 "BytesProcessed" bytes_processed: i64;
    2 "BytesReturned" bytes_returned: i64;
}

wire::shape! { StatsEvent
    0 "Details" details: Stats [event_payload];
}

wire::shape! { StorageClassAnalysis
    0 "DataExport" data_export: StorageClassAnalysisDataExport;
}

wire::shape! { StorageClassAnalysisDataExport
    0 "OutputSchemaVersion" output_schema_version: String [required one_of(STORAGE_CLASS_ANALYSIS_SCHEMA_VERSION)];
    1 "Destination" destination: AnalyticsExportDestination [required];
}

wire::shape! { Tag
    0 "Key" key: String [required len_min(1)];
    1 "Value" value: String [required];
}

wire::shape! { Tagging
    0 "TagSet" tag_set: Vec<Tag> [required each(&ITEM.called("Tag"))];
}

wire::shape! { TargetGrant
    0 "Grantee" grantee: Grantee;
    1 "Permission" permission: String [one_of(BUCKET_LOGS_PERMISSION)];
}

wire::shape! { TargetObjectKeyFormat
    0 "SimplePrefix" simple_prefix: SimplePrefix;
    1 "PartitionedPrefix" partitioned_prefix: PartitionedPrefix;
}

wire::shape! { Tiering
    0 "Days" days: i32 [required];
    1 "AccessTier" access_tier: String [required one_of(INTELLIGENT_TIERING_ACCESS_TIER)];
}

wire::shape! { TopicConfiguration
    0 "Id" id: String;
    1 "TopicArn" topic_arn: String [required name("Topic")];
    2 "Events" events: Vec<String> [required name("Event") flat each(&ITEM.one_of(EVENT))];
    3 "Filter" filter: NotificationConfigurationFilter;
}

wire::shape! { TopicConfigurationDeprecated
    0 "Id" id: String;
    1 "Events" events: Vec<String> [name("Event") flat each(&ITEM.one_of(EVENT))];
    2 "Topic" topic: String;
}

wire::shape! { Transition
    0 "Date" date: Timestamp [iso];
    1 "Days" days: i32;
    2 "StorageClass" storage_class: String [one_of(TRANSITION_STORAGE_CLASS)];
}

wire::shape! { UpdateBucketMetadataAnnotationTableConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "AnnotationTableConfiguration" annotation_table_configuration: AnnotationTableConfigurationUpdates [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { UpdateBucketMetadataInventoryTableConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "InventoryTableConfiguration" inventory_table_configuration: InventoryTableConfigurationUpdates [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { UpdateBucketMetadataJournalTableConfigurationRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "ContentMD5" content_md5: String [header("Content-MD5")];
    2 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    3 "JournalTableConfiguration" journal_table_configuration: JournalTableConfigurationUpdates [required payload];
    4 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { UpdateObjectEncryptionRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key") len_min(1)];
    2 "VersionId" version_id: String [query("versionId")];
    3 "ObjectEncryption" object_encryption: ObjectEncryption [required payload];
    4 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    5 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    6 "ContentMD5" content_md5: String [header("Content-MD5")];
    7 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
}

wire::shape! { UpdateObjectEncryptionResponse
    0 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
}

wire::shape! { UploadPartCopyOutput
    0 "CopySourceVersionId" copy_source_version_id: String [header("x-amz-copy-source-version-id")];
    1 "CopyPartResult" copy_part_result: CopyPartResult [payload];
    2 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    3 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    4 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    5 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    6 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    7 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    8 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { UploadPartCopyRequest
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "CopySource" copy_source: String [required header("x-amz-copy-source") like(r"\/?.+\/.+")];
    2 "CopySourceIfMatch" copy_source_if_match: String [header("x-amz-copy-source-if-match")];
    3 "CopySourceIfModifiedSince" copy_source_if_modified_since: Timestamp [header("x-amz-copy-source-if-modified-since")];
    4 "CopySourceIfNoneMatch" copy_source_if_none_match: String [header("x-amz-copy-source-if-none-match")];
    5 "CopySourceIfUnmodifiedSince" copy_source_if_unmodified_since: Timestamp [header("x-amz-copy-source-if-unmodified-since")];
    6 "CopySourceRange" copy_source_range: String [header("x-amz-copy-source-range")];
    7 "Key" key: String [required label("Key") len_min(1)];
    8 "PartNumber" part_number: i32 [required query("partNumber")];
    9 "UploadId" upload_id: String [required query("uploadId")];
    10 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    11 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    12 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    13 "CopySourceSSECustomerAlgorithm" copy_source_sse_customer_algorithm: String [header("x-amz-copy-source-server-side-encryption-customer-algorithm")];
    14 "CopySourceSSECustomerKey" copy_source_sse_customer_key: String [header("x-amz-copy-source-server-side-encryption-customer-key") sensitive];
    15 "CopySourceSSECustomerKeyMD5" copy_source_sse_customer_key_md5: String [header("x-amz-copy-source-server-side-encryption-customer-key-MD5")];
    16 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    17 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
    18 "ExpectedSourceBucketOwner" expected_source_bucket_owner: String [header("x-amz-source-expected-bucket-owner")];
}

wire::shape! { UploadPartOutput
    0 "ServerSideEncryption" server_side_encryption: String [header("x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    1 "ETag" etag: String [header("ETag")];
    2 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    3 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    4 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    5 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    6 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    7 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    8 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    9 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    10 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    11 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    12 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    13 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    14 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    15 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-server-side-encryption-bucket-key-enabled")];
    16 "RequestCharged" request_charged: String [header("x-amz-request-charged") one_of(REQUEST_CHARGED)];
    17 "VersionId" version_id: String [header("x-amz-version-id")];
}

wire::shape! { UploadPartRequest
    0 "Body" body: Body [payload];
    1 "Bucket" bucket: String [required label("Bucket")];
    2 "ContentLength" content_length: i64 [header("Content-Length")];
    3 "ContentMD5" content_md5: String [header("Content-MD5")];
    4 "ChecksumAlgorithm" checksum_algorithm: String [header("x-amz-sdk-checksum-algorithm") one_of(CHECKSUM_ALGORITHM)];
    5 "ChecksumCRC32" checksum_crc32: String [header("x-amz-checksum-crc32")];
    6 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-checksum-crc32c")];
    7 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-checksum-crc64nvme")];
    8 "ChecksumSHA1" checksum_sha1: String [header("x-amz-checksum-sha1")];
    9 "ChecksumSHA256" checksum_sha256: String [header("x-amz-checksum-sha256")];
    10 "ChecksumSHA512" checksum_sha512: String [header("x-amz-checksum-sha512")];
    11 "ChecksumMD5" checksum_md5: String [header("x-amz-checksum-md5")];
    12 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-checksum-xxhash64")];
    13 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-checksum-xxhash3")];
    14 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-checksum-xxhash128")];
    15 "Key" key: String [required label("Key") len_min(1)];
    16 "PartNumber" part_number: i32 [required query("partNumber")];
    17 "UploadId" upload_id: String [required query("uploadId")];
    18 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-server-side-encryption-customer-algorithm")];
    19 "SSECustomerKey" sse_customer_key: String [header("x-amz-server-side-encryption-customer-key") sensitive];
    20 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-server-side-encryption-customer-key-MD5")];
    21 "RequestPayer" request_payer: String [header("x-amz-request-payer") one_of(REQUEST_PAYER)];
    22 "ExpectedBucketOwner" expected_bucket_owner: String [header("x-amz-expected-bucket-owner")];
}

wire::shape! { UseSourceMultiRegionKey
    0 "Status" status: String [required one_of(USE_SOURCE_MULTI_REGION_KEY_STATUS)];
}

wire::shape! { VersioningConfiguration
    0 "MFADelete" mfa_delete: String [name("MfaDelete") one_of(MFA_DELETE)];
    1 "Status" status: String [one_of(BUCKET_VERSIONING_STATUS)];
}

wire::shape! { WebsiteConfiguration
    0 "ErrorDocument" error_document: ErrorDocument;
    1 "IndexDocument" index_document: IndexDocument;
    2 "RedirectAllRequestsTo" redirect_all_requests_to: RedirectAllRequestsTo;
    3 "RoutingRules" routing_rules: Vec<RoutingRule> [each(&ITEM.called("RoutingRule"))];
}

wire::shape! { WriteGetObjectResponseRequest
    0 "RequestRoute" request_route: String [required header("x-amz-request-route")];
    1 "RequestToken" request_token: String [required header("x-amz-request-token")];
    2 "Body" body: Body [payload];
    3 "StatusCode" status_code: i32 [header("x-amz-fwd-status")];
    4 "ErrorCode" error_code: String [header("x-amz-fwd-error-code")];
    5 "ErrorMessage" error_message: String [header("x-amz-fwd-error-message")];
    6 "AcceptRanges" accept_ranges: String [header("x-amz-fwd-header-accept-ranges")];
    7 "CacheControl" cache_control: String [header("x-amz-fwd-header-Cache-Control")];
    8 "ContentDisposition" content_disposition: String [header("x-amz-fwd-header-Content-Disposition")];
    9 "ContentEncoding" content_encoding: String [header("x-amz-fwd-header-Content-Encoding")];
    10 "ContentLanguage" content_language: String [header("x-amz-fwd-header-Content-Language")];
    11 "ContentLength" content_length: i64 [header("Content-Length")];
    12 "ContentRange" content_range: String [header("x-amz-fwd-header-Content-Range")];
    13 "ContentType" content_type: String [header("x-amz-fwd-header-Content-Type")];
    14 "ChecksumCRC32" checksum_crc32: String [header("x-amz-fwd-header-x-amz-checksum-crc32")];
    15 "ChecksumCRC32C" checksum_crc32c: String [header("x-amz-fwd-header-x-amz-checksum-crc32c")];
    16 "ChecksumCRC64NVME" checksum_crc64nvme: String [header("x-amz-fwd-header-x-amz-checksum-crc64nvme")];
    17 "ChecksumSHA1" checksum_sha1: String [header("x-amz-fwd-header-x-amz-checksum-sha1")];
    18 "ChecksumSHA256" checksum_sha256: String [header("x-amz-fwd-header-x-amz-checksum-sha256")];
    19 "ChecksumSHA512" checksum_sha512: String [header("x-amz-fwd-header-x-amz-checksum-sha512")];
    20 "ChecksumMD5" checksum_md5: String [header("x-amz-fwd-header-x-amz-checksum-md5")];
    21 "ChecksumXXHASH64" checksum_xxhash64: String [header("x-amz-fwd-header-x-amz-checksum-xxhash64")];
    22 "ChecksumXXHASH3" checksum_xxhash3: String [header("x-amz-fwd-header-x-amz-checksum-xxhash3")];
    23 "ChecksumXXHASH128" checksum_xxhash128: String [header("x-amz-fwd-header-x-amz-checksum-xxhash128")];
    24 "DeleteMarker" delete_marker: bool [header("x-amz-fwd-header-x-amz-delete-marker")];
    25 "ETag" etag: String [header("x-amz-fwd-header-ETag")];
    26 "Expires" expires: String [header("x-amz-fwd-header-Expires")];
    27 "Expiration" expiration: String [header("x-amz-fwd-header-x-amz-expiration")];
    28 "LastModified" last_modified: Timestamp [header("x-amz-fwd-header-Last-Modified")];
    29 "MissingMeta" missing_meta: i32 [header("x-amz-fwd-header-x-amz-missing-meta")];
    30 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
    31 "ObjectLockMode" object_lock_mode: String [header("x-amz-fwd-header-x-amz-object-lock-mode") one_of(OBJECT_LOCK_MODE)];
    32 "ObjectLockLegalHoldStatus" object_lock_legal_hold_status: String [header("x-amz-fwd-header-x-amz-object-lock-legal-hold") one_of(OBJECT_LOCK_LEGAL_HOLD_STATUS)];
    33 "ObjectLockRetainUntilDate" object_lock_retain_until_date: Timestamp [header("x-amz-fwd-header-x-amz-object-lock-retain-until-date") iso];
    34 "PartsCount" parts_count: i32 [header("x-amz-fwd-header-x-amz-mp-parts-count")];
    35 "ReplicationStatus" replication_status: String [header("x-amz-fwd-header-x-amz-replication-status") one_of(REPLICATION_STATUS)];
    36 "RequestCharged" request_charged: String [header("x-amz-fwd-header-x-amz-request-charged") one_of(REQUEST_CHARGED)];
    37 "Restore" restore: String [header("x-amz-fwd-header-x-amz-restore")];
    38 "ServerSideEncryption" server_side_encryption: String [header("x-amz-fwd-header-x-amz-server-side-encryption") one_of(SERVER_SIDE_ENCRYPTION)];
    39 "SSECustomerAlgorithm" sse_customer_algorithm: String [header("x-amz-fwd-header-x-amz-server-side-encryption-customer-algorithm")];
    40 "SSEKMSKeyId" sse_kms_key_id: String [header("x-amz-fwd-header-x-amz-server-side-encryption-aws-kms-key-id") sensitive];
    41 "SSECustomerKeyMD5" sse_customer_key_md5: String [header("x-amz-fwd-header-x-amz-server-side-encryption-customer-key-MD5")];
    42 "StorageClass" storage_class: String [header("x-amz-fwd-header-x-amz-storage-class") one_of(STORAGE_CLASS)];
    43 "TagCount" tag_count: i32 [header("x-amz-fwd-header-x-amz-tagging-count")];
    44 "VersionId" version_id: String [header("x-amz-fwd-header-x-amz-version-id")];
    45 "BucketKeyEnabled" bucket_key_enabled: bool [header("x-amz-fwd-header-x-amz-server-side-encryption-bucket-key-enabled")];
}

/// The values of `AnalyticsS3ExportFileFormat`.
pub const ANALYTICS_S3_EXPORT_FILE_FORMAT: &[&str] = &["CSV"];
/// The values of `AnnotationConfigurationState`.
pub const ANNOTATION_CONFIGURATION_STATE: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `AnnotationDirective`.
pub const ANNOTATION_DIRECTIVE: &[&str] = &["COPY", "EXCLUDE"];
/// The values of `ArchiveStatus`.
pub const ARCHIVE_STATUS: &[&str] = &["ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"];
/// The values of `BucketAbacStatus`.
pub const BUCKET_ABAC_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `BucketAccelerateStatus`.
pub const BUCKET_ACCELERATE_STATUS: &[&str] = &["Enabled", "Suspended"];
/// The values of `BucketCannedACL`.
pub const BUCKET_CANNED_ACL: &[&str] = &["private", "public-read", "public-read-write", "authenticated-read"];
/// The values of `BucketLocationConstraint`.
pub const BUCKET_LOCATION_CONSTRAINT: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "EU",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];
/// The values of `BucketLogsPermission`.
pub const BUCKET_LOGS_PERMISSION: &[&str] = &["FULL_CONTROL", "READ", "WRITE"];
/// The values of `BucketNamespace`.
pub const BUCKET_NAMESPACE: &[&str] = &["account-regional", "global"];
/// The values of `BucketType`.
pub const BUCKET_TYPE: &[&str] = &["Directory"];
/// The values of `BucketVersioningStatus`.
pub const BUCKET_VERSIONING_STATUS: &[&str] = &["Enabled", "Suspended"];
/// The values of `ChecksumAlgorithm`.
pub const CHECKSUM_ALGORITHM: &[&str] =
    &["CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME", "SHA512", "MD5", "XXHASH64", "XXHASH3", "XXHASH128"];
/// The values of `ChecksumMode`.
pub const CHECKSUM_MODE: &[&str] = &["ENABLED"];
/// The values of `ChecksumType`.
pub const CHECKSUM_TYPE: &[&str] = &["COMPOSITE", "FULL_OBJECT"];
/// The values of `CompressionType`.
pub const COMPRESSION_TYPE: &[&str] = &["NONE", "GZIP", "BZIP2"];
/// The values of `DataRedundancy`.
pub const DATA_REDUNDANCY: &[&str] = &["SingleAvailabilityZone", "SingleLocalZone"];
/// The values of `DeleteMarkerReplicationStatus`.
pub const DELETE_MARKER_REPLICATION_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `EncodingType`.
pub const ENCODING_TYPE: &[&str] = &["url"];
/// The values of `EncryptionType`.
pub const ENCRYPTION_TYPE: &[&str] = &["NONE", "SSE-C"];
/// The values of `Event`.
pub const EVENT: &[&str] = &[
    "s3:ReducedRedundancyLostObject",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:ObjectRestore:Delete",
    "s3:LifecycleTransition",
    "s3:IntelligentTiering",
    "s3:ObjectAcl:Put",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectAnnotation:Delete",
    "s3:ObjectRetention:Put",
];
/// The values of `ExistingObjectReplicationStatus`.
pub const EXISTING_OBJECT_REPLICATION_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `ExpirationState`.
pub const EXPIRATION_STATE: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `ExpirationStatus`.
pub const EXPIRATION_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `ExpressionType`.
pub const EXPRESSION_TYPE: &[&str] = &["SQL"];
/// The values of `FileHeaderInfo`.
pub const FILE_HEADER_INFO: &[&str] = &["USE", "IGNORE", "NONE"];
/// The values of `FilterRuleName`.
pub const FILTER_RULE_NAME: &[&str] = &["prefix", "suffix"];
/// The values of `IntelligentTieringAccessTier`.
pub const INTELLIGENT_TIERING_ACCESS_TIER: &[&str] = &["ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"];
/// The values of `IntelligentTieringStatus`.
pub const INTELLIGENT_TIERING_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `InventoryConfigurationState`.
pub const INVENTORY_CONFIGURATION_STATE: &[&str] = &["ENABLED", "DISABLED"];
/// The values of `InventoryFormat`.
pub const INVENTORY_FORMAT: &[&str] = &["CSV", "ORC", "Parquet"];
/// The values of `InventoryFrequency`.
pub const INVENTORY_FREQUENCY: &[&str] = &["Daily", "Weekly"];
/// The values of `InventoryIncludedObjectVersions`.
pub const INVENTORY_INCLUDED_OBJECT_VERSIONS: &[&str] = &["All", "Current"];
/// The values of `InventoryOptionalField`.
pub const INVENTORY_OPTIONAL_FIELD: &[&str] = &[
    "Size",
    "LastModifiedDate",
    "StorageClass",
    "ETag",
    "IsMultipartUploaded",
    "ReplicationStatus",
    "EncryptionStatus",
    "ObjectLockRetainUntilDate",
    "ObjectLockMode",
    "ObjectLockLegalHoldStatus",
    "ObjectLockEventHoldStatus",
    "ObjectLockEventHoldDuration",
    "IntelligentTieringAccessTier",
    "BucketKeyStatus",
    "ChecksumAlgorithm",
    "ObjectAccessControlList",
    "ObjectOwner",
    "LifecycleExpirationDate",
    "IntelligentTieringReferenceDate",
];
/// The values of `JSONType`.
pub const JSON_TYPE: &[&str] = &["DOCUMENT", "LINES"];
/// The values of `LocationType`.
pub const LOCATION_TYPE: &[&str] = &["AvailabilityZone", "LocalZone"];
/// The values of `MFADelete`.
pub const MFA_DELETE: &[&str] = &["Enabled", "Disabled"];
/// The values of `MFADeleteStatus`.
pub const MFA_DELETE_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `MetadataDirective`.
pub const METADATA_DIRECTIVE: &[&str] = &["COPY", "REPLACE"];
/// The values of `MetricsStatus`.
pub const METRICS_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `ObjectAttributes`.
pub const OBJECT_ATTRIBUTES: &[&str] = &["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];
/// The values of `ObjectCannedACL`.
pub const OBJECT_CANNED_ACL: &[&str] = &[
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
];
/// The values of `ObjectLockEnabled`.
pub const OBJECT_LOCK_ENABLED: &[&str] = &["Enabled"];
/// The values of `ObjectLockEventHold`.
pub const OBJECT_LOCK_EVENT_HOLD: &[&str] = &["ON", "OFF"];
/// The values of `ObjectLockLegalHoldStatus`.
pub const OBJECT_LOCK_LEGAL_HOLD_STATUS: &[&str] = &["ON", "OFF"];
/// The values of `ObjectLockMode`.
pub const OBJECT_LOCK_MODE: &[&str] = &["GOVERNANCE", "COMPLIANCE"];
/// The values of `ObjectLockRetentionMode`.
pub const OBJECT_LOCK_RETENTION_MODE: &[&str] = &["GOVERNANCE", "COMPLIANCE"];
/// The values of `ObjectOwnership`.
pub const OBJECT_OWNERSHIP: &[&str] = &["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"];
/// The values of `ObjectStorageClass`.
pub const OBJECT_STORAGE_CLASS: &[&str] = &[
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "GLACIER",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "DEEP_ARCHIVE",
    "OUTPOSTS",
    "GLACIER_IR",
    "SNOW",
    "EXPRESS_ONEZONE",
    "FSX_OPENZFS",
    "FSX_ONTAP",
    "AWS_BACKUP_WARM",
    "AWS_BACKUP_LOW_COST_WARM",
];
/// The values of `ObjectVersionStorageClass`.
pub const OBJECT_VERSION_STORAGE_CLASS: &[&str] = &["STANDARD"];
/// The values of `OptionalObjectAttributes`.
pub const OPTIONAL_OBJECT_ATTRIBUTES: &[&str] = &["RestoreStatus"];
/// The values of `OwnerOverride`.
pub const OWNER_OVERRIDE: &[&str] = &["Destination"];
/// The values of `PartitionDateSource`.
pub const PARTITION_DATE_SOURCE: &[&str] = &["EventTime", "DeliveryTime"];
/// The values of `Payer`.
pub const PAYER: &[&str] = &["Requester", "BucketOwner"];
/// The values of `Permission`.
pub const PERMISSION: &[&str] = &["FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP"];
/// The values of `Protocol`.
pub const PROTOCOL: &[&str] = &["http", "https"];
/// The values of `QuoteFields`.
pub const QUOTE_FIELDS: &[&str] = &["ALWAYS", "ASNEEDED"];
/// The values of `ReplicaModificationsStatus`.
pub const REPLICA_MODIFICATIONS_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `ReplicationRuleStatus`.
pub const REPLICATION_RULE_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `ReplicationStatus`.
pub const REPLICATION_STATUS: &[&str] = &["COMPLETE", "PENDING", "FAILED", "REPLICA", "COMPLETED"];
/// The values of `ReplicationTimeStatus`.
pub const REPLICATION_TIME_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `RequestCharged`.
pub const REQUEST_CHARGED: &[&str] = &["requester"];
/// The values of `RequestPayer`.
pub const REQUEST_PAYER: &[&str] = &["requester"];
/// The values of `RestoreRequestType`.
pub const RESTORE_REQUEST_TYPE: &[&str] = &["SELECT"];
/// The values of `S3TablesBucketType`.
pub const S3_TABLES_BUCKET_TYPE: &[&str] = &["aws", "customer"];
/// The values of `ServerSideEncryption`.
pub const SERVER_SIDE_ENCRYPTION: &[&str] = &["AES256", "aws:fsx", "aws:backup", "aws:kms", "aws:kms:dsse"];
/// The values of `SessionMode`.
pub const SESSION_MODE: &[&str] = &["ReadOnly", "ReadWrite"];
/// The values of `SseKmsEncryptedObjectsStatus`.
pub const SSE_KMS_ENCRYPTED_OBJECTS_STATUS: &[&str] = &["Enabled", "Disabled"];
/// The values of `StorageClass`.
pub const STORAGE_CLASS: &[&str] = &[
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "OUTPOSTS",
    "GLACIER_IR",
    "SNOW",
    "EXPRESS_ONEZONE",
    "FSX_OPENZFS",
    "FSX_ONTAP",
    "AWS_BACKUP_WARM",
    "AWS_BACKUP_LOW_COST_WARM",
];
/// The values of `StorageClassAnalysisSchemaVersion`.
pub const STORAGE_CLASS_ANALYSIS_SCHEMA_VERSION: &[&str] = &["V_1"];
/// The values of `TableSseAlgorithm`.
pub const TABLE_SSE_ALGORITHM: &[&str] = &["aws:kms", "AES256"];
/// The values of `TaggingDirective`.
pub const TAGGING_DIRECTIVE: &[&str] = &["COPY", "REPLACE"];
/// The values of `Tier`.
pub const TIER: &[&str] = &["Standard", "Bulk", "Expedited"];
/// The values of `TransitionDefaultMinimumObjectSize`.
pub const TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE: &[&str] =
    &["varies_by_storage_class", "all_storage_classes_128K"];
/// The values of `TransitionStorageClass`.
pub const TRANSITION_STORAGE_CLASS: &[&str] =
    &["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];
/// The values of `Type`.
pub const TYPE: &[&str] = &["CanonicalUser", "AmazonCustomerByEmail", "Group"];
/// The values of `UseSourceMultiRegionKeyStatus`.
pub const USE_SOURCE_MULTI_REGION_KEY_STATUS: &[&str] = &["Enabled", "Disabled"];
