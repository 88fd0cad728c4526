//! A record as it lies in its shard's log.
//!
//! ```text
//! version u8 = 1 | flags u8 | key length u16, big-endian | partition key, UTF-8 | data, to the end
//! ```
//! Sequence number, shard and arrival time are not in it: the log and the shard's row give them. Flags are 0 for now; a reader refuses
//! flags it does not know, since they may say that the data is encrypted. Reading copies nothing but the key: the data is a slice.

use bytes::{BufMut, Bytes, BytesMut};
use store::ReadError;

const VERSION: u8 = 1;
const HEAD: usize = 4;

/// A record's content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    /// Its partition key, as given; empty if it has none.
    pub partition_key: String,
    /// Its bytes.
    pub data: Bytes,
}

/// Bytes that a record takes in its log.
pub fn encoded_len(partition_key: &str, data: &[u8]) -> usize {
    HEAD + partition_key.len() + data.len()
}

/// Appends the record's bytes to `into`. The key is at most 256 characters, hence 1,024 bytes.
pub fn encode(partition_key: &str, data: &[u8], into: &mut BytesMut) {
    into.put_u8(VERSION);
    into.put_u8(0);
    into.put_u16(u16::try_from(partition_key.len()).expect("a partition key has at most 1,024 bytes"));
    into.put_slice(partition_key.as_bytes());
    into.put_slice(data);
}

/// Reads a record from its payload.
pub fn decode(payload: &Bytes) -> Result<Content, ReadError> {
    let bad = |what: &str| ReadError::Decode(format!("record {what}"));
    let (head, _) = payload.split_first_chunk::<HEAD>().ok_or_else(|| bad("ends early"))?;
    let [version, flags, length @ ..] = *head;
    if version != VERSION || flags != 0 {
        return Err(bad("is of a newer version"));
    }
    let key_end = HEAD + usize::from(u16::from_be_bytes(length));
    let key = payload.get(HEAD..key_end).ok_or_else(|| bad("ends early"))?;
    let partition_key = std::str::from_utf8(key).map_err(|_| bad("has a key that is not UTF-8"))?.to_owned();
    Ok(Content { partition_key, data: payload.slice(key_end..) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_round_trip(partition_key in "\\PC{0,256}", data: Vec<u8>) {
            let mut bytes = BytesMut::new();
            encode(&partition_key, &data, &mut bytes);
            prop_assert_eq!(bytes.len(), encoded_len(&partition_key, &data));
            prop_assert_eq!(decode(&bytes.freeze()).unwrap(), Content { partition_key, data: data.into() });
        }

        #[test]
        fn any_bytes_decode_or_are_refused(bytes: Vec<u8>) {
            let _ = decode(&bytes.into());
        }
    }

    #[test]
    fn flags_of_the_future_are_refused() {
        assert!(decode(&Bytes::from_static(&[1, 1, 0, 0])).is_err());
        assert!(decode(&Bytes::from_static(&[2, 0, 0, 0])).is_err());
    }
}
