//! DisableKey.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::DisableKeyRequest;

/// Switches a key off.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html>
pub(crate) struct DisableKey;

impl Operation for DisableKey {
    type Service = Kms;
    type Input = DisableKeyRequest;
    type Output = ();
    const NAME: &'static str = "DisableKey";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:DisableKey").await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        Ok(kms.switch(&target::kept(call)?.key.at, false).await?)
    }
}
