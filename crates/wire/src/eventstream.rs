//! Event streams: frames with typed headers (wire facts section 6).
//!
//! ```text
//! ┌─────────────┬───────────────┬───────────────┬─────────┬─────────┬─────────────┐
//! │ total bytes │ headers bytes │ CRC32 of both │ headers │ payload │ CRC32 of all │
//! │ u32         │ u32           │ u32           │         │         │ u32, before  │
//! └─────────────┴───────────────┴───────────────┴─────────┴─────────┴─────────────┘
//! header: name length u8 · name · type u8 · value; type 7 is a string with its length as u16. All numbers are big-endian.
//! ```
//! A room encodes each event here and puts the frames into a [`body::Events`]. In the RPC protocols the first frame is the
//! initial response, which [`encode`](crate::encode) puts before the events itself; REST has none.

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use crate::message::{content_type, write_bytes};
use crate::schema::{At, Protocol};
use crate::shape::{Document, Fields, Shape, Sink};

/// The type of a body of frames.
pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// Headers of a frame take at most this much (what botocore reads).
const HEADERS_BYTES_MAX: usize = 128 * 1024;
/// A frame's payload takes at most this much (what botocore reads).
const PAYLOAD_BYTES_MAX: usize = 24 * 1024 * 1024;
/// The longest string or byte array that a header may hold (2^15 - 1, as the SDKs have it).
const HEADER_VALUE_BYTES_MAX: usize = 32_767;
const PRELUDE_BYTES: usize = 12;
const CRC_BYTES: usize = 4;

/// The value of a frame's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// Types 0 and 1.
    Bool(bool),
    /// Type 2.
    Byte(i8),
    /// Type 3.
    Short(i16),
    /// Type 4.
    Integer(i32),
    /// Type 5.
    Long(i64),
    /// Type 6.
    Bytes(Bytes),
    /// Type 7.
    Text(String),
    /// Type 8, whole milliseconds.
    Time(Timestamp),
    /// Type 9.
    Uuid([u8; 16]),
}

/// A frame taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The headers in their order.
    pub headers: Vec<(String, HeaderValue)>,
    /// The payload.
    pub payload: Bytes,
}

/// Why bytes are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed event frame")]
pub struct MalformedFrame;

/// An event of a stream's union: `name` is its member there.
pub fn event<E: Shape>(protocol: Protocol, name: &str, event: &E) -> Bytes {
    event_frame(protocol, name, event)
}

fn event_frame(protocol: Protocol, name: &str, event: &dyn Fields) -> Bytes {
    let mut headers = vec![text(":message-type", "event"), text(":event-type", name)];
    let fields = event.schema().fields;
    for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.at == At::EventHeader) {
        if let Some(value) = event.slot(index).value() {
            let mut header = OneHeader(None);
            value.write(&mut header);
            headers.extend(header.0.map(|value| (field.wire.to_owned(), value)));
        }
    }
    let payload = match fields.iter().position(|field| field.at == At::EventPayload) {
        Some(index) => event.slot(index).value().map(|value| {
            let mut payload = OnePayload { protocol, bytes: Vec::new(), content_type: "" };
            value.write(&mut payload);
            (payload.bytes, payload.content_type)
        }),
        // An event without any body member (S3's Cont and End) has no payload, and so no type.
        None if fields.iter().all(|field| field.at != At::Body) => None,
        None => Some((write_bytes(protocol, event), payload_type(protocol))),
    };
    let (bytes, content_type) = payload.unwrap_or_default();
    if !content_type.is_empty() {
        headers.push(text(":content-type", content_type));
    }
    frame(&headers, &bytes)
}

/// The first frame of an RPC stream: the output's members but the stream.
pub fn initial_response<O: Shape>(protocol: Protocol, output: &O) -> Bytes {
    initial_frame(protocol, output)
}

fn initial_frame(protocol: Protocol, output: &dyn Fields) -> Bytes {
    let headers = [
        text(":message-type", "event"),
        text(":event-type", "initial-response"),
        text(":content-type", payload_type(protocol)),
    ];
    frame(&headers, &write_bytes(protocol, output))
}

/// An error the stream's union names: `name` is its member there.
pub fn exception(protocol: Protocol, name: &str, message: &str) -> Bytes {
    let headers = [
        text(":message-type", "exception"),
        text(":exception-type", name),
        text(":content-type", payload_type(protocol)),
    ];
    let error = ExceptionMessage { message: Some(message.to_owned()) };
    frame(&headers, &write_bytes(protocol, &error))
}

