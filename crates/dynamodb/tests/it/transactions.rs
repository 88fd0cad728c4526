//! Several items, all or none.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{World, n, s, world};

async fn two_tables() -> World {
    let world = world();
    world.create("one").await;
    world.create("two").await;
    world.put("one", json!({"pk": s("a"), "n": n(1)})).await;
    world
}

fn put(table: &str, key: &str, condition: Option<&str>) -> Value {
    let mut put = json!({"TableName": table, "Item": {"pk": s(key)}});
    if let Some(condition) = condition {
        put["ConditionExpression"] = json!(condition);
    }
    json!({"Put": put})
}

fn count() -> Value {
    json!({"Update": {"TableName": "one", "Key": {"pk": s("a")}, "UpdateExpression": "ADD n :o", "ExpressionAttributeValues": {":o": n(1)}}})
}

/// What KCL 3 does when it moves its coordinator's state.
#[tokio::test]
async fn a_transaction_puts_and_deletes_or_does_neither() {
    let world = two_tables().await;
    let delete = json!({"Delete": {"TableName": "one", "Key": {"pk": s("a")}}});
    let items = json!([put("two", "a", Some("attribute_not_exists(pk)")), delete]);
    world.call("TransactWriteItems", json!({"TransactItems": items})).await.ok();
    assert_eq!(world.get("two", json!({"pk": s("a")})).await, json!({"pk": s("a")}));
    assert_eq!(world.get("one", json!({"pk": s("a")})).await, Value::Null);
    world.put("one", json!({"pk": s("a")})).await;
    let again = world.call("TransactWriteItems", json!({"TransactItems": items})).await;
    let text = again.refused("TransactionCanceledException");
    assert_eq!(
        text,
        "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]"
    );
    assert_eq!(again.body["Message"], text, "spelt with a capital");
    let reasons = json!([
        {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}, {"Code": "None"},
    ]);
    assert_eq!(again.body["CancellationReasons"], reasons);
    assert_eq!(world.get("one", json!({"pk": s("a")})).await, json!({"pk": s("a")}), "nothing was done");
}

#[tokio::test]
async fn a_reason_carries_the_item_if_it_was_asked_for() {
    let world = two_tables().await;
    let check = json!({"ConditionCheck": {
        "TableName": "one", "Key": {"pk": s("a")}, "ConditionExpression": "n = :n", "ExpressionAttributeValues": {":n": n(7)},
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }});
    let wrong = json!({"Update": {
        "TableName": "two", "Key": {"pk": s("z")}, "UpdateExpression": "SET x = y",
    }});
    let items = json!([put("two", "b", None), check, wrong]);
    let answer = world.call("TransactWriteItems", json!({"TransactItems": items})).await;
    let text = answer.refused("TransactionCanceledException");
    assert!(text.ends_with("[None, ConditionalCheckFailed, ValidationError]"), "{text}");
    assert_eq!(answer.body["CancellationReasons"][1]["Item"], json!({"pk": s("a"), "n": n(1)}));
    assert_eq!(
        answer.body["CancellationReasons"][2]["Message"],
        "The provided expression refers to an attribute that does not exist in the item"
    );
    assert_eq!(world.get("two", json!({"pk": s("b")})).await, Value::Null);
}

#[tokio::test]
async fn a_token_makes_repeating_harmless_for_ten_minutes() {
    let world = two_tables().await;
    let once = json!({"TransactItems": [count()], "ClientRequestToken": "token"});
    for _ in 0..3 {
        world.call("TransactWriteItems", once.clone()).await.ok();
    }
    let counted = || async { world.get("one", json!({"pk": s("a")})).await["n"].clone() };
    assert_eq!(counted().await, n(2));
    let other = json!({"TransactItems": [put("one", "b", None)], "ClientRequestToken": "token"});
    world.call("TransactWriteItems", other.clone()).await.refused("IdempotentParameterMismatchException");
    world.pass(Duration::from_secs(601)).await;
    world.call("TransactWriteItems", once).await.ok();
    assert_eq!(counted().await, n(3));
}

#[tokio::test]
async fn transactions_that_cannot_be_are_refused() {
    let world = two_tables().await;
    let twice = json!({"TransactItems": [put("one", "a", None), count()]});
    assert_eq!(
        world.call("TransactWriteItems", twice).await.refused("ValidationException"),
        "Transaction request cannot include multiple operations on one item"
    );
    let both = json!({"TransactItems": [{"Put": put("one", "a", None)["Put"], "Update": count()["Update"]}]});
    world.call("TransactWriteItems", both).await.refused("ValidationException");
    let none = json!({"TransactItems": []});
    world.call("TransactWriteItems", none).await.refused("ValidationException");
    let nowhere = json!({"TransactItems": [put("none", "a", None)]});
    world.call("TransactWriteItems", nowhere).await.refused("ResourceNotFoundException");
    let large: Vec<Value> = (0..12)
        .map(|number| json!({"Put": {"TableName": "two", "Item": {"pk": s(format!("{number}")), "x": s("y".repeat(380_000))}}}))
        .collect();
    let refused = world.call("TransactWriteItems", json!({"TransactItems": large})).await;
    assert!(refused.refused("ValidationException").contains("4 MB"));
    assert_eq!(world.get("two", json!({"pk": s("0")})).await, Value::Null);
}

#[tokio::test]
async fn items_are_read_as_they_are_at_one_moment() {
    let world = two_tables().await;
    let get =
        |key: &str| json!({"Get": {"TableName": "one", "Key": {"pk": s(key)}, "ProjectionExpression": "n"}});
    let ask = json!({"TransactItems": [get("a"), get("b")], "ReturnConsumedCapacity": "TOTAL"});
    let answer = world.call("TransactGetItems", ask).await.ok();
    assert_eq!(answer["Responses"], json!([{"Item": {"n": n(1)}}, {}]));
    let expected = json!([{"TableName": "one", "CapacityUnits": 4.0, "ReadCapacityUnits": 4.0}]);
    assert_eq!(answer["ConsumedCapacity"], expected);
}
