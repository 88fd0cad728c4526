//! What waits to be replicated, and how far each version is.

use base::Timestamp;
use minicbor::{Decode, Encode};
use store::{Table, TableNumber};

use super::{MoveKey, codec};

/// Versions that wait to be replicated, or what was changed of them.
pub const REPLICATIONS: Table<MoveKey, Replication> = Table::new(TableNumber(0x0453), "s3.replications");

/// That a version waits.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Replication {
    /// Its bucket's name.
    #[n(0)]
    pub bucket: String,
    /// Since when.
    #[cbor(n(1), with = "codec::time")]
    pub since: Timestamp,
    /// It is a delete marker.
    #[n(2)]
    pub marker: bool,
}

/// How far a version is (`x-amz-replication-status`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum ReplicationStatus {
    /// It waits.
    #[n(0)]
    Pending,
    /// It is everywhere it belongs.
    #[n(1)]
    Completed,
    /// It could not be put somewhere, and that is final.
    #[n(2)]
    Failed,
    /// It is a replica itself.
    #[n(3)]
    Replica,
}

impl ReplicationStatus {
    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Replica => "REPLICA",
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;
    use crate::tables::{Id, VersionId};

    pub(in super::super) fn status() -> impl Strategy<Value = Option<ReplicationStatus>> {
        prop::sample::select(vec![
            None,
            Some(ReplicationStatus::Pending),
            Some(ReplicationStatus::Completed),
            Some(ReplicationStatus::Failed),
            Some(ReplicationStatus::Replica),
        ])
    }

    proptest! {
        #[test]
        fn rows_round_trip(bucket: u128, name in ".{0,12}", order: u64, salt: u64, micros: i64, marker: bool) {
            let at = MoveKey { bucket: Id(bucket), key: name.clone(), version: VersionId { order, salt } };
            prop_assert_eq!(REPLICATIONS.read_key(&REPLICATIONS.key(&at)).unwrap(), at);
            let row = Replication { bucket: name, since: Timestamp::from_micros(micros), marker };
            prop_assert_eq!(Replication::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }
}
