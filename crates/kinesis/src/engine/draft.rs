//! A change of a stream on its way to a commit.
//!
//! [`Kinesis::change`] reads the stream, lets a closure draw up the change, commits it under the check that the stream's row is still the one
//! that was read, and begins again if it is not. So a closure decides on a state nobody else changes under it, and must have no effect but on its draft.

use std::collections::BTreeMap;

use base::{Random, Timestamp};
use store::{Commit, CommitId, LogChange, LogId, Seq, Version};

use super::hash::HashRange;
use super::sequence::Second;
use super::stream::{Status, Stream};
use super::streams::{Forget, load};
use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::{
    Change, Closing, GRAVES, GraveRow, SHARDS, STREAMS, ShardKey, ShardRow, StreamId, StreamKey, StreamRow,
    Transition,
};

/// The number of a log's first record: 0 stands for the shard's starting sequence number.
const FIRST: Seq = Seq(1);
/// One millisecond: what lies between a shard's end and its children's beginning.
const MILLI_MICROS: i64 = 1_000;

/// A change being drawn up.
pub(super) struct Draft<'a> {
    /// The stream as it was read.
    pub(super) stream: &'a Stream,
    /// Its row, as it shall be.
    pub(super) row: StreamRow,
    /// Now.
    pub(super) now: Timestamp,
    transition_end: Option<Timestamp>,
    shards: BTreeMap<u32, Option<ShardRow>>,
    logs: Vec<LogChange>,
    random: &'a Random,
    buried: bool,
    /// What else the commit does.
    more: Option<Commit>,
}

impl Kinesis {
    /// Changes a stream that exists. See the module's page.
    pub(super) async fn change<T>(
        &self,
        key: &StreamKey,
        mut draw: impl FnMut(&mut Draft<'_>) -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        let _forget = Forget { streams: &self.streams, key };
        for _ in 0..ATTEMPTS {
            let now = self.now();
            let snapshot = self.store.snapshot();
            let stream = load(&*snapshot, key).await?.filter(|stream| stream.status(now).is_some());
            let stream = stream.ok_or_else(|| Error::NoStream(key.clone()))?;
            let mut draft = Draft::of(&stream, now, self.transition_end(now), &self.random);
            let answer = draw(&mut draft)?;
            if self.settle(draft.into_commit(self.new_commit_id())).await? {
                return Ok(answer);
            }
        }
        Err(Error::Conflict)
    }
}

impl<'a> Draft<'a> {
    fn of(stream: &'a Stream, now: Timestamp, transition_end: Option<Timestamp>, random: &'a Random) -> Self {
        let row = stream.row.clone();
        Self {
            stream,
            row,
            now,
            transition_end,
            shards: BTreeMap::new(),
            logs: Vec::new(),
            random,
            buried: false,
            more: None,
        }
    }

    /// A stream that does not exist yet, with a row and no shards.
    pub(super) fn new_stream(stream: &'a Stream, now: Timestamp, random: &'a Random) -> Self {
        Self::of(stream, now, None, random)
    }

    /// Refuses unless the stream is ACTIVE.
    pub(super) fn require_active(&self) -> Result<(), Error> {
        match self.stream.status(self.now) {
            Some(Status::Active) => Ok(()),
            Some(status) => Err(Error::NotActive(self.stream.key.clone(), status)),
            None => Err(Error::NoStream(self.stream.key.clone())),
        }
    }

    /// Refuses while the stream has queues or channels.
    pub(super) fn require_no_readers(&self) -> Result<(), Error> {
        let what = match (self.row.queues, self.row.channels) {
            (0, 0) => return Ok(()),
            (0, _) => "channels",
            (_, _) => "queues",
        };
        Err(Error::HasReaders { stream: self.stream.key.clone(), what })
    }

    /// The change takes AWS a while: UPDATING, where transitions are asked for.
    pub(super) fn begin_updating(&mut self) {
        self.row.transition = self.transition_end.map(|end| transition(Change::Updating, end));
    }

    /// The stream goes: through DELETING where transitions are asked for, else at once.
    pub(super) fn delete_stream(&mut self) {
        match self.transition_end {
            Some(end) => self.row.transition = Some(transition(Change::Deleting, end)),
            None => self.bury(),
        }
    }

    /// Does this in the same commit.
    pub(super) fn also(&mut self, more: Commit) {
        self.more = Some(more);
    }

    /// The stream goes now. The sweep removes what is left of it.
    pub(super) fn bury(&mut self) {
        self.buried = true;
    }

