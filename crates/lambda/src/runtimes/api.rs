//! The Runtime API: how a runtime takes events and gives answers. One server for each environment, on a loopback port of its own.
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>
//!
//! | method, path under `/2018-06-01/runtime` | answer |
//! |---|---|
//! | GET `/invocation/next` | waits for an event; 200, the event, its data in headers |
//! | POST `/invocation/ID/response` | 202 |
//! | POST `/invocation/ID/error` | 202; the body goes to the caller as it is |
//! | POST `/init/error` | 202; what came of it is the answer of the invocation that caused the start |
//! | GET `/restore/next`, POST `/restore/error` | 200, 202: nothing is ever restored |
//!
//! Extensions have paths of their own ([`super::extensions`]).
//!
//! Anybody on the machine can connect to a loopback port, other functions included. So a connection is taken only from a process of the
//! environment's own ([`Gate`]).

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::Random;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, HeaderName, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

use super::extensions::{About, Extensions};
use super::{Invocation, Piece};

/// Bytes of an answer (facts section 4.3: 6 MiB and 100).
pub const ANSWER_BYTES_MAX: usize = 6_291_556;
/// Bytes of an answer that is streamed (facts section 4.3: 200 MB).
pub const STREAMED_BYTES_MAX: usize = 200 << 20;
/// Bytes of an error's JSON.
const ERROR_BYTES_MAX: usize = 1 << 20;
/// How long nothing is accepted after accepting failed: the process has no file descriptor left, and trying at once would only burn.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Connections of one environment: a runtime needs one, extensions and retries a few more.
const CONNECTIONS_MAX: usize = 64;
/// Reports that the environment has not looked at yet.
const REPORTS_MAX: usize = 16;
const BASE: &str = "/2018-06-01/runtime/";
const EXTENSION_BASE: &str = "/2020-01-01/extension/";
const EXTENSION_ID: HeaderName = HeaderName::from_static("lambda-extension-identifier");
const EXTENSION_EVENT_ID: HeaderName = HeaderName::from_static("lambda-extension-event-identifier");

/// What a runtime told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// It asks for the first time: it has started.
    Ready,
    /// An event was handed over.
    Taken,
    /// The answer to this invocation.
    Response {
        /// Which.
        request_id: String,
        /// The answer.
        body: Bytes,
    },
    /// The answer is larger than [`ANSWER_BYTES_MAX`].
    TooLarge {
        /// Which invocation.
        request_id: String,
    },
    /// The function failed at this invocation.
    Error {
        /// Which.
        request_id: String,
        /// JSON of what went wrong.
        body: Bytes,
        /// `Lambda-Runtime-Function-Error-Type`.
        kind: Option<String>,
    },
    /// It could not start.
    InitError {
        /// JSON of why.
        body: Bytes,
        /// `Lambda-Runtime-Function-Error-Type`.
        kind: Option<String>,
    },
}

/// Decides whether a connection comes from the environment itself.
pub trait Gate: Send + Sync + 'static {
    /// Whether this peer may speak to the server at this address.
    fn admits(&self, peer: SocketAddr, server: SocketAddr) -> bool;
}

/// The server's side of one environment.
pub struct Api {
    shared: Arc<Shared>,
    reports: mpsc::Receiver<Report>,
    address: SocketAddr,
    // Dropping the set ends the server and all its connections.
    _serving: JoinSet<()>,
}

struct Shared {
    reports: mpsc::Sender<Report>,
    work: Mutex<Work>,
    arrived: Notify,
    extensions: Extensions,
    /// Ids of extensions.
    random: Random,
}

#[derive(Default)]
struct Work {
    /// The event that is to be taken next.
    next: Option<(Invocation, u64)>,
    /// The event under way.
    current: Option<Current>,
    ready: bool,
}

/// An event that was handed over.
struct Current {
    request_id: String,
    pieces: Option<mpsc::Sender<Piece>>,
}

