//! UpdateStreamMode.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{shown, target};
use crate::engine::Kinesis;
use crate::shapes::UpdateStreamModeInput;

/// Switches a stream's capacity mode. Its shards stay as they are.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html>
pub(crate) struct UpdateStreamMode;

impl Operation for UpdateStreamMode {
    type Service = Kinesis;
    type Input = UpdateStreamModeInput;
    type Output = ();
    const NAME: &'static str = "UpdateStreamMode";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(kinesis, call, "kinesis:UpdateStreamMode", None, input.stream_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, None, input.stream_arn.as_ref())?;
        let mode = shown::mode_of(&input.stream_mode_details.need());
        Ok(kinesis.set_mode(&key, mode, shown::mib_of(input.warm_throughput_mi_bps)).await?)
    }
}
