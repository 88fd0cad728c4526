//! What files of columns say about themselves: Parquet's and ORC's footers, Avro's header. Only their schemas are read, never their rows.
//!
//! | format | where | written as |
//! |---|---|---|
//! | Parquet | the end: metadata, its length (u32, little-endian), `PAR1` | Thrift, compact protocol |
//! | ORC | the end: footer, postscript, the postscript's length (u8) | Protocol Buffers; the footer in compressed chunks |
//! | Avro | the beginning: `Obj` 0x01, a map with `avro.schema` | Avro itself, the schema as JSON |

use serde_json::Value;

use super::kinds::{Column, Kind};

/// How deep a schema may nest.
const DEPTH_MAX: usize = 64;
/// Bytes of a footer once it is unpacked.
const FOOTER_MAX: usize = 32 << 20;
/// Columns of a schema, nested ones included.
const COLUMNS_MAX: usize = 100_000;

/// A file's schema.
#[derive(Clone, PartialEq, Debug)]
pub struct Header {
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it has, if it says so.
    pub rows: Option<u64>,
}

/// How much of a Parquet file's end its footer takes, by its last eight bytes; `None` if it is no such file.
pub fn parquet_footer_bytes(tail: &[u8]) -> Option<u64> {
    let (_, last) = tail.split_last_chunk::<8>()?;
    let length = u32::from_le_bytes([last[0], last[1], last[2], last[3]]);
    (&last[4..] == b"PAR1").then_some(u64::from(length) + 8)
}

/// Reads a Parquet file's footer out of its end.
pub fn parquet(tail: &[u8]) -> Option<Header> {
    let length = usize::try_from(parquet_footer_bytes(tail)?).ok()?;
    let footer = tail.get(tail.len().checked_sub(length)?..tail.len() - 8)?;
    let metadata = Thrift(footer).structure(0)?;
    let rows = metadata.iter().find(|(id, _)| *id == 3).and_then(|(_, value)| value.number());
    let (_, elements) = metadata.iter().find(|(id, _)| *id == 2)?;
    let ThriftValue::List(elements) = elements else { return None };
    let mut elements = elements.iter();
    let root = Element::of(elements.next()?)?;
    let columns = children(root.children, &mut elements, 0)?;
    Some(Header { columns, rows: rows.and_then(|rows| u64::try_from(rows).ok()) })
}

/// A node of Parquet's flattened tree.
struct Element {
    name: String,
    physical: Option<i64>,
    repeated: bool,
    children: usize,
    converted: Option<i64>,
    scale: i64,
    precision: i64,
    logical: Option<i16>,
}

impl Element {
    fn of(value: &ThriftValue) -> Option<Self> {
        let ThriftValue::Structure(fields) = value else { return None };
        let number =
            |id: i16| fields.iter().find(|(there, _)| *there == id).and_then(|(_, value)| value.number());
        let name = fields.iter().find_map(|(id, value)| match (id, value) {
            (4, ThriftValue::Bytes(name)) => String::from_utf8(name.clone()).ok(),
            (_, _) => None,
        })?;
        let logical = fields.iter().find_map(|(id, value)| match (id, value) {
            (10, ThriftValue::Structure(inner)) => inner.first().map(|(id, _)| *id),
            (_, _) => None,
        });
        Some(Self {
            name,
            physical: number(1),
            repeated: number(3) == Some(2),
            children: usize::try_from(number(5).unwrap_or(0)).ok()?,
            converted: number(6),
            scale: number(7).unwrap_or(0),
            precision: number(8).unwrap_or(0),
            logical,
        })
    }

    /// The type of a node without children.
    fn scalar(&self) -> Kind {
        let other = |text: &str| Kind::Other(text.to_owned());
        match (self.physical, self.converted, self.logical) {
            (_, Some(5), _) | (_, _, Some(5)) => {
                Kind::Other(format!("decimal({},{})", self.precision, self.scale))
            }
            (_, Some(6), _) | (_, _, Some(6)) => other("date"),
            (_, Some(9 | 10), _) | (_, _, Some(8)) | (Some(3), ..) => other("timestamp"),
            (_, Some(15), _) => other("tinyint"),
            (_, Some(16), _) => other("smallint"),
            (Some(0), ..) => Kind::Boolean,
            (Some(1), ..) => Kind::Int,
            (Some(2), ..) => Kind::Long,
            (Some(4), ..) => other("float"),
            (Some(5), ..) => Kind::Double,
            (_, Some(0 | 4 | 19), _) | (_, _, Some(1 | 4 | 12)) => Kind::Text,
            (Some(6 | 7), ..) => other("binary"),
            (_, _, _) => Kind::Text,
        }
    }
}

