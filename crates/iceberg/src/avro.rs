//! Avro's object container files, as far as manifests use them: a header that names the schema and whatever else, then blocks of records.
//!
//! ```text
//! "Obj" 1 | map of texts to bytes: avro.schema, avro.codec, … | 16 bytes that end every block
//! records of a block | its bytes | the records, compressed | the same 16 bytes
//! ```
//!
//! A record is read by the schema its writer had. What is asked of it later is found by the field ids that Iceberg puts beside names.
//!
//! Whoever may write beside a table chooses these bytes, so what they unfold to is bounded as a whole: the nodes of a schema with named types in the
//! place of their names, the bytes of all blocks, the values in them. A type that is named often is held once.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::{Error, malformed};

const MAGIC: &[u8] = b"Obj\x01";
/// How deep schemas and values may be nested.
const DEPTH_MAX: usize = 64;
/// Bytes of a schema's text.
const SCHEMA_BYTES_MAX: usize = 4 << 20;
/// Nodes of a schema, those of named types counted wherever they are named.
const NODES_MAX: usize = 100_000;
/// Members of a header.
const HEADER_MAX: usize = 1_000;
/// Bytes of all blocks of a file when they are unpacked.
const UNPACKED_MAX: usize = 64 << 20;
/// Values of a file, those within others included.
const VALUES_MAX: usize = 4 << 20;
/// Bytes of a text that an error quotes.
const QUOTED_MAX: usize = 200;

const TOO_LARGE: &str = "the file is too large";

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `boolean`
    Bool(bool),
    /// `int`, and which of an enum's
    Int(i32),
    /// `long`
    Long(i64),
    /// `float`
    Float(f32),
    /// `double`
    Double(f64),
    /// `bytes`, `fixed`
    Bytes(Vec<u8>),
    /// `string`
    Text(String),
    /// `array`
    Array(Vec<Value>),
    /// `map`
    Map(Vec<(String, Value)>),
    /// `record`: the fields in the schema's order
    Record(Vec<Value>),
}

/// A schema, understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Schema {
    /// `null`
    Null,
    /// `boolean`
    Bool,
    /// `int`, `enum`
    Int,
    /// `long`
    Long,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `bytes`
    Bytes,
    /// `string`
    Text,
    /// `fixed` of so many bytes
    Fixed(usize),
    /// `array`
    Array(Arc<Schema>),
    /// `map`
    Map(Arc<Schema>),
    /// `record`
    Record(Arc<[Field]>),
    /// A union
    Union(Arc<[Schema]>),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Iceberg's id of it.
    pub id: Option<i32>,
    /// Its schema.
    pub schema: Schema,
}

impl Schema {
    /// From its JSON form.
    pub fn parse(json: &Json) -> Result<Self, Error> {
        Parser::default().schema(json, 0)
    }

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "null" => Schema::Null,
            "boolean" => Schema::Bool,
            "int" => Schema::Int,
            "long" => Schema::Long,
            "float" => Schema::Float,
            "double" => Schema::Double,
            "bytes" => Schema::Bytes,
            "string" => Schema::Text,
            _ => return None,
        })
    }

    /// The fields of a record's schema.
    pub fn fields(&self) -> &[Field] {
        match self {
            Schema::Record(fields) => fields,
            Schema::Union(branches) => {
                branches.iter().map(Schema::fields).find(|fields| !fields.is_empty()).unwrap_or(&[])
            }
            Schema::Array(items) => items.fields(),
            Schema::Null
            | Schema::Bool
            | Schema::Int
            | Schema::Long
            | Schema::Float
            | Schema::Double
            | Schema::Bytes
            | Schema::Text
            | Schema::Fixed(_)
            | Schema::Map(_) => &[],
        }
    }

    /// Where the field with an id stands, or else that of a name.
    pub fn place(&self, id: i32, name: &str) -> Option<usize> {
        let fields = self.fields();
        fields
            .iter()
            .position(|field| field.id == Some(id))
            .or_else(|| fields.iter().position(|field| field.name == name))
    }
}

