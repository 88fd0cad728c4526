//! Columns in memory while a file is written: values without their nulls, and which rows have one.
//!
//! Both formats want just that. A row that turns out wrong half way is taken back by [`Column::truncate`].

use crate::kind::{IcebergKind, Kind};

/// A column, the elements of an array, or a field.
#[derive(Debug)]
pub struct Column {
    /// For each row whether it has a value.
    pub valid: Vec<bool>,
    /// The values of the rows that have one.
    pub data: Data,
}

/// A moment, as both formats take it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Whole seconds since 1970, rounded down.
    pub seconds: i64,
    /// Nanoseconds behind them.
    pub nanos: u32,
}

/// Values of one kind.
#[derive(Debug)]
pub enum Data {
    /// `boolean`
    Bool(Vec<bool>),
    /// `tinyint`, `smallint`, `int`, and `date` as days since 1970
    Int(Vec<i32>),
    /// `bigint`, and times of Iceberg in microseconds
    Long(Vec<i64>),
    /// `float`
    Float(Vec<f32>),
    /// `double`
    Double(Vec<f64>),
    /// `decimal`: unscaled
    Decimal(Vec<i128>),
    /// `timestamp`
    Moments(Vec<Moment>),
    /// `string`, `char`, `varchar`, `binary`
    Bytes(Texts),
    /// `array`: how many elements each value has, and the elements
    List(Vec<u32>, Box<Column>),
    /// `map`: how many entries each value has, keys and values
    Map(Vec<u32>, Box<(Column, Column)>),
    /// `struct`
    Struct(Vec<Column>),
}

/// Strings of bytes, one behind the other.
#[derive(Debug, Default)]
pub struct Texts {
    /// All bytes.
    pub bytes: Vec<u8>,
    /// Where each ends.
    pub ends: Vec<usize>,
}

impl Texts {
    /// Adds one.
    pub fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
    }

    /// Each string's range of bytes.
    pub fn ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(start, end)| start..end)
    }

    /// Each string.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.ranges().map(|range| &self.bytes[range])
    }

    fn pop(&mut self) {
        self.ends.pop();
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
    }
}

impl Column {
    /// An empty column.
    pub fn new(kind: &Kind) -> Self {
        let data = match kind {
            Kind::Boolean => Data::Bool(Vec::new()),
            Kind::TinyInt | Kind::SmallInt | Kind::Int | Kind::Date => Data::Int(Vec::new()),
            Kind::BigInt | Kind::Iceberg(IcebergKind::Micros { .. } | IcebergKind::Time) => {
                Data::Long(Vec::new())
            }
            Kind::Float => Data::Float(Vec::new()),
            Kind::Double => Data::Double(Vec::new()),
            Kind::Decimal(..) => Data::Decimal(Vec::new()),
            Kind::Timestamp => Data::Moments(Vec::new()),
            Kind::String
            | Kind::Char(_)
            | Kind::Varchar(_)
            | Kind::Binary
            | Kind::Iceberg(IcebergKind::Uuid | IcebergKind::Fixed(_)) => Data::Bytes(Texts::default()),
            Kind::Array(element) => Data::List(Vec::new(), Box::new(Column::new(element))),
            Kind::Map(key, value) => Data::Map(Vec::new(), Box::new((Column::new(key), Column::new(value)))),
            Kind::Struct(fields) => Data::Struct(fields.iter().map(|(_, kind)| Column::new(kind)).collect()),
        };
        Self { valid: Vec::new(), data }
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.valid.len()
    }

    /// A row without a value.
    pub fn push_null(&mut self) {
        self.valid.push(false);
    }

    /// Takes back all rows behind the first `rows`.
    pub fn truncate(&mut self, rows: usize) {
        while self.valid.len() > rows {
            if self.valid.pop() == Some(true) {
                self.data.pop();
            }
        }
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.valid.len() + self.data.bytes()
    }
}

impl Data {
    fn pop(&mut self) {
        match self {
            Data::Bool(values) => drop(values.pop()),
            Data::Int(values) => drop(values.pop()),
            Data::Long(values) => drop(values.pop()),
            Data::Float(values) => drop(values.pop()),
            Data::Double(values) => drop(values.pop()),
            Data::Decimal(values) => drop(values.pop()),
            Data::Moments(values) => drop(values.pop()),
            Data::Bytes(texts) => texts.pop(),
            Data::List(lengths, elements) => {
                let length = lengths.pop().unwrap_or(0) as usize;
                elements.truncate(elements.rows() - length);
            }
            Data::Map(lengths, entries) => {
                let length = lengths.pop().unwrap_or(0) as usize;
                let (keys, values) = &mut **entries;
                keys.truncate(keys.rows() - length);
                values.truncate(values.rows() - length);
            }
            Data::Struct(fields) => {
                fields.iter_mut().for_each(|field| field.truncate(field.rows() - 1));
            }
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Data::Bool(values) => values.len(),
            Data::Int(values) => values.len() * 4,
            Data::Long(values) => values.len() * 8,
            Data::Float(values) => values.len() * 4,
            Data::Double(values) => values.len() * 8,
            Data::Decimal(values) => values.len() * 16,
            Data::Moments(values) => values.len() * 16,
            Data::Bytes(texts) => texts.bytes.len() + texts.ends.len() * 8,
            Data::List(lengths, elements) => lengths.len() * 4 + elements.bytes(),
            Data::Map(lengths, entries) => lengths.len() * 4 + entries.0.bytes() + entries.1.bytes(),
            Data::Struct(fields) => fields.iter().map(Column::bytes).sum(),
        }
    }
}
