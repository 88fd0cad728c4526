//! Partitions: they come, change and go, alone and in batches. Each batch is one commit, unless it is larger than a commit can be.

use std::collections::BTreeSet;

use store::{Bounds, Check, Commit, Row, Snapshot};

use super::tables::{FoundTable, TableAt};
use super::{ATTEMPTS, Error, Glue, keys};
use crate::tables::{PARTITIONS, PartitionRef, PartitionRow, STATISTICS, StatisticsRef, TableRow};

/// Bytes of a commit's rows after which a batch goes on in another one; what is left is for the checks of the last partition.
const COMMIT_BYTES: usize = Bounds::ROWS / 2;
/// Entries of a commit after which a batch goes on in another one.
const COMMIT_ENTRIES: usize = Bounds::ENTRIES / 2;
/// Columns of one look at a partition's statistics.
const STATISTICS_PAGE: usize = 1_000;

/// A partition that is to be.
#[derive(Clone, Debug)]
pub struct NewPartition {
    /// Its values.
    pub values: Vec<String>,
    /// Its `PartitionInput` without the values, kept.
    pub input: Vec<u8>,
}

/// What is to happen to one partition.
#[derive(Clone, Debug)]
pub enum Change {
    /// It comes.
    Create(NewPartition),
    /// The one with these values becomes another.
    Update {
        /// The values it has.
        values: Vec<String>,
        /// What it becomes.
        to: NewPartition,
    },
    /// The one with these values goes.
    Delete(Vec<String>),
}

impl TableRow {
    /// Where the partition with these values is kept. Fails if there are not as many values as keys.
    pub fn partition_at(&self, values: &[String]) -> Result<PartitionRef, Error> {
        if values.len() != self.state.keys.len() {
            let text = "The number of partition keys do not match the number of partition values";
            return Err(Error::invalid(text));
        }
        let values = keys::encode(&self.layout, values.iter().map(String::as_str));
        Ok(PartitionRef { table: self.id, values })
    }
}

impl Glue {
    /// Makes the changes. The answer has one entry for each: why it was not made, if it was not. The rest is.
    pub async fn change_partitions(
        &self,
        at: &TableAt,
        changes: Vec<Change>,
    ) -> Result<Vec<Option<Error>>, Error> {
        let mut outcomes: Vec<Option<Error>> = Vec::with_capacity(changes.len());
        let mut conflicts = 0;
        while outcomes.len() < changes.len() {
            let snapshot = self.snapshot();
            let table = self.find_table(&*snapshot, at).await?;
            let mut draft =
                Draft { glue: self, table: &table, commit: self.begin(), touched: BTreeSet::new() };
            let mut batch = Vec::new();
            for change in &changes[outcomes.len()..] {
                match draft.make(&*snapshot, change).await {
                    Ok(()) => batch.push(None),
                    Err(error @ (Error::Store(_) | Error::Conflict | Error::Full)) => return Err(error),
                    Err(error) => batch.push(Some(error)),
                }
                if draft.is_full() {
                    break;
                }
            }
            let commit = draft.commit;
            if commit.writes.is_empty() || self.done(commit).await? {
                outcomes.append(&mut batch);
            } else {
                conflicts += 1;
                if conflicts >= ATTEMPTS {
                    return Err(Error::Conflict);
                }
            }
        }
        Ok(outcomes)
    }

    /// Makes one change.
    pub async fn change_partition(&self, at: &TableAt, change: Change) -> Result<(), Error> {
        let outcomes = self.change_partitions(at, vec![change]).await?;
        outcomes.into_iter().flatten().next().map_or(Ok(()), Err)
    }

    /// A partition, as this snapshot has it.
    pub async fn find_partition(
        &self,
        snapshot: &dyn Snapshot,
        table: &TableRow,
        values: &[String],
    ) -> Result<Option<Row<PartitionRow>>, Error> {
        Ok(PARTITIONS.get(snapshot, &table.partition_at(values)?).await?)
    }

    /// A partition.
    pub async fn partition(&self, at: &TableAt, values: &[String]) -> Result<PartitionRow, Error> {
        let snapshot = self.snapshot();
        let table = self.find_table(&*snapshot, at).await?.row.value;
        let row = self.find_partition(&*snapshot, &table, values).await?;
        row.map(|row| row.value).ok_or_else(Error::no_partition)
    }

    /// Those of the partitions that are there.
    pub async fn partitions_of(
        &self,
        at: &TableAt,
        all_values: &[Vec<String>],
    ) -> Result<Vec<PartitionRow>, Error> {
        let snapshot = self.snapshot();
        let table = self.find_table(&*snapshot, at).await?.row.value;
        let mut found = Vec::with_capacity(all_values.len());
        for values in all_values {
            found.extend(self.find_partition(&*snapshot, &table, values).await?.map(|row| row.value));
        }
        Ok(found)
    }
}

