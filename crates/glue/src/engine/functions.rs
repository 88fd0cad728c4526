//! User-defined functions: names of classes, kept for engines that load them.

use base::Page;
use store::{Check, Snapshot, key_after};

use super::{ATTEMPTS, Error, Glue};
use crate::tables::{CatalogName, DATABASES, FUNCTIONS, FunctionRow, MemberName};

fn missing(name: &str) -> Error {
    Error::NotFound(format!("Function {name} not found."))
}

fn exists() -> Error {
    Error::Exists("Function already exists.".to_owned())
}

impl Glue {
    async fn function_at(
        &self,
        snapshot: &dyn Snapshot,
        database: &CatalogName,
        name: &str,
    ) -> Result<(MemberName, store::Version), Error> {
        let row = DATABASES.get(snapshot, database).await?;
        let row = row.ok_or_else(|| Error::no_database(&database.name))?;
        Ok((MemberName { database: row.value.id, name: name.to_owned() }, row.version))
    }

    /// Creates a function.
    pub async fn create_function(
        &self,
        database: &CatalogName,
        name: &str,
        input: Vec<u8>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let (at, version) = self.function_at(&*snapshot, database, name).await?;
            if FUNCTIONS.get(&*snapshot, &at).await?.is_some() {
                return Err(exists());
            }
            let row = FunctionRow { created_micros: self.now().as_micros(), input: input.clone() };
            let mut commit = self.begin();
            commit.check(Check::VersionIs(DATABASES.key(database), version));
            commit.check(Check::Absent(FUNCTIONS.key(&at)));
            commit.put(FUNCTIONS, &at, &row);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// A function.
    pub async fn function(&self, database: &CatalogName, name: &str) -> Result<FunctionRow, Error> {
        let snapshot = self.snapshot();
        let (at, _) = self.function_at(&*snapshot, database, name).await?;
        let row = FUNCTIONS.get(&*snapshot, &at).await?;
        row.map(|row| row.value).ok_or_else(|| missing(name))
    }

    /// Replaces what a function says; another name renames it.
    pub async fn update_function(
        &self,
        database: &CatalogName,
        name: &str,
        new_name: &str,
        input: Vec<u8>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let (at, _) = self.function_at(&*snapshot, database, name).await?;
            let row = FUNCTIONS.get(&*snapshot, &at).await?.ok_or_else(|| missing(name))?;
            let to = MemberName { name: new_name.to_owned(), ..at.clone() };
            let mut commit = self.begin();
            commit.check(Check::VersionIs(FUNCTIONS.key(&at), row.version));
            if to != at {
                if FUNCTIONS.get(&*snapshot, &to).await?.is_some() {
                    return Err(exists());
                }
                commit.check(Check::Absent(FUNCTIONS.key(&to)));
                commit.delete(FUNCTIONS, &at);
            }
            commit.put(FUNCTIONS, &to, &FunctionRow { input: input.clone(), ..row.value });
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a function.
    pub async fn delete_function(&self, database: &CatalogName, name: &str) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let (at, _) = self.function_at(&*snapshot, database, name).await?;
            let row = FUNCTIONS.get(&*snapshot, &at).await?.ok_or_else(|| missing(name))?;
            let mut commit = self.begin();
            commit.check(Check::VersionIs(FUNCTIONS.key(&at), row.version));
            commit.delete(FUNCTIONS, &at);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Functions of a database by name, from after `after` on.
    pub async fn functions(
        &self,
        database: &CatalogName,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, FunctionRow)>, Error> {
        let snapshot = self.snapshot();
        let (first, _) = self.function_at(&*snapshot, database, "").await?;
        let (mut start, end) = FUNCTIONS.prefix(|key| {
            key.u128(first.database);
        });
        if let Some(after) = after {
            start = key_after(&FUNCTIONS.key(&MemberName { name: after.to_owned(), ..first }));
        }
        let rows = FUNCTIONS.scan(&*snapshot, (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(at, row)| (at.name, row.value)), limit))
    }
}
