//! Partitions, their expressions and indexes.

use serde_json::{Value, json};

use crate::harness::{World, settle, world};

const KEYS: [(&str, &str); 3] = [("y", "int"), ("m", "string"), ("c", "string")];

async fn some() -> World {
    let world = world();
    world.table(&KEYS).await;
    let rows: [&[&str]; 5] = [
        &["2024", "01", "a"],
        &["2024", "02", "b"],
        &["2024", "10", "a"],
        &["2023", "12", "b"],
        &["9", "01", "a"],
    ];
    world.add("t", &rows).await;
    world
}

fn sorted(mut all: Vec<String>) -> Vec<String> {
    all.sort();
    all
}

#[tokio::test]
async fn expressions_find_what_they_say() {
    let world = some().await;
    let cases: [(&str, &[&str]); 10] = [
        ("y = 2024", &["2024/01/a", "2024/02/b", "2024/10/a"]),
        ("y > 9 and m >= '02'", &["2023/12/b", "2024/02/b", "2024/10/a"]),
        ("y = 9", &["9/01/a"]),
        ("y IN (2023, 9)", &["2023/12/b", "9/01/a"]),
        ("m BETWEEN '02' AND '10'", &["2024/02/b", "2024/10/a"]),
        ("c LIKE 'a%'", &["2024/01/a", "2024/10/a", "9/01/a"]),
        ("NOT (c = 'a')", &["2023/12/b", "2024/02/b"]),
        ("y = 2024 AND (m = '01' OR c = 'b')", &["2024/01/a", "2024/02/b"]),
        ("y <> 2024", &["2023/12/b", "9/01/a"]),
        (" ", &["2023/12/b", "2024/01/a", "2024/02/b", "2024/10/a", "9/01/a"]),
    ];
    for (expression, expected) in cases {
        for page in [1, 2, 1_000] {
            assert_eq!(sorted(world.found(expression, page).await), expected, "{expression}");
        }
    }
}

#[tokio::test]
async fn an_index_changes_nothing_but_the_order() {
    let world = some().await;
    let index = json!({"DatabaseName": "db", "TableName": "t", "PartitionIndex": {"IndexName": "i", "Keys": ["c", "m"]}});
    world.ok("CreatePartitionIndex", index.clone()).await;
    settle().await;
    let named = json!({"DatabaseName": "db", "TableName": "t"});
    let list = world.ok("GetPartitionIndexes", named.clone()).await;
    assert_eq!(
        list["PartitionIndexDescriptorList"],
        json!([{"IndexName": "i", "IndexStatus": "ACTIVE",
            "Keys": [{"Name": "c", "Type": "string"}, {"Name": "m", "Type": "string"}]}])
    );
    let text = world.call("CreatePartitionIndex", index).await.refused("AlreadyExistsException");
    assert_eq!(text, "Partition Index i already exists with the same name.");
    let bad =
        json!({"DatabaseName": "db", "TableName": "t", "PartitionIndex": {"IndexName": "j", "Keys": ["k"]}});
    let text = world.call("CreatePartitionIndex", bad).await.refused("InvalidInputException");
    assert_eq!(text, "IndexKeys not a part of PartitionColumns. Verify the indexKeys : [k]");
    for page in [1, 2, 1_000] {
        assert_eq!(sorted(world.found("c = 'a'", page).await), ["2024/01/a", "2024/10/a", "9/01/a"]);
        assert_eq!(sorted(world.found("c = 'a' and m < '05'", page).await), ["2024/01/a", "9/01/a"]);
    }
    // What comes, changes and goes afterwards is followed.
    world.add("t", &[&["1", "00", "a"]]).await;
    let gone = json!({"DatabaseName": "db", "TableName": "t", "PartitionValues": ["9", "01", "a"]});
    world.ok("DeletePartition", gone).await;
    let renamed = json!({"DatabaseName": "db", "TableName": "t", "PartitionValueList": ["2024", "10", "a"],
        "PartitionInput": {"Values": ["2024", "10", "b"]}});
    world.ok("UpdatePartition", renamed).await;
    assert_eq!(sorted(world.found("c = 'a'", 1).await), ["1/00/a", "2024/01/a"]);
    let bad =
        json!({"DatabaseName": "db", "TableName": "t", "PartitionInput": {"Values": ["1", "\u{1}", "a"]}});
    world.call("CreatePartition", bad).await.refused("InvalidInputException");
    world.ok("DeletePartitionIndex", json!({"DatabaseName": "db", "TableName": "t", "IndexName": "i"})).await;
    settle().await;
    assert_eq!(world.ok("GetPartitionIndexes", named).await["PartitionIndexDescriptorList"], json!([]));
    assert_eq!(sorted(world.found("c = 'a'", 1).await), ["1/00/a", "2024/01/a"]);
}

