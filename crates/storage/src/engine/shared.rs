//! What the engine's threads and its callers share.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};

use base::{Clock, Random};
use bytes::Bytes;
use store::{BlobRef, Commit, CommitError, CommitId, Committed, Fate, ReadError};
use tokio::sync::{Notify, oneshot};

use super::Stats;
use super::fold::Folds;
use super::keeper::Keeper;
use super::logs::LogEnds;
use super::place::Moving;
use super::queue::{Job, Pending, Queue, Warm};
use crate::disk::Disk;
use crate::index::state::State;
use crate::index::{Base, rows};
use crate::journal::notes::SegmentNotes;
use crate::journal::segments::Segments;
use crate::mover::Bell;
use crate::space::Space;

/// What all parts of an engine share.
pub struct Shared {
    /// The disk.
    pub disk: Arc<dyn Disk>,
    /// The clock.
    pub clock: Clock,
    /// The journal's files.
    pub segments: Arc<Segments>,
    /// What is known of segments written lately.
    pub notes: SegmentNotes,
    /// The lowest layer of the index.
    pub base: Arc<dyn Base>,
    /// The ends of logs.
    pub logs: LogEnds,
    /// Work for the journal's thread.
    pub queue: Queue,
    /// Work for the folding thread.
    pub folds: Folds,
    /// Work for the keeper.
    pub keeper: Keeper,
    /// Work for the mover.
    pub mover: Bell,
    /// The guard before a full disk.
    pub space: Arc<Space>,
    /// Whether the journal has failed for good.
    pub failure: Failure,
    /// Figures.
    pub counters: Counters,
    random: Random,
    state: RwLock<Arc<State>>,
    ids: Mutex<Ids>,
    guards: Mutex<HashMap<BlobRef, Guarded>>,
    /// Blobs that are being moved to another place.
    moving: Mutex<HashSet<BlobRef>>,
}

/// A blob file that may not be referenced yet.
#[derive(Clone, Copy)]
pub enum Guarded {
    /// It is being written.
    Writing,
    /// It is durable, and this large.
    Whole(u64),
}

/// Ids of commits that are not in the base yet.
#[derive(Default)]
struct Ids {
    recent: Vec<u128>,
    folding: Arc<Vec<u128>>,
}

/// Counters behind [`Stats`].
#[derive(Default)]
pub struct Counters {
    /// See [`Stats::commits`].
    pub commits: AtomicU64,
    /// See [`Stats::refused`].
    pub refused: AtomicU64,
    /// See [`Stats::syncs`].
    pub syncs: AtomicU64,
    /// See [`Stats::syncs_failed`].
    pub syncs_failed: AtomicU64,
    /// See [`Stats::journal_bytes`].
    pub journal_bytes: AtomicU64,
    /// See [`Stats::journal_micros`].
    pub journal_micros: AtomicU64,
    /// See [`Stats::folds`].
    pub folds: AtomicU64,
    /// See [`Stats::corrupt_reads`].
    pub corrupt_reads: AtomicU64,
    /// See [`Stats::parked`].
    pub parked: AtomicU64,
    /// How often in a row the mover, or a fold, has failed by now.
    pub mover_failing: Failing,
    /// As above.
    pub fold_failing: Failing,
}

/// After so many failures in a row what waits is refused: nobody knows whether it will ever get better, and callers have a right to an answer.
const FAILING_MAX: u64 = 3;

/// How often in a row something has failed.
#[derive(Default)]
pub struct Failing(AtomicU64);

impl Failing {
    /// It went well, or failed again. True if that changes whether it counts as failing.
    pub fn note(&self, failed: bool) -> bool {
        let times = if failed { self.0.load(Ordering::Acquire) + 1 } else { 0 };
        let before = self.0.swap(times, Ordering::AcqRel);
        (before >= FAILING_MAX) != (times >= FAILING_MAX)
    }

    /// Whether it fails all the time.
    pub fn is_failing(&self) -> bool {
        self.0.load(Ordering::Acquire) >= FAILING_MAX
    }
}

impl Counters {
    /// Adds to a counter.
    pub fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }
}

/// A failure that nothing can be done about.
#[derive(Default)]
pub struct Failure {
    what: Mutex<Option<String>>,
    happened: Notify,
}

impl Failure {
    /// The first failure counts.
    pub fn set(&self, what: String) {
        tracing::error!(%what, "the journal has failed: nothing is committed any more");
        self.lock().get_or_insert(what);
        self.happened.notify_waiters();
    }

    /// What happened, if it has.
    pub fn get(&self) -> Option<String> {
        self.lock().clone()
    }

