//! Archived objects, through the wire.

use std::time::Duration;

use super::harness::{World, world};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);

fn document(days: Option<u32>, tier: Option<&str>) -> Vec<u8> {
    let days = days.map_or_else(String::new, |days| format!("<Days>{days}</Days>"));
    let tier = tier.map_or_else(String::new, |tier| {
        format!("<GlacierJobParameters><Tier>{tier}</Tier></GlacierJobParameters>")
    });
    format!("<RestoreRequest>{days}{tier}</RestoreRequest>").into_bytes()
}

impl World {
    async fn put_class(&self, key: &str, class: &str, bytes: usize) {
        let put = self.request("PUT", &format!("/bucket/{key}")).header("x-amz-storage-class", class);
        put.body(vec![7; bytes]).send().await.is(200);
    }

    async fn restore(&self, key: &str, document: Vec<u8>) -> super::harness::Answer {
        self.request("POST", &format!("/bucket/{key}?restore")).body(document).send().await
    }

    async fn restore_header(&self, key: &str) -> Option<String> {
        let head = self.request("HEAD", &format!("/bucket/{key}")).send().await.is(200);
        head.header("x-amz-restore").map(str::to_owned)
    }
}

#[tokio::test]
async fn every_class_is_told_and_only_archives_are_closed() {
    let world = world();
    world.make("bucket").await;
    for class in [
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER_IR",
        "GLACIER",
        "DEEP_ARCHIVE",
    ] {
        world.put_class(class, class, 5).await;
        let told = (class != "STANDARD").then_some(class);
        let head = world.request("HEAD", &format!("/bucket/{class}")).send().await.is(200);
        assert_eq!(head.header("x-amz-storage-class"), told);
        let read = world.get(&format!("/bucket/{class}")).await;
        if matches!(class, "GLACIER" | "DEEP_ARCHIVE") {
            read.refused(403, "InvalidObjectState").has("StorageClass", class);
            let copy =
                world.request("PUT", "/bucket/copy").header("x-amz-copy-source", &format!("bucket/{class}"));
            copy.send().await.refused(403, "InvalidObjectState");
        } else {
            assert_eq!(read.is(200).header("x-amz-storage-class"), told);
        }
        let list = world.get(&format!("/bucket?list-type=2&prefix={class}")).await.is(200);
        assert!(list.elements("StorageClass").contains(&class.to_owned()));
    }
    let copied = world
        .request("PUT", "/bucket/copied")
        .header("x-amz-copy-source", "bucket/STANDARD_IA")
        .header("x-amz-storage-class", "GLACIER_IR");
    copied.send().await.is(200);
    let head = world.request("HEAD", "/bucket/copied").send().await;
    assert_eq!(head.header("x-amz-storage-class"), Some("GLACIER_IR"));
    let copied = world.request("PUT", "/bucket/copied").header("x-amz-copy-source", "bucket/STANDARD_IA");
    copied.send().await.is(200);
    let head = world.request("HEAD", "/bucket/copied").send().await;
    assert_eq!(head.header("x-amz-storage-class"), None, "a class is never copied");
}

#[tokio::test]
async fn a_restored_object_is_read_until_midnight() {
    let world = world();
    world.make("bucket").await;
    world.put_class("cold", "GLACIER", 5).await;
    assert_eq!(world.restore_header("cold").await, None);
    let begun = world.restore("cold", document(Some(2), Some("Bulk"))).await.is(202);
    assert!(begun.bytes.is_empty());
    assert_eq!(world.restore_header("cold").await.as_deref(), Some("ongoing-request=\"true\""));
    world.get("/bucket/cold").await.refused(403, "InvalidObjectState");
    world.restore("cold", document(Some(2), None)).await.is(202);
    let again = world.restore("cold", document(Some(2), None)).await;
    assert_eq!(
        again.refused(409, "RestoreAlreadyInProgress").element("Message").as_deref(),
        Some("Object restore is already in progress")
    );
    let list = world
        .request("GET", "/bucket?list-type=2")
        .header("x-amz-optional-object-attributes", "RestoreStatus");
    list.send().await.has("IsRestoreInProgress", "true");

    world.clock.advance(HOUR * 5);
    // 2026-01-02 03:04 and two days.
    let there = "ongoing-request=\"false\", expiry-date=\"Mon, 05 Jan 2026 00:00:00 GMT\"";
    assert_eq!(world.restore_header("cold").await.as_deref(), Some(there));
    assert_eq!(world.get("/bucket/cold").await.is(200).header("x-amz-storage-class"), Some("GLACIER"));
    let list =
        world.request("GET", "/bucket?versions").header("x-amz-optional-object-attributes", "RestoreStatus");
    list.send().await.has("RestoreExpiryDate", "2026-01-05T00:00:00.000Z");
    world.restore("cold", document(Some(10), None)).await.is(200);
    world.clock.advance(DAY * 9);
    world.get("/bucket/cold").await.is(200);
    world.clock.advance(DAY * 2);
    assert_eq!(world.restore_header("cold").await, None);
    world.get("/bucket/cold").await.refused(403, "InvalidObjectState");
    // A copy taken while it can be read is an object of its own.
    world.restore("cold", document(Some(1), Some("Expedited"))).await.is(202);
    world.clock.advance(HOUR);
    world.request("PUT", "/bucket/warm").header("x-amz-copy-source", "bucket/cold").send().await.is(200);
    assert_eq!(&*world.get("/bucket/warm").await.is(200).bytes, [7; 5]);
}

