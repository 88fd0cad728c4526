//! Exchanges as the facts describe them: bytes in, members; members, bytes out.

use std::collections::BTreeMap;

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use futures_executor::block_on;
use http::{HeaderMap, Method};

use super::tables::{firehose::FIREHOSE, kinesis, s3, sts};
use crate::{
    Answer, ErrorValue, Head, MemberValue, Need, Payload, Protocol, Service, Shape, decode, encode,
    encode_error,
};

fn head() -> Head {
    Head { method: Method::POST, path: "/".into(), query: vec![], headers: HeaderMap::new(), labels: vec![] }
}

fn read<I: Shape>(
    service: &'static Service,
    operation: &str,
    protocol: Protocol,
    body: impl Into<Bytes>,
) -> I {
    let operation = service.operation(operation).expect("it is in the table");
    decode(protocol, operation, &head(), Payload::Whole(body.into())).expect("well-formed")
}

/// An answer's body, and its content type.
fn body_of(answer: Answer) -> (String, Option<String>) {
    let bytes = block_on(answer.body.collect(1 << 20)).expect("whole");
    let header = answer.headers.iter().find(|(name, _)| *name == http::header::CONTENT_TYPE);
    let text = String::from_utf8(bytes.to_vec()).expect("text");
    (text, header.map(|(_, value)| value.to_str().expect("ascii").to_owned()))
}

fn written<O: Shape>(
    service: &'static Service,
    operation: &str,
    protocol: Protocol,
    output: O,
) -> (String, Option<String>) {
    let operation = service.operation(operation).expect("it is in the table");
    body_of(encode(protocol, service, operation, output, "11111111-2222-3333-4444-555555555555"))
}

#[test]
fn put_records_as_json() {
    let input: kinesis::PutRecordsInput = read(
        &kinesis::KINESIS,
        "PutRecords",
        Protocol::Json11,
        r#" {"StreamName":"s","Unknown":{"a":[1,2,{"b":null}]},
             "Records":[{"Data":"aGVsbG8=","PartitionKey":"k\u00e9\ud83e\udd80\/"},{"PartitionKey":"2","ExplicitHashKey":null,"Data":""}]} "#,
    );
    assert_eq!(input.stream_name.as_deref(), Some("s"));
    let records = input.records.need();
    assert_eq!(records[0].data.as_deref(), Some(b"hello".as_slice()));
    assert_eq!(records[0].partition_key.as_deref(), Some("ké🦀/"));
    assert_eq!((records[1].data.as_deref(), &records[1].explicit_hash_key), (Some(b"".as_slice()), &None));
}

#[test]
fn numbers_come_in_every_form() {
    let input: kinesis::GetShardIteratorInput = read(
        &kinesis::KINESIS,
        "GetShardIterator",
        Protocol::Json11,
        r#"{"Timestamp":1.7000000001234567E9,"ShardId":"s"}"#,
    );
    assert_eq!(input.timestamp, Some(Timestamp::from_micros(1_700_000_000_123_457)));
    let limit = |text: &str| {
        let input: kinesis::GetRecordsInput =
            read(&kinesis::KINESIS, "GetRecords", Protocol::Json11, format!("{{\"Limit\":{text}}}"));
        input.limit
    };
    assert_eq!(limit("1e3"), Some(1_000));
    assert_eq!(limit("1.9"), Some(1));
    assert_eq!(limit("99999999999"), Some(i32::MAX));
    assert_eq!(limit("-99999999999999999999999"), Some(i32::MIN));
}

#[test]
fn no_body_is_an_empty_object_where_nothing_is_required() {
    let input: kinesis::DescribeLimitsInput = read(&kinesis::KINESIS, "DescribeLimits", Protocol::Json11, "");
    assert_eq!(format!("{input:?}"), "DescribeLimitsInput { }");
    let operation = kinesis::KINESIS.operation("CreateStream").expect("there");
    let refused = decode::<kinesis::CreateStreamInput>(
        Protocol::Json11,
        operation,
        &head(),
        Payload::Whole(Bytes::new()),
    );
    assert_eq!(refused.expect_err("a name is required"), crate::DecodeError::NotParsable);
}

