//! DeleteObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{object_access, refuse_unbuilt, wanted};
use crate::engine::objects::Deletion;
use crate::engine::{Error, S3};
use crate::shapes::{DeleteObjectOutput, DeleteObjectRequest};
use crate::tables::VersionId;

/// Deletes a key, also one that is not there; where versions are kept, by a marker on top of them. Deletes a version for good. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
pub struct DeleteObject;

impl Operation for DeleteObject {
    type Service = S3;
    type Input = DeleteObjectRequest;
    type Output = DeleteObjectOutput;
    const NAME: &'static str = "DeleteObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() { "s3:DeleteObjectVersion" } else { "s3:DeleteObject" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, _call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        refuse_unbuilt!(input:
            if_match_last_modified_time => "x-amz-if-match-last-modified-time",
            if_match_size => "x-amz-if-match-size");
        if input.bypass_governance_retention.is_some() {
            let text = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.";
            let name = "x-amz-bypass-governance-retention";
            return Err(Error::Argument { name, value: None, text: text.to_owned() }.into());
        }
        let bucket = input.bucket.take().need();
        let deletion = Deletion {
            key: input.key.take().need(),
            version: wanted(input.version_id.as_ref())?,
            if_match: input.if_match.take(),
        };
        let mut output = DeleteObjectOutput::default();
        for answer in s3.delete(&bucket, std::slice::from_ref(&deletion)).await? {
            let deleted = answer?;
            output.delete_marker = deleted.marker.then_some(true);
            output.version_id = deleted.version.map(VersionId::text);
        }
        Ok(output)
    }
}
