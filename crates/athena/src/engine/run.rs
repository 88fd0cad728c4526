//! One query, from its turn to its end.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use service::Timer;

use super::answer::{Answer, Asker};
use super::catalog::Catalog;
use super::error::Failure;
use super::jobs::Job;
use super::{Athena, Error};
use crate::tables::{QueryRow, QueryState};

/// How long a query may take (the default of the quota on DML statements).
const QUERY_TIME_MAX: Duration = Duration::from_secs(30 * 60);

impl Athena {
    /// Runs a query to its end.
    pub async fn run(&self, job: Job, timer: Timer) {
        // A query that panics has failed like any other: it must not stay as running for ever.
        let ended = match AssertUnwindSafe(self.run_to_end(&job, &timer)).catch_unwind().await {
            Ok(ended) => ended,
            Err(_) => {
                tracing::error!(query = job.at.name, "a query panicked");
                let failure =
                    Failure::system("GENERIC_INTERNAL_ERROR: The query met an error of this server");
                self.fail(&job.at, &failure, None).await
            }
        };
        if let Err(error) = ended {
            tracing::error!(query = job.at.name, %error, "the end of a query cannot be kept");
        }
        self.jobs.ended(&job.at);
    }

    async fn run_to_end(&self, job: &Job, timer: &Timer) -> Result<(), Error> {
        let now = self.now().as_micros();
        let began = |row: &mut QueryRow| {
            row.state = QueryState::Running;
            row.started_micros = Some(now);
        };
        if !self.move_on(&job.at, self.begin(), began).await? {
            // Stopped before its turn came.
            return Ok(());
        }
        let row = self.query(&job.at).await?;
        let asker = Asker {
            principal: job.principal.clone(),
            region: job.region.clone(),
            place: job.at.place.clone(),
            catalog: Catalog::new(self.catalog.clone(), job.principal.clone(), job.region.clone()),
        };
        let mut stop = job.stop.clone();
        let outcome = tokio::select! {
            biased;
            // The row says already that it was cancelled.
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
            () = timer.sleep(QUERY_TIME_MAX) => Err(Failure::timeout()),
            outcome = self.answered(&asker, &job.at, &row) => outcome,
        };
        match outcome {
            Ok(answer) => self.succeed(job, answer).await,
            Err(failure) => self.fail(&job.at, &failure, None).await,
        }
    }

    /// One commit: what the answer has written, and that it has.
    async fn succeed(&self, job: &Job, answer: Answer) -> Result<(), Error> {
        let mut commit = self.begin();
        let mut guards = Vec::new();
        for put in answer.puts {
            commit = commit.and(put.commit);
            guards.push(put.guard);
        }
        let now = self.now().as_micros();
        let done = answer.done.clone();
        let ended = self
            .move_on(&job.at, commit, |row| {
                row.state = QueryState::Succeeded;
                row.ended_micros = Some(now);
                row.done = done;
            })
            .await;
        drop(guards);
        match ended {
            Ok(true) => Ok(()),
            // Stopped in the last moment, or the bucket changed under the result.
            Ok(false) => {
                let failure = Failure::system(
                    "GENERIC_INTERNAL_ERROR: The location of the results changed while they were written.",
                );
                self.fail(&job.at, &failure, Some(answer.done)).await
            }
            Err(error) => self.fail(&job.at, &Failure::from(error), Some(answer.done)).await,
        }
    }
}