#[test]
fn absent_is_absent_and_no_output_is_no_body() {
    let output = kinesis::GetRecordsOutput {
        records: Some(vec![kinesis::Record {
            sequence_number: Some("1".into()),
            approximate_arrival_timestamp: Some(Timestamp::from_millis(1_700_000_000_120)),
            data: Some(Bytes::from_static(b"\0\xff")),
            partition_key: Some("a\"\u{1}".into()),
            ..Default::default()
        }]),
        millis_behind_latest: Some(0),
        ..Default::default()
    };
    assert_eq!(
        written(&kinesis::KINESIS, "GetRecords", Protocol::Json11, output),
        (
            r#"{"Records":[{"SequenceNumber":"1","ApproximateArrivalTimestamp":1700000000.12,"Data":"AP8=","PartitionKey":"a\"\u0001"}],"MillisBehindLatest":0}"#.to_owned(),
            Some("application/x-amz-json-1.1".to_owned())
        )
    );
    assert_eq!(written(&kinesis::KINESIS, "CreateStream", Protocol::Json11, ()).0, "");
    let nothing = super::tables::firehose::DeleteDeliveryStreamOutput::default();
    assert_eq!(written(&FIREHOSE, "DeleteDeliveryStream", Protocol::Json11, nothing).0, "{}");
}

#[test]
fn kinesis_cbor_has_milliseconds_and_indefinite_lengths() {
    // {_ "StreamName": "s", "Timestamp": 1(1700000000120), "Nothing": null, "ShardId": (_ "ab", "c")}
    let mut bytes = b"\xbf\x6aStreamName\x61s\x69Timestamp\xc1\x1b".to_vec();
    bytes.extend_from_slice(&1_700_000_000_120_u64.to_be_bytes());
    bytes.extend_from_slice(b"\x67Nothing\xf6\x67ShardId\x7f\x62ab\x61c\xff\xff");
    let input: kinesis::GetShardIteratorInput =
        read(&kinesis::KINESIS, "GetShardIterator", Protocol::KinesisCbor, bytes);
    assert_eq!(input.timestamp, Some(Timestamp::from_millis(1_700_000_000_120)));
    assert_eq!((input.stream_name.as_deref(), input.shard_id.as_deref()), (Some("s"), Some("abc")));

    let output = kinesis::Record {
        approximate_arrival_timestamp: Some(Timestamp::from_millis(1_000)),
        data: Some(Bytes::from_static(b"x")),
        ..Default::default()
    };
    let bytes = crate::message::write_bytes(Protocol::KinesisCbor, &output);
    assert_eq!(bytes, b"\xa2\x78\x1bApproximateArrivalTimestamp\xc1\x19\x03\xe8\x64Data\x41x");
    let bytes = crate::message::write_bytes(Protocol::RpcV2Cbor, &output);
    assert_eq!(bytes, b"\xa2\x78\x1bApproximateArrivalTimestamp\xc1\x01\x64Data\x41x");
}

#[test]
fn blobs_of_cbor_are_slices_of_the_body() {
    let body = Bytes::from_static(b"\xa1\x67Records\x81\xa1\x64Data\x45hello");
    let input: kinesis::PutRecordsInput =
        read(&kinesis::KINESIS, "PutRecords", Protocol::KinesisCbor, body.clone());
    let data = input.records.need().remove(0).data.need();
    assert!(body.as_ptr_range().contains(&data.as_ptr()) && data == "hello");
}

