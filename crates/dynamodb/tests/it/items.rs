//! Items, one at a time, in both dialects.

use serde_json::{Value, json};

use crate::harness::{n, s, with, world};

fn renew(counter: u64, next: u64) -> Value {
    json!({
        "TableName": "leases", "Key": {"pk": s("shard-0")},
        "Expected": {"leaseCounter": {"Value": n(counter)}},
        "AttributeUpdates": {"leaseCounter": {"Action": "PUT", "Value": n(next)}},
    })
}

/// The calls of the Kinesis Client Library on its leases, in its own dialect.
#[tokio::test]
async fn a_lease_is_created_taken_renewed_and_handed_over() {
    let world = world();
    world.create("leases").await;
    let create = json!({
        "TableName": "leases", "Item": {"pk": s("shard-0"), "leaseCounter": n(0), "checkpoint": s("TRIM_HORIZON")},
        "Expected": {"pk": {"Exists": false}},
    });
    world.call("PutItem", create.clone()).await.ok();
    let again = world.call("PutItem", create).await;
    assert_eq!(again.refused("ConditionalCheckFailedException"), "The conditional request failed");
    assert_eq!(again.body.get("Item"), None, "it was not asked for");

    let take = json!({
        "TableName": "leases", "Key": {"pk": s("shard-0")},
        "Expected": {"leaseCounter": {"Value": n(0)}, "leaseOwner": {"Exists": false}, "pk": {"Exists": true, "Value": s("shard-0")}},
        "AttributeUpdates": {
            "leaseCounter": {"Action": "PUT", "Value": n(1)}, "leaseOwner": {"Action": "PUT", "Value": s("w1")},
            "ownerSwitchesSinceCheckpoint": {"Action": "ADD", "Value": n(1)},
        },
        "ReturnValues": "ALL_NEW",
    });
    let taken = world.call("UpdateItem", take).await.ok();
    assert_eq!(taken["Attributes"]["leaseOwner"], s("w1"));
    assert_eq!(taken["Attributes"]["ownerSwitchesSinceCheckpoint"], n(1));

    world.call("UpdateItem", renew(1, 2)).await.ok();
    let lost = with(renew(1, 2), json!({"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}));
    let lost = world.call("UpdateItem", lost).await;
    lost.refused("ConditionalCheckFailedException");
    assert_eq!(lost.body["Item"]["leaseCounter"], n(2), "the error carries the item");

    let checkpoint = json!({
        "TableName": "leases", "Key": {"pk": s("shard-0")}, "Expected": {"leaseOwner": {"Value": s("w1")}},
        "AttributeUpdates": {
            "checkpoint": {"Action": "PUT", "Value": s("49")}, "pendingCheckpoint": {"Action": "DELETE"},
            "parentShardId": {"Action": "PUT", "Value": {"SS": ["b", "a"]}},
        },
        "ReturnValues": "UPDATED_NEW",
    });
    let checked = world.call("UpdateItem", checkpoint).await.ok();
    assert_eq!(checked["Attributes"], json!({"checkpoint": s("49"), "parentShardId": {"SS": ["a", "b"]}}));

    let drop = json!({
        "TableName": "leases", "Key": {"pk": s("shard-0")}, "Expected": {"leaseOwner": {"Value": s("w2")}},
    });
    world.call("DeleteItem", drop).await.refused("ConditionalCheckFailedException");
    world.call("DeleteItem", json!({"TableName": "leases", "Key": {"pk": s("shard-0")}})).await.ok();
    world.call("DeleteItem", json!({"TableName": "leases", "Key": {"pk": s("shard-0")}})).await.ok();
}

#[tokio::test]
async fn values_come_back_as_they_went_but_numbers_are_normal() {
    let world = world();
    world.create("values").await;
    let item = json!({
        "pk": s("a"), "empty": s(""), "bytes": {"B": "AAEC"}, "yes": {"BOOL": true}, "none": {"NULL": true}, "list": {"L": [s("x"), {"L": []}]},
        "map": {"M": {"k": {"M": {}}}}, "texts": {"SS": ["a", "b"]}, "blobs": {"BS": ["AA=="]}, "unicode": s("\u{1f980}é"),
    });
    world.put("values", item.clone()).await;
    assert_eq!(world.get("values", json!({"pk": s("a")})).await, item);
    let numbers = [
        ("1.0", "1"),
        ("-0", "0"),
        ("1e3", "1000"),
        ("0.00010", "0.0001"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    ];
    for (given, stored) in numbers {
        world.put("values", json!({"pk": s("n"), "n": n(given), "set": {"NS": [given]}})).await;
        let expected = json!({"pk": s("n"), "n": n(stored), "set": {"NS": [stored]}});
        assert_eq!(world.get("values", json!({"pk": s("n")})).await, expected);
    }
}

#[tokio::test]
async fn a_lock_is_held_by_one_in_expressions() {
    let world = world();
    world.create("locks").await;
    let acquire = |owner: &str| {
        json!({
            "TableName": "locks", "Item": {"pk": s("lock"), "ownerName": s(owner), "recordVersionNumber": s("v1"), "isReleased": s("0")},
            "ConditionExpression": "attribute_not_exists(#pk) OR (attribute_exists(#pk) AND #ir = :ir)",
            "ExpressionAttributeNames": {"#pk": "pk", "#ir": "isReleased"}, "ExpressionAttributeValues": {":ir": s("1")},
        })
    };
    world.call("PutItem", acquire("a")).await.ok();
    world.call("PutItem", acquire("b")).await.refused("ConditionalCheckFailedException");
    let release = json!({
        "TableName": "locks", "Key": {"pk": s("lock")}, "UpdateExpression": "SET #ir = :ir  REMOVE recordVersionNumber ",
        "ConditionExpression": "(attribute_exists(pk) AND #on = :on)",
        "ExpressionAttributeNames": {"#ir": "isReleased", "#on": "ownerName"},
        "ExpressionAttributeValues": {":ir": s("1"), ":on": s("a")}, "ReturnValues": "ALL_OLD",
    });
    let released = world.call("UpdateItem", release).await.ok();
    assert_eq!(released["Attributes"]["recordVersionNumber"], s("v1"));
    world.call("PutItem", acquire("b")).await.ok();
    assert_eq!(world.get("locks", json!({"pk": s("lock")})).await["ownerName"], s("b"));
}

#[tokio::test]
async fn return_values_are_what_was_asked_for() {
    let world = world();
    world.create("values").await;
    let update = |values: &str| {
        json!({
            "TableName": "values", "Key": {"pk": s("a")}, "UpdateExpression": "SET m.k = :v, x = :v REMOVE gone",
            "ExpressionAttributeValues": {":v": n(2)}, "ReturnValues": values,
        })
    };
    for (values, expected) in [
        ("NONE", Value::Null),
        ("ALL_OLD", json!({"pk": s("a"), "m": {"M": {"k": n(1), "l": n(1)}}, "gone": n(1)})),
        ("ALL_NEW", json!({"pk": s("a"), "m": {"M": {"k": n(2), "l": n(1)}}, "x": n(2)})),
        ("UPDATED_OLD", json!({"m": {"M": {"k": n(1)}}, "gone": n(1)})),
        ("UPDATED_NEW", json!({"m": {"M": {"k": n(2)}}, "x": n(2)})),
    ] {
        world.put("values", json!({"pk": s("a"), "m": {"M": {"k": n(1), "l": n(1)}}, "gone": n(1)})).await;
        let updated = world.call("UpdateItem", update(values)).await.ok();
        assert_eq!(updated.get("Attributes").cloned().unwrap_or(Value::Null), expected, "{values}");
    }
    let put = json!({"TableName": "values", "Item": {"pk": s("a")}, "ReturnValues": "ALL_OLD"});
    assert_eq!(world.call("PutItem", put).await.ok()["Attributes"]["x"], n(2));
    let delete = json!({"TableName": "values", "Key": {"pk": s("a")}, "ReturnValues": "ALL_OLD"});
    assert_eq!(world.call("DeleteItem", delete.clone()).await.ok()["Attributes"], json!({"pk": s("a")}));
    assert_eq!(world.call("DeleteItem", delete).await.ok(), json!({}));
}

#[tokio::test]
async fn an_update_makes_an_item_that_is_not_there() {
    let world = world();
    world.create("values").await;
    let nothing = json!({"TableName": "values", "Key": {"pk": s("a")}, "ReturnValues": "ALL_NEW"});
    assert_eq!(world.call("UpdateItem", nothing).await.ok()["Attributes"], json!({"pk": s("a")}));
    let count = json!({
        "TableName": "values", "Key": {"pk": s("b")}, "UpdateExpression": "ADD hits :one SET begun = if_not_exists(begun, :one)",
        "ExpressionAttributeValues": {":one": n(1)}, "ReturnValues": "ALL_NEW",
    });
    world.call("UpdateItem", count.clone()).await.ok();
    let second = world.call("UpdateItem", count).await.ok();
    assert_eq!(second["Attributes"], json!({"pk": s("b"), "hits": n(2), "begun": n(1)}));
}

#[tokio::test]
async fn parts_of_an_item_are_read_in_both_dialects() {
    let world = world();
    world.create("values").await;
    world
        .put("values", json!({"pk": s("a"), "x": n(1), "m": {"M": {"k": n(2), "l": n(3)}}, "Info": s("i")}))
        .await;
    let get = |more: Value| with(json!({"TableName": "values", "Key": {"pk": s("a")}}), more);
    let parts = get(json!({"ProjectionExpression": "#m.k, Info", "ExpressionAttributeNames": {"#m": "m"}}));
    let expected = json!({"Item": {"m": {"M": {"k": n(2)}}, "Info": s("i")}});
    assert_eq!(world.call("GetItem", parts).await.ok(), expected);
    let older = get(json!({"AttributesToGet": ["x", "none"]}));
    assert_eq!(world.call("GetItem", older).await.ok(), json!({"Item": {"x": n(1)}}));
    let missing = json!({"TableName": "values", "Key": {"pk": s("z")}});
    assert_eq!(world.call("GetItem", missing).await.ok(), json!({}));
}

#[tokio::test]
async fn capacity_is_told_to_who_asks() {
    let world = world();
    world.create("values").await;
    let big = json!({"pk": s("a"), "x": s("y".repeat(5_000))});
    let put = json!({"TableName": "values", "Item": big, "ReturnConsumedCapacity": "INDEXES"});
    let consumed = world.call("PutItem", put).await.ok()["ConsumedCapacity"].clone();
    assert_eq!(
        consumed,
        json!({"TableName": "values", "CapacityUnits": 5.0, "Table": {"CapacityUnits": 5.0}})
    );
    for (is_consistent, units) in [(true, 2.0), (false, 1.0)] {
        let get = json!({
            "TableName": "values", "Key": {"pk": s("a")}, "ConsistentRead": is_consistent, "ReturnConsumedCapacity": "TOTAL",
        });
        let consumed = world.call("GetItem", get).await.ok()["ConsumedCapacity"].clone();
        assert_eq!(consumed, json!({"TableName": "values", "CapacityUnits": units}));
    }
}

#[tokio::test]
async fn batches_write_and_read_items_of_several_tables() {
    let world = world();
    world.create("one").await;
    world.create_ranged("two", "N").await;
    let put = |item: Value| json!({"PutRequest": {"Item": item}});
    let write = json!({"RequestItems": {
        "one": [put(json!({"pk": s("a")})), put(json!({"pk": s("b"), "x": n(1)}))],
        "two": [put(json!({"pk": s("a"), "sk": n(1)}))],
    }, "ReturnConsumedCapacity": "TOTAL"});
    let written = world.call("BatchWriteItem", write).await.ok();
    assert_eq!(written["UnprocessedItems"], json!({}));
    assert_eq!(written["ConsumedCapacity"][0], json!({"TableName": "one", "CapacityUnits": 2.0}));
    let delete = json!({"RequestItems": {"one": [{"DeleteRequest": {"Key": {"pk": s("a")}}}]}});
    world.call("BatchWriteItem", delete).await.ok();
    let get = json!({"RequestItems": {
        "one": {"Keys": [{"pk": s("a")}, {"pk": s("b")}], "ProjectionExpression": "x"},
        "two": {"Keys": [{"pk": s("a"), "sk": n("1.0")}]},
    }});
    let got = world.call("BatchGetItem", get).await.ok();
    assert_eq!(got["Responses"], json!({"one": [{"x": n(1)}], "two": [{"pk": s("a"), "sk": n(1)}]}));
    assert_eq!(got["UnprocessedKeys"], json!({}));
    let twice =
        json!({"RequestItems": {"one": [put(json!({"pk": s("a")})), put(json!({"pk": s("a"), "x": n(1)}))]}});
    let refused = world.call("BatchWriteItem", twice).await.refused("ValidationException");
    assert_eq!(refused, "Provided list of item keys contains duplicates");
    let nowhere = json!({"RequestItems": {"none": [put(json!({"pk": s("a")}))]}});
    world.call("BatchWriteItem", nowhere).await.refused("ResourceNotFoundException");
}
