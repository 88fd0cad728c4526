//! Values of JSON, and texts of delimited files, as Arrow's arrays of the types that the table has.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, ListArray, MapArray, StringArray, StructArray,
    TimestampMicrosecondArray, new_null_array,
};
use datafusion::arrow::buffer::{NullBuffer, OffsetBuffer};
use datafusion::arrow::compute::kernels::cast_utils::parse_decimal;
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Field};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::json::field_of;

/// What becomes of a value that its column cannot hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Strictness {
    /// It is bad data (JSON).
    Json,
    /// It is null (LazySimpleSerDe).
    Lazy,
    /// It is bad data, but for empty fields, which are null; days and milliseconds are numbers (OpenCSVSerde).
    Csv,
}

type Outcome<T> = Result<T, String>;

/// An array of these values.
pub(super) fn build(kind: &DataType, values: &[Option<&Value>], strictness: Strictness) -> Outcome<ArrayRef> {
    let strict = Each { values, strictness };
    Ok(match kind {
        DataType::Utf8 => Arc::new(strict.all(text)?.into_iter().collect::<StringArray>()),
        DataType::Boolean => Arc::new(strict.all(boolean)?.into_iter().collect::<BooleanArray>()),
        DataType::Int8 => Arc::new(strict.all(whole::<i8>)?.into_iter().collect::<Int8Array>()),
        DataType::Int16 => Arc::new(strict.all(whole::<i16>)?.into_iter().collect::<Int16Array>()),
        DataType::Int32 => Arc::new(strict.all(whole::<i32>)?.into_iter().collect::<Int32Array>()),
        DataType::Int64 => Arc::new(strict.all(whole::<i64>)?.into_iter().collect::<Int64Array>()),
        #[expect(clippy::cast_possible_truncation, reason = "a float column holds the nearest float")]
        DataType::Float32 => Arc::new(
            strict
                .all(double)?
                .into_iter()
                .map(|value| value.map(|value| value as f32))
                .collect::<Float32Array>(),
        ),
        DataType::Float64 => Arc::new(strict.all(double)?.into_iter().collect::<Float64Array>()),
        DataType::Decimal128(precision, scale) => {
            let all = strict.all(|value| decimal(value, *precision, *scale))?;
            let array = all.into_iter().collect::<Decimal128Array>();
            Arc::new(array.with_precision_and_scale(*precision, *scale).map_err(|error| error.to_string())?)
        }
        DataType::Date32 => {
            Arc::new(strict.all(|value| date(value, strictness))?.into_iter().collect::<Date32Array>())
        }
        DataType::Timestamp(..) => {
            Arc::new(strict.all(moment)?.into_iter().collect::<TimestampMicrosecondArray>())
        }
        DataType::Binary => {
            let all = strict.all(|value| text(value).map(String::into_bytes))?;
            Arc::new(all.into_iter().collect::<BinaryArray>())
        }
        DataType::List(element) => Arc::new(lists(element, values, strictness)?),
        DataType::Map(entries, sorted) => Arc::new(maps(entries, *sorted, values, strictness)?),
        DataType::Struct(fields) => {
            let mut columns = Vec::with_capacity(fields.len());
            for (at, field) in fields.iter().enumerate() {
                let inner: Vec<Option<&Value>> = values
                    .iter()
                    .map(|value| match value {
                        Some(Value::Object(object)) => field_of(object, field.name()),
                        // Delimited text has fields by place.
                        Some(Value::Array(all)) => all.get(at),
                        _ => None,
                    })
                    .collect();
                columns.push(build(field.data_type(), &inner, strictness)?);
            }
            let nulls: NullBuffer = values
                .iter()
                .map(|value| matches!(value, Some(Value::Object(_) | Value::Array(_))))
                .collect();
            if fields.is_empty() {
                return Ok(new_null_array(kind, values.len()));
            }
            refuse_scalars(values, strictness, "a struct")?;
            Arc::new(
                StructArray::try_new(fields.clone(), columns, Some(nulls))
                    .map_err(|error| error.to_string())?,
            )
        }
        other => return Err(format!("the type {other} is not read")),
    })
}

