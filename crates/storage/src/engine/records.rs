//! Reading records that are no longer fresh: from the journal's segments and from the archive.
//!
//! A log's row and its runs say where its records lie; a run in the journal is walked frame by frame. While that goes on the mover may take
//! the records elsewhere and the segment may be written over: then a frame is not what it should be, and reading starts again from
//! the rows as they are now. Only if they still name the same place are the bytes damaged.

use std::sync::Arc;

use store::{Batch, From, Limit, LogId, ReadError, Seq};

use super::logs::{LogEnd, Taken, ceil_millis};
use super::shared::Shared;
use crate::archive::{Archives, FileId, RunAt};
use crate::index::rows::{self, LogRow, Moved, RunPlace, RunRow};
use crate::index::state::State;

/// How often reading starts again because the records were moved meanwhile.
const ATTEMPTS: usize = 8;

/// The end of a log, from memory or from its row. May wait for the disk.
pub fn log_end(shared: &Shared, log: LogId) -> Result<Arc<LogEnd>, ReadError> {
    loop {
        if let Some(end) = shared.logs.get(log) {
            return Ok(end);
        }
        let state = shared.state();
        let row = row_of(&state, log)?;
        let current = || shared.state().generation == state.generation;
        if let Some(end) = shared.logs.add(log, row, current) {
            return Ok(end);
        }
    }
}

/// The row of a log that was not deleted.
fn row_of(state: &State, log: LogId) -> Result<LogRow, ReadError> {
    let value = state.get(&rows::log_key(log))?.and_then(|row| row.value).ok_or(ReadError::NoLog(log))?;
    let row: LogRow = rows::decode(&value)?;
    if row.deleted { Err(ReadError::NoLog(log)) } else { Ok(row) }
}

/// Records from wherever they are. May wait for the disk.
pub fn read(
    shared: &Shared,
    archives: &Archives,
    log: LogId,
    from: From,
    limit: Limit,
) -> Result<Batch, ReadError> {
    let mut seen = None;
    for _ in 0..ATTEMPTS {
        let state = shared.state();
        let row = row_of(&state, log)?;
        let moved = state.get(&rows::MOVED)?.and_then(|row| row.value);
        let moved: Moved = moved.map_or(Ok(Moved::default()), |value| rows::decode(&value))?;
        let reader = Reader { shared, archives, state: &state, log, row, taken: moved.taken };
        match reader.read(from, limit) {
            Err(Lost::Moved(error)) if seen.as_ref() != Some(&error) => seen = Some(error),
            Err(Lost::Moved(error)) => return Err(error),
            Err(Lost::Failed(error)) => return Err(error),
            Ok(batch) => return Ok(batch),
        }
    }
    Err(ReadError::Disk(format!("records of log `{:032x}` are moved faster than they can be read", log.0)))
}

/// Why a run could not be read.
enum Lost {
    /// It is not where it should be: it was moved, or it is damaged.
    Moved(ReadError),
    /// Something failed.
    Failed(ReadError),
}

impl std::convert::From<ReadError> for Lost {
    fn from(error: ReadError) -> Self {
        Lost::Failed(error)
    }
}

struct Reader<'s> {
    shared: &'s Shared,
    archives: &'s Archives,
    state: &'s State,
    log: LogId,
    row: LogRow,
    /// Open stretches below this place have rows.
    taken: u64,
}

/// A run that is to be read.
struct Run {
    first: u64,
    end: u64,
    first_ms: i64,
    place: RunPlace,
}

impl Reader<'_> {
    fn read(&self, from: From, limit: Limit) -> Result<Batch, Lost> {
        let state = self.row.state().expect("a deleted log has no reader");
        let (start, millis) = match from {
            From::Seq(seq) => (seq.max(state.horizon), i64::MIN),
            From::Time(time) if time > state.last_time => (state.next, i64::MIN),
            From::Time(time) => {
                let millis = ceil_millis(time);
                (self.seek(millis)?, millis)
            }
        };
        let mut taken = Taken::new(self.log, start.0, millis, limit);
        let mut seq = start.0;
        while seq < state.next.0 {
            let Some(run) = self.run_of(seq)? else {
                let what = format!("log `{:032x}` has no run with record `{seq}`", self.log.0);
                return Err(Lost::Moved(ReadError::Corrupt(what)));
            };
            seq = run.end;
            if !self.read_run(&run, &mut taken)? {
                break;
            }
        }
        let end = if millis > i64::MIN { state.next } else { start };
        Ok(taken.finish(end, state))
    }

    /// Where to start for records that are not before a time: at the last run that begins before it.
    fn seek(&self, millis: i64) -> Result<Seq, Lost> {
        let (mut low, mut high) = (self.row.horizon, self.row.next);
        let mut start = low;
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(run) = self.run_of(middle)? else { break };
            if run.first_ms < millis {
                start = run.first.max(self.row.horizon);
                low = run.end.max(middle + 1);
            } else {
                high = run.first.min(middle);
            }
        }
        Ok(Seq(start))
    }

    /// The run that has a record.
    fn run_of(&self, seq: u64) -> Result<Option<Run>, Lost> {
        if let Some(open) = self.row.open
            && open.first <= seq
            && open.place >= self.taken
        {
            let place = RunPlace::Journal { start: open.place, end: u64::MAX };
            return Ok(Some(Run { first: open.first, end: self.row.next, first_ms: open.first_ms, place }));
        }
        let (low, high) = (rows::run_key(self.log, 0), rows::run_key_after(self.log, seq));
        let Some(found) = self.state.range(&low, &high, true).next() else { return Ok(None) };
        let (key, _, value) = found?;
        let Some(first) = rows::run_first(&key) else { return Ok(None) };
        let run: RunRow = rows::decode(&value)?;
        let holds = run.end > seq;
        Ok(holds.then_some(Run { first, end: run.end, first_ms: run.first_ms, place: run.place }))
    }

    /// Takes what is wanted of a run; false when the limit is reached.
    fn read_run(&self, run: &Run, taken: &mut Taken) -> Result<bool, Lost> {
        match run.place {
            RunPlace::Journal { start, end } => self.read_journal(start, end, run.end, taken),
            RunPlace::Archive { file, offset, bytes } => {
                let at = RunAt { file: FileId(file), offset, bytes };
                self.read_archive(at, run, taken)
            }
        }
    }

    fn read_journal(&self, start: u64, end: u64, last: u64, taken: &mut Taken) -> Result<bool, Lost> {
        let mut place = start;
        while taken.seq() < last && place < end {
            let found = self.shared.segments.read_frame(place);
            let found =
                found.map_err(|error| ReadError::Disk(format!("journal at place `{place}`: {error}")))?;
            let Some((header, frame)) = found else {
                return Err(Lost::Moved(ReadError::Corrupt(format!("journal at place `{place}`"))));
            };
            let more = taken.take(&header, &frame).map_err(|error| ReadError::Corrupt(error.to_string()))?;
            if !more {
                return Ok(false);
            }
            place += header.span();
        }
        Ok(true)
    }

    fn read_archive(&self, at: RunAt, run: &Run, taken: &mut Taken) -> Result<bool, Lost> {
        while taken.seq() < run.end {
            let read = self.archives.read(self.log, at, taken.wanted(run.first), taken.limit());
            let Some(records) = read.map_err(Lost::Moved)? else {
                let what = format!("archive file `{}` is not there", at.file.path());
                return Err(Lost::Moved(ReadError::Corrupt(what)));
            };
            if records.is_empty() {
                break;
            }
            for record in records {
                if !taken.offer(record) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}
