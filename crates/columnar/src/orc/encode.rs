//! ORC's run-length encodings: bytes, bits, and integers of version 1.

use super::proto::{varint, zigzag};

/// The shortest run, the longest run, and the most values that stand as they are.
const RUN_MIN: usize = 3;
const RUN_MAX: usize = 130;
const LITERALS_MAX: usize = 128;

/// Bytes: `control >= 0`: the next byte `control + 3` times; else `-control` bytes as they are.
pub fn bytes(out: &mut Vec<u8>, values: &[u8]) {
    let mut start = 0;
    let mut at = 0;
    while at < values.len() {
        let same = values[at..].iter().take(RUN_MAX).take_while(|value| **value == values[at]).count();
        if same < RUN_MIN {
            at += same;
            continue;
        }
        byte_literals(out, &values[start..at]);
        out.extend([(same - RUN_MIN) as u8, values[at]]);
        at += same;
        start = at;
    }
    byte_literals(out, &values[start..]);
}

fn byte_literals(out: &mut Vec<u8>, values: &[u8]) {
    for chunk in values.chunks(LITERALS_MAX) {
        out.push((chunk.len() as u8).wrapping_neg());
        out.extend_from_slice(chunk);
    }
}

/// Bits, the first in the highest place, across calls.
#[derive(Debug, Default)]
pub struct Bits {
    whole: Vec<u8>,
    part: u8,
    /// Bits in `part`.
    pub count: u32,
}

impl Bits {
    /// Adds bits.
    pub fn extend(&mut self, values: impl Iterator<Item = bool>) {
        for value in values {
            self.part = self.part << 1 | u8::from(value);
            self.count += 1;
            if self.count == 8 {
                self.whole.push(self.part);
                (self.part, self.count) = (0, 0);
            }
        }
    }

    /// Writes all whole bytes.
    pub fn flush(&mut self, out: &mut Vec<u8>) {
        bytes(out, &self.whole);
        self.whole.clear();
    }

    /// Writes what is left.
    pub fn finish(mut self, out: &mut Vec<u8>) {
        if self.count > 0 {
            self.whole.push(self.part << (8 - self.count));
        }
        self.flush(out);
    }
}

/// Signed integers.
pub fn signed(out: &mut Vec<u8>, values: &[i64]) {
    integers(out, values, |value| zigzag(value).into());
}

/// Integers that are not negative.
pub fn unsigned(out: &mut Vec<u8>, values: &[i64]) {
    integers(out, values, |value| value as u64 as u128);
}

/// Integers: `control >= 0`: a run of `control + 3` values, its step as a signed byte and its first value; else `-control` values.
fn integers(out: &mut Vec<u8>, values: &[i64], coded: impl Fn(i64) -> u128) {
    let literals = |out: &mut Vec<u8>, values: &[i64]| {
        for chunk in values.chunks(LITERALS_MAX) {
            out.push((chunk.len() as u8).wrapping_neg());
            chunk.iter().for_each(|value| varint(out, coded(*value)));
        }
    };
    let mut start = 0;
    let mut at = 0;
    while at < values.len() {
        let run = run(&values[at..]);
        if run < RUN_MIN {
            at += 1;
            continue;
        }
        literals(out, &values[start..at]);
        let step = values[at + 1].wrapping_sub(values[at]);
        out.extend([(run - RUN_MIN) as u8, step as i8 as u8]);
        varint(out, coded(values[at]));
        at += run;
        start = at;
    }
    literals(out, &values[start..]);
}

/// How many values go on with one step that fits a byte.
fn run(values: &[i64]) -> usize {
    let [first, second, third, ..] = values else { return values.len().min(RUN_MIN - 1) };
    let step = second.wrapping_sub(*first);
    if i8::try_from(step).is_err()
        || third.wrapping_sub(*second) != step
        || second.checked_sub(*first).is_none()
    {
        return 1;
    }
    let steps = values.windows(2).take(RUN_MAX - 1);
    1 + steps.take_while(|pair| pair[0].checked_add(step) == Some(pair[1])).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_varint(bytes: &mut &[u8]) -> u64 {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = bytes[0];
            *bytes = &bytes[1..];
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }

    fn read_signed(mut bytes: &[u8]) -> Vec<i64> {
        let unzigzag = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
        let mut values = Vec::new();
        while let [control, rest @ ..] = bytes {
            bytes = rest;
            let control = *control as i8;
            if control >= 0 {
                let step = i64::from(bytes[0] as i8);
                bytes = &bytes[1..];
                let first = unzigzag(read_varint(&mut bytes));
                values.extend((0..i64::from(control) + 3).map(|index| first.wrapping_add(index * step)));
            } else {
                for _ in 0..-i32::from(control) {
                    values.push(unzigzag(read_varint(&mut bytes)));
                }
            }
        }
        values
    }

    fn read_bytes(mut bytes: &[u8]) -> Vec<u8> {
        let mut values = Vec::new();
        while let [control, rest @ ..] = bytes {
            let control = *control as i8;
            let (count, take) = match control >= 0 {
                true => (usize::from(control as u8) + 3, 1),
                false => (1, control.unsigned_abs() as usize),
            };
            values.extend(rest[..take].repeat(count));
            bytes = &rest[take..];
        }
        values
    }

    fn some_numbers() -> impl Strategy<Value = Vec<i64>> {
        let run = (any::<i64>(), -200_i64..200, 1_usize..300);
        let runs = run.prop_map(|(first, step, count)| {
            (0..count as i64).map(|index| first.wrapping_add(index * step)).collect::<Vec<_>>()
        });
        let odd = proptest::collection::vec(any::<i64>(), 0..300);
        proptest::collection::vec(prop_oneof![runs, odd], 0..6).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn integers_come_back(values in some_numbers()) {
            let mut out = Vec::new();
            signed(&mut out, &values);
            prop_assert_eq!(read_signed(&out), values);
        }

        #[test]
        fn bytes_come_back(values in proptest::collection::vec(0_u8..3, 0..700)) {
            let mut out = Vec::new();
            bytes(&mut out, &values);
            prop_assert_eq!(read_bytes(&out), values);
        }
    }
}
