//! The values of conditions: numbers, dates, addresses, bytes.

use std::net::IpAddr;

use base::Timestamp;

/// A network: an address and how many leading bits of it count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cidr {
    network: IpAddr,
    bits: u8,
}

impl Cidr {
    /// `203.0.113.0/24`, `2001:db8::/32`, or one address.
    pub fn read(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            None => (text, None),
            Some((address, bits)) => (address, Some(bits)),
        };
        let network: IpAddr = address.parse().ok()?;
        let widest = if network.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => widest,
            Some(bits) if !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit()) => {
                bits.parse().ok()?
            }
            Some(_) => return None,
        };
        (bits <= widest).then_some(Self { network, bits })
    }

    /// Whether the address lies in it. An IPv4 address written as IPv6 is an IPv4 address.
    pub fn holds(self, address: IpAddr) -> bool {
        match (self.network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                u32::from(network) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                u128::from(network) & mask == u128::from(address) & mask
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }

    /// Whether S3 calls a policy that lets this network in public: wider than /8 (IPv4) or /32 (IPv6); the private
    /// networks are narrower.
    pub fn is_broad(self) -> bool {
        match self.network {
            IpAddr::V4(_) => self.bits < 8,
            IpAddr::V6(_) => self.bits < 32,
        }
    }
}

/// A whole or decimal number.
pub(crate) fn number(text: &str) -> Option<f64> {
    let plain = text.trim();
    let looks_so =
        plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if looks_so { plain.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

/// `true` or `false`, in any case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A point in time: ISO 8601 or seconds since 1970.
pub(crate) fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(Timestamp::from_secs(seconds));
    }
    if let (Some(seconds), true) = (number(text), text.contains('.')) {
        return Some(Timestamp::from_micros((seconds * 1e6) as i64));
    }
    let mut reader = DateReader { rest: text };
    let (year, month, day) = reader.day()?;
    let mut micros = 0;
    let mut offset_minutes = 0;
    if reader.eat(&['T', 't']).is_some() && !reader.rest.is_empty() {
        micros = reader.time_micros()?;
        offset_minutes = reader.offset_minutes()?;
    }
    if !reader.rest.is_empty() {
        return None;
    }
    let day_micros = days_from_civil(year, month, day).checked_mul(86_400_000_000)?;
    Some(Timestamp::from_micros(day_micros.checked_add(micros)?.checked_sub(offset_minutes * 60_000_000)?))
}

struct DateReader<'t> {
    rest: &'t str,
}

