//! What is persisted, and how: every key family of the room.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0a01 | queries | account, region, id | [`QueryRow`] | a query begins, moves on and ends |
//! | 0x0a02 | history | account, region, work group, inverted time, id | nothing | a query begins; the sweep of a deleted group |
//! | 0x0a03 | open | account, region, id | nothing | a query begins and ends |
//! | 0x0a04 | tokens | account, region, token | [`TokenRow`] | a query begins |
//! | 0x0a05 | groups | account, region, name | [`GroupRow`] | every change of a work group |
//! | 0x0a06 | named | account, region, id | [`NamedRow`] | every change of a named query |
//! | 0x0a07 | named by group | account, region, work group, id | nothing | they come and go |
//! | 0x0a08 | prepared | account, region, work group, name | [`PreparedRow`] | every change of a prepared statement |
//! | 0x0a09 | tags | account, region, resource | [`TagsRow`] | tags come and go, or what they are on |
//!
//! The group `primary` is there without a row, until it is changed. What clients give and get back as it came stands in the rows as the document it
//! is ([`wire::keep`]). Times are microseconds since the epoch.

use base::{AccountId, Tags};
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

/// Queries. Owner: `engine/queries.rs`.
pub const QUERIES: Table<Named, QueryRow> = Table::new(TableNumber(0x0a01), "athena.queries");
/// Queries of a work group, the newest first. Owner: `engine/queries.rs`.
pub const HISTORY: Table<HistoryRef, ()> = Table::new(TableNumber(0x0a02), "athena.history");
/// Queries that have not ended. Owner: `engine/queries.rs`.
pub const OPEN: Table<Named, ()> = Table::new(TableNumber(0x0a03), "athena.open");
/// What a client's token has begun. Owner: `engine/queries.rs`.
pub const TOKENS: Table<Named, TokenRow> = Table::new(TableNumber(0x0a04), "athena.tokens");
/// Work groups. Owner: `engine/groups.rs`.
pub const GROUPS: Table<Named, GroupRow> = Table::new(TableNumber(0x0a05), "athena.groups");
/// Named queries. Owner: `engine/saved.rs`.
pub const NAMED: Table<Named, NamedRow> = Table::new(TableNumber(0x0a06), "athena.named");
/// Named queries of a work group. Owner: `engine/saved.rs`.
pub const NAMED_BY_GROUP: Table<Member, ()> = Table::new(TableNumber(0x0a07), "athena.named_by_group");
/// Prepared statements. Owner: `engine/saved.rs`.
pub const PREPARED: Table<Member, PreparedRow> = Table::new(TableNumber(0x0a08), "athena.prepared");
/// Tags. Owner: `ops/tags.rs`.
pub const TAGS: Table<Named, TagsRow> = Table::new(TableNumber(0x0a09), "athena.tags");

/// An account in a region.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The account.
    pub account: AccountId,
    /// The region.
    pub region: String,
}

impl Place {
    /// Something of it, by its name or id.
    pub fn named(&self, name: &str) -> Named {
        Named { place: self.clone(), name: name.to_owned() }
    }

    /// Something of a work group of it.
    pub fn member(&self, group: &str, name: &str) -> Member {
        Member { place: self.clone(), group: group.to_owned(), name: name.to_owned() }
    }
}

/// Something with a name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Named {
    /// Where.
    pub place: Place,
    /// The name, or the id.
    pub name: String,
}

/// Something of a work group.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Member {
    /// Where.
    pub place: Place,
    /// The work group.
    pub group: String,
    /// The name, or the id.
    pub name: String,
}

/// A query in its group's history.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct HistoryRef {
    /// Where.
    pub place: Place,
    /// The work group.
    pub group: String,
    /// When it was begun; kept inverted, so that the newest come first.
    pub submitted_micros: i64,
    /// The query.
    pub id: String,
}

/// How far a query is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum QueryState {
    /// It waits for its turn.
    #[n(0)]
    Queued,
    /// It is being answered.
    #[n(1)]
    Running,
    /// It has been answered.
    #[n(2)]
    Succeeded,
    /// It could not be answered.
    #[n(3)]
    Failed,
    /// Somebody stopped it.
    #[n(4)]
    Cancelled,
}

impl QueryState {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// Whether nothing comes after it.
    pub const fn is_end(self) -> bool {
        match self {
            Self::Queued | Self::Running => false,
            Self::Succeeded | Self::Failed | Self::Cancelled => true,
        }
    }
}

/// What kind of statement a query is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum StatementKind {
    /// It asks for or changes data.
    #[n(0)]
    Dml,
    /// It changes the catalog.
    #[n(1)]
    Ddl,
    /// It asks about the catalog.
    #[n(2)]
    Utility,
}

impl StatementKind {
    /// As AWS writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dml => "DML",
            Self::Ddl => "DDL",
            Self::Utility => "UTILITY",
        }
    }
}

/// Why a query failed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct FailureRow {
    /// Whose fault: 1 the system's, 2 the user's, 3 another's.
    #[n(0)]
    pub category: i32,
    /// AWS's number of it.
    #[n(1)]
    pub kind: i32,
    /// Whether to try again may help.
    #[n(2)]
    pub retryable: bool,
    /// Its text.
    #[n(3)]
    pub message: String,
}

