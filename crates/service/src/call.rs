//! A request on its way to an operation, and what the operation may know and do about it.

use std::any::Any;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, OnceLock};

use base::{AccountId, Arn, Clock, Region, Timestamp};
use body::Body;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use ports::Principal;

use crate::access::{Access, Authorizer};
use crate::fault::Fault;
use crate::room::Style;

/// Who called, as the door's one gate found out.
#[derive(Clone, Debug)]
pub struct Caller {
    /// On whose behalf.
    pub principal: Principal,
    /// The access key that signed; `None` for nobody.
    pub access_key_id: Option<String>,
    /// How the request was authenticated.
    pub auth: AuthSource,
    /// The region of the credential scope; us-east-1 where there is none.
    pub region: Region,
    /// The peer's address (condition key `aws:SourceIp`).
    pub source_ip: IpAddr,
    /// Whether the connection was TLS (`aws:SecureTransport`).
    pub secure: bool,
    /// The `User-Agent` header (`aws:UserAgent`).
    pub user_agent: Option<String>,
    /// The `Referer` header (`aws:Referer`).
    pub referer: Option<String>,
    /// When the request was signed, by its own word (`s3:signatureAge`).
    pub signed_at: Option<Timestamp>,
}

impl Incoming {
    /// A request in JSON that a room of this server makes of another one, as if it had come over the wire: through the same policies, constraints and
    /// figures.
    pub fn internal(
        operation: &'static wire::Operation,
        input: String,
        principal: Principal,
        region: Region,
        request_id: String,
    ) -> Self {
        Self {
            protocol: wire::Protocol::Json11,
            operation,
            head: wire::Head {
                method: http::Method::POST,
                path: "/".to_owned(),
                query: Vec::new(),
                headers: http::HeaderMap::new(),
                labels: Vec::new(),
            },
            body: input.into(),
            caller: Caller::internal(principal, region),
            request_id,
            host_id: String::new(),
        }
    }
}

impl Caller {
    /// Somebody for whom a room of this server calls another one: no connection, no signature, but within their session if they have one.
    pub fn internal(principal: Principal, region: Region) -> Self {
        Self {
            access_key_id: principal.session_key.clone(),
            principal,
            auth: AuthSource::Internal,
            region,
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            secure: true,
            user_agent: None,
            referer: None,
            signed_at: None,
        }
    }
}

/// How a request was authenticated (condition keys `s3:authType`, `s3:signatureversion`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuthSource {
    /// Not at all.
    Anonymous,
    /// By the room of this server that makes the call.
    Internal,
    /// Signature version 4 in the `Authorization` header.
    HeaderV4,
    /// Signature version 4 in the query.
    QueryV4,
    /// Signature version 4 in a browser's form.
    FormV4,
    /// Signature version 2 in the `Authorization` header (S3 only).
    HeaderV2,
    /// Signature version 2 in the query (S3 only).
    QueryV2,
    /// Signature version 2 in a browser's form (S3 only).
    FormV2,
}

/// An authenticated request whose operation is known and whose body has not been read.
#[derive(Debug)]
pub struct Incoming {
    /// How it and its answer are encoded.
    pub protocol: wire::Protocol,
    /// Which operation.
    pub operation: &'static wire::Operation,
    /// Method, path, query, headers, labels.
    pub head: wire::Head,
    /// The payload. For S3 the door has wrapped it so that chunk signatures and the declared hash are verified as it is read.
    pub body: Body,
    /// Who called.
    pub caller: Caller,
    /// The id that the answer and the logs carry.
    pub request_id: String,
    /// S3's second id; empty elsewhere.
    pub host_id: String,
}

/// What an operation may know and do about the request it serves.
pub struct Call {
    caller: Caller,
    head: wire::Head,
    request_id: String,
    clock: Clock,
    authorizer: Arc<dyn Authorizer>,
    style: Style,
    document: Bytes,
    kept: OnceLock<Box<dyn Any + Send + Sync>>,
    answer: Mutex<AnswerNotes>,
}

/// What an operation wants of its answer beyond its output shape.
#[derive(Default)]
pub(crate) struct AnswerNotes {
    pub status: Option<u16>,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub empty: bool,
    pub records: u64,
}

impl Call {
    pub(crate) fn new(
        caller: Caller,
        head: wire::Head,
        request_id: String,
        clock: Clock,
        authorizer: Arc<dyn Authorizer>,
        style: Style,
    ) -> Self {
        Self {
            caller,
            head,
            request_id,
            clock,
            authorizer,
            style,
            document: Bytes::new(),
            kept: OnceLock::new(),
            answer: Mutex::default(),
        }
    }

    /// Who called.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The caller's account: where new resources belong.
    pub fn account(&self) -> AccountId {
        self.caller.principal.account
    }

    /// The region the request was made for.
    pub fn region(&self) -> &Region {
        &self.caller.region
    }

    /// The ARN of a resource of the caller's account in the request's region.
    pub fn arn(&self, service: &str, resource: &str) -> Arn {
        Arn::new(service, self.region(), self.account(), resource)
    }

    /// The request's head, for the few things no input shape holds.
    pub fn head(&self) -> &wire::Head {
        &self.head
    }

    /// The body as it came, where the operation's is read whole before it runs (REST-XML): for the checksums its head may declare.
    pub fn document(&self) -> &Bytes {
        &self.document
    }

    pub(crate) fn keep_document(&mut self, document: Bytes) {
        self.document = document;
    }

    /// Keeps what `access` found for `run`, so that it is not looked up twice. The first value stays.
    pub fn keep<T: Send + Sync + 'static>(&self, found: T) {
        let _ = self.kept.set(Box::new(found));
    }

    /// What was kept, if it is of this type.
    pub fn kept<T: 'static>(&self) -> Option<&T> {
        self.kept.get()?.downcast_ref()
    }

    /// The request's id.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The clock the domain lives by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Asks again, for resources that show only while the operation runs (each key of DeleteObjects, a copy source). The fault is the
    /// service's own access denial.
    pub async fn allow(&self, access: Access) -> Result<(), Fault> {
        self.authorizer.allow(&self.caller, &access).await.map_err(|denied| self.style.refusal(&denied))
    }

    /// Answers with another status than the model's (206 for ranges, 304).
    pub fn answer_status(&self, status: u16) {
        self.notes().status = Some(status);
    }

    /// Answers without the body that the output shape would have (a browser's upload that asks for no document).
    pub fn answer_empty(&self) {
        self.notes().empty = true;
    }

    /// Adds a header that no output shape holds.
    pub fn answer_header(&self, name: HeaderName, value: HeaderValue) {
        self.notes().headers.push((name, value));
    }

    /// How many records (keys, objects) the operation moved, for metering.
    pub fn meter_records(&self, records: u64) {
        self.notes().records = records;
    }

    fn notes(&self) -> std::sync::MutexGuard<'_, AnswerNotes> {
        self.answer.lock().expect("nothing panics while the notes are held")
    }

    pub(crate) fn take_notes(&self) -> AnswerNotes {
        std::mem::take(&mut *self.notes())
    }
}
