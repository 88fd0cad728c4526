//! How STS words a refusal: the Query protocol's codes, `Sender` or `Receiver` by status (wire facts, sections 4 and 5).

use body::BodyError;
use service::{Denied, Fault, Style};
use wire::DecodeError;

/// STS's way of saying what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied,
    undecodable,
    violated: |text| Fault::new(400, "ValidationError", text),
    broken_body,
    not_implemented: |operation| {
        Fault::new(501, "NotImplemented", format!("The operation {} is not implemented.", operation.name))
    },
    internal,
};

fn denied(denied: &Denied) -> Fault {
    let who = denied.principal.as_ref().map_or("anonymous", |arn| arn.as_str());
    let message = format!(
        "User: {who} is not authorized to perform: {} on resource: {} {}",
        denied.action, denied.resource, denied.because
    );
    Fault::new(403, "AccessDenied", message)
}

fn undecodable(error: &DecodeError) -> Fault {
    match error {
        DecodeError::TooLarge => Fault::bare(413, "RequestEntityTooLarge"),
        DecodeError::NotParsable
        | DecodeError::WrongType(_)
        | DecodeError::MalformedXml
        | DecodeError::BadValue { .. } => Fault::bare(400, "MalformedInput"),
    }
}

fn broken_body(error: &BodyError) -> Fault {
    match error {
        BodyError::TooLarge { .. } => Fault::bare(413, "RequestEntityTooLarge"),
        BodyError::Incomplete | BodyError::Idle | BodyError::Refused(_) => Fault::bare(400, "MalformedInput"),
        BodyError::Storage(_) => internal(),
    }
}

fn internal() -> Fault {
    Fault::new(500, "InternalFailure", "The request processing has failed because of an unknown error.")
}
