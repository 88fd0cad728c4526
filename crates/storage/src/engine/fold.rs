//! Folding: the memtable's rows go into the base, and the base is kept tidy, beside the journal's thread.
//!
//! One thread folds, one at a time. Another compacts after each fold, so that a long merge does not hold up the next fold. A fold that fails
//! is tried again until it succeeds or the store closes: meanwhile the journal has everything, and the memtable grows up to its bound.

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;

use super::queue::Job;
use super::shared::{self, Counters, Shared};
use crate::index::rows::{self, Checkpoint};
use crate::index::{BaseError, Map, Row};

/// How long ids of commits are kept.
const IDS_KEPT: Duration = Duration::from_secs(24 * 3600);

/// Rows of ids that one fold removes at the most.
const IDS_EXPIRED: usize = 64;

/// How long to wait before a fold that failed is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Rows to fold.
pub struct Fold {
    /// The rows.
    pub rows: Map,
    /// Where replay starts once they are in the base.
    pub checkpoint: Checkpoint,
    /// The commits' ids, as they came.
    pub ids: Arc<Vec<u128>>,
}

/// What the folding and compacting threads are asked to do.
#[derive(Default)]
pub struct Folds {
    state: Mutex<Asked>,
    came: Condvar,
}

#[derive(Default)]
struct Asked {
    fold: Option<Fold>,
    /// Rows that were folded: to let go of so many takes its time.
    folded: Option<Map>,
    compact: bool,
    /// The store is closing: what fails now is not tried again.
    closing: bool,
    closed: bool,
}

impl Folds {
    /// Asks for a fold. None is running.
    pub fn ask(&self, fold: Fold) {
        self.lock().fold = Some(fold);
        self.came.notify_all();
    }

    /// Lets go of rows that were folded, beside the journal's thread.
    pub fn discard(&self, rows: Option<Map>) {
        let before = std::mem::replace(&mut self.lock().folded, rows);
        drop(before);
        self.came.notify_all();
    }

    fn ask_compaction(&self) {
        self.lock().compact = true;
        self.came.notify_all();
    }

    /// From now on a fold that fails is not tried again: the next start replays the journal instead.
    pub fn begin_close(&self) {
        self.lock().closing = true;
        self.came.notify_all();
    }

    /// Stops both threads.
    pub fn close(&self) {
        self.lock().closed = true;
        self.came.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Asked> {
        self.state.lock().expect("nothing panics while the list is held")
    }

    /// Waits for what `take` finds; `None` when closed.
    fn wait<T>(&self, mut take: impl FnMut(&mut Asked) -> Option<T>) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(found) = take(&mut state) {
                return Some(found);
            }
            if state.closed {
                return None;
            }
            state = self.came.wait(state).expect("nothing panics while the list is held");
        }
    }

    /// Waits a while; false when the store is closing.
    fn pause(&self, time: Duration) -> bool {
        let state = self.lock();
        let waited = self.came.wait_timeout_while(state, time, |state| !state.closing);
        !waited.expect("nothing panics while the list is held").0.closing
    }
}

/// The life of the folding thread.
pub fn fold_thread(shared: &Shared) {
    let next = |asked: &mut Asked| {
        let folded = asked.folded.take();
        (folded.is_some() || asked.fold.is_some()).then(|| (folded, asked.fold.take()))
    };
    while let Some((folded, fold)) = shared.folds.wait(next) {
        drop(folded);
        let Some(fold) = fold else { continue };
        let rows = with_own_rows(shared, fold);
        let result = loop {
            let folded = shared.base.fold(&rows);
            if shared.counters.fold_failing.note(folded.is_err()) {
                shared.queue.report(Job::Stuck);
            }
            match folded {
                Ok(()) => break Ok(()),
                Err(error) => {
                    tracing::error!(%error, "the index could not be written; trying again");
                    if !shared.folds.pause(RETRY) {
                        break Err(error.to_string());
                    }
                }
            }
        };
        if result.is_ok() {
            Counters::add(&shared.counters.folds, 1);
            shared.folds.ask_compaction();
        }
        shared.queue.report(Job::Folded(result));
    }
}

/// The rows of a fold with the checkpoint, the new ids, and without ids that are too old.
fn with_own_rows(shared: &Shared, fold: Fold) -> Map {
    let Fold { mut rows, checkpoint, ids } = fold;
    let version = checkpoint.position;
    let now_ms = shared.clock.now().as_millis();
    let mut put = |key: Bytes, value: Option<Bytes>| rows.insert(key, Row { version, value });
    match expired_ids(shared, now_ms) {
        Ok(keys) => keys.into_iter().for_each(|key| drop(put(key, None))),
        Err(error) => tracing::warn!(%error, "old commit ids could not be listed"),
    }
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    for (key, value) in shared::ids_rows(checkpoint.position, now_ms, &ids) {
        put(key, Some(value));
    }
    put(Bytes::from_static(&rows::CHECKPOINT), Some(rows::encode(&checkpoint)));
    rows
}

fn expired_ids(shared: &Shared, now_ms: i64) -> Result<Vec<Bytes>, store::ReadError> {
    let (start, end) = rows::ids_range();
    let oldest = now_ms.saturating_sub(IDS_KEPT.as_millis() as i64);
    let mut keys = Vec::new();
    for found in shared.base.view().range(&start, &end, false).take(IDS_EXPIRED) {
        let (key, row) = found?;
        let time = row.value.as_deref().and_then(shared::ids_time);
        if time.is_some_and(|time| time >= oldest) {
            break;
        }
        keys.push(key);
    }
    Ok(keys)
}

/// The life of the compacting thread.
pub fn compact_thread(shared: &Shared) {
    while shared.folds.wait(|asked| std::mem::take(&mut asked.compact).then_some(())).is_some() {
        match shared.base.compact() {
            Ok(true) => shared.queue.report(Job::Compacted),
            Ok(false) => {}
            Err(BaseError(error)) => tracing::error!(%error, "the index could not be compacted"),
        }
    }
}
