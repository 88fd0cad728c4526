//! DescribeStream.

use base::Page;
use service::{Access, Call, Fault, Operation};

use super::target::account;
use super::{shown, target};
use crate::engine::shard_id::parse_shard_id;
use crate::engine::stream::Status;
use crate::engine::{Calls, Error, Kinesis};
use crate::shapes::{DescribeStreamInput, DescribeStreamOutput, StreamDescription};

/// Shards of one answer, whatever is asked for.
const SHARDS_MAX: usize = 100;

/// Describes a stream, with up to 100 of its shards.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html>
pub(crate) struct DescribeStream;

impl Operation for DescribeStream {
    type Service = Kinesis;
    type Input = DescribeStreamInput;
    type Output = DescribeStreamOutput;
    const NAME: &'static str = "DescribeStream";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:DescribeStream",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Describe, &account(call))?;
        let stream = kinesis.stream(&key).await?;
        let now = kinesis.now();
        let status = stream.status(now).ok_or_else(|| Error::NoStream(key.clone()))?;
        let after = input
            .exclusive_start_shard_id
            .map(|id| parse_shard_id(&id).ok_or_else(|| Error::ShardNotFound(key.clone(), id)))
            .transpose()?;
        let limit = input.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(SHARDS_MAX);
        // No shard is listed before the stream is ready.
        let shards = stream.listed(now).filter(|_| status != Status::Creating);
        let following = shards.filter(|shard| after.is_none_or(|after| shard.number > after));
        let page = Page::take(following, limit.min(SHARDS_MAX));
        let (encryption_type, key_id) = shown::encryption(&stream.row);
        Ok(DescribeStreamOutput {
            stream_description: Some(StreamDescription {
                stream_name: Some(key.name.clone()),
                stream_arn: Some(stream.arn().to_string()),
                stream_status: Some(status.as_str().to_owned()),
                stream_mode_details: Some(shown::mode(stream.row.mode)),
                shards: Some(page.items.into_iter().map(shown::shard).collect()),
                has_more_shards: Some(page.more),
                retention_period_hours: shown::count(stream.row.retention_hours),
                stream_creation_timestamp: Some(stream.created()),
                enhanced_monitoring: Some(shown::metrics(stream.row.metrics)),
                encryption_type,
                key_id,
            }),
        })
    }
}
