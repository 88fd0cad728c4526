//! The JSON writer.

use base::Timestamp;
use bytes::Bytes;

use crate::schema::{At, ITEM, Rules, TimeFormat};
use crate::shape::{Document, Entries, Fields, Items, Sink, Value};
use crate::time;

/// An object of the structure's body members.
pub(crate) fn write_document(value: &dyn Fields) -> Vec<u8> {
    let mut size = Size(0);
    size.structure(value);
    let mut writer = Writer { out: Vec::with_capacity(size.0), rules: &ITEM };
    writer.structure(value);
    writer.out
}

/// Any value.
pub(crate) fn write_value(value: &dyn Value) -> Vec<u8> {
    let mut writer = Writer { out: Vec::new(), rules: &ITEM };
    value.write(&mut writer);
    writer.out
}

struct Writer {
    out: Vec<u8>,
    /// The rules of the value to come.
    rules: &'static Rules,
}

/// Writes a string with its quotes.
pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        out.extend_from_slice(&rest[..at]);
        match rest[at] {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            control => out.extend_from_slice(format!("\\u{control:04x}").as_bytes()),
        }
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

impl Writer {
    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

impl Sink for Writer {
    fn bool(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.raw(itoa::Buffer::new().format(value));
    }

    fn float(&mut self, value: f32) {
        match value.is_finite() {
            true => self.raw(zmij::Buffer::new().format(value)),
            false => self.double(f64::from(value)),
        }
    }

    fn double(&mut self, value: f64) {
        match value {
            value if value.is_nan() => self.raw("\"NaN\""),
            f64::INFINITY => self.raw("\"Infinity\""),
            f64::NEG_INFINITY => self.raw("\"-Infinity\""),
            value => self.raw(zmij::Buffer::new().format(value)),
        }
    }

    fn text(&mut self, value: &str) {
        write_text(&mut self.out, value);
    }

    fn blob(&mut self, value: &Bytes) {
        self.out.push(b'"');
        base64_simd::STANDARD.encode_append(value, &mut self.out);
        self.out.push(b'"');
    }

    fn time(&mut self, value: Timestamp) {
        match self.rules.time {
            TimeFormat::Usual | TimeFormat::Epoch => self.raw(&time::epoch(value)),
            TimeFormat::Iso => self.text(&time::iso(value, time::Precision::Seconds)),
            TimeFormat::Http => self.text(&time::http_date(value)),
        }
    }

    fn document(&mut self, json: &Document) {
        self.raw(&json.0);
    }

    fn structure(&mut self, value: &dyn Fields) {
        let mut separator = b'{';
        for (index, field) in value.schema().fields.iter().enumerate() {
            if field.at != At::Body {
                continue;
            }
            if let Some(member) = value.slot(index).value() {
                self.out.push(separator);
                separator = b',';
                self.out.push(b'"');
                self.raw(field.wire);
                self.raw("\":");
                self.rules = &field.rules;
                member.write(self);
            }
        }
        if separator == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }

    fn list(&mut self, value: &dyn Items) {
        let rules = self.rules.item.unwrap_or(&ITEM);
        self.out.push(b'[');
        for index in 0..value.len() {
            if index > 0 {
                self.out.push(b',');
            }
            self.rules = rules;
            value.item(index).write(self);
        }
        self.out.push(b']');
    }

    fn map(&mut self, value: &dyn Entries) {
        let rules = self.rules.item.unwrap_or(&ITEM);
        let mut separator = b'{';
        value.each(&mut |key, value| {
            self.out.push(separator);
            separator = b',';
            write_text(&mut self.out, key);
            self.out.push(b':');
            self.rules = rules;
            value.write(self);
        });
        if separator == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }
}

/// Reckons the bytes a value will take, a little more rather than less: blobs and strings are what counts.
struct Size(usize);

/// Quotes, separator, and the digits of a number.
const SCALAR_BYTES: usize = 24;

impl Sink for Size {
    fn bool(&mut self, _value: bool) {
        self.0 += SCALAR_BYTES;
    }

    fn integer(&mut self, _value: i64) {
        self.0 += SCALAR_BYTES;
    }

    fn float(&mut self, _value: f32) {
        self.0 += SCALAR_BYTES;
    }

    fn double(&mut self, _value: f64) {
        self.0 += SCALAR_BYTES;
    }

    fn text(&mut self, value: &str) {
        self.0 += value.len() + 4;
    }

    fn blob(&mut self, value: &Bytes) {
        self.0 += value.len().div_ceil(3) * 4 + 4;
    }

    fn time(&mut self, _value: Timestamp) {
        self.0 += SCALAR_BYTES;
    }

    fn document(&mut self, json: &Document) {
        self.0 += json.0.len();
    }

    fn structure(&mut self, value: &dyn Fields) {
        self.0 += 2;
        for (index, field) in value.schema().fields.iter().enumerate() {
            if let Some(member) = value.slot(index).value() {
                self.0 += field.wire.len() + 4;
                member.write(self);
            }
        }
    }

    fn list(&mut self, value: &dyn Items) {
        self.0 += 4;
        for index in 0..value.len() {
            self.0 += 1;
            value.item(index).write(self);
        }
    }

    fn map(&mut self, value: &dyn Entries) {
        self.0 += 4;
        value.each(&mut |key, value| {
            self.0 += key.len() + 5;
            value.write(self);
        });
    }
}
