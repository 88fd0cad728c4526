//! UntagResource.

use base::Tags;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::{self, Resource, account};
use crate::engine::{Calls, Kinesis};
use crate::shapes::UntagResourceInput;

/// Removes tags of a stream, a consumer, a queue or a channel.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UntagResource.html>
pub(crate) struct UntagResource;

impl Operation for UntagResource {
    type Service = Kinesis;
    type Input = UntagResourceInput;
    type Output = ();
    const NAME: &'static str = "UntagResource";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::resource_access(kinesis, call, "kinesis:UntagResource", input.resource_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Tags, &account(call))?;
        let keys = input.tag_keys.need();
        match target::resource(&input.resource_arn.need())? {
            Resource::Stream(key) => Ok(kinesis.untag_stream(&key, &keys).await?),
            Resource::Consumer(who) => Ok(kinesis.tag_consumer(&who, &Tags::new(), &keys).await?),
            Resource::Queue(key) => Ok(kinesis.tag_queue(&key, &Tags::new(), &keys).await?),
            Resource::Channel(key) => Ok(kinesis.tag_channel(&key, &Tags::new(), &keys).await?),
        }
    }
}
