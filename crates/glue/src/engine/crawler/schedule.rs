//! When a crawler starts by itself: `cron(minutes hours day-of-month month day-of-week year)`, in UTC.

/// Days that are looked at for the next time: a leap day may be eight years off.
const DAYS_MAX: i64 = 9 * 366;
const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// A schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schedule {
    minutes: Vec<u32>,
    hours: Vec<u32>,
    days: Option<Days>,
    months: Vec<u32>,
    /// Days of the week, 1 for Sunday; the last part is which of the month, if it says.
    week_days: Option<Vec<(u32, Option<u32>)>>,
    years: Vec<u32>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Days {
    Of(Vec<u32>),
    Last,
}

impl Schedule {
    /// Reads a schedule.
    pub fn parse(text: &str) -> Option<Self> {
        let inside = text.trim().strip_prefix("cron(")?.strip_suffix(')')?;
        let parts: Vec<&str> = inside.split_whitespace().collect();
        let [minutes, hours, days, months, week_days, years] = parts.as_slice() else { return None };
        let days = match *days {
            "?" => None,
            "L" => Some(Days::Last),
            days => Some(Days::Of(numbers(days, 1, 31, &[])?)),
        };
        let week_days = match *week_days {
            "?" => None,
            all => Some(week_days_of(all)?),
        };
        // One of the two says nothing.
        if days.is_some() == week_days.is_some() {
            return None;
        }
        Some(Self {
            minutes: numbers(minutes, 0, 59, &[])?,
            hours: numbers(hours, 0, 23, &[])?,
            days,
            months: numbers(months, 1, 12, &MONTHS)?,
            week_days,
            years: numbers(years, 1970, 2199, &[])?,
        })
    }

    /// The first time after this one, in seconds since the epoch.
    pub fn next(&self, after_secs: i64) -> Option<i64> {
        let first = after_secs.div_euclid(86_400);
        for day in first..first + DAYS_MAX {
            if !self.has_day(day) {
                continue;
            }
            for hour in &self.hours {
                for minute in &self.minutes {
                    let at = day * 86_400 + i64::from(*hour) * 3_600 + i64::from(*minute) * 60;
                    if at > after_secs {
                        return Some(at);
                    }
                }
            }
        }
        None
    }

    fn has_day(&self, day: i64) -> bool {
        let (year, month, of_month) = civil(day);
        if !self.years.contains(&year) || !self.months.contains(&month) {
            return false;
        }
        match (&self.days, &self.week_days) {
            (Some(Days::Of(days)), _) => days.contains(&of_month),
            (Some(Days::Last), _) => civil(day + 1).1 != month,
            (None, Some(all)) => {
                // The epoch was a Thursday.
                let week_day = u32::try_from((day + 4).rem_euclid(7)).unwrap_or(0) + 1;
                let which = (of_month - 1) / 7 + 1;
                all.iter().any(|(wanted, nth)| *wanted == week_day && nth.is_none_or(|nth| nth == which))
            }
            (None, None) => true,
        }
    }
}

/// Numbers in order: `*`, `1,2`, `1-3`, `*/5`, `1/5`, names.
fn numbers(text: &str, least: u32, most: u32, names: &[&str]) -> Option<Vec<u32>> {
    let one = |text: &str| -> Option<u32> {
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
        let number = match named {
            Some(place) => least + u32::try_from(place).ok()?,
            None => text.parse().ok()?,
        };
        (least..=most).contains(&number).then_some(number)
    };
    let mut all = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u32>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" || range == "?" => (least, most),
            Some((from, to)) => (one(from)?, one(to)?),
            None if part.contains('/') => (one(range)?, most),
            None => (one(range)?, one(range)?),
        };
        if from > to {
            return None;
        }
        all.extend((from..=to).step_by(step as usize));
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn week_days_of(text: &str) -> Option<Vec<(u32, Option<u32>)>> {
    if let Some((day, nth)) = text.split_once('#') {
        let day = numbers(day, 1, 7, &DAYS)?;
        let nth = nth.parse().ok().filter(|nth| (1..=5).contains(nth))?;
        return Some(day.into_iter().map(|day| (day, Some(nth))).collect());
    }
    Some(numbers(text, 1, 7, &DAYS)?.into_iter().map(|day| (day, None)).collect())
}

/// Year, month and day of a day since the epoch.
fn civil(day: i64) -> (u32, u32, u32) {
    let at = jiff::Timestamp::from_second(day.saturating_mul(86_400)).unwrap_or_default();
    let date = jiff::tz::Offset::UTC.to_datetime(at).date();
    let small = |number: i64| u32::try_from(number).unwrap_or(0);
    (small(date.year().into()), small(date.month().into()), small(date.day().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-02T00:00:00Z, a Friday.
    const START: i64 = 1_767_312_000;

    fn next(text: &str) -> Option<i64> {
        Schedule::parse(text)?.next(START).map(|at| at - START)
    }

    #[test]
    fn the_next_time_is_the_first_after_now() {
        assert_eq!(next("cron(15 12 * * ? *)"), Some(12 * 3_600 + 15 * 60));
        assert_eq!(next("cron(0 0 * * ? *)"), Some(86_400));
        assert_eq!(next("cron(0/20 * * * ? *)"), Some(1_200));
        assert_eq!(next("cron(0 6 ? * MON-FRI *)"), Some(6 * 3_600));
        assert_eq!(next("cron(0 0 ? * SUN *)"), Some(2 * 86_400));
        assert_eq!(next("cron(0 0 ? * 2#1 *)"), Some(3 * 86_400));
        assert_eq!(next("cron(0 0 L * ? *)"), Some(29 * 86_400));
        assert_eq!(next("cron(0 0 29 FEB ? 2028)"), Some((365 + 365 + 31 + 28 - 1) * 86_400));
        assert_eq!(next("cron(0 0 1 1 ? 2020)"), None);
        for bad in [
            "rate(5 minutes)",
            "cron(0 0 * * * *)",
            "cron(0 0 ? * ? *)",
            "cron(60 0 * * ? *)",
            "cron(0 0 * * ?)",
        ] {
            assert_eq!(Schedule::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_have_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(20_455), (2026, 1, 2));
        assert_eq!(civil(11_016), (2000, 2, 29));
    }
}
