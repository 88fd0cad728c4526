//! Values as Trino's results show them, and as JSON for files that are made of them (facts section 5).

use std::fmt::Write as _;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, MapArray, RecordBatch, StructArray, TimestampNanosecondArray,
};
use datafusion::arrow::compute::{CastOptions, cast, cast_with_options};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, Time64MicrosecondType, TimeUnit, UInt64Type,
};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::common::Result;
use ports::{QueryRow, ValueForm};

/// The rows of a batch.
pub(crate) fn rows(batch: &RecordBatch, form: ValueForm) -> Result<Vec<QueryRow>> {
    let columns: Vec<ArrayRef> = batch.columns().iter().map(plain).collect::<Result<_>>()?;
    let mut rows = Vec::with_capacity(batch.num_rows());
    for at in 0..batch.num_rows() {
        let value = |column: &ArrayRef| {
            if column.is_null(at) {
                return Ok(None);
            }
            let mut out = String::new();
            match form {
                ValueForm::Text => text(&mut out, column, at)?,
                ValueForm::Json => json(&mut out, column, at)?,
            }
            Ok(Some(out))
        };
        rows.push(columns.iter().map(value).collect::<Result<QueryRow>>()?);
    }
    Ok(rows)
}

/// The same column in one of the few types that are written below.
fn plain(column: &ArrayRef) -> Result<ArrayRef> {
    let to = match column.data_type() {
        DataType::Utf8View | DataType::LargeUtf8 => DataType::Utf8,
        DataType::BinaryView | DataType::LargeBinary | DataType::FixedSizeBinary(_) => DataType::Binary,
        DataType::Dictionary(_, value) => (**value).clone(),
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 => DataType::Int64,
        DataType::Float16 => DataType::Float32,
        DataType::Date64 => DataType::Date32,
        DataType::Time32(_) | DataType::Time64(_) => DataType::Time64(TimeUnit::Microsecond),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => return Ok(column.clone()),
        // Milliseconds are what is shown; a wide range must not overflow on the way.
        DataType::Timestamp(_, zone) => DataType::Timestamp(TimeUnit::Microsecond, zone.clone()),
        DataType::Decimal32(precision, scale) | DataType::Decimal64(precision, scale) => {
            DataType::Decimal128(*precision, *scale)
        }
        _ => return Ok(column.clone()),
    };
    if to == *column.data_type() {
        return Ok(column.clone());
    }
    Ok(cast_with_options(column, &to, &CastOptions { safe: false, ..CastOptions::default() })?)
}

/// A double as Java writes it.
fn double(out: &mut String, value: f64) {
    if value.is_nan() {
        out.push_str("NaN");
    } else if value.is_infinite() {
        out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    } else {
        java(
            out,
            value == 0.0 || (1e-3..1e7).contains(&value.abs()),
            &format!("{value:e}"),
            &format!("{value:?}"),
        );
    }
}

/// A float as Java writes it.
fn float(out: &mut String, value: f32) {
    if value.is_nan() {
        out.push_str("NaN");
    } else if value.is_infinite() {
        out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    } else {
        java(
            out,
            value == 0.0 || (1e-3..1e7).contains(&value.abs()),
            &format!("{value:e}"),
            &format!("{value:?}"),
        );
    }
}

