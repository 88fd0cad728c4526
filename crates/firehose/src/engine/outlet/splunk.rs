//! Splunk, by its HTTP event collector with indexer acknowledgement (Firehose facts section 6).
//!
//! An event counts as delivered when the indexer has acknowledged it, not when it was received. Waiting for that is not counted as retrying.

use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use http::Method;
use outbound::{Error, Request, Response};
use serde_json::{Value, json};

use super::Shop;
use super::http::uuid;
use super::remote::{Doc, Tried, Trouble, all};
use crate::tables::SplunkDestination;

/// Between questions whether something was acknowledged.
const POLL_MIN: Duration = Duration::from_secs(1);
const POLL_MAX: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);

impl Shop {
    /// Sends, and waits for the acknowledgement; also how long that took.
    pub(super) async fn try_splunk(&self, splunk: &SplunkDestination, docs: &[&Doc]) -> (Tried, Duration) {
        let began = self.engine.clock.now();
        let outcome = match self.send_events(splunk, docs).await {
            Ok(ack) => {
                let outcome = self.acknowledged(splunk, ack).await;
                (outcome, self.engine.clock.now().since(began))
            }
            Err(trouble) => (Err(trouble), Duration::ZERO),
        };
        match outcome {
            (Ok(()), waited) => (Vec::new(), waited),
            (Err(trouble), waited) => (all(docs, &trouble), waited),
        }
    }

    /// The channel of a stream: acknowledgements are asked for by it.
    fn channel(&self) -> String {
        uuid(self.id.0)
    }

    fn collector(&self, splunk: &SplunkDestination, what: &str) -> String {
        let base = splunk.endpoint.trim_end_matches('/');
        let base = base.strip_suffix("/services/collector").unwrap_or(base);
        format!("{base}/services/collector/{what}?channel={}", self.channel())
    }

    async fn post(
        &self,
        splunk: &SplunkDestination,
        what: &str,
        kind: &str,
        body: Bytes,
    ) -> Result<Response, Trouble> {
        let request = || {
            Request::new(Method::POST, &self.collector(splunk, what))?
                .header("Authorization", &format!("Splunk {}", splunk.token.text()))?
                .header("X-Splunk-Request-Channel", &self.channel())?
                .header("Content-Type", kind)
        };
        let request =
            request().map_err(|error| Trouble::new("Splunk.InvalidEndpoint", error.to_string(), false))?;
        self.engine.outbound.send(request.body(body).timeout(TIMEOUT)).await.map_err(unanswered)
    }

    /// Sends the events; returns what their acknowledgement is asked for by.
    async fn send_events(&self, splunk: &SplunkDestination, docs: &[&Doc]) -> Result<u64, Trouble> {
        let mut body = BytesMut::with_capacity(docs.iter().map(|doc| doc.record.data.len()).sum());
        docs.iter().for_each(|doc| body.put_slice(&doc.record.data));
        let (what, kind) =
            if splunk.kind == "Event" { ("event", "application/json") } else { ("raw", "text/plain") };
        let response = self.post(splunk, what, kind, body.freeze()).await?;
        let status = response.status.as_u16();
        let answer = response.bytes().await.map_err(unanswered)?;
        let document: Value = serde_json::from_slice(&answer).unwrap_or(Value::Null);
        if status != 200 {
            return Err(refused(status, &document));
        }
        document["ackId"].as_u64().ok_or_else(|| {
            let message =
                "Indexer acknowledgement is disabled on the HEC token. Enable it on the token and try again.";
            Trouble::new("Splunk.DisabledAck", message, true)
        })
    }

    /// Asks until the indexer has acknowledged, or for as long as configured.
    async fn acknowledged(&self, splunk: &SplunkDestination, ack: u64) -> Result<(), Trouble> {
        let deadline = self.engine.clock.now().plus(Duration::from_secs(u64::from(splunk.ack_secs)));
        let question = json!({"acks": [ack]}).to_string();
        let mut pause = POLL_MIN;
        loop {
            self.timer.sleep(pause).await;
            pause = (pause * 2).min(POLL_MAX);
            match self.post(splunk, "ack", "application/json", question.clone().into()).await {
                Ok(response) if response.status.as_u16() == 200 => {
                    let answer = response.bytes().await.map_err(unanswered)?;
                    let document: Value = serde_json::from_slice(&answer).unwrap_or(Value::Null);
                    if document["acks"][ack.to_string()] == Value::Bool(true) {
                        return Ok(());
                    }
                }
                // It was received; what is asked of it later may fail for a while.
                Ok(_) | Err(_) => {}
            }
            if self.engine.clock.now() >= deadline {
                let message = "Did not receive an acknowledgement from HEC before the HEC acknowledgement timeout expired. Despite the acknowledgement timeout, it's possible the data was indexed successfully in Splunk.";
                return Err(Trouble::new("Splunk.AckTimeout", message, true));
            }
        }
    }
}

/// Splunk's refusals, as the service names them.
fn refused(status: u16, document: &Value) -> Trouble {
    let said = document["text"].as_str().unwrap_or_default();
    let trouble =
        |code: &str, message: &str, again| Trouble::new(code, format!("{message} {status}: {said}"), again);
    match (status, document["code"].as_i64()) {
        (401 | 403, _) => trouble("Splunk.InvalidToken", "The HEC token is invalid.", true),
        (400, Some(10 | 11)) => trouble("Splunk.InvalidDataChannel", "The data channel is invalid.", true),
        (400, Some(14)) => {
            trouble("Splunk.DisabledAck", "Acknowledgements are disabled on the HEC token.", true)
        }
        (400, Some(5 | 6 | 12 | 13)) => {
            trouble("Splunk.InvalidDataFormat", "The data is not formatted correctly.", false)
        }
        (400, _) => trouble("Splunk.InvalidDataFormat", "The data is not formatted correctly.", false),
        (413, _) => trouble("Splunk.InvalidDataFormat", "The data is too large.", false),
        (404, _) => trouble("Splunk.InvalidEndpoint", "There is no HEC at the endpoint.", true),
        (503, _) => trouble("Splunk.ServerBusy", "The Splunk indexer is busy.", true),
        _ => trouble("Splunk.ServerError", "The Splunk server failed.", true),
    }
}

fn unanswered(error: Error) -> Trouble {
    let again = |code| Trouble::new(code, error.to_string(), true);
    match &error {
        Error::Timeout | Error::ConnectTimeout { .. } => again("Splunk.ConnectionTimeout"),
        Error::Tls { .. } => again("Splunk.SSLUnverified"),
        Error::Closed(_) | Error::Body(_) => again("Splunk.ConnectionClosed"),
        Error::Unresolved { .. } | Error::Refused { .. } | Error::Connect { .. } => {
            again("Splunk.ConnectionFailed")
        }
        Error::Malformed(_) | Error::TooLarge { .. } => again("Splunk.ServerError"),
        Error::Url { .. } | Error::Header(_) => {
            Trouble::new("Splunk.InvalidEndpoint", error.to_string(), false)
        }
    }
}
