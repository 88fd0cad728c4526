//! How fast the codecs are on what the hot paths carry: `cargo run --release -p wire --example throughput`.
//!
//! PutRecords and GetRecords with 500 records of 1 KiB, in JSON and CBOR; a listing of 1,000 keys in XML. Rates count bytes on the
//! wire, on one core.

use std::sync::OnceLock;
use std::time::Duration;

use base::{Clock, Timestamp};
use bytes::Bytes;
use futures_executor::block_on;
use http::{HeaderMap, Method};
use wire::{Answer, Head, Need, Operation, Payload, Protocol, Service, Shape};

/// The table of Kinesis, which names nothing but this crate.
#[path = "../../kinesis/src/shapes/kinesis.rs"]
pub mod kinesis;
/// The table of S3, likewise.
#[path = "../../s3/src/shapes/s3.rs"]
pub mod s3;

const RECORDS: usize = 500;
const RECORD_BYTES: usize = 1_024;
const MEASURED: Duration = Duration::from_secs(1);

fn main() {
    let clock = Clock::system(Duration::ZERO);
    for protocol in [Protocol::Json11, Protocol::KinesisCbor] {
        let put = operation(&kinesis::KINESIS, "PutRecords");
        let body = bytes_of(wire::encode(protocol, &kinesis::KINESIS, put, records_in(), ""));
        measure(&clock, &format!("{protocol:?} PutRecords decode"), body.len(), || {
            let input: kinesis::PutRecordsInput = decode(protocol, put, body.clone());
            input.records.need().len()
        });
        let input: kinesis::PutRecordsInput = decode(protocol, put, body.clone());
        measure(&clock, &format!("{protocol:?} PutRecords check"), body.len(), || {
            wire::violations(&input).map_or(0, |text| text.len())
        });
        let get = operation(&kinesis::KINESIS, "GetRecords");
        let size = bytes_of(wire::encode(protocol, &kinesis::KINESIS, get, records_out(), "")).len();
        measure(&clock, &format!("{protocol:?} GetRecords make"), size, || {
            records_out().records.need().len()
        });
        measure(&clock, &format!("{protocol:?} GetRecords make and encode"), size, || {
            bytes_of(wire::encode(protocol, &kinesis::KINESIS, get, records_out(), "")).len()
        });
    }
    let list = operation(&s3::S3, "ListObjectsV2");
    let size = bytes_of(wire::encode(Protocol::RestXml, &s3::S3, list, listing(), "")).len();
    measure(&clock, "RestXml ListObjectsV2 make", size, || listing().contents.need().len());
    measure(&clock, "RestXml ListObjectsV2 make and encode", size, || {
        bytes_of(wire::encode(Protocol::RestXml, &s3::S3, list, listing(), "")).len()
    });
    let complete = operation(&s3::S3, "CompleteMultipartUpload");
    let part =
        |number: u32| format!("<Part><ETag>\"{number:032x}\"</ETag><PartNumber>{number}</PartNumber></Part>");
    let parts: String = (1..=10_000).map(part).collect();
    let body = Bytes::from(format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>"));
    measure(&clock, "RestXml CompleteMultipartUpload decode", body.len(), || {
        let input: s3::CompleteMultipartUploadRequest = decode(Protocol::RestXml, complete, body.clone());
        input.multipart_upload.need().parts.need().len()
    });
    measure(&clock, "S3 route", 0, || {
        let routed = wire::rest::route(&s3::S3, &Method::GET, "/bucket/a/key", &[], &HeaderMap::new());
        routed.map_or(0, |(_, labels)| labels.len())
    });
}

fn measure(clock: &Clock, what: &str, bytes: usize, mut run: impl FnMut() -> usize) {
    let mut times = 0_u32;
    let start = clock.monotonic();
    let took = loop {
        std::hint::black_box(run());
        times += 1;
        let took = clock.monotonic() - start;
        if took > MEASURED {
            break took;
        }
    };
    let each = took / times;
    let rate = bytes as f64 / each.as_secs_f64() / 1e9;
    println!("{what:48} {each:>12.2?} each  {rate:6.2} GB/s");
}

fn operation(service: &'static Service, name: &str) -> &'static Operation {
    service.operation(name).expect("the table has it")
}

fn decode<I: Shape>(protocol: Protocol, operation: &'static Operation, body: Bytes) -> I {
    let head = Head {
        method: Method::POST,
        path: "/".into(),
        query: vec![],
        headers: HeaderMap::new(),
        labels: vec![],
    };
    wire::decode(protocol, operation, &head, Payload::Whole(body)).expect("well-formed")
}

fn bytes_of(answer: Answer) -> Bytes {
    block_on(answer.body.collect(u64::MAX)).expect("whole")
}

/// The same bytes in every record, so that making an output costs little beside writing it.
fn data() -> Bytes {
    static DATA: OnceLock<Bytes> = OnceLock::new();
    DATA.get_or_init(|| (0..RECORD_BYTES).map(|index| (index * 31) as u8).collect()).clone()
}

fn records_in() -> kinesis::PutRecordsInput {
    let record = |index: usize| kinesis::PutRecordsRequestEntry {
        data: Some(data()),
        partition_key: Some(format!("partition-key-{index}")),
        ..Default::default()
    };
    kinesis::PutRecordsInput {
        records: Some((0..RECORDS).map(record).collect()),
        stream_name: Some("stream".into()),
        ..Default::default()
    }
}

fn records_out() -> kinesis::GetRecordsOutput {
    let record = |index: usize| kinesis::Record {
        sequence_number: Some(format!("{index:056}")),
        approximate_arrival_timestamp: Some(Timestamp::from_millis(1_700_000_000_123)),
        data: Some(data()),
        partition_key: Some(format!("partition-key-{index}")),
        ..Default::default()
    };
    kinesis::GetRecordsOutput {
        records: Some((0..RECORDS).map(record).collect()),
        next_shard_iterator: Some("A".repeat(200)),
        millis_behind_latest: Some(0),
        ..Default::default()
    }
}

fn listing() -> s3::ListObjectsV2Output {
    let object = |index: usize| s3::Object {
        key: Some(format!("some/folder/object-{index:08}.json")),
        last_modified: Some(Timestamp::from_secs(1_700_000_000)),
        etag: Some(format!("\"{index:032x}\"")),
        size: Some(4_096),
        storage_class: Some("STANDARD".into()),
        ..Default::default()
    };
    s3::ListObjectsV2Output { contents: Some((0..1_000).map(object).collect()), ..Default::default() }
}
