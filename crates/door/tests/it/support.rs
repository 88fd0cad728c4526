//! A toy server, a client that writes bytes, and a signer that shares no code with the door's.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use base::{AccountId, Clock, Random, Region, Secret};
use body::Body;
use door::{Certificate, Door, DoorParts, MoveClock, Tls};
use futures_util::future::BoxFuture;
use ports::{AccessKey, PortError, Principal, Principals};
use service::{AnyRoom, Fault, Incoming};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use wire::{Answer, ErrorValue, Field, Kind, Operation, Protocol, Service, Structure};

/// The largest body that the toy's JSON operations take.
pub const LIMIT: u64 = 4 << 20;

static NOTHING: Structure = Structure::new("Nothing", &[]);
static OBJECT: Structure = Structure::new(
    "Object",
    &[
        Field::new("Bucket", Kind::Text).label("Bucket").required(),
        Field::new("Key", Kind::Text).label("Key").required(),
    ],
);
static UPLOAD: Structure = Structure::new(
    "Upload",
    &[
        Field::new("Body", Kind::Body).payload(),
        Field::new("Bucket", Kind::Text).label("Bucket").required(),
        Field::new("Key", Kind::Text).label("Key").required(),
    ],
);

const fn service(
    name: &'static str,
    target_prefix: &'static str,
    protocol: Protocol,
    version: &'static str,
    operations: &'static [Operation],
) -> Service {
    Service {
        name,
        signing_name: name,
        target_prefix,
        version,
        protocol,
        xml_namespace: "https://example.com/doc/",
        global: false,
        operations,
        errors: &[],
    }
}

static KINESIS: Service = service(
    "kinesis",
    "Kinesis_20131202",
    Protocol::Json11,
    "2013-12-02",
    &[
        Operation::new("ListStreams", &NOTHING, &NOTHING),
        Operation::new("Panics", &NOTHING, &NOTHING),
        Operation::new("Waits", &NOTHING, &NOTHING),
    ],
);
static STS: Service = service(
    "sts",
    "",
    Protocol::Query,
    "2011-06-15",
    &[Operation::new("GetCallerIdentity", &NOTHING, &NOTHING)],
);
static S3: Service = service(
    "s3",
    "",
    Protocol::RestXml,
    "2006-03-01",
    &[
        Operation::new("GetObject", &OBJECT, &NOTHING).http("GET", "/{Bucket}/{Key+}", 200),
        Operation::new("HeadObject", &OBJECT, &NOTHING).http("HEAD", "/{Bucket}/{Key+}", 200),
        Operation::new("ListBuckets", &NOTHING, &NOTHING).http("GET", "/", 200),
        Operation::new("PutObject", &UPLOAD, &NOTHING).http("PUT", "/{Bucket}/{Key+}", 200),
    ],
);

/// Answers with what it was given.
struct Toy {
    service: &'static Service,
    /// `Waits` answers when this is told.
    go: Arc<Notify>,
    began: Arc<Notify>,
}

impl AnyRoom for Toy {
    fn service(&self) -> &'static Service {
        self.service
    }

    fn implements(&self, _: &str) -> bool {
        true
    }

    fn body_bytes_max(&self, _: &'static Operation) -> u64 {
        LIMIT
    }

    fn call(&self, incoming: Incoming) -> BoxFuture<'_, Answer> {
        Box::pin(async move {
            let labels: Vec<String> = incoming.head.labels.into_iter().map(|(_, value)| value).collect();
            match incoming.operation.name {
                "Panics" => panic!("as it should"),
                "Waits" => {
                    self.began.notify_one();
                    self.go.notified().await;
                }
                "GetObject" if labels[1] == "endless" => {
                    let pieces =
                        futures_util::stream::repeat_with(|| Ok(bytes::Bytes::from_static(&[b'x'; 65_536])));
                    return Answer {
                        status: 200,
                        headers: Vec::new(),
                        body: Body::from_stream(pieces, None),
                    };
                }
                "PutObject" if labels[1] == "ignored" => {
                    let fault = Fault::new(404, "NoSuchBucket", "The specified bucket does not exist");
                    return self.refuse(incoming.protocol, &fault, &incoming.request_id, &incoming.host_id);
                }
                _ => {}
            }
            let encoding = incoming.head.headers.get("content-encoding").cloned();
            let trailers = incoming.body.trailers();
            match incoming.body.collect(64 << 20).await {
                Ok(bytes) => {
                    let crc = trailers.and_then(|trailers| trailers.get("x-amz-checksum-crc32"));
                    let text = format!(
                        "{} {} bytes={} sha256={} encoding={:?} crc={:?} region={} auth={:?}",
                        incoming.operation.name,
                        labels.join(" "),
                        bytes.len(),
                        crypt::sha256_hex(&bytes),
                        encoding,
                        crc,
                        incoming.caller.region,
                        incoming.caller.auth,
                    );
                    Answer { status: 200, headers: Vec::new(), body: Body::from(text) }
                }
                Err(error) => {
                    let fault = Fault::new(400, "BrokenBody", error.to_string());
                    self.refuse(incoming.protocol, &fault, &incoming.request_id, &incoming.host_id)
                }
            }
        })
    }

    fn refuse(&self, protocol: Protocol, fault: &Fault, request_id: &str, host_id: &str) -> Answer {
        let error = ErrorValue {
            code: &fault.code,
            message: fault.message.as_deref(),
            status: fault.status,
            sender: true,
            members: Vec::new(),
        };
        wire::encode_error(protocol, self.service, &error, request_id, host_id)
    }
}

