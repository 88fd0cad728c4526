//! Sequence numbers, version 2: what a record is called, and where it stands.
//!
//! 47 hexadecimal digits, written in decimal (facts section 2):
//!
//! ```text
//! | 2 | creation: 9 | n | counter: 16 | 00 | time: 9 | shard: 8 | 2 |
//!       of the shard, s   low nibble     of the record     number    version
//!                         of the number  in its log, s
//! ```
//!
//! Nothing of it is stored: the shard's row gives creation and number, the log gives the counter (its `Seq`) and the time. So a number is
//! derived when a record is written or read, and parsing it gives the `Seq` back exactly. Counters begin at 1; 0 is the shard's own starting
//! number, and 7fff… its ending number.
//!
//! Decimal conversion of 188 bits is too slow to do for each of 500 records of a batch, whose counters follow one another:
//! [`Run`] converts the first and then adds 2^80, in base 10^19.

use std::fmt;

use base::Timestamp;
use store::Seq;

/// The counter of a shard's ending number.
const COUNTER_END: u64 = i64::MAX as u64;
/// Nine hexadecimal digits.
const SECONDS_MAX: u64 = (1 << 36) - 1;
/// The longest decimal text the model lets through.
const DIGITS_MAX: usize = 129;
/// Ten to the nineteenth: the largest power of ten in a u64.
const LIMB: u64 = 10_000_000_000_000_000_000;

/// A whole second since the epoch, as sequence numbers hold it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Second(pub u64);

impl Second {
    /// The second a time lies in. Times before the epoch and after the year 4147 are cut to the ends.
    pub fn of(time: Timestamp) -> Self {
        Self(u64::try_from(time.as_secs()).unwrap_or(0).min(SECONDS_MAX))
    }

    /// The one after.
    pub fn next(self) -> Self {
        Self((self.0 + 1).min(SECONDS_MAX))
    }
}

/// What all numbers of a shard have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ShardPart {
    /// The second of the shard's creation. Greater for a child than for its parents.
    pub creation: Second,
    /// The shard's number.
    pub number: u32,
}

/// A sequence number of version 2. Sorts as its decimal value does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SequenceNumber {
    /// The shard's part.
    pub shard: ShardPart,
    /// The record's `Seq` in the shard's log.
    pub counter: u64,
    /// The second of the record's arrival, at least the shard's creation.
    pub time: Second,
}

impl ShardPart {
    /// The shard's StartingSequenceNumber.
    pub fn starting(self) -> SequenceNumber {
        SequenceNumber { shard: self, counter: 0, time: self.creation }
    }

    /// The EndingSequenceNumber of the shard if it was closed in `closing`.
    pub fn ending(self, closing: Second) -> SequenceNumber {
        SequenceNumber { shard: self, counter: COUNTER_END, time: closing }
    }

    /// The number of a record.
    pub fn record(self, seq: Seq, time: Timestamp) -> SequenceNumber {
        SequenceNumber { shard: self, counter: seq.0, time: Second::of(time).max(self.creation) }
    }
}

/// Why a text is no sequence number of ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Foreign {
    /// It is a number, of another version or of none.
    Version,
    /// It is no number at all.
    NotANumber,
}

impl SequenceNumber {
    /// Reads a decimal text.
    pub fn parse(text: &str) -> Result<Self, Foreign> {
        let digits = text.as_bytes();
        let well_formed = (1..=DIGITS_MAX).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
        if !well_formed {
            return Err(Foreign::NotANumber);
        }
        let mut wide = Wide::ZERO;
        for digit in digits {
            wide = wide.times_ten_plus(u64::from(digit - b'0')).ok_or(Foreign::Version)?;
        }
        Self::from_wide(wide).ok_or(Foreign::Version)
    }

    /// The store's number for the record.
    pub fn seq(&self) -> Seq {
        Seq(self.counter)
    }

    fn wide(&self) -> Wide {
        let number = u64::from(self.shard.number);
        Wide {
            high: 2 << 56 | self.shard.creation.0 << 20 | (number & 15) << 16 | self.counter >> 48,
            low: u128::from(self.counter & ((1 << 48) - 1)) << 80
                | u128::from(self.time.0) << 36
                | u128::from(number) << 4
                | 2,
        }
    }

