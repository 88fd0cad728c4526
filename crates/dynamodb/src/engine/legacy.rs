//! The older parameters: Expected, AttributeUpdates, KeyConditions, QueryFilter and ScanFilter. They say less than expressions, so they become the same
//! conditions and updates. KCL keeps its leases with nothing else (facts section 12.1).
//!
//! A name here is the name of an attribute, never a path.

use super::error::Invalid;
use super::expression::{
    Action, Comparator, Condition, KeyConditions, Operand, Path, SortCondition, Update, UpdateOperand,
    UpdateValue,
};
use super::key::RangeCondition;
use super::value::{Attr, Type};

/// ComparisonOperator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// EQ.
    Eq,
    /// NE.
    Ne,
    /// IN.
    In,
    /// LE.
    Le,
    /// LT.
    Lt,
    /// GE.
    Ge,
    /// GT.
    Gt,
    /// BETWEEN.
    Between,
    /// NOT_NULL.
    NotNull,
    /// NULL.
    Null,
    /// CONTAINS.
    Contains,
    /// NOT_CONTAINS.
    NotContains,
    /// BEGINS_WITH.
    BeginsWith,
}

impl Operator {
    const ALL: [Operator; 13] = [
        Operator::Eq,
        Operator::Ne,
        Operator::In,
        Operator::Le,
        Operator::Lt,
        Operator::Ge,
        Operator::Gt,
        Operator::Between,
        Operator::NotNull,
        Operator::Null,
        Operator::Contains,
        Operator::NotContains,
        Operator::BeginsWith,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Operator::Eq => "EQ",
            Operator::Ne => "NE",
            Operator::In => "IN",
            Operator::Le => "LE",
            Operator::Lt => "LT",
            Operator::Ge => "GE",
            Operator::Gt => "GT",
            Operator::Between => "BETWEEN",
            Operator::NotNull => "NOT_NULL",
            Operator::Null => "NULL",
            Operator::Contains => "CONTAINS",
            Operator::NotContains => "NOT_CONTAINS",
            Operator::BeginsWith => "BEGINS_WITH",
        }
    }

    /// The operator of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.as_str() == name)
    }

    fn takes(self, values: usize) -> bool {
        match self {
            Operator::NotNull | Operator::Null => values == 0,
            Operator::In => values >= 1,
            Operator::Between => values == 2,
            Operator::Eq
            | Operator::Ne
            | Operator::Le
            | Operator::Lt
            | Operator::Ge
            | Operator::Gt
            | Operator::Contains
            | Operator::NotContains
            | Operator::BeginsWith => values == 1,
        }
    }

    fn takes_type(self, kind: Type) -> bool {
        match self {
            Operator::Eq | Operator::Ne => true,
            Operator::BeginsWith => matches!(kind, Type::S | Type::B),
            Operator::In
            | Operator::Le
            | Operator::Lt
            | Operator::Ge
            | Operator::Gt
            | Operator::Between
            | Operator::Contains
            | Operator::NotContains => kind.is_ordered(),
            Operator::NotNull | Operator::Null => false,
        }
    }
}

/// One entry of Expected.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Expected {
    /// Value.
    pub value: Option<Attr>,
    /// Exists.
    pub exists: Option<bool>,
    /// ComparisonOperator.
    pub operator: Option<Operator>,
    /// AttributeValueList.
    pub list: Option<Vec<Attr>>,
}

/// What joins several conditions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Junction {
    /// All hold.
    #[default]
    And,
    /// One holds.
    Or,
}

fn join(mut all: Vec<Condition>, junction: Junction) -> Condition {
    match (all.len(), junction) {
        (1, _) => all.remove(0),
        (_, Junction::And) => Condition::And(all),
        (_, Junction::Or) => Condition::Or(all),
    }
}

/// The condition that Expected states.
pub fn expected(
    entries: impl IntoIterator<Item = (String, Expected)>,
    junction: Junction,
) -> Result<Condition, Invalid> {
    let all = entries.into_iter().map(|(name, entry)| expectation(&name, entry)).collect::<Result<_, _>>()?;
    Ok(join(all, junction))
}

fn expectation(name: &str, entry: Expected) -> Result<Condition, Invalid> {
    let Expected { value, exists, operator, list } = entry;
    let refuse = |text: String| Err(Invalid::parameter(format!("{text} for Attribute: {name}")));
    if value.is_some() && list.is_some() {
        return refuse("Value and AttributeValueList cannot be used together".to_owned());
    }
    let Some(operator) = operator else {
        if list.is_some() {
            return refuse("AttributeValueList can only be used with a ComparisonOperator".to_owned());
        }
        return match (exists, value) {
            (None | Some(true), Some(value)) => Ok(equals(name, value)),
            (Some(false), None) => Ok(Condition::NotExists(Path::attribute(name))),
            (Some(false), Some(_)) => refuse("Value cannot be used when Exists is false".to_owned()),
            (Some(true), None) => refuse("Value must be provided when Exists is true".to_owned()),
            (None, None) => refuse("Value must be provided when Exists is null".to_owned()),
        };
    };
    if exists.is_some() {
        return refuse("Exists and ComparisonOperator cannot be used together".to_owned());
    }
    let given = list.or_else(|| value.map(|value| vec![value]));
    if given.is_none() && !operator.takes(0) {
        return refuse(format!(
            "Value or AttributeValueList must be used with ComparisonOperator: {}",
            operator.as_str()
        ));
    }
    comparison(name, operator, given.unwrap_or_default())
}

