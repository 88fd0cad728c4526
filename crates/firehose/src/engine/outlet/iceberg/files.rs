//! The rows of a load as files: those that are added by partition, and the keys of those that go.
//!
//! A load is read once if it only adds. If it also updates or deletes, it is read before to see what becomes of what: a row that a later record of the same
//! load supersedes is never written, since a delete by keys holds for earlier snapshots only. Each record keeps its place in line: what counts
//! is what stands last.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use base::Timestamp;
use bytes::Bytes;
use iceberg::manifest::{ColumnMetrics, Content, DataFile};
use iceberg::metadata::{Spec, Table};
use iceberg::transform::Transform;
use iceberg::types::Schema;
use ports::{
    CompiledTable, Converter, NotConverted, ParquetCompression, RowValues, TableFile, TableRows, TableWriter,
};

use super::super::bucket::blocking;
use super::super::{Failure, Load, Shop};
use super::{Refused, refused};
use crate::engine::delivery::origin::{Incoming, READ_BYTES_MAX};
use crate::engine::envelope::{Envelope, Failed};
use crate::engine::pipes::Operation;

/// Partitions of one snapshot; a load that has more is cut before the next.
const PARTITIONS_MAX: usize = 500;
/// Row group size, as Iceberg's own writers have it.
const BLOCK_BYTES: u64 = 128 << 20;
/// A partition, by its values.
type Partition = Vec<Option<Vec<u8>>>;

/// Files that were made of a load.
pub(super) struct Made {
    /// What they were made by.
    schema: serde_json::Value,
    spec: Spec,
    /// The place after the last record in them.
    pub to: u64,
    /// Files and their bytes.
    pub files: Vec<(DataFile, Vec<Bytes>)>,
    /// The deletes hold in all partitions.
    pub everywhere: bool,
    /// Records that are in them, or that they make go.
    pub records: u64,
    /// Those that are not, as lines.
    pub errors: Vec<(Timestamp, String)>,
}

impl Made {
    /// Whether they can be added to the table as it is now.
    pub(super) fn fits(&self, table: &Table) -> Result<bool, Refused> {
        Ok(self.schema == *table.schema_json()? && self.spec == table.spec()?)
    }
}

/// How deletes are written.
struct Keyed {
    ids: Vec<i32>,
    compiled: Arc<dyn CompiledTable>,
    /// Finds the keys.
    keys: Box<dyn RowValues>,
    /// Finds what the partition of a delete follows from, if it follows from the keys.
    sources: Option<Box<dyn RowValues>>,
    /// Says whether a record can be a row.
    row: Box<dyn RowValues>,
}

/// What is known of what becomes of the records of a load, by their places.
#[derive(Default)]
struct Fates {
    /// Rows that are written nowhere.
    dead: HashSet<u64>,
    /// The last record that deletes a key, for each key.
    deletes: HashMap<Vec<u8>, u64>,
    /// Rows of this load that have a key.
    live: HashMap<Vec<u8>, Vec<u64>>,
    /// Why records of them are failures.
    failed: HashMap<u64, NotConverted>,
}

/// Makes files while a load is read. It moves from thread to thread.
struct Maker {
    spec: Spec,
    compiled: Arc<dyn CompiledTable>,
    /// Finds what a row's partition follows from; `None` for a table without partitions.
    sources: Option<Box<dyn RowValues>>,
    keyed: Option<Keyed>,
    fates: Fates,
    /// The keys that deletes are written of: the places of the records.
    doomed: HashSet<u64>,
    writers: BTreeMap<Partition, Box<dyn TableWriter>>,
    deletes: BTreeMap<Partition, Box<dyn TableWriter>>,
    failed: Vec<(Incoming, NotConverted)>,
    records: u64,
    /// The record that would have needed a partition too many.
    cut: Option<u64>,
}

