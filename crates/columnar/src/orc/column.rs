//! A column and what lies below it, as ORC's streams.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::encode::{self, Bits};
use super::proto::varint;
use super::statistics::Statistics;
use super::stream::{DATA, DICTIONARY_DATA, LENGTH, Mark, PRESENT, SECONDARY, Stream};
use crate::column::{Column, Data, Moment, Texts};
use crate::kind::Kind;

/// How a column is encoded, as ORC numbers it.
const DIRECT: u64 = 0;
const DICTIONARY: u64 = 1;
/// 2015-01-01T00:00:00Z: seconds are counted from there.
const EPOCH: i64 = 1_420_070_400;

/// One column of a stripe.
pub struct Encoded {
    /// How its values are encoded.
    pub encoding: u64,
    /// Strings in its dictionary.
    pub dictionary: Option<usize>,
    /// In the order in which positions name them.
    pub streams: Vec<Stream>,
    /// Of each group of rows.
    pub groups: Vec<Statistics>,
    /// Of all.
    pub whole: Statistics,
}

/// Encodes a column and all below it, in the order of their numbers. `groups`: the rows at which groups begin.
pub fn encode(kind: &Kind, column: &Column, groups: &[usize], threshold: f64, encoded: &mut Vec<Encoded>) {
    let values = value_groups(column, groups);
    let (statistics, whole) = statistics(kind, column, groups, &values);
    let mut streams = Vec::new();
    if column.valid.contains(&false) {
        streams.push(bits(PRESENT, &column.valid, &spans(groups, column.rows())));
    }
    let mut this = Encoded { encoding: DIRECT, dictionary: None, streams, groups: statistics, whole };
    match (kind, &column.data) {
        (_, Data::Bool(flags)) => this.streams.push(bits(DATA, flags, &values)),
        (Kind::TinyInt, Data::Int(numbers)) => {
            let bytes: Vec<u8> = numbers.iter().map(|number| *number as u8).collect();
            this.streams.push(stream(DATA, &values, |out, range| encode::bytes(out, &bytes[range])));
        }
        (_, Data::Int(numbers)) => {
            let numbers: Vec<i64> = numbers.iter().map(|number| i64::from(*number)).collect();
            this.streams.push(stream(DATA, &values, |out, range| encode::signed(out, &numbers[range])));
        }
        (_, Data::Long(numbers)) => {
            this.streams.push(stream(DATA, &values, |out, range| encode::signed(out, &numbers[range])));
        }
        (_, Data::Float(numbers)) => this.streams.push(plain(&values, |out, range| {
            numbers[range].iter().for_each(|number| out.extend(number.to_le_bytes()));
        })),
        (_, Data::Double(numbers)) => this.streams.push(plain(&values, |out, range| {
            numbers[range].iter().for_each(|number| out.extend(number.to_le_bytes()));
        })),
        (Kind::Decimal(_, scale), Data::Decimal(numbers)) => {
            this.streams.push(plain(&values, |out, range| {
                numbers[range]
                    .iter()
                    .for_each(|number| varint(out, ((number << 1) ^ (number >> 127)) as u128));
            }));
            let scale = i64::from(*scale);
            this.streams.push(stream(SECONDARY, &values, |out, range| {
                encode::signed(out, &vec![scale; range.len()]);
            }));
        }
        (_, Data::Moments(moments)) => {
            let seconds: Vec<i64> = moments.iter().map(seconds).collect();
            let nanos: Vec<i64> = moments.iter().map(|moment| nanos(moment.nanos)).collect();
            this.streams.push(stream(DATA, &values, |out, range| encode::signed(out, &seconds[range])));
            this.streams.push(stream(SECONDARY, &values, |out, range| encode::unsigned(out, &nanos[range])));
        }
        (kind, Data::Bytes(texts)) => {
            let is_text = !matches!(kind, Kind::Binary);
            match is_text.then(|| Dictionary::of(texts, threshold)).flatten() {
                Some(dictionary) => dictionary.encode(&values, &mut this),
                None => direct(texts, &values, &mut this),
            }
        }
        (_, Data::List(lengths, _)) | (_, Data::Map(lengths, _)) => {
            this.streams.push(numbers(LENGTH, lengths, &values))
        }
        (_, Data::Struct(_)) | (_, Data::Decimal(_)) => {}
    }
    encoded.push(this);
    match (kind, &column.data) {
        (Kind::Array(element), Data::List(lengths, elements)) => {
            encode(element, elements, &below(lengths, &values), threshold, encoded);
        }
        (Kind::Map(key, value), Data::Map(lengths, entries)) => {
            let groups = below(lengths, &values);
            encode(key, &entries.0, &groups, threshold, encoded);
            encode(value, &entries.1, &groups, threshold, encoded);
        }
        (Kind::Struct(fields), Data::Struct(columns)) => {
            let groups: Vec<usize> = values.iter().map(|group| group.start).collect();
            for ((_, kind), column) in fields.iter().zip(columns) {
                encode(kind, column, &groups, threshold, encoded);
            }
        }
        _ => {}
    }
}

