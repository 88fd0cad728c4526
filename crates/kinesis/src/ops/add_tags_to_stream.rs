//! AddTagsToStream.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use super::target::account;
use crate::engine::{Calls, Kinesis};
use crate::shapes::AddTagsToStreamInput;

/// Sets tags of a stream.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html>
pub(crate) struct AddTagsToStream;

impl Operation for AddTagsToStream {
    type Service = Kinesis;
    type Input = AddTagsToStreamInput;
    type Output = ();
    const NAME: &'static str = "AddTagsToStream";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (name, arn) = (input.stream_name.as_ref(), input.stream_arn.as_ref());
        let asked = target::access(kinesis, call, "kinesis:AddTagsToStream", name, arn).await?;
        Ok(asked.into_iter().map(|access| access.tagging(input.tags.iter().flatten())).collect())
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Tags, &account(call))?;
        Ok(kinesis.tag_stream(&key, &input.tags.need()).await?)
    }
}
