//! CompleteMultipartUpload.

use crypt::Algorithm;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::encryption::{show_encryption, unlock};
use super::shared::{
    checksum_text, checksum_texts, expiration, in_url, named_bucket, object_access, show_checksum,
};
use crate::engine::conditions::WriteCondition;
use crate::engine::multipart::{ClaimedPart, Completion};
use crate::engine::objects::Place;
use crate::engine::{Error, S3};
use crate::shapes::{CompleteMultipartUploadOutput, CompleteMultipartUploadRequest, CompletedPart};
use crate::tables::VersionId;

/// Makes an object of uploaded parts. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>
///
/// No byte is written: the object refers to the parts. Repeated within a day it gives the same answer.
pub struct CompleteMultipartUpload;

impl Operation for CompleteMultipartUpload {
    type Service = S3;
    type Input = CompleteMultipartUploadRequest;
    type Output = CompleteMultipartUploadOutput;
    const NAME: &'static str = "CompleteMultipartUpload";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &["s3:PutObject"]).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let upload_text = input.upload_id.take().need();
        let texts = checksum_texts!(input);
        let mut checksums = given(&texts);
        if checksums.len() > 1 {
            return Err(Error::SeveralChecksums.into());
        }
        let listed = input.multipart_upload.take().and_then(|list| list.parts).unwrap_or_default();
        let completion = Completion {
            parts: listed.into_iter().map(claimed).collect::<Result<_, _>>()?,
            checksum: checksums.pop(),
            checksum_kind: input.checksum_type.take(),
            bytes: input.mpu_object_size,
            condition: WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?,
        };
        let place = Place { bucket: &bucket, key: &key };
        check_may_decrypt(s3, call, place, &upload_text).await?;
        let completed = s3.complete_upload(place, &upload_text, &completion).await?;

        let mut output = CompleteMultipartUploadOutput {
            location: Some(location(call, &bucket, &key)),
            etag: Some(completed.etag.quoted()),
            expiration: expiration_of(s3, call, place).await?,
            version_id: completed.version.filter(|version| !version.is_null()).map(VersionId::text),
            bucket: Some(bucket),
            key: Some(key),
            ..CompleteMultipartUploadOutput::default()
        };
        show_encryption!(output, &completed.encryption);
        if let Some(checksum) = &completed.checksum {
            let (algorithm, text) = checksum_text(checksum, completed.etag.parts);
            show_checksum!(output, algorithm, text);
            output.checksum_type = Some(checksum.kind.name().to_owned());
        }
        Ok(output)
    }
}

/// Who puts parts together reads them, as far as their KMS key is concerned (facts section 9).
async fn check_may_decrypt(s3: &S3, call: &Call, place: Place<'_>, upload_text: &str) -> Result<(), Error> {
    let bucket = named_bucket(s3, call, place.bucket).await?;
    let found = s3.find_upload(&*s3.snapshot(), &bucket.value, place.key, upload_text).await;
    let encryption = match found {
        Ok((_, upload)) => upload.value.encryption,
        // That it is not there any more is for the completion to judge.
        Err(_) => return Ok(()),
    };
    if encryption.kms_key().is_some() {
        s3.opener(&encryption, &bucket.value.region, &unlock(call, None)).await?;
    }
    Ok(())
}

/// When the lifecycle ends what is current now.
async fn expiration_of(s3: &S3, call: &Call, place: Place<'_>) -> Result<Option<String>, Error> {
    let bucket = named_bucket(s3, call, place.bucket).await?;
    if s3.rules_of(&bucket).await?.is_empty() {
        return Ok(None);
    }
    let head = s3.head(&*s3.snapshot(), &bucket.value, place.key).await?;
    match head.object() {
        Some(object) => expiration(s3, &bucket, place.key, object).await,
        None => Ok(None),
    }
}

fn given(texts: &[(Algorithm, &Option<String>)]) -> Vec<(Algorithm, String)> {
    texts.iter().filter_map(|(algorithm, text)| Some((*algorithm, text.as_ref()?.clone()))).collect()
}

fn claimed(part: CompletedPart) -> Result<ClaimedPart, Error> {
    let checksums = given(&checksum_texts!(part));
    let (Some(number), Some(etag)) = (part.part_number, part.etag) else { return Err(Error::MalformedXml) };
    Ok(ClaimedPart { number: i64::from(number), etag, checksums })
}

/// The object's address, the way the client addressed the bucket.
fn location(call: &Call, bucket: &str, key: &str) -> String {
    let scheme = if call.caller().secure { "https" } else { "http" };
    let host = call
        .head()
        .headers
        .get(http::header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("s3.amazonaws.com");
    let key = in_url(key);
    match host.strip_prefix(bucket) {
        Some(rest) if rest.starts_with('.') => format!("{scheme}://{host}/{key}"),
        Some(_) | None => format!("{scheme}://{host}/{bucket}/{key}"),
    }
}
