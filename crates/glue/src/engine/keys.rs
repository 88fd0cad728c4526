//! The bytes of a partition's key, and what ranges of them a condition leaves.
//!
//! ```text
//! key    = value* 0x01?          whole: its last byte is 0x01, the end of the last value
//!        | first KEY_CUT bytes of that, SHA-256 of all of it, 0x02        too long for the store: cut
//! value  = text                                       of a key ordered by text
//!        | 0x01 number text | 0x02 text               of a key ordered by number: whole numbers of 64 bits first
//! text   = bytes, 0x00 written as 0x00 0xff, then 0x00 0x01
//! number = i64, big-endian, sign bit flipped
//! ```
//! Values stand in a key as they are, so `01` and `1` are two partitions, side by side where the order is by number. What is cut keeps its place
//! among the others as far as KEY_CUT bytes tell: ranges are cut alike, and who reads a range looks at each row's own values.

use crate::tables::Order;

/// Bytes of a key before it is cut. An index's row holds both kinds within the store's bound of 2,500.
const KEY_CUT: usize = 1_200;
const WHOLE: u8 = 0x01;
const CUT: u8 = 0x02;
const NUMBER: u8 = 0x01;
const REST: u8 = 0x02;

/// The order of the values of a key of this type.
pub fn order_of(kind: Option<&str>) -> Order {
    let kind = kind.unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "tinyint" | "smallint" | "int" | "integer" | "bigint" | "long" => Order::Number,
        _ => Order::Text,
    }
}

/// The order of a key by its place.
pub fn order_at(layout: &[Order], place: usize) -> Order {
    layout.get(place).copied().unwrap_or(Order::Text)
}

/// A whole number as expressions know it: an optional sign and digits.
pub fn whole_number(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let fits = !digits.is_empty() && digits.len() <= 38 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push_start(out, text);
    out.extend_from_slice(&[0x00, 0x01]);
}

fn push_start(out: &mut Vec<u8>, text: &str) {
    for &byte in text.as_bytes() {
        out.push(byte);
        if byte == 0x00 {
            out.push(0xff);
        }
    }
}

/// The bytes of one value.
pub fn push_value(out: &mut Vec<u8>, order: Order, value: &str) {
    match order {
        Order::Text => push_text(out, value),
        Order::Number => match whole_number(value).and_then(|number| i64::try_from(number).ok()) {
            Some(number) => {
                out.push(NUMBER);
                out.extend_from_slice(&number_bytes(number));
                push_text(out, value);
            }
            None => {
                out.push(REST);
                push_text(out, value);
            }
        },
    }
}

fn number_bytes(number: i64) -> [u8; 8] {
    ((number as u64) ^ (1 << 63)).to_be_bytes()
}

/// The key of these values.
pub fn encode<'v>(layout: &[Order], values: impl IntoIterator<Item = &'v str>) -> Vec<u8> {
    let mut key = Vec::with_capacity(48);
    for (place, value) in values.into_iter().enumerate() {
        push_value(&mut key, order_at(layout, place), value);
    }
    if key.is_empty() {
        // A table without partition keys has no partitions; its key still says that it is whole.
        key.push(WHOLE);
    }
    cut(key)
}

fn cut(key: Vec<u8>) -> Vec<u8> {
    if key.len() <= KEY_CUT {
        return key;
    }
    let digest = crypt::sha256(&key);
    let mut short = key;
    short.truncate(KEY_CUT);
    short.extend_from_slice(digest.as_ref());
    short.push(CUT);
    short
}

/// The beginning of a range, cut as keys are.
pub fn cut_bound(mut bound: Vec<u8>) -> Vec<u8> {
    bound.truncate(KEY_CUT);
    bound
}

/// The key of a partition in an index: its indexed values, and what tells partitions with equal ones apart.
pub fn encode_indexed(layout: &[Order], columns: &[u32], values: &[String], partition: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(48);
    for &column in columns {
        let column = column as usize;
        let value = values.get(column).map(String::as_str).unwrap_or_default();
        push_value(&mut key, order_at(layout, column), value);
    }
    key.truncate(KEY_CUT);
    let digest = crypt::sha256(partition);
    key.extend_from_slice(&digest.as_ref()[..16]);
    key
}

