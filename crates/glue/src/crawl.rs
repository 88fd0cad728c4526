//! A crawl: objects are listed and looked at, and what they are is written into the catalog, all under the crawler's role.
//!
//! ```text
//! target ─ list ─► folders ─ read the beginning (and the footer) of a few files ─► classify ─► plan ─► tables, partitions
//! ```
//! Between its steps a crawl asks whether it is to go on. What it has written stays: a crawl that is stopped or killed leaves a catalog that is
//! right as far as it goes.

use std::collections::{BTreeMap, BTreeSet};

use base::{Arn, Region};
use ports::{ObjectRef, PortError, Principal};
use service::Caller;

use crate::engine::crawler::classify::{
    Classified, Custom, Format, HEAD_BYTES, Sample, classify, has_footer,
};
use crate::engine::crawler::headers::parquet_footer_bytes;
use crate::engine::crawler::kinds::{Column as Inferred, union};
use crate::engine::crawler::layout::{Grouping, Leaf, Planned, PlannedPartition, plan, table_name};
use crate::engine::partitions::{Change, NewPartition};
use crate::engine::tables::{NewIndex, Replace, TableAt};
use crate::engine::walk::Wanted;
use crate::engine::{Error, Glue};
use crate::ops::{access, shown};
use crate::shapes::{Column, PartitionInput, SerDeInfo, StorageDescriptor, TableInput};
use crate::tables::crawling::{CrawlRow, Outcome, RunRow};
use crate::tables::{CatalogName, TableRow};

/// Files of a folder that are looked at, unless the target says otherwise.
const SAMPLES: usize = 2;
/// Folders of one crawl.
const FOLDERS_MAX: usize = 100_000;
/// Bytes of a footer that are read at first; most are shorter.
const FOOTER_BYTES: u64 = 64 << 10;
/// The longest footer that is read.
const FOOTER_MAX: u64 = 32 << 20;
/// Partitions that one commit creates.
const BATCH: usize = 100;
/// The parameter that says who made a table.
const MADE_BY: &str = "UPDATED_BY_CRAWLER";

/// What a crawl does.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The crawler's name.
    pub name: String,
    /// The role it acts under.
    pub role: String,
    /// The database that tables go into.
    pub database: String,
    /// What is put before tables' names.
    pub prefix: String,
    /// Where it looks.
    pub targets: Vec<Target>,
    /// The user's classifiers, in order.
    pub classifiers: Vec<Custom>,
    /// Changed tables are replaced.
    pub update: bool,
    /// What becomes of what is gone.
    pub delete: Deleted,
    /// Only folders that are not partitions yet are looked at.
    pub new_folders_only: bool,
    /// Partitions have the columns of their table.
    pub inherit: bool,
    /// New columns are added to those that are there.
    pub merge: bool,
    /// Tables get an index over their keys.
    pub index: bool,
    /// Compatible folders are one table.
    pub combine: bool,
    /// The level at which folders are tables, counted from the bucket, which is 1.
    pub level: Option<usize>,
    /// Tables that a crawl may have.
    pub tables_max: Option<usize>,
}

/// Where a crawl looks.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// Under a path.
    Path {
        /// `s3://bucket/prefix`.
        path: String,
        /// What is passed over.
        exclusions: Vec<String>,
        /// Files of a folder that are looked at.
        samples: Option<usize>,
    },
    /// Where tables of the catalog lie.
    Tables {
        /// Their database.
        database: String,
        /// Their names.
        tables: Vec<String>,
    },
}

/// What becomes of tables and partitions whose files are gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Deleted {
    /// Nothing.
    Log,
    /// They are deleted.
    Delete,
    /// They are marked.
    Deprecate,
}

/// Why a crawl ended before its end.
enum Ended {
    Failed(String),
    Stopped,
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Ended::Failed(crate::ops::fault::text(&error))
    }
}

impl From<PortError> for Ended {
    fn from(error: PortError) -> Self {
        Ended::Failed(error.to_string())
    }
}

