//! Reads streams for mappings, and hands what it reads to functions, in order.
//!
//! ```text
//! mapping ─┬─ shard ─┬─ lane: cursor ─► gather a batch ─► filter ─► run ─┬─ answered: the cursor moves
//!          │         └─ lane …            ▲  size, window, 6 MiB          ├─ answered in part: it moves before the first that failed
//!          └─ children of a shard begin   │                               ├─ failed: halves, or again after 1 s … 60 s
//!             when all its lanes are done └───────────────────────────────┴─ failed for good, too old: told to the destination, the cursor moves
//! ```
//! With tumbling windows ([`window`]) a batch holds records of one window, and the cursor the window's state.
//!
//! A lane has the records of its share of partition keys; there is one for each unit of the parallelization factor. The cursor moves only when the
//! records behind it are done with, in the commit that tells the destination where there is one. So a poller may be dropped at any await; what was
//! under way is run again.

mod lane;
mod window;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use base::Arn;
use ports::{Principal, SourceShard};
use service::{Stop, Timer};
use store::{Check, settle};
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::lane::Lane;
use super::Engine;
use super::error::{Error, Result, happened, of_port};
use super::filters::Filters;
use super::mappings::{stream_of, uuid_text};
use super::names::Named;
use crate::tables::{CURSORS, CursorKey, CursorRow, MAPPINGS, MappingKey, MappingRow};

/// Bytes of records of one batch: in base64 and with their frames they stay below an event's 6 MiB.
const BATCH_BYTES_MAX: usize = 4 << 20;
/// Records read at once.
const READ_RECORDS_MAX: usize = 1_000;
/// Bytes that the frame of one record takes in the event, about.
const FRAME_BYTES: usize = 600;
/// The first pause after a failure, and the longest (facts section 8).
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);

impl Engine {
    /// Starts the poller of a mapping, unless it runs already.
    pub(super) fn start_mapping(self: &Arc<Self>, key: MappingKey) {
        let Some(changed) = self.pollers.begin(key.id) else { return };
        let engine = self.clone();
        self.tasks.start(format!("lambda.mapping {}", uuid_text(key.id)), move |stop| {
            let poller = Poller { engine: engine.clone(), key: key.clone(), changed: changed.clone(), stop };
            async move {
                poller.run().await?;
                Ok(())
            }
        });
    }

    /// Starts the pollers of all stored mappings. Cursors that a deletion left when it was cut off are removed.
    pub(crate) async fn start_mappings(self: &Arc<Self>) -> Result<()> {
        // One view of both tables: a mapping's first cursors come with its row.
        let snapshot = self.store.snapshot();
        let (mut start, end) = MAPPINGS.prefix(|_| {});
        let mut there = HashSet::new();
        loop {
            let page = MAPPINGS.scan(&*snapshot, (start, end.clone()), 100).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&MAPPINGS.key(last));
            for (key, _) in page {
                there.insert(key.id);
                self.start_mapping(key);
            }
        }
        let (mut start, end) = CURSORS.prefix(|_| {});
        loop {
            let page = CURSORS.scan(&*snapshot, (start, end.clone()), 1).await?;
            let Some((CursorKey { mapping, .. }, _)) = page.first() else { return Ok(()) };
            if !there.contains(mapping) {
                self.clear_cursors(*mapping).await?;
            }
            let of_mapping = CURSORS.prefix(|key| {
                key.u128(*mapping);
            });
            start = of_mapping.1;
        }
    }
}

struct Poller {
    engine: Arc<Engine>,
    key: MappingKey,
    changed: watch::Receiver<()>,
    stop: Stop,
}

/// What the lanes of one mapping share, as of one state of its row.
struct Shared {
    engine: Arc<Engine>,
    key: MappingKey,
    row: MappingRow,
    named: Named,
    stream: Arn,
    principal: Principal,
    filters: Filters,
    timer: Timer,
}