impl Api {
    /// Begins to serve.
    pub async fn start(gate: Arc<dyn Gate>, about: About, random: Random) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (sender, reports) = mpsc::channel(REPORTS_MAX);
        let shared = Arc::new(Shared {
            reports: sender,
            work: Mutex::default(),
            arrived: Notify::new(),
            extensions: Extensions::new(about),
            random,
        });
        let mut serving = JoinSet::new();
        serving.spawn(serve(listener, address, gate, shared.clone()));
        Ok(Self { shared, reports, address, _serving: serving })
    }

    /// `AWS_LAMBDA_RUNTIME_API`.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Gives an event to whoever asks next. `deadline_ms` is of the wall clock.
    pub fn offer(&self, invocation: Invocation, deadline_ms: u64) {
        let mut work = self.shared.work.lock().expect("nothing panics while the work is held");
        work.next = Some((invocation, deadline_ms));
        drop(work);
        self.shared.arrived.notify_one();
    }

    /// Tells extensions of the end. Whether any wanted to know. `deadline_ms` is of the wall clock.
    pub fn shutdown(&self, reason: &str, deadline_ms: u64) -> bool {
        self.shared.extensions.shutdown(reason, deadline_ms)
    }

    /// What is told next; `None` never, as long as this lives.
    pub async fn report(&mut self) -> Option<Report> {
        self.reports.recv().await
    }
}

async fn serve(listener: TcpListener, address: SocketAddr, gate: Arc<dyn Gate>, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a function's connection could not be accepted");
                let _ = tokio::time::timeout(ACCEPT_PAUSE, std::future::pending::<()>()).await;
                continue;
            }
        };
        while connections.try_join_next().is_some() {}
        if connections.len() >= CONNECTIONS_MAX || !gate.admits(peer, address) {
            continue;
        }
        connections.spawn(connection(stream, shared.clone()));
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let shared = shared.clone();
        async move { Ok::<_, std::convert::Infallible>(shared.answer(request).await) }
    });
    // A connection that breaks off is the runtime's business: the environment notices what follows from it.
    let _ = hyper::server::conn::http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

type Answer = Response<Full<Bytes>>;

impl Shared {
    async fn answer(&self, request: Request<Incoming>) -> Answer {
        let path = request.uri().path().to_owned();
        if let Some(path) = path.strip_prefix(EXTENSION_BASE) {
            return self.answer_extension(path, request).await;
        }
        let Some(path) = path.strip_prefix(BASE) else {
            return refusal(StatusCode::NOT_FOUND, "NotFound", "404 page not found");
        };
        let parts: Vec<&str> = path.split('/').collect();
        match (request.method(), &parts[..]) {
            (&Method::GET, ["invocation", "next"]) => self.next().await,
            (&Method::POST, ["invocation", id, "response"]) => self.response(id.to_string(), request).await,
            (&Method::POST, ["invocation", id, "error"]) => self.error(id.to_string(), request).await,
            (&Method::POST, ["init", "error"]) => self.init_error(request).await,
            (&Method::GET, ["restore", "next"]) => accepted(StatusCode::OK),
            (&Method::POST, ["restore", "error"]) => accepted(StatusCode::ACCEPTED),
            _ => refusal(StatusCode::NOT_FOUND, "NotFound", "404 page not found"),
        }
    }

    async fn next(&self) -> Answer {
        let is_first = {
            let mut work = self.work.lock().expect("nothing panics while the work is held");
            !std::mem::replace(&mut work.ready, true)
        };
        if is_first {
            self.extensions.started().await;
            self.tell(Report::Ready).await;
        }
        let (invocation, deadline_ms) = loop {
            let arrived = self.arrived.notified();
            let taken = {
                let mut work = self.work.lock().expect("nothing panics while the work is held");
                let mut taken = work.next.take();
                if let Some((invocation, _)) = &mut taken {
                    let (request_id, pieces) = (invocation.request_id.clone(), invocation.pieces.take());
                    work.current = Some(Current { request_id, pieces });
                }
                taken
            };
            match taken {
                Some(taken) => break taken,
                None => arrived.await,
            }
        };
        self.tell(Report::Taken).await;
        self.extensions.invoke(&serde_json::json!({
            "eventType": "INVOKE",
            "deadlineMs": deadline_ms,
            "requestId": invocation.request_id,
            "invokedFunctionArn": invocation.arn,
            "tracing": { "type": "X-Amzn-Trace-Id", "value": invocation.trace_id },
        }));
        event(invocation, deadline_ms)
    }

