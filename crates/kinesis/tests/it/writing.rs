//! Records in.

use serde_json::{Value, json};

use crate::harness::{base64, number, text, world};

fn entry(key: &str, data: &str) -> Value {
    json!({"PartitionKey": key, "Data": base64(data)})
}

#[tokio::test]
async fn md5_of_the_key_chooses_the_shard() {
    let world = world();
    world.create("s", 4).await;
    for key in ["a", "b", "e", "f", "0", "user-17", &"x".repeat(256), "ünïcödé"] {
        let hash = u128::from_be_bytes(crypt::md5(key.as_bytes()));
        assert_eq!(u128::from(world.put("s", key, "d").await.0), hash >> 126, "{key}");
    }
}

#[tokio::test]
async fn an_explicit_hash_key_overrides_the_partition_key() {
    let world = world();
    world.create("s", 2).await;
    let put =
        |hash: String| json!({"StreamName": "s", "PartitionKey": "a", "Data": "", "ExplicitHashKey": hash});
    for (hash, shard) in [(0, 0), (u128::MAX / 2, 0), (u128::MAX / 2 + 1, 1), (u128::MAX, 1)] {
        assert_eq!(number(&world.call("PutRecord", put(hash.to_string())).await.ok()["ShardId"]), shard);
    }
    let beyond = "340282366920938463463374607431768211456";
    let refused = world.call("PutRecord", put(beyond.to_owned())).await.refused("InvalidArgumentException");
    assert_eq!(
        refused,
        format!(
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {beyond}"
        )
    );
}

#[tokio::test]
async fn numbers_rise_over_both_calls_and_name_the_true_shard() {
    let world = world();
    world.create("s", 3).await;
    let mut last: Vec<String> = vec![String::new(); 3];
    for round in 0..5 {
        let (shard, number) = world.put("s", &format!("one-{round}"), "x").await;
        assert!(number > last[shard as usize], "all have 56 digits");
        last[shard as usize] = number;
        let records: Vec<Value> = (0..20).map(|key| entry(&format!("{round}-{key}"), "y")).collect();
        let answer = world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await.ok();
        assert_eq!(answer["FailedRecordCount"], 0);
        for result in answer["Records"].as_array().unwrap() {
            let (shard, number) = (number_of(result), text(&result["SequenceNumber"]));
            assert!(number > last[shard as usize]);
            last[shard as usize] = number;
            assert!(result.get("ErrorCode").is_none());
        }
    }
}

fn number_of(result: &Value) -> u32 {
    number(&result["ShardId"])
}

#[tokio::test]
async fn what_is_answered_is_what_is_read() {
    let world = world();
    world.create("s", 4).await;
    let records: Vec<Value> = (0..500).map(|key| entry(&key.to_string(), &format!("data {key}"))).collect();
    let answer = world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await.ok();
    let mut told: Vec<(u32, String, String)> = Vec::new();
    for (key, result) in answer["Records"].as_array().unwrap().iter().enumerate() {
        told.push((number_of(result), text(&result["SequenceNumber"]), key.to_string()));
    }
    told.sort();
    let mut read = Vec::new();
    for shard in 0..4 {
        let iterator = world.iterator("s", shard, json!({"ShardIteratorType": "TRIM_HORIZON"})).await;
        for record in world.get(&iterator).await["Records"].as_array().unwrap() {
            let key = text(&record["PartitionKey"]);
            assert_eq!(record["Data"], base64(&format!("data {key}")));
            read.push((shard, text(&record["SequenceNumber"]), key));
        }
    }
    assert_eq!(read, told);
}

#[tokio::test]
async fn one_bad_entry_refuses_the_whole_call() {
    let world = world();
    world.create("s", 1).await;
    let bad = json!({"PartitionKey": "a", "Data": "", "ExplicitHashKey": "340282366920938463463374607431768211456"});
    let input = json!({"StreamName": "s", "Records": [entry("a", "x"), bad]});
    world.call("PutRecords", input).await.refused("InvalidArgumentException");
    assert!(world.read("s", 0).await.is_empty());
}

#[tokio::test]
async fn a_record_is_at_most_what_its_stream_takes_key_included() {
    let world = world();
    world.create("s", 1).await;
    let put = |bytes: usize| json!({"StreamName": "s", "PartitionKey": "12345", "Data": base64(&"z".repeat(bytes))});
    world.call("PutRecord", put((1 << 20) - 5)).await.ok();
    let refused = world.call("PutRecord", put((1 << 20) - 4)).await.refused("ValidationException");
    assert!(refused.contains("'data' failed to satisfy constraint"), "{refused}");
    world.call("UpdateMaxRecordSize", json!({"StreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/s", "MaxRecordSizeInKiB": 2048}))
        .await
        .ok();
    world.call("PutRecord", put((1 << 20) - 4)).await.ok();
    assert_eq!(world.read("s", 0).await.len(), 2);
}

#[tokio::test]
async fn a_call_takes_ten_mebibytes() {
    let world = world();
    world.create("s", 1).await;
    let records = |bytes: usize| -> Vec<Value> {
        (0..11).map(|key| entry(&key.to_string(), &"m".repeat(bytes))).collect()
    };
    let input = json!({"StreamName": "s", "Records": records(1_000_000)});
    let refused = world.call("PutRecords", input).await.refused("InvalidArgumentException");
    assert_eq!(refused, "Records size exceeds 10 MB limit");
    world.call("PutRecords", json!({"StreamName": "s", "Records": records(900_000)})).await.ok();
}