impl From<service::Fault> for Ended {
    fn from(fault: service::Fault) -> Self {
        Ended::Failed(fault.message.unwrap_or_default())
    }
}

/// What a crawl has done.
#[derive(Default)]
struct Done {
    created: u32,
    updated: u32,
    deleted: u32,
    /// Tables that were found, by database and name.
    found: BTreeSet<(String, String)>,
}

/// A crawl on its way.
struct Crawl<'c> {
    glue: &'c Glue,
    at: &'c CatalogName,
    plan: &'c Plan,
    run: &'c RunRow,
    role: Principal,
    region: Region,
    done: Done,
}

/// Carries a run out. What it could not do is in the answer.
pub(crate) async fn carry_out(
    glue: &Glue,
    at: &CatalogName,
    run: &RunRow,
    plan: Result<Plan, String>,
) -> CrawlRow {
    let mut row = CrawlRow {
        id: run.id.clone(),
        started_micros: run.started_micros,
        ended_micros: 0,
        outcome: Outcome::Succeeded,
        error: None,
        created: 0,
        updated: 0,
        deleted: 0,
    };
    let ended = match plan {
        Err(why) => Err(Ended::Failed(why)),
        Ok(plan) => match Crawl::new(glue, at, run, &plan) {
            Err(why) => Err(Ended::Failed(why)),
            Ok(mut crawl) => {
                let ended = crawl.all().await;
                (row.created, row.updated, row.deleted) =
                    (crawl.done.created, crawl.done.updated, crawl.done.deleted);
                ended
            }
        },
    };
    match ended {
        Ok(()) => {}
        Err(Ended::Stopped) => row.outcome = Outcome::Cancelled,
        Err(Ended::Failed(why)) => {
            row.outcome = Outcome::Failed;
            row.error = Some(why);
        }
    }
    row.ended_micros = glue.now().as_micros();
    row
}

/// Files of a folder.
#[derive(Default)]
struct Folder {
    samples: Vec<(String, u64)>,
    objects: u64,
    bytes: u64,
}

impl<'c> Crawl<'c> {
    fn new(glue: &'c Glue, at: &'c CatalogName, run: &'c RunRow, plan: &'c Plan) -> Result<Self, String> {
        let account = at.catalog.account;
        let arn = match plan.role.parse::<Arn>() {
            Ok(arn) => arn,
            Err(_) => Arn::global("iam", account, &format!("role/{}", plan.role.trim_start_matches('/'))),
        };
        let region = Region::new(&at.catalog.region).ok_or("The region is not known.")?;
        let role = Principal::role(account, arn, "AWS-Crawler");
        Ok(Self { glue, at, plan, run, role, region, done: Done::default() })
    }

    async fn all(&mut self) -> Result<(), Ended> {
        for target in &self.plan.targets {
            match target {
                Target::Path { path, exclusions, samples } => {
                    self.path(path, exclusions, samples.unwrap_or(SAMPLES)).await?;
                }
                Target::Tables { database, tables } => {
                    for table in tables {
                        self.table(database, table).await?;
                    }
                }
            }
        }
        self.forget_gone().await
    }

    async fn go_on(&self) -> Result<(), Ended> {
        tokio::task::yield_now().await;
        match self.glue.goes_on(self.at, &self.run.id).await? {
            true => Ok(()),
            false => Err(Ended::Stopped),
        }
    }

    async fn may(&self, asked: Vec<service::Access>) -> Result<(), Ended> {
        let caller = Caller::internal(self.role.clone(), self.region.clone());
        for access in asked {
            let judged = self.glue.authorizer.allow(&caller, &access).await;
            judged.map_err(|denied| {
                let fault = (crate::ops::fault::STYLE.denied)(&denied);
                Ended::Failed(fault.message.unwrap_or_default())
            })?;
        }
        Ok(())
    }

