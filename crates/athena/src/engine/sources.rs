//! Tables for the engine: what the catalog and the buckets show to whoever asks.

use std::ops::Range;
use std::sync::Arc;

use base64_simd::STANDARD;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use ports::{
    CatalogColumn, CatalogRefusal, CsvFormat, DelimitedFormat, FileFormat, JsonFormat, ObjectRef,
    ObjectStore, PortError, QueryError, QueryFile, QueryPart, QueryRelation, QueryTable, QueryTables,
};
use serde_json::Value;

use super::answer::Asker;
use super::catalog::{list, parameter, text};
use super::queries::{bucket_and_key, folder};

/// Files of one location.
const FILES_MAX: usize = 200_000;
/// The database that the catalog describes itself in.
const INFORMATION_SCHEMA: &str = "information_schema";
/// What a view's text is kept in.
const VIEW_HEAD: &str = "/* Presto View: ";
const VIEW_TAIL: &str = " */";

/// What one who asks may see.
pub struct Sources {
    objects: Arc<dyn ObjectStore>,
    asker: Asker,
}

impl Sources {
    /// For this one.
    pub fn new(objects: Arc<dyn ObjectStore>, asker: Asker) -> Self {
        Self { objects, asker }
    }

    async fn found(&self, database: &str, name: &str) -> Result<Option<QueryRelation>, QueryError> {
        if database == INFORMATION_SCHEMA {
            return self.information(name).await;
        }
        if let Some(table) = name.strip_suffix("$partitions") {
            return self.partition_rows(database, table).await;
        }
        let found =
            self.asker.catalog.find_table(database, name).await.map_err(|refusal| catalog_error(&refusal))?;
        let Some(table) = found else { return Ok(None) };
        if let Some(view) = view_of(&table)? {
            return Ok(Some(view));
        }
        table_of(database, name, &table).map(|table| Some(QueryRelation::Table(table)))
    }

    async fn partition_rows(&self, database: &str, name: &str) -> Result<Option<QueryRelation>, QueryError> {
        let catalog = &self.asker.catalog;
        let found = catalog.find_table(database, name).await.map_err(|refusal| catalog_error(&refusal))?;
        let Some(table) = found else { return Ok(None) };
        let all =
            catalog.partitions(database, name, None).await.map_err(|refusal| catalog_error(&refusal))?;
        let rows = all.iter().map(|part| values_of(part).into_iter().map(Some).collect()).collect();
        Ok(Some(QueryRelation::Rows { columns: columns_of(list(&table, "PartitionKeys")), rows }))
    }

    /// `schemata`, `tables` and `columns`.
    async fn information(&self, name: &str) -> Result<Option<QueryRelation>, QueryError> {
        let catalog = &self.asker.catalog;
        let refused = |refusal: CatalogRefusal| catalog_error(&refusal);
        let databases = catalog.databases().await.map_err(refused)?;
        let names = databases.iter().filter_map(|database| text(database, "Name"));
        let some = |text: &str| Some(text.to_owned());
        let home = || some("awsdatacatalog");
        let (columns, mut rows): (&[&str], Vec<Vec<Option<String>>>) = match name {
            "schemata" => (&["catalog_name", "schema_name"], Vec::new()),
            "tables" => (&["table_catalog", "table_schema", "table_name", "table_type"], Vec::new()),
            "columns" => (
                &[
                    "table_catalog",
                    "table_schema",
                    "table_name",
                    "column_name",
                    "ordinal_position",
                    "column_default",
                    "is_nullable",
                    "data_type",
                    "comment",
                    "extra_info",
                ],
                Vec::new(),
            ),
            _ => return Ok(None),
        };
        for database in names {
            if name == "schemata" {
                rows.push(vec![home(), some(database)]);
                continue;
            }
            for table in catalog.tables(database, None).await.map_err(refused)? {
                let table_name = text(&table, "Name").unwrap_or_default();
                if name == "tables" {
                    let kind = if is_view(&table) { "VIEW" } else { "BASE TABLE" };
                    rows.push(vec![home(), some(database), some(table_name), some(kind)]);
                    continue;
                }
                let own = list(&table["StorageDescriptor"], "Columns");
                let keys = list(&table, "PartitionKeys");
                for (at, column) in own.iter().chain(keys).enumerate() {
                    let extra = (at >= own.len()).then(|| "partition key".to_owned());
                    rows.push(vec![
                        home(),
                        some(database),
                        some(table_name),
                        some(&text(column, "Name").unwrap_or_default().to_lowercase()),
                        Some((at + 1).to_string()),
                        None,
                        some("YES"),
                        text(column, "Type").map(trino_kind),
                        text(column, "Comment").map(str::to_owned),
                        extra,
                    ]);
                }
            }
        }
        let kind = |name: &str| if name == "ordinal_position" { "bigint" } else { "string" };
        let column =
            |name: &&str| CatalogColumn { name: (*name).to_owned(), kind: Some(kind(name).to_owned()) };
        Ok(Some(QueryRelation::Rows { columns: columns.iter().map(column).collect(), rows }))
    }

