//! `millrace tail` and `millrace replay`, against a server of this build.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};

use conformance::{Client, Server};
use rustix::process::{Pid, Signal};
use serde_json::json;

use super::{base64, eventually, kinesis};

fn run(server: &Server, arguments: &[&str]) -> Output {
    command(server, arguments).output().unwrap()
}

fn command(server: &Server, arguments: &[&str]) -> Command {
    let mut command = Command::new(conformance::binary());
    command.args(arguments).args(["--endpoint", &format!("http://{}", server.address)]);
    command.env_clear();
    command
}

fn lines(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(str::to_owned).collect()
}

fn put(client: &Client, stream: &str, key: &str, data: &[u8]) {
    kinesis(client, "PutRecord", json!({"StreamName": stream, "PartitionKey": key, "Data": base64(data)}));
}

fn interrupt(child: &Child) {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, Signal::INT).unwrap();
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_stream_is_shown_over_splits_and_put_into_another() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    let client = server.client();
    for name in ["from", "to"] {
        kinesis(&client, "CreateStream", json!({"StreamName": name, "ShardCount": 1}));
    }
    put(&client, "from", "a", b"{\"n\":1,\"user\":{\"id\":42}}");
    put(&client, "from", "a", &gzip(b"{\"n\":2}"));
    let split = json!({"StreamName": "from", "ShardToSplit": "shardId-0", "NewStartingHashKey": "1000"});
    kinesis(&client, "SplitShard", split);
    put(&client, "from", "a", b"{\"n\":3}");
    let shown = run(&server, &["tail", "from", "--from", "trim", "--no-follow", "--output", "data"]);
    assert_eq!(lines(&shown), ["{\"n\":1,\"user\":{\"id\":42}}", "{\"n\":2}", "{\"n\":3}"]);
    let filtered = ["tail", "from", "--from", "trim", "--no-follow", "--filter", "user.id=42"];
    assert_eq!(lines(&run(&server, &filtered)).len(), 1);
    let replayed = run(&server, &["replay", "from", "--into", "to", "--speed", "max"]);
    assert!(
        replayed.status.success() && String::from_utf8_lossy(&replayed.stderr).contains("replayed 3 records")
    );
    let shown = run(&server, &["tail", "to", "--from", "trim", "--limit", "3", "--output", "data"]);
    assert_eq!(lines(&shown).last().map(String::as_str), Some("{\"n\":3}"));
}

#[test]
fn it_follows_until_it_is_interrupted() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    let client = server.client();
    kinesis(&client, "CreateStream", json!({"StreamName": "s", "ShardCount": 1}));
    put(&client, "s", "k", b"first");
    let mut follower = command(&server, &["tail", "s", "--from", "trim", "--output", "data"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(follower.stdout.take().unwrap()).lines();
    assert_eq!(out.next().unwrap().unwrap(), "first");
    put(&client, "s", "k", b"second");
    assert_eq!(out.next().unwrap().unwrap(), "second");
    interrupt(&follower);
    let code = eventually("its end", || follower.try_wait().unwrap());
    assert_eq!(code.code(), Some(0));
}

#[test]
fn what_cannot_be_done_is_one_line_and_a_code() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    for (arguments, code, said) in [
        (&["tail", "none"][..], 1, "ResourceNotFoundException"),
        (&["tail", "none", "--from", "yesterday"], 1, "is no time"),
        (&["replay", "none", "--into", "other"], 1, "ResourceNotFoundException"),
        (&["replay", "none"], 2, "--into"),
    ] {
        let ended = run(&server, arguments);
        let err = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(code), "{err}");
        assert!(err.contains(said), "{err}");
    }
}