fn children<'v>(
    count: usize,
    elements: &mut impl Iterator<Item = &'v ThriftValue>,
    depth: usize,
) -> Option<Vec<Column>> {
    if depth > DEPTH_MAX || count > COLUMNS_MAX {
        return None;
    }
    let mut columns = Vec::new();
    for _ in 0..count {
        let element = Element::of(elements.next()?)?;
        let kind = if element.children == 0 {
            element.scalar()
        } else {
            let inner = children(element.children, elements, depth + 1)?;
            group(&element, inner)
        };
        let kind = if element.repeated { Kind::Array(Box::new(kind)) } else { kind };
        columns.push(Column { name: element.name, kind });
    }
    Some(columns)
}

/// The type of a node with children: a list, a map, or a structure.
fn group(element: &Element, mut inner: Vec<Column>) -> Kind {
    let is_list = element.converted == Some(3) || element.logical == Some(3);
    let is_map = matches!(element.converted, Some(1 | 2)) || element.logical == Some(2);
    match inner.pop() {
        Some(Column { kind: Kind::Array(item), .. }) if inner.is_empty() && is_list => match *item {
            // The usual three levels: a repeated group around the item.
            Kind::Struct(mut wrapped) if wrapped.len() == 1 => {
                Kind::Array(Box::new(wrapped.pop().map_or(Kind::Unknown, |column| column.kind)))
            }
            item => Kind::Array(Box::new(item)),
        },
        Some(Column { kind: Kind::Array(entry), .. }) if inner.is_empty() && is_map => match *entry {
            Kind::Struct(mut pair) if pair.len() == 2 => {
                let value = pair.pop().map_or(Kind::Unknown, |column| column.kind);
                Kind::Map(Box::new(value))
            }
            entry => Kind::Array(Box::new(entry)),
        },
        Some(last) => {
            inner.push(last);
            Kind::Struct(inner)
        }
        None => Kind::Struct(inner),
    }
}

#[derive(Clone, PartialEq, Debug)]
enum ThriftValue {
    Number(i64),
    Bytes(Vec<u8>),
    List(Vec<ThriftValue>),
    Structure(Vec<(i16, ThriftValue)>),
}

impl ThriftValue {
    fn number(&self) -> Option<i64> {
        match self {
            ThriftValue::Number(number) => Some(*number),
            ThriftValue::Bytes(_) | ThriftValue::List(_) | ThriftValue::Structure(_) => None,
        }
    }
}

/// A reader of Thrift's compact protocol.
struct Thrift<'b>(&'b [u8]);

impl Thrift<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    fn structure(&mut self, depth: usize) -> Option<Vec<(i16, ThriftValue)>> {
        let mut fields = Vec::new();
        let mut id = 0i16;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(fields);
            }
            let delta = i16::from(head >> 4);
            id = if delta == 0 { i16::try_from(self.zigzag()?).ok()? } else { id.checked_add(delta)? };
            fields.push((id, self.value(head & 0x0f, false, depth)?));
        }
    }

    fn value(&mut self, kind: u8, in_list: bool, depth: usize) -> Option<ThriftValue> {
        if depth > DEPTH_MAX {
            return None;
        }
        Some(match kind {
            1 | 2 if in_list => ThriftValue::Number(i64::from(self.byte()? == 1)),
            1 => ThriftValue::Number(1),
            2 => ThriftValue::Number(0),
            3 => ThriftValue::Number(i64::from(self.byte()?.cast_signed())),
            4..=6 => ThriftValue::Number(self.zigzag()?),
            7 => {
                self.0 = self.0.get(8..)?;
                ThriftValue::Number(0)
            }
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                let bytes = self.0.get(..length)?.to_vec();
                self.0 = &self.0[length..];
                ThriftValue::Bytes(bytes)
            }
            9 | 10 => {
                let head = self.byte()?;
                let size = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                let size = usize::try_from(size).ok().filter(|size| *size <= self.0.len())?;
                let items =
                    (0..size).map(|_| self.value(head & 0x0f, true, depth + 1)).collect::<Option<_>>();
                ThriftValue::List(items?)
            }
            11 => {
                let size = usize::try_from(self.varint()?).ok().filter(|size| *size <= self.0.len())?;
                if size > 0 {
                    let kinds = self.byte()?;
                    for _ in 0..size {
                        self.value(kinds >> 4, true, depth + 1)?;
                        self.value(kinds & 0x0f, true, depth + 1)?;
                    }
                }
                ThriftValue::List(Vec::new())
            }
            12 => ThriftValue::Structure(self.structure(depth + 1)?),
            _ => return None,
        })
    }
}

