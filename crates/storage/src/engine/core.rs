//! What a commit does: the rules by which it is refused or applied, and the working state they read and change.
//!
//! The journal's thread owns one [`Core`]. A commit is decided against the state after all commits before it, those of the same frame
//! included; then its effects are written into the frame and applied to the working state, which nobody else sees before the frame is durable.
//! Replay applies the same effects through the same functions, from the frame alone.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use store::{
    Appended, BlobRef, Check, Commit, CommitError, Committed, LogChange, LogId, ReadError, Seq, Version,
};

use super::logs::{Forget, Fresh, LogEnd};
use super::queue::Warm;
use super::shared::Shared;
use crate::index::rows::{self, BlobPlace, BlobRow, LogRow, Moved, OpenRun, RunPlace, RunRow};
use crate::index::state::State;
use crate::index::{Map, Row};
use crate::journal::frame::{self, Builder, Header, Section};
use crate::journal::replay::ReplayError;

/// A stretch of a log is closed when it reaches over so many bytes of journal: what a reader walks through at the most to find a record.
const STRETCH: u64 = 256 << 10;

/// The working state of the journal's thread.
pub struct Core {
    shared: Arc<Shared>,
    /// The state after the last commit that was applied, published or not.
    pub state: State,
    logs: HashMap<LogId, LogWork>,
    touched: Vec<LogId>,
    /// Ids of the commits applied since the last publication.
    ids: Vec<u128>,
    chores: Chores,
    /// See [`Moved::taken`].
    taken: u64,
    /// The same, as it was last shown to everybody.
    taken_shown: u64,
}

/// What commits left for the keeper to do.
#[derive(Clone, Copy, Default)]
pub struct Chores {
    /// Blob files are dead.
    pub sweep: bool,
    /// Runs of logs are cut off.
    pub trim: bool,
    /// The mover has come further: segments may be reused.
    pub moved: bool,
}

struct LogWork {
    row: LogRow,
    end: Arc<LogEnd>,
    /// The first record that the frame being built has of it, and its time.
    fresh: Option<(u64, i64)>,
    touched: bool,
    /// The number of folds when it was last touched.
    generation: u64,
}

/// What was found out about a commit while it was checked.
#[derive(Default)]
pub struct Plan {
    counts: Vec<Count>,
}

struct Count {
    blob: BlobRef,
    references: u32,
    file: Option<u64>,
}

/// A row that could not be read while a commit was decided. Nothing happened, but there is no telling whether it should have.
fn unreadable(error: ReadError) -> CommitError {
    CommitError::Unknown(error.to_string())
}

impl Core {
    /// The working state after this state.
    pub fn new(shared: Arc<Shared>, state: State) -> Result<Self, ReadError> {
        let mut core = Self {
            shared,
            state,
            logs: HashMap::new(),
            touched: Vec::new(),
            ids: Vec::new(),
            chores: Chores::default(),
            taken: 0,
            taken_shown: 0,
        };
        core.taken = core.moved()?.taken;
        core.taken_shown = core.taken;
        Ok(core)
    }

    /// The row under a key in the state after all commits so far.
    fn lookup(&self, key: &[u8], warm: &Warm) -> Result<Option<Row>, ReadError> {
        if let Some(row) = self.state.in_maps(key) {
            return Ok(row.value.is_some().then(|| row.clone()));
        }
        match warm.get(key, self.state.generation) {
            Some(row) => Ok(row.clone()),
            None => self.state.view.get(key),
        }
    }

    fn blob(&self, blob: BlobRef, warm: &Warm) -> Result<Option<BlobRow>, ReadError> {
        let row = self.lookup(&rows::blob_key(blob), warm)?;
        row.and_then(|row| row.value).map(|value| rows::decode(&value)).transpose()
    }

    /// Brings a log's row into the working set. False if the id was never used.
    fn load_log(&mut self, log: LogId, warm: &Warm) -> Result<bool, ReadError> {
        if self.logs.contains_key(&log) {
            return Ok(true);
        }
        let end = match self.shared.logs.get(log) {
            Some(end) => end,
            None => {
                let Some(value) = self.lookup(&rows::log_key(log), warm)?.and_then(|row| row.value) else {
                    return Ok(false);
                };
                let row = rows::decode(&value)?;
                self.shared.logs.add(log, row, || true).expect("this thread alone says what is current")
            }
        };
        self.insert_log(log, end);
        Ok(true)
    }

