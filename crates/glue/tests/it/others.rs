//! Statistics, functions, connections, policies, tags, search.

use serde_json::{Value, json};

use crate::harness::{table_input, user, user_of, world};

#[tokio::test]
async fn statistics_are_kept_for_tables_and_partitions() {
    let world = world();
    world.table(&[("y", "string")]).await;
    world.add("t", &[&["a"]]).await;
    let one = json!({"ColumnName": "id", "ColumnType": "bigint", "AnalyzedTime": 1_700_000_000, "StatisticsData": {
        "Type": "LONG", "LongColumnStatisticsData": {"MinimumValue": 1, "MaximumValue": 9, "NumberOfNulls": 0,
        "NumberOfDistinctValues": 9}}});
    let table = |more: Value| {
        let mut input = json!({"DatabaseName": "db", "TableName": "t"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let put = world.ok("UpdateColumnStatisticsForTable", table(json!({"ColumnStatisticsList": [one]}))).await;
    assert_eq!(put["Errors"], json!([]));
    let got = world.ok("GetColumnStatisticsForTable", table(json!({"ColumnNames": ["id", "s"]}))).await;
    assert_eq!(got["ColumnStatisticsList"], json!([one]));
    assert_eq!(got["Errors"][0]["ColumnName"], "s");
    assert_eq!(got["Errors"][0]["Error"]["ErrorCode"], "EntityNotFoundException");
    let of = |value: &str, more: Value| {
        let mut input = table(more);
        input["PartitionValues"] = json!([value]);
        input
    };
    world.ok("UpdateColumnStatisticsForPartition", of("a", json!({"ColumnStatisticsList": [one]}))).await;
    let got = world.ok("GetColumnStatisticsForPartition", of("a", json!({"ColumnNames": ["id"]}))).await;
    assert_eq!(got["ColumnStatisticsList"], json!([one]));
    let text = world.call("GetColumnStatisticsForPartition", of("10", json!({"ColumnNames": ["id"]}))).await;
    assert_eq!(text.refused("EntityNotFoundException"), "Partition [10] not found");
    world.ok("DeleteColumnStatisticsForTable", table(json!({"ColumnName": "id"}))).await;
    world.ok("DeleteColumnStatisticsForTable", table(json!({"ColumnName": "id"}))).await;
    let got = world.ok("GetColumnStatisticsForTable", table(json!({"ColumnNames": ["id"]}))).await;
    assert_eq!(got["ColumnStatisticsList"], json!([]));
}

#[tokio::test]
async fn functions_are_found_by_pattern_in_one_database_or_all() {
    let world = world();
    for database in ["a", "b"] {
        world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": database}})).await;
        for name in ["F1", "g"] {
            let input =
                json!({"FunctionName": name, "ClassName": "x.Y", "OwnerName": "o", "OwnerType": "USER"});
            world
                .ok("CreateUserDefinedFunction", json!({"DatabaseName": database, "FunctionInput": input}))
                .await;
        }
    }
    let names = |answer: &Value| -> Vec<String> {
        let list = answer["UserDefinedFunctions"].as_array().unwrap().iter();
        list.map(|one| {
            format!("{}.{}", one["DatabaseName"].as_str().unwrap(), one["FunctionName"].as_str().unwrap())
        })
        .collect()
    };
    let found = world.ok("GetUserDefinedFunctions", json!({"DatabaseName": "a", "Pattern": "f.*"})).await;
    assert_eq!(names(&found), ["a.f1"]);
    let mut all = Vec::new();
    let mut token = Value::Null;
    loop {
        let page = world
            .ok("GetUserDefinedFunctions", json!({"Pattern": ".*", "MaxResults": 1, "NextToken": token}))
            .await;
        all.extend(names(&page));
        match page.get("NextToken") {
            Some(next) => token = next.clone(),
            None => break,
        }
    }
    assert_eq!(all, ["a.f1", "a.g", "b.f1", "b.g"]);
    let renamed = json!({"DatabaseName": "a", "FunctionName": "f1", "FunctionInput": {"FunctionName": "h", "ClassName": "z"}});
    world.ok("UpdateUserDefinedFunction", renamed).await;
    world
        .call("GetUserDefinedFunction", json!({"DatabaseName": "a", "FunctionName": "f1"}))
        .await
        .refused("EntityNotFoundException");
    world.ok("DeleteUserDefinedFunction", json!({"DatabaseName": "a", "FunctionName": "h"})).await;
}

#[tokio::test]
async fn a_password_is_sealed_and_shown_to_who_asks() {
    let world = world();
    let input = json!({"Name": "c", "ConnectionType": "JDBC",
        "ConnectionProperties": {"USERNAME": "u", "PASSWORD": "open sesame", "JDBC_CONNECTION_URL": "jdbc:x"}});
    world.ok("CreateConnection", json!({"ConnectionInput": input})).await;
    let text = world.call("CreateConnection", json!({"ConnectionInput": input})).await;
    assert_eq!(text.refused("AlreadyExistsException"), "Connection c already exists");
    let shown = world.ok("GetConnection", json!({"Name": "c"})).await;
    assert_eq!(shown["Connection"]["ConnectionProperties"]["PASSWORD"], "open sesame");
    let hidden = world.ok("GetConnection", json!({"Name": "c", "HidePassword": true})).await;
    assert!(hidden["Connection"]["ConnectionProperties"].get("PASSWORD").is_none());
    let all = store::Scan {
        start: store::Key::from_static(&[0x09]),
        end: store::Key::from_static(&[0x0a]),
        reverse: false,
        limit: 100,
    };
    for (_, row) in world.store.snapshot().scan(all).await.unwrap() {
        assert!(!row.value.windows(11).any(|part| part == b"open sesame"));
    }
    let answer = world.ok("BatchDeleteConnection", json!({"ConnectionNameList": ["c", "d"]})).await;
    assert_eq!(answer["Succeeded"], json!(["c"]));
    assert_eq!(answer["Errors"]["d"]["ErrorMessage"], "Connection d not found");
}

#[tokio::test]
async fn a_resource_policy_is_kept_under_conditions() {
    let world = world();
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "glue:Get*",
        "Resource": ["arn:aws:glue:us-east-1:000000000000:*"]}]})
    .to_string();
    let text = world.call("GetResourcePolicy", json!({})).await.refused("EntityNotFoundException");
    assert_eq!(text, "Policy not found");
    let must = json!({"PolicyInJson": policy, "PolicyExistsCondition": "MUST_EXIST"});
    world.call("PutResourcePolicy", must).await.refused("ConditionCheckFailureException");
    let hash = world.ok("PutResourcePolicy", json!({"PolicyInJson": policy})).await["PolicyHash"].clone();
    let got = world.ok("GetResourcePolicy", json!({})).await;
    assert_eq!(got["PolicyHash"], hash);
    assert_eq!(got["PolicyInJson"].as_str().unwrap(), policy);
    world.call("PutResourcePolicy", json!({"PolicyInJson": "{}"})).await.refused("InvalidInputException");
    let wrong = json!({"PolicyHashCondition": "x"});
    world.call("DeleteResourcePolicy", wrong).await.refused("ConditionCheckFailureException");
    world.ok("DeleteResourcePolicy", json!({"PolicyHashCondition": hash})).await;
    world.call("GetResourcePolicy", json!({})).await.refused("EntityNotFoundException");
}

