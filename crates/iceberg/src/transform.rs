//! Transforms: how the partition of a row follows from its values (appendix B of the format's specification for the hash).
//!
//! Values come and go in single-value form. No value stays no value, under every transform.

use crate::types::{Primitive, decimal_of, decimal_value};
use crate::{Error, malformed};

/// Microseconds of an hour and a day.
const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// A transform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// The value itself.
    Identity,
    /// One of so many buckets, by a hash.
    Bucket(u32),
    /// A number rounded down to a multiple, a text cut.
    Truncate(u32),
    /// Years since 1970.
    Year,
    /// Months since 1970.
    Month,
    /// Days since 1970.
    Day,
    /// Hours since 1970.
    Hour,
    /// Always no value: what is left of a field that was dropped.
    Void,
}

impl Transform {
    /// From the format's word for it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let width = |open: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(']'));
        let number = |inner: &str| match inner.trim().parse::<u32>() {
            Ok(number @ 1..=0x7fff_ffff) => Ok(number),
            Ok(_) | Err(_) => Err(malformed(format!("the transform {text} has no width"))),
        };
        if let Some(inner) = width("bucket[") {
            return number(inner).map(Self::Bucket);
        }
        if let Some(inner) = width("truncate[") {
            return number(inner).map(Self::Truncate);
        }
        Ok(match text {
            "identity" => Self::Identity,
            "year" => Self::Year,
            "month" => Self::Month,
            "day" => Self::Day,
            "hour" => Self::Hour,
            "void" => Self::Void,
            _ => return Err(Error::Unsupported(format!("the transform {text} is not known"))),
        })
    }

    /// The type of what it makes of values of a type. Fails if it cannot be applied to them.
    pub fn result(self, source: Primitive) -> Result<Primitive, Error> {
        use Primitive::{
            Binary, Boolean, Date, Decimal, Double, Fixed, Float, Int, Long, String, Time, Timestamp,
            TimestampTz, Uuid,
        };
        let misfit = || malformed(format!("the transform {self:?} does not apply to {source:?}"));
        match (self, source) {
            (Self::Identity | Self::Void, _) => Ok(source),
            (Self::Bucket(_), Boolean | Float | Double) => Err(misfit()),
            (
                Self::Bucket(_),
                Int | Long | Decimal(..) | Date | Time | Timestamp | TimestampTz | String | Uuid | Fixed(_)
                | Binary,
            ) => Ok(Int),
            (Self::Truncate(_), Int | Long | Decimal(..) | String | Binary) => Ok(source),
            (
                Self::Truncate(_),
                Boolean | Float | Double | Date | Time | Timestamp | TimestampTz | Uuid | Fixed(_),
            ) => Err(misfit()),
            (Self::Year | Self::Month, Date | Timestamp | TimestampTz) => Ok(Int),
            (Self::Day, Date | Timestamp | TimestampTz) => Ok(Date),
            (Self::Hour, Timestamp | TimestampTz) => Ok(Int),
            (
                Self::Year | Self::Month | Self::Day | Self::Hour,
                Boolean | Int | Long | Float | Double | Decimal(..) | Date | Time | String | Uuid | Fixed(_)
                | Binary,
            ) => Err(misfit()),
        }
    }

    /// What it makes of a value.
    pub fn apply(self, source: Primitive, value: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        self.result(source)?;
        let made = match self {
            Self::Void => return Ok(None),
            Self::Identity => value.to_vec(),
            Self::Bucket(count) => {
                let hash = match source {
                    Primitive::Int | Primitive::Date => murmur3(&i64::from(int(value)?).to_le_bytes()),
                    Primitive::Long | Primitive::Time | Primitive::Timestamp | Primitive::TimestampTz => {
                        murmur3(&long(value)?.to_le_bytes())
                    }
                    Primitive::Boolean
                    | Primitive::Float
                    | Primitive::Double
                    | Primitive::Decimal(..)
                    | Primitive::String
                    | Primitive::Uuid
                    | Primitive::Fixed(_)
                    | Primitive::Binary => murmur3(value),
                };
                let bucket = (hash & 0x7fff_ffff) % count;
                (bucket as i32).to_le_bytes().to_vec()
            }
            Self::Truncate(width) => truncated(source, value, width)?,
            Self::Year | Self::Month | Self::Day | Self::Hour => {
                let number = match (self, source) {
                    (Self::Hour, _) => long(value)?.div_euclid(HOUR),
                    (_, Primitive::Date) => self.of_days(i64::from(int(value)?)),
                    (_, _) => self.of_days(long(value)?.div_euclid(DAY)),
                };
                let number = i32::try_from(number).map_err(|_| malformed("a time is beyond all years"))?;
                number.to_le_bytes().to_vec()
            }
        };
        Ok(Some(made))
    }

    fn of_days(self, days: i64) -> i64 {
        let (year, month) = civil(days);
        match self {
            Self::Year => year - 1970,
            Self::Month => (year - 1970) * 12 + month - 1,
            Self::Day | Self::Hour | Self::Identity | Self::Bucket(_) | Self::Truncate(_) | Self::Void => {
                days
            }
        }
    }

    /// A partition's value as it stands in paths.
    pub fn human(self, source: Primitive, value: Option<&[u8]>) -> String {
        let Some(value) = value else { return "null".to_owned() };
        let number = || int(value).map(i64::from).unwrap_or_default();
        match self {
            Self::Year => (1970 + number()).to_string(),
            Self::Month => {
                format!("{:04}-{:02}", 1970 + number().div_euclid(12), number().rem_euclid(12) + 1)
            }
            Self::Day => date(number()),
            Self::Hour => format!("{}-{:02}", date(number().div_euclid(24)), number().rem_euclid(24)),
            Self::Bucket(_) => number().to_string(),
            Self::Void => "null".to_owned(),
            Self::Identity | Self::Truncate(_) => plain(source, value),
        }
    }
}

