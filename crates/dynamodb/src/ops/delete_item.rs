//! DeleteItem.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::single_write::SingleWrite;
use super::target::Touched;
use super::{request, target};
use crate::engine::DynamoDb;
use crate::engine::write::Change;
use crate::shapes::{DeleteItemInput, DeleteItemOutput};

/// Deletes an item; fine if there is none. Durable when it answers.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html>
pub(crate) struct DeleteItem;

impl Operation for DeleteItem {
    type Service = DynamoDb;
    type Input = DeleteItemInput;
    type Output = DeleteItemOutput;
    const NAME: &'static str = "DeleteItem";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let key = request::peek(input.key.as_ref());
        let touched = Touched { items: vec![&key], ..Touched::default() };
        let table = input.table_name.as_ref();
        Ok(vec![target::access_items(db, call, "dynamodb:DeleteItem", table, touched).await])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let write = SingleWrite {
            table_name: input.table_name.need(),
            condition_expression: input.condition_expression,
            expected: input.expected,
            conditional_operator: input.conditional_operator,
            names: input.expression_attribute_names,
            values: input.expression_attribute_values,
            return_values: input.return_values,
            return_metrics: input.return_item_collection_metrics,
            return_on_failure: input.return_values_on_condition_check_failure,
            return_capacity: input.return_consumed_capacity,
        };
        let (attributes, consumed_capacity) = write.run(db, call, input.key.need(), Change::Delete).await?;
        Ok(DeleteItemOutput { attributes, consumed_capacity, ..Default::default() })
    }
}
