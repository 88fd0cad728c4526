//! Parameters that several operations share: expressions and their older kin, what is to be returned, what it cost.

use std::collections::BTreeMap;

use crate::engine::Invalid;
use crate::engine::capacity::{Cost, Units};
use crate::engine::expression::{Condition, Parameter, Path, Placeholders, Projection, Step};
use crate::engine::legacy::{self, Expected, Junction, Operator};
use crate::engine::value::{Attr, Item};
use crate::shapes::{self, Capacity, ConsumedCapacity, ExpectedAttributeValue};

use super::values::{self, Given};

/// A parameter's name, and whether it was given.
pub(crate) type Named = (&'static str, bool);

/// Refuses both dialects in one request, and placeholders without an expression. `expressions` are those that may use values.
pub(crate) fn one_dialect(
    expressions: &[Named],
    projection: Option<bool>,
    others: &[Named],
    (names, values): (bool, bool),
) -> Result<(), Invalid> {
    let projection = projection.map(|given| ("ProjectionExpression", given));
    let given = |all: &[Named]| -> Vec<&'static str> {
        all.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect()
    };
    let mut used = given(expressions);
    used.extend(projection.filter(|(_, given)| *given).map(|(name, _)| name));
    let older = given(others);
    if !used.is_empty() && !older.is_empty() {
        return Err(Invalid::new(format!(
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {{{}}} \
             Expression parameters: {{{}}}",
            older.join(", "),
            used.join(", ")
        )));
    }
    if names && used.is_empty() {
        return Err(Invalid::new("ExpressionAttributeNames can only be specified when using expressions"));
    }
    if values && given(expressions).is_empty() {
        let all: Vec<&str> = expressions.iter().map(|(name, _)| *name).collect();
        if all.is_empty() {
            return Err(Invalid::new(
                "ExpressionAttributeValues can only be specified when using expressions",
            ));
        }
        return Err(Invalid::new(format!(
            "ExpressionAttributeValues can only be specified when using expressions: {} {} null",
            all.join(" and "),
            if all.len() > 1 { "are" } else { "is" }
        )));
    }
    Ok(())
}

/// The placeholders of a request.
pub(crate) fn placeholders(
    names: Option<BTreeMap<String, String>>,
    values: Option<Given>,
) -> Result<Placeholders, Invalid> {
    Placeholders::new(names, values::placeholders(values)?)
}

/// What joins Expected and its kin.
pub(crate) fn junction(operator: Option<&str>) -> Junction {
    if operator == Some("OR") { Junction::Or } else { Junction::And }
}

/// A condition in either dialect.
pub(crate) fn condition(
    placeholders: &mut Placeholders,
    expression: Option<&str>,
    expected: Option<BTreeMap<String, ExpectedAttributeValue>>,
    operator: Option<&str>,
) -> Result<Option<Condition>, Invalid> {
    if let Some(text) = expression {
        return placeholders.condition(Parameter::Condition, text).map(Some);
    }
    let Some(expected) = expected.filter(|expected| !expected.is_empty()) else {
        return match operator {
            Some(_) => {
                Err(Invalid::parameter("ConditionalOperator cannot be used without Filter or Expected"))
            }
            None => Ok(None),
        };
    };
    if operator.is_some() && expected.len() == 1 {
        return Err(Invalid::parameter(
            "ConditionalOperator can only be used when Filter or Expected has two or more elements",
        ));
    }
    let one = |(name, entry): (String, ExpectedAttributeValue)| -> Result<(String, Expected), Invalid> {
        let list = match entry.attribute_value_list {
            Some(list) => Some(values::list(Some(list))?),
            None => None,
        };
        let value = entry.value.map(values::attr).transpose()?;
        let operator = entry.comparison_operator.as_deref().and_then(Operator::named);
        Ok((name, Expected { value, exists: entry.exists, operator, list }))
    };
    let expected = expected.into_iter().map(one).collect::<Result<Vec<_>, _>>()?;
    legacy::expected(expected, junction(operator)).map(Some)
}

/// QueryFilter, ScanFilter or KeyConditions.
pub(crate) fn conditions(
    given: BTreeMap<String, shapes::Condition>,
) -> Result<Vec<(String, Operator, Vec<Attr>)>, Invalid> {
    let one = |(name, condition): (String, shapes::Condition)| {
        let operator = condition.comparison_operator.as_deref().and_then(Operator::named);
        let operator = operator.expect("the model's constraint lets no other name pass");
        Ok((name, operator, values::list(condition.attribute_value_list)?))
    };
    given.into_iter().map(one).collect()
}

