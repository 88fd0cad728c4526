//! What keys are made of and for: the names AWS gives, and which algorithms go with which key (facts section 9.1). Pure.

use crypt::{HmacSize, Oaep, PairKind, Signing};

use crate::tables::{Origin, Spec, Usage};

impl Spec {
    /// Every spec.
    pub const ALL: [Spec; 16] = [
        Spec::Symmetric,
        Spec::Hmac224,
        Spec::Hmac256,
        Spec::Hmac384,
        Spec::Hmac512,
        Spec::Rsa2048,
        Spec::Rsa3072,
        Spec::Rsa4096,
        Spec::P256,
        Spec::P384,
        Spec::P521,
        Spec::K256,
        Spec::Ed25519,
        Spec::MlDsa44,
        Spec::MlDsa65,
        Spec::MlDsa87,
    ];

    /// As AWS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Spec::Symmetric => "SYMMETRIC_DEFAULT",
            Spec::Hmac224 => "HMAC_224",
            Spec::Hmac256 => "HMAC_256",
            Spec::Hmac384 => "HMAC_384",
            Spec::Hmac512 => "HMAC_512",
            Spec::Rsa2048 => "RSA_2048",
            Spec::Rsa3072 => "RSA_3072",
            Spec::Rsa4096 => "RSA_4096",
            Spec::P256 => "ECC_NIST_P256",
            Spec::P384 => "ECC_NIST_P384",
            Spec::P521 => "ECC_NIST_P521",
            Spec::K256 => "ECC_SECG_P256K1",
            Spec::Ed25519 => "ECC_NIST_EDWARDS25519",
            Spec::MlDsa44 => "ML_DSA_44",
            Spec::MlDsa65 => "ML_DSA_65",
            Spec::MlDsa87 => "ML_DSA_87",
        }
    }

    /// The spec of this name; `None` for those that are not served (SM2, ML_KEM).
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spec| spec.name() == name)
    }

    /// What kind of pair it is, if it is one.
    pub const fn pair(self) -> Option<PairKind> {
        match self {
            Spec::Symmetric | Spec::Hmac224 | Spec::Hmac256 | Spec::Hmac384 | Spec::Hmac512 => None,
            Spec::Rsa2048 => Some(PairKind::Rsa2048),
            Spec::Rsa3072 => Some(PairKind::Rsa3072),
            Spec::Rsa4096 => Some(PairKind::Rsa4096),
            Spec::P256 => Some(PairKind::P256),
            Spec::P384 => Some(PairKind::P384),
            Spec::P521 => Some(PairKind::P521),
            Spec::K256 => Some(PairKind::K256),
            Spec::Ed25519 => Some(PairKind::Ed25519),
            Spec::MlDsa44 => Some(PairKind::MlDsa44),
            Spec::MlDsa65 => Some(PairKind::MlDsa65),
            Spec::MlDsa87 => Some(PairKind::MlDsa87),
        }
    }

    /// What kind of HMAC it is, if it is one.
    pub const fn hmac(self) -> Option<HmacSize> {
        match self {
            Spec::Hmac224 => Some(HmacSize::Sha224),
            Spec::Hmac256 => Some(HmacSize::Sha256),
            Spec::Hmac384 => Some(HmacSize::Sha384),
            Spec::Hmac512 => Some(HmacSize::Sha512),
            Spec::Symmetric
            | Spec::Rsa2048
            | Spec::Rsa3072
            | Spec::Rsa4096
            | Spec::P256
            | Spec::P384
            | Spec::P521
            | Spec::K256
            | Spec::Ed25519
            | Spec::MlDsa44
            | Spec::MlDsa65
            | Spec::MlDsa87 => None,
        }
    }

    /// Whether it is RSA.
    pub const fn is_rsa(self) -> bool {
        matches!(self, Spec::Rsa2048 | Spec::Rsa3072 | Spec::Rsa4096)
    }

    /// Bytes that are drawn as its material; `None` for pairs, which are generated. HMAC keys are as long as their digests (AWS: the same).
    pub const fn material_bytes(self) -> Option<usize> {
        match self {
            Spec::Symmetric | Spec::Hmac256 => Some(32),
            Spec::Hmac224 => Some(28),
            Spec::Hmac384 => Some(48),
            Spec::Hmac512 => Some(64),
            Spec::Rsa2048
            | Spec::Rsa3072
            | Spec::Rsa4096
            | Spec::P256
            | Spec::P384
            | Spec::P521
            | Spec::K256
            | Spec::Ed25519
            | Spec::MlDsa44
            | Spec::MlDsa65
            | Spec::MlDsa87 => None,
        }
    }

    /// What such a key can be for.
    pub const fn usages(self) -> &'static [Usage] {
        match self {
            Spec::Symmetric => &[Usage::EncryptDecrypt],
            Spec::Hmac224 | Spec::Hmac256 | Spec::Hmac384 | Spec::Hmac512 => &[Usage::GenerateVerifyMac],
            Spec::Rsa2048 | Spec::Rsa3072 | Spec::Rsa4096 => &[Usage::EncryptDecrypt, Usage::SignVerify],
            Spec::P256 | Spec::P384 | Spec::P521 => &[Usage::SignVerify, Usage::KeyAgreement],
            Spec::K256 | Spec::Ed25519 | Spec::MlDsa44 | Spec::MlDsa65 | Spec::MlDsa87 => {
                &[Usage::SignVerify]
            }
        }
    }

    /// What it signs with.
    pub const fn signing(self) -> &'static [SigningName] {
        match self {
            Spec::Rsa2048 | Spec::Rsa3072 | Spec::Rsa4096 => &RSA_SIGNING,
            Spec::P256 | Spec::K256 => &[SigningName("ECDSA_SHA_256", Signing::EcdsaSha256)],
            Spec::P384 => &[SigningName("ECDSA_SHA_384", Signing::EcdsaSha384)],
            Spec::P521 => &[SigningName("ECDSA_SHA_512", Signing::EcdsaSha512)],
            Spec::Ed25519 => &[SigningName("ED25519_SHA_512", Signing::Ed25519)],
            Spec::MlDsa44 | Spec::MlDsa65 | Spec::MlDsa87 => {
                &[SigningName("ML_DSA_SHAKE_256", Signing::MlDsa)]
            }
            Spec::Symmetric | Spec::Hmac224 | Spec::Hmac256 | Spec::Hmac384 | Spec::Hmac512 => &[],
        }
    }

    /// What it makes authentication codes with.
    pub const fn mac(self) -> Option<&'static str> {
        match self {
            Spec::Hmac224 => Some("HMAC_SHA_224"),
            Spec::Hmac256 => Some("HMAC_SHA_256"),
            Spec::Hmac384 => Some("HMAC_SHA_384"),
            Spec::Hmac512 => Some("HMAC_SHA_512"),
            Spec::Symmetric
            | Spec::Rsa2048
            | Spec::Rsa3072
            | Spec::Rsa4096
            | Spec::P256
            | Spec::P384
            | Spec::P521
            | Spec::K256
            | Spec::Ed25519
            | Spec::MlDsa44
            | Spec::MlDsa65
            | Spec::MlDsa87 => None,
        }
    }
}

