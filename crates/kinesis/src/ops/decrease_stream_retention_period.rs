//! DecreaseStreamRetentionPeriod.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target;
use crate::engine::Kinesis;
use crate::engine::settings::Direction;
use crate::shapes::DecreaseStreamRetentionPeriodInput;

/// Keeps records for a shorter time. What is beyond it is hidden at once.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html>
pub(crate) struct DecreaseStreamRetentionPeriod;

impl Operation for DecreaseStreamRetentionPeriod {
    type Service = Kinesis;
    type Input = DecreaseStreamRetentionPeriodInput;
    type Output = ();
    const NAME: &'static str = "DecreaseStreamRetentionPeriod";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:DecreaseStreamRetentionPeriod",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let hours = i64::from(input.retention_period_hours.need());
        Ok(kinesis.set_retention(&key, hours, Direction::Decrease).await?)
    }
}
