//! Functions of Trino's that DataFusion has nothing for. The templates of [`crate::rewrite`] call them by the names they have here.

use std::str::FromStr as _;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, StringArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Int64Type, TimeUnit, TimestampMicrosecondType};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use jiff::civil::DateTime;
use jiff::{Span, Timestamp, Unit, tz::TimeZone};
use ports::QueryError;
use regex::Regex;
use serde_json::Value;

use crate::faults::external;

const TEXT: DataType = DataType::Utf8;
const NUMBER: DataType = DataType::Int64;
const MOMENT: DataType = DataType::Timestamp(TimeUnit::Microsecond, None);

/// All of them.
pub(crate) fn all() -> Vec<ScalarUDF> {
    let udf =
        |name: &str, takes: Vec<DataType>, gives: DataType, run: fn(&[ArrayRef]) -> Result<ArrayRef>| {
            let run = move |arguments: &[ColumnarValue]| {
                let arrays = ColumnarValue::values_to_arrays(arguments)?;
                Ok(ColumnarValue::Array(run(&arrays)?))
            };
            create_udf(name, takes, gives, Volatility::Immutable, Arc::new(run))
        };
    vec![
        udf("trino_date_format", vec![MOMENT, TEXT], TEXT, date_format),
        udf("trino_date_parse", vec![TEXT, TEXT], MOMENT, date_parse),
        udf("trino_date_add", vec![TEXT, NUMBER, MOMENT], MOMENT, date_add),
        udf("trino_date_diff", vec![TEXT, MOMENT, MOMENT], NUMBER, date_diff),
        udf("trino_json_extract_scalar", vec![TEXT, TEXT], TEXT, json_extract_scalar),
        udf("trino_json_extract", vec![TEXT, TEXT], TEXT, json_extract),
        udf("trino_json_size", vec![TEXT, TEXT], NUMBER, json_size),
        udf("trino_regexp_extract", vec![TEXT, TEXT, NUMBER], TEXT, regexp_extract),
        udf("trino_regexp_replace", vec![TEXT, TEXT, TEXT], TEXT, regexp_replace),
    ]
}

fn argument(message: String) -> datafusion::common::DataFusionError {
    external(QueryError::new("INVALID_FUNCTION_ARGUMENT", message))
}

fn texts(array: &ArrayRef) -> &StringArray {
    array.as_string::<i32>()
}

fn text(array: &ArrayRef, at: usize) -> Option<&str> {
    let texts = texts(array);
    texts.is_valid(at).then(|| texts.value(at))
}

fn micros(array: &ArrayRef, at: usize) -> Option<i64> {
    let moments = array.as_primitive::<TimestampMicrosecondType>();
    moments.is_valid(at).then(|| moments.value(at))
}

fn number(array: &ArrayRef, at: usize) -> Option<i64> {
    let numbers = array.as_primitive::<Int64Type>();
    numbers.is_valid(at).then(|| numbers.value(at))
}

/// The civil time of a timestamp.
fn civil(micros: i64) -> Option<DateTime> {
    Timestamp::from_microsecond(micros).ok().map(|moment| TimeZone::UTC.to_datetime(moment))
}

fn micros_of(civil: DateTime) -> Option<i64> {
    TimeZone::UTC.to_timestamp(civil).ok().map(|moment| moment.as_microsecond())
}

fn date_format(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let row = |at: usize| Some(format_one(civil(micros(&arguments[0], at)?)?, text(&arguments[1], at)?));
    let all: StringArray = (0..arguments[0].len()).map(row).collect();
    Ok(Arc::new(all))
}

