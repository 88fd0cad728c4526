//! A room: a service's operations over its state, and the one dispatch.

use std::collections::HashMap;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use base::Clock;
use body::BodyError;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use wire::{Answer, DecodeError, ErrorValue, MemberValue, Payload, Protocol};

use crate::access::{Authorizer, Denied};
use crate::call::{Call, Incoming};
use crate::fault::Fault;
use crate::metering::{Event, Meter};
use crate::operation::Operation;

/// What every room is given.
#[derive(Clone)]
pub struct RoomParts {
    /// The clock the domain lives by.
    pub clock: Clock,
    /// Who may do what.
    pub authorizer: Arc<dyn Authorizer>,
    /// Where metering events go.
    pub meter: Arc<Meter>,
}

/// How a family of services words what happens before an operation runs. Plain functions, so that a style is a constant.
#[derive(Clone, Copy)]
pub struct Style {
    /// The policies said no.
    pub denied: fn(&Denied) -> Fault,
    /// The request does not decode.
    pub undecodable: fn(&DecodeError) -> Fault,
    /// The model's constraints are not met; the text is AWS's own.
    pub violated: fn(String) -> Fault,
    /// The body broke off, was refused by its framing, or is too large.
    pub broken_body: fn(&BodyError) -> Fault,
    /// The operation is the service's, but not built here.
    pub not_implemented: fn(&'static wire::Operation) -> Fault,
    /// An internal failure, without details.
    pub internal: fn() -> Fault,
}

impl Style {
    /// The fault for a denial: in the service's words, and with the hint if there is one.
    pub fn refusal(&self, denied: &Denied) -> Fault {
        (self.denied)(denied).hinted(denied.hint.as_deref())
    }
}

/// A room as the door sees it.
pub trait AnyRoom: Send + Sync + 'static {
    /// The service's model.
    fn service(&self) -> &'static wire::Service;

    /// Whether an operation is built.
    fn implements(&self, operation: &str) -> bool;

    /// The largest body taken for an operation whose body is read whole.
    fn body_bytes_max(&self, operation: &'static wire::Operation) -> u64;

    /// Serves an authenticated request.
    fn call(&self, incoming: Incoming) -> BoxFuture<'_, Answer>;

    /// Encodes a refusal that the door itself decided on, in this service's own form.
    fn refuse(&self, protocol: Protocol, fault: &Fault, request_id: &str, host_id: &str) -> Answer;
}

/// A service's operations over its state.
pub struct Room<S> {
    service: &'static wire::Service,
    state: Arc<S>,
    style: Style,
    parts: RoomParts,
    operations: HashMap<&'static str, Box<dyn Run<S>>>,
    body_bytes_max: fn(&'static wire::Operation) -> u64,
}

impl<S: Send + Sync + 'static> Room<S> {
    /// A room without operations. `body_bytes_max` bounds a body that is read whole, by operation (product page, bounds).
    pub fn new(
        service: &'static wire::Service,
        style: Style,
        state: Arc<S>,
        parts: RoomParts,
        body_bytes_max: fn(&'static wire::Operation) -> u64,
    ) -> Self {
        Self { service, state, style, parts, operations: HashMap::new(), body_bytes_max }
    }

    /// Adds an operation.
    pub fn op<O: Operation<Service = S>>(mut self) -> Self {
        let declared = self.service.operations.iter().any(|operation| operation.name == O::NAME);
        assert!(declared, "`{}` is not an operation of `{}`", O::NAME, self.service.name);
        let before = self.operations.insert(O::NAME, Box::new(Typed::<O>(PhantomData)));
        assert!(before.is_none(), "`{}` stands twice in the room of `{}`", O::NAME, self.service.name);
        self
    }

    /// The state, for wiring ports to it.
    pub fn state(&self) -> &Arc<S> {
        &self.state
    }

    async fn serve(&self, incoming: Incoming) -> Answer {
        let operation = incoming.operation;
        let served = Served {
            protocol: incoming.protocol,
            request_id: incoming.request_id.clone(),
            host_id: incoming.host_id.clone(),
        };
        let mut event = Event {
            time: self.parts.clock.now(),
            account: incoming.caller.principal.account,
            region: incoming.caller.region.clone(),
            service: self.service.name,
            operation: operation.name,
            code: std::borrow::Cow::Borrowed(""),
            bytes_in: 0,
            bytes_out: 0,
            records: 0,
        };
        let outcome = match self.operations.get(operation.name) {
            Some(run) => run.run(self, incoming, &mut event).await,
            None => Err((self.style.not_implemented)(operation)),
        };
        let answer = outcome.unwrap_or_else(|fault| {
            if fault.is_server() {
                tracing::warn!(service = self.service.name, operation = operation.name, code = %fault.code,
                    message = fault.message.as_deref().unwrap_or_default(), request_id = served.request_id, "server fault");
            }
            event.code = fault.code.clone();
            self.refuse(served.protocol, &fault, &served.request_id, &served.host_id)
        });
        event.bytes_out = answer.body.length().unwrap_or(0);
        self.parts.meter.record(event);
        answer
    }
}

struct Served {
    protocol: Protocol,
    request_id: String,
    host_id: String,
}

impl<S: Send + Sync + 'static> AnyRoom for Room<S> {
    fn service(&self) -> &'static wire::Service {
        self.service
    }

