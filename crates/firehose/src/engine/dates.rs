//! Java's date patterns, as `!{timestamp:…}` takes them.
//!
//! A pattern is runs of one letter, each a field whose form depends on the length of the run; text between single quotes and every
//! other character stand for themselves (java.time.format.DateTimeFormatter, English, United States: weeks start on Sunday).
//!
//! The service refuses the letters `C I J P R T U V b f i j l o p r t` (Firehose facts section 4), which leaves exactly those that
//! java.time knows without `V` and `p`. Square brackets, which mark optional parts there, are taken and leave nothing behind.

use jiff::ZonedDateTime;
use jiff::civil::Weekday;

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field { letter: char, width: usize },
}

/// The pattern holds something that is no pattern letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPattern;

/// The letters that stand for a field.
const LETTERS: &str = "ABDEFGHKLMNOQSWXYZacdeghkmnqsuvwxyz";
/// No field is longer than this, as in java.time (19 digits of a long).
const WIDTH_MAX: usize = 19;

impl Pattern {
    /// Parses a pattern.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let mut parts = Vec::new();
        let mut rest = text.chars().peekable();
        while let Some(first) = rest.next() {
            match first {
                '\'' => push_text(&mut parts, &quoted(&mut rest)?),
                '[' | ']' => {}
                '{' | '}' | '#' => return Err(InvalidPattern),
                letter if letter.is_ascii_alphabetic() => {
                    let mut width = 1;
                    while rest.next_if_eq(&letter).is_some() {
                        width += 1;
                    }
                    if !LETTERS.contains(letter) || width > width_max(letter) {
                        return Err(InvalidPattern);
                    }
                    parts.push(Part::Field { letter, width });
                }
                other => push_text(&mut parts, other.encode_utf8(&mut [0; 4])),
            }
        }
        Ok(Self(parts))
    }

    /// The text for a point in time in its zone.
    pub fn format(&self, time: &ZonedDateTime) -> String {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Field { letter, width } => text.push_str(&field(time, *letter, *width)),
            }
        }
        text
    }
}