/// Reads a schema's JSON form.
#[derive(Default)]
struct Parser {
    named: HashMap<String, Schema>,
    /// How many there are so far.
    nodes: usize,
}

impl Parser {
    fn schema(&mut self, json: &Json, depth: usize) -> Result<Schema, Error> {
        let unknown = || unknown(json);
        self.node(depth)?;
        let object = match json {
            Json::String(word) => return self.of_name(word, depth),
            Json::Array(branches) => {
                let branches = branches.iter().map(|branch| self.schema(branch, depth + 1));
                return branches.collect::<Result<_, _>>().map(Schema::Union);
            }
            Json::Object(object) => object,
            Json::Null | Json::Bool(_) | Json::Number(_) => return Err(unknown()),
        };
        let kind = object.get("type").ok_or_else(unknown)?;
        let Some(word) = kind.as_str() else { return self.schema(kind, depth + 1) };
        let part = |name: &str| object.get(name).ok_or_else(unknown);
        let schema = match word {
            "array" => Schema::Array(Arc::new(self.schema(part("items")?, depth + 1)?)),
            "map" => Schema::Map(Arc::new(self.schema(part("values")?, depth + 1)?)),
            "enum" => Schema::Int,
            "fixed" => {
                let size = part("size")?.as_u64().and_then(|size| usize::try_from(size).ok());
                Schema::Fixed(size.ok_or_else(unknown)?)
            }
            "record" => {
                let fields = part("fields")?.as_array().ok_or_else(unknown)?;
                let fields = fields.iter().map(|field| self.field(field, depth + 1));
                Schema::Record(fields.collect::<Result<_, _>>()?)
            }
            word => return self.of_name(word, depth),
        };
        if let (Some(name), Schema::Record(_) | Schema::Fixed(_) | Schema::Int) =
            (object.get("name").and_then(Json::as_str), &schema)
        {
            self.named.insert(name.to_owned(), schema.clone());
            if let Some(space) = object.get("namespace").and_then(Json::as_str) {
                self.named.insert(format!("{space}.{name}"), schema.clone());
            }
        }
        Ok(schema)
    }

    fn field(&mut self, field: &Json, depth: usize) -> Result<Field, Error> {
        let id = field.get("field-id").and_then(Json::as_i64).and_then(|id| i32::try_from(id).ok());
        let name = field.get("name").and_then(Json::as_str).ok_or_else(|| unknown(field))?.to_owned();
        let schema = self.schema(field.get("type").ok_or_else(|| unknown(field))?, depth)?;
        Ok(Field { name, id, schema })
    }

    fn of_name(&mut self, word: &str, depth: usize) -> Result<Schema, Error> {
        if let Some(schema) = Schema::of_word(word) {
            return Ok(schema);
        }
        let named = self.named.get(word).cloned().ok_or_else(|| unknown(&Json::from(word)))?;
        self.unfold(&named, depth)?;
        Ok(named)
    }

    /// Counts a node that stands this deep.
    fn node(&mut self, depth: usize) -> Result<(), Error> {
        self.nodes += 1;
        if depth > DEPTH_MAX {
            return Err(malformed("a schema of Avro is nested too deep"));
        }
        if self.nodes > NODES_MAX {
            return Err(malformed("a schema of Avro is too large"));
        }
        Ok(())
    }

    /// Counts the nodes of a named type where it is named.
    fn unfold(&mut self, schema: &Schema, depth: usize) -> Result<(), Error> {
        self.node(depth)?;
        match schema {
            Schema::Array(of) | Schema::Map(of) => self.unfold(of, depth + 1),
            Schema::Record(fields) => {
                fields.iter().try_for_each(|field| self.unfold(&field.schema, depth + 1))
            }
            Schema::Union(branches) => branches.iter().try_for_each(|branch| self.unfold(branch, depth + 1)),
            Schema::Null
            | Schema::Bool
            | Schema::Int
            | Schema::Long
            | Schema::Float
            | Schema::Double
            | Schema::Bytes
            | Schema::Text
            | Schema::Fixed(_) => Ok(()),
        }
    }
}