#[test]
fn caller_identity_by_query() {
    let operation = sts::STS.operation("GetCallerIdentity").expect("there");
    let mut asked = head();
    asked.query = vec![("Action".into(), "GetCallerIdentity".into()), ("X-Amz-Signature".into(), "0".into())];
    let _: sts::GetCallerIdentityRequest =
        decode(Protocol::Query, operation, &asked, Payload::Whole(Bytes::new())).expect("by GET");
    let output = sts::GetCallerIdentityResponse {
        user_id: Some("000000000000".into()),
        account: Some("000000000000".into()),
        arn: Some("arn:aws:iam::000000000000:root".into()),
    };
    assert_eq!(
        written(&sts::STS, "GetCallerIdentity", Protocol::Query, output),
        (
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <UserId>000000000000</UserId><Account>000000000000</Account><Arn>arn:aws:iam::000000000000:root</Arn>\
             </GetCallerIdentityResult><ResponseMetadata><RequestId>11111111-2222-3333-4444-555555555555</RequestId>\
             </ResponseMetadata></GetCallerIdentityResponse>"
                .to_owned(),
            Some("text/xml".to_owned())
        )
    );
}

#[test]
fn sts_tells_whole_seconds_and_s3_milliseconds() {
    let time = Timestamp::from_millis(1_420_070_400_500);
    let credentials = sts::Credentials { expiration: Some(time), ..Default::default() };
    let output = sts::GetSessionTokenResponse { credentials: Some(credentials), ..Default::default() };
    assert!(
        written(&sts::STS, "GetSessionToken", Protocol::Query, output)
            .0
            .contains("<Expiration>2015-01-01T00:00:00Z<")
    );
    let bucket =
        s3::Bucket { name: Some("b".into()), creation_date: Some(time.cut_to_secs()), ..Default::default() };
    let output = s3::ListBucketsOutput { buckets: Some(vec![bucket]), ..Default::default() };
    assert_eq!(
        written(&s3::S3, "ListBuckets", Protocol::RestXml, output),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
             <Buckets><Bucket><Name>b</Name><CreationDate>2015-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets>\
             </ListAllMyBucketsResult>"
                .to_owned(),
            Some("application/xml".to_owned())
        )
    );
}

#[test]
fn a_listing_is_flat_and_tells_what_xml_cannot_hold() {
    let object = |key: &str| s3::Object { key: Some(key.into()), size: Some(1), ..Default::default() };
    let output = s3::ListObjectsV2Output {
        is_truncated: Some(false),
        contents: Some(vec![object("a&\u{4}\r"), object("b")]),
        prefix: Some(String::new()),
        common_prefixes: Some(vec![s3::CommonPrefix { prefix: Some("p/".into()) }]),
        ..Default::default()
    };
    let (text, _) = written(&s3::S3, "ListObjectsV2", Protocol::RestXml, output);
    assert!(
        text.ends_with(
            "<IsTruncated>false</IsTruncated><Contents><Key>a&amp;&#x4;&#13;</Key><Size>1</Size></Contents>\
             <Contents><Key>b</Key><Size>1</Size></Contents><Prefix></Prefix><CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes>\
             </ListBucketResult>"
        ),
        "{text}"
    );
}

#[test]
fn a_location_is_itself_the_root() {
    let (text, _) = written(
        &s3::S3,
        "GetBucketLocation",
        Protocol::RestXml,
        s3::GetBucketLocationOutput { location_constraint: Some("eu-west-1".into()) },
    );
    assert!(text.ends_with("\n<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1</LocationConstraint>"), "{text}");
    let (text, _) =
        written(&s3::S3, "GetBucketLocation", Protocol::RestXml, s3::GetBucketLocationOutput::default());
    assert!(text.ends_with("\"></LocationConstraint>"), "{text}");
}

