//! PutObjectLegalHold.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{check_document, named_bucket, object_access, on_marker, wanted};
use crate::engine::lock::check_bucket_lock;
use crate::engine::objects::Place;
use crate::engine::{Error, S3};
use crate::shapes::{PutObjectLegalHoldOutput, PutObjectLegalHoldRequest};

/// Holds a version, or lifts the hold. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html>
pub struct PutObjectLegalHold;

impl Operation for PutObjectLegalHold {
    type Service = S3;
    type Input = PutObjectLegalHoldRequest;
    type Output = PutObjectLegalHoldOutput;
    const NAME: &'static str = "PutObjectLegalHold";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let (expected, actions) = (input.expected_bucket_owner.as_ref(), &["s3:PutObjectLegalHold"]);
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let asked = wanted(input.version_id.as_ref())?;
        let (bucket, key) = (input.bucket.need(), input.key.need());
        check_bucket_lock(&named_bucket(s3, call, &bucket).await?.value)?;
        let hold = match input.legal_hold.and_then(|hold| hold.status).as_deref() {
            Some("ON") => true,
            Some("OFF") => false,
            Some(_) | None => return Err(Error::MalformedXml.into()),
        };
        let set = s3.set_hold(Place { bucket: &bucket, key: &key }, asked, hold).await;
        set.map_err(|error| on_marker(call, error))?;
        Ok(PutObjectLegalHoldOutput::default())
    }
}
