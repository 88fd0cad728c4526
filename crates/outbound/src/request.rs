//! One HTTP/1.1 exchange.
//!
//! The connection is driven by whoever waits for the answer or reads its body: there is no task behind it, and dropping the answer closes
//! it. One deadline stands over everything, from the name's resolution to the body's last byte.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode, Uri};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::Instant;

use crate::{Client, Endpoint, Error};

const CONNECT_TIMEOUT_DEFAULT: Duration = Duration::from_secs(10);
const TIMEOUT_DEFAULT: Duration = Duration::from_secs(30);
const RESPONSE_BYTES_DEFAULT: u64 = 1 << 20;
/// Bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Headers of an answer.
const HEADERS_MAX: usize = 100;
/// Bytes of an address.
const URL_BYTES_MAX: usize = 8 << 10;

/// What is asked.
#[derive(Debug)]
pub struct Request {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
    connect_timeout: Duration,
    timeout: Duration,
    response_bytes_max: u64,
}

impl Request {
    /// A request to an `http:` or `https:` address, without headers and body. Ten seconds to connect, thirty for everything, an answer of
    /// at most one mebibyte.
    pub fn new(method: Method, url: &str) -> Result<Self, Error> {
        let wrong = |reason| Error::Url { url: url.to_owned(), reason };
        if url.len() > URL_BYTES_MAX {
            return Err(wrong("it is too long"));
        }
        let uri: Uri = url.parse().map_err(|_| wrong("it is malformed"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(wrong("its scheme is neither http nor https"));
        }
        let authority = uri.authority().ok_or_else(|| wrong("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(wrong("it carries credentials"));
        }
        if authority.host().is_empty() || authority.as_str().ends_with(':') {
            return Err(wrong("it names no host"));
        }
        Ok(Self {
            method,
            uri,
            headers: HeaderMap::new(),
            body: Body::empty(),
            connect_timeout: CONNECT_TIMEOUT_DEFAULT,
            timeout: TIMEOUT_DEFAULT,
            response_bytes_max: RESPONSE_BYTES_DEFAULT,
        })
    }

    /// With a header; one of the same name goes.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let cannot = || Error::Header(name.to_owned());
        let key = HeaderName::try_from(name).map_err(|_| cannot())?;
        let value = HeaderValue::try_from(value).map_err(|_| cannot())?;
        self.headers.insert(key, value);
        Ok(self)
    }

    /// With a body. One whose length is known is announced; another goes in chunks.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// The time for resolving, connecting and TLS.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The time for everything, up to the last byte of the answer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The most bytes of the answer's body.
    pub fn response_bytes_max(mut self, bytes: u64) -> Self {
        self.response_bytes_max = bytes;
        self
    }

    fn endpoint(&self) -> Endpoint {
        let tls = self.uri.scheme_str() == Some("https");
        let host = self.uri.host().unwrap_or_default();
        Endpoint {
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: self.uri.port_u16().unwrap_or(if tls { 443 } else { 80 }),
            tls,
            timeout: self.connect_timeout,
        }
    }
}

/// What was answered: any status is an answer, a redirect like the others.
#[derive(Debug)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    body: Body,
    bytes_max: u64,
}

impl Response {
    /// The value of a header, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The whole body.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        let bytes_max = self.bytes_max;
        self.body.collect(bytes_max).await.map_err(|error| of_body(error, bytes_max))
    }

    /// The next piece of the body; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let bytes_max = self.bytes_max;
        self.body.next().await.transpose().map_err(|error| of_body(error, bytes_max))
    }

    /// The body in pieces, for whoever passes it on. It ends with an error when it is larger than asked for or too late.
    pub fn into_body(self) -> Body {
        self.body
    }
}

fn of_body(error: BodyError, bytes_max: u64) -> Error {
    match error {
        BodyError::TooLarge { .. } => Error::TooLarge { bytes_max },
        BodyError::Idle => Error::Timeout,
        BodyError::Incomplete => Error::Closed("the answer's body is incomplete".to_owned()),
        BodyError::Refused(refusal) => Error::Malformed(refusal.to_string()),
        BodyError::Storage(why) => Error::Closed(why),
    }
}

type Driver = BoxFuture<'static, hyper::Result<()>>;

impl Client {
    /// Asks, and returns when the answer's head is there.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let deadline = Instant::now() + request.timeout;
        match tokio::time::timeout_at(deadline, self.exchange(request, deadline)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Timeout),
        }
    }

    async fn exchange(&self, request: Request, deadline: Instant) -> Result<Response, Error> {
        let connection = self.connect(&request.endpoint()).await?;
        let (mut sender, connection) = http1::Builder::new()
            // Receivers have been seen that know their headers by one spelling only.
            .title_case_headers(true)
            .max_headers(HEADERS_MAX)
            .max_buf_size(HEAD_BYTES_MAX)
            .handshake(TokioIo::new(connection))
            .await
            .map_err(of_hyper)?;
        let mut driver: Option<Driver> = Some(Box::pin(connection));
        let bytes_max = request.response_bytes_max;
        let mut answer = Box::pin(sender.send_request(message(request)?));
        // The connection may be over before the answer is read: what it has read by then is still to be had.
        let answer = std::future::poll_fn(|context| {
            drive(&mut driver, context);
            answer.as_mut().poll(context)
        })
        .await
        .map_err(of_hyper)?;
        let (head, incoming) = answer.into_parts();
        let declared = head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if declared.is_some_and(|length: u64| length > bytes_max) {
            return Err(Error::TooLarge { bytes_max });
        }
        let reading = Reading { driver, incoming, left: bytes_max, bytes_max, deadline };
        let pieces = stream::unfold(Some(reading), |reading| async move {
            let mut reading = reading?;
            match reading.next().await {
                Some(Ok(piece)) => Some((Ok(piece), Some(reading))),
                Some(Err(error)) => Some((Err(error), None)),
                None => None,
            }
        });
        let body = Body::from_stream(pieces, declared);
        Ok(Response { status: head.status, headers: head.headers, body, bytes_max })
    }
}

