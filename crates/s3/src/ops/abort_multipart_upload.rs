//! AbortMultipartUpload.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{object_access, refuse_unbuilt};
use crate::engine::S3;
use crate::engine::objects::Place;
use crate::shapes::{AbortMultipartUploadOutput, AbortMultipartUploadRequest};
use crate::tables::VersionId;

/// Gives an upload up. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html>
pub struct AbortMultipartUpload;

impl Operation for AbortMultipartUpload {
    type Service = S3;
    type Input = AbortMultipartUploadRequest;
    type Output = AbortMultipartUploadOutput;
    const NAME: &'static str = "AbortMultipartUpload";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        let actions = &["s3:AbortMultipartUpload"];
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        refuse_unbuilt!(input: if_match_initiated_time => "x-amz-if-match-initiated-time");
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let upload = s3.abort_upload(Place { bucket: &bucket, key: &key }, &input.upload_id.need()).await?;
        let version_id = upload.version.map(VersionId::text);
        Ok(AbortMultipartUploadOutput { version_id, ..AbortMultipartUploadOutput::default() })
    }
}
