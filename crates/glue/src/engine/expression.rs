//! Conditions on partitions: the `Expression` of GetPartitions.
//!
//! ```text
//! text ─ parse ─► syntax ─ compile, by the types of the table's keys ─► Expression ─┬─ holds(values): does a partition meet it?
//!                                                                                   └─ ranges(layout): where can such partitions be?
//! ```
//! The language is what AWS takes of SQL (facts section 1.4): `key operator literal`, `IN`, `BETWEEN`, `LIKE`, `IS NULL`, joined by `AND`, `OR`,
//! `NOT` and parentheses. Both sides are cast to the key's declared type, so `'01'` and `1` are equal under `int` and are not under `string`.
//! A literal that does not fit its type is refused when the expression is compiled; a stored value that does not is found out when it is looked at.
//!
//! `__HIVE_DEFAULT_PARTITION__` is the value of no value: under every type but text, comparisons with it are neither true nor false.

mod parse;
mod value;

use super::Error;
use super::keys::{self, Ranges};
use crate::tables::{KeyColumn, Order};
use parse::{Literal, Syntax, Term};
use value::{Kind, Value};

/// What Hive calls a partition whose key has no value.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// A condition, understood.
#[derive(Clone, PartialEq, Debug)]
pub struct Expression {
    root: Node,
    columns: usize,
}

#[derive(Clone, PartialEq, Debug)]
enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Test { key: usize, kind: Kind, test: Test },
}

#[derive(Clone, PartialEq, Debug)]
enum Test {
    /// Equal to one of these.
    OneOf(Vec<Value>),
    /// Within these bounds.
    Within { from: Bound, to: Bound },
    /// Like this pattern; texts only.
    Like(String),
    /// `IS NULL`, which nothing is.
    IsNull,
}

#[derive(Clone, PartialEq, Debug)]
enum Bound {
    None,
    Including(Value),
    Excluding(Value),
}

impl Expression {
    /// Understands an expression. `None` if there is nothing in it.
    pub fn compile(text: &str, table_keys: &[KeyColumn]) -> Result<Option<Self>, Error> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let syntax =
            parse::parse(text).ok_or_else(|| Error::Invalid(format!("Unsupported expression '{text}'")))?;
        let root = compile(&syntax, table_keys)?;
        Ok(Some(Self { root, columns: table_keys.len() }))
    }

    /// Whether a partition with these values meets it. Fails on a stored value that is not of its key's type.
    pub fn holds(&self, values: &[String]) -> Result<bool, Error> {
        Ok(self.root.holds(values)? == Some(true))
    }

    /// For each key, where the values of partitions that may meet it lie. Every partition that meets it lies there; not every one there
    /// meets it.
    pub fn ranges(&self, layout: &[Order]) -> Vec<Ranges> {
        let mut all = vec![Ranges::all(); self.columns];
        for (column, ranges) in self.root.ranges(false, layout) {
            if let Some(place) = all.get_mut(column) {
                *place = ranges;
            }
        }
        all
    }
}

fn compile(syntax: &Syntax, table_keys: &[KeyColumn]) -> Result<Node, Error> {
    Ok(match syntax {
        Syntax::And(parts) => Node::And(compile_all(parts, table_keys)?),
        Syntax::Or(parts) => Node::Or(compile_all(parts, table_keys)?),
        Syntax::Not(part) => Node::Not(Box::new(compile(part, table_keys)?)),
        Syntax::Term { key, term } => {
            let found = table_keys.iter().position(|column| column.name.eq_ignore_ascii_case(key));
            let key = found.ok_or_else(|| Error::invalid("Invalid partition expression!"))?;
            let kind = Kind::of(table_keys[key].kind.as_deref())?;
            compile_term(key, kind, term)?
        }
    })
}

fn compile_all(parts: &[Syntax], table_keys: &[KeyColumn]) -> Result<Vec<Node>, Error> {
    parts.iter().map(|part| compile(part, table_keys)).collect()
}

fn compile_term(key: usize, kind: Kind, term: &Term) -> Result<Node, Error> {
    let value = |literal: &Literal| kind.value(&literal.0).map_err(Error::Invalid);
    let test = |test| Node::Test { key, kind, test };
    let unless = |negated: bool, node: Node| if negated { Node::Not(Box::new(node)) } else { node };
    Ok(match term {
        Term::Compare(operator, literal) => {
            let value = value(literal)?;
            let within = |from, to| test(Test::Within { from, to });
            match *operator {
                "=" => test(Test::OneOf(vec![value])),
                "<" => within(Bound::None, Bound::Excluding(value)),
                "<=" => within(Bound::None, Bound::Including(value)),
                ">" => within(Bound::Excluding(value), Bound::None),
                ">=" => within(Bound::Including(value), Bound::None),
                // What is left is `<>`, also written `!=`.
                _ => unless(true, test(Test::OneOf(vec![value]))),
            }
        }
        Term::In { literals, negated } => {
            let values = literals.iter().map(value).collect::<Result<_, _>>()?;
            unless(*negated, test(Test::OneOf(values)))
        }
        Term::Between { from, to, negated } => {
            let (from, to) = (Bound::Including(value(from)?), Bound::Including(value(to)?));
            unless(*negated, test(Test::Within { from, to }))
        }
        Term::Like { pattern, negated } => {
            kind.takes_like().map_err(Error::Invalid)?;
            unless(*negated, test(Test::Like(pattern.0.clone())))
        }
        Term::Null { negated } => unless(*negated, test(Test::IsNull)),
    })
}

