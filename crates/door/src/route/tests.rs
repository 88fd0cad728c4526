//! Which request goes where, as a table.

use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use service::{Fault, Incoming};
use wire::{Answer, Field, Kind, Operation, Protocol, Service, Structure};

use super::*;

static NOTHING: Structure = Structure::new("Nothing", &[]);
static BUCKET: Structure =
    Structure::new("Bucket", &[Field::new("Bucket", Kind::Text).label("Bucket").required()]);
static OBJECT: Structure = Structure::new(
    "Object",
    &[
        Field::new("Bucket", Kind::Text).label("Bucket").required(),
        Field::new("Key", Kind::Text).label("Key").required(),
    ],
);

const fn service(
    name: &'static str,
    target_prefix: &'static str,
    protocol: Protocol,
    version: &'static str,
    operations: &'static [Operation],
) -> Service {
    Service {
        name,
        signing_name: name,
        target_prefix,
        version,
        protocol,
        xml_namespace: "",
        global: false,
        operations,
        errors: &[],
    }
}

static KINESIS: Service = service(
    "kinesis",
    "Kinesis_20131202",
    Protocol::Json11,
    "2013-12-02",
    &[Operation::new("ListStreams", &NOTHING, &NOTHING)],
);
static STS: Service = service(
    "sts",
    "",
    Protocol::Query,
    "2011-06-15",
    &[Operation::new("GetCallerIdentity", &NOTHING, &NOTHING)],
);
static S3: Service = service(
    "s3",
    "",
    Protocol::RestXml,
    "2006-03-01",
    &[
        Operation::new("GetObject", &OBJECT, &NOTHING).http("GET", "/{Bucket}/{Key+}", 200),
        Operation::new("ListBuckets", &NOTHING, &NOTHING).http("GET", "/", 200),
        Operation::new("ListObjects", &BUCKET, &NOTHING).http("GET", "/{Bucket}", 200),
    ],
);

struct Toy(&'static Service);

impl AnyRoom for Toy {
    fn service(&self) -> &'static Service {
        self.0
    }

    fn implements(&self, _: &str) -> bool {
        true
    }

    fn body_bytes_max(&self, _: &'static Operation) -> u64 {
        0
    }

    fn call(&self, _: Incoming) -> BoxFuture<'_, Answer> {
        unreachable!("routing calls nobody")
    }

    fn refuse(&self, _: Protocol, _: &Fault, _: &str, _: &str) -> Answer {
        unreachable!("routing refuses nobody")
    }
}

fn route(method: &str, target: &str, headers: &[(&str, &str)]) -> String {
    let table = Table::new(vec![Arc::new(Toy(&KINESIS)), Arc::new(Toy(&STS)), Arc::new(Toy(&S3))]);
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let host = Host::parse(map.get("host").map_or("localhost:4566", |host| host.to_str().unwrap()));
    let target = Target { method: &method, path, query, headers: &map, host };
    match table.route(target, &decoded_pairs(query)) {
        Route::Rpc { room, protocol, operation } => {
            format!("{} {protocol:?} {}", table.rooms[room].service().name, operation.name)
        }
        Route::Query { service } => format!("query {}", service.unwrap_or_default()),
        Route::Rest { room, found: Some((operation, labels)), .. } => {
            let labels: Vec<_> = labels.into_iter().map(|(_, value)| value).collect();
            format!("{} {} {}", table.rooms[room].service().name, operation.name, labels.join(" "))
                .trim_end()
                .to_owned()
        }
        Route::Rest { room, found: None, .. } => format!("{} nothing", table.rooms[room].service().name),
        Route::Refused(Refusal::UnknownOperation { protocol, room }) => {
            format!("unknown {protocol:?} {}", room.map_or("", |room| table.rooms[room].service().name))
        }
        Route::Refused(Refusal::UnknownContentType) => "404".to_owned(),
        Route::Refused(Refusal::Undetermined) => "403".to_owned(),
    }
}

const JSON: (&str, &str) = ("content-type", "application/x-amz-json-1.1");
const CBOR: (&str, &str) = ("content-type", "application/x-amz-cbor-1.1");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");
const LIST: (&str, &str) = ("x-amz-target", "Kinesis_20131202.ListStreams");
const S3_SCOPE: (&str, &str) =
    ("authorization", "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/s3/aws4_request");
const STS_SCOPE: (&str, &str) =
    ("authorization", "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/sts/aws4_request");
const KINESIS_SCOPE: (&str, &str) =
    ("authorization", "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/kinesis/aws4_request");

