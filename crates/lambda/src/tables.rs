//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0801 | functions | account, region, name | [`FunctionRow`] | every change of a function as such, and of its `$LATEST` |
//! | 0x0802 | versions | function id, number | [`VersionRow`] | publishing, deletion |
//! | 0x0803 | aliases | function id, name | [`AliasRow`] | every change of an alias |
//! | 0x0804 | policies | function id, qualifier | [`PolicyRow`] | AddPermission, RemovePermission |
//! | 0x0805 | invoke configs | function id, qualifier | [`InvokeConfigRow`] | the event invoke config's operations |
//! | 0x0806 | provisioned | function id, qualifier | [`ProvisionedRow`] | the provisioned concurrency's operations |
//! | 0x0807 | urls | function id, qualifier | [`UrlRow`] | the function URL's operations |
//! | 0x0808 | layers | account, region, name | [`LayerRow`] | publishing; never removed, so that numbers are not given twice |
//! | 0x0809 | layer versions | account, region, name, number | [`LayerVersionRow`] | publishing, deletion, permissions |
//! | 0x080a | mappings | account, region, id | [`MappingRow`] | the event source mapping's operations |
//! | 0x080b | cursors | mapping id, shard, lane | [`CursorRow`] | the mapping's poller |
//! | 0x080c | events | function id, due, event id | [`EventRow`] | accepted asynchronous events, until they are done with |
//! | 0x080d | url ids | a URL's id | [`UrlIdRow`] | with the URLs; one whose URL is gone means nothing |
//!
//! A function's id is drawn at creation: one created again under the same name shares nothing with its predecessor. Code lies in blobs; every row
//! that names one counts it. Times are microseconds since the epoch.

use std::collections::BTreeMap;

use base::{AccountId, Region};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

/// Functions by name. Owner: `engine/functions.rs`.
pub const FUNCTIONS: Table<FunctionKey, FunctionRow> = Table::new(TableNumber(0x0801), "lambda.functions");
/// Published versions. Owner: `engine/versions.rs`.
pub const VERSIONS: Table<VersionKey, VersionRow> = Table::new(TableNumber(0x0802), "lambda.versions");
/// Aliases. Owner: `engine/aliases.rs`.
pub const ALIASES: Table<QualifierKey, AliasRow> = Table::new(TableNumber(0x0803), "lambda.aliases");
/// Resource policies. Owner: `engine/permissions.rs`.
pub const POLICIES: Table<QualifierKey, PolicyRow> = Table::new(TableNumber(0x0804), "lambda.policies");
/// How asynchronous events are treated. Owner: `engine/settings.rs`.
pub const INVOKE_CONFIGS: Table<QualifierKey, InvokeConfigRow> =
    Table::new(TableNumber(0x0805), "lambda.invoke_configs");
/// Provisioned concurrency. Owner: `engine/settings.rs`.
pub const PROVISIONED: Table<QualifierKey, ProvisionedRow> =
    Table::new(TableNumber(0x0806), "lambda.provisioned");
/// Function URLs. Owner: `engine/settings.rs`.
pub const URLS: Table<QualifierKey, UrlRow> = Table::new(TableNumber(0x0807), "lambda.urls");
/// Layers by name. Owner: `engine/layers.rs`.
pub const LAYERS: Table<LayerKey, LayerRow> = Table::new(TableNumber(0x0808), "lambda.layers");
/// Their versions. Owner: `engine/layers.rs`.
pub const LAYER_VERSIONS: Table<LayerVersionKey, LayerVersionRow> =
    Table::new(TableNumber(0x0809), "lambda.layer_versions");
/// Event source mappings. Owner: `engine/mappings.rs`.
pub const MAPPINGS: Table<MappingKey, MappingRow> = Table::new(TableNumber(0x080a), "lambda.mappings");
/// How far a mapping has come. Owner: `engine/poller.rs`.
pub const CURSORS: Table<CursorKey, CursorRow> = Table::new(TableNumber(0x080b), "lambda.cursors");
/// Asynchronous events that are not done with. Owner: `engine/events.rs`.
pub const EVENTS: Table<EventKey, EventRow> = Table::new(TableNumber(0x080c), "lambda.events");

/// Function URLs by their ids. Owner: `engine/urls.rs`.
pub const URL_IDS: Table<UrlId, UrlIdRow> = Table::new(TableNumber(0x080d), "lambda.url_ids");

/// What a function is called.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FunctionKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its name.
    pub name: String,
}

