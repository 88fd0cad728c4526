//! GetObjectLockConfiguration.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, named_bucket};
use crate::engine::S3;
use crate::shapes::{
    DefaultRetention, GetObjectLockConfigurationOutput, GetObjectLockConfigurationRequest,
    ObjectLockConfiguration, ObjectLockRule,
};
use crate::tables::{self, RetentionLength};

/// Tells whether a bucket has object lock, and what new objects are retained with. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html>
pub struct GetObjectLockConfiguration;

impl Operation for GetObjectLockConfiguration {
    type Service = S3;
    type Input = GetObjectLockConfigurationRequest;
    type Output = GetObjectLockConfigurationOutput;
    const NAME: &'static str = "GetObjectLockConfiguration";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:GetBucketObjectLockConfiguration"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let name = input.bucket.need();
        let Some(lock) = named_bucket(s3, call, &name).await?.value.lock else {
            let text = "Object Lock configuration does not exist for this bucket";
            return Err(
                Fault::new(404, "ObjectLockConfigurationNotFoundError", text).with("BucketName", name)
            );
        };
        let configuration = ObjectLockConfiguration {
            object_lock_enabled: Some("Enabled".to_owned()),
            rule: lock.default.map(rule),
        };
        Ok(GetObjectLockConfigurationOutput { object_lock_configuration: Some(configuration) })
    }
}

fn rule(default: tables::DefaultRetention) -> ObjectLockRule {
    let wire = |length| i32::try_from(length).ok();
    let (days, years) = match default.length {
        RetentionLength::Days(days) => (wire(days), None),
        RetentionLength::Years(years) => (None, wire(years)),
    };
    let mode = Some(default.mode.name().to_owned());
    ObjectLockRule {
        default_retention: Some(DefaultRetention { mode, days, years, ..DefaultRetention::default() }),
    }
}