/// A signing algorithm by AWS's name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SigningName(pub &'static str, pub Signing);

const RSA_SIGNING: [SigningName; 6] = [
    SigningName("RSASSA_PKCS1_V1_5_SHA_256", Signing::Pkcs1Sha256),
    SigningName("RSASSA_PKCS1_V1_5_SHA_384", Signing::Pkcs1Sha384),
    SigningName("RSASSA_PKCS1_V1_5_SHA_512", Signing::Pkcs1Sha512),
    SigningName("RSASSA_PSS_SHA_256", Signing::PssSha256),
    SigningName("RSASSA_PSS_SHA_384", Signing::PssSha384),
    SigningName("RSASSA_PSS_SHA_512", Signing::PssSha512),
];

/// How something is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encryption {
    /// AES-256-GCM with an encryption context; the ciphertext names its key.
    #[default]
    Symmetric,
    /// RSAES-OAEP; the ciphertext is bare.
    Oaep(Oaep),
}

impl Encryption {
    /// As AWS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Encryption::Symmetric => "SYMMETRIC_DEFAULT",
            Encryption::Oaep(Oaep::Sha1) => "RSAES_OAEP_SHA_1",
            Encryption::Oaep(Oaep::Sha256) => "RSAES_OAEP_SHA_256",
        }
    }

    /// The algorithm of this name; `None` for SM2's.
    pub fn named(name: &str) -> Option<Self> {
        [Encryption::Symmetric, Encryption::Oaep(Oaep::Sha1), Encryption::Oaep(Oaep::Sha256)]
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// Whether keys of this spec encrypt so.
    pub const fn fits(self, spec: Spec) -> bool {
        match self {
            Encryption::Symmetric => matches!(spec, Spec::Symmetric),
            Encryption::Oaep(_) => spec.is_rsa(),
        }
    }
}

impl Usage {
    /// Every usage.
    pub const ALL: [Usage; 4] =
        [Usage::EncryptDecrypt, Usage::SignVerify, Usage::GenerateVerifyMac, Usage::KeyAgreement];

    /// As AWS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Usage::EncryptDecrypt => "ENCRYPT_DECRYPT",
            Usage::SignVerify => "SIGN_VERIFY",
            Usage::GenerateVerifyMac => "GENERATE_VERIFY_MAC",
            Usage::KeyAgreement => "KEY_AGREEMENT",
        }
    }

    /// The usage of this name; `None` for encapsulation.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|usage| usage.name() == name)
    }
}

impl Origin {
    /// As AWS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Origin::AwsKms => "AWS_KMS",
            Origin::External => "EXTERNAL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again() {
        for spec in Spec::ALL {
            assert_eq!(Spec::named(spec.name()), Some(spec));
            assert!(crate::shapes::KEY_SPEC.contains(&spec.name()), "{}", spec.name());
            assert_eq!(spec.material_bytes().is_none(), spec.pair().is_some());
            for SigningName(name, _) in spec.signing() {
                assert!(crate::shapes::SIGNING_ALGORITHM_SPEC.contains(name));
            }
        }
        for usage in Usage::ALL {
            assert_eq!(Usage::named(usage.name()), Some(usage));
        }
        for name in crate::shapes::ENCRYPTION_ALGORITHM_SPEC {
            assert_eq!(Encryption::named(name).is_none(), *name == "SM2PKE");
        }
        assert_eq!(Spec::named("SM2"), None);
    }

    #[test]
    fn every_spec_is_for_something() {
        for spec in Spec::ALL {
            let usages = spec.usages();
            assert!(!usages.is_empty());
            assert_eq!(usages.contains(&Usage::SignVerify), !spec.signing().is_empty(), "{spec:?}");
            assert_eq!(usages.contains(&Usage::GenerateVerifyMac), spec.mac().is_some());
        }
    }
}