impl Node {
    /// True, false, or neither.
    fn holds(&self, values: &[String]) -> Result<Option<bool>, Error> {
        match self {
            Node::And(parts) => {
                let mut all = Some(true);
                for part in parts {
                    match part.holds(values)? {
                        Some(false) => return Ok(Some(false)),
                        None => all = None,
                        Some(true) => {}
                    }
                }
                Ok(all)
            }
            Node::Or(parts) => {
                let mut any = Some(false);
                for part in parts {
                    match part.holds(values)? {
                        Some(true) => return Ok(Some(true)),
                        None => any = None,
                        Some(false) => {}
                    }
                }
                Ok(any)
            }
            Node::Not(part) => Ok(part.holds(values)?.map(|truth| !truth)),
            Node::Test { key, kind, test } => {
                let stored = values.get(*key).map(String::as_str).unwrap_or_default();
                test.holds(*kind, stored)
            }
        }
    }

    /// Where partitions must lie that meet it (or, negated, that do not), by the place of the key. Keys that are not there may have any value.
    fn ranges(&self, negated: bool, layout: &[Order]) -> Vec<(usize, Ranges)> {
        match (self, negated) {
            (Node::Not(part), _) => part.ranges(!negated, layout),
            (Node::And(parts), false) | (Node::Or(parts), true) => {
                let mut all: Vec<(usize, Ranges)> = Vec::new();
                for (key, ranges) in parts.iter().flat_map(|part| part.ranges(negated, layout)) {
                    match all.iter_mut().find(|(there, _)| *there == key) {
                        Some((_, there)) => *there = there.and(&ranges),
                        None => all.push((key, ranges)),
                    }
                }
                all
            }
            (Node::Or(parts), false) | (Node::And(parts), true) => {
                let mut parts = parts.iter().map(|part| part.ranges(negated, layout));
                let mut any = parts.next().unwrap_or_default();
                for part in parts {
                    // A key that one side leaves open is open.
                    any = any
                        .into_iter()
                        .filter_map(|(key, ranges)| {
                            let other = part.iter().find(|(there, _)| *there == key)?;
                            Some((key, ranges.or(other.1.clone())))
                        })
                        .collect();
                }
                any
            }
            (Node::Test { key, test, .. }, _) => {
                let order = keys::order_at(layout, *key);
                let ranges = if negated { test.ranges_of_rest(order) } else { test.ranges(order) };
                if ranges.is_all() { Vec::new() } else { vec![(*key, ranges)] }
            }
        }
    }
}

impl Test {
    fn holds(&self, kind: Kind, stored: &str) -> Result<Option<bool>, Error> {
        if *self == Test::IsNull {
            return Ok(Some(false));
        }
        if kind != Kind::Text && stored == NO_VALUE {
            return Ok(None);
        }
        let stored = kind.value(stored).map_err(Error::InvalidState)?;
        Ok(Some(match self {
            Test::OneOf(values) => values.contains(&stored),
            Test::Within { from, to } => from.is_before(&stored) && to.is_after(&stored),
            Test::Like(pattern) => value::like(pattern, stored.text()),
            Test::IsNull => false,
        }))
    }

    fn ranges(&self, order: Order) -> Ranges {
        match self {
            Test::OneOf(values) => {
                values.iter().map(|value| value.ranges(order)).fold(Ranges::none(), |all, one| all.or(one))
            }
            Test::Within { from, to } => value::ranges_between(order, from.value(), to.value()),
            Test::Like(pattern) => {
                let fixed = pattern.split(['%', '_']).next().unwrap_or_default();
                keys::text_prefix(order, fixed)
            }
            Test::IsNull => Ranges::none(),
        }
    }

    /// Where values lie that do not meet it. Only what has one end is turned round; the rest is everything.
    fn ranges_of_rest(&self, order: Order) -> Ranges {
        match self {
            Test::Within { from: Bound::None, to } => value::ranges_between(order, to.value(), None),
            Test::Within { from, to: Bound::None } => value::ranges_between(order, None, from.value()),
            Test::Within { .. } | Test::OneOf(_) | Test::Like(_) | Test::IsNull => Ranges::all(),
        }
    }
}

impl Bound {
    fn value(&self) -> Option<&Value> {
        match self {
            Bound::None => None,
            Bound::Including(value) | Bound::Excluding(value) => Some(value),
        }
    }

    fn is_before(&self, stored: &Value) -> bool {
        match self {
            Bound::None => true,
            Bound::Including(value) => value <= stored,
            Bound::Excluding(value) => value < stored,
        }
    }

    fn is_after(&self, stored: &Value) -> bool {
        match self {
            Bound::None => true,
            Bound::Including(value) => value >= stored,
            Bound::Excluding(value) => value > stored,
        }
    }
}

#[cfg(test)]
mod tests;