    /// Everything under a path.
    async fn path(&mut self, path: &str, exclusions: &[String], samples: usize) -> Result<(), Ended> {
        let (bucket, prefix) =
            split(path).ok_or_else(|| Ended::Failed(format!("The path {path} is not valid.")))?;
        let excluded = Exclusions::new(exclusions);
        let folders = self.folders(bucket, prefix, &excluded, samples).await?;
        let leaves = self.leaves(bucket, folders).await?;
        let base: Vec<String> =
            prefix.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        // The bucket is level 1, so the place where the crawl begins is one more than its folders.
        let level = self.plan.level.map(|level| level.saturating_sub(base.len() + 1));
        let planned = plan(&leaves, Grouping { combine: self.plan.combine, level });
        if let Some(most) = self.plan.tables_max
            && planned.len() > most
        {
            return Err(Ended::Failed(format!("The number of tables is more than the threshold of {most}.")));
        }
        for planned in planned {
            self.go_on().await?;
            let last = planned.path.last().or(base.last()).cloned().unwrap_or_else(|| bucket.to_owned());
            let location = location(bucket, prefix, &planned.path);
            let at = self.place(&table_name(&self.plan.prefix, &last), &location).await?;
            self.write(&at, &location, bucket, prefix, &planned, self.plan.update).await?;
        }
        Ok(())
    }

    /// Where a table of the catalog lies.
    async fn table(&mut self, database: &str, name: &str) -> Result<(), Ended> {
        let at = TableAt {
            catalog: self.at.catalog.clone(),
            database: database.to_owned(),
            name: name.to_owned(),
        };
        let row = self.glue.table_row(&at).await?;
        let input: TableInput = shown::kept(&row.state.input)?;
        let location =
            input.storage_descriptor.and_then(|descriptor| descriptor.location).unwrap_or_default();
        let (bucket, prefix) =
            split(&location).ok_or_else(|| Ended::Failed(format!("Table {name} has no location in S3.")))?;
        let folders = self.folders(bucket, prefix, &Exclusions::new(&[]), SAMPLES).await?;
        let leaves = self.leaves(bucket, folders).await?;
        let planned = plan(&leaves, Grouping { combine: true, level: Some(0) });
        for planned in planned {
            self.write(&at, &location, bucket, prefix, &planned, self.plan.update).await?;
        }
        self.done.found.insert((at.database, at.name));
        Ok(())
    }

    /// Folders with files, by their path from the prefix.
    async fn folders(
        &self,
        bucket: &str,
        prefix: &str,
        excluded: &Exclusions,
        samples: usize,
    ) -> Result<BTreeMap<Vec<String>, Folder>, Ended> {
        let mut folders: BTreeMap<Vec<String>, Folder> = BTreeMap::new();
        let mut after: Option<String> = None;
        loop {
            self.go_on().await?;
            let page =
                self.glue.objects.list(&self.role, &self.region, bucket, prefix, after.as_deref()).await?;
            after = page.objects.last().map(|object| object.key.clone());
            for object in page.objects {
                let Some(below) = object.key.strip_prefix(prefix) else { continue };
                // `people` must not take in `people2`; a key that is the prefix is a file.
                let is_file = below.is_empty() && !object.key.ends_with('/');
                if !(is_file || prefix.is_empty() || prefix.ends_with('/') || below.starts_with('/')) {
                    continue;
                }
                let below = below.trim_start_matches('/');
                let mut parts: Vec<String> = below.split('/').map(str::to_owned).collect();
                let file = parts.pop().unwrap_or_default();
                let hidden = |name: &String| name.starts_with('_') || name.starts_with('.');
                let is_data = (is_file || !file.is_empty()) && object.bytes > 0;
                if !is_data || hidden(&file) || parts.iter().any(hidden) || excluded.takes(below) {
                    continue;
                }
                if folders.len() >= FOLDERS_MAX {
                    return Err(Ended::Failed(format!("More than {FOLDERS_MAX} folders.")));
                }
                let folder = folders.entry(parts).or_default();
                folder.objects += 1;
                folder.bytes += object.bytes;
                if folder.samples.len() < samples {
                    folder.samples.push((object.key, object.bytes));
                }
            }
            if !page.more {
                return Ok(folders);
            }
        }
    }