/// What a layer is called.
pub type LayerKey = FunctionKey;

/// A published version of a function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct VersionKey {
    /// The function's id.
    pub function: u128,
    /// From 1.
    pub number: u64,
}

/// Something of a function that has a name of its own: an alias, or what is set for a qualifier (empty: the function as such).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct QualifierKey {
    /// The function's id.
    pub function: u128,
    /// The name.
    pub qualifier: String,
}

/// A version of a layer.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LayerVersionKey {
    /// The layer.
    pub layer: LayerKey,
    /// From 1.
    pub number: u64,
}

/// An event source mapping.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct MappingKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: Region,
    /// Its UUID.
    pub id: u128,
}

/// One lane of a shard that a mapping reads.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CursorKey {
    /// The mapping.
    pub mapping: u128,
    /// The shard's id.
    pub shard: String,
    /// The lane: those of a parallelization factor share a shard by the hash of partition keys.
    pub lane: u32,
}

/// What stands before `.lambda-url.`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct UrlId(pub String);

/// An asynchronous event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EventKey {
    /// The function's id.
    pub function: u128,
    /// When it is to be tried.
    pub due_micros: i64,
    /// Its own id.
    pub event: u128,
}

/// Code or a layer's content, as it was uploaded.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Code {
    /// The blob with the archive.
    #[n(0)]
    pub blob: u128,
    /// Its bytes.
    #[n(1)]
    pub bytes: u64,
    /// The SHA-256 of the archive, in base64.
    #[n(2)]
    pub sha256: String,
    /// Bytes of all its files, unpacked.
    #[n(3)]
    pub unpacked_bytes: u64,
}

/// A layer of a function. A layer version that is deleted goes on working where it is in use.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct LayerUse {
    /// The layer version's ARN.
    #[n(0)]
    pub arn: String,
    /// Its content.
    #[n(1)]
    pub code: Code,
}

/// All that a version of a function is made of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Configuration {
    /// `Runtime`.
    #[n(0)]
    pub runtime: String,
    /// `Role`.
    #[n(1)]
    pub role: String,
    /// `Handler`.
    #[n(2)]
    pub handler: Option<String>,
    /// `Description`.
    #[n(3)]
    pub description: String,
    /// `Timeout`, in seconds.
    #[n(4)]
    pub timeout_secs: u32,
    /// `MemorySize`.
    #[n(5)]
    pub memory_mb: u32,
    /// `EphemeralStorage`.
    #[n(6)]
    pub tmp_mb: u32,
    /// `Environment`, if it was given.
    #[n(7)]
    pub environment: Option<BTreeMap<String, String>>,
    /// `Layers`.
    #[n(8)]
    pub layers: Vec<LayerUse>,
    /// `Architectures`.
    #[n(9)]
    pub architectures: Vec<String>,
    /// `DeadLetterConfig.TargetArn`, if it was given.
    #[n(10)]
    pub dead_letter: Option<String>,
    /// `KMSKeyArn`.
    #[n(11)]
    pub kms_key: Option<String>,
    /// `TracingConfig.Mode`.
    #[n(12)]
    pub tracing: String,
    /// `LoggingConfig`, as given.
    #[n(13)]
    pub logging: Logging,
    /// `VpcConfig`, as given (`wire::keep`).
    #[n(14)]
    #[cbor(with = "minicbor::bytes")]
    pub vpc: Option<Vec<u8>>,
    /// `SnapStart.ApplyOn`.
    #[n(15)]
    pub snap_start: String,
    /// The code.
    #[n(16)]
    pub code: Code,
    /// When it was last changed.
    #[n(17)]
    pub modified_micros: i64,
    /// `RevisionId` while it settles.
    #[n(18)]
    pub revision: String,
}

/// `LoggingConfig`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Logging {
    /// `LogFormat`.
    #[n(0)]
    pub format: Option<String>,
    /// `ApplicationLogLevel`.
    #[n(1)]
    pub application_level: Option<String>,
    /// `SystemLogLevel`.
    #[n(2)]
    pub system_level: Option<String>,
    /// `LogGroup`.
    #[n(3)]
    pub group: Option<String>,
}

