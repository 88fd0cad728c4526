//! DescribeLimits.

use service::{Access, Call, Fault, Operation};

use super::shown;
use super::target::account;
use crate::engine::{Calls, Kinesis};
use crate::shapes::{DescribeLimitsInput, DescribeLimitsOutput};

/// Tells the account's quotas in the region, and what is used of them.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeLimits.html>
pub(crate) struct DescribeLimits;

impl Operation for DescribeLimits {
    type Service = Kinesis;
    type Input = DescribeLimitsInput;
    type Output = DescribeLimitsOutput;
    const NAME: &'static str = "DescribeLimits";

    async fn access(_: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let _ = input;
        Ok(vec![Access::any("kinesis:DescribeLimits", call.caller())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let _ = input;
        let account = account(call);
        kinesis.take_call(Calls::DescribeLimits, &account)?;
        let holdings = kinesis.holdings(account.account, &account.region).await?;
        Ok(DescribeLimitsOutput {
            shard_limit: shown::count(kinesis.settings().shard_quota),
            open_shard_count: shown::count(holdings.open_shards),
            on_demand_stream_count: shown::count(holdings.on_demand_streams),
            on_demand_stream_count_limit: shown::count(kinesis.settings().on_demand_quota),
            channel_count: shown::count(holdings.channels),
            channel_count_limit: None,
        })
    }
}
