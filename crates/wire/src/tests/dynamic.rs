//! A value of any structure, made from its schema.

use std::collections::BTreeMap;

use base::Timestamp;
use body::Body;
use bytes::Bytes;

use crate::schema::{At, Kind, Structure};
use crate::shape::{Document, Entries, Fields, Items, Sink, Slot, Source, Value, Width};
use crate::{DecodeError, Field};

pub struct Dynamic {
    pub schema: &'static Structure,
    pub slots: Vec<DynamicSlot>,
}

/// Two values are alike if they hold the same; the schemas are those of one table.
impl PartialEq for Dynamic {
    fn eq(&self, other: &Self) -> bool {
        self.schema.name == other.schema.name
            && self.slots.iter().zip(&other.slots).all(|(mine, theirs)| mine.value == theirs.value)
    }
}

impl std::fmt::Debug for Dynamic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct(self.schema.name);
        for (field, slot) in self.schema.fields.iter().zip(&self.slots) {
            if let Some(value) = &slot.value {
                shown.field(field.name, value);
            }
        }
        shown.finish()
    }
}

pub struct DynamicSlot {
    kind: Kind,
    pub value: Option<Any>,
}

#[derive(Debug, PartialEq)]
pub enum Any {
    Bool(bool),
    Integer(i64),
    Float(f32),
    Double(f64),
    Text(String),
    Blob(Bytes),
    Time(Timestamp),
    Document(Document),
    Structure(Dynamic),
    List(Vec<Any>),
    Map(BTreeMap<String, Any>),
}

impl Dynamic {
    pub fn empty(schema: &'static Structure) -> Self {
        let slots = schema.fields.iter().map(|field| DynamicSlot { kind: field.kind, value: None });
        Self { schema, slots: slots.collect() }
    }

    /// A random value. Members are present or not; only those that `wanted` takes.
    pub fn random(
        schema: &'static Structure,
        dice: &mut Dice,
        wanted: &dyn Fn(&Field) -> bool,
        depth: usize,
    ) -> Self {
        let mut value = Self::empty(schema);
        for (field, slot) in schema.fields.iter().zip(&mut value.slots) {
            let present = wanted(field) && dice.below(3) > 0;
            if present {
                slot.value = Any::random(field.kind, dice, depth);
            }
        }
        value
    }
}

impl Any {
    fn random(kind: Kind, dice: &mut Dice, depth: usize) -> Option<Any> {
        Some(match kind {
            Kind::Bool => Any::Bool(dice.below(2) == 1),
            Kind::Integer => Any::Integer(i64::from(dice.next() as i32)),
            Kind::Long => Any::Integer(dice.next() as i64 >> dice.below(64)),
            Kind::Float => Any::Float(dice.next() as i32 as f32 / 8.0),
            Kind::Double => Any::Double(dice.next() as i32 as f64 / 8.0),
            Kind::Text => Any::Text(dice.text()),
            Kind::Blob => Any::Blob((0..dice.below(40)).map(|_| dice.next() as u8).collect()),
            Kind::Time => Any::Time(Timestamp::from_secs(dice.below(4_000_000_000) as i64)),
            Kind::Document => Any::Document(Document("{\"a\":[1,null]}".to_owned())),
            Kind::Structure(_) if depth == 0 => return None,
            Kind::Structure(schema) => {
                // Below the top everything travels in the body.
                Any::Structure(Dynamic::random(
                    schema(),
                    dice,
                    &|field| field.at == At::Body && wanted_below(field),
                    depth - 1,
                ))
            }
            Kind::List(inner) => {
                let items = (0..=dice.below(3)).map(|_| Any::random(*inner, dice, depth));
                Any::List(items.collect::<Option<_>>()?)
            }
            Kind::Map(inner) => {
                let entries = (0..=dice.below(3))
                    .map(|index| Some((format!("key {index}"), Any::random(*inner, dice, depth)?)));
                Any::Map(entries.collect::<Option<_>>()?)
            }
            Kind::Body | Kind::Events => return None,
        })
    }

