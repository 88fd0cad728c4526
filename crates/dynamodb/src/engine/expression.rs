//! Expressions: conditions, filters, updates, projections and key conditions (AWS developer guide, "Expressions in DynamoDB").
//!
//! ```text
//! text ─ token ─► tokens ─ parser ─► a tree of names ─ check ─► a tree of paths and values ─ condition, update, projection ─► what it says of an item
//! ```
//! The parser knows the grammar alone; `check` puts names and values in place of placeholders and refuses what means nothing, in AWS's order
//! and words. What comes out is valid: evaluating a condition cannot fail.
//!
//! Differs from AWS: a path may not be put in parentheses.

mod check;
mod condition;
mod key_condition;
mod parser;
mod projection;
mod reserved;
mod token;
mod update;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::error::Invalid;
use super::value::{Attr, Item};

pub use condition::{Comparator, Condition, Operand};
pub use key_condition::{KeyConditions, SortCondition};
pub use projection::Projection;
pub use update::{Action, Update, UpdateOperand, UpdateValue};

/// The longest expression, in bytes (AWS quota).
const EXPRESSION_BYTES_MAX: usize = 4 << 10;

/// A part of the way to a value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// An attribute, or an entry of a map.
    Name(String),
    /// An element of a list.
    Index(usize),
}

/// The way to a value: the first step is a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The way to an attribute of the item itself, whatever its name looks like.
    pub fn attribute(name: impl Into<String>) -> Self {
        Self(vec![Step::Name(name.into())])
    }

    /// The attribute it begins with.
    pub fn head(&self) -> &str {
        match self.0.first() {
            Some(Step::Name(name)) => name,
            Some(Step::Index(_)) | None => unreachable!("a path begins with a name"),
        }
    }

    /// Whether it goes on below the attribute.
    pub fn is_nested(&self) -> bool {
        self.0.len() > 1
    }

    /// The value it leads to.
    pub fn find<'i>(&self, item: &'i Item) -> Option<&'i Attr> {
        let mut value = item.get(self.head())?;
        for step in &self.0[1..] {
            value = match (step, value) {
                (Step::Name(name), Attr::M(map)) => map.get(name)?,
                (Step::Index(index), Attr::L(list)) => list.get(*index)?,
                (Step::Name(_) | Step::Index(_), _) => return None,
            };
        }
        Some(value)
    }
}

impl fmt::Display for Path {
    /// As AWS shows it: `[a, b, [0]]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (at, step) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            match step {
                Step::Name(name) => f.write_str(name)?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        f.write_str("]")
    }
}

/// Which parameter an expression stands in: AWS names it in every refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parameter {
    /// ConditionExpression.
    Condition,
    /// FilterExpression.
    Filter,
    /// UpdateExpression.
    Update,
    /// ProjectionExpression.
    Projection,
    /// KeyConditionExpression.
    KeyCondition,
}

impl Parameter {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Parameter::Condition => "ConditionExpression",
            Parameter::Filter => "FilterExpression",
            Parameter::Update => "UpdateExpression",
            Parameter::Projection => "ProjectionExpression",
            Parameter::KeyCondition => "KeyConditionExpression",
        }
    }

    fn refuse(self, problem: impl fmt::Display) -> Invalid {
        Invalid::new(format!("Invalid {}: {problem}", self.as_str()))
    }
}

/// The placeholders of a request, and which of them its expressions have used.
#[derive(Debug, Default)]
pub struct Placeholders {
    names: BTreeMap<String, String>,
    values: BTreeMap<String, Attr>,
    used_names: BTreeSet<String>,
    used_values: BTreeSet<String>,
}

impl Placeholders {
    /// Those of a request. `#name` and `:value` must look like that.
    pub fn new(
        names: Option<BTreeMap<String, String>>,
        values: Option<BTreeMap<String, Attr>>,
    ) -> Result<Self, Invalid> {
        if let Some(names) = &names {
            check_keys("ExpressionAttributeNames", '#', names.keys())?;
        }
        if let Some(values) = &values {
            check_keys("ExpressionAttributeValues", ':', values.keys())?;
        }
        Ok(Self { names: names.unwrap_or_default(), values: values.unwrap_or_default(), ..Self::default() })
    }

