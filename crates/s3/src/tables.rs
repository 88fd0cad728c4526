//! Every key family S3 keeps. Owner of all: this crate.
//!
//! | number | table | key | value | written |
//! |---|---|---|---|---|
//! | 0x0401 | [`BUCKETS`] | name | [`Bucket`] | when created, and when a setting changes |
//! | 0x0402 | [`OWNED`] | account, name | [`Owned`] | once, with the bucket |
//! | 0x0403 | [`OPEN`] | bucket id | [`Open`] | once; taken away while the bucket is being deleted |
//! | 0x0404 | [`SETTINGS`] | bucket id, kind, id | [`Setting`] | by every change of a setting |
//! | 0x0410 | [`OBJECTS`] | bucket id, key | [`Object`] | by every put: the current version of the key, where that is an object |
//! | 0x0411 | [`VERSIONS`] | bucket id, key, version | [`Noncurrent`] | when a version is put over another; newest first |
//! | 0x0412 | [`LAYOUTS`] | contents id | [`Layout`] | once; where the bytes of a copy made of several pieces lie |
//! | 0x0413 | [`MARKERS`] | bucket id, key | [`Marker`] | the current version of the key, where that is a delete marker |
//! | 0x0420 | [`UPLOADS`] | bucket id, key, upload id | [`Upload`] | once |
//! | 0x0421 | [`PARTS`] | upload id, part number | [`Part`] | by every UploadPart; stays as long as the object that was made of it |
//! | 0x0422 | [`COMPLETED`] | upload id | [`Completed`] | once; kept a day, for repeated completions |
//! | 0x0440 | [`DUE`] | time, bucket id, key, upload id | [`Look`] | beside every row that its bucket's rules make due |
//! | 0x0441 | [`SPREADS`] | bucket id | [`Spread`] | when rules change, until all rows of the bucket have their looks |
//! | 0x0442 | [`MOVES`] | bucket id, key, version | [`Move`] | beside every row of an object that is not kept where it belongs |
//! | 0x0443 | [`ARRANGED`] | 0 | [`Arranged`] | when volumes are added, until all objects were looked through |
//! | 0x0450 | [`LOG_LINES`] | bucket id, id | [`LogLines`] | by requests whose bucket is logged; until they are delivered |
//! | 0x0451 | [`EVENTS`] | id | [`Event`] | beside what happened; until it is told |
//! | 0x0452 | [`INVENTORIES`] | time, bucket id, id | [`Inventory`] | with every configuration of an inventory, and by every list |
//! | 0x0453 | [`REPLICATIONS`] | bucket id, key, version | [`Replication`] | beside every version that a replication rule names; until it is replicated |
//! | 0x0430 | [`DROPS`] | contents or bucket id | [`Drop`] | when more falls away than one commit should carry |
//!
//! Objects are kept under their bucket's id, not its name, so that a bucket made again under an old name begins empty whatever is still
//! being swept. The current version has a row of its own, so that GET is one point read and a listing of current objects meets neither
//! older versions nor markers. `engine::versions` tells how the three tables hang together.
//!
//! Rows grow by further fields with a default. Numbers spoken for: 10 (encryption), 11 (an access list); 8 of
//! [`Upload`] (encryption), 9 (an access list); 5 of [`Part`] (encryption).
//!
//! Ids of uploads carry the time they began in their upper half, so that uploads of one key sort by it.

mod archive;
mod encryption;
mod lifecycle;
mod logs;
mod replication;
mod settings;

