//! Files of Iceberg tables: Parquet with the types that the format's specification names (appendix A), every field marked with its id.
//!
//! Names are compared as they are, a key that no column has is refused, and so is a record without a value that must be there. Times are
//! microseconds, as Firehose demands of its callers; texts in the ISO's forms are taken too.

use std::sync::Arc;

use iceberg::types::{self, Field, Primitive, Schema, Type as IcebergType};
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::statistics::Statistics;
use parquet::schema::types::{Type, TypePtr};
use ports::{
    CompiledTable, ConvertedFile as _, NotConverted, RowValues, TableColumn, TableFile, TableRows,
    TableWriter,
};

use crate::column::{Column, Data};
use crate::file::{File, Plan, Shared, Words, unwritten};
use crate::kind::{IcebergKind, Kind};
use crate::parquet_file::Settings;
use crate::read::{Fields, Rules, Shape};

/// Bytes of a page.
const PAGE_BYTES: u64 = 1 << 20;
/// Characters or bytes of a bound, as Iceberg's own writers cut them.
const BOUND: usize = 16;

fn invalid(what: impl std::fmt::Display) -> NotConverted {
    NotConverted { code: "Iceberg.InvalidSchema", message: what.to_string() }
}

/// Understands the schema of a table.
pub(crate) fn compile(rows: &TableRows) -> Result<Arc<dyn CompiledTable>, NotConverted> {
    let json = serde_json::from_str(&rows.schema).map_err(invalid)?;
    let mut schema = Schema::parse(&json).map_err(invalid)?;
    if let Some(only) = &rows.only {
        schema.fields.retain(|field| only.contains(&field.id));
        for field in &mut schema.fields {
            field.required = true;
            if field.primitive().is_none() {
                return Err(invalid(format!("The column {} does not hold a single value", field.name)));
            }
        }
    }
    if schema.fields.is_empty() {
        return Err(invalid("The table has no columns"));
    }
    let columns: Vec<(String, Kind)> =
        schema.fields.iter().map(|field| (field.name.clone(), kind(&field.kind))).collect();
    let types = schema.fields.iter().map(|field| parquet_type(field, &field.name)).collect::<Result<_, _>>();
    let types = types.and_then(|types| Type::group_type_builder("table").with_fields(types).build());
    let settings =
        Settings { compression: rows.compression, v2: false, dictionary: true, page_bytes: PAGE_BYTES };
    let block = usize::try_from(rows.block_bytes).unwrap_or(usize::MAX);
    let shared = Shared {
        fields: fields(&schema.fields, rows.only.is_none()),
        columns,
        rules: Rules::of_iceberg(),
        plan: Plan::Parquet { schema: Arc::new(types.map_err(invalid)?), settings, block },
        words: Words::Iceberg,
    };
    Ok(Arc::new(Table { shared: Arc::new(shared), schema: Arc::new(schema) }))
}

fn kind(kind: &IcebergType) -> Kind {
    match kind {
        IcebergType::Primitive(primitive) => match *primitive {
            Primitive::Boolean => Kind::Boolean,
            Primitive::Int => Kind::Int,
            Primitive::Long => Kind::BigInt,
            Primitive::Float => Kind::Float,
            Primitive::Double => Kind::Double,
            Primitive::Decimal(precision, scale) => Kind::Decimal(precision, scale),
            Primitive::Date => Kind::Date,
            Primitive::Time => Kind::Iceberg(IcebergKind::Time),
            Primitive::Timestamp => Kind::Iceberg(IcebergKind::Micros { utc: false }),
            Primitive::TimestampTz => Kind::Iceberg(IcebergKind::Micros { utc: true }),
            Primitive::String => Kind::String,
            Primitive::Uuid => Kind::Iceberg(IcebergKind::Uuid),
            Primitive::Fixed(length) => Kind::Iceberg(IcebergKind::Fixed(length)),
            Primitive::Binary => Kind::Binary,
        },
        IcebergType::Struct(fields) => {
            Kind::Struct(fields.iter().map(|field| (field.name.clone(), self::kind(&field.kind))).collect())
        }
        IcebergType::List(element) => Kind::Array(Box::new(self::kind(&element.kind))),
        IcebergType::Map(entry) => {
            Kind::Map(Box::new(self::kind(&entry.0.kind)), Box::new(self::kind(&entry.1.kind)))
        }
    }
}

fn fields(fields: &[Field], closed: bool) -> Fields {
    Fields::of_iceberg(fields.iter().map(|field| (field.name.clone(), shape(field))).collect(), closed)
}

