//! Encrypt, decrypt, and data keys.

use std::sync::Arc;

use base::{Region, Secret};
use crypt::{KeyPair, Oaep};

use super::blob::{self, Blob, InvalidCiphertext};
use super::context::{self, Context};
use super::keys::Key;
use super::lifecycle::heavy;
use super::material::Material;
use super::spec::Encryption;
use super::state::Wanted;
use super::{Error, Kms};
use crate::tables::{KeyRef, Spec, Usage};

/// A plaintext, and what it was encrypted with.
pub struct Opened {
    /// The plaintext.
    pub plaintext: Secret,
    /// The id of the material; symmetric keys only.
    pub material_id: Option<String>,
}

/// Something encrypted.
pub struct Sealed {
    /// The ciphertext.
    pub ciphertext: Vec<u8>,
    /// The id of the material; symmetric keys only.
    pub material_id: Option<String>,
}

impl From<InvalidCiphertext> for Error {
    fn from(_: InvalidCiphertext) -> Self {
        Error::InvalidCiphertext
    }
}

/// Refuses a key that is for something else.
pub fn check_usage(key: &Key, wanted: Usage, operation: &'static str) -> Result<(), Error> {
    if key.row.usage == wanted {
        return Ok(());
    }
    Err(Error::WrongUsage(key.at.clone(), key.row.usage, operation))
}

/// Refuses an algorithm that is not the key's. `context` must be empty where the algorithm has none.
pub fn check_encryption(key: &Key, how: Encryption, context: &Context) -> Result<(), Error> {
    if !how.fits(key.row.spec) {
        return Err(Error::WrongAlgorithm(how.name().to_owned(), key.row.spec));
    }
    if how != Encryption::Symmetric && !context.is_empty() {
        return Err(Error::Invalid(format!(
            "EncryptionContext is not supported with the encryption algorithm {}.",
            how.name()
        )));
    }
    context::check(context)
}

/// Refuses all but symmetric encryption keys: what data keys come under.
pub fn check_data_key(key: &Key, operation: &'static str, context: &Context) -> Result<(), Error> {
    check_usage(key, Usage::EncryptDecrypt, operation)?;
    check_encryption(key, Encryption::Symmetric, context)
}

/// Refuses a plaintext that is too long for the key.
pub fn check_plaintext(key: &Key, how: Encryption, plaintext: &[u8]) -> Result<(), Error> {
    let Encryption::Oaep(oaep) = how else { return Ok(()) };
    let (_, Material::Pair(pair)) = key.current()? else { return Ok(()) };
    match pair.plaintext_bytes_max(oaep) {
        Some(max) if plaintext.len() > max => {
            Err(Error::PlaintextTooLong { algorithm: how.name(), spec: key.row.spec, max })
        }
        Some(_) | None => Ok(()),
    }
}

impl Kms {
    /// Encrypts under the current material. The caller has asked [`Key::admit`] and the checks above.
    pub async fn encrypted(
        &self,
        key: &Arc<Key>,
        how: Encryption,
        context: &Context,
        plaintext: &[u8],
    ) -> Result<Sealed, Error> {
        match how {
            Encryption::Symmetric => self.seal(key, context, plaintext),
            Encryption::Oaep(oaep) => {
                let plaintext = Secret::new(plaintext);
                let encrypt = move |pair: &KeyPair| pair.encrypt(oaep, plaintext.expose());
                let ciphertext = with_pair(key, encrypt).await?.map_err(|_| Error::InvalidCiphertext)?;
                Ok(Sealed { ciphertext, material_id: None })
            }
        }
    }

    /// Encrypts under the current material of a symmetric key.
    pub fn seal(&self, key: &Key, context: &Context, plaintext: &[u8]) -> Result<Sealed, Error> {
        let (row, material) = key.current()?;
        let Material::Symmetric(material) = material else {
            return Err(Error::WrongAlgorithm(Encryption::Symmetric.name().to_owned(), key.row.spec));
        };
        let name = (key.at.account, key.at.id.as_str(), row.number);
        let ciphertext = blob::seal(name, material, context, plaintext, &self.random);
        Ok(Sealed { ciphertext, material_id: Some(row.shown_id()) })
    }

