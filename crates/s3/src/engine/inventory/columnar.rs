//! Lists in files of columns: Parquet and ORC.
//!
//! Rows go to the converter as JSON, one a version, and a file ends when it is large enough; so memory is bounded whatever the bucket holds. Columns are
//! named and typed as AWS's are, but for timestamps in Parquet, which are `int96` as everywhere here. Keys stand in them as they are.

use std::sync::Arc;

use body::Body;
use bytes::Bytes;
use futures_util::stream;
use ports::{
    CatalogColumn, ColumnFormat, CompiledConversion, Conversion, ConvertedFile, Converter, NotConverted,
    OrcCompression, ParquetCompression, RecordReader,
};
use serde_json::{Map, Value};
use store::Row;

use super::super::listing::{After, Listed};
use super::super::objects::Received;
use super::super::{Error, S3};
use super::{Column, InventoryFormat, InventoryRule, Pages, columns, field, fixed};
use crate::tables::{Bucket, Kept};

/// Bytes a file holds in memory before it ends.
const FILE_BYTES: usize = 64 << 20;
/// Rows of a file.
const FILE_ROWS: u64 = 1_000_000;
/// Bytes of a row group or stripe.
const GROUP_BYTES: u64 = 64 << 20;
const PAGE_BYTES: u64 = 1 << 20;
/// Rows between entries of ORC's index, and the share of distinct strings up to which a dictionary is worth it (ORC's own defaults).
const INDEX_ROWS: u32 = 10_000;
const DICTIONARY_SHARE: f64 = 0.8;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Truth,
    Moment,
}

impl Kind {
    /// By the name that manifests have.
    fn of(name: &str) -> Self {
        match name {
            "Size" => Kind::Number,
            "IsLatest" | "IsDeleteMarker" | "IsMultipartUploaded" => Kind::Truth,
            "LastModifiedDate" | "ObjectLockRetainUntilDate" | "LifecycleExpirationDate" => Kind::Moment,
            _ => Kind::Text,
        }
    }

    const fn in_hive(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Number => "bigint",
            Kind::Truth => "boolean",
            Kind::Moment => "timestamp",
        }
    }

    fn in_parquet(self, column: &str) -> String {
        match self {
            Kind::Text => format!("binary {column} (UTF8)"),
            Kind::Number => format!("int64 {column}"),
            Kind::Truth => format!("boolean {column}"),
            Kind::Moment => format!("int96 {column}"),
        }
    }
}