#[tokio::test]
async fn batches_answer_for_each_partition() {
    let world = world();
    world.table(&[("y", "string")]).await;
    world.add("t", &[&["5"], &["3"]]).await;
    let named = |name: &str, list: Value| json!({"DatabaseName": "db", "TableName": "t", name: list});
    let codes = |answer: &Value, name: &str| -> Vec<(Value, Value)> {
        let errors = answer["Errors"].as_array().unwrap().iter();
        errors.map(|error| (error[name].clone(), error["ErrorDetail"]["ErrorCode"].clone())).collect()
    };
    let input = named(
        "PartitionInputList",
        json!([{"Values": ["5"]}, {"Values": ["new"]}, {"Values": ["new"]}, {"Values": []}]),
    );
    let answer = world.ok("BatchCreatePartition", input).await;
    assert_eq!(
        codes(&answer, "PartitionValues"),
        [
            (json!(["5"]), json!("AlreadyExistsException")),
            (json!(["new"]), json!("AlreadyExistsException")),
            (json!([]), json!("InvalidInputException"))
        ]
    );
    let input = named("PartitionsToGet", json!([{"Values": ["new"]}, {"Values": ["3"]}, {"Values": ["zz"]}]));
    let answer = world.ok("BatchGetPartition", input).await;
    assert_eq!(answer["Partitions"].as_array().unwrap().len(), 2);
    assert_eq!(answer["UnprocessedKeys"], json!([]));
    let entries = json!([
        {"PartitionValueList": ["3"], "PartitionInput": {"Values": ["3"], "Parameters": {"u": "1"}}},
        {"PartitionValueList": ["zz"], "PartitionInput": {"Values": ["zz"]}},
        {"PartitionValueList": ["new"], "PartitionInput": {"Values": ["5"]}}]);
    let answer = world.ok("BatchUpdatePartition", named("Entries", entries)).await;
    assert_eq!(
        codes(&answer, "PartitionValueList"),
        [
            (json!(["zz"]), json!("EntityNotFoundException")),
            (json!(["new"]), json!("AlreadyExistsException"))
        ]
    );
    let got = world.ok("GetPartition", named("PartitionValues", json!(["3"]))).await;
    assert_eq!(got["Partition"]["Parameters"], json!({"u": "1"}));
    let input = named("PartitionsToDelete", json!([{"Values": ["3"]}, {"Values": ["zz"]}]));
    let answer = world.ok("BatchDeletePartition", input).await;
    assert_eq!(codes(&answer, "PartitionValues"), [(json!(["zz"]), json!("EntityNotFoundException"))]);
    let text = world.call("GetPartition", named("PartitionValues", json!(["3"]))).await;
    assert_eq!(text.refused("EntityNotFoundException"), "Cannot find partition.");
    let text = world.call("CreatePartition", named("PartitionInput", json!({"Values": ["a", "b"]}))).await;
    assert_eq!(
        text.refused("InvalidInputException"),
        "The number of partition keys do not match the number of partition values"
    );
}

#[tokio::test]
async fn segments_are_disjoint_and_complete() {
    let world = world();
    world.table(&[("y", "string")]).await;
    let all: Vec<String> = (0..60).map(|n| format!("{n:03}")).collect();
    let rows: Vec<[&str; 1]> = all.iter().map(|value| [value.as_str()]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    world.add("t", &rows).await;
    let mut seen = Vec::new();
    for number in 0..3 {
        let input = json!({"DatabaseName": "db", "TableName": "t",
            "Segment": {"SegmentNumber": number, "TotalSegments": 3}});
        let answer = world.ok("GetPartitions", input).await;
        let list = answer["Partitions"].as_array().unwrap().iter();
        seen.extend(list.map(|one| one["Values"][0].as_str().unwrap().to_owned()));
    }
    assert_eq!(sorted(seen), all);
    let bad =
        json!({"DatabaseName": "db", "TableName": "t", "Segment": {"SegmentNumber": 3, "TotalSegments": 3}});
    world.call("GetPartitions", bad).await.refused("InvalidInputException");
}

#[tokio::test]
async fn a_bad_stored_value_is_an_invalid_state_and_a_bad_literal_an_invalid_input() {
    let world = world();
    world.table(&[("y", "int")]).await;
    world.add("t", &[&["x"], &["1"]]).await;
    let ask = |expression: &str| json!({"DatabaseName": "db", "TableName": "t", "Expression": expression});
    let text = world.call("GetPartitions", ask("y = 2")).await.refused("InvalidStateException");
    assert_eq!(text, "\"x\" is not an integer.");
    let text = world.call("GetPartitions", ask("y = 'abc'")).await.refused("InvalidInputException");
    assert_eq!(text, "\"abc\" is not an integer.");
    let text = world.call("GetPartitions", ask("z = 1")).await.refused("InvalidInputException");
    assert_eq!(text, "Invalid partition expression!");
}
