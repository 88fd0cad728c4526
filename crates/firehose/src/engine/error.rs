//! Why the domain says no, in terms of what the caller can do about it. `ops/fault.rs` alone knows how that looks on the wire.

use base::AccountId;
use ports::KeyError;
use store::{CommitError, ReadError};

use super::naming::UnknownTimeZone;
use super::prefix;

/// No delivery stream of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("delivery stream `{name}` of account `{account}` does not exist")]
pub struct NotFound {
    /// The name asked for.
    pub name: String,
    /// Whose it would be.
    pub account: AccountId,
}

/// The configuration itself is wrong. The text is for the client, in the service's words where they are known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

impl Invalid {
    /// With this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl From<prefix::Invalid> for Invalid {
    fn from(invalid: prefix::Invalid) -> Self {
        Self(invalid.to_string())
    }
}

impl From<UnknownTimeZone> for Invalid {
    fn from(unknown: UnknownTimeZone) -> Self {
        Self(unknown.to_string())
    }
}

/// Why a verb of the engine did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Name another stream.
    #[error(transparent)]
    NotFound(#[from] NotFound),
    /// Fix the request.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Take another name.
    #[error("delivery stream `{name}` of account `{account}` exists already")]
    AlreadyExists {
        /// The name.
        name: String,
        /// Whose it is.
        account: AccountId,
    },
    /// Wait until it is ACTIVE.
    #[error("delivery stream `{name}` is `{status}`")]
    NotActive {
        /// The name.
        name: String,
        /// Its state.
        status: &'static str,
    },
    /// Remove a stream first.
    #[error("no more than `{max}` delivery streams")]
    TooManyStreams {
        /// The quota.
        max: usize,
    },
    /// Remove a tag first.
    #[error("no more than `{max}` tags")]
    TooManyTags {
        /// The quota.
        max: usize,
    },
    /// Read the description again.
    #[error("delivery stream `{name}` is at version `{current}`, not `{given}`")]
    VersionMismatch {
        /// The name.
        name: String,
        /// What it is.
        current: u64,
        /// What was said.
        given: String,
    },
    /// Somebody else changes the same stream: try again.
    #[error("delivery stream `{name}` is being changed")]
    Contended {
        /// The name.
        name: String,
    },
    /// Try again more slowly.
    #[error("throughput exceeded")]
    Throttled,
    /// The key of KMS cannot be used.
    #[error("{0}")]
    Key(KeyError),
    /// A record is not one of CloudWatch Logs, and the stream unpacks those.
    #[error("a record is not one of CloudWatch Logs")]
    NotLogs,
    /// Encryption was switched too often.
    #[error("encryption was switched more than `{max}` times in 24 hours")]
    TooManySwitches {
        /// The quota.
        max: usize,
    },
    /// Try again later.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Unavailable(error.to_string())
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        Error::Unavailable(error.to_string())
    }
}
