//! The XML writer.

use std::borrow::Cow;

use base::Timestamp;
use bytes::Bytes;

use crate::schema::{At, ITEM, Operation, Rules, Service, TimeFormat};
use crate::shape::{Document, Entries, Fields, Items, Sink, Value};
use crate::time::{self, Precision};

/// What S3's documents begin with.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// How much of a second a protocol writes.
pub(crate) type Times = Precision;

/// A document whose root element holds the structure's body members.
pub(crate) fn write_root(root: &str, namespace: &str, value: &dyn Fields) -> String {
    let mut writer = Writer::new(Times::Millis);
    writer.out.push_str(DECLARATION);
    writer.namespace = namespace;
    writer.element(root, &ITEM, &mut |writer| writer.structure(value));
    writer.out
}

/// A document whose root element is the value of the structure's only body member (GetBucketLocation).
pub(crate) fn write_bare(root: &str, namespace: &str, value: &dyn Fields) -> String {
    let mut writer = Writer::new(Times::Millis);
    writer.out.push_str(DECLARATION);
    writer.namespace = namespace;
    let body = value.schema().fields.iter().position(|field| field.at == At::Body);
    match body.and_then(|index| value.slot(index).value()) {
        Some(member) => writer.element(root, &ITEM, &mut |writer| member.write(writer)),
        None => writer.element(root, &ITEM, &mut |writer| writer.text("")),
    }
    writer.out
}

/// A document whose root element is a value with these rules (a payload member).
pub(crate) fn write_element(root: &str, namespace: &str, rules: &'static Rules, value: &dyn Value) -> String {
    let mut writer = Writer::new(Times::Millis);
    writer.out.push_str(DECLARATION);
    writer.namespace = namespace;
    writer.element(root, rules, &mut |writer| value.write(writer));
    writer.out
}

/// An answer of Query: the members in their result element, then the request's id.
pub(crate) fn write_query_output(
    service: &Service,
    operation: &Operation,
    value: &dyn Fields,
    request_id: &str,
) -> String {
    let mut writer = Writer::new(Times::Seconds);
    let name = operation.name;
    writer.out = format!("<{name}Response xmlns=\"{}\">", service.xml_namespace);
    if !operation.result.is_empty() {
        writer.element(operation.result, &ITEM, &mut |writer| writer.structure(value));
    }
    writer.out.push_str("<ResponseMetadata><RequestId>");
    write_text(&mut writer.out, request_id);
    writer.out.push_str("</RequestId></ResponseMetadata></");
    writer.out.push_str(name);
    writer.out.push_str("Response>");
    writer.out
}

/// Writes text with what XML cannot hold in reference form. Characters that XML 1.0 lacks altogether are written as references
/// too, as S3 does: a key may hold them.
pub(crate) fn write_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_need_reference) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let letter = rest.chars().next().expect("a character begins here");
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.push_str(&format!("&#x{:x};", u32::from(letter))),
            other => out.push(other),
        }
        rest = &rest[letter.len_utf8()..];
    }
    out.push_str(rest);
}

/// Whether the character that begins with this byte may have to be written as a reference: 0xef begins U+FFFE and U+FFFF, among others.
fn may_need_reference(byte: u8) -> bool {
    match byte {
        b'\n' | b'\t' => false,
        b'&' | b'<' | b'>' | b'"' | 0xef => true,
        byte => byte < b' ',
    }
}

struct Writer<'a> {
    out: String,
    times: Times,
    /// The name of the element to come.
    name: Cow<'static, str>,
    /// The rules of the value to come.
    rules: &'static Rules,
    /// The namespace that the next start tag declares.
    namespace: &'a str,
}

impl<'a> Writer<'a> {
    fn new(times: Times) -> Self {
        Self { out: String::new(), times, name: Cow::Borrowed(""), rules: &ITEM, namespace: "" }
    }

    /// Writes a value as an element of that name. The value's own method writes the tags, since only it knows whether a list has an
    /// element of its own and whether a structure has attributes.
    fn element(&mut self, name: &str, rules: &'static Rules, write: &mut dyn FnMut(&mut Writer<'a>)) {
        self.name = Cow::Owned(name.to_owned());
        self.rules = rules;
        write(self);
    }

    fn member(&mut self, name: &'static str, rules: &'static Rules, value: &dyn Value) {
        self.name = Cow::Borrowed(name);
        self.rules = rules;
        value.write(self);
    }

    /// Writes the start tag but for its last `>`, and gives the name for the end tag.
    fn start(&mut self) -> Cow<'static, str> {
        let name = std::mem::take(&mut self.name);
        self.out.push('<');
        self.out.push_str(&name);
        if !self.namespace.is_empty() {
            self.out.push_str(" xmlns=\"");
            self.out.push_str(std::mem::take(&mut self.namespace));
            self.out.push('"');
        }
        name
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn scalar(&mut self, text: &str) {
        let name = self.start();
        self.out.push('>');
        write_text(&mut self.out, text);
        self.end(&name);
    }

    fn attributes(&mut self, value: &dyn Fields) {
        for (index, field) in value.schema().fields.iter().enumerate().filter(|(_, field)| field.attr) {
            let Some(member) = value.slot(index).value() else { continue };
            if field.wire.starts_with("xsi:") {
                self.out.push_str(" xmlns:xsi=\"");
                self.out.push_str(XSI);
                self.out.push('"');
            }
            self.out.push(' ');
            self.out.push_str(field.wire);
            self.out.push_str("=\"");
            let mut text = Plain(String::new());
            member.write(&mut text);
            write_text(&mut self.out, &text.0);
            self.out.push('"');
        }
    }
}