/// What of an item is wanted, in either dialect.
pub(crate) fn projection(
    placeholders: &mut Placeholders,
    expression: Option<&str>,
    attributes: Option<Vec<String>>,
) -> Result<Option<Projection>, Invalid> {
    if let Some(text) = expression {
        return placeholders.projection(text).map(Some);
    }
    let Some(attributes) = attributes else { return Ok(None) };
    for (at, name) in attributes.iter().enumerate() {
        if attributes[..at].contains(name) {
            return Err(Invalid::parameter(format!("Duplicate value in attribute name: {name}")));
        }
    }
    Ok(Some(Projection::of(attributes.into_iter().map(Path::attribute).collect())))
}

/// The attributes that a projection begins with, for the policies.
pub(crate) fn heads(
    projection: Option<&str>,
    names: Option<&BTreeMap<String, String>>,
    attributes: Option<&Vec<String>>,
) -> Vec<String> {
    let mut heads: Vec<String> = attributes.cloned().unwrap_or_default();
    // Whatever is wrong with it is told later.
    if let Some(text) = projection
        && let Ok(mut placeholders) = Placeholders::new(names.cloned(), None)
        && let Ok(projection) = placeholders.projection(text)
    {
        heads.extend(projection.paths().iter().filter_map(|path| match path.0.first() {
            Some(Step::Name(name)) => Some(name.clone()),
            Some(Step::Index(_)) | None => None,
        }));
    }
    heads
}

/// Whether ALL_OLD was asked for in case the condition does not hold.
pub(crate) fn wants_item(parameter: Option<&str>) -> bool {
    parameter == Some("ALL_OLD")
}

/// What is measured of item collections is not built.
pub(crate) fn refuse_metrics(parameter: Option<&str>) -> Result<(), Invalid> {
    match parameter {
        Some("SIZE") => Err(Invalid::new("ReturnItemCollectionMetrics SIZE is not built in this server")),
        Some(_) | None => Ok(()),
    }
}

/// What a call cost, as far as that was asked for.
pub(crate) fn consumed(asked: Option<&str>, table: &str, cost: &Cost) -> Option<ConsumedCapacity> {
    let detailed = match asked {
        Some("TOTAL") => false,
        Some("INDEXES") => true,
        Some(_) | None => return None,
    };
    let capacity = |units: Units| Capacity { capacity_units: Some(units.as_f64()), ..Default::default() };
    let of = |local: bool| {
        let all: BTreeMap<String, Capacity> = cost
            .indexes
            .iter()
            .filter(|(_, index)| index.is_local == local)
            .map(|(name, index)| (name.clone(), capacity(index.units)))
            .collect();
        Some(all).filter(|all| detailed && !all.is_empty())
    };
    Some(ConsumedCapacity {
        table_name: Some(table.to_owned()),
        capacity_units: Some(cost.total().as_f64()),
        table: detailed.then(|| capacity(cost.table)),
        local_secondary_indexes: of(true),
        global_secondary_indexes: of(false),
        ..Default::default()
    })
}

/// As [`consumed`] for a transaction, which tells reads and writes apart.
pub(crate) fn consumed_together(
    asked: Option<&str>,
    costs: &BTreeMap<String, Cost>,
) -> Option<Vec<ConsumedCapacity>> {
    let one = |(table, cost): (&String, &Cost)| {
        let mut consumed = consumed(asked, table, cost)?;
        let units = consumed.capacity_units;
        if cost.is_read {
            consumed.read_capacity_units = units;
        } else {
            consumed.write_capacity_units = units;
        }
        Some(consumed)
    };
    let all: Vec<ConsumedCapacity> = costs.iter().filter_map(one).collect();
    Some(all).filter(|all| !all.is_empty())
}

/// A key as far as the policies want to know: what does not decode is refused later.
pub(crate) fn peek(given: Option<&Given>) -> Item {
    let simple = |value: &shapes::AttributeValue| match (&value.s, &value.n, &value.b) {
        (Some(text), None, None) => Some(Attr::S(text.clone())),
        (None, Some(text), None) => text.parse().ok().map(Attr::N),
        (None, None, Some(bytes)) => Some(Attr::B(bytes.clone())),
        _ => Some(Attr::Null),
    };
    let all = given.into_iter().flatten();
    all.filter_map(|(name, value)| Some((name.clone(), simple(value)?))).collect()
}
