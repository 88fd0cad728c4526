//! What only on-demand streams have: records without partition keys, and throughput kept ready.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{World, base64, world};

const ARN: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

async fn on_demand(world: &World, more: Value) -> crate::harness::Answer {
    let mut input = json!({"StreamName": "s", "StreamModeDetails": {"StreamMode": "ON_DEMAND"}});
    let input_map = input.as_object_mut().unwrap();
    input_map.extend(more.as_object().unwrap().clone());
    world.call("CreateStream", input).await
}

#[tokio::test]
async fn auto_distribution_uses_all_shards_and_returns_no_key() {
    let world = world();
    on_demand(&world, json!({"RecordDistributionStrategy": "AUTO"})).await.ok();
    assert_eq!(world.summary("s").await["RecordDistributionStrategy"], "AUTO");
    let mut used = BTreeSet::new();
    for _ in 0..100 {
        let put = world.call("PutRecord", json!({"StreamName": "s", "Data": base64("x")})).await.ok();
        used.insert(put["ShardId"].as_str().unwrap().to_owned());
    }
    assert_eq!(used.len(), 4);
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
    let records = world.get(&iterator).await;
    assert!(records["Records"][0].get("PartitionKey").is_none());
    let keyed = json!({"StreamName": "s", "Data": base64("y"), "PartitionKey": "k"});
    world.call("PutRecord", keyed).await.ok();
}

#[tokio::test]
async fn where_keys_decide_a_record_without_one_is_refused_by_its_place() {
    let world = world();
    on_demand(&world, json!({})).await.ok();
    let put = world.call("PutRecord", json!({"StreamName": "s", "Data": base64("x")})).await;
    assert_eq!(
        put.refused("ValidationException"),
        "1 validation error detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null"
    );
    let records = json!([{"Data": base64("x"), "PartitionKey": "k"}, {"Data": base64("y")}]);
    let put = world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await;
    assert!(put.refused("ValidationException").contains("'records.2.member.partitionKey'"));
}

#[tokio::test]
async fn provisioned_streams_have_neither() {
    let world = world();
    world.create("s", 1).await;
    let auto = json!({"StreamARN": ARN, "RecordDistributionStrategy": "AUTO"});
    world.call("UpdateStreamRecordDistributionStrategy", auto).await.refused("InvalidArgumentException");
    let warm = json!({"StreamARN": ARN, "WarmThroughputMiBps": 10});
    world.call("UpdateStreamWarmThroughput", warm).await.refused("InvalidArgumentException");
}

#[tokio::test]
async fn warm_throughput_wants_the_commitment_and_opens_shards() {
    let world = world();
    on_demand(&world, json!({})).await.ok();
    let warm = json!({"StreamARN": ARN, "WarmThroughputMiBps": 19});
    world.call("UpdateStreamWarmThroughput", warm.clone()).await.refused("InvalidArgumentException");
    let commit = json!({"MinimumThroughputBillingCommitment": {"Status": "ENABLED"}});
    let settings = world.call("UpdateAccountSettings", commit).await.ok();
    assert_eq!(settings["MinimumThroughputBillingCommitment"]["Status"], "ENABLED");
    let answer = world.call("UpdateStreamWarmThroughput", warm).await.ok();
    assert_eq!(answer["WarmThroughput"], json!({"TargetMiBps": 19, "CurrentMiBps": 19}));
    let summary = world.summary("s").await;
    assert_eq!(summary["OpenShardCount"], 19);
    assert_eq!(summary["WarmThroughput"]["CurrentMiBps"], 19);
}

#[tokio::test]
async fn a_commitment_goes_on_for_a_day_though_it_was_ended() {
    let world = world();
    let set = async |status: &str| {
        let input = json!({"MinimumThroughputBillingCommitment": {"Status": status}});
        let answer = world.call("UpdateAccountSettings", input).await.ok();
        answer["MinimumThroughputBillingCommitment"]["Status"].as_str().unwrap().to_owned()
    };
    let status = async || {
        let answer = world.call("DescribeAccountSettings", json!({})).await.ok();
        answer["MinimumThroughputBillingCommitment"]["Status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status().await, "DISABLED");
    assert_eq!(set("ENABLED").await, "ENABLED");
    assert_eq!(set("DISABLED").await, "ENABLED_UNTIL_EARLIEST_ALLOWED_END");
    world.pass(Duration::from_secs(86_400)).await;
    assert_eq!(status().await, "DISABLED");
}
