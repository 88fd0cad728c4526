//! UploadPart.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::encryption::{check_not_blocked, customer_headers, show_customer, show_encryption, unlock};
use super::shared::{checksum_texts, claims, object_access, receive, show_checksum};
use crate::engine::S3;
use crate::engine::checksum::text;
use crate::engine::multipart::{check_part_algorithm, kept_algorithm, part_number};
use crate::engine::objects::{Claims, Place};
use crate::engine::sealing::customer::Names;
use crate::shapes::{UploadPartOutput, UploadPartRequest};
use crate::tables::{ETag, VersionId};

/// Stores one part of an upload. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html>
pub struct UploadPart;

impl Operation for UploadPart {
    type Service = S3;
    type Input = UploadPartRequest;
    type Output = UploadPartOutput;
    const NAME: &'static str = "UploadPart";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &["s3:PutObject"]).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let customer = customer_headers!(input);
        let (bucket, key) = (input.bucket.take().need(), input.key.take().need());
        let place = Place { bucket: &bucket, key: &key };
        let upload_text = input.upload_id.take().need();
        let number = part_number(i64::from(input.part_number.need()))?;
        let texts = checksum_texts!(input);
        let said = claims(call, input.content_md5.as_deref(), &texts, input.checksum_algorithm.as_deref())?;
        let (bucket_row, upload) = {
            let snapshot = s3.snapshot();
            let bucket = s3.find_bucket(&*snapshot, &bucket).await?.value;
            let upload = s3.find_upload(&*snapshot, &bucket, &key, &upload_text).await?.1.value;
            (bucket, upload)
        };
        check_not_blocked(&bucket_row, place, &call.caller().principal, &customer)?;
        let customer = customer.parse(call, Names::OBJECT)?;
        let unlock = unlock(call, customer.as_ref());
        let sealing = s3.sealing_of_upload(&upload.encryption, &bucket_row.region, &unlock).await?;
        let declared = said.checksum.algorithm();
        check_part_algorithm(&upload, declared)?;
        let pack = sealing.packs(upload.attributes.class);
        let claims = Claims { keep: Some(kept_algorithm(&upload)), pack, ..said };

        let body = input.body.take().unwrap_or_default();
        let received = receive(s3, call, body, &claims, &sealing).await.map_err(in_base64)?;
        let part = s3.put_part(place, &upload_text, number, &received).await?;

        let mut output = UploadPartOutput {
            etag: Some(ETag::of_bytes(part.md5).quoted()),
            version_id: upload.version.map(VersionId::text),
            ..UploadPartOutput::default()
        };
        show_encryption!(output, &sealing.encryption);
        show_customer!(output, &customer);
        // The checksum that was sent, or that the upload was begun with.
        let shown = declared.or(upload.checksum.map(|checksum| checksum.algorithm));
        if let Some(sum) = shown.and_then(|algorithm| received.measured.sum_of(algorithm)) {
            show_checksum!(output, sum.algorithm(), text(&sum));
        }
        Ok(output)
    }
}

/// Of parts the expected MD5 is told in base64, where PutObject has hexadecimal digits (facts section 3).
fn in_base64(mut fault: Fault) -> Fault {
    for member in fault.members.iter_mut().filter(|member| member.name == "ExpectedDigest") {
        let bytes: Vec<u8> = (0..member.value.len() / 2)
            .filter_map(|at| u8::from_str_radix(&member.value[2 * at..2 * at + 2], 16).ok())
            .collect();
        member.value = base64_simd::STANDARD.encode_to_string(bytes);
    }
    fault
}