    /// Waits until it has happened.
    pub async fn wait(&self) -> String {
        loop {
            let happened = self.happened.notified();
            if let Some(what) = self.get() {
                return what;
            }
            happened.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<String>> {
        self.what.lock().expect("nothing panics while a failure is held")
    }
}

/// What [`Shared`] is made of.
pub struct SharedParts {
    /// See [`Shared::disk`].
    pub disk: Arc<dyn Disk>,
    /// See [`Shared::clock`].
    pub clock: Clock,
    /// Names the engine's own commits.
    pub random: Random,
    /// See [`Shared::segments`].
    pub segments: Arc<Segments>,
    /// See [`Shared::base`].
    pub base: Arc<dyn Base>,
    /// See [`Shared::space`].
    pub space: Arc<Space>,
    /// The state in the base.
    pub state: State,
}

impl Shared {
    /// Puts it together.
    pub fn new(parts: SharedParts) -> Arc<Self> {
        Arc::new(Self {
            disk: parts.disk,
            clock: parts.clock,
            random: parts.random,
            segments: parts.segments,
            base: parts.base,
            notes: SegmentNotes::default(),
            logs: LogEnds::default(),
            queue: Queue::default(),
            folds: Folds::default(),
            keeper: Keeper::default(),
            mover: Bell::default(),
            space: parts.space,
            failure: Failure::default(),
            counters: Counters::default(),
            state: RwLock::new(Arc::new(parts.state)),
            ids: Mutex::default(),
            guards: Mutex::default(),
            moving: Mutex::default(),
        })
    }

    /// The durable state.
    pub fn state(&self) -> Arc<State> {
        self.state.read().expect("nothing panics while the state is held").clone()
    }

    /// Shows a new durable state, and the ids of the commits that led to it.
    pub fn publish(&self, state: State, ids: &mut Vec<u128>) {
        if !ids.is_empty() {
            self.ids().recent.append(ids);
        }
        let state = Arc::new(state);
        let old = std::mem::replace(
            &mut *self.state.write().expect("nothing panics while the state is held"),
            state,
        );
        // Dropped outside the lock: it may be the last to hold a large map.
        drop(old);
    }

    fn ids(&self) -> MutexGuard<'_, Ids> {
        self.ids.lock().expect("nothing panics while ids are held")
    }

    /// The ids of the commits that are about to be folded.
    pub fn begin_fold_ids(&self) -> Arc<Vec<u128>> {
        let mut ids = self.ids();
        ids.folding = Arc::new(std::mem::take(&mut ids.recent));
        ids.folding.clone()
    }

    /// They are in the base now.
    pub fn end_fold_ids(&self) {
        self.ids().folding = Arc::default();
    }

    /// The size of a blob file that is durable and guarded.
    pub fn guarded(&self, blob: BlobRef) -> Option<u64> {
        match self.guards().get(&blob) {
            Some(Guarded::Whole(bytes)) => Some(*bytes),
            Some(Guarded::Writing) | None => None,
        }
    }

    /// Whether a blob file is guarded or being written.
    pub fn is_guarded(&self, blob: BlobRef) -> bool {
        self.guards().contains_key(&blob)
    }

    /// Guards a blob file.
    pub fn guard(&self, blob: BlobRef, guarded: Guarded) {
        self.guards().insert(blob, guarded);
    }

    /// Guards it no more: unless it is referenced, the keeper removes it.
    pub fn release(&self, blob: BlobRef) {
        self.guards().remove(&blob);
        self.keeper.look_at(blob);
    }

    fn guards(&self) -> MutexGuard<'_, HashMap<BlobRef, Guarded>> {
        self.guards.lock().expect("nothing panics while guards are held")
    }

    /// Says that a blob is being moved, until the value is dropped. `None` if it is already.
    pub fn begin_move(self: &Arc<Self>, blob: BlobRef) -> Option<Moving> {
        self.moving().insert(blob).then(|| Moving::new(self.clone(), blob))
    }

    /// It is no more.
    pub fn end_move(&self, blob: BlobRef) {
        self.moving().remove(&blob);
    }

    /// Whether a blob is being moved: then a file may be there that no row names yet.
    pub fn is_moving(&self, blob: BlobRef) -> bool {
        self.moving().contains(&blob)
    }

