//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0301 | streams | account, region, name | [`StreamRow`] | every change of a delivery stream |
//! | 0x0302 | cursors | stream id, shard | [`CursorRow`] | creation, then only by the commit that makes an object of what lies before it |
//! | 0x0303 | pipes | stream id, kind, name | [`PipeRow`] | the intake makes and removes them, the outlet moves their positions |
//! | 0x0304 | data keys | stream id, number | [`service::vault::DataKeyRow`] | the first commit of records sealed under one |
//!
//! A stream's id is drawn at creation: one created again under the same name shares nothing with its predecessor. Direct PUT records lie
//! in a log of the stream's own, each in a frame that says whether it is sealed (`engine/sealing.rs`; in streams made before there were frames, a
//! record's payload is the client's bytes and nothing else); its shard is the empty text. What is transformed or goes elsewhere than into a bucket passes through further logs,
//! the pipes (`engine/pipes.rs`). Times are microseconds since the epoch.

use std::collections::{BTreeMap, BTreeSet};

use base::{AccountId, Region, Timestamp};
use minicbor::{Decode, Encode};
use service::vault::{DataKeyId, DataKeyRow};
use store::{KeyReader, KeyWriter, LogId, ReadError, Table, TableKey, TableNumber};

use crate::engine::compression::Compression;

mod hidden;

pub use hidden::Hidden;

/// Delivery streams by name. Owner: `engine/streams.rs`.
pub const STREAMS: Table<StreamKey, StreamRow> = Table::new(TableNumber(0x0301), "firehose.streams");
/// How far each shard of a stream's source has been delivered. Owner: `engine/delivery`.
pub const CURSORS: Table<CursorKey, CursorRow> = Table::new(TableNumber(0x0302), "firehose.cursors");
/// Logs within a stream, between what comes in and what goes out. Owner: `engine/pipes.rs`.
pub const PIPES: Table<PipeKey, PipeRow> = Table::new(TableNumber(0x0303), "firehose.pipes");
/// What records are sealed with, itself encrypted by KMS. Owner: `engine/sealing.rs`.
pub const DATA_KEYS: Table<DataKeyId, DataKeyRow> = Table::new(TableNumber(0x0304), "firehose.data_keys");

/// What a delivery stream is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its name.
    pub name: String,
}

/// A delivery stream's id: 128 random bits, drawn at creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StreamId(pub u128);

/// One shard of a stream's source.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CursorKey {
    /// The stream.
    pub stream: StreamId,
    /// The shard's id; empty for the log of Direct PUT.
    pub shard: String,
}

/// A delivery stream.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StreamRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// When its destination was last updated.
    #[n(2)]
    pub updated_micros: Option<i64>,
    /// Rises with every update; the first is 1.
    #[n(3)]
    pub version: u64,
    /// CREATING until then, if it is set.
    #[n(4)]
    pub creating_until_micros: Option<i64>,
    /// DELETING until then, if it is set; then the row goes.
    #[n(5)]
    pub deleting_until_micros: Option<i64>,
    /// Where its records come from.
    #[n(6)]
    pub source: Source,
    /// Where they go.
    #[n(7)]
    pub destination: Destination,
    /// Its tags.
    #[n(8)]
    pub tags: BTreeMap<String, String>,
    /// Whether its records are sealed, and under what; absent if they never were.
    #[n(9)]
    pub encryption: Option<Encryption>,
}

/// Server-side encryption of a stream, as it was last asked for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Encryption {
    /// Records are sealed from now on.
    #[n(0)]
    pub enabled: bool,
    /// The customer's key; absent for the service's own.
    #[n(1)]
    pub key_arn: Option<String>,
    /// ENABLING or DISABLING until then, if it is set.
    #[n(2)]
    pub until_micros: Option<i64>,
    /// When it was switched on or off in the last 24 hours.
    #[n(3)]
    pub changes_micros: Vec<i64>,
}

impl StreamRow {
    /// Its id.
    pub fn id(&self) -> StreamId {
        StreamId(self.id)
    }

    /// When it was created.
    pub fn created(&self) -> Timestamp {
        Timestamp::from_micros(self.created_micros)
    }
}

