//! Manifests, which list files, and lists of manifests (sections "Manifests" and "Manifest Lists" of the format's specification).
//!
//! Only files that a snapshot adds are written here. Manifests of earlier snapshots stay as they are; their entries in the list are copied, by
//! field ids, whatever writer made them.

use serde_json::{Value as Json, json};

use crate::avro::{self, Value, optional};
use crate::metadata::{Partitioning, Spec};
use crate::transform::{int, long};
use crate::types::{Primitive, decimal_bytes, decimal_of};
use crate::{Error, malformed};

/// What is known of a column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnMetrics {
    /// The field's id.
    pub id: i32,
    /// Bytes it takes in the file.
    pub bytes: u64,
    /// Values, those that are absent included.
    pub values: u64,
    /// Absent values.
    pub nulls: u64,
    /// No value is less, in single-value form.
    pub lower: Option<Vec<u8>>,
    /// No value is greater, in single-value form.
    pub upper: Option<Vec<u8>>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Rows.
    Data,
    /// Values of these fields: rows of earlier snapshots that have them are gone.
    EqualityDeletes(Vec<i32>),
}

/// A file that a snapshot adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Its address.
    pub path: String,
    /// What it holds.
    pub content: Content,
    /// The values of its partition, in single-value form.
    pub partition: Vec<Option<Vec<u8>>>,
    /// Its rows.
    pub records: u64,
    /// Its bytes.
    pub bytes: u64,
    /// Its columns.
    pub columns: Vec<ColumnMetrics>,
    /// Where its row groups begin.
    pub splits: Vec<u64>,
}

/// A manifest as the list names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    path: String,
    length: i64,
    spec: i32,
    deletes: bool,
    sequence: i64,
    sequence_min: i64,
    snapshot: i64,
    /// Files and rows: added, existing, deleted.
    files: [i32; 3],
    rows: [i64; 3],
    partitions: Value,
    key_metadata: Value,
}

/// What all entries of a manifest share.
pub(crate) struct Frame<'a> {
    pub version: u8,
    pub schema: &'a Json,
    pub schema_id: i32,
    pub spec: &'a Spec,
    pub snapshot: i64,
    pub sequence: i64,
}

/// A manifest of files that a snapshot adds, and how the list names it.
pub(crate) fn manifest(
    frame: &Frame<'_>,
    path: &str,
    files: &[&DataFile],
) -> Result<(Vec<u8>, Listed), Error> {
    let deletes = files.iter().any(|file| file.content != Content::Data);
    let records: Vec<Value> = files.iter().map(|file| entry(frame, file)).collect::<Result<_, _>>()?;
    let fields: Vec<Json> = frame.spec.fields.iter().map(Partitioning::json).collect();
    let header = [
        ("schema", frame.schema.to_string()),
        ("schema-id", frame.schema_id.to_string()),
        ("partition-spec", Json::from(fields).to_string()),
        ("partition-spec-id", frame.spec.id.to_string()),
        ("format-version", frame.version.to_string()),
        ("content", if deletes { "deletes" } else { "data" }.to_owned()),
    ];
    let bytes = avro::write(&entry_schema(frame), &header, &records)?;
    let rows = files.iter().map(|file| file.records).sum::<u64>();
    let listed = Listed {
        path: path.to_owned(),
        length: bytes.len() as i64,
        spec: frame.spec.id,
        deletes,
        sequence: frame.sequence,
        sequence_min: frame.sequence,
        snapshot: frame.snapshot,
        files: [files.len() as i32, 0, 0],
        rows: [rows as i64, 0, 0],
        partitions: summaries(frame.spec, files),
        key_metadata: Value::Null,
    };
    Ok((bytes, listed))
}

