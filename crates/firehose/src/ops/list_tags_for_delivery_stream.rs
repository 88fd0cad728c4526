//! ListTagsForDeliveryStream.

use std::ops::Bound;

use base::Page;
use service::{Access, Call, Fault, Operation};

use super::{Firehose, fault, key, stream_access};
use crate::shapes::{ListTagsForDeliveryStreamInput, ListTagsForDeliveryStreamOutput, Tag};

/// Tags of a page unless the request says otherwise: all there can be.
const LIMIT_DEFAULT: i32 = 50;

/// Lists the tags of a delivery stream, sorted by key.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListTagsForDeliveryStream.html>
pub struct ListTagsForDeliveryStream;

impl Operation for ListTagsForDeliveryStream {
    type Service = Firehose;
    type Input = ListTagsForDeliveryStreamInput;
    type Output = ListTagsForDeliveryStreamOutput;
    const NAME: &'static str = "ListTagsForDeliveryStream";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:ListTagsForDeliveryStream", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        let row = firehose.engine.stream(&key).await.map_err(fault::of)?.value;
        let after = input.exclusive_start_tag_key.map_or(Bound::Unbounded, Bound::Excluded);
        let limit = input.limit.unwrap_or(LIMIT_DEFAULT).unsigned_abs() as usize;
        let page = Page::take(row.tags.range((after, Bound::Unbounded)), limit);
        let tag =
            |(key, value): (&String, &String)| Tag { key: Some(key.clone()), value: Some(value.clone()) };
        Ok(ListTagsForDeliveryStreamOutput {
            tags: Some(page.items.into_iter().map(tag).collect()),
            has_more_tags: Some(page.more),
        })
    }
}
