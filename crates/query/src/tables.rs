//! Tables as DataFusion sees them: columns by Hive's types, partitions chosen by what is asked of the keys, files shared out among the streams.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use futures_util::{StreamExt, TryStreamExt as _};
use ports::{CatalogColumn, FileFormat, QueryError, QueryFile, QueryProgress, QueryTable, QueryTables};

use crate::faults::external;
use crate::read::{self, Wanted};
use crate::{kinds, prune};

/// What Hive calls the partition of rows that have no value for a key.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";
/// Locations that are listed at the same time.
const LISTINGS: usize = 8;
/// Files of one query.
const FILES_MAX: usize = 200_000;

/// A table of files.
pub(crate) struct Table {
    table: QueryTable,
    schema: SchemaRef,
    tables: Arc<dyn QueryTables>,
    progress: QueryProgress,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({}.{})", self.table.database, self.table.name)
    }
}

/// A file, and the values of the keys in it.
#[derive(Clone, Debug)]
struct Part {
    file: QueryFile,
    format: FileFormat,
    keys: Arc<Vec<ScalarValue>>,
}

fn field(column: &CatalogColumn) -> Result<Field, QueryError> {
    let kind = kinds::of_hive(column.kind.as_deref().unwrap_or("string"))?;
    Ok(Field::new(column.name.clone(), kind, true))
}

impl Table {
    /// A table as the catalog describes it.
    pub(crate) fn new(
        table: QueryTable,
        tables: Arc<dyn QueryTables>,
        progress: QueryProgress,
    ) -> Result<Self, QueryError> {
        let columns =
            table.columns.iter().filter(|column| !table.keys.iter().any(|key| key.name == column.name));
        let fields = columns.chain(&table.keys).map(field).collect::<Result<Vec<Field>, _>>()?;
        Ok(Self { table, schema: Arc::new(Schema::new(fields)), tables, progress })
    }

    /// How many of the columns stand in the files.
    fn own_columns(&self) -> usize {
        self.schema.fields().len() - self.table.keys.len()
    }

    /// The files to be read.
    async fn parts(&self, filters: &[Expr]) -> Result<Vec<Part>, QueryError> {
        let condition = prune::condition(filters, &self.table.keys);
        let parts = self.tables.parts(&self.table, condition.as_deref()).await?;
        let listed = futures_util::stream::iter(parts.into_iter().map(|part| async move {
            let keys = self.key_values(&part.values)?;
            let files = self.tables.files(&part.location).await?;
            Ok::<_, QueryError>((files, part.format, Arc::new(keys)))
        }));
        let mut all = Vec::new();
        let mut listed = listed.buffered(LISTINGS);
        while let Some((files, format, keys)) = listed.try_next().await? {
            all.extend(files.into_iter().map(|file| Part {
                file,
                format: format.clone(),
                keys: keys.clone(),
            }));
            if all.len() > FILES_MAX {
                return Err(QueryError::new(
                    "HIVE_EXCEEDED_FILE_LIMIT",
                    format!("More than {FILES_MAX} files"),
                ));
            }
        }
        Ok(all)
    }

    fn key_values(&self, values: &[String]) -> Result<Vec<ScalarValue>, QueryError> {
        let kinds = self.schema.fields().iter().skip(self.own_columns());
        let value = |(field, value): (&Arc<Field>, &String)| {
            if value == NO_VALUE {
                return ScalarValue::try_from(field.data_type());
            }
            ScalarValue::try_from_string(value.clone(), field.data_type())
        };
        let all = kinds.zip(values).map(value).collect::<Result<Vec<ScalarValue>>>();
        all.map_err(|_| {
            let message =
                format!("Invalid partition values {values:?} of {}.{}", self.table.database, self.table.name);
            QueryError::new("HIVE_INVALID_PARTITION_VALUE", message)
        })
    }
}

