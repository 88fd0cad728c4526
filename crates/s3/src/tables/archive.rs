//! Where an object's bytes are kept, and which objects are still to be brought there.

use minicbor::{Decode, Encode};
use store::{BlobRef, KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::{Id, Seal, VersionId, codec};

/// Versions whose bytes are to be moved, or that want a readable copy.
pub const MOVES: Table<MoveKey, Move> = Table::new(TableNumber(0x0442), "s3.moves");
/// For which volumes all objects were looked through; one row.
pub const ARRANGED: Table<Id, Arranged> = Table::new(TableNumber(0x0443), "s3.arranged");

/// Key of [`MOVES`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MoveKey {
    /// The bucket.
    pub bucket: Id,
    /// The key.
    pub key: String,
    /// The version.
    pub version: VersionId,
}

/// That a version is not kept where it belongs.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Move {
    /// The bucket's name.
    #[n(0)]
    pub bucket: String,
}

/// How far all objects were looked through for these volumes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Arranged {
    /// The homes that had volumes of their own.
    #[n(0)]
    pub volumes: Vec<String>,
    /// Where it goes on; `None` when it is done.
    #[n(1)]
    pub at: Option<ArrangedTo>,
}

/// A place in all objects.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct ArrangedTo {
    /// The bucket's name.
    #[n(0)]
    pub bucket: String,
    /// Among its older versions.
    #[n(1)]
    pub older: bool,
    /// The last row that was passed, encoded.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub passed: Vec<u8>,
}

/// Where the bytes of an object are kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum Home {
    /// Where all bytes arrive.
    #[default]
    #[n(0)]
    Arrival,
    /// With those of `REDUCED_REDUNDANCY`.
    #[n(1)]
    ReducedRedundancy,
    /// With those of `STANDARD_IA`.
    #[n(2)]
    StandardIa,
    /// With those of `ONEZONE_IA`.
    #[n(3)]
    OnezoneIa,
    /// With those of `INTELLIGENT_TIERING` that are in none of its archive tiers.
    #[n(4)]
    IntelligentTiering,
    /// With those of `GLACIER_IR`.
    #[n(5)]
    GlacierIr,
    /// In the archive of `GLACIER`.
    #[n(6)]
    Glacier,
    /// In the archive of `DEEP_ARCHIVE`.
    #[n(7)]
    DeepArchive,
    /// In the tier `ARCHIVE_ACCESS`.
    #[n(8)]
    ArchiveAccess,
    /// In the tier `DEEP_ARCHIVE_ACCESS`.
    #[n(9)]
    DeepArchiveAccess,
}

/// A readable copy of an archived object: one blob.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RestoredCopy {
    /// The blob.
    #[cbor(n(0), with = "codec::blob")]
    pub blob: BlobRef,
    /// Under which key it is sealed.
    #[n(1)]
    pub seal: Seal,
}

impl TableKey for MoveKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.bucket.0).text(&self.key).u64(self.version.order).u64(self.version.salt);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let (bucket, name) = (Id(key.u128()?), key.text()?);
        Ok(Self { bucket, key: name, version: VersionId { order: key.u64()?, salt: key.u64()? } })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;

    pub(in super::super) fn home() -> impl Strategy<Value = Home> {
        prop::sample::select(vec![
            Home::Arrival,
            Home::ReducedRedundancy,
            Home::StandardIa,
            Home::OnezoneIa,
            Home::IntelligentTiering,
            Home::GlacierIr,
            Home::Glacier,
            Home::DeepArchive,
            Home::ArchiveAccess,
            Home::DeepArchiveAccess,
        ])
    }

    pub(in super::super) fn copy() -> impl Strategy<Value = RestoredCopy> {
        let seal = prop_oneof![Just(Seal::Own), (1..u32::MAX).prop_map(Seal::Master)];
        (any::<u128>(), seal).prop_map(|(blob, seal)| RestoredCopy { blob: BlobRef(blob), seal })
    }

    proptest! {
        #[test]
        fn rows_round_trip(
            bucket: u128, key in ".{0,12}", order: u64, salt: u64, volumes: Vec<String>, older: bool, passed: Vec<u8>, done: bool,
        ) {
            let at = MoveKey { bucket: Id(bucket), key: key.clone(), version: VersionId { order, salt } };
            prop_assert_eq!(MOVES.read_key(&MOVES.key(&at)).unwrap(), at);
            let row = Move { bucket: key.clone() };
            prop_assert_eq!(Move::from_bytes(&row.to_bytes()).unwrap(), row);
            let at = (!done).then_some(ArrangedTo { bucket: key, older, passed });
            let row = Arranged { volumes, at };
            prop_assert_eq!(Arranged::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }
}
