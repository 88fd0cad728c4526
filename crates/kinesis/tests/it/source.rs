//! A stream as Firehose reads it.

use base::{AccountId, Arn};
use ports::{PortError, Principal, RecordSource, ShardPosition, ShardStart};
use serde_json::json;

use crate::harness::world;

fn root() -> Principal {
    Principal::root(AccountId::DEFAULT)
}

fn arn() -> Arn {
    "arn:aws:kinesis:us-east-1:000000000000:stream/s".parse().unwrap()
}

const FIRST: &str = "shardId-000000000000";

#[tokio::test]
async fn a_consumer_reads_parents_to_their_end_and_then_children() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "k", "before").await;
    let split =
        json!({"StreamName": "s", "ShardToSplit": FIRST, "NewStartingHashKey": (1u128 << 127).to_string()});
    world.call("SplitShard", split).await.ok();
    let (child, _) = world.put("s", "k", "after").await;
    let source = world.room.state();
    let shards = source.shards(&root(), &arn()).await.unwrap();
    assert_eq!(shards.iter().map(|shard| shard.closed).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(shards[1].parents, [FIRST]);
    let start = source.position(&root(), &arn(), FIRST, ShardStart::TrimHorizon).await.unwrap();
    let batch = source.read(&root(), &arn(), FIRST, start, 100, 1 << 20).await.unwrap();
    assert!(batch.ended);
    assert_eq!(&batch.records[0].data[..], b"before");
    assert_eq!(batch.records[0].partition_key, "k");
    let child = format!("shardId-{child:012}");
    let batch = source.read(&root(), &arn(), &child, ShardPosition(0), 100, 1 << 20).await.unwrap();
    assert!(!batch.ended);
    assert_eq!(&batch.records[0].data[..], b"after");
    let more = source.read(&root(), &arn(), &child, batch.next, 100, 1 << 20).await.unwrap();
    assert!(more.records.is_empty() && more.next == batch.next);
}

#[tokio::test]
async fn waiting_ends_when_a_record_comes_or_the_shard_closes() {
    let world = world();
    world.create("s", 1).await;
    let source = world.room.state().clone();
    let latest = source.position(&root(), &arn(), FIRST, ShardStart::Latest).await.unwrap();
    let waiting = {
        let source = source.clone();
        tokio::spawn(async move { source.wait(&arn(), FIRST, latest).await })
    };
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    world.put("s", "k", "x").await;
    waiting.await.unwrap().unwrap();
    let batch = source.read(&root(), &arn(), FIRST, latest, 10, 1 << 20).await.unwrap();
    assert_eq!(batch.records.len(), 1);
    let waiting = {
        let source = source.clone();
        tokio::spawn(async move { source.wait(&arn(), FIRST, batch.next).await })
    };
    tokio::task::yield_now().await;
    let split = json!({"StreamName": "s", "ShardToSplit": FIRST, "NewStartingHashKey": "1000"});
    world.call("SplitShard", split).await.ok();
    waiting.await.unwrap().unwrap();
}

#[tokio::test]
async fn roles_of_the_account_read_and_others_do_not() {
    let world = world();
    world.create("s", 1).await;
    let source = world.room.state();
    let role = |account: &str| {
        let role = format!("arn:aws:iam::{account}:role/firehose").parse().unwrap();
        Principal::role(account.parse().unwrap(), role, "session")
    };
    source.shards(&role("000000000000"), &arn()).await.unwrap();
    for stranger in [role("000000000001"), Principal::anonymous()] {
        assert!(matches!(source.shards(&stranger, &arn()).await, Err(PortError::Denied(_))));
    }
}

#[tokio::test]
async fn a_stream_that_is_gone_is_not_found() {
    let world = world();
    let source = world.room.state();
    let gone = source.shards(&root(), &arn()).await.unwrap_err();
    let message = "Stream s under account 000000000000 not found.".to_owned();
    assert_eq!(gone, PortError::NotFound { code: "ResourceNotFoundException", message });
}
