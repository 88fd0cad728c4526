//! ListObjectVersions.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use store::Snapshot;
use wire::Need;
use wire::prelude::ITEM;

use super::listing::{Owners, asked, list_access};
use super::shared::{class_name, restore_status, seconds, size, tells_restores};
use crate::engine::checksum::name_of;
use crate::engine::listing::{After, Entry, Listed};
use crate::engine::versions::Wanted;
use crate::engine::{Error, S3};
use crate::shapes::{
    CommonPrefix, DeleteMarkerEntry, ENCODING_TYPE, ListObjectVersionsRequest, ObjectVersion, Owner,
};
use crate::tables::{Bucket, Kept, Object};

// The model has versions and markers in two lists; on the wire they stand in one order, which clients that read as they go rely on.
wire::shape! { ListVersionsResult
    0 "IsTruncated" is_truncated: bool;
    1 "KeyMarker" key_marker: String;
    2 "VersionIdMarker" version_id_marker: String;
    3 "NextKeyMarker" next_key_marker: String;
    4 "NextVersionIdMarker" next_version_id_marker: String;
    5 "Lines" lines: Vec<Line> [flat each(&ITEM.bare())];
    6 "Name" name: String;
    7 "Prefix" prefix: String;
    8 "Delimiter" delimiter: String;
    9 "MaxKeys" max_keys: i32;
    10 "CommonPrefixes" common_prefixes: Vec<CommonPrefix> [flat];
    11 "EncodingType" encoding_type: String [one_of(ENCODING_TYPE)];
}

wire::shape! { Line
    0 "Version" version: ObjectVersion;
    1 "DeleteMarker" marker: DeleteMarkerEntry;
}

/// Lists the versions of keys, of each key newest first; each has one, `null`, where versioning was never set.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html>
pub struct ListObjectVersions;

impl Operation for ListObjectVersions {
    type Service = S3;
    type Input = ListObjectVersionsRequest;
    type Output = ListVersionsResult;
    const NAME: &'static str = "ListObjectVersions";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        list_access!(s3, call, input, "s3:ListBucketVersions").await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = asked!(input);
        let version_marker = input.version_id_marker.filter(|marker| !marker.is_empty());
        let marker = input.key_marker.unwrap_or_default();
        if let Some(version) = version_marker.as_ref().filter(|_| marker.is_empty()) {
            let text = "A version-id marker cannot be specified without a key marker.";
            return Err(Error::argument("version-id-marker", version.clone(), text).into());
        }
        let snapshot = s3.snapshot();
        let bucket = asked.bucket(s3, &*snapshot).await?;
        let after = match asked.after(&marker) {
            After::Key(key) => self::after(s3, &*snapshot, &bucket, key, version_marker.as_deref()).await?,
            other => other,
        };
        let listing = s3.list_versions(&*snapshot, &bucket, &asked.query(after)).await?;
        let spelling = asked.spelling;
        call.meter_records(listing.entries.len() as u64);
        let more = listing.more;
        let (next_key, next_version) = match listing.entries.last().filter(|_| more) {
            Some(Entry::Item(key, listed)) => (Some(spelling.write(key)), Some(listed.version().text())),
            Some(Entry::Prefix(prefix)) => (Some(spelling.write(prefix)), None),
            None => (None, None),
        };
        let restores = tells_restores(s3, input.optional_object_attributes.as_ref());
        let (mut lines, mut prefixes) = (Vec::new(), Vec::new());
        let owners = Owners::of(s3, call, &asked.name).await?;
        for entry in listing.entries {
            match entry {
                Entry::Prefix(prefix) => {
                    prefixes.push(CommonPrefix { prefix: Some(spelling.write(&prefix)) })
                }
                Entry::Item(key, listed) => {
                    let object = match &listed.what {
                        Kept::Object(object) => Some(object),
                        Kept::Marker(_) => None,
                    };
                    let owner = owners.show(object);
                    lines.push(line(spelling.write(&key), listed, owner, restores));
                }
            }
        }
        Ok(ListVersionsResult {
            is_truncated: Some(more),
            key_marker: Some(spelling.write(&marker)),
            version_id_marker: Some(version_marker.unwrap_or_default()),
            next_key_marker: next_key,
            next_version_id_marker: next_version,
            lines: Some(lines).filter(|lines| !lines.is_empty()),
            prefix: asked.prefix(),
            delimiter: asked.delimiter(),
            max_keys: asked.max_keys(),
            name: Some(asked.name),
            common_prefixes: Some(prefixes).filter(|lines| !lines.is_empty()),
            encoding_type: spelling.name(),
        })
    }
}

/// Where a page begins: within a key, after one of its versions, or behind the key.
async fn after(
    s3: &S3,
    snapshot: &dyn Snapshot,
    bucket: &Bucket,
    key: String,
    version: Option<&str>,
) -> Result<After, Error> {
    let wanted = Wanted::parse(version).map_err(|_| {
        let value = version.unwrap_or_default();
        Error::argument("version-id-marker", value, "Invalid version id specified")
    })?;
    let version = match wanted {
        Wanted::Current => None,
        Wanted::Id(version) => Some(version),
        Wanted::Null => s3.head(snapshot, bucket, &key).await?.null(),
    };
    // Where a null version that has gone was, nobody knows.
    Ok(version.map_or(After::Key(key.clone()), |version| After::Version(key, version)))
}

fn line(key: String, listed: Listed, owner: Owner, restores: Option<Timestamp>) -> Line {
    match listed.what {
        Kept::Object(object) => {
            let version = Some(version(key, &object, listed.latest, owner, restores));
            Line { version, marker: None }
        }
        Kept::Marker(marker) => {
            let marker = DeleteMarkerEntry {
                owner: Some(owner),
                key: Some(key),
                version_id: Some(marker.version.text()),
                is_latest: Some(listed.latest),
                last_modified: Some(seconds(marker.modified)),
            };
            Line { version: None, marker: Some(marker) }
        }
    }
}

fn version(
    key: String,
    object: &Object,
    latest: bool,
    owner: Owner,
    restores: Option<Timestamp>,
) -> ObjectVersion {
    ObjectVersion {
        etag: Some(object.etag.quoted()),
        checksum_algorithm: object
            .checksum
            .map(|checksum| vec![name_of(checksum.sum.algorithm()).to_owned()]),
        checksum_type: object.checksum.map(|checksum| checksum.kind.name().to_owned()),
        size: Some(size(object.bytes)),
        storage_class: Some(class_name(object.attributes.class).to_owned()),
        key: Some(key),
        version_id: Some(object.version.text()),
        is_latest: Some(latest),
        last_modified: Some(seconds(object.modified)),
        owner: Some(owner),
        restore_status: restores.and_then(|now| restore_status(object, now)),
    }
}
