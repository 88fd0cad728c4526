//! Asynchronous events: a durable queue for each function.
//!
//! ```text
//! accepted = one row, durable ─► lane of its function ─► run ─┬─ answered  ─► OnSuccess ┐
//!                                  ▲                          ├─ failed, tries left: due again after 1, then 2 minutes
//!                                  │                          ├─ failed for good, too old ─► OnFailure, dead letter ┤
//!                                  └─ throttled, server's own failure: due again after 1 s … 5 minutes              │
//!                                              one commit: the row is gone, and what the destination gets is there ◄┘
//! ```
//! A lane is a task that runs as long as its function has events. Nothing but the rows says what is to be done, so a lane may be dropped at any
//! await: an event that was under way is run again, as AWS says of its own (at least once). Where the destination is ours it gets its record exactly
//! once, in the commit that removes the event.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, Region, Timestamp};
use body::Body;
use bytes::Bytes;
use service::{Stop, Timer};
use store::{BlobGuard, BlobRef, Check, Commit, settle};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::Engine;
use super::destinations::{Delivery, Record};
use super::error::{Error, Result, Why, happened};
use super::functions::Version;
use super::invoke::{EVENT_BYTES_MAX, Event, Outcome};
use super::names::{self, LATEST};
use crate::tables::{
    EVENTS, EventKey, EventRow, FUNCTIONS, FunctionKey, INVOKE_CONFIGS, InvokeConfigRow, QualifierKey,
};

/// Bytes of an event that its row holds itself.
const INLINE_BYTES_MAX: usize = 64 << 10;
/// How long an event rests that could not even be read or told of: the disk is full, or a stored byte is damaged.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// Events of one function that run at the same time. What there is beyond waits in its rows.
const AT_ONCE: usize = 10;
/// Retries of a function that fails, unless its configuration says otherwise (facts section 4.3).
const RETRIES_MAX: u32 = 2;
/// How old an event may become, unless its configuration says otherwise.
const AGE_SECS_MAX: u32 = 21_600;
/// The pause before the first retry, and before further ones.
const RETRY_FIRST: Duration = Duration::from_secs(60);
const RETRY_NEXT: Duration = Duration::from_secs(120);
/// The longest pause of an event that could not be run.
const DEFER_MAX: Duration = Duration::from_secs(300);

/// An event's row before it is committed.
pub(super) struct Queued {
    pub commit: Commit,
    pub function: u128,
    pub key: FunctionKey,
    /// Keeps its bytes until the commit is over.
    pub guard: Option<BlobGuard>,
}

impl Engine {
    /// Accepts an event. It is durable when this returns.
    pub async fn enqueue(self: &Arc<Self>, version: &Version, event: Event) -> Result<()> {
        let queued = self.queued(version, event).await?;
        if !happened(settle(&*self.store, queued.commit).await)? {
            return Err(super::functions::not_found(&version.key, None));
        }
        self.wake_lane(queued.function, queued.key);
        Ok(())
    }

    /// The commit that accepts an event. When it is over, [`Engine::wake_lane`].
    pub(super) async fn queued(&self, version: &Version, event: Event) -> Result<Queued> {
        let now = self.clock.now();
        let Event { request_id, payload, client_context } = event;
        let mut commit = self.commit();
        let (mut inline, mut blob, mut guard) = (None, None, None);
        if payload.len() <= INLINE_BYTES_MAX {
            inline = Some(payload.to_vec());
        } else {
            let (stored, kept) = self.store.put_blob(Body::from(payload)).await?;
            commit.count_blob(stored.blob, 1);
            (blob, guard) = (Some((stored.blob.0, stored.bytes)), Some(kept));
        }
        let key = &version.key;
        let row = EventRow {
            request_id,
            function: (key.account.as_u64(), key.region.to_string(), key.name.clone()),
            qualifier: version.qualifier.clone(),
            payload: inline,
            blob,
            accepted_micros: now.as_micros(),
            runs: 0,
            deferrals: 0,
            client_context,
        };
        let function = version.row.id;
        let at = EventKey { function, due_micros: now.as_micros(), event: self.random.u128() };
        commit.check(Check::Present(FUNCTIONS.key(key)));
        commit.put(EVENTS, &at, &row);
        Ok(Queued { commit, function, key: key.clone(), guard })
    }

    /// Sees to it that somebody looks at a function's events.
    pub(super) fn wake_lane(self: &Arc<Self>, function: u128, key: FunctionKey) {
        let Some(woken) = self.lanes.wake(function) else { return };
        let engine = self.clone();
        self.tasks.start(format!("lambda.events {}", key.name), move |stop| {
            let lane = Lane { engine: engine.clone(), function, woken: woken.clone(), stop };
            async move {
                lane.run().await?;
                Ok(())
            }
        });
    }

    /// Starts the lanes of all functions that have events.
    pub(crate) async fn wake_lanes(self: &Arc<Self>) -> Result<()> {
        let snapshot = self.store.snapshot();
        let (mut start, end) = EVENTS.prefix(|_| {});
        loop {
            let found = EVENTS.scan(&*snapshot, (start, end.clone()), 1).await?;
            let Some((key, row)) = found.into_iter().next() else { return Ok(()) };
            if let Some(named) = row.value.named() {
                self.wake_lane(key.function, named);
            }
            (_, start) = EVENTS.prefix(|writer| {
                writer.u128(key.function);
            });
        }
    }

