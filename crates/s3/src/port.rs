//! S3 for other rooms: [`ports::ObjectStore`].
//!
//! A delivery is a put whose commit the caller makes, together with its own cursor's: so the object and the fact that it was delivered are
//! one.

use std::ops::Range;

use base::Region;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use ports::{ListedObject, NewObject, ObjectPage, ObjectRef, ObjectStore, PortError, PreparedPut, Principal};

use service::Caller;

use crate::engine::listing::{After, Entry, PAGE_MAX, Query};
use crate::engine::names::check_key;
use crate::engine::objects::{Claims, Place};
use crate::engine::sealing::wanted::Said;
use crate::engine::sealing::{Requester, Unlock};
use crate::engine::versions::Wanted;
use crate::engine::{Error, S3, metadata};
use crate::ops::STYLE;
use crate::ops::access::{list_for_room, put_for_room, read_for_room};
use crate::tables::{Attributes, Bucket};

impl ObjectStore for S3 {
    fn prepare_put<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        object: NewObject,
    ) -> BoxFuture<'a, Result<PreparedPut, PortError>> {
        Box::pin(async move { self.prepare_for(principal, region, object).await })
    }

    fn read<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        object: ObjectRef,
        bytes_max: u64,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        Box::pin(async move {
            let whole = |bytes: u64| match bytes > bytes_max {
                true => Err(too_large(bytes_max)),
                false => Ok(0..bytes),
            };
            self.read_for(principal, region, &object, whole).await
        })
    }

    fn read_range<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        object: ObjectRef,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Bytes, PortError>> {
        Box::pin(async move {
            let part = |bytes: u64| {
                let range = range.start.min(bytes)..range.end.min(bytes);
                match range.end.saturating_sub(range.start) > RANGE_MAX {
                    true => Err(too_large(RANGE_MAX)),
                    false => Ok(range),
                }
            };
            self.read_for(principal, region, &object, part).await
        })
    }

    fn list<'a>(
        &'a self,
        principal: &'a Principal,
        region: &'a Region,
        bucket: &'a str,
        prefix: &'a str,
        after: Option<&'a str>,
    ) -> BoxFuture<'a, Result<ObjectPage, PortError>> {
        Box::pin(async move { self.list_for(principal, region, bucket, prefix, after).await })
    }
}

impl S3 {
    async fn prepare_for(
        &self,
        principal: &Principal,
        region: &Region,
        object: NewObject,
    ) -> Result<PreparedPut, PortError> {
        let place = Place { bucket: &object.bucket, key: &object.key };
        let bucket = self.check_may_put(principal, region, place).await?;
        check_key(place.key).map_err(of_port)?;
        let attributes = Attributes {
            content_type: object.content_type,
            content_encoding: object.content_encoding,
            metadata: metadata::take(object.metadata, false).map_err(of_port)?,
            ..Attributes::default()
        };
        let requester = Requester { principal, signed_v2: false };
        let method = object.kms_key.is_some().then(|| "aws:kms".to_owned());
        let said = Said { method, key: object.kms_key, ..Said::default() };
        let wanted = said.wanted(bucket.encryption()).map_err(of_port)?;
        let sealing = self.sealing(&bucket, place, &wanted, requester).await.map_err(of_port)?;
        let received = self.receive(object.body, &Claims::default(), &sealing).await.map_err(of_port)?;
        let (commit, guard, put) = self.prepare(place, received, &attributes).await.map_err(of_port)?;
        Ok(PreparedPut { commit, guard: Some(guard), etag: put.etag.quoted() })
    }

