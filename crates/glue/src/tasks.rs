//! Background work: one task that sweeps what deletions leave and fills and empties indexes, and one that runs crawlers.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use service::tasks::TaskError;
use service::{Stop, Tasks, Timer};

use crate::crawl::carry_out;
use crate::engine::Glue;
use crate::ops::crawlers::{LOG_GROUP, plan};
use crate::tables::CatalogName;
use crate::tables::crawling::{CrawlerRow, RunRow};

/// Starts them.
pub(crate) fn start(glue: &Arc<Glue>, tasks: &Tasks) {
    let sweeper = glue.clone();
    tasks.start("glue sweep", move |stop| {
        let glue = sweeper.clone();
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
    let (glue, timer) = (glue.clone(), tasks.timer().clone());
    tasks.start("glue crawlers", move |stop| crawl(glue.clone(), timer.clone(), stop));
}

/// Runs every crawler that has a run, and starts those whose schedule says so. Runs that were cut short by the end of the server are found again
/// as they stand in their rows.
async fn crawl(glue: Arc<Glue>, timer: Timer, stop: Stop) -> Result<(), TaskError> {
    let mut running = FuturesUnordered::new();
    let mut ids = HashSet::new();
    while !stop.is_asked() {
        let next = glue.start_due_crawlers().await?;
        for (at, row) in glue.open_crawls().await? {
            if let Some(run) = row.run.clone()
                && ids.insert(run.id.clone())
            {
                running.push(run_to_end(&glue, at, row, run));
            }
        }
        let due = async {
            match next {
                Some(next) => timer.sleep_until(next).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.asked() => break,
            () = glue.crawl_wanted() => {}
            () = due => {}
            Some(ended) = running.next() => {
                let (id, result): (String, Result<(), TaskError>) = ended;
                ids.remove(&id);
                result?;
            }
        }
    }
    Ok(())
}

async fn run_to_end(
    glue: &Glue,
    at: CatalogName,
    row: CrawlerRow,
    run: RunRow,
) -> (String, Result<(), TaskError>) {
    let say = |text: &str| {
        let Some(region) = base::Region::new(&at.catalog.region) else { return };
        let line = format!("[{}] INFO : {text}", run.id);
        glue.metrics.log(at.catalog.account, &region, LOG_GROUP, &at.name, glue.now(), line);
    };
    say(&format!("Running Start Crawl for Crawler {}", at.name));
    let plan = plan(glue, &at, &row).await;
    let crawl = carry_out(glue, &at, &run, plan).await;
    if let Some(why) = &crawl.error {
        say(why);
    }
    say("Crawler has finished running and is in state READY");
    let ended = glue.end_crawl(&at, &crawl).await;
    (run.id, ended.map_err(TaskError::from))
}