struct Book;

impl Principals for Book {
    fn find_key<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<AccessKey>, PortError>> {
        let key = AccessKey {
            id: id.to_owned(),
            secret: Secret::new(*b"test"),
            principal: Principal::root(AccountId::DEFAULT),
            session: None,
            active: true,
        };
        Box::pin(std::future::ready(Ok((id == "test").then_some(key))))
    }
}

/// Counts versions.
struct Rotator(AtomicU32);

impl door::RotateKeys for Rotator {
    fn rotate(&self) -> BoxFuture<'_, Result<u32, String>> {
        let version = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(std::future::ready(Ok(version)))
    }
}

struct Mover(Clock);

impl MoveClock for Mover {
    fn advance(&self, by: Duration) -> BoxFuture<'_, Result<(), String>> {
        self.0.advance(by);
        Box::pin(std::future::ready(Ok(())))
    }
}

pub struct Server {
    pub address: SocketAddr,
    pub door: Arc<Door>,
    pub clock: Clock,
    /// Lets one `Waits` answer.
    pub go: Arc<Notify>,
    /// Told when a `Waits` began.
    pub began: Arc<Notify>,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl Server {
    pub async fn start() -> Self {
        Self::with(true).await
    }

    pub async fn with(movable_clock: bool) -> Self {
        let clock = Clock::system(Duration::ZERO);
        let (go, began) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let toy =
            |service| -> Arc<dyn AnyRoom> { Arc::new(Toy { service, go: go.clone(), began: began.clone() }) };
        let mover: Arc<dyn MoveClock> = Arc::new(Mover(clock.clone()));
        let door = Door::new(DoorParts {
            origins: None,
            sites: None,
            urls: None,
            rooms: vec![toy(&KINESIS), toy(&STS), toy(&S3)],
            principals: Arc::new(Book),
            clock: clock.clone(),
            region: Region::us_east_1(),
            random: Random::seeded(1),
            tls: Tls::load(&Certificate::Ephemeral).unwrap(),
            explain: true,
            clock_mover: movable_clock.then_some(mover),
            key_rotator: Some(Arc::new(Rotator(AtomicU32::new(1)))),
            more_metrics: Some(Box::new(|text| text.push_str("toy_total 1\n"))),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        let serving = tokio::spawn(door::serve(listener, door.clone(), stopped, Duration::from_secs(10)));
        Self { address, door, clock, go, began, stop: Some(stop), serving: Some(serving) }
    }

    pub async fn connect(&self) -> Client<TcpStream> {
        Client { stream: TcpStream::connect(self.address).await.unwrap(), kept: Vec::new() }
    }

    /// Asks the server to stop; [`Server::stopped`] waits for it.
    pub fn stop(&mut self) {
        self.stop.take().expect("stopped once").send(()).unwrap();
    }

    pub async fn stopped(&mut self) {
        self.serving.take().expect("waited for once").await.unwrap();
    }
}

/// A client that says exactly what a test wants said.
pub struct Client<S> {
    pub stream: S,
    kept: Vec<u8>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub fn over(stream: S) -> Self {
        Self { stream, kept: Vec::new() }
    }

    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// The next reply; its body as long as Content-Length says.
    pub async fn hear(&mut self) -> Reply {
        self.hear_for("GET").await.expect("a reply")
    }

    /// The next reply to a request of this method; `None` if the connection closes first.
    pub async fn hear_for(&mut self, method: &str) -> Option<Reply> {
        let end = loop {
            if let Some(end) = self.kept.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let head = String::from_utf8(self.kept.drain(..end + 4).collect()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut reply = Reply { status, head, body: String::new() };
        let length = match reply.header("content-length") {
            Some(length) if method != "HEAD" => length.parse().unwrap(),
            _ => 0,
        };
        while self.kept.len() < length {
            self.more().await?;
        }
        reply.body = String::from_utf8(self.kept.drain(..length).collect()).unwrap();
        Some(reply)
    }

    async fn more(&mut self) -> Option<()> {
        let mut buffer = [0; 4096];
        match self.stream.read(&mut buffer).await {
            Ok(0) | Err(_) => None,
            Ok(read) => {
                self.kept.extend_from_slice(&buffer[..read]);
                Some(())
            }
        }
    }

    /// Whether the server closes without another byte.
    pub async fn is_closed(&mut self) -> bool {
        self.kept.is_empty() && self.more().await.is_none()
    }

    pub async fn ask(&mut self, request: &Ask) -> Reply {
        self.say(request.bytes()).await;
        self.hear_for(request.method).await.expect("a reply")
    }
}

/// A request that is signed when it is written.
#[derive(Clone)]
pub struct Ask {
    pub method: &'static str,
    pub target: String,
    pub host: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub service: &'static str,
    pub secret: &'static str,
    pub signed: bool,
    /// The line of the payload; the hash of the body if absent.
    pub payload: Option<String>,
    /// Whether Content-Length is written.
    pub with_length: bool,
}

impl Ask {
    pub fn json(operation: &str, body: &[u8]) -> Self {
        let ask = Self::new("POST", "/", "kinesis").header("content-type", "application/x-amz-json-1.1");
        let mut ask = ask.header("x-amz-target", &format!("Kinesis_20131202.{operation}"));
        ask.body = body.to_vec();
        ask
    }

    pub fn s3(method: &'static str, target: &str, body: &[u8]) -> Self {
        let mut ask = Self::new(method, target, "s3");
        ask.body = body.to_vec();
        ask
    }

    pub fn new(method: &'static str, target: &str, service: &'static str) -> Self {
        Self {
            method,
            target: target.to_owned(),
            host: "localhost:4566".into(),
            headers: Vec::new(),
            body: Vec::new(),
            service,
            secret: "test",
            signed: true,
            payload: None,
            with_length: true,
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    pub fn payload(mut self, line: &str) -> Self {
        self.payload = Some(line.into());
        self
    }

    /// All headers, signature included, and the signature itself.
    pub fn signed_headers(&self) -> (Vec<(String, String)>, String) {
        let mut headers = self.headers.clone();
        if !self.signed {
            return (headers, String::new());
        }
        let payload = self.payload.clone().unwrap_or_else(|| crypt::sha256_hex(&self.body));
        let date = now();
        headers.push(("x-amz-date".into(), date.clone()));
        if self.service == "s3" {
            headers.push(("x-amz-content-sha256".into(), payload.clone()));
        }
        let mut canonical: Vec<(String, String)> = headers.clone();
        canonical.push(("host".into(), self.host.clone()));
        canonical.sort();
        let names = canonical.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let lines: String = canonical.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let request = format!("{}\n{path}\n{query}\n{lines}\n{names}\n{payload}", self.method);
        let scope = format!("{}/us-east-1/{}/aws4_request", &date[..8], self.service);
        let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", crypt::sha256_hex(request.as_bytes()));
        let key = crypt::sigv4_key(&Secret::new(self.secret), &date[..8], "us-east-1", self.service);
        let signature = base::hex(&key.sign(text.as_bytes()));
        headers.push((
            "authorization".into(),
            format!("AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders={names}, Signature={signature}"),
        ));
        (headers, signature)
    }

    pub fn head(&self) -> String {
        let (headers, _) = self.signed_headers();
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\n", self.method, self.target, self.host);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.with_length {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        head + "\r\n"
    }

    pub fn bytes(&self) -> Vec<u8> {
        [self.head().as_bytes(), &self.body].concat()
    }
}

/// The wall clock in SigV4's form, by way of the server's own clock type.
fn now() -> String {
    let seconds = Clock::system(Duration::ZERO).wall().as_secs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Day by day from 1970: slow and plainly right.
    let (mut year, mut left) = (1970, days);
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while left >= 365 + i64::from(leap(year)) {
        left -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 0;
    let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while left >= lengths[month] {
        left -= lengths[month];
        month += 1;
    }
    format!("{year}{:02}{:02}T{:02}{:02}{:02}Z", month + 1, left + 1, rest / 3600, rest / 60 % 60, rest % 60)
}
