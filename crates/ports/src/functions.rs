//! Functions, for whoever has records worked on: Firehose's transformations, S3's notifications. Served by Lambda.

use base::Arn;
use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::{PortError, Principal};

/// What a function answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionAnswer {
    /// What it returned, or the JSON of its error.
    pub payload: Bytes,
    /// `Unhandled` (or `Handled`) when the function failed: it threw, timed out, or its process ended. The payload says why.
    pub error: Option<String>,
    /// The version that ran: `$LATEST` or a number.
    pub version: String,
}

/// Runs functions. A function is named by its ARN, a version or alias behind it or not.
pub trait Functions: Send + Sync + 'static {
    /// Invokes a function and waits for its answer (`RequestResponse`), at most for the function's own time limit.
    /// Fails with `NotFound` (`ResourceNotFoundException`), `Denied`, `Invalid` (payload larger than 6 MiB), or `Unavailable` (throttled: try again).
    fn invoke<'a>(
        &'a self,
        principal: &'a Principal,
        function: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<FunctionAnswer, PortError>>;

    /// Whether the principal may have this function run, and there is one. Fails as [`Functions::invoke`] does.
    fn check<'a>(
        &'a self,
        principal: &'a Principal,
        function: &'a Arn,
    ) -> BoxFuture<'a, Result<(), PortError>>;

    /// Hands an event to a function and returns when the event is durable (`Event`): it is run later, with the retries of asynchronous
    /// invocations. Fails as [`Functions::invoke`] does.
    fn enqueue<'a>(
        &'a self,
        principal: &'a Principal,
        function: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<(), PortError>>;
}
