//! Files to rows: one stream of batches a file, read by ranges, with the columns that are wanted in the types that the table has.

mod columnar;
mod groups;
mod json;
mod text;
mod values;

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::datatypes::{Field, SchemaRef};
use datafusion::logical_expr::Expr;
use futures_util::stream::BoxStream;
use ports::{FileFormat, QueryError, QueryFile, QueryProgress, QueryTables};

/// Rows of one batch.
const BATCH_ROWS: usize = 4_096;

/// What is wanted of a file.
pub(crate) struct Wanted {
    /// The columns.
    pub(crate) schema: SchemaRef,
    /// Their places among the table's own.
    pub(crate) numbers: Vec<usize>,
    /// All of the table's own columns.
    pub(crate) all: Vec<Arc<Field>>,
    /// What the rows must meet: for formats that can pass over what cannot.
    pub(crate) filters: Vec<Expr>,
}

/// A file that is read.
#[derive(Clone)]
pub(crate) struct Source {
    tables: Arc<dyn QueryTables>,
    file: QueryFile,
    progress: QueryProgress,
}

impl Source {
    pub(crate) fn new(tables: Arc<dyn QueryTables>, file: QueryFile, progress: QueryProgress) -> Self {
        Self { tables, file, progress }
    }

    fn path(&self) -> &str {
        &self.file.path
    }

    async fn bytes(&self, range: Range<u64>) -> Result<Bytes, QueryError> {
        /// Bytes that are read at once.
        const PIECE: u64 = 16 << 20;
        let range = range.start..range.end.min(self.file.bytes);
        if range.end.saturating_sub(range.start) <= PIECE {
            let bytes = self.tables.read(&self.file.path, range).await?;
            self.progress.read_bytes(bytes.len() as u64);
            return Ok(bytes);
        }
        let mut all = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let end = (start + PIECE).min(range.end);
            let bytes = self.tables.read(&self.file.path, start..end).await?;
            if bytes.is_empty() {
                break;
            }
            self.progress.read_bytes(bytes.len() as u64);
            start += bytes.len() as u64;
            all.extend_from_slice(&bytes);
        }
        Ok(all.into())
    }
}

/// Rows on their way.
pub(crate) type Rows = BoxStream<'static, Result<RecordBatch, QueryError>>;

/// The rows of a file.
pub(crate) async fn rows(source: Source, format: &FileFormat, wanted: Wanted) -> Result<Rows, QueryError> {
    match format {
        FileFormat::Parquet => columnar::parquet(source, wanted).await,
        FileFormat::Orc => columnar::orc(source, wanted).await,
        FileFormat::Json(format) => json::rows(source, format, wanted),
        FileFormat::Delimited(format) => text::delimited(source, format, wanted),
        FileFormat::Csv(format) => text::csv(source, format, wanted),
    }
}

/// A batch of columns; how many rows it has when there are none of them.
fn batch(schema: &SchemaRef, columns: Vec<ArrayRef>, rows: usize) -> Result<RecordBatch, QueryError> {
    let options = datafusion::arrow::array::RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema.clone(), columns, &options)
        .map_err(|error| QueryError::new("HIVE_CURSOR_ERROR", error.to_string()))
}
