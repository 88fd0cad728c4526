//! Members in headers, query, path, status, and the body that remains.

use std::borrow::Cow;

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, header};

use crate::error::DecodeError;
use crate::json;
use crate::message::{Answer, Head, Payload, content_type};
use crate::schema::{At, Field, Kind, Operation, Protocol, Rules, Service, TimeFormat};
use crate::shape::{Document, Entries, Fields, Items, Sink, Source, Value, Width};
use crate::time::{self, Precision};
use crate::words::Family;
use crate::xml;

/// Operations of S3 whose documents may say more than the schema has: programs write these themselves, and have since before the schema was what it is.
/// The others are held against it, as AWS does ("did not validate against our published schema").
const LENIENT: [&str; 3] = ["CompleteMultipartUpload", "CreateBucket", "DeleteObjects"];
/// The root of the answer to a form of S3.
const FORM_ANSWER: &str = "PostResponse";

type Result<T> = std::result::Result<T, DecodeError>;

/// Reads the members that travel in the head.
pub(crate) fn read_head(_protocol: Protocol, head: &Head, into: &mut dyn Fields) -> Result<()> {
    let fields = into.schema().fields;
    let lengths = Lengths::of(&head.headers);
    for (index, field) in fields.iter().enumerate() {
        let values: Vec<Cow<'_, str>> = match field.at {
            At::Label => {
                let label = head.labels.iter().find(|(name, _)| *name == field.wire);
                label.map(|(_, value)| Cow::Borrowed(value.as_str())).into_iter().collect()
            }
            At::Query => {
                let pairs = head.query.iter().filter(|(key, _)| key == field.wire);
                pairs.map(|(_, value)| Cow::Borrowed(value.as_str())).collect()
            }
            At::Header if !lengths.have(field.wire) => continue,
            At::Header => head.headers.get_all(field.wire).iter().map(header_text).collect(),
            At::Headers | At::QueryMap => {
                let pairs = match field.at {
                    At::Headers => prefixed(head, field.wire),
                    _ => unclaimed(head, fields),
                };
                if !pairs.is_empty() {
                    into.slot_mut(index).fill(&mut Pairs(pairs))?;
                }
                continue;
            }
            At::Body | At::Payload | At::Status | At::EventHeader | At::EventPayload => continue,
        };
        if values.is_empty() || is_void(field, &values[0]) {
            continue;
        }
        into.slot_mut(index).fill(&mut Text { field, values })?;
    }
    Ok(())
}

/// Which lengths the names of a request's headers have. An operation knows dozens of headers of which a request has few, and a lookup by a name in
/// text costs a parse of the name.
struct Lengths(u64);

impl Lengths {
    fn of(headers: &http::HeaderMap) -> Self {
        Self(headers.keys().fold(0, |all, name| all | Self::bit(name.as_str())))
    }

    /// Whether a header of this name can be there.
    fn have(&self, name: &str) -> bool {
        self.0 & Self::bit(name) != 0
    }

    fn bit(name: &str) -> u64 {
        1 << name.len().min(63)
    }
}

/// An empty value where there should be a number is taken as absent; so is a date in one of HTTP's own conditions that is no date
/// (RFC 9110, 13.1.3).
fn is_void(field: &Field, value: &str) -> bool {
    match field.kind {
        Kind::Text | Kind::List(_) => false,
        Kind::Time if field.at == At::Header && !field.wire.starts_with("x-amz-") => {
            read_time(field.rules.time, value).is_none()
        }
        _ => value.trim().is_empty(),
    }
}

/// A header's value as text: UTF-8, or Latin-1 where it is none.
fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(value.as_bytes().iter().map(|&byte| char::from(byte)).collect()),
    }
}

fn prefixed(head: &Head, prefix: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for name in head.headers.keys() {
        let Some((start, key)) = name.as_str().split_at_checked(prefix.len()) else { continue };
        if !start.eq_ignore_ascii_case(prefix) {
            continue;
        }
        let values: Vec<_> = head.headers.get_all(name).iter().map(header_text).collect();
        pairs.push((key.to_owned(), values.join(",")));
    }
    pairs
}

fn unclaimed(head: &Head, fields: &[Field]) -> Vec<(String, String)> {
    let claimed = |key: &str| fields.iter().any(|field| field.at == At::Query && field.wire == key);
    head.query.iter().filter(|(key, _)| !claimed(key)).cloned().collect()
}

