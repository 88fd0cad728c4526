//! InvokeAsync, the old form, and InvokeWithResponseStream.

use body::Events;
use bytes::Bytes;
use futures_util::{Stream, stream};
use serde_json::Value;
use service::{Access, Call, Fault, Operation};
use wire::{Need, Protocol, eventstream};

use super::invoke::{context, invoke_access};
use super::{Lambda, fault, named};
use crate::engine::error::Error;
use crate::engine::invoke::{EVENT_BYTES_MAX, Event, Outcome, Streamed, check_payload};
use crate::runtimes::Piece;
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
        let executed_version = Some(version.version.clone());
        let mut streamed = engine.invoke_streamed(version, event);
        let tail = input.log_type.as_deref() == Some("Tail");
        let (content_type, events) = match streamed.pieces.recv().await {
            Some(first) => {
                let content_type = match &first {
                    Piece::Head(content_type) => content_type.clone(),
                    Piece::Bytes(_) => None,
                };
                (content_type, Events::new(frames(first, streamed, tail)))
            }
            // It was refused, or failed without an answer.
            None => {
                let outcome = streamed.outcome().await.map_err(fault::of)?;
                (None, Events::new(stream::iter([completion(&Ok(outcome), tail)])))
            }
        };
        Ok(InvokeWithResponseStreamResponse {
            status_code: Some(200),
            executed_version,
            event_stream: Some(events),
            response_stream_content_type: content_type,
        })
    }
}

/// The pieces as they come, and how it ended.
fn frames(first: Piece, streamed: Streamed, tail: bool) -> impl Stream<Item = Bytes> + Send + 'static {
    stream::unfold((vec![first], Some(streamed)), move |(mut waiting, streamed)| async move {
        let mut streamed = streamed?;
        loop {
            let piece = match waiting.pop() {
                Some(piece) => Some(piece),
                None => streamed.pieces.recv().await,
            };
            match piece {
                Some(Piece::Head(_)) => {}
                Some(Piece::Bytes(mut bytes)) => {
                    let now = bytes.split_to(bytes.len().min(PIECE_BYTES));
                    if !bytes.is_empty() {
                        waiting.push(Piece::Bytes(bytes));
                    }
                    let update = InvokeResponseStreamUpdate { payload: Some(now) };
                    let frame = eventstream::event(Protocol::RestJson, "PayloadChunk", &update);
                    return Some((frame, (waiting, Some(streamed))));
                }
                None => {
                    let frame = completion(&streamed.outcome().await, tail);
                    return Some((frame, (waiting, None)));
                }
            }
        }
    })
}

/// The last event.
fn completion(outcome: &Result<Outcome, Error>, tail: bool) -> Bytes {
    let mut complete = InvokeWithResponseStreamCompleteEvent::default();
    match outcome {
        Ok(outcome) => {
            complete.log_result = tail.then(|| base64_simd::STANDARD.encode_to_string(&outcome.tail));
            if outcome.failed {
                let error: Value = serde_json::from_slice(&outcome.payload).unwrap_or_default();
                let code = error.get("errorType").and_then(Value::as_str).unwrap_or("Unhandled");
                complete.error_code = Some(code.to_owned());
                complete.error_details = Some(String::from_utf8_lossy(&outcome.payload).into_owned());
            }
        }
        Err(error) => {
            complete.error_code = Some("ServiceException".to_owned());
            complete.error_details = Some(error.message.clone());
        }
    }
    eventstream::event(Protocol::RestJson, "InvokeComplete", &complete)
}
