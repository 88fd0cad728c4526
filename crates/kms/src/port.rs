//! Data keys for the other rooms: [`ports::KeyService`].
//!
//! A service uses a key on behalf of whoever called it, and the policies are asked for that principal, with the condition keys that say through
//! which service. This is on the hot path of every encrypted object: names, keys, policies and material are in memory.

use std::sync::Arc;

use base::{Arn, Region, Secret};
use futures_util::future::BoxFuture;
use ports::{DataKey, KeyError, KeyService, KeyUse};
use service::Caller;

use crate::engine::access::Ask;
use crate::engine::blob::Blob;
use crate::engine::context::Context;
use crate::engine::grant::GrantOperation;
use crate::engine::keys::Key;
use crate::engine::name::Named;
use crate::engine::{Error, Kms};
use crate::ops::fault;

/// Bytes of a data key for a service: AES-256.
const DATA_KEY_BYTES: usize = 32;

impl KeyService for Kms {
    fn generate<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<DataKey, KeyError>> {
        Box::pin(async move {
            let (key, alias) = self.find(key, on).await?;
            let context = context_of(on);
            let ask = Ask {
                action: "kms:GenerateDataKey",
                by_grant: Some(GrantOperation::GenerateDataKey),
                context: Some(&context),
                alias: alias.as_deref(),
                via: Some(on.via),
                ..Ask::default()
            };
            self.may(&key, on, ask).await?;
            self.check_for_service(&key, "GenerateDataKey", &context)?;
            let (plaintext, sealed) = self.data_key(&key, &context, DATA_KEY_BYTES)?;
            self.note_use(&key.at, "GenerateDataKey", &self.random().uuid());
            Ok(DataKey { plaintext, ciphertext: sealed.ciphertext, key: arn(&key)? })
        })
    }

    fn decrypt<'a>(
        &'a self,
        ciphertext: &'a [u8],
        on: KeyUse<'a>,
    ) -> BoxFuture<'a, Result<Secret, KeyError>> {
        Box::pin(async move {
            let blob = Blob::parse(ciphertext).map_err(|_| KeyError::InvalidCiphertext)?;
            let at = blob.key(on.region);
            let key = self.key(&at).await?;
            let context = context_of(on);
            let ask = Ask {
                action: "kms:Decrypt",
                by_grant: Some(GrantOperation::Decrypt),
                context: Some(&context),
                via: Some(on.via),
                ..Ask::default()
            };
            self.may(&key, on, ask).await?;
            self.check_for_service(&key, "Decrypt", &context)?;
            let opened = self.open(&key, &context, &blob)?;
            self.note_use(&key.at, "Decrypt", &self.random().uuid());
            Ok(opened.plaintext)
        })
    }

    fn resolve<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<Arn, KeyError>> {
        Box::pin(async move {
            let (key, _) = self.find(key, on).await?;
            arn(&key)
        })
    }
}

impl Kms {
    /// The key that a name means, and the alias it was called by.
    async fn find(&self, key: &str, on: KeyUse<'_>) -> Result<(Arc<Key>, Option<String>), KeyError> {
        let named = Named::parse(key, on.principal.account, on.region)?;
        let alias = match &named {
            Named::Alias(alias) => Some(alias.name.clone()),
            Named::Key(_) => None,
        };
        Ok((self.named_or_managed(&named).await?, alias))
    }

    async fn may(&self, key: &Key, on: KeyUse<'_>, ask: Ask<'_>) -> Result<(), KeyError> {
        let region: Region = on.region.clone();
        let caller = Caller::internal(on.principal.clone(), region);
        let access = self.question(&caller, key, ask).await?;
        Ok(self.allow(&caller, &access).await?)
    }
}

fn context_of(on: KeyUse<'_>) -> Context {
    on.context.iter().cloned().collect()
}

fn arn(key: &Key) -> Result<Arn, KeyError> {
    key.arn().parse().map_err(|_| KeyError::Unavailable("the key's ARN does not parse".to_owned()))
}

impl From<Error> for KeyError {
    fn from(error: Error) -> Self {
        let text = fault::text(&error).unwrap_or_default();
        match error {
            Error::NoKey(_)
            | Error::InvalidKeyId(_)
            | Error::InvalidArn(_)
            | Error::OtherRegion(_)
            | Error::NoAlias(_) => KeyError::NotFound(text),
            Error::Disabled(_) => KeyError::Disabled(text),
            Error::WrongState(..) => KeyError::InvalidState(text),
            Error::WrongUsage(..) | Error::WrongAlgorithm(..) | Error::NotSymmetric(_) => {
                KeyError::InvalidUsage(text)
            }
            Error::Denied { .. } => KeyError::Denied(text),
            Error::InvalidCiphertext | Error::UnknownCiphertext | Error::IncorrectKey => {
                KeyError::InvalidCiphertext
            }
            other => KeyError::Unavailable(other.to_string()),
        }
    }
}
