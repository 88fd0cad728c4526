//! ListTables.

use service::{Access, Call, Fault, Operation};

use crate::engine::DynamoDb;
use crate::shapes::{ListTablesInput, ListTablesOutput};

/// Names of one answer at most, and unless the caller says otherwise.
const NAMES_MAX: usize = 100;

/// Lists the account's tables in the region, by name.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html>
pub(crate) struct ListTables;

impl Operation for ListTables {
    type Service = DynamoDb;
    type Input = ListTablesInput;
    type Output = ListTablesOutput;
    const NAME: &'static str = "ListTables";

    async fn access(_: &DynamoDb, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("dynamodb:ListTables", call.caller())])
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let limit = input.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(NAMES_MAX);
        let after = input.exclusive_start_table_name.as_deref();
        let (names, more) = db.list_tables(call.account(), call.region().as_str(), after, limit).await?;
        let last = names.last().filter(|_| more).cloned();
        Ok(ListTablesOutput { table_names: Some(names), last_evaluated_table_name: last })
    }
}