    /// Decrypts under whatever material encrypted.
    pub async fn decrypted(
        &self,
        key: &Arc<Key>,
        how: Encryption,
        context: &Context,
        ciphertext: &[u8],
    ) -> Result<Opened, Error> {
        match how {
            Encryption::Symmetric => self.open(key, context, &Blob::parse(ciphertext)?),
            Encryption::Oaep(oaep) => {
                let plaintext = decrypt_pair(key, oaep, ciphertext.to_vec()).await?;
                Ok(Opened { plaintext, material_id: None })
            }
        }
    }

    /// Decrypts a ciphertext of a symmetric key.
    pub fn open(&self, key: &Key, context: &Context, blob: &Blob<'_>) -> Result<Opened, Error> {
        let (row, material) = key.material(blob.material)?;
        let Material::Symmetric(material) = material else { return Err(Error::InvalidCiphertext) };
        let plaintext = blob.open(material, context)?;
        Ok(Opened { plaintext, material_id: Some(row.shown_id()) })
    }

    /// A fresh key of this many bytes, and itself encrypted.
    pub fn data_key(&self, key: &Key, context: &Context, bytes: usize) -> Result<(Secret, Sealed), Error> {
        let mut drawn = vec![0; bytes];
        self.random.fill(&mut drawn);
        let drawn = Secret::new(drawn);
        let sealed = self.seal(key, context, drawn.expose())?;
        Ok((drawn, sealed))
    }

    /// A fresh pair, its private half also encrypted.
    pub async fn data_key_pair(
        &self,
        key: &Key,
        context: &Context,
        spec: Spec,
    ) -> Result<(KeyPair, Sealed), Error> {
        let kind = spec.pair().ok_or_else(|| Error::Unsupported(unsupported_pair(spec.name())))?;
        let pair = heavy(spec, move || KeyPair::generate(kind)).await?;
        let sealed = self.seal(key, context, pair.private().expose())?;
        Ok((pair, sealed))
    }

    /// Uses a symmetric key for a service: state and kind are checked here, policies by the caller.
    pub fn check_for_service(
        &self,
        key: &Key,
        operation: &'static str,
        context: &Context,
    ) -> Result<(), Error> {
        key.admit(self.now(), Wanted::Use)?;
        check_data_key(key, operation, context)
    }
}

impl Blob<'_> {
    /// The key that encrypted it, as one called in this region means it.
    pub fn key(&self, region: &Region) -> KeyRef {
        KeyRef { account: self.account, region: region.to_string(), id: self.key_id.clone() }
    }
}

/// The text that refuses a pair nobody makes here.
pub fn unsupported_pair(spec: &str) -> String {
    format!("Key pair spec {spec} is not supported.")
}

/// Does something with a key's pair, where it keeps nobody waiting.
pub(super) async fn with_pair<T: Send + 'static>(
    key: &Arc<Key>,
    work: impl FnOnce(&KeyPair) -> T + Send + 'static,
) -> Result<T, Error> {
    let spec = key.row.spec;
    let key = key.clone();
    heavy(spec, move || match key.current()? {
        (_, Material::Pair(pair)) => Ok(work(pair)),
        (_, Material::Symmetric(_) | Material::Hmac(..)) => {
            Err(Error::NoPublicKey(key.at.clone(), key.row.spec))
        }
    })
    .await?
}

async fn decrypt_pair(key: &Arc<Key>, oaep: Oaep, ciphertext: Vec<u8>) -> Result<Secret, Error> {
    let opened = with_pair(key, move |pair| pair.decrypt(oaep, &ciphertext)).await?;
    opened.map_err(|_| Error::InvalidCiphertext)
}
