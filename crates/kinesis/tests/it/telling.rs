//! What the service tells of itself.

use serde_json::json;

use crate::harness::{World, strict, text, world};

/// The sum of a metric with these dimensions.
fn sum(world: &World, name: &str, dimensions: &[(&str, &str)]) -> Option<f64> {
    let told = world.listener.told.lock().unwrap();
    let wanted: Vec<(String, String)> =
        dimensions.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let values: Vec<f64> =
        told.iter().filter(|told| told.0 == name && told.1 == wanted).map(|told| told.2).collect();
    (!values.is_empty()).then(|| values.iter().sum())
}

#[tokio::test]
async fn puts_and_reads_are_told_by_stream() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "key", "12345").await;
    let records = json!([{"PartitionKey": "k", "Data": "YWI="}, {"PartitionKey": "k", "Data": "YWI="}]);
    world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await.ok();
    assert_eq!(world.read("s", 0).await.len(), 3);
    let of = [("StreamName", "s")];
    for (name, expected) in [
        ("IncomingBytes", 14.0),
        ("IncomingRecords", 3.0),
        ("WriteProvisionedThroughputExceeded", 0.0),
        ("PutRecord.Bytes", 8.0),
        ("PutRecord.Success", 1.0),
        ("PutRecords.Bytes", 6.0),
        ("PutRecords.Records", 2.0),
        ("PutRecords.Success", 1.0),
        ("GetRecords.Bytes", 14.0),
        ("GetRecords.Records", 3.0),
        ("GetRecords.Success", 1.0),
        ("GetRecords.IteratorAgeMilliseconds", 0.0),
        ("ReadProvisionedThroughputExceeded", 0.0),
    ] {
        assert_eq!(sum(&world, name, &of), Some(expected), "{name}");
    }
    assert!(
        sum(&world, "PutRecords.Latency", &of).is_some() && sum(&world, "GetRecords.Latency", &of).is_some()
    );
    // Shards only where that was switched on.
    assert_eq!(
        sum(&world, "IncomingBytes", &[("StreamName", "s"), ("ShardId", "shardId-000000000000")]),
        None
    );
}

#[tokio::test]
async fn shards_are_told_where_enhanced_monitoring_is_on() {
    let world = world();
    world.create("s", 1).await;
    let on = json!({"StreamName": "s", "ShardLevelMetrics": ["IncomingRecords", "OutgoingBytes"]});
    world.call("EnableEnhancedMonitoring", on).await.ok();
    world.put("s", "key", "12345").await;
    world.read("s", 0).await;
    let shard = [("StreamName", "s"), ("ShardId", "shardId-000000000000")];
    assert_eq!(sum(&world, "IncomingRecords", &shard), Some(1.0));
    assert_eq!(sum(&world, "OutgoingBytes", &shard), Some(8.0));
    assert_eq!(sum(&world, "IncomingBytes", &shard), None);
}

#[tokio::test]
async fn what_is_throttled_is_told() {
    let world = strict();
    world.create("s", 1).await;
    let large = "x".repeat(600_000);
    world.put("s", "k", &large).await;
    let input = json!({"StreamName": "s", "PartitionKey": "k", "Data": crate::harness::base64(&large)});
    world.call("PutRecord", input).await.refused("ProvisionedThroughputExceededException");
    let of = [("StreamName", "s")];
    assert_eq!(sum(&world, "WriteProvisionedThroughputExceeded", &of), Some(1.0));
    assert_eq!(sum(&world, "PutRecord.Success", &of), Some(1.0));
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "LATEST"})).await;
    for _ in 0..5 {
        world.get(&iterator).await;
    }
    let sixth = world.call("GetRecords", json!({"ShardIterator": iterator})).await;
    assert!(text(&sixth.body["__type"]).starts_with("ProvisionedThroughput"));
    assert_eq!(sum(&world, "ReadProvisionedThroughputExceeded", &of), Some(1.0));
}
