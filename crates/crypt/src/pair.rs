//! Key pairs: RSA, the elliptic curves and ML-DSA, as KMS needs them. All of it is AWS-LC's.
//!
//! Private keys are PKCS#8 documents in a [`Secret`], public ones X.509 SubjectPublicKeyInfo documents, so that what is stored, sealed and
//! handed out is one form each and nothing here has a format of its own. A pair is parsed when it is used: next to what RSA costs that is
//! little. The library draws its own randomness, from the operating system.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::key_wrap::{AES_256, AesKek, KeyWrapPadded};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self as sig, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, PqdsaKeyPair,
    PqdsaSigningAlgorithm, RsaSignatureEncoding, UnparsedPublicKey, VerificationAlgorithm,
};
use aws_lc_rs::{agreement, digest, rsa};
use base::Secret;

/// What a pair is good for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PairKind {
    /// RSA with 2,048 bits.
    Rsa2048,
    /// RSA with 3,072 bits.
    Rsa3072,
    /// RSA with 4,096 bits.
    Rsa4096,
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// secp256k1.
    K256,
    /// Edwards 25519.
    Ed25519,
    /// ML-DSA-44.
    MlDsa44,
    /// ML-DSA-65.
    MlDsa65,
    /// ML-DSA-87.
    MlDsa87,
}

/// How a message is signed. Which of them a pair takes follows from its kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Signing {
    /// RSASSA-PSS over SHA-256; the salt as long as the digest.
    PssSha256,
    /// RSASSA-PSS over SHA-384.
    PssSha384,
    /// RSASSA-PSS over SHA-512.
    PssSha512,
    /// RSASSA-PKCS1-v1_5 over SHA-256.
    Pkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 over SHA-384.
    Pkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 over SHA-512.
    Pkcs1Sha512,
    /// ECDSA over SHA-256, as DER: P-256 and secp256k1.
    EcdsaSha256,
    /// ECDSA over SHA-384, as DER: P-384.
    EcdsaSha384,
    /// ECDSA over SHA-512, as DER: P-521.
    EcdsaSha512,
    /// Ed25519 over the message itself.
    Ed25519,
    /// ML-DSA over the message itself.
    MlDsa,
}

/// What is signed: the message, or what its digest is.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// The message, to be hashed here.
    Whole(&'a [u8]),
    /// Its digest, as long as the algorithm's.
    Digest(&'a [u8]),
}

/// The hash of RSAES-OAEP, for label and mask alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Oaep {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

/// Why a pair did not do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PairError {
    /// The document is not one of a key of this kind.
    #[error("the key is malformed or of another kind")]
    Malformed,
    /// The algorithm is not one of this kind's.
    #[error("the algorithm is not for keys of this kind")]
    Unfit,
    /// The input is too long, too short or not authentic.
    #[error("the input was refused")]
    Refused,
}

/// A private key and its public half.
#[derive(Clone, Debug)]
pub struct KeyPair {
    kind: PairKind,
    private: Secret,
    public: Vec<u8>,
}

impl Signing {
    /// Bytes of the digest that [`Message::Digest`] must have; `None` where only whole messages are signed.
    pub const fn digest_bytes(self) -> Option<usize> {
        match self {
            Signing::PssSha256 | Signing::Pkcs1Sha256 | Signing::EcdsaSha256 => Some(32),
            Signing::PssSha384 | Signing::Pkcs1Sha384 | Signing::EcdsaSha384 => Some(48),
            Signing::PssSha512 | Signing::Pkcs1Sha512 | Signing::EcdsaSha512 => Some(64),
            Signing::Ed25519 | Signing::MlDsa => None,
        }
    }

