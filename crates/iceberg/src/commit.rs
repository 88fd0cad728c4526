//! A snapshot more: manifests, their list, and the metadata that follows the metadata as it was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::manifest::{Content, DataFile, Frame, Listed, list, manifest, read_list};
use crate::metadata::{Spec, Table};
use crate::{Error, malformed};

/// Earlier metadata files that are remembered, unless the table says otherwise.
const PREVIOUS_MAX: usize = 100;

/// What a snapshot is to add.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Files of rows, all of the default spec.
    pub data: Vec<DataFile>,
    /// Files of deletes.
    pub deletes: Vec<DataFile>,
    /// The deletes hold in all partitions: they are of a spec without fields.
    pub deletes_everywhere: bool,
    /// Further members of the snapshot's summary.
    pub summary: BTreeMap<String, String>,
}

/// What the caller draws.
#[derive(Debug, Clone)]
pub struct Draw {
    /// The snapshot's id: positive, and of no snapshot of the table.
    pub snapshot: i64,
    /// A uuid for the names of its files.
    pub uuid: String,
    /// Another, for that of the metadata.
    pub metadata_uuid: String,
    /// Milliseconds since 1970.
    pub now_millis: i64,
}

/// Files that are to be stored; the last is the new metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Addresses and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The address of the new metadata.
    pub metadata: String,
}

/// Continues a table. `location` is the address of its metadata as it is, `listed` the bytes of its current list of manifests, if it has one
/// ([`Table::manifest_list`]).
pub fn commit(
    table: &Table,
    location: &str,
    listed: Option<&[u8]>,
    change: &Change,
    draw: &Draw,
) -> Result<Snapshot, Error> {
    let mut next = table.clone();
    let version = table.version()?;
    if version < 2 && !change.deletes.is_empty() {
        return Err(Error::Unsupported(
            "Rows of tables of format version 1 are neither updated nor deleted".to_owned(),
        ));
    }
    let spec = table.spec()?;
    let deletes_spec = if change.deletes_everywhere && !change.deletes.is_empty() {
        next.unpartitioned()?
    } else {
        spec.clone()
    };
    let sequence = if version < 2 { 0 } else { table.long("last-sequence-number").unwrap_or(0) + 1 };
    let folder = table.metadata_path()?;
    let (schema, schema_id) = (table.schema_json()?, table.schema()?.id);
    let mut manifests: Vec<Listed> = Vec::new();
    let mut files = Vec::new();
    for (files_of, spec) in [(&change.data, &spec), (&change.deletes, &deletes_spec)] {
        if files_of.is_empty() {
            continue;
        }
        let path = format!("{folder}/{}-m{}.avro", draw.uuid, files.len());
        let frame = Frame { version, schema, schema_id, spec, snapshot: draw.snapshot, sequence };
        let (bytes, listed) = manifest(&frame, &path, &files_of.iter().collect::<Vec<_>>())?;
        files.push((path, bytes));
        manifests.push(listed);
    }
    if let Some(bytes) = listed {
        manifests.extend(read_list(bytes)?);
    }
    let parent = table.current().and_then(|current| current.get("snapshot-id")).cloned();
    let list_path = format!("{folder}/snap-{}-1-{}.avro", draw.snapshot, draw.uuid);
    let mut header =
        vec![("snapshot-id", draw.snapshot.to_string()), ("format-version", version.to_string())];
    header.push(("parent-snapshot-id", parent.as_ref().map_or("null".to_owned(), Value::to_string)));
    if version >= 2 {
        header.push(("sequence-number", sequence.to_string()));
    }
    files.push((list_path.clone(), list(version, &header, &manifests)?));
    let at = draw.now_millis.max(table.long("last-updated-ms").unwrap_or(0));
    let mut snapshot = json!({
        "snapshot-id": draw.snapshot,
        "timestamp-ms": at,
        "manifest-list": list_path,
        "summary": summary(table, change, &spec),
        "schema-id": schema_id,
    });
    if let Some(parent) = parent {
        snapshot["parent-snapshot-id"] = parent;
    }
    if version >= 2 {
        snapshot["sequence-number"] = sequence.into();
        next.document.insert("last-sequence-number".to_owned(), sequence.into());
    }
    next.advance(location, snapshot, draw.snapshot, at)?;
    let metadata = format!("{folder}/{:05}-{}.metadata.json", number_of(location) + 1, draw.metadata_uuid);
    files.push((metadata.clone(), Value::Object(next.document).to_string().into_bytes()));
    Ok(Snapshot { files, metadata })
}