    /// What the files of each folder are; folders of files that nobody knows are left out.
    async fn leaves(&self, bucket: &str, folders: BTreeMap<Vec<String>, Folder>) -> Result<Vec<Leaf>, Ended> {
        let mut leaves = Vec::new();
        for (path, folder) in folders {
            self.go_on().await?;
            let mut what: Option<Classified> = None;
            let looked_at = folder.samples.len() as u64;
            for (key, bytes) in &folder.samples {
                let Some(found) = self.look(bucket, key, *bytes).await? else { continue };
                what = Some(match what {
                    None => found,
                    Some(mut so_far) if so_far.is_like(&found, 0.0) => {
                        so_far.columns = union(so_far.columns, found.columns);
                        so_far.rows += found.rows;
                        so_far
                    }
                    Some(so_far) => so_far,
                });
            }
            if let Some(mut what) = what {
                // Rows of files that were not looked at are as many as in those that were.
                what.rows = what.rows * folder.objects / looked_at.max(1);
                leaves.push(Leaf { path, what, objects: folder.objects, bytes: folder.bytes });
            }
        }
        Ok(leaves)
    }

    /// What one file is.
    async fn look(&self, bucket: &str, key: &str, bytes: u64) -> Result<Option<Classified>, Ended> {
        let object = || ObjectRef { bucket: bucket.to_owned(), key: key.to_owned(), version: None };
        let objects = &self.glue.objects;
        let head = objects.read_range(&self.role, &self.region, object(), 0..HEAD_BYTES).await?;
        let mut tail = Vec::new();
        if has_footer(&head) {
            let mut from = bytes.saturating_sub(FOOTER_BYTES);
            tail = objects.read_range(&self.role, &self.region, object(), from..bytes).await?.to_vec();
            let wanted = parquet_footer_bytes(&tail).unwrap_or(FOOTER_BYTES).min(FOOTER_MAX);
            if wanted > tail.len() as u64 {
                from = bytes.saturating_sub(wanted);
                tail = objects.read_range(&self.role, &self.region, object(), from..bytes).await?.to_vec();
            }
        }
        let sample = Sample { whole: head.len() as u64 >= bytes, head: head.to_vec(), tail };
        let custom = self.plan.classifiers.clone();
        let judged = tokio::task::spawn_blocking(move || classify(&sample, &custom)).await;
        judged.map_err(|error| Ended::Failed(error.to_string()))
    }

    /// The table of this name, unless it lies elsewhere: then one whose name says where.
    async fn place(&self, name: &str, location: &str) -> Result<TableAt, Ended> {
        let at = |name: String| TableAt {
            catalog: self.at.catalog.clone(),
            database: self.plan.database.clone(),
            name,
        };
        let first = at(name.to_owned());
        let taken = self.done.found.contains(&(first.database.clone(), first.name.clone()));
        let elsewhere = match self.glue.table_row(&first).await {
            Ok(row) => {
                let input: TableInput = shown::kept(&row.state.input)?;
                let there = input.storage_descriptor.and_then(|descriptor| descriptor.location);
                there.is_some_and(|there| there.trim_end_matches('/') != location.trim_end_matches('/'))
            }
            Err(Error::NotFound(_)) => false,
            Err(error) => return Err(error.into()),
        };
        if taken || elsewhere {
            let digest = crypt::sha256_hex(location.as_bytes());
            return Ok(at(format!("{name}_{}", &digest[..32])));
        }
        Ok(first)
    }

