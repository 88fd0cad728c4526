//! Resharding.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{World, base64, data, number, numbers, strict, text, world};

const MIDDLE: u128 = 1 << 127;

async fn split(world: &World, shard: u32, at: u128) {
    let input = json!({"StreamName": "s", "ShardToSplit": format!("shardId-{shard:012}"), "NewStartingHashKey": at.to_string()});
    world.call("SplitShard", input).await.ok();
}

fn merge(lower: u32, upper: u32) -> Value {
    json!({"StreamName": "s", "ShardToMerge": format!("shardId-{lower:012}"), "AdjacentShardToMerge": format!("shardId-{upper:012}")})
}

fn range(shard: &Value) -> (u128, u128) {
    let part = |name: &str| shard["HashKeyRange"][name].as_str().unwrap().parse().unwrap();
    (part("StartingHashKey"), part("EndingHashKey"))
}

fn is_open(shard: &Value) -> bool {
    shard["SequenceNumberRange"].get("EndingSequenceNumber").is_none()
}

/// The open shards cover all hash keys once.
async fn assert_covered(world: &World) {
    let mut open: Vec<(u128, u128)> =
        world.shards("s").await.iter().filter(|shard| is_open(shard)).map(range).collect();
    open.sort_unstable();
    assert_eq!(open[0].0, 0);
    assert_eq!(open[open.len() - 1].1, u128::MAX);
    assert!(open.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
}

#[tokio::test]
async fn a_split_closes_the_parent_and_opens_two_children() {
    let world = world();
    world.create("s", 1).await;
    let (_, before) = world.put("s", "k", "before").await;
    split(&world, 0, MIDDLE).await;
    let shards = world.shards("s").await;
    assert_eq!(numbers(&shards), [0, 1, 2]);
    assert_eq!((range(&shards[1]), range(&shards[2])), ((0, MIDDLE - 1), (MIDDLE, u128::MAX)));
    assert!(!is_open(&shards[0]) && is_open(&shards[1]) && is_open(&shards[2]));
    assert_eq!(shards[1]["ParentShardId"], "shardId-000000000000");
    assert!(shards[1].get("AdjacentParentShardId").is_none());
    let (shard, after) = world.put("s", "k", "after").await;
    assert_ne!(shard, 0);
    let ending = text(&shards[0]["SequenceNumberRange"]["EndingSequenceNumber"]);
    assert!(before < ending && ending < after, "numbers rise from parent to child");
    assert_eq!(world.read("s", 0).await, ["before"]);
    assert_eq!(world.read("s", shard).await, ["after"]);
}

#[tokio::test]
async fn the_end_of_a_closed_shard_names_its_children_and_no_iterator() {
    let world = world();
    world.create("s", 1).await;
    for record in 0..3 {
        world.put("s", "k", &record.to_string()).await;
    }
    let latest = world.iterator("s", 0, json!({"ShardIteratorType": "LATEST"})).await;
    split(&world, 0, MIDDLE).await;
    let oldest = world.iterator("s", 0, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
    let part = world.call("GetRecords", json!({"ShardIterator": oldest, "Limit": 2})).await.ok();
    assert!(part.get("ChildShards").is_none(), "not at the end yet");
    let ends = [
        world.get(&text(&part["NextShardIterator"])).await,
        world.get(&latest).await,
        world.get(&world.iterator("s", 0, json!({"ShardIteratorType": "LATEST"})).await).await,
    ];
    for end in ends {
        assert!(end.get("NextShardIterator").is_none());
        let children = end["ChildShards"].as_array().unwrap();
        assert_eq!(numbers(children), [1, 2]);
        assert_eq!(children[0]["ParentShards"], json!(["shardId-000000000000"]));
        assert_eq!(range(&children[1]), (MIDDLE, u128::MAX));
        assert_eq!(end["MillisBehindLatest"], 0);
    }
}

#[tokio::test]
async fn the_ending_number_of_a_shard_is_a_place_in_it() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "k", "x").await;
    split(&world, 0, MIDDLE).await;
    let ending = text(&world.shards("s").await[0]["SequenceNumberRange"]["EndingSequenceNumber"]);
    for kind in ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] {
        let more = json!({"ShardIteratorType": kind, "StartingSequenceNumber": ending});
        let end = world.get(&world.iterator("s", 0, more).await).await;
        assert_eq!(data(&end), Vec::<String>::new());
        assert_eq!(end["ChildShards"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_merge_joins_two_neighbours() {
    let world = world();
    world.create("s", 3).await;
    world.call("MergeShards", merge(0, 1)).await.ok();
    let shards = world.shards("s").await;
    assert_eq!(shards[3]["ParentShardId"], "shardId-000000000000");
    assert_eq!(shards[3]["AdjacentParentShardId"], "shardId-000000000001");
    assert_eq!(range(&shards[3]), (0, range(&shards[1]).1));
    assert_eq!(shards.iter().map(is_open).collect::<Vec<_>>(), [false, false, true, true]);
    assert_covered(&world).await;
    let end = world.get(&world.iterator("s", 1, json!({"ShardIteratorType": "LATEST"})).await).await;
    assert_eq!(numbers(end["ChildShards"].as_array().unwrap()), [3]);
    assert_eq!(
        end["ChildShards"][0]["ParentShards"],
        json!(["shardId-000000000000", "shardId-000000000001"])
    );
}

#[tokio::test]
async fn only_neighbours_in_order_are_merged() {
    let world = world();
    world.create("s", 3).await;
    for (lower, upper) in [(0, 2), (1, 0), (1, 1)] {
        assert_eq!(
            world.call("MergeShards", merge(lower, upper)).await.refused("InvalidArgumentException"),
            format!(
                "Shards shardId-{lower:012} and shardId-{upper:012} in stream s under account 000000000000 are not an adjacent pair of shards \
                 eligible for merging"
            )
        );
    }
    let unknown = world.call("MergeShards", merge(2, 7)).await.refused("ResourceNotFoundException");
    assert_eq!(unknown, "Could not find shard shardId-000000000007 in stream s under account 000000000000.");
}

#[tokio::test]
async fn a_closed_shard_is_not_split_again() {
    let world = world();
    world.create("s", 1).await;
    split(&world, 0, MIDDLE).await;
    let input = json!({"StreamName": "s", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": MIDDLE.to_string()});
    assert_eq!(
        world.call("SplitShard", input).await.refused("InvalidArgumentException"),
        "Shard shardId-000000000000 in stream s under account 000000000000 has already been merged or split, and thus is not eligible for \
         merging or splitting."
    );
}

#[tokio::test]
async fn a_split_key_leaves_room_on_both_sides() {
    let world = world();
    world.create("s", 1).await;
    for key in ["0", "1", &u128::MAX.to_string(), "340282366920938463463374607431768211456"] {
        let input = json!({"StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": key});
        assert_eq!(
            world.call("SplitShard", input).await.refused("InvalidArgumentException"),
            format!(
                "NewStartingHashKey {key} used in SplitShard() on shard shardId-000000000000 in stream s under account 000000000000 is not both \
                 greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey {}.",
                u128::MAX
            )
        );
    }
    split(&world, 0, 2).await;
}

#[tokio::test]
async fn scaling_makes_the_shards_aws_makes() {
    for (from, to, total) in [(2, 4, 6), (4, 5, 15), (10, 13, 37), (4, 2, 6), (5, 3, 7)] {
        let world = world();
        world.create("s", from).await;
        let input = json!({"StreamName": "s", "TargetShardCount": to, "ScalingType": "UNIFORM_SCALING"});
        let answer = world.call("UpdateShardCount", input).await.ok();
        assert_eq!(
            answer,
            json!({"StreamName": "s", "CurrentShardCount": from, "TargetShardCount": to,
                "StreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/s"})
        );
        let shards = world.shards("s").await;
        assert_eq!(shards.len(), total, "{from} to {to}");
        assert_eq!(world.summary("s").await["OpenShardCount"], to);
        assert_covered(&world).await;
    }
}

#[tokio::test]
async fn scaling_has_its_limits() {
    let world = strict();
    world.create("s", 4).await;
    let scale = |target: i32| json!({"StreamName": "s", "TargetShardCount": target, "ScalingType": "UNIFORM_SCALING"});
    for target in [1, 9] {
        world.call("UpdateShardCount", scale(target)).await.refused("InvalidArgumentException");
    }
    world.call("UpdateShardCount", scale(0)).await.refused("ValidationException");
    for round in 0..10 {
        world.clock.pass(Duration::from_secs(1));
        world.call("UpdateShardCount", scale(if round % 2 == 0 { 3 } else { 4 })).await.ok();
    }
    world.clock.pass(Duration::from_secs(1));
    let refused = world.call("UpdateShardCount", scale(3)).await;
    assert!(!refused.refused("LimitExceededException").starts_with("Rate exceeded"));
    world.clock.pass(Duration::from_secs(86_401));
    world.call("UpdateShardCount", scale(3)).await.ok();
}

#[tokio::test]
async fn on_demand_shards_are_not_their_owners_business() {
    let world = world();
    world.call("CreateStream", json!({"StreamName": "s"})).await.ok();
    let scale = json!({"StreamName": "s", "TargetShardCount": 5, "ScalingType": "UNIFORM_SCALING"});
    assert_eq!(
        world.call("UpdateShardCount", scale).await.refused("ValidationException"),
        "Request is invalid. Stream s under account 000000000000 is in On-Demand mode."
    );
    world.call("MergeShards", merge(0, 1)).await.refused("ValidationException");
}

/// A closed shard goes once its last record is past the retention; its children stay.
#[tokio::test]
async fn a_closed_shard_expires() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "k", "x").await;
    split(&world, 0, MIDDLE).await;
    world.clock.pass(Duration::from_secs(24 * 3_600 - 1));
    assert_eq!(numbers(&world.shards("s").await), [0, 1, 2]);
    world.clock.pass(Duration::from_secs(2));
    assert_eq!(numbers(&world.shards("s").await), [1, 2]);
    world.pass(Duration::from_secs(120)).await;
    let shards = world.shards("s").await;
    assert_eq!(numbers(&shards), [1, 2]);
    assert_eq!(shards[0]["ParentShardId"], "shardId-000000000000");
    let input = json!({"StreamName": "s", "ShardId": "shardId-0", "ShardIteratorType": "LATEST"});
    world.call("GetShardIterator", input).await.refused("ResourceNotFoundException");
    let store: &dyn store::Store = &**world.model.as_ref().unwrap();
    let rows = kinesis::tables::SHARDS.prefix(|_| {});
    assert_eq!(kinesis::tables::SHARDS.scan(&*store.snapshot(), rows, 9).await.unwrap().len(), 2);
}

/// Puts from many tasks while shards are split and merged: all that was acknowledged is there once, where it was said to be, in order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn puts_that_race_resharding_are_neither_lost_nor_misordered() {
    const WRITERS: usize = 4;
    const BATCHES: usize = 60;
    let world = std::sync::Arc::new(world());
    world.create("s", 2).await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let world = world.clone();
            tokio::spawn(async move {
                let mut told = Vec::new();
                for batch in 0..BATCHES {
                    let name = |record: usize| format!("{writer}-{batch}-{record}");
                    let records: Vec<Value> = (0..5)
                        .map(|at| json!({"PartitionKey": name(at), "Data": base64(&name(at))}))
                        .collect();
                    let answer =
                        world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await.ok();
                    assert_eq!(answer["FailedRecordCount"], 0);
                    for (at, result) in answer["Records"].as_array().unwrap().iter().enumerate() {
                        told.push((number(&result["ShardId"]), text(&result["SequenceNumber"]), name(at)));
                    }
                    tokio::task::yield_now().await;
                }
                told
            })
        })
        .collect();
    for _ in 0..10 {
        let open: Vec<Value> = world.shards("s").await.into_iter().filter(is_open).collect();
        let (first, last) = range(&open[0]);
        split(&world, number(&open[0]["ShardId"]), first + (last - first) / 2).await;
        tokio::task::yield_now().await;
        let open: Vec<Value> = world.shards("s").await.into_iter().filter(is_open).collect();
        let lowest = open.iter().min_by_key(|shard| range(shard)).unwrap();
        let next = open.iter().find(|shard| range(shard).0 == range(lowest).1 + 1).unwrap();
        world.call("MergeShards", merge(number(&lowest["ShardId"]), number(&next["ShardId"]))).await.ok();
        tokio::task::yield_now().await;
    }
    let mut told = Vec::new();
    for writer in writers {
        told.extend(writer.await.unwrap());
    }
    told.sort();
    assert_covered(&world).await;
    let mut read = Vec::new();
    for shard in numbers(&world.shards("s").await) {
        let iterator = world.iterator("s", shard, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
        let answer = world.get(&iterator).await;
        let found = data(&answer);
        for (record, data) in answer["Records"].as_array().unwrap().iter().zip(found) {
            read.push((shard, text(&record["SequenceNumber"]), data));
        }
    }
    assert_eq!(read.len(), WRITERS * BATCHES * 5);
    assert_eq!(read, told);
}

/// Beyond what one commit takes: slice by slice, and the map is whole when it answers.
#[tokio::test]
async fn a_stream_scales_to_ten_thousand_shards() {
    let world = world();
    world.create("s", 6_000).await;
    world.put("s", "k", "before").await;
    let scale = async |target: u32| {
        let input = json!({"StreamName": "s", "TargetShardCount": target, "ScalingType": "UNIFORM_SCALING"});
        world.call("UpdateShardCount", input).await.ok();
        let summary = world.summary("s").await;
        assert_eq!(
            (&summary["OpenShardCount"], &summary["StreamStatus"]),
            (&json!(target), &json!("ACTIVE"))
        );
    };
    scale(10_000).await;
    scale(9_999).await;
    world.put("s", "k", "after").await;
}

/// The process ended between two slices of a scaling: the stream is UPDATING, and the sweep goes on.
#[tokio::test]
async fn a_scaling_that_broke_off_is_gone_on_with() {
    use kinesis::tables::{STREAMS, Scaling};
    let world = world();
    world.create("s", 8).await;
    let snapshot = world.store.snapshot();
    let (key, row) = STREAMS.scan(&*snapshot, STREAMS.prefix(|_| {}), 1).await.unwrap().remove(0);
    let mut row = row.value;
    row.scaling = Some(Scaling { target: 5, pass_first: 8, splitting: true });
    let mut commit = store::Commit::new(store::CommitId(77));
    commit.put(STREAMS, &key, &row);
    world.store.commit(commit).await.unwrap();
    world.clock.pass(std::time::Duration::from_secs(2));
    let split = json!({"StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": "1000"});
    world.call("SplitShard", split).await.refused("ResourceInUseException");
    world.put("s", "k", "x").await;
    world.pass(std::time::Duration::from_secs(60)).await;
    let summary = world.summary("s").await;
    assert_eq!((&summary["OpenShardCount"], &summary["StreamStatus"]), (&json!(5), &json!("ACTIVE")));
    assert_covered(&world).await;
}
