//! Objects in buckets, for whoever delivers into them.

use base::Region;
use body::Body;
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
}
