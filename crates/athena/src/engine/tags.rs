//! Tags of work groups and of the catalog.

use base::{TagSet as _, Tags};

use super::{ATTEMPTS, Athena, Error};
use crate::tables::{Named, TAGS};

/// Tags of a resource.
const TAGS_MAX: usize = 50;

/// Tags that may be set.
pub fn checked(tags: Tags) -> Result<Tags, Error> {
    match tags.reserved_key() {
        Some(key) => Err(Error::invalid(format!("Tag keys that begin with aws: are reserved: {key}"))),
        None if tags.len() > TAGS_MAX => {
            Err(Error::invalid(format!("A resource has at most {TAGS_MAX} tags.")))
        }
        None => Ok(tags),
    }
}

impl Athena {
    /// Whether there is something to be tagged.
    async fn require_taggable(&self, at: &Named) -> Result<(), Error> {
        let missing =
            || Error::NotFound { name: at.name.clone(), message: format!("{} does not exist", at.name) };
        match at.name.split_once('/') {
            Some(("workgroup", name)) => {
                self.group(&at.place.named(name)).await.map(|_| ()).map_err(|error| match error {
                    Error::Invalid(_) => missing(),
                    other => other,
                })
            }
            Some(("datacatalog", name)) if name.eq_ignore_ascii_case("awsdatacatalog") => Ok(()),
            Some(_) | None => Err(missing()),
        }
    }

    /// The tags of a resource.
    pub async fn tags(&self, at: &Named) -> Result<Tags, Error> {
        self.require_taggable(at).await?;
        let row = TAGS.get(&*self.snapshot(), at).await?;
        Ok(row.map(|row| row.value.tags).unwrap_or_default())
    }

    /// Changes the tags of a resource.
    pub async fn change_tags(&self, at: &Named, change: impl Fn(&mut Tags)) -> Result<(), Error> {
        self.require_taggable(at).await?;
        for _ in 0..ATTEMPTS {
            let seen = TAGS.get(&*self.snapshot(), at).await?;
            let mut row = seen.as_ref().map(|row| row.value.clone()).unwrap_or_default();
            change(&mut row.tags);
            row.tags = checked(row.tags)?;
            let mut commit = self.begin();
            commit.unchanged(TAGS, at, seen.as_ref()).put(TAGS, at, &row);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
