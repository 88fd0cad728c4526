//! Checksums: what clients declare, what is computed, and how those of parts become that of an object.
//!
//! Every object has one, of the algorithm its writer named, or CRC64NVME (facts section 3). Of an object made of parts it is taken
//! either over all bytes, which the CRCs allow without reading them again ([`crypt::combine`]), or over the parts' checksums.

use crypt::{Algorithm, Digest, Sum};

use super::Error;
use crate::tables::{Checksum, ChecksumKind, UploadChecksum};

/// The algorithm for objects whose writer names none.
pub const DEFAULT: Algorithm = Algorithm::Crc64Nvme;

/// Every algorithm a client may name, with its name, which is also its element (`ChecksumCRC32`) and header (`x-amz-checksum-crc32`).
const NAMES: [(Algorithm, &str); 10] = [
    (Algorithm::Crc32, "CRC32"),
    (Algorithm::Crc32c, "CRC32C"),
    (Algorithm::Crc64Nvme, "CRC64NVME"),
    (Algorithm::Sha1, "SHA1"),
    (Algorithm::Sha256, "SHA256"),
    (Algorithm::Sha512, "SHA512"),
    (Algorithm::Md5, "MD5"),
    (Algorithm::XxHash64, "XXHASH64"),
    (Algorithm::XxHash3, "XXHASH3"),
    (Algorithm::XxHash128, "XXHASH128"),
];

/// `CRC32`, `SHA256`, …
pub fn name_of(algorithm: Algorithm) -> &'static str {
    NAMES
        .iter()
        .find(|(named, _)| *named == algorithm)
        .map(|(_, name)| *name)
        .expect("every algorithm has a name")
}

/// The algorithm of that name, in any case.
pub fn algorithm_of(name: &str) -> Result<Algorithm, Error> {
    let found = NAMES.iter().find(|(_, named)| named.eq_ignore_ascii_case(name));
    found.map(|(algorithm, _)| *algorithm).ok_or(Error::UnknownAlgorithm)
}

/// The algorithm of a header's or trailer's name (`x-amz-checksum-crc32`), if it is one's.
pub fn algorithm_of_header(header: &str) -> Option<Algorithm> {
    const PREFIX: &str = "x-amz-checksum-";
    let start = header.get(..PREFIX.len())?;
    if start.eq_ignore_ascii_case(PREFIX) { algorithm_of(&header[PREFIX.len()..]).ok() } else { None }
}

/// The sum that the base64 text states.
pub fn parse(algorithm: Algorithm, text: &str) -> Option<Sum> {
    let bytes = base64_simd::STANDARD.decode_to_vec(text.trim()).ok()?;
    Sum::from_bytes(algorithm, &bytes)
}

/// The sum in base64.
pub fn text(sum: &Sum) -> String {
    base64_simd::STANDARD.encode_to_string(sum.as_bytes())
}

/// What a client declared of the bytes it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// Nothing.
    Nothing,
    /// Their sum.
    Sum(Sum),
    /// Their sum will come after them, in a trailer.
    Trailing(Algorithm),
}

impl Declared {
    /// The algorithm that was named, if one was.
    pub fn algorithm(&self) -> Option<Algorithm> {
        match self {
            Declared::Nothing => None,
            Declared::Sum(sum) => Some(sum.algorithm()),
            Declared::Trailing(algorithm) => Some(*algorithm),
        }
    }
}

impl Checksum {
    /// Over all bytes.
    pub const fn full(sum: Sum) -> Self {
        Self { sum, kind: ChecksumKind::FullObject }
    }

    /// As clients see it: base64, with `-N` if it is taken over the sums of `N` parts.
    pub fn text(&self, parts: Option<u32>) -> String {
        match (self.kind, parts) {
            (ChecksumKind::Composite, Some(parts)) => format!("{}-{parts}", text(&self.sum)),
            (ChecksumKind::Composite, None) | (ChecksumKind::FullObject, _) => text(&self.sum),
        }
    }
}

impl ChecksumKind {
    /// `FULL_OBJECT`, `COMPOSITE`.
    pub const fn name(self) -> &'static str {
        match self {
            ChecksumKind::FullObject => "FULL_OBJECT",
            ChecksumKind::Composite => "COMPOSITE",
        }
    }

    /// The kind of that name.
    pub fn of(name: &str) -> Option<Self> {
        [ChecksumKind::FullObject, ChecksumKind::Composite].into_iter().find(|kind| kind.name() == name)
    }
}

impl UploadChecksum {
    /// What an upload's checksum will be, from what CreateMultipartUpload says. `None` if it says nothing.
    pub fn choose(algorithm: Option<&str>, kind: Option<&str>) -> Result<Option<Self>, Error> {
        let kind_named =
            kind.map(|name| ChecksumKind::of(name).ok_or_else(|| invalid_kind(name))).transpose()?;
        let Some(algorithm) = algorithm.map(algorithm_of).transpose()? else {
            return match kind_named {
                None => Ok(None),
                Some(_) => {
                    let text = "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.";
                    Err(Error::Request(text.to_owned()))
                }
            };
        };
        let (usual, other_fits) = match algorithm {
            Algorithm::Crc64Nvme => (ChecksumKind::FullObject, false),
            Algorithm::Crc32 | Algorithm::Crc32c => (ChecksumKind::Composite, true),
            Algorithm::Sha1
            | Algorithm::Sha256
            | Algorithm::Sha512
            | Algorithm::Md5
            | Algorithm::XxHash64
            | Algorithm::XxHash3
            | Algorithm::XxHash128 => (ChecksumKind::Composite, false),
        };
        let kind = kind_named.unwrap_or(usual);
        if kind != usual && !other_fits {
            return Err(Error::Request(format!(
                "The {} checksum type cannot be used with the {} checksum algorithm.",
                kind.name(),
                name_of(algorithm).to_ascii_lowercase()
            )));
        }
        Ok(Some(Self { algorithm, kind }))
    }
}

