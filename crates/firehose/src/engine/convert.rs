//! Records become column files, by the columns of a table in the catalog (Firehose facts section 5, "Format conversion").

use std::sync::Arc;

use base::{AccountId, Region};
use ports::{
    CatalogTable, ColumnFormat, CompiledConversion, Conversion as Wanted, OrcCompression, ParquetCompression,
    PortError, Principal, RecordReader, TableRef,
};

use super::Engine;
use super::compression::Compression;
use super::error::{Error, Invalid};
use crate::tables::{
    Conversion, ConversionReader, ConversionSchema, ConversionWriter, Destination, S3Destination, StreamKey,
};

/// The least size hint.
const BUFFER_MB_MIN: u32 = 64;
/// What failures are filed under.
pub const CONVERSION_FAILED: &str = "format-conversion-failed";

/// A conversion that is ready, and the table it follows.
pub(super) struct Ready {
    /// What makes files.
    pub compiled: Arc<dyn CompiledConversion>,
    /// The table, as failures name it.
    pub table: TableRef,
    /// Its version.
    pub version: String,
    /// The role it was read under.
    pub role_arn: String,
}

/// Refuses a conversion that is incomplete, in the service's order and words.
pub fn check(s3: &S3Destination) -> Result<(), Invalid> {
    let Some(conversion) = s3.conversion.as_ref().filter(|conversion| conversion.is_on()) else {
        return Ok(());
    };
    if s3.compression != Compression::None {
        return Err(Invalid::new(
            "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled",
        ));
    }
    if s3.buffer_mb < BUFFER_MB_MIN {
        return Err(Invalid::new(
            "BufferingHints.SizeInMBs must be at least 64 when data format conversion is enabled.",
        ));
    }
    let missing = |what: &str| Invalid(format!("{what} must not be null"));
    if conversion.reader.is_none() {
        return Err(missing("InputFormatConfiguration"));
    }
    if conversion.writer.is_none() {
        return Err(missing("OutputFormatConfiguration"));
    }
    let schema = conversion.schema.as_ref().ok_or_else(|| missing("SchemaConfiguration"))?;
    for (name, value) in
        [("RoleARN", &schema.role_arn), ("DatabaseName", &schema.database), ("TableName", &schema.table)]
    {
        if value.as_deref().is_none_or(str::is_empty) {
            return Err(Invalid(format!("SchemaConfiguration.{name} must not be null or empty")));
        }
    }
    Ok(())
}

impl Engine {
    /// Refuses a conversion whose table is not there, or that cannot be understood.
    pub(super) async fn check_schema(&self, key: &StreamKey, destination: &Destination) -> Result<(), Error> {
        let s3 = match destination {
            Destination::S3(s3) => s3,
            Destination::Iceberg(iceberg) => return self.check_tables(key, iceberg).await,
            Destination::Http(_)
            | Destination::Splunk(_)
            | Destination::Search(_)
            | Destination::Redshift(_) => return Ok(()),
        };
        check(s3)?;
        match &s3.conversion {
            Some(conversion) if conversion.is_on() => self.conversion(key, conversion).await.map(drop),
            Some(_) | None => Ok(()),
        }
    }

    /// Makes a conversion ready, by the table as it is now.
    pub(super) async fn conversion(&self, key: &StreamKey, conversion: &Conversion) -> Result<Ready, Error> {
        let (Some(catalog), Some(converter)) = (&self.catalog, &self.converter) else {
            return Err(
                Invalid::new("Data format conversion is not available in this build of Millrace").into()
            );
        };
        let blank = ConversionSchema::default();
        let schema = conversion.schema.as_ref().unwrap_or(&blank);
        let role_arn = schema.role_arn.clone().unwrap_or_default();
        let table = table_ref(key, schema)?;
        let role = role_arn.parse().map_err(|_| Invalid(format!("{role_arn} is not a valid ARN")))?;
        let principal = Principal::role(key.account, role, &*key.name);
        let found = catalog.table(&principal, &table).await.map_err(|error| unread(&table, error))?;
        let wanted = wanted(conversion, &found)?;
        let compiled = converter.compile(&wanted).map_err(|error| Invalid(error.to_string()))?;
        Ok(Ready { compiled, table, version: found.version, role_arn })
    }
}

