//! An operation in one piece: its documentation, its shapes, what the policies are asked, and what it does.

/// Declares an operation of the room.
macro_rules! operation {
    (
        $(#[$doc:meta])*
        $name:ident($input:ty) -> $output:ty;
        access($glue_a:ident, $call_a:ident, $input_a:ident) $access:block
        run($glue:ident, $call:ident, $input_r:ident) $run:block
    ) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl service::Operation for $name {
            type Service = $crate::engine::Athena;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(
                $glue_a: &$crate::engine::Athena,
                $call_a: &service::Call,
                $input_a: &Self::Input,
            ) -> Result<Vec<service::Access>, service::Fault> {
                Ok($access)
            }

            async fn run(
                $glue: &$crate::engine::Athena,
                $call: &service::Call,
                $input_r: Self::Input,
            ) -> Result<Self::Output, service::Fault> {
                $run
            }
        }
    };
}

pub(crate) use operation;
