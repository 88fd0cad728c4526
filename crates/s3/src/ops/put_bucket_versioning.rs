//! PutBucketVersioning.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, check_document};
use crate::engine::{Error, S3};
use crate::shapes::PutBucketVersioningRequest;
use crate::tables::Versioning;

/// Sets whether a bucket keeps versions. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html>
///
/// Holds from the answer on, where AWS asks for fifteen minutes' patience. Differs: there are no devices for MFA delete, so to enable it is
/// refused.
pub struct PutBucketVersioning;

impl Operation for PutBucketVersioning {
    type Service = S3;
    type Input = PutBucketVersioningRequest;
    type Output = ();
    const NAME: &'static str = "PutBucketVersioning";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:PutBucketVersioning"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<(), Fault> {
        check_document(call, false)?;
        let configuration = input.versioning_configuration.need();
        let versioning = match configuration.status.as_deref() {
            Some("Enabled") => Versioning::Enabled,
            Some("Suspended") => Versioning::Suspended,
            Some(_) => return Err(Error::MalformedXml.into()),
            None => {
                let text = "The Versioning element must be specified";
                return Err(Fault::new(400, "IllegalVersioningConfigurationException", text));
            }
        };
        match configuration.mfa_delete.as_deref() {
            None | Some("Disabled") => {}
            Some("Enabled") => return Err(Error::NotImplemented("x-amz-mfa").into()),
            Some(_) => return Err(Error::MalformedXml.into()),
        }
        Ok(s3.set_versioning(&input.bucket.need(), versioning).await?)
    }
}
