//! What DescribeAccountSettings and UpdateAccountSettings have in common.

use base::Timestamp;
use service::Call;

use crate::engine::account::CommitmentState;
use crate::shapes::MinimumThroughputBillingCommitmentOutput;
use crate::tables::{AccountKey, AccountRow};

/// The caller's account in the request's region.
pub(crate) fn key(call: &Call) -> AccountKey {
    AccountKey { account: call.account(), region: call.region().to_string() }
}

/// The commitment, as both show it.
pub(crate) fn commitment(settings: &AccountRow, now: Timestamp) -> MinimumThroughputBillingCommitmentOutput {
    let state = settings.state(now);
    let name = match state {
        CommitmentState::Enabled => "ENABLED",
        CommitmentState::Ending => "ENABLED_UNTIL_EARLIEST_ALLOWED_END",
        CommitmentState::Disabled => "DISABLED",
    };
    let commitment = settings.commitment;
    MinimumThroughputBillingCommitmentOutput {
        status: Some(name.to_owned()),
        started_at: commitment.map(|commitment| commitment.started()),
        ended_at: commitment.and_then(|commitment| commitment.ended()),
        earliest_allowed_end_at: commitment.map(|commitment| commitment.earliest_end()),
    }
}
