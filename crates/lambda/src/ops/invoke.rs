//! Invoke.

use bytes::Bytes;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, named};
use crate::engine::error::{Error, Why};
use crate::engine::invoke::{Event, check_payload};
use crate::engine::names::Named;
use crate::shapes::{InvocationRequest, InvocationResponse};

/// Bytes of a client context, in base64 (facts section 4.3).
const CONTEXT_BYTES_MAX: usize = 3_583;

/// Runs a function. <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>
pub struct Invoke;

impl Operation for Invoke {
    type Service = Lambda;
    type Input = InvocationRequest;
    type Output = InvocationResponse;
    const NAME: &'static str = "Invoke";

    async fn access(lambda: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        invoke_access(lambda, call, input.function_name.as_ref(), input.qualifier.as_ref()).await
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let engine = &lambda.engine;
        let kind = input.invocation_type.as_deref().unwrap_or("RequestResponse");
        let version =
            engine.version_to_run(&named.key, named.qualifier.as_deref()).await.map_err(fault::of)?;
        let payload = check_payload(input.payload.unwrap_or_default(), kind == "Event").map_err(fault::of)?;
        let client_context = input.client_context.as_deref().map(context).transpose().map_err(fault::of)?;
        let event = Event { request_id: call.request_id().to_owned(), payload, client_context };
        match kind {
            "DryRun" => {
                call.answer_status(204);
                call.answer_empty();
                Ok(InvocationResponse::default())
            }
            "Event" => {
                engine.enqueue(&version, event).await.map_err(fault::of)?;
                Ok(InvocationResponse {
                    status_code: Some(202),
                    payload: Some(Bytes::new()),
                    ..InvocationResponse::default()
                })
            }
            _ => {
                let outcome = engine.invoke(version, event).await.map_err(fault::of)?;
                let tail = input.log_type.as_deref() == Some("Tail");
                Ok(InvocationResponse {
                    status_code: Some(200),
                    function_error: outcome.failed.then(|| "Unhandled".to_owned()),
                    log_result: tail.then(|| base64_simd::STANDARD.encode_to_string(&outcome.tail)),
                    payload: Some(outcome.payload),
                    executed_version: Some(outcome.version),
                    durable_execution_arn: None,
                })
            }
        }
    }
}

/// The question whether the caller may invoke a function, with what the function's own policy says.
pub(super) async fn invoke_access(
    lambda: &Lambda,
    call: &Call,
    name: Option<&String>,
    qualifier: Option<&String>,
) -> Result<Vec<Access>, Fault> {
    let parsed = name.and_then(|name| Named::parse(name, call.account(), call.region()));
    Ok(vec![match parsed {
        Some(mut named) => {
            named.qualifier = named.qualifier.or_else(|| qualifier.cloned());
            lambda.engine.invoke_access(&named).await.map_err(fault::of)?
        }
        None => Access::any("lambda:InvokeFunction", call.caller()),
    }])
}

/// The JSON of a client context.
pub(super) fn context(base64: &str) -> Result<String, Error> {
    let broken = || Error::new(Why::Content, "Client context must be a valid Base64-encoded JSON object.");
    if base64.len() > CONTEXT_BYTES_MAX {
        return Err(Error::new(
            Why::Content,
            format!("Client context must be no more than {CONTEXT_BYTES_MAX} bytes when base64-encoded."),
        ));
    }
    let bytes = base64_simd::STANDARD.decode_to_vec(base64).map_err(|_| broken())?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    Ok(value.to_string())
}
