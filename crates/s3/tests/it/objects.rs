//! Objects: put, read, deleted, tagged.

use body::{Body, BodyError, Refusal};
use bytes::Bytes;
use futures_util::stream;
use ports::Principal;
use service::AuthSource;

use crate::harness::world;

const ETAG_OF_ABC: &str = "\"900150983cd24fb0d6963f7d28e17f72\"";

/// Bytes that differ wherever they are cut.
pub(crate) fn sample(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

#[tokio::test]
async fn what_was_put_is_read_back() {
    let world = world();
    world.make("bucket").await;
    let put = world
        .request("PUT", "/bucket/a%20b//c")
        .header("content-type", "text/x")
        .header("content-encoding", "aws-chunked, gzip")
        .header("cache-control", "no-store")
        .header("expires", "whenever")
        .header("x-amz-meta-Name", "=?UTF-8?B?w7Y=?=")
        .header("x-amz-tagging", "b=2&a=1")
        .body(b"abc".to_vec())
        .send()
        .await
        .is(200);
    assert_eq!(put.header("etag"), Some(ETAG_OF_ABC));
    assert_eq!(put.header("x-amz-checksum-type"), Some("FULL_OBJECT"));
    assert!(put.header("x-amz-checksum-crc64nvme").is_some());
    let got = world.get("/bucket/a%20b//c").await.is(200);
    assert_eq!(&got.bytes[..], b"abc");
    for (name, value) in [
        ("etag", ETAG_OF_ABC),
        ("content-type", "text/x"),
        ("content-encoding", "gzip"),
        ("cache-control", "no-store"),
        ("expires", "whenever"),
        ("last-modified", "Fri, 02 Jan 2026 03:04:05 GMT"),
        ("accept-ranges", "bytes"),
        ("x-amz-meta-name", "=?UTF-8?Q?=C3=B6?="),
        ("x-amz-tagging-count", "2"),
    ] {
        assert_eq!(got.header(name), Some(value), "{name}");
    }
    assert_eq!(got.header("x-amz-storage-class"), None);
    assert_eq!(got.header("x-amz-checksum-crc64nvme"), None);
    let head = world
        .request("HEAD", "/bucket/a%20b//c")
        .header("x-amz-checksum-mode", "ENABLED")
        .send()
        .await
        .is(200);
    assert_eq!(head.header("content-length"), Some("3"));
    assert_eq!(head.header("x-amz-checksum-crc64nvme"), put.header("x-amz-checksum-crc64nvme"));
    world.get("/bucket/a%20b/c").await.refused(404, "NoSuchKey").has("Key", "a b/c");
    world.get("/nowhere/key").await.refused(404, "NoSuchBucket");
}

#[tokio::test]
async fn large_objects_are_streamed_and_leave_nothing_behind() {
    let world = world();
    world.make("bucket").await;
    for len in [0, 1, 64 << 10, (64 << 10) + 1, 3 << 20] {
        let bytes = sample(len);
        world.put("/bucket/key", bytes.clone()).await.is(200);
        let got = world.get("/bucket/key").await.is(200);
        assert!(got.bytes == bytes, "{len}");
        assert_eq!(world.model.as_ref().unwrap().blob_count(), usize::from(len > 0));
    }
    world.delete("/bucket/key").await.is(204);
    world.delete("/bucket/key").await.is(204);
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 0);
}

#[tokio::test]
async fn ranges_are_cut_as_asked() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", b"0123456789".to_vec()).await.is(200);
    let range = |range: &str| world.request("GET", "/bucket/key").header("range", range).send();
    let part = range("bytes=2-5").await.is(206);
    assert_eq!((&part.bytes[..], part.header("content-range")), (&b"2345"[..], Some("bytes 2-5/10")));
    let tail = range("bytes=-15").await.is(206);
    assert_eq!(tail.header("content-range"), Some("bytes 0-9/10"));
    assert_eq!(range("bytes=1-0").await.is(200).bytes.len(), 10);
    let refused = range("bytes=10-").await.refused(416, "InvalidRange");
    refused.has("ActualObjectSize", "10");
    refused.has("RangeRequested", "bytes=10-");
    let part = world.get("/bucket/key?partNumber=1").await.is(206);
    assert_eq!(part.header("content-range"), Some("bytes 0-9/10"));
    assert_eq!(part.header("x-amz-mp-parts-count"), None);
    let refused = world.get("/bucket/key?partNumber=2").await.refused(416, "InvalidPartNumber");
    refused.has("ActualPartCount", "1");
    world.get("/bucket/key?partNumber=0").await.refused(400, "InvalidArgument");
    let both = world.request("GET", "/bucket/key?partNumber=1").header("range", "bytes=0-1").send().await;
    both.refused(400, "InvalidRequest");
}

