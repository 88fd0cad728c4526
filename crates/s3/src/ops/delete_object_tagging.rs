//! DeleteObjectTagging.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{check_version_id, object_access};
use crate::engine::S3;
use crate::engine::objects::Place;
use crate::shapes::{DeleteObjectTaggingOutput, DeleteObjectTaggingRequest};

/// Takes an object's tags away. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html>
pub struct DeleteObjectTagging;

impl Operation for DeleteObjectTagging {
    type Service = S3;
    type Input = DeleteObjectTaggingRequest;
    type Output = DeleteObjectTaggingOutput;
    const NAME: &'static str = "DeleteObjectTagging";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() {
            "s3:DeleteObjectVersionTagging"
        } else {
            "s3:DeleteObjectTagging"
        };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_version_id(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        s3.set_tags(Place { bucket: &bucket, key: &key }, &[]).await?;
        Ok(DeleteObjectTaggingOutput::default())
    }
}
