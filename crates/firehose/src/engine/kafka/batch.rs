//! Record batches of Kafka, format version 2, which every broker since 0.11 stores.
//!
//! ```text
//! first offset (i64) | length (i32) | epoch (i32) | 2 | CRC-32C (u32) of what follows
//! attributes (i16) | last offset, from the first (i32) | times (2 × i64) | producer (i64, i16, i32) | records (i32) | records, compressed
//! ```
//!
//! A broker chooses these bytes, so what they unfold to is bounded: one batch, and all that are unpacked for one answer. What is read is copied out
//! of them. Reading takes its time and belongs where it holds nobody up.

use std::collections::HashSet;
use std::io::Read;

use bytes::{Buf, Bytes};

use super::{KafkaError, KafkaRecord, broken};

/// Bytes of a header behind the length.
const HEADER: usize = 49;
/// Bytes of the records of one batch when they are unpacked.
const UNPACKED_MAX: usize = 64 << 20;
/// Bytes of unpacked batches after which no further one of an answer is read.
const UNPACKED_ALL_MAX: usize = 64 << 20;

const COMPRESSION: i16 = 7;
const LOG_APPEND_TIME: i16 = 1 << 3;
const TRANSACTIONAL: i16 = 1 << 4;
const CONTROL: i16 = 1 << 5;

/// How much of an answer is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Records before it are passed over.
    pub from: u64,
    /// No more records than these.
    pub count: usize,
    /// No record more once values have as many bytes.
    pub bytes: usize,
}

/// The records of batches, and the offset behind the batches that were read. If there are records, those behind the last may be missing.
/// `aborted` says which producers' transactions were aborted, and where each begins.
pub(super) fn read(
    mut bytes: Bytes,
    wanted: Wanted,
    mut aborted: Vec<(i64, i64)>,
) -> Result<(Vec<KafkaRecord>, u64), KafkaError> {
    let mut taken = Taken { wanted, records: Vec::new(), bytes: 0 };
    let mut next = wanted.from;
    let mut unpacked_all = 0;
    let mut dropped: HashSet<i64> = HashSet::new();
    // What is cut at the end comes with the next request.
    while bytes.len() >= 12 && !taken.is_full() && unpacked_all < UNPACKED_ALL_MAX {
        let first = bytes.get_i64();
        let length = usize::try_from(bytes.get_i32()).map_err(|_| broken("a batch has no length"))?;
        if bytes.len() < length {
            break;
        }
        let mut batch = bytes.split_to(length);
        if length < HEADER {
            return Err(broken("a batch is cut"));
        }
        batch.advance(4);
        let magic = batch.get_i8();
        if magic != 2 {
            return Err(broken(format!("messages of format version {magic} are not read")));
        }
        if batch.get_u32() != crypt::crc32c(&batch) {
            return Err(broken("a batch is damaged"));
        }
        let attributes = batch.get_i16();
        let last = plus(first, i64::from(batch.get_i32()))?;
        let (time, time_max) = (batch.get_i64(), batch.get_i64());
        let producer = batch.get_i64();
        batch.advance(6);
        let count = batch.get_i32();
        let behind = u64::try_from(plus(last, 1)?).unwrap_or(0);
        aborted.retain(|(of, begins)| {
            let begun = *begins <= last;
            if begun {
                dropped.insert(*of);
            }
            !begun
        });
        let appended = (attributes & LOG_APPEND_TIME != 0).then_some(time_max);
        let is_aborted = attributes & TRANSACTIONAL != 0 && dropped.contains(&producer);
        if attributes & CONTROL != 0 {
            // It says how a transaction ended; whatever its producer does then is another one.
            dropped.remove(&producer);
        } else if !is_aborted && behind > wanted.from {
            let unpacked = unpack(attributes & COMPRESSION, batch)?;
            unpacked_all += unpacked.len();
            Frame { first, time, appended }.records(unpacked, count, &mut taken)?;
        }
        next = next.max(behind);
    }
    Ok((taken.records, next))
}

/// Numbers that a broker sends may be any.
fn plus(one: i64, other: i64) -> Result<i64, KafkaError> {
    one.checked_add(other).ok_or_else(|| broken("a number is too large"))
}

/// What was taken of an answer so far.
struct Taken {
    wanted: Wanted,
    records: Vec<KafkaRecord>,
    /// Of the values.
    bytes: usize,
}

