//! Several time series at once: queries for metrics, and expressions over them.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use super::CloudWatch;
use super::error::{Error, Why};
use super::math::{self, Inputs, Series, Value};
use super::metrics::Metric;
use super::query::Range;
use super::statistics::Statistic;
use super::units;
use crate::tables::{PointRow, Scope};

/// Queries of a request (CloudWatch, API reference, GetMetricData).
pub const QUERIES_MAX: usize = 500;
/// The period of an expression over nothing that has one.
const PERIOD_DEFAULT: u32 = 60;

/// A query: of a metric, or an expression over others.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub struct Query {
    /// What others call it.
    #[n(0)]
    pub id: String,
    /// What it asks.
    #[n(1)]
    pub asks: Asks,
    /// What it is called.
    #[n(2)]
    pub label: Option<String>,
    /// Whether it is part of the answer; absent means yes.
    #[n(3)]
    pub returned: Option<bool>,
    /// The period of an expression.
    #[n(4)]
    pub period_secs: Option<u32>,
}

/// What a query asks.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub enum Asks {
    /// A statistic of a metric.
    #[n(0)]
    Metric(#[n(0)] MetricStat),
    /// An expression.
    #[n(1)]
    Expression(#[n(0)] String),
}

/// A statistic of a metric, by period.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub struct MetricStat {
    /// The metric's namespace.
    #[n(0)]
    pub namespace: String,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its dimensions.
    #[n(2)]
    pub dimensions: Vec<(String, String)>,
    /// The period.
    #[n(3)]
    pub period_secs: u32,
    /// The statistic.
    #[n(4)]
    pub statistic: String,
    /// The unit, if only one counts.
    #[n(5)]
    pub unit: Option<String>,
}

/// What a query yielded.
#[derive(Clone, PartialEq, Debug)]
pub struct Answered {
    /// The query's id.
    pub id: String,
    /// What the series is called.
    pub label: String,
    /// The series.
    pub series: Series,
}

fn wrong(text: impl Into<String>) -> Error {
    Error::new(Why::Validation, text)
}

/// Refuses queries that could never be answered; `place` is what messages call them.
pub fn check(queries: &[Query], place: &str) -> Result<(), Error> {
    if queries.len() > QUERIES_MAX {
        return Err(wrong(format!(
            "The collection {place} must not have a size greater than {QUERIES_MAX}."
        )));
    }
    let mut ids = BTreeSet::new();
    for (index, query) in queries.iter().enumerate() {
        let begins = query.id.starts_with(|first: char| first.is_ascii_lowercase());
        if !begins || !query.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(wrong(format!(
                "The value {} for parameter {place}.member.{}.Id is not matched to the expected pattern ^[a-z][a-zA-Z0-9_]*$.",
                query.id,
                index + 1
            )));
        }
        if !ids.insert(&query.id) {
            return Err(wrong(format!("The values for parameter id in {place} are not unique.")));
        }
        match &query.asks {
            Asks::Metric(stat) if Statistic::parse(&stat.statistic).is_none() => {
                let number = index + 1;
                return Err(wrong(format!(
                    "The value {} for parameter {place}.member.{number}.MetricStat.Stat is not supported.",
                    stat.statistic
                )));
            }
            Asks::Metric(_) => {}
            Asks::Expression(text) if text.trim_start().to_ascii_uppercase().starts_with("SELECT ") => {
                return Err(wrong("Metrics Insights queries are not available in this version of Millrace"));
            }
            Asks::Expression(text) => {
                math::parse(text)?;
            }
        }
    }
    Ok(())
}

impl CloudWatch {
    /// The series of one metric over a range, one point a period.
    pub async fn series_of(&self, scope: &Scope, stat: &MetricStat, range: Range) -> Result<Series, Error> {
        let statistic = Statistic::parse(&stat.statistic)
            .ok_or_else(|| wrong(format!("The statistic {} is not supported.", stat.statistic)))?;
        let points = self
            .samples_of(scope, stat, range)
            .await?
            .into_iter()
            .filter_map(|(at, samples)| Some((at, statistic.of(&samples)?)))
            .collect();
        Ok(Series { points, period_secs: stat.period_secs, label: stat.name.clone() })
    }