/// Where a stream's records come from.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Source {
    /// PutRecord and PutRecordBatch.
    #[n(0)]
    Direct {
        /// The log of the stream's own.
        #[n(0)]
        log: u128,
        /// The hint given at creation, echoed.
        #[n(1)]
        throughput_hint_mb: Option<u32>,
        /// Its records stand in frames.
        #[n(2)]
        framed: Option<bool>,
    },
    /// A Kinesis data stream.
    #[n(1)]
    Kinesis {
        /// Its ARN.
        #[n(0)]
        stream_arn: String,
        /// The role it is read under.
        #[n(1)]
        role_arn: String,
    },
    /// A topic of Kafka.
    #[n(2)]
    Kafka {
        /// The addresses of brokers, as `MSKClusterARN` was given.
        #[n(0)]
        brokers: String,
        /// The topic's name.
        #[n(1)]
        topic: String,
        /// The role that was given.
        #[n(2)]
        role_arn: String,
        /// `Connectivity`.
        #[n(3)]
        connectivity: String,
        /// `ReadFromTimestamp`.
        #[n(4)]
        from_micros: Option<i64>,
    },
}

impl Source {
    /// `DeliveryStreamType`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Source::Direct { .. } => "DirectPut",
            Source::Kinesis { .. } => "KinesisStreamAsSource",
            Source::Kafka { .. } => "MSKAsSource",
        }
    }

    /// The log of Direct PUT, if that is where records come from.
    pub fn log(&self) -> Option<LogId> {
        match self {
            Source::Direct { log, .. } => Some(LogId(*log)),
            Source::Kinesis { .. } | Source::Kafka { .. } => None,
        }
    }
}

