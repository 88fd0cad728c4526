//! One change of an account: what is there is read, what is to be is gathered, and one commit makes it so.
//!
//! IAM changes are rare and hang together (a policy's attachments, a user's keys, quotas), so they are made one after the other: a [`Draft`] holds the
//! one lock that writers of this process share, and its commit checks and raises the account's row, so that a writer elsewhere
//! cannot slip in between. That row's version is the account's generation, by which everything derived from its rows is cached.
//! Sessions are issued without a draft: nothing else hangs on them, and they come often.

use base::{AccountId, Timestamp};
use store::{Commit, CommitId, Refusal, Row, Settled, Snapshot, Store, Table, TableKey, TableValue};
use tokio::sync::MutexGuard;

use super::Identity;
use super::error::{Error, Result, Why};
use crate::tables::{ACCOUNTS, AccountKey, AccountRow};

/// A change in the making.
pub struct Draft<'i> {
    /// Whose things are changed.
    pub account: AccountId,
    /// What was there when it began.
    pub snapshot: Box<dyn Snapshot>,
    /// The account's row, to change.
    pub home: AccountRow,
    /// The time of the change.
    pub now: Timestamp,
    seen: Option<Row<AccountRow>>,
    commit: Commit,
    identity: &'i Identity,
    _alone: MutexGuard<'i, ()>,
}

impl Identity {
    /// Begins a change. Others wait until it is dropped or done.
    pub async fn draft(&self, account: AccountId) -> Result<Draft<'_>> {
        let alone = self.writers.lock().await;
        let snapshot = self.store.snapshot();
        let seen = ACCOUNTS.get(&*snapshot, &AccountKey(account)).await?;
        let now = self.clock.now().cut_to_secs();
        let home = match &seen {
            Some(row) => row.value.clone(),
            None => AccountRow { created_micros: now.as_micros(), ..AccountRow::default() },
        };
        let commit = Commit::new(CommitId(self.random.u128()));
        Ok(Draft { account, snapshot, home, now, seen, commit, identity: self, _alone: alone })
    }
}

impl Draft<'_> {
    /// Writes a row.
    pub fn put<K: TableKey, V: TableValue>(&mut self, table: Table<K, V>, key: &K, value: &V) {
        self.commit.put(table, key, value);
    }

    /// Deletes a row.
    pub fn delete<K: TableKey, V: TableValue>(&mut self, table: Table<K, V>, key: &K) {
        self.commit.delete(table, key);
    }

    /// Makes it so. Durable when it returns.
    pub async fn done(mut self) -> Result<()> {
        let key = AccountKey(self.account);
        self.home.changes += 1;
        self.commit.unchanged(ACCOUNTS, &key, self.seen.as_ref()).put(ACCOUNTS, &key, &self.home);
        let commit = std::mem::replace(&mut self.commit, Commit::new(CommitId(0)));
        keep(&*self.identity.store, commit).await
    }
}

/// Commits. Durable when it returns `Ok`.
pub(super) async fn keep(store: &dyn Store, commit: Commit) -> Result<()> {
    match store::settle(store, commit).await {
        Settled::Done(_) | Settled::Happened => Ok(()),
        Settled::Lost(_) => {
            let text = "Another request is changing the same account. Please try again.";
            Err(Error::new(Why::Contended, text))
        }
        Settled::Refused(Refusal::TooLarge(_)) => {
            Err(Error::new(Why::LimitExceeded, "The policies are too large to be kept."))
        }
        Settled::Refused(refusal @ (Refusal::Full | Refusal::Closed)) => {
            Err(Error::new(Why::Unavailable, refusal.to_string()))
        }
        Settled::Absent(why) | Settled::Unknown(why) => Err(Error::new(Why::Unavailable, why)),
    }
}