#[tokio::test]
async fn what_cannot_be_restored_says_why() {
    let world = world();
    world.make("bucket").await;
    world.put_class("warm", "STANDARD_IA", 5).await;
    let refused = world.restore("warm", document(None, None)).await.refused(403, "InvalidObjectState");
    refused.has("Message", "Restore is not allowed for the object's current storage class");
    assert_eq!(refused.element("StorageClass"), None);
    world.put_class("deep", "DEEP_ARCHIVE", 5).await;
    world.restore("deep", document(None, None)).await.refused(400, "MalformedXML");
    world.restore("deep", document(Some(0), None)).await.refused(400, "InvalidArgument");
    world.restore("deep", document(Some(1), Some("Expedited"))).await.refused(400, "InvalidArgument");
    let outside = b"<RestoreRequest><Days>1</Days><Tier>Standard</Tier></RestoreRequest>".to_vec();
    world.restore("deep", outside).await.refused(400, "MalformedXML");
    world.restore("none", document(Some(1), None)).await.refused(404, "NoSuchKey");
    world.put_class("tiered", "INTELLIGENT_TIERING", 5).await;
    world.restore("tiered", document(None, None)).await.refused(403, "ObjectAlreadyInActiveTierError");
}

#[tokio::test]
async fn tiered_objects_are_archived_unread_and_come_back_for_good() {
    let world = world();
    world.make("bucket").await;
    let configuration = "<IntelligentTieringConfiguration><Id>cold</Id><Status>Enabled</Status>\
        <Tiering><Days>90</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering>\
        <Tiering><Days>180</Days><AccessTier>DEEP_ARCHIVE_ACCESS</AccessTier></Tiering></IntelligentTieringConfiguration>";
    world.put_class("before", "INTELLIGENT_TIERING", 200_000).await;
    let put = world.put("/bucket?intelligent-tiering&id=cold", configuration.as_bytes().to_vec()).await;
    assert!(matches!(put.status, 200 | 204), "{}", put.text());
    world.put_class("read", "INTELLIGENT_TIERING", 200_000).await;
    world.put_class("unread", "INTELLIGENT_TIERING", 200_000).await;
    world.put_class("small", "INTELLIGENT_TIERING", 5).await;
    world.clock.advance(DAY * 60);
    world.get("/bucket/read").await.is(200);
    world.clock.advance(DAY * 31);
    let status = async |world: &World, key: &str| {
        let head = world.request("HEAD", &format!("/bucket/{key}")).send().await.is(200);
        head.header("x-amz-archive-status").map(str::to_owned)
    };
    for key in ["unread", "before"] {
        world.until(key, async |world| status(world, key).await.as_deref() == Some("ARCHIVE_ACCESS")).await;
    }
    assert_eq!(status(&world, "read").await, None, "it was read a month ago");
    assert_eq!(status(&world, "small").await, None);
    let refused = world.get("/bucket/unread").await.refused(403, "InvalidObjectState");
    refused.has("AccessTier", "ARCHIVE_ACCESS");
    refused.has("StorageClass", "INTELLIGENT_TIERING");
    refused.has("Message", "The operation is not valid for the object's access tier");

    world.restore("unread", document(Some(1), None)).await.refused(400, "InvalidArgument");
    world.restore("unread", document(None, None)).await.is(202);
    world.clock.advance(HOUR * 5);
    world.get("/bucket/unread").await.is(200);
    assert_eq!(status(&world, "unread").await, None);
    world.clock.advance(DAY * 60);
    world
        .until("read is archived", async |world| {
            status(world, "read").await.as_deref() == Some("ARCHIVE_ACCESS")
        })
        .await;
    assert_eq!(status(&world, "unread").await, None);
    world.clock.advance(DAY * 90);
    world
        .until("deeper", async |world| status(world, "read").await.as_deref() == Some("DEEP_ARCHIVE_ACCESS"))
        .await;
}
