//! PutRecordBatch.

use bytes::Bytes;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Firehose, fault, key, stream_access};
use crate::engine::limits::BATCH_BYTES_MAX;
use crate::engine::puts::Put;
use crate::shapes::{PutRecordBatchInput, PutRecordBatchOutput, PutRecordBatchResponseEntry};

/// Appends records in order, all in one commit. Durable when answered.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html>
///
/// Differs: records fail one by one only for want of throughput, under strict limits.
pub struct PutRecordBatch;

impl Operation for PutRecordBatch {
    type Service = Firehose;
    type Input = PutRecordBatchInput;
    type Output = PutRecordBatchOutput;
    const NAME: &'static str = "PutRecordBatch";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:PutRecordBatch", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let records: Vec<Bytes> = input.records.need().into_iter().map(|record| record.data.need()).collect();
        if records.iter().map(Bytes::len).sum::<usize>() > BATCH_BYTES_MAX {
            return Err(fault::invalid("Records size exceeds 4 MB limit"));
        }
        let key = key(call, input.delivery_stream_name);
        let put = firehose.engine.put(&key, records).await.map_err(fault::of)?;
        let outcomes = put.outcomes;
        let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
        call.meter_records((outcomes.len() - failed) as u64);
        Ok(PutRecordBatchOutput {
            failed_put_count: i32::try_from(failed).ok(),
            encrypted: Some(put.sealed),
            request_responses: Some(outcomes.into_iter().map(entry).collect()),
        })
    }
}

fn entry(outcome: Put) -> PutRecordBatchResponseEntry {
    match outcome {
        Ok(id) => PutRecordBatchResponseEntry { record_id: Some(id), ..Default::default() },
        Err(_) => PutRecordBatchResponseEntry {
            record_id: None,
            error_code: Some(fault::UNAVAILABLE.to_owned()),
            error_message: Some(fault::SLOW_DOWN.to_owned()),
        },
    }
}