    async fn parts_of(
        &self,
        table: &QueryTable,
        condition: Option<&str>,
    ) -> Result<Vec<QueryPart>, QueryError> {
        if table.keys.is_empty() {
            let part = QueryPart {
                values: Vec::new(),
                location: table.location.clone(),
                format: table.format.clone(),
            };
            return Ok(vec![part]);
        }
        let catalog = &self.asker.catalog;
        let found = catalog.partitions(&table.database, &table.name, condition).await;
        let all = match found {
            // A condition that the catalog does not take narrows nothing.
            Err(refusal) if condition.is_some() && refusal.code == "InvalidInputException" => {
                catalog.partitions(&table.database, &table.name, None).await
            }
            found => found,
        };
        let all = all.map_err(|refusal| catalog_error(&refusal))?;
        let part = |part: &Value| {
            let descriptor = &part["StorageDescriptor"];
            let format = if text(&descriptor["SerdeInfo"], "SerializationLibrary").is_some() {
                let mut described = part.clone();
                // A partition's own parameters say nothing of heads; the table's count for all.
                described["Parameters"] = Value::Null;
                format_of(&described).map(|format| with_skipped(format, &table.format))?
            } else {
                table.format.clone()
            };
            let location = text(descriptor, "Location").unwrap_or_default().to_owned();
            Ok(QueryPart { values: values_of(part), location, format })
        };
        all.iter().map(part).collect()
    }

    async fn files_of(&self, location: &str) -> Result<Vec<QueryFile>, QueryError> {
        let Some((bucket, _)) = bucket_and_key(location) else {
            return Err(QueryError::new(
                "INVALID_TABLE_PROPERTY",
                format!("Invalid S3 location: {location}"),
            ));
        };
        let location = folder(location);
        let prefix = bucket_and_key(&location).map_or("", |(_, key)| key);
        let mut files = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let (principal, region) = (&self.asker.principal, &self.asker.region);
            let page = self.objects.list(principal, region, bucket, prefix, after.as_deref()).await;
            let page = page.map_err(|error| object_error(&error, &location))?;
            after = page.objects.last().map(|object| object.key.clone());
            for object in page.objects {
                let hidden = object.key[prefix.len()..].split('/').any(|part| part.starts_with(['_', '.']));
                if !hidden && object.bytes > 0 && !object.key.ends_with('/') {
                    files.push(QueryFile {
                        path: format!("s3://{bucket}/{}", object.key),
                        bytes: object.bytes,
                    });
                }
            }
            if files.len() > FILES_MAX {
                let message = format!("More than {FILES_MAX} files at {location}");
                return Err(QueryError::new("HIVE_EXCEEDED_FILE_LIMIT", message));
            }
            if !page.more || after.is_none() {
                return Ok(files);
            }
        }
    }
}

impl QueryTables for Sources {
    fn relation<'a>(
        &'a self,
        database: &'a str,
        name: &'a str,
    ) -> BoxFuture<'a, Result<Option<QueryRelation>, QueryError>> {
        Box::pin(self.found(database, name))
    }

    fn parts<'a>(
        &'a self,
        table: &'a QueryTable,
        condition: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Vec<QueryPart>, QueryError>> {
        Box::pin(self.parts_of(table, condition))
    }

    fn files<'a>(&'a self, location: &'a str) -> BoxFuture<'a, Result<Vec<QueryFile>, QueryError>> {
        Box::pin(self.files_of(location))
    }

    fn read<'a>(&'a self, path: &'a str, range: Range<u64>) -> BoxFuture<'a, Result<Bytes, QueryError>> {
        Box::pin(async move {
            let (bucket, key) = bucket_and_key(path).unwrap_or_default();
            let object = ObjectRef { bucket: bucket.to_owned(), key: key.to_owned(), version: None };
            let asker = &self.asker;
            let bytes = self.objects.read_range(&asker.principal, &asker.region, object, range).await;
            bytes.map_err(|error| object_error(&error, path))
        })
    }
}

/// A refusal of the catalog, within a SELECT.
fn catalog_error(refusal: &CatalogRefusal) -> QueryError {
    let code = match refusal.code.as_str() {
        "AccessDeniedException" => "PERMISSION_DENIED",
        "InternalServiceException" => "GENERIC_INTERNAL_ERROR",
        _ => "HIVE_METASTORE_ERROR",
    };
    QueryError::new(code, refusal.message.clone())
}

