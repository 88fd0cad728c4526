//! EnableKey.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::EnableKeyRequest;

/// Switches a key on.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html>
pub(crate) struct EnableKey;

impl Operation for EnableKey {
    type Service = Kms;
    type Input = EnableKeyRequest;
    type Output = ();
    const NAME: &'static str = "EnableKey";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:EnableKey").await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        Ok(kms.switch(&target::kept(call)?.key.at, true).await?)
    }
}
