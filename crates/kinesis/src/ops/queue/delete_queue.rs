//! DeleteQueue.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::queue_key;
use crate::engine::{Calls, Kinesis};
use crate::ops::target::account;
use crate::shapes::DeleteQueueInput;

/// Deletes a queue; its stream stays as it is. Differs: gone at once.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteQueue.html>
pub(crate) struct DeleteQueue;

impl Operation for DeleteQueue {
    type Service = Kinesis;
    type Input = DeleteQueueInput;
    type Output = ();
    const NAME: &'static str = "DeleteQueue";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:DeleteQueue", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        Ok(kinesis.delete_queue(&queue_key(&input.queue_arn.need())?).await?)
    }
}