fn object_error(error: &PortError, path: &str) -> QueryError {
    match error {
        PortError::Denied(text) => {
            QueryError::new("PERMISSION_DENIED", format!("Access denied on {path}: {text}"))
        }
        PortError::NotFound { code, message } => {
            QueryError::new("HIVE_FILESYSTEM_ERROR", format!("Error opening {path}: {code}: {message}"))
        }
        PortError::Invalid { code, message } => {
            QueryError::new("HIVE_CANNOT_OPEN_SPLIT", format!("Error opening {path}: {code}: {message}"))
        }
        PortError::Unavailable(text) => QueryError::new("GENERIC_INTERNAL_ERROR", text.clone()),
    }
}

/// Whether a table is a view.
pub fn is_view(table: &Value) -> bool {
    text(table, "TableType") == Some("VIRTUAL_VIEW")
}

/// The text of a view, as the catalog keeps it.
pub fn view_text(sql: &str, database: &str, columns: &[(String, String)]) -> String {
    let columns: Vec<Value> =
        columns.iter().map(|(name, kind)| serde_json::json!({"name": name, "type": kind})).collect();
    let view = serde_json::json!({"originalSql": sql, "catalog": "awsdatacatalog", "schema": database, "columns": columns});
    format!("{VIEW_HEAD}{}{VIEW_TAIL}", STANDARD.encode_to_string(view.to_string()))
}

/// The statement of a view and the database of its names.
pub fn view_statement(table: &Value) -> Option<(String, String)> {
    let kept = text(table, "ViewOriginalText")?.trim();
    let packed = kept.strip_prefix(VIEW_HEAD)?.strip_suffix(VIEW_TAIL)?;
    let view: Value = serde_json::from_slice(&STANDARD.decode_to_vec(packed.trim()).ok()?).ok()?;
    let database = text(&view, "schema").or_else(|| text(table, "DatabaseName")).unwrap_or_default();
    Some((text(&view, "originalSql")?.to_owned(), database.to_owned()))
}

fn view_of(table: &Value) -> Result<Option<QueryRelation>, QueryError> {
    if !is_view(table) {
        return Ok(None);
    }
    match view_statement(table) {
        Some((sql, database)) => Ok(Some(QueryRelation::View { sql, database })),
        None => Err(QueryError::new("NOT_SUPPORTED", "Hive views are not supported")),
    }
}

fn values_of(part: &Value) -> Vec<String> {
    list(part, "Values").iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
}

/// Columns of a document; names are Hive's: in lower case.
pub fn columns_of(columns: &[Value]) -> Vec<CatalogColumn> {
    let column = |column: &Value| CatalogColumn {
        name: text(column, "Name").unwrap_or_default().to_lowercase(),
        kind: text(column, "Type").map(str::to_owned),
    };
    columns.iter().map(column).collect()
}

/// A table of files.
pub fn table_of(database: &str, name: &str, table: &Value) -> Result<QueryTable, QueryError> {
    if parameter(table, "table_type").is_some_and(|kind| kind.eq_ignore_ascii_case("iceberg")) {
        return Err(QueryError::new(
            "NOT_SUPPORTED",
            format!("Iceberg tables are not read here: {database}.{name}"),
        ));
    }
    if parameter(table, "projection.enabled").is_some_and(|on| on.eq_ignore_ascii_case("true")) {
        return Err(QueryError::new(
            "NOT_SUPPORTED",
            format!("Partition projection is not supported here: {database}.{name}"),
        ));
    }
    let descriptor = &table["StorageDescriptor"];
    Ok(QueryTable {
        database: database.to_owned(),
        name: name.to_owned(),
        columns: columns_of(list(descriptor, "Columns")),
        keys: columns_of(list(table, "PartitionKeys")),
        format: format_of(table)?,
        location: text(descriptor, "Location").unwrap_or_default().to_owned(),
    })
}

