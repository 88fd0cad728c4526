//! What was acknowledged survives `kill -9`.

use conformance::Server;
use serde_json::json;

use crate::{base64, kinesis, read_shard};

#[test]
fn acknowledged_records_are_there_after_a_kill_in_order_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut acknowledged = Vec::new();
    for round in 0..4 {
        let server = Server::start(&data, &[]);
        let client = server.client();
        if round == 0 {
            kinesis(&client, "CreateStream", json!({"StreamName": "s", "ShardCount": 1}));
        }
        assert_eq!(read_shard(&client, "s"), acknowledged, "round {round}");
        for number in 0..50 {
            let line = format!("{round}-{number}").into_bytes();
            let input = json!({"StreamName": "s", "PartitionKey": "k", "Data": base64(&line)});
            let answer = kinesis(&client, "PutRecord", input);
            acknowledged.push((answer["SequenceNumber"].as_str().unwrap().to_owned(), line));
        }
        server.kill();
    }
}

#[test]
fn acknowledged_objects_are_there_after_a_kill_whole() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    // Inside the commit, at its bound, and in a file of its own.
    let sizes = [0usize, 1, 1_000, 65_536, 65_537, 3_000_000];
    let body = |size: usize| (0..size).map(|at| (at * 7 + size) as u8).collect::<Vec<u8>>();
    let server = Server::start(&data, &[]);
    server.client().s3("PUT", "/bucket", &[], b"").unwrap().ok();
    for size in sizes {
        server.client().s3("PUT", &format!("/bucket/{size}"), &[], &body(size)).unwrap().ok();
    }
    server.client().s3("PUT", "/bucket/gone", &[], b"gone").unwrap().ok();
    server.client().s3("DELETE", "/bucket/gone", &[], b"").unwrap().ok();
    server.kill();

    let server = Server::start(&data, &[]);
    for size in sizes {
        let object = server.client().s3("GET", &format!("/bucket/{size}"), &[], b"").unwrap().ok();
        assert!(object.body == body(size), "the object of {size} bytes has changed");
    }
    assert_eq!(server.client().s3("GET", "/bucket/gone", &[], b"").unwrap().status, 404);
}
