//! Tables and their versions.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::{table_input, world};

#[tokio::test]
async fn a_table_comes_back_with_what_aws_fills_in() {
    let world = world();
    world.table(&[("day", "string")]).await;
    let table = world.ok("GetTable", json!({"DatabaseName": "DB", "Name": "T"})).await["Table"].clone();
    let mut descriptor = table_input("t", &[])["StorageDescriptor"].clone();
    for (name, value) in
        [("BucketColumns", json!([])), ("SortColumns", json!([])), ("InputFormat", json!(""))]
    {
        descriptor[name] = value;
    }
    for (name, value) in [
        ("Compressed", json!(false)),
        ("NumberOfBuckets", json!(0)),
        ("StoredAsSubDirectories", json!(false)),
    ] {
        descriptor[name] = value;
    }
    assert_eq!(table["StorageDescriptor"], descriptor);
    assert_eq!(table["PartitionKeys"], json!([{"Name": "day", "Type": "string"}]));
    assert_eq!(table["VersionId"], "0");
    assert_eq!(table["Retention"], 0);
    assert_eq!(table["IsRegisteredWithLakeFormation"], false);
    assert_eq!(table["CreatedBy"], "arn:aws:iam::000000000000:root");
    assert!(table.get("Owner").is_none() && table.get("ViewOriginalText").is_none());
}

#[tokio::test]
async fn refusals_are_worded_as_on_aws() {
    let world = world();
    world.table(&[]).await;
    let again = json!({"DatabaseName": "db", "TableInput": {"Name": "T"}});
    assert_eq!(
        world.call("CreateTable", again).await.refused("AlreadyExistsException"),
        "Table already exists."
    );
    for input in [json!({"DatabaseName": "db", "Name": "x"}), json!({"DatabaseName": "x", "Name": "t"})] {
        let text = world.call("GetTable", input).await.refused("EntityNotFoundException");
        assert_eq!(text, "Entity Not Found");
    }
    let text = world.call("DeleteTable", json!({"DatabaseName": "db", "Name": "X"})).await;
    assert_eq!(text.refused("EntityNotFoundException"), "Table x not found.");
    let update = json!({"DatabaseName": "db", "TableInput": {"Name": "x"}});
    assert_eq!(
        world.call("UpdateTable", update).await.refused("EntityNotFoundException"),
        "Table x not found."
    );
    let text = world
        .call("GetTableVersion", json!({"DatabaseName": "db", "TableName": "t", "VersionId": "7"}))
        .await;
    assert_eq!(text.refused("EntityNotFoundException"), "Version not found.");
    let text = world.call("CreateTable", json!({"DatabaseName": "db", "TableInput": {"Name": ""}})).await;
    assert!(text.refused("ValidationException").contains("'tableInput.name'"));
}

#[tokio::test]
async fn versions_are_counted_kept_and_forgotten() {
    let world = world();
    world.table(&[]).await;
    let update = |skip: bool, note: &str| {
        let mut input = table_input("t", &[]);
        input["Description"] = json!(note);
        json!({"DatabaseName": "db", "TableInput": input, "SkipArchive": skip})
    };
    world.ok("UpdateTable", update(false, "one")).await;
    world.ok("UpdateTable", update(true, "two")).await;
    world.ok("UpdateTable", update(false, "three")).await;
    let ids = |answer: &Value| -> Vec<String> {
        let all = answer["TableVersions"].as_array().unwrap().iter();
        all.map(|one| one["VersionId"].as_str().unwrap().to_owned()).collect()
    };
    let named = json!({"DatabaseName": "db", "TableName": "t"});
    let all = world.ok("GetTableVersions", named.clone()).await;
    // Version 1 was replaced without being archived.
    assert_eq!(ids(&all), ["3", "2", "0"]);
    let page =
        world.ok("GetTableVersions", json!({"DatabaseName": "db", "TableName": "t", "MaxResults": 2})).await;
    let input = json!({"DatabaseName": "db", "TableName": "t", "NextToken": page["NextToken"]});
    let rest = world.ok("GetTableVersions", input).await;
    assert_eq!((ids(&page), ids(&rest)), (vec!["3".into(), "2".into()], vec!["0".into()]));
    let old = json!({"DatabaseName": "db", "TableName": "t", "VersionId": "2"});
    let old = world.ok("GetTableVersion", old).await;
    assert_eq!(old["TableVersion"]["Table"]["Description"], "two");
    let input = json!({"DatabaseName": "db", "TableName": "t", "VersionIds": ["2", "3", "9"]});
    let errors = world.ok("BatchDeleteTableVersion", input).await["Errors"].clone();
    let codes: Vec<&Value> =
        errors.as_array().unwrap().iter().map(|e| &e["ErrorDetail"]["ErrorCode"]).collect();
    assert_eq!(codes, ["InvalidInputException", "EntityNotFoundException"]);
    assert_eq!(ids(&world.ok("GetTableVersions", named).await), ["3", "0"]);
}

