//! What is known of the values of a column: how many there are, the least and the greatest. Readers skip by it.

use super::proto::Message;
use crate::column::Data;
use crate::kind::Kind;

/// Longer strings are not kept as the least or the greatest.
const TEXT_MAX: usize = 1024;

/// Statistics of some values.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    values: u64,
    has_null: bool,
    range: Range,
}

#[derive(Debug, Clone, Default)]
enum Range {
    #[default]
    Unknown,
    Trues(u64),
    Integers(i64, i64, Option<i64>),
    Doubles(f64, f64, f64),
    Dates(i64, i64),
    /// The least and the greatest, unless one is too long, and the sum of all lengths.
    Texts(Option<(Vec<u8>, Vec<u8>)>, i64),
    Binary(i64),
}

impl Statistics {
    /// Of the values in `range`, where `rows` rows are.
    pub fn of(kind: &Kind, data: &Data, range: std::ops::Range<usize>, rows: usize) -> Self {
        let values = range.len() as u64;
        let known = if range.is_empty() { Range::Unknown } else { Range::of(kind, data, range) };
        Self { values, has_null: (values as usize) < rows, range: known }
    }

    /// Of these and of others.
    pub fn and(self, other: &Statistics) -> Self {
        let range = match (self.values, other.values) {
            (_, 0) => self.range,
            (0, _) => other.range.clone(),
            (_, _) => self.range.and(&other.range),
        };
        Self { values: self.values + other.values, has_null: self.has_null || other.has_null, range }
    }

    /// As ORC's `ColumnStatistics`.
    pub fn message(&self) -> Message {
        let mut message = Message::default();
        message.number(1, self.values);
        let mut range = Message::default();
        match &self.range {
            Range::Unknown => {}
            Range::Trues(count) => {
                range.packed(1, std::iter::once(*count));
                message.message(5, range);
            }
            Range::Integers(least, greatest, sum) => {
                range.signed(1, *least);
                range.signed(2, *greatest);
                if let Some(sum) = sum {
                    range.signed(3, *sum);
                }
                message.message(2, range);
            }
            Range::Doubles(least, greatest, sum) => {
                range.double(1, *least);
                range.double(2, *greatest);
                range.double(3, *sum);
                message.message(3, range);
            }
            Range::Dates(least, greatest) => {
                range.signed(1, *least);
                range.signed(2, *greatest);
                message.message(7, range);
            }
            Range::Texts(ends, sum) => {
                if let Some((least, greatest)) = ends {
                    range.text(1, least);
                    range.text(2, greatest);
                }
                range.signed(3, *sum);
                message.message(4, range);
            }
            Range::Binary(sum) => {
                range.signed(1, *sum);
                message.message(8, range);
            }
        }
        message.number(10, u64::from(self.has_null));
        message
    }
}

impl Range {
    fn of(kind: &Kind, data: &Data, range: std::ops::Range<usize>) -> Self {
        let integers = |values: &mut dyn Iterator<Item = i64>| {
            let start = (i64::MAX, i64::MIN, Some(0_i64));
            let (least, greatest, sum) = values.fold(start, |(least, greatest, sum), value| {
                (least.min(value), greatest.max(value), sum.and_then(|sum| sum.checked_add(value)))
            });
            Range::Integers(least, greatest, sum)
        };
        let doubles = |values: &mut dyn Iterator<Item = f64>| {
            let start = (f64::INFINITY, f64::NEG_INFINITY, 0.0);
            let (least, greatest, sum) = values.fold(start, |(least, greatest, sum), value| {
                (least.min(value), greatest.max(value), sum + value)
            });
            // Of what is no number nothing is less.
            if sum.is_nan() { Range::Unknown } else { Range::Doubles(least, greatest, sum) }
        };
        match (kind, data) {
            (_, Data::Bool(values)) => {
                Range::Trues(values[range].iter().filter(|value| **value).count() as u64)
            }
            (Kind::Date, Data::Int(values)) => {
                let days = values[range].iter().map(|value| i64::from(*value));
                let (least, greatest) = days
                    .fold((i64::MAX, i64::MIN), |(least, greatest), day| (least.min(day), greatest.max(day)));
                Range::Dates(least, greatest)
            }
            (_, Data::Int(values)) => integers(&mut values[range].iter().map(|value| i64::from(*value))),
            (_, Data::Long(values)) => integers(&mut values[range].iter().copied()),
            (_, Data::Float(values)) => doubles(&mut values[range].iter().map(|value| f64::from(*value))),
            (_, Data::Double(values)) => doubles(&mut values[range].iter().copied()),
            (Kind::Binary, Data::Bytes(texts)) => Range::Binary(
                texts.ranges().skip(range.start).take(range.len()).map(|text| text.len() as i64).sum(),
            ),
            (_, Data::Bytes(texts)) => {
                let mut ends: Option<(&[u8], &[u8])> = None;
                let mut sum = 0;
                for text in
                    texts.ranges().skip(range.start).take(range.len()).map(|range| &texts.bytes[range])
                {
                    sum += text.len() as i64;
                    ends = Some(
                        ends.map_or((text, text), |(least, greatest)| (least.min(text), greatest.max(text))),
                    );
                }
                let kept = ends.filter(|(least, greatest)| least.len().max(greatest.len()) <= TEXT_MAX);
                Range::Texts(kept.map(|(least, greatest)| (least.to_vec(), greatest.to_vec())), sum)
            }
            (_, Data::Decimal(_) | Data::Moments(_) | Data::List(..) | Data::Map(..) | Data::Struct(_)) => {
                Range::Unknown
            }
        }
    }

    fn and(self, other: &Range) -> Range {
        match (self, other) {
            (Range::Trues(mine), Range::Trues(other)) => Range::Trues(mine + other),
            (Range::Integers(least, greatest, sum), Range::Integers(less, greater, more)) => {
                let sum = sum.zip(*more).and_then(|(sum, more)| sum.checked_add(more));
                Range::Integers(least.min(*less), greatest.max(*greater), sum)
            }
            (Range::Doubles(least, greatest, sum), Range::Doubles(less, greater, more)) => {
                Range::Doubles(least.min(*less), greatest.max(*greater), sum + more)
            }
            (Range::Dates(least, greatest), Range::Dates(less, greater)) => {
                Range::Dates(least.min(*less), greatest.max(*greater))
            }
            (Range::Texts(Some((least, greatest)), sum), Range::Texts(Some((less, greater)), more)) => {
                let ends = (least.min(less.clone()), greatest.max(greater.clone()));
                Range::Texts(Some(ends), sum + more)
            }
            (Range::Texts(_, sum), Range::Texts(_, more)) => Range::Texts(None, sum + more),
            (Range::Binary(sum), Range::Binary(more)) => Range::Binary(sum + more),
            (
                Range::Unknown
                | Range::Trues(_)
                | Range::Integers(..)
                | Range::Doubles(..)
                | Range::Dates(..)
                | Range::Texts(..)
                | Range::Binary(_),
                _,
            ) => Range::Unknown,
        }
    }
}
