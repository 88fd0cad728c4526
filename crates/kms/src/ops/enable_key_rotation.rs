//! EnableKeyRotation.

use service::{Access, Call, Fault, Operation};

use super::target::{self, Names};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::shapes::EnableKeyRotationRequest;

/// Has a key rotated by itself.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html>
pub(crate) struct EnableKeyRotation;

impl Operation for EnableKeyRotation {
    type Service = Kms;
    type Input = EnableKeyRotationRequest;
    type Output = ();
    const NAME: &'static str = "EnableKeyRotation";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let days = input.rotation_period_in_days.iter();
        let more = days.map(|days| ("kms:RotationPeriodInDays".into(), days.to_string())).collect();
        let ask = Ask { action: "kms:EnableKeyRotation", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let days = input.rotation_period_in_days.and_then(|days| u32::try_from(days).ok());
        Ok(kms.enable_rotation(&at, days).await?)
    }
}
