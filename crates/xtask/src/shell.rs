//! Running other programs: announced, from the project's root, and their failure is ours.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;

/// The project's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("this crate lies two folders below the root").to_owned()
}

/// Where builds go.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The server, as a debug build leaves it.
pub(crate) fn binary() -> PathBuf {
    target().join("debug/millrace")
}

/// Runs cargo with these words.
pub(crate) fn cargo(words: &[&str]) -> Result<(), Failure> {
    run(cargo_command(words))
}

/// Cargo with these words, to be adjusted and run.
pub(crate) fn cargo_command(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words).current_dir(root());
    command
}

/// Runs a program that prints to the terminal.
pub(crate) fn run(mut command: Command) -> Result<(), Failure> {
    println!("$ {}", line(&command));
    let status = command.status().map_err(|error| format!("cannot run `{}`: {error}", line(&command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(&command)).into()) }
}

/// Runs a program and returns what it printed.
pub(crate) fn output(mut command: Command) -> Result<String, Failure> {
    command.stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("cannot run `{}`: {error}", line(&command)))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({})", line(&command), output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let root = format!("{}/", root().display());
    words.map(|word| word.to_string_lossy().replace(&root, "")).collect::<Vec<_>>().join(" ")
}

/// The files that git knows or would add, relative to the root.
pub(crate) fn files() -> Result<Vec<PathBuf>, Failure> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(root());
    let mut files: Vec<PathBuf> = output(git)?.lines().map(PathBuf::from).collect();
    // What was deleted but not committed yet is still listed.
    files.retain(|file| root().join(file).is_file());
    Ok(files)
}

/// Writes a file of the project.
#[expect(
    clippy::disallowed_methods,
    reason = "generated pages are written here and nowhere else; the lint is for the server"
)]
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}
