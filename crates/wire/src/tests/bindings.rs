//! Members outside the body, coming in.

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use futures_executor::block_on;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::tables::s3::{
    GetBucketPolicyOutput, GetObjectAttributesRequest, GetObjectRequest, ListObjectsV2Request,
    PutBucketPolicyRequest, PutObjectRequest, S3,
};
use crate::{DecodeError, Head, Need, Payload, Protocol, Shape, decode, encode, reads_whole_body};

fn head(query: &[(&str, &str)], headers: &[(&'static str, &str)]) -> Head {
    let headers = headers.iter().map(|(name, value)| {
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        (HeaderName::from_static(name), value)
    });
    let mut all = HeaderMap::new();
    for (name, value) in headers {
        all.append(name, value);
    }
    Head {
        method: Method::GET,
        path: "/b/k".into(),
        query: query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        headers: all,
        labels: vec![("Bucket", "b".into()), ("Key", "k".into())],
    }
}

fn read<I: Shape>(operation: &str, head: &Head, body: &'static [u8]) -> Result<I, DecodeError> {
    let operation = S3.operation(operation).expect("there");
    decode(Protocol::RestXml, operation, head, Payload::Whole(Bytes::from_static(body)))
}

#[test]
fn headers_query_and_labels_find_their_members() {
    let head = head(
        &[("versionId", "v"), ("response-content-type", "a+b"), ("x-id", "GetObject")],
        &[
            ("range", "bytes=0-1"),
            ("if-match", "\"e\""),
            ("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ],
    );
    let input: GetObjectRequest = read("GetObject", &head, b"").expect("well-formed");
    assert_eq!((input.bucket.as_deref(), input.key.as_deref()), (Some("b"), Some("k")));
    assert_eq!((input.version_id.as_deref(), input.range.as_deref()), (Some("v"), Some("bytes=0-1")));
    assert_eq!(input.if_modified_since, Some(Timestamp::from_secs(784_111_777)));
    assert_eq!(input.response_content_type.as_deref(), Some("a+b"));
}

#[test]
fn a_date_that_is_none_is_ignored_in_a_condition_of_http_only() {
    let input: GetObjectRequest =
        read("GetObject", &head(&[], &[("if-modified-since", "soon")]), b"").expect("ignored");
    assert_eq!(input.if_modified_since, None);
    let refused = read::<PutObjectRequest>(
        "PutObject",
        &head(&[], &[("x-amz-object-lock-retain-until-date", "soon")]),
        b"",
    );
    assert!(
        matches!(refused, Err(DecodeError::BadValue { name, .. }) if name == "x-amz-object-lock-retain-until-date")
    );
}

#[test]
fn a_word_where_a_number_belongs_is_refused_and_nothing_is_absent() {
    let refused = read::<ListObjectsV2Request>("ListObjectsV2", &head(&[("max-keys", "many")], &[]), b"");
    assert_eq!(
        refused.expect_err("no number"),
        DecodeError::BadValue { name: "max-keys".into(), value: "many".into() }
    );
    let input: ListObjectsV2Request =
        read("ListObjectsV2", &head(&[("max-keys", ""), ("prefix", "")], &[]), b"").expect("empty");
    assert_eq!((input.max_keys, input.prefix.as_deref()), (None, Some("")));
}

#[test]
fn metadata_keeps_its_names_and_joins_its_repeats() {
    let head = head(&[], &[("x-amz-meta-a_b", "1"), ("x-amz-meta-c", "x"), ("x-amz-meta-c", "é")]);
    let input: PutObjectRequest = read("PutObject", &head, b"").expect("well-formed");
    let metadata: Vec<_> = input.metadata.need().into_iter().collect();
    assert_eq!(metadata, [("a_b".to_owned(), "1".to_owned()), ("c".to_owned(), "x,é".to_owned())]);
}

#[test]
fn lists_in_headers_are_joined_by_commas() {
    let head =
        head(&[], &[("x-amz-object-attributes", "ETag, \"a,b\""), ("x-amz-object-attributes", "ObjectSize")]);
    let input: GetObjectAttributesRequest = read("GetObjectAttributes", &head, b"").expect("well-formed");
    assert_eq!(input.object_attributes.need(), ["ETag", "a,b", "ObjectSize"]);
}

#[test]
fn a_streaming_payload_is_handed_on_and_a_text_is_the_body_itself() {
    let put = S3.operation("PutObject").expect("there");
    assert!(!reads_whole_body(put));
    let stream = Payload::Stream(Body::from(b"data".to_vec()));
    let input: PutObjectRequest =
        decode(Protocol::RestXml, put, &head(&[], &[]), stream).expect("well-formed");
    assert_eq!(block_on(input.body.need().collect(10)).expect("whole"), "data");

    let policy = S3.operation("PutBucketPolicy").expect("there");
    assert!(reads_whole_body(policy));
    let input: PutBucketPolicyRequest = read("PutBucketPolicy", &head(&[], &[]), b"{}").expect("well-formed");
    assert_eq!(input.policy.as_deref(), Some("{}"));
    let get = S3.operation("GetBucketPolicy").expect("there");
    let answer =
        encode(Protocol::RestXml, &S3, get, GetBucketPolicyOutput { policy: Some("{}".into()) }, "r");
    assert_eq!(block_on(answer.body.collect(10)).expect("whole"), "{}");
}
