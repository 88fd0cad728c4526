//! Dates and times, as the two SerDes of Firehose read them.

use crate::column::Moment;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Numbers below are seconds, others milliseconds (OpenX).
const SECONDS_BELOW: f64 = 1e12;

/// Days since 1970 of a day of the Gregorian calendar; `None` if there is no such day.
pub fn days(year: i64, month: i64, day: i64) -> Option<i32> {
    let date =
        jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let since = date.ok()?.since(jiff::civil::date(1970, 1, 1)).ok()?;
    Some(since.get_days())
}

fn at(days: i32, hour: i64, minute: i64, second: i64, nanos: u32) -> Option<Moment> {
    let fits = hour < 24 && minute < 60 && second < 60;
    let seconds = i64::from(days) * DAY + hour * 3600 + minute * 60 + second;
    fits.then_some(Moment { seconds, nanos })
}

/// Reads digits and signs of a text one by one.
struct Scan<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), at: 0 }
    }

    fn takes(&mut self, sign: u8) -> bool {
        let takes = self.text.get(self.at) == Some(&sign);
        self.at += usize::from(takes);
        takes
    }

    /// Between `least` and `most` digits.
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let start = self.at;
        let mut value: i64 = 0;
        while self.at - start < most
            && let Some(digit) = self.text.get(self.at).filter(|sign| sign.is_ascii_digit())
        {
            value = value * 10 + i64::from(digit - b'0');
            self.at += 1;
        }
        (self.at - start >= least).then_some(value)
    }

    /// Up to nine digits behind a point, as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        let start = self.at;
        let value = self.digits(1, 9)?;
        let digits = (self.at - start) as u32;
        u32::try_from(value * 10_i64.pow(9 - digits)).ok()
    }

    fn is_over(&self) -> bool {
        self.at == self.text.len()
    }

    fn word(&mut self) -> &'t str {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        std::str::from_utf8(&self.text[start..self.at]).unwrap_or_default()
    }
}

/// `yyyy-M-d`.
pub fn date(text: &str) -> Option<i32> {
    let mut scan = Scan::new(text);
    let days = scan_date(&mut scan)?;
    // A time behind it is cut off, as java.sql.Date is made of a timestamp.
    (scan.is_over() || scan.takes(b' ') || scan.takes(b'T')).then_some(days)
}

fn scan_date(scan: &mut Scan<'_>) -> Option<i32> {
    let year = scan.digits(4, 4)?;
    let month = scan.takes(b'-').then(|| scan.digits(1, 2)).flatten()?;
    let day = scan.takes(b'-').then(|| scan.digits(1, 2)).flatten()?;
    days(year, month, day)
}

/// `yyyy-M-d H:m:s[.f]`, as `java.sql.Timestamp.valueOf` has it.
pub fn sql(text: &str) -> Option<Moment> {
    let mut scan = Scan::new(text.trim());
    let days = scan_date(&mut scan)?;
    if !scan.takes(b' ') {
        return None;
    }
    time(&mut scan, days, 1, false)
}

/// `yyyy-MM-ddTHH:mm:ss[.f]Z`.
fn iso(text: &str) -> Option<Moment> {
    let mut scan = Scan::new(text);
    let days = scan_date(&mut scan)?;
    if !scan.takes(b'T') {
        return None;
    }
    time(&mut scan, days, 2, true)
}

fn time(scan: &mut Scan<'_>, days: i32, least: usize, zulu: bool) -> Option<Moment> {
    let hour = scan.digits(least, 2)?;
    let minute = scan.takes(b':').then(|| scan.digits(least, 2)).flatten()?;
    let second = scan.takes(b':').then(|| scan.digits(least, 2)).flatten()?;
    let nanos = if scan.takes(b'.') { scan.fraction()? } else { 0 };
    if zulu && !scan.takes(b'Z') {
        return None;
    }
    if scan.is_over() { at(days, hour, minute, second, nanos) } else { None }
}

