//! PutRecord.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{shown, target};
use crate::engine::put::{Entry, Put};
use crate::engine::shard_id::shard_id;
use crate::engine::{Error, Kinesis};
use crate::shapes::{PutRecordInput, PutRecordOutput};

/// Puts one record. Durable when it answers.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html>
pub(crate) struct PutRecord;

impl Operation for PutRecord {
    type Service = Kinesis;
    type Input = PutRecordInput;
    type Output = PutRecordOutput;
    const NAME: &'static str = "PutRecord";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:PutRecord",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let entry = Entry {
            partition_key: input.partition_key.as_deref(),
            explicit_hash_key: input.explicit_hash_key.as_deref(),
            data: &input.data.need(),
        };
        let ordering = input.sequence_number_for_ordering.as_deref();
        let dry_run = input.dry_run.unwrap_or(false);
        let put = kinesis.put_record(&key, entry, ordering, dry_run, shown::by(call)).await?;
        call.meter_records(1);
        match put {
            Put::Stored { sequence_number, shard, encrypted } => Ok(PutRecordOutput {
                shard_id: Some(shard_id(shard)),
                sequence_number: Some(sequence_number),
                encryption_type: encrypted.then(|| "KMS".to_owned()),
            }),
            Put::Throttled { shard } => Err(Error::Throttled(key, shard).into()),
        }
    }
}