/// An error the model does not name.
pub fn error(code: &str, message: &str) -> Bytes {
    let headers =
        [text(":message-type", "error"), text(":error-code", code), text(":error-message", message)];
    frame(&headers, &[])
}

crate::shape! { ExceptionMessage
    0 "message" message: String;
}

/// The body of an RPC answer with a stream: the initial response, then the events.
pub(crate) fn answer(protocol: Protocol, output: &dyn Fields, events: Body) -> Body {
    let first = initial_frame(protocol, output);
    Body::from_stream(stream::iter([Ok(first)]).chain(events), None)
}

fn payload_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::RestXml | Protocol::Query => "text/xml",
        other => content_type(other).unwrap_or_default(),
    }
}

/// A header with a string, cut where it is longer than a header may be: a message may quote anything.
fn text(name: &str, value: &str) -> (String, HeaderValue) {
    (name.to_owned(), HeaderValue::Text(cut(value).to_owned()))
}

fn cut(value: &str) -> &str {
    let end = value.len().min(HEADER_VALUE_BYTES_MAX);
    let end = (0..=end).rev().find(|&at| value.is_char_boundary(at)).unwrap_or(0);
    &value[..end]
}

/// The bytes of a frame.
///
/// # Panics
/// If a name has more than 255 bytes or a value more than 65,535: no model has such.
pub fn frame(headers: &[(String, HeaderValue)], payload: &[u8]) -> Bytes {
    let mut head = Vec::with_capacity(128);
    for (name, value) in headers {
        head.push(u8::try_from(name.len()).expect("header names are those of the models"));
        head.extend_from_slice(name.as_bytes());
        write_header(&mut head, value);
    }
    let total = PRELUDE_BYTES + head.len() + payload.len() + CRC_BYTES;
    let mut out = Vec::with_capacity(total);
    out.extend_from_slice(&u32::try_from(total).expect("frames are bounded").to_be_bytes());
    out.extend_from_slice(&(head.len() as u32).to_be_bytes());
    out.extend_from_slice(&crypt::crc32(&out).to_be_bytes());
    out.extend_from_slice(&head);
    out.extend_from_slice(payload);
    out.extend_from_slice(&crypt::crc32(&out).to_be_bytes());
    out.into()
}

fn write_header(out: &mut Vec<u8>, value: &HeaderValue) {
    let mut sized = |kind: u8, bytes: &[u8]| {
        out.push(kind);
        out.extend_from_slice(&u16::try_from(bytes.len()).expect("header values are short").to_be_bytes());
        out.extend_from_slice(bytes);
    };
    match value {
        HeaderValue::Bytes(bytes) => return sized(6, bytes),
        HeaderValue::Text(text) => return sized(7, text.as_bytes()),
        HeaderValue::Bool(value) => return out.push(u8::from(!value)),
        HeaderValue::Byte(_)
        | HeaderValue::Short(_)
        | HeaderValue::Integer(_)
        | HeaderValue::Long(_)
        | HeaderValue::Time(_)
        | HeaderValue::Uuid(_) => {}
    }
    let mut fixed = |kind: u8, bytes: &[u8]| {
        out.push(kind);
        out.extend_from_slice(bytes);
    };
    match value {
        HeaderValue::Byte(value) => fixed(2, &value.to_be_bytes()),
        HeaderValue::Short(value) => fixed(3, &value.to_be_bytes()),
        HeaderValue::Integer(value) => fixed(4, &value.to_be_bytes()),
        HeaderValue::Long(value) => fixed(5, &value.to_be_bytes()),
        HeaderValue::Time(value) => fixed(8, &value.as_millis().to_be_bytes()),
        HeaderValue::Uuid(value) => fixed(9, value),
        HeaderValue::Bytes(_) | HeaderValue::Text(_) | HeaderValue::Bool(_) => {}
    }
}