/// The groups as spans of so many rows in all.
fn spans(groups: &[usize], rows: usize) -> Vec<Range<usize>> {
    let ends = groups.iter().skip(1).copied().chain([rows]);
    groups.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The values of each group of rows.
fn value_groups(column: &Column, groups: &[usize]) -> Vec<Range<usize>> {
    let mut start = 0;
    let of_group = |rows: Range<usize>| {
        let count = column.valid[rows].iter().filter(|valid| **valid).count();
        let values = start..start + count;
        start += count;
        values
    };
    spans(groups, column.rows()).into_iter().map(of_group).collect()
}

/// The elements at which groups of values begin.
fn below(lengths: &[u32], values: &[Range<usize>]) -> Vec<usize> {
    let mut start = 0;
    let mut groups = Vec::with_capacity(values.len());
    for group in values {
        groups.push(start);
        start += lengths[group.clone()].iter().map(|length| *length as usize).sum::<usize>();
    }
    groups
}

fn statistics(
    kind: &Kind,
    column: &Column,
    groups: &[usize],
    values: &[Range<usize>],
) -> (Vec<Statistics>, Statistics) {
    let rows = spans(groups, column.rows());
    let each = rows.iter().zip(values);
    let of: Vec<Statistics> =
        each.map(|(rows, values)| Statistics::of(kind, &column.data, values.clone(), rows.len())).collect();
    let whole = of.iter().fold(Statistics::default(), |whole, group| whole.and(group));
    (of, whole)
}

/// A stream of runs. Each group begins a new one.
fn stream(kind: u64, values: &[Range<usize>], mut write: impl FnMut(&mut Vec<u8>, Range<usize>)) -> Stream {
    let mut bytes = Vec::new();
    let mut marks = Vec::with_capacity(values.len());
    for group in values {
        marks.push(Mark { offset: bytes.len(), bits: None });
        write(&mut bytes, group.clone());
    }
    Stream { kind, bytes, marks, runs: 1 }
}

/// A stream of values without runs.
fn plain(values: &[Range<usize>], write: impl FnMut(&mut Vec<u8>, Range<usize>)) -> Stream {
    Stream { runs: 0, ..stream(DATA, values, write) }
}

fn numbers(kind: u64, numbers: &[u32], values: &[Range<usize>]) -> Stream {
    let numbers: Vec<i64> = numbers.iter().map(|number| i64::from(*number)).collect();
    stream(kind, values, |out, range| encode::unsigned(out, &numbers[range]))
}

fn bits(kind: u64, flags: &[bool], groups: &[Range<usize>]) -> Stream {
    let mut bits = Bits::default();
    let mut bytes = Vec::new();
    let mut marks = Vec::with_capacity(groups.len());
    for group in groups {
        bits.flush(&mut bytes);
        marks.push(Mark { offset: bytes.len(), bits: Some(u64::from(bits.count)) });
        bits.extend(flags[group.clone()].iter().copied());
    }
    bits.finish(&mut bytes);
    Stream { kind, bytes, marks, runs: 1 }
}

fn direct(texts: &Texts, values: &[Range<usize>], encoded: &mut Encoded) {
    let lengths: Vec<i64> = texts.ranges().map(|text| text.len() as i64).collect();
    let start = |index: usize| if index == 0 { 0 } else { texts.ends[index - 1] };
    encoded.streams.push(plain(values, |out, range| {
        out.extend_from_slice(&texts.bytes[start(range.start)..start(range.end)]);
    }));
    encoded.streams.push(stream(LENGTH, values, |out, range| encode::unsigned(out, &lengths[range])));
}

/// Hashes of short strings, three times faster than the standard ones; nobody can tell them beforehand.
#[derive(Clone)]
struct Seed(u64);

struct Hash(u64);

impl Seed {
    fn new() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Seed {
    type Hasher = Hash;

    fn build_hasher(&self) -> Hash {
        Hash(self.0)
    }
}

impl Hasher for Hash {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_usize(&mut self, length: usize) {
        self.0 = self.0.wrapping_add(length as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Strings of which few are distinct, in their order.
struct Dictionary<'t> {
    texts: Vec<&'t [u8]>,
    indexes: Vec<i64>,
}

impl<'t> Dictionary<'t> {
    /// None if too many are distinct.
    fn of(texts: &'t Texts, threshold: f64) -> Option<Self> {
        let most = (texts.ends.len() as f64 * threshold) as usize;
        let mut seen: HashMap<&[u8], i64, Seed> = HashMap::with_hasher(Seed::new());
        let mut indexes = Vec::with_capacity(texts.ends.len());
        let mut distinct = Vec::new();
        for text in texts.iter() {
            let index = *seen.entry(text).or_insert_with(|| {
                distinct.push(text);
                distinct.len() as i64 - 1
            });
            if distinct.len() > most {
                return None;
            }
            indexes.push(index);
        }
        // Readers that compare by index expect them sorted.
        let mut order: Vec<usize> = (0..distinct.len()).collect();
        order.sort_unstable_by_key(|index| distinct[*index]);
        let mut places = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(index, place)| places[*index] = place);
        indexes.iter_mut().for_each(|index| *index = places[*index as usize]);
        Some(Self { texts: order.into_iter().map(|index| distinct[index]).collect(), indexes })
    }

    fn encode(self, values: &[Range<usize>], encoded: &mut Encoded) {
        encoded.encoding = DICTIONARY;
        encoded.dictionary = Some(self.texts.len());
        encoded.streams.push(stream(DATA, values, |out, range| encode::unsigned(out, &self.indexes[range])));
        let unmarked = |kind, bytes| Stream { kind, bytes, marks: Vec::new(), runs: 0 };
        encoded.streams.push(unmarked(DICTIONARY_DATA, self.texts.concat()));
        let lengths: Vec<i64> = self.texts.iter().map(|text| text.len() as i64).collect();
        let mut bytes = Vec::new();
        encode::unsigned(&mut bytes, &lengths);
        encoded.streams.push(unmarked(LENGTH, bytes));
    }
}

/// Readers take one second off of moments before 1970 that have more than a millisecond behind the second.
fn seconds(moment: &Moment) -> i64 {
    let early = moment.seconds < 0 && moment.nanos > 999_999;
    moment.seconds + i64::from(early) - EPOCH
}

/// Nanoseconds without their zeros at the end, and in the lowest three bits one less than how many those were.
fn nanos(nanos: u32) -> i64 {
    let mut digits = i64::from(nanos);
    if digits == 0 || digits % 100 != 0 {
        return digits << 3;
    }
    digits /= 100;
    let mut zeros = 1;
    while digits % 10 == 0 && zeros < 7 {
        digits /= 10;
        zeros += 1;
    }
    digits << 3 | zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_lose_their_zeros() {
        assert_eq!(nanos(0), 0);
        assert_eq!(nanos(1000), 0x0a);
        assert_eq!(nanos(100_000), 0x0c);
        assert_eq!(nanos(123_456_789), 123_456_789 << 3);
        assert_eq!(nanos(10), 10 << 3);
        assert_eq!(nanos(500_000_000), 5 << 3 | 7);
    }
}
