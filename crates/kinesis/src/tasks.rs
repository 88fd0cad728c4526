//! Background work: the sweep, and the delivery of all channels.

use std::sync::Arc;
use std::time::Duration;

use service::Tasks;

use crate::engine::Kinesis;
use crate::engine::sweep::Memory;

/// How often the sweep looks for what has expired. Reads hide it at once; this bounds how long its space stays taken.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Starts it all.
pub(crate) fn start(kinesis: &Arc<Kinesis>, tasks: &Tasks) {
    start_sweep(kinesis, tasks);
    let kinesis = kinesis.clone();
    tasks.start("kinesis channels", move |stop| {
        let kinesis = kinesis.clone();
        async move { Ok(kinesis.deliver_channels(&stop).await?) }
    });
}

/// The sweep: every minute of the movable clock, and at once when something was deleted.
fn start_sweep(kinesis: &Arc<Kinesis>, tasks: &Tasks) {
    let timer = tasks.timer().clone();
    let kinesis = kinesis.clone();
    tasks.start("kinesis sweep", move |stop| {
        let (kinesis, timer) = (kinesis.clone(), timer.clone());
        async move {
            let mut memory = Memory::default();
            while !stop.is_asked() {
                kinesis.sweep(&mut memory).await?;
                let next = async {
                    tokio::select! {
                        () = timer.sleep(SWEEP_EVERY) => {}
                        () = kinesis.something_deleted() => {}
                    }
                };
                if stop.unless(next).await.is_none() {
                    break;
                }
            }
            Ok(())
        }
    });
}
