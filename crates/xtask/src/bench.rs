//! `cargo xtask bench`: builds the release and measures it, each figure beside its baseline from the same run and the bar it must reach.

use crate::{Failure, shell};

/// Runs the storage bench and the bench over the wire; words are passed to the latter (`cargo xtask bench put-records`).
pub(crate) fn run(rest: &[String]) -> Result<(), Failure> {
    shell::cargo(&["build", "--release", "--package", "millrace", "--package", "conformance", "--bins"])?;
    if rest.is_empty() {
        shell::cargo(&["run", "--release", "--package", "storage", "--example", "journal_bench"])?;
    }
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    shell::cargo(
        &[&["run", "--release", "--package", "conformance", "--bin", "bench", "--"], &words[..]].concat(),
    )
}