use base::{AccountId, Region, Timestamp};
use crypt::{Algorithm, Sum};
use minicbor::{Decode, Encode};
use store::{BlobRef, KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

pub use archive::{ARRANGED, Arranged, ArrangedTo, Home, MOVES, Move, MoveKey, RestoredCopy};
pub use encryption::{BucketEncryption, DefaultEncryption, Encryption, KmsKey, NEW_BUCKET, Seal};
pub use lifecycle::{
    ArchiveTier, DUE, DueKey, Look, Placement, Restore, RetrievalTier, SPREADS, Spread, Stage, Stamp,
};
pub use logs::{
    Cause, EVENTS, Event, EventMore, INVENTORIES, Inventory, InventoryKey, LOG_LINES, LinesKey, LogLines,
};
pub use replication::{REPLICATIONS, Replication, ReplicationStatus};
pub use settings::*;

/// Buckets by name: one namespace for all accounts, as AWS has it.
pub const BUCKETS: Table<Name, Bucket> = Table::new(TableNumber(0x0401), "s3.buckets");
/// An account's buckets, for ListBuckets.
pub const OWNED: Table<OwnedKey, Owned> = Table::new(TableNumber(0x0402), "s3.owned_buckets");
/// Buckets that take objects. Every write into a bucket checks that this row is there; see `engine::buckets`.
pub const OPEN: Table<Id, Open> = Table::new(TableNumber(0x0403), "s3.open_buckets");
/// The current version of every key that has an object for it.
pub const OBJECTS: Table<ObjectKey, Object> = Table::new(TableNumber(0x0410), "s3.objects");
/// Versions of a key below the current one, newest first.
pub const VERSIONS: Table<VersionKey, Noncurrent> = Table::new(TableNumber(0x0411), "s3.versions");
/// Keys whose current version is a delete marker.
pub const MARKERS: Table<ObjectKey, Marker> = Table::new(TableNumber(0x0413), "s3.markers");
/// Where the bytes of an object made of several pieces lie.
pub const LAYOUTS: Table<Id, Layout> = Table::new(TableNumber(0x0412), "s3.layouts");
/// Multipart uploads under way.
pub const UPLOADS: Table<UploadKey, Upload> = Table::new(TableNumber(0x0420), "s3.uploads");
/// Parts of uploads, and of the objects made of them.
pub const PARTS: Table<PartKey, Part> = Table::new(TableNumber(0x0421), "s3.parts");
/// Uploads completed within the last day.
pub const COMPLETED: Table<Id, Completed> = Table::new(TableNumber(0x0422), "s3.completed_uploads");
/// What is still to be taken apart by the sweep.
pub const DROPS: Table<Id, Drop> = Table::new(TableNumber(0x0430), "s3.drops");

/// A key that is one name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Name(pub String);

/// A key that is one id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Id(pub u128);

/// Key of [`OWNED`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct OwnedKey {
    /// The owner.
    pub account: AccountId,
    /// The bucket's name.
    pub name: String,
}

/// Key of [`OBJECTS`] and [`MARKERS`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ObjectKey {
    /// The bucket.
    pub bucket: Id,
    /// The key.
    pub key: String,
}

/// Key of [`VERSIONS`]. Its bytes begin with those of the [`ObjectKey`], and sort newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VersionKey {
    /// The bucket.
    pub bucket: Id,
    /// The key.
    pub key: String,
    /// The version.
    pub version: VersionId,
}

/// Names a version within its key and says where it stands among the others: later ones are greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Encode, Decode)]
pub struct VersionId {
    /// Greater than that of every version that was put before: the position of the last commit its writer had seen.
    #[n(0)]
    pub order: u64,
    /// Random, so that ids cannot be guessed; 0 for the null version.
    #[n(1)]
    pub salt: u64,
}

impl VersionId {
    /// Whether clients know it as `null`.
    pub const fn is_null(self) -> bool {
        self.salt == 0
    }
}

/// Key of [`UPLOADS`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct UploadKey {
    /// The bucket.
    pub bucket: Id,
    /// The key the object will have.
    pub key: String,
    /// The upload.
    pub upload: Id,
}

/// Key of [`PARTS`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PartKey {
    /// The upload.
    pub upload: Id,
    /// 1 to 10,000.
    pub number: u32,
}

/// A bucket.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Bucket {
    /// What its objects are kept under. Never used twice.
    #[cbor(n(0), with = "codec::id")]
    pub id: Id,
    /// Whose it is.
    #[cbor(n(1), with = "codec::account")]
    pub owner: AccountId,
    /// Where it is.
    #[cbor(n(2), with = "codec::region")]
    pub region: Region,
    /// The location constraint, where it is another word than the region (`EU`).
    #[n(3)]
    pub constraint: Option<String>,
    /// When it was made.
    #[cbor(n(4), with = "codec::time")]
    pub created: Timestamp,
    /// Whether it keeps versions.
    #[n(5)]
    #[cbor(default)]
    pub versioning: Versioning,
    /// Object lock, if it is on.
    #[n(6)]
    pub lock: Option<BucketLock>,
    /// Whether versions go for good only for who shows a code.
    #[n(7)]
    #[cbor(default)]
    pub mfa_delete: MfaDelete,
    /// How its objects are encrypted; `None`: as in new buckets.
    #[n(10)]
    pub encryption: Option<BucketEncryption>,
}

