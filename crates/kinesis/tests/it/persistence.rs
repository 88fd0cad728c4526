//! What was acknowledged is there after the room was opened again over the same store.

use base::{Clock, Random};
use kinesis::Settings;
use serde_json::json;
use storage::Model;

use crate::harness::{START, data, world_over};

#[tokio::test]
async fn a_room_opened_again_goes_on_where_it_was() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let first = world_over(model.clone(), clock.clone(), Settings::default(), 2);
    first.create("s", 1).await;
    let (_, number) = first.put("s", "k", "1").await;
    let iterator = first.iterator("s", 0, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
    assert!(first.tasks.stop(std::time::Duration::from_secs(5)).await);
    let second = world_over(model, clock, Settings::default(), 3);
    let (_, next) = second.put("s", "k", "2").await;
    assert!(next > number);
    assert_eq!(second.read("s", 0).await, ["1", "2"]);
    assert_eq!(data(&second.get(&iterator).await), ["1", "2"], "iterators outlive the process");
}

/// Two rooms over one store, as two nodes would be: each sees within a second what the other changed, and no put goes astray meanwhile.
#[tokio::test]
async fn two_rooms_over_one_store_agree() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let a = world_over(model.clone(), clock.clone(), Settings::default(), 2);
    let b = world_over(model, clock.clone(), Settings::default(), 3);
    a.create("s", 1).await;
    b.put("s", "k", "1").await;
    let split = json!({"StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": "1000"});
    a.call("SplitShard", split).await.ok();
    let (shard, _) = b.put("s", "k", "2").await;
    assert_eq!(shard, 2);
    a.call("IncreaseStreamRetentionPeriod", json!({"StreamName": "s", "RetentionPeriodHours": 48}))
        .await
        .ok();
    clock.pass(std::time::Duration::from_secs(2));
    assert_eq!(b.summary("s").await["RetentionPeriodHours"], 48);
    a.call("DeleteStream", json!({"StreamName": "s"})).await.ok();
    clock.pass(std::time::Duration::from_secs(2));
    b.call("DescribeStreamSummary", json!({"StreamName": "s"})).await.refused("ResourceNotFoundException");
}