    fn insert_log(&mut self, log: LogId, end: Arc<LogEnd>) -> &mut LogWork {
        let generation = self.state.generation;
        let work = LogWork { row: end.row(), end, fresh: None, touched: false, generation };
        self.logs.entry(log).or_insert(work)
    }

    fn log_row(&mut self, log: LogId, warm: &Warm) -> Result<Option<LogRow>, ReadError> {
        Ok(self.load_log(log, warm)?.then(|| self.logs[&log].row))
    }

    /// Decides whether a commit happens.
    pub fn decide(&mut self, commit: &Commit, warm: &Warm) -> Result<Plan, CommitError> {
        for (index, check) in commit.checks.iter().enumerate() {
            if !self.holds(check, warm).map_err(unreadable)? {
                return Err(CommitError::Check { index });
            }
        }
        self.decide_logs(commit, warm)?;
        self.decide_blobs(commit, warm)
    }

    fn holds(&mut self, check: &Check, warm: &Warm) -> Result<bool, ReadError> {
        Ok(match check {
            Check::Absent(key) => self.lookup(key, warm)?.is_none(),
            Check::Present(key) => self.lookup(key, warm)?.is_some(),
            Check::VersionIs(key, version) => {
                self.lookup(key, warm)?.is_some_and(|row| row.version == version.0)
            }
            Check::LogOpen(log) => self.log_row(*log, warm)?.is_some_and(|row| !row.sealed && !row.deleted),
            Check::BlobLive(blob) => {
                self.shared.guarded(*blob).is_some() || self.blob(*blob, warm)?.is_some()
            }
        })
    }

    fn decide_logs(&mut self, commit: &Commit, warm: &Warm) -> Result<(), CommitError> {
        if commit.logs.is_empty() && commit.appends.is_empty() {
            return Ok(());
        }
        let mut created: Vec<LogId> = Vec::new();
        for change in &commit.logs {
            if let LogChange::Create { log, .. } = *change {
                if created.contains(&log) || self.load_log(log, warm).map_err(unreadable)? {
                    return Err(CommitError::Log(log));
                }
                created.push(log);
            }
        }
        for append in &commit.appends {
            let row = self.log_row(append.log, warm).map_err(unreadable)?;
            let open = row.is_some_and(|row| !row.sealed && !row.deleted);
            if !open && !created.contains(&append.log) {
                return Err(CommitError::Log(append.log));
            }
        }
        let mut deleted: Vec<LogId> = Vec::new();
        for change in &commit.logs {
            let log = match *change {
                LogChange::Create { .. } => continue,
                LogChange::Seal(log) | LogChange::Horizon(log, _) | LogChange::Delete(log) => log,
            };
            let row = self.log_row(log, warm).map_err(unreadable)?;
            let there = row.is_some_and(|row| !row.deleted) || created.contains(&log);
            if !there || deleted.contains(&log) {
                return Err(CommitError::Log(log));
            }
            if matches!(change, LogChange::Delete(_)) {
                deleted.push(log);
            }
        }
        Ok(())
    }

    fn decide_blobs(&mut self, commit: &Commit, warm: &Warm) -> Result<Plan, CommitError> {
        // In the order of their first mention, new ones first.
        let mut sums: Vec<(BlobRef, i64)> = Vec::new();
        let mut indexes: HashMap<BlobRef, usize> = HashMap::new();
        for new in &commit.new_blobs {
            if indexes.insert(new.blob, sums.len()).is_some() || self.exists(new.blob, warm) {
                return Err(CommitError::Blob(new.blob));
            }
            sums.push((new.blob, 0));
        }
        let fresh = sums.len();
        for (blob, by) in &commit.counts {
            let index = *indexes.entry(*blob).or_insert_with(|| {
                sums.push((*blob, 0));
                sums.len() - 1
            });
            sums[index].1 += i64::from(*by);
        }
        let mut plan = Plan::default();
        for (index, (blob, by)) in sums.into_iter().enumerate() {
            let (references, file) = if index < fresh { (0, None) } else { self.counted(blob, warm)? };
            let references =
                u32::try_from(i64::from(references) + by).map_err(|_| CommitError::Blob(blob))?;
            plan.counts.push(Count { blob, references, file });
        }
        Ok(plan)
    }

