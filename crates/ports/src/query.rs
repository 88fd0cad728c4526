//! Batch SQL over tables of files. Served by `query`; asked by Athena. No type of Arrow or DataFusion passes here.
//!
//! The engine knows no catalog and no bucket: it asks [`QueryTables`], which whoever asks it brings along for each statement, and which acts
//! for the one who asked. What it reads is what they may read.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

use crate::CatalogColumn;

/// Why a statement cannot be answered, as Trino says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Its name, e.g. `TABLE_NOT_FOUND`.
    pub code: &'static str,
    /// Line and column, both counted from 1, where the statement shows it.
    pub at: Option<(u64, u64)>,
    /// Its text.
    pub message: String,
}

impl QueryError {
    /// An error that no place of the statement shows.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, at: None, message: message.into() }
    }

    /// The same, at a place.
    pub fn at(self, line: u64, column: u64) -> Self {
        Self { at: Some((line, column)), ..self }
    }

    /// The text with its place, without its name: as refusals at the start have it.
    pub fn text(&self) -> String {
        match self.at {
            Some((line, column)) => format!("line {line}:{column}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.text())
    }
}

impl std::error::Error for QueryError {}

/// How the files of a table, or of one of its partitions, are read. What a file's name says of its compression comes on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFormat {
    /// Apache Parquet; columns are found by name.
    Parquet,
    /// Apache ORC; columns are found by name, or by place where a file's columns have no names of their own.
    Orc,
    /// One JSON document a line.
    Json(JsonFormat),
    /// Fields between delimiters, as Hive's LazySimpleSerDe has them.
    Delimited(DelimitedFormat),
    /// CSV with quotes, as Hive's OpenCSVSerde has it.
    Csv(CsvFormat),
}

/// How JSON is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JsonFormat {
    /// Column name to JSON key.
    pub mappings: BTreeMap<String, String>,
    /// Dots in keys are underscores in column names.
    pub dots_to_underscores: bool,
    /// Keys are compared with case.
    pub case_sensitive: bool,
    /// A line that is no JSON is a row of nulls; otherwise the query fails.
    pub ignore_malformed: bool,
}

/// How delimited text is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelimitedFormat {
    /// Between fields.
    pub field: u8,
    /// Between elements of a list, and entries of a map.
    pub element: u8,
    /// Between a map's key and its value.
    pub key: u8,
    /// Before a character that stands for itself.
    pub escape: Option<u8>,
    /// What stands for null.
    pub null: String,
    /// Lines at the head of each file that are no rows.
    pub skip_lines: u64,
}

/// How CSV is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvFormat {
    /// Between fields.
    pub separator: u8,
    /// Around fields.
    pub quote: u8,
    /// Before a character that stands for itself.
    pub escape: u8,
    /// Lines at the head of each file that are no rows.
    pub skip_lines: u64,
}

/// A table as the engine sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryTable {
    /// Its database.
    pub database: String,
    /// Its name.
    pub name: String,
    /// The columns of its files, in order.
    pub columns: Vec<CatalogColumn>,
    /// What it is partitioned by, in order; columns too.
    pub keys: Vec<CatalogColumn>,
    /// How its files are read, where it has no partitions.
    pub format: FileFormat,
    /// Where its files lie, where it has no partitions.
    pub location: String,
}

/// What a name in a FROM stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryRelation {
    /// A table of files.
    Table(QueryTable),
    /// A view: a statement of its own.
    View {
        /// The statement.
        sql: String,
        /// The database that its names without one are of.
        database: String,
    },
    /// Rows that are known already, e.g. what a catalog says of itself.
    Rows {
        /// Their columns.
        columns: Vec<CatalogColumn>,
        /// A value for each column, as text.
        rows: Vec<QueryRow>,
    },
}

/// A partition; a table without keys has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryPart {
    /// The values of the keys, in order.
    pub values: Vec<String>,
    /// Where its files lie.
    pub location: String,
    /// How they are read.
    pub format: FileFormat,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryFile {
    /// `s3://bucket/key`.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What the engine may see, for one who asks.
pub trait QueryTables: Send + Sync + 'static {
    /// What a name stands for; `None` if there is nothing of this name.
    fn relation<'a>(
        &'a self,
        database: &'a str,
        name: &'a str,
    ) -> BoxFuture<'a, Result<Option<QueryRelation>, QueryError>>;

    /// The partitions of a table. `condition` is one on its keys in the catalog's language, e.g. `year = 2024 AND month IN (1, 2)`; the answer
    /// may hold more than meet it.
    fn parts<'a>(
        &'a self,
        table: &'a QueryTable,
        condition: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<QueryPart>, QueryError>>;

    /// The files at a location, without those whose names begin with `_` or `.`.
    fn files<'a>(&'a self, location: &'a str) -> BoxFuture<'a, Result<Vec<QueryFile>, QueryError>>;

    /// Bytes of a file.
    fn read<'a>(&'a self, path: &'a str, range: Range<u64>) -> BoxFuture<'a, Result<Bytes, QueryError>>;
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueForm {
    /// As results show them.
    Text,
    /// As JSON, for files that are made of them.
    Json,
}

/// A statement to be answered: one that reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryStatement {
    /// Its text.
    pub sql: String,
    /// SQL literals for its question marks, in order.
    pub parameters: Vec<String>,
    /// The database that names without one are of.
    pub database: String,
    /// How values are written.
    pub form: ValueForm,
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryColumn {
    /// Its name.
    pub name: String,
    /// Its type without parameters, as results name it: `varchar`, `decimal`, `row`.
    pub kind: &'static str,
    /// Its type as Hive writes it, for a table that is made of it.
    pub hive: String,
    /// Digits, where it is a number; what AWS says elsewhere.
    pub precision: i32,
    /// Digits after the point.
    pub scale: i32,
}

/// A row: a value for each column.
pub type QueryRow = Vec<Option<String>>;

/// What a query has read so far.
#[derive(Debug, Clone, Default)]
pub struct QueryProgress {
    bytes: Arc<AtomicU64>,
    rows: Arc<AtomicU64>,
}

impl QueryProgress {
    /// Counts bytes read.
    pub fn read_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts rows read.
    pub fn read_rows(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }
}

/// An answer on its way.
pub struct QueryRun {
    /// Its columns.
    pub columns: Vec<QueryColumn>,
    /// Its rows, in bounded pieces. To drop it is to cancel the query.
    pub rows: BoxStream<'static, Result<Vec<QueryRow>, QueryError>>,
    /// What was read for it.
    pub progress: QueryProgress,
}

/// Answers statements.
pub trait QueryEngine: Send + Sync + 'static {
    /// Whether a text is a statement at all. Looks at no table. The error's code is `SYNTAX_ERROR`.
    fn check(&self, sql: &str) -> Result<(), QueryError>;

    /// Plans a statement, and begins to answer it.
    fn run<'a>(
        &'a self,
        statement: QueryStatement,
        tables: Arc<dyn QueryTables>,
    ) -> BoxFuture<'a, Result<QueryRun, QueryError>>;

    /// How it would be answered, in lines.
    fn explain<'a>(
        &'a self,
        statement: QueryStatement,
        tables: Arc<dyn QueryTables>,
    ) -> BoxFuture<'a, Result<String, QueryError>>;
}
