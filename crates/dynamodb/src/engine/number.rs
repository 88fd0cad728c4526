//! Numbers: decimal, up to 38 significant digits, exact (facts section 12.3; AWS developer guide, "Data types").
//!
//! A number is a coefficient of at most 38 digits that does not end in a zero, times a power of ten. So equal numbers have equal parts, whatever
//! they were written like, and no digit is ever lost: what does not fit is refused, never rounded.
//!
//! ```text
//! sortable bytes   0x01                                                    zero
//!                  0x02 | exponent + 130 | pairs of digits + 1 | 0x00      positive
//!                  0x00 | complements of the same                          negative
//! ```
//! The exponent is that of the first digit, -130 to 125: one byte. Pairs of digits are 1 to 100, so that the closing zero sorts before any.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Significant digits at most.
pub const DIGITS_MAX: u32 = 38;
/// The decimal exponent of the largest number's first digit.
const EXPONENT_MAX: i32 = 125;
/// The decimal exponent of the smallest number's first digit.
const EXPONENT_MIN: i32 = -130;

/// A number. `coefficient * 10^exponent`, negated if so marked; zero is never negative and has exponent 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Number {
    negative: bool,
    coefficient: u128,
    exponent: i32,
}

/// Why a text or a result is no number.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NumberError {
    /// Nothing there.
    #[error("the text is empty")]
    Empty,
    /// Not the text of a number.
    #[error("`{0}` is no number")]
    Syntax(String),
    /// Too large.
    #[error("the magnitude is too large")]
    Overflow,
    /// Too close to zero.
    #[error("the magnitude is too small")]
    Underflow,
    /// More than 38 digits.
    #[error("there are more than 38 significant digits")]
    Digits,
}

impl Number {
    /// Zero.
    pub const ZERO: Number = Number { negative: false, coefficient: 0, exponent: 0 };

    /// The number with these parts, brought into form.
    fn normal(negative: bool, mut coefficient: u128, mut exponent: i32) -> Result<Self, NumberError> {
        if coefficient == 0 {
            return Ok(Self::ZERO);
        }
        while coefficient.is_multiple_of(10) {
            coefficient /= 10;
            exponent += 1;
        }
        let digits = digits_of(coefficient);
        if digits > DIGITS_MAX {
            return Err(NumberError::Digits);
        }
        let first = exponent + digits as i32 - 1;
        if first > EXPONENT_MAX {
            return Err(NumberError::Overflow);
        }
        if first < EXPONENT_MIN {
            return Err(NumberError::Underflow);
        }
        Ok(Self { negative, coefficient, exponent })
    }

    /// Its parts, for the disk: whether it is negative, the coefficient, the exponent.
    pub fn parts(self) -> (bool, u128, i32) {
        (self.negative, self.coefficient, self.exponent)
    }

    /// The number of these parts, if they are one.
    pub fn from_parts(negative: bool, coefficient: u128, exponent: i32) -> Option<Self> {
        let in_range = (-200..=200).contains(&exponent);
        let number = in_range.then(|| Self::normal(negative, coefficient, exponent).ok()).flatten()?;
        (number.parts() == (negative, coefficient, exponent)).then_some(number)
    }

    /// The sum, if it is a number.
    pub fn plus(self, other: Self) -> Result<Self, NumberError> {
        if self.coefficient == 0 {
            return Ok(other);
        }
        if other.coefficient == 0 {
            return Ok(self);
        }
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // Where this does not fit, the digits from the first of the one to the last of the other are more than 38, whatever the signs: the
        // last digit of the lower number is no zero, and one borrow takes away at most one digit.
        let shift = u32::try_from(high.exponent - low.exponent).expect("the order was made so");
        let scale = 10u128.checked_pow(shift).ok_or(NumberError::Digits)?;
        let aligned = high.coefficient.checked_mul(scale).ok_or(NumberError::Digits)?;
        if high.negative == low.negative {
            let sum = aligned.checked_add(low.coefficient).ok_or(NumberError::Digits)?;
            return Self::normal(high.negative, sum, low.exponent);
        }
        match aligned.cmp(&low.coefficient) {
            Ordering::Equal => Ok(Self::ZERO),
            Ordering::Greater => Self::normal(high.negative, aligned - low.coefficient, low.exponent),
            Ordering::Less => Self::normal(low.negative, low.coefficient - aligned, low.exponent),
        }
    }

