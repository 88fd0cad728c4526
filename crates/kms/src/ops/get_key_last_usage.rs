//! GetKeyLastUsage.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::{GetKeyLastUsageRequest, GetKeyLastUsageResponse, KeyLastUsageData};

/// Tells when a key was last used, and for what. Uses are tracked from a key's creation on, each region's by itself.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html>
/// Differs: it knows at once; what the minute before a crash held is lost. There is no CloudTrail, so that the event's id leads nowhere.
pub(crate) struct GetKeyLastUsage;

impl Operation for GetKeyLastUsage {
    type Service = Kms;
    type Input = GetKeyLastUsageRequest;
    type Output = GetKeyLastUsageResponse;
    const NAME: &'static str = "GetKeyLastUsage";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:GetKeyLastUsage").await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::kept(call)?.key;
        let created = Timestamp::from_micros(key.row.created_micros).cut_to_millis();
        let last = kms.last_use(&key.at).await?.map(|row| KeyLastUsageData {
            operation: Some(row.operation),
            timestamp: Some(Timestamp::from_micros(row.used_micros).cut_to_millis()),
            cloud_trail_event_id: Some(row.event),
            kms_request_id: Some(row.request),
        });
        Ok(GetKeyLastUsageResponse {
            key_id: Some(key.arn()),
            key_last_usage: last,
            tracking_start_date: Some(created),
            key_creation_date: Some(created),
        })
    }
}
