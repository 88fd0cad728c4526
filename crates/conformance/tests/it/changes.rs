//! A stream that is split, merged, listened to, and given other retentions while it is written to, through kills: nothing acknowledged is lost, nothing is
//! there twice, every shard is in order, and the open shards cover all hash keys.
//!
//! `STREAM_KILL_ROUNDS=50` makes it fifty kills.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;

use base::Random;
use conformance::listeners::Listeners;
use conformance::sign::{Credentials, Unsigned, request};
use conformance::{Client, Server};
use serde_json::{Value, json};

use crate::{base64, kinesis};

/// Kills of the everyday test.
const ROUNDS: u64 = 3;
/// How many write at once, each under a key of its own.
const WRITERS: usize = 4;
/// Records acknowledged between two changes of the stream.
const RECORDS_A_CHANGE: usize = 8;
/// Open shards beyond which shards are merged.
const OPEN_MAX: usize = 6;
const ARN: &str = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

/// A record that was acknowledged.
#[derive(Clone, Debug)]
struct Put {
    data: String,
    shard: String,
    number: String,
}

/// What one writer was told.
#[derive(Default)]
struct Told {
    next: usize,
    puts: Vec<Put>,
}

/// Writes until the server is gone. After every few records it says so.
fn write(client: &Client, writer: usize, told: &mut Told, tell: &mpsc::SyncSender<()>) {
    loop {
        // The last one is lost or not when the server is killed: it is not written again.
        let data = base64(format!("{writer}-{}", told.next).as_bytes());
        told.next += 1;
        let input = json!({"StreamName": "s", "PartitionKey": format!("w{writer}"), "Data": data});
        let Ok(answer) = client.json("kinesis", "Kinesis_20131202.PutRecord", &input) else { return };
        let answer = answer.ok().json();
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        told.puts.push(Put { data, shard: text("ShardId"), number: text("SequenceNumber") });
        if told.puts.len().is_multiple_of(RECORDS_A_CHANGE) && tell.send(()).is_err() {
            return;
        }
    }
}

fn shards(client: &Client) -> Vec<Value> {
    let listed = kinesis(client, "ListShards", json!({"StreamName": "s"}));
    listed["Shards"].as_array().unwrap().clone()
}

fn hash(shard: &Value, end: &str) -> u128 {
    shard["HashKeyRange"][end].as_str().unwrap().parse().unwrap()
}

/// The open shards, by hash key.
fn open(client: &Client) -> Vec<Value> {
    let mut open = shards(client);
    open.retain(|shard| shard["SequenceNumberRange"].get("EndingSequenceNumber").is_none());
    open.sort_by_key(|shard| hash(shard, "StartingHashKey"));
    open
}

/// One change that may be made now.
fn change(client: &Client, random: &Random) -> (&'static str, Value) {
    let open = open(client);
    let at = random.u64() as usize % open.len();
    match random.u64() % 4 {
        0 => {
            let hours = kinesis(client, "DescribeStreamSummary", json!({"StreamName": "s"}));
            let hours = hours["StreamDescriptionSummary"]["RetentionPeriodHours"].as_i64().unwrap();
            let (name, hours) = match hours {
                24 => ("IncreaseStreamRetentionPeriod", 48),
                _ => ("DecreaseStreamRetentionPeriod", 24),
            };
            (name, json!({"StreamName": "s", "RetentionPeriodHours": hours}))
        }
        _ if open.len() > OPEN_MAX => {
            let at = at.min(open.len() - 2);
            let input = json!({"StreamName": "s", "ShardToMerge": open[at]["ShardId"],
                "AdjacentShardToMerge": open[at + 1]["ShardId"]});
            ("MergeShards", input)
        }
        _ => {
            let (first, last) = (hash(&open[at], "StartingHashKey"), hash(&open[at], "EndingHashKey"));
            let middle = first + (last - first) / 2;
            let input = json!({"StreamName": "s", "ShardToSplit": open[at]["ShardId"],
                "NewStartingHashKey": middle.to_string()});
            ("SplitShard", input)
        }
    }
}

/// Listeners on all open shards.
fn listen(server: &Server, consumer: &Value) -> Listeners {
    let asked = open(&server.client()).into_iter().map(|shard| {
        let input = json!({"ConsumerARN": consumer, "ShardId": shard["ShardId"],
            "StartingPosition": {"Type": "TRIM_HORIZON"}});
        let headers = [
            ("host", server.address.to_string()),
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("x-amz-target", "Kinesis_20131202.SubscribeToShard".to_owned()),
        ];
        let headers = headers.map(|(name, text)| (name.to_owned(), text)).to_vec();
        let body = input.to_string();
        let unsigned = Unsigned {
            method: "POST",
            path: "/",
            query: "",
            headers,
            body: body.as_bytes(),
            service: "kinesis",
        };
        request(&Credentials::test(), unsigned, base::Clock::system(std::time::Duration::ZERO).wall())
    });
    Listeners::start(server.address, asked.collect()).unwrap()
}