impl Taken {
    fn is_full(&self) -> bool {
        self.records.len() >= self.wanted.count || self.bytes >= self.wanted.bytes
    }

    fn take(&mut self, offset: u64, value: Option<Bytes>, millis: i64) {
        if offset < self.wanted.from {
            return;
        }
        self.bytes += value.as_ref().map_or(0, Bytes::len);
        // The value alone is kept, not the batch around it.
        let value = value.map(|value| Bytes::copy_from_slice(&value));
        self.records.push(KafkaRecord { offset, value, millis });
    }
}

struct Frame {
    first: i64,
    time: i64,
    appended: Option<i64>,
}

impl Frame {
    fn records(&self, mut bytes: Bytes, count: i32, taken: &mut Taken) -> Result<(), KafkaError> {
        for _ in 0..count {
            if taken.is_full() {
                return Ok(());
            }
            let length =
                usize::try_from(varint(&mut bytes)?).map_err(|_| broken("a record has no length"))?;
            if bytes.len() < length {
                return Err(broken("a record is cut"));
            }
            let mut record = bytes.split_to(length);
            if record.is_empty() {
                return Err(broken("a record is cut"));
            }
            record.advance(1);
            let time = plus(self.time, varint(&mut record)?)?;
            let offset = plus(self.first, varint(&mut record)?)?;
            let offset = u64::try_from(offset).map_err(|_| broken("a record has no offset"))?;
            text(&mut record)?;
            let value = text(&mut record)?;
            taken.take(offset, value, self.appended.unwrap_or(time));
        }
        Ok(())
    }
}

fn text(bytes: &mut Bytes) -> Result<Option<Bytes>, KafkaError> {
    match usize::try_from(varint(bytes)?) {
        Ok(length) if length <= bytes.len() => Ok(Some(bytes.split_to(length))),
        Ok(_) => Err(broken("a record is cut")),
        Err(_) => Ok(None),
    }
}

fn varint(bytes: &mut Bytes) -> Result<i64, KafkaError> {
    let mut whole = 0_u64;
    for shift in (0..64).step_by(7) {
        if bytes.is_empty() {
            return Err(broken("a record is cut"));
        }
        let byte = bytes.get_u8();
        whole |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok((whole >> 1) as i64 ^ -((whole & 1) as i64));
        }
    }
    Err(broken("a number is too long"))
}

fn unpack(codec: i16, packed: Bytes) -> Result<Bytes, KafkaError> {
    let mut unpacked = Vec::new();
    // One more than there may be tells that there are too many.
    const LIMIT: u64 = UNPACKED_MAX as u64 + 1;
    match codec {
        0 => return Ok(packed),
        1 => {
            let inflate = flate2::read::GzDecoder::new(&packed[..]);
            inflate.take(LIMIT).read_to_end(&mut unpacked).map_err(broken)?;
        }
        2 => unsnap(&packed, &mut unpacked)?,
        3 => unlz4(&packed, &mut unpacked)?,
        4 => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(&packed[..]).map_err(broken)?;
            decoder.take(LIMIT).read_to_end(&mut unpacked).map_err(broken)?;
        }
        other => return Err(broken(format!("the compression {other} is not known"))),
    }
    if unpacked.len() > UNPACKED_MAX {
        return Err(broken("a batch is too large"));
    }
    Ok(unpacked.into())
}

/// Snappy, in the frames of snappy-java or without.
fn unsnap(packed: &[u8], unpacked: &mut Vec<u8>) -> Result<(), KafkaError> {
    let mut block = |block: &[u8]| -> Result<(), KafkaError> {
        let length = snap::raw::decompress_len(block).map_err(broken)?;
        if length > UNPACKED_MAX - unpacked.len().min(UNPACKED_MAX) {
            return Err(broken("a batch is too large"));
        }
        unpacked.extend(snap::raw::Decoder::new().decompress_vec(block).map_err(broken)?);
        Ok(())
    };
    let Some(mut rest) = packed.strip_prefix(b"\x82SNAPPY\0").and_then(|rest| rest.get(8..)) else {
        return block(packed);
    };
    while !rest.is_empty() {
        let (length, behind) = rest.split_first_chunk::<4>().ok_or_else(|| broken("a batch is cut"))?;
        let length = u32::from_be_bytes(*length) as usize;
        let (piece, behind) = behind.split_at_checked(length).ok_or_else(|| broken("a batch is cut"))?;
        block(piece)?;
        rest = behind;
    }
    Ok(())
}

