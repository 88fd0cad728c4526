//! What is refused before an operation runs.

use base::AccountId;
use ports::Principal;
use serde_json::json;

use crate::harness::world;

fn root() -> Principal {
    Principal::root(AccountId::DEFAULT)
}

#[tokio::test]
async fn another_accounts_stream_is_denied_before_anything_is_looked_up() {
    let world = world();
    let arn = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
    let other = Principal::root("000000000001".parse().unwrap());
    let input = json!({"StreamARN": arn, "PartitionKey": "", "Data": ""}).to_string();
    let denied = world.call_as(other, "PutRecord", input).await;
    assert_eq!(
        denied.refused("AccessDeniedException"),
        format!(
            "User: arn:aws:iam::000000000001:root is not authorized to perform: kinesis:PutRecord on resource: {arn} because no resource-based \
             policy allows the kinesis:PutRecord action"
        )
    );
}

#[tokio::test]
async fn another_accounts_iterator_is_denied() {
    let world = world();
    world.create("s", 1).await;
    let iterator = world.iterator("s", 0, json!({"ShardIteratorType": "LATEST"})).await;
    let other = Principal::root("000000000001".parse().unwrap());
    let input = json!({"ShardIterator": iterator}).to_string();
    world.call_as(other, "GetRecords", input).await.refused("AccessDeniedException");
}

#[tokio::test]
async fn what_does_not_decode_is_a_serialization_exception() {
    let world = world();
    for body in ["hello", "[]"] {
        let refused = world.call_as(root(), "ListStreams", body.to_owned()).await;
        assert_eq!(refused.refused("SerializationException"), "", "{body}");
    }
    let body = r#"{"StreamName":"a","ShardCount":"23"}"#.to_owned();
    let refused = world.call_as(root(), "CreateStream", body).await.refused("SerializationException");
    assert_eq!(refused, "class java.lang.String can not be converted to an Integer");
}

#[tokio::test]
async fn constraints_are_named_as_aws_names_them() {
    let world = world();
    assert_eq!(
        world.call("GetRecords", json!({})).await.refused("ValidationException"),
        "1 validation error detected: Value null at 'shardIterator' failed to satisfy constraint: Member must not be null"
    );
    let input = json!({"StreamName": "a b", "ShardCount": 0});
    let refused = world.call("CreateStream", input).await.refused("ValidationException");
    assert!(refused.starts_with("2 validation errors detected: "), "{refused}");
    let input = json!({"StreamName": "s", "Records": []});
    let refused = world.call("PutRecords", input).await.refused("ValidationException");
    assert!(
        refused.contains(
            "'records' failed to satisfy constraint: Member must have length greater than or equal to 1"
        ),
        "{refused}"
    );
}

#[tokio::test]
async fn a_body_beyond_fifteen_mebibytes_is_too_large() {
    let world = world();
    let body = " ".repeat((15 << 20) + 1);
    assert_eq!(world.call_as(root(), "PutRecords", body).await.status, 413);
}