fn date(days: i64) -> String {
    let (year, month) = civil(days);
    let day = days - days_before(year, month) + 1;
    format!("{year:04}-{month:02}-{day:02}")
}

fn plain(kind: Primitive, value: &[u8]) -> String {
    let moment = |micros: i64| {
        jiff::Timestamp::from_microsecond(micros).map(|moment| moment.to_string()).unwrap_or_default()
    };
    match kind {
        Primitive::Boolean => (value.first() == Some(&1)).to_string(),
        Primitive::Int => int(value).unwrap_or_default().to_string(),
        Primitive::Date => date(int(value).unwrap_or_default().into()),
        Primitive::Long | Primitive::Time => long(value).unwrap_or_default().to_string(),
        Primitive::Timestamp => moment(long(value).unwrap_or_default()).trim_end_matches('Z').to_owned(),
        Primitive::TimestampTz => moment(long(value).unwrap_or_default()),
        Primitive::Float => value.try_into().map(f32::from_le_bytes).unwrap_or_default().to_string(),
        Primitive::Double => value.try_into().map(f64::from_le_bytes).unwrap_or_default().to_string(),
        Primitive::Decimal(_, scale) => {
            let unscaled = decimal_of(value);
            let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = usize::from(scale) + 1);
            let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
            let sign = if unscaled < 0 { "-" } else { "" };
            if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
        }
        Primitive::String => String::from_utf8_lossy(value).into_owned(),
        Primitive::Uuid | Primitive::Fixed(_) | Primitive::Binary => {
            value.iter().map(|byte| format!("{byte:02x}")).collect()
        }
    }
}

pub(crate) fn int(value: &[u8]) -> Result<i32, Error> {
    value.try_into().map(i32::from_le_bytes).map_err(|_| malformed("a value has not four bytes"))
}

pub(crate) fn long(value: &[u8]) -> Result<i64, Error> {
    value.try_into().map(i64::from_le_bytes).map_err(|_| malformed("a value has not eight bytes"))
}

