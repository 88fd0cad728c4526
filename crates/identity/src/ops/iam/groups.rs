//! Groups, and who is in them.

use wire::Need;

use super::shown::{about, by_name, group, listed_user, page};
use crate::engine::entities::NewEntity;
use crate::engine::naming::entity_arn;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{Kind, More};

operation! {
    /// Makes a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
    "iam" CreateGroup(CreateGroupRequest) -> CreateGroupResponse,
    asks |_iam, call, input| {
        let path = input.path.as_deref().unwrap_or("/");
        let name = input.group_name.as_deref().unwrap_or_default();
        Target::of(entity_arn(call.account(), Kind::Group, path, name).to_string())
    },
    does |iam, call, input| {
        let new = NewEntity {
            name: input.group_name.need(),
            path: input.path,
            tags: Default::default(),
            boundary: None,
            more: More::Group,
        };
        let row = iam.create_entity(call.account(), Kind::Group, new).await?;
        CreateGroupResponse { group: Some(group(call.account(), &row)) }
    },
}

operation! {
    /// Tells of a group and its users. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>
    "iam" GetGroup(GetGroupRequest) -> GetGroupResponse,
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let row = iam.entity(call.account(), Kind::Group, &input.group_name.need()).await?;
        let users = iam.members(call.account(), &row.name).await?;
        let shown = page(iam, "group users", by_name(users), input.marker.as_deref(), input.max_items)?;
        GetGroupResponse {
            group: Some(group(call.account(), &row)),
            users: Some(shown.items.iter().map(|user| listed_user(call.account(), user)).collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Lists groups. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>
    "iam" ListGroups(ListGroupsRequest) -> ListGroupsResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let prefix = input.path_prefix.unwrap_or_default();
        let rows = iam.entities(call.account(), Kind::Group, &prefix).await?;
        let shown = page(iam, "groups", by_name(rows), input.marker.as_deref(), input.max_items)?;
        ListGroupsResponse {
            groups: Some(shown.items.iter().map(|row| group(call.account(), row)).collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Lists the groups that a user is in. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>
    "iam" ListGroupsForUser(ListGroupsForUserRequest) -> ListGroupsForUserResponse,
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let rows = iam.groups_of(call.account(), &input.user_name.need()).await?;
        let shown = page(iam, "user groups", by_name(rows), input.marker.as_deref(), input.max_items)?;
        ListGroupsForUserResponse {
            groups: Some(shown.items.iter().map(|row| group(call.account(), row)).collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Gives a group another name or path. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
    "iam" UpdateGroup(UpdateGroupRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| {
        let name = input.group_name.need();
        iam.rename(call.account(), Kind::Group, &name, input.new_group_name, input.new_path).await?
    },
}

operation! {
    /// Removes a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>
    "iam" DeleteGroup(DeleteGroupRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| iam.delete_entity(call.account(), Kind::Group, &input.group_name.need()).await?,
}

operation! {
    /// Puts a user into a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>
    "iam" AddUserToGroup(AddUserToGroupRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| iam.join(call.account(), &input.group_name.need(), &input.user_name.need()).await?,
}

operation! {
    /// Takes a user out of a group. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>
    "iam" RemoveUserFromGroup(RemoveUserFromGroupRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::Group, input.group_name.as_deref()).await?,
    does |iam, call, input| iam.leave(call.account(), &input.group_name.need(), &input.user_name.need()).await?,
}
