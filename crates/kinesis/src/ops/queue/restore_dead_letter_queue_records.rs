//! RestoreDeadLetterQueueRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::settle;
use crate::engine::Kinesis;
use crate::engine::queue::held::Fate;
use crate::shapes::{
    RestoreDeadLetterQueueRecordsErrorEntry, RestoreDeadLetterQueueRecordsInput,
    RestoreDeadLetterQueueRecordsOutput, RestoreDeadLetterQueueRecordsResultEntry,
};

/// Makes dead letters records like others again, as if they had never been received.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RestoreDeadLetterQueueRecords.html>
pub(crate) struct RestoreDeadLetterQueueRecords;

impl Operation for RestoreDeadLetterQueueRecords {
    type Service = Kinesis;
    type Input = RestoreDeadLetterQueueRecordsInput;
    type Output = RestoreDeadLetterQueueRecordsOutput;
    const NAME: &'static str = "RestoreDeadLetterQueueRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:RestoreDeadLetterQueueRecords", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let entries = input.entries.need().into_iter();
        let entries = entries.map(|entry| (entry.receipt_handle.need(), Fate::Restored));
        let (done, failed) = settle(kinesis, &input.queue_arn.need(), true, entries.collect()).await?;
        let successful = done
            .into_iter()
            .map(|handle| RestoreDeadLetterQueueRecordsResultEntry { receipt_handle: Some(handle) });
        let failed = failed.into_iter().map(|entry| RestoreDeadLetterQueueRecordsErrorEntry {
            receipt_handle: Some(entry.handle),
            error_code: Some(entry.code.to_owned()),
            error_message: Some(entry.text.to_owned()),
        });
        Ok(RestoreDeadLetterQueueRecordsOutput {
            successful: Some(successful.collect()),
            failed: Some(failed.collect()),
        })
    }
}
