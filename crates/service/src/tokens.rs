//! Page tokens and their kin: opaque to clients, and impossible to forge.
//!
//! ```text
//! token = base64url( tag (16 bytes) | payload )        tag = HMAC-SHA256(key, purpose | 0x00 | payload), cut to 16 bytes
//! ```
//! The purpose names the operation and the request's fixed parameters, so that a token is good for the listing it came from alone.
//! The payload is not secret; whoever must hide something encrypts it first.

use base::Secret;

/// Seals and opens tokens with one key.
#[derive(Clone, Debug)]
pub struct Tokens {
    key: Secret,
}

/// Not one of ours, or not for this purpose.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct InvalidToken;

const TAG_LEN: usize = 16;
/// No token is longer than this; AWS's own stay below 1,024 characters.
const TOKEN_LEN_MAX: usize = 8_192;

impl Tokens {
    /// With the data directory's token key.
    pub fn new(key: Secret) -> Self {
        Self { key }
    }

    /// A token that only [`Tokens::open`] with the same purpose takes.
    pub fn seal(&self, purpose: &str, payload: &[u8]) -> String {
        let mut sealed = self.tag(purpose, payload).to_vec();
        sealed.extend_from_slice(payload);
        base64_simd::URL_SAFE_NO_PAD.encode_to_string(sealed)
    }

    /// The payload that was sealed.
    pub fn open(&self, purpose: &str, token: &str) -> Result<Vec<u8>, InvalidToken> {
        if token.len() > TOKEN_LEN_MAX {
            return Err(InvalidToken);
        }
        let mut sealed = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(token).map_err(|_| InvalidToken)?;
        if sealed.len() < TAG_LEN {
            return Err(InvalidToken);
        }
        let payload = sealed.split_off(TAG_LEN);
        if crypt::same(&sealed, &self.tag(purpose, &payload)) { Ok(payload) } else { Err(InvalidToken) }
    }

    fn tag(&self, purpose: &str, payload: &[u8]) -> [u8; TAG_LEN] {
        let mut message = Vec::with_capacity(purpose.len() + 1 + payload.len());
        message.extend_from_slice(purpose.as_bytes());
        message.push(0);
        message.extend_from_slice(payload);
        let full: [u8; 32] = crypt::hmac_sha256(self.key.expose(), &message);
        let mut tag = [0; TAG_LEN];
        tag.copy_from_slice(&full[..TAG_LEN]);
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_for_its_purpose_alone() {
        let tokens = Tokens::new(Secret::new(*b"key"));
        let token = tokens.seal("ListStreams", b"after=x");
        assert_eq!(tokens.open("ListStreams", &token), Ok(b"after=x".to_vec()));
        assert_eq!(tokens.open("ListShards", &token), Err(InvalidToken));
    }

    #[test]
    fn a_changed_token_does_not_open() {
        let tokens = Tokens::new(Secret::new(*b"key"));
        let token = tokens.seal("p", b"payload");
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            // The last character carries unused bits; a change there may decode to the same bytes.
            if at + 1 < token.len() {
                assert_eq!(tokens.open("p", &changed), Err(InvalidToken), "at {at}");
            }
        }
        assert_eq!(tokens.open("p", ""), Err(InvalidToken));
    }
}
