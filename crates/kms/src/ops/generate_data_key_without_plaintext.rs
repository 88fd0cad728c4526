//! GenerateDataKeyWithoutPlaintext.

use service::{Access, Call, Fault, Operation};

use super::data_keys;
use super::shown;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_data_key;
use crate::engine::grant::GrantOperation;
use crate::engine::state::Wanted;
use crate::shapes::{GenerateDataKeyWithoutPlaintextRequest, GenerateDataKeyWithoutPlaintextResponse};

/// Makes a data key and returns it encrypted only.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html>
pub(crate) struct GenerateDataKeyWithoutPlaintext;

impl Operation for GenerateDataKeyWithoutPlaintext {
    type Service = Kms;
    type Input = GenerateDataKeyWithoutPlaintextRequest;
    type Output = GenerateDataKeyWithoutPlaintextResponse;
    const NAME: &'static str = "GenerateDataKeyWithoutPlaintext";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask {
            context: Some(input.encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: shown::algorithm_condition(None),
            ..using("kms:GenerateDataKeyWithoutPlaintext", GrantOperation::GenerateDataKeyWithoutPlaintext)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let length = data_keys::length(input.key_spec.as_ref(), input.number_of_bytes)?;
        let context = input.encryption_context.unwrap_or_default();
        let key = target::kept(call)?.key;
        key.admit(kms.now(), Wanted::Use)?;
        check_data_key(&key, "GenerateDataKeyWithoutPlaintext", &context)?;
        dry_run(input.dry_run)?;
        let (_, sealed) = kms.data_key(&key, &context, length)?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(GenerateDataKeyWithoutPlaintextResponse {
            ciphertext_blob: Some(sealed.ciphertext.into()),
            key_id: Some(key.arn()),
            key_material_id: sealed.material_id,
        })
    }
}
