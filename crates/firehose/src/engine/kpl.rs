//! Records that the Kinesis Producer Library packed into one, taken apart again.
//!
//! ```text
//! F3 89 9A C2 | protobuf AggregatedRecord | MD5 of the protobuf (16 bytes)
//!
//! AggregatedRecord { 1: repeated string partition_key_table; 2: repeated string explicit_hash_key_table; 3: repeated Record records }
//! Record           { 1: uint64 partition_key_index; 2: optional uint64 explicit_hash_key_index; 3: bytes data; 4: repeated Tag tags }
//! ```
//! (awslabs, "KPL Aggregated Record Format".) A record that begins like an aggregate but is none is delivered as it is.

use bytes::Bytes;

const MAGIC: &[u8; 4] = b"\xf3\x89\x9a\xc2";
const DIGEST_BYTES: usize = 16;
const RECORDS_FIELD: u64 = 3;
const DATA_FIELD: u64 = 3;

/// The user's records in a stream's record: one, unless it is an aggregate. The bytes are shared, not copied.
pub fn de_aggregate(record: Bytes) -> Vec<Bytes> {
    match aggregated(&record) {
        Some(found) => found.into_iter().map(|data| record.slice_ref(data)).collect(),
        None => vec![record],
    }
}

fn aggregated(record: &[u8]) -> Option<Vec<&[u8]>> {
    let body = record.strip_prefix(MAGIC)?;
    let (message, digest) = body.split_at_checked(body.len().checked_sub(DIGEST_BYTES)?)?;
    if crypt::md5(message) != digest {
        return None;
    }
    let mut found = Vec::new();
    let mut reader = Reader(message);
    while !reader.0.is_empty() {
        if let (RECORDS_FIELD, Some(inner)) = reader.field()? {
            found.push(data_of(inner)?);
        }
    }
    Some(found)
}

fn data_of(record: &[u8]) -> Option<&[u8]> {
    let mut data: &[u8] = &[];
    let mut reader = Reader(record);
    while !reader.0.is_empty() {
        if let (DATA_FIELD, Some(bytes)) = reader.field()? {
            data = bytes;
        }
    }
    Some(data)
}

/// Reads protobuf's wire form.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    /// The next field's number, and its bytes if it has any.
    fn field(&mut self) -> Option<(u64, Option<&'b [u8]>)> {
        let tag = self.varint()?;
        let bytes = match tag & 7 {
            0 => {
                self.varint()?;
                None
            }
            1 => {
                self.take(8)?;
                None
            }
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Some(self.take(length)?)
            }
            5 => {
                self.take(4)?;
                None
            }
            _ => return None,
        };
        Some((tag >> 3, bytes))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn varint(out: &mut Vec<u8>, mut value: usize) {
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }

    fn bytes_field(out: &mut Vec<u8>, number: u8, bytes: &[u8]) {
        out.push(number << 3 | 2);
        varint(out, bytes.len());
        out.extend_from_slice(bytes);
    }

    fn aggregate(records: &[Vec<u8>]) -> Vec<u8> {
        let mut message = Vec::new();
        bytes_field(&mut message, 1, b"key");
        bytes_field(&mut message, 2, b"12345");
        for data in records {
            let mut record = vec![1 << 3, 0, 2 << 3, 0];
            bytes_field(&mut record, 3, data);
            bytes_field(&mut message, 3, &record);
        }
        [MAGIC.as_slice(), &message, &crypt::md5(&message)].concat()
    }

    proptest! {
        #[test]
        fn an_aggregate_comes_apart_in_order(
            records in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..20),
        ) {
            let taken = de_aggregate(aggregate(&records).into());
            prop_assert_eq!(taken.iter().map(|data| data.to_vec()).collect::<Vec<_>>(), records);
        }

        #[test]
        fn what_is_no_aggregate_stays_as_it_is(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), marked: bool) {
            if marked {
                bytes.splice(0..0, *MAGIC);
            }
            let record = Bytes::from(bytes);
            prop_assert_eq!(de_aggregate(record.clone()), vec![record]);
        }
    }

    proptest! {
        #[test]
        fn a_malformed_message_under_a_right_digest_is_delivered_whole_or_taken_apart(
            message in proptest::collection::vec(prop_oneof![Just(0x1au8), Just(0x08), 0u8..8, any::<u8>()], 0..40),
        ) {
            let record = Bytes::from([MAGIC.as_slice(), &message, &crypt::md5(&message)].concat());
            let parts = de_aggregate(record.clone());
            prop_assert!(parts.iter().map(Bytes::len).sum::<usize>() <= record.len());
        }
    }

    #[test]
    fn one_wrong_byte_makes_it_an_ordinary_record() {
        let mut bytes = aggregate(&[b"a".to_vec(), b"b".to_vec()]);
        bytes[10] ^= 1;
        assert_eq!(de_aggregate(bytes.into()).len(), 1);
    }
}
