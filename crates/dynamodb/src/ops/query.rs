//! Query.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::page::Page;
use super::target::Touched;
use super::{request, target};
use crate::engine::expression::KeyConditions;
use crate::engine::key::RangeCondition;
use crate::engine::read::Range;
use crate::engine::value::Item;
use crate::engine::{DynamoDb, Invalid, legacy};
use crate::shapes::{QueryInput, QueryOutput};

/// Items of one hash key, of a table or an index, in order of the range key.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html>
pub(crate) struct Query;

impl Operation for Query {
    type Service = DynamoDb;
    type Input = QueryInput;
    type Output = QueryOutput;
    const NAME: &'static str = "Query";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let sought = peek(input);
        let attributes = request::heads(
            input.projection_expression.as_deref(),
            input.expression_attribute_names.as_ref(),
            input.attributes_to_get.as_ref(),
        );
        let touched = Touched { items: vec![&sought], attributes, index: input.index_name.as_deref() };
        let table = input.table_name.as_ref();
        Ok(vec![target::access_items(db, call, "dynamodb:Query", table, touched).await])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let table = target::table(call, &input.table_name.need())?;
        request::one_dialect(
            &[
                ("FilterExpression", input.filter_expression.is_some()),
                ("KeyConditionExpression", input.key_condition_expression.is_some()),
            ],
            Some(input.projection_expression.is_some()),
            &[
                ("AttributesToGet", input.attributes_to_get.is_some()),
                ("QueryFilter", input.query_filter.is_some()),
                ("ConditionalOperator", input.conditional_operator.is_some()),
                ("KeyConditions", input.key_conditions.is_some() && input.key_condition_expression.is_some()),
            ],
            (input.expression_attribute_names.is_some(), input.expression_attribute_values.is_some()),
        )?;
        let mut placeholders =
            request::placeholders(input.expression_attribute_names, input.expression_attribute_values)?;
        let keys = match (&input.key_condition_expression, input.key_conditions) {
            (Some(text), _) => placeholders.key_conditions(text)?,
            (None, Some(conditions)) => legacy::key_conditions(request::conditions(conditions)?)?,
            (None, None) => {
                return Err(Invalid::new(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
                )
                .into());
            }
        };
        let given = Page {
            index: input.index_name,
            select: input.select,
            start: input.exclusive_start_key,
            limit: input.limit,
            is_consistent: input.consistent_read,
            filter_expression: input.filter_expression,
            filter: input.query_filter,
            operator: input.conditional_operator,
            projection_expression: input.projection_expression,
            attributes: input.attributes_to_get,
            return_capacity: input.return_consumed_capacity,
        };
        let range = Range::Query { keys, is_backwards: input.scan_index_forward == Some(false) };
        let shown = given.read(db, call, table, placeholders, range).await?;
        Ok(QueryOutput {
            items: shown.items,
            count: shown.count,
            scanned_count: shown.scanned_count,
            last_evaluated_key: shown.last_evaluated_key,
            consumed_capacity: shown.consumed_capacity,
        })
    }
}

/// The hash key that is sought, for the policies. What is wrong with the conditions is told later.
fn peek(input: &QueryInput) -> Item {
    let keys = match (&input.key_condition_expression, &input.key_conditions) {
        (Some(text), _) => {
            let given = request::peek(input.expression_attribute_values.as_ref());
            let names = input.expression_attribute_names.clone();
            let values = Some(given).filter(|given| !given.is_empty());
            crate::engine::expression::Placeholders::new(names, values)
                .and_then(|mut placeholders| placeholders.key_conditions(text))
                .unwrap_or_default()
        }
        (None, Some(conditions)) => {
            let equal = conditions.iter().filter(|(_, one)| one.comparison_operator.as_deref() == Some("EQ"));
            let mut item = Item::new();
            for (name, one) in equal {
                let first = one.attribute_value_list.iter().flatten().next();
                let given = first.map(|value| (name.clone(), copy(value))).into_iter().collect();
                item.extend(request::peek(Some(&given)));
            }
            return item;
        }
        (None, None) => KeyConditions::default(),
    };
    let equal = keys.0.into_iter().filter_map(|one| match one.condition {
        RangeCondition::Equal(value) => Some((one.name, value)),
        RangeCondition::Less(_)
        | RangeCondition::LessOrEqual(_)
        | RangeCondition::Greater(_)
        | RangeCondition::GreaterOrEqual(_)
        | RangeCondition::Between(..)
        | RangeCondition::BeginsWith(_) => None,
    });
    equal.collect()
}

/// A scalar once more.
fn copy(value: &crate::shapes::AttributeValue) -> crate::shapes::AttributeValue {
    crate::shapes::AttributeValue {
        s: value.s.clone(),
        n: value.n.clone(),
        b: value.b.clone(),
        ..Default::default()
    }
}
