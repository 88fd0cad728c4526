//! How many items a table has, and how many bytes (DescribeTable: on AWS some hours old; here at most some seconds for small tables).
//!
//! Nothing counts along with writes: a counter would make every write of a table wait for every other. The table is counted when somebody asks, unless
//! it was not written since it was counted last, or counting takes so long that asking often would be a burden: then the older figure stands for
//! a hundred times as long as it took.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use super::DynamoDb;
use super::error::Error;
use super::index::project;
use super::value::item_size;
use crate::tables::{ITEMS, TableRow};

/// Counting may take this part of the time.
const SHARE: u32 = 100;
/// Rows of one page of counting.
const ROWS: usize = 500;
/// Tables whose figures are remembered.
const KEPT_MAX: usize = 10_000;

/// How much there is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Measure {
    /// Items.
    pub items: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The same for each index, by its name.
    pub indexes: HashMap<String, (u64, u64)>,
}

#[derive(Clone, Debug)]
struct Taken {
    /// None while it is being counted for the first time.
    measure: Option<Measure>,
    indexes: usize,
    at: Duration,
    took: Duration,
    is_stale: bool,
}

/// Figures taken lately, by table id.
#[derive(Debug, Default)]
pub struct Measures(Mutex<HashMap<u128, Taken>>);

impl Measures {
    /// The table was written to.
    pub(super) fn written(&self, table: u128) {
        if let Some(taken) = self.lock().get_mut(&table) {
            taken.is_stale = true;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u128, Taken>> {
        self.0.lock().expect("nothing panics while the figures are held")
    }

    fn known(&self, table: u128, indexes: usize, now: Duration) -> Option<Measure> {
        let all = self.lock();
        let taken = all.get(&table)?;
        let is_young = now.saturating_sub(taken.at) < taken.took * SHARE;
        if taken.indexes == indexes && (!taken.is_stale || is_young) { taken.measure.clone() } else { None }
    }

    fn keep(&self, table: u128, taken: Taken) {
        let mut all = self.lock();
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert(table, taken);
    }
}

impl DynamoDb {
    /// How much a table holds.
    pub async fn measure(&self, table: &TableRow) -> Result<Measure, Error> {
        let began = self.clock.monotonic();
        if let Some(known) = self.measures.known(table.id, table.indexes.len(), began) {
            return Ok(known);
        }
        let indexes = table.indexes.len();
        // There before counting begins, so that a write that comes meanwhile can mark it.
        let begun = Taken { measure: None, indexes, at: began, took: Duration::ZERO, is_stale: false };
        self.measures.keep(table.id, begun);
        let measure = self.count(table).await?;
        let took = self.clock.monotonic().saturating_sub(began);
        let is_stale = self.measures.lock().get(&table.id).is_none_or(|taken| taken.is_stale);
        let taken = Taken { measure: Some(measure.clone()), indexes, at: began, took, is_stale };
        self.measures.keep(table.id, taken);
        Ok(measure)
    }

    async fn count(&self, table: &TableRow) -> Result<Measure, Error> {
        let snapshot = self.store.snapshot();
        let mut measure = Measure::default();
        let (mut start, end) = ITEMS.prefix(|writer| {
            writer.u128(table.id);
        });
        loop {
            let rows = ITEMS.scan(&*snapshot, (start, end.clone()), ROWS).await?;
            let Some((last, _)) = rows.last() else { return Ok(measure) };
            start = store::key_after(&ITEMS.key(last));
            for (_, row) in &rows {
                let item = &row.value.0;
                measure.items += 1;
                measure.bytes += item_size(item) as u64;
                for index in table.indexes.iter().filter(|index| index.schema.of(item).is_some()) {
                    let (items, bytes) = measure.indexes.entry(index.name.clone()).or_default();
                    *items += 1;
                    *bytes += item_size(&project(table, index, item)) as u64;
                }
            }
        }
    }
}
