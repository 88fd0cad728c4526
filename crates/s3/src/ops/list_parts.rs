//! ListParts.

use base::AccountId;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{
    class_name, count, named_owner, object_access, owner, page_limit, seconds, show_checksum, size,
};
use crate::engine::checksum::{name_of, text};
use crate::engine::lifecycle::calendar::Calendar;
use crate::engine::{Error, S3};
use crate::shapes::{Initiator, ListPartsOutput, ListPartsRequest, Part};
use crate::tables::{Bucket, ETag, Upload, VersionId};

/// Lists the parts uploaded so far. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html>
pub struct ListParts;

impl Operation for ListParts {
    type Service = S3;
    type Input = ListPartsRequest;
    type Output = ListPartsOutput;
    const NAME: &'static str = "ListParts";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let expected = input.expected_bucket_owner.as_ref();
        let actions = &["s3:ListMultipartUploadParts"];
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let limit = page_limit("max-parts", input.max_parts)?;
        let marker = input.part_number_marker.unwrap_or(0);
        let after = u32::try_from(marker).map_err(|_| {
            let text = "Argument part-number-marker must be an integer between 0 and 2147483647";
            Error::argument("part-number-marker", marker.to_string(), text)
        })?;
        let (bucket, key, upload_text) = (input.bucket.need(), input.key.need(), input.upload_id.need());
        let snapshot = s3.snapshot();
        let found_row = s3.find_bucket(&*snapshot, &bucket).await?;
        let found = &found_row.value;
        let (row_key, upload) = s3.find_upload(&*snapshot, found, &key, &upload_text).await?;
        let upload = upload.value;
        let page = s3.list_parts(&*snapshot, row_key.upload, after, limit).await?;
        let last = page.items.last().map_or(0, |(number, _)| *number);
        let parts: Vec<Part> = page
            .items
            .into_iter()
            .map(|(number, part)| {
                let mut shown = Part {
                    part_number: i32::try_from(number).ok(),
                    last_modified: Some(seconds(part.modified)),
                    etag: Some(ETag::of_bytes(part.md5).quoted()),
                    size: Some(size(part.bytes)),
                    ..Part::default()
                };
                if upload.checksum.is_some() {
                    show_checksum!(shown, part.sum.algorithm(), text(&part.sum));
                }
                shown
            })
            .collect();
        let rules = s3.rules_of(&found_row).await?;
        let abort = rules.abort(&key, upload.initiated, Calendar::AWS);
        Ok(ListPartsOutput {
            abort_date: abort.map(|(at, _)| at),
            abort_rule_id: abort.map(|(_, rule)| rule.to_owned()),
            bucket: Some(bucket),
            key: Some(key),
            upload_id: Some(upload_text),
            part_number_marker: Some(marker),
            next_part_number_marker: i32::try_from(last).ok(),
            max_parts: Some(count(limit)),
            is_truncated: Some(page.more),
            parts: Some(parts).filter(|parts| !parts.is_empty()),
            initiator: Some(initiator(found, &upload)),
            owner: Some(named_owner(s3, owner_of(found, &upload))),
            storage_class: Some(class_name(upload.attributes.class).to_owned()),
            checksum_algorithm: upload.checksum.map(|checksum| name_of(checksum.algorithm).to_owned()),
            checksum_type: upload.checksum.map(|checksum| checksum.kind.name().to_owned()),
            version_id: upload.version.map(VersionId::text),
            ..ListPartsOutput::default()
        })
    }
}

/// Who began an upload: the account itself by its canonical id, others by their ARN.
pub(super) fn initiator(bucket: &Bucket, upload: &Upload) -> Initiator {
    match upload.initiator.as_deref() {
        Some(arn) if !arn.ends_with(":root") => Initiator {
            id: Some(arn.to_owned()),
            display_name: arn.rsplit(['/', ':']).next().map(str::to_owned),
        },
        Some(arn) => {
            let account = arn.split(':').nth(4).and_then(|account| account.parse().ok());
            root_initiator(account.unwrap_or(bucket.owner))
        }
        None => root_initiator(bucket.owner),
    }
}

fn root_initiator(account: AccountId) -> Initiator {
    Initiator { id: owner(account).id, display_name: Some(account.to_string()) }
}

/// Whose the object will be.
pub(super) fn owner_of(bucket: &Bucket, upload: &Upload) -> AccountId {
    upload.attributes.acl.as_ref().map_or(bucket.owner, |acl| acl.owner)
}
