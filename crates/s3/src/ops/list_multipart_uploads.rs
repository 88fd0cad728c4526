//! ListMultipartUploads.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::list_parts::{initiator, owner_of};
use super::shared::{Spelling, bucket_access, class_name, count, named_owner, page_limit, seconds};
use crate::engine::checksum::name_of;
use crate::engine::listing::{After, Entry, Query};
use crate::engine::{Error, S3};
use crate::shapes::{CommonPrefix, ListMultipartUploadsOutput, ListMultipartUploadsRequest, MultipartUpload};
use crate::tables::{Id, VersionId};

/// Lists a bucket's open uploads, by key and then by the time they began.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>
pub struct ListMultipartUploads;

impl Operation for ListMultipartUploads {
    type Service = S3;
    type Input = ListMultipartUploadsRequest;
    type Output = ListMultipartUploadsOutput;
    const NAME: &'static str = "ListMultipartUploads";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:ListBucketMultipartUploads"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let spelling = Spelling::of(input.encoding_type.as_deref())?;
        let limit = page_limit("max-uploads", input.max_uploads)?;
        let name = input.bucket.need();
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        let key_marker = input.key_marker.unwrap_or_default();
        // Without a key it means nothing.
        let upload_marker = input.upload_id_marker.unwrap_or_default();
        let prefix = input.prefix.clone().unwrap_or_default();
        let delimiter = input.delimiter.clone().unwrap_or_default();
        let after = after(s3, bucket.id, &key_marker, &upload_marker, &prefix, &delimiter)?;
        let query = Query { prefix, delimiter, after, limit };
        let listing = s3.list_uploads(&*snapshot, &bucket, &query).await?;
        let (next_key, next_upload) = match listing.entries.last() {
            Some(Entry::Item(key, (id, _))) => (spelling.write(key), s3.upload_text(bucket.id, key, *id)),
            Some(Entry::Prefix(prefix)) if listing.more => (spelling.write(prefix), String::new()),
            Some(Entry::Prefix(_)) | None => (String::new(), String::new()),
        };
        let more = listing.more;
        let (mut uploads, mut prefixes) = (Vec::new(), Vec::new());
        for entry in listing.entries {
            match entry {
                Entry::Prefix(prefix) => {
                    prefixes.push(CommonPrefix { prefix: Some(spelling.write(&prefix)) })
                }
                Entry::Item(key, (id, upload)) => uploads.push(MultipartUpload {
                    upload_id: Some(s3.upload_text(bucket.id, &key, id)),
                    key: Some(spelling.write(&key)),
                    initiated: Some(seconds(upload.initiated)),
                    storage_class: Some(class_name(upload.attributes.class).to_owned()),
                    owner: Some(named_owner(s3, owner_of(&bucket, &upload))),
                    initiator: Some(initiator(&bucket, &upload)),
                    checksum_algorithm: upload
                        .checksum
                        .map(|checksum| name_of(checksum.algorithm).to_owned()),
                    checksum_type: upload.checksum.map(|checksum| checksum.kind.name().to_owned()),
                    version_id: upload.version.map(VersionId::text),
                }),
            }
        }
        Ok(ListMultipartUploadsOutput {
            bucket: Some(name),
            key_marker: Some(spelling.write(&key_marker)),
            upload_id_marker: Some(if key_marker.is_empty() { String::new() } else { upload_marker }),
            next_key_marker: Some(next_key),
            prefix: input.prefix.map(|prefix| spelling.write(&prefix)),
            delimiter: input.delimiter.map(|delimiter| spelling.write(&delimiter)),
            next_upload_id_marker: Some(next_upload),
            max_uploads: Some(count(limit)),
            is_truncated: Some(more),
            uploads: Some(uploads).filter(|lines| !lines.is_empty()),
            common_prefixes: Some(prefixes).filter(|lines| !lines.is_empty()),
            encoding_type: spelling.name(),
            request_charged: None,
        })
    }
}

fn after(
    s3: &S3,
    bucket: Id,
    key: &str,
    upload: &str,
    prefix: &str,
    delimiter: &str,
) -> Result<After, Error> {
    if key.is_empty() || upload.is_empty() {
        return Ok(After::marker(key, prefix, delimiter));
    }
    let id = s3.upload_id(bucket, key, upload);
    let id = id.ok_or_else(|| Error::argument("upload-id-marker", upload, "Invalid uploadId marker"))?;
    Ok(match After::marker(key, prefix, delimiter) {
        After::Prefix(prefix) => After::Prefix(prefix),
        After::Key(_) | After::Nothing | After::Upload(..) | After::Version(..) => {
            After::Upload(key.to_owned(), id)
        }
    })
}
