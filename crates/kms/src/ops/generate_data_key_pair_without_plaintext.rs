//! GenerateDataKeyPairWithoutPlaintext.

use service::{Access, Call, Fault, Operation};

use super::data_keys;
use super::shown;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_data_key;
use crate::engine::grant::GrantOperation;
use crate::engine::state::Wanted;
use crate::shapes::{
    GenerateDataKeyPairWithoutPlaintextRequest, GenerateDataKeyPairWithoutPlaintextResponse,
};
use wire::Need;

/// Makes a key pair and returns its private half encrypted only. Differs: no SM2 and no ML-KEM.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html>
pub(crate) struct GenerateDataKeyPairWithoutPlaintext;

impl Operation for GenerateDataKeyPairWithoutPlaintext {
    type Service = Kms;
    type Input = GenerateDataKeyPairWithoutPlaintextRequest;
    type Output = GenerateDataKeyPairWithoutPlaintextResponse;
    const NAME: &'static str = "GenerateDataKeyPairWithoutPlaintext";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let spec = input.key_pair_spec.iter().map(|spec| ("kms:DataKeyPairSpec".into(), spec.clone()));
        let ask = Ask {
            context: Some(input.encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: spec.chain(shown::algorithm_condition(None)).collect(),
            ..using(
                "kms:GenerateDataKeyPairWithoutPlaintext",
                GrantOperation::GenerateDataKeyPairWithoutPlaintext,
            )
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let name = input.key_pair_spec.need();
        let spec = data_keys::pair_spec(&name)?;
        let context = input.encryption_context.unwrap_or_default();
        let key = target::kept(call)?.key;
        key.admit(kms.now(), Wanted::Use)?;
        check_data_key(&key, "GenerateDataKeyPairWithoutPlaintext", &context)?;
        dry_run(input.dry_run)?;
        let (pair, sealed) = kms.data_key_pair(&key, &context, spec).await?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(GenerateDataKeyPairWithoutPlaintextResponse {
            private_key_ciphertext_blob: Some(sealed.ciphertext.into()),
            public_key: Some(pair.public().to_vec().into()),
            key_id: Some(key.arn()),
            key_pair_spec: Some(name),
            key_material_id: sealed.material_id,
        })
    }
}
