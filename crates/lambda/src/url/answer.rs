//! What a function returned, as an answer.
//!
//! | returned | status, type | body |
//! |---|---|---|
//! | an object with `statusCode` | as it says; `application/json` unless it says one | `body`, decoded if `isBase64Encoded` |
//! | a text | 200 `application/json` | the text, bare |
//! | anything else | 200 `application/json` | the value |
//! | an error | 502 `application/json` | `Internal Server Error` |
//!
//! A streamed answer of the type `application/vnd.awslambda.http-integration-response` begins with JSON of the head and eight zeros (facts
//! section 4.4).

use body::{Body, BodyError};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, SET_COOKIE, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value};
use wire::Answer;

use crate::engine::invoke::Streamed;
use crate::runtimes::Piece;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// The type of streams with a head of their own.
const WITH_HEAD: &str = "application/vnd.awslambda.http-integration-response";
/// What stands behind that head.
const HEAD_END: [u8; 8] = [0; 8];
/// Bytes of it.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// An answer for what a function that is done returned.
pub(super) fn of(failed: bool, payload: &[u8]) -> Answer {
    if failed {
        return internal();
    }
    let value: Value = match serde_json::from_slice(payload) {
        Ok(value) => value,
        // A runtime of one's own may return what it likes.
        Err(_) => return plain(payload.to_vec()),
    };
    match value {
        Value::Object(fields) if fields.contains_key("statusCode") => shaped(&fields),
        Value::String(text) => plain(text.into_bytes()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            plain(payload.to_vec())
        }
    }
}

/// The function failed.
pub(super) fn internal() -> Answer {
    let headers = vec![(CONTENT_TYPE, JSON)];
    Answer { status: 502, headers, body: Body::from("Internal Server Error".to_owned()) }
}

fn plain(body: Vec<u8>) -> Answer {
    Answer { status: 200, headers: vec![(CONTENT_TYPE, JSON)], body: Body::from(body) }
}

/// An answer as the function words it; one that makes no sense is the function's failure.
fn shaped(fields: &Map<String, Value>) -> Answer {
    let Some((status, headers)) = head(fields) else { return internal() };
    let body = match fields.get("body") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if fields.get("isBase64Encoded").and_then(Value::as_bool) == Some(true) => {
            match base64_simd::STANDARD.decode_to_vec(text) {
                Ok(bytes) => bytes,
                Err(_) => return internal(),
            }
        }
        Some(Value::String(text)) => text.clone().into_bytes(),
        Some(other) => other.to_string().into_bytes(),
    };
    Answer { status, headers, body: Body::from(body) }
}

/// Status and headers; `None` if they are none.
fn head(fields: &Map<String, Value>) -> Option<(u16, Vec<(HeaderName, HeaderValue)>)> {
    let status = match fields.get("statusCode") {
        None => 200,
        Some(Value::Number(number)) => number.as_u64()?,
        Some(Value::String(text)) => text.parse().ok()?,
        Some(_) => return None,
    };
    let status = u16::try_from(status).ok().filter(|status| (200..600).contains(status))?;
    let mut headers = Vec::new();
    let given = fields.get("headers").and_then(Value::as_object);
    for (name, value) in given.into_iter().flatten() {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Null => continue,
            other => other.to_string(),
        };
        let name = HeaderName::try_from(name).ok()?;
        // How long the answer is and how it is sent is the server's to say.
        if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
            continue;
        }
        headers.push((name, HeaderValue::try_from(value).ok()?));
    }
    if !headers.iter().any(|(name, _)| *name == CONTENT_TYPE) {
        headers.push((CONTENT_TYPE, JSON));
    }
    let cookies = fields.get("cookies").and_then(Value::as_array);
    for cookie in cookies.into_iter().flatten().filter_map(Value::as_str) {
        headers.push((SET_COOKIE, HeaderValue::try_from(cookie).ok()?));
    }
    Some((status, headers))
}

