//! CreateQueue.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{attributes, only, shown_queue, violation};
use crate::engine::queue::{Begin, NewQueue, RECEIVES_MAX_DEFAULT, VISIBILITY_SECS_DEFAULT};
use crate::engine::{Calls, Kinesis};
use crate::ops::target::{self, account};
use crate::shapes::{CreateQueueInput, CreateQueueOutput, QueueStartingPosition};
use crate::tables::queues::ReaderName;

/// Creates a queue over a stream whose capacity is on demand. Differs: usable at once unless `transitions` are asked for.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateQueue.html>
pub(crate) struct CreateQueue;

impl Operation for CreateQueue {
    type Service = Kinesis;
    type Input = CreateQueueInput;
    type Output = CreateQueueOutput;
    const NAME: &'static str = "CreateQueue";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        // A queue gives its stream's records to whoever receives: so it is the stream that is asked about.
        let stream = input.stream_configuration_list.iter().flatten().find_map(|one| one.stream_arn.as_ref());
        let asked = target::access(kinesis, call, "kinesis:CreateQueue", None, stream).await?;
        Ok(asked.into_iter().map(|access| access.tagging(input.tags.iter().flatten())).collect())
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        kinesis.take_call(Calls::Readers, &account(call))?;
        let attributes = attributes(input.queue_attributes.as_ref())?;
        let configuration = only(input.stream_configuration_list.need())?;
        let new = NewQueue {
            name: ReaderName {
                account: call.account(),
                region: call.region().to_string(),
                name: input.queue_name.need(),
            },
            stream: target::stream(call, None, configuration.stream_arn.as_ref())?,
            begin: begin(configuration.starting_position)?,
            visibility_secs: attributes.visibility_secs.unwrap_or(VISIBILITY_SECS_DEFAULT),
            receives_max: attributes.receives_max.unwrap_or(RECEIVES_MAX_DEFAULT),
            tags: input.tags.unwrap_or_default(),
        };
        let queue = kinesis.create_queue(&new).await?;
        Ok(CreateQueueOutput { queue_description: Some(shown_queue(&queue, kinesis.now())) })
    }
}

/// Where the queue is to begin; the model has checked the type.
fn begin(position: Option<QueueStartingPosition>) -> Result<Begin, Fault> {
    let Some(position) = position else { return Ok(Begin::Latest) };
    match (position.r#type.as_deref(), position.timestamp) {
        (Some("AT_TIMESTAMP"), Some(time)) => Ok(Begin::Time(time)),
        (Some("AT_TIMESTAMP"), None) => Err(violation("Timestamp is required when Type is AT_TIMESTAMP.")),
        (_, Some(_)) => Err(violation("Timestamp must be specified only when Type is AT_TIMESTAMP.")),
        (Some("TRIM_HORIZON"), None) => Ok(Begin::TrimHorizon),
        (_, None) => Ok(Begin::Latest),
    }
}
