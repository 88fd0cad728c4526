//! Conversion of JSON records to column files, for whoever delivers them. Served by `columnar`; no type of Arrow passes here.
//!
//! Everything here computes and nothing waits: callers run it where computing is allowed.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::CatalogColumn;

/// The format of the files.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnFormat {
    /// Apache Parquet.
    Parquet {
        /// How pages are compressed.
        compression: ParquetCompression,
        /// Format version 2 data pages (`WriterVersion` V2).
        v2: bool,
        /// Dictionary encoding allowed (`EnableDictionaryCompression`).
        dictionary: bool,
        /// Row group size in bytes (`BlockSizeBytes`).
        block_bytes: u64,
        /// Page size in bytes (`PageSizeBytes`).
        page_bytes: u64,
    },
    /// Apache ORC.
    Orc {
        /// How streams are compressed.
        compression: OrcCompression,
        /// Stripe size in bytes (`StripeSizeBytes`).
        stripe_bytes: u64,
        /// Rows between index entries (`RowIndexStride`).
        row_index_stride: u32,
        /// Columns that get a bloom filter, and its false positive probability.
        bloom: Option<(Vec<String>, f64)>,
        /// Share of distinct values up to which strings are dictionary encoded (`DictionaryKeyThreshold`).
        dictionary_threshold: f64,
    },
}

/// How Parquet pages are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParquetCompression {
    /// `UNCOMPRESSED`.
    Uncompressed,
    /// `GZIP`.
    Gzip,
    /// `SNAPPY`, the default.
    Snappy,
}

/// How ORC streams are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrcCompression {
    /// `NONE`.
    None,
    /// `ZLIB`.
    Zlib,
    /// `SNAPPY`, the default.
    Snappy,
}

/// How records are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordReader {
    /// The OpenX JSON SerDe.
    OpenX {
        /// Column names are compared without case (`CaseInsensitive`, default true).
        case_insensitive: bool,
        /// Dots in keys become underscores (`ConvertDotsInJsonKeysToUnderscores`).
        dots_to_underscores: bool,
        /// Column name to JSON key (`ColumnToJsonKeyMappings`).
        mappings: BTreeMap<String, String>,
    },
    /// The Apache Hive JSON SerDe.
    Hive {
        /// Formats of timestamps, Joda patterns or `millis`, tried in order.
        timestamp_formats: Vec<String>,
    },
}

/// What is to be converted to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// The columns of the files.
    pub columns: Vec<CatalogColumn>,
    /// How records are read.
    pub reader: RecordReader,
    /// What is written.
    pub format: ColumnFormat,
}

/// Why a record or a schema was refused: `code` as error envelopes carry it (`DataFormatConversion.ParseError`, `DataFormatConversion.InvalidSchema`, …).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct NotConverted {
    /// The code of the error envelope.
    pub code: &'static str,
    /// Its text.
    pub message: String,
}

/// Makes files out of records.
pub trait Converter: Send + Sync + 'static {
    /// Understands a schema and a format, once for many files. Fails when a column's type is none of Hive's.
    fn compile(&self, conversion: &Conversion) -> Result<Arc<dyn CompiledConversion>, NotConverted>;

    /// Understands the schema of an Iceberg table. Fails when it is malformed.
    fn compile_table(&self, rows: &TableRows) -> Result<Arc<dyn CompiledTable>, NotConverted> {
        let _ = rows;
        Err(NotConverted { code: "Iceberg.InternalError", message: "tables are not written here".to_owned() })
    }
}

/// Rows of an Iceberg table: JSON objects, by the names of its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRows {
    /// The table's schema, as its metadata has it.
    pub schema: String,
    /// Only these columns, whatever else is in a record; all of them must have a value then.
    pub only: Option<Vec<i32>>,
    /// How pages are compressed.
    pub compression: ParquetCompression,
    /// Row group size in bytes.
    pub block_bytes: u64,
}

/// The schema of a table, understood.
pub trait CompiledTable: Send + Sync {
    /// A new, empty Parquet file, its columns marked with the ids of the fields.
    fn begin(&self) -> Box<dyn TableWriter>;

    /// What finds the values of these fields in records. Fails when one is not that of a single value.
    fn values(&self, fields: &[i32]) -> Result<Box<dyn RowValues>, NotConverted>;
}

/// A file of a table that is being written.
pub trait TableWriter: Send {
    /// Adds the row of one record. A refused record leaves the file as it was.
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted>;

    /// Rows so far.
    fn rows(&self) -> u64;

    /// The whole file. Fails only on what a correct writer never meets.
    fn finish(self: Box<Self>) -> Result<TableFile, NotConverted>;
}

/// Finds values in records.
pub trait RowValues: Send {
    /// The fields' values, in Iceberg's single-value form. Refuses what [`TableWriter::push`] refuses.
    fn of(&mut self, record: &[u8]) -> Result<Vec<Option<Vec<u8>>>, NotConverted>;
}

/// A file of a table.
#[derive(Debug, Clone, Default)]
pub struct TableFile {
    /// Its bytes, in pieces.
    pub pieces: Vec<Bytes>,
    /// Its rows.
    pub rows: u64,
    /// What is known of its columns.
    pub columns: Vec<TableColumn>,
    /// Where its row groups begin.
    pub splits: Vec<u64>,
}

/// What is known of a column of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableColumn {
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

/// A schema and a format, understood.
pub trait CompiledConversion: Send + Sync {
    /// A new, empty file.
    fn begin(&self) -> Box<dyn ConvertedFile>;
}

/// A file that is being written.
pub trait ConvertedFile: Send {
    /// Adds the rows of one record (one JSON document, or several one after another). A refused record leaves the file as it was.
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted>;

    /// Rows so far.
    fn rows(&self) -> u64;

    /// About how many bytes it holds in memory.
    fn buffered(&self) -> usize;

    /// The whole file, in pieces. Fails only on what a correct writer never meets.
    fn finish(self: Box<Self>) -> Result<Vec<Bytes>, NotConverted>;
}
