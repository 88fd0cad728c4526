//! What can go wrong in the domain. Codes, statuses and texts are `ops/fault.rs`'s business.

use store::{CommitError, ReadError};

use super::state::State;
use crate::tables::{AliasRef, KeyRef, Origin, Spec, Usage};

/// Why a verb did not do what it was asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// No such key.
    #[error("key `{}` does not exist", .0.id)]
    NoKey(KeyRef),
    /// The text names no key; also an alias where none is taken.
    #[error("`{0}` names no key")]
    InvalidKeyId(String),
    /// The text is no ARN of ours.
    #[error("`{0}` is not the ARN of a key or alias")]
    InvalidArn(String),
    /// The ARN is of another region.
    #[error("region `{0}` is another one")]
    OtherRegion(String),
    /// No such alias, or it stands for nothing yet.
    #[error("alias `{}` does not exist", .0.name)]
    NoAlias(AliasRef),
    /// The alias's name is taken.
    #[error("alias `{}` exists", .0.name)]
    AliasExists(AliasRef),
    /// An alias must begin with `alias/`.
    #[error("alias `{0}` does not begin with `alias/`")]
    AliasPrefix(String),
    /// An alias must have a name.
    #[error("alias `{0}` has no name")]
    AliasName(String),
    /// `alias/aws/` is the services'.
    #[error("alias `{}` is a service's", .0.name)]
    AliasReserved(AliasRef),
    /// An alias moves to keys of the same spec and usage only.
    #[error("alias `{}` cannot move to a key of another kind", .0.name)]
    AliasKind(AliasRef),
    /// The key is switched off.
    #[error("key `{}` is disabled", .0.id)]
    Disabled(KeyRef),
    /// The key's state forbids it.
    #[error("key `{}` is {:?}", .0.id, .1)]
    WrongState(KeyRef, State),
    /// There is no deletion to cancel.
    #[error("key `{}` is not pending deletion", .0.id)]
    NotPendingDeletion(KeyRef),
    /// Keys of this origin cannot do it.
    #[error("key `{}` has origin {:?}", .0.id, .1)]
    WrongOrigin(KeyRef, Origin),
    /// Only symmetric encryption keys are rotated.
    #[error("key `{}` is not symmetric", .0.id)]
    NotSymmetric(KeyRef),
    /// It is no primary key of several regions.
    #[error("key `{}` is no multi-region primary key", .0.id)]
    NotPrimary(KeyRef),
    /// The key has a replica, or is itself, in that region.
    #[error("key `{}` is in region `{}` already", .0.id, .0.region)]
    ReplicaExists(KeyRef),
    /// Only key pairs have a public key.
    #[error("key `{}` has no public key", .0.id)]
    NoPublicKey(KeyRef, Spec),
    /// The key is for something else.
    #[error("key `{}` is for {:?}, not for {}", .0.id, .1, .2)]
    WrongUsage(KeyRef, Usage, &'static str),
    /// The algorithm is not one of the key's.
    #[error("algorithm `{0}` does not fit {1:?}")]
    WrongAlgorithm(String, Spec),
    /// A usage that keys of this spec do not have.
    #[error("{0} does not go with {1}")]
    UsageOfSpec(String, &'static str),
    /// Too long for RSA.
    #[error("a plaintext is longer than `{max}`")]
    PlaintextTooLong {
        /// The algorithm.
        algorithm: &'static str,
        /// The key's spec.
        spec: Spec,
        /// The longest.
        max: usize,
    },
    /// The digest is not as long as the algorithm's.
    #[error("digest is of the wrong length for `{0}`")]
    DigestLength(String),
    /// Not among what is served.
    #[error("{0}")]
    Unsupported(String),
    /// A combination of arguments that makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The encryption context is too large.
    #[error("the encryption context is too large")]
    ContextTooLarge,
    /// The ciphertext is not one, or not with this context.
    #[error("the ciphertext is invalid")]
    InvalidCiphertext,
    /// The ciphertext is another key's.
    #[error("the ciphertext is of another key")]
    IncorrectKey,
    /// The ciphertext's key does not exist, or is nobody's business.
    #[error("the ciphertext's key is unknown")]
    UnknownCiphertext,
    /// The code is not the message's.
    #[error("the mac is invalid")]
    InvalidMac,
    /// The signature is not the message's.
    #[error("the signature is invalid")]
    InvalidSignature,
    /// All checks passed, and nothing more was wanted.
    #[error("dry run")]
    DryRun,
    /// The policy is malformed.
    #[error("malformed policy: {0}")]
    MalformedPolicy(String),
    /// The policy would lock its author out.
    #[error("the policy would lock its author out")]
    PolicyLockout,
    /// There is no policy of this name.
    #[error("policy `{0}` does not exist")]
    NoPolicy(String),
    /// Tags are refused.
    #[error("tags: {0}")]
    Tags(&'static str),
    /// A quota is used up.
    #[error("{0}")]
    Quota(String),
    /// No such grant.
    #[error("grant `{0}` does not exist")]
    NoGrant(String),
    /// The text is no grant's id.
    #[error("grant id is invalid")]
    InvalidGrantId,
    /// The text is no grant's token.
    #[error("grant token is invalid")]
    InvalidGrantToken,
    /// The ARN is that of nobody.
    #[error("`{0}` is nobody")]
    NoPrincipal(String),
    /// Not a page token of ours.
    #[error("marker is invalid")]
    InvalidMarker,
    /// Not an import token of this key.
    #[error("import token is invalid")]
    InvalidImportToken,
    /// The import token is too old.
    #[error("import token has expired")]
    ExpiredImportToken,
    /// The material is not the one that is expected.
    #[error("incorrect key material: {0}")]
    IncorrectMaterial(String),
    /// There is nothing to rotate to.
    #[error("key `{}` has no material pending rotation", .0.id)]
    NothingPending(KeyRef),
    /// Something waits to be rotated to already.
    #[error("key `{}` has material pending rotation already", .key.id)]
    AlreadyPending {
        /// The key.
        key: KeyRef,
        /// The id of what was to be imported.
        new: String,
        /// The id of what waits.
        pending: String,
    },
    /// The policies say no.
    #[error("{text}")]
    Denied {
        /// The whole refusal.
        text: String,
        /// Why, for who develops on this machine.
        hint: Option<String>,
    },
    /// Others changed the same key all the time.
    #[error("too many conflicting changes")]
    Conflict,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The store failed, or holds what cannot be read.
    #[error("store: {0}")]
    Store(String),
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Store(error.to_string())
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Full => Error::Full,
            CommitError::Check { .. } => Error::Conflict,
            CommitError::TooLarge(_)
            | CommitError::Log(_)
            | CommitError::Blob(_)
            | CommitError::Closed
            | CommitError::Unknown(_) => Error::Store(error.to_string()),
        }
    }
}
