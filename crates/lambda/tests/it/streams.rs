//! Streams that invoke functions: in order, each record until it is done with, and not forgotten by the next server.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{STREAM, World};

const MAPPINGS: &str = "/2015-03-31/event-source-mappings";

/// Prints what it gets, and fails at what it is told to.
const READER: &str = r#"
import base64, json
def handler(event, context):
    texts = [base64.b64decode(r["kinesis"]["data"]).decode() for r in event["Records"]]
    print("BATCH " + json.dumps(texts))
    if any(t == "poison" for t in texts): raise ValueError("poison")
    bad = [r["kinesis"]["sequenceNumber"] for r, t in zip(event["Records"], texts) if t == "bad"]
    return {"batchItemFailures": [{"itemIdentifier": s} for s in bad]}
"#;

impl World {
    async fn map(&self, more: Value) -> Value {
        self.create("f", READER, json!({})).await;
        let mut body =
            json!({ "EventSourceArn": STREAM, "FunctionName": "f", "StartingPosition": "TRIM_HORIZON" });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        let made = self.post(MAPPINGS, body).await;
        assert_eq!(made.status, 202, "{made:?}");
        made.json()
    }

    fn feed(&self, texts: &[&str]) {
        let keyed: Vec<(&str, &str)> = texts.iter().map(|text| ("k", *text)).collect();
        self.shard.put(self.clock.now(), &keyed);
    }

    fn batches(&self) -> Vec<Vec<String>> {
        let lines = self.told.lines.lock().unwrap();
        let texts =
            lines.iter().filter_map(|line| line.split_once("BATCH ").map(|(_, json)| json.to_owned()));
        texts.map(|text| serde_json::from_str(&text).unwrap()).collect()
    }