/// Takes the first frame off `bytes`; `None` if it is not all there yet. Lengths and both checksums are verified.
pub fn read_frame(bytes: &mut Bytes) -> Result<Option<Frame>, MalformedFrame> {
    if bytes.len() < PRELUDE_BYTES {
        return Ok(None);
    }
    let number = |at: usize| -> u32 {
        u32::from_be_bytes(bytes[at..at + 4].try_into().expect("the slice has four bytes"))
    };
    let (total, head, crc) = (number(0) as usize, number(4) as usize, number(8));
    let smallest = PRELUDE_BYTES + CRC_BYTES;
    let fits = head <= HEADERS_BYTES_MAX
        && total >= smallest + head
        && total - smallest - head <= PAYLOAD_BYTES_MAX
        && crypt::crc32(&bytes[..8]) == crc;
    if !fits {
        return Err(MalformedFrame);
    }
    if bytes.len() < total {
        return Ok(None);
    }
    let end = total - CRC_BYTES;
    if crypt::crc32(&bytes[..end]) != number(end) {
        return Err(MalformedFrame);
    }
    let frame = bytes.split_to(total);
    let headers = read_headers(frame.slice(PRELUDE_BYTES..PRELUDE_BYTES + head))?;
    Ok(Some(Frame { headers, payload: frame.slice(PRELUDE_BYTES + head..end) }))
}

fn read_headers(mut bytes: Bytes) -> Result<Vec<(String, HeaderValue)>, MalformedFrame> {
    let mut headers = Vec::new();
    while !bytes.is_empty() {
        let length = usize::from(take(&mut bytes, 1)?[0]);
        let name = String::from_utf8(take(&mut bytes, length)?.to_vec()).map_err(|_| MalformedFrame)?;
        let kind = take(&mut bytes, 1)?[0];
        let value = match kind {
            0 | 1 => HeaderValue::Bool(kind == 0),
            2 => HeaderValue::Byte(i8::from_be_bytes(array(&mut bytes)?)),
            3 => HeaderValue::Short(i16::from_be_bytes(array(&mut bytes)?)),
            4 => HeaderValue::Integer(i32::from_be_bytes(array(&mut bytes)?)),
            5 => HeaderValue::Long(i64::from_be_bytes(array(&mut bytes)?)),
            6 | 7 => {
                let length = usize::from(u16::from_be_bytes(array(&mut bytes)?));
                let value = take(&mut bytes, length)?;
                match kind {
                    6 => HeaderValue::Bytes(value),
                    _ => HeaderValue::Text(String::from_utf8(value.to_vec()).map_err(|_| MalformedFrame)?),
                }
            }
            8 => HeaderValue::Time(Timestamp::from_millis(i64::from_be_bytes(array(&mut bytes)?))),
            9 => HeaderValue::Uuid(array(&mut bytes)?),
            _ => return Err(MalformedFrame),
        };
        headers.push((name, value));
    }
    Ok(headers)
}

fn take(bytes: &mut Bytes, count: usize) -> Result<Bytes, MalformedFrame> {
    if bytes.len() < count { Err(MalformedFrame) } else { Ok(bytes.split_to(count)) }
}

fn array<const N: usize>(bytes: &mut Bytes) -> Result<[u8; N], MalformedFrame> {
    take(bytes, N)?.as_ref().try_into().map_err(|_| MalformedFrame)
}

/// A member as a frame's header.
struct OneHeader(Option<HeaderValue>);

impl Sink for OneHeader {
    fn bool(&mut self, value: bool) {
        self.0 = Some(HeaderValue::Bool(value));
    }

    fn integer(&mut self, value: i64) {
        self.0 = Some(match i32::try_from(value) {
            Ok(value) => HeaderValue::Integer(value),
            Err(_) => HeaderValue::Long(value),
        });
    }

    fn text(&mut self, value: &str) {
        self.0 = Some(HeaderValue::Text(cut(value).to_owned()));
    }

    fn blob(&mut self, value: &Bytes) {
        self.0 = Some(HeaderValue::Bytes(value.clone()));
    }

    fn time(&mut self, value: Timestamp) {
        self.0 = Some(HeaderValue::Time(value));
    }
}

/// A member as a frame's payload, and the type that goes with it.
struct OnePayload {
    protocol: Protocol,
    bytes: Vec<u8>,
    content_type: &'static str,
}

impl Sink for OnePayload {
    fn text(&mut self, value: &str) {
        (self.bytes, self.content_type) = (value.as_bytes().to_vec(), "text/plain");
    }

    fn blob(&mut self, value: &Bytes) {
        (self.bytes, self.content_type) = (value.to_vec(), "application/octet-stream");
    }

    fn document(&mut self, json: &Document) {
        (self.bytes, self.content_type) = (json.0.as_bytes().to_vec(), "application/json");
    }

    fn structure(&mut self, value: &dyn Fields) {
        (self.bytes, self.content_type) = (write_bytes(self.protocol, value), payload_type(self.protocol));
    }
}
