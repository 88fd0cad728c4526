//! What the clock was moved by: a row, restored at start.
//!
//! | number | table | key | value | written |
//! |---|---|---|---|---|
//! | 0x0110 | [`OFFSET`] | none | [`Moved`] | by every move, before the clock moves |
//!
//! The offset only grows: nothing may see time fall. A directory with an offset is opened only by a server whose clock may be moved, so that nobody
//! meets a future by surprise.

use std::time::Duration;

use base::{Clock, Random};
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
                clock.advance(by);
                return Ok(moved);
            }
            Err(CommitError::Check { .. }) if tries < TRIES_MAX => tries += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reads `30d`, `12h`, `90m`, `45s` or `500ms`.
pub(crate) fn parse_advance(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let count: u64 = count.parse().ok()?;
    let unit_millis: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    count.checked_mul(unit_millis).map(Duration::from_millis)
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

    #[test]
    fn advances_are_a_number_and_a_unit() {
        let day = Duration::from_secs(86_400);
        assert_eq!(parse_advance("30d"), Some(day * 30));
        assert_eq!(parse_advance("1500ms"), Some(Duration::from_millis(1_500)));
        for nonsense in ["", "d", "30", "-1d", "1.5h", "1 d", "99999999999999999999d", "18446744073709551615d"] {
            assert_eq!(parse_advance(nonsense), None, "`{nonsense}`");
        }
    }

    #[test]
    fn the_row_round_trips() {
        use store::TableValue;
        let moved = Moved { micros: u64::MAX };
        assert_eq!(Moved::from_bytes(&moved.to_bytes()).unwrap(), moved);
        assert_eq!(OFFSET.read_key(&OFFSET.key(&Only)).unwrap(), Only);
    }
}
