//! A crawl: objects are listed and looked at, and what they are is written into the catalog, all under the crawler's role.
//!
//! ```text
//! target ─ list ─► folders ─ read the beginning (and the footer) of a few files ─► classify ─► plan ─► tables, partitions
//! ```
//! `reading` lists and looks, `writing` changes the catalog, `descriptions` says what a table or a partition is to be, `exclusions` what is passed over.
//!
//! Between its steps a crawl asks whether it is to go on. What it has written stays: a crawl that is stopped or killed leaves a catalog that is
//! right as far as it goes.

mod descriptions;
mod exclusions;
mod reading;
mod writing;

use std::collections::BTreeSet;

use base::{Arn, Region};
use ports::{PortError, Principal};
use service::Caller;

use self::descriptions::location;
use self::exclusions::Exclusions;
use crate::engine::crawler::classify::Custom;
use crate::engine::crawler::layout::{Grouping, plan, table_name};
use crate::engine::tables::TableAt;
use crate::engine::{Error, Glue};
use crate::ops::shown;
use crate::shapes::TableInput;
use crate::tables::CatalogName;
use crate::tables::crawling::{CrawlRow, Outcome, RunRow};

/// Files of a folder that are looked at, unless the target says otherwise.
const SAMPLES: usize = 2;
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
}

/// Bucket and prefix of a path.
fn split(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("s3://").or_else(|| path.strip_prefix("s3a://"))?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    (!bucket.is_empty()).then_some((bucket, prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_apart() {
        assert_eq!(split("s3://b/p/q/"), Some(("b", "p/q/")));
        assert_eq!(split("s3://b"), Some(("b", "")));
        assert_eq!(split("hdfs://b"), None);
        assert_eq!(location("b", "p", &["x=1".to_owned()]), "s3://b/p/x=1/");
    }
}
