//! Writing items: one, under a condition. What several together need of it is here too.
//!
//! ```text
//! read item and table ─ condition holds? ─ what it becomes ─ may it be so? ─ commit: item, index entries, if both are still what was read
//!        └──────────────────────────────── another was faster: again ◄─────────────────────────────┘
//! ```

use store::{Commit, Row, Snapshot};

use super::capacity::{Cost, IndexCost, Units};
use super::error::{Error, Invalid};
use super::expression::{Condition, Update};
use super::index::{check_index_keys, write_entries};
use super::table::Found;
use super::value::{Attr, DEPTH_MAX, ITEM_BYTES_MAX, Item, item_size};
use super::{ATTEMPTS, DynamoDb};
use crate::tables::{ITEMS, ItemKey, ItemRow, NameKey, TABLES, TableRow};

/// What is to become of an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// It is replaced.
    Put(Item),
    /// It is changed; the key says which one.
    Update(Item, Update),
    /// It goes; the key says which one.
    Delete(Item),
    /// Nothing: only its condition is asked. The key says which one.
    Check(Item),
}

/// One write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemWrite {
    /// The table.
    pub table: NameKey,
    /// What.
    pub change: Change,
    /// Under which condition.
    pub condition: Option<Condition>,
    /// Whether the item is wanted if the condition does not hold.
    pub wants_item: bool,
}

/// What a write did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The item before.
    pub old: Option<Item>,
    /// The item now.
    pub new: Option<Item>,
    /// What it cost.
    pub cost: Cost,
}

/// A write that was decided on, not yet committed.
pub(super) struct Planned {
    pub table: Found,
    pub place: ItemKey,
    pub seen: Option<Row<ItemRow>>,
    pub new: Option<Item>,
    /// Nothing changes: the item is only checked.
    pub is_check: bool,
}

/// Why a write was not planned.
pub(super) enum Unplanned {
    /// Its condition does not hold; the item, if it is wanted.
    Condition(Option<Item>),
    /// What would come of it is not allowed.
    Invalid(Invalid),
    /// Another reason.
    Error(Error),
}

impl<E: Into<Error>> From<E> for Unplanned {
    fn from(error: E) -> Self {
        match error.into() {
            Error::Invalid(invalid) => Unplanned::Invalid(invalid),
            other => Unplanned::Error(other),
        }
    }
}

impl DynamoDb {
    /// Writes one item. Durable when it returns.
    pub async fn write_item(&self, write: &ItemWrite) -> Result<Written, Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.store.snapshot();
            let table = self.usable(&*snapshot, &write.table).await?;
            let planned = match plan(&*snapshot, table, write).await {
                Ok(planned) => planned,
                Err(Unplanned::Condition(item)) => return Err(Error::ConditionFailed(item.map(Box::new))),
                Err(Unplanned::Invalid(invalid)) => return Err(invalid.into()),
                Err(Unplanned::Error(error)) => return Err(error),
            };
            let mut commit = Commit::new(self.new_commit_id());
            let cost = planned.commit_into(&mut commit);
            if self.settle(commit).await? {
                self.measures.written(planned.table.row.value.id);
                let old = planned.seen.map(|row| row.value.0);
                return Ok(Written { old, new: planned.new, cost });
            }
        }
        Err(Error::Conflict)
    }
}

/// Decides on one write.
pub(super) async fn plan(
    snapshot: &dyn Snapshot,
    table: Found,
    write: &ItemWrite,
) -> Result<Planned, Unplanned> {
    let schema = &table.row.value.schema;
    let key = match &write.change {
        Change::Put(item) => schema.of_new(item)?,
        Change::Update(key, update) => {
            check_touched(&table.row.value, update)?;
            schema.of_key(key)?
        }
        Change::Delete(key) | Change::Check(key) => schema.of_key(key)?,
    };
    let place = key.place(table.row.value.id);
    let seen = ITEMS.get(snapshot, &place).await?;
    let nothing = Item::new();
    let old = seen.as_ref().map_or(&nothing, |row| &row.value.0);
    if write.condition.as_ref().is_some_and(|condition| !condition.holds(old)) {
        let item = seen.filter(|_| write.wants_item).map(|row| row.value.0);
        return Err(Unplanned::Condition(item));
    }
    let new = match &write.change {
        Change::Put(item) => {
            check_new(&table.row.value, item, false)?;
            Some(item.clone())
        }
        Change::Update(key, update) => {
            let new = update.apply(old, key)?;
            check_new(&table.row.value, &new, true)?;
            Some(new)
        }
        Change::Delete(_) => None,
        Change::Check(_) => seen.as_ref().map(|row| row.value.0.clone()),
    };
    let is_check = matches!(write.change, Change::Check(_));
    Ok(Planned { table, place, seen, new, is_check })
}

/// No update touches a key.
fn check_touched(table: &TableRow, update: &Update) -> Result<(), Invalid> {
    for action in &update.actions {
        let name = action.path().head();
        if table.schema.has(name) {
            return Err(Invalid::parameter(format!(
                "Cannot update attribute {name}. This attribute is part of the key"
            )));
        }
        let in_index = table.indexes.iter().any(|index| index.schema.has(name));
        if in_index && action.path().is_nested() {
            return Err(Invalid::new(format!(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: {name}"
            )));
        }
    }
    Ok(())
}

/// Whether an item may be so.
fn check_new(table: &TableRow, item: &Item, is_update: bool) -> Result<(), Invalid> {
    if item_size(item) > ITEM_BYTES_MAX {
        return Err(Invalid::new(if is_update {
            "Item size to update has exceeded the maximum allowed size"
        } else {
            "Item size has exceeded the maximum allowed size"
        }));
    }
    if item.values().map(Attr::depth).max().unwrap_or(0) > DEPTH_MAX {
        return Err(Invalid::new("Nesting Levels have exceeded supported limits"));
    }
    check_index_keys(table, item, is_update)
}

impl Planned {
    /// Adds what it checks and changes. Returns what it costs.
    pub fn commit_into(&self, commit: &mut Commit) -> Cost {
        let table = &self.table.row.value;
        commit.unchanged(TABLES, &self.table.key, Some(&self.table.row));
        commit.unchanged(ITEMS, &self.place, self.seen.as_ref());
        let old = self.seen.as_ref().map(|row| &row.value.0);
        let (old_size, new_size) = (old.map_or(0, item_size), self.new.as_ref().map_or(0, item_size));
        let mut cost = Cost { table: Units::write(old_size, new_size), ..Cost::default() };
        if self.is_check {
            return cost;
        }
        match &self.new {
            Some(new) => {
                commit.put(ITEMS, &self.place, &ItemRow(new.clone()));
            }
            None if old.is_some() => {
                commit.delete(ITEMS, &self.place);
            }
            None => {}
        }
        for (index, writes) in write_entries(commit, table, old, self.new.as_ref()) {
            let units = Units::write(old_size, new_size).times(writes);
            cost.indexes.insert(index.name.clone(), IndexCost { units, is_local: index.is_local });
        }
        cost
    }
}
