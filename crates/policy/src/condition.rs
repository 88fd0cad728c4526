//! Conditions: operators, set operators, `IfExists`, absent keys. Source: identity facts section 5.
//!
//! What holds when the request lacks the key:
//!
//! | | holds |
//! |---|---|
//! | `…IfExists` | yes |
//! | `ForAllValues:…` | yes |
//! | `ForAnyValue:…` | no |
//! | negated (`…Not…`) | **yes**: a Deny for all but one value denies those without any |
//! | the others | no |
//!
//! A value in the request that is not what the operator compares (no number, no address) makes the condition false, negated or not.

use std::net::IpAddr;

use base::Timestamp;

use crate::arn::{ArnPattern, ArnText};
use crate::context::Keys;
use crate::glob::{Pattern, Reading};
use crate::memo::{Lone, NameHash};
use crate::value::{self, Cidr};

/// One operator on one key.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    /// The key as written, for reports.
    pub name: Box<str>,
    /// The key in lower case.
    pub key: Box<str>,
    pub hash: NameHash,
    pub operator: Operator,
    pub test: Test,
}

/// An operator's name, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub set: Set,
    pub if_exists: bool,
    pub base: Base,
}

/// How the request's several values count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    None,
    ForAll,
    ForAny,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    String(Text, Sense),
    Numeric(Order),
    Date(Order),
    Bool,
    Binary,
    Ip(Sense),
    Arn(Sense),
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    Equals,
    EqualsIgnoreCase,
    Like,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    Is,
    IsNot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Equals,
    NotEquals,
    Less,
    LessEquals,
    Greater,
    GreaterEquals,
}

/// The policy's values, ready to be compared. What is not of the operator's type is left out: it matches nothing.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Text(Box<[Pattern]>),
    Numbers(Box<[f64]>),
    Dates(Box<[Timestamp]>),
    Bytes(Box<[Box<[u8]>]>),
    Networks(Box<[Cidr]>),
    Arns(Box<[ArnPattern]>),
    Absent { may_be_absent: bool, may_be_present: bool },
}

impl Operator {
    /// The operator of this name; letters of either case, as AWS's own examples have them.
    pub fn read(name: &str) -> Option<Self> {
        let (set, rest) = match name.split_once(':') {
            None => (Set::None, name),
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") => (Set::ForAll, rest),
            Some((set, rest)) if set.eq_ignore_ascii_case("ForAnyValue") => (Set::ForAny, rest),
            Some(_) => return None,
        };
        let lower = rest.to_ascii_lowercase();
        let (base, if_exists) = match lower.strip_suffix("ifexists") {
            None => (lower.as_str(), false),
            Some(base) => (base, true),
        };
        let base = Base::read(base)?;
        (base != Base::Null || !if_exists).then_some(Self { set, if_exists, base })
    }
}

impl Base {
    fn read(lower: &str) -> Option<Self> {
        Some(match lower {
            "stringequals" => Self::String(Text::Equals, Sense::Is),
            "stringnotequals" => Self::String(Text::Equals, Sense::IsNot),
            "stringequalsignorecase" => Self::String(Text::EqualsIgnoreCase, Sense::Is),
            "stringnotequalsignorecase" => Self::String(Text::EqualsIgnoreCase, Sense::IsNot),
            "stringlike" => Self::String(Text::Like, Sense::Is),
            "stringnotlike" => Self::String(Text::Like, Sense::IsNot),
            "bool" => Self::Bool,
            "binaryequals" => Self::Binary,
            "ipaddress" => Self::Ip(Sense::Is),
            "notipaddress" => Self::Ip(Sense::IsNot),
            "arnequals" | "arnlike" => Self::Arn(Sense::Is),
            "arnnotequals" | "arnnotlike" => Self::Arn(Sense::IsNot),
            "null" => Self::Null,
            _ => match lower.strip_prefix("numeric") {
                Some(order) => Self::Numeric(Order::read(order)?),
                None => Self::Date(Order::read(lower.strip_prefix("date")?)?),
            },
        })
    }

