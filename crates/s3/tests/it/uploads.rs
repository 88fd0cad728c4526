//! Uploads in parts, through the wire.

use crypt::Algorithm;

use crate::harness::{World, world, world_of_small_parts};
use crate::objects::sample;

async fn begin(world: &World, key: &str) -> String {
    let begun = world.request("POST", &format!("/bucket/{key}?uploads")).send().await.is(200);
    begun.element("UploadId").unwrap()
}

async fn part(world: &World, key: &str, upload: &str, number: u32, bytes: Vec<u8>) -> String {
    let put = world.put(&format!("/bucket/{key}?partNumber={number}&uploadId={upload}"), bytes).await.is(200);
    put.header("etag").unwrap().to_owned()
}

fn list(parts: &[(u32, &str)]) -> String {
    let parts: String = parts
        .iter()
        .map(|(number, etag)| format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"))
        .collect();
    format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>")
}

#[tokio::test]
async fn an_upload_becomes_an_object() {
    let world = world();
    world.make("bucket").await;
    let created =
        world.request("POST", "/bucket/a%2Fb?uploads").header("content-type", "text/x").send().await.is(200);
    created.has("Bucket", "bucket");
    created.has("Key", "a/b");
    let upload = created.element("UploadId").unwrap();
    let (first, second) = (sample(5 << 20), sample(1_000));
    let etags = [
        part(&world, "a/b", &upload, 1, first.clone()).await,
        part(&world, "a/b", &upload, 2, second.clone()).await,
    ];
    let listed = world.get(&format!("/bucket/a/b?uploadId={upload}&max-parts=1")).await.is(200);
    for (name, text) in [
        ("PartNumberMarker", "0"),
        ("NextPartNumberMarker", "1"),
        ("IsTruncated", "true"),
        ("StorageClass", "STANDARD"),
    ] {
        listed.has(name, text);
    }
    let open = world.get("/bucket?uploads").await.is(200);
    open.has("UploadId", &upload);
    open.has("NextKeyMarker", "a/b");
    world.clock.pass(std::time::Duration::from_secs(60));
    let complete = || {
        let target = format!("/bucket/a/b?uploadId={upload}");
        world.request("POST", &target).body(list(&[(1, &etags[0]), (2, &etags[1])])).send()
    };
    let completed = complete().await.is(200);
    completed.has("Location", "http://localhost:4566/bucket/a%2Fb");
    completed.has("ChecksumType", "FULL_OBJECT");
    let etag = completed.element("ETag").unwrap();
    assert!(etag.ends_with("-2\""), "{etag}");
    complete().await.is(200).has("ETag", &etag);
    world.clock.pass(std::time::Duration::from_secs(25 * 3_600));
    complete().await.refused(404, "NoSuchUpload");

    let whole = [first, second.clone()].concat();
    let got =
        world.request("GET", "/bucket/a/b").header("x-amz-checksum-mode", "ENABLED").send().await.is(200);
    assert!(got.bytes == whole);
    assert_eq!(got.header("content-type"), Some("text/x"));
    assert_eq!(got.header("last-modified"), Some("Fri, 02 Jan 2026 03:04:05 GMT"));
    let sum = base64_simd::STANDARD.encode_to_string(Algorithm::Crc64Nvme.of(&whole).as_bytes());
    assert_eq!(got.header("x-amz-checksum-crc64nvme"), Some(sum.as_str()));
    let second_part = world.get("/bucket/a/b?partNumber=2").await.is(206);
    assert!(second_part.bytes == second);
    assert_eq!(second_part.header("x-amz-mp-parts-count"), Some("2"));
    assert_eq!(second_part.header("content-range"), Some("bytes 5242880-5243879/5243880"));
    let range =
        world.request("GET", "/bucket/a/b").header("range", "bytes=5242870-5242889").send().await.is(206);
    assert!(range.bytes == whole[5_242_870..5_242_890]);
    world.get("/bucket/a/b?partNumber=3").await.refused(416, "InvalidPartNumber").has("ActualPartCount", "2");
    let told = world
        .request("GET", "/bucket/a/b?attributes")
        .header("x-amz-object-attributes", "ObjectParts")
        .send()
        .await;
    told.is(200).has("PartsCount", "2");
    assert_eq!(world.get("/bucket?uploads").await.is(200).element("UploadId"), None);
}

#[tokio::test]
async fn what_is_wrong_with_a_completion_is_told() {
    let world = world();
    world.make("bucket").await;
    let upload = begin(&world, "key").await;
    let etag = part(&world, "key", &upload, 1, sample(10)).await;
    part(&world, "key", &upload, 2, sample(10)).await;
    let complete = async |document: String| {
        world.request("POST", &format!("/bucket/key?uploadId={upload}")).body(document).send().await
    };
    complete(list(&[]))
        .await
        .refused(400, "InvalidRequest")
        .has("Message", "You must specify at least one part");
    complete(list(&[(2, &etag), (1, &etag)])).await.refused(400, "InvalidPartOrder").has("UploadId", &upload);
    let small = complete(list(&[(1, &etag), (2, &etag)])).await.refused(400, "EntityTooSmall");
    small.has("MinSizeAllowed", "5242880");
    let absent = complete(list(&[(1, "\"x\"")])).await.refused(400, "InvalidPart");
    absent.has("PartNumber", "1");
    absent.has("ETag", "x");
    complete("<CompleteMultipartUpload><Part/></CompleteMultipartUpload>".to_owned())
        .await
        .refused(400, "MalformedXML");
    complete("no XML".to_owned()).await.refused(400, "MalformedXML");
    let nobody = world.request("POST", "/bucket/key?uploadId=x").body(list(&[(1, &etag)])).send().await;
    nobody.refused(404, "NoSuchUpload").has("UploadId", "x");
    world
        .put(&format!("/bucket/key?partNumber=10001&uploadId={upload}"), b"x".to_vec())
        .await
        .refused(400, "InvalidArgument");
    let target = format!("/bucket/key?partNumber=1&uploadId={upload}");
    let wrong =
        world.request("PUT", &target).header("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==").body(b"abc".to_vec());
    wrong.send().await.refused(400, "BadDigest").has("ExpectedDigest", "1B2M2Y8AsgTpgAmY7PhCfg==");
    world.delete(&format!("/bucket/key?uploadId={upload}")).await.is(204);
    world.delete(&format!("/bucket/key?uploadId={upload}")).await.refused(404, "NoSuchUpload");
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 0);
}

