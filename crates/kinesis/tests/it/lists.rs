//! ListStreams and ListShards.

use std::time::Duration;

use base::Timestamp;
use serde_json::{Value, json};

use crate::harness::{START, World, numbers, text, world};

#[tokio::test]
async fn streams_are_listed_by_name_and_page() {
    let world = world();
    for name in ["b", "a", "c", "B"] {
        world.create(name, 1).await;
    }
    let all = world.call("ListStreams", json!({})).await.ok();
    assert_eq!(all["StreamNames"], json!(["B", "a", "b", "c"]));
    assert_eq!(all["HasMoreStreams"], false);
    assert!(all.get("NextToken").is_none());
    assert_eq!(all["StreamSummaries"][1]["StreamARN"], "arn:aws:kinesis:us-east-1:000000000000:stream/a");
    let first = world.call("ListStreams", json!({"Limit": 3})).await.ok();
    assert_eq!(first["HasMoreStreams"], true);
    let rest = world.call("ListStreams", json!({"NextToken": first["NextToken"]})).await.ok();
    assert_eq!(rest["StreamNames"], json!(["c"]));
    let after = world.call("ListStreams", json!({"ExclusiveStartStreamName": "a"})).await.ok();
    assert_eq!(after["StreamNames"], json!(["b", "c"]));
    let between = world.call("ListStreams", json!({"ExclusiveStartStreamName": "aa", "Limit": 1})).await.ok();
    assert_eq!(between["StreamNames"], json!(["b"]));
}

/// Two shards; the first split after ten seconds, in the middle of its range.
async fn split_after_ten_seconds() -> World {
    let world = world();
    world.create("s", 2).await;
    world.clock.pass(Duration::from_secs(10));
    let input = json!({"StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": (1u128 << 126).to_string()});
    world.call("SplitShard", input).await.ok();
    world.clock.pass(Duration::from_secs(10));
    world
}

async fn listed(world: &World, filter: Value) -> Vec<u32> {
    let answer = world.call("ListShards", json!({"StreamName": "s", "ShardFilter": filter})).await.ok();
    numbers(answer["Shards"].as_array().unwrap())
}

fn at(kind: &str, time: Timestamp) -> Value {
    json!({"Type": kind, "Timestamp": time.as_millis() as f64 / 1_000.0})
}

#[tokio::test]
async fn filters_choose_shards_by_time_and_number() {
    let world = split_after_ten_seconds().await;
    let after = |secs: u64| START.plus(Duration::from_secs(secs));
    assert_eq!(listed(&world, json!({"Type": "FROM_TRIM_HORIZON"})).await, [0, 1, 2, 3]);
    assert_eq!(listed(&world, json!({"Type": "AT_TRIM_HORIZON"})).await, [0, 1]);
    assert_eq!(listed(&world, json!({"Type": "AT_LATEST"})).await, [1, 2, 3]);
    assert_eq!(
        listed(&world, json!({"Type": "AFTER_SHARD_ID", "ShardId": "shardId-000000000001"})).await,
        [2, 3]
    );
    assert_eq!(listed(&world, at("AT_TIMESTAMP", after(5))).await, [0, 1]);
    assert_eq!(listed(&world, at("AT_TIMESTAMP", after(15))).await, [1, 2, 3]);
    assert_eq!(
        listed(&world, at("AT_TIMESTAMP", Timestamp::from_secs(1))).await,
        [0, 1],
        "as the trim horizon"
    );
    assert_eq!(listed(&world, at("FROM_TIMESTAMP", after(5))).await, [0, 1, 2, 3]);
    assert_eq!(listed(&world, at("FROM_TIMESTAMP", after(15))).await, [1, 2, 3]);
}

#[tokio::test]
async fn at_any_millisecond_the_shards_cover_all_hash_keys_once() {
    let world = split_after_ten_seconds().await;
    for millis in 9_998..10_004 {
        let input = json!({"StreamName": "s", "ShardFilter": at("AT_TIMESTAMP", START.plus(Duration::from_millis(millis)))});
        let answer = world.call("ListShards", input).await.ok();
        let end = |shard: &Value, which: &str| {
            shard["HashKeyRange"][which].as_str().unwrap().parse::<u128>().unwrap()
        };
        let shards = answer["Shards"].as_array().unwrap();
        let mut ranges: Vec<_> =
            shards.iter().map(|shard| (end(shard, "StartingHashKey"), end(shard, "EndingHashKey"))).collect();
        ranges.sort_unstable();
        assert_eq!((ranges[0].0, ranges[ranges.len() - 1].1), (0, u128::MAX), "at {millis}");
        assert!(ranges.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "at {millis}");
    }
}

#[tokio::test]
async fn tokens_walk_over_all_shards_once_with_their_filter() {
    let world = world();
    world.create("s", 7).await;
    for (filter, all) in [(json!({"Type": "AFTER_SHARD_ID", "ShardId": "shardId-1"}), vec![2, 3, 4, 5, 6])] {
        let mut answer = world
            .call("ListShards", json!({"StreamName": "s", "MaxResults": 2, "ShardFilter": filter}))
            .await
            .ok();
        let mut seen = numbers(answer["Shards"].as_array().unwrap());
        while let Some(token) = answer.get("NextToken").cloned() {
            answer = world.call("ListShards", json!({"NextToken": token, "MaxResults": 2})).await.ok();
            seen.extend(numbers(answer["Shards"].as_array().unwrap()));
        }
        assert_eq!(seen, all);
    }
}

#[tokio::test]
async fn a_page_has_at_most_a_thousand_shards() {
    let world = world();
    world.create("s", 1_001).await;
    let answer = world.call("ListShards", json!({"StreamName": "s", "MaxResults": 10_000})).await.ok();
    assert_eq!(answer["Shards"].as_array().unwrap().len(), 1_000);
    let rest = world.call("ListShards", json!({"NextToken": answer["NextToken"]})).await.ok();
    assert_eq!(numbers(rest["Shards"].as_array().unwrap()), [1_000]);
}

#[tokio::test]
async fn tokens_are_used_alone_and_in_time() {
    let world = world();
    world.create("s", 3).await;
    let neither = world.call("ListShards", json!({})).await.refused("InvalidArgumentException");
    assert_eq!(neither, "Either NextToken or StreamName should be provided.");
    let page = world.call("ListShards", json!({"StreamName": "s", "MaxResults": 1})).await.ok();
    let token = text(&page["NextToken"]);
    let both = world.call("ListShards", json!({"StreamName": "s", "NextToken": token})).await;
    assert_eq!(
        both.refused("InvalidArgumentException"),
        "NextToken and StreamName cannot be provided together."
    );
    world.call("ListShards", json!({"NextToken": "not-a-token"})).await.refused("InvalidArgumentException");
    world.clock.pass(Duration::from_secs(301));
    world.call("ListShards", json!({"NextToken": token})).await.refused("ExpiredNextTokenException");
}

#[tokio::test]
async fn a_filter_needs_what_its_type_says() {
    let world = world();
    world.create("s", 1).await;
    for kind in ["AFTER_SHARD_ID", "AT_TIMESTAMP", "FROM_TIMESTAMP"] {
        let input = json!({"StreamName": "s", "ShardFilter": {"Type": kind}});
        world.call("ListShards", input).await.refused("InvalidArgumentException");
    }
}