/// Makes the files of a load.
pub(super) async fn make(
    shop: &Shop,
    load: &Load,
    table: &Table,
    unique_keys: Option<Vec<String>>,
    append_only: bool,
    converter: &Arc<dyn Converter>,
) -> Result<Made, Refused> {
    let (schema, spec) = (table.schema()?, table.spec()?);
    let json = table.schema_json()?.to_string();
    let rows = |only| TableRows {
        schema: json.clone(),
        only,
        compression: compression(table),
        block_bytes: BLOCK_BYTES,
    };
    let uncompiled = |error: NotConverted| refused("Iceberg.UnsupportedTable", error.message);
    let compiled = converter.compile_table(&rows(None)).map_err(uncompiled)?;
    let ids: Vec<i32> = spec
        .fields
        .iter()
        .filter(|field| field.transform != Transform::Void)
        .map(|field| field.source_id)
        .collect();
    let sources =
        if spec.fields.is_empty() { None } else { Some(compiled.values(&ids).map_err(uncompiled)?) };
    let keyed = match has_operations(shop, load).await? {
        true if append_only => Some(Err(NotConverted {
            code: "Iceberg.InvalidRoutingInformation",
            message: "A stream that is append only neither updates nor deletes rows.".to_owned(),
        })),
        true => Some(keyed(table, &schema, unique_keys, &ids, &compiled, &|only| {
            converter.compile_table(&rows(Some(only)))
        })),
        false => None,
    };
    let everywhere = matches!(&keyed, Some(Ok(keyed)) if keyed.sources.is_none() && !spec.fields.is_empty());
    let mut maker = Maker {
        spec: spec.clone(),
        compiled,
        sources,
        keyed: None,
        fates: Fates::default(),
        doomed: HashSet::new(),
        writers: BTreeMap::new(),
        deletes: BTreeMap::new(),
        failed: Vec::new(),
        records: 0,
        cut: None,
    };
    let mut to = load.to;
    if let Some(keyed) = keyed {
        match keyed {
            Ok(keyed) => {
                maker.keyed = Some(keyed);
                maker = read(shop, load, to, maker, Maker::look).await?;
                maker.doomed = maker.fates.deletes.values().copied().collect();
            }
            Err(why) => {
                maker = read(shop, load, to, maker, move |maker, seq, record| maker.refuse(seq, record, &why))
                    .await?
            }
        }
    }
    loop {
        maker = read(shop, load, to, maker, Maker::take).await?;
        let Some(cut) = maker.cut.take() else { break };
        // Again with fewer records. What later ones do is not known of those before.
        to = cut.max(load.row.value.position + 1);
        maker.forget();
        if maker.keyed.is_some() {
            maker.fates = Fates::default();
            maker = read(shop, load, to, maker, Maker::look).await?;
            maker.doomed = maker.fates.deletes.values().copied().collect();
        }
    }
    let Maker { writers, deletes, failed, records, keyed, spec, .. } = maker;
    let key_ids = keyed.map(|keyed| keyed.ids).unwrap_or_default();
    let folder = table.data_path()?;
    let uuid = shop.engine.random.uuid();
    let finished = blocking(move || finish(writers, deletes)).await?;
    let finished = finished.map_err(|error| Failure::File(error.to_string()))?;
    let mut files = Vec::new();
    for (partition, is_deletes, file) in finished {
        if file.rows == 0 {
            continue;
        }
        let number = files.len();
        let kind = if is_deletes { "-deletes" } else { "" };
        let within = spec.path(&partition);
        let within = if within.is_empty() || (is_deletes && everywhere) {
            String::new()
        } else {
            format!("{within}/")
        };
        let path = format!("{folder}/{within}{number:05}-{uuid}{kind}.parquet");
        let content = if is_deletes { Content::EqualityDeletes(key_ids.clone()) } else { Content::Data };
        files.push(described(path, content, partition, file));
    }
    let ended = shop.engine.clock.now();
    let line = |(record, why): (Incoming, NotConverted)| {
        let arrival = record.arrival;
        let failed =
            Failed { attempts: 1, arrival, code: why.code, message: &why.message, ended, data: &record.data };
        (arrival, Envelope::new(&failed).line())
    };
    let errors = failed.into_iter().map(line).collect();
    Ok(Made { schema: table.schema_json()?.clone(), spec, to, files, everywhere, records, errors })
}

fn compression(table: &Table) -> ParquetCompression {
    match table.property("write.parquet.compression-codec") {
        Some("gzip") => ParquetCompression::Gzip,
        Some("uncompressed" | "none") => ParquetCompression::Uncompressed,
        // Others are not written here; readers take any.
        Some(_) | None => ParquetCompression::Snappy,
    }
}

fn described(
    path: String,
    content: Content,
    partition: Partition,
    file: TableFile,
) -> (DataFile, Vec<Bytes>) {
    let column = |column: ports::TableColumn| ColumnMetrics {
        id: column.id,
        bytes: column.bytes,
        values: column.values,
        nulls: column.nulls,
        lower: column.lower,
        upper: column.upper,
    };
    let bytes = file.pieces.iter().map(|piece| piece.len() as u64).sum();
    let columns = file.columns.into_iter().map(column).collect();
    (
        DataFile { path, content, partition, records: file.rows, bytes, columns, splits: file.splits },
        file.pieces,
    )
}

