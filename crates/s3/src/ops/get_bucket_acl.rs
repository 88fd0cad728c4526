//! GetBucketAcl.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, canonical_id, owner};
use crate::engine::S3;
use crate::shapes::{GetBucketAclOutput, GetBucketAclRequest, Grant, Grantee};

/// Tells that the owner may do everything, as for every bucket whose owner is enforced.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html>
pub struct GetBucketAcl;

impl Operation for GetBucketAcl {
    type Service = S3;
    type Input = GetBucketAclRequest;
    type Output = GetBucketAclOutput;
    const NAME: &'static str = "GetBucketAcl";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        bucket_access(
            s3,
            call,
            input.bucket.as_ref(),
            input.expected_bucket_owner.as_ref(),
            &["s3:GetBucketAcl"],
        )
        .await
    }

    async fn run(s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let account = s3.find_bucket(&*s3.snapshot(), &input.bucket.need()).await?.value.owner;
        Ok(GetBucketAclOutput { owner: Some(owner(account)), grants: Some(vec![full_control(account)]) })
    }
}

/// The one grant there is.
pub(super) fn full_control(account: base::AccountId) -> Grant {
    let grantee = Grantee {
        id: Some(canonical_id(account)),
        r#type: Some("CanonicalUser".to_owned()),
        ..Grantee::default()
    };
    Grant { grantee: Some(grantee), permission: Some("FULL_CONTROL".to_owned()) }
}