    /// Whether a new blob's name is taken. Names are random, so the base is not asked: only what happened lately is looked at.
    fn exists(&self, blob: BlobRef, warm: &Warm) -> bool {
        let key = rows::blob_key(blob);
        let lately = self.state.in_maps(&key).is_some_and(|row| row.value.is_some());
        let warmed = warm.get(&key, self.state.generation).is_some_and(Option::is_some);
        lately || warmed || self.shared.guarded(blob).is_some()
    }

    /// The references a blob has, and the size of its file if this commit is the first to count it.
    fn counted(&self, blob: BlobRef, warm: &Warm) -> Result<(u32, Option<u64>), CommitError> {
        if let Some(row) = self.blob(blob, warm).map_err(unreadable)? {
            return Ok((row.references, None));
        }
        let guarded = self.shared.guarded(blob).ok_or(CommitError::Blob(blob))?;
        Ok((0, Some(guarded)))
    }

    /// Writes a commit that was decided into the frame at `place`, and applies it.
    pub fn apply(
        &mut self,
        commit: Commit,
        plan: Plan,
        frame: &mut Builder,
        place: u64,
        now_ms: i64,
    ) -> Committed {
        self.state.position += 1;
        let position = self.state.position;
        self.ids.push(commit.id.0);
        frame.begin(commit.id.0);
        if !commit.writes.is_empty() {
            frame.rows(commit.writes.iter().map(|write| (&write.key[..], write.value.as_deref())));
        }
        for write in commit.writes {
            self.apply_row(write.key, write.value);
        }
        for change in commit.logs.iter().filter(|change| matches!(change, LogChange::Create { .. })) {
            frame.log(change);
            self.apply_log(change);
        }
        let mut appended = Vec::with_capacity(commit.appends.len());
        for append in &commit.appends {
            let row = self.logs[&append.log].row;
            let (first, time_ms) = (Seq(row.next), now_ms.max(row.last_ms));
            if !append.records.is_empty() {
                frame.append(append.log, first, time_ms, &append.records);
                self.apply_append(append.log, first, append.records.len() as u64, time_ms, place);
            }
            appended.push(Appended { log: append.log, first, time: base::Timestamp::from_millis(time_ms) });
        }
        for change in commit.logs.iter().filter(|change| !matches!(change, LogChange::Create { .. })) {
            frame.log(change);
            self.apply_log(change);
        }
        let mut places = HashMap::new();
        for new in &commit.new_blobs {
            let (at, crc) = frame.blob(new.blob, &new.bytes);
            places.insert(new.blob, journal_blob(place, at, &new.bytes, crc));
        }
        for count in plan.counts {
            frame.count_blob(count.blob, count.references, count.file);
            self.apply_count(count, &places).expect("the row was read when the commit was decided");
        }
        frame.end();
        Committed { position: Version(position), appended }
    }

    fn apply_row(&mut self, key: Bytes, value: Option<Bytes>) {
        if key[..] == rows::MOVED
            && let Some(moved) = value.as_ref().and_then(|value| rows::decode::<Moved>(value).ok())
        {
            self.taken = moved.taken;
            self.chores.moved = true;
        }
        self.state.map.insert(key, Row { version: self.state.position, value });
    }

    fn touch(&mut self, log: LogId) -> &mut LogWork {
        let generation = self.state.generation;
        let work = self.logs.get_mut(&log).expect("a log is loaded before it is changed");
        work.generation = generation;
        if !work.touched {
            work.touched = true;
            self.touched.push(log);
        }
        work
    }

