//! Filters of event source mappings: patterns as EventBridge has them, over a record's fields with its data as JSON.
//!
//! A pattern is an object whose leaves are lists of what a value may be; an event matches if every field of the pattern does.
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html>

use serde_json::{Map, Value};

use super::error::{Error, Result};

/// Filters of one mapping (facts section 4.5).
const FILTERS_MAX: usize = 5;
/// How deep a pattern may be.
const DEPTH_MAX: usize = 32;

/// Several patterns: one that matches is enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters(Vec<Pattern>);

/// A pattern, understood.
#[derive(Clone, Debug, PartialEq)]
enum Pattern {
    /// Every field must match.
    Fields(Vec<(String, Pattern)>),
    /// One of these must match (`$or`).
    Or(Vec<Pattern>),
    /// The value must be one of these.
    Any(Vec<Matcher>),
}

#[derive(Clone, Debug, PartialEq)]
enum Matcher {
    Equal(Value),
    Prefix(String, bool),
    Suffix(String, bool),
    EqualsIgnoreCase(String),
    Wildcard(String),
    AnythingBut(Vec<Matcher>),
    Numeric(Vec<(Comparison, f64)>),
    Exists(bool),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

fn invalid() -> Error {
    Error::invalid("Invalid filter pattern definition.")
}

impl Filters {
    /// Understands patterns as they are given.
    pub fn parse(patterns: &[String]) -> Result<Self> {
        if patterns.len() > FILTERS_MAX {
            return Err(Error::invalid(format!("Number of filters cannot be greater than {FILTERS_MAX}.")));
        }
        let mut all = Vec::with_capacity(patterns.len());
        for text in patterns {
            match serde_json::from_str(text) {
                Ok(Value::Object(fields)) => all.push(pattern(&fields, 0)?),
                Ok(_) | Err(_) => return Err(invalid()),
            }
        }
        Ok(Self(all))
    }