    async fn read_for(
        &self,
        principal: &Principal,
        region: &Region,
        object: &ObjectRef,
        part: impl Fn(u64) -> Result<Range<u64>, PortError> + Send + Sync,
    ) -> Result<Bytes, PortError> {
        /// How often an object may be replaced between finding and opening it.
        const LOOKS_MAX: usize = 10;
        let place = Place { bucket: &object.bucket, key: &object.key };
        let version = object.version.as_deref();
        let row = self.find_bucket(&*self.snapshot(), place.bucket).await.map_err(of_port)?;
        let settings = self.settings_of(&row).await.map_err(of_port)?;
        let access = read_for_room(principal, place, version, &row, &settings);
        let caller = Caller::internal(principal.clone(), region.clone());
        let judged = self.authorizer().allow(&caller, &access).await;
        judged.map_err(|denied| PortError::Denied((STYLE.denied)(&denied).message.unwrap_or_default()))?;
        let wanted = Wanted::parse(version).map_err(of_read)?;
        for _ in 0..LOOKS_MAX {
            let found = self.find_version(&*self.snapshot(), &row.value, place.key, wanted).await;
            let found = found.map_err(of_read)?;
            let stored = &found.row.value;
            stored.check_readable(self.clock().now(), false).map_err(of_read)?;
            let range = part(stored.bytes)?;
            if range.is_empty() {
                return Ok(Bytes::new());
            }
            let bytes_max = range.end - range.start;
            let unlock = Unlock { requester: Requester { principal, signed_v2: false }, customer: None };
            let opener =
                self.opener(&stored.encryption, &row.value.region, &unlock).await.map_err(of_read)?;
            if let Some(body) = self.read(&found, range, &opener).await.map_err(of_read)? {
                return body.collect(bytes_max).await.map_err(|error| of_read(Error::Body(error)));
            }
        }
        Err(PortError::Unavailable("the object is being replaced all the time".to_owned()))
    }

