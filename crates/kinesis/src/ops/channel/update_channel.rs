//! UpdateChannel.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{channel_key, shown_channel};
use crate::engine::channel::Logging;
use crate::engine::{Calls, Kinesis};
use crate::ops::fault::invalid_argument;
use crate::ops::target::account;
use crate::shapes::{UpdateChannelInput, UpdateChannelOutput};

/// Changes how fresh a channel keeps its destination, or what it tells CloudWatch Logs. Differs: completes at once unless `transitions` are asked
/// for.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateChannel.html>
pub(crate) struct UpdateChannel;

impl Operation for UpdateChannel {
    type Service = Kinesis;
    type Input = UpdateChannelInput;
    type Output = UpdateChannelOutput;
    const NAME: &'static str = "UpdateChannel";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        super::access(kinesis, call, "kinesis:UpdateChannel", input.channel_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        if input.s3_tables_destination_configuration.is_some() {
            return Err(invalid_argument("The channel does not deliver to streaming tables."));
        }
        let freshness = input.s3_destination_configuration;
        let freshness = freshness.map(|destination| destination.data_freshness_in_seconds.need());
        let logging = input.logging_configuration.map(|logging| {
            let logs = logging.cloud_watch_logs.need();
            Logging { enabled: logs.enabled.need(), group: logs.log_group_name, stream: logs.log_stream_name }
        });
        let key = channel_key(&input.channel_arn.need())?;
        let channel = kinesis.update_channel(&key, freshness, logging.as_ref()).await?;
        Ok(UpdateChannelOutput { channel_description: Some(shown_channel(&channel, kinesis.now())) })
    }
}
