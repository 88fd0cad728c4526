//! Lambda for other rooms: [`ports::Functions`].

use base::{Arn, Region};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use ports::{FunctionAnswer, Functions, PortError, Principal};

use crate::engine::error::{Error, Why};
use crate::engine::functions::Version;
use crate::engine::invoke::{Event, check_payload};
use crate::engine::names::Named;
use crate::ops::Lambda;

impl Functions for Lambda {
    fn invoke<'a>(
        &'a self,
        principal: &'a Principal,
        function: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<FunctionAnswer, PortError>> {
        Box::pin(async move {
            let (version, event) = self.asked(principal, function, payload, false).await.map_err(of)?;
            let outcome = self.engine.invoke(version, event).await.map_err(of)?;
            Ok(FunctionAnswer {
                payload: outcome.payload,
                error: outcome.failed.then(|| "Unhandled".to_owned()),
                version: outcome.version,
            })
        })
    }

    fn check<'a>(
        &'a self,
        principal: &'a Principal,
        function: &'a Arn,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        let nothing = Bytes::from_static(b"{}");
        Box::pin(async move { self.asked(principal, function, nothing, true).await.map(drop).map_err(of) })
    }

    fn enqueue<'a>(
        &'a self,
        principal: &'a Principal,
        function: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let (version, event) = self.asked(principal, function, payload, true).await.map_err(of)?;
            self.engine.enqueue(&version, event).await.map_err(of)
        })
    }
}

impl Lambda {
    /// Asks the policies, as for a request of the principal's own, and finds what is to run.
    async fn asked(
        &self,
        principal: &Principal,
        function: &Arn,
        payload: Bytes,
        queued: bool,
    ) -> Result<(Version, Event), Error> {
        let engine = &self.engine;
        let region = Region::new(function.region())
            .ok_or_else(|| Error::invalid(format!("`{function}` is no function")))?;
        let named = Named::read(function.as_str(), None, principal.account, &region)?;
        let access = engine.invoke_access(&named).await?;
        engine.allow(principal, &region, &access).await?;
        let version = engine.version_to_run(&named.key, named.qualifier.as_deref()).await?;
        let payload = check_payload(payload, queued)?;
        Ok((version, Event { request_id: engine.random.uuid(), payload, client_context: None }))
    }
}

fn of(error: Error) -> PortError {
    let Error { why, message } = error;
    match why {
        Why::NotFound | Why::NoProvisioned => {
            PortError::NotFound { code: "ResourceNotFoundException", message }
        }
        Why::Denied => PortError::Denied(message),
        Why::Invalid | Why::Violation | Why::Precondition => {
            PortError::Invalid { code: "InvalidParameterValueException", message }
        }
        Why::Content => PortError::Invalid { code: "InvalidRequestContentException", message },
        Why::TooLarge | Why::PolicyTooLong => {
            PortError::Invalid { code: "RequestEntityTooLargeException", message }
        }
        Why::Code => PortError::Invalid { code: "InvalidZipFileException", message },
        Why::Conflict | Why::Throttled(_) | Why::Runtime | Why::Unavailable => {
            PortError::Unavailable(message)
        }
    }
}
