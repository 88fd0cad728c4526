//! The mover: takes sealed journal segments apart, so that they can be written again.
//!
//! What lives of a segment goes into one archive file, sorted by log, and one pack of small blobs. Both are synced first; then rows say where
//! everything is now; then the row [`Moved`] says that the segment is needed no more. Each step is a commit of the store's own, so a
//! crash between any two leaves either the old place or the new one in the rows, and files that no row names are removed at the
//! next start. Nothing is removed before the rows that named it are durable as changed.
//!
//! A log's newest stretch has no row while the log may still grow in the same segment. Once the segment is sealed the mover writes that
//! row, and says so in `Moved::taken`, so that the journal's thread does not write it again later, when it would name a place that is gone.
//!
//! The same thread lets go what nobody can read any more: runs below their log's horizon or of deleted logs, blobs without references. Archive
//! files and packs whose last living part is gone are removed ([`expire`]); those that are more than half dead are written anew
//! ([`rewrite`]). It works in slices, so that a full disk gets space back while it goes on.

mod bell;
mod expire;
pub mod gather;
mod plan;
mod rewrite;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use store::{BlobRef, Check, Commit, CommitError, CommitId, LogId, ReadError, Seq, Version, Write};

use crate::archive::{self, ArchiveWriter, Archives, FileId, Run};
use crate::blobs::Blobs;
use crate::blobs::packs::{self, PackWriter, Place};
use crate::engine::shared::Shared;
use crate::index::rows::{self, BlobPlace, BlobRow, FileRow, Moved, RunPlace, RunRow};
use crate::index::state::State;
use crate::journal::frame::Unreadable;
use crate::journal::notes::{SmallBlob, Stretch};
use crate::journal::segments::Segment;
pub use bell::{Bell, mover_thread};
use expire::Health;
pub use expire::names;
use gather::Gathered;
use plan::LogPlan;

/// Rows changed by one commit of the mover: few enough that nobody waits long behind it.
const ROWS: usize = 2_000;
/// How often rows of blobs are read and written again because somebody changed one in between.
const ATTEMPTS: usize = 100;

/// Why the mover stopped.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// Rows or stored bytes cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Disk(#[from] io::Error),
    /// A commit did not happen, or it is not known whether it did. The next pass finds out.
    #[error("a commit of the mover failed: {0}")]
    Commit(CommitError),
    /// Rows changed as often as they were read.
    #[error("blobs are counted faster than their rows can be changed")]
    Busy,
    /// A frame does not parse.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Bytes of the journal changed while they were read.
    #[error("bytes of the journal at place `{place}` changed while they were read")]
    Changed {
        /// Where.
        place: u64,
    },
}

/// Moves, expires and rewrites. One thread owns it.
pub struct Mover {
    shared: Arc<Shared>,
    blobs: Arc<Blobs>,
    archives: Arc<Archives>,
    /// Whether files that no row names were looked for since the start.
    tidied: bool,
    /// Files that are to be written anew.
    half_dead: BTreeSet<FileId>,
    half_dead_packs: BTreeSet<u64>,
    /// The archive file made last in each hour.
    last_files: HashMap<u64, FileId>,
}

/// What of the records of a segment is to be moved.
#[derive(Default)]
struct Plans {
    logs: Vec<(LogId, LogPlan)>,
}

/// A small blob that is to be moved, and where it went.
struct MovedBlob {
    blob: BlobRef,
    from: u64,
    to: Place,
    bytes: u32,
    crc: u32,
}

impl MovedBlob {
    fn place(&self) -> BlobPlace {
        BlobPlace::Pack { pack: self.to.pack, at: self.to.offset, bytes: self.bytes, crc: self.crc }
    }

    fn entry_bytes(&self) -> u64 {
        packs::entry_bytes(u64::from(self.bytes))
    }
}

impl Mover {
    /// A mover for this store.
    pub fn new(shared: Arc<Shared>, blobs: Arc<Blobs>, archives: Arc<Archives>) -> Self {
        Self {
            shared,
            blobs,
            archives,
            tidied: false,
            half_dead: BTreeSet::new(),
            half_dead_packs: BTreeSet::new(),
            last_files: HashMap::new(),
        }
    }

