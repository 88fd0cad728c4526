//! A stream as it stands: its row and all its shards, and what follows from them. Pure: no store, no clock.

use base::{Arn, Region, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use store::Version;

use super::Error;
use super::hash::{HashKey, HashRange};
use super::policy::compiled;
use super::sequence::{Second, SequenceNumber, ShardPart};
use crate::tables::{Change, ShardRow, StreamId, StreamKey, StreamRow};

/// What DescribeStream calls StreamStatus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Not usable yet.
    Creating,
    /// In use.
    Active,
    /// In use, but not to be changed now.
    Updating,
    /// In use until it is gone.
    Deleting,
}

impl Status {
    /// AWS's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Creating => "CREATING",
            Status::Active => "ACTIVE",
            Status::Updating => "UPDATING",
            Status::Deleting => "DELETING",
        }
    }
}

/// A shard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shard {
    /// Its number: counts up within the stream, never reused.
    pub number: u32,
    /// What is kept of it.
    pub row: ShardRow,
}

impl Shard {
    /// Its hash keys.
    pub fn range(&self) -> HashRange {
        HashRange { first: self.row.hash_first, last: self.row.hash_last }
    }

    /// What its sequence numbers have in common.
    pub fn part(&self) -> ShardPart {
        ShardPart { creation: Second(self.row.creation_second), number: self.number }
    }

    /// Whether records may be put.
    pub fn is_open(&self) -> bool {
        self.row.closed.is_none()
    }

    /// Its EndingSequenceNumber, if it is closed.
    pub fn ending(&self) -> Option<SequenceNumber> {
        self.row.closed.as_ref().map(|closing| self.part().ending(Second(closing.second)))
    }

    /// Its parents: none, the one that was split, or the two that were merged.
    pub fn parents(&self) -> impl Iterator<Item = u32> {
        self.row.parent.into_iter().chain(self.row.adjacent_parent)
    }

    /// Whether it was open at some time from `time` on.
    pub fn open_since(&self, time: Timestamp) -> bool {
        self.row.closed.as_ref().is_none_or(|closing| closing.at() >= time)
    }
}

/// A stream with all its shards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stream {
    /// What it is called.
    pub key: StreamKey,
    /// What is kept of it.
    pub row: StreamRow,
    /// The commit that wrote the row: the state is the right one as long as this is the row's version.
    pub version: Version,
    /// Its shards, by number.
    shards: Vec<Shard>,
    /// Indexes of the open ones, by hash key.
    open: Vec<usize>,
    /// Its resource policy, ready to be asked.
    policy: Option<Arc<policy::Document>>,
}

impl Stream {
    /// Puts it together. `shards` are in the order of their numbers.
    pub fn new(key: StreamKey, row: StreamRow, version: Version, shards: Vec<Shard>) -> Self {
        let mut open: Vec<usize> = (0..shards.len()).filter(|&index| shards[index].is_open()).collect();
        open.sort_by_key(|&index| shards[index].row.hash_first);
        debug_assert!(
            covers_everything(open.iter().map(|&index| shards[index].range())),
            "open shards cover all hash keys once"
        );
        let policy = compiled(row.policy.as_deref());
        Self { key, row, version, shards, open, policy }
    }

    /// A row without shards: a stream about to be created, or one whose shards do not matter.
    pub fn bare(key: StreamKey, row: StreamRow, version: Version) -> Self {
        Self { key, row, version, shards: Vec::new(), open: Vec::new(), policy: None }
    }

    /// Its id.
    pub fn id(&self) -> StreamId {
        StreamId(self.row.id)
    }

    /// Its resource policy.
    pub fn policy(&self) -> Option<&Arc<policy::Document>> {
        self.policy.as_ref()
    }

    /// Its ARN.
    pub fn arn(&self) -> Arn {
        arn(&self.key)
    }

    /// Where it stands in its life; `None` once it is gone.
    pub fn status(&self, now: Timestamp) -> Option<Status> {
        status(&self.row, now)
    }

    /// When it was created.
    pub fn created(&self) -> Timestamp {
        Timestamp::from_micros(self.row.created_micros)
    }

    /// Records that arrived before this are gone.
    pub fn horizon(&self, now: Timestamp) -> Timestamp {
        now.minus(retention(self.row.retention_hours))
            .max(Timestamp::from_micros(self.row.trimmed_before_micros))
    }

    /// Whether a shard is past its retention: closed, and its last record gone.
    pub fn is_expired(&self, shard: &Shard, now: Timestamp) -> bool {
        shard.row.closed.as_ref().is_some_and(|closing| closing.at() < self.horizon(now))
    }

    /// Every shard that is not expired, by number.
    pub fn listed(&self, now: Timestamp) -> impl Iterator<Item = &Shard> {
        self.shards.iter().filter(move |shard| !self.is_expired(shard, now))
    }

    /// Every shard there still is a row of, by number.
    pub fn all_shards(&self) -> &[Shard] {
        &self.shards
    }

