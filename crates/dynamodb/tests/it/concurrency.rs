//! Conditions hold whoever else is at it.

use std::sync::Arc;

use base::{Clock, Random};
use serde_json::{Value, json};

use crate::harness::{START, World, n, s, world_over};

/// A world over the engine on a real disk, where commits take their time and meet each other.
fn on_disk(dir: &std::path::Path) -> Arc<World> {
    let clock = Clock::manual(START);
    let mut settings = storage::Settings::new(dir);
    settings.segment_bytes = Some(1 << 20);
    let parts = storage::Parts { clock: clock.clone(), random: Random::seeded(1), disk: None };
    Arc::new(world_over(storage::Embedded::open(settings, parts).unwrap(), clock, 2))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_want_a_lock_one_gets_it() {
    let dir = tempfile::tempdir().unwrap();
    let world = on_disk(dir.path());
    world.create("locks").await;
    for round in 0..10 {
        let mut racers = tokio::task::JoinSet::new();
        for racer in 0..16 {
            let world = world.clone();
            racers.spawn(async move {
                let put = json!({
                    "TableName": "locks", "Item": {"pk": s(format!("{round}")), "owner": n(racer)}, "ConditionExpression": "attribute_not_exists(pk)",
                });
                world.call("PutItem", put).await.status == 200
            });
        }
        let won = racers.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1, "round {round}");
    }
    world.tasks.stop(std::time::Duration::from_secs(5)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_addition_is_lost_and_indexes_follow() {
    let dir = tempfile::tempdir().unwrap();
    let world = on_disk(dir.path());
    let input = json!({
        "TableName": "counts", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "n", "AttributeType": "N"}],
        "GlobalSecondaryIndexes": [{"IndexName": "byCount", "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}],
    });
    world.call("CreateTable", input).await.ok();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let world = world.clone();
        workers.spawn(async move {
            for _ in 0..25 {
                let add = json!({
                    "TableName": "counts", "Key": {"pk": s("hot")}, "UpdateExpression": "ADD n :o", "ExpressionAttributeValues": {":o": n(1)},
                });
                world.call("UpdateItem", add).await.ok();
            }
        });
    }
    workers.join_all().await;
    assert_eq!(world.get("counts", json!({"pk": s("hot")})).await["n"], n(200));
    let scan = json!({"TableName": "counts", "IndexName": "byCount"});
    let shown = world.call("Scan", scan).await.ok();
    assert_eq!(shown["Items"], json!([{"pk": s("hot"), "n": n(200)}]), "one entry, of the last state");
    world.tasks.stop(std::time::Duration::from_secs(5)).await;
}

/// Money goes round between accounts: transactions that race change its place, never its sum, and every read in between sees it whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn transactions_keep_what_they_move() {
    let dir = tempfile::tempdir().unwrap();
    let world = on_disk(dir.path());
    world.create("money").await;
    for account in 0..4 {
        world.put("money", json!({"pk": s(format!("{account}")), "n": n(100)})).await;
    }
    let total = |answer: Value| -> i64 {
        let items = answer["Responses"].as_array().unwrap().clone();
        items.iter().map(|item| item["Item"]["n"]["N"].as_str().unwrap().parse::<i64>().unwrap()).sum()
    };
    let gets: Vec<Value> = (0..4)
        .map(|account| json!({"Get": {"TableName": "money", "Key": {"pk": s(format!("{account}"))}}}))
        .collect();
    let gets = json!({"TransactItems": gets});
    let mut movers = tokio::task::JoinSet::new();
    for mover in 0..6usize {
        let (world, gets) = (world.clone(), gets.clone());
        movers.spawn(async move {
            for step in 0..15usize {
                let (from, to) = ((mover + step) % 4, (mover + 3 * step + 1) % 4);
                if from == to {
                    continue;
                }
                let change = |account: usize, by: i64| {
                    json!({"Update": {
                        "TableName": "money", "Key": {"pk": s(format!("{account}"))}, "UpdateExpression": "ADD n :by",
                        "ConditionExpression": "n > :floor", "ExpressionAttributeValues": {":by": n(by), ":floor": n(0)},
                    }})
                };
                let moved = json!({"TransactItems": [change(from, -7), change(to, 7)]});
                let _ = world.call("TransactWriteItems", moved).await;
                assert_eq!(total(world.call("TransactGetItems", gets.clone()).await.ok()), 400);
            }
        });
    }
    movers.join_all().await;
    assert_eq!(total(world.call("TransactGetItems", gets).await.ok()), 400);
    world.tasks.stop(std::time::Duration::from_secs(5)).await;
}

/// An index is filled while others write, delete and hand over: it ends as its table is.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_index_is_filled_while_items_change() {
    let dir = tempfile::tempdir().unwrap();
    let world = on_disk(dir.path());
    world.create("leases").await;
    for number in 0..300 {
        world.put("leases", json!({"pk": s(format!("{number}")), "owner": s("a")})).await;
    }
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..4 {
        let world = world.clone();
        writers.spawn(async move {
            for step in 0..60 {
                let key = json!({"pk": s(format!("{}", (step * 7 + writer * 31) % 300))});
                let (operation, input) = match step % 3 {
                    0 => ("DeleteItem", json!({"TableName": "leases", "Key": key})),
                    _ => (
                        "UpdateItem",
                        json!({
                            "TableName": "leases", "Key": key, "UpdateExpression": "SET #o = :o", "ExpressionAttributeNames": {"#o": "owner"},
                            "ExpressionAttributeValues": {":o": s(if step % 2 == 0 { "a" } else { "b" })},
                        }),
                    ),
                };
                world.call(operation, input).await.ok();
            }
        });
    }
    let update = json!({
        "TableName": "leases",
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "owner", "AttributeType": "S"}],
        "GlobalSecondaryIndexUpdates": [{"Create": {
            "IndexName": "byOwner", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
        }}],
    });
    world.call("UpdateTable", update).await.ok();
    writers.join_all().await;
    loop {
        let table = world.describe("leases").await;
        if table["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE" {
            break;
        }
        tokio::task::yield_now().await;
    }
    let all = |answer: Value| -> std::collections::BTreeMap<String, String> {
        let items = answer["Items"].as_array().unwrap().clone();
        let pair = |item: &Value| (item["pk"]["S"].to_string(), item["owner"]["S"].to_string());
        items.iter().map(pair).collect()
    };
    let table = all(world.call("Scan", json!({"TableName": "leases"})).await.ok());
    let index = all(world.call("Scan", json!({"TableName": "leases", "IndexName": "byOwner"})).await.ok());
    assert_eq!(index, table);
    world.tasks.stop(std::time::Duration::from_secs(5)).await;
}
