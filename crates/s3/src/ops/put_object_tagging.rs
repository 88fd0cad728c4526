//! PutObjectTagging.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::access::{ask_with, request_tags};
use super::shared::{check_document, named_bucket, object_access, on_marker, version_text, wanted};
use crate::engine::objects::Place;
use crate::engine::versions::Wanted;
use crate::engine::{Error, S3, tags};
use crate::shapes::{PutObjectTaggingOutput, PutObjectTaggingRequest};

/// Replaces an object's tags. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html>
pub struct PutObjectTagging;

impl Operation for PutObjectTagging {
    type Service = S3;
    type Input = PutObjectTaggingRequest;
    type Output = PutObjectTaggingOutput;
    const NAME: &'static str = "PutObjectTagging";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        // The tags are in the body, and policies may look at them: they are asked when it has been read.
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let asked = wanted(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let set = input.tagging.need().tag_set.need();
        let pairs = set
            .into_iter()
            .map(|tag| Ok((tag.key.ok_or(Error::MalformedXml)?, tag.value.ok_or(Error::MalformedXml)?)));
        let pairs = pairs.collect::<Result<Vec<_>, Error>>()?;
        let version = input.version_id.as_deref();
        let action = if version.is_some() { "s3:PutObjectVersionTagging" } else { "s3:PutObjectTagging" };
        ask_with(s3, call, &bucket, Some((&key, version)), action, request_tags(&pairs)).await?;
        let tags = tags::take(pairs)?;
        let version_id = set_tags(s3, call, Place { bucket: &bucket, key: &key }, asked, &tags).await?;
        Ok(PutObjectTaggingOutput { version_id })
    }
}

/// Sets tags, and names the version that has them now.
pub(super) async fn set_tags(
    s3: &S3,
    call: &Call,
    place: Place<'_>,
    asked: Wanted,
    tags: &[(String, String)],
) -> Result<Option<String>, Fault> {
    let bucket = named_bucket(s3, call, place.bucket).await?;
    match s3.set_tags(place, asked, tags).await {
        Ok(object) => Ok(version_text(&bucket.value, object.version)),
        Err(error) => Err(on_marker(call, error)),
    }
}