#[tokio::test]
async fn who_may_not_is_told_of_the_catalog_first() {
    let world = world();
    world.table(&[]).await;
    let input = json!({"DatabaseName": "db", "Name": "t"});
    let text = world.call_as(user("u"), "GetTable", input).await.refused("AccessDeniedException");
    assert!(
        text.contains("glue:GetTable on resource: arn:aws:glue:us-east-1:000000000000:catalog"),
        "{text}"
    );
    let foreign = json!({"DatabaseName": "db", "Name": "t", "CatalogId": "000000000000"});
    let other = user_of("111111111111".parse().unwrap(), "u");
    world.call_as(other, "GetTable", foreign).await.refused("AccessDeniedException");
}

#[tokio::test]
async fn tags_follow_their_database() {
    let world = world();
    let arn = "arn:aws:glue:us-east-1:000000000000:database/db";
    world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": "db"}, "Tags": {"a": "1"}})).await;
    world.ok("TagResource", json!({"ResourceArn": arn, "TagsToAdd": {"b": "2"}})).await;
    world.ok("UntagResource", json!({"ResourceArn": arn, "TagsToRemove": ["a"]})).await;
    assert_eq!(world.ok("GetTags", json!({"ResourceArn": arn})).await["Tags"], json!({"b": "2"}));
    world.ok("UpdateDatabase", json!({"Name": "db", "DatabaseInput": {"Name": "new"}})).await;
    world.call("GetTags", json!({"ResourceArn": arn})).await.refused("EntityNotFoundException");
    let arn = "arn:aws:glue:us-east-1:000000000000:database/new";
    assert_eq!(world.ok("GetTags", json!({"ResourceArn": arn})).await["Tags"], json!({"b": "2"}));
    let reserved = json!({"ResourceArn": arn, "TagsToAdd": {"aws:x": "2"}});
    world.call("TagResource", reserved).await.refused("InvalidInputException");
    world.ok("DeleteDatabase", json!({"Name": "new"})).await;
    world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": "new"}})).await;
    assert_eq!(world.ok("GetTags", json!({"ResourceArn": arn})).await["Tags"], json!({}));
}

#[tokio::test]
async fn tables_are_searched_by_text_and_properties() {
    let world = world();
    for (database, name) in [("a", "sales_2024"), ("a", "people"), ("b", "sales_2025")] {
        let _ = world.call("CreateDatabase", json!({"DatabaseInput": {"Name": database}})).await;
        world
            .ok("CreateTable", json!({"DatabaseName": database, "TableInput": table_input(name, &[])}))
            .await;
    }
    let names = |answer: &Value| -> Vec<String> {
        let list = answer["TableList"].as_array().unwrap().iter();
        list.map(|one| one["Name"].as_str().unwrap().to_owned()).collect()
    };
    let found = world.ok("SearchTables", json!({"SearchText": "sales"})).await;
    assert_eq!(names(&found), ["sales_2024", "sales_2025"]);
    let page = world.ok("SearchTables", json!({"SearchText": "sales", "MaxResults": 1})).await;
    let input = json!({"SearchText": "sales", "MaxResults": 1, "NextToken": page["NextToken"]});
    let rest = world.ok("SearchTables", input).await;
    assert_eq!((names(&page), names(&rest)), (vec!["sales_2024".into()], vec!["sales_2025".into()]));
    assert!(rest.get("NextToken").is_none());
    let found = world.ok("SearchTables", json!({"SearchText": "\"people\""})).await;
    assert_eq!(names(&found), ["people"]);
    let filters = json!([{"Key": "name", "Value": "2025"}, {"Key": "classification", "Value": "JSON"}]);
    assert_eq!(names(&world.ok("SearchTables", json!({"Filters": filters})).await), ["sales_2025"]);
    let sorted = json!({"SortCriteria": [{"FieldName": "Name", "Sort": "DESC"}]});
    assert_eq!(names(&world.ok("SearchTables", sorted).await), ["sales_2025", "sales_2024", "people"]);
}
