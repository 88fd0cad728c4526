//! From what is written to what it means: placeholders are filled in, and what means nothing is refused.
//!
//! AWS looks for one kind of mistake after the other over the whole expression, and names the first it finds. The order is recorded:
//!
//! ```text
//! condition   redundant parentheses · unknown functions · functions where none may be · reserved words · then each comparison by itself:
//!             undefined placeholders · number of operands · equal operands · types of operands
//! update      reserved words · unknown functions · sections twice · undefined names · undefined values · overlapping paths · types
//! ```

use super::condition::{Comparator, Condition, Operand};
use super::parser::{Parsed, Raw, RawAction, RawOperand, RawStep, RawSum, RawUpdate};
use super::reserved::is_reserved;
use super::update::{Action, Update, UpdateOperand, UpdateValue};
use super::{Path, Placeholders, Step};
use crate::engine::value::{Attr, Type};

type Result<T> = std::result::Result<T, String>;

/// Functions of conditions, and their operands.
const CONDITION_FUNCTIONS: &[(&str, usize)] = &[
    ("attribute_exists", 1),
    ("attribute_not_exists", 1),
    ("attribute_type", 2),
    ("begins_with", 2),
    ("contains", 2),
    ("size", 1),
];
/// Functions of updates, and their operands.
const UPDATE_FUNCTIONS: &[(&str, usize)] = &[("if_not_exists", 2), ("list_append", 2)];

fn operands_of(functions: &[(&str, usize)], name: &str) -> Option<usize> {
    functions.iter().find(|(known, _)| *known == name).map(|(_, operands)| *operands)
}

/// A condition.
pub fn condition(placeholders: &mut Placeholders, parsed: &Parsed) -> Result<Condition> {
    if parsed.is_redundant {
        return Err("The expression has redundant parentheses;".to_owned());
    }
    each_call(&parsed.condition, &mut |name, _| match operands_of(CONDITION_FUNCTIONS, name) {
        Some(_) => Ok(()),
        None if operands_of(UPDATE_FUNCTIONS, name).is_some() => {
            Err(format!("The function is not allowed in a condition expression; function: {name}"))
        }
        None => Err(format!("Invalid function name; function: {name}")),
    })?;
    misused(&parsed.condition)?;
    each_path(&parsed.condition, &mut reserved)?;
    resolve(placeholders, &parsed.condition)
}

fn leaves<'r>(raw: &'r Raw, visit: &mut dyn FnMut(&'r Raw) -> Result<()>) -> Result<()> {
    match raw {
        Raw::And(all) | Raw::Or(all) => all.iter().try_for_each(|one| leaves(one, visit)),
        Raw::Not(inner) => leaves(inner, visit),
        Raw::Compare(..) | Raw::Between(..) | Raw::In(..) | Raw::Call(..) => visit(raw),
    }
}

fn operands(leaf: &Raw) -> Vec<&RawOperand> {
    match leaf {
        Raw::Compare(_, left, right) => vec![left, right],
        Raw::Between(value, low, high) => vec![value, low, high],
        Raw::In(value, list) => std::iter::once(value).chain(list).collect(),
        Raw::Call(_, operands) => operands.iter().collect(),
        Raw::And(_) | Raw::Or(_) | Raw::Not(_) => Vec::new(),
    }
}

/// Visits every function, also those within others.
fn each_call(raw: &Raw, visit: &mut dyn FnMut(&str, &[RawOperand]) -> Result<()>) -> Result<()> {
    fn inside(operand: &RawOperand, visit: &mut dyn FnMut(&str, &[RawOperand]) -> Result<()>) -> Result<()> {
        match operand {
            RawOperand::Path(_) | RawOperand::Value(_) => Ok(()),
            RawOperand::Call(name, operands) => {
                operands.iter().try_for_each(|operand| inside(operand, visit))?;
                visit(name, operands)
            }
        }
    }
    leaves(raw, &mut |leaf| {
        operands(leaf).into_iter().try_for_each(|operand| inside(operand, visit))?;
        match leaf {
            Raw::Call(name, operands) => visit(name, operands),
            _ => Ok(()),
        }
    })
}

