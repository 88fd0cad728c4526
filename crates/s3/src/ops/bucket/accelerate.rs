//! Transfer acceleration: kept for its owner. One endpoint serves all, so nothing becomes faster.

use wire::Need;

use super::{bucket_operation, kept, known, set};
use crate::engine::Error;
use crate::ops::shared::check_document;
use crate::shapes::{
    AccelerateConfiguration, BUCKET_ACCELERATE_STATUS, GetBucketAccelerateConfigurationOutput,
    GetBucketAccelerateConfigurationRequest, PutBucketAccelerateConfigurationRequest,
};
use crate::tables::{Setting, SettingKind};

bucket_operation! {
    /// Tells whether a bucket is accelerated; nothing where it was never said.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html>
    GetBucketAccelerateConfiguration:
    GetBucketAccelerateConfigurationRequest => GetBucketAccelerateConfigurationOutput, "s3:GetAccelerateConfiguration";
    |s3, call, input| {
        let found: Option<AccelerateConfiguration> =
            kept(s3, call, &input.bucket.need(), SettingKind::Accelerate, "").await?;
        let status = found.and_then(|found| found.status);
        Ok(GetBucketAccelerateConfigurationOutput { status, ..Default::default() })
    }
}

bucket_operation! {
    /// Says whether a bucket is accelerated. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html>
    PutBucketAccelerateConfiguration: PutBucketAccelerateConfigurationRequest => (), "s3:PutAccelerateConfiguration";
    |s3, call, input| {
        check_document(call, false)?;
        let name = input.bucket.need();
        if name.contains('.') {
            let text = "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names";
            return Err(Error::Request(text.to_owned()).into());
        }
        let configuration = input.accelerate_configuration.need();
        known(Some(configuration.status.as_deref().unwrap_or_default()), BUCKET_ACCELERATE_STATUS)?;
        set(s3, &name, SettingKind::Accelerate, Setting::Kept(wire::keep(&configuration))).await?;
        Ok(())
    }
}
