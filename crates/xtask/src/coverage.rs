//! `cargo xtask coverage`: docs/coverage.md, from what the binary itself says it serves.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::{Failure, shell};

const PAGE: &str = "docs/coverage.md";

/// Writes the page, or compares it with the one that is there. `binary` is asked if it is given; else one is built.
pub(crate) fn run(check: bool, binary: Option<&Path>) -> Result<(), Failure> {
    let asked = match binary {
        Some(binary) => {
            let mut command = Command::new(binary);
            command.arg("operations");
            command
        }
        // What is served does not hang on the heavy engines.
        None => shell::cargo_command(&[
            "run",
            "--quiet",
            "--package",
            "millrace",
            "--no-default-features",
            "--",
            "operations",
        ]),
    };
    let listed = shell::output(asked)?;
    let page = page(&listed)?;
    let path = shell::root().join(PAGE);
    if check {
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        return if there == page {
            Ok(())
        } else {
            Err(format!("{PAGE} is stale: run `cargo xtask coverage`").into())
        };
    }
    shell::write(&path, &page)?;
    println!("wrote {PAGE}");
    Ok(())
}

/// Lines are `service operation yes|no`, sorted by service.
fn page(listed: &str) -> Result<String, Failure> {
    let mut services: Vec<(&str, Vec<&str>, Vec<&str>)> = Vec::new();
    for line in listed.lines() {
        let [service, operation, there] = line.split(' ').collect::<Vec<_>>()[..] else {
            return Err(format!("cannot read the line `{line}`").into());
        };
        if services.last().is_none_or(|(name, ..)| *name != service) {
            services.push((service, Vec::new(), Vec::new()));
        }
        let (_, done, missing) = services.last_mut().expect("one was pushed if there was none");
        if there == "yes" { done.push(operation) } else { missing.push(operation) }
    }
    let mut page = String::from(
        "# Coverage\n\nWritten by `cargo xtask coverage` from the binary's own list (`millrace operations`); never edited. An operation that is not there \
         answers the service's own \"not implemented\".\n\n| service | operations there | of the model's |\n|---|---:|---:|\n",
    );
    for (service, done, missing) in &services {
        writeln!(page, "| {service} | {} | {} |", done.len(), done.len() + missing.len())?;
    }
    for (service, done, missing) in &services {
        writeln!(page, "\n## {service}\n\nThere: {}", names(done))?;
        writeln!(page, "\nNot there: {}", names(missing))?;
    }
    Ok(page)
}

fn names(operations: &[&str]) -> String {
    if operations.is_empty() { "none.".to_owned() } else { format!("{}.", operations.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_by_service() {
        let page = page("kinesis PutRecord yes\nkinesis MergeShards no\nsts AssumeRole no\n").unwrap();
        assert!(page.contains("| kinesis | 1 | 2 |\n| sts | 0 | 1 |"), "{page}");
        assert!(page.contains("## sts\n\nThere: none.\n\nNot there: AssumeRole.\n"), "{page}");
    }
}