    /// Writes a table and its partitions.
    async fn write(
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
    async fn forget_gone(&mut self) -> Result<(), Ended> {
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

/// Bucket and prefix of a path.
fn split(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("s3://").or_else(|| path.strip_prefix("s3a://"))?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    (!bucket.is_empty()).then_some((bucket, prefix))
}

/// Where a folder lies.
fn location(bucket: &str, prefix: &str, path: &[String]) -> String {
    let mut location = format!("s3://{bucket}/{prefix}");
    if !location.ends_with('/') {
        location.push('/');
    }
    for folder in path {
        location.push_str(folder);
        location.push('/');
    }
    location
}

fn parameters(crawler: &str, what: &Classified, objects: u64, bytes: u64) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut add = |name: &str, value: String| {
        all.insert(name.to_owned(), value);
    };
    add("CrawlerSchemaSerializerVersion", "1.0".to_owned());
    add("CrawlerSchemaDeserializerVersion", "1.0".to_owned());
    add(MADE_BY, crawler.to_owned());
    add("classification", what.classification.clone());
    add("compressionType", what.compression.to_owned());
    add("typeOfData", "file".to_owned());
    add("objectCount", objects.to_string());
    add("sizeKey", bytes.to_string());
    add("recordCount", what.rows.to_string());
    add("averageRecordSize", (bytes / what.rows.max(1)).to_string());
    match &what.format {
        Format::Csv { delimiter, header, quoted, .. } => {
            add("delimiter", delimiter.to_string());
            add("columnsOrdered", "true".to_owned());
            add("areColumnsQuoted", quoted.to_string());
            if *header {
                add("skip.header.line.count", "1".to_owned());
            }
        }
        Format::Json(Some(path)) => add("jsonPath", path.clone()),
        Format::Grok { pattern, .. } => add("grokPattern", pattern.clone()),
        Format::Avro | Format::Orc | Format::Parquet | Format::Json(None) => {}
    }
    all
}

const TEXT_INPUT: &str = "org.apache.hadoop.mapred.TextInputFormat";
const TEXT_OUTPUT: &str = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

/// Input format, output format, SerDe and its parameters.
fn serde_of(what: &Classified) -> (&'static str, &'static str, &'static str, BTreeMap<String, String>) {
    let one = |name: &str, value: String| BTreeMap::from([(name.to_owned(), value)]);
    match &what.format {
        Format::Parquet => (
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            one("serialization.format", "1".to_owned()),
        ),
        Format::Orc => (
            "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
            "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
            "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
            BTreeMap::new(),
        ),
        Format::Avro => (
            "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
            "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
            "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
            one("serialization.format", "1".to_owned()),
        ),
        Format::Json(_) => {
            let names: Vec<&str> = what.columns.iter().map(|column| column.name.as_str()).collect();
            (TEXT_INPUT, TEXT_OUTPUT, "org.openx.data.jsonserde.JsonSerDe", one("paths", names.join(",")))
        }
        Format::Csv { delimiter, quote, open_serde: true, .. } => {
            let mut parameters = one("separatorChar", delimiter.to_string());
            parameters.insert("quoteChar".to_owned(), quote.to_string());
            (TEXT_INPUT, TEXT_OUTPUT, "org.apache.hadoop.hive.serde2.OpenCSVSerde", parameters)
        }
        Format::Csv { delimiter, .. } => (
            TEXT_INPUT,
            TEXT_OUTPUT,
            "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            one("field.delim", delimiter.to_string()),
        ),
        Format::Grok { pattern, custom } => {
            let mut parameters = one("input.format", pattern.clone());
            if !custom.is_empty() {
                parameters.insert("input.grokCustomPatterns".to_owned(), custom.clone());
            }
            (TEXT_INPUT, TEXT_OUTPUT, "com.amazonaws.glue.serde.GrokSerDe", parameters)
        }
    }
}

fn descriptor(
    location: String,
    what: &Classified,
    columns: &[Inferred],
    parameters: BTreeMap<String, String>,
) -> StorageDescriptor {
    let (input, output, library, serde_parameters) = serde_of(what);
    let column = |column: &Inferred| Column {
        name: Some(column.name.clone()),
        r#type: Some(column.kind.text()),
        ..Column::default()
    };
    StorageDescriptor {
        columns: Some(columns.iter().map(column).collect()),
        location: Some(location),
        input_format: Some(input.to_owned()),
        output_format: Some(output.to_owned()),
        compressed: Some(what.compression != "none"),
        number_of_buckets: Some(-1),
        serde_info: Some(SerDeInfo {
            name: None,
            serialization_library: Some(library.to_owned()),
            parameters: Some(serde_parameters),
        }),
        bucket_columns: Some(Vec::new()),
        sort_columns: Some(Vec::new()),
        parameters: Some(parameters),
        stored_as_sub_directories: Some(false),
        ..StorageDescriptor::default()
    }
}

fn table_input(crawler: &str, at: &TableAt, location: &str, planned: &Planned) -> TableInput {
    let all = parameters(crawler, &planned.what, planned.objects, planned.bytes);
    let key = |name: &String| Column {
        name: Some(name.clone()),
        r#type: Some("string".to_owned()),
        ..Column::default()
    };
    TableInput {
        name: Some(at.name.clone()),
        owner: Some("owner".to_owned()),
        retention: Some(0),
        storage_descriptor: Some(descriptor(
            location.to_owned(),
            &planned.what,
            &planned.what.columns,
            all.clone(),
        )),
        partition_keys: Some(planned.keys.iter().map(key).collect()),
        table_type: Some("EXTERNAL_TABLE".to_owned()),
        parameters: Some(all),
        ..TableInput::default()
    }
}

fn new_partition(
    crawler: &str,
    bucket: &str,
    prefix: &str,
    partition: &PlannedPartition,
    columns: Option<&Vec<Inferred>>,
) -> NewPartition {
    let all = parameters(crawler, &partition.what, partition.objects, partition.bytes);
    let columns = columns.unwrap_or(&partition.what.columns);
    let location = location(bucket, prefix, &partition.path);
    let input = PartitionInput {
        storage_descriptor: Some(descriptor(location, &partition.what, columns, all.clone())),
        parameters: Some(all),
        ..PartitionInput::default()
    };
    NewPartition { values: partition.values.clone(), input: wire::keep(&input) }
}

/// Globs of what is passed over: `*` within a folder, `**` across folders, `?`, `[..]`, `{a,b}`.
struct Exclusions(Vec<regex::bytes::Regex>);

impl Exclusions {
    fn new(globs: &[String]) -> Self {
        let compiled = globs.iter().filter_map(|glob| {
            regex::bytes::RegexBuilder::new(&glob_expression(glob)).unicode(false).build().ok()
        });
        Self(compiled.collect())
    }

    fn takes(&self, path: &str) -> bool {
        self.0.iter().any(|regex| regex.is_match(path.as_bytes()))
    }
}

fn glob_expression(glob: &str) -> String {
    let mut expression = String::from("^");
    let mut chars = glob.chars().peekable();
    let mut braces = 0usize;
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                expression.push_str(".*");
            }
            '*' if !class => expression.push_str("[^/]*"),
            '?' if !class => expression.push_str("[^/]"),
            '[' => {
                class = true;
                expression.push('[');
                if chars.peek() == Some(&'!') {
                    chars.next();
                    expression.push('^');
                }
            }
            ']' => {
                class = false;
                expression.push(']');
            }
            '{' => {
                braces += 1;
                expression.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                expression.push(')');
            }
            ',' if braces > 0 => expression.push('|'),
            '-' if class => expression.push('-'),
            '\\' => {
                if let Some(next) = chars.next() {
                    expression.push_str(&regex::escape(&next.to_string()));
                }
            }
            c => expression.push_str(&regex::escape(&c.to_string())),
        }
    }
    expression.push('$');
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_take_what_they_say() {
        let takes = |glob: &str, path: &str| Exclusions::new(&[glob.to_owned()]).takes(path);
        assert!(takes("*.csv", "a.csv") && !takes("*.csv", "x/a.csv") && takes("**.csv", "x/a.csv"));
        assert!(takes("x/**", "x/y/z") && takes("a?c", "abc") && !takes("a?c", "a/c"));
        assert!(takes("{a,b}.[jt]son", "b.json") && !takes("[!a]*", "abc"));
    }

    #[test]
    fn paths_come_apart() {
        assert_eq!(split("s3://b/p/q/"), Some(("b", "p/q/")));
        assert_eq!(split("s3://b"), Some(("b", "")));
        assert_eq!(split("hdfs://b"), None);
        assert_eq!(location("b", "p", &["x=1".to_owned()]), "s3://b/p/x=1/");
    }
}