impl DateReader<'_> {
    fn eat(&mut self, any: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|first| any.contains(first))?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    /// Between one and `most` digits.
    fn digits(&mut self, most: usize) -> Option<i64> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 || count > most {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        digits.parse().ok()
    }

    fn day(&mut self) -> Option<(i64, i64, i64)> {
        let year = self.digits(4)?;
        let mut month = 1;
        let mut day = 1;
        if self.eat(&['-']).is_some() {
            month = self.digits(2).filter(|month| (1..=12).contains(month))?;
            if self.eat(&['-']).is_some() {
                day = self.digits(2).filter(|day| (1..=31).contains(day))?;
            }
        }
        Some((year, month, day))
    }

    fn time_micros(&mut self) -> Option<i64> {
        let hour = self.digits(2).filter(|hour| *hour <= 24)?;
        let mut minute = 0;
        let mut second = 0;
        let mut micros = 0;
        if self.eat(&[':']).is_some() {
            minute = self.digits(2).filter(|minute| *minute < 60)?;
            if self.eat(&[':']).is_some() {
                second = self.digits(2).filter(|second| *second <= 60)?;
                if self.eat(&['.', ',']).is_some() {
                    let before = self.rest.len();
                    let fraction = self.digits(9)?;
                    let places = u32::try_from(before - self.rest.len()).expect("at most nine digits");
                    micros = fraction * 1_000_000 / 10_i64.pow(places);
                }
            }
        }
        Some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
    }

    fn offset_minutes(&mut self) -> Option<i64> {
        match self.eat(&['Z', 'z', '+', '-']) {
            None | Some('Z' | 'z') => Some(0),
            Some(sign) => {
                let two = |reader: &mut Self| {
                    let whole = reader.rest.bytes().take(2).filter(u8::is_ascii_digit).count() == 2;
                    if !whole {
                        return None;
                    }
                    let (digits, rest) = reader.rest.split_at(2);
                    reader.rest = rest;
                    digits.parse::<i64>().ok()
                };
                let hours = two(self).filter(|hours| *hours < 24)?;
                self.eat(&[':']);
                let minutes =
                    if self.rest.is_empty() { 0 } else { two(self).filter(|minutes| *minutes < 60)? };
                let offset = hours * 60 + minutes;
                Some(if sign == '-' { -offset } else { offset })
            }
        }
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar. Days past a month's end run into the next.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// `2026-11-25T21:20:37Z`.
pub(crate) fn iso(time: Timestamp) -> String {
    let seconds = time.as_secs();
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let moved_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * moved_month + 2) / 5 + 1;
    let month = if moved_month < 10 { moved_month + 3 } else { moved_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z", second % 60)
}

/// The bytes a base64 text stands for.
pub(crate) fn bytes(text: &str) -> Option<Box<[u8]>> {
    let plain = text.trim_end_matches('=');
    if text.len() - plain.len() > 2 || plain.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(plain.len() * 3 / 4);
    let mut held = 0_u32;
    let mut bits = 0;
    for byte in plain.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xff) as u8);
        }
    }
    Some(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(cidr: &str, address: &str) -> bool {
        Cidr::read(cidr).unwrap().holds(address.parse().unwrap())
    }

    #[test]
    fn networks_hold_their_addresses() {
        assert!(holds("203.0.113.0/24", "203.0.113.255"));
        assert!(!holds("203.0.113.0/24", "203.0.114.0"));
        assert!(holds("203.0.113.7", "203.0.113.7"));
        assert!(!holds("203.0.113.7", "203.0.113.8"));
        assert!(holds("0.0.0.0/0", "198.51.100.1"));
        assert!(!holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(holds("203.0.113.0/24", "::ffff:203.0.113.9"));
        for text in ["203.0.113.0/33", "203.0.113.0/", "203.0.113.0/+8", "2001:db8::/129", "x", ""] {
            assert_eq!(Cidr::read(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_iso_or_seconds() {
        let at = |text: &str| date(text).map(|date| date.as_micros());
        assert_eq!(at("1970-01-02"), Some(86_400_000_000));
        assert_eq!(at("2017-07-01T00:00:00Z"), Some(1_498_867_200_000_000));
        assert_eq!(at("1498867200"), at("2017-07-01T00:00:00Z"));
        assert_eq!(at("2017-07-01T02:00:00+02:00"), at("2017-07-01T00:00:00Z"));
        assert_eq!(at("2017-07-01T00:00:00.25Z"), Some(1_498_867_200_250_000));
        assert_eq!(at("2017-07"), at("2017-07-01"));
    }

    #[test]
    fn dates_that_aws_refuses_are_refused_and_the_odd_ones_it_takes_are_taken() {
        for text in [
            "sdfdsf",
            "234-13",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "9223372036854775808",
            "",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in ["01T", "2016-12-13t2:00:00.593194+23", "-292275054", "2016-12-13T21:20:37.593194+00:00"]
        {
            assert!(date(text).is_some(), "{text}");
        }
    }

    #[test]
    fn numbers_are_whole_or_decimal() {
        assert_eq!(number("10"), Some(10.0));
        assert_eq!(number("-1.5"), Some(-1.5));
        for text in ["inf", "NaN", "0x10", "1_000", ""] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn base64_is_read() {
        assert_eq!(bytes("QmluYXJ5").as_deref(), Some(&b"Binary"[..]));
        assert_eq!(bytes("QQ==").as_deref(), Some(&b"A"[..]));
        assert_eq!(bytes("Q!=="), None);
        assert_eq!(bytes("QUJDR"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_as_iso_is_read_again(seconds in -62_135_596_800_i64..253_402_300_799) {
            let time = Timestamp::from_secs(seconds);
            prop_assert_eq!(date(&iso(time)), Some(time));
        }
    }
}