    async fn event_payload(&self, row: &EventRow) -> Result<Bytes> {
        match (&row.payload, row.blob) {
            (Some(inline), _) => Ok(Bytes::from(inline.clone())),
            (None, Some((blob, bytes))) => {
                let body = self.store.get_blob(BlobRef(blob), 0..bytes).await?;
                body.collect(EVENT_BYTES_MAX as u64).await.map_err(Error::unavailable)
            }
            (None, None) => Ok(Bytes::from_static(b"{}")),
        }
    }

    async fn invoke_config(&self, function: u128, qualifier: Option<&str>) -> Result<InvokeConfigRow> {
        let qualifier = qualifier.unwrap_or(LATEST).to_owned();
        let found =
            INVOKE_CONFIGS.get(&*self.store.snapshot(), &QualifierKey { function, qualifier }).await?;
        Ok(found.map(|row| row.value).unwrap_or_default())
    }
}

impl EventRow {
    fn named(&self) -> Option<FunctionKey> {
        let (account, region, name) = &self.function;
        Some(FunctionKey {
            account: AccountId::from_u64(*account).ok()?,
            region: Region::new(region)?,
            name: name.clone(),
        })
    }
}

/// Lanes that run, by function.
#[derive(Default)]
pub(super) struct Lanes(Mutex<HashMap<u128, Arc<Notify>>>);

impl Lanes {
    /// Wakes the lane; `Some` if it must be started.
    fn wake(&self, function: u128) -> Option<Arc<Notify>> {
        let mut lanes = self.0.lock().expect("nothing panics while the lanes are held");
        match lanes.get(&function) {
            Some(woken) => {
                woken.notify_one();
                None
            }
            None => {
                let woken = Arc::new(Notify::new());
                lanes.insert(function, woken.clone());
                Some(woken)
            }
        }
    }

    fn end(&self, function: u128) {
        self.0.lock().expect("nothing panics while the lanes are held").remove(&function);
    }
}

struct Lane {
    engine: Arc<Engine>,
    function: u128,
    woken: Arc<Notify>,
    stop: Stop,
}

impl Lane {
    async fn run(self) -> Result<()> {
        let timer = self.engine.tasks.timer().clone();
        let mut under_way: HashSet<u128> = HashSet::new();
        let mut runs: JoinSet<u128> = JoinSet::new();
        loop {
            let next_due = self.begin_due(&mut under_way, &mut runs).await?;
            if next_due.is_none() && runs.is_empty() {
                // Whoever adds an event from here on starts another lane; whoever did before is seen by looking once more.
                self.engine.lanes.end(self.function);
                if self.is_empty().await? {
                    return Ok(());
                }
                self.engine.wake_lanes().await?;
                return Ok(());
            }
            tokio::select! {
                () = self.stop.asked() => return Ok(()),
                () = self.woken.notified() => {}
                Some(ended) = runs.join_next() => {
                    match ended {
                        Ok(event) => drop(under_way.remove(&event)),
                        // It panicked: what it was doing is begun again.
                        Err(error) => return Err(Error::unavailable(error)),
                    }
                }
                () = wait_for(&timer, next_due) => {}
            }
        }
    }

    async fn is_empty(&self) -> Result<bool> {
        let range = EVENTS.prefix(|key| {
            key.u128(self.function);
        });
        Ok(EVENTS.scan(&*self.engine.store.snapshot(), range, 1).await?.is_empty())
    }

    /// Begins what is due, as far as there is room. Returns when the next one is due that was not begun.
    async fn begin_due(
        &self,
        under_way: &mut HashSet<u128>,
        runs: &mut JoinSet<u128>,
    ) -> Result<Option<Timestamp>> {
        let now = self.engine.clock.now();
        let range = EVENTS.prefix(|key| {
            key.u128(self.function);
        });
        let limit = AT_ONCE + under_way.len() + 1;
        for (key, row) in EVENTS.scan(&*self.engine.store.snapshot(), range, limit).await? {
            if under_way.contains(&key.event) {
                continue;
            }
            let due = Timestamp::from_micros(key.due_micros);
            if due > now {
                return Ok(Some(due));
            }
            if runs.len() >= AT_ONCE {
                // The end of one of them is waited for anyway.
                return Ok(None);
            }
            under_way.insert(key.event);
            let engine = self.engine.clone();
            runs.spawn(async move {
                let event = key.event;
                if let Err(error) = engine.run_event(key, row.value).await {
                    tracing::warn!(%error, "an asynchronous event could not be handled; it will be tried again");
                    engine.tasks.timer().sleep(AFTER_FAILURE).await;
                }
                event
            });
        }
        Ok(None)
    }
}

async fn wait_for(timer: &Timer, when: Option<Timestamp>) {
    match when {
        Some(when) => timer.sleep_until(when).await,
        None => std::future::pending().await,
    }
}

