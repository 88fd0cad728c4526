//! Patterns of JSON: `{ $.a.b[0] = "x*" && ($.n > 3 || $.gone NOT EXISTS) }`.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::Value;

use super::lexer::{Stream, Token, tokens};
use super::{Comparison, Invalid, regex, wildcard};

/// Parentheses in parentheses.
const DEPTH_MAX: usize = 64;

#[derive(Clone, Debug)]
pub(super) enum Condition {
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Test(Path, Test),
}

#[derive(Clone, Debug)]
pub(super) enum Test {
    Text(Comparison, String),
    Number(Comparison, f64),
    Regex(Comparison, Regex),
    Is(Value),
    Exists(bool),
}

/// `$.a.b[0]["c d"][*]`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Path {
    text: String,
    steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Debug)]
enum Step {
    Member(String),
    Item(usize),
    Any,
}

pub(super) fn parse(text: &str) -> Result<Condition, Invalid> {
    let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).ok_or(Invalid)?;
    let mut stream = Stream::new(tokens(inside)?);
    let condition = either(&mut stream, 0)?;
    stream.end()?;
    Ok(condition)
}

fn either(stream: &mut Stream, depth: usize) -> Result<Condition, Invalid> {
    let mut left = both(stream, depth)?;
    while stream.take(&Token::Or) {
        left = Condition::Or(Box::new(left), Box::new(both(stream, depth)?));
    }
    Ok(left)
}

fn both(stream: &mut Stream, depth: usize) -> Result<Condition, Invalid> {
    let mut left = one(stream, depth)?;
    while stream.take(&Token::And) {
        left = Condition::And(Box::new(left), Box::new(one(stream, depth)?));
    }
    Ok(left)
}

fn one(stream: &mut Stream, depth: usize) -> Result<Condition, Invalid> {
    if depth > DEPTH_MAX {
        return Err(Invalid);
    }
    if stream.take(&Token::Open) {
        let condition = either(stream, depth + 1)?;
        stream.expect(&Token::Close)?;
        return Ok(condition);
    }
    let Some(Token::Word(word)) = stream.next() else { return Err(Invalid) };
    let path = Path::parse(&word).ok_or(Invalid)?;
    if stream.take_word("IS") {
        let value = match stream.next() {
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("TRUE") => Value::Bool(true),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("FALSE") => Value::Bool(false),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("NULL") => Value::Null,
            Some(_) | None => return Err(Invalid),
        };
        return Ok(Condition::Test(path, Test::Is(value)));
    }
    if stream.take_word("NOT") {
        return if stream.take_word("EXISTS") {
            Ok(Condition::Test(path, Test::Exists(false)))
        } else {
            Err(Invalid)
        };
    }
    if stream.take_word("EXISTS") {
        return Ok(Condition::Test(path, Test::Exists(true)));
    }
    let Some(Token::Compare(comparison)) = stream.next() else { return Err(Invalid) };
    let test = match stream.next() {
        Some(Token::Quoted(text)) => Test::Text(comparison, text),
        Some(Token::Regex(text)) => Test::Regex(comparison, regex(&text)?),
        Some(Token::Word(text)) => match text.parse::<f64>() {
            Ok(number) => Test::Number(comparison, number),
            Err(_) => Test::Text(comparison, text),
        },
        Some(_) | None => return Err(Invalid),
    };
    let of_size = comparison.equality(true).is_none();
    match test {
        Test::Text(..) | Test::Regex(..) if of_size => Err(Invalid),
        test => Ok(Condition::Test(path, test)),
    }
}

impl Condition {
    pub(super) fn holds(&self, value: &Value) -> bool {
        match self {
            Condition::And(left, right) => left.holds(value) && right.holds(value),
            Condition::Or(left, right) => left.holds(value) || right.holds(value),
            Condition::Test(path, test) => test.holds(path, value),
        }
    }

    pub(super) fn extracted(&self, value: &Value) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        self.extract(value, &mut found);
        found
    }

    fn extract(&self, value: &Value, into: &mut BTreeMap<String, String>) {
        match self {
            Condition::And(left, right) | Condition::Or(left, right) => {
                left.extract(value, into);
                right.extract(value, into);
            }
            Condition::Test(path, _) => {
                if let Some(found) = path.find(value) {
                    into.insert(path.text.clone(), shown(found));
                }
            }
        }
    }
}

impl Test {
    fn holds(&self, path: &Path, value: &Value) -> bool {
        let mut found = Vec::new();
        path.all(value, &mut found);
        match self {
            Test::Exists(wanted) => found.is_empty() != *wanted,
            Test::Is(wanted) => found.contains(&wanted),
            Test::Number(comparison, number) => found.iter().any(|value| match value {
                Value::Number(there) => there.as_f64().is_some_and(|there| comparison.holds(there, *number)),
                Value::String(text) => {
                    text.parse::<f64>().is_ok_and(|there| comparison.holds(there, *number))
                }
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
            }),
            Test::Text(comparison, pattern) => found.iter().any(|value| {
                is_scalar(value) && comparison.equality(wildcard(pattern, &shown(value))).unwrap_or(false)
            }),
            Test::Regex(comparison, regex) => found.iter().any(|value| {
                is_scalar(value) && comparison.equality(regex.is_match(&shown(value))).unwrap_or(false)
            }),
        }
    }
}

fn is_scalar(value: &Value) -> bool {
    match value {
        Value::String(_) | Value::Number(_) | Value::Bool(_) => true,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

/// A value as text: strings without quotation marks.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Path {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let name = &after[..end];
                if name.is_empty() {
                    return None;
                }
                steps.push(if name == "*" { Step::Any } else { Step::Member(name.to_owned()) });
                rest = &after[end..];
            } else if let Some(after) = rest.strip_prefix('[') {
                let end = after.find(']')?;
                let inside = &after[..end];
                let quoted = inside.strip_prefix('"').and_then(|inside| inside.strip_suffix('"'));
                steps.push(match quoted {
                    Some(name) => Step::Member(name.to_owned()),
                    None if inside == "*" => Step::Any,
                    None => Step::Item(inside.parse().ok()?),
                });
                rest = &after[end + 1..];
            } else {
                return None;
            }
        }
        (!steps.is_empty()).then(|| Self { text: text.to_owned(), steps })
    }

    /// The first value it names.
    pub(super) fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let mut found = Vec::new();
        self.all(value, &mut found);
        found.into_iter().next()
    }

    fn all<'v>(&self, value: &'v Value, into: &mut Vec<&'v Value>) {
        let mut at = vec![value];
        for step in &self.steps {
            at = at.into_iter().flat_map(|value| step.take(value)).collect();
        }
        into.extend(at);
    }
}

impl Step {
    fn take<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match (self, value) {
            (Step::Member(name), Value::Object(members)) => members.get(name).into_iter().collect(),
            (Step::Item(index), Value::Array(items)) => items.get(*index).into_iter().collect(),
            (Step::Any, Value::Array(items)) => items.iter().collect(),
            (Step::Any, Value::Object(members)) => members.values().collect(),
            (Step::Member(_) | Step::Item(_) | Step::Any, _) => Vec::new(),
        }
    }
}
