//! Settings that no bucket has yet: what a bucket answers for which they were never set.
//!
//! Stock clients ask for these (`aws s3api`, Terraform's refresh, consoles). A setting AWS answers with an empty document gives one; one
//! whose absence is an error gives that error, with AWS's own text. The operations that would set them answer `NotImplemented`, so
//! these answers are true.

use service::{Access, Call, Fault, Operation};

use super::shared::bucket_access;
use crate::engine::S3;
use crate::shapes::{
    GetBucketAccelerateConfigurationOutput, GetBucketAccelerateConfigurationRequest, GetBucketCorsOutput,
    GetBucketCorsRequest, GetBucketLifecycleConfigurationOutput, GetBucketLifecycleConfigurationRequest,
    GetBucketLoggingOutput, GetBucketLoggingRequest, GetBucketNotificationConfigurationRequest,
    GetBucketOwnershipControlsOutput, GetBucketOwnershipControlsRequest, GetBucketPolicyOutput,
    GetBucketPolicyRequest, GetBucketReplicationOutput, GetBucketReplicationRequest,
    GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest, GetBucketTaggingOutput,
    GetBucketTaggingRequest, GetBucketWebsiteOutput, GetBucketWebsiteRequest,
    GetObjectLockConfigurationOutput, GetObjectLockConfigurationRequest, GetPublicAccessBlockOutput,
    GetPublicAccessBlockRequest, NotificationConfiguration, OwnershipControls, OwnershipControlsRule,
    PublicAccessBlockConfiguration,
};

/// An operation that asks about a bucket and gives one answer.
macro_rules! unset {
    ($(#[$doc:meta])* $name:ident, $input:ty, $output:ty, $action:literal, $answer:expr) => {
        $(#[$doc])*
        pub struct $name;

        impl Operation for $name {
            type Service = S3;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
                bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), &[$action]).await
            }

            async fn run(_s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
                let answer: fn(&str) -> Result<$output, Fault> = $answer;
                answer(input.bucket.as_deref().unwrap_or_default())
            }
        }
    };
}

fn missing<T>(code: &'static str, text: &str, bucket: &str) -> Result<T, Fault> {
    Err(Fault::new(404, code, text).with("BucketName", bucket))
}

unset! {
    /// No tags. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>
    GetBucketTagging, GetBucketTaggingRequest, GetBucketTaggingOutput, "s3:GetBucketTagging",
    |bucket| missing("NoSuchTagSet", "The TagSet does not exist", bucket)
}

unset! {
    /// No policy. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
    GetBucketPolicy, GetBucketPolicyRequest, GetBucketPolicyOutput, "s3:GetBucketPolicy",
    |bucket| missing("NoSuchBucketPolicy", "The bucket policy does not exist", bucket)
}

unset! {
    /// No CORS rules. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html>
    GetBucketCors, GetBucketCorsRequest, GetBucketCorsOutput, "s3:GetBucketCORS",
    |bucket| missing("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket)
}

unset! {
    /// No lifecycle rules. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html>
    GetBucketLifecycleConfiguration, GetBucketLifecycleConfigurationRequest, GetBucketLifecycleConfigurationOutput,
    "s3:GetLifecycleConfiguration",
    |bucket| missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket)
}

unset! {
    /// No website. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html>
    GetBucketWebsite, GetBucketWebsiteRequest, GetBucketWebsiteOutput, "s3:GetBucketWebsite",
    |bucket| missing("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", bucket)
}

unset! {
    /// No replication. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html>
    GetBucketReplication, GetBucketReplicationRequest, GetBucketReplicationOutput, "s3:GetReplicationConfiguration",
    |bucket| missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found", bucket)
}

unset! {
    /// No object lock. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html>
    GetObjectLockConfiguration, GetObjectLockConfigurationRequest, GetObjectLockConfigurationOutput,
    "s3:GetBucketObjectLockConfiguration",
    |bucket| missing(
        "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", bucket
    )
}

unset! {
    /// No logging: an empty document. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
    GetBucketLogging, GetBucketLoggingRequest, GetBucketLoggingOutput, "s3:GetBucketLogging",
    |_| Ok(GetBucketLoggingOutput::default())
}

unset! {
    /// No notifications: an empty document. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
    GetBucketNotificationConfiguration, GetBucketNotificationConfigurationRequest, NotificationConfiguration,
    "s3:GetBucketNotification",
    |_| Ok(NotificationConfiguration::default())
}

unset! {
    /// No acceleration: an empty document. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html>
    GetBucketAccelerateConfiguration, GetBucketAccelerateConfigurationRequest, GetBucketAccelerateConfigurationOutput,
    "s3:GetAccelerateConfiguration",
    |_| Ok(GetBucketAccelerateConfigurationOutput::default())
}

unset! {
    /// The owner pays. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html>
    GetBucketRequestPayment, GetBucketRequestPaymentRequest, GetBucketRequestPaymentOutput,
    "s3:GetBucketRequestPayment",
    |_| Ok(GetBucketRequestPaymentOutput { payer: Some("BucketOwner".to_owned()) })
}

unset! {
    /// The owner of the bucket owns its objects. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html>
    GetBucketOwnershipControls, GetBucketOwnershipControlsRequest, GetBucketOwnershipControlsOutput,
    "s3:GetBucketOwnershipControls",
    |_| {
        let rule = OwnershipControlsRule { object_ownership: Some("BucketOwnerEnforced".to_owned()) };
        let ownership_controls = Some(OwnershipControls { rules: Some(vec![rule]) });
        Ok(GetBucketOwnershipControlsOutput { ownership_controls })
    }
}

unset! {
    /// Nothing is public. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>
    GetPublicAccessBlock, GetPublicAccessBlockRequest, GetPublicAccessBlockOutput, "s3:GetBucketPublicAccessBlock",
    |_| {
        let block = PublicAccessBlockConfiguration {
            block_public_acls: Some(true),
            ignore_public_acls: Some(true),
            block_public_policy: Some(true),
            restrict_public_buckets: Some(true),
        };
        Ok(GetPublicAccessBlockOutput { public_access_block_configuration: Some(block) })
    }
}
