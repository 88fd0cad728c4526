//! Replication: checked and kept. Nothing is copied yet.

use wire::Need;

use super::{bucket_operation, kept, known, set, unset};
use crate::engine::{Error, S3};
use crate::ops::fault::missing;
use crate::ops::shared::{check_document, is_versioned, named_bucket};
use crate::shapes::{
    DeleteBucketReplicationRequest, GetBucketReplicationOutput, GetBucketReplicationRequest,
    PutBucketReplicationRequest, REPLICATION_RULE_STATUS, ReplicationRule,
};
use crate::tables::{Setting, SettingKind};

/// Rules of a bucket (API page of PutBucketReplication).
const RULES_MAX: usize = 1_000;

bucket_operation! {
    /// Tells where a bucket is copied to. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html>
    GetBucketReplication: GetBucketReplicationRequest => GetBucketReplicationOutput, "s3:GetReplicationConfiguration";
    |s3, call, input| {
        let name = input.bucket.need();
        let text = "The replication configuration was not found";
        let found = kept(s3, call, &name, SettingKind::Replication, "").await?;
        let found = found.ok_or_else(|| missing("ReplicationConfigurationNotFoundError", text, &name))?;
        Ok(GetBucketReplicationOutput { replication_configuration: Some(found) })
    }
}

bucket_operation! {
    /// Says where a bucket is copied to. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html>
    PutBucketReplication: PutBucketReplicationRequest => (), "s3:PutReplicationConfiguration";
    |s3, call, input| {
        check_document(call, false)?;
        let name = input.bucket.need();
        if !is_versioned(s3, &named_bucket(s3, call, &name).await?).await? {
            let text = "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
            return Err(Error::Request(text.to_owned()).into());
        }
        let mut configuration = input.replication_configuration.need();
        let rules = configuration.rules.as_mut().need();
        if rules.is_empty() || rules.len() > RULES_MAX {
            return Err(Error::MalformedXml.into());
        }
        for rule in rules {
            check_rule(s3, rule).await?;
        }
        set(s3, &name, SettingKind::Replication, Setting::Kept(wire::keep(&configuration))).await?;
        Ok(())
    }
}

bucket_operation! {
    /// Copies it no more. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html>
    DeleteBucketReplication: DeleteBucketReplicationRequest => (), "s3:PutReplicationConfiguration";
    |s3, call, input| {
        Ok(unset(s3, call, &input.bucket.need(), SettingKind::Replication).await?)
    }
}

async fn check_rule(s3: &S3, rule: &mut ReplicationRule) -> Result<(), Error> {
    known(Some(rule.status.as_deref().unwrap_or_default()), REPLICATION_RULE_STATUS)?;
    if rule.prefix.is_some() && rule.filter.is_some() {
        return Err(Error::MalformedXml);
    }
    let destination = rule.destination.as_ref().ok_or(Error::MalformedXml)?;
    let arn = destination.bucket.as_deref().unwrap_or_default();
    let target = arn.strip_prefix("arn:aws:s3:::").filter(|name| !name.is_empty());
    let target = target.ok_or_else(|| Error::argument("Bucket", arn, "Invalid bucket ARN"))?;
    let refused = |text: &str| Error::Request(text.to_owned());
    let found = match s3.find_bucket(&*s3.snapshot(), target).await {
        Ok(found) => found,
        Err(Error::NoSuchBucket(_)) => return Err(refused("Destination bucket must exist.")),
        Err(error) => return Err(error),
    };
    if !is_versioned(s3, &found).await? {
        return Err(refused("Destination bucket must have versioning enabled."));
    }
    if rule.id.is_none() {
        rule.id = Some(s3.new_name());
    }
    Ok(())
}
