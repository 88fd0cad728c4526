//! ListObjectsV2.

use base::AccountId;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{Spelling, bucket_access, class_name, count, owner, page_limit, seconds, size};
use crate::engine::checksum::name_of;
use crate::engine::listing::{After, Entry, Listing, Query};
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
        let asked = bucket_access(
            s3,
            call,
            input.bucket.as_ref(),
            input.expected_bucket_owner.as_ref(),
            &["s3:ListBucket"],
        )
        .await?;
        Ok(asked
            .into_iter()
            .map(|access| with_list_keys(access, &input.prefix, &input.delimiter, input.max_keys))
            .collect())
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let spelling = Spelling::of(input.encoding_type.as_deref())?;
        let limit = page_limit("max-keys", input.max_keys)?;
        let name = input.bucket.need();
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        let after = match (&input.continuation_token, &input.start_after) {
            (Some(token), _) => open_token(s3, bucket.id, token)?,
            (None, Some(start)) if !start.is_empty() => After::Key(start.clone()),
            (None, Some(_) | None) => After::Nothing,
        };
        let query = Query {
            prefix: input.prefix.unwrap_or_default(),
            delimiter: input.delimiter.clone().unwrap_or_default(),
            after,
            limit,
        };
        let listing = s3.list_objects(&*snapshot, &bucket, &query).await?;
        call.meter_records(listing.entries.len() as u64);
        let next = listing.next().map(|after| seal_token(s3, bucket.id, &after));
        let owner = (input.fetch_owner == Some(true)).then_some(bucket.owner);
        let (key_count, more) = (count(listing.entries.len()), listing.more);
        let (contents, prefixes) = lines(listing, spelling, owner);
        Ok(ListObjectsV2Output {
            is_truncated: Some(more),
            contents,
            name: Some(name),
            prefix: Some(spelling.write(&query.prefix)),
            delimiter: input
                .delimiter
                .filter(|delimiter| !delimiter.is_empty())
                .map(|text| spelling.write(&text)),
            max_keys: Some(count(limit)),
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

/// Adds the condition keys of listings.
pub(super) fn with_list_keys(
    access: Access,
    prefix: &Option<String>,
    delimiter: &Option<String>,
    max_keys: Option<i32>,
) -> Access {
    let keys = [
        ("s3:prefix", prefix.clone()),
        ("s3:delimiter", delimiter.clone()),
        ("s3:max-keys", max_keys.map(|keys| keys.to_string())),
    ];
    keys.into_iter().fold(access, |access, (key, value)| match value {
        Some(value) => access.with(key, value),
        None => access,
    })
}

/// A listing's lines as the wire has them: keys, and common prefixes.
pub(super) fn lines(
    listing: Listing<Object>,
    spelling: Spelling,
    owned_by: Option<AccountId>,
) -> (Option<Vec<shapes::Object>>, Option<Vec<CommonPrefix>>) {
    let (mut contents, mut prefixes) = (Vec::new(), Vec::new());
    let owned_by = owned_by.map(|account| owner(account).id);
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
                owner: owned_by.clone().map(|id| shapes::Owner { id, ..shapes::Owner::default() }),
                restore_status: None,
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