fn truncated(source: Primitive, value: &[u8], width: u32) -> Result<Vec<u8>, Error> {
    Ok(match source {
        Primitive::Int => {
            let number = int(value)?;
            let cut = i64::from(number) - i64::from(number).rem_euclid(i64::from(width));
            // Wraps below the least number, as the specification's own arithmetic does.
            (cut as i32).to_le_bytes().to_vec()
        }
        Primitive::Long => {
            let number = long(value)?;
            number.wrapping_sub(number.rem_euclid(i64::from(width))).to_le_bytes().to_vec()
        }
        Primitive::Decimal(..) => {
            let number = decimal_of(value);
            decimal_value(number.wrapping_sub(number.rem_euclid(i128::from(width))))
        }
        Primitive::String => {
            let text = std::str::from_utf8(value).map_err(|_| malformed("a text is no UTF-8"))?;
            let end = text.char_indices().nth(width as usize).map_or(text.len(), |(end, _)| end);
            text.as_bytes()[..end].to_vec()
        }
        _ => value[..value.len().min(width as usize)].to_vec(),
    })
}

/// Year and month of a day since 1970, in the proleptic Gregorian calendar (counted in eras of 400 years that begin in March).
fn civil(days: i64) -> (i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day = shifted.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month)
}

/// Days since 1970 of the first of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let months = (month + 9) % 12;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * months + 2) / 5 - 719_468
}

