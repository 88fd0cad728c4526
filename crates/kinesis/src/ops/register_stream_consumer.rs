//! RegisterStreamConsumer.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::account;
use super::{shown, target};
use crate::engine::{Calls, Kinesis};
use crate::shapes::{RegisterStreamConsumerInput, RegisterStreamConsumerOutput};

/// Registers a fan-out consumer.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html>
pub(crate) struct RegisterStreamConsumer;

impl Operation for RegisterStreamConsumer {
    type Service = Kinesis;
    type Input = RegisterStreamConsumerInput;
    type Output = RegisterStreamConsumerOutput;
    const NAME: &'static str = "RegisterStreamConsumer";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(kinesis, call, "kinesis:RegisterStreamConsumer", None, input.stream_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, None, input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Consumers, &account(call))?;
        let tags = input.tags.unwrap_or_default();
        let consumer = kinesis.register_consumer(&key, &input.consumer_name.need(), tags).await?;
        Ok(RegisterStreamConsumerOutput { consumer: Some(shown::consumer(&consumer, kinesis.now())) })
    }
}
