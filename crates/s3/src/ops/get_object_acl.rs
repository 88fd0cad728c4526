//! GetObjectAcl.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::acl;
use super::shared::{not_found, object_access, owner, wanted};
use crate::engine::S3;
use crate::shapes::{GetObjectAclOutput, GetObjectAclRequest};
use crate::tables::Acl;

/// Tells that the bucket's owner may do everything. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html>
pub struct GetObjectAcl;

impl Operation for GetObjectAcl {
    type Service = S3;
    type Input = GetObjectAclRequest;
    type Output = GetObjectAclOutput;
    const NAME: &'static str = "GetObjectAcl";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let action = if input.version_id.is_some() { "s3:GetObjectVersionAcl" } else { "s3:GetObjectAcl" };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, &[action]).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let asked = wanted(input.version_id.as_ref())?;
        let (name, key) = (input.bucket.need(), input.key.need());
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        if let Err(error) = s3.find_version(&*snapshot, &bucket, &key, asked).await {
            return Err(not_found(call, &name, bucket.owner, error).await);
        }
        Ok(GetObjectAclOutput {
            owner: Some(owner(bucket.owner)),
            grants: Some(acl::show(&Acl::private(bucket.owner))),
            ..GetObjectAclOutput::default()
        })
    }
}
