//! From JSON to columns, with the coercions of the two SerDes of Firehose: OpenX is lenient, Hive's own is strict.

use std::collections::HashMap;

use ports::RecordReader;

use crate::column::{Column, Data, Moment};
use crate::kind::{IcebergKind, Kind};
use crate::moment::{self, Format};
use crate::tape::{Node, Tape, unescaped};

/// No node.
const NONE: u32 = u32::MAX;

/// How records are read, understood.
#[derive(Debug)]
pub struct Rules {
    /// OpenX, not Hive.
    lenient: bool,
    /// Keys are compared, and kept, in lower case.
    lower: bool,
    dots: bool,
    formats: Vec<Format>,
    /// A table of Iceberg: strict, names as they are, times in microseconds.
    iceberg: bool,
}

/// A column, with what its fields are called in JSON.
#[derive(Debug)]
pub struct Shape {
    kind: Kind,
    below: Below,
    /// There must be a value.
    required: bool,
}

#[derive(Debug)]
enum Below {
    Nothing,
    Element(Box<Shape>),
    Entry(Box<(Shape, Shape)>),
    Fields(Fields),
}

/// Columns or fields by their keys.
#[derive(Debug)]
pub struct Fields {
    keys: Vec<String>,
    by_key: HashMap<String, u32>,
    shapes: Vec<Shape>,
    /// Keys of no field are refused.
    closed: bool,
}

impl Rules {
    /// How rows of a table of Iceberg are read.
    pub fn of_iceberg() -> Self {
        Self { lenient: false, lower: false, dots: false, formats: Vec::new(), iceberg: true }
    }

    /// Understands the settings of a SerDe. Fails with a timestamp format that is no pattern.
    pub fn new(reader: &RecordReader) -> Result<Self, String> {
        match reader {
            RecordReader::OpenX { case_insensitive, dots_to_underscores, mappings: _ } => Ok(Self {
                lenient: true,
                lower: *case_insensitive,
                dots: *dots_to_underscores,
                formats: Vec::new(),
                iceberg: false,
            }),
            RecordReader::Hive { timestamp_formats } => {
                let understood = timestamp_formats
                    .iter()
                    .map(|format| Format::parse(format).ok_or_else(|| format.clone()));
                Ok(Self {
                    lenient: false,
                    lower: true,
                    dots: false,
                    formats: understood.collect::<Result<_, _>>()?,
                    iceberg: false,
                })
            }
        }
    }
}

impl Fields {
    /// Names columns by their keys.
    pub fn new(columns: &[(String, Kind)], reader: &RecordReader) -> Self {
        let lower = match reader {
            RecordReader::OpenX { case_insensitive, .. } => *case_insensitive,
            RecordReader::Hive { .. } => true,
        };
        let key_of = |name: &String| {
            let mapped = match reader {
                RecordReader::OpenX { mappings, .. } => mappings.get(name),
                RecordReader::Hive { .. } => None,
            };
            let key = mapped.unwrap_or(name);
            if lower { key.to_lowercase() } else { key.clone() }
        };
        let keys: Vec<String> = columns.iter().map(|(name, _)| key_of(name)).collect();
        let by_key = keys.iter().zip(0..).map(|(key, index)| (key.clone(), index)).collect();
        let shapes = columns.iter().map(|(_, kind)| Shape::new(kind, reader)).collect();
        Self { keys, by_key, shapes, closed: false }
    }

    /// Names columns by their own names.
    pub fn of_iceberg(columns: Vec<(String, Shape)>, closed: bool) -> Self {
        let (keys, shapes): (Vec<String>, Vec<Shape>) = columns.into_iter().unzip();
        let by_key = keys.iter().zip(0..).map(|(key, index)| (key.clone(), index)).collect();
        Self { keys, by_key, shapes, closed }
    }

    /// The field of a key. `expected` is tried first: records have their keys in one order.
    fn find(&self, key: &str, rules: &Rules, expected: usize) -> Option<usize> {
        let is_expected = self.keys.get(expected).is_some_and(|expected| match rules.lower {
            true => expected.eq_ignore_ascii_case(key),
            false => expected == key,
        });
        if is_expected {
            return Some(expected);
        }
        let dotted = rules.dots && key.contains('.');
        if !rules.lower && !dotted {
            return self.by_key.get(key).map(|index| *index as usize);
        }
        let mut key = if rules.lower { key.to_lowercase() } else { key.to_owned() };
        if dotted {
            key = key.replace('.', "_");
        }
        self.by_key.get(&key).map(|index| *index as usize)
    }
}