#[tokio::test]
async fn conditions_of_reads_hold_or_fail() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", b"abc".to_vec()).await.is(200);
    let get = |name: &str, value: &str| world.request("GET", "/bucket/key").header(name, value).send();
    get("if-match", ETAG_OF_ABC).await.is(200);
    get("if-match", "\"other\"").await.refused(412, "PreconditionFailed").has("Condition", "If-Match");
    let unchanged = get("if-none-match", ETAG_OF_ABC).await.is(304);
    assert_eq!((unchanged.bytes.len(), unchanged.header("etag")), (0, Some(ETAG_OF_ABC)));
    get("if-modified-since", "Fri, 02 Jan 2026 03:04:05 GMT").await.is(304);
    get("if-modified-since", "Fri, 02 Jan 2026 03:04:04 GMT").await.is(200);
    let refused = get("if-unmodified-since", "Fri, 02 Jan 2026 03:04:04 GMT").await;
    refused.refused(412, "PreconditionFailed").has("Condition", "If-Unmodified-Since");
}

#[tokio::test]
async fn the_query_may_name_other_headers() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", b"abc".to_vec()).await.is(200);
    let target = "/bucket/key?response-content-type=text/y&response-content-disposition=attachment";
    let got = world.get(target).await.is(200);
    assert_eq!(got.header("content-type"), Some("text/y"));
    assert_eq!(got.header("content-disposition"), Some("attachment"));
    let refused =
        world.get("/bucket/key?response-cache-control=\u{1f600}").await.refused(400, "InvalidArgument");
    refused.has("ArgumentName", "response-cache-control");
    let line_end = world.get("/bucket/key?response-content-type=a\r\nX-Injected: yes").await;
    line_end.refused(400, "InvalidArgument");
    let anonymous = world.request("GET", target).auth(AuthSource::Anonymous).send().await;
    anonymous.refused(400, "InvalidRequest");
}

#[tokio::test]
async fn conditional_writes_happen_once() {
    let world = world();
    world.make("bucket").await;
    let put = |name: &str, value: &str| {
        world.request("PUT", "/bucket/key").header(name, value).body(b"abc".to_vec()).send()
    };
    put("if-match", ETAG_OF_ABC).await.refused(404, "NoSuchKey");
    put("if-none-match", "*").await.is(200);
    put("if-none-match", "*").await.refused(412, "PreconditionFailed").has("Condition", "If-None-Match");
    put("if-match", ETAG_OF_ABC).await.is(200);
    put("if-match", "\"other\"").await.refused(412, "PreconditionFailed");
    let refused = put("if-none-match", "other").await.refused(501, "NotImplemented");
    refused.has("Header", "If-None-Match");
    refused
        .has("additionalMessage", "We don't accept the provided value of If-None-Match header for this API");
    let delete = |etag: &str| world.request("DELETE", "/bucket/key").header("if-match", etag).send();
    delete("\"other\"").await.refused(412, "PreconditionFailed");
    delete(ETAG_OF_ABC).await.is(204);
}

#[tokio::test]
async fn a_refused_body_leaves_nothing() {
    let world = world();
    world.make("bucket").await;
    for (error, status, code) in [
        (BodyError::Incomplete, 400, "IncompleteBody"),
        (BodyError::Refused(Refusal::Signature), 403, "SignatureDoesNotMatch"),
        (BodyError::Refused(Refusal::ChunkTooSmall { chunk: 1, bytes: 5 }), 403, "InvalidChunkSizeError"),
        (BodyError::Refused(Refusal::Trailer), 400, "MalformedTrailerError"),
        (BodyError::Refused(Refusal::PayloadHash { computed: [1; 32] }), 400, "XAmzContentSHA256Mismatch"),
        (BodyError::Idle, 400, "RequestTimeout"),
    ] {
        for len in [10, 1 << 20] {
            let pieces = vec![Ok(Bytes::from(sample(len))), Err(error.clone())];
            let body = Body::from_stream(stream::iter(pieces), None);
            let request =
                world.request("PUT", "/bucket/key").header("x-amz-content-sha256", "feed").body(body);
            request.send().await.refused(status, code);
        }
    }
    world.get("/bucket/key").await.refused(404, "NoSuchKey");
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 0);
}

