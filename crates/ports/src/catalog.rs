//! Tables and their columns, for whoever reads or writes files by a schema. Served by the Glue Data Catalog.

use std::collections::BTreeMap;

use base::{AccountId, Region};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use store::Commit;

use crate::{PortError, Principal};

/// Which table, in which state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRef {
    /// The catalog: the account it belongs to.
    pub catalog: AccountId,
    /// Where.
    pub region: Region,
    /// The database's name.
    pub database: String,
    /// The table's name.
    pub table: String,
    /// A version id; absent or `LATEST`: as it is now.
    pub version: Option<String>,
}

/// A column, or a partition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogColumn {
    /// Its name.
    pub name: String,
    /// Its type as Hive writes it, e.g. `array<struct<a:int,b:decimal(10,2)>>`; absent in tables of clients that leave it out.
    pub kind: Option<String>,
}

/// A table, as far as readers and writers of its files need it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogTable {
    /// The version id of this state.
    pub version: String,
    /// The columns of its files, in order.
    pub columns: Vec<CatalogColumn>,
    /// What it is partitioned by, in order.
    pub partition_keys: Vec<CatalogColumn>,
    /// `s3://…`, where its files lie.
    pub location: Option<String>,
    /// The class that reads it.
    pub input_format: Option<String>,
    /// The serialization library.
    pub serde: Option<String>,
    /// The serialization library's parameters, e.g. `paths`, `field.delim`.
    pub serde_parameters: BTreeMap<String, String>,
    /// The table's own parameters, e.g. `classification`, `table_type`, `metadata_location`.
    pub parameters: BTreeMap<String, String>,
}

/// What becomes of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableChange {
    /// Parameters that get these values; all others stay.
    pub parameters: BTreeMap<String, String>,
    /// Its columns from now on, each with its own parameters; absent: as they are.
    pub columns: Option<Vec<(CatalogColumn, BTreeMap<String, String>)>>,
}

/// Reads the catalog, and changes tables in it.
pub trait Catalog: Send + Sync + 'static {
    /// A table (`glue:GetTable`, `glue:GetTableVersion`). Fails with `NotFound` (`EntityNotFoundException`) or `Denied`.
    fn table<'a>(
        &'a self,
        principal: &'a Principal,
        table: &'a TableRef,
    ) -> BoxFuture<'a, Result<CatalogTable, PortError>>;

    /// What changes a table (`glue:UpdateTable`), if it is in this version, for the caller's own commit, whose checks fail if the table is in
    /// another one by then. Its earlier version is not kept, as Iceberg's clients want it. Fails with `NotFound`, `Denied`, or `Unavailable` if
    /// the table is in another version already.
    fn prepare_update<'a>(
        &'a self,
        principal: &'a Principal,
        table: &'a TableRef,
        version: &'a str,
        change: TableChange,
    ) -> BoxFuture<'a, Result<Commit, PortError>> {
        let _ = (principal, table, version, change);
        Box::pin(std::future::ready(Err(PortError::Unavailable("tables are not changed here".to_owned()))))
    }
}

/// A refusal of the catalog, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct CatalogRefusal {
    /// The code, e.g. `EntityNotFoundException`.
    pub code: String,
    /// Its text.
    pub message: String,
}

/// The catalog's own operations, as its clients call them: a JSON document in, a JSON document out. Every call asks the policies what any client's
/// would. For who does with tables whatever their users say (Athena); who only reads a table's columns asks [`Catalog`].
pub trait CatalogCalls: Send + Sync + 'static {
    /// Calls an operation, e.g. `GetPartitions`.
    fn call<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        operation: &'static str,
        input: String,
    ) -> BoxFuture<'a, Result<Bytes, CatalogRefusal>>;
}
