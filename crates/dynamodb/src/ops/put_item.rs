//! PutItem.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::single_write::SingleWrite;
use super::target::Touched;
use super::{request, target};
use crate::engine::DynamoDb;
use crate::engine::write::Change;
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
        let (attributes, consumed_capacity) = write.run(db, call, input.item.need(), Change::Put).await?;
        Ok(PutItemOutput { attributes, consumed_capacity, ..Default::default() })
    }
}
