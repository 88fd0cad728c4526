//! Samples put together, and what is asked of them.
//!
//! Beside count, sum, least and greatest a point keeps the samples themselves, each value once with its number, for percentiles and trimmed
//! statistics. Beyond [`VALUES_MAX`] different ones it keeps the middles of buckets that grow by a factor, as small as that suffices: with the
//! first factor a value is off by one percent at the most. Statistic sets tell no samples: whoever sends one gives up percentiles for that stretch of time,
//! unless all its samples are alike.
//!
//! A percentile lies between the samples around it, in proportion.

use crate::tables::PointRow;

/// Different values that a point keeps: as many as fit a row with room to spare.
pub const VALUES_MAX: usize = 1_000;
/// By how much the first buckets grow.
const GROWTH: f64 = 1.02;

impl PointRow {
    /// One value, a number of times.
    pub fn of_value(value: f64, count: f64) -> Self {
        Self { count, sum: value * count, min: value, max: value, values: vec![(value, count)] }
    }

    /// A statistic set.
    pub fn of_set(count: f64, sum: f64, min: f64, max: f64) -> Self {
        let values = if min == max || count == 1.0 { vec![(min, count)] } else { Vec::new() };
        Self { count, sum, min, max, values }
    }

    /// Adds what another one has.
    pub fn merge(&mut self, other: &PointRow) {
        if other.count <= 0.0 {
            return;
        }
        if self.count <= 0.0 {
            self.clone_from(other);
            return;
        }
        self.count += other.count;
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        if self.values.is_empty() || other.values.is_empty() {
            self.values.clear();
            return;
        }
        self.values.extend_from_slice(&other.values);
        put_together(&mut self.values);
        let mut growth = GROWTH;
        while self.values.len() > VALUES_MAX {
            self.values.iter_mut().for_each(|(value, _)| *value = middle(*value, growth));
            put_together(&mut self.values);
            growth *= growth;
        }
    }

    /// Whether percentiles can be told.
    pub fn has_values(&self) -> bool {
        !self.values.is_empty()
    }
}

/// Sorts by value and makes one of those that are alike.
fn put_together(values: &mut Vec<(f64, f64)>) {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    values.dedup_by(|later, earlier| {
        let alike = later.0 == earlier.0;
        if alike {
            earlier.1 += later.1;
        }
        alike
    });
}

/// The middle of the bucket that a value lies in.
fn middle(value: f64, growth: f64) -> f64 {
    if value == 0.0 {
        return 0.0;
    }
    let bucket = (value.abs().ln() / growth.ln()).round();
    growth.powf(bucket).copysign(value)
}

/// What can be asked of samples.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Statistic {
    /// How many.
    SampleCount,
    /// Their sum.
    Sum,
    /// Their mean.
    Average,
    /// The least.
    Minimum,
    /// The greatest.
    Maximum,
    /// `p99.9`: what that many percent lie below.
    Percentile(f64),
    /// Of those within bounds only: `tm90`, `TC(10%:90%)`, `TS(0.5:)`.
    Trimmed(Trim, Bounds),
    /// `PR(:300)`: how many percent lie within bounds.
    Rank(Bounds),
}

/// What of the samples within bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trim {
    /// Their mean.
    Mean,
    /// The mean of all, those outside taken as the bounds.
    Winsorized,
    /// How many.
    Count,
    /// Their sum.
    Sum,
}

/// Bounds of samples. Open ends are absent.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bounds {
    low: Option<Bound>,
    high: Option<Bound>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Bound {
    Percent(f64),
    Value(f64),
}

impl Statistic {
    /// The five plain ones.
    pub fn plain(name: &str) -> Option<Self> {
        Some(match name {
            "SampleCount" => Self::SampleCount,
            "Sum" => Self::Sum,
            "Average" => Self::Average,
            "Minimum" => Self::Minimum,
            "Maximum" => Self::Maximum,
            _ => return None,
        })
    }

