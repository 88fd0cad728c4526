//! Why the domain says no. `ops/fault.rs` alone knows how that looks on the wire.

use store::ReadError;

/// Why a verb of the engine did not do what it was asked, and the service's words for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    /// What kind of no it is.
    pub why: Why,
    /// The words.
    pub text: String,
}

/// The kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Name another one.
    NotFound,
    /// Take another name.
    Exists,
    /// A value is wrong.
    InvalidValue,
    /// Values do not go together.
    InvalidCombination,
    /// Something that has to be there is not.
    Missing,
    /// A constraint of the model's kind.
    Validation,
    /// A page token that is not ours, or not for this listing.
    InvalidToken,
    /// More tags than there may be.
    TooManyTags,
    /// A quota.
    LimitExceeded,
    /// A document is not of its format.
    InvalidFormat,
    /// What is to have tags is not there.
    NoResource,
    /// There is no dashboard of that name.
    NoDashboard,
    /// It is no dashboard.
    BadDashboard,
    /// Somebody else changes the same thing: try again.
    Contended,
    /// Try again later.
    Unavailable,
}

impl Error {
    /// With these words.
    pub fn new(why: Why, text: impl Into<String>) -> Self {
        Self { why, text: text.into() }
    }

    /// A wrong value.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::new(Why::InvalidValue, text)
    }

    /// Values that do not go together.
    pub fn combination(text: impl Into<String>) -> Self {
        Self::new(Why::InvalidCombination, text)
    }

    /// A failure of the store.
    pub fn unavailable(text: impl Into<String>) -> Self {
        Self::new(Why::Unavailable, text)
    }

    /// Too many changes of one thing at once.
    pub fn contended() -> Self {
        Self::new(Why::Contended, "The resource is being changed by another request. Please try again.")
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::unavailable(error.to_string())
    }
}
