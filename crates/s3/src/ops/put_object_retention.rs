//! PutObjectRetention.

use std::borrow::Cow;

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::access::{ask_with, remaining_days};
use super::lock::{check_future, may_bypass};
use super::shared::{check_document, named_bucket, object_access, on_marker, wanted};
use crate::engine::lock::check_bucket_lock;
use crate::engine::objects::Place;
use crate::engine::{Error, S3};
use crate::shapes::{ObjectLockRetention, PutObjectRetentionOutput, PutObjectRetentionRequest};
use crate::tables::{LockMode, Retention};

/// Retains a version until a time. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html>
pub struct PutObjectRetention;

impl Operation for PutObjectRetention {
    type Service = S3;
    type Input = PutObjectRetentionRequest;
    type Output = PutObjectRetentionOutput;
    const NAME: &'static str = "PutObjectRetention";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (expected, actions) = (input.expected_bucket_owner.as_ref(), &["s3:PutObjectRetention"]);
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let asked = wanted(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let found = named_bucket(s3, call, &bucket).await?.value;
        check_bucket_lock(&found)?;
        let retention = retention(input.retention.ok_or(Error::MalformedXml)?)?;
        if let Some(retention) = &retention {
            let now = call.clock().now();
            check_future(retention.until, now)?;
            let days = remaining_days(retention.until, now);
            let more = vec![(Cow::Borrowed("s3:object-lock-remaining-retention-days"), days)];
            let version = input.version_id.as_deref();
            ask_with(s3, call, &bucket, Some((&key, version)), "s3:PutObjectRetention", more).await?;
        }
        let bypass = may_bypass(call, &bucket, found.owner, &key, input.bypass_governance_retention).await;
        let place = Place { bucket: &bucket, key: &key };
        let set = s3.set_retention(place, asked, retention, bypass).await;
        set.map_err(|error| on_marker(call, error))?;
        Ok(PutObjectRetentionOutput::default())
    }
}

/// What the document says; an empty one takes the retention away.
fn retention(said: ObjectLockRetention) -> Result<Option<Retention>, Error> {
    if said.event_hold.is_some() || said.event_hold_duration.is_some() {
        return Err(Error::NotImplemented("EventHold"));
    }
    match (said.mode, said.retain_until_date) {
        (None, None) => Ok(None),
        (Some(mode), Some(until)) => {
            let mode = LockMode::of(&mode).ok_or(Error::MalformedXml)?;
            Ok(Some(Retention { mode, until }))
        }
        (Some(_), None) | (None, Some(_)) => Err(Error::MalformedXml),
    }
}
