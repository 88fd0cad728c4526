//! How Glue words a refusal: the only place that knows codes and statuses. Everything is 400 but the server's own failures; the message's member
//! is `Message` with a capital (the codec sees to that).

use service::{Denied, Fault, Style, json};

use crate::engine::Error;
use crate::shapes::ErrorDetail;

/// Glue's way of saying what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied: |denied: &Denied| json::denied(denied),
    undecodable: json::undecodable,
    violated: |text| Fault::new(400, "ValidationException", text),
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |operation| {
        Fault::new(400, "InvalidInputException", format!("{} is not supported.", operation.name))
    },
    internal,
};

fn internal() -> Fault {
    Fault::new(500, "InternalServiceException", "Internal service failure.")
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        if let Error::Store(_) | Error::Conflict = error {
            tracing::error!(%error, "glue cannot do what it was asked");
            return internal();
        }
        let status = if error == Error::Full { 500 } else { 400 };
        Fault::new(status, code(&error), text(&error))
    }
}

/// The code of an error.
pub(crate) fn code(error: &Error) -> &'static str {
    match error {
        Error::NotFound(_) => "EntityNotFoundException",
        Error::Exists(_) => "AlreadyExistsException",
        Error::Invalid(_) => "InvalidInputException",
        Error::InvalidState(_) => "InvalidStateException",
        Error::Concurrent(_) => "ConcurrentModificationException",
        Error::Quota(_) => "ResourceNumberLimitExceededException",
        Error::Condition(_) => "ConditionCheckFailureException",
        Error::CrawlerRunning(_) => "CrawlerRunningException",
        Error::CrawlerNotRunning(_) => "CrawlerNotRunningException",
        Error::CrawlerStopping(_) => "CrawlerStoppingException",
        Error::NoSchedule(_) => "NoScheduleException",
        Error::SchedulerRunning(_) => "SchedulerRunningException",
        Error::SchedulerNotRunning(_) => "SchedulerNotRunningException",
        Error::Conflict | Error::Full | Error::Store(_) => "InternalServiceException",
    }
}

/// The text of an error.
pub(crate) fn text(error: &Error) -> String {
    match error {
        Error::NotFound(text)
        | Error::Exists(text)
        | Error::Invalid(text)
        | Error::InvalidState(text)
        | Error::Concurrent(text)
        | Error::Quota(text)
        | Error::Condition(text) => text.clone(),
        Error::CrawlerRunning(name) => format!("Crawler with name {name} has already started"),
        Error::CrawlerNotRunning(name) => format!("Crawler with name {name} isn't running"),
        Error::CrawlerStopping(name) => format!("Crawler with name {name} is stopping"),
        Error::NoSchedule(name) => format!("Crawler with name {name} has no schedule"),
        Error::SchedulerRunning(name) => format!("Schedule of crawler {name} is running already"),
        Error::SchedulerNotRunning(name) => format!("Schedule of crawler {name} is not running"),
        Error::Full => "The disk is full.".to_owned(),
        Error::Conflict | Error::Store(_) => "Internal service failure.".to_owned(),
    }
}

/// An error as batches answer with it.
pub(crate) fn detail(error: &Error) -> ErrorDetail {
    ErrorDetail { error_code: Some(code(error).to_owned()), error_message: Some(text(error)) }
}

/// A stored document that cannot be read.
pub(crate) fn unreadable() -> Fault {
    Error::Store("a stored document cannot be read".to_owned()).into()
}

/// A refusal of arguments.
pub(crate) fn invalid(text: impl Into<String>) -> Fault {
    Error::invalid(text).into()
}