fn equals(name: &str, value: Attr) -> Condition {
    Condition::Compare(Comparator::Equal, Operand::Path(Path::attribute(name)), Operand::Value(value))
}

fn check(operator: Operator, values: &[Attr]) -> Result<(), Invalid> {
    if !operator.takes(values.len()) {
        return Err(Invalid::parameter(format!(
            "Invalid number of argument(s) for the {} ComparisonOperator",
            operator.as_str()
        )));
    }
    if values.windows(2).any(|pair| pair[0].kind() != pair[1].kind()) {
        return Err(Invalid::parameter("AttributeValues inside AttributeValueList must be of same type"));
    }
    if let Some(wrong) = values.iter().find(|value| !operator.takes_type(value.kind())) {
        return Err(Invalid::parameter(format!(
            "ComparisonOperator {} is not valid for {} AttributeValue type",
            operator.as_str(),
            wrong.kind().as_str()
        )));
    }
    if operator == Operator::Between && values[0].order(&values[1]).is_some_and(|order| order.is_gt()) {
        return Err(Invalid::new(
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
        ));
    }
    Ok(())
}

/// The condition that one operator states of an attribute.
pub fn comparison(name: &str, operator: Operator, values: Vec<Attr>) -> Result<Condition, Invalid> {
    check(operator, &values)?;
    let path = || Path::attribute(name);
    let left = Operand::Path(path());
    let mut values = values.into_iter().map(Operand::Value);
    let mut next = || values.next().expect("their number was checked");
    let compared = |comparator, right| Condition::Compare(comparator, Operand::Path(path()), right);
    Ok(match operator {
        Operator::Eq => compared(Comparator::Equal, next()),
        Operator::Ne => compared(Comparator::NotEqual, next()),
        Operator::Le => compared(Comparator::LessOrEqual, next()),
        Operator::Lt => compared(Comparator::Less, next()),
        Operator::Ge => compared(Comparator::GreaterOrEqual, next()),
        Operator::Gt => compared(Comparator::Greater, next()),
        Operator::In => Condition::In(left, values.collect()),
        Operator::Between => {
            let (low, high) = (next(), next());
            Condition::Between(left, low, high)
        }
        Operator::NotNull => Condition::Exists(path()),
        Operator::Null => Condition::NotExists(path()),
        Operator::Contains => Condition::Contains(left, next()),
        Operator::NotContains => Condition::Not(Box::new(Condition::Contains(left, next()))),
        Operator::BeginsWith => Condition::BeginsWith(left, next()),
    })
}

/// The condition that QueryFilter or ScanFilter states.
pub fn filter(
    entries: impl IntoIterator<Item = (String, Operator, Vec<Attr>)>,
    junction: Junction,
) -> Result<Condition, Invalid> {
    let one = |(name, operator, values): (String, Operator, Vec<Attr>)| comparison(&name, operator, values);
    Ok(join(entries.into_iter().map(one).collect::<Result<_, _>>()?, junction))
}

/// What KeyConditions says.
pub fn key_conditions(
    entries: impl IntoIterator<Item = (String, Operator, Vec<Attr>)>,
) -> Result<KeyConditions, Invalid> {
    let mut all = KeyConditions::default();
    for (name, operator, values) in entries {
        check(operator, &values)?;
        let mut values = values.into_iter();
        let mut next = || values.next().expect("their number was checked");
        let condition = match operator {
            Operator::Eq => RangeCondition::Equal(next()),
            Operator::Le => RangeCondition::LessOrEqual(next()),
            Operator::Lt => RangeCondition::Less(next()),
            Operator::Ge => RangeCondition::GreaterOrEqual(next()),
            Operator::Gt => RangeCondition::Greater(next()),
            Operator::Between => {
                let (low, high) = (next(), next());
                RangeCondition::Between(low, high)
            }
            Operator::BeginsWith => RangeCondition::BeginsWith(next()),
            Operator::Ne
            | Operator::In
            | Operator::NotNull
            | Operator::Null
            | Operator::Contains
            | Operator::NotContains => {
                return Err(Invalid::new("Attempted conditional constraint is not an indexable operation"));
            }
        };
        all.0.push(SortCondition { name, condition });
    }
    Ok(all)
}

/// AttributeUpdates' Action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// PUT.
    Put,
    /// ADD.
    Add,
    /// DELETE.
    Delete,
}

