//! What is gone is removed: rows of deleted tables and indexes, old tokens; and items whose time has come.
//!
//! Nobody waits for it, and nothing looks different when it is late, but that items which have expired are still read until it comes by, as on AWS. It runs
//! in slices, each its own commit, and may be stopped anywhere.

use base::Timestamp;
use store::{Check, Commit, Key as StoreKey, Scan};

use super::DynamoDb;
use super::error::Error;
use super::expression::{Comparator, Condition, Operand, Path};
use super::number::Number;
use super::table::{Found, Status};
use super::transact::TOKEN_LIFE;
use super::value::{Attr, Item};
use super::write::{Change, ItemWrite};
use crate::tables::{ENTRIES, GRAVES, GraveKey, ITEMS, NameKey, TABLES, TOKENS};

/// Rows removed by one commit.
const SLICE: usize = 1_000;
/// Rows of one look at tables, graves or tokens.
const PAGE: usize = 256;
/// Rows of one look at items that may have expired.
const ITEMS_PAGE: usize = 200;
/// What expired longer ago than this is left: a number that is no time of ours (AWS developer guide, "Time to live").
const TTL_REACH_SECS: i64 = 5 * 365 * 86_400;

impl DynamoDb {
    /// One pass over what is deleted and what is old.
    pub async fn sweep(&self) -> Result<(), Error> {
        self.bury_tables().await?;
        loop {
            let all = GRAVES.prefix(|_| {});
            let graves = GRAVES.scan(&*self.store.snapshot(), all, PAGE).await?;
            if graves.is_empty() {
                break;
            }
            for (grave, row) in graves {
                while !self.sweep_grave(grave, row.version).await? {}
            }
        }
        self.sweep_tokens().await
    }

    /// Removes the rows of tables whose DELETING is over.
    async fn bury_tables(&self) -> Result<(), Error> {
        let (mut start, end) = TABLES.prefix(|_| {});
        loop {
            let rows = TABLES.scan(&*self.store.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            start = store::key_after(&TABLES.key(last));
            for (key, row) in rows {
                let found = Found { key, row };
                if found.status(self.now()).is_some() {
                    continue;
                }
                let mut commit = Commit::new(self.new_commit_id());
                commit.unchanged(TABLES, &found.key, Some(&found.row)).delete(TABLES, &found.key);
                self.bury(&mut commit, found.row.value.id, None);
                // If it was lost, somebody created a table of that name and has buried the old one.
                self.settle(commit).await?;
            }
        }
    }

    /// Removes a slice of what a grave names; true when nothing is left.
    async fn sweep_grave(&self, grave: GraveKey, version: store::Version) -> Result<bool, Error> {
        let snapshot = self.store.snapshot();
        let entries = ENTRIES.prefix(|writer| {
            writer.u128(grave.table);
            if let Some(index) = grave.index {
                writer.u32(index);
            }
        });
        let mut ranges = vec![entries];
        if grave.index.is_none() {
            ranges.push(ITEMS.prefix(|writer| {
                writer.u128(grave.table);
            }));
        }
        let mut commit = Commit::new(self.new_commit_id());
        commit.check(Check::VersionIs(GRAVES.key(&grave), version));
        let mut is_done = true;
        for (start, end) in ranges {
            let keys = self.keys(&*snapshot, start, end).await?;
            is_done &= keys.len() < SLICE;
            commit.writes.extend(keys.into_iter().map(|key| store::Write { key, value: None }));
        }
        if is_done {
            commit.delete(GRAVES, &grave);
        }
        // Lost: the grave is another's by now.
        Ok(!self.settle(commit).await? || is_done)
    }

    async fn keys(
        &self,
        snapshot: &dyn store::Snapshot,
        start: StoreKey,
        end: StoreKey,
    ) -> Result<Vec<StoreKey>, Error> {
        let scan = Scan { start, end, reverse: false, limit: SLICE };
        Ok(snapshot.scan(scan).await?.into_iter().map(|(key, _)| key).collect())
    }

    async fn sweep_tokens(&self) -> Result<(), Error> {
        let (mut start, end) = TOKENS.prefix(|_| {});
        loop {
            let rows = TOKENS.scan(&*self.store.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            start = store::key_after(&TOKENS.key(last));
            let mut commit = Commit::new(self.new_commit_id());
            for (key, row) in &rows {
                let done = Timestamp::from_micros(row.value.done_micros);
                if self.now().since(done) >= TOKEN_LIFE {
                    commit.unchanged(TOKENS, key, Some(row)).delete(TOKENS, key);
                }
            }
            if !commit.writes.is_empty() {
                self.settle(commit).await?;
            }
        }
    }

    /// One pass over the items of tables that have a time to live.
    pub async fn expire(&self) -> Result<(), Error> {
        let (mut start, end) = TABLES.prefix(|_| {});
        loop {
            let rows = TABLES.scan(&*self.store.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            start = store::key_after(&TABLES.key(last));
            for (key, row) in rows {
                let found = Found { key, row };
                if let (Some(Status::Active), Some(attribute)) =
                    (found.status(self.now()), found.row.value.ttl_attribute.clone())
                {
                    self.expire_table(&found, &attribute).await?;
                }
            }
        }
    }

    async fn expire_table(&self, table: &Found, attribute: &str) -> Result<(), Error> {
        let (mut start, end) = ITEMS.prefix(|writer| {
            writer.u128(table.row.value.id);
        });
        let now = self.now().as_secs();
        loop {
            let rows = ITEMS.scan(&*self.store.snapshot(), (start, end.clone()), ITEMS_PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            start = store::key_after(&ITEMS.key(last));
            for (_, row) in rows {
                let item = row.value.0;
                if is_expired(&item, attribute, now) {
                    self.expire_item(&table.key, table.row.value.schema.only(&item), attribute, now).await?;
                }
            }
        }
    }

    /// Deletes an item if it is still one that has expired.
    async fn expire_item(&self, table: &NameKey, key: Item, attribute: &str, now: i64) -> Result<(), Error> {
        let now = Attr::N(Number::from(u64::try_from(now).unwrap_or(0)));
        let path = Operand::Path(Path::attribute(attribute));
        let write = ItemWrite {
            table: table.clone(),
            change: Change::Delete(key),
            condition: Some(Condition::Compare(Comparator::Less, path, Operand::Value(now))),
            wants_item: false,
        };
        match self.write_item(&write).await {
            Ok(_) | Err(Error::ConditionFailed(_) | Error::NoTable | Error::Invalid(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn is_expired(item: &Item, attribute: &str, now: i64) -> bool {
    match item.get(attribute) {
        Some(Attr::N(number)) => {
            // A fraction of a second makes no difference: what has one expires with the next whole second.
            let text = number.to_string();
            let secs: Option<i64> = text.split('.').next().and_then(|whole| whole.parse().ok());
            secs.is_some_and(|secs| secs < now && secs > now - TTL_REACH_SECS)
        }
        Some(_) | None => false,
    }
}
