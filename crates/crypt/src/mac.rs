//! Message authentication: HMAC, the keys derived with it, and comparison in constant time.

use base::Secret;
use ring::hmac;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A key for HMAC-SHA256 with its two pads hashed already.
#[derive(Clone)]
pub struct HmacKey(hmac::Key);

impl HmacKey {
    /// From the key's bytes, any number of them.
    pub fn new(key: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// The code of one message.
    pub fn sign(&self, message: &[u8]) -> [u8; 32] {
        tag(&hmac::sign(&self.0, message))
    }

    /// Begins a message that comes in pieces.
    pub fn begin(&self) -> HmacSha256 {
        HmacSha256(hmac::Context::with_key(&self.0))
    }
}

impl std::fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HmacKey(..)")
    }
}

/// An HMAC-SHA256 under way.
#[derive(Clone)]
pub struct HmacSha256(hmac::Context);

impl HmacSha256 {
    /// Takes the next bytes of the message.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The code of all bytes taken.
    pub fn finish(self) -> [u8; 32] {
        tag(&self.0.sign())
    }
}

impl std::fmt::Debug for HmacSha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HmacSha256(..)")
    }
}

fn tag<const N: usize>(tag: &hmac::Tag) -> [u8; N] {
    tag.as_ref().try_into().expect("the length of a tag is its algorithm's")
}

/// HMAC-SHA256 with a key that is used once.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    HmacKey::new(key).sign(message)
}

/// HMAC-SHA1: only Signature Version 2 asks for it.
pub fn hmac_sha1(key: &[u8], message: &[u8]) -> [u8; 20] {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    tag(&hmac::sign(&key, message))
}

/// Which SHA-2 an HMAC is made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HmacSize {
    /// SHA-224, 28 bytes.
    Sha224,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
    /// SHA-512, 64 bytes.
    Sha512,
}

/// HMAC over any SHA-2, for keys whose size is theirs to choose (KMS).
pub fn hmac_sha2(size: HmacSize, key: &Secret, message: &[u8]) -> Vec<u8> {
    // SHA-224 is not among ring's.
    let algorithm = match size {
        HmacSize::Sha224 => aws_lc_rs::hmac::HMAC_SHA224,
        HmacSize::Sha256 => aws_lc_rs::hmac::HMAC_SHA256,
        HmacSize::Sha384 => aws_lc_rs::hmac::HMAC_SHA384,
        HmacSize::Sha512 => aws_lc_rs::hmac::HMAC_SHA512,
    };
    let key = aws_lc_rs::hmac::Key::new(algorithm, key.expose());
    aws_lc_rs::hmac::sign(&key, message).as_ref().to_vec()
}

/// The signing key of Signature Version 4: HMAC of "AWS4" + secret over the date (`YYYYMMDD`), the region, the service and `aws4_request`.
pub fn sigv4_key(secret: &Secret, date: &str, region: &str, service: &str) -> HmacKey {
    let mut start = [b"AWS4", secret.expose()].concat();
    let mut key = hmac_sha256(&start, date.as_bytes());
    start.zeroize();
    for part in [region, service, "aws4_request"] {
        let next = hmac_sha256(&key, part.as_bytes());
        key.zeroize();
        key = next;
    }
    let signing = HmacKey::new(&key);
    key.zeroize();
    signing
}

/// Whether `signature` (hexadecimal) is that of a browser form's `policy` (base64, as sent) by Signature Version 4.
pub fn verify_policy_v4(secret: &Secret, date: &str, region: &str, policy: &str, signature: &str) -> bool {
    let expected = sigv4_key(secret, date, region, "s3").sign(policy.as_bytes());
    same(base::hex(&expected).as_bytes(), signature.as_bytes())
}

