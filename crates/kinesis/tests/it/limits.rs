//! AWS's rates, where they are asked for.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{base64, strict, world};

const THROTTLED: &str = "ProvisionedThroughputExceededException";

#[tokio::test]
async fn a_thousand_records_a_second_and_the_rest_fail_one_by_one() {
    let world = strict();
    world.create("s", 1).await;
    let records: Vec<Value> =
        (0..400).map(|key| json!({"PartitionKey": key.to_string(), "Data": ""})).collect();
    let put = json!({"StreamName": "s", "Records": records});
    for _ in 0..2 {
        assert_eq!(world.call("PutRecords", put.clone()).await.ok()["FailedRecordCount"], 0);
    }
    let answer = world.call("PutRecords", put.clone()).await.ok();
    assert_eq!(answer["FailedRecordCount"], 200);
    let failed = &answer["Records"][399];
    assert_eq!(failed["ErrorCode"], THROTTLED);
    assert_eq!(
        failed["ErrorMessage"],
        "Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000."
    );
    assert!(failed.get("SequenceNumber").is_none() && failed.get("ShardId").is_none());
    let all_failed = world.call("PutRecords", put.clone()).await.ok();
    assert_eq!(all_failed["FailedRecordCount"], 400);
    world.clock.pass(Duration::from_secs(1));
    assert_eq!(world.call("PutRecords", put).await.ok()["FailedRecordCount"], 0);
    assert_eq!(world.read("s", 0).await.len(), 1_400);
}

#[tokio::test]
async fn put_record_answers_with_the_exception_itself() {
    let world = strict();
    world.create("s", 1).await;
    let put = json!({"StreamName": "s", "PartitionKey": "k", "Data": base64(&"z".repeat(900_000))});
    world.call("PutRecord", put.clone()).await.ok();
    let refused = world.call("PutRecord", put).await.refused(THROTTLED);
    assert_eq!(
        refused,
        "Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000."
    );
}

#[tokio::test]
async fn five_reads_a_second_a_shard() {
    let world = strict();
    world.create("s", 2).await;
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "LATEST"})).await;
    let other = world.iterator("s", 1, json!({"ShardIteratorType": "LATEST"})).await;
    for _ in 0..5 {
        world.get(&iterator).await;
    }
    world.call("GetRecords", json!({"ShardIterator": iterator})).await.refused(THROTTLED);
    world.get(&other).await;
    world.clock.pass(Duration::from_millis(200));
    world.get(&iterator).await;
}

#[tokio::test]
async fn control_calls_are_counted_by_account() {
    let world = strict();
    for _ in 0..5 {
        world.call("ListStreams", json!({})).await.ok();
    }
    let refused = world.call("ListStreams", json!({})).await.refused("LimitExceededException");
    assert_eq!(refused, "Rate exceeded for account 000000000000.");
    let other = ports::Principal::root("000000000001".parse().unwrap());
    assert_eq!(world.call_as(other, "ListStreams", "{}".to_owned()).await.status, 200);
    world.clock.pass(Duration::from_secs(1));
    world.call("ListStreams", json!({})).await.ok();
}

#[tokio::test]
async fn no_rates_are_kept_unless_asked_for() {
    let world = world();
    world.create("s", 1).await;
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "LATEST"})).await;
    for _ in 0..30 {
        world.call("ListStreams", json!({})).await.ok();
        world.get(&iterator).await;
        world.put("s", "k", &"z".repeat(100_000)).await;
    }
}
