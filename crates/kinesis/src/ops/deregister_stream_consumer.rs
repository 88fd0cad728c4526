//! DeregisterStreamConsumer.

use service::{Access, Call, Fault, Operation};

use super::target::{self, account};
use crate::engine::{Calls, Kinesis};
use crate::shapes::DeregisterStreamConsumerInput;

/// Removes a fan-out consumer.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeregisterStreamConsumer.html>
pub(crate) struct DeregisterStreamConsumer;

impl Operation for DeregisterStreamConsumer {
    type Service = Kinesis;
    type Input = DeregisterStreamConsumerInput;
    type Output = ();
    const NAME: &'static str = "DeregisterStreamConsumer";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let who = target::consumer(
            input.consumer_arn.as_ref(),
            input.stream_arn.as_ref(),
            input.consumer_name.as_ref(),
        );
        target::to_consumer(
            kinesis,
            call,
            "kinesis:DeregisterStreamConsumer",
            who,
            input.consumer_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let who = target::consumer(
            input.consumer_arn.as_ref(),
            input.stream_arn.as_ref(),
            input.consumer_name.as_ref(),
        )?;
        kinesis.take_call(Calls::Consumers, &account(call))?;
        Ok(kinesis.deregister_consumer(&who).await?)
    }
}
