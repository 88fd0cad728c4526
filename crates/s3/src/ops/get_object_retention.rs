//! GetObjectRetention.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::lock::find_lock;
use super::shared::object_access;
use crate::engine::{Error, S3};
use crate::shapes::{GetObjectRetentionOutput, GetObjectRetentionRequest, ObjectLockRetention};

/// Tells until when a version is retained. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html>
pub struct GetObjectRetention;

impl Operation for GetObjectRetention {
    type Service = S3;
    type Input = GetObjectRetentionRequest;
    type Output = GetObjectRetentionOutput;
    const NAME: &'static str = "GetObjectRetention";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (expected, actions) = (input.expected_bucket_owner.as_ref(), &["s3:GetObjectRetention"]);
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let lock = find_lock(s3, call, &bucket, &key, input.version_id.as_ref()).await?;
        let held = lock.retention.ok_or(Error::NoLock)?;
        let retention = ObjectLockRetention {
            mode: Some(held.mode.name().to_owned()),
            retain_until_date: Some(held.until),
            ..ObjectLockRetention::default()
        };
        Ok(GetObjectRetentionOutput { retention: Some(retention) })
    }
}
