//! What the fuzz targets call: each takes any bytes and panics if a parser of `wire` breaks a promise.
//!
//! The promises: no panic, bounded work, and what was read is written and read again alike. The functions name nothing but `wire`'s public
//! interface and shapes of their own that have every kind of member; a test of `wire` runs them over mutated [`seeds`], so that the
//! everyday run exercises them too. With libFuzzer: `cargo +nightly fuzz run json`.

use std::collections::BTreeMap;

use base::Timestamp;
use bytes::Bytes;
use futures_executor::block_on;
use http::{HeaderMap, HeaderValue, Method};
use wire::chunked::{Decoder, Mode};
use wire::{DecodeError, Head, Operation, Payload, Protocol, Service};

wire::shape! { Leaf
    0 "Name" name: String [required len(1, 10)];
    1 "Kind" kind: String [name("xsi:type") attr];
}

wire::shape! { Rich
    0 "Truth" truth: bool;
    1 "Whole" whole: i32 [range(0, 100)];
    2 "Long" long: i64;
    3 "Single" single: f32;
    4 "Real" real: f64;
    5 "Text" text: String [len(1, 20) like("[a-z]+(?:-[a-z]+)*")];
    6 "Blob" blob: Bytes [len_max(100)];
    7 "Time" time: Timestamp;
    8 "Names" names: Vec<String> [len(1, 5) each(&wire::ITEM.len(1, 3).called("Name"))];
    9 "Leaf" leaf: Leaf;
    10 "Leaves" leaves: Vec<Leaf> [flat];
    11 "Tags" tags: BTreeMap<String, String> [keys(&wire::ITEM.len_max(3)) each(&wire::ITEM.one_of(&["a", "b"]))];
    12 "More" more: BTreeMap<String, Leaf> [flat];
    13 "Deeper" deeper: Box<Rich>;
    14 "Deepest" deepest: Vec<Vec<Rich>>;
}

wire::shape! { Bound
    0 "Bucket" bucket: String [required label("Bucket")];
    1 "Key" key: String [required label("Key")];
    2 "Upload" upload: String [required query("uploadId")];
    3 "Count" count: i32 [query("count")];
    4 "Since" since: Timestamp [header("if-modified-since")];
    5 "Until" until: Timestamp [header("x-amz-until") iso];
    6 "Parts" parts: Vec<String> [header("x-amz-parts")];
    7 "Metadata" metadata: BTreeMap<String, String> [headers("x-amz-meta-")];
}

wire::operations! {
    "Bind" Bound => () [http("PUT", "/{Bucket}/{Key+}?bind", 200)];
    "Rich" Rich => Rich [http("POST", "/{Bucket}", 200) result("RichResult")];
}

static SERVICE: Service = Service {
    name: "fuzz",
    signing_name: "fuzz",
    target_prefix: "Fuzz",
    version: "2026-01-01",
    protocol: Protocol::RestXml,
    xml_namespace: "http://example.com/",
    global: false,
    operations: OPERATIONS,
    errors: &[],
};

fn operation(name: &str) -> &'static Operation {
    SERVICE.operation(name).expect("the table has it")
}

fn head(query: Vec<(String, String)>) -> Head {
    Head { method: Method::POST, path: "/".into(), query, headers: HeaderMap::new(), labels: vec![] }
}

fn read(protocol: Protocol, data: &[u8]) -> Result<Rich, DecodeError> {
    wire::decode(protocol, operation("Rich"), &head(vec![]), Payload::Whole(Bytes::copy_from_slice(data)))
}

fn write(protocol: Protocol, value: Rich) -> Bytes {
    let answer = wire::encode(protocol, &SERVICE, operation("Rich"), value, "id");
    block_on(answer.body.collect(u64::MAX)).expect("it is whole")
}

/// Reads, checks, writes, reads again: both readings are alike in every scalar that debug output shows.
fn again(protocol: Protocol, data: &[u8]) {
    let Ok(value) = read(protocol, data) else { return };
    let shown = format!("{value:?}");
    let _ = (wire::violations(&value), wire::missing(&value));
    let written = write(protocol, value);
    let back = read(protocol, &written).expect("what was written can be read");
    // NaN, empty flattened lists and times below a millisecond are not told apart by every form; a second trip settles them.
    let settled = write(protocol, back);
    let back = read(protocol, &settled).expect("what was written can be read");
    if !shown.contains("NaN") {
        assert_eq!(write(protocol, back), settled, "{shown}");
    }
}

/// JSON, both families.
pub fn json(data: &[u8]) {
    again(Protocol::Json11, data);
    let _ = read(Protocol::Json10, data);
}

/// CBOR, both kinds of timestamps.
pub fn cbor(data: &[u8]) {
    again(Protocol::KinesisCbor, data);
    again(Protocol::RpcV2Cbor, data);
}

/// REST-XML.
pub fn xml(data: &[u8]) {
    again(Protocol::RestXml, data);
}