#[test]
fn targets_and_content_types_choose_the_json_protocols() {
    for (method, headers, expected) in [
        ("POST", vec![JSON, LIST], "kinesis Json11 ListStreams"),
        (
            "POST",
            vec![("content-type", "application/x-amz-json-1.1; charset=utf-8"), LIST],
            "kinesis Json11 ListStreams",
        ),
        ("POST", vec![("content-type", "application/json"), LIST], "kinesis Json11 ListStreams"),
        ("POST", vec![("content-type", "application/x-amz-json-1.0"), LIST], "kinesis Json10 ListStreams"),
        ("POST", vec![CBOR, LIST], "kinesis KinesisCbor ListStreams"),
        ("POST", vec![JSON, ("x-amz-target", "Kinesis_20131202.Nonsense")], "unknown Json11 kinesis"),
        ("POST", vec![JSON, ("x-amz-target", "Nobody_1.ListStreams")], "unknown Json11 "),
        ("POST", vec![CBOR, ("x-amz-target", "nodot")], "unknown KinesisCbor "),
        ("POST", vec![JSON], "unknown Json11 "),
        ("POST", vec![JSON, KINESIS_SCOPE], "unknown Json11 "),
        ("POST", vec![("content-type", "text/plain"), LIST], "404"),
        ("POST", vec![LIST], "404"),
        ("GET", vec![JSON, LIST], "403"),
        ("PUT", vec![KINESIS_SCOPE], "403"),
        ("POST", vec![KINESIS_SCOPE], "403"),
    ] {
        assert_eq!(route(method, "/", &headers), expected, "{method} {headers:?}");
    }
}

#[test]
fn rpc_v2_goes_by_its_path_and_takes_no_target() {
    let smithy = ("smithy-protocol", "rpc-v2-cbor");
    let path = "/service/Kinesis_20131202/operation/ListStreams";
    assert_eq!(route("POST", path, &[smithy]), "kinesis RpcV2Cbor ListStreams");
    assert_eq!(
        route("POST", "/x/service/a.b.Kinesis_20131202/operation/ListStreams", &[smithy]),
        "kinesis RpcV2Cbor ListStreams"
    );
    assert_eq!(route("POST", path, &[smithy, LIST]), "unknown RpcV2Cbor ");
    assert_eq!(route("GET", path, &[smithy]), "unknown RpcV2Cbor ");
    assert_eq!(
        route("POST", "/service/Kinesis_20131202/operation/X", &[smithy]),
        "unknown RpcV2Cbor kinesis"
    );
}

#[test]
fn forms_and_actions_are_query() {
    let presigned = "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential=AK%2F20260101%2Fus-east-1%2Fsts%2Faws4_request";
    assert_eq!(route("POST", "/", &[FORM, STS_SCOPE]), "query sts");
    assert_eq!(route("POST", "/", &[FORM]), "query ");
    assert_eq!(route("GET", presigned, &[]), "query sts");
    assert_eq!(route("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", &[]), "query ");
    assert_eq!(route("GET", "/?Action=x", &[]), "s3 ListBuckets");
    assert_eq!(route("GET", "/?Action=x&Version=1", &[S3_SCOPE]), "s3 ListBuckets");
    assert_eq!(route("POST", "/", &[FORM, ("host", "b.s3.localhost")]), "s3 nothing");
}

#[test]
fn a_query_operation_is_found_by_scope_or_version() {
    let table = Table::new(vec![Arc::new(Toy(&KINESIS)), Arc::new(Toy(&STS)), Arc::new(Toy(&S3))]);
    let find = |scope, action, version| table.query_operation(scope, action, version).map(|(room, _)| room);
    assert_eq!(find(Some("sts"), "GetCallerIdentity", "2011-06-15"), Some(1));
    assert_eq!(find(None, "GetCallerIdentity", "2011-06-15"), Some(1));
    assert_eq!(find(Some("iam"), "GetCallerIdentity", "2011-06-15"), None);
    assert_eq!(find(Some("sts"), "Nonsense", "2011-06-15"), None);
    assert_eq!(find(Some("sts"), "GetCallerIdentity", "2010-01-01"), None);
}

#[test]
fn the_rest_is_s3_by_path_or_host() {
    for (target, headers, expected) in [
        ("/", vec![S3_SCOPE], "s3 ListBuckets"),
        ("/", vec![], "s3 ListBuckets"),
        ("/b", vec![S3_SCOPE], "s3 ListObjects b"),
        ("/b/", vec![], "s3 ListObjects b"),
        ("/b/k%20/l", vec![], "s3 GetObject b k /l"),
        ("/b//k", vec![], "s3 GetObject b /k"),
        ("/b/a/../k", vec![], "s3 GetObject b a/../k"),
        ("/b/k+%2B", vec![], "s3 GetObject b k++"),
        ("/k/l", vec![("host", "b.s3.localhost:4566")], "s3 GetObject b k/l"),
        ("/", vec![("host", "B.s3.us-east-1.amazonaws.com")], "s3 ListObjects b"),
        ("/b", vec![("host", "s3.us-east-1.amazonaws.com")], "s3 ListObjects b"),
        ("/b/%ff", vec![], "s3 nothing"),
        ("/b", vec![("authorization", "AWS AK:signature")], "s3 ListObjects b"),
        ("/b", vec![("authorization", "gibberish")], "s3 ListObjects b"),
        ("/b", vec![KINESIS_SCOPE], "403"),
    ] {
        assert_eq!(route("GET", target, &headers), expected, "{target} {headers:?}");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_sent_goes_somewhere(
        method in "GET|POST|PUT|OPTIONS|[A-Z]{1,9}",
        target in "/[ -~]{0,40}",
        host in "[ -~]{0,30}",
        amz_target in "[ -~]{0,20}",
        content_type in "[ -~]{0,20}|application/x-amz-json-1\\.1[ -~]{0,9}",
    ) {
        route(&method, &target, &[("host", &host), ("content-type", &content_type)]);
        route(&method, &target, &[("host", &host), ("content-type", &content_type), ("x-amz-target", &amz_target)]);
    }
}