/// LZ4's frames.
fn unlz4(packed: &[u8], unpacked: &mut Vec<u8>) -> Result<(), KafkaError> {
    let cut = || broken("a batch is cut");
    let rest = packed
        .strip_prefix(&0x184d_2204_u32.to_le_bytes())
        .ok_or_else(|| broken("a batch is no frame of LZ4"))?;
    let flags = *rest.first().ok_or_else(cut)?;
    // Flags, the size of blocks, the size of the content, the dictionary, a checksum.
    let header = 3 + if flags & 8 != 0 { 8 } else { 0 } + if flags & 1 != 0 { 4 } else { 0 };
    let mut rest = rest.get(header..).ok_or_else(cut)?;
    loop {
        let (size, behind) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        let size = u32::from_le_bytes(*size);
        if size == 0 {
            return Ok(());
        }
        let (block, behind) = behind.split_at_checked((size & 0x7fff_ffff) as usize).ok_or_else(cut)?;
        if size >> 31 == 1 {
            unpacked.extend_from_slice(block);
        } else {
            unlz4_block(block, unpacked)?;
        }
        if unpacked.len() > UNPACKED_MAX {
            return Err(broken("a batch is too large"));
        }
        rest = if flags & 16 != 0 { behind.get(4..).ok_or_else(cut)? } else { behind };
    }
}