    /// Reads a ConditionExpression or FilterExpression.
    pub fn condition(&mut self, parameter: Parameter, text: &str) -> Result<Condition, Invalid> {
        let parsed =
            parser::condition(&tokens(parameter, text)?).map_err(|problem| parameter.refuse(problem))?;
        check::condition(self, &parsed).map_err(|problem| parameter.refuse(problem))
    }

    /// Reads a KeyConditionExpression.
    pub fn key_conditions(&mut self, text: &str) -> Result<KeyConditions, Invalid> {
        let condition = self.condition(Parameter::KeyCondition, text)?;
        KeyConditions::of_expression(&condition)
    }

    /// Reads an UpdateExpression.
    pub fn update(&mut self, text: &str) -> Result<Update, Invalid> {
        let parameter = Parameter::Update;
        let parsed =
            parser::update(&tokens(parameter, text)?).map_err(|problem| parameter.refuse(problem))?;
        check::update(self, &parsed).map_err(|problem| parameter.refuse(problem))
    }

    /// Reads a ProjectionExpression.
    pub fn projection(&mut self, text: &str) -> Result<Projection, Invalid> {
        let parameter = Parameter::Projection;
        let parsed = parser::paths(&tokens(parameter, text)?).map_err(|problem| parameter.refuse(problem))?;
        check::paths(self, &parsed).map_err(|problem| parameter.refuse(problem)).map(Projection::of)
    }

    /// Refuses what no expression has used.
    pub fn finish(self) -> Result<(), Invalid> {
        let unused = |all: Vec<&String>, used: &BTreeSet<String>| -> Option<String> {
            let left: Vec<&str> =
                all.into_iter().filter(|key| !used.contains(*key)).map(String::as_str).collect();
            (!left.is_empty()).then(|| left.join(", "))
        };
        if let Some(keys) = unused(self.names.keys().collect(), &self.used_names) {
            return Err(Invalid::new(format!(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {{{keys}}}"
            )));
        }
        if let Some(keys) = unused(self.values.keys().collect(), &self.used_values) {
            return Err(Invalid::new(format!(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {{{keys}}}"
            )));
        }
        Ok(())
    }

    fn name(&mut self, placeholder: &str) -> Result<String, String> {
        let name = self.names.get(placeholder).cloned().ok_or_else(|| {
            format!(
                "An expression attribute name used in the document path is not defined; attribute name: {placeholder}"
            )
        })?;
        self.used_names.insert(placeholder.to_owned());
        Ok(name)
    }

    fn value(&mut self, placeholder: &str) -> Result<Attr, String> {
        let value = self.values.get(placeholder).cloned().ok_or_else(|| {
            format!(
                "An expression attribute value used in expression is not defined; attribute value: {placeholder}"
            )
        })?;
        self.used_values.insert(placeholder.to_owned());
        Ok(value)
    }
}

fn check_keys<'k>(
    parameter: &str,
    mark: char,
    keys: impl ExactSizeIterator<Item = &'k String>,
) -> Result<(), Invalid> {
    if keys.len() == 0 {
        return Err(Invalid::new(format!("{parameter} must not be empty")));
    }
    for key in keys {
        let name = key.strip_prefix(mark).unwrap_or_default();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(Invalid::new(format!(
                "{parameter} contains invalid key: Syntax error; key: \"{key}\""
            )));
        }
    }
    Ok(())
}

fn tokens(parameter: Parameter, text: &str) -> Result<Vec<token::Token<'_>>, Invalid> {
    if text.trim().is_empty() {
        return Err(parameter.refuse("The expression can not be empty;"));
    }
    if text.len() > EXPRESSION_BYTES_MAX {
        return Err(parameter.refuse(format!(
            "Expression size has exceeded the maximum allowed size; expression size: {}",
            text.len()
        )));
    }
    Ok(token::tokens(text))
}

#[cfg(test)]
mod tests;
