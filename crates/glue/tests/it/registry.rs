//! The Schema Registry.

use serde_json::{Value, json};

use crate::harness::{World, settle, world};

const ONE: &str = r#"{"type": "record", "name": "r", "fields": [{"name": "a", "type": "int"}]}"#;
/// ONE, otherwise written.
const ONE_AGAIN: &str = r#"{"name":"r","type":"record","fields":[{"type":"int","name":"a"}]}"#;
const WITH_DEFAULT: &str = r#"{"type": "record", "name": "r", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "string", "default": ""}]}"#;
const WITHOUT_DEFAULT: &str = r#"{"type": "record", "name": "r", "fields": [{"name": "a", "type": "int"}, {"name": "c", "type": "string"}]}"#;

fn schema() -> Value {
    json!({"RegistryName": "reg", "SchemaName": "s"})
}

async fn made(compatibility: &str) -> World {
    let world = world();
    world.ok("CreateRegistry", json!({"RegistryName": "reg"})).await;
    let input = json!({"RegistryId": {"RegistryName": "reg"}, "SchemaName": "s", "DataFormat": "AVRO",
        "Compatibility": compatibility, "SchemaDefinition": ONE});
    let made = world.ok("CreateSchema", input).await;
    assert_eq!(
        (&made["LatestSchemaVersion"], &made["NextSchemaVersion"], &made["SchemaCheckpoint"]),
        (&json!(1), &json!(2), &json!(1))
    );
    assert_eq!(
        (&made["SchemaStatus"], &made["SchemaVersionStatus"]),
        (&json!("AVAILABLE"), &json!("AVAILABLE"))
    );
    world
}

async fn register(world: &World, definition: &str) -> Value {
    world.ok("RegisterSchemaVersion", json!({"SchemaId": schema(), "SchemaDefinition": definition})).await
}

