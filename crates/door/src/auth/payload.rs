//! How a request says its payload is covered by its signature: `x-amz-content-sha256`.

/// Every mode there is (wire facts sections 7 and 8).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Payload {
    /// The SHA-256 of the bytes was signed.
    Hash([u8; 32]),
    /// Nothing of the payload was signed.
    Unsigned,
    /// aws-chunked without signatures, checksum in the trailer.
    StreamingUnsignedTrailer,
    /// aws-chunked, each chunk signed.
    Streaming,
    /// aws-chunked, each chunk and the trailer signed.
    StreamingTrailer,
    /// aws-chunked, each chunk signed by SigV4a.
    StreamingEcdsa,
    /// aws-chunked, each chunk and the trailer signed by SigV4a.
    StreamingEcdsaTrailer,
}

/// The text S3 gives when the header is none of them.
pub(crate) const WORDS: &str = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
     STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, \
     STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.";

impl Payload {
    /// Reads the header: 64 hexadecimal digits of either case, or one of the words, spelt exactly.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        match header {
            "UNSIGNED-PAYLOAD" => Some(Payload::Unsigned),
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => Some(Payload::StreamingUnsignedTrailer),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => Some(Payload::Streaming),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => Some(Payload::StreamingTrailer),
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD" => Some(Payload::StreamingEcdsa),
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" => Some(Payload::StreamingEcdsaTrailer),
            _ => hash(header).map(Payload::Hash),
        }
    }
}

/// 64 hexadecimal digits as 32 bytes.
pub(crate) fn hash(digits: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = digits.as_bytes().try_into().ok()?;
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = (high << 4 | low) as u8;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_refusal_is_understood() {
        let words = WORDS.strip_prefix("x-amz-content-sha256 must be ").unwrap();
        let words = words.strip_suffix(" or a valid sha256 value.").unwrap();
        let modes: Vec<_> = words.split(", ").map(|word| Payload::parse(word).expect(word)).collect();
        assert_eq!(modes.len(), 6);
    }

    #[test]
    fn hashes_have_64_digits_of_either_case() {
        let mixed = "E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85F";
        assert!(
            matches!(Payload::parse(mixed), Some(Payload::Hash(hash)) if hash[0] == 0xe3 && hash[31] == 0x5f)
        );
        assert_eq!(Payload::parse(&mixed[1..]), None);
        assert_eq!(Payload::parse("unsigned-payload"), None);
        assert_eq!(Payload::parse(&mixed.replace('E', "g")), None);
    }
}
