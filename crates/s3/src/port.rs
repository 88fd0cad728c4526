//! S3 for other rooms: [`ports::ObjectStore`].
//!
//! A delivery is a put whose commit the caller makes, together with its own cursor's: so the object and the fact that it was delivered are
//! one.

use base::Region;
use futures_util::future::BoxFuture;
use ports::{NewObject, ObjectStore, PortError, PreparedPut, Principal};

use service::Caller;

use crate::engine::names::check_key;
use crate::engine::objects::{Claims, Place};
use crate::engine::sealing::Requester;
use crate::engine::sealing::wanted::Said;
use crate::engine::{Error, S3, metadata};
use crate::ops::STYLE;
use crate::ops::access::put_for_room;
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

    /// Asks the policies, as for a request of the principal's own.
    async fn check_may_put(
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
