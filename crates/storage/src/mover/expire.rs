//! Letting go of what nobody can read any more.
//!
//! A raised horizon, a deleted log and a dropped last reference each leave a row behind in the very commit that made them, so nothing is
//! forgotten by a crash. The mover goes through these rows: it removes the rows of runs that are cut off, counts the dead bytes of each
//! archive file and pack in the file's row, and removes files of which nothing lives. It alone changes rows of files and of
//! runs that have moved, so it need not check that they are as it read them.

use std::collections::BTreeMap;

use bytes::Bytes;
use store::{Check, CommitError, LogId, ReadError, Version, Write};

use super::{MoveError, Mover, delete, failed, put};
use crate::archive::{self, FileId};
use crate::blobs::{BlobFile, FileAt, packs};
use crate::index::rows::{self, BlobPlace, BlobRow, FileRow, LogRow, RunPlace, RunRow};
use crate::index::state::State;

/// Runs or blobs looked at in one slice.
const SLICE: usize = 1_000;

/// Dead bytes by file.
#[derive(Default)]
struct Dead {
    archives: BTreeMap<u64, u64>,
    packs: BTreeMap<u64, u64>,
}

/// Files of which nothing lives any more.
#[derive(Default)]
struct Gone {
    archives: Vec<FileId>,
    packs: Vec<u64>,
}

impl Mover {
    /// Removes a slice of the runs that horizons and deletions cut off. False when there are none.
    pub fn trim(&mut self) -> Result<bool, MoveError> {
        let (start, end) = rows::trims();
        let state = self.shared.state();
        let Some((key, version, _)) = state.range(&start, &end, false).next().transpose()? else {
            return Ok(false);
        };
        let cut = match rows::id_of(&key).map(LogId) {
            Some(log) => cut_off(&state, log)?,
            None => Vec::new(),
        };
        let is_last = cut.len() < SLICE;
        let mut dead = Dead::default();
        let mut writes = Vec::with_capacity(cut.len());
        for (key, run) in cut {
            if let RunPlace::Archive { file, bytes, .. } = run.place {
                *dead.archives.entry(file).or_default() += bytes;
            }
            writes.push(delete(key));
        }
        self.bury(&state, writes, dead)?;
        if is_last {
            // Somebody may have cut off more meanwhile: then the row is another one, and stays.
            self.remove_unless_changed(vec![(key, version)])?;
        }
        Ok(true)
    }

    /// Lets go of a slice of the blobs whose last reference is gone. False when there is nothing left to do now.
    pub fn sweep(&mut self) -> Result<bool, MoveError> {
        let (start, end) = rows::dead_blobs();
        let found: Vec<_> =
            self.shared.state().range(&start, &end, false).take(SLICE).collect::<Result<_, _>>()?;
        let mut done = Vec::new();
        let mut dead = Dead::default();
        let mut files = Vec::new();
        for (key, version, value) in found {
            let Some(blob) = rows::dead_blob(&key) else { continue };
            // Whoever guards it may count it again.
            if self.shared.is_guarded(blob) {
                continue;
            }
            let place: BlobPlace = rows::decode(&value)?;
            files.extend(place.file(blob));
            match place {
                BlobPlace::File { .. } | BlobPlace::Copy { .. } => {}
                BlobPlace::Pack { pack, bytes, .. } => {
                    *dead.packs.entry(pack).or_default() += packs::entry_bytes(u64::from(bytes));
                }
                BlobPlace::Journal { .. } => {}
            }
            done.push((key, version));
        }
        if done.is_empty() {
            return Ok(false);
        }
        // A commit of somebody who guarded one of them a moment ago shows after the barrier.
        if !self.shared.barrier_blocking() {
            return Err(MoveError::Closed);
        }
        let state = self.shared.state();
        for BlobFile { at, .. } in files {
            if !names(&state, at)? {
                self.blobs.remove_file(at)?;
            }
        }
        // First the rows of the dead, so that after a crash in between no byte is counted as dead twice.
        self.remove_unless_changed(done)?;
        self.bury(&state, Vec::new(), dead)?;
        Ok(true)
    }

    /// Counts the dead bytes, commits that together with `writes`, and removes the files of which nothing lives.
    fn bury(&mut self, state: &State, mut writes: Vec<Write>, dead: Dead) -> Result<(), MoveError> {
        let mut gone = Gone::default();
        for (file, bytes) in dead.archives {
            match self.count_dead(state, rows::archive_key(file), bytes, &mut writes)? {
                Health::Gone => gone.archives.push(FileId(file)),
                Health::HalfDead => drop(self.half_dead.insert(FileId(file))),
                Health::Well => {}
            }
        }
        for (pack, bytes) in dead.packs {
            match self.count_dead(state, rows::pack_key(pack), bytes, &mut writes)? {
                Health::Gone => gone.packs.push(pack),
                Health::HalfDead => drop(self.half_dead_packs.insert(pack)),
                Health::Well => {}
            }
        }
        self.commit_rows(writes)?;
        self.remove_files(gone)
    }

