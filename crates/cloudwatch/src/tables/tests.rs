//! Every key and value reads back as it was written.

use proptest::collection::vec;
use proptest::prelude::*;
use store::TableValue;

use super::*;

prop_compose! {
    fn scope()(account in 0u64..1_000_000_000_000, region in "[a-z]{2}-[a-z]{4}-[1-9]") -> Scope {
        Scope {
            account: AccountId::from_u64(account).unwrap(),
            region: Region::new(&region).unwrap(),
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    "[a-zé/\\x00-\\x02:]{0,9}"
}

fn number() -> impl Strategy<Value = f64> {
    -1e30..1e30
}

proptest! {
    #[test]
    fn metrics_round_trip(
        scope in scope(), namespace in text(), name in text(), series: u128,
        dimensions in vec((text(), text()), 0..4), seen_micros: i64,
    ) {
        let key = MetricKey { scope, namespace, name, series: Series(series) };
        prop_assert_eq!(METRICS.read_key(&METRICS.key(&key)).unwrap(), key);
        let row = MetricRow { dimensions, seen_micros };
        prop_assert_eq!(MetricRow::from_bytes(&row.to_bytes()).unwrap(), row);
    }

    #[test]
    fn points_round_trip(
        series: u128, start_secs: i64, resolution_secs: u32, unit: u8,
        (count, sum, min, max) in (number(), number(), number(), number()),
        values in vec((number(), number()), 0..5),
    ) {
        let key = PointKey { series: Series(series), start_secs, resolution_secs, unit };
        prop_assert_eq!(POINTS.read_key(&POINTS.key(&key)).unwrap(), key);
        let row = PointRow { count, sum, min, max, values };
        prop_assert_eq!(PointRow::from_bytes(&row.to_bytes()).unwrap(), row);
    }

    #[test]
    fn points_of_a_series_sort_by_time(series: u128, a: (i64, u32), b: (i64, u32)) {
        let key = |(start_secs, resolution_secs): (i64, u32)| {
            PointKey { series: Series(series), start_secs, resolution_secs, unit: 0 }
        };
        prop_assert_eq!(POINTS.key(&key(a)).cmp(&POINTS.key(&key(b))), a.cmp(&b));
    }
}