    fn digest(self) -> Option<&'static digest::Algorithm> {
        match self.digest_bytes()? {
            32 => Some(&digest::SHA256),
            48 => Some(&digest::SHA384),
            _ => Some(&digest::SHA512),
        }
    }

    const fn rsa(self) -> Option<&'static RsaSignatureEncoding> {
        match self {
            Signing::PssSha256 => Some(&sig::RSA_PSS_SHA256),
            Signing::PssSha384 => Some(&sig::RSA_PSS_SHA384),
            Signing::PssSha512 => Some(&sig::RSA_PSS_SHA512),
            Signing::Pkcs1Sha256 => Some(&sig::RSA_PKCS1_SHA256),
            Signing::Pkcs1Sha384 => Some(&sig::RSA_PKCS1_SHA384),
            Signing::Pkcs1Sha512 => Some(&sig::RSA_PKCS1_SHA512),
            Signing::EcdsaSha256
            | Signing::EcdsaSha384
            | Signing::EcdsaSha512
            | Signing::Ed25519
            | Signing::MlDsa => None,
        }
    }
}

impl PairKind {
    const fn rsa(self) -> Option<rsa::KeySize> {
        match self {
            PairKind::Rsa2048 => Some(rsa::KeySize::Rsa2048),
            PairKind::Rsa3072 => Some(rsa::KeySize::Rsa3072),
            PairKind::Rsa4096 => Some(rsa::KeySize::Rsa4096),
            PairKind::P256
            | PairKind::P384
            | PairKind::P521
            | PairKind::K256
            | PairKind::Ed25519
            | PairKind::MlDsa44
            | PairKind::MlDsa65
            | PairKind::MlDsa87 => None,
        }
    }

    const fn ecdsa(self) -> Option<&'static EcdsaSigningAlgorithm> {
        match self {
            PairKind::P256 => Some(&sig::ECDSA_P256_SHA256_ASN1_SIGNING),
            PairKind::P384 => Some(&sig::ECDSA_P384_SHA384_ASN1_SIGNING),
            PairKind::P521 => Some(&sig::ECDSA_P521_SHA512_ASN1_SIGNING),
            PairKind::K256 => Some(&sig::ECDSA_P256K1_SHA256_ASN1_SIGNING),
            PairKind::Rsa2048
            | PairKind::Rsa3072
            | PairKind::Rsa4096
            | PairKind::Ed25519
            | PairKind::MlDsa44
            | PairKind::MlDsa65
            | PairKind::MlDsa87 => None,
        }
    }

    const fn ml_dsa(self) -> Option<&'static PqdsaSigningAlgorithm> {
        match self {
            PairKind::MlDsa44 => Some(&sig::ML_DSA_44_SIGNING),
            PairKind::MlDsa65 => Some(&sig::ML_DSA_65_SIGNING),
            PairKind::MlDsa87 => Some(&sig::ML_DSA_87_SIGNING),
            PairKind::Rsa2048
            | PairKind::Rsa3072
            | PairKind::Rsa4096
            | PairKind::P256
            | PairKind::P384
            | PairKind::P521
            | PairKind::K256
            | PairKind::Ed25519 => None,
        }
    }

    const fn ecdh(self) -> Option<&'static agreement::Algorithm> {
        match self {
            PairKind::P256 => Some(&agreement::ECDH_P256),
            PairKind::P384 => Some(&agreement::ECDH_P384),
            PairKind::P521 => Some(&agreement::ECDH_P521),
            PairKind::K256
            | PairKind::Rsa2048
            | PairKind::Rsa3072
            | PairKind::Rsa4096
            | PairKind::Ed25519
            | PairKind::MlDsa44
            | PairKind::MlDsa65
            | PairKind::MlDsa87 => None,
        }
    }

    /// What verifies signatures of this algorithm by keys of this kind, if they go together.
    fn verifier(self, signing: Signing) -> Option<&'static dyn VerificationAlgorithm> {
        let is_rsa = self.rsa().is_some();
        match (self, signing) {
            (_, Signing::PssSha256) if is_rsa => Some(&sig::RSA_PSS_2048_8192_SHA256),
            (_, Signing::PssSha384) if is_rsa => Some(&sig::RSA_PSS_2048_8192_SHA384),
            (_, Signing::PssSha512) if is_rsa => Some(&sig::RSA_PSS_2048_8192_SHA512),
            (_, Signing::Pkcs1Sha256) if is_rsa => Some(&sig::RSA_PKCS1_2048_8192_SHA256),
            (_, Signing::Pkcs1Sha384) if is_rsa => Some(&sig::RSA_PKCS1_2048_8192_SHA384),
            (_, Signing::Pkcs1Sha512) if is_rsa => Some(&sig::RSA_PKCS1_2048_8192_SHA512),
            (PairKind::P256, Signing::EcdsaSha256) => Some(&sig::ECDSA_P256_SHA256_ASN1),
            (PairKind::P384, Signing::EcdsaSha384) => Some(&sig::ECDSA_P384_SHA384_ASN1),
            (PairKind::P521, Signing::EcdsaSha512) => Some(&sig::ECDSA_P521_SHA512_ASN1),
            (PairKind::K256, Signing::EcdsaSha256) => Some(&sig::ECDSA_P256K1_SHA256_ASN1),
            (PairKind::Ed25519, Signing::Ed25519) => Some(&sig::ED25519),
            (PairKind::MlDsa44, Signing::MlDsa) => Some(&sig::ML_DSA_44),
            (PairKind::MlDsa65, Signing::MlDsa) => Some(&sig::ML_DSA_65),
            (PairKind::MlDsa87, Signing::MlDsa) => Some(&sig::ML_DSA_87),
            _ => None,
        }
    }
}

