//! The figures over the wire, each beside a baseline from the same run and the bar of its issue. Run by `cargo xtask bench [NAME…]`.
//!
//! Baselines are the machine's own limits for the same bytes: a server that answers without looking (`echo`), and a loop that writes into
//! zero-filled space with one `fdatasync` a request (`disk`). The client shares the machine's cores with the server, which is why the server's
//! CPU a record is printed too.

#[path = "bench/catalog.rs"]
mod catalog;

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use base::{Clock, Random};
use conformance::listeners::Listeners;
use conformance::load::{self, Measured, now};
use conformance::sign::{Credentials, Unsigned, request};
use conformance::{Client, Server};
use serde_json::json;

const TIME: Duration = Duration::from_secs(5);

struct Bench {
    dir: tempfile::TempDir,
    names: Vec<String>,
    missed: Vec<String>,
}

fn main() -> io::Result<()> {
    let names = std::env::args().skip(1).collect();
    let dir = tempfile::Builder::new().prefix("millrace-bench-").tempdir()?;
    let mut bench = Bench { dir, names, missed: Vec::new() };
    bench.kinesis()?;
    bench.fan_out()?;
    bench.s3()?;
    bench.s3_large_puts()?;
    bench.s3_lists()?;
    bench.glue()?;
    bench.lambda()?;
    bench.start()?;
    if bench.missed.is_empty() {
        println!("\nevery figure measured holds");
    } else {
        println!("\nmissed: {}", bench.missed.join("; "));
    }
    Ok(())
}

