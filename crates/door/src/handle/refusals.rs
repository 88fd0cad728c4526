//! Refusals that the door makes by itself (wire facts sections 4 and 12).

use std::sync::Arc;
use std::sync::atomic::Ordering;

use body::Body;
use http::HeaderValue;
use http::request::Parts;
use service::{AnyRoom, Fault};
use wire::{Answer, Protocol};

use super::Sight;
use super::flows::UNKNOWN;
use crate::Door;
use crate::answer::{bare, text};
use crate::route::Refusal;
use crate::text::decoded;

const UNKNOWN_JSON: &str = "{\"__type\":\"UnknownOperationException\"}";
const CBOR_11: &str = "application/x-amz-cbor-1.1";
const CBOR: &str = "application/cbor";

impl Door {
    pub(super) fn panicked(&self, sight: &Sight) -> Answer {
        self.metrics.panics.fetch_add(1, Ordering::Relaxed);
        tracing::error!(
            request_id = sight.record.request_id,
            service = sight.record.service,
            operation = sight.record.operation,
            "a handler panicked"
        );
        let fault = if sight.record.service == "s3" {
            Fault::new(500, "InternalError", "We encountered an internal error. Please try again.")
        } else {
            Fault::bare(500, "InternalFailure")
        };
        self.refuse(sight, &fault)
    }

    pub(super) fn unknown_action(
        &self,
        scope: Option<&str>,
        action: &str,
        version: &str,
        sight: &mut Sight,
    ) -> Answer {
        let message = format!("Could not find operation {action} for version {version}");
        let fault = Fault::new(400, "InvalidAction", message);
        let speaks = |room: &Arc<dyn AnyRoom>| {
            let service = room.service();
            service.speaks_query() && scope.is_none_or(|scope| scope == service.signing_name)
        };
        // Any room that speaks Query knows the form of its errors.
        let rooms = &self.table.rooms;
        let room = rooms
            .iter()
            .position(speaks)
            .or_else(|| rooms.iter().position(|room| room.service().protocol == Protocol::Query));
        match room {
            Some(room) => {
                self.enter(sight, room, Protocol::Query, UNKNOWN);
                self.refuse(sight, &fault)
            }
            None => self.refuse_unrouted(Refusal::Undetermined, sight),
        }
    }

    pub(super) fn refuse_unrouted(&self, refusal: Refusal, sight: &mut Sight) -> Answer {
        sight.record.request_id = self.random.uuid();
        match refusal {
            Refusal::UnknownOperation { protocol, room: Some(room) } => {
                self.enter(sight, room, protocol, UNKNOWN);
                self.refuse(sight, &Fault::bare(400, "UnknownOperationException"))
            }
            Refusal::UnknownOperation { protocol, room: None } => match protocol {
                Protocol::KinesisCbor | Protocol::RpcV2Cbor => {
                    let mut answer = bare(400);
                    let content_type = if protocol == Protocol::KinesisCbor { CBOR_11 } else { CBOR };
                    answer.headers.push((http::header::CONTENT_TYPE, HeaderValue::from_static(content_type)));
                    // A map of one: "__type" → the name.
                    answer.body =
                        [&b"\xa1\x66__type\x78\x19"[..], b"UnknownOperationException"].concat().into();
                    answer
                }
                Protocol::Json10 => text(400, "application/x-amz-json-1.0", UNKNOWN_JSON),
                Protocol::Json11 | Protocol::RestJson | Protocol::RestXml | Protocol::Query => {
                    text(400, "application/x-amz-json-1.1", UNKNOWN_JSON)
                }
            },
            Refusal::UnknownContentType => Answer {
                status: 404,
                headers: Vec::new(),
                body: Body::from("<UnknownOperationException/>\n".to_owned()),
            },
            Refusal::Undetermined => Answer {
                status: 403,
                headers: Vec::new(),
                body: Body::from(
                    "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be \
                     authorized</Message>\n</AccessDeniedException>\n"
                        .to_owned(),
                ),
            },
        }
    }
}

/// S3 has nothing for this method, path and query.
pub(super) fn no_such_operation(parts: &Parts, has_virtual_bucket: bool) -> Fault {
    let path: Vec<u8> = decoded(parts.uri.path(), false).collect();
    if std::str::from_utf8(&path).is_err() {
        return Fault::new(400, "InvalidURI", "Couldn't parse the specified URI.")
            .with("URI", parts.uri.path());
    }
    let depth =
        parts.uri.path().split('/').filter(|part| !part.is_empty()).count() + usize::from(has_virtual_bucket);
    let resource = match depth {
        0 => "SERVICE",
        1 => "BUCKET",
        _ => "OBJECT",
    };
    Fault::new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
        .with("Method", parts.method.as_str())
        .with("ResourceType", resource)
}