    /// Whether there is nothing to match: then everything does.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an event matches.
    pub fn match_event(&self, event: &Value) -> bool {
        self.0.is_empty() || self.0.iter().any(|pattern| pattern.matches(Some(event)))
    }
}

fn pattern(fields: &Map<String, Value>, depth: usize) -> Result<Pattern> {
    if depth > DEPTH_MAX {
        return Err(invalid());
    }
    let mut all = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let below = match value {
            Value::Object(fields) => pattern(fields, depth + 1)?,
            Value::Array(choices) if name == "$or" => {
                let choices = choices.iter().map(|choice| match choice {
                    Value::Object(fields) => pattern(fields, depth + 1),
                    _ => Err(invalid()),
                });
                Pattern::Or(choices.collect::<Result<_>>()?)
            }
            Value::Array(leaves) => Pattern::Any(leaves.iter().map(matcher).collect::<Result<_>>()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return Err(invalid()),
        };
        all.push((name.clone(), below));
    }
    Ok(Pattern::Fields(all))
}

fn matcher(leaf: &Value) -> Result<Matcher> {
    let fields = match leaf {
        Value::Object(fields) => fields,
        Value::Array(_) => return Err(invalid()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Ok(Matcher::Equal(leaf.clone()));
        }
    };
    let mut entries = fields.iter();
    let (Some((name, value)), None) = (entries.next(), entries.next()) else { return Err(invalid()) };
    match (name.as_str(), value) {
        ("prefix", value) => affix(value).map(|(text, folds)| Matcher::Prefix(text, folds)),
        ("suffix", value) => affix(value).map(|(text, folds)| Matcher::Suffix(text, folds)),
        ("equals-ignore-case", Value::String(text)) => Ok(Matcher::EqualsIgnoreCase(text.to_lowercase())),
        ("wildcard", Value::String(text)) => Ok(Matcher::Wildcard(text.clone())),
        ("exists", Value::Bool(wanted)) => Ok(Matcher::Exists(*wanted)),
        ("numeric", Value::Array(terms)) => numeric(terms),
        ("anything-but", Value::Array(values)) => {
            Ok(Matcher::AnythingBut(values.iter().map(matcher).collect::<Result<_>>()?))
        }
        ("anything-but", value) => Ok(Matcher::AnythingBut(vec![matcher(value)?])),
        _ => Err(invalid()),
    }
}

/// A prefix or suffix, and whether case counts not.
fn affix(value: &Value) -> Result<(String, bool)> {
    match value {
        Value::String(text) => Ok((text.clone(), false)),
        Value::Object(fields) => match fields.get("equals-ignore-case") {
            Some(Value::String(text)) if fields.len() == 1 => Ok((text.to_lowercase(), true)),
            Some(_) | None => Err(invalid()),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(invalid()),
    }
}

fn numeric(terms: &[Value]) -> Result<Matcher> {
    if terms.is_empty() || !terms.len().is_multiple_of(2) {
        return Err(invalid());
    }
    let mut all = Vec::with_capacity(terms.len() / 2);
    for pair in terms.chunks(2) {
        let comparison = match pair[0].as_str() {
            Some("=") => Comparison::Equal,
            Some("<") => Comparison::Less,
            Some("<=") => Comparison::LessOrEqual,
            Some(">") => Comparison::Greater,
            Some(">=") => Comparison::GreaterOrEqual,
            Some(_) | None => return Err(invalid()),
        };
        all.push((comparison, pair[1].as_f64().ok_or_else(invalid)?));
    }
    Ok(Matcher::Numeric(all))
}

impl Pattern {
    fn matches(&self, value: Option<&Value>) -> bool {
        match self {
            Pattern::Fields(fields) => fields.iter().all(|(name, pattern)| match pattern {
                Pattern::Or(choices) => choices.iter().any(|choice| choice.matches(value)),
                Pattern::Fields(_) | Pattern::Any(_) => {
                    pattern.matches(value.and_then(|value| value.get(name)))
                }
            }),
            Pattern::Or(choices) => choices.iter().any(|choice| choice.matches(value)),
            // Of a list any item may match.
            Pattern::Any(matchers) => match value {
                Some(Value::Array(items)) => matchers.iter().any(|matcher| {
                    matcher.on_absence(true) || items.iter().any(|item| matcher.matches(item))
                }),
                Some(value) => {
                    matchers.iter().any(|matcher| matcher.on_absence(true) || matcher.matches(value))
                }
                None => matchers.iter().any(|matcher| matcher.on_absence(false)),
            },
        }
    }
}

impl Matcher {
    /// What it says to a field that is there or not.
    fn on_absence(&self, is_there: bool) -> bool {
        matches!(self, Matcher::Exists(wanted) if *wanted == is_there)
    }

    fn matches(&self, value: &Value) -> bool {
        match self {
            Matcher::Equal(wanted) => match (wanted.as_f64(), value.as_f64()) {
                (Some(wanted), Some(value)) => wanted == value,
                _ => wanted == value,
            },
            Matcher::Prefix(text, folds) => on_text(value, *folds, |value| value.starts_with(text)),
            Matcher::Suffix(text, folds) => on_text(value, *folds, |value| value.ends_with(text)),
            Matcher::EqualsIgnoreCase(text) => on_text(value, true, |value| value == text),
            Matcher::Wildcard(pattern) => {
                on_text(value, false, |value| wildcard(pattern.as_bytes(), value.as_bytes()))
            }
            Matcher::AnythingBut(matchers) => !matchers.iter().any(|matcher| matcher.matches(value)),
            Matcher::Numeric(terms) => {
                value.as_f64().is_some_and(|value| terms.iter().all(|term| holds(*term, value)))
            }
            Matcher::Exists(_) => false,
        }
    }
}

fn on_text(value: &Value, folds: bool, judge: impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) if folds => judge(&text.to_lowercase()),
        Value::String(text) => judge(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

fn holds((comparison, wanted): (Comparison, f64), value: f64) -> bool {
    match comparison {
        Comparison::Equal => value == wanted,
        Comparison::Less => value < wanted,
        Comparison::LessOrEqual => value <= wanted,
        Comparison::Greater => value > wanted,
        Comparison::GreaterOrEqual => value >= wanted,
    }
}

/// `*` stands for anything. In time proportional to both lengths: the last star alone is ever gone back to.
fn wildcard(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(byte) if *byte == text[from] => {
                at += 1;
                from += 1;
            }
            Some(_) | None => {
                let Some((starred, begun)) = star else { return false };
                star = Some((starred, begun + 1));
                at = starred + 1;
                from = begun + 1;
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn matches(pattern: Value, event: Value) -> bool {
        Filters::parse(&[pattern.to_string()]).unwrap().match_event(&event)
    }

    #[test]
    fn every_kind_of_leaf_says_what_it_should() {
        let event = json!({ "data": { "n": 5, "s": "Hello", "l": ["a", "b"], "z": null } });
        for (leaf, wanted) in [
            (json!({ "n": [5] }), true),
            (json!({ "n": [5.0] }), true),
            (json!({ "n": [{ "numeric": [">", 1, "<=", 5] }] }), true),
            (json!({ "n": [{ "numeric": ["<", 5] }] }), false),
            (json!({ "s": [{ "prefix": "He" }] }), true),
            (json!({ "s": [{ "prefix": { "equals-ignore-case": "hE" } }] }), true),
            (json!({ "s": [{ "suffix": "x" }] }), false),
            (json!({ "s": [{ "equals-ignore-case": "hELLO" }] }), true),
            (json!({ "s": [{ "wildcard": "H*l*" }] }), true),
            (json!({ "s": [{ "anything-but": ["Hello"] }] }), false),
            (json!({ "s": [{ "anything-but": { "prefix": "X" } }] }), true),
            (json!({ "l": ["b"] }), true),
            (json!({ "z": [null] }), true),
            (json!({ "y": [{ "exists": false }] }), true),
            (json!({ "s": [{ "exists": true }], "n": [6] }), false),
            (json!({ "$or": [{ "n": [6] }, { "s": ["Hello"] }] }), true),
        ] {
            assert_eq!(matches(json!({ "data": leaf }), event.clone()), wanted, "{leaf}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "[]",
            "{\"a\": 1}",
            "{\"a\": [{\"odd\": 1}]}",
            "{\"a\": [[1]]}",
            "{\"a\": [{\"numeric\": [\">\"]}]}",
        ] {
            assert!(Filters::parse(&[text.to_owned()]).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_wildcard_is_what_a_slow_one_says(pattern in "[ab*]{0,6}", text in "[ab]{0,8}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match pattern.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|at| slow(rest, &text[at..])),
                    Some((byte, rest)) => text.first() == Some(byte) && slow(rest, &text[1..]),
                }
            }
            prop_assert_eq!(wildcard(pattern.as_bytes(), text.as_bytes()), slow(pattern.as_bytes(), text.as_bytes()));
        }

        #[test]
        fn no_text_brings_it_down(text in ".{0,60}") {
            let _ = Filters::parse(&[text]);
        }
    }
}
