//! Background work: one task that sweeps what deletions leave, and fills and empties indexes.

use std::sync::Arc;

use service::Tasks;

use crate::engine::Glue;

/// Starts it: at start, and whenever a change has left something to do.
pub(crate) fn start(glue: &Arc<Glue>, tasks: &Tasks) {
    let glue = glue.clone();
    tasks.start("glue sweep", move |stop| {
        let glue = glue.clone();
        async move {
            while !stop.is_asked() {
                glue.sweep().await?;
                if stop.unless(glue.chore()).await.is_none() {
                    break;
                }
            }
            Ok(())
        }
    });
}