fn invalid_kind(name: &str) -> Error {
    Error::Request(format!("Value for x-amz-checksum-type header is invalid: {name}"))
}

/// The checksum of an object made of parts with these sums and sizes, all of one algorithm.
/// `None` if there are no parts, or if they have no sum of this kind.
pub fn of_parts(kind: ChecksumKind, parts: &[(Sum, u64)]) -> Option<Checksum> {
    let ((first, _), rest) = parts.split_first()?;
    let sum = match kind {
        ChecksumKind::Composite => {
            let mut digest = Digest::new(first.algorithm());
            for (sum, _) in parts {
                digest.update(sum.as_bytes());
            }
            digest.finish()
        }
        ChecksumKind::FullObject => {
            rest.iter().try_fold(*first, |whole, (sum, bytes)| crypt::combine(whole, *sum, *bytes))?
        }
    };
    Some(Checksum { sum, kind })
}

/// The MD5 a `Content-MD5` states.
pub fn parse_content_md5(text: &str) -> Result<[u8; 16], Error> {
    let invalid = || Error::InvalidMd5(text.to_owned());
    let bytes = base64_simd::STANDARD.decode_to_vec(text.trim()).map_err(|_| invalid())?;
    bytes.try_into().map_err(|_| invalid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_algorithm_has_a_name_and_finds_back() {
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm_of(name_of(algorithm)), Ok(algorithm));
            let header = format!("X-Amz-Checksum-{}", name_of(algorithm).to_ascii_lowercase());
            assert_eq!(algorithm_of_header(&header), Some(algorithm));
        }
        assert_eq!(algorithm_of("TEST"), Err(Error::UnknownAlgorithm));
        assert_eq!(algorithm_of_header("x-amz-checksum-type"), None);
        assert_eq!(algorithm_of_header("é"), None);
    }

    #[test]
    fn an_upload_takes_the_pairs_aws_takes() {
        let choose = UploadChecksum::choose;
        assert_eq!(choose(None, None), Ok(None));
        for (algorithm, kind, taken) in [
            ("CRC32", None, Some(ChecksumKind::Composite)),
            ("CRC32C", Some("FULL_OBJECT"), Some(ChecksumKind::FullObject)),
            ("CRC64NVME", None, Some(ChecksumKind::FullObject)),
            ("CRC64NVME", Some("COMPOSITE"), None),
            ("SHA1", Some("FULL_OBJECT"), None),
            ("SHA256", Some("COMPOSITE"), Some(ChecksumKind::Composite)),
            ("XXHASH128", None, Some(ChecksumKind::Composite)),
            ("MD5", Some("FULL_OBJECT"), None),
        ] {
            let chosen = choose(Some(algorithm), kind).ok().flatten().map(|chosen| chosen.kind);
            assert_eq!(chosen, taken, "{algorithm} {kind:?}");
        }
        assert!(matches!(choose(None, Some("COMPOSITE")), Err(Error::Request(_))));
    }

    #[test]
    fn a_composite_names_its_parts() {
        let sums = [(Algorithm::Crc32.of(b"a"), 1), (Algorithm::Crc32.of(b"b"), 1)];
        let checksum = of_parts(ChecksumKind::Composite, &sums).unwrap();
        let mut bytes = crypt::crc32(b"a").to_be_bytes().to_vec();
        bytes.extend(crypt::crc32(b"b").to_be_bytes());
        assert_eq!(checksum.sum, Algorithm::Crc32.of(&bytes));
        assert!(checksum.text(Some(2)).ends_with("=-2"));
        assert_eq!(of_parts(ChecksumKind::Composite, &[]), None);
    }

    #[test]
    fn a_content_md5_is_sixteen_bytes() {
        assert_eq!(parse_content_md5("1B2M2Y8AsgTpgAmY7PhCfg=="), Ok(crypt::md5(b"")));
        assert!(
            parse_content_md5("").is_err()
                && parse_content_md5("YWJj").is_err()
                && parse_content_md5("!").is_err()
        );
    }

    proptest! {
        #[test]
        fn the_sum_of_parts_is_the_sum_of_the_whole(parts in prop::collection::vec(any::<Vec<u8>>(), 1..6)) {
            let whole = parts.concat();
            for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64Nvme] {
                let sums: Vec<(Sum, u64)> = parts.iter().map(|part| (algorithm.of(part), part.len() as u64)).collect();
                prop_assert_eq!(of_parts(ChecksumKind::FullObject, &sums), Some(Checksum::full(algorithm.of(&whole))));
            }
        }
    }
}