/// Reads the members that travel in the body.
pub(crate) fn read_payload(
    protocol: Protocol,
    operation: &'static Operation,
    into: &mut dyn Fields,
    payload: Payload,
) -> Result<()> {
    let schema = into.schema();
    let Some(index) = schema.payload() else {
        let Payload::Whole(bytes) = payload else { return Ok(()) };
        let wanted = schema.fields.iter().any(|field| field.at == At::Body);
        if !wanted || bytes.is_empty() {
            return Ok(());
        }
        return match protocol {
            Protocol::RestXml => {
                xml::read_document(&bytes, operation.input.name, &crate::ITEM, false, &mut |source| {
                    source.structure(into)
                })
            }
            _ => json::read_document(&bytes, Family::Kinesis, into),
        };
    };
    let field = &schema.fields[index];
    let slot = into.slot_mut(index);
    if matches!(field.kind, Kind::Body) {
        let body = match payload {
            Payload::Whole(bytes) => Body::from(bytes),
            Payload::Stream(body) => body,
        };
        return slot.fill(&mut Raw { bytes: Bytes::new(), body: Some(body) });
    }
    let Payload::Whole(bytes) = payload else { return Err(DecodeError::NotParsable) };
    match (field.kind, protocol) {
        _ if bytes.is_empty() => Ok(()),
        (Kind::Blob | Kind::Text, _) => slot.fill(&mut Raw { bytes, body: None }),
        (_, Protocol::RestXml) => {
            let strict = !LENIENT.contains(&operation.name);
            xml::read_document(&bytes, field.wire, &field.rules, strict, &mut |source| slot.fill(source))
        }
        _ => json::read_value(&bytes, &mut |source| slot.fill(source)),
    }
}

/// Writes an output: status, headers, body.
pub(crate) fn write_output(
    protocol: Protocol,
    service: &'static Service,
    operation: &'static Operation,
    output: &mut dyn Fields,
) -> Answer {
    let schema = output.schema();
    let (bytes, default_type) = write_body(protocol, service, operation, output);
    let mut answer = Answer::new(operation.status, None, bytes);
    for (index, field) in schema.fields.iter().enumerate() {
        let Some(value) = output.slot(index).value() else { continue };
        match field.at {
            At::Header => {
                // The body knows its own length; of a HEAD answer the member alone does.
                let told = field.wire.eq_ignore_ascii_case("content-length") && schema.stream().is_some();
                if !told {
                    put(&mut answer, field.wire, text_of(&field.rules, value));
                }
            }
            At::Headers => {
                let mut pairs = Map(Vec::new());
                value.write(&mut pairs);
                for (key, text) in pairs.0 {
                    put(&mut answer, &format!("{}{key}", field.wire), text);
                }
            }
            At::Status => {
                if let Ok(status) = text_of(&field.rules, value).parse() {
                    answer.status = status;
                }
            }
            At::Body
            | At::Payload
            | At::Query
            | At::QueryMap
            | At::Label
            | At::EventHeader
            | At::EventPayload => {}
        }
    }
    let typed = answer.headers.iter().any(|(name, _)| name == header::CONTENT_TYPE);
    if let Some(default_type) = default_type.filter(|_| !typed) {
        answer.headers.push((header::CONTENT_TYPE, HeaderValue::from_static(default_type)));
    }
    if let Some(index) = schema.stream() {
        let events = matches!(schema.fields[index].kind, Kind::Events);
        answer.body = output.slot_mut(index).take_body().unwrap_or_default();
        if events {
            answer
                .headers
                .push((header::CONTENT_TYPE, HeaderValue::from_static(crate::eventstream::CONTENT_TYPE)));
        }
    }
    answer
}

/// The bytes of a body that is no stream, and its type unless a member says otherwise.
fn write_body(
    protocol: Protocol,
    service: &'static Service,
    operation: &'static Operation,
    output: &dyn Fields,
) -> (Vec<u8>, Option<&'static str>) {
    let schema = output.schema();
    let usual = content_type(protocol);
    if schema.stream().is_some() {
        return (Vec::new(), None);
    }
    if let Some(index) = schema.payload() {
        let field = &schema.fields[index];
        let Some(value) = output.slot(index).value() else { return (Vec::new(), None) };
        return match (field.kind, protocol) {
            (Kind::Blob | Kind::Text, _) => (raw_of(value), Some("application/json")),
            (_, Protocol::RestXml) => {
                let text = xml::write_element(field.wire, service.xml_namespace, &field.rules, value);
                (text.into_bytes(), usual)
            }
            _ => (json::write_value(value), usual),
        };
    }
    if !schema.has_body() {
        let empty_object = protocol == Protocol::RestJson && !schema.fields.is_empty();
        return if empty_object { (b"{}".to_vec(), usual) } else { (Vec::new(), None) };
    }
    let text = match protocol {
        Protocol::RestXml if operation.bare => xml::write_bare(operation.root, service.xml_namespace, output),
        Protocol::RestXml => {
            let root = if operation.root.is_empty() { schema.name } else { operation.root };
            // What a browser's form is answered with is in no namespace (S3 API, "POST Object").
            let namespace = if root == FORM_ANSWER { "" } else { service.xml_namespace };
            xml::write_root(root, namespace, output)
        }
        _ => return (json::write_document(output), usual),
    };
    (text.into_bytes(), usual)
}

