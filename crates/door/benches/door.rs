//! What the door costs: `cargo bench -p door`. Client and server share the process, so rates are lower bounds.
//!
//! small: signed JSON requests of 1 KiB over 64 connections, and one at a time. large: signed JSON bodies of 700 KB over 4. idle: memory
//! of connections that have made one request.

#[expect(dead_code, reason = "the bench needs less of it than the tests do")]
#[path = "../tests/it/support.rs"]
mod support;

use std::time::Duration;

use support::{Ask, Server};

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let server = Server::start().await;
        let small = Ask::json("ListStreams", &[b' '; 1024]).bytes();
        let large = Ask::json("ListStreams", &vec![b' '; 700_000]).bytes();
        load(&server, "small, 64 connections", &small, 64, 3_000).await;
        load(&server, "small, 1 connection", &small, 1, 20_000).await;
        load(&server, "large, 4 connections", &large, 4, 300).await;
        idle(&server, 4_000).await;
    });
}

async fn load(server: &Server, name: &str, request: &[u8], connections: usize, each: usize) {
    let start = server.clock.monotonic();
    let cpu = cpu_time();
    let mut tasks = Vec::new();
    for _ in 0..connections {
        let (mut client, request) = (server.connect().await, request.to_vec());
        tasks.push(tokio::spawn(async move {
            for _ in 0..each {
                client.say(&request).await;
                assert_eq!(client.hear().await.status, 200);
            }
        }));
    }
    for task in tasks {
        task.await.expect("no client fails");
    }
    let took = server.clock.monotonic() - start;
    let count = (connections * each) as f64;
    println!(
        "{name}: {:.0} requests/s, {:.1} us each at {connections} connections, {:.1} us of CPU (client and server)",
        count / took.as_secs_f64(),
        took.as_secs_f64() * 1e6 * connections as f64 / count,
        (cpu_time() - cpu).as_secs_f64() * 1e6 / count,
    );
}

async fn idle(server: &Server, count: usize) {
    let before = resident_bytes();
    let request = Ask::json("ListStreams", b"{}").bytes();
    let mut clients = Vec::with_capacity(count);
    for _ in 0..count {
        let mut client = server.connect().await;
        client.say(&request).await;
        assert_eq!(client.hear().await.status, 200);
        clients.push(client);
    }
    let each = (resident_bytes() - before) / count as u64;
    println!("idle: {each} bytes a connection, the client's half included");
}

fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).expect("a number of pages") * 4096
}

fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<u64>().expect("ticks");
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