    /// The shard of that number, if it is not expired.
    pub fn shard(&self, number: u32, now: Timestamp) -> Result<&Shard, Error> {
        let found =
            self.shards.binary_search_by_key(&number, |shard| shard.number).map(|index| &self.shards[index]);
        match found {
            Ok(shard) if !self.is_expired(shard, now) => Ok(shard),
            Ok(_) | Err(_) => Err(Error::NoShard(self.key.clone(), number)),
        }
    }

    /// The open shards, by hash key.
    pub fn open_shards(&self) -> impl ExactSizeIterator<Item = &Shard> {
        self.open.iter().map(|&index| &self.shards[index])
    }

    /// The place among [`Stream::open_shards`] of the one that holds the key.
    pub fn route(&self, key: HashKey) -> usize {
        self.open.partition_point(|&index| self.shards[index].row.hash_last < key.0)
    }

    /// The open shard at a place that [`Stream::route`] gave.
    pub fn open_shard(&self, place: usize) -> &Shard {
        &self.shards[self.open[place]]
    }
}

/// A stream's ARN.
pub fn arn(key: &StreamKey) -> Arn {
    let region = Region::new(&key.region).unwrap_or_else(Region::us_east_1);
    Arn::new("kinesis", &region, key.account, &format!("stream/{}", key.name))
}

/// A retention in hours as a span of time.
pub fn retention(hours: u32) -> Duration {
    Duration::from_secs(u64::from(hours) * 3_600)
}

/// Where a stream stands in its life; `None` once it is gone.
pub fn status(row: &StreamRow, now: Timestamp) -> Option<Status> {
    match row.transition {
        None if row.scaling.is_some() => Some(Status::Updating),
        None => Some(Status::Active),
        Some(transition) => {
            let over = now >= Timestamp::from_micros(transition.until_micros);
            match transition.kind {
                Change::Updating if row.scaling.is_some() => Some(Status::Updating),
                Change::Creating | Change::Updating if over => Some(Status::Active),
                Change::Creating => Some(Status::Creating),
                Change::Updating => Some(Status::Updating),
                Change::Deleting if over => None,
                Change::Deleting => Some(Status::Deleting),
            }
        }
    }
}

/// The invariant of every shard map: ranges, in order, that cover all hash keys without gap or overlap.
pub fn covers_everything(ranges: impl IntoIterator<Item = HashRange>) -> bool {
    let mut next = Some(0);
    for range in ranges {
        if next != Some(range.first) || range.last < range.first {
            return false;
        }
        next = range.last.checked_add(1);
    }
    next.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Mode;
    use base::AccountId;
    use proptest::prelude::*;

    fn row() -> StreamRow {
        StreamRow {
            id: 1,
            created_micros: 0,
            mode: Mode::Provisioned,
            retention_hours: 24,
            trimmed_before_micros: 0,
            record_kib_max: 1_024,
            next_shard: 0,
            open_shards: 0,
            transition: None,
            metrics: 0,
            tags: base::Tags::new(),
            rescaled_micros: Vec::new(),
            mode_changed_micros: Vec::new(),
            distribution: crate::tables::Distribution::default(),
            warm_mib: 0,
            policy: None,
            encryption: None,
            encryption_changed_micros: Vec::new(),
            queues: 0,
            channels: 0,
            scaling: None,
        }
    }

    fn stream(ranges: &[HashRange]) -> Stream {
        let shard = |(number, range): (u32, &HashRange)| Shard {
            number,
            row: ShardRow {
                log: u128::from(number),
                hash_first: range.first,
                hash_last: range.last,
                opened_micros: 0,
                creation_second: 0,
                parent: None,
                adjacent_parent: None,
                closed: None,
            },
        };
        let key =
            StreamKey { account: AccountId::DEFAULT, region: "us-east-1".to_owned(), name: "s".to_owned() };
        Stream::new(key, row(), Version(1), (0..).zip(ranges).map(shard).collect())
    }

    proptest! {
        #[test]
        fn every_hash_key_has_exactly_the_shard_that_holds_it(mut cuts in proptest::collection::btree_set(1u128.., 0..40), key: u128) {
            cuts.insert(0);
            let cuts: Vec<u128> = cuts.into_iter().collect();
            let end = |at: usize| cuts.get(at + 1).map_or(u128::MAX, |next| next - 1);
            let ranges: Vec<HashRange> = (0..cuts.len()).map(|at| HashRange { first: cuts[at], last: end(at) }).collect();
            let stream = stream(&ranges);
            for key in [key, 0, u128::MAX, cuts[cuts.len() / 2]].map(HashKey) {
                prop_assert!(stream.open_shard(stream.route(key)).range().contains(key));
            }
        }
    }

    #[test]
    fn a_gap_an_overlap_or_an_end_too_soon_does_not_cover_everything() {
        let range = |first, last| HashRange { first, last };
        assert!(covers_everything([range(0, 9), range(10, u128::MAX)]));
        assert!(!covers_everything([range(0, 9), range(11, u128::MAX)]));
        assert!(!covers_everything([range(0, 10), range(10, u128::MAX)]));
        assert!(!covers_everything([range(0, 9), range(10, 20)]));
        assert!(!covers_everything([range(1, u128::MAX)]));
        assert!(!covers_everything([]));
    }
}
