//! What the journal's thread is asked to do, by whoever asks.
//!
//! The thread takes all that has come at once. Callers hold permits for the bytes they queue, so that the queue is bounded in bytes;
//! nobody waits for a lock longer than a push takes.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard};

use bytes::Bytes;
use store::{Commit, CommitError, Committed};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::index::Row;
use crate::journal::frame;

/// What is queued.
pub enum Job {
    /// A commit of a room.
    Commit(Box<Pending>),
    /// Answers once all frames so far are durable.
    Barrier {
        /// Also wait until all commits that were queued before are decided.
        decided: bool,
        /// Who waits.
        answer: oneshot::Sender<()>,
    },
    /// Starts a fold as soon as none is running; answers when it has finished.
    Fold(oneshot::Sender<Result<(), String>>),
    /// The fold that was running has finished.
    Folded(Result<(), String>),
    /// Compaction has changed the base.
    Compacted,
    /// The mover or the fold fails all the time, or does no more.
    Stuck,
}

/// A commit that waits for its turn.
pub struct Pending {
    /// The commit, within bounds.
    pub commit: Commit,
    /// Rows of the base that it needs, read before it was queued.
    pub warm: Warm,
    /// See [`frame::size_of`].
    pub size: usize,
    /// The engine's own: taken even when the disk is full.
    pub own: bool,
    /// Its share of the bytes that may be queued: held by the commit itself, since whoever waits for it may go away. The engine's own have none.
    pub permit: Option<OwnedSemaphorePermit>,
    /// Who waits.
    pub answer: oneshot::Sender<Result<Committed, CommitError>>,
}

impl Pending {
    /// Puts it together. What the commit takes in a frame is counted here, by whoever asks, so that the journal's thread need not.
    pub fn new(
        commit: Commit,
        warm: Warm,
        permit: Option<OwnedSemaphorePermit>,
        answer: oneshot::Sender<Result<Committed, CommitError>>,
    ) -> Box<Self> {
        let (size, own) = (frame::size_of(&commit), permit.is_none());
        Box::new(Self { commit, warm, size, own, permit, answer })
    }
}

/// Rows read from the base by the caller, so that the journal's thread need not wait for the disk.
#[derive(Default)]
pub struct Warm {
    /// Folds that had finished when they were read.
    pub generation: u64,
    /// Key and row.
    pub rows: HashMap<Bytes, Option<Row>>,
}

impl Warm {
    /// What is known of a key, if no fold has finished since.
    pub fn get(&self, key: &[u8], generation: u64) -> Option<&Option<Row>> {
        if generation != self.generation {
            return None;
        }
        self.rows.get(key)
    }
}

/// The queue.
#[derive(Default)]
pub struct Queue {
    state: Mutex<State>,
    came: Condvar,
}

#[derive(Default)]
struct State {
    jobs: Vec<Job>,
    closed: bool,
    sleeping: bool,
}

impl Queue {
    /// Queues a job, or gives it back when the queue is closed.
    pub fn push(&self, job: Job) -> Result<(), Job> {
        let mut state = self.lock();
        if state.closed {
            return Err(job);
        }
        state.jobs.push(job);
        let sleeping = std::mem::take(&mut state.sleeping);
        drop(state);
        if sleeping {
            self.came.notify_one();
        }
        Ok(())
    }

    /// Queues what the engine's own threads report: taken even when the queue is closed.
    pub fn report(&self, job: Job) {
        let mut state = self.lock();
        state.jobs.push(job);
        let sleeping = std::mem::take(&mut state.sleeping);
        drop(state);
        if sleeping {
            self.came.notify_one();
        }
    }

    /// Takes all that has come, waiting for the first. `expecting`: a report will come, so wait even when the queue is closed.
    /// False when nothing more will come. `jobs` is empty.
    pub fn take(&self, jobs: &mut Vec<Job>, expecting: bool) -> bool {
        let mut state = self.lock();
        loop {
            if !state.jobs.is_empty() {
                std::mem::swap(&mut state.jobs, jobs);
                return true;
            }
            if state.closed && !expecting {
                return false;
            }
            state.sleeping = true;
            state = self.came.wait(state).expect("nothing panics while the queue is held");
        }
    }

    /// Takes nothing more. What is queued is still done.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.sleeping = false;
        drop(state);
        self.came.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while the queue is held")
    }
}
