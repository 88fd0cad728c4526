//! PutRecord.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Firehose, fault, key, stream_access};
use crate::shapes::{PutRecordInput, PutRecordOutput};

/// Appends a record. Durable when answered. <https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html>
pub struct PutRecord;

impl Operation for PutRecord {
    type Service = Firehose;
    type Input = PutRecordInput;
    type Output = PutRecordOutput;
    const NAME: &'static str = "PutRecord";

    async fn access(_: &Firehose, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        stream_access("firehose:PutRecord", call, input.delivery_stream_name.as_ref())
    }

    async fn run(firehose: &Firehose, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = key(call, input.delivery_stream_name);
        let data = input.record.need().data.need();
        let put = firehose.engine.put(&key, vec![data]).await.map_err(fault::of)?;
        let mut outcomes = put.outcomes;
        let id = outcomes.pop().expect("one record, one outcome").map_err(fault::of)?;
        call.meter_records(1);
        Ok(PutRecordOutput { record_id: Some(id), encrypted: Some(put.sealed) })
    }
}
