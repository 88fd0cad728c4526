//! EnableEnhancedMonitoring.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::engine::metrics::MetricSet;
use crate::engine::stream::arn;
use crate::shapes::{EnableEnhancedMonitoringInput, EnhancedMonitoringOutput};

/// Switches shard-level metrics on. Answers with the sets before and after.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_EnableEnhancedMonitoring.html>
pub(crate) struct EnableEnhancedMonitoring;

impl Operation for EnableEnhancedMonitoring {
    type Service = Kinesis;
    type Input = EnableEnhancedMonitoringInput;
    type Output = EnhancedMonitoringOutput;
    const NAME: &'static str = "EnableEnhancedMonitoring";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:EnableEnhancedMonitoring",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let metrics = MetricSet::of(&input.shard_level_metrics.need());
        let (before, after) = kinesis.set_metrics(&key, metrics, true).await?;
        Ok(EnhancedMonitoringOutput {
            stream_name: Some(key.name.clone()),
            current_shard_level_metrics: Some(before.names()),
            desired_shard_level_metrics: Some(after.names()),
            stream_arn: Some(arn(&key).to_string()),
        })
    }
}
