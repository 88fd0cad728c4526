//! Records out.

use std::time::Duration;

use base::Timestamp;
use serde_json::{Value, json};

use crate::harness::{START, data, iterator_input, text, world};

fn of(kind: &str) -> Value {
    json!({"ShardIteratorType": kind})
}

fn seconds(time: Timestamp) -> Value {
    json!(time.as_millis() as f64 / 1_000.0)
}

#[tokio::test]
async fn each_kind_of_iterator_begins_where_it_says() {
    let world = world();
    world.create("s", 1).await;
    let start = text(&world.shards("s").await[0]["SequenceNumberRange"]["StartingSequenceNumber"]);
    let mut numbers = Vec::new();
    for record in 0..4 {
        world.clock.pass(Duration::from_millis(150));
        numbers.push(world.put("s", &record.to_string(), &format!("r{record}")).await.1);
    }
    let read = async |more: Value| data(&world.get(&world.iterator("s", 0, more).await).await);
    let from =
        |kind: &str, number: &String| json!({"ShardIteratorType": kind, "StartingSequenceNumber": number});
    assert_eq!(read(of("TRIM_HORIZON")).await, ["r0", "r1", "r2", "r3"]);
    assert_eq!(read(of("LATEST")).await, Vec::<String>::new());
    assert_eq!(read(from("AT_SEQUENCE_NUMBER", &numbers[1])).await, ["r1", "r2", "r3"]);
    assert_eq!(read(from("AFTER_SEQUENCE_NUMBER", &numbers[1])).await, ["r2", "r3"]);
    assert_eq!(read(from("AFTER_SEQUENCE_NUMBER", &numbers[3])).await, Vec::<String>::new());
    for kind in ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] {
        assert_eq!(read(from(kind, &start)).await.len(), 4);
    }
    let at = |millis: u64| json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": seconds(START.plus(Duration::from_millis(millis)))});
    assert_eq!(read(at(0)).await.len(), 4);
    assert_eq!(read(at(300)).await, ["r1", "r2", "r3"]);
    assert_eq!(read(at(301)).await, ["r2", "r3"]);
    let early = json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": 1});
    assert_eq!(read(early).await.len(), 4);
}

#[tokio::test]
async fn a_time_after_the_last_record_waits_for_the_next() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "k", "old").await;
    world.clock.pass(Duration::from_secs(2));
    let now = json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": seconds(world.clock.now())});
    let iterator = world.iterator("s", 0, now).await;
    assert_eq!(data(&world.get(&iterator).await), Vec::<String>::new());
    world.put("s", "k", "new").await;
    assert_eq!(data(&world.get(&iterator).await), ["new"]);
}

#[tokio::test]
async fn iterators_differ_and_may_be_used_again() {
    let world = world();
    world.create("s", 1).await;
    for record in 0..3 {
        world.put("s", "k", &format!("r{record}")).await;
    }
    let iterator = world.iterator("s", 0, of("TRIM_HORIZON")).await;
    assert_eq!(data(&world.get(&iterator).await), data(&world.get(&iterator).await));
    let next = text(&world.get(&iterator).await["NextShardIterator"]);
    let after = text(&world.get(&next).await["NextShardIterator"]);
    assert!(iterator != next && next != after);
    assert_eq!(data(&world.get(&format!("\"{iterator}\"")).await).len(), 3);
}

#[tokio::test]
async fn a_limit_is_kept_and_the_next_iterator_goes_on() {
    let world = world();
    world.create("s", 1).await;
    for record in 0..5 {
        world.put("s", "k", &format!("r{record}")).await;
    }
    world.clock.pass(Duration::from_secs(9));
    let iterator = world.iterator("s", 0, of("TRIM_HORIZON")).await;
    let first = world.call("GetRecords", json!({"ShardIterator": iterator, "Limit": 2})).await.ok();
    assert_eq!(data(&first), ["r0", "r1"]);
    assert_eq!(first["MillisBehindLatest"], 9_000);
    assert!(first.get("ChildShards").is_none());
    let rest = world.get(&text(&first["NextShardIterator"])).await;
    assert_eq!(data(&rest), ["r2", "r3", "r4"]);
    assert_eq!(rest["MillisBehindLatest"], 0);
}

#[tokio::test]
async fn an_answer_holds_ten_mebibytes() {
    let world = world();
    world.create("s", 1).await;
    for _ in 0..13 {
        world.put("s", "k", &"d".repeat(1_000_000)).await;
    }
    let first = world.get(&world.iterator("s", 0, of("TRIM_HORIZON")).await).await;
    assert_eq!(data(&first).len(), 10);
    assert_eq!(data(&world.get(&text(&first["NextShardIterator"])).await).len(), 3);
}

#[tokio::test]
async fn a_record_has_its_fields_and_no_more() {
    let world = world();
    world.create("s", 1).await;
    world.clock.pass(Duration::from_millis(12));
    let (_, number) = world.put("s", "key", "").await;
    let read = world.get(&world.iterator("s", 0, of("TRIM_HORIZON")).await).await;
    let arrival = START.as_secs() as f64 + 0.012;
    let expected = json!({"SequenceNumber": number, "ApproximateArrivalTimestamp": arrival, "Data": "", "PartitionKey": "key"});
    assert_eq!(read["Records"], json!([expected]));
}