#[async_trait]
impl TableProvider for Table {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    /// Filters choose partitions, and row groups of Parquet; every row is looked at again.
    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let schema = match projection {
            Some(places) => Arc::new(self.schema.project(places)?),
            None => self.schema.clone(),
        };
        let places = projection.cloned().unwrap_or_else(|| (0..self.schema.fields().len()).collect());
        let parts = self.parts(filters).await.map_err(external)?;
        let shared = Arc::new(Scan {
            schema: schema.clone(),
            places,
            own: self.own_columns(),
            whole: self.schema.clone(),
            tables: self.tables.clone(),
            progress: self.progress.clone(),
            filters: filters.to_vec(),
        });
        let count = state.config().target_partitions().min(parts.len()).max(1);
        let mut shares: Vec<(u64, Vec<Part>)> = vec![(0, Vec::new()); count];
        for part in parts {
            let smallest = shares.iter_mut().min_by_key(|(bytes, _)| *bytes).expect("there is at least one");
            smallest.0 += part.file.bytes;
            smallest.1.push(part);
        }
        let stream = |(_, parts)| Arc::new(Share { scan: shared.clone(), parts }) as Arc<dyn PartitionStream>;
        let streams = shares.into_iter().map(stream).collect();
        Ok(Arc::new(StreamingTableExec::try_new(schema, streams, None, [], false, limit)?))
    }
}

/// What all streams of a scan share.
struct Scan {
    /// The columns that are wanted.
    schema: SchemaRef,
    /// Their places in the table.
    places: Vec<usize>,
    /// How many columns stand in the files; the keys follow.
    own: usize,
    /// All columns of the table.
    whole: SchemaRef,
    tables: Arc<dyn QueryTables>,
    progress: QueryProgress,
    filters: Vec<Expr>,
}

/// The files of one stream.
struct Share {
    scan: Arc<Scan>,
    parts: Vec<Part>,
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} files", self.parts.len())
    }
}

impl PartitionStream for Share {
    fn schema(&self) -> &SchemaRef {
        &self.scan.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let scan = self.scan.clone();
        let parts = futures_util::stream::iter(self.parts.clone());
        let batches = parts.then(move |part| open(scan.clone(), part)).try_flatten();
        Box::pin(RecordBatchStreamAdapter::new(self.scan.schema.clone(), batches))
    }
}

/// The rows of one file, with the values of the keys beside them.
async fn open(
    scan: Arc<Scan>,
    part: Part,
) -> Result<impl futures_util::Stream<Item = Result<RecordBatch>> + Send> {
    let wanted = scan.places.iter().filter(|place| **place < scan.own);
    let fields: Vec<Arc<Field>> = wanted.map(|place| scan.whole.fields()[*place].clone()).collect();
    let numbers = scan.places.iter().copied().filter(|place| *place < scan.own).collect();
    let wanted = Wanted {
        schema: Arc::new(Schema::new(fields)),
        numbers,
        all: scan.whole.fields().iter().take(scan.own).cloned().collect(),
        filters: scan.filters.clone(),
    };
    let source = read::Source::new(scan.tables.clone(), part.file.clone(), scan.progress.clone());
    let rows = read::rows(source, &part.format, wanted).await.map_err(external)?;
    let keys = part.keys;
    Ok(rows.map(move |batch| {
        let batch = batch.map_err(external)?;
        scan.progress.read_rows(batch.num_rows() as u64);
        with_keys(&scan, &batch, &keys)
    }))
}

fn with_keys(scan: &Scan, batch: &RecordBatch, keys: &[ScalarValue]) -> Result<RecordBatch> {
    let rows = batch.num_rows();
    let mut own = batch.columns().iter();
    let column = |place: &usize| match place.checked_sub(scan.own) {
        Some(key) => keys[key].to_array_of_size(rows),
        None => {
            own.next().cloned().ok_or_else(|| DataFusionError::Internal("a column is missing".to_owned()))
        }
    };
    let columns = scan.places.iter().map(column).collect::<Result<Vec<_>>>()?;
    let options = datafusion::arrow::array::RecordBatchOptions::new().with_row_count(Some(rows));
    Ok(RecordBatch::try_new_with_options(scan.schema.clone(), columns, &options)?)
}
