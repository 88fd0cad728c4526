//! Types: Hive's texts to Arrow's, and Arrow's to what results and new tables say.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Fields, TimeUnit};
use ports::{QueryColumn, QueryError};

/// How deep types may be nested.
const DEPTH_MAX: usize = 32;

/// The type that Hive writes so.
pub(crate) fn of_hive(text: &str) -> Result<DataType, QueryError> {
    let mut reader = Reader { text, at: 0 };
    let kind = reader.kind(0)?;
    if reader.rest().trim().is_empty() { Ok(kind) } else { Err(reader.wrong()) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn wrong(&self) -> QueryError {
        QueryError::new("HIVE_UNSUPPORTED_FORMAT", format!("Unsupported Hive type: {}", self.text))
    }

    fn blank(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, mark: char) -> bool {
        self.blank();
        let is = self.rest().starts_with(mark);
        self.at += if is { mark.len_utf8() } else { 0 };
        is
    }

    fn expect(&mut self, mark: char) -> Result<(), QueryError> {
        if self.eat(mark) { Ok(()) } else { Err(self.wrong()) }
    }

    fn until(&mut self, ends: &[char]) -> String {
        self.blank();
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let word = self.rest()[..length].trim().to_owned();
        self.at += length;
        word
    }

    fn kind(&mut self, depth: usize) -> Result<DataType, QueryError> {
        if depth > DEPTH_MAX {
            return Err(self.wrong());
        }
        let word = self.until(&['<', '>', ',', '(', ')']).to_ascii_lowercase();
        Ok(match word.as_str() {
            "boolean" => DataType::Boolean,
            "tinyint" => DataType::Int8,
            "smallint" => DataType::Int16,
            "int" | "integer" => DataType::Int32,
            "bigint" | "long" => DataType::Int64,
            "float" | "real" => DataType::Float32,
            "double" => DataType::Float64,
            "string" => DataType::Utf8,
            "varchar" | "char" => {
                if self.eat('(') {
                    self.until(&[')']);
                    self.expect(')')?;
                }
                DataType::Utf8
            }
            "binary" => DataType::Binary,
            "date" => DataType::Date32,
            "timestamp" => DataType::Timestamp(TimeUnit::Microsecond, None),
            "decimal" => {
                let (mut precision, mut scale) = (10, 0);
                if self.eat('(') {
                    precision = self.until(&[',', ')']).parse().map_err(|_| self.wrong())?;
                    if self.eat(',') {
                        scale = self.until(&[')']).parse().map_err(|_| self.wrong())?;
                    }
                    self.expect(')')?;
                }
                if precision == 0 || precision > 38 || i16::from(scale) > i16::from(precision) {
                    return Err(self.wrong());
                }
                DataType::Decimal128(precision, scale)
            }
            "array" => {
                self.expect('<')?;
                let element = self.kind(depth + 1)?;
                self.expect('>')?;
                DataType::List(Arc::new(Field::new_list_field(element, true)))
            }
            "map" => {
                self.expect('<')?;
                let key = self.kind(depth + 1)?;
                self.expect(',')?;
                let value = self.kind(depth + 1)?;
                self.expect('>')?;
                map_of(key, value)
            }
            "struct" => {
                self.expect('<')?;
                let mut fields = Vec::new();
                loop {
                    let name = self.until(&[':', '>', ',']).to_lowercase();
                    self.expect(':')?;
                    fields.push(Field::new(name, self.kind(depth + 1)?, true));
                    if !self.eat(',') {
                        break;
                    }
                }
                self.expect('>')?;
                DataType::Struct(fields.into())
            }
            _ => return Err(self.wrong()),
        })
    }
}

/// A map's type.
pub(crate) fn map_of(key: DataType, value: DataType) -> DataType {
    let fields: Fields = vec![Field::new("key", key, false), Field::new("value", value, true)].into();
    DataType::Map(Arc::new(Field::new("entries", DataType::Struct(fields), false)), false)
}

/// A column of an answer (facts section 5: names and precisions).
pub(crate) fn column(name: String, kind: &DataType) -> QueryColumn {
    let (kind_name, precision, scale) = match kind {
        DataType::Boolean => ("boolean", 0, 0),
        DataType::Int8 => ("tinyint", 3, 0),
        DataType::Int16 | DataType::UInt8 => ("smallint", 5, 0),
        DataType::Int32 | DataType::UInt16 => ("integer", 10, 0),
        DataType::Int64 | DataType::UInt32 | DataType::UInt64 => ("bigint", 19, 0),
        DataType::Float16 | DataType::Float32 => ("float", 17, 0),
        DataType::Float64 => ("double", 17, 0),
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => ("decimal", i32::from(*precision), i32::from(*scale)),
        DataType::Timestamp(_, None) => ("timestamp", 3, 0),
        DataType::Timestamp(_, Some(_)) => ("timestamp with time zone", 3, 0),
        DataType::Date32 | DataType::Date64 => ("date", 0, 0),
        DataType::Time32(_) | DataType::Time64(_) => ("time", 3, 0),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            ("varbinary", 1_073_741_824, 0)
        }
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::FixedSizeList(..)
        | DataType::ListView(_)
        | DataType::LargeListView(_) => ("array", 0, 0),
        DataType::Map(..) => ("map", 0, 0),
        DataType::Struct(_) => ("row", 0, 0),
        DataType::Null => ("unknown", 0, 0),
        DataType::Interval(_) | DataType::Duration(_) => ("interval day to second", 0, 0),
        DataType::Dictionary(_, value) => return column(name, value),
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Union(..)
        | DataType::RunEndEncoded(..) => ("varchar", i32::MAX, 0),
    };
    QueryColumn { name, kind: kind_name, hive: hive(kind), precision, scale }
}

