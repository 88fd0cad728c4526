//! The contents pages of both services, and what their operations share.
//!
//! An operation is one [`operation!`]: its AWS page, what it asks the policies, what it does. A file holds what is about one thing.

pub(crate) mod fault;
pub(crate) mod logs;
pub(crate) mod monitoring;

use service::Call;

use crate::tables::Scope;

/// Whose things a call is about.
pub(crate) fn scope(call: &Call) -> Scope {
    Scope { account: call.account(), region: call.region().clone() }
}

/// An operation: `asks` yields what is asked of the policies, `does` its output or the engine's error.
macro_rules! operation {
    (
        $(#[$doc:meta])*
        $service:ident $name:ident($input:ty) -> $output:ty,
        asks |$asking:ident, $said:ident| $accesses:expr,
        does |$watch:ident, $call:ident, $given:ident| $run:expr $(,)?
    ) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl service::Operation for $name {
            type Service = $crate::engine::CloudWatch;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(
                _: &$crate::engine::CloudWatch,
                $asking: &service::Call,
                $said: &$input,
            ) -> Result<Vec<service::Access>, service::Fault> {
                let _ = $said;
                Ok($accesses)
            }

            async fn run(
                $watch: &$crate::engine::CloudWatch,
                $call: &service::Call,
                $given: $input,
            ) -> Result<$output, service::Fault> {
                let _ = $call;
                let done: Result<$output, $crate::engine::error::Error> = async { Ok($run) }.await;
                done.map_err($crate::ops::fault::$service)
            }
        }
    };
}

pub(crate) use operation;