struct Each<'e> {
    values: &'e [Option<&'e Value>],
    strictness: Strictness,
}

impl Each<'_> {
    fn all<T>(&self, take: impl Fn(&Value) -> Option<T>) -> Outcome<Vec<Option<T>>> {
        let one = |value: &Option<&Value>| {
            let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(None) };
            match take(value) {
                Some(taken) => Ok(Some(taken)),
                None if self.strictness == Strictness::Lazy || *value == Value::String(String::new()) => {
                    Ok(None)
                }
                None => Err(format!("'{}'", shortened(value))),
            }
        };
        self.values.iter().map(one).collect()
    }
}

fn shortened(value: &Value) -> String {
    value.to_string().trim_matches('"').chars().take(100).collect()
}

fn refuse_scalars(values: &[Option<&Value>], strictness: Strictness, what: &str) -> Outcome<()> {
    let wrong = values
        .iter()
        .flatten()
        .find(|value| !matches!(value, Value::Object(_) | Value::Array(_) | Value::Null));
    match wrong {
        Some(value) if strictness == Strictness::Json && **value != Value::String(String::new()) => {
            Err(format!("'{}' is not {what}", shortened(value)))
        }
        Some(_) | None => Ok(()),
    }
}

fn offsets(lengths: impl Iterator<Item = usize>) -> OffsetBuffer<i32> {
    OffsetBuffer::from_lengths(lengths)
}

fn lists(element: &Arc<Field>, values: &[Option<&Value>], strictness: Strictness) -> Outcome<ListArray> {
    refuse_scalars(values, strictness, "an array")?;
    let items = |value: &Option<&Value>| match value {
        Some(Value::Array(all)) => all.len(),
        _ => 0,
    };
    let inner: Vec<Option<&Value>> = values
        .iter()
        .flat_map(|value| match value {
            Some(Value::Array(all)) => all.as_slice(),
            _ => &[],
        })
        .map(Some)
        .collect();
    let nulls: NullBuffer = values.iter().map(|value| matches!(value, Some(Value::Array(_)))).collect();
    let inner = build(element.data_type(), &inner, strictness)?;
    ListArray::try_new(element.clone(), offsets(values.iter().map(items)), inner, Some(nulls))
        .map_err(|error| error.to_string())
}

fn maps(
    entries: &Arc<Field>,
    sorted: bool,
    values: &[Option<&Value>],
    strictness: Strictness,
) -> Outcome<MapArray> {
    refuse_scalars(values, strictness, "a map")?;
    let DataType::Struct(fields) = entries.data_type() else {
        return Err("a map without entries".to_owned());
    };
    let mut keys = Vec::new();
    let mut inner = Vec::new();
    let mut lengths = Vec::with_capacity(values.len());
    for value in values {
        let Some(Value::Object(object)) = value else {
            lengths.push(0);
            continue;
        };
        lengths.push(object.len());
        keys.extend(object.keys().map(|key| Value::String(key.clone())));
        inner.extend(object.values().map(Some));
    }
    let keys: Vec<Option<&Value>> = keys.iter().map(Some).collect();
    // A key that its type cannot hold is bad data whatever the reader: a map has no null keys.
    let keys = build(fields[0].data_type(), &keys, Strictness::Json)?;
    let inner = build(fields[1].data_type(), &inner, strictness)?;
    let both =
        StructArray::try_new(fields.clone(), vec![keys, inner], None).map_err(|error| error.to_string())?;
    let nulls: NullBuffer = values.iter().map(|value| matches!(value, Some(Value::Object(_)))).collect();
    MapArray::try_new(entries.clone(), offsets(lengths.into_iter()), both, Some(nulls), sorted)
        .map_err(|error| error.to_string())
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(is) => Some(*is),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Number(number) => number.as_i64().map(|number| number != 0),
        _ => None,
    }
}

