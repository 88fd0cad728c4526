//! How the JSON services refuse what never reached an operation (wire facts sections 4 and 5; identity facts section 7).
//!
//! All of Kinesis, Firehose, KMS, Glue and their kin say these alike: a room's `Style` takes them and adds what is its own.

use body::BodyError;
use wire::DecodeError;

use crate::access::Denied;
use crate::fault::Fault;

/// The policies said no: 400 AccessDeniedException, the resource without quotes.
pub fn denied(denied: &Denied) -> Fault {
    let who = denied.principal.as_ref().map_or("anonymous", |arn| arn.as_str());
    let message = format!(
        "User: {who} is not authorized to perform: {} on resource: {} {}",
        denied.action, denied.resource, denied.because
    );
    Fault::new(400, "AccessDeniedException", message)
}

/// The document does not decode: 400 SerializationException, with a text only where AWS has one.
pub fn undecodable(error: &DecodeError) -> Fault {
    match error {
        DecodeError::NotParsable | DecodeError::MalformedXml => Fault::bare(400, "SerializationException"),
        DecodeError::WrongType(text) => Fault::new(400, "SerializationException", text.clone()),
        DecodeError::BadValue { .. } => Fault::new(400, "SerializationException", error.to_string()),
        DecodeError::TooLarge => Fault::bare(413, "RequestEntityTooLargeException"),
    }
}

/// The body broke off or is too large. `internal` is the service's own word for a failure of the server.
pub fn broken_body(error: &BodyError, internal: fn() -> Fault) -> Fault {
    match error {
        BodyError::TooLarge { .. } => Fault::bare(413, "RequestEntityTooLargeException"),
        BodyError::Incomplete | BodyError::Idle => Fault::bare(400, "SerializationException"),
        BodyError::Refused(_) => Fault::bare(400, "InvalidSignatureException"),
        BodyError::Storage(_) => internal(),
    }
}