/// `size` has a value, the other functions hold or do not: each has its place.
fn misused(raw: &Raw) -> Result<()> {
    let refuse = |name: &str| {
        Err(format!("The function is not allowed to be used this way in an expression; function: {name}"))
    };
    leaves(raw, &mut |leaf| {
        if let Raw::Call(name, _) = leaf
            && name == "size"
        {
            return refuse(name);
        }
        fn wrong(operand: &RawOperand) -> Option<&str> {
            match operand {
                RawOperand::Call(name, _) if name != "size" => Some(name),
                RawOperand::Call(_, operands) => operands.iter().find_map(wrong),
                RawOperand::Path(_) | RawOperand::Value(_) => None,
            }
        }
        match operands(leaf).into_iter().find_map(wrong) {
            Some(name) => refuse(name),
            None => Ok(()),
        }
    })
}

fn paths_in<'o>(operand: &'o RawOperand, visit: &mut dyn FnMut(&'o [RawStep]) -> Result<()>) -> Result<()> {
    match operand {
        RawOperand::Path(steps) => visit(steps),
        RawOperand::Value(_) => Ok(()),
        RawOperand::Call(_, operands) => operands.iter().try_for_each(|operand| paths_in(operand, visit)),
    }
}

fn each_path<'r>(raw: &'r Raw, visit: &mut dyn FnMut(&'r [RawStep]) -> Result<()>) -> Result<()> {
    leaves(raw, &mut |leaf| operands(leaf).into_iter().try_for_each(|operand| paths_in(operand, visit)))
}

fn reserved(steps: &[RawStep]) -> Result<()> {
    for step in steps {
        if let RawStep::Name(name) = step
            && is_reserved(name)
        {
            return Err(format!("Attribute name is a reserved keyword; reserved keyword: {name}"));
        }
    }
    Ok(())
}

fn path(placeholders: &mut Placeholders, steps: &[RawStep]) -> Result<Path> {
    let mut path = Vec::with_capacity(steps.len());
    for step in steps {
        path.push(match step {
            RawStep::Name(name) => Step::Name(name.clone()),
            RawStep::Placeholder(name) => Step::Name(placeholders.name(name)?),
            RawStep::Index(index) => Step::Index(*index),
        });
    }
    Ok(Path(path))
}

fn resolve(placeholders: &mut Placeholders, raw: &Raw) -> Result<Condition> {
    let mut all = |list: &[Raw]| -> Result<Vec<Condition>> {
        list.iter().map(|one| resolve(placeholders, one)).collect()
    };
    match raw {
        Raw::And(list) => Ok(Condition::And(all(list)?)),
        Raw::Or(list) => Ok(Condition::Or(all(list)?)),
        Raw::Not(inner) => Ok(Condition::Not(Box::new(resolve(placeholders, inner)?))),
        Raw::Compare(comparator, left, right) => {
            let (left, right) = (operand(placeholders, left)?, operand(placeholders, right)?);
            distinct(comparator.as_str(), &left, &right)?;
            ordered(*comparator, [&left, &right])?;
            Ok(Condition::Compare(*comparator, left, right))
        }
        Raw::Between(value, low, high) => {
            let value = operand(placeholders, value)?;
            let (low, high) = (operand(placeholders, low)?, operand(placeholders, high)?);
            bounds(&low, &high)?;
            Ok(Condition::Between(value, low, high))
        }
        Raw::In(value, list) => {
            let value = operand(placeholders, value)?;
            let list = list.iter().map(|one| operand(placeholders, one)).collect::<Result<Vec<_>>>()?;
            Ok(Condition::In(value, list))
        }
        Raw::Call(name, operands) => call(placeholders, name, operands),
    }
}

fn operand(placeholders: &mut Placeholders, raw: &RawOperand) -> Result<Operand> {
    match raw {
        RawOperand::Path(steps) => path(placeholders, steps).map(Operand::Path),
        RawOperand::Value(name) => placeholders.value(name).map(Operand::Value),
        RawOperand::Call(name, operands) => {
            let inner = operands.iter().map(|one| operand(placeholders, one)).collect::<Result<Vec<_>>>()?;
            count(CONDITION_FUNCTIONS, name, inner.len())?;
            let inner = inner.into_iter().next().expect("size has one operand");
            match inner.fixed_type() {
                Some(kind @ (Type::N | Type::Bool | Type::Null)) => Err(wrong_type(name, kind)),
                Some(_) | None => Ok(Operand::Size(Box::new(inner))),
            }
        }
    }
}

