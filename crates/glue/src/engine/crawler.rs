//! Crawlers: what they are told, when they run, and what files turn out to be.
//!
//! ```text
//! schedule           when                       classify     what a file is: the user's classifiers, then those built in
//! layout             which folders are tables     csv · json · grok · headers     how each kind of file is understood
//!                                               kinds        types of columns and what they have in common
//! ```
//! A run is a row of its crawler from its start to its end: a server that is killed meanwhile runs it again from the beginning, which does no harm,
//! since a run only says what is there. What is done in a run is in `crawl.rs`, which reads objects and writes tables.

pub mod classify;
pub mod csv;
pub mod grok;
pub mod headers;
pub mod json;
pub mod kinds;
pub mod layout;
pub mod schedule;

use base::{Page, Tags, Timestamp};
use store::{Commit, key_after};

use super::{Error, Glue};
use crate::tables::crawling::{
    CRAWLERS, CRAWLS, CrawlRef, CrawlRow, CrawlerRow, DUE, DueRef, Outcome, RunRow, ScheduleRow,
};
use crate::tables::{CatalogName, CatalogRef};
use schedule::Schedule;

/// Crawlers of one look.
const PAGE: usize = 200;
/// Runs that are remembered of a crawler.
const CRAWLS_KEPT: usize = 1_000;

fn missing(name: &str) -> Error {
    Error::NotFound(format!("Crawler entry with name {name} does not exist"))
}

/// The last time that can be: starts are counted down from it.
fn inverted(micros: i64) -> i64 {
    i64::MAX - micros.max(0)
}

/// A schedule that is to be on.
pub fn scheduled(expression: &str, now: Timestamp) -> Result<ScheduleRow, Error> {
    let parsed = Schedule::parse(expression)
        .ok_or_else(|| Error::Invalid(format!("Invalid schedule expression: {expression}")))?;
    Ok(ScheduleRow { expression: expression.to_owned(), on: true, due_micros: next_micros(&parsed, now) })
}

fn next_micros(schedule: &Schedule, now: Timestamp) -> Option<i64> {
    schedule.next(now.as_secs()).map(|secs| Timestamp::from_secs(secs).as_micros())
}

impl CrawlerRow {
    fn due_at(&self, at: &CatalogName) -> Option<DueRef> {
        let at_micros = self.schedule.as_ref().filter(|schedule| schedule.on)?.due_micros?;
        Some(DueRef { at_micros, crawler: at.clone() })
    }

    fn refuse_running(&self, name: &str) -> Result<(), Error> {
        match &self.run {
            Some(_) => Err(Error::CrawlerRunning(name.to_owned())),
            None => Ok(()),
        }
    }
}

impl Glue {
    /// Creates a crawler.
    pub async fn create_crawler(
        &self,
        at: &CatalogName,
        input: Vec<u8>,
        schedule: Option<ScheduleRow>,
        tags: &Tags,
    ) -> Result<(), Error> {
        let now = self.now().as_micros();
        let row = CrawlerRow {
            id: self.random.u128(),
            created_micros: now,
            updated_micros: now,
            version: 1,
            input,
            schedule,
            run: None,
            last: None,
        };
        let exists = || Error::Exists(format!("Crawler with name {} already exists", at.name));
        let resource = format!("crawler/{}", at.name);
        self.create_named(CRAWLERS, at, &row, exists, Some((&resource, tags))).await?;
        if row.due_at(at).is_some() {
            // The index follows in a commit of its own; until then the schedule is found at the next start.
            self.reschedule(at).await?;
        }
        Ok(())
    }

    /// A crawler.
    pub async fn crawler(&self, at: &CatalogName) -> Result<CrawlerRow, Error> {
        Ok(self.named(CRAWLERS, at, || missing(&at.name)).await?.value)
    }

    /// Crawlers by name.
    pub async fn crawlers(
        &self,
        catalog: &CatalogRef,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, CrawlerRow)>, Error> {
        self.all_named(CRAWLERS, catalog, after, limit).await
    }

