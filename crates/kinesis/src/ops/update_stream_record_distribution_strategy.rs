//! UpdateStreamRecordDistributionStrategy.

use service::{Access, Call, Fault, Operation};

use super::{shown, target};
use crate::engine::Kinesis;
use crate::shapes::UpdateStreamRecordDistributionStrategyInput;

/// Sets what decides which shard a record of an on-demand stream goes to: its partition key, or chance where it has none.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamRecordDistributionStrategy.html>
pub(crate) struct UpdateStreamRecordDistributionStrategy;

impl Operation for UpdateStreamRecordDistributionStrategy {
    type Service = Kinesis;
    type Input = UpdateStreamRecordDistributionStrategyInput;
    type Output = ();
    const NAME: &'static str = "UpdateStreamRecordDistributionStrategy";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = "kinesis:UpdateStreamRecordDistributionStrategy";
        target::access(kinesis, call, action, None, input.stream_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, None, input.stream_arn.as_ref())?;
        let distribution = shown::distribution_of(input.record_distribution_strategy.as_deref());
        Ok(kinesis.set_distribution(&key, distribution).await?)
    }
}
