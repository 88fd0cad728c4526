//! Background work: one task that runs queries, a few at a time.

use std::sync::Arc;

use service::tasks::TaskError;
use service::{Stop, Tasks, Timer};
use tokio::task::JoinSet;

use crate::engine::Athena;

/// Queries that run at the same time. The engine itself uses all cores for each; more would only share its memory.
const RUNNING_MAX: usize = 4;

/// Starts it.
pub(crate) fn start(athena: &Arc<Athena>, tasks: &Tasks) {
    let (athena, timer) = (athena.clone(), tasks.timer().clone());
    tasks.start("athena queries", move |stop| run(athena.clone(), timer.clone(), stop));
}

/// Fails what was left behind, then runs queries in the order in which they were begun. What runs when the server is told to end, is dropped, and
/// fails at the next start.
async fn run(athena: Arc<Athena>, timer: Timer, stop: Stop) -> Result<(), TaskError> {
    athena.fail_interrupted().await?;
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = stop.asked() => return Ok(()),
            Some(ended) = running.join_next() => {
                if let Err(crash) = ended {
                    tracing::error!(%crash, "a query panicked");
                }
            }
            job = athena.jobs.next(), if running.len() < RUNNING_MAX => {
                let (athena, timer) = (athena.clone(), timer.clone());
                running.spawn(async move { athena.run(job, timer).await });
            }
        }
    }
}