/// Whether a bucket keeps versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum Versioning {
    /// Versioning was never set.
    #[default]
    #[n(0)]
    Never,
    /// Every put makes a version.
    #[n(1)]
    Enabled,
    /// Puts replace the null version; others stay.
    #[n(2)]
    Suspended,
}

/// Whether deleting versions takes a code of an MFA device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum MfaDelete {
    /// It was never set.
    #[default]
    #[n(0)]
    Never,
    /// It does.
    #[n(1)]
    Enabled,
    /// It does not any more.
    #[n(2)]
    Disabled,
}

impl Versioning {
    /// Whether keys may have several versions.
    pub const fn ever(self) -> bool {
        match self {
            Versioning::Never => false,
            Versioning::Enabled | Versioning::Suspended => true,
        }
    }
}

/// Object lock of a bucket that has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct BucketLock {
    /// What new objects are locked with, unless they say otherwise.
    #[n(0)]
    pub default: Option<DefaultRetention>,
}

/// How long new objects are retained.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DefaultRetention {
    /// How.
    #[n(0)]
    pub mode: LockMode,
    /// How long.
    #[n(1)]
    pub length: RetentionLength,
}

/// A length of retention, in the unit it was given in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum RetentionLength {
    /// Days of 24 hours.
    #[n(0)]
    Days(#[n(0)] u32),
    /// Years of 365 days.
    #[n(1)]
    Years(#[n(0)] u32),
}

/// Who may delete a retained version.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum LockMode {
    /// Whoever may bypass governance.
    #[n(0)]
    Governance,
    /// Nobody.
    #[n(1)]
    Compliance,
}

/// What ListBuckets shows of a bucket beside its name.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Owned {
    /// When it was made.
    #[cbor(n(0), with = "codec::time")]
    pub created: Timestamp,
    /// Where it is.
    #[cbor(n(1), with = "codec::region")]
    pub region: Region,
}

/// Says by its presence that a bucket takes objects.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Open {}

/// An object: one version of a key.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Object {
    /// Its Last-Modified.
    #[cbor(n(0), with = "codec::time")]
    pub modified: Timestamp,
    /// Its size.
    #[n(1)]
    pub bytes: u64,
    /// Its ETag.
    #[n(2)]
    pub etag: ETag,
    /// Where its bytes are.
    #[n(3)]
    pub contents: Contents,
    /// Its checksum.
    #[n(4)]
    pub checksum: Option<Checksum>,
    /// What was said about it when it was put.
    #[n(5)]
    pub attributes: Attributes,
    /// Which version of its key it is.
    #[n(6)]
    #[cbor(default)]
    pub version: VersionId,
    /// Of a current version: the order of the null version below it, if there is one.
    #[n(7)]
    pub null_below: Option<u64>,
    /// Where time and requests put it, beyond its storage class.
    #[n(8)]
    #[cbor(default)]
    pub placement: Placement,
    /// What keeps it from being deleted.
    #[n(9)]
    #[cbor(default)]
    pub lock: Lock,
    /// How it is encrypted.
    #[n(10)]
    #[cbor(default)]
    pub encryption: Encryption,
}

/// What keeps a version from being deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Lock {
    /// Retained until a time.
    #[n(0)]
    pub retention: Option<Retention>,
    /// A legal hold: on, or set off again; `None` if there never was one.
    #[n(1)]
    pub hold: Option<bool>,
}

/// A retention.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Retention {
    /// How.
    #[n(0)]
    pub mode: LockMode,
    /// Until when.
    #[cbor(n(1), with = "codec::time")]
    pub until: Timestamp,
}

/// A delete marker.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Marker {
    /// Its Last-Modified.
    #[cbor(n(0), with = "codec::time")]
    pub modified: Timestamp,
    /// Which version of its key it is.
    #[n(1)]
    pub version: VersionId,
    /// Of a current version: the order of the null version below it, if there is one.
    #[n(2)]
    pub null_below: Option<u64>,
}

