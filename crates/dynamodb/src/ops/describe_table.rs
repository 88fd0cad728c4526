//! DescribeTable.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{shown, target};
use crate::engine::table::Status;
use crate::engine::{DynamoDb, Error};
use crate::shapes::{DescribeTableInput, DescribeTableOutput};

/// Describes a table. Differs: ItemCount and TableSizeBytes are counted when asked for, not every six hours.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html>
pub(crate) struct DescribeTable;

impl Operation for DescribeTable {
    type Service = DynamoDb;
    type Input = DescribeTableInput;
    type Output = DescribeTableOutput;
    const NAME: &'static str = "DescribeTable";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(target::access(db, call, "dynamodb:DescribeTable", input.table_name.as_ref()).await)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::table(call, &input.table_name.need())?;
        let found = db.described(&key).await?;
        let status = found.status(db.now()).ok_or_else(|| Error::NoTableNamed(key.name.clone()))?;
        let measure = match status {
            Status::Creating | Status::Deleting => Default::default(),
            Status::Active | Status::Updating => db.measure(&found.row.value).await?,
        };
        Ok(DescribeTableOutput { table: Some(shown::table(&found, status, &measure)) })
    }
}