#[test]
fn a_grantee_bears_its_type_as_attribute() {
    let grantee =
        s3::Grantee { r#type: Some("CanonicalUser".into()), id: Some("1".into()), ..Default::default() };
    let grant = s3::Grant { grantee: Some(grantee), permission: Some("FULL_CONTROL".into()) };
    let (text, _) = written(
        &s3::S3,
        "GetBucketAcl",
        Protocol::RestXml,
        s3::GetBucketAclOutput { owner: None, grants: Some(vec![grant]) },
    );
    assert!(
        text.contains(
            "<AccessControlList><Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\">\
             <ID>1</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList>"
        ),
        "{text}"
    );
}

#[test]
fn parts_come_in_any_order_with_or_without_namespace() {
    for namespace in ["", " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"", " xmlns:a='b'"] {
        let input: s3::CompleteMultipartUploadRequest = read(
            &s3::S3,
            "CompleteMultipartUpload",
            Protocol::RestXml,
            format!(
                "\u{feff}<?xml version='1.0'?><!-- c -->\n<CompleteMultipartUpload{namespace}>\n<Part><ETag>&quot;e1&#34;</ETag>\
                 <PartNumber> 1 </PartNumber></Part> <Other a='>'><Deep/></Other><Part><PartNumber>2</PartNumber>\
                 <ETag><![CDATA[<e2>]]></ETag></Part></CompleteMultipartUpload>\n"
            ),
        );
        let parts = input.multipart_upload.need().parts.need();
        let parts: Vec<_> = parts.iter().map(|part| (part.part_number, part.etag.as_deref())).collect();
        assert_eq!(parts, [(Some(1), Some("\"e1\"")), (Some(2), Some("<e2>"))]);
    }
}

#[test]
fn a_lifecycle_is_read_to_its_depth() {
    let input: s3::PutBucketLifecycleConfigurationRequest = read(
        &s3::S3,
        "PutBucketLifecycleConfiguration",
        Protocol::RestXml,
        "<LifecycleConfiguration><Rule><ID>r</ID><Filter><And><Prefix>p</Prefix><Tag><Key>k</Key><Value/></Tag></And></Filter>\
         <Status>Enabled</Status><Transition><Date>2030-01-01T00:00:00.000Z</Date><StorageClass>GLACIER</StorageClass></Transition>\
         <Expiration><Date>2031-01-01</Date></Expiration></Rule></LifecycleConfiguration>",
    );
    let rule = input.lifecycle_configuration.need().rules.need().remove(0);
    let and = rule.filter.need().and.need();
    let tag = &and.tags.need()[0];
    assert_eq!((tag.key.as_deref(), tag.value.as_deref()), (Some("k"), Some("")));
    assert_eq!(rule.transitions.need()[0].date, Some(Timestamp::from_secs(1_893_456_000)));
    assert_eq!(rule.expiration.need().date, Some(Timestamp::from_secs(1_924_992_000)));
}

#[test]
fn errors_have_one_form_for_each_family() {
    let error = ErrorValue {
        code: "ResourceNotFoundException",
        message: Some("Stream \"x\" not found."),
        status: 400,
        sender: true,
        members: vec![("Count", MemberValue::Integer(2))],
    };
    let written = |protocol, service, error: &ErrorValue<'_>| {
        body_of(encode_error(protocol, service, error, "rid", "hid")).0
    };
    assert_eq!(
        written(Protocol::Json11, &kinesis::KINESIS, &error),
        r#"{"__type":"ResourceNotFoundException","message":"Stream \"x\" not found.","Count":2}"#
    );
    let wrong = ErrorValue { code: "SerializationException", members: vec![], ..error.clone() };
    assert_eq!(
        written(Protocol::Json11, &kinesis::KINESIS, &wrong),
        r#"{"__type":"SerializationException","Message":"Stream \"x\" not found."}"#
    );
    let unknown =
        ErrorValue { code: "UnknownOperationException", message: None, members: vec![], ..error.clone() };
    assert_eq!(
        written(Protocol::Json11, &kinesis::KINESIS, &unknown),
        r#"{"__type":"UnknownOperationException"}"#
    );
    assert_eq!(
        written(
            Protocol::Query,
            &sts::STS,
            &ErrorValue { code: "ValidationError", members: vec![], ..error.clone() }
        ),
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>ValidationError</Code>\
         <Message>Stream &quot;x&quot; not found.</Message></Error><RequestId>rid</RequestId></ErrorResponse>"
    );
    let missing = ErrorValue {
        code: "NoSuchKey",
        message: Some("The specified key does not exist."),
        status: 404,
        sender: true,
        members: vec![("Key", MemberValue::Text("a<b".into()))],
    };
    assert_eq!(
        written(Protocol::RestXml, &s3::S3, &missing),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>\
         <Key>a&lt;b</Key><RequestId>rid</RequestId><HostId>hid</HostId></Error>"
    );
    let answer = encode_error(Protocol::RestJson, &kinesis::KINESIS, &error, "rid", "");
    assert!(
        answer
            .headers
            .iter()
            .any(|(name, value)| name == "x-amzn-errortype" && value == "ResourceNotFoundException")
    );
    let cbor = encode_error(Protocol::KinesisCbor, &kinesis::KINESIS, &unknown, "rid", "");
    let bytes = block_on(cbor.body.collect(1_000)).expect("whole");
    assert_eq!(bytes, b"\xa1\x66__type\x78\x19UnknownOperationException".as_slice());
}

