//! Streams come and go.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{START, numbers, slow, text, world, world_with};

#[tokio::test]
async fn a_plain_stream_is_described_as_aws_does() {
    let world = world();
    world.create("flights", 2).await;
    let described = world.call("DescribeStream", json!({"StreamName": "flights"})).await.ok();
    let stream = &described["StreamDescription"];
    assert_eq!(stream["StreamARN"], "arn:aws:kinesis:us-east-1:000000000000:stream/flights");
    assert_eq!(stream["StreamStatus"], "ACTIVE");
    assert_eq!(stream["RetentionPeriodHours"], 24);
    assert_eq!(stream["EncryptionType"], "NONE");
    assert_eq!(stream["EnhancedMonitoring"], json!([{"ShardLevelMetrics": []}]));
    assert_eq!(stream["StreamModeDetails"], json!({"StreamMode": "PROVISIONED"}));
    assert_eq!(stream["HasMoreShards"], false);
    assert_eq!(stream["StreamCreationTimestamp"].as_f64(), Some(START.as_secs() as f64));
    assert!(stream.get("KeyId").is_none());
    let shards = stream["Shards"].as_array().unwrap();
    assert_eq!(shards[0]["HashKeyRange"]["EndingHashKey"], (u128::MAX / 2).to_string());
    assert!(shards[0].get("ParentShardId").is_none());
    assert!(shards[0]["SequenceNumberRange"].get("EndingSequenceNumber").is_none());
    let start = |at: usize| text(&shards[at]["SequenceNumberRange"]["StartingSequenceNumber"]);
    assert_eq!((start(0).len(), start(1).len()), (56, 56));
}

#[tokio::test]
async fn no_stream_id_is_given_out() {
    let world = world();
    world.create("s", 1).await;
    let summary = world.summary("s").await;
    assert!(summary.get("StreamId").is_none());
    assert_eq!(summary["OpenShardCount"], 1);
    assert_eq!(summary["ConsumerCount"], 0);
    assert_eq!(summary["MaxRecordSizeInKiB"], 1_024);
}

#[tokio::test]
async fn neither_count_nor_mode_is_on_demand_with_four_shards() {
    let world = world();
    world.call("CreateStream", json!({"StreamName": "s"})).await.ok();
    let summary = world.summary("s").await;
    assert_eq!(summary["StreamModeDetails"]["StreamMode"], "ON_DEMAND");
    assert_eq!(summary["OpenShardCount"], 4);
}

#[tokio::test]
async fn names_are_taken_once_in_an_account() {
    let world = world();
    world.create("s", 1).await;
    let again = world.call("CreateStream", json!({"StreamName": "s", "ShardCount": 1})).await;
    assert_eq!(
        again.refused("ResourceInUseException"),
        "Stream s under account 000000000000 already exists."
    );
    let other = ports::Principal::root("000000000001".parse().unwrap());
    let input = json!({"StreamName": "s", "ShardCount": 1}).to_string();
    assert_eq!(world.call_as(other, "CreateStream", input).await.status, 200);
}

#[tokio::test]
async fn a_stream_created_again_shares_nothing_with_its_predecessor() {
    let world = world();
    world.create("s", 1).await;
    let (_, number) = world.put("s", "k", "old").await;
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
    world.call("DeleteStream", json!({"StreamName": "s"})).await.ok();
    let gone = world.call("GetRecords", json!({"ShardIterator": iterator})).await;
    let text = gone.refused("ResourceNotFoundException");
    assert_eq!(text, "Shard shardId-000000000000 in stream s under account 000000000000 does not exist");
    world.clock.pass(Duration::from_secs(3));
    world.create("s", 1).await;
    assert_eq!(world.read("s", 0).await, Vec::<String>::new());
    assert_eq!(world.call("GetRecords", json!({"ShardIterator": iterator})).await.status, 400);
    let at = json!({"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AT_SEQUENCE_NUMBER",
        "StartingSequenceNumber": number});
    let refused = world.call("GetShardIterator", at).await.refused("InvalidArgumentException");
    assert!(refused.ends_with("is invalid because it did not come from this stream."), "{refused}");
}

