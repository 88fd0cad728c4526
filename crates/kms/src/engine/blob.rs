//! The ciphertext of a symmetric key: what Encrypt and GenerateDataKey hand out and Decrypt takes.
//!
//! ```text
//! 0       4      5         13       29         33       57
//! | magic | form | account | key id | material | salt   | ciphertext | tag |
//! | 4     | u8   | u64     | 16     | u32      | 24     | n          | 16  |      numbers big-endian
//! ```
//!
//! `magic` is `01 02 02 00`, as AWS's own begin (base64 `AQIC`). `form` says how the key id is written: 0x78 a UUID, 0x79 `mrk-`. Everything
//! before the ciphertext is authenticated with it, and so is the encryption context; the region is not, so that a replica of a multi-region
//! key can decrypt.
//!
//! **One key a message.** AES-GCM with random nonces is safe for four billion messages under one key; a busy bucket gets there in days. So
//! the material never encrypts itself: each message has a key of its own, HMAC-SHA256 of its salt under the material, and the nonce is zero.
//!
//! The same bytes always name the same key: whoever may not use it learns nothing, and who may needs no key id.

use base::{AccountId, Random, Secret, hex};
use crypt::{HmacKey, SealKey};

use super::context::{Context, canonical};

const MAGIC: [u8; 4] = [0x01, 0x02, 0x02, 0x00];
const FORM_UUID: u8 = 0x78;
const FORM_MULTI_REGION: u8 = 0x79;
const SALT_BYTES: usize = 24;
const HEAD_BYTES: usize = 57;
const TAG_BYTES: usize = 16;

/// What a ciphertext says of itself. Nobody vouches for it until it was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blob<'a> {
    /// Whose key it is.
    pub account: AccountId,
    /// Which key.
    pub key_id: String,
    /// Which of its material.
    pub material: u32,
    head: &'a [u8],
    sealed: &'a [u8],
}

/// The ciphertext is not one of ours, or was altered, or the context is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCiphertext;

impl<'a> Blob<'a> {
    /// Reads the head of a ciphertext.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, InvalidCiphertext> {
        if bytes.len() < HEAD_BYTES + TAG_BYTES || bytes[..4] != MAGIC {
            return Err(InvalidCiphertext);
        }
        let (head, sealed) = bytes.split_at(HEAD_BYTES);
        let account: [u8; 8] = head[5..13].try_into().expect("eight bytes of a checked length");
        let account = AccountId::from_u64(u64::from_be_bytes(account)).map_err(|_| InvalidCiphertext)?;
        let digits = hex(&head[13..29]);
        let key_id = match head[4] {
            FORM_UUID => uuid(&digits),
            FORM_MULTI_REGION => format!("mrk-{digits}"),
            _ => return Err(InvalidCiphertext),
        };
        let material: [u8; 4] = head[29..33].try_into().expect("four bytes of a checked length");
        Ok(Self { account, key_id, material: u32::from_be_bytes(material), head, sealed })
    }

    /// Decrypts it.
    pub fn open(&self, material: &HmacKey, context: &Context) -> Result<Secret, InvalidCiphertext> {
        let mut bytes = self.sealed.to_vec();
        let salt = &self.head[HEAD_BYTES - SALT_BYTES..];
        let opened =
            message_key(material, salt).open_numbered(0, &associated(self.head, context), &mut bytes);
        let plain = Secret::new(bytes);
        opened.map(|()| plain).map_err(|_| InvalidCiphertext)
    }
}

/// Encrypts.
///
/// # Panics
/// If the key id is neither a UUID nor `mrk-` and 32 digits: ids are made here.
pub fn seal(
    (account, key_id, number): (AccountId, &str, u32),
    material: &HmacKey,
    context: &Context,
    plaintext: &[u8],
    random: &Random,
) -> Vec<u8> {
    let mut blob = Vec::with_capacity(HEAD_BYTES + plaintext.len() + TAG_BYTES);
    blob.extend_from_slice(&MAGIC);
    blob.push(if key_id.starts_with("mrk-") { FORM_MULTI_REGION } else { FORM_UUID });
    blob.extend_from_slice(&account.as_u64().to_be_bytes());
    blob.extend_from_slice(&id_bytes(key_id));
    blob.extend_from_slice(&number.to_be_bytes());
    blob.extend_from_slice(&random.bytes::<SALT_BYTES>());
    let key = message_key(material, &blob[HEAD_BYTES - SALT_BYTES..]);
    let mut sealed = Vec::with_capacity(plaintext.len() + TAG_BYTES);
    sealed.extend_from_slice(plaintext);
    key.seal_numbered(0, &associated(&blob, context), &mut sealed);
    blob.extend_from_slice(&sealed);
    blob
}

fn message_key(material: &HmacKey, salt: &[u8]) -> SealKey {
    SealKey::new(&Secret::new(material.sign(salt))).expect("an HMAC-SHA256 has 32 bytes")
}

fn associated(head: &[u8], context: &Context) -> Vec<u8> {
    [head, &canonical(context)].concat()
}

fn uuid(digits: &str) -> String {
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

fn id_bytes(id: &str) -> [u8; 16] {
    let digits: Vec<u8> = id
        .trim_start_matches("mrk-")
        .bytes()
        .filter(|byte| *byte != b'-')
        .map(|byte| char::from(byte).to_digit(16).expect("an id of ours is hexadecimal") as u8)
        .collect();
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair[0] << 4 | pair[1];
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    fn key() -> HmacKey {
        HmacKey::new(&[7; 32])
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_and_names_its_key(
            account in 0u64..1_000_000_000_000, id: u128, multi_region: bool, number: u32,
            context in btree_map("[a-z:]{0,8}", "\\PC{0,8}", 0..4), plain in vec(any::<u8>(), 0..100), seed: u64,
        ) {
            let account = AccountId::from_u64(account).unwrap();
            let digits = hex(&id.to_be_bytes());
            let id = if multi_region { format!("mrk-{digits}") } else { uuid(&digits) };
            let sealed = seal((account, &id, number), &key(), &context, &plain, &Random::seeded(seed));
            let blob = Blob::parse(&sealed).unwrap();
            prop_assert_eq!((blob.account, blob.key_id.as_str(), blob.material), (account, id.as_str(), number));
            prop_assert!(blob.open(&key(), &context).unwrap().expose() == plain);
            let other = Context::from([("other".to_owned(), String::new())]);
            prop_assert!(blob.open(&key(), &other).is_err());
            prop_assert!(blob.open(&HmacKey::new(&[8; 32]), &context).is_err());
        }

        #[test]
        fn altered_bytes_do_not_open(at in 0usize..200, bit in 0u8..8, seed: u64) {
            let id = uuid(&hex(&[9; 16]));
            let context = Context::new();
            let mut sealed = seal((AccountId::DEFAULT, &id, 1), &key(), &context, &[1; 32], &Random::seeded(seed));
            let at = at % sealed.len();
            sealed[at] ^= 1 << bit;
            let opened = Blob::parse(&sealed).and_then(|blob| blob.open(&key(), &context));
            prop_assert!(opened.is_err());
        }

        #[test]
        fn no_bytes_break_the_parser(bytes in vec(any::<u8>(), 0..200)) {
            if let Ok(blob) = Blob::parse(&bytes) {
                prop_assert!(blob.open(&key(), &Context::new()).is_err());
            }
        }
    }
}