fn unknown(json: &Json) -> Error {
    let text: String = json.to_string().chars().take(QUOTED_MAX).collect();
    malformed(format!("{text} is no schema of Avro"))
}

/// What a file holds.
#[derive(Debug)]
pub struct File {
    /// The header's other members.
    pub header: BTreeMap<String, Vec<u8>>,
    /// The schema of its records.
    pub schema: Schema,
    /// The records.
    pub records: Vec<Value>,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<File, Error> {
    let mut reader = Reader { bytes, values: VALUES_MAX };
    if reader.take(4)? != MAGIC {
        return Err(malformed("no file of Avro"));
    }
    let mut header = BTreeMap::new();
    reader.blocks(|reader| {
        let name = reader.text()?;
        header.insert(name, reader.block()?.to_vec());
        match header.len() {
            0..=HEADER_MAX => Ok(()),
            _ => Err(malformed("a file of Avro has too long a header")),
        }
    })?;
    let sync = reader.take(16)?.to_vec();
    let schema = header.get("avro.schema").ok_or_else(|| malformed("a file of Avro has no schema"))?;
    if schema.len() > SCHEMA_BYTES_MAX {
        return Err(malformed("a schema of Avro is too large"));
    }
    let schema: Json = serde_json::from_slice(schema).map_err(|error| malformed(error.to_string()))?;
    let schema = Schema::parse(&schema)?;
    let codec = header.get("avro.codec").map_or(&b"null"[..], |codec| codec);
    let mut records = Vec::new();
    let (mut bytes_left, mut values_left) = (UNPACKED_MAX, VALUES_MAX);
    while !reader.bytes.is_empty() {
        let count = reader.long()?;
        let unpacked = unpack(codec, reader.block()?, bytes_left)?;
        bytes_left -= unpacked.len();
        let mut block = Reader { bytes: &unpacked, values: values_left };
        if count < 0 {
            return Err(malformed("a block of Avro has fewer records than none"));
        }
        for _ in 0..count {
            records.push(block.value(&schema, 0)?);
        }
        values_left = block.values;
        if reader.take(16)? != sync {
            return Err(malformed("a block of Avro does not end where it should"));
        }
    }
    Ok(File { header, schema, records })
}

/// A block's bytes, of which there may be `most`.
fn unpack(codec: &[u8], packed: &[u8], most: usize) -> Result<Vec<u8>, Error> {
    let failed =
        |error: &dyn std::fmt::Display| malformed(format!("a block of Avro cannot be unpacked: {error}"));
    let mut unpacked = Vec::new();
    // One more than there may be tells that there are too many.
    let limit = most as u64 + 1;
    match codec {
        b"null" if packed.len() <= most => unpacked.extend_from_slice(packed),
        b"null" => return Err(failed(&TOO_LARGE)),
        b"deflate" => {
            let mut inflate = flate2::read::DeflateDecoder::new(packed).take(limit);
            inflate.read_to_end(&mut unpacked).map_err(|error| failed(&error))?;
        }
        // Four bytes of a checksum follow.
        b"snappy" => {
            let body = packed
                .len()
                .checked_sub(4)
                .map(|end| &packed[..end])
                .ok_or_else(|| failed(&"it is too short"))?;
            let length = snap::raw::decompress_len(body).map_err(|error| failed(&error))?;
            if length > most {
                return Err(failed(&TOO_LARGE));
            }
            unpacked = snap::raw::Decoder::new().decompress_vec(body).map_err(|error| failed(&error))?;
        }
        b"zstandard" => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(packed).map_err(|error| failed(&error))?;
            decoder.take(limit).read_to_end(&mut unpacked).map_err(|error| failed(&error))?;
        }
        other => {
            return Err(Error::Unsupported(format!(
                "the codec {} is not known",
                String::from_utf8_lossy(&other[..other.len().min(QUOTED_MAX)])
            )));
        }
    }
    if unpacked.len() > most {
        return Err(failed(&TOO_LARGE));
    }
    Ok(unpacked)
}

