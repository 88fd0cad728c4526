//! Several writes, all or none; several reads of one moment.
//!
//! One snapshot, one decision for each item, one commit that checks all of them. A token makes repeating harmless for ten minutes: it is written by the
//! same commit, so that a transaction and its token are there together or not at all.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use base::Timestamp;
use store::Commit;

use super::capacity::Cost;
use super::error::{Error, Invalid, Reason};
use super::value::{Item, item_size};
use super::write::{Change, ItemWrite, Planned, Unplanned, plan};
use super::{ATTEMPTS, DynamoDb};
use crate::tables::{ItemKey, NameKey, TOKENS, TokenRow};

/// How long a token is good for (AWS API reference, TransactWriteItems).
pub const TOKEN_LIFE: Duration = Duration::from_secs(600);
/// Bytes of all items of a transaction (AWS quota).
const BYTES_MAX: usize = 4 << 20;
const SEVERAL_OPERATIONS: &str = "Transaction request cannot include multiple operations on one item";

/// What makes a transaction known again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Whose, where, and the token.
    pub key: NameKey,
    /// SHA-256 of the request.
    pub request: Vec<u8>,
}

/// What each table was charged.
pub type Costs = BTreeMap<String, Cost>;

impl DynamoDb {
    /// Writes all or nothing. Durable when it returns.
    pub async fn transact(&self, writes: &[ItemWrite], token: Option<&Token>) -> Result<Costs, Error> {
        for _ in 0..ATTEMPTS {
            let mut commit = Commit::new(self.new_commit_id());
            let is_done = match token {
                Some(token) => self.is_done(&mut commit, token).await?,
                None => false,
            };
            let planned = self.plan_all(writes, is_done).await?;
            let mut costs = Costs::new();
            for one in &planned {
                // Twice: once to prepare and once to commit.
                let cost = one.commit_into(&mut commit).times(2);
                costs.entry(one.table.key.name.clone()).or_default().add(&cost);
            }
            if is_done {
                return Ok(costs);
            }
            if self.settle(commit).await? {
                planned.iter().for_each(|one| self.measures.written(one.table.row.value.id));
                return Ok(costs);
            }
        }
        Err(Error::Conflict)
    }

    /// Whether this very transaction was done already. If not, the commit will remember it.
    async fn is_done(&self, commit: &mut Commit, token: &Token) -> Result<bool, Error> {
        let now = self.now();
        let known = TOKENS.get(&*self.store.snapshot(), &token.key).await?;
        if let Some(row) = &known
            && now.since(Timestamp::from_micros(row.value.done_micros)) < TOKEN_LIFE
        {
            return if row.value.request == token.request { Ok(true) } else { Err(Error::TokenReused) };
        }
        commit.unchanged(TOKENS, &token.key, known.as_ref());
        let row = TokenRow { request: token.request.clone(), done_micros: now.as_micros() };
        commit.put(TOKENS, &token.key, &row);
        Ok(false)
    }

    /// Decides on every write. If it was all done before, conditions are not asked again.
    async fn plan_all(&self, writes: &[ItemWrite], is_done: bool) -> Result<Vec<Planned>, Error> {
        let snapshot = self.store.snapshot();
        let mut planned = Vec::with_capacity(writes.len());
        let mut reasons = Vec::with_capacity(writes.len());
        let mut places: HashSet<ItemKey> = HashSet::new();
        for write in writes {
            let table = self.usable(&*snapshot, &write.table).await?;
            let unconditional;
            let write = if is_done {
                let key = table.row.value.schema.only(key_of(&write.change));
                let change = Change::Check(key);
                unconditional = ItemWrite { change, condition: None, ..write.clone() };
                &unconditional
            } else {
                write
            };
            match plan(&*snapshot, table, write).await {
                Ok(one) => {
                    if !places.insert(one.place.clone()) {
                        return Err(Invalid::new(SEVERAL_OPERATIONS).into());
                    }
                    planned.push(one);
                    reasons.push(Reason::None);
                }
                Err(Unplanned::Condition(item)) => reasons.push(Reason::Condition(item)),
                Err(Unplanned::Invalid(invalid)) => reasons.push(Reason::Invalid(invalid)),
                Err(Unplanned::Error(error)) => return Err(error),
            }
        }
        if planned.len() < writes.len() {
            return Err(Error::Cancelled(reasons));
        }
        let bytes: usize = planned.iter().map(|one| one.new.as_ref().map_or(0, item_size)).sum();
        if bytes > BYTES_MAX {
            return Err(Invalid::new(
                "Transaction request cannot be larger than 4 MB: the aggregate size of its items is",
            )
            .into());
        }
        Ok(planned)
    }

    /// Reads items as they are at one moment.
    pub async fn transact_get(&self, keys: &[(NameKey, Item)]) -> Result<(Vec<Option<Item>>, Costs), Error> {
        if keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key)) {
            return Err(Invalid::new(SEVERAL_OPERATIONS).into());
        }
        let snapshot = self.store.snapshot();
        let mut items = Vec::with_capacity(keys.len());
        let mut costs = Costs::new();
        for (table, key) in keys {
            let (item, cost) = self.get_in(&*snapshot, table, key, true).await?;
            costs.entry(table.name.clone()).or_default().add(&cost.times(2));
            items.push(item);
        }
        let bytes: usize = items.iter().flatten().map(item_size).sum();
        if bytes > BYTES_MAX {
            return Err(Invalid::new(
                "Transaction request cannot be larger than 4 MB: the aggregate size of its items is",
            )
            .into());
        }
        Ok((items, costs))
    }
}

fn key_of(change: &Change) -> &Item {
    match change {
        Change::Put(item) | Change::Update(item, _) | Change::Delete(item) | Change::Check(item) => item,
    }
}
