//! Why the domain says no, in terms of what the caller can do about it. `ops/fault.rs` alone knows how that looks on the wire.

use store::{CommitError, ReadError, Refusal};

use super::number::NumberError;
use super::value::Item;

/// What is wrong with the request itself. The text is for the client, in AWS's words where they are known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

impl Invalid {
    /// With this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A parameter has a value it must not have.
    pub fn parameter(text: impl std::fmt::Display) -> Self {
        Self(format!("One or more parameter values were invalid: {text}"))
    }
}

impl From<NumberError> for Invalid {
    fn from(error: NumberError) -> Self {
        Self::new(match error {
            NumberError::Empty => "The parameter cannot be converted to a numeric value".to_owned(),
            NumberError::Syntax(text) => {
                format!("The parameter cannot be converted to a numeric value: {text}")
            }
            NumberError::Overflow => {
                "Number overflow. Attempting to store a number with magnitude larger than supported range"
                    .to_owned()
            }
            NumberError::Underflow => {
                "Number underflow. Attempting to store a number with magnitude smaller than supported range"
                    .to_owned()
            }
            NumberError::Digits => {
                "Attempting to store more than 38 significant digits in a Number".to_owned()
            }
        })
    }
}

/// What became of one item of a transaction that was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was wrong with it.
    None,
    /// Its condition does not hold; the item as it is, if that was asked for.
    Condition(Option<Item>),
    /// The item that would come of it is not allowed.
    Invalid(Invalid),
}

/// Why a verb of the engine did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Fix the request.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// There is no such table, for who reads or writes items.
    #[error("the table does not exist")]
    NoTable,
    /// There is no table of that name, for who asks about tables.
    #[error("table `{0}` does not exist")]
    NoTableNamed(String),
    /// Nothing has that ARN.
    #[error("resource `{0}` does not exist")]
    NoResource(String),
    /// Take another name.
    #[error("table `{0}` exists already")]
    TableExists(String),
    /// Wait until it is ACTIVE.
    #[error("table `{0}` is being created")]
    BeingCreated(String),
    /// Wait until it is gone.
    #[error("table `{0}` is being deleted")]
    BeingDeleted(String),
    /// There is an index of that name.
    #[error("index `{0}` exists already")]
    IndexExists(String),
    /// There is no index of that name.
    #[error("index `{0}` does not exist")]
    NoIndex(String),
    /// Too many changes of indexes at once.
    #[error("one index at a time is created or deleted")]
    OneIndexAtATime,
    /// The condition does not hold; the item as it is, if that was asked for.
    #[error("the condition does not hold")]
    ConditionFailed(Option<Box<Item>>),
    /// The transaction was not done; a reason for each of its items.
    #[error("the transaction is cancelled")]
    Cancelled(Vec<Reason>),
    /// The token was used for another request.
    #[error("the token belongs to another request")]
    TokenReused,
    /// Others were faster, again and again.
    #[error("too many others write the same items")]
    Conflict,
    /// No space.
    #[error("the disk is full")]
    Full,
    /// The store cannot do it, for no fault of the caller's.
    #[error("the store failed: {0}")]
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
            CommitError::Check { .. } | CommitError::Log(_) | CommitError::Blob(_) => Error::Conflict,
            CommitError::TooLarge(_) | CommitError::Closed | CommitError::Unknown(_) => {
                Error::Store(error.to_string())
            }
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Full => Error::Full,
            Refusal::TooLarge(what) => Error::Invalid(Invalid::new(format!(
                "The write is larger than one commit of this server takes: {what}"
            ))),
            Refusal::Closed => Error::Store(refusal.to_string()),
        }
    }
}
