//! What can be set of a bucket: one file a setting, with its three or four operations side by side, since they share one document.
//!
//! All of one form: ask, check the document, keep it; or ask, look it up, give it back. What the room acts on is turned into types of
//! `tables` and back here; what it only keeps is stored as the document it is ([`wire::keep`]).

pub(super) mod abac;
pub(super) mod accelerate;
pub(super) mod configurations;
pub(super) mod cors;
pub(super) mod lifecycle;
mod lifecycle_rules;
pub(super) mod logging;
pub(super) mod notification;
pub(super) mod ownership;
pub(super) mod payment;
pub(super) mod policy;
pub(super) mod public_access;
pub(super) mod replication;
pub(super) mod tagging;
pub(super) mod website;

use std::sync::Arc;

use service::{Call, Fault, Room};
use wire::Shape;

use super::shared::named_bucket;
use crate::engine::settings::BucketSettings;
use crate::engine::{Error, S3};
use crate::tables::{Setting, SettingKind};

/// The operations of this folder.
pub(super) fn all(room: Room<S3>) -> Room<S3> {
    configurations::all(room)
        .op::<tagging::GetBucketTagging>()
        .op::<tagging::PutBucketTagging>()
        .op::<tagging::DeleteBucketTagging>()
        .op::<policy::GetBucketPolicy>()
        .op::<policy::PutBucketPolicy>()
        .op::<policy::DeleteBucketPolicy>()
        .op::<policy::GetBucketPolicyStatus>()
        .op::<public_access::GetPublicAccessBlock>()
        .op::<public_access::PutPublicAccessBlock>()
        .op::<public_access::DeletePublicAccessBlock>()
        .op::<ownership::GetBucketOwnershipControls>()
        .op::<ownership::PutBucketOwnershipControls>()
        .op::<ownership::DeleteBucketOwnershipControls>()
        .op::<cors::GetBucketCors>()
        .op::<cors::PutBucketCors>()
        .op::<cors::DeleteBucketCors>()
        .op::<website::GetBucketWebsite>()
        .op::<website::PutBucketWebsite>()
        .op::<website::DeleteBucketWebsite>()
        .op::<logging::GetBucketLogging>()
        .op::<logging::PutBucketLogging>()
        .op::<payment::GetBucketRequestPayment>()
        .op::<payment::PutBucketRequestPayment>()
        .op::<accelerate::GetBucketAccelerateConfiguration>()
        .op::<accelerate::PutBucketAccelerateConfiguration>()
        .op::<abac::GetBucketAbac>()
        .op::<abac::PutBucketAbac>()
        .op::<replication::GetBucketReplication>()
        .op::<replication::PutBucketReplication>()
        .op::<replication::DeleteBucketReplication>()
        .op::<notification::GetBucketNotificationConfiguration>()
        .op::<notification::PutBucketNotificationConfiguration>()
        .op::<lifecycle::GetBucketLifecycleConfiguration>()
        .op::<lifecycle::PutBucketLifecycleConfiguration>()
        .op::<lifecycle::DeleteBucketLifecycle>()
}

/// An operation on a setting: its action, and what it does.
macro_rules! bucket_operation {
    (
        $(#[$doc:meta])* $name:ident: $input:ty => $output:ty, $action:literal;
        |$s3:ident, $call:ident, $request:ident| $run:block
    ) => {
        $(#[$doc])*
        pub struct $name;

        impl service::Operation for $name {
            type Service = $crate::S3;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(
                s3: &$crate::S3,
                call: &service::Call,
                input: &Self::Input,
            ) -> Result<Vec<service::Access>, service::Fault> {
                let expected = input.expected_bucket_owner.as_ref();
                $crate::ops::shared::bucket_access(s3, call, input.bucket.as_ref(), expected, &[$action]).await
            }

            async fn run(
                $s3: &$crate::S3,
                $call: &service::Call,
                $request: Self::Input,
            ) -> Result<Self::Output, service::Fault> $run
        }
    };
}

use bucket_operation;

/// The settings of the bucket a request names.
async fn settings(s3: &S3, call: &Call, name: &str) -> Result<Arc<BucketSettings>, Error> {
    let bucket = named_bucket(s3, call, name).await?;
    s3.settings_of(&bucket).await
}

/// Sets something.
async fn set(s3: &S3, name: &str, kind: SettingKind, setting: Setting) -> Result<(), Error> {
    s3.set(name, kind, "", Some(&setting)).await
}

/// Unsets something, and answers so.
async fn unset(s3: &S3, call: &Call, name: &str, kind: SettingKind) -> Result<(), Error> {
    call.answer_status(204);
    s3.set(name, kind, "", None).await
}

/// A document that is only kept; `None` where the bucket has none.
async fn kept<T: Shape>(
    s3: &S3,
    call: &Call,
    name: &str,
    kind: SettingKind,
    id: &str,
) -> Result<Option<T>, Fault> {
    let bucket = named_bucket(s3, call, name).await?;
    match s3.setting(bucket.value.id, kind, id).await? {
        Some(setting) => Ok(Some(read_kept(setting)?)),
        None => Ok(None),
    }
}

fn read_kept<T: Shape>(setting: Setting) -> Result<T, Error> {
    let unreadable = || Error::Internal("a kept document is unreadable".to_owned());
    let Setting::Kept(document) = setting else { return Err(unreadable()) };
    wire::kept(&document).map_err(|_| unreadable())
}

/// Whether a value is one that the model knows.
fn known(value: Option<&str>, words: &[&str]) -> Result<(), Error> {
    match value {
        Some(value) if !words.contains(&value) => Err(Error::MalformedXml),
        Some(_) | None => Ok(()),
    }
}
