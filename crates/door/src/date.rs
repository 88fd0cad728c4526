//! Dates as HTTP and the signatures spell them: `Sun, 06 Nov 1994 08:49:37 GMT`, `19941106T084937Z`, `1994-11-06T08:49:37Z`.
//!
//! Whole seconds of UTC only, by plain arithmetic on days (Howard Hinnant's civil calendar): a request has one date read and one
//! written, so a calendar library would be most of the cost.

use std::borrow::Cow;

use base::Timestamp;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Civil {
    fn of(time: Timestamp) -> Self {
        let (days, seconds) = (time.as_secs().div_euclid(86_400), time.as_secs().rem_euclid(86_400));
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            hour: seconds / 3_600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
        }
    }

    fn time(&self) -> Option<Timestamp> {
        let valid = (1..=12).contains(&self.month)
            && (1..=31).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second <= 60;
        if !valid {
            return None;
        }
        let year = self.year - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month_from_march = (self.month + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        Some(Timestamp::from_secs(days * 86_400 + self.hour * 3_600 + self.minute * 60 + self.second))
    }
}

/// `YYYYMMDDTHHMMSSZ`, what SigV4 calls the ISO 8601 basic format.
pub(crate) fn basic(time: Timestamp) -> String {
    let c = Civil::of(time);
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

/// `YYYY-MM-DDTHH:MM:SSZ`, as S3's error members have it.
pub(crate) fn extended(time: Timestamp) -> String {
    let c = Civil::of(time);
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the `Date` header.
pub(crate) fn http(time: Timestamp) -> String {
    let c = Civil::of(time);
    let weekday = DAYS[(time.as_secs().div_euclid(86_400) + 3).rem_euclid(7) as usize];
    let month = MONTHS[c.month as usize - 1];
    format!("{weekday}, {:02} {month} {:04} {:02}:{:02}:{:02} GMT", c.day, c.year, c.hour, c.minute, c.second)
}

/// Reads the basic format; nothing else.
pub(crate) fn parse_basic(text: &str) -> Option<Timestamp> {
    let b: &[u8; 16] = text.as_bytes().try_into().ok()?;
    if b[8] != b'T' || b[15] != b'Z' {
        return None;
    }
    Civil {
        year: digits(&b[..4])?,
        month: digits(&b[4..6])?,
        day: digits(&b[6..8])?,
        hour: digits(&b[9..11])?,
        minute: digits(&b[11..13])?,
        second: digits(&b[13..15])?,
    }
    .time()
}

/// Reads a `Date` header: the form of RFC 7231 (`GMT`, or the `+0000` and `UTC` that mail libraries write), or the basic format.
pub(crate) fn parse_header(text: &str) -> Option<Timestamp> {
    if let Some(time) = parse_basic(text) {
        return Some(time);
    }
    let rest = text.split_once(", ").map_or(text, |(_, rest)| rest);
    let mut words = rest.split_ascii_whitespace();
    let day = digits(words.next()?.as_bytes())?;
    let month_name = words.next()?;
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month_name))? as i64 + 1;
    let year = digits(words.next()?.as_bytes())?;
    let mut clock = words.next()?.split(':');
    let hour = digits(clock.next()?.as_bytes())?;
    let minute = digits(clock.next()?.as_bytes())?;
    let second = digits(clock.next()?.as_bytes())?;
    let utc = matches!(words.next()?, "GMT" | "UTC" | "+0000" | "-0000");
    if !utc || clock.next().is_some() || words.next().is_some() {
        return None;
    }
    Civil { year, month, day, hour, minute, second }.time()
}

/// A request's date: when, and as the string to sign spells it.
pub(crate) struct Dated<'a> {
    pub time: Timestamp,
    pub basic: Cow<'a, str>,
}

impl<'a> Dated<'a> {
    /// Reads a `Date` or `X-Amz-Date` header.
    pub(crate) fn parse(sent: &'a str) -> Option<Self> {
        if let Some(time) = parse_basic(sent) {
            return Some(Self { time, basic: Cow::Borrowed(sent) });
        }
        let time = parse_header(sent)?;
        Some(Self { time, basic: Cow::Owned(basic(time)) })
    }
}

/// Whether the text has the form `YYYYMMDD`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 8 && digits(text.as_bytes()).is_some()
}

fn digits(bytes: &[u8]) -> Option<i64> {
    let fits = (1..=9).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit);
    fits.then(|| bytes.iter().fold(0, |number, byte| number * 10 + i64::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The date of RFC 7231, in all its spellings.
    const WHEN: Timestamp = Timestamp::from_secs(784_111_777);

    #[test]
    fn every_spelling_is_written() {
        assert_eq!(basic(WHEN), "19941106T084937Z");
        assert_eq!(extended(WHEN), "1994-11-06T08:49:37Z");
        assert_eq!(http(WHEN), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn every_spelling_is_read() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37 +0000",
            "06 Nov 1994 08:49:37 UTC",
            "19941106T084937Z",
        ] {
            assert_eq!(parse_header(text), Some(WHEN), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in [
            "",
            "19941106T084937",
            "19941306T084937Z",
            "1994-11-06T08:49:37Z",
            "19941106T0849+7Z",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun, 06 Nov 99999999999 08:49:37 GMT",
        ] {
            assert_eq!(parse_header(text), None, "{text}");
        }
    }

    #[test]
    fn days_survive_leap_years_and_centuries() {
        for day in (-800_000..800_000).step_by(97) {
            let time = Timestamp::from_secs(day * 86_400 + 86_399);
            let civil = Civil::of(time);
            assert_eq!(civil.time(), Some(time), "day {day}");
        }
        assert_eq!(extended(Timestamp::from_secs(1_709_164_800)), "2024-02-29T00:00:00Z");
    }
}