/// Sequence numbers have no leading zeros: the longer one is the greater.
fn order(number: &str) -> (usize, &str) {
    (number.len(), number)
}

/// Everything in the stream: where each record is and what it says.
fn read_all(client: &Client) -> HashMap<String, Put> {
    let mut all = HashMap::new();
    for shard in shards(client) {
        let start =
            json!({"StreamName": "s", "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"});
        let mut iterator = kinesis(client, "GetShardIterator", start)["ShardIterator"].clone();
        let mut last = String::new();
        while iterator.is_string() {
            let batch = kinesis(client, "GetRecords", json!({"ShardIterator": iterator}));
            let page = batch["Records"].as_array().unwrap();
            for record in page {
                let text = |name: &str| record[name].as_str().unwrap().to_owned();
                let put = Put {
                    data: text("Data"),
                    shard: shard["ShardId"].as_str().unwrap().to_owned(),
                    number: text("SequenceNumber"),
                };
                assert!(order(&last) < order(&put.number), "a shard is in order: {last} before {put:?}");
                last.clone_from(&put.number);
                let twice = all.insert(put.data.clone(), put);
                assert!(twice.is_none(), "a record is there twice: {twice:?}");
            }
            iterator = batch["NextShardIterator"].clone();
            if page.is_empty() && batch["MillisBehindLatest"] == 0 {
                break;
            }
        }
    }
    all
}

fn verify(client: &Client, told: &[Told], round: u64) {
    let open = open(client);
    let mut next = Some(0);
    for shard in &open {
        assert_eq!(Some(hash(shard, "StartingHashKey")), next, "round {round}: {open:?}");
        next = hash(shard, "EndingHashKey").checked_add(1);
    }
    assert_eq!(next, None, "round {round}: the open shards cover all hash keys");
    let all = read_all(client);
    for told in told {
        let mut last = "";
        for put in &told.puts {
            let there = all.get(&put.data);
            let there =
                there.unwrap_or_else(|| panic!("round {round}: {put:?} was acknowledged and is lost"));
            assert_eq!((&there.shard, &there.number), (&put.shard, &put.number), "round {round}");
            assert!(order(last) < order(&put.number), "round {round}: a key's numbers rise");
            last = &put.number;
        }
    }
}

#[test]
fn a_stream_under_change_keeps_all_it_acknowledged_through_kills() {
    let rounds = std::env::var("STREAM_KILL_ROUNDS").ok().and_then(|text| text.parse().ok());
    let rounds: u64 = rounds.unwrap_or(ROUNDS);
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut told: Vec<Told> = (0..WRITERS).map(|_| Told::default()).collect();
    let mut consumer = Value::Null;
    for round in 0..=rounds {
        let random = Random::seeded(round);
        let server = Server::start(&data, &[]);
        let client = server.client();
        if round == 0 {
            kinesis(&client, "CreateStream", json!({"StreamName": "s", "ShardCount": 2}));
            let input = json!({"StreamARN": ARN, "ConsumerName": "c"});
            consumer = kinesis(&client, "RegisterStreamConsumer", input)["Consumer"]["ConsumerARN"].clone();
        }
        verify(&client, &told, round);
        if round == rounds {
            break;
        }
        let listeners = listen(&server, &consumer);
        let (tell, told_of) = mpsc::sync_channel(WRITERS);
        thread::scope(|scope| {
            for (writer, told) in told.iter_mut().enumerate() {
                let (client, tell) = (client.clone(), tell.clone());
                scope.spawn(move || write(&client, writer, told, &tell));
            }
            drop(tell);
            for _ in 0..3 + random.u64() % 10 {
                told_of.recv().expect("writers write while the server is there");
                let (name, input) = change(&client, &random);
                kinesis(&client, name, input);
            }
            // The kill falls into the last change, or close to it.
            let (name, input) = change(&client, &random);
            let client = client.clone();
            scope.spawn(move || client.json("kinesis", &format!("Kinesis_20131202.{name}"), &input));
            for _ in 0..random.u64() % 3 {
                told_of.recv().expect("writers write while the server is there");
            }
            assert!(listeners.taken().iter().any(|bytes| *bytes > 0), "who listens hears");
            server.kill();
            drop(told_of);
        });
    }
}