/// A column of a result.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ColumnRow {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Its type.
    #[n(1)]
    pub kind: String,
    /// Its digits.
    #[n(2)]
    pub precision: i32,
    /// Its digits after the point.
    #[n(3)]
    pub scale: i32,
}

/// What a query has done so far.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct DoneRow {
    /// The columns of its result.
    #[n(0)]
    pub columns: Vec<ColumnRow>,
    /// Rows it wrote, where it is one that writes rows.
    #[n(1)]
    pub updated: Option<i64>,
    /// `s3://…` of the list of the files it wrote, where it wrote any.
    #[n(2)]
    pub manifest: Option<String>,
    /// Bytes it read.
    #[n(3)]
    pub bytes_in: u64,
    /// Rows it read.
    #[n(4)]
    pub rows_in: u64,
    /// Bytes of its result.
    #[n(5)]
    pub bytes_out: u64,
    /// Rows of its result.
    #[n(6)]
    pub rows_out: u64,
}

/// A query.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct QueryRow {
    /// Its work group.
    #[n(0)]
    pub group: String,
    /// Its `StartQueryExecutionInput` as the group's settings left it, kept.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub asked: Vec<u8>,
    /// How far it is.
    #[n(2)]
    pub state: QueryState,
    /// Why it ended as it did, if not well.
    #[n(3)]
    pub reason: Option<String>,
    /// When it was begun.
    #[n(4)]
    pub submitted_micros: i64,
    /// When its turn came.
    #[n(5)]
    pub started_micros: Option<i64>,
    /// When it ended.
    #[n(6)]
    pub ended_micros: Option<i64>,
    /// What kind of statement it is.
    #[n(7)]
    pub kind: StatementKind,
    /// Which statement it is, e.g. `SELECT`.
    #[n(8)]
    pub statement: Option<String>,
    /// `s3://…` of its result.
    #[n(9)]
    pub output: String,
    /// Why it failed.
    #[n(10)]
    pub failure: Option<FailureRow>,
    /// What it did.
    #[n(11)]
    pub done: DoneRow,
}

/// What a client's token has begun.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct TokenRow {
    /// The query.
    #[n(0)]
    pub id: String,
    /// SHA-256 of the request that came with the token.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub digest: Vec<u8>,
}

/// A work group.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct GroupRow {
    /// Whether queries may be begun in it.
    #[n(0)]
    pub enabled: bool,
    /// Its description.
    #[n(1)]
    pub description: Option<String>,
    /// Its `WorkGroupConfiguration`, kept.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub configuration: Vec<u8>,
    /// When it was created; 0 for the one that is always there.
    #[n(3)]
    pub created_micros: i64,
}

/// A named query.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct NamedRow {
    /// Its work group.
    #[n(0)]
    pub group: String,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its description.
    #[n(2)]
    pub description: Option<String>,
    /// Its database.
    #[n(3)]
    pub database: String,
    /// Its text.
    #[n(4)]
    pub sql: String,
    /// The token it was created with.
    #[n(5)]
    pub token: Option<String>,
}

/// A prepared statement.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct PreparedRow {
    /// Its text.
    #[n(0)]
    pub sql: String,
    /// Its description.
    #[n(1)]
    pub description: Option<String>,
    /// When it was made so.
    #[n(2)]
    pub updated_micros: i64,
}

/// Tags of a resource.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct TagsRow {
    /// Key to value.
    #[n(0)]
    pub tags: Tags,
}

impl Place {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.region);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let account =
            AccountId::from_u64(key.u64()?).map_err(|_| ReadError::Decode("an account".to_owned()))?;
        Ok(Self { account, region: key.text()? })
    }
}

impl TableKey for Named {
    fn write(&self, key: &mut KeyWriter) {
        self.place.write(key);
        key.text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { place: Place::read(key)?, name: key.text()? })
    }
}

impl TableKey for Member {
    fn write(&self, key: &mut KeyWriter) {
        self.place.write(key);
        key.text(&self.group).text(&self.name);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { place: Place::read(key)?, group: key.text()?, name: key.text()? })
    }
}

impl TableKey for HistoryRef {
    fn write(&self, key: &mut KeyWriter) {
        self.place.write(key);
        key.text(&self.group).i64(!self.submitted_micros).text(&self.id);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let place = Place::read(key)?;
        Ok(Self { place, group: key.text()?, submitted_micros: !key.i64()?, id: key.text()? })
    }
}

/// A range of a table that goes on after a name.
pub fn place_prefix(place: &Place) -> impl FnOnce(&mut KeyWriter) + '_ {
    move |key| place.write(key)
}

/// The range of what belongs to a work group.
pub fn group_prefix<'a>(place: &'a Place, group: &'a str) -> impl FnOnce(&mut KeyWriter) + 'a {
    move |key| {
        place.write(key);
        key.text(group);
    }
}

#[cfg(test)]
mod tests;
