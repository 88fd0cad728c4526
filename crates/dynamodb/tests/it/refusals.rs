//! What is wrong is refused, in AWS's words.

use serde_json::{Value, json};

use crate::harness::{n, s, with, world};

#[tokio::test]
async fn requests_that_contradict_themselves_are_refused() {
    let world = world();
    world.create("values").await;
    let put = |more: Value| with(json!({"TableName": "values", "Item": {"pk": s("a")}}), more);
    let update = |more: Value| with(json!({"TableName": "values", "Key": {"pk": s("a")}}), more);
    let cases = [
        (
            "PutItem",
            put(
                json!({"Expected": {"pk": {"Exists": false}}, "ConditionExpression": "attribute_exists(pk)"}),
            ),
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression \
             parameters: {ConditionExpression}",
        ),
        (
            "PutItem",
            put(json!({"ExpressionAttributeNames": {"#a": "a"}})),
            "ExpressionAttributeNames can only be specified when using expressions",
        ),
        (
            "PutItem",
            put(json!({"ExpressionAttributeValues": {":a": s("a")}})),
            "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
        ),
        (
            "UpdateItem",
            update(json!({"ExpressionAttributeValues": {":a": s("a")}})),
            "ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and ConditionExpression are null",
        ),
        (
            "PutItem",
            put(
                json!({"ConditionExpression": "attribute_exists(pk)", "ExpressionAttributeNames": {"#x": "x"}}),
            ),
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}",
        ),
        (
            "PutItem",
            put(json!({"ConditionExpression": "pk = :a", "ExpressionAttributeValues": {":a": {}}})),
            "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one of the supported \
             datatypes for key :a",
        ),
        ("PutItem", put(json!({"ReturnValues": "ALL_NEW"})), "ReturnValues can only be ALL_OLD or NONE"),
        (
            "PutItem",
            put(json!({"ReturnItemCollectionMetrics": "SIZE"})),
            "ReturnItemCollectionMetrics SIZE is not built in this server",
        ),
        (
            "PutItem",
            put(json!({"Expected": {"pk": {"Exists": true}}})),
            "One or more parameter values were invalid: Value must be provided when Exists is true for Attribute: pk",
        ),
        (
            "UpdateItem",
            update(json!({"UpdateExpression": "SET pk = :a", "ExpressionAttributeValues": {":a": s("b")}})),
            "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key",
        ),
        (
            "UpdateItem",
            update(json!({"AttributeUpdates": {"x": {"Action": "PUT"}}})),
            "One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified",
        ),
        (
            "GetItem",
            json!({"TableName": "values", "Key": {"pk": s("a")}, "AttributesToGet": ["a", "a"]}),
            "One or more parameter values were invalid: Duplicate value in attribute name: a",
        ),
        (
            "Scan",
            json!({"TableName": "values", "Segment": 3, "TotalSegments": 3}),
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 3 is not less than TotalSegments: 3",
        ),
        (
            "Scan",
            json!({"TableName": "values", "IndexName": "none"}),
            "The table does not have the specified index: none",
        ),
        (
            "Query",
            json!({"TableName": "values"}),
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
        ),
    ];
    for (operation, input, text) in cases {
        let answer = world.call(operation, input.clone()).await;
        assert_eq!(answer.refused("ValidationException"), text, "{operation} {input}");
    }
}

#[tokio::test]
async fn items_that_cannot_be_are_refused() {
    let world = world();
    world.create_ranged("values", "N").await;
    let start = "One or more parameter values were invalid: ";
    let cases = [
        (json!({"x": n(1)}), format!("{start}Missing the key pk in the item")),
        (json!({"pk": s("a")}), format!("{start}Missing the key sk in the item")),
        (
            json!({"pk": n(1), "sk": n(1)}),
            format!("{start}Type mismatch for key pk expected: S actual: N"),
        ),
        (
            json!({"pk": s(""), "sk": n(1)}),
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk"
                .to_owned(),
        ),
        (
            json!({"pk": s("a".repeat(2_049)), "sk": n(1)}),
            format!("{start}Size of hashkey has exceeded the maximum size limit of2048 bytes"),
        ),
        (
            json!({"pk": s("a"), "sk": n(1), "x": s("y".repeat(400 << 10))}),
            "Item size has exceeded the maximum allowed size".to_owned(),
        ),
        (
            json!({"pk": s("a"), "sk": n("1x")}),
            "The parameter cannot be converted to a numeric value: 1x".to_owned(),
        ),
        (
            json!({"pk": s("a"), "sk": n(1), "x": {"SS": []}}),
            format!("{start}An string set  may not be empty"),
        ),
        (
            json!({"pk": s("a"), "sk": n(1), "x": {"SS": ["a", "a"]}}),
            format!("{start}Input collection [a, a] contains duplicates."),
        ),
        (
            json!({"pk": s("a"), "sk": n(1), "x": {"S": "a", "N": "1"}}),
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
                .to_owned(),
        ),
        (
            json!({"pk": s("a"), "sk": n(1), "x": n("1e126")}),
            "Number overflow. Attempting to store a number with magnitude larger than supported range".to_owned(),
        ),
    ];
    for (item, text) in cases {
        let answer = world.call("PutItem", json!({"TableName": "values", "Item": item})).await;
        assert_eq!(answer.refused("ValidationException"), text);
    }
    for key in [
        json!({"pk": s("a")}),
        json!({"pk": s("a"), "sk": s("1")}),
        json!({"pk": s("a"), "sk": n(1), "x": n(1)}),
    ] {
        let answer = world.call("GetItem", json!({"TableName": "values", "Key": key})).await;
        assert_eq!(
            answer.refused("ValidationException"),
            "The provided key element does not match the schema"
        );
    }
    let deep = (0..40).fold(n(1), |inner, _| json!({"L": [inner]}));
    // The wire's own bound on nesting, or the service's: either way it is refused.
    let answer = world
        .call("PutItem", json!({"TableName": "values", "Item": {"pk": s("a"), "sk": n(1), "x": deep}}))
        .await;
    assert_eq!(answer.status, 400);
    let bearable = (0..29).fold(n(1), |inner, _| json!({"L": [inner]}));
    world.put("values", json!({"pk": s("a"), "sk": n(1), "x": bearable})).await;
}