    /// Opens a shard.
    pub(super) fn open_shard(
        &mut self,
        range: HashRange,
        opened: Timestamp,
        creation: Second,
        parents: (Option<u32>, Option<u32>),
    ) -> u32 {
        let number = self.row.next_shard;
        let log = LogId(self.random.u128());
        self.row.next_shard += 1;
        self.row.open_shards += 1;
        self.logs.push(LogChange::Create { log, first: FIRST });
        let row = ShardRow {
            log: log.0,
            hash_first: range.first,
            hash_last: range.last,
            opened_micros: opened.as_micros(),
            creation_second: creation.0,
            parent: parents.0,
            adjacent_parent: parents.1,
            closed: None,
        };
        self.shards.insert(number, Some(row));
        number
    }

    /// Splits an open shard. Returns the numbers of the lower and the upper half.
    pub(super) fn split(&mut self, number: u32, at: u128) -> [u32; 2] {
        let parent = self.shard(number);
        let (lower, upper) = HashRange { first: parent.hash_first, last: parent.hash_last }.split(at);
        let end = self.end_of(&[number]);
        let halves = [lower, upper].map(|range| {
            self.open_shard(range, end.children_opened(), end.second.next(), (Some(number), None))
        });
        self.close(number, end, halves.to_vec());
        halves
    }

    /// Merges two open shards, of which the second begins where the first ends. Returns the number of the new one.
    pub(super) fn merge(&mut self, lower: u32, upper: u32) -> u32 {
        let (first, second) = (self.shard(lower), self.shard(upper));
        let range = HashRange { first: first.hash_first, last: second.hash_last };
        let end = self.end_of(&[lower, upper]);
        let merged =
            self.open_shard(range, end.children_opened(), end.second.next(), (Some(lower), Some(upper)));
        self.close(lower, end, vec![merged]);
        self.close(upper, end, vec![merged]);
        merged
    }

    /// Removes a shard that nobody can read any more, and its log.
    pub(super) fn remove_shard(&mut self, number: u32) {
        let log = self.shard(number).log_id();
        self.logs.push(LogChange::Delete(log));
        self.shards.insert(number, None);
    }

    fn shard(&self, number: u32) -> &ShardRow {
        let drawn = self.shards.get(&number).and_then(Option::as_ref);
        drawn
            .or_else(|| {
                let shards = self.stream.all_shards();
                let found = shards.binary_search_by_key(&number, |shard| shard.number).ok();
                found.map(|index| &shards[index].row)
            })
            .expect("a draft names shards that exist")
    }

    /// When these shards end: now, but never before one of them began.
    fn end_of(&self, numbers: &[u32]) -> End {
        let mut end = End { at: self.now.cut_to_millis(), second: Second::of(self.now) };
        for &number in numbers {
            let row = self.shard(number);
            end.at = end.at.max(row.opened());
            end.second = end.second.max(Second(row.creation_second));
        }
        end
    }

    fn close(&mut self, number: u32, end: End, children: Vec<u32>) {
        let mut row = self.shard(number).clone();
        self.logs.push(LogChange::Seal(row.log_id()));
        row.closed = Some(Closing { at_micros: end.at.as_micros(), second: end.second.0, children });
        self.shards.insert(number, Some(row));
        self.row.open_shards -= 1;
    }

    /// The commit, under the check that the stream's row has not changed.
    pub(super) fn into_commit(self, id: CommitId) -> Commit {
        let key = &self.stream.key;
        let stream = self.stream.id();
        let mut commit = Commit::new(id);
        commit.check(if self.stream.version == Version(0) {
            store::Check::Absent(STREAMS.key(key))
        } else {
            store::Check::VersionIs(STREAMS.key(key), self.stream.version)
        });
        if self.buried {
            bury(&mut commit, key, stream, self.now);
            return commit;
        }
        commit.put(STREAMS, key, &self.row);
        for (number, row) in &self.shards {
            let key = ShardKey { stream, number: *number };
            match row {
                Some(row) => commit.put(SHARDS, &key, row),
                None => commit.delete(SHARDS, &key),
            };
        }
        commit.logs = self.logs;
        match self.more {
            Some(more) => commit.and(more),
            None => commit,
        }
    }
}

/// Removes a stream's row and leaves the rest to the sweep.
fn bury(commit: &mut Commit, key: &StreamKey, stream: StreamId, now: Timestamp) {
    commit.delete(STREAMS, key);
    commit.put(GRAVES, &stream, &GraveRow { deleted_micros: now.as_micros() });
}

fn transition(kind: Change, end: Timestamp) -> Transition {
    Transition { kind, until_micros: end.as_micros() }
}

/// When a shard ends.
#[derive(Clone, Copy)]
struct End {
    at: Timestamp,
    second: Second,
}

impl End {
    fn children_opened(self) -> Timestamp {
        Timestamp::from_micros(self.at.as_micros() + MILLI_MICROS)
    }
}
