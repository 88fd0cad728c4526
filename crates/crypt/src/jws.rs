//! Signatures of JSON web tokens: verified, never made (RFC 7515, 7517, 7518).
//!
//! Keys come as the numbers of a JSON web key. Which algorithm a token names is the token's word alone, so a key takes only those of its own
//! kind: an EC key verifies with the curve's one digest, an RSA key with PKCS #1 v1.5. There is no `none` and nothing symmetric.

use aws_lc_rs::signature::{self as sig, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm};

/// Bytes of the largest RSA modulus that is taken: 8,192 bits.
const MODULUS_BYTES_MAX: usize = 1_024;
/// How an EC point that is not compressed begins.
const UNCOMPRESSED: u8 = 4;

/// How a token is signed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenSigning {
    /// RSASSA-PKCS1-v1_5 over SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 over SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 over SHA-512.
    Rs512,
    /// ECDSA with P-256 over SHA-256.
    Es256,
    /// ECDSA with P-384 over SHA-384.
    Es384,
    /// ECDSA with P-521 over SHA-512.
    Es512,
}

/// A curve of a token's key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Curve {
    /// P-256.
    P256,
    /// P-384.
    P384,
    /// P-521.
    P521,
}

/// A key that tokens are verified with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TokenKey {
    /// RSA.
    Rsa {
        /// The modulus, big-endian.
        modulus: Vec<u8>,
        /// The exponent, big-endian.
        exponent: Vec<u8>,
    },
    /// An elliptic curve.
    Ec {
        /// Which.
        curve: Curve,
        /// The point, not compressed.
        point: Vec<u8>,
    },
}

impl TokenSigning {
    /// By its name in a token's head.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "RS384" => Some(Self::Rs384),
            "RS512" => Some(Self::Rs512),
            "ES256" => Some(Self::Es256),
            "ES384" => Some(Self::Es384),
            "ES512" => Some(Self::Es512),
            _ => None,
        }
    }
}

impl Curve {
    /// By its name in a JSON web key.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "P-256" => Some(Self::P256),
            "P-384" => Some(Self::P384),
            "P-521" => Some(Self::P521),
            _ => None,
        }
    }

    /// Bytes of one coordinate.
    const fn bytes(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }
}

impl TokenKey {
    /// An RSA key by its numbers; `None` if no such key is taken.
    pub fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let plain = |number: &[u8]| {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            number[zeros..].to_vec()
        };
        let (modulus, exponent) = (plain(modulus), plain(exponent));
        let fits =
            !modulus.is_empty() && modulus.len() <= MODULUS_BYTES_MAX && (1..=8).contains(&exponent.len());
        fits.then_some(Self::Rsa { modulus, exponent })
    }

    /// An EC key by the coordinates of its point; `None` if they do not have the curve's length.
    pub fn ec(curve: Curve, x: &[u8], y: &[u8]) -> Option<Self> {
        let fits = x.len() == curve.bytes() && y.len() == curve.bytes();
        fits.then(|| Self::Ec { curve, point: [&[UNCOMPRESSED], x, y].concat() })
    }

    /// Whether this key made the signature over the message.
    pub fn verifies(&self, signing: TokenSigning, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { modulus, exponent } => {
                let parameters = match signing {
                    TokenSigning::Rs256 => &sig::RSA_PKCS1_2048_8192_SHA256,
                    TokenSigning::Rs384 => &sig::RSA_PKCS1_2048_8192_SHA384,
                    TokenSigning::Rs512 => &sig::RSA_PKCS1_2048_8192_SHA512,
                    TokenSigning::Es256 | TokenSigning::Es384 | TokenSigning::Es512 => return false,
                };
                RsaPublicKeyComponents { n: modulus, e: exponent }
                    .verify(parameters, message, signature)
                    .is_ok()
            }
            Self::Ec { curve, point } => {
                let algorithm: &dyn VerificationAlgorithm = match (signing, curve) {
                    (TokenSigning::Es256, Curve::P256) => &sig::ECDSA_P256_SHA256_FIXED,
                    (TokenSigning::Es384, Curve::P384) => &sig::ECDSA_P384_SHA384_FIXED,
                    (TokenSigning::Es512, Curve::P521) => &sig::ECDSA_P521_SHA512_FIXED,
                    (
                        TokenSigning::Rs256
                        | TokenSigning::Rs384
                        | TokenSigning::Rs512
                        | TokenSigning::Es256
                        | TokenSigning::Es384
                        | TokenSigning::Es512,
                        Curve::P256 | Curve::P384 | Curve::P521,
                    ) => return false,
                };
                let key = UnparsedPublicKey::new(algorithm, point);
                key.verify(message, signature).is_ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        base64_simd::URL_SAFE_NO_PAD.decode_to_vec(text).unwrap()
    }

    // RFC 7515, appendices A.2 and A.3.
    const PAYLOAD: &str =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const MODULUS: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    const RSA_SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    const Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    const EC_SIGNATURE: &str =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    fn rsa() -> TokenKey {
        TokenKey::rsa(&bytes(MODULUS), &bytes("AQAB")).unwrap()
    }

    fn ec() -> TokenKey {
        TokenKey::ec(Curve::P256, &bytes(X), &bytes(Y)).unwrap()
    }

    #[test]
    fn the_standard_s_examples_are_verified_and_nothing_else() {
        let by_rsa = format!("eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}");
        let by_ec = format!("eyJhbGciOiJFUzI1NiJ9.{PAYLOAD}");
        let (rsa_signature, ec_signature) = (bytes(RSA_SIGNATURE), bytes(EC_SIGNATURE));
        assert!(rsa().verifies(TokenSigning::Rs256, by_rsa.as_bytes(), &rsa_signature));
        assert!(ec().verifies(TokenSigning::Es256, by_ec.as_bytes(), &ec_signature));
        assert!(!rsa().verifies(TokenSigning::Rs256, by_ec.as_bytes(), &rsa_signature));
        assert!(!ec().verifies(TokenSigning::Es256, by_rsa.as_bytes(), &ec_signature));
        for signing in [TokenSigning::Rs384, TokenSigning::Rs512, TokenSigning::Es256] {
            assert!(!rsa().verifies(signing, by_rsa.as_bytes(), &rsa_signature));
        }
        for signing in [TokenSigning::Es384, TokenSigning::Es512, TokenSigning::Rs256] {
            assert!(!ec().verifies(signing, by_ec.as_bytes(), &ec_signature));
        }
        for at in [0, 10, ec_signature.len() - 1] {
            let mut altered = ec_signature.clone();
            altered[at] ^= 1;
            assert!(!ec().verifies(TokenSigning::Es256, by_ec.as_bytes(), &altered));
        }
        assert!(!ec().verifies(TokenSigning::Es256, by_ec.as_bytes(), b""));
    }

    #[test]
    fn keys_of_the_wrong_size_are_none() {
        assert_eq!(TokenKey::ec(Curve::P384, &bytes(X), &bytes(Y)), None);
        assert_eq!(TokenKey::rsa(&[0; 256], &[1, 0, 1]), None);
        assert_eq!(TokenKey::rsa(&[1; 2_000], &[1, 0, 1]), None);
        // Too short to be trusted.
        let short = TokenKey::rsa(&[0xff; 128], &[1, 0, 1]).unwrap();
        assert!(!short.verifies(TokenSigning::Rs256, b"m", &[1; 128]));
        assert_eq!((TokenSigning::named("none"), TokenSigning::named("HS256")), (None, None));
    }
}
