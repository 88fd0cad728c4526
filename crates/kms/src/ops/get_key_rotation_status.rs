//! GetKeyRotationStatus.

use service::{Access, Call, Fault, Operation};

use super::shown::rotation_date;
use super::target::{self, Names};
use crate::engine::access::Ask;
use crate::engine::state::Wanted;
use crate::engine::{Error, Kms};
use crate::shapes::{GetKeyRotationStatusRequest, GetKeyRotationStatusResponse};
use crate::tables::Spec;

/// Tells whether a key is rotated by itself, and when next.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html>
pub(crate) struct GetKeyRotationStatus;

impl Operation for GetKeyRotationStatus {
    type Service = Kms;
    type Input = GetKeyRotationStatusRequest;
    type Output = GetKeyRotationStatusResponse;
    const NAME: &'static str = "GetKeyRotationStatus";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask { action: "kms:GetKeyRotationStatus", ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::Key, ask).await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::kept(call)?.key;
        if key.row.spec != Spec::Symmetric {
            return Err(Error::NotSymmetric(key.at.clone()).into());
        }
        key.admit(kms.now(), Wanted::RotationStatus)?;
        // The primary key's says how the whole family is rotated.
        let rotation = kms.primary_of(&key).await?.row.rotation;
        Ok(GetKeyRotationStatusResponse {
            key_rotation_enabled: Some(rotation.is_some()),
            key_id: Some(key.arn()),
            rotation_period_in_days: rotation.and_then(|rotation| i32::try_from(rotation.period_days).ok()),
            next_rotation_date: rotation.map(|rotation| rotation_date(rotation.next_micros)),
            on_demand_rotation_start_date: None,
        })
    }
}