/// A number of seconds or milliseconds since 1970, fractions kept.
pub fn epoch(text: &str) -> Option<Moment> {
    let value: f64 = text.parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    let scale = if value.abs() < SECONDS_BELOW { 9 } else { 6 };
    // Digits count, not their nearest double.
    let nanos = match crate::read::decimal(text, scale) {
        Some(nanos) => nanos,
        None => (value * 10_f64.powi(scale as i32)) as i128,
    };
    moment(nanos)
}

/// A moment from nanoseconds since 1970.
fn moment(nanos: i128) -> Option<Moment> {
    let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
    Some(Moment { seconds, nanos: nanos.rem_euclid(1_000_000_000) as u32 })
}

/// A moment of the OpenX SerDe from a text.
pub fn open_x(text: &str) -> Option<Moment> {
    let text = text.trim();
    iso(text).or_else(|| sql(text)).or_else(|| epoch(text))
}

/// A moment that is written out, in one of the forms of the OpenX SerDe or without a zone.
pub fn written(text: &str) -> Option<Moment> {
    iso(text).or_else(|| sql(text)).or_else(|| sql(&text.replacen('T', " ", 1)))
}

/// A format of the Hive SerDe, understood: a Joda pattern, or `millis`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// Milliseconds since 1970.
    Millis,
    /// Parts of a pattern, in order.
    Pattern(Vec<Part>),
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A letter and how often it stands.
    Field(u8, usize),
    /// Text that must stand there.
    Text(String),
}

impl Format {
    /// Reads a pattern; `None` if it has letters that are no fields of a date.
    pub fn parse(pattern: &str) -> Option<Format> {
        if pattern == "millis" {
            return Some(Format::Millis);
        }
        let mut parts = Vec::new();
        let signs: Vec<char> = pattern.chars().collect();
        let mut at = 0;
        while at < signs.len() {
            let sign = signs[at];
            if sign == '\'' {
                let end = signs[at + 1..].iter().position(|sign| *sign == '\'')? + at + 1;
                let text: String =
                    if end == at + 1 { "'".to_owned() } else { signs[at + 1..end].iter().collect() };
                parts.push(Part::Text(text));
                at = end + 1;
            } else if sign.is_ascii_alphabetic() {
                let count = signs[at..].iter().take_while(|other| **other == sign).count();
                if !"yYuMdDHhkKmsSaZzE".contains(sign) {
                    return None;
                }
                parts.push(Part::Field(sign as u8, count));
                at += count;
            } else {
                parts.push(Part::Text(sign.to_string()));
                at += 1;
            }
        }
        Some(Format::Pattern(parts))
    }