impl Shape {
    /// A column of a table of Iceberg that holds no others.
    pub fn single(kind: Kind, required: bool) -> Self {
        Self { kind, below: Below::Nothing, required }
    }

    /// A list.
    pub fn list(kind: Kind, element: Shape, required: bool) -> Self {
        Self { kind, below: Below::Element(Box::new(element)), required }
    }

    /// A map.
    pub fn map(kind: Kind, key: Shape, value: Shape, required: bool) -> Self {
        Self { kind, below: Below::Entry(Box::new((key, value))), required }
    }

    /// A struct.
    pub fn fields(kind: Kind, fields: Fields, required: bool) -> Self {
        Self { kind, below: Below::Fields(fields), required }
    }

    fn new(kind: &Kind, reader: &RecordReader) -> Self {
        let below = match kind {
            Kind::Array(element) => Below::Element(Box::new(Shape::new(element, reader))),
            Kind::Map(key, value) => {
                Below::Entry(Box::new((Shape::new(key, reader), Shape::new(value, reader))))
            }
            Kind::Struct(fields) => Below::Fields(Fields::new(fields, reader)),
            Kind::Boolean
            | Kind::TinyInt
            | Kind::SmallInt
            | Kind::Int
            | Kind::BigInt
            | Kind::Float
            | Kind::Double
            | Kind::Decimal(..)
            | Kind::String
            | Kind::Char(_)
            | Kind::Varchar(_)
            | Kind::Date
            | Kind::Timestamp
            | Kind::Binary
            | Kind::Iceberg(_) => Below::Nothing,
        };
        Self { kind: kind.clone(), below, required: false }
    }
}

/// Why a value does not fit its column.
pub type Misfit = String;

/// One text and its nodes, on the way into columns.
pub struct Document<'d> {
    /// The text.
    pub text: &'d str,
    /// Its nodes.
    pub tape: &'d Tape,
    /// How it is read.
    pub rules: &'d Rules,
    /// Nodes of fields, one struct above the other; kept to be used again.
    pub slots: &'d mut Vec<u32>,
    /// What did not fit was a key without a column, or a column without a value.
    pub lacks: bool,
}

