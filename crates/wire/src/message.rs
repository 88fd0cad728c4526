//! A request and an answer as `service` and `door` see them, and the one place that chooses the codec.

use body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::error::DecodeError;
use crate::schema::{Operation, Protocol, Service};
use crate::shape::{Fields, Shape};
use crate::words::Family;
use crate::{cbor, errors, json, query, rest, xml};

/// All of a request but its body.
#[derive(Debug, Clone)]
pub struct Head {
    /// The method.
    pub method: Method,
    /// The path as sent, percent-encoded, after a bucket's virtual host was put before it.
    pub path: String,
    /// The query string, decoded, in its order.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: HeaderMap,
    /// What the operation's path template names, decoded ([`rest::route`]).
    pub labels: Vec<(&'static str, String)>,
}

impl Head {
    /// The value of the first query pair of that name.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A request's body.
#[derive(Debug)]
pub enum Payload {
    /// All of it.
    Whole(Bytes),
    /// To be read by the operation.
    Stream(Body),
}

/// A response. Ids (`x-amzn-RequestId`, `x-amz-request-id`, `x-amz-id-2`), `Date` and `Server` are the door's to add.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, in no order.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Body,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: Option<&'static str>, body: impl Into<Body>) -> Self {
        let headers = content_type.map(|text| (http::header::CONTENT_TYPE, HeaderValue::from_static(text)));
        Self { status, headers: headers.into_iter().collect(), body: body.into() }
    }
}

/// An error as it is to be told.
#[derive(Debug, Clone)]
pub struct ErrorValue<'a> {
    /// The code on the wire.
    pub code: &'a str,
    /// The message; absent where AWS sends none.
    pub message: Option<&'a str>,
    /// The HTTP status.
    pub status: u16,
    /// Whether the sender is to blame.
    pub sender: bool,
    /// Further members, in order: S3's extra elements, modelled members.
    pub members: Vec<(&'static str, MemberValue)>,
}

/// A further member of an error.
#[derive(Debug, Clone, PartialEq)]
pub enum MemberValue {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A truth value.
    Bool(bool),
    /// A point in time.
    Time(base::Timestamp),
    /// Anything deeper, as its JSON. The JSON protocols write it as it is, the others as a string.
    Json(String),
}

/// Reads an operation's input.
pub fn decode<I: Shape>(
    protocol: Protocol,
    operation: &'static Operation,
    head: &Head,
    payload: Payload,
) -> Result<I, DecodeError> {
    let mut input = decode_head(protocol, operation, head)?;
    decode_body(protocol, operation, head, &mut input, payload)?;
    Ok(input)
}

/// Reads what the head alone tells: headers, query and labels of the REST protocols; for the others nothing. S3 authorizes on this
/// much, before the body is read.
pub fn decode_head<I: Shape>(
    protocol: Protocol,
    _operation: &'static Operation,
    head: &Head,
) -> Result<I, DecodeError> {
    let mut input = I::default();
    match protocol {
        Protocol::RestXml | Protocol::RestJson => rest::read_head(protocol, head, &mut input)?,
        Protocol::Json10
        | Protocol::Json11
        | Protocol::KinesisCbor
        | Protocol::RpcV2Cbor
        | Protocol::Query => {}
    }
    Ok(input)
}

/// Reads what the body tells into an input that [`decode_head`] began.
pub fn decode_body<I: Shape>(
    protocol: Protocol,
    operation: &'static Operation,
    head: &Head,
    input: &mut I,
    payload: Payload,
) -> Result<(), DecodeError> {
    read_body(protocol, operation, head, input, payload)
}

fn read_body(
    protocol: Protocol,
    operation: &'static Operation,
    head: &Head,
    input: &mut dyn Fields,
    payload: Payload,
) -> Result<(), DecodeError> {
    if protocol == Protocol::RestXml || protocol == Protocol::RestJson {
        return rest::read_payload(protocol, operation, input, payload);
    }
    let Payload::Whole(bytes) = payload else { return Err(DecodeError::NotParsable) };
    match protocol {
        Protocol::Json10 => json::read_document(&bytes, Family::DynamoDb, input),
        Protocol::Json11 => json::read_document(&bytes, Family::Kinesis, input),
        Protocol::KinesisCbor => cbor::read_document(&bytes, cbor::Times::Millis, input),
        Protocol::RpcV2Cbor => cbor::read_document(&bytes, cbor::Times::Seconds, input),
        Protocol::Query => query::read_input(&head.query, &bytes, input),
        Protocol::RestJson | Protocol::RestXml => unreachable!("told apart above"),
    }
}

