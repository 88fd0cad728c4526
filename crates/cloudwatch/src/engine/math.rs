//! Metric math: expressions over time series.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html>
//!
//! A value is a number, a time series, or an array of them. Between two series an operator works where both have a point; a point that is no number (a
//! division by nothing) is left out. `SEARCH`, Metrics Insights (`SELECT`), anomaly detection and `INSIGHT_RULE_METRIC` are refused by name.

mod evaluate;
mod functions;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::error::{Error, Why};

pub use evaluate::{Inputs, evaluate};
pub use parse::{Expression, parse};

/// Nesting of an expression.
const DEPTH_MAX: usize = 64;

/// Points by their times.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Series {
    /// Seconds since the epoch, and values.
    pub points: BTreeMap<i64, f64>,
    /// The length of a period.
    pub period_secs: u32,
    /// What it is called.
    pub label: String,
}

/// What an expression yields.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A number.
    Scalar(f64),
    /// A time series.
    Series(Series),
    /// Several.
    Array(Vec<Series>),
}

fn wrong(text: impl Into<String>) -> Error {
    Error::new(Why::Validation, text)
}
