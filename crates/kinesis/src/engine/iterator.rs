//! Shard iterators: a place in a shard, handed to the client and back.
//!
//! ```text
//! base64( 00 00 00 00 00 00 00 01 | tag 16 | payload )          at most 512 characters
//! payload = stream id 16 | shard u32 | seq u64 | issued u64, ms | nonce u64 | account u64 | region length u8 | region | name
//! ```
//! The eight bytes in front are AWS's own. Whose stream it is stands in the payload, so that the call can be authorized before anything is
//! looked up. The tag is that of [`Tokens`]: nobody makes an iterator but we. The nonce makes each one different from all
//! others, also when the place is the same: clients take an iterator that does not change for a fault.
//!
//! Double quotes around it are tolerated, as AWS does (facts section 2): shell scripts paste them.

use base::{AccountId, Timestamp};
use service::Tokens;
use store::Seq;

use crate::tables::{StreamId, StreamKey};

const PREFIX: [u8; 8] = [0, 0, 0, 0, 0, 0, 0, 1];
const PURPOSE: &str = "kinesis.ShardIterator";
/// How long an iterator is good for.
pub const LIFE_MILLIS: i64 = 300_000;

/// A place in a shard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShardIterator {
    /// The stream's name.
    pub key: StreamKey,
    /// The stream's id, so that one created anew under the same name is another.
    pub stream: StreamId,
    /// The shard's number.
    pub shard: u32,
    /// The number of the next record to read.
    pub at: Seq,
    /// When it was handed out.
    pub issued: Timestamp,
    /// Different in each.
    pub nonce: u64,
}

impl ShardIterator {
    /// As the client sees it.
    pub fn seal(&self, tokens: &Tokens) -> String {
        let mut payload = Vec::with_capacity(64 + self.key.region.len() + self.key.name.len());
        payload.extend_from_slice(&self.stream.0.to_be_bytes());
        payload.extend_from_slice(&self.shard.to_be_bytes());
        payload.extend_from_slice(&self.at.0.to_be_bytes());
        payload.extend_from_slice(&self.issued.as_millis().to_be_bytes());
        payload.extend_from_slice(&self.nonce.to_be_bytes());
        payload.extend_from_slice(&self.key.account.as_u64().to_be_bytes());
        payload.push(u8::try_from(self.key.region.len()).expect("a region has at most 32 characters"));
        payload.extend_from_slice(self.key.region.as_bytes());
        payload.extend_from_slice(self.key.name.as_bytes());
        let sealed = tokens.seal(PURPOSE, &payload);
        let mut bytes = PREFIX.to_vec();
        let sealed = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(sealed).expect("a token is base64url");
        bytes.extend_from_slice(&sealed);
        base64_simd::STANDARD.encode_to_string(bytes)
    }

    /// Reads what a client sent; `None` if we never made it.
    pub fn open(text: &str, tokens: &Tokens) -> Option<Self> {
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        let bytes = base64_simd::STANDARD.decode_to_vec(text).ok()?;
        let sealed = bytes.strip_prefix(&PREFIX)?;
        let sealed = base64_simd::URL_SAFE_NO_PAD.encode_to_string(sealed);
        let payload = tokens.open(PURPOSE, &sealed).ok()?;
        let mut rest = payload.as_slice();
        let stream = StreamId(u128::from_be_bytes(take(&mut rest)?));
        let shard = u32::from_be_bytes(take(&mut rest)?);
        let at = Seq(u64::from_be_bytes(take(&mut rest)?));
        let issued = Timestamp::from_millis(i64::from_be_bytes(take(&mut rest)?));
        let nonce = u64::from_be_bytes(take(&mut rest)?);
        let account = AccountId::from_u64(u64::from_be_bytes(take(&mut rest)?)).ok()?;
        let [region_len] = take(&mut rest)?;
        let (region, name) = rest.split_at_checked(usize::from(region_len))?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let key = StreamKey { account, region: text(region)?, name: text(name)? };
        Some(Self { key, stream, shard, at, issued, nonce })
    }

    /// Whether it is past its life. Reading with an iterator from the future is fine: clocks are set back now and then.
    pub fn expired(&self, now: Timestamp) -> bool {
        now.as_millis() - self.issued.as_millis() > LIFE_MILLIS
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (part, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Secret;
    use proptest::prelude::*;

    fn tokens() -> Tokens {
        Tokens::new(Secret::new(*b"key"))
    }

    fn iterator(name: &str, nonce: u64) -> ShardIterator {
        let key = StreamKey { account: AccountId::DEFAULT, region: "r".repeat(32), name: name.to_owned() };
        let issued = Timestamp::from_secs(1_700_000_000);
        ShardIterator { key, stream: StreamId(7), shard: 3, at: Seq(42), issued, nonce }
    }

    #[test]
    fn the_longest_fits_into_512_characters_and_begins_as_aws_has_it() {
        let text = iterator(&"n".repeat(128), u64::MAX).seal(&tokens());
        assert!(text.len() <= 512, "{}", text.len());
        assert!(text.starts_with("AAAAAAAAAA"));
    }

    #[test]
    fn quotes_around_it_are_tolerated() {
        let text = iterator("s", 1).seal(&tokens());
        assert_eq!(ShardIterator::open(&format!("\"{text}\""), &tokens()), Some(iterator("s", 1)));
        assert_eq!(ShardIterator::open(&format!("\"{text}"), &tokens()), None);
    }

    #[test]
    fn it_lives_for_five_minutes() {
        let iterator = iterator("s", 1);
        assert!(!iterator.expired(Timestamp::from_millis(1_700_000_300_000)));
        assert!(iterator.expired(Timestamp::from_millis(1_700_000_300_001)));
    }

    proptest! {
        #[test]
        fn iterators_round_trip(stream: u128, shard: u32, at: u64, millis in 0i64..1 << 44, nonce: u64, name in "[a-zA-Z0-9_.-]{1,128}") {
            let issued = Timestamp::from_millis(millis);
            let given = ShardIterator { stream: StreamId(stream), shard, at: Seq(at), issued, ..iterator(&name, nonce) };
            prop_assert_eq!(ShardIterator::open(&given.seal(&tokens()), &tokens()), Some(given));
        }

        #[test]
        fn what_we_did_not_make_does_not_open(text in "\\PC{0,64}", at in 0usize..200) {
            prop_assert_eq!(ShardIterator::open(&text, &tokens()), None);
            let mut bytes = base64_simd::STANDARD.decode_to_vec(iterator("s", 1).seal(&tokens())).unwrap();
            let at = at % bytes.len();
            bytes[at] ^= 1;
            let changed = base64_simd::STANDARD.encode_to_string(bytes);
            prop_assert_eq!(ShardIterator::open(&changed, &tokens()), None);
        }
    }
}
