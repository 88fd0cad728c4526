//! RemoveTagsFromStream.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use super::target::account;
use crate::engine::{Calls, Kinesis};
use crate::shapes::RemoveTagsFromStreamInput;

/// Removes tags of a stream.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RemoveTagsFromStream.html>
pub(crate) struct RemoveTagsFromStream;

impl Operation for RemoveTagsFromStream {
    type Service = Kinesis;
    type Input = RemoveTagsFromStreamInput;
    type Output = ();
    const NAME: &'static str = "RemoveTagsFromStream";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:RemoveTagsFromStream",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Tags, &account(call))?;
        Ok(kinesis.untag_stream(&key, &input.tag_keys.need()).await?)
    }
}
