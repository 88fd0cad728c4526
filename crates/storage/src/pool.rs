//! Threads for work that may wait for the disk, so that no async thread does.
//!
//! A pool starts its threads as work comes and keeps at most so many. What is queued is bounded by the callers: an open body has at most
//! its read-ahead here, an upload one buffer. A panic in the work becomes a panic of whoever waits for it, and the thread lives on.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use tokio::sync::oneshot;

type Work = Box<dyn FnOnce() + Send>;

/// A bounded set of threads. Dropping it lets queued work finish.
pub struct Pool(Arc<Shared>);

struct Shared {
    name: &'static str,
    threads_max: usize,
    state: Mutex<State>,
    work_came: Condvar,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Work>,
    threads: usize,
    idle: usize,
    closed: bool,
}

/// Work that a pool was given; waits for its result.
pub struct Pending<T>(oneshot::Receiver<T>);

impl<T> Pending<T> {
    /// The result.
    ///
    /// # Panics
    /// When the work panicked.
    pub async fn wait(self) -> T {
        self.0.await.expect("work given to the pool does not panic")
    }
}

impl Pool {
    /// A pool of at most `threads_max` threads called `name`.
    pub fn new(name: &'static str, threads_max: usize) -> Self {
        Self(Arc::new(Shared { name, threads_max, state: Mutex::default(), work_came: Condvar::new() }))
    }

    /// Queues work. It runs even if nobody waits for it.
    pub fn start<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Pending<T> {
        let (sender, receiver) = oneshot::channel();
        self.queue(Box::new(move || {
            // Nobody need wait any more.
            let _ = sender.send(work());
        }));
        Pending(receiver)
    }

    /// Runs work on a thread of the pool and waits for its result.
    ///
    /// # Panics
    /// When the work panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        self.start(work).wait().await
    }

    fn queue(&self, work: Work) {
        let mut state = self.0.lock();
        state.queue.push_back(work);
        if state.idle >= state.queue.len() || state.threads == self.0.threads_max {
            drop(state);
            self.0.work_came.notify_one();
            return;
        }
        let shared = self.0.clone();
        let started = std::thread::Builder::new().name(self.0.name.to_owned()).spawn(move || shared.work());
        match started {
            Ok(_) => state.threads += 1,
            // The threads there are will get to it.
            Err(error) if state.threads > 0 => tracing::warn!(%error, "no further thread could be started"),
            Err(error) => panic!("no thread could be started at all: {error}"),
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.work_came.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while the queue is held")
    }

    fn work(&self) {
        let mut state = self.lock();
        loop {
            if let Some(work) = state.queue.pop_front() {
                drop(state);
                // The sender of the result is dropped by a panic, which tells whoever waits.
                if catch_unwind(AssertUnwindSafe(work)).is_err() {
                    tracing::error!(pool = self.name, "work panicked");
                }
                state = self.lock();
            } else if state.closed {
                return;
            } else {
                state.idle += 1;
                state = self.work_came.wait(state).expect("nothing panics while the queue is held");
                state.idle -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_executor::block_on;
    use futures_util::future::join_all;

    #[test]
    fn work_runs_side_by_side_up_to_the_bound() {
        let pool = Pool::new("test", 3);
        let meet = Arc::new(std::sync::Barrier::new(3));
        let all = (0..9).map(|n| {
            let meet = meet.clone();
            pool.run(move || {
                meet.wait();
                n
            })
        });
        assert_eq!(block_on(join_all(all)), (0..9).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_is_passed_on_and_the_thread_lives() {
        let pool = Arc::new(Pool::new("test", 1));
        let waiting = pool.start(|| panic!("on purpose"));
        let passed_on = catch_unwind(AssertUnwindSafe(|| block_on(waiting.wait())));
        assert!(passed_on.is_err());
        assert_eq!(block_on(pool.run(|| 5)), 5);
    }
}
