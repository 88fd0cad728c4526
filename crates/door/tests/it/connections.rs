//! Connections: how long they may be silent, and how the server stops.

use std::time::Duration;

use tokio::time::Instant;

use crate::support::{Ask, Server};

/// How long the server leaves a connection open that says nothing more than `said`. The runtime's clock jumps when nothing else is to
/// be done, so this takes no time.
async fn closes_after(said: &[u8]) -> Duration {
    let server = Server::start().await;
    let start = Instant::now();
    let mut client = server.connect().await;
    client.say(said).await;
    let _ = client.hear_for("GET").await;
    while !client.is_closed().await {}
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_head_that_never_ends_is_cut_off_after_30_seconds() {
    for said in ["GET / HTTP/1.1\r\nHost: x\r\nX-a: ", "G", "P", "PR"] {
        let after = closes_after(said.as_bytes()).await;
        assert!((30..70).contains(&after.as_secs()), "{said:?}: {after:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_idle_connection_lives_longer() {
    let after = closes_after(b"").await;
    assert!((300..400).contains(&after.as_secs()), "{after:?}");
    let after = closes_after(b"GET /_millrace/health HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!((300..400).contains(&after.as_secs()), "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stops_coming_is_given_up_after_60_seconds() {
    let server = Server::start().await;
    let start = Instant::now();
    let mut client = server.connect().await;
    let ask = Ask::s3("PUT", "/b/k", b"hello").payload("UNSIGNED-PAYLOAD");
    client.say(&ask.bytes()[..ask.bytes().len() - 1]).await;
    let reply = client.hear().await;
    assert!(reply.body.contains("idle for too long"), "{reply:?}");
    assert!((60..70).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_stops_is_given_up_after_10_seconds() {
    let after = closes_after(&[0x16, 3, 1]).await;
    assert!((10..20).contains(&after.as_secs()), "{after:?}");
}

#[tokio::test]
async fn stopping_lets_the_request_under_way_finish() {
    let mut server = Server::start().await;
    let mut busy = server.connect().await;
    busy.say(Ask::json("Waits", b"{}").bytes()).await;
    server.began.notified().await;
    let mut idle = server.connect().await;
    assert_eq!(idle.ask(&Ask::json("ListStreams", b"{}")).await.status, 200);
    let mut silent = server.connect().await;
    server.stop();
    assert!(idle.is_closed().await);
    assert!(silent.is_closed().await);
    assert!(tokio::net::TcpStream::connect(server.address).await.is_err(), "nobody new is let in");
    server.go.notify_one();
    let reply = busy.hear().await;
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
    server.stopped().await;
}

#[tokio::test(start_paused = true)]
async fn stopping_does_not_wait_for_ever() {
    let mut server = Server::start().await;
    let mut busy = server.connect().await;
    busy.say(Ask::json("Waits", b"{}").bytes()).await;
    server.began.notified().await;
    let start = Instant::now();
    server.stop();
    server.stopped().await;
    assert!((10..12).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    assert!(busy.is_closed().await);
}

#[tokio::test]
async fn many_dripping_heads_keep_nobody_waiting() {
    let server = Server::start().await;
    let mut dripping = Vec::new();
    for _ in 0..400 {
        let mut client = server.connect().await;
        client.say("GET / HTTP/1.1\r\nHost: x\r\nX-a: ").await;
        dripping.push(client);
    }
    let mut client = server.connect().await;
    for _ in 0..10 {
        for slow in &mut dripping {
            slow.say("a").await;
        }
        assert_eq!(client.ask(&Ask::s3("GET", "/b/k", b"")).await.status, 200);
    }
}

#[tokio::test]
async fn a_reader_that_goes_away_in_the_middle_hurts_nobody() {
    let server = Server::start().await;
    let mut gone = server.connect().await;
    gone.say(Ask::s3("GET", "/b/endless", b"").bytes()).await;
    assert_eq!(gone.hear_for("HEAD").await.unwrap().status, 200);
    drop(gone);
    assert_eq!(server.connect().await.ask(&Ask::json("ListStreams", b"{}")).await.status, 200);
}
