//! DescribeChannel.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{channel_key, shown_channel};
use crate::engine::{Calls, Kinesis};
use crate::ops::target::account;
use crate::shapes::{DescribeChannelInput, DescribeChannelOutput};

/// Describes a channel.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeChannel.html>
pub(crate) struct DescribeChannel;

impl Operation for DescribeChannel {
    type Service = Kinesis;
    type Input = DescribeChannelInput;
    type Output = DescribeChannelOutput;
    const NAME: &'static str = "DescribeChannel";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:DescribeChannel", input.channel_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        let channel = kinesis.channel(&channel_key(&input.channel_arn.need())?).await?;
        Ok(DescribeChannelOutput { channel_description: Some(shown_channel(&channel, kinesis.now())) })
    }
}