/// Where a stream's records go. Exactly one place.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Destination {
    /// A bucket.
    #[n(0)]
    S3(#[n(0)] S3Destination),
    /// An HTTP endpoint.
    #[n(1)]
    Http(#[n(0)] HttpDestination),
    /// Splunk, by its HTTP event collector.
    #[n(2)]
    Splunk(#[n(0)] SplunkDestination),
    /// OpenSearch or Elasticsearch.
    #[n(3)]
    Search(#[n(0)] SearchDestination),
    /// Amazon Redshift, or PostgreSQL.
    #[n(4)]
    Redshift(#[n(0)] RedshiftDestination),
    /// Tables of Iceberg in the catalog.
    #[n(5)]
    Iceberg(#[n(0)] IcebergDestination),
}

impl Destination {
    /// The bucket of it: where records go, or where they are staged, backed up, and failures put.
    pub fn bucket(&self) -> &S3Destination {
        match self {
            Destination::S3(s3) => s3,
            Destination::Http(http) => &http.remote.s3,
            Destination::Splunk(splunk) => &splunk.remote.s3,
            Destination::Search(search) => &search.remote.s3,
            Destination::Redshift(redshift) => &redshift.remote.s3,
            Destination::Iceberg(iceberg) => &iceberg.remote.s3,
        }
    }

    /// Every role that is acted under for it: those of its buckets, of its functions, and of the catalog's table.
    pub fn roles(&self) -> BTreeSet<&str> {
        let mut roles = BTreeSet::new();
        roles.extend(self.remote().and_then(|remote| remote.role_arn.as_deref()));
        let backup = match self {
            Destination::Redshift(redshift) => redshift.backup.as_ref(),
            Destination::S3(_)
            | Destination::Http(_)
            | Destination::Splunk(_)
            | Destination::Search(_)
            | Destination::Iceberg(_) => None,
        };
        for bucket in std::iter::once(self.bucket()).chain(backup) {
            roles.insert(bucket.role_arn.as_str());
            roles.extend(bucket.backup.as_ref().map(|backup| backup.role_arn.as_str()));
            let schema = bucket.conversion.as_ref().and_then(|conversion| conversion.schema.as_ref());
            roles.extend(schema.and_then(|schema| schema.role_arn.as_deref()));
        }
        let steps = self.processing().and_then(|processing| processing.processors.as_ref());
        let parameters = steps.into_iter().flatten().flat_map(|step| step.parameters.iter().flatten());
        roles.extend(parameters.filter(|(name, _)| name == "RoleArn").map(|(_, role)| role.as_str()));
        roles
    }

    /// What all destinations but buckets have in common.
    pub fn remote(&self) -> Option<&Remote> {
        match self {
            Destination::S3(_) => None,
            Destination::Http(http) => Some(&http.remote),
            Destination::Splunk(splunk) => Some(&splunk.remote),
            Destination::Search(search) => Some(&search.remote),
            Destination::Redshift(redshift) => Some(&redshift.remote),
            Destination::Iceberg(iceberg) => Some(&iceberg.remote),
        }
    }

    /// What is done to records.
    pub fn processing(&self) -> Option<&Processing> {
        match self {
            Destination::S3(s3) => s3.processing.as_ref(),
            Destination::Http(_)
            | Destination::Splunk(_)
            | Destination::Search(_)
            | Destination::Redshift(_)
            | Destination::Iceberg(_) => self.remote().and_then(|remote| remote.processing.as_ref()),
        }
    }

    /// Where errors are reported.
    pub fn logging(&self) -> Option<&Logging> {
        match self {
            Destination::S3(s3) => s3.logging.as_ref(),
            Destination::Http(_)
            | Destination::Splunk(_)
            | Destination::Search(_)
            | Destination::Redshift(_)
            | Destination::Iceberg(_) => self.remote().and_then(|remote| remote.logging.as_ref()),
        }
    }
}

/// What all destinations but buckets have in common.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Remote {
    /// `RoleARN`.
    #[n(0)]
    pub role_arn: Option<String>,
    /// `BufferingHints.SizeInMBs`.
    #[n(1)]
    pub buffer_mb: u32,
    /// `BufferingHints.IntervalInSeconds`.
    #[n(2)]
    pub buffer_secs: u32,
    /// `RetryOptions.DurationInSeconds`.
    #[n(3)]
    pub retry_secs: u32,
    /// `S3BackupMode`.
    #[n(4)]
    pub backup_mode: String,
    /// `S3Configuration`.
    #[n(5)]
    pub s3: S3Destination,
    /// `ProcessingConfiguration`.
    #[n(6)]
    pub processing: Option<Processing>,
    /// `CloudWatchLoggingOptions`.
    #[n(7)]
    pub logging: Option<Logging>,
}

/// An HTTP endpoint.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct HttpDestination {
    /// What it shares with others.
    #[n(0)]
    pub remote: Remote,
    /// `EndpointConfiguration.Url`.
    #[n(1)]
    pub url: String,
    /// `EndpointConfiguration.Name`.
    #[n(2)]
    pub name: Option<String>,
    /// `EndpointConfiguration.AccessKey`.
    #[n(3)]
    pub access_key: Option<Hidden>,
    /// `RequestConfiguration.ContentEncoding`.
    #[n(4)]
    pub encoding: Option<String>,
    /// `RequestConfiguration.CommonAttributes`.
    #[n(5)]
    pub attributes: Option<Vec<(String, String)>>,
}

/// Splunk.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SplunkDestination {
    /// What it shares with others.
    #[n(0)]
    pub remote: Remote,
    /// `HECEndpoint`.
    #[n(1)]
    pub endpoint: String,
    /// `HECEndpointType`: `Raw` or `Event`.
    #[n(2)]
    pub kind: String,
    /// `HECToken`.
    #[n(3)]
    pub token: Hidden,
    /// `HECAcknowledgmentTimeoutInSeconds`.
    #[n(4)]
    pub ack_secs: u32,
}

/// Which search service, and so which members of requests it is named by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum SearchFlavor {
    /// `AmazonopensearchserviceDestinationConfiguration`.
    #[n(0)]
    OpenSearch,
    /// `ElasticsearchDestinationConfiguration`.
    #[n(1)]
    Elasticsearch,
    /// `AmazonOpenSearchServerlessDestinationConfiguration`.
    #[n(2)]
    Serverless,
}

/// OpenSearch or Elasticsearch.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SearchDestination {
    /// What it shares with others.
    #[n(0)]
    pub remote: Remote,
    /// Which.
    #[n(1)]
    pub flavor: SearchFlavor,
    /// `ClusterEndpoint` or `CollectionEndpoint`.
    #[n(2)]
    pub endpoint: String,
    /// `IndexName`.
    #[n(3)]
    pub index: String,
    /// `TypeName`.
    #[n(4)]
    pub type_name: Option<String>,
    /// `IndexRotationPeriod`.
    #[n(5)]
    pub rotation: String,
    /// `DocumentIdOptions.DefaultDocumentIdFormat`.
    #[n(6)]
    pub document_ids: Option<String>,
}

