//! Writes tables and partitions, and takes away those whose files are gone.

use std::collections::BTreeSet;

use super::descriptions::{MADE_BY, new_partition, table_input};
use super::{Crawl, Deleted, Ended, Target};
use crate::engine::Error;
use crate::engine::crawler::layout::Planned;
use crate::engine::partitions::Change;
use crate::engine::tables::{NewIndex, Replace, TableAt};
use crate::engine::walk::Wanted;
use crate::ops::{access, shown};
use crate::shapes::{Column, TableInput};
use crate::tables::TableRow;

/// Partitions that one commit creates.
const BATCH: usize = 100;

impl Crawl<'_> {
    /// Writes a table and its partitions.
    pub(super) async fn write(
        &mut self,
        at: &TableAt,
        location: &str,
        bucket: &str,
        prefix: &str,
        planned: &Planned,
        may_update: bool,
    ) -> Result<(), Ended> {
        self.done.found.insert((at.database.clone(), at.name.clone()));
        let input = table_input(&self.plan.name, at, location, planned);
        match self.glue.table_row(at).await {
            Ok(row) => {
                if may_update && let Some(changed) = self.changed(&row, input)? {
                    self.may(access::table(self.glue, "glue:UpdateTable", at).await?).await?;
                    let new = shown::new_table(changed, at);
                    self.glue.update_table(at, &new, &Replace::default()).await?;
                    self.done.updated += 1;
                }
            }
            Err(Error::NotFound(_)) => {
                self.may(access::table(self.glue, "glue:CreateTable", at).await?).await?;
                let created_by = self.role.arn().map(|arn| arn.to_string());
                self.glue.create_table(at, &shown::new_table(input, at), created_by, &[]).await?;
                self.done.created += 1;
                if self.plan.index && !planned.keys.is_empty() {
                    let index =
                        NewIndex { name: "crawler_partition_index".to_owned(), keys: planned.keys.clone() };
                    self.glue.create_index(at, &index).await?;
                }
            }
            Err(error) => return Err(error.into()),
        }
        if planned.keys.is_empty() {
            return Ok(());
        }
        self.partitions(at, bucket, prefix, planned).await
    }

    /// The table as it is to be, if it is to be otherwise.
    fn changed(&self, row: &TableRow, mut new: TableInput) -> Result<Option<TableInput>, Ended> {
        let old: TableInput = shown::kept(&row.state.input)?;
        let columns = |input: &TableInput| -> Vec<(String, String)> {
            let descriptor = input.storage_descriptor.iter();
            let columns = descriptor.flat_map(|descriptor| descriptor.columns.iter().flatten());
            columns
                .map(|column| {
                    (column.name.clone().unwrap_or_default(), column.r#type.clone().unwrap_or_default())
                })
                .collect()
        };
        let (before, found) = (columns(&old), columns(&new));
        let mut wanted = found.clone();
        if self.plan.merge {
            wanted = before.clone();
            wanted
                .extend(found.into_iter().filter(|(name, _)| !before.iter().any(|(there, _)| there == name)));
        }
        let parameter = |input: &TableInput, name: &str| {
            input.parameters.as_ref().and_then(|parameters| parameters.get(name)).cloned()
        };
        let same = before == wanted
            && parameter(&old, "classification") == parameter(&new, "classification")
            && parameter(&old, "DEPRECATED_BY_CRAWLER").is_none();
        if same {
            return Ok(None);
        }
        let column = |(name, kind): (String, String)| Column {
            name: Some(name),
            r#type: Some(kind),
            ..Column::default()
        };
        if let Some(descriptor) = &mut new.storage_descriptor {
            descriptor.columns = Some(wanted.into_iter().map(column).collect());
        }
        // What others have set stays.
        let mut parameters = old.parameters.unwrap_or_default();
        parameters.remove("DEPRECATED_BY_CRAWLER");
        parameters.extend(new.parameters.take().unwrap_or_default());
        new.parameters = Some(parameters);
        new.description = old.description;
        new.owner = old.owner;
        // Keys that are there keep their names.
        if !row.state.keys.is_empty() {
            new.partition_keys = old.partition_keys;
        }
        Ok(Some(new))
    }

    async fn partitions(
        &mut self,
        at: &TableAt,
        bucket: &str,
        prefix: &str,
        planned: &Planned,
    ) -> Result<(), Ended> {
        let row = self.glue.table_row(at).await?;
        if row.state.keys.len() != planned.keys.len() {
            return Ok(());
        }
        let there = self.values(&row).await?;
        let columns = self.plan.inherit.then_some(&planned.what.columns);
        let new: Vec<Change> = planned
            .partitions
            .iter()
            .filter(|partition| !there.contains(&partition.values))
            .map(|partition| {
                Change::Create(new_partition(&self.plan.name, bucket, prefix, partition, columns))
            })
            .collect();
        if !new.is_empty() {
            self.may(access::table(self.glue, "glue:BatchCreatePartition", at).await?).await?;
        }
        for batch in new.chunks(BATCH) {
            self.go_on().await?;
            for error in self.glue.change_partitions(at, batch.to_vec()).await?.into_iter().flatten() {
                // Somebody else may have been faster.
                if !matches!(error, Error::Exists(_)) {
                    return Err(error.into());
                }
            }
        }
        let gone = self.plan.delete == Deleted::Delete && !self.plan.new_folders_only;
        let found: BTreeSet<&Vec<String>> =
            planned.partitions.iter().map(|partition| &partition.values).collect();
        let lost: Vec<Change> = there
            .iter()
            .filter(|values| gone && !found.contains(values))
            .cloned()
            .map(Change::Delete)
            .collect();
        if !lost.is_empty() {
            self.may(access::table(self.glue, "glue:BatchDeletePartition", at).await?).await?;
        }
        for batch in lost.chunks(BATCH) {
            self.glue.change_partitions(at, batch.to_vec()).await?;
        }
        Ok(())
    }

    /// The values of all partitions of a table.
    async fn values(&self, table: &TableRow) -> Result<BTreeSet<Vec<String>>, Ended> {
        let mut all = BTreeSet::new();
        let mut from = None;
        loop {
            let wanted = Wanted { expression: None, segment: None, from, limit: 1_000 };
            let found = self.glue.walk(&*self.glue.snapshot(), table, wanted).await?;
            all.extend(found.rows.into_iter().map(|row| row.values));
            match found.next {
                Some(next) => from = Some(next),
                None => return Ok(all),
            }
        }
    }

    /// Tables that this crawler made and did not find again.
    pub(super) async fn forget_gone(&mut self) -> Result<(), Ended> {
        if self.plan.delete == Deleted::Log || self.plan.new_folders_only {
            return Ok(());
        }
        let database = self.at.catalog.named(&self.plan.database);
        let mut after: Option<String> = None;
        loop {
            let page = match self.glue.table_rows(&database, after.as_deref(), 200).await {
                Ok(page) => page,
                Err(Error::NotFound(_)) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            after = page.items.last().map(|(name, _)| name.clone());
            for (name, row) in page.items {
                if self.done.found.contains(&(database.name.clone(), name.clone())) {
                    continue;
                }
                let input: TableInput = shown::kept(&row.state.input)?;
                let at = TableAt { catalog: self.at.catalog.clone(), database: database.name.clone(), name };
                if self.is_ours(&input) {
                    self.forget(&at, input).await?;
                }
            }
            if !page.more {
                return Ok(());
            }
        }
    }

    /// Whether a table was made by this crawler, under one of its targets.
    fn is_ours(&self, input: &TableInput) -> bool {
        let made_by = input.parameters.as_ref().and_then(|parameters| parameters.get(MADE_BY));
        let location =
            input.storage_descriptor.as_ref().and_then(|descriptor| descriptor.location.as_deref());
        let under = |target: &Target| match target {
            Target::Path { path, .. } => {
                location.is_some_and(|location| location.starts_with(path.trim_end_matches('/')))
            }
            Target::Tables { .. } => false,
        };
        made_by == Some(&self.plan.name) && self.plan.targets.iter().any(under)
    }

    async fn forget(&mut self, at: &TableAt, mut input: TableInput) -> Result<(), Ended> {
        let parameters = input.parameters.get_or_insert_default();
        match self.plan.delete {
            Deleted::Log => return Ok(()),
            Deleted::Delete => {
                self.may(access::table(self.glue, "glue:DeleteTable", at).await?).await?;
                self.glue.delete_table(at).await?;
            }
            Deleted::Deprecate if parameters.contains_key("DEPRECATED_BY_CRAWLER") => return Ok(()),
            Deleted::Deprecate => {
                let now = self.glue.now().as_millis().to_string();
                parameters.insert("DEPRECATED_BY_CRAWLER".to_owned(), now);
                self.may(access::table(self.glue, "glue:UpdateTable", at).await?).await?;
                self.glue.update_table(at, &shown::new_table(input, at), &Replace::default()).await?;
            }
        }
        self.done.deleted += 1;
        Ok(())
    }
}
