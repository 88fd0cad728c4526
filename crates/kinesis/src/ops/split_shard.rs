//! SplitShard.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use super::target::account;
use crate::engine::{Calls, Kinesis};
use crate::shapes::SplitShardInput;

/// Splits a shard in two. Differs: the children take records at once; AWS goes on writing to the parent for up to a second.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SplitShard.html>
pub(crate) struct SplitShard;

impl Operation for SplitShard {
    type Service = Kinesis;
    type Input = SplitShardInput;
    type Output = ();
    const NAME: &'static str = "SplitShard";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:SplitShard",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Split, &account(call))?;
        Ok(kinesis
            .split_shard(&key, &input.shard_to_split.need(), &input.new_starting_hash_key.need())
            .await?)
    }
}
