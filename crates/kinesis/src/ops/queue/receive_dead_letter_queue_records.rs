//! ReceiveDeadLetterQueueRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{ask, received};
use crate::engine::Kinesis;
use crate::shapes::{ReceiveDeadLetterQueueRecordsInput, ReceiveDeadLetterQueueRecordsOutput};

/// Hands out dead letters, which are then out of sight for a while.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ReceiveDeadLetterQueueRecords.html>
pub(crate) struct ReceiveDeadLetterQueueRecords;

impl Operation for ReceiveDeadLetterQueueRecords {
    type Service = Kinesis;
    type Input = ReceiveDeadLetterQueueRecordsInput;
    type Output = ReceiveDeadLetterQueueRecordsOutput;
    const NAME: &'static str = "ReceiveDeadLetterQueueRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:ReceiveDeadLetterQueueRecords", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let ask = ask(true, input.limit, input.wait_time_seconds, input.visibility_timeout_seconds);
        let records = received(kinesis, call, &input.queue_arn.need(), ask).await?;
        Ok(ReceiveDeadLetterQueueRecordsOutput { queue_records: Some(records) })
    }
}
