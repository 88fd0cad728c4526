//! From files to tables: folders whose files are alike are partitions of one table, others are tables of their own.

use std::collections::BTreeMap;

use super::classify::Classified;
use super::kinds::union;

/// How alike folders must be to be one table (facts section 8).
pub const ALIKE_PERCENT: f64 = 70.0;

/// A folder with files that were classified.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The folders to it from where the crawl began.
    pub path: Vec<String>,
    /// What its files are.
    pub what: Classified,
    /// How many files it has.
    pub objects: u64,
    /// How many bytes they have.
    pub bytes: u64,
}

/// A table to be.
#[derive(Clone, PartialEq, Debug)]
pub struct Planned {
    /// The folders to it.
    pub path: Vec<String>,
    /// The names of its partition keys.
    pub keys: Vec<String>,
    /// What its files are, all columns together.
    pub what: Classified,
    /// Its partitions: values, folders, what their files are, how many and how large they are.
    pub partitions: Vec<PlannedPartition>,
    /// How many files it has.
    pub objects: u64,
    /// How many bytes they have.
    pub bytes: u64,
}

/// A partition to be.
#[derive(Clone, PartialEq, Debug)]
pub struct PlannedPartition {
    /// Its values.
    pub values: Vec<String>,
    /// The folders to it.
    pub path: Vec<String>,
    /// What its files are.
    pub what: Classified,
    /// How many files it has.
    pub objects: u64,
    /// How many bytes they have.
    pub bytes: u64,
}

/// How tables are told apart.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Grouping {
    /// Whether compatible folders are one table however few columns they share (`CombineCompatibleSchemas`).
    pub combine: bool,
    /// The depth at which folders are tables, counted from where the crawl began; 0 is that place itself.
    pub level: Option<usize>,
}

/// The tables that folders make.
pub fn plan(leaves: &[Leaf], grouping: Grouping) -> Vec<Planned> {
    let all: Vec<&Leaf> = leaves.iter().collect();
    let mut planned = Vec::new();
    decide(&[], &all, grouping, &mut planned);
    planned
}

fn decide(path: &[String], leaves: &[&Leaf], grouping: Grouping, planned: &mut Vec<Planned>) {
    if leaves.is_empty() {
        return;
    }
    let forced = grouping.level == Some(path.len());
    let above = grouping.level.is_some_and(|level| path.len() < level);
    if forced || (!above && is_one_table(path, leaves, grouping)) {
        planned.push(table(path, leaves));
        return;
    }
    let mut below: BTreeMap<&String, Vec<&Leaf>> = BTreeMap::new();
    let mut own = Vec::new();
    for leaf in leaves {
        match leaf.path.get(path.len()) {
            Some(folder) => below.entry(folder).or_default().push(leaf),
            None => own.push(*leaf),
        }
    }
    if !own.is_empty() {
        planned.push(table(path, &own));
    }
    for (folder, leaves) in below {
        let path = [path, std::slice::from_ref(folder)].concat();
        decide(&path, &leaves, grouping, planned);
    }
}

/// Whether all that lies below a folder is one table: its own files alone, or partitions that are alike and equally deep.
fn is_one_table(path: &[String], leaves: &[&Leaf], grouping: Grouping) -> bool {
    let first = leaves[0];
    let depth = first.path.len();
    if depth == path.len() {
        return leaves.len() == 1;
    }
    let percent = if grouping.combine { 0.0 } else { ALIKE_PERCENT };
    let alike = leaves.iter().all(|leaf| leaf.path.len() == depth && first.what.is_like(&leaf.what, percent));
    let named = first.path[path.len()..].iter().all(|folder| key_of(folder).is_some());
    // A single folder below is a table of its own unless its name says that it is a partition.
    alike && (named || folders_at(path.len(), leaves) > 1)
}

fn folders_at(depth: usize, leaves: &[&Leaf]) -> usize {
    let mut names: Vec<&String> = leaves.iter().filter_map(|leaf| leaf.path.get(depth)).collect();
    names.sort();
    names.dedup();
    names.len()
}

/// The key and value of a folder that names them.
fn key_of(folder: &str) -> Option<(&str, &str)> {
    folder.split_once('=').filter(|(key, _)| !key.is_empty())
}