#[tokio::test]
async fn an_upload_keeps_to_its_algorithm() {
    let world = world();
    world.make("bucket").await;
    let begun = world
        .request("POST", "/bucket/key?uploads")
        .header("x-amz-checksum-algorithm", "SHA256")
        .send()
        .await
        .is(200);
    assert_eq!(begun.header("x-amz-checksum-type"), Some("COMPOSITE"));
    let upload = begun.element("UploadId").unwrap();
    let target = format!("/bucket/key?partNumber=1&uploadId={upload}");
    let crc = base64_simd::STANDARD.encode_to_string(Algorithm::Crc32.of(b"abc").as_bytes());
    let other =
        world.request("PUT", &target).header("x-amz-checksum-crc32", &crc).body(b"abc".to_vec()).send().await;
    other.refused(400, "InvalidRequest").has(
        "Message",
        "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32",
    );
    let put = world.put(&target, b"abc".to_vec()).await.is(200);
    let sha = put.header("x-amz-checksum-sha256").unwrap().to_owned();
    let etag = put.header("etag").unwrap();
    let document = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag><ChecksumSHA256>{sha}</ChecksumSHA256></Part>\
         </CompleteMultipartUpload>"
    );
    let completed =
        world.request("POST", &format!("/bucket/key?uploadId={upload}")).body(document).send().await.is(200);
    assert!(completed.element("ChecksumSHA256").unwrap().ends_with("-1"));
    let told = world
        .request("GET", "/bucket/key?attributes")
        .header("x-amz-object-attributes", "Checksum,ObjectParts");
    let told = told.send().await.is(200);
    assert!(!told.element("ChecksumSHA256").unwrap().contains('-'));
    assert_eq!(told.elements("Size"), ["3"]);
}

#[tokio::test]
async fn parts_are_made_of_other_objects() {
    let world = world_of_small_parts();
    world.make("bucket").await;
    world.put("/bucket/source", b"0123456789".to_vec()).await.is(200);
    let upload = begin(&world, "key").await;
    let copy = |number: u32, range: &str| {
        let target = format!("/bucket/key?partNumber={number}&uploadId={upload}");
        let request = world.request("PUT", &target).header("x-amz-copy-source", "/bucket/source");
        request.header("x-amz-copy-source-range", range).send()
    };
    let first = copy(1, "bytes=8-9").await.is(200).element("ETag").unwrap();
    let second = copy(2, "bytes=0-2").await.is(200).element("ETag").unwrap();
    copy(3, "bytes=0-10").await.refused(400, "InvalidArgument");
    copy(3, "bytes=10-12").await.refused(400, "InvalidRequest");
    copy(3, "0-2").await.refused(400, "InvalidArgument").has("ArgumentName", "x-amz-copy-source-range");
    let complete = world
        .request("POST", &format!("/bucket/key?uploadId={upload}"))
        .body(list(&[(1, &first), (2, &second)]));
    complete.send().await.is(200);
    world.delete("/bucket/source").await.is(204);
    assert_eq!(&world.get("/bucket/key").await.is(200).bytes[..], b"89012");
    world.delete("/bucket/key").await.is(204);
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 0);
}

#[tokio::test]
async fn open_uploads_are_paged() {
    let world = world();
    world.make("bucket").await;
    let mut uploads = Vec::new();
    for key in ["a", "a", "b/1", "c"] {
        world.clock.pass(std::time::Duration::from_millis(5));
        uploads.push(begin(&world, key).await);
    }
    let first = world.get("/bucket?uploads&max-uploads=1").await.is(200);
    assert_eq!(first.elements("UploadId"), [uploads[0].as_str()]);
    first.has("NextKeyMarker", "a");
    first.has("NextUploadIdMarker", &uploads[0]);
    let second =
        world.get(&format!("/bucket?uploads&key-marker=a&upload-id-marker={}", uploads[0])).await.is(200);
    assert_eq!(second.elements("UploadId"), [&uploads[1], &uploads[2], &uploads[3]].map(String::as_str));
    let after = world.get("/bucket?uploads&key-marker=a&delimiter=/").await.is(200);
    assert_eq!(after.elements("UploadId"), [uploads[3].as_str()]);
    assert_eq!(after.elements("CommonPrefixes"), ["<Prefix>b/</Prefix>"]);
    let wrong = world.get(&format!("/bucket?uploads&key-marker=a&upload-id-marker={}", uploads[3])).await;
    wrong.refused(400, "InvalidArgument").has("Message", "Invalid uploadId marker");
}
