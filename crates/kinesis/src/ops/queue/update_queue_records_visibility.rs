//! UpdateQueueRecordsVisibility.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::settle;
use crate::engine::Kinesis;
use crate::engine::queue::held::Fate;
use crate::shapes::{
    UpdateQueueRecordsVisibilityErrorEntry, UpdateQueueRecordsVisibilityInput,
    UpdateQueueRecordsVisibilityOutput, UpdateQueueRecordsVisibilityResultEntry,
};

/// Changes how long received records are out of sight, from now on.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateQueueRecordsVisibility.html>
pub(crate) struct UpdateQueueRecordsVisibility;

impl Operation for UpdateQueueRecordsVisibility {
    type Service = Kinesis;
    type Input = UpdateQueueRecordsVisibilityInput;
    type Output = UpdateQueueRecordsVisibilityOutput;
    const NAME: &'static str = "UpdateQueueRecordsVisibility";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:UpdateQueueRecordsVisibility", input.queue_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let entries = input.entries.need().into_iter().map(|entry| {
            let secs = u32::try_from(entry.visibility_timeout_seconds.need()).unwrap_or(0);
            (entry.receipt_handle.need(), Fate::Hidden(secs))
        });
        let (done, failed) = settle(kinesis, &input.queue_arn.need(), false, entries.collect()).await?;
        let successful = done
            .into_iter()
            .map(|handle| UpdateQueueRecordsVisibilityResultEntry { receipt_handle: Some(handle) });
        let failed = failed.into_iter().map(|entry| UpdateQueueRecordsVisibilityErrorEntry {
            receipt_handle: Some(entry.handle),
            error_code: Some(entry.code.to_owned()),
            error_message: Some(entry.text.to_owned()),
        });
        Ok(UpdateQueueRecordsVisibilityOutput {
            successful: Some(successful.collect()),
            failed: Some(failed.collect()),
        })
    }
}