/// Reads up to the closing quote; two quotes in a row are one, also outside a quoted text.
fn quoted(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<String, InvalidPattern> {
    if rest.next_if_eq(&'\'').is_some() {
        return Ok("'".to_owned());
    }
    let mut text = String::new();
    loop {
        match rest.next().ok_or(InvalidPattern)? {
            '\'' if rest.next_if_eq(&'\'').is_none() => return Ok(text),
            other => text.push(other),
        }
    }
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

/// The longest run java.time takes of a letter.
fn width_max(letter: char) -> usize {
    match letter {
        'd' | 'h' | 'H' | 'k' | 'K' | 'm' | 's' | 'w' => 2,
        'D' => 3,
        'a' | 'F' | 'W' => 1,
        'E' | 'e' | 'c' | 'G' | 'M' | 'L' | 'Q' | 'q' | 'B' | 'X' | 'x' | 'Z' => 5,
        'O' | 'v' | 'z' => 4,
        'S' => 9,
        _ => WIDTH_MAX,
    }
}

fn field(time: &ZonedDateTime, letter: char, width: usize) -> String {
    match letter {
        'G' => match width {
            4 => "Anno Domini".to_owned(),
            5 => "A".to_owned(),
            _ => "AD".to_owned(),
        },
        'u' | 'y' => year(i64::from(time.year()), width),
        'Y' => year(i64::from(week_of_year(time).0), width),
        'D' => padded(i64::from(time.day_of_year()), width),
        'M' | 'L' => month(time.month(), width),
        'd' => padded(i64::from(time.day()), width),
        'Q' | 'q' => quarter((time.month() - 1) / 3 + 1, width),
        'w' => padded(i64::from(week_of_year(time).1), width),
        'W' => padded(i64::from(week_of_month(time)), width),
        'E' => weekday(time.weekday(), width),
        'e' | 'c' if width <= 2 => padded(i64::from(sunday_one(time.weekday())), width),
        'e' | 'c' => weekday(time.weekday(), width),
        'F' => padded(i64::from((time.day() - 1) / 7 + 1), width),
        'a' => if time.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        'B' => day_period(time.hour()).to_owned(),
        'h' => padded(i64::from((time.hour() + 11) % 12 + 1), width),
        'K' => padded(i64::from(time.hour() % 12), width),
        'k' => padded(i64::from((time.hour() + 23) % 24 + 1), width),
        'H' => padded(i64::from(time.hour()), width),
        'm' => padded(i64::from(time.minute()), width),
        's' => padded(i64::from(time.second()), width),
        'S' => format!("{:09}", time.subsec_nanosecond())[..width].to_owned(),
        'A' => padded(nano_of_day(time) / 1_000_000, width),
        'n' => padded(i64::from(time.subsec_nanosecond()), width),
        'N' => padded(nano_of_day(time), width),
        'g' => padded(modified_julian_day(time), width),
        'z' | 'v' => zone_name(time, width),
        'O' => localized_offset(time, width == 4),
        'X' => offset(time, width, true),
        'x' => offset(time, width, false),
        'Z' => match width {
            4 => localized_offset(time, true),
            5 => offset(time, 3, true),
            _ => offset(time, 2, false),
        },
        _ => unreachable!("`Pattern::parse` lets through letters of `LETTERS` alone"),
    }
}

fn padded(value: i64, width: usize) -> String {
    format!("{value:0width$}")
}

/// Two letters give the last two digits; any other number pads.
fn year(year: i64, width: usize) -> String {
    if width == 2 { format!("{:02}", year.rem_euclid(100)) } else { padded(year, width) }
}

fn month(month: i8, width: usize) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = NAMES[(month - 1) as usize];
    match width {
        1 | 2 => padded(i64::from(month), width),
        3 => name[..3].to_owned(),
        4 => name.to_owned(),
        _ => name[..1].to_owned(),
    }
}

fn quarter(quarter: i8, width: usize) -> String {
    const NAMES: [&str; 4] = ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"];
    match width {
        3 => format!("Q{quarter}"),
        4 => NAMES[(quarter - 1) as usize].to_owned(),
        _ => padded(i64::from(quarter), width.min(2)),
    }
}

fn weekday(day: Weekday, width: usize) -> String {
    let name = match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    match width {
        4 => name.to_owned(),
        5 => name[..1].to_owned(),
        _ => name[..3].to_owned(),
    }
}

/// The number of the weekday where Sunday is 1.
fn sunday_one(day: Weekday) -> i16 {
    i16::from(day.to_sunday_zero_offset()) + 1
}

/// Week-based year and week where weeks start on Sunday and week 1 holds 1 January.
fn week_of_year(time: &ZonedDateTime) -> (i16, i16) {
    let days_in_year = if time.in_leap_year() { 366 } else { 365 };
    // The day of the year on which this week's Saturday falls.
    let saturday = time.day_of_year() + 7 - sunday_one(time.weekday());
    if saturday > days_in_year { (time.year() + 1, 1) } else { (time.year(), (saturday + 6) / 7) }
}

/// The week of the month, where weeks start on Sunday and week 1 holds the first day.
fn week_of_month(time: &ZonedDateTime) -> i16 {
    let saturday = i16::from(time.day()) + 7 - sunday_one(time.weekday());
    (saturday + 6) / 7
}

fn nano_of_day(time: &ZonedDateTime) -> i64 {
    let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
    seconds * 1_000_000_000 + i64::from(time.subsec_nanosecond())
}

/// Days since 17 November 1858 of the local date.
fn modified_julian_day(time: &ZonedDateTime) -> i64 {
    const EPOCH: i64 = 40_587;
    let local = time.timestamp().as_second() + i64::from(time.offset().seconds());
    local.div_euclid(86_400) + EPOCH
}

/// English day periods as java.time has them (Unicode's day-period rules for English).
fn day_period(hour: i8) -> &'static str {
    match hour {
        6..12 => "in the morning",
        12..18 => "in the afternoon",
        18..21 => "in the evening",
        _ => "at night",
    }
}

fn zone_name(time: &ZonedDateTime, width: usize) -> String {
    let is_utc = time.offset().is_zero() && time.time_zone().iana_name().is_none_or(|name| name == "UTC");
    match (is_utc, width) {
        (true, 4) => "Coordinated Universal Time".to_owned(),
        (true, _) => "UTC".to_owned(),
        (false, 4) => time.time_zone().iana_name().unwrap_or("UTC").to_owned(),
        (false, _) => time.strftime("%Z").to_string(),
    }
}

