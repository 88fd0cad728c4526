//! Errors on the wire, one form for each family of protocols (wire facts section 5).
//!
//! | family | body | name in | message member |
//! |---|---|---|---|
//! | JSON 1.1, Kinesis CBOR | object, map | `__type`, bare | `message`; `Message` for SerializationException, AccessDeniedException and TransactionCanceledException, and in all of Glue's |
//! | JSON 1.0 | object | `__type`, with a shape's namespace before `#` | same |
//! | REST-JSON | object | header `x-amzn-ErrorType` | `message` |
//! | rpc-v2-cbor | map | `__type`, with the namespace | `message` |
//! | Query | `<ErrorResponse>` | `<Code>` | `<Message>` |
//! | S3 | `<Error>` without namespace | `<Code>` | `<Message>` |
//!
//! A service that is compatible with Query (CloudWatch; wire facts 3.4) has two names for an error: that of its shape in the newer protocols,
//! and the older code, which Query answers and the others put into the header `x-amzn-query-error`.

use http::{HeaderName, HeaderValue};

use crate::cbor;
use crate::json;
use crate::message::{Answer, ErrorValue, MemberValue, content_type};
use crate::schema::{Protocol, Service};
use crate::time::{self, Precision};
use crate::xml;

/// Writes an error. `host_id` stands in S3's body.
pub fn encode_error(
    protocol: Protocol,
    service: &'static Service,
    error: &ErrorValue<'_>,
    request_id: &str,
    host_id: &str,
) -> Answer {
    let older = service.is_query_compatible().then(|| older_form(service, error));
    let renamed;
    let error = match (&older, protocol) {
        (Some(older), Protocol::Query) => {
            renamed = ErrorValue { code: &older.code, status: older.status, ..error.clone() };
            &renamed
        }
        (Some(_) | None, _) => error,
    };
    let body: Vec<u8> = match protocol {
        Protocol::Json10 | Protocol::Json11 => {
            let message = if service.name == "glue" { "Message" } else { message_name(error.code) };
            write_json(&type_name(protocol, service, error.code), message, error)
        }
        Protocol::KinesisCbor | Protocol::RpcV2Cbor => {
            write_cbor(&type_name(protocol, service, error.code), error, protocol)
        }
        Protocol::RestJson => write_json("", message_name(error.code), error),
        Protocol::Query => write_query(service, error, request_id).into_bytes(),
        Protocol::RestXml => write_s3(error, request_id, host_id).into_bytes(),
    };
    let mut answer = Answer::new(error.status, content_type(protocol), body);
    if protocol == Protocol::RestJson {
        let value = HeaderValue::from_str(error.code).unwrap_or(HeaderValue::from_static("InternalFailure"));
        answer.headers.push((HeaderName::from_static("x-amzn-errortype"), value));
    }
    if protocol == Protocol::RpcV2Cbor {
        mark_rpc_v2(&mut answer);
    }
    if let Some(older) = older.as_ref().filter(|_| protocol != Protocol::Query) {
        let side = if error.sender { "Sender" } else { "Receiver" };
        if let Ok(value) = HeaderValue::try_from(format!("{};{side}", older.code)) {
            answer.headers.push((HeaderName::from_static("x-amzn-query-error"), value));
        }
    }
    answer
}

/// An error as Query has it.
struct OlderForm {
    code: String,
    status: u16,
}

/// The older code of an error: the model's, and for what the model does not name, the name without its `Exception`.
fn older_form(service: &Service, error: &ErrorValue<'_>) -> OlderForm {
    let modelled = service.errors.iter().find(|kind| kind.name == error.code);
    let code = modelled.map_or_else(|| error.code.trim_end_matches("Exception"), |kind| kind.code);
    // Query says no with 403, JSON with 400.
    let status = if error.code == "AccessDeniedException" { 403 } else { error.status };
    OlderForm { code: code.to_owned(), status }
}

/// An rpc-v2-cbor answer must say so, or its client must take it as malformed.
pub(crate) fn mark_rpc_v2(answer: &mut Answer) {
    answer
        .headers
        .push((HeaderName::from_static("smithy-protocol"), HeaderValue::from_static("rpc-v2-cbor")));
}

