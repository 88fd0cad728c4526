//! What a user relies on, seen from outside the process.

mod changes;
mod clock;
mod durability;
mod identity;
mod metering;
mod pipeline;
mod process;
mod tail;

use std::io::Read;
use std::time::{Duration, Instant};

use conformance::Client;
use serde_json::{Value, json};

/// Asks again until the answer is there. Nothing here waits for a timer of the server: what is asked for is under way.
#[track_caller]
fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{what} did not happen within 30 s");
        std::thread::yield_now();
    }
}

#[expect(clippy::disallowed_methods, reason = "the yard measures real time")]
fn now() -> Instant {
    Instant::now()
}

fn kinesis(client: &Client, operation: &str, input: Value) -> Value {
    client.json("kinesis", &format!("Kinesis_20131202.{operation}"), &input).unwrap().ok().json()
}

fn firehose(client: &Client, operation: &str, input: Value) -> Value {
    client.json("firehose", &format!("Firehose_20150804.{operation}"), &input).unwrap().ok().json()
}

fn base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

/// Everything that was delivered into a bucket, decompressed, object by object in key order.
fn delivered(client: &Client, bucket: &str) -> Vec<u8> {
    let mut all = Vec::new();
    for key in keys(client, bucket) {
        let object = client.s3("GET", &format!("/{bucket}/{key}"), &[], b"").unwrap().ok();
        flate2::read::MultiGzDecoder::new(&object.body[..]).read_to_end(&mut all).unwrap();
    }
    all
}

fn keys(client: &Client, bucket: &str) -> Vec<String> {
    client.s3("GET", &format!("/{bucket}"), &[("list-type", "2")], b"").unwrap().ok().elements("Key")
}

/// Reads a stream's only shard from its beginning.
fn read_shard(client: &Client, stream: &str) -> Vec<(String, Vec<u8>)> {
    let shards = kinesis(client, "ListShards", json!({"StreamName": stream}));
    let mut records = Vec::new();
    for shard in shards["Shards"].as_array().unwrap() {
        let start =
            json!({"StreamName": stream, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"});
        let mut iterator = kinesis(client, "GetShardIterator", start)["ShardIterator"].clone();
        loop {
            let batch = kinesis(client, "GetRecords", json!({"ShardIterator": iterator}));
            let page = batch["Records"].as_array().unwrap();
            for record in page {
                let data = base64_simd::STANDARD.decode_to_vec(record["Data"].as_str().unwrap()).unwrap();
                records.push((record["SequenceNumber"].as_str().unwrap().to_owned(), data));
            }
            iterator = batch["NextShardIterator"].clone();
            if page.is_empty() && batch["MillisBehindLatest"] == 0 {
                break;
            }
        }
    }
    records
}
