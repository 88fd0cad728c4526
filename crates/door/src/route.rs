//! Which service, which protocol, which operation: from the head alone, without looking anything up.
//!
//! In this order (wire facts section 2): a Smithy rpc-v2 path; `X-Amz-Target`; a form or query with `Action`; the service of the credential
//! scope; and S3 for whatever is left, unless it was plainly meant for a JSON service. The scope is believed for routing only: the gate
//! checks that the signature was made for the service that answers.

mod host;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, Method};
use service::AnyRoom;
use wire::{Operation, Protocol};

use crate::auth::claimed_service;
use crate::text::{decode_component, pairs, param};

pub(crate) use host::Host;

const AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// A room's number in the table.
pub(crate) type RoomIndex = usize;

/// The rooms, and by what they are found.
pub(crate) struct Table {
    pub rooms: Vec<Arc<dyn AnyRoom>>,
    by_target: HashMap<&'static str, RoomIndex>,
    pub s3: Option<RoomIndex>,
}

/// What of a request decides where it goes.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub method: &'a Method,
    pub path: &'a str,
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub host: Host<'a>,
}

/// A REST operation and the labels of its path, decoded once; `None` if the service has none for this method, path and query.
pub(crate) type Found = Option<(&'static Operation, Vec<(&'static str, String)>)>;

/// Where a request goes.
#[derive(Debug)]
pub(crate) enum Route {
    /// JSON or CBOR: the operation is known, the body is read whole, then authenticated.
    Rpc { room: RoomIndex, protocol: Protocol, operation: &'static Operation },
    /// A form or query string names the operation; a form must be read first.
    Query { service: Option<String> },
    /// Method and path name the operation.
    Rest { room: RoomIndex, found: Found },
    /// Refused before anything else.
    Refused(Refusal),
}

/// Refusals that need no room (wire facts section 4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// 400 `{"__type":"UnknownOperationException"}`, in the protocol asked in; the room if the target names one.
    UnknownOperation { protocol: Protocol, room: Option<RoomIndex> },
    /// 404 `<UnknownOperationException/>`.
    UnknownContentType,
    /// 403 `AccessDeniedException` in XML.
    Undetermined,
}

impl Table {
    pub(crate) fn new(rooms: Vec<Arc<dyn AnyRoom>>) -> Self {
        let mut by_target = HashMap::new();
        let mut s3 = None;
        for (index, room) in rooms.iter().enumerate() {
            let service = room.service();
            if !service.target_prefix.is_empty() {
                by_target.insert(service.target_prefix, index);
            }
            if service.name == "s3" {
                s3 = Some(index);
            }
        }
        Self { rooms, by_target, s3 }
    }

    /// The room of this service.
    pub(crate) fn named(&self, service: &str) -> Option<RoomIndex> {
        self.rooms.iter().position(|room| room.service().name == service)
    }

    /// Decides. `query` in `target` is as sent; `decoded` is the same, decoded.
    pub(crate) fn route(&self, target: Target<'_>, decoded_query: &[(String, String)]) -> Route {
        let header = |name: &HeaderName| target.headers.get(name).and_then(|value| value.to_str().ok());
        let content_type = header(&CONTENT_TYPE).map(media_type).unwrap_or_default();
        let amz_target = header(&AMZ_TARGET);
        if header(&SMITHY_PROTOCOL) == Some("rpc-v2-cbor") {
            return self.rpc_v2(target, amz_target.is_some());
        }
        if let Some(amz_target) = amz_target {
            return self.json(target.method, content_type, amz_target);
        }
        let authorization = header(&AUTHORIZATION);
        let credential = param(target.query, "X-Amz-Credential");
        let scope = claimed_service(authorization, credential.as_deref());
        if scope != Some("s3") && self.is_query(target, content_type, scope) {
            return Route::Query { service: scope.map(str::to_owned) };
        }
        match scope {
            Some(service) if service != "s3" => self.by_scope(target, decoded_query, service, content_type),
            _ if json_protocol(content_type).is_some()
                && scope.is_none()
                && target.path == "/"
                && target.method == Method::POST
                && matches!(target.host, Host::Plain) =>
            {
                unknown_operation(content_type)
            }
            _ => match self.s3 {
                Some(room) => self.rest(room, target, decoded_query),
                None => Route::Refused(Refusal::Undetermined),
            },
        }
    }

    /// Finds a Query operation once the form is known: by the scope's service, else by the version, else by the action alone.
    pub(crate) fn query_operation(
        &self,
        scope: Option<&str>,
        action: &str,
        version: &str,
    ) -> Option<(RoomIndex, &'static Operation)> {
        let speaks = |room: &&(usize, &Arc<dyn AnyRoom>)| room.1.service().speaks_query();
        let rooms: Vec<(usize, &Arc<dyn AnyRoom>)> = self.rooms.iter().enumerate().collect();
        let (index, room) = match scope {
            Some(scope) => {
                *rooms.iter().filter(speaks).find(|(_, room)| room.service().signing_name == scope)?
            }
            None => *rooms.iter().filter(speaks).find(|(_, room)| room.service().version == version)?,
        };
        if room.service().version != version {
            return None;
        }
        Some((index, room.service().operation(action)?))
    }

