//! Work groups, and what is saved in them.

use serde_json::{Value, json};

use crate::harness::world;

#[tokio::test]
async fn the_first_group_is_always_there() {
    let world = world();
    let group = world.ok("GetWorkGroup", json!({"WorkGroup": "primary"})).await["WorkGroup"].clone();
    assert_eq!(group["State"], "ENABLED");
    assert_eq!(
        group["Configuration"],
        json!({
            "ResultConfiguration": {}, "EnforceWorkGroupConfiguration": false, "PublishCloudWatchMetricsEnabled": false,
            "RequesterPaysEnabled": false, "EnableMinimumEncryptionConfiguration": false,
            "EngineVersion": {"SelectedEngineVersion": "AUTO", "EffectiveEngineVersion": "Athena engine version 3"},
        })
    );
    world.call("DeleteWorkGroup", json!({"WorkGroup": "primary"})).await.refused("InvalidRequestException");
    let text = world.call("GetWorkGroup", json!({"WorkGroup": "x"})).await.refused("InvalidRequestException");
    assert_eq!(text, "WorkGroup x is not found.");
}

#[tokio::test]
async fn an_enforced_location_wins() {
    let world = world();
    let configuration = json!({"ResultConfiguration": {"OutputLocation": "s3://out/group"}});
    world
        .ok(
            "CreateWorkGroup",
            json!({"Name": "g", "Configuration": configuration, "Tags": [{"Key": "a", "Value": "b"}]}),
        )
        .await;
    let start = json!({"QueryString": "SELECT 1", "WorkGroup": "g", "ResultConfiguration": {"OutputLocation": "s3://out/mine/"}});
    let location = async |id: &Value| {
        let query = world.query(id["QueryExecutionId"].as_str().unwrap()).await;
        query["ResultConfiguration"]["OutputLocation"].as_str().unwrap().to_owned()
    };
    let id = world.ok("StartQueryExecution", start.clone()).await;
    assert!(location(&id).await.starts_with("s3://out/group/"));
    world
        .ok(
            "UpdateWorkGroup",
            json!({"WorkGroup": "g", "ConfigurationUpdates": {"EnforceWorkGroupConfiguration": false}}),
        )
        .await;
    let id = world.ok("StartQueryExecution", start.clone()).await;
    assert!(location(&id).await.starts_with("s3://out/mine/"));
    world.ok("UpdateWorkGroup", json!({"WorkGroup": "g", "State": "DISABLED"})).await;
    world.call("StartQueryExecution", start).await.refused("InvalidRequestException");
    let arn = "arn:aws:athena:us-east-1:000000000000:workgroup/g";
    assert_eq!(world.ok("ListTagsForResource", json!({"ResourceARN": arn})).await["Tags"][0]["Value"], "b");
    world.ok("UntagResource", json!({"ResourceARN": arn, "TagKeys": ["a"]})).await;
    world.call("DeleteWorkGroup", json!({"WorkGroup": "g"})).await.refused("InvalidRequestException");
    world.ok("DeleteWorkGroup", json!({"WorkGroup": "g", "RecursiveDeleteOption": true})).await;
    let groups = world.ok("ListWorkGroups", json!({})).await;
    assert_eq!(groups["WorkGroups"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn statements_are_saved_under_names() {
    let world = world();
    let input = json!({"Name": "n", "Database": "db", "QueryString": "SELECT 1", "ClientRequestToken": "t".repeat(32)});
    let id = world.ok("CreateNamedQuery", input.clone()).await["NamedQueryId"].clone();
    assert_eq!(world.ok("CreateNamedQuery", input).await["NamedQueryId"], id);
    assert_eq!(
        world.ok("GetNamedQuery", json!({"NamedQueryId": id})).await["NamedQuery"]["QueryString"],
        "SELECT 1"
    );
    assert_eq!(world.ok("ListNamedQueries", json!({})).await["NamedQueryIds"], json!([id]));
    world.ok("DeleteNamedQuery", json!({"NamedQueryId": id})).await;
    world.call("GetNamedQuery", json!({"NamedQueryId": id})).await.refused("InvalidRequestException");

    let prepared = json!({"StatementName": "p1", "WorkGroup": "primary", "QueryStatement": "SELECT ?"});
    world.ok("CreatePreparedStatement", prepared.clone()).await;
    world.call("CreatePreparedStatement", prepared).await.refused("InvalidRequestException");
    world.done("EXECUTE p1 USING 1").await;
    let missing = json!({"StatementName": "p2", "WorkGroup": "primary"});
    let answer = world.call("GetPreparedStatement", missing).await;
    assert_eq!(answer.body["ResourceName"], "p2");
    answer.refused("ResourceNotFoundException");
}
