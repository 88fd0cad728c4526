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

mod of_logs {
    use std::collections::BTreeMap;

    use proptest::collection::btree_map;
    use proptest::option::of;

    use super::*;
    use crate::tables::logs::*;

    prop_compose! {
        fn group()(
            (id, created_millis, retention_days, protected) in any::<(u128, i64, Option<u32>, bool)>(),
            (kms_key, class, tags) in (of(text()), text(), btree_map(text(), text(), 0..3)),
            (metric_filters, subscriptions) in any::<(u32, u32)>(),
        ) -> GroupRow {
            GroupRow { id, created_millis, retention_days, kms_key, class, tags, protected, metric_filters, subscriptions }
        }
    }

    prop_compose! {
        fn stream()(
            (id, created_millis) in any::<(u128, i64)>(),
            (first_millis, last_millis, ingested_millis) in any::<(Option<i64>, Option<i64>, Option<i64>)>(),
            (span_millis, next, bytes) in any::<(i64, u64, u64)>(),
        ) -> StreamRow {
            StreamRow { id, created_millis, first_millis, last_millis, ingested_millis, span_millis, next, bytes }
        }
    }

    prop_compose! {
        fn metric_filter()(
            (pattern, namespace, metric, value) in (text(), text(), text(), text()),
            (default, unit, created_millis) in (of(number()), of(text()), any::<i64>()),
            dimensions in btree_map(text(), text(), 0..3),
        ) -> MetricFilterRow {
            let dimensions: BTreeMap<String, String> = dimensions;
            MetricFilterRow { pattern, namespace, metric, value, default, unit, dimensions, created_millis }
        }
    }

    proptest! {
        #[test]
        fn groups_round_trip(scope in scope(), name in text(), row in group()) {
            let key = GroupKey { scope, name };
            prop_assert_eq!(GROUPS.read_key(&GROUPS.key(&key)).unwrap(), key);
            prop_assert_eq!(GroupRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn streams_round_trip(group: u128, name in text(), row in stream()) {
            let key = StreamKey { group: GroupId(group), name };
            prop_assert_eq!(STREAMS.read_key(&STREAMS.key(&key)).unwrap(), key);
            prop_assert_eq!(StreamRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn batches_round_trip(
            stream: u128, first_millis: i64, number: u64, last_millis: i64, count: u32, ingested_millis: i64,
            events in vec((any::<i64>(), text()), 0..4),
        ) {
            let key = BatchKey { stream: StreamId(stream), first_millis, number };
            prop_assert_eq!(BATCHES.read_key(&BATCHES.key(&key)).unwrap(), key);
            let row = BatchRow { last_millis, count };
            prop_assert_eq!(BatchRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let batch = Batch { ingested_millis, events };
            prop_assert_eq!(Batch::from_bytes(&batch.to_bytes()).unwrap(), batch);
        }

        #[test]
        fn graves_and_metric_filters_round_trip(id: u128, name in text(), row in metric_filter()) {
            for key in [GraveKey::Group(GroupId(id)), GraveKey::Stream(StreamId(id))] {
                prop_assert_eq!(GRAVES.read_key(&GRAVES.key(&key)).unwrap(), key);
            }
            let key = FilterKey { group: GroupId(id), name };
            prop_assert_eq!(METRIC_FILTERS.read_key(&METRIC_FILTERS.key(&key)).unwrap(), key);
            prop_assert_eq!(MetricFilterRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }

        #[test]
        fn subscriptions_and_deliveries_round_trip(
            (filter, stream, number) in any::<(u128, u128, u64)>(), at_micros: i64, account: u64,
            (pattern, destination, role, distribution) in (text(), text(), of(text()), of(text())),
        ) {
            let key = DeliveryKey { filter, at_micros, stream: StreamId(stream), number };
            prop_assert_eq!(DELIVERIES.read_key(&DELIVERIES.key(&key)).unwrap(), key);
            let row = DeliveryRow {
                scope: (account, pattern.clone()), group: (filter, destination.clone()), filter: pattern.clone(), stream: destination.clone(),
            };
            prop_assert_eq!(DeliveryRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = SubscriptionRow { id: filter, pattern, destination, role, distribution, created_millis: at_micros };
            prop_assert_eq!(SubscriptionRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }
}

mod of_alarms {
    use proptest::collection::btree_map;
    use proptest::option::of;

    use super::*;
    use crate::engine::data::{Asks, MetricStat, Query};
    use crate::tables::alarms::*;

    fn asks() -> impl Strategy<Value = Asks> {
        let stat = (text(), text(), vec((text(), text()), 0..3), any::<u32>(), text(), of(text())).prop_map(
            |(namespace, name, dimensions, period_secs, statistic, unit)| {
                Asks::Metric(MetricStat { namespace, name, dimensions, period_secs, statistic, unit })
            },
        );
        prop_oneof![stat, text().prop_map(Asks::Expression)]
    }

    prop_compose! {
        fn query()(
            id in text(), asks in asks(), label in of(text()), (returned, period_secs) in any::<(Option<bool>, Option<u32>)>(),
        ) -> Query {
            Query { id, asks, label, returned, period_secs }
        }
    }

    prop_compose! {
        fn rule()(
            (description, comparison, missing, low_samples) in (of(text()), text(), of(text()), of(text())),
            (actions_enabled, is_plain, evaluation_periods, datapoints_to_alarm) in any::<(bool, bool, u32, Option<u32>)>(),
            (ok_actions, alarm_actions, insufficient_actions) in (vec(text(), 0..3), vec(text(), 0..3), vec(text(), 0..3)),
            queries in vec(query(), 0..3),
            threshold in of(number()),
        ) -> AlarmRule {
            AlarmRule {
                description, actions_enabled, ok_actions, alarm_actions, insufficient_actions, queries, is_plain, evaluation_periods,
                datapoints_to_alarm, threshold, comparison, missing, low_samples,
            }
        }
    }

    prop_compose! {
        fn alarm()(
            rule in rule(),
            (configured_micros, updated_micros, transitioned_micros) in any::<(i64, i64, i64)>(),
            state in proptest::sample::select(vec![State::Ok, State::Alarm, State::Insufficient]),
            (reason, reason_data) in (text(), of(text())),
            tags in btree_map(text(), text(), 0..3),
        ) -> AlarmRow {
            AlarmRow { rule, configured_micros, state, reason, reason_data, updated_micros, transitioned_micros, tags }
        }
    }

    proptest! {
        #[test]
        fn alarms_round_trip(scope in scope(), name in text(), row in alarm(), at_micros: i64, number: u32) {
            let key = AlarmKey { scope, name };
            prop_assert_eq!(ALARMS.read_key(&ALARMS.key(&key)).unwrap(), key.clone());
            prop_assert_eq!(AlarmRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let key = HistoryKey { alarm: key, at_micros, number };
            prop_assert_eq!(HISTORY.read_key(&HISTORY.key(&key)).unwrap(), key);
        }

        #[test]
        fn history_and_dashboards_round_trip(
            (kind, summary, data, name) in (text(), text(), text(), text()), modified_micros: i64, scope in scope(),
            tags in btree_map(text(), text(), 0..3),
        ) {
            let key = DashboardKey { account: scope.account, name };
            prop_assert_eq!(DASHBOARDS.read_key(&DASHBOARDS.key(&key)).unwrap(), key);
            let row = DashboardRow { body: data.clone(), modified_micros, tags };
            prop_assert_eq!(DashboardRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = HistoryRow { kind, summary, data };
            prop_assert_eq!(HistoryRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }
}
