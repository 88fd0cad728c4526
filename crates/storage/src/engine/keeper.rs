//! The keeper: what has to be done some time, on a thread that does nothing else.
//!
//! It fills the journal's next segment ahead of the writer, and removes the files of uploads that nothing ever referred to. It is woken when
//! there is something to do. Files left behind by a crash are found once after each start. What was referred to once and is no more is the
//! mover's.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};

use store::{BlobRef, CommitError, ReadError};

use super::shared::Shared;
use crate::blobs::{Blobs, FileAt};
use crate::mover;

/// What the keeper is asked to do.
#[derive(Default)]
pub struct Keeper {
    state: Mutex<Asked>,
    came: Condvar,
    used: AtomicU64,
}

#[derive(Default)]
struct Asked {
    segments: bool,
    released: Vec<BlobRef>,
    closed: bool,
}

impl Keeper {
    /// The writer's segment is used up to here.
    pub fn prepare_segments(&self, used: u64) {
        self.used.store(used, Ordering::Release);
        self.ask(|asked| asked.segments = true);
    }

    /// A blob is guarded no more.
    pub fn look_at(&self, blob: BlobRef) {
        self.ask(|asked| asked.released.push(blob));
    }

    /// Stops the thread.
    pub fn close(&self) {
        self.ask(|asked| asked.closed = true);
    }

    fn ask(&self, change: impl FnOnce(&mut Asked)) {
        change(&mut self.lock());
        self.came.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Asked> {
        self.state.lock().expect("nothing panics while the list is held")
    }

    fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Whether segments are to be prepared; they are then.
    fn take_segments(&self) -> bool {
        std::mem::take(&mut self.lock().segments)
    }

    fn wait(&self) -> Option<Asked> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if state.segments || !state.released.is_empty() {
                return Some(std::mem::take(&mut state));
            }
            state = self.came.wait(state).expect("nothing panics while the list is held");
        }
    }
}

/// The life of the keeper's thread.
pub fn keeper_thread(shared: &Shared, blobs: &Blobs) {
    prepare_segments(shared);
    note(remove_orphans(shared, blobs));
    while let Some(asked) = shared.keeper.wait() {
        if asked.segments {
            prepare_segments(shared);
        }
        if !asked.released.is_empty() {
            let uploaded = |blob| FileAt { volume: None, blob, number: 0 };
            let files = asked.released.into_iter().map(uploaded).collect();
            note(remove_unreferenced(shared, blobs, files));
        }
    }
}

/// Why something could not be done now. It stays to be done: the next start finds it again.
#[derive(Debug, thiserror::Error)]
enum Postponed {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Commit(#[from] CommitError),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

fn note(result: Result<(), Postponed>) {
    match result {
        Ok(()) | Err(Postponed::Commit(CommitError::Closed)) => {}
        Err(error) => tracing::warn!(%error, "tidying up is postponed"),
    }
}

fn prepare_segments(shared: &Shared) {
    loop {
        let used = shared.keeper.used.load(Ordering::Acquire);
        match shared.segments.prepare(used) {
            Ok(true) if !shared.keeper.is_closed() => {}
            Ok(_) => return,
            // The writer will make the file itself, or meet the same error and refuse.
            Err(error) => return tracing::warn!(%error, "the next journal segment could not be prepared"),
        }
    }
}

/// Removes the files of blobs whose last guard was dropped before anything counted them.
fn remove_unreferenced(shared: &Shared, blobs: &Blobs, candidates: Vec<FileAt>) -> Result<(), Postponed> {
    // A commit that counts one of them may be on its way: after the barrier it shows.
    if !shared.barrier_blocking() {
        return Ok(());
    }
    for file in candidates {
        // In this order: what was moved a moment ago is in the state that is read then.
        let in_use = shared.is_guarded(file.blob) || shared.is_moving(file.blob);
        if !in_use && !mover::names(&shared.state(), file)? {
            blobs.remove_file(file)?;
        }
    }
    Ok(())
}

/// Removes files that no row names and nobody is writing.
fn remove_orphans(shared: &Shared, blobs: &Blobs) -> Result<(), Postponed> {
    for part in 0..=u8::MAX {
        if shared.keeper.is_closed() {
            return Ok(());
        }
        // There may be very many files, and the journal does not wait for that.
        if shared.keeper.take_segments() {
            prepare_segments(shared);
        }
        let files = blobs.list_files(part)?;
        if !files.is_empty() {
            remove_unreferenced(shared, blobs, files)?;
        }
    }
    Ok(())
}