    async fn answer_extension(&self, path: &str, request: Request<Incoming>) -> Answer {
        let text = |name: &HeaderName| request.headers().get(name)?.to_str().ok().map(str::to_owned);
        let id = text(&EXTENSION_ID);
        let done = match (request.method(), path) {
            (&Method::POST, "register") => {
                let name = text(&HeaderName::from_static("lambda-extension-name"));
                let id = self.random.uuid();
                let (_, body) = told(request).await;
                self.extensions.register(&id, name.as_deref(), &body).map(|about| {
                    let mut answer = json(StatusCode::OK, Bytes::from(about.to_string()));
                    answer.headers_mut().insert(EXTENSION_ID, uuid_value(&id));
                    answer
                })
            }
            (&Method::GET, "event/next") => self.extensions.next(id.as_deref()).await.map(|event| {
                let mut answer = json(StatusCode::OK, Bytes::from(event.to_string()));
                answer.headers_mut().insert(EXTENSION_EVENT_ID, uuid_value(&self.random.uuid()));
                answer
            }),
            (&Method::POST, "init/error" | "exit/error") => self.extensions.known(id.as_deref()).map(|id| {
                self.extensions.gave_up(&id);
                accepted(StatusCode::ACCEPTED)
            }),
            _ => Ok(refusal(StatusCode::NOT_FOUND, "NotFound", "404 page not found")),
        };
        done.unwrap_or_else(|(status, kind, words)| {
            refusal(StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN), kind, words)
        })
    }

    async fn tell(&self, report: Report) {
        // Nobody listens any more: the environment is being ended.
        let _ = self.reports.send(report).await;
    }

    /// The event under way, if it is this one; it is over afterwards.
    fn finish(&self, id: &str) -> Option<Current> {
        let mut work = self.work.lock().expect("nothing panics while the work is held");
        work.current.take_if(|current| current.request_id == id)
    }

    async fn response(&self, request_id: String, request: Request<Incoming>) -> Answer {
        let Some(current) = self.finish(&request_id) else { return no_such_request() };
        let streamed = request.headers().get("lambda-runtime-function-response-mode").is_some();
        let taken = match current.pieces {
            Some(pieces) => hand_on(request, pieces, streamed).await,
            None => take_whole(request).await,
        };
        match taken {
            Ok(Taken { body, trailers }) => {
                // A stream that broke off says so behind its last byte.
                match kind_of(&trailers).filter(|_| streamed) {
                    Some(kind) => {
                        let body = trailer_body(&trailers).unwrap_or(body);
                        self.tell(Report::Error { request_id, body, kind: Some(kind) }).await;
                    }
                    None => self.tell(Report::Response { request_id, body }).await,
                }
                accepted(StatusCode::ACCEPTED)
            }
            Err(NotTaken::TooLarge) => {
                self.tell(Report::TooLarge { request_id }).await;
                refusal(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "RequestEntityTooLarge",
                    &format!("Exceeded maximum allowed payload size ({ANSWER_BYTES_MAX} bytes)."),
                )
            }
            Err(NotTaken::Truncated) => {
                let body = br#"{"errorType":"Runtime.TruncatedResponse","errorMessage":"The response was cut off."}"#;
                let report = Report::Error { request_id, body: Bytes::from_static(body), kind: None };
                self.tell(report).await;
                refusal(StatusCode::BAD_REQUEST, "TruncatedHTTPRequest", "HTTP request detected as truncated")
            }
        }
    }

    async fn error(&self, request_id: String, request: Request<Incoming>) -> Answer {
        if self.finish(&request_id).is_none() {
            return no_such_request();
        }
        let (kind, body) = told(request).await;
        self.tell(Report::Error { request_id, body, kind }).await;
        accepted(StatusCode::ACCEPTED)
    }

    async fn init_error(&self, request: Request<Incoming>) -> Answer {
        let is_ready = self.work.lock().expect("nothing panics while the work is held").ready;
        if is_ready {
            return refusal(
                StatusCode::FORBIDDEN,
                "InvalidStateTransition",
                "Transition from Ready to InitError is not allowed.",
            );
        }
        let (kind, body) = told(request).await;
        self.tell(Report::InitError { body, kind }).await;
        accepted(StatusCode::ACCEPTED)
    }
}