    fn from_wide(wide: Wide) -> Option<Self> {
        let bits = |from: u32, count: u32| (wide.low >> from) as u64 & ((1 << count) - 1);
        let number = bits(4, 32) as u32;
        let found = Self {
            shard: ShardPart { creation: Second(wide.high >> 20 & SECONDS_MAX), number },
            counter: (wide.high & 0xffff) << 48 | bits(80, 48),
            time: Second(bits(36, 36)),
        };
        // The fixed digits, the nibble and the counter's top bit are right exactly if writing it again gives the same.
        (found.counter <= COUNTER_END && found.wide() == wide).then_some(found)
    }
}

impl Ord for SequenceNumber {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |number: &Self| (number.wide().high, number.wide().low);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for SequenceNumber {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Limbs::of(self.wide()).to_text())
    }
}

/// The texts of numbers whose counters follow one another, in one shard and one second.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    next: Limbs,
}

impl Run {
    /// Begins with this number.
    pub fn from(first: SequenceNumber) -> Self {
        Self { next: Limbs::of(first.wide()) }
    }

    /// The next number's text.
    pub fn next_text(&mut self) -> String {
        let text = self.next.to_text();
        self.next = self.next.plus_counter();
        text
    }
}

/// The texts of a shard's numbers, fast where they follow one another within a second.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    shard: ShardPart,
    run: Option<(SequenceNumber, Run)>,
}

impl Texts {
    /// Of this shard.
    pub fn of(shard: ShardPart) -> Self {
        Self { shard, run: None }
    }

    /// The text of a record's number.
    pub fn record(&mut self, seq: Seq, time: Timestamp) -> String {
        let number = self.shard.record(seq, time);
        let mut run = match self.run {
            Some((expected, run)) if expected == number => run,
            Some(_) | None => Run::from(number),
        };
        let text = run.next_text();
        self.run = Some((SequenceNumber { counter: number.counter + 1, ..number }, run));
        text
    }
}

/// An unsigned number of 192 bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Wide {
    high: u64,
    low: u128,
}

impl Wide {
    const ZERO: Wide = Wide { high: 0, low: 0 };

    fn times_ten_plus(self, digit: u64) -> Option<Self> {
        let below = (self.low as u64 as u128) * 10 + u128::from(digit);
        let middle = (self.low >> 64) * 10 + (below >> 64);
        let above = u128::from(self.high) * 10 + (middle >> 64);
        let high = u64::try_from(above).ok()?;
        Some(Self { high, low: (middle << 64) | (below as u64 as u128) })
    }
}

/// A number below 10^57 in base 10^19, lowest limb first.
#[derive(Clone, Copy, Debug)]
struct Limbs([u64; 3]);

impl Limbs {
    /// 2^80: what one more in the counter adds.
    const COUNTER: [u64; 2] = [((1u128 << 80) % LIMB as u128) as u64, ((1u128 << 80) / LIMB as u128) as u64];

    fn of(wide: Wide) -> Self {
        let mut rest = [wide.high, (wide.low >> 64) as u64, wide.low as u64];
        let mut limbs = [0; 3];
        for limb in &mut limbs {
            let mut remainder = 0u64;
            for part in &mut rest {
                let value = u128::from(remainder) << 64 | u128::from(*part);
                *part = (value / u128::from(LIMB)) as u64;
                remainder = (value % u128::from(LIMB)) as u64;
            }
            *limb = remainder;
        }
        debug_assert_eq!(rest, [0; 3], "188 bits are less than 10^57");
        Self(limbs)
    }

    fn plus_counter(self) -> Self {
        let [low, middle, high] = self.0;
        let (low, carry) = add_limbs(low, Self::COUNTER[0], 0);
        let (middle, carry) = add_limbs(middle, Self::COUNTER[1], carry);
        Self([low, middle, high + carry])
    }

    fn to_text(self) -> String {
        let mut digits = [b'0'; 57];
        for (limb, place) in self.0.iter().zip([38, 19, 0]) {
            write_limb(*limb, &mut digits[place..place + 19]);
        }
        let zeros = digits[..56].iter().take_while(|digit| **digit == b'0').count();
        std::str::from_utf8(&digits[zeros..]).expect("digits are ASCII").to_owned()
    }
}

fn add_limbs(a: u64, b: u64, carry: u64) -> (u64, u64) {
    // Both are below 10^19, whose double passes u64.
    let sum = u128::from(a) + u128::from(b) + u128::from(carry);
    if sum >= u128::from(LIMB) { ((sum - u128::from(LIMB)) as u64, 1) } else { (sum as u64, 0) }
}

