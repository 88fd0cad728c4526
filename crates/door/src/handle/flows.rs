//! The four ways through: JSON and CBOR, Query, REST-JSON, S3.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, ORIGIN, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};
use ports::{FunctionUrls, SiteRequest, UrlName, UrlRequest};
use service::Fault;
use wire::{Answer, Operation, Protocol};

use super::refusals::no_such_operation;
use super::{Received, Script, Sight, Stop, covered};
use crate::Door;
use crate::answer::FUNCTION_URL;
use crate::auth::{Asked, Family, Payload, Proven, several, verified};
use crate::bounds::{DOCUMENT_BYTES_MAX, FUNCTION_URL_BYTES_MAX, UNPACKED_BYTES_MAX};
use crate::form;
use crate::route::{Found, RoomIndex, path_style};
use crate::text::param;
use crate::upload::Document;
use body::Body;

/// An operation that its table does not have.
pub(super) const UNKNOWN: &str = "-";
/// The service behind functions' URLs.
const LAMBDA: &str = "lambda";
/// The operation whose request is a form.
const POST_OBJECT: &str = "PostObject";
const MISSING_TOKEN: &str = "Missing Authentication Token";
/// DynamoDB and STS word it differently.
const MISSING_REQUEST_TOKEN: &str = "Request is missing Authentication Token";

impl Door {
    /// JSON and CBOR operations.
    pub(super) async fn rpc(
        &self,
        mut received: Received,
        (room, protocol, operation): (RoomIndex, Protocol, &'static Operation),
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        self.enter(sight, room, protocol, operation.name);
        let document =
            self.read(&mut received, self.table.rooms[room].body_bytes_max(operation), sight).await?;
        let service = self.table.rooms[room].service();
        let missing = if service.name == "dynamodb" { MISSING_REQUEST_TOKEN } else { MISSING_TOKEN };
        let asked = Asked { family: Family::Json, service: Some(service.signing_name), missing };
        let proven = self.gate.general(asked, &covered(&received.parts), &document.sha256).await?;
        received.body = Body::from(document.bytes);
        self.enter_room(received, operation, Vec::new(), proven, sight).await
    }

    /// IAM's and STS' forms and query strings.
    pub(super) async fn query(
        &self,
        mut received: Received,
        scope: Option<String>,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        let document = self.read(&mut received, DOCUMENT_BYTES_MAX, sight).await?;
        let form = match std::str::from_utf8(&document.bytes) {
            Ok(form) if !form.is_empty() => form,
            Ok(_) | Err(_) => received.parts.uri.query().unwrap_or_default(),
        };
        let action = param(form, "Action").unwrap_or_default();
        let version = param(form, "Version").unwrap_or_default();
        let Some((room, operation)) = self.table.query_operation(scope.as_deref(), &action, &version) else {
            return Ok(self.unknown_action(scope.as_deref(), &action, &version, sight));
        };
        self.enter(sight, room, Protocol::Query, operation.name);
        let proven = if operation.unsigned && !is_signed(&received.parts) {
            Proven::anonymous(Payload::Unsigned)
        } else {
            let service = Some(self.table.rooms[room].service().signing_name);
            let asked = Asked { family: Family::Query, service, missing: MISSING_REQUEST_TOKEN };
            self.gate.general(asked, &covered(&received.parts), &document.sha256).await?
        };
        received.body = Body::from(document.bytes);
        self.enter_room(received, operation, Vec::new(), proven, sight).await
    }

    /// REST operations with JSON bodies (Lambda, Kinesis Video).
    pub(super) async fn rest_json(
        &self,
        mut received: Received,
        (room, found): (RoomIndex, Found),
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        self.enter(sight, room, Protocol::RestJson, name_of(&found));
        let limit = match &found {
            Some((operation, _)) => self.table.rooms[room].body_bytes_max(operation),
            None => DOCUMENT_BYTES_MAX,
        };
        let document = self.read(&mut received, limit, sight).await?;
        let service = Some(self.table.rooms[room].service().signing_name);
        let asked = Asked { family: Family::RestJson, service, missing: MISSING_TOKEN };
        let proven = self.gate.general(asked, &covered(&received.parts), &document.sha256).await?;
        let (operation, labels) = found.ok_or(Fault::bare(404, "UnknownOperationException"))?;
        received.body = Body::from(document.bytes);
        self.enter_room(received, operation, labels, proven, sight).await
    }

    /// S3: the head is judged before a byte of the body is asked for.
    pub(super) async fn s3(
        &self,
        mut received: Received,
        (room, found): (RoomIndex, Found),
        bucket: Option<String>,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        self.enter(sight, room, Protocol::RestXml, name_of(&found));
        if received.parts.method == Method::OPTIONS {
            return self.s3_preflight(&received.parts, bucket.as_deref()).await;
        }
        sight.script = Script::of(&received.parts, bucket.as_deref());
        let found = match found {
            Some((operation, labels)) if operation.name == POST_OBJECT => {
                return self.s3_form(received, operation, labels, bucket, sight).await;
            }
            found => found,
        };
        let mut proven = self.gate.s3(&covered(&received.parts), bucket.as_deref()).await?;
        let Some((operation, labels)) = found else {
            return Err(no_such_operation(&received.parts, bucket.is_some()).into());
        };
        let streams = operation.input.stream().is_some();
        let framing = Framing::judge(&received.parts, &received.body, proven.payload, streams)?;
        let promised = promised_trailers(&received.parts.headers);
        let promised: Vec<&str> = promised.iter().map(String::as_str).collect();
        let (length, seed) = (framing.decoded_length, proven.chunks.take());
        received.body = verified(received.body, proven.payload, seed, length, &promised);
        if framing.chunked {
            strip_aws_chunked(&mut received.parts.headers);
        }
        received.path = bucket.map(|bucket| path_style(&bucket, received.parts.uri.path()));
        self.enter_room(received, operation, labels, proven, sight).await
    }

    /// A request to a website endpoint: nobody signs there, and what comes back is for people.
    pub(super) async fn site(
        &self,
        received: Received,
        room: RoomIndex,
        bucket: String,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        self.enter(sight, room, Protocol::RestXml, "Website");
        let Received { peer, parts, .. } = received;
        let Some(sites) = &self.sites else { return Err(Stop::Bare(404)) };
        if parts.method == Method::OPTIONS {
            return self.s3_preflight(&parts, Some(&bucket)).await;
        }
        sight.script = Script::of(&parts, Some(&bucket));
        let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| parts.uri.authority().map(http::uri::Authority::as_str));
        let request = SiteRequest {
            bucket,
            host: host.unwrap_or_default().to_owned(),
            path: parts.uri.path().to_owned(),
            method: parts.method,
            headers: parts.headers,
            source_ip: peer.ip,
            secure: peer.secure,
            request_id: sight.record.request_id.clone(),
            host_id: sight.record.host_id.clone(),
        };
        Ok(sites.show(request).await)
    }

