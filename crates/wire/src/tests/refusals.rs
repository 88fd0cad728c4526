//! Bytes that are no input: every parser refuses in AWS's words, and survives anything.

use bytes::Bytes;
use http::{HeaderMap, Method};
use proptest::prelude::*;

use super::dynamic::{Dice, Dynamic};
use super::tables;
use super::tables::kinesis::{GetRecordsInput, KINESIS, PutRecordsInput, TagResourceInput};
use super::tables::s3::{DeleteObjectsRequest, PutBucketLifecycleConfigurationRequest, S3};
use crate::{
    At, DecodeError, Head, ITEM, Payload, Protocol, Service, Shape, cbor, decode, json, words::Family, xml,
};

fn read<I: Shape>(
    service: &'static Service,
    operation: &str,
    protocol: Protocol,
    body: &[u8],
) -> Result<I, DecodeError> {
    let operation = service.operation(operation).expect("there");
    let head = Head {
        method: Method::POST,
        path: "/".into(),
        query: vec![],
        headers: HeaderMap::new(),
        labels: vec![],
    };
    decode(protocol, operation, &head, Payload::Whole(Bytes::copy_from_slice(body)))
}

fn json_refusal<I: Shape>(operation: &str, body: &str) -> DecodeError {
    read::<I>(&KINESIS, operation, Protocol::Json11, body.as_bytes()).expect_err(body)
}

#[test]
fn what_is_no_json_object_is_not_parsable() {
    for body in [
        "",
        " ",
        "[]",
        "1",
        "\"a\"",
        "null",
        "{",
        "{}x",
        "{} {}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"Limit\":01}",
        "{\"Limit\":1.}",
        "{\"Limit\":.5}",
        "{\"Limit\":1e}",
        "{\"Limit\":-}",
        "{\"Limit\":+1}",
        "{\"x\":tru}",
        "{\"x\":\"\n\"}",
        "{\"x\":\"\\x\"}",
        "{\"x\":\"\\u12\"}",
        "{\"x\":\"",
        "{\"x\":\"\\",
        "{\"x\":[1 2]}",
        "{\"x\":[1,]}",
        "{'a':1}",
        "<a/>",
        "{\"Limit\":tru}",
        "{\"x\":nul}",
    ] {
        let refused = json_refusal::<GetRecordsInput>("GetRecords", body);
        assert_eq!(refused, DecodeError::NotParsable, "{body}");
    }
    let invalid_utf8 = read::<GetRecordsInput>(&KINESIS, "GetRecords", Protocol::Json11, b"{\"x\":\"\xff\"}");
    assert_eq!(invalid_utf8.expect_err("no UTF-8"), DecodeError::NotParsable);
}

#[test]
fn what_the_schema_of_a_setting_lacks_is_refused() {
    let rule = |more: &str| {
        format!(
            "<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status>{more}</Rule></LifecycleConfiguration>"
        )
    };
    let put = |text: String| {
        read::<PutBucketLifecycleConfigurationRequest>(
            &S3,
            "PutBucketLifecycleConfiguration",
            Protocol::RestXml,
            text.as_bytes(),
        )
    };
    assert!(put(rule("<Prefix/>")).is_ok());
    for more in
        ["<Other/>", "<Filter><Suffix>a</Suffix></Filter>", "<Expiration><Hours>1</Hours></Expiration>"]
    {
        assert_eq!(put(rule(more)).err(), Some(DecodeError::MalformedXml), "{more}");
    }
    let delete = "<Delete><Object><Key>a</Key><Other/></Object></Delete>";
    assert!(read::<DeleteObjectsRequest>(&S3, "DeleteObjects", Protocol::RestXml, delete.as_bytes()).is_ok());
}

#[test]
fn depth_is_bounded_in_every_form() {
    let deep =
        |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count));
    let body = format!("{{\"x\":{}}}", deep("[", "]", 63));
    assert!(read::<GetRecordsInput>(&KINESIS, "GetRecords", Protocol::Json11, body.as_bytes()).is_ok());
    let body = format!("{{\"x\":{}}}", deep("[", "]", 64));
    assert_eq!(json_refusal::<GetRecordsInput>("GetRecords", &body), DecodeError::NotParsable);
    let body = format!("{{\"x\":{}}}", "{\"a\":".repeat(100_000));
    assert_eq!(json_refusal::<GetRecordsInput>("GetRecords", &body), DecodeError::NotParsable);
    let body = [b"\xa1\x61x".as_slice(), &[0x81; 100_000]].concat();
    let refused = read::<GetRecordsInput>(&KINESIS, "GetRecords", Protocol::KinesisCbor, &body);
    assert_eq!(refused.expect_err("deep"), DecodeError::NotParsable);
    let body = format!("<Delete>{}</Delete>", deep("<a>", "</a>", 64));
    let refused = read::<DeleteObjectsRequest>(&S3, "DeleteObjects", Protocol::RestXml, body.as_bytes());
    assert_eq!(refused.expect_err("deep"), DecodeError::MalformedXml);
}

