//! Columns to Parquet: schema, levels and row groups. Pages, encodings and the footer are the library's.
//!
//! Names and types are those that Hive's writer gives, so that Hive, Spark, Trino and Athena read the files as they read Firehose's own:
//! `int96` timestamps, decimals of fixed length, lists and maps of three levels.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, ConvertedType, GzipLevel, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use ports::ParquetCompression;

use crate::column::{Column, Data, Moment};
use crate::kind::{IcebergKind, Kind};

/// Seconds of a day, and the Julian day of 1970-01-01.
const DAY: i64 = 86_400;
const JULIAN_DAY_OF_1970: i64 = 2_440_588;
/// Rows that are handed to the library at a time.
const BATCH: usize = 4096;

/// What is set of a file.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How pages are compressed.
    pub compression: ParquetCompression,
    /// Pages of format version 2.
    pub v2: bool,
    /// Dictionaries allowed.
    pub dictionary: bool,
    /// Bytes of a page.
    pub page_bytes: u64,
}

impl Settings {
    fn properties(&self) -> WriterProperties {
        let compression = match self.compression {
            ParquetCompression::Uncompressed => Compression::UNCOMPRESSED,
            ParquetCompression::Gzip => Compression::GZIP(GzipLevel::default()),
            ParquetCompression::Snappy => Compression::SNAPPY,
        };
        WriterProperties::builder()
            .set_compression(compression)
            .set_writer_version(if self.v2 { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 })
            .set_dictionary_enabled(self.dictionary)
            .set_data_page_size_limit(usize::try_from(self.page_bytes).unwrap_or(usize::MAX))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by("millrace".to_owned())
            .build()
    }
}

/// The schema of a file with these columns.
pub fn schema(columns: &[(String, Kind)]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(|(name, kind)| field(name, kind, Repetition::OPTIONAL));
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder("hive_schema").with_fields(fields).build()?))
}

fn field(name: &str, kind: &Kind, repetition: Repetition) -> Result<TypePtr, ParquetError> {
    let leaf = |physical, logical, converted| {
        Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .with_converted_type(converted)
            .build()
    };
    let integer = |bits| Some(LogicalType::integer(bits, true));
    let built = match kind {
        Kind::Boolean => leaf(Physical::BOOLEAN, None, ConvertedType::NONE),
        Kind::TinyInt => leaf(Physical::INT32, integer(8), ConvertedType::INT_8),
        Kind::SmallInt => leaf(Physical::INT32, integer(16), ConvertedType::INT_16),
        Kind::Int => leaf(Physical::INT32, None, ConvertedType::NONE),
        Kind::BigInt => leaf(Physical::INT64, None, ConvertedType::NONE),
        Kind::Float => leaf(Physical::FLOAT, None, ConvertedType::NONE),
        Kind::Double => leaf(Physical::DOUBLE, None, ConvertedType::NONE),
        Kind::Decimal(precision, scale) => {
            let (precision, scale) = (i32::from(*precision), i32::from(*scale));
            Type::primitive_type_builder(name, Physical::FIXED_LEN_BYTE_ARRAY)
                .with_repetition(repetition)
                .with_length(decimal_bytes(precision as u32) as i32)
                .with_logical_type(Some(LogicalType::decimal(scale, precision)))
                .with_converted_type(ConvertedType::DECIMAL)
                .with_precision(precision)
                .with_scale(scale)
                .build()
        }
        Kind::String | Kind::Char(_) | Kind::Varchar(_) => {
            leaf(Physical::BYTE_ARRAY, Some(LogicalType::String), ConvertedType::UTF8)
        }
        Kind::Binary => leaf(Physical::BYTE_ARRAY, None, ConvertedType::NONE),
        Kind::Date => leaf(Physical::INT32, Some(LogicalType::Date), ConvertedType::DATE),
        Kind::Timestamp => leaf(Physical::INT96, None, ConvertedType::NONE),
        Kind::Iceberg(IcebergKind::Micros { .. } | IcebergKind::Time) => {
            leaf(Physical::INT64, None, ConvertedType::NONE)
        }
        Kind::Iceberg(IcebergKind::Uuid | IcebergKind::Fixed(_)) => {
            leaf(Physical::BYTE_ARRAY, None, ConvertedType::NONE)
        }
        Kind::Array(element) => {
            let element = field("array_element", element, Repetition::OPTIONAL)?;
            let bag = Type::group_type_builder("bag")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![element])
                .build()?;
            Type::group_type_builder(name)
                .with_repetition(repetition)
                .with_logical_type(Some(LogicalType::List))
                .with_converted_type(ConvertedType::LIST)
                .with_fields(vec![Arc::new(bag)])
                .build()
        }
        Kind::Map(key, value) => {
            let key = field("key", key, Repetition::REQUIRED)?;
            let value = field("value", value, Repetition::OPTIONAL)?;
            let entries = Type::group_type_builder("key_value")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![key, value])
                .build()?;
            Type::group_type_builder(name)
                .with_repetition(repetition)
                .with_logical_type(Some(LogicalType::Map))
                .with_converted_type(ConvertedType::MAP)
                .with_fields(vec![Arc::new(entries)])
                .build()
        }
        Kind::Struct(fields) => {
            let fields = fields.iter().map(|(name, kind)| field(name, kind, Repetition::OPTIONAL));
            Type::group_type_builder(name)
                .with_repetition(repetition)
                .with_fields(fields.collect::<Result<Vec<_>, _>>()?)
                .build()
        }
    };
    built.map(Arc::new)
}

