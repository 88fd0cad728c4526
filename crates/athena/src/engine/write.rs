//! Tables and files out of rows: CREATE TABLE AS, INSERT, UNLOAD.
//!
//! Rows come from the engine as JSON, a value for each column, and go into one file for each partition at a time. Parquet and ORC are written by the same
//! converter that Firehose has. All files, the list of them and the query's row are one commit: nobody ever sees half of a table. What the
//! catalog must know (a new table, new partitions) it is told before, and told to forget if the rest fails.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::StreamExt as _;
use ports::{
    CatalogColumn, ColumnFormat, CompiledConversion, Conversion, ConvertedFile, NotConverted, OrcCompression,
    ParquetCompression, PreparedPut, QueryColumn, QueryRow as Values, RecordReader, ValueForm,
};
use serde_json::{Value, json};

use super::Athena;
use super::answer::{Answer, Question, rows_column, within};
use super::catalog::{parameter, text};
use super::ddl::{classes, columns_json, escaped, partition_input, without_nulls};
use super::error::Failure;
use super::queries::{bucket_and_key, folder};
use super::results::metadata;
use super::show::{about_database, database_of};
use super::statement::{ColumnDef, Property, Statement, TableName};
use crate::tables::DoneRow;

/// Partitions that one statement writes (facts section 5).
const PARTITIONS_MAX: usize = 100;
/// Bytes of one file in memory, after which another one is begun.
const FILE_BYTES: usize = 64 << 20;
/// Bytes of all files that are being written; beyond it the largest is closed.
const OPEN_BYTES: usize = 128 << 20;
/// Files of one statement: they are one commit.
const FILES_MAX: usize = 2_000;

type Properties = BTreeMap<String, Property>;

/// What is written, and how.
struct Sheet {
    /// Names and Hive's types of the columns that the rows have, in their order.
    columns: Vec<(String, String)>,
    /// Places of the columns that name the partition.
    keys: Vec<usize>,
    /// Where to.
    location: String,
    format: SheetFormat,
}

enum SheetFormat {
    Columns(ColumnFormat),
    Json { gzip: bool },
    Text { delimiter: String, gzip: bool },
}

impl SheetFormat {
    /// As values are wanted for it.
    fn form(&self) -> ValueForm {
        match self {
            Self::Columns(_) | Self::Json { .. } => ValueForm::Json,
            Self::Text { .. } => ValueForm::Text,
        }
    }

    fn extension(&self) -> &'static str {
        match self {
            Self::Columns(_) => "",
            Self::Json { gzip } | Self::Text { gzip, .. } => {
                if *gzip {
                    ".gz"
                } else {
                    ""
                }
            }
        }
    }
}

fn one<'p>(properties: &'p Properties, names: &[&str]) -> Option<&'p str> {
    names.iter().find_map(|name| match properties.get(*name) {
        Some(Property::One(value)) => Some(value.as_str()),
        Some(Property::Many(_)) | None => None,
    })
}

fn many(properties: &Properties, name: &str) -> Vec<String> {
    match properties.get(name) {
        Some(Property::Many(list)) => list.iter().map(|name| name.to_lowercase()).collect(),
        Some(Property::One(one)) => vec![one.to_lowercase()],
        None => Vec::new(),
    }
}

