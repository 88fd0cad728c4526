//! UploadPartCopy.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::encryption::{
    check_not_blocked, customer_headers, show_customer, show_encryption, source_headers, unlock,
};
use super::shared::{object_access, seconds, show_checksum, source, source_access};
use crate::engine::S3;
use crate::engine::checksum::text;
use crate::engine::copy::{Recoding, parse_source};
use crate::engine::multipart::part_number;
use crate::engine::objects::Place;
use crate::engine::sealing::customer::Names;
use crate::shapes::{CopyPartResult, UploadPartCopyOutput, UploadPartCopyRequest};
use crate::tables::{ETag, VersionId};

/// Makes a part out of an object, or of a range of it. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html>
///
/// Where both are SSE-S3 no byte is written: the part refers to the source's blobs. They are read once, for the part's ETag.
pub struct UploadPartCopy;

impl Operation for UploadPartCopy {
    type Service = S3;
    type Input = UploadPartCopyRequest;
    type Output = UploadPartCopyOutput;
    const NAME: &'static str = "UploadPartCopy";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        let mut asked =
            object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &["s3:PutObject"])
                .await?;
        let expected = input.expected_source_bucket_owner.as_ref();
        asked.extend(source_access(s3, call, input.copy_source.as_deref(), expected).await?);
        Ok(asked)
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let customer = customer_headers!(input);
        let source_customer = source_headers!(input);
        let named = parse_source(input.copy_source.as_deref().unwrap_or_default())?;
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let upload_text = input.upload_id.take().need();
        let number = part_number(i64::from(input.part_number.need()))?;
        let source = source!(input, named);
        let (bucket_row, upload) = {
            let snapshot = s3.snapshot();
            let bucket = s3.find_bucket(&*snapshot, &bucket).await?.value;
            let upload = s3.find_upload(&*snapshot, &bucket, &key, &upload_text).await?.1.value;
            (bucket, upload)
        };
        let place = Place { bucket: &bucket, key: &key };
        check_not_blocked(&bucket_row, place, &call.caller().principal, &customer)?;
        let customer = customer.parse(call, Names::OBJECT)?;
        let unlocked = unlock(call, customer.as_ref());
        let sealing = s3.sealing_of_upload(&upload.encryption, &bucket_row.region, &unlocked).await?;
        let source_customer = source_customer.parse(call, Names::SOURCE)?;
        let recoding = Recoding { unlock: unlock(call, source_customer.as_ref()), sealing: &sealing };
        let range = input.copy_source_range.as_deref();
        let copied = s3.copy_part(&source, range, place, &upload_text, number, recoding).await?;
        let (part, source_version) = copied;
        let mut result = CopyPartResult {
            etag: Some(ETag::of_bytes(part.md5).quoted()),
            last_modified: Some(seconds(part.modified)),
            ..CopyPartResult::default()
        };
        if upload.checksum.is_some() {
            show_checksum!(result, part.sum.algorithm(), text(&part.sum));
        }
        let mut output = UploadPartCopyOutput {
            copy_part_result: Some(result),
            copy_source_version_id: source_version.map(VersionId::text),
            version_id: upload.version.map(VersionId::text),
            ..UploadPartCopyOutput::default()
        };
        show_encryption!(output, &sealing.encryption);
        show_customer!(output, &customer);
        Ok(output)
    }
}