/// The values of a key; `None` if it is cut.
pub fn decode(layout: &[Order], key: &[u8]) -> Option<Vec<String>> {
    if key.last() != Some(&WHOLE) {
        return None;
    }
    let mut rest = key;
    let mut values = Vec::new();
    if rest == [WHOLE] {
        return Some(values);
    }
    while !rest.is_empty() {
        let skip = match (order_at(layout, values.len()), rest[0]) {
            (Order::Text, _) => 0,
            (Order::Number, NUMBER) => 9,
            (Order::Number, _) => 1,
        };
        rest = rest.get(skip..)?;
        values.push(take_text(&mut rest)?);
    }
    Some(values)
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    let mut text = Vec::new();
    let mut at = 0;
    loop {
        match (*rest.get(at)?, rest.get(at + 1)) {
            (0x00, Some(0x01)) => break,
            (0x00, Some(0xff)) => {
                text.push(0x00);
                at += 2;
            }
            (0x00, _) => return None,
            (byte, _) => {
                text.push(byte);
                at += 1;
            }
        }
    }
    *rest = &rest[at + 2..];
    String::from_utf8(text).ok()
}

/// The first bytes after all that begin with these; `None` if there are none.
pub fn after(mut prefix: Vec<u8>) -> Option<Vec<u8>> {
    while let Some(last) = prefix.pop() {
        if last < 0xff {
            prefix.push(last + 1);
            return Some(prefix);
        }
    }
    None
}

/// What a condition leaves of the values of one key: ranges of the bytes of [`push_value`], in order and apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ranges(Vec<Range>);

/// From here (inclusive) to there (exclusive; `None`: to the end).
#[derive(Clone, PartialEq, Eq, Debug)]
struct Range {
    from: Vec<u8>,
    to: Option<Vec<u8>>,
}

/// Where a value stands to ranges.
#[derive(PartialEq, Eq, Debug)]
pub enum Stands<'r> {
    /// In one of them.
    Inside,
    /// Before the one that begins here.
    Before(&'r [u8]),
    /// After all of them.
    Beyond,
}

impl Ranges {
    /// Everything.
    pub fn all() -> Self {
        Self(vec![Range { from: Vec::new(), to: None }])
    }

    /// Nothing.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Whether it leaves everything.
    pub fn is_all(&self) -> bool {
        matches!(self.0.as_slice(), [Range { from, to: None }] if from.is_empty())
    }

    /// Whether it leaves single values only, or what begins alike.
    pub fn is_tight(&self) -> bool {
        self.0.iter().all(|range| !range.from.is_empty() && range.to == after(range.from.clone()))
    }

    /// One range.
    pub fn between(from: Vec<u8>, to: Option<Vec<u8>>) -> Self {
        if to.as_ref().is_some_and(|to| *to <= from) {
            return Self::none();
        }
        Self(vec![Range { from, to }])
    }

    /// Whatever begins with these bytes.
    pub fn prefix(prefix: Vec<u8>) -> Self {
        let to = after(prefix.clone());
        Self::between(prefix, to)
    }

    /// How many ranges.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it leaves nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What either leaves.
    pub fn or(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self.0.sort_by(|a, b| a.from.cmp(&b.from));
        let mut joined: Vec<Range> = Vec::with_capacity(self.0.len());
        for range in self.0 {
            match joined.last_mut() {
                Some(last) if last.to.as_ref().is_none_or(|to| range.from <= *to) => {
                    last.to = match (last.to.take(), range.to) {
                        (Some(a), Some(b)) => Some(a.max(b)),
                        (None, _) | (_, None) => None,
                    };
                }
                Some(_) | None => joined.push(range),
            }
        }
        Self(joined)
    }

    /// What both leave.
    pub fn and(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            let from = a.from.clone().max(b.from.clone());
            let a_ends_first = match (&a.to, &b.to) {
                (Some(x), Some(y)) => x <= y,
                (Some(_), None) => true,
                (None, _) => false,
            };
            let to = if a_ends_first { a.to.clone() } else { b.to.clone() };
            if to.as_ref().is_none_or(|to| from < *to) {
                both.push(Range { from, to });
            }
            if a_ends_first { i += 1 } else { j += 1 }
        }
        Self(both)
    }

    /// Where a value's bytes stand.
    pub fn place(&self, value: &[u8]) -> Stands<'_> {
        let next = self.0.partition_point(|range| range.to.as_ref().is_some_and(|to| to.as_slice() <= value));
        match self.0.get(next) {
            Some(range) if range.from.as_slice() <= value => Stands::Inside,
            Some(range) => Stands::Before(&range.from),
            None => Stands::Beyond,
        }
    }
}

