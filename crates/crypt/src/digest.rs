//! Checksums and hashes over bytes that come in pieces.
//!
//! SHA is ring's (assembly with SHA extensions where the processor has them), the CRCs use carry-less multiplication. One
//! enum instead of a trait: S3 picks the algorithm at run time, from a header.

use ::md5::Digest as _;
use ring::digest;
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh64::Xxh64;

/// The algorithms S3 names in `x-amz-checksum-algorithm`, and MD5 for ETags and Content-MD5.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Algorithm {
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-512, 64 bytes.
    Sha512,
    /// CRC-32 (ISO-HDLC, that of gzip), 4 bytes.
    Crc32,
    /// CRC-32C (Castagnoli), 4 bytes.
    Crc32c,
    /// CRC-64/NVME, 8 bytes.
    Crc64Nvme,
    /// XXH64 without a seed, 8 bytes.
    XxHash64,
    /// XXH3 of 64 bits without a seed, 8 bytes.
    XxHash3,
    /// XXH3 of 128 bits without a seed, 16 bytes.
    XxHash128,
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Algorithm; 10] = [
        Algorithm::Md5,
        Algorithm::Sha1,
        Algorithm::Sha256,
        Algorithm::Sha512,
        Algorithm::Crc32,
        Algorithm::Crc32c,
        Algorithm::Crc64Nvme,
        Algorithm::XxHash64,
        Algorithm::XxHash3,
        Algorithm::XxHash128,
    ];

    /// The number of bytes of a [`Sum`] of this algorithm.
    pub const fn length(self) -> usize {
        match self {
            Algorithm::Md5 | Algorithm::XxHash128 => 16,
            Algorithm::Sha1 => 20,
            Algorithm::Sha256 => 32,
            Algorithm::Sha512 => 64,
            Algorithm::Crc32 | Algorithm::Crc32c => 4,
            Algorithm::Crc64Nvme | Algorithm::XxHash64 | Algorithm::XxHash3 => 8,
        }
    }

    /// The sum of bytes that are in memory.
    pub fn of(self, bytes: &[u8]) -> Sum {
        let mut digest = Digest::new(self);
        digest.update(bytes);
        digest.finish()
    }
}

/// A digest under way.
#[derive(Clone)]
pub struct Digest {
    state: State,
}

#[derive(Clone)]
enum State {
    Md5(::md5::Md5),
    Sha(Algorithm, digest::Context),
    Crc32(crc32fast::Hasher),
    Crc32c(u32),
    Crc64Nvme(crc64fast_nvme::Digest),
    XxHash64(Xxh64),
    // Its state is half a kibibyte; both lengths come from the same one.
    XxHash3(Box<Xxh3>),
    XxHash128(Box<Xxh3>),
}

impl Digest {
    /// Begins a digest of no bytes yet.
    pub fn new(algorithm: Algorithm) -> Self {
        let sha = |ring| State::Sha(algorithm, digest::Context::new(ring));
        let state = match algorithm {
            Algorithm::Md5 => State::Md5(::md5::Md5::new()),
            Algorithm::Sha1 => sha(&digest::SHA1_FOR_LEGACY_USE_ONLY),
            Algorithm::Sha256 => sha(&digest::SHA256),
            Algorithm::Sha512 => sha(&digest::SHA512),
            Algorithm::Crc32 => State::Crc32(crc32fast::Hasher::new()),
            Algorithm::Crc32c => State::Crc32c(0),
            Algorithm::Crc64Nvme => State::Crc64Nvme(crc64fast_nvme::Digest::new()),
            Algorithm::XxHash64 => State::XxHash64(Xxh64::new(0)),
            Algorithm::XxHash3 => State::XxHash3(Box::new(Xxh3::new())),
            Algorithm::XxHash128 => State::XxHash128(Box::new(Xxh3::new())),
        };
        Self { state }
    }

    /// Which algorithm this is.
    pub fn algorithm(&self) -> Algorithm {
        match &self.state {
            State::Md5(_) => Algorithm::Md5,
            State::Sha(algorithm, _) => *algorithm,
            State::Crc32(_) => Algorithm::Crc32,
            State::Crc32c(_) => Algorithm::Crc32c,
            State::Crc64Nvme(_) => Algorithm::Crc64Nvme,
            State::XxHash64(_) => Algorithm::XxHash64,
            State::XxHash3(_) => Algorithm::XxHash3,
            State::XxHash128(_) => Algorithm::XxHash128,
        }
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Md5(md5) => md5.update(bytes),
            State::Sha(_, context) => context.update(bytes),
            State::Crc32(hasher) => hasher.update(bytes),
            State::Crc32c(crc) => *crc = ::crc32c::crc32c_append(*crc, bytes),
            State::Crc64Nvme(crc) => crc.write(bytes),
            State::XxHash64(hash) => hash.update(bytes),
            State::XxHash3(hash) | State::XxHash128(hash) => hash.update(bytes),
        }
    }

    /// The sum of all bytes taken.
    pub fn finish(self) -> Sum {
        match self.state {
            State::Md5(md5) => Sum::new(Algorithm::Md5, &md5.finalize()),
            State::Sha(algorithm, context) => Sum::new(algorithm, context.finish().as_ref()),
            State::Crc32(hasher) => Sum::new(Algorithm::Crc32, &hasher.finalize().to_be_bytes()),
            State::Crc32c(crc) => Sum::new(Algorithm::Crc32c, &crc.to_be_bytes()),
            State::Crc64Nvme(crc) => Sum::new(Algorithm::Crc64Nvme, &crc.sum64().to_be_bytes()),
            // The canonical form of an xxHash is big-endian too.
            State::XxHash64(hash) => Sum::new(Algorithm::XxHash64, &hash.digest().to_be_bytes()),
            State::XxHash3(hash) => Sum::new(Algorithm::XxHash3, &hash.digest().to_be_bytes()),
            State::XxHash128(hash) => Sum::new(Algorithm::XxHash128, &hash.digest128().to_be_bytes()),
        }
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({:?})", self.algorithm())
    }
}

