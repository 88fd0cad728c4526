//! A table's metadata: one JSON document for each state the table was in.
//!
//! What is not understood is carried along: the document is kept as it came, and only what a snapshot changes is changed.

use std::io::Read;

use serde_json::{Map, Value, json};

use crate::transform::Transform;
use crate::types::{Primitive, Schema, int};
use crate::{Error, malformed};

/// Bytes of a metadata file or a list of manifests, also when it is unpacked. Understood they take several times as much.
pub const METADATA_BYTES_MAX: u64 = 64 << 20;

/// A table in one of its states.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub(crate) document: Map<String, Value>,
}

/// How a table is partitioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// Its number within the table.
    pub id: i32,
    /// What partitions follow from, in order.
    pub fields: Vec<Partitioning>,
}

/// One field of partitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partitioning {
    /// Its id.
    pub id: i32,
    /// Its name.
    pub name: String,
    /// The field it follows from.
    pub source_id: i32,
    /// That field's type.
    pub source: Primitive,
    /// How.
    pub transform: Transform,
    /// The transform's word.
    pub word: String,
    /// The type of what it makes.
    pub result: Primitive,
}

/// What stands in a path as it is.
const PLAIN: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'*');

impl Spec {
    /// The partition of a row, from the values of the fields' sources.
    pub fn partition(&self, sources: &[Option<Vec<u8>>]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let made = self.fields.iter().zip(sources).map(|(field, value)| match value {
            Some(value) => field.transform.apply(field.source, value),
            None => Ok(None),
        });
        made.collect()
    }

    /// A partition as part of a path, `day=2026-11-26/kind=a`; nothing for tables without partitions.
    pub fn path(&self, partition: &[Option<Vec<u8>>]) -> String {
        let part = |(field, value): (&Partitioning, &Option<Vec<u8>>)| {
            let human = field.transform.human(field.source, value.as_deref());
            let plain = |text: &str| percent_encoding::utf8_percent_encode(text, PLAIN).to_string();
            format!("{}={}", plain(&field.name), plain(&human))
        };
        let parts: Vec<String> = self.fields.iter().zip(partition).map(part).collect();
        parts.join("/")
    }
}

impl Partitioning {
    pub(crate) fn json(&self) -> Value {
        json!({"source-id": self.source_id, "field-id": self.id, "name": self.name, "transform": self.word})
    }
}

