//! The catalog's and the functions' figures (issue 6): a million partitions, and functions warm and cold.

use std::io;
use std::time::Duration;

use conformance::load::{self, now};
use conformance::{Client, Server};
use serde_json::json;

use super::{Bench, TIME, ms, signed};

/// Partitions of the table, values of their first key, and how many there are of each: those that are asked for.
const PARTITIONS: usize = 1_000_000;
const DAYS: usize = PARTITIONS / HITS;
const HITS: usize = 1_000;
/// Partitions of one call (Glue's quota).
const BATCH: usize = 100;

impl Bench {
    /// GetPartitions with an expression that a thousand of a million match.
    pub(super) fn glue(&mut self) -> io::Result<()> {
        let name = "glue-partitions";
        if !self.wanted(name) {
            return Ok(());
        }
        let server = Server::start(&self.data("glue"), &[]);
        let client = server.client();
        let call = |operation: &str, input: &serde_json::Value| {
            client.json("glue", &format!("AWSGlue.{operation}"), input).map(conformance::Answer::ok)
        };
        let column = |name: &str, kind: &str| json!({ "Name": name, "Type": kind });
        call("CreateDatabase", &json!({ "DatabaseInput": { "Name": "bench" } }))?;
        let table = json!({
            "Name": "t", "PartitionKeys": [column("day", "string"), column("n", "int")],
            "StorageDescriptor": { "Columns": [column("c", "int")], "Location": "s3://bench/t/" },
        });
        call("CreateTable", &json!({ "DatabaseName": "bench", "TableInput": table }))?;
        fill(&server)?;
        let asked = json!({
            "DatabaseName": "bench", "TableName": "t", "Expression": "day = 'd0500' AND n >= 0", "MaxResults": HITS,
        });
        let answer = call("GetPartitions", &asked)?;
        let found = answer.json()["Partitions"].as_array().map_or(0, Vec::len);
        assert_eq!(found, HITS, "as many as match");
        let headers =
            [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AWSGlue.GetPartitions")];
        let request = signed(&server, "POST", "/", &headers, "glue", asked.to_string().as_bytes());
        let echo_bytes = request.len();
        let measured = load::run(server.address, vec![request], 1, TIME)?;
        let echo = load::run(
            load::start_echo(echo_bytes, answer.body.len())?,
            vec![vec![b'x'; echo_bytes]],
            1,
            TIME / 5,
        )?;
        let (p50, bar) = (measured.percentile(0.5), Duration::from_millis(20));
        self.say(
            name,
            p50 <= bar,
            &format!("p50 {}, p99 {}, {HITS} of {PARTITIONS}", ms(p50), ms(measured.percentile(0.99))),
            "p50 20 ms",
            &format!("echo p50 {}", ms(echo.percentile(0.5))),
        );
        Ok(())
    }

    /// What an invocation costs beside its function: a warm one, and one that starts its environment.
    pub(super) fn lambda(&mut self) -> io::Result<()> {
        let (warm, cold) = ("lambda-warm", "lambda-cold");
        if !self.wanted(warm) && !self.wanted(cold) {
            return Ok(());
        }
        let server = Server::start(&self.data("lambda"), &[]);
        let client = server.client();
        let function = |number: usize| format!("bench-{number}");
        for number in 0..COLD_STARTS {
            create_function(&client, &function(number))?;
        }
        let path = |number| format!("/2015-03-31/functions/{}/invocations", function(number));
        let mut starts = Vec::new();
        for number in 0..COLD_STARTS {
            let begun = now();
            let answer = client.send("lambda", "POST", &path(number), &[], &[], b"{}")?.ok();
            starts.push(begun.elapsed());
            assert_eq!(answer.text(), "{}", "the function gives back what it is given");
        }
        starts.sort();
        if self.wanted(cold) {
            let (p50, bar) = (starts[COLD_STARTS / 2], Duration::from_millis(350));
            let slowest = starts[COLD_STARTS - 1];
            self.say(
                cold,
                p50 <= bar,
                &format!("p50 {}, slowest {}", ms(p50), ms(slowest)),
                "p50 350 ms",
                &format!("python3 -c pass {}", ms(interpreter_time()?)),
            );
        }
        if self.wanted(warm) {
            let request = signed(&server, "POST", &path(0), &[], "lambda", b"{}");
            let bytes = request.len();
            let measured = load::run(server.address, vec![request], 1, TIME)?;
            let echo = load::run(load::start_echo(bytes, 200)?, vec![vec![b'x'; bytes]], 1, TIME / 5)?;
            let (p50, bar) = (measured.percentile(0.5), Duration::from_millis(1));
            self.say(
                warm,
                p50 <= bar,
                &format!("p50 {}, p99 {}", ms(p50), ms(measured.percentile(0.99))),
                "p50 1 ms",
                &format!("echo p50 {}", ms(echo.percentile(0.5))),
            );
        }
        Ok(())
    }
}

/// Functions that are started once each.
const COLD_STARTS: usize = 9;

/// Makes the partitions, by four connections.
fn fill(server: &Server) -> io::Result<()> {
    const CONNECTIONS: usize = 4;
    let client = server.client();
    std::thread::scope(|scope| {
        let part = |first: usize| {
            let client = &client;
            scope.spawn(move || -> io::Result<()> {
                for batch in (first..PARTITIONS / BATCH).step_by(CONNECTIONS) {
                    let inputs: Vec<_> = (batch * BATCH..(batch + 1) * BATCH)
                        .map(|number| {
                            let (day, n) = (number % DAYS, number / DAYS);
                            let location = format!("s3://bench/t/day=d{day:04}/n={n}/");
                            json!({
                                "Values": [format!("d{day:04}"), n.to_string()], "StorageDescriptor": { "Location": location },
                            })
                        })
                        .collect();
                    let input =
                        json!({ "DatabaseName": "bench", "TableName": "t", "PartitionInputList": inputs });
                    client.json("glue", "AWSGlue.BatchCreatePartition", &input)?.ok();
                }
                Ok(())
            })
        };
        let parts: Vec<_> = (0..CONNECTIONS).map(part).collect();
        parts.into_iter().try_for_each(|part| part.join().expect("a part does not panic"))
    })
}

/// A function that gives back what it is given.
fn create_function(client: &Client, name: &str) -> io::Result<()> {
    let code = archive("app.py", b"def handler(event, context):\n    return event\n");
    let body = json!({
        "FunctionName": name, "Runtime": "python3.12", "Role": "arn:aws:iam::000000000000:role/bench", "Handler": "app.handler",
        "Code": { "ZipFile": base64_simd::STANDARD.encode_to_string(code) },
    });
    let headers = [("content-type", "application/json")];
    let body = body.to_string();
    client.send("lambda", "POST", "/2015-03-31/functions", &[], &headers, body.as_bytes())?.ok();
    Ok(())
}

/// The time this machine takes to start the interpreter and have it do nothing.
fn interpreter_time() -> io::Result<Duration> {
    let start = now();
    std::process::Command::new("python3").args(["-c", "pass"]).output()?;
    Ok(start.elapsed())
}

/// A ZIP archive of one file, not compressed.
fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).expect("a small file").to_le_bytes();
    let mut common = Vec::new();
    common.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
    common.extend(crypt::crc32(content).to_le_bytes());
    common.extend(length(content));
    common.extend(length(content));
    common.extend(u16::try_from(name.len()).expect("a short name").to_le_bytes());
    common.extend([0, 0]);
    let mut all = b"PK\x03\x04".to_vec();
    all.extend(&common);
    all.extend(name.as_bytes());
    all.extend(content);
    let directory = length(&all);
    let mut entry = b"PK\x01\x02\x14\x03".to_vec();
    entry.extend(&common);
    // No comment, first disk; a plain file that all may read; at the beginning.
    entry.extend([0; 6]);
    entry.extend((0o100_644_u32 << 16).to_le_bytes());
    entry.extend([0; 4]);
    entry.extend(name.as_bytes());
    all.extend(&entry);
    all.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    all.extend(length(&entry));
    all.extend(directory);
    all.extend([0, 0]);
    all
}
