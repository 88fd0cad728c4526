//! An expression asked of a value: all answers, in order, or the first failure.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::functions::{self, number, to_json};
use super::parse::{Expr, Operator, Part};
use super::{Failed, SIZE_MAX, failed};

/// What is left to be spent.
pub(super) struct Fuel(u64);

impl Fuel {
    pub fn new(steps: u64) -> Self {
        Self(steps)
    }

    /// Spends some.
    pub fn spend(&mut self, steps: usize) -> Result<(), Failed> {
        self.0 = self.0.checked_sub(steps as u64).ok_or_else(|| failed("the query takes too many steps"))?;
        Ok(())
    }
}

/// Variables.
#[derive(Clone, Default)]
pub(super) struct Env(Option<Arc<(String, Value, Env)>>);

impl Env {
    fn with(&self, name: &str, value: Value) -> Self {
        Self(Some(Arc::new((name.to_owned(), value, self.clone()))))
    }

    fn find(&self, name: &str) -> Option<&Value> {
        let mut env = self;
        while let Some(bound) = &env.0 {
            if bound.0 == name {
                return Some(&bound.1);
            }
            env = &bound.2;
        }
        None
    }
}

/// All answers.
pub(super) type Answers = Vec<Value>;

/// Asks.
pub(super) fn eval(expr: &Expr, env: &Env, input: &Value, fuel: &mut Fuel) -> Result<Answers, Failed> {
    fuel.spend(1)?;
    let one = |value: Value| Ok(vec![value]);
    match expr {
        Expr::Identity => one(input.clone()),
        Expr::Descend => {
            let mut all = Vec::new();
            descend(input, &mut all, fuel)?;
            Ok(all)
        }
        Expr::Number(value) => one(number(*value)),
        Expr::Text(format, parts) => text(format.as_deref(), parts, env, input, fuel),
        Expr::Variable(name) => {
            let found = env.find(name).cloned();
            found.map(|value| vec![value]).ok_or_else(|| failed(format!("${name} is not defined")))
        }
        Expr::Field(base, name) => {
            let names = eval(name, env, input, fuel)?;
            each(base, env, input, fuel, |value, fuel| {
                fuel.spend(names.len())?;
                names.iter().map(|name| field(value, name)).collect()
            })
        }
        Expr::Slice(base, from, to) => {
            let bound = |side: &Option<Box<Expr>>, fuel: &mut Fuel| match side {
                Some(expr) => Ok(eval(expr, env, input, fuel)?.into_iter().next().unwrap_or(Value::Null)),
                None => Ok(Value::Null),
            };
            let (from, to) = (bound(from, fuel)?, bound(to, fuel)?);
            each(base, env, input, fuel, |value, _| Ok(vec![slice(value, &from, &to)?]))
        }
        Expr::Each(base) => each(base, env, input, fuel, |value, fuel| {
            let all: Answers = match value {
                Value::Array(items) => items.clone(),
                Value::Object(members) => members.values().cloned().collect(),
                other => return Err(failed(format!("Cannot iterate over {}", functions::type_name(other)))),
            };
            fuel.spend(all.len())?;
            Ok(all)
        }),
        Expr::Try(body, handler) => match eval(body, env, input, fuel) {
            Ok(answers) => Ok(answers),
            Err(error) => {
                // A query without fuel is over, whoever would catch it.
                fuel.spend(1)?;
                match handler {
                    Some(handler) => eval(handler, env, &Value::String(error.to_string()), fuel),
                    None => Ok(Vec::new()),
                }
            }
        },
        Expr::Array(None) => one(Value::Array(Vec::new())),
        Expr::Array(Some(inner)) => one(Value::Array(eval(inner, env, input, fuel)?)),
        Expr::Object(members) => object(members, env, input, fuel),
        Expr::Negate(inner) => each(inner, env, input, fuel, |value, _| match value.as_f64() {
            Some(value) => Ok(vec![number(-value)]),
            None => Err(failed(format!("{} cannot be negated", functions::type_name(value)))),
        }),
        Expr::Pipe(first, then) => each(first, env, input, fuel, |value, fuel| eval(then, env, value, fuel)),
        Expr::Comma(left, right) => {
            let mut answers = eval(left, env, input, fuel)?;
            answers.extend(eval(right, env, input, fuel)?);
            Ok(answers)
        }
        Expr::Binary(operator, left, right) => binary(*operator, left, right, env, input, fuel),
        Expr::If(branches, otherwise) => condition(branches, otherwise.as_deref(), env, input, fuel),
        Expr::Bind(value, name, body) => each(value, env, input, fuel, |value, fuel| {
            eval(body, &env.with(name, value.clone()), input, fuel)
        }),
        Expr::Reduce(over, name, start, step) => {
            let over = eval(over, env, input, fuel)?;
            let mut state = eval(start, env, input, fuel)?.pop().unwrap_or(Value::Null);
            for value in over {
                state = eval(step, &env.with(name, value), &state, fuel)?.pop().unwrap_or(Value::Null);
            }
            one(state)
        }
        Expr::Call(function, arguments) => {
            (function.run)(&functions::Context { env, input, arguments }, fuel)
        }
        Expr::Format(name) => one(Value::String(functions::format(name, input)?)),
    }
}

