//! `cargo xtask TASK`: the yard's tools, so that what CI does and what a person types are one thing.
//!
//! | task | does |
//! |---|---|
//! | `check` | compiles the default members without the heavy engines, nothing else: the everyday loop |
//! | `tidy` | compares the house with its plan: floors, generated files, docs, words that must not stand here |
//! | `shapes` | writes the tables of wire shapes from the service models |
//! | `test` | everything CI runs: format, lints, tidy, all tests, stock clients over the built binary |
//! | `clients` | the last step of `test` alone: stock clients over the built binary |
//! | `bench` | measures a release build, each figure beside its baseline from the same run |
//! | `coverage` | writes docs/coverage.md: which operations are there |
//! | `run` | starts a release build |

mod bench;
mod clients;
mod coverage;
mod json;
mod shapes;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask check | tidy | shapes [--check | --try SERVICE…] | test | clients | bench [NAME…] | coverage [--check] | run [OPTION…]";

/// Why a task failed, for the terminal.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match run(&task, &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask {task}: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &str, rest: &[String]) -> Result<(), Failure> {
    match task {
        "check" => shell::cargo(&["check", "--no-default-features"]),
        "tidy" => tidy::run(None),
        "shapes" => shapes(rest),
        "test" => test::run(),
        "clients" => shell::cargo(&["build", "--package", "millrace"]).and_then(|()| clients::run()),
        "bench" => bench::run(rest),
        "coverage" => coverage::run(rest.iter().any(|word| word == "--check"), None),
        "run" => {
            let words: Vec<&str> = rest.iter().map(String::as_str).collect();
            shell::cargo(&[&["run", "--release", "--package", "millrace", "--"], &words[..]].concat())
        }
        _ => Err(USAGE.into()),
    }
}

fn shapes(rest: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let done = match words[..] {
        [] => shapes::write(),
        ["--check"] => shapes::check(),
        // Shows that a service's model can be taken, before its room is built.
        ["--try", ref services @ ..] => shapes::try_out(services),
        _ => return Err(USAGE.into()),
    };
    done.map_err(Failure::from)
}
