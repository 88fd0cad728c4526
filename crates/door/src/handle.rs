//! One request, from its head to its answer: bounds, route, authentication, and the room.
//!
//! ```text
//! JSON, CBOR, Query:  route → bounded read → authenticate → room
//! S3:                 route → authenticate the head → framing of the body → room (which reads while it verifies)
//! ```
//!
//! A panic anywhere below becomes a 500 and is counted. What of the request's body nobody read is drained, or the connection is closed
//! behind the answer.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use body::Body;
use futures_util::FutureExt;
use http::header::{
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_ENCODING, CONTENT_LENGTH, EXPECT, HOST, ORIGIN, TRANSFER_ENCODING,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Version};
use hyper::body::Incoming as HyperBody;
use service::{Caller, Fault, Incoming};
use wire::{Answer, Head, Operation, Protocol};

use crate::Door;
use crate::answer::{Finish, Outgoing, Record, bare, text};
use crate::auth::{Asked, Covered, Family, Payload, Proven, verified};
use crate::bounds::{DOCUMENT_BYTES_MAX, HEADERS_MAX, TARGET_BYTES_MAX};
use crate::conn::Phase;
use crate::route::{Found, Host, Refusal, RoomIndex, Route, Target, decoded_pairs, path_style};
use crate::text::{decoded, param};
use crate::upload::{ReadError, Slot, adapt, drain};

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub ip: IpAddr,
    pub secure: bool,
}

/// What the handler keeps in sight, so that a panic or a refusal can be answered in the right form.
#[derive(Default)]
struct Sight {
    record: Record,
    room: Option<(RoomIndex, Protocol)>,
}

impl Door {
    /// Serves one request. `phase` is the connection's on HTTP/1, where the request's rest stands in the way of the next.
    pub(crate) async fn handle(
        self: Arc<Self>,
        peer: Peer,
        phase: Option<Arc<Phase>>,
        request: Request<HyperBody>,
    ) -> Response<Outgoing> {
        let mut sight = Sight::default();
        sight.record.begun = self.clock.monotonic();
        let both_lengths = phase.as_ref().is_some_and(|phase| {
            phase.busy();
            phase.take_both_lengths()
        });
        let (parts, incoming) = request.into_parts();
        let mut finish = Finish {
            is_head: parts.method == Method::HEAD,
            has_origin: parts.headers.contains_key(ORIGIN),
            closes: false,
            phase,
        };
        let expects = parts.version == Version::HTTP_11 && parts.headers.contains_key(EXPECT);
        let slot = Slot::default();
        let body = adapt(incoming, &slot);
        sight.record.bytes_in = body.length().unwrap_or(0);
        let both_lengths = both_lengths && parts.headers.contains_key(TRANSFER_ENCODING);
        let answered =
            AssertUnwindSafe(self.answer(peer, parts, body, both_lengths, &mut sight)).catch_unwind().await;
        let answer = answered.unwrap_or_else(|_| self.panicked(&sight));
        if let (Some(unread), Some(phase)) = (slot.take(), &finish.phase) {
            // A client that waits to be told to go on sends nothing after a final answer: there is nothing to drain.
            finish.closes = expects || !drain(unread).await;
            if finish.closes {
                phase.linger();
            }
        }
        self.finish(answer, sight.record, finish)
    }

    async fn answer(
        &self,
        peer: Peer,
        parts: Parts,
        body: Body,
        both_lengths: bool,
        sight: &mut Sight,
    ) -> Answer {
        let target_bytes = parts.uri.path_and_query().map_or(0, |target| target.as_str().len());
        if both_lengths {
            return bare(400);
        }
        if parts.headers.len() > HEADERS_MAX {
            return bare(431);
        }
        if target_bytes > TARGET_BYTES_MAX {
            // STS answers 400 to what is too long (wire facts section 3.3), S3 414.
            let is_query = param(parts.uri.query().unwrap_or_default(), "Action").is_some();
            return bare(if is_query { 400 } else { 414 });
        }
        let query = parts.uri.query().unwrap_or_default();
        let authority = parts.uri.authority().map(|authority| authority.as_str());
        let host =
            parts.headers.get(HOST).and_then(|host| host.to_str().ok()).or(authority).unwrap_or_default();
        let covered = Covered {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query,
            headers: &parts.headers,
            authority,
        };
        if crate::admin::is_admin(covered.path) {
            sight.record.request_id = self.random.uuid();
            return self.admin(&covered, body).await;
        }
        let host = Host::parse(host);
        if is_preflight(&parts, host) {
            sight.record.request_id = self.random.uuid();
            return preflight(&parts.headers);
        }
        let pairs = decoded_pairs(query);
        let target =
            Target { method: &parts.method, path: covered.path, query, headers: &parts.headers, host };
        match self.table.route(target, &pairs) {
            Route::Rpc { room, protocol, operation } => {
                self.rpc(peer, parts, pairs, body, (room, protocol, operation), sight).await
            }
            Route::Query { service } => self.query(peer, parts, pairs, body, service, sight).await,
            Route::Rest { room, protocol, found } => {
                let bucket = match host {
                    Host::Bucket(bucket) if Some(room) == self.table.s3 => Some(bucket.to_owned()),
                    Host::Bucket(_) | Host::S3 | Host::Plain => None,
                };
                match protocol {
                    Protocol::RestXml => {
                        self.s3(peer, parts, pairs, body, (room, found), bucket, sight).await
                    }
                    Protocol::RestJson
                    | Protocol::Json10
                    | Protocol::Json11
                    | Protocol::KinesisCbor
                    | Protocol::RpcV2Cbor
                    | Protocol::Query => self.rest_json(peer, parts, pairs, body, (room, found), sight).await,
                }
            }
            Route::Refused(refusal) => self.refuse_unrouted(refusal, sight),
        }
    }

