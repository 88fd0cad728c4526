//! InvokeAsync, the old form, and InvokeWithResponseStream.

use body::Events;
use bytes::Bytes;
use futures_util::stream;
use serde_json::Value;
use service::{Access, Call, Fault, Operation};
use wire::{Need, Protocol, eventstream};

use super::invoke::{context, invoke_access};
use super::{Lambda, fault, named};
use crate::engine::error::Error;
use crate::engine::invoke::{EVENT_BYTES_MAX, Event, Outcome, check_payload};
use crate::shapes::{
    InvokeAsyncRequest, InvokeAsyncResponse, InvokeResponseStreamUpdate,
    InvokeWithResponseStreamCompleteEvent, InvokeWithResponseStreamRequest, InvokeWithResponseStreamResponse,
};

/// Queues an event. <https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html>
pub struct InvokeAsync;

impl Operation for InvokeAsync {
    type Service = Lambda;
    type Input = InvokeAsyncRequest;
    type Output = InvokeAsyncResponse;
    const NAME: &'static str = "InvokeAsync";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        invoke_access(lambda, call, input.function_name.as_ref(), None).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), None)?;
        let engine = &lambda.engine;
        let version =
            engine.version_to_run(&named.key, named.qualifier.as_deref()).await.map_err(fault::of)?;
        let body = input.invoke_args.need().collect(2 * EVENT_BYTES_MAX as u64).await;
        let body = body.map_err(|error| (fault::STYLE.broken_body)(&error))?;
        let payload = check_payload(body, true).map_err(fault::of)?;
        let event = Event { request_id: call.request_id().to_owned(), payload, client_context: None };
        engine.enqueue(&version, event).await.map_err(fault::of)?;
        Ok(InvokeAsyncResponse { status: Some(202) })
    }
}

/// Runs a function and gives its answer as a stream.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html>
///
/// Differs: the answer is sent when all of it is there, in pieces.
pub struct InvokeWithResponseStream;

/// Bytes of one piece.
const PIECE_BYTES: usize = 64 << 10;

impl Operation for InvokeWithResponseStream {
    type Service = Lambda;
    type Input = InvokeWithResponseStreamRequest;
    type Output = InvokeWithResponseStreamResponse;
    const NAME: &'static str = "InvokeWithResponseStream";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        invoke_access(lambda, call, input.function_name.as_ref(), input.qualifier.as_ref()).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let engine = &lambda.engine;
        let version =
            engine.version_to_run(&named.key, named.qualifier.as_deref()).await.map_err(fault::of)?;
        let payload = check_payload(input.payload.unwrap_or_default(), false).map_err(fault::of)?;
        let client_context = input.client_context.as_deref().map(context).transpose().map_err(fault::of)?;
        if input.invocation_type.as_deref() == Some("DryRun") {
            call.answer_status(204);
            call.answer_empty();
            return Ok(InvokeWithResponseStreamResponse::default());
        }
        let event = Event { request_id: call.request_id().to_owned(), payload, client_context };
        let outcome: Result<Outcome, Error> = engine.invoke(version, event).await;
        let outcome = outcome.map_err(fault::of)?;
        let executed_version = Some(outcome.version.clone());
        let tail = input.log_type.as_deref() == Some("Tail");
        Ok(InvokeWithResponseStreamResponse {
            status_code: Some(200),
            executed_version,
            event_stream: Some(Events::new(stream::iter(frames(outcome, tail)))),
            response_stream_content_type: None,
        })
    }
}

fn frames(outcome: Outcome, tail: bool) -> Vec<Bytes> {
    let mut frames = Vec::new();
    let mut complete = InvokeWithResponseStreamCompleteEvent {
        log_result: tail.then(|| base64_simd::STANDARD.encode_to_string(&outcome.tail)),
        ..InvokeWithResponseStreamCompleteEvent::default()
    };
    if outcome.failed {
        let error: Value = serde_json::from_slice(&outcome.payload).unwrap_or_default();
        let code = error.get("errorType").and_then(Value::as_str).unwrap_or("Unhandled");
        complete.error_code = Some(code.to_owned());
        complete.error_details = Some(String::from_utf8_lossy(&outcome.payload).into_owned());
    } else {
        for piece in outcome.payload.chunks(PIECE_BYTES) {
            let update = InvokeResponseStreamUpdate { payload: Some(Bytes::copy_from_slice(piece)) };
            frames.push(eventstream::event(Protocol::RestJson, "PayloadChunk", &update));
        }
    }
    frames.push(eventstream::event(Protocol::RestJson, "InvokeComplete", &complete));
    frames
}
