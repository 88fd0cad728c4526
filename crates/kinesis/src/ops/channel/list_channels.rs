//! ListChannels.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};

use crate::engine::channel::Channel;
use crate::engine::stream::arn;
use crate::engine::{Calls, Kinesis};
use crate::ops::pages;
use crate::ops::queue::passes_any;
use crate::ops::target::account;
use crate::shapes::{ChannelStreamIdentifier, ChannelSummary, ListChannelsInput, ListChannelsOutput};

/// Channels of one answer, whatever is asked for (ListChannels, "MaxResults").
const CHANNELS_MAX: usize = 100;
const PURPOSE: &str = "kinesis.ListChannels";

/// Lists the channels of an account in a region, by name.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListChannels.html>
pub(crate) struct ListChannels;

impl Operation for ListChannels {
    type Service = Kinesis;
    type Input = ListChannelsInput;
    type Output = ListChannelsOutput;
    const NAME: &'static str = "ListChannels";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let _ = (kinesis, input);
        Ok(vec![Access::any("kinesis:ListChannels", call.caller())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let account = account(call);
        kinesis.take_call(Calls::Readers, &account)?;
        let filters = input.stream_filter.unwrap_or_default().into_iter();
        let passes = passes_any(filters.map(|filter| (filter.stream_arn, filter.stream_creation_timestamp)))?;
        let now = kinesis.now();
        let purpose = format!("{PURPOSE}/{}/{}", account.account, account.region);
        let token = input.next_token.as_deref();
        let after =
            token.map(|token| pages::open_name(kinesis.tokens(), &purpose, token, now)).transpose()?;
        let limit = input.max_results.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(CHANNELS_MAX);
        let wanted = |channel: &Channel| passes(&channel.stream(), channel.row.stream_created_micros);
        let of = (account.account, account.region.as_str());
        let page = kinesis.list_channels(of, wanted, after.as_deref(), limit.min(CHANNELS_MAX)).await?;
        let last = page.items.last().filter(|_| page.more);
        Ok(ListChannelsOutput {
            next_token: last.map(|last| pages::seal_name(kinesis.tokens(), &purpose, &last.row.name, now)),
            channel_summaries: Some(page.items.iter().map(|channel| summary(channel, now)).collect()),
        })
    }
}

fn summary(channel: &Channel, now: Timestamp) -> ChannelSummary {
    ChannelSummary {
        channel_name: Some(channel.row.name.clone()),
        channel_arn: Some(channel.arn()),
        channel_id: Some(channel.id()),
        channel_status: Some(channel.status(now).as_str().to_owned()),
        channel_status_reason: None,
        channel_creation_timestamp: Some(Timestamp::from_micros(channel.row.created_micros)),
        channel_destination_type: Some("S3".to_owned()),
        streams: Some(vec![ChannelStreamIdentifier {
            stream_arn: Some(arn(&channel.stream()).to_string()),
            stream_creation_timestamp: Some(Timestamp::from_micros(channel.row.stream_created_micros)),
        }]),
    }
}