impl Sink for Writer<'_> {
    fn bool(&mut self, value: bool) {
        self.scalar(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.scalar(itoa::Buffer::new().format(value));
    }

    fn float(&mut self, value: f32) {
        self.scalar(&number(f64::from(value), &value.to_string()));
    }

    fn double(&mut self, value: f64) {
        self.scalar(&number(value, zmij::Buffer::new().format(value)));
    }

    fn text(&mut self, value: &str) {
        self.scalar(value);
    }

    fn blob(&mut self, value: &Bytes) {
        self.scalar(&base64_simd::STANDARD.encode_to_string(value));
    }

    fn time(&mut self, value: Timestamp) {
        let text = match self.rules.time {
            TimeFormat::Usual | TimeFormat::Iso => time::iso(value, self.times),
            TimeFormat::Http => time::http_date(value),
            TimeFormat::Epoch => time::epoch(value),
        };
        self.scalar(&text);
    }

    fn document(&mut self, json: &Document) {
        self.scalar(&json.0);
    }

    fn structure(&mut self, value: &dyn Fields) {
        let name = if self.rules.bare {
            None
        } else {
            let name = self.start();
            self.attributes(value);
            self.out.push('>');
            Some(name)
        };
        for (index, field) in value.schema().fields.iter().enumerate() {
            if field.at != At::Body || field.attr {
                continue;
            }
            if let Some(member) = value.slot(index).value() {
                self.member(field.wire, &field.rules, member);
            }
        }
        if let Some(name) = name {
            self.end(&name);
        }
    }

    fn list(&mut self, value: &dyn Items) {
        let rules = self.rules;
        let item_rules = rules.item.unwrap_or(&ITEM);
        if rules.flat {
            // A flattened list's items bear the name of the list.
            let name = self.name.clone();
            for index in 0..value.len() {
                self.name = name.clone();
                self.rules = item_rules;
                value.item(index).write(self);
            }
            return;
        }
        let name = self.start();
        self.out.push('>');
        for index in 0..value.len() {
            self.member(called(item_rules, "member"), item_rules, value.item(index));
        }
        self.end(&name);
    }

    fn map(&mut self, value: &dyn Entries) {
        let rules = self.rules;
        let (key_rules, item_rules) = (rules.key.unwrap_or(&ITEM), rules.item.unwrap_or(&ITEM));
        let outer = if rules.flat { std::mem::take(&mut self.name) } else { self.start() };
        if !rules.flat {
            self.out.push('>');
        }
        let entry = if rules.flat { outer.clone() } else { Cow::Borrowed("entry") };
        value.each(&mut |key, value| {
            self.out.push('<');
            self.out.push_str(&entry);
            self.out.push('>');
            self.name = Cow::Borrowed(called(key_rules, "key"));
            self.scalar(key);
            self.member(called(item_rules, "value"), item_rules, value);
            self.end(&entry);
        });
        if !rules.flat {
            self.end(&outer);
        }
    }
}

fn called(rules: &Rules, usual: &'static str) -> &'static str {
    if rules.called.is_empty() { usual } else { rules.called }
}

fn number(value: f64, digits: &str) -> String {
    match value {
        value if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => digits.to_owned(),
    }
}

/// The text of a scalar, for attributes.
struct Plain(String);

impl Sink for Plain {
    fn bool(&mut self, value: bool) {
        self.0 = value.to_string();
    }

    fn integer(&mut self, value: i64) {
        self.0 = value.to_string();
    }

    fn float(&mut self, value: f32) {
        self.0 = value.to_string();
    }

    fn double(&mut self, value: f64) {
        self.0 = value.to_string();
    }

    fn text(&mut self, value: &str) {
        self.0 = value.to_owned();
    }

    fn blob(&mut self, value: &Bytes) {
        self.0 = base64_simd::STANDARD.encode_to_string(value);
    }

    fn time(&mut self, value: Timestamp) {
        self.0 = time::iso(value, Times::Millis);
    }

    fn document(&mut self, json: &Document) {
        self.0 = json.0.clone();
    }
}
