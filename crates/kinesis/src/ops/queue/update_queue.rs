//! UpdateQueue.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{attributes, queue_key, shown_queue};
use crate::engine::{Calls, Kinesis};
use crate::ops::target::account;
use crate::shapes::{UpdateQueueInput, UpdateQueueOutput};

/// Changes what can be set of a queue. Differs: completes at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateQueue.html>
pub(crate) struct UpdateQueue;

impl Operation for UpdateQueue {
    type Service = Kinesis;
    type Input = UpdateQueueInput;
    type Output = UpdateQueueOutput;
    const NAME: &'static str = "UpdateQueue";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:UpdateQueue", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        let attributes = attributes(input.queue_attributes.as_ref())?;
        let queue = kinesis.update_queue(&queue_key(&input.queue_arn.need())?, attributes).await?;
        Ok(UpdateQueueOutput { queue_description: Some(shown_queue(&queue, kinesis.now())) })
    }
}
