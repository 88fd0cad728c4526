//! Queries of this process that have not ended: those that wait, and the way to stop one. What they may is known here alone; it is not kept.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

use base::{AccountId, Region};
use ports::Principal;
use tokio::sync::{Notify, watch};

use super::Error;
use crate::tables::{Named, StatementKind};

/// Statements of an account that change or show the catalog, at the same time (the quota of us-east-1).
const DDL_MAX: usize = 20;
/// Statements of an account that read, at the same time (the quota of us-east-1).
const DML_MAX: usize = 200;

/// A query that is to run.
#[derive(Debug)]
pub struct Job {
    /// Which.
    pub at: Named,
    /// Who asks.
    pub principal: Principal,
    /// Where.
    pub region: Region,
    /// Becomes true when it is to stop.
    pub stop: watch::Receiver<bool>,
}

#[derive(Debug)]
struct Known {
    stop: watch::Sender<bool>,
    kind: StatementKind,
}

#[derive(Debug, Default)]
struct Inner {
    waiting: VecDeque<Job>,
    known: HashMap<Named, Known>,
}

/// The queries of this process.
#[derive(Debug, Default)]
pub struct Jobs {
    inner: Mutex<Inner>,
    wanted: Notify,
}

/// A place among the queries, taken before the query's row is written: gives it back unless it is used.
#[derive(Debug)]
pub struct Admitted<'j> {
    jobs: &'j Jobs,
    job: Option<Job>,
}

impl Jobs {
    fn held(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nothing panics while the jobs are held")
    }

    /// Takes a place for a query, unless its account has too many.
    pub fn admit(
        &self,
        at: &Named,
        principal: &Principal,
        region: &Region,
        kind: StatementKind,
    ) -> Result<Admitted<'_>, Error> {
        let reads = |kind| kind == StatementKind::Dml;
        let max = if reads(kind) { DML_MAX } else { DDL_MAX };
        let account: AccountId = at.place.account;
        let mut inner = self.held();
        let alike = |(there, known): &(&Named, &Known)| {
            there.place.account == account && reads(known.kind) == reads(kind)
        };
        if inner.known.iter().filter(alike).count() >= max {
            return Err(Error::TooMany);
        }
        let (tell, stop) = watch::channel(false);
        inner.known.insert(at.clone(), Known { stop: tell, kind });
        let job = Job { at: at.clone(), principal: principal.clone(), region: region.clone(), stop };
        Ok(Admitted { jobs: self, job: Some(job) })
    }

    /// The next query to run.
    pub async fn next(&self) -> Job {
        loop {
            let wanted = self.wanted.notified();
            if let Some(job) = self.held().waiting.pop_front() {
                return job;
            }
            wanted.await;
        }
    }

    /// Whether a query is one of this process.
    pub fn knows(&self, at: &Named) -> bool {
        self.held().known.contains_key(at)
    }

    /// Tells a query to stop. It no longer counts, and one that waits for its turn has none.
    pub fn stop(&self, at: &Named) {
        let mut inner = self.held();
        if let Some(known) = inner.known.remove(at) {
            known.stop.send_replace(true);
            inner.waiting.retain(|job| job.at != *at);
        }
    }

    /// The query has ended.
    pub fn ended(&self, at: &Named) {
        self.held().known.remove(at);
    }
}

impl Admitted<'_> {
    /// The row is written: the query waits for its turn.
    pub fn enqueue(mut self) {
        let job = self.job.take().expect("a place is used once");
        self.jobs.held().waiting.push_back(job);
        self.jobs.wanted.notify_one();
    }
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        if let Some(job) = self.job.take() {
            self.jobs.ended(&job.at);
        }
    }
}
