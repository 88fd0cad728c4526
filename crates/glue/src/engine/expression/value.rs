//! Values of partition keys under their declared types.

use std::cmp::Ordering;

use super::super::Error;
use super::super::keys::{self, Ranges};
use crate::tables::Order;

/// The types that expressions know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Text,
    Integer,
    Decimal,
    Date,
    Timestamp,
}

/// A value of such a type. Values of one type compare with each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Value {
    Text(String),
    Integer(i128),
    Decimal(Decimal),
    /// `YYYY-MM-DD`, which sorts as it is.
    Date(String),
    /// `YYYY-MM-DD hh:mm:ss[.f]` without trailing zeros, which sorts as it is.
    Timestamp(String),
}

impl Kind {
    pub(super) fn of(declared: Option<&str>) -> Result<Self, Error> {
        let declared = declared.unwrap_or_default();
        let name = declared.trim().to_ascii_lowercase();
        Ok(match name.split('(').next().unwrap_or_default().trim() {
            "string" | "char" | "varchar" => Self::Text,
            "tinyint" | "smallint" | "int" | "integer" | "bigint" | "long" => Self::Integer,
            "decimal" => Self::Decimal,
            "date" => Self::Date,
            "timestamp" => Self::Timestamp,
            _ => return Err(Error::Invalid(format!("Unknown type : '{declared}'"))),
        })
    }

    /// Reads a literal or a stored value. The text of a refusal is AWS's.
    pub(super) fn value(self, text: &str) -> Result<Value, String> {
        match self {
            Kind::Text => Ok(Value::Text(text.to_owned())),
            Kind::Integer => keys::whole_number(text)
                .map(Value::Integer)
                .ok_or_else(|| format!("\"{text}\" is not an integer.")),
            Kind::Decimal => {
                Decimal::parse(text).map(Value::Decimal).ok_or_else(|| format!("{text} is not a decimal."))
            }
            Kind::Date => {
                if is_date(text) {
                    Ok(Value::Date(text.to_owned()))
                } else {
                    Err(format!("{text} is not a date."))
                }
            }
            Kind::Timestamp => timestamp(text).map(Value::Timestamp).ok_or_else(|| {
                format!("Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] {text} is not a timestamp.")
            }),
        }
    }

    pub(super) fn takes_like(self) -> Result<(), String> {
        let name = match self {
            Kind::Text => return Ok(()),
            Kind::Integer => "Integral",
            Kind::Decimal => "Decimal",
            Kind::Date => "Date",
            Kind::Timestamp => "Timestamp",
        };
        Err(format!("{name} data type doesn't support operation 'LIKE'"))
    }
}

impl Value {
    pub(super) fn text(&self) -> &str {
        match self {
            Value::Text(text) | Value::Date(text) | Value::Timestamp(text) => text,
            Value::Integer(_) | Value::Decimal(_) => "",
        }
    }

    /// Where equal values lie.
    pub(super) fn ranges(&self, order: Order) -> Ranges {
        match self {
            Value::Text(text) | Value::Date(text) => keys::equal_text(order, text),
            Value::Integer(number) => keys::numbers_between(order, Some(*number), Some(*number)),
            Value::Timestamp(text) => keys::text_prefix(order, text),
            Value::Decimal(_) => Ranges::all(),
        }
    }
}

/// Where values from one to another lie. Bounds are taken as inclusive: what is too much is looked at.
pub(super) fn ranges_between(order: Order, from: Option<&Value>, to: Option<&Value>) -> Ranges {
    match (from, to) {
        (Some(Value::Integer(_)), _) | (_, Some(Value::Integer(_))) => {
            let number = |value: Option<&Value>| match value {
                Some(Value::Integer(number)) => Some(*number),
                Some(Value::Text(_) | Value::Decimal(_) | Value::Date(_) | Value::Timestamp(_)) | None => {
                    None
                }
            };
            keys::numbers_between(order, number(from), number(to))
        }
        (Some(Value::Decimal(_)), _) | (_, Some(Value::Decimal(_))) | (None, None) => Ranges::all(),
        (from, to) => keys::text_between(order, from.map(Value::text), to.map(Value::text)),
    }
}

/// Whether a text is like a pattern: `%` is any text, `_` any character.
pub(super) fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where the last `%` stands, and what it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('%') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&c) if c == '_' || c == text[t] => {
                p += 1;
                t += 1;
            }
            Some(_) | None => {
                let Some((at, taken)) = star else { return false };
                star = Some((at, taken + 1));
                p = at + 1;
                t = taken + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '%')
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return false;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// A timestamp without trailing zeros in its fraction.
fn timestamp(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let (date, time) = whole.split_once(' ')?;
    let bytes = time.as_bytes();
    let shaped = bytes.len() == 8
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        });
    let below = |at: usize, bound: u32| {
        time.get(at..at + 2).and_then(|part| part.parse::<u32>().ok()).is_some_and(|part| part < bound)
    };
    if !is_date(date) || !shaped || !below(0, 24) || !below(3, 60) || !below(6, 60) {
        return None;
    }
    let Some(fraction) = fraction else { return Some(whole.to_owned()) };
    let fits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !fits {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// A decimal number of any length, without zeros that say nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !digits(whole) || !digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self {
            negative: text.starts_with('-') && !is_zero,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |a: &Self, b: &Self| {
            (a.whole.len(), &a.whole, &a.fraction).cmp(&(b.whole.len(), &b.whole, &b.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
