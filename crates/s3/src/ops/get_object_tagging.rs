//! GetObjectTagging.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{object_access, on_marker, version_text, wanted};
use crate::engine::{Error, S3};
use crate::shapes::{GetObjectTaggingOutput, GetObjectTaggingRequest, Tag};

/// Tells an object's tags, sorted by key. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html>
pub struct GetObjectTagging;

impl Operation for GetObjectTagging {
    type Service = S3;
    type Input = GetObjectTaggingRequest;
    type Output = GetObjectTaggingOutput;
    const NAME: &'static str = "GetObjectTagging";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action =
            if input.version_id.is_some() { "s3:GetObjectVersionTagging" } else { "s3:GetObjectTagging" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = wanted(input.version_id.as_ref())?;
        let (name, key) = (input.bucket.need(), input.key.need());
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        // AWS names a missing key by bucket and key here, and only here (facts section 3).
        let found = s3.find_version(&*snapshot, &bucket, &key, asked).await.map_err(|error| match error {
            Error::NoSuchKey(key) => Error::NoSuchKey(format!("{name}/{key}")).into(),
            other => on_marker(call, other),
        })?;
        let object = found.row.value;
        let version_id = version_text(&bucket, object.version);
        let tags = object.attributes.tags.into_iter();
        let tag_set = tags.map(|(key, value)| Tag { key: Some(key), value: Some(value) }).collect();
        Ok(GetObjectTaggingOutput { tag_set: Some(tag_set), version_id })
    }
}
