//! Direct PUT into a bucket: when, under which name, in which form.

use std::io::Read;
use std::sync::atomic::Ordering;

use serde_json::json;

use crate::world::World;

const ERRORS: &str = "e/!{firehose:error-output-type}/";

#[tokio::test]
async fn records_become_one_object_when_the_interval_is_over_and_not_before() {
    let world = World::new();
    world.create("s", json!({})).await;
    for data in [b"abc", b"abc", b"abd"] {
        world.put("s", data).await;
    }
    world.pass(59);
    world.settle().await;
    assert!(world.objects("b").await.is_empty());
    world.pass(1);
    let objects = world.until_objects(1).await;
    assert_eq!(&objects[0].bytes[..], b"abcabcabd");
    assert!(objects[0].key.starts_with("2026/07/04/05/s-1-2026-07-04-05-01-00-"), "{}", objects[0].key);
    assert_eq!(objects[0].content_type.as_deref(), Some("application/octet-stream"));
    assert_eq!(objects[0].content_encoding, None);
    let acted: Vec<_> = world.objects.principals.lock().unwrap().iter().cloned().collect();
    assert_eq!(acted, ["arn:aws:sts::000000000000:assumed-role/firehose/s"]);
}

#[tokio::test]
async fn the_interval_counts_from_the_oldest_record() {
    let world = World::new();
    world.create("s", json!({"Prefix": "!{timestamp:HH-mm-ss}/", "ErrorOutputPrefix": ERRORS})).await;
    world.pass(10);
    world.put("s", b"first").await;
    world.pass(50);
    world.put("s", b"second").await;
    world.pass(10);
    let objects = world.until_objects(1).await;
    assert_eq!(&objects[0].bytes[..], b"firstsecond");
    assert!(objects[0].key.starts_with("05-00-10/s-1-2026-07-04-05-01-10-"), "{}", objects[0].key);
}