/// Reads an ORC file's footer out of its end. Footers that are compressed otherwise than by zlib or Snappy are not read.
pub fn orc(tail: &[u8]) -> Option<Header> {
    let (length, rest) = tail.split_last()?;
    let at = rest.len().checked_sub(usize::from(*length))?;
    let (rest, postscript) = rest.split_at(at);
    let postscript = fields(postscript)?;
    let number =
        |id: u64| postscript.iter().find(|(there, _)| *there == id).and_then(|(_, value)| value.number());
    let is_orc = postscript.iter().any(|(id, value)| *id == 8000 && value.bytes() == Some(b"ORC".as_slice()));
    let footer_bytes = usize::try_from(number(1)?).ok().filter(|_| is_orc)?;
    let footer = rest.get(rest.len().checked_sub(footer_bytes)?..)?;
    let footer = unpacked(footer, number(2).unwrap_or(0))?;
    let footer = fields(&footer)?;
    let rows = footer.iter().find(|(id, _)| *id == 6).and_then(|(_, value)| value.number());
    let types: Vec<_> =
        footer.iter().filter(|(id, _)| *id == 4).filter_map(|(_, value)| fields(value.bytes()?)).collect();
    match orc_type(&types, 0, 0)? {
        Kind::Struct(columns) => Some(Header { columns, rows }),
        _ => None,
    }
}

