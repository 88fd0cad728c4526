//! Secondary indexes show what their table holds, no more and no less.

use serde_json::{Value, json};

use crate::harness::{World, n, s, with, world};

fn global(kind: &str, more: Value) -> Value {
    let projection = with(json!({"ProjectionType": kind}), more);
    json!({
        "IndexName": "byOwner", "Projection": projection,
        "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "pk", "KeyType": "RANGE"}],
    })
}

fn defined() -> Value {
    json!([{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "owner", "AttributeType": "S"}])
}

async fn owned(world: &World, owner: &str) -> Vec<String> {
    let ask = json!({
        "TableName": "leases", "IndexName": "byOwner", "KeyConditionExpression": "#o = :o",
        "ExpressionAttributeNames": {"#o": "owner"}, "ExpressionAttributeValues": {":o": s(owner)},
    });
    let answer = world.call("Query", ask).await.ok();
    answer["Items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["pk"]["S"].as_str().unwrap().to_owned())
        .collect()
}

async fn add_index(world: &World, index: Value) -> Value {
    let update = json!({
        "TableName": "leases", "AttributeDefinitions": defined(), "GlobalSecondaryIndexUpdates": [{"Create": index}],
    });
    world.call("UpdateTable", update).await.ok()["TableDescription"].clone()
}

/// What KCL 3 does to its lease table.
#[tokio::test]
async fn an_index_is_added_to_a_table_with_items_and_filled() {
    let world = world();
    world.create("leases").await;
    for number in 0..450 {
        let owner = if number % 2 == 0 { "even" } else { "odd" };
        world
            .put("leases", json!({"pk": s(format!("{number:03}")), "owner": s(owner), "x": n(number)}))
            .await;
    }
    world.put("leases", json!({"pk": s("nobody's")})).await;
    let updated = add_index(&world, global("KEYS_ONLY", json!({}))).await;
    let index = &updated["GlobalSecondaryIndexes"][0];
    assert_eq!((&index["IndexStatus"], &index["Backfilling"]), (&json!("CREATING"), &json!(true)));
    assert_eq!(updated["TableStatus"], "UPDATING");
    world.settle().await;
    let table = world.describe("leases").await;
    assert_eq!(table["GlobalSecondaryIndexes"][0]["IndexStatus"], "ACTIVE");
    assert_eq!(table["GlobalSecondaryIndexes"][0]["ItemCount"], 450);
    assert_eq!(table["TableStatus"], "ACTIVE");
    let even = owned(&world, "even").await;
    assert_eq!(even.len(), 225);
    assert!(even.is_sorted());

    let hand_over = json!({
        "TableName": "leases", "Key": {"pk": s("000")}, "AttributeUpdates": {"owner": {"Value": s("odd")}},
    });
    world.call("UpdateItem", hand_over).await.ok();
    let release = json!({"TableName": "leases", "Key": {"pk": s("002")}, "UpdateExpression": "REMOVE #o", "ExpressionAttributeNames": {"#o": "owner"}});
    world.call("UpdateItem", release).await.ok();
    world.call("DeleteItem", json!({"TableName": "leases", "Key": {"pk": s("004")}})).await.ok();
    assert_eq!(owned(&world, "even").await.len(), 222);
    assert_eq!(owned(&world, "odd").await[0], "000");
}

#[tokio::test]
async fn an_index_shows_what_it_projects() {
    for (kind, more, expected) in [
        ("KEYS_ONLY", json!({}), json!({"pk": s("a"), "owner": s("w")})),
        ("INCLUDE", json!({"NonKeyAttributes": ["x"]}), json!({"pk": s("a"), "owner": s("w"), "x": n(1)})),
        ("ALL", json!({}), json!({"pk": s("a"), "owner": s("w"), "x": n(1), "y": n(2)})),
    ] {
        let world = world();
        world.create("leases").await;
        add_index(&world, global(kind, more)).await;
        world.settle().await;
        world.put("leases", json!({"pk": s("a"), "owner": s("w"), "x": n(1), "y": n(2)})).await;
        let scan = json!({"TableName": "leases", "IndexName": "byOwner"});
        assert_eq!(world.call("Scan", scan.clone()).await.ok()["Items"], json!([expected]), "{kind}");
        let consistent = world.call("Scan", with(scan.clone(), json!({"ConsistentRead": true}))).await;
        assert_eq!(
            consistent.refused("ValidationException"),
            "Consistent reads are not supported on global secondary indexes"
        );
        let all = world.call("Scan", with(scan.clone(), json!({"Select": "ALL_ATTRIBUTES"}))).await;
        let part = world.call("Scan", with(scan, json!({"ProjectionExpression": "pk, y"}))).await;
        if kind == "ALL" {
            all.ok();
            assert_eq!(part.ok()["Items"], json!([{"pk": s("a"), "y": n(2)}]));
        } else {
            all.refused("ValidationException");
            let text = part.refused("ValidationException");
            assert!(text.ends_with("Global secondary index byOwner does not project [y]"), "{text}");
        }
    }
}

#[tokio::test]
async fn items_with_equal_index_keys_stand_beside_each_other_and_pages_tell_them_apart() {
    let world = world();
    let input = json!({
        "TableName": "events", "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}, {"AttributeName": "kind", "AttributeType": "S"},
        ],
        "LocalSecondaryIndexes": [{"IndexName": "byKind", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "kind", "KeyType": "RANGE"}]}],
        "GlobalSecondaryIndexes": [{"IndexName": "allOfKind", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}]}],
    });
    world.call("CreateTable", input).await.ok();
    for number in 0..9 {
        world.put("events", json!({"pk": s("a"), "sk": n(number), "kind": s("k"), "x": n(number)})).await;
    }
    for (index, condition, values) in [
        ("byKind", "pk = :a AND kind = :k", json!({":a": s("a"), ":k": s("k")})),
        ("allOfKind", "kind = :k", json!({":k": s("k")})),
    ] {
        for forward in [true, false] {
            let mut after = Value::Null;
            let mut seen = std::collections::BTreeSet::new();
            loop {
                let mut ask = json!({
                    "TableName": "events", "IndexName": index, "KeyConditionExpression": condition, "ExpressionAttributeValues": values,
                    "Limit": 2, "ScanIndexForward": forward,
                });
                if !after.is_null() {
                    ask["ExclusiveStartKey"] = after;
                }
                let page = world.call("Query", ask).await.ok();
                for item in page["Items"].as_array().unwrap() {
                    assert!(seen.insert(item["sk"]["N"].as_str().unwrap().to_owned()));
                }
                after = page.get("LastEvaluatedKey").cloned().unwrap_or(Value::Null);
                if after.is_null() {
                    break;
                }
                assert_eq!(after.as_object().unwrap().len(), 3, "keys of table and index");
            }
            assert_eq!(seen.len(), 9, "{index}");
        }
    }
    // A local index fetches what it does not show.
    let whole = json!({
        "TableName": "events", "IndexName": "byKind", "KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": s("a")},
        "Select": "ALL_ATTRIBUTES", "ConsistentRead": true, "Limit": 1,
    });
    assert!(world.call("Query", whole).await.ok()["Items"][0]["x"].is_object());
    let wrong = json!({"TableName": "events", "Item": {"pk": s("a"), "sk": n(1), "kind": n(1)}});
    assert_eq!(
        world.call("PutItem", wrong).await.refused("ValidationException"),
        "One or more parameter values were invalid: Type mismatch for Index Key kind Expected: S Actual: N IndexName: byKind"
    );
    let filtered = json!({
        "TableName": "events", "KeyConditionExpression": "pk = :a", "FilterExpression": "sk > :z",
        "ExpressionAttributeValues": {":a": s("a"), ":z": n(1)},
    });
    assert_eq!(
        world.call("Query", filtered).await.refused("ValidationException"),
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"
    );
}

