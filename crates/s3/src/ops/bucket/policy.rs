//! The policy of a bucket. What it means is decided by whoever authorizes; what is asked is in `ops::access`.

use wire::Need;

use super::{bucket_operation, set, settings, unset};
use crate::ops::fault::{blocked, missing};
use crate::ops::shared::check_document;
use crate::shapes::{
    DeleteBucketPolicyRequest, GetBucketPolicyOutput, GetBucketPolicyRequest, GetBucketPolicyStatusOutput,
    GetBucketPolicyStatusRequest, PolicyStatus, PutBucketPolicyRequest,
};
use crate::tables::{Setting, SettingKind};

const CODE: &str = "NoSuchBucketPolicy";
const TEXT: &str = "The bucket policy does not exist";

bucket_operation! {
    /// Gives the policy, byte for byte; but who was deleted since is shown by the id that is left. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
    GetBucketPolicy: GetBucketPolicyRequest => GetBucketPolicyOutput, "s3:GetBucketPolicy";
    |s3, call, input| {
        let name = input.bucket.need();
        let settings = settings(s3, call, &name).await?;
        let policy = settings.policy.as_ref().ok_or_else(|| missing(CODE, TEXT, &name))?;
        Ok(GetBucketPolicyOutput { policy: Some(s3.policy_to_show(policy).await?) })
    }
}

bucket_operation! {
    /// Puts a policy. It counts from the next request on. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
    PutBucketPolicy: PutBucketPolicyRequest => (), "s3:PutBucketPolicy";
    |s3, call, input| {
        check_document(call, false)?;
        let (name, text) = (input.bucket.need(), input.policy.need());
        let policy = s3.policy_to_keep(&text, &name).await?;
        if policy.is_public && settings(s3, call, &name).await?.blocked().block_policy {
            let because =
                "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.";
            return Err(blocked(call, "s3:PutBucketPolicy", &format!("arn:aws:s3:::{name}"), because));
        }
        set(s3, &name, SettingKind::Policy, Setting::Policy(policy.document.text().to_owned())).await?;
        call.answer_status(204);
        Ok(())
    }
}

bucket_operation! {
    /// Takes the policy away. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>
    DeleteBucketPolicy: DeleteBucketPolicyRequest => (), "s3:DeleteBucketPolicy";
    |s3, call, input| {
        Ok(unset(s3, call, &input.bucket.need(), SettingKind::Policy).await?)
    }
}

bucket_operation! {
    /// Tells whether the policy lets everybody in. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html>
    GetBucketPolicyStatus: GetBucketPolicyStatusRequest => GetBucketPolicyStatusOutput, "s3:GetBucketPolicyStatus";
    |s3, call, input| {
        let name = input.bucket.need();
        let settings = settings(s3, call, &name).await?;
        let policy = settings.policy.as_ref().ok_or_else(|| missing(CODE, TEXT, &name))?;
        Ok(GetBucketPolicyStatusOutput { policy_status: Some(PolicyStatus { is_public: Some(policy.is_public) }) })
    }
}
