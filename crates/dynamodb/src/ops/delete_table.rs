//! DeleteTable.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{shown, target};
use crate::engine::DynamoDb;
use crate::engine::measure::Measure;
use crate::engine::table::Status;
use crate::shapes::{DeleteTableInput, DeleteTableOutput, TableDescription};

/// Deletes a table and all that is in it. Differs: gone at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html>
pub(crate) struct DeleteTable;

impl Operation for DeleteTable {
    type Service = DynamoDb;
    type Input = DeleteTableInput;
    type Output = DeleteTableOutput;
    const NAME: &'static str = "DeleteTable";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:DeleteTable", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, &input.table_name.need())?;
        let gone = db.delete_table(&key).await?;
        let whole = shown::table(&gone, Status::Deleting, &Measure::default());
        // AWS leaves out what no longer matters.
        let table_description = TableDescription {
            attribute_definitions: None,
            key_schema: None,
            creation_date_time: None,
            global_secondary_indexes: None,
            local_secondary_indexes: None,
            warm_throughput: None,
            ..whole
        };
        Ok(DeleteTableOutput { table_description: Some(table_description) })
    }
}
