//! A Kinesis stream as the source.

use serde_json::{Value, json};

use crate::world::{FakeRecords, ROLE, World, s3};

fn from_kinesis(stream: &str, more: Value) -> Value {
    json!({
        "DeliveryStreamName": "s",
        "DeliveryStreamType": "KinesisStreamAsSource",
        "KinesisStreamSourceConfiguration": {"KinesisStreamARN": FakeRecords::arn(stream), "RoleARN": ROLE},
        "ExtendedS3DestinationConfiguration": s3("b", more),
    })
}

async fn world_with_shards(shards: &[&str]) -> World {
    let world = World::new();
    world.records.create("k");
    for shard in shards {
        world.records.open("k", shard, &[]);
    }
    world
}

#[tokio::test]
async fn delivery_begins_at_the_end_the_stream_had_at_creation() {
    let mut world = world_with_shards(&["a"]).await;
    world.records.put("k", "a", "before");
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    // The position was decided when the stream was created, not when its delivery began.
    world.restart().await;
    world.records.put("k", "a", "after");
    world.pass(60);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"after");
}

#[tokio::test]
async fn order_holds_within_each_shard() {
    let world = world_with_shards(&["a", "b"]).await;
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    for n in 0..100 {
        world.records.put("k", "a", format!("a{n:02} "));
        world.records.put("k", "b", format!("b{n:02} "));
        if n % 10 == 0 {
            world.pass(7);
            world.settle().await;
        }
    }
    world.pass(60);
    world.until(async || world.delivered().await.len() == 800).await;
    let text = String::from_utf8(world.delivered().await).unwrap();
    for shard in ["a", "b"] {
        let seen: Vec<_> = text.split_whitespace().filter(|word| word.starts_with(shard)).collect();
        assert!(seen.len() == 100 && seen.is_sorted(), "{seen:?}");
    }
}

#[tokio::test]
async fn children_are_found_and_follow_their_parents() {
    let mut world = world_with_shards(&["a", "b"]).await;
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    world.settle().await;
    world.records.put("k", "a", "1");
    world.records.open("k", "c", &["a", "b"]);
    world.records.put("k", "c", "3");
    world.records.close("k", "a");
    world.settle().await;
    // The second parent is still open, so the child waits.
    world.pass(60);
    world.until_objects(1).await;
    assert_eq!(world.delivered().await, b"1");
    world.restart().await;
    world.records.put("k", "b", "2");
    world.records.close("k", "b");
    world.settle().await;
    world.pass(60);
    world.until_objects(2).await;
    world.pass(60);
    world.settle().await;
    assert_eq!(world.delivered().await, b"123");
}

#[tokio::test]
async fn aggregated_records_come_apart() {
    let world = world_with_shards(&["a"]).await;
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    let mut message = b"\x0a\x01p".to_vec();
    for data in [b"one\n", b"two\n"] {
        message.extend_from_slice(b"\x1a\x08\x08\x00\x1a\x04");
        message.extend_from_slice(data);
    }
    let aggregate = [b"\xf3\x89\x9a\xc2".as_slice(), &message, &crypt::md5(&message)].concat();
    world.records.put("k", "a", aggregate);
    world.records.put("k", "a", "three\n");
    world.pass(60);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"one\ntwo\nthree\n");
}

#[tokio::test]
async fn one_busy_shard_does_not_keep_the_others_out() {
    let world = world_with_shards(&["a", "b"]).await;
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    for _ in 0..12 {
        world.records.put("k", "a", vec![b'a'; 500_000]);
    }
    world.records.put("k", "b", "b");
    let objects = world.until_objects(2).await;
    let first_two: usize =
        objects[..2].iter().map(|object| object.bytes.iter().filter(|byte| **byte == b'b').count()).sum();
    assert_eq!(first_two, 1);
}

#[tokio::test]
async fn a_stream_made_anew_is_read_from_its_beginning() {
    let world = world_with_shards(&["a"]).await;
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    world.records.put("k", "a", "1");
    world.pass(60);
    world.until_objects(1).await;
    world.records.delete("k");
    world.settle().await;
    world.pass(30);
    world.settle().await;
    world.records.create("k");
    world.records.open("k", "a", &[]);
    world.records.put("k", "a", "2");
    for _ in 0..4 {
        world.pass(60);
        world.settle().await;
    }
    world.until_objects(2).await;
    assert_eq!(world.delivered().await, b"12");
}

#[tokio::test]
async fn a_missing_source_is_refused() {
    let world = World::new();
    let (code, text) = world.refused("CreateDeliveryStream", from_kinesis("nosuch", json!({}))).await;
    assert_eq!(code, "InvalidArgumentException");
    assert!(text.contains("nosuch"), "{text}");
    let (code, _) = world.refused("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    assert_eq!(code, "ResourceNotFoundException");
}

#[tokio::test]
async fn direct_puts_are_refused_and_the_source_is_described() {
    let world = world_with_shards(&["a"]).await;
    world.ok("CreateDeliveryStream", from_kinesis("k", json!({}))).await;
    let put = json!({"DeliveryStreamName": "s", "Record": {"Data": "eA=="}});
    let (code, text) = world.refused("PutRecord", put).await;
    assert_eq!(code, "InvalidArgumentException");
    assert_eq!(text, "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    let answer = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let source = &answer["DeliveryStreamDescription"]["Source"]["KinesisStreamSourceDescription"];
    assert_eq!(source["KinesisStreamARN"], FakeRecords::arn("k"));
    assert_eq!(source["DeliveryStartTimestamp"].as_f64(), Some(1_783_141_200.0));
}
