//! Encryption: every byte of an object is sealed before it reaches the store, and opened after it has left it.
//!
//! An object's bytes lie in blobs. Each blob is sealed with AES-256-GCM under a key of its own, which is derived from one that serves many:
//!
//! ```text
//! SSE-S3      master key, version v      ─┐
//! SSE-KMS     data key, kept as KMS gave it ├─ HMAC-SHA256(…, "blob" | blob id) ─ key of the blob ─ frames
//! SSE-C       drawn key, under the customer's ─┘
//! DSSE-KMS    the second and then the first: two layers under independent keys
//! ```
//! For SSE-S3 nothing is kept but the master key's version, and a key costs a few blocks of SHA-256. The other ways keep the object's key in its
//! row, sealed under one that is not on this disk in plain. A blob sealed under the master key may be referred to by other objects that are
//! SSE-S3 too: so copies write no bytes. Any other change of encryption writes the bytes anew, in bounded memory.
//!
//! | module | what it knows |
//! |---|---|
//! | [`frames`] | the sealed bytes of a blob, and streams of them |
//! | [`masters`] | the versions of the master key |
//! | [`customer`] | keys that customers bring |
//! | [`kms`] | keys that KMS keeps, and bucket keys |
//! | [`change`] | putting objects under other KMS keys |
//! | [`wanted`] | what a request or a bucket asks for |
//!
//! What it does not do: names, metadata, tags and sizes are not sealed, as on AWS; checksums are those of the plaintext.

mod change;
pub mod customer;
mod frames;
mod kms;
pub mod masters;
mod using;
pub mod wanted;

use crypt::{HmacKey, SealKey};
use store::{BlobRef, ReadError};

pub use frames::{open_blob, seal_body, sealed_bytes};
pub(super) use frames::{payload_of, plain_bytes, seal_small};
pub(super) use kms::BucketKeys;
pub use masters::Masters;
pub use using::{Opener, Requester, Sealing, Unlock};

/// What the keys of an object's blobs are derived from, a key a layer.
#[derive(Debug, Clone)]
pub enum Keys {
    /// Nothing is sealed: bytes from before there was encryption.
    Open,
    /// One layer.
    One(HmacKey),
    /// Two: the outer one is sealed last.
    Two {
        /// The inner layer's.
        inner: HmacKey,
        /// The outer layer's.
        outer: HmacKey,
    },
}

/// The keys of one blob.
pub struct BlobKeys {
    blob: BlobRef,
    inner: SealKey,
    outer: Option<Box<SealKey>>,
}

impl Keys {
    /// How many layers there are.
    pub const fn layers(&self) -> u64 {
        match self {
            Keys::Open => 0,
            Keys::One(_) => 1,
            Keys::Two { .. } => 2,
        }
    }

    /// The keys of one blob; `None` if nothing is sealed.
    pub fn of_blob(&self, blob: BlobRef) -> Option<BlobKeys> {
        let mut name = [0; 20];
        name[..4].copy_from_slice(b"blob");
        name[4..].copy_from_slice(&blob.0.to_be_bytes());
        let (inner, outer) = match self {
            Keys::Open => return None,
            Keys::One(key) => (SealKey::derived(key, &name), None),
            Keys::Two { inner, outer } => {
                (SealKey::derived(inner, &name), Some(Box::new(SealKey::derived(outer, &name))))
            }
        };
        Some(BlobKeys { blob, inner, outer })
    }
}

impl BlobKeys {
    const fn layers(&self) -> u64 {
        if self.outer.is_some() { 2 } else { 1 }
    }

    /// What a frame's tags vouch for beside its bytes: whose it is, which it is, whether another follows.
    fn context(&self, index: u64, last: bool) -> [u8; 25] {
        let mut context = [0; 25];
        context[..16].copy_from_slice(&self.blob.0.to_be_bytes());
        context[16..24].copy_from_slice(&index.to_be_bytes());
        context[24] = u8::from(last);
        context
    }

    fn seal(&self, index: u64, last: bool, frame: &mut bytes::BytesMut) {
        let context = self.context(index, last);
        for key in std::iter::once(&self.inner).chain(self.outer.as_deref()) {
            let tag = key.seal_in_place(index, &context, frame);
            frame.extend_from_slice(&tag);
        }
    }

    fn open(&self, index: u64, last: bool, frame: &mut bytes::BytesMut) -> Result<(), ReadError> {
        let context = self.context(index, last);
        for key in self.outer.as_deref().into_iter().chain(std::iter::once(&self.inner)) {
            let opened = key.open_in_place(index, &context, frame);
            let plain = opened.map_err(|_| {
                ReadError::Corrupt(format!("blob `{:032x}`: frame `{index}` is not authentic", self.blob.0))
            })?;
            frame.truncate(plain);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
