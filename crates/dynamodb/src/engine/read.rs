//! Reading items: one by its key, many by Query and Scan.
//!
//! Query and Scan go over a range of keys, of items or of entries of an index, in pages: at most as many items as asked for, and at most 1 MiB of them as
//! they are before any filter. Where a page ends is told as the key of its last item, and the next begins behind that key, whatever has
//! become of the item meanwhile.

use store::{Key as StoreKey, Scan as StoreScan, Snapshot};

use super::DynamoDb;
use super::capacity::{Cost, IndexCost, Units};
use super::error::{Error, Invalid};
use super::expression::{Condition, KeyConditions, Path, Projection};
use super::index::{entry_key, item_at, project, shows};
use super::key::{Key, RangeCondition, partition, sort_bytes};
use super::table::Found;
use super::value::{Item, item_size};
use crate::tables::{ENTRIES, EntryRow, ITEMS, IndexRow, ItemRow, NameKey, Projection as Shown, TableRow};

/// Bytes of items in a page (AWS quota).
const PAGE_BYTES_MAX: usize = 1 << 20;
/// Rows asked of the store at first: little is read in vain if items are large.
const ROWS_FIRST: usize = 16;
/// Rows asked of the store at once.
const ROWS_MAX: usize = 1_000;

/// What of the items is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Wanted {
    /// All that table or index shows.
    #[default]
    Shown,
    /// All, also what the index does not show.
    All,
    /// These parts.
    Parts(Projection),
    /// Only how many there are.
    Count,
}

/// What Query and Scan have in common.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The table.
    pub table: NameKey,
    /// The index, if one is read.
    pub index: Option<String>,
    /// What is left out.
    pub filter: Option<Condition>,
    /// What of the items is wanted.
    pub wanted: Wanted,
    /// Items looked at, at most.
    pub limit: Option<usize>,
    /// Where the last page ended.
    pub after: Option<Item>,
    /// Whether it was asked for the latest, which an index of another hash key does not promise. (All reads are.)
    pub is_consistent: bool,
}

/// Which items.
#[derive(Clone, Debug)]
pub enum Range {
    /// Those of one hash key, in order of the range key.
    Query {
        /// Where.
        keys: KeyConditions,
        /// From the end backwards.
        is_backwards: bool,
    },
    /// All, or one of several parts.
    Scan {
        /// Which part of how many.
        segment: Option<(u32, u32)>,
    },
}

/// A page of items.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// What was found, in order.
    pub items: Vec<Item>,
    /// How many were found.
    pub count: usize,
    /// How many were looked at.
    pub scanned: usize,
    /// Where the page ended, if there may be more.
    pub last: Option<Item>,
    /// What it cost.
    pub cost: Cost,
}

impl DynamoDb {
    /// The item under a key, and what it cost to look.
    pub async fn get_item(
        &self,
        table: &NameKey,
        key: &Item,
        is_consistent: bool,
    ) -> Result<(Option<Item>, Cost), Error> {
        let snapshot = self.store.snapshot();
        self.get_in(&*snapshot, table, key, is_consistent).await
    }

    pub(super) async fn get_in(
        &self,
        snapshot: &dyn Snapshot,
        table: &NameKey,
        key: &Item,
        is_consistent: bool,
    ) -> Result<(Option<Item>, Cost), Error> {
        let table = self.usable(snapshot, table).await?;
        let place = table.key_of(key)?.place(table.row.value.id);
        let item = ITEMS.get(snapshot, &place).await?.map(|row| row.value.0);
        let size = item.as_ref().map_or(0, item_size);
        let cost = Cost { table: Units::read(size, is_consistent), is_read: true, ..Cost::default() };
        Ok((item, cost))
    }

    /// A page of a query or a scan.
    pub async fn read_page(&self, reading: &Reading, range: &Range) -> Result<Page, Error> {
        let snapshot = self.store.snapshot();
        let table = self.usable(&*snapshot, &reading.table).await?;
        let index = table.index_named(reading.index.as_deref())?;
        check_reading(&table.row.value, index, reading)?;
        let source = Source { table: &table, index };
        let bounds = source.bounds(range, reading)?;
        source.page(&*snapshot, reading, bounds).await
    }
}

fn check_reading(table: &TableRow, index: Option<&IndexRow>, reading: &Reading) -> Result<(), Invalid> {
    let Some(index) = index.filter(|index| !index.is_local) else { return Ok(()) };
    if reading.is_consistent {
        return Err(Invalid::new("Consistent reads are not supported on global secondary indexes"));
    }
    match &reading.wanted {
        Wanted::All if index.projection != Shown::All => Err(Invalid::parameter(format!(
            "Select type ALL_ATTRIBUTES is not supported for global secondary index {} because its projection type is not ALL",
            index.name
        ))),
        Wanted::Parts(parts) => {
            let is_hidden = |name: &&str| !shows(table, index, name);
            let hidden: Vec<&str> = parts.paths().iter().map(Path::head).filter(is_hidden).collect();
            if hidden.is_empty() {
                return Ok(());
            }
            Err(Invalid::parameter(format!(
                "Global secondary index {} does not project [{}]",
                index.name,
                hidden.join(", ")
            )))
        }
        Wanted::All | Wanted::Shown | Wanted::Count => Ok(()),
    }
}

