//! CreateMultipartUpload.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::acl::{of_new_object, told_list};
use super::encryption::{choose, show_customer, show_encryption, write_headers};
use super::lock::lock_actions;
use super::shared::{attributes, lock, named_bucket, object_access};
use crate::engine::S3;
use crate::engine::checksum::name_of;
use crate::engine::lifecycle::calendar::Calendar;
use crate::engine::names::check_key;
use crate::engine::objects::Place;
use crate::shapes::{CreateMultipartUploadOutput, CreateMultipartUploadRequest};
use crate::tables::{UploadChecksum, VersionId};

/// Begins an upload in parts. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html>
pub struct CreateMultipartUpload;

impl Operation for CreateMultipartUpload {
    type Service = S3;
    type Input = CreateMultipartUploadRequest;
    type Output = CreateMultipartUploadOutput;
    const NAME: &'static str = "CreateMultipartUpload";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut actions = vec!["s3:PutObject"];
        actions.extend(input.tagging.as_ref().map(|_| "s3:PutObjectTagging"));
        actions.extend(lock_actions(
            input.object_lock_mode.is_some() || input.object_lock_retain_until_date.is_some(),
            input.object_lock_legal_hold_status.is_some(),
        ));
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &actions).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let list = told_list!(input);
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        check_key(&key)?;
        let checksum =
            UploadChecksum::choose(input.checksum_algorithm.as_deref(), input.checksum_type.as_deref())?;
        let mut attributes = attributes!(input, call)?;
        attributes.acl = of_new_object(s3, call, Place { bucket: &bucket, key: &key }, list).await?;
        let lock = lock!(input, call)?;
        let initiator = call.caller().principal.arn().map(|arn| arn.to_string());
        let place = Place { bucket: &bucket, key: &key };
        let bucket_row = named_bucket(s3, call, &bucket).await?;
        let encryption = write_headers!(input);
        let chosen = choose(s3, call, &bucket_row.value, place, encryption).await?;
        let encryption = &chosen.sealing.encryption;
        let (upload, version) =
            s3.create_upload(place, &attributes, checksum, initiator, lock, encryption).await?;
        let rules = s3.rules_of(&bucket_row).await?;
        let abort = rules.abort(&key, s3.clock().now(), Calendar::AWS);
        let mut output = CreateMultipartUploadOutput {
            abort_date: abort.map(|(at, _)| at),
            abort_rule_id: abort.map(|(_, rule)| rule.to_owned()),
            upload_id: Some(upload),
            version_id: version.map(VersionId::text),
            checksum_algorithm: checksum.map(|checksum| name_of(checksum.algorithm).to_owned()),
            checksum_type: checksum.map(|checksum| checksum.kind.name().to_owned()),
            bucket: Some(bucket),
            key: Some(key),
            ..CreateMultipartUploadOutput::default()
        };
        show_encryption!(output, encryption);
        show_customer!(output, &chosen.customer);
        output.sse_kms_encryption_context = chosen.context;
        Ok(output)
    }
}
