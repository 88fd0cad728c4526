//! DescribeStreamConsumer.

use service::{Access, Call, Fault, Operation};

use super::{shown, target};
use crate::engine::stream::arn;
use crate::engine::{Calls, Kinesis};
use crate::shapes::{ConsumerDescription, DescribeStreamConsumerInput, DescribeStreamConsumerOutput};

/// Describes a fan-out consumer.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamConsumer.html>
pub(crate) struct DescribeStreamConsumer;

impl Operation for DescribeStreamConsumer {
    type Service = Kinesis;
    type Input = DescribeStreamConsumerInput;
    type Output = DescribeStreamConsumerOutput;
    const NAME: &'static str = "DescribeStreamConsumer";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let who = target::consumer(
            input.consumer_arn.as_ref(),
            input.stream_arn.as_ref(),
            input.consumer_name.as_ref(),
        );
        target::to_consumer(kinesis, call, "kinesis:DescribeStreamConsumer", who, input.consumer_arn.as_ref())
            .await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let who = target::consumer(
            input.consumer_arn.as_ref(),
            input.stream_arn.as_ref(),
            input.consumer_name.as_ref(),
        )?;
        kinesis.take_call(Calls::DescribeConsumer, &who.stream)?;
        let consumer = kinesis.consumer(&who).await?;
        let shown = shown::consumer(&consumer, kinesis.now());
        Ok(DescribeStreamConsumerOutput {
            consumer_description: Some(ConsumerDescription {
                consumer_name: shown.consumer_name,
                consumer_arn: shown.consumer_arn,
                consumer_status: shown.consumer_status,
                consumer_creation_timestamp: shown.consumer_creation_timestamp,
                stream_arn: Some(arn(&who.stream).to_string()),
            }),
        })
    }
}
