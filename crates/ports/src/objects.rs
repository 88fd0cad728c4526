//! Objects in buckets, for whoever delivers into them.

use std::ops::Range;

use base::Region;
use body::Body;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use store::{BlobGuard, Commit};

use crate::{PortError, Principal};

/// An object to be written.
#[derive(Debug)]
pub struct NewObject {
    /// The bucket's name.
    pub bucket: String,
    /// The object's key, at most 1,024 bytes of UTF-8.
    pub key: String,
    /// Its bytes.
    pub body: Body,
    /// Its `Content-Type`; absent means S3's default.
    pub content_type: Option<String>,
    /// Its `Content-Encoding`, if any.
    pub content_encoding: Option<String>,
    /// User metadata: names without the `x-amz-meta-` prefix.
    pub metadata: Vec<(String, String)>,
    /// The key of KMS it is to be encrypted under (SSE-KMS); absent means as its bucket says.
    pub kms_key: Option<String>,
}

/// An object to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRef {
    /// The bucket's name.
    pub bucket: String,
    /// The object's key.
    pub key: String,
    /// A version id; absent: as it is now.
    pub version: Option<String>,
}

/// A put that has happened but for its commit.
#[derive(Debug)]
pub struct PreparedPut {
    /// Merge this into your own commit. Its checks fail if the bucket has gone or the key was written meanwhile: then prepare again.
    pub commit: Commit,
    /// Keep this until the commit is over: it keeps the bytes from the sweep.
    pub guard: Option<BlobGuard>,
    /// The object's ETag, quoted.
    pub etag: String,
}

/// An object in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedObject {
    /// Its key.
    pub key: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A page of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObjectPage {
    /// Objects, by key.
    pub objects: Vec<ListedObject>,
    /// Whether more follow.
    pub more: bool,
}

/// Writes and reads objects. Served by S3.
pub trait ObjectStore: Send + Sync + 'static {
    /// Stores the bytes and returns the commit that makes them the object. Nothing is visible before that commit.
    /// Fails with `NotFound` (`NoSuchBucket`), `Denied`, or `Unavailable` (full disk).
    fn prepare_put<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        object: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>>;

    /// The whole object, as somebody who has `s3:GetObject` (or `s3:GetObjectVersion`) reads it. Fails with `NotFound` (`NoSuchBucket`,
    /// `NoSuchKey`, `NoSuchVersion`), `Denied`, or `Invalid` (`EntityTooLarge`: it has more than `bytes_max` bytes).
    fn read<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        object: ObjectRef,
        bytes_max: u64,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        let _ = (principal, region, object, bytes_max);
        Box::pin(std::future::ready(Err(PortError::Unavailable("objects are not read here".to_owned()))))
    }

    /// Bytes of an object, as many of the range as it has. Asks and fails as [`ObjectStore::read`] does. At most 64 MiB are read at once:
    /// a longer range fails with `Invalid`.
    fn read_range<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        object: ObjectRef,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        let _ = (principal, region, object, range);
        Box::pin(std::future::ready(Err(PortError::Unavailable("objects are not read here".to_owned()))))
    }

    /// Objects whose keys begin with `prefix`, after the key `after`, as somebody who has `s3:ListBucket` lists them; at most 1,000. Fails with
    /// `NotFound` (`NoSuchBucket`) or `Denied`.
    fn list<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        bucket: &'a str,
        prefix: &'a str,
        after: Option<&'a str>,
    ) -> BoxFuture<'a, Result<ObjectPage, PortError>> {
        let _ = (principal, region, bucket, prefix, after);
        Box::pin(std::future::ready(Err(PortError::Unavailable("objects are not listed here".to_owned()))))
    }
}
