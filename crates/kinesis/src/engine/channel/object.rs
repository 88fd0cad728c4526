//! Records made into the bytes of an object, and those that cannot be into those of another.
//!
//! | format | a record is | between records |
//! |---|---|---|
//! | JSON | any JSON text, else a dead letter | a newline |
//! | STRING | UTF-8, else a dead letter | a newline |
//! | BYTE_ARRAY | taken as it is | nothing |
//!
//! A dead letter is a line of JSON that says what was wrong and holds the record in base64. No source says what AWS writes there.

use std::io::Write;

use base::Timestamp;
use bytes::Bytes;

use crate::engine::read::ReadRecord;
use crate::tables::channels::{ChannelCompression, RecordFormat};

/// Deflate's level: as Firehose's objects have it.
const DEFLATE_LEVEL: u32 = 4;

/// An object being made, and the one of its dead letters.
#[derive(Debug)]
pub(super) struct Draft {
    format: RecordFormat,
    body: Vec<u8>,
    dead: Vec<u8>,
    /// Records in the object.
    pub(super) records: usize,
    /// Records that could not be.
    pub(super) failed: usize,
    /// When the oldest record of both arrived.
    pub(super) oldest: Option<Timestamp>,
}

impl Draft {
    pub(super) fn new(format: RecordFormat) -> Self {
        Self { format, body: Vec::new(), dead: Vec::new(), records: 0, failed: 0, oldest: None }
    }

    /// Bytes of it that are in memory.
    pub(super) fn bytes(&self) -> usize {
        self.body.len() + self.dead.len()
    }

    /// Takes one record.
    pub(super) fn add(&mut self, record: &ReadRecord, shard: &str) {
        self.oldest = Some(self.oldest.map_or(record.arrival, |oldest| oldest.min(record.arrival)));
        match wrong(self.format, &record.data) {
            None => {
                self.body.extend_from_slice(&record.data);
                if self.format != RecordFormat::Bytes {
                    self.body.push(b'\n');
                }
                self.records += 1;
            }
            Some(why) => {
                self.dead.extend_from_slice(dead_letter(record, shard, why).as_bytes());
                self.dead.push(b'\n');
                self.failed += 1;
            }
        }
    }

    /// The object, packed, and the dead letters, which are not. Computation: call it off the asynchronous threads.
    pub(super) fn finish(self, compression: ChannelCompression) -> (Bytes, Bytes) {
        let body = match compression {
            ChannelCompression::None => self.body,
            ChannelCompression::Gzip => {
                let level = flate2::Compression::new(DEFLATE_LEVEL);
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
                encoder.write_all(&self.body).expect("writing into memory cannot fail");
                encoder.finish().expect("writing into memory cannot fail")
            }
            ChannelCompression::Zstd => {
                let level = ruzstd::encoding::CompressionLevel::Fastest;
                ruzstd::encoding::compress_to_vec(&self.body[..], level)
            }
        };
        (body.into(), self.dead.into())
    }
}

/// Why a record is not what the channel says records are.
fn wrong(format: RecordFormat, data: &[u8]) -> Option<&'static str> {
    match format {
        RecordFormat::Json if serde_json::from_slice::<serde::de::IgnoredAny>(data).is_err() => {
            Some("The record is not valid JSON.")
        }
        RecordFormat::Text if std::str::from_utf8(data).is_err() => Some("The record is not valid UTF-8."),
        RecordFormat::Json | RecordFormat::Text | RecordFormat::Bytes => None,
    }
}

fn dead_letter(record: &ReadRecord, shard: &str, why: &str) -> String {
    serde_json::json!({
        "errorCode": "ValidationFailed",
        "errorMessage": why,
        "shardId": shard,
        "sequenceNumber": record.sequence_number,
        "partitionKey": record.partition_key,
        "approximateArrivalTimestamp": record.arrival.as_millis(),
        "rawData": base64_simd::STANDARD.encode_to_string(&record.data),
    })
    .to_string()
}

/// What the name of an object ends with.
pub(super) fn extension(format: RecordFormat, compression: ChannelCompression) -> String {
    let format = match format {
        RecordFormat::Json => ".json",
        RecordFormat::Text => ".txt",
        RecordFormat::Bytes => ".bin",
    };
    let packed = match compression {
        ChannelCompression::None => "",
        ChannelCompression::Gzip => ".gz",
        ChannelCompression::Zstd => ".zst",
    };
    format!("{format}{packed}")
}

/// `Content-Encoding`, if any.
pub(super) fn content_encoding(compression: ChannelCompression) -> Option<String> {
    match compression {
        ChannelCompression::None => None,
        ChannelCompression::Gzip => Some("gzip".to_owned()),
        ChannelCompression::Zstd => Some("zstd".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Seq;

    fn record(data: &[u8]) -> ReadRecord {
        ReadRecord {
            seq: Seq(1),
            sequence_number: "1".to_owned(),
            partition_key: "k".to_owned(),
            data: Bytes::copy_from_slice(data),
            arrival: Timestamp::EPOCH,
            encrypted: false,
        }
    }

    fn made(format: RecordFormat, compression: ChannelCompression, records: &[&[u8]]) -> (Bytes, Bytes) {
        let mut draft = Draft::new(format);
        records.iter().for_each(|data| draft.add(&record(data), "shardId-000000000000"));
        draft.finish(compression)
    }

    #[test]
    fn json_is_a_line_each_and_what_is_not_json_is_a_dead_letter() {
        let (body, dead) = made(RecordFormat::Json, ChannelCompression::None, &[b"{\"a\":1}", b"no", b"[2]"]);
        assert_eq!(&body[..], b"{\"a\":1}\n[2]\n");
        let dead: serde_json::Value = serde_json::from_slice(&dead).unwrap();
        assert_eq!(dead["rawData"], "bm8=");
    }

    #[test]
    fn bytes_are_taken_as_they_are_and_text_is_utf8() {
        let (body, dead) = made(RecordFormat::Bytes, ChannelCompression::None, &[b"\xff", b"\xfe"]);
        assert_eq!((&body[..], dead.len()), (&b"\xff\xfe"[..], 0));
        let (body, dead) = made(RecordFormat::Text, ChannelCompression::None, &[b"\xff", b"fine"]);
        assert_eq!((&body[..], dead.is_empty()), (&b"fine\n"[..], false));
    }

    #[test]
    fn packed_objects_unpack() {
        let line = b"0123456789".repeat(5_000);
        let (gzip, _) = made(RecordFormat::Bytes, ChannelCompression::Gzip, &[&line]);
        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut unpacked).unwrap();
        assert_eq!(unpacked, line);
        let (zstd, _) = made(RecordFormat::Bytes, ChannelCompression::Zstd, &[&line]);
        let mut decoder = ruzstd::decoding::StreamingDecoder::new(&zstd[..]).unwrap();
        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
        assert_eq!(unpacked, line);
        assert!(zstd.len() < line.len() / 4, "{}", zstd.len());
    }
}
