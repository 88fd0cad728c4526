//! Filter patterns and statistics: any text is refused or taken, and what is taken judges any message, and never panics.
#![no_main]

use cloudwatch::engine::logs::pattern::Pattern;
use cloudwatch::engine::statistics::Statistic;
use cloudwatch::tables::PointRow;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let (text, message) = texts;
    if let Ok(pattern) = Pattern::parse(text) {
        let matches = pattern.matches(message);
        assert_eq!(matches, pattern.matches(message));
        let _ = pattern.extracted(message);
        let _ = pattern.select("$.a", message);
    }
    if let Some(statistic) = Statistic::parse(text) {
        let mut point = PointRow::of_value(1.0, 2.0);
        point.merge(&PointRow::of_value(message.len() as f64, 1.0));
        let _ = statistic.of(&point);
    }
});