fn entry(frame: &Frame<'_>, file: &DataFile) -> Result<Value, Error> {
    let mut partition = Vec::new();
    for (field, value) in frame.spec.fields.iter().zip(&file.partition) {
        partition.push(match value {
            Some(value) => avro_value(field.result, value)?,
            None => Value::Null,
        });
    }
    let pairs = |of: &dyn Fn(&crate::manifest::ColumnMetrics) -> Option<Value>| {
        let pair = |column: &ColumnMetrics| Some(Value::Record(vec![Value::Int(column.id), of(column)?]));
        let pairs: Vec<Value> = file.columns.iter().filter_map(pair).collect();
        if pairs.is_empty() { Value::Null } else { Value::Array(pairs) }
    };
    let mut data = Vec::new();
    let (content, equality) = match &file.content {
        Content::Data => (0, Value::Null),
        Content::EqualityDeletes(ids) => (2, Value::Array(ids.iter().map(|id| Value::Int(*id)).collect())),
    };
    if frame.version >= 2 {
        data.push(Value::Int(content));
    }
    data.extend([
        Value::Text(file.path.clone()),
        Value::Text("PARQUET".to_owned()),
        Value::Record(partition),
        Value::Long(file.records as i64),
        Value::Long(file.bytes as i64),
    ]);
    if frame.version < 2 {
        // Of no meaning any more, and not to be left out.
        data.push(Value::Long(64 << 20));
    }
    data.extend([
        pairs(&|column| Some(Value::Long(column.bytes as i64))),
        pairs(&|column| Some(Value::Long(column.values as i64))),
        pairs(&|column| Some(Value::Long(column.nulls as i64))),
        pairs(&|column| column.lower.clone().map(Value::Bytes)),
        pairs(&|column| column.upper.clone().map(Value::Bytes)),
        Value::Null,
        Value::Array(file.splits.iter().map(|split| Value::Long(*split as i64)).collect()),
    ]);
    if frame.version >= 2 {
        data.push(equality);
    }
    data.push(Value::Null);
    // Sequence numbers of what is new follow from the list.
    let mut entry = vec![Value::Int(1), Value::Long(frame.snapshot)];
    if frame.version >= 2 {
        entry.extend([Value::Null, Value::Null]);
    }
    entry.push(Value::Record(data));
    Ok(Value::Record(entry))
}

fn entry_schema(frame: &Frame<'_>) -> Json {
    let field = |id: i32, name: &str, kind: Json| json!({"name": name, "type": kind, "field-id": id});
    let perhaps = |id: i32, name: &str, kind: Json| json!({"name": name, "type": optional(kind), "default": null, "field-id": id});
    let pairs = |id: i32, name: &str, key: i32, value: Json| {
        let record = json!({"type": "record", "name": format!("k{key}_v{}", key + 1), "fields": [
            field(key, "key", json!("int")), field(key + 1, "value", value)]});
        perhaps(id, name, json!({"type": "array", "logicalType": "map", "items": record}))
    };
    let list = |id: i32, name: &str, element: i32, kind: &str| {
        perhaps(id, name, json!({"type": "array", "items": kind, "element-id": element}))
    };
    let partition: Vec<Json> = frame
        .spec
        .fields
        .iter()
        .map(|field| perhaps(field.id, &identifier(&field.name), avro_type(field.result)))
        .collect();
    let mut data = Vec::new();
    if frame.version >= 2 {
        data.push(field(134, "content", json!("int")));
    }
    data.extend([
        field(100, "file_path", json!("string")),
        field(101, "file_format", json!("string")),
        field(102, "partition", json!({"type": "record", "name": "r102", "fields": partition})),
        field(103, "record_count", json!("long")),
        field(104, "file_size_in_bytes", json!("long")),
    ]);
    if frame.version < 2 {
        data.push(field(105, "block_size_in_bytes", json!("long")));
    }
    data.extend([
        pairs(108, "column_sizes", 117, json!("long")),
        pairs(109, "value_counts", 119, json!("long")),
        pairs(110, "null_value_counts", 121, json!("long")),
        pairs(125, "lower_bounds", 126, json!("bytes")),
        pairs(128, "upper_bounds", 129, json!("bytes")),
        perhaps(131, "key_metadata", json!("bytes")),
        list(132, "split_offsets", 133, "long"),
    ]);
    if frame.version >= 2 {
        data.push(list(135, "equality_ids", 136, "int"));
    }
    data.push(perhaps(140, "sort_order_id", json!("int")));
    let mut entry = vec![field(0, "status", json!("int"))];
    match frame.version {
        0 | 1 => entry.push(field(1, "snapshot_id", json!("long"))),
        _ => entry.extend([
            perhaps(1, "snapshot_id", json!("long")),
            perhaps(3, "sequence_number", json!("long")),
            perhaps(4, "file_sequence_number", json!("long")),
        ]),
    }
    entry.push(field(2, "data_file", json!({"type": "record", "name": "r2", "fields": data})));
    json!({"type": "record", "name": "manifest_entry", "fields": entry})
}

