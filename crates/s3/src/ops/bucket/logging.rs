//! Where the access logs of a bucket go.

use service::Fault;
use wire::Need;

use super::{bucket_operation, set, settings, unset};
use crate::engine::{Error, S3};
use crate::ops::acl;
use crate::ops::shared::{check_document, named_bucket};
use crate::shapes::{
    BUCKET_LOGS_PERMISSION, GetBucketLoggingOutput, GetBucketLoggingRequest, LoggingEnabled,
    PARTITION_DATE_SOURCE, PartitionedPrefix, PutBucketLoggingRequest, SimplePrefix, TargetGrant,
    TargetObjectKeyFormat,
};
use crate::tables::{Grant, LogKeys, Logging, Setting, SettingKind};

bucket_operation! {
    /// Tells where access logs go; nothing where they are off. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
    GetBucketLogging: GetBucketLoggingRequest => GetBucketLoggingOutput, "s3:GetBucketLogging";
    |s3, call, input| {
        let settings = settings(s3, call, &input.bucket.need()).await?;
        Ok(GetBucketLoggingOutput { logging_enabled: settings.logging.as_ref().map(show) })
    }
}

bucket_operation! {
    /// Says where access logs go. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html>
    PutBucketLogging: PutBucketLoggingRequest => (), "s3:PutBucketLogging";
    |s3, call, input| {
        check_document(call, false)?;
        let name = input.bucket.need();
        let Some(enabled) = input.bucket_logging_status.need().logging_enabled else {
            unset(s3, call, &name, SettingKind::Logging).await?;
            call.answer_status(200);
            return Ok(());
        };
        let logging = take(enabled)?;
        let bucket = named_bucket(s3, call, &name).await?;
        check_target(s3, &bucket.value, &logging.bucket).await?;
        set(s3, &name, SettingKind::Logging, Setting::Logging(logging)).await?;
        Ok(())
    }
}

/// The target must be a bucket of the same owner and region.
async fn check_target(s3: &S3, bucket: &crate::tables::Bucket, target: &str) -> Result<(), Fault> {
    let invalid =
        |text: &str| Fault::new(400, "InvalidTargetBucketForLogging", text).with("TargetBucket", target);
    let found = match s3.find_bucket(&*s3.snapshot(), target).await {
        Ok(found) => found.value,
        Err(Error::NoSuchBucket(_) | Error::InvalidBucketName(_)) => {
            return Err(invalid("The target bucket for logging does not exist"));
        }
        Err(error) => return Err(error.into()),
    };
    if found.owner != bucket.owner {
        return Err(invalid("The owner for the bucket to be logged and the target bucket must be the same."));
    }
    if found.region != bucket.region {
        let text = "Cross S3 location logging not allowed. ";
        return Err(Fault::new(403, "CrossLocationLoggingProhibitted", text)
            .with("TargetBucketLocation", found.region.as_str()));
    }
    Ok(())
}

fn take(enabled: LoggingEnabled) -> Result<Logging, Error> {
    let grants = match enabled.target_grants {
        Some(grants) => Some(grants.into_iter().map(take_grant).collect::<Result<Vec<_>, _>>()?),
        None => None,
    };
    let keys = match enabled.target_object_key_format {
        None => None,
        Some(TargetObjectKeyFormat { simple_prefix: Some(SimplePrefix {}), partitioned_prefix: None }) => {
            Some(LogKeys::Simple)
        }
        Some(TargetObjectKeyFormat { simple_prefix: None, partitioned_prefix: Some(partitioned) }) => {
            let source = partitioned.partition_date_source;
            super::known(source.as_deref(), PARTITION_DATE_SOURCE)?;
            Some(LogKeys::Partitioned(source.map(|source| source == "EventTime")))
        }
        Some(_) => return Err(Error::MalformedXml),
    };
    Ok(Logging {
        bucket: enabled.target_bucket.need(),
        prefix: enabled.target_prefix.unwrap_or_default(),
        grants,
        keys,
    })
}

fn take_grant(grant: TargetGrant) -> Result<Grant, Error> {
    super::known(Some(grant.permission.as_deref().unwrap_or_default()), BUCKET_LOGS_PERMISSION)?;
    let grantee = acl::take_grantee(grant.grantee.ok_or(Error::MalformedXml)?)?;
    let permission = acl::permission_of(&grant.permission.need()).ok_or(Error::MalformedXml)?;
    Ok(Grant { grantee, permission })
}

fn show(logging: &Logging) -> LoggingEnabled {
    let grants = logging.grants.as_ref().map(|grants| {
        let show = |grant: &Grant| TargetGrant {
            grantee: Some(acl::show_grantee(&grant.grantee)),
            permission: Some(acl::permission_name(grant.permission).to_owned()),
        };
        grants.iter().map(show).collect()
    });
    let format = logging.keys.map(|keys| match keys {
        LogKeys::Simple => {
            TargetObjectKeyFormat { simple_prefix: Some(SimplePrefix {}), partitioned_prefix: None }
        }
        LogKeys::Partitioned(by_event) => {
            let source =
                by_event.map(|by_event| if by_event { "EventTime" } else { "DeliveryTime" }.to_owned());
            let partitioned = PartitionedPrefix { partition_date_source: source };
            TargetObjectKeyFormat { simple_prefix: None, partitioned_prefix: Some(partitioned) }
        }
    });
    LoggingEnabled {
        target_bucket: Some(logging.bucket.clone()),
        target_grants: grants,
        target_prefix: Some(logging.prefix.clone()),
        target_object_key_format: format,
    }
}
