//! What Sign and Verify have in common.

use base::Secret;
use service::Fault;

use crate::engine::Error;
use crate::engine::access::Conditions;
use crate::engine::sign::Signed;

/// Condition keys of both.
pub(crate) fn conditions(algorithm: Option<&String>, message_type: Option<&String>) -> Conditions {
    let mut conditions = Conditions::new();
    if let Some(algorithm) = algorithm {
        conditions.push(("kms:SigningAlgorithm".into(), algorithm.clone()));
    }
    let message_type = message_type.map_or("RAW", String::as_str);
    conditions.push(("kms:MessageType".into(), message_type.to_owned()));
    conditions
}

/// What is signed.
pub(crate) fn signed(message_type: Option<&str>, message: &[u8]) -> Result<Signed, Fault> {
    match message_type {
        None | Some("RAW") => Ok(Signed::Raw(Secret::new(message))),
        Some("DIGEST") => Ok(Signed::Digest(Secret::new(message))),
        Some(other) => Err(Error::Unsupported(format!("MessageType {other} is not supported.")).into()),
    }
}
