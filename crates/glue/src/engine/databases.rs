//! Databases.

use base::Page;
use store::{Check, key_after};

use super::{ATTEMPTS, Error, Glue};
use crate::tables::{CatalogName, CatalogRef, DATABASES, DatabaseRow, LEFTOVERS, Leftover, LeftoverRef};

impl Glue {
    /// Creates a database.
    pub async fn create_database(
        &self,
        at: &CatalogName,
        input: Vec<u8>,
        tags: &base::Tags,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            if DATABASES.get(&*self.snapshot(), at).await?.is_some() {
                return Err(Error::Exists("Database already exists.".to_owned()));
            }
            let row = DatabaseRow {
                id: self.random.u128(),
                created_micros: self.now().as_micros(),
                input: input.clone(),
            };
            let mut commit = self.begin();
            commit.check(Check::Absent(DATABASES.key(at)));
            commit.put(DATABASES, at, &row);
            self.write_tags(&mut commit, &at.catalog, &format!("database/{}", at.name), tags)?;
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// A database.
    pub async fn database(&self, at: &CatalogName) -> Result<DatabaseRow, Error> {
        let row = DATABASES.get(&*self.snapshot(), at).await?;
        row.map(|row| row.value).ok_or_else(|| Error::no_database(&at.name))
    }

    /// Databases by name, from after `after` on.
    pub async fn databases(
        &self,
        catalog: &CatalogRef,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(CatalogName, DatabaseRow)>, Error> {
        let (mut start, end) = DATABASES.prefix(|key| store::TableKey::write(catalog, key));
        if let Some(after) = after {
            start = key_after(&DATABASES.key(&catalog.named(after)));
        }
        let rows = DATABASES.scan(&*self.snapshot(), (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(at, row)| (at, row.value)), limit))
    }

    /// Replaces what a database says. Another name is a rename: its tables follow, since they belong to its id.
    pub async fn update_database(
        &self,
        at: &CatalogName,
        new_name: &str,
        input: Vec<u8>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let row = DATABASES.get(&*snapshot, at).await?.ok_or_else(|| Error::no_database(&at.name))?;
            let changed = DatabaseRow { input: input.clone(), ..row.value };
            let mut commit = self.begin();
            commit.check(Check::VersionIs(DATABASES.key(at), row.version));
            let to = at.catalog.named(new_name);
            if to != *at {
                if DATABASES.get(&*snapshot, &to).await?.is_some() {
                    return Err(Error::Exists("Database already exists.".to_owned()));
                }
                commit.check(Check::Absent(DATABASES.key(&to)));
                commit.delete(DATABASES, at);
                let tags = self.tags(&at.catalog.named(&format!("database/{}", at.name))).await?;
                self.forget_tags(&mut commit, &at.catalog, &format!("database/{}", at.name));
                self.write_tags(&mut commit, &at.catalog, &format!("database/{}", to.name), &tags)?;
            }
            commit.put(DATABASES, &to, &changed);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a database and all that is in it.
    pub async fn delete_database(&self, at: &CatalogName) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let row = DATABASES.get(&*self.snapshot(), at).await?;
            let row = row.ok_or_else(|| Error::no_database(&at.name))?;
            let mut commit = self.begin();
            commit.check(Check::VersionIs(DATABASES.key(at), row.version));
            commit.delete(DATABASES, at);
            commit.put(LEFTOVERS, &LeftoverRef(row.value.id), &Leftover::Database);
            self.forget_tags(&mut commit, &at.catalog, &format!("database/{}", at.name));
            if self.done(commit).await? {
                self.chores.notify_one();
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
