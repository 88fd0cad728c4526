//! GetBucketVersioning.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, named_bucket};
use crate::engine::S3;
use crate::shapes::{GetBucketVersioningOutput, GetBucketVersioningRequest};
use crate::tables::Versioning;

/// Tells whether versions are kept; an empty answer where that was never set. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
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

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let status = match named_bucket(s3, call, &input.bucket.need()).await?.value.versioning {
            Versioning::Never => None,
            Versioning::Enabled => Some("Enabled".to_owned()),
            Versioning::Suspended => Some("Suspended".to_owned()),
        };
        Ok(GetBucketVersioningOutput { status, ..GetBucketVersioningOutput::default() })
    }
}
