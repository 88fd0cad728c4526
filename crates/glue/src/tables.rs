//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0901 | databases | account, region, name | [`DatabaseRow`] | every change of a database |
//! | 0x0902 | tables | database id, name | [`TableRow`] | every change of a table, of its indexes included |
//! | 0x0903 | versions | table id, version | [`TableState`] | an update that archives what it replaces |
//! | 0x0904 | partitions | table id, values | [`PartitionRow`] | partitions come, change and go |
//! | 0x0905 | indexed | table id, index number, indexed values, partition | [`IndexedRow`] | with their partitions |
//! | 0x0906 | functions | database id, name | [`FunctionRow`] | every change of a function |
//! | 0x0907 | statistics | table id, partition id (0: the table), column | [`StatisticsRow`] | statistics come and go |
//! | 0x0908 | leftovers | database or table id | [`Leftover`] | a deletion or a new index leaves them, the sweep removes them |
//! | 0x0909 | tags | account, region, resource | [`TagsRow`] | tags come and go, or what they are on |
//! | 0x090a | connections | account, region, name | [`ConnectionRow`] | every change of a connection |
//! | 0x090b | security configurations | account, region, name | [`SecurityRow`] | they come and go |
//! | 0x090c | policies | account, region | [`PolicyRow`] | PutResourcePolicy and DeleteResourcePolicy |
//!
//! The Schema Registry's are in [`registry`], the crawlers' in [`crawling`].
//!
//! Databases and tables have ids drawn at creation; what belongs to them is kept under the id. So a rename moves nothing, and a deletion is
//! one row: what it leaves behind nobody can reach any more, and the sweep takes it away in slices. Names are stored folded to lower case.
//!
//! What clients give and get back as it came (a descriptor, parameters) stands in the rows as the document it is ([`wire::keep`]); what the room
//! itself looks at stands beside it. Times are microseconds since the epoch.
//!
//! A partition's key is made of its values (`engine/keys.rs`), ordered by the table's [`Order`]s, which are fixed when the table is
//! created: numbers by their value where the key was declared as a whole number, everything else by its text.

use base::{AccountId, Tags};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

/// Databases. Owner: `engine/databases.rs`.
pub const DATABASES: Table<CatalogName, DatabaseRow> = Table::new(TableNumber(0x0901), "glue.databases");
/// Tables. Owner: `engine/tables.rs`.
pub const TABLES: Table<MemberName, TableRow> = Table::new(TableNumber(0x0902), "glue.tables");
/// Older versions of tables. Owner: `engine/versions.rs`.
pub const VERSIONS: Table<VersionRef, TableState> = Table::new(TableNumber(0x0903), "glue.versions");
/// Partitions. Owner: `engine/partitions.rs`.
pub const PARTITIONS: Table<PartitionRef, PartitionRow> = Table::new(TableNumber(0x0904), "glue.partitions");
/// Partitions by indexed values. Owner: `engine/indexes.rs`.
pub const INDEXED: Table<IndexedRef, IndexedRow> = Table::new(TableNumber(0x0905), "glue.indexed");
/// User-defined functions. Owner: `engine/functions.rs`.
pub const FUNCTIONS: Table<MemberName, FunctionRow> = Table::new(TableNumber(0x0906), "glue.functions");
/// Column statistics. Owner: `engine/statistics.rs`.
pub const STATISTICS: Table<StatisticsRef, StatisticsRow> =
    Table::new(TableNumber(0x0907), "glue.statistics");
/// What deletions and new indexes have left to do. Owner: `engine/sweep.rs`.
pub const LEFTOVERS: Table<LeftoverRef, Leftover> = Table::new(TableNumber(0x0908), "glue.leftovers");

/// Tags, by the resource part of what they are on. Owner: `engine/tags.rs`.
pub const TAGS: Table<CatalogName, TagsRow> = Table::new(TableNumber(0x0909), "glue.tags");

/// Connections. Owner: `ops/connections.rs`.
pub const CONNECTIONS: Table<CatalogName, ConnectionRow> =
    Table::new(TableNumber(0x090a), "glue.connections");
/// Security configurations. Owner: `ops/settings.rs`.
pub const SECURITY: Table<CatalogName, SecurityRow> = Table::new(TableNumber(0x090b), "glue.security");
/// Resource policies of catalogs. Owner: `engine/policy.rs`.
pub const POLICIES: Table<CatalogRef, PolicyRow> = Table::new(TableNumber(0x090c), "glue.policies");

/// A catalog: there is one in each account and region.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CatalogRef {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
}

/// Something of a catalog, by its name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CatalogName {
    /// The catalog.
    pub catalog: CatalogRef,
    /// The name.
    pub name: String,
}

/// Something of a database, by its name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct MemberName {
    /// The database's id.
    pub database: u128,
    /// The name.
    pub name: String,
}

/// A version of a table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct VersionRef {
    /// The table's id.
    pub table: u128,
    /// The version.
    pub version: u64,
}

/// A partition.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PartitionRef {
    /// The table's id.
    pub table: u128,
    /// Its values, as `engine/keys.rs` writes them.
    pub values: Vec<u8>,
}

/// A partition in an index.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct IndexedRef {
    /// The table's id.
    pub table: u128,
    /// The index's number within the table.
    pub index: u32,
    /// The indexed values and what tells equal ones apart, as `engine/keys.rs` writes them.
    pub values: Vec<u8>,
}

/// Statistics of a column.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct StatisticsRef {
    /// The table's id.
    pub table: u128,
    /// The partition's id; 0 for the table itself.
    pub partition: u128,
    /// The column.
    pub column: String,
}

/// The id of a database or table that is gone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LeftoverRef(pub u128);

