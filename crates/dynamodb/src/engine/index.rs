//! Secondary indexes: which entries an item has, what of an item an index shows, and how a new one is filled.
//!
//! An entry holds only where its item is. Entries are written in the commit that writes the item, so reading an index in one snapshot finds every item
//! that belongs there, and no other.
//!
//! **Backfill.** The commit that adds an index to its table marks it; from then on whoever writes an item writes its entry, since every write checks the
//! table's row. What was there before is entered page by page, each page under the check that its items are still what was read; then the mark
//! is taken away. It may be stopped anywhere and begins again from the start: entering twice changes nothing.

use std::collections::BTreeMap;

use store::{Commit, Key as StoreKey};

use super::DynamoDb;
use super::error::{Error, Invalid};
use super::key::{Key, check_index_size, digest, is_empty_key};
use super::table::Found;
use super::value::{Attr, Item, Type};
use crate::tables::{
    ENTRIES, EntryKey, EntryRow, ITEMS, IndexRow, ItemKey, ItemRow, NameKey, Projection, TABLES, TableRow,
};

/// Items entered by one commit of a backfill.
const BACKFILL_PAGE: usize = 200;
/// How often one page is read again because an item changed meanwhile.
const BACKFILL_ATTEMPTS: usize = 1_000;
/// Tables looked at in one page.
const TABLES_PAGE: usize = 256;

/// The entries an item has in all indexes.
pub fn entries(table: &TableRow, item: &Item) -> BTreeMap<StoreKey, EntryRow> {
    let Some(key) = table.schema.of(item) else { return BTreeMap::new() };
    let place = key.place(table.id);
    let indexed = |index: &IndexRow| Some(entry(table.id, index, &index.schema.of(item)?, &place));
    table.indexes.iter().filter_map(indexed).collect()
}

fn entry(table: u128, index: &IndexRow, key: &Key, place: &ItemKey) -> (StoreKey, EntryRow) {
    let row = EntryRow { partition: place.partition, sort: place.sort.clone() };
    (ENTRIES.key(&entry_key(table, index, key, place)), row)
}

/// An item's place in an index.
pub fn entry_key(table: u128, index: &IndexRow, key: &Key, place: &ItemKey) -> EntryKey {
    let mut item = place.partition.to_be_bytes().to_vec();
    item.extend_from_slice(&place.sort);
    EntryKey { table, index: index.number, partition: key.partition(), sort: key.sort(), item: digest(&item) }
}

/// Writes what changes in the indexes when `old` becomes `new`. Returns for each index it touches how many entries it writes.
pub fn write_entries<'t>(
    commit: &mut Commit,
    table: &'t TableRow,
    old: Option<&Item>,
    new: Option<&Item>,
) -> Vec<(&'t IndexRow, usize)> {
    let before = old.map(|item| entries(table, item)).unwrap_or_default();
    let after = new.map(|item| entries(table, item)).unwrap_or_default();
    for key in before.keys().filter(|key| !after.contains_key(*key)) {
        commit.writes.push(store::Write { key: key.clone(), value: None });
    }
    for (key, row) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        commit.writes.push(store::Write { key: key.clone(), value: Some(store::TableValue::to_bytes(row)) });
    }
    let mut touched = Vec::new();
    for index in &table.indexes {
        let key = |item: Option<&Item>| item.and_then(|item| index.schema.of(item));
        let shown = |item: Option<&Item>| {
            item.filter(|item| index.schema.of(item).is_some()).map(|item| project(table, index, item))
        };
        let writes = match (key(old), key(new)) {
            (None, None) => 0,
            (Some(_), None) | (None, Some(_)) => 1,
            (Some(old), Some(new)) if old != new => 2,
            (Some(_), Some(_)) => usize::from(shown(old) != shown(new)),
        };
        if writes > 0 {
            touched.push((index, writes));
        }
    }
    touched
}

/// Whether an index shows an attribute.
pub fn shows(table: &TableRow, index: &IndexRow, name: &str) -> bool {
    let is_key = table.schema.has(name) || index.schema.has(name);
    match &index.projection {
        Projection::All => true,
        Projection::KeysOnly => is_key,
        Projection::Include(names) => is_key || names.iter().any(|included| included == name),
    }
}