    fn is_negated(self) -> bool {
        match self {
            Self::String(_, sense) | Self::Ip(sense) | Self::Arn(sense) => sense == Sense::IsNot,
            Self::Numeric(order) | Self::Date(order) => order == Order::NotEquals,
            Self::Bool | Self::Binary | Self::Null => false,
        }
    }

    /// The policy's values, compiled.
    fn compile(self, values: &[String], variables: bool) -> Test {
        match self {
            Self::String(text, _) => {
                let reading = Reading { wildcards: text == Text::Like, variables };
                Test::Text(values.iter().map(|value| Pattern::read(value, reading)).collect())
            }
            Self::Bool => {
                let reading = Reading { wildcards: false, variables };
                Test::Text(values.iter().map(|value| Pattern::read(value, reading)).collect())
            }
            Self::Numeric(_) => {
                Test::Numbers(values.iter().filter_map(|value| value::number(value)).collect())
            }
            Self::Date(_) => Test::Dates(values.iter().filter_map(|value| value::date(value)).collect()),
            Self::Binary => Test::Bytes(values.iter().filter_map(|value| value::bytes(value)).collect()),
            Self::Ip(_) => Test::Networks(values.iter().filter_map(|value| Cidr::read(value)).collect()),
            Self::Arn(_) => {
                Test::Arns(values.iter().map(|value| ArnPattern::condition(value, variables)).collect())
            }
            Self::Null => {
                let says = |wanted: bool| values.iter().any(|value| value::boolean(value) == Some(wanted));
                Test::Absent { may_be_absent: says(true), may_be_present: says(false) }
            }
        }
    }
}

impl Order {
    fn read(lower: &str) -> Option<Self> {
        Some(match lower {
            "equals" => Self::Equals,
            "notequals" => Self::NotEquals,
            "lessthan" => Self::Less,
            "lessthanequals" => Self::LessEquals,
            "greaterthan" => Self::Greater,
            "greaterthanequals" => Self::GreaterEquals,
            _ => return None,
        })
    }

    /// Whether the request's value stands so to the policy's. Being unequal is told by the caller from being equal.
    fn holds<T: PartialOrd>(self, request: T, policy: T) -> bool {
        match self {
            Self::Equals | Self::NotEquals => request == policy,
            Self::Less => request < policy,
            Self::LessEquals => request <= policy,
            Self::Greater => request > policy,
            Self::GreaterEquals => request >= policy,
        }
    }
}

impl Condition {
    /// Compiles one operator, key and list of values.
    pub fn compile(operator: Operator, name: &str, values: &[String], variables: bool) -> Self {
        let key = name.to_lowercase();
        Self {
            name: name.into(),
            hash: NameHash::of(&key),
            key: key.into(),
            operator,
            test: operator.base.compile(values, variables),
        }
    }

    /// Whether it holds for the request.
    pub fn holds(&self, keys: &Keys<'_>) -> bool {
        if let Test::Absent { may_be_absent, may_be_present } = self.test {
            return if keys.has(&self.key) { may_be_present } else { may_be_absent };
        }
        let negated = self.operator.base.is_negated();
        if let (Test::Dates(dates), Base::Date(order), Some(now)) =
            (&self.test, self.operator.base, keys.now(&self.key))
        {
            // The one date most policies ask for need not be written to be read again.
            return dates.iter().any(|policy| order.holds(now, *policy)) != negated;
        }
        if let Some(answer) = self.holds_for_one(keys) {
            return answer;
        }
        let (mut hits, mut misses, mut strange) = (0_usize, 0_usize, 0_usize);
        let present = keys.each(&self.key, &mut |value| match self.hits(value, keys) {
            Some(true) => hits += 1,
            Some(false) => misses += 1,
            None => strange += 1,
        });
        if !present {
            return self.operator.if_exists
                || match self.operator.set {
                    Set::None => negated,
                    Set::ForAll => true,
                    Set::ForAny => false,
                };
        }
        match self.operator.set {
            Set::ForAny => (if negated { misses } else { hits }) > 0,
            Set::ForAll => strange == 0 && (if negated { hits } else { misses }) == 0,
            Set::None => strange == 0 && (hits > 0) != negated,
        }
    }

