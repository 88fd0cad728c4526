//! OpenSearch and Elasticsearch, by `_bulk` (Firehose facts section 6).
//!
//! Each record is one JSON document on one line. What the cluster refuses for good (a mapping that does not fit) is filed at once; what it could
//! not do now is tried again, alone. Documents keep their ids over all tries, so that none is indexed twice, unless ids were declined.

use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use http::Method;
use jiff::civil::{Date, Weekday};
use outbound::{Error, Request};
use serde_json::{Value, json};

use super::Shop;
use super::remote::{Doc, Tried, Trouble, all, document_id};
use crate::engine::envelope::Envelope;
use crate::engine::naming::zoned;
use crate::tables::SearchDestination;

const TIMEOUT: Duration = Duration::from_secs(120);
/// Bytes of an answer: a few hundred for each document.
const ANSWER_BYTES_MAX: u64 = 32 << 20;

impl Shop {
    pub(super) async fn try_search(&self, search: &SearchDestination, log: u128, docs: &[&Doc]) -> Tried {
        let mut tried = Vec::new();
        let mut body = String::new();
        let mut sent = Vec::new();
        for (at, doc) in docs.iter().enumerate() {
            match line(&doc.record.data) {
                Ok(line) => {
                    let mut action = json!({"_index": index(search, doc.record.arrival)});
                    if search.document_ids.as_deref() != Some("NO_DOCUMENT_ID") {
                        action["_id"] = document_id(log, doc).into();
                    }
                    if let Some(kind) = search.type_name.as_deref().filter(|kind| !kind.is_empty()) {
                        action["_type"] = kind.into();
                    }
                    body.push_str(&json!({"index": action}).to_string());
                    body.push('\n');
                    body.push_str(&line);
                    body.push('\n');
                    sent.push(at);
                }
                Err(why) => tried.push((at, Trouble::new("400", why, false))),
            }
        }
        if sent.is_empty() {
            return tried;
        }
        match self.bulk(search, body.into()).await {
            Ok(items) => {
                let missing =
                    json!({"index": {"status": 500, "error": {"reason": "no answer for this document"}}});
                for (nth, at) in sent.iter().enumerate() {
                    if let Some(trouble) = judge(items.get(nth).unwrap_or(&missing)) {
                        tried.push((*at, trouble));
                    }
                }
            }
            Err(trouble) => {
                let sent_docs: Vec<&Doc> = sent.iter().map(|at| docs[*at]).collect();
                tried
                    .extend(all(&sent_docs, &trouble).into_iter().map(|(nth, trouble)| (sent[nth], trouble)));
            }
        }
        tried
    }

    /// Asks the cluster; its answers, one for each document.
    async fn bulk(&self, search: &SearchDestination, body: Bytes) -> Result<Vec<Value>, Trouble> {
        let url = format!("{}/_bulk", search.endpoint.trim_end_matches('/'));
        let request = Request::new(Method::POST, &url)
            .and_then(|request| request.header("Content-Type", "application/x-ndjson"))
            .map_err(|error| Trouble::new("InvalidEndpoint", error.to_string(), false))?;
        let request = request.body(body).timeout(TIMEOUT).response_bytes_max(ANSWER_BYTES_MAX);
        let response = self.engine.outbound.send(request).await.map_err(unanswered)?;
        let status = response.status.as_u16();
        let answer = response.bytes().await.map_err(unanswered)?;
        if status != 200 {
            let said: String = String::from_utf8_lossy(&answer).chars().take(1_000).collect();
            // Everything but a request that is wrong in itself may pass.
            return Err(Trouble::new(&status.to_string(), said, status != 400));
        }
        let document: Value = serde_json::from_slice(&answer)
            .map_err(|error| Trouble::new("InvalidResponse", error.to_string(), true))?;
        match &document["items"] {
            Value::Array(items) => Ok(items.clone()),
            _ => Err(Trouble::new("InvalidResponse", "the answer has no items", true)),
        }
    }
}

/// What the cluster says of one document; `None` when it was indexed.
fn judge(item: &Value) -> Option<Trouble> {
    let outcome = item.as_object().and_then(|item| item.values().next()).unwrap_or(&Value::Null);
    let status = outcome["status"].as_u64().unwrap_or(500);
    if (200..300).contains(&status) {
        return None;
    }
    let message = outcome["error"].to_string();
    Some(Trouble::new(&status.to_string(), message, status == 429 || status >= 500))
}

