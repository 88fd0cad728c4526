//! How IAM and STS word a refusal: the Query protocol's codes, `Sender` or `Receiver` by status (wire facts, sections 4 and 5; identity facts,
//! sections 3, 4 and 7).

use body::BodyError;
use service::{Denied, Fault, Style};
use wire::DecodeError;

use crate::engine::error::{Error, Why};

/// The way of saying what happens before an operation runs.
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

/// The fault for a refusal of the engine.
pub(crate) fn of(error: &Error) -> Fault {
    let (status, code) = match error.why {
        Why::NoSuchEntity => (404, "NoSuchEntity"),
        Why::AlreadyExists => (409, "EntityAlreadyExists"),
        Why::DeleteConflict => (409, "DeleteConflict"),
        Why::LimitExceeded => (409, "LimitExceeded"),
        Why::MalformedPolicy => (400, "MalformedPolicyDocument"),
        Why::InvalidInput => (400, "InvalidInput"),
        Why::Invalid => (400, "ValidationError"),
        Why::InvalidParameter => (400, "InvalidParameterValue"),
        Why::Unmodifiable => (400, "UnmodifiableEntity"),
        Why::NotAttachable => (400, "PolicyNotAttachable"),
        Why::ReportNotPresent => (410, "ReportNotPresent"),
        Why::ReportExpired => (410, "ReportExpired"),
        Why::PasswordPolicy => (400, "PasswordPolicyViolation"),
        Why::WrongCode => (403, "InvalidAuthenticationCode"),
        Why::InvalidUserType => (400, "InvalidUserType"),
        Why::UnknownService => (404, "NotSupportedService"),
        Why::Denied => (403, "AccessDenied"),
        Why::InvalidToken => (400, "InvalidIdentityToken"),
        Why::ExpiredToken => (400, "ExpiredTokenException"),
        Why::ProviderUnreachable => (400, "IDPCommunicationError"),
        Why::PackedPolicyTooLarge => (400, "PackedPolicyTooLarge"),
        Why::InvalidMessage => (400, "InvalidAuthorizationMessageException"),
        Why::Contended => (409, "ConcurrentModification"),
        Why::Unavailable => {
            tracing::warn!(%error, "identity cannot answer");
            return internal();
        }
    };
    Fault::new(status, code, error.text.clone())
}

fn denied(denied: &Denied) -> Fault {
    let who = denied.principal.as_ref().map_or("anonymous", |arn| arn.as_str());
    let mut message = format!(
        "User: {who} is not authorized to perform: {} on resource: {}",
        denied.action, denied.resource
    );
    // AssumeRole does not tell whether the role is missing, or which side said nothing.
    if denied.action != "sts:AssumeRole" || denied.because.starts_with("with") {
        message.push(' ');
        message.push_str(&denied.because);
    }
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
