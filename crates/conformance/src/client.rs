//! A client of few words: one signed request, one answer.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use base::Clock;
use serde_json::Value;

use crate::sign::{Credentials, Unsigned, encode, request};

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Speaks to one server with one set of credentials.
#[derive(Clone, Debug)]
pub struct Client {
    address: SocketAddr,
    credentials: Credentials,
    clock: Clock,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.text())
    }
}

/// What came back.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, text)| text.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// This answer, which must be a success.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!((200..300).contains(&self.status), "{self:?}");
        self
    }

    /// What stands between `<name>` and `</name>`, each time.
    pub fn elements(&self, name: &str) -> Vec<String> {
        let text = self.text();
        let (opening, closing) = (format!("<{name}>"), format!("</{name}>"));
        let pieces = text.split(&opening).skip(1);
        pieces.filter_map(|piece| piece.split(&closing).next().map(str::to_owned)).collect()
    }
}

impl Client {
    /// With `test`/`test`.
    pub fn new(address: SocketAddr) -> Self {
        Self::with(address, Credentials::test())
    }

    /// With these credentials.
    pub fn with(address: SocketAddr, credentials: Credentials) -> Self {
        Self { address, credentials, clock: Clock::system(Duration::ZERO) }
    }

    /// Calls an operation of a JSON service: `target` is `Kinesis_20131202.PutRecord`.
    pub fn json(&self, service: &str, target: &str, input: &Value) -> io::Result<Answer> {
        let body = input.to_string();
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)];
        self.send(service, "POST", "/", &[], &headers, body.as_bytes())
    }

    /// Calls an operation of a service that speaks Query.
    pub fn query(&self, service: &str, form: &str) -> io::Result<Answer> {
        let headers = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
        self.send(service, "POST", "/", &[], &headers, form.as_bytes())
    }

    /// Calls S3 in path style.
    pub fn s3(&self, method: &str, path: &str, query: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
        self.send("s3", method, path, query, &[], body)
    }

    /// Moves the server's clock.
    pub fn advance_clock(&self, by: &str) -> io::Result<Answer> {
        let body = serde_json::json!({ "advance": by }).to_string();
        self.send(
            "millrace",
            "POST",
            "/_millrace/clock",
            &[],
            &[("content-type", "application/json")],
            body.as_bytes(),
        )
    }

    /// Sends one signed request and reads its answer.
    pub fn send(
        &self,
        service: &str,
        method: &str,
        path: &str,
        query: &[(&str, &str)],
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut pairs: Vec<String> = query
            .iter()
            .map(|(name, text)| format!("{}={}", encode(name, false), encode(text, false)))
            .collect();
        pairs.sort();
        let mut headers: Vec<(String, String)> =
            headers.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        headers.push(("host".to_owned(), self.address.to_string()));
        let unsigned =
            Unsigned { method, path: &encode(path, true), query: &pairs.join("&"), headers, body, service };
        self.exchange(&request(&self.credentials, unsigned, self.clock.wall()), method == "HEAD")
    }

    /// Sends bytes as they are and reads one answer.
    pub fn exchange(&self, request: &[u8], is_head: bool) -> io::Result<Answer> {
        let mut socket = TcpStream::connect_timeout(&self.address, TIMEOUT)?;
        socket.set_read_timeout(Some(TIMEOUT))?;
        socket.write_all(request)?;
        read_answer(&mut socket, is_head)
    }
}

fn read_answer(socket: &mut TcpStream, is_head: bool) -> io::Result<Answer> {
    let broken = || io::Error::new(io::ErrorKind::UnexpectedEof, "the answer broke off");
    let mut received = Vec::new();
    let head_end = loop {
        if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if receive(socket, &mut received)? == 0 {
            return Err(broken());
        }
    };
    let head = String::from_utf8_lossy(&received[..head_end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(broken)?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, text)| (name.to_ascii_lowercase(), text.trim().to_owned()))
        .collect();
    let mut answer = Answer { status, headers, body: received.split_off(head_end) };
    if is_head || status == 204 || status == 304 {
        return Ok(answer);
    }
    match answer.header("content-length").and_then(|text| text.parse::<usize>().ok()) {
        Some(length) => {
            while answer.body.len() < length {
                if receive(socket, &mut answer.body)? == 0 {
                    return Err(broken());
                }
            }
        }
        None => {
            while !answer.body.ends_with(b"0\r\n\r\n") && receive(socket, &mut answer.body)? > 0 {}
            answer.body = unchunk(&answer.body);
        }
    }
    Ok(answer)
}

fn receive(socket: &mut TcpStream, into: &mut Vec<u8>) -> io::Result<usize> {
    let mut piece = [0; 64 << 10];
    let count = socket.read(&mut piece)?;
    into.extend_from_slice(&piece[..count]);
    Ok(count)
}

fn unchunk(mut coded: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    while let Some(end) = coded.windows(2).position(|window| window == b"\r\n") {
        let length =
            std::str::from_utf8(&coded[..end]).ok().and_then(|text| usize::from_str_radix(text, 16).ok());
        let Some(length) = length.filter(|length| *length > 0 && end + 2 + length <= coded.len()) else {
            break;
        };
        plain.extend_from_slice(&coded[end + 2..end + 2 + length]);
        coded = coded.get(end + 2 + length + 2..).unwrap_or_default();
    }
    plain
}
