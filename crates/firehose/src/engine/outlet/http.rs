//! HTTP endpoints: Firehose's delivery protocol, version 1.0 (Firehose facts section 6).

use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use outbound::{Error, Request};
use serde_json::Value;

use super::Shop;
use super::remote::{Doc, Tried, Trouble, all};
use crate::tables::{Batch, HttpDestination};

/// How long a destination may take to answer.
const TIMEOUT: Duration = Duration::from_secs(180);
/// Bytes of an answer.
const ANSWER_BYTES_MAX: u64 = 1 << 20;
/// Characters of an answer's own message that are reported.
const MESSAGE_CHARS_MAX: usize = 8_192;

const DESTINATION: &str = "HttpEndpoint.DestinationException";
const INVALID: &str = "HttpEndpoint.InvalidResponseFromDestination";

impl Shop {
    pub(super) async fn try_http(&self, http: &HttpDestination, batch: &Batch, docs: &[&Doc]) -> Tried {
        let id = uuid(batch.id);
        let gzip = http.encoding.as_deref() == Some("GZIP");
        let body = body(&id, self.engine.clock.now().as_millis(), docs, gzip);
        let outcome = match self.request(http, &id, body, gzip) {
            Ok(request) => self.ask(request, &id).await,
            // What cannot be sent now cannot be sent later.
            Err(error) => Err(Trouble::new("HttpEndpoint.InvalidUrl", error.to_string(), false)),
        };
        match outcome {
            Ok(()) => Vec::new(),
            Err(trouble) => all(docs, &trouble),
        }
    }

    fn request(&self, http: &HttpDestination, id: &str, body: Bytes, gzip: bool) -> Result<Request, Error> {
        let arn = base::Arn::new(
            "firehose",
            &self.key.region,
            self.key.account,
            &format!("deliverystream/{}", self.key.name),
        );
        let mut request = Request::new(Method::POST, &http.url)?
            .header("Content-Type", "application/json")?
            .header("User-Agent", "Amazon Kinesis Data Firehose Agent/1.0")?
            .header("X-Amz-Firehose-Protocol-Version", "1.0")?
            .header("X-Amz-Firehose-Request-Id", id)?
            .header("X-Amz-Firehose-Source-Arn", arn.as_str())?
            .body(body)
            .timeout(TIMEOUT)
            .response_bytes_max(ANSWER_BYTES_MAX);
        if let Some(key) = http.access_key.as_ref().filter(|key| !key.text().is_empty()) {
            request = request.header("X-Amz-Firehose-Access-Key", key.text())?;
        }
        if let Some(attributes) = http.attributes.as_deref().filter(|attributes| !attributes.is_empty()) {
            request = request.header("X-Amz-Firehose-Common-Attributes", &common_attributes(attributes))?;
        }
        if gzip {
            request = request.header("Content-Encoding", "gzip")?;
        }
        Ok(request)
    }

    async fn ask(&self, request: Request, id: &str) -> Result<(), Trouble> {
        let response = self.engine.outbound.send(request).await.map_err(unanswered)?;
        let status = response.status.as_u16();
        let encoded = response.header("content-encoding").is_some_and(|encoding| encoding != "identity");
        let is_json =
            response.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
        let has_length = response.header("content-length").is_some();
        let answer = response.bytes().await.map_err(unanswered)?;
        let document: Option<Value> = serde_json::from_slice(&answer).ok();
        if status != 200 {
            let said = document.as_ref().and_then(|document| document["errorMessage"].as_str());
            let said: String = match said {
                Some(said) => said.chars().take(MESSAGE_CHARS_MAX).collect(),
                None => String::new(),
            };
            let message = format!(
                "The following response was received from the endpoint destination. {status}: {said}"
            );
            // Too large now is too large later.
            return Err(Trouble::new(DESTINATION, message, status != 413));
        }
        let invalid = |what: &str| {
            Trouble::new(
                INVALID,
                format!("The response received from the specified endpoint is invalid. {what}"),
                true,
            )
        };
        if !is_json || encoded || !has_length {
            return Err(invalid(
                "Content-Type must be application/json, Content-Length given and Content-Encoding absent.",
            ));
        }
        let document = document.ok_or_else(|| invalid("The body is not a JSON document."))?;
        if document["requestId"].as_str() != Some(id) {
            return Err(invalid("The requestId is not that of the request."));
        }
        if !document["timestamp"].is_number() {
            return Err(invalid("The timestamp is missing."));
        }
        Ok(())
    }
}

/// A request that was not answered.
fn unanswered(error: Error) -> Trouble {
    let again = |code| Trouble::new(code, error.to_string(), true);
    match &error {
        Error::Timeout => again("HttpEndpoint.RequestTimeout"),
        Error::TooLarge { .. } => again("HttpEndpoint.ResponseTooLarge"),
        Error::Tls { .. } => again("HttpEndpoint.SSLHandshakeFailure"),
        Error::Closed(_) | Error::Body(_) => again("HttpEndpoint.ConnectionReset"),
        Error::Malformed(_) => again(INVALID),
        Error::Unresolved { .. }
        | Error::Refused { .. }
        | Error::Connect { .. }
        | Error::ConnectTimeout { .. } => again("HttpEndpoint.ConnectionFailed"),
        Error::Url { .. } | Error::Header(_) => {
            Trouble::new("HttpEndpoint.InvalidUrl", error.to_string(), false)
        }
    }
}

/// `{"requestId":…,"timestamp":…,"records":[{"data":…}]}`.
fn body(id: &str, millis: i64, docs: &[&Doc], gzip: bool) -> Bytes {
    let bytes: usize = docs.iter().map(|doc| doc.record.data.len() * 4 / 3 + 16).sum();
    let mut text = String::with_capacity(bytes + 128);
    text.push_str(&format!("{{\"requestId\":\"{id}\",\"timestamp\":{millis},\"records\":["));
    for (at, doc) in docs.iter().enumerate() {
        text.push_str(if at == 0 { "{\"data\":\"" } else { ",{\"data\":\"" });
        base64_simd::STANDARD.encode_append(&doc.record.data, &mut text);
        text.push_str("\"}");
    }
    text.push_str("]}");
    if !gzip {
        return text.into();
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("writing to memory cannot fail");
    encoder.finish().expect("writing to memory cannot fail").into()
}

/// The common attributes as a header carries them: JSON of ASCII alone.
fn common_attributes(attributes: &[(String, String)]) -> String {
    let mut json = String::from("{\"commonAttributes\":{");
    for (at, (name, value)) in attributes.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        json.push_str(&format!("{comma}{}:{}", Value::from(name.as_str()), Value::from(value.as_str())));
    }
    json.push_str("}}");
    let mut ascii = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                ascii.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    ascii
}

/// 128 bits as a UUID is written.
pub(super) fn uuid(bits: u128) -> String {
    let digits = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_json_of_ascii_in_their_order() {
        let attributes = [("z", "pre-prod"), ("a", ""), ("é", "\u{1f600}\"")];
        let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(
            common_attributes(&attributes),
            "{\"commonAttributes\":{\"z\":\"pre-prod\",\"a\":\"\",\"\\u00e9\":\"\\ud83d\\ude00\\\"\"}}"
        );
    }
}
