//! DescribeLimits.

use service::{Access, Call, Fault, Operation};

use crate::engine::DynamoDb;
use crate::shapes::{DescribeLimitsInput, DescribeLimitsOutput};

/// What AWS allows an account in its regions. Nothing is refused for it here.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html>
pub(crate) struct DescribeLimits;

impl Operation for DescribeLimits {
    type Service = DynamoDb;
    type Input = DescribeLimitsInput;
    type Output = DescribeLimitsOutput;
    const NAME: &'static str = "DescribeLimits";

    async fn access(_: &DynamoDb, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("dynamodb:DescribeLimits", call.caller())])
    }

    async fn run(_: &DynamoDb, _: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
        Ok(DescribeLimitsOutput {
            account_max_read_capacity_units: Some(80_000),
            account_max_write_capacity_units: Some(80_000),
            table_max_read_capacity_units: Some(40_000),
            table_max_write_capacity_units: Some(40_000),
        })
    }
}
