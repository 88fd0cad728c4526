//! Parquet and ORC. Columns are found by name, whatever the case, and cast to what the table says; what a file lacks is null.

use std::sync::Arc;

use bytes::Bytes;
use datafusion::arrow::array::{ArrayRef, RecordBatch, new_null_array};
use datafusion::arrow::compute::CastOptions;
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::common::nested_struct::cast_column;
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use datafusion::parquet::arrow::async_reader::{AsyncFileReader, ParquetRecordBatchStreamBuilder};
use datafusion::parquet::errors::{ParquetError, Result as ParquetResult};
use datafusion::parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use orc_rust::ArrowReaderBuilder;
use orc_rust::projection::ProjectionMask as OrcMask;
use orc_rust::reader::AsyncChunkReader;
use ports::QueryError;

use super::{BATCH_ROWS, Rows, Source, Wanted, batch};

fn bad(source: &Source, error: &dyn std::fmt::Display) -> QueryError {
    QueryError::new("HIVE_BAD_DATA", format!("Error reading {}: {error}", source.path()))
}

impl AsyncFileReader for Source {
    fn get_bytes(&mut self, range: std::ops::Range<u64>) -> BoxFuture<'_, ParquetResult<Bytes>> {
        async move { self.bytes(range).await.map_err(|error| ParquetError::External(Box::new(error))) }
            .boxed()
    }

    fn get_metadata<'a>(
        &'a mut self,
        _: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, ParquetResult<Arc<ParquetMetaData>>> {
        async move {
            let size = self.file.bytes;
            let reader = ParquetMetaDataReader::new();
            Ok(Arc::new(reader.load_and_finish(MetadataOf(self.clone()), size).await?))
        }
        .boxed()
    }
}

struct MetadataOf(Source);

impl datafusion::parquet::arrow::async_reader::MetadataFetch for MetadataOf {
    fn fetch(&mut self, range: std::ops::Range<u64>) -> BoxFuture<'_, ParquetResult<Bytes>> {
        AsyncFileReader::get_bytes(&mut self.0, range)
    }
}

/// Places of the wanted columns in a file; `None` for those it lacks.
fn found(file: &Schema, wanted: &Wanted) -> Vec<Option<usize>> {
    let place = |name: &str| {
        let exact = file.fields().iter().position(|field| field.name() == name);
        exact.or_else(|| file.fields().iter().position(|field| field.name().eq_ignore_ascii_case(name)))
    };
    wanted.schema.fields().iter().map(|field| place(field.name())).collect()
}

/// A batch of a file as the table has it. `places` are those in the batch.
fn adapted(
    schema: &SchemaRef,
    places: &[Option<usize>],
    read: &RecordBatch,
) -> Result<RecordBatch, QueryError> {
    let rows = read.num_rows();
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let column = |(field, place): (&Arc<datafusion::arrow::datatypes::Field>, &Option<usize>)| -> Result<ArrayRef, QueryError> {
        let Some(place) = place else { return Ok(new_null_array(field.data_type(), rows)) };
        let column = read.column(*place);
        if column.data_type() == field.data_type() {
            return Ok(column.clone());
        }
        cast_column(column, field.data_type(), &options).map_err(|error| {
            let message = format!(
                "Column {} of type {} cannot be read as {}: {}",
                field.name(),
                column.data_type(),
                field.data_type(),
                error.strip_backtrace()
            );
            QueryError::new("HIVE_BAD_DATA", message)
        })
    };
    let columns = schema.fields().iter().zip(places).map(column).collect::<Result<Vec<_>, _>>()?;
    batch(schema, columns, rows)
}

/// Where columns come to lie in batches that have the chosen ones alone, in the file's order.
fn within(places: &[Option<usize>]) -> (Vec<usize>, Vec<Option<usize>>) {
    let mut chosen: Vec<usize> = places.iter().flatten().copied().collect();
    chosen.sort_unstable();
    chosen.dedup();
    let at = places.iter().map(|place| place.and_then(|place| chosen.binary_search(&place).ok())).collect();
    (chosen, at)
}

