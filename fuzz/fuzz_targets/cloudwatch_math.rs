//! Metric math: any text is refused or yields a value, and never panics.
#![no_main]

use std::collections::BTreeMap;

use cloudwatch::engine::math::{Inputs, Series, Value, evaluate, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(expression) = parse(text) else { return };
    let series = |points: &[(i64, f64)]| Series {
        points: points.iter().copied().collect(),
        period_secs: 60,
        label: String::new(),
    };
    let metrics = BTreeMap::from([
        ("m1".to_owned(), series(&[(0, 1.0), (60, -2.0), (180, 0.0)])),
        ("m2".to_owned(), series(&[(60, 5.0)])),
    ]);
    let named = metrics.iter().map(|(id, series)| (id.clone(), Value::Series(series.clone()))).collect();
    let inputs = Inputs { named: &named, metrics: &metrics, start_secs: 0, end_secs: 240, period_secs: 60 };
    let _ = evaluate(&expression, &inputs);
});
