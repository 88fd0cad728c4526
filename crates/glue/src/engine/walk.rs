//! Partitions that meet a condition, found by seeks.
//!
//! ```text
//! expression ─ ranges of each key ─► path: the table's own order, or an index's, whichever the ranges narrow best
//!
//! rows of the path:  look at a row's keys in the path's order
//!                    all in their ranges ─► ask the expression itself
//!                    one before its next range ─► go on where that range begins, under the same earlier keys
//!                    one beyond its last range ─► go on after all rows with the same earlier keys
//! ```
//! So `year = 2024 AND month = 5` reads what it returns; `month = 5` alone makes one seek for each year; and where the narrowed key comes after one
//! that has many values, an index turns the order round. What is read is bounded: a call that has looked at many rows answers with what it
//! has, and a token.

use store::{Scan, Snapshot, TableValue};

use super::expression::Expression;
use super::keys::{self, Ranges, Stands};
use super::{Error, Glue};
use crate::tables::{INDEXED, IndexStatus, IndexedRow, PARTITIONS, PartitionRef, PartitionRow, TableRow};

/// Rows that one call looks at.
const LOOKS_MAX: usize = 50_000;
/// Bytes of partitions that one call returns (facts section 8).
const PAGE_BYTES: usize = 4 << 20;
/// Rows of the first scan after a seek, and of the largest.
const SCAN_MIN: usize = 32;
const SCAN_MAX: usize = 2_048;

/// Which partitions.
#[derive(Default)]
pub struct Wanted<'w> {
    /// Those that meet this.
    pub expression: Option<&'w Expression>,
    /// Those of this segment, of so many.
    pub segment: Option<(u32, u32)>,
    /// From here on.
    pub from: Option<Position>,
    /// At most so many.
    pub limit: usize,
}

/// A place on a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// The index's number; 0 for the table's own order.
    pub index: u32,
    /// The key's bytes after the table's, or the index's, prefix.
    pub key: Vec<u8>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Partitions, in the path's order.
    pub rows: Vec<PartitionRow>,
    /// Where to go on; absent if there are no more.
    pub next: Option<Position>,
    /// How many rows were looked at.
    pub looks: usize,
}

/// An order of the keys in which partitions are kept.
struct Path {
    /// The index's number; 0 for the table's own order.
    index: u32,
    /// The keys' places, in this order.
    columns: Vec<usize>,
    /// What may be there, for each of them.
    ranges: Vec<Ranges>,
}

impl Path {
    fn new(index: u32, columns: Vec<usize>, ranges: &[Ranges]) -> Self {
        let ranges =
            columns.iter().map(|column| ranges.get(*column).cloned().unwrap_or_else(Ranges::all)).collect();
        Self { index, columns, ranges }
    }

    /// How well the ranges narrow it: two for each leading key with single values, one for a range after them.
    fn score(&self) -> usize {
        let tight = self.ranges.iter().take_while(|ranges| ranges.is_tight()).count();
        let then = self.ranges.get(tight).is_some_and(|ranges| !ranges.is_all());
        2 * tight + usize::from(then)
    }

    /// Where to go on from a row, if it is not to be looked at closer.
    fn judge(&self, table: &TableRow, values: &[String]) -> Verdict {
        let mut earlier = Vec::with_capacity(48);
        for (column, ranges) in self.columns.iter().zip(&self.ranges) {
            let before = earlier.len();
            let value = values.get(*column).map(String::as_str).unwrap_or_default();
            keys::push_value(&mut earlier, keys::order_at(&table.layout, *column), value);
            match ranges.place(&earlier[before..]) {
                Stands::Inside => {}
                Stands::Before(from) => {
                    earlier.truncate(before);
                    earlier.extend_from_slice(from);
                    return Verdict::GoOn(earlier);
                }
                Stands::Beyond => {
                    earlier.truncate(before);
                    return keys::after(earlier).map_or(Verdict::End, Verdict::GoOn);
                }
            }
        }
        Verdict::Look
    }
}

enum Verdict {
    /// All keys are in their ranges.
    Look,
    /// Nothing until here.
    GoOn(Vec<u8>),
    /// Nothing any more.
    End,
}

