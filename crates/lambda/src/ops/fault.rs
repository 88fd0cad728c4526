//! What the engine says, as the service says it: the only place that knows codes and statuses (facts section 4.1).
//!
//! Every error has a `Type`; its text is called `Message` where the resource is not there or the service is to blame, `message` elsewhere.

use service::{Denied, Fault, Style, json};
use wire::DecodeError;

use crate::engine::error::{Error, Throttle, Why};

/// The service's way of saying what happens before an operation runs.
pub(super) const STYLE: Style = Style {
    denied,
    undecodable,
    violated: |text| Fault::new(400, "ValidationException", text),
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |operation| {
        let text = format!("The operation {} is not implemented.", operation.name);
        Fault::new(501, "NotImplementedException", text)
    },
    internal,
};

fn internal() -> Fault {
    server(500, "ServiceException", "Internal server error")
}

fn denied(denied: &Denied) -> Fault {
    let who = denied.principal.as_ref().map_or("anonymous", |arn| arn.as_str());
    let message = format!(
        "User: {who} is not authorized to perform: {} on resource: {} {}",
        denied.action, denied.resource, denied.because
    );
    Fault::bare(403, "AccessDeniedException").with("Message", message)
}

fn undecodable(error: &DecodeError) -> Fault {
    match error {
        DecodeError::NotParsable
        | DecodeError::MalformedXml
        | DecodeError::WrongType(_)
        | DecodeError::BadValue { .. } => {
            let text = format!("Could not parse request body into json: {error}");
            user(400, "InvalidRequestContentException", "message", text)
        }
        DecodeError::TooLarge => user(413, "RequestEntityTooLargeException", "message", "Request too large"),
    }
}

fn user(status: u16, code: &'static str, name: &'static str, text: impl Into<String>) -> Fault {
    Fault::bare(status, code).with("Type", "User").with(name, text)
}

fn server(status: u16, code: &'static str, text: impl Into<String>) -> Fault {
    Fault::bare(status, code).with("Type", "Service").with("Message", text)
}

/// An engine's error as the service states it.
pub(super) fn of(error: Error) -> Fault {
    let Error { why, message } = error;
    match why {
        Why::NotFound => user(404, "ResourceNotFoundException", "Message", message),
        Why::NoProvisioned => user(404, "ProvisionedConcurrencyConfigNotFoundException", "message", message),
        Why::Invalid => user(400, "InvalidParameterValueException", "message", message),
        Why::Violation => Fault::new(400, "ValidationException", message),
        Why::Conflict => user(409, "ResourceConflictException", "message", message),
        Why::Precondition => user(412, "PreconditionFailedException", "message", message),
        Why::Content => user(400, "InvalidRequestContentException", "message", message),
        Why::TooLarge => user(413, "RequestEntityTooLargeException", "message", message),
        Why::PolicyTooLong => user(400, "PolicyLengthExceededException", "message", message),
        Why::Denied => Fault::bare(403, "AccessDeniedException").with("Message", message),
        Why::Throttled(which) => {
            let reason = match which {
                Throttle::Reserved => "ReservedFunctionConcurrentInvocationLimitExceeded",
                Throttle::Account => "ConcurrentInvocationLimitExceeded",
            };
            user(429, "TooManyRequestsException", "message", message).with("Reason", reason)
        }
        Why::Runtime => server(502, "InvalidRuntimeException", message),
        Why::Code => server(502, "InvalidZipFileException", message),
        Why::Unavailable => {
            tracing::warn!(why = message, "a request could not be served");
            internal()
        }
    }
}

/// What of a request is not built.
pub(super) fn not_available(what: &str) -> Error {
    Error::invalid(format!("{what} is not available in this version of Millrace"))
}
