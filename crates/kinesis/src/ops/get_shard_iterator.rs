//! GetShardIterator.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::fault::invalid_argument;
use super::target;
use crate::engine::read::Start;
use crate::engine::{Error, Kinesis};
use crate::shapes::{GetShardIteratorInput, GetShardIteratorOutput};

/// Gives an iterator: a place in a shard, good for five minutes.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html>
pub(crate) struct GetShardIterator;

impl Operation for GetShardIterator {
    type Service = Kinesis;
    type Input = GetShardIteratorInput;
    type Output = GetShardIteratorOutput;
    const NAME: &'static str = "GetShardIterator";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:GetShardIterator",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        let start = start(
            input.shard_iterator_type.as_deref().need(),
            input.starting_sequence_number,
            input.timestamp,
        )?;
        let iterator = kinesis.shard_iterator(&key, &input.shard_id.need(), &start).await?;
        if input.dry_run.unwrap_or(false) {
            return Err(Error::DryRun.into());
        }
        Ok(GetShardIteratorOutput { shard_iterator: Some(iterator) })
    }
}

/// The start that type, number and time mean together; the model has checked the type.
pub(crate) fn start(kind: &str, number: Option<String>, time: Option<Timestamp>) -> Result<Start, Fault> {
    match (kind, number, time) {
        ("TRIM_HORIZON", None, _) => Ok(Start::TrimHorizon),
        ("LATEST", None, _) => Ok(Start::Latest),
        ("AT_SEQUENCE_NUMBER", Some(number), _) => Ok(Start::At(number)),
        ("AFTER_SEQUENCE_NUMBER", Some(number), _) => Ok(Start::After(number)),
        ("AT_TIMESTAMP", _, Some(time)) => Ok(Start::Time(time)),
        ("AT_TIMESTAMP", _, None) => Err(invalid_argument(
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
        )),
        (kind, number, _) => {
            let given = if number.is_some() { "and also a" } else { "and no" };
            Err(invalid_argument(format!(
                "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or \
                 LATEST and no StartingSequenceNumber. Request specified {kind} {given} StartingSequenceNumber."
            )))
        }
    }
}
