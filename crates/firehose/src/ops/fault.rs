//! What the engine says, as the service says it: the only place that knows codes and statuses.
//!
//! | code | status | text from |
//! |---|---|---|
//! | ResourceNotFoundException, ResourceInUseException, InvalidArgumentException, ConcurrentModificationException | 400 | Firehose facts section 1 |
//! | LimitExceededException | 400 | |
//! | ServiceUnavailableException | 503 | |
//! | ValidationException | 400 | the model's constraints (wire facts section 4) |

use ports::KeyError;
use service::{Fault, Style, json};

use crate::engine::error::{Error, Invalid, NotFound};

/// The service's way of saying what happens before an operation runs.
pub(super) const STYLE: Style = Style {
    denied: json::denied,
    undecodable: json::undecodable,
    violated: |text| Fault::new(400, "ValidationException", text),
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |operation| {
        let text = format!("The operation {} is not implemented.", operation.name);
        Fault::new(501, "NotImplementedException", text)
    },
    internal,
};

fn internal() -> Fault {
    Fault::bare(500, "InternalFailure")
}

/// The code of a record that was not taken for want of throughput.
pub(super) const UNAVAILABLE: &str = "ServiceUnavailableException";
/// Its text.
pub(super) const SLOW_DOWN: &str = "Slow down.";

/// An engine's error as the service states it.
pub(super) fn of(error: Error) -> Fault {
    match error {
        Error::NotFound(NotFound { name, account }) => Fault::new(
            400,
            "ResourceNotFoundException",
            format!("Firehose {name} under account {account} not found."),
        ),
        Error::Invalid(Invalid(text)) => invalid(text),
        Error::AlreadyExists { name, account } => Fault::new(
            400,
            "ResourceInUseException",
            format!("Firehose {name} under accountId {account} already exists"),
        ),
        Error::NotActive { name, status } => {
            Fault::new(400, "ResourceInUseException", format!("Firehose {name} is in {status} state"))
        }
        Error::TooManyStreams { max } => {
            let text = format!("You have already consumed your firehose quota of {max} hoses.");
            Fault::new(400, "LimitExceededException", text)
        }
        Error::TooManyTags { max } => {
            Fault::new(400, "LimitExceededException", format!("The maximum number of tags is {max}."))
        }
        Error::VersionMismatch { name, current, given } => Fault::new(
            400,
            "ConcurrentModificationException",
            format!(
                "Cannot update firehose: {name} since the current version id: {current} and specified version id: {given} do not match"
            ),
        ),
        Error::Contended { name } => {
            let text = format!("Cannot update firehose: {name} since it is being updated by another request");
            Fault::new(400, "ConcurrentModificationException", text)
        }
        Error::Key(error) => {
            Fault::new(400, "InvalidKMSResourceException", error.to_string()).with("code", key_code(&error))
        }
        Error::NotLogs => Fault::new(
            400,
            "InvalidSourceException",
            "The record is not one of CloudWatch Logs, which the delivery stream decompresses.",
        ),
        Error::TooManySwitches { max } => Fault::new(
            400,
            "LimitExceededException",
            format!("You can change the encryption of a delivery stream at most {max} times in 24 hours."),
        ),
        Error::Throttled => Fault::new(503, UNAVAILABLE, SLOW_DOWN),
        Error::Unavailable(why) => {
            tracing::warn!(why, "a request could not be served");
            Fault::new(503, UNAVAILABLE, "The service is unavailable. Back off and retry the operation.")
        }
    }
}

/// KMS's own code of a refusal.
fn key_code(error: &KeyError) -> &'static str {
    match error {
        KeyError::NotFound(_) => "NotFoundException",
        KeyError::Disabled(_) => "DisabledException",
        KeyError::InvalidState(_) => "KMSInvalidStateException",
        KeyError::InvalidUsage(_) => "InvalidKeyUsageException",
        KeyError::Denied(_) => "AccessDeniedException",
        KeyError::InvalidCiphertext => "InvalidCiphertextException",
        KeyError::Unavailable(_) => "ThrottlingException",
    }
}

/// The request is wrong in a way no constraint of the model tells.
pub(super) fn invalid(text: impl Into<String>) -> Fault {
    Fault::new(400, "InvalidArgumentException", text)
}

/// Asked for something of the service that is not built.
pub(super) fn not_available(what: &str) -> Invalid {
    Invalid(format!("{what} is not available in this version of Millrace"))
}