fn orc_type(types: &[Vec<(u64, ProtoValue<'_>)>], at: usize, depth: usize) -> Option<Kind> {
    if depth > DEPTH_MAX {
        return None;
    }
    let fields = types.get(at)?;
    let number =
        |id: u64| fields.iter().find(|(there, _)| *there == id).and_then(|(_, value)| value.number());
    let mut subtypes = Vec::new();
    for (_, value) in fields.iter().filter(|(id, _)| *id == 2) {
        match value {
            ProtoValue::Number(number) => subtypes.push(*number),
            ProtoValue::Bytes(bytes) => {
                let mut rest = *bytes;
                while !rest.is_empty() {
                    subtypes.push(varint(&mut rest)?);
                }
            }
        }
    }
    // A type names only types after it, so that nothing holds itself.
    let below = |place: usize| {
        let next = usize::try_from(*subtypes.get(place)?).ok().filter(|next| *next > at)?;
        orc_type(types, next, depth + 1)
    };
    let other = |text: &str| Some(Kind::Other(text.to_owned()));
    match number(1).unwrap_or(0) {
        0 => Some(Kind::Boolean),
        1 => other("tinyint"),
        2 => other("smallint"),
        3 => Some(Kind::Int),
        4 => Some(Kind::Long),
        5 => other("float"),
        6 => Some(Kind::Double),
        7 => Some(Kind::Text),
        8 => other("binary"),
        9 | 18 => other("timestamp"),
        10 => Some(Kind::Array(Box::new(below(0)?))),
        11 => Some(Kind::Map(Box::new(below(1)?))),
        12 => {
            let names = fields.iter().filter(|(id, _)| *id == 3).filter_map(|(_, value)| value.bytes());
            let mut columns = Vec::new();
            for (place, name) in names.enumerate() {
                let name = String::from_utf8(name.to_vec()).ok()?;
                columns.push(Column { name, kind: below(place)? });
            }
            Some(Kind::Struct(columns))
        }
        14 => Some(Kind::Other(format!("decimal({},{})", number(5).unwrap_or(38), number(6).unwrap_or(10)))),
        15 => other("date"),
        16 => Some(Kind::Other(format!("varchar({})", number(4).unwrap_or(65_535)))),
        17 => Some(Kind::Other(format!("char({})", number(4).unwrap_or(255)))),
        _ => Some(Kind::Text),
    }
}

/// A footer out of its chunks: three bytes of length and whether it is as it was, then the chunk.
fn unpacked(mut chunks: &[u8], compression: u64) -> Option<Vec<u8>> {
    if compression == 0 {
        return Some(chunks.to_vec());
    }
    let mut out = Vec::new();
    while !chunks.is_empty() {
        let (head, rest) = chunks.split_first_chunk::<3>()?;
        let head = u32::from_le_bytes([head[0], head[1], head[2], 0]);
        let length = usize::try_from(head >> 1).ok()?;
        let chunk = rest.get(..length)?;
        chunks = &rest[length..];
        if head & 1 == 1 {
            out.extend_from_slice(chunk);
        } else {
            match compression {
                1 => {
                    let reader = flate2::read::DeflateDecoder::new(chunk);
                    std::io::Read::read_to_end(&mut std::io::Read::take(reader, FOOTER_MAX as u64), &mut out)
                        .ok()?;
                }
                2 => {
                    let length =
                        snap::raw::decompress_len(chunk).ok().filter(|length| *length <= FOOTER_MAX)?;
                    let start = out.len();
                    out.resize(start + length, 0);
                    snap::raw::Decoder::new().decompress(chunk, &mut out[start..]).ok()?;
                }
                _ => return None,
            }
        }
        if out.len() > FOOTER_MAX {
            return None;
        }
    }
    Some(out)
}

enum ProtoValue<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

impl<'b> ProtoValue<'b> {
    fn number(&self) -> Option<u64> {
        match self {
            ProtoValue::Number(number) => Some(*number),
            ProtoValue::Bytes(_) => None,
        }
    }

    fn bytes(&self) -> Option<&'b [u8]> {
        match self {
            ProtoValue::Number(_) => None,
            ProtoValue::Bytes(bytes) => Some(bytes),
        }
    }
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut reader = Thrift(std::mem::take(bytes));
    let value = reader.varint();
    *bytes = reader.0;
    value
}

fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, ProtoValue<'_>)>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes)?;
        let value = match tag & 7 {
            0 => ProtoValue::Number(varint(&mut bytes)?),
            1 => {
                bytes = bytes.get(8..)?;
                ProtoValue::Number(0)
            }
            2 => {
                let length = usize::try_from(varint(&mut bytes)?).ok()?;
                let value = bytes.get(..length)?;
                bytes = &bytes[length..];
                ProtoValue::Bytes(value)
            }
            5 => {
                bytes = bytes.get(4..)?;
                ProtoValue::Number(0)
            }
            _ => return None,
        };
        fields.push((tag >> 3, value));
    }
    Some(fields)
}

/// Reads an Avro file's header.
pub fn avro(head: &[u8]) -> Option<Header> {
    let mut rest = head.strip_prefix(b"Obj\x01")?;
    let mut schema = None;
    loop {
        let count = Thrift(rest).zigzag()?;
        varint(&mut rest)?;
        if count == 0 {
            break;
        }
        if count < 0 {
            varint(&mut rest)?;
        }
        for _ in 0..count.unsigned_abs().min(1_000) {
            let mut text = || {
                let length = usize::try_from(Thrift(rest).zigzag()?).ok()?;
                varint(&mut rest)?;
                let value = rest.get(..length)?;
                rest = &rest[length..];
                Some(value)
            };
            let (key, value) = (text()?, text()?);
            if key == b"avro.schema" {
                schema = serde_json::from_slice::<Value>(value).ok();
            }
        }
    }
    match avro_kind(&schema?, &mut Vec::new(), 0)? {
        Kind::Struct(columns) => Some(Header { columns, rows: None }),
        _ => None,
    }
}

