//! What wakes the mover, and what its thread does then.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::oneshot;

use super::{MoveError, Mover};
use crate::archive::Archives;
use crate::blobs::Blobs;
use crate::engine::queue::Job;
use crate::engine::shared::Shared;

/// How long after a failure the mover tries again, if nobody rings before.
const RETRY: Duration = Duration::from_secs(5);

/// Rings when there may be something to do.
#[derive(Default)]
pub struct Bell {
    state: Mutex<State>,
    rang: Condvar,
}

#[derive(Default)]
struct State {
    rung: u64,
    done: u64,
    closed: bool,
    waiting: Vec<(u64, oneshot::Sender<()>)>,
}

impl Bell {
    /// A segment was sealed, a horizon raised, a log deleted or a blob's last reference dropped.
    pub fn ring(&self) {
        self.lock().rung += 1;
        self.rang.notify_one();
    }

    /// Stops the thread.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.clear();
        drop(state);
        self.rang.notify_one();
    }

    /// Rings, and waits until all there is to do now is done, or has failed, or the store is closed.
    pub async fn settle(&self) {
        let (answer, answered) = oneshot::channel();
        {
            let mut state = self.lock();
            if state.closed {
                return;
            }
            state.rung += 1;
            let target = state.rung;
            state.waiting.push((target, answer));
        }
        self.rang.notify_one();
        // An error says that the store was closed.
        let _ = answered.await;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while the bell is held")
    }

    fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Waits for a ring; `None` when closed.
    fn wait(&self, retry: bool) -> Option<u64> {
        let is_quiet = |state: &mut State| !state.closed && state.rung == state.done;
        let state = self.lock();
        let state = if retry {
            self.rang
                .wait_timeout_while(state, RETRY, is_quiet)
                .expect("nothing panics while the bell is held")
                .0
        } else {
            self.rang.wait_while(state, is_quiet).expect("nothing panics while the bell is held")
        };
        (!state.closed).then_some(state.rung)
    }

    fn done(&self, rung: u64) {
        let mut state = self.lock();
        state.done = rung;
        let (done, waiting) =
            std::mem::take(&mut state.waiting).into_iter().partition(|(target, _)| *target <= rung);
        state.waiting = waiting;
        drop(state);
        let done: Vec<(u64, oneshot::Sender<()>)> = done;
        for (_, answer) in done {
            // Whoever asked may have gone away.
            let _ = answer.send(());
        }
    }
}

/// The life of the mover's thread.
pub fn mover_thread(shared: &Arc<Shared>, blobs: &Arc<Blobs>, archives: &Arc<Archives>) {
    let mut mover = Mover::new(shared.clone(), blobs.clone(), archives.clone());
    let bell = &shared.mover;
    // What an earlier run left to do.
    bell.ring();
    let mut retry = false;
    while let Some(rung) = bell.wait(retry) {
        // All it has to do is in rows, so what a panic broke off is found again.
        let worked = catch_unwind(AssertUnwindSafe(|| work(&mut mover, shared)));
        bell.done(rung);
        let failed = !matches!(worked, Ok(Ok(())));
        if shared.counters.mover_failing.note(failed) {
            shared.queue.report(Job::Stuck);
        }
        retry = match worked {
            Ok(Ok(())) => false,
            Ok(Err(MoveError::Closed)) => return,
            Ok(Err(error)) => {
                tracing::warn!(%error, "moving is postponed");
                true
            }
            Err(_) => {
                tracing::error!("the mover panicked; it tries again");
                true
            }
        };
    }
}

/// Does all there is to do: what frees space first.
fn work(mover: &mut Mover, shared: &Shared) -> Result<(), MoveError> {
    while !shared.mover.is_closed() {
        let busy = mover.trim()? || mover.sweep()? || mover.move_one()? || mover.rewrite_one()?;
        shared.segments.trim(!busy)?;
        if !busy {
            return Ok(());
        }
    }
    Ok(())
}