/// An answer that is handed on while the function still writes it.
pub(super) async fn streamed(first: Piece, mut streamed: Streamed) -> Answer {
    let content_type = match first {
        Piece::Head(content_type) => content_type,
        Piece::Bytes(_) => None,
    };
    if content_type.as_deref() != Some(WITH_HEAD) {
        let content_type = content_type.and_then(|text| HeaderValue::try_from(text).ok());
        let content_type = content_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
        return Answer {
            status: 200,
            headers: vec![(CONTENT_TYPE, content_type)],
            body: rest(Bytes::new(), streamed),
        };
    }
    let mut read = BytesMut::new();
    let end = loop {
        if let Some(end) = read.windows(HEAD_END.len()).position(|window| window == HEAD_END) {
            break end;
        }
        match streamed.pieces.recv().await {
            Some(Piece::Bytes(bytes))
                if read.len() + bytes.len() <= HEAD_BYTES_MAX + STREAM_PIECE_BYTES_MAX =>
            {
                read.extend_from_slice(&bytes);
            }
            Some(Piece::Head(_)) => {}
            Some(Piece::Bytes(_)) | None => return internal(),
        }
    };
    let words = read.split_to(end);
    let _zeros = read.split_to(HEAD_END.len());
    let fields: Option<Map<String, Value>> = serde_json::from_slice(&words).ok();
    match fields.and_then(|fields| head(&fields)) {
        Some((status, headers)) => Answer { status, headers, body: rest(read.freeze(), streamed) },
        None => internal(),
    }
}

/// Bytes of what may come with the end of the head in one piece.
const STREAM_PIECE_BYTES_MAX: usize = 1 << 20;

/// What was read already, and what comes. A function that fails on the way cuts the answer off.
fn rest(begun: Bytes, streamed: Streamed) -> Body {
    let begun = Some(begun).filter(|bytes| !bytes.is_empty());
    let pieces = stream::unfold((begun, Some(streamed)), |(begun, streamed)| async move {
        let mut streamed = streamed?;
        if let Some(bytes) = begun {
            return Some((Ok(bytes), (None, Some(streamed))));
        }
        loop {
            match streamed.pieces.recv().await {
                Some(Piece::Bytes(bytes)) => return Some((Ok(bytes), (None, Some(streamed)))),
                Some(Piece::Head(_)) => {}
                None => {
                    let well = streamed.outcome().await.is_ok_and(|outcome| !outcome.failed);
                    return (!well).then(|| (Err(BodyError::Incomplete), (None, None)));
                }
            }
        }
    });
    Body::from_stream(pieces, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn text(answer: Answer) -> (u16, Vec<(String, String)>, String) {
        let headers = answer.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let headers = headers.collect();
        let body = answer.body.collect(1 << 20).await.unwrap();
        (answer.status, headers, String::from_utf8(body.to_vec()).unwrap())
    }

    fn json_type() -> Vec<(String, String)> {
        vec![("content-type".to_owned(), "application/json".to_owned())]
    }

    #[tokio::test]
    async fn values_become_answers() {
        for (returned, status, body) in [
            ("\"hello\"", 200, "hello"),
            ("{\"a\": 1}", 200, "{\"a\": 1}"),
            ("null", 200, "null"),
            ("{\"statusCode\":201,\"body\":\"b\"}", 201, "b"),
            ("{\"statusCode\":\"404\",\"body\":{\"x\":1}}", 404, "{\"x\":1}"),
            ("{\"statusCode\":200,\"body\":\"aGk=\",\"isBase64Encoded\":true}", 200, "hi"),
            ("{\"statusCode\":200}", 200, ""),
            ("{\"statusCode\":[]}", 502, "Internal Server Error"),
            ("{\"statusCode\":99999}", 502, "Internal Server Error"),
            ("{\"statusCode\":101}", 502, "Internal Server Error"),
            ("{\"statusCode\":200,\"headers\":{\"a b\":\"c\"}}", 502, "Internal Server Error"),
            ("{\"statusCode\":200,\"body\":\"*\",\"isBase64Encoded\":true}", 502, "Internal Server Error"),
        ] {
            assert_eq!(
                text(of(false, returned.as_bytes())).await,
                (status, json_type(), body.to_owned()),
                "{returned}"
            );
        }
        assert_eq!(text(of(true, b"{}")).await.0, 502);
    }

    #[tokio::test]
    async fn headers_and_cookies_are_the_functions() {
        let returned = r#"{"statusCode":200,"headers":{"Content-Type":"text/html","X-N":7,"content-length":"3"},"cookies":["a=1","b=2; Secure"],"body":"<p>"}"#;
        let (_, headers, _) = text(of(false, returned.as_bytes())).await;
        let wanted = [
            ("content-type", "text/html"),
            ("x-n", "7"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2; Secure"),
        ];
        let wanted: Vec<_> = wanted.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(headers, wanted);
    }
}