fn count(functions: &[(&str, usize)], name: &str, given: usize) -> Result<()> {
    if operands_of(functions, name) == Some(given) {
        return Ok(());
    }
    Err(format!(
        "Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {given}"
    ))
}

fn wrong_type(function: &str, kind: Type) -> String {
    format!(
        "Incorrect operand type for operator or function; operator or function: {function}, operand type: {}",
        kind.as_str()
    )
}

fn distinct(operator: &str, left: &Operand, right: &Operand) -> Result<()> {
    match (left, right) {
        (Operand::Path(left), Operand::Path(right)) if left == right => Err(format!(
            "The first operand must be distinct from the remaining operands for this operator or function; operator: {operator}, \
             first operand: {left}"
        )),
        _ => Ok(()),
    }
}

fn ordered(comparator: Comparator, operands: [&Operand; 2]) -> Result<()> {
    if !comparator.is_of_order() {
        return Ok(());
    }
    match operands.into_iter().find_map(|operand| operand.fixed_type().filter(|kind| !kind.is_ordered())) {
        Some(kind) => Err(wrong_type(comparator.as_str(), kind)),
        None => Ok(()),
    }
}

fn bounds(low: &Operand, high: &Operand) -> Result<()> {
    let (Operand::Value(low), Operand::Value(high)) = (low, high) else { return Ok(()) };
    let requires = match low.order(high) {
        Some(order) if order.is_gt() => "upper bound to be greater than or equal to lower bound",
        Some(_) => return Ok(()),
        None if low.kind() == high.kind() => return Err(wrong_type("BETWEEN", low.kind())),
        None => "same data type for lower and upper bounds",
    };
    Err(format!(
        "The BETWEEN operator requires {requires}; lower bound operand: AttributeValue: {}, upper bound operand: AttributeValue: {}",
        shown(low),
        shown(high)
    ))
}

/// A scalar as AWS shows it: `{N:2}`.
fn shown(value: &Attr) -> String {
    let inner = match value {
        Attr::S(text) => text.clone(),
        Attr::N(number) => number.to_string(),
        _ => "..".to_owned(),
    };
    format!("{{{}:{inner}}}", value.kind().as_str())
}

fn call(placeholders: &mut Placeholders, name: &str, raw: &[RawOperand]) -> Result<Condition> {
    let operands = raw.iter().map(|one| operand(placeholders, one)).collect::<Result<Vec<_>>>()?;
    count(CONDITION_FUNCTIONS, name, operands.len())?;
    if let [left, right] = &operands[..] {
        distinct(name, left, right)?;
    }
    let mut operands = operands.into_iter();
    let first = operands.next().expect("every function has an operand");
    match (name, operands.next()) {
        ("attribute_exists", _) => Ok(Condition::Exists(document_path(name, first)?)),
        ("attribute_not_exists", _) => Ok(Condition::NotExists(document_path(name, first)?)),
        ("attribute_type", Some(second)) => {
            type_name(name, &second).map(|kind| Condition::HasType(first, kind))
        }
        ("begins_with", Some(second)) => {
            for operand in [&first, &second] {
                match operand.fixed_type() {
                    Some(Type::S | Type::B) | None => {}
                    Some(kind) => return Err(wrong_type(name, kind)),
                }
            }
            Ok(Condition::BeginsWith(first, second))
        }
        ("contains", Some(second)) => Ok(Condition::Contains(first, second)),
        (other, _) => Err(format!("Invalid function name; function: {other}")),
    }
}

fn document_path(function: &str, operand: Operand) -> Result<Path> {
    match operand {
        Operand::Path(path) => Ok(path),
        Operand::Value(_) | Operand::Size(_) => {
            Err(format!("Operator or function requires a document path; operator or function: {function}"))
        }
    }
}