    /// The difference, if it is a number.
    pub fn minus(self, other: Self) -> Result<Self, NumberError> {
        self.plus(Self { negative: !other.negative && other.coefficient != 0, ..other })
    }

    /// Bytes that sort as the numbers do, and run into nothing that follows.
    pub fn sortable(self) -> Vec<u8> {
        if self.coefficient == 0 {
            return vec![1];
        }
        let digits = self.coefficient.to_string();
        let first = self.exponent + digits.len() as i32 - 1;
        // 0..=255: the range of exponents is 256 wide.
        let exponent = u8::try_from(first - EXPONENT_MIN).expect("a number's exponent is in range");
        let mut bytes = vec![2, exponent];
        // Pairs of digits as 1..=100, so that the closing zero sorts before any.
        for pair in digits.as_bytes().chunks(2) {
            let tens = pair[0] - b'0';
            let ones = pair.get(1).map_or(0, |digit| digit - b'0');
            bytes.push(tens * 10 + ones + 1);
        }
        bytes.push(0);
        if self.negative {
            bytes[0] = 0;
            bytes[1..].iter_mut().for_each(|byte| *byte = !*byte);
        }
        bytes
    }

    /// Bytes it counts for in an item's size: one for two digits, and one (AWS developer guide, "Item sizes and formats").
    pub fn size(self) -> usize {
        if self.coefficient == 0 {
            return 1;
        }
        // Pairs are counted from the decimal point, so an odd exponent takes one digit more.
        let digits = digits_of(self.coefficient) as usize + usize::from(self.exponent % 2 != 0);
        digits.div_ceil(2) + 1 + usize::from(self.negative)
    }

    /// As a count, if it is a small whole number that is not negative.
    pub fn as_i64(self) -> Option<i64> {
        let scale = 10u128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let whole = i64::try_from(self.coefficient.checked_mul(scale)?).ok()?;
        Some(if self.negative { -whole } else { whole })
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self::normal(false, u128::from(value), 0).expect("twenty digits are a number")
    }
}

fn digits_of(coefficient: u128) -> u32 {
    coefficient.checked_ilog10().map_or(0, |log| log + 1)
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        if text.is_empty() {
            return Err(NumberError::Empty);
        }
        let syntax = || NumberError::Syntax(text.to_owned());
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent).ok_or_else(syntax)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return Err(syntax());
        }
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let Some(first) = digits.iter().position(|digit| *digit != b'0') else { return Ok(Self::ZERO) };
        let last = digits.iter().rposition(|digit| *digit != b'0').expect("there is a first one");
        let exponent = exponent - fraction.len() as i64 + (digits.len() - 1 - last) as i64;
        let significant = &digits[first..=last];
        let leading = exponent + significant.len() as i64 - 1;
        if leading > i64::from(EXPONENT_MAX) {
            return Err(NumberError::Overflow);
        }
        if leading < i64::from(EXPONENT_MIN) {
            return Err(NumberError::Underflow);
        }
        if significant.len() > DIGITS_MAX as usize {
            return Err(NumberError::Digits);
        }
        let coefficient = significant.iter().fold(0u128, |sum, digit| sum * 10 + u128::from(digit - b'0'));
        let exponent = i32::try_from(exponent).expect("it is near the leading digit's, which is in range");
        Ok(Self { negative: text.starts_with('-'), coefficient, exponent })
    }
}

/// An exponent, cut to a range that is beyond every number's.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0i64, |sum, digit| (sum * 10 + i64::from(digit - b'0')).min(1 << 40));
    Some(if text.starts_with('-') { -size } else { size })
}

