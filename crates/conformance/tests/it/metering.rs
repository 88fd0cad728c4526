//! Sums become rows, and rows of long ago go.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Random, Region, Timestamp};
use service::metering::{Event, HOURS, Meter, flush_task};
use service::{Tasks, Timer};
use storage::Model;
use store::Store;

fn event(time: Timestamp) -> Event {
    Event {
        time,
        account: AccountId::DEFAULT,
        region: Region::us_east_1(),
        service: "s3",
        operation: "PutObject",
        code: Cow::Borrowed(""),
        bytes_in: 4,
        bytes_out: 0,
        records: 1,
    }
}

async fn hours(store: &dyn Store) -> Vec<u32> {
    let rows = HOURS.scan(&*store.snapshot(), HOURS.prefix(|_| ()), 100).await.unwrap();
    rows.into_iter().map(|(key, _)| key.hour).collect()
}

/// Runs the task until what it is woken for is done.
async fn flush_once(meter: &Arc<Meter>, store: &Arc<Model>, clock: &Clock) {
    let timer = Timer::new(clock.clone());
    let tasks = Tasks::new(timer.clone());
    let stop = tasks.stop_signal();
    let (meter, store) = (meter.clone(), store.clone());
    let task = tokio::spawn(flush_task(meter, store, Random::seeded(2), timer, stop));
    tokio::task::yield_now().await;
    clock.advance(Duration::from_secs(61));
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    task.abort();
}

#[tokio::test]
async fn sums_are_kept_for_four_hundred_days() {
    let clock = Clock::manual(Timestamp::from_secs(1_000_000 * 3_600));
    let store = Model::new(clock.clone(), Random::seeded(1));
    let meter = Arc::new(Meter::default());
    meter.record(event(clock.now()));
    flush_once(&meter, &store, &clock).await;
    assert_eq!(hours(&*store).await, [1_000_000]);

    clock.advance(Duration::from_secs(399 * 86_400));
    meter.record(event(clock.now()));
    flush_once(&meter, &store, &clock).await;
    assert_eq!(hours(&*store).await, [1_000_000, 1_000_000 + 399 * 24]);

    clock.advance(Duration::from_secs(2 * 86_400));
    flush_once(&meter, &store, &clock).await;
    assert_eq!(hours(&*store).await, [1_000_000 + 399 * 24]);
}
