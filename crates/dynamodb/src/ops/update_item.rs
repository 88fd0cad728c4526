//! UpdateItem.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::{request, target, values};
use crate::engine::expression::{Placeholders, Update};
use crate::engine::legacy::{self, How};
use crate::engine::value::Item;
use crate::engine::write::{Change, ItemWrite, Written};
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{AttributeValueUpdate, UpdateItemInput, UpdateItemOutput};

/// Changes an item, or makes one that is not there. Durable when it answers.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html>
pub(crate) struct UpdateItem;

impl Operation for UpdateItem {
    type Service = DynamoDb;
    type Input = UpdateItemInput;
    type Output = UpdateItemOutput;
    const NAME: &'static str = "UpdateItem";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let key = request::peek(input.key.as_ref());
        let attributes = input.attribute_updates.iter().flatten().map(|(name, _)| name.clone()).collect();
        let touched = Touched { items: vec![&key], attributes, ..Touched::default() };
        let table = input.table_name.as_ref();
        Ok(vec![target::access_items(db, call, "dynamodb:UpdateItem", table, touched).await])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let table = target::table(call, &input.table_name.need())?;
        request::one_dialect(
            &[
                ("UpdateExpression", input.update_expression.is_some()),
                ("ConditionExpression", input.condition_expression.is_some()),
            ],
            None,
            &[
                ("AttributeUpdates", input.attribute_updates.is_some()),
                ("Expected", input.expected.is_some()),
                ("ConditionalOperator", input.conditional_operator.is_some()),
            ],
            (input.expression_attribute_names.is_some(), input.expression_attribute_values.is_some()),
        )?;
        let key = values::item(input.key.need())?;
        request::refuse_metrics(input.return_item_collection_metrics.as_deref())?;
        let mut placeholders =
            request::placeholders(input.expression_attribute_names, input.expression_attribute_values)?;
        let update = update(&mut placeholders, input.update_expression.as_deref(), input.attribute_updates)?;
        let condition = request::condition(
            &mut placeholders,
            input.condition_expression.as_deref(),
            input.expected,
            input.conditional_operator.as_deref(),
        )?;
        placeholders.finish()?;
        let wants_item = request::wants_item(input.return_values_on_condition_check_failure.as_deref());
        let touched = update.touched();
        let write = ItemWrite { table, change: Change::Update(key, update), condition, wants_item };
        let Written { old, new, cost } = db.write_item(&write).await?;
        call.meter_records(1);
        let parts =
            |item: Option<Item>| item.map(|item| touched.apply(&item)).filter(|item| !item.is_empty());
        let returned = match input.return_values.as_deref() {
            Some("ALL_OLD") => old,
            Some("ALL_NEW") => new,
            Some("UPDATED_OLD") => parts(old),
            Some("UPDATED_NEW") => parts(new),
            Some(_) | None => None,
        };
        let asked = input.return_consumed_capacity.as_deref();
        Ok(UpdateItemOutput {
            attributes: returned.map(values::shown),
            consumed_capacity: request::consumed(asked, &write.table.name, &cost),
            ..Default::default()
        })
    }
}

/// An update in either dialect.
fn update(
    placeholders: &mut Placeholders,
    expression: Option<&str>,
    older: Option<std::collections::BTreeMap<String, AttributeValueUpdate>>,
) -> Result<Update, Invalid> {
    if let Some(text) = expression {
        return placeholders.update(text);
    }
    let one = |(name, update): (String, AttributeValueUpdate)| {
        let action = match update.action.as_deref() {
            Some("ADD") => How::Add,
            Some("DELETE") => How::Delete,
            Some(_) | None => How::Put,
        };
        Ok((name, action, update.value.map(values::attr).transpose()?))
    };
    let all = older.unwrap_or_default().into_iter().map(one).collect::<Result<Vec<_>, Invalid>>()?;
    legacy::updates(all)
}
