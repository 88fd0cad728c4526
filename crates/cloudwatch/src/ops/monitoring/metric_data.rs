//! Several time series at once.

use base::Timestamp;
use service::Access;
use wire::Need;

use super::dimensions;
use crate::engine::data::{Answered, Asks, MetricStat, Query, check};
use crate::engine::error::{Error, Why};
use crate::engine::query;
use crate::ops::{operation, scope};
use crate::shapes::cloudwatch::{GetMetricDataInput, GetMetricDataOutput, MetricDataQuery, MetricDataResult};

/// Points of an answer.
const POINTS_MAX: usize = 100_800;

operation! {
    /// Time series of metrics, and expressions over them. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html>
    ///
    /// Differs: `SEARCH`, Metrics Insights and anomaly detection are refused by name. There are no linked accounts.
    monitoring GetMetricData(GetMetricDataInput) -> GetMetricDataOutput,
    asks |call, said| vec![Access::any("cloudwatch:GetMetricData", call.caller())],
    does |watch, call, given| {
        let scope = scope(call);
        let queries = queries(given.metric_data_queries.need(), "MetricDataQueries")?;
        check(&queries, "MetricDataQueries")?;
        let (start, end) = (given.start_time.need(), given.end_time.need());
        let most = match given.max_datapoints {
            None => POINTS_MAX,
            Some(most) if (1..=POINTS_MAX as i32).contains(&most) => most.unsigned_abs() as usize,
            Some(most) => Err(Error::invalid(format!(
                "The value {most} for parameter MaxDatapoints must be between 1 and {POINTS_MAX}."
            )))?,
        };
        let ids: Vec<&str> = queries.iter().map(|query| query.id.as_str()).collect();
        let purpose = format!("GetMetricData {scope:?} {start:?} {end:?} {:?} {ids:?}", given.scan_by);
        let skipped = match given.next_token.as_deref().filter(|token| !token.is_empty()) {
            None => 0,
            Some(token) => watch
                .tokens
                .open(&purpose, token)
                .ok()
                .and_then(|bytes| Some(u64::from_be_bytes(bytes.try_into().ok()?) as usize))
                .ok_or_else(|| Error::new(Why::InvalidToken, "Request token is invalid"))?,
        };
        let now = call.clock().now();
        let answers = watch.answer(&scope, &queries, |period| query::Range::new(start, end, period, now)).await?;
        let ascending = given.scan_by.as_deref() == Some("TimestampAscending");
        let (results, more) = page(answers, ascending, skipped, most);
        GetMetricDataOutput {
            metric_data_results: Some(results),
            next_token: more.map(|to| watch.tokens.seal(&purpose, &(to as u64).to_be_bytes())),
            messages: Some(Vec::new()),
        }
    },
}

/// The results from a point on, `most` points of them, and where the rest begins.
fn page(
    answers: Vec<Answered>,
    ascending: bool,
    skipped: usize,
    most: usize,
) -> (Vec<MetricDataResult>, Option<usize>) {
    let (mut passed, mut taken) = (0, 0);
    let mut results = Vec::new();
    let mut more = None;
    for answer in answers {
        let mut points: Vec<(i64, f64)> = answer.series.points.into_iter().collect();
        if !ascending {
            points.reverse();
        }
        let all = points.len();
        let from = skipped.saturating_sub(passed).min(all);
        let to = (from + (most - taken)).min(all);
        let is_of_earlier_page = skipped > 0 && passed + all <= skipped;
        passed += all;
        if is_of_earlier_page || more.is_some() {
            continue;
        }
        taken += to - from;
        if to < all {
            more = Some(skipped + taken);
        }
        let (timestamps, values) = points[from..to].iter().copied().unzip::<i64, f64, Vec<_>, Vec<_>>();
        results.push(MetricDataResult {
            id: Some(answer.id),
            label: Some(answer.label),
            timestamps: Some(timestamps.into_iter().map(Timestamp::from_secs).collect()),
            values: Some(values),
            status_code: Some(if to < all { "PartialData" } else { "Complete" }.to_owned()),
            messages: None,
        });
    }
    (results, more)
}

/// Queries as the engine has them; `place` is what messages call them.
pub(super) fn queries(given: Vec<MetricDataQuery>, place: &str) -> Result<Vec<Query>, Error> {
    given
        .into_iter()
        .enumerate()
        .map(|(index, query)| self::query(query, &format!("{place}.member.{}", index + 1)))
        .collect()
}

fn query(given: MetricDataQuery, place: &str) -> Result<Query, Error> {
    let asks = match (given.metric_stat, given.expression) {
        (Some(stat), None) => {
            let metric = stat.metric.need();
            let (Some(namespace), Some(name)) = (metric.namespace, metric.metric_name) else {
                let text = format!(
                    "The parameter {place}.MetricStat.Metric must have a Namespace and a MetricName."
                );
                return Err(Error::new(Why::Validation, text));
            };
            Asks::Metric(MetricStat {
                namespace,
                name,
                dimensions: dimensions(metric.dimensions),
                period_secs: query::period(&format!("{place}.MetricStat.Period"), stat.period.need())?,
                statistic: stat.stat.need(),
                unit: stat.unit,
            })
        }
        (None, Some(expression)) => Asks::Expression(expression),
        (Some(_), Some(_)) | (None, None) => {
            let text = format!(
                "Exactly one of the parameters {place}.MetricStat and {place}.Expression must be specified."
            );
            return Err(Error::new(Why::Validation, text));
        }
    };
    let period_secs =
        given.period.map(|period| query::period(&format!("{place}.Period"), period)).transpose()?;
    Ok(Query { id: given.id.need(), asks, label: given.label, returned: given.return_data, period_secs })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::math::Series;

    #[test]
    fn pages_hold_every_point_once() {
        let answers = || -> Vec<Answered> {
            [3usize, 0, 5, 1]
                .into_iter()
                .enumerate()
                .map(|(index, count)| {
                    let points: BTreeMap<i64, f64> =
                        (0..count as i64).map(|at| (at * 60, at as f64)).collect();
                    let series = Series { points, period_secs: 60, label: String::new() };
                    Answered { id: format!("m{index}"), label: String::new(), series }
                })
                .collect()
        };
        for most in 1..=10 {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            let mut from = 0;
            loop {
                let (results, more) = page(answers(), true, from, most);
                let count: usize = results.iter().map(|result| result.values.as_ref().unwrap().len()).sum();
                assert!(count <= most);
                for result in results {
                    *seen.entry(result.id.unwrap()).or_default() += result.values.unwrap().len();
                }
                match more {
                    Some(to) => from = to,
                    None => break,
                }
            }
            assert_eq!(seen.values().sum::<usize>(), 9, "{most} a page: {seen:?}");
        }
    }
}
