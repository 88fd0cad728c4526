//! ListStreams.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};

use super::target::account;
use super::{pages, shown};
use crate::engine::stream::{arn, status};
use crate::engine::{Calls, Kinesis};
use crate::shapes::{ListStreamsInput, ListStreamsOutput, StreamSummary};
use crate::tables::{StreamKey, StreamRow};

/// Streams of one answer, unless the caller says otherwise.
const STREAMS_DEFAULT: usize = 100;

/// Lists the account's streams in the region, by name.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html>
pub(crate) struct ListStreams;

impl Operation for ListStreams {
    type Service = Kinesis;
    type Input = ListStreamsInput;
    type Output = ListStreamsOutput;
    const NAME: &'static str = "ListStreams";

    async fn access(_: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let _ = input;
        Ok(vec![Access::any("kinesis:ListStreams", call.caller())])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let account = account(call);
        kinesis.take_call(Calls::List, &account)?;
        let after = match &input.next_token {
            Some(token) => {
                Some(pages::open_name(kinesis.tokens(), &purpose(&account), token, kinesis.now())?)
            }
            None => input.exclusive_start_stream_name,
        };
        let limit = input.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(STREAMS_DEFAULT);
        let page = kinesis.list_streams(account.account, &account.region, after.as_deref(), limit).await?;
        let last = page.items.last().filter(|_| page.more);
        let next_token = last
            .map(|(key, _)| pages::seal_name(kinesis.tokens(), &purpose(&account), &key.name, kinesis.now()));
        let now = kinesis.now();
        let summary = |(key, row): &(StreamKey, StreamRow)| StreamSummary {
            stream_name: Some(key.name.clone()),
            stream_arn: Some(arn(key).to_string()),
            stream_status: status(row, now).map(|status| status.as_str().to_owned()),
            stream_mode_details: Some(shown::mode(row.mode)),
            stream_creation_timestamp: Some(Timestamp::from_micros(row.created_micros)),
        };
        Ok(ListStreamsOutput {
            stream_names: Some(page.items.iter().map(|(key, _)| key.name.clone()).collect()),
            has_more_streams: Some(page.more),
            next_token,
            stream_summaries: Some(page.items.iter().map(summary).collect()),
        })
    }
}

fn purpose(account: &StreamKey) -> String {
    format!("kinesis.ListStreams/{}/{}", account.account, account.region)
}
