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

/// Over the engine on a real disk: closed, opened, and everything is there, in order, and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directory_opened_again_holds_all_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::manual(START);
    let open = |seed| {
        let mut settings = storage::Settings::new(dir.path());
        settings.segment_bytes = Some(1 << 20);
        let parts = storage::Parts { clock: clock.clone(), random: Random::seeded(seed), disk: None };
        storage::Embedded::open(settings, parts).unwrap()
    };
    let mut told = Vec::new();
    for round in 0..3 {
        let store = open(round);
        let world = world_over(store.clone(), clock.clone(), Settings::default(), 10 + round);
        if round == 0 {
            world.create("s", 1).await;
        }
        for record in 0..40 {
            let key = format!("{round}-{record}");
            told.push(world.put("s", &key, &key.repeat(300)).await);
        }
        if round == 0 {
            let split = json!({"StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": "1000"});
            world.call("SplitShard", split).await.ok();
        }
        assert!(world.tasks.stop(std::time::Duration::from_secs(5)).await);
        tokio::task::spawn_blocking(move || store.close()).await.unwrap();
        clock.pass(std::time::Duration::from_secs(1));
    }
    let store = open(9);
    let world = world_over(store.clone(), clock.clone(), Settings::default(), 19);
    let mut read = Vec::new();
    for shard in crate::harness::numbers(&world.shards("s").await) {
        let iterator = world.iterator("s", shard, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
        for record in world.get(&iterator).await["Records"].as_array().unwrap() {
            read.push((shard, crate::harness::text(&record["SequenceNumber"])));
        }
    }
    told.sort();
    assert_eq!(read, told);
    assert!(world.tasks.stop(std::time::Duration::from_secs(5)).await);
    tokio::task::spawn_blocking(move || store.close()).await.unwrap();
}