    fn implements(&self, operation: &str) -> bool {
        self.operations.contains_key(operation)
    }

    fn body_bytes_max(&self, operation: &'static wire::Operation) -> u64 {
        (self.body_bytes_max)(operation)
    }

    fn call(&self, incoming: Incoming) -> BoxFuture<'_, Answer> {
        Box::pin(self.serve(incoming))
    }

    fn refuse(&self, protocol: Protocol, fault: &Fault, request_id: &str, host_id: &str) -> Answer {
        let error = ErrorValue {
            code: &fault.code,
            message: fault.message.as_deref(),
            status: fault.status,
            sender: !fault.is_server(),
            members: fault
                .members
                .iter()
                .map(|member| {
                    let value = member.value.clone();
                    let value =
                        if member.is_json { MemberValue::Json(value) } else { MemberValue::Text(value) };
                    (member.name, value)
                })
                .collect(),
        };
        let mut answer = wire::encode_error(protocol, self.service, &error, request_id, host_id);
        answer.headers.extend(fault.headers.iter().cloned());
        answer
    }
}

/// An operation with its types forgotten.
trait Run<S>: Send + Sync {
    fn run<'a>(
        &'a self,
        room: &'a Room<S>,
        incoming: Incoming,
        event: &'a mut Event,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send + 'a>>;
}

struct Typed<O>(PhantomData<fn() -> O>);

impl<O: Operation> Run<O::Service> for Typed<O> {
    fn run<'a>(
        &'a self,
        room: &'a Room<O::Service>,
        incoming: Incoming,
        event: &'a mut Event,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, Fault>> + Send + 'a>> {
        Box::pin(dispatch::<O>(room, incoming, event))
    }
}

/// The one path from an authenticated request to an answer. See the crate's page for its order.
async fn dispatch<O: Operation>(
    room: &Room<O::Service>,
    incoming: Incoming,
    event: &mut Event,
) -> Result<Answer, Fault> {
    let Incoming { protocol, operation, head, body, caller, request_id, host_id: _ } = incoming;
    let style = &room.style;
    let undecodable = |error: DecodeError| (style.undecodable)(&error);
    let broken = |error: BodyError| (style.broken_body)(&error);
    let limit = (room.body_bytes_max)(operation);
    // What a streaming body declares is metered once the operation has succeeded: then all of it was read.
    let declared = body.length().unwrap_or(0);

    let (call, input) = if protocol == Protocol::RestXml {
        let mut input: O::Input = wire::decode_head(protocol, operation, &head).map_err(undecodable)?;
        let mut call = new_call(room, caller, head, request_id);
        authorize::<O>(room, &call, &input).await?;
        let payload = if wire::reads_whole_body(operation) {
            Payload::Whole(body.collect(limit).await.map_err(broken)?)
        } else {
            Payload::Stream(body)
        };
        if let Payload::Whole(bytes) = &payload {
            event.bytes_in = bytes.len() as u64;
            call.keep_document(bytes.clone());
        }
        wire::decode_body(protocol, operation, call.head(), &mut input, payload).map_err(undecodable)?;
        (call, input)
    } else {
        let payload = if wire::reads_whole_body(operation) {
            let bytes: Bytes = body.collect(limit).await.map_err(broken)?;
            event.bytes_in = bytes.len() as u64;
            Payload::Whole(bytes)
        } else {
            Payload::Stream(body)
        };
        let input: O::Input = wire::decode(protocol, operation, &head, payload).map_err(undecodable)?;
        let call = new_call(room, caller, head, request_id);
        authorize::<O>(room, &call, &input).await?;
        (call, input)
    };
    // S3 judges values itself, each with a code of its own; what is left to the model is that nothing required is absent.
    let violated =
        if protocol == Protocol::RestXml { wire::missing(&input) } else { wire::violations(&input) };
    if let Some(text) = violated {
        return Err((style.violated)(text));
    }
    let outcome = O::run(&room.state, &call, input).await;
    let notes = call.take_notes();
    event.records = notes.records;
    let output = outcome?;
    if !wire::reads_whole_body(operation) {
        event.bytes_in = declared;
    }
    let mut answer = wire::encode(protocol, room.service, operation, output, call.request_id());
    answer.status = notes.status.unwrap_or(answer.status);
    answer.headers.extend(notes.headers);
    if notes.empty {
        answer.headers.retain(|(name, _)| *name != http::header::CONTENT_TYPE);
        answer.body = body::Body::empty();
    }
    Ok(answer)
}

fn new_call<S>(room: &Room<S>, caller: crate::call::Caller, head: wire::Head, request_id: String) -> Call {
    let parts = &room.parts;
    Call::new(caller, head, request_id, parts.clock.clone(), parts.authorizer.clone(), room.style)
}

async fn authorize<O: Operation>(
    room: &Room<O::Service>,
    call: &Call,
    input: &O::Input,
) -> Result<(), Fault> {
    for access in O::access(&room.state, call, input).await? {
        room.parts
            .authorizer
            .allow(call.caller(), &access)
            .await
            .map_err(|denied| room.style.refusal(&denied))?;
    }
    Ok(())
}