    fn rpc_v2(&self, target: Target<'_>, has_target: bool) -> Route {
        let protocol = Protocol::RpcV2Cbor;
        let mut segments = target.path.rsplit('/');
        let (operation, keyword) = (segments.next().unwrap_or_default(), segments.next());
        let service = segments.next().unwrap_or_default();
        let well_formed = target.method == Method::POST
            && keyword == Some("operation")
            && segments.next() == Some("service")
            && !has_target;
        // The name may be a whole shape id: what follows the last dot counts.
        let service = service.rsplit('.').next().unwrap_or_default();
        let room = self.by_target.get(service).copied().filter(|_| well_formed);
        let found = room.and_then(|room| Some((room, self.rooms[room].service().operation(operation)?)));
        match found {
            Some((room, operation)) => Route::Rpc { room, protocol, operation },
            None => Route::Refused(Refusal::UnknownOperation { protocol, room }),
        }
    }

    fn json(&self, method: &Method, content_type: &str, amz_target: &str) -> Route {
        if method != Method::POST {
            return Route::Refused(Refusal::Undetermined);
        }
        let Some(protocol) = json_protocol(content_type) else {
            return Route::Refused(Refusal::UnknownContentType);
        };
        let (prefix, name) = amz_target.split_once('.').unwrap_or((amz_target, ""));
        let room = self.by_target.get(prefix).copied();
        let operation = room.and_then(|room| self.rooms[room].service().operation(name));
        match (room, operation) {
            (Some(room), Some(operation)) => Route::Rpc { room, protocol, operation },
            (room, _) => Route::Refused(Refusal::UnknownOperation { protocol, room }),
        }
    }

    /// A form without a scope could be a browser's upload to S3, but those are multipart; a GET must name both action and version.
    fn is_query(&self, target: Target<'_>, content_type: &str, scope: Option<&str>) -> bool {
        if target.path != "/" || matches!(target.host, Host::Bucket(_)) {
            return false;
        }
        let named = |name| pairs(target.query).any(|(key, _)| key == name);
        let form = target.method == Method::POST && content_type == "application/x-www-form-urlencoded";
        let in_query = matches!(*target.method, Method::GET | Method::POST) && named("Action");
        form || (in_query && (scope.is_some() || named("Version")))
    }

    fn by_scope(
        &self,
        target: Target<'_>,
        decoded_query: &[(String, String)],
        scope: &str,
        content_type: &str,
    ) -> Route {
        let room = self.rooms.iter().position(|room| room.service().signing_name == scope);
        let protocol = room.map(|room| self.rooms[room].service().protocol);
        match (room, protocol) {
            (Some(room), Some(Protocol::RestJson | Protocol::RestXml)) => {
                self.rest(room, target, decoded_query)
            }
            _ if target.method == Method::POST && json_protocol(content_type).is_some() => {
                unknown_operation(content_type)
            }
            _ => Route::Refused(Refusal::Undetermined),
        }
    }

    fn rest(&self, room: RoomIndex, target: Target<'_>, decoded_query: &[(String, String)]) -> Route {
        let styled;
        let path = match target.host {
            Host::Bucket(bucket) if Some(room) == self.s3 => {
                styled = path_style(bucket, target.path);
                &styled
            }
            Host::Bucket(_) | Host::Website(_) | Host::Function { .. } | Host::S3 | Host::Plain => {
                target.path
            }
        };
        let service = self.rooms[room].service();
        let found = wire::rest::route(service, target.method, path, decoded_query, target.headers);
        Route::Rest { room, found }
    }
}

/// The path as it would be without a bucket in the host.
pub(crate) fn path_style(bucket: &str, path: &str) -> String {
    format!("/{}{}{path}", bucket.to_ascii_lowercase(), if path.starts_with('/') { "" } else { "/" })
}

/// Every pair of the query, decoded.
pub(crate) fn decoded_pairs(query: &str) -> Vec<(String, String)> {
    pairs(query)
        .map(|(name, value)| (decode_component(name).into_owned(), decode_component(value).into_owned()))
        .collect()
}

fn unknown_operation(content_type: &str) -> Route {
    let protocol = json_protocol(content_type).unwrap_or(Protocol::Json11);
    Route::Refused(Refusal::UnknownOperation { protocol, room: None })
}

fn json_protocol(media_type: &str) -> Option<Protocol> {
    match media_type {
        "application/x-amz-json-1.1" | "application/json" => Some(Protocol::Json11),
        "application/x-amz-json-1.0" => Some(Protocol::Json10),
        "application/x-amz-cbor-1.1" => Some(Protocol::KinesisCbor),
        _ => None,
    }
}

/// A content type without its parameters.
fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}
