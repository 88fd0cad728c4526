//! AES-256-GCM: encrypt and authenticate, or refuse.
//!
//! A nonce must never serve twice with one key. [`SealKey::seal`] draws a random one and puts it in front, which is safe for four
//! billion messages a key; a stream that numbers its pieces under a key of its own uses [`SealKey::seal_numbered`], whose
//! nonce is the number.
//!
//! ```text
//! sealed    nonce 12 | ciphertext, as long as the plaintext | tag 16
//! numbered             ciphertext                           | tag 16
//! ```

use base::{Random, Secret};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroize;

use crate::HmacKey;

/// How many bytes a tag has: what a numbered piece is longer than its plaintext.
pub const TAG_BYTES: usize = 16;

/// How many bytes [`SealKey::seal`] adds.
pub const SEAL_OVERHEAD: usize = NONCE_LEN + TAG_BYTES;

/// The bytes were not sealed by this key with this context, or were altered since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes are not authentic")]
pub struct Unsealed;

/// A key for AES-256-GCM.
pub struct SealKey(LessSafeKey);

impl SealKey {
    /// From 32 bytes. `None` for any other number.
    pub fn new(key: &Secret) -> Option<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key.expose()).ok()?;
        Some(Self(LessSafeKey::new(key)))
    }

    /// The key of one of many things, derived from the key of all: HMAC-SHA256 of its name.
    pub fn derived(from: &HmacKey, name: &[u8]) -> Self {
        let mut bytes = from.sign(name);
        let key = UnboundKey::new(&AES_256_GCM, &bytes).expect("a digest of HMAC-SHA256 has 32 bytes");
        bytes.zeroize();
        Self(LessSafeKey::new(key))
    }

    /// Encrypts under a fresh random nonce. `context` is authenticated, not stored: the opener must know it too.
    pub fn seal(&self, random: &Random, context: &[u8], plaintext: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = random.bytes();
        let mut sealed = Vec::with_capacity(SEAL_OVERHEAD + plaintext.len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        let tag = self.encrypt(nonce, context, &mut sealed[NONCE_LEN..]);
        sealed.extend_from_slice(&tag);
        sealed
    }

    /// Decrypts what [`SealKey::seal`] made.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealed> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(Unsealed)?;
        let mut body = body.to_vec();
        self.decrypt(*nonce, context, &mut body)?;
        Ok(body)
    }

    /// Encrypts piece `number` of a stream in place and appends the tag. Each number may be used once with one key.
    pub fn seal_numbered(&self, number: u64, context: &[u8], bytes: &mut Vec<u8>) {
        let tag = self.encrypt(numbered(number), context, bytes);
        bytes.extend_from_slice(&tag);
    }

    /// Decrypts what [`SealKey::seal_numbered`] made, in place, and cuts the tag off.
    pub fn open_numbered(&self, number: u64, context: &[u8], bytes: &mut Vec<u8>) -> Result<(), Unsealed> {
        self.decrypt(numbered(number), context, bytes)
    }

    /// As [`SealKey::seal_numbered`] for who has a place for the tag elsewhere.
    pub fn seal_in_place(&self, number: u64, context: &[u8], bytes: &mut [u8]) -> [u8; TAG_BYTES] {
        self.encrypt(numbered(number), context, bytes)
    }

    /// As [`SealKey::open_numbered`] for bytes that do not belong to a vector; `bytes` ends with the tag. Returns how many bytes at its
    /// beginning are the plaintext. After an error they are nothing to look at.
    pub fn open_in_place(&self, number: u64, context: &[u8], bytes: &mut [u8]) -> Result<usize, Unsealed> {
        let nonce = Nonce::assume_unique_for_key(numbered(number));
        let plain = self.0.open_in_place(nonce, Aad::from(context), bytes).map_err(|_| Unsealed)?;
        Ok(plain.len())
    }

    fn encrypt(&self, nonce: [u8; NONCE_LEN], context: &[u8], bytes: &mut [u8]) -> [u8; TAG_BYTES] {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce, Aad::from(context), bytes)
            .expect("a message of ours is shorter than the 64 GiB bound of GCM");
        tag.as_ref().try_into().expect("the tag of GCM has 16 bytes")
    }

    fn decrypt(&self, nonce: [u8; NONCE_LEN], context: &[u8], bytes: &mut Vec<u8>) -> Result<(), Unsealed> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let plain = self.0.open_in_place(nonce, Aad::from(context), bytes).map_err(|_| Unsealed)?;
        let length = plain.len();
        bytes.truncate(length);
        Ok(())
    }
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(..)")
    }
}

fn numbered(number: u64) -> [u8; NONCE_LEN] {
    let mut nonce = [0; NONCE_LEN];
    nonce[NONCE_LEN - 8..].copy_from_slice(&number.to_be_bytes());
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealKey {
        SealKey::new(&Secret::new([byte; 32])).expect("32 bytes")
    }

    // Test case 14 of the GCM specification: key, nonce and plaintext of zeros.
    #[test]
    fn the_specification_s_vector_holds() {
        let mut bytes = vec![0; 16];
        key(0).seal_numbered(0, b"", &mut bytes);
        assert_eq!(base::hex(&bytes), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        key(0).open_numbered(0, b"", &mut bytes).expect("authentic");
        assert_eq!(bytes, [0; 16]);
    }

    #[test]
    fn what_was_sealed_opens_and_anything_else_does_not() {
        let random = Random::seeded(1);
        let sealed = key(1).seal(&random, b"row 7", b"hush");
        assert_eq!(sealed.len(), 4 + SEAL_OVERHEAD);
        assert_eq!(key(1).open(b"row 7", &sealed), Ok(b"hush".to_vec()));
        assert_eq!(key(1).open(b"row 8", &sealed), Err(Unsealed));
        assert_eq!(key(2).open(b"row 7", &sealed), Err(Unsealed));
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(key(1).open(b"row 7", &altered), Err(Unsealed), "byte {at}");
            assert_eq!(key(1).open(b"row 7", &sealed[..at]), Err(Unsealed), "cut at {at}");
        }
    }

    #[test]
    fn a_piece_opens_under_its_own_number_only() {
        let mut bytes = b"piece".to_vec();
        key(1).seal_numbered(3, b"", &mut bytes);
        assert_eq!(key(1).open_numbered(4, b"", &mut bytes.clone()), Err(Unsealed));
        assert_eq!(key(1).open_numbered(3, b"", &mut bytes), Ok(()));
    }

    #[test]
    fn in_place_is_the_same() {
        let key = SealKey::derived(&HmacKey::new(b"root"), b"name");
        let mut whole = b"piece".to_vec();
        key.seal_numbered(3, b"context", &mut whole);
        let mut piece = *b"piece";
        let tag = key.seal_in_place(3, b"context", &mut piece);
        assert_eq!(whole, [&piece[..], &tag].concat());
        assert_eq!(key.open_in_place(3, b"context", &mut whole.clone()), Ok(5));
        assert_eq!(key.open_in_place(3, b"other", &mut whole), Err(Unsealed));
        assert_eq!(key.open_in_place(3, b"context", &mut [0; 15]), Err(Unsealed));
    }

    #[test]
    fn a_key_has_32_bytes() {
        assert!(SealKey::new(&Secret::new([0; 16])).is_none());
    }
}
