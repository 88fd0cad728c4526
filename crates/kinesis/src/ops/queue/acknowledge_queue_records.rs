//! AcknowledgeQueueRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::settle;
use crate::engine::Kinesis;
use crate::engine::queue::held::Fate;
use crate::shapes::{
    AcknowledgeQueueRecordsErrorEntry, AcknowledgeQueueRecordsInput, AcknowledgeQueueRecordsOutput,
    AcknowledgeQueueRecordsResultEntry,
};

/// Acknowledges records: the queue hands them out no more. The stream keeps them.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AcknowledgeQueueRecords.html>
pub(crate) struct AcknowledgeQueueRecords;

impl Operation for AcknowledgeQueueRecords {
    type Service = Kinesis;
    type Input = AcknowledgeQueueRecordsInput;
    type Output = AcknowledgeQueueRecordsOutput;
    const NAME: &'static str = "AcknowledgeQueueRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:AcknowledgeQueueRecords", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let entries = input.entries.need().into_iter();
        let entries = entries.map(|entry| (entry.receipt_handle.need(), Fate::Acknowledged));
        let (done, failed) = settle(kinesis, &input.queue_arn.need(), false, entries.collect()).await?;
        let successful = done
            .into_iter()
            .map(|handle| AcknowledgeQueueRecordsResultEntry { receipt_handle: Some(handle) });
        let failed = failed.into_iter().map(|entry| AcknowledgeQueueRecordsErrorEntry {
            receipt_handle: Some(entry.handle),
            error_code: Some(entry.code.to_owned()),
            error_message: Some(entry.text.to_owned()),
        });
        Ok(AcknowledgeQueueRecordsOutput {
            successful: Some(successful.collect()),
            failed: Some(failed.collect()),
        })
    }
}
