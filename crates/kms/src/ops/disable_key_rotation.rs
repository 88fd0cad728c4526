//! DisableKeyRotation.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::DisableKeyRotationRequest;

/// Ends the rotation of a key by itself.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html>
pub(crate) struct DisableKeyRotation;

impl Operation for DisableKeyRotation {
    type Service = Kms;
    type Input = DisableKeyRotationRequest;
    type Output = ();
    const NAME: &'static str = "DisableKeyRotation";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:DisableKeyRotation").await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        Ok(kms.disable_rotation(&target::kept(call)?.key.at).await?)
    }
}