    /// A moment that follows the format.
    pub fn read(&self, text: &str) -> Option<Moment> {
        match self {
            Format::Millis => {
                let millis: i64 = text.trim().parse().ok()?;
                moment(i128::from(millis) * 1_000_000)
            }
            Format::Pattern(parts) => read_parts(parts, text.trim()),
        }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn read_parts(parts: &[Part], text: &str) -> Option<Moment> {
    let mut scan = Scan::new(text);
    let (mut year, mut month, mut day, mut day_of_year) = (1970, 1, 1, None);
    let (mut hour, mut minute, mut second, mut nanos) = (0, 0, 0, 0);
    let (mut half, mut offset) = (None, 0);
    for (index, part) in parts.iter().enumerate() {
        // Digits of a field that another follows at once are as many as its letters.
        let tight = matches!(parts.get(index + 1), Some(Part::Field(..)));
        let most = |count: usize, usual: usize| if tight { count } else { usual.max(count) };
        match part {
            Part::Text(text) => {
                for sign in text.bytes() {
                    if !scan.takes(sign) {
                        return None;
                    }
                }
            }
            Part::Field(letter, count) => match letter {
                b'y' | b'Y' | b'u' => {
                    let value = scan.digits(1, most(*count, 4))?;
                    year = if *count == 2 && value < 100 { 2000 + value } else { value };
                }
                b'M' if *count >= 3 => {
                    let word = scan.word().to_ascii_lowercase();
                    let found = MONTHS.iter().position(|name| *name == word || name[..3] == *word)?;
                    month = found as i64 + 1;
                }
                b'M' => month = scan.digits(1, most(*count, 2))?,
                b'd' => day = scan.digits(1, most(*count, 2))?,
                b'D' => day_of_year = Some(scan.digits(1, most(*count, 3))?),
                b'H' => hour = scan.digits(1, most(*count, 2))?,
                b'k' => hour = scan.digits(1, most(*count, 2))? % 24,
                b'h' => hour = scan.digits(1, most(*count, 2))? % 12,
                b'K' => hour = scan.digits(1, most(*count, 2))?,
                b'm' => minute = scan.digits(1, most(*count, 2))?,
                b's' => second = scan.digits(1, most(*count, 2))?,
                b'S' => nanos = scan.fraction()?,
                b'a' => half = Some(scan.word().eq_ignore_ascii_case("pm")),
                b'E' => drop(scan.word()),
                _ => offset = zone(&mut scan)?,
            },
        }
    }
    if !scan.is_over() {
        return None;
    }
    if half == Some(true) && hour < 12 {
        hour += 12;
    }
    let days = match day_of_year {
        Some(number) if (1..=366).contains(&number) => days(year, 1, 1)? + number as i32 - 1,
        Some(_) => return None,
        None => days(year, month, day)?,
    };
    let moment = at(days, hour, minute, second, nanos)?;
    Some(Moment { seconds: moment.seconds - offset, ..moment })
}

/// `Z`, `UTC`, `GMT`, `+hhmm` or `+hh:mm`, in seconds.
fn zone(scan: &mut Scan<'_>) -> Option<i64> {
    let sign = if scan.takes(b'+') {
        1
    } else if scan.takes(b'-') {
        -1
    } else {
        return matches!(scan.word(), "Z" | "UTC" | "GMT").then_some(0);
    };
    let hours = scan.digits(2, 2)?;
    scan.takes(b':');
    let minutes = scan.digits(2, 2)?;
    Some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64, nanos: u32) -> Option<Moment> {
        Some(Moment { seconds, nanos })
    }

    #[test]
    fn open_x_reads_zulu_sql_and_epochs() {
        assert_eq!(open_x("2024-02-29T12:34:56.789Z"), moment(1_709_210_096, 789_000_000));
        assert_eq!(open_x("2024-2-9 1:2:3"), moment(1_707_440_523, 0));
        assert_eq!(open_x("2024-02-29 12:34:56.123456789"), moment(1_709_210_096, 123_456_789));
        assert_eq!(open_x("1709210096"), moment(1_709_210_096, 0));
        assert_eq!(open_x("1709210096.25"), moment(1_709_210_096, 250_000_000));
        assert_eq!(open_x("1709210096789"), moment(1_709_210_096, 789_000_000));
        assert_eq!(open_x("-1.5"), moment(-2, 500_000_000));
        for refused in [
            "2024-02-29T12:34:56+00:00",
            "2024-02-30 00:00:00",
            "2024-02-29T25:00:00Z",
            "soon",
            "",
            "NaN",
            "1e400",
        ] {
            assert_eq!(open_x(refused), None, "{refused}");
        }
    }

    #[test]
    fn hive_reads_its_formats() {
        let read = |pattern: &str, text: &str| Format::parse(pattern).unwrap().read(text);
        assert_eq!(read("yyyy/MM/dd HH:mm", "2024/02/29 12:34"), moment(1_709_210_040, 0));
        assert_eq!(read("millis", "1709210096789"), moment(1_709_210_096, 789_000_000));
        assert_eq!(read("yyyyMMddHHmmss", "20240229123456"), moment(1_709_210_096, 0));
        assert_eq!(
            read("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "2024-02-29T14:34:56.5+0200"),
            moment(1_709_210_096, 500_000_000)
        );
        assert_eq!(read("d MMM yyyy hh:mm a", "29 Feb 2024 12:34 PM"), moment(1_709_210_040, 0));
        assert_eq!(read("yyyy/MM/dd", "2024/02/29x"), None);
        assert_eq!(read("yyyy/MM/dd", "2024/13/29"), None);
        assert_eq!(Format::parse("yyyy-QQ"), None);
    }
}
