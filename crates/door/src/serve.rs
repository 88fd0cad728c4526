//! The one port: accepts, tells TLS, HTTP/2 and HTTP/1.1 apart by the first bytes, serves, and drains when asked to stop.
//!
//! Life of a connection: wait for a byte (a small future; nothing is allocated for HTTP yet) → TLS handshake if the byte is TLS' → hyper, with
//! a watchdog beside it on HTTP/1 → linger, if a request's body was left unread. Each connection is one task; requests on
//! HTTP/1 run inside it.
//!
//! Stopping: no more connections are accepted, open ones finish the request they are at and close; after the drain time the
//! rest are dropped.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, timeout};

use crate::Door;
use crate::answer::Outgoing;
use crate::bounds::{
    CONNECTION_WINDOW_BYTES, CONNECTIONS_MAX, FRAME_BYTES_MAX, HANDSHAKE_TIME_MAX, HEAD_BYTES_MAX,
    HEAD_TIME_MAX, IDLE_TIME_MAX, LINGER_BYTES_MAX, LINGER_TIME_MAX, PING_INTERVAL, READ_BUFFER_BYTES_MAX,
    SEND_TIME_MAX, STREAM_WINDOW_BYTES, STREAMS_MAX,
};
use crate::conn::{Phase, Transport, Wire};
use crate::handle::Peer;

/// The first byte of a TLS record that opens a handshake.
const TLS_HANDSHAKE: u8 = 0x16;
/// HTTP/2's preface begins with what no HTTP/1 method begins with.
const HTTP2_START: &[u8; 3] = b"PRI";
/// After a failed accept (no file descriptors left), this long nothing is accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How far stopping has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Open,
    Draining,
    Closed,
}

/// Serves until `stop` is ready, then drains for at most `drain`. Returns when no connection is left.
pub async fn serve(listener: TcpListener, door: Arc<Door>, stop: impl Future<Output = ()>, drain: Duration) {
    let (stage, watched) = watch::channel(Stage::Open);
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = std::pin::pin!(stop);
    loop {
        let slot = tokio::select! {
            biased;
            () = &mut stop => break,
            slot = slots.clone().acquire_owned() => slot.expect("the semaphore is never closed"),
        };
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                tokio::spawn(connection(door.clone(), stream, peer, watched.clone(), slot));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                let _ = timeout(ACCEPT_PAUSE, std::future::pending::<()>()).await;
            }
        }
    }
    drop(listener);
    stage.send_replace(Stage::Draining);
    let everyone = u32::try_from(CONNECTIONS_MAX).expect("the bound is small");
    if timeout(drain, slots.acquire_many(everyone)).await.is_err() {
        stage.send_replace(Stage::Closed);
        let _ = slots.acquire_many(everyone).await;
    }
}

/// One connection, from its first byte to its last.
async fn connection(
    door: Arc<Door>,
    stream: TcpStream,
    peer: SocketAddr,
    stage: watch::Receiver<Stage>,
    _slot: OwnedSemaphorePermit,
) {
    door.metrics.connections.fetch_add(1, Ordering::Relaxed);
    door.metrics.connections_total.fetch_add(1, Ordering::Relaxed);
    let mut watched = stage.clone();
    tokio::select! {
        biased;
        () = reaches(&mut watched, Stage::Closed) => {}
        () = served(&door, stream, peer, stage) => {}
    }
    door.metrics.connections.fetch_sub(1, Ordering::Relaxed);
}

/// Waits until stopping has come this far.
async fn reaches(stage: &mut watch::Receiver<Stage>, awaited: Stage) {
    let reached = |stage: &Stage| *stage == awaited || *stage == Stage::Closed;
    if stage.wait_for(reached).await.is_err() {
        // The server is gone, and with it whoever could tell.
        std::future::pending::<()>().await;
    }
}

async fn served(door: &Arc<Door>, stream: TcpStream, peer: SocketAddr, mut stage: watch::Receiver<Stage>) {
    tune(&stream);
    let mut first = [0; 3];
    let waited = tokio::select! {
        biased;
        peeked = timeout(IDLE_TIME_MAX, stream.peek(&mut first)) => peeked,
        // A connection that has asked for nothing is closed at once.
        () = reaches(&mut stage, Stage::Draining) => return,
    };
    let Ok(Ok(peeked @ 1..)) = waited else { return };
    let mut peer = Peer { ip: peer.ip().to_canonical(), secure: false };
    if first[0] != TLS_HANDSHAKE {
        let start = (first, peeked);
        return plain(door, stream, start, peer, stage).await;
    }
    peer.secure = true;
    let handshake = Box::pin(timeout(HANDSHAKE_TIME_MAX, door.tls.0.accept(stream)));
    let stream = match handshake.await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return tracing::debug!(%error, "TLS handshake failed"),
        Err(_) => return tracing::debug!("TLS handshake took too long"),
    };
    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let transport = Transport::Tls(Box::new(stream));
    if is_http2 {
        Box::pin(http2(door, transport, Vec::new(), peer, stage)).await;
    } else {
        http1(door, transport, Vec::new(), peer, stage).await;
    }
}

