//! The first whole pipeline: records into a stream, Firehose reads it and delivers compressed objects, which are counted.

use conformance::{Client, Server};
use serde_json::json;

use crate::{base64, delivered, eventually, firehose, keys, kinesis};

const RECORDS: usize = 2_500;

fn bucket_and_stream(client: &Client) {
    client.s3("PUT", "/landing", &[], b"").unwrap().ok();
    kinesis(client, "CreateStream", json!({"StreamName": "flights", "ShardCount": 2}));
}

fn destination(prefix: &str) -> serde_json::Value {
    json!({
        "RoleARN": "arn:aws:iam::000000000000:role/firehose",
        "BucketARN": "arn:aws:s3:::landing",
        "Prefix": prefix,
        "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 1},
        "CompressionFormat": "GZIP",
    })
}

fn put_all(client: &Client) {
    for batch in 0..RECORDS / 500 {
        let records: Vec<_> = (0..500)
            .map(|at| {
                let line = format!("{{\"number\":{}}}\n", batch * 500 + at);
                json!({"Data": base64(line.as_bytes()), "PartitionKey": at.to_string()})
            })
            .collect();
        let answer = kinesis(client, "PutRecords", json!({"StreamName": "flights", "Records": records}));
        assert_eq!(answer["FailedRecordCount"], 0);
    }
}

fn each_once(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut seen = vec![0; RECORDS];
    for line in text.lines() {
        let number = serde_json::from_str::<serde_json::Value>(line).unwrap()["number"].as_u64().unwrap();
        seen[usize::try_from(number).unwrap()] += 1;
    }
    assert!(seen.iter().all(|count| *count <= 1), "a record was delivered twice");
    seen.iter().all(|count| *count == 1)
}

#[test]
fn every_record_of_the_stream_is_delivered_once_across_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data, &["--movable-clock"]);
    let client = server.client();
    bucket_and_stream(&client);
    let source = json!({
        "DeliveryStreamName": "flights",
        "DeliveryStreamType": "KinesisStreamAsSource",
        "KinesisStreamSourceConfiguration": {
            "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/flights",
            "RoleARN": "arn:aws:iam::000000000000:role/firehose",
        },
        "ExtendedS3DestinationConfiguration": destination("flights/"),
    });
    firehose(&client, "CreateDeliveryStream", source);
    put_all(&client);
    server.kill();

    let server = Server::start(&data, &["--movable-clock"]);
    let client = server.client();
    eventually("the delivery of all records", || {
        client.advance_clock("61s").unwrap().ok();
        each_once(&delivered(&client, "landing")).then_some(())
    });
    assert!(keys(&client, "landing").iter().all(|key| key.starts_with("flights/") && key.ends_with(".gz")));
}

#[test]
fn a_direct_put_acknowledged_before_a_crash_is_delivered_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data, &["--movable-clock"]);
    let client = server.client();
    client.s3("PUT", "/landing", &[], b"").unwrap().ok();
    let direct =
        json!({"DeliveryStreamName": "direct", "ExtendedS3DestinationConfiguration": destination("direct/")});
    firehose(&client, "CreateDeliveryStream", direct);
    for batch in 0..RECORDS / 500 {
        let records: Vec<_> = (0..500)
            .map(|at| json!({"Data": base64(format!("{{\"number\":{}}}\n", batch * 500 + at).as_bytes())}))
            .collect();
        let answer =
            firehose(&client, "PutRecordBatch", json!({"DeliveryStreamName": "direct", "Records": records}));
        assert_eq!(answer["FailedPutCount"], 0);
    }
    server.kill();

    let server = Server::start(&data, &["--movable-clock"]);
    let client = server.client();
    eventually("the delivery of all records", || {
        client.advance_clock("61s").unwrap().ok();
        each_once(&delivered(&client, "landing")).then_some(())
    });
}
