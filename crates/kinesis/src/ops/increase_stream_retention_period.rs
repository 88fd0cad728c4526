//! IncreaseStreamRetentionPeriod.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::engine::settings::Direction;
use crate::shapes::IncreaseStreamRetentionPeriodInput;

/// Keeps records for longer. What has expired stays expired.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html>
pub(crate) struct IncreaseStreamRetentionPeriod;

impl Operation for IncreaseStreamRetentionPeriod {
    type Service = Kinesis;
    type Input = IncreaseStreamRetentionPeriodInput;
    type Output = ();
    const NAME: &'static str = "IncreaseStreamRetentionPeriod";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:IncreaseStreamRetentionPeriod",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let hours = i64::from(input.retention_period_hours.need());
        Ok(kinesis.set_retention(&key, hours, Direction::Increase).await?)
    }
}