/// A name as Avro allows it.
fn identifier(name: &str) -> String {
    let mut whole = String::new();
    for (place, sign) in name.chars().enumerate() {
        match sign {
            'a'..='z' | 'A'..='Z' | '_' => whole.push(sign),
            '0'..='9' if place > 0 => whole.push(sign),
            '0'..='9' => whole.extend(['_', sign]),
            other => whole.push_str(&format!("_x{:X}", other as u32)),
        }
    }
    whole
}

fn avro_type(kind: Primitive) -> Json {
    match kind {
        Primitive::Boolean => json!("boolean"),
        Primitive::Int => json!("int"),
        Primitive::Long => json!("long"),
        Primitive::Float => json!("float"),
        Primitive::Double => json!("double"),
        Primitive::Date => json!({"type": "int", "logicalType": "date"}),
        Primitive::Time => json!({"type": "long", "logicalType": "time-micros"}),
        Primitive::Timestamp => {
            json!({"type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": false})
        }
        Primitive::TimestampTz => {
            json!({"type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": true})
        }
        Primitive::String => json!("string"),
        Primitive::Uuid => json!({"type": "fixed", "name": "uuid_fixed", "size": 16, "logicalType": "uuid"}),
        Primitive::Fixed(size) => json!({"type": "fixed", "name": format!("fixed_{size}"), "size": size}),
        Primitive::Binary => json!("bytes"),
        Primitive::Decimal(precision, scale) => json!({
            "type": "fixed", "name": format!("decimal_{precision}_{scale}"), "size": decimal_bytes(precision),
            "logicalType": "decimal", "precision": precision, "scale": scale,
        }),
    }
}

fn avro_value(kind: Primitive, value: &[u8]) -> Result<Value, Error> {
    let short = || malformed("a value of a partition is cut");
    Ok(match kind {
        Primitive::Boolean => Value::Bool(value.first() == Some(&1)),
        Primitive::Int | Primitive::Date => Value::Int(int(value)?),
        Primitive::Long | Primitive::Time | Primitive::Timestamp | Primitive::TimestampTz => {
            Value::Long(long(value)?)
        }
        Primitive::Float => Value::Float(value.try_into().map(f32::from_le_bytes).map_err(|_| short())?),
        Primitive::Double => Value::Double(value.try_into().map(f64::from_le_bytes).map_err(|_| short())?),
        Primitive::String => Value::Text(String::from_utf8(value.to_vec()).map_err(|_| short())?),
        Primitive::Uuid | Primitive::Fixed(_) | Primitive::Binary => Value::Bytes(value.to_vec()),
        Primitive::Decimal(precision, _) => {
            Value::Bytes(decimal_of(value).to_be_bytes()[16 - decimal_bytes(precision)..].to_vec())
        }
    })
}

/// What the list says of the partitions in a manifest.
fn summaries(spec: &Spec, files: &[&DataFile]) -> Value {
    if spec.fields.is_empty() {
        return Value::Null;
    }
    let summary = |(place, field): (usize, &Partitioning)| {
        let values = files.iter().map(|file| file.partition.get(place).and_then(Option::as_deref));
        let has_null = values.clone().any(|value| value.is_none());
        let least = values.clone().flatten().min_by(|a, b| compare(field.result, a, b));
        let most = values.flatten().max_by(|a, b| compare(field.result, a, b));
        let bound = |value: Option<&[u8]>| value.map_or(Value::Null, |value| Value::Bytes(value.to_vec()));
        Value::Record(vec![Value::Bool(has_null), Value::Null, bound(least), bound(most)])
    };
    Value::Array(spec.fields.iter().enumerate().map(summary).collect())
}

