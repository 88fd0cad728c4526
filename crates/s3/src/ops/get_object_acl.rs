//! GetObjectAcl.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::acl;
use super::shared::{check_version_id, no_such_key, object_access, owner};
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
        check_version_id(input.version_id.as_ref())?;
        let (name, key) = (input.bucket.need(), input.key.need());
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        if s3.find_object(&*snapshot, &bucket, &key).await?.is_none() {
            return Err(no_such_key(call, &name, bucket.owner, &key).await);
        }
        Ok(GetObjectAclOutput {
            owner: Some(owner(bucket.owner)),
            grants: Some(acl::show(&Acl::private(bucket.owner))),
            ..GetObjectAclOutput::default()
        })
    }
}
