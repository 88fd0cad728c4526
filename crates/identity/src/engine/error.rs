//! Why the domain says no. The text is AWS's own; `ops/fault.rs` alone knows which code and status go with it.

use store::ReadError;

/// What the caller can do about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// Name something that exists.
    NoSuchEntity,
    /// Take another name.
    AlreadyExists,
    /// Remove what hangs on it first.
    DeleteConflict,
    /// Remove something first.
    LimitExceeded,
    /// Mend the policy document.
    MalformedPolicy,
    /// Mend the request: two members do not go together.
    InvalidInput,
    /// Mend the request: a value is not what it must be.
    Invalid,
    /// Mend the request: a parameter of STS is not what it must be.
    InvalidParameter,
    /// It is not the caller's to change.
    Unmodifiable,
    /// A policy that cannot be attached to this.
    NotAttachable,
    /// Make a report first.
    ReportNotPresent,
    /// Make a report anew.
    ReportExpired,
    /// Take a better password.
    PasswordPolicy,
    /// Tell the code that the device shows.
    WrongCode,
    /// Only a user can do this.
    InvalidUserType,
    /// There is no such service.
    UnknownService,
    /// The caller may not.
    Denied,
    /// The identity provider's token is not right.
    InvalidToken,
    /// The identity provider's token has expired.
    ExpiredToken,
    /// The identity provider cannot be reached.
    ProviderUnreachable,
    /// Say less in session policies and tags.
    PackedPolicyTooLarge,
    /// No message of ours.
    InvalidMessage,
    /// Somebody else changed the same account: try again.
    Contended,
    /// Try again later.
    Unavailable,
}

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    /// What can be done about it.
    pub why: Why,
    /// In AWS's words.
    pub text: String,
}

/// What verbs of the engine return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// With this text.
    pub fn new(why: Why, text: impl Into<String>) -> Self {
        Self { why, text: text.into() }
    }

    /// A quota of IAM, by its name there.
    pub fn quota(name: &str, max: usize) -> Self {
        Self::new(Why::LimitExceeded, format!("Cannot exceed quota for {name}: {max}"))
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::new(Why::Unavailable, error.to_string())
    }
}
