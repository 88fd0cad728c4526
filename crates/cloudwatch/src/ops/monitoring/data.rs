//! Data in.

use std::time::Duration;

use base::Timestamp;
use service::Access;
use wire::Need;

use super::dimensions;
use crate::engine::error::{Error, Why};
use crate::engine::metrics::Metric;
use crate::engine::points::Datum;
use crate::engine::units;
use crate::ops::{operation, scope};
use crate::shapes::cloudwatch::{MetricDatum, PutMetricDataInput};
use crate::tables::PointRow;

/// Data of a request (PutMetricData).
const DATA_MAX: usize = 1_000;
/// Values of a datum (MetricDatum).
const VALUES_MAX: usize = 150;
/// How far back data may lie.
const PAST_MAX: Duration = Duration::from_secs(14 * 86_400);
/// How far ahead.
const FUTURE_MAX: Duration = Duration::from_secs(2 * 3_600);

operation! {
    /// Takes what was measured. Durable when answered. <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html>
    ///
    /// Differs: entities of `EntityMetricData` are taken with their data and not kept themselves.
    monitoring PutMetricData(PutMetricDataInput) -> (),
    asks |call, said| {
        let access = Access::any("cloudwatch:PutMetricData", call.caller());
        vec![match &said.namespace {
            Some(namespace) => access.with("cloudwatch:namespace", namespace.clone()),
            None => access,
        }]
    },
    does |watch, call, given| {
        let namespace = given.namespace.need();
        let now = call.clock().now();
        let alone = given.metric_data.is_none() && given.entity_metric_data.is_none();
        if alone {
            Err(Error::new(Why::Missing, "The parameter MetricData is required."))?;
        }
        let mut data = Vec::new();
        for (index, datum) in given.metric_data.unwrap_or_default().into_iter().enumerate() {
            data.push(self::datum(&format!("MetricData.member.{}", index + 1), &namespace, datum, now)?);
        }
        for (index, group) in given.entity_metric_data.unwrap_or_default().into_iter().enumerate() {
            for (inner, datum) in group.metric_data.unwrap_or_default().into_iter().enumerate() {
                let place = format!("EntityMetricData.member.{}.MetricData.member.{}", index + 1, inner + 1);
                data.push(self::datum(&place, &namespace, datum, now)?);
            }
        }
        if data.len() > DATA_MAX {
            Err(Error::invalid(format!("The collection MetricData must not have a size greater than {DATA_MAX}.")))?;
        }
        call.meter_records(data.len() as u64);
        watch.put(&scope(call), data).await?
    },
}

/// A datum of the request; `place` is where it stands, for messages.
fn datum(place: &str, namespace: &str, given: MetricDatum, now: Timestamp) -> Result<Datum, Error> {
    let at = given.timestamp.unwrap_or(now);
    if now.since(at) > PAST_MAX {
        let text = format!("The parameter {place}.Timestamp must specify a time within the past two weeks.");
        return Err(Error::invalid(text));
    }
    if at.since(now) > FUTURE_MAX {
        let text = format!(
            "The parameter {place}.Timestamp must specify a time no more than two hours in the future."
        );
        return Err(Error::invalid(text));
    }
    let high_resolution = match given.storage_resolution {
        None | Some(60) => false,
        Some(1) => true,
        Some(other) => {
            let text = format!(
                "The value {other} for parameter {place}.StorageResolution is invalid: it must be 1 or 60."
            );
            return Err(Error::invalid(text));
        }
    };
    let samples = samples(place, &given)?;
    let unit = units::number(given.unit.as_deref().unwrap_or("None"));
    let dimensions = dimensions(given.dimensions);
    for (index, (name, value)) in dimensions.iter().enumerate() {
        for (part, text) in [("Name", name), ("Value", value)] {
            if !text.is_ascii() || text.trim().is_empty() {
                let text = format!(
                    "The parameter {place}.Dimensions.member.{}.{part} must contain only ASCII characters and include at least one non-whitespace \
                     character.",
                    index + 1
                );
                return Err(Error::invalid(text));
            }
        }
    }
    let metric = Metric::new(namespace.to_owned(), given.metric_name.need(), dimensions);
    Ok(Datum { metric, at, unit, high_resolution, samples })
}

fn samples(place: &str, given: &MetricDatum) -> Result<PointRow, Error> {
    let parts = [
        ("Value", given.value.is_some()),
        ("StatisticValues", given.statistic_values.is_some()),
        ("Values", given.values.is_some()),
    ];
    let there: Vec<&str> = parts.iter().filter(|(_, there)| *there).map(|(part, _)| *part).collect();
    if let [one, other, ..] = there[..] {
        let text = format!(
            "The parameters {place}.{one} and {place}.{other} are mutually exclusive and you have specified both."
        );
        return Err(Error::combination(text));
    }
    if let Some(value) = given.value {
        return Ok(PointRow::of_value(finite(&format!("{place}.Value"), value)?, 1.0));
    }
    if let Some(set) = &given.statistic_values {
        let part =
            |part: &str, value: Option<f64>| finite(&format!("{place}.StatisticValues.{part}"), value.need());
        let (count, sum) = (part("SampleCount", set.sample_count)?, part("Sum", set.sum)?);
        let (min, max) = (part("Minimum", set.minimum)?, part("Maximum", set.maximum)?);
        if count <= 0.0 {
            let text = format!("The parameter {place}.StatisticValues.SampleCount must be greater than 0.");
            return Err(Error::invalid(text));
        }
        if min > max {
            let text = format!(
                "The parameter {place}.StatisticValues.Minimum must be less than or equal to the parameter {place}.StatisticValues.Maximum."
            );
            return Err(Error::combination(text));
        }
        return Ok(PointRow::of_set(count, sum, min, max));
    }
    let Some(values) = given.values.as_ref().filter(|values| !values.is_empty()) else {
        let text = format!(
            "At least one of the parameters {place}.Value, {place}.Values and {place}.StatisticValues must be specified."
        );
        return Err(Error::new(Why::Missing, text));
    };
    if values.len() > VALUES_MAX {
        let text = format!("The collection {place}.Values must not have a size greater than {VALUES_MAX}.");
        return Err(Error::invalid(text));
    }
    let counts = given.counts.clone().unwrap_or_else(|| vec![1.0; values.len()]);
    if counts.len() != values.len() {
        let text = format!("The parameters {place}.Values and {place}.Counts must be of the same size.");
        return Err(Error::combination(text));
    }
    let mut samples = PointRow::default();
    for (index, (&value, &count)) in values.iter().zip(&counts).enumerate() {
        let value = finite(&format!("{place}.Values.member.{}", index + 1), value)?;
        let count = finite(&format!("{place}.Counts.member.{}", index + 1), count)?;
        if count < 0.0 {
            let text =
                format!("The value {count} for parameter {place}.Counts.member.{} is invalid.", index + 1);
            return Err(Error::invalid(text));
        }
        samples.merge(&PointRow::of_value(value, count));
    }
    Ok(samples)
}

/// A number within ±2^360.
fn finite(place: &str, value: f64) -> Result<f64, Error> {
    if value.is_finite() && value.abs() <= 2f64.powi(360) {
        return Ok(value);
    }
    let shown = match value {
        _ if value.is_nan() => "NaN".to_owned(),
        _ if value == f64::INFINITY => "Infinity".to_owned(),
        _ if value == f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => format!("{value:e}"),
    };
    Err(Error::invalid(format!("The value {shown} for parameter {place} is invalid.")))
}