#[tokio::test]
async fn of_commits_over_one_version_exactly_one_succeeds() {
    let world = world();
    world.table(&[]).await;
    for round in 0..5 {
        let attempts = (0..8).map(|n| {
            let mut input = table_input("t", &[]);
            input["Parameters"]["metadata_location"] = json!(format!("{round}/{n}"));
            let update = json!({"DatabaseName": "db", "TableInput": input, "SkipArchive": true,
                "VersionId": round.to_string()});
            world.call("UpdateTable", update)
        });
        let answers = join_all(attempts).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!((won.len(), lost.len()), (1, 7));
        for answer in lost {
            let text = answer.refused("ConcurrentModificationException");
            assert_eq!(text, "Update table failed due to concurrent modifications.");
        }
    }
}

#[tokio::test]
async fn tables_are_listed_by_pattern_and_page() {
    let world = world();
    world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": "db"}})).await;
    for name in ["alpha_1", "alpha_2", "beta_1"] {
        world.ok("CreateTable", json!({"DatabaseName": "db", "TableInput": {"Name": name}})).await;
    }
    let names = |answer: &Value| -> Vec<String> {
        let all = answer["TableList"].as_array().unwrap().iter();
        all.map(|one| one["Name"].as_str().unwrap().to_owned()).collect()
    };
    let found = world.ok("GetTables", json!({"DatabaseName": "db", "Expression": "alpha*"})).await;
    assert_eq!(names(&found), ["alpha_1", "alpha_2"]);
    let input = json!({"DatabaseName": "db", "Expression": "*_1", "MaxResults": 1});
    let first = world.ok("GetTables", input).await;
    let input =
        json!({"DatabaseName": "db", "Expression": "*_1", "MaxResults": 1, "NextToken": first["NextToken"]});
    let second = world.ok("GetTables", input).await;
    assert_eq!((names(&first), names(&second)), (vec!["alpha_1".into()], vec!["beta_1".into()]));
    assert!(second.get("NextToken").is_none());
    let first = world.ok("GetTables", json!({"DatabaseName": "db", "MaxResults": 2})).await;
    let input = json!({"DatabaseName": "db", "MaxResults": 2, "NextToken": first["NextToken"]});
    assert_eq!(names(&world.ok("GetTables", input).await), ["beta_1"]);
    let input = json!({"DatabaseName": "db", "TablesToDelete": ["Alpha_1", "nope", "beta_1"]});
    let errors = world.ok("BatchDeleteTable", input).await;
    assert_eq!(
        errors["Errors"],
        json!([{"TableName": "nope", "ErrorDetail": {"ErrorCode": "EntityNotFoundException",
            "ErrorMessage": "Table nope not found"}}])
    );
    assert_eq!(names(&world.ok("GetTables", json!({"DatabaseName": "db"})).await), ["alpha_2"]);
    let text = world.call("GetTables", json!({"DatabaseName": "x"})).await.refused("EntityNotFoundException");
    assert_eq!(text, "Database x not found.");
}