/// MySQL's patterns, which are Trino's.
fn format_one(moment: DateTime, pattern: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let month = MONTHS[usize::from(moment.month().unsigned_abs()) - 1];
    let day = DAYS[usize::from(moment.weekday().to_sunday_zero_offset().unsigned_abs())];
    let hour12 = if moment.hour() % 12 == 0 { 12 } else { moment.hour() % 12 };
    let half = if moment.hour() < 12 { "AM" } else { "PM" };
    let mut out = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            out.push(character);
            continue;
        }
        let Some(what) = characters.next() else { break };
        let written = match what {
            'Y' => format!("{:04}", moment.year()),
            'y' => format!("{:02}", moment.year().rem_euclid(100)),
            'm' => format!("{:02}", moment.month()),
            'c' => moment.month().to_string(),
            'd' => format!("{:02}", moment.day()),
            'e' => moment.day().to_string(),
            'H' => format!("{:02}", moment.hour()),
            'k' => moment.hour().to_string(),
            'h' | 'I' => format!("{hour12:02}"),
            'l' => hour12.to_string(),
            'i' => format!("{:02}", moment.minute()),
            's' | 'S' => format!("{:02}", moment.second()),
            'f' => format!("{:06}", moment.subsec_nanosecond() / 1_000),
            'p' => half.to_owned(),
            'M' => month.to_owned(),
            'b' => month[..3].to_owned(),
            'W' => day.to_owned(),
            'a' => day[..3].to_owned(),
            'j' => format!("{:03}", moment.day_of_year()),
            'T' => format!("{:02}:{:02}:{:02}", moment.hour(), moment.minute(), moment.second()),
            'r' => format!("{hour12:02}:{:02}:{:02} {half}", moment.minute(), moment.second()),
            'v' => format!("{:02}", moment.date().iso_week_date().week()),
            'x' => format!("{:04}", moment.date().iso_week_date().year()),
            other => other.to_string(),
        };
        out.push_str(&written);
    }
    out
}

fn date_parse(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let row = |at: usize| {
        let (Some(value), Some(pattern)) = (text(&arguments[0], at), text(&arguments[1], at)) else {
            return Ok(None);
        };
        let parsed = parse_one(value, pattern).and_then(micros_of);
        parsed
            .map(Some)
            .ok_or_else(|| argument(format!("Invalid format: \"{pattern}\" is malformed at \"{value}\"")))
    };
    let all = (0..arguments[0].len()).map(row).collect::<Result<TimestampMicrosecondArray>>()?;
    Ok(Arc::new(all))
}

fn parse_one(value: &str, pattern: &str) -> Option<DateTime> {
    // jiff's patterns are C's; MySQL's differ in these.
    let mut other = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character != '%' {
            other.push(character);
            continue;
        }
        match characters.next()? {
            'i' => other.push_str("%M"),
            's' => other.push_str("%S"),
            'M' => other.push_str("%B"),
            'W' => other.push_str("%A"),
            'c' => other.push_str("%m"),
            'k' => other.push_str("%H"),
            'h' | 'l' => other.push_str("%I"),
            'r' => other.push_str("%I:%M:%S %p"),
            'f' => other.push_str("%f"),
            same => {
                other.push('%');
                other.push(same);
            }
        }
    }
    let broken = jiff::fmt::strtime::parse(&other, value).ok()?;
    broken.to_datetime().ok().or_else(|| broken.to_date().ok().map(|date| date.at(0, 0, 0, 0)))
}

fn unit_of(name: &str) -> Result<Unit> {
    match name.to_ascii_lowercase().as_str() {
        "millisecond" => Ok(Unit::Millisecond),
        "second" => Ok(Unit::Second),
        "minute" => Ok(Unit::Minute),
        "hour" => Ok(Unit::Hour),
        "day" => Ok(Unit::Day),
        "week" => Ok(Unit::Week),
        "month" | "quarter" => Ok(Unit::Month),
        "year" => Ok(Unit::Year),
        _ => Err(argument(format!("'{name}' is not a valid TIMESTAMP field"))),
    }
}

