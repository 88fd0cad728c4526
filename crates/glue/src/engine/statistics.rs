//! Column statistics, of tables and of partitions.

use store::{Check, Commit, Row, Snapshot};

use super::tables::{FoundTable, TableAt};
use super::{ATTEMPTS, Error, Glue};
use crate::tables::{PARTITIONS, PartitionRow, STATISTICS, StatisticsRef, StatisticsRow};

/// Whose statistics.
#[derive(Clone, Debug)]
pub struct StatisticsOf {
    /// The table.
    pub table: TableAt,
    /// The partition's values, if it is one's.
    pub partition: Option<Vec<String>>,
}

struct FoundOwner {
    table: FoundTable,
    partition: Option<(Vec<String>, Row<PartitionRow>)>,
}

impl FoundOwner {
    fn at(&self, column: &str) -> StatisticsRef {
        let partition = self.partition.as_ref().map_or(0, |(_, row)| row.value.id);
        StatisticsRef { table: self.table.id(), partition, column: column.to_owned() }
    }

    /// Requires that the owner is as it was found.
    fn require(&self, commit: &mut Commit) -> Result<(), Error> {
        self.table.require(commit);
        if let Some((values, row)) = &self.partition {
            let at = self.table.row.value.partition_at(values)?;
            commit.check(Check::VersionIs(PARTITIONS.key(&at), row.version));
        }
        Ok(())
    }
}

impl Glue {
    async fn owner(&self, snapshot: &dyn Snapshot, of: &StatisticsOf) -> Result<FoundOwner, Error> {
        let table = self.find_table(snapshot, &of.table).await?;
        let partition = match &of.partition {
            None => None,
            Some(values) => {
                let row = self.find_partition(snapshot, &table.row.value, values).await?;
                let text = || Error::NotFound(format!("Partition [{}] not found", values.join(", ")));
                Some((values.clone(), row.ok_or_else(text)?))
            }
        };
        Ok(FoundOwner { table, partition })
    }

    /// Replaces the statistics of columns, in one commit: names and documents.
    pub async fn put_statistics(&self, of: &StatisticsOf, all: &[(String, Vec<u8>)]) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let owner = self.owner(&*self.snapshot(), of).await?;
            let mut commit = self.begin();
            owner.require(&mut commit)?;
            for (column, statistics) in all {
                commit.put(STATISTICS, &owner.at(column), &StatisticsRow { statistics: statistics.clone() });
            }
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// The statistics of columns; `None` where there are none.
    pub async fn statistics(
        &self,
        of: &StatisticsOf,
        columns: &[String],
    ) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let snapshot = self.snapshot();
        let owner = self.owner(&*snapshot, of).await?;
        let mut found = Vec::with_capacity(columns.len());
        for column in columns {
            let row = STATISTICS.get(&*snapshot, &owner.at(column)).await?;
            found.push(row.map(|row| row.value.statistics));
        }
        Ok(found)
    }

    /// Forgets the statistics of a column; fine if there are none.
    pub async fn delete_statistics(&self, of: &StatisticsOf, column: &str) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let owner = self.owner(&*self.snapshot(), of).await?;
            let mut commit = self.begin();
            owner.require(&mut commit)?;
            commit.delete(STATISTICS, &owner.at(column));
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
