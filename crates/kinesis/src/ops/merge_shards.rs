//! MergeShards.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use super::target::account;
use crate::engine::{Calls, Kinesis};
use crate::shapes::MergeShardsInput;

/// Merges two adjacent shards. Differs: completes at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_MergeShards.html>
pub(crate) struct MergeShards;

impl Operation for MergeShards {
    type Service = Kinesis;
    type Input = MergeShardsInput;
    type Output = ();
    const NAME: &'static str = "MergeShards";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:MergeShards",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Merge, &account(call))?;
        let (lower, upper) = (input.shard_to_merge.need(), input.adjacent_shard_to_merge.need());
        Ok(kinesis.merge_shards(&key, &lower, &upper).await?)
    }
}
