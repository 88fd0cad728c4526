//! The language that filters events.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>
//!
//! ```text
//! terms      ERROR "quoted words" -NOT ?EITHER ?OR %regular expression%
//! fields     [ip, user, ..., status_code=4*, bytes > 1000 && bytes < 2000]
//! JSON       { ($.a.b[0] = "x*" && $.n >= 3) || $.gone NOT EXISTS || $.t IS TRUE || $.s = %re% }
//! ```
//! A pattern is parsed once and matched against many messages. Numbers of terms, fields, and depth are bounded by the pattern's own length.

mod fields;
mod json;
mod lexer;
mod terms;

use std::collections::BTreeMap;

use regex::Regex;

/// Characters of a pattern (CloudWatch Logs, API reference, FilterLogEvents).
const LEN_MAX: usize = 1_024;
/// Bytes that a regular expression may take, compiled.
const REGEX_BYTES_MAX: usize = 1 << 20;

/// A pattern, parsed.
#[derive(Clone, Debug)]
pub struct Pattern(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// Matches everything.
    All,
    Terms(terms::Terms),
    Fields(fields::Fields),
    Json(json::Condition),
}

/// Not a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Invalid filter pattern")]
pub struct Invalid;

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.chars().count() > LEN_MAX {
            return Err(Invalid);
        }
        let trimmed = text.trim();
        Ok(Self(match trimmed.chars().next() {
            None => Kind::All,
            Some('{') => Kind::Json(json::parse(trimmed)?),
            Some('[') => Kind::Fields(fields::parse(trimmed)?),
            Some(_) => match trimmed {
                "\" \"" | "\"\"" => Kind::All,
                _ => Kind::Terms(terms::parse(trimmed)?),
            },
        }))
    }

    /// Whether an event's message matches.
    pub fn matches(&self, message: &str) -> bool {
        match &self.0 {
            Kind::All => true,
            Kind::Terms(terms) => terms.matches(message),
            Kind::Fields(fields) => fields.matches(message),
            Kind::Json(condition) => serde_json::from_str(message).is_ok_and(|value| condition.holds(&value)),
        }
    }

    /// What a metric filter or a test can name of a message that matches: `$field`, `$.path`.
    pub fn extracted(&self, message: &str) -> BTreeMap<String, String> {
        match &self.0 {
            Kind::All | Kind::Terms(_) => BTreeMap::new(),
            Kind::Fields(fields) => fields.extracted(message),
            Kind::Json(condition) => match serde_json::from_str(message) {
                Ok(value) => condition.extracted(&value),
                Err(_) => BTreeMap::new(),
            },
        }
    }

    /// The value that a selector (`$.path`, `$field`) names in a message, as text.
    pub fn select(&self, selector: &str, message: &str) -> Option<String> {
        match &self.0 {
            Kind::Fields(fields) => fields.extracted(message).remove(selector),
            Kind::All | Kind::Terms(_) | Kind::Json(_) => {
                let path = json::Path::parse(selector)?;
                let value = serde_json::from_str(message).ok()?;
                path.find(&value).map(json::shown)
            }
        }
    }
}

/// A text with `*` for any characters.
fn wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn regex(text: &str) -> Result<Regex, Invalid> {
    regex::RegexBuilder::new(text).size_limit(REGEX_BYTES_MAX).build().map_err(|_| Invalid)
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
        }
    }

    /// Equality as told, or its opposite; `None` if the comparison is one of size.
    fn equality(self, equal: bool) -> Option<bool> {
        match self {
            Comparison::Equal => Some(equal),
            Comparison::NotEqual => Some(!equal),
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