/// A version that others were put over.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Noncurrent {
    /// What it is.
    #[n(0)]
    pub what: Kept,
    /// When it became noncurrent: its successor's Last-Modified.
    #[cbor(n(1), with = "codec::time")]
    pub since: Timestamp,
}

/// What a version is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Kept {
    /// An object.
    #[n(0)]
    Object(#[n(0)] Object),
    /// A delete marker.
    #[n(1)]
    Marker(#[n(0)] Marker),
}

/// What the writer of an object says about it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Attributes {
    /// `Content-Type`.
    #[n(0)]
    pub content_type: Option<String>,
    /// `Content-Encoding`, without `aws-chunked`.
    #[n(1)]
    pub content_encoding: Option<String>,
    /// `Content-Disposition`.
    #[n(2)]
    pub content_disposition: Option<String>,
    /// `Content-Language`.
    #[n(3)]
    pub content_language: Option<String>,
    /// `Cache-Control`.
    #[n(4)]
    pub cache_control: Option<String>,
    /// `Expires`, as it was sent.
    #[n(5)]
    pub expires: Option<String>,
    /// `x-amz-website-redirect-location`.
    #[n(6)]
    pub redirect: Option<String>,
    /// User metadata: names in lower case without their prefix, in order.
    #[n(7)]
    #[cbor(default)]
    pub metadata: Vec<(String, String)>,
    /// Tags, sorted by key.
    #[n(8)]
    #[cbor(default)]
    pub tags: Vec<(String, String)>,
    /// The storage class.
    #[n(9)]
    #[cbor(default)]
    pub class: StorageClass,
    /// Its access control list and owner, where they are others than the bucket's owner's.
    #[n(10)]
    pub acl: Option<Acl>,
}

/// Where an object is kept, in AWS's terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
#[cbor(index_only)]
pub enum StorageClass {
    /// `STANDARD`.
    #[default]
    #[n(0)]
    Standard,
    /// `REDUCED_REDUNDANCY`.
    #[n(1)]
    ReducedRedundancy,
    /// `STANDARD_IA`.
    #[n(2)]
    StandardIa,
    /// `ONEZONE_IA`.
    #[n(3)]
    OnezoneIa,
    /// `INTELLIGENT_TIERING`.
    #[n(4)]
    IntelligentTiering,
    /// `GLACIER_IR`.
    #[n(5)]
    GlacierIr,
    /// `GLACIER`.
    #[n(6)]
    Glacier,
    /// `DEEP_ARCHIVE`.
    #[n(7)]
    DeepArchive,
}

/// An ETag: the MD5 of the bytes, or of the parts' MD5s and their number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ETag {
    /// Sixteen bytes.
    #[cbor(n(0), with = "codec::md5")]
    pub md5: [u8; 16],
    /// The number of parts, if it came in parts.
    #[n(1)]
    pub parts: Option<u32>,
}

/// Where an object's bytes are.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Contents {
    /// It has none.
    #[n(0)]
    Empty,
    /// They are a blob.
    #[n(1)]
    Blob(#[cbor(n(0), with = "codec::blob")] BlobRef),
    /// They are pieces of blobs: one row of [`LAYOUTS`].
    #[n(2)]
    Layout(#[cbor(n(0), with = "codec::id")] Id),
    /// They are parts of an upload: rows of [`PARTS`].
    #[n(3)]
    Parts {
        /// The upload.
        #[cbor(n(0), with = "codec::id")]
        upload: Id,
        /// Which of its parts, in order.
        #[n(1)]
        runs: Vec<Run>,
    },
}

/// Parts with consecutive numbers and one size: most uploads are two runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Run {
    /// The first part's number.
    #[n(0)]
    pub first: u32,
    /// How many.
    #[n(1)]
    pub count: u32,
    /// The size of each.
    #[n(2)]
    pub bytes: u64,
}

/// A piece of a blob.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Extent {
    /// The blob.
    #[cbor(n(0), with = "codec::blob")]
    pub blob: BlobRef,
    /// The first byte.
    #[n(1)]
    pub start: u64,
    /// How many.
    #[n(2)]
    pub bytes: u64,
    /// Under which key the blob is sealed.
    #[n(3)]
    #[cbor(default)]
    pub seal: Seal,
    /// How many bytes the blob has in plain; 0 where it is not sealed.
    #[n(4)]
    #[cbor(default)]
    pub blob_bytes: u64,
    /// Those bytes are the piece, whole and compressed.
    #[n(5)]
    #[cbor(default)]
    pub packed: bool,
}

