//! Things of a catalog that have a name and nothing else in common: how they come, change and go.

use base::{Page, Tags};
use store::{Check, Commit, Row, Table, TableKey, TableValue, key_after};

use super::{ATTEMPTS, Error, Glue};
use crate::tables::{CatalogName, CatalogRef};

impl Glue {
    /// Creates something, with its tags under `resource`; fails with `exists` if there is one of this name.
    pub(crate) async fn create_named<V: TableValue>(
        &self,
        table: Table<CatalogName, V>,
        at: &CatalogName,
        value: &V,
        exists: impl Fn() -> Error,
        tags: Option<(&str, &Tags)>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            if table.get(&*self.snapshot(), at).await?.is_some() {
                return Err(exists());
            }
            let mut commit = self.begin();
            commit.check(Check::Absent(table.key(at)));
            commit.put(table, at, value);
            if let Some((resource, tags)) = tags {
                self.write_tags(&mut commit, &at.catalog, resource, tags)?;
            }
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Something; fails with `missing` if there is none.
    pub(crate) async fn named<V: TableValue>(
        &self,
        table: Table<CatalogName, V>,
        at: &CatalogName,
        missing: impl Fn() -> Error,
    ) -> Result<Row<V>, Error> {
        table.get(&*self.snapshot(), at).await?.ok_or_else(missing)
    }

    /// Things of a catalog by name, from after `after` on.
    pub(crate) async fn all_named<V: TableValue>(
        &self,
        table: Table<CatalogName, V>,
        catalog: &CatalogRef,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, V)>, Error> {
        let (mut start, end) = table.prefix(|key| catalog.write(key));
        if let Some(after) = after {
            start = key_after(&table.key(&catalog.named(after)));
        }
        let rows = table.scan(&*self.snapshot(), (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(at, row)| (at.name, row.value)), limit))
    }

    /// Changes something, and whatever else the change puts into the commit.
    pub(crate) async fn change_named<V: TableValue>(
        &self,
        table: Table<CatalogName, V>,
        at: &CatalogName,
        missing: impl Fn() -> Error,
        mut change: impl FnMut(&mut V, &mut Commit) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let row = table.get(&*self.snapshot(), at).await?.ok_or_else(&missing)?;
            let mut value = row.value;
            let mut commit = self.begin();
            commit.check(Check::VersionIs(table.key(at), row.version));
            change(&mut value, &mut commit)?;
            commit.put(table, at, &value);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes something and its tags, unless `may` says that it must stay.
    pub(crate) async fn delete_named<V: TableValue>(
        &self,
        table: Table<CatalogName, V>,
        at: &CatalogName,
        missing: impl Fn() -> Error,
        resource: Option<&str>,
        mut may: impl FnMut(&V, &mut Commit) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let row = table.get(&*self.snapshot(), at).await?.ok_or_else(&missing)?;
            let mut commit = self.begin();
            commit.check(Check::VersionIs(table.key(at), row.version));
            may(&row.value, &mut commit)?;
            commit.delete(table, at);
            if let Some(resource) = resource {
                self.forget_tags(&mut commit, &at.catalog, resource);
            }
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
