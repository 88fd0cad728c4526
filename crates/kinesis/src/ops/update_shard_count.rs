//! UpdateShardCount.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::account;
use super::{shown, target};
use crate::engine::stream::arn;
use crate::engine::{Calls, Kinesis};
use crate::shapes::{UpdateShardCountInput, UpdateShardCountOutput};

/// Scales a stream to a number of shards of about the same size. Differs: completes at once unless `transitions` are asked for, however many shards that are.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html>
pub(crate) struct UpdateShardCount;

impl Operation for UpdateShardCount {
    type Service = Kinesis;
    type Input = UpdateShardCountInput;
    type Output = UpdateShardCountOutput;
    const NAME: &'static str = "UpdateShardCount";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:UpdateShardCount",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Scale, &account(call))?;
        let target_count = input.target_shard_count.need();
        let current = kinesis.update_shard_count(&key, target_count).await?;
        Ok(UpdateShardCountOutput {
            stream_name: Some(key.name.clone()),
            current_shard_count: shown::count(current),
            target_shard_count: Some(target_count),
            stream_arn: Some(arn(&key).to_string()),
        })
    }
}
