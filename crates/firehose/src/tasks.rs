//! Background work: one delivery for each stream, and beside it the way out of its pipes, all of one shape (`engine::delivery`,
//! `engine::outlet`).
//!
//! At start one task goes through the stored streams and starts theirs; creation starts one more. A delivery ends when its stream is gone.

use std::sync::Arc;

use service::Tasks;
use service::tasks::TaskError;

use crate::engine::Engine;
use crate::engine::delivery::Delivery;
use crate::engine::outlet::Outlet;
use crate::engine::pipes::Board;
use crate::tables::{StreamId, StreamKey};

/// Starts the deliveries of all stored streams.
pub(crate) fn start_all(engine: &Arc<Engine>, tasks: &Tasks) {
    let (engine, starter) = (engine.clone(), tasks.clone());
    tasks.start("firehose.start", move |stop| {
        let (engine, tasks) = (engine.clone(), starter.clone());
        async move { stop.unless(start_stored(&engine, &tasks)).await.unwrap_or(Ok(())) }
    });
}

async fn start_stored(engine: &Arc<Engine>, tasks: &Tasks) -> Result<(), TaskError> {
    let mut after: Option<StreamKey> = None;
    loop {
        let page = engine.every_stream(after.as_ref()).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = Some(last.clone());
        for (key, id) in page {
            start_delivery(engine, tasks, key, id);
        }
    }
}

/// Starts the delivery of one stream, unless it runs already.
pub(crate) fn start_delivery(engine: &Arc<Engine>, tasks: &Tasks, key: StreamKey, id: StreamId) {
    let Some(changed) = engine.watches.begin(id) else { return };
    let timer = tasks.timer().clone();
    let engine = engine.clone();
    tasks.start(format!("firehose.delivery {}", key.name), move |stop| {
        let board = Arc::new(Board::default());
        let (timer, changed) = (timer.clone(), changed.clone());
        let outlet =
            Outlet::new(engine.clone(), timer.clone(), key.clone(), id, changed.clone(), board.clone());
        let delivery = Delivery::new(engine.clone(), timer, key.clone(), id, changed, board);
        let engine = engine.clone();
        async move {
            // Both end when the stream is gone.
            let both = futures_util::future::join(delivery.run(), outlet.run());
            if stop.unless(both).await.is_some() {
                engine.watches.end(id);
            }
            Ok(())
        }
    });
}
