//! DeleteChannel.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::channel_key;
use crate::engine::{Calls, Kinesis};
use crate::ops::target::account;
use crate::shapes::DeleteChannelInput;

/// Deletes a channel; what it delivered stays. Differs: gone at once.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteChannel.html>
pub(crate) struct DeleteChannel;

impl Operation for DeleteChannel {
    type Service = Kinesis;
    type Input = DeleteChannelInput;
    type Output = ();
    const NAME: &'static str = "DeleteChannel";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:DeleteChannel", input.channel_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        Ok(kinesis.delete_channel(&channel_key(&input.channel_arn.need())?).await?)
    }
}