    /// Moves the oldest sealed segment that was not moved yet. False when there is none.
    pub fn move_one(&mut self) -> Result<bool, MoveError> {
        self.tidy()?;
        let moved = self.moved()?;
        let sealed = self.sealed();
        let next = sealed.into_iter().find(|segment| self.end_of(segment) > moved.place);
        let Some(segment) = next else { return Ok(false) };
        // All that was written to it shows from now on.
        if !self.shared.barrier_blocking() {
            return Err(MoveError::Closed);
        }
        self.move_segment(&segment)?;
        Ok(true)
    }

    fn end_of(&self, segment: &Segment) -> u64 {
        segment.end() * self.shared.segments.bytes()
    }

    /// All segments but the one that is being written.
    fn sealed(&self) -> Vec<Segment> {
        let mut live = self.shared.segments.live();
        live.pop();
        live
    }

    fn moved(&self) -> Result<Moved, ReadError> {
        let row = self.shared.state().get(&rows::MOVED)?.and_then(|row| row.value);
        row.map_or(Ok(Moved::default()), |value| rows::decode(&value))
    }

    fn move_segment(&mut self, segment: &Segment) -> Result<(), MoveError> {
        let shared = self.shared.clone();
        // If anything goes wrong with what is noted, the next attempt reads.
        let gathered = match shared.notes.take(segment.number) {
            Some(notes) => Gathered::noted(notes),
            None => gather::gather(&shared.segments, segment)?,
        };
        for place in &gathered.damaged {
            shared.note_corrupt(&ReadError::Corrupt(format!("journal frame at place `{place}`")));
        }
        let state = shared.state();
        let end = self.end_of(segment);
        let places = segment.number * shared.segments.bytes()..end;
        let before = self.moved()?;
        let plans = plan_all(&state, &gathered, &places, before.taken)?;
        let closing = plans.logs.iter().filter_map(|(_, plan)| plan.closing.clone());
        let mut writes: Vec<Write> = closing.map(|(key, value)| put(key, value)).collect();
        writes.push(put_moved(Moved { taken: end, ..before }));
        self.commit_rows(writes)?;
        let mut writes = self.write_archive(segment, &plans, &places)?;
        self.commit_rows(std::mem::take(&mut writes))?;
        self.move_blobs(segment, &state, &gathered.blobs)?;
        self.commit_rows(vec![put_moved(Moved { place: end, taken: end })])
    }

    /// Writes what lives of the records, and returns the rows that say so.
    fn write_archive(
        &mut self,
        segment: &Segment,
        plans: &Plans,
        places: &std::ops::Range<u64>,
    ) -> Result<Vec<Write>, MoveError> {
        let runs = if plans.logs.iter().all(|(_, plan)| plan.pieces.is_empty()) {
            None
        } else {
            let hour = self.shared.clock.now().as_secs().max(0) as u64 / 3600;
            let id = self.unused_file(hour)?;
            let mut writer = ArchiveWriter::create(self.shared.disk.clone(), id)?;
            self.copy_records(segment, plans, &mut writer)?;
            Some((id, writer.finish()?.1))
        };
        let mut writes = Vec::new();
        let mut kept = HashSet::new();
        if let Some((id, runs)) = &runs {
            writes.extend(archive_rows(*id, runs));
            kept.extend(runs.iter().map(|run| (run.extent.log, run.extent.first.0)));
        }
        for (log, plan) in &plans.logs {
            for (records, near_ms) in &plan.gaps {
                let place = RunPlace::Journal { start: places.start, end: places.end };
                let row = RunRow { end: records.end, first_ms: *near_ms, last_ms: *near_ms, place };
                writes.push(put(rows::run_key(*log, records.start), rows::encode(&row)));
                kept.insert((*log, records.start));
            }
            let replaced = plan.replaced.iter().filter(|first| !kept.contains(&(*log, **first)));
            writes.extend(replaced.map(|first| delete(rows::run_key(*log, *first))));
        }
        Ok(writes)
    }

    /// A file of this hour that never was, as far as any reader remembers.
    fn unused_file(&mut self, hour: u64) -> io::Result<FileId> {
        let unused = archive::unused(&*self.shared.disk, hour)?;
        let id = match self.last_files.get(&hour) {
            Some(last) if *last >= unused => FileId(last.0 + 1),
            Some(_) | None => unused,
        };
        self.last_files.insert(hour, id);
        Ok(id)
    }