/// Makes a file of these records, in one block. `schema` must be that of the records.
pub fn write(schema: &Json, header: &[(&str, String)], records: &[Value]) -> Result<Vec<u8>, Error> {
    let understood = Schema::parse(schema)?;
    let mut bytes = MAGIC.to_vec();
    let mut members: Vec<(&str, String)> =
        vec![("avro.schema", schema.to_string()), ("avro.codec", "deflate".to_owned())];
    members.extend(header.iter().cloned());
    put_long(&mut bytes, members.len() as i64);
    for (name, value) in &members {
        put_bytes(&mut bytes, name.as_bytes());
        put_bytes(&mut bytes, value.as_bytes());
    }
    put_long(&mut bytes, 0);
    let mut plain = Vec::new();
    for record in records {
        put(&mut plain, &understood, record)?;
    }
    // What ends a block need only be unlikely within it: the length and a sum of what stands there.
    let sum = plain
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    let mut sync = [0; 16];
    sync[..8].copy_from_slice(&sum.to_le_bytes());
    sync[8..].copy_from_slice(&(plain.len() as u64 ^ 0x9e37_79b9_7f4a_7c15).to_le_bytes());
    bytes.extend_from_slice(&sync);
    if !records.is_empty() {
        let mut packed = Vec::new();
        let mut deflate = flate2::read::DeflateEncoder::new(&plain[..], flate2::Compression::default());
        deflate.read_to_end(&mut packed).map_err(|error| malformed(error.to_string()))?;
        put_long(&mut bytes, records.len() as i64);
        put_bytes(&mut bytes, &packed);
        bytes.extend_from_slice(&sync);
    }
    Ok(bytes)
}

fn put_long(bytes: &mut Vec<u8>, value: i64) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

fn put_bytes(bytes: &mut Vec<u8>, value: &[u8]) {
    put_long(bytes, value.len() as i64);
    bytes.extend_from_slice(value);
}

fn put(bytes: &mut Vec<u8>, schema: &Schema, value: &Value) -> Result<(), Error> {
    match (schema, value) {
        (Schema::Union(branches), value) => {
            let of = |branch: &&Schema| matches!(branch, Schema::Null) == matches!(value, Value::Null);
            let branch =
                branches.iter().find(of).ok_or_else(|| malformed("a union has no branch for a value"))?;
            let place = branches.iter().position(|other| std::ptr::eq(other, branch)).unwrap_or(0);
            put_long(bytes, place as i64);
            put(bytes, branch, value)?;
        }
        (Schema::Null, Value::Null) => {}
        (Schema::Bool, Value::Bool(value)) => bytes.push(u8::from(*value)),
        (Schema::Int, Value::Int(value)) => put_long(bytes, i64::from(*value)),
        (Schema::Long, Value::Long(value)) => put_long(bytes, *value),
        (Schema::Float, Value::Float(value)) => bytes.extend_from_slice(&value.to_le_bytes()),
        (Schema::Double, Value::Double(value)) => bytes.extend_from_slice(&value.to_le_bytes()),
        (Schema::Bytes, Value::Bytes(value)) => put_bytes(bytes, value),
        (Schema::Fixed(size), Value::Bytes(value)) if value.len() == *size => bytes.extend_from_slice(value),
        (Schema::Text, Value::Text(value)) => put_bytes(bytes, value.as_bytes()),
        (Schema::Array(items), Value::Array(values)) => {
            if !values.is_empty() {
                put_long(bytes, values.len() as i64);
                for value in values {
                    put(bytes, items, value)?;
                }
            }
            put_long(bytes, 0);
        }
        (Schema::Map(values), Value::Map(entries)) => {
            if !entries.is_empty() {
                put_long(bytes, entries.len() as i64);
                for (key, value) in entries {
                    put_bytes(bytes, key.as_bytes());
                    put(bytes, values, value)?;
                }
            }
            put_long(bytes, 0);
        }
        (Schema::Record(fields), Value::Record(values)) if fields.len() == values.len() => {
            for (field, value) in fields.iter().zip(values) {
                put(bytes, &field.schema, value)?;
            }
        }
        (schema, value) => return Err(malformed(format!("{value:?} is not of the schema {schema:?}"))),
    }
    Ok(())
}