#[test]
fn a_wrong_type_is_refused_in_corals_words() {
    const NUMBER: &str =
        "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to";
    let get = |value: &str| json_refusal::<GetRecordsInput>("GetRecords", &format!("{{\"Limit\":{value}}}"));
    let text = |value: &str| {
        json_refusal::<GetRecordsInput>("GetRecords", &format!("{{\"ShardIterator\":{value}}}"))
    };
    let records =
        |value: &str| json_refusal::<PutRecordsInput>("PutRecords", &format!("{{\"Records\":{value}}}"));
    let tags =
        |value: &str| json_refusal::<TagResourceInput>("TagResource", &format!("{{\"Tags\":{value}}}"));
    for (refused, words) in [
        (get("\"1\""), "class java.lang.String can not be converted to an Integer".to_owned()),
        (get("true"), "class java.lang.Boolean can not be converted to an Integer".to_owned()),
        (get("[]"), "Start of list found where not expected".to_owned()),
        (get("{}"), "Start of structure or map found where not expected.".to_owned()),
        (text("1"), format!("{NUMBER} an String")),
        (text("false"), "class java.lang.Boolean can not be converted to an String".to_owned()),
        (records("1"), "Expected list or null".to_owned()),
        (records("{}"), "Start of structure or map found where not expected.".to_owned()),
        (records("[1]"), "Expected null".to_owned()),
        (records("[{\"Data\":1}]"), format!("{NUMBER} a Blob")),
        (tags("\"a\""), "Expected map or null".to_owned()),
        (tags("[]"), "Start of list found where not expected".to_owned()),
    ] {
        assert_eq!(refused, DecodeError::WrongType(words));
    }
    let timestamp = json_refusal::<super::tables::kinesis::GetShardIteratorInput>(
        "GetShardIterator",
        "{\"Timestamp\":\"now\"}",
    );
    assert_eq!(
        timestamp.to_string(),
        "class java.lang.String can not be converted to milliseconds since epoch"
    );
}

#[test]
fn a_string_that_is_no_base64_is_told_why() {
    let data = |value: &str| {
        json_refusal::<PutRecordsInput>("PutRecords", &format!("{{\"Records\":[{{\"Data\":\"{value}\"}}]}}"))
            .to_string()
    };
    assert_eq!(
        data("YWJ"),
        "'YWJ' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 3"
    );
    assert_eq!(data("YW J"), "'YW J' can not be converted to a Blob: Invalid Base64 character: ' '");
    assert_eq!(data("YW=J"), "'YW=J' can not be converted to a Blob: Invalid Base64 character: '='");
    assert_eq!(
        data("YWK="),
        "'YWK=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected"
    );
}

#[test]
fn malformed_xml_is_refused() {
    for body in [
        "x",
        "<Delete>",
        "<Delete></Other>",
        "<Other/>",
        "<Delete/><Delete/>",
        "<Delete/>x",
        "<!DOCTYPE a><Delete/>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><Delete>&b;</Delete>",
        "<Delete>&b;</Delete>",
        "<Delete><Object>x</Object></Delete>",
        "<Delete>text</Delete>",
        "<Delete a></Delete>",
        "<Delete a=b/>",
        "<Delete a='<'/>",
        "<Delete a='1'b='2'/>",
        "<Delete",
        "<Delete><Quiet>maybe</Quiet></Delete>",
        "<Delete><Quiet>&#0;</Quiet></Delete>",
        "<Delete><Quiet>&#xd800;</Quiet></Delete>",
        "<Delete><Object><Key><a/></Key></Object></Delete>",
        "< Delete/>",
        "<Delete><!-- </Delete>",
        "<Delete><![CDATA[</Delete>",
        "<Delete><Object><Size>1x</Size></Object></Delete>",
        "<1/>",
        "<Delete><a></Delete></a>",
        "<Delete><Object><Key>\0</Key></Object></Delete>",
        "<Delete>\u{4}</Delete>",
    ] {
        let refused = read::<DeleteObjectsRequest>(&S3, "DeleteObjects", Protocol::RestXml, body.as_bytes());
        assert_eq!(refused.err(), Some(DecodeError::MalformedXml), "{body}");
    }
    let refused =
        read::<DeleteObjectsRequest>(&S3, "DeleteObjects", Protocol::RestXml, b"<Delete>\xff</Delete>");
    assert_eq!(refused.err(), Some(DecodeError::MalformedXml));
}