fn shape(field: &Field) -> Shape {
    let whole = kind(&field.kind);
    match &field.kind {
        IcebergType::Primitive(_) => Shape::single(whole, field.required),
        IcebergType::Struct(below) => Shape::fields(whole, fields(below, false), field.required),
        IcebergType::List(element) => Shape::list(whole, shape(element), field.required),
        IcebergType::Map(entry) => Shape::map(whole, shape(&entry.0), shape(&entry.1), field.required),
    }
}

fn parquet_type(field: &Field, name: &str) -> Result<TypePtr, ParquetError> {
    let repetition = if field.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let group = |fields: Vec<TypePtr>, logical: Option<LogicalType>| {
        Type::group_type_builder(name)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .with_id(Some(field.id))
            .with_fields(fields)
            .build()
    };
    let repeated = |name: &str, fields: Vec<TypePtr>| {
        Type::group_type_builder(name)
            .with_repetition(Repetition::REPEATED)
            .with_fields(fields)
            .build()
            .map(Arc::new)
    };
    let built = match &field.kind {
        IcebergType::Primitive(primitive) => primitive_type(*primitive, field.id, name, repetition),
        IcebergType::Struct(fields) => {
            let fields =
                fields.iter().map(|field| parquet_type(field, &field.name)).collect::<Result<_, _>>()?;
            group(fields, None)
        }
        IcebergType::List(element) => {
            let list = repeated("list", vec![parquet_type(element, "element")?])?;
            group(vec![list], Some(LogicalType::List))
        }
        IcebergType::Map(entry) => {
            let fields = vec![parquet_type(&entry.0, "key")?, parquet_type(&entry.1, "value")?];
            group(vec![repeated("key_value", fields)?], Some(LogicalType::Map))
        }
    };
    built.map(Arc::new)
}

