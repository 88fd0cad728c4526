//! Rooms of streams as [`ports::RecordSink`]: a record goes the way of any request, through the room's own operation, so that its policies, quotas and
//! figures count it like any other.

use std::sync::Arc;

use base::{Arn, Random, Region};
use futures_util::future::BoxFuture;
use ports::{PortError, Principal, RecordSink, SinkRecord};
use serde_json::{Value, json};
use service::{AnyRoom, Incoming};

/// Bytes of an answer to a put: ids, and texts of refusals.
const ANSWER_BYTES_MAX: u64 = 64 << 10;

/// A room that has PutRecord.
pub(crate) struct Sink {
    room: Arc<dyn AnyRoom>,
    random: Random,
}

impl Sink {
    /// Over this room.
    pub(crate) fn new(room: Arc<dyn AnyRoom>, random: Random) -> Arc<Self> {
        Arc::new(Self { room, random })
    }

    async fn send(&self, principal: &Principal, stream: &Arn, record: SinkRecord) -> Result<(), PortError> {
        let no_stream = || PortError::Invalid {
            code: "InvalidArgumentException",
            message: format!("{stream} is not the ARN of a stream."),
        };
        let operation = self.room.service().operation("PutRecord").ok_or_else(no_stream)?;
        let region = Region::new(stream.region()).ok_or_else(no_stream)?;
        let data = base64_simd::STANDARD.encode_to_string(&record.data);
        let input = match stream.resource().split_once('/') {
            Some(("stream", _)) => {
                json!({ "StreamARN": stream.as_str(), "PartitionKey": record.partition_key, "Data": data })
            }
            // PutRecord names a stream of the caller's own account.
            Some(("deliverystream", _)) if stream.account() != principal.account.to_string() => {
                return Err(PortError::Denied(format!("{stream} is a stream of another account.")));
            }
            Some(("deliverystream", name)) => {
                json!({ "DeliveryStreamName": name, "Record": { "Data": data } })
            }
            Some(_) | None => return Err(no_stream()),
        };
        let id = self.random.uuid();
        let incoming = Incoming::internal(operation, input.to_string(), principal.clone(), region, id);
        let answer = self.room.call(incoming).await;
        let unreadable = |error: body::BodyError| PortError::Unavailable(error.to_string());
        let said = answer.body.collect(ANSWER_BYTES_MAX).await.map_err(unreadable)?;
        if answer.status < 300 { Ok(()) } else { Err(refusal(answer.status, &said)) }
    }
}

impl RecordSink for Sink {
    fn put<'a>(
        &'a self,
        principal: &'a Principal,
        stream: &'a Arn,
        record: SinkRecord,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(self.send(principal, stream, record))
    }
}

/// What a refusal means to whoever sends records on.
fn refusal(status: u16, said: &[u8]) -> PortError {
    let said: Value = serde_json::from_slice(said).unwrap_or_default();
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let code = text("__type").unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default();
    let message = text("message").or_else(|| text("Message")).unwrap_or(code).to_owned();
    match code {
        "ResourceNotFoundException" => PortError::NotFound { code: "ResourceNotFoundException", message },
        "AccessDeniedException" => PortError::Denied(message),
        "ProvisionedThroughputExceededException" | "LimitExceededException" | "ResourceInUseException" => {
            PortError::Unavailable(message)
        }
        _ if status >= 500 => PortError::Unavailable(message),
        _ => PortError::Invalid { code: "InvalidArgumentException", message },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_whether_it_is_worth_another_try() {
        let said = br#"{"__type":"com.amazonaws#ProvisionedThroughputExceededException","message":"slow"}"#;
        assert_eq!(refusal(400, said), PortError::Unavailable("slow".to_owned()));
        assert_eq!(
            refusal(400, br#"{"__type":"AccessDeniedException","Message":"no"}"#),
            PortError::Denied("no".to_owned())
        );
        assert!(matches!(refusal(400, b"{}"), PortError::Invalid { .. }));
        assert!(matches!(refusal(503, b""), PortError::Unavailable(_)));
    }
}
