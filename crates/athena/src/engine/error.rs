//! Why Athena does not do what it was asked, before a query begins; and why a query that has begun fails (facts section 5).

use ports::{CatalogRefusal, PortError, QueryError};
use store::ReadError;

use crate::tables::FailureRow;

/// Why a call is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Error {
    /// The arguments make no sense.
    #[error("invalid: {0}")]
    Invalid(String),
    /// The statement makes no sense.
    #[error("malformed: {0}")]
    Malformed(String),
    /// What is named is not there.
    #[error("not found: {message}")]
    NotFound {
        /// Its name.
        name: String,
        /// The text.
        message: String,
    },
    /// The catalog refuses.
    #[error("catalog: {0}")]
    Metadata(String),
    /// The caller may not.
    #[error("denied: {0}")]
    Denied(String),
    /// Too many queries at the same time.
    #[error("too many queries")]
    TooMany,
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
    /// A refusal of arguments.
    pub fn invalid(text: impl Into<String>) -> Self {
        Self::Invalid(text.into())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Store(error.to_string())
    }
}

/// Why a query fails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// Whose fault.
    pub category: Category,
    /// AWS's number of the error (facts section 5).
    pub kind: i32,
    /// `StateChangeReason`.
    pub reason: String,
}

/// Whose fault an error is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Category {
    /// The system's: to try again may help.
    System,
    /// The user's.
    User,
    /// Another service's.
    Other,
}

const DDL: i32 = 1003;
const SCHEMA: i32 = 1004;
const SYNTAX: i32 = 1006;
const ARGUMENT: i32 = 1100;
const ACCESS: i32 = 1101;
const LOCATION: i32 = 1109;
const NO_TABLE: i32 = 1110;
const ENTITY: i32 = 1301;
const NOT_WRITABLE: i32 = 401;
const TIMEOUT: i32 = 206;
const INTERNAL: i32 = 100;
const RESOURCES: i32 = 103;

impl Failure {
    /// The user's fault.
    pub fn user(kind: i32, reason: impl Into<String>) -> Self {
        Self { category: Category::User, kind, reason: reason.into() }
    }

    /// The system's.
    pub fn system(reason: impl Into<String>) -> Self {
        Self { category: Category::System, kind: INTERNAL, reason: reason.into() }
    }

    /// A statement of Hive's that does not make sense.
    pub fn ddl(reason: impl Into<String>) -> Self {
        Self::user(DDL, format!("FAILED: {}", reason.into()))
    }

    /// Hive finds no such table.
    pub fn no_table(name: &str) -> Self {
        Self::user(NO_TABLE, format!("FAILED: SemanticException [Error 10001]: Table not found {name}"))
    }

    /// Hive finds no such database.
    pub fn no_database(name: &str) -> Self {
        Self::user(
            ENTITY,
            format!("FAILED: SemanticException [Error 10072]: Database does not exist: {name}"),
        )
    }

    /// An argument of WITH or of EXECUTE that makes no sense.
    pub fn argument(text: impl Into<String>) -> Self {
        Self::user(ARGUMENT, text)
    }

    /// Files cannot be where they are to be.
    pub fn location(text: impl Into<String>) -> Self {
        Self::user(LOCATION, text)
    }

    /// The result cannot be stored.
    pub fn not_writable(error: &PortError) -> Self {
        let text = match error {
            PortError::NotFound { message, .. } | PortError::Invalid { message, .. } => message.clone(),
            PortError::Denied(text) => format!("Access denied when writing output: {text}"),
            PortError::Unavailable(text) => text.clone(),
        };
        Self { category: Category::User, kind: NOT_WRITABLE, reason: text }
    }

    /// It took too long.
    pub fn timeout() -> Self {
        Self::user(TIMEOUT, "Query timeout")
    }

    /// As it is kept.
    pub fn row(&self) -> FailureRow {
        let category = match self.category {
            Category::System => 1,
            Category::User => 2,
            Category::Other => 3,
        };
        FailureRow {
            category,
            kind: self.kind,
            retryable: self.category == Category::System,
            message: self.reason.clone(),
        }
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        let kind = match error.code {
            "TABLE_NOT_FOUND" => NO_TABLE,
            "SYNTAX_ERROR" | "FUNCTION_NOT_FOUND" => SYNTAX,
            "COLUMN_NOT_FOUND" | "TYPE_MISMATCH" | "SCHEMA_NOT_FOUND" => SCHEMA,
            "PERMISSION_DENIED" => ACCESS,
            "EXCEEDED_MEMORY_LIMIT" => RESOURCES,
            "GENERIC_INTERNAL_ERROR" => return Self::system(error.to_string()),
            _ => ARGUMENT,
        };
        Self::user(kind, error.to_string())
    }
}

impl From<CatalogRefusal> for Failure {
    fn from(refusal: CatalogRefusal) -> Self {
        let CatalogRefusal { code, message } = refusal;
        let reason = format!(
            "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. {code}(message:{message})"
        );
        match code.as_str() {
            "AccessDeniedException" => Self::user(ACCESS, reason),
            "EntityNotFoundException" => Self::user(ENTITY, reason),
            "InternalServiceException" => Self { category: Category::Other, kind: INTERNAL, reason },
            _ => Self::user(DDL, reason),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(text) | Error::Malformed(text) | Error::Metadata(text) => Self::argument(text),
            Error::NotFound { message, .. } => Self::user(ENTITY, message),
            Error::Denied(text) => Self::user(ACCESS, text),
            Error::TooMany | Error::Conflict | Error::Full | Error::Store(_) => {
                Self::system(format!("GENERIC_INTERNAL_ERROR: {error}"))
            }
        }
    }
}
