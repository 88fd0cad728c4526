//! TagResource.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::{self, Resource, account};
use crate::engine::{Calls, Kinesis};
use crate::shapes::TagResourceInput;

/// Sets tags of a stream, a consumer, a queue or a channel.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_TagResource.html>
pub(crate) struct TagResource;

impl Operation for TagResource {
    type Service = Kinesis;
    type Input = TagResourceInput;
    type Output = ();
    const NAME: &'static str = "TagResource";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let arn = input.resource_arn.as_ref();
        let asked = target::resource_access(kinesis, call, "kinesis:TagResource", arn).await?;
        Ok(asked.into_iter().map(|access| access.tagging(input.tags.iter().flatten())).collect())
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Tags, &account(call))?;
        let tags = input.tags.need();
        match target::resource(&input.resource_arn.need())? {
            Resource::Stream(key) => Ok(kinesis.tag_stream(&key, &tags).await?),
            Resource::Consumer(who) => Ok(kinesis.tag_consumer(&who, &tags, &[]).await?),
            Resource::Queue(key) => Ok(kinesis.tag_queue(&key, &tags, &[]).await?),
            Resource::Channel(key) => Ok(kinesis.tag_channel(&key, &tags, &[]).await?),
        }
    }
}