/// The format that WITH asks for.
fn format_of(properties: &Properties, default: &str) -> Result<(String, SheetFormat), Failure> {
    let format = one(properties, &["format"]).unwrap_or(default).to_ascii_uppercase();
    let compression =
        one(properties, &["write_compression", "compression", "parquet_compression", "orc_compression"]);
    let compression = compression.map(str::to_ascii_uppercase);
    let unknown = |compression: &str| {
        Failure::argument(format!(
            "NOT_SUPPORTED: The compression {compression} is not supported for {format} here"
        ))
    };
    let sheet = match (format.as_str(), compression.as_deref()) {
        ("PARQUET", compression) => {
            let compression = match compression {
                None | Some("GZIP") => ParquetCompression::Gzip,
                Some("SNAPPY") => ParquetCompression::Snappy,
                Some("NONE" | "UNCOMPRESSED") => ParquetCompression::Uncompressed,
                Some(other) => return Err(unknown(other)),
            };
            SheetFormat::Columns(parquet(compression))
        }
        ("ORC", compression) => {
            let compression = match compression {
                None | Some("ZLIB" | "GZIP") => OrcCompression::Zlib,
                Some("SNAPPY") => OrcCompression::Snappy,
                Some("NONE") => OrcCompression::None,
                Some(other) => return Err(unknown(other)),
            };
            SheetFormat::Columns(orc(compression))
        }
        ("JSON", None | Some("GZIP")) => SheetFormat::Json { gzip: true },
        ("JSON", Some("NONE")) => SheetFormat::Json { gzip: false },
        ("TEXTFILE", None | Some("GZIP" | "NONE")) => {
            let delimiter = one(properties, &["field_delimiter"]).unwrap_or("\u{1}").to_owned();
            SheetFormat::Text { delimiter, gzip: compression.as_deref() != Some("NONE") }
        }
        ("JSON" | "TEXTFILE", Some(other)) => return Err(unknown(other)),
        _ => {
            return Err(Failure::argument(format!("NOT_SUPPORTED: The format {format} is not written here")));
        }
    };
    Ok((format, sheet))
}

fn parquet(compression: ParquetCompression) -> ColumnFormat {
    ColumnFormat::Parquet {
        compression,
        v2: false,
        dictionary: true,
        block_bytes: 128 << 20,
        page_bytes: 1 << 20,
    }
}

fn orc(compression: OrcCompression) -> ColumnFormat {
    ColumnFormat::Orc {
        compression,
        stripe_bytes: 64 << 20,
        row_index_stride: 10_000,
        bloom: None,
        dictionary_threshold: 0.8,
    }
}

/// What was written.
#[derive(Default)]
struct Written {
    puts: Vec<PreparedPut>,
    paths: Vec<String>,
    partitions: Vec<Vec<String>>,
    rows: u64,
    bytes_out: u64,
    bytes_in: u64,
    rows_in: u64,
}

impl Athena {
    /// Writes what a statement says.
    pub(crate) async fn written(
        &self,
        question: &Question<'_>,
        statement: Statement,
        parameters: Vec<String>,
    ) -> Result<Answer, Failure> {
        match statement {
            Statement::CreateTableAs { table, if_not_exists, properties, select, empty } => {
                let new = NewTableAs { table, if_not_exists, properties, select, empty };
                self.create_table_as(question, new, parameters).await
            }
            Statement::Insert { table, columns, select } => {
                self.insert(question, &table, columns, select, parameters).await
            }
            Statement::Unload { select, location, properties } => {
                self.unload(question, select, &location, &properties, parameters).await
            }
            _ => Err(Failure::system("GENERIC_INTERNAL_ERROR: not a statement that writes")),
        }
    }