impl Table {
    /// From the bytes of a metadata file, compressed or not.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut unpacked = Vec::new();
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut inflate = flate2::read::GzDecoder::new(bytes).take(METADATA_BYTES_MAX + 1);
            inflate.read_to_end(&mut unpacked).map_err(|error| malformed(error.to_string()))?;
            if unpacked.len() as u64 > METADATA_BYTES_MAX {
                return Err(malformed("the metadata of the table is too large"));
            }
            &unpacked
        } else {
            bytes
        };
        let document: Value = serde_json::from_slice(bytes)
            .map_err(|error| malformed(format!("the metadata of the table is no JSON: {error}")))?;
        let Value::Object(document) = document else {
            return Err(malformed("the metadata of the table is no object"));
        };
        let table = Self { document };
        match table.version()? {
            1 | 2 => Ok(table),
            other => Err(Error::Unsupported(format!("Tables of format version {other} are not written to"))),
        }
    }

    /// The format's version.
    pub fn version(&self) -> Result<u8, Error> {
        let version = self.document.get("format-version").and_then(Value::as_u64);
        version
            .and_then(|version| u8::try_from(version).ok())
            .ok_or_else(|| malformed("the table has no format version"))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.document.get(name).and_then(Value::as_str)
    }

    /// A property.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.document.get("properties")?.get(name)?.as_str()
    }

    /// Where the table lies, without a slash at the end.
    pub fn location(&self) -> Result<&str, Error> {
        let location = self.text("location").ok_or_else(|| malformed("the table has no location"))?;
        Ok(location.trim_end_matches('/'))
    }

    /// Where its data files go.
    pub fn data_path(&self) -> Result<String, Error> {
        self.path_of("write.data.path", "data")
    }

    /// Where its metadata goes.
    pub fn metadata_path(&self) -> Result<String, Error> {
        self.path_of("write.metadata.path", "metadata")
    }

    fn path_of(&self, property: &str, folder: &str) -> Result<String, Error> {
        match self.property(property) {
            Some(path) => Ok(path.trim_end_matches('/').to_owned()),
            None => Ok(format!("{}/{folder}", self.location()?)),
        }
    }

    /// The current schema as the document has it.
    pub fn schema_json(&self) -> Result<&Value, Error> {
        let found = match (
            self.document.get("schemas").and_then(Value::as_array),
            self.document.get("current-schema-id"),
        ) {
            (Some(all), Some(id)) => all.iter().find(|schema| schema.get("schema-id") == Some(id)),
            (Some(_) | None, _) => self.document.get("schema"),
        };
        found.ok_or_else(|| malformed("the table has no schema"))
    }

    /// The current schema.
    pub fn schema(&self) -> Result<Schema, Error> {
        Schema::parse(self.schema_json()?)
    }

    /// How new files are partitioned.
    pub fn spec(&self) -> Result<Spec, Error> {
        let specs = self.document.get("partition-specs").and_then(Value::as_array);
        let id = self.document.get("default-spec-id");
        match (specs, id) {
            (Some(specs), Some(id)) => {
                let spec = specs.iter().find(|spec| spec.get("spec-id") == Some(id));
                let spec = spec.ok_or_else(|| malformed("the table has no default partition spec"))?;
                self.parse_spec(int(id)?, spec.get("fields"))
            }
            (Some(_) | None, _) => self.parse_spec(0, self.document.get("partition-spec")),
        }
    }

    fn parse_spec(&self, id: i32, fields: Option<&Value>) -> Result<Spec, Error> {
        let schema = self.schema()?;
        let mut parsed = Vec::new();
        for (place, field) in fields.and_then(Value::as_array).into_iter().flatten().enumerate() {
            let member = |name: &str| {
                field.get(name).ok_or_else(|| malformed(format!("a partition field has no {name}")))
            };
            let word = member("transform")?.as_str().unwrap_or_default().to_owned();
            let transform = Transform::parse(&word)?;
            let source_id = int(member("source-id")?)?;
            let source = schema.field(source_id).and_then(crate::types::Field::primitive);
            let source = match (source, transform) {
                (Some(source), _) => source,
                // The column may be gone.
                (None, Transform::Void) => Primitive::Int,
                (None, _) => return Err(malformed(format!("the partition field {word} has no source"))),
            };
            parsed.push(Partitioning {
                // Old writers numbered them in order.
                id: field.get("field-id").map_or(Ok(1000 + place as i32), int)?,
                name: member("name")?.as_str().unwrap_or_default().to_owned(),
                source_id,
                source,
                transform,
                result: transform.result(source)?,
                word,
            });
        }
        Ok(Spec { id, fields: parsed })
    }

    /// A spec without fields: whatever is deleted under it is deleted in all partitions. It is added to the table if it has none.
    pub fn unpartitioned(&mut self) -> Result<Spec, Error> {
        let specs = self.document.get_mut("partition-specs").and_then(Value::as_array_mut);
        let specs = specs.ok_or_else(|| malformed("the table has no partition specs"))?;
        let is_empty =
            |spec: &&Value| spec.get("fields").and_then(Value::as_array).is_some_and(Vec::is_empty);
        if let Some(id) = specs.iter().find(is_empty).and_then(|spec| spec.get("spec-id")) {
            return Ok(Spec { id: int(id)?, fields: Vec::new() });
        }
        let most =
            specs.iter().filter_map(|spec| spec.get("spec-id").and_then(Value::as_i64)).max().unwrap_or(-1);
        let id = int(&Value::from(most + 1))?;
        specs.push(json!({"spec-id": id, "fields": []}));
        Ok(Spec { id, fields: Vec::new() })
    }

    /// The snapshot that is current, if there is one.
    pub fn current(&self) -> Option<&Map<String, Value>> {
        let id = self.document.get("current-snapshot-id").and_then(Value::as_i64)?;
        let all = self.document.get("snapshots").and_then(Value::as_array)?;
        all.iter()
            .find(|snapshot| snapshot.get("snapshot-id").and_then(Value::as_i64) == Some(id))?
            .as_object()
    }

    /// The address of the current snapshot's list of manifests.
    pub fn manifest_list(&self) -> Result<Option<&str>, Error> {
        let Some(current) = self.current() else { return Ok(None) };
        match current.get("manifest-list").and_then(Value::as_str) {
            Some(list) => Ok(Some(list)),
            None => {
                Err(Error::Unsupported("The current snapshot names its manifests without a list".to_owned()))
            }
        }
    }

    /// Whether a snapshot is in the table's history whose summary has this member.
    pub fn has_snapshot_with(&self, name: &str, value: &str) -> bool {
        let all = self.document.get("snapshots").and_then(Value::as_array);
        all.into_iter().flatten().any(|snapshot| {
            snapshot.get("summary").and_then(|summary| summary.get(name)).and_then(Value::as_str)
                == Some(value)
        })
    }

    pub(crate) fn long(&self, name: &str) -> Option<i64> {
        self.document.get(name).and_then(Value::as_i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_that_unfolds_to_too_much_is_refused_as_such() {
        let spaces = vec![b' '; METADATA_BYTES_MAX as usize + 2];
        let mut packed = Vec::new();
        flate2::read::GzEncoder::new(&spaces[..], flate2::Compression::fast())
            .read_to_end(&mut packed)
            .unwrap();
        let refused = Table::parse(&packed).unwrap_err().to_string();
        assert!(refused.contains("too large"), "{refused}");
    }
}
