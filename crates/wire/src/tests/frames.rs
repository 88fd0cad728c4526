//! Event frames.

use bytes::{Bytes, BytesMut};
use futures_executor::block_on;
use futures_util::stream;
use proptest::prelude::*;

use super::tables::{kinesis, s3};
use crate::eventstream::{self, Frame, HeaderValue, read_frame};
use crate::{Protocol, encode};

fn only(mut bytes: Bytes) -> Frame {
    let frame = read_frame(&mut bytes).expect("well-formed").expect("whole");
    assert!(bytes.is_empty());
    frame
}

/// The value of a frame's header.
fn header(frame: &Frame, name: &str) -> String {
    match frame.headers.iter().find(|(known, _)| known == name) {
        Some((_, HeaderValue::Text(text))) => text.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_smallest_frame_is_what_the_format_says() {
    assert_eq!(
        eventstream::frame(&[], &[]),
        b"\0\0\0\x10\0\0\0\0\x05\xc2\x48\xeb\x7d\x98\xc8\xff".as_slice()
    );
}

#[test]
fn a_subscription_begins_with_the_initial_response() {
    let event = kinesis::SubscribeToShardEvent {
        records: Some(vec![]),
        continuation_sequence_number: Some("1".into()),
        ..Default::default()
    };
    let frame = eventstream::event(Protocol::Json11, "SubscribeToShardEvent", &event);
    let output = kinesis::SubscribeToShardOutput {
        event_stream: Some(body::Events::new(stream::iter([frame.clone()]))),
    };
    let operation = kinesis::KINESIS.operation("SubscribeToShard").expect("there");
    let answer = encode(Protocol::Json11, &kinesis::KINESIS, operation, output, "r");
    assert_eq!(answer.headers[0].1, eventstream::CONTENT_TYPE);
    let mut body = block_on(answer.body.collect(10_000)).expect("whole");
    let first = read_frame(&mut body).expect("well-formed").expect("whole");
    assert_eq!(header(&first, ":event-type"), "initial-response");
    assert_eq!(first.payload, "{}");
    assert_eq!(body, frame);
    let second = only(frame);
    assert_eq!(header(&second, ":event-type"), "SubscribeToShardEvent");
    assert_eq!(header(&second, ":message-type"), "event");
    assert_eq!(second.payload, r#"{"Records":[],"ContinuationSequenceNumber":"1"}"#);
}

#[test]
fn errors_in_a_stream_are_modelled_or_not() {
    let modelled = only(eventstream::exception(Protocol::KinesisCbor, "InternalFailureException", "no"));
    assert_eq!(header(&modelled, ":message-type"), "exception");
    assert_eq!(header(&modelled, ":exception-type"), "InternalFailureException");
    assert_eq!(modelled.payload, b"\xa1\x67message\x62no".as_slice());
    let long = only(eventstream::error("InternalError", &"é".repeat(40_000)));
    assert_eq!(header(&long, ":error-message").len(), 32_766);
    let other = only(eventstream::error("InternalError", "no"));
    assert_eq!(
        (header(&other, ":error-code"), header(&other, ":error-message")),
        ("InternalError".into(), "no".into())
    );
}

#[test]
fn a_payload_member_is_the_payload_itself() {
    let records = s3::RecordsEvent { payload: Some(Bytes::from_static(b"a,b\n")) };
    let frame = only(eventstream::event(Protocol::RestXml, "Records", &records));
    assert_eq!(
        (frame.payload.as_ref(), header(&frame, ":content-type")),
        (b"a,b\n".as_slice(), "application/octet-stream".into())
    );
    let stats = s3::Stats { bytes_scanned: Some(1), ..Default::default() };
    let frame =
        only(eventstream::event(Protocol::RestXml, "Stats", &s3::StatsEvent { details: Some(stats) }));
    assert!(frame.payload.ends_with(b"<Stats><BytesScanned>1</BytesScanned></Stats>"), "{:?}", frame.payload);
    assert_eq!(header(&frame, ":content-type"), "text/xml");
    let end = only(eventstream::event(Protocol::RestXml, "End", &s3::EndEvent::default()));
    assert_eq!((end.headers.len(), end.payload.len()), (2, 0));
}

fn any_header() -> impl Strategy<Value = HeaderValue> {
    prop_oneof![
        any::<bool>().prop_map(HeaderValue::Bool),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Short),
        any::<i32>().prop_map(HeaderValue::Integer),
        any::<i64>().prop_map(HeaderValue::Long),
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(|bytes| HeaderValue::Bytes(bytes.into())),
        ".{0,10}".prop_map(HeaderValue::Text),
        (0_i64..4_000_000_000_000).prop_map(|millis| HeaderValue::Time(base::Timestamp::from_millis(millis))),
        any::<[u8; 16]>().prop_map(HeaderValue::Uuid),
    ]
}

proptest! {
    #[test]
    fn frames_come_back(headers in proptest::collection::vec((".{0,8}", any_header()), 0..5), payload in proptest::collection::vec(any::<u8>(), 0..60)) {
        let frame = only(eventstream::frame(&headers, &payload));
        prop_assert_eq!(frame, Frame { headers, payload: payload.into() });
    }

    #[test]
    fn a_flipped_bit_is_found(at in 0_usize..60, bit in 0_u8..8) {
        let whole = eventstream::exception(Protocol::Json11, "A", "b");
        let mut bytes = BytesMut::from(whole.as_ref());
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        prop_assert!(!matches!(read_frame(&mut bytes.freeze()), Ok(Some(_))));
    }

    #[test]
    fn any_bytes_are_a_frame_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        let _ = read_frame(&mut bytes.into());
    }
}
