//! Replication: rules checked and kept; [`crate::engine::replication`] carries them out.
//!
//! A rule with a filter is of the second version of the schema, in which priorities and what becomes of delete markers must be said; one with a bare
//! prefix, or with none, is of the first, which has neither, and one target.

use service::{Access, Call, Fault};
use wire::Need;

use super::{bucket_operation, kept, known, read_kept, set, unset};
use crate::engine::replication::{ReplicationRule, ReplicationRules, Selection, is_of};
use crate::engine::{Error, S3};
use crate::ops::fault::missing;
use crate::ops::shared::{check_document, is_versioned, named_bucket};
use crate::shapes::{
    DELETE_MARKER_REPLICATION_STATUS, DeleteBucketReplicationRequest, GetBucketReplicationOutput,
    GetBucketReplicationRequest, PutBucketReplicationRequest, REPLICATION_RULE_STATUS,
    ReplicationConfiguration, ReplicationRule as Rule, ReplicationRuleFilter, ReplicationRuleNotOperator,
    Tag,
};
use crate::tables::{Setting, SettingKind, StorageClass};

/// Rules of a bucket (API page of PutBucketReplication).
const RULES_MAX: usize = 1_000;
/// Characters of a rule's name.
const ID_CHARS_MAX: usize = 255;
const SCHEMA: &str = "for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.";

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
    ///
    /// Differs: `ReplicaModifications` and `ReplicationTime` are kept and have no effect.
    PutBucketReplication: PutBucketReplicationRequest => (), "s3:PutReplicationConfiguration";
    |s3, call, input| {
        check_document(call, false)?;
        let name = input.bucket.need();
        let bucket = named_bucket(s3, call, &name).await?;
        if !is_versioned(s3, &bucket).await? {
            let text = "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
            return Err(Error::Request(text.to_owned()).into());
        }
        let mut configuration = input.replication_configuration.need();
        check_role(call, configuration.role.as_deref().unwrap_or_default(), bucket.value.owner).await?;
        let rules = configuration.rules.as_mut().need();
        if rules.is_empty() || rules.len() > RULES_MAX {
            return Err(Error::MalformedXml.into());
        }
        for rule in rules.iter_mut() {
            check_rule(rule)?;
            check_target(s3, rule, &name).await?;
            if rule.id.as_deref().is_none_or(str::is_empty) {
                rule.id = Some(s3.new_name());
            }
        }
        check_together(rules)?;
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

/// Replication acts under a role of the bucket's account, which the caller must be allowed to hand on.
async fn check_role(call: &Call, role: &str, owner: base::AccountId) -> Result<(), Fault> {
    let arn = role.parse::<base::Arn>().ok().filter(|arn| arn.resource().starts_with("role/"));
    let Some(arn) = arn else {
        return Err(Error::argument("Role", role, "Invalid role ARN").into());
    };
    if !is_of(&arn, owner) {
        return Err(Error::Denied("Cross-account pass role is not allowed.".to_owned()).into());
    }
    call.allow(Access::pass_role(role, owner, "s3.amazonaws.com")).await
}

fn refused(text: impl Into<String>) -> Error {
    Error::Request(text.into())
}

fn tags_of(filter: &ReplicationRuleFilter) -> usize {
    let and = filter.and.as_ref().and_then(|and| and.tags.as_ref()).map_or(0, Vec::len);
    usize::from(filter.tag.is_some()) + and
}

fn check_rule(rule: &Rule) -> Result<(), Error> {
    known(Some(rule.status.as_deref().unwrap_or_default()), REPLICATION_RULE_STATUS)?;
    if rule.id.as_ref().is_some_and(|id| id.chars().count() > ID_CHARS_MAX) {
        let text = "ID length should not exceed allowed limit of 255";
        return Err(Error::argument("ID", rule.id.clone().unwrap_or_default(), text));
    }
    let markers = rule.delete_marker_replication.as_ref();
    known(markers.and_then(|markers| markers.status.as_deref()), DELETE_MARKER_REPLICATION_STATUS)?;
    match (&rule.filter, &rule.prefix) {
        (Some(_), Some(_)) | (None, None) => return Err(Error::MalformedXml),
        (Some(filter), None) => {
            let said = [filter.prefix.is_some(), filter.tag.is_some(), filter.and.is_some()];
            if said.iter().filter(|said| **said).count() > 1 {
                return Err(Error::MalformedXml);
            }
            if markers.is_none() {
                return Err(refused(format!("DeleteMarkerReplication must be specified {SCHEMA}")));
            }
            if rule.priority.is_none() {
                return Err(refused(format!("Priority must be specified {SCHEMA}")));
            }
            let wanted = markers.is_some_and(|markers| markers.status.as_deref() == Some("Enabled"));
            if wanted && tags_of(filter) > 0 {
                let text = "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.";
                return Err(refused(text));
            }
        }
        (None, Some(_)) => {
            if markers.is_some() {
                return Err(refused(format!("DeleteMarkerReplication cannot be used {SCHEMA}")));
            }
            if rule.priority.is_some() {
                return Err(refused(format!("Priority cannot be used {SCHEMA}")));
            }
        }
    }
    let destination = rule.destination.as_ref().ok_or(Error::MalformedXml)?;
    if let Some(class) = &destination.storage_class {
        StorageClass::of_name(class).ok_or(Error::MalformedXml)?;
    }
    let under_kms = takes_kms(rule);
    let replica_key =
        destination.encryption_configuration.as_ref().and_then(|it| it.replica_kms_key_id.as_ref());
    if replica_key.is_some()
        && rule.source_selection_criteria.as_ref().is_none_or(|it| it.sse_kms_encrypted_objects.is_none())
    {
        return Err(refused(
            "SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.",
        ));
    }
    if under_kms && replica_key.is_none() {
        return Err(refused("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present."));
    }
    if destination.access_control_translation.is_some() && destination.account.is_none() {
        return Err(refused("Account must be specified if AccessControlTranslation is present."));
    }
    Ok(())
}

fn takes_kms(rule: &Rule) -> bool {
    let said = rule.source_selection_criteria.as_ref().and_then(|it| it.sse_kms_encrypted_objects.as_ref());
    said.is_some_and(|said| said.status.as_deref() == Some("Enabled"))
}

/// What no single rule shows.
fn check_together(rules: &[Rule]) -> Result<(), Error> {
    let target = |rule: &Rule| rule.destination.as_ref().and_then(|to| to.bucket.clone());
    for (at, rule) in rules.iter().enumerate() {
        let earlier = &rules[..at];
        if earlier.iter().any(|other| other.id == rule.id) {
            let text = "Rule Id must be unique. Found same Id for more than one rule";
            return Err(Error::argument("ID", rule.id.clone().unwrap_or_default(), text));
        }
        if rule.priority.is_some() && earlier.iter().any(|other| other.priority == rule.priority) {
            let priority = rule.priority.unwrap_or_default();
            return Err(refused(format!(
                "Found duplicate priority {priority} in the replication configuration."
            )));
        }
        let is_first = rule.filter.is_none();
        if is_first && earlier.iter().any(|other| target(other) != target(rule)) {
            return Err(refused("Number of distinct destination bucket ARNs cannot exceed 1"));
        }
    }
    Ok(())
}

async fn check_target(s3: &S3, rule: &Rule, source: &str) -> Result<(), Error> {
    let destination = rule.destination.as_ref().ok_or(Error::MalformedXml)?;
    let arn = destination.bucket.as_deref().unwrap_or_default();
    let target = target_of(arn).ok_or_else(|| Error::argument("Bucket", arn, "Invalid bucket ARN"))?;
    if target == source {
        return Err(refused("Destination bucket cannot be the same as the source bucket."));
    }
    let found = match s3.find_bucket(&*s3.snapshot(), target).await {
        Ok(found) => found,
        Err(Error::NoSuchBucket(_)) => return Err(refused("Destination bucket must exist.")),
        Err(error) => return Err(error),
    };
    if !is_versioned(s3, &found).await? {
        return Err(refused("Destination bucket must have versioning enabled."));
    }
    Ok(())
}

fn target_of(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:aws:s3:::").filter(|name| !name.is_empty() && !name.contains('/'))
}

/// What of a configuration that is kept counts.
pub(crate) fn read_replication(document: &[u8]) -> Result<Option<ReplicationRules>, Error> {
    let kept: ReplicationConfiguration = read_kept(Setting::Kept(document.to_vec()))?;
    let rules = kept.rules.unwrap_or_default();
    let enabled = rules.into_iter().filter(|rule| rule.status.as_deref() == Some("Enabled"));
    let rules: Vec<ReplicationRule> = enabled.filter_map(read_rule).collect();
    Ok((!rules.is_empty()).then(|| ReplicationRules { role: kept.role.unwrap_or_default(), rules }))
}

fn read_rule(rule: Rule) -> Option<ReplicationRule> {
    let under_kms = takes_kms(&rule);
    // The first version of the schema carries markers along.
    let markers = match (&rule.filter, &rule.delete_marker_replication) {
        (None, _) => true,
        (Some(_), said) => said.as_ref().is_some_and(|said| said.status.as_deref() == Some("Enabled")),
    };
    let (wanted, unwanted) = match rule.filter {
        None => (Selection { prefix: rule.prefix.unwrap_or_default(), tags: Vec::new() }, Vec::new()),
        Some(filter) => read_filter(filter),
    };
    let destination = rule.destination?;
    let key = destination.encryption_configuration.and_then(|it| it.replica_kms_key_id);
    Some(ReplicationRule {
        priority: rule.priority.unwrap_or(0),
        wanted,
        unwanted,
        target: target_of(destination.bucket.as_deref()?)?.to_owned(),
        account: destination.account,
        class: destination.storage_class.as_deref().and_then(StorageClass::of_name),
        markers,
        kms: key.filter(|_| under_kms),
        gives_away: destination.access_control_translation.is_some(),
    })
}

fn pair(tag: Tag) -> (String, String) {
    (tag.key.unwrap_or_default(), tag.value.unwrap_or_default())
}

fn read_filter(filter: ReplicationRuleFilter) -> (Selection, Vec<Selection>) {
    let mut wanted = Selection {
        prefix: filter.prefix.unwrap_or_default(),
        tags: filter.tag.into_iter().map(pair).collect(),
    };
    let mut unwanted = filter.not.map(read_not).unwrap_or_default();
    if let Some(and) = filter.and {
        wanted.prefix = and.prefix.unwrap_or(wanted.prefix);
        wanted.tags.extend(and.tags.unwrap_or_default().into_iter().map(pair));
        unwanted.extend(and.not.map(read_not).unwrap_or_default());
    }
    (wanted, unwanted)
}

fn read_not(not: ReplicationRuleNotOperator) -> Vec<Selection> {
    let or = not.or.unwrap_or_default();
    let prefixes = not.prefix.into_iter().chain(or.prefixes.unwrap_or_default());
    let tags = not.tag.into_iter().chain(or.tags.unwrap_or_default());
    let by_prefix = prefixes.map(|prefix| Selection { prefix, tags: Vec::new() });
    let by_tag = tags.map(|tag| Selection { prefix: String::new(), tags: vec![pair(tag)] });
    by_prefix.chain(by_tag).collect()
}