fn span_of(unit: Unit, count: i64) -> Option<Span> {
    let span = Span::new();
    match unit {
        Unit::Year => span.try_years(count),
        Unit::Month => span.try_months(count),
        Unit::Week => span.try_weeks(count),
        Unit::Day => span.try_days(count),
        Unit::Hour => span.try_hours(count),
        Unit::Minute => span.try_minutes(count),
        Unit::Second => span.try_seconds(count),
        Unit::Millisecond => span.try_milliseconds(count),
        Unit::Microsecond => span.try_microseconds(count),
        Unit::Nanosecond => span.try_nanoseconds(count),
    }
    .ok()
}

fn date_add(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let row = |at: usize| {
        let (Some(name), Some(count), Some(moment)) =
            (text(&arguments[0], at), number(&arguments[1], at), micros(&arguments[2], at))
        else {
            return Ok(None);
        };
        let count = if name.eq_ignore_ascii_case("quarter") { count.saturating_mul(3) } else { count };
        let unit = unit_of(name)?;
        let sum =
            civil(moment).zip(span_of(unit, count)).and_then(|(civil, span)| civil.checked_add(span).ok());
        sum.and_then(micros_of).map(Some).ok_or_else(|| argument("timestamp out of range".to_owned()))
    };
    let all = (0..arguments[0].len()).map(row).collect::<Result<TimestampMicrosecondArray>>()?;
    Ok(Arc::new(all))
}

fn date_diff(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let row = |at: usize| {
        let (Some(name), Some(from), Some(to)) =
            (text(&arguments[0], at), micros(&arguments[1], at), micros(&arguments[2], at))
        else {
            return Ok(None);
        };
        let whole = |micros: i64| Ok(Some((to - from) / micros));
        match unit_of(name)? {
            Unit::Millisecond => whole(1_000),
            Unit::Second => whole(1_000_000),
            Unit::Minute => whole(60_000_000),
            Unit::Hour => whole(3_600_000_000),
            Unit::Day => whole(86_400_000_000),
            Unit::Week => whole(7 * 86_400_000_000),
            unit @ (Unit::Month | Unit::Year) => {
                let span =
                    civil(from).zip(civil(to)).and_then(|(from, to)| from.until((Unit::Month, to)).ok());
                let months = span.map(|span| i64::from(span.get_months()));
                let months = months.ok_or_else(|| argument("timestamp out of range".to_owned()))?;
                let by = match (unit, name.eq_ignore_ascii_case("quarter")) {
                    (Unit::Year, _) => 12,
                    (_, true) => 3,
                    (_, false) => 1,
                };
                Ok(Some(months / by))
            }
            Unit::Microsecond | Unit::Nanosecond => Ok(None),
        }
    };
    let all = (0..arguments[0].len()).map(row).collect::<Result<Int64Array>>()?;
    Ok(Arc::new(all))
}

/// What a path of `$.a.b[0]["c"]` leads to.
fn at_path<'v>(mut value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (step, after) = inner.split_once(']')?;
            value = match step.trim_matches(|quote| quote == '"' || quote == '\'') {
                name if name.len() < step.len() => value.get(name)?,
                index => value.get(usize::from_str(index).ok()?)?,
            };
            rest = after;
        } else {
            let name = rest.trim_start_matches('.');
            let end = name.find(['.', '[']).unwrap_or(name.len());
            value = match value {
                Value::Array(all) => all.get(usize::from_str(&name[..end]).ok()?)?,
                other => other.get(&name[..end])?,
            };
            rest = &name[end..];
        }
    }
    Some(value)
}

/// What a path leads to in each row's document; a text that is no JSON leads nowhere.
fn along<T>(arguments: &[ArrayRef], of: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    let row = |at: usize| {
        let document: Value = serde_json::from_str(text(&arguments[0], at)?).ok()?;
        of(at_path(&document, text(&arguments[1], at)?)?)
    };
    (0..arguments[0].len()).map(row).collect()
}

fn json_extract_scalar(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let found = along(arguments, |value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    });
    Ok(Arc::new(StringArray::from(found)))
}

