//! Digests, message authentication, ciphers and randomness: the only crate that names a crypto library (rustls in `door` and
//! `outbound` apart), so that what is trusted is one short list.
//!
//! * [`Digest`] computes any of the checksums S3 knows, piece by piece; the one-shot functions ([`sha256`], [`md5`], …) are for what
//!   is in memory already. [`combine`] joins the CRCs of two parts into that of the whole.
//! * [`HmacKey`] is a key whose padding is hashed already: keep it, and each use costs two blocks less.
//! * [`sigv4_key`] derives the signing key of Signature Version 4.
//! * [`SealKey`] is AES-256-GCM.
//! * [`KeyPair`] and its kin are what RSA, the elliptic curves and ML-DSA do: sign, verify, encrypt, agree.
//! * [`TokenKey`] verifies JSON web tokens.
//! * [`same`] compares without telling where the difference is.
//! * [`random`] is the operating system's randomness as a [`base::Random`].
//!
//! Nothing here knows a protocol or stores anything. Tested with the published vectors of each algorithm.

mod crc;
mod digest;
mod jws;
mod mac;
mod pair;
mod random;
mod seal;

pub use crc::combine;
pub use digest::{Algorithm, Digest, Sum, crc32, crc32c, crc64nvme, md5, sha1, sha256, sha256_hex, sha512};
pub use jws::{Curve, TokenKey, TokenSigning};
pub use mac::{
    HmacKey, HmacSha256, HmacSize, derive_key, hmac_sha1, hmac_sha2, hmac_sha256, same, sigv4_key,
    verify_policy_v2, verify_policy_v4,
};
pub use pair::{KeyPair, Message, Oaep, PairError, PairKind, Signing, encrypt, unwrap_key, verify, wrap_key};
pub use random::random;
pub use seal::{SEAL_OVERHEAD, SealKey, TAG_BYTES, Unsealed};
