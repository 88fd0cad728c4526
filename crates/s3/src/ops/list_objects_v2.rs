//! ListObjectsV2.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::listing::{Owners, asked, list_access};
use super::shared::{Spelling, class_name, count, restore_status, seconds, size, tells_restores};
use crate::engine::checksum::name_of;
use crate::engine::listing::{After, Entry, Listing};
use crate::engine::{Error, S3};
use crate::shapes::{self, CommonPrefix, ListObjectsV2Output, ListObjectsV2Request};
use crate::tables::{Id, Object};

/// Lists keys in pages. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>
pub struct ListObjectsV2;

impl Operation for ListObjectsV2 {
    type Service = S3;
    type Input = ListObjectsV2Request;
    type Output = ListObjectsV2Output;
    const NAME: &'static str = "ListObjectsV2";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        list_access!(s3, call, input, "s3:ListBucket").await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = asked!(input);
        let snapshot = s3.snapshot();
        let bucket = asked.bucket(s3, &*snapshot).await?;
        let after = match (&input.continuation_token, &input.start_after) {
            (Some(token), _) => open_token(s3, bucket.id, token)?,
            (None, Some(start)) if !start.is_empty() => After::Key(start.clone()),
            (None, Some(_) | None) => After::Nothing,
        };
        let listing = s3.list_objects(&*snapshot, &bucket, &asked.query(after)).await?;
        let spelling = asked.spelling;
        call.meter_records(listing.entries.len() as u64);
        let next = listing.next().map(|after| seal_token(s3, bucket.id, &after));
        let owners = match input.fetch_owner {
            Some(true) => Some(Owners::of(s3, call, &asked.name).await?),
            Some(false) | None => None,
        };
        let (key_count, more) = (count(listing.entries.len()), listing.more);
        let restores = tells_restores(s3, input.optional_object_attributes.as_ref());
        let (contents, prefixes) = lines(listing, spelling, owners, restores);
        Ok(ListObjectsV2Output {
            is_truncated: Some(more),
            contents,
            prefix: asked.prefix(),
            delimiter: asked.delimiter(),
            max_keys: asked.max_keys(),
            name: Some(asked.name),
            common_prefixes: prefixes,
            encoding_type: spelling.name(),
            key_count: Some(key_count),
            continuation_token: input.continuation_token,
            next_continuation_token: next,
            start_after: input.start_after.map(|start| spelling.write(&start)),
            request_charged: None,
        })
    }
}

/// A listing's lines as the wire has them: keys, and common prefixes.
pub(super) fn lines(
    listing: Listing<Object>,
    spelling: Spelling,
    owners: Option<Owners>,
    restores: Option<Timestamp>,
) -> (Option<Vec<shapes::Object>>, Option<Vec<CommonPrefix>>) {
    let (mut contents, mut prefixes) = (Vec::new(), Vec::new());
    for entry in listing.entries {
        match entry {
            Entry::Item(key, object) => contents.push(shapes::Object {
                key: Some(spelling.write(&key)),
                last_modified: Some(seconds(object.modified)),
                etag: Some(object.etag.quoted()),
                checksum_algorithm: object
                    .checksum
                    .map(|checksum| vec![name_of(checksum.sum.algorithm()).to_owned()]),
                checksum_type: object.checksum.map(|checksum| checksum.kind.name().to_owned()),
                size: Some(size(object.bytes)),
                storage_class: Some(class_name(object.attributes.class).to_owned()),
                owner: owners.map(|owners| owners.show(Some(&object))),
                restore_status: restores.and_then(|now| restore_status(&object, now)),
            }),
            Entry::Prefix(prefix) => prefixes.push(CommonPrefix { prefix: Some(spelling.write(&prefix)) }),
        }
    }
    (Some(contents).filter(|lines| !lines.is_empty()), Some(prefixes).filter(|lines| !lines.is_empty()))
}

fn purpose(bucket: Id) -> String {
    format!("ListObjectsV2 {:032x}", bucket.0)
}

fn seal_token(s3: &S3, bucket: Id, after: &After) -> String {
    let (mark, text) = match after {
        After::Prefix(prefix) => (b'p', prefix.as_str()),
        After::Key(key) | After::Upload(key, _) | After::Version(key, _) => (b'k', key.as_str()),
        After::Nothing => (b'k', ""),
    };
    let mut payload = vec![mark];
    payload.extend_from_slice(text.as_bytes());
    s3.tokens().seal(&purpose(bucket), &payload)
}

fn open_token(s3: &S3, bucket: Id, token: &str) -> Result<After, Error> {
    let opened =
        s3.tokens().open(&purpose(bucket), token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match opened.as_deref().and_then(|text| text.split_at_checked(1)) {
        Some(("p", prefix)) => Ok(After::Prefix(prefix.to_owned())),
        Some((_, key)) => Ok(After::Key(key.to_owned())),
        None => Err(Error::Argument {
            name: "continuation-token",
            value: None,
            text: "The continuation token provided is incorrect".to_owned(),
        }),
    }
}