/// A function.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct FunctionRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// `$LATEST`.
    #[n(1)]
    pub latest: Configuration,
    /// The number the next version gets.
    #[n(2)]
    pub next_version: u64,
    /// Its tags.
    #[n(3)]
    pub tags: BTreeMap<String, String>,
    /// `ReservedConcurrentExecutions`.
    #[n(4)]
    pub reserved: Option<u32>,
    /// Pending until then, if it is set.
    #[n(5)]
    pub creating_until_micros: Option<i64>,
    /// An update is in progress until then, if it is set.
    #[n(6)]
    pub updating_until_micros: Option<i64>,
    /// `RevisionId` once it has settled.
    #[n(7)]
    pub settled_revision: String,
    /// `RecursiveLoop`, if it was set.
    #[n(8)]
    pub recursion: Option<String>,
    /// `UpdateRuntimeOn`, if it was set.
    #[n(9)]
    pub update_runtime_on: Option<String>,
}

/// A published version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct VersionRow {
    /// What it is made of.
    #[n(0)]
    pub configuration: Configuration,
    /// The description of `$LATEST` then: a version may be given one of its own.
    #[n(1)]
    pub latest_description: String,
}

/// An alias.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct AliasRow {
    /// The version it points to: a number or `$LATEST`.
    #[n(0)]
    pub version: String,
    /// `Description`.
    #[n(1)]
    pub description: String,
    /// Another version, and its share in millionths.
    #[n(2)]
    pub additional: Option<(String, u32)>,
    /// `RevisionId`.
    #[n(3)]
    pub revision: String,
}

/// A resource policy.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PolicyRow {
    /// Its statements in their order: the id, and the JSON.
    #[n(0)]
    pub statements: Vec<(String, String)>,
    /// `RevisionId`.
    #[n(1)]
    pub revision: String,
}

/// How asynchronous events are treated.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct InvokeConfigRow {
    /// `MaximumRetryAttempts`.
    #[n(0)]
    pub retries_max: Option<u32>,
    /// `MaximumEventAgeInSeconds`.
    #[n(1)]
    pub age_secs_max: Option<u32>,
    /// `DestinationConfig.OnSuccess.Destination`.
    #[n(2)]
    pub on_success: Option<String>,
    /// `DestinationConfig.OnFailure.Destination`.
    #[n(3)]
    pub on_failure: Option<String>,
    /// When it was last changed.
    #[n(4)]
    pub modified_micros: i64,
}

/// Provisioned concurrency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ProvisionedRow {
    /// How much.
    #[n(0)]
    pub requested: u32,
    /// When it was last changed.
    #[n(1)]
    pub modified_micros: i64,
}

/// A function URL.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct UrlRow {
    /// What stands before `.lambda-url.`.
    #[n(0)]
    pub id: String,
    /// `AuthType`.
    #[n(1)]
    pub auth: String,
    /// `InvokeMode`.
    #[n(2)]
    pub mode: String,
    /// `Cors`, as given (`wire::keep`).
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub cors: Option<Vec<u8>>,
    /// When it was made.
    #[n(4)]
    pub created_micros: i64,
    /// When it was last changed.
    #[n(5)]
    pub modified_micros: i64,
}

/// Whose a URL is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct UrlIdRow {
    /// The function's account, region and name.
    #[n(0)]
    pub function: (u64, String, String),
    /// Its id.
    #[n(1)]
    pub id: u128,
    /// The alias, or `$LATEST`.
    #[n(2)]
    pub qualifier: String,
}

/// A layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct LayerRow {
    /// The number the next version gets.
    #[n(0)]
    pub next_version: u64,
}

/// A version of a layer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct LayerVersionRow {
    /// The content.
    #[n(0)]
    pub code: Code,
    /// `Description`.
    #[n(1)]
    pub description: String,
    /// `LicenseInfo`.
    #[n(2)]
    pub license: Option<String>,
    /// `CompatibleRuntimes`.
    #[n(3)]
    pub runtimes: Option<Vec<String>>,
    /// `CompatibleArchitectures`.
    #[n(4)]
    pub architectures: Option<Vec<String>>,
    /// When it was made.
    #[n(5)]
    pub created_micros: i64,
    /// Who else may use it.
    #[n(6)]
    pub policy: Option<PolicyRow>,
}