type Finished = Vec<(Partition, bool, TableFile)>;

fn finish(
    writers: BTreeMap<Partition, Box<dyn TableWriter>>,
    deletes: BTreeMap<Partition, Box<dyn TableWriter>>,
) -> Result<Finished, NotConverted> {
    let data = writers.into_iter().map(|(partition, writer)| (partition, false, writer));
    let deletes = deletes.into_iter().map(|(partition, writer)| (partition, true, writer));
    data.chain(deletes)
        .map(|(partition, is_deletes, writer)| Ok((partition, is_deletes, writer.finish()?)))
        .collect()
}

/// How the keys of a table are found and written; or why its rows are neither updated nor deleted.
fn keyed(
    table: &Table,
    schema: &Schema,
    unique_keys: Option<Vec<String>>,
    sources: &[i32],
    rows: &Arc<dyn CompiledTable>,
    compile: &dyn Fn(Vec<i32>) -> Result<Arc<dyn CompiledTable>, NotConverted>,
) -> Result<Keyed, NotConverted> {
    let why = |message: &str| NotConverted { code: "Iceberg.InvalidUniqueKeys", message: message.to_owned() };
    if table.version().is_ok_and(|version| version < 2) {
        return Err(why("Rows of tables of format version 1 are neither updated nor deleted."));
    }
    let ids: Vec<i32> = match unique_keys {
        // All of them or none: by fewer keys other rows would go.
        Some(names) => {
            let ids = names.iter().map(|name| schema.column(name).map(|field| field.id));
            ids.collect::<Option<_>>().unwrap_or_default()
        }
        None => schema.identifiers.clone(),
    };
    let single = |id: &i32| schema.fields.iter().any(|field| field.id == *id && field.primitive().is_some());
    if ids.is_empty() || !ids.iter().all(single) {
        return Err(why(
            "The configured unique keys for the table do not match with the fields present in the schema.",
        ));
    }
    let compiled = compile(ids.clone())?;
    let keys = compiled.values(&ids)?;
    let follows = sources.iter().all(|source| ids.contains(source));
    let sources = if follows { Some(compiled.values(sources)?) } else { None };
    Ok(Keyed { ids, compiled, keys, sources, row: rows.values(&[])? })
}

/// Whether anything but adding is asked for.
async fn has_operations(shop: &Shop, load: &Load) -> Result<bool, Failure> {
    let origin = shop.origin(&load.row.value);
    let mut from = load.row.value.position;
    while from < load.to {
        let piece = origin
            .read("", from, usize::try_from(load.to - from).unwrap_or(usize::MAX), READ_BYTES_MAX)
            .await?;
        if piece.records.is_empty() || piece.next > load.to {
            return Err(Failure::Outdated);
        }
        if piece.records.iter().any(|record| record.note.operation.is_some()) {
            return Ok(true);
        }
        from = piece.next;
    }
    Ok(false)
}

/// Reads a load up to `to`, and has each record looked at, where it holds nobody up.
async fn read(
    shop: &Shop,
    load: &Load,
    to: u64,
    mut maker: Maker,
    each: impl Fn(&mut Maker, u64, &Incoming) + Clone + Send + 'static,
) -> Result<Maker, Failure> {
    let origin = shop.origin(&load.row.value);
    let mut from = load.row.value.position;
    while from < to && maker.cut.is_none() {
        let piece =
            origin.read("", from, usize::try_from(to - from).unwrap_or(usize::MAX), READ_BYTES_MAX).await?;
        if piece.records.is_empty() || piece.next > to {
            return Err(Failure::Outdated);
        }
        let (first, each) = (piece.next - piece.records.len() as u64, each.clone());
        from = piece.next;
        maker = blocking(move || {
            for (record, seq) in piece.records.iter().zip(first..) {
                each(&mut maker, seq, record);
            }
            maker
        })
        .await?;
    }
    Ok(maker)
}

impl Maker {
    /// Starts again, with what is compiled.
    fn forget(&mut self) {
        self.writers.clear();
        self.deletes.clear();
        self.failed.clear();
        self.doomed.clear();
        self.records = 0;
    }

    /// A record that updates or deletes what has no keys.
    fn refuse(&mut self, seq: u64, record: &Incoming, why: &NotConverted) {
        if record.note.operation.is_some() {
            self.fates.failed.insert(seq, why.clone());
        }
    }

