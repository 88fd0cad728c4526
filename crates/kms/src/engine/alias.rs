//! Aliases: names that stand for keys and can be moved from one to another.

use std::collections::BTreeMap;

use base::{AccountId, Page};
use store::{Check, CommitError};

use super::managed::SERVICES;
use super::state::Wanted;
use super::{ATTEMPTS, Error, Kms};
use crate::tables::{ALIASES, AliasRef, AliasRow, KeyRef};

/// Aliases of a key (AWS).
const ALIASES_MAX: usize = 50;
/// Rows of one scan of the aliases.
const ALIASES_PAGE: usize = 256;

/// An alias as ListAliases shows it: those of services stand there before they stand for a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Which.
    pub at: AliasRef,
    /// What it stands for.
    pub row: Option<AliasRow>,
}

/// Whether an alias can be called so by its owner.
pub fn check_name(alias: &AliasRef) -> Result<(), Error> {
    let Some(rest) = alias.name.strip_prefix("alias/") else {
        return Err(Error::AliasPrefix(alias.name.clone()));
    };
    if alias.service().is_some() {
        return Err(Error::AliasReserved(alias.clone()));
    }
    if rest.is_empty() { Err(Error::AliasName(alias.name.clone())) } else { Ok(()) }
}

impl Kms {
    /// Creates an alias for a key of the same account and region.
    pub async fn create_alias(&self, alias: &AliasRef, at: &KeyRef) -> Result<(), Error> {
        check_name(alias)?;
        let _forget = self.aliases.forget_after(alias);
        for _ in 0..ATTEMPTS {
            if ALIASES.get(&*self.store.snapshot(), alias).await?.is_some() {
                return Err(Error::AliasExists(alias.clone()));
            }
            let created = self
                .change(at, |draft| {
                    draft.admit(Wanted::Describe)?;
                    let now = draft.now.as_micros();
                    add(&mut draft.row.aliases, &alias.name)?;
                    draft.commit.check(Check::Absent(ALIASES.key(alias)));
                    let row = AliasRow { key: at.id.clone(), created_micros: now, updated_micros: now };
                    draft.commit.put(ALIASES, alias, &row);
                    Ok(())
                })
                .await;
            match created {
                // The alias may have come into being: look again.
                Err(Error::Conflict) => {}
                other => return other,
            }
        }
        Err(Error::Conflict)
    }

    /// Points an alias to another key of the same kind.
    pub async fn move_alias(&self, alias: &AliasRef, to: &KeyRef) -> Result<(), Error> {
        check_name(alias)?;
        let _forget = self.aliases.forget_after(alias);
        for _ in 0..ATTEMPTS {
            let row = ALIASES.get(&*self.store.snapshot(), alias).await?;
            let row = row.ok_or_else(|| Error::NoAlias(alias.clone()))?;
            let from = alias.target(&row.value);
            let before = match self.load(&from).await {
                Ok(key) => Some(key),
                Err(Error::NoKey(_)) => None,
                Err(error) => return Err(error),
            };
            let after = self.load(to).await?;
            after.admit(self.now(), Wanted::Describe)?;
            let same_kind =
                |key: &super::keys::Key| (key.row.spec, key.row.usage) == (after.row.spec, after.row.usage);
            if before.as_ref().is_some_and(|key| !same_kind(key)) {
                return Err(Error::AliasKind(alias.clone()));
            }
            let now = self.now().as_micros();
            let mut commit = store::Commit::new(self.new_commit_id());
            commit.check(Check::VersionIs(ALIASES.key(alias), row.version));
            let moved = AliasRow { key: to.id.clone(), updated_micros: now, ..row.value };
            commit.put(ALIASES, alias, &moved);
            let _forget = (self.keys.forget_after(&from), self.keys.forget_after(to));
            if from != *to {
                if let Some(before) = before {
                    let mut row = before.row.clone();
                    row.aliases.retain(|name| *name != alias.name);
                    commit.check(Check::VersionIs(crate::tables::KEYS.key(&from), before.version));
                    commit.put(crate::tables::KEYS, &from, &row);
                }
                let mut row = after.row.clone();
                add(&mut row.aliases, &alias.name)?;
                commit.check(Check::VersionIs(crate::tables::KEYS.key(to), after.version));
                commit.put(crate::tables::KEYS, to, &row);
            }
            match self.store.commit(commit).await {
                Ok(_) => return Ok(()),
                Err(CommitError::Check { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Conflict)
    }

    /// Removes an alias. Its key stays.
    pub async fn delete_alias(&self, alias: &AliasRef) -> Result<(), Error> {
        check_name(alias)?;
        let _forget = self.aliases.forget_after(alias);
        for _ in 0..ATTEMPTS {
            let row = ALIASES.get(&*self.store.snapshot(), alias).await?;
            let row = row.ok_or_else(|| Error::NoAlias(alias.clone()))?;
            let deleted = self
                .change(&alias.target(&row.value), |draft| {
                    draft.row.aliases.retain(|name| *name != alias.name);
                    draft.commit.check(Check::VersionIs(ALIASES.key(alias), row.version));
                    draft.commit.delete(ALIASES, alias);
                    Ok(())
                })
                .await;
            match deleted {
                Err(Error::Conflict) => {}
                // The key goes, and its aliases with it.
                Err(Error::NoKey(_)) => return Err(Error::NoAlias(alias.clone())),
                other => return other,
            }
        }
        Err(Error::Conflict)
    }

    /// An account's aliases in a region by name, from after `after` on; those of one key, if one is given.
    pub async fn list_aliases(
        &self,
        account: AccountId,
        region: &str,
        key: Option<&super::keys::Key>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Listed>, Error> {
        let at = |name: &str| AliasRef { account, region: region.to_owned(), name: name.to_owned() };
        let beyond = |name: &str| after.is_none_or(|after| name > after);
        let snapshot = self.store.snapshot();
        if let Some(key) = key {
            let mut items = Vec::new();
            for name in key.row.aliases.iter().filter(|name| beyond(name)) {
                let row = ALIASES.get(&*snapshot, &at(name)).await?.map(|row| row.value);
                items.push(Listed { at: at(name), row });
            }
            return Ok(Page::take(items, limit));
        }
        let mut found = BTreeMap::new();
        let mut names = SERVICES.map(|(service, _)| format!("alias/aws/{service}"));
        names.sort();
        found.extend(names.into_iter().filter(|name| beyond(name)).map(|name| (name, None)));
        let (mut start, end) = ALIASES.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        if let Some(after) = after {
            start = store::key_after(&ALIASES.key(&at(after)));
        }
        let mut rows = 0;
        while rows <= limit {
            let page = ALIASES.scan(&*snapshot, (start, end.clone()), ALIASES_PAGE.min(limit + 1)).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&ALIASES.key(last));
            rows += page.len();
            found.extend(page.into_iter().map(|(at, row)| (at.name, Some(row.value))));
        }
        let items = found.into_iter().map(|(name, row)| Listed { at: at(&name), row });
        Ok(Page::take(items, limit))
    }
}

fn add(aliases: &mut Vec<String>, name: &str) -> Result<(), Error> {
    if aliases.len() >= ALIASES_MAX {
        return Err(Error::Quota(format!("A key cannot have more than {ALIASES_MAX} aliases.")));
    }
    if let Err(place) = aliases.binary_search_by(|there| there.as_str().cmp(name)) {
        aliases.insert(place, name.to_owned());
    }
    Ok(())
}
