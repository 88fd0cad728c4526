//! DeleteObjectTagging.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::put_object_tagging::set_tags;
use super::shared::{object_access, wanted};
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

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = wanted(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let version_id = set_tags(s3, call, Place { bucket: &bucket, key: &key }, asked, &[]).await?;
        Ok(DeleteObjectTaggingOutput { version_id })
    }
}