    /// A request to a function's URL. Whether it is signed is the URL's to say; scripts are the URL's business too, but for those that would
    /// sign with the credentials that everybody knows.
    pub(super) async fn function_url(
        &self,
        received: Received,
        urls: &dyn FunctionUrls,
        url: UrlName,
        foreign: bool,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        sight.record.enter(LAMBDA, FUNCTION_URL, &self.random);
        sight.room = self.table.named(LAMBDA).map(|room| (room, Protocol::RestJson));
        let Received { peer, parts, body, .. } = received;
        let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
        let terms = urls.terms(&url, origin).await;
        let document = self.documents.read(body, FUNCTION_URL_BYTES_MAX).await?;
        sight.record.bytes_in = document.bytes.len() as u64;
        let signed = terms.is_some_and(|terms| terms.signed) && is_signed(&parts);
        if signed && foreign && !terms.is_some_and(|terms| terms.lets_in) {
            return Err(Stop::Bare(403));
        }
        let proven = if signed {
            let asked = Asked { family: Family::RestJson, service: Some(LAMBDA), missing: MISSING_TOKEN };
            self.gate.general(asked, &covered(&parts), &document.sha256).await?
        } else {
            Proven::anonymous(Payload::Unsigned)
        };
        sight.record.caller.clone_from(&proven.access_key_id);
        let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| parts.uri.authority().map(http::uri::Authority::as_str));
        let request = UrlRequest {
            url,
            host: host.unwrap_or_default().to_owned(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            method: parts.method,
            version: parts.version,
            headers: parts.headers,
            body: document.bytes,
            principal: proven.principal,
            access_key_id: proven.access_key_id,
            source_ip: peer.ip,
            secure: peer.secure,
            request_id: sight.record.request_id.clone(),
        };
        Ok(urls.serve(request).await)
    }

    /// A browser's upload: the form says who sends it, and its fields stand for headers.
    async fn s3_form(
        &self,
        mut received: Received,
        operation: &'static Operation,
        labels: Vec<(&'static str, String)>,
        bucket: Option<String>,
        sight: &mut Sight,
    ) -> Result<Answer, Stop> {
        let parts = &received.parts;
        let authorization = parts.headers.get(http::header::AUTHORIZATION);
        let query = parts.uri.query().unwrap_or_default();
        let presigned = ["X-Amz-Algorithm", "Signature", "AWSAccessKeyId"];
        if authorization.is_some() || presigned.iter().any(|name| param(query, name).is_some()) {
            return Err(several(authorization).into());
        }
        let upload = form::read(&parts.headers, std::mem::take(&mut received.body)).await?;
        if upload.fields.get("key").is_none_or(str::is_empty) {
            return Err(form::missing("key").into());
        }
        let named = labels.iter().find(|(name, _)| *name == "Bucket").map_or("", |(_, name)| name.as_str());
        let (proven, allowed) = self.gate.form(&upload.fields, named).await?;
        received.parts.headers =
            form::as_headers(&parts.headers, &upload.fields, allowed.length, upload.file_length)?;
        received.body = upload.file;
        received.path = bucket.map(|bucket| path_style(&bucket, received.parts.uri.path()));
        self.enter_room(received, operation, labels, proven, sight).await
    }

    async fn read(
        &self,
        received: &mut Received,
        limit: u64,
        sight: &mut Sight,
    ) -> Result<Document<'_>, Stop> {
        let mut document = self.documents.read(std::mem::take(&mut received.body), limit).await?;
        sight.record.bytes_in = document.bytes.len() as u64;
        let coding = received.parts.headers.get(CONTENT_ENCODING);
        if coding.is_some_and(|coding| coding.as_bytes().eq_ignore_ascii_case(b"gzip")) {
            document.unpack(UNPACKED_BYTES_MAX)?;
        }
        Ok(document)
    }
}

fn name_of(found: &Found) -> &'static str {
    found.as_ref().map_or(UNKNOWN, |(operation, _)| operation.name)
}

fn is_signed(parts: &Parts) -> bool {
    parts.headers.contains_key(http::header::AUTHORIZATION)
        || param(parts.uri.query().unwrap_or_default(), "X-Amz-Algorithm").is_some()
}

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

/// The names in `x-amz-trailer`.
fn promised_trailers(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all("x-amz-trailer").iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',').map(|name| name.trim().to_ascii_lowercase())).collect()
}
