//! GenerateDataKeyPair.

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
use crate::shapes::{GenerateDataKeyPairRequest, GenerateDataKeyPairResponse};
use wire::Need;

/// Makes a key pair: in plain, and its private half encrypted under a key. Differs: no SM2 and no ML-KEM, no Nitro recipients.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html>
pub(crate) struct GenerateDataKeyPair;

impl Operation for GenerateDataKeyPair {
    type Service = Kms;
    type Input = GenerateDataKeyPairRequest;
    type Output = GenerateDataKeyPairResponse;
    const NAME: &'static str = "GenerateDataKeyPair";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let spec = input.key_pair_spec.iter().map(|spec| ("kms:DataKeyPairSpec".into(), spec.clone()));
        let ask = Ask {
            context: Some(input.encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: spec.chain(shown::algorithm_condition(None)).collect(),
            ..using("kms:GenerateDataKeyPair", GrantOperation::GenerateDataKeyPair)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        check_recipient(input.recipient.as_ref())?;
        let name = input.key_pair_spec.need();
        let spec = data_keys::pair_spec(&name)?;
        let context = input.encryption_context.unwrap_or_default();
        let key = target::kept(call)?.key;
        key.admit(kms.now(), Wanted::Use)?;
        check_data_key(&key, "GenerateDataKeyPair", &context)?;
        dry_run(input.dry_run)?;
        let (pair, sealed) = kms.data_key_pair(&key, &context, spec).await?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(GenerateDataKeyPairResponse {
            private_key_ciphertext_blob: Some(sealed.ciphertext.into()),
            private_key_plaintext: shown::plaintext(pair.private()),
            public_key: Some(pair.public().to_vec().into()),
            key_id: Some(key.arn()),
            key_pair_spec: Some(name),
            ciphertext_for_recipient: None,
            key_material_id: sealed.material_id,
        })
    }
}