/// Amazon Redshift, or PostgreSQL.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RedshiftDestination {
    /// What it shares with others; its bucket is where records are staged.
    #[n(0)]
    pub remote: Remote,
    /// `ClusterJDBCURL`.
    #[n(1)]
    pub jdbc_url: String,
    /// `CopyCommand.DataTableName`.
    #[n(2)]
    pub table: String,
    /// `CopyCommand.DataTableColumns`.
    #[n(3)]
    pub columns: Option<String>,
    /// `CopyCommand.CopyOptions`.
    #[n(4)]
    pub options: Option<String>,
    /// `Username`.
    #[n(5)]
    pub user: Option<String>,
    /// `Password`.
    #[n(6)]
    pub password: Option<Hidden>,
    /// `S3BackupConfiguration`.
    #[n(7)]
    pub backup: Option<S3Destination>,
}

/// Tables of Iceberg in the catalog.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct IcebergDestination {
    /// What it shares with others.
    #[n(0)]
    pub remote: Remote,
    /// `CatalogConfiguration.CatalogARN`.
    #[n(1)]
    pub catalog_arn: Option<String>,
    /// `CatalogConfiguration.WarehouseLocation`.
    #[n(2)]
    pub warehouse: Option<String>,
    /// `DestinationTableConfigurationList`.
    #[n(3)]
    pub tables: Option<Vec<IcebergTable>>,
    /// `AppendOnly`.
    #[n(4)]
    pub append_only: Option<bool>,
    /// `SchemaEvolutionConfiguration.Enabled`.
    #[n(5)]
    pub evolves: Option<bool>,
    /// `TableCreationConfiguration.Enabled`.
    #[n(6)]
    pub creates: Option<bool>,
}

impl IcebergDestination {
    /// What is configured for a table. Names are folded, as the catalog folds them.
    pub fn table(&self, database: &str, table: &str) -> Option<&IcebergTable> {
        let is = |given: &&IcebergTable| {
            given.database.to_lowercase() == database && given.table.to_lowercase() == table
        };
        self.tables.iter().flatten().find(is)
    }
}

/// One table.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct IcebergTable {
    /// `DestinationDatabaseName`.
    #[n(0)]
    pub database: String,
    /// `DestinationTableName`.
    #[n(1)]
    pub table: String,
    /// `UniqueKeys`.
    #[n(2)]
    pub unique_keys: Option<Vec<String>>,
    /// `S3ErrorOutputPrefix`.
    #[n(3)]
    pub error_prefix: Option<String>,
    /// The source names of `PartitionSpec.Identity`.
    #[n(4)]
    pub partition: Option<Vec<String>>,
}

/// A bucket, and how objects in it are made. Optional members are kept as given and shown as given.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct S3Destination {
    /// The role objects are written under.
    #[n(0)]
    pub role_arn: String,
    /// The bucket's ARN.
    #[n(1)]
    pub bucket_arn: String,
    /// `Prefix`.
    #[n(2)]
    pub prefix: Option<String>,
    /// `ErrorOutputPrefix`.
    #[n(3)]
    pub error_output_prefix: Option<String>,
    /// `BufferingHints.SizeInMBs`.
    #[n(4)]
    pub buffer_mb: u32,
    /// `BufferingHints.IntervalInSeconds`.
    #[n(5)]
    pub buffer_secs: u32,
    /// `CompressionFormat`.
    #[n(6)]
    pub compression: Compression,
    /// `CloudWatchLoggingOptions`.
    #[n(7)]
    pub logging: Option<Logging>,
    /// `ProcessingConfiguration`.
    #[n(8)]
    pub processing: Option<Processing>,
    /// `S3BackupMode`, if it was given.
    #[n(9)]
    pub backup_mode: Option<String>,
    /// `FileExtension`.
    #[n(10)]
    pub file_extension: Option<String>,
    /// `CustomTimeZone`.
    #[n(11)]
    pub time_zone: Option<String>,
    /// `DataFormatConversionConfiguration.Enabled`, if the block was given, in streams made before `conversion` was there.
    #[n(12)]
    pub conversion_enabled: Option<bool>,
    /// `DynamicPartitioningConfiguration.Enabled`, if the block was given.
    #[n(13)]
    pub partitioning_enabled: Option<bool>,
    /// `EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN`: objects are encrypted under it, not as the bucket says.
    #[n(14)]
    pub kms_key: Option<String>,
    /// `DynamicPartitioningConfiguration.RetryOptions.DurationInSeconds`.
    #[n(15)]
    pub partitioning_retry_secs: Option<u32>,
    /// `S3BackupConfiguration`.
    #[n(16)]
    pub backup: Option<Box<S3Destination>>,
    /// `DataFormatConversionConfiguration`.
    #[n(17)]
    pub conversion: Option<Conversion>,
}

