//! `Debug` of every structure, from its table: absent members are left out and sensitive ones are not shown.

use std::fmt;

use base::Timestamp;
use bytes::Bytes;

use crate::schema::Rules;
use crate::shape::{Document, Entries, Fields, Items, Sink, Value};

/// Longer strings are cut in debug output: a record may be a megabyte.
const TEXT_BYTES_MAX: usize = 256;

/// The `Debug` of a structure.
#[doc(hidden)]
pub fn show(value: &dyn Fields, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut printer = Printer { text: String::new(), sensitive: false };
    printer.structure(value);
    f.write_str(&printer.text)
}

struct Printer {
    text: String,
    sensitive: bool,
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.text.push_str(if self.sensitive { "***" } else { text });
    }

    fn under(&mut self, rules: &Rules, value: &dyn Value) {
        let outer = self.sensitive;
        self.sensitive |= rules.sensitive || rules.item.is_some_and(|item| item.sensitive);
        value.write(self);
        self.sensitive = outer;
    }
}

impl Sink for Printer {
    fn bool(&mut self, value: bool) {
        self.put(&value.to_string());
    }

    fn integer(&mut self, value: i64) {
        self.put(&value.to_string());
    }

    fn float(&mut self, value: f32) {
        self.put(&value.to_string());
    }

    fn double(&mut self, value: f64) {
        self.put(&value.to_string());
    }

    fn text(&mut self, value: &str) {
        match value.char_indices().find(|(at, _)| *at >= TEXT_BYTES_MAX) {
            Some((cut, _)) => self.put(&format!("{:?}…", &value[..cut])),
            None => self.put(&format!("{value:?}")),
        }
    }

    fn blob(&mut self, value: &Bytes) {
        self.put(&format!("<{} bytes>", value.len()));
    }

    fn time(&mut self, value: Timestamp) {
        self.put(&format!("{value:?}"));
    }

    fn document(&mut self, json: &Document) {
        self.text(&json.0);
    }

    fn structure(&mut self, value: &dyn Fields) {
        let schema = value.schema();
        self.text.push_str(schema.name);
        self.text.push_str(" {");
        let mut separator = " ";
        for (index, field) in schema.fields.iter().enumerate() {
            if let Some(member) = value.slot(index).value() {
                self.text.push_str(separator);
                self.text.push_str(field.name);
                self.text.push_str(": ");
                self.under(&field.rules, member);
                separator = ", ";
            }
        }
        self.text.push_str(" }");
    }

    fn list(&mut self, value: &dyn Items) {
        self.text.push('[');
        for index in 0..value.len() {
            if index > 0 {
                self.text.push_str(", ");
            }
            value.item(index).write(self);
        }
        self.text.push(']');
    }

    fn map(&mut self, value: &dyn Entries) {
        self.text.push('{');
        let mut separator = "";
        value.each(&mut |key, value| {
            self.text.push_str(separator);
            self.text.push_str(key);
            self.text.push_str(": ");
            value.write(self);
            separator = ", ";
        });
        self.text.push('}');
    }

    fn stream(&mut self) {
        self.put("<stream>");
    }
}
