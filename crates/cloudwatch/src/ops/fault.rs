//! What the engine says, as each service says it: the only place that knows codes and statuses.
//!
//! CloudWatch's codes are the names of the model's shapes; what Query calls them follows from the model (`wire::encode_error`).

use body::BodyError;
use service::{Fault, Style, json};
use wire::DecodeError;

use crate::engine::error::{Error, Why};

/// CloudWatch's way of saying what happens before an operation runs.
pub(super) const MONITORING: Style = Style {
    denied: json::denied,
    undecodable: |error| match error {
        DecodeError::BadValue { name, .. } => {
            Fault::new(400, "MalformedInput", format!("The value for parameter {name} is malformed."))
        }
        DecodeError::NotParsable
        | DecodeError::WrongType(_)
        | DecodeError::MalformedXml
        | DecodeError::TooLarge => json::undecodable(error),
    },
    violated: |text| Fault::new(400, "ValidationException", text),
    broken_body,
    not_implemented,
    internal,
};

fn broken_body(error: &BodyError) -> Fault {
    json::broken_body(error, internal)
}

fn not_implemented(operation: &'static wire::Operation) -> Fault {
    let text = format!("The operation {} is not implemented.", operation.name);
    Fault::new(501, "NotImplementedException", text)
}

fn internal() -> Fault {
    Fault::new(500, "InternalServiceFault", "The request processing has failed because of an unknown error.")
}

fn unavailable(error: &Error) -> Fault {
    tracing::warn!(%error, "a request could not be served");
    Fault::new(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.")
}

/// An engine's error as CloudWatch states it.
pub(crate) fn monitoring(error: Error) -> Fault {
    let (status, code) = match error.why {
        Why::NotFound => (404, "ResourceNotFound"),
        Why::Exists => (409, "ConflictException"),
        Why::InvalidValue => (400, "InvalidParameterValueException"),
        Why::InvalidCombination => (400, "InvalidParameterCombinationException"),
        Why::Missing => (400, "MissingRequiredParameterException"),
        Why::Validation => (400, "ValidationException"),
        Why::InvalidToken => (400, "InvalidNextToken"),
        Why::TooManyTags | Why::LimitExceeded => (400, "LimitExceededFault"),
        Why::InvalidFormat => (400, "InvalidFormatFault"),
        Why::NoResource => (404, "ResourceNotFoundException"),
        Why::NoDashboard => (404, "DashboardNotFoundError"),
        Why::BadDashboard => (400, "DashboardInvalidInputError"),
        Why::Contended => (429, "ConcurrentModificationException"),
        Why::Unavailable => return unavailable(&error),
    };
    Fault::new(status, code, error.text)
}

/// The way of CloudWatch Logs.
pub(super) const LOGS: Style = Style {
    denied: json::denied,
    undecodable: json::undecodable,
    violated: |text| Fault::new(400, "InvalidParameterException", text),
    broken_body,
    not_implemented,
    internal,
};

/// An engine's error as CloudWatch Logs states it.
pub(crate) fn logs(error: Error) -> Fault {
    let (status, code) = match error.why {
        Why::NotFound | Why::NoResource | Why::NoDashboard => (400, "ResourceNotFoundException"),
        Why::Exists => (400, "ResourceAlreadyExistsException"),
        Why::InvalidValue
        | Why::InvalidCombination
        | Why::Missing
        | Why::Validation
        | Why::InvalidToken
        | Why::BadDashboard
        | Why::InvalidFormat => (400, "InvalidParameterException"),
        Why::TooManyTags => (400, "TooManyTagsException"),
        Why::LimitExceeded => (400, "LimitExceededException"),
        Why::Contended => (400, "OperationAbortedException"),
        Why::Unavailable => {
            tracing::warn!(%error, "a request could not be served");
            return Fault::new(
                503,
                "ServiceUnavailableException",
                "The service cannot complete the request.",
            );
        }
    };
    Fault::new(status, code, error.text)
}