/// The error's name with the namespace that its protocol puts before it.
fn type_name(protocol: Protocol, service: &Service, code: &str) -> String {
    let namespaced = matches!(protocol, Protocol::Json10 | Protocol::RpcV2Cbor);
    if !namespaced || code.contains('#') {
        return code.to_owned();
    }
    let modelled = service.errors.iter().any(|error| error.name == code);
    let namespace = match code {
        "ValidationException" if protocol == Protocol::Json10 => "com.amazon.coral.validate".to_owned(),
        _ if !modelled && protocol == Protocol::Json10 => "com.amazon.coral.service".to_owned(),
        _ => format!("com.amazonaws.{}.v{}", service.name, service.version.replace('-', "")),
    };
    format!("{namespace}#{code}")
}

/// How the error spells its message member.
fn message_name(code: &str) -> &'static str {
    match code {
        "SerializationException" | "AccessDeniedException" | "TransactionCanceledException" => "Message",
        _ => "message",
    }
}

fn write_json(type_name: &str, message_name: &str, error: &ErrorValue<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(128);
    let mut separator = b'{';
    let mut member = |name: &str, write: &dyn Fn(&mut Vec<u8>)| {
        out.push(std::mem::replace(&mut separator, b','));
        json::write_text(&mut out, name);
        out.push(b':');
        write(&mut out);
    };
    if !type_name.is_empty() {
        member("__type", &|out| json::write_text(out, type_name));
    }
    if let Some(message) = error.message {
        member(message_name, &|out| json::write_text(out, message));
    }
    for (name, value) in &error.members {
        member(name, &|out| match value {
            MemberValue::Text(text) => json::write_text(out, text),
            MemberValue::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
            MemberValue::Bool(truth) => out.extend_from_slice(truth.to_string().as_bytes()),
            MemberValue::Time(time) => out.extend_from_slice(time::epoch(*time).as_bytes()),
            MemberValue::Json(json) => out.extend_from_slice(json.as_bytes()),
        });
    }
    if separator == b'{' {
        out.push(b'{');
    }
    out.push(b'}');
    out
}

fn write_cbor(type_name: &str, error: &ErrorValue<'_>, protocol: Protocol) -> Vec<u8> {
    let times = if protocol == Protocol::RpcV2Cbor { cbor::Times::Seconds } else { cbor::Times::Millis };
    let mut writer = cbor::Writer::new(times);
    let count = 1 + usize::from(error.message.is_some()) + error.members.len();
    writer.map_head(count as u64);
    writer.string("__type");
    writer.string(type_name);
    if let Some(message) = error.message {
        writer.string(message_name(error.code));
        writer.string(message);
    }
    for (name, value) in &error.members {
        writer.string(name);
        match value {
            MemberValue::Text(text) | MemberValue::Json(text) => writer.string(text),
            MemberValue::Integer(number) => writer.number(*number),
            MemberValue::Bool(truth) => writer.truth(*truth),
            MemberValue::Time(time) => writer.timestamp(*time),
        }
    }
    writer.into_bytes()
}

fn write_query(service: &Service, error: &ErrorValue<'_>, request_id: &str) -> String {
    let mut out = format!("<ErrorResponse xmlns=\"{}\"><Error>", service.xml_namespace);
    element(&mut out, "Type", if error.sender { "Sender" } else { "Receiver" });
    element(&mut out, "Code", error.code);
    if let Some(message) = error.message {
        element(&mut out, "Message", message);
    }
    for (name, value) in &error.members {
        element(&mut out, name, &plain(value));
    }
    out.push_str("</Error>");
    element(&mut out, "RequestId", request_id);
    out.push_str("</ErrorResponse>");
    out
}

fn write_s3(error: &ErrorValue<'_>, request_id: &str, host_id: &str) -> String {
    let mut out = xml::DECLARATION.to_owned();
    out.push_str("<Error>");
    element(&mut out, "Code", error.code);
    if let Some(message) = error.message {
        element(&mut out, "Message", message);
    }
    for (name, value) in &error.members {
        element(&mut out, name, &plain(value));
    }
    element(&mut out, "RequestId", request_id);
    element(&mut out, "HostId", host_id);
    out.push_str("</Error>");
    out
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    xml::write_text(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn plain(value: &MemberValue) -> String {
    match value {
        MemberValue::Text(text) | MemberValue::Json(text) => text.clone(),
        MemberValue::Integer(number) => number.to_string(),
        MemberValue::Bool(truth) => truth.to_string(),
        MemberValue::Time(time) => time::iso(*time, Precision::Seconds),
    }
}