struct Reader<'b> {
    bytes: &'b [u8],
    /// How many more there may be.
    values: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], Error> {
        let (taken, rest) =
            self.bytes.split_at_checked(count).ok_or_else(|| malformed("a file of Avro is cut"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn long(&mut self) -> Result<i64, Error> {
        let mut whole = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            whole |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok((whole >> 1) as i64 ^ -((whole & 1) as i64));
            }
        }
        Err(malformed("a number of Avro is too long"))
    }

    fn block(&mut self) -> Result<&'b [u8], Error> {
        let length = usize::try_from(self.long()?).map_err(|_| malformed("a length of Avro is negative"))?;
        self.take(length)
    }

    fn text(&mut self) -> Result<String, Error> {
        let bytes = self.block()?.to_vec();
        String::from_utf8(bytes).map_err(|_| malformed("a text of Avro is no UTF-8"))
    }

    /// Items of an array or a map, which stand in blocks.
    fn blocks(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        loop {
            let mut count = self.long()?;
            if count < 0 {
                self.long()?;
                count = count.checked_neg().ok_or_else(|| malformed("a block of Avro has too many items"))?;
            }
            if count == 0 {
                return Ok(());
            }
            for _ in 0..count {
                item(self)?;
            }
        }
    }

    fn value(&mut self, schema: &Schema, depth: usize) -> Result<Value, Error> {
        if depth > DEPTH_MAX {
            return Err(malformed("a value of Avro is nested too deep"));
        }
        let left = self.values.checked_sub(1);
        self.values = left.ok_or_else(|| malformed("a file of Avro has too many values"))?;
        Ok(match schema {
            Schema::Null => Value::Null,
            Schema::Bool => Value::Bool(self.take(1)?[0] != 0),
            Schema::Int => {
                Value::Int(i32::try_from(self.long()?).map_err(|_| malformed("an int of Avro is too large"))?)
            }
            Schema::Long => Value::Long(self.long()?),
            Schema::Float => {
                Value::Float(self.take(4)?.try_into().map(f32::from_le_bytes).unwrap_or_default())
            }
            Schema::Double => {
                Value::Double(self.take(8)?.try_into().map(f64::from_le_bytes).unwrap_or_default())
            }
            Schema::Bytes => Value::Bytes(self.block()?.to_vec()),
            Schema::Text => Value::Text(self.text()?),
            Schema::Fixed(size) => Value::Bytes(self.take(*size)?.to_vec()),
            Schema::Array(items) => {
                let mut values = Vec::new();
                self.blocks(|reader| {
                    values.push(reader.value(items, depth + 1)?);
                    Ok(())
                })?;
                Value::Array(values)
            }
            Schema::Map(of) => {
                let mut values = Vec::new();
                self.blocks(|reader| {
                    let key = reader.text()?;
                    values.push((key, reader.value(of, depth + 1)?));
                    Ok(())
                })?;
                Value::Map(values)
            }
            Schema::Record(fields) => {
                let values = fields.iter().map(|field| self.value(&field.schema, depth + 1));
                Value::Record(values.collect::<Result<_, _>>()?)
            }
            Schema::Union(branches) => {
                let place = usize::try_from(self.long()?).ok().and_then(|place| branches.get(place));
                self.value(place.ok_or_else(|| malformed("a union of Avro has no such branch"))?, depth + 1)?
            }
        })
    }
}