impl KeyPair {
    /// A fresh pair. RSA takes its time: up to seconds with 4,096 bits.
    pub fn generate(kind: PairKind) -> Self {
        let private = private_document(kind).expect("a kind of the library's own can be generated");
        Self::from_pkcs8(kind, private).expect("what was generated can be read")
    }

    /// From a PKCS#8 document.
    pub fn from_pkcs8(kind: PairKind, private: Secret) -> Result<Self, PairError> {
        let public = public_document(kind, private.expose())?;
        Ok(Self { kind, private, public })
    }

    /// Its kind.
    pub fn kind(&self) -> PairKind {
        self.kind
    }

    /// The private key as a PKCS#8 document.
    pub fn private(&self) -> &Secret {
        &self.private
    }

    /// The public key as a SubjectPublicKeyInfo document.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// Signs.
    pub fn sign(&self, signing: Signing, message: Message<'_>) -> Result<Vec<u8>, PairError> {
        if self.kind.verifier(signing).is_none() {
            return Err(PairError::Unfit);
        }
        let pkcs8 = self.private.expose();
        let malformed = |_| PairError::Malformed;
        let refused = |_| PairError::Refused;
        if let Some(encoding) = signing.rsa() {
            let pair = rsa::KeyPair::from_pkcs8(pkcs8).map_err(malformed)?;
            let mut signature = vec![0; pair.public_modulus_len()];
            match imported(signing, message)? {
                Some(digest) => pair.sign_digest(encoding, &digest, &mut signature),
                None => pair.sign(encoding, &SystemRandom::new(), whole(message), &mut signature),
            }
            .map_err(refused)?;
            return Ok(signature);
        }
        if let Some(algorithm) = self.kind.ecdsa() {
            let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8).map_err(malformed)?;
            let signature = match imported(signing, message)? {
                Some(digest) => pair.sign_digest(&digest),
                None => pair.sign(&SystemRandom::new(), whole(message)),
            };
            return Ok(signature.map_err(refused)?.as_ref().to_vec());
        }
        let Message::Whole(message) = message else { return Err(PairError::Refused) };
        if let Some(algorithm) = self.kind.ml_dsa() {
            let pair = PqdsaKeyPair::from_pkcs8(algorithm, pkcs8).map_err(malformed)?;
            let mut signature = vec![0; algorithm.signature_len()];
            let length = pair.sign(message, &mut signature).map_err(refused)?;
            signature.truncate(length);
            return Ok(signature);
        }
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).map_err(malformed)?;
        Ok(pair.try_sign(message).map_err(refused)?.as_ref().to_vec())
    }

    /// Decrypts what was encrypted with [`KeyPair::encrypt`]. RSA only.
    pub fn decrypt(&self, oaep: Oaep, ciphertext: &[u8]) -> Result<Secret, PairError> {
        self.kind.rsa().ok_or(PairError::Unfit)?;
        let key =
            rsa::PrivateDecryptingKey::from_pkcs8(self.private.expose()).map_err(|_| PairError::Malformed)?;
        let key = rsa::OaepPrivateDecryptingKey::new(key).map_err(|_| PairError::Malformed)?;
        let mut room = vec![0; key.min_output_size()];
        let plain = key.decrypt(oaep.algorithm(), ciphertext, &mut room, None);
        let plain = plain.map(|plain| Secret::new(&*plain)).map_err(|_| PairError::Refused);
        drop(Secret::new(room));
        plain
    }

    /// Encrypts under the public key. RSA only.
    pub fn encrypt(&self, oaep: Oaep, plaintext: &[u8]) -> Result<Vec<u8>, PairError> {
        encrypt(self.kind, &self.public, oaep, plaintext)
    }

    /// The longest plaintext [`KeyPair::encrypt`] takes. RSA only.
    pub fn plaintext_bytes_max(&self, oaep: Oaep) -> Option<usize> {
        let modulus = match self.kind.rsa()? {
            rsa::KeySize::Rsa2048 => 256,
            rsa::KeySize::Rsa3072 => 384,
            _ => 512,
        };
        let hash = match oaep {
            Oaep::Sha1 => 20,
            Oaep::Sha256 => 32,
        };
        Some(modulus - 2 * hash - 2)
    }

    /// The secret both ends come to (ECDH, the x coordinate). P-256, P-384 and P-521 only; the peer's public key is a SubjectPublicKeyInfo
    /// document of the same curve.
    pub fn agree(&self, peer: &[u8]) -> Result<Secret, PairError> {
        let algorithm = self.kind.ecdh().ok_or(PairError::Unfit)?;
        let mine = agreement::PrivateKey::from_private_key_der(algorithm, self.private.expose())
            .map_err(|_| PairError::Malformed)?;
        let peer = agreement::UnparsedPublicKey::new(algorithm, peer);
        agreement::agree(&mine, peer, PairError::Refused, |secret| Ok(Secret::new(secret)))
    }
}