    fn apply_log(&mut self, change: &LogChange) {
        match *change {
            LogChange::Create { log, first } => {
                let end = LogEnd::new(log, LogRow { deleted: true, ..LogRow::new(first) });
                self.insert_log(log, end);
                self.touch(log).row = LogRow::new(first);
            }
            LogChange::Seal(log) => self.touch(log).row.sealed = true,
            LogChange::Horizon(log, seq) => {
                let row = &mut self.touch(log).row;
                let raised = row.horizon.max(seq.0.min(row.next));
                if raised > row.horizon {
                    row.horizon = raised;
                    self.chores.trim = true;
                    self.apply_row(rows::trim_key(log), Some(Bytes::new()));
                }
            }
            LogChange::Delete(log) => {
                self.touch(log).row.deleted = true;
                self.chores.trim = true;
                self.apply_row(rows::trim_key(log), Some(Bytes::new()));
            }
        }
    }

    fn apply_append(&mut self, log: LogId, first: Seq, count: u64, time_ms: i64, place: u64) {
        let segment_bytes = self.shared.segments.bytes();
        let taken = self.taken;
        let work = self.touch(log);
        debug_assert_eq!(work.row.next, first.0, "records of a log are numbered without a gap");
        work.fresh.get_or_insert((first.0, time_ms));
        let open = OpenRun { first: first.0, first_ms: time_ms, place };
        let closed = match work.row.open {
            // A stretch stays within its segment, so that the mover can deal with one segment at a time.
            Some(run)
                if place / segment_bytes != run.place / segment_bytes || place - run.place >= STRETCH =>
            {
                let place = RunPlace::Journal { start: run.place, end: place };
                let row = RunRow { end: first.0, first_ms: run.first_ms, last_ms: work.row.last_ms, place };
                work.row.open = Some(open);
                // The mover has written the row of what it took, and may have moved it.
                (run.place >= taken).then(|| (rows::run_key(log, run.first), rows::encode(&row)))
            }
            Some(_) => None,
            None => {
                work.row.open = Some(open);
                None
            }
        };
        work.row.next = first.0 + count;
        work.row.last_ms = time_ms;
        if let Some((key, value)) = closed {
            self.apply_row(key, Some(value));
        }
    }

    fn apply_count(&mut self, count: Count, new: &HashMap<BlobRef, BlobPlace>) -> Result<(), ReadError> {
        let key = rows::blob_key(count.blob);
        let place = match (new.get(&count.blob), count.file) {
            (Some(place), _) => Some(*place),
            (None, Some(bytes)) => Some(BlobPlace::File { bytes }),
            (None, None) => self.blob(count.blob, &Warm::default())?.map(|row| row.place),
        };
        let Some(place) = place else { return Ok(()) };
        if count.references > 0 {
            let row = BlobRow { references: count.references, place };
            self.apply_row(key, Some(rows::encode(&row)));
            return Ok(());
        }
        if !new.contains_key(&count.blob) {
            self.apply_row(key, None);
        }
        match place {
            BlobPlace::File { .. } | BlobPlace::Pack { .. } | BlobPlace::Copy { .. } => {
                self.chores.sweep = true;
                self.apply_row(rows::dead_blob_key(count.blob), Some(rows::encode(&place)));
            }
            // The mover leaves it where it is.
            BlobPlace::Journal { .. } => {}
        }
        Ok(())
    }

