//! `cargo xtask test`: everything CI runs, in the order in which a fault is cheapest to find.
//!
//! One build profile for all of it. The lints only check, so they share nothing but the metadata of dependencies with the tests; the
//! tests, the binary they start and the stock clients all use the one debug build, whose dependencies are optimized. A release build
//! would compile everything once more and is left to `cargo xtask bench`.

use std::time::Instant;

use crate::{Failure, clients, shell, tidy};

/// One step: its name and what it does.
type Step = (&'static str, fn() -> Result<(), Failure>);

const STEPS: &[Step] = &[
    ("format", || shell::cargo(&["fmt", "--all", "--check"])),
    ("lints", || {
        shell::cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])
    }),
    // With all targets, so that the binary is built with the very features that the tests' build has.
    ("build", || shell::cargo(&["build", "--workspace", "--all-targets", "--locked"])),
    ("tests", tests),
    ("tidy", || tidy::run(Some(&shell::binary()))),
    ("stock clients", clients::run),
];

fn tests() -> Result<(), Failure> {
    let mut tests = shell::cargo_command(&["test", "--workspace", "--locked"]);
    tests.env("MILLRACE", shell::binary());
    shell::run(tests)
}

/// Runs all steps and says how long each took. The first that fails ends it.
pub(crate) fn run() -> Result<(), Failure> {
    let mut took = Vec::new();
    for (name, step) in STEPS {
        println!("\n== {name}");
        let start = now();
        step().map_err(|failure| format!("{name}: {failure}"))?;
        took.push(format!("{name} {:.0} s", start.elapsed().as_secs_f64()));
    }
    println!("\nran: {}", took.join(", "));
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the yard measures real time")]
fn now() -> Instant {
    Instant::now()
}