fn primitive_type(
    kind: Primitive,
    id: i32,
    name: &str,
    repetition: Repetition,
) -> Result<Type, ParquetError> {
    let leaf = |physical, logical: Option<LogicalType>| {
        Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .with_id(Some(id))
    };
    let fixed =
        |length: u32, logical| leaf(Physical::FIXED_LEN_BYTE_ARRAY, logical).with_length(length as i32);
    let timestamp = |utc| Some(LogicalType::timestamp(utc, TimeUnit::MICROS));
    match kind {
        Primitive::Boolean => leaf(Physical::BOOLEAN, None),
        Primitive::Int => leaf(Physical::INT32, None),
        Primitive::Long => leaf(Physical::INT64, None),
        Primitive::Float => leaf(Physical::FLOAT, None),
        Primitive::Double => leaf(Physical::DOUBLE, None),
        Primitive::Date => leaf(Physical::INT32, Some(LogicalType::Date)),
        Primitive::Time => leaf(Physical::INT64, Some(LogicalType::time(false, TimeUnit::MICROS))),
        Primitive::Timestamp => leaf(Physical::INT64, timestamp(false)),
        Primitive::TimestampTz => leaf(Physical::INT64, timestamp(true)),
        Primitive::String => leaf(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Primitive::Binary => leaf(Physical::BYTE_ARRAY, None),
        Primitive::Uuid => fixed(16, Some(LogicalType::Uuid)),
        Primitive::Fixed(length) => fixed(length, None),
        Primitive::Decimal(precision, scale) => {
            let logical = Some(LogicalType::decimal(i32::from(scale), i32::from(precision)));
            let leaf = match precision {
                0..=9 => leaf(Physical::INT32, logical),
                10..=18 => leaf(Physical::INT64, logical),
                _ => fixed(types::decimal_bytes(precision) as u32, logical),
            };
            leaf.with_precision(i32::from(precision)).with_scale(i32::from(scale))
        }
    }
    .build()
}

struct Table {
    shared: Arc<Shared>,
    schema: Arc<Schema>,
}

impl CompiledTable for Table {
    fn begin(&self) -> Box<dyn TableWriter> {
        Box::new(Writer { file: File::new(self.shared.clone()), schema: self.schema.clone() })
    }

    fn values(&self, fields: &[i32]) -> Result<Box<dyn RowValues>, NotConverted> {
        let find = |id: &i32| {
            let mut path = Vec::new();
            match find(&self.schema.fields, *id, &mut path) {
                true => Ok(path),
                false => Err(invalid(format!("The field {id} does not hold a single value"))),
            }
        };
        let paths = fields.iter().map(find).collect::<Result<_, _>>()?;
        Ok(Box::new(Values { file: File::new(self.shared.clone()), paths }))
    }
}

/// Where a field stands: the place of its column, then those in the structs below.
fn find(fields: &[Field], id: i32, path: &mut Vec<usize>) -> bool {
    for (place, field) in fields.iter().enumerate() {
        path.push(place);
        let found = match &field.kind {
            IcebergType::Primitive(_) => field.id == id,
            IcebergType::Struct(below) => find(below, id, path),
            IcebergType::List(_) | IcebergType::Map(_) => false,
        };
        if found {
            return true;
        }
        path.pop();
    }
    false
}

struct Values {
    file: File,
    paths: Vec<Vec<usize>>,
}

impl RowValues for Values {
    fn of(&mut self, record: &[u8]) -> Result<Vec<Option<Vec<u8>>>, NotConverted> {
        self.file.read(record)?;
        let (columns, rows) = self.file.unwritten();
        let values = match rows {
            1 => Ok(self.paths.iter().map(|path| last(columns, path)).collect()),
            _ => Err(NotConverted {
                code: "Iceberg.ParseError",
                message: format!("A record is one JSON object, not {rows}"),
            }),
        };
        self.file.forget();
        values
    }
}

/// The value of the last row.
fn last(columns: &[Column], path: &[usize]) -> Option<Vec<u8>> {
    let (place, below) = path.split_first()?;
    let column = columns.get(*place)?;
    if column.valid.last() != Some(&true) {
        return None;
    }
    match &column.data {
        Data::Struct(columns) => last(columns, below),
        Data::Bool(values) => values.last().map(|value| vec![u8::from(*value)]),
        Data::Int(values) => values.last().map(|value| value.to_le_bytes().to_vec()),
        Data::Long(values) => values.last().map(|value| value.to_le_bytes().to_vec()),
        Data::Float(values) => values.last().map(|value| value.to_le_bytes().to_vec()),
        Data::Double(values) => values.last().map(|value| value.to_le_bytes().to_vec()),
        Data::Decimal(values) => values.last().map(|value| types::decimal_value(*value)),
        Data::Bytes(texts) => texts.ranges().last().map(|range| texts.bytes[range].to_vec()),
        Data::Moments(_) | Data::List(..) | Data::Map(..) => None,
    }
}

struct Writer {
    file: File,
    schema: Arc<Schema>,
}

impl TableWriter for Writer {
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted> {
        self.file.push(record)
    }

    fn rows(&self) -> u64 {
        self.file.rows()
    }

    fn finish(self: Box<Self>) -> Result<TableFile, NotConverted> {
        let rows = self.file.rows();
        let Some(file) = self.file.into_parquet()? else { return Ok(TableFile::default()) };
        let columns = columns(&self.schema, file.groups());
        let begin = |group: &RowGroupMetaData| {
            let columns = group.columns().iter();
            columns.map(|column| column.dictionary_page_offset().unwrap_or(column.data_page_offset())).min()
        };
        let splits = file.groups().iter().filter_map(begin).map(i64::unsigned_abs).collect();
        Ok(TableFile { pieces: vec![file.finish().map_err(unwritten)?], rows, columns, splits })
    }
}

/// What is known of the columns of a file.
fn columns(schema: &Schema, groups: &[RowGroupMetaData]) -> Vec<TableColumn> {
    let Some(first) = groups.first() else { return Vec::new() };
    let leaves = 0..first.num_columns();
    leaves
        .filter_map(|leaf| {
            groups
                .iter()
                .map(|group| group.column(leaf))
                .fold(None, |sum, chunk| Some(add(schema, sum, chunk)))
        })
        .collect()
}

fn add(schema: &Schema, sum: Option<TableColumn>, chunk: &ColumnChunkMetaData) -> TableColumn {
    let info = chunk.column_descr().self_type().get_basic_info();
    let id = if info.has_id() { info.id() } else { 0 };
    // Only values of which each row has one are bounded.
    let kind =
        schema.field(id).and_then(Field::primitive).filter(|_| chunk.column_descr().max_rep_level() == 0);
    let statistics = chunk.statistics();
    let nulls = statistics.and_then(Statistics::null_count_opt).unwrap_or(0);
    let values = chunk.num_values().unsigned_abs();
    let bounds = match kind {
        // Without a value there is no bound, and none is missing.
        Some(_) if nulls == values => Some((None, None)),
        Some(kind) => statistics
            .and_then(|statistics| bounds(kind, statistics))
            .map(|(lower, upper)| (Some(lower), upper)),
        None => None,
    };
    let bytes = chunk.compressed_size().unsigned_abs();
    let (lower, upper) = bounds.clone().unwrap_or((None, None));
    let Some(sum) = sum else { return TableColumn { id, bytes, values, nulls, lower, upper } };
    let merge = |a: Option<Vec<u8>>, b: Option<Vec<u8>>, has_a: bool, wanted: std::cmp::Ordering| match (a, b)
    {
        (Some(a), Some(b)) => kind.map(|kind| if types_compare(kind, &a, &b) == wanted { a } else { b }),
        // Groups of nothing but nulls bound nothing.
        (Some(a), None) if nulls == values => Some(a),
        (None, Some(b)) if !has_a => Some(b),
        (Some(_) | None, _) => None,
    };
    let had_values = sum.nulls < sum.values;
    TableColumn {
        id,
        bytes: sum.bytes + bytes,
        lower: merge(sum.lower, lower, had_values, std::cmp::Ordering::Less),
        upper: merge(sum.upper, upper, had_values, std::cmp::Ordering::Greater),
        values: sum.values + values,
        nulls: sum.nulls + nulls,
    }
}

fn types_compare(kind: Primitive, a: &[u8], b: &[u8]) -> std::cmp::Ordering {
    iceberg::manifest::compare(kind, a, b)
}

/// The least and the greatest value of a chunk; for texts, texts that are no greater and no less. `None`: nothing is known.
fn bounds(kind: Primitive, statistics: &Statistics) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
    let decimal = |value: i128| types::decimal_value(value);
    let is_decimal = matches!(kind, Primitive::Decimal(..));
    Some(match statistics {
        Statistics::Boolean(range) => {
            (vec![u8::from(*range.min_opt()?)], Some(vec![u8::from(*range.max_opt()?)]))
        }
        Statistics::Int32(range) => {
            let form = |value: i32| {
                if is_decimal { decimal(i128::from(value)) } else { value.to_le_bytes().to_vec() }
            };
            (form(*range.min_opt()?), Some(form(*range.max_opt()?)))
        }
        Statistics::Int64(range) => {
            let form = |value: i64| {
                if is_decimal { decimal(i128::from(value)) } else { value.to_le_bytes().to_vec() }
            };
            (form(*range.min_opt()?), Some(form(*range.max_opt()?)))
        }
        Statistics::Float(range) => {
            (range.min_opt()?.to_le_bytes().to_vec(), Some(range.max_opt()?.to_le_bytes().to_vec()))
        }
        Statistics::Double(range) => {
            (range.min_opt()?.to_le_bytes().to_vec(), Some(range.max_opt()?.to_le_bytes().to_vec()))
        }
        Statistics::FixedLenByteArray(range) => {
            let (least, most) = (range.min_opt()?.data(), range.max_opt()?.data());
            match kind {
                Primitive::Decimal(..) => {
                    (decimal(types::decimal_of(least)), Some(decimal(types::decimal_of(most))))
                }
                _ => (least.to_vec(), Some(most.to_vec())),
            }
        }
        Statistics::ByteArray(range) => {
            let (least, most) = (range.min_opt()?.data(), range.max_opt()?.data());
            match kind {
                Primitive::String => {
                    let (least, most) = (std::str::from_utf8(least).ok()?, std::str::from_utf8(most).ok()?);
                    (cut(least).as_bytes().to_vec(), above(most).map(String::into_bytes))
                }
                _ => (least[..least.len().min(BOUND)].to_vec(), above_bytes(most)),
            }
        }
        Statistics::Int96(_) => return None,
    })
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(BOUND).map_or(text, |(end, _)| &text[..end])
}

