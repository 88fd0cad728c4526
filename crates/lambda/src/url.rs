//! Functions at their URLs: [`ports::FunctionUrls`].
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>
//!
//! ```text
//! request → whose URL? → a browser's question about scripts → may the caller? → event → function → answer
//!           403 null     200                                   403 Forbidden      413     502, 429
//! ```
//! `event` makes an event of a request, `answer` an answer of what a function returned: both are pure. A URL of type NONE is open to whom its
//! function's policy lets in, so it needs one: `lambda:InvokeFunctionUrl` and, as for all URLs made today, `lambda:InvokeFunction` with the
//! condition `lambda:InvokedViaFunctionUrl`.
//!
//! Differs: a URL answers under `http` as well as `https`.

mod answer;
mod event;
mod scripts;

use base::Region;
use body::Body;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};
use ports::{FunctionUrls, UrlName, UrlRequest, UrlTerms};
use serde_json::{Value, json};
use service::{Access, AuthSource, Caller, Denied};
use wire::Answer;

use self::scripts::Rules;
use crate::engine::error::{Error, Throttle, Why};
use crate::engine::invoke::{Event, check_payload};
use crate::engine::names::Named;
use crate::ops::Lambda;
use crate::tables::UrlRow;

/// `AuthType` of URLs whose requests are signed.
const SIGNED: &str = "AWS_IAM";
/// `InvokeMode` of URLs whose answers are handed on while they are written.
const STREAMED: &str = "RESPONSE_STREAM";
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

impl FunctionUrls for Lambda {
    fn terms<'a>(&'a self, url: &'a UrlName, origin: Option<&'a str>) -> BoxFuture<'a, Option<UrlTerms>> {
        Box::pin(async move {
            let (_, row) = self.behind(url).await?;
            let lets_in =
                origin.is_some_and(|origin| Rules::of(&row).is_some_and(|rules| rules.lets_in(origin)));
            Some(UrlTerms { signed: row.auth == SIGNED, lets_in })
        })
    }

    fn serve(&self, request: UrlRequest) -> BoxFuture<'_, Answer> {
        Box::pin(async move {
            let Some((named, row)) = self.behind(&request.url).await else {
                return refusal(403, "AccessDeniedException", &json!({ "Message": null }));
            };
            let Some(rules) = Rules::of(&row) else { return self.run(&named, &row, request).await };
            let script = scripts::Script::of(&request);
            if let (&Method::OPTIONS, Some(script)) = (&request.method, &script)
                && script.asks
            {
                return rules.preflight(script);
            }
            let mut answer = self.run(&named, &row, request).await;
            if let Some(script) = &script {
                rules.tell(&mut answer, script);
            }
            answer
        })
    }
}

impl Lambda {
    /// What a URL leads to.
    async fn behind(&self, url: &UrlName) -> Option<(Named, UrlRow)> {
        match self.engine.find_url(&url.id, &url.region).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(url = url.id, %error, "a function's URL cannot be looked up");
                None
            }
        }
    }

    async fn run(&self, named: &Named, row: &UrlRow, request: UrlRequest) -> Answer {
        match self.try_run(named, row, request).await {
            Ok(answer) => answer,
            Err(Refusal::Unsigned) => forbidden(None),
            Err(Refusal::Denied(denied)) => forbidden(denied.hint.as_deref()),
            Err(Refusal::Error(error)) => failure(&error),
        }
    }

    async fn try_run(&self, named: &Named, row: &UrlRow, request: UrlRequest) -> Result<Answer, Refusal> {
        let engine = &self.engine;
        self.admit(named, row, &request).await?;
        let version = engine.version_to_run(&named.key, named.qualifier.as_deref()).await?;
        let payload = event::of(&request, engine.clock.wall(), row.auth == SIGNED);
        let payload = check_payload(Bytes::from(payload.to_string()), false)?;
        let event = Event { request_id: request.request_id, payload, client_context: None };
        if row.mode == STREAMED {
            let mut streamed = engine.invoke_streamed(version, event);
            return match streamed.pieces.recv().await {
                Some(first) => Ok(answer::streamed(first, streamed).await),
                None => {
                    let outcome = streamed.outcome().await?;
                    Ok(answer::of(outcome.failed, &outcome.payload))
                }
            };
        }
        let outcome = engine.invoke(version, event).await?;
        Ok(answer::of(outcome.failed, &outcome.payload))
    }

    /// Asks the policies, the function's among them.
    async fn admit(&self, named: &Named, row: &UrlRow, request: &UrlRequest) -> Result<(), Refusal> {
        let text = |name: &HeaderName| request.headers.get(name)?.to_str().ok().map(str::to_owned);
        let region: Region = named.key.region.clone();
        let signed = request.access_key_id.is_some();
        if row.auth == SIGNED && !signed {
            // The policies are not asked: one that lets in everybody means everybody who signs.
            return Err(Refusal::Unsigned);
        }
        let caller = Caller {
            access_key_id: request.access_key_id.clone(),
            auth: if signed { AuthSource::HeaderV4 } else { AuthSource::Anonymous },
            source_ip: request.source_ip,
            secure: request.secure,
            user_agent: text(&http::header::USER_AGENT),
            referer: text(&http::header::REFERER),
            ..Caller::internal(request.principal.clone(), region)
        };
        let invoke = self.engine.invoke_access(named).await?;
        let url = Access { action: "lambda:InvokeFunctionUrl", ..invoke.clone() };
        let asked = [
            url.with("lambda:FunctionUrlAuthType", row.auth.clone()),
            invoke.with("lambda:InvokedViaFunctionUrl", "true"),
        ];
        for access in &asked {
            self.engine
                .authorizer
                .allow(&caller, access)
                .await
                .map_err(|denied| Refusal::Denied(Box::new(denied)))?;
        }
        Ok(())
    }
}

/// Why the function is not asked.
enum Refusal {
    Unsigned,
    Denied(Box<Denied>),
    Error(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The policies say no: AWS says nothing of why, a server on one's own machine does.
fn forbidden(hint: Option<&str>) -> Answer {
    let mut said = json!({ "Message": "Forbidden" });
    if let Some(hint) = hint {
        said["Hint"] = Value::from(hint);
    }
    refusal(403, "AccessDeniedException", &said)
}

fn failure(error: &Error) -> Answer {
    let Error { why, message } = error;
    match why {
        Why::Throttled(which) => {
            let reason = match which {
                Throttle::Reserved => "ReservedFunctionConcurrentInvocationLimitExceeded",
                Throttle::Account => "ConcurrentInvocationLimitExceeded",
            };
            let said = json!({ "Reason": reason, "Type": "User", "message": message });
            refusal(429, "TooManyRequestsException", &said)
        }
        Why::TooLarge => refusal(413, "RequestEntityTooLargeException", &json!({ "Message": message })),
        Why::Conflict => refusal(409, "ResourceConflictException", &json!({ "Message": message })),
        Why::NotFound
        | Why::NoProvisioned
        | Why::Invalid
        | Why::Violation
        | Why::Precondition
        | Why::Content
        | Why::PolicyTooLong
        | Why::Denied
        | Why::Runtime
        | Why::Code
        | Why::Unavailable => {
            tracing::warn!(%error, "a function could not be run for its URL");
            answer::internal()
        }
    }
}

fn refusal(status: u16, code: &'static str, said: &Value) -> Answer {
    let headers = vec![
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ERROR_TYPE, HeaderValue::from_static(code)),
    ];
    Answer { status, headers, body: Body::from(said.to_string()) }
}
