//! Tables: the optimistic lock that Iceberg's commits rely on is here.

use base::Page;
use store::{Check, Commit, Row, Snapshot, key_after};

use super::keys::order_of;
use super::{ATTEMPTS, Error, Glue};
use crate::tables::{
    CatalogName, CatalogRef, DATABASES, DatabaseRow, KeyColumn, LEFTOVERS, Leftover, LeftoverRef, MemberName,
    TABLES, TableRow, TableState, VERSIONS, VersionRef,
};

/// Which table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableAt {
    /// The catalog.
    pub catalog: CatalogRef,
    /// The database, folded.
    pub database: String,
    /// The table, folded.
    pub name: String,
}

impl TableAt {
    /// Its database.
    pub fn database(&self) -> CatalogName {
        self.catalog.named(&self.database)
    }
}

/// A table that was found, and what a commit that relies on it must check.
pub struct FoundTable {
    /// Where its row is.
    pub at: MemberName,
    /// The row.
    pub row: Row<TableRow>,
}

impl FoundTable {
    /// Its id.
    pub fn id(&self) -> u128 {
        self.row.value.id
    }

    /// Requires that the table is as it was found.
    pub fn require(&self, commit: &mut Commit) {
        commit.check(Check::VersionIs(TABLES.key(&self.at), self.row.version));
    }
}

/// What a table is to say.
#[derive(Clone, Debug)]
pub struct NewTable {
    /// Its partition keys.
    pub keys: Vec<KeyColumn>,
    /// Its `TableInput`, kept.
    pub input: Vec<u8>,
}

/// A partition index that a table is to have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewIndex {
    /// Its name.
    pub name: String,
    /// The names of the indexed keys, in order.
    pub keys: Vec<String>,
}

/// How a table is replaced.
#[derive(Clone, Debug, Default)]
pub struct Replace {
    /// The version that must be the current one.
    pub expected: Option<String>,
    /// Do not keep the version that is replaced.
    pub skip_archive: bool,
}

/// What an update that came too late is told.
const STALE: &str = "Update table failed due to concurrent modifications.";

impl Glue {
    /// Creates a table.
    pub async fn create_table(
        &self,
        at: &TableAt,
        table: &NewTable,
        created_by: Option<String>,
        indexes: &[NewIndex],
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let database = self.database_row(&*snapshot, at).await?;
            let key = MemberName { database: database.value.id, name: at.name.clone() };
            if TABLES.get(&*snapshot, &key).await?.is_some() {
                return Err(Error::Exists("Table already exists.".to_owned()));
            }
            let now = self.now().as_micros();
            let mut row = TableRow {
                id: self.random.u128(),
                created_micros: now,
                created_by: created_by.clone(),
                state: TableState {
                    version: 0,
                    updated_micros: now,
                    keys: table.keys.clone(),
                    input: table.input.clone(),
                },
                layout: table.keys.iter().map(|key| order_of(key.kind.as_deref())).collect(),
                indexes: Vec::new(),
                next_index: 1,
            };
            for index in indexes {
                row.add_index(index, crate::tables::IndexStatus::Active)?;
            }
            let mut commit = self.begin();
            commit.check(Check::VersionIs(DATABASES.key(&at.database()), database.version));
            commit.check(Check::Absent(TABLES.key(&key)));
            commit.put(TABLES, &key, &row);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// The row of a table's database.
    pub(super) async fn database_row(
        &self,
        snapshot: &dyn Snapshot,
        at: &TableAt,
    ) -> Result<Row<DatabaseRow>, Error> {
        let row = DATABASES.get(snapshot, &at.database()).await?;
        row.ok_or_else(|| Error::no_database(&at.database))
    }

    /// A table, as this snapshot has it.
    pub async fn find_table(&self, snapshot: &dyn Snapshot, at: &TableAt) -> Result<FoundTable, Error> {
        let database = self.database_row(snapshot, at).await?.value.id;
        let key = MemberName { database, name: at.name.clone() };
        let row = TABLES.get(snapshot, &key).await?.ok_or_else(|| Error::no_table(&at.name))?;
        Ok(FoundTable { at: key, row })
    }

    /// A table as it is now.
    pub async fn table_row(&self, at: &TableAt) -> Result<TableRow, Error> {
        Ok(self.find_table(&*self.snapshot(), at).await?.row.value)
    }

    /// Tables of a database by name, from after `after` on.
    pub async fn table_rows(
        &self,
        database: &CatalogName,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, TableRow)>, Error> {
        let snapshot = self.snapshot();
        let row = DATABASES.get(&*snapshot, database).await?;
        let id = row.ok_or_else(|| Error::no_database(&database.name))?.value.id;
        let (mut start, end) = TABLES.prefix(|key| {
            key.u128(id);
        });
        if let Some(after) = after {
            start = key_after(&TABLES.key(&MemberName { database: id, name: after.to_owned() }));
        }
        let rows = TABLES.scan(&*snapshot, (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(at, row)| (at.name, row.value)), limit))
    }

