//! DeriveSharedSecret.

use service::{Access, Call, Fault, Operation};

use super::shown;
use super::target::check_recipient;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::check_usage;
use crate::engine::grant::GrantOperation;
use crate::engine::state::Wanted;
use crate::shapes::{DeriveSharedSecretRequest, DeriveSharedSecretResponse};
use crate::tables::Usage;
use wire::Need;

/// Agrees on a secret with the holder of another key of the same curve. Differs: no SM2, no Nitro recipients.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html>
pub(crate) struct DeriveSharedSecret;

impl Operation for DeriveSharedSecret {
    type Service = Kms;
    type Input = DeriveSharedSecretRequest;
    type Output = DeriveSharedSecretResponse;
    const NAME: &'static str = "DeriveSharedSecret";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let algorithm = input.key_agreement_algorithm.iter();
        let ask = Ask {
            more: algorithm.map(|name| ("kms:KeyAgreementAlgorithm".into(), name.clone())).collect(),
            ..using("kms:DeriveSharedSecret", GrantOperation::DeriveSharedSecret)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        check_recipient(input.recipient.as_ref())?;
        let key = target::kept(call)?.key;
        key.admit(kms.now(), Wanted::Use)?;
        check_usage(&key, Usage::KeyAgreement, "DeriveSharedSecret")?;
        dry_run(input.dry_run)?;
        let secret = kms.agree(&key, input.public_key.need().to_vec()).await?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(DeriveSharedSecretResponse {
            key_id: Some(key.arn()),
            shared_secret: shown::plaintext(&secret),
            ciphertext_for_recipient: None,
            key_agreement_algorithm: input.key_agreement_algorithm,
            key_origin: Some(key.row.origin.name().to_owned()),
        })
    }
}
