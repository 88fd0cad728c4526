//! Tables in memory.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampNanosecondArray};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use futures_util::future::BoxFuture;
use ports::{
    CatalogColumn, CsvFormat, DelimitedFormat, FileFormat, JsonFormat, QueryError, QueryFile, QueryPart,
    QueryRelation, QueryTable, QueryTables,
};

#[derive(Default)]
struct Inner {
    relations: BTreeMap<String, QueryRelation>,
    parts: Vec<(String, Vec<String>, String)>,
    files: BTreeMap<String, Bytes>,
    conditions: Vec<Option<String>>,
    read: Vec<String>,
    bytes: u64,
}

#[derive(Default, Clone)]
pub(crate) struct Tables(Arc<Mutex<Inner>>);

impl Tables {
    pub(crate) fn shared(&self) -> Arc<dyn QueryTables> {
        Arc::new(self.clone())
    }

    pub(crate) fn add(&self, table: QueryTable) {
        self.0.lock().unwrap().relations.insert(table.name.clone(), QueryRelation::Table(table));
    }

    pub(crate) fn view(&self, name: &str, sql: &str) {
        let view = QueryRelation::View { sql: sql.to_owned(), database: "db".to_owned() };
        self.0.lock().unwrap().relations.insert(name.to_owned(), view);
    }

    pub(crate) fn part(&self, table: &str, values: &[&str], file: &str, bytes: &[u8]) {
        let mut inner = self.0.lock().unwrap();
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        inner.parts.push((table.to_owned(), values, file.to_owned()));
        inner.files.insert(file.to_owned(), Bytes::copy_from_slice(bytes));
    }

    pub(crate) fn conditions(&self) -> Vec<Option<String>> {
        self.0.lock().unwrap().conditions.clone()
    }

    pub(crate) fn read(&self) -> Vec<String> {
        self.0.lock().unwrap().read.clone()
    }

    pub(crate) fn bytes_read(&self) -> u64 {
        self.0.lock().unwrap().bytes
    }
}

impl QueryTables for Tables {
    fn relation<'a>(
        &'a self,
        database: &'a str,
        name: &'a str,
    ) -> BoxFuture<'a, Result<Option<QueryRelation>, QueryError>> {
        let found = self.0.lock().unwrap().relations.get(name).filter(|_| database == "db").cloned();
        Box::pin(std::future::ready(Ok(found)))
    }

    fn parts<'a>(
        &'a self,
        table: &'a QueryTable,
        condition: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<QueryPart>, QueryError>> {
        let mut inner = self.0.lock().unwrap();
        inner.conditions.push(condition.map(str::to_owned));
        // What this catalog understands of conditions: the first key alone.
        let first = condition.and_then(|text| text.split('\'').nth(1)).map(str::to_owned);
        let mine = inner.parts.iter().filter(|(of, values, _)| {
            *of == table.name
                && first.as_ref().is_none_or(|first| values.first().is_none_or(|value| value == first))
        });
        let part = |(_, values, file): &(String, Vec<String>, String)| QueryPart {
            values: values.clone(),
            location: file.clone(),
            format: table.format.clone(),
        };
        Box::pin(std::future::ready(Ok(mine.map(part).collect())))
    }

    fn files<'a>(&'a self, location: &'a str) -> BoxFuture<'a, Result<Vec<QueryFile>, QueryError>> {
        let bytes = self.0.lock().unwrap().files[location].len() as u64;
        Box::pin(std::future::ready(Ok(vec![QueryFile { path: location.to_owned(), bytes }])))
    }

    fn read<'a>(&'a self, path: &'a str, range: Range<u64>) -> BoxFuture<'a, Result<Bytes, QueryError>> {
        let mut inner = self.0.lock().unwrap();
        if !inner.read.iter().any(|there| there == path) {
            inner.read.push(path.to_owned());
        }
        let bytes = inner.files[path].clone();
        let place = |at: u64| usize::try_from(at).unwrap().min(bytes.len());
        let part = bytes.slice(place(range.start)..place(range.end));
        inner.bytes += part.len() as u64;
        Box::pin(std::future::ready(Ok(part)))
    }
}

fn columns(all: &[(&str, &str)]) -> Vec<CatalogColumn> {
    all.iter()
        .map(|(name, kind)| CatalogColumn { name: (*name).to_owned(), kind: Some((*kind).to_owned()) })
        .collect()
}

fn table(name: &str, own: &[(&str, &str)], keys: &[(&str, &str)], format: FileFormat) -> QueryTable {
    QueryTable {
        database: "db".to_owned(),
        name: name.to_owned(),
        columns: columns(own),
        keys: columns(keys),
        format,
        location: String::new(),
    }
}

pub(crate) fn json_table(name: &str, own: &[(&str, &str)], keys: &[(&str, &str)]) -> QueryTable {
    table(name, own, keys, FileFormat::Json(JsonFormat::default()))
}

pub(crate) fn columnar_table(name: &str, own: &[(&str, &str)], format: FileFormat) -> QueryTable {
    table(name, own, &[], format)
}

pub(crate) fn delimited_table(name: &str, own: &[(&str, &str)], skip_lines: u64) -> QueryTable {
    let format = DelimitedFormat {
        field: b',',
        element: b'|',
        key: b':',
        escape: Some(b'\\'),
        null: "\\N".to_owned(),
        skip_lines,
    };
    table(name, own, &[], FileFormat::Delimited(format))
}

pub(crate) fn csv_table(name: &str, own: &[(&str, &str)]) -> QueryTable {
    let format = CsvFormat { separator: b',', quote: b'"', escape: b'\\', skip_lines: 0 };
    table(name, own, &[], FileFormat::Csv(format))
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn rows(count: i64) -> RecordBatch {
    let ids: ArrayRef = Arc::new((0..count).collect::<Int64Array>());
    let names: ArrayRef = Arc::new((0..count).map(|id| Some(format!("n{id}"))).collect::<StringArray>());
    let at: ArrayRef =
        Arc::new((0..count).map(|id| Some(id * 1_000_000)).collect::<TimestampNanosecondArray>());
    RecordBatch::try_from_iter([("ID", ids), ("name", names), ("at", at)]).unwrap()
}

pub(crate) fn parquet(count: i64, group: usize) -> Vec<u8> {
    let batch = rows(count);
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

pub(crate) fn orc(count: i64) -> Vec<u8> {
    let batch = rows(count).project(&[0, 1]).unwrap();
    let mut bytes = Vec::new();
    let mut writer = orc_rust::ArrowWriterBuilder::new(&mut bytes, batch.schema()).try_build().unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}
