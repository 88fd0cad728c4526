//! The keeper: what has to be done some time, on a thread that does nothing else.
//!
//! It fills the journal's next segment ahead of the writer, removes blob files that nothing refers to, and drops the runs that a horizon or a
//! deletion cut off. It is woken when there is something to do. What it has left to do is in rows, so a crash loses nothing; blob files
//! that no row names (an upload that a crash broke off) are found once after each start.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};

use bytes::Bytes;
use store::{BlobRef, Check, Commit, CommitError, CommitId, LogId, ReadError, Version, Write};

use super::shared::Shared;
use crate::blobs::Blobs;
use crate::index::rows::{self, LogRow, RunRow};

/// Rows handled in one commit.
const SLICE: usize = 1_000;

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
    sweep: bool,
    trim: bool,
    released: Vec<BlobRef>,
    closed: bool,
}

impl Keeper {
    /// The writer's segment is used up to here.
    pub fn prepare_segments(&self, used: u64) {
        self.used.store(used, Ordering::Release);
        self.ask(|asked| asked.segments = true);
    }

    /// Some blob files are dead.
    pub fn sweep(&self) {
        self.ask(|asked| asked.sweep = true);
    }

    /// Some logs have runs that are cut off.
    pub fn trim(&self) {
        self.ask(|asked| asked.trim = true);
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

    fn wait(&self) -> Option<Asked> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if state.segments || state.sweep || state.trim || !state.released.is_empty() {
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
    note(sweep(shared, blobs));
    note(trim(shared));
    while let Some(asked) = shared.keeper.wait() {
        if asked.segments {
            prepare_segments(shared);
        }
        if !asked.released.is_empty() {
            note(remove_unreferenced(shared, blobs, asked.released));
        }
        if asked.sweep {
            note(sweep(shared, blobs));
        }
        if asked.trim {
            note(trim(shared));
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
fn remove_unreferenced(shared: &Shared, blobs: &Blobs, candidates: Vec<BlobRef>) -> Result<(), Postponed> {
    // A commit that counts one of them may be on its way: after the barrier it shows.
    if !shared.barrier_blocking() {
        return Ok(());
    }
    let state = shared.state();
    for blob in candidates {
        if !shared.is_guarded(blob) && state.get(&rows::blob_key(blob))?.is_none() {
            blobs.remove_file(blob)?;
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
        let files = blobs.list_files(part)?;
        if !files.is_empty() {
            remove_unreferenced(shared, blobs, files)?;
        }
    }
    Ok(())
}

/// Removes the files of blobs whose last reference is gone.
fn sweep(shared: &Shared, blobs: &Blobs) -> Result<(), Postponed> {
    let (mut start, end) = rows::dead_blobs();
    loop {
        let dead: Vec<_> = shared.state().range(&start, &end, false).take(SLICE).collect::<Result<_, _>>()?;
        let Some((last, ..)) = dead.last() else { return Ok(()) };
        start = after(last);
        let mut done = Vec::new();
        for (key, version, _) in dead {
            let Some(blob) = rows::id_of(&key).map(BlobRef) else { continue };
            if shared.is_guarded(blob) {
                continue;
            }
            // Somebody who guarded it may have counted it again.
            if shared.state().get(&rows::blob_key(blob))?.is_none() {
                blobs.remove_file(blob)?;
            }
            done.push((key, version));
        }
        remove_rows(shared, done)?;
    }
}

/// Removes the runs that horizons and deletions cut off.
fn trim(shared: &Shared) -> Result<(), Postponed> {
    let mut seen = HashSet::new();
    loop {
        let (start, end) = rows::trims();
        let mut found = shared.state().range(&start, &end, false);
        let Some((key, version, _)) =
            found.find(|row| row.as_ref().map_or(true, |row| !seen.contains(&row.0))).transpose()?
        else {
            return Ok(());
        };
        drop(found);
        seen.insert(key.clone());
        if let Some(log) = rows::id_of(&key).map(LogId) {
            trim_log(shared, log)?;
        }
        remove_rows(shared, vec![(key, version)])?;
        if shared.keeper.is_closed() {
            return Ok(());
        }
    }
}

fn trim_log(shared: &Shared, log: LogId) -> Result<(), Postponed> {
    let (mut start, end) = (rows::run_key(log, 0), rows::run_key_after(log, u64::MAX));
    loop {
        let state = shared.state();
        let Some(value) = state.get(&rows::log_key(log))?.and_then(|row| row.value) else { return Ok(()) };
        let row: LogRow = rows::decode(&value)?;
        let mut cut = Vec::new();
        let mut last = None;
        for found in state.range(&start, &end, false).take(SLICE) {
            let (key, version, value) = found?;
            let run: RunRow = rows::decode(&value)?;
            if !row.deleted && run.end > row.horizon {
                break;
            }
            last = Some(key.clone());
            cut.push((key, version));
        }
        let Some(last) = last else { return Ok(()) };
        start = after(&last);
        remove_rows(shared, cut)?;
    }
}

/// Removes rows as far as nobody has changed them meanwhile.
fn remove_rows(shared: &Shared, rows: Vec<(Bytes, u64)>) -> Result<(), Postponed> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut commit = Commit::new(CommitId(shared.own_id()));
    for (key, version) in rows {
        commit.check(Check::VersionIs(key.clone(), Version(version)));
        commit.writes.push(Write { key, value: None });
    }
    match shared.commit_own(commit) {
        // Somebody changed one of them, and asked the keeper again.
        Ok(_) | Err(CommitError::Check { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn after(key: &Bytes) -> Bytes {
    let mut next = key.to_vec();
    next.push(0);
    next.into()
}
