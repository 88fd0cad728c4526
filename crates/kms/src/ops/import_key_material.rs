//! ImportKeyMaterial.

use service::{Access, Call, Fault, Operation};

use super::fault::validation;
use super::target::{self, Names};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::import::Import;
use crate::shapes::{ImportKeyMaterialRequest, ImportKeyMaterialResponse};
use wire::Need;

/// Takes key material that was wrapped under the key of GetParametersForImport.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html>
pub(crate) struct ImportKeyMaterial;

impl Operation for ImportKeyMaterial {
    type Service = Kms;
    type Input = ImportKeyMaterialRequest;
    type Output = ImportKeyMaterialResponse;
    const NAME: &'static str = "ImportKeyMaterial";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let model = input.expiration_model.as_deref().unwrap_or(EXPIRES);
        let mut more = vec![("kms:ExpirationModel".into(), model.to_owned())];
        if let Some(valid_to) = input.valid_to {
            more.push(("kms:ValidTo".into(), valid_to.as_secs().to_string()));
        }
        let ask = Ask { action: "kms:ImportKeyMaterial", more, ..Ask::default() };
        target::access(kms, call, input.key_id.as_ref(), Names::OwnKey, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let at = target::kept(call)?.key.at.clone();
        let expires = match (input.expiration_model.as_deref().unwrap_or(EXPIRES), input.valid_to) {
            (EXPIRES, None) => {
                return Err(validation(
                    "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
                ));
            }
            (EXPIRES, Some(valid_to)) => Some(valid_to),
            (_, _) => None,
        };
        let import = Import {
            expires,
            is_new: input.import_type.as_deref() == Some("NEW_KEY_MATERIAL"),
            description: input.key_material_description,
            id: input.key_material_id,
        };
        let wrapped = input.encrypted_key_material.need().to_vec();
        let id = kms.import_material(&at, &input.import_token.need(), wrapped, import).await?;
        Ok(ImportKeyMaterialResponse { key_id: Some(at.arn()), key_material_id: Some(id) })
    }
}

/// What material does unless something else is said.
const EXPIRES: &str = "KEY_MATERIAL_EXPIRES";