/// Values equal to a text.
pub fn equal_text(order: Order, text: &str) -> Ranges {
    let mut value = Vec::new();
    push_value(&mut value, order, text);
    Ranges::prefix(value)
}

/// Values that begin with a text, where the order is by text.
pub fn text_prefix(order: Order, text: &str) -> Ranges {
    match order {
        Order::Text => {
            let mut start = Vec::new();
            push_start(&mut start, text);
            Ranges::prefix(start)
        }
        Order::Number => Ranges::all(),
    }
}

/// Values from one text to another, both inclusive unless they are absent, and with whatever begins with the latter.
pub fn text_between(order: Order, from: Option<&str>, to: Option<&str>) -> Ranges {
    if order == Order::Number {
        return Ranges::all();
    }
    let start = |text: &str| {
        let mut bytes = Vec::new();
        push_start(&mut bytes, text);
        bytes
    };
    Ranges::between(from.map(start).unwrap_or_default(), to.and_then(|to| after(start(to))))
}

/// Whole numbers from one to another, both inclusive.
pub fn numbers_between(order: Order, from: Option<i128>, to: Option<i128>) -> Ranges {
    if order == Order::Text {
        return Ranges::all();
    }
    let bytes = |number: i128| {
        let number = number.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
        let mut bytes = vec![NUMBER];
        bytes.extend_from_slice(&number_bytes(number));
        bytes
    };
    let from = from.map_or_else(|| vec![NUMBER], bytes);
    // What is no number of 64 bits comes after all that are, and may be a longer one: who looks at the row finds out.
    let numbers = Ranges::between(from, to.map_or_else(|| Some(vec![REST]), |to| after(bytes(to))));
    numbers.or(Ranges::prefix(vec![REST]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn layouts() -> impl Strategy<Value = Vec<Order>> {
        proptest::collection::vec(prop_oneof![Just(Order::Text), Just(Order::Number)], 0..4)
    }

    fn values() -> impl Strategy<Value = String> {
        prop_oneof!["-?[0-9]{1,20}", "[\\x00-\\x02a-c\u{ff}]{0,4}", "[a-z]{1,3}"]
    }

    proptest! {
        #[test]
        fn whole_keys_give_their_values_back(layout in layouts(), values in proptest::collection::vec(values(), 0..5)) {
            let key = encode(&layout, values.iter().map(String::as_str));
            prop_assert_eq!(decode(&layout, &key), Some(values));
        }

        #[test]
        fn numbers_sort_by_value(a: i64, b: i64) {
            let key = |number: i64| encode(&[Order::Number], [number.to_string().as_str()]);
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }

        #[test]
        fn texts_sort_by_text(a in values(), b in values()) {
            let key = |text: &str| encode(&[Order::Text], [text]);
            prop_assert_eq!(key(&a).cmp(&key(&b)), a.as_bytes().cmp(b.as_bytes()));
        }

        #[test]
        fn ranges_are_sets(points in proptest::collection::vec((0u8..20, 0u8..20), 0..5), others in proptest::collection::vec((0u8..20, 0u8..20), 0..5)) {
            let set = |pairs: &[(u8, u8)]| pairs.iter().fold(Ranges::none(), |all, (from, to)| {
                all.or(Ranges::between(vec![*from], (*to != 19).then(|| vec![*to])))
            });
            let holds = |ranges: &Ranges, point: u8| ranges.place(&[point]) == Stands::Inside;
            let (a, b) = (set(&points), set(&others));
            for point in 0u8..25 {
                prop_assert_eq!(holds(&a.and(&b), point), holds(&a, point) && holds(&b, point));
                prop_assert_eq!(holds(&a.clone().or(b.clone()), point), holds(&a, point) || holds(&b, point));
            }
        }
    }

    #[test]
    fn long_keys_are_cut_and_still_told_apart() {
        let (a, b) = ("x".repeat(3_000), format!("{}y", "x".repeat(3_000)));
        let key = |text: &str| encode(&[], [text]);
        assert!(key(&a).len() < 1_300 && key(&a) != key(&b));
        assert_eq!(decode(&[], &key(&a)), None);
    }
}
