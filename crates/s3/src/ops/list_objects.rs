//! ListObjects.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::list_objects_v2::lines;
use super::listing::{Owners, asked, check_list_type, list_access};
use super::shared::tells_restores;
use crate::engine::S3;
use crate::engine::listing::After;
use crate::shapes::{ListObjectsOutput, ListObjectsRequest};

/// Lists keys in pages, in the older form. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html>
pub struct ListObjects;

impl Operation for ListObjects {
    type Service = S3;
    type Input = ListObjectsRequest;
    type Output = ListObjectsOutput;
    const NAME: &'static str = "ListObjects";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        list_access!(s3, call, input, "s3:ListBucket").await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        check_list_type(call)?;
        let asked = asked!(input);
        let snapshot = s3.snapshot();
        let bucket = asked.bucket(s3, &*snapshot).await?;
        let marker = input.marker.unwrap_or_default();
        let query = asked.query(asked.after(&marker));
        let listing = s3.list_objects(&*snapshot, &bucket, &query).await?;
        let spelling = asked.spelling;
        call.meter_records(listing.entries.len() as u64);
        // Without a delimiter clients go on after the last key they got.
        let next = listing.next().filter(|_| !query.delimiter.is_empty()).and_then(|after| match after {
            After::Key(text) | After::Prefix(text) | After::Upload(text, _) | After::Version(text, _) => {
                Some(spelling.write(&text))
            }
            After::Nothing => None,
        });
        let owners = match call.caller().principal.is_anonymous() {
            true => None,
            false => Some(Owners::of(s3, call, &asked.name).await?),
        };
        let more = listing.more;
        let restores = tells_restores(s3, input.optional_object_attributes.as_ref());
        let (contents, prefixes) = lines(listing, spelling, owners, restores);
        Ok(ListObjectsOutput {
            is_truncated: Some(more),
            marker: Some(spelling.write(&marker)),
            next_marker: next,
            contents,
            prefix: asked.prefix(),
            delimiter: asked.delimiter(),
            max_keys: asked.max_keys(),
            name: Some(asked.name),
            common_prefixes: prefixes,
            encoding_type: spelling.name(),
            request_charged: None,
        })
    }
}