/// Conversion to column files. Optional members are kept as given and shown as given.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub struct Conversion {
    /// `Enabled`; absent means yes.
    #[n(0)]
    pub enabled: Option<bool>,
    /// `SchemaConfiguration`.
    #[n(1)]
    pub schema: Option<ConversionSchema>,
    /// `InputFormatConfiguration.Deserializer`.
    #[n(2)]
    pub reader: Option<ConversionReader>,
    /// `OutputFormatConfiguration.Serializer`.
    #[n(3)]
    pub writer: Option<ConversionWriter>,
}

impl Eq for Conversion {}

impl Conversion {
    /// Whether records are converted.
    pub fn is_on(&self) -> bool {
        self.enabled != Some(false)
    }
}

/// Which table's columns.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct ConversionSchema {
    /// `RoleARN`.
    #[n(0)]
    pub role_arn: Option<String>,
    /// `CatalogId`.
    #[n(1)]
    pub catalog_id: Option<String>,
    /// `DatabaseName`.
    #[n(2)]
    pub database: Option<String>,
    /// `TableName`.
    #[n(3)]
    pub table: Option<String>,
    /// `Region`.
    #[n(4)]
    pub region: Option<String>,
    /// `VersionId`.
    #[n(5)]
    pub version: Option<String>,
}

/// How records are read.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum ConversionReader {
    /// `OpenXJsonSerDe`.
    #[n(0)]
    OpenX {
        /// `ConvertDotsInJsonKeysToUnderscores`.
        #[n(0)]
        dots_to_underscores: Option<bool>,
        /// `CaseInsensitive`.
        #[n(1)]
        case_insensitive: Option<bool>,
        /// `ColumnToJsonKeyMappings`.
        #[n(2)]
        mappings: Option<BTreeMap<String, String>>,
    },
    /// `HiveJsonSerDe`.
    #[n(1)]
    Hive {
        /// `TimestampFormats`.
        #[n(0)]
        timestamp_formats: Option<Vec<String>>,
    },
}

/// What is written.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub enum ConversionWriter {
    /// `ParquetSerDe`.
    #[n(0)]
    Parquet {
        /// `BlockSizeBytes`.
        #[n(0)]
        block_bytes: Option<u32>,
        /// `PageSizeBytes`.
        #[n(1)]
        page_bytes: Option<u32>,
        /// `Compression`.
        #[n(2)]
        compression: Option<String>,
        /// `EnableDictionaryCompression`.
        #[n(3)]
        dictionary: Option<bool>,
        /// `MaxPaddingBytes`.
        #[n(4)]
        padding_bytes_max: Option<u32>,
        /// `WriterVersion`.
        #[n(5)]
        version: Option<String>,
    },
    /// `OrcSerDe`.
    #[n(1)]
    Orc {
        /// `StripeSizeBytes`.
        #[n(0)]
        stripe_bytes: Option<u32>,
        /// `BlockSizeBytes`.
        #[n(1)]
        block_bytes: Option<u32>,
        /// `RowIndexStride`.
        #[n(2)]
        row_index_stride: Option<u32>,
        /// `EnablePadding`.
        #[n(3)]
        padding: Option<bool>,
        /// `PaddingTolerance`.
        #[n(4)]
        padding_tolerance: Option<f64>,
        /// `Compression`.
        #[n(5)]
        compression: Option<String>,
        /// `BloomFilterColumns`.
        #[n(6)]
        bloom_columns: Option<Vec<String>>,
        /// `BloomFilterFalsePositiveProbability`.
        #[n(7)]
        bloom_probability: Option<f64>,
        /// `DictionaryKeyThreshold`.
        #[n(8)]
        dictionary_threshold: Option<f64>,
        /// `FormatVersion`.
        #[n(9)]
        version: Option<String>,
    },
}