impl Oaep {
    const fn algorithm(self) -> &'static rsa::OaepAlgorithm {
        match self {
            Oaep::Sha1 => &rsa::OAEP_SHA1_MGF1SHA1,
            Oaep::Sha256 => &rsa::OAEP_SHA256_MGF1SHA256,
        }
    }
}

/// Whether the signature is one of `message` by the private half of `public`, a SubjectPublicKeyInfo document of a key of this kind.
pub fn verify(
    kind: PairKind,
    public: &[u8],
    signing: Signing,
    message: Message<'_>,
    signature: &[u8],
) -> Result<bool, PairError> {
    let algorithm = kind.verifier(signing).ok_or(PairError::Unfit)?;
    let public = UnparsedPublicKey::new(algorithm, public);
    Ok(match imported(signing, message)? {
        Some(digest) => public.verify_digest(&digest, signature),
        None => public.verify(whole(message), signature),
    }
    .is_ok())
}

/// Encrypts under a public key, a SubjectPublicKeyInfo document of a key of this kind. RSA only.
pub fn encrypt(kind: PairKind, public: &[u8], oaep: Oaep, plaintext: &[u8]) -> Result<Vec<u8>, PairError> {
    kind.rsa().ok_or(PairError::Unfit)?;
    let key = rsa::PublicEncryptingKey::from_der(public).map_err(|_| PairError::Malformed)?;
    let key = rsa::OaepPublicEncryptingKey::new(key).map_err(|_| PairError::Malformed)?;
    let mut ciphertext = vec![0; key.ciphertext_size()];
    let length = key
        .encrypt(oaep.algorithm(), plaintext, &mut ciphertext, None)
        .map_err(|_| PairError::Refused)?
        .len();
    ciphertext.truncate(length);
    Ok(ciphertext)
}

/// Wraps a key by AES key wrap with padding (RFC 5649) under a 32-byte key.
pub fn wrap_key(key: &Secret, plain: &Secret) -> Result<Vec<u8>, PairError> {
    let key = AesKek::new(&AES_256, key.expose()).map_err(|_| PairError::Malformed)?;
    // A block for the length, and one for the padding at most.
    let mut room = vec![0; plain.expose().len() + 16];
    let wrapped = key.wrap_with_padding(plain.expose(), &mut room).map_err(|_| PairError::Refused)?;
    Ok(wrapped.to_vec())
}

