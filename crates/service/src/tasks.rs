//! The one shape of background work.
//!
//! A task is a named future that owns its state, waits on wake-ups or on the [`Timer`] (never polls), and returns when its [`Stop`] is
//! asked to. [`Tasks`] starts them, restarts one that panicked or failed (after a growing pause, so that a broken disk does not
//! become a busy loop), and at shutdown asks all to stop and waits for them. What a task does must be idempotent and resumable: it may be
//! killed at any await and run again from the store's state.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Waits for points in time of the movable clock.
#[derive(Clone, Debug)]
pub struct Timer {
    clock: Clock,
    moved: watch::Receiver<Timestamp>,
}

/// The longest single wait: a bound for sleeping through changes of the system's clock (suspend, NTP).
const WAIT_MAX: Duration = Duration::from_secs(60);

impl Timer {
    /// A timer for this clock.
    pub fn new(clock: Clock) -> Self {
        let (tell, moved) = watch::channel(clock.now());
        clock.on_move(Box::new(move |now| {
            tell.send_replace(now);
        }));
        Self { clock, moved }
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Returns once the clock's `now` is at or past `when`, also when the clock is moved there.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that waits; it follows the movable clock"
    )]
    pub async fn sleep_until(&self, when: Timestamp) {
        let mut moved = self.moved.clone();
        loop {
            moved.borrow_and_update();
            let left = when.since(self.clock.now());
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left.min(WAIT_MAX)) => {}
                // The sender lives as long as the clock, which `self` holds.
                _ = moved.changed() => {}
            }
        }
    }

    /// Returns after `pause` of the movable clock.
    pub async fn sleep(&self, pause: Duration) {
        self.sleep_until(self.clock.now().plus(pause)).await;
    }
}

/// Tells a task that it is time to end.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Whether it is time to end.
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when it is time to end.
    pub async fn asked(&self) {
        let mut watch = self.0.clone();
        // An error means that `Tasks` is gone: then it is time to end, too.
        let _ = watch.wait_for(|asked| *asked).await;
    }

    /// Runs `work` unless it is time to end first; `None` then.
    pub async fn unless<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.asked() => None,
            done = work => Some(done),
        }
    }
}

/// Why a task gave up for now. It is started again.
pub type TaskError = Box<dyn std::error::Error + Send + Sync>;

/// Starts, restarts and stops background work. Clones share it.
#[derive(Clone)]
pub struct Tasks {
    stop: Arc<watch::Sender<bool>>,
    running: Arc<std::sync::Mutex<JoinSet<()>>>,
    timer: Timer,
}

const PAUSE_MIN: Duration = Duration::from_millis(200);
const PAUSE_MAX: Duration = Duration::from_secs(30);

impl Tasks {
    /// None running yet.
    pub fn new(timer: Timer) -> Self {
        Self { stop: Arc::new(watch::Sender::new(false)), running: Arc::default(), timer }
    }

    /// The timer tasks wait on.
    pub fn timer(&self) -> &Timer {
        &self.timer
    }

    /// What tells that it is time to end.
    pub fn stop_signal(&self) -> Stop {
        Stop(self.stop.subscribe())
    }

    /// Starts a task under a name for the logs. `make` is called again whenever the task failed or panicked; a task that returns `Ok` is over.
    pub fn start<F, W>(&self, name: impl Into<String>, make: F)
    where
        F: Fn(Stop) -> W + Send + 'static,
        W: Future<Output = Result<(), TaskError>> + Send + 'static,
    {
        let name = name.into();
        let stop = self.stop_signal();
        let mut running = self.running.lock().expect("nothing panics while the set is held");
        // What has ended is forgotten here, so that the set holds running tasks only.
        while running.try_join_next().is_some() {}
        running.spawn(supervise(name, stop, self.timer.clock().clone(), make));
    }

    /// Asks every task to end and waits for all, at most `patience`. True if all ended.
    pub async fn stop(&self, patience: Duration) -> bool {
        self.stop.send_replace(true);
        let mut set =
            std::mem::take(&mut *self.running.lock().expect("nothing panics while the set is held"));
        let all = async { while set.join_next().await.is_some() {} };
        tokio::time::timeout(patience, all).await.is_ok()
    }
}

async fn supervise<F, W>(name: String, stop: Stop, clock: Clock, make: F)
where
    F: Fn(Stop) -> W,
    W: Future<Output = Result<(), TaskError>> + Send + 'static,
{
    let mut pause = PAUSE_MIN;
    while !stop.is_asked() {
        let began = clock.monotonic();
        // A set of one: dropping it, when patience has run out, ends the task as well.
        let mut run = JoinSet::new();
        run.spawn(make(stop.clone()));
        match run.join_next().await.expect("one was spawned") {
            Ok(Ok(())) => return,
            Ok(Err(error)) => tracing::warn!(task = name, %error, "task failed; it will run again"),
            Err(crash) if crash.is_panic() => {
                tracing::error!(task = name, "task panicked; it will run again")
            }
            Err(_) => return,
        }
        if clock.monotonic().saturating_sub(began) > PAUSE_MAX {
            pause = PAUSE_MIN;
        }
        // A wall-clock pause: moving the clock must not turn a failing task into a busy one.
        if stop.unless(wall_pause(pause)).await.is_none() {
            return;
        }
        pause = (pause * 2).min(PAUSE_MAX);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a pause between failures is real time, whatever the movable clock says"
)]
async fn wall_pause(pause: Duration) {
    tokio::time::sleep(pause).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn moving_the_clock_wakes_a_sleeper() {
        let clock = Clock::manual(Timestamp::EPOCH);
        let timer = Timer::new(clock.clone());
        let sleeper = tokio::spawn(async move { timer.sleep(Duration::from_secs(86_400)).await });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_secs(86_400));
        sleeper.await.unwrap();
    }

    #[tokio::test]
    async fn a_failing_task_runs_again_and_all_stop_when_asked() {
        let tasks = Tasks::new(Timer::new(Clock::manual(Timestamp::EPOCH)));
        let runs = Arc::new(AtomicU32::new(0));
        let (again, mut ran_again) = watch::channel(0);
        let again = Arc::new(again);
        let count = runs.clone();
        tasks.start("test", move |stop| {
            let run = count.fetch_add(1, Ordering::SeqCst) + 1;
            let again = again.clone();
            async move {
                again.send_replace(run);
                if run == 1 {
                    return Err("first run fails".into());
                }
                stop.asked().await;
                Ok(())
            }
        });
        ran_again.wait_for(|run| *run == 2).await.unwrap();
        assert!(tasks.stop(Duration::from_secs(5)).await);
    }
}
