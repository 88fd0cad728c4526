//! Query and Scan: order, pages, filters, segments.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{World, n, s, with, world};

async fn filled() -> World {
    let world = world();
    world.create_ranged("values", "N").await;
    for number in [-20, -3, 0, 1, 2, 10, 300] {
        world.put("values", json!({"pk": s("a"), "sk": n(number), "even": {"BOOL": number % 2 == 0}})).await;
    }
    world.put("values", json!({"pk": s("b"), "sk": n(1)})).await;
    world
}

fn query(more: Value) -> Value {
    with(json!({"TableName": "values"}), more)
}

fn keys(answer: &Value) -> Vec<String> {
    let items = answer["Items"].as_array().unwrap();
    items.iter().map(|item| item["sk"]["N"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn items_of_a_hash_key_come_in_the_order_of_their_range_keys() {
    let world = filled().await;
    let ask = |condition: &str, low: i64, high: Option<i64>, forward: bool| {
        let mut values = json!({":a": s("a"), ":l": n(low)});
        if let Some(high) = high {
            values[":h"] = n(high);
        }
        query(json!({
            "KeyConditionExpression": format!("pk = :a AND {condition}"), "ExpressionAttributeValues": values, "ScanIndexForward": forward,
        }))
    };
    for (condition, low, high, forward, expected) in [
        ("sk = :l", 1, None, true, vec!["1"]),
        ("sk < :l", 1, None, true, vec!["-20", "-3", "0"]),
        ("sk <= :l", 1, None, false, vec!["1", "0", "-3", "-20"]),
        ("sk > :l", 2, None, true, vec!["10", "300"]),
        ("sk >= :l", 2, None, true, vec!["2", "10", "300"]),
        ("sk BETWEEN :l AND :h", -3, Some(10), false, vec!["10", "2", "1", "0", "-3"]),
        (":l < sk", 2, None, false, vec!["300", "10"]),
    ] {
        let answer = world.call("Query", ask(condition, low, high, forward)).await.ok();
        assert_eq!(keys(&answer), expected, "{condition}");
        assert_eq!(answer["Count"], expected.len());
    }
    let older = query(json!({"KeyConditions": {
        "pk": {"ComparisonOperator": "EQ", "AttributeValueList": [s("a")]},
        "sk": {"ComparisonOperator": "GT", "AttributeValueList": [n(1)]},
    }, "QueryFilter": {"even": {"ComparisonOperator": "EQ", "AttributeValueList": [{"BOOL": true}]}}}));
    assert_eq!(keys(&world.call("Query", older).await.ok()), ["2", "10", "300"]);
    let none =
        query(json!({"KeyConditionExpression": "pk = :z", "ExpressionAttributeValues": {":z": s("z")}}));
    assert_eq!(world.call("Query", none).await.ok(), json!({"Items": [], "Count": 0, "ScannedCount": 0}));
}

#[tokio::test]
async fn strings_and_bytes_sort_as_bytes_and_are_found_by_their_beginning() {
    let world = world();
    world.create_ranged("texts", "S").await;
    world.create_ranged("blobs", "B").await;
    for text in ["b", "a", "ab", "a\u{0}", "a\u{0}b", "\u{ff}", "Z"] {
        world.put("texts", json!({"pk": s("p"), "sk": s(text)})).await;
    }
    let ask = |table: &str, start: Value| {
        json!({
            "TableName": table, "KeyConditionExpression": "pk = :p AND begins_with(sk, :s)",
            "ExpressionAttributeValues": {":p": s("p"), ":s": start},
        })
    };
    let all = json!({
        "TableName": "texts", "KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": s("p")},
    });
    let texts = |answer: Value| -> Vec<String> {
        let items = answer["Items"].as_array().unwrap().clone();
        items.iter().map(|item| item["sk"]["S"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        texts(world.call("Query", all).await.ok()),
        ["Z", "a", "a\u{0}", "a\u{0}b", "ab", "b", "\u{ff}"]
    );
    assert_eq!(texts(world.call("Query", ask("texts", s("a"))).await.ok()), ["a", "a\u{0}", "a\u{0}b", "ab"]);
    for blob in ["AAE=", "AA==", "/w==", "AP8="] {
        world.put("blobs", json!({"pk": s("p"), "sk": {"B": blob}})).await;
    }
    let answer = world.call("Query", ask("blobs", json!({"B": "AA=="}))).await.ok();
    let found: Vec<_> =
        answer["Items"].as_array().unwrap().iter().map(|item| item["sk"]["B"].clone()).collect();
    assert_eq!(found, ["AA==", "AAE=", "AP8="]);
}

#[tokio::test]
async fn pages_end_where_they_were_told_to_and_go_on_there() {
    let world = filled().await;
    let mut after = Value::Null;
    let mut found = Vec::new();
    for _ in 0..10 {
        let mut ask = query(json!({
            "KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": s("a"), ":t": {"BOOL": true}}, "Limit": 2,
            "FilterExpression": "even = :t", "ScanIndexForward": false,
        }));
        if !after.is_null() {
            ask["ExclusiveStartKey"] = after.clone();
        }
        let page = world.call("Query", ask).await.ok();
        assert!(page["ScannedCount"].as_i64().unwrap() <= 2);
        found.extend(keys(&page));
        after = page.get("LastEvaluatedKey").cloned().unwrap_or(Value::Null);
        if after.is_null() {
            break;
        }
        assert_eq!(after.as_object().unwrap().len(), 2);
    }
    assert_eq!(after, Value::Null);
    assert_eq!(found, ["300", "10", "2", "0", "-20"]);
    let foreign = query(json!({
        "KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": s("a")},
        "ExclusiveStartKey": {"pk": s("b"), "sk": n(1)},
    }));
    assert_eq!(
        world.call("Query", foreign).await.refused("ValidationException"),
        "The provided starting key is outside query boundaries based on provided conditions"
    );
    let outside = query(json!({
        "KeyConditionExpression": "pk = :a AND sk > :l", "ExpressionAttributeValues": {":a": s("a"), ":l": n(5)},
        "ExclusiveStartKey": {"pk": s("a"), "sk": n(1)},
    }));
    assert_eq!(
        world.call("Query", outside).await.refused("ValidationException"),
        "The provided starting key does not match the range key predicate"
    );
}

#[tokio::test]
async fn a_page_holds_a_mebibyte() {
    let world = world();
    world.create_ranged("large", "N").await;
    for number in 0..14 {
        world.put("large", json!({"pk": s("a"), "sk": n(number), "x": s("y".repeat(200_000))})).await;
    }
    let ask = json!({
        "TableName": "large", "KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": s("a")}, "Select": "COUNT",
    });
    let page = world.call("Query", ask.clone()).await.ok();
    assert_eq!((&page["Count"], &page["ScannedCount"], page.get("Items")), (&json!(6), &json!(6), None));
    assert_eq!(page["LastEvaluatedKey"], json!({"pk": s("a"), "sk": n(5)}));
    let next =
        world.call("Query", with(ask, json!({"ExclusiveStartKey": {"pk": s("a"), "sk": n(11)}}))).await.ok();
    assert_eq!((&next["Count"], next.get("LastEvaluatedKey")), (&json!(2), None));
}

#[tokio::test]
async fn segments_together_hold_every_item_once() {
    let world = world();
    world.create("values").await;
    for number in 0..200 {
        world
            .put(
                "values",
                json!({"pk": s(format!("key-{number}")), "kind": s(if number % 4 == 0 { "a" } else { "b" })}),
            )
            .await;
    }
    for total in [1, 3, 10, 1_000] {
        let mut seen = BTreeSet::new();
        let mut segments_used = 0;
        for segment in 0..total {
            let mut after = Value::Null;
            let mut here = 0;
            loop {
                let mut ask =
                    json!({"TableName": "values", "Segment": segment, "TotalSegments": total, "Limit": 7});
                if !after.is_null() {
                    ask["ExclusiveStartKey"] = after;
                }
                let page = world.call("Scan", ask).await.ok();
                for item in page["Items"].as_array().unwrap() {
                    here += 1;
                    assert!(seen.insert(item["pk"]["S"].as_str().unwrap().to_owned()), "{item} twice");
                }
                after = page.get("LastEvaluatedKey").cloned().unwrap_or(Value::Null);
                if after.is_null() {
                    break;
                }
            }
            segments_used += usize::from(here > 0);
        }
        assert_eq!(seen.len(), 200, "{total} segments");
        assert!(segments_used >= (total as usize).min(10), "items are spread over the segments");
    }
    let filtered = json!({
        "TableName": "values", "FilterExpression": "#k = :a", "ExpressionAttributeNames": {"#k": "kind"},
        "ExpressionAttributeValues": {":a": s("a")}, "ProjectionExpression": "pk",
    });
    let answer = world.call("Scan", filtered).await.ok();
    assert_eq!((&answer["Count"], &answer["ScannedCount"]), (&json!(50), &json!(200)));
    assert_eq!(answer["Items"][0].as_object().unwrap().len(), 1);
    let older = json!({
        "TableName": "values", "ConditionalOperator": "OR", "ScanFilter": {
            "kind": {"ComparisonOperator": "EQ", "AttributeValueList": [s("a")]},
            "pk": {"ComparisonOperator": "IN", "AttributeValueList": [s("key-1"), s("key-2")]},
        },
    });
    assert_eq!(world.call("Scan", older).await.ok()["Count"], 52);
}

#[tokio::test]
async fn a_page_goes_on_behind_an_item_that_is_gone() {
    let world = filled().await;
    let delete = json!({"TableName": "values", "Key": {"pk": s("a"), "sk": n(2)}});
    world.call("DeleteItem", delete).await.ok();
    let ask = query(json!({
        "KeyConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": s("a")},
        "ExclusiveStartKey": {"pk": s("a"), "sk": n(2)},
    }));
    assert_eq!(keys(&world.call("Query", ask).await.ok()), ["10", "300"]);
}