/// What an index shows of an item.
pub fn project(table: &TableRow, index: &IndexRow, item: &Item) -> Item {
    let is_shown = |(name, _): &(&String, &Attr)| shows(table, index, name);
    item.iter().filter(is_shown).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Refuses an item whose attributes no index can have as keys. Missing ones are fine: then it is not in the index.
pub fn check_index_keys(table: &TableRow, item: &Item, is_update: bool) -> Result<(), Invalid> {
    for index in &table.indexes {
        for (at, attribute) in index.schema.attributes().enumerate() {
            let Some(value) = item.get(&attribute.name) else { continue };
            let (expected, actual) = (attribute.kind.as_type(), value.kind());
            if expected != actual {
                return Err(if is_update {
                    Invalid::new(
                        "The update expression attempted to update the secondary index key to unsupported type",
                    )
                } else {
                    Invalid::parameter(format!(
                        "Type mismatch for Index Key {} Expected: {} Actual: {} IndexName: {}",
                        attribute.name,
                        expected.as_str(),
                        actual.as_str(),
                        index.name
                    ))
                });
            }
            if is_empty_key(value) {
                let what = if actual == Type::B { "binary" } else { "string" };
                return Err(Invalid::new(format!(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The \
                     AttributeValue for a key attribute cannot contain an empty {what} value. IndexName: {}, IndexKey: {}",
                    index.name, attribute.name
                )));
            }
            check_index_size(&index.name, attribute, value, at == 0)?;
        }
    }
    Ok(())
}

impl DynamoDb {
    /// Fills every index that is not filled yet.
    pub async fn backfill(&self) -> Result<(), Error> {
        let (mut start, end) = TABLES.prefix(|_| {});
        loop {
            let rows = TABLES.scan(&*self.store.snapshot(), (start, end.clone()), TABLES_PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            start = store::key_after(&TABLES.key(last));
            for (key, row) in &rows {
                for index in row.value.indexes.iter().filter(|index| index.is_backfilling) {
                    self.fill(key, row.value.id, index.number).await?;
                }
            }
        }
    }

    async fn fill(&self, key: &NameKey, table: u128, index: u32) -> Result<(), Error> {
        let (mut start, end) = ITEMS.prefix(|writer| {
            writer.u128(table);
        });
        loop {
            match self.fill_page(key, (table, index), (start, end.clone())).await? {
                Filled::Page(next) => start = next,
                Filled::All => break,
                // The table or the index went away meanwhile.
                Filled::Gone => return Ok(()),
            }
        }
        let done = self
            .change_table(key, |found, row, _| {
                if found.row.value.id == table {
                    let mine = row.indexes.iter_mut().filter(|one| one.number == index);
                    mine.for_each(|one| one.is_backfilling = false);
                }
                Ok(())
            })
            .await;
        match done {
            Err(Error::NoTableNamed(_)) => Ok(()),
            other => other.map(drop),
        }
    }

    async fn fill_page(
        &self,
        name: &NameKey,
        (table, index): (u128, u32),
        (start, end): (StoreKey, StoreKey),
    ) -> Result<Filled, Error> {
        let mut page = BACKFILL_PAGE;
        for _ in 0..BACKFILL_ATTEMPTS {
            let snapshot = self.store.snapshot();
            let Some(row) = TABLES.get(&*snapshot, name).await?.filter(|row| row.value.id == table) else {
                return Ok(Filled::Gone);
            };
            let Some(index) = row.value.indexes.iter().find(|one| one.number == index) else {
                return Ok(Filled::Gone);
            };
            let items = ITEMS.scan(&*snapshot, (start.clone(), end.clone()), page).await?;
            let Some((last, _)) = items.last() else { return Ok(Filled::All) };
            let next = store::key_after(&ITEMS.key(last));
            let mut commit = Commit::new(self.new_commit_id());
            commit.unchanged(TABLES, name, Some(&row));
            for (place, item) in &items {
                let Some(key) = index.schema.of(&item.value.0).filter(|key| fits(index, key)) else {
                    continue;
                };
                commit.unchanged(ITEMS, place, Some(item));
                let (key, entry) = entry(table, index, &key, place);
                commit.writes.push(store::Write { key, value: Some(store::TableValue::to_bytes(&entry)) });
            }
            if commit.writes.is_empty() || self.settle(commit).await? {
                return Ok(Filled::Page(next));
            }
            // Somebody writes these items: fewer at a time meet fewer writers.
            page = (page / 2).max(1);
        }
        Err(Error::Conflict)
    }
}

/// Whether an item that was there before the index can be in it; others are left out, as on AWS.
fn fits(index: &IndexRow, key: &Key) -> bool {
    let values = std::iter::once(&key.hash).chain(&key.range);
    index.schema.attributes().zip(values).enumerate().all(|(at, (attribute, value))| {
        !is_empty_key(value) && check_index_size(&index.name, attribute, value, at == 0).is_ok()
    })
}

enum Filled {
    /// A page; the next begins here.
    Page(StoreKey),
    /// The last one.
    All,
    /// There is nothing to fill.
    Gone,
}

/// The item at a place.
pub async fn item_at(
    snapshot: &dyn store::Snapshot,
    table: u128,
    entry: &EntryRow,
) -> Result<(ItemKey, ItemRow), Error> {
    let place = ItemKey { table, partition: entry.partition, sort: entry.sort.clone() };
    let row = ITEMS.get(snapshot, &place).await?;
    let row =
        row.ok_or_else(|| Error::Store("an index has an entry for an item that is not there".to_owned()))?;
    Ok((place, row.value))
}

impl Found {
    /// The index of that name, if one is named.
    pub fn index_named(&self, name: Option<&str>) -> Result<Option<&IndexRow>, Error> {
        name.map(|name| self.index(name)).transpose()
    }
}