    async fn change_crawler(
        &self,
        at: &CatalogName,
        mut change: impl FnMut(&mut CrawlerRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let both = |row: &mut CrawlerRow, commit: &mut Commit| {
            if let Some(due) = row.due_at(at) {
                commit.delete(DUE, &due);
            }
            change(row)?;
            if let Some(due) = row.due_at(at) {
                commit.put(DUE, &due, &());
            }
            Ok(())
        };
        self.change_named(CRAWLERS, at, || missing(&at.name), both).await?;
        self.crawls.notify_one();
        Ok(())
    }

    async fn reschedule(&self, at: &CatalogName) -> Result<(), Error> {
        self.change_crawler(at, |_| Ok(())).await
    }

    /// Replaces what a crawler is told.
    pub async fn update_crawler(
        &self,
        at: &CatalogName,
        update: impl Fn(&CrawlerRow) -> Result<(Vec<u8>, Option<ScheduleRow>), Error>,
    ) -> Result<(), Error> {
        let now = self.now().as_micros();
        self.change_crawler(at, |row| {
            row.refuse_running(&at.name)?;
            let (input, schedule) = update(row)?;
            row.input = input;
            row.schedule = schedule;
            row.version += 1;
            row.updated_micros = now;
            Ok(())
        })
        .await
    }

    /// Deletes a crawler. The tables that it made stay.
    pub async fn delete_crawler(&self, at: &CatalogName) -> Result<(), Error> {
        let resource = format!("crawler/{}", at.name);
        let check = |row: &CrawlerRow, commit: &mut Commit| {
            row.refuse_running(&at.name)?;
            if let Some(due) = row.due_at(at) {
                commit.delete(DUE, &due);
            }
            Ok(())
        };
        let row = self.crawler(at).await?;
        self.delete_named(CRAWLERS, at, || missing(&at.name), Some(&resource), check).await?;
        let crawls = CRAWLS.prefix(|key| {
            key.u128(row.id);
        });
        self.remove_range(CRAWLS, crawls).await
    }

    /// Starts a run.
    pub async fn start_crawler(&self, at: &CatalogName) -> Result<(), Error> {
        let now = self.now().as_micros();
        let id = self.random.uuid();
        self.change_crawler(at, |row| {
            match &row.run {
                Some(run) if run.stopping => return Err(Error::CrawlerStopping(at.name.clone())),
                Some(_) => return Err(Error::CrawlerRunning(at.name.clone())),
                None => {}
            }
            row.run = Some(RunRow { id: id.clone(), started_micros: now, stopping: false });
            Ok(())
        })
        .await
    }

    /// Asks a run to stop.
    pub async fn stop_crawler(&self, at: &CatalogName) -> Result<(), Error> {
        self.change_crawler(at, |row| match &mut row.run {
            None => Err(Error::CrawlerNotRunning(at.name.clone())),
            Some(run) if run.stopping => Err(Error::CrawlerStopping(at.name.clone())),
            Some(run) => {
                run.stopping = true;
                Ok(())
            }
        })
        .await
    }

    /// Sets the schedule, or takes it away.
    pub async fn update_schedule(&self, at: &CatalogName, expression: Option<&str>) -> Result<(), Error> {
        let now = self.now();
        self.change_crawler(at, |row| {
            row.schedule = expression.map(|expression| scheduled(expression, now)).transpose()?;
            Ok(())
        })
        .await
    }

    /// Switches the schedule on or off.
    pub async fn switch_schedule(&self, at: &CatalogName, on: bool) -> Result<(), Error> {
        let now = self.now();
        self.change_crawler(at, |row| {
            let schedule = row.schedule.as_mut().ok_or_else(|| Error::NoSchedule(at.name.clone()))?;
            match (schedule.on, on) {
                (true, true) => return Err(Error::SchedulerRunning(at.name.clone())),
                (false, false) => return Err(Error::SchedulerNotRunning(at.name.clone())),
                (true, false) | (false, true) => {}
            }
            *schedule = ScheduleRow { on, ..scheduled(&schedule.expression, now)? };
            Ok(())
        })
        .await
    }

    /// Notes how a run ended. Does nothing if it is not the crawler's run any more.
    pub async fn end_crawl(&self, at: &CatalogName, crawl: &CrawlRow) -> Result<(), Error> {
        let both = |row: &mut CrawlerRow, commit: &mut Commit| {
            if row.run.as_ref().is_some_and(|run| run.id == crawl.id) {
                row.run = None;
                row.last = Some(crawl.clone());
                let key = CrawlRef { crawler: row.id, inverted_micros: inverted(crawl.started_micros) };
                commit.put(CRAWLS, &key, crawl);
            }
            Ok(())
        };
        match self.change_named(CRAWLERS, at, || missing(&at.name), both).await {
            Ok(()) | Err(Error::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Runs of a crawler that have ended, newest first.
    pub async fn crawl_history(&self, at: &CatalogName) -> Result<(CrawlerRow, Vec<CrawlRow>), Error> {
        let row = self.crawler(at).await?;
        let range = CRAWLS.prefix(|key| {
            key.u128(row.id);
        });
        let rows = CRAWLS.scan(&*self.snapshot(), range, CRAWLS_KEPT).await?;
        Ok((row, rows.into_iter().map(|(_, row)| row.value).collect()))
    }

    /// Every crawler that has a run.
    pub async fn open_crawls(&self) -> Result<Vec<(CatalogName, CrawlerRow)>, Error> {
        let snapshot = self.snapshot();
        let (mut start, end) = CRAWLERS.prefix(|_| {});
        let mut open = Vec::new();
        loop {
            let rows = CRAWLERS.scan(&*snapshot, (start, end.clone()), PAGE).await?;
            let Some((last, _)) = rows.last() else { return Ok(open) };
            start = key_after(&CRAWLERS.key(last));
            let running = rows.into_iter().filter(|(_, row)| row.value.run.is_some());
            open.extend(running.map(|(at, row)| (at, row.value)));
        }
    }

    /// Whether a run is still to go on.
    pub async fn goes_on(&self, at: &CatalogName, run: &str) -> Result<bool, Error> {
        let row = CRAWLERS.get(&*self.snapshot(), at).await?;
        Ok(row.and_then(|row| row.value.run).is_some_and(|there| there.id == run && !there.stopping))
    }

    /// Starts what is due. Returns when the next thing is.
    pub async fn start_due_crawlers(&self) -> Result<Option<Timestamp>, Error> {
        loop {
            let rows = DUE.scan(&*self.snapshot(), DUE.prefix(|_| {}), 1).await?;
            let Some((due, _)) = rows.into_iter().next() else { return Ok(None) };
            let now = self.now();
            if due.at_micros > now.as_micros() {
                return Ok(Some(Timestamp::from_micros(due.at_micros)));
            }
            let id = self.random.uuid();
            let both = |row: &mut CrawlerRow, commit: &mut Commit| {
                commit.delete(DUE, &due);
                let is_due = row.due_at(&due.crawler).as_ref() == Some(&due);
                if !is_due {
                    return Ok(());
                }
                if let Some(schedule) = &mut row.schedule {
                    let parsed = Schedule::parse(&schedule.expression);
                    schedule.due_micros = parsed.and_then(|parsed| next_micros(&parsed, now));
                }
                // A run that still goes on is not started twice.
                if row.run.is_none() {
                    let started_micros = now.as_micros();
                    row.run = Some(RunRow { id: id.clone(), started_micros, stopping: false });
                }
                if let Some(next) = row.due_at(&due.crawler) {
                    commit.put(DUE, &next, &());
                }
                Ok(())
            };
            let done = self.change_named(CRAWLERS, &due.crawler, || missing(&due.crawler.name), both).await;
            match done {
                Ok(()) => {}
                Err(Error::NotFound(_)) => {
                    let mut commit = self.begin();
                    commit.delete(DUE, &due);
                    self.done(commit).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl Outcome {
    /// As `LastCrawlInfo` and listings show it.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Outcome::Succeeded => ("SUCCEEDED", "COMPLETED"),
            Outcome::Failed => ("FAILED", "FAILED"),
            Outcome::Cancelled => ("CANCELLED", "STOPPED"),
        }
    }
}
