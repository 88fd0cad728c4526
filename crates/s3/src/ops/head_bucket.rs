//! HeadBucket.

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::bucket_access;
use crate::engine::S3;
use crate::shapes::{HeadBucketOutput, HeadBucketRequest};

/// Tells whether a bucket is there, and where. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
pub struct HeadBucket;

impl Operation for HeadBucket {
    type Service = S3;
    type Input = HeadBucketRequest;
    type Output = HeadBucketOutput;
    const NAME: &'static str = "HeadBucket";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        bucket_access(
            s3,
            call,
            input.bucket.as_ref(),
            input.expected_bucket_owner.as_ref(),
            &["s3:ListBucket"],
        )
        .await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let name = input.bucket.need();
        let bucket = s3.find_bucket(&*s3.snapshot(), &name).await?.value;
        call.answer_header(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        Ok(HeadBucketOutput {
            bucket_arn: Some(format!("arn:aws:s3:::{name}")),
            bucket_region: Some(bucket.region.to_string()),
            access_point_alias: Some(false),
            ..HeadBucketOutput::default()
        })
    }
}
