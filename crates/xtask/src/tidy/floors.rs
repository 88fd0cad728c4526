//! Floors: a crate uses lower floors only, never its own (ARCHITECTURE.md).

use std::collections::BTreeMap;

use serde_json::Value;

use super::Complaints;
use crate::{Failure, shell};

struct Crate {
    floor: i64,
    uses: Vec<String>,
}

/// Compares each crate's stated floor with what `cargo metadata` says it uses.
pub(super) fn check() -> Result<Complaints, Failure> {
    let text = shell::output(shell::cargo_command(&["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text)?;
    let mut complaints = Complaints::new();
    let mut crates = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default().to_owned();
        let folder = format!("crates/{name}/Cargo.toml");
        if !package["manifest_path"].as_str().is_some_and(|path| path.ends_with(&folder)) {
            complaints.push(format!("{name}: its folder has another name"));
        }
        let Some(floor) = package["metadata"]["house"]["floor"].as_i64() else {
            complaints.push(format!("{folder}: no [package.metadata.house] floor"));
            continue;
        };
        let dependencies = package["dependencies"].as_array().into_iter().flatten();
        let uses = dependencies
            .filter(|dependency| !dependency["path"].is_null())
            .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
            .collect();
        crates.insert(name, Crate { floor, uses });
    }
    complaints.extend(arrows_that_do_not_point_down(&crates));
    Ok(complaints)
}

fn arrows_that_do_not_point_down(crates: &BTreeMap<String, Crate>) -> Complaints {
    let mut complaints = Complaints::new();
    for (name, this) in crates {
        for used in &this.uses {
            let floor = crates.get(used).map(|used| used.floor);
            if floor.is_none_or(|floor| floor >= this.floor) {
                let stands = floor.map_or("no floor".to_owned(), |floor| format!("floor {floor}"));
                complaints.push(format!(
                    "crates/{name}/Cargo.toml: floor {} may not use `{used}` of {stands}",
                    this.floor
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_to_the_same_floor_is_a_complaint() {
        let of =
            |floor, uses: &[&str]| Crate { floor, uses: uses.iter().map(|&name| name.to_owned()).collect() };
        let crates = BTreeMap::from([
            ("base".to_owned(), of(0, &[])),
            ("kinesis".to_owned(), of(5, &["base"])),
            ("firehose".to_owned(), of(5, &["base", "kinesis"])),
        ]);
        let complaints = arrows_that_do_not_point_down(&crates);
        assert_eq!(complaints, ["crates/firehose/Cargo.toml: floor 5 may not use `kinesis` of floor 5"]);
    }
}
