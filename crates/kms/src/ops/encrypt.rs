//! Encrypt.

use service::{Access, Call, Fault, Operation};

use super::shown;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::cipher::{check_encryption, check_plaintext, check_usage};
use crate::engine::grant::GrantOperation;
use crate::engine::state::Wanted;
use crate::shapes::{EncryptRequest, EncryptResponse};
use crate::tables::Usage;
use wire::Need;

/// Encrypts up to 4 KiB under a key.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html>
pub(crate) struct Encrypt;

impl Operation for Encrypt {
    type Service = Kms;
    type Input = EncryptRequest;
    type Output = EncryptResponse;
    const NAME: &'static str = "Encrypt";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask {
            context: Some(input.encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: shown::algorithm_condition(input.encryption_algorithm.as_ref()),
            ..using("kms:Encrypt", GrantOperation::Encrypt)
        };
        target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let key = target::kept(call)?.key;
        let how = shown::encryption(input.encryption_algorithm.as_ref())?;
        let context = input.encryption_context.unwrap_or_default();
        let plaintext = input.plaintext.need();
        key.admit(kms.now(), Wanted::Use)?;
        check_usage(&key, Usage::EncryptDecrypt, "Encrypt")?;
        check_encryption(&key, how, &context)?;
        check_plaintext(&key, how, &plaintext)?;
        dry_run(input.dry_run)?;
        let sealed = kms.encrypted(&key, how, &context, &plaintext).await?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(EncryptResponse {
            ciphertext_blob: Some(sealed.ciphertext.into()),
            key_id: Some(key.arn()),
            encryption_algorithm: Some(how.name().to_owned()),
        })
    }
}