    /// Applies a frame that is in the journal.
    pub fn apply_frame(&mut self, header: &Header, bytes: &Bytes) -> Result<(), ReplayError> {
        let unreadable = || frame::Unreadable { place: header.place };
        let failed = |error: ReadError| ReplayError::Apply(error.to_string());
        for entry in frame::entries(bytes, header) {
            let entry = entry?;
            self.state.position = entry.position;
            self.ids.push(entry.id);
            let mut places = HashMap::new();
            for section in entry.sections() {
                match section.ok_or_else(unreadable)? {
                    Section::Rows(rows) => {
                        for row in rows {
                            let (key, value) = row.ok_or_else(unreadable)?;
                            self.apply_row(Bytes::copy_from_slice(key), value.map(Bytes::copy_from_slice));
                        }
                    }
                    Section::Log(change) => {
                        if let LogChange::Seal(log) | LogChange::Horizon(log, _) | LogChange::Delete(log) =
                            change
                        {
                            self.load_log(log, &Warm::default()).map_err(failed)?;
                        }
                        self.apply_log(&change);
                    }
                    Section::Append(append) => {
                        self.load_log(append.log, &Warm::default()).map_err(failed)?;
                        let count = u64::from(append.count);
                        self.apply_append(append.log, append.first, count, append.time_ms, header.place);
                    }
                    Section::Blob { blob, at, bytes } => {
                        places.insert(blob, journal_blob(header.place, at, bytes, crc32c::crc32c(bytes)));
                    }
                    Section::Count { blob, references, file } => {
                        self.apply_count(Count { blob, references, file }, &places).map_err(failed)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes the rows of all logs that changed, so that the state is whole.
    pub fn settle(&mut self) {
        for index in 0..self.touched.len() {
            let log = self.touched[index];
            let value = rows::encode(&self.logs[&log].row);
            self.apply_row(rows::log_key(log), Some(value));
        }
    }

    /// Shows the durable state to everybody, then the ends of the logs that changed. `frame` is the one that was made durable.
    /// Returns the logs that have records in it.
    pub fn publish(&mut self, frame: Option<(&Header, &Bytes)>) -> Vec<Arc<LogEnd>> {
        self.shared.publish(self.state.clone(), &mut self.ids);
        self.taken_shown = self.taken;
        let mut with_records = Vec::new();
        for log in self.touched.drain(..) {
            let work = self.logs.get_mut(&log).expect("a touched log is loaded");
            work.touched = false;
            let fresh = work.fresh.take();
            // A log that was created in this frame is not in the list yet.
            let end = self.shared.logs.get(log).unwrap_or_else(|| {
                let row = work.end.row();
                self.shared.logs.add(log, row, || true).expect("this thread alone says what is current")
            });
            work.end = end.clone();
            let fresh = match (fresh, frame) {
                (Some((first, first_ms)), Some((header, frame))) => {
                    Some(Fresh { first, first_ms, header: *header, frame: frame.clone() })
                }
                _ => None,
            };
            if fresh.is_some() && !work.row.deleted {
                with_records.push(end.clone());
            }
            end.publish(work.row, fresh);
        }
        with_records
    }

    /// What there is for the keeper to do since the last call.
    pub fn take_chores(&mut self) -> Chores {
        std::mem::take(&mut self.chores)
    }

    /// Up to where the mover has come.
    pub fn moved(&self) -> Result<Moved, ReadError> {
        match self.state.get(&rows::MOVED)?.and_then(|row| row.value) {
            Some(value) => rows::decode(&value),
            None => Ok(Moved::default()),
        }
    }

    /// Forgets all that was applied since the last publication.
    pub fn roll_back(&mut self) {
        self.state = (*self.shared.state()).clone();
        self.taken = self.taken_shown;
        self.ids.clear();
        for log in self.touched.drain(..) {
            // It is loaded again from its end, or from its row.
            self.logs.remove(&log);
        }
    }

    /// Takes the rows out of the memtable, to be folded.
    pub fn begin_fold(&mut self) -> Map {
        let rows = std::mem::take(&mut self.state.map);
        self.state.folding = Some(rows.clone());
        self.shared.publish(self.state.clone(), &mut self.ids);
        rows
    }

    /// The rows that were being folded are in the base now. Logs that nobody has touched for two folds are forgotten.
    pub fn end_fold(&mut self) {
        let folded = self.state.folding.take();
        self.state.view = self.shared.base.view();
        self.state.generation += 1;
        self.shared.publish(self.state.clone(), &mut self.ids);
        self.shared.folds.discard(folded);
        let generation = self.state.generation;
        self.logs.retain(|_, work| work.touched || work.generation + 2 > generation);
        let logs = &self.logs;
        self.shared.logs.forget_idle(|log| match logs.contains_key(&log) {
            true => Forget::Never,
            false => Forget::IfHeldBy(0),
        });
    }

    /// The base was compacted: new readers use its new files.
    pub fn refresh_view(&mut self) {
        self.state.view = self.shared.base.view();
        self.shared.publish(self.state.clone(), &mut self.ids);
    }
}

fn journal_blob(frame: u64, at: usize, bytes: &[u8], crc: u32) -> BlobPlace {
    BlobPlace::Journal { at: frame + at as u64, bytes: bytes.len() as u32, crc }
}
