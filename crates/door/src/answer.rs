//! Answers on their way out: ids, dates, lengths, and the line in the access log when the last byte has left.

use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use base::{Random, Timestamp};
use body::{Body, BodyError};
use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE,
    DATE, SERVER,
};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use hyper::body::{Frame, SizeHint};
use wire::Answer;

use crate::Door;
use crate::conn::Phase;
use crate::date;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const S3_REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-request-id");
const HOST_ID: HeaderName = HeaderName::from_static("x-amz-id-2");
/// DynamoDB's checksum of the body as sent, which SDKs verify (wire facts section 3.5).
const CRC32: HeaderName = HeaderName::from_static("x-amz-crc32");
/// What browsers may read of a JSON service's answer (wire facts section 12).
pub(crate) const EXPOSED: &str =
    "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date";

/// What requests to functions' URLs are called. What a script may do with their answers is said by the URL's own rules.
pub(crate) const FUNCTION_URL: &str = "FunctionUrl";

/// What becomes known of a request while it is served.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub request_id: String,
    pub host_id: String,
    pub caller: Option<String>,
    pub service: &'static str,
    pub operation: &'static str,
    pub bytes_in: u64,
    pub begun: Duration,
}

impl Record {
    /// Gives the ids that this service's answers carry.
    pub(crate) fn enter(&mut self, service: &'static str, operation: &'static str, random: &Random) {
        self.service = service;
        self.operation = operation;
        match service {
            "s3" => {
                self.request_id = short_id(random);
                self.host_id = long_id(random);
            }
            "kinesis" => {
                self.request_id = random.uuid();
                self.host_id = long_id(random);
            }
            "dynamodb" => self.request_id = long_capitals(random),
            _ => self.request_id = random.uuid(),
        }
    }
}

/// Sixteen characters, as S3 has them.
fn short_id(random: &Random) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes: [u8; 16] = random.bytes();
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

/// Fifty-two capitals and digits, as DynamoDB has them.
fn long_capitals(random: &Random) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bytes: [u8; 52] = random.bytes();
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

fn long_id(random: &Random) -> String {
    let bytes: [u8; 56] = random.bytes();
    base64_simd::STANDARD.encode_to_string(bytes)
}

/// The `Date` header, written once a second. Always the wall clock: SDKs correct their skew by it.
#[derive(Default)]
pub(crate) struct DateLine(Mutex<Option<(i64, HeaderValue)>>);

impl DateLine {
    fn at(&self, now: Timestamp) -> HeaderValue {
        let mut line = self.0.lock().expect("nothing panics while the date is held");
        match &*line {
            Some((second, value)) if *second == now.as_secs() => value.clone(),
            Some(_) | None => {
                let value = HeaderValue::try_from(date::http(now)).expect("a date is printable");
                *line = Some((now.as_secs(), value.clone()));
                value
            }
        }
    }
}

/// How an answer is finished, beyond what it says itself.
pub(crate) struct Finish {
    pub is_head: bool,
    /// The origin of the script that made the request.
    pub origin: Option<HeaderValue>,
    /// Part of the request was left unread.
    pub closes: bool,
    pub phase: Option<Arc<Phase>>,
}