impl Document<'_> {
    /// Adds one row to these columns. If it fails, the columns have to be truncated.
    pub fn row(&mut self, fields: &Fields, root: usize, columns: &mut [Column]) -> Result<(), Misfit> {
        let base = self.find_fields(fields, root)?;
        for (index, (shape, column)) in fields.shapes.iter().zip(columns).enumerate() {
            match self.slots[base + index] {
                NONE if shape.required => {
                    self.lacks = true;
                    return Err(format!(
                        "The record has no value for the required column {}",
                        fields.keys[index]
                    ));
                }
                NONE => column.push_null(),
                node => self.value(shape, node as usize, column)?,
            }
        }
        self.slots.truncate(base);
        Ok(())
    }

    /// Pushes the nodes of the fields of an object; of a key that stands twice the last counts.
    fn find_fields(&mut self, fields: &Fields, at: usize) -> Result<usize, Misfit> {
        let base = self.slots.len();
        self.slots.resize(base + fields.keys.len(), NONE);
        match self.tape.node(at) {
            Node::Object { next } => {
                let mut node = at + 1;
                let mut expected = 0;
                while node < next as usize {
                    let key = self.characters(node);
                    if let Some(found) = fields.find(&key, self.rules, expected) {
                        self.slots[base + found] = node as u32 + 1;
                        expected = found + 1;
                    } else if fields.closed {
                        let misfit = format!("The table has no column for the key {key} of the record");
                        self.lacks = true;
                        return Err(misfit);
                    }
                    node = self.tape.after(node + 1);
                }
            }
            // An array fills the fields by position.
            Node::Array { next } if self.rules.lenient => {
                let mut node = at + 1;
                for slot in base..base + fields.keys.len() {
                    if node >= next as usize {
                        break;
                    }
                    self.slots[slot] = node as u32;
                    node = self.tape.after(node);
                }
            }
            Node::Null | Node::Bool(_) | Node::Number { .. } | Node::Text { .. } | Node::Array { .. } => {
                self.slots.truncate(base);
                return Err("Start of Object expected".to_owned());
            }
        }
        Ok(base)
    }

    fn characters(&self, at: usize) -> std::borrow::Cow<'_, str> {
        match self.tape.node(at) {
            Node::Text { start, end, escaped } => unescaped(self.text, start, end, escaped),
            Node::Number { start, end } => self.text[start as usize..end as usize].into(),
            Node::Bool(true) => "true".into(),
            Node::Bool(false) => "false".into(),
            Node::Null => "null".into(),
            Node::Array { .. } | Node::Object { .. } => {
                let mut text = String::new();
                self.write(at, &mut text);
                text.into()
            }
        }
    }

    /// The characters of a string or a number, for values that are read from either; the strict reader takes numbers only.
    fn digits(&self, at: usize) -> Result<std::borrow::Cow<'_, str>, Misfit> {
        match self.tape.node(at) {
            Node::Number { .. } => Ok(self.characters(at)),
            Node::Text { .. } if self.rules.lenient => Ok(self.characters(at)),
            Node::Null | Node::Bool(_) | Node::Text { .. } | Node::Array { .. } | Node::Object { .. } => {
                Err(format!("For input string: \"{}\"", self.characters(at)))
            }
        }
    }

    fn value(&mut self, shape: &Shape, at: usize, column: &mut Column) -> Result<(), Misfit> {
        let node = self.tape.node(at);
        if node == Node::Null {
            if shape.required {
                self.lacks = true;
                return Err("The record has null where a value is required".to_owned());
            }
            column.push_null();
            return Ok(());
        }
        match (&shape.kind, &mut column.data) {
            (Kind::Boolean, Data::Bool(values)) => values.push(self.boolean(at)?),
            (Kind::TinyInt, Data::Int(values)) => values.push(self.integer::<i8>(at)?.into()),
            (Kind::SmallInt, Data::Int(values)) => values.push(self.integer::<i16>(at)?.into()),
            (Kind::Int, Data::Int(values)) => values.push(self.integer(at)?),
            (Kind::Date, Data::Int(values)) => {
                let text = self.characters(at);
                let days = match self.tape.node(at) {
                    Node::Number { .. } if self.rules.iceberg => text.parse().ok(),
                    Node::Number { .. }
                    | Node::Null
                    | Node::Bool(_)
                    | Node::Text { .. }
                    | Node::Array { .. }
                    | Node::Object { .. } => moment::date(text.trim()),
                };
                values.push(days.ok_or_else(|| format!("\"{text}\" is not a date"))?);
            }
            (Kind::BigInt, Data::Long(values)) => values.push(self.integer(at)?),
            (Kind::Float, Data::Float(values)) => values.push(self.floating(at)?),
            (Kind::Double, Data::Double(values)) => values.push(self.floating(at)?),
            (Kind::Decimal(precision, scale), Data::Decimal(values)) => {
                // Digits of decimals may stand in a text, where no parser on the way makes a double of them.
                let text = match self.tape.node(at) {
                    Node::Text { .. } if self.rules.iceberg => self.characters(at),
                    _ => self.digits(at)?,
                };
                let unscaled = decimal(text.trim(), u32::from(*scale));
                let unscaled = unscaled.ok_or_else(|| format!("For input string: \"{text}\""))?;
                if unscaled.unsigned_abs() >= 10_u128.pow(u32::from(*precision)) {
                    if self.rules.iceberg {
                        return Err(format!("{text} has more than {precision} digits"));
                    }
                    // As Hive has it: what does not fit its precision is no value.
                    column.push_null();
                    return Ok(());
                }
                values.push(unscaled);
            }
            (Kind::Timestamp, Data::Moments(values)) => values.push(self.moment(at)?),
            (Kind::String, Data::Bytes(texts)) => texts.push(self.string(at)?.as_bytes()),
            (Kind::Char(most) | Kind::Varchar(most), Data::Bytes(texts)) => {
                let text = self.string(at)?;
                let end = text.char_indices().nth(*most as usize).map_or(text.len(), |(end, _)| end);
                let cut = &text[..end];
                let is_char = matches!(shape.kind, Kind::Char(_));
                texts.push(if is_char { cut.trim_end_matches(' ') } else { cut }.as_bytes());
            }
            (Kind::Iceberg(kind), Data::Long(values)) => values.push(self.iceberg_time(*kind, at)?),
            (Kind::Iceberg(kind), Data::Bytes(texts)) => texts.push(&self.iceberg_bytes(*kind, at)?),
            (Kind::Binary, Data::Bytes(texts)) if self.rules.iceberg => {
                let text = self.string(at)?;
                texts.push(&any_binary(&text).ok_or("binary is neither base64 nor hexadecimal")?);
            }
            (Kind::Binary, Data::Bytes(texts)) => {
                let text = self.string(at)?;
                let bytes = base64_simd::STANDARD.decode_to_vec(text.as_bytes());
                texts.push(&bytes.map_err(|_| "binary is not base64".to_owned())?);
            }
            (Kind::Array(_), Data::List(lengths, elements)) => self.list(shape, at, lengths, elements)?,
            (Kind::Map(..), Data::Map(lengths, entries)) => self.map(shape, at, lengths, entries)?,
            (Kind::Struct(_), Data::Struct(columns)) => {
                let Below::Fields(fields) = &shape.below else { unreachable!("a struct has fields") };
                let rows = columns.first().map_or(0, Column::rows);
                if let Err(misfit) = self.row(fields, at, columns) {
                    columns.iter_mut().for_each(|column| column.truncate(rows));
                    return Err(misfit);
                }
            }
            _ => unreachable!("a column is made for its kind"),
        }
        column.valid.push(true);
        Ok(())
    }

    fn list(
        &mut self,
        shape: &Shape,
        at: usize,
        lengths: &mut Vec<u32>,
        elements: &mut Column,
    ) -> Result<(), Misfit> {
        let Below::Element(element) = &shape.below else { unreachable!("an array has elements") };
        let rows = elements.rows();
        let result = match self.tape.node(at) {
            Node::Array { next } => {
                let mut node = at + 1;
                let mut result = Ok(());
                while node < next as usize && result.is_ok() {
                    result = self.value(element, node, elements);
                    node = self.tape.after(node);
                }
                result
            }
            // What is no array is one of one element.
            Node::Null | Node::Bool(_) | Node::Number { .. } | Node::Text { .. } | Node::Object { .. } => {
                if self.rules.lenient {
                    self.value(element, at, elements)
                } else {
                    Err("Start of Array expected".to_owned())
                }
            }
        };
        match result {
            Ok(()) => lengths.push((elements.rows() - rows) as u32),
            Err(_) => elements.truncate(rows),
        }
        result
    }

    fn map(
        &mut self,
        shape: &Shape,
        at: usize,
        lengths: &mut Vec<u32>,
        entries: &mut (Column, Column),
    ) -> Result<(), Misfit> {
        let Below::Entry(entry) = &shape.below else { unreachable!("a map has entries") };
        let Node::Object { next } = self.tape.node(at) else {
            return Err("Start of Object expected".to_owned());
        };
        let (keys, values) = entries;
        let rows = keys.rows();
        let mut node = at + 1;
        let mut result = Ok(());
        while node < next as usize && result.is_ok() {
            result =
                self.key(&entry.0.kind, node, keys).and_then(|()| self.value(&entry.1, node + 1, values));
            node = self.tape.after(node + 1);
        }
        match result {
            Ok(()) => lengths.push((keys.rows() - rows) as u32),
            Err(_) => {
                keys.truncate(rows);
                values.truncate(rows);
            }
        }
        result
    }

    /// The key of a map: a text that may stand for another kind.
    fn key(&self, kind: &Kind, at: usize, column: &mut Column) -> Result<(), Misfit> {
        let mut text = self.characters(at);
        if self.rules.lenient && self.rules.lower {
            text = text.to_lowercase().into();
        }
        let misfit = || format!("For input string: \"{text}\"");
        match (kind, &mut column.data) {
            (Kind::TinyInt | Kind::SmallInt | Kind::Int, Data::Int(values)) => {
                values.push(text.parse().map_err(|_| misfit())?);
            }
            (Kind::Date, Data::Int(values)) => values.push(moment::date(&text).ok_or_else(misfit)?),
            (_, Data::Bool(values)) => values.push(text.eq_ignore_ascii_case("true")),
            (_, Data::Long(values)) => values.push(text.parse().map_err(|_| misfit())?),
            (_, Data::Float(values)) => values.push(text.parse().map_err(|_| misfit())?),
            (_, Data::Double(values)) => values.push(text.parse().map_err(|_| misfit())?),
            (Kind::Decimal(_, scale), Data::Decimal(values)) => {
                values.push(decimal(&text, u32::from(*scale)).ok_or_else(misfit)?);
            }
            (_, Data::Moments(values)) => values.push(moment::open_x(&text).ok_or_else(misfit)?),
            (_, Data::Bytes(texts)) => texts.push(text.as_bytes()),
            _ => unreachable!("a key is no container"),
        }
        column.valid.push(true);
        Ok(())
    }

    fn boolean(&self, at: usize) -> Result<bool, Misfit> {
        match self.tape.node(at) {
            Node::Bool(value) => Ok(value),
            Node::Text { .. } if self.rules.lenient => Ok(self.characters(at).eq_ignore_ascii_case("true")),
            Node::Null
            | Node::Number { .. }
            | Node::Text { .. }
            | Node::Array { .. }
            | Node::Object { .. } => Err(format!("{} is not a boolean", self.characters(at))),
        }
    }

    fn integer<N: TryFrom<i64> + std::str::FromStr>(&self, at: usize) -> Result<N, Misfit> {
        let text = self.digits(at)?;
        let misfit = || format!("For input string: \"{text}\"");
        if let Ok(value) = text.parse() {
            return Ok(value);
        }
        // A number with a fraction or an exponent is cut, one in quotes is none.
        let Node::Number { .. } = self.tape.node(at) else { return Err(misfit()) };
        let value: f64 = text.parse().map_err(|_| misfit())?;
        let cut = value.trunc();
        if !(-9.223_372_036_854_775e18..=9.223_372_036_854_775e18).contains(&cut) {
            return Err(misfit());
        }
        N::try_from(cut as i64).map_err(|_| misfit())
    }

    fn floating<N: std::str::FromStr>(&self, at: usize) -> Result<N, Misfit> {
        let text = self.digits(at)?;
        text.trim().parse().map_err(|_| format!("For input string: \"{text}\""))
    }

    fn moment(&self, at: usize) -> Result<Moment, Misfit> {
        let text = self.characters(at);
        let found = if self.rules.lenient {
            moment::open_x(&text)
        } else if self.rules.formats.is_empty() {
            moment::sql(&text)
        } else {
            self.rules.formats.iter().find_map(|format| format.read(&text))
        };
        found.ok_or_else(|| format!("\"{text}\" is not a timestamp of the formats that are allowed"))
    }

    /// Microseconds: a number as it is, a text as a time of the ISO's forms.
    fn iceberg_time(&self, kind: IcebergKind, at: usize) -> Result<i64, Misfit> {
        let text = self.characters(at);
        let misfit = || format!("\"{text}\" is not a time in microseconds");
        if let Ok(micros) = text.trim().parse::<i64>() {
            return Ok(micros);
        }
        match (self.tape.node(at), kind) {
            (Node::Number { .. }, _) => self.integer(at),
            (Node::Text { .. }, IcebergKind::Micros { .. }) => {
                let moment = moment::written(text.trim()).ok_or_else(misfit)?;
                let micros = i128::from(moment.seconds) * 1_000_000 + i128::from(moment.nanos / 1_000);
                i64::try_from(micros).map_err(|_| misfit())
            }
            (Node::Text { .. }, IcebergKind::Time) => {
                let moment = moment::sql(&format!("1970-01-01 {}", text.trim())).ok_or_else(misfit)?;
                Ok(moment.seconds * 1_000_000 + i64::from(moment.nanos / 1_000))
            }
            (Node::Text { .. }, IcebergKind::Uuid | IcebergKind::Fixed(_))
            | (Node::Null | Node::Bool(_) | Node::Array { .. } | Node::Object { .. }, _) => Err(misfit()),
        }
    }

    fn iceberg_bytes(&self, kind: IcebergKind, at: usize) -> Result<Vec<u8>, Misfit> {
        let text = self.string(at)?;
        match kind {
            IcebergKind::Uuid => {
                let digits: String = text.chars().filter(|sign| *sign != '-').collect();
                let bytes = hex(&digits).filter(|bytes| bytes.len() == 16);
                bytes.ok_or_else(|| format!("{text} is not a uuid"))
            }
            IcebergKind::Fixed(length) => {
                let bytes = any_binary(&text).filter(|bytes| bytes.len() == length as usize);
                bytes.ok_or_else(|| format!("{text} does not stand for {length} bytes"))
            }
            IcebergKind::Micros { .. } | IcebergKind::Time => unreachable!("a time is no bytes"),
        }
    }

    fn string(&self, at: usize) -> Result<std::borrow::Cow<'_, str>, Misfit> {
        match self.tape.node(at) {
            Node::Array { .. } | Node::Object { .. } if !self.rules.lenient => {
                Err("One or more fields have incorrect format. Exception when validating field (root)"
                    .to_owned())
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number { .. }
            | Node::Text { .. }
            | Node::Array { .. }
            | Node::Object { .. } => Ok(self.characters(at)),
        }
    }

    /// Writes a value as JSON without white space, its keys in lower case where they are compared so.
    fn write(&self, at: usize, text: &mut String) {
        match self.tape.node(at) {
            Node::Array { next } => {
                text.push('[');
                let mut node = at + 1;
                while node < next as usize {
                    if node > at + 1 {
                        text.push(',');
                    }
                    self.write(node, text);
                    node = self.tape.after(node);
                }
                text.push(']');
            }
            Node::Object { next } => {
                text.push('{');
                let mut node = at + 1;
                while node < next as usize {
                    if node > at + 1 {
                        text.push(',');
                    }
                    let raw = self.raw(node);
                    text.push('"');
                    match self.rules.lower {
                        true => text.push_str(&raw.to_lowercase()),
                        false => text.push_str(raw),
                    }
                    text.push_str("\":");
                    self.write(node + 1, text);
                    node = self.tape.after(node + 1);
                }
                text.push('}');
            }
            Node::Text { .. } => {
                text.push('"');
                text.push_str(self.raw(at));
                text.push('"');
            }
            Node::Null | Node::Bool(_) | Node::Number { .. } => text.push_str(&self.characters(at)),
        }
    }

    /// A text as it stands there, with its escapes.
    fn raw(&self, at: usize) -> &str {
        match self.tape.node(at) {
            Node::Text { start, end, .. } => &self.text[start as usize..end as usize],
            Node::Null | Node::Bool(_) | Node::Number { .. } | Node::Array { .. } | Node::Object { .. } => "",
        }
    }
}