/// A commit of changes of one table's partitions.
struct Draft<'d> {
    glue: &'d Glue,
    table: &'d FoundTable,
    commit: Commit,
    /// Partitions that this commit changes already: a second change of one must see the first.
    touched: BTreeSet<Vec<u8>>,
}

impl Draft<'_> {
    fn is_full(&self) -> bool {
        self.commit.row_bytes() > COMMIT_BYTES
            || self.commit.writes.len() > COMMIT_ENTRIES
            || self.commit.checks.len() > COMMIT_ENTRIES
    }

    async fn make(&mut self, snapshot: &dyn Snapshot, change: &Change) -> Result<(), Error> {
        match change {
            Change::Create(new) => self.create(snapshot, new).await,
            Change::Update { values, to } => self.update(snapshot, values, to).await,
            Change::Delete(values) => self.delete(snapshot, values).await,
        }
    }

    /// Checks are added with the first change that is made, so that a batch of refusals commits nothing.
    fn touch(&mut self, at: &PartitionRef) {
        if self.touched.is_empty() {
            self.table.require(&mut self.commit);
        }
        self.touched.insert(at.values.clone());
    }

    async fn create(&mut self, snapshot: &dyn Snapshot, new: &NewPartition) -> Result<(), Error> {
        let table = &self.table.row.value;
        let at = table.partition_at(&new.values)?;
        let exists = || Error::Exists("Partition already exists.".to_owned());
        if self.touched.contains(&at.values) || PARTITIONS.get(snapshot, &at).await?.is_some() {
            return Err(exists());
        }
        table.check_indexable(&new.values)?;
        let row = PartitionRow {
            id: self.glue.random.u128(),
            created_micros: self.glue.now().as_micros(),
            values: new.values.clone(),
            input: new.input.clone(),
        };
        self.touch(&at);
        self.commit.check(Check::Absent(PARTITIONS.key(&at)));
        self.commit.put(PARTITIONS, &at, &row);
        table.index(&mut self.commit, &at, &row.values);
        Ok(())
    }

    async fn update(
        &mut self,
        snapshot: &dyn Snapshot,
        values: &[String],
        to: &NewPartition,
    ) -> Result<(), Error> {
        let table = &self.table.row.value;
        let at = table.partition_at(values)?;
        if self.touched.contains(&at.values) {
            return Err(Error::Concurrent("The partition is updated twice in one request.".to_owned()));
        }
        let row = PARTITIONS.get(snapshot, &at).await?.ok_or_else(Error::no_partition)?;
        let target = table.partition_at(&to.values)?;
        let changed =
            PartitionRow { values: to.values.clone(), input: to.input.clone(), ..row.value.clone() };
        if target == at {
            self.touch(&at);
            self.commit.check(Check::VersionIs(PARTITIONS.key(&at), row.version));
        } else {
            if self.touched.contains(&target.values) || PARTITIONS.get(snapshot, &target).await?.is_some() {
                return Err(Error::Exists("Partition already exists.".to_owned()));
            }
            table.check_indexable(&to.values)?;
            self.touch(&at);
            self.touch(&target);
            self.commit.check(Check::VersionIs(PARTITIONS.key(&at), row.version));
            self.commit.check(Check::Absent(PARTITIONS.key(&target)));
            self.commit.delete(PARTITIONS, &at);
            table.unindex(&mut self.commit, &at, &row.value.values);
            table.index(&mut self.commit, &target, &changed.values);
        }
        self.commit.put(PARTITIONS, &target, &changed);
        Ok(())
    }

    async fn delete(&mut self, snapshot: &dyn Snapshot, values: &[String]) -> Result<(), Error> {
        let table = &self.table.row.value;
        let at = table.partition_at(values)?;
        let found =
            if self.touched.contains(&at.values) { None } else { PARTITIONS.get(snapshot, &at).await? };
        let row = found.ok_or_else(Error::no_partition)?;
        self.touch(&at);
        self.commit.check(Check::VersionIs(PARTITIONS.key(&at), row.version));
        self.commit.delete(PARTITIONS, &at);
        table.unindex(&mut self.commit, &at, &row.value.values);
        let statistics = STATISTICS.prefix(|key| {
            key.u128(table.id).u128(row.value.id);
        });
        for (column, _) in STATISTICS.scan(snapshot, statistics, STATISTICS_PAGE).await? {
            let column: StatisticsRef = column;
            self.commit.delete(STATISTICS, &column);
        }
        Ok(())
    }
}