fn each(
    base: &Expr,
    env: &Env,
    input: &Value,
    fuel: &mut Fuel,
    mut then: impl FnMut(&Value, &mut Fuel) -> Result<Answers, Failed>,
) -> Result<Answers, Failed> {
    if let Expr::Identity = base {
        return then(input, fuel);
    }
    let mut all = Vec::new();
    for value in eval(base, env, input, fuel)? {
        all.extend(then(&value, fuel)?);
    }
    Ok(all)
}

fn descend(value: &Value, all: &mut Answers, fuel: &mut Fuel) -> Result<(), Failed> {
    fuel.spend(1)?;
    all.push(value.clone());
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| descend(item, all, fuel)),
        Value::Object(members) => members.values().try_for_each(|item| descend(item, all, fuel)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn text(
    format: Option<&str>,
    parts: &[Part],
    env: &Env,
    input: &Value,
    fuel: &mut Fuel,
) -> Result<Answers, Failed> {
    let mut texts = vec![String::new()];
    for part in parts {
        match part {
            Part::Literal(literal) => texts.iter_mut().for_each(|text| text.push_str(literal)),
            Part::Inner(expr) => {
                let inner: Vec<String> = eval(expr, env, input, fuel)?
                    .iter()
                    .map(|value| functions::format(format.unwrap_or("text"), value))
                    .collect::<Result<_, _>>()?;
                fuel.spend(texts.len() * inner.len())?;
                texts = texts
                    .iter()
                    .flat_map(|text| inner.iter().map(move |part| format!("{text}{part}")))
                    .collect();
            }
        }
        if texts.iter().map(String::len).sum::<usize>() > SIZE_MAX {
            return Err(failed("the query makes too large a text"));
        }
    }
    Ok(texts.into_iter().map(Value::String).collect())
}

fn object(members: &[(Expr, Expr)], env: &Env, input: &Value, fuel: &mut Fuel) -> Result<Answers, Failed> {
    let mut made = vec![Map::new()];
    for (key, value) in members {
        let keys = eval(key, env, input, fuel)?;
        let values = eval(value, env, input, fuel)?;
        fuel.spend(made.len() * keys.len() * values.len())?;
        let mut next = Vec::new();
        for object in &made {
            for key in &keys {
                let Value::String(key) = key else {
                    return Err(failed(format!(
                        "Object keys must be strings, not {}",
                        functions::type_name(key)
                    )));
                };
                for value in &values {
                    let mut object = object.clone();
                    object.insert(key.clone(), value.clone());
                    next.push(object);
                }
            }
        }
        made = next;
    }
    Ok(made.into_iter().map(Value::Object).collect())
}

fn condition(
    branches: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
    env: &Env,
    input: &Value,
    fuel: &mut Fuel,
) -> Result<Answers, Failed> {
    let Some(((condition, then), rest)) = branches.split_first() else {
        return match otherwise {
            Some(otherwise) => eval(otherwise, env, input, fuel),
            None => Ok(vec![input.clone()]),
        };
    };
    let mut all = Vec::new();
    for answer in eval(condition, env, input, fuel)? {
        all.extend(if is_true(&answer) {
            eval(then, env, input, fuel)?
        } else {
            self::condition(rest, otherwise, env, input, fuel)?
        });
    }
    Ok(all)
}

/// Everything but `null` and `false`.
pub(super) fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// `.[name]`.
pub(super) fn field(value: &Value, name: &Value) -> Result<Value, Failed> {
    match (value, name) {
        (Value::Null, Value::String(_) | Value::Number(_) | Value::Null) => Ok(Value::Null),
        (Value::Object(members), Value::String(name)) => {
            Ok(members.get(name).cloned().unwrap_or(Value::Null))
        }
        (Value::Array(items), Value::Number(at)) => {
            let at = at.as_f64().unwrap_or(f64::NAN).floor();
            let at = if at < 0.0 { at + items.len() as f64 } else { at };
            // A float that is no index becomes one that is not there.
            Ok(if at >= 0.0 { items.get(at as usize).cloned() } else { None }.unwrap_or(Value::Null))
        }
        (value, Value::String(name)) => {
            Err(failed(format!("Cannot index {} with \"{name}\"", functions::type_name(value))))
        }
        (value, name) => {
            let (value, name) = (functions::type_name(value), functions::type_name(name));
            Err(failed(format!("Cannot index {value} with {name}")))
        }
    }
}

fn slice(value: &Value, from: &Value, to: &Value) -> Result<Value, Failed> {
    let range = |length: usize| {
        let place = |bound: &Value, absent: usize| match bound.as_f64() {
            None => absent,
            Some(at) if at < 0.0 => (length as f64 + at.floor()).max(0.0) as usize,
            Some(at) => (at as usize).min(length),
        };
        let start = place(from, 0);
        start..place(to, length).max(start)
    };
    match value {
        Value::Null => Ok(Value::Null),
        Value::Array(items) => Ok(Value::Array(items[range(items.len())].to_vec())),
        Value::String(text) => {
            let chars: Vec<char> = text.chars().collect();
            Ok(Value::String(chars[range(chars.len())].iter().collect()))
        }
        other => Err(failed(format!("Cannot index {} with object", functions::type_name(other)))),
    }
}

fn binary(
    operator: Operator,
    left: &Expr,
    right: &Expr,
    env: &Env,
    input: &Value,
    fuel: &mut Fuel,
) -> Result<Answers, Failed> {
    match operator {
        Operator::Alternative => {
            let answers = eval(left, env, input, fuel).unwrap_or_default();
            fuel.spend(1)?;
            let good: Answers = answers.into_iter().filter(is_true).collect();
            if good.is_empty() { eval(right, env, input, fuel) } else { Ok(good) }
        }
        Operator::And | Operator::Or => {
            let decisive = operator == Operator::Or;
            let mut all = Vec::new();
            for value in eval(left, env, input, fuel)? {
                if is_true(&value) == decisive {
                    all.push(Value::Bool(decisive));
                } else {
                    all.extend(
                        eval(right, env, input, fuel)?.iter().map(|value| Value::Bool(is_true(value))),
                    );
                }
            }
            Ok(all)
        }
        Operator::Equal
        | Operator::Unequal
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual
        | Operator::Add
        | Operator::Subtract
        | Operator::Multiply
        | Operator::Divide
        | Operator::Modulo => {
            let rights = eval(right, env, input, fuel)?;
            let lefts = eval(left, env, input, fuel)?;
            fuel.spend(lefts.len() * rights.len())?;
            let mut all = Vec::new();
            for right in &rights {
                for left in &lefts {
                    all.push(compute(operator, left, right, fuel)?);
                }
            }
            Ok(all)
        }
    }
}

fn compute(operator: Operator, left: &Value, right: &Value, fuel: &mut Fuel) -> Result<Value, Failed> {
    let order = || compare(left, right);
    Ok(match operator {
        Operator::Equal => Value::Bool(order() == Ordering::Equal),
        Operator::Unequal => Value::Bool(order() != Ordering::Equal),
        Operator::Less => Value::Bool(order() == Ordering::Less),
        Operator::LessOrEqual => Value::Bool(order() != Ordering::Greater),
        Operator::Greater => Value::Bool(order() == Ordering::Greater),
        Operator::GreaterOrEqual => Value::Bool(order() != Ordering::Less),
        Operator::Add => return add(left, right, fuel),
        Operator::Subtract => match (left, right) {
            (Value::Array(items), Value::Array(without)) => {
                fuel.spend(items.len().saturating_mul(without.len()))?;
                let stays =
                    |item: &&Value| !without.iter().any(|other| compare(item, other) == Ordering::Equal);
                Value::Array(items.iter().filter(stays).cloned().collect())
            }
            _ => arithmetic("subtracted", left, right, |a, b| a - b)?,
        },
        Operator::Multiply => match (left, right) {
            (Value::Object(left), Value::Object(right)) => Value::Object(merged(left, right)),
            (Value::String(text), Value::Number(times)) | (Value::Number(times), Value::String(text)) => {
                let times = times.as_f64().unwrap_or(0.0);
                if times <= 0.0 {
                    return Ok(Value::Null);
                }
                if times * text.len() as f64 > SIZE_MAX as f64 {
                    return Err(failed("the query makes too large a text"));
                }
                Value::String(text.repeat((times.ceil() as usize).max(1)))
            }
            _ => arithmetic("multiplied", left, right, |a, b| a * b)?,
        },
        Operator::Divide => match (left, right) {
            (Value::String(text), Value::String(by)) => functions::split(text, by),
            (Value::Number(_), Value::Number(by)) if by.as_f64() == Some(0.0) => {
                return Err(failed("a number cannot be divided because the divisor is zero"));
            }
            _ => arithmetic("divided", left, right, |a, b| a / b)?,
        },
        Operator::Modulo => match (left.as_f64(), right.as_f64()) {
            (Some(_), Some(by)) if by.trunc() == 0.0 => {
                return Err(failed("a number cannot be divided because the divisor is zero"));
            }
            _ => arithmetic("divided", left, right, |a, b| a.trunc() % b.trunc().abs())?,
        },
        Operator::Alternative | Operator::And | Operator::Or => {
            unreachable!("these are decided before both sides are known")
        }
    })
}

/// `left + right`.
pub(super) fn add(left: &Value, right: &Value, fuel: &mut Fuel) -> Result<Value, Failed> {
    Ok(match (left, right) {
        (Value::Null, other) | (other, Value::Null) => other.clone(),
        (Value::String(left), Value::String(right)) => {
            if left.len() + right.len() > SIZE_MAX {
                return Err(failed("the query makes too large a text"));
            }
            Value::String(format!("{left}{right}"))
        }
        (Value::Array(left), Value::Array(right)) => {
            fuel.spend(left.len() + right.len())?;
            Value::Array(left.iter().chain(right).cloned().collect())
        }
        (Value::Object(left), Value::Object(right)) => {
            fuel.spend(left.len() + right.len())?;
            let mut sum = left.clone();
            sum.extend(right.iter().map(|(key, value)| (key.clone(), value.clone())));
            Value::Object(sum)
        }
        _ => arithmetic("added", left, right, |a, b| a + b)?,
    })
}

fn arithmetic(
    done: &str,
    left: &Value,
    right: &Value,
    compute: fn(f64, f64) -> f64,
) -> Result<Value, Failed> {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => {
            Ok(number(compute(a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN))))
        }
        _ => {
            let name =
                |value: &Value| format!("{} ({})", functions::type_name(value), functions::shortened(value));
            Err(failed(format!("{} and {} cannot be {done}", name(left), name(right))))
        }
    }
}