/// Adds a header. A value that no header may hold loses its control characters.
fn put(answer: &mut Answer, name: &str, text: String) {
    let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else { return };
    let value = HeaderValue::from_str(&text).or_else(|_| HeaderValue::from_bytes(text.as_bytes()));
    let value = value.or_else(|_| {
        let kept: String = text.chars().filter(|letter| !letter.is_control()).collect();
        HeaderValue::from_bytes(kept.as_bytes())
    });
    if let Ok(value) = value {
        answer.headers.push((name, value));
    }
}

fn read_time(format: TimeFormat, text: &str) -> Option<Timestamp> {
    let text = text.trim();
    match format {
        TimeFormat::Epoch => time::parse_epoch(text),
        TimeFormat::Usual | TimeFormat::Http => time::parse_http_date(text).or_else(|| time::parse_iso(text)),
        TimeFormat::Iso => time::parse_iso(text).or_else(|| time::parse_http_date(text)),
    }
}

/// The values of one header, query key or label.
struct Text<'a> {
    field: &'static Field,
    values: Vec<Cow<'a, str>>,
}

impl Text<'_> {
    fn parsed<T>(&self, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        parse(self.values[0].trim()).ok_or_else(|| DecodeError::BadValue {
            name: self.field.wire.to_owned(),
            value: self.values[0].clone().into_owned(),
        })
    }
}

impl Source for Text<'_> {
    fn bool(&mut self) -> Result<bool> {
        self.parsed(|text| match text {
            _ if text.eq_ignore_ascii_case("true") => Some(true),
            _ if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        })
    }

    fn integer(&mut self, width: Width) -> Result<i64> {
        self.parsed(|text| match width {
            Width::Integer => text.parse::<i32>().ok().map(i64::from),
            Width::Long => text.parse().ok(),
        })
    }

    fn double(&mut self) -> Result<f64> {
        self.parsed(|text| text.parse().ok())
    }

    fn text(&mut self) -> Result<String> {
        // A header sent twice is one list of values; of a query key sent twice the first counts.
        match self.field.at {
            At::Header if self.values.len() > 1 => Ok(self.values.join(",")),
            _ => Ok(self.values[0].clone().into_owned()),
        }
    }

    fn blob(&mut self) -> Result<Bytes> {
        self.parsed(|text| base64_simd::STANDARD.decode_to_vec(text).ok().map(Bytes::from))
    }

    fn time(&mut self) -> Result<Timestamp> {
        let format = self.field.rules.time;
        self.parsed(|text| read_time(format, text))
    }

    fn document(&mut self) -> Result<Document> {
        self.text().map(Document)
    }

    fn structure(&mut self, _into: &mut dyn Fields) -> Result<()> {
        Err(DecodeError::NotParsable)
    }

    fn list(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
        let values = std::mem::take(&mut self.values);
        for value in values {
            if self.field.at != At::Header {
                self.values = vec![value];
                item(self)?;
                continue;
            }
            // Dates of HTTP hold a comma of their own.
            let dates = matches!(self.field.kind, Kind::List(Kind::Time));
            let parts = if dates { vec![value.into_owned()] } else { split_list(&value) };
            for part in parts {
                self.values = vec![Cow::Owned(part)];
                item(self)?;
            }
        }
        Ok(())
    }

    fn map(&mut self, _entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>) -> Result<()> {
        Err(DecodeError::NotParsable)
    }
}

/// The items of a comma-joined list; one with a comma or a quote in it is quoted.
fn split_list(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for letter in text.chars() {
        match letter {
            _ if std::mem::take(&mut escaped) => item.push(letter),
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => items.push(std::mem::take(&mut item)),
            letter => item.push(letter),
        }
    }
    items.push(item);
    let trimmed = items.into_iter().map(|item| item.trim().to_owned());
    trimmed.filter(|item| !item.is_empty()).collect()
}

/// A map out of headers or query keys.
struct Pairs(Vec<(String, String)>);

