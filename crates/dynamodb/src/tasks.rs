//! Background work: indexes are filled, what is gone is removed, what has expired goes.

use std::sync::Arc;
use std::time::Duration;

use service::{Tasks, Timer};

use crate::engine::DynamoDb;

/// How often the sweep looks for old tokens and for items that have expired.
const SWEEP_EVERY: Duration = Duration::from_secs(300);

/// Starts the tasks: at once when a table or an index was made or deleted, and every few minutes of the movable clock.
pub(crate) fn start(db: &Arc<DynamoDb>, tasks: &Tasks) {
    let timer: Timer = tasks.timer().clone();
    let db = db.clone();
    tasks.start("dynamodb sweep", move |stop| {
        let (db, timer) = (db.clone(), timer.clone());
        async move {
            while !stop.is_asked() {
                db.backfill().await?;
                db.sweep().await?;
                db.expire().await?;
                let next = async {
                    tokio::select! {
                        () = timer.sleep(SWEEP_EVERY) => {}
                        () = db.work_to_do() => {}
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