    fn count_dead(
        &self,
        state: &State,
        key: Bytes,
        bytes: u64,
        writes: &mut Vec<Write>,
    ) -> Result<Health, ReadError> {
        // No row: the file was written anew, and what is counted here was left behind then.
        let Some(value) = state.get(&key)?.and_then(|row| row.value) else { return Ok(Health::Well) };
        let mut row: FileRow = rows::decode(&value)?;
        row.dead += bytes;
        let health = Health::of(&row);
        writes.push(match health {
            Health::Gone => delete(key),
            Health::HalfDead | Health::Well => put(key, rows::encode(&row)),
        });
        Ok(health)
    }

    fn remove_files(&mut self, gone: Gone) -> Result<(), MoveError> {
        for file in gone.archives {
            self.remove_archive(file)?;
        }
        for pack in gone.packs {
            self.remove_pack(pack)?;
        }
        Ok(())
    }

    /// Removes an archive file that no row names any more.
    pub(super) fn remove_archive(&mut self, file: FileId) -> Result<(), MoveError> {
        self.half_dead.remove(&file);
        self.archives.close(file);
        archive::remove(&*self.shared.disk, file)?;
        Ok(self.shared.disk.sync_dir(&file.dir())?)
    }

    /// Removes a pack that no row names any more.
    pub(super) fn remove_pack(&mut self, pack: u64) -> Result<(), MoveError> {
        self.half_dead_packs.remove(&pack);
        self.blobs.remove_pack(pack)?;
        Ok(self.shared.disk.sync_dir(packs::DIR)?)
    }

    /// Removes rows as far as nobody has changed them meanwhile.
    fn remove_unless_changed(&self, rows: Vec<(Bytes, u64)>) -> Result<(), MoveError> {
        let mut commit = self.new_commit();
        for (key, version) in &rows {
            commit.check(Check::VersionIs(key.clone(), Version(*version)));
            commit.writes.push(delete(key.clone()));
        }
        match self.shared.commit_own(commit) {
            Ok(_) => Ok(()),
            // One of them was changed: each on its own, so that the others are not held up.
            Err(CommitError::Check { .. }) if rows.len() > 1 => {
                rows.into_iter().try_for_each(|row| self.remove_unless_changed(vec![row]))
            }
            Err(CommitError::Check { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

/// How much of a file lives.
pub(super) enum Health {
    Well,
    HalfDead,
    Gone,
}

impl Health {
    pub(super) fn of(row: &FileRow) -> Self {
        if row.dead >= row.bytes {
            Health::Gone
        } else if row.dead > row.bytes / 2 {
            Health::HalfDead
        } else {
            Health::Well
        }
    }
}

/// Whether the row of a file's blob names that file.
pub fn names(state: &State, file: FileAt) -> Result<bool, ReadError> {
    let Some(value) = state.get(&rows::blob_key(file.blob))?.and_then(|row| row.value) else {
        return Ok(false);
    };
    let row: BlobRow = rows::decode(&value)?;
    Ok(row.place.file(file.blob).is_some_and(|named| named.at == file))
}

/// A slice of the runs of a log that nobody can read any more.
fn cut_off(state: &State, log: LogId) -> Result<Vec<(Bytes, RunRow)>, ReadError> {
    let Some(value) = state.get(&rows::log_key(log))?.and_then(|row| row.value) else {
        return Ok(Vec::new());
    };
    let row: LogRow = rows::decode(&value)?;
    let mut cut = Vec::new();
    for found in state.range(&rows::run_key(log, 0), &rows::run_key_after(log, u64::MAX), false).take(SLICE) {
        let (key, _, value) = found?;
        let run: RunRow = rows::decode(&value)?;
        if !row.deleted && run.end > row.horizon {
            break;
        }
        cut.push((key, run));
    }
    Ok(cut)
}

/// Files that are more than half dead, from their rows: for the first pass after a start.
pub(super) fn half_dead(state: &State, (start, end): (Bytes, Bytes)) -> Result<Vec<u64>, ReadError> {
    let mut files = Vec::new();
    for found in state.range(&start, &end, false) {
        let (key, _, value) = found?;
        let row: FileRow = rows::decode(&value)?;
        match Health::of(&row) {
            Health::Well => {}
            Health::HalfDead | Health::Gone => files.extend(rows::number_of(&key)),
        }
    }
    Ok(files)
}
