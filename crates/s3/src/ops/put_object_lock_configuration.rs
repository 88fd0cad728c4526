//! PutObjectLockConfiguration.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::shared::{bucket_access, check_document};
use crate::engine::{Error, S3};
use crate::shapes::{
    self, ObjectLockConfiguration, PutObjectLockConfigurationOutput, PutObjectLockConfigurationRequest,
};
use crate::tables::{DefaultRetention, LockMode, RetentionLength};

/// The longest default retention, in years.
const YEARS_MAX: u32 = 100;
/// The same in days.
const DAYS_MAX: u32 = 36_500;

/// Switches object lock on, for good, and sets what new objects are retained with. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html>
pub struct PutObjectLockConfiguration;

impl Operation for PutObjectLockConfiguration {
    type Service = S3;
    type Input = PutObjectLockConfigurationRequest;
    type Output = PutObjectLockConfigurationOutput;
    const NAME: &'static str = "PutObjectLockConfiguration";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions = &["s3:PutBucketObjectLockConfiguration"];
        bucket_access(s3, call, input.bucket.as_ref(), input.expected_bucket_owner.as_ref(), actions).await
    }

    async fn run(s3: &S3, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        check_document(call, false)?;
        let configuration = input.object_lock_configuration.ok_or(Error::MalformedXml)?;
        let default = default_retention(configuration)?;
        s3.set_bucket_lock(&input.bucket.need(), default).await?;
        Ok(PutObjectLockConfigurationOutput::default())
    }
}

fn default_retention(configuration: ObjectLockConfiguration) -> Result<Option<DefaultRetention>, Error> {
    if configuration.object_lock_enabled.as_deref() != Some("Enabled") {
        return Err(Error::MalformedXml);
    }
    let Some(rule) = configuration.rule else { return Ok(None) };
    let shapes::DefaultRetention { mode, days, years, default_event_hold } =
        rule.default_retention.ok_or(Error::MalformedXml)?;
    if default_event_hold.is_some() {
        return Err(Error::NotImplemented("DefaultEventHold"));
    }
    let mode = mode.as_deref().and_then(LockMode::of).ok_or(Error::MalformedXml)?;
    let length = match (days, years) {
        (Some(days), None) => RetentionLength::Days(length(days, DAYS_MAX)?),
        (None, Some(years)) => RetentionLength::Years(length(years, YEARS_MAX)?),
        (None, None) | (Some(_), Some(_)) => return Err(Error::MalformedXml),
    };
    Ok(Some(DefaultRetention { mode, length }))
}

fn length(asked: i32, most: u32) -> Result<u32, Error> {
    let refused =
        |text: &str| Error::Argument { name: "DefaultRetention", value: None, text: text.to_owned() };
    match u32::try_from(asked) {
        Ok(length) if length > most => Err(refused("Default retention period too large.")),
        Ok(length) if length > 0 => Ok(length),
        Ok(_) | Err(_) => Err(refused("Default retention period must be a positive integer value.")),
    }
}