/// What is to become of an event.
enum Fate {
    /// It is done with; this is told, and to whom.
    Done(Vec<(String, Record)>),
    /// It is tried again then.
    Again { due: Timestamp, row: EventRow },
}

impl Engine {
    async fn run_event(self: &Arc<Self>, key: EventKey, row: EventRow) -> Result<()> {
        let fate = self.fate(&key, &row).await?;
        let mut commit = self.commit();
        commit.check(Check::Present(EVENTS.key(&key)));
        commit.delete(EVENTS, &key);
        match fate {
            Fate::Again { due, row } => {
                let again = EventKey { due_micros: due.as_micros(), ..key };
                commit.put(EVENTS, &again, &row);
                happened(settle(&*self.store, commit).await)?;
            }
            Fate::Done(told) => {
                if let Some((blob, _)) = row.blob {
                    commit.count_blob(BlobRef(blob), -1);
                }
                let mut deliveries = Vec::new();
                for (target, record) in told {
                    let delivery = self.deliver(&target, &record).await;
                    deliveries.extend(delivery);
                }
                let (commit, woken, _guards) = Delivery::merge(commit, deliveries);
                happened(settle(&*self.store, commit).await)?;
                for (function, named) in woken {
                    self.wake_lane(function, named);
                }
            }
        }
        Ok(())
    }

    async fn fate(self: &Arc<Self>, key: &EventKey, row: &EventRow) -> Result<Fate> {
        let Some(named) = row.named() else { return Ok(Fate::Done(Vec::new())) };
        let version = match self.version_to_run(&named, row.qualifier.as_deref()).await {
            Ok(version) if version.row.id == key.function => version,
            // The function it was meant for is gone.
            Ok(_) => return Ok(Fate::Done(Vec::new())),
            Err(error) if error.why == Why::NotFound => return Ok(Fate::Done(Vec::new())),
            Err(error) => return Ok(self.deferred(row, &error)),
        };
        let config = self.invoke_config(key.function, row.qualifier.as_deref()).await?;
        let now = self.clock.now();
        let age_max = Duration::from_secs(u64::from(config.age_secs_max.unwrap_or(AGE_SECS_MAX)));
        let accepted = Timestamp::from_micros(row.accepted_micros);
        let payload = self.event_payload(row).await?;
        let over = |condition: &'static str, runs: u32, outcome: Option<&Outcome>| {
            let targets = [config.on_failure.clone(), version.configuration.dead_letter.clone()];
            let record = self.event_record(&version, row, &payload, condition, runs, outcome);
            Fate::Done(targets.into_iter().flatten().map(|target| (target, record.clone())).collect())
        };
        if now.since(accepted) > age_max {
            return Ok(over("EventAgeExceeded", row.runs, None));
        }
        if version.row.reserved == Some(0) {
            return Ok(over("ZeroReservedConcurrency", row.runs, None));
        }
        let event = Event {
            request_id: row.request_id.clone(),
            payload: payload.clone(),
            client_context: row.client_context.clone(),
        };
        let runs = row.runs + 1;
        match self.invoke(version.clone(), event).await {
            Ok(outcome) if !outcome.failed => {
                let record = self.event_record(&version, row, &payload, "Success", runs, Some(&outcome));
                Ok(Fate::Done(config.on_success.clone().map(|target| (target, record)).into_iter().collect()))
            }
            Ok(outcome) => {
                if runs > config.retries_max.unwrap_or(RETRIES_MAX) {
                    return Ok(over("RetriesExhausted", runs, Some(&outcome)));
                }
                let pause = if runs == 1 { RETRY_FIRST } else { RETRY_NEXT };
                let row = EventRow { runs, deferrals: 0, ..row.clone() };
                Ok(Fate::Again { due: self.clock.now().plus(pause), row })
            }
            Err(error) => Ok(self.deferred(row, &error)),
        }
    }

    /// It could not be run, through no fault of the function.
    fn deferred(&self, row: &EventRow, error: &Error) -> Fate {
        if row.deferrals == 0 {
            tracing::warn!(function = row.function.2, %error, "an asynchronous event could not be run; it will be tried again");
        }
        let pause = Duration::from_secs(1 << row.deferrals.min(16)).min(DEFER_MAX);
        let row = EventRow { deferrals: row.deferrals.saturating_add(1), ..row.clone() };
        Fate::Again { due: self.clock.now().plus(pause), row }
    }

    fn event_record(
        &self,
        version: &Version,
        row: &EventRow,
        payload: &Bytes,
        condition: &'static str,
        runs: u32,
        outcome: Option<&Outcome>,
    ) -> Record {
        let qualifier = version.qualifier.as_deref().unwrap_or(LATEST);
        let arn = names::qualified(&version.key, Some(qualifier)).to_string();
        let body =
            super::destinations::event_body(self.clock.now(), row, &arn, payload, condition, runs, outcome);
        Record {
            account: version.key.account,
            region: version.key.region.clone(),
            role: version.configuration.role.clone(),
            function: version.key.name.clone(),
            folder: format!("aws/lambda/async/{}", version.key.name),
            body,
        }
    }
}