    /// What was measured of one metric over a range, by period.
    pub async fn samples_of(
        &self,
        scope: &Scope,
        stat: &MetricStat,
        range: Range,
    ) -> Result<BTreeMap<i64, PointRow>, Error> {
        let metric = Metric::new(stat.namespace.clone(), stat.name.clone(), stat.dimensions.clone());
        let unit = stat.unit.as_deref().map(units::number);
        let rows = self
            .points(metric.series(scope), range.start_secs, range.end_secs, stat.period_secs, unit)
            .await?;
        let mut buckets: BTreeMap<i64, PointRow> = BTreeMap::new();
        for (key, samples) in rows {
            buckets.entry(range.bucket(key.start_secs)).or_default().merge(&samples);
        }
        Ok(buckets)
    }

    /// Answers queries over a range of time, those that are to be returned, in their order. `range` cuts the time for a period.
    pub async fn answer(
        &self,
        scope: &Scope,
        queries: &[Query],
        range: impl Fn(u32) -> Result<Range, Error>,
    ) -> Result<Vec<Answered>, Error> {
        let mut metrics = BTreeMap::new();
        let mut known: BTreeMap<String, Value> = BTreeMap::new();
        for query in queries {
            if let Asks::Metric(stat) = &query.asks {
                let mut series = self.series_of(scope, stat, range(stat.period_secs)?).await?;
                series.label = label(query, queries);
                known.insert(query.id.clone(), Value::Series(series.clone()));
                metrics.insert(query.id.clone(), series);
            }
        }
        let mut open: Vec<(&Query, math::Expression)> = Vec::new();
        for query in queries {
            if let Asks::Expression(text) = &query.asks {
                open.push((query, math::parse(text)?));
            }
        }
        let ids: BTreeSet<&str> = queries.iter().map(|query| query.id.as_str()).collect();
        while !open.is_empty() {
            let ready = |(_, expression): &(&Query, math::Expression)| {
                names(expression).iter().all(|name| known.contains_key(name) || !ids.contains(name.as_str()))
            };
            let Some(at) = open.iter().position(ready) else {
                return Err(wrong("The expressions refer to each other in a circle."));
            };
            let (query, expression) = open.remove(at);
            let period = query.period_secs.unwrap_or_else(|| {
                metrics.values().map(|series: &Series| series.period_secs).max().unwrap_or(PERIOD_DEFAULT)
            });
            let range = range(period)?;
            let inputs = Inputs {
                named: &known,
                metrics: &metrics,
                start_secs: range.start_secs,
                end_secs: range.end_secs,
                period_secs: period,
            };
            let value = match math::evaluate(&expression, &inputs)? {
                Value::Scalar(number) => {
                    let constant = math::Expression::Call(
                        "TIME_SERIES".to_owned(),
                        vec![math::Expression::Number(number)],
                    );
                    // Another expression takes it as a number; an answer shows it as a series.
                    if query.returned == Some(false) {
                        Value::Scalar(number)
                    } else {
                        math::evaluate(&constant, &inputs)?
                    }
                }
                value => value,
            };
            known.insert(query.id.clone(), value);
        }
        let mut answers = Vec::new();
        for query in queries.iter().filter(|query| query.returned != Some(false)) {
            let answered = |series: Series, label: String| Answered { id: query.id.clone(), label, series };
            match known.remove(&query.id) {
                Some(Value::Series(series)) => answers.push(answered(series, label(query, queries))),
                Some(Value::Array(all)) => {
                    for series in all {
                        let label = format!("{} {}", label(query, queries), series.label);
                        answers.push(answered(series, label.trim().to_owned()));
                    }
                }
                Some(Value::Scalar(_)) | None => {}
            }
        }
        Ok(answers)
    }
}

/// What a query's series is called: as asked, else by its metric, with the statistic where the queries differ in it.
fn label(query: &Query, queries: &[Query]) -> String {
    if let Some(label) = query.label.as_ref().filter(|label| !label.is_empty()) {
        return label.clone();
    }
    match &query.asks {
        Asks::Expression(_) => query.id.clone(),
        Asks::Metric(stat) => {
            let differ = queries.iter().any(|other| match &other.asks {
                Asks::Metric(other) => other.statistic != stat.statistic,
                Asks::Expression(_) => false,
            });
            if differ { format!("{} {}", stat.name, stat.statistic) } else { stat.name.clone() }
        }
    }
}

/// The names in an expression.
fn names(expression: &math::Expression) -> Vec<String> {
    match expression {
        math::Expression::Number(_) | math::Expression::Text(_) => Vec::new(),
        math::Expression::Name(name) => vec![name.clone()],
        math::Expression::Array(items) | math::Expression::Call(_, items) => {
            items.iter().flat_map(names).collect()
        }
        math::Expression::Negative(inner) | math::Expression::Not(inner) => names(inner),
        math::Expression::Binary(_, left, right) => {
            let mut both = names(left);
            both.extend(names(right));
            both
        }
    }
}
