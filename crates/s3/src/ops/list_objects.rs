//! ListObjects.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::list_objects_v2::{lines, with_list_keys};
use super::shared::{Spelling, bucket_access, count, page_limit};
use crate::engine::S3;
use crate::engine::listing::{After, Query};
use crate::shapes::{ListObjectsOutput, ListObjectsRequest};

/// Lists keys in pages, in the older form. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html>
pub struct ListObjects;

impl Operation for ListObjects {
    type Service = S3;
    type Input = ListObjectsRequest;
    type Output = ListObjectsOutput;
    const NAME: &'static str = "ListObjects";

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
        let (prefix, marker) = (input.prefix.unwrap_or_default(), input.marker.unwrap_or_default());
        let delimiter = input.delimiter.clone().unwrap_or_default();
        let after = After::marker(&marker, &prefix, &delimiter);
        let query = Query { prefix, delimiter, after, limit };
        let listing = s3.list_objects(&*snapshot, &bucket, &query).await?;
        call.meter_records(listing.entries.len() as u64);
        // Without a delimiter clients go on after the last key they got.
        let next = listing.next().filter(|_| !query.delimiter.is_empty()).and_then(|after| match after {
            After::Key(text) | After::Prefix(text) | After::Upload(text, _) | After::Version(text, _) => {
                Some(spelling.write(&text))
            }
            After::Nothing => None,
        });
        let owner = (!call.caller().principal.is_anonymous()).then_some(bucket.owner);
        let more = listing.more;
        let (contents, prefixes) = lines(listing, spelling, owner);
        Ok(ListObjectsOutput {
            is_truncated: Some(more),
            marker: Some(spelling.write(&marker)),
            next_marker: next,
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
            request_charged: None,
        })
    }
}
