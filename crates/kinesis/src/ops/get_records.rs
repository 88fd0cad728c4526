//! GetRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::fault::invalid_argument;
use super::{shown, target};
use crate::engine::Kinesis;
use crate::engine::read::READ_RECORDS_MAX;
use crate::shapes::{GetRecordsInput, GetRecordsOutput};

/// Gives the records from an iterator's place on.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html>
pub(crate) struct GetRecords;

impl Operation for GetRecords {
    type Service = Kinesis;
    type Input = GetRecordsInput;
    type Output = GetRecordsOutput;
    const NAME: &'static str = "GetRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        // The iterator tells whose stream it reads. One that is not ours will be refused, after the constraints.
        let iterator = input.shard_iterator.as_deref().map(|text| kinesis.open_iterator(text));
        Ok(vec![match iterator {
            Some(Ok(iterator)) => target::of_stream(kinesis, "kinesis:GetRecords", &iterator.key).await,
            Some(Err(_)) | None => Access::any("kinesis:GetRecords", call.caller()),
        }])
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let iterator = kinesis.open_iterator(&input.shard_iterator.need())?;
        if let Some(arn) = &input.stream_arn
            && target::stream(call, None, Some(arn))? != iterator.key
        {
            return Err(invalid_argument("StreamARN does not name the stream that ShardIterator reads."));
        }
        let limit = input.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(READ_RECORDS_MAX);
        let (reading, next) =
            kinesis.get_records(&iterator, limit, input.dry_run.unwrap_or(false), shown::by(call)).await?;
        call.meter_records(reading.records.len() as u64);
        Ok(GetRecordsOutput {
            records: Some(reading.records.into_iter().map(shown::record).collect()),
            next_shard_iterator: next,
            millis_behind_latest: Some(reading.behind_millis),
            child_shards: reading.ended.map(|children| children.into_iter().map(shown::child).collect()),
        })
    }
}