/// How a table's files are read.
pub fn format_of(table: &Value) -> Result<FileFormat, QueryError> {
    let descriptor = &table["StorageDescriptor"];
    let serde = &descriptor["SerdeInfo"];
    let library = text(serde, "SerializationLibrary").unwrap_or_default();
    let input = text(descriptor, "InputFormat").unwrap_or_default();
    let said = |name: &str| text(&serde["Parameters"], name);
    let skip_lines = parameter(table, "skip.header.line.count")
        .or_else(|| said("skip.header.line.count"))
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(0);
    let class = library.rsplit('.').next().unwrap_or_default();
    let byte = |name: &str, default: u8| said(name).and_then(delimiter).unwrap_or(default);
    match class {
        "ParquetHiveSerDe" => Ok(FileFormat::Parquet),
        "OrcSerde" => Ok(FileFormat::Orc),
        "JsonSerDe" => Ok(FileFormat::Json(json_format(&serde["Parameters"]))),
        "OpenCSVSerde" => Ok(FileFormat::Csv(CsvFormat {
            separator: byte("separatorChar", b','),
            quote: byte("quoteChar", b'"'),
            escape: byte("escapeChar", b'\\'),
            skip_lines,
        })),
        "LazySimpleSerDe" => Ok(FileFormat::Delimited(DelimitedFormat {
            field: said("field.delim").and_then(delimiter).unwrap_or_else(|| byte("serialization.format", 1)),
            element: said("collection.delim")
                .and_then(delimiter)
                .unwrap_or_else(|| byte("colelction.delim", 2)),
            key: byte("mapkey.delim", 3),
            escape: said("escape.delim").and_then(delimiter),
            null: said("serialization.null.format").unwrap_or("\\N").to_owned(),
            skip_lines,
        })),
        _ if library.is_empty() && input.contains("parquet") => Ok(FileFormat::Parquet),
        _ if library.is_empty() && input.contains("orc") => Ok(FileFormat::Orc),
        _ => Err(QueryError::new(
            "HIVE_UNSUPPORTED_FORMAT",
            format!("Unable to read files with the SerDe {library:?}"),
        )),
    }
}

/// A partition's format with the head that its table's files have.
fn with_skipped(mut format: FileFormat, table: &FileFormat) -> FileFormat {
    let skipped = match table {
        FileFormat::Delimited(format) => format.skip_lines,
        FileFormat::Csv(format) => format.skip_lines,
        FileFormat::Parquet | FileFormat::Orc | FileFormat::Json(_) => 0,
    };
    match &mut format {
        FileFormat::Delimited(format) => format.skip_lines = skipped,
        FileFormat::Csv(format) => format.skip_lines = skipped,
        FileFormat::Parquet | FileFormat::Orc | FileFormat::Json(_) => {}
    }
    format
}

fn json_format(parameters: &Value) -> JsonFormat {
    let on = |name: &str| text(parameters, name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let all = parameters.as_object().into_iter().flatten();
    let mapping = |(name, key): (&String, &Value)| {
        let column = name.strip_prefix("mapping.")?;
        Some((column.to_lowercase(), key.as_str()?.to_owned()))
    };
    JsonFormat {
        mappings: all.filter_map(mapping).collect(),
        dots_to_underscores: on("dots.in.keys"),
        case_sensitive: text(parameters, "case.insensitive")
            .is_some_and(|value| value.eq_ignore_ascii_case("false")),
        ignore_malformed: on("ignore.malformed.json"),
    }
}

/// A delimiter: a character, or its number.
fn delimiter(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [] => None,
        [byte] if !byte.is_ascii_digit() => Some(*byte),
        // `1` as a serialization format is the control character.
        _ => text.parse::<u8>().ok().or_else(|| match text {
            "\\t" => Some(b'\t'),
            "\\u0001" => Some(1),
            "\\u0002" => Some(2),
            "\\u0003" => Some(3),
            _ => text.bytes().next(),
        }),
    }
}

/// A type of Hive's as Trino writes it.
pub fn trino_kind(kind: &str) -> String {
    kind.to_lowercase()
        .replace("string", "varchar")
        .replace("binary", "varbinary")
        .replace("struct<", "row(")
        .replace("array<", "array(")
        .replace("map<", "map(")
        .replace('>', ")")
        .replace(':', " ")
        .replace("int", "integer")
        .replace("bigintegereger", "bigint")
        .replace("biginteger", "bigint")
        .replace("smallinteger", "smallint")
        .replace("tinyinteger", "tinyint")
        .replace("float", "real")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn types_are_named_as_trino_names_them() {
        assert_eq!(trino_kind("struct<a:int,b:array<bigint>>"), "row(a integer,b array(bigint))");
        assert_eq!(trino_kind("map<string,tinyint>"), "map(varchar,tinyint)");
    }

    #[test]
    fn a_view_comes_back_as_it_was_kept() {
        let kept = view_text("SELECT 1 AS a", "db", &[("a".to_owned(), "integer".to_owned())]);
        let table = json!({"ViewOriginalText": kept, "TableType": "VIRTUAL_VIEW"});
        assert_eq!(view_statement(&table), Some(("SELECT 1 AS a".to_owned(), "db".to_owned())));
    }

    #[test]
    fn delimiters_are_characters_or_their_numbers() {
        assert_eq!(delimiter("1"), Some(1));
        assert_eq!(delimiter(","), Some(b','));
        assert_eq!(delimiter("\\t"), Some(b'\t'));
        let table = json!({"StorageDescriptor": {"SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            "Parameters": {"field.delim": "|", "serialization.format": "|"}}}, "Parameters": {"skip.header.line.count": "1"}});
        let Ok(FileFormat::Delimited(format)) = format_of(&table) else { panic!("another format") };
        assert_eq!((format.field, format.element, format.skip_lines), (b'|', 2, 1));
    }
}
