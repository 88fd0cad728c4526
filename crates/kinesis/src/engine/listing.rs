//! Which shards ListShards shows.

use base::Timestamp;

use super::stream::{Shard, Stream};

/// What ListShards is asked for (facts section 7).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Filter {
    /// All that are not expired.
    All,
    /// Those open at the trim horizon: of a stream younger than its retention, the first ones.
    AtTrimHorizon,
    /// Those open now.
    AtLatest,
    /// Those open at this time, but not before the trim horizon.
    AtTime(Timestamp),
    /// Those open at this time or later.
    FromTime(Timestamp),
    /// Those after this one.
    AfterShard(u32),
}

impl Stream {
    /// The shards that pass the filter, by number.
    pub fn filtered(&self, filter: Filter, now: Timestamp) -> impl Iterator<Item = &Shard> {
        let horizon = self.horizon(now).max(self.first_opened());
        self.listed(now).filter(move |shard| match filter {
            Filter::All => true,
            Filter::AtTrimHorizon => open_at(shard, horizon),
            Filter::AtLatest => shard.is_open(),
            Filter::AtTime(time) => open_at(shard, time.cut_to_millis().max(horizon)),
            Filter::FromTime(time) => shard.open_since(time.cut_to_millis()),
            Filter::AfterShard(number) => shard.number > number,
        })
    }

    /// When the first shards opened. Not before the stream's creation, and in whole milliseconds like all that shards tell.
    fn first_opened(&self) -> Timestamp {
        self.created().cut_to_millis()
    }
}

/// Shards end a millisecond before their children begin, so at any millisecond the open ones cover all hash keys once.
fn open_at(shard: &Shard, time: Timestamp) -> bool {
    shard.row.opened() <= time && shard.open_since(time)
}
