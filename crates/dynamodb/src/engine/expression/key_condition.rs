//! Key conditions: a condition that says where in a table or an index to look.

use super::condition::{Comparator, Condition, Operand};
use crate::engine::error::Invalid;
use crate::engine::key::{Key, RangeCondition, is_empty_key};
use crate::engine::value::Attr;
use crate::tables::KeySchema;

/// What is said of one attribute of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SortCondition {
    /// The attribute.
    pub name: String,
    /// What.
    pub condition: RangeCondition,
}

/// What is said of a key's attributes, each at most once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeyConditions(pub Vec<SortCondition>);

/// Where to look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought {
    /// This hash key.
    pub hash: Attr,
    /// And a range key like this, if anything is said of it.
    pub range: Option<RangeCondition>,
}

impl KeyConditions {
    /// What an expression says.
    pub fn of_expression(condition: &Condition) -> Result<Self, Invalid> {
        let mut all = Self::default();
        all.read(condition)?;
        Ok(all)
    }

    fn read(&mut self, condition: &Condition) -> Result<(), Invalid> {
        match condition {
            Condition::And(list) => list.iter().try_for_each(|one| self.read(one)),
            Condition::Or(_) => Err(bad_operator("OR")),
            Condition::Not(_) => Err(bad_operator("NOT")),
            Condition::In(..) => Err(bad_operator("IN")),
            Condition::Exists(_) => Err(bad_operator("attribute_exists")),
            Condition::NotExists(_) => Err(bad_operator("attribute_not_exists")),
            Condition::HasType(..) => Err(bad_operator("attribute_type")),
            Condition::Contains(..) => Err(bad_operator("contains")),
            Condition::Compare(comparator, left, right) => self.compare(*comparator, left, right),
            Condition::Between(value, low, high) => {
                let name = first_operand(value, "BETWEEN")?;
                let (low, high) = (given(low)?, given(high)?);
                self.add(name, RangeCondition::Between(low, high))
            }
            Condition::BeginsWith(value, start) => {
                let name = first_operand(value, "begins_with")?;
                let start = given(start)?;
                self.add(name, RangeCondition::BeginsWith(start))
            }
        }
    }

    fn compare(&mut self, comparator: Comparator, left: &Operand, right: &Operand) -> Result<(), Invalid> {
        let (name, comparator, value) = match (left, right) {
            (Operand::Size(_), _) | (_, Operand::Size(_)) => return Err(nested_operation()),
            (Operand::Path(_), Operand::Path(_)) => return Err(several_names()),
            (Operand::Value(_), Operand::Value(_)) => {
                return Err(bad_condition("No key attribute specified"));
            }
            (Operand::Path(_), Operand::Value(value)) => (attribute(left)?, comparator, value),
            (Operand::Value(value), Operand::Path(_)) => (attribute(right)?, comparator.turned(), value),
        };
        let value = value.clone();
        let condition = match comparator {
            Comparator::Equal => RangeCondition::Equal(value),
            Comparator::Less => RangeCondition::Less(value),
            Comparator::LessOrEqual => RangeCondition::LessOrEqual(value),
            Comparator::Greater => RangeCondition::Greater(value),
            Comparator::GreaterOrEqual => RangeCondition::GreaterOrEqual(value),
            Comparator::NotEqual => return Err(bad_operator("<>")),
        };
        self.add(name, condition)
    }

    fn add(&mut self, name: String, condition: RangeCondition) -> Result<(), Invalid> {
        if self.0.iter().any(|known| known.name == name) {
            return Err(Invalid::new("KeyConditionExpressions must only contain one condition per key"));
        }
        self.0.push(SortCondition { name, condition });
        Ok(())
    }

    /// Where that is, by this key schema.
    pub fn sought(&self, schema: &KeySchema) -> Result<Sought, Invalid> {
        if self.0.len() > 2 {
            return Err(Invalid::new("Conditions can be of length 1 or 2 only"));
        }
        let of = |name: &str| self.0.iter().find(|condition| condition.name == name);
        let missed = |name: &str| Invalid::new(format!("Query condition missed key schema element: {name}"));
        let hash = of(&schema.hash.name).ok_or_else(|| missed(&schema.hash.name))?;
        let range = match &schema.range {
            Some(range) => of(&range.name),
            None => None,
        };
        if self.0.len() > 1 + usize::from(range.is_some()) {
            return Err(match &schema.range {
                Some(range) => missed(&range.name),
                None => Invalid::new("Query key condition not supported"),
            });
        }
        let RangeCondition::Equal(value) = &hash.condition else {
            return Err(Invalid::new("Query key condition not supported"));
        };
        let both = [(Some(hash), Some(&schema.hash)), (range, schema.range.as_ref())];
        for (condition, attribute) in both {
            let (Some(condition), Some(attribute)) = (condition, attribute) else { continue };
            for operand in condition.condition.operands() {
                if operand.kind() != attribute.kind.as_type() {
                    return Err(Invalid::parameter("Condition parameter type does not match schema type"));
                }
            }
        }
        if is_empty_key(value) {
            return Err(Invalid::new(format!(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string \
                 value. Key: {}",
                schema.hash.name
            )));
        }
        Ok(Sought { hash: value.clone(), range: range.map(|range| range.condition.clone()) })
    }
}

impl Sought {
    /// Whether a key is one of those.
    pub fn holds(&self, key: &Key) -> bool {
        let range_holds = match (&self.range, &key.range) {
            (None, _) => true,
            (Some(condition), Some(range)) => condition.holds(range),
            (Some(_), None) => false,
        };
        key.hash == self.hash && range_holds
    }
}

fn bad_operator(operator: &str) -> Invalid {
    Invalid::new(format!("Invalid operator used in KeyConditionExpression: {operator}"))
}

fn bad_condition(what: &str) -> Invalid {
    Invalid::new(format!("Invalid condition in KeyConditionExpression: {what}"))
}

fn nested_operation() -> Invalid {
    Invalid::new("KeyConditionExpressions cannot contain nested operations")
}

fn several_names() -> Invalid {
    bad_condition("Multiple attribute names used in one condition")
}

/// The attribute that an operand must be.
fn attribute(operand: &Operand) -> Result<String, Invalid> {
    match operand {
        Operand::Path(path) if path.is_nested() => {
            Err(Invalid::new("KeyConditionExpressions cannot have conditions on nested attributes"))
        }
        Operand::Path(path) => Ok(path.head().to_owned()),
        Operand::Size(_) => Err(nested_operation()),
        Operand::Value(_) => Err(bad_condition("No key attribute specified")),
    }
}

fn first_operand(operand: &Operand, operator: &str) -> Result<String, Invalid> {
    match operand {
        Operand::Value(_) => Err(bad_condition(&format!(
            "{operator} operator must have the key attribute as its first operand"
        ))),
        Operand::Path(_) | Operand::Size(_) => attribute(operand),
    }
}

/// The value that an operand must be.
fn given(operand: &Operand) -> Result<Attr, Invalid> {
    match operand {
        Operand::Value(value) => Ok(value.clone()),
        Operand::Path(_) => Err(several_names()),
        Operand::Size(_) => Err(nested_operation()),
    }
}
