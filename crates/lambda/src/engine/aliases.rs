//! Aliases: names for versions, for one or for two by their weights.

use store::{Check, Commit, Row, key_after, settle};

use super::error::{Error, Result, Why, happened};
use super::functions::check_revision;
use super::names::{self, LATEST, version_number};
use super::{Engine, TRIES};
use crate::tables::{
    ALIASES, AliasRow, FUNCTIONS, FunctionKey, INVOKE_CONFIGS, POLICIES, PROVISIONED, QualifierKey, URLS,
    VERSIONS, VersionKey,
};

/// What an alias is to be. Of a change: what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct AliasChange {
    /// `FunctionVersion`.
    pub version: Option<String>,
    /// `Description`.
    pub description: Option<String>,
    /// Further versions and their weights; an empty list takes them away.
    pub additional: Option<Vec<(String, f64)>>,
}

impl Engine {
    /// Makes an alias.
    pub async fn create_alias(
        &self,
        key: &FunctionKey,
        name: &str,
        wanted: &AliasChange,
    ) -> Result<AliasRow> {
        let function = self.function(key).await?.value;
        let at = QualifierKey { function: function.id, qualifier: name.to_owned() };
        let taken = || {
            let arn = names::qualified(key, Some(name));
            Error::conflict(format!("Alias already exists: {arn}"))
        };
        if ALIASES.get(&*self.store.snapshot(), &at).await?.is_some() {
            return Err(taken());
        }
        let mut row = AliasRow {
            version: LATEST.to_owned(),
            description: String::new(),
            additional: None,
            revision: self.random.uuid(),
        };
        let mut commit = self.commit();
        commit.check(Check::Present(FUNCTIONS.key(key)));
        commit.unchanged(ALIASES, &at, None);
        self.apply(key, function.id, &mut row, wanted, &mut commit).await?;
        commit.put(ALIASES, &at, &row);
        if happened(settle(&*self.store, commit).await)? { Ok(row) } else { Err(taken()) }
    }

    /// Changes an alias.
    pub async fn update_alias(
        &self,
        key: &FunctionKey,
        name: &str,
        wanted: &AliasChange,
        revision: Option<&str>,
    ) -> Result<AliasRow> {
        for _ in 0..TRIES {
            let function = self.function(key).await?.value;
            let at = QualifierKey { function: function.id, qualifier: name.to_owned() };
            let arn = names::qualified(key, Some(name));
            let seen = ALIASES.get(&*self.store.snapshot(), &at).await?;
            let seen = seen.ok_or_else(|| Error::not_found(format!("Alias not found: {arn}")))?;
            check_revision(revision, &seen.value.revision)?;
            let mut row = seen.value.clone();
            let mut commit = self.commit();
            commit.unchanged(ALIASES, &at, Some(&seen));
            self.apply(key, function.id, &mut row, wanted, &mut commit).await?;
            row.revision = self.random.uuid();
            commit.put(ALIASES, &at, &row);
            if happened(settle(&*self.store, commit).await)? {
                return Ok(row);
            }
        }
        Err(Error::contended())
    }

    async fn apply(
        &self,
        key: &FunctionKey,
        function: u128,
        row: &mut AliasRow,
        wanted: &AliasChange,
        commit: &mut Commit,
    ) -> Result<()> {
        if let Some(version) = &wanted.version {
            row.version.clone_from(version);
        }
        if let Some(description) = &wanted.description {
            row.description.clone_from(description);
        }
        if let Some(additional) = &wanted.additional {
            row.additional = weights(additional)?;
        }
        if let Some((version, _)) = &row.additional {
            if *version == row.version {
                return Err(Error::invalid(format!(
                    "Invalid function version {version}. Function version {version} is already included in routing configuration."
                )));
            }
            if row.version == LATEST {
                return Err(Error::invalid(
                    "$LATEST is not supported for an alias pointing to more than 1 version",
                ));
            }
        }
        let others = row.additional.iter().map(|(version, _)| version.as_str());
        for version in std::iter::once(row.version.as_str()).chain(others) {
            let Some(number) = version_number(version) else { continue };
            let there = VERSIONS.get(&*self.store.snapshot(), &VersionKey { function, number }).await?;
            if there.is_none() {
                return Err(super::functions::not_found(key, Some(version)));
            }
            commit.check(self.version_there(function, number));
        }
        Ok(())
    }

    /// An alias.
    pub async fn alias(&self, key: &FunctionKey, name: &str) -> Result<Row<AliasRow>> {
        let missing =
            || Error::not_found(format!("Cannot find alias arn: {}", names::qualified(key, Some(name))));
        let snapshot = self.store.snapshot();
        let function = self.function_in(&*snapshot, key).await.map_err(|_| missing())?.value;
        let at = QualifierKey { function: function.id, qualifier: name.to_owned() };
        ALIASES.get(&*snapshot, &at).await?.ok_or_else(missing)
    }

    /// Aliases in the order of their names, after `after`, of one version if asked; and whether more follow.
    pub async fn aliases(
        &self,
        key: &FunctionKey,
        of_version: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(String, AliasRow)>, bool)> {
        let snapshot = self.store.snapshot();
        let function = self.function_in(&*snapshot, key).await?.value;
        let (start, end) = ALIASES.prefix(|writer| {
            writer.u128(function.id);
        });
        let start = match after {
            Some(name) => {
                let at = QualifierKey { function: function.id, qualifier: name.to_owned() };
                key_after(&ALIASES.key(&at))
            }
            None => start,
        };
        let rows = ALIASES.scan(&*snapshot, (start, end), store::Bounds::ENTRIES).await?;
        let points = |row: &AliasRow| {
            of_version.is_none_or(|wanted| {
                row.version == wanted || row.additional.as_ref().is_some_and(|(version, _)| version == wanted)
            })
        };
        let mut found: Vec<(String, AliasRow)> = rows
            .into_iter()
            .map(|(at, row)| (at.qualifier, row.value))
            .filter(|(_, row)| points(row))
            .collect();
        let more = found.len() > limit;
        found.truncate(limit);
        Ok((found, more))
    }

    /// Removes an alias, and what is set for it. Fine if there is none.
    pub async fn delete_alias(&self, key: &FunctionKey, name: &str) -> Result<()> {
        let function = self.function(key).await?.value;
        let at = QualifierKey { function: function.id, qualifier: name.to_owned() };
        let mut commit = self.commit();
        commit.delete(ALIASES, &at).delete(POLICIES, &at).delete(INVOKE_CONFIGS, &at);
        commit.delete(PROVISIONED, &at).delete(URLS, &at);
        happened(settle(&*self.store, commit).await)?;
        Ok(())
    }
}

/// The one further version and its share.
fn weights(given: &[(String, f64)]) -> Result<Option<(String, u32)>> {
    match given {
        [] => Ok(None),
        [(version, weight)] if (0.0..=1.0).contains(weight) => {
            Ok(Some((version.clone(), (weight * 1_000_000.0).round() as u32)))
        }
        [(_, weight)] => Err(Error::new(
            Why::Violation,
            format!(
                "1 validation error detected: Value '{weight}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: \
                 Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than \
                 or equal to 0.0]"
            ),
        )),
        _ => Err(Error::invalid("Number of items in AdditionalVersionWeights cannot be greater than 1")),
    }
}