/// An event source mapping.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct MappingRow {
    /// The stream's ARN.
    #[n(0)]
    pub source: String,
    /// The function's ARN, with the qualifier it was named with.
    #[n(1)]
    pub function: String,
    /// Whether it reads.
    #[n(2)]
    pub enabled: bool,
    /// `BatchSize`.
    #[n(3)]
    pub batch_size: u32,
    /// `MaximumBatchingWindowInSeconds`.
    #[n(4)]
    pub window_secs: u32,
    /// `ParallelizationFactor`.
    #[n(5)]
    pub lanes: u32,
    /// `StartingPosition`.
    #[n(6)]
    pub starting: String,
    /// `StartingPositionTimestamp`.
    #[n(7)]
    pub starting_at_micros: Option<i64>,
    /// `MaximumRecordAgeInSeconds`; -1 for none.
    #[n(8)]
    pub age_secs_max: i32,
    /// `MaximumRetryAttempts`; -1 for no end.
    #[n(9)]
    pub retries_max: i32,
    /// `BisectBatchOnFunctionError`.
    #[n(10)]
    pub bisect: bool,
    /// `TumblingWindowInSeconds`.
    #[n(11)]
    pub tumbling_secs: u32,
    /// `FunctionResponseTypes` has `ReportBatchItemFailures`.
    #[n(12)]
    pub partial: bool,
    /// `DestinationConfig.OnFailure.Destination`.
    #[n(13)]
    pub on_failure: Option<String>,
    /// `FilterCriteria`: patterns.
    #[n(14)]
    pub filters: Option<Vec<String>>,
    /// When it was last changed.
    #[n(15)]
    pub modified_micros: i64,
    /// Its tags.
    #[n(16)]
    pub tags: BTreeMap<String, String>,
    /// When it was made: where LATEST begins in shards that come later.
    #[n(17)]
    pub created_micros: i64,
}

/// How far one lane of a shard has come.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct CursorRow {
    /// The first record that is not done with.
    #[n(0)]
    pub position: u64,
    /// The shard is closed and all of it is done with.
    #[n(1)]
    pub done: bool,
    /// The state of the tumbling window that is open, as JSON.
    #[n(2)]
    pub state: Option<String>,
    /// Where that window begins.
    #[n(3)]
    pub window_start_micros: Option<i64>,
    /// From the position on, records up to and with this sequence number are done with too: of a batch of which a part was handled.
    #[n(4)]
    pub after: Option<String>,
}

/// An asynchronous event.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct EventRow {
    /// The request's id.
    #[n(0)]
    pub request_id: String,
    /// The function's account, region and name.
    #[n(1)]
    pub function: (u64, String, String),
    /// The qualifier it was invoked by.
    #[n(2)]
    pub qualifier: Option<String>,
    /// The event, if it is small.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub payload: Option<Vec<u8>>,
    /// The blob with the event, if it is not: its id and its bytes.
    #[n(4)]
    pub blob: Option<(u128, u64)>,
    /// When it was accepted.
    #[n(5)]
    pub accepted_micros: i64,
    /// How often it has been run.
    #[n(6)]
    pub runs: u32,
    /// How often it could not be run: throttled, or the machine failed.
    #[n(7)]
    pub deferrals: u32,
    /// JSON of the client context.
    #[n(8)]
    pub client_context: Option<String>,
}

impl TableKey for FunctionKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(self.region.as_str()).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, region: read_region(key)?, name: key.text()? })
    }
}

fn read_account(key: &mut KeyReader<'_>) -> Result<AccountId, ReadError> {
    AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("account".to_owned()))
}

fn read_region(key: &mut KeyReader<'_>) -> Result<Region, ReadError> {
    Region::new(&key.text()?).ok_or_else(|| ReadError::Decode("region".to_owned()))
}

impl TableKey for VersionKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.function).u64(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { function: key.u128()?, number: key.u64()? })
    }
}

impl TableKey for QualifierKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.function).text(&self.qualifier);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { function: key.u128()?, qualifier: key.text()? })
    }
}

impl TableKey for LayerVersionKey {
    fn write(&self, key: &mut KeyWriter) {
        self.layer.write(key);
        key.u64(self.number);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { layer: LayerKey::read(key)?, number: key.u64()? })
    }
}

impl TableKey for MappingKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(self.region.as_str()).u128(self.id);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, region: read_region(key)?, id: key.u128()? })
    }
}

impl TableKey for CursorKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.mapping).text(&self.shard).u32(self.lane);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { mapping: key.u128()?, shard: key.text()?, lane: key.u32()? })
    }
}

impl TableKey for UrlId {
    fn write(&self, key: &mut KeyWriter) {
        key.text(&self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.text()?))
    }
}

impl TableKey for EventKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.function).i64(self.due_micros).u128(self.event);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { function: key.u128()?, due_micros: key.i64()?, event: key.u128()? })
    }
}

#[cfg(test)]
mod tests;
