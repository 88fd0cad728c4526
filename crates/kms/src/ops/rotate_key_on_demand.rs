//! RotateKeyOnDemand.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::{RotateKeyOnDemandRequest, RotateKeyOnDemandResponse};

/// Rotates a key. Differs: it is done when the call returns.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html>
pub(crate) struct RotateKeyOnDemand;

impl Operation for RotateKeyOnDemand {
    type Service = Kms;
    type Input = RotateKeyOnDemandRequest;
    type Output = RotateKeyOnDemandResponse;
    const NAME: &'static str = "RotateKeyOnDemand";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:RotateKeyOnDemand").await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        kms.rotate_on_demand(&at).await?;
        Ok(RotateKeyOnDemandResponse { key_id: Some(at.arn()) })
    }
}