/// The rows of a Parquet file.
pub(super) async fn parquet(mut source: Source, wanted: Wanted) -> Result<Rows, QueryError> {
    let metadata = source.get_metadata(None).await.map_err(|error| parquet_error(&source, &error))?;
    // What Spark and pandas say of Arrow's types in a file is left aside: the table says what the types are.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = ArrowReaderMetadata::try_new(metadata, options).map_err(|error| bad(&source, &error))?;
    let places = found(metadata.schema(), &wanted);
    let (chosen, places) = within(&places);
    let mask = ProjectionMask::roots(metadata.parquet_schema(), chosen);
    let groups = super::groups::kept(&metadata, &wanted);
    let mut builder = ParquetRecordBatchStreamBuilder::new_with_metadata(source.clone(), metadata)
        .with_projection(mask)
        .with_batch_size(BATCH_ROWS * 2);
    if let Some(groups) = groups {
        builder = builder.with_row_groups(groups);
    }
    let rows = builder.build().map_err(|error| bad(&source, &error))?;
    let schema = wanted.schema;
    let adapt = move |read: ParquetResult<RecordBatch>| {
        adapted(&schema, &places, &read.map_err(|error| parquet_error(&source, &error))?)
    };
    Ok(rows.map(adapt).boxed())
}

fn parquet_error(source: &Source, error: &ParquetError) -> QueryError {
    if let ParquetError::External(inner) = error
        && let Some(error) = inner.downcast_ref::<QueryError>()
    {
        return error.clone();
    }
    bad(source, error)
}

impl AsyncChunkReader for Source {
    fn len(&mut self) -> BoxFuture<'_, std::io::Result<u64>> {
        std::future::ready(Ok(self.file.bytes)).boxed()
    }

    fn get_bytes(&mut self, offset: u64, length: u64) -> BoxFuture<'_, std::io::Result<Bytes>> {
        async move { self.bytes(offset..offset + length).await.map_err(std::io::Error::other) }.boxed()
    }
}

/// The rows of an ORC file. Hive's older files call their columns `_col0` and so on: then places count.
pub(super) async fn orc(source: Source, wanted: Wanted) -> Result<Rows, QueryError> {
    let builder =
        ArrowReaderBuilder::try_new_async(source.clone()).await.map_err(|error| bad(&source, &error))?;
    let file = builder.schema();
    let nameless = !file.fields().is_empty()
        && file.fields().iter().enumerate().all(|(at, field)| *field.name() == format!("_col{at}"));
    let places = match nameless {
        true => wanted.numbers.iter().map(|at| (*at < file.fields().len()).then_some(*at)).collect(),
        false => found(&file, &wanted),
    };
    let (chosen, places) = within(&places);
    let names: Vec<&str> = chosen.iter().map(|at| file.field(*at).name().as_str()).collect();
    let total = builder.file_metadata().number_of_rows();
    let schema = wanted.schema;
    if names.is_empty() {
        // Nothing but the number of rows is wanted.
        let total = usize::try_from(total).unwrap_or(usize::MAX);
        let sizes = (0..total.div_ceil(BATCH_ROWS)).map(move |at| (total - at * BATCH_ROWS).min(BATCH_ROWS));
        let rows = sizes.map(move |size| {
            let columns =
                schema.fields().iter().map(|field| new_null_array(field.data_type(), size)).collect();
            batch(&schema, columns, size)
        });
        return Ok(futures_util::stream::iter(rows).boxed());
    }
    let mask = OrcMask::named_roots(builder.file_metadata().root_data_type(), &names);
    let rows = builder.with_projection(mask).with_batch_size(BATCH_ROWS).build_async();
    let adapt = move |read: RecordBatch| adapted(&schema, &places, &read);
    Ok(rows
        .map_err(move |error| bad(&source, &error))
        .and_then(move |read| std::future::ready(adapt(read)))
        .boxed())
}