impl fmt::Display for Number {
    /// Plain decimal, as AWS writes numbers: no exponent, no superfluous zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        let digits = self.coefficient.to_string();
        if self.exponent >= 0 {
            f.write_str(&digits)?;
            return (0..self.exponent).try_for_each(|_| f.write_str("0"));
        }
        let point = digits.len() as i32 + self.exponent;
        match usize::try_from(point) {
            Ok(point) if point > 0 => write!(f, "{}.{}", &digits[..point], &digits[point..]),
            Ok(_) | Err(_) => {
                f.write_str("0.")?;
                (point..0).try_for_each(|_| f.write_str("0"))?;
                f.write_str(&digits)
            }
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sortable().cmp(&other.sortable())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    pub(crate) fn numbers() -> impl Strategy<Value = Number> {
        let texts = prop_oneof![
            "-?[0-9]{1,3}",
            "-?[0-9]{1,38}",
            "-?[0-9]{0,10}\\.[0-9]{1,20}",
            "-?[1-9]\\.[0-9]{0,12}e-?[0-9]{1,2}",
        ];
        texts.prop_filter_map("in range", |text| text.parse().ok())
    }

    #[test]
    fn numbers_are_shown_plainly_and_without_superfluous_zeros() {
        for (given, shown) in [
            ("1.0", "1"),
            ("0010", "10"),
            ("-0", "0"),
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e3", "1000"),
            ("1E-3", "0.001"),
            ("-12.340", "-12.34"),
            ("123456789012345678901234567890.12345678", "123456789012345678901234567890.12345678"),
        ] {
            assert_eq!(number(given).to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        let nines = "9".repeat(38);
        for (text, error) in [
            ("", NumberError::Empty),
            ("abc", NumberError::Syntax("abc".to_owned())),
            ("1e", NumberError::Syntax("1e".to_owned())),
            (".", NumberError::Syntax(".".to_owned())),
            ("--1", NumberError::Syntax("--1".to_owned())),
            (" 1", NumberError::Syntax(" 1".to_owned())),
            ("1e126", NumberError::Overflow),
            ("-1e126", NumberError::Overflow),
            ("1e-131", NumberError::Underflow),
            ("1e99999999999999999999", NumberError::Overflow),
            ("123456789012345678901234567890123456789", NumberError::Digits),
        ] {
            assert_eq!(text.parse::<Number>(), Err(error), "{text}");
        }
        assert_eq!(number(&nines).to_string(), nines);
        assert_eq!(number("1e125").to_string().len(), 126);
        assert_eq!(number("1e-130").to_string().len(), 132);
        assert_eq!(number("0e99999"), Number::ZERO);
    }

    #[test]
    fn sums_are_exact_or_refused() {
        assert_eq!(number("0.1").plus(number("0.2")).unwrap(), number("0.3"));
        assert_eq!(number("1").minus(number("1")).unwrap(), Number::ZERO);
        assert_eq!(number("5").minus(number("7")).unwrap(), number("-2"));
        assert_eq!(number("1e38").plus(number("1")), Err(NumberError::Digits));
        assert_eq!(number("1e38").minus(number("1")).unwrap().to_string(), "9".repeat(38));
        assert_eq!(number("1e125").plus(number("1e-130")), Err(NumberError::Digits));
        assert_eq!(number("9e125").plus(number("1e125")), Err(NumberError::Overflow));
        assert_eq!(number("7e38").minus(number("1")), Err(NumberError::Digits));
    }

    proptest! {
        #[test]
        fn a_number_is_what_it_shows(n in numbers()) {
            prop_assert_eq!(number(&n.to_string()), n);
        }

        #[test]
        fn parts_round_trip(n in numbers()) {
            let (negative, coefficient, exponent) = n.parts();
            prop_assert_eq!(Number::from_parts(negative, coefficient, exponent), Some(n));
        }

        #[test]
        fn numbers_sort_as_doubles_do(a in numbers(), b in numbers()) {
            let double = |n: Number| n.to_string().parse::<f64>().unwrap();
            // Doubles may call two numbers equal that are not.
            match double(a).partial_cmp(&double(b)).unwrap() {
                Ordering::Equal => {}
                order => prop_assert_eq!(a.cmp(&b), order),
            }
            prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        }

        #[test]
        fn order_agrees_with_the_sign_of_the_difference(a in -10_000i64..10_000, b in -10_000i64..10_000, scale in -20i32..20) {
            let make = |n: i64| number(&format!("{n}e{scale}"));
            prop_assert_eq!(make(a).cmp(&make(b)), a.cmp(&b));
        }

        #[test]
        fn adding_and_taking_away_comes_back(a in numbers(), b in numbers()) {
            if let Ok(sum) = a.plus(b) {
                prop_assert_eq!(sum.minus(b).unwrap(), a);
                prop_assert_eq!(b.plus(a).unwrap(), sum);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}|[-+0-9.eE]{0,20}") {
            let _ = text.parse::<Number>();
        }
    }
}
