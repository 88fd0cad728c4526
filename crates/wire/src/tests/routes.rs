//! Which operation a request means.

use http::{HeaderMap, HeaderValue, Method};

use super::tables::s3::S3;
use crate::{query, rest};

/// The operation and labels of `METHOD PATH[?QUERY]`; a path with `+copy` before it carries a copy source.
fn routed(request: &str) -> Option<(&'static str, Vec<String>)> {
    let (method, target) = request.split_once(' ').expect("a method and a target");
    let (target, copies) = match target.strip_prefix("+copy ") {
        Some(target) => (target, true),
        None => (target, false),
    };
    let (path, pairs) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = HeaderMap::new();
    if copies {
        headers.insert("x-amz-copy-source", HeaderValue::from_static("b/k"));
    }
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let (operation, labels) =
        rest::route(&S3, &method, path, &query::parse_form(pairs.as_bytes()), &headers)?;
    Some((operation.name, labels.into_iter().map(|(_, value)| value).collect()))
}

#[test]
fn every_request_of_s3_finds_its_operation() {
    let table = [
        ("GET /", "ListBuckets"),
        ("GET /?x-id=ListBuckets", "ListBuckets"),
        ("PUT /b", "CreateBucket"),
        ("PUT /b/", "CreateBucket"),
        ("HEAD /b", "HeadBucket"),
        ("DELETE /b", "DeleteBucket"),
        ("GET /b", "ListObjects"),
        ("GET /b?list-type=2&prefix=a", "ListObjectsV2"),
        ("GET /b?list-type=1", "ListObjects"),
        ("GET /b?versions", "ListObjectVersions"),
        ("GET /b?uploads", "ListMultipartUploads"),
        ("GET /b?location", "GetBucketLocation"),
        ("POST /b?delete", "DeleteObjects"),
        ("POST /b", "PostObject"),
        ("PUT /b?lifecycle", "PutBucketLifecycleConfiguration"),
        ("GET /b?lifecycle", "GetBucketLifecycleConfiguration"),
        ("GET /b?notification", "GetBucketNotificationConfiguration"),
        ("GET /b?analytics", "ListBucketAnalyticsConfigurations"),
        ("GET /b?analytics&id=1", "GetBucketAnalyticsConfiguration"),
        ("PUT /b/k", "PutObject"),
        ("PUT +copy /b/k", "CopyObject"),
        ("PUT /b/k?partNumber=1&uploadId=u", "UploadPart"),
        ("PUT +copy /b/k?partNumber=1&uploadId=u", "UploadPartCopy"),
        ("GET /b/k", "GetObject"),
        ("GET /b/k?partNumber=1", "GetObject"),
        ("GET /b/k?versionId=v&response-content-type=a", "GetObject"),
        ("GET /b/k?uploadId=u", "ListParts"),
        ("GET /b/k?attributes", "GetObjectAttributes"),
        ("HEAD /b/k", "HeadObject"),
        ("DELETE /b/k", "DeleteObject"),
        ("DELETE /b/k?uploadId=u", "AbortMultipartUpload"),
        ("POST /b/k?uploads", "CreateMultipartUpload"),
        ("POST /b/k?uploadId=u", "CompleteMultipartUpload"),
        ("POST /b/k?select&select-type=2", "SelectObjectContent"),
        ("POST /b/k?restore&versionId=v", "RestoreObject"),
        ("PUT /b/k?tagging", "PutObjectTagging"),
        ("PUT /b?tagging", "PutBucketTagging"),
        ("POST /WriteGetObjectResponse", "WriteGetObjectResponse"),
    ];
    for (request, operation) in table {
        assert_eq!(routed(request).map(|(name, _)| name), Some(operation), "{request}");
    }
}

#[test]
fn a_sub_resource_without_an_operation_is_no_plain_object() {
    for request in [
        "PUT /b/k?uploads",
        "PUT /b/k?uploadId=u",
        "GET /b/k?restore",
        "DELETE /b?versions",
        "HEAD /b/k?acl",
        "POST /b/k",
        "PATCH /b/k",
        "PUT /",
    ] {
        assert_eq!(routed(request), None, "{request}");
    }
}

#[test]
fn a_key_is_the_rest_of_the_path_decoded_once() {
    for (path, key) in [
        ("/b/a/b", "a/b"),
        ("/b//a//", "/a//"),
        ("/b/a%2Fb", "a/b"),
        ("/b/a%252Fb", "a%2Fb"),
        ("/b/a+b", "a+b"),
        ("/b/..%2F.", "../."),
        ("/b/%C3%A9", "é"),
    ] {
        let (_, labels) = routed(&format!("GET {path}")).expect("an object");
        assert_eq!(labels, ["b", key], "{path}");
    }
    assert_eq!(routed("GET /b/%FF"), None, "no UTF-8");
}