#[tokio::test]
async fn what_is_too_long_is_refused() {
    let world = world();
    world.make("bucket").await;
    let key = "k".repeat(1_025);
    let refused = world.put(&format!("/bucket/{key}"), b"".to_vec()).await.refused(400, "KeyTooLongError");
    refused.has("MaxSizeAllowed", "1024");
    world.put(&format!("/bucket/{}", &key[1..]), b"".to_vec()).await.is(200);
    let large = world.request("PUT", "/bucket/key").header("x-amz-meta-a", &"v".repeat(2_048)).send().await;
    large.refused(400, "MetadataTooLarge").has("Size", "2049");
}

#[tokio::test]
async fn what_is_not_built_is_not_promised() {
    let world = world();
    world.make("bucket").await;
    let put = |name: &str, value: &str| world.request("PUT", "/bucket/key").header(name, value).send();
    put("x-amz-server-side-encryption", "aws:kms").await.refused(501, "NotImplemented");
    put("x-amz-storage-class", "STANDARD").await.is(200);
    put("x-amz-storage-class", "SNOW")
        .await
        .refused(400, "InvalidStorageClass")
        .has("StorageClassRequested", "SNOW");
    put("x-amz-acl", "public-read").await.refused(400, "AccessControlListNotSupported");
    put("x-amz-acl", "bucket-owner-full-control").await.is(200);
    put("x-amz-acl", "private").await.is(200);
    put("x-amz-acl", "everyone").await.refused(400, "InvalidArgument").has("ArgumentName", "x-amz-acl");
    world.get("/bucket/key?versionId=null").await.is(200);
    world
        .get("/bucket/key?versionId=x")
        .await
        .refused(400, "InvalidArgument")
        .has("ArgumentName", "versionId");
}

#[tokio::test]
async fn many_keys_are_deleted_at_once() {
    let world = world();
    world.make("bucket").await;
    for key in ["a", "b", "c"] {
        world.put(&format!("/bucket/{key}"), sample(100_000)).await.is(200);
    }
    let document = |keys: &[&str], quiet: bool| {
        let objects: String = keys.iter().map(|key| format!("<Object><Key>{key}</Key></Object>")).collect();
        format!("<Delete>{objects}<Quiet>{quiet}</Quiet></Delete>")
    };
    let send = async |document: String| {
        let sum = base64_simd::STANDARD
            .encode_to_string(crypt::Algorithm::Crc32.of(document.as_bytes()).as_bytes());
        world
            .request("POST", "/bucket?delete")
            .header("x-amz-checksum-crc32", &sum)
            .body(document)
            .send()
            .await
    };
    let answer = send(document(&["a", "nowhere", "a"], false)).await.is(200);
    assert_eq!(answer.elements("Key"), ["a", "nowhere", "a"]);
    let quiet = send(document(&["b"], true)).await.is(200);
    assert_eq!(quiet.elements("Key"), [""; 0]);
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 1);
    let version = "<Delete><Object><Key>c</Key><VersionId>x</VersionId></Object></Delete>";
    send(version.to_owned()).await.is(200).has("Code", "NoSuchVersion");
    world.get("/bucket/c").await.is(200);
    send("<Delete></Delete>".to_owned()).await.refused(400, "MalformedXML");
    send(document(&vec!["k"; 1_001], false)).await.refused(400, "MalformedXML");
    let bare = world.request("POST", "/bucket?delete").body(document(&["c"], false)).send().await;
    bare.refused(400, "InvalidRequest");
    let wrong = world
        .request("POST", "/bucket?delete")
        .header("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==")
        .body(document(&["c"], false));
    wrong.send().await.refused(400, "BadDigest");
    let sum = base64_simd::STANDARD.encode_to_string(crypt::md5(document(&["c"], false).as_bytes()));
    let stranger = world.request("POST", "/bucket?delete").principal(Principal::anonymous());
    let answer = stranger.header("content-md5", &sum).body(document(&["c"], false)).send().await.is(200);
    answer.has("Code", "AccessDenied");
    world.get("/bucket/c").await.is(200);
}

