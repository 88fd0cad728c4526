//! GetObjectLegalHold.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::lock::{find_lock, hold_name};
use super::shared::object_access;
use crate::engine::{Error, S3};
use crate::shapes::{GetObjectLegalHoldOutput, GetObjectLegalHoldRequest, ObjectLockLegalHold};

/// Tells whether a version is held. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html>
pub struct GetObjectLegalHold;

impl Operation for GetObjectLegalHold {
    type Service = S3;
    type Input = GetObjectLegalHoldRequest;
    type Output = GetObjectLegalHoldOutput;
    const NAME: &'static str = "GetObjectLegalHold";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (expected, actions) = (input.expected_bucket_owner.as_ref(), &["s3:GetObjectLegalHold"]);
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let (bucket, key) = (input.bucket.need(), input.key.need());
        let lock = find_lock(s3, call, &bucket, &key, input.version_id.as_ref()).await?;
        let status = hold_name(lock.hold.ok_or(Error::NoLock)?).to_owned();
        Ok(GetObjectLegalHoldOutput { legal_hold: Some(ObjectLockLegalHold { status: Some(status) }) })
    }
}