    /// JSON and CBOR operations.
    async fn rpc(
        &self,
        peer: Peer,
        parts: Parts,
        query: Vec<(String, String)>,
        body: Body,
        (room, protocol, operation): (RoomIndex, Protocol, &'static Operation),
        sight: &mut Sight,
    ) -> Answer {
        self.enter(sight, room, protocol, operation.name);
        let limit = self.table.rooms[room].body_bytes_max(operation);
        let document = match self.documents.read(body, limit).await {
            Ok(document) => document,
            Err(error) => return self.unread(error, sight),
        };
        sight.record.bytes_in = document.bytes.len() as u64;
        let service = self.table.rooms[room].service();
        let missing =
            if service.name == "dynamodb" { MISSING_REQUEST } else { "Missing Authentication Token" };
        let asked = Asked { family: Family::Json, service: Some(service.signing_name), missing };
        match self.gate.general(asked, &covered(&parts), &document.sha256).await {
            Ok(proven) => {
                let payload = Body::from(document.bytes);
                let path = parts.uri.path().to_owned();
                let head =
                    Head { method: parts.method, path, query, headers: parts.headers, labels: Vec::new() };
                self.enter_room(peer, sight, operation, head, payload, proven).await
            }
            Err(fault) => self.refuse(sight, &fault),
        }
    }

    /// IAM's and STS' forms and query strings.
    async fn query(
        &self,
        peer: Peer,
        parts: Parts,
        query: Vec<(String, String)>,
        body: Body,
        scope: Option<String>,
        sight: &mut Sight,
    ) -> Answer {
        let document = match self.documents.read(body, DOCUMENT_BYTES_MAX).await {
            Ok(document) => document,
            Err(error) => return self.unread(error, sight),
        };
        sight.record.bytes_in = document.bytes.len() as u64;
        let form = match std::str::from_utf8(&document.bytes) {
            Ok(form) if !form.is_empty() => form,
            Ok(_) | Err(_) => parts.uri.query().unwrap_or_default(),
        };
        let action = param(form, "Action").unwrap_or_default().into_owned();
        let version = param(form, "Version").unwrap_or_default().into_owned();
        let Some((room, operation)) = self.table.query_operation(scope.as_deref(), &action, &version) else {
            return self.unknown_action(scope.as_deref(), &action, &version, sight);
        };
        self.enter(sight, room, Protocol::Query, operation.name);
        let service = self.table.rooms[room].service();
        let asked =
            Asked { family: Family::Query, service: Some(service.signing_name), missing: MISSING_REQUEST };
        let proven = if operation.unsigned && !is_signed(&parts) {
            Proven::anonymous(Payload::Unsigned)
        } else {
            match self.gate.general(asked, &covered(&parts), &document.sha256).await {
                Ok(proven) => proven,
                Err(fault) => return self.refuse(sight, &fault),
            }
        };
        let payload = Body::from(document.bytes);
        let path = parts.uri.path().to_owned();
        let head = Head { method: parts.method, path, query, headers: parts.headers, labels: Vec::new() };
        self.enter_room(peer, sight, operation, head, payload, proven).await
    }

    /// REST operations with JSON bodies (Lambda, Kinesis Video).
    async fn rest_json(
        &self,
        peer: Peer,
        parts: Parts,
        query: Vec<(String, String)>,
        body: Body,
        (room, found): (RoomIndex, Found),
        sight: &mut Sight,
    ) -> Answer {
        let name = found_name(&found);
        self.enter(sight, room, Protocol::RestJson, name);
        let limit = match &found {
            Some((operation, _)) => self.table.rooms[room].body_bytes_max(operation),
            None => DOCUMENT_BYTES_MAX,
        };
        let document = match self.documents.read(body, limit).await {
            Ok(document) => document,
            Err(error) => return self.unread(error, sight),
        };
        sight.record.bytes_in = document.bytes.len() as u64;
        let service = self.table.rooms[room].service();
        let asked = Asked {
            family: Family::RestJson,
            service: Some(service.signing_name),
            missing: "Missing Authentication Token",
        };
        let proven = match self.gate.general(asked, &covered(&parts), &document.sha256).await {
            Ok(proven) => proven,
            Err(fault) => return self.refuse(sight, &fault),
        };
        let Some((operation, labels)) = found else {
            return self.refuse(sight, &Fault::bare(404, "UnknownOperationException"));
        };
        let payload = Body::from(document.bytes);
        let path = parts.uri.path().to_owned();
        let head = Head { method: parts.method, path, query, headers: parts.headers, labels };
        self.enter_room(peer, sight, operation, head, payload, proven).await
    }

    /// S3: the head is judged before a byte of the body is asked for.
    async fn s3(
        &self,
        peer: Peer,
        mut parts: Parts,
        query: Vec<(String, String)>,
        body: Body,
        (room, found): (RoomIndex, Found),
        bucket: Option<String>,
        sight: &mut Sight,
    ) -> Answer {
        self.enter(sight, room, Protocol::RestXml, found_name(&found));
        let mut proven = match self.gate.s3(&covered(&parts), bucket.as_deref()).await {
            Ok(proven) => proven,
            Err(fault) => return self.refuse(sight, &fault),
        };
        let Some((operation, labels)) = found else {
            return self.refuse(sight, &no_such_operation(&parts, bucket.is_some()));
        };
        let streams = operation.input.stream().is_some();
        let framed = match Framing::judge(&parts, &body, proven.payload, streams) {
            Ok(framed) => framed,
            Err(fault) => return self.refuse(sight, &fault),
        };
        let promised: Vec<String> = parts
            .headers
            .get_all("x-amz-trailer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(',').map(|name| name.trim().to_ascii_lowercase()))
            .collect();
        let promised: Vec<&str> = promised.iter().map(String::as_str).collect();
        let payload = verified(body, proven.payload, proven.chunks.take(), framed.decoded_length, &promised);
        if framed.chunked {
            strip_aws_chunked(&mut parts.headers);
        }
        let path = match &bucket {
            Some(bucket) => path_style(bucket, parts.uri.path()),
            None => parts.uri.path().to_owned(),
        };
        let head = Head { method: parts.method, path, query, headers: parts.headers, labels };
        self.enter_room(peer, sight, operation, head, payload, proven).await
    }

    async fn enter_room(
        &self,
        peer: Peer,
        sight: &mut Sight,
        operation: &'static Operation,
        head: Head,
        body: Body,
        proven: Proven,
    ) -> Answer {
        let Some((room, protocol)) = sight.room else { return bare(500) };
        sight.record.caller.clone_from(&proven.access_key_id);
        let caller = Caller {
            principal: proven.principal,
            access_key_id: proven.access_key_id,
            auth: proven.source,
            region: proven.region,
            source_ip: peer.ip,
            secure: peer.secure,
        };
        let incoming = Incoming {
            protocol,
            operation,
            head,
            body,
            caller,
            request_id: sight.record.request_id.clone(),
            host_id: sight.record.host_id.clone(),
        };
        self.table.rooms[room].call(incoming).await
    }

    fn enter(&self, sight: &mut Sight, room: RoomIndex, protocol: Protocol, operation: &'static str) {
        sight.room = Some((room, protocol));
        sight.record.enter(self.table.rooms[room].service().name, operation, &self.random);
    }

    /// A refusal in the form of the service that was asked.
    fn refuse(&self, sight: &Sight, fault: &Fault) -> Answer {
        let Some((room, protocol)) = sight.room else { return bare(fault.status) };
        self.table.rooms[room].refuse(protocol, fault, &sight.record.request_id, &sight.record.host_id)
    }

    fn panicked(&self, sight: &Sight) -> Answer {
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

    fn unread(&self, error: ReadError, sight: &Sight) -> Answer {
        match error {
            ReadError::TooLarge => bare(413),
            ReadError::Broken => bare(400),
            ReadError::Crowded => {
                let fault =
                    Fault::new(503, "ServiceUnavailable", "Too many requests are being read. Slow down.");
                self.refuse(sight, &fault)
            }
        }
    }

    fn unknown_action(&self, scope: Option<&str>, action: &str, version: &str, sight: &mut Sight) -> Answer {
        let message = format!("Could not find operation {action} for version {version}");
        let fault = Fault::new(400, "InvalidAction", message);
        let speaks = |room: &Arc<dyn service::AnyRoom>| {
            let service = room.service();
            service.protocol == Protocol::Query && scope.is_none_or(|scope| scope == service.signing_name)
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

    fn refuse_unrouted(&self, refusal: Refusal, sight: &mut Sight) -> Answer {
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

const UNKNOWN: &str = "-";
const UNKNOWN_JSON: &str = "{\"__type\":\"UnknownOperationException\"}";
const CBOR_11: &str = "application/x-amz-cbor-1.1";
const CBOR: &str = "application/cbor";
const MISSING_REQUEST: &str = "Request is missing Authentication Token";

/// How a body of S3 is framed.
struct Framing {
    chunked: bool,
    decoded_length: u64,
}

impl Framing {
    /// Refusals of wire facts sections 7 and 12, for operations whose body streams.
    fn judge(parts: &Parts, body: &Body, payload: Payload, streams: bool) -> Result<Self, Fault> {
        let number = |name: &str| parts.headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let chunked = match payload {
            Payload::Hash(_) | Payload::Unsigned => false,
            Payload::StreamingUnsignedTrailer
            | Payload::Streaming
            | Payload::StreamingTrailer
            | Payload::StreamingEcdsa
            | Payload::StreamingEcdsaTrailer => true,
        };
        if chunked {
            let decoded_length = number("x-amz-decoded-content-length").ok_or_else(missing_length)?;
            return Ok(Self { chunked, decoded_length });
        }
        if streams && parts.headers.contains_key(TRANSFER_ENCODING) {
            return Err(Fault::new(
                501,
                "NotImplemented",
                "A header you provided implies functionality that is not implemented",
            )
            .with("Header", "Transfer-Encoding"));
        }
        let has_length =
            parts.headers.contains_key(CONTENT_LENGTH) || body.length().is_some_and(|length| length > 0);
        if streams && !has_length && matches!(parts.method, Method::PUT) {
            return Err(missing_length());
        }
        Ok(Self { chunked, decoded_length: 0 })
    }
}

fn missing_length() -> Fault {
    Fault::new(411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
}

/// Takes `aws-chunked` out of Content-Encoding: it is of the transfer, not of the object.
fn strip_aws_chunked(headers: &mut HeaderMap) {
    let kept: Vec<String> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("aws-chunked"))
        .map(str::to_owned)
        .collect();
    headers.remove(CONTENT_ENCODING);
    if let Ok(value) = HeaderValue::try_from(kept.join(","))
        && !value.is_empty()
    {
        headers.insert(CONTENT_ENCODING, value);
    }
}

fn covered(parts: &Parts) -> Covered<'_> {
    Covered {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        authority: parts.uri.authority().map(|authority| authority.as_str()),
    }
}

fn is_signed(parts: &Parts) -> bool {
    parts.headers.contains_key(http::header::AUTHORIZATION)
        || param(parts.uri.query().unwrap_or_default(), "X-Amz-Algorithm").is_some()
}

fn found_name(found: &Found) -> &'static str {
    found.as_ref().map_or(UNKNOWN, |(operation, _)| operation.name)
}

fn no_such_operation(parts: &Parts, has_virtual_bucket: bool) -> Fault {
    let path: Vec<u8> = decoded(parts.uri.path(), false).collect();
    if std::str::from_utf8(&path).is_err() {
        return Fault::new(400, "InvalidURI", "Couldn't parse the specified URI.")
            .with("URI", parts.uri.path());
    }
    if parts.method == Method::OPTIONS {
        return Fault::new(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.")
            .with("Method", preflight_method(&parts.headers))
            .with("ResourceType", "BUCKET");
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

fn preflight_method(headers: &HeaderMap) -> &str {
    headers.get(ACCESS_CONTROL_REQUEST_METHOD).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A browser asks before it calls a JSON service; buckets answer for themselves.
fn is_preflight(parts: &Parts, host: Host<'_>) -> bool {
    parts.method == Method::OPTIONS && parts.uri.path() == "/" && matches!(host, Host::Plain)
}

/// Anything is allowed: the signature decides (wire facts section 12).
fn preflight(headers: &HeaderMap) -> Answer {
    let mut answer = bare(200);
    let fixed = [
        ("access-control-allow-origin", "*"),
        ("access-control-max-age", "172800"),
        (
            "access-control-expose-headers",
            "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date",
        ),
    ];
    for (name, value) in fixed {
        answer.headers.push((http::HeaderName::from_static(name), HeaderValue::from_static(value)));
    }
    for (asked, echoed) in [
        ("access-control-request-headers", "access-control-allow-headers"),
        ("access-control-request-method", "access-control-allow-methods"),
    ] {
        if let Some(value) = headers.get(asked) {
            answer.headers.push((http::HeaderName::from_static(echoed), value.clone()));
        }
    }
    answer
}
