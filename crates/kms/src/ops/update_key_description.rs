//! UpdateKeyDescription.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::UpdateKeyDescriptionRequest;
use wire::Need;

/// Sets a key's description.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html>
pub(crate) struct UpdateKeyDescription;

impl Operation for UpdateKeyDescription {
    type Service = Kms;
    type Input = UpdateKeyDescriptionRequest;
    type Output = ();
    const NAME: &'static str = "UpdateKeyDescription";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:UpdateKeyDescription").await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = &target::kept(call)?.key.at;
        Ok(kms.set_description(at, &input.description.need()).await?)
    }
}