#[tokio::test]
async fn a_deleted_stream_is_not_found() {
    let world = world();
    world.create("s", 1).await;
    world.call("DeleteStream", json!({"StreamName": "s"})).await.ok();
    for operation in
        ["DescribeStream", "DescribeStreamSummary", "DeleteStream", "ListShards", "ListTagsForStream"]
    {
        let refused = world.call(operation, json!({"StreamName": "s"})).await;
        assert_eq!(
            refused.refused("ResourceNotFoundException"),
            "Stream s under account 000000000000 not found."
        );
    }
    assert_eq!(world.call("ListStreams", json!({})).await.ok()["StreamNames"], json!([]));
}

#[tokio::test]
async fn the_sweep_leaves_nothing_of_a_deleted_stream() {
    let world = world();
    world.create("s", 3).await;
    world.put("s", "k", "x").await;
    let arn = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    world.call("RegisterStreamConsumer", json!({"StreamARN": arn, "ConsumerName": "c"})).await.ok();
    let kept = world.call("DeleteStream", json!({"StreamName": "s"})).await;
    assert!(kept.refused("ResourceInUseException").contains("there are consumers associated"));
    world.call("DeleteStream", json!({"StreamName": "s", "EnforceConsumerDeletion": true})).await.ok();
    world.pass(Duration::from_secs(1)).await;
    let store: &dyn store::Store = &**world.model.as_ref().unwrap();
    let snapshot = store.snapshot();
    let all = kinesis::tables::SHARDS.prefix(|_| {});
    assert_eq!(kinesis::tables::SHARDS.scan(&*snapshot, all, 10).await.unwrap(), []);
    let all = kinesis::tables::CONSUMERS.prefix(|_| {});
    assert_eq!(kinesis::tables::CONSUMERS.scan(&*snapshot, all, 10).await.unwrap(), []);
    let all = kinesis::tables::GRAVES.prefix(|_| {});
    assert_eq!(kinesis::tables::GRAVES.scan(&*snapshot, all, 10).await.unwrap(), []);
}

#[tokio::test]
async fn states_take_their_time_where_transitions_are_asked_for() {
    let world = slow();
    world.create("s", 1).await;
    let described = world.call("DescribeStream", json!({"StreamName": "s"})).await.ok();
    assert_eq!(described["StreamDescription"]["StreamStatus"], "CREATING");
    assert_eq!(described["StreamDescription"]["Shards"], json!([]));
    let put = json!({"StreamName": "s", "PartitionKey": "k", "Data": ""});
    let refused = world.call("PutRecord", put.clone()).await.refused("ResourceNotFoundException");
    assert_eq!(refused, "Stream s under account 000000000000 not found.");
    let split =
        json!({"StreamName": "s", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "1000"});
    let refused = world.call("SplitShard", split.clone()).await.refused("ResourceInUseException");
    assert_eq!(refused, "Stream s under account 000000000000 not ACTIVE, instead in state CREATING");
    world.clock.pass(Duration::from_secs(2));
    assert_eq!(world.summary("s").await["StreamStatus"], "ACTIVE");
    world.call("SplitShard", split.clone()).await.ok();
    assert_eq!(world.summary("s").await["StreamStatus"], "UPDATING");
    let refused = world.call("SplitShard", split).await.refused("ResourceInUseException");
    assert_eq!(refused, "Stream s under account 000000000000 not ACTIVE, instead in state UPDATING");
    world.call("PutRecord", put).await.ok();
    world.clock.pass(Duration::from_secs(2));
    world.call("DeleteStream", json!({"StreamName": "s"})).await.ok();
    assert_eq!(world.summary("s").await["StreamStatus"], "DELETING");
    world.clock.pass(Duration::from_secs(2));
    let gone = world.call("DescribeStreamSummary", json!({"StreamName": "s"})).await;
    gone.refused("ResourceNotFoundException");
    world.create("s", 1).await;
    assert_eq!(world.summary("s").await["StreamStatus"], "CREATING");
}

