//! Whatever is written at random, the room holds what a plain map would.

use std::collections::BTreeMap;

use base::Random;
use serde_json::{Value, json};

use crate::harness::{World, n, s, world};

/// Hash keys and range keys that meet each other often.
const HASHES: u64 = 4;
const RANGES: u64 = 9;
const STEPS: usize = 1_500;

type Plain = BTreeMap<(u64, i64), BTreeMap<String, i64>>;

async fn table() -> World {
    let world = world();
    let input = json!({
        "TableName": "values", "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}, {"AttributeName": "x", "AttributeType": "N"},
        ],
        "GlobalSecondaryIndexes": [{"IndexName": "byX", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "x", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]}],
    });
    world.call("CreateTable", input).await.ok();
    world
}

fn shown((hash, range): (u64, i64), values: &BTreeMap<String, i64>) -> Value {
    let mut item = json!({"pk": s(format!("h{hash}")), "sk": n(range)});
    for (name, value) in values {
        item[name] = n(value);
    }
    item
}

fn sorted(mut items: Vec<Value>) -> Vec<Value> {
    items.sort_by_key(|item| item.to_string());
    items
}

#[tokio::test]
async fn random_writes_leave_what_a_map_would_hold() {
    for seed in 0..3 {
        let random = Random::seeded(seed);
        let world = table().await;
        let mut plain = Plain::new();
        for step in 0..STEPS {
            let key = (random.u64() % HASHES, (random.u64() % RANGES) as i64 - 4);
            let wire_key = json!({"pk": s(format!("h{}", key.0)), "sk": n(key.1)});
            let value = (random.u64() % 5) as i64;
            match random.u64() % 6 {
                0 => {
                    let values = BTreeMap::from([("x".to_owned(), value)]);
                    world.put("values", shown(key, &values)).await;
                    plain.insert(key, values);
                }
                1 => {
                    world.call("DeleteItem", json!({"TableName": "values", "Key": wire_key})).await.ok();
                    plain.remove(&key);
                }
                2 => {
                    let add = json!({
                        "TableName": "values", "Key": wire_key, "UpdateExpression": "ADD y :v", "ExpressionAttributeValues": {":v": n(value)},
                    });
                    world.call("UpdateItem", add).await.ok();
                    *plain.entry(key).or_default().entry("y".to_owned()).or_default() += value;
                }
                3 => {
                    let set = json!({
                        "TableName": "values", "Key": wire_key, "UpdateExpression": "SET x = :v REMOVE y",
                        "ConditionExpression": "x < :v", "ExpressionAttributeValues": {":v": n(value)},
                    });
                    let holds =
                        plain.get(&key).and_then(|values| values.get("x")).is_some_and(|x| *x < value);
                    let done = world.call("UpdateItem", set).await.status == 200;
                    assert_eq!(done, holds, "step {step} of seed {seed}");
                    if holds {
                        plain.insert(key, BTreeMap::from([("x".to_owned(), value)]));
                    }
                }
                4 => {
                    let expected = plain.get(&key).map_or(Value::Null, |values| shown(key, values));
                    assert_eq!(world.get("values", wire_key).await, expected, "step {step} of seed {seed}");
                }
                _ => {
                    let low = (random.u64() % RANGES) as i64 - 4;
                    let ask = json!({
                        "TableName": "values", "KeyConditionExpression": "pk = :p AND sk >= :l",
                        "ExpressionAttributeValues": {":p": s(format!("h{}", key.0)), ":l": n(low)},
                    });
                    let expected: Vec<Value> = plain
                        .range((key.0, low)..(key.0 + 1, i64::MIN))
                        .map(|(key, values)| shown(*key, values))
                        .collect();
                    assert_eq!(
                        world.call("Query", ask).await.ok()["Items"],
                        json!(expected),
                        "step {step} of seed {seed}"
                    );
                }
            }
        }
        let all = world.call("Scan", json!({"TableName": "values"})).await.ok()["Items"]
            .as_array()
            .unwrap()
            .clone();
        let expected: Vec<Value> = plain.iter().map(|(key, values)| shown(*key, values)).collect();
        assert_eq!(sorted(all), sorted(expected));
        let index = json!({"TableName": "values", "IndexName": "byX"});
        let index = world.call("Scan", index).await.ok()["Items"].as_array().unwrap().clone();
        let with_x = plain.iter().filter(|(_, values)| values.contains_key("x"));
        let expected: Vec<Value> = with_x.map(|(key, values)| shown(*key, values)).collect();
        assert_eq!(sorted(index), sorted(expected), "the index of seed {seed}");
        assert_eq!(world.describe("values").await["ItemCount"], plain.len());
    }
}
