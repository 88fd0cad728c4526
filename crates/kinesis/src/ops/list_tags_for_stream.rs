//! ListTagsForStream.

use base::Page;
use service::{Access, Call, Fault, Operation};

use super::target::account;
use super::{shown, target};
use crate::engine::lifecycle::TAGS_MAX;
use crate::engine::{Calls, Kinesis};
use crate::shapes::{ListTagsForStreamInput, ListTagsForStreamOutput};

/// Lists a stream's tags, by key.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html>
pub(crate) struct ListTagsForStream;

impl Operation for ListTagsForStream {
    type Service = Kinesis;
    type Input = ListTagsForStreamInput;
    type Output = ListTagsForStreamOutput;
    const NAME: &'static str = "ListTagsForStream";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:ListTagsForStream",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Tags, &account(call))?;
        let stream = kinesis.stream(&key).await?;
        let after = input.exclusive_start_tag_key;
        let following =
            stream.row.tags.iter().filter(|(key, _)| after.as_ref().is_none_or(|after| *key > after));
        let limit = input.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(TAGS_MAX);
        let page = Page::take(following, limit);
        Ok(ListTagsForStreamOutput { tags: Some(shown::tags(page.items)), has_more_tags: Some(page.more) })
    }
}
