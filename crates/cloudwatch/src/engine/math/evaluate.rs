//! From a tree to a value.

use std::collections::BTreeMap;

use super::parse::{Expression, Operator};
use super::{Series, Value, functions, wrong};
use crate::engine::error::Error;

/// What an expression may name, and over which range it is asked.
pub struct Inputs<'a> {
    /// The values of other queries, by id.
    pub named: &'a BTreeMap<String, Value>,
    /// The series that came from metrics, by id, for `METRICS()`.
    pub metrics: &'a BTreeMap<String, Series>,
    /// The beginning of the range.
    pub start_secs: i64,
    /// Its end.
    pub end_secs: i64,
    /// The period where nothing else says one.
    pub period_secs: u32,
}

/// Evaluates an expression.
pub fn evaluate(expression: &Expression, inputs: &Inputs<'_>) -> Result<Value, Error> {
    match expression {
        Expression::Number(number) => Ok(Value::Scalar(*number)),
        Expression::Text(text) => Err(wrong(format!("A text is no value: '{text}'"))),
        Expression::Name(name) => match inputs.named.get(name) {
            Some(value) => Ok(value.clone()),
            None => Err(wrong(format!("Undefined variable reference in expression: {name}"))),
        },
        Expression::Array(items) => {
            let mut all = Vec::new();
            for item in items {
                match evaluate(item, inputs)? {
                    Value::Series(series) => all.push(series),
                    Value::Array(series) => all.extend(series),
                    Value::Scalar(_) => return Err(wrong("An array holds time series only")),
                }
            }
            Ok(Value::Array(all))
        }
        Expression::Negative(inner) => Ok(each(evaluate(inner, inputs)?, |value| -value)),
        Expression::Not(inner) => Ok(each(evaluate(inner, inputs)?, |value| truth(value == 0.0))),
        Expression::Binary(operator, left, right) => {
            binary(*operator, evaluate(left, inputs)?, evaluate(right, inputs)?)
        }
        Expression::Call(name, arguments) => functions::call(name, arguments, inputs),
    }
}

pub(super) fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// Does something to every number. What is no number afterwards is left out.
pub(super) fn each(value: Value, does: impl Fn(f64) -> f64) -> Value {
    let series = |mut series: Series| {
        series.points =
            series.points.into_iter().map(|(at, value)| (at, does(value))).filter(finite).collect();
        series
    };
    match value {
        Value::Scalar(number) => Value::Scalar(does(number)),
        Value::Series(one) => Value::Series(series(one)),
        Value::Array(all) => Value::Array(all.into_iter().map(series).collect()),
    }
}

fn finite((_, value): &(i64, f64)) -> bool {
    value.is_finite()
}

fn binary(operator: Operator, left: Value, right: Value) -> Result<Value, Error> {
    let apply = |left: f64, right: f64| match operator {
        Operator::Or => truth(left != 0.0 || right != 0.0),
        Operator::And => truth(left != 0.0 && right != 0.0),
        Operator::Equal => truth(left == right),
        Operator::NotEqual => truth(left != right),
        Operator::Less => truth(left < right),
        Operator::LessOrEqual => truth(left <= right),
        Operator::Greater => truth(left > right),
        Operator::GreaterOrEqual => truth(left >= right),
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        Operator::Power => left.powf(right),
    };
    match (left, right) {
        (left, Value::Scalar(number)) => Ok(each(left, |value| apply(value, number))),
        (Value::Scalar(number), right) => Ok(each(right, |value| apply(number, value))),
        (Value::Series(left), Value::Series(right)) => Ok(Value::Series(both(left, &right, apply))),
        (Value::Array(all), Value::Series(one)) => {
            Ok(Value::Array(all.into_iter().map(|series| both(series, &one, apply)).collect()))
        }
        (Value::Series(one), Value::Array(all)) => {
            Ok(Value::Array(all.iter().map(|series| both(one.clone(), series, apply)).collect()))
        }
        (Value::Array(_), Value::Array(_)) => {
            Err(wrong("Unsupported operand type(s) for an operator: [TimeSeries[], TimeSeries[]]"))
        }
    }
}

/// Where both have a point.
fn both(left: Series, right: &Series, apply: impl Fn(f64, f64) -> f64) -> Series {
    let points = left
        .points
        .iter()
        .filter_map(|(at, value)| Some((*at, apply(*value, *right.points.get(at)?))))
        .filter(finite)
        .collect();
    Series { points, period_secs: left.period_secs.max(right.period_secs), label: left.label }
}
