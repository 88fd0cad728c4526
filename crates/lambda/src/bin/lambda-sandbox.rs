//! The helper of functions as a program of its own (`lambda::runtimes::helper`), which the tests of this crate start.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::helper().unwrap_or(ExitCode::FAILURE)
}
