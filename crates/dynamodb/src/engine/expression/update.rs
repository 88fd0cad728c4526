//! Updates: what becomes of an item. All operands are read from the item as it was; then SET, ADD, DELETE and REMOVE act, in this order.

use std::collections::BTreeSet;

use super::{Path, Projection, Step};
use crate::engine::error::Invalid;
use crate::engine::value::{Attr, Item};

/// Something that has a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UpdateOperand {
    /// What a path leads to; it must be there.
    Path(Path),
    /// A value of the request.
    Value(Attr),
    /// What a path leads to, or else the other.
    IfNotExists(Path, Box<UpdateOperand>),
    /// Two lists, one after the other.
    ListAppend(Box<UpdateOperand>, Box<UpdateOperand>),
}

/// The right side of SET.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UpdateValue {
    /// Itself.
    One(UpdateOperand),
    /// The sum of two numbers.
    Plus(UpdateOperand, UpdateOperand),
    /// Their difference.
    Minus(UpdateOperand, UpdateOperand),
}

/// One change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Puts a value there.
    Set(Path, UpdateValue),
    /// Takes away what is there.
    Remove(Path),
    /// Adds a number to the number there, or elements to the set.
    Add(Path, Attr),
    /// Takes elements away from the set there.
    Delete(Path, Attr),
}

/// What becomes of an item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Update {
    /// The changes. No path begins with another.
    pub actions: Vec<Action>,
    /// Whether it was asked for in the older way, which words refusals otherwise and lets ADD lengthen lists.
    pub is_legacy: bool,
}

impl Action {
    /// Where it acts.
    pub fn path(&self) -> &Path {
        match self {
            Action::Set(path, _) | Action::Remove(path) | Action::Add(path, _) | Action::Delete(path, _) => {
                path
            }
        }
    }
}

impl Update {
    /// The parts of an item that it acts on.
    pub fn touched(&self) -> Projection {
        Projection::of(self.actions.iter().map(|action| action.path().clone()).collect())
    }

    /// What becomes of `old`, which is empty if there was none; `key` is what an item that is new has anyway.
    pub fn apply(&self, old: &Item, key: &Item) -> Result<Item, Invalid> {
        let mut sets = Vec::new();
        let mut removed = Vec::new();
        for action in &self.actions {
            match action {
                Action::Set(path, value) => sets.push((path, evaluate(value, old)?)),
                Action::Remove(path) => removed.push(path),
                Action::Add(path, value) => {
                    let sum = match path.find(old) {
                        None => value.clone(),
                        Some(there) => self.add(there, value)?,
                    };
                    sets.push((path, sum));
                }
                Action::Delete(path, value) => match path.find(old) {
                    None => {}
                    Some(there) => match self.without(there, value)? {
                        Some(left) => sets.push((path, left)),
                        None => removed.push(path),
                    },
                },
            }
        }
        let mut new = if old.is_empty() { key.clone() } else { old.clone() };
        // Rising, so that several elements set beyond a list's end follow one another as their indexes do.
        sets.sort_by_key(|(path, _)| *path);
        for (path, value) in sets {
            set(&mut new, path, value)?;
        }
        // Falling, so that no index moves before it is used.
        removed.sort_by(|a, b| b.cmp(a));
        for path in removed {
            remove(&mut new, path)?;
        }
        Ok(new)
    }

    fn mismatch(&self) -> Invalid {
        Invalid::new(if self.is_legacy { "Type mismatch for attribute to update" } else { BAD_OPERAND })
    }

    fn add(&self, there: &Attr, more: &Attr) -> Result<Attr, Invalid> {
        Ok(match (there, more) {
            (Attr::N(a), Attr::N(b)) => Attr::N(a.plus(*b)?),
            (Attr::Ss(a), Attr::Ss(b)) => Attr::Ss(a | b),
            (Attr::Ns(a), Attr::Ns(b)) => Attr::Ns(a | b),
            (Attr::Bs(a), Attr::Bs(b)) => Attr::Bs(a | b),
            (Attr::L(a), Attr::L(b)) if self.is_legacy => Attr::L([a.as_slice(), b.as_slice()].concat()),
            _ => return Err(self.mismatch()),
        })
    }

