//! Tables come, change and go.

use std::time::Duration;

use base::{AccountId, Region};
use ports::Principal;
use serde_json::json;

use crate::harness::{hash_only, s, slow, with, world};

#[tokio::test]
async fn a_new_table_is_described_as_on_aws() {
    let world = world();
    let created = world.call("CreateTable", hash_only("leases")).await.ok()["TableDescription"].clone();
    assert_eq!(created["TableStatus"], "CREATING", "that is what AWS answers");
    let table = world.describe("leases").await;
    assert_eq!(table["TableStatus"], "ACTIVE");
    assert_eq!(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST");
    let expected = json!({"NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0});
    assert_eq!(table["ProvisionedThroughput"], expected);
    assert_eq!(table["TableArn"], "arn:aws:dynamodb:us-east-1:000000000000:table/leases");
    assert_eq!(table["TableId"].as_str().unwrap().len(), 36);
    assert_eq!(table["DeletionProtectionEnabled"], false);
    assert_eq!(table["WarmThroughput"]["Status"], "ACTIVE");
    assert_eq!((&table["ItemCount"], &table["TableSizeBytes"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn a_provisioned_table_has_no_billing_summary() {
    let world = world();
    let throughput = json!({"ReadCapacityUnits": 3, "WriteCapacityUnits": 4});
    let input =
        with(hash_only("old"), json!({"BillingMode": "PROVISIONED", "ProvisionedThroughput": throughput}));
    world.call("CreateTable", input).await.ok();
    let table = world.describe("old").await;
    assert_eq!(table.get("BillingModeSummary"), None);
    assert_eq!(table["ProvisionedThroughput"]["WriteCapacityUnits"], 4);
    let same = json!({"TableName": "old", "ProvisionedThroughput": throughput});
    let refused = world.call("UpdateTable", same).await.refused("ValidationException");
    assert!(refused.starts_with("The provisioned throughput for the table will not change."), "{refused}");
    world.call("UpdateTable", json!({"TableName": "old", "BillingMode": "PAY_PER_REQUEST"})).await.ok();
    assert_eq!(world.describe("old").await["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST");
    let back = json!({"TableName": "old", "BillingMode": "PROVISIONED", "ProvisionedThroughput": throughput});
    world.call("UpdateTable", back).await.ok();
    let table = world.describe("old").await;
    assert_eq!(table["BillingModeSummary"]["BillingMode"], "PROVISIONED");
    assert_eq!(table["ProvisionedThroughput"]["ReadCapacityUnits"], 3);
}

#[tokio::test]
async fn states_take_their_time_where_that_is_asked_for() {
    let world = slow();
    world.create("slow").await;
    assert_eq!(world.describe("slow").await["TableStatus"], "CREATING");
    let put = json!({"TableName": "slow", "Item": {"pk": s("a")}});
    assert_eq!(
        world.call("PutItem", put.clone()).await.refused("ResourceNotFoundException"),
        "Requested resource not found"
    );
    let refused =
        world.call("DeleteTable", json!({"TableName": "slow"})).await.refused("ResourceInUseException");
    assert_eq!(refused, "Attempt to change a resource which is still in use: Table is being created: slow");
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.describe("slow").await["TableStatus"], "ACTIVE");
    world.call("PutItem", put).await.ok();
    world.call("DeleteTable", json!({"TableName": "slow"})).await.ok();
    assert_eq!(world.describe("slow").await["TableStatus"], "DELETING");
    world.pass(Duration::from_secs(2)).await;
    world.call("DescribeTable", json!({"TableName": "slow"})).await.refused("ResourceNotFoundException");
    world.create("slow").await;
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(world.get("slow", json!({"pk": s("a")})).await, json!(null), "a new table is empty");
}

#[tokio::test]
async fn a_table_created_again_shares_nothing_with_its_predecessor() {
    let world = world();
    world.create("twice").await;
    world.put("twice", json!({"pk": s("a")})).await;
    world.call("CreateTable", hash_only("twice")).await.refused("ResourceInUseException");
    let gone = world.call("DeleteTable", json!({"TableName": "twice"})).await.ok();
    assert_eq!(gone["TableDescription"]["TableStatus"], "DELETING");
    let refused = world.call("DescribeTable", json!({"TableName": "twice"})).await;
    assert_eq!(
        refused.refused("ResourceNotFoundException"),
        "Requested resource not found: Table: twice not found"
    );
    world.create("twice").await;
    assert_eq!(world.get("twice", json!({"pk": s("a")})).await, json!(null));
    world.settle().await;
    assert_eq!(world.describe("twice").await["ItemCount"], 0);
}

#[tokio::test]
async fn a_protected_table_is_not_deleted() {
    let world = world();
    let input = with(hash_only("kept"), json!({"DeletionProtectionEnabled": true}));
    world.call("CreateTable", input).await.ok();
    let refused =
        world.call("DeleteTable", json!({"TableName": "kept"})).await.refused("ValidationException");
    assert!(refused.contains("protected against deletion"), "{refused}");
    world.call("UpdateTable", json!({"TableName": "kept", "DeletionProtectionEnabled": false})).await.ok();
    world.call("DeleteTable", json!({"TableName": "kept"})).await.ok();
}

#[tokio::test]
async fn tables_are_listed_by_name_in_pages_and_by_account_and_region() {
    let world = world();
    for name in ["ccc", "aaa", "bbb"] {
        world.create(name).await;
    }
    let page = world.call("ListTables", json!({"Limit": 2})).await.ok();
    assert_eq!(page, json!({"TableNames": ["aaa", "bbb"], "LastEvaluatedTableName": "bbb"}));
    let rest = world.call("ListTables", json!({"ExclusiveStartTableName": "bbb"})).await.ok();
    assert_eq!(rest, json!({"TableNames": ["ccc"]}));
    let other = Principal::root(AccountId::from_u64(42).unwrap());
    let none = world.call_as(other.clone(), Region::us_east_1(), "ListTables", json!({})).await.ok();
    assert_eq!(none, json!({"TableNames": []}));
    let elsewhere = Region::new("eu-west-1").unwrap();
    let root = Principal::root(AccountId::DEFAULT);
    let none = world.call_as(root, elsewhere, "DescribeTable", json!({"TableName": "aaa"})).await;
    none.refused("ResourceNotFoundException");
    let theirs = world.call_as(other, Region::us_east_1(), "CreateTable", hash_only("aaa")).await.ok();
    assert_eq!(theirs["TableDescription"]["TableArn"], "arn:aws:dynamodb:us-east-1:000000000042:table/aaa");
}

#[tokio::test]
async fn tags_backups_and_time_to_live_are_remembered() {
    let world = world();
    let tags = json!([{"Key": "team", "Value": "x"}]);
    world.call("CreateTable", with(hash_only("tagged"), json!({"Tags": tags}))).await.ok();
    let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tagged";
    let more = json!({"ResourceArn": arn, "Tags": [{"Key": "env", "Value": "dev"}]});
    world.call("TagResource", more).await.ok();
    world.call("UntagResource", json!({"ResourceArn": arn, "TagKeys": ["team", "none"]})).await.ok();
    let listed = world.call("ListTagsOfResource", json!({"ResourceArn": arn})).await.ok();
    assert_eq!(listed, json!({"Tags": [{"Key": "env", "Value": "dev"}]}));
    let nothing = json!({"ResourceArn": format!("{arn}2")});
    world.call("ListTagsOfResource", nothing).await.refused("ResourceNotFoundException");

    let status = |answer: serde_json::Value| {
        answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
            .clone()
    };
    let described = world.call("DescribeContinuousBackups", json!({"TableName": "tagged"})).await.ok();
    assert_eq!(status(described), "DISABLED");
    let on = json!({"TableName": "tagged", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}});
    assert_eq!(status(world.call("UpdateContinuousBackups", on).await.ok()), "ENABLED");
    world
        .call("DescribeContinuousBackups", json!({"TableName": "nope"}))
        .await
        .refused("TableNotFoundException");
}

#[tokio::test]
async fn items_that_have_expired_go_when_the_sweep_comes_by() {
    let world = world();
    world.create("mortal").await;
    let ttl = |on: bool| json!({"TableName": "mortal", "TimeToLiveSpecification": {"Enabled": on, "AttributeName": "until"}});
    world.call("UpdateTimeToLive", ttl(true)).await.ok();
    assert_eq!(
        world.call("UpdateTimeToLive", ttl(true)).await.refused("ValidationException"),
        "TimeToLive is already enabled"
    );
    let described = world.call("DescribeTimeToLive", json!({"TableName": "mortal"})).await.ok();
    let expected = json!({"TimeToLiveStatus": "ENABLED", "AttributeName": "until"});
    assert_eq!(described["TimeToLiveDescription"], expected);
    let soon = world.clock.now().as_secs() + 60;
    for (key, until) in [("soon", soon), ("later", soon + 86_400), ("ancient", 7)] {
        world.put("mortal", json!({"pk": s(key), "until": {"N": until.to_string()}})).await;
    }
    world.put("mortal", json!({"pk": s("text"), "until": s("7")})).await;
    world.pass(Duration::from_secs(3_600)).await;
    let left = world.call("Scan", json!({"TableName": "mortal"})).await.ok();
    let mut left: Vec<_> =
        left["Items"].as_array().unwrap().iter().map(|item| item["pk"]["S"].clone()).collect();
    left.sort_by_key(|key| key.to_string());
    assert_eq!(left, ["ancient", "later", "text"], "what lies more than five years back is no time");
}

#[tokio::test]
async fn a_table_answers_to_its_arn() {
    let world = world();
    world.create("named").await;
    let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/named";
    world.put(arn, json!({"pk": s("a")})).await;
    assert_eq!(world.get("named", json!({"pk": s("a")})).await, json!({"pk": s("a")}));
    assert_eq!(world.describe(arn).await["TableName"], "named");
}