#[tokio::test]
async fn tags_are_put_told_and_taken_away() {
    let world = world();
    world.make("bucket").await;
    world.request("PUT", "/bucket/key").header("x-amz-tagging", "z=1").send().await.is(200);
    world.get("/bucket/key?tagging").await.is(200).has("Key", "z");
    let document = |tags: &[(&str, &str)]| {
        let tags: String = tags
            .iter()
            .map(|(key, value)| format!("<Tag><Key>{key}</Key><Value>{value}</Value></Tag>"))
            .collect();
        format!("<Tagging><TagSet>{tags}</TagSet></Tagging>")
    };
    world.put("/bucket/key?tagging", document(&[("b", "2"), ("a", "1")])).await.is(200);
    assert_eq!(world.get("/bucket/key?tagging").await.is(200).elements("Key"), ["a", "b"]);
    let twice = world.put("/bucket/key?tagging", document(&[("a", "1"), ("a", "2")])).await;
    twice.refused(400, "InvalidTag").has("TagKey", "a");
    let many: Vec<(String, &str)> = (0..11).map(|n| (n.to_string(), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    world.put("/bucket/key?tagging", document(&many)).await.refused(400, "BadRequest");
    let half = "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>";
    world.put("/bucket/key?tagging", half.to_owned()).await.refused(400, "MalformedXML");
    world.delete("/bucket/key?tagging").await.is(204);
    assert_eq!(world.get("/bucket/key?tagging").await.is(200).element("Key"), None);
    world.get("/bucket/nowhere?tagging").await.refused(404, "NoSuchKey").has("Key", "bucket/nowhere");
}

#[tokio::test]
async fn attributes_are_told() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", b"abc".to_vec()).await.is(200);
    let ask = |names: &str| {
        world.request("GET", "/bucket/key?attributes").header("x-amz-object-attributes", names).send()
    };
    let told = ask("ETag, Checksum,ObjectParts,StorageClass,ObjectSize").await.is(200);
    told.has("ETag", ETAG_OF_ABC.trim_matches('"'));
    told.has("StorageClass", "STANDARD");
    told.has("ObjectSize", "3");
    told.has("ChecksumType", "FULL_OBJECT");
    assert_eq!(told.element("PartsCount"), None);
    ask("Colour").await.refused(400, "InvalidArgument");
    world.get("/bucket/key?acl").await.is(200).has("Permission", "FULL_CONTROL");
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_lets_deletes_through() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", b"abc".to_vec()).await.is(200);
    world.model.as_ref().unwrap().set_full(true);
    world.put("/bucket/other", b"abc".to_vec()).await.refused(503, "ServiceUnavailable");
    world.put("/bucket/other", sample(1 << 20)).await.refused(503, "ServiceUnavailable");
    world.get("/bucket/key").await.is(200);
    world.delete("/bucket/key").await.is(204);
    world.delete("/bucket").await.is(204);
    world.model.as_ref().unwrap().set_full(false);
    world.make("bucket").await;
}

#[tokio::test]
async fn a_put_whose_acknowledgement_is_lost_is_answered_by_what_happened() {
    let world = world();
    world.make("bucket").await;
    let model = world.model.as_ref().unwrap();
    for mishap in [storage::Mishap::AcknowledgementLost, storage::Mishap::CommitLost] {
        model.upset_next(mishap);
        world.put("/bucket/key", b"abc".to_vec()).await.is(200);
        assert_eq!(&world.get("/bucket/key").await.is(200).bytes[..], b"abc");
    }
    assert_eq!(model.blob_count(), 1);
}

#[tokio::test]
async fn what_would_be_of_no_use_is_refused() {
    let world = world();
    world.make("bucket").await;
    let put = |name: &str, value: &str| world.request("PUT", "/bucket/key").header(name, value).send();
    put("x-amz-meta-", "value").await.refused(400, "InvalidArgument");
    for target in ["", "elsewhere", "ftp://host/"] {
        put("x-amz-website-redirect-location", target).await.refused(400, "InvalidRedirectLocation");
    }
    for target in ["/other", "http://host/", "https://host/"] {
        put("x-amz-website-redirect-location", target).await.is(200);
    }
    world.get("/bucket?list-type=3").await.refused(400, "InvalidArgument");
    world.get("/bucket?list-type=1").await.is(200);
}