    async fn create_table_as(
        &self,
        question: &Question<'_>,
        new: NewTableAs,
        parameters: Vec<String>,
    ) -> Result<Answer, Failure> {
        let NewTableAs { table, if_not_exists, properties, select, empty } = new;
        if one(&properties, &["table_type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("iceberg")) {
            return Err(Failure::argument("NOT_SUPPORTED: Iceberg tables are not created here"));
        }
        let database = database_of(question, &table).to_owned();
        let catalog = &question.asker.catalog;
        if catalog.find_table(&database, &table.name).await?.is_some() {
            if if_not_exists {
                return self.finished(question, Written::default()).await;
            }
            let at = format!("'awsdatacatalog.{database}.{}'", table.name);
            return Err(Failure::argument(format!(
                "TABLE_ALREADY_EXISTS: Destination table {at} already exists"
            )));
        }
        let location = self.location_of(question, &properties).await?;
        let (word, format) = format_of(&properties, "PARQUET")?;
        let (columns, mut run) = self.begun(question, select, parameters, format.form()).await?;
        check_names(&columns)?;
        let keys = many(&properties, "partitioned_by");
        let places = key_places(&columns, &keys)?;
        let input = table_as_input(&table, &columns, &places, &word, &format, &location, &properties)?;
        self.require_empty(question, &location).await?;
        let made = catalog.call("CreateTable", json!({"DatabaseName": database, "TableInput": input})).await;
        made.map_err(|refusal| about_database(refusal, &database))?;
        if empty {
            run.rows = futures_util::stream::empty().boxed();
        }
        let sheet = Sheet { columns, keys: places, location, format };
        let written = self.filled(question, &sheet, run, &database, &table).await;
        match written {
            Ok(answer) => Ok(answer),
            Err(failure) => {
                // What cannot be taken back is told; the reason counts more.
                let input = json!({"DatabaseName": database, "Name": table.name});
                if let Err(refusal) = catalog.call("DeleteTable", input).await {
                    tracing::warn!(table = table.name, %refusal, "a table without rows is left behind");
                }
                Err(failure)
            }
        }
    }

    /// Writes the rows of a new table and tells the catalog of their partitions.
    async fn filled(
        &self,
        question: &Question<'_>,
        sheet: &Sheet,
        run: ports::QueryRun,
        database: &str,
        table: &TableName,
    ) -> Result<Answer, Failure> {
        let written = self.write(question, sheet, run).await?;
        let described = question.asker.catalog.table(database, &table.name).await?;
        self.tell_partitions(question, database, &described, &written).await?;
        self.finished(question, written).await
    }

    async fn tell_partitions(
        &self,
        question: &Question<'_>,
        database: &str,
        table: &Value,
        written: &Written,
    ) -> Result<(), Failure> {
        let input = |values: &Vec<String>| partition_input(table, values, None);
        let inputs: Vec<Value> =
            written.partitions.iter().filter(|values| !values.is_empty()).map(input).collect();
        let name = text(table, "Name").unwrap_or_default();
        Ok(question.asker.catalog.add_partitions(database, name, &inputs, true).await?)
    }

    async fn insert(
        &self,
        question: &Question<'_>,
        table: &TableName,
        given: Vec<String>,
        select: String,
        parameters: Vec<String>,
    ) -> Result<Answer, Failure> {
        let database = database_of(question, table).to_owned();
        let found = question.asker.catalog.find_table(&database, &table.name).await?;
        let described = found.ok_or_else(|| {
            let name = format!("awsdatacatalog.{database}.{}", table.name);
            Failure::user(1110, format!("TABLE_NOT_FOUND: line 1:1: Table '{name}' does not exist"))
        })?;
        let target = super::sources::table_of(&database, &table.name, &described)?;
        let kind = |column: &CatalogColumn| column.kind.clone().unwrap_or_else(|| "string".to_owned());
        let own: Vec<(String, String)> = target
            .columns
            .iter()
            .chain(&target.keys)
            .map(|column| (column.name.clone(), kind(column)))
            .collect();
        let format = insert_format(&target.format, &described)?;
        let (rows, run) = self.begun(question, select, parameters, format.form()).await?;
        let names: Vec<String> = match given.is_empty() {
            true => own.iter().map(|(name, _)| name.clone()).collect(),
            false => given,
        };
        let query: Vec<&str> = rows.iter().map(|(_, kind)| kind.as_str()).collect();
        if names.len() != query.len() {
            let declared: Vec<&str> = own.iter().map(|(_, kind)| kind.as_str()).collect();
            return Err(Failure::user(
                1004,
                format!(
                    "TYPE_MISMATCH: Insert query has mismatched column types: Table: [{}], Query: [{}]",
                    declared.join(", "),
                    query.join(", ")
                ),
            ));
        }
        let mut columns = Vec::with_capacity(names.len());
        for name in names {
            let found = own.iter().find(|(there, _)| *there == name);
            let missing = || {
                Failure::user(
                    1004,
                    format!(
                        "COLUMN_NOT_FOUND: line 1:1: Insert column name does not exist in target table: {name}"
                    ),
                )
            };
            columns.push(found.cloned().ok_or_else(missing)?);
        }
        let keys: Vec<String> = target.keys.iter().map(|key| key.name.clone()).collect();
        let mut places = Vec::new();
        for key in &keys {
            let place = columns.iter().position(|(name, _)| name == key);
            places.push(place.ok_or_else(|| {
                Failure::argument(format!("INVALID_PARTITION_VALUE: No value for the partition column {key}"))
            })?);
        }
        let sheet = Sheet { columns, keys: places, location: folder(&target.location), format };
        let written = self.write(question, &sheet, run).await?;
        self.tell_partitions(question, &database, &described, &written).await?;
        self.finished(question, written).await
    }

    async fn unload(
        &self,
        question: &Question<'_>,
        select: String,
        location: &str,
        properties: &Properties,
        parameters: Vec<String>,
    ) -> Result<Answer, Failure> {
        if bucket_and_key(location).is_none() {
            return Err(Failure::location(format!("Invalid S3 location: {location}")));
        }
        let location = folder(location);
        self.require_empty(question, &location).await?;
        let (_, format) = format_of(properties, "")?;
        let (columns, run) = self.begun(question, select, parameters, format.form()).await?;
        let places = key_places(&columns, &many(properties, "partitioned_by"))?;
        let sheet = Sheet { columns, keys: places, location, format };
        let written = self.write(question, &sheet, run).await?;
        self.finished(question, written).await
    }

    /// Where a new table lies.
    async fn location_of(&self, question: &Question<'_>, properties: &Properties) -> Result<String, Failure> {
        let Some(location) = one(properties, &["external_location", "location"]) else {
            return Ok(folder(&question.row.output));
        };
        let group = self.group(&question.asker.place.named(&question.row.group)).await?;
        let configuration = group.configuration()?;
        let has_location =
            configuration.result_configuration.is_some_and(|result| result.output_location.is_some());
        if configuration.enforce_work_group_configuration == Some(true) && has_location {
            return Err(Failure::argument(
                "INVALID_TABLE_PROPERTY: The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries. Please remove the 'external_location' property and resubmit the query.",
            ));
        }
        match bucket_and_key(location) {
            Some(_) => Ok(folder(location)),
            None => Err(Failure::location(format!("Invalid S3 location: {location}"))),
        }
    }

    async fn require_empty(&self, question: &Question<'_>, location: &str) -> Result<(), Failure> {
        let (bucket, prefix) = bucket_and_key(location).unwrap_or_default();
        let asker = question.asker;
        let page = self.objects.list(&asker.principal, &asker.region, bucket, prefix, None).await;
        match page.map_err(|error| Failure::not_writable(&error))?.objects.is_empty() {
            true => Ok(()),
            false => Err(Failure::location(format!(
                "HIVE_PATH_ALREADY_EXISTS: Target directory for table '{}' already exists: {location}. You may need to manually clean the data at location '{location}' before retrying. Athena will not delete data in your account.",
                question.id
            ))),
        }
    }

    /// Begins to answer, and says what columns there are.
    async fn begun(
        &self,
        question: &Question<'_>,
        select: String,
        parameters: Vec<String>,
        form: ValueForm,
    ) -> Result<(Vec<(String, String)>, ports::QueryRun), Failure> {
        let statement = self.statement_of(question, select, parameters, form);
        let run = self.engine()?.run(statement, self.sources(question)).await?;
        let column = |column: &QueryColumn| (column.name.to_lowercase(), column.hive.clone());
        Ok((run.columns.iter().map(column).collect(), run))
    }

    /// Writes all rows into files.
    async fn write(
        &self,
        question: &Question<'_>,
        sheet: &Sheet,
        mut run: ports::QueryRun,
    ) -> Result<Written, Failure> {
        let cutoff = self.cutoff(question).await?;
        let mut writer = Writer::new(self, sheet)?;
        let mut written = Written::default();
        while let Some(piece) = run.rows.next().await {
            within(cutoff, run.progress.bytes())?;
            for row in piece? {
                writer.push(&row)?;
                written.rows += 1;
            }
            for (values, bytes) in writer.take_large()? {
                self.put_file(question, sheet, &values, bytes, &mut written).await?;
            }
        }
        for (values, bytes) in writer.take_all()? {
            self.put_file(question, sheet, &values, bytes, &mut written).await?;
        }
        written.bytes_in = run.progress.bytes();
        written.rows_in = run.progress.rows();
        Ok(written)
    }

    async fn put_file(
        &self,
        question: &Question<'_>,
        sheet: &Sheet,
        values: &[String],
        pieces: Vec<Bytes>,
        written: &mut Written,
    ) -> Result<(), Failure> {
        if written.puts.len() >= FILES_MAX {
            return Err(Failure::argument(format!(
                "HIVE_WRITER_OPEN_ERROR: More than {FILES_MAX} files in one statement"
            )));
        }
        let mut path = sheet.location.clone();
        for (place, value) in sheet.keys.iter().zip(values) {
            path.push_str(&format!("{}={}/", sheet.columns[*place].0, escaped(value)));
        }
        let number = written.puts.len();
        path.push_str(&format!("{}_{number:05}{}", question.id.replace('-', "_"), sheet.format.extension()));
        let bytes: u64 = pieces.iter().map(|piece| piece.len() as u64).sum();
        let body =
            body::Body::from_stream(futures_util::stream::iter(pieces.into_iter().map(Ok)), Some(bytes));
        let put = self.put(question, &path, "application/octet-stream", body).await?;
        written.puts.push(put);
        written.paths.push(path);
        written.bytes_out += bytes;
        if !written.partitions.iter().any(|there| there == values) {
            written.partitions.push(values.to_vec());
        }
        Ok(())
    }

    /// The list of the files, and what the row will say.
    async fn finished(&self, question: &Question<'_>, written: Written) -> Result<Answer, Failure> {
        let output = &question.row.output;
        let columns = vec![rows_column()];
        let mut list = String::new();
        for path in &written.paths {
            list.push_str(path);
            list.push('\n');
        }
        let manifest = format!("{output}-manifest.csv");
        let mut puts = written.puts;
        puts.push(self.put(question, &manifest, "text/csv", list.into()).await?);
        let beside = format!("{output}.metadata");
        puts.push(self.put(question, &beside, "application/octet-stream", metadata(&columns).into()).await?);
        let done = DoneRow {
            columns,
            updated: Some(i64::try_from(written.rows).unwrap_or(i64::MAX)),
            manifest: Some(manifest),
            bytes_in: written.bytes_in,
            rows_in: written.rows_in,
            bytes_out: written.bytes_out,
            rows_out: written.rows,
        };
        Ok(Answer { puts, done })
    }
}

struct NewTableAs {
    table: TableName,
    if_not_exists: bool,
    properties: Properties,
    select: String,
    empty: bool,
}

fn check_names(columns: &[(String, String)]) -> Result<(), Failure> {
    for (at, (name, _)) in columns.iter().enumerate() {
        if name.starts_with("_col") && name[4..].parse::<usize>().is_ok() {
            return Err(Failure::argument(format!(
                "MISSING_COLUMN_NAME: line 1:1: Column name not specified at position {}",
                at + 1
            )));
        }
        if columns[..at].iter().any(|(there, _)| there == name) {
            return Err(Failure::argument(format!(
                "DUPLICATE_COLUMN_NAME: line 1:1: Column name '{name}' specified more than once"
            )));
        }
    }
    Ok(())
}

/// Places of the keys, which must be the last columns, in their order.
fn key_places(columns: &[(String, String)], keys: &[String]) -> Result<Vec<usize>, Failure> {
    let from = columns.len().checked_sub(keys.len()).filter(|from| *from > 0);
    let wrong = || {
        Failure::argument(format!(
            "HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: [{}]",
            keys.join(", ")
        ))
    };
    let from = from.ok_or_else(wrong)?;
    let last = columns[from..].iter().map(|(name, _)| name);
    if last.eq(keys) { Ok((from..columns.len()).collect()) } else { Err(wrong()) }
}

/// The table that CREATE TABLE AS makes.
fn table_as_input(
    table: &TableName,
    columns: &[(String, String)],
    keys: &[usize],
    word: &str,
    format: &SheetFormat,
    location: &str,
    properties: &Properties,
) -> Result<Value, Failure> {
    let (input, output, serde) = classes(word).unwrap_or_default();
    let define =
        |(name, kind): &(String, String)| ColumnDef { name: name.clone(), kind: kind.clone(), comment: None };
    let own: Vec<ColumnDef> = columns
        .iter()
        .enumerate()
        .filter(|(at, _)| !keys.contains(at))
        .map(|(_, column)| define(column))
        .collect();
    let keys: Vec<ColumnDef> = keys.iter().map(|at| define(&columns[*at])).collect();
    let serde_parameters = match format {
        SheetFormat::Text { delimiter, .. } => {
            json!({"field.delim": delimiter, "serialization.format": delimiter})
        }
        SheetFormat::Columns(_) | SheetFormat::Json { .. } => json!({"serialization.format": "1"}),
    };
    let buckets = one(properties, &["bucket_count"]).and_then(|count| count.parse::<i64>().ok());
    Ok(without_nulls(json!({
        "Name": table.name,
        "TableType": "EXTERNAL_TABLE",
        "Owner": "hadoop",
        "PartitionKeys": columns_json(&keys),
        "Parameters": {"EXTERNAL": "TRUE", "has_encrypted_data": "false", "classification": word.to_lowercase()},
        "StorageDescriptor": {
            "Columns": columns_json(&own),
            "Location": location,
            "InputFormat": input,
            "OutputFormat": output,
            "NumberOfBuckets": buckets,
            "BucketColumns": many(properties, "bucketed_by"),
            "SerdeInfo": {"SerializationLibrary": serde, "Parameters": serde_parameters},
        },
    })))
}

/// How rows are added to a table that is there.
fn insert_format(format: &ports::FileFormat, table: &Value) -> Result<SheetFormat, Failure> {
    use ports::FileFormat;
    let compression = parameter(table, "write.compression")
        .or_else(|| parameter(table, "parquet.compression"))
        .or_else(|| parameter(table, "parquet.compress"))
        .or_else(|| parameter(table, "orc.compress"))
        .map(str::to_ascii_uppercase);
    match format {
        FileFormat::Parquet => Ok(SheetFormat::Columns(parquet(match compression.as_deref() {
            Some("SNAPPY") => ParquetCompression::Snappy,
            Some("NONE" | "UNCOMPRESSED") => ParquetCompression::Uncompressed,
            Some(_) | None => ParquetCompression::Gzip,
        }))),
        FileFormat::Orc => Ok(SheetFormat::Columns(orc(match compression.as_deref() {
            Some("SNAPPY") => OrcCompression::Snappy,
            Some("NONE") => OrcCompression::None,
            Some(_) | None => OrcCompression::Zlib,
        }))),
        FileFormat::Json(_) => Ok(SheetFormat::Json { gzip: true }),
        FileFormat::Delimited(format) => {
            Ok(SheetFormat::Text { delimiter: char::from(format.field).to_string(), gzip: true })
        }
        FileFormat::Csv(_) => Err(Failure::argument(
            "NOT_SUPPORTED: Inserting into tables of the OpenCSVSerde is not supported",
        )),
    }
}

/// A file that is being written.
enum Open {
    Columns(Box<dyn ConvertedFile>),
    Plain(Vec<u8>),
    Gzip(Box<GzEncoder<Vec<u8>>>),
}

impl Open {
    fn bytes(&self) -> usize {
        match self {
            Self::Columns(file) => file.buffered(),
            Self::Plain(text) => text.len(),
            Self::Gzip(text) => text.get_ref().len(),
        }
    }

