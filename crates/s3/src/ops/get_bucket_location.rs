//! GetBucketLocation.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::bucket_access;
use crate::engine::S3;
use crate::shapes::{GetBucketLocationOutput, GetBucketLocationRequest};

/// Tells a bucket's location constraint; nothing for us-east-1. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>
pub struct GetBucketLocation;

impl Operation for GetBucketLocation {
    type Service = S3;
    type Input = GetBucketLocationRequest;
    type Output = GetBucketLocationOutput;
    const NAME: &'static str = "GetBucketLocation";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:GetBucketLocation"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let bucket = s3.find_bucket(&*s3.snapshot(), &input.bucket.need()).await?.value;
        let region = (bucket.region.as_str() != "us-east-1").then(|| bucket.region.to_string());
        Ok(GetBucketLocationOutput { location_constraint: bucket.constraint.or(region) })
    }
}
