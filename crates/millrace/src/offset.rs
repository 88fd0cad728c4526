//! What the clock was moved by: a row, restored at start.
//!
//! | number | table | key | value | written |
//! |---|---|---|---|---|
//! | 0x0110 | [`OFFSET`] | none | [`Moved`] | by every move, before the clock moves |
//!
//! The offset only grows: nothing may see time fall. A directory with an offset is opened only by a server whose clock may be moved, so that nobody
//! meets a future by surprise.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use futures_util::future::BoxFuture;
use minicbor::{Decode, Encode};
use store::{
    Commit, CommitError, CommitId, KeyReader, KeyWriter, ReadError, Row, Store, Table, TableKey, TableNumber,
};

/// How far the clock was moved. Owner: this file.
pub(crate) const OFFSET: Table<Only, Moved> = Table::new(TableNumber(0x0110), "millrace.clock");

/// The key of a table that has one row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Only;

/// How far the clock was moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Moved {
    /// By so many microseconds.
    #[n(0)]
    pub micros: u64,
}

/// All moves together stay below this: further on, calendars of clients and formats of ours end.
const OFFSET_MAX: Duration = Duration::from_secs(100 * 365 * 86_400);
/// Two moves at once meet in the store; so many times in a row they do not.
const TRIES_MAX: usize = 16;

/// Why the clock was not moved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MoveError {
    /// All moves together would pass the bound.
    #[error("the clock cannot be moved by more than 100 years in all")]
    TooFar,
    /// The offset cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The offset cannot be kept.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// What the directory's clock was moved by; zero if never.
pub(crate) async fn read(store: &dyn Store) -> Result<Duration, ReadError> {
    Ok(row(store).await?.map_or(Duration::ZERO, |row| Duration::from_micros(row.value.micros)))
}

async fn row(store: &dyn Store) -> Result<Option<Row<Moved>>, ReadError> {
    OFFSET.get(&*store.snapshot(), &Only).await
}

/// Keeps the new offset, then moves the clock. Returns all moves together.
pub(crate) async fn advance(
    store: &dyn Store,
    clock: &Clock,
    random: &Random,
    by: Duration,
) -> Result<Duration, MoveError> {
    let mut tries = 0;
    loop {
        let seen = row(store).await?;
        let before = seen.as_ref().map_or(Duration::ZERO, |row| Duration::from_micros(row.value.micros));
        let moved = before.checked_add(by).filter(|moved| *moved <= OFFSET_MAX).ok_or(MoveError::TooFar)?;
        let micros = u64::try_from(moved.as_micros()).map_err(|_| MoveError::TooFar)?;
        let mut commit = Commit::new(CommitId(random.u128()));
        commit.unchanged(OFFSET, &Only, seen.as_ref()).put(OFFSET, &Only, &Moved { micros });
        match store.commit(commit).await {
            Ok(_) => {
                clock.advance_to(moved);
                return Ok(moved);
            }
            Err(CommitError::Check { .. }) if tries < TRIES_MAX => tries += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// Moves the clock for the door's admin call.
pub(crate) struct Mover {
    /// Where the offset is kept.
    pub store: Arc<dyn Store>,
    /// The clock.
    pub clock: Clock,
    /// Names the commits.
    pub random: Random,
}

impl door::MoveClock for Mover {
    fn advance(&self, by: Duration) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            let moved = advance(&*self.store, &self.clock, &self.random, by).await;
            moved.map(|_| ()).map_err(|error| error.to_string())
        })
    }
}

impl TableKey for Only {
    fn write(&self, _: &mut KeyWriter) {}

    fn read(_: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn moves_add_up_are_kept_and_have_a_bound() {
        let clock = Clock::manual(base::Timestamp::EPOCH);
        let random = Random::seeded(1);
        let store = storage::Model::new(clock.clone(), random.clone());
        let day = Duration::from_secs(86_400);
        assert_eq!(read(&*store).await, Ok(Duration::ZERO));
        advance(&*store, &clock, &random, day).await.unwrap();
        assert_eq!(advance(&*store, &clock, &random, day).await.unwrap(), day * 2);
        assert_eq!(read(&*store).await, Ok(day * 2));
        assert_eq!(clock.offset(), day * 2);
        assert!(matches!(advance(&*store, &clock, &random, OFFSET_MAX).await, Err(MoveError::TooFar)));
        assert_eq!(clock.offset(), day * 2);
    }

    #[test]
    fn the_row_round_trips() {
        use store::TableValue;
        let moved = Moved { micros: u64::MAX };
        assert_eq!(Moved::from_bytes(&moved.to_bytes()).unwrap(), moved);
        assert_eq!(OFFSET.read_key(&OFFSET.key(&Only)).unwrap(), Only);
    }
}