/// A record as one line of JSON.
fn line(data: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(data).map_err(|_| "The record is not UTF-8".to_owned())?.trim();
    // Checked here: a line that is no document would shift all that follow it.
    let document: Value =
        serde_json::from_str(text).map_err(|error| format!("The record is not a JSON document: {error}"))?;
    if !document.is_object() {
        return Err("The record is not a JSON object".to_owned());
    }
    // As it came, so that numbers keep all their digits; newlines between tokens are white space.
    Ok(text.replace(['\n', '\r'], " "))
}

/// The index of a record that arrived then.
fn index(search: &SearchDestination, arrival: Timestamp) -> String {
    let time = zoned(arrival, &jiff::tz::TimeZone::UTC);
    let (year, month, day, hour) = (time.year(), time.month(), time.day(), time.hour());
    let name = &search.index;
    match search.rotation.as_str() {
        "OneHour" => format!("{name}-{year:04}-{month:02}-{day:02}-{hour:02}"),
        "OneDay" => format!("{name}-{year:04}-{month:02}-{day:02}"),
        "OneWeek" => {
            let (year, week) = week(time.date());
            format!("{name}-{year:04}-w{week:02}")
        }
        "OneMonth" => format!("{name}-{year:04}-{month:02}"),
        _ => name.clone(),
    }
}

/// Weeks begin on Sunday; the first of a year holds its first Saturday.
fn week(date: Date) -> (i16, i16) {
    let since_sunday = i32::from(date.weekday().to_sunday_zero_offset());
    let saturday = date.saturating_add(jiff::Span::new().days(6 - since_sunday));
    debug_assert!(
        saturday.weekday() == Weekday::Saturday || saturday == Date::MAX,
        "six days after a Sunday"
    );
    (saturday.year(), (saturday.day_of_year() - 1) / 7 + 1)
}

/// What a failure of this destination says beside what all say.
pub(super) fn envelope(envelope: Envelope, search: &SearchDestination, doc: &Doc, id: &str) -> Envelope {
    use crate::tables::SearchFlavor;
    let index = index(search, doc.record.arrival);
    match search.flavor {
        SearchFlavor::OpenSearch | SearchFlavor::Elasticsearch => envelope
            .with("esDocumentId", id)
            .with("esIndexName", index)
            .with("esTypeName", search.type_name.clone().unwrap_or_default()),
        SearchFlavor::Serverless => envelope.with("osDocumentId", id).with("osIndexName", index),
    }
}

fn unanswered(error: Error) -> Trouble {
    let again = |code| Trouble::new(code, error.to_string(), true);
    match &error {
        Error::Timeout | Error::ConnectTimeout { .. } => again("RequestTimeout"),
        Error::Tls { .. } => again("SSLHandshakeFailure"),
        Error::Closed(_) | Error::Body(_) => again("ConnectionReset"),
        Error::Unresolved { .. } | Error::Refused { .. } | Error::Connect { .. } => again("ConnectionFailed"),
        Error::Malformed(_) | Error::TooLarge { .. } => again("InvalidResponse"),
        Error::Url { .. } | Error::Header(_) => Trouble::new("InvalidEndpoint", error.to_string(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_sunday_and_the_first_holds_the_first_saturday() {
        let week = |text: &str| week(text.parse().unwrap());
        assert_eq!(week("2026-01-01"), (2026, 1));
        assert_eq!(week("2026-01-03"), (2026, 1));
        assert_eq!(week("2026-01-04"), (2026, 2));
        assert_eq!(week("2023-01-01"), (2023, 1));
        assert_eq!(week("2022-12-31"), (2022, 53));
        assert_eq!(week("2024-12-30"), (2025, 1));
    }

    #[test]
    fn a_record_is_one_line_and_an_object() {
        assert_eq!(line(b"{\"a\":\n12345678901234567890}\n").unwrap(), "{\"a\": 12345678901234567890}");
        for wrong in [b"".as_slice(), b"[1]", b"oops", b"{\"a\":1}{\"a\":2}", b"\xff"] {
            assert!(line(wrong).is_err());
        }
    }
}