/// Forms and query strings.
pub fn query(data: &[u8]) {
    let pairs = wire::query::parse_form(data);
    let _ = wire::query::asked(&pairs);
    if let Ok(value) = read(Protocol::Query, data) {
        let _ = (wire::violations(&value), write(Protocol::Query, value));
    }
}

/// Lines: a path with query, then headers.
pub fn rest(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let (path, pairs) = lines.next().unwrap_or_default().split_once('?').unwrap_or_default();
    let mut headers = HeaderMap::new();
    let names = ["if-modified-since", "x-amz-until", "x-amz-parts", "x-amz-meta-a"];
    for (line, name) in lines.zip(names) {
        if let Ok(value) = HeaderValue::from_bytes(line.as_bytes()) {
            headers.append(name, value);
        }
    }
    let query = wire::query::parse_form(pairs.as_bytes());
    let Some((operation, labels)) = wire::rest::route(&SERVICE, &Method::PUT, path, &query, &headers) else {
        return;
    };
    let head = Head { method: Method::PUT, path: path.into(), query, headers, labels };
    let input: Result<Bound, DecodeError> =
        wire::decode(Protocol::RestXml, operation, &head, Payload::Whole(Bytes::new()));
    if let Ok(input) = input {
        assert!(input.bucket.is_some() && input.key.is_some(), "the path has both");
    }
}

/// Event frames.
pub fn eventstream(data: &[u8]) {
    let mut bytes = Bytes::copy_from_slice(data);
    while let Ok(Some(frame)) = wire::eventstream::read_frame(&mut bytes) {
        let mut written = wire::eventstream::frame(&frame.headers, &frame.payload);
        assert_eq!(wire::eventstream::read_frame(&mut written), Ok(Some(frame)));
    }
}

/// aws-chunked; the first byte chooses the mode and the size of the pieces.
pub fn chunked(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    let mode = Mode { signed: first & 1 == 1, trailer: first & 2 == 2 };
    let mut decoder = Decoder::new(mode, 11, &["x-amz-checksum-crc32"]);
    let step = usize::from(first >> 2) + 1;
    for piece in data.chunks(step) {
        decoder.push(Bytes::copy_from_slice(piece));
        loop {
            match decoder.next_event() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
    let _ = decoder.finish();
}

/// A target, by name.
pub type Target = (&'static str, fn(&[u8]), Vec<Vec<u8>>);

/// Every target, with documents that it takes whole: where mutation begins.
pub fn seeds() -> Vec<Target> {
    let form = b"Action=Rich&Version=1&Text=a&Whole=1&Names.Name.1=x&Leaves.1.Name=y&Tags.entry.1.key=k&Tags.entry.1.value=a&\
                 More.1.key=k&More.1.value.Name=z&Deeper.Deeper.Truth=true&Deepest.member.1.member.1.Long=5&Time=2026-01-01T00:00:00Z";
    let request = b"/bucket/a/key%20b?bind&uploadId=u&count=1\nSun, 06 Nov 1994 08:49:37 GMT\n2026-01-01T00:00:00Z\na,\"b,c\"\nv";
    let chunks = b"\x02b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
    let frame = wire::eventstream::exception(Protocol::Json11, "Broken", "no");
    let documents =
        |protocol| vec![write(protocol, sample(2)).to_vec(), write(protocol, Rich::default()).to_vec()];
    vec![
        ("json", json, documents(Protocol::Json11)),
        ("cbor", cbor, [documents(Protocol::KinesisCbor), documents(Protocol::RpcV2Cbor)].concat()),
        ("xml", xml, documents(Protocol::RestXml)),
        ("query", query, vec![form.to_vec()]),
        ("rest", rest, vec![request.to_vec()]),
        ("eventstream", eventstream, vec![frame.to_vec()]),
        ("chunked", chunked, vec![chunks.to_vec()]),
    ]
}

/// A value with every member, and itself inside.
fn sample(depth: usize) -> Rich {
    let leaf = |name: &str| Leaf { name: Some(name.into()), kind: Some("k".into()) };
    let inner = || depth.checked_sub(1).map(sample);
    Rich {
        truth: Some(true),
        whole: Some(-7),
        long: Some(1 << 40),
        single: Some(0.5),
        real: Some(1e-3),
        text: Some("a\"<é\u{1}".into()),
        blob: Some(Bytes::from_static(b"\x00\xffblob")),
        time: Some(Timestamp::from_millis(1_700_000_000_123)),
        names: Some(vec!["a".into(), String::new()]),
        leaf: Some(leaf("l")),
        leaves: Some(vec![leaf("x"), leaf("y")]),
        tags: Some(BTreeMap::from([("k".into(), "a".into())])),
        more: Some(BTreeMap::from([("k".into(), leaf("z"))])),
        deeper: inner().map(Box::new),
        deepest: Some(vec![inner().into_iter().collect(), vec![]]),
    }
}