    fn push(&mut self, record: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Columns(file) => file.push(record).map_err(|error| not_converted(&error)),
            Self::Plain(text) => {
                text.extend_from_slice(record);
                Ok(())
            }
            Self::Gzip(text) => text.write_all(record).map_err(|_| not_packed()),
        }
    }

    fn finish(self) -> Result<Vec<Bytes>, Failure> {
        match self {
            Self::Columns(file) => file.finish().map_err(|error| not_converted(&error)),
            Self::Plain(text) => Ok(vec![text.into()]),
            Self::Gzip(text) => Ok(vec![text.finish().map_err(|_| not_packed())?.into()]),
        }
    }
}

fn not_converted(error: &NotConverted) -> Failure {
    Failure::argument(format!("HIVE_WRITER_DATA_ERROR: {}", error.message))
}

fn not_packed() -> Failure {
    Failure::system("GENERIC_INTERNAL_ERROR: a file cannot be compressed")
}

/// Rows on their way into files, one for each partition at a time.
struct Writer<'w> {
    sheet: &'w Sheet,
    /// Places of the columns that stand in the files.
    own: Vec<usize>,
    conversion: Option<Arc<dyn CompiledConversion>>,
    open: BTreeMap<Vec<String>, Open>,
    seen: std::collections::BTreeSet<Vec<String>>,
    record: Vec<u8>,
}