    async fn list_for(
        &self,
        principal: &Principal,
        region: &Region,
        bucket: &str,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<ObjectPage, PortError> {
        let snapshot = self.snapshot();
        let row = self.find_bucket(&*snapshot, bucket).await.map_err(of_port)?;
        let settings = self.settings_of(&row).await.map_err(of_port)?;
        let access = list_for_room(principal, bucket, &row, &settings, prefix);
        let caller = Caller::internal(principal.clone(), region.clone());
        let judged = self.authorizer().allow(&caller, &access).await;
        judged.map_err(|denied| PortError::Denied((STYLE.denied)(&denied).message.unwrap_or_default()))?;
        let query = Query {
            prefix: prefix.to_owned(),
            delimiter: String::new(),
            after: after.map_or(After::Nothing, |key| After::Key(key.to_owned())),
            limit: PAGE_MAX,
        };
        let listing = self.list_objects(&*snapshot, &row.value, &query).await.map_err(of_port)?;
        let object = |entry: Entry<crate::tables::Object>| match entry {
            Entry::Item(key, object) => Some(ListedObject { key, bytes: object.bytes }),
            Entry::Prefix(_) => None,
        };
        Ok(ObjectPage {
            more: listing.more,
            objects: listing.entries.into_iter().filter_map(object).collect(),
        })
    }

    /// Asks the policies, as for a request of the principal's own.
    pub(crate) async fn check_may_put(
        &self,
        principal: &Principal,
        region: &Region,
        place: Place<'_>,
    ) -> Result<Bucket, PortError> {
        let bucket = self.find_bucket(&*self.snapshot(), place.bucket).await.map_err(of_port)?;
        let settings = self.settings_of(&bucket).await.map_err(of_port)?;
        let access = put_for_room(principal, place, &bucket, &settings);
        let caller = Caller::internal(principal.clone(), region.clone());
        let judged = self.authorizer().allow(&caller, &access).await;
        let denied = |denied| PortError::Denied((STYLE.denied)(&denied).message.unwrap_or_default());
        judged.map_err(denied).map(|()| bucket.value)
    }
}

/// Bytes of one read of a part.
const RANGE_MAX: u64 = 64 << 20;

fn too_large(bytes_max: u64) -> PortError {
    let message = format!("the object has more than {bytes_max} bytes");
    PortError::Invalid { code: "EntityTooLarge", message }
}

/// A read meets more that will not pass than a put does.
fn of_read(error: Error) -> PortError {
    let message = || service::Fault::from(error.clone()).message.unwrap_or_default();
    match &error {
        Error::NoSuchKey(_) | Error::DeleteMarker { .. } => {
            PortError::NotFound { code: "NoSuchKey", message: "The specified key does not exist.".to_owned() }
        }
        Error::NoSuchVersion { .. } => PortError::NotFound { code: "NoSuchVersion", message: message() },
        Error::Archived { .. } => PortError::Invalid { code: "InvalidObjectState", message: message() },
        Error::Request(_) | Error::Argument { .. } => {
            PortError::Invalid { code: "InvalidRequest", message: message() }
        }
        _ => of_port(error),
    }
}

fn of_port(error: Error) -> PortError {
    let message = || service::Fault::from(error.clone()).message.unwrap_or_default();
    match error {
        Error::NoSuchBucket(_) => PortError::NotFound { code: "NoSuchBucket", message: message() },
        Error::InvalidBucketName(_) => PortError::Invalid { code: "InvalidBucketName", message: message() },
        Error::KeyTooLong(_) => PortError::Invalid { code: "KeyTooLongError", message: message() },
        Error::MetadataTooLarge(_) => PortError::Invalid { code: "MetadataTooLarge", message: message() },
        Error::EntityTooLarge(_) => PortError::Invalid { code: "EntityTooLarge", message: message() },
        Error::Denied(_) | Error::Key(ports::KeyError::Denied(_)) => PortError::Denied(message()),
        // Of the rest a put without conditions, tags and checksums meets those of the store and of the bytes' source alone, and what it
        // meets may pass.
        Error::NoSuchKey(_)
        | Error::NoSuchVersion { .. }
        | Error::DeleteMarker { .. }
        | Error::NoSuchUpload(_)
        | Error::BucketTaken
        | Error::BucketOwned(_)
        | Error::BucketNotEmpty { .. }
        | Error::TooManyBuckets
        | Error::BucketState(_)
        | Error::Locked
        | Error::NoLock
        | Error::InvalidLocation(_)
        | Error::IllegalLocation(_)
        | Error::Aborted
        | Error::InvalidStorageClass(_)
        | Error::InvalidRedirect(_)
        | Error::Archived { .. }
        | Error::NotArchived
        | Error::InActiveTier
        | Error::RestoreInProgress
        | Error::InvalidTag { .. }
        | Error::TooManyTags
        | Error::MalformedAcl
        | Error::MalformedPolicy(_)
        | Error::UnresolvableGrant
        | Error::TooManyBucketTags
        | Error::TooManyConfigurations
        | Error::InvalidMd5(_)
        | Error::WrongMd5 { .. }
        | Error::SeveralChecksums
        | Error::UnknownAlgorithm
        | Error::InvalidChecksum { .. }
        | Error::WrongChecksum(_)
        | Error::MalformedTrailer
        | Error::PreconditionFailed(_)
        | Error::ConditionalConflict { .. }
        | Error::UnsupportedCondition { .. }
        | Error::NotImplemented(_)
        | Error::InvalidRange { .. }
        | Error::InvalidPartNumber { .. }
        | Error::InvalidPart { .. }
        | Error::InvalidPartOrder(_)
        | Error::PartTooSmall { .. }
        | Error::WrongPartChecksum { .. }
        | Error::WrongObjectChecksum { .. }
        | Error::InvalidEncryptionAlgorithm(_)
        | Error::Key(_)
        | Error::Argument { .. }
        | Error::Request(_)
        | Error::MalformedXml
        | Error::Body(_)
        | Error::Full
        | Error::Unavailable(_)
        | Error::Internal(_) => PortError::Unavailable(message()),
    }
}