#[test]
fn an_object_goes_out_as_headers_and_stream() {
    let output = s3::GetObjectOutput {
        body: Some(Body::from(b"data".to_vec())),
        last_modified: Some(Timestamp::from_secs(784_111_777)),
        content_length: Some(4),
        etag: Some("\"e\"".into()),
        content_type: Some("text/x".into()),
        metadata: Some(BTreeMap::from([("a".to_owned(), "é".to_owned())])),
        object_lock_retain_until_date: Some(Timestamp::from_secs(0)),
        ..Default::default()
    };
    let operation = s3::S3.operation("GetObject").expect("there");
    let answer = encode(Protocol::RestXml, &s3::S3, operation, output, "r");
    let mut headers: Vec<(String, Vec<u8>)> =
        answer.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    headers.sort();
    let expected = [
        ("content-type", "text/x"),
        ("etag", "\"e\""),
        ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-amz-meta-a", "é"),
        ("x-amz-object-lock-retain-until-date", "1970-01-01T00:00:00.000Z"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
    assert_eq!(headers, expected);
    assert_eq!(
        (answer.body.length(), block_on(answer.body.collect(10)).expect("whole")),
        (Some(4), Bytes::from("data"))
    );
}

/// A service that began as Query and has newer protocols since.
static WATCH: Service = Service {
    name: "cloudwatch",
    signing_name: "monitoring",
    target_prefix: "GraniteServiceVersion20100801",
    version: "2010-08-01",
    protocol: Protocol::RpcV2Cbor,
    xml_namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    global: false,
    operations: &[],
    errors: &[crate::ErrorKind::sender("InvalidParameterValueException", "InvalidParameterValue", 400)],
};

#[test]
fn an_error_of_a_query_compatible_service_has_its_older_code_beside_its_name() {
    let told = |protocol, code, status| {
        let error =
            ErrorValue { code, message: Some("no"), status, sender: status < 500, members: Vec::new() };
        let answer = encode_error(protocol, &WATCH, &error, "id", "");
        let header = answer.headers.iter().find(|(name, _)| name.as_str() == "x-amzn-query-error");
        let header = header.map(|(_, value)| value.to_str().expect("ascii").to_owned());
        let status = answer.status;
        let bytes = block_on(answer.body.collect(1 << 20)).expect("whole");
        (status, header, String::from_utf8_lossy(&bytes).into_owned())
    };
    let name = "InvalidParameterValueException";
    for protocol in [Protocol::Json10, Protocol::RpcV2Cbor] {
        let (status, header, body) = told(protocol, name, 400);
        assert_eq!((status, header.as_deref()), (400, Some("InvalidParameterValue;Sender")));
        assert!(body.contains("#InvalidParameterValueException"), "{body}");
    }
    let (status, header, body) = told(Protocol::Query, name, 400);
    assert_eq!((status, header), (400, None));
    assert!(body.contains("<Code>InvalidParameterValue</Code>"), "{body}");
    let (status, _, body) = told(Protocol::Query, "AccessDeniedException", 400);
    assert_eq!(status, 403);
    assert!(body.contains("<Code>AccessDenied</Code>"), "{body}");
    let (_, header, _) = told(Protocol::Json10, "InternalFailure", 500);
    assert_eq!(header.as_deref(), Some("InternalFailure;Receiver"));
}