type Closed = Vec<(Vec<String>, Vec<Bytes>)>;

impl<'w> Writer<'w> {
    fn new(athena: &Athena, sheet: &'w Sheet) -> Result<Self, Failure> {
        let own: Vec<usize> = (0..sheet.columns.len()).filter(|at| !sheet.keys.contains(at)).collect();
        let conversion = match &sheet.format {
            SheetFormat::Columns(format) => {
                let column = |at: &usize| {
                    let (name, kind) = &sheet.columns[*at];
                    CatalogColumn { name: name.clone(), kind: Some(kind.clone()) }
                };
                let conversion = Conversion {
                    columns: own.iter().map(column).collect(),
                    reader: RecordReader::Hive { timestamp_formats: Vec::new() },
                    format: format.clone(),
                };
                Some(athena.converter.compile(&conversion).map_err(|error| not_converted(&error))?)
            }
            SheetFormat::Json { .. } | SheetFormat::Text { .. } => None,
        };
        let (open, seen) = (BTreeMap::new(), std::collections::BTreeSet::new());
        Ok(Self { sheet, own, conversion, open, seen, record: Vec::new() })
    }

    fn begin(&self) -> Open {
        match (&self.sheet.format, &self.conversion) {
            (SheetFormat::Json { gzip: true } | SheetFormat::Text { gzip: true, .. }, _) => {
                Open::Gzip(Box::new(GzEncoder::new(Vec::new(), Compression::default())))
            }
            (_, Some(conversion)) => Open::Columns(conversion.begin()),
            (_, None) => Open::Plain(Vec::new()),
        }
    }