/// The request as hyper sends it.
fn message(request: Request) -> Result<http::Request<Outgoing>, Error> {
    let authority = request.uri.authority().expect("checked when the request was made");
    let host = HeaderValue::try_from(authority.as_str()).map_err(|_| Error::Header("host".to_owned()))?;
    let target = request.uri.path_and_query().map_or("/", |target| target.as_str());
    let target = if target.starts_with('?') { format!("/{target}") } else { target.to_owned() };
    let mut message = http::Request::new(Outgoing(request.body));
    *message.method_mut() = request.method;
    *message.uri_mut() =
        target.parse().map_err(|_| Error::Url { url: request.uri.to_string(), reason: "it is malformed" })?;
    *message.headers_mut() = request.headers;
    message.headers_mut().insert(HOST, host);
    message.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    Ok(message)
}

fn drive(driver: &mut Option<Driver>, context: &mut Context<'_>) {
    if let Some(connection) = driver
        && connection.as_mut().poll(context).is_ready()
    {
        // Its error, if any, comes to whoever waits for the answer.
        *driver = None;
    }
}

fn of_hyper(error: hyper::Error) -> Error {
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(&error);
    if let Some(body) = cause.and_then(|cause| cause.downcast_ref::<BodyError>()) {
        return Error::Body(body.to_string());
    }
    while let Some(inner) = cause {
        reason = format!("{reason}: {inner}");
        cause = inner.source();
    }
    if error.is_timeout() {
        Error::Timeout
    } else if error.is_parse() {
        Error::Malformed(reason)
    } else {
        Error::Closed(reason)
    }
}

/// An answer's body on its way.
struct Reading {
    driver: Option<Driver>,
    incoming: Incoming,
    left: u64,
    bytes_max: u64,
    deadline: Instant,
}

impl Reading {
    async fn next(&mut self) -> Option<Result<Bytes, BodyError>> {
        loop {
            let frame = std::future::poll_fn(|context| {
                drive(&mut self.driver, context);
                hyper::body::Body::poll_frame(Pin::new(&mut self.incoming), context)
            });
            let frame = match tokio::time::timeout_at(self.deadline, frame).await {
                Ok(frame) => frame?,
                Err(_) => return Some(Err(BodyError::Idle)),
            };
            match frame {
                Err(_) => return Some(Err(BodyError::Incomplete)),
                // Trailers say nothing that anybody here asks for.
                Ok(frame) => {
                    let Ok(piece) = frame.into_data() else { continue };
                    let Some(left) = self.left.checked_sub(piece.len() as u64) else {
                        return Some(Err(BodyError::TooLarge { limit: self.bytes_max }));
                    };
                    self.left = left;
                    return Some(Ok(piece));
                }
            }
        }
    }
}

/// A body on its way out, as hyper takes it.
struct Outgoing(Body);

impl hyper::body::Body for Outgoing {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.get_mut().0.poll_next(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.length() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_cannot_be_asked_are_refused() {
        for url in [
            "ftp://a/",
            "a/b",
            "/x",
            "http://",
            "http:///x",
            "http://u:p@h/",
            "http://h:/",
            "http://a b/",
            "",
        ] {
            assert!(Request::new(Method::GET, url).is_err(), "{url}");
        }
        let long = format!("http://h/{}", "x".repeat(URL_BYTES_MAX));
        assert!(Request::new(Method::GET, &long).is_err());
    }

    #[test]
    fn an_endpoint_is_what_the_address_says() {
        let endpoint = |url: &str| {
            let endpoint = Request::new(Method::GET, url).unwrap().endpoint();
            (endpoint.host, endpoint.port, endpoint.tls)
        };
        assert_eq!(endpoint("http://h/x"), ("h".to_owned(), 80, false));
        assert_eq!(endpoint("https://h"), ("h".to_owned(), 443, true));
        assert_eq!(endpoint("https://[::1]:8443/?q"), ("::1".to_owned(), 8443, true));
    }

    #[test]
    fn headers_that_would_break_the_message_are_refused() {
        let request = || Request::new(Method::GET, "http://h/").unwrap();
        assert!(request().header("x-a", "b\r\nx-c: d").is_err());
        assert!(request().header("x a", "b").is_err());
        assert!(request().header("X-A", "b").is_ok());
    }
}