    fn copy_records(
        &self,
        segment: &Segment,
        plans: &Plans,
        writer: &mut ArchiveWriter,
    ) -> Result<(), MoveError> {
        let mut buffer = Vec::new();
        for (log, plan) in &plans.logs {
            for (stretch, wanted) in &plan.pieces {
                let Stretch { at, bytes, crc, .. } = *stretch;
                gather::fetch(&self.shared.segments, segment, at, bytes, crc, &mut buffer)?;
                for (seq, payload) in (stretch.first..).zip(stretch.payloads(&buffer)) {
                    if wanted.contains(&seq) {
                        writer.add(*log, Seq(seq), stretch.time_ms, payload)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Puts the small blobs that live into a pack, and changes their rows.
    fn move_blobs(&mut self, segment: &Segment, state: &State, blobs: &[SmallBlob]) -> Result<(), MoveError> {
        let mut live = Vec::new();
        for small in blobs {
            if journal_place(state, small.blob)?.is_some_and(|(at, _)| at == small.at) {
                live.push(small);
            }
        }
        if live.is_empty() {
            return Ok(());
        }
        let mut pack = self.new_pack()?;
        let mut moved = Vec::with_capacity(live.len());
        let mut buffer = Vec::new();
        for small in live {
            gather::fetch(&self.shared.segments, segment, small.at, small.bytes, small.crc, &mut buffer)?;
            let to = pack.add(small.blob, &buffer)?;
            let SmallBlob { blob, at: from, bytes, crc } = *small;
            moved.push(MovedBlob { blob, from, to, bytes, crc });
        }
        self.finish_pack(pack, &moved, |place| match place {
            BlobPlace::Journal { at, .. } => Some(*at),
            BlobPlace::Pack { .. } | BlobPlace::File { .. } | BlobPlace::Copy { .. } => None,
        })
    }

    /// Packs are numbered by the store's position, so that no number comes twice: a dead blob's row may name a pack that is gone, and a
    /// reader may still have it open.
    fn new_pack(&self) -> io::Result<PackWriter> {
        PackWriter::create(self.shared.disk.clone(), self.shared.state().position)
    }

    /// Makes a pack durable and lets the rows of its blobs name it, if they still name the place the blob came from.
    fn finish_pack(
        &mut self,
        pack: PackWriter,
        moved: &[MovedBlob],
        place_of: impl Fn(&BlobPlace) -> Option<u64>,
    ) -> Result<(), MoveError> {
        if moved.is_empty() {
            return Ok(());
        }
        let number = pack.number();
        pack.finish()?;
        let bytes = moved.iter().map(MovedBlob::entry_bytes).sum();
        let mut file = FileRow { bytes, dead: 0 };
        for chunk in moved.chunks(ROWS / 2) {
            file = self.name_pack(number, file, chunk, &place_of)?;
        }
        match Health::of(&file) {
            Health::Well => {}
            Health::HalfDead => drop(self.half_dead_packs.insert(number)),
            Health::Gone => {
                self.commit_rows(vec![delete(rows::pack_key(number))])?;
                self.remove_pack(number)?;
            }
        }
        Ok(())
    }

    /// Changes the rows of some blobs that are in a new pack. They change whenever somebody counts the blob, so each is written on the condition
    /// that it is as it was read. Blobs that died meanwhile are dead bytes of the pack.
    fn name_pack(
        &self,
        number: u64,
        file: FileRow,
        moved: &[MovedBlob],
        place_of: impl Fn(&BlobPlace) -> Option<u64>,
    ) -> Result<FileRow, MoveError> {
        for _ in 0..ATTEMPTS {
            let mut commit = self.new_commit();
            let mut file = file;
            let state = self.shared.state();
            for moved in moved {
                let key = rows::blob_key(moved.blob);
                let row = state.get(&key)?;
                let value = row.as_ref().and_then(|row| row.value.as_ref());
                let current: Option<BlobRow> = value.map(|value| rows::decode(value)).transpose()?;
                match (row, current) {
                    (Some(row), Some(current)) if place_of(&current.place) == Some(moved.from) => {
                        commit.check(Check::VersionIs(key.clone(), Version(row.version)));
                        let changed = BlobRow { place: moved.place(), ..current };
                        commit.writes.push(put(key, rows::encode(&changed)));
                    }
                    _ => file.dead += moved.entry_bytes(),
                }
            }
            commit.writes.push(put(rows::pack_key(number), rows::encode(&file)));
            match self.shared.commit_own(commit) {
                Ok(_) => return Ok(file),
                Err(CommitError::Check { .. }) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Err(MoveError::Busy)
    }

    fn new_commit(&self) -> Commit {
        Commit::new(CommitId(self.shared.own_id()))
    }

    /// Commits rows that nobody else changes, in slices.
    fn commit_rows(&self, writes: Vec<Write>) -> Result<(), MoveError> {
        let mut writes = writes.into_iter().peekable();
        while writes.peek().is_some() {
            let mut commit = self.new_commit();
            commit.writes.extend(writes.by_ref().take(ROWS));
            self.shared.commit_own(commit).map_err(failed)?;
        }
        Ok(())
    }

    /// Once after a start: removes files that no row names, left over by a crash in the middle of a move.
    fn tidy(&mut self) -> Result<(), MoveError> {
        if self.tidied {
            return Ok(());
        }
        let state = self.shared.state();
        let disk = &*self.shared.disk;
        let mut dirs = BTreeSet::new();
        for file in archive::list(disk)? {
            if state.get(&rows::archive_key(file.0))?.is_none() {
                archive::remove(disk, file)?;
                dirs.insert(file.dir());
            }
        }
        for pack in packs::list(disk)? {
            if state.get(&rows::pack_key(pack))?.is_none() {
                self.blobs.remove_pack(pack)?;
                dirs.insert(packs::DIR.to_owned());
            }
        }
        for dir in dirs {
            disk.sync_dir(&dir)?;
        }
        self.half_dead.extend(expire::half_dead(&state, rows::archives())?.into_iter().map(FileId));
        self.half_dead_packs.extend(expire::half_dead(&state, rows::packs())?);
        self.tidied = true;
        Ok(())
    }
}

fn failed(error: CommitError) -> MoveError {
    match error {
        CommitError::Closed => MoveError::Closed,
        other => MoveError::Commit(other),
    }
}

fn put(key: Bytes, value: Bytes) -> Write {
    Write { key, value: Some(value) }
}

fn delete(key: Bytes) -> Write {
    Write { key, value: None }
}

fn put_moved(moved: Moved) -> Write {
    put(Bytes::from_static(&rows::MOVED), rows::encode(&moved))
}

/// The rows of an archive file and of its runs.
fn archive_rows(id: FileId, runs: &[Run]) -> Vec<Write> {
    let bytes = runs.iter().map(|run| run.bytes).sum();
    let mut writes = vec![put(rows::archive_key(id.0), rows::encode(&FileRow { bytes, dead: 0 }))];
    for run in runs {
        let place = RunPlace::Archive { file: id.0, offset: run.offset, bytes: run.bytes };
        let extent = run.extent;
        let row = RunRow { end: extent.end.0, first_ms: extent.first_ms, last_ms: extent.last_ms, place };
        writes.push(put(rows::run_key(extent.log, extent.first.0), rows::encode(&row)));
    }
    writes
}

fn plan_all(
    state: &State,
    gathered: &Gathered,
    places: &std::ops::Range<u64>,
    taken: u64,
) -> Result<Plans, ReadError> {
    let mut plans = Plans::default();
    for stretches in gathered.stretches.chunk_by(|a, b| a.log == b.log) {
        let log = stretches[0].log;
        plans.logs.push((log, plan::plan(state, log, stretches, places, taken)?));
    }
    Ok(plans)
}

/// Where in the journal a blob lies, and its references.
fn journal_place(state: &State, blob: BlobRef) -> Result<Option<(u64, u32)>, ReadError> {
    let Some(value) = state.get(&rows::blob_key(blob))?.and_then(|row| row.value) else { return Ok(None) };
    let row: BlobRow = rows::decode(&value)?;
    Ok(match row.place {
        BlobPlace::Journal { at, .. } => Some((at, row.references)),
        BlobPlace::Pack { .. } | BlobPlace::File { .. } | BlobPlace::Copy { .. } => None,
    })
}
