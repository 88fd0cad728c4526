//! What an account agrees to, and what it may then ask of its on-demand streams.
//!
//! A commitment to a minimum of throughput (AWS's "on-demand advantage") lasts a day at least: ended earlier, it goes on until then. Its state
//! follows from the row and the clock.

use std::time::Duration;

use base::Timestamp;

use super::{ATTEMPTS, Error, Kinesis};
use crate::tables::{ACCOUNTS, AccountKey, AccountRow, Commitment, Distribution, Mode, StreamKey};

/// How long a commitment lasts at least.
const COMMITTED_AT_LEAST: Duration = Duration::from_secs(86_400);

/// Where a commitment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CommitmentState {
    /// In force.
    Enabled,
    /// Ended, but in force until the earliest time allowed.
    Ending,
    /// Not in force, or never was.
    Disabled,
}

impl Commitment {
    /// When it began.
    pub fn started(&self) -> Timestamp {
        Timestamp::from_micros(self.started_micros)
    }

    /// Before this it cannot end.
    pub fn earliest_end(&self) -> Timestamp {
        self.started().plus(COMMITTED_AT_LEAST)
    }

    /// When it ends or ended, if that was asked for.
    pub fn ended(&self) -> Option<Timestamp> {
        self.ended_micros.map(Timestamp::from_micros)
    }
}

impl AccountRow {
    /// Where the commitment stands.
    pub fn state(&self, now: Timestamp) -> CommitmentState {
        match self.commitment.map(|commitment| commitment.ended()) {
            None => CommitmentState::Disabled,
            Some(None) => CommitmentState::Enabled,
            Some(Some(end)) if now < end => CommitmentState::Ending,
            Some(Some(_)) => CommitmentState::Disabled,
        }
    }
}

impl Kinesis {
    /// An account's settings in a region.
    pub async fn account_settings(&self, key: &AccountKey) -> Result<AccountRow, Error> {
        let row = ACCOUNTS.get(&*self.store.snapshot(), key).await?;
        Ok(row.map(|row| row.value).unwrap_or_default())
    }

    /// Begins or ends the commitment. What is so already stays as it is.
    pub async fn set_commitment(&self, key: &AccountKey, on: bool) -> Result<AccountRow, Error> {
        for _ in 0..ATTEMPTS {
            let now = self.now();
            let found = ACCOUNTS.get(&*self.store.snapshot(), key).await?;
            let mut row = found.as_ref().map(|row| row.value.clone()).unwrap_or_default();
            row.commitment = match (on, row.state(now), row.commitment) {
                (true, CommitmentState::Disabled, _) | (true, _, None) => {
                    Some(Commitment { started_micros: now.as_micros(), ended_micros: None })
                }
                (true, CommitmentState::Enabled | CommitmentState::Ending, Some(commitment)) => {
                    Some(Commitment { ended_micros: None, ..commitment })
                }
                (false, CommitmentState::Enabled, Some(commitment)) => {
                    let end = now.max(commitment.earliest_end());
                    Some(Commitment { ended_micros: Some(end.as_micros()), ..commitment })
                }
                (false, _, commitment) => commitment,
            };
            let mut commit = store::Commit::new(self.new_commit_id());
            commit.unchanged(ACCOUNTS, key, found.as_ref()).put(ACCOUNTS, key, &row);
            if self.settle(commit).await? {
                return Ok(row);
            }
        }
        Err(Error::Conflict)
    }

    /// Refuses what only on-demand streams have, and warm throughput without the account's commitment.
    pub(super) async fn check_capacity(
        &self,
        stream: &StreamKey,
        mode: Mode,
        distribution: Distribution,
        warm_mib: u32,
    ) -> Result<(), Error> {
        if mode != Mode::OnDemand && distribution == Distribution::Auto {
            return Err(Error::OnDemandOnly("RecordDistributionStrategy"));
        }
        if warm_mib == 0 {
            return Ok(());
        }
        if mode != Mode::OnDemand {
            return Err(Error::OnDemandOnly("WarmThroughputMiBps"));
        }
        let key = AccountKey { account: stream.account, region: stream.region.clone() };
        match self.account_settings(&key).await?.state(self.now()) {
            CommitmentState::Enabled | CommitmentState::Ending => Ok(()),
            CommitmentState::Disabled => Err(Error::NoCommitment),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_lasts_a_day_at_least() {
        let started = Timestamp::from_secs(1_000);
        let commitment = Commitment { started_micros: started.as_micros(), ended_micros: None };
        let row = |ended: Option<Timestamp>| AccountRow {
            commitment: Some(Commitment { ended_micros: ended.map(|end| end.as_micros()), ..commitment }),
        };
        let end = commitment.earliest_end();
        assert_eq!(AccountRow::default().state(started), CommitmentState::Disabled);
        assert_eq!(row(None).state(end), CommitmentState::Enabled);
        assert_eq!(row(Some(end)).state(started), CommitmentState::Ending);
        assert_eq!(row(Some(end)).state(end), CommitmentState::Disabled);
    }
}
