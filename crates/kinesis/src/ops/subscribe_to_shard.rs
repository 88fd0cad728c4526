//! SubscribeToShard.

use std::sync::Arc;

use body::Events;
use bytes::Bytes;
use futures_util::stream;
use service::{Access, Call, Fault, Operation};
use wire::{Need, Protocol, eventstream};

use super::get_shard_iterator::start;
use super::{shown, target};
use crate::engine::Kinesis;
use crate::engine::audience::Form;
use crate::engine::fanout::{Event, Subscriber};
use crate::engine::read::Reading;
use crate::shapes::{SubscribeToShardEvent, SubscribeToShardInput, SubscribeToShardOutput};

/// Pushes a shard's records to a consumer for five minutes.
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html>
pub(crate) struct SubscribeToShard;

impl Operation for SubscribeToShard {
    type Service = Kinesis;
    type Input = SubscribeToShardInput;
    type Output = SubscribeToShardOutput;
    const NAME: &'static str = "SubscribeToShard";

    async fn access(kinesis: &Kinesis, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let who = target::consumer(input.consumer_arn.as_ref(), None, None);
        target::to_consumer(kinesis, call, "kinesis:SubscribeToShard", who, input.consumer_arn.as_ref()).await
    }

    async fn run(kinesis: &Kinesis, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let who = target::consumer(input.consumer_arn.as_ref(), None, None)?;
        let position = input.starting_position.need();
        let start = start(position.r#type.as_deref().need(), position.sequence_number, position.timestamp)?;
        let dry_run = input.dry_run.unwrap_or(false);
        let by = Subscriber { principal: call.caller().principal.clone(), region: call.region().clone() };
        let subscription = kinesis.subscribe(who, &input.shard_id.need(), &start, dry_run, by).await?;
        let protocol = protocol(call);
        let frames = stream::unfold(subscription, move |mut subscription| async move {
            let event = subscription.next().await?;
            Some((frame(protocol, event), subscription))
        });
        Ok(SubscribeToShardOutput { event_stream: Some(Events::new(frames)) })
    }
}

/// The form of the events' payloads is that of the request.
fn protocol(call: &Call) -> Protocol {
    let content_type = call.head().headers.get("content-type").and_then(|value| value.to_str().ok());
    match content_type {
        Some(text) if text.starts_with("application/x-amz-cbor") => Protocol::KinesisCbor,
        Some(_) | None => Protocol::Json11,
    }
}

fn frame(protocol: Protocol, event: Event) -> Bytes {
    match event {
        Event::Read(page) => match Arc::try_unwrap(page) {
            Ok(page) => written(protocol, page.reading, page.continuation),
            Err(shared) => shared.written(form(protocol), |page| {
                written(protocol, page.reading.clone(), page.continuation.clone())
            }),
        },
        Event::Failed(error) => {
            let fault = Fault::from(error);
            // The stream's union knows one name for the server's own failures.
            let name = if fault.is_server() { "InternalFailureException" } else { &*fault.code };
            eventstream::exception(protocol, name, fault.message.as_deref().unwrap_or_default())
        }
    }
}

fn form(protocol: Protocol) -> Form {
    if protocol == Protocol::KinesisCbor { Form::Cbor } else { Form::Json }
}

fn written(protocol: Protocol, reading: Reading, continuation: Option<String>) -> Bytes {
    let event = SubscribeToShardEvent {
        records: Some(reading.records.into_iter().map(shown::record).collect()),
        continuation_sequence_number: continuation,
        millis_behind_latest: Some(reading.behind_millis),
        child_shards: reading.ended.map(|children| children.into_iter().map(shown::child).collect()),
    };
    eventstream::event(protocol, "SubscribeToShardEvent", &event)
}
