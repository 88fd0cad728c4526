//! ReEncrypt.

use service::{Access, Call, Fault, Operation};

use super::decrypt::of_ciphertext;
use super::fault::violation;
use super::shown;
use super::target::Found;
use super::target::{self, Names, check_tokens, dry_run, using};
use crate::engine::Error;
use crate::engine::Kms;
use crate::engine::access::Ask;
use crate::engine::blob::Blob;
use crate::engine::cipher::{check_encryption, check_plaintext, check_usage};
use crate::engine::grant::GrantOperation;
use crate::engine::spec::Encryption;
use crate::engine::state::Wanted;
use crate::shapes::{ReEncryptRequest, ReEncryptResponse};
use crate::tables::{Spec, Usage};

/// Decrypts and encrypts again under another key or context; the plaintext does not leave.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html>
pub(crate) struct ReEncrypt;

impl Operation for ReEncrypt {
    type Service = Kms;
    type Input = ReEncryptRequest;
    type Output = ReEncryptResponse;
    const NAME: &'static str = "ReEncrypt";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let from_ask = |same: bool| Ask {
            context: Some(input.source_encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: conditions(same, input.source_encryption_algorithm.as_ref()),
            ..using("kms:ReEncryptFrom", GrantOperation::ReEncryptFrom)
        };
        let to_ask = |same: bool| Ask {
            context: Some(input.destination_encryption_context.as_ref().unwrap_or(&super::NO_CONTEXT)),
            more: conditions(same, input.destination_encryption_algorithm.as_ref()),
            ..using("kms:ReEncryptTo", GrantOperation::ReEncryptTo)
        };
        let Some(to_text) = &input.destination_key_id else {
            return Ok(vec![Access::any("kms:ReEncryptTo", call.caller())]);
        };
        let to = target::find(kms, call, to_text, Names::Any, "kms:ReEncryptTo").await;
        let from = match &input.source_key_id {
            Some(text) => target::find(kms, call, text, Names::Any, "kms:ReEncryptFrom").await,
            None => {
                let ciphertext = input.ciphertext_blob.as_deref().unwrap_or_default();
                of_ciphertext(kms, call, ciphertext, from_ask(false)).await?.0
            }
        };
        let mut asked = Vec::new();
        if let (Ok(from), Ok(to)) = (&from, &to) {
            let same = from.key.at == to.key.at;
            let ask = Ask { alias: from.alias.as_deref(), ..from_ask(same) };
            asked.push(kms.question(call.caller(), &from.key, ask).await?);
            let ask = Ask { alias: to.alias.as_deref(), ..to_ask(same) };
            asked.push(kms.question(call.caller(), &to.key, ask).await?);
        }
        call.keep(Both { from, to });
        Ok(asked)
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_tokens(kms, input.grant_tokens.as_ref())?;
        let both = call
            .kept::<Both>()
            .ok_or_else(|| violation(None, "destinationKeyId", "Member must not be null"))?;
        let (from, to) = (both.from.clone()?.key, both.to.clone()?.key);
        let modifiers = input.dry_run_modifiers.unwrap_or_default();
        let ignored = input.dry_run == Some(true) && modifiers.iter().any(|name| name == "IGNORE_CIPHERTEXT");
        let ciphertext = match input.ciphertext_blob {
            Some(ciphertext) => ciphertext,
            None if ignored && input.source_key_id.is_some() => bytes::Bytes::new(),
            None => return Err(violation(None, "ciphertextBlob", "Member must not be null")),
        };
        let from_how = shown::encryption(input.source_encryption_algorithm.as_ref())?;
        let to_how = shown::encryption(input.destination_encryption_algorithm.as_ref())?;
        let from_context = input.source_encryption_context.unwrap_or_default();
        let to_context = input.destination_encryption_context.unwrap_or_default();
        if from_how == Encryption::Symmetric && from.row.spec == Spec::Symmetric && !ignored {
            let blob = Blob::parse(&ciphertext).map_err(Error::from)?;
            if (blob.account, blob.key_id.as_str()) != (from.at.account, from.at.id.as_str()) {
                return Err(Error::IncorrectKey.into());
            }
        }
        for (key, how, context) in [(&from, from_how, &from_context), (&to, to_how, &to_context)] {
            key.admit(kms.now(), Wanted::Use)?;
            check_usage(key, Usage::EncryptDecrypt, "ReEncrypt")?;
            check_encryption(key, how, context)?;
        }
        if ignored {
            dry_run(input.dry_run)?;
        }
        let opened = kms.decrypted(&from, from_how, &from_context, &ciphertext).await?;
        check_plaintext(&to, to_how, opened.plaintext.expose())?;
        dry_run(input.dry_run)?;
        let sealed = kms.encrypted(&to, to_how, &to_context, opened.plaintext.expose()).await?;
        for key in [&from, &to] {
            kms.note_use(&key.at, Self::NAME, call.request_id());
        }
        Ok(ReEncryptResponse {
            ciphertext_blob: Some(sealed.ciphertext.into()),
            source_key_id: Some(from.arn()),
            key_id: Some(to.arn()),
            source_encryption_algorithm: Some(from_how.name().to_owned()),
            destination_encryption_algorithm: Some(to_how.name().to_owned()),
            source_key_material_id: opened.material_id,
            destination_key_material_id: sealed.material_id,
        })
    }
}

/// The two keys of the call.
struct Both {
    from: Result<Found, Error>,
    to: Result<Found, Error>,
}

fn conditions(same: bool, algorithm: Option<&String>) -> crate::engine::access::Conditions {
    let mut conditions = shown::algorithm_condition(algorithm);
    conditions.push(("kms:ReEncryptOnSameKey".into(), same.to_string()));
    conditions
}
