//! Keys that customers bring (SSE-C), held for one request and never kept.
//!
//! An object's own key is drawn, and sealed under the customer's; the row has that and nothing else. Whoever brings a key that opens it has
//! brought the right one.

use base::{Random, Secret};
use crypt::{HmacKey, SealKey, same};

use super::super::Error;

/// What the object's key is sealed in the context of, so that it is nothing else.
const CONTEXT: &[u8] = b"object key under a customer's key";
/// Bytes of a key (S3 user guide, "Server-side encryption with customer-provided keys").
const KEY_BYTES: usize = 32;

/// A customer's key.
#[derive(Debug, Clone)]
pub struct CustomerKey {
    key: Secret,
    /// Its MD5 in base64, as answers repeat it.
    pub md5: String,
}

/// The header of each of the three members, which differ for copy sources.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    algorithm: &'static str,
    key: &'static str,
    md5: &'static str,
}

impl Names {
    /// Of the object a request is about.
    pub const OBJECT: Self = Self {
        algorithm: "x-amz-server-side-encryption-customer-algorithm",
        key: "x-amz-server-side-encryption-customer-key",
        md5: "x-amz-server-side-encryption-customer-key-MD5",
    };
    /// Of the source of a copy.
    pub const SOURCE: Self = Self {
        algorithm: "x-amz-copy-source-server-side-encryption-customer-algorithm",
        key: "x-amz-copy-source-server-side-encryption-customer-key",
        md5: "x-amz-copy-source-server-side-encryption-customer-key-MD5",
    };
}

impl CustomerKey {
    /// From the three headers; `None` if there are none of them. Texts of facts section 9.
    pub fn parse(
        names: Names,
        algorithm: Option<&str>,
        key: Option<&str>,
        md5: Option<&str>,
    ) -> Result<Option<Self>, Error> {
        if algorithm.is_none() && key.is_none() && md5.is_none() {
            return Ok(None);
        }
        let refused = |name, text: &str| Error::Argument { name, value: None, text: text.to_owned() };
        let Some(algorithm) = algorithm else {
            let text = "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption \
                        algorithm.";
            return Err(refused(names.algorithm, text));
        };
        if algorithm != "AES256" {
            return Err(Error::InvalidEncryptionAlgorithm(algorithm.to_owned()));
        }
        // Without the MD5 the key might be another one than the customer means.
        let (Some(key), Some(md5)) = (key, md5) else {
            let text = "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.";
            return Err(refused(names.key, text));
        };
        let decoded = base64_simd::STANDARD.decode_to_vec(key).map(Secret::new).ok();
        let key = decoded
            .filter(|key| key.expose().len() == KEY_BYTES)
            .ok_or_else(|| refused(names.key, "The secret key was invalid for the specified algorithm."))?;
        let calculated = crypt::md5(key.expose());
        let stated = base64_simd::STANDARD.decode_to_vec(md5).unwrap_or_default();
        if !same(&stated, &calculated) {
            let text = "The calculated MD5 hash of the key did not match the hash that was provided.";
            return Err(refused(names.md5, text));
        }
        Ok(Some(Self { key, md5: base64_simd::STANDARD.encode_to_string(calculated) }))
    }

    /// Draws an object's key; returns it, and what is kept of it.
    pub(super) fn draw(&self, random: &Random) -> (Secret, Vec<u8>) {
        let drawn = Secret::new(random.bytes::<KEY_BYTES>());
        let kept = self.cipher().seal(random, CONTEXT, drawn.expose());
        (drawn, kept)
    }

    /// The object's key, if it was sealed under this one.
    pub(super) fn open(&self, kept: &[u8]) -> Option<Secret> {
        self.cipher().open(CONTEXT, kept).ok().map(Secret::new)
    }

    fn cipher(&self) -> SealKey {
        SealKey::derived(&HmacKey::new(self.key.expose()), CONTEXT)
    }
}
