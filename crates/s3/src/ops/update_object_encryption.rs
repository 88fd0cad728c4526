//! UpdateObjectEncryption.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::encryption::requester;
use super::shared::{check_document, object_access, on_marker, wanted};
use crate::engine::objects::Place;
use crate::engine::sealing::wanted::WantedKey;
use crate::engine::{Error, S3};
use crate::shapes::{UpdateObjectEncryptionRequest, UpdateObjectEncryptionResponse};

/// Puts an object under a KMS key. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html>
///
/// Differs: bytes of an object that is SSE-S3 are written anew, since they have no key of their own to be sealed under KMS's.
pub struct UpdateObjectEncryption;

impl Operation for UpdateObjectEncryption {
    type Service = S3;
    type Input = UpdateObjectEncryptionRequest;
    type Output = UpdateObjectEncryptionResponse;
    const NAME: &'static str = "UpdateObjectEncryption";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        let actions = &["s3:UpdateObjectEncryption"];
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, true)?;
        let version = wanted(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let asked = input.object_encryption.need().sse_kms.ok_or(Error::MalformedXml)?;
        let kms_key = asked.kms_key_arn.filter(|arn| is_key_arn(arn)).ok_or(Error::MalformedXml)?;
        let key_wanted = WantedKey {
            dual: false,
            key: Some(kms_key),
            context: Vec::new(),
            bucket_key: asked.bucket_key_enabled.unwrap_or(false),
        };
        let place = Place { bucket: &bucket, key: &key };
        match s3.change_encryption(place, version, &key_wanted, requester(call)).await {
            Ok(()) => Ok(UpdateObjectEncryptionResponse::default()),
            Err(error) => Err(on_marker(call, error)),
        }
    }
}

/// Only a key's ARN is taken, no id and no alias.
fn is_key_arn(text: &str) -> bool {
    text.split(':').nth(2) == Some("kms")
        && text.split(':').nth(5).is_some_and(|rest| rest.starts_with("key/"))
}
