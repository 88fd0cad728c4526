//! Listings: keys, common prefixes, pages, spelling.

use crate::harness::{World, world};

async fn filled(keys: &[&str]) -> World {
    let world = world();
    world.make("bucket").await;
    for key in keys {
        world.put(&format!("/bucket/{key}"), b"x".to_vec()).await.is(200);
    }
    world
}

#[tokio::test]
async fn version_two_pages_through_keys_and_prefixes() {
    let world = filled(&["a", "b/1", "b/2", "c", "d/1"]).await;
    let first = world.get("/bucket?list-type=2&delimiter=/&max-keys=2").await.is(200);
    assert_eq!(first.elements("Key"), ["a"]);
    assert_eq!(first.elements("CommonPrefixes"), ["<Prefix>b/</Prefix>"]);
    for (name, text) in
        [("KeyCount", "2"), ("MaxKeys", "2"), ("IsTruncated", "true"), ("Delimiter", "/"), ("Name", "bucket")]
    {
        first.has(name, text);
    }
    assert_eq!(first.element("Owner"), None);
    first.has("StorageClass", "STANDARD");
    first.has("ChecksumAlgorithm", "CRC64NVME");
    let token = first.element("NextContinuationToken").unwrap();
    let second = world
        .get(&format!("/bucket?list-type=2&delimiter=/&continuation-token={token}&start-after=z"))
        .await
        .is(200);
    assert_eq!(second.elements("Key"), ["c"]);
    assert_eq!(second.elements("CommonPrefixes"), ["<Prefix>d/</Prefix>"]);
    second.has("IsTruncated", "false");
    assert_eq!(second.element("NextContinuationToken"), None);
    let after = world.get("/bucket?list-type=2&start-after=b/1&fetch-owner=true").await.is(200);
    assert_eq!(after.elements("Key"), ["b/2", "c", "d/1"]);
    assert!(after.element("Owner").is_some());
    for token in ["", "x"] {
        let refused = world.get(&format!("/bucket?list-type=2&continuation-token={token}")).await;
        let refused = refused.refused(400, "InvalidArgument");
        refused.has("Message", "The continuation token provided is incorrect");
    }
    let none = world.get("/bucket?list-type=2&max-keys=0").await.is(200);
    none.has("IsTruncated", "false");
    none.has("KeyCount", "0");
    world.get("/bucket?list-type=2&max-keys=-1").await.refused(400, "InvalidArgument");
    world.get("/bucket?list-type=2&max-keys=x").await.refused(400, "InvalidArgument");
}

#[tokio::test]
async fn version_one_goes_on_after_a_marker() {
    let world = filled(&["a", "b/1", "b/2", "c"]).await;
    let first = world.get("/bucket?delimiter=/&max-keys=2").await.is(200);
    first.has("NextMarker", "b/");
    assert!(first.element("Owner").is_some());
    let second = world.get("/bucket?delimiter=/&marker=b/1").await.is(200);
    assert_eq!(second.elements("Key"), ["c"]);
    let plain = world.get("/bucket?max-keys=1").await.is(200);
    plain.has("IsTruncated", "true");
    assert_eq!(plain.element("NextMarker"), None);
    assert_eq!(world.get("/bucket?prefix=b/").await.is(200).elements("Key"), ["b/1", "b/2"]);
}

#[tokio::test]
async fn keys_are_spelt_as_asked() {
    let world = filled(&["a%20b=c%252F", "z%04"]).await;
    let url = world.get("/bucket?list-type=2&encoding-type=url").await.is(200);
    assert_eq!(url.elements("Key"), ["a%20b%3Dc%252F", "z%04"]);
    url.has("EncodingType", "url");
    let plain = world.get("/bucket?list-type=2").await.is(200).text();
    assert!(plain.contains("<Key>a b=c%2F</Key>") && plain.contains("<Key>z&#x4;</Key>"), "{plain}");
    let refused = world.get("/bucket?encoding-type=base64").await.refused(400, "InvalidArgument");
    refused.has("Message", "Invalid Encoding Method specified in Request");
    refused.has("ArgumentName", "encoding-type");
}

#[tokio::test]
async fn without_versions_each_key_has_one() {
    let world = filled(&["a", "b"]).await;
    let list = world.get("/bucket?versions").await.is(200);
    assert_eq!(list.elements("VersionId"), ["null", "null"]);
    list.has("IsLatest", "true");
    let first = world.get("/bucket?versions&max-keys=1").await.is(200);
    first.has("NextKeyMarker", "a");
    first.has("NextVersionIdMarker", "null");
    let second = world.get("/bucket?versions&key-marker=a&version-id-marker=null").await.is(200);
    assert_eq!(second.elements("Key"), ["b"]);
    world.get("/bucket?versions&version-id-marker=null").await.refused(400, "InvalidArgument");
}