/// What is read: a table, or an index of it.
struct Source<'t> {
    table: &'t Found,
    index: Option<&'t IndexRow>,
}

/// A range of keys, and its direction.
struct Bounds {
    start: StoreKey,
    end: StoreKey,
    is_backwards: bool,
}

impl Source<'_> {
    fn id(&self) -> u128 {
        self.table.row.value.id
    }

    /// The key in the store of a place in this source.
    fn store_key(&self, partition: u128, sort: &[u8]) -> (StoreKey, StoreKey) {
        match self.index {
            None => {
                let key = |writer: &mut store::KeyWriter| {
                    writer.u128(self.id()).u128(partition).tail(sort);
                };
                let start = ITEMS.prefix(key).0;
                let end = store::key_after(&start);
                (start, end)
            }
            Some(index) => ENTRIES.prefix(|writer| {
                writer.u128(self.id()).u32(index.number).u128(partition).bytes(sort);
            }),
        }
    }

    /// All keys whose sort bytes begin so.
    fn prefix(&self, partition: u128, start: &[u8]) -> (StoreKey, StoreKey) {
        match self.index {
            None => ITEMS.prefix(|writer| {
                writer.u128(self.id()).u128(partition).tail(start);
            }),
            Some(index) => ENTRIES.prefix(|writer| {
                writer.u128(self.id()).u32(index.number).u128(partition).bytes_start(start);
            }),
        }
    }

    /// The keys of partitions from `first` on.
    fn start_of(&self, first: u128) -> StoreKey {
        match self.index {
            None => ITEMS.prefix(|writer| {
                writer.u128(self.id()).u128(first);
            }),
            Some(index) => ENTRIES.prefix(|writer| {
                writer.u128(self.id()).u32(index.number).u128(first);
            }),
        }
        .0
    }

    fn all(&self) -> (StoreKey, StoreKey) {
        match self.index {
            None => ITEMS.prefix(|writer| {
                writer.u128(self.id());
            }),
            Some(index) => ENTRIES.prefix(|writer| {
                writer.u128(self.id()).u32(index.number);
            }),
        }
    }

    fn bounds(&self, range: &Range, reading: &Reading) -> Result<Bounds, Invalid> {
        let schema = self.index.map_or(&self.table.row.value.schema, |index| &index.schema);
        let (start, end, is_backwards) = match range {
            Range::Scan { segment } => {
                let (start, end) = self.all();
                match *segment {
                    None => (start, end, false),
                    Some((number, of)) => {
                        // The last segment takes what the division leaves over.
                        let width = u128::MAX / u128::from(of);
                        let first = self.start_of(width * u128::from(number));
                        let past = if number + 1 == of {
                            end
                        } else {
                            self.start_of(width * u128::from(number + 1))
                        };
                        (first, past, false)
                    }
                }
            }
            Range::Query { keys, is_backwards } => {
                let sought = keys.sought(schema)?;
                if let Some(filter) = &reading.filter {
                    check_filter(schema, filter)?;
                }
                let partition = partition(&sought.hash);
                let (start, end) = self.sought(partition, sought.range.as_ref());
                if let Some(after) = &reading.after {
                    let key = schema.of(after).ok_or_else(bad_start)?;
                    if key.hash != sought.hash {
                        return Err(Invalid::new(
                            "The provided starting key is outside query boundaries based on provided conditions",
                        ));
                    }
                    if !sought.holds(&key) {
                        return Err(Invalid::new(
                            "The provided starting key does not match the range key predicate",
                        ));
                    }
                }
                (start, end, *is_backwards)
            }
        };
        let Some(after) = &reading.after else { return Ok(Bounds { start, end, is_backwards }) };
        let here = self.place_of(after)?;
        if matches!(range, Range::Scan { segment: Some(_) }) && !(start <= here && here < end) {
            return Err(Invalid::new(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment.",
            ));
        }
        Ok(if is_backwards {
            Bounds { start, end: here, is_backwards }
        } else {
            Bounds { start: store::key_after(&here), end, is_backwards }
        })
    }

    /// The range of a hash key's items whose range keys meet a condition.
    fn sought(&self, partition: u128, condition: Option<&RangeCondition>) -> (StoreKey, StoreKey) {
        let all = self.prefix(partition, &[]);
        let exactly = |value| self.store_key(partition, &sort_bytes(value));
        match condition {
            None => all,
            Some(RangeCondition::Equal(value)) => exactly(value),
            Some(RangeCondition::Less(value)) => (all.0, exactly(value).0),
            Some(RangeCondition::LessOrEqual(value)) => (all.0, exactly(value).1),
            Some(RangeCondition::Greater(value)) => (exactly(value).1, all.1),
            Some(RangeCondition::GreaterOrEqual(value)) => (exactly(value).0, all.1),
            Some(RangeCondition::Between(low, high)) => (exactly(low).0, exactly(high).1),
            Some(RangeCondition::BeginsWith(start)) => self.prefix(partition, &sort_bytes(start)),
        }
    }

    /// The key in the store that a page's end names.
    fn place_of(&self, last: &Item) -> Result<StoreKey, Invalid> {
        let row = &self.table.row.value;
        let key = row.schema.of_key(&row.schema.only(last)).map_err(|_| mismatched_start())?;
        let place = key.place(row.id);
        let Some(index) = self.index else {
            return if last.len() == row.schema.attributes().count() {
                Ok(ITEMS.key(&place))
            } else {
                Err(mismatched_start())
            };
        };
        let indexed: Key = index.schema.of(last).ok_or_else(bad_start)?;
        let known = |name: &String| row.schema.has(name) || index.schema.has(name);
        if !last.keys().all(known) {
            return Err(bad_start());
        }
        Ok(ENTRIES.key(&entry_key(row.id, index, &indexed, &place)))
    }

    /// What tells where a page ended: the keys of table and index.
    fn key_of(&self, item: &Item) -> Item {
        let mut key = self.table.row.value.schema.only(item);
        if let Some(index) = self.index {
            key.extend(index.schema.only(item));
        }
        key
    }

    async fn page(&self, snapshot: &dyn Snapshot, reading: &Reading, bounds: Bounds) -> Result<Page, Error> {
        let Bounds { mut start, mut end, is_backwards } = bounds;
        let limit = reading.limit.unwrap_or(usize::MAX);
        let mut page = Page::default();
        let mut bytes = 0;
        let mut rows = ROWS_FIRST;
        'pages: while start < end {
            let wanted = rows.min(limit - page.scanned);
            let scan =
                StoreScan { start: start.clone(), end: end.clone(), reverse: is_backwards, limit: wanted };
            let found = snapshot.scan(scan).await?;
            let is_last = found.len() < wanted;
            for (key, versioned) in found {
                let item = self.item(snapshot, &versioned.value).await?;
                let shown = match self.index {
                    Some(index) if !(index.is_local && self.needs_all(reading)) => {
                        project(&self.table.row.value, index, &item)
                    }
                    Some(_) | None => item.clone(),
                };
                bytes += item_size(&shown);
                page.scanned += 1;
                page.take(reading, shown);
                if is_backwards {
                    end = key;
                } else {
                    start = store::key_after(&key);
                }
                if page.scanned >= limit || bytes >= PAGE_BYTES_MAX {
                    page.last = Some(self.key_of(&item));
                    break 'pages;
                }
            }
            if is_last {
                break;
            }
            let average = (bytes / page.scanned.max(1)).max(1);
            rows = (PAGE_BYTES_MAX.saturating_sub(bytes) / average).clamp(1, ROWS_MAX);
        }
        let units = Units::read(bytes, reading.is_consistent);
        page.cost.is_read = true;
        match self.index {
            Some(index) => {
                let cost = IndexCost { units, is_local: index.is_local };
                page.cost.indexes.insert(index.name.clone(), cost);
            }
            None => page.cost.table = units,
        }
        Ok(page)
    }

    /// Whether attributes are wanted that a local index does not show: then they are fetched from the table, as on AWS.
    fn needs_all(&self, reading: &Reading) -> bool {
        match &reading.wanted {
            Wanted::All | Wanted::Parts(_) => true,
            Wanted::Shown | Wanted::Count => false,
        }
    }

    async fn item(&self, snapshot: &dyn Snapshot, value: &[u8]) -> Result<Item, Error> {
        use store::TableValue;
        match self.index {
            None => Ok(ItemRow::from_bytes(value)?.0),
            Some(_) => Ok(item_at(snapshot, self.id(), &EntryRow::from_bytes(value)?).await?.1.0),
        }
    }
}

impl Page {
    fn take(&mut self, reading: &Reading, item: Item) {
        if reading.filter.as_ref().is_some_and(|filter| !filter.holds(&item)) {
            return;
        }
        self.count += 1;
        match &reading.wanted {
            Wanted::Count => {}
            Wanted::Parts(parts) => self.items.push(parts.apply(&item)),
            Wanted::Shown | Wanted::All => self.items.push(item),
        }
    }
}

fn bad_start() -> Invalid {
    Invalid::new("The provided starting key is invalid")
}

fn mismatched_start() -> Invalid {
    Invalid::new("The provided starting key is invalid: The provided key element does not match the schema")
}

/// A query's filter says nothing of what the key conditions are for.
fn check_filter(schema: &crate::tables::KeySchema, filter: &Condition) -> Result<(), Invalid> {
    let mut refused = None;
    filter.each_path(&mut |path| {
        if schema.has(path.head()) && refused.is_none() {
            refused = Some(path.head().to_owned());
        }
    });
    match refused {
        Some(name) => Err(Invalid::new(format!(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: {name}"
        ))),
        None => Ok(()),
    }
}
