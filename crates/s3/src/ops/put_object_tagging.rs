//! PutObjectTagging.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{check_document, check_version_id, object_access};
use crate::engine::objects::Place;
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
        let action =
            if input.version_id.is_some() { "s3:PutObjectVersionTagging" } else { "s3:PutObjectTagging" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        check_version_id(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let set = input.tagging.need().tag_set.need();
        let pairs = set
            .into_iter()
            .map(|tag| Ok((tag.key.ok_or(Error::MalformedXml)?, tag.value.ok_or(Error::MalformedXml)?)));
        let tags = tags::take(pairs.collect::<Result<_, Error>>()?)?;
        s3.set_tags(Place { bucket: &bucket, key: &key }, &tags).await?;
        Ok(PutObjectTaggingOutput::default())
    }
}
