//! Committing, and finding out what became of it: the one place that knows what to do about [`CommitError::Unknown`].
//!
//! A commit whose answer was lost may have happened. To repeat it blindly could do it twice; to report a failure could deny what is durable.
//! [`settle`] asks [`Store::outcome`] then, and sorts all that can come of it by what the caller may do next:
//!
//! | what is certain | [`Settled`] | the caller |
//! |---|---|---|
//! | it happened, and what it did is known | `Done` | answers |
//! | it happened, but numbers and times of records are lost with the answer | `Happened` | answers, or reads what it needs |
//! | nothing happened: something the commit relied on is otherwise | `Lost` | reads anew, decides, and commits again under a new id |
//! | nothing happened and never will, through no fault of the commit | `Absent` | the same |
//! | nothing happened, and would not if repeated now | `Refused` | answers with the refusal |
//! | nobody can tell now | `Unknown` | answers that it failed in a way that may be repeated; one that must do it exactly once asks `outcome` until it answers |
//!
//! It never repeats a commit itself: an id that was answered as absent stays so, and what to write may be another thing by then.

use crate::commit::{Commit, CommitId};
use crate::log::LogId;
use crate::{BlobRef, CommitError, Committed, Fate, Store};

/// What is certain of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
#[must_use = "a commit may not have happened"]
pub enum Settled {
    /// It happened, and this is what it did.
    Done(Committed),
    /// It happened; what else there was to say of it was lost.
    Happened,
    /// Nothing happened: what it relied on is otherwise.
    Lost(Lost),
    /// Nothing happened, and never will under this id, for this reason.
    Absent(String),
    /// Nothing happened, and it would be refused again.
    Refused(Refusal),
    /// It may have happened, for all that can be found out now.
    Unknown(String),
}

/// What a commit relied on and found otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lost {
    /// The check at this index of `Commit::checks`.
    Check(usize),
    /// This log is not open, or is there already.
    Log(LogId),
    /// This blob is not there.
    Blob(BlobRef),
}

/// Why a commit is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Too little free space for new data.
    #[error("the disk is full")]
    Full,
    /// It is larger than any engine takes.
    #[error("the commit is too large: {0}")]
    TooLarge(&'static str),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

impl Settled {
    /// Whether it certainly happened.
    pub fn has_happened(&self) -> bool {
        match self {
            Settled::Done(_) | Settled::Happened => true,
            Settled::Lost(_) | Settled::Absent(_) | Settled::Refused(_) | Settled::Unknown(_) => false,
        }
    }

    /// Whether nothing happened and it is worth reading anew and trying again.
    pub fn may_begin_again(&self) -> bool {
        match self {
            Settled::Lost(_) | Settled::Absent(_) => true,
            Settled::Done(_) | Settled::Happened | Settled::Refused(_) | Settled::Unknown(_) => false,
        }
    }

    fn of(result: Result<Committed, CommitError>) -> Self {
        match result {
            Ok(committed) => Settled::Done(committed),
            Err(CommitError::Check { index }) => Settled::Lost(Lost::Check(index)),
            Err(CommitError::Log(log)) => Settled::Lost(Lost::Log(log)),
            Err(CommitError::Blob(blob)) => Settled::Lost(Lost::Blob(blob)),
            Err(CommitError::Full) => Settled::Refused(Refusal::Full),
            Err(CommitError::TooLarge(what)) => Settled::Refused(Refusal::TooLarge(what)),
            Err(CommitError::Closed) => Settled::Refused(Refusal::Closed),
            Err(CommitError::Unknown(why)) => Settled::Unknown(why),
        }
    }
}

/// Commits, and asks what became of it if the answer is that nobody knows. Guards of blobs and whatever else must outlive the commit must
/// outlive this too.
pub async fn settle(store: &dyn Store, commit: Commit) -> Settled {
    let id = commit.id;
    match Settled::of(store.commit(commit).await) {
        Settled::Unknown(why) => asked(store, id, why).await,
        certain => certain,
    }
}

async fn asked(store: &dyn Store, id: CommitId, why: String) -> Settled {
    match store.outcome(id).await {
        Ok(Fate::Committed) => Settled::Happened,
        Ok(Fate::Absent) => Settled::Absent(why),
        Ok(Fate::TooOld) => Settled::Unknown(why),
        Err(error) => Settled::Unknown(format!("{why}; and asking failed: {error}")),
    }
}
