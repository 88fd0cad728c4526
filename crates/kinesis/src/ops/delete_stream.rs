//! DeleteStream.

use service::{Access, Call, Fault, Operation};

use super::target;
use super::target::account;
use crate::engine::{Calls, Kinesis};
use crate::shapes::DeleteStreamInput;

/// Deletes a stream and all its records. Differs: gone at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html>
pub(crate) struct DeleteStream;

impl Operation for DeleteStream {
    type Service = Kinesis;
    type Input = DeleteStreamInput;
    type Output = ();
    const NAME: &'static str = "DeleteStream";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::access(
            kinesis,
            call,
            "kinesis:DeleteStream",
            input.stream_name.as_ref(),
            input.stream_arn.as_ref(),
        )
        .await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::stream(call, input.stream_name.as_ref(), input.stream_arn.as_ref())?;
        kinesis.take_call(Calls::Delete, &account(call))?;
        Ok(kinesis.delete_stream(&key, input.enforce_consumer_deletion.unwrap_or(false)).await?)
    }
}
