//! How Athena words a refusal: the only place that knows codes and statuses (facts section 5).
//!
//! | code | members beside the message |
//! |---|---|
//! | InvalidRequestException | `AthenaErrorCode` |
//! | ResourceNotFoundException | `ResourceName` |
//! | TooManyRequestsException | `Reason` |

use service::{Fault, Style, json};

use crate::engine::Error;

/// Athena's way of saying what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied: json::denied,
    undecodable: json::undecodable,
    violated: |text| invalid("INVALID_INPUT", text),
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |operation| invalid("INVALID_INPUT", format!("{} is not supported.", operation.name)),
    internal,
};

fn internal() -> Fault {
    Fault::new(500, "InternalServerException", "Internal server error.")
}

fn invalid(code: &str, text: impl Into<String>) -> Fault {
    Fault::new(400, "InvalidRequestException", text).with("AthenaErrorCode", code)
}

const TOO_MANY: &str = "You have exceeded the limit for the number of queries you can run concurrently. Please reduce the number of concurrent queries submitted by this account. Contact customer support to request a concurrent query limit increase.";

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(text) => invalid("INVALID_INPUT", text),
            Error::Malformed(text) => invalid("MALFORMED_QUERY", text),
            Error::NotFound { name, message } => {
                Fault::new(400, "ResourceNotFoundException", message).with("ResourceName", name)
            }
            Error::Metadata(text) => Fault::new(400, "MetadataException", text),
            Error::Denied(text) => Fault::new(400, "AccessDeniedException", text),
            Error::TooMany => Fault::new(400, "TooManyRequestsException", TOO_MANY)
                .with("Reason", "CONCURRENT_QUERY_LIMIT_EXCEEDED"),
            Error::Full => Fault::new(500, "InternalServerException", "The disk is full."),
            Error::Conflict | Error::Store(_) => {
                tracing::error!(%error, "athena cannot do what it was asked");
                internal()
            }
        }
    }
}
