//! Conditions, and whether they hold of an item. Evaluating cannot fail: what is missing or of another type makes a comparison false.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Path;
use super::token::Token;
use crate::engine::number::Number;
use crate::engine::value::{Attr, Item, Type};

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparator {
    /// The comparator that a token is.
    pub fn of_sign(token: &Token<'_>) -> Option<Self> {
        [
            Comparator::Equal,
            Comparator::NotEqual,
            Comparator::Less,
            Comparator::LessOrEqual,
            Comparator::Greater,
            Comparator::GreaterOrEqual,
        ]
        .into_iter()
        .find(|comparator| token.is_sign(comparator.as_str()))
    }

    /// How it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Comparator::Equal => "=",
            Comparator::NotEqual => "<>",
            Comparator::Less => "<",
            Comparator::LessOrEqual => "<=",
            Comparator::Greater => ">",
            Comparator::GreaterOrEqual => ">=",
        }
    }

    /// The one that says the same of the operands the other way round.
    pub const fn turned(self) -> Self {
        match self {
            Comparator::Equal => Comparator::Equal,
            Comparator::NotEqual => Comparator::NotEqual,
            Comparator::Less => Comparator::Greater,
            Comparator::LessOrEqual => Comparator::GreaterOrEqual,
            Comparator::Greater => Comparator::Less,
            Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        }
    }

    /// Whether it asks for an order, which only strings, numbers and bytes have.
    pub const fn is_of_order(self) -> bool {
        match self {
            Comparator::Equal | Comparator::NotEqual => false,
            Comparator::Less | Comparator::LessOrEqual | Comparator::Greater | Comparator::GreaterOrEqual => {
                true
            }
        }
    }

    fn holds(self, left: Option<&Attr>, right: Option<&Attr>) -> bool {
        let equal = matches!((left, right), (Some(left), Some(right)) if left == right);
        let order = left.zip(right).and_then(|(left, right)| left.order(right));
        match self {
            Comparator::Equal => equal,
            // What is not there is not equal to anything.
            Comparator::NotEqual => !equal,
            Comparator::Less => order == Some(Ordering::Less),
            Comparator::LessOrEqual => order.is_some_and(Ordering::is_le),
            Comparator::Greater => order == Some(Ordering::Greater),
            Comparator::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}

/// Something that has a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operand {
    /// What a path leads to.
    Path(Path),
    /// A value of the request.
    Value(Attr),
    /// `size(..)`.
    Size(Box<Operand>),
}

impl Operand {
    fn of<'v>(&'v self, item: &'v Item) -> Option<Cow<'v, Attr>> {
        match self {
            Operand::Path(path) => path.find(item).map(Cow::Borrowed),
            Operand::Value(value) => Some(Cow::Borrowed(value)),
            Operand::Size(inner) => {
                let size = inner.of(item)?.measure()?;
                Some(Cow::Owned(Attr::N(Number::from(size as u64))))
            }
        }
    }

    /// The type it has whatever the item is; `None` for a path.
    pub fn fixed_type(&self) -> Option<Type> {
        match self {
            Operand::Path(_) => None,
            Operand::Value(value) => Some(value.kind()),
            Operand::Size(_) => Some(Type::N),
        }
    }
}

/// Something that holds of an item or does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Condition {
    /// All hold.
    And(Vec<Condition>),
    /// One holds.
    Or(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Two compared.
    Compare(Comparator, Operand, Operand),
    /// From the one to the other, both included.
    Between(Operand, Operand, Operand),
    /// One of these.
    In(Operand, Vec<Operand>),
    /// There is something.
    Exists(Path),
    /// There is nothing.
    NotExists(Path),
    /// It is of this type.
    HasType(Operand, Type),
    /// It begins so.
    BeginsWith(Operand, Operand),
    /// It holds this.
    Contains(Operand, Operand),
}

impl Condition {
    /// Whether it holds of this item; of an empty one for what is not there.
    pub fn holds(&self, item: &Item) -> bool {
        match self {
            Condition::And(all) => all.iter().all(|condition| condition.holds(item)),
            Condition::Or(all) => all.iter().any(|condition| condition.holds(item)),
            Condition::Not(inner) => !inner.holds(item),
            Condition::Compare(comparator, left, right) => {
                comparator.holds(left.of(item).as_deref(), right.of(item).as_deref())
            }
            Condition::Between(value, low, high) => {
                let (Some(value), Some(low), Some(high)) = (value.of(item), low.of(item), high.of(item))
                else {
                    return false;
                };
                value.order(&low).is_some_and(Ordering::is_ge)
                    && value.order(&high).is_some_and(Ordering::is_le)
            }
            Condition::In(value, list) => value
                .of(item)
                .is_some_and(|value| list.iter().any(|one| one.of(item).is_some_and(|one| one == value))),
            Condition::Exists(path) => path.find(item).is_some(),
            Condition::NotExists(path) => path.find(item).is_none(),
            Condition::HasType(value, kind) => value.of(item).is_some_and(|value| value.kind() == *kind),
            Condition::BeginsWith(value, start) => {
                value.of(item).zip(start.of(item)).is_some_and(|(value, start)| value.begins_with(&start))
            }
            Condition::Contains(value, part) => {
                value.of(item).zip(part.of(item)).is_some_and(|(value, part)| value.contains(&part))
            }
        }
    }

    /// Calls `visit` with every path in it.
    pub fn each_path<'c>(&'c self, visit: &mut dyn FnMut(&'c Path)) {
        match self {
            Condition::And(all) | Condition::Or(all) => all.iter().for_each(|one| one.each_path(visit)),
            Condition::Not(inner) => inner.each_path(visit),
            Condition::Compare(_, left, right)
            | Condition::BeginsWith(left, right)
            | Condition::Contains(left, right) => {
                operand_path(left, visit);
                operand_path(right, visit);
            }
            Condition::Between(value, low, high) => {
                [value, low, high].into_iter().for_each(|one| operand_path(one, visit));
            }
            Condition::In(value, list) => {
                operand_path(value, visit);
                list.iter().for_each(|one| operand_path(one, visit));
            }
            Condition::Exists(path) | Condition::NotExists(path) => visit(path),
            Condition::HasType(value, _) => operand_path(value, visit),
        }
    }
}

fn operand_path<'c>(operand: &'c Operand, visit: &mut dyn FnMut(&'c Path)) {
    match operand {
        Operand::Path(path) => visit(path),
        Operand::Value(_) => {}
        Operand::Size(inner) => operand_path(inner, visit),
    }
}