#[test]
fn cbor_that_lies_about_its_length_is_refused() {
    for body in [
        b"".as_slice(),
        b"\x80",
        b"\xa1",
        b"\xa1\x61x",
        b"\xa1\x61x\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x61x\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xbf\x61x\x01",
        b"\xa1\x01\x01",
        b"\xa0\x00",
        b"\xa1\x61x\x1c",
        b"\xa1\x61x\x62\xff\xff",
        b"\xa1\x61x\x7f\x41a\xff",
        b"\xff",
    ] {
        let refused = read::<GetRecordsInput>(&KINESIS, "GetRecords", Protocol::KinesisCbor, body);
        assert_eq!(refused.err(), Some(DecodeError::NotParsable), "{body:?}");
    }
    let refused =
        read::<GetRecordsInput>(&KINESIS, "GetRecords", Protocol::KinesisCbor, b"\xa1\x65Limit\x61a");
    assert_eq!(
        refused.expect_err("a string").to_string(),
        "class java.lang.String can not be converted to an Integer"
    );
}

/// Bytes that mean something to one of the formats.
const STRANGE: &[u8] = b"{}[]\"<>&;\\\x00\xff\xbf\x9f,:/";

/// Changes a few bytes of a document, cuts it, or repeats a part of it.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = dice.below(bytes.len() as u64) as usize;
        match dice.below(5) {
            0 => bytes[at] = dice.next() as u8,
            1 => bytes.truncate(at),
            2 => bytes.insert(at, STRANGE[dice.below(STRANGE.len() as u64) as usize]),
            3 => drop(bytes.remove(at)),
            _ => bytes.extend_from_within(at..),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn mutated_documents_are_read_or_refused(seed: u64) {
        let mut dice = Dice(seed);
        for schema in tables::structures() {
            let value = Dynamic::random(schema, &mut dice, &|field| field.at == At::Body, 2);
            let mut text = json::write_document(&value);
            mutate(&mut text, &mut dice);
            let _ = json::read_document(&text, Family::Kinesis, &mut Dynamic::empty(schema));
            let mut item = cbor::write_document(cbor::Times::Millis, &value);
            mutate(&mut item, &mut dice);
            let _ = cbor::read_document(&item.into(), cbor::Times::Millis, &mut Dynamic::empty(schema));
            let mut document = xml::write_root("Root", "", &value).into_bytes();
            mutate(&mut document, &mut dice);
            let mut back = Dynamic::empty(schema);
            let _ = xml::read_document(&document, "Root", &ITEM, false, &mut |source| source.structure(&mut back));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for protocol in [Protocol::Json10, Protocol::Json11, Protocol::KinesisCbor, Protocol::RpcV2Cbor, Protocol::Query] {
            let _ = read::<PutRecordsInput>(&KINESIS, "PutRecords", protocol, &bytes);
        }
        let _ = read::<DeleteObjectsRequest>(&S3, "DeleteObjects", Protocol::RestXml, &bytes);
    }

    #[test]
    fn an_independent_parser_agrees_on_what_is_json(seed: u64) {
        let mut dice = Dice(seed);
        for schema in tables::structures().into_iter().take(40) {
            let value = Dynamic::random(schema, &mut dice, &|field| field.at == At::Body, 2);
            let mut text = json::write_document(&value);
            mutate(&mut text, &mut dice);
            // Members nobody knows are only checked for grammar: that is all the other parser does.
            let ours = !text.is_empty() && json::read_document(&text, Family::Kinesis, &mut ()).is_ok();
            let theirs = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&text);
            // A number beyond a double's range is none there and grammar here.
            let beyond = theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
            let theirs = theirs.is_ok();
            // Half of a surrogate pair is an error there and a replacement character here.
            let surrogates = String::from_utf8_lossy(&text).contains("\\ud");
            prop_assert!(ours == theirs || surrogates || beyond, "{}", String::from_utf8_lossy(&text));
        }
    }
}
