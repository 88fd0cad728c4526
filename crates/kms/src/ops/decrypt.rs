//! Decrypt.

use service::{Access, Call, Fault, Operation};

use super::fault::violation;
use super::shown;
use super::target::{self, Names, check_tokens, dry_run, using};
use super::target::{Found, check_recipient};
use crate::engine::Error;
use crate::engine::Kms;
use crate::engine::access::{Ask, is_foreign};
use crate::engine::blob::Blob;
use crate::engine::cipher::{check_encryption, check_usage};
use crate::engine::grant::GrantOperation;
use crate::engine::spec::Encryption;
use crate::engine::state::Wanted;
use crate::shapes::{DecryptRequest, DecryptResponse};
use crate::tables::Usage;

/// Decrypts. A symmetric ciphertext names its key. Differs: no Nitro recipients.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html>
pub(crate) struct Decrypt;

impl Operation for Decrypt {
    type Service = Kms;
    type Input = DecryptRequest;
    type Output = DecryptResponse;
    const NAME: &'static str = "Decrypt";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let ask = Ask {
            context: Some(input.encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: shown::algorithm_condition(input.encryption_algorithm.as_ref()),
            ..using("kms:Decrypt", GrantOperation::Decrypt)
        };
        if input.key_id.is_some() {
            return target::access(kms, call, input.key_id.as_ref(), Names::Any, ask).await;
        }
        let ciphertext = input.ciphertext_blob.as_deref().unwrap_or_default();
        by_ciphertext(kms, call, ciphertext, ask).await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        check_recipient(input.recipient.as_ref())?;
        let modifiers = input.dry_run_modifiers.unwrap_or_default();
        let ignored = input.dry_run == Some(true) && modifiers.iter().any(|name| name == "IGNORE_CIPHERTEXT");
        let ciphertext = match input.ciphertext_blob {
            Some(ciphertext) => ciphertext,
            None if ignored && input.key_id.is_some() => bytes::Bytes::new(),
            None => return Err(violation(None, "ciphertextBlob", "Member must not be null")),
        };
        let how = shown::encryption(input.encryption_algorithm.as_ref())?;
        let context = input.encryption_context.unwrap_or_default();
        let key = target::kept(call)?.key;
        if how == Encryption::Symmetric && key.row.spec == crate::tables::Spec::Symmetric && !ignored {
            let blob = Blob::parse(&ciphertext).map_err(Error::from)?;
            if (blob.account, blob.key_id.as_str()) != (key.at.account, key.at.id.as_str()) {
                return Err(Error::IncorrectKey.into());
            }
        }
        key.admit(kms.now(), Wanted::Use)?;
        check_usage(&key, Usage::EncryptDecrypt, "Decrypt")?;
        check_encryption(&key, how, &context)?;
        if ignored {
            dry_run(input.dry_run)?;
        }
        let opened = kms.decrypted(&key, how, &context, &ciphertext).await?;
        dry_run(input.dry_run)?;
        kms.note_use(&key.at, Self::NAME, call.request_id());
        Ok(DecryptResponse {
            key_id: Some(key.arn()),
            plaintext: shown::plaintext(&opened.plaintext),
            encryption_algorithm: Some(how.name().to_owned()),
            ciphertext_for_recipient: None,
            key_material_id: opened.material_id,
        })
    }
}

/// Finds the key that a ciphertext names and asks whether it may be used so. Of a key that cannot be had nothing is said but that.
pub(crate) async fn by_ciphertext(
    kms: &Kms,
    call: &Call,
    ciphertext: &[u8],
    ask: Ask<'_>,
) -> Result<Vec<Access>, Fault> {
    let (found, access) = of_ciphertext(kms, call, ciphertext, ask).await?;
    call.keep(found);
    Ok(access.into_iter().collect())
}

/// As [`by_ciphertext`], without keeping what was found.
pub(crate) async fn of_ciphertext(
    kms: &Kms,
    call: &Call,
    ciphertext: &[u8],
    ask: Ask<'_>,
) -> Result<(Result<Found, Error>, Option<Access>), Fault> {
    let Ok(blob) = Blob::parse(ciphertext) else { return Ok((Err(Error::InvalidCiphertext), None)) };
    let at = blob.key(call.region());
    let key = match kms.key(&at).await {
        Ok(key) => key,
        Err(Error::NoKey(_)) => return Ok((Err(Error::UnknownCiphertext), None)),
        Err(error) => return Ok((Err(error), None)),
    };
    let access = kms.question(call.caller(), &key, ask).await?;
    let found = Found { key, alias: None };
    if is_foreign(call.caller(), &at) && call.allow(access.clone()).await.is_err() {
        return Ok((Err(Error::UnknownCiphertext), None));
    }
    Ok((Ok(found), Some(access)))
}