/// The update that AttributeUpdates asks for.
pub fn updates(entries: impl IntoIterator<Item = (String, How, Option<Attr>)>) -> Result<Update, Invalid> {
    let mut actions = Vec::new();
    for (name, action, value) in entries {
        let path = Path::attribute(&*name);
        let kind = value.as_ref().map(Attr::kind);
        actions.push(match (action, value) {
            (How::Put, Some(value)) => Action::Set(path, UpdateValue::One(UpdateOperand::Value(value))),
            (How::Delete, None) => Action::Remove(path),
            (How::Delete, Some(value)) if matches!(kind, Some(Type::Ss | Type::Ns | Type::Bs)) => {
                Action::Delete(path, value)
            }
            (How::Delete, Some(value)) => {
                return Err(Invalid::parameter(format!(
                    "DELETE action with value is not supported for the type {}",
                    value.kind().as_str()
                )));
            }
            (How::Add, Some(value))
                if matches!(kind, Some(Type::N | Type::Ss | Type::Ns | Type::Bs | Type::L)) =>
            {
                Action::Add(path, value)
            }
            (How::Add, Some(value)) => {
                return Err(Invalid::parameter(format!(
                    "ADD action is not supported for the type {}",
                    value.kind().as_str()
                )));
            }
            (How::Put | How::Add, None) => {
                return Err(Invalid::parameter(
                    "Only DELETE action is allowed when no attribute value is specified",
                ));
            }
        });
    }
    Ok(Update { actions, is_legacy: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::value::Item;

    fn text(text: &str) -> Attr {
        Attr::S(text.to_owned())
    }

    fn item() -> Item {
        Item::from([
            ("owner".to_owned(), text("a")),
            ("counter".to_owned(), Attr::N(5.into())),
            ("dotted.name".to_owned(), Attr::Null),
        ])
    }

    fn says(entries: &[(&str, Expected)], junction: Junction) -> Result<bool, String> {
        let entries = entries.iter().map(|(name, entry)| ((*name).to_owned(), entry.clone()));
        expected(entries, junction).map(|condition| condition.holds(&item())).map_err(|invalid| invalid.0)
    }

    fn value(value: Attr) -> Expected {
        Expected { value: Some(value), ..Expected::default() }
    }

    fn exists(exists: bool) -> Expected {
        Expected { exists: Some(exists), ..Expected::default() }
    }

    #[test]
    fn leases_are_taken_under_expected() {
        let and = Junction::And;
        assert_eq!(
            says(&[("owner", value(text("a"))), ("counter", value(Attr::N(5.into())))], and),
            Ok(true)
        );
        assert_eq!(
            says(&[("owner", value(text("a"))), ("counter", value(Attr::N(6.into())))], and),
            Ok(false)
        );
        assert_eq!(says(&[("owner", exists(false))], and), Ok(false));
        assert_eq!(says(&[("checkpointOwner", exists(false))], and), Ok(true));
        let both = Expected { exists: Some(true), ..value(text("a")) };
        assert_eq!(says(&[("owner", both)], and), Ok(true));
        assert_eq!(
            says(&[("owner", exists(false)), ("counter", value(Attr::N(5.into())))], Junction::Or),
            Ok(true)
        );
    }

    #[test]
    fn names_are_no_paths() {
        let not_null = Expected { operator: Some(Operator::NotNull), ..Expected::default() };
        assert_eq!(says(&[("dotted.name", not_null)], Junction::And), Ok(true));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let refused = |entry: Expected| says(&[("a", entry)], Junction::And).unwrap_err();
        let start = "One or more parameter values were invalid: ";
        assert_eq!(
            refused(exists(true)),
            format!("{start}Value must be provided when Exists is true for Attribute: a")
        );
        assert_eq!(
            refused(Expected::default()),
            format!("{start}Value must be provided when Exists is null for Attribute: a")
        );
        let both = Expected { exists: Some(false), ..value(text("a")) };
        assert_eq!(
            refused(both),
            format!("{start}Value cannot be used when Exists is false for Attribute: a")
        );
        let few = Expected { operator: Some(Operator::Between), ..value(text("a")) };
        assert_eq!(
            refused(few),
            format!("{start}Invalid number of argument(s) for the BETWEEN ComparisonOperator")
        );
    }

    #[test]
    fn attribute_updates_put_delete_and_add() {
        let update = updates([
            ("owner".to_owned(), How::Delete, None),
            ("counter".to_owned(), How::Add, Some(Attr::N(1.into()))),
            ("new".to_owned(), How::Put, Some(text("x"))),
        ])
        .unwrap();
        let new = update.apply(&item(), &Item::new()).unwrap();
        assert_eq!(new.get("owner"), None);
        assert_eq!(new["counter"], Attr::N(6.into()));
        assert_eq!(new["new"], text("x"));
        let wrong = updates([("owner".to_owned(), How::Add, Some(Attr::N(1.into())))]).unwrap();
        let refused = wrong.apply(&item(), &Item::new()).unwrap_err();
        assert_eq!(refused.0, "Type mismatch for attribute to update");
    }
}