fn type_name(function: &str, operand: &Operand) -> Result<Type> {
    match operand {
        Operand::Value(Attr::S(name)) => Type::named(name).ok_or_else(|| {
            format!(
                "Invalid attribute type name found; type: {name}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}"
            )
        }),
        Operand::Value(other) => Err(wrong_type(function, other.kind())),
        Operand::Size(_) => Err(wrong_type(function, Type::N)),
        Operand::Path(_) => Err(format!(
            "Incorrect operand type for operator or function; operator or function: {function}, operand type: \
             {{NS,SS,L,BS,N,M,B,BOOL,NULL,S}}"
        )),
    }
}

/// The paths of a projection.
pub fn paths(placeholders: &mut Placeholders, raw: &[Vec<RawStep>]) -> Result<Vec<Path>> {
    raw.iter().try_for_each(|steps| reserved(steps))?;
    let paths = raw.iter().map(|steps| path(placeholders, steps)).collect::<Result<Vec<_>>>()?;
    apart(&paths)?;
    Ok(paths)
}

/// No path begins with another, and where two part, both go by names or both by indexes.
fn apart(paths: &[Path]) -> Result<()> {
    for (at, second) in paths.iter().enumerate() {
        for first in &paths[..at] {
            let parted = first.0.iter().zip(&second.0).find(|(a, b)| a != b);
            let how = match parted {
                None => "overlap",
                Some((Step::Name(_), Step::Index(_)) | (Step::Index(_), Step::Name(_))) => "conflict",
                Some((Step::Name(_), Step::Name(_)) | (Step::Index(_), Step::Index(_))) => continue,
            };
            return Err(format!(
                "Two document paths {how} with each other; must remove or rewrite one of these paths; path one: {first}, path two: \
                 {second}"
            ));
        }
    }
    Ok(())
}

/// An update.
pub fn update(placeholders: &mut Placeholders, raw: &RawUpdate) -> Result<Update> {
    let actions: Vec<&RawAction> = raw.0.iter().flat_map(|(_, actions)| actions).collect();
    for action in &actions {
        reserved(raw_path(action))?;
        sum_operands(action).into_iter().try_for_each(|operand| paths_in(operand, &mut reserved))?;
    }
    for action in &actions {
        sum_operands(action).into_iter().try_for_each(known_functions)?;
    }
    for (at, (section, _)) in raw.0.iter().enumerate() {
        if raw.0[..at].iter().any(|(earlier, _)| earlier == section) {
            return Err(format!("The \"{section}\" section can only be used once in an update expression;"));
        }
    }
    let mut paths = Vec::new();
    let mut resolved = Vec::new();
    for action in &actions {
        let path = path(placeholders, raw_path(action))?;
        paths.push(path.clone());
        resolved.push(resolve_action(placeholders, action, path));
    }
    // Undefined placeholders come before overlapping paths, and these before types.
    let is_undefined = |problem: &&String| problem.starts_with("An expression attribute");
    if let Some(problem) = resolved.iter().filter_map(|action| action.as_ref().err()).find(is_undefined) {
        return Err(problem.clone());
    }
    apart(&paths)?;
    let actions = resolved.into_iter().collect::<Result<Vec<_>>>()?;
    Ok(Update { actions, is_legacy: false })
}

fn raw_path(action: &RawAction) -> &[RawStep] {
    match action {
        RawAction::Set(path, _)
        | RawAction::Remove(path)
        | RawAction::Add(path, _)
        | RawAction::Delete(path, _) => path,
    }
}

fn sum_operands(action: &RawAction) -> Vec<&RawOperand> {
    match action {
        RawAction::Set(_, RawSum::One(one)) => vec![one],
        RawAction::Set(_, RawSum::Plus(a, b) | RawSum::Minus(a, b)) => vec![a, b],
        RawAction::Remove(_) | RawAction::Add(..) | RawAction::Delete(..) => Vec::new(),
    }
}

