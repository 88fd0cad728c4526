//! GenerateDataKey.

use service::{Access, Call, Fault, Operation};

use super::data_keys;
use super::shown;
use super::target::check_recipient;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_data_key;
use crate::engine::grant::GrantOperation;
use crate::engine::state::Wanted;
use crate::shapes::{GenerateDataKeyRequest, GenerateDataKeyResponse};

/// Makes a data key: in plain, and encrypted under a key. Differs: no Nitro recipients.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html>
pub(crate) struct GenerateDataKey;

impl Operation for GenerateDataKey {
    type Service = Kms;
    type Input = GenerateDataKeyRequest;
    type Output = GenerateDataKeyResponse;
    const NAME: &'static str = "GenerateDataKey";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask {
            context: Some(input.encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: shown::algorithm_condition(None),
            ..using("kms:GenerateDataKey", GrantOperation::GenerateDataKey)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        check_recipient(input.recipient.as_ref())?;
        let length = data_keys::length(input.key_spec.as_ref(), input.number_of_bytes)?;
        let context = input.encryption_context.unwrap_or_default();
        let key = target::kept(call)?.key;
        key.admit(kms.now(), Wanted::Use)?;
        check_data_key(&key, "GenerateDataKey", &context)?;
        dry_run(input.dry_run)?;
        let (plaintext, sealed) = kms.data_key(&key, &context, length)?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(GenerateDataKeyResponse {
            ciphertext_blob: Some(sealed.ciphertext.into()),
            plaintext: shown::plaintext(&plaintext),
            key_id: Some(key.arn()),
            ciphertext_for_recipient: None,
            key_material_id: sealed.material_id,
        })
    }
}