#[tokio::test]
async fn an_iterator_expires_after_five_minutes() {
    let world = world();
    world.create("s", 1).await;
    let iterator = world.iterator("s", 0, of("LATEST")).await;
    world.clock.pass(Duration::from_millis(300_000));
    world.get(&iterator).await;
    world.clock.pass(Duration::from_millis(1));
    let refused = world.call("GetRecords", json!({"ShardIterator": iterator})).await;
    assert_eq!(
        refused.refused("ExpiredIteratorException"),
        "Iterator expired. The iterator was created at time Fri Jan 02 00:00:00 UTC 2026 while right now it is Fri Jan 02 00:05:00 UTC 2026 \
         which is further in the future than the tolerated delay of 300000 milliseconds."
    );
}

#[tokio::test]
async fn starts_that_do_not_fit_together_are_refused() {
    let world = world();
    world.create("s", 1).await;
    let (_, number) = world.put("s", "k", "x").await;
    let refused = async |more: Value| {
        world.call("GetShardIterator", iterator_input("s", 0, more)).await.refused("InvalidArgumentException")
    };
    for (kind, number, given) in [
        ("AT_SEQUENCE_NUMBER", None, "and no"),
        ("AFTER_SEQUENCE_NUMBER", None, "and no"),
        ("TRIM_HORIZON", Some(&number), "and also a"),
        ("LATEST", Some(&number), "and also a"),
    ] {
        let mut more = of(kind);
        if let Some(number) = number {
            more["StartingSequenceNumber"] = json!(number);
        }
        assert_eq!(
            refused(more).await,
            format!(
                "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST \
                 and no StartingSequenceNumber. Request specified {kind} {given} StartingSequenceNumber."
            )
        );
    }
    assert_eq!(
        refused(of("AT_TIMESTAMP")).await,
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter."
    );
    let future = START.plus(Duration::from_secs(1));
    assert_eq!(
        refused(json!({"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": seconds(future)})).await,
        format!(
            "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: {}, \
             currentTimestampInMillis: {}",
            future.as_millis(),
            START.as_millis()
        )
    );
}

#[tokio::test]
async fn shards_that_do_not_exist_are_not_found() {
    let world = world();
    world.create("s", 1).await;
    let refused = async |name: &str, shard: &str| {
        let input = json!({"StreamName": name, "ShardId": shard, "ShardIteratorType": "LATEST"});
        world.call("GetShardIterator", input).await.refused("ResourceNotFoundException")
    };
    let absent = "Shard shardId-000000000005 in stream s under account 000000000000 does not exist";
    assert_eq!(refused("s", "shardId-000000000005").await, absent);
    assert_eq!(refused("s", "x-5").await, absent);
    assert_eq!(
        refused("t", "shardId-000000000000").await,
        "Shard shardId-000000000000 in stream t under account 000000000000 does not exist"
    );
    assert_eq!(
        refused("s", "shardId-2147483648").await,
        "Could not find shard shardId-2147483648 in stream s under account 000000000000."
    );
    assert_eq!(
        refused("s", "shard").await,
        "Could not find shard shard in stream s under account 000000000000."
    );
}

#[tokio::test]
async fn a_number_of_another_shard_is_told_so() {
    let world = world();
    world.create("s", 2).await;
    let numbers: Vec<String> = world
        .shards("s")
        .await
        .iter()
        .map(|shard| text(&shard["SequenceNumberRange"]["StartingSequenceNumber"]))
        .collect();
    let more = json!({"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": numbers[1]});
    let refused = world.call("GetShardIterator", iterator_input("s", 0, more)).await;
    assert_eq!(
        refused.refused("InvalidArgumentException"),
        "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a shard with shardId-000000000000"
    );
    let more = json!({"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": "0"});
    let refused = world.call("GetShardIterator", iterator_input("s", 0, more)).await;
    assert!(refused.refused("InvalidArgumentException").contains("is invalid"));
}

#[tokio::test]
async fn what_is_no_iterator_is_refused() {
    let world = world();
    let good = "AAAAAAAAAAE".to_owned() + &"A".repeat(200);
    for iterator in ["nonsense", &good, "\"\""] {
        let refused = world.call("GetRecords", json!({"ShardIterator": iterator})).await;
        assert_eq!(refused.refused("InvalidArgumentException"), "Invalid ShardIterator.");
    }
}

#[tokio::test]
async fn records_vanish_when_their_retention_is_over() {
    let world = world();
    world.create("s", 1).await;
    world.put("s", "k", "old").await;
    world.clock.pass(Duration::from_secs(3_600));
    let (_, number) = world.put("s", "k", "new").await;
    world.clock.pass(Duration::from_secs(23 * 3_600 - 1));
    assert_eq!(world.read("s", 0).await, ["old", "new"]);
    world.clock.pass(Duration::from_secs(2));
    // Before the sweep has been there.
    assert_eq!(world.read("s", 0).await, ["new"]);
    world.pass(Duration::from_secs(120)).await;
    assert_eq!(world.read("s", 0).await, ["new"]);
    let store: &dyn store::Store = &**world.model.as_ref().unwrap();
    let shards = kinesis::tables::SHARDS.prefix(|_| {});
    let shards = kinesis::tables::SHARDS.scan(&*store.snapshot(), shards, 2).await.unwrap();
    let state = store.log_state(shards[0].1.value.log_id()).await.unwrap();
    assert_eq!((state.horizon.0, state.next.0), (2, 3), "the sweep has cut the first record off");
    let more = json!({"ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": number});
    assert_eq!(data(&world.get(&world.iterator("s", 0, more).await).await), ["new"]);
}
