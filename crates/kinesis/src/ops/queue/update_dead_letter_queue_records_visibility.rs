//! UpdateDeadLetterQueueRecordsVisibility.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::settle;
use crate::engine::Kinesis;
use crate::engine::queue::held::Fate;
use crate::shapes::{
    UpdateDeadLetterQueueRecordsVisibilityErrorEntry, UpdateDeadLetterQueueRecordsVisibilityInput,
    UpdateDeadLetterQueueRecordsVisibilityOutput, UpdateDeadLetterQueueRecordsVisibilityResultEntry,
};

/// Changes how long received dead letters are out of sight, from now on.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateDeadLetterQueueRecordsVisibility.html>
pub(crate) struct UpdateDeadLetterQueueRecordsVisibility;

impl Operation for UpdateDeadLetterQueueRecordsVisibility {
    type Service = Kinesis;
    type Input = UpdateDeadLetterQueueRecordsVisibilityInput;
    type Output = UpdateDeadLetterQueueRecordsVisibilityOutput;
    const NAME: &'static str = "UpdateDeadLetterQueueRecordsVisibility";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(
            kinesis,
            call,
            "kinesis:UpdateDeadLetterQueueRecordsVisibility",
            input.queue_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let entries = input.entries.need().into_iter().map(|entry| {
            let secs = u32::try_from(entry.visibility_timeout_seconds.need()).unwrap_or(0);
            (entry.receipt_handle.need(), Fate::Hidden(secs))
        });
        let (done, failed) = settle(kinesis, &input.queue_arn.need(), true, entries.collect()).await?;
        let successful = done
            .into_iter()
            .map(|handle| UpdateDeadLetterQueueRecordsVisibilityResultEntry { receipt_handle: Some(handle) });
        let failed = failed.into_iter().map(|entry| UpdateDeadLetterQueueRecordsVisibilityErrorEntry {
            receipt_handle: Some(entry.handle),
            error_code: Some(entry.code.to_owned()),
            error_message: Some(entry.text.to_owned()),
        });
        Ok(UpdateDeadLetterQueueRecordsVisibilityOutput {
            successful: Some(successful.collect()),
            failed: Some(failed.collect()),
        })
    }
}
