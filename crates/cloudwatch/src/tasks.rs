//! What happens by itself, each a task of its own.
//!
//! | task | when |
//! |---|---|
//! | upkeep | by the hour: points are rolled up, events and history that are kept no longer are let go of |
//! | alarms | by the minute |
//! | measurements | when a minute is over: what the services told of themselves becomes points |
//! | lines | a moment after a service told one |
//! | couriers | when events came that a subscription sends on |
//! | removal | when a group or stream was deleted, and at start |

use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use service::tasks::TaskError;
use service::{Stop, Tasks, Timer};

use crate::engine::CloudWatch;
use crate::engine::points::aligned;

/// The length of a minute.
const MINUTE_SECS: u32 = 60;
/// How often upkeep is due.
const UPKEEP_EVERY: Duration = Duration::from_secs(3_600);

pub(crate) fn start(state: &Arc<CloudWatch>, tasks: &Tasks) {
    let each = |name: &'static str| (name, state.clone(), tasks.timer().clone());
    let (name, watch, timer) = each("cloudwatch upkeep");
    tasks.start(name, move |stop| upkeep(watch.clone(), timer.clone(), stop));
    let (name, watch, timer) = each("cloudwatch alarms");
    tasks.start(name, move |stop| alarms(watch.clone(), timer.clone(), stop));
    let (name, watch, timer) = each("cloudwatch measurements");
    tasks.start(name, move |stop| {
        let (watch, timer) = (watch.clone(), timer.clone());
        async move { Ok(watch.write_measurements(&timer, &stop).await?) }
    });
    let (name, watch, timer) = each("cloudwatch lines");
    tasks.start(name, move |stop| {
        let (watch, timer) = (watch.clone(), timer.clone());
        async move { Ok(watch.write_lines(&timer, &stop).await?) }
    });
    let (name, watch, timer) = each("cloudwatch couriers");
    tasks.start(name, move |stop| {
        let (watch, timer) = (watch.clone(), timer.clone());
        async move { Ok(watch.run_couriers(timer, stop).await?) }
    });
    let (name, watch, _) = each("cloudwatch removal");
    tasks.start(name, move |stop| removal(watch.clone(), stop));
}

async fn upkeep(watch: Arc<CloudWatch>, timer: Timer, stop: Stop) -> Result<(), TaskError> {
    while stop.unless(timer.sleep(UPKEEP_EVERY)).await.is_some() {
        watch.roll_up(&stop).await?;
        watch.expire_events(&stop).await?;
        watch.expire_history(&stop).await?;
    }
    Ok(())
}

async fn alarms(watch: Arc<CloudWatch>, timer: Timer, stop: Stop) -> Result<(), TaskError> {
    loop {
        let now = timer.clock().now();
        let next = Timestamp::from_secs(aligned(now.as_secs(), MINUTE_SECS) + i64::from(MINUTE_SECS));
        if stop.unless(timer.sleep_until(next)).await.is_none() {
            return Ok(());
        }
        watch.evaluate_alarms(&stop).await?;
    }
}

async fn removal(watch: Arc<CloudWatch>, stop: Stop) -> Result<(), TaskError> {
    loop {
        watch.clear_graves(&stop).await?;
        if stop.unless(watch.buried.notified()).await.is_none() {
            return Ok(());
        }
    }
}
