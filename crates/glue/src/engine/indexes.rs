//! Partition indexes: other orders of the keys to find partitions by. An index is filled and emptied behind the calls that ask for it; a
//! partition that comes meanwhile goes into it at once.

use store::{Check, Commit, key_after};

use super::tables::{NewIndex, TableAt};
use super::{ATTEMPTS, Error, Glue, keys};
use crate::tables::{
    INDEXED, IndexRow, IndexStatus, IndexedRef, IndexedRow, KeyColumn, MemberName, PARTITIONS, PartitionRef,
    TABLES, TableRow,
};

/// Indexes of a table (facts section 1.4).
pub const INDEXES_MAX: usize = 3;
/// Partitions that one commit adds to an index or removes from it.
const SLICE: usize = 2_000;

impl TableRow {
    /// Adds an index. Fails if there are too many, or another is being made, or it does not fit the keys.
    pub fn add_index(&mut self, new: &NewIndex, status: IndexStatus) -> Result<(), Error> {
        let mut columns = Vec::new();
        for key in &new.keys {
            let found = self.state.keys.iter().position(|column| column.name.eq_ignore_ascii_case(key));
            match found.and_then(|place| u32::try_from(place).ok()) {
                Some(place) if !columns.contains(&place) => columns.push(place),
                Some(_) | None => {
                    return Err(Error::Invalid(format!(
                        "IndexKeys not a part of PartitionColumns. Verify the indexKeys : [{}]",
                        new.keys.join(", ")
                    )));
                }
            }
        }
        let exists = |how: &str| {
            Error::Exists(format!("Partition Index {} already exists with the same {how}.", new.name))
        };
        let live = || self.indexes.iter().filter(|index| index.status != IndexStatus::Deleting);
        if live().any(|index| index.name == new.name) {
            return Err(exists("name"));
        }
        if live().any(|index| index.columns == columns) {
            return Err(exists("keys"));
        }
        self.check_settled()?;
        if self.indexes.len() >= INDEXES_MAX {
            let text = format!("Partition index limit exceeded. Maximum: {INDEXES_MAX}");
            return Err(Error::Quota(text));
        }
        let number = self.next_index;
        self.next_index += 1;
        self.indexes.push(IndexRow { number, name: new.name.clone(), columns, status });
        Ok(())
    }

    /// One index at a time is made or removed.
    fn check_settled(&self) -> Result<(), Error> {
        match self.indexes.iter().find(|index| index.status != IndexStatus::Active) {
            Some(index) => Err(Error::Invalid(format!(
                "Index {} is in {} state. Only 1 index can be created or deleted simultaneously per table.",
                index.name,
                index.status.name()
            ))),
            None => Ok(()),
        }
    }

    /// Indexed keys keep their names, types and order.
    pub fn check_frozen_keys(&self, new: &[KeyColumn]) -> Result<(), Error> {
        for column in self.indexes.iter().flat_map(|index| &index.columns) {
            let column = *column as usize;
            if self.state.keys.get(column) != new.get(column) {
                let name = self.state.keys.get(column).map_or("", |key| key.name.as_str());
                let text =
                    format!("Partition key {name} is part of a partition index and cannot be changed.");
                return Err(Error::invalid(text));
            }
        }
        Ok(())
    }

    /// Indexed values must be of their key's type, and free of the characters that the index keeps for itself.
    pub fn check_indexable(&self, values: &[String]) -> Result<(), Error> {
        for column in self.indexes.iter().flat_map(|index| &index.columns) {
            let column = *column as usize;
            let (Some(key), Some(value)) = (self.state.keys.get(column), values.get(column)) else {
                continue;
            };
            let is_number = keys::order_of(key.kind.as_deref()) == crate::tables::Order::Number;
            let fits = !is_number || keys::whole_number(value).is_some();
            if !fits || value.contains(['\u{0}', '\u{1}', '\u{2}']) {
                let text = format!("Partition value {value} of the indexed key {} is not valid.", key.name);
                return Err(Error::invalid(text));
            }
        }
        Ok(())
    }

    /// Adds a partition to every index that is to have it.
    pub fn index(&self, commit: &mut Commit, at: &PartitionRef, values: &[String]) {
        for index in self.indexes.iter().filter(|index| index.status != IndexStatus::Deleting) {
            let row = IndexedRow { partition: at.values.clone() };
            commit.put(INDEXED, &self.indexed_at(index, at, values), &row);
        }
    }

    /// Removes a partition from every index.
    pub fn unindex(&self, commit: &mut Commit, at: &PartitionRef, values: &[String]) {
        for index in &self.indexes {
            commit.delete(INDEXED, &self.indexed_at(index, at, values));
        }
    }