    /// The extended ones.
    pub fn extended(name: &str) -> Option<Self> {
        if name == "IQM" {
            return Some(Self::Trimmed(Trim::Mean, Bounds::percent(25.0, 75.0)));
        }
        let (word, rest) = name.split_at_checked(2)?;
        if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            let bounds = Bounds::parse(inner)?;
            return Some(match word {
                "TM" => Self::Trimmed(Trim::Mean, bounds),
                "WM" => Self::Trimmed(Trim::Winsorized, bounds),
                "TC" => Self::Trimmed(Trim::Count, bounds),
                "TS" => Self::Trimmed(Trim::Sum, bounds),
                "PR" if !bounds.in_percent() => Self::Rank(bounds),
                _ => return None,
            });
        }
        if let Some(digits) = name.strip_prefix('p') {
            return percent(digits).map(Self::Percentile);
        }
        let trim = match word {
            "tm" => Trim::Mean,
            "wm" => Trim::Winsorized,
            "tc" => Trim::Count,
            "ts" => Trim::Sum,
            _ => return None,
        };
        Some(Self::Trimmed(trim, Bounds::percent(0.0, percent(rest)?)))
    }

    /// Any of them.
    pub fn parse(name: &str) -> Option<Self> {
        Self::plain(name).or_else(|| Self::extended(name))
    }

    /// The answer. `None` if these samples do not tell.
    pub fn of(&self, point: &PointRow) -> Option<f64> {
        if point.count <= 0.0 {
            return None;
        }
        match *self {
            Self::SampleCount => Some(point.count),
            Self::Sum => Some(point.sum),
            Self::Average => Some(point.sum / point.count),
            Self::Minimum => Some(point.min),
            Self::Maximum => Some(point.max),
            Self::Percentile(percent) => point.has_values().then(|| percentile(point, percent)),
            Self::Trimmed(trim, bounds) => point.has_values().then(|| trimmed(point, trim, bounds))?,
            Self::Rank(bounds) => {
                let within = trimmed(point, Trim::Count, bounds)?;
                point.has_values().then(|| 100.0 * within / point.count)
            }
        }
    }
}

impl Bounds {
    fn percent(low: f64, high: f64) -> Self {
        Self { low: Some(Bound::Percent(low)), high: Some(Bound::Percent(high)) }
    }

    /// `10%:90%`, `:0.5`, `100:`.
    fn parse(text: &str) -> Option<Self> {
        let (low, high) = text.split_once(':')?;
        let bound = |text: &str| match text.strip_suffix('%') {
            _ if text.is_empty() => Some(None),
            Some(digits) => percent(digits).map(|percent| Some(Bound::Percent(percent))),
            None => text
                .parse()
                .ok()
                .filter(|value: &f64| value.is_finite())
                .map(|value| Some(Bound::Value(value))),
        };
        let bounds = Self { low: bound(low)?, high: bound(high)? };
        let mixed = matches!(
            (bounds.low, bounds.high),
            (Some(Bound::Percent(_)), Some(Bound::Value(_)))
                | (Some(Bound::Value(_)), Some(Bound::Percent(_)))
        );
        let open = bounds.low.is_none() && bounds.high.is_none();
        (!mixed && !open).then_some(bounds)
    }

    fn in_percent(&self) -> bool {
        [self.low, self.high].iter().any(|bound| matches!(bound, Some(Bound::Percent(_))))
    }
}

/// `99`, `99.9`, `100`: a percentage without a sign.
fn percent(digits: &str) -> Option<f64> {
    let plain = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value: f64 = if plain { digits.parse().ok()? } else { return None };
    (0.0..=100.0).contains(&value).then_some(value)
}

/// The value at a percentile, between the samples around it in proportion.
fn percentile(point: &PointRow, percent: f64) -> f64 {
    let at = percent / 100.0 * (point.count - 1.0).max(0.0);
    let mut before = 0.0;
    let mut last = point.min;
    for &(value, count) in &point.values {
        // The samples of this value have the places from `before` to `before + count - 1`.
        if at <= before + count - 1.0 {
            let between = before - 1.0;
            let share = if before > 0.0 && at < before { at - between } else { 1.0 };
            return (last + (value - last) * share).clamp(point.min, point.max);
        }
        before += count;
        last = value;
    }
    point.max
}

