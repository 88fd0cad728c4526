//! ReceiveQueueRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{ask, received};
use crate::engine::Kinesis;
use crate::shapes::{ReceiveQueueRecordsInput, ReceiveQueueRecordsOutput};

/// Hands out records, which are then out of sight until they are acknowledged or their time is over.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ReceiveQueueRecords.html>
pub(crate) struct ReceiveQueueRecords;

impl Operation for ReceiveQueueRecords {
    type Service = Kinesis;
    type Input = ReceiveQueueRecordsInput;
    type Output = ReceiveQueueRecordsOutput;
    const NAME: &'static str = "ReceiveQueueRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:ReceiveQueueRecords", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let ask = ask(false, input.limit, input.wait_time_seconds, input.visibility_timeout_seconds);
        let records = received(kinesis, call, &input.queue_arn.need(), ask).await?;
        Ok(ReceiveQueueRecordsOutput { queue_records: Some(records) })
    }
}