    fn without(&self, there: &Attr, less: &Attr) -> Result<Option<Attr>, Invalid> {
        fn rest<T: Ord + Clone>(
            a: &BTreeSet<T>,
            b: &BTreeSet<T>,
            of: fn(BTreeSet<T>) -> Attr,
        ) -> Option<Attr> {
            let left = a - b;
            (!left.is_empty()).then(|| of(left))
        }
        match (there, less) {
            (Attr::Ss(a), Attr::Ss(b)) => Ok(rest(a, b, Attr::Ss)),
            (Attr::Ns(a), Attr::Ns(b)) => Ok(rest(a, b, Attr::Ns)),
            (Attr::Bs(a), Attr::Bs(b)) => Ok(rest(a, b, Attr::Bs)),
            _ => Err(self.mismatch()),
        }
    }
}

const BAD_OPERAND: &str = "An operand in the update expression has an incorrect data type";
const BAD_PATH: &str = "The document path provided in the update expression is invalid for update";
const NOT_THERE: &str = "The provided expression refers to an attribute that does not exist in the item";

fn evaluate(value: &UpdateValue, old: &Item) -> Result<Attr, Invalid> {
    let number = |operand: &UpdateOperand| match operand_value(operand, old)? {
        Attr::N(number) => Ok(number),
        _ => Err(Invalid::new(BAD_OPERAND)),
    };
    match value {
        UpdateValue::One(operand) => operand_value(operand, old),
        UpdateValue::Plus(a, b) => Ok(Attr::N(number(a)?.plus(number(b)?)?)),
        UpdateValue::Minus(a, b) => Ok(Attr::N(number(a)?.minus(number(b)?)?)),
    }
}

fn operand_value(operand: &UpdateOperand, old: &Item) -> Result<Attr, Invalid> {
    match operand {
        UpdateOperand::Value(value) => Ok(value.clone()),
        UpdateOperand::Path(path) => path.find(old).cloned().ok_or_else(|| Invalid::new(NOT_THERE)),
        UpdateOperand::IfNotExists(path, other) => match path.find(old) {
            Some(value) => Ok(value.clone()),
            None => operand_value(other, old),
        },
        UpdateOperand::ListAppend(first, second) => {
            match (operand_value(first, old)?, operand_value(second, old)?) {
                (Attr::L(mut list), Attr::L(more)) => {
                    list.extend(more);
                    Ok(Attr::L(list))
                }
                _ => Err(Invalid::new(BAD_OPERAND)),
            }
        }
    }
}

/// The value that holds the last step of a path; the item itself stands for `None`.
fn parent<'i>(item: &'i mut Item, path: &Path) -> Result<Option<&'i mut Attr>, Invalid> {
    let bad = || Invalid::new(BAD_PATH);
    let Some((_, between)) = path.0[1..].split_last() else { return Ok(None) };
    let mut value = item.get_mut(path.head()).ok_or_else(bad)?;
    for step in between {
        value = match (step, value) {
            (Step::Name(name), Attr::M(map)) => map.get_mut(name).ok_or_else(bad)?,
            (Step::Index(index), Attr::L(list)) => list.get_mut(*index).ok_or_else(bad)?,
            (Step::Name(_) | Step::Index(_), _) => return Err(bad()),
        };
    }
    Ok(Some(value))
}

fn set(item: &mut Item, path: &Path, value: Attr) -> Result<(), Invalid> {
    match (path.0.last(), parent(item, path)?) {
        (_, None) => {
            item.insert(path.head().to_owned(), value);
        }
        (Some(Step::Name(name)), Some(Attr::M(map))) => {
            map.insert(name.clone(), value);
        }
        (Some(Step::Index(index)), Some(Attr::L(list))) => match list.get_mut(*index) {
            Some(there) => *there = value,
            None => list.push(value),
        },
        (_, Some(_)) => return Err(Invalid::new(BAD_PATH)),
    }
    Ok(())
}

fn remove(item: &mut Item, path: &Path) -> Result<(), Invalid> {
    match (path.0.last(), parent(item, path)?) {
        (_, None) => {
            item.remove(path.head());
        }
        (Some(Step::Name(name)), Some(Attr::M(map))) => {
            map.remove(name);
        }
        (Some(Step::Index(index)), Some(Attr::L(list))) => {
            if *index < list.len() {
                list.remove(*index);
            }
        }
        (_, Some(_)) => return Err(Invalid::new(BAD_PATH)),
    }
    Ok(())
}
