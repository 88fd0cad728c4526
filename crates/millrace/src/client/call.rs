//! One call of Kinesis: JSON in, JSON out, signed; tried again where that can help.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use outbound::{Client, Request, Rules};
use serde_json::{Value, json};
use service::Timer;

use super::sign::{Credentials, Post, headers};
use crate::Failure;

/// Bytes of an answer at the most: GetRecords gives 10 MiB of data, in base64.
const ANSWER_BYTES_MAX: u64 = 32 << 20;
/// The time one exchange may take.
const EXCHANGE_MAX: Duration = Duration::from_secs(60);
/// The first pause before a call is tried again, and the longest.
const PAUSE_MIN: Duration = Duration::from_millis(200);
const PAUSE_MAX: Duration = Duration::from_secs(5);
/// How long a call is tried before it is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Kinesis somewhere.
pub(crate) struct Kinesis {
    client: Client,
    url: String,
    host: String,
    path: String,
    region: String,
    credentials: Credentials,
    timer: Timer,
}

/// Why a call was given up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    /// The service refuses.
    #[error("{code}: {message}")]
    Refused {
        /// Its code.
        code: String,
        /// Its text.
        message: String,
    },
    /// There was no answer.
    #[error("no answer from {endpoint}: {reason}")]
    NoAnswer {
        /// Who was asked.
        endpoint: String,
        /// What happened.
        reason: String,
    },
    /// The answer is none that can be understood.
    #[error("the answer cannot be understood: {0}")]
    Strange(String),
}

impl Error {
    /// Whether the service refused with this code.
    pub(crate) fn is(&self, wanted: &str) -> bool {
        matches!(self, Error::Refused { code, .. } if code == wanted)
    }

    fn may_pass(&self) -> bool {
        const PASSING: [&str; 8] = [
            "ProvisionedThroughputExceededException",
            "LimitExceededException",
            "ThrottlingException",
            "KMSThrottlingException",
            "InternalFailure",
            "InternalFailureException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
        ];
        match self {
            Error::Refused { code, .. } => PASSING.contains(&code.as_str()),
            Error::NoAnswer { .. } => true,
            Error::Strange(_) => false,
        }
    }
}

impl Kinesis {
    /// Kinesis at this address.
    pub(super) fn new(
        endpoint: &str,
        region: String,
        credentials: Credentials,
        rules: Rules,
        timer: Timer,
    ) -> Result<Self, Failure> {
        let with_scheme =
            if endpoint.contains("://") { endpoint.to_owned() } else { format!("http://{endpoint}") };
        let uri: http::Uri =
            with_scheme.parse().map_err(|error| format!("`{endpoint}` is no address: {error}"))?;
        let host = uri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
        if host.is_empty() {
            return Err(format!("`{endpoint}` names no host").into());
        }
        let path = uri.path().to_owned();
        let url = with_scheme.split('?').next().unwrap_or_default().to_owned();
        Ok(Self { client: Client::new(rules), url, host, path, region, credentials, timer })
    }

    /// What is slept on.
    pub(super) fn timer(&self) -> &Timer {
        &self.timer
    }

    /// Calls, and tries again for a while if that can help.
    pub(super) async fn call(&self, operation: &str, input: &Value) -> Result<Value, Error> {
        let clock = self.timer.clock();
        let began = clock.monotonic();
        let mut pause = PAUSE_MIN;
        loop {
            match self.call_once(operation, input).await {
                Err(error) if error.may_pass() && clock.monotonic().saturating_sub(began) < PATIENCE => {
                    // Somebody who is not there at all is not worth a minute at first.
                    if matches!(error, Error::NoAnswer { .. }) && operation == "DescribeStreamSummary" {
                        return Err(error);
                    }
                    self.timer.sleep(pause).await;
                    pause = (pause * 2).min(PAUSE_MAX);
                }
                done => return done,
            }
        }
    }

    async fn call_once(&self, operation: &str, input: &Value) -> Result<Value, Error> {
        let body = Bytes::from(input.to_string());
        let target = format!("Kinesis_20131202.{operation}");
        let post = Post {
            host: &self.host,
            path: &self.path,
            target: &target,
            content_type: "application/x-amz-json-1.1",
            body: &body,
            service: "kinesis",
            region: &self.region,
        };
        let failed = |error: outbound::Error| Error::NoAnswer {
            endpoint: self.url.clone(),
            reason: error.to_string(),
        };
        let mut request = Request::new(Method::POST, &self.url).map_err(failed)?;
        for (name, value) in headers(&self.credentials, post, self.timer.clock().wall()) {
            request = request.header(name, &value).map_err(failed)?;
        }
        let request = request
            .header("host", &self.host)
            .map_err(failed)?
            .timeout(EXCHANGE_MAX)
            .response_bytes_max(ANSWER_BYTES_MAX)
            .body(body);
        let response = self.client.send(request).await.map_err(failed)?;
        let status = response.status;
        let bytes = response.bytes().await.map_err(failed)?;
        if status.is_success() {
            if bytes.is_empty() {
                return Ok(Value::Null);
            }
            return serde_json::from_slice(&bytes).map_err(|error| Error::Strange(error.to_string()));
        }
        Err(refusal(status.as_u16(), &bytes))
    }
}

/// What a refusal says: AWS's members, or what there is.
fn refusal(status: u16, bytes: &[u8]) -> Error {
    let body: Value = serde_json::from_slice(bytes).unwrap_or_else(|_| json!({}));
    let code = body["__type"].as_str().map(|code| code.rsplit('#').next().unwrap_or(code).to_owned());
    let message = body.get("message").or_else(|| body.get("Message")).and_then(Value::as_str);
    let code = match code {
        Some(code) => code,
        None if status >= 500 => "InternalFailure".to_owned(),
        None => format!("HTTP {status}"),
    };
    Error::Refused { code, message: message.unwrap_or("no more was said").to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_read_as_services_word_them() {
        let error = refusal(400, br#"{"__type":"com.amazonaws#ExpiredIteratorException","message":"m"}"#);
        assert!(error.is("ExpiredIteratorException") && !error.may_pass());
        assert!(refusal(502, b"<html>").may_pass());
        assert_eq!(refusal(403, b"").to_string(), "HTTP 403: no more was said");
        assert!(refusal(400, br#"{"__type":"ProvisionedThroughputExceededException"}"#).may_pass());
    }
}