#[tokio::test]
async fn an_index_that_was_deleted_is_gone_and_can_be_made_anew() {
    let world = world();
    world.create("leases").await;
    world.put("leases", json!({"pk": s("a"), "owner": s("w")})).await;
    add_index(&world, global("KEYS_ONLY", json!({}))).await;
    world.settle().await;
    let again = json!({
        "TableName": "leases", "AttributeDefinitions": defined(),
        "GlobalSecondaryIndexUpdates": [{"Create": global("KEYS_ONLY", json!({}))}],
    });
    let refused = world.call("UpdateTable", again).await.refused("ValidationException");
    assert!(refused.contains("already exists"), "{refused}");
    let delete =
        json!({"TableName": "leases", "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "byOwner"}}]});
    world.call("UpdateTable", delete.clone()).await.ok();
    let table = world.describe("leases").await;
    assert_eq!(table.get("GlobalSecondaryIndexes"), None);
    assert_eq!(table["AttributeDefinitions"].as_array().unwrap().len(), 1, "what no key uses is forgotten");
    world.call("UpdateTable", delete).await.refused("ResourceNotFoundException");
    world.settle().await;
    world.put("leases", json!({"pk": s("b"), "owner": s("w")})).await;
    add_index(&world, global("ALL", json!({}))).await;
    world.settle().await;
    assert_eq!(owned(&world, "w").await, ["a", "b"]);
}

#[tokio::test]
async fn what_an_index_costs_is_told() {
    let world = world();
    world.create("leases").await;
    add_index(&world, global("KEYS_ONLY", json!({}))).await;
    world.settle().await;
    let put = |owner: &str, x: i64| {
        json!({
            "TableName": "leases", "Item": {"pk": s("a"), "owner": s(owner), "x": n(x)}, "ReturnConsumedCapacity": "INDEXES",
        })
    };
    let index = |units: f64| json!({"byOwner": {"CapacityUnits": units}});
    let cost = |answer: Value| answer["ConsumedCapacity"]["GlobalSecondaryIndexes"].clone();
    assert_eq!(cost(world.call("PutItem", put("a", 1)).await.ok()), index(1.0));
    assert_eq!(cost(world.call("PutItem", put("a", 2)).await.ok()), Value::Null, "what is shown stays");
    assert_eq!(cost(world.call("PutItem", put("b", 2)).await.ok()), index(2.0), "one out, one in");
}
