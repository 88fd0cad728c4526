//! What happens by itself: where time and requests put a version, and when to look at it.

use base::Timestamp;
use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::{Home, Id, ReplicationStatus, RestoredCopy, codec};

/// When to look at a key, or at an upload: in the order in which it is due.
pub const DUE: Table<DueKey, Look> = Table::new(TableNumber(0x0440), "s3.due");
/// Buckets whose rules changed, and how far their objects were given their looks.
pub const SPREADS: Table<Id, Spread> = Table::new(TableNumber(0x0441), "s3.spreads");

/// Key of [`DUE`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DueKey {
    /// When.
    pub at: Timestamp,
    /// The bucket.
    pub bucket: Id,
    /// The key.
    pub key: String,
    /// The upload; 0 for the key's versions.
    pub upload: Id,
}

/// That a key is to be looked at.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Look {
    /// The bucket's name.
    #[n(0)]
    pub bucket: String,
}

/// A pass over a bucket that writes the looks its new rules want.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Spread {
    /// The bucket's name.
    #[n(0)]
    pub bucket: String,
    /// When the rules were changed: what they make due in the past is due then.
    #[cbor(n(1), with = "codec::time")]
    pub since: Timestamp,
    /// What is being passed over.
    #[n(2)]
    pub stage: Stage,
    /// The last key of the table that was passed, encoded.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub passed: Vec<u8>,
}

/// The tables a pass goes over, one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Stage {
    /// Current objects.
    #[n(0)]
    Objects,
    /// Older versions.
    #[n(1)]
    Versions,
    /// Current markers.
    #[n(2)]
    Markers,
    /// Uploads under way.
    #[n(3)]
    Uploads,
}

/// A point in time, where there may be none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(transparent)]
pub struct Stamp(#[cbor(n(0), with = "codec::time")] pub Timestamp);

/// Where time and requests put a version, beyond its storage class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Placement {
    /// What was asked of the archive.
    #[n(0)]
    pub restore: Option<Restore>,
    /// `INTELLIGENT_TIERING`: when it was last read, or came into the class, where that is later than its Last-Modified.
    #[n(1)]
    pub accessed: Option<Stamp>,
    /// `INTELLIGENT_TIERING`: the archive tier it is in.
    #[n(2)]
    pub tier: Option<ArchiveTier>,
    /// When its lifecycle last moved it to another class.
    #[n(3)]
    pub moved: Option<Stamp>,
    /// Where its bytes are.
    #[n(4)]
    #[cbor(default)]
    pub home: Home,
    /// Whether it is replicated, or a replica.
    #[n(5)]
    pub replication: Option<ReplicationStatus>,
}

/// A restore that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Restore {
    /// When it was asked for first.
    #[cbor(n(0), with = "codec::time")]
    pub requested: Timestamp,
    /// How fast.
    #[n(1)]
    pub tier: RetrievalTier,
    /// For how many days; `None` for `INTELLIGENT_TIERING`, which stays restored.
    #[n(2)]
    pub days: Option<u32>,
    /// When the copy is there.
    #[cbor(n(3), with = "codec::time")]
    pub ready: Timestamp,
    /// When the copy goes.
    #[n(4)]
    pub until: Option<Stamp>,
    /// The copy, once it was made.
    #[n(5)]
    pub copy: Option<RestoredCopy>,
    /// It was told that it is there.
    #[n(6)]
    #[cbor(default)]
    pub told: bool,
}

/// How fast a restore is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum RetrievalTier {
    /// Half a day to two days.
    #[n(0)]
    Bulk,
    /// Hours.
    #[default]
    #[n(1)]
    Standard,
    /// Minutes.
    #[n(2)]
    Expedited,
}

/// An archive tier of `INTELLIGENT_TIERING`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum ArchiveTier {
    /// `ARCHIVE_ACCESS`.
    #[n(0)]
    Archive,
    /// `DEEP_ARCHIVE_ACCESS`.
    #[n(1)]
    DeepArchive,
}

impl TableKey for DueKey {
    fn write(&self, key: &mut KeyWriter) {
        key.i64(self.at.as_micros()).u128(self.bucket.0).text(&self.key).u128(self.upload.0);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let (at, bucket) = (Timestamp::from_micros(key.i64()?), Id(key.u128()?));
        Ok(Self { at, bucket, key: key.text()?, upload: Id(key.u128()?) })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;

    fn time() -> impl Strategy<Value = Timestamp> {
        any::<i64>().prop_map(Timestamp::from_micros)
    }

    pub(in super::super) fn placement() -> impl Strategy<Value = Placement> {
        let at = || prop::option::of(time().prop_map(Stamp));
        let tier = prop_oneof![
            Just(RetrievalTier::Bulk),
            Just(RetrievalTier::Standard),
            Just(RetrievalTier::Expedited)
        ];
        let copy = prop::option::of(super::super::archive::tests::copy());
        let restore = (time(), tier, any::<Option<u32>>(), time(), at(), copy, any::<bool>()).prop_map(
            |(requested, tier, days, ready, until, copy, told)| Restore {
                requested,
                tier,
                days,
                ready,
                until,
                copy,
                told,
            },
        );
        let tier =
            prop::sample::select(vec![None, Some(ArchiveTier::Archive), Some(ArchiveTier::DeepArchive)]);
        let home = super::super::archive::tests::home();
        let replication = super::super::replication::tests::status();
        (prop::option::of(restore), at(), tier, at(), home, replication).prop_map(
            |(restore, accessed, tier, moved, home, replication)| Placement {
                restore,
                accessed,
                tier,
                moved,
                home,
                replication,
            },
        )
    }

    proptest! {
        #[test]
        fn rows_round_trip(
            at in time(), bucket: u128, key in ".{0,12}", upload: u128, placement in placement(), passed: Vec<u8>,
            stage in prop::sample::select(vec![Stage::Objects, Stage::Versions, Stage::Markers, Stage::Uploads]),
        ) {
            let due = DueKey { at, bucket: Id(bucket), key, upload: Id(upload) };
            prop_assert_eq!(DUE.read_key(&DUE.key(&due)).unwrap(), due.clone());
            let look = Look { bucket: due.key.clone() };
            prop_assert_eq!(Look::from_bytes(&look.to_bytes()).unwrap(), look);
            let spread = Spread { bucket: due.key, since: at, stage, passed };
            prop_assert_eq!(Spread::from_bytes(&spread.to_bytes()).unwrap(), spread);
            prop_assert_eq!(Placement::from_bytes(&placement.to_bytes()).unwrap(), placement);
        }

        #[test]
        fn looks_lie_in_the_order_of_time(a in time(), b in time()) {
            let key = |at| DUE.key(&DueKey { at, bucket: Id(7), key: "k".to_owned(), upload: Id(0) });
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }
    }
}