/// The number in a metadata file's name, e.g. `00012-…metadata.json` or `v12.metadata.json`.
fn number_of(location: &str) -> u64 {
    let name = location.rsplit('/').next().unwrap_or_default();
    let digits: String =
        name.strip_prefix('v').unwrap_or(name).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

fn summary(table: &Table, change: &Change, spec: &Spec) -> Value {
    let mut summary: Map<String, Value> =
        change.summary.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let operation = match (change.data.is_empty(), change.deletes.is_empty()) {
        (_, true) => "append",
        (false, false) => "overwrite",
        (true, false) => "delete",
    };
    summary.insert("operation".to_owned(), operation.into());
    let sum = |files: &[DataFile], of: fn(&DataFile) -> u64| files.iter().map(of).sum::<u64>();
    let all: Vec<&DataFile> = change.data.iter().chain(&change.deletes).collect();
    let bytes: u64 = all.iter().map(|file| file.bytes).sum();
    let equality = |file: &DataFile| matches!(file.content, Content::EqualityDeletes(_)) as u64;
    let counts = [
        ("data-files", "added-data-files", change.data.len() as u64),
        ("records", "added-records", sum(&change.data, |file| file.records)),
        ("files-size", "added-files-size", bytes),
        ("delete-files", "added-delete-files", change.deletes.len() as u64),
        ("equality-deletes", "added-equality-deletes", sum(&change.deletes, |file| file.records)),
        ("position-deletes", "", 0),
    ];
    let before = table.current().and_then(|current| current.get("summary"));
    for (what, added, count) in counts {
        if count > 0 {
            summary.insert(added.to_owned(), count.to_string().into());
        }
        let total = format!("total-{what}");
        let known = match table.current() {
            Some(_) => before
                .and_then(|before| before.get(&total))
                .and_then(Value::as_str)
                .and_then(|text| text.parse::<u64>().ok()),
            None => Some(0),
        };
        if let Some(known) = known {
            summary.insert(total, (known + count).to_string().into());
        }
    }
    let files = all.iter().map(|file| equality(file)).sum::<u64>();
    if files > 0 {
        summary.insert("added-equality-delete-files".to_owned(), files.to_string().into());
    }
    if !spec.fields.is_empty() {
        let partitions: BTreeSet<_> = all.iter().map(|file| &file.partition).collect();
        summary.insert("changed-partition-count".to_owned(), partitions.len().to_string().into());
    }
    Value::Object(summary)
}

impl Table {
    /// Adds the snapshot and makes it the current one.
    fn advance(&mut self, location: &str, snapshot: Value, id: i64, at: i64) -> Result<(), Error> {
        let updated = self.long("last-updated-ms").unwrap_or(at);
        let most = self.property("write.metadata.previous-versions-max").and_then(|text| text.parse().ok());
        let most = most.unwrap_or(PREVIOUS_MAX).max(1);
        let document = &mut self.document;
        let mut array = |name: &str| -> Result<Vec<Value>, Error> {
            match document.remove(name) {
                Some(Value::Array(all)) => Ok(all),
                Some(Value::Null) | None => Ok(Vec::new()),
                Some(_) => Err(malformed(format!("{name} of the table is no list"))),
            }
        };
        let mut snapshots = array("snapshots")?;
        let mut log = array("snapshot-log")?;
        let mut previous = array("metadata-log")?;
        snapshots.push(snapshot);
        log.push(json!({"timestamp-ms": at, "snapshot-id": id}));
        previous.push(json!({"timestamp-ms": updated, "metadata-file": location}));
        let excess = previous.len().saturating_sub(most);
        previous.drain(..excess);
        document.insert("snapshots".to_owned(), snapshots.into());
        document.insert("snapshot-log".to_owned(), log.into());
        document.insert("metadata-log".to_owned(), previous.into());
        document.insert("current-snapshot-id".to_owned(), id.into());
        document.insert("last-updated-ms".to_owned(), at.into());
        let refs = document.entry("refs").or_insert_with(|| json!({}));
        let refs = refs.as_object_mut().ok_or_else(|| malformed("refs of the table is no object"))?;
        let main = refs.entry("main").or_insert_with(|| json!({"type": "branch"}));
        main["snapshot-id"] = id.into();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::ColumnMetrics;

    fn table(version: u64) -> Table {
        let document = json!({
            "format-version": version, "table-uuid": "u", "location": "s3://b/t/", "last-sequence-number": 4, "last-updated-ms": 10,
            "last-column-id": 2, "current-schema-id": 0,
            "schemas": [{"type": "struct", "schema-id": 0, "fields": [
                {"id": 1, "name": "id", "required": true, "type": "long"}, {"id": 2, "name": "at", "required": false, "type": "timestamptz"}]}],
            "default-spec-id": 0,
            "partition-specs": [{"spec-id": 0, "fields": [{"source-id": 2, "field-id": 1000, "name": "at_day", "transform": "day"}]}],
            "properties": {"write.metadata.previous-versions-max": "1"}, "current-snapshot-id": -1, "snapshots": [], "something-else": [1],
        });
        Table::parse(document.to_string().as_bytes()).unwrap()
    }

    fn file(path: &str, day: Option<i32>, content: Content) -> DataFile {
        let columns = vec![ColumnMetrics {
            id: 1,
            bytes: 9,
            values: 3,
            nulls: 0,
            lower: Some(vec![0; 8]),
            upper: Some(vec![1; 8]),
        }];
        let partition = vec![day.map(|day| day.to_le_bytes().to_vec())];
        DataFile {
            path: path.to_owned(),
            content,
            partition,
            records: 3,
            bytes: 99,
            columns,
            splits: vec![4],
        }
    }

    fn draw(snapshot: i64) -> Draw {
        Draw { snapshot, uuid: format!("u{snapshot}"), metadata_uuid: format!("m{snapshot}"), now_millis: 20 }
    }

    #[test]
    fn snapshots_follow_one_another() {
        for version in [1, 2] {
            let first = table(version);
            let change = Change {
                data: vec![file("a", Some(3), Content::Data), file("b", None, Content::Data)],
                ..Change::default()
            };
            let made =
                commit(&first, "s3://b/t/metadata/00007-x.metadata.json", None, &change, &draw(70)).unwrap();
            assert_eq!(made.metadata, "s3://b/t/metadata/00008-m70.metadata.json");
            let next = Table::parse(&made.files.last().unwrap().1).unwrap();
            assert_eq!(next.document["something-else"], json!([1]));
            let current = next.current().unwrap();
            assert_eq!(current["summary"]["total-records"], "6");
            assert_eq!(current["summary"]["operation"], "append");
            assert_eq!(current["summary"]["changed-partition-count"], "2");
            let listed = &made.files[1];
            assert_eq!(next.manifest_list().unwrap(), Some(&*listed.0));
            let after = commit(&next, &made.metadata, Some(&listed.1), &change, &draw(71)).unwrap();
            let last = Table::parse(&after.files.last().unwrap().1).unwrap();
            let list = read_list(&after.files[1].1).unwrap();
            assert_eq!(
                list.iter().map(Listed::path).collect::<Vec<_>>(),
                ["s3://b/t/metadata/u71-m0.avro", "s3://b/t/metadata/u70-m0.avro"]
            );
            assert_eq!(last.current().unwrap()["summary"]["total-data-files"], "4");
            assert_eq!(last.current().unwrap()["parent-snapshot-id"], 70);
            assert_eq!(last.document["refs"]["main"]["snapshot-id"], 71);
            assert_eq!(last.document["metadata-log"].as_array().unwrap().len(), 1);
            assert!(!last.has_snapshot_with("batch", "x"));
            assert_eq!(last.long("last-sequence-number"), Some(if version == 1 { 4 } else { 6 }));
        }
    }

    #[test]
    fn deletes_may_hold_in_all_partitions() {
        let deletes =
            vec![DataFile { partition: Vec::new(), ..file("d", None, Content::EqualityDeletes(vec![1])) }];
        let change = Change { deletes, deletes_everywhere: true, ..Change::default() };
        let made = commit(&table(2), "v3.metadata.json", None, &change, &draw(5)).unwrap();
        let mut next = Table::parse(&made.files.last().unwrap().1).unwrap();
        assert_eq!(next.unpartitioned().unwrap().id, 1);
        assert_eq!(next.spec().unwrap().id, 0);
        assert_eq!(next.current().unwrap()["summary"]["operation"], "delete");
        let entries = crate::avro::read(&made.files[0].1).unwrap();
        assert_eq!(entries.header["content"], b"deletes");
        assert!(commit(&table(1), "v3.metadata.json", None, &change, &draw(5)).is_err());
    }

    #[test]
    fn other_versions_are_refused() {
        assert!(matches!(Table::parse(br#"{"format-version":3}"#), Err(Error::Unsupported(_))));
        assert!(Table::parse(b"{}").is_err());
        assert!(Table::parse(b"\x1f\x8b").is_err());
    }
}