/// Pieces in order. Each holds one reference to its blob.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Layout {
    /// The pieces.
    #[n(0)]
    pub extents: Vec<Extent>,
}

/// A checksum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Checksum {
    /// Its algorithm and bytes.
    #[cbor(n(0), with = "codec::sum")]
    pub sum: Sum,
    /// What it is taken over.
    #[n(1)]
    pub kind: ChecksumKind,
}

/// What a checksum is taken over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum ChecksumKind {
    /// All bytes of the object.
    #[n(0)]
    FullObject,
    /// The checksums of its parts.
    #[n(1)]
    Composite,
}

/// A multipart upload under way.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Upload {
    /// When it began: the Last-Modified of the object.
    #[cbor(n(0), with = "codec::time")]
    pub initiated: Timestamp,
    /// What the object will be.
    #[n(1)]
    pub attributes: Attributes,
    /// The checksum its parts carry, if it was named.
    #[n(2)]
    pub checksum: Option<UploadChecksum>,
    /// The key's current version when it began: a conditional completion fails if it is another then.
    #[n(5)]
    pub seen: Option<VersionId>,
    /// The ARN of who began it.
    #[n(4)]
    pub initiator: Option<String>,
    /// The version it will be, where the bucket kept versions when it began.
    #[n(6)]
    pub version: Option<VersionId>,
    /// What will keep the object from being deleted.
    #[n(7)]
    #[cbor(default)]
    pub lock: Lock,
    /// How the object will be encrypted.
    #[n(10)]
    #[cbor(default)]
    pub encryption: Encryption,
}

/// The checksum an upload was begun with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct UploadChecksum {
    /// The algorithm.
    #[cbor(n(0), with = "codec::algorithm")]
    pub algorithm: Algorithm,
    /// What the object's will be taken over.
    #[n(1)]
    pub kind: ChecksumKind,
}

/// A part.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Part {
    /// When it was uploaded.
    #[cbor(n(0), with = "codec::time")]
    pub modified: Timestamp,
    /// Its size.
    #[n(1)]
    pub bytes: u64,
    /// Its ETag.
    #[cbor(n(2), with = "codec::md5")]
    pub md5: [u8; 16],
    /// Its checksum: of the upload's algorithm, or CRC64NVME.
    #[cbor(n(3), with = "codec::sum")]
    pub sum: Sum,
    /// Where its bytes are.
    #[n(4)]
    pub extents: Vec<Extent>,
}

/// What became of a completed upload.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Completed {
    /// When.
    #[cbor(n(0), with = "codec::time")]
    pub time: Timestamp,
    /// The bucket.
    #[cbor(n(1), with = "codec::id")]
    pub bucket: Id,
    /// The key.
    #[n(2)]
    pub key: String,
    /// The object's ETag.
    #[n(3)]
    pub etag: ETag,
    /// The object's checksum.
    #[n(4)]
    pub checksum: Option<Checksum>,
    /// Its version, where the bucket keeps versions.
    #[n(5)]
    pub version: Option<VersionId>,
    /// How it is encrypted.
    #[n(10)]
    #[cbor(default)]
    pub encryption: Encryption,
}

/// What the sweep takes apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Drop {
    /// The parts of an upload whose object is gone.
    #[n(0)]
    Parts,
    /// A layout whose object is gone.
    #[n(1)]
    Layout,
    /// The open uploads of a bucket that is gone.
    #[n(2)]
    Bucket,
}

impl TableKey for Name {
    fn write(&self, key: &mut KeyWriter) {
        key.text(&self.0);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.text()?))
    }
}

impl TableKey for Id {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.0);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.u128()?))
    }
}

impl TableKey for OwnedKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u64(self.account.as_u64()).text(&self.name);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let account = AccountId::from_u64(key.u64()?)
            .map_err(|_| ReadError::Decode("account number is too large".to_owned()))?;
        Ok(Self { account, name: key.text()? })
    }
}

impl TableKey for ObjectKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.bucket.0).text(&self.key);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { bucket: Id(key.u128()?), key: key.text()? })
    }
}

