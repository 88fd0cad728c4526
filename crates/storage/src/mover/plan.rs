//! What of a segment is to be kept, and which rows have to change for it.
//!
//! Rows decide, not frames: a stretch is moved if the row of a run, or the open end of its log, says that it lies in this segment. So a frame
//! that was written again elsewhere after a failed sync is not moved twice. What the rows expect and no whole frame has is a *gap*: its
//! row stays, and reading it is answered as corrupt.

use std::collections::HashSet;
use std::ops::Range;

use bytes::Bytes;
use store::{LogId, ReadError};

use crate::index::rows::{self, LogRow, RunPlace, RunRow};
use crate::index::state::State;
use crate::journal::notes::Stretch;

/// What is to be done with one log's records.
#[derive(Default)]
pub struct LogPlan {
    /// Stretches to move, in order, with the records of them that are wanted.
    pub pieces: Vec<(Stretch, Range<u64>)>,
    /// Records that are lost: numbers and a time near theirs.
    pub gaps: Vec<(Range<u64>, i64)>,
    /// The first numbers of the runs whose rows are replaced.
    pub replaced: HashSet<u64>,
    /// The row that closes the log's open stretch.
    pub closing: Option<(Bytes, Bytes)>,
}

/// A run of the log that lies in the segment.
struct Expected {
    records: Range<u64>,
    first_ms: i64,
}

/// Plans one log. `stretches` are its own, sorted; `places` are those of the segment; `taken` is [`crate::index::rows::Moved::taken`].
pub fn plan(
    state: &State,
    log: LogId,
    stretches: &[Stretch],
    places: &Range<u64>,
    taken: u64,
) -> Result<LogPlan, ReadError> {
    let mut plan = LogPlan::default();
    let Some(row) = state.get(&rows::log_key(log))?.and_then(|row| row.value) else { return Ok(plan) };
    let mut row: LogRow = rows::decode(&row)?;
    // What was taken before has its row already, and that may name an archive file by now.
    row.open = row.open.filter(|open| open.place >= taken);
    let expected = expected(state, log, &row, stretches, places, &mut plan)?;
    plan.replaced.extend(expected.iter().map(|run| run.records.start));
    if !row.deleted {
        for run in &expected {
            plan.cover(run, row.horizon, stretches);
        }
    }
    Ok(plan)
}

fn expected(
    state: &State,
    log: LogId,
    row: &LogRow,
    stretches: &[Stretch],
    places: &Range<u64>,
    plan: &mut LogPlan,
) -> Result<Vec<Expected>, ReadError> {
    let mut expected = Vec::new();
    if let Some(open) = row.open.filter(|open| places.contains(&open.place)) {
        let place = RunPlace::Journal { start: open.place, end: places.end };
        let closing = RunRow { end: row.next, first_ms: open.first_ms, last_ms: row.last_ms, place };
        plan.closing = Some((rows::run_key(log, open.first), rows::encode(&closing)));
        expected.push(Expected { records: open.first..row.next, first_ms: open.first_ms });
    }
    let last = stretches.last().map_or(0, |stretch| stretch.first);
    for found in state.range(&rows::run_key(log, 0), &rows::run_key_after(log, last), true) {
        let (key, _, value) = found?;
        let run: RunRow = rows::decode(&value)?;
        let RunPlace::Journal { start, .. } = run.place else { break };
        if start < places.start {
            break;
        }
        let first =
            rows::run_first(&key).ok_or_else(|| ReadError::Decode("a run has no number".to_owned()))?;
        let is_known = expected.iter().any(|run| run.records.start == first);
        if places.contains(&start) && !is_known {
            expected.push(Expected { records: first..run.end, first_ms: run.first_ms });
        }
    }
    expected.sort_by_key(|run| run.records.start);
    Ok(expected)
}

impl LogPlan {
    /// Covers a run with stretches, from the horizon on.
    fn cover(&mut self, run: &Expected, horizon: u64, stretches: &[Stretch]) {
        let mut next = run.records.start.max(horizon);
        let mut last_ms = run.first_ms;
        let from = stretches.partition_point(|stretch| stretch.end() <= next);
        for stretch in &stretches[from..] {
            if stretch.first >= run.records.end || next >= run.records.end {
                break;
            }
            if stretch.end() <= next {
                continue;
            }
            if stretch.first > next {
                self.gaps.push((next..stretch.first, last_ms));
                next = stretch.first;
            }
            let end = stretch.end().min(run.records.end);
            self.pieces.push((*stretch, next..end));
            next = end;
            last_ms = stretch.time_ms;
        }
        if next < run.records.end {
            self.gaps.push((next..run.records.end, last_ms));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(first: u64, count: u32) -> Stretch {
        Stretch { log: LogId(1), first, count, time_ms: first as i64, at: first, bytes: 0, crc: 0 }
    }

    type Parts = Vec<(u64, u64)>;

    fn covered(records: Range<u64>, horizon: u64, stretches: &[Stretch]) -> (Parts, Parts) {
        let mut plan = LogPlan::default();
        plan.cover(&Expected { records, first_ms: 0 }, horizon, stretches);
        let ends = |records: &Range<u64>| (records.start, records.end);
        let pieces = plan.pieces.iter().map(|(_, records)| ends(records)).collect();
        (pieces, plan.gaps.iter().map(|(records, _)| ends(records)).collect())
    }

    #[test]
    fn a_run_is_covered_from_the_horizon_to_its_end() {
        let stretches = [stretch(0, 5), stretch(5, 5), stretch(10, 5)];
        assert_eq!(covered(0..15, 0, &stretches), (vec![(0, 5), (5, 10), (10, 15)], vec![]));
        assert_eq!(covered(5..10, 0, &stretches), (vec![(5, 10)], vec![]));
        assert_eq!(covered(0..15, 7, &stretches), (vec![(7, 10), (10, 15)], vec![]));
        assert_eq!(covered(0..15, 15, &stretches), (vec![], vec![]));
    }

    #[test]
    fn what_no_stretch_has_is_a_gap() {
        let stretches = [stretch(5, 5), stretch(20, 5)];
        assert_eq!(
            covered(0..30, 0, &stretches),
            (vec![(5, 10), (20, 25)], vec![(0, 5), (10, 20), (25, 30)])
        );
        assert_eq!(covered(0..30, 22, &stretches), (vec![(22, 25)], vec![(25, 30)]));
    }

    #[test]
    fn a_stretch_that_is_there_twice_is_moved_once() {
        let stretches = [stretch(0, 5), stretch(0, 5), stretch(5, 1)];
        assert_eq!(covered(0..6, 0, &stretches), (vec![(0, 5), (5, 6)], vec![]));
    }
}