impl Glue {
    /// Partitions of a table, from a snapshot.
    pub async fn walk(
        &self,
        snapshot: &dyn Snapshot,
        table: &TableRow,
        wanted: Wanted<'_>,
    ) -> Result<Found, Error> {
        let path = choose(table, &wanted)?;
        let mut found = Found::default();
        if path.ranges.iter().any(Ranges::is_empty) {
            return Ok(found);
        }
        let (prefix, end) = match path.index {
            0 => PARTITIONS.prefix(|key| {
                key.u128(table.id);
            }),
            index => INDEXED.prefix(|key| {
                key.u128(table.id).u32(index);
            }),
        };
        let mut position = match &wanted.from {
            Some(from) => from.key.clone(),
            None => match path.ranges.first().map(|ranges| ranges.place(&[])) {
                Some(Stands::Before(from)) => keys::cut_bound(from.to_vec()),
                Some(Stands::Inside | Stands::Beyond) | None => Vec::new(),
            },
        };
        let mut bytes = 0;
        let mut limit = SCAN_MIN;
        loop {
            let start = [&prefix[..], &position].concat();
            let scan = Scan { start: start.into(), end: end.clone(), reverse: false, limit };
            let rows = snapshot.scan(scan).await?;
            let last = rows.last().map(|(key, _)| key[prefix.len()..].to_vec());
            let is_end = rows.len() < limit;
            for (key, versioned) in rows {
                let place = &key[prefix.len()..];
                if place < &position[..] {
                    continue;
                }
                if found.looks >= LOOKS_MAX {
                    found.next = Some(Position { index: path.index, key: place.to_vec() });
                    return Ok(found);
                }
                found.looks += 1;
                let entry = Entry::read(snapshot, table, &path, place, &versioned.value).await?;
                let Some(entry) = entry else { continue };
                match path.judge(table, &entry.values) {
                    Verdict::Look => {}
                    Verdict::End => return Ok(found),
                    Verdict::GoOn(from) => {
                        let here = [place, &[0]].concat();
                        position = keys::cut_bound(from).max(here);
                        continue;
                    }
                }
                if !entry.meets(&wanted)? {
                    continue;
                }
                if found.rows.len() >= wanted.limit || bytes >= PAGE_BYTES {
                    found.next = Some(Position { index: path.index, key: place.to_vec() });
                    return Ok(found);
                }
                if let Some(row) = entry.row(snapshot, table, &versioned.value).await? {
                    bytes += row.input.len();
                    found.rows.push(row);
                }
            }
            let Some(last) = last else { return Ok(found) };
            if position > last {
                // A seek led out of what was read.
                limit = SCAN_MIN;
            } else if is_end {
                return Ok(found);
            } else {
                position = [&last[..], &[0]].concat();
                limit = (limit * 4).min(SCAN_MAX);
                tokio::task::yield_now().await;
            }
        }
    }
}

/// The path of a walk: where the last one was, or the one that the ranges narrow best.
fn choose(table: &TableRow, wanted: &Wanted<'_>) -> Result<Path, Error> {
    let ranges = match wanted.expression {
        Some(expression) => expression.ranges(&table.layout),
        None => Vec::new(),
    };
    let own = Path::new(0, (0..table.state.keys.len()).collect(), &ranges);
    let indexes = table.indexes.iter().filter(|index| index.status == IndexStatus::Active).map(|index| {
        let columns = index.columns.iter().map(|column| *column as usize).collect();
        Path::new(index.number, columns, &ranges)
    });
    if let Some(from) = &wanted.from {
        let found = std::iter::once(own).chain(indexes).find(|path| path.index == from.index);
        return found.ok_or_else(|| Error::invalid("Invalid NextToken."));
    }
    let better = |best: Path, path: Path| if path.score() > best.score() { path } else { best };
    Ok(indexes.fold(own, better))
}

/// A row of a path.
struct Entry {
    values: Vec<String>,
    /// Where its partition is kept, if the path is an index.
    partition: Option<Vec<u8>>,
}

impl Entry {
    async fn read(
        snapshot: &dyn Snapshot,
        table: &TableRow,
        path: &Path,
        place: &[u8],
        value: &[u8],
    ) -> Result<Option<Self>, Error> {
        if path.index == 0 {
            let values = match keys::decode(&table.layout, place) {
                Some(values) => values,
                None => PartitionRow::from_bytes(value)?.values,
            };
            return Ok(Some(Self { values, partition: None }));
        }
        let partition = IndexedRow::from_bytes(value)?.partition;
        let values = match keys::decode(&table.layout, &partition) {
            Some(values) => values,
            None => {
                let at = PartitionRef { table: table.id, values: partition.clone() };
                match PARTITIONS.get(snapshot, &at).await? {
                    Some(row) => row.value.values,
                    None => return Ok(None),
                }
            }
        };
        Ok(Some(Self { values, partition: Some(partition) }))
    }

    fn meets(&self, wanted: &Wanted<'_>) -> Result<bool, Error> {
        if let Some((number, of)) = wanted.segment {
            let key = keys::encode(&[], self.values.iter().map(String::as_str));
            if crypt::crc32(&key) % of.max(1) != number {
                return Ok(false);
            }
        }
        wanted.expression.map_or(Ok(true), |expression| expression.holds(&self.values))
    }

    async fn row(
        &self,
        snapshot: &dyn Snapshot,
        table: &TableRow,
        value: &[u8],
    ) -> Result<Option<PartitionRow>, Error> {
        match &self.partition {
            None => Ok(Some(PartitionRow::from_bytes(value)?)),
            Some(partition) => {
                let at = PartitionRef { table: table.id, values: partition.clone() };
                Ok(PARTITIONS.get(snapshot, &at).await?.map(|row| row.value))
            }
        }
    }
}

impl Position {
    /// As a token's payload.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.index.to_be_bytes()[..], &self.key].concat()
    }

    /// From a token's payload.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (index, key) = bytes.split_first_chunk::<4>()?;
        Some(Self { index: u32::from_be_bytes(*index), key: key.to_vec() })
    }
}

#[cfg(test)]
mod tests;
