//! DeleteBucket.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::bucket_access;
use crate::engine::S3;
use crate::shapes::DeleteBucketRequest;

/// Deletes an empty bucket. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html>
pub struct DeleteBucket;

impl Operation for DeleteBucket {
    type Service = S3;
    type Input = DeleteBucketRequest;
    type Output = ();
    const NAME: &'static str = "DeleteBucket";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        bucket_access(
            s3,
            call,
            input.bucket.as_ref(),
            input.expected_bucket_owner.as_ref(),
            &["s3:DeleteBucket"],
        )
        .await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<(), Fault> {
        Ok(s3.delete_bucket(&input.bucket.need()).await?)
    }
}
