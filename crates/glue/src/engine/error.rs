//! Why the catalog does not do what it was asked. Most refusals are a kind and a text, since batches answer with both for each of their parts; the
//! texts that clients may know are made here (facts sections 1 to 3).

use store::ReadError;

/// Why not.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("not found: {0}")]
    NotFound(String),
    /// There is one already.
    #[error("already exists: {0}")]
    Exists(String),
    /// The arguments make no sense.
    #[error("invalid: {0}")]
    Invalid(String),
    /// What is stored makes no sense under the declared type.
    #[error("invalid state: {0}")]
    InvalidState(String),
    /// Somebody else was faster, and the caller asked not to overwrite that.
    #[error("concurrent modification: {0}")]
    Concurrent(String),
    /// A quota is used up.
    #[error("quota: {0}")]
    Quota(String),
    /// A condition that the caller gave does not hold.
    #[error("condition: {0}")]
    Condition(String),
    /// The crawler runs.
    #[error("crawler `{0}` is running")]
    CrawlerRunning(String),
    /// The crawler does not run.
    #[error("crawler `{0}` is not running")]
    CrawlerNotRunning(String),
    /// The crawler is being stopped.
    #[error("crawler `{0}` is stopping")]
    CrawlerStopping(String),
    /// The crawler has no schedule.
    #[error("crawler `{0}` has no schedule")]
    NoSchedule(String),
    /// The schedule is on already.
    #[error("schedule of crawler `{0}` is running")]
    SchedulerRunning(String),
    /// The schedule is off already.
    #[error("schedule of crawler `{0}` is not running")]
    SchedulerNotRunning(String),
    /// Others changed the same thing all the time.
    #[error("too many conflicting changes")]
    Conflict,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The store failed, or holds what cannot be read.
    #[error("store: {0}")]
    Store(String),
}

impl Error {
    /// No such database.
    pub fn no_database(name: &str) -> Self {
        Self::NotFound(format!("Database {name} not found."))
    }

    /// No such table.
    pub fn no_table(name: &str) -> Self {
        Self::NotFound(format!("Table {name} not found."))
    }

    /// No such partition.
    pub fn no_partition() -> Self {
        Self::NotFound("Cannot find partition.".to_owned())
    }

    /// No such version.
    pub fn no_version() -> Self {
        Self::NotFound("Version not found.".to_owned())
    }

    /// A refusal of arguments.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::Invalid(text.into())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Store(error.to_string())
    }
}
