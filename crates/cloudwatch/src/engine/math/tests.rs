//! Expressions as AWS's page describes them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn series(points: &[(i64, f64)]) -> Series {
    Series {
        points: points.iter().map(|(at, value)| (at * 60, *value)).collect(),
        period_secs: 60,
        label: String::new(),
    }
}

fn ask(text: &str) -> Result<Value, Error> {
    let metrics = BTreeMap::from([
        ("m1".to_owned(), series(&[(0, 1.0), (1, 2.0), (3, 4.0)])),
        ("m2".to_owned(), series(&[(0, 10.0), (2, 30.0), (3, 0.0)])),
    ]);
    let named = metrics.iter().map(|(id, series)| (id.clone(), Value::Series(series.clone()))).collect();
    let inputs = Inputs { named: &named, metrics: &metrics, start_secs: 0, end_secs: 240, period_secs: 60 };
    evaluate(&parse(text)?, &inputs)
}

#[track_caller]
fn check(text: &str, expected: &[(i64, f64)]) {
    match ask(text).unwrap_or_else(|error| panic!("{text}: {error}")) {
        Value::Series(found) => assert_eq!(found.points, series(expected).points, "{text}"),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn series_and_numbers_go_together() {
    check("m1 + m2", &[(0, 11.0), (3, 4.0)]);
    check("m1 / m2", &[(0, 0.1)]);
    check("2 * m1 - 1", &[(0, 1.0), (1, 3.0), (3, 7.0)]);
    check("-m1 ^ 2 + 2 * (m1 + 1)", &[(0, 5.0), (1, 10.0), (3, 26.0)]);
    check("m1 > 1", &[(0, 0.0), (1, 1.0), (3, 1.0)]);
    check("m1 / SUM(m1)", &[(0, 1.0 / 7.0), (1, 2.0 / 7.0), (3, 4.0 / 7.0)]);
    check("SUM([m1, m2])", &[(0, 11.0), (1, 2.0), (2, 30.0), (3, 4.0)]);
    check("SUM(METRICS())", &[(0, 11.0), (1, 2.0), (2, 30.0), (3, 4.0)]);
    check("MAX([m1,m2])", &[(0, 10.0), (1, 2.0), (2, 30.0), (3, 4.0)]);
    check("AVG(METRICS(\"m1\"))", &[(0, 1.0), (1, 2.0), (3, 4.0)]);
    assert_eq!(ask("AVG(m2)").unwrap(), Value::Scalar(40.0 / 3.0));
    assert_eq!(ask("1 + 2 * 3 ^ 2 / 9 - 1").unwrap(), Value::Scalar(2.0));
    assert_eq!(ask("METRIC_COUNT(METRICS())").unwrap(), Value::Scalar(2.0));
}

#[test]
fn gaps_are_filled_and_steps_are_told() {
    check("FILL(m1, 0)", &[(0, 1.0), (1, 2.0), (2, 0.0), (3, 4.0)]);
    check("FILL(m1, REPEAT)", &[(0, 1.0), (1, 2.0), (2, 2.0), (3, 4.0)]);
    check("FILL(m1, LINEAR)", &[(0, 1.0), (1, 2.0), (2, 3.0), (3, 4.0)]);
    check("FILL(m1, m2)", &[(0, 1.0), (1, 2.0), (2, 30.0), (3, 4.0)]);
    check("RATE(m1)", &[(1, 1.0 / 60.0), (3, 2.0 / 120.0)]);
    check("DIFF(m1)", &[(1, 1.0), (3, 2.0)]);
    check("RUNNING_SUM(m1)", &[(0, 1.0), (1, 3.0), (3, 7.0)]);
    check("IF(m1 > 1, m1, 0)", &[(0, 0.0), (1, 2.0), (3, 4.0)]);
    check("IF(m1 > 1 AND m1 < 4, m1)", &[(1, 2.0)]);
    check("TIME_SERIES(5)", &[(0, 5.0), (1, 5.0), (2, 5.0), (3, 5.0)]);
    check("SLICE(SORT(METRICS(), MAX, DESC), 0)", &[(0, 10.0), (2, 30.0), (3, 0.0)]);
    check("MINUTE(m1)", &[(0, 0.0), (1, 1.0), (3, 3.0)]);
}

#[test]
fn what_is_no_expression_is_refused() {
    for text in [
        "",
        "m1 +",
        "(m1",
        "m1)",
        "m3",
        "FOO(m1)",
        "SEARCH('x', 'Sum', 60)",
        "SUM(",
        "[m1, 1]",
        "METRICS() + METRICS()",
        "m1 $ 2",
        "1.2.3",
    ] {
        assert!(ask(text).is_err(), "{text}");
    }
    assert!(ask(&"(".repeat(1_000)).is_err());
    assert!(ask(&"-".repeat(1_000)).is_err());
}

proptest! {
    #[test]
    fn no_text_panics(text in "(m1|m2|SUM|FILL|IF|SORT|SLICE|RATE|METRICS|REPEAT|DESC|AVG|[-+*/^()\\[\\],<>=!&|'\"é ]|[0-9]{1,3}|\\.|e){0,16}") {
        let _ = ask(&text);
    }
}