fn avro_kind(schema: &Value, named: &mut Vec<(String, Kind)>, depth: usize) -> Option<Kind> {
    if depth > DEPTH_MAX {
        return None;
    }
    let other = |text: &str| Some(Kind::Other(text.to_owned()));
    let name = match schema {
        Value::String(name) => name.as_str(),
        Value::Array(branches) => {
            let mut kind = Kind::Unknown;
            for branch in branches.iter().filter(|branch| branch.as_str() != Some("null")) {
                kind = kind.or(avro_kind(branch, named, depth + 1)?);
            }
            return Some(kind);
        }
        Value::Object(object) => {
            match (object.get("type")?, object.get("logicalType").and_then(Value::as_str)) {
                (_, Some("date")) => return other("date"),
                (_, Some("timestamp-millis" | "timestamp-micros")) => return other("timestamp"),
                (_, Some("decimal")) => {
                    let number = |name: &str| object.get(name).and_then(Value::as_u64).unwrap_or(0);
                    return Some(Kind::Other(format!(
                        "decimal({},{})",
                        number("precision"),
                        number("scale")
                    )));
                }
                (Value::String(name), _) => name.as_str(),
                (inner, _) => return avro_kind(inner, named, depth + 1),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    match name {
        "boolean" => Some(Kind::Boolean),
        "int" => Some(Kind::Int),
        "long" => Some(Kind::Long),
        "float" => other("float"),
        "double" => Some(Kind::Double),
        "string" | "enum" => Some(Kind::Text),
        "null" => Some(Kind::Unknown),
        "bytes" | "fixed" => other("binary"),
        "array" => Some(Kind::Array(Box::new(avro_kind(schema.get("items")?, named, depth + 1)?))),
        "map" => Some(Kind::Map(Box::new(avro_kind(schema.get("values")?, named, depth + 1)?))),
        "record" => {
            let mut columns = Vec::new();
            for field in schema.get("fields")?.as_array()? {
                let name = field.get("name")?.as_str()?.to_owned();
                columns.push(Column { name, kind: avro_kind(field.get("type")?, named, depth + 1)? });
            }
            let kind = Kind::Struct(columns);
            if let Some(name) = schema.get("name").and_then(Value::as_str) {
                named.push((name.to_owned(), kind.clone()));
            }
            Some(kind)
        }
        name => {
            named.iter().find(|(there, _)| there == name).map(|(_, kind)| kind.clone()).or(Some(Kind::Text))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(header: &Header) -> Vec<String> {
        header.columns.iter().map(|column| format!("{}:{}", column.name, column.kind.text())).collect()
    }

    #[test]
    fn an_avro_header_names_its_columns() {
        let schema = br#"{"type": "record", "name": "r", "fields": [{"name": "a", "type": ["null", "long"]},
            {"name": "b", "type": {"type": "array", "items": "string"}}, {"name": "c", "type": {"type": "int", "logicalType": "date"}}]}"#;
        let mut file = b"Obj\x01\x02\x16avro.schema".to_vec();
        let mut length = (schema.len() as u64) << 1;
        while length >= 0x80 {
            file.push((length as u8) | 0x80);
            length >>= 7;
        }
        file.push(length as u8);
        file.extend_from_slice(schema);
        file.push(0);
        assert_eq!(shown(&avro(&file).unwrap()), ["a:bigint", "b:array<string>", "c:date"]);
    }

    #[test]
    fn a_parquet_footer_names_its_columns() {
        // FileMetaData { 2: [root(2 children), a: INT64, s: BYTE_ARRAY UTF8], 3: 5 rows }.
        let mut footer = vec![0x29, 0x3c];
        footer.extend_from_slice(b"\x48\x01r\x15\x04\x00");
        footer.extend_from_slice(b"\x15\x04\x25\x02\x18\x01a\x00");
        footer.extend_from_slice(b"\x15\x0c\x25\x02\x18\x01s\x25\x00\x00");
        footer.extend_from_slice(&[0x16, 0x0a, 0x00]);
        let mut file = footer.clone();
        file.extend_from_slice(&u32::try_from(footer.len()).unwrap().to_le_bytes());
        file.extend_from_slice(b"PAR1");
        let header = parquet(&file).unwrap();
        assert_eq!((shown(&header), header.rows), (vec!["a:bigint".into(), "s:string".into()], Some(5)));
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = avro(&[b"Obj\x01".as_slice(), &bytes].concat());
            let _ = orc(&bytes);
            let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            let _ = parquet(&[bytes.as_slice(), &length, b"PAR1"].concat());
        }
    }
}
