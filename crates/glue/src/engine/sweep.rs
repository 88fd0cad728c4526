//! What deletions leave: rows that nobody can reach any more. They are removed in slices, each its own commit; the entry that names
//! them goes last, so that a sweep that was cut short begins again.

use store::{Check, Commit, Key, Table, TableKey, TableValue, Write};

use super::tables::drop_table;
use super::{Error, Glue};
use crate::tables::{
    FUNCTIONS, INDEXED, LEFTOVERS, Leftover, LeftoverRef, MemberName, PARTITIONS, STATISTICS, TABLES,
    VERSIONS,
};

/// Rows that one commit removes.
const SLICE: usize = 5_000;
/// Entries of one look at what is left.
const PAGE: usize = 64;

impl Glue {
    /// Returns when there may be something to sweep.
    pub async fn chore(&self) {
        self.chores.notified().await;
    }

    /// Sweeps until nothing is left.
    pub async fn sweep(&self) -> Result<(), Error> {
        loop {
            let entries = LEFTOVERS.scan(&*self.snapshot(), LEFTOVERS.prefix(|_| {}), PAGE).await?;
            if entries.is_empty() {
                return Ok(());
            }
            for (entry, row) in entries {
                match &row.value {
                    Leftover::Database => self.sweep_database(entry.0).await?,
                    Leftover::Table => self.sweep_table(entry.0).await?,
                    Leftover::Registry => self.sweep_registry(entry.0).await?,
                    Leftover::Indexes(database, name) => {
                        let at = MemberName { database: *database, name: name.clone() };
                        self.settle_indexes(&at).await?;
                    }
                }
                let mut commit = self.begin();
                // Another index may have been asked for meanwhile: then the entry stays.
                commit.check(Check::VersionIs(LEFTOVERS.key(&entry), row.version));
                commit.delete(LEFTOVERS, &entry);
                self.done(commit).await?;
            }
        }
    }

    async fn sweep_database(&self, id: u128) -> Result<(), Error> {
        let of_database = |key: &mut store::KeyWriter| {
            key.u128(id);
        };
        // A table's row goes before what belongs to it: whoever still writes there checks the row.
        loop {
            let tables = TABLES.scan(&*self.snapshot(), TABLES.prefix(of_database), PAGE).await?;
            let mut commit = self.begin();
            for (at, row) in &tables {
                commit.check(Check::VersionIs(TABLES.key(at), row.version));
                drop_table(&mut commit, at, row.value.id);
            }
            if tables.is_empty() {
                break;
            }
            self.done(commit).await?;
        }
        self.remove_range(FUNCTIONS, FUNCTIONS.prefix(of_database)).await
    }

    async fn sweep_table(&self, id: u128) -> Result<(), Error> {
        let of_table = |key: &mut store::KeyWriter| {
            key.u128(id);
        };
        self.remove_range(INDEXED, INDEXED.prefix(of_table)).await?;
        self.remove_range(PARTITIONS, PARTITIONS.prefix(of_table)).await?;
        self.remove_range(STATISTICS, STATISTICS.prefix(of_table)).await?;
        self.remove_range(VERSIONS, VERSIONS.prefix(of_table)).await
    }

    /// Removes every row of a range that nobody writes to any more.
    pub(super) async fn remove_range<K: TableKey, V: TableValue>(
        &self,
        _: Table<K, V>,
        (start, end): (Key, Key),
    ) -> Result<(), Error> {
        loop {
            let scan = store::Scan { start: start.clone(), end: end.clone(), reverse: false, limit: SLICE };
            let rows = self.snapshot().scan(scan).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut commit: Commit = self.begin();
            commit.writes.extend(rows.into_iter().map(|(key, _)| Write { key, value: None }));
            self.done(commit).await?;
        }
    }

    /// What is left to sweep, for tests.
    pub async fn leftovers(&self) -> Result<Vec<LeftoverRef>, Error> {
        let entries = LEFTOVERS.scan(&*self.snapshot(), LEFTOVERS.prefix(|_| {}), PAGE).await?;
        Ok(entries.into_iter().map(|(entry, _)| entry).collect())
    }
}