/// Bytes that a decimal of so many digits takes.
pub fn decimal_bytes(precision: u32) -> usize {
    (1..=16).find(|bytes| 10_u128.pow(precision) <= 1_u128 << (8 * bytes - 1)).unwrap_or(16)
}

/// A file that is being written, in memory.
pub struct ParquetFile {
    writer: SerializedFileWriter<Vec<u8>>,
    schema: TypePtr,
}

impl ParquetFile {
    /// A file without rows.
    pub fn new(schema: &TypePtr, settings: &Settings) -> Result<Self, ParquetError> {
        let properties = Arc::new(settings.properties());
        let writer = SerializedFileWriter::new(Vec::new(), schema.clone(), properties)?;
        Ok(Self { writer, schema: schema.clone() })
    }

    /// Bytes of the row groups so far.
    pub fn bytes(&self) -> usize {
        self.writer.bytes_written()
    }

    /// Writes a row group.
    pub fn group(&mut self, kinds: &[(String, Kind)], columns: Vec<Column>) -> Result<(), ParquetError> {
        let mut leaves = Vec::new();
        let fields = self.schema.get_fields();
        for (((_, kind), column), field) in kinds.iter().zip(columns).zip(fields) {
            let slots = Slots { def: vec![0; column.rows()], rep: None, present: None };
            take_apart(kind, field, column, slots, Depth { def: 0, rep: 0 }, &mut leaves);
        }
        let mut group = self.writer.next_row_group()?;
        let mut leaves = leaves.into_iter();
        while let Some(mut column) = group.next_column()? {
            let leaf = leaves.next().expect("the schema has as many leaves as the columns");
            leaf.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// The row groups so far.
    pub fn groups(&self) -> &[RowGroupMetaData] {
        self.writer.flushed_row_groups()
    }

    /// The whole file.
    pub fn finish(self) -> Result<Bytes, ParquetError> {
        self.writer.into_inner().map(Bytes::from)
    }
}

/// Levels so far, one for each value, null or empty list of what lies above.
#[derive(Clone)]
struct Slots {
    def: Vec<i16>,
    /// None: all zero.
    rep: Option<Vec<i16>>,
    /// Whether there is a row for it in the column below. None: for all.
    present: Option<Vec<bool>>,
}

#[derive(Clone, Copy)]
struct Depth {
    def: i16,
    rep: i16,
}

/// Values of one leaf and their levels.
struct Leaf {
    kind: Kind,
    data: Data,
    slots: Slots,
}

impl Slots {
    /// One level down, where some rows have no value.
    fn nulls(mut self, valid: &[bool], depth: Depth) -> Self {
        let mut rows = valid.iter();
        let present = match self.present.take() {
            None => valid.to_vec(),
            Some(above) => above.iter().map(|there| *there && *rows.next().unwrap_or(&false)).collect(),
        };
        for (def, there) in self.def.iter_mut().zip(&present) {
            if *there {
                *def = depth.def + 1;
            }
        }
        Self { present: Some(present), ..self }
    }

    /// One level down, where each present value has so many elements.
    fn elements(&self, lengths: &[u32], depth: Depth) -> Self {
        let mut lengths = lengths.iter();
        let mut below = Self { def: Vec::new(), rep: Some(Vec::new()), present: Some(Vec::new()) };
        for (index, def) in self.def.iter().enumerate() {
            let rep = self.rep.as_ref().map_or(0, |rep| rep[index]);
            let is_there = self.present.as_ref().is_none_or(|present| present[index]);
            let length = if is_there { lengths.next().copied().unwrap_or(0) } else { 0 };
            if length == 0 {
                below.push(*def, rep, false);
                continue;
            }
            for element in 0..length {
                below.push(depth.def + 1, if element == 0 { rep } else { depth.rep + 1 }, true);
            }
        }
        below
    }

    fn push(&mut self, def: i16, rep: i16, present: bool) {
        self.def.push(def);
        self.rep.get_or_insert_default().push(rep);
        self.present.get_or_insert_default().push(present);
    }
}

/// Takes a column apart into its leaves, in the order of the schema.
fn take_apart(kind: &Kind, field: &Type, column: Column, slots: Slots, depth: Depth, leaves: &mut Vec<Leaf>) {
    // What must be there has no level of its own.
    let (slots, depth) = match field.is_optional() {
        true => (slots.nulls(&column.valid, depth), Depth { def: depth.def + 1, ..depth }),
        false => (slots, depth),
    };
    let below = |at: usize| &field.get_fields()[0].get_fields()[at];
    let deeper = Depth { def: depth.def + 1, rep: depth.rep + 1 };
    match (kind, column.data) {
        (Kind::Array(element), Data::List(lengths, elements)) => {
            let slots = slots.elements(&lengths, depth);
            take_apart(element, below(0), *elements, slots, deeper, leaves);
        }
        (Kind::Map(key, value), Data::Map(lengths, entries)) => {
            let slots = slots.elements(&lengths, depth);
            let (keys, values) = *entries;
            leaves.push(Leaf { kind: (**key).clone(), data: keys.data, slots: slots.clone() });
            take_apart(value, below(1), values, slots, deeper, leaves);
        }
        (Kind::Struct(fields), Data::Struct(columns)) => {
            for (((_, kind), column), field) in fields.iter().zip(columns).zip(field.get_fields()) {
                take_apart(kind, field, column, slots.clone(), depth, leaves);
            }
        }
        (kind, data) => leaves.push(Leaf { kind: kind.clone(), data, slots }),
    }
}

impl Leaf {
    fn write(self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let Leaf { kind, data, slots: Slots { def, rep, .. } } = self;
        let levels = Levels { def, rep };
        match (column.untyped(), data) {
            (ColumnWriter::BoolColumnWriter(writer), Data::Bool(values)) => {
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::Int32ColumnWriter(writer), Data::Int(values)) => {
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::Int64ColumnWriter(writer), Data::Long(values)) => {
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::FloatColumnWriter(writer), Data::Float(values)) => {
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::DoubleColumnWriter(writer), Data::Double(values)) => {
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::Int96ColumnWriter(writer), Data::Moments(values)) => {
                let values: Vec<Int96> = values.iter().map(int96).collect();
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::ByteArrayColumnWriter(writer), Data::Bytes(texts)) => {
                let ranges: Vec<_> = texts.ranges().collect();
                let bytes = Bytes::from(texts.bytes);
                let values: Vec<ByteArray> =
                    ranges.into_iter().map(|range| bytes.slice(range).into()).collect();
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            // Decimals of few digits, as Iceberg has them.
            (ColumnWriter::Int32ColumnWriter(writer), Data::Decimal(values)) => {
                let values: Vec<i32> = values.iter().map(|value| *value as i32).collect();
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::Int64ColumnWriter(writer), Data::Decimal(values)) => {
                let values: Vec<i64> = values.iter().map(|value| *value as i64).collect();
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::FixedLenByteArrayColumnWriter(writer), Data::Bytes(texts)) => {
                let fixed = |text: &[u8]| FixedLenByteArray::from(text.to_vec());
                let values: Vec<FixedLenByteArray> = texts.iter().map(fixed).collect();
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            (ColumnWriter::FixedLenByteArrayColumnWriter(writer), Data::Decimal(values)) => {
                let Kind::Decimal(precision, _) = kind else { unreachable!("decimals are of that kind") };
                let bytes = decimal_bytes(u32::from(precision));
                let fixed =
                    |value: &i128| FixedLenByteArray::from(value.to_be_bytes()[16 - bytes..].to_vec());
                let values: Vec<FixedLenByteArray> = values.iter().map(fixed).collect();
                levels.batches(&values, |values, def, rep| writer.write_batch(values, def, rep))
            }
            _ => unreachable!("a leaf is written by the schema it was taken apart by"),
        }
    }
}

struct Levels {
    def: Vec<i16>,
    rep: Option<Vec<i16>>,
}

impl Levels {
    /// Hands values to the library in batches that begin with a row.
    fn batches<V>(
        self,
        mut values: &[V],
        mut write: impl FnMut(&[V], Option<&[i16]>, Option<&[i16]>) -> Result<usize, ParquetError>,
    ) -> Result<(), ParquetError> {
        let def = self.def;
        let mut start = 0;
        while start < def.len() {
            let mut end = (start + BATCH).min(def.len());
            if let Some(rep) = &self.rep {
                while end < def.len() && rep[end] > 0 {
                    end += 1;
                }
            }
            let rep = self.rep.as_ref().map(|rep| &rep[start..end]);
            let written = write(values, Some(&def[start..end]), rep)?;
            values = &values[written..];
            start = end;
        }
        Ok(())
    }
}

fn int96(moment: &Moment) -> Int96 {
    let day = moment.seconds.div_euclid(DAY) + JULIAN_DAY_OF_1970;
    let nanos = moment.seconds.rem_euclid(DAY) as u64 * 1_000_000_000 + u64::from(moment.nanos);
    let mut value = Int96::new();
    value.set_data(nanos as u32, (nanos >> 32) as u32, day as u32);
    value
}