/// Which of two values of a type comes first.
pub fn compare(kind: Primitive, a: &[u8], b: &[u8]) -> std::cmp::Ordering {
    let double = |value: &[u8]| value.try_into().map(f64::from_le_bytes).unwrap_or_default();
    let float = |value: &[u8]| value.try_into().map(f32::from_le_bytes).unwrap_or_default();
    match kind {
        Primitive::Int | Primitive::Date => int(a).unwrap_or_default().cmp(&int(b).unwrap_or_default()),
        Primitive::Long | Primitive::Time | Primitive::Timestamp | Primitive::TimestampTz => {
            long(a).unwrap_or_default().cmp(&long(b).unwrap_or_default())
        }
        Primitive::Float => float(a).total_cmp(&float(b)),
        Primitive::Double => double(a).total_cmp(&double(b)),
        Primitive::Decimal(..) => decimal_of(a).cmp(&decimal_of(b)),
        Primitive::Boolean
        | Primitive::String
        | Primitive::Uuid
        | Primitive::Fixed(_)
        | Primitive::Binary => a.cmp(b),
    }
}

fn list_schema(version: u8) -> Json {
    let field = |id: i32, name: &str, kind: Json| json!({"name": name, "type": kind, "field-id": id});
    let perhaps = |id: i32, name: &str, kind: Json| json!({"name": name, "type": optional(kind), "default": null, "field-id": id});
    let summary = json!({"type": "record", "name": "r508", "fields": [
        field(509, "contains_null", json!("boolean")),
        perhaps(518, "contains_nan", json!("boolean")),
        perhaps(510, "lower_bound", json!("bytes")),
        perhaps(511, "upper_bound", json!("bytes")),
    ]});
    let mut fields = vec![
        field(500, "manifest_path", json!("string")),
        field(501, "manifest_length", json!("long")),
        field(502, "partition_spec_id", json!("int")),
    ];
    if version >= 2 {
        fields.extend([
            field(517, "content", json!("int")),
            field(515, "sequence_number", json!("long")),
            field(516, "min_sequence_number", json!("long")),
        ]);
    }
    fields.push(field(503, "added_snapshot_id", json!("long")));
    for (id, name) in
        [(504, "added_files_count"), (505, "existing_files_count"), (506, "deleted_files_count")]
    {
        fields.push(field(id, name, json!("int")));
    }
    for (id, name) in [(512, "added_rows_count"), (513, "existing_rows_count"), (514, "deleted_rows_count")] {
        fields.push(field(id, name, json!("long")));
    }
    fields.push(perhaps(507, "partitions", json!({"type": "array", "items": summary, "element-id": 508})));
    fields.push(perhaps(519, "key_metadata", json!("bytes")));
    json!({"type": "record", "name": "manifest_file", "fields": fields})
}

/// What a list names.
pub fn read_list(bytes: &[u8]) -> Result<Vec<Listed>, Error> {
    let file = avro::read(bytes)?;
    let schema = &file.schema;
    let place = |id: i32, name: &str| schema.place(id, name);
    let places: Vec<Option<usize>> = [
        (500, "manifest_path"),
        (501, "manifest_length"),
        (502, "partition_spec_id"),
        (517, "content"),
        (515, "sequence_number"),
        (516, "min_sequence_number"),
        (503, "added_snapshot_id"),
        (504, "added_files_count"),
        (505, "existing_files_count"),
        (506, "deleted_files_count"),
        (512, "added_rows_count"),
        (513, "existing_rows_count"),
        (514, "deleted_rows_count"),
        (507, "partitions"),
        (519, "key_metadata"),
    ]
    .into_iter()
    .map(|(id, name)| place(id, name))
    .collect();
    let summary = places[13].map(|at| &schema.fields()[at].schema);
    let read = |record: &Value| -> Result<Listed, Error> {
        let Value::Record(values) = record else {
            return Err(malformed("a manifest is listed by no record"));
        };
        let value =
            |at: usize| places[at].and_then(|place| values.get(place)).cloned().unwrap_or(Value::Null);
        let number = |at: usize| match value(at) {
            Value::Int(number) => i64::from(number),
            Value::Long(number) => number,
            _ => 0,
        };
        let count = |at: usize| i32::try_from(number(at)).unwrap_or(i32::MAX);
        let Value::Text(path) = value(0) else {
            return Err(malformed("a manifest is listed without its path"));
        };
        Ok(Listed {
            path,
            length: number(1),
            spec: count(2),
            deletes: number(3) == 1,
            sequence: number(4),
            sequence_min: number(5),
            snapshot: number(6),
            files: [count(7), count(8), count(9)],
            rows: [number(10), number(11), number(12)],
            partitions: summary.map_or(Value::Null, |schema| in_order(schema, value(13))),
            key_metadata: value(14),
        })
    };
    file.records.iter().map(read).collect()
}