fn trimmed(point: &PointRow, trim: Trim, bounds: Bounds) -> Option<f64> {
    let (mut count, mut sum) = (0.0, 0.0);
    let limit = |bound: Option<Bound>, open: f64| match bound {
        Some(Bound::Percent(percent)) => percentile(point, percent),
        Some(Bound::Value(value)) => value,
        None => open,
    };
    let (low, high) = (limit(bounds.low, f64::NEG_INFINITY), limit(bounds.high, f64::INFINITY));
    if trim == Trim::Winsorized {
        for &(value, number) in &point.values {
            count += number;
            sum += value.clamp(low, high.max(low)) * number;
        }
        return Some(sum / count);
    }
    for &(value, number) in &point.values {
        if value >= low && value <= high {
            count += number;
            sum += value * number;
        }
    }
    match trim {
        Trim::Count => Some(count),
        Trim::Sum => Some(sum),
        Trim::Mean | Trim::Winsorized => (count > 0.0).then(|| sum / count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn samples(values: &[f64]) -> PointRow {
        values.iter().fold(PointRow::default(), |mut point, value| {
            point.merge(&PointRow::of_value(*value, 1.0));
            point
        })
    }

    fn ask(name: &str, point: &PointRow) -> Option<f64> {
        Statistic::parse(name).unwrap_or_else(|| panic!("{name}")).of(point)
    }

    #[test]
    fn the_statistics_of_a_hundred_samples() {
        let point = samples(&(1..=100).map(f64::from).collect::<Vec<_>>());
        for (name, value) in [
            ("SampleCount", 100.0),
            ("Sum", 5_050.0),
            ("Average", 50.5),
            ("Minimum", 1.0),
            ("Maximum", 100.0),
            ("p0", 1.0),
            ("p50", 50.5),
            ("p99", 99.01),
            ("p100", 100.0),
            ("tm100", 50.5),
            ("TM(10:20)", 15.0),
            ("TC(:10)", 10.0),
            ("TS(:4)", 10.0),
            ("TC(25%:75%)", 50.0),
            ("IQM", 50.5),
            ("WM(50:50)", 50.0),
            ("PR(:30)", 30.0),
            ("PR(91:)", 10.0),
        ] {
            let found = ask(name, &point).unwrap();
            assert!((found - value).abs() < 1e-9, "{name} is {found}, not {value}");
        }
    }

    #[test]
    fn what_is_no_statistic_is_none() {
        for name in [
            "",
            "p",
            "p101",
            "p-1",
            "q50",
            "TM(10%:5)",
            "TM(:)",
            "PR(1%:5%)",
            "average",
            "tm",
            "pé",
            "TM(",
            "p1e1",
        ] {
            assert_eq!(Statistic::parse(name), None, "{name}");
        }
    }

    #[test]
    fn statistic_sets_tell_no_percentiles_unless_all_samples_are_alike() {
        assert_eq!(ask("p50", &PointRow::of_set(3.0, 6.0, 1.0, 3.0)), None);
        assert_eq!(ask("p50", &PointRow::of_set(3.0, 6.0, 2.0, 2.0)), Some(2.0));
        let mut point = samples(&[1.0]);
        point.merge(&PointRow::of_set(3.0, 6.0, 1.0, 3.0));
        assert_eq!((ask("p50", &point), ask("Sum", &point)), (None, Some(7.0)));
    }

    #[test]
    fn many_different_samples_are_kept_within_bounds_and_a_percentile_is_off_by_little() {
        let values: Vec<f64> = (0..20_000).map(|number| f64::from(number) * 0.37 + 1.0).collect();
        let mut point = PointRow::default();
        for chunk in values.chunks(500) {
            point.merge(&samples(chunk));
        }
        assert!(point.values.len() <= VALUES_MAX);
        let found = ask("p90", &point).unwrap();
        let exact = 0.9 * 19_999.0 * 0.37 + 1.0;
        assert!((found - exact).abs() / exact < 0.05, "{found} for {exact}");
    }

    proptest! {
        #[test]
        fn the_order_of_samples_does_not_matter(mut values in proptest::collection::vec(-100i32..100, 1..40), percent in 0u32..=100) {
            let as_floats = |values: &[i32]| values.iter().copied().map(f64::from).collect::<Vec<_>>();
            let one = samples(&as_floats(&values));
            values.sort_unstable();
            let other = samples(&as_floats(&values));
            prop_assert_eq!(&one, &other);
            let found = ask(&format!("p{percent}"), &one).unwrap();
            prop_assert!(found >= one.min && found <= one.max);
        }

        #[test]
        fn no_text_panics(text in "(p|tm|TM|PR|WM|\\(|\\)|:|%|[0-9]{1,3}|\\.|é){0,8}") {
            if let Some(statistic) = Statistic::parse(&text) {
                statistic.of(&samples(&[1.0, 2.0, 5.0]));
            }
        }
    }
}
