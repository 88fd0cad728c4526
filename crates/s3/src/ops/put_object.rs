//! PutObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{
    attributes, checksum_text, checksum_texts, claims, named_bucket, object_access, receive,
    refuse_encryption, refuse_lock_and_lists, refuse_unbuilt, show_checksum,
};
use crate::engine::S3;
use crate::engine::conditions::WriteCondition;
use crate::engine::names::check_key;
use crate::engine::objects::Place;
use crate::shapes::{PutObjectOutput, PutObjectRequest};

/// Stores an object. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
///
/// Up to 64 KiB the bytes travel in the commit; more are streamed into a blob first.
pub struct PutObject;

impl Operation for PutObject {
    type Service = S3;
    type Input = PutObjectRequest;
    type Output = PutObjectOutput;
    const NAME: &'static str = "PutObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions: &[&'static str] = if input.tagging.is_some() {
            &["s3:PutObject", "s3:PutObjectTagging"]
        } else {
            &["s3:PutObject"]
        };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        refuse_encryption!(input);
        refuse_lock_and_lists!(input);
        refuse_unbuilt!(input: write_offset_bytes => "x-amz-write-offset-bytes");
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let place = Place { bucket: &bucket, key: &key };
        check_key(&key)?;
        let condition = WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let attributes = attributes!(input, call)?;
        let texts = checksum_texts!(input);
        let claims = claims(call, input.content_md5.as_deref(), &texts, input.checksum_algorithm.as_deref())?;
        let bucket_row = named_bucket(s3, call, &bucket).await?;
        s3.check_condition(place, &condition).await?;

        let body = input.body.take().unwrap_or_default();
        let received = receive(s3, call, body, &claims).await?;
        let object = s3.put(place, Some(bucket_row), &received, &attributes, &condition).await?;

        let mut output = PutObjectOutput {
            etag: Some(object.etag.quoted()),
            // While versioning is suspended this answer alone does not name the null version (facts section 6).
            version_id: (!object.version.is_null()).then(|| object.version.text()),
            ..PutObjectOutput::default()
        };
        if let Some(checksum) = &object.checksum {
            let (algorithm, text) = checksum_text(checksum, None);
            show_checksum!(output, algorithm, text);
            output.checksum_type = Some(checksum.kind.name().to_owned());
        }
        Ok(output)
    }
}
