//! DeleteImportedKeyMaterial.

use service::{Access, Call, Fault, Operation};

use super::target;
use crate::engine::Kms;
use crate::shapes::{DeleteImportedKeyMaterialRequest, DeleteImportedKeyMaterialResponse};

/// Forgets imported key material; the key waits for it to be imported again.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html>
pub(crate) struct DeleteImportedKeyMaterial;

impl Operation for DeleteImportedKeyMaterial {
    type Service = Kms;
    type Input = DeleteImportedKeyMaterialRequest;
    type Output = DeleteImportedKeyMaterialResponse;
    const NAME: &'static str = "DeleteImportedKeyMaterial";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:DeleteImportedKeyMaterial").await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let id = kms.delete_material(&at, input.key_material_id.as_deref()).await?;
        Ok(DeleteImportedKeyMaterialResponse { key_id: Some(at.arn()), key_material_id: id })
    }
}