/// What every method of a source says that has no value of that type.
macro_rules! no_such_value {
    ($($method:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => {$(
        fn $method(&mut self, $($arg: $type),*) -> Result<$out> {
            Err(DecodeError::NotParsable)
        }
    )*};
}

type EachItem<'a> = &'a mut dyn FnMut(&mut dyn Source) -> Result<()>;
type EachEntry<'a> = &'a mut dyn FnMut(String, &mut dyn Source) -> Result<()>;

impl Source for Pairs {
    no_such_value! {
        bool() -> bool;
        integer(_width: Width) -> i64;
        double() -> f64;
        blob() -> Bytes;
        time() -> Timestamp;
        document() -> Document;
        structure(_into: &mut dyn Fields) -> ();
        list(_item: EachItem<'_>) -> ();
    }

    fn text(&mut self) -> Result<String> {
        self.0.first().map(|(_, value)| value.clone()).ok_or(DecodeError::NotParsable)
    }

    fn map(&mut self, entry: EachEntry<'_>) -> Result<()> {
        for (key, value) in std::mem::take(&mut self.0) {
            self.0 = vec![(String::new(), value)];
            entry(key, self)?;
        }
        Ok(())
    }
}

/// A body that is one member, as it is.
struct Raw {
    bytes: Bytes,
    body: Option<Body>,
}

impl Source for Raw {
    no_such_value! {
        bool() -> bool;
        integer(_width: Width) -> i64;
        double() -> f64;
        time() -> Timestamp;
        document() -> Document;
        structure(_into: &mut dyn Fields) -> ();
        list(_item: EachItem<'_>) -> ();
        map(_entry: EachEntry<'_>) -> ();
    }

    fn text(&mut self) -> Result<String> {
        String::from_utf8(self.bytes.to_vec()).map_err(|_| DecodeError::NotParsable)
    }

    fn blob(&mut self) -> Result<Bytes> {
        Ok(self.bytes.clone())
    }

    fn stream(&mut self) -> Result<Body> {
        self.body.take().ok_or(DecodeError::NotParsable)
    }
}

fn text_of(rules: &'static Rules, value: &dyn Value) -> String {
    let mut line = Line { text: String::new(), rules };
    value.write(&mut line);
    line.text
}

/// A value as the text of a header.
struct Line {
    text: String,
    rules: &'static Rules,
}

impl Sink for Line {
    fn bool(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.text.push_str(itoa::Buffer::new().format(value));
    }

    fn float(&mut self, value: f32) {
        self.text.push_str(zmij::Buffer::new().format(value));
    }

    fn double(&mut self, value: f64) {
        self.text.push_str(zmij::Buffer::new().format(value));
    }

    fn text(&mut self, value: &str) {
        self.text.push_str(value);
    }

    fn blob(&mut self, value: &Bytes) {
        base64_simd::STANDARD.encode_append(value, &mut self.text);
    }

    fn time(&mut self, value: Timestamp) {
        self.text.push_str(&match self.rules.time {
            TimeFormat::Usual | TimeFormat::Http => time::http_date(value),
            TimeFormat::Iso => time::iso(value, Precision::Millis),
            TimeFormat::Epoch => time::epoch(value),
        });
    }

    fn document(&mut self, json: &Document) {
        self.text.push_str(&json.0);
    }

    fn list(&mut self, value: &dyn Items) {
        let rules = self.rules.item.unwrap_or(&crate::ITEM);
        for index in 0..value.len() {
            let item = text_of(rules, value.item(index));
            if index > 0 {
                self.text.push(',');
            }
            match item.contains([',', '"']) {
                true => {
                    self.text.push_str(&format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\"")))
                }
                false => self.text.push_str(&item),
            }
        }
    }
}

/// Keeps what a map of headers holds.
struct Map(Vec<(String, String)>);

impl Sink for Map {
    fn map(&mut self, value: &dyn Entries) {
        value.each(&mut |key, value| self.0.push((key.to_owned(), text_of(&crate::ITEM, value))));
    }
}

/// The bytes of a string or blob.
fn raw_of(value: &dyn Value) -> Vec<u8> {
    let mut raw = RawBytes(Vec::new());
    value.write(&mut raw);
    raw.0
}

struct RawBytes(Vec<u8>);

impl Sink for RawBytes {
    fn text(&mut self, value: &str) {
        self.0 = value.as_bytes().to_vec();
    }
    fn blob(&mut self, value: &Bytes) {
        self.0 = value.to_vec();
    }
    fn document(&mut self, json: &Document) {
        self.0 = json.0.as_bytes().to_vec();
    }
}