#[tokio::test]
async fn an_incompatible_version_fails_and_moves_nothing() {
    let world = made("BACKWARD").await;
    let failed = register(&world, WITHOUT_DEFAULT).await;
    assert_eq!((&failed["Status"], &failed["VersionNumber"]), (&json!("FAILURE"), &json!(2)));
    let again = register(&world, WITHOUT_DEFAULT).await;
    assert_eq!(again["SchemaVersionId"], failed["SchemaVersionId"]);
    let got = world.ok("GetSchema", json!({"SchemaId": schema()})).await;
    assert_eq!((&got["LatestSchemaVersion"], &got["NextSchemaVersion"]), (&json!(1), &json!(2)));
    let good = register(&world, WITH_DEFAULT).await;
    assert_eq!((&good["Status"], &good["VersionNumber"]), (&json!("AVAILABLE"), &json!(2)));
    let version =
        |number: u32| json!({"SchemaId": schema(), "SchemaVersionNumber": {"VersionNumber": number}});
    let two = world.ok("GetSchemaVersion", version(2)).await;
    assert_eq!((&two["SchemaDefinition"], &two["Status"]), (&json!(WITH_DEFAULT), &json!("AVAILABLE")));
    let by_id = world.ok("GetSchemaVersion", json!({"SchemaVersionId": failed["SchemaVersionId"]})).await;
    assert_eq!(by_id["Status"], "FAILURE");
    assert!(by_id["CreatedTime"].is_string());
    let listed = world.ok("ListSchemaVersions", json!({"SchemaId": schema(), "MaxResults": 2})).await;
    assert_eq!(listed["Schemas"].as_array().unwrap().len(), 2);
    let input = json!({"SchemaId": schema(), "NextToken": listed["NextToken"]});
    assert_eq!(world.ok("ListSchemaVersions", input).await["Schemas"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_says_the_same_is_the_same_version() {
    let world = made("NONE").await;
    let again = register(&world, ONE_AGAIN).await;
    assert_eq!(again["VersionNumber"], 1);
    let found =
        world.ok("GetSchemaByDefinition", json!({"SchemaId": schema(), "SchemaDefinition": ONE_AGAIN})).await;
    assert_eq!(found["SchemaVersionId"], again["SchemaVersionId"]);
    let text = world
        .call("GetSchemaByDefinition", json!({"SchemaId": schema(), "SchemaDefinition": WITH_DEFAULT}))
        .await
        .refused("EntityNotFoundException");
    assert!(text.starts_with("Schema version is not found."), "{text}");
    // Nothing is incompatible under NONE.
    assert_eq!(register(&world, WITHOUT_DEFAULT).await["Status"], "AVAILABLE");
    let diff = json!({"SchemaId": schema(), "FirstSchemaVersionNumber": {"VersionNumber": 1},
        "SecondSchemaVersionNumber": {"LatestVersion": true}, "SchemaDiffType": "SYNTAX_DIFF"});
    let diff = world.ok("GetSchemaVersionsDiff", diff).await["Diff"].as_str().unwrap().to_owned();
    assert!(diff.contains(&format!("-{ONE}")) && diff.contains(&format!("+{WITHOUT_DEFAULT}")));
}

#[tokio::test]
async fn modes_look_at_the_checkpoint_or_at_all() {
    let world = made("FORWARD").await;
    // Read by the old one, though it adds what the old one does not know.
    assert_eq!(register(&world, WITHOUT_DEFAULT).await["Status"], "AVAILABLE");
    let update = json!({"SchemaId": schema(), "Compatibility": "BACKWARD", "SchemaVersionNumber": {"VersionNumber": 2}});
    world.ok("UpdateSchema", update).await;
    // Version 2 wrote `c`, which this has no use for; version 1 did not write `b`, which has a default.
    assert_eq!(register(&world, WITH_DEFAULT).await["Status"], "AVAILABLE");
    let text = json!({"SchemaId": schema(), "Compatibility": "FULL_ALL"});
    world.call("UpdateSchema", text).await.refused("InvalidInputException");
    let disabled = json!({"SchemaId": schema(), "Compatibility": "DISABLED", "SchemaVersionNumber": {"LatestVersion": true}});
    world.ok("UpdateSchema", disabled).await;
    let text = world
        .call("RegisterSchemaVersion", json!({"SchemaId": schema(), "SchemaDefinition": "\"int\""}))
        .await;
    assert_eq!(
        text.refused("InvalidInputException"),
        "Compatibility DISABLED does not allow versioning. SchemaId: SchemaId(schemaArn=null, schemaName=s, registryName=reg)"
    );
    // The checkpoint is 3 now; 1 always stays.
    let deleted = world.ok("DeleteSchemaVersions", json!({"SchemaId": schema(), "Versions": "1-3"})).await;
    let numbers: Vec<&Value> =
        deleted["SchemaVersionErrors"].as_array().unwrap().iter().map(|e| &e["VersionNumber"]).collect();
    assert_eq!(numbers, [1, 3]);
    let gone = json!({"SchemaId": schema(), "SchemaVersionNumber": {"VersionNumber": 2}});
    let text = world.call("GetSchemaVersion", gone).await.refused("EntityNotFoundException");
    assert_eq!(
        text,
        "Schema version is not found. RegistryName: reg, SchemaName: s, SchemaArn: null, VersionNumber: 2, isLatestVersion: false"
    );
}

#[tokio::test]
async fn refusals_are_worded_as_on_aws() {
    let world = made("BACKWARD").await;
    let cases: [(&str, Value, &str, &str); 9] = [
        (
            "CreateRegistry",
            json!({"RegistryName": "reg"}),
            "AlreadyExistsException",
            "Registry already exists. RegistryName: reg",
        ),
        (
            "CreateRegistry",
            json!({"RegistryName": "a b"}),
            "InvalidInputException",
            "The parameter value contains one or more characters that are not valid. Parameter Name: registryName",
        ),
        (
            "GetRegistry",
            json!({"RegistryId": {"RegistryName": "x"}}),
            "EntityNotFoundException",
            "Registry is not found. RegistryName: x",
        ),
        (
            "GetRegistry",
            json!({"RegistryId": {}}),
            "InvalidInputException",
            "One of registryName or registryArn has to be provided, both cannot be provided.",
        ),
        (
            "GetSchema",
            json!({"SchemaId": {"RegistryName": "reg", "SchemaName": "x"}}),
            "EntityNotFoundException",
            "Schema is not found. RegistryName: reg, SchemaName: x, SchemaArn: null",
        ),
        (
            "GetSchema",
            json!({"SchemaId": {"SchemaName": "x"}}),
            "InvalidInputException",
            "At least one of (registryName and schemaName) or schemaArn has to be provided.",
        ),
        (
            "GetSchemaVersion",
            json!({"SchemaId": schema()}),
            "InvalidInputException",
            "One of version number (or) latest version is required.",
        ),
        (
            "GetSchemaVersion",
            json!({"SchemaVersionId": "00000000-0000-0000-0000-000000000000"}),
            "EntityNotFoundException",
            "Schema version is not found. SchemaVersionId: 00000000-0000-0000-0000-000000000000",
        ),
        (
            "CreateSchema",
            json!({"SchemaName": "z", "DataFormat": "XML", "SchemaDefinition": "x"}),
            "InvalidInputException",
            "Data format is not valid.",
        ),
    ];
    for (operation, input, code, text) in cases {
        assert_eq!(world.call(operation, input).await.refused(code), text);
    }
    let bad = json!({"SchemaName": "z", "DataFormat": "AVRO", "SchemaDefinition": "{\"type\": \"nosuch\"}"});
    let text = world.call("CreateSchema", bad).await.refused("InvalidInputException");
    assert!(text.starts_with("Schema definition of AVRO data format is invalid: "), "{text}");
    let check = json!({"DataFormat": "AVRO", "SchemaDefinition": "{\"type\": \"nosuch\"}"});
    assert_eq!(world.ok("CheckSchemaVersionValidity", check).await["Valid"], false);
}

#[tokio::test]
async fn notes_are_kept_by_key_newest_first() {
    let world = made("NONE").await;
    let version = |more: Value| {
        let mut input = json!({"SchemaId": schema(), "SchemaVersionNumber": {"LatestVersion": true}});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let note = |key: &str, value: &str| {
        version(json!({"MetadataKeyValue": {"MetadataKey": key, "MetadataValue": value}}))
    };
    let put = world.ok("PutSchemaVersionMetadata", note("k", "1")).await;
    assert_eq!((&put["LatestVersion"], &put["VersionNumber"]), (&json!(true), &json!(1)));
    world.ok("PutSchemaVersionMetadata", note("k", "2")).await;
    let text = world.call("PutSchemaVersionMetadata", note("k", "2")).await.refused("AlreadyExistsException");
    assert!(text.starts_with("Resource already exist for schema version id: "), "{text}");
    let map = world.ok("QuerySchemaVersionMetadata", version(json!({}))).await["MetadataInfoMap"].clone();
    assert_eq!(map["k"]["MetadataValue"], "2");
    assert_eq!(map["k"]["OtherMetadataValueList"][0]["MetadataValue"], "1");
    for n in 0..8 {
        world.ok("PutSchemaVersionMetadata", note("n", &n.to_string())).await;
    }
    let text = world.call("PutSchemaVersionMetadata", note("n", "x")).await;
    assert_eq!(
        text.refused("ResourceNumberLimitExceededException"),
        "Your resource limits for Schema Version Metadata have been exceeded."
    );
    world.ok("RemoveSchemaVersionMetadata", note("k", "2")).await;
    world.call("RemoveSchemaVersionMetadata", note("k", "2")).await.refused("EntityNotFoundException");
}

#[tokio::test]
async fn a_schema_without_a_registry_goes_into_the_default_one_and_all_of_a_registry_goes_with_it() {
    let world = made("NONE").await;
    let input = json!({"SchemaName": "P", "DataFormat": "PROTOBUF", "Compatibility": "BACKWARD",
        "SchemaDefinition": "syntax = \"proto3\"; message M { int32 a = 1; }"});
    let made = world.ok("CreateSchema", input).await;
    assert_eq!(made["RegistryName"], "default-registry");
    let arn = json!({"SchemaArn": made["SchemaArn"]});
    let changed =
        json!({"SchemaId": arn, "SchemaDefinition": "syntax = \"proto3\"; message M { string a = 1; }"});
    assert_eq!(world.ok("RegisterSchemaVersion", changed).await["Status"], "FAILURE");
    let names = |answer: &Value| -> Vec<String> {
        let all = answer["Schemas"].as_array().unwrap().iter();
        all.map(|one| one["SchemaName"].as_str().unwrap().to_owned()).collect()
    };
    let all = world.ok("ListSchemas", json!({})).await;
    assert_eq!(names(&all), ["P", "s"]);
    let first = world.ok("ListSchemas", json!({"MaxResults": 1})).await;
    let rest = world.ok("ListSchemas", json!({"MaxResults": 1, "NextToken": first["NextToken"]})).await;
    assert_eq!((names(&first), names(&rest)), (vec!["P".to_owned()], vec!["s".to_owned()]));
    let version = world
        .ok("GetSchemaVersion", json!({"SchemaId": schema(), "SchemaVersionNumber": {"LatestVersion": true}}))
        .await;
    let deleted = world.ok("DeleteRegistry", json!({"RegistryId": {"RegistryName": "reg"}})).await;
    assert_eq!(deleted["Status"], "DELETING");
    settle().await;
    let by_id = json!({"SchemaVersionId": version["SchemaVersionId"]});
    world.call("GetSchemaVersion", by_id).await.refused("EntityNotFoundException");
    world.ok("DeleteSchema", json!({"SchemaId": arn})).await;
    assert_eq!(names(&world.ok("ListSchemas", json!({})).await), Vec::<String>::new());
}
