//! A load generator that costs little: every request is encoded and signed before the clock starts, each connection sends one and reads its
//! answer, and no answer is looked at beyond its status and length. On a machine of two cores the client shares them with the server, so what
//! it spends is taken from the server's figure.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What a run of load came to.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Answers within the time measured.
    pub answers: u64,
    /// Bytes of their bodies.
    pub bytes: u64,
    /// The time measured.
    pub elapsed: Duration,
    /// Every answer's latency, sorted.
    pub latencies: Vec<Duration>,
}

impl Measured {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answers as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency that this share of the answers did not pass.
    pub fn percentile(&self, share: f64) -> Duration {
        let last = self.latencies.len().saturating_sub(1);
        let at = (self.latencies.len() as f64 * share) as usize;
        self.latencies.get(at.min(last)).copied().unwrap_or_default()
    }
}

/// Sends `requests` in turn over `connections` connections for `time`, after a fifth of it as warm-up. Fails on the first answer that is no success.
pub fn run(
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
    connections: usize,
    time: Duration,
) -> io::Result<Measured> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let requests = Arc::new(requests);
        let start = now() + time / 5;
        let end = start + time;
        let mut running = JoinSet::new();
        for connection in 0..connections {
            let first = connection * requests.len() / connections;
            running.spawn(drive(address, requests.clone(), first, start, end));
        }
        let mut measured = Measured { answers: 0, bytes: 0, elapsed: time, latencies: Vec::new() };
        while let Some(ended) = running.join_next().await {
            let (latencies, bytes) = ended.expect("no connection's task panics")?;
            measured.answers += latencies.len() as u64;
            measured.bytes += bytes;
            measured.latencies.extend(latencies);
        }
        measured.latencies.sort_unstable();
        Ok(measured)
    })
}

/// Sends each of `requests` once, over `connections` connections. Fails on the first answer that is no success.
pub fn send_all(address: SocketAddr, requests: Vec<Vec<u8>>, connections: usize) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async move {
        let requests = Arc::new(requests);
        let mut running = JoinSet::new();
        for connection in 0..connections {
            let requests = requests.clone();
            running.spawn(async move {
                let mut socket = TcpStream::connect(address).await?;
                socket.set_nodelay(true)?;
                let mut buffer = vec![0; 64 << 10];
                for request in requests.iter().skip(connection).step_by(connections) {
                    socket.write_all(request).await?;
                    skip_answer(&mut socket, &mut buffer).await?;
                }
                io::Result::Ok(())
            });
        }
        while let Some(ended) = running.join_next().await {
            ended.expect("no connection's task panics")?;
        }
        Ok(())
    })
}

async fn drive(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    first: usize,
    start: Instant,
    end: Instant,
) -> io::Result<(Vec<Duration>, u64)> {
    let mut socket = TcpStream::connect(address).await?;
    socket.set_nodelay(true)?;
    let mut buffer = vec![0; 256 << 10];
    let mut latencies = Vec::new();
    let mut bytes = 0;
    for at in first.. {
        let sent = now();
        if sent >= end {
            break;
        }
        socket.write_all(&requests[at % requests.len()]).await?;
        let body = skip_answer(&mut socket, &mut buffer).await?;
        let done = now();
        if sent >= start && done < end {
            latencies.push(done - sent);
            bytes += body;
        }
    }
    Ok((latencies, bytes))
}

/// Reads one answer and returns how long its body was.
async fn skip_answer(socket: &mut TcpStream, buffer: &mut [u8]) -> io::Result<u64> {
    let mut held = 0;
    let (head, length) = loop {
        let count = socket.read(&mut buffer[held..]).await?;
        if count == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the connection was closed"));
        }
        held += count;
        if let Some(head) = head_length(&buffer[..held]) {
            break (head, content_length(&buffer[..head])?);
        }
    };
    let mut left = length.saturating_sub((held - head) as u64);
    while left > 0 {
        let count = socket.read(buffer).await?;
        if count == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the answer broke off"));
        }
        left = left.saturating_sub(count as u64);
    }
    Ok(length)
}

fn head_length(held: &[u8]) -> Option<usize> {
    held.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

fn content_length(head: &[u8]) -> io::Result<u64> {
    let text = std::str::from_utf8(head).unwrap_or_default();
    let refused = || io::Error::other(format!("not a success: {}", text.lines().next().unwrap_or_default()));
    if text.get(9..10) != Some("2") {
        return Err(refused());
    }
    let line = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    Ok(line.and_then(|(_, length)| length.trim().parse().ok()).unwrap_or(0))
}

/// The bare limit of the machine: a server that answers every request of this length with the same bytes, without looking at it. Returns
/// its address; it serves for the life of the process.
pub fn start_echo(request_bytes: usize, body_bytes: usize) -> io::Result<SocketAddr> {
    let (tell, told) = std::sync::mpsc::channel();
    let answer = [
        format!("HTTP/1.1 200 OK\r\ncontent-length: {body_bytes}\r\n\r\n").into_bytes(),
        vec![b'x'; body_bytes],
    ]
    .concat();
    let serve = move || -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            let _ = tell.send(listener.local_addr()?);
            let answer = Arc::new(answer);
            loop {
                let (socket, _) = listener.accept().await?;
                tokio::spawn(echo(socket, request_bytes, answer.clone()));
            }
        })
    };
    std::thread::Builder::new().name("echo".to_owned()).spawn(serve)?;
    told.recv().map_err(io::Error::other)
}

async fn echo(mut socket: TcpStream, request_bytes: usize, answer: Arc<Vec<u8>>) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut buffer = vec![0; 256 << 10];
    let mut held = 0;
    loop {
        let count = socket.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        held += count;
        while held >= request_bytes {
            held -= request_bytes;
            socket.write_all(&answer).await?;
        }
    }
}

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "the yard measures real time")]
pub fn now() -> Instant {
    Instant::now()
}