/// Plain between 0.001 and ten million, with at least one digit after the point; otherwise with an exponent.
fn java(out: &mut String, is_plain: bool, scientific: &str, plain: &str) {
    if is_plain {
        out.push_str(plain);
        return;
    }
    let (digits, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    out.push_str(digits);
    if !digits.contains('.') {
        out.push_str(".0");
    }
    out.push('E');
    out.push_str(exponent);
}

/// The calendar date of a day since 1970.
fn date(out: &mut String, days: i64) {
    // Howard Hinnant's `civil_from_days`.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
}

fn time(out: &mut String, millis: i64) {
    let seconds = millis / 1_000;
    let _ = write!(
        out,
        "{:02}:{:02}:{:02}.{:03}",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60,
        millis % 1_000
    );
}

fn moment(out: &mut String, millis: i64) {
    date(out, millis.div_euclid(86_400_000));
    out.push(' ');
    time(out, millis.rem_euclid(86_400_000));
}

/// Milliseconds of a timestamp.
fn millis(column: &ArrayRef, at: usize) -> i64 {
    if let Some(nanos) = column.as_any().downcast_ref::<TimestampNanosecondArray>() {
        return nanos.value(at).div_euclid(1_000_000);
    }
    let micros = column.as_primitive::<datafusion::arrow::datatypes::TimestampMicrosecondType>();
    micros.value(at).div_euclid(1_000)
}

/// A value as it stands alone.
fn text(out: &mut String, column: &ArrayRef, at: usize) -> Result<()> {
    match column.data_type() {
        DataType::Utf8 => out.push_str(column.as_string::<i32>().value(at)),
        DataType::Boolean => out.push_str(if column.as_boolean().value(at) { "true" } else { "false" }),
        DataType::Int8 => write_number(out, column.as_primitive::<Int8Type>().value(at)),
        DataType::Int16 => write_number(out, column.as_primitive::<Int16Type>().value(at)),
        DataType::Int32 => write_number(out, column.as_primitive::<Int32Type>().value(at)),
        DataType::Int64 => write_number(out, column.as_primitive::<Int64Type>().value(at)),
        DataType::UInt64 => write_number(out, column.as_primitive::<UInt64Type>().value(at)),
        DataType::Float32 => float(out, column.as_primitive::<Float32Type>().value(at)),
        DataType::Float64 => double(out, column.as_primitive::<Float64Type>().value(at)),
        DataType::Decimal128(..) => {
            out.push_str(&column.as_primitive::<Decimal128Type>().value_as_string(at))
        }
        DataType::Date32 => date(out, i64::from(column.as_primitive::<Date32Type>().value(at))),
        DataType::Timestamp(_, zone) => {
            moment(out, millis(column, at));
            if zone.is_some() {
                out.push_str(" UTC");
            }
        }
        DataType::Time64(_) => time(out, column.as_primitive::<Time64MicrosecondType>().value(at) / 1_000),
        DataType::Binary => {
            let bytes =
                column.as_any().downcast_ref::<BinaryArray>().map_or(&[][..], |bytes| bytes.value(at));
            for (number, byte) in bytes.iter().enumerate() {
                let _ = write!(out, "{}{byte:02x}", if number > 0 { " " } else { "" });
            }
        }
        DataType::List(_) => {
            let all = plain(&column.as_list::<i32>().value(at))?;
            out.push('[');
            for number in 0..all.len() {
                out.push_str(if number > 0 { ", " } else { "" });
                nested_text(out, &all, number)?;
            }
            out.push(']');
        }
        DataType::Map(..) => {
            let entries = entries(column.as_map(), at)?;
            out.push('{');
            for number in 0..entries.0.len() {
                out.push_str(if number > 0 { ", " } else { "" });
                nested_text(out, &entries.0, number)?;
                out.push('=');
                nested_text(out, &entries.1, number)?;
            }
            out.push('}');
        }
        DataType::Struct(fields) => {
            let row = column.as_any().downcast_ref::<StructArray>().expect("its type says so");
            out.push('{');
            for (number, field) in fields.iter().enumerate() {
                out.push_str(if number > 0 { ", " } else { "" });
                out.push_str(field.name());
                out.push('=');
                nested_text(out, &plain(row.column(number))?, at)?;
            }
            out.push('}');
        }
        _ => other(out, column, at)?,
    }
    Ok(())
}

fn nested_text(out: &mut String, column: &ArrayRef, at: usize) -> Result<()> {
    if column.is_null(at) {
        out.push_str("null");
        return Ok(());
    }
    text(out, column, at)
}

fn write_number(out: &mut String, number: impl std::fmt::Display) {
    let _ = write!(out, "{number}");
}

fn other(out: &mut String, column: &ArrayRef, at: usize) -> Result<()> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column.as_ref(), &options)?;
    let _ = write!(out, "{}", formatter.value(at));
    Ok(())
}

/// Keys and values of a map.
fn entries(map: &MapArray, at: usize) -> Result<(ArrayRef, ArrayRef)> {
    let entries = map.value(at);
    Ok((plain(entries.column(0))?, plain(entries.column(1))?))
}