fn offset_parts(time: &ZonedDateTime) -> (char, i32, i32, i32) {
    let seconds = time.offset().seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    (sign, seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// `GMT`, `GMT+9`, `GMT+5:30`; long `GMT+09:00`.
fn localized_offset(time: &ZonedDateTime, long: bool) -> String {
    let (sign, hours, minutes, _) = offset_parts(time);
    match (hours, minutes, long) {
        (0, 0, _) => "GMT".to_owned(),
        (_, _, true) => format!("GMT{sign}{hours:02}:{minutes:02}"),
        (_, 0, false) => format!("GMT{sign}{hours}"),
        (_, _, false) => format!("GMT{sign}{hours}:{minutes:02}"),
    }
}

/// ISO offsets: one letter `+hh[mm]`, two `+hhmm`, three `+hh:mm`, four `+hhmm[ss]`, five `+hh:mm[:ss]`.
fn offset(time: &ZonedDateTime, width: usize, z_for_zero: bool) -> String {
    let (sign, hours, minutes, seconds) = offset_parts(time);
    if z_for_zero && time.offset().is_zero() {
        return "Z".to_owned();
    }
    match (width, minutes, seconds) {
        (1, 0, _) => format!("{sign}{hours:02}"),
        (1 | 2, _, _) | (4, _, 0) => format!("{sign}{hours:02}{minutes:02}"),
        (4, _, _) => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
        (5, _, 1..) => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
        (_, _, _) => format!("{sign}{hours:02}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> ZonedDateTime {
        time.parse().unwrap()
    }

    fn shown(pattern: &str, time: &str) -> String {
        Pattern::parse(pattern).unwrap().format(&at(time))
    }

    const UTC: &str = "2026-07-04T05:06:07.089012345+00:00[UTC]";
    const TOKYO: &str = "2026-07-04T14:06:07.089012345+09:00[Asia/Tokyo]";

    #[test]
    fn every_letter_shows_what_java_shows() {
        let cases = [
            ("yyyy/MM/dd/HH", "2026/07/04/05"),
            ("y yy yyyyy u uu", "2026 26 02026 2026 26"),
            ("M MM MMM MMMM MMMMM L", "7 07 Jul July J 7"),
            ("d dd D DD DDD", "4 04 185 185 185"),
            ("h hh H k K a", "5 05 5 5 5 AM"),
            ("m mm s ss S SS SSS SSSSSS SSSSSSSSS", "6 06 7 07 0 08 089 089012 089012345"),
            ("E EEE EEEE EEEEE e ee c", "Sat Sat Saturday S 7 07 7"),
            ("Y w ww W F", "2026 27 27 1 1"),
            ("G GGGG GGGGG", "AD Anno Domini A"),
            ("Q QQ QQQ QQQQ", "3 03 Q3 3rd quarter"),
            ("A n N", "18367089 89012345 18367089012345"),
            ("z zzzz Z ZZZZ ZZZZZ", "UTC Coordinated Universal Time +0000 GMT Z"),
            ("O OOOO X XX XXX x xx xxx", "GMT GMT Z Z Z +00 +0000 +00:00"),
            ("B g", "at night 61225"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(shown(pattern, UTC), expected, "{pattern}");
        }
    }

    #[test]
    fn zones_show_their_offset() {
        assert_eq!(
            shown("z Z ZZZZ ZZZZZ X XXX O HH", TOKYO),
            "JST +0900 GMT+09:00 +09:00 +09 +09:00 GMT+9 14"
        );
        assert_eq!(
            shown("X x XX O", "2026-07-04T10:36:07+05:30[Asia/Kolkata]"),
            "+0530 +0530 +0530 GMT+5:30"
        );
    }

    #[test]
    fn quotes_are_literal_and_double_quotes_are_one() {
        assert_eq!(shown("'year='yyyy", UTC), "year=2026");
        assert_eq!(shown("''yyyy'o''clock'", UTC), "'2026o'clock");
        assert_eq!(shown("yyyy-[MM]/dd", UTC), "2026-07/04");
        assert_eq!(Pattern::parse("'open"), Err(InvalidPattern));
    }

    #[test]
    fn letters_the_service_refuses_are_refused() {
        for letter in "CIJPRTUVbfijloprt{}#".chars() {
            assert_eq!(Pattern::parse(&format!("yyyy{letter}")), Err(InvalidPattern), "{letter}");
        }
        assert_eq!(Pattern::parse("DDDD"), Err(InvalidPattern));
        assert_eq!(LETTERS.len() + "CIJPRTUVbfijloprt".len(), 52);
    }

    #[test]
    fn weeks_start_on_sunday_and_week_one_holds_new_year() {
        for (date, expected) in [
            ("2026-01-01T00:00:00+00:00[UTC]", "2026 01 1"),
            ("2026-01-03T00:00:00+00:00[UTC]", "2026 01 1"),
            ("2026-01-04T00:00:00+00:00[UTC]", "2026 02 2"),
            ("2026-12-27T00:00:00+00:00[UTC]", "2027 01 5"),
            ("2025-12-31T00:00:00+00:00[UTC]", "2026 01 5"),
            ("2028-12-31T00:00:00+00:00[UTC]", "2029 01 6"),
        ] {
            assert_eq!(shown("Y ww W", date), expected, "{date}");
        }
    }

    #[test]
    fn noon_and_midnight_count_as_java_counts_them() {
        assert_eq!(shown("h K k H a", "2026-01-01T00:30:00+00:00[UTC]"), "12 0 24 0 AM");
        assert_eq!(shown("h K k H a", "2026-01-01T12:30:00+00:00[UTC]"), "12 0 12 12 PM");
    }
}
