//! Background work: points are rolled up by the hour.

use std::sync::Arc;
use std::time::Duration;

use service::{Stop, Tasks, Timer};

use crate::engine::CloudWatch;
use crate::engine::error::Error;

/// How often points are rolled up.
const ROLL_UP_EVERY: Duration = Duration::from_secs(3_600);

pub(crate) fn start(state: &Arc<CloudWatch>, tasks: &Tasks) {
    let (state, timer) = (state.clone(), tasks.timer().clone());
    tasks.start("cloudwatch roll-up", move |stop| {
        let (state, timer) = (state.clone(), timer.clone());
        async move { Ok(roll_up(&state, &timer, &stop).await?) }
    });
}

async fn roll_up(state: &CloudWatch, timer: &Timer, stop: &Stop) -> Result<(), Error> {
    while stop.unless(timer.sleep(ROLL_UP_EVERY)).await.is_some() {
        state.roll_up(stop).await?;
    }
    Ok(())
}