    /// Sees what a record does to those before it.
    fn look(&mut self, seq: u64, record: &Incoming) {
        let Some(keyed) = &mut self.keyed else { return };
        let key = keyed.keys.of(&record.data).map(|values| flat(&values));
        let operation = record.note.operation;
        let key = match (key, operation) {
            (Ok(key), _) => key,
            // It has no keys that anything could be deleted by.
            (Err(_), None) => return,
            (Err(why), Some(_)) => {
                let code = if why.code == "Iceberg.MissingColumnWithinRecord" {
                    "Iceberg.UniqueKeysNotFound"
                } else {
                    why.code
                };
                self.fates.failed.insert(seq, NotConverted { code, ..why });
                return;
            }
        };
        if let Err(why) = fits(&self.spec, &mut self.sources, keyed, record) {
            self.fates.failed.insert(seq, why);
            return;
        }
        if operation.is_some() {
            let gone = self.fates.live.remove(&key).unwrap_or_default();
            self.fates.dead.extend(gone);
            self.fates.deletes.insert(key.clone(), seq);
        }
        if operation != Some(Operation::Delete) {
            self.fates.live.entry(key).or_default().push(seq);
        }
    }

    /// Writes a record where it belongs.
    fn take(&mut self, seq: u64, record: &Incoming) {
        if self.cut.is_some() {
            return;
        }
        let outcome = match self.fates.failed.get(&seq) {
            Some(why) => Err(why.clone()),
            None => self.write(seq, record),
        };
        match outcome {
            Ok(()) => self.records += 1,
            Err(why) => self.failed.push((record.clone(), why)),
        }
    }

    fn write(&mut self, seq: u64, record: &Incoming) -> Result<(), NotConverted> {
        if self.doomed.contains(&seq) {
            self.delete(record)?;
        }
        if record.note.operation == Some(Operation::Delete) || self.fates.dead.contains(&seq) {
            return Ok(());
        }
        let partition = partition_of(&self.spec, &mut self.sources, record)?;
        if !self.writers.contains_key(&partition) && self.writers.len() >= PARTITIONS_MAX {
            self.cut = Some(seq);
            return Ok(());
        }
        let compiled = &self.compiled;
        self.writers.entry(partition).or_insert_with(|| compiled.begin()).push(&record.data)
    }

    fn delete(&mut self, record: &Incoming) -> Result<(), NotConverted> {
        let Some(keyed) = &mut self.keyed else { return Ok(()) };
        let partition = partition_of(&self.spec, &mut keyed.sources, record)?;
        let compiled = &keyed.compiled;
        self.deletes.entry(partition).or_insert_with(|| compiled.begin()).push(&record.data)
    }
}

/// Whether a record can be written, and deleted by. It is asked before another row goes for it: what fails later would leave neither.
fn fits(
    spec: &Spec,
    sources: &mut Option<Box<dyn RowValues>>,
    keyed: &mut Keyed,
    record: &Incoming,
) -> Result<(), NotConverted> {
    if record.note.operation != Some(Operation::Delete) {
        keyed.row.of(&record.data)?;
        partition_of(spec, sources, record)?;
    }
    if record.note.operation.is_some() {
        partition_of(spec, &mut keyed.sources, record)?;
    }
    Ok(())
}

/// A record's partition. There is but one without sources.
fn partition_of(
    spec: &Spec,
    sources: &mut Option<Box<dyn RowValues>>,
    record: &Incoming,
) -> Result<Partition, NotConverted> {
    match sources {
        None => Ok(Partition::new()),
        Some(sources) => partition(spec, &sources.of(&record.data)?),
    }
}

/// The partition that follows from values, those of void fields left out.
fn partition(spec: &Spec, values: &[Option<Vec<u8>>]) -> Result<Partition, NotConverted> {
    let mut values = values.iter().cloned();
    let value = |field: &iceberg::metadata::Partitioning| match field.transform {
        Transform::Void => None,
        _ => values.next().flatten(),
    };
    let values: Vec<Option<Vec<u8>>> = spec.fields.iter().map(value).collect();
    spec.partition(&values)
        .map_err(|error| NotConverted { code: "Iceberg.SchemaTypeMismatch", message: error.to_string() })
}

/// Values as one text of bytes.
fn flat(values: &[Option<Vec<u8>>]) -> Vec<u8> {
    let mut flat = Vec::new();
    for value in values {
        match value {
            Some(value) => {
                flat.extend_from_slice(&(value.len() as u32 + 1).to_be_bytes());
                flat.extend_from_slice(value);
            }
            None => flat.extend_from_slice(&[0; 4]),
        }
    }
    flat
}
