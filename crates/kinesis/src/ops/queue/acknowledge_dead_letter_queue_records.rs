//! AcknowledgeDeadLetterQueueRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::settle;
use crate::engine::Kinesis;
use crate::engine::queue::held::Fate;
use crate::shapes::{
    AcknowledgeDeadLetterQueueRecordsErrorEntry, AcknowledgeDeadLetterQueueRecordsInput,
    AcknowledgeDeadLetterQueueRecordsOutput, AcknowledgeDeadLetterQueueRecordsResultEntry,
};

/// Acknowledges dead letters: they are gone from the queue. The stream keeps them.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AcknowledgeDeadLetterQueueRecords.html>
pub(crate) struct AcknowledgeDeadLetterQueueRecords;

impl Operation for AcknowledgeDeadLetterQueueRecords {
    type Service = Kinesis;
    type Input = AcknowledgeDeadLetterQueueRecordsInput;
    type Output = AcknowledgeDeadLetterQueueRecordsOutput;
    const NAME: &'static str = "AcknowledgeDeadLetterQueueRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:AcknowledgeDeadLetterQueueRecords", input.queue_arn.as_ref())
            .await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let entries = input.entries.need().into_iter();
        let entries = entries.map(|entry| (entry.receipt_handle.need(), Fate::Acknowledged));
        let (done, failed) = settle(kinesis, &input.queue_arn.need(), true, entries.collect()).await?;
        let successful = done
            .into_iter()
            .map(|handle| AcknowledgeDeadLetterQueueRecordsResultEntry { receipt_handle: Some(handle) });
        let failed = failed.into_iter().map(|entry| AcknowledgeDeadLetterQueueRecordsErrorEntry {
            receipt_handle: Some(entry.handle),
            error_code: Some(entry.code.to_owned()),
            error_message: Some(entry.text.to_owned()),
        });
        Ok(AcknowledgeDeadLetterQueueRecordsOutput {
            successful: Some(successful.collect()),
            failed: Some(failed.collect()),
        })
    }
}