/// Whether `signature` (base64) is that of a browser form's `policy` (base64, as sent) by Signature Version 2.
pub fn verify_policy_v2(secret: &Secret, policy: &str, signature: &str) -> bool {
    let expected = base64_simd::STANDARD.encode_to_string(hmac_sha1(secret.expose(), policy.as_bytes()));
    same(expected.as_bytes(), signature.as_bytes())
}

/// A 32-byte key for one purpose, from a key that serves several: different `purpose`s give independent keys.
pub fn derive_key(root: &Secret, purpose: &str) -> Secret {
    Secret::new(hmac_sha256(root.expose(), purpose.as_bytes()))
}

/// Whether two slices are equal, in a time that depends on their lengths alone.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::hex;

    #[test]
    fn rfc_4231_and_2202_vectors_hold() {
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha1(b"Jefe", b"what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
        assert_eq!(
            hex(&hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    // RFC 4231, test case 2.
    #[test]
    fn every_size_of_sha_2_gives_the_rfc_s_code() {
        let mac = |size| hex(&hmac_sha2(size, &Secret::new(*b"Jefe"), b"what do ya want for nothing?"));
        assert_eq!(mac(HmacSize::Sha224), "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44");
        assert_eq!(mac(HmacSize::Sha256), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert!(mac(HmacSize::Sha384).starts_with("af45d2e376484031617f78d2b58a6b1b"));
        assert!(mac(HmacSize::Sha512).starts_with("164b7a7bfcf819e2e395fbe73b56e0a3"));
    }

    #[test]
    fn pieces_give_the_code_of_the_whole() {
        let key = HmacKey::new(b"Jefe");
        let mut mac = key.begin();
        mac.update(b"what do ya want ");
        mac.update(b"for nothing?");
        assert_eq!(mac.finish(), key.sign(b"what do ya want for nothing?"));
    }

    // The example of "Create a signed AWS API request" in the IAM user guide.
    #[test]
    fn signing_key_is_that_of_the_documentation() {
        let secret = Secret::new(*b"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let key = sigv4_key(&secret, "20120215", "us-east-1", "iam");
        let expected = [
            0xf4, 0x78, 0x0e, 0x2d, 0x9f, 0x65, 0xfa, 0x89, 0x5f, 0x9c, 0x67, 0xb3, 0x2c, 0xe1, 0xba, 0xf0,
            0xb0, 0xd8, 0xa4, 0x35, 0x05, 0xa0, 0x00, 0xa1, 0xa9, 0xe0, 0x90, 0xd4, 0x14, 0xdb, 0x40, 0x4d,
        ];
        assert_eq!(key.sign(b"message"), HmacKey::new(&expected).sign(b"message"));
    }

    // "Browser-based uploads using POST" in the S3 API reference, "Example: upload using HTTP POST"; the policy is shortened to its own
    // check: what was signed verifies, and nothing else does.
    #[test]
    fn a_policy_is_verified_by_either_version() {
        let secret = Secret::new(*b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        let policy = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiIH0=";
        let v4 = hex(&sigv4_key(&secret, "20151229", "us-east-1", "s3").sign(policy.as_bytes()));
        assert!(verify_policy_v4(&secret, "20151229", "us-east-1", policy, &v4));
        assert!(!verify_policy_v4(&secret, "20151230", "us-east-1", policy, &v4));
        assert!(!verify_policy_v4(&secret, "20151229", "us-east-1", "e30=", &v4));
        let v2 = base64_simd::STANDARD.encode_to_string(hmac_sha1(secret.expose(), policy.as_bytes()));
        assert!(verify_policy_v2(&secret, policy, &v2));
        assert!(!verify_policy_v2(&secret, "e30=", &v2) && !verify_policy_v2(&secret, policy, ""));
    }

    #[test]
    fn purposes_give_different_keys() {
        let root = Secret::new([7; 32]);
        assert!(derive_key(&root, "tokens") != derive_key(&root, "rows"));
    }

    #[test]
    fn equality_is_equality() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab") && !same(b"", b"a"));
    }
}