#[tokio::test]
async fn a_full_buffer_does_not_wait() {
    let world = World::new();
    world.create("s", json!({"BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 900}})).await;
    for n in 0..10u8 {
        world.put("s", &vec![b'a' + n; 262_144]).await;
    }
    let objects = world.until_objects(2).await;
    world.settle().await;
    assert_eq!(world.objects("b").await.len(), 2, "the rest is still buffered");
    assert!(objects.iter().all(|object| object.bytes.len() == 1 << 20));
    assert_eq!((objects[0].bytes[0], objects[1].bytes[0]), (b'a', b'e'));
    world.pass(900);
    let objects = world.until_objects(3).await;
    assert_eq!(objects[2].bytes.len(), 524_288);
}

#[tokio::test]
async fn an_object_is_built_in_pieces_whatever_its_size() {
    let world = World::new();
    world.create("s", json!({"BufferingHints": {"SizeInMBs": 16, "IntervalInSeconds": 900}})).await;
    let mut expected = Vec::new();
    for n in 0..20u32 {
        let data: Vec<u8> = (0..1_000_000u32).map(|at| (at.wrapping_mul(n + 7) >> 5) as u8).collect();
        world.put("s", &data).await;
        expected.extend_from_slice(&data);
    }
    let objects = world.until_objects(1).await;
    assert_eq!(objects[0].bytes.len(), 17_000_000, "the first record at or past the size closes the object");
    assert_eq!(&objects[0].bytes[..], &expected[..17_000_000]);
    assert!(world.objects.largest_piece.load(Ordering::SeqCst) <= 2 << 20);
}

#[tokio::test]
async fn each_container_says_what_it_is() {
    let world = World::new();
    for (name, format) in [("g", "GZIP"), ("z", "ZIP"), ("x", "Snappy"), ("h", "HADOOP_SNAPPY")] {
        world.create(name, json!({"CompressionFormat": format, "Prefix": name})).await;
        world.put(name, b"hello ").await;
        world.put(name, b"world").await;
    }
    world.pass(60);
    let objects = world.until_objects(4).await;
    let found: Vec<_> = objects
        .iter()
        .map(|object| {
            let extension = object.key.rsplit('.').next().unwrap();
            (&object.key[..1], extension, object.content_encoding.as_deref().unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("g", "gz", "gzip"),
            ("h", "snappy", "hadoop-snappy"),
            ("x", "snappy", "snappy-java"),
            ("z", "zip", "zip")
        ]
    );
    let mut text = String::new();
    flate2::read::GzDecoder::new(&objects[0].bytes[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, "hello world");
}

#[tokio::test]
async fn a_newline_follows_each_record_when_asked_for() {
    let world = World::new();
    let processing = json!({"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]});
    world.create("s", json!({"ProcessingConfiguration": processing})).await;
    for data in [&b"{\"a\":1}"[..], b"", b"{\"a\":2}"] {
        world.put("s", data).await;
    }
    world.pass(60);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"{\"a\":1}\n\n{\"a\":2}\n");
}

#[tokio::test]
async fn zero_buffering_delivers_within_seconds() {
    let world = World::new();
    world.create("s", json!({"BufferingHints": {"SizeInMBs": 128, "IntervalInSeconds": 0}})).await;
    world.put("s", b"now").await;
    world.pass(1);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"now");
}

#[tokio::test]
async fn delivered_records_are_trimmed_and_nothing_is_delivered_twice() {
    let mut world = World::new();
    world.create("s", json!({})).await;
    let mut expected = Vec::new();
    for round in 0..5 {
        let data = format!("<{round}>");
        world.put("s", data.as_bytes()).await;
        expected.extend_from_slice(data.as_bytes());
        world.pass(60);
        world.until_objects(round + 1).await;
        world.restart().await;
    }
    world.pass(3_600);
    world.settle().await;
    assert_eq!(world.delivered().await, expected);
    assert_eq!(world.model.blob_count(), 5);
}

#[tokio::test]
async fn a_restart_does_not_begin_the_interval_again() {
    let mut world = World::new();
    world.create("s", json!({})).await;
    world.put("s", b"x").await;
    world.pass(40);
    world.restart().await;
    world.pass(20);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"x");
}

#[tokio::test]
async fn a_missing_bucket_is_tried_again_until_it_is_there() {
    let world = World::new();
    world.objects.buckets.lock().unwrap().clear();
    world.create("s", json!({})).await;
    world.put("s", b"kept").await;
    for _ in 0..40 {
        world.pass(30);
        world.settle().await;
    }
    assert!(world.objects("b").await.is_empty());
    world.objects.buckets.lock().unwrap().insert("b".to_owned());
    world.pass(30);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"kept");
}

#[tokio::test]
async fn what_cannot_be_delivered_for_a_day_is_dropped_and_younger_records_are_not() {
    let world = World::new();
    world.objects.buckets.lock().unwrap().clear();
    world.create("s", json!({})).await;
    world.put("s", b"old").await;
    world.pass(23 * 3_600);
    world.put("s", b"young").await;
    world.settle().await;
    world.pass(3_600);
    world.settle().await;
    world.pass(30);
    world.settle().await;
    world.objects.buckets.lock().unwrap().insert("b".to_owned());
    world.pass(30);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"young");
}

#[tokio::test]
async fn a_day_that_passes_at_once_loses_nothing() {
    let world = World::new();
    world.create("s", json!({})).await;
    world.put("s", b"x").await;
    world.pass(30 * 86_400);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"x");
}

#[tokio::test]
async fn an_update_changes_how_the_next_object_is_made() {
    let world = World::new();
    world.create("s", json!({"Prefix": "a/"})).await;
    world.put("s", b"x").await;
    world
        .ok(
            "UpdateDestination",
            json!({
                "DeliveryStreamName": "s",
                "CurrentDeliveryStreamVersionId": "1",
                "DestinationId": "destinationId-000000000001",
                "ExtendedS3DestinationUpdate": {
                    "Prefix": "b/", "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
                },
            }),
        )
        .await;
    world.pass(1);
    let objects = world.until_objects(1).await;
    assert!(objects[0].key.starts_with("b/2026/07/04/05/s-2-"), "{}", objects[0].key);
}

#[tokio::test]
async fn deletion_discards_what_was_not_delivered_and_the_name_is_free() {
    let world = World::new();
    world.create("s", json!({"Prefix": "a/"})).await;
    world.put("s", b"old").await;
    world.ok("DeleteDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    world.create("s", json!({"Prefix": "b/"})).await;
    world.put("s", b"new").await;
    world.pass(60);
    let objects = world.until_objects(1).await;
    world.settle().await;
    assert_eq!(world.delivered().await, b"new");
    assert!(objects[0].key.starts_with("b/"));
}

#[tokio::test]
async fn many_streams_deliver_side_by_side() {
    let world = World::new();
    for n in 0..40 {
        let name = format!("s{n:02}");
        world.create(&name, json!({"Prefix": format!("{name}/"), "CompressionFormat": "GZIP"})).await;
        world.put(&name, name.as_bytes()).await;
    }
    world.pass(60);
    assert_eq!(world.until_objects(40).await.len(), 40);
}

#[tokio::test]
async fn objects_are_encrypted_under_the_key_that_the_destination_names() {
    let world = World::new();
    let key = "arn:aws:kms:us-east-1:000000000000:key/k";
    let encryption = json!({"KMSEncryptionConfig": {"AWSKMSKeyARN": key}});
    world.create("s", json!({"EncryptionConfiguration": encryption})).await;
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let destination = &shown["DeliveryStreamDescription"]["Destinations"][0];
    assert_eq!(destination["ExtendedS3DestinationDescription"]["EncryptionConfiguration"], encryption);
    world.put("s", b"a").await;
    world.pass(60);
    world.until_objects(1).await;
    assert!(world.objects.kms_keys.lock().unwrap().contains(key));
}