    fn failures(&self) -> Vec<Value> {
        let objects = self.told.objects.lock().unwrap();
        objects.iter().map(|(_, text)| serde_json::from_str(text).unwrap()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_come_in_batches_and_in_order() {
    let world = World::new();
    world.feed(&["a", "b", "c"]);
    let made = world.map(json!({ "BatchSize": 2 })).await;
    assert_eq!(
        (made["State"].as_str(), made["BatchSize"].as_i64(), made["MaximumRetryAttempts"].as_i64()),
        (Some("Creating"), Some(2), Some(-1))
    );
    world.until("both batches", || world.batches().len() >= 2).await;
    assert_eq!(world.batches().concat(), ["a", "b", "c"]);
    let path = format!("{MAPPINGS}/{}", made["UUID"].as_str().unwrap());
    assert_eq!(world.get(&path).await.json()["State"], "Enabled");
    // Disabled it reads nothing, enabled it goes on.
    world.put(&path, json!({ "Enabled": false })).await;
    let world = world.reopened().await;
    world.feed(&["d"]);
    assert_eq!(world.batches().len(), 2);
    world.put(&path, json!({ "Enabled": true })).await;
    world.until("the fourth record", || world.batches().concat().contains(&"d".to_owned())).await;
    // The batch whose answer was on its way when all ended comes again: at least once, and in order.
    let mut records = world.batches().concat();
    records.dedup();
    assert_eq!(records, ["a", "b", "c", "d"]);
    assert_eq!(world.delete(&path).await.json()["State"], "Deleting");
    assert_eq!(world.get(&path).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_batch_is_halved_until_its_record_is_told_alone() {
    let world = World::new();
    world.feed(&["a", "b", "poison", "c"]);
    let more = json!({
        "MaximumRetryAttempts": 0, "BisectBatchOnFunctionError": true,
        "DestinationConfig": { "OnFailure": { "Destination": "arn:aws:s3:::told" } },
    });
    world.map(more).await;
    let mut every = tokio::time::interval(Duration::from_millis(50));
    while world.failures().is_empty() || !world.batches().iter().any(|batch| batch == &["c"]) {
        every.tick().await;
        world.clock.advance(Duration::from_secs(60));
    }
    let told = world.failures().remove(0);
    assert_eq!(told["requestContext"]["condition"], "RetryAttemptsExhausted");
    assert_eq!(
        (&told["KinesisBatchInfo"]["batchSize"], &told["KinesisBatchInfo"]["startSequenceNumber"]),
        (&json!(1), &json!("1002"))
    );
    assert_eq!(told["responseContext"]["functionError"], "Unhandled");
    assert!(told["payload"].as_str().unwrap().contains("\"eventID\":\"shardId-000000000000:1002\""));
    assert_eq!(world.failures().len(), 1);
    assert!(world.batches().contains(&vec!["a".to_owned(), "b".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_failures_makes_the_rest_come_again() {
    let world = World::new();
    world.feed(&["a", "bad", "b"]);
    let more = json!({
        "MaximumRetryAttempts": 1, "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "DestinationConfig": { "OnFailure": { "Destination": "arn:aws:s3:::told" } },
    });
    world.map(more).await;
    let mut every = tokio::time::interval(Duration::from_millis(50));
    while world.failures().is_empty() {
        every.tick().await;
        world.clock.advance(Duration::from_secs(60));
    }
    assert_eq!(world.batches()[..2], [vec!["a", "bad", "b"], vec!["bad", "b"]]);
    let told = world.failures().remove(0);
    assert_eq!(
        (&told["KinesisBatchInfo"]["batchSize"], &told["responseContext"]["functionError"]),
        (&json!(2), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_drop_what_does_not_match_for_good() {
    let world = World::new();
    let more = json!({ "FilterCriteria": { "Filters": [{ "Pattern": "{\"data\": {\"n\": [{\"numeric\": [\">\", 1]}]}}" }] } });
    world.map(more).await;
    world.feed(&["{\"n\": 1}", "no json", "{\"n\": 2}"]);
    world.until("what matches", || !world.batches().is_empty()).await;
    assert_eq!(world.batches(), [["{\"n\": 2}"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_keeps_its_order_in_lanes() {
    let world = World::new();
    let texts: Vec<(String, String)> =
        (0..60).map(|n| (format!("k{}", n % 6), format!("{}-{n}", n % 6))).collect();
    let keyed: Vec<(&str, &str)> = texts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    world.shard.put(world.clock.now(), &keyed);
    world.map(json!({ "ParallelizationFactor": 3, "BatchSize": 5 })).await;
    world.until("all records", || world.batches().concat().len() >= 60).await;
    let all = world.batches().concat();
    assert_eq!(all.len(), 60);
    for key in 0..6 {
        let own: Vec<&String> = all.iter().filter(|text| text.starts_with(&format!("{key}-"))).collect();
        let numbers: Vec<u32> = own.iter().map(|text| text[2..].parse().unwrap()).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mappings_that_cannot_be_are_refused() {
    let world = World::new();
    world.map(json!({})).await;
    let make = async |change: Value| {
        let mut body = json!({ "EventSourceArn": STREAM, "FunctionName": "f", "StartingPosition": "LATEST" });
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        world.post(MAPPINGS, body).await
    };
    let twice = make(json!({})).await;
    assert!(twice.status == 409 && twice.message().contains("provided mapping already exists"), "{twice:?}");
    let other = "arn:aws:kinesis:us-east-1:000000000000:stream/none";
    assert_eq!(
        make(json!({ "EventSourceArn": other })).await.message(),
        format!("Stream not found: {other}")
    );
    assert_eq!(make(json!({ "FunctionName": "none" })).await.message(), "Function does not exist");
    assert_eq!(
        make(json!({ "EventSourceArn": "arn:aws:sqs:us-east-1:000000000000:q" })).await.message(),
        "Unrecognized event source."
    );
    assert_eq!(make(json!({ "StartingPosition": null })).await.status, 400);
    let pattern = json!({ "FunctionName": "f:$LATEST", "FilterCriteria": { "Filters": [{ "Pattern": "{\"a\": 1}" }] } });
    assert_eq!(make(pattern).await.message(), "Invalid filter pattern definition.");
}

/// Counts in its window's state, and prints what it was told of the window.
const COUNTER: &str = r#"
import json
def handler(event, context):
    n = event["state"].get("n", 0) + len(event["Records"])
    print("BATCH " + json.dumps([event["window"]["start"], str(n), str(event["isFinalInvokeForWindow"]), event["shardId"]]))
    return {"state": {"n": n}}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_tumbling_window_keeps_its_state_and_is_closed_once() {
    let world = World::new();
    let start = base::Timestamp::from_secs(world.clock.now().as_secs() / 60 * 60 + 60);
    world.clock.advance(start.since(world.clock.now()));
    world.create("f", COUNTER, json!({})).await;
    let body = json!({ "EventSourceArn": STREAM, "FunctionName": "f", "StartingPosition": "TRIM_HORIZON", "BatchSize": 2,
                       "TumblingWindowInSeconds": 60 });
    world.feed(&["a", "b", "c"]);
    let made = world.post(MAPPINGS, body).await;
    assert_eq!((made.status, &made.json()["TumblingWindowInSeconds"]), (202, &json!(60)), "{made:?}");
    world.until("two batches", || world.batches().len() == 2).await;
    let world = world.reopened().await;
    world.clock.advance(Duration::from_secs(61));
    world.until("the final call", || world.batches().len() == 3).await;
    world.feed(&["d"]);
    world.until("the next window", || world.batches().len() == 4).await;
    let at = |secs| wire::time::iso(start.plus(Duration::from_secs(secs)), wire::time::Precision::Seconds);
    let (first, next) = (at(0), at(60));
    let wanted =
        [[&*first, "2", "False"], [&first, "3", "False"], [&first, "3", "True"], [&next, "1", "False"]];
    for (batch, wanted) in world.batches().iter().zip(wanted) {
        assert_eq!(batch[..3], wanted);
    }
}
