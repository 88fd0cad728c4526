//! GetBucketVersioning.

use service::{Access, Call, Fault, Operation};

use super::shared::bucket_access;
use crate::engine::S3;
use crate::shapes::{GetBucketVersioningOutput, GetBucketVersioningRequest};

/// Tells that versioning was never set: an empty answer. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
pub struct GetBucketVersioning;

impl Operation for GetBucketVersioning {
    type Service = S3;
    type Input = GetBucketVersioningRequest;
    type Output = GetBucketVersioningOutput;
    const NAME: &'static str = "GetBucketVersioning";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:GetBucketVersioning"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(_s3: &S3, _call: &Call, _input: Self::Input) -> Result<Self::Output, Fault> {
        Ok(GetBucketVersioningOutput::default())
    }
}
