//! `cargo xtask tidy`: compares the house with its plan. Each check returns its complaints; any complaint fails, notes do not.

mod floors;
mod sources;
mod tables;

use crate::{Failure, coverage, shapes, shell};

/// What one check found: one line each, beginning with the file.
type Complaints = Vec<String>;

/// All checks.
pub(crate) fn run() -> Result<(), Failure> {
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
    coverage::run(true)?;
    println!("tidy: {} files of {}, nothing to complain about", files.len(), shell::root().display());
    Ok(())
}
