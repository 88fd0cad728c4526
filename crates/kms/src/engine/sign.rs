//! Signatures, authentication codes and agreement on secrets.

use std::sync::Arc;

use base::Secret;
use crypt::{Message, PairError, Signing, hmac_sha2};

use super::cipher::with_pair;
use super::keys::Key;
use super::material::Material;
use super::spec::SigningName;
use super::{Error, Kms};

/// What is signed: a message, or its digest.
#[derive(Clone, Debug)]
pub enum Signed {
    /// The message itself.
    Raw(Secret),
    /// Its digest.
    Digest(Secret),
}

impl Signed {
    fn message(&self) -> Message<'_> {
        match self {
            Signed::Raw(bytes) => Message::Whole(bytes.expose()),
            Signed::Digest(bytes) => Message::Digest(bytes.expose()),
        }
    }
}

/// The algorithm of this name, if it is one of the key's and takes what is signed.
pub fn check_signing(key: &Key, name: &str, signed: &Signed) -> Result<Signing, Error> {
    let found = key.row.spec.signing().iter().find(|SigningName(known, _)| *known == name);
    let Some(SigningName(_, signing)) = found else {
        return Err(Error::WrongAlgorithm(name.to_owned(), key.row.spec));
    };
    let Signed::Digest(digest) = signed else { return Ok(*signing) };
    match signing.digest_bytes() {
        Some(length) if length == digest.expose().len() => Ok(*signing),
        Some(_) => Err(Error::DigestLength(name.to_owned())),
        None => Err(Error::Invalid(format!("MessageType DIGEST is not supported with {name}."))),
    }
}

/// Refuses a code that is not the key's.
pub fn check_mac(key: &Key, name: &str) -> Result<(), Error> {
    if key.row.spec.mac() == Some(name) {
        return Ok(());
    }
    Err(Error::WrongAlgorithm(name.to_owned(), key.row.spec))
}

impl Kms {
    /// Signs.
    pub async fn sign(&self, key: &Arc<Key>, signing: Signing, signed: Signed) -> Result<Vec<u8>, Error> {
        let signature = with_pair(key, move |pair| pair.sign(signing, signed.message())).await?;
        signature.map_err(|error| broken(key, error))
    }

    /// Fails unless the signature is that of what is signed.
    pub async fn verify(
        &self,
        key: &Arc<Key>,
        signing: Signing,
        signed: Signed,
        signature: Vec<u8>,
    ) -> Result<(), Error> {
        let check = move |pair: &crypt::KeyPair| {
            crypt::verify(pair.kind(), pair.public(), signing, signed.message(), &signature)
        };
        match with_pair(key, check).await? {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::InvalidSignature),
            Err(error) => Err(broken(key, error)),
        }
    }

    /// The code of a message.
    pub fn mac(&self, key: &Key, message: &[u8]) -> Result<Vec<u8>, Error> {
        match key.current()? {
            (_, Material::Hmac(size, secret)) => Ok(hmac_sha2(*size, secret, message)),
            (_, Material::Symmetric(_) | Material::Pair(_)) => {
                Err(Error::WrongAlgorithm("HMAC".to_owned(), key.row.spec))
            }
        }
    }

    /// Fails unless the code is that of the message.
    pub fn verify_mac(&self, key: &Key, message: &[u8], mac: &[u8]) -> Result<(), Error> {
        if crypt::same(&self.mac(key, message)?, mac) { Ok(()) } else { Err(Error::InvalidMac) }
    }

    /// The secret that this key and another's public key come to.
    pub async fn agree(&self, key: &Arc<Key>, peer: Vec<u8>) -> Result<Secret, Error> {
        let agreed = with_pair(key, move |pair| pair.agree(&peer)).await?;
        agreed.map_err(|error| match error {
            PairError::Refused => Error::Invalid(
                "The public key is not a valid DER-encoded public key on the curve of the KMS key."
                    .to_owned(),
            ),
            PairError::Malformed | PairError::Unfit => broken(key, error),
        })
    }
}

fn broken(key: &Key, error: PairError) -> Error {
    Error::Store(format!("key `{}`: {error}", key.at.id))
}