fn known_functions(operand: &RawOperand) -> Result<()> {
    match operand {
        RawOperand::Path(_) | RawOperand::Value(_) => Ok(()),
        RawOperand::Call(name, operands) => {
            operands.iter().try_for_each(known_functions)?;
            if operands_of(UPDATE_FUNCTIONS, name).is_some() {
                Ok(())
            } else if operands_of(CONDITION_FUNCTIONS, name).is_some() {
                Err(format!("The function is not allowed in an update expression; function: {name}"))
            } else {
                Err(format!("Invalid function name; function: {name}"))
            }
        }
    }
}

fn resolve_action(placeholders: &mut Placeholders, raw: &RawAction, path: Path) -> Result<Action> {
    match raw {
        RawAction::Remove(_) => Ok(Action::Remove(path)),
        RawAction::Set(_, RawSum::One(one)) => {
            Ok(Action::Set(path, UpdateValue::One(update_operand(placeholders, one)?)))
        }
        RawAction::Set(_, RawSum::Plus(a, b)) => {
            let (a, b) = (update_operand(placeholders, a)?, update_operand(placeholders, b)?);
            numbers("+", [&a, &b])?;
            Ok(Action::Set(path, UpdateValue::Plus(a, b)))
        }
        RawAction::Set(_, RawSum::Minus(a, b)) => {
            let (a, b) = (update_operand(placeholders, a)?, update_operand(placeholders, b)?);
            numbers("-", [&a, &b])?;
            Ok(Action::Set(path, UpdateValue::Minus(a, b)))
        }
        RawAction::Add(_, value) => {
            let value = placeholders.value(value)?;
            match value.kind() {
                Type::N | Type::Ss | Type::Ns | Type::Bs => Ok(Action::Add(path, value)),
                Type::S | Type::B | Type::Bool | Type::Null | Type::L | Type::M => {
                    Err(wrong_set("ADD", value.kind()))
                }
            }
        }
        RawAction::Delete(_, value) => {
            let value = placeholders.value(value)?;
            match value.kind() {
                Type::Ss | Type::Ns | Type::Bs => Ok(Action::Delete(path, value)),
                Type::S | Type::N | Type::B | Type::Bool | Type::Null | Type::L | Type::M => {
                    Err(wrong_set("DELETE", value.kind()))
                }
            }
        }
    }
}

fn wrong_set(operator: &str, kind: Type) -> String {
    format!(
        "Incorrect operand type for operator or function; operator: {operator}, operand type: {}, typeSet: \
         ALLOWED_FOR_{operator}_OPERAND",
        kind.long_name()
    )
}

fn numbers(operator: &str, operands: [&UpdateOperand; 2]) -> Result<()> {
    for operand in operands {
        if let UpdateOperand::Value(value) = operand
            && value.kind() != Type::N
        {
            return Err(wrong_type(operator, value.kind()));
        }
    }
    Ok(())
}

fn update_operand(placeholders: &mut Placeholders, raw: &RawOperand) -> Result<UpdateOperand> {
    match raw {
        RawOperand::Path(steps) => path(placeholders, steps).map(UpdateOperand::Path),
        RawOperand::Value(name) => placeholders.value(name).map(UpdateOperand::Value),
        RawOperand::Call(name, operands) => {
            let inner =
                operands.iter().map(|one| update_operand(placeholders, one)).collect::<Result<Vec<_>>>()?;
            count(UPDATE_FUNCTIONS, name, inner.len())?;
            let [first, second]: [UpdateOperand; 2] =
                inner.try_into().expect("both functions have two operands");
            if name == "if_not_exists" {
                return match first {
                    UpdateOperand::Path(path) => Ok(UpdateOperand::IfNotExists(path, Box::new(second))),
                    UpdateOperand::Value(_)
                    | UpdateOperand::IfNotExists(..)
                    | UpdateOperand::ListAppend(..) => Err(format!(
                        "Operator or function requires a document path; operator or function: {name}"
                    )),
                };
            }
            for operand in [&first, &second] {
                if let UpdateOperand::Value(value) = operand
                    && value.kind() != Type::L
                {
                    return Err(wrong_type(name, value.kind()));
                }
            }
            Ok(UpdateOperand::ListAppend(Box::new(first), Box::new(second)))
        }
    }
}