/// `LastModifiedDate` as it is in files: `last_modified_date`.
fn in_files(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// The names of all columns, as manifests of CSV have them.
fn names(rule: &InventoryRule) -> impl Iterator<Item = &'static str> + '_ {
    fixed(rule).iter().copied().chain(columns(rule).map(|(name, _)| name))
}

/// The schema as a manifest tells it.
pub(super) fn schema(rule: &InventoryRule) -> String {
    let each = names(rule).map(|name| (in_files(name), Kind::of(name)));
    match rule.format {
        InventoryFormat::Csv => names(rule).collect::<Vec<_>>().join(", "),
        InventoryFormat::Orc => {
            let fields: Vec<String> = each.map(|(name, kind)| format!("{name}:{}", kind.in_hive())).collect();
            format!("struct<{}>", fields.join(","))
        }
        InventoryFormat::Parquet => {
            let fields = each.map(|(name, kind)| format!("optional {};", kind.in_parquet(&name)));
            format!("message s3.inventory {{ {} }}", fields.collect::<Vec<_>>().join(" "))
        }
    }
}

fn conversion(rule: &InventoryRule) -> Conversion {
    let column =
        |name: &str| CatalogColumn { name: in_files(name), kind: Some(Kind::of(name).in_hive().to_owned()) };
    let format = match rule.format {
        InventoryFormat::Csv | InventoryFormat::Parquet => ColumnFormat::Parquet {
            compression: ParquetCompression::Snappy,
            v2: false,
            dictionary: true,
            block_bytes: GROUP_BYTES,
            page_bytes: PAGE_BYTES,
        },
        InventoryFormat::Orc => ColumnFormat::Orc {
            compression: OrcCompression::Zlib,
            stripe_bytes: GROUP_BYTES,
            row_index_stride: INDEX_ROWS,
            bloom: None,
            dictionary_threshold: DICTIONARY_SHARE,
        },
    };
    Conversion {
        columns: names(rule).map(column).collect(),
        reader: RecordReader::Hive { timestamp_formats: vec!["millis".to_owned()] },
        format,
    }
}

fn unconverted(error: NotConverted) -> Error {
    Error::Internal(error.to_string())
}

impl S3 {
    /// Who writes files of columns. Set once, when the room is made.
    pub fn convert_by(&self, converter: Arc<dyn Converter>) {
        let _ = self.converter.set(converter);
        self.inventories.notify_one();
    }

    pub(super) fn converter(&self) -> Option<&Arc<dyn Converter>> {
        self.converter.get()
    }

    /// Writes a list as files of columns. Returns their keys, and what they are.
    pub(super) async fn put_columns(
        &self,
        name: &str,
        source: &Row<Bucket>,
        target: &str,
        base: &str,
        rule: &InventoryRule,
    ) -> Result<Vec<(String, Received)>, Error> {
        let converter =
            self.converter().ok_or_else(|| Error::Internal("nobody writes columns".to_owned()))?;
        let compiled: Arc<dyn CompiledConversion> =
            converter.compile(&conversion(rule)).map_err(unconverted)?;
        let ending = if rule.format == InventoryFormat::Orc { "orc" } else { "parquet" };
        let mut pages = Pages { after: Some(After::Nothing) };
        let (mut files, mut file) = (Vec::new(), compiled.begin());
        loop {
            let page = pages.next(self, &source.value, rule).await?;
            let ended = page.is_none();
            for (key, listed) in page.into_iter().flatten() {
                let row = row(name, &source.value, rule, &key, &listed);
                file.push(row.to_string().as_bytes()).map_err(unconverted)?;
            }
            let is_full = file.buffered() >= FILE_BYTES || file.rows() >= FILE_ROWS;
            // A list of nothing is a file without rows.
            if is_full || (ended && (file.rows() > 0 || files.is_empty())) {
                let whole = std::mem::replace(&mut file, compiled.begin());
                let body = finish(whole).await?;
                let key = format!("{base}/data/{}.{ending}", self.random.uuid());
                let put = self.put_for_service(name, source, target, &key, rule, body).await?;
                files.push((key, put));
            }
            if ended {
                return Ok(files);
            }
        }
    }
}

/// The bytes of a file. Compressing them is computing, which is not done among what waits.
async fn finish(file: Box<dyn ConvertedFile>) -> Result<Body, Error> {
    let pieces = tokio::task::spawn_blocking(move || file.finish()).await;
    let pieces: Vec<Bytes> =
        pieces.map_err(|error| Error::Internal(error.to_string()))?.map_err(unconverted)?;
    let length = pieces.iter().map(|piece| piece.len() as u64).sum();
    Ok(Body::from_stream(stream::iter(pieces.into_iter().map(Ok)), Some(length)))
}

/// A version as a row. What it does not have is absent.
fn row(name: &str, bucket: &Bucket, rule: &InventoryRule, key: &str, listed: &Listed) -> Value {
    let mut row = Map::new();
    row.insert("bucket".to_owned(), name.into());
    row.insert("key".to_owned(), key.into());
    let object = match &listed.what {
        Kept::Object(object) => Some(object),
        Kept::Marker(_) => None,
    };
    if rule.all_versions {
        let version = listed.version();
        if !version.is_null() {
            row.insert("version_id".to_owned(), version.text().into());
        }
        row.insert("is_latest".to_owned(), listed.latest.into());
        row.insert("is_delete_marker".to_owned(), object.is_none().into());
    }
    for (name, column) in columns(rule) {
        let value = match (column, &listed.what) {
            (Column::Modified, Kept::Object(object)) => object.modified.as_millis().into(),
            (Column::Modified, Kept::Marker(marker)) => marker.modified.as_millis().into(),
            (Column::Owner, Kept::Marker(_)) => super::super::acl::canonical_id(bucket.owner).into(),
            (_, Kept::Marker(_)) => continue,
            (Column::Size, Kept::Object(object)) => object.bytes.into(),
            (Column::Multipart, Kept::Object(object)) => object.etag.parts.is_some().into(),
            (Column::RetainUntil, Kept::Object(object)) => match object.lock.retention {
                Some(retention) => retention.until.as_millis().into(),
                None => continue,
            },
            (column, Kept::Object(object)) => match field(bucket, *column, object) {
                text if text.is_empty() => continue,
                text => text.into(),
            },
        };
        row.insert(in_files(name), value);
    }
    Value::Object(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_told_as_the_files_have_them() {
        let columns = ["Size", "LastModifiedDate", "ETag"].map(str::to_owned).to_vec();
        let rule = InventoryRule { columns, format: InventoryFormat::Orc, ..InventoryRule::default() };
        let told = "struct<bucket:string,key:string,size:bigint,last_modified_date:timestamp,e_tag:string>";
        assert_eq!(schema(&rule), told);
        let rule = InventoryRule { format: InventoryFormat::Parquet, all_versions: true, ..rule };
        assert!(schema(&rule).starts_with(
            "message s3.inventory { optional binary bucket (UTF8); optional binary key (UTF8); optional binary version_id (UTF8); optional boolean is_latest;"
        ));
    }
}
