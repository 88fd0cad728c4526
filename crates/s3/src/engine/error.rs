//! What can go wrong in the domain, in its own words. `ops::fault` alone knows the codes, statuses and texts that clients see.

use base::Timestamp;
use body::BodyError;
use crypt::{Algorithm, Sum};
use store::{BlobError, CommitError, ReadError};

use super::checksum::name_of;
use crate::tables::{ArchiveTier, StorageClass, VersionId};

/// Why a verb of the engine failed. Nothing has changed, whatever the variant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// No bucket of that name.
    #[error("bucket `{0}` does not exist")]
    NoSuchBucket(String),
    /// No object under that key.
    #[error("key `{0}` does not exist")]
    NoSuchKey(String),
    /// No such version of the key.
    #[error("version `{version}` of `{key}` does not exist")]
    NoSuchVersion {
        /// The key.
        key: String,
        /// The id asked for.
        version: String,
    },
    /// The version is a delete marker.
    #[error("`{key}` is deleted")]
    DeleteMarker {
        /// The key.
        key: String,
        /// The marker.
        version: VersionId,
        /// When it was made.
        modified: Timestamp,
        /// It was asked for by its id; otherwise it is the current version.
        named: bool,
    },
    /// No such upload of that key.
    #[error("upload `{0}` does not exist")]
    NoSuchUpload(String),
    /// The name breaks the rules.
    #[error("`{0}` is no bucket name")]
    InvalidBucketName(String),
    /// The bucket exists and belongs to somebody else.
    #[error("the bucket exists in another account")]
    BucketTaken,
    /// The bucket exists and is the caller's.
    #[error("bucket `{0}` is yours already")]
    BucketOwned(String),
    /// The bucket still holds objects.
    #[error("bucket `{bucket}` is not empty")]
    BucketNotEmpty {
        /// Its name.
        bucket: String,
        /// It kept versions at some time.
        versioned: bool,
    },
    /// The account has as many buckets as it may.
    #[error("too many buckets")]
    TooManyBuckets,
    /// A bucket policy that is none, in the words of the policy language.
    #[error("malformed policy: {0}")]
    MalformedPolicy(String),
    /// A list that is none.
    #[error("malformed access control list")]
    MalformedAcl,
    /// A grant to an e-mail address.
    #[error("no account has this e-mail address")]
    UnresolvableGrant,
    /// A bucket with more than fifty tags.
    #[error("too many tags for a bucket")]
    TooManyBucketTags,
    /// The bucket has as many configurations of the kind as it may.
    #[error("too many configurations")]
    TooManyConfigurations,
    /// What is asked for does not go with how the bucket is set.
    #[error("{0}")]
    BucketState(&'static str),
    /// The version is locked.
    #[error("the version is locked")]
    Locked,
    /// The version has no retention, or no legal hold.
    #[error("the version has no lock")]
    NoLock,
    /// A location constraint that no region has.
    #[error("`{0}` is no location")]
    InvalidLocation(String),
    /// A location constraint that does not go with the region the request was sent to.
    #[error("location `{0}` does not fit the region")]
    IllegalLocation(String),
    /// Somebody else is changing the same thing; the caller should try again.
    #[error("a conflicting operation is in progress")]
    Aborted,

    /// The key is longer than 1,024 bytes.
    #[error("the key has `{0}` bytes")]
    KeyTooLong(usize),
    /// User metadata is larger than 2,048 bytes.
    #[error("user metadata has `{0}` bytes")]
    MetadataTooLarge(usize),
    /// A website cannot redirect there.
    #[error("{0}")]
    InvalidRedirect(&'static str),
    /// More bytes than an object put at once may have.
    #[error("`{0}` bytes are too many for one put")]
    EntityTooLarge(u64),
    /// A storage class nobody knows.
    #[error("`{0}` is no storage class")]
    InvalidStorageClass(String),
    /// The object lies in an archive and was not restored.
    #[error("the object is archived in `{}`", class.name())]
    Archived {
        /// Its storage class.
        class: StorageClass,
        /// The archive tier, where it is in one.
        tier: Option<ArchiveTier>,
        /// It was to be copied.
        as_source: bool,
    },
    /// Only archived objects are restored.
    #[error("the object is not archived")]
    NotArchived,
    /// Only objects in an archive tier are restored.
    #[error("the object is in an active tier")]
    InActiveTier,
    /// It is being restored, and not more slowly than asked for.
    #[error("the object is being restored")]
    RestoreInProgress,
    /// A tag that breaks the rules.
    #[error("tag `{key:?}`: {text}")]
    InvalidTag {
        /// The offending key.
        key: Option<String>,
        /// AWS's text.
        text: &'static str,
    },
    /// More than ten tags.
    #[error("too many tags")]
    TooManyTags,

    /// The Content-MD5 is not sixteen bytes of base64.
    #[error("`{0}` is no MD5")]
    InvalidMd5(String),
    /// The bytes have another MD5.
    #[error("the MD5 does not match")]
    WrongMd5 {
        /// The MD5 that was declared.
        expected: [u8; 16],
        /// The MD5 of what arrived.
        calculated: [u8; 16],
    },
    /// More than one checksum was declared.
    #[error("several checksums were declared")]
    SeveralChecksums,
    /// An algorithm nobody knows.
    #[error("unknown checksum algorithm")]
    UnknownAlgorithm,
    /// The declared checksum is no value of its algorithm.
    #[error("the {} value is invalid", name_of(*algorithm))]
    InvalidChecksum {
        /// The algorithm.
        algorithm: Algorithm,
        /// It came in the trailer.
        trailing: bool,
    },
    /// The bytes have another checksum.
    #[error("the checksum does not match: {0:?}")]
    WrongChecksum(Sum),
    /// A trailer was promised that did not come, or another came.
    #[error("the trailer is malformed")]
    MalformedTrailer,

    /// A condition of the request does not hold: this one.
    #[error("condition `{0}` does not hold")]
    PreconditionFailed(&'static str),
    /// The key was written or deleted while the conditional write was under way.
    #[error("`{key}` changed meanwhile")]
    ConditionalConflict {
        /// The condition.
        condition: &'static str,
        /// The key.
        key: String,
    },
    /// A conditional header with a value that S3 does not take.
    #[error("header `{header}`: {text}")]
    UnsupportedCondition {
        /// The header.
        header: &'static str,
        /// AWS's text.
        text: String,
    },
    /// A header that asks for what is not built.
    #[error("header `{0}` is not implemented")]
    NotImplemented(&'static str),

    /// No byte of the object lies in the range.
    #[error("range `{requested}` is not within `{bytes}` bytes")]
    InvalidRange {
        /// The object's size.
        bytes: u64,
        /// The range as it was sent.
        requested: String,
    },
    /// The object has fewer parts.
    #[error("part `{requested}` of `{count}`")]
    InvalidPartNumber {
        /// How many it has.
        count: u32,
        /// The number asked for.
        requested: i64,
    },
    /// A part in a list of parts is missing, or is another one.
    #[error("part `{part}` is not the one uploaded")]
    InvalidPart {
        /// The upload, as the client names it.
        upload: String,
        /// The part's number.
        part: i64,
        /// The ETag as it was sent, without quotes.
        etag: String,
    },
    /// The parts are not in ascending order.
    #[error("parts are out of order")]
    InvalidPartOrder(String),
    /// A part other than the last is too small.
    #[error("part `{part}` has only `{bytes}` bytes")]
    PartTooSmall {
        /// The part's number.
        part: u32,
        /// Its size.
        bytes: u64,
        /// The least size.
        bytes_min: u64,
        /// Its ETag without quotes.
        etag: String,
    },
    /// A part's checksum in the list of parts is not the one received.
    #[error("the {} of part `{part}` does not match", name_of(*algorithm))]
    WrongPartChecksum {
        /// The algorithm.
        algorithm: Algorithm,
        /// The part's number.
        part: u32,
    },
    /// The object's checksum given at completion does not match.
    #[error("the {} of the whole does not match", name_of(*algorithm))]
    WrongObjectChecksum {
        /// The algorithm.
        algorithm: Algorithm,
    },

    /// SSE-C with another algorithm than AES256.
    #[error("`{0}` is no algorithm of customers' keys")]
    InvalidEncryptionAlgorithm(String),
    /// The caller may not, for a reason that no policy states.
    #[error("{0}")]
    Denied(String),
    /// A KMS key cannot be used.
    #[error(transparent)]
    Key(ports::KeyError),

    /// One argument is wrong.
    #[error("argument `{name}`: {text}")]
    Argument {
        /// The header or parameter.
        name: &'static str,
        /// What was sent.
        value: Option<String>,
        /// AWS's text.
        text: String,
    },
    /// The request is wrong as a whole.
    #[error("{0}")]
    Request(String),
    /// The document is not what the operation takes.
    #[error("malformed document")]
    MalformedXml,

    /// The request's body broke off or was refused.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// No space for new data.
    #[error("the disk is full")]
    Full,
    /// It could not be done for now; the caller should try again.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Something that is stored cannot be read, or a bound was passed that should have held.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// One argument is wrong.
    pub fn argument(name: &'static str, value: impl Into<String>, text: impl Into<String>) -> Self {
        Error::Argument { name, value: Some(value.into()), text: text.into() }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Internal(error.to_string())
    }
}

impl From<BlobError> for Error {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Body(error) => Error::Body(error),
            BlobError::Full => Error::Full,
            BlobError::Disk(text) => Error::Unavailable(text),
        }
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Full => Error::Full,
            CommitError::Check { .. } | CommitError::Blob(_) => Error::Aborted,
            CommitError::Log(_) | CommitError::TooLarge(_) => Error::Internal(error.to_string()),
            CommitError::Closed | CommitError::Unknown(_) => Error::Unavailable(error.to_string()),
        }
    }
}
