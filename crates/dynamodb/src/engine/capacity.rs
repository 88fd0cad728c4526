//! What a call costs, in capacity units (AWS developer guide, "Read and write operations"): a read of 4 KiB is one, half if it may be stale, two in a
//! transaction; a write of 1 KiB is one, two in a transaction. Nothing is ever refused for it: this is what answers tell who asks.

use std::collections::BTreeMap;

const READ_BYTES: usize = 4 << 10;
const WRITE_BYTES: usize = 1 << 10;

/// Units, in halves: reads that may be stale cost half a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Units {
    halves: u64,
}

impl Units {
    /// None.
    pub const NONE: Units = Units { halves: 0 };

    /// Of reading this many bytes at once.
    pub fn read(bytes: usize, is_consistent: bool) -> Self {
        let units = bytes.div_ceil(READ_BYTES).max(1) as u64;
        Self { halves: if is_consistent { 2 * units } else { units } }
    }

    /// Of writing an item, whichever is larger of what it was and what it becomes.
    pub fn write(old: usize, new: usize) -> Self {
        Self { halves: 2 * old.max(new).div_ceil(WRITE_BYTES).max(1) as u64 }
    }

    /// As often.
    pub fn times(self, count: usize) -> Self {
        Self { halves: self.halves * count as u64 }
    }

    /// Both.
    pub fn plus(self, other: Self) -> Self {
        Self { halves: self.halves + other.halves }
    }

    /// As a number.
    pub fn as_f64(self) -> f64 {
        self.halves as f64 / 2.0
    }
}

/// What a call cost in one index.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct IndexCost {
    /// How much.
    pub units: Units,
    /// Whether the index shares the table's hash key.
    pub is_local: bool,
}

/// What a call cost in one table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// In the table itself.
    pub table: Units,
    /// In each index it touched, and whether that is a local one.
    pub indexes: BTreeMap<String, IndexCost>,
    /// Whether it read rather than wrote.
    pub is_read: bool,
}

impl Cost {
    /// All together.
    pub fn total(&self) -> Units {
        self.indexes.values().fold(self.table, |sum, index| sum.plus(index.units))
    }

    /// Both.
    pub fn add(&mut self, other: &Cost) {
        self.table = self.table.plus(other.table);
        for (name, index) in &other.indexes {
            let sum = self.indexes.entry(name.clone()).or_default();
            *sum = IndexCost { units: sum.units.plus(index.units), is_local: index.is_local };
        }
        self.is_read = other.is_read;
    }

    /// As often.
    pub fn times(mut self, count: usize) -> Self {
        self.table = self.table.times(count);
        self.indexes.values_mut().for_each(|index| index.units = index.units.times(count));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_round_up_and_stale_reads_cost_half() {
        assert_eq!(Units::read(0, true).as_f64(), 1.0);
        assert_eq!(Units::read(4_096, false).as_f64(), 0.5);
        assert_eq!(Units::read(4_097, true).as_f64(), 2.0);
        assert_eq!(Units::write(0, 1).as_f64(), 1.0);
        assert_eq!(Units::write(3_000, 10).as_f64(), 3.0);
        let cost = Cost { table: Units::write(1, 1), ..Cost::default() };
        assert_eq!(cost.times(2).total().as_f64(), 2.0);
    }
}
