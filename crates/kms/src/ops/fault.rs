//! How KMS words a refusal: the only place that knows codes, statuses and texts (facts sections 7 and 9).
//!
//! Everything is 400 but the server's own failures. Several refusals carry no message at all, and AccessDeniedException spells `Message` with
//! a capital (the codec sees to that).

use service::{Denied, Fault, Style, json};

use crate::engine::Error;
use crate::engine::access::refusal;
use crate::engine::state::State;

/// KMS' way of saying what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied: |denied: &Denied| access_denied(refusal(denied)),
    undecodable: json::undecodable,
    violated: validation,
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |_| Fault::bare(400, "UnknownOperationException"),
    internal,
};

fn internal() -> Fault {
    Fault::new(500, "KMSInternalException", "Internal Service Failure")
}

fn access_denied(text: String) -> Fault {
    Fault::new(400, "AccessDeniedException", text)
}

/// A refusal of arguments.
pub(crate) fn validation(text: impl Into<String>) -> Fault {
    Fault::new(400, "ValidationException", text)
}

/// A refusal in the words of a constraint, for what the model does not say.
pub(crate) fn violation(value: Option<&str>, path: &str, constraint: &str) -> Fault {
    let value = match value {
        Some(value) => format!("'{value}'"),
        None => "null".to_owned(),
    };
    validation(format!(
        "1 validation error detected: Value {value} at '{path}' failed to satisfy constraint: {constraint}"
    ))
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        if let Error::Store(_) | Error::Conflict = error {
            tracing::error!(%error, "kms cannot do what it was asked");
            return internal();
        }
        if let Error::Full = error {
            return Fault::new(500, "KMSInternalException", "The disk is full.");
        }
        let fault = match text(&error) {
            Some(text) => Fault::new(400, code(&error), text),
            None => Fault::bare(400, code(&error)),
        };
        if let Error::Denied { hint, .. } = &error { fault.hinted(hint.as_deref()) } else { fault }
    }
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::NoKey(_)
        | Error::InvalidKeyId(_)
        | Error::OtherRegion(_)
        | Error::NoAlias(_)
        | Error::NoPolicy(_)
        | Error::NoGrant(_) => "NotFoundException",
        Error::InvalidArn(_) | Error::NoPrincipal(_) => "InvalidArnException",
        Error::AliasExists(_) | Error::ReplicaExists(_) => "AlreadyExistsException",
        Error::AliasName(_) => "InvalidAliasNameException",
        Error::AliasReserved(_) => "NotAuthorizedException",
        Error::AliasPrefix(_)
        | Error::AliasKind(_)
        | Error::UsageOfSpec(..)
        | Error::PlaintextTooLong { .. }
        | Error::DigestLength(_)
        | Error::Invalid(_)
        | Error::ContextTooLarge => "ValidationException",
        Error::Disabled(_) => "DisabledException",
        Error::WrongState(..)
        | Error::NotPendingDeletion(_)
        | Error::NothingPending(_)
        | Error::AlreadyPending { .. } => "KMSInvalidStateException",
        Error::WrongOrigin(..)
        | Error::NotPrimary(_)
        | Error::NotSymmetric(_)
        | Error::NoPublicKey(..)
        | Error::Unsupported(_) => "UnsupportedOperationException",
        Error::WrongUsage(..) | Error::WrongAlgorithm(..) => "InvalidKeyUsageException",
        Error::InvalidCiphertext => "InvalidCiphertextException",
        Error::IncorrectKey => "IncorrectKeyException",
        Error::UnknownCiphertext | Error::Denied { .. } => "AccessDeniedException",
        Error::InvalidMac => "KMSInvalidMacException",
        Error::InvalidSignature => "KMSInvalidSignatureException",
        Error::DryRun => "DryRunOperationException",
        Error::MalformedPolicy(_) | Error::PolicyLockout => "MalformedPolicyDocumentException",
        Error::Tags(_) => "TagException",
        Error::Quota(_) => "LimitExceededException",
        Error::InvalidGrantId => "InvalidGrantIdException",
        Error::InvalidGrantToken => "InvalidGrantTokenException",
        Error::InvalidMarker => "InvalidMarkerException",
        Error::InvalidImportToken => "InvalidImportTokenException",
        Error::ExpiredImportToken => "ExpiredImportTokenException",
        Error::IncorrectMaterial(_) => "IncorrectKeyMaterialException",
        Error::Conflict | Error::Full | Error::Store(_) => "KMSInternalException",
    }
}

