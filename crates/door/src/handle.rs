//! One request, from its head to its answer: bounds, route, authentication, and the room.
//!
//! ```text
//! JSON, CBOR, Query:  route → bounded read → authenticate → room
//! S3:                 route → authenticate the head → framing of the body → room (which reads while it verifies)
//! ```
//!
//! A panic anywhere below becomes a 500 and is counted. What of the request's body nobody read is drained, or the connection is closed
//! behind the answer.

mod flows;
mod origins;
mod refusals;

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use body::Body;
use futures_util::FutureExt;
use http::header::{EXPECT, HOST, ORIGIN, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, Request, Response, Version};
use hyper::body::Incoming as HyperBody;
use ports::UrlName;
use service::{Caller, Fault, Incoming};
use wire::{Answer, Head, Operation, Protocol};

use crate::Door;
use crate::answer::{Finish, Outgoing, Record, bare};
use crate::auth::{Covered, Proven};
use crate::bounds::{HEADERS_MAX, TARGET_BYTES_MAX};
use crate::conn::Phase;
use crate::route::{Host, RoomIndex, Route, Target, decoded_pairs};
use crate::text::param;
use crate::upload::{ReadError, Slot, adapt, drain};
pub(crate) use origins::Script;

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub ip: IpAddr,
    pub secure: bool,
}

/// A request on its way.
struct Received {
    peer: Peer,
    parts: Parts,
    /// The query, decoded.
    query: Vec<(String, String)>,
    /// The path in path style, if the host named a bucket.
    path: Option<String>,
    body: Body,
}

/// Why a request ends here.
enum Stop {
    /// In the form of the service that was asked.
    Fault(Fault),
    /// A status and nothing else.
    Bare(u16),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::TooLarge => Stop::Bare(413),
            ReadError::Broken => Stop::Bare(400),
            ReadError::Crowded => Stop::Fault(Fault::new(
                503,
                "ServiceUnavailable",
                "Too many requests are being read at once. Please slow down.",
            )),
        }
    }
}

/// What the handler keeps in sight, so that a panic or a refusal can be answered in the right form.
#[derive(Default)]
struct Sight {
    record: Record,
    room: Option<(RoomIndex, Protocol)>,
    /// The script that made a request to S3.
    script: Option<Script>,
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
            origin: parts.headers.get(ORIGIN).cloned(),
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
        let mut answer = answered.unwrap_or_else(|_| self.panicked(&sight));
        if let Some(script) = &sight.script {
            self.tell_script(&mut answer, script).await;
        }
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
        match self
            .routed(Received { peer, parts, query: Vec::new(), path: None, body }, both_lengths, sight)
            .await
        {
            Ok(answer) => answer,
            Err(Stop::Bare(status)) => bare(status),
            Err(Stop::Fault(fault)) => self.refuse(sight, &fault),
        }
    }

    async fn routed(
        &self,
        mut received: Received,
        both_lengths: bool,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        let parts = &received.parts;
        check_bounds(parts, both_lengths)?;
        let covered = covered(parts);
        let foreign = parts_origin(parts).is_some_and(|origin| !self.lets_in(origin));
        if crate::admin::is_admin(covered.path) {
            if foreign {
                return Err(Stop::Bare(403));
            }
            sight.record.request_id = self.random.uuid();
            return Ok(self.admin(&covered, std::mem::take(&mut received.body)).await);
        }
        let named = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).or(covered.authority);
        let host = Host::parse(named.unwrap_or_default());
        if let (Host::Website(bucket), Some(room)) = (host, self.table.s3) {
            let bucket = bucket.to_ascii_lowercase();
            return self.site(received, room, bucket, sight).await;
        }
        if let (Host::Function { id, region }, Some(urls)) = (host, &self.urls) {
            let url = UrlName { id: id.to_ascii_lowercase(), region: region.to_ascii_lowercase() };
            return self.function_url(received, &**urls, url, foreign, sight).await;
        }
        if origins::is_preflight(parts, host) {
            sight.record.request_id = self.random.uuid();
            return Ok(self.preflight(&parts.headers));
        }
        let pairs = decoded_pairs(covered.query);
        let (method, path, query, headers) = (&parts.method, covered.path, covered.query, &parts.headers);
        let route = self.table.route(Target { method, path, query, headers, host }, &pairs);
        let bucket = match host {
            Host::Bucket(bucket) => Some(bucket.to_owned()),
            Host::Website(_) | Host::Function { .. } | Host::S3 | Host::Plain => None,
        };
        received.query = pairs;
        let to_s3 = matches!(route, Route::Rest { room, .. } if Some(room) == self.table.s3);
        if foreign && !to_s3 {
            return Err(Stop::Bare(403));
        }
        match route {
            Route::Rpc { room, protocol, operation } => {
                self.rpc(received, (room, protocol, operation), sight).await
            }
            Route::Query { service } => self.query(received, service, sight).await,
            Route::Rest { room, found } if Some(room) == self.table.s3 => {
                self.s3(received, (room, found), bucket, sight).await
            }
            Route::Rest { room, found } => self.rest_json(received, (room, found), sight).await,
            Route::Refused(refusal) => Ok(self.refuse_unrouted(refusal, sight)),
        }
    }

    /// Hands an authenticated request to its room.
    async fn enter_room(
        &self,
        received: Received,
        operation: &'static Operation,
        labels: Vec<(&'static str, String)>,
        proven: Proven,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        let (room, protocol) = sight.room.ok_or(Stop::Bare(500))?;
        sight.record.caller.clone_from(&proven.access_key_id);
        let Received { peer, parts, query, path, body } = received;
        let caller = Caller {
            principal: proven.principal,
            access_key_id: proven.access_key_id,
            auth: proven.source,
            region: proven.region.unwrap_or_else(|| self.region.clone()),
            source_ip: peer.ip,
            secure: peer.secure,
            user_agent: header_text(&parts.headers, &http::header::USER_AGENT),
            referer: header_text(&parts.headers, &http::header::REFERER),
            signed_at: proven.signed_at,
        };
        let path = path.unwrap_or_else(|| parts.uri.path().to_owned());
        let incoming = Incoming {
            protocol,
            operation,
            head: Head { method: parts.method, path, query, headers: parts.headers, labels },
            body,
            caller,
            request_id: sight.record.request_id.clone(),
            host_id: sight.record.host_id.clone(),
        };
        Ok(self.table.rooms[room].call(incoming).await)
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
}

/// Bounds that the parser does not know, and framing it resolves too kindly.
fn check_bounds(parts: &Parts, both_lengths: bool) -> Result<(), Stop> {
    if both_lengths {
        return Err(Stop::Bare(400));
    }
    if parts.headers.len() > HEADERS_MAX {
        return Err(Stop::Bare(431));
    }
    if parts.uri.path_and_query().is_some_and(|target| target.as_str().len() > TARGET_BYTES_MAX) {
        // STS answers 400 to what is too long (wire facts section 3.3), S3 414.
        let is_query = param(parts.uri.query().unwrap_or_default(), "Action").is_some();
        return Err(Stop::Bare(if is_query { 400 } else { 414 }));
    }
    Ok(())
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

fn parts_origin(parts: &Parts) -> Option<&http::HeaderValue> {
    parts.headers.get(ORIGIN)
}

/// A header's value, if it is text.
fn header_text(headers: &http::HeaderMap, name: &http::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
