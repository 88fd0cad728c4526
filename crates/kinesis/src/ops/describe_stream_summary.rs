//! DescribeStreamSummary.

use service::{Access, Call, Fault, Operation};

use super::target::account;
use super::{shown, target};
use crate::engine::{Calls, Error, Kinesis};
use crate::shapes::{DescribeStreamSummaryInput, DescribeStreamSummaryOutput, StreamDescriptionSummary};

/// Describes a stream without its shards. Differs: no `StreamId`, which would make clients ignore their endpoint (facts section 1).
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html>
pub(crate) struct DescribeStreamSummary;

impl Operation for DescribeStreamSummary {
    type Service = Kinesis;
    type Input = DescribeStreamSummaryInput;
    type Output = DescribeStreamSummaryOutput;
    const NAME: &'static str = "DescribeStreamSummary";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:DescribeStreamSummary",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::DescribeSummary, &account(call))?;
        let stream = kinesis.stream(&key).await?;
        let status = stream.status(kinesis.now()).ok_or_else(|| Error::NoStream(key.clone()))?;
        let (encryption_type, key_id) = shown::encryption(&stream.row);
        Ok(DescribeStreamSummaryOutput {
            stream_description_summary: Some(StreamDescriptionSummary {
                stream_name: Some(key.name.clone()),
                stream_arn: Some(stream.arn().to_string()),
                stream_id: None,
                stream_status: Some(status.as_str().to_owned()),
                stream_mode_details: Some(shown::mode(stream.row.mode)),
                retention_period_hours: shown::count(stream.row.retention_hours),
                stream_creation_timestamp: Some(stream.created()),
                enhanced_monitoring: Some(shown::metrics(stream.row.metrics)),
                encryption_type,
                key_id,
                open_shard_count: shown::count(stream.row.open_shards),
                consumer_count: shown::count(kinesis.count_consumers(&key).await?),
                warm_throughput: shown::warm_throughput(&stream.row),
                max_record_size_in_kib: shown::count(stream.row.record_kib_max),
                channel_count: shown::count(stream.row.channels),
                record_distribution_strategy: shown::distribution(&stream.row),
                queue_count: shown::count(stream.row.queues),
            }),
        })
    }
}
