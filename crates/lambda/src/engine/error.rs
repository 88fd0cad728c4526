//! Why the domain says no. The texts are the service's own (facts section 4); `ops/fault.rs` alone knows codes and statuses.

use ports::PortError;
use store::{BlobError, ReadError, Settled};

/// What kind of refusal it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// There is no such thing: name another.
    NotFound,
    /// There is no such configuration of provisioned concurrency.
    NoProvisioned,
    /// The request is wrong.
    Invalid,
    /// The request does not meet a constraint of the model that depends on more than one member.
    Violation,
    /// It is there already, or in a state that forbids this.
    Conflict,
    /// The revision given is not the latest.
    Precondition,
    /// The event is not JSON.
    Content,
    /// Too many bytes.
    TooLarge,
    /// A policy that is too long.
    PolicyTooLong,
    /// The policies say no.
    Denied,
    /// No room for another invocation now, for this reason.
    Throttled(Throttle),
    /// Nothing here can run this.
    Runtime,
    /// The stored code cannot be used.
    Code,
    /// Try again later.
    Unavailable,
}

/// Which bound was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Throttle {
    /// The function's reserved concurrency.
    Reserved,
    /// The account's, here: the machine's.
    Account,
}

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Its kind.
    pub why: Why,
    /// Its text.
    pub message: String,
}

/// What verbs of the engine return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A refusal with this text.
    pub fn new(why: Why, message: impl Into<String>) -> Self {
        Self { why, message: message.into() }
    }

    /// InvalidParameterValueException.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Why::Invalid, message)
    }

    /// ResourceNotFoundException.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Why::NotFound, message)
    }

    /// ResourceConflictException.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Why::Conflict, message)
    }

    /// The server's own failure, told to its log and not to clients.
    pub fn unavailable(why: impl std::fmt::Display) -> Self {
        Self::new(Why::Unavailable, why.to_string())
    }

    /// Too many changes of one thing at once.
    pub fn contended() -> Self {
        Self::conflict(
            "The operation cannot be performed at this time. The function is being changed by another request.",
        )
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::unavailable(error)
    }
}

impl From<BlobError> for Error {
    fn from(error: BlobError) -> Self {
        Self::unavailable(error)
    }
}

/// Whether a commit happened; `false` if what it relied on is otherwise.
pub fn happened(settled: Settled) -> Result<bool> {
    match settled {
        Settled::Done(_) | Settled::Happened => Ok(true),
        Settled::Lost(_) | Settled::Absent(_) => Ok(false),
        Settled::Refused(refusal) => Err(Error::unavailable(refusal)),
        Settled::Unknown(why) => Err(Error::unavailable(why)),
    }
}

/// What another room's refusal means to one that reads code or streams.
pub fn of_port(error: PortError) -> Error {
    match error {
        PortError::NotFound { message, .. } => Error::not_found(message),
        PortError::Denied(message) => Error::new(Why::Denied, message),
        PortError::Invalid { message, .. } => Error::invalid(message),
        PortError::Unavailable(message) => Error::unavailable(message),
    }
}
