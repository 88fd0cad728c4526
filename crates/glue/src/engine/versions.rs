//! Versions of tables: the current one stands in the table's row, older ones in rows of their own.

use base::Page;
use store::{Check, Row, Snapshot};

use super::tables::{FoundTable, TableAt};
use super::{ATTEMPTS, Error, Glue};
use crate::tables::{TableRow, TableState, VERSIONS, VersionRef};

impl Glue {
    /// A table as one of its versions has it; the current one if none is named.
    pub async fn table_version(&self, at: &TableAt, version: Option<&str>) -> Result<TableRow, Error> {
        let snapshot = self.snapshot();
        let found = self.find_table(&*snapshot, at).await?;
        let mut row = found.row.value.clone();
        if let Some(version) = version
            && version != row.state.version.to_string()
        {
            row.state = self.archived(&*snapshot, &found, version).await?.1.value;
        }
        Ok(row)
    }

    async fn archived(
        &self,
        snapshot: &dyn Snapshot,
        table: &FoundTable,
        version: &str,
    ) -> Result<(VersionRef, Row<TableState>), Error> {
        let number = version.parse::<u64>().ok().filter(|number| number.to_string() == version);
        let at = VersionRef { table: table.id(), version: number.ok_or_else(Error::no_version)? };
        Ok((at, VERSIONS.get(snapshot, &at).await?.ok_or_else(Error::no_version)?))
    }

    /// A table and its versions, newest first, the current one included, those before `before`.
    pub async fn table_versions(
        &self,
        at: &TableAt,
        before: Option<u64>,
        limit: usize,
    ) -> Result<(TableRow, Page<TableState>), Error> {
        let snapshot = self.snapshot();
        let table = self.find_table(&*snapshot, at).await?.row.value;
        let (start, mut end) = VERSIONS.prefix(|key| {
            key.u128(table.id);
        });
        let mut states = Vec::new();
        match before {
            Some(before) => end = VERSIONS.key(&VersionRef { table: table.id, version: before }),
            None => states.push(table.state.clone()),
        }
        let rows = VERSIONS.scan_back(&*snapshot, (start, end), limit + 1).await?;
        states.extend(rows.into_iter().map(|(_, row)| row.value));
        Ok((table, Page::take(states, limit)))
    }

    /// Forgets older versions, in one commit. For each that could not be, why.
    pub async fn delete_versions(
        &self,
        at: &TableAt,
        versions: &[String],
    ) -> Result<Vec<(String, Error)>, Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let table = self.find_table(&*snapshot, at).await?;
            let mut commit = self.begin();
            let mut errors = Vec::new();
            for version in versions {
                if *version == table.row.value.state.version.to_string() {
                    let text = "Cannot delete the current version of a table.";
                    errors.push((version.clone(), Error::invalid(text)));
                    continue;
                }
                match self.archived(&*snapshot, &table, version).await {
                    Ok((at, row)) => {
                        commit.check(Check::VersionIs(VERSIONS.key(&at), row.version));
                        commit.delete(VERSIONS, &at);
                    }
                    Err(error @ Error::NotFound(_)) => errors.push((version.clone(), error)),
                    Err(error) => return Err(error),
                }
            }
            if commit.writes.is_empty() || self.done(commit).await? {
                return Ok(errors);
            }
        }
        Err(Error::Conflict)
    }
}
