//! CancelKeyDeletion.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::{CancelKeyDeletionRequest, CancelKeyDeletionResponse};

/// Ends the wait for a key's deletion. The key stays disabled.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html>
pub(crate) struct CancelKeyDeletion;

impl Operation for CancelKeyDeletion {
    type Service = Kms;
    type Input = CancelKeyDeletionRequest;
    type Output = CancelKeyDeletionResponse;
    const NAME: &'static str = "CancelKeyDeletion";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:CancelKeyDeletion").await
    }

    async fn run(kms: &Kms, call: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        kms.cancel_deletion(&at).await?;
        Ok(CancelKeyDeletionResponse { key_id: Some(at.arn()) })
    }
}