/// A text of few characters that is not less.
fn above(text: &str) -> Option<String> {
    let short = cut(text);
    if short.len() == text.len() {
        return Some(text.to_owned());
    }
    let signs: Vec<char> = short.chars().collect();
    (0..signs.len()).rev().find_map(|at| {
        // The scalars leave a gap where surrogates would be.
        let next = match signs[at] as u32 + 1 {
            0xd800 => 0xe000,
            next => next,
        };
        let next = char::from_u32(next)?;
        Some(signs[..at].iter().chain([&next]).collect())
    })
}

fn above_bytes(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() <= BOUND {
        return Some(bytes.to_vec());
    }
    let at = bytes[..BOUND].iter().rposition(|byte| *byte < 0xff)?;
    let mut above = bytes[..=at].to_vec();
    above[at] += 1;
    Some(above)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bounds_of_texts_are_short_and_hold() {
        assert_eq!(above("short"), Some("short".to_owned()));
        assert_eq!(above("aaaaaaaaaaaaaaaaZZ"), Some("aaaaaaaaaaaaaaab".to_owned()));
        assert_eq!(above(&"\u{10ffff}".repeat(20)), None);
        assert_eq!(above_bytes(&[0xff; 20]), None);
    }

    proptest! {
        #[test]
        fn nothing_is_above_what_is_above(text in "\\PC{0,40}") {
            prop_assert!(cut(&text) <= text.as_str());
            if let Some(above) = above(&text) {
                prop_assert!(above.as_str() >= text.as_str());
                prop_assert!(above.chars().count() <= BOUND);
            }
        }
    }
}
