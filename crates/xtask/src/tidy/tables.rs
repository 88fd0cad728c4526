//! Table numbers: each stands for one family of keys for ever, and docs/formats.md lists them all.

use std::collections::BTreeMap;

use super::Complaints;
use super::sources::Source;
use crate::{Failure, shell};

const MARK: &str = "TableNumber(0x";
const REGISTRY: &str = "docs/formats.md";

/// Finds numbers used twice, and numbers that the registry does not list.
pub(super) fn check(files: &[Source]) -> Result<Complaints, Failure> {
    let registry = std::fs::read_to_string(shell::root().join(REGISTRY))?;
    Ok(compare(&used(files), &registry))
}

/// Numbers in use and where, tests apart.
fn used(files: &[Source]) -> BTreeMap<String, Vec<String>> {
    let mut used: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sources = files.iter().filter(|file| {
        let path = file.path.to_string_lossy();
        path.starts_with("crates/")
            && path.contains("/src/")
            && !path.contains("tests")
            && !path.contains("xtask")
    });
    for file in sources {
        // Tests beside the code have tables of their own.
        let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in
            code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for rest in line.split(MARK).skip(1) {
                let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
                used.entry(digits).or_default().push(format!("{}:{}", file.path.display(), number + 1));
            }
        }
    }
    used
}

fn compare(used: &BTreeMap<String, Vec<String>>, registry: &str) -> Complaints {
    let mut complaints = Complaints::new();
    for (digits, places) in used {
        if places.len() > 1 {
            complaints.push(format!("{}: table 0x{digits} is also that of {}", places[1], places[0]));
        }
        if !registry.contains(&format!("0x{digits}")) {
            complaints.push(format!("{}: table 0x{digits} is not listed in {REGISTRY}", places[0]));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_used_twice_or_not_listed_is_a_complaint() {
        let source = |path: &str, number: &str| Source {
            path: path.into(),
            text: format!("const A: Table<K, V> = Table::new({MARK}{number}), \"a\");"),
        };
        let files = [source("crates/a/src/tables.rs", "0201"), source("crates/b/src/tables.rs", "0201")];
        assert_eq!(compare(&used(&files), "| 0x0201 |").len(), 1);
        assert_eq!(compare(&used(&files[..1]), "| 0x0201 |").len(), 0);
        assert_eq!(compare(&used(&files[..1]), "").len(), 1);
    }
}
