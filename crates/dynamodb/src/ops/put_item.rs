//! PutItem.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::{request, target, values};
use crate::engine::write::{Change, ItemWrite};
use crate::engine::{DynamoDb, Invalid};
use crate::shapes::{PutItemInput, PutItemOutput};

/// Puts an item, in place of one with the same key. Durable when it answers.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html>
pub(crate) struct PutItem;

impl Operation for PutItem {
    type Service = DynamoDb;
    type Input = PutItemInput;
    type Output = PutItemOutput;
    const NAME: &'static str = "PutItem";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let item = request::peek(input.item.as_ref());
        let touched = Touched { items: vec![&item], ..Touched::default() };
        let table = input.table_name.as_ref();
        Ok(vec![target::access_items(db, call, "dynamodb:PutItem", table, touched).await])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let table = target::table(call, &input.table_name.need())?;
        request::one_dialect(
            &[("ConditionExpression", input.condition_expression.is_some())],
            None,
            &[
                ("Expected", input.expected.is_some()),
                ("ConditionalOperator", input.conditional_operator.is_some()),
            ],
            (input.expression_attribute_names.is_some(), input.expression_attribute_values.is_some()),
        )?;
        let item = values::item(input.item.need())?;
        let wants_old = match input.return_values.as_deref() {
            None | Some("NONE") => false,
            Some("ALL_OLD") => true,
            Some(_) => return Err(Invalid::new("ReturnValues can only be ALL_OLD or NONE").into()),
        };
        request::refuse_metrics(input.return_item_collection_metrics.as_deref())?;
        let mut placeholders =
            request::placeholders(input.expression_attribute_names, input.expression_attribute_values)?;
        let condition = request::condition(
            &mut placeholders,
            input.condition_expression.as_deref(),
            input.expected,
            input.conditional_operator.as_deref(),
        )?;
        placeholders.finish()?;
        let wants_item = request::wants_item(input.return_values_on_condition_check_failure.as_deref());
        let write = ItemWrite { table, change: Change::Put(item), condition, wants_item };
        let written = db.write_item(&write).await?;
        call.meter_records(1);
        let asked = input.return_consumed_capacity.as_deref();
        Ok(PutItemOutput {
            attributes: written.old.filter(|_| wants_old).map(values::shown),
            consumed_capacity: request::consumed(asked, &write.table.name, &written.cost),
            ..Default::default()
        })
    }
}