impl Bench {
    fn wanted(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|wanted| name.contains(wanted.as_str()))
    }

    fn data(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// Prints one figure: what was measured, the bar, the baseline.
    fn say(&mut self, name: &str, holds: bool, measured: &str, bar: &str, baseline: &str) {
        let verdict = if holds { "ok    " } else { "MISSED" };
        println!("{verdict} {name:<34} {measured:<58} bar {bar:<34} baseline {baseline}");
        if !holds {
            self.missed.push(name.to_owned());
        }
    }

    fn kinesis(&mut self) -> io::Result<()> {
        let names = ["put-records-json", "put-records-cbor", "put-record-64", "put-record-1"];
        if !names.iter().any(|name| self.wanted(name)) {
            return Ok(());
        }
        let server = Server::start(&self.data("kinesis"), &[]);
        let client = server.client();
        let stream = json!({"StreamName": "bench", "ShardCount": 4});
        assert_eq!(client.json("kinesis", "Kinesis_20131202.CreateStream", &stream)?.status, 200);
        let bars = [(names[0], false, 180_000.0, 5.0), (names[1], true, 220_000.0, 4.0)];
        for (name, cbor, rate, cpu) in bars {
            if self.wanted(name) {
                self.put_records(&server, name, cbor, rate, cpu)?;
            }
        }
        for (name, connections) in [(names[2], 64), (names[3], 1)] {
            if self.wanted(name) {
                self.put_record(&server, name, connections)?;
            }
        }
        Ok(())
    }

    fn put_records(
        &mut self,
        server: &Server,
        name: &str,
        cbor: bool,
        bar: f64,
        cpu_bar: f64,
    ) -> io::Result<()> {
        const BATCH: usize = 500;
        let random = Random::seeded(1);
        let requests: Vec<Vec<u8>> = (0..32)
            .map(|_| {
                let body = if cbor { cbor_batch(&random, BATCH) } else { json_batch(&random, BATCH) };
                kinesis_request(server, "PutRecords", if cbor { "cbor" } else { "json" }, &body)
            })
            .collect();
        let bytes = requests[0].len();
        let before = cpu(server.pid())?;
        let measured = load::run(server.address, requests, 4, TIME)?;
        // The warm-up is a fifth of the time on top, and costs as much a record.
        let spent = (cpu(server.pid())? - before).as_secs_f64() / 1.2;
        let records = measured.answers as f64 * BATCH as f64;
        let rate = records / measured.elapsed.as_secs_f64();
        let each = spent / records * 1e6;
        let disk = synced_writer(self.dir.path(), BATCH * 1_024)? * BATCH as f64;
        let echo = load::run(load::start_echo(bytes, 50_000)?, vec![vec![b'x'; bytes]], 4, TIME / 5)?;
        self.say(
            name,
            rate >= bar && each <= cpu_bar,
            &format!("{rate:.0} records/s, {each:.2} µs CPU a record, p99 {}", ms(measured.percentile(0.99))),
            &format!("{bar:.0} records/s, {cpu_bar} µs"),
            &format!("disk {disk:.0} records/s, echo {:.0} records/s", echo.rate() * BATCH as f64),
        );
        Ok(())
    }

    fn put_record(&mut self, server: &Server, name: &str, connections: usize) -> io::Result<()> {
        let random = Random::seeded(2);
        let requests: Vec<Vec<u8>> = (0..2_048)
            .map(|_| {
                let data = base64_simd::STANDARD.encode_to_string(random.bytes::<400>());
                let body =
                    json!({"StreamName": "bench", "PartitionKey": random.uuid(), "Data": data}).to_string();
                kinesis_request(server, "PutRecord", "json", body.as_bytes())
            })
            .collect();
        let bytes = requests[0].len();
        let measured = load::run(server.address, requests, connections, TIME)?;
        let echo = load::run(load::start_echo(bytes, 120)?, vec![vec![b'x'; bytes]], connections, TIME / 5)?;
        let p50 = measured.percentile(0.5);
        let (holds, bar) = if connections == 1 {
            (p50 <= Duration::from_micros(300), "p50 0.3 ms")
        } else {
            (measured.rate() >= 30_000.0, "30000/s")
        };
        let disk = synced_writer(self.dir.path(), 4_096)?;
        self.say(
            name,
            holds,
            &described(&measured),
            bar,
            &format!("echo {:.0}/s p50 {}, disk {disk:.0}/s", echo.rate(), ms(echo.percentile(0.5))),
        );
        Ok(())
    }

    /// Fifty consumers subscribe to one shard; every batch is put once all of them have the one before.
    fn fan_out(&mut self) -> io::Result<()> {
        const NAME: &str = "fan-out-50";
        const CONSUMERS: usize = 50;
        const BATCHES: usize = 200;
        const BATCH: usize = 50;
        const RECORD: usize = 1_024;
        if !self.wanted(NAME) {
            return Ok(());
        }
        let server = Server::start(&self.data("fan-out"), &[]);
        let client = server.client();
        // Fifty consumers a stream are for on-demand streams of accounts that commit to a throughput.
        let commit = json!({"MinimumThroughputBillingCommitment": {"Status": "ENABLED"}});
        client.json("kinesis", "Kinesis_20131202.UpdateAccountSettings", &commit)?.ok();
        let stream = json!({"StreamName": "bench", "StreamModeDetails": {"StreamMode": "ON_DEMAND"}});
        client.json("kinesis", "Kinesis_20131202.CreateStream", &stream)?.ok();
        let first = json!({"StreamName": "bench", "PartitionKey": "k", "Data": "eA=="});
        let shard =
            client.json("kinesis", "Kinesis_20131202.PutRecord", &first)?.ok().json()["ShardId"].clone();
        let arn = "arn:aws:kinesis:us-east-1:000000000000:stream/bench";
        let mut requests = Vec::new();
        for at in 0..CONSUMERS {
            let consumer = json!({"StreamARN": arn, "ConsumerName": format!("c{at}")});
            let answer =
                client.json("kinesis", "Kinesis_20131202.RegisterStreamConsumer", &consumer)?.ok().json();
            let position = json!({"Type": "LATEST"});
            let input = json!({"ConsumerARN": answer["Consumer"]["ConsumerARN"], "ShardId": shard,
                "StartingPosition": position});
            requests.push(kinesis_request(&server, "SubscribeToShard", "json", input.to_string().as_bytes()));
        }
        let listeners = Listeners::start(server.address, requests)?;
        listeners.await_more(&[0; CONSUMERS], 1)?;
        let random = Random::seeded(6);
        let data = base64_simd::STANDARD.encode_to_string(random.bytes::<RECORD>());
        let records: Vec<_> = (0..BATCH).map(|_| json!({"Data": data, "PartitionKey": "k"})).collect();
        let batch = json!({"StreamName": "bench", "Records": records});
        let (before, start) = (cpu(server.pid())?, now());
        for _ in 0..BATCHES {
            let taken = listeners.taken();
            client.json("kinesis", "Kinesis_20131202.PutRecords", &batch)?.ok();
            listeners.await_more(&taken, (BATCH * data.len()) as u64)?;
        }
        let delivered = (CONSUMERS * BATCHES * BATCH) as f64;
        let each = (cpu(server.pid())? - before).as_secs_f64() / delivered * 1e6;
        let rate = delivered / start.elapsed().as_secs_f64();
        self.say(
            NAME,
            each <= 1.0,
            &format!("{each:.2} µs CPU a delivered record, {rate:.0}/s"),
            "1 µs",
            "-",
        );
        Ok(())
    }

    fn s3(&mut self) -> io::Result<()> {
        let names = ["s3-put-4k", "s3-get-4k", "s3-get-64m"];
        if !names.iter().any(|name| self.wanted(name)) {
            return Ok(());
        }
        let server = Server::start(&self.data("s3"), &[]);
        let client = server.client();
        assert_eq!(client.s3("PUT", "/bench", &[], b"")?.status, 200);
        let random = Random::seeded(3);
        let mut small = vec![0; 4_096];
        random.fill(&mut small);
        let puts: Vec<Vec<u8>> =
            (0..2_048).map(|at| s3_request(&server, "PUT", &format!("/bench/small/{at}"), &small)).collect();
        let bytes = puts[0].len();
        if self.wanted(names[0]) {
            let measured = load::run(server.address, puts, 16, TIME)?;
            let disk = synced_writer(self.dir.path(), 8_192)?;
            let echo = load::run(load::start_echo(bytes, 0)?, vec![vec![b'x'; bytes]], 16, TIME / 5)?;
            let baseline = format!("disk {disk:.0}/s (one sync each), echo {:.0}/s", echo.rate());
            self.say(names[0], measured.rate() >= 12_000.0, &described(&measured), "12000/s", &baseline);
        } else {
            load::run(server.address, puts, 16, TIME / 5)?;
        }
        if self.wanted(names[1]) {
            // Enough of them were written above, in turn from 16 places.
            let gets: Vec<Vec<u8>> =
                (0..64).map(|at| s3_request(&server, "GET", &format!("/bench/small/{at}"), b"")).collect();
            let bytes = gets[0].len();
            let measured = load::run(server.address, gets, 16, TIME)?;
            let echo = load::run(load::start_echo(bytes, 4_096)?, vec![vec![b'x'; bytes]], 16, TIME / 5)?;
            let baseline = format!("echo {:.0}/s", echo.rate());
            self.say(names[1], measured.rate() >= 35_000.0, &described(&measured), "35000/s", &baseline);
        }
        if self.wanted(names[2]) {
            const LARGE: usize = 64 << 20;
            let mut large = vec![0; LARGE];
            random.fill(&mut large);
            assert_eq!(client.s3("PUT", "/bench/large", &[], &large)?.status, 200);
            let get = vec![s3_request(&server, "GET", "/bench/large", b"")];
            let bytes = get[0].len();
            let measured = load::run(server.address, get, 1, TIME)?;
            let echo = load::run(load::start_echo(bytes, LARGE)?, vec![vec![b'x'; bytes]], 1, TIME / 5)?;
            let speed = |measured: &Measured| measured.bytes as f64 / measured.elapsed.as_secs_f64() / 1e9;
            let baseline = format!("echo {:.2} GB/s", speed(&echo));
            self.say(
                names[2],
                speed(&measured) >= 1.2,
                &format!("{:.2} GB/s", speed(&measured)),
                "1.2 GB/s",
                &baseline,
            );
        }
        Ok(())
    }

    /// Sixteen connections, a MiB each: bytes are hashed, sealed, written and synced.
    fn s3_large_puts(&mut self) -> io::Result<()> {
        const NAME: &str = "s3-put-1m";
        if !self.wanted(NAME) {
            return Ok(());
        }
        let server = Server::start(&self.data("s3-large"), &[]);
        assert_eq!(server.client().s3("PUT", "/bench", &[], b"")?.status, 200);
        let mut body = vec![0; 1 << 20];
        Random::seeded(5).fill(&mut body);
        let puts: Vec<Vec<u8>> =
            (0..64).map(|at| s3_request(&server, "PUT", &format!("/bench/{at}"), &body)).collect();
        let bytes = puts[0].len();
        let before = idle_rss(&server)?;
        let measured = load::run(server.address, puts, 16, TIME)?;
        let speed = measured.rate() * 1.048_576;
        let memory = idle_rss(&server)? - before;
        let disk = synced_writer(self.dir.path(), 1 << 20)? * 1.048_576;
        let echo = load::run(load::start_echo(bytes, 0)?, vec![vec![b'x'; bytes]], 16, TIME / 5)?;
        self.say(
            NAME,
            speed >= 450.0 && memory <= 64.0,
            &format!("{speed:.0} MB/s, {memory:.0} MiB more memory"),
            "450 MB/s, 64 MiB",
            &format!("disk {disk:.0} MB/s (one sync each), echo {:.0} MB/s", echo.rate() * 1.048_576),
        );
        Ok(())
    }

    /// Pages of a bucket of 100,000 keys under 1,000 prefixes.
    fn s3_lists(&mut self) -> io::Result<()> {
        const KEYS: usize = 100_000;
        let (plain, grouped) = ("s3-list", "s3-list-delimiter");
        if !self.wanted(plain) && !self.wanted(grouped) {
            return Ok(());
        }
        let server = Server::start(&self.data("s3-list"), &[]);
        assert_eq!(server.client().s3("PUT", "/bench", &[], b"")?.status, 200);
        let key = |at: usize| format!("p{:03}/{:05}", at % 1_000, at / 1_000);
        let puts: Vec<Vec<u8>> =
            (0..KEYS).map(|at| s3_request(&server, "PUT", &format!("/bench/{}", key(at)), b"x")).collect();
        load::send_all(server.address, puts, 64)?;
        let list = |query: &str| signed_query(&server, "/bench", query);
        let pages: Vec<Vec<u8>> =
            (0..99).map(|page| list(&format!("list-type=2&start-after=p{:03}%2F", page * 10))).collect();
        let measured = load::run(server.address, pages, 1, TIME)?;
        let keys = measured.rate() * 1_000.0;
        let bytes = measured.bytes / measured.answers.max(1);
        let echo = load::run(
            load::start_echo(400, usize::try_from(bytes).unwrap_or(0))?,
            vec![vec![b'x'; 400]],
            1,
            TIME / 5,
        )?;
        let baseline = format!("echo of the same bytes {:.0} keys/s", echo.rate() * 1_000.0);
        self.say(plain, keys >= 300_000.0, &format!("{keys:.0} keys/s"), "300000 keys/s", &baseline);
        let groups = vec![list("delimiter=%2F&list-type=2")];
        let measured = load::run(server.address, groups, 1, TIME)?;
        let p50 = measured.percentile(0.5);
        self.say(grouped, p50 <= Duration::from_millis(15), &format!("p50 {}", ms(p50)), "15 ms", "-");
        Ok(())
    }

    fn start(&mut self) -> io::Result<()> {
        if !self.wanted("start") {
            return Ok(());
        }
        let bar = Duration::from_millis(300);
        let empty = self.data("empty");
        let server = Server::start(&empty, &[]);
        self.say("start-empty", server.ready_after <= bar, &ms(server.ready_after), "300 ms", &spawn_time()?);
        let rss = idle_rss(&server)?;
        self.say("idle-rss", rss <= 30.0, &format!("{rss:.1} MiB"), "30 MiB", "-");
        server.kill();

        let full = self.data("full");
        let server = Server::start(&full, &[]);
        fill(&server.client(), 2 << 30)?;
        server.kill();
        let server = Server::start(&full, &[]);
        self.say(
            "start-2GiB-after-kill",
            server.ready_after <= Duration::from_secs(1),
            &ms(server.ready_after),
            "1000 ms",
            "-",
        );
        server.stop(rustix::process::Signal::TERM);
        let server = Server::start(&full, &[]);
        self.say("start-2GiB", server.ready_after <= bar, &ms(server.ready_after), "300 ms", "-");
        let rss = idle_rss(&server)?;
        self.say("idle-rss-2GiB", rss <= 30.0, &format!("{rss:.1} MiB"), "30 MiB", "-");
        Ok(())
    }
}