fn merged(left: &Map<String, Value>, right: &Map<String, Value>) -> Map<String, Value> {
    let mut sum = left.clone();
    for (key, value) in right {
        match (sum.get(key), value) {
            (Some(Value::Object(left)), Value::Object(right)) => {
                let inner = merged(left, right);
                sum.insert(key.clone(), Value::Object(inner));
            }
            _ => {
                sum.insert(key.clone(), value.clone());
            }
        }
    }
    sum
}

/// jq's order: null, false, true, numbers, texts, arrays, objects.
pub(super) fn compare(left: &Value, right: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 0,
        Value::Bool(false) => 1,
        Value::Bool(true) => 2,
        Value::Number(_) => 3,
        Value::String(_) => 4,
        Value::Array(_) => 5,
        Value::Object(_) => 6,
    };
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => {
            a.as_f64().unwrap_or(f64::NAN).total_cmp(&b.as_f64().unwrap_or(f64::NAN))
        }
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let unequal = a.iter().zip(b).map(|(a, b)| compare(a, b)).find(|order| order.is_ne());
            unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        (Value::Object(a), Value::Object(b)) => {
            let keys = |object: &Map<String, Value>| {
                let mut keys: Vec<String> = object.keys().cloned().collect();
                keys.sort();
                keys
            };
            let (left_keys, right_keys) = (keys(a), keys(b));
            left_keys.cmp(&right_keys).then_with(|| {
                let order = left_keys.iter().map(|key| compare(&a[key], &b[key]));
                order.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            })
        }
        _ => rank(left).cmp(&rank(right)),
    }
}

/// A value as text: texts as they are, others as JSON.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => to_json(other),
    }
}
