//! A receipt handle: which record of which queue, and which delivery of it. Sealed, so that nobody can make one.

use service::Tokens;

use crate::tables::queues::{HeldKey, ReaderId};

const PURPOSE: &str = "kinesis.ReceiptHandle";

/// What a receipt handle says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The record.
    pub record: HeldKey,
    /// The delivery: drawn by chance for each.
    pub number: u64,
    /// Whether the record was delivered as a dead letter.
    pub dead: bool,
}

impl Receipt {
    /// As the client sees it.
    pub fn seal(&self, tokens: &Tokens) -> String {
        let mut payload = Vec::with_capacity(16 + 4 + 8 + 8 + 1);
        payload.extend_from_slice(&self.record.queue.0.to_be_bytes());
        payload.extend_from_slice(&self.record.shard.to_be_bytes());
        payload.extend_from_slice(&self.record.seq.to_be_bytes());
        payload.extend_from_slice(&self.number.to_be_bytes());
        payload.push(u8::from(self.dead));
        tokens.seal(PURPOSE, &payload)
    }

    /// Reads what a client sent; `None` if we never made it.
    pub fn open(text: &str, tokens: &Tokens) -> Option<Self> {
        let payload = tokens.open(PURPOSE, text).ok()?;
        let (queue, rest) = payload.split_first_chunk::<16>()?;
        let (shard, rest) = rest.split_first_chunk::<4>()?;
        let (seq, rest) = rest.split_first_chunk::<8>()?;
        let (number, rest) = rest.split_first_chunk::<8>()?;
        let dead = match rest {
            [0] => false,
            [1] => true,
            _ => return None,
        };
        let record = HeldKey {
            queue: ReaderId(u128::from_be_bytes(*queue)),
            shard: u32::from_be_bytes(*shard),
            seq: u64::from_be_bytes(*seq),
        };
        Some(Self { record, number: u64::from_be_bytes(*number), dead })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Secret;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn receipts_round_trip_and_cannot_be_changed(queue: u128, shard: u32, seq: u64, number: u64, dead: bool, at in 0usize..53) {
            let tokens = Tokens::new(Secret::new(*b"key"));
            let receipt = Receipt { record: HeldKey { queue: ReaderId(queue), shard, seq }, number, dead };
            let text = receipt.seal(&tokens);
            prop_assert!(text.len() <= 1_024);
            prop_assert_eq!(Receipt::open(&text, &tokens), Some(receipt));
            let mut bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(&text).unwrap();
            bytes[at] ^= 1;
            prop_assert_eq!(Receipt::open(&base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes), &tokens), None);
        }
    }
}