fn table(path: &[String], leaves: &[&Leaf]) -> Planned {
    let first = leaves[0];
    let mut what = first.what.clone();
    let mut partitions = Vec::new();
    let deepest = leaves.iter().map(|leaf| leaf.path.len()).max().unwrap_or(path.len());
    let keys: Vec<String> = (path.len()..deepest)
        .map(|depth| {
            let folder = leaves.iter().find_map(|leaf| leaf.path.get(depth));
            match folder.and_then(|folder| key_of(folder)) {
                Some((key, _)) => key.to_lowercase(),
                None => format!("partition_{}", depth - path.len()),
            }
        })
        .collect();
    let (mut objects, mut bytes, mut rows) = (0, 0, 0);
    for leaf in leaves {
        what.columns = union(std::mem::take(&mut what.columns), leaf.what.columns.clone());
        objects += leaf.objects;
        bytes += leaf.bytes;
        rows += leaf.what.rows;
        if leaf.path.len() == deepest && deepest > path.len() {
            let value =
                |folder: &String| key_of(folder).map_or(folder.as_str(), |(_, value)| value).to_owned();
            partitions.push(PlannedPartition {
                values: leaf.path[path.len()..].iter().map(value).collect(),
                path: leaf.path.clone(),
                what: leaf.what.clone(),
                objects: leaf.objects,
                bytes: leaf.bytes,
            });
        }
    }
    what.rows = rows;
    // A column that has a key's name would stand twice in the table.
    what.columns.retain(|column| !keys.contains(&column.name));
    Planned { path: path.to_vec(), keys, what, partitions, objects, bytes }
}

/// A table's name: the prefix and the last folder (or file), in lower case, everything unusual an underscore.
pub fn table_name(prefix: &str, last: &str) -> String {
    /// Characters of a name.
    const LEN_MAX: usize = 128;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '_' };
    format!("{prefix}{last}").chars().map(plain).take(LEN_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::super::classify::Format;
    use super::super::kinds::{Column, Kind};
    use super::*;

    fn leaf(path: &str, columns: &[&str]) -> Leaf {
        let columns = columns.iter().map(|name| Column { name: (*name).into(), kind: Kind::Text }).collect();
        let what = Classified {
            classification: "json".into(),
            columns,
            compression: "none",
            format: Format::Json(None),
            rows: 1,
        };
        let path = path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Leaf { path, what, objects: 1, bytes: 10 }
    }

    fn shown(leaves: &[Leaf], grouping: Grouping) -> Vec<String> {
        let one = |planned: Planned| {
            let values: Vec<String> = planned.partitions.iter().map(|p| p.values.join(".")).collect();
            format!("{}({}) {}", planned.path.join("/"), planned.keys.join(","), values.join(" "))
        };
        plan(leaves, grouping).into_iter().map(one).collect()
    }

    #[test]
    fn alike_folders_are_partitions_and_others_are_tables() {
        let ab = ["a", "b"];
        let usual = Grouping::default();
        assert_eq!(shown(&[leaf("", &ab)], usual), ["() "]);
        assert_eq!(shown(&[leaf("x", &ab)], usual), ["x() "]);
        assert_eq!(shown(&[leaf("s/y=1/m=2", &ab), leaf("s/y=1/m=3", &ab)], usual), ["s(y,m) 1.2 1.3"]);
        assert_eq!(shown(&[leaf("s/y=1", &ab)], usual), ["s(y) 1"]);
        assert_eq!(
            shown(&[leaf("2023/01", &ab), leaf("2024/02", &ab)], usual),
            ["(partition_0,partition_1) 2023.01 2024.02"]
        );
        assert_eq!(shown(&[leaf("x", &ab), leaf("y", &["c", "d"])], usual), ["x() ", "y() "]);
        let combined = Grouping { combine: true, level: None };
        assert_eq!(shown(&[leaf("x", &ab), leaf("y", &["c", "d"])], combined), ["(partition_0) x y"]);
        let level = Grouping { combine: false, level: Some(1) };
        assert_eq!(
            shown(&[leaf("x/1", &ab), leaf("y/2", &ab)], level),
            ["x(partition_0) 1", "y(partition_0) 2"]
        );
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(table_name("raw_", "year=2017"), "raw_year_2017");
        assert_eq!(table_name("", "A b.csv"), "a_b_csv");
    }
}