/// A structure as a document of its own, by the names of its members: for what is kept and given back as it came.
pub fn keep<S: Shape>(value: &S) -> Vec<u8> {
    cbor::write_document(cbor::Times::Millis, value)
}

/// A value as JSON, by the names of its members: for what an error carries ([`MemberValue::Json`]).
pub fn json_of(value: &dyn crate::shape::Value) -> String {
    String::from_utf8(crate::json::write_value(value)).expect("JSON is written as UTF-8")
}

/// Reads what [`keep`] wrote. Members that the table has lost since are passed over.
pub fn kept<S: Shape>(document: &[u8]) -> Result<S, DecodeError> {
    let mut value = S::default();
    cbor::read_document(&Bytes::copy_from_slice(document), cbor::Times::Millis, &mut value)?;
    Ok(value)
}

/// Whether the whole body must be there before the operation runs; false if the input has a streaming payload.
pub fn reads_whole_body(operation: &'static Operation) -> bool {
    operation.input.stream().is_none()
}

/// Writes an operation's output. `request_id` stands in the body of Query answers.
pub fn encode<O: Shape>(
    protocol: Protocol,
    service: &'static Service,
    operation: &'static Operation,
    mut output: O,
    request_id: &str,
) -> Answer {
    write_output(protocol, service, operation, &mut output, request_id)
}

fn write_output(
    protocol: Protocol,
    service: &'static Service,
    operation: &'static Operation,
    output: &mut dyn Fields,
    request_id: &str,
) -> Answer {
    match protocol {
        Protocol::Json10 | Protocol::Json11 | Protocol::KinesisCbor | Protocol::RpcV2Cbor => {
            write_rpc(protocol, operation, output)
        }
        Protocol::RestXml | Protocol::RestJson => rest::write_output(protocol, service, operation, output),
        Protocol::Query => {
            let text = xml::write_query_output(service, operation, output, request_id);
            Answer::new(operation.status, Some("text/xml"), text)
        }
    }
}

fn write_rpc(protocol: Protocol, operation: &'static Operation, output: &mut dyn Fields) -> Answer {
    let mut answer = if let Some(index) = output.schema().stream() {
        let events = output.slot_mut(index).take_body().unwrap_or_default();
        let body = crate::eventstream::answer(protocol, output, events);
        Answer::new(operation.status, Some(crate::eventstream::CONTENT_TYPE), body)
    } else {
        // An rpc-v2 answer without output has no type either.
        let untyped = protocol == Protocol::RpcV2Cbor && output.schema().is_unit();
        let content_type = content_type(protocol).filter(|_| !untyped);
        Answer::new(operation.status, content_type, write_bytes(protocol, output))
    };
    if protocol == Protocol::RpcV2Cbor {
        errors::mark_rpc_v2(&mut answer);
    }
    answer
}

/// The members of an output in the protocol's form; nothing at all for an operation without output.
pub(crate) fn write_bytes(protocol: Protocol, output: &dyn Fields) -> Vec<u8> {
    if output.schema().is_unit() {
        return Vec::new();
    }
    match protocol {
        Protocol::Json10 | Protocol::Json11 | Protocol::RestJson => json::write_document(output),
        Protocol::KinesisCbor => cbor::write_document(cbor::Times::Millis, output),
        Protocol::RpcV2Cbor => cbor::write_document(cbor::Times::Seconds, output),
        Protocol::RestXml | Protocol::Query => xml::write_root(output.schema().name, "", output).into_bytes(),
    }
}

pub(crate) const fn content_type(protocol: Protocol) -> Option<&'static str> {
    Some(match protocol {
        Protocol::Json10 => "application/x-amz-json-1.0",
        Protocol::Json11 => "application/x-amz-json-1.1",
        Protocol::KinesisCbor => "application/x-amz-cbor-1.1",
        Protocol::RpcV2Cbor => "application/cbor",
        Protocol::RestJson => "application/json",
        Protocol::RestXml => "application/xml",
        Protocol::Query => "text/xml",
    })
}
