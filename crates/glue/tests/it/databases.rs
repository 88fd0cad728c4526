//! Databases.

use serde_json::json;

use crate::harness::{settle, table_input, world};

#[tokio::test]
async fn a_database_is_kept_as_given_and_its_name_is_folded() {
    let world = world();
    let input =
        json!({"Name": "DeepBlue", "Description": "d", "LocationUri": "s3://l/", "Parameters": {"a": "b"}});
    world.ok("CreateDatabase", json!({"DatabaseInput": input, "Tags": {"k": "v"}})).await;
    let answer = world.ok("GetDatabase", json!({"Name": "DEEPblue"})).await;
    assert_eq!(
        answer["Database"],
        json!({"Name": "deepblue", "Description": "d", "LocationUri": "s3://l/", "Parameters": {"a": "b"},
            "CreateTime": 1_767_312_000, "CatalogId": "000000000000",
            "CreateTableDefaultPermissions": [{"Principal": {"DataLakePrincipalIdentifier": "IAM_ALLOWED_PRINCIPALS"},
                "Permissions": ["ALL"]}]})
    );
    let text =
        world.call("CreateDatabase", json!({"DatabaseInput": input})).await.refused("AlreadyExistsException");
    assert_eq!(text, "Database already exists.");
}

#[tokio::test]
async fn an_update_replaces_and_a_rename_takes_the_tables_along() {
    let world = world();
    world.table(&[]).await;
    world
        .ok("UpdateDatabase", json!({"Name": "db", "DatabaseInput": {"Name": "New", "Description": "x"}}))
        .await;
    let text = world.call("GetDatabase", json!({"Name": "db"})).await.refused("EntityNotFoundException");
    assert_eq!(text, "Database db not found.");
    let table = world.ok("GetTable", json!({"DatabaseName": "new", "Name": "t"})).await;
    assert_eq!(table["Table"]["DatabaseName"], "new");
}

#[tokio::test]
async fn what_a_dropped_database_held_is_gone_and_swept() {
    let world = world();
    world.table(&[("y", "int")]).await;
    world.add("t", &[&["1"], &["2"]]).await;
    world.ok("DeleteDatabase", json!({"Name": "db"})).await;
    world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": "db"}})).await;
    assert_eq!(world.ok("GetTables", json!({"DatabaseName": "db"})).await["TableList"], json!([]));
    settle().await;
    assert_eq!(world.room.state().leftovers().await.unwrap(), []);
    let everything = store::Scan {
        start: store::Key::from_static(&[0x09]),
        end: store::Key::from_static(&[0x0a]),
        reverse: false,
        limit: 100,
    };
    assert_eq!(
        world.store.snapshot().scan(everything).await.unwrap().len(),
        1,
        "the new database alone is left"
    );
}

#[tokio::test]
async fn databases_are_listed_page_by_page() {
    let world = world();
    for name in ["c", "a", "b"] {
        world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": name}})).await;
    }
    let first = world.ok("GetDatabases", json!({"MaxResults": 2})).await;
    let names = |answer: &serde_json::Value| -> Vec<String> {
        let list = answer["DatabaseList"].as_array().unwrap().iter();
        list.map(|one| one["Name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&first), ["a", "b"]);
    let second = world.ok("GetDatabases", json!({"NextToken": first["NextToken"]})).await;
    assert_eq!(names(&second), ["c"]);
    assert!(second.get("NextToken").is_none());
    let named = world.ok("GetDatabases", json!({"AttributesToGet": ["NAME"]})).await;
    assert_eq!(named["DatabaseList"][0], json!({"Name": "a"}));
    world.call("GetDatabases", json!({"NextToken": "zz"})).await.refused("InvalidInputException");
    world.call("GetDatabases", json!({"CatalogId": "nosuch"})).await.refused("EntityNotFoundException");
}

#[tokio::test]
async fn what_is_not_built_says_so() {
    let world = world();
    let text = world.call("CreateJob", json!({"Name": "j"})).await.refused("InvalidInputException");
    assert_eq!(text, "CreateJob is not supported.");
    let wrong = json!({"DatabaseName": "db", "TableInput": table_input("t", &[])});
    assert_eq!(
        world.call("CreateTable", wrong).await.refused("EntityNotFoundException"),
        "Database db not found."
    );
}
