//! ListTagsForResource.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shown;
use super::target::{self, Resource, account};
use crate::engine::{Calls, Kinesis};
use crate::shapes::{ListTagsForResourceInput, ListTagsForResourceOutput};

/// Lists the tags of a stream, a consumer, a queue or a channel.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForResource.html>
pub(crate) struct ListTagsForResource;

impl Operation for ListTagsForResource {
    type Service = Kinesis;
    type Input = ListTagsForResourceInput;
    type Output = ListTagsForResourceOutput;
    const NAME: &'static str = "ListTagsForResource";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::resource_access(kinesis, call, "kinesis:ListTagsForResource", input.resource_arn.as_ref())
            .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Tags, &account(call))?;
        let tags = match target::resource(&input.resource_arn.need())? {
            Resource::Stream(key) => shown::tags(&kinesis.stream(&key).await?.row.tags),
            Resource::Consumer(who) => shown::tags(&kinesis.consumer(&who).await?.row.tags),
            Resource::Queue(key) => shown::tags(&kinesis.queue(&key).await?.row.tags),
            Resource::Channel(key) => shown::tags(&kinesis.channel(&key).await?.row.tags),
        };
        Ok(ListTagsForResourceOutput { tags: Some(tags) })
    }
}
