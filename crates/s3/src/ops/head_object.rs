//! HeadObject.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::reading::{ask, check_overrides, find, tell};
use super::shared::object_access;
use crate::engine::S3;
use crate::engine::restore::Archive;
use crate::shapes::{HeadObjectOutput, HeadObjectRequest};

/// Tells what GetObject would. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
pub struct HeadObject;

impl Operation for HeadObject {
    type Service = S3;
    type Input = HeadObjectRequest;
    type Output = HeadObjectOutput;
    const NAME: &'static str = "HeadObject";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() { "s3:GetObjectVersion" } else { "s3:GetObject" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        check_overrides(call)?;
        let ask = ask!(input, false);
        let found = find(s3, call, &ask).await?;
        let mut output = HeadObjectOutput::default();
        tell!(output, call, found);
        if let Some(Archive::Tier(tier)) = found.version.row.value.archive(s3.clock().now()) {
            output.archive_status = Some(tier.name().to_owned());
        }
        Ok(output)
    }
}
