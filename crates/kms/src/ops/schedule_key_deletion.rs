//! ScheduleKeyDeletion.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};

use super::target::Names;
use super::{shown, target};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::lifecycle::WINDOW_DAYS_DEFAULT;
use crate::shapes::{ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse};

/// Begins the wait for a key's deletion.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html>
pub(crate) struct ScheduleKeyDeletion;

impl Operation for ScheduleKeyDeletion {
    type Service = Kms;
    type Input = ScheduleKeyDeletionRequest;
    type Output = ScheduleKeyDeletionResponse;
    const NAME: &'static str = "ScheduleKeyDeletion";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let days = input.pending_window_in_days.map_or(i64::from(WINDOW_DAYS_DEFAULT), i64::from);
        let more = vec![("kms:ScheduleKeyDeletionPendingWindowInDays".into(), days.to_string())];
        let ask = Ask { action: "kms:ScheduleKeyDeletion", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let window_days = shown::window(input.pending_window_in_days)?;
        let at = target::kept(call)?.key.at.clone();
        let end = kms.schedule_deletion(&at, window_days).await?;
        let key = kms.key(&at).await?;
        Ok(ScheduleKeyDeletionResponse {
            key_id: Some(at.arn()),
            deletion_date: end.map(Timestamp::cut_to_millis),
            key_state: Some(key.state(kms.now()).name().to_owned()),
            pending_window_in_days: i32::try_from(window_days).ok(),
        })
    }
}
