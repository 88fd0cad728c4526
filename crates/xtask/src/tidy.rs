//! `cargo xtask tidy`: compares the house with its plan. Each check returns its complaints; any complaint fails, notes do not.

mod floors;
mod sources;
mod tables;

use std::path::Path;

use crate::{Failure, coverage, shapes};

/// What one check found: one line each, beginning with the file.
type Complaints = Vec<String>;

/// All checks. `binary` is a build of the server to ask for its operations; else one is built.
pub(crate) fn run(binary: Option<&Path>) -> Result<(), Failure> {
    let files = sources::read()?;
    let mut complaints = floors::check()?;
    complaints.extend(sources::check(&files));
    complaints.extend(tables::check(&files)?);
    for note in sources::notes(&files) {
        println!("note: {note}");
    }
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    if !complaints.is_empty() {
        return Err(format!("{} complaints", complaints.len()).into());
    }
    shapes::check()?;
    coverage::run(true, binary)?;
    println!("tidy: {} files, nothing to complain about", files.len());
    Ok(())
}