impl TableKey for VersionKey {
    fn write(&self, key: &mut KeyWriter) {
        let VersionId { order, salt } = self.version;
        key.u128(self.bucket.0).text(&self.key).u64(!order).u64(!salt);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let (bucket, name) = (Id(key.u128()?), key.text()?);
        Ok(Self { bucket, key: name, version: VersionId { order: !key.u64()?, salt: !key.u64()? } })
    }
}

impl TableKey for UploadKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.bucket.0).text(&self.key).u128(self.upload.0);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { bucket: Id(key.u128()?), key: key.text()?, upload: Id(key.u128()?) })
    }
}

impl TableKey for PartKey {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.upload.0).u32(self.number);
    }
    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { upload: Id(key.u128()?), number: key.u32()? })
    }
}

/// How the types of lower floors are written: ids and digests as byte strings, times as microseconds.
mod codec {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use super::{algorithm_of, number_of};

    type Written<W> = Result<(), minicbor::encode::Error<<W as Write>::Error>>;

    fn sixteen(d: &mut Decoder<'_>) -> Result<[u8; 16], Error> {
        d.bytes()?.try_into().map_err(|_| Error::message("not sixteen bytes"))
    }

    macro_rules! codec {
        ($name:ident, $type:ty, $value:ident, $e:ident => $write:expr, $d:ident => $read:expr) => {
            pub(super) mod $name {
                use super::*;
                pub(crate) fn encode<C, W: Write>(
                    $value: &$type,
                    $e: &mut Encoder<W>,
                    _: &mut C,
                ) -> Written<W> {
                    $write?;
                    Ok(())
                }
                pub(crate) fn decode<'b, C>($d: &mut Decoder<'b>, _: &mut C) -> Result<$type, Error> {
                    $read
                }
            }
        };
    }

    codec!(id, crate::tables::Id, id, e => e.bytes(&id.0.to_be_bytes()),
        d => Ok(crate::tables::Id(u128::from_be_bytes(sixteen(d)?))));
    codec!(blob, store::BlobRef, blob, e => e.bytes(&blob.0.to_be_bytes()),
        d => Ok(store::BlobRef(u128::from_be_bytes(sixteen(d)?))));
    codec!(md5, [u8; 16], md5, e => e.bytes(md5), d => sixteen(d));
    codec!(time, base::Timestamp, time, e => e.i64(time.as_micros()),
        d => Ok(base::Timestamp::from_micros(d.i64()?)));
    codec!(account, base::AccountId, account, e => e.u64(account.as_u64()),
        d => base::AccountId::from_u64(d.u64()?).map_err(|_| Error::message("account number is too large")));
    codec!(region, base::Region, region, e => e.str(region.as_str()),
        d => base::Region::new(d.str()?).ok_or_else(|| Error::message("not a region")));
    codec!(algorithm, crypt::Algorithm, algorithm, e => e.u8(number_of(*algorithm)),
        d => algorithm_of(d.u8()?).ok_or_else(|| Error::message("unknown algorithm")));
    codec!(sum, crypt::Sum, sum, e => e.array(2)?.u8(number_of(sum.algorithm()))?.bytes(sum.as_bytes()),
    d => {
        d.array()?;
        let algorithm = algorithm_of(d.u8()?).ok_or_else(|| Error::message("unknown algorithm"))?;
        crypt::Sum::from_bytes(algorithm, d.bytes()?).ok_or_else(|| Error::message("a sum of another length"))
    });
}

/// An algorithm's number on disk.
const fn number_of(algorithm: Algorithm) -> u8 {
    match algorithm {
        Algorithm::Crc32 => 1,
        Algorithm::Crc32c => 2,
        Algorithm::Crc64Nvme => 3,
        Algorithm::Sha1 => 4,
        Algorithm::Sha256 => 5,
        Algorithm::Sha512 => 6,
        Algorithm::Md5 => 7,
        Algorithm::XxHash64 => 8,
        Algorithm::XxHash3 => 9,
        Algorithm::XxHash128 => 10,
    }
}

fn algorithm_of(number: u8) -> Option<Algorithm> {
    Algorithm::ALL.into_iter().find(|algorithm| number_of(*algorithm) == number)
}

#[cfg(test)]
mod tests;
