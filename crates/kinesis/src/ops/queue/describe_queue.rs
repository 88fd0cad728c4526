//! DescribeQueue.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{queue_key, shown_queue};
use crate::engine::{Calls, Kinesis};
use crate::ops::target::account;
use crate::shapes::{DescribeQueueInput, DescribeQueueOutput};

/// Describes a queue.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeQueue.html>
pub(crate) struct DescribeQueue;

impl Operation for DescribeQueue {
    type Service = Kinesis;
    type Input = DescribeQueueInput;
    type Output = DescribeQueueOutput;
    const NAME: &'static str = "DescribeQueue";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:DescribeQueue", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        let queue = kinesis.queue(&queue_key(&input.queue_arn.need())?).await?;
        Ok(DescribeQueueOutput { queue_description: Some(shown_queue(&queue, kinesis.now())) })
    }
}
