//! Copies.

use crate::harness::world;
use crate::objects::sample;

#[tokio::test]
async fn a_copy_keeps_or_replaces_what_is_said_of_it() {
    let world = world();
    world.make("bucket").await;
    let bytes = sample(100_000);
    let source =
        world.request("PUT", "/bucket/source").header("content-type", "text/x").header("x-amz-meta-a", "1");
    source.header("x-amz-tagging", "t=1").body(bytes.clone()).send().await.is(200);
    let copy = |to: &str| {
        world.request("PUT", &format!("/bucket/{to}")).header("x-amz-copy-source", "/bucket/source")
    };
    let kept = copy("kept").header("x-amz-meta-b", "ignored").send().await.is(200);
    kept.has("LastModified", "2026-01-02T03:04:05.000Z");
    assert!(kept.element("ChecksumCRC64NVME").is_some());
    let got = world.get("/bucket/kept").await.is(200);
    assert!(got.bytes == bytes);
    assert_eq!((got.header("x-amz-meta-a"), got.header("x-amz-meta-b")), (Some("1"), None));
    assert_eq!(got.header("x-amz-tagging-count"), Some("1"));
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 1);
    let replaced = copy("replaced").header("x-amz-metadata-directive", "REPLACE").header("x-amz-meta-b", "2");
    replaced.header("x-amz-tagging-directive", "REPLACE").send().await.is(200);
    let got = world.get("/bucket/replaced").await.is(200);
    assert_eq!((got.header("x-amz-meta-a"), got.header("x-amz-meta-b")), (None, Some("2")));
    assert_eq!(
        (got.header("content-type"), got.header("x-amz-tagging-count")),
        (Some("binary/octet-stream"), None)
    );
    copy("x").header("x-amz-metadata-directive", "MERGE").send().await.refused(400, "InvalidArgument");
}

#[tokio::test]
async fn a_copy_onto_itself_must_change_something() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", sample(100_000)).await.is(200);
    let copy = || world.request("PUT", "/bucket/key").header("x-amz-copy-source", "bucket/key");
    copy().send().await.refused(400, "InvalidRequest");
    copy().header("x-amz-storage-class", "STANDARD").send().await.is(200);
    copy().header("x-amz-metadata-directive", "REPLACE").header("x-amz-meta-a", "1").send().await.is(200);
    assert!(world.get("/bucket/key").await.is(200).bytes == sample(100_000));
    assert_eq!(world.model.as_ref().unwrap().blob_count(), 1);
    let summed = copy().header("x-amz-checksum-algorithm", "SHA256").send().await.is(200);
    assert!(summed.element("ChecksumSHA256").is_some());
}

#[tokio::test]
async fn a_source_is_found_and_its_conditions_hold() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", b"abc".to_vec()).await.is(200);
    let copy = |source: &str| world.request("PUT", "/bucket/copy").header("x-amz-copy-source", source);
    copy("bucket/nowhere").send().await.refused(404, "NoSuchKey").has("Key", "nowhere");
    copy("nowhere/key").send().await.refused(404, "NoSuchBucket");
    copy("bucket")
        .send()
        .await
        .refused(400, "InvalidArgument")
        .has("Message", "Invalid copy source object key");
    let refused = copy("bucket/key").header("x-amz-copy-source-if-none-match", "*").send().await;
    refused.refused(412, "PreconditionFailed").has("Condition", "x-amz-copy-source-If-None-Match");
    copy("bucket/key").header("if-none-match", "*").send().await.is(200);
    copy("bucket/key").header("if-none-match", "*").send().await.refused(412, "PreconditionFailed");
}