/// What was wrapped by AES key wrap with padding (RFC 5649) under a 32-byte key.
pub fn unwrap_key(key: &Secret, wrapped: &[u8]) -> Result<Secret, PairError> {
    let key = AesKek::new(&AES_256, key.expose()).map_err(|_| PairError::Malformed)?;
    // The library wants room for whole blocks before it knows how much is padding.
    let mut room = vec![0; wrapped.len()];
    let plain = key.unwrap_with_padding(wrapped, &mut room);
    let plain = plain.map(|plain| Secret::new(&*plain)).map_err(|_| PairError::Refused);
    drop(Secret::new(room));
    plain
}

/// The digest that was given, if one was.
fn imported(signing: Signing, message: Message<'_>) -> Result<Option<digest::Digest>, PairError> {
    let Message::Digest(given) = message else { return Ok(None) };
    let algorithm = signing.digest().ok_or(PairError::Refused)?;
    digest::Digest::import_less_safe(given, algorithm).map(Some).map_err(|_| PairError::Refused)
}

/// The message; [`imported`] has taken those that are a digest.
fn whole(message: Message<'_>) -> &[u8] {
    match message {
        Message::Whole(bytes) | Message::Digest(bytes) => bytes,
    }
}

fn private_document(kind: PairKind) -> Option<Secret> {
    if let Some(size) = kind.rsa() {
        let pair = rsa::KeyPair::generate(size).ok()?;
        let document: Pkcs8V1Der<'_> = pair.as_der().ok()?;
        return Some(Secret::new(document.as_ref()));
    }
    if let Some(algorithm) = kind.ecdsa() {
        let document = EcdsaKeyPair::generate(algorithm).ok()?.to_pkcs8v1().ok()?;
        return Some(Secret::new(document.as_ref()));
    }
    if let Some(algorithm) = kind.ml_dsa() {
        let document = PqdsaKeyPair::generate(algorithm).ok()?.to_pkcs8v1().ok()?;
        return Some(Secret::new(document.as_ref()));
    }
    let document = Ed25519KeyPair::generate().ok()?.to_pkcs8v1().ok()?;
    Some(Secret::new(document.as_ref()))
}

