//! The CBOR writer.

use base::Timestamp;
use bytes::Bytes;

use super::{ARRAY, BYTES, MAP, NEGATIVE, SIMPLE, TAG, TAG_TIME, TEXT, Times, UNSIGNED};
use crate::schema::At;
use crate::shape::{Document, Entries, Fields, Items, Sink};

/// A map of the structure's body members.
pub(crate) fn write_document(times: Times, value: &dyn Fields) -> Vec<u8> {
    let mut size = Size(0);
    size.structure(value);
    let mut writer = Writer { out: Vec::with_capacity(size.0), times };
    writer.structure(value);
    writer.out
}

/// Writes items one after another.
pub(crate) struct Writer {
    out: Vec<u8>,
    times: Times,
}

impl Writer {
    pub(crate) fn new(times: Times) -> Self {
        Self { out: Vec::new(), times }
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// The head of an item: its major type and its number, in the smallest width.
    fn head(&mut self, major: u8, number: u64) {
        let major = major << 5;
        if number < 24 {
            self.out.push(major | number as u8);
        } else if let Ok(number) = u8::try_from(number) {
            self.out.extend_from_slice(&[major | 24, number]);
        } else if let Ok(number) = u16::try_from(number) {
            self.out.push(major | 25);
            self.out.extend_from_slice(&number.to_be_bytes());
        } else if let Ok(number) = u32::try_from(number) {
            self.out.push(major | 26);
            self.out.extend_from_slice(&number.to_be_bytes());
        } else {
            self.out.push(major | 27);
            self.out.extend_from_slice(&number.to_be_bytes());
        }
    }

    pub(crate) fn map_head(&mut self, entries: u64) {
        self.head(MAP, entries);
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn number(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(number) => self.head(UNSIGNED, number),
            Err(_) => self.head(NEGATIVE, value.unsigned_abs() - 1),
        }
    }

    pub(crate) fn truth(&mut self, value: bool) {
        self.out.push(SIMPLE << 5 | if value { 21 } else { 20 });
    }

    pub(crate) fn timestamp(&mut self, value: Timestamp) {
        self.head(TAG, TAG_TIME);
        let millis = value.as_millis();
        match self.times {
            Times::Millis => self.number(millis),
            Times::Seconds if millis % 1_000 == 0 => self.number(millis / 1_000),
            Times::Seconds => self.double(millis as f64 / 1e3),
        }
    }
}

impl Sink for Writer {
    fn bool(&mut self, value: bool) {
        self.truth(value);
    }

    fn integer(&mut self, value: i64) {
        self.number(value);
    }

    fn float(&mut self, value: f32) {
        self.out.push(SIMPLE << 5 | 26);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn double(&mut self, value: f64) {
        self.out.push(SIMPLE << 5 | 27);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn text(&mut self, value: &str) {
        self.string(value);
    }

    fn blob(&mut self, value: &Bytes) {
        self.head(BYTES, value.len() as u64);
        self.out.extend_from_slice(value);
    }

    fn time(&mut self, value: Timestamp) {
        self.timestamp(value);
    }

    fn document(&mut self, json: &Document) {
        self.string(&json.0);
    }

    fn structure(&mut self, value: &dyn Fields) {
        let fields = value.schema().fields;
        let present = |index: usize| fields[index].at == At::Body && value.slot(index).value().is_some();
        self.map_head((0..fields.len()).filter(|&index| present(index)).count() as u64);
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.at == At::Body) {
            if let Some(member) = value.slot(index).value() {
                self.string(field.wire);
                member.write(self);
            }
        }
    }

    fn list(&mut self, value: &dyn Items) {
        self.head(ARRAY, value.len() as u64);
        for index in 0..value.len() {
            value.item(index).write(self);
        }
    }

    fn map(&mut self, value: &dyn Entries) {
        self.map_head(value.len() as u64);
        value.each(&mut |key, value| {
            self.string(key);
            value.write(self);
        });
    }
}

/// Reckons the bytes a value will take, a little more rather than less.
struct Size(usize);

/// The head of an item at its widest.
const HEAD_BYTES: usize = 9;

impl Sink for Size {
    fn bool(&mut self, _value: bool) {
        self.0 += 1;
    }

    fn integer(&mut self, _value: i64) {
        self.0 += HEAD_BYTES;
    }

    fn float(&mut self, _value: f32) {
        self.0 += HEAD_BYTES;
    }

    fn double(&mut self, _value: f64) {
        self.0 += HEAD_BYTES;
    }

    fn text(&mut self, value: &str) {
        self.0 += HEAD_BYTES + value.len();
    }

    fn blob(&mut self, value: &Bytes) {
        self.0 += HEAD_BYTES + value.len();
    }

    fn time(&mut self, _value: Timestamp) {
        self.0 += 1 + HEAD_BYTES;
    }

    fn document(&mut self, json: &Document) {
        self.0 += HEAD_BYTES + json.0.len();
    }

    fn structure(&mut self, value: &dyn Fields) {
        self.0 += HEAD_BYTES;
        for (index, field) in value.schema().fields.iter().enumerate() {
            if let Some(member) = value.slot(index).value() {
                self.0 += 2 + field.wire.len();
                member.write(self);
            }
        }
    }

    fn list(&mut self, value: &dyn Items) {
        self.0 += HEAD_BYTES;
        for index in 0..value.len() {
            value.item(index).write(self);
        }
    }

    fn map(&mut self, value: &dyn Entries) {
        self.0 += HEAD_BYTES;
        value.each(&mut |key, value| {
            self.0 += HEAD_BYTES + key.len();
            value.write(self);
        });
    }
}