/// The schema of something that may be absent.
pub(crate) fn optional(schema: Json) -> Json {
    json!(["null", schema])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sample() -> Json {
        json!({"type": "record", "name": "r", "fields": [
            {"name": "a", "type": "long", "field-id": 7},
            {"name": "b", "type": ["null", "string"], "default": null},
            {"name": "c", "type": {"type": "array", "items": {"type": "record", "name": "p", "fields": [
                {"name": "k", "type": "int"}, {"name": "v", "type": "bytes"}]}}},
            {"name": "d", "type": {"type": "map", "values": "double"}},
            {"name": "e", "type": {"type": "fixed", "name": "f3", "size": 3}},
            {"name": "f", "type": ["null", "p"]},
            {"name": "g", "type": "boolean"},
        ]})
    }

    fn record(a: i64, b: Option<String>, c: Vec<(i32, Vec<u8>)>, d: f64) -> Value {
        let pair = |(key, value): (i32, Vec<u8>)| Value::Record(vec![Value::Int(key), Value::Bytes(value)]);
        Value::Record(vec![
            Value::Long(a),
            b.map_or(Value::Null, Value::Text),
            Value::Array(c.into_iter().map(pair).collect()),
            Value::Map(vec![("x".to_owned(), Value::Double(d))]),
            Value::Bytes(vec![1, 2, 3]),
            pair((-1, Vec::new())),
            Value::Bool(true),
        ])
    }

    proptest! {
        #[test]
        fn files_round_trip(rows in proptest::collection::vec(
            (any::<i64>(), any::<Option<String>>(), proptest::collection::vec((any::<i32>(), any::<Vec<u8>>()), 0..4), -1e9..1e9_f64), 0..5)) {
            let records: Vec<Value> = rows.into_iter().map(|(a, b, c, d)| record(a, b, c, d)).collect();
            let file = read(&write(&sample(), &[("who", "me".to_owned())], &records).unwrap()).unwrap();
            prop_assert_eq!(file.records, records);
            prop_assert_eq!(&file.header["who"], b"me");
            prop_assert_eq!(file.schema.place(7, "z"), Some(0));
            prop_assert_eq!(file.schema.place(8, "c"), Some(2));
        }

        #[test]
        fn what_is_cut_is_refused_and_what_is_damaged_is_refused_or_still_of_its_schema(at in 0..400_usize, with: u8) {
            let mut bytes = write(&sample(), &[], &[record(5, None, vec![(1, vec![2])], 0.5)]).unwrap();
            let place = at % bytes.len();
            // Without its blocks a file is whole.
            prop_assert!(read(&bytes[..place]).is_ok_and(|file| file.records.is_empty()) == (place == header(&bytes)));
            bytes[place] = with;
            if let Ok(file) = read(&bytes) {
                for record in &file.records {
                    prop_assert!(put(&mut Vec::new(), &file.schema, record).is_ok(), "{record:?}");
                }
            }
        }
    }

    /// Bytes of a file's header.
    fn header(bytes: &[u8]) -> usize {
        let mut reader = Reader { bytes: &bytes[4..], values: 0 };
        reader.blocks(|reader| reader.text().and_then(|_| reader.block()).map(drop)).unwrap();
        bytes.len() - reader.bytes.len() + 16
    }

    /// A file of a schema with blocks of one count, all of the same bytes as they are.
    fn file(schema: &Json, blocks: usize, count: i64, packed: &[u8], codec: &str) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        put_long(&mut bytes, 2);
        for member in ["avro.schema", &schema.to_string(), "avro.codec", codec] {
            put_bytes(&mut bytes, member.as_bytes());
        }
        put_long(&mut bytes, 0);
        bytes.extend([7; 16]);
        for _ in 0..blocks {
            put_long(&mut bytes, count);
            put_bytes(&mut bytes, packed);
            bytes.extend([7; 16]);
        }
        bytes
    }

    fn refusal(bytes: &[u8]) -> String {
        match read(bytes) {
            Err(error) => error.to_string(),
            Ok(file) => panic!("{} records were read", file.records.len()),
        }
    }

    #[test]
    fn a_schema_whose_named_types_unfold_to_too_much_is_refused() {
        // Each type names the one before it `width` times.
        let tower = |levels: usize, width: usize| {
            let mut types =
                vec![json!({"type": "record", "name": "t0", "fields": [{"name": "a", "type": "int"}]})];
            for level in 1..levels {
                let below = format!("t{}", level - 1);
                let fields: Vec<Json> =
                    (0..width).map(|at| json!({"name": format!("f{at}"), "type": below})).collect();
                types.push(json!({"type": "record", "name": format!("t{level}"), "fields": fields}));
            }
            Json::from(types)
        };
        let refusal = |schema: &Json| refusal(&file(schema, 1, 1, b"", "null"));
        assert!(refusal(&tower(40, 2)).contains("too large"));
        assert!(refusal(&tower(3, 1_000)).contains("too large"));
        assert!(refusal(&tower(5_000, 1)).contains("too deep"));
        assert!(Schema::parse(&tower(10, 2)).is_ok());
        assert!(Schema::parse(&tower(50, 1)).is_ok());
    }

    #[test]
    fn a_type_that_is_named_often_is_held_once() {
        let schema = Schema::parse(&sample()).unwrap();
        let (Schema::Array(items), Schema::Union(branches)) =
            (&schema.fields()[2].schema, &schema.fields()[5].schema)
        else {
            panic!("another schema")
        };
        let (Schema::Record(defined), Schema::Record(named)) = (&**items, &branches[1]) else {
            panic!("another schema")
        };
        assert!(Arc::ptr_eq(defined, named));
    }

    #[test]
    fn values_that_take_no_bytes_are_bounded_over_all_blocks() {
        let fields: Vec<Json> = (0..99).map(|at| json!({"name": format!("n{at}"), "type": "null"})).collect();
        let schema = json!({"type": "record", "name": "r", "fields": fields});
        assert_eq!(read(&file(&schema, 4, 1_000, b"", "null")).unwrap().records.len(), 4_000);
        assert!(refusal(&file(&schema, 50, 1_000, b"", "null")).contains("too many values"));
        // Nor does a count that no bytes follow make room for as many.
        let mut items = Vec::new();
        put_long(&mut items, i64::MAX);
        let array = Schema::Array(Arc::new(Schema::Null));
        let read = Reader { bytes: &items, values: 1_000 }.value(&array, 0);
        assert!(read.unwrap_err().to_string().contains("too many values"));
    }

    #[test]
    fn blocks_are_bounded_as_a_whole_when_they_are_unpacked() {
        let mut packed = Vec::new();
        let zeros = vec![0; 8 << 20];
        flate2::read::DeflateEncoder::new(&zeros[..], flate2::Compression::fast())
            .read_to_end(&mut packed)
            .unwrap();
        assert!(read(&file(&json!("long"), 8, 1, &packed, "deflate")).is_ok());
        assert!(refusal(&file(&json!("long"), 9, 1, &packed, "deflate")).contains(TOO_LARGE));
    }

    #[test]
    fn a_value_that_is_not_of_the_schema_is_refused() {
        assert!(write(&json!("long"), &[], &[Value::Text("x".to_owned())]).is_err());
        assert!(Schema::parse(&json!({"type": "record", "name": "r"})).is_err());
        assert!(Schema::parse(&json!("nothing")).is_err());
    }
}
