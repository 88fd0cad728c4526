//! GetItem.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::{request, target, values};
use crate::engine::DynamoDb;
use crate::shapes::{GetItemInput, GetItemOutput};

/// The item under a key. Differs: every read is a consistent one; ConsistentRead only makes it cost more.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html>
pub(crate) struct GetItem;

impl Operation for GetItem {
    type Service = DynamoDb;
    type Input = GetItemInput;
    type Output = GetItemOutput;
    const NAME: &'static str = "GetItem";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let key = request::peek(input.key.as_ref());
        let attributes = request::heads(
            input.projection_expression.as_deref(),
            input.expression_attribute_names.as_ref(),
            input.attributes_to_get.as_ref(),
        );
        let touched = Touched { items: vec![&key], attributes, ..Touched::default() };
        let table = input.table_name.as_ref();
        Ok(vec![target::access_items(db, call, "dynamodb:GetItem", table, touched).await])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let table = target::table(call, &input.table_name.need())?;
        request::one_dialect(
            &[],
            Some(input.projection_expression.is_some()),
            &[("AttributesToGet", input.attributes_to_get.is_some())],
            (input.expression_attribute_names.is_some(), false),
        )?;
        let key = values::item(input.key.need())?;
        let mut placeholders = request::placeholders(input.expression_attribute_names, None)?;
        let projection = request::projection(
            &mut placeholders,
            input.projection_expression.as_deref(),
            input.attributes_to_get,
        )?;
        placeholders.finish()?;
        let (item, cost) = db.get_item(&table, &key, input.consistent_read.unwrap_or(false)).await?;
        call.meter_records(u64::from(item.is_some()));
        let item = item.map(|item| match &projection {
            Some(projection) => projection.apply(&item),
            None => item,
        });
        Ok(GetItemOutput {
            item: item.map(values::shown),
            consumed_capacity: request::consumed(
                input.return_consumed_capacity.as_deref(),
                &table.name,
                &cost,
            ),
        })
    }
}
