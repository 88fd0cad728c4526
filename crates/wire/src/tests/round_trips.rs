//! Random values of every structure of every table, through every codec and back.

use bytes::Bytes;
use http::{HeaderMap, Method};
use proptest::prelude::*;

use super::dynamic::{Dice, Dynamic};
use super::tables;
use crate::message::Head;
use crate::schema::{At, ITEM, Kind, Protocol, Rules, Structure};
use crate::shape::{Entries, Fields, Items, Sink, Value};
use crate::words::Family;
use crate::{Field, cbor, json, query, rest, time, xml};

const DEPTH: usize = 3;

fn in_body(field: &Field) -> bool {
    field.at == At::Body && !matches!(field.kind, Kind::Body | Kind::Events)
}

/// Sends a random value of each structure through `write` and `read`; what comes back must be the same.
fn each_structure(
    seed: u64,
    trip: &dyn Fn(&Dynamic, &mut Dynamic) -> Result<(), String>,
) -> Result<(), TestCaseError> {
    for schema in tables::structures() {
        let value = Dynamic::random(schema, &mut Dice(seed), &in_body, DEPTH);
        let mut back = Dynamic::empty(schema);
        trip(&value, &mut back)
            .map_err(|problem| TestCaseError::fail(format!("{}: {problem}", schema.name)))?;
        prop_assert_eq!(&back, &value);
    }
    Ok(())
}

fn named<T: std::fmt::Debug>(error: T) -> String {
    format!("{error:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn json(seed: u64) {
        each_structure(seed, &|value, back| {
            let text = json::write_document(value);
            json::read_document(&text, Family::Kinesis, back).map_err(named)?;
            // An independent parser agrees that this is JSON.
            serde_json::from_slice::<serde_json::Value>(&text).map(drop).map_err(named)
        })?;
    }

    #[test]
    fn cbor(seed: u64) {
        for times in [cbor::Times::Millis, cbor::Times::Seconds] {
            each_structure(seed, &|value, back| {
                cbor::read_document(&cbor::write_document(times, value).into(), times, back).map_err(named)
            })?;
        }
    }

    #[test]
    fn xml(seed: u64) {
        each_structure(seed, &|value, back| {
            let text = xml::write_root("Root", "http://example.com/", value);
            xml::read_document(text.as_bytes(), "Root", &ITEM, true, &mut |source| source.structure(back))
                .map_err(|error| format!("{error:?} in {text}"))
        })?;
    }

    #[test]
    fn query(seed: u64) {
        each_structure(seed, &|value, back| {
            let mut form = Form { pairs: Vec::new(), name: String::new(), rules: &ITEM };
            form.structure(value);
            query::read_input(&form.pairs, b"", back).map_err(named)
        })?;
    }

    #[test]
    fn headers(seed: u64) {
        for schema in tables::structures() {
            let value = header_value(schema, seed);
            let operation = Box::leak(Box::new(crate::Operation::new("Op", schema, schema)));
            let mut sent = value.1;
            let answer = rest::write_output(Protocol::RestXml, tables::ALL[2], operation, &mut sent);
            let mut headers = HeaderMap::new();
            headers.extend(answer.headers);
            let head = Head { method: Method::GET, path: "/".into(), query: vec![], headers, labels: vec![] };
            let mut back = Dynamic::empty(schema);
            rest::read_head(Protocol::RestXml, &head, &mut back).map_err(|error| TestCaseError::fail(named(error)))?;
            prop_assert_eq!(&back, &value.0);
        }
    }
}

/// A value with nothing but headers, twice. Their strings are such as headers can hold.
fn header_value(schema: &'static Structure, seed: u64) -> (Dynamic, Dynamic) {
    let wanted = |field: &Field| match field.at {
        // A length is told by the body where there is one; a list of nothing is not sent.
        At::Header => {
            !field.wire.eq_ignore_ascii_case("content-length")
                && !matches!(field.kind, Kind::Text | Kind::List(_))
        }
        _ => false,
    };
    let make = || Dynamic::random(schema, &mut Dice(seed), &wanted, DEPTH);
    (make(), make())
}

/// What a client of the Query protocol sends.
struct Form {
    pairs: Vec<(String, String)>,
    name: String,
    rules: &'static Rules,
}

impl Form {
    fn put(&mut self, value: &str) {
        self.pairs.push((self.name.clone(), value.to_owned()));
    }

    fn below(&mut self, part: &str, rules: &'static Rules, value: &dyn Value) {
        let outer = (self.name.clone(), self.rules);
        self.name = if self.name.is_empty() { part.to_owned() } else { format!("{}.{part}", self.name) };
        self.rules = rules;
        value.write(self);
        (self.name, self.rules) = outer;
    }
}

fn called(rules: &Rules, usual: &'static str) -> &'static str {
    if rules.called.is_empty() { usual } else { rules.called }
}

impl Sink for Form {
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
        self.put(value);
    }

    fn blob(&mut self, value: &Bytes) {
        self.put(&base64_simd::STANDARD.encode_to_string(value));
    }

    fn time(&mut self, value: base::Timestamp) {
        self.put(&time::iso(value, time::Precision::Seconds));
    }

    fn structure(&mut self, value: &dyn Fields) {
        let before = self.pairs.len();
        for (index, field) in value.schema().fields.iter().enumerate() {
            if let Some(member) = value.slot(index).value() {
                self.below(field.wire, &field.rules, member);
            }
        }
        // A structure without members leaves a trace too, so that lists keep their length.
        if self.pairs.len() == before && !self.name.is_empty() {
            self.put("");
        }
    }

    fn list(&mut self, value: &dyn Items) {
        let rules = self.rules.item.unwrap_or(&ITEM);
        for index in 0..value.len() {
            let part = match self.rules.flat {
                true => format!("{}", index + 1),
                false => format!("{}.{}", called(rules, "member"), index + 1),
            };
            self.below(&part, rules, value.item(index));
        }
    }

    fn map(&mut self, value: &dyn Entries) {
        let rules = self.rules;
        let (key_rules, value_rules) = (rules.key.unwrap_or(&ITEM), rules.item.unwrap_or(&ITEM));
        let mut index = 0;
        value.each(&mut |key, value| {
            index += 1;
            let entry = if rules.flat { format!("{index}") } else { format!("entry.{index}") };
            self.below(&format!("{entry}.{}", called(key_rules, "key")), &ITEM, &key.to_owned());
            self.below(&format!("{entry}.{}", called(value_rules, "value")), value_rules, value);
        });
    }
}