/// Tells HTTP/2 with prior knowledge from HTTP/1.
async fn plain(
    door: &Arc<Door>,
    mut stream: TcpStream,
    (first, peeked): ([u8; 3], usize),
    peer: Peer,
    stage: watch::Receiver<Stage>,
) {
    let mut prefix = Vec::new();
    if peeked < first.len() && HTTP2_START.starts_with(&first[..peeked]) {
        // Rare: the first segment held one or two bytes that could be either's. Peeking again would not wait, so they are read.
        let mut start = [0; 3];
        let read = timeout(HEAD_TIME_MAX, async {
            let mut filled = 0;
            while filled < start.len() && HTTP2_START.starts_with(&start[..filled]) {
                match stream.read(&mut start[filled..]).await {
                    Ok(0) | Err(_) => return None,
                    Ok(read) => filled += read,
                }
            }
            Some(filled)
        });
        let Ok(Some(filled)) = read.await else { return };
        prefix = start[..filled].to_vec();
    }
    let known = if prefix.is_empty() { &first[..peeked] } else { &prefix };
    if known == HTTP2_START {
        Box::pin(http2(door, Transport::Plain(stream), prefix, peer, stage)).await;
    } else {
        http1(door, Transport::Plain(stream), prefix, peer, stage).await;
    }
}

fn tune(stream: &TcpStream) {
    let socket = socket2::SockRef::from(stream);
    let keepalive = socket2::TcpKeepalive::new().with_time(SEND_TIME_MAX);
    let tuned = socket
        .set_tcp_nodelay(true)
        .and_then(|()| socket.set_tcp_user_timeout(Some(SEND_TIME_MAX)))
        .and_then(|()| socket.set_tcp_keepalive(&keepalive));
    if let Err(error) = tuned {
        tracing::debug!(%error, "a socket option was not taken");
    }
}

/// What hyper calls for each request. Boxed, so that an idle connection holds no request's state.
type Answered = BoxFuture<'static, Result<Response<Outgoing>, Infallible>>;

async fn http1(
    door: &Arc<Door>,
    transport: Transport,
    prefix: Vec<u8>,
    peer: Peer,
    mut stage: watch::Receiver<Stage>,
) {
    let phase = Phase::new();
    let wire = Wire::new(transport, prefix, phase.clone());
    let handler = {
        let (door, phase) = (door.clone(), phase.clone());
        service_fn(move |request: Request<Incoming>| -> Answered {
            let (door, phase) = (door.clone(), phase.clone());
            Box::pin(async move { Ok(door.handle(peer, Some(phase), request).await) })
        })
    };
    let mut builder = http1::Builder::new();
    builder
        .auto_date_header(false)
        .header_read_timeout(None)
        .max_header_size(HEAD_BYTES_MAX)
        .max_buf_size(READ_BUFFER_BYTES_MAX);
    let mut connection = builder.serve_connection(TokioIo::new(wire), handler);
    let mut watchdog = std::pin::pin!(tokio::time::sleep_until(Instant::now() + HEAD_TIME_MAX));
    let mut draining = false;
    loop {
        let mut running =
            std::pin::pin!(std::future::poll_fn(|context| connection.poll_without_shutdown(context)));
        tokio::select! {
            biased;
            ended = &mut running => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                }
                break;
            }
            () = &mut watchdog => {
                let now = Instant::now();
                match phase.deadline() {
                    Some(deadline) if deadline <= now => return tracing::debug!("a silent connection was closed"),
                    Some(deadline) => watchdog.as_mut().reset(deadline),
                    None => watchdog.as_mut().reset(now + HEAD_TIME_MAX),
                }
            }
            () = reaches(&mut stage, Stage::Draining), if !draining => {
                draining = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
        }
    }
    let wire = connection.into_parts().io.into_inner();
    close(wire, phase.lingers()).await;
}

/// Closes; after an answer to a request whose body still comes, reads on for a while, lest a reset overtake the answer.
async fn close(mut wire: Wire, lingers: bool) {
    let closed = timeout(LINGER_TIME_MAX, async {
        if wire.shutdown().await.is_err() || !lingers {
            return;
        }
        let mut dropped = [0; 16 << 10];
        let mut left = LINGER_BYTES_MAX;
        while let Ok(read @ 1..) = wire.read(&mut dropped).await {
            let Some(rest) = left.checked_sub(read as u64) else { return };
            left = rest;
        }
    });
    let _ = Box::pin(closed).await;
}

async fn http2(
    door: &Arc<Door>,
    transport: Transport,
    prefix: Vec<u8>,
    peer: Peer,
    mut stage: watch::Receiver<Stage>,
) {
    let phase = Phase::new();
    // Frames, streams and heads are bounded below; a peer that is gone does not answer pings.
    phase.busy();
    let wire = Wire::new(transport, prefix, phase);
    let handler = {
        let door = door.clone();
        service_fn(move |request: Request<Incoming>| -> Answered {
            let door = door.clone();
            Box::pin(async move { Ok(door.handle(peer, None, request).await) })
        })
    };
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .auto_date_header(false)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .max_frame_size(FRAME_BYTES_MAX)
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(HEAD_BYTES_MAX as u32)
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(HEAD_TIME_MAX);
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(wire), handler));
    let mut draining = false;
    loop {
        tokio::select! {
            biased;
            ended = &mut connection => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "an HTTP/2 connection ended early");
                }
                return;
            }
            () = reaches(&mut stage, Stage::Draining), if !draining => {
                draining = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