    fn moving(&self) -> MutexGuard<'_, HashSet<BlobRef>> {
        self.moving.lock().expect("nothing panics while the set is held")
    }

    /// An id for a commit of the engine's own.
    pub fn own_id(&self) -> u128 {
        self.random.u128()
    }

    /// Commits for the engine itself, and waits. Not for async threads.
    pub fn commit_own(&self, commit: Commit) -> Result<Committed, CommitError> {
        let (answer, answered) = oneshot::channel();
        let pending = Pending::new(commit, Warm::default(), None, answer);
        self.queue.push(Job::Commit(pending)).map_err(|_| CommitError::Closed)?;
        answered.blocking_recv().unwrap_or_else(|_| Err(CommitError::Unknown("the store stopped".to_owned())))
    }

    /// Waits until all frames so far are durable and shown. Not for async threads. False when the store is closed.
    pub fn barrier_blocking(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        self.queue.push(Job::Barrier { decided: false, answer }).is_ok() && answered.blocking_recv().is_ok()
    }

    /// Waits until all commits that are queued are decided and durable, or the store has closed.
    pub async fn barrier(&self) {
        let (answer, answered) = oneshot::channel();
        if self.queue.push(Job::Barrier { decided: true, answer }).is_ok() {
            // An error says that the thread has stopped: then nothing is queued any more.
            let _ = answered.await;
        }
    }

    /// Folds, and waits.
    pub async fn fold_now(&self) -> Result<(), ReadError> {
        let (answer, answered) = oneshot::channel();
        let closed = || ReadError::Disk("the store is closed".to_owned());
        self.queue.push(Job::Fold(answer)).map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?.map_err(ReadError::Disk)
    }

    /// Whether an id is among those in memory.
    pub fn has_recent_id(&self, id: CommitId) -> bool {
        let ids = self.ids();
        // Seldom asked for, so they are kept as they came.
        ids.folding.contains(&id.0) || ids.recent.contains(&id.0)
    }

    /// Whether an id is among those in the base. May wait for the disk.
    pub fn stored_fate(&self, id: CommitId) -> Result<Fate, ReadError> {
        let (start, end) = rows::ids_range();
        for found in self.state().range(&start, &end, true) {
            let (_, _, value) = found?;
            if ids_contain(&value, id.0) {
                return Ok(Fate::Committed);
            }
        }
        Ok(Fate::Absent)
    }

    /// Counts a read that met damaged bytes, and says so once in the log.
    pub fn note_corrupt(&self, error: &ReadError) {
        if let ReadError::Corrupt(what) = error {
            Counters::add(&self.counters.corrupt_reads, 1);
            tracing::error!(%what, "stored bytes are damaged");
        }
    }

    /// Figures for metrics.
    pub fn stats(&self) -> Stats {
        let counters = &self.counters;
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let state = self.state();
        let (segments, spares) = self.segments.counts();
        Stats {
            commits: get(&counters.commits),
            refused: get(&counters.refused),
            syncs: get(&counters.syncs),
            syncs_failed: get(&counters.syncs_failed),
            journal_bytes: get(&counters.journal_bytes),
            journal_micros: get(&counters.journal_micros),
            folds: get(&counters.folds),
            corrupt_reads: get(&counters.corrupt_reads),
            parked: get(&counters.parked),
            position: state.position,
            memtable_rows: state.map.len() as u64 + state.folding.as_ref().map_or(0, |map| map.len() as u64),
            segments: segments as u64,
            spares: spares as u64,
            logs: self.logs.len() as u64,
            index_bytes: self.base.disk_bytes(),
            free_bytes: self.disk.free_bytes().unwrap_or(0),
            failed: self.failure.get().is_some(),
        }
    }
}

/// Bytes before the ids in a row of ids: the time of the fold in milliseconds.
const IDS_TIME: usize = 8;
/// Ids in one row.
const IDS_ROW: usize = 4096;

/// The rows that keep sorted ids of one fold.
pub fn ids_rows(position: u64, now_ms: i64, ids: &[u128]) -> impl Iterator<Item = (Bytes, Bytes)> {
    ids.chunks(IDS_ROW).map(move |ids| {
        let mut value = Vec::with_capacity(IDS_TIME + ids.len() * 16);
        value.extend_from_slice(&now_ms.to_le_bytes());
        for id in ids {
            value.extend_from_slice(&id.to_be_bytes());
        }
        (rows::ids_key(position, ids[0]), value.into())
    })
}

/// When the ids of a row were folded.
pub fn ids_time(value: &[u8]) -> Option<i64> {
    value.first_chunk().map(|bytes| i64::from_le_bytes(*bytes))
}

fn ids_contain(value: &[u8], id: u128) -> bool {
    let ids = value.get(IDS_TIME..).unwrap_or_default();
    let (ids, _) = ids.as_chunks::<16>();
    ids.binary_search_by(|probe| u128::from_be_bytes(*probe).cmp(&id)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_is_found_where_it_was_put(mut ids in proptest::collection::btree_set(any::<u128>(), 1..50), other: u128) {
            ids.remove(&other);
            prop_assume!(!ids.is_empty());
            let ids: Vec<u128> = ids.into_iter().collect();
            let rows: Vec<_> = ids_rows(7, -5, &ids).collect();
            prop_assert_eq!(ids_time(&rows[0].1), Some(-5));
            prop_assert!(ids.iter().all(|id| ids_contain(&rows[0].1, *id)));
            prop_assert!(!ids_contain(&rows[0].1, other));
        }
    }
}
