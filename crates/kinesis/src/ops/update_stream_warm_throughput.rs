//! UpdateStreamWarmThroughput.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{shown, target};
use crate::engine::Kinesis;
use crate::shapes::{
    UpdateStreamWarmThroughputInput, UpdateStreamWarmThroughputOutput, WarmThroughputObject,
};

/// Sets the throughput that an on-demand stream keeps ready: it then has at least a shard for each MiB a second.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamWarmThroughput.html>
pub(crate) struct UpdateStreamWarmThroughput;

impl Operation for UpdateStreamWarmThroughput {
    type Service = Kinesis;
    type Input = UpdateStreamWarmThroughputInput;
    type Output = UpdateStreamWarmThroughputOutput;
    const NAME: &'static str = "UpdateStreamWarmThroughput";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:UpdateStreamWarmThroughput",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let mib = shown::mib_of(Some(input.warm_throughput_mi_bps.need()));
        kinesis.set_warm_throughput(&key, mib).await?;
        Ok(UpdateStreamWarmThroughputOutput {
            stream_arn: Some(crate::engine::stream::arn(&key).to_string()),
            stream_name: Some(key.name),
            warm_throughput: Some(WarmThroughputObject {
                target_mi_bps: shown::count(mib),
                current_mi_bps: shown::count(mib),
            }),
        })
    }
}
