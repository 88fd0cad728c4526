//! What happens to keys by itself: deletions, rotations, the end of imported material.
//!
//! All of it stands in an index by time, one entry a key, written with the key's row. A pass takes what is due, key by key, each its own
//! commit, and may be stopped anywhere and begin again: whatever was done already is not due any more. Nothing looks different when it is late
//! but a rotation's own date.

use base::Timestamp;
use store::{Check, Commit, CommitError};

use super::state::state;
use super::{Error, Kms, grant};
use crate::tables::{ALIASES, AliasRef, DUE, DueRef, GRANTS, KEYS, KeyRef, KeyRow};

/// Entries of one look at the index.
const PAGE: usize = 256;
/// Grants removed by one commit.
const SLICE: usize = 250;

impl Kms {
    /// Returns when something may be due earlier than was said.
    pub async fn something_due(&self) {
        self.due.notified().await;
    }

    /// Does all that is due. Returns when the next thing is. A key that cannot be handled does not keep the others from it; the first error is
    /// returned at the end.
    pub async fn do_due(&self) -> Result<Option<Timestamp>, Error> {
        let mut first_error = None;
        let (mut start, end) = DUE.prefix(|_| {});
        loop {
            let entries = DUE.scan(&*self.store.snapshot(), (start.clone(), end.clone()), PAGE).await?;
            let now = self.now();
            let Some((next, _)) = entries.first() else { break };
            if next.at_micros > now.as_micros() {
                let next = Timestamp::from_micros(next.at_micros);
                return first_error.map_or(Ok(Some(next)), Err);
            }
            for (entry, _) in entries {
                if entry.at_micros > now.as_micros() {
                    break;
                }
                // What follows for the same key is later, and what failed stays for the next pass.
                start = store::key_after(&DUE.key(&entry));
                if let Err(error) = self.handle(&entry).await {
                    first_error.get_or_insert(error);
                }
            }
        }
        first_error.map_or(Ok(None), Err)
    }

    /// Does one thing to one key, after which its entry is gone or later.
    async fn handle(&self, entry: &DueRef) -> Result<(), Error> {
        let row = KEYS.get(&*self.store.snapshot(), &entry.key).await?;
        let Some(row) = row.filter(|row| row.value.due_micros == Some(entry.at_micros)) else {
            return self.remove_stale(entry).await;
        };
        let now = self.now();
        if state(&row.value, now).is_none() {
            return self.remove_key(&entry.key).await;
        }
        self.expire(&entry.key).await?;
        if row.value.rotation.is_some_and(|rotation| rotation.next_micros <= now.as_micros()) {
            self.rotate_if_due(&entry.key).await?;
        }
        Ok(())
    }

    async fn remove_stale(&self, entry: &DueRef) -> Result<(), Error> {
        let mut commit = Commit::new(self.new_commit_id());
        let row = KEYS.get(&*self.store.snapshot(), &entry.key).await?;
        if row.as_ref().is_some_and(|row| row.value.due_micros == Some(entry.at_micros)) {
            return Ok(());
        }
        commit.unchanged(KEYS, &entry.key, row.as_ref());
        commit.delete(DUE, entry);
        self.commit_or_later(commit).await
    }

    /// Forgets material whose time is over.
    async fn expire(&self, at: &KeyRef) -> Result<(), Error> {
        self.change(at, |draft| {
            let now = draft.now.as_micros();
            let over = draft.row.materials.iter_mut().filter(|material| {
                material.sealed.is_some() && material.expires_micros.is_some_and(|expires| expires <= now)
            });
            over.for_each(|material| material.sealed = None);
            Ok(())
        })
        .await
    }

    /// Removes a key and all that is of it: its grants in slices, then the rest at once. Until then it waits for its deletion, whose time is
    /// over, so nobody sees it.
    async fn remove_key(&self, at: &KeyRef) -> Result<(), Error> {
        let _forget = self.keys.forget_after(at);
        loop {
            let snapshot = self.store.snapshot();
            let Some(row) = KEYS.get(&*snapshot, at).await? else { return Ok(()) };
            let mut commit = Commit::new(self.new_commit_id());
            commit.check(Check::VersionIs(KEYS.key(at), row.version));
            let grants = GRANTS.prefix(|writer| store::TableKey::write(at, writer));
            let grants = GRANTS.scan(&*snapshot, grants, SLICE).await?;
            for (grant, row) in &grants {
                grant::delete(&mut commit, grant, &row.value);
            }
            let done = grants.len() < SLICE;
            let mut others = Vec::new();
            if done {
                self.bury(&mut commit, at, &row.value);
                others = self.leave_family(&mut commit, at, &row.value).await?;
            }
            let _forget_others: Vec<_> = others.iter().map(|other| self.keys.forget_after(other)).collect();
            self.commit_or_later(commit).await?;
            if done {
                return Ok(());
            }
        }
    }

    fn bury(&self, commit: &mut Commit, at: &KeyRef, row: &KeyRow) {
        for name in &row.aliases {
            let alias = AliasRef { account: at.account, region: at.region.clone(), name: name.clone() };
            commit.delete(ALIASES, &alias);
            self.aliases.forget(&alias);
        }
        if let Some(at_micros) = row.due_micros {
            commit.delete(DUE, &DueRef { at_micros, key: at.clone() });
        }
        self.forget_use(commit, at);
        commit.delete(KEYS, at);
    }

    /// A commit whose failed check means that somebody else was at it.
    async fn commit_or_later(&self, commit: Commit) -> Result<(), Error> {
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::Check { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
