//! What can be called.
//!
//! A function that puts together (`SUM`, `AVG`, …) makes one number of one series, and one series of several.

use std::collections::BTreeMap;

use super::evaluate::{Inputs, each, evaluate, truth};
use super::parse::Expression;
use super::{Series, Value, wrong};
use crate::engine::error::Error;
use crate::engine::points::aligned;

/// Functions that CloudWatch has and this does not.
const UNAVAILABLE: [&str; 6] = [
    "SEARCH",
    "ANOMALY_DETECTION_BAND",
    "INSIGHT_RULE_METRIC",
    "SERVICE_QUOTA",
    "DB_PERF_INSIGHTS",
    "LAMBDA",
];

/// The rest of a day, in seconds, and so on: what parts of a time are worth.
const DAY_SECS: i64 = 86_400;

pub(super) fn call(name: &str, arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Value, Error> {
    if UNAVAILABLE.contains(&name) {
        return Err(wrong(format!("The function {name} is not available in this version of Millrace")));
    }
    match name {
        "SUM" | "AVG" | "MIN" | "MAX" | "STDDEV" => together(name, arguments, inputs),
        "METRIC_COUNT" => match argument(name, arguments, 0, inputs)? {
            Value::Array(all) => Ok(Value::Scalar(all.len() as f64)),
            Value::Series(_) => Ok(Value::Scalar(1.0)),
            Value::Scalar(_) => Err(wrong("METRIC_COUNT takes an array of time series")),
        },
        "METRICS" => {
            let wanted = match arguments.first() {
                Some(Expression::Text(text)) => text.as_str(),
                Some(_) => return Err(wrong("METRICS takes a text")),
                None => "",
            };
            let named = inputs.metrics.iter().filter(|(id, _)| id.contains(wanted));
            Ok(Value::Array(named.map(|(_, series)| series.clone()).collect()))
        }
        "ABS" => Ok(each(argument(name, arguments, 0, inputs)?, f64::abs)),
        "CEIL" => Ok(each(argument(name, arguments, 0, inputs)?, f64::ceil)),
        "FLOOR" => Ok(each(argument(name, arguments, 0, inputs)?, f64::floor)),
        "LOG" => Ok(each(argument(name, arguments, 0, inputs)?, f64::ln)),
        "LOG10" => Ok(each(argument(name, arguments, 0, inputs)?, f64::log10)),
        "PERIOD" => Ok(Value::Scalar(f64::from(one(name, arguments, inputs)?.period_secs))),
        "FILL" => fill(arguments, inputs),
        "IF" => choose(arguments, inputs),
        "RATE" => {
            over(name, arguments, inputs, |(then, before), (at, value)| (value - before) / (at - then) as f64)
        }
        "DIFF" => over(name, arguments, inputs, |(_, before), (_, value)| value - before),
        "DIFF_TIME" => over(name, arguments, inputs, |(then, _), (at, _)| (at - then) as f64),
        "RUNNING_SUM" => {
            let mut sum = 0.0;
            of_each(argument(name, arguments, 0, inputs)?, |mut series| {
                sum = 0.0;
                series.points.values_mut().for_each(|value| {
                    sum += *value;
                    *value = sum;
                });
                series
            })
        }
        "TIME_SERIES" => match argument(name, arguments, 0, inputs)? {
            Value::Scalar(number) => Ok(Value::Series(constant(number, inputs))),
            Value::Series(series) => Ok(Value::Series(series)),
            Value::Array(_) => Err(wrong("TIME_SERIES takes a number")),
        },
        "REMOVE_EMPTY" => match argument(name, arguments, 0, inputs)? {
            Value::Array(mut all) => {
                all.retain(|series| !series.points.is_empty());
                Ok(Value::Array(all))
            }
            Value::Scalar(_) | Value::Series(_) => Err(wrong("REMOVE_EMPTY takes an array of time series")),
        },
        "FIRST" | "LAST" => {
            let mut all = array(name, argument(name, arguments, 0, inputs)?)?;
            let found = if name == "FIRST" { (!all.is_empty()).then(|| all.remove(0)) } else { all.pop() };
            Ok(Value::Series(found.unwrap_or_default()))
        }
        "SLICE" => slice(arguments, inputs),
        "SORT" => sort(arguments, inputs),
        "MINUTE" | "HOUR" | "DAY" | "EPOCH" => {
            let part = |at: i64| match name {
                "MINUTE" => at.div_euclid(60).rem_euclid(60),
                "HOUR" => at.div_euclid(3_600).rem_euclid(24),
                // The epoch was a Thursday; Monday is 1.
                "DAY" => (at.div_euclid(DAY_SECS) + 3).rem_euclid(7) + 1,
                _ => at,
            };
            of_each(argument(name, arguments, 0, inputs)?, |mut series| {
                series.points.iter_mut().for_each(|(at, value)| *value = part(*at) as f64);
                series
            })
        }
        _ => Err(wrong(format!("Unknown function in expression: {name}"))),
    }
}

fn argument(name: &str, arguments: &[Expression], index: usize, inputs: &Inputs<'_>) -> Result<Value, Error> {
    match arguments.get(index) {
        Some(argument) => evaluate(argument, inputs),
        None => Err(wrong(format!("Missing argument of the function {name}"))),
    }
}

fn one(name: &str, arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Series, Error> {
    match argument(name, arguments, 0, inputs)? {
        Value::Series(series) => Ok(series),
        Value::Scalar(_) | Value::Array(_) => {
            Err(wrong(format!("The function {name} takes one time series")))
        }
    }
}

fn array(name: &str, value: Value) -> Result<Vec<Series>, Error> {
    match value {
        Value::Array(all) => Ok(all),
        Value::Series(one) => Ok(vec![one]),
        Value::Scalar(_) => Err(wrong(format!("The function {name} takes time series"))),
    }
}

fn number(
    name: &str,
    arguments: &[Expression],
    index: usize,
    inputs: &Inputs<'_>,
) -> Result<Option<f64>, Error> {
    if index >= arguments.len() {
        return Ok(None);
    }
    match argument(name, arguments, index, inputs)? {
        Value::Scalar(number) => Ok(Some(number)),
        Value::Series(_) | Value::Array(_) => Err(wrong(format!("The function {name} takes a number there"))),
    }
}

fn of_each(value: Value, mut does: impl FnMut(Series) -> Series) -> Result<Value, Error> {
    match value {
        Value::Series(series) => Ok(Value::Series(does(series))),
        Value::Array(all) => Ok(Value::Array(all.into_iter().map(does).collect())),
        Value::Scalar(_) => Err(wrong("The function takes time series")),
    }
}

fn constant(number: f64, inputs: &Inputs<'_>) -> Series {
    let step = i64::from(inputs.period_secs.max(1));
    let times = (0..).map(|index| inputs.start_secs + index * step).take_while(|at| *at < inputs.end_secs);
    Series {
        points: times.map(|at| (at, number)).collect(),
        period_secs: inputs.period_secs,
        label: String::new(),
    }
}

/// `SUM([m1, m2])` is a series, `SUM(m1)` a number.
fn together(name: &str, arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Value, Error> {
    let value = match arguments {
        [_] => argument(name, arguments, 0, inputs)?,
        _ => evaluate(&Expression::Array(arguments.to_vec()), inputs)?,
    };
    match value {
        Value::Scalar(number) => Ok(Value::Scalar(number)),
        Value::Series(series) => {
            let all: Vec<f64> = series.points.into_values().collect();
            Ok(Value::Scalar(reduced(name, &all).unwrap_or(f64::NAN)))
        }
        Value::Array(all) => {
            let mut columns: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
            let period_secs = all.iter().map(|series| series.period_secs).max().unwrap_or(inputs.period_secs);
            for series in all {
                for (at, value) in series.points {
                    columns.entry(at).or_default().push(value);
                }
            }
            let points =
                columns.into_iter().filter_map(|(at, column)| Some((at, reduced(name, &column)?))).collect();
            Ok(Value::Series(Series { points, period_secs, label: String::new() }))
        }
    }
}

fn reduced(name: &str, values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    if values.is_empty() {
        return None;
    }
    let sum: f64 = values.iter().sum();
    let mean = sum / count;
    Some(match name {
        "SUM" => sum,
        "AVG" => mean,
        "MIN" => values.iter().copied().fold(f64::INFINITY, f64::min),
        "MAX" => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        _ => (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt(),
    })
}

/// Each point with the one before it.
fn over(
    name: &str,
    arguments: &[Expression],
    inputs: &Inputs<'_>,
    does: impl Fn((i64, f64), (i64, f64)) -> f64,
) -> Result<Value, Error> {
    of_each(argument(name, arguments, 0, inputs)?, |series| {
        let all: Vec<(i64, f64)> = series.points.into_iter().collect();
        let points = all.windows(2).map(|pair| (pair[1].0, does(pair[0], pair[1]))).collect();
        Series { points, ..series }
    })
}

/// `FILL(m1, 0)`, `FILL(m1, REPEAT)`, `FILL(m1, LINEAR)`, `FILL(m1, m2)`.
fn fill(arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Value, Error> {
    enum With {
        Value(Value),
        Repeat,
        Linear,
    }
    let with = match arguments.get(1) {
        Some(Expression::Name(name)) if name == "REPEAT" => With::Repeat,
        Some(Expression::Name(name)) if name == "LINEAR" => With::Linear,
        Some(argument) => With::Value(evaluate(argument, inputs)?),
        None => return Err(wrong("The function FILL takes a time series and what to fill it with")),
    };
    of_each(argument("FILL", arguments, 0, inputs)?, |mut series| {
        let period = series.period_secs.max(1);
        let first = series.points.keys().next().copied().unwrap_or(inputs.start_secs);
        let offset = first - aligned(first - inputs.start_secs, period) - inputs.start_secs;
        let step = i64::from(period);
        let mut at = inputs.start_secs + offset;
        let known = series.points.clone();
        while at < inputs.end_secs {
            let filled = match &with {
                With::Value(Value::Scalar(number)) => Some(*number),
                With::Value(Value::Series(other)) => other.points.get(&at).copied(),
                With::Value(Value::Array(_)) => None,
                With::Repeat => known.range(..at).next_back().map(|(_, value)| *value),
                With::Linear => between(&known, at),
            };
            if let Some(filled) = filled {
                series.points.entry(at).or_insert(filled);
            }
            at += step;
        }
        series
    })
}

fn between(points: &BTreeMap<i64, f64>, at: i64) -> Option<f64> {
    let (before, low) = points.range(..at).next_back()?;
    let (after, high) = points.range(at..).next()?;
    Some(low + (high - low) * (at - before) as f64 / (after - before).max(1) as f64)
}

/// `IF(condition, value, other)`.
fn choose(arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Value, Error> {
    let condition = argument("IF", arguments, 0, inputs)?;
    let then = argument("IF", arguments, 1, inputs)?;
    let other = if arguments.len() > 2 { Some(argument("IF", arguments, 2, inputs)?) } else { None };
    let series = match condition {
        Value::Scalar(number) if number != 0.0 => return Ok(then),
        Value::Scalar(_) => return other.ok_or_else(|| wrong("The function IF takes three arguments here")),
        Value::Series(series) => series,
        Value::Array(_) => return Err(wrong("The condition of the function IF is one time series")),
    };
    let at_time = |value: &Value, at: i64| match value {
        Value::Scalar(number) => Some(*number),
        Value::Series(series) => series.points.get(&at).copied(),
        Value::Array(_) => None,
    };
    let points = series.points.iter().filter_map(|(at, holds)| {
        let chosen = if truth(*holds != 0.0) == 1.0 { Some(&then) } else { other.as_ref() };
        Some((*at, at_time(chosen?, *at)?))
    });
    Ok(Value::Series(Series { points: points.collect(), ..series }))
}

/// `SLICE(METRICS(), 0, 3)`.
fn slice(arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Value, Error> {
    let all = array("SLICE", argument("SLICE", arguments, 0, inputs)?)?;
    let place = |number: f64| (number.max(0.0) as usize).min(all.len());
    let start = place(number("SLICE", arguments, 1, inputs)?.ok_or_else(|| wrong("SLICE takes a number"))?);
    match number("SLICE", arguments, 2, inputs)? {
        Some(end) => Ok(Value::Array(all[start..place(end).max(start)].to_vec())),
        None => Ok(all.get(start).cloned().map_or(Value::Array(Vec::new()), Value::Series)),
    }
}

/// `SORT(METRICS(), AVG, DESC, 10)`.
fn sort(arguments: &[Expression], inputs: &Inputs<'_>) -> Result<Value, Error> {
    let mut all = array("SORT", argument("SORT", arguments, 0, inputs)?)?;
    let word = |index: usize| match arguments.get(index) {
        Some(Expression::Name(name)) => Some(name.as_str()),
        Some(_) | None => None,
    };
    let by = word(1).filter(|by| ["AVG", "MIN", "MAX", "SUM"].contains(by));
    let by = by.ok_or_else(|| wrong("SORT takes AVG, MIN, MAX or SUM"))?;
    let rank = |series: &Series| {
        let values: Vec<f64> = series.points.values().copied().collect();
        reduced(by, &values).unwrap_or(f64::NEG_INFINITY)
    };
    all.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    match word(2) {
        Some("DESC") => all.reverse(),
        Some("ASC") => {}
        Some(_) | None => return Err(wrong("SORT takes ASC or DESC")),
    }
    if let Some(most) = number("SORT", arguments, 3, inputs)? {
        all.truncate(most.max(0.0) as usize);
    }
    Ok(Value::Array(all))
}