/// Half large objects, half records: both ways into the directory.
fn fill(client: &Client, bytes: usize) -> io::Result<()> {
    const OBJECT: usize = 32 << 20;
    client.s3("PUT", "/fill", &[], b"")?;
    let random = Random::seeded(4);
    let mut object = vec![0; OBJECT];
    random.fill(&mut object);
    for at in 0..bytes / 2 / OBJECT {
        assert_eq!(client.s3("PUT", &format!("/fill/{at}"), &[], &object)?.status, 200);
    }
    let stream = json!({"StreamName": "fill", "ShardCount": 4});
    assert_eq!(client.json("kinesis", "Kinesis_20131202.CreateStream", &stream)?.status, 200);
    let data = base64_simd::STANDARD.encode_to_string(&object[..10_000]);
    for _ in 0..bytes / 2 / (500 * 10_000) {
        let records: Vec<_> =
            (0..500).map(|at| json!({"Data": data, "PartitionKey": format!("k{at}")})).collect();
        let batch = json!({"StreamName": "fill", "Records": records});
        assert_eq!(client.json("kinesis", "Kinesis_20131202.PutRecords", &batch)?.status, 200);
    }
    Ok(())
}

fn described(measured: &Measured) -> String {
    let (p50, p99) = (ms(measured.percentile(0.5)), ms(measured.percentile(0.99)));
    format!("{:.0}/s, p50 {p50}, p99 {p99}", measured.rate())
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn signed(
    server: &Server,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    service: &str,
    body: &[u8],
) -> Vec<u8> {
    let mut headers: Vec<(String, String)> =
        headers.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    headers.push(("host".to_owned(), server.address.to_string()));
    let unsigned = Unsigned { method, path, query: "", headers, body, service };
    request(&Credentials::test(), unsigned, Clock::system(Duration::ZERO).wall())
}

fn kinesis_request(server: &Server, operation: &str, form: &str, body: &[u8]) -> Vec<u8> {
    let target = format!("Kinesis_20131202.{operation}");
    let content_type = format!("application/x-amz-{form}-1.1");
    signed(
        server,
        "POST",
        "/",
        &[("content-type", &content_type), ("x-amz-target", &target)],
        "kinesis",
        body,
    )
}

fn s3_request(server: &Server, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    signed(server, method, path, &[], "s3", body)
}

fn signed_query(server: &Server, path: &str, query: &str) -> Vec<u8> {
    let headers = vec![("host".to_owned(), server.address.to_string())];
    let unsigned = Unsigned { method: "GET", path, query, headers, body: b"", service: "s3" };
    request(&Credentials::test(), unsigned, Clock::system(Duration::ZERO).wall())
}

fn json_batch(random: &Random, records: usize) -> Vec<u8> {
    let records: Vec<_> = (0..records)
        .map(|_| {
            let data = base64_simd::STANDARD.encode_to_string(random.bytes::<1_024>());
            json!({"Data": data, "PartitionKey": random.uuid()})
        })
        .collect();
    json!({"StreamName": "bench", "Records": records}).to_string().into_bytes()
}

fn cbor_batch(random: &Random, records: usize) -> Vec<u8> {
    let text = |out: &mut Vec<u8>, text: &str| {
        cbor_head(out, 3, text.len());
        out.extend_from_slice(text.as_bytes());
    };
    let mut out = Vec::new();
    cbor_head(&mut out, 5, 2);
    text(&mut out, "StreamName");
    text(&mut out, "bench");
    text(&mut out, "Records");
    cbor_head(&mut out, 4, records);
    for _ in 0..records {
        cbor_head(&mut out, 5, 2);
        text(&mut out, "Data");
        cbor_head(&mut out, 2, 1_024);
        out.extend_from_slice(&random.bytes::<1_024>());
        text(&mut out, "PartitionKey");
        text(&mut out, &random.uuid());
    }
    out
}

/// The head of a CBOR item: its major type and a length below 65,536.
fn cbor_head(out: &mut Vec<u8>, major: u8, length: usize) {
    match u16::try_from(length).expect("what is encoded here is short") {
        short @ 0..24 => out.push(major << 5 | short as u8),
        byte @ 24..256 => out.extend_from_slice(&[major << 5 | 24, byte as u8]),
        word => {
            out.push(major << 5 | 25);
            out.extend_from_slice(&word.to_be_bytes());
        }
    }
}

/// Writes a second the fastest way there is: into zero-filled space, one `fdatasync` each. Returns writes a second.
fn synced_writer(dir: &Path, bytes: usize) -> io::Result<f64> {
    const SPACE: usize = 256 << 20;
    let path = dir.join("baseline");
    let mut file = File::options().create(true).truncate(true).read(true).write(true).open(&path)?;
    let zeros = vec![0; 1 << 20];
    for _ in 0..SPACE >> 20 {
        file.write_all(&zeros)?;
    }
    file.sync_all()?;
    let step = bytes.next_multiple_of(4_096);
    let block = vec![7; bytes];
    let start = now();
    let mut writes = 0;
    while start.elapsed() < Duration::from_secs(1) {
        let at = (writes * step) % (SPACE - step);
        file.write_all_at(&block, (at & !4_095) as u64)?;
        file.sync_data()?;
        writes += 1;
    }
    let rate = writes as f64 / start.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(rate)
}

/// The time this machine takes to start the binary and have it do nothing.
fn spawn_time() -> io::Result<String> {
    let start = now();
    std::process::Command::new(conformance::binary()).arg("--version").output()?;
    Ok(format!("--version {}", ms(start.elapsed())))
}

/// CPU time a process has spent, from `/proc`.
fn cpu(pid: u32) -> io::Result<Duration> {
    /// Linux counts in hundredths of a second on every machine we run on.
    const TICKS_PER_SECOND: u64 = 100;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let field = |at: usize| {
        after_name.split_whitespace().nth(at).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0)
    };
    Ok(Duration::from_millis((field(11) + field(12)) * 1_000 / TICKS_PER_SECOND))
}

/// Resident memory in MiB.
fn idle_rss(server: &Server) -> io::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    let kib: f64 = line.split_whitespace().next().and_then(|text| text.parse().ok()).unwrap_or(0.0);
    Ok(kib / 1_024.0)
}