fn unlz4_block(mut block: &[u8], unpacked: &mut Vec<u8>) -> Result<(), KafkaError> {
    let cut = || broken("a block of LZ4 is cut");
    fn length(block: &mut &[u8], short: u8) -> Option<usize> {
        let mut length = usize::from(short);
        if short == 15 {
            loop {
                let (more, rest) = block.split_first()?;
                *block = rest;
                length += usize::from(*more);
                if *more < 255 {
                    break;
                }
            }
        }
        Some(length)
    }
    while let Some((token, rest)) = block.split_first() {
        block = rest;
        let literals = length(&mut block, token >> 4).ok_or_else(cut)?;
        let (plain, rest) = block.split_at_checked(literals).ok_or_else(cut)?;
        unpacked.extend_from_slice(plain);
        block = rest;
        if block.is_empty() {
            return Ok(());
        }
        let (back, rest) = block.split_first_chunk::<2>().ok_or_else(cut)?;
        block = rest;
        let back = usize::from(u16::from_le_bytes(*back));
        let copied = length(&mut block, token & 15).ok_or_else(cut)? + 4;
        let start = unpacked.len().checked_sub(back).filter(|_| back > 0).ok_or_else(cut)?;
        if unpacked.len() + copied > UNPACKED_MAX {
            return Err(broken("a batch is too large"));
        }
        // What is copied may overlap with what it makes.
        for at in start..start + copied {
            unpacked.push(unpacked[at]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::{BufMut, BytesMut};
    use proptest::prelude::*;

    use super::*;

    fn put_varint(bytes: &mut BytesMut, value: i64) {
        let mut rest = ((value << 1) ^ (value >> 63)) as u64;
        while rest >= 0x80 {
            bytes.put_u8(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.put_u8(rest as u8);
    }

    /// Everything from an offset on.
    fn all(
        bytes: impl Into<Bytes>,
        from: u64,
        aborted: Vec<(i64, i64)>,
    ) -> Result<(Vec<KafkaRecord>, u64), KafkaError> {
        read(bytes.into(), Wanted { from, count: usize::MAX, bytes: usize::MAX }, aborted)
    }

    fn batch(first: i64, attributes: i16, producer: i64, values: &[&str]) -> BytesMut {
        let mut records = BytesMut::new();
        for (at, value) in values.iter().enumerate() {
            let mut record = BytesMut::new();
            record.put_i8(0);
            put_varint(&mut record, at as i64);
            put_varint(&mut record, at as i64);
            put_varint(&mut record, -1);
            put_varint(&mut record, value.len() as i64);
            record.put_slice(value.as_bytes());
            put_varint(&mut record, 0);
            put_varint(&mut records, record.len() as i64);
            records.put_slice(&record);
        }
        let packed = match attributes & COMPRESSION {
            1 => {
                let mut packed = Vec::new();
                let mut deflate = flate2::read::GzEncoder::new(&records[..], flate2::Compression::fast());
                deflate.read_to_end(&mut packed).unwrap();
                packed
            }
            2 => snap::raw::Encoder::new().compress_vec(&records).unwrap(),
            _ => records.to_vec(),
        };
        let last = values.len() as i32 - 1;
        framed(
            &Fields { first, attributes, last, time: 1_000, producer, count: values.len() as i32 },
            &packed,
        )
    }

    #[derive(Clone, Debug)]
    struct Fields {
        first: i64,
        attributes: i16,
        last: i32,
        time: i64,
        producer: i64,
        count: i32,
    }

    /// A batch whose checksum is right.
    fn framed(fields: &Fields, packed: &[u8]) -> BytesMut {
        let mut body = BytesMut::new();
        body.put_i16(fields.attributes);
        body.put_i32(fields.last);
        body.put_i64(fields.time);
        body.put_i64(2_000);
        body.put_i64(fields.producer);
        body.put_i16(0);
        body.put_i32(0);
        body.put_i32(fields.count);
        body.put_slice(packed);
        let mut whole = BytesMut::new();
        whole.put_i64(fields.first);
        whole.put_i32(body.len() as i32 + 9);
        whole.put_i32(0);
        whole.put_i8(2);
        whole.put_u32(crypt::crc32c(&body));
        whole.put_slice(&body);
        whole
    }

    fn values(records: &[KafkaRecord]) -> Vec<(u64, &[u8])> {
        records.iter().map(|record| (record.offset, record.value.as_deref().unwrap_or_default())).collect()
    }

    #[test]
    fn batches_are_read_whatever_their_compression() {
        for codec in [0, 1, 2] {
            let mut bytes = batch(5, codec, -1, &["a", "b"]);
            bytes.put_slice(&batch(9, codec, -1, &["c"]));
            let cut = bytes.len();
            bytes.put_slice(&batch(10, codec, -1, &["d"])[..20]);
            let (records, next) = all(bytes, 5, Vec::new()).unwrap();
            assert_eq!(values(&records), [(5, &b"a"[..]), (6, b"b"), (9, b"c")]);
            assert_eq!((next, records[1].millis, cut > 0), (10, 1_001, true));
        }
    }

    #[test]
    fn what_was_aborted_is_not_read() {
        let mut bytes = batch(0, TRANSACTIONAL, 7, &["gone"]);
        bytes.put_slice(&batch(1, TRANSACTIONAL, 8, &["kept"]));
        bytes.put_slice(&batch(2, TRANSACTIONAL | CONTROL, 7, &["x"]));
        bytes.put_slice(&batch(3, TRANSACTIONAL, 7, &["later"]));
        let (records, next) = all(bytes, 0, vec![(7, 0)]).unwrap();
        assert_eq!(values(&records), [(1, &b"kept"[..]), (3, b"later")]);
        assert_eq!(next, 4);
    }

    #[test]
    fn damage_is_noticed() {
        let mut bytes = batch(0, 0, -1, &["abc"]);
        let at = bytes.len() - 2;
        bytes[at] ^= 1;
        assert!(all(bytes, 0, Vec::new()).is_err());
    }

    #[test]
    fn lz4_is_unpacked() {
        // "abcabcabcabcX": three letters, nine more of them from three back, and one letter.
        let mut frame = 0x184d_2204_u32.to_le_bytes().to_vec();
        frame.extend([0x60, 0x40, 0x82]);
        let block = [0x35, b'a', b'b', b'c', 3, 0, 0x10, b'X'];
        frame.extend((block.len() as u32).to_le_bytes());
        frame.extend(block);
        frame.extend([0; 4]);
        let mut unpacked = Vec::new();
        unlz4(&frame, &mut unpacked).unwrap();
        assert_eq!(unpacked, b"abcabcabcabcX");
    }

    #[test]
    fn no_more_is_read_than_is_wanted() {
        let mut bytes = batch(0, 1, -1, &["aa", "bb", "cc"]);
        bytes.put_slice(&batch(3, 1, -1, &["dd"]));
        // What would be refused is not looked at.
        bytes.put_slice(&framed(
            &Fields { first: 4, attributes: 1, last: 0, time: 0, producer: -1, count: 1 },
            b"no gzip",
        ));
        let bytes = bytes.freeze();
        let offsets = |from, count, size| {
            let (records, _) = read(bytes.clone(), Wanted { from, count, bytes: size }, Vec::new()).unwrap();
            records.iter().map(|record| record.offset).collect::<Vec<_>>()
        };
        assert_eq!(offsets(0, 2, 100), [0, 1]);
        assert_eq!(offsets(1, 3, 100), [1, 2, 3]);
        assert_eq!(offsets(0, 100, 3), [0, 1]);
        assert_eq!(offsets(0, 100, 7), [0, 1, 2, 3]);
        assert!(all(bytes.clone(), 0, Vec::new()).is_err());
    }

    fn zeros(length: usize) -> Vec<u8> {
        let (zeros, mut packed) = (vec![0; length], Vec::new());
        flate2::read::GzEncoder::new(&zeros[..], flate2::Compression::fast())
            .read_to_end(&mut packed)
            .unwrap();
        packed
    }

    #[test]
    fn batches_that_unfold_to_too_much_are_not_read() {
        let fields = |first| Fields { first, attributes: 1, last: 0, time: 0, producer: -1, count: 0 };
        let refused = all(framed(&fields(0), &zeros(UNPACKED_MAX + 1)), 0, Vec::new());
        assert!(refused.unwrap_err().to_string().contains("too large"));
        // Each may be read, but not all of them for one answer.
        let packed = zeros(UNPACKED_ALL_MAX / 2);
        let mut bytes = BytesMut::new();
        for first in 0..50 {
            bytes.put_slice(&framed(&fields(first), &packed));
        }
        assert_eq!(all(bytes.clone(), 0, Vec::new()).unwrap().1, 2);
        // Those before what is wanted are not unpacked at all.
        assert_eq!(all(bytes, 49, Vec::new()).unwrap().1, 50);
    }

    #[test]
    fn values_do_not_keep_their_batch() {
        let bytes = batch(0, 0, -1, &["abc"]).freeze();
        let (records, _) = all(bytes.clone(), 0, Vec::new()).unwrap();
        let value = records[0].value.as_ref().unwrap().as_ptr();
        assert!(!bytes.as_ptr_range().contains(&value));
    }

    #[test]
    fn numbers_that_are_too_large_are_refused() {
        let fields = Fields { first: 0, attributes: 0, last: 0, time: 0, producer: -1, count: 1 };
        // Length, attributes, a millisecond later, an offset of one more, no key, no value.
        let record = [12, 0, 2, 2, 1, 1, 0];
        assert!(all(framed(&fields, &record), 0, Vec::new()).is_ok());
        for fields in [
            Fields { first: i64::MAX, ..fields.clone() },
            Fields { first: i64::MAX - 1, last: 9, ..fields.clone() },
            Fields { time: i64::MAX, ..fields },
        ] {
            assert!(all(framed(&fields, &record), 0, Vec::new()).is_err(), "{fields:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_panic(bytes: Vec<u8>) {
            let _ = unlz4_block(&bytes, &mut Vec::new());
            let _ = unsnap(&bytes, &mut Vec::new());
            let _ = all(bytes, 0, Vec::new());
        }

        #[test]
        fn no_batch_with_a_right_checksum_makes_reading_panic_or_return_more_than_is_wanted(
            first: i64, attributes in 0..64_i16, last: i32, time: i64, producer in -1..2_i64, count: i32, from: u64,
            wanted in 0..4_usize, packed: Vec<u8>, records in proptest::collection::vec(any::<Vec<u8>>(), 0..4),
        ) {
            let mut plain = BytesMut::new();
            for record in &records {
                put_varint(&mut plain, record.len() as i64);
                plain.put_slice(record);
            }
            let fields = Fields { first, attributes, last, time, producer, count };
            let aborted = vec![(0, first), (1, i64::MIN)];
            for (fields, packed) in [(&fields, &packed[..]), (&Fields { attributes: attributes & !COMPRESSION, ..fields.clone() }, &plain[..])] {
                for from in [0, from] {
                    let wanted = Wanted { from, count: wanted, bytes: 100 };
                    if let Ok((records, next)) = read(framed(fields, packed).freeze(), wanted, aborted.clone()) {
                        prop_assert!(records.len() <= wanted.count && next >= from);
                        prop_assert!(records.iter().all(|record| record.offset >= from));
                    }
                }
            }
        }
    }
}
