//! A record as it lies in its shard's log.
//!
//! ```text
//! version u8 = 1 | flags u8 = 0 | plain
//! version u8 = 1 | flags u8 = 1 | data key u64, big-endian | nonce 12 | plain, under AES-256-GCM | tag 16
//!
//! plain    key length u16, big-endian | partition key, UTF-8 | data, to the end
//! ```
//! Sequence number, shard and arrival time are not in it: the log and the shard's row give them. A reader refuses flags it does not know.
//! Reading a plain one copies nothing but the key: the data is a slice. How sealed ones are opened: `engine/sealing.rs`.

use bytes::{BufMut, Bytes, BytesMut};
use store::ReadError;

const VERSION: u8 = 1;
const PLAIN: u8 = 0;
const SEALED: u8 = 1;
/// Version and flags.
const HEAD: usize = 2;
/// The length of the partition key.
const KEY_LENGTH: usize = 2;
/// The number of the data key.
const DATA_KEY: usize = 8;

/// A record's content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    /// Its partition key, as given; empty if it has none.
    pub partition_key: String,
    /// Its bytes.
    pub data: Bytes,
}

/// A record that only its data key opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    /// The number of its data key.
    pub data_key: u64,
    /// Its key and data, sealed.
    pub bytes: Bytes,
}

/// A record as it lies there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stored {
    /// To be read as it is.
    Plain(Content),
    /// To be opened first; then [`decode_plain`] reads it.
    Sealed(Sealed),
}

/// The payload of a sealed record.
pub fn encode_sealed(sealed: &Sealed) -> Bytes {
    let mut bytes = BytesMut::with_capacity(HEAD + DATA_KEY + sealed.bytes.len());
    bytes.put_u8(VERSION);
    bytes.put_u8(SEALED);
    bytes.put_u64(sealed.data_key);
    bytes.put_slice(&sealed.bytes);
    bytes.freeze()
}

/// Bytes that a record takes in its log, unless it is sealed.
pub fn encoded_len(partition_key: &str, data: &[u8]) -> usize {
    HEAD + KEY_LENGTH + partition_key.len() + data.len()
}

/// Appends the record's bytes to `into`. The key is at most 256 characters, hence 1,024 bytes.
pub fn encode(partition_key: &str, data: &[u8], into: &mut BytesMut) {
    into.put_u8(VERSION);
    into.put_u8(PLAIN);
    encode_plain(partition_key, data, into);
}

/// Appends what a sealed record holds sealed.
pub fn encode_plain(partition_key: &str, data: &[u8], into: &mut BytesMut) {
    into.put_u16(u16::try_from(partition_key.len()).expect("a partition key has at most 1,024 bytes"));
    into.put_slice(partition_key.as_bytes());
    into.put_slice(data);
}

/// Reads a record from its payload.
pub fn decode(payload: &Bytes) -> Result<Stored, ReadError> {
    match payload.split_first_chunk::<HEAD>() {
        Some(([VERSION, PLAIN], _)) => decode_plain(&payload.slice(HEAD..)).map(Stored::Plain),
        Some(([VERSION, SEALED], rest)) => {
            let (data_key, _) = rest.split_first_chunk::<DATA_KEY>().ok_or_else(|| bad("ends early"))?;
            let bytes = payload.slice(HEAD + DATA_KEY..);
            Ok(Stored::Sealed(Sealed { data_key: u64::from_be_bytes(*data_key), bytes }))
        }
        Some(_) => Err(bad("is of a newer version")),
        None => Err(bad("ends early")),
    }
}

/// Reads what [`encode_plain`] wrote.
pub fn decode_plain(plain: &Bytes) -> Result<Content, ReadError> {
    let (length, _) = plain.split_first_chunk::<KEY_LENGTH>().ok_or_else(|| bad("ends early"))?;
    let key_end = KEY_LENGTH + usize::from(u16::from_be_bytes(*length));
    let key = plain.get(KEY_LENGTH..key_end).ok_or_else(|| bad("ends early"))?;
    let partition_key = std::str::from_utf8(key).map_err(|_| bad("has a key that is not UTF-8"))?.to_owned();
    Ok(Content { partition_key, data: plain.slice(key_end..) })
}

fn bad(what: &str) -> ReadError {
    ReadError::Decode(format!("record {what}"))
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
            let content = Content { partition_key, data: data.into() };
            prop_assert_eq!(decode(&bytes.freeze()).unwrap(), Stored::Plain(content));
        }

        #[test]
        fn any_bytes_decode_or_are_refused(bytes: Vec<u8>) {
            let _ = decode(&bytes.into());
        }
    }

    proptest! {
        #[test]
        fn sealed_records_round_trip(data_key: u64, bytes: Vec<u8>) {
            let sealed = Sealed { data_key, bytes: bytes.into() };
            prop_assert_eq!(decode(&encode_sealed(&sealed)).unwrap(), Stored::Sealed(sealed));
        }
    }

    #[test]
    fn flags_of_the_future_are_refused() {
        assert!(decode(&Bytes::from_static(&[1, 2, 0, 0])).is_err());
        assert!(decode(&Bytes::from_static(&[2, 0, 0, 0])).is_err());
    }
}
