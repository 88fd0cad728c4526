//! What is in a record: KPL aggregates taken apart, GZIP unpacked, text where it is text.
//!
//! ```text
//! F3 89 9A C2 | protobuf AggregatedRecord | MD5 of the protobuf (16 bytes)
//! AggregatedRecord { 1: repeated string partition_key_table; 2: repeated string explicit_hash_key_table; 3: repeated Record records }
//! Record           { 1: uint64 partition_key_index; 2: optional uint64 explicit_hash_key_index; 3: bytes data; 4: repeated Tag tags }
//! ```
//! (awslabs, "KPL Aggregated Record Format".) What only looks like one of these is shown as it is.

use std::io::Read;

const MAGIC: &[u8; 4] = b"\xf3\x89\x9a\xc2";
const DIGEST_BYTES: usize = 16;
const GZIP: &[u8; 2] = b"\x1f\x8b";
/// The most a GZIP may unpack to; a larger one is shown packed.
const UNPACKED_BYTES_MAX: u64 = 64 << 20;

/// A user's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its partition key, where the record around it has another.
    pub key: Option<String>,
    /// Its bytes, unpacked.
    pub data: Vec<u8>,
}

/// The user's records in a stream's record: one, unless it is an aggregate.
pub(super) fn parts(data: &[u8]) -> Vec<Part> {
    match aggregated(data) {
        Some(parts) => parts
            .into_iter()
            .map(|(key, data)| Part { key: Some(key.to_owned()), data: unpacked(data) })
            .collect(),
        None => vec![Part { key: None, data: unpacked(data) }],
    }
}

fn unpacked(data: &[u8]) -> Vec<u8> {
    if !data.starts_with(GZIP) {
        return data.to_vec();
    }
    let mut out = Vec::new();
    let decoder = flate2::read::MultiGzDecoder::new(data);
    match decoder.take(UNPACKED_BYTES_MAX + 1).read_to_end(&mut out) {
        Ok(_) if out.len() as u64 <= UNPACKED_BYTES_MAX => out,
        Ok(_) | Err(_) => data.to_vec(),
    }
}

/// As a line shows it: text in one line; `base64:` and the bytes otherwise.
pub(super) fn shown(data: &[u8]) -> String {
    match std::str::from_utf8(data) {
        Ok(text) if !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) => {
            let text = text.trim_end_matches(['\n', '\r']);
            if text.contains(['\n', '\r']) { one_line(text) } else { text.to_owned() }
        }
        Ok(_) | Err(_) => format!("base64:{}", base64_simd::STANDARD.encode_to_string(data)),
    }
}

/// JSON over several lines is the same JSON in one; other text keeps its lines as escapes.
fn one_line(text: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => value.to_string(),
        Err(_) => text.replace('\r', "\\r").replace('\n', "\\n"),
    }
}

fn aggregated(record: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let body = record.strip_prefix(MAGIC)?;
    let (message, digest) = body.split_at_checked(body.len().checked_sub(DIGEST_BYTES)?)?;
    if crypt::md5(message) != digest {
        return None;
    }
    let (mut keys, mut records) = (Vec::new(), Vec::new());
    let mut reader = Protobuf(message);
    while !reader.0.is_empty() {
        match reader.field()? {
            (1, Field::Bytes(key)) => keys.push(std::str::from_utf8(key).ok()?),
            (3, Field::Bytes(record)) => records.push(inner(record)?),
            (_, _) => {}
        }
    }
    let keyed = |(index, data): (u64, _)| Some((*keys.get(usize::try_from(index).ok()?)?, data));
    records.into_iter().map(keyed).collect()
}

/// A record's key's index, and its data.
fn inner(record: &[u8]) -> Option<(u64, &[u8])> {
    let (mut key, mut data): (u64, &[u8]) = (0, &[]);
    let mut reader = Protobuf(record);
    while !reader.0.is_empty() {
        match reader.field()? {
            (1, Field::Number(index)) => key = index,
            (3, Field::Bytes(bytes)) => data = bytes,
            (_, _) => {}
        }
    }
    Some((key, data))
}

enum Field<'b> {
    Number(u64),
    Bytes(&'b [u8]),
    Other,
}

/// Reads protobuf's wire form.
struct Protobuf<'b>(&'b [u8]);

impl<'b> Protobuf<'b> {
    fn field(&mut self) -> Option<(u64, Field<'b>)> {
        let tag = self.varint()?;
        let field = match tag & 7 {
            0 => Field::Number(self.varint()?),
            1 => self.take(8).map(|_| Field::Other)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Field::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Field::Other)?,
            _ => return None,
        };
        Some((tag >> 3, field))
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
    use super::*;
    use std::io::Write;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![number << 3 | 2, u8::try_from(bytes.len()).unwrap()];
        out.extend_from_slice(bytes);
        out
    }

    fn aggregate(records: &[(u8, &[u8])], keys: &[&str]) -> Vec<u8> {
        let mut message: Vec<u8> = keys.iter().flat_map(|key| field(1, key.as_bytes())).collect();
        for (key, data) in records {
            let inner = [vec![1 << 3, *key], field(3, data)].concat();
            message.extend(field(3, &inner));
        }
        [MAGIC.as_slice(), &message, &crypt::md5(&message)].concat()
    }

    #[test]
    fn aggregates_come_apart_and_packed_records_are_unpacked_within() {
        let packed = gzip(b"{\"b\":2}");
        let record = aggregate(&[(0, b"{\"a\":1}"), (1, &packed)], &["k0", "k1"]);
        let part = |key: &str, data: &[u8]| Part { key: Some(key.to_owned()), data: data.to_vec() };
        assert_eq!(parts(&record), [part("k0", b"{\"a\":1}"), part("k1", b"{\"b\":2}")]);
    }

    #[test]
    fn what_only_looks_like_it_stays_as_it_is() {
        let mut broken = aggregate(&[(0, b"x")], &["k"]);
        broken[6] ^= 1;
        let beyond = aggregate(&[(7, b"x")], &["k"]);
        for record in [broken, beyond, b"\x1f\x8bnot gzip".to_vec(), Vec::new()] {
            assert_eq!(parts(&record), [Part { key: None, data: record.clone() }]);
        }
    }

    #[test]
    fn a_record_is_shown_in_one_line() {
        assert_eq!(shown(b"plain\n"), "plain");
        assert_eq!(shown(b"{\n \"a\": 1\n}"), "{\"a\":1}");
        assert_eq!(shown(b"two\nlines"), "two\\nlines");
        assert_eq!(shown(b"\x00\xff"), "base64:AP8=");
        assert_eq!(shown(b"bell\x07"), "base64:YmVsbAc=");
    }
}
