//! Tags of groups, in both of AWS's forms.

use service::{Access, Call};
use wire::Need;

use super::{group_arn, group_key, group_of_arn};
use crate::engine::error::Error;
use crate::ops::operation;
use crate::shapes::logs::{
    ListTagsForResourceRequest, ListTagsForResourceResponse, ListTagsLogGroupRequest,
    ListTagsLogGroupResponse, TagLogGroupRequest, TagResourceRequest, UntagLogGroupRequest,
    UntagResourceRequest,
};
use crate::tables::logs::GroupKey;

/// The question about a group's tags, by its name.
fn named(action: &'static str, call: &Call, name: Option<&String>) -> Vec<Access> {
    vec![match name {
        Some(name) => Access::owned(action, group_arn(&group_key(call, name)), call.account()),
        None => Access::any(action, call.caller()),
    }]
}

/// The question about a group's tags, by its ARN.
fn by_arn(action: &'static str, call: &Call, arn: Option<&String>) -> Vec<Access> {
    vec![match arn.and_then(|arn| group_of_arn(arn)) {
        Some(key) => Access::owned(action, group_arn(&key), key.scope.account),
        None => Access::any(action, call.caller()),
    }]
}

fn group(arn: &str) -> Result<GroupKey, Error> {
    group_of_arn(arn).ok_or_else(|| Error::invalid("The ARN is not that of a log group."))
}

operation! {
    /// Gives a group tags. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html>
    logs TagLogGroup(TagLogGroupRequest) -> (),
    asks |call, said| {
        let accesses = named("logs:TagLogGroup", call, said.log_group_name.as_ref());
        accesses.into_iter().map(|access| access.tagging(said.tags.iter().flatten())).collect()
    },
    does |watch, call, given| {
        watch.tag_group(&group_key(call, &given.log_group_name.need()), &given.tags.need()).await?
    },
}

operation! {
    /// Gives a group tags. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html>
    logs TagResource(TagResourceRequest) -> (),
    asks |call, said| {
        let accesses = by_arn("logs:TagResource", call, said.resource_arn.as_ref());
        accesses.into_iter().map(|access| access.tagging(said.tags.iter().flatten())).collect()
    },
    does |watch, call, given| watch.tag_group(&group(&given.resource_arn.need())?, &given.tags.need()).await?,
}

operation! {
    /// Takes tags from a group. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html>
    logs UntagLogGroup(UntagLogGroupRequest) -> (),
    asks |call, said| named("logs:UntagLogGroup", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        watch.untag_group(&group_key(call, &given.log_group_name.need()), &given.tags.need()).await?
    },
}

operation! {
    /// Takes tags from a group. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html>
    logs UntagResource(UntagResourceRequest) -> (),
    asks |call, said| by_arn("logs:UntagResource", call, said.resource_arn.as_ref()),
    does |watch, call, given| watch.untag_group(&group(&given.resource_arn.need())?, &given.tag_keys.need()).await?,
}

operation! {
    /// A group's tags. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html>
    logs ListTagsLogGroup(ListTagsLogGroupRequest) -> ListTagsLogGroupResponse,
    asks |call, said| named("logs:ListTagsLogGroup", call, said.log_group_name.as_ref()),
    does |watch, call, given| {
        let row = watch.group(&group_key(call, &given.log_group_name.need())).await?.value;
        ListTagsLogGroupResponse { tags: Some(row.tags) }
    },
}

operation! {
    /// A group's tags. <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html>
    logs ListTagsForResource(ListTagsForResourceRequest) -> ListTagsForResourceResponse,
    asks |call, said| by_arn("logs:ListTagsForResource", call, said.resource_arn.as_ref()),
    does |watch, call, given| {
        let row = watch.group(&group(&given.resource_arn.need())?).await?.value;
        ListTagsForResourceResponse { tags: Some(row.tags) }
    },
}