    fn push(&mut self, row: &Values) -> Result<(), Failure> {
        let values: Vec<String> =
            self.sheet.keys.iter().map(|at| self.key_text(row[*at].as_deref())).collect();
        if self.seen.insert(values.clone()) && self.seen.len() > PARTITIONS_MAX {
            return Err(Failure::argument(format!(
                "HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of {PARTITIONS_MAX} open writers for partitions/buckets"
            )));
        }
        self.write_record(row);
        if !self.open.contains_key(&values) {
            let file = self.begin();
            self.open.insert(values.clone(), file);
        }
        self.open.get_mut(&values).expect("it was begun above").push(&self.record)
    }

    /// A key's value as text, out of its JSON.
    fn key_text(&self, value: Option<&str>) -> String {
        let Some(value) = value else { return "__HIVE_DEFAULT_PARTITION__".to_owned() };
        match self.sheet.format.form() {
            ValueForm::Text => value.to_owned(),
            ValueForm::Json => match serde_json::from_str(value) {
                Ok(Value::String(text)) => text,
                Ok(_) | Err(_) => value.to_owned(),
            },
        }
    }

    fn write_record(&mut self, row: &Values) {
        self.record.clear();
        match &self.sheet.format {
            SheetFormat::Columns(_) | SheetFormat::Json { .. } => {
                self.record.push(b'{');
                let mut first = true;
                for at in &self.own {
                    let Some(value) = &row[*at] else { continue };
                    if !std::mem::take(&mut first) {
                        self.record.push(b',');
                    }
                    let name = Value::String(self.sheet.columns[*at].0.clone()).to_string();
                    self.record.extend_from_slice(name.as_bytes());
                    self.record.push(b':');
                    self.record.extend_from_slice(value.as_bytes());
                }
                self.record.extend_from_slice(b"}\n");
            }
            SheetFormat::Text { delimiter, .. } => {
                for (number, at) in self.own.iter().enumerate() {
                    if number > 0 {
                        self.record.extend_from_slice(delimiter.as_bytes());
                    }
                    let value = row[*at].as_deref().unwrap_or("\\N");
                    self.record.extend_from_slice(value.as_bytes());
                }
                self.record.push(b'\n');
            }
        }
    }

    /// Files that are large enough, and the largest while all together are too large.
    fn take_large(&mut self) -> Result<Closed, Failure> {
        let mut closed = Vec::new();
        loop {
            let total: usize = self.open.values().map(Open::bytes).sum();
            let largest = self.open.iter().max_by_key(|(_, file)| file.bytes());
            let Some((values, file)) = largest else { return Ok(closed) };
            if file.bytes() < FILE_BYTES && total < OPEN_BYTES {
                return Ok(closed);
            }
            let values = values.clone();
            let file = self.open.remove(&values).expect("it is the largest of them");
            closed.push((values, file.finish()?));
        }
    }

    fn take_all(&mut self) -> Result<Closed, Failure> {
        let open = std::mem::take(&mut self.open);
        open.into_iter().map(|(values, file)| Ok((values, file.finish()?))).collect()
    }
}
