//! Points in time as text: ISO 8601, the `Date` of HTTP, and seconds since the epoch.
//!
//! Days are counted by the proleptic Gregorian calendar; years have four digits.

use base::Timestamp;

const SECS_PER_DAY: i64 = 86_400;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How much of a second is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// `2015-01-01T00:00:00Z`: IAM, STS.
    Seconds,
    /// `2009-10-12T17:50:30.000Z`: S3.
    Millis,
}

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    weekday: usize,
}

/// Splits seconds since the epoch. The calendar begins in March, so that the leap day is the year's last.
fn civil(secs: i64) -> Civil {
    let days = secs.div_euclid(SECS_PER_DAY);
    let rest = secs.rem_euclid(SECS_PER_DAY);
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
        hour: rest / 3_600,
        minute: rest / 60 % 60,
        second: rest % 60,
        weekday: days.rem_euclid(7) as usize,
    }
}

/// Seconds since the epoch of a date and time, if there is such a date.
fn from_civil(year: i64, month: i64, day: i64, (hour, minute, second): (i64, i64, i64)) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_in_month = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    // A leap second is taken as the second that follows it.
    let fits = (1..=days_in_month).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    if !fits {
        return None;
    }
    let shifted_year = year - i64::from(month <= 2);
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(days * SECS_PER_DAY + hour * 3_600 + minute * 60 + second)
}

/// ISO 8601 in UTC.
pub fn iso(time: Timestamp, precision: Precision) -> String {
    let Civil { year, month, day, hour, minute, second, weekday: _ } = civil(time.as_secs());
    let mut out = String::with_capacity("2009-10-12T17:50:30.000Z".len());
    put(&mut out, year, 4);
    for (mark, number) in [('-', month), ('-', day), ('T', hour), (':', minute), (':', second)] {
        out.push(mark);
        put(&mut out, number, 2);
    }
    if precision == Precision::Millis {
        out.push('.');
        put(&mut out, time.as_millis().rem_euclid(1_000), 3);
    }
    out.push('Z');
    out
}

/// The form of HTTP's `Date`: `Thu, 01 Jan 2015 00:00:00 GMT`.
pub fn http_date(time: Timestamp) -> String {
    let Civil { year, month, day, hour, minute, second, weekday } = civil(time.as_secs());
    let mut out = String::with_capacity("Thu, 01 Jan 2015 00:00:00 GMT".len());
    out.push_str(WEEKDAYS[weekday]);
    out.push_str(", ");
    put(&mut out, day, 2);
    out.push(' ');
    out.push_str(MONTHS[month as usize - 1]);
    out.push(' ');
    put(&mut out, year, 4);
    for (mark, number) in [(' ', hour), (':', minute), (':', second)] {
        out.push(mark);
        put(&mut out, number, 2);
    }
    out.push_str(" GMT");
    out
}

/// Writes the last `width` digits of a number; these functions run for every key of a listing.
fn put(out: &mut String, number: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = number.rem_euclid(10_i64.pow(place + 1)) / 10_i64.pow(place);
        out.push(char::from(b'0' + digit as u8));
    }
}

/// Seconds since the epoch with a fraction of milliseconds, without needless digits: `1700000000.5`.
pub fn epoch(time: Timestamp) -> String {
    let (secs, millis) = (time.as_secs(), time.as_millis().rem_euclid(1_000));
    if millis == 0 {
        return secs.to_string();
    }
    // Rounded down to a second before it; a negative time needs the other way.
    let text = match secs < 0 {
        true => format!("-{}.{:03}", -(secs + 1), 1_000 - millis),
        false => format!("{secs}.{millis:03}"),
    };
    text.trim_end_matches('0').to_owned()
}

/// Reads seconds since the epoch from a number; what is out of range becomes the nearest time.
pub fn from_epoch(secs: f64) -> Timestamp {
    Timestamp::from_micros((secs * 1e6).round() as i64)
}

/// Reads seconds since the epoch from a decimal number, exactly to the microsecond; what lies below it is cut off. An exponent is
/// carried out as far as a double can.
pub fn parse_epoch(text: &str) -> Option<Timestamp> {
    let (negative, number) = match text.strip_prefix('-') {
        Some(number) => (true, number),
        None => (false, text),
    };
    let (whole, rest) =
        number.split_once('.').map_or((number, ""), |(whole, _)| (whole, &number[whole.len()..]));
    let plain = whole.len() <= 12 && !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    match fraction(rest) {
        Some((micros, "")) if plain => {
            let micros = whole.parse::<i64>().ok()? * 1_000_000 + micros;
            Some(Timestamp::from_micros(if negative { -micros } else { micros }))
        }
        _ if number.starts_with(|first: char| first.is_ascii_digit()) && !number.ends_with('.') => {
            text.parse().ok().map(from_epoch)
        }
        _ => None,
    }
}

/// Reads ISO 8601: a date, or a date and a time with optional fraction and `Z` or an offset.
pub fn parse_iso(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let dashes = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    if !dashes {
        return None;
    }
    let (year, month, day) = (digits(text, 0, 4)?, digits(text, 5, 2)?, digits(text, 8, 2)?);
    if bytes.len() == 10 {
        return Some(Timestamp::from_secs(from_civil(year, month, day, (0, 0, 0))?));
    }
    let marks = matches!(bytes[10], b'T' | b't' | b' ')
        && bytes.get(13) == Some(&b':')
        && bytes.get(16) == Some(&b':');
    if !marks {
        return None;
    }
    let clock = (digits(text, 11, 2)?, digits(text, 14, 2)?, digits(text, 17, 2)?);
    let secs = from_civil(year, month, day, clock)?;
    let rest = text.get(19..)?;
    let (micros, zone) = fraction(rest)?;
    let time = secs.checked_sub(offset_secs(zone)?)?.checked_mul(1_000_000)?.checked_add(micros)?;
    Some(Timestamp::from_micros(time))
}

