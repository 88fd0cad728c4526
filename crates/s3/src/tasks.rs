//! Background work: the lifecycle, and the sweep.
//!
//! The lifecycle does what is due, at midnight as a rule, and at once where a change makes something due at once.
//!
//! The sweep takes apart, in slices, what was too much for the commit that let it go (rows of `DROPS`): parts and layouts nobody refers to, the open
//! uploads of deleted buckets; and forgets completed uploads after a day. It runs when woken (something was left to it, or the last reader
//! of something is done), and once an hour. Every slice is a commit of its own, so it may stop anywhere and go on later.

use std::sync::Arc;
use std::time::Duration;

use service::tasks::TaskError;
use service::{Stop, Tasks};

use crate::engine::S3;

/// How often completed uploads are looked through.
const EVERY: Duration = Duration::from_secs(3_600);

/// Starts the room's tasks.
pub fn start(s3: &Arc<S3>, tasks: &Tasks) {
    start_lifecycle(s3, tasks);
    start_sweep(s3, tasks);
}

/// Carries out what is due: see [`crate::engine::lifecycle`].
fn start_lifecycle(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 lifecycle", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            loop {
                let wake = s3.lifecycle_round(&stop).await.map_err(TaskError::from)?;
                let woken = async {
                    tokio::select! {
                        () = s3.due_wanted().notified() => {}
                        () = timer.sleep_until(wake) => {}
                    }
                };
                if stop.unless(woken).await.is_none() {
                    return s3.flush_accesses().await.map_err(TaskError::from);
                }
            }
        }
    });
}

fn start_sweep(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 sweep", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            loop {
                s3.sweep_drops().await.map_err(TaskError::from)?;
                s3.forget_completed().await.map_err(TaskError::from)?;
                let an_hour = timer.sleep(EVERY);
                tokio::pin!(an_hour);
                loop {
                    let woken = async {
                        tokio::select! {
                            () = s3.sweep_wanted().notified() => true,
                            () = &mut an_hour => false,
                        }
                    };
                    match stop.unless(woken).await {
                        Some(true) => s3.sweep_drops().await.map_err(TaskError::from)?,
                        Some(false) => break,
                        None => return Ok(()),
                    }
                }
            }
        }
    });
}