fn public_document(kind: PairKind, pkcs8: &[u8]) -> Result<Vec<u8>, PairError> {
    let malformed = |_| PairError::Malformed;
    let unencodable = |_| PairError::Malformed;
    let document: PublicKeyX509Der<'_> = if let Some(size) = kind.rsa() {
        let pair = rsa::KeyPair::from_pkcs8(pkcs8).map_err(malformed)?;
        if pair.public_modulus_len() != size.len() {
            return Err(PairError::Malformed);
        }
        pair.public_key().as_der().map_err(unencodable)?
    } else if let Some(algorithm) = kind.ecdsa() {
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8).map_err(malformed)?;
        pair.public_key().as_der().map_err(unencodable)?
    } else if let Some(algorithm) = kind.ml_dsa() {
        let pair = PqdsaKeyPair::from_pkcs8(algorithm, pkcs8).map_err(malformed)?;
        pair.public_key().as_der().map_err(unencodable)?
    } else {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).map_err(malformed)?;
        pair.public_key().as_der().map_err(unencodable)?
    };
    Ok(document.as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVES: [(PairKind, Signing); 4] = [
        (PairKind::P256, Signing::EcdsaSha256),
        (PairKind::P384, Signing::EcdsaSha384),
        (PairKind::P521, Signing::EcdsaSha512),
        (PairKind::K256, Signing::EcdsaSha256),
    ];
    const RSA: [Signing; 6] = [
        Signing::PssSha256,
        Signing::PssSha384,
        Signing::PssSha512,
        Signing::Pkcs1Sha256,
        Signing::Pkcs1Sha384,
        Signing::Pkcs1Sha512,
    ];

    fn digest_of(signing: Signing, message: &[u8]) -> Vec<u8> {
        digest::digest(signing.digest().expect("one that hashes"), message).as_ref().to_vec()
    }

    fn round_trip(pair: &KeyPair, signing: Signing) {
        let (message, other) = (b"message".as_slice(), b"another".as_slice());
        let check = |message, signature: &[u8]| {
            verify(pair.kind(), pair.public(), signing, message, signature).expect("fits")
        };
        let signature = pair.sign(signing, Message::Whole(message)).expect("signs");
        assert!(check(Message::Whole(message), &signature), "{:?} {signing:?}", pair.kind());
        assert!(!check(Message::Whole(other), &signature));
        assert!(!check(Message::Whole(message), &signature[1..]));
        if signing.digest_bytes().is_some() {
            let digest = digest_of(signing, message);
            assert!(check(Message::Digest(&digest), &signature), "a digest is the message's");
            let signature = pair.sign(signing, Message::Digest(&digest)).expect("signs");
            assert!(check(Message::Whole(message), &signature));
            let short = Message::Digest(&digest[1..]);
            assert_eq!(pair.sign(signing, short).err(), Some(PairError::Refused));
        }
    }

    #[test]
    fn curves_sign_what_they_verify() {
        for (kind, signing) in CURVES {
            round_trip(&KeyPair::generate(kind), signing);
        }
        round_trip(&KeyPair::generate(PairKind::Ed25519), Signing::Ed25519);
        for kind in [PairKind::MlDsa44, PairKind::MlDsa65, PairKind::MlDsa87] {
            round_trip(&KeyPair::generate(kind), Signing::MlDsa);
        }
    }

    #[test]
    fn rsa_signs_and_decrypts() {
        let pair = KeyPair::generate(PairKind::Rsa2048);
        for signing in RSA {
            round_trip(&pair, signing);
        }
        for (oaep, most) in [(Oaep::Sha1, 214), (Oaep::Sha256, 190)] {
            assert_eq!(pair.plaintext_bytes_max(oaep), Some(most));
            let plain = vec![7; most];
            let sealed = pair.encrypt(oaep, &plain).expect("fits");
            assert!(pair.decrypt(oaep, &sealed).expect("its own").expose() == plain);
            assert_eq!(pair.encrypt(oaep, &vec![7; most + 1]).err(), Some(PairError::Refused));
            assert!(pair.decrypt(oaep, &sealed[1..]).is_err());
        }
        assert!(pair.agree(pair.public()).is_err());
    }

    #[test]
    fn both_ends_agree() {
        for kind in [PairKind::P256, PairKind::P384, PairKind::P521] {
            let (alice, bob) = (KeyPair::generate(kind), KeyPair::generate(kind));
            let secret = alice.agree(bob.public()).expect("agrees");
            assert!(secret == bob.agree(alice.public()).expect("agrees"));
        }
        let (p256, p384) = (KeyPair::generate(PairKind::P256), KeyPair::generate(PairKind::P384));
        assert_eq!(p256.agree(p384.public()).err(), Some(PairError::Refused));
    }

    #[test]
    fn a_pair_is_read_as_its_own_kind_only() {
        let pair = KeyPair::generate(PairKind::P256);
        let again = KeyPair::from_pkcs8(PairKind::P256, pair.private().clone()).expect("its own");
        assert_eq!(again.public(), pair.public());
        for kind in [PairKind::P384, PairKind::K256, PairKind::Rsa2048, PairKind::Ed25519, PairKind::MlDsa44]
        {
            assert!(KeyPair::from_pkcs8(kind, pair.private().clone()).is_err(), "{kind:?}");
        }
        assert_eq!(pair.sign(Signing::EcdsaSha384, Message::Whole(b"")).err(), Some(PairError::Unfit));
        assert!(pair.encrypt(Oaep::Sha1, b"").is_err());
    }

    #[test]
    fn a_wrapped_key_is_unwrapped() {
        let key = Secret::new([3; 32]);
        for length in [16, 31, 32, 121] {
            let plain = Secret::new(vec![9; length]);
            let wrapped = wrap_key(&key, &plain).expect("fits");
            assert!(unwrap_key(&key, &wrapped).expect("its own") == plain);
            assert!(unwrap_key(&Secret::new([4; 32]), &wrapped).is_err());
        }
    }
}
