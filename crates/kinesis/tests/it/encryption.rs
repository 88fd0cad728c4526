//! Records are sealed under keys of KMS, and read by whoever may use them.

use std::time::Duration;

use kinesis::tables::SHARDS;
use ports::{RecordSource, ShardPosition};
use serde_json::{Value, json};
use store::{From, Limit, Seq, Store};

use crate::harness::{World, base64, data, world};

async fn start(world: &World) {
    let input = json!({"StreamName": "s", "EncryptionType": "KMS", "KeyId": "alias/known"});
    world.call("StartStreamEncryption", input).await.ok();
}

async fn stop(world: &World) {
    let input = json!({"StreamName": "s", "EncryptionType": "KMS", "KeyId": "alias/known"});
    world.call("StopStreamEncryption", input).await.ok();
}

async fn put(world: &World, text: &str) -> Value {
    let input = json!({"StreamName": "s", "Data": base64(text), "PartitionKey": "visible key"});
    world.call("PutRecord", input).await.ok()
}

async fn records(world: &World) -> Value {
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
    world.get(&iterator).await
}

#[tokio::test]
async fn new_records_are_encrypted_and_old_ones_stay_as_they_were() {
    let world = world();
    world.create("s", 1).await;
    put(&world, "before").await;
    start(&world).await;
    let described = world.call("DescribeStream", json!({"StreamName": "s"})).await.ok();
    assert_eq!(described["StreamDescription"]["EncryptionType"], "KMS");
    assert_eq!(described["StreamDescription"]["KeyId"], "alias/known");
    assert_eq!(put(&world, "between").await["EncryptionType"], "KMS");
    let batch = json!({"StreamName": "s", "Records": [{"Data": base64("batch"), "PartitionKey": "k"}]});
    assert_eq!(world.call("PutRecords", batch).await.ok()["EncryptionType"], "KMS");
    stop(&world).await;
    assert!(put(&world, "after").await.get("EncryptionType").is_none());

    let read = records(&world).await;
    assert_eq!(data(&read), ["before", "between", "batch", "after"]);
    let types: Vec<&str> = read["Records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record.get("EncryptionType").map_or("-", |kind| kind.as_str().unwrap()))
        .collect();
    assert_eq!(types, ["-", "KMS", "KMS", "-"]);
    assert_eq!(read["Records"][1]["PartitionKey"], "visible key");
    assert_eq!(world.summary("s").await["EncryptionType"], "NONE");
}

#[tokio::test]
async fn neither_data_nor_partition_key_reach_the_store_in_plain() {
    let world = world();
    world.create("s", 1).await;
    start(&world).await;
    put(&world, "needle in the log").await;
    let model = world.model.as_ref().unwrap();
    let shards = SHARDS.scan(&*model.snapshot(), SHARDS.prefix(|_| ()), 10).await.unwrap();
    assert_eq!(shards.len(), 1);
    let all = Limit { records: 10, bytes: 1 << 20 };
    let batch = model.read(shards[0].1.value.log_id(), From::Seq(Seq(0)), all).await.unwrap();
    assert_eq!(batch.records.len(), 1);
    for needle in [&b"needle"[..], b"visible"] {
        let payload = &batch.records[0].payload;
        assert!(!payload.windows(needle.len()).any(|window| window == needle));
    }
}

#[tokio::test]
async fn one_data_key_serves_five_minutes() {
    let world = world();
    world.create("s", 1).await;
    start(&world).await;
    // Starting has proved that the key can be used.
    let before = world.keys.made();
    put(&world, "a").await;
    put(&world, "b").await;
    assert_eq!(world.keys.made(), before + 1);
    world.clock.pass(Duration::from_secs(301));
    put(&world, "c").await;
    assert_eq!(world.keys.made(), before + 2);
    assert_eq!(data(&records(&world).await), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_key_that_is_unknown_or_disabled_is_told_in_kinesis_words() {
    let world = world();
    world.create("s", 1).await;
    let unknown = json!({"StreamName": "s", "EncryptionType": "KMS", "KeyId": "nothing"});
    let text = world.call("StartStreamEncryption", unknown).await.refused("KMSNotFoundException");
    assert_eq!(text, "Key 'nothing' does not exist");
    start(&world).await;
    put(&world, "kept").await;
    world.keys.disable();
    world.clock.pass(Duration::from_secs(301));
    let input = json!({"StreamName": "s", "Data": base64("lost"), "PartitionKey": "k"});
    world.call("PutRecord", input).await.refused("KMSDisabledException");
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
    world.call("GetRecords", json!({"ShardIterator": iterator})).await.refused("KMSDisabledException");
}

#[tokio::test]
async fn other_rooms_read_under_their_own_right_to_the_key() {
    let world = world();
    world.create("s", 1).await;
    start(&world).await;
    put(&world, "sealed").await;
    let stream = "arn:aws:kinesis:us-east-1:000000000000:stream/s".parse().unwrap();
    let role = |name: &str| {
        let arn = format!("arn:aws:iam::000000000000:role/{name}").parse().unwrap();
        ports::Principal::role(base::AccountId::DEFAULT, arn, "session")
    };
    let source = world.room.state().clone();
    let allowed = role("allowed");
    let from = source.position(&allowed, &stream, "shardId-000000000000", ports::ShardStart::TrimHorizon);
    let from: ShardPosition = from.await.unwrap();
    let batch = source.read(&allowed, &stream, "shardId-000000000000", from, 10, 1_000).await.unwrap();
    assert_eq!(&batch.records[0].data[..], b"sealed");
    let denied = source.read(&role("denied"), &stream, "shardId-000000000000", from, 10, 1_000).await;
    let text = denied.unwrap_err().to_string();
    assert!(text.contains("is not authorized to decrypt records in stream s"), "{text}");
}