/// The fraction of a second at the head of `rest`, in microseconds, and what follows it.
fn fraction(rest: &str) -> Option<(i64, &str)> {
    let Some(rest) = rest.strip_prefix(['.', ',']) else { return Some((0, rest)) };
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, zone) = rest.split_at(count);
    if count == 0 {
        return None;
    }
    let micros = number.bytes().chain(std::iter::repeat(b'0')).take(6);
    Some((micros.fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0')), zone))
}

fn offset_secs(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match zone.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = match zone.len() {
        6 if zone.as_bytes()[3] == b':' => (digits(zone, 1, 2)?, digits(zone, 4, 2)?),
        5 => (digits(zone, 1, 2)?, digits(zone, 3, 2)?),
        _ => return None,
    };
    Some(sign * (hours * 3_600 + minutes * 60))
}

/// Reads the three forms HTTP allows for a date (RFC 9110, 5.6.7).
pub fn parse_http_date(text: &str) -> Option<Timestamp> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, clock) = match *words.as_slice() {
        // Thu, 01 Jan 2015 00:00:00 GMT; Thursday, 01-Jan-15 00:00:00 GMT
        [_, day, month, year, clock, "GMT" | "UTC" | "+0000"] => (day, month, year, clock),
        // Thu Jan  1 00:00:00 2015
        [_, month, day, clock, year] => (day, month, year, clock),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? as i64 + 1;
    let short = year.len() == 2;
    let year = digits(year, 0, year.len())?;
    let year = if short { year + if year < 70 { 2_000 } else { 1_900 } } else { year };
    let clock_marks = clock.len() == 8 && clock.as_bytes()[2] == b':' && clock.as_bytes()[5] == b':';
    if !clock_marks {
        return None;
    }
    let clock = (digits(clock, 0, 2)?, digits(clock, 3, 2)?, digits(clock, 6, 2)?);
    Some(Timestamp::from_secs(from_civil(year, month, digits(day, 0, day.len())?, clock)?))
}

/// The number that `count` digits at `from` make; `None` if they are no digits or too many.
fn digits(text: &str, from: usize, count: usize) -> Option<i64> {
    let part = text.get(from..from.checked_add(count)?)?;
    let fits = !part.is_empty() && part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
    if fits { part.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_forms_of_the_facts() {
        let time = Timestamp::from_millis(1_255_369_830_000);
        assert_eq!(iso(time, Precision::Millis), "2009-10-12T17:50:30.000Z");
        assert_eq!(iso(Timestamp::from_secs(1_420_070_400), Precision::Seconds), "2015-01-01T00:00:00Z");
        assert_eq!(http_date(Timestamp::from_secs(784_111_777)), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(epoch(Timestamp::from_millis(1_700_000_000_500)), "1700000000.5");
        assert_eq!(epoch(Timestamp::from_millis(-1_500)), "-1.5");
        assert_eq!(epoch(Timestamp::from_secs(7)), "7");
    }

    #[test]
    fn all_three_http_forms_are_read() {
        let time = Some(Timestamp::from_secs(784_111_777));
        assert_eq!(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), time);
        assert_eq!(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), time);
        assert_eq!(parse_http_date("Sun Nov  6 08:49:37 1994"), time);
        assert_eq!(parse_http_date("yesterday"), None);
    }

    #[test]
    fn seconds_are_read_to_the_microsecond_and_with_exponents() {
        assert_eq!(parse_epoch("1700000000.123456789"), Some(Timestamp::from_micros(1_700_000_000_123_456)));
        assert_eq!(parse_epoch("1.7E9"), Some(Timestamp::from_secs(1_700_000_000)));
        assert_eq!(parse_epoch("1e400"), Some(Timestamp::from_micros(i64::MAX)));
        for bad in ["", "-", ".5", "NaN", "1.", "1.2.3", "now"] {
            assert_eq!(parse_epoch(bad), None, "{bad}");
        }
    }

    #[test]
    fn iso_forms_that_clients_send_are_read() {
        let time = |millis| Some(Timestamp::from_millis(millis));
        assert_eq!(parse_iso("2020-01-01"), time(1_577_836_800_000));
        assert_eq!(parse_iso("2020-01-01T00:00:00.25Z"), time(1_577_836_800_250));
        assert_eq!(parse_iso("2020-01-01T02:00:00+02:00"), time(1_577_836_800_000));
        for bad in
            ["2020-13-01", "2020-02-30T00:00:00Z", "2020-01-01T25:00:00Z", "2020-01-01T00:00:00.Z", "é"]
        {
            assert_eq!(parse_iso(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(millis in -62_135_596_800_000_i64..253_402_300_799_000) {
            let time = Timestamp::from_millis(millis);
            prop_assert_eq!(parse_iso(&iso(time, Precision::Millis)), Some(time));
            prop_assert_eq!(parse_http_date(&http_date(time)), Some(time.cut_to_secs()));
        }

        #[test]
        fn seconds_with_a_fraction_come_back(millis in -62_135_596_800_000_i64..253_402_300_799_000) {
            let time = Timestamp::from_millis(millis);
            prop_assert_eq!(parse_epoch(&epoch(time)), Some(time));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = (parse_iso(&text), parse_http_date(&text), parse_epoch(&text));
        }
    }
}