#[tokio::test]
async fn a_stream_may_be_deleted_while_it_is_created() {
    let world = slow();
    world.create("s", 1).await;
    world.call("DeleteStream", json!({"StreamName": "s"})).await.ok();
    assert_eq!(world.summary("s").await["StreamStatus"], "DELETING");
}

#[tokio::test]
async fn shards_of_an_account_have_a_quota() {
    let world = world_with(kinesis::Settings {
        limits: kinesis::Limits::Strict,
        shard_quota: 5,
        ..kinesis::Settings::default()
    });
    world.create("a", 3).await;
    let refused = world.call("CreateStream", json!({"StreamName": "b", "ShardCount": 3})).await;
    let text = refused.refused("LimitExceededException");
    assert!(
        text.starts_with(
            "This request would exceed the shard limit for the account 000000000000 in us-east-1. Current shard count for the account: 3. \
             Limit: 5. Number of additional shards that would have resulted from this request: 3."
        ),
        "{text}"
    );
    let limits = world.call("DescribeLimits", json!({})).await.ok();
    assert_eq!(limits["ShardLimit"], 5);
    assert_eq!(limits["OpenShardCount"], 3);
    assert_eq!(limits["OnDemandStreamCountLimit"], 50);
    world.create("b", 2).await;
    let split =
        json!({"StreamName": "b", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "1000"});
    world.call("SplitShard", split).await.refused("LimitExceededException");
}

#[tokio::test]
async fn a_stream_of_any_number_of_shards_is_refused_before_it_is_built() {
    // A hundred million of them once took all memory there was.
    let world = world();
    for shards in [10_001, 100_000_000, i32::MAX] {
        let create = json!({"StreamName": "s", "ShardCount": shards});
        world.call("CreateStream", create).await.refused("LimitExceededException");
    }
}

#[tokio::test]
async fn on_demand_streams_of_an_account_have_a_quota() {
    let world = world_with(kinesis::Settings {
        limits: kinesis::Limits::Strict,
        on_demand_quota: 1,
        ..kinesis::Settings::default()
    });
    world.call("CreateStream", json!({"StreamName": "a"})).await.ok();
    world.call("CreateStream", json!({"StreamName": "b"})).await.refused("LimitExceededException");
}

#[tokio::test]
async fn describe_stream_pages_over_shards() {
    let world = world();
    world.create("s", 120).await;
    let describe = async |more: Value| {
        let mut input = json!({"StreamName": "s"});
        for (key, value) in more.as_object().unwrap() {
            input[key] = value.clone();
        }
        world.call("DescribeStream", input).await.ok()["StreamDescription"].clone()
    };
    let first = describe(json!({"Limit": 500})).await;
    assert_eq!(first["Shards"].as_array().unwrap().len(), 100);
    assert_eq!(first["HasMoreShards"], true);
    let rest = describe(json!({"ExclusiveStartShardId": "shardId-000000000099"})).await;
    assert_eq!(numbers(rest["Shards"].as_array().unwrap()), (100..120).collect::<Vec<_>>());
    assert_eq!(rest["HasMoreShards"], false);
}

#[tokio::test]
async fn a_stream_is_named_by_its_arn_too() {
    let world = world();
    world.create("s", 1).await;
    let arn = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    world.call("DescribeStreamSummary", json!({"StreamARN": arn})).await.ok();
    world.call("DescribeStreamSummary", json!({"StreamARN": arn, "StreamName": "s"})).await.ok();
    let both = world.call("DescribeStreamSummary", json!({"StreamARN": arn, "StreamName": "t"})).await;
    both.refused("InvalidArgumentException");
    world.call("DescribeStreamSummary", json!({})).await.refused("InvalidArgumentException");
}