/// MurmurHash3, 32 bits, of seed 0.
fn murmur3(bytes: &[u8]) -> u32 {
    let mix = |block: u32| block.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let (blocks, rest) = bytes.as_chunks::<4>();
    let mut hash = 0_u32;
    for block in blocks {
        hash = (hash ^ mix(u32::from_le_bytes(*block)))
            .rotate_left(13)
            .wrapping_mul(5)
            .wrapping_add(0xe654_6b64);
    }
    if !rest.is_empty() {
        let mut last = [0; 4];
        last[..rest.len()].copy_from_slice(rest);
        hash ^= mix(u32::from_le_bytes(last));
    }
    hash ^= bytes.len() as u32;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of_int(transform: &str, kind: Primitive, value: &[u8]) -> i32 {
        int(&Transform::parse(transform).unwrap().apply(kind, value).unwrap().unwrap()).unwrap()
    }

    #[test]
    fn hashes_are_those_of_the_specification() {
        assert_eq!(murmur3(&34_i64.to_le_bytes()) as i32, 2_017_239_379);
        assert_eq!(murmur3(&decimal_value(1420)) as i32, -500_754_589);
        assert_eq!(murmur3(&17_486_i64.to_le_bytes()) as i32, -653_330_422);
        assert_eq!(murmur3(&81_068_000_000_i64.to_le_bytes()) as i32, -662_762_989);
        assert_eq!(murmur3(&1_510_871_468_000_000_i64.to_le_bytes()) as i32, -2_047_944_441);
        assert_eq!(murmur3(b"iceberg") as i32, 1_210_000_089);
        assert_eq!(
            murmur3(&[
                0xf7, 0x9c, 0x3e, 0x09, 0x67, 0x7c, 0x4b, 0xbd, 0xa4, 0x79, 0x3f, 0x34, 0x9c, 0xb7, 0x85,
                0xe7
            ]) as i32,
            1_488_055_340
        );
        assert_eq!(murmur3(&[0, 1, 2, 3]) as i32, -188_683_207);
    }

    #[test]
    fn times_are_counted_from_1970() {
        let micros = 1_510_871_468_000_000_i64.to_le_bytes(); // 2017-11-16T22:31:08
        assert_eq!(of_int("year", Primitive::Timestamp, &micros), 47);
        assert_eq!(of_int("month", Primitive::TimestampTz, &micros), 574);
        assert_eq!(of_int("day", Primitive::Timestamp, &micros), 17_486);
        assert_eq!(of_int("hour", Primitive::Timestamp, &micros), 419_686);
        assert_eq!(of_int("day", Primitive::Timestamp, &(-1_i64).to_le_bytes()), -1);
        assert_eq!(of_int("year", Primitive::Date, &(-1_i32).to_le_bytes()), -1);
        assert_eq!(of_int("month", Primitive::Date, &(-32_i32).to_le_bytes()), -2);
        let day = Transform::Day;
        assert_eq!(day.human(Primitive::Date, Some(&17_486_i32.to_le_bytes())), "2017-11-16");
        assert_eq!(
            Transform::Hour.human(Primitive::Timestamp, Some(&419_686_i32.to_le_bytes())),
            "2017-11-16-22"
        );
        assert_eq!(Transform::Month.human(Primitive::Date, Some(&574_i32.to_le_bytes())), "2017-11");
        assert_eq!(day.human(Primitive::Date, None), "null");
    }

    #[test]
    fn what_is_cut_is_cut_downwards() {
        assert_eq!(of_int("truncate[10]", Primitive::Int, &(-1_i32).to_le_bytes()), -10);
        assert_eq!(of_int("truncate[10]", Primitive::Int, &17_i32.to_le_bytes()), 10);
        let cut = |kind, value: &[u8], width| Transform::Truncate(width).apply(kind, value).unwrap().unwrap();
        assert_eq!(cut(Primitive::Decimal(9, 2), &decimal_value(1065), 50), decimal_value(1050));
        assert_eq!(cut(Primitive::String, "iceberg".as_bytes(), 3), b"ice");
        assert_eq!(cut(Primitive::String, "äöü".as_bytes(), 2), "äö".as_bytes());
        assert_eq!(cut(Primitive::Binary, &[1, 2, 3], 9), [1, 2, 3]);
    }

    #[test]
    fn transforms_that_do_not_fit_are_refused() {
        for (text, kind) in [
            ("year", Primitive::Int),
            ("hour", Primitive::Date),
            ("bucket[4]", Primitive::Double),
            ("truncate[4]", Primitive::Date),
        ] {
            assert!(Transform::parse(text).unwrap().result(kind).is_err(), "{text}");
        }
        for text in ["bucket[0]", "bucket[x]", "truncate[]", "zorder"] {
            assert!(Transform::parse(text).is_err(), "{text}");
        }
        assert_eq!(Transform::Void.apply(Primitive::Int, &[0; 4]), Ok(None));
    }

    #[test]
    fn decimals_stand_in_paths_with_their_point() {
        let human = |unscaled, scale| {
            Transform::Identity.human(Primitive::Decimal(9, scale), Some(&decimal_value(unscaled)))
        };
        assert_eq!(
            (human(-5, 2).as_str(), human(1065, 2).as_str(), human(7, 0).as_str()),
            ("-0.05", "10.65", "7")
        );
    }

    proptest! {
        #[test]
        fn days_are_told_as_calendars_tell_them(days in -700_000..700_000_i64) {
            let (year, month) = civil(days);
            let first = days_before(year, month);
            prop_assert!((0..31).contains(&(days - first)));
            let known = jiff::Timestamp::from_second(days * 86_400).unwrap().to_string();
            prop_assert!(known.starts_with(&date(days)) || year < 0, "{} {}", known, date(days));
        }

        #[test]
        fn no_value_makes_a_transform_panic(value: Vec<u8>, width in 1..100_u32) {
            for transform in [Transform::Bucket(width), Transform::Truncate(width), Transform::Day, Transform::Hour, Transform::Year] {
                for kind in [Primitive::Int, Primitive::Long, Primitive::Decimal(9, 2), Primitive::Date, Primitive::Timestamp, Primitive::String] {
                    if let Ok(Some(made)) = transform.apply(kind, &value) {
                        transform.human(kind, Some(&made));
                    }
                    transform.human(kind, Some(&value));
                }
            }
        }
    }
}
