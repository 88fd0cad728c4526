//! Settings that no bucket has yet: what a bucket answers for which they were never set.
//!
//! Stock clients ask for these (`aws s3api`, Terraform's refresh, consoles). A setting AWS answers with an empty document gives one; one
//! whose absence is an error gives that error, with AWS's own text. The operations that would set them answer `NotImplemented`, so
//! these answers are true.

use service::{Access, Call, Fault, Operation};

use super::shared::bucket_access;
use crate::engine::S3;
use crate::shapes::{GetBucketPolicyOutput, GetBucketPolicyRequest};

/// An operation that asks about a bucket and gives one answer.
macro_rules! unset {
    ($(#[$doc:meta])* $name:ident, $input:ty, $output:ty, $action:literal, $answer:expr) => {
        $(#[$doc])*
        pub struct $name;

        impl Operation for $name {
            type Service = S3;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
                bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), &[$action]).await
            }

            async fn run(_s3: &S3, _call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
                let answer: fn(&str) -> Result<$output, Fault> = $answer;
                answer(input.bucket.as_deref().unwrap_or_default())
            }
        }
    };
}

fn missing<T>(code: &'static str, text: &str, bucket: &str) -> Result<T, Fault> {
    Err(Fault::new(404, code, text).with("BucketName", bucket))
}

unset! {
    /// No policy. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
    GetBucketPolicy, GetBucketPolicyRequest, GetBucketPolicyOutput, "s3:GetBucketPolicy",
    |bucket| missing("NoSuchBucketPolicy", "The bucket policy does not exist", bucket)
}