fn whole<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    let number = match value {
        Value::Number(number) => match number.as_i64() {
            Some(number) => number,
            None => double_as_whole(number.as_f64()?)?,
        },
        Value::String(text) => text.trim().parse().ok()?,
        Value::Bool(is) => i64::from(*is),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    T::try_from(number).ok()
}

/// A number that is whole though it was written with a point.
fn double_as_whole(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "within the range where doubles are exact")]
    (number.abs() <= LIMIT).then_some(number.trunc() as i64)
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.trim() {
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            text => text.parse().ok(),
        },
        _ => None,
    }
}

fn decimal(value: &Value, precision: u8, scale: i8) -> Option<i128> {
    match value {
        Value::Number(number) => parse_decimal::<Decimal128Type>(&number.to_string(), precision, scale).ok(),
        Value::String(text) => parse_decimal::<Decimal128Type>(text.trim(), precision, scale).ok(),
        _ => None,
    }
}

fn days(date: Date) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).ok().map(|span| span.get_days())
}

fn date(value: &Value, strictness: Strictness) -> Option<i32> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            if strictness == Strictness::Csv
                && let Ok(days) = text.parse::<i32>()
            {
                return Some(days);
            }
            // A timestamp in a column of dates is its day.
            text.get(..10).and_then(|day| day.parse::<Date>().ok()).and_then(days)
        }
        _ => None,
    }
}

/// Microseconds since 1970: `yyyy-MM-dd[ T]HH:mm:ss[.f]`, with or without a zone, a date alone, or milliseconds.
fn moment(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            if let Ok(millis) = text.parse::<i64>() {
                return millis.checked_mul(1_000);
            }
            if let Ok(moment) = text.parse::<Timestamp>() {
                return Some(moment.as_microsecond());
            }
            let civil = text.parse::<DateTime>().ok()?;
            TimeZone::UTC.to_timestamp(civil).ok().map(|moment| moment.as_microsecond())
        }
        Value::Number(number) => number.as_i64()?.checked_mul(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::Array as _;
    use serde_json::json;

    use super::*;
    use crate::kinds::of_hive;

    fn built(kind: &str, values: &[Value], strictness: Strictness) -> Outcome<ArrayRef> {
        let values: Vec<Option<&Value>> = values.iter().map(Some).collect();
        build(&of_hive(kind).unwrap(), &values, strictness)
    }

    #[test]
    fn values_are_taken_as_their_columns_hold_them() {
        let strict = Strictness::Json;
        assert_eq!(built("int", &[json!(1), json!("2"), json!(null)], strict).unwrap().null_count(), 1);
        assert_eq!(
            built("string", &[json!({"a": 1})], strict).unwrap().as_ref(),
            &StringArray::from(vec!["{\"a\":1}"])
        );
        assert!(built("int", &[json!("x")], strict).is_err());
        assert!(built("int", &[json!(3_000_000_000_u64)], strict).is_err());
        assert_eq!(built("int", &[json!("x")], Strictness::Lazy).unwrap().null_count(), 1);
        let nested = "array<struct<a:int,m:map<string,double>>>";
        let value = json!([{"A": 1, "m": {"k": 1.5}}, null]);
        assert_eq!(built(nested, &[value, json!(null)], strict).unwrap().null_count(), 1);
        assert!(built("array<int>", &[json!("x")], strict).is_err());
    }

    #[test]
    fn moments_have_several_forms() {
        for value in [
            json!("2024-01-02 03:04:05"),
            json!("2024-01-02T03:04:05Z"),
            json!(1_704_164_645_000_i64),
            json!("1704164645000"),
        ] {
            assert_eq!(moment(&value), Some(1_704_164_645_000_000), "{value}");
        }
        assert_eq!(date(&json!("1970-01-03"), Strictness::Json), Some(2));
        assert_eq!(date(&json!("2"), Strictness::Csv), Some(2));
    }
}
