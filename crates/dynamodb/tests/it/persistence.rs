//! What was acknowledged is there after the room was opened again.

use std::time::Duration;

use base::{Clock, Random};
use serde_json::{Value, json};
use storage::Model;

use crate::harness::{START, hash_only, n, s, world_over};

#[tokio::test]
async fn a_room_opened_again_has_its_tables_items_and_tokens() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let first = world_over(model.clone(), clock.clone(), 2);
    first.create("leases").await;
    first.put("leases", json!({"pk": s("a"), "n": n(1)})).await;
    let count = json!({"TransactItems": [{"Update": {
        "TableName": "leases", "Key": {"pk": s("a")}, "UpdateExpression": "ADD n :o", "ExpressionAttributeValues": {":o": n(1)},
    }}], "ClientRequestToken": "token"});
    first.call("TransactWriteItems", count.clone()).await.ok();
    assert!(first.tasks.stop(Duration::from_secs(5)).await);
    let second = world_over(model, clock, 3);
    second.call("TransactWriteItems", count).await.ok();
    assert_eq!(second.get("leases", json!({"pk": s("a")})).await["n"], n(2));
    assert_eq!(second.describe("leases").await["ItemCount"], 1);
}

/// An index whose backfill was broken off is filled by the next run.
#[tokio::test]
async fn a_backfill_that_was_broken_off_begins_again() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let first = world_over(model.clone(), clock.clone(), 2);
    first.create("leases").await;
    first.put("leases", json!({"pk": s("a"), "owner": s("w")})).await;
    // Its background work is over before the index comes.
    assert!(first.tasks.stop(Duration::from_secs(5)).await);
    let update = json!({
        "TableName": "leases",
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "owner", "AttributeType": "S"}],
        "GlobalSecondaryIndexUpdates": [{"Create": {
            "IndexName": "byOwner", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
        }}],
    });
    first.call("UpdateTable", update).await.ok();
    let scan = json!({"TableName": "leases", "IndexName": "byOwner"});
    let early = first.call("Scan", scan.clone()).await.refused("ValidationException");
    assert_eq!(early, "Cannot read from backfilling global secondary index: byOwner");
    let second = world_over(model, clock, 3);
    second.settle().await;
    assert_eq!(second.call("Scan", scan).await.ok()["Count"], 1);
    assert_eq!(second.describe("leases").await["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE");
}

/// Over the engine on a real disk: closed, opened, and everything is there.
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
    for run in 0..3u64 {
        let world = world_over(open(run), clock.clone(), run + 10);
        if run == 0 {
            world.call("CreateTable", hash_only("values")).await.ok();
        }
        for number in 0..20u64 {
            let key = format!("{run}-{number}");
            world.put("values", json!({"pk": s(&*key), "x": s("y".repeat(1_000))})).await;
            told.push(key);
        }
        let gone = told.swap_remove(usize::try_from(run).unwrap());
        world.call("DeleteItem", json!({"TableName": "values", "Key": {"pk": s(&*gone)}})).await.ok();
        for key in &told {
            assert_ne!(
                world.get("values", json!({"pk": s(&**key)})).await,
                Value::Null,
                "{key} in run {run}"
            );
        }
        assert_eq!(world.describe("values").await["ItemCount"], told.len());
        assert!(world.tasks.stop(Duration::from_secs(5)).await);
    }
}