/// The type as Hive writes it.
fn hive(kind: &DataType) -> String {
    match kind {
        DataType::Boolean => "boolean".to_owned(),
        DataType::Int8 => "tinyint".to_owned(),
        DataType::Int16 | DataType::UInt8 => "smallint".to_owned(),
        DataType::Int32 | DataType::UInt16 => "int".to_owned(),
        DataType::Int64 | DataType::UInt32 | DataType::UInt64 => "bigint".to_owned(),
        DataType::Float16 | DataType::Float32 => "float".to_owned(),
        DataType::Float64 => "double".to_owned(),
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => format!("decimal({},{})", (*precision).min(38), scale),
        DataType::Timestamp(..) => "timestamp".to_owned(),
        DataType::Date32 | DataType::Date64 => "date".to_owned(),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            "binary".to_owned()
        }
        DataType::List(element)
        | DataType::LargeList(element)
        | DataType::FixedSizeList(element, _)
        | DataType::ListView(element)
        | DataType::LargeListView(element) => format!("array<{}>", hive(element.data_type())),
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(fields) if fields.len() == 2 => {
                format!("map<{},{}>", hive(fields[0].data_type()), hive(fields[1].data_type()))
            }
            _ => "string".to_owned(),
        },
        DataType::Struct(fields) => {
            let field = |field: &Arc<Field>| format!("{}:{}", field.name(), hive(field.data_type()));
            format!("struct<{}>", fields.iter().map(field).collect::<Vec<_>>().join(","))
        }
        DataType::Dictionary(_, value) => hive(value),
        DataType::Null
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Time32(_)
        | DataType::Time64(_)
        | DataType::Interval(_)
        | DataType::Duration(_)
        | DataType::Union(..)
        | DataType::RunEndEncoded(..) => "string".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_back_as_hive_writes_them() {
        for text in [
            "boolean",
            "decimal(10,2)",
            "array<struct<a:int,b:map<string,double>>>",
            "struct<x:timestamp,y:array<array<date>>>",
            "binary",
        ] {
            assert_eq!(hive(&of_hive(text).unwrap()), text);
        }
        assert_eq!(hive(&of_hive("varchar(10)").unwrap()), "string");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "array<int", "uniontype<int>", "decimal(50,2)", "int>", &"array<".repeat(100)] {
            assert!(of_hive(text).is_err(), "{text}");
        }
    }
}
