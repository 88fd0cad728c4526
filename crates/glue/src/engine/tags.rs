//! Tags: kept by the resource they are on, so that one place serves all kinds of resources.

use base::Tags;
use store::{Check, Commit};

use super::{ATTEMPTS, Error, Glue};
use crate::tables::{CatalogName, CatalogRef, TAGS, TagsRow};

/// Tags of a resource (facts section 1.5).
pub const TAGS_MAX: usize = 50;

/// Refuses tags that cannot be.
pub fn check_tags(tags: &Tags) -> Result<(), Error> {
    if tags.len() > TAGS_MAX {
        return Err(Error::Invalid(format!("A resource cannot have more than {TAGS_MAX} tags.")));
    }
    match tags.keys().find(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        Some(key) => Err(Error::Invalid(format!("The tag key {key} begins with the reserved prefix aws:."))),
        None => Ok(()),
    }
}

impl Glue {
    /// Writes the tags of something that is being created.
    pub(crate) fn write_tags(
        &self,
        commit: &mut Commit,
        catalog: &CatalogRef,
        resource: &str,
        tags: &Tags,
    ) -> Result<(), Error> {
        check_tags(tags)?;
        if !tags.is_empty() {
            commit.put(TAGS, &catalog.named(resource), &TagsRow { tags: tags.clone() });
        }
        Ok(())
    }

    /// Forgets the tags of something that goes.
    pub(crate) fn forget_tags(&self, commit: &mut Commit, catalog: &CatalogRef, resource: &str) {
        commit.delete(TAGS, &catalog.named(resource));
    }

    /// The tags of something.
    pub async fn tags(&self, at: &CatalogName) -> Result<Tags, Error> {
        let row = TAGS.get(&*self.snapshot(), at).await?;
        Ok(row.map(|row| row.value.tags).unwrap_or_default())
    }

    /// Adds tags to something and removes others.
    pub async fn change_tags(&self, at: &CatalogName, add: &Tags, remove: &[String]) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let row = TAGS.get(&*self.snapshot(), at).await?;
            let mut tags = row.as_ref().map(|row| row.value.tags.clone()).unwrap_or_default();
            tags.retain(|key, _| !remove.contains(key));
            tags.extend(add.clone());
            check_tags(&tags)?;
            let mut commit = self.begin();
            match &row {
                Some(row) => commit.check(Check::VersionIs(TAGS.key(at), row.version)),
                None => commit.check(Check::Absent(TAGS.key(at))),
            };
            match tags.is_empty() {
                true => commit.delete(TAGS, at),
                false => commit.put(TAGS, at, &TagsRow { tags }),
            };
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
