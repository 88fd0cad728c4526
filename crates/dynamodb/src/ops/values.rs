//! Values between the wire and the domain. What comes in is checked here once; what is in the domain is valid.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use crate::engine::Invalid;
use crate::engine::number::Number;
use crate::engine::value::{Attr, Item};
use crate::shapes::AttributeValue;

/// An item as it came.
pub(crate) type Given = BTreeMap<String, AttributeValue>;

/// The item that was given.
pub(crate) fn item(given: Given) -> Result<Item, Invalid> {
    given.into_iter().map(|(name, value)| Ok((name, attr(value)?))).collect()
}

/// The values that placeholders stand for.
pub(crate) fn placeholders(given: Option<Given>) -> Result<Option<Item>, Invalid> {
    let one = |(name, value): (String, AttributeValue)| match attr(value) {
        Ok(value) => Ok((name, value)),
        Err(Invalid(text)) => Err(Invalid::new(format!(
            "ExpressionAttributeValues contains invalid value: {text} for key {name}"
        ))),
    };
    given.map(|given| given.into_iter().map(one).collect()).transpose()
}

/// A list of values.
pub(crate) fn list(given: Option<Vec<AttributeValue>>) -> Result<Vec<Attr>, Invalid> {
    given.unwrap_or_default().into_iter().map(attr).collect()
}

/// The value that was given.
pub(crate) fn attr(given: AttributeValue) -> Result<Attr, Invalid> {
    let AttributeValue { s, n, b, ss, ns, bs, m, l, null, bool: truth } = given;
    let kinds = [
        s.is_some(),
        n.is_some(),
        b.is_some(),
        ss.is_some(),
        ns.is_some(),
        bs.is_some(),
        m.is_some(),
        l.is_some(),
        null.is_some(),
        truth.is_some(),
    ];
    let mut found = Vec::with_capacity(1);
    if let Some(text) = s {
        found.push(Attr::S(text));
    }
    if let Some(text) = n {
        found.push(Attr::N(number(&text)?));
    }
    if let Some(bytes) = b {
        found.push(Attr::B(bytes));
    }
    if let Some(null) = null {
        if !null {
            return Err(Invalid::parameter("Null attribute value types must have the value of true"));
        }
        found.push(Attr::Null);
    }
    if let Some(truth) = truth {
        found.push(Attr::Bool(truth));
    }
    if let Some(texts) = ss {
        found.push(string_set(texts)?);
    }
    if let Some(texts) = ns {
        found.push(number_set(&texts)?);
    }
    if let Some(all) = bs {
        found.push(binary_set(all)?);
    }
    if let Some(map) = m {
        found.push(Attr::M(item(map)?));
    }
    if let Some(values) = l {
        found.push(Attr::L(values.into_iter().map(attr).collect::<Result<_, _>>()?));
    }
    match (kinds.iter().filter(|is_there| **is_there).count(), found.pop()) {
        (1, Some(value)) => Ok(value),
        (0, _) | (_, None) => Err(Invalid::new(
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        )),
        (_, Some(_)) => Err(Invalid::new(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
        )),
    }
}

fn number(text: &str) -> Result<Number, Invalid> {
    Ok(text.parse::<Number>()?)
}

fn string_set(texts: Vec<String>) -> Result<Attr, Invalid> {
    if texts.is_empty() {
        return Err(Invalid::parameter("An string set  may not be empty"));
    }
    let set: BTreeSet<String> = texts.iter().cloned().collect();
    if set.len() < texts.len() {
        return Err(Invalid::parameter(format!(
            "Input collection [{}] contains duplicates.",
            texts.join(", ")
        )));
    }
    Ok(Attr::Ss(set))
}

fn number_set(texts: &[String]) -> Result<Attr, Invalid> {
    if texts.is_empty() {
        return Err(Invalid::parameter("An number set  may not be empty"));
    }
    let set = texts.iter().map(|text| number(text)).collect::<Result<BTreeSet<_>, _>>()?;
    if set.len() < texts.len() {
        return Err(Invalid::new("Input collection contains duplicates"));
    }
    Ok(Attr::Ns(set))
}

fn binary_set(all: Vec<Bytes>) -> Result<Attr, Invalid> {
    if all.is_empty() {
        return Err(Invalid::parameter("Binary sets should not be empty"));
    }
    let given = all.len();
    let set: BTreeSet<Bytes> = all.into_iter().collect();
    if set.len() < given {
        return Err(Invalid::parameter("Input collection of type BS contains duplicates."));
    }
    Ok(Attr::Bs(set))
}

/// An item for the wire.
pub(crate) fn shown(item: Item) -> Given {
    item.into_iter().map(|(name, value)| (name, value_shown(value))).collect()
}

fn value_shown(value: Attr) -> AttributeValue {
    let mut shown = AttributeValue::default();
    match value {
        Attr::S(text) => shown.s = Some(text),
        Attr::N(number) => shown.n = Some(number.to_string()),
        Attr::B(bytes) => shown.b = Some(bytes),
        Attr::Bool(truth) => shown.bool = Some(truth),
        Attr::Null => shown.null = Some(true),
        Attr::Ss(set) => shown.ss = Some(set.into_iter().collect()),
        Attr::Ns(set) => shown.ns = Some(set.into_iter().map(|number| number.to_string()).collect()),
        Attr::Bs(set) => shown.bs = Some(set.into_iter().collect()),
        Attr::L(list) => shown.l = Some(list.into_iter().map(value_shown).collect()),
        Attr::M(map) => shown.m = Some(self::shown(map)),
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::value::tests::attrs;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_come_back_as_they_went(value in attrs()) {
            prop_assert_eq!(attr(value_shown(value.clone())).unwrap(), value);
        }
    }

    #[test]
    fn a_value_has_exactly_one_type() {
        let refused = |value: AttributeValue| attr(value).unwrap_err().0;
        assert!(refused(AttributeValue::default()).starts_with("Supplied AttributeValue is empty"));
        let two = AttributeValue { s: Some("a".to_owned()), n: Some("1".to_owned()), ..Default::default() };
        assert!(refused(two).starts_with("Supplied AttributeValue has more than one"));
        let not_null = AttributeValue { null: Some(false), ..Default::default() };
        assert!(refused(not_null).contains("Null attribute value types must have the value of true"));
        let empty = AttributeValue { ss: Some(Vec::new()), ..Default::default() };
        assert!(refused(empty).ends_with("An string set  may not be empty"));
        let twice = AttributeValue { ns: Some(vec!["1".to_owned(), "1.0".to_owned()]), ..Default::default() };
        assert_eq!(refused(twice), "Input collection contains duplicates");
    }
}