    fn indexed_at(&self, index: &IndexRow, at: &PartitionRef, values: &[String]) -> IndexedRef {
        let values = keys::encode_indexed(&self.layout, &index.columns, values, &at.values);
        IndexedRef { table: self.id, index: index.number, values }
    }
}

impl IndexStatus {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            IndexStatus::Creating => "CREATING",
            IndexStatus::Active => "ACTIVE",
            IndexStatus::Deleting => "DELETING",
        }
    }
}

impl Glue {
    /// Makes an index. It is filled behind the call.
    pub async fn create_index(&self, at: &TableAt, new: &NewIndex) -> Result<(), Error> {
        self.change_indexes(at, |row| row.add_index(new, IndexStatus::Creating)).await
    }

    /// Removes an index. It is emptied behind the call.
    pub async fn delete_index(&self, at: &TableAt, name: &str) -> Result<(), Error> {
        self.change_indexes(at, |row| {
            let found = row.indexes.iter().position(|index| index.name == name);
            let place = found.ok_or_else(|| Error::NotFound(format!("Index {name} not found.")))?;
            row.check_settled()?;
            row.indexes[place].status = IndexStatus::Deleting;
            Ok(())
        })
        .await
    }

    async fn change_indexes(
        &self,
        at: &TableAt,
        change: impl Fn(&mut TableRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let found = self.find_table(&*self.snapshot(), at).await?;
            let mut row = found.row.value.clone();
            change(&mut row)?;
            let mut commit = self.begin();
            found.require(&mut commit);
            commit.put(TABLES, &found.at, &row);
            commit.put(
                crate::tables::LEFTOVERS,
                &crate::tables::LeftoverRef(row.id),
                &crate::tables::Leftover::Indexes(found.at.database, found.at.name.clone()),
            );
            if self.done(commit).await? {
                self.chores.notify_one();
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Fills and empties the indexes of a table until all are settled. True if there is nothing left to do.
    pub(super) async fn settle_indexes(&self, at: &MemberName) -> Result<(), Error> {
        loop {
            let Some(row) = TABLES.get(&*self.snapshot(), at).await? else { return Ok(()) };
            let open = row.value.indexes.iter().find(|index| index.status != IndexStatus::Active).cloned();
            match open {
                None => return Ok(()),
                Some(index) if index.status == IndexStatus::Creating => {
                    self.fill_index(row.value.id, at, index.number).await?;
                }
                Some(index) => self.empty_index(row.value.id, at, index.number).await?,
            }
        }
    }

    async fn fill_index(&self, table: u128, at: &MemberName, number: u32) -> Result<(), Error> {
        let (mut start, end) = PARTITIONS.prefix(|key| {
            key.u128(table);
        });
        loop {
            let snapshot = self.snapshot();
            let Some(row) = TABLES.get(&*snapshot, at).await? else { return Ok(()) };
            let open = |index: &&IndexRow| index.number == number && index.status == IndexStatus::Creating;
            let Some(index) = row.value.indexes.iter().find(open).cloned() else { return Ok(()) };
            let rows = PARTITIONS.scan(&*snapshot, (start.clone(), end.clone()), SLICE).await?;
            let mut commit = self.begin();
            for (partition, row_of) in &rows {
                // One that went meanwhile must not come back into the index.
                commit.check(Check::VersionIs(PARTITIONS.key(partition), row_of.version));
                let indexed = row.value.indexed_at(&index, partition, &row_of.value.values);
                commit.put(INDEXED, &indexed, &IndexedRow { partition: partition.values.clone() });
            }
            let is_last = rows.len() < SLICE;
            if is_last {
                let mut changed = row.value.clone();
                for index in changed.indexes.iter_mut().filter(|index| index.number == number) {
                    index.status = IndexStatus::Active;
                }
                commit.check(Check::VersionIs(TABLES.key(at), row.version));
                commit.put(TABLES, at, &changed);
            }
            if self.done(commit).await? {
                match rows.last() {
                    Some((last, _)) if !is_last => start = key_after(&PARTITIONS.key(last)),
                    Some(_) | None => return Ok(()),
                }
            }
        }
    }

    async fn empty_index(&self, table: u128, at: &MemberName, number: u32) -> Result<(), Error> {
        let range = INDEXED.prefix(|key| {
            key.u128(table).u32(number);
        });
        self.remove_range(INDEXED, range).await?;
        for _ in 0..ATTEMPTS {
            let Some(row) = TABLES.get(&*self.snapshot(), at).await? else { return Ok(()) };
            let mut changed = row.value;
            changed.indexes.retain(|index| index.number != number);
            let mut commit = self.begin();
            commit.check(Check::VersionIs(TABLES.key(at), row.version));
            commit.put(TABLES, at, &changed);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