impl Door {
    /// Turns an answer into what hyper sends.
    pub(crate) fn finish(
        self: &Arc<Self>,
        answer: Answer,
        record: Record,
        finish: Finish,
    ) -> Response<Outgoing> {
        let Answer { status, headers, body } = answer;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = if status.is_success() { String::new() } else { error_code(&body, &headers) };
        let mut response = Response::new(Outgoing::empty());
        *response.status_mut() = status;
        let map = response.headers_mut();
        map.reserve(headers.len() + 6);
        for (name, value) in headers {
            map.append(name, value);
        }
        map.insert(DATE, self.date.at(self.clock.wall()));
        let is_s3 = record.service == "s3";
        if is_s3 {
            map.insert(SERVER, HeaderValue::from_static("AmazonS3"));
        }
        if record.service == "dynamodb"
            && let Some(whole) = body.as_whole()
        {
            map.insert(CRC32, HeaderValue::from(crypt::crc32(whole)));
        }
        let id_name = if is_s3 { S3_REQUEST_ID } else { REQUEST_ID };
        for (name, id) in [(id_name, &record.request_id), (HOST_ID, &record.host_id)] {
            if !id.is_empty() {
                map.insert(name, HeaderValue::try_from(id.as_str()).expect("an id is printable"));
            }
        }
        if !is_s3
            && record.operation != FUNCTION_URL
            && !record.service.is_empty()
            && let Some(origin) = self.allowed_origin(finish.origin.as_ref())
        {
            map.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            map.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
        }
        if finish.closes {
            map.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        let body = if finish.is_head {
            if status.is_success()
                && !map.contains_key(CONTENT_LENGTH)
                && let Some(length) = body.length()
            {
                map.insert(CONTENT_LENGTH, HeaderValue::from(length));
            }
            Body::empty()
        } else {
            body
        };
        let ending = Ending {
            door: self.clone(),
            phase: finish.phase,
            record,
            status: status.as_u16(),
            code,
            sent: 0,
        };
        *response.body_mut() = Outgoing { body, ending: Some(Box::new(ending)) };
        response
    }
}

/// The code inside an error's body or header, for the log.
fn error_code(body: &Body, headers: &[(HeaderName, HeaderValue)]) -> String {
    if let Some((_, value)) = headers.iter().find(|(name, _)| name.as_str() == "x-amzn-errortype") {
        return value.to_str().unwrap_or_default().to_owned();
    }
    let text = body.as_whole().map(|bytes| String::from_utf8_lossy(&bytes[..bytes.len().min(256)]));
    let text = text.as_deref().unwrap_or_default();
    let between = |open: &str, close: char| {
        let rest = &text[text.find(open)? + open.len()..];
        Some(rest[..rest.find(close)?].to_owned())
    };
    between("<Code>", '<').or_else(|| between("\"__type\":\"", '"')).unwrap_or_default()
}

/// An answer's body under hyper. Whoever drops it, finished or not, writes the log line.
pub(crate) struct Outgoing {
    body: Body,
    ending: Option<Box<Ending>>,
}

struct Ending {
    door: Arc<Door>,
    phase: Option<Arc<Phase>>,
    record: Record,
    status: u16,
    code: String,
    sent: u64,
}

impl Outgoing {
    fn empty() -> Self {
        Self { body: Body::empty(), ending: None }
    }
}

impl hyper::body::Body for Outgoing {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let piece = std::task::ready!(self.body.poll_next(context));
        if let (Some(Ok(bytes)), Some(ending)) = (&piece, &mut self.ending) {
            ending.sent += bytes.len() as u64;
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.length() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        let Some(ending) = self.ending.take() else { return };
        let Ending { door, phase, record, status, code, sent } = *ending;
        if let Some(phase) = phase {
            phase.idle();
        }
        let took = door.clock.monotonic().saturating_sub(record.begun);
        if !record.service.is_empty() {
            door.metrics.request(record.service, record.operation, status, took);
        }
        door.metrics.bytes_in.fetch_add(record.bytes_in, Ordering::Relaxed);
        door.metrics.bytes_out.fetch_add(sent, Ordering::Relaxed);
        tracing::info!(
            target: "access",
            request_id = record.request_id,
            caller = record.caller.as_deref().unwrap_or("-"),
            service = record.service,
            operation = record.operation,
            status,
            code,
            bytes_in = record.bytes_in,
            bytes_out = sent,
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        );
    }
}

/// An answer without a body.
pub(crate) fn bare(status: u16) -> Answer {
    Answer { status, headers: Vec::new(), body: Body::empty() }
}

/// An answer of text.
pub(crate) fn text(status: u16, content_type: &'static str, text: impl Into<String>) -> Answer {
    Answer {
        status,
        headers: vec![(CONTENT_TYPE, HeaderValue::from_static(content_type))],
        body: Body::from(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_those_of_their_service() {
        let random = Random::seeded(1);
        let mut record = Record::default();
        record.enter("s3", "GetObject", &random);
        assert_eq!((record.request_id.len(), record.host_id.len()), (16, 76));
        record.enter("sts", "GetCallerIdentity", &random);
        assert_eq!(record.request_id.len(), 36);
        record.enter("dynamodb", "GetItem", &random);
        assert_eq!(record.request_id.len(), 52);
    }

    #[test]
    fn the_date_changes_with_the_second() {
        let line = DateLine::default();
        assert_eq!(line.at(Timestamp::from_secs(784_111_777)), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(line.at(Timestamp::from_secs(784_111_778)), "Sun, 06 Nov 1994 08:49:38 GMT");
    }

    #[test]
    fn codes_are_found_in_every_kind_of_error() {
        let none: &[(HeaderName, HeaderValue)] = &[];
        assert_eq!(error_code(&Body::from("<Error><Code>NoSuchKey</Code>".to_owned()), none), "NoSuchKey");
        assert_eq!(error_code(&Body::from("{\"__type\":\"Oops\"}".to_owned()), none), "Oops");
        assert_eq!(error_code(&Body::empty(), none), "");
    }
}