fn json_extract(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    Ok(Arc::new(StringArray::from(along(arguments, |value| Some(value.to_string())))))
}

fn json_size(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let found = along(arguments, |value| match value {
        Value::Array(all) => i64::try_from(all.len()).ok(),
        Value::Object(all) => i64::try_from(all.len()).ok(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(0),
    });
    Ok(Arc::new(Int64Array::from(found)))
}

/// The last pattern that was compiled: it is nearly always the same for all rows.
#[derive(Default)]
struct Patterns(Option<(String, Regex)>);

impl Patterns {
    fn get(&mut self, pattern: &str) -> Result<&Regex> {
        if self.0.as_ref().is_none_or(|(there, _)| there != pattern) {
            let regex = Regex::new(pattern).map_err(|error| argument(format!("Invalid pattern: {error}")))?;
            self.0 = Some((pattern.to_owned(), regex));
        }
        Ok(&self.0.as_ref().expect("it was put there above").1)
    }
}

fn regexp_extract(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let mut patterns = Patterns::default();
    let mut found: Vec<Option<String>> = Vec::with_capacity(arguments[0].len());
    for at in 0..arguments[0].len() {
        let (Some(value), Some(pattern), Some(group)) =
            (text(&arguments[0], at), text(&arguments[1], at), number(&arguments[2], at))
        else {
            found.push(None);
            continue;
        };
        let regex = patterns.get(pattern)?;
        let group = usize::try_from(group).ok().filter(|group| *group < regex.captures_len());
        let group = group.ok_or_else(|| {
            argument(format!("Pattern has {} groups. Cannot access group", regex.captures_len() - 1))
        })?;
        found.push(regex.captures(value).and_then(|all| all.get(group)).map(|part| part.as_str().to_owned()));
    }
    Ok(Arc::new(StringArray::from(found)))
}

fn regexp_replace(arguments: &[ArrayRef]) -> Result<ArrayRef> {
    let mut patterns = Patterns::default();
    let mut found: Vec<Option<String>> = Vec::with_capacity(arguments[0].len());
    for at in 0..arguments[0].len() {
        let (Some(value), Some(pattern), Some(by)) =
            (text(&arguments[0], at), text(&arguments[1], at), text(&arguments[2], at))
        else {
            found.push(None);
            continue;
        };
        found.push(Some(patterns.get(pattern)?.replace_all(value, by).into_owned()));
    }
    Ok(Arc::new(StringArray::from(found)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read_by_mysqls_patterns() {
        let moment = jiff::civil::datetime(2024, 2, 9, 15, 4, 5, 120_000_000);
        assert_eq!(
            format_one(moment, "%Y-%m-%d %H:%i:%s.%f %M %b %W %e %l%p %j %%"),
            "2024-02-09 15:04:05.120000 February Feb Friday 9 3PM 040 %"
        );
        assert_eq!(
            parse_one("2024-02-09 15:04:05", "%Y-%m-%d %H:%i:%s"),
            Some(jiff::civil::datetime(2024, 2, 9, 15, 4, 5, 0))
        );
        assert_eq!(parse_one("2024-02-09", "%Y-%m-%d"), Some(jiff::civil::datetime(2024, 2, 9, 0, 0, 0, 0)));
        assert_eq!(parse_one("x", "%Y"), None);
    }

    #[test]
    fn paths_lead_into_documents() {
        let document: Value = serde_json::from_str(r#"{"a": {"b": [1, {"c d": "x"}]}}"#).unwrap();
        assert_eq!(at_path(&document, "$.a.b[1][\"c d\"]"), Some(&Value::from("x")));
        assert_eq!(at_path(&document, "$.a.b[0]"), Some(&Value::from(1)));
        assert_eq!(at_path(&document, "$"), Some(&document));
        assert_eq!(at_path(&document, "$.x.y"), None);
        assert_eq!(at_path(&document, "$["), None);
    }
}
