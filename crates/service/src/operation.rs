//! One operation of a service.

use std::future::Future;

use wire::Shape;

use crate::access::Access;
use crate::call::Call;
use crate::fault::Fault;

/// One operation: a type in a file of its own (`ops/<name>.rs`), whose doc comment links the AWS page and says what differs.
pub trait Operation: Send + Sync + 'static {
    /// The room's state.
    type Service: Send + Sync + 'static;
    /// The request, as the model has it.
    type Input: Shape;
    /// The answer, as the model has it; `()` for none.
    type Output: Shape;
    /// The name, as the model has it.
    const NAME: &'static str;

    /// What the call touches: every question the policies must answer before anything else is looked at. For S3 the input holds what
    /// the head says; the body has not been read.
    fn access(
        service: &Self::Service,
        call: &Call,
        input: &Self::Input,
    ) -> impl Future<Output = Result<Vec<Access>, Fault>> + Send;

    /// Checks, acts, answers. The input has met the model's constraints: required members are there.
    fn run(
        service: &Self::Service,
        call: &Call,
        input: Self::Input,
    ) -> impl Future<Output = Result<Self::Output, Fault>> + Send;
}

/// Declares an operation in one piece: its documentation, its shapes, what the policies are asked, and what it does. For rooms of very many small
/// operations, several of which stand in one file; each wraps it once, with its own state for `$service`.
#[macro_export]
macro_rules! operation {
    (
        $service:ty;
        $(#[$doc:meta])*
        $name:ident($input:ty) -> $output:ty;
        access($state_a:ident, $call_a:ident, $input_a:ident) $access:block
        run($state:ident, $call:ident, $input_r:ident) $run:block
    ) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl $crate::Operation for $name {
            type Service = $service;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(
                $state_a: &$service,
                $call_a: &$crate::Call,
                $input_a: &Self::Input,
            ) -> Result<Vec<$crate::Access>, $crate::Fault> {
                Ok($access)
            }

            async fn run(
                $state: &$service,
                $call: &$crate::Call,
                $input_r: Self::Input,
            ) -> Result<Self::Output, $crate::Fault> {
                $run
            }
        }
    };
}