/// What flows in a pipe.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PipeKind {
    /// Records on their way to the destination; the name tells the partition, and is empty without partitions.
    Records,
    /// Failures, as the lines that stand for them; the name is the error output type.
    Errors,
    /// Records as they came, for the backup; the name is empty.
    Backup,
}

impl PipeKind {
    const fn number(self) -> u8 {
        match self {
            PipeKind::Records => 0,
            PipeKind::Errors => 1,
            PipeKind::Backup => 2,
        }
    }
}

/// A log within a stream.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PipeKey {
    /// The stream.
    pub stream: StreamId,
    /// What flows in it.
    pub kind: PipeKind,
    /// Which of its kind.
    pub name: String,
}

/// How far a pipe has been emptied.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PipeRow {
    /// The log.
    #[n(0)]
    pub log: u128,
    /// The partition keys of what flows in it, by expression (`partitionKeyFromQuery:KEY`).
    #[n(1)]
    pub keys: BTreeMap<String, String>,
    /// The first record that has not gone out.
    #[n(2)]
    pub position: u64,
    /// What is being sent to a destination outside: the same again after a failure or a restart.
    #[n(3)]
    pub batch: Option<Batch>,
}

/// Records that are being sent, from the pipe's position on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Batch {
    /// Its id, as the destination sees it.
    #[n(0)]
    pub id: u128,
    /// The place after its last record.
    #[n(1)]
    pub to: u64,
    /// When it was first sent: retries end some time after.
    #[n(2)]
    pub begun_micros: i64,
    /// The key of the object it was staged in.
    #[n(3)]
    pub staged: Option<String>,
}

/// Where errors are to be reported.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Logging {
    /// `Enabled`.
    #[n(0)]
    pub enabled: Option<bool>,
    /// `LogGroupName`.
    #[n(1)]
    pub group: Option<String>,
    /// `LogStreamName`.
    #[n(2)]
    pub stream: Option<String>,
}

/// What is done to records before they are written.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Processing {
    /// `Enabled`; absent means no.
    #[n(0)]
    pub enabled: Option<bool>,
    /// `Processors`.
    #[n(1)]
    pub processors: Option<Vec<Processor>>,
}

/// One step of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Processor {
    /// `Type`.
    #[n(0)]
    pub kind: String,
    /// `Parameters`: names and values.
    #[n(1)]
    pub parameters: Option<Vec<(String, String)>>,
}

/// How far a shard has been delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct CursorRow {
    /// The place of the first record that has not been delivered.
    #[n(0)]
    pub position: u64,
    /// The shard is closed and all of it has been delivered.
    #[n(1)]
    pub done: bool,
}

impl TableKey for StreamKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(self.region.as_str()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            account: AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))?,
            region: Region::new(&key.text()?).ok_or_else(|| ReadError::Decode("region".to_owned()))?,
            name: key.text()?,
        })
    }
}

impl TableKey for CursorKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).text(&self.shard);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { stream: StreamId(key.u128()?), shard: key.text()? })
    }
}

impl TableKey for PipeKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.stream.0).u8(self.kind.number()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let stream = StreamId(key.u128()?);
        let kind = match key.u8()? {
            0 => PipeKind::Records,
            1 => PipeKind::Errors,
            2 => PipeKind::Backup,
            other => return Err(ReadError::Decode(format!("pipe kind {other}"))),
        };
        Ok(Self { stream, kind, name: key.text()? })
    }
}

#[cfg(test)]
mod tests;
