//! ListObjectVersions.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::list_objects_v2::with_list_keys;
use super::shared::{Spelling, bucket_access, class_name, count, owner, page_limit, seconds, size};
use crate::engine::checksum::name_of;
use crate::engine::listing::{After, Entry, Query};
use crate::engine::{Error, S3};
use crate::shapes::{CommonPrefix, ListObjectVersionsOutput, ListObjectVersionsRequest, ObjectVersion};

/// Lists the versions of keys; each has one, `null`, where versioning was never set.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html>
pub struct ListObjectVersions;

impl Operation for ListObjectVersions {
    type Service = S3;
    type Input = ListObjectVersionsRequest;
    type Output = ListObjectVersionsOutput;
    const NAME: &'static str = "ListObjectVersions";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:ListBucketVersions"];
        let asked =
            bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions)
                .await?;
        Ok(asked
            .into_iter()
            .map(|access| with_list_keys(access, &input.prefix, &input.delimiter, input.max_keys))
            .collect())
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let spelling = Spelling::of(input.encoding_type.as_deref())?;
        let limit = page_limit("max-keys", input.max_keys)?;
        let version_marker = input.version_id_marker.filter(|marker| !marker.is_empty());
        let marker = input.key_marker.unwrap_or_default();
        if let Some(version) = version_marker.as_ref().filter(|_| marker.is_empty()) {
            let text = "A version-id marker cannot be specified without a key marker.";
            return Err(Error::argument("version-id-marker", version.clone(), text).into());
        }
        let name = input.bucket.need();
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        let prefix = input.prefix.unwrap_or_default();
        let delimiter = input.delimiter.clone().unwrap_or_default();
        let after = After::marker(&marker, &prefix, &delimiter);
        let query = Query { prefix, delimiter, after, limit };
        let listing = s3.list_objects(&*snapshot, &bucket, &query).await?;
        let more = listing.more;
        let (next_key, next_version) = match listing.entries.last().filter(|_| more) {
            Some(Entry::Item(key, _)) => (Some(spelling.write(key)), Some("null".to_owned())),
            Some(Entry::Prefix(prefix)) => (Some(spelling.write(prefix)), None),
            None => (None, None),
        };
        let (mut versions, mut prefixes) = (Vec::new(), Vec::new());
        for entry in listing.entries {
            match entry {
                Entry::Prefix(prefix) => {
                    prefixes.push(CommonPrefix { prefix: Some(spelling.write(&prefix)) })
                }
                Entry::Item(key, object) => versions.push(ObjectVersion {
                    etag: Some(object.etag.quoted()),
                    checksum_algorithm: object
                        .checksum
                        .map(|checksum| vec![name_of(checksum.sum.algorithm()).to_owned()]),
                    checksum_type: object.checksum.map(|checksum| checksum.kind.name().to_owned()),
                    size: Some(size(object.bytes)),
                    storage_class: Some(class_name(object.attributes.class).to_owned()),
                    key: Some(spelling.write(&key)),
                    version_id: Some("null".to_owned()),
                    is_latest: Some(true),
                    last_modified: Some(seconds(object.modified)),
                    owner: Some(owner(bucket.owner)),
                    restore_status: None,
                }),
            }
        }
        Ok(ListObjectVersionsOutput {
            is_truncated: Some(more),
            key_marker: Some(spelling.write(&marker)),
            version_id_marker: Some(version_marker.unwrap_or_default()),
            next_key_marker: next_key,
            next_version_id_marker: next_version,
            versions: Some(versions).filter(|lines| !lines.is_empty()),
            delete_markers: None,
            name: Some(name),
            prefix: Some(spelling.write(&query.prefix)),
            delimiter: input
                .delimiter
                .filter(|delimiter| !delimiter.is_empty())
                .map(|text| spelling.write(&text)),
            max_keys: Some(count(limit)),
            common_prefixes: Some(prefixes).filter(|lines| !lines.is_empty()),
            encoding_type: spelling.name(),
            request_charged: None,
        })
    }
}
