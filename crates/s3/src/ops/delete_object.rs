//! DeleteObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::lock::{check_bypass_header, may_bypass};
use super::shared::{named_bucket, object_access, refuse_unbuilt, wanted};
use crate::engine::S3;
use crate::engine::objects::Deletion;
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

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        refuse_unbuilt!(input:
            if_match_last_modified_time => "x-amz-if-match-last-modified-time",
            if_match_size => "x-amz-if-match-size");
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let found = named_bucket(s3, call, &bucket).await?.value;
        check_bypass_header(&found, input.bypass_governance_retention)?;
        let version = wanted(input.version_id.as_ref())?;
        if version.is_named() && found.wants_mfa() {
            s3.check_mfa(&call.caller().principal, input.mfa.as_deref()).await?;
        }
        let bypass = may_bypass(call, &bucket, found.owner, &key, input.bypass_governance_retention).await;
        let deletion = Deletion { key, version, if_match: input.if_match.take(), bypass };
        let mut output = DeleteObjectOutput::default();
        for answer in s3.delete(&bucket, std::slice::from_ref(&deletion)).await? {
            let deleted = answer?;
            output.delete_marker = deleted.marker.then_some(true);
            output.version_id = deleted.version.map(VersionId::text);
        }
        Ok(output)
    }
}