/// The text of an error; `None` where AWS sends none.
pub(crate) fn text(error: &Error) -> Option<String> {
    Some(match error {
        Error::NoKey(key) => format!("Key '{}' does not exist", key.arn()),
        Error::InvalidKeyId(text) => format!("Invalid keyId '{text}'"),
        Error::InvalidArn(text) => format!("Invalid arn {text}"),
        Error::OtherRegion(region) => format!("Invalid arn {region}"),
        Error::NoAlias(alias) => format!("Alias {} is not found.", alias.arn()),
        Error::AliasExists(alias) => format!("An alias with the name {} already exists", alias.arn()),
        Error::AliasPrefix(_) => "Alias must start with the prefix \"alias/\". Please see \
                                  https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
            .to_owned(),
        Error::AliasName(_) => "Alias must have a name after the prefix \"alias/\".".to_owned(),
        Error::AliasKind(alias) => format!(
            "Alias {} cannot be changed to a key of another key spec or key usage.",
            alias.arn()
        ),
        Error::Disabled(key) => format!("{} is disabled.", key.arn()),
        Error::WrongState(key, state) => format!("{} is {}.", key.arn(), in_words(*state)),
        Error::NotPrimary(key) => format!("{} is not a multi-region primary key.", key.arn()),
        Error::ReplicaExists(key) => format!("{} already exists.", key.arn()),
        Error::NotPendingDeletion(key) => format!("{} is not pending deletion.", key.arn()),
        Error::WrongOrigin(key, origin) => {
            format!("{} origin is {} which is not valid for this operation.", key.arn(), origin.name())
        }
        Error::NoPublicKey(key, spec) => {
            format!("{} key spec is {} which is not valid for this operation.", key.arn(), spec.name())
        }
        Error::WrongUsage(key, usage, operation) => format!(
            "{} key usage is {} which is not valid for {operation}.",
            key.arn(),
            usage.name()
        ),
        Error::WrongAlgorithm(algorithm, spec) => {
            format!("Algorithm {algorithm} is incompatible with key spec {}.", spec.name())
        }
        Error::UsageOfSpec(usage, spec) => {
            format!("KeyUsage {usage} is not compatible with KeySpec {spec}")
        }
        Error::PlaintextTooLong { algorithm, spec, max } => format!(
            "Algorithm {algorithm} and key spec {} cannot encrypt data larger than {max} bytes.",
            spec.name()
        ),
        Error::DigestLength(algorithm) => format!("Digest is invalid length for algorithm {algorithm}."),
        Error::ContextTooLarge => "The encryption context is too large.".to_owned(),
        Error::IncorrectKey => {
            "The key ID in the request does not identify a CMK that can perform this operation.".to_owned()
        }
        Error::UnknownCiphertext => "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or \
                                     you are not allowed to access."
            .to_owned(),
        Error::DryRun => "The request would have succeeded, but the DryRun option is set.".to_owned(),
        Error::PolicyLockout => {
            "The new key policy will not allow you to update the key policy in the future.".to_owned()
        }
        Error::NoPolicy(_) => "No such policy exists".to_owned(),
        Error::Tags(text) => (*text).to_owned(),
        Error::NoGrant(id) => format!("Grant ID {id} not found"),
        Error::NoPrincipal(arn) => format!("ARN does not refer to a valid principal: {arn}"),
        Error::NothingPending(key) => {
            format!("No available key material pending rotation for the key: {}.", key.arn())
        }
        Error::AlreadyPending { key, new, pending } => format!(
            "New key material (id: {new}) cannot be imported into KMS key {}, because another key material (id: {pending}) is pending \
             rotation.",
            key.arn()
        ),
        Error::Unsupported(text)
        | Error::Invalid(text)
        | Error::MalformedPolicy(text)
        | Error::Quota(text)
        | Error::IncorrectMaterial(text)
        | Error::Denied { text, .. } => text.clone(),
        Error::AliasReserved(_)
        | Error::NotSymmetric(_)
        | Error::InvalidCiphertext
        | Error::InvalidMac
        | Error::InvalidSignature
        | Error::InvalidGrantId
        | Error::InvalidGrantToken
        | Error::InvalidMarker
        | Error::InvalidImportToken
        | Error::ExpiredImportToken => return None,
        Error::Conflict | Error::Full | Error::Store(_) => "Internal Service Failure".to_owned(),
    })
}

fn in_words(state: State) -> &'static str {
    match state {
        State::Enabled => "enabled",
        State::Disabled => "disabled",
        State::PendingDeletion => "pending deletion",
        State::PendingReplicaDeletion => "pending replica deletion",
        State::PendingImport => "pending import",
    }
}