/// The summaries of partitions, their members in our order.
fn in_order(schema: &avro::Schema, value: Value) -> Value {
    let Value::Array(all) = value else { return Value::Null };
    let places = [(509, "contains_null"), (518, "contains_nan"), (510, "lower_bound"), (511, "upper_bound")]
        .map(|(id, name)| schema.place(id, name));
    let ordered = |value: Value| {
        let Value::Record(members) = value else { return Value::Null };
        let member = |place: &Option<usize>| {
            place.and_then(|place| members.get(place)).cloned().unwrap_or(Value::Null)
        };
        let mut ordered: Vec<Value> = places.iter().map(member).collect();
        if ordered[0] == Value::Null {
            ordered[0] = Value::Bool(true);
        }
        Value::Record(ordered)
    };
    Value::Array(all.into_iter().map(ordered).collect())
}

/// A list of manifests.
pub(crate) fn list(version: u8, header: &[(&str, String)], all: &[Listed]) -> Result<Vec<u8>, Error> {
    let record = |listed: &Listed| {
        let mut values =
            vec![Value::Text(listed.path.clone()), Value::Long(listed.length), Value::Int(listed.spec)];
        if version >= 2 {
            values.extend([
                Value::Int(i32::from(listed.deletes)),
                Value::Long(listed.sequence),
                Value::Long(listed.sequence_min),
            ]);
        }
        values.push(Value::Long(listed.snapshot));
        values.extend(listed.files.map(Value::Int));
        values.extend(listed.rows.map(Value::Long));
        values.extend([listed.partitions.clone(), listed.key_metadata.clone()]);
        Value::Record(values)
    };
    let records: Vec<Value> = all.iter().map(record).collect();
    avro::write(&list_schema(version), header, &records)
}

impl Listed {
    /// Its address.
    pub fn path(&self) -> &str {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_such_as_avro_allows() {
        assert_eq!(identifier("a b-1"), "a_x20b_x2D1");
        assert_eq!(identifier("1é"), "_1_xE9");
    }

    #[test]
    fn a_list_is_read_by_ids_whatever_the_names() {
        let schema = json!({"type": "record", "name": "other", "fields": [
            {"name": "added_data_files_count", "type": ["null", "int"], "field-id": 504},
            {"name": "path", "type": "string", "field-id": 500},
            {"name": "partitions", "field-id": 507, "type": ["null", {"type": "array", "items": {"type": "record", "name": "r", "fields": [
                {"name": "lower", "type": ["null", "bytes"], "field-id": 510}, {"name": "n", "type": "boolean", "field-id": 509}]}}]},
        ]});
        let summary = Value::Array(vec![Value::Record(vec![Value::Bytes(vec![5]), Value::Bool(false)])]);
        let bytes = avro::write(
            &schema,
            &[],
            &[Value::Record(vec![Value::Int(3), Value::Text("p".to_owned()), summary])],
        )
        .unwrap();
        let listed = read_list(&bytes).unwrap();
        assert_eq!((listed[0].path(), listed[0].files), ("p", [3, 0, 0]));
        let again = read_list(&list(2, &[], &listed).unwrap()).unwrap();
        assert_eq!(again, listed);
        let Value::Array(all) = &again[0].partitions else { panic!("no partitions") };
        assert_eq!(
            all[0],
            Value::Record(vec![Value::Bool(false), Value::Null, Value::Bytes(vec![5]), Value::Null])
        );
    }
}