/// An answer that has come.
struct Taken {
    /// Empty if it was handed on.
    body: Bytes,
    trailers: HeaderMap,
}

enum NotTaken {
    TooLarge,
    Truncated,
}

async fn take_whole(request: Request<Incoming>) -> Result<Taken, NotTaken> {
    match Limited::new(request.into_body(), ANSWER_BYTES_MAX).collect().await {
        Ok(collected) => {
            let trailers = collected.trailers().cloned().unwrap_or_default();
            Ok(Taken { body: collected.to_bytes(), trailers })
        }
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(NotTaken::TooLarge),
        Err(_) => Err(NotTaken::Truncated),
    }
}

/// Hands an answer on as it comes. It is read to its end though nobody listens any more: the function is not to fail for that.
async fn hand_on(
    request: Request<Incoming>,
    pieces: mpsc::Sender<Piece>,
    streamed: bool,
) -> Result<Taken, NotTaken> {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let _ = pieces.send(Piece::Head(content_type.map(str::to_owned))).await;
    let limit = if streamed { STREAMED_BYTES_MAX } else { ANSWER_BYTES_MAX };
    let (mut body, mut bytes, mut trailers) = (request.into_body(), 0, HeaderMap::new());
    while let Some(frame) = body.frame().await {
        match frame.map_err(|_| NotTaken::Truncated)?.into_data() {
            Ok(data) => {
                bytes += data.len();
                if bytes > limit {
                    return Err(NotTaken::TooLarge);
                }
                let _ = pieces.send(Piece::Bytes(data)).await;
            }
            Err(frame) => trailers = frame.into_trailers().unwrap_or_default(),
        }
    }
    Ok(Taken { body: Bytes::new(), trailers })
}

fn no_such_request() -> Answer {
    refusal(StatusCode::BAD_REQUEST, "InvalidRequestID", "Invalid request ID")
}

fn uuid_value(id: &str) -> HeaderValue {
    HeaderValue::try_from(id).expect("an id is printable")
}

/// The kind and the JSON of an error.
async fn told(request: Request<Incoming>) -> (Option<String>, Bytes) {
    let kind = kind_of(request.headers());
    let body = match Limited::new(request.into_body(), ERROR_BYTES_MAX).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(_) => Bytes::from_static(
            br#"{"errorType":"Function.ErrorTooLarge","errorMessage":"The error could not be read."}"#,
        ),
    };
    (kind, body)
}

fn kind_of(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("lambda-runtime-function-error-type")?;
    value.to_str().ok().map(str::to_owned)
}

fn trailer_body(trailers: &HeaderMap) -> Option<Bytes> {
    let value = trailers.get("lambda-runtime-function-error-body")?;
    base64_simd::STANDARD.decode_to_vec(value.as_bytes()).ok().map(Bytes::from)
}

/// An event as the runtime gets it.
fn event(invocation: Invocation, deadline_ms: u64) -> Answer {
    let mut response = Response::new(Full::new(invocation.payload));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    put("lambda-runtime-aws-request-id", &invocation.request_id);
    put("lambda-runtime-deadline-ms", &deadline_ms.to_string());
    put("lambda-runtime-invoked-function-arn", &invocation.arn);
    put("lambda-runtime-trace-id", &invocation.trace_id);
    if let Some(context) = &invocation.client_context {
        put("lambda-runtime-client-context", context);
    }
    response
}

fn accepted(status: StatusCode) -> Answer {
    json(status, Bytes::from_static(b"{\"status\":\"OK\"}\n"))
}

fn refusal(status: StatusCode, kind: &str, message: &str) -> Answer {
    let text = serde_json::json!({ "errorType": kind, "errorMessage": message });
    json(status, Bytes::from(text.to_string()))
}

fn json(status: StatusCode, body: Bytes) -> Answer {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
