//! Published versions: `$LATEST` as it was once, under a number.

use store::{Check, settle};

use super::error::{Error, Result, happened};
use super::functions::{Version, check_revision};
use super::{Engine, TRIES};
use crate::tables::{Configuration, FUNCTIONS, FunctionKey, FunctionRow, VERSIONS, VersionKey, VersionRow};

impl Engine {
    /// Publishes `$LATEST`, unless it is what was published last: then that version again.
    pub async fn publish(
        &self,
        key: &FunctionKey,
        description: Option<&str>,
        sha256: Option<&str>,
        revision: Option<&str>,
    ) -> Result<Version> {
        for _ in 0..TRIES {
            let seen = self.function(key).await?;
            check_revision(revision, seen.value.revision(self.clock.now()))?;
            if let Some(given) = sha256.filter(|given| *given != seen.value.latest.code.sha256) {
                return Err(Error::invalid(format!(
                    "CodeSHA256 ({given}) is different from current CodeSHA256 in $LATEST ({}). Please try again with the CodeSHA256 in $LATEST.",
                    seen.value.latest.code.sha256
                )));
            }
            self.must_be_settled(key, &seen.value)?;
            if let Some((number, last)) = self.last_version(&seen.value).await?
                && is_same(&last, &seen.value.latest)
            {
                return Ok(version(key, &seen.value, number, last));
            }
            let mut row = seen.value.clone();
            let mut commit = self.commit();
            commit.unchanged(FUNCTIONS, key, Some(&seen));
            let number = self.add_version(&mut commit, &mut row, description.map(str::to_owned));
            commit.put(FUNCTIONS, key, &row);
            if happened(settle(&*self.store, commit).await)? {
                return self.version(key, Some(&number)).await;
            }
        }
        Err(Error::contended())
    }

    async fn last_version(&self, row: &FunctionRow) -> Result<Option<(u64, VersionRow)>> {
        let snapshot = self.store.snapshot();
        let range = VERSIONS.prefix(|key| {
            key.u128(row.id);
        });
        let last = VERSIONS.scan_back(&*snapshot, range, 1).await?;
        Ok(last.into_iter().next().map(|(key, row)| (key.number, row.value)))
    }

    /// Published versions in the order of their numbers, after this one.
    pub async fn published(
        &self,
        key: &FunctionKey,
        row: &FunctionRow,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Version>> {
        let snapshot = self.store.snapshot();
        let (_, end) = VERSIONS.prefix(|key| {
            key.u128(row.id);
        });
        let start = VERSIONS.key(&VersionKey { function: row.id, number: after.saturating_add(1) });
        let found = VERSIONS.scan(&*snapshot, (start, end), limit).await?;
        Ok(found.into_iter().map(|(at, found)| version(key, row, at.number, found.value)).collect())
    }

    /// A check that a version is there, for a commit that points to it.
    pub(super) fn version_there(&self, function: u128, number: u64) -> Check {
        Check::Present(VERSIONS.key(&VersionKey { function, number }))
    }
}

fn version(key: &FunctionKey, row: &FunctionRow, number: u64, found: VersionRow) -> Version {
    let number = number.to_string();
    Version {
        key: key.clone(),
        row: row.clone(),
        configuration: found.configuration,
        qualifier: Some(number.clone()),
        version: number,
    }
}

/// Whether publishing would make the same version once more. A description of the version's own does not count.
fn is_same(last: &VersionRow, latest: &Configuration) -> bool {
    let mut would_be = latest.clone();
    would_be.revision.clone_from(&last.configuration.revision);
    would_be.modified_micros = last.configuration.modified_micros;
    would_be.description.clone_from(&last.configuration.description);
    // The same archive uploaded twice is the same code.
    would_be.code.blob = last.configuration.code.blob;
    would_be == last.configuration && latest.description == last.latest_description
}