fn table_ref(key: &StreamKey, schema: &ConversionSchema) -> Result<TableRef, Invalid> {
    let catalog = match schema.catalog_id.as_deref() {
        None => key.account,
        Some(text) => {
            text.parse::<AccountId>().map_err(|_| Invalid(format!("{text} is not a valid CatalogId")))?
        }
    };
    let region = match schema.region.as_deref() {
        None => key.region.clone(),
        Some(text) => Region::new(text).ok_or_else(|| Invalid(format!("{text} is not a valid Region")))?,
    };
    Ok(TableRef {
        catalog,
        region,
        database: schema.database.clone().unwrap_or_default(),
        table: schema.table.clone().unwrap_or_default(),
        version: schema.version.clone(),
    })
}

fn unread(table: &TableRef, error: PortError) -> Error {
    let TableRef { database, table, .. } = table;
    match error {
        PortError::NotFound { code, message } => {
            Invalid(format!("The schema of table {database}.{table} cannot be read: {code}: {message}")).into()
        }
        PortError::Invalid { code, message } => {
            Invalid(format!("The schema of table {database}.{table} cannot be read: {code}: {message}")).into()
        }
        PortError::Denied(why) => Invalid(format!(
            "Access was denied when calling Glue. Please ensure that the role specified in the data format conversion configuration has the necessary permissions. {why}"
        ))
        .into(),
        PortError::Unavailable(why) => Error::Unavailable(why),
    }
}

fn wanted(conversion: &Conversion, table: &CatalogTable) -> Result<Wanted, Invalid> {
    let reader = match conversion.reader.as_ref() {
        Some(ConversionReader::OpenX { dots_to_underscores, case_insensitive, mappings }) => {
            RecordReader::OpenX {
                case_insensitive: case_insensitive.unwrap_or(true),
                dots_to_underscores: dots_to_underscores.unwrap_or(false),
                mappings: mappings.clone().unwrap_or_default(),
            }
        }
        Some(ConversionReader::Hive { timestamp_formats }) => {
            RecordReader::Hive { timestamp_formats: timestamp_formats.clone().unwrap_or_default() }
        }
        None => return Err(Invalid::new("InputFormatConfiguration must not be null")),
    };
    let format = match conversion.writer.as_ref() {
        Some(ConversionWriter::Parquet {
            block_bytes, page_bytes, compression, dictionary, version, ..
        }) => ColumnFormat::Parquet {
            compression: match compression.as_deref() {
                Some("UNCOMPRESSED") => ParquetCompression::Uncompressed,
                Some("GZIP") => ParquetCompression::Gzip,
                Some(_) | None => ParquetCompression::Snappy,
            },
            v2: version.as_deref() == Some("V2"),
            dictionary: dictionary.unwrap_or(true),
            block_bytes: u64::from(block_bytes.unwrap_or(256 << 20)),
            page_bytes: u64::from(page_bytes.unwrap_or(1 << 20)),
        },
        Some(ConversionWriter::Orc {
            stripe_bytes,
            row_index_stride,
            compression,
            bloom_columns,
            bloom_probability,
            dictionary_threshold,
            ..
        }) => ColumnFormat::Orc {
            compression: match compression.as_deref() {
                Some("NONE") => OrcCompression::None,
                Some("ZLIB") => OrcCompression::Zlib,
                Some(_) | None => OrcCompression::Snappy,
            },
            stripe_bytes: u64::from(stripe_bytes.unwrap_or(64 << 20)),
            row_index_stride: row_index_stride.unwrap_or(10_000),
            bloom: bloom_columns
                .clone()
                .filter(|columns| !columns.is_empty())
                .map(|columns| (columns, bloom_probability.unwrap_or(0.05))),
            dictionary_threshold: dictionary_threshold.unwrap_or(0.0),
        },
        None => return Err(Invalid::new("OutputFormatConfiguration must not be null")),
    };
    Ok(Wanted { columns: table.columns.clone(), reader, format })
}
