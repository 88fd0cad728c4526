//! Statements that are saved: named queries, which people keep, and prepared statements, which are run with parameters.

use base::Page;
use store::key_after;

use super::{ATTEMPTS, Athena, Error};
use crate::tables::{
    Member, NAMED, NAMED_BY_GROUP, Named, NamedRow, PREPARED, Place, PreparedRow, group_prefix,
};

/// Prepared statements of a work group (the quota).
const PREPARED_MAX: usize = 1_000;
/// Named queries that one deletion of a group takes along in one go.
const SLICE: usize = 2_000;

fn no_prepared(name: &str) -> Error {
    Error::NotFound { name: name.to_owned(), message: format!("PreparedStatement {name} was not found.") }
}

impl Athena {
    /// A named query.
    pub async fn named(&self, at: &Named) -> Result<NamedRow, Error> {
        let row = NAMED.get(&*self.snapshot(), at).await?;
        row.map(|row| row.value)
            .ok_or_else(|| Error::invalid(format!("NamedQuery {} was not found", at.name)))
    }

    /// Saves a named query. The same token with the same query gives the same id.
    pub async fn save_named(&self, place: &Place, row: &NamedRow) -> Result<String, Error> {
        if let Some(token) = &row.token {
            let range = NAMED_BY_GROUP.prefix(group_prefix(place, &row.group));
            for (key, _) in NAMED_BY_GROUP.scan(&*self.snapshot(), range, SLICE).await? {
                let there = self.named(&place.named(&key.name)).await?;
                if there.token.as_ref() == Some(token) {
                    return match there == *row {
                        true => Ok(key.name),
                        false => Err(Error::invalid("Idempotent parameters do not match")),
                    };
                }
            }
        }
        let id = self.random.uuid();
        let mut commit = self.begin();
        commit.put(NAMED, &place.named(&id), row).put(NAMED_BY_GROUP, &place.member(&row.group, &id), &());
        self.done(commit).await?;
        Ok(id)
    }

    /// Changes a named query.
    pub async fn change_named(&self, at: &Named, change: impl Fn(&mut NamedRow)) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let seen = NAMED.get(&*self.snapshot(), at).await?;
            let Some(row) = &seen else {
                return Err(Error::invalid(format!("NamedQuery {} was not found", at.name)));
            };
            let mut changed = row.value.clone();
            change(&mut changed);
            let mut commit = self.begin();
            commit.unchanged(NAMED, at, seen.as_ref()).put(NAMED, at, &changed);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a named query.
    pub async fn delete_named(&self, at: &Named) -> Result<(), Error> {
        let row = self.named(at).await?;
        let mut commit = self.begin();
        commit.delete(NAMED, at).delete(NAMED_BY_GROUP, &at.place.member(&row.group, &at.name));
        self.done(commit).await?;
        Ok(())
    }

    /// Ids of a group's named queries.
    pub async fn named_ids(
        &self,
        group: &Named,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<String>, Error> {
        let (mut start, end) = NAMED_BY_GROUP.prefix(group_prefix(&group.place, &group.name));
        if let Some(after) = after {
            start = key_after(&NAMED_BY_GROUP.key(&group.place.member(&group.name, after)));
        }
        let rows = NAMED_BY_GROUP.scan(&*self.snapshot(), (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(key, _)| key.name), limit))
    }

    /// A prepared statement.
    pub async fn prepared(&self, at: &Member) -> Result<PreparedRow, Error> {
        let row = PREPARED.get(&*self.snapshot(), at).await?;
        row.map(|row| row.value).ok_or_else(|| no_prepared(&at.name))
    }

    /// Prepares a statement under a name that is free.
    pub async fn prepare(&self, at: &Member, row: &PreparedRow) -> Result<(), Error> {
        let range = PREPARED.prefix(group_prefix(&at.place, &at.group));
        if PREPARED.scan(&*self.snapshot(), range, PREPARED_MAX).await?.len() >= PREPARED_MAX {
            return Err(Error::invalid("The number of prepared statements has reached its limit."));
        }
        let mut commit = self.begin();
        commit.unchanged(PREPARED, at, None).put(PREPARED, at, row);
        match self.done(commit).await? {
            true => Ok(()),
            false => Err(Error::invalid(format!(
                "PreparedStatement {} already exists in the workgroup {}",
                at.name, at.group
            ))),
        }
    }

    /// Replaces a prepared statement.
    pub async fn prepare_anew(&self, at: &Member, row: &PreparedRow) -> Result<(), Error> {
        self.prepared(at).await?;
        let mut commit = self.begin();
        commit.put(PREPARED, at, row);
        self.done(commit).await?;
        Ok(())
    }

    /// Forgets a prepared statement.
    pub async fn delete_prepared(&self, at: &Member) -> Result<(), Error> {
        self.prepared(at).await?;
        let mut commit = self.begin();
        commit.delete(PREPARED, at);
        self.done(commit).await?;
        Ok(())
    }

    /// A group's prepared statements.
    pub async fn prepared_page(
        &self,
        group: &Named,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, PreparedRow)>, Error> {
        let (mut start, end) = PREPARED.prefix(group_prefix(&group.place, &group.name));
        if let Some(after) = after {
            start = key_after(&PREPARED.key(&group.place.member(&group.name, after)));
        }
        let rows = PREPARED.scan(&*self.snapshot(), (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(key, row)| (key.name, row.value)), limit))
    }

    /// Whether anything is saved in a group.
    pub async fn has_saved(&self, group: &Named) -> Result<bool, Error> {
        let named = self.named_ids(group, None, 1).await?;
        Ok(!named.items.is_empty() || !self.prepared_page(group, None, 1).await?.items.is_empty())
    }

    /// Forgets all that is saved in a group.
    pub async fn forget_saved(&self, group: &Named) -> Result<(), Error> {
        loop {
            let named = self.named_ids(group, None, SLICE).await?;
            let prepared = self.prepared_page(group, None, SLICE).await?;
            if named.items.is_empty() && prepared.items.is_empty() {
                return Ok(());
            }
            let mut commit = self.begin();
            for id in &named.items {
                commit.delete(NAMED, &group.place.named(id));
                commit.delete(NAMED_BY_GROUP, &group.place.member(&group.name, id));
            }
            for (name, _) in &prepared.items {
                commit.delete(PREPARED, &group.place.member(&group.name, name));
            }
            self.done(commit).await?;
        }
    }
}