/// A value as JSON.
fn json(out: &mut String, column: &ArrayRef, at: usize) -> Result<()> {
    if column.is_null(at) {
        out.push_str("null");
        return Ok(());
    }
    match column.data_type() {
        DataType::Boolean
        | DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt64 => {
            text(out, column, at)?;
        }
        DataType::Decimal128(..) => text(out, column, at)?,
        DataType::Float32 => {
            json_double(out, f64::from(column.as_primitive::<Float32Type>().value(at)), column, at)?
        }
        DataType::Float64 => json_double(out, column.as_primitive::<Float64Type>().value(at), column, at)?,
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            let micros = cast(column, &DataType::Timestamp(TimeUnit::Microsecond, None))?;
            json_moment(out, &micros, at);
        }
        DataType::Timestamp(..) => json_moment(out, column, at),
        DataType::Binary => {
            let bytes =
                column.as_any().downcast_ref::<BinaryArray>().map_or(&[][..], |bytes| bytes.value(at));
            string(out, &base64(bytes));
        }
        DataType::List(_) => {
            let all = plain(&column.as_list::<i32>().value(at))?;
            out.push('[');
            for number in 0..all.len() {
                out.push_str(if number > 0 { "," } else { "" });
                json(out, &all, number)?;
            }
            out.push(']');
        }
        DataType::Map(..) => {
            let (keys, values) = entries(column.as_map(), at)?;
            out.push('{');
            for number in 0..keys.len() {
                out.push_str(if number > 0 { "," } else { "" });
                let mut key = String::new();
                nested_text(&mut key, &keys, number)?;
                string(out, &key);
                out.push(':');
                json(out, &values, number)?;
            }
            out.push('}');
        }
        DataType::Struct(fields) => {
            let row = column.as_any().downcast_ref::<StructArray>().expect("its type says so");
            out.push('{');
            for (number, field) in fields.iter().enumerate() {
                out.push_str(if number > 0 { "," } else { "" });
                string(out, field.name());
                out.push(':');
                json(out, &plain(row.column(number))?, at)?;
            }
            out.push('}');
        }
        _ => {
            let mut value = String::new();
            text(&mut value, column, at)?;
            string(out, &value);
        }
    }
    Ok(())
}

fn json_double(out: &mut String, value: f64, column: &ArrayRef, at: usize) -> Result<()> {
    if value.is_finite() {
        return text(out, column, at);
    }
    out.push_str("null");
    Ok(())
}

/// A timestamp with its microseconds.
fn json_moment(out: &mut String, column: &ArrayRef, at: usize) {
    let micros = column.as_primitive::<datafusion::arrow::datatypes::TimestampMicrosecondType>().value(at);
    out.push('"');
    moment(out, micros.div_euclid(1_000));
    let _ = write!(out, "{:03}\"", micros.rem_euclid(1_000));
}

/// A string of JSON.
pub(crate) fn string(out: &mut String, text: &str) {
    match serde_json::to_string(text) {
        Ok(quoted) => out.push_str(&quoted),
        Err(_) => out.push_str("null"),
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word =
            group.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = (word >> (18 - 6 * place)) & 63;
            out.push(if place > group.len() { '=' } else { char::from(ALPHABET[digit as usize]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64) -> String {
        let mut out = String::new();
        double(&mut out, value);
        out
    }

    #[test]
    fn doubles_are_written_as_java_writes_them() {
        for (value, text) in [
            (2.0, "2.0"),
            (0.1, "0.1"),
            (1e7, "1.0E7"),
            (12_345_678.9, "1.23456789E7"),
            (0.000_12, "1.2E-4"),
            (-0.0, "-0.0"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(written(value), text);
        }
    }

    #[test]
    fn days_are_dates() {
        for (days, text) in
            [(0, "1970-01-01"), (-1, "1969-12-31"), (19_782, "2024-02-29"), (-719_162, "0001-01-01")]
        {
            let mut out = String::new();
            date(&mut out, days);
            assert_eq!(out, text);
        }
    }

    #[test]
    fn bytes_are_base64() {
        assert_eq!(base64(b"a"), "YQ==");
        assert_eq!(base64(b"ab"), "YWI=");
        assert_eq!(base64(b"abc"), "YWJj");
    }
}