fn write_limb(mut limb: u64, digits: &mut [u8]) {
    const PAIRS: &[u8; 200] =
        b"00010203040506070809101112131415161718192021222324252627282930313233343536373839\
        40414243444546474849505152535455565758596061626364656667686970717273747576777879\
        8081828384858687888990919293949596979899";
    let (first, pairs) = digits.split_at_mut(1);
    for place in pairs.chunks_exact_mut(2).rev() {
        let pair = (limb % 100) as usize * 2;
        limb /= 100;
        place.copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    first[0] = b'0' + limb as u8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers() -> impl Strategy<Value = SequenceNumber> {
        (0..=SECONDS_MAX, any::<u32>(), 0..=COUNTER_END, 0..=SECONDS_MAX).prop_map(
            |(creation, number, counter, time)| SequenceNumber {
                shard: ShardPart { creation: Second(creation), number },
                counter,
                time: Second(time),
            },
        )
    }

    // Numbers that stand in the API reference's examples: their digits mean what this module says.
    #[test]
    fn numbers_of_aws_decode() {
        for (text, creation, shard, counter, time) in [
            (
                "49590338271490256608559692538361571095921575989136588898",
                1_542_776_258,
                6,
                1_734_642_199,
                1_545_084_650,
            ),
            (
                "49544985256907370027570885864065577703022652638596431874",
                1_415_670_039,
                0,
                13_422_023_156,
                1_431_623_575,
            ),
        ] {
            let number = SequenceNumber::parse(text).unwrap();
            let part = ShardPart { creation: Second(creation), number: shard };
            assert_eq!(number, SequenceNumber { shard: part, counter, time: Second(time) });
            assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn starting_numbers_of_neighbours_lie_as_far_apart_as_on_aws() {
        let part = |number| ShardPart { creation: Second(1_700_000_000), number }.starting().wide();
        let (a, b) = (part(3), part(4));
        // 22300745198530623141535718272648361505980432 = 16^36 + 16.
        assert_eq!(b.high - a.high, 1 << 16);
        assert_eq!(b.low - a.low, 16);
    }

    #[test]
    fn a_number_has_56_digits_in_this_era() {
        let part = ShardPart { creation: Second(1_764_000_000), number: 0 };
        assert_eq!(part.starting().to_string().len(), 56);
        assert_eq!(part.ending(Second(1_764_000_100)).to_string().len(), 56);
    }

    #[test]
    fn what_is_not_ours_says_why() {
        assert_eq!(SequenceNumber::parse("0"), Err(Foreign::Version));
        assert_eq!(SequenceNumber::parse(&"9".repeat(129)), Err(Foreign::Version));
        assert_eq!(SequenceNumber::parse(""), Err(Foreign::NotANumber));
        assert_eq!(SequenceNumber::parse("12a"), Err(Foreign::NotANumber));
        assert_eq!(SequenceNumber::parse(&"9".repeat(130)), Err(Foreign::NotANumber));
    }

    proptest! {
        #[test]
        fn numbers_round_trip(number in numbers()) {
            prop_assert_eq!(SequenceNumber::parse(&number.to_string()), Ok(number));
        }

        #[test]
        fn texts_compare_as_numbers_do(a in numbers(), b in numbers()) {
            let (x, y) = (a.to_string(), b.to_string());
            prop_assert_eq!((x.len(), x).cmp(&(y.len(), y)), a.cmp(&b));
        }

        #[test]
        fn within_a_shard_the_counter_decides(number in numbers(), counter in 0..=COUNTER_END, time in 0..=SECONDS_MAX) {
            prop_assume!(counter > number.counter);
            let later = SequenceNumber { counter, time: Second(time), ..number };
            prop_assert!(later > number);
        }

        #[test]
        fn a_later_shard_has_the_greater_numbers(a in numbers(), b in numbers()) {
            prop_assume!(a.shard.creation < b.shard.creation);
            prop_assert!(a < b);
        }

        #[test]
        fn texts_are_those_of_the_numbers(number in numbers(), steps in proptest::collection::vec((1u64..3, 0i64..2), 0..20)) {
            let mut texts = Texts::of(number.shard);
            let (mut seq, mut secs) = (number.counter / 2, 1_700_000_000);
            for (step, later) in steps {
                (seq, secs) = (seq + step, secs + later);
                let time = Timestamp::from_secs(secs);
                prop_assert_eq!(texts.record(Seq(seq), time), number.shard.record(Seq(seq), time).to_string());
            }
        }

        #[test]
        fn a_run_counts_up(number in numbers(), length in 1u64..200) {
            prop_assume!(number.counter + length <= COUNTER_END);
            let mut run = Run::from(number);
            for counter in number.counter..number.counter + length {
                prop_assert_eq!(run.next_text(), SequenceNumber { counter, ..number }.to_string());
            }
        }
    }
}
