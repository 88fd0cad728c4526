//! PutRecords.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::fault;
use super::{shown, target};
use crate::engine::put::{Entry, Put};
use crate::engine::shard_id::shard_id;
use crate::engine::{Error, Kinesis};
use crate::shapes::{PutRecordsInput, PutRecordsOutput, PutRecordsRequestEntry, PutRecordsResultEntry};
use crate::tables::StreamKey;

/// Puts up to 500 records. What is not throttled is durable when it answers, all of it or nothing.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html>
pub(crate) struct PutRecords;

impl Operation for PutRecords {
    type Service = Kinesis;
    type Input = PutRecordsInput;
    type Output = PutRecordsOutput;
    const NAME: &'static str = "PutRecords";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:PutRecords",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let records = input.records.need();
        let entries = entries(&records);
        let puts =
            kinesis.put_records(&key, &entries, input.dry_run.unwrap_or(false), shown::by(call)).await?;
        let encrypted = puts.iter().any(|put| matches!(put, Put::Stored { encrypted: true, .. }));
        let failed = puts.iter().filter(|put| matches!(put, Put::Throttled { .. })).count();
        call.meter_records((puts.len() - failed) as u64);
        Ok(PutRecordsOutput {
            failed_record_count: shown::count(failed),
            records: Some(puts.into_iter().map(|put| result(put, &key)).collect()),
            encryption_type: encrypted.then(|| "KMS".to_owned()),
        })
    }
}

/// The call's records as the engine takes them. The model has seen to it that each has data.
fn entries(records: &[PutRecordsRequestEntry]) -> Vec<Entry<'_>> {
    records.iter().filter_map(entry).collect()
}

fn entry(record: &PutRecordsRequestEntry) -> Option<Entry<'_>> {
    Some(Entry {
        partition_key: record.partition_key.as_deref(),
        explicit_hash_key: record.explicit_hash_key.as_deref(),
        data: record.data.as_ref()?,
    })
}

fn result(put: Put, key: &StreamKey) -> PutRecordsResultEntry {
    match put {
        Put::Stored { sequence_number, shard, encrypted: _ } => PutRecordsResultEntry {
            sequence_number: Some(sequence_number),
            shard_id: Some(shard_id(shard)),
            error_code: None,
            error_message: None,
        },
        Put::Throttled { shard } => PutRecordsResultEntry {
            sequence_number: None,
            shard_id: None,
            error_code: Some("ProvisionedThroughputExceededException".to_owned()),
            error_message: Some(fault::text(&Error::Throttled(key.clone(), shard))),
        },
    }
}