/// A database.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DatabaseRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// Its `DatabaseInput`, kept.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub input: Vec<u8>,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct TableRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// The ARN of who created it.
    #[n(2)]
    pub created_by: Option<String>,
    /// What an update replaces.
    #[n(3)]
    pub state: TableState,
    /// How its partitions are ordered, one for each partition key; further ones go by their text.
    #[n(4)]
    pub layout: Vec<Order>,
    /// Its partition indexes.
    #[n(5)]
    pub indexes: Vec<IndexRow>,
    /// The number of the next index.
    #[n(6)]
    pub next_index: u32,
}

/// What one version of a table says.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct TableState {
    /// Its version, counted from 0.
    #[n(0)]
    pub version: u64,
    /// When it was made so.
    #[n(1)]
    pub updated_micros: i64,
    /// Its partition keys.
    #[n(2)]
    pub keys: Vec<KeyColumn>,
    /// Its `TableInput`, kept.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub input: Vec<u8>,
}

/// A partition key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KeyColumn {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Its type, as it was given.
    #[n(1)]
    pub kind: Option<String>,
}

/// How the values of a partition key are ordered in keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Order {
    /// By their text.
    #[n(0)]
    Text,
    /// Whole numbers by their value, then the rest by their text.
    #[n(1)]
    Number,
}

/// A partition index.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct IndexRow {
    /// Its number within the table, never used again.
    #[n(0)]
    pub number: u32,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// The indexed keys' places among the table's partition keys, in the index's order.
    #[n(2)]
    pub columns: Vec<u32>,
    /// What is being done with it.
    #[n(3)]
    pub status: IndexStatus,
}

/// What is being done with an index.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum IndexStatus {
    /// Partitions that were there before it are being added. New ones are, too.
    #[n(0)]
    Creating,
    /// It holds every partition.
    #[n(1)]
    Active,
    /// What it holds is being removed.
    #[n(2)]
    Deleting,
}

/// A partition.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PartitionRow {
    /// Its id: its statistics are kept under it.
    #[n(0)]
    pub id: u128,
    /// When it was created.
    #[n(1)]
    pub created_micros: i64,
    /// Its values, byte for byte.
    #[n(2)]
    pub values: Vec<String>,
    /// Its `PartitionInput` without the values, kept.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub input: Vec<u8>,
}

/// A partition in an index.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct IndexedRow {
    /// The values of [`PartitionRef`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub partition: Vec<u8>,
}

/// A user-defined function.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct FunctionRow {
    /// When it was created.
    #[n(0)]
    pub created_micros: i64,
    /// Its `UserDefinedFunctionInput`, kept.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub input: Vec<u8>,
}

/// Statistics of a column.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct StatisticsRow {
    /// The `ColumnStatistics`, kept.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub statistics: Vec<u8>,
}

/// Tags of something.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct TagsRow {
    /// Them.
    #[n(0)]
    pub tags: Tags,
}

/// A connection.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ConnectionRow {
    /// When it was created.
    #[n(0)]
    pub created_micros: i64,
    /// When it was changed.
    #[n(1)]
    pub updated_micros: i64,
    /// The ARN of who changed it.
    #[n(2)]
    pub updated_by: Option<String>,
    /// Its `ConnectionInput` without what is secret, kept.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub input: Vec<u8>,
    /// Its password, sealed.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub password: Option<Vec<u8>>,
}

/// A security configuration.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SecurityRow {
    /// When it was created.
    #[n(0)]
    pub created_micros: i64,
    /// Its `EncryptionConfiguration`, kept.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub encryption: Vec<u8>,
}

/// A resource policy.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PolicyRow {
    /// Its text, with ids where it names users and roles.
    #[n(0)]
    pub text: String,
    /// Its hash.
    #[n(1)]
    pub hash: String,
    /// When the first was put.
    #[n(2)]
    pub created_micros: i64,
    /// When this one was.
    #[n(3)]
    pub updated_micros: i64,
}

/// What a change has left to do.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Leftover {
    /// A deleted database's tables and functions are to go.
    #[n(0)]
    Database,
    /// A deleted table's versions, partitions, indexes and statistics are to go.
    #[n(1)]
    Table,
    /// Indexes of a table are to be filled or emptied: its database's id, and its name.
    #[n(2)]
    Indexes(#[n(0)] u128, #[n(1)] String),
    /// A deleted registry's schemas are to go.
    #[n(3)]
    Registry,
}

pub(crate) fn read_account(key: &mut KeyReader<'_>) -> Result<AccountId, ReadError> {
    AccountId::from_u64(key.u64()?)
        .map_err(|_| ReadError::Decode("account has more than twelve digits".to_owned()))
}

impl TableKey for CatalogRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { account: read_account(key)?, region: key.text()? })
    }
}

impl TableKey for CatalogName {
    fn write(&self, key: &mut KeyWriter) {
        self.catalog.write(key);
        key.text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { catalog: CatalogRef::read(key)?, name: key.text()? })
    }
}

impl TableKey for MemberName {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.database).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { database: key.u128()?, name: key.text()? })
    }
}

impl TableKey for VersionRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table).u64(self.version);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { table: key.u128()?, version: key.u64()? })
    }
}

impl TableKey for PartitionRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table).tail(&self.values);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { table: key.u128()?, values: key.tail() })
    }
}

impl TableKey for IndexedRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table).u32(self.index).tail(&self.values);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { table: key.u128()?, index: key.u32()?, values: key.tail() })
    }
}

impl TableKey for StatisticsRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.table).u128(self.partition).text(&self.column);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { table: key.u128()?, partition: key.u128()?, column: key.text()? })
    }
}

impl TableKey for LeftoverRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.u128()?))
    }
}

pub mod crawling;
pub mod registry;

#[cfg(test)]
mod tests;
