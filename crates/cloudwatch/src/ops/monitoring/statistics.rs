//! Statistics of one metric.

use std::collections::BTreeMap;

use base::Timestamp;
use service::Access;
use wire::Need;

use super::dimensions;
use crate::engine::error::{Error, Why};
use crate::engine::metrics::Metric;
use crate::engine::statistics::Statistic;
use crate::engine::{query, units};
use crate::ops::{operation, scope};
use crate::shapes::cloudwatch::{Datapoint, GetMetricStatisticsInput, GetMetricStatisticsOutput};
use crate::tables::PointRow;

/// Datapoints of an answer.
const DATAPOINTS_MAX: i64 = 1_440;

operation! {
    /// Statistics of a metric, by period and unit. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html>
    monitoring GetMetricStatistics(GetMetricStatisticsInput) -> GetMetricStatisticsOutput,
    asks |call, said| vec![Access::any("cloudwatch:GetMetricStatistics", call.caller())],
    does |watch, call, given| {
        let scope = scope(call);
        let (start, end) = (given.start_time.need(), given.end_time.need());
        let period = query::period("Period", given.period.need())?;
        let statistics = given.statistics.unwrap_or_default();
        let extended = given.extended_statistics.unwrap_or_default();
        if statistics.is_empty() && extended.is_empty() {
            Err(Error::new(Why::Missing, "Must specify either Statistics or ExtendedStatistics"))?;
        }
        let extended = extended.into_iter().map(|name| match Statistic::extended(&name) {
            Some(statistic) => Ok((name, statistic)),
            None => Err(Error::invalid(format!("The value {name} for parameter ExtendedStatistics is not supported."))),
        });
        let extended = extended.collect::<Result<Vec<_>, Error>>()?;
        let range = query::Range::new(start, end, period, call.clock().now())?;
        if range.buckets() > DATAPOINTS_MAX {
            Err(Error::combination(format!(
                "You have requested up to {} datapoints, which exceeds the limit of {DATAPOINTS_MAX}. You may reduce the datapoints requested by \
                 increasing Period, or decreasing the time range.",
                range.buckets()
            )))?;
        }
        let unit = given.unit.as_deref().map(units::number);
        let name = given.metric_name.need();
        let metric = Metric::new(given.namespace.need(), name.clone(), dimensions(given.dimensions));
        let points = watch.points(metric.series(&scope), range.start_secs, range.end_secs, period, unit).await?;
        let mut buckets: BTreeMap<(i64, u8), PointRow> = BTreeMap::new();
        for (key, samples) in points {
            buckets.entry((range.bucket(key.start_secs), key.unit)).or_default().merge(&samples);
        }
        let datapoint = |((start_secs, unit), samples): ((i64, u8), PointRow)| {
            let plain = |name: &str| {
                let asked = statistics.iter().any(|asked| asked == name);
                Statistic::plain(name).filter(|_| asked)?.of(&samples)
            };
            let told: BTreeMap<String, f64> = extended
                .iter()
                .filter_map(|(name, statistic)| Some((name.clone(), statistic.of(&samples)?)))
                .collect();
            Datapoint {
                timestamp: Some(Timestamp::from_secs(start_secs)),
                sample_count: plain("SampleCount"),
                average: plain("Average"),
                sum: plain("Sum"),
                minimum: plain("Minimum"),
                maximum: plain("Maximum"),
                unit: Some(units::name(unit).to_owned()),
                extended_statistics: (!told.is_empty()).then_some(told),
            }
        };
        let told = |point: &Datapoint| !statistics.is_empty() || point.extended_statistics.is_some();
        let datapoints = buckets.into_iter().map(datapoint).filter(told).collect();
        GetMetricStatisticsOutput { label: Some(name), datapoints: Some(datapoints) }
    },
}