/// Bytes from one of the forms Firehose takes for Iceberg: base64, over lines or not, of either alphabet, or hexadecimal.
fn any_binary(text: &str) -> Option<Vec<u8>> {
    let one_line: String = text.chars().filter(|sign| !sign.is_ascii_whitespace()).collect();
    let bytes = one_line.trim_end_matches('=').as_bytes();
    let standard = base64_simd::STANDARD_NO_PAD.decode_to_vec(bytes);
    let either = standard.or_else(|_| base64_simd::URL_SAFE_NO_PAD.decode_to_vec(bytes));
    either.ok().or_else(|| hex(&one_line))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let pair = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    if rest.is_empty() { pairs.iter().map(pair).collect() } else { None }
}

/// A decimal number without its point, with so many digits behind it; what is more is rounded, halves away from zero.
/// `None` if it is no number or does not fit 38 digits.
pub fn decimal(text: &str, scale: u32) -> Option<i128> {
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // The place behind which digits are cut, counted from the first of all digits.
    let cut = whole.len() as i64 + i64::from(exponent) + i64::from(scale);
    let mut value: i128 = 0;
    for (index, sign) in whole.bytes().chain(fraction.bytes()).enumerate() {
        if !sign.is_ascii_digit() {
            return None;
        }
        let digit = i128::from(sign - b'0');
        match (index as i64).cmp(&cut) {
            std::cmp::Ordering::Less => value = value.checked_mul(10)?.checked_add(digit)?,
            std::cmp::Ordering::Equal => value = value.checked_add(i128::from(digit >= 5))?,
            std::cmp::Ordering::Greater => {}
        }
    }
    let digits = (whole.len() + fraction.len()) as i64;
    if value != 0 && cut > digits {
        value = value.checked_mul(10_i128.checked_pow(u32::try_from(cut - digits).ok()?)?)?;
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_digits() {
        assert_eq!(decimal("12345.67", 2), Some(1_234_567));
        assert_eq!(decimal("-0.005", 2), Some(-1));
        assert_eq!(decimal("1.5e3", 1), Some(15_000));
        assert_eq!(decimal("15e-3", 2), Some(2));
        assert_eq!(decimal("7", 0), Some(7));
        assert_eq!(decimal(".5", 0), Some(1));
        assert_eq!(decimal("0e999", 3), Some(0));
        assert_eq!(decimal("99999999999999999999999999999999999999", 0), Some(10_i128.pow(38) - 1));
        for refused in ["", "-", "1.2.3", "a", "1e", "1e99", "."] {
            assert_eq!(decimal(refused, 2), None, "{refused}");
        }
    }
}