    /// The answer where the key has exactly one value, of a type that has to be read; `None` for everything else. It is the same as for values
    /// in general.
    fn holds_for_one(&self, keys: &Keys<'_>) -> Option<bool> {
        let hit = match (&self.test, self.operator.base) {
            (Test::Networks(networks), _) => match keys.address(&self.key, self.hash) {
                Lone::One(address) => {
                    address.map(|address| networks.iter().any(|network| network.holds(address)))
                }
                Lone::Absent | Lone::Several => return None,
            },
            (Test::Numbers(numbers), Base::Numeric(order)) => match keys.number(&self.key, self.hash) {
                Lone::One(number) => {
                    number.map(|number| numbers.iter().any(|policy| order.holds(number, *policy)))
                }
                Lone::Absent | Lone::Several => return None,
            },
            (
                Test::Text(_)
                | Test::Numbers(_)
                | Test::Dates(_)
                | Test::Bytes(_)
                | Test::Arns(_)
                | Test::Absent { .. },
                _,
            ) => return None,
        };
        // What is not of the type makes the condition false, negated or not.
        Some(hit.is_some_and(|hit| hit != self.operator.base.is_negated()))
    }

    /// Whether a value of the request is as one of the policy's, negation aside; `None` if it is not of the operator's type.
    fn hits(&self, value: &str, keys: &Keys<'_>) -> Option<bool> {
        match (&self.test, self.operator.base) {
            (Test::Text(patterns), Base::String(Text::EqualsIgnoreCase, _)) => {
                Some(patterns.iter().any(|pattern| {
                    let plain = pattern.plain(keys);
                    plain.is_some_and(|plain| {
                        plain.eq_ignore_ascii_case(value) || plain.to_lowercase() == value.to_lowercase()
                    })
                }))
            }
            (Test::Text(patterns), Base::Bool) => {
                let truth = value::boolean(value)?;
                Some(patterns.iter().any(|pattern| {
                    pattern.plain(keys).and_then(|plain| value::boolean(&plain)) == Some(truth)
                }))
            }
            (Test::Text(patterns), _) => Some(patterns.iter().any(|pattern| pattern.matches(value, keys))),
            (Test::Numbers(numbers), Base::Numeric(order)) => {
                let number = value::number(value)?;
                Some(numbers.iter().any(|policy| order.holds(number, *policy)))
            }
            (Test::Dates(dates), Base::Date(order)) => {
                let date = value::date(value)?;
                Some(dates.iter().any(|policy| order.holds(date, *policy)))
            }
            (Test::Numbers(_) | Test::Dates(_), _) => None,
            (Test::Bytes(all), _) => {
                let bytes = value::bytes(value)?;
                Some(all.contains(&bytes))
            }
            (Test::Networks(networks), _) => {
                let address: IpAddr = value.parse().ok()?;
                Some(networks.iter().any(|network| network.holds(address)))
            }
            (Test::Arns(arns), _) => {
                let text = ArnText::new(value);
                text.has_parts().then(|| arns.iter().any(|arn| arn.matches(&text, keys)))
            }
            (Test::Absent { .. }, _) => None,
        }
    }

    /// How dear it is to look at, roughly. All conditions must hold, so the cheap ones are asked first.
    pub fn cost(&self) -> u8 {
        let variables = u8::from(self.variables().next().is_some());
        match &self.test {
            Test::Absent { .. } => 0,
            Test::Numbers(_) => 1,
            Test::Dates(_) | Test::Networks(_) => 2,
            Test::Text(_) => 2 + 3 * variables,
            Test::Bytes(_) | Test::Arns(_) => 3 + 3 * variables,
        }
    }

    /// The variables among its values.
    pub fn variables(&self) -> impl Iterator<Item = &crate::glob::Variable> {
        let text: &[Pattern] = if let Test::Text(patterns) = &self.test { patterns } else { &[] };
        let arns: &[ArnPattern] = if let Test::Arns(arns) = &self.test { arns } else { &[] };
        let all = text.iter().chain(arns.iter().flat_map(|arn| arn.patterns()));
        all.flat_map(|pattern| pattern.variables())
    }
}

#[cfg(test)]
#[path = "condition_tests.rs"]
mod tests;
