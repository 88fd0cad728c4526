//! Background work: the lifecycle, the archives, replication, and the sweep.
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
use crate::engine::logs::{DELIVER_EVERY, FLUSH_EVERY};
use crate::ops::events::wording;
use crate::ops::read_inventory;

/// How often completed uploads are looked through.
const EVERY: Duration = Duration::from_secs(3_600);
/// How long a function that could not take an event is left alone.
const AGAIN: Duration = Duration::from_secs(5);

/// Starts the room's tasks.
pub fn start(s3: &Arc<S3>, tasks: &Tasks) {
    start_lifecycle(s3, tasks);
    start_sweep(s3, tasks);
    start_moves(s3, tasks);
    start_logs(s3, tasks);
    start_events(s3, tasks);
    start_inventories(s3, tasks);
    start_replication(s3, tasks);
    start_stocktaking(s3, tasks);
}

/// Tells what buckets hold, every midnight.
fn start_stocktaking(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 stocktaking", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            loop {
                if stop.unless(timer.sleep_until(s3.next_stocktaking())).await.is_none() {
                    return Ok(());
                }
                s3.take_stock(&stop).await.map_err(TaskError::from)?;
            }
        }
    });
}

/// Replicates: see [`crate::engine::replication`].
fn start_replication(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 replication", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            let mut again = s3.clock().now();
            loop {
                again = s3.replicate(again, Some(&stop)).await.map_err(TaskError::from)?;
                let woken = async {
                    tokio::select! {
                        () = s3.replications_wanted().notified() => {}
                        () = timer.sleep_until(again) => {}
                    }
                };
                if stop.unless(woken).await.is_none() {
                    return Ok(());
                }
            }
        }
    });
}

/// Makes lists of what buckets hold: see [`crate::engine::inventory`].
fn start_inventories(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 inventories", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            loop {
                let next = s3.make_inventories(read_inventory).await.map_err(TaskError::from)?;
                let woken = async {
                    tokio::select! {
                        () = s3.inventories_wanted().notified() => {}
                        () = async {
                            match next {
                                Some(next) => timer.sleep_until(next).await,
                                None => std::future::pending().await,
                            }
                        } => {}
                    }
                };
                if stop.unless(woken).await.is_none() {
                    return Ok(());
                }
            }
        }
    });
}

/// Keeps lines of access logs, and delivers them: see [`crate::engine::logs`].
fn start_logs(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 access logs", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            s3.deliver_lines().await.map_err(TaskError::from)?;
            let mut delivered = s3.clock().now();
            loop {
                if stop.unless(s3.lines_wanted().notified()).await.is_none() {
                    return s3.flush_lines().await.map_err(TaskError::from);
                }
                // What comes within the next moment goes together.
                let stops = stop.unless(timer.sleep(FLUSH_EVERY)).await.is_none();
                s3.flush_lines().await.map_err(TaskError::from)?;
                if stops {
                    return Ok(());
                }
                let due = delivered.plus(DELIVER_EVERY);
                let wait = async {
                    tokio::select! {
                        () = s3.lines_wanted().notified() => s3.lines_wanted().notify_one(),
                        () = timer.sleep_until(due) => {}
                    }
                };
                if stop.unless(wait).await.is_none() {
                    return s3.flush_lines().await.map_err(TaskError::from);
                }
                if s3.clock().now() >= due {
                    s3.deliver_lines().await.map_err(TaskError::from)?;
                    delivered = s3.clock().now();
                }
            }
        }
    });
}

/// Tells events: see [`crate::engine::events`].
fn start_events(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 events", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            loop {
                let is_left = s3.tell_events(wording).await.map_err(TaskError::from)?;
                let pause = if is_left { AGAIN } else { EVERY };
                let woken = async {
                    if is_left {
                        timer.sleep(pause).await;
                        return;
                    }
                    tokio::select! {
                        () = s3.events_wanted().notified() => {}
                        () = timer.sleep(pause) => {}
                    }
                };
                if stop.unless(woken).await.is_none() {
                    return Ok(());
                }
            }
        }
    });
}

/// Brings bytes where they belong: see [`crate::engine::homes`].
fn start_moves(s3: &Arc<S3>, tasks: &Tasks) {
    let (s3, timer) = (s3.clone(), tasks.timer().clone());
    tasks.start("s3 archive", move |stop: Stop| {
        let (s3, timer) = (s3.clone(), timer.clone());
        async move {
            s3.arrange_volumes(Some(&stop)).await.map_err(TaskError::from)?;
            loop {
                s3.arrange(Some(&stop)).await.map_err(TaskError::from)?;
                let woken = async {
                    tokio::select! {
                        () = s3.moves_wanted().notified() => {}
                        () = timer.sleep(EVERY) => {}
                    }
                };
                if stop.unless(woken).await.is_none() {
                    return Ok(());
                }
            }
        }
    });
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