#[tokio::test]
async fn the_key_is_required_and_has_1_to_256_characters() {
    let world = world();
    world.create("s", 1).await;
    let missing = world.call("PutRecord", json!({"StreamName": "s", "Data": ""})).await;
    assert_eq!(
        missing.refused("ValidationException"),
        "1 validation error detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null"
    );
    let records = json!([{"Data": ""}, entry("a", ""), {"Data": ""}]);
    let missing = world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await;
    let text = missing.refused("ValidationException");
    assert!(
        text.starts_with("2 validation errors detected: Value null at 'records.1.member.partitionKey'"),
        "{text}"
    );
    assert!(text.contains("'records.3.member.partitionKey'"), "{text}");
    for key in ["", &"y".repeat(257)] {
        let input = json!({"StreamName": "s", "Data": "", "PartitionKey": key});
        world.call("PutRecord", input).await.refused("ValidationException");
    }
    // Characters, not bytes.
    world.put("s", &"é".repeat(256), "x").await;
}

#[tokio::test]
async fn ordering_takes_numbers_of_the_past_alone() {
    let world = world();
    world.create("s", 1).await;
    let (_, first) = world.put("s", "k", "1").await;
    let put = |number: &str| json!({"StreamName": "s", "PartitionKey": "k", "Data": "", "SequenceNumberForOrdering": number});
    let second = text(&world.call("PutRecord", put(&first)).await.ok()["SequenceNumber"]);
    assert!(second > first);
    for number in ["0", "1234", &first.replace('4', "9")] {
        let refused = world.call("PutRecord", put(number)).await.refused("InvalidArgumentException");
        assert_eq!(
            refused,
            format!(
                "ExclusiveMinimumSequenceNumber {number} used in PutRecord on stream s under account 000000000000 is invalid."
            )
        );
    }
}

#[tokio::test]
async fn a_dry_run_checks_and_puts_nothing() {
    let world = world();
    world.create("s", 1).await;
    let input = json!({"StreamName": "s", "PartitionKey": "k", "Data": "", "DryRun": true});
    world.call("PutRecord", input).await.refused("DryRunOperationException");
    let input = json!({"StreamName": "none", "Records": [entry("k", "")], "DryRun": true});
    world.call("PutRecords", input).await.refused("ResourceNotFoundException");
    let input = json!({"StreamName": "s", "Records": [entry("k", "")], "DryRun": true});
    world.call("PutRecords", input).await.refused("DryRunOperationException");
    assert!(world.read("s", 0).await.is_empty());
}

#[tokio::test]
async fn a_full_disk_refuses_records_and_goes_on_reading() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "k", "kept").await;
    let model = world.model.as_ref().unwrap();
    model.set_full(true);
    let input = json!({"StreamName": "s", "PartitionKey": "k", "Data": ""});
    let full = world.call("PutRecord", input).await;
    assert_eq!((full.status, &full.body["__type"]), (503, &json!("ServiceUnavailable")));
    assert_eq!(world.read("s", 0).await, ["kept"]);
    model.set_full(false);
    world.put("s", "k", "again").await;
    assert_eq!(world.read("s", 0).await, ["kept", "again"]);
}

#[tokio::test]
async fn a_commit_that_was_lost_is_repeated_and_its_record_is_there_once() {
    let world = world();
    world.create("s", 1).await;
    world.model.as_ref().unwrap().upset_next(storage::Mishap::CommitLost);
    world.put("s", "k", "once").await;
    assert_eq!(world.read("s", 0).await, ["once"]);
}

#[tokio::test]
async fn numbers_lost_with_the_answer_are_found_with_the_records() {
    let world = world();
    world.create("s", 2).await;
    for record in 0..30 {
        world.put("s", &format!("k{record}"), "before").await;
    }
    world.model.as_ref().unwrap().upset_next(storage::Mishap::AcknowledgementLost);
    let records: Vec<_> =
        (0..9).map(|at| json!({"PartitionKey": format!("k{at}"), "Data": base64("lost")})).collect();
    let put = world.call("PutRecords", json!({"StreamName": "s", "Records": records})).await.ok();
    world.put("s", "k", "after").await;
    for (record, result) in records.iter().zip(put["Records"].as_array().unwrap()) {
        let shard = number(&result["ShardId"]);
        let place = json!({"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": result["SequenceNumber"]});
        let iterator = world.iterator("s", shard, place).await;
        let found = &world.get(&iterator).await["Records"][0];
        assert_eq!((&found["PartitionKey"], &found["Data"]), (&record["PartitionKey"], &record["Data"]));
        assert_eq!(found["SequenceNumber"], result["SequenceNumber"]);
    }
}

#[tokio::test]
async fn a_setting_whose_answer_was_lost_is_acknowledged() {
    let world = world();
    world.create("s", 1).await;
    world.model.as_ref().unwrap().upset_next(storage::Mishap::AcknowledgementLost);
    let input = json!({"StreamName": "s", "RetentionPeriodHours": 48});
    world.call("IncreaseStreamRetentionPeriod", input).await.ok();
    let described = world.call("DescribeStream", json!({"StreamName": "s"})).await.ok();
    assert_eq!(described["StreamDescription"]["RetentionPeriodHours"], 48);
}
