//! Whether the tags of a bucket count in policies.

use wire::Need;

use super::{bucket_operation, set, settings};
use crate::engine::Error;
use crate::ops::shared::check_document;
use crate::shapes::{AbacStatus, GetBucketAbacOutput, GetBucketAbacRequest, PutBucketAbacRequest};
use crate::tables::{Setting, SettingKind};

bucket_operation! {
    /// Tells whether the tags count: `Disabled` where it was never said. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAbac.html>
    GetBucketAbac: GetBucketAbacRequest => GetBucketAbacOutput, "s3:GetBucketAbac";
    |s3, call, input| {
        let counts = settings(s3, call, &input.bucket.need()).await?.abac.unwrap_or(false);
        let status = if counts { "Enabled" } else { "Disabled" };
        Ok(GetBucketAbacOutput { abac_status: Some(AbacStatus { status: Some(status.to_owned()) }) })
    }
}

bucket_operation! {
    /// Says whether the tags count. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html>
    PutBucketAbac: PutBucketAbacRequest => (), "s3:PutBucketAbac";
    |s3, call, input| {
        check_document(call, false)?;
        let counts = match input.abac_status.need().status.as_deref() {
            Some("Enabled") => true,
            Some("Disabled") => false,
            Some(_) | None => return Err(Error::MalformedXml.into()),
        };
        set(s3, &input.bucket.need(), SettingKind::Abac, Setting::Abac(counts)).await?;
        Ok(())
    }
}
