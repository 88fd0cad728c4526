//! Sources: what every file must have, and what none may.

use std::path::{Path, PathBuf};

use super::Complaints;
use crate::{Failure, shell};

/// A text file of the project.
pub(super) struct Source {
    /// Its name from the root on.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Lines from which on a file is worth asking whether it is still one story.
const LINES_NOTED: usize = 600;

/// Texts that must not stand in the project, in two halves so that this file may name them: hosts of package registries (packages are asked
/// for by name, and who builds here may have a mirror) and places of one machine.
const FORBIDDEN: &[(&str, &str)] = &[
    ("index.crates", ".io"),
    ("static.crates", ".io"),
    ("pypi", ".org"),
    ("files.python", "hosted.org"),
    ("registry.npm", "js.org"),
    ("proxy.go", "lang.org"),
    ("repo1.maven", ".org"),
    ("deb.debian", ".org"),
    ("/home", "/"),
    ("/root", "/"),
    ("/work", "/"),
    ("/Users", "/"),
    ("../shar", "ed"),
];

/// Reads every text file that git knows; others (there should be none) are skipped.
pub(super) fn read() -> Result<Vec<Source>, Failure> {
    let files = shell::files()?;
    Ok(files
        .into_iter()
        .filter(|path| path != Path::new("Cargo.lock"))
        .filter_map(|path| {
            let text = std::fs::read_to_string(shell::root().join(&path)).ok()?;
            Some(Source { path, text })
        })
        .collect())
}

/// The complaints about single files.
pub(super) fn check(files: &[Source]) -> Complaints {
    let mut complaints = Complaints::new();
    for file in files {
        let path = file.path.display();
        for (number, line) in file.text.lines().enumerate() {
            let place = format!("{path}:{}", number + 1);
            for word in FORBIDDEN.iter().map(|(a, b)| format!("{a}{b}")).filter(|word| line.contains(word)) {
                complaints.push(format!("{place}: `{word}` must not stand in the project"));
            }
            if is_rust(&file.path)
                && (line.contains("#[allow") || line.contains("#![allow"))
                && !is_quoted(line)
            {
                complaints.push(format!("{place}: say #[expect(…, reason = \"…\")] instead of allow"));
            }
        }
        if wants_module_docs(&file.path) && !file.text.trim_start().starts_with("//!") {
            complaints.push(format!("{path}:1: begins without `//!` docs that say what the module is for"));
        }
    }
    complaints
}

/// Files that have grown.
pub(super) fn notes(files: &[Source]) -> Vec<String> {
    let written = files.iter().filter(|file| is_rust(&file.path) && !is_generated(&file.path));
    written
        .map(|file| (file.path.display(), file.text.lines().count()))
        .filter(|(_, lines)| *lines > LINES_NOTED)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect()
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

fn is_quoted(line: &str) -> bool {
    line.contains("\"#[allow") || line.contains("\"#![allow")
}

/// Whether `cargo xtask shapes` wrote it.
pub(super) fn is_generated(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "shapes") && path.starts_with("crates")
}

fn wants_module_docs(path: &Path) -> bool {
    let in_src = path.components().nth(2).is_some_and(|part| part.as_os_str() == "src");
    let is_test = path.file_name().is_some_and(|name| name == "tests.rs")
        || path.components().any(|part| part.as_os_str() == "tests");
    is_rust(path) && in_src && !is_test && !is_generated(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(path: &str, text: &str) -> Complaints {
        check(&[Source { path: path.into(), text: text.to_owned() }])
    }

    #[test]
    fn modules_begin_with_docs_and_tests_need_none() {
        assert_eq!(complaints("crates/base/src/arn.rs", "use std::fmt;\n").len(), 1);
        assert!(complaints("crates/base/src/arn.rs", "//! Arns.\n").is_empty());
        assert!(complaints("crates/base/src/arn/tests.rs", "use super::*;\n").is_empty());
        assert!(complaints("crates/base/tests/it/main.rs", "mod a;\n").is_empty());
    }

    #[test]
    fn allow_is_a_complaint_and_expect_is_none() {
        let allow = ["//!\n#[", "allow(dead_code)]\n"].concat();
        assert_eq!(complaints("crates/base/src/a.rs", &allow).len(), 1);
        assert!(complaints("crates/base/src/a.rs", "//!\n#[expect(dead_code, reason = \"…\")]\n").is_empty());
    }

    #[test]
    fn places_of_one_machine_are_complaints() {
        let text = ["see /ho", "me/me/notes\n"].concat();
        assert_eq!(complaints("README.md", &text).len(), 1);
    }
}
