//! Groups.

use service::Access;
use wire::Need;

use super::{group_access, group_arn, group_key, identified, identified_access, limit, name_of_token};
use crate::engine::error::Error;
use crate::engine::logs::groups::{GroupFilter, NewGroup};
use crate::ops::{operation, scope};
use crate::shapes::logs::{
    CreateLogGroupRequest, DeleteLogGroupRequest, DeleteRetentionPolicyRequest, DescribeLogGroupsRequest,
    DescribeLogGroupsResponse, LogGroup, PutLogGroupDeletionProtectionRequest, PutRetentionPolicyRequest,
};
use crate::tables::logs::{GroupId, GroupKey, GroupRow};

operation! {
    /// Creates a group. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html>
    ///
    /// Differs: a KMS key is kept and shown, but events are not encrypted under it.
    logs CreateLogGroup(CreateLogGroupRequest) -> (),
    asks |call, said| {
        let accesses = group_access("logs:CreateLogGroup", call, said.log_group_name.as_ref());
        accesses.into_iter().map(|access| access.tagging(said.tags.iter().flatten())).collect()
    },
    does |watch, call, given| {
        let new = NewGroup {
            kms_key: given.kms_key_id,
            class: given.log_group_class,
            tags: given.tags.unwrap_or_default(),
            protected: given.deletion_protection_enabled.unwrap_or(false),
        };
        watch.create_group(&group_key(call, &given.log_group_name.need()), new).await?
    },
}

operation! {
    /// Deletes a group and its events. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html>
    logs DeleteLogGroup(DeleteLogGroupRequest) -> (),
    asks |call, said| group_access("logs:DeleteLogGroup", call, said.log_group_name.as_ref()),
    does |watch, call, given| watch.delete_group(&group_key(call, &given.log_group_name.need())).await?,
}

operation! {
    /// Sets for how long events are kept. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
    logs PutRetentionPolicy(PutRetentionPolicyRequest) -> (),
    asks |call, said| group_access("logs:PutRetentionPolicy", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let key = group_key(call, &given.log_group_name.need());
        watch.set_retention(&key, Some(given.retention_in_days.need())).await?
    },
}

operation! {
    /// Keeps events for ever. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html>
    logs DeleteRetentionPolicy(DeleteRetentionPolicyRequest) -> (),
    asks |call, said| group_access("logs:DeleteRetentionPolicy", call, said.log_group_name.as_ref()),
    does |watch, call, given| watch.set_retention(&group_key(call, &given.log_group_name.need()), None).await?,
}

operation! {
    /// Guards a group against deletion, or no longer.
    /// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogGroupDeletionProtection.html>
    logs PutLogGroupDeletionProtection(PutLogGroupDeletionProtectionRequest) -> (),
    asks |call, said| {
        identified_access("logs:PutLogGroupDeletionProtection", call, None, said.log_group_identifier.as_ref())
    },
    does |watch, call, given| {
        let key = identified(call, None, given.log_group_identifier.as_ref())?;
        let protected = given.deletion_protection_enabled.need();
        watch.change_group(&key, |row| {
            row.protected = protected;
            Ok(())
        }).await?
    },
}

operation! {
    /// Lists groups by name. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html>
    ///
    /// Differs: `storedBytes` is up to date, and counts the first thousand streams. There are no linked accounts.
    logs DescribeLogGroups(DescribeLogGroupsRequest) -> DescribeLogGroupsResponse,
    asks |call, said| vec![Access::any("logs:DescribeLogGroups", call.caller())],
    does |watch, call, given| {
        if given.log_group_name_prefix.is_some() && given.log_group_name_pattern.is_some() {
            let text = "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.";
            Err(Error::invalid(text))?;
        }
        let scope = scope(call);
        if let Some(identifiers) = &given.log_group_identifiers {
            let mut shown = Vec::new();
            for identifier in identifiers {
                let key = identified(call, None, Some(identifier))?;
                if key.scope != scope {
                    continue;
                }
                let row = watch.group(&key).await?.value;
                shown.push(self::shown(key, &row, watch.stored_bytes(GroupId(row.id)).await?));
            }
            return Ok(DescribeLogGroupsResponse { log_groups: Some(shown), next_token: None });
        }
        let filter = GroupFilter {
            prefix: given.log_group_name_prefix,
            pattern: given.log_group_name_pattern,
            class: given.log_group_class,
        };
        let purpose = format!("DescribeLogGroups {} {} {filter:?}", scope.account, scope.region);
        let after = name_of_token(watch, &purpose, given.next_token.as_deref())?;
        let (groups, more) = watch.list_groups(&scope, &filter, after.as_deref(), limit(given.limit)).await?;
        let last = groups.last().map(|(key, _)| key.name.clone()).filter(|_| more);
        let mut shown = Vec::new();
        for (key, row) in groups {
            let bytes = watch.stored_bytes(GroupId(row.id)).await?;
            shown.push(self::shown(key, &row, bytes));
        }
        let next_token = last.map(|name| watch.tokens.seal(&purpose, name.as_bytes()));
        DescribeLogGroupsResponse { log_groups: Some(shown), next_token }
    },
}

/// A group as it is shown.
fn shown(key: GroupKey, row: &GroupRow, stored_bytes: u64) -> LogGroup {
    let arn = group_arn(&key);
    LogGroup {
        log_group_name: Some(key.name),
        creation_time: Some(row.created_millis),
        retention_in_days: row.retention_days.and_then(|days| i32::try_from(days).ok()),
        metric_filter_count: i32::try_from(row.metric_filters).ok(),
        arn: Some(format!("{arn}:*")),
        stored_bytes: i64::try_from(stored_bytes).ok(),
        kms_key_id: row.kms_key.clone(),
        log_group_class: Some(row.class.clone()),
        log_group_arn: Some(arn),
        deletion_protection_enabled: Some(row.protected),
        ..LogGroup::default()
    }
}