    fn read(kind: Kind, source: &mut dyn Source) -> Result<Any, DecodeError> {
        Ok(match kind {
            Kind::Bool => Any::Bool(source.bool()?),
            Kind::Integer => Any::Integer(source.integer(Width::Integer)?),
            Kind::Long => Any::Integer(source.integer(Width::Long)?),
            Kind::Float => Any::Float(source.double()? as f32),
            Kind::Double => Any::Double(source.double()?),
            Kind::Text => Any::Text(source.text()?),
            Kind::Blob => Any::Blob(source.blob()?),
            Kind::Time => Any::Time(source.time()?),
            Kind::Document => Any::Document(source.document()?),
            Kind::Structure(schema) => {
                let mut value = Dynamic::empty(schema());
                source.structure(&mut value)?;
                Any::Structure(value)
            }
            Kind::List(inner) => {
                let mut all = Vec::new();
                source.list(&mut |source| {
                    all.push(Any::read(*inner, source)?);
                    Ok(())
                })?;
                Any::List(all)
            }
            Kind::Map(inner) => {
                let mut all = BTreeMap::new();
                source.map(&mut |key, source| {
                    all.insert(key, Any::read(*inner, source)?);
                    Ok(())
                })?;
                Any::Map(all)
            }
            Kind::Body | Kind::Events => return Err(DecodeError::NotParsable),
        })
    }
}

fn wanted_below(field: &Field) -> bool {
    !matches!(field.kind, Kind::Body | Kind::Events)
}

impl Value for Any {
    fn write(&self, sink: &mut dyn Sink) {
        match self {
            Any::Bool(value) => sink.bool(*value),
            Any::Integer(value) => sink.integer(*value),
            Any::Float(value) => sink.float(*value),
            Any::Double(value) => sink.double(*value),
            Any::Text(value) => sink.text(value),
            Any::Blob(value) => sink.blob(value),
            Any::Time(value) => sink.time(*value),
            Any::Document(value) => sink.document(value),
            Any::Structure(value) => sink.structure(value),
            Any::List(value) => sink.list(&List(value)),
            Any::Map(value) => sink.map(&Map(value)),
        }
    }
}

struct List<'a>(&'a Vec<Any>);

impl Items for List<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn item(&self, index: usize) -> &dyn Value {
        &self.0[index]
    }
}

struct Map<'a>(&'a BTreeMap<String, Any>);

impl Entries for Map<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Value)) {
        for (key, value) in self.0 {
            visit(key, value);
        }
    }
}

impl Fields for Dynamic {
    fn schema(&self) -> &'static Structure {
        self.schema
    }

    fn slot(&self, index: usize) -> &dyn Slot {
        &self.slots[index]
    }

    fn slot_mut(&mut self, index: usize) -> &mut dyn Slot {
        &mut self.slots[index]
    }
}

impl Slot for DynamicSlot {
    fn value(&self) -> Option<&dyn Value> {
        self.value.as_ref().map(|value| value as &dyn Value)
    }

    fn fill(&mut self, source: &mut dyn Source) -> Result<(), DecodeError> {
        let more = Any::read(self.kind, source)?;
        match (&mut self.value, more) {
            (Some(Any::List(all)), Any::List(mut more)) if source.appends() => all.append(&mut more),
            (Some(Any::Map(all)), Any::Map(mut more)) if source.appends() => all.append(&mut more),
            (_, more) => self.value = Some(more),
        }
        Ok(())
    }

    fn take_body(&mut self) -> Option<Body> {
        None
    }
}

/// A small generator of numbers (splitmix64), so that one seed makes one value.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 16] = [
            "a", "Z9", " ", "", "\"", "\\", "/", "<&>'", "é", "漢", "🦀", "\n", "\r\n", "\t", "\u{4}",
            "\u{ffff}",
        ];
        (0..self.below(6)).map(|_| PIECES[self.below(PIECES.len() as u64) as usize]).collect()
    }
}
