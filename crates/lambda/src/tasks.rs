//! Background work: idle environments end; accepted events and mappings go on where they were.

use std::sync::Arc;
use std::time::Duration;

use service::Tasks;

use crate::engine::Engine;

/// How often idle environments are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(5);

/// Starts it.
pub(crate) fn start(engine: &Arc<Engine>, tasks: &Tasks) {
    let starting = engine.clone();
    tasks.start("lambda.start", move |stop| {
        let engine = starting.clone();
        async move {
            let starting = async {
                engine.index_urls().await?;
                engine.wake_lanes().await?;
                engine.start_mappings().await
            };
            match stop.unless(starting).await {
                Some(done) => Ok(done?),
                None => Ok(()),
            }
        }
    });
    let (sweeping, timer) = (engine.clone(), tasks.timer().clone());
    tasks.start("lambda.idle", move |stop| {
        let (engine, timer) = (sweeping.clone(), timer.clone());
        async move {
            while stop.unless(timer.sleep(SWEEP_EVERY)).await.is_some() {
                let pool = engine.pool.clone();
                tokio::task::spawn_blocking(move || pool.sweep()).await?;
            }
            engine.pool.clear();
            Ok(())
        }
    });
}