impl Poller {
    async fn run(mut self) -> Result<()> {
        let timer = self.engine.tasks.timer().clone();
        let mut pause = PAUSE_MIN;
        loop {
            self.changed.borrow_and_update();
            let row = MAPPINGS.get(&*self.engine.store.snapshot(), &self.key).await?;
            let Some(row) = row.map(|row| row.value) else {
                self.engine.pollers.end(self.key.id);
                return Ok(());
            };
            let stop = self.stop.clone();
            if !row.enabled {
                tokio::select! {
                    () = stop.asked() => return Ok(()),
                    changed = self.changed.changed() => drop(changed),
                }
                continue;
            }
            let work = poll(&self.engine, &self.key, row, timer.clone());
            let failed = tokio::select! {
                () = stop.asked() => return Ok(()),
                changed = self.changed.changed() => {
                    drop(changed);
                    None
                }
                failed = work => failed.err(),
            };
            let Some(error) = failed else {
                pause = PAUSE_MIN;
                continue;
            };
            tracing::warn!(mapping = uuid_text(self.key.id), %error, "a mapping does not get on; it will be tried again");
            tokio::select! {
                () = stop.asked() => return Ok(()),
                changed = self.changed.changed() => drop(changed),
                () = timer.sleep(pause) => pause = (pause * 2).min(PAUSE_MAX),
            }
        }
    }
}

/// Polls until something is wrong.
async fn poll(engine: &Arc<Engine>, key: &MappingKey, row: MappingRow, timer: Timer) -> Result<()> {
    let stream = stream_of(&row.source).ok_or_else(|| Error::invalid("the source is no stream"))?;
    let named = Named::read(&row.function, None, key.account, &key.region)?;
    let principal = engine.mapping_principal(&named).await?;
    let filters = Filters::parse(row.filters.as_deref().unwrap_or_default())?;
    let shared = Arc::new(Shared {
        engine: engine.clone(),
        key: key.clone(),
        row,
        named,
        stream,
        principal,
        filters,
        timer,
    });
    let mut lanes: JoinSet<Result<(String, u32)>> = JoinSet::new();
    let mut running: HashSet<(String, u32)> = HashSet::new();
    loop {
        for (shard, lane) in shared.readable().await? {
            if running.insert((shard.clone(), lane)) {
                let lane = Lane { shared: shared.clone(), shard, lane };
                lanes.spawn(async move {
                    let name = (lane.shard.clone(), lane.lane);
                    lane.run().await.map(|()| name)
                });
            }
        }
        match lanes.join_next().await {
            Some(Ok(ended)) => drop(running.remove(&ended?)),
            Some(Err(crash)) => return Err(Error::unavailable(crash)),
            // All shards are at their end: the stream is being deleted, or there are new ones soon.
            None => shared.timer.sleep(PAUSE_MAX).await,
        }
    }
}

impl Shared {
    /// The lanes that are not done, of shards whose parents are. Shards that came since get their cursors.
    async fn readable(&self) -> Result<Vec<(String, u32)>> {
        let engine = &self.engine;
        let shards = engine.records.shards(&self.principal, &self.stream).await.map_err(of_port)?;
        let range = CURSORS.prefix(|key| {
            key.u128(self.key.id);
        });
        let rows = CURSORS.scan(&*engine.store.snapshot(), range, store::Bounds::ENTRIES).await?;
        let mut done: HashMap<(String, u32), bool> = HashMap::new();
        for (key, row) in rows {
            done.insert((key.shard, key.lane), row.value.done);
        }
        let mut commit = engine.commit();
        for shard in &shards {
            for lane in 0..self.row.lanes {
                if done.contains_key(&(shard.id.clone(), lane)) {
                    continue;
                }
                let at = CursorKey { mapping: self.key.id, shard: shard.id.clone(), lane };
                let (principal, start) = (&self.principal, ports::ShardStart::TrimHorizon);
                let position = engine.records.position(principal, &self.stream, &shard.id, start);
                let position = position.await.map_err(of_port)?.0;
                let row = CursorRow { position, ..CursorRow::default() };
                commit.unchanged(CURSORS, &at, None).put(CURSORS, &at, &row);
                done.insert((shard.id.clone(), lane), false);
            }
        }
        if !commit.writes.is_empty() {
            commit.check(Check::Present(MAPPINGS.key(&self.key)));
            happened(settle(&*engine.store, commit).await)?;
        }
        let is_done = |shard: &str| {
            (0..self.row.lanes).all(|lane| done.get(&(shard.to_owned(), lane)).copied().unwrap_or(true))
        };
        let ready = |shard: &&SourceShard| {
            shard
                .parents
                .iter()
                .all(|parent| !shards.iter().any(|other| other.id == *parent) || is_done(parent))
        };
        let mut all = Vec::new();
        for shard in shards.iter().filter(ready) {
            let open = (0..self.row.lanes).filter(|lane| done.get(&(shard.id.clone(), *lane)) != Some(&true));
            all.extend(open.map(|lane| (shard.id.clone(), lane)));
        }
        Ok(all)
    }
}