    /// Replaces what a table says, and gives it the next version. With an expected version it happens only if that one is the current one at the
    /// moment of the commit.
    pub async fn update_table(&self, at: &TableAt, table: &NewTable, how: &Replace) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let commit = self.prepare_table_update(at, table, how).await?;
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// What replaces a table that is as it is now: for [`Glue::update_table`], and for commits of other rooms.
    pub(crate) async fn prepare_table_update(
        &self,
        at: &TableAt,
        table: &NewTable,
        how: &Replace,
    ) -> Result<Commit, Error> {
        let found = self.find_table(&*self.snapshot(), at).await?;
        let row = &found.row.value;
        let current = row.state.version;
        if how.expected.as_ref().is_some_and(|expected| *expected != current.to_string()) {
            return Err(Error::Concurrent(STALE.to_owned()));
        }
        row.check_frozen_keys(&table.keys)?;
        let mut changed = row.clone();
        changed.state = TableState {
            version: current + 1,
            updated_micros: self.now().as_micros(),
            keys: table.keys.clone(),
            input: table.input.clone(),
        };
        // Keys that come later are ordered by their type too; those that are there keep their order, since rows lie in it.
        for key in table.keys.iter().skip(changed.layout.len()) {
            changed.layout.push(order_of(key.kind.as_deref()));
        }
        let mut commit = self.begin();
        found.require(&mut commit);
        commit.put(TABLES, &found.at, &changed);
        if !how.skip_archive {
            commit.put(VERSIONS, &VersionRef { table: row.id, version: current }, &row.state);
        }
        Ok(commit)
    }

    /// Deletes a table. What belonged to it is swept away behind it.
    pub async fn delete_table(&self, at: &TableAt) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let found = self.find_table(&*self.snapshot(), at).await?;
            let mut commit = self.begin();
            found.require(&mut commit);
            drop_table(&mut commit, &found.at, found.id());
            if self.done(commit).await? {
                self.chores.notify_one();
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes tables, in one commit. For each that could not be deleted, why.
    pub async fn delete_tables(
        &self,
        database: &CatalogName,
        names: &[String],
    ) -> Result<Vec<(String, Error)>, Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let row = DATABASES.get(&*snapshot, database).await?;
            let id = row.ok_or_else(|| Error::no_database(&database.name))?.value.id;
            let mut commit = self.begin();
            let mut errors = Vec::new();
            let mut taken = std::collections::BTreeSet::new();
            for name in names {
                let at = MemberName { database: id, name: name.clone() };
                let found = if taken.insert(name) { TABLES.get(&*snapshot, &at).await? } else { None };
                match found {
                    Some(row) => {
                        commit.check(Check::VersionIs(TABLES.key(&at), row.version));
                        drop_table(&mut commit, &at, row.value.id);
                    }
                    // In a list of errors the text has no period.
                    None => errors.push((name.clone(), Error::NotFound(format!("Table {name} not found")))),
                }
            }
            if commit.writes.is_empty() || self.done(commit).await? {
                self.chores.notify_one();
                return Ok(errors);
            }
        }
        Err(Error::Conflict)
    }
}

pub(super) fn drop_table(commit: &mut Commit, at: &MemberName, id: u128) {
    commit.delete(TABLES, at);
    commit.put(LEFTOVERS, &LeftoverRef(id), &Leftover::Table);
}