/// A finished digest: big-endian bytes, as S3 encodes them in base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sum {
    algorithm: Algorithm,
    bytes: [u8; 64],
}

impl Sum {
    /// Wraps the bytes of a sum known from elsewhere; `None` if their number is not the algorithm's.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Option<Self> {
        (bytes.len() == algorithm.length()).then(|| Self::new(algorithm, bytes))
    }

    fn new(algorithm: Algorithm, sum: &[u8]) -> Self {
        let mut bytes = [0; 64];
        bytes[..sum.len()].copy_from_slice(sum);
        Self { algorithm, bytes }
    }

    /// Which algorithm made it.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The bytes, [`Algorithm::length`] of them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.algorithm.length()]
    }
}

impl std::fmt::Debug for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({})", self.algorithm, base::hex(self.as_bytes()))
    }
}

/// SHA-256 of bytes in memory.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    array(digest::digest(&digest::SHA256, bytes))
}

/// SHA-256 of bytes in memory, in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    base::hex(&sha256(bytes))
}

/// SHA-512 of bytes in memory.
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    array(digest::digest(&digest::SHA512, bytes))
}

/// SHA-1 of bytes in memory: a checksum here, never a proof.
pub fn sha1(bytes: &[u8]) -> [u8; 20] {
    array(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes))
}

/// MD5 of bytes in memory: a checksum here, never a proof.
pub fn md5(bytes: &[u8]) -> [u8; 16] {
    ::md5::Md5::digest(bytes).into()
}

/// CRC-32 (ISO-HDLC) of bytes in memory.
pub fn crc32(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

/// CRC-32C of bytes in memory.
pub fn crc32c(bytes: &[u8]) -> u32 {
    ::crc32c::crc32c(bytes)
}

/// CRC-64/NVME of bytes in memory.
pub fn crc64nvme(bytes: &[u8]) -> u64 {
    let mut crc = crc64fast_nvme::Digest::new();
    crc.write(bytes);
    crc.sum64()
}

fn array<const N: usize>(digest: digest::Digest) -> [u8; N] {
    digest.as_ref().try_into().expect("the length of a digest is its algorithm's")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // RFC 1321, RFC 3174, FIPS 180-4, xxHash and the CRC catalogue's check values of "123456789".
    const CHECKS: [(Algorithm, &str, &str); 10] = [
        (Algorithm::Md5, "25f9e794323b453885f5181f1b624d0b", "d41d8cd98f00b204e9800998ecf8427e"),
        (
            Algorithm::Sha1,
            "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        ),
        (
            Algorithm::Sha256,
            "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            Algorithm::Sha512,
            "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a\
             d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce\
             47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        ),
        (Algorithm::Crc32, "cbf43926", "00000000"),
        (Algorithm::Crc32c, "e3069283", "00000000"),
        (Algorithm::Crc64Nvme, "ae8b14860a799888", "0000000000000000"),
        // The reference implementation (xxhsum 0.8).
        (Algorithm::XxHash64, "8cb841db40e6ae83", "ef46db3751d8e999"),
        (Algorithm::XxHash3, "72dcb18b67a17dff", "2d06800538d394c2"),
        (Algorithm::XxHash128, "33119477ede5dcd5e9716427681d5860", "99aa06d3014798d86001c324468d497f"),
    ];

    #[test]
    fn published_vectors_hold() {
        for (algorithm, of_digits, of_nothing) in CHECKS {
            assert_eq!(base::hex(algorithm.of(b"123456789").as_bytes()), of_digits, "{algorithm:?}");
            assert_eq!(base::hex(algorithm.of(b"").as_bytes()), of_nothing, "{algorithm:?}");
            assert_eq!(algorithm.of(b"").as_bytes().len(), algorithm.length());
        }
    }

    #[test]
    fn one_shot_functions_agree_with_the_digests() {
        let text = b"The quick brown fox jumps over the lazy dog";
        assert_eq!(Algorithm::Sha256.of(text).as_bytes(), sha256(text));
        assert_eq!(Algorithm::Sha512.of(text).as_bytes(), sha512(text));
        assert_eq!(Algorithm::Sha1.of(text).as_bytes(), sha1(text));
        assert_eq!(Algorithm::Md5.of(text).as_bytes(), md5(text));
        assert_eq!(Algorithm::Crc32.of(text).as_bytes(), crc32(text).to_be_bytes());
        assert_eq!(Algorithm::Crc32c.of(text).as_bytes(), crc32c(text).to_be_bytes());
        assert_eq!(Algorithm::Crc64Nvme.of(text).as_bytes(), crc64nvme(text).to_be_bytes());
        assert_eq!(sha256_hex(text), base::hex(&sha256(text)));
    }

    #[test]
    fn a_sum_of_the_wrong_length_is_none() {
        assert_eq!(Sum::from_bytes(Algorithm::Crc32, &[1, 2, 3]), None);
        assert_eq!(Sum::from_bytes(Algorithm::Crc32, &[0; 4]), Some(Algorithm::Crc32.of(b"")));
    }

    proptest! {
        #[test]
        fn pieces_give_the_sum_of_the_whole(bytes: Vec<u8>, cut in 0usize..64) {
            for algorithm in Algorithm::ALL {
                let (head, tail) = bytes.split_at(cut.min(bytes.len()));
                let mut digest = Digest::new(algorithm);
                digest.update(head);
                digest.update(tail);
                prop_assert_eq!(digest.finish(), algorithm.of(&bytes));
            }
        }
    }
}
