//! GetBucketVersioning.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, named_bucket};
use crate::engine::S3;
use crate::shapes::{GetBucketVersioningOutput, GetBucketVersioningRequest};
use crate::tables::{MfaDelete, Versioning};

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
        let bucket = named_bucket(s3, call, &input.bucket.need()).await?.value;
        let status = match bucket.versioning {
            Versioning::Never => None,
            Versioning::Enabled => Some("Enabled".to_owned()),
            Versioning::Suspended => Some("Suspended".to_owned()),
        };
        let mfa_delete = match bucket.mfa_delete {
            MfaDelete::Never => None,
            MfaDelete::Enabled => Some("Enabled".to_owned()),
            MfaDelete::Disabled => Some("Disabled".to_owned()),
        };
        Ok(GetBucketVersioningOutput { status, mfa_delete })
    }
}