#[tokio::test]
async fn an_update_does_not_make_an_item_too_large() {
    let world = world();
    world.create("values").await;
    world.put("values", json!({"pk": s("a"), "x": s("y".repeat(300 << 10))})).await;
    let more = json!({
        "TableName": "values", "Key": {"pk": s("a")}, "UpdateExpression": "SET z = :z",
        "ExpressionAttributeValues": {":z": s("y".repeat(110 << 10))},
    });
    assert_eq!(
        world.call("UpdateItem", more).await.refused("ValidationException"),
        "Item size to update has exceeded the maximum allowed size"
    );
    assert_eq!(world.get("values", json!({"pk": s("a")})).await.get("z"), None);
}

#[tokio::test]
async fn tables_that_cannot_be_are_refused() {
    let world = world();
    let hash = json!([{"AttributeName": "pk", "KeyType": "HASH"}]);
    let defined = json!([{"AttributeName": "pk", "AttributeType": "S"}]);
    let create = |more: Value| {
        let all = json!({"TableName": "values", "KeySchema": hash, "AttributeDefinitions": defined, "BillingMode": "PAY_PER_REQUEST"});
        with(all, more)
    };
    let start = "One or more parameter values were invalid: ";
    let cases = [
        (
            json!({"TableName": "ab"}),
            "TableName must be at least 3 characters long and at most 255 characters long".to_owned(),
        ),
        (
            json!({"AttributeDefinitions": [{"AttributeName": "x", "AttributeType": "S"}]}),
            format!(
                "{start}Some index key attributes are not defined in AttributeDefinitions. Keys: [pk], AttributeDefinitions: [x]"
            ),
        ),
        (
            json!({"AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "x", "AttributeType": "S"}]}),
            format!(
                "{start}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            ),
        ),
        (
            json!({"KeySchema": [{"AttributeName": "pk", "KeyType": "RANGE"}]}),
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type".to_owned(),
        ),
        (
            json!({"ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}),
            format!(
                "{start}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
            ),
        ),
        (
            json!({"BillingMode": "PROVISIONED"}),
            format!(
                "{start}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
            ),
        ),
        (
            json!({"LocalSecondaryIndexes": [{"IndexName": "local", "KeySchema": hash, "Projection": {"ProjectionType": "ALL"}}]}),
            format!(
                "{start}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex"
            ),
        ),
        (
            json!({"GlobalSecondaryIndexes": [{"IndexName": "global", "KeySchema": hash, "Projection": {"ProjectionType": "ALL", "NonKeyAttributes": ["x"]}}]}),
            format!("{start}ProjectionType is ALL, but NonKeyAttributes is specified"),
        ),
        (
            json!({"StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}}),
            "StreamSpecification with StreamEnabled: not built in this server".to_owned(),
        ),
    ];
    for (more, text) in cases {
        let answer = world.call("CreateTable", create(more.clone())).await;
        assert_eq!(answer.refused("ValidationException"), text, "{more}");
    }
    let answer = world.call("CreateTable", json!({"TableName": "values", "BillingMode": "nonsense"})).await;
    assert!(answer.refused("ValidationException").contains("at 'billingMode' failed to satisfy constraint"));
}

#[tokio::test]
async fn what_is_not_built_is_refused_by_name() {
    let world = world();
    world.create("values").await;
    for (operation, input) in [
        ("CreateBackup", json!({"TableName": "values", "BackupName": "abc"})),
        ("ExecuteStatement", json!({"Statement": "SELECT * FROM values"})),
        ("ListGlobalTables", json!({})),
        ("EnableKinesisStreamingDestination", json!({"TableName": "values", "StreamArn": "x".repeat(40)})),
    ] {
        world.call(operation, input).await.refused("UnknownOperationException");
    }
}

#[tokio::test]
async fn errors_are_typed_as_on_aws() {
    let world = world();
    let kind = |answer: crate::harness::Answer| answer.body["__type"].as_str().unwrap().to_owned();
    let missing = world.call("DescribeTable", json!({"TableName": "values"})).await;
    assert_eq!(kind(missing), "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
    let invalid = world.call("DescribeTable", json!({"TableName": "v"})).await;
    assert_eq!(kind(invalid), "com.amazon.coral.validate#ValidationException");
    let types = world.call("DescribeTable", json!({"TableName": 1})).await;
    assert_eq!(types.body["Message"], "NUMBER_VALUE cannot be converted to String");
    assert_eq!(kind(types), "com.amazon.coral.service#SerializationException");
}
